#include "migrate/history.h"

#include "base/error.h"
#include "syntax/sql.h"

#include <quire/sql.h>
#include <quire/version.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A table that an older Quire made gets the columns that came later. */
static const char create_sql[] =
    "create schema if not exists quire;\n"
    "create table if not exists quire.migrations (\n"
    "    version text primary key,\n"
    "    name text not null,\n"
    "    checksum text not null,\n"
    "    state text not null,\n"
    "    statements_done integer not null,\n"
    "    statements_total integer not null,\n"
    "    started_at timestamptz not null,\n"
    "    finished_at timestamptz,\n"
    "    duration_ms bigint,\n"
    "    applied_by text not null default session_user,\n"
    "    tool_version text not null\n"
    ");\n"
    "alter table quire.migrations\n"
    "    add column if not exists progress text,\n"
    "    add column if not exists fingerprint text,\n"
    "    add column if not exists objects jsonb;\n"
    "comment on table quire.migrations is\n"
    "    'The migrations that are applied to this database. Kept by quire migrate.'";

static const char exists_sql[] =
    "select pg_catalog.to_regclass('quire.migrations') is not null,\n"
    "    exists (select from pg_catalog.pg_attribute\n"
    "            where attrelid = pg_catalog.to_regclass('quire.migrations')\n"
    "                and attname = 'objects')";

static const char read_sql[] =
    "select m.version, m.name, m.checksum, m.state, m.tool_version,\n"
    "    to_char(m.finished_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'),\n"
    "    coalesce(m.duration_ms, -1), m.statements_done, m.statements_total,\n"
    "    to_jsonb(m) ->> 'progress'\n"
    "from quire.migrations m order by m.version collate \"C\"";

/* What the file has made of the session must not matter, and comes back with the commit. */
static const char own_sql[] = "set local session authorization default; set local role none;\n"
                              "set local search_path = pg_catalog; set local row_security = on";

/* now() is when the transaction began. */
static const char write_sql[] =
    "insert into quire.migrations as m (version, name, checksum, state, statements_done,\n"
    "    statements_total, started_at, finished_at, duration_ms, tool_version, progress)\n"
    "values ($1, $2, $3, $4, $5::integer, $6::integer, now(),\n"
    "    case when $4 = 'applied' then clock_timestamp() end,\n"
    "    case when $4 = 'applied' then $7::bigint end, $8, $9)\n"
    "on conflict (version) do update set name = excluded.name, checksum = excluded.checksum,\n"
    "    state = excluded.state, statements_done = excluded.statements_done,\n"
    "    statements_total = excluded.statements_total, tool_version = excluded.tool_version,\n"
    "    finished_at = coalesce(excluded.finished_at, m.finished_at),\n"
    "    duration_ms = coalesce(excluded.duration_ms, m.duration_ms),\n"
    "    progress = excluded.progress";

static const char remove_sql[] = "delete from quire.migrations where version = $1";

static const char restore_sql[] =
    "update quire.migrations set state = 'applied', statements_done = $2::integer,\n"
    "    statements_total = $3::integer, progress = $4 where version = $1";

static const char *const states[] = { "applied", "partial", "in_doubt", "reverting",
                                      "reverting_in_doubt" };

static bool state_named(const char *name, qi_row_state *out)
{
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        if (strcmp(states[i], name) != 0)
            continue;
        *out = (qi_row_state)i;
        return true;
    }
    return false;
}

static quire_status check_row(const quire_rows *rows, size_t row, qi_row_state *state,
                              quire_error *err)
{
    const char *version = quire_rows_value(rows, row, 0);
    const char *checksum = quire_rows_value(rows, row, 2);
    const char *name = quire_rows_value(rows, row, 3);
    char known[16];
    snprintf(known, sizeof known, "%d:", QI_SUM_VERSION);
    if (state_named(name, state) && strncmp(checksum, known, strlen(known)) == 0)
        return QUIRE_OK;
    qi_fail(err, QUIRE_REFUSED, "the history's row of migration %s is not understood", version);
    qi_detail(err, "State %s, checksum %.20s..., written by quire %s; this is quire %s.", name,
              checksum, quire_rows_value(rows, row, 4), QUIRE_VERSION);
    qi_hint(err, "Use the version of quire that wrote it, or a newer one.");
    return QUIRE_REFUSED;
}

/* A copy in the arena; NULL when there is none, or no memory. */
static const char *copy(const quire_rows *rows, size_t row, size_t column, qi_arena *arena)
{
    const char *value = quire_rows_value(rows, row, column);
    return value ? qi_arena_text(arena, value) : NULL;
}

static quire_status copy_rows(const quire_rows *rows, qi_arena *arena, qi_history *out,
                              quire_error *err)
{
    qi_history_row *list = qi_arena_zero(arena, rows->count + 1, sizeof *list);
    if (!list)
        return qi_fail_memory(err);
    for (size_t i = 0; i < rows->count; i++) {
        qi_row_state state = QI_ROW_APPLIED;
        quire_status status = check_row(rows, i, &state, err);
        if (status)
            return status;
        list[i] = (qi_history_row){
            .version = copy(rows, i, 0, arena),
            .name = copy(rows, i, 1, arena),
            .checksum = copy(rows, i, 2, arena),
            .state = state,
            .applied_at = copy(rows, i, 5, arena),
            .duration_ms = strtoll(quire_rows_value(rows, i, 6), NULL, 10),
            .done = (size_t)strtoull(quire_rows_value(rows, i, 7), NULL, 10),
            .total = (size_t)strtoull(quire_rows_value(rows, i, 8), NULL, 10),
            .progress = copy(rows, i, 9, arena),
        };
        if (!list[i].version || !list[i].name || !list[i].checksum)
            return qi_fail_memory(err);
    }
    out->rows = list;
    out->count = rows->count;
    return QUIRE_OK;
}

static bool is_true(const quire_rows *rows, size_t column)
{
    const char *value = quire_rows_value(rows, 0, column);
    return value && strcmp(value, "t") == 0;
}

quire_status qi_history_read(quire_db *db, qi_arena *arena, qi_history *out, quire_error *err)
{
    quire_rows rows = { 0 };
    quire_status status = quire_query(db, exists_sql, NULL, 0, &rows, err);
    if (status)
        return status;
    *out = (qi_history){ .exists = is_true(&rows, 0), .current = is_true(&rows, 1) };
    quire_rows_free(&rows);
    if (!out->exists)
        return QUIRE_OK;
    status = quire_query(db, read_sql, NULL, 0, &rows, err);
    if (status)
        return status;
    status = copy_rows(&rows, arena, out, err);
    quire_rows_free(&rows);
    return status;
}

const qi_history_row *qi_history_find(const qi_history *history, const char *version)
{
    for (size_t i = 0; i < history->count; i++)
        if (strcmp(history->rows[i].version, version) == 0)
            return &history->rows[i];
    return NULL;
}

quire_status qi_history_create(quire_db *db, quire_error *err)
{
    quire_status status = quire_exec(db, create_sql, err);
    if (status == QUIRE_DENIED)
        qi_hint(err,
                "The history is kept in the table quire.migrations: the user needs the privilege "
                "CREATE on the database.");
    return status;
}

quire_status qi_history_own(quire_db *transaction, quire_error *err)
{
    return quire_exec(transaction, own_sql, err);
}

quire_status qi_history_write(quire_db *transaction, const qi_history_step *step, quire_error *err)
{
    char done[24];
    char total[24];
    char duration[24];
    snprintf(done, sizeof done, "%zu", step->done);
    snprintf(total, sizeof total, "%zu", step->total);
    snprintf(duration, sizeof duration, "%" PRId64, step->duration_ms);
    const char *params[] = { step->file->version,
                             step->file->name,
                             step->file->checksum,
                             states[step->state],
                             done,
                             total,
                             duration,
                             QUIRE_VERSION,
                             step->progress };
    quire_status status = qi_history_own(transaction, err);
    return status ? status
                  : quire_query(transaction, write_sql, params, sizeof params / sizeof *params,
                                NULL, err);
}

quire_status qi_history_remove(quire_db *transaction, const char *version, quire_error *err)
{
    quire_status status = qi_history_own(transaction, err);
    return status ? status : quire_query(transaction, remove_sql, &version, 1, NULL, err);
}

quire_status qi_history_restore(quire_db *transaction, const qi_history_row *row, quire_error *err)
{
    char done[24];
    char total[24];
    snprintf(done, sizeof done, "%zu", row->done);
    snprintf(total, sizeof total, "%zu", row->total);
    const char *params[] = { row->version, done, total, row->progress };
    quire_status status = qi_history_own(transaction, err);
    return status ? status : quire_query(transaction, restore_sql, params, 4, NULL, err);
}

bool qi_script_progress(const qi_script *script, size_t count, char out[QI_CHECKSUM_SIZE])
{
    qi_digest digest;
    char hex[QI_SHA256_HEX_SIZE];
    qi_digest_begin(&digest);
    for (size_t i = 0; i < count && i < script->count; i++) {
        const char *sql = script->statements[i].sql;
        qi_sql_normalise(sql, strlen(sql), qi_digest_add, &digest);
        qi_digest_add(&digest, ";", 1);
    }
    if (!qi_digest_end(&digest, hex))
        return false;
    snprintf(out, QI_CHECKSUM_SIZE, "%d:%s", QI_SUM_VERSION, hex);
    return true;
}
