#include "client/handle.h"
#include "base/clock.h"
#include "base/error.h"

#include <quire/provider.h>
#include <quire/sql.h>

#include <stdlib.h>
#include <string.h>

#define ROUND_TRIPS 3

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

static quire_status ask(quire_db *db, quire_health *out, quire_error *err)
{
    quire_rows rows = { 0 };
    quire_status status =
        quire_query(db,
                    "select current_setting('transaction_read_only'), pg_is_in_recovery(), "
                    "to_regclass('quire.migrations') is not null, "
                    "current_setting('server_version')",
                    NULL, 0, &rows, err);
    if (status != QUIRE_OK)
        return status;
    out->read_only = is_true(&rows, 0);
    out->in_recovery = is_true(&rows, 1);
    bool has_history = is_true(&rows, 2);
    QI_COPY(out->server_version, quire_rows_value(&rows, 0, 3));
    quire_rows_free(&rows);
    out->migrations_applied = -1;
    if (!has_history)
        return QUIRE_OK;
    status = quire_query(db, "select count(*) from quire.migrations where state = 'applied'", NULL,
                         0, &rows, err);
    if (status != QUIRE_OK)
        return status;
    out->migrations_applied = strtoll(quire_rows_value(&rows, 0, 0), NULL, 10);
    quire_rows_free(&rows);
    return QUIRE_OK;
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
    qi_give_back(db, connection);
    return QUIRE_OK;
}

static void count_pool(qi_pool *pool, quire_health *out)
{
    pthread_mutex_lock(&pool->lock);
    out->pool_size += pool->size;
    out->pool_open += pool->open;
    out->pool_busy += pool->busy;
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
