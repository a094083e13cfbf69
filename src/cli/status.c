#include "cli/migrate.h"

#include "base/error.h"
#include "cli/each.h"
#include "migrate/migration.h"

#include <quire/migrate.h>

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>

enum { COLUMNS = 5 };

static json_t *migration_json(const quire_migration *m)
{
    json_t *took = m->duration_ms < 0 ? json_null() : json_integer((json_int_t)m->duration_ms);
    return json_pack(
        "{s:s, s:s, s:s?, s:s, s:b, s:I, s:I, s:s?, s:o}", "version", m->version, "name", m->name,
        "file", m->file, "state", quire_migration_state_name(m->state), "rolling_back",
        m->rolling_back, "statements_done", (json_int_t)m->statements_done, "statements_total",
        (json_int_t)m->statements_total, "applied_at", m->applied_at, "duration_ms", took);
}

static json_t *runner_json(const quire_migration_runner *runner)
{
    return runner ? json_pack("{s:s, s:s?, s:s?, s:s?, s:s?}", "pid", runner->pid, "user",
                              runner->user, "application", runner->application, "host",
                              runner->host, "since", runner->since)
                  : json_null();
}

static void print_runner(const qi_each *each, const quire_migration_runner *runner)
{
    if (!runner)
        return;
    printf("%s: a runner is at work: process %s", each->name, runner->pid);
    if (runner->user)
        printf(" of %s", runner->user);
    if (runner->application)
        printf(" \"%s\"", runner->application);
    if (runner->host)
        printf(" at %s", runner->host);
    if (runner->since)
        printf(", since %s", runner->since);
    putchar('\n');
}

static void put_list(qi_each *each, const quire_migration_list *list)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < list->count; i++)
        if (json_array_append_new(rows, migration_json(&list->items[i])) != 0)
            each->failed = true;
    qi_each_put(each, "pending", json_integer((json_int_t)list->pending));
    qi_each_put(each, "unsound", json_integer((json_int_t)list->unsound));
    qi_each_put(each, "runner", runner_json(list->runner));
    qi_each_put(each, "migrations", rows);
}

/* "partial, 2 of 5 done" */
static const char *state_text(const quire_migration *m, qi_arena *arena)
{
    const char *name = quire_migration_state_name(m->state);
    bool in_part = m->state == QUIRE_MIGRATION_PARTIAL || m->state == QUIRE_MIGRATION_IN_DOUBT ||
                   m->state == QUIRE_MIGRATION_ROLLING_BACK;
    if (!in_part)
        return name;
    return qi_arena_printf(
        arena, "%s%s, %zu of %zu done", name,
        m->rolling_back && m->state == QUIRE_MIGRATION_IN_DOUBT ? " in rolling back" : "",
        m->statements_done, m->statements_total);
}

static void fill_row(const char **cells, const quire_migration *m, qi_arena *arena)
{
    cells[0] = m->version;
    cells[1] = m->name;
    cells[2] = state_text(m, arena);
    cells[3] = m->applied_at;
    cells[4] = m->duration_ms < 0 ? NULL : qi_arena_printf(arena, "%" PRId64 " ms", m->duration_ms);
}

static quire_status print_list(qi_each *each, const char *directory,
                               const quire_migration_list *list, quire_error *err)
{
    static const char *const heads[COLUMNS] = { "version", "name", "state", "applied at", "took" };
    qi_arena *arena = &each->context->arena;
    size_t applied = 0;
    for (size_t i = 0; i < list->count; i++)
        applied += list->items[i].applied_at != NULL;
    printf("%s: %s, %zu applied, %zu pending\n", each->name, directory, applied, list->pending);
    print_runner(each, list->runner);
    if (list->count == 0)
        return QUIRE_OK;
    const char **cells = qi_arena_zero(arena, (list->count + 1) * COLUMNS, sizeof *cells);
    if (!cells)
        return qi_fail_memory(err);
    for (size_t i = 0; i < COLUMNS; i++)
        cells[i] = heads[i];
    for (size_t i = 0; i < list->count; i++)
        fill_row(cells + (i + 1) * COLUMNS, &list->items[i], arena);
    qi_print_table(cells, list->count + 1, COLUMNS);
    return QUIRE_OK;
}

/* quire.sum against the files, which `migrate` would refuse: told beside the table. */
static bool check_sum(qi_each *each, const char *path, quire_error *err)
{
    qi_migration_directory directory = { 0 };
    quire_status status = qi_migrations_read(path, &each->context->arena, &directory, err);
    if (!status)
        status = qi_migrations_verify(&directory, err);
    qi_each_put(each, "sum_ok", json_boolean(!status));
    return !status;
}

static qi_exit status_one(qi_each *each, void *state, quire_error *err)
{
    (void)state;
    const char *directory = NULL;
    quire_migration_list list = { 0 };
    if (qi_migrations_default(each->context->directory, each->provider, &each->context->arena,
                              &directory, err))
        return QI_EXIT_FAILED;
    qi_each_put(each, "directory", json_string(directory));
    quire_db *db = qi_open(each->context, each->provider, err);
    qi_each_put(each, "reachable", json_boolean(db != NULL));
    if (!db)
        return QI_EXIT_FAILED;
    quire_status status = quire_migration_status(db, NULL, &list, err);
    quire_close(db);
    if (status)
        return QI_EXIT_FAILED;
    if (each->json)
        put_list(each, &list);
    else
        status = print_list(each, directory, &list, err);
    bool sound = list.pending == 0 && list.unsound == 0;
    quire_migration_list_free(&list);
    fflush(stdout);
    if (status || !check_sum(each, directory, err))
        return QI_EXIT_FAILED;
    return sound ? QI_EXIT_OK : QI_EXIT_DIFFERENT;
}

static qi_exit run(qi_context *context, const qi_args *args)
{
    return qi_each_provider(context, args, status_one, NULL);
}

static const qi_option options[] = { { 0 } };

const qi_command qi_command_status = {
    .name = "status",
    .arguments = "[@|all]",
    .summary = "which migrations are applied, pending, changed or missing",
    .description =
        "Compares the provider's directory of migrations with the history in its database.\n"
        "Says when a runner is at work, and who it is. Changes nothing. Exit code 0 when all\n"
        "are applied, 1 when some are pending, applied in part, in doubt, changed after they\n"
        "were applied, missing or out of order, 4 when the database cannot be reached, 6 when\n"
        "quire.sum does not match.",
    .in_project = true,
    .most_positional = 1,
    .has_json = true,
    .has_debug = true,
    .options = options,
    .run = run,
};
