#include "client/handle.h"
#include "client/connect.h"
#include "client/observe.h"
#include "base/error.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- pools ----------------------------------------------------------------------------------- */

static quire_db *new_handle(qi_pool *pool, quire_error *err)
{
    quire_db *db = calloc(1, sizeof *db);
    if (!db) {
        qi_fail_memory(err);
        return NULL;
    }
    db->pool = pool;
    return db;
}

quire_db *quire_open(const quire_options *options, quire_error *err)
{
    qi_pool *pool;
    if (qi_pool_open(options, &pool, err) != QUIRE_OK)
        return NULL;
    quire_db *db = new_handle(pool, err);
    if (!db)
        qi_pool_close(pool);
    return db;
}

quire_db *quire_open_default(quire_error *err)
{
    return quire_open(NULL, err);
}

quire_db *qi_session_open(quire_db *db, quire_error *err)
{
    qi_pool *pool;
    if (qi_usable(db, err) != QUIRE_OK || qi_pool_open_session(db->pool, &pool, err) != QUIRE_OK)
        return NULL;
    quire_db *session = new_handle(pool, err);
    if (!session)
        qi_pool_close(pool);
    return session;
}

void quire_close(quire_db *db)
{
    if (!db)
        return;
    if (qi_is_transaction(db)) {
        quire_rollback(db, NULL);
        return;
    }
    qi_pool_close(db->pool);
    free(db);
}

quire_provider quire_db_provider(const quire_db *db)
{
    return db ? db->pool->target.profile->provider : QUIRE_AUTO;
}

const char *qi_db_directory(const quire_db *db)
{
    return db->pool->directory;
}

/* ---- using a handle -------------------------------------------------------------------------- */

quire_status qi_usable(const quire_db *db, quire_error *err)
{
    if (!db) {
        if (err && err->status != QUIRE_OK)
            return err->status;
        qi_fail(err, QUIRE_INVALID, "the database handle is NULL");
        qi_hint(err, "Look at what quire_open or quire_begin reported.");
        return QUIRE_INVALID;
    }
    if (db->inner) {
        qi_fail(err, QUIRE_INVALID, "the transaction has an open savepoint");
        qi_hint(err, "Use the inner handle until it is committed or rolled back.");
        return QUIRE_INVALID;
    }
    return QUIRE_OK;
}

quire_status qi_borrow(quire_db *db, qi_connection **out, quire_error *err)
{
    if (!qi_is_transaction(db))
        return qi_pool_lend(db->pool, out, err);
    if (db->connection->transport->state(db->connection->link) == QI_SESSION_BROKEN)
        return qi_fail(err, QUIRE_LOST, "the connection of the transaction broke: it is undone");
    *out = db->connection;
    return QUIRE_OK;
}

quire_status qi_borrow_any(quire_db *db, qi_connection **out, quire_error *err)
{
    return qi_has_statements(db) ? qi_pool_lend(db->pool->statements, out, err)
                                 : qi_borrow(db, out, err);
}

void qi_give_back(quire_db *db, qi_connection *connection)
{
    if (!qi_is_transaction(db))
        qi_pool_return(connection);
}

/* Lists what has not begun yet, outermost first. */
static size_t list_unbegun(quire_db *db, quire_db *list[QI_DEPTH_MOST + 1])
{
    size_t count = 0;
    if (!qi_is_transaction(db))
        return 0;
    for (quire_db *at = db; at && !at->begun; at = at->outer)
        count++;
    size_t i = count;
    for (quire_db *at = db; i > 0; at = at->outer)
        list[--i] = at;
    return count;
}

/* What travels in one trip: what has to begin, what has to be forgotten, the requests. */
typedef struct cargo {
    qi_request *requests;
    qi_reply **replies;
    quire_db *unbegun[QI_DEPTH_MOST + 1];
    size_t begins;
    size_t stale;
    char closing[QI_CACHE_STALE][QI_STATEMENT_NAME + 16];
} cargo;

/* In front of the `count` requests; returns how many there are. */
static size_t load(cargo *it, const qi_cache *cache, const qi_request *requests, size_t count)
{
    size_t n = 0;
    for (; n < it->begins; n++)
        it->requests[n] = (qi_request){ .name = "", .sql = it->unbegun[n]->begin };
    for (size_t i = 0; i < it->stale; i++, n++) {
        snprintf(it->closing[i], sizeof it->closing[i], "DEALLOCATE %s", cache->stale[i]);
        it->requests[n] = (qi_request){ .name = "", .sql = it->closing[i] };
    }
    memcpy(it->requests + n, requests, count * sizeof *requests);
    return n;
}

static quire_status ship(cargo *it, qi_connection *connection, qi_request *requests, size_t count,
                         qi_reply **replies, size_t *done, quire_error *err)
{
    const qi_transport *transport = connection->transport;
    qi_cache *cache = &connection->cache;
    size_t all_done;
    int64_t start = it->begins ? qi_watch_start(it->unbegun[0]) : 0;
    size_t n = load(it, cache, requests, count);
    quire_status status =
        transport->run(connection->link, it->requests, n + count, it->replies, &all_done, err);
    for (size_t i = 0; i < it->begins && i < all_done; i++) {
        it->unbegun[i]->begun = true;
        if (qi_is_watched(it->unbegun[i]))
            qi_tell_plain(it->unbegun[i], start, it->unbegun[i]->begin, QUIRE_OK, NULL);
    }
    if (all_done >= n)
        cache->stale_count -= it->stale;
    for (size_t i = 0; i < count; i++)
        requests[i].prepared = it->requests[n + i].prepared;
    *done = all_done > n ? all_done - n : 0;
    if (status == QUIRE_OK) {
        for (size_t i = 0; i < n; i++)
            transport->free(it->replies[i]);
        memcpy(replies, it->replies + n, count * sizeof *replies);
    }
    return status;
}

quire_status qi_trip(quire_db *db, qi_connection *connection, qi_request *requests, size_t count,
                     qi_reply **replies, size_t *done, quire_error *err)
{
    enum { MOST = QI_DEPTH_MOST + 1 + QI_CACHE_STALE + QI_TRIP_MOST };
    const qi_transport *transport = connection->transport;
    qi_request here[MOST];
    qi_reply *replies_here[MOST] = { NULL };
    cargo it = { .requests = here, .replies = replies_here };
    size_t stale = connection->cache.stale_count;
    *done = 0;
    if (transport->is_text) {
        const qi_pool *home = connection->home;
        return qi_send(transport, connection->link, &home->address, &home->target, NULL, requests,
                       count, replies, done, err);
    }
    it.begins = list_unbegun(db, it.unbegun);
    it.stale = stale < QI_CACHE_STALE ? stale : QI_CACHE_STALE;
    if (!it.begins && !it.stale)
        return transport->run(connection->link, requests, count, replies, done, err);
    if (count <= QI_TRIP_MOST)
        return ship(&it, connection, requests, count, replies, done, err);
    it.requests = calloc(MOST + count, sizeof *it.requests);
    it.replies = calloc(MOST + count, sizeof(qi_reply *));
    quire_status status = it.requests && it.replies
                              ? ship(&it, connection, requests, count, replies, done, err)
                              : qi_fail_memory(err);
    free(it.requests);
    free(it.replies);
    return status;
}

quire_status qi_command(qi_connection *connection, const char *sql, quire_error *err)
{
    qi_request request = { .name = "", .sql = sql };
    qi_reply *reply = NULL;
    size_t done;
    quire_status status =
        connection->transport->run(connection->link, &request, 1, &reply, &done, err);
    if (status == QUIRE_OK)
        connection->transport->free(reply);
    return status;
}

/* ---- transactions ---------------------------------------------------------------------------- */

void qi_write_begin(char out[QI_BEGIN_SIZE], const quire_transaction_options *options)
{
    static const char *const isolations[] = { "", " ISOLATION LEVEL READ COMMITTED",
                                              " ISOLATION LEVEL REPEATABLE READ",
                                              " ISOLATION LEVEL SERIALIZABLE" };
    snprintf(out, QI_BEGIN_SIZE, "BEGIN%s%s%s", options ? isolations[options->isolation] : "",
             options && options->read_only ? " READ ONLY" : "",
             options && options->deferrable ? " DEFERRABLE" : "");
}

quire_status qi_check_begin(const quire_db *db, const quire_transaction_options *options,
                            quire_error *err)
{
    quire_status status = qi_usable(db, err);
    if (status != QUIRE_OK)
        return status;
    if (options && qi_is_transaction(db))
        return qi_fail(err, QUIRE_INVALID, "inside a transaction there are no transaction options");
    if (options &&
        (options->isolation < QUIRE_ISOLATION_DEFAULT || options->isolation > QUIRE_SERIALIZABLE))
        return qi_fail(err, QUIRE_INVALID, "the isolation level is none of quire_isolation");
    return QUIRE_OK;
}

quire_db *quire_begin(quire_db *db, const quire_transaction_options *options, quire_error *err)
{
    if (qi_check_begin(db, options, err) != QUIRE_OK)
        return NULL;
    if (qi_is_transaction(db) && db->depth >= QI_DEPTH_MOST) {
        qi_fail(err, QUIRE_INVALID, "savepoints nest at most %d deep", QI_DEPTH_MOST);
        return NULL;
    }
    quire_db *tx = new_handle(db->pool, err);
    if (!tx)
        return NULL;
    if (qi_is_transaction(db)) {
        tx->outer = db;
        tx->depth = db->depth + 1;
    }
    if (qi_borrow(db, &tx->connection, err) != QUIRE_OK) {
        free(tx);
        return NULL;
    }
    if (tx->depth)
        snprintf(tx->begin, sizeof tx->begin, "SAVEPOINT quire_%d", tx->depth);
    else
        qi_write_begin(tx->begin, options);
    if (tx->outer)
        tx->outer->inner = tx;
    return tx;
}

/* Frees the handle of a transaction whose end the server knows of, or that it never knew. */
static void end_handle(quire_db *tx)
{
    if (tx->outer)
        tx->outer->inner = NULL;
    else
        qi_pool_return(tx->connection);
    free(tx);
}

static qi_session_state state_of(const quire_db *tx)
{
    return tx->connection->transport->state(tx->connection->link);
}

static quire_status check_end(const quire_db *tx, quire_error *err)
{
    quire_status status = qi_usable(tx, err);
    if (status == QUIRE_OK && !qi_is_transaction(tx))
        return qi_fail(err, QUIRE_INVALID, "the handle is not a transaction");
    return status;
}

/* What ends a transaction or a savepoint. */
static quire_status end(quire_db *tx, const char *sql, quire_error *err)
{
    quire_error own; /* read only after a failure, which fills it whole */
    int64_t start = qi_watch_start(tx);
    quire_status status = qi_command(tx->connection, sql, &own);
    if (qi_is_watched(tx))
        qi_tell_plain(tx, start, sql, status, &own);
    if (status != QUIRE_OK && err)
        *err = own;
    return status;
}

/* Undoes on the server what the handle stands for. */
static quire_status undo(quire_db *tx, quire_error *err)
{
    if (!tx->begun || state_of(tx) == QI_SESSION_BROKEN)
        return QUIRE_OK;
    if (!tx->depth)
        return end(tx, "ROLLBACK", err);
    char sql[96];
    snprintf(sql, sizeof sql, "ROLLBACK TO SAVEPOINT quire_%d", tx->depth);
    quire_status status = end(tx, sql, err);
    if (status != QUIRE_OK)
        return status;
    snprintf(sql, sizeof sql, "RELEASE SAVEPOINT quire_%d", tx->depth);
    return end(tx, sql, err);
}

static quire_status confirm(quire_db *tx, quire_error *err)
{
    if (!tx->begun)
        return QUIRE_OK;
    switch (state_of(tx)) {
    case QI_SESSION_BROKEN:
        return qi_fail(err, QUIRE_LOST, "the connection of the transaction broke: it is undone");
    case QI_SESSION_FAILED:
        undo(tx, NULL);
        return qi_fail(err, QUIRE_INVALID,
                       "nothing was committed: a statement in the transaction had failed");
    case QI_SESSION_IDLE:
        return qi_fail(err, QUIRE_INVALID, "the transaction was ended by a statement inside it");
    case QI_SESSION_IN_TRANSACTION:
        break;
    }
    if (!tx->depth)
        return end(tx, "COMMIT", err);
    char sql[64];
    snprintf(sql, sizeof sql, "RELEASE SAVEPOINT quire_%d", tx->depth);
    return end(tx, sql, err);
}

quire_status quire_commit(quire_db *tx, quire_error *err)
{
    if (tx && tx->inner && qi_is_transaction(tx)) {
        quire_rollback(tx, NULL);
        return qi_fail(err, QUIRE_INVALID,
                       "nothing was committed: a savepoint in the transaction was still open");
    }
    quire_status status = check_end(tx, err);
    if (status != QUIRE_OK)
        return status;
    status = confirm(tx, err);
    end_handle(tx);
    return status;
}

quire_status quire_rollback(quire_db *tx, quire_error *err)
{
    if (!tx || !qi_is_transaction(tx))
        return check_end(tx, err);
    /* Whoever rolls back wants everything inside gone too. */
    if (tx->inner)
        quire_rollback(tx->inner, NULL);
    quire_status status = undo(tx, err);
    end_handle(tx);
    return status;
}
