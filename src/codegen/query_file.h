/*
 * query_file.h - a file of named queries, parsed: annotations, parameters, optional lines, choices.
 * Knows the lexical form of SQL only; what the SQL means, the server tells (codegen/variant.h).
 *
 *     -- name: search :many
 *     -- Comment lines behind the annotation are the function's documentation.
 *     select b.* from books b
 *     where b.genre = :genre          --?
 *     order by
 *       b.title                       --? sort = title
 *       b.rating desc                 --? sort = top_rated
 *     limit :limit                    --?
 *
 * sqlc's forms are read as well: the annotation in a block comment, $1, @name, sqlc.arg(name),
 * sqlc.narg(name), :execrows.
 */
#ifndef QI_GEN_QUERY_FILE_H
#define QI_GEN_QUERY_FILE_H

#include "base/arena.h"

#include <quire/error.h>

#include <stdbool.h>
#include <stddef.h>

typedef enum qi_query_kind {
    QI_QUERY_ONE = 1,
    QI_QUERY_MAYBE,
    QI_QUERY_MANY,
    QI_QUERY_EXEC,
    QI_QUERY_ROWS,
    QI_QUERY_VALUE
} qi_query_kind;

/* ":one" and so on. Static text. */
const char *qi_query_kind_name(qi_query_kind kind);

typedef struct qi_place {
    size_t at; /* bytes into the file */
    int line;
    int column;
} qi_place;

#define QI_QUERY_NONE (-1)
#define QI_QUERY_MOST 1000 /* parameters, conditions or choices of one query */

/*
 * A piece of a query: a line break if `breaks`, then `length` bytes of the file at `start`, then a parameter.
 */
typedef struct qi_query_piece {
    size_t start;
    size_t length;
    bool breaks;
    int param;     /* index, or QI_QUERY_NONE */
    int condition; /* index, or QI_QUERY_NONE: always there */
    qi_place param_at;
} qi_query_piece;

typedef struct qi_query_param {
    const char *name;     /* as written, without the colon */
    bool optional;        /* used on optional lines only */
    bool required;        /* used elsewhere */
    bool nullable;        /* sqlc.narg */
    qi_place at;          /* of its first use */
    qi_place required_at; /* of its first use outside of optional lines */
    qi_place optional_at; /* of its first use on an optional line */
} qi_query_param;

/* When a line is there: all of its parameters are set, or a choice has a value. */
typedef struct qi_query_condition {
    int *params; /* in ascending order */
    size_t param_count;
    int choice; /* QI_QUERY_NONE: by parameters */
    int value;
    qi_place at;
} qi_query_condition;

typedef struct qi_query_choice {
    const char *name;
    const char **values; /* the first is the default */
    size_t value_count;
    qi_place at;
} qi_query_choice;

typedef struct qi_query {
    const char *name;
    qi_query_kind kind;
    const char *comment; /* lines parted by \n; NULL when there is none */
    qi_place at;         /* of its name */
    const qi_query_piece *pieces;
    size_t piece_count;
    const qi_query_param *params; /* in the order of first use */
    size_t param_count;
    const qi_query_condition *conditions;
    size_t condition_count;
    const qi_query_choice *choices;
    size_t choice_count;
    size_t start; /* of its SQL in the file, and how long it is */
    size_t length;
} qi_query;

typedef struct qi_query_file {
    const char *path; /* as messages call it */
    const char *text;
    size_t length;
    const qi_query *queries;
    size_t query_count;
} qi_query_file;

/*
 * Parses a file. `path` and `text` must outlive the result, which lies in the arena. QUIRE_SQL with file, line
 * and column; QUIRE_MEMORY.
 */
quire_status qi_query_file_parse(const char *path, const char *text, size_t length, qi_arena *arena,
                                 qi_query_file *out, quire_error *err);

#endif
