/*
 * quire/db.h - the one handle: a pool, a connection and a transaction are all a `quire_db *`.
 *
 * What quire_open returns is a pool of connections, opened when they are needed. What quire_begin
 * returns is a transaction, which holds one of them until it is committed or rolled back. Every
 * function that takes a `quire_db *` takes either.
 *
 * Threads: a pool may be used by any number of threads at once. A transaction is used by one
 * thread at a time. Calls block until the server has answered.
 *
 * NULL: every function accepts a NULL handle and fails with QUIRE_INVALID; if `err` already holds a
 * failure (the reason why the handle is NULL), that one is kept and its status returned.
 */
#ifndef QUIRE_DB_H
#define QUIRE_DB_H

#include <quire/error.h>
#include <quire/export.h>
#include <quire/observe.h>
#include <quire/provider.h>

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/* How to open. Zero or NULL means the default everywhere, so name only what differs. */
typedef struct quire_options {
    quire_provider provider; /* QUIRE_AUTO: the environment chooses, see quire/provider.h */
    const char *url;         /* connect there instead of where the environment says */
    const char *directory;   /* where .env and quire.conf are looked for, upwards; NULL: "." */
    const char *application; /* application_name as the server shows it; NULL: "quire" */
    int pool_size;           /* connections at most; 0: the provider's (local 10, supabase 5) */
    int pool_wait_ms;        /* longest wait for a free connection; 0: 30,000 */
    int connect_timeout_ms;  /* longest wait for the server, cold starts and restarts included,
                                rounded up to seconds; 0: 15,000 */
    quire_on_statement
        *on_statement; /* told of each statement, see quire/observe.h; NULL: nobody is */
    void *context;     /* for on_statement */
} quire_options;

/*
 * Opens a database. One connection is made at once, so that a wrong configuration fails here.
 * Returns NULL on failure: QUIRE_CONFIG, QUIRE_CONNECT, QUIRE_DENIED, QUIRE_IO (private server),
 * QUIRE_MEMORY. The strings in `options` are copied. Ends with quire_close.
 */
QUIRE_API QUIRE_MUST_USE quire_db *quire_open(const quire_options *options, quire_error *err);

/* quire_open with every default: the environment decides, see quire/provider.h. */
QUIRE_API QUIRE_MUST_USE quire_db *quire_open_default(quire_error *err);

/*
 * Closes a database and its connections. NULL is fine. No thread may be in a call on it, and its
 * transactions must have ended. Rows that were read stay valid: they own their memory.
 * On a transaction that was not ended, it rolls it back.
 */
QUIRE_API void quire_close(quire_db *db);

typedef enum quire_isolation {
    QUIRE_ISOLATION_DEFAULT = 0, /* what the server is set to, usually read committed */
    QUIRE_READ_COMMITTED = 1,
    QUIRE_REPEATABLE_READ = 2,
    QUIRE_SERIALIZABLE = 3
} quire_isolation;

/* https://www.postgresql.org/docs/current/sql-set-transaction.html */
typedef struct quire_transaction_options {
    quire_isolation isolation;
    bool read_only;
    bool deferrable; /* counts only with QUIRE_SERIALIZABLE and read_only */
} quire_transaction_options;

/*
 * Begins a transaction, or on a transaction a savepoint inside it (then `options` must be NULL,
 * and until it ends only the inner handle may be used). NULL options are the server's defaults.
 * BEGIN is not sent alone: it travels with the first statement.
 * Returns NULL on failure: QUIRE_TIMEOUT (no free connection), QUIRE_CONNECT, QUIRE_INVALID.
 */
QUIRE_API QUIRE_MUST_USE quire_db *quire_begin(quire_db *db,
                                               const quire_transaction_options *options,
                                               quire_error *err);

/*
 * Ends a transaction or releases a savepoint. The handle is gone afterwards, whatever is returned.
 * When a statement in it had failed, or a savepoint in it is still open, nothing is committed:
 * QUIRE_INVALID, and all of it is rolled back.
 * QUIRE_LOST: the connection broke during COMMIT, so the server may have committed or not.
 */
QUIRE_API quire_status quire_commit(quire_db *transaction, quire_error *err);

/* Undoes a transaction, or everything since a savepoint. The handle is gone afterwards. */
QUIRE_API quire_status quire_rollback(quire_db *transaction, quire_error *err);

/* The provider that a handle is connected to. QUIRE_AUTO for NULL. */
QUIRE_API quire_provider quire_db_provider(const quire_db *db);

#ifdef __cplusplus
}
#endif

#endif
