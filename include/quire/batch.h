/*
 * quire/batch.h - several statements in one round trip: all of them happen, or none.
 *
 *     const char *const amount_and_id[][2] = { { "-5", "1" }, { "5", "2" } };
 *     const quire_batch_call calls[] = {
 *         { .sql = "update accounts set balance = balance + $1 where id = $2",
 *           .params = amount_and_id[0], .param_count = 2 },
 *         { .sql = "update accounts set balance = balance + $1 where id = $2",
 *           .params = amount_and_id[1], .param_count = 2 },
 *     };
 *     quire_batch(db, NULL, calls, 2, &err);
 *
 * Over TCP they travel in libpq's pipeline, to Neon over HTTP as one request; what they do is the same. No
 * call can use what an earlier one returned, but each sees what earlier ones wrote.
 */
#ifndef QUIRE_BATCH_H
#define QUIRE_BATCH_H

#include <quire/db.h>
#include <quire/error.h>
#include <quire/export.h>
#include <quire/sql.h>

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Calls in one batch. */
#define QUIRE_BATCH_MOST 1000

/* One statement of a batch. Zero or NULL means the default, so name only what is wanted. */
typedef struct quire_batch_call {
    const char *sql;           /* one statement; values as $1, $2, ... */
    const char *const *params; /* as text; a NULL pointer is SQL NULL */
    size_t param_count;
    quire_rows *rows; /* what it returned, as of quire_query; NULL: not wanted */
    const char *name; /* what errors call it in `query`; NULL: "call 2" for the second */
} quire_batch_call;

/*
 * Runs the calls in order. On a pool they are a transaction with these options (NULL: the server's defaults),
 * committed at the end; on a transaction they are a part of it, and `options` must be NULL.
 *
 * After a failure all of it is undone (on a transaction: it has failed, as with any statement), and `query`
 * in `err` names the call that failed; it is empty where it was none of them: COMMIT, the connection, or
 * something that passes, as a deadlock. Rows are handed out when all of it succeeded, and untouched otherwise.
 *
 * QUIRE_INVALID for a call that would begin or end a transaction, before anything is sent; QUIRE_LOST when the
 * connection broke: it may have been committed or not. Over HTTP, QUIRE_MEMORY when all calls together are
 * larger than one request may be; and to name the call that failed, parts of the batch are run
 * again and undone (docs/decisions/0041).
 */
QUIRE_API QUIRE_MUST_USE quire_status quire_batch(quire_db *db,
                                                  const quire_transaction_options *options,
                                                  const quire_batch_call *calls, size_t count,
                                                  quire_error *err);

#ifdef __cplusplus
}
#endif

#endif
