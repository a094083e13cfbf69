/*
 * model.h - what is to be generated, as plain data: enums, row structs, repositories of functions.
 * Building it (codegen/build.h) needs a server and the catalog; writing it out (codegen/emit.h) needs neither.
 *
 * Every name in it is final: a C name is legal and taken by nobody else.
 */
#ifndef QI_GEN_MODEL_H
#define QI_GEN_MODEL_H

#include "codegen/types.h"

#include <stdbool.h>
#include <stddef.h>

#define QI_GEN_NONE (-1)
#define QI_GEN_LITERAL_MOST 4000 /* ISO C promises string literals of 4095 characters */

/* A column of a row struct. */
typedef struct qi_gen_field {
    const char *name;   /* of the member */
    const char *column; /* of the result */
    qi_gen_type type;
    bool nullable;
    const char *comment; /* or NULL */
} qi_gen_field;

/* A row struct: columns, then at most one nested parent, then at most one list of children. */
typedef struct qi_gen_row {
    const char *c_name;  /* "bookshelf_book" */
    const char *stem;    /* "book", what its descriptors are called after */
    const char *comment; /* or NULL */
    const qi_gen_field *fields;
    size_t field_count;
    const struct qi_gen_row *parent; /* or NULL */
    const char *parent_member;
    bool parent_nullable;              /* then it is { bool has; T value; } */
    const struct qi_gen_row *children; /* or NULL */
    const char *children_member;
    bool has_list;  /* <c_name>_list is wanted */
    bool is_hidden; /* only inside the source file: a :value that is complete in itself */
} qi_gen_row;

/* A parameter: an argument of the function, or a member of its struct. */
typedef struct qi_gen_param {
    const char *name;     /* of the argument or member */
    const char *sql_name; /* for messages */
    qi_gen_type type;
    bool in_struct;
    bool required; /* in the struct, but must be set */
    bool not_null; /* in the struct, but not as SQL NULL */
    bool nullable; /* an argument that may be SQL NULL */
    const char *comment;
} qi_gen_param;

/* The rest is described in quire/generated.h, under the same names. */
typedef struct qi_gen_condition {
    const int *params;
    size_t param_count;
    int choice; /* QI_GEN_NONE: by params */
    int value;
} qi_gen_condition;

typedef struct qi_gen_part {
    const char *text;
    int param;     /* or QI_GEN_NONE */
    int condition; /* or QI_GEN_NONE */
    bool is_item;
    bool is_else;
} qi_gen_part;

/* A member of a params struct that is an enum of its own. */
typedef struct qi_gen_choice {
    const char *name;
    const char *c_type;
    const char *const *constants;
    const char *const *values;
    size_t count;
} qi_gen_choice;

typedef struct qi_gen_statement {
    const char *name; /* "books.search" */
    const char *sql;  /* at most QI_GEN_LITERAL_MOST bytes; NULL: put together from parts */
    const qi_gen_part *parts;
    size_t part_count;
    const qi_gen_condition *conditions;
    size_t condition_count;
    const qi_gen_param *params;
    size_t param_count;
    const qi_gen_row *row; /* NULL: no rows */
    bool writes;
    bool changes; /* a struct without anything set is a mistake */
} qi_gen_statement;

typedef enum qi_gen_call {
    QI_CALL_ONE,
    QI_CALL_MAYBE,
    QI_CALL_LIST,
    QI_CALL_EXECUTE,
    QI_CALL_AFFECTED,
    QI_CALL_EXECUTE_ONE, /* QUIRE_NO_ROW when it touches none */
    QI_CALL_VALUE,       /* a row of one column, whose value is handed out by itself */
    QI_CALL_WITH_LIST
} qi_gen_call;

typedef struct qi_gen_function {
    const char *c_name;  /* "bookshelf_books_search" */
    const char *stem;    /* "books_search" */
    const char *comment; /* what it does; never NULL */
    const char *source;  /* of a named query: its file; else NULL */
    qi_gen_call call;
    qi_gen_statement statement;
    qi_gen_statement children; /* with WITH_LIST */
    const char *options_type;  /* the struct of its params; NULL: it has none */
    const char *options_name;  /* the argument's name: "params", "values", "changes" */
    const char *options_comment;
    const qi_gen_choice *choices;
    size_t choice_count;
    bool row_is_its_own; /* the row struct is declared with this function */
    bool out_optional;   /* `out` may be NULL */
    bool always_one;     /* it cannot find nothing */
} qi_gen_function;

typedef struct qi_gen_repo {
    const char *name;    /* the member of the bundle: "books" */
    const char *c_name;  /* "bookshelf_books_repo" */
    const char *comment; /* or NULL */
    const qi_gen_function *functions;
    size_t function_count;
} qi_gen_repo;

typedef struct qi_gen_model {
    const char *prefix; /* "bookshelf" */
    const char *upper;  /* "BOOKSHELF" */
    const char *hash;   /* of what it was made from */
    const qi_gen_enum *enums;
    size_t enum_count;
    const qi_gen_row *rows; /* of tables */
    size_t row_count;
    const qi_gen_repo *repos;
    size_t repo_count;
} qi_gen_model;

#endif
