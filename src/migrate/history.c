#include "migrate/history.h"

#include "base/error.h"

#include <quire/sql.h>
#include <quire/version.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
    "comment on table quire.migrations is\n"
    "    'The migrations that are applied to this database. Kept by quire migrate.'";

static const char exists_sql[] = "select pg_catalog.to_regclass('quire.migrations') is not null";

static const char read_sql[] =
    "select version, name, checksum, state, tool_version,\n"
    "    to_char(finished_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'),\n"
    "    coalesce(duration_ms, -1)\n"
    "from quire.migrations order by version collate \"C\"";

/* now() is when the transaction began. */
static const char record_sql[] =
    "insert into quire.migrations (version, name, checksum, state, statements_done,\n"
    "    statements_total, started_at, finished_at, duration_ms, tool_version)\n"
    "values ($1, $2, $3, 'applied', $4::integer, $4::integer, now(), clock_timestamp(),\n"
    "    (extract(epoch from clock_timestamp() - now()) * 1000)::bigint, $5)";

static quire_status check_row(const quire_rows *rows, size_t row, quire_error *err)
{
    const char *version = quire_rows_value(rows, row, 0);
    const char *checksum = quire_rows_value(rows, row, 2);
    const char *state = quire_rows_value(rows, row, 3);
    char known[16];
    snprintf(known, sizeof known, "%d:", QI_SUM_VERSION);
    if (strcmp(state, "applied") == 0 && strncmp(checksum, known, strlen(known)) == 0)
        return QUIRE_OK;
    qi_fail(err, QUIRE_REFUSED, "the history's row of migration %s is not understood", version);
    qi_detail(err, "State %s, checksum %.20s..., written by quire %s; this is quire %s.", state,
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
        quire_status status = check_row(rows, i, err);
        if (status)
            return status;
        list[i] = (qi_history_row){
            .version = copy(rows, i, 0, arena),
            .name = copy(rows, i, 1, arena),
            .checksum = copy(rows, i, 2, arena),
            .applied_at = copy(rows, i, 5, arena),
            .duration_ms = strtoll(quire_rows_value(rows, i, 6), NULL, 10),
        };
        if (!list[i].version || !list[i].name || !list[i].checksum)
            return qi_fail_memory(err);
    }
    *out = (qi_history){ .exists = true, .rows = list, .count = rows->count };
    return QUIRE_OK;
}

quire_status qi_history_read(quire_db *db, qi_arena *arena, qi_history *out, quire_error *err)
{
    quire_rows rows = { 0 };
    quire_status status = quire_query(db, exists_sql, NULL, 0, &rows, err);
    if (status)
        return status;
    const char *exists = quire_rows_value(&rows, 0, 0);
    bool found = exists && strcmp(exists, "t") == 0;
    quire_rows_free(&rows);
    if (!found) {
        *out = (qi_history){ 0 };
        return QUIRE_OK;
    }
    status = quire_query(db, read_sql, NULL, 0, &rows, err);
    if (status)
        return status;
    status = copy_rows(&rows, arena, out, err);
    quire_rows_free(&rows);
    return status;
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

quire_status qi_history_record(quire_db *transaction, const qi_migration_file *file,
                               size_t statements, quire_error *err)
{
    char count[24];
    snprintf(count, sizeof count, "%zu", statements);
    const char *params[] = { file->version, file->name, file->checksum, count, QUIRE_VERSION };
    return quire_query(transaction, record_sql, params, sizeof params / sizeof *params, NULL, err);
}

static quire_migration item_of(const qi_migration_file *file, const qi_history_row *row,
                               bool is_older)
{
    quire_migration item = { .duration_ms = -1 };
    if (row) {
        item.version = row->version;
        item.name = row->name;
        item.applied_at = row->applied_at;
        item.duration_ms = row->duration_ms;
        item.state = QUIRE_MIGRATION_MISSING;
    }
    if (file) {
        item.version = file->version;
        item.name = file->name;
        item.file = file->path;
        if (!row)
            item.state = is_older ? QUIRE_MIGRATION_OUT_OF_ORDER : QUIRE_MIGRATION_PENDING;
        else if (strcmp(file->checksum, row->checksum) == 0)
            item.state = QUIRE_MIGRATION_APPLIED;
        else
            item.state = QUIRE_MIGRATION_CHANGED;
    }
    return item;
}

static void count_item(quire_migration_list *list, const quire_migration *item)
{
    quire_migration_state state = item->state;
    list->count++;
    list->pending += state == QUIRE_MIGRATION_PENDING || state == QUIRE_MIGRATION_OUT_OF_ORDER;
    list->unsound += state != QUIRE_MIGRATION_PENDING && state != QUIRE_MIGRATION_APPLIED;
}

/* Which comes first, -1 for the file; 0 when both are the same migration. At most one is NULL. */
static int order_of(const qi_migration_file *file, const qi_history_row *row)
{
    if (!file || !row)
        return file ? -1 : 1;
    return strcmp(file->version, row->version);
}

quire_status qi_history_compare(const qi_migration_directory *directory, const qi_history *history,
                                qi_arena *arena, quire_migration_list *out, quire_error *err)
{
    quire_migration *items =
        qi_arena_zero(arena, directory->count + history->count + 1, sizeof *items);
    if (!items)
        return qi_fail_memory(err);
    quire_migration_list list = { .items = items };
    size_t f = 0;
    size_t r = 0;
    while (f < directory->count || r < history->count) {
        const qi_migration_file *file = f < directory->count ? &directory->files[f] : NULL;
        const qi_history_row *row = r < history->count ? &history->rows[r] : NULL;
        int order = order_of(file, row);
        items[list.count] = item_of(order <= 0 ? file : NULL, order >= 0 ? row : NULL, row != NULL);
        count_item(&list, &items[list.count]);
        f += order <= 0;
        r += order >= 0;
    }
    *out = list;
    return QUIRE_OK;
}

static quire_status refuse_item(const quire_migration_list *list, const quire_migration *item,
                                quire_error *err)
{
    const char *newest = "";
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].applied_at)
            newest = list->items[i].version;
    if (item->state == QUIRE_MIGRATION_CHANGED) {
        qi_fail(err, QUIRE_REFUSED, "migration %s_%s was changed after it was applied",
                item->version, item->name);
        qi_hint(err, "Restore the file, for instance with git. To change the schema further, write "
                     "a new migration with `quire generate`.");
    } else if (item->state == QUIRE_MIGRATION_MISSING) {
        qi_fail(err, QUIRE_REFUSED, "migration %s_%s is applied, but its file is missing",
                item->version, item->name);
        qi_hint(err,
                "Restore the file, for instance with git: the database may be ahead of what is "
                "checked out here.");
    } else {
        qi_fail(err, QUIRE_REFUSED, "migration %s_%s is older than %s, which is applied already",
                item->version, item->name, newest);
        qi_hint(err, "See to it that it still fits behind the others, rename it to a newer version "
                     "and run `quire migrate --rehash`.");
    }
    if (item->file)
        qi_locate(err, item->file, 0, 0);
    return QUIRE_REFUSED;
}

quire_status qi_history_check(const quire_migration_list *list, quire_error *err)
{
    for (size_t i = 0; i < list->count; i++) {
        quire_migration_state state = list->items[i].state;
        if (state != QUIRE_MIGRATION_APPLIED && state != QUIRE_MIGRATION_PENDING)
            return refuse_item(list, &list->items[i], err);
    }
    return QUIRE_OK;
}
