#include "cli/migrate.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "cli/each.h"
#include "migrate/migration.h"
#include "migrate/script.h"

#include <quire/migrate.h>

#include <inttypes.h>
#include <jansson.h>

/* The seed file, read and checked once for all providers. */
typedef struct seed {
    const char *path;
    char *text;
    size_t length;
} seed;

static quire_status check_migrated(quire_db *db, const char *provider, quire_error *err)
{
    quire_migration_list list = { 0 };
    quire_status status = quire_migration_status(db, NULL, &list, err);
    if (!status && list.pending > 0) {
        status = qi_fail(err, QUIRE_REFUSED, "%zu migration%s pending on %s", list.pending,
                         list.pending == 1 ? " is" : "s are", provider);
        qi_hint(err, "Run `quire migrate %s` first.", provider);
    }
    quire_migration_list_free(&list);
    return status;
}

/* All of it or nothing. */
static quire_status apply(quire_db *db, const seed *s, qi_arena *arena, size_t *done,
                          quire_error *err)
{
    size_t total = 0;
    quire_db *tx = quire_begin(db, NULL, err);
    if (!tx)
        return err->status;
    quire_status status = qi_script_run(tx, s->path, s->text, s->length, arena, done, &total, err);
    if (!status) {
        status = quire_commit(tx, err);
        if (status)
            qi_locate(err, s->path, 0, 0);
        return status;
    }
    quire_rollback(tx, NULL);
    if (status == QUIRE_UNIQUE && !err->hint[0])
        qi_hint(err,
                "Nothing was changed. For a seed that can run again, use INSERT ... ON CONFLICT "
                "DO NOTHING.");
    else if (!err->hint[0])
        qi_hint(err, "Nothing was changed. Correct the file and run `quire seed` again.");
    return status;
}

static qi_exit seed_one(qi_each *each, void *state, quire_error *err)
{
    const seed *s = state;
    size_t done = 0;
    quire_db *db = qi_open(each->context, each->provider, err);
    if (!db)
        return QI_EXIT_FAILED;
    quire_status status = check_migrated(db, each->name, err);
    int64_t start = qi_clock_ms();
    if (!status)
        status = apply(db, s, &each->context->arena, &done, err);
    quire_close(db);
    if (status)
        return QI_EXIT_FAILED;
    int64_t took = qi_clock_ms() - start;
    qi_each_put(each, "file", json_string(s->path));
    qi_each_put(each, "statements", json_integer((json_int_t)done));
    qi_each_put(each, "duration_ms", json_integer((json_int_t)took));
    qi_note(each->context, "%s: %zu statement%s of %s  %" PRId64 " ms", each->name, done,
            done == 1 ? "" : "s", s->path, took);
    return QI_EXIT_OK;
}

static quire_status read_seed(qi_context *context, const char *path, seed *out, quire_error *err)
{
    out->path = qi_path_for_person(path, &context->arena);
    quire_status status = qi_file_read(out->path, QI_MIGRATION_LARGEST, &context->arena, &out->text,
                                       &out->length, err);
    if (status) {
        qi_hint(err, "Write the seed data as SQL there, or name another file in quire.conf: seed, "
                     "section [paths].");
        return status;
    }
    return qi_script_check(out->path, out->text, out->length, &context->arena, err);
}

static qi_exit run(qi_context *context, const qi_args *args)
{
    quire_error err = { 0 };
    qi_conf conf;
    seed s = { 0 };
    qi_exit code = qi_project(context, &conf);
    if (code)
        return code;
    if (read_seed(context, conf.seed, &s, &err))
        return qi_report(context, &err);
    return qi_each_provider(context, args, seed_one, &s);
}

static const qi_option options[] = { { 0 } };

const qi_command qi_command_seed = {
    .name = "seed",
    .arguments = "[@|all]",
    .summary = "run the project's seed data",
    .description =
        "Runs db/seed.sql (or the file that quire.conf names) in one transaction: all of it\n"
        "or nothing. Refused while migrations are pending.",
    .in_project = true,
    .most_positional = 1,
    .has_json = true,
    .has_debug = true,
    .options = options,
    .run = run,
};
