#include "cli/generate.h"

#include "base/error.h"
#include "migrate/migration.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static quire_status find_sources(qi_context *context, const qi_conf *conf, qi_generation *g,
                                 qi_source sources[2])
{
    sources[1] = qi_source_of_schema(context, conf, g->provider);
    quire_status status = qi_source_of_migrations(context, g->provider, &sources[0], &g->err);
    g->directory = sources[0].path;
    sources[0].files = g->rebase ? &g->rebase->stay : NULL;
    return status;
}

static quire_status plan(qi_context *context, const qi_source *schema, const qi_planning_task *task,
                         qi_generation *g)
{
    qi_planning_task its = *task;
    g->first = g->states[0].migrations == 0;
    quire_status status = qi_planned_hints(schema, &context->arena, &its.renames, &g->err);
    if (status == QUIRE_OK)
        status = qi_state_rows(&g->states[1], &context->arena, &g->rows_of, &g->err);
    if (status == QUIRE_OK)
        status = qi_planned_make(g->states, &its, &context->arena, &g->planned, &g->err);
    return status;
}

void qi_generate_plan(qi_context *context, const qi_conf *conf, const qi_planning_task *task,
                      qi_generation *g)
{
    qi_source sources[2];
    const char *ground = NULL;
    if (g->err.status != QUIRE_OK)
        return;
    quire_status status = find_sources(context, conf, g, sources);
    if (status == QUIRE_OK)
        status = qi_source_ground(context, conf, &ground, &g->err);
    if (status == QUIRE_OK)
        status = qi_states_open(ground, &task->options, sources, g->states, 2, &g->err);
    if (status == QUIRE_OK)
        status = plan(context, &sources[1], task, g);
    g->err.status = status;
}

/* The name and version of one more migration, then the files. */
static quire_status add_file(qi_context *context, qi_generation *g, const char *name,
                             const char *sql, const char *down)
{
    qi_migration_directory directory = { 0 };
    char version[QI_VERSION_SIZE];
    const char *file = NULL;
    quire_status status = qi_migrations_read(g->directory, &context->arena, &directory, &g->err);
    if (status == QUIRE_OK)
        status = qi_migrations_next(&directory, time(NULL), version, &g->err);
    if (status == QUIRE_OK)
        status = qi_migrations_add(
            g->directory,
            &(qi_new_migration){ .version = version, .name = name, .text = sql, .down = down },
            &context->arena, &file, &g->err);
    if (status == QUIRE_OK)
        g->files[g->file_count++] = file;
    return status;
}

static void remove_file(qi_context *context, const char *path)
{
    size_t stem = strlen(path) - strlen(".sql");
    const char *down = qi_arena_printf(&context->arena, "%.*s.down.sql", (int)stem, path);
    (void)remove(path);
    if (down)
        (void)remove(down);
}

void qi_generate_take_back(qi_context *context, qi_generation *g)
{
    qi_migration_directory directory = { 0 };
    for (size_t i = 0; i < g->file_count; i++)
        remove_file(context, g->files[i]);
    if (g->file_count &&
        qi_migrations_read(g->directory, &context->arena, &directory, NULL) == QUIRE_OK)
        (void)qi_migrations_seal(&directory, NULL, NULL);
    g->file_count = 0;
    qi_rebase_undo(g);
}

static quire_status write_file(qi_context *context, qi_generation *g, const char *name, size_t file)
{
    qi_buffer sql;
    const char *up = NULL;
    const char *down = g->planned.downs[file];
    qi_buffer_init(&sql, QI_MIGRATION_LARGEST);
    qi_plan_write(&g->planned.plan, file, &sql);
    bool marked = !qi_buffer_failed(&sql) && qi_migration_mark(&context->arena, sql.data, &up) &&
                  (!down || qi_migration_mark(&context->arena, down, &down));
    quire_status status = marked ? add_file(context, g, name, up, down) : qi_fail_memory(&g->err);
    qi_buffer_free(&sql);
    return status;
}

void qi_generate_write(qi_context *context, const char *name, qi_generation *g)
{
    g->files = qi_arena_zero(&context->arena, g->planned.plan.file_count + 1, sizeof *g->files);
    quire_status status = g->files ? qi_rebase_begin(g, &g->err) : qi_fail_memory(&g->err);
    const char *given = name ? name : g->rebase ? g->rebase->name : g->first ? "init" : NULL;
    for (size_t file = 0; status == QUIRE_OK && file < g->planned.plan.file_count; file++) {
        const char *its = given ? given : qi_plan_name(&g->planned.plan, file, &context->arena);
        status = its ? write_file(context, g, its, file) : qi_fail_memory(&g->err);
    }
    g->err.status = status;
    if (status != QUIRE_OK)
        qi_generate_take_back(context, g);
}

void qi_generate_empty(qi_context *context, const char *name, qi_generation *g)
{
    qi_buffer sql;
    qi_buffer_init(&sql, QI_MIGRATION_LARGEST);
    qi_buffer_add(&sql, "-- Write the statements of this migration here, then run\n");
    qi_buffer_printf(&sql, "-- `quire migrate %s --rehash`, which records what is in it.\n",
                     quire_provider_name(g->provider));
    for (size_t i = 0; i < g->planned.plan.refusal_count; i++) {
        const qi_refusal *refusal = &g->planned.plan.refusals[i];
        qi_buffer_printf(&sql, "--\n-- %s %s\n", refusal->object, refusal->text);
        if (refusal->hint)
            qi_buffer_printf(&sql, "--     %s\n", refusal->hint);
    }
    g->files = qi_arena_zero(&context->arena, 1, sizeof *g->files);
    quire_status status = qi_buffer_failed(&sql) || !g->files
                              ? qi_fail_memory(&g->err)
                              : add_file(context, g, name, sql.data, NULL);
    qi_buffer_free(&sql);
    g->err.status = status;
}
