/*
 * handle.h - what a quire_db is inside: a pool, or a transaction on one of its connections.
 *
 * A transaction is lazy: BEGIN, and SAVEPOINT for one inside another, travel with its first statement.
 */
#ifndef QI_HANDLE_H
#define QI_HANDLE_H

#include "client/client.h"
#include "client/pool.h"

#include <quire/db.h>
#include <quire/sql.h>

#define QI_DEPTH_MOST 16     /* savepoints inside one another */
#define QI_BEGIN_SIZE 96     /* of the longest BEGIN */
#define QI_PARAMS_MOST 65535 /* of one statement: the protocol counts them in 16 bits */

struct quire_db {
    qi_pool *pool;
    qi_connection *connection; /* NULL: the handle of a pool */
    quire_db *outer;           /* of a savepoint: the transaction that it is in */
    quire_db *inner;           /* the savepoint that is open on it */
    int depth;                 /* 0: BEGIN; else: SAVEPOINT quire_<depth> */
    bool begun;                /* the server knows of it */
    char begin[QI_BEGIN_SIZE]; /* what begins it */
};

static inline bool qi_is_transaction(const quire_db *db)
{
    return db->connection != NULL;
}

/* Whether a call may be made on the handle now; else why not (see quire/db.h on NULL). */
quire_status qi_usable(const quire_db *db, quire_error *err);

/* Whether a transaction with these options may begin on the handle now; else why not. */
quire_status qi_check_begin(const quire_db *db, const quire_transaction_options *options,
                            quire_error *err);

/* The BEGIN of these options, which qi_check_begin has accepted. */
void qi_write_begin(char out[QI_BEGIN_SIZE], const quire_transaction_options *options);

/* The connection of a transaction, or one from the pool, to be given back by qi_give_back. A session. */
quire_status qi_borrow(quire_db *db, qi_connection **out, quire_error *err);

/* Whether the handle has a way for statements that need no session. */
static inline bool qi_has_statements(const quire_db *db)
{
    return !qi_is_transaction(db) && db->pool->statements;
}

/* The same for a statement that needs no session: one of the pool's `statements`, where there are. */
quire_status qi_borrow_any(quire_db *db, qi_connection **out, quire_error *err);

/*
 * Whether a text is one statement that does all it does by itself, judged by its first word: reading and
 * writing rows. Everything else may leave something in the session, or consist of several statements.
 */
bool qi_stands_alone(const char *sql);

/* Whether a text begins with a statement that begins, ends or divides a transaction. */
bool qi_steers_transaction(const char *sql);

void qi_give_back(quire_db *db, qi_connection *connection);

/*
 * One round trip on a borrowed connection: what has to begin first, then the requests. *done counts
 * the requests that succeeded; replies[0 .. *done - 1] are to be freed only when it returns QUIRE_OK.
 */
#define QI_TRIP_MOST 4 /* more are allocated for */
quire_status qi_trip(quire_db *db, qi_connection *connection, qi_request *requests, size_t count,
                     qi_reply **replies, size_t *done, quire_error *err);

/* How many rows came, or were changed. */
int64_t qi_rows_of(const qi_transport *transport, const qi_reply *reply);

/* Rows that own the reply. Without memory it is freed. */
quire_status qi_fill_rows(const qi_transport *transport, qi_reply *reply, quire_rows *out,
                          quire_error *err);

/* One statement without parameters and rows, in a round trip of its own. */
quire_status qi_command(qi_connection *connection, const char *sql, quire_error *err);

#endif
