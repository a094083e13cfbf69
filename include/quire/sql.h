/*
 * quire/sql.h - SQL that is not known when the program is compiled: tools, scripts, one-off work.
 *
 * Values come back as text, in PostgreSQL's own notation. Programs with a schema of their own use
 * generated functions instead, which are typed and faster.
 *
 * A value never belongs into the SQL text: write $1, $2, ... and hand it in as a parameter.
 */
#ifndef QUIRE_SQL_H
#define QUIRE_SQL_H

#include <quire/db.h>
#include <quire/error.h>
#include <quire/export.h>

#include <stdint.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Runs one or more statements, separated by semicolons, without parameters; rows are thrown away.
 * Several statements run as one transaction unless they say otherwise (the simple query protocol).
 */
QUIRE_API QUIRE_MUST_USE quire_status quire_exec(quire_db *db, const char *sql, quire_error *err);

/* The rows of one statement. Start with = {0}. */
typedef struct quire_rows {
    size_t count; /* rows */
    size_t columns;
    int64_t affected; /* rows that an insert, update, delete or merge touched; else 0 */
    struct quire_rows_memory *owner_;
} quire_rows;

/*
 * Runs one statement with `param_count` text parameters (a NULL pointer is SQL NULL). `out` may be
 * NULL. On success `out` is to be freed with quire_rows_free; on failure it is left as it was.
 */
QUIRE_API QUIRE_MUST_USE quire_status quire_query(quire_db *db, const char *sql,
                                                  const char *const *params, size_t param_count,
                                                  quire_rows *out, quire_error *err);

/* A value, NULL for SQL NULL or outside the result. Valid until quire_rows_free. */
QUIRE_API const char *quire_rows_value(const quire_rows *rows, size_t row, size_t column);
/* The number of bytes of that value. */
QUIRE_API size_t quire_rows_length(const quire_rows *rows, size_t row, size_t column);
/* A column's name, NULL outside the result. Valid until quire_rows_free. */
QUIRE_API const char *quire_rows_name(const quire_rows *rows, size_t column);
/* A column's type as an OID of pg_type, 0 outside the result. */
QUIRE_API uint32_t quire_rows_type(const quire_rows *rows, size_t column);
/* Frees and zeroes. NULL and zeroed rows are fine. */
QUIRE_API void quire_rows_free(quire_rows *rows);

/* What the server says of a statement without running it. Start with = {0}. */
typedef struct quire_described_column {
    const char *name;
    uint32_t type;    /* OID of pg_type; the base type where the column has a domain */
    uint32_t table;   /* OID of the table it comes from, 0 when it is computed */
    int table_column; /* attnum there */
    int modifier;     /* atttypmod */
} quire_described_column;

typedef struct quire_description {
    const uint32_t *params; /* OIDs of pg_type, in the order of $1, $2, ... */
    size_t param_count;
    const quire_described_column *columns;
    size_t column_count;
    struct quire_rows_memory *owner_;
} quire_description;

/* Parses one statement and describes it (Parse and Describe; nothing runs). */
QUIRE_API QUIRE_MUST_USE quire_status quire_describe(quire_db *db, const char *sql,
                                                     quire_description *out, quire_error *err);
/* Frees and zeroes. NULL and zeroed descriptions are fine. */
QUIRE_API void quire_description_free(quire_description *description);

#ifdef __cplusplus
}
#endif

#endif
