/*
 * quire/error.h - what went wrong, in a struct that the caller owns.
 *
 * Every function of Quire that can fail returns a quire_status and takes a `quire_error *` as its
 * last argument. The struct lives with the caller, usually on the stack:
 *
 *     quire_error err = {0};
 *     if (quire_exec(db, "...", &err) != QUIRE_OK)
 *         quire_error_print(&err, stderr);
 *
 * Setting an error never allocates and never fails. NULL is accepted everywhere: then only the
 * status is told. Texts that do not fit are cut at a whole UTF-8 character. No errno, no thread
 * local, no global: a quire_error belongs to one thread at a time, like any other variable.
 *
 * A function that succeeds leaves the error as it was. A function that fails overwrites it whole.
 * No text in it ever holds a password.
 */
#ifndef QUIRE_ERROR_H
#define QUIRE_ERROR_H

#include <quire/export.h>

#include <stdbool.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What a call came to. Zero is success; the values are stable and may be stored. */
typedef enum quire_status {
    QUIRE_OK = 0,
    QUIRE_NO_ROW = 1,         /* exactly one row was wanted, none came */
    QUIRE_TOO_MANY_ROWS = 2,  /* at most one row was wanted, more came */
    QUIRE_MEMORY = 3,         /* out of memory, or a documented size limit was reached */
    QUIRE_INVALID = 4,        /* the call is wrong: a missing value, a handle used after its end */
    QUIRE_CONFIG = 5,         /* environment, .env or quire.conf; `file` and `line` say where */
    QUIRE_CONNECT = 6,        /* no connection; nothing was sent, so it may be tried again */
    QUIRE_LOST = 7,           /* the connection broke after a statement was sent: it may have run */
    QUIRE_TIMEOUT = 8,        /* a time limit passed: the pool's, a lock's, a statement's */
    QUIRE_UNIQUE = 9,         /* 23505, 23P01: such a row is there already; see `constraint` */
    QUIRE_CONSTRAINT = 10,    /* the other 23xxx: foreign key, check, not null */
    QUIRE_SERIALIZATION = 11, /* 40001, 40P01: run the whole transaction again */
    QUIRE_DENIED = 12,        /* 28xxx, 42501: authentication or a missing privilege */
    QUIRE_SCHEMA = 13,        /* the database is not the one the program was compiled for */
    QUIRE_SQL = 14,           /* any other error of the server; `sqlstate` says which */
    QUIRE_DATA = 15,    /* a value cannot be represented: bad number, NUL in text, bad wire data */
    QUIRE_IO = 16,      /* a file or a process of the operating system; `file` says which */
    QUIRE_REFUSED = 17, /* Quire stopped because going on could lose data; `hint` says how */
    QUIRE_INTERNAL = 18 /* a defect in Quire: please report it */
} quire_status;

/*
 * The details of a failure. Texts are NUL-terminated and empty when there is nothing to say.
 * The fields named after PostgreSQL's error fields hold what the server sent
 * (https://www.postgresql.org/docs/current/protocol-error-fields.html).
 */
typedef struct quire_error {
    quire_status status;
    char sqlstate[6];  /* the server's SQLSTATE */
    char message[512]; /* one line, no full stop, says what failed and on what */
    char detail[384];
    char hint[384];  /* what to do next */
    char schema[64]; /* names are at most 63 bytes in PostgreSQL (NAMEDATALEN) */
    char table[64];
    char column[64]; /* of a table, or a parameter that the message is about */
    char constraint[64];
    char query[128]; /* the generated function or named query, "books.search" */
    char file[256];  /* the file that is at fault, relative where it was given relative */
    int line;        /* in `file`, from 1; 0 when unknown */
    int line_column; /* in `line`, in characters from 1; 0 when unknown */
    int position;    /* in the statement, in characters from 1; 0 when unknown */
} quire_error;

/* Empties an error. NULL is fine. A quire_error that starts as `= {0}` does not need this. */
QUIRE_API void quire_error_clear(quire_error *err);

/*
 * Writes an error to a stream for a person, a few lines, ending with a newline:
 *
 *     db/schema.sql:12:8: syntax error at or near "tabel" (SQLSTATE 42601)
 *     detail: ...
 *     hint: ...
 *
 * Writes nothing when err is NULL or holds QUIRE_OK.
 */
QUIRE_API void quire_error_print(const quire_error *err, FILE *stream);

/* The name of a status without its prefix, in lower case: "no_row". Static text; never NULL. */
QUIRE_API const char *quire_status_name(quire_status status);

#ifdef __cplusplus
}
#endif

#endif
