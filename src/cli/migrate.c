#include "cli/migrate.h"

#include "base/error.h"
#include "cli/each.h"
#include "migrate/migration.h"

#include <quire/migrate.h>

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>

/* What has been told so far of one provider's run. */
typedef struct progress {
    qi_each *each;
    json_t *applied;
    bool open_line; /* on a terminal: the file's time is still to come behind it */
} progress;

static void end_line(progress *p)
{
    if (p->open_line)
        fputc('\n', stderr);
    p->open_line = false;
}

static void show_applied(progress *p, const quire_migrate_event *event)
{
    if (p->applied) {
        json_t *row = json_pack("{s:s, s:I}", "file", event->text, "duration_ms",
                                (json_int_t)event->duration_ms);
        if (json_array_append_new(p->applied, row) != 0)
            p->each->failed = true;
        return;
    }
    if (!p->open_line)
        fprintf(stderr, "[%zu/%zu] %s", event->index, event->total, event->text);
    fprintf(stderr, "  %" PRId64 " ms\n", event->duration_ms);
    p->open_line = false;
}

static void show(void *context, const quire_migrate_event *event)
{
    progress *p = context;
    const qi_context *command = p->each->context;
    switch (event->kind) {
    case QUIRE_MIGRATE_WAITING:
        qi_note(command, "%s: waiting for another runner: %s", p->each->name, event->text);
        break;
    case QUIRE_MIGRATE_APPLYING:
        p->open_line = command->terminal && !command->json;
        if (p->open_line)
            fprintf(stderr, "[%zu/%zu] %s", event->index, event->total, event->text);
        break;
    case QUIRE_MIGRATE_RETRYING:
        end_line(p);
        qi_note(command, "%s: met a lock, rolled back, is tried again", event->text);
        break;
    case QUIRE_MIGRATE_APPLIED:
        show_applied(p, event);
        break;
    }
}

static qi_exit migrate_one(qi_each *each, void *state, quire_error *err)
{
    (void)state;
    const char *directory = NULL;
    size_t applied = 0;
    if (qi_migrations_default(each->context->directory, each->provider, &each->context->arena,
                              &directory, err))
        return QI_EXIT_FAILED;
    qi_each_put(each, "directory", json_string(directory));
    quire_db *db = qi_open(each->context, each->provider, err);
    if (!db)
        return QI_EXIT_FAILED;
    progress p = { .each = each, .applied = each->json ? json_array() : NULL };
    quire_migrate_options options = { .on_event = show, .context = &p };
    quire_status status = quire_migrate(db, &options, &applied, err);
    quire_close(db);
    end_line(&p);
    qi_each_put(each, "applied", p.applied);
    if (status)
        return QI_EXIT_FAILED;
    if (applied == 0)
        qi_note(each->context, "%s: nothing to apply in %s", each->name, directory);
    else
        qi_note(each->context, "%s: %zu migration%s applied", each->name, applied,
                applied == 1 ? "" : "s");
    return QI_EXIT_OK;
}

static qi_exit rehash_one(qi_each *each, void *state, quire_error *err)
{
    (void)state;
    const char *path = NULL;
    qi_arena *arena = &each->context->arena;
    qi_migration_directory directory = { 0 };
    bool changed = false;
    if (qi_migrations_default(each->context->directory, each->provider, arena, &path, err) ||
        qi_migrations_read(path, arena, &directory, err))
        return QI_EXIT_FAILED;
    qi_each_put(each, "directory", json_string(path));
    if (directory.count > 0 && qi_migrations_seal(&directory, &changed, err))
        return QI_EXIT_FAILED;
    qi_each_put(each, "changed", json_boolean(changed));
    if (directory.count == 0)
        qi_note(each->context, "%s: no migrations in %s", each->name, path);
    else
        qi_note(each->context, "%s: %s/" QI_SUM_FILE " %s", each->name, path,
                changed ? "written anew" : "is right already");
    return QI_EXIT_OK;
}

static qi_exit run(qi_context *context, const qi_args *args)
{
    bool rehash = qi_args_flag(args, "--rehash");
    return qi_each_provider(context, args, rehash ? rehash_one : migrate_one, NULL);
}

static const qi_option options[] = {
    { "--rehash", NULL, "only write quire.sum anew, for migrations edited by hand" },
    { 0 },
};

const qi_command qi_command_migrate = {
    .name = "migrate",
    .arguments = "[@|all]",
    .summary = "apply the migrations that are pending",
    .description =
        "Applies the pending files of the provider's directory of migrations in order, each\n"
        "in a transaction of its own. Of several runners at once, one applies and the others\n"
        "wait. Nothing is touched when the history is not sound: a file changed after it was\n"
        "applied, missing or out of order, or quire.sum does not match.\n"
        "\n"
        "When a file fails, nothing of it is applied and those before it stay. Correct it,\n"
        "write quire.sum anew with --rehash, which connects nowhere, and run it again.",
    .most_positional = 1,
    .has_json = true,
    .has_debug = true,
    .options = options,
    .run = run,
};
