#include "base/buffer.h"
#include "base/error.h"
#include "base/file.h"
#include "catalog/object.h"
#include "cli/each.h"
#include "cli/planned.h"
#include "cli/progress.h"
#include "cli/source.h"
#include "cli/squash.h"
#include "migrate/migration.h"
#include "plan/prove.h"

#include <quire/migrate.h>
#include <quire/sql.h>

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#define MOST_FILE_BYTES (64u * 1024u * 1024u)

static const qi_option options[] = {
    { "--to", "VERSION", "the last one to squash; default: the newest" },
    { "--files-only", NULL, "connect nowhere: the next `quire migrate` corrects the history" },
    { 0 },
};

static qi_exit run_squash(qi_context *context, const qi_args *args);

const qi_command qi_command_squash = {
    .name = "squash",
    .arguments = "[@|all]",
    .summary = "make one migration of many",
    .description =
        "Replaces the provider's migrations by one that makes the same schema of an empty\n"
        "database; it has the version of the last one. Migrations that write rows are not\n"
        "squashed, since the rows would be lost. The provider's database must have applied\n"
        "all of them or none. The file says what it replaces: in this and every other\n"
        "database that has all of them, `quire migrate` records it and runs nothing.",
    .in_project = true,
    .most_positional = 1,
    .has_json = true,
    .has_debug = true,
    .options = options,
    .run = run_squash,
};

/* What was asked for, for every provider; and the work for one of them. */
typedef struct squash {
    const qi_conf *conf;
    const char *upto; /* NULL: all */
    bool files_only;
    qi_source sources[2]; /* nothing, and the migrations */
    qi_state states[2];
    qi_migration_directory directory;
    size_t count; /* of the migrations that become one */
    const char *text;
} squash;

static quire_status find_migrations(qi_each *each, squash *s, quire_error *err)
{
    qi_arena *arena = &each->context->arena;
    quire_status status =
        qi_source_of_migrations(each->context, each->provider, &s->sources[1], err);
    s->sources[0] = (qi_source){ .platform = each->provider };
    s->sources[1].upto = s->upto;
    if (status == QUIRE_OK)
        status = qi_migrations_read(s->sources[1].path, arena, &s->directory, err);
    if (status == QUIRE_OK)
        status = qi_migrations_verify(&s->directory, err);
    if (status != QUIRE_OK)
        return status;
    bool found = !s->upto;
    for (size_t i = 0; i < s->directory.count; i++) {
        const char *version = s->directory.files[i].version;
        found = found || strcmp(version, s->upto) == 0;
        s->count += !s->upto || strcmp(version, s->upto) <= 0;
    }
    if (!found)
        qi_fail(err, QUIRE_REFUSED, "there is no migration %s", s->upto);
    else if (s->count < 2)
        qi_fail(err, QUIRE_REFUSED, "there are not two migrations to make one of in %s",
                s->directory.path);
    else
        return QUIRE_OK;
    qi_hint(err, "`quire status` lists them.");
    return QUIRE_REFUSED;
}

/* Rows are in no schema, so one file made from the schema would lose them. */
static quire_status check_rows(const squash *s, qi_arena *arena, quire_error *err)
{
    const char *table = NULL;
    quire_status status = qi_state_rows(&s->states[1], arena, &table, err);
    if (status == QUIRE_OK && table)
        status = qi_fail(err, QUIRE_REFUSED, "the migrations write rows to %s", table);
    return status;
}

static quire_status write_text(squash *s, const qi_plan *plan, qi_arena *arena, quire_error *err)
{
    qi_buffer sql;
    qi_buffer_init(&sql, MOST_FILE_BYTES);
    if (plan->file_count > 1)
        return qi_fail(err, QUIRE_REFUSED, "the schema cannot be made by one migration");
    qi_buffer_printf(&sql, "-- %zu migrations up to %s in one.\n", s->count,
                     s->directory.files[s->count - 1].file);
    for (size_t i = 0; i < s->count; i++)
        qi_replaced_write(&s->directory.files[i], &sql);
    qi_buffer_add_char(&sql, '\n');
    if (plan->file_count)
        qi_plan_write(plan, 0, &sql);
    s->text = qi_buffer_failed(&sql) ? NULL : qi_arena_text(arena, sql.data);
    qi_buffer_free(&sql);
    return s->text ? QUIRE_OK : qi_fail_memory(err);
}

static quire_status make(qi_each *each, squash *s, quire_error *err)
{
    const char *ground = NULL;
    qi_arena *arena = &each->context->arena;
    qi_plan plan = { 0 };
    qi_plan_options plain = { .no_renames = true,
                              .privileges = s->conf->privileges == QI_SWITCH_YES,
                              .offline = true };
    quire_status status = qi_source_ground(each->context, s->conf, &ground, err);
    if (status == QUIRE_OK)
        status = qi_states_open(ground, &plain, s->sources, s->states, 2, err);
    plain.privileges |=
        s->conf->privileges == QI_SWITCH_UNSET && qi_grants_anything(&s->states[1].catalog);
    if (status == QUIRE_OK)
        status = check_rows(s, arena, err);
    if (status == QUIRE_OK)
        status =
            qi_plan_make(&s->states[0].catalog, &s->states[1].catalog, &plain, arena, &plan, err);
    if (status == QUIRE_OK)
        status = qi_plan_check(&plan, err);
    if (status == QUIRE_OK)
        status = qi_plan_prove(s->states[0].db, &plan, &s->states[1].catalog, &plain, err);
    return status == QUIRE_OK ? write_text(s, &plan, arena, err) : status;
}

/* All of them are applied there, or none is. */
static quire_status check_history(const squash *s, quire_db *db, bool *applied, quire_error *err)
{
    quire_migration_list list = { 0 };
    size_t count = 0;
    quire_status status = quire_migration_status(db, NULL, &list, err);
    for (size_t i = 0; status == QUIRE_OK && i < s->count && i < list.count; i++)
        count += list.items[i].state == QUIRE_MIGRATION_APPLIED;
    if (status == QUIRE_OK && list.unsound)
        status = qi_fail(err, QUIRE_REFUSED, "the history is not sound");
    else if (status == QUIRE_OK && count && count < s->count)
        status =
            qi_fail(err, QUIRE_REFUSED, "only %zu of %zu migrations are applied", count, s->count);
    if (status == QUIRE_REFUSED)
        qi_hint(err, "Run `quire status`, then `quire migrate`; nothing was changed.");
    *applied = count > 0;
    quire_migration_list_free(&list);
    return status;
}

/* The new file first, then the others go, then quire.sum: what is left after a crash is told by it. */
static quire_status replace_files(const squash *s, qi_arena *arena, quire_error *err)
{
    qi_migration_directory now = { 0 };
    const qi_migration_file *last = &s->directory.files[s->count - 1];
    const char *name = qi_arena_printf(arena, "%s_squashed.sql", last->version);
    const char *path = name ? qi_path_join(arena, s->directory.path, name) : NULL;
    if (!path || !s->text)
        return qi_fail_memory(err);
    quire_status status = qi_file_write(path, s->text, strlen(s->text), err);
    for (size_t i = 0; i < s->count && status == QUIRE_OK; i++) {
        const qi_migration_file *file = &s->directory.files[i];
        if (strcmp(file->path, path) != 0)
            (void)remove(file->path);
        if (file->down)
            (void)remove(file->down->path);
    }
    if (status == QUIRE_OK)
        status = qi_migrations_read(s->directory.path, arena, &now, err);
    return status == QUIRE_OK ? qi_migrations_seal(&now, NULL, err) : status;
}

/* The new file says what it replaces, so the runner knows what to do; nothing else is due up to it. */
static quire_status correct_history(const squash *s, quire_db *db, quire_error *err)
{
    quire_migrate_options upto = { .to = s->directory.files[s->count - 1].version };
    return quire_migrate(db, &upto, NULL, err);
}

static quire_status squash_all(qi_each *each, squash *s, quire_error *err)
{
    qi_arena *arena = &each->context->arena;
    bool applied = false;
    quire_db *db = NULL;
    const char *directory = NULL;
    quire_status status = find_migrations(each, s, err);
    if (status == QUIRE_OK && !s->files_only) {
        db = qi_runner_open(each, &directory, err);
        status = db ? check_history(s, db, &applied, err) : err->status;
    }
    if (status == QUIRE_OK)
        status = make(each, s, err);
    if (status == QUIRE_OK)
        status = replace_files(s, arena, err);
    if (status == QUIRE_OK && applied)
        status = correct_history(s, db, err);
    quire_close(db);
    return status;
}

static qi_exit squash_one(qi_each *each, void *state, quire_error *err)
{
    squash s = *(const squash *)state;
    quire_status status = squash_all(each, &s, err);
    qi_states_close(s.states, 2);
    if (status != QUIRE_OK)
        return QI_EXIT_FAILED;
    qi_each_put(each, "squashed", json_integer((json_int_t)s.count));
    qi_each_put(each, "version", json_string(s.directory.files[s.count - 1].version));
    qi_note(each->context, "%s: %zu migrations are one: %s_squashed.sql", each->name, s.count,
            s.directory.files[s.count - 1].version);
    return QI_EXIT_OK;
}

static qi_exit run_squash(qi_context *context, const qi_args *args)
{
    qi_conf conf;
    qi_exit code = qi_project(context, &conf);
    if (code)
        return code;
    squash s = { .conf = &conf,
                 .upto = qi_args_value(args, "--to"),
                 .files_only = qi_args_flag(args, "--files-only") };
    return qi_each_provider(context, args, squash_one, &s);
}
