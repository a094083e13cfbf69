/*
 * pool.h - connections that are opened when they are needed, lent out and taken back.
 *
 * Where statements can travel without a session (Neon's SQL over HTTP), a pool has a second one for them
 * in `statements`; its own connections are sessions and are opened only when one is needed.
 *
 * Any thread. A connection that is lent out belongs to its borrower. Idle connections are
 * lent out again last in, first out, so that those not needed stay idle.
 */
#ifndef QI_POOL_H
#define QI_POOL_H

#include "base/arena.h"
#include "client/cache.h"
#include "provider/provider.h"
#include "transport/transport.h"

#include <pthread.h>

typedef struct qi_connection {
    const qi_transport *transport;
    qi_link *link;
    qi_cache cache;
    struct qi_pool *home;       /* where it was lent from */
    struct qi_connection *next; /* among the idle ones */
} qi_connection;

typedef struct qi_pool {
    qi_arena arena; /* of the target's strings */
    qi_connection_target target;
    qi_address address;
    const qi_transport *transport;
    const char *directory;            /* as quire_options said; may be NULL */
    quire_on_statement *on_statement; /* NULL: nobody asked to be told */
    void *context;
    int size;
    int wait_ms;
    bool dedicated; /* one connection that is never replaced */
    pthread_mutex_t lock;
    pthread_cond_t returned;
    qi_connection *idle;
    int open;                   /* connections there are or are being made */
    int busy;                   /* of these, lent out */
    int waiting;                /* threads that wait for one */
    bool broken;                /* a dedicated pool has lost its connection */
    bool was_there;             /* the server has been reached before */
    struct qi_pool *statements; /* for what needs no session; NULL: there is only one way */
    qi_cache verified;          /* of `statements`: writes whose columns a session has compared */
} qi_pool;

/* Opens a pool with one connection in it, or in its `statements`. */
quire_status qi_pool_open(const quire_options *options, qi_pool **out, quire_error *err);

/* A pool of one connection to the same target, over the URL for sessions. */
quire_status qi_pool_open_session(const qi_pool *from, qi_pool **out, quire_error *err);

/* No connection may be lent out. NULL is fine. */
void qi_pool_close(qi_pool *pool);

/* QUIRE_TIMEOUT when none comes free in time; QUIRE_CONNECT and others when one cannot be opened. */
quire_status qi_pool_lend(qi_pool *pool, qi_connection **out, quire_error *err);

/* The same without waiting for one to come free. */
quire_status qi_pool_lend_now(qi_pool *pool, qi_connection **out, quire_error *err);

/* Takes a connection back to its home; one that is broken or still in a transaction is closed. */
void qi_pool_return(qi_connection *connection);

/*
 * Whether the columns of a statement were compared with its descriptor by a session, so that it may
 * run where nothing can be undone; and to say so, and to take that back.
 */
bool qi_pool_is_verified(qi_pool *pool, const quire_statement *statement, const uint64_t *mask,
                         size_t words);
void qi_pool_verify(qi_pool *pool, const quire_statement *statement, const uint64_t *mask,
                    size_t words);
void qi_pool_doubt(qi_pool *pool, const quire_statement *statement, const uint64_t *mask,
                   size_t words);

#endif
