#include "migrate/run.h"

#include "base/error.h"

#include <quire/sql.h>

#include <string.h>

/*
 * What became of it: 'executed', 'half', 'not', 'unknown' from the names as the statement has them. An
 * index whose building is under way in another session counts as executed: the server says the rest. One
 * on a partitioned table is INVALID until all partitions have theirs, and is nobody's leftover.
 */
static const char index_sql[] =
    "select case when i.indisvalid or c.relkind = 'I' or exists (\n"
    "        select from pg_catalog.pg_stat_progress_create_index p\n"
    "        where p.index_relid = i.indexrelid) then 'executed' else 'half' end,\n"
    "    concat(quote_ident(n.nspname), '.', quote_ident(c.relname))\n"
    "from pg_catalog.pg_class t\n"
    "join pg_catalog.pg_index i on i.indrelid = t.oid\n"
    "join pg_catalog.pg_class c on c.oid = i.indexrelid\n"
    "join pg_catalog.pg_namespace n on n.oid = c.relnamespace\n"
    "where t.oid = pg_catalog.to_regclass($1)\n"
    "    and c.relname = (pg_catalog.parse_ident($2))[1]";

static const char gone_sql[] =
    "select case when pg_catalog.to_regclass($1) is null then 'executed' else 'not' end, $2::text";

static const char detached_sql[] =
    "select case when h.inhrelid is null then 'executed'\n"
    "        when (to_jsonb(h) ->> 'inhdetachpending')::boolean then 'half' else 'not' end,\n"
    "    $1::text\n"
    "from (values (1)) as one(n)\n"
    "left join pg_catalog.pg_inherits h on h.inhrelid = pg_catalog.to_regclass($2)\n"
    "    and h.inhparent = pg_catalog.to_regclass($1)";

static const char database_sql[] = "select 'executed', $2::text from pg_catalog.pg_database\n"
                                   "where datname = (pg_catalog.parse_ident($1))[1]";

static const char tablespace_sql[] = "select 'executed', $2::text from pg_catalog.pg_tablespace\n"
                                     "where spcname = (pg_catalog.parse_ident($1))[1]";

static qi_finding read_finding(const quire_rows *rows)
{
    const char *found = quire_rows_value(rows, 0, 0);
    if (!found || strcmp(found, "not") == 0)
        return QI_NOT_EXECUTED;
    return strcmp(found, "executed") == 0 ? QI_EXECUTED : QI_HALF_EXECUTED;
}

static quire_status ask(qi_run *r, const char *sql, const char *first, const char *second,
                        qi_finding *out, quire_error *err)
{
    quire_rows rows = { 0 };
    const char *params[] = { first, second };
    quire_status status = quire_query(r->session, sql, params, 2, &rows, err);
    if (status)
        return status;
    *out = read_finding(&rows);
    quire_rows_free(&rows);
    return QUIRE_OK;
}

/* What is not there shows that it was dropped. */
static quire_status ask_dropped(qi_run *r, const char *sql, const char *name, qi_finding *out,
                                quire_error *err)
{
    quire_status status = ask(r, sql, name, "", out, err);
    *out = *out == QI_EXECUTED ? QI_NOT_EXECUTED : QI_EXECUTED;
    return status;
}

quire_status qi_doubt_look(qi_run *r, const qi_script_statement *statement, qi_finding *out,
                           quire_error *err)
{
    const char *object = statement->object;
    const char *table = statement->table;
    *out = QI_CANNOT_TELL;
    if (statement->alone == QI_REPEATABLE) {
        *out = QI_NOT_EXECUTED;
        return QUIRE_OK;
    }
    if (statement->alone == QI_TOGETHER || !object)
        return QUIRE_OK;
    switch (statement->alone) {
    case QI_CREATE_INDEX:
        return table ? ask(r, index_sql, table, object, out, err) : QUIRE_OK;
    case QI_DROP_INDEX:
        return ask(r, gone_sql, object, "", out, err);
    case QI_DETACH_PARTITION:
        return table ? ask(r, detached_sql, table, object, out, err) : QUIRE_OK;
    case QI_CREATE_DATABASE:
        return ask(r, database_sql, object, "", out, err);
    case QI_CREATE_TABLESPACE:
        return ask(r, tablespace_sql, object, "", out, err);
    case QI_DROP_DATABASE:
        return ask_dropped(r, database_sql, object, out, err);
    case QI_DROP_TABLESPACE:
        return ask_dropped(r, tablespace_sql, object, out, err);
    case QI_TOGETHER:
    case QI_REPEATABLE:
        break;
    }
    return QUIRE_OK;
}

/* Its name with its schema, as the server quotes it. */
static quire_status name_index(qi_run *r, const qi_script_statement *statement, char **name,
                               quire_error *err)
{
    quire_rows rows = { 0 };
    const char *params[] = { statement->table, statement->object };
    quire_status status = quire_query(r->session, index_sql, params, 2, &rows, err);
    if (status)
        return status;
    const char *found = quire_rows_value(&rows, 0, 1);
    *name = qi_arena_text(&r->arena, found ? found : "");
    quire_rows_free(&rows);
    return *name ? QUIRE_OK : qi_fail_memory(err);
}

static quire_status run_and_tell(qi_run *r, char *sql, const char *text, quire_error *err)
{
    if (!sql || !text)
        return qi_fail_memory(err);
    quire_status status = qi_run_exec(r, r->session, sql, err);
    if (!status)
        qi_run_tell(r, (quire_migrate_event){ .kind = QUIRE_MIGRATE_SETTLED, .text = text });
    return status;
}

quire_status qi_doubt_clear(qi_run *r, const qi_script_statement *statement, bool *executed,
                            quire_error *err)
{
    char *name = NULL;
    *executed = statement->alone == QI_DETACH_PARTITION;
    if (*executed)
        return run_and_tell(
            r,
            qi_arena_printf(&r->arena, "alter table %s detach partition %s finalize",
                            statement->table, statement->object),
            qi_arena_printf(&r->arena, "the detaching of %s was pending and is finished",
                            statement->object),
            err);
    quire_status status = name_index(r, statement, &name, err);
    if (status || !*name)
        return status;
    return run_and_tell(
        r, qi_arena_printf(&r->arena, "drop index concurrently if exists %s", name),
        qi_arena_printf(&r->arena, "index %s was INVALID and is dropped, to be built again", name),
        err);
}
