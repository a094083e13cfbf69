#include "cli/generate.h"

#include "base/error.h"
#include "catalog/load.h"
#include "migrate/migration.h"
#include "migrate/script.h"
#include "plan/prove.h"

#include <quire/server.h>
#include <quire/sql.h>

#include <stdio.h>
#include <string.h>
#include <time.h>

/* One scratch database with its one connection: a SET in a file lasts to its end. */
typedef struct scratch {
    quire_scratch *database;
    quire_db *db;
} scratch;

static quire_status open_scratch(const qi_conf *conf, scratch *out, quire_error *err)
{
    out->database = quire_scratch_open(conf->root, err);
    if (!out->database)
        return err->status;
    quire_options options = { .provider = QUIRE_LOCAL,
                              .url = quire_scratch_url(out->database),
                              .directory = conf->root,
                              .pool_size = 1 };
    out->db = quire_open(&options, err);
    return out->db ? QUIRE_OK : err->status;
}

static void close_scratch(scratch *s)
{
    quire_close(s->db);
    quire_scratch_close(s->database);
}

/* The present state: what the migrations make of an empty database, as the runner runs them. */
static quire_status replay(qi_context *context, quire_db *db, qi_generation *g, quire_error *err)
{
    qi_migration_directory directory = { 0 };
    quire_status status = qi_migrations_read(g->directory, &context->arena, &directory, err);
    if (status == QUIRE_OK)
        status = qi_migrations_verify(&directory, err);
    g->first = directory.count == 0;
    for (size_t i = 0; status == QUIRE_OK && i < directory.count; i++)
        status = qi_migration_replay(db, &directory.files[i], &context->arena, err);
    return status;
}

static quire_status compare(qi_context *context, const qi_conf *conf, scratch *present,
                            scratch *desired, qi_generation *g)
{
    quire_error *err = &g->err;
    qi_arena *arena = &context->arena;
    const char *schema = qi_path_for_person(conf->schema, arena);
    qi_catalog before = { 0 };
    qi_catalog after = { 0 };
    quire_status status = open_scratch(conf, present, err);
    if (status == QUIRE_OK)
        status = replay(context, present->db, g, err);
    if (status == QUIRE_OK)
        status = open_scratch(conf, desired, err);
    if (status == QUIRE_OK)
        status = qi_schema_load(desired->db, schema, g->provider, err);
    if (status == QUIRE_OK)
        status = qi_catalog_read(present->db, arena, &before, err);
    if (status == QUIRE_OK)
        status = qi_catalog_read(desired->db, arena, &after, err);
    if (status == QUIRE_OK)
        status = qi_plan_make(&before, &after, NULL, arena, &g->plan, err);
    if (status == QUIRE_OK)
        status = qi_plan_check(&g->plan, err);
    if (status == QUIRE_OK && g->plan.step_count)
        status = qi_plan_prove(present->db, &g->plan, &after, NULL, err);
    return status;
}

void qi_generate_plan(qi_context *context, const qi_conf *conf, qi_generation *g)
{
    scratch present = { 0 };
    scratch desired = { 0 };
    quire_status status = qi_migrations_default(context->directory, g->provider, &context->arena,
                                                &g->directory, &g->err);
    if (status == QUIRE_OK)
        status = compare(context, conf, &present, &desired, g);
    g->err.status = status;
    close_scratch(&desired);
    close_scratch(&present);
}

/* The name and version of one more migration, then the files. */
static quire_status add_file(qi_context *context, qi_generation *g, const char *name,
                             const char *sql)
{
    qi_migration_directory directory = { 0 };
    char version[QI_VERSION_SIZE];
    const char *file = NULL;
    quire_status status = qi_migrations_read(g->directory, &context->arena, &directory, &g->err);
    if (status == QUIRE_OK)
        status = qi_migrations_next(&directory, time(NULL), version, &g->err);
    if (status == QUIRE_OK)
        status = qi_migrations_add(
            g->directory, &(qi_new_migration){ .version = version, .name = name, .text = sql },
            &context->arena, &file, &g->err);
    if (status == QUIRE_OK)
        g->files[g->file_count++] = file;
    return status;
}

void qi_generate_take_back(qi_context *context, qi_generation *g)
{
    qi_migration_directory directory = { 0 };
    for (size_t i = 0; i < g->file_count; i++)
        (void)remove(g->files[i]);
    if (g->file_count &&
        qi_migrations_read(g->directory, &context->arena, &directory, NULL) == QUIRE_OK)
        (void)qi_migrations_seal(&directory, NULL, NULL);
    g->file_count = 0;
}

static quire_status write_file(qi_context *context, qi_generation *g, const char *name, size_t file)
{
    qi_buffer sql;
    qi_buffer_init(&sql, QI_MIGRATION_LARGEST);
    qi_plan_write(&g->plan, file, &sql);
    quire_status status =
        qi_buffer_failed(&sql) ? qi_fail_memory(&g->err) : add_file(context, g, name, sql.data);
    qi_buffer_free(&sql);
    return status;
}

void qi_generate_write(qi_context *context, const char *name, qi_generation *g)
{
    quire_status status = QUIRE_OK;
    const char *given = name ? name : g->first ? "init" : NULL;
    for (size_t file = 0; status == QUIRE_OK && file < g->plan.file_count; file++) {
        /* A name that was asked for goes to the last file, which is what it was asked for. */
        bool last = file + 1 == g->plan.file_count;
        const char *its = given && last ? given : qi_plan_name(&g->plan, file, &context->arena);
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
    for (size_t i = 0; i < g->plan.refusal_count; i++) {
        const qi_refusal *refusal = &g->plan.refusals[i];
        qi_buffer_printf(&sql, "--\n-- %s %s\n", refusal->object, refusal->text);
        if (refusal->hint)
            qi_buffer_printf(&sql, "--     %s\n", refusal->hint);
    }
    quire_status status =
        qi_buffer_failed(&sql) ? qi_fail_memory(&g->err) : add_file(context, g, name, sql.data);
    qi_buffer_free(&sql);
    g->err.status = status;
}
