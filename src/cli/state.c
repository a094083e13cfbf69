/* Scratch databases in the state that a source describes. */
#include "base/buffer.h"
#include "base/error.h"
#include "base/file.h"
#include "catalog/load.h"
#include "catalog/object.h"
#include "catalog/platform.h"
#include "cli/source.h"
#include "migrate/script.h"
#include "plan/prove.h"

#include <quire/sql.h>

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define MOST_ROLES 256 /* that one file can name */
#define MOST_ROWS_SQL (16u * 1024u * 1024u)

/* One of the states in the making. */
typedef struct opening {
    const char *directory;
    const qi_plan_options *options;
    const qi_source *source;
    bool live; /* one of the states is that of a live database */
    qi_state *state;
    quire_status status;
    quire_error err;
} opening;

static quire_status open_scratch(const char *directory, qi_state *state, quire_error *err)
{
    state->scratch = quire_scratch_open(directory, err);
    if (!state->scratch)
        return err->status;
    quire_options options = { .provider = QUIRE_LOCAL,
                              .url = quire_scratch_url(state->scratch),
                              .directory = directory,
                              .pool_size = 1 };
    state->db = quire_open(&options, err);
    return state->db ? QUIRE_OK : err->status;
}

/* What a file sets does not reach the next one: the runner does the same. */
static quire_status settle(quire_db *db, quire_error *err)
{
    return quire_exec(db, "reset session authorization; reset role; reset all", err);
}

/* The last word before the catalog is read. */
static quire_status prepare_reading(const opening *o, qi_state *state, quire_error *err)
{
    quire_status status = settle(state->db, err);
    if (status == QUIRE_OK && o->live)
        status = qi_platform_leave_out(state->db, o->source->platform, err);
    return status;
}

static quire_status load_directory(qi_state *state, const qi_source *source, quire_error *err)
{
    const char *const *names = NULL;
    size_t count = 0;
    bool roles = quire_scratch_is_private(state->scratch);
    quire_status status =
        qi_directory_list(source->path, ".sql", &state->arena, &names, &count, err);
    if (status == QUIRE_OK && !count) {
        status = qi_fail(err, QUIRE_IO, "there is no .sql file in \"%s\"", source->path);
        qi_hint(err, "For an empty database, write `empty`.");
    }
    for (size_t i = 0; i < count && status == QUIRE_OK; i++) {
        const char *path = qi_path_join(&state->arena, source->path, names[i]);
        status = path ? settle(state->db, err) : qi_fail_memory(err);
        if (status == QUIRE_OK)
            status = qi_sql_load_file(state->db, path, roles, err);
    }
    return status;
}

static quire_status run_file(qi_state *state, const qi_migration_file *file, quire_error *err)
{
    quire_status status = qi_migration_replay(state->db, file, &state->arena, err);
    /* What failed was rolled back, so the file is run from its first statement again. */
    for (int i = 0; status != QUIRE_OK && i < MOST_ROLES; i++) {
        if (!quire_scratch_is_private(state->scratch) || !qi_sql_make_role(state->db, err))
            break;
        status = qi_migration_replay(state->db, file, &state->arena, err);
    }
    return status;
}

static quire_status replay(qi_state *state, const qi_source *source, quire_error *err)
{
    qi_migration_directory directory =
        source->files ? *source->files : (qi_migration_directory){ 0 };
    quire_status status =
        source->files ? QUIRE_OK : qi_migrations_read(source->path, &state->arena, &directory, err);
    if (status == QUIRE_OK && !source->files)
        status = qi_migrations_verify(&directory, err);
    for (size_t i = 0; status == QUIRE_OK && i < directory.count; i++) {
        if (source->upto && strcmp(directory.files[i].version, source->upto) > 0)
            break;
        status = run_file(state, &directory.files[i], err);
        state->migrations++;
    }
    return status;
}

/* Live databases ----------------------------------------------------------------------------- */

/* A URL is of any PostgreSQL, unless it was said whose platform it is. */
static quire_provider url_provider(const qi_source *source)
{
    return source->platform == QUIRE_AUTO ? QUIRE_LOCAL : source->platform;
}

static quire_status read_live(const qi_source *source, const char *directory, qi_arena *arena,
                              qi_catalog *out, quire_error *err)
{
    quire_options options = { .provider = source->url ? url_provider(source) : source->provider,
                              .url = source->url,
                              .directory = directory,
                              .on_statement = source->on_statement,
                              .pool_size = 1 };
    quire_db *db = quire_open(&options, err);
    if (!db)
        return err->status;
    quire_status status = qi_catalog_read(db, arena, out, err);
    quire_close(db);
    return status;
}

/* Names what the copy of a live database lacks. */
static quire_status refuse_copy(const qi_source *source, quire_status status, quire_error *err)
{
    if (status != QUIRE_REFUSED && status != QUIRE_INTERNAL)
        return status;
    quire_error cause = *err;
    status = qi_fail(err, QUIRE_REFUSED, "%s cannot be copied: %s", source->shown, cause.message);
    qi_detail(err, "%s", cause.detail);
    qi_hint(err, "Plans are made in scratch databases, so all of the database must be known.");
    return status;
}

static quire_status copy_live(const opening *o, qi_state *state, quire_error *err)
{
    const qi_source *source = o->source;
    qi_plan_options options = { .no_renames = true,
                                .privileges = o->options && o->options->privileges,
                                .offline = true };
    qi_catalog live = { 0 };
    qi_catalog empty = { 0 };
    qi_plan plan = { 0 };
    quire_status status = read_live(source, o->directory, &state->arena, &live, err);
    if (status == QUIRE_OK)
        status = qi_catalog_read(state->db, &state->arena, &empty, err);
    if (status == QUIRE_OK)
        status = qi_plan_make(&empty, &live, &options, &state->arena, &plan, err);
    if (status == QUIRE_OK)
        status = qi_plan_check(&plan, err);
    if (status == QUIRE_OK && plan.step_count)
        status = qi_plan_prove(state->db, &plan, &live, &options, err);
    return status == QUIRE_OK ? status : refuse_copy(source, status, err);
}

static quire_status fill(const opening *o, qi_state *state, quire_error *err)
{
    const qi_source *source = o->source;
    bool roles = quire_scratch_is_private(state->scratch);
    switch (source->kind) {
    case QI_SOURCE_SCHEMA:
        return qi_schema_load(state->db, source->path, source->provider, roles, err);
    case QI_SOURCE_DIRECTORY:
        return load_directory(state, source, err);
    case QI_SOURCE_MIGRATIONS:
        return replay(state, source, err);
    case QI_SOURCE_DATABASE:
        return copy_live(o, state, err);
    case QI_SOURCE_NOTHING:
        break;
    }
    return QUIRE_OK;
}

quire_status qi_state_rows(const qi_state *state, qi_arena *arena, const char **table,
                           quire_error *err)
{
    size_t count = 0;
    quire_rows rows = { 0 };
    qi_buffer sql;
    const qi_object *tables = qi_objects_of(&state->catalog, "table", &count);
    *table = NULL;
    if (!count)
        return QUIRE_OK;
    qi_buffer_init(&sql, MOST_ROWS_SQL);
    for (size_t i = 0; i < count; i++)
        qi_buffer_printf(&sql, "%s(select %zu from only %s limit 1)\n", i ? "union all " : "", i,
                         tables[i].identity);
    quire_status status = qi_buffer_failed(&sql)
                              ? qi_fail_memory(err)
                              : quire_query(state->db, sql.data, NULL, 0, &rows, err);
    qi_buffer_free(&sql);
    const char *first = status == QUIRE_OK && rows.count ? quire_rows_value(&rows, 0, 0) : NULL;
    if (first) {
        *table = qi_arena_text(arena, tables[strtoul(first, NULL, 10)].identity);
        status = *table ? QUIRE_OK : qi_fail_memory(err);
    }
    quire_rows_free(&rows);
    return status;
}

quire_status qi_state_read(qi_state *state, quire_error *err)
{
    return qi_catalog_read(state->db, &state->arena, &state->catalog, err);
}

static quire_status open_state(const opening *o, qi_state *state, quire_error *err)
{
    state->live = o->source->kind == QI_SOURCE_DATABASE;
    quire_status status = open_scratch(o->directory, state, err);
    if (status == QUIRE_OK)
        status = qi_platform_load(state->db, o->source->platform,
                                  quire_scratch_is_private(state->scratch), err);
    if (status == QUIRE_OK)
        status = prepare_reading(o, state, err);
    if (status == QUIRE_OK)
        status = fill(o, state, err);
    if (status == QUIRE_OK)
        status = prepare_reading(o, state, err);
    return status == QUIRE_OK ? qi_state_read(state, err) : status;
}

/* Two at once -------------------------------------------------------------------------------- */

static void *open_in_thread(void *context)
{
    opening *o = context;
    o->status = open_state(o, o->state, &o->err);
    return NULL;
}

quire_status qi_states_open(const char *directory, const qi_plan_options *options,
                            const qi_source *sources, qi_state *states, size_t count,
                            quire_error *err)
{
    opening list[2] = { { 0 } };
    bool live = false;
    pthread_t thread;
    if (count < 1 || count > 2)
        return qi_fail(err, QUIRE_INTERNAL, "%zu states are not one or two", count);
    for (size_t i = 0; i < count; i++)
        live = live || sources[i].kind == QI_SOURCE_DATABASE;
    for (size_t i = 0; i < count; i++)
        list[i] = (opening){ directory, options, &sources[i], live, &states[i], QUIRE_OK, { 0 } };
    bool apart = count == 2 && pthread_create(&thread, NULL, open_in_thread, &list[1]) == 0;
    (void)open_in_thread(&list[0]);
    if (apart)
        pthread_join(thread, NULL);
    else if (count == 2)
        (void)open_in_thread(&list[1]);
    for (size_t i = 0; i < count; i++) {
        if (list[i].status == QUIRE_OK)
            continue;
        qi_states_close(states, count);
        *err = list[i].err;
        return list[i].status;
    }
    return QUIRE_OK;
}

void qi_states_close(qi_state *states, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        quire_close(states[i].db);
        quire_scratch_close(states[i].scratch);
        qi_arena_free(&states[i].arena);
        states[i] = (qi_state){ 0 };
    }
}
