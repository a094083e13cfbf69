/*
 * quire/observe.h - watching what the library does, through functions that the program registers.
 *
 *     static void log_statement(void *context, const quire_statement_event *event)
 *     {
 *         quire_statement_print(event, context);
 *     }
 *     ...
 *     quire_options options = { .on_statement = log_statement, .context = stderr };
 *
 * The library itself never prints. Values of parameters are told nowhere. What is not registered
 * costs one comparison a call.
 */
#ifndef QUIRE_OBSERVE_H
#define QUIRE_OBSERVE_H

#include <quire/error.h>
#include <quire/export.h>
#include <quire/provider.h>

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A statement that was sent. All of it is valid only during the call that it is handed to. */
typedef struct quire_statement_event {
    quire_provider provider;
    const char *name;    /* the generated function or named query, "books.search"; NULL: none */
    const char *sql;     /* with $1, $2, ... in the place of parameters */
    size_t params;       /* how many were sent with it */
    int64_t rows;        /* returned or changed; -1: not known, it failed or is a script */
    int64_t duration_us; /* of the round trip that carried it, without the wait for a connection;
                                 statements that travelled together have it in common */
    const quire_error *error; /* why it failed; NULL: it succeeded */
} quire_statement_event;

/*
 * Called after each statement of a handle and its transactions, in the thread that made the call:
 * by generated functions, quire_query, quire_exec (a script is one event), quire_batch (its calls),
 * BEGIN, COMMIT, ROLLBACK and savepoints, each once it was sent. Must not use the handle.
 */
typedef void quire_on_statement(void *context, const quire_statement_event *event);

/*
 * Writes an event as one line for a person:
 *
 *     [local] books.search  0.21 ms  10 rows  select b.id, b.title from books b where ...
 *
 * White space is shortened and a long statement cut. A string after the word PASSWORD or CONNECTION, as in
 * "create role ... password '...'", is left out.
 */
QUIRE_API void quire_statement_print(const quire_statement_event *event, FILE *stream);

#ifdef __cplusplus
}
#endif

#endif
