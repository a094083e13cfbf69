#include "client/handle.h"
#include "client/pooler.h"
#include "base/clock.h"
#include "base/error.h"

#include <quire/provider.h>
#include <quire/sql.h>

#include <stdlib.h>
#include <string.h>

#define ROUND_TRIPS 3
#define NOT_TOLD (-1)
#define NOT_READABLE (-2)

/* An empty statement goes to a session; what goes without one has to say something. */
static quire_status measure(quire_db *db, quire_health *out, quire_error *err)
{
    const char *sql = qi_has_statements(db) ? "select 1" : "";
    for (int i = 0; i < ROUND_TRIPS; i++) {
        int64_t start = qi_clock_us();
        quire_status status = quire_query(db, sql, NULL, 0, NULL, err);
        if (status != QUIRE_OK)
            return status;
        double ms = (double)(qi_clock_us() - start) / 1000.0;
        if (i == 0 || ms < out->round_trip_ms)
            out->round_trip_ms = ms;
    }
    return QUIRE_OK;
}

static bool is_true(const quire_rows *rows, size_t column)
{
    const char *value = quire_rows_value(rows, 0, column);
    return value && (strcmp(value, "on") == 0 || strcmp(value, "t") == 0);
}

static double number_at(const quire_rows *rows, size_t column)
{
    const char *value = quire_rows_value(rows, 0, column);
    return value ? strtod(value, NULL) : NOT_TOLD;
}

/* ---- migrations ------------------------------------------------------------------------------ */

/* NULL where there is none: a role that may not use the schema could not even name the table. */
#define HISTORY                                                                                    \
    "(select pg_catalog.has_schema_privilege(n.oid, 'usage') and "                                 \
    "pg_catalog.has_table_privilege(c.oid, 'select') from pg_catalog.pg_class c "                  \
    "join pg_catalog.pg_namespace n on n.oid = c.relnamespace "                                    \
    "where n.nspname = 'quire' and c.relname = 'migrations')"

static quire_status count_migrations(quire_db *db, quire_health *out, quire_error *err)
{
    quire_rows rows = { 0 };
    quire_status status = quire_query(
        db, "select count(*) from quire.migrations where state = 'applied'", NULL, 0, &rows, err);
    if (status != QUIRE_OK)
        return status;
    out->migrations_applied = strtoll(quire_rows_value(&rows, 0, 0), NULL, 10);
    quire_rows_free(&rows);
    return QUIRE_OK;
}

/* ---- replication ----------------------------------------------------------------------------- */

/* The rows are there for every role; what a role may not see is NULL in them. */
#define FOLLOWERS                                                                                  \
    "(select count(*) from pg_catalog.pg_stat_replication "                                        \
    "where state is null or state in ('streaming', 'catchup'))"

static quire_status look_at_replica(quire_db *db, quire_health *out, quire_error *err)
{
    quire_rows rows = { 0 };
    quire_status status = quire_query(
        db,
        "select exists (select from pg_catalog.pg_stat_wal_receiver "
        "where status is null or status = 'streaming'), "
        "pg_wal_lsn_diff(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()), "
        "extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()), " FOLLOWERS,
        NULL, 0, &rows, err);
    if (status != QUIRE_OK)
        return status;
    out->receiving = is_true(&rows, 0);
    if (out->receiving) {
        double bytes = number_at(&rows, 1), age = number_at(&rows, 2);
        /* What was replayed last says how late it is only while there is something to replay. */
        out->lag_bytes =
            bytes < 0 ? (quire_rows_value(&rows, 0, 1) ? 0 : NOT_TOLD) : (int64_t)bytes;
        out->lag_s = out->lag_bytes == 0 ? 0 : out->lag_bytes < 0 ? NOT_TOLD : age;
    }
    out->replicas = (int)number_at(&rows, 3);
    quire_rows_free(&rows);
    return QUIRE_OK;
}

static quire_status look_at_primary(quire_db *db, quire_health *out, quire_error *err)
{
    quire_rows rows = { 0 };
    quire_status status =
        quire_query(db,
                    "select " FOLLOWERS ", max(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)), "
                    "extract(epoch from max(replay_lag)) from pg_catalog.pg_stat_replication",
                    NULL, 0, &rows, err);
    if (status != QUIRE_OK)
        return status;
    out->replicas = (int)number_at(&rows, 0);
    double bytes = number_at(&rows, 1);
    out->lag_bytes = bytes < 0 ? NOT_TOLD : (int64_t)bytes;
    out->lag_s = out->lag_bytes == 0 ? 0 : number_at(&rows, 2);
    quire_rows_free(&rows);
    return QUIRE_OK;
}

/* ---- the server ------------------------------------------------------------------------------ */

static quire_status ask(quire_db *db, quire_health *out, quire_error *err)
{
    quire_rows rows = { 0 };
    quire_status status = quire_query(
        db,
        "select current_setting('transaction_read_only'), pg_is_in_recovery(), "
        "current_setting('server_version'), " HISTORY ", "
        "pg_catalog.has_table_privilege('pg_catalog.pg_stat_replication', 'select') and "
        "pg_catalog.has_table_privilege('pg_catalog.pg_stat_wal_receiver', 'select')",
        NULL, 0, &rows, err);
    if (status != QUIRE_OK)
        return status;
    out->read_only = is_true(&rows, 0);
    out->in_recovery = is_true(&rows, 1);
    QI_COPY(out->server_version, quire_rows_value(&rows, 0, 2));
    bool has_history = quire_rows_value(&rows, 0, 3) != NULL;
    bool may_count = is_true(&rows, 3);
    bool may_look = is_true(&rows, 4);
    quire_rows_free(&rows);

    out->migrations_applied = has_history ? NOT_READABLE : NOT_TOLD;
    out->replicas = NOT_TOLD;
    out->lag_bytes = NOT_TOLD;
    out->lag_s = NOT_TOLD;
    if (may_look)
        status = out->in_recovery ? look_at_replica(db, out, err) : look_at_primary(db, out, err);
    if (status == QUIRE_OK && may_count)
        status = count_migrations(db, out, err);
    return status;
}

static quire_status look_at_session(quire_db *db, quire_health *out, quire_error *err)
{
    qi_connection *connection;
    quire_status status = qi_borrow_any(db, &connection, err);
    if (status != QUIRE_OK)
        return status;
    qi_session_facts facts;
    connection->transport->facts(connection->link, &facts);
    QI_COPY(out->database, facts.database);
    QI_COPY(out->user, facts.user);
    QI_COPY(out->tls, facts.tls);
    QI_COPY(out->transport, connection->transport->is_text ? "http" : "tcp");
    out->pooler_declared = db->pool->target.shared;
    const char *found = "";
    if (!connection->transport->is_text)
        status = qi_find_pooler(db, connection, facts.backend, &found, err);
    QI_COPY(out->pooler, found);
    qi_give_back(db, connection);
    return status;
}

static void count_pool(qi_pool *pool, quire_health *out)
{
    pthread_mutex_lock(&pool->lock);
    out->pool_size += pool->size;
    out->pool_open += pool->open;
    out->pool_busy += pool->busy;
    out->pool_waiting += pool->waiting;
    pthread_mutex_unlock(&pool->lock);
}

quire_status quire_health_check(quire_db *db, quire_health *out, quire_error *err)
{
    quire_health health = { 0 };
    quire_status status = qi_usable(db, err);
    if (status == QUIRE_OK)
        status = measure(db, &health, err);
    if (status == QUIRE_OK)
        status = ask(db, &health, err);
    if (status == QUIRE_OK)
        status = look_at_session(db, &health, err);
    if (status != QUIRE_OK)
        return status;
    health.provider = quire_db_provider(db);
    count_pool(db->pool, &health);
    if (db->pool->statements)
        count_pool(db->pool->statements, &health);
    *out = health;
    return QUIRE_OK;
}
