/*
 * quire/generated.h - what generated code and the library agree on.
 *
 * Applications do not use this header by hand. `quire codegen` writes `static const` descriptors of
 * rows and statements, and thin typed functions that hand them to the executor below; one encoder
 * and one decoder in the library interpret them. Any change here raises QUIRE_ABI.
 *
 * Lifetimes: descriptors are static and constant. A statement's address is its identity: each
 * connection prepares it once, under that address.
 */
#ifndef QUIRE_GENERATED_H
#define QUIRE_GENERATED_H

#include <quire/db.h>
#include <quire/error.h>
#include <quire/export.h>
#include <quire/types.h>
#include <quire/version.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Memory that a row or a list owns. Opaque; NULL owns nothing. */
typedef struct quire_memory quire_memory;
QUIRE_API void quire_memory_free(quire_memory *memory);

/* Referenced by generated code, so that it links only with a library of its own QUIRE_ABI. */
QUIRE_API extern const int quire_abi_1;

/* How a value stands in C and on the wire; the C types are listed in quire/types.h. */
typedef enum quire_type {
    QUIRE_TYPE_BOOL = 1,
    QUIRE_TYPE_INT2 = 2,
    QUIRE_TYPE_INT4 = 3,
    QUIRE_TYPE_INT8 = 4,
    QUIRE_TYPE_OID = 5,
    QUIRE_TYPE_FLOAT4 = 6,
    QUIRE_TYPE_FLOAT8 = 7,
    QUIRE_TYPE_DECIMAL = 8,
    QUIRE_TYPE_TEXT = 9,
    QUIRE_TYPE_JSON = 10,
    QUIRE_TYPE_JSONB = 11,
    QUIRE_TYPE_BYTES = 12,
    QUIRE_TYPE_UUID = 13,
    QUIRE_TYPE_DATE = 14,
    QUIRE_TYPE_TIME = 15,
    QUIRE_TYPE_TIMESTAMP = 16,
    QUIRE_TYPE_TIMESTAMPTZ = 17,
    QUIRE_TYPE_INTERVAL = 18,
    QUIRE_TYPE_ENUM = 19
} quire_type;

/* An enum: the C value of labels[i] is i + 1, in the order of the type's declaration. */
typedef struct quire_enum {
    const char *name; /* of the type, "reading_status" */
    const char *const *labels;
    size_t count;
} quire_enum;

/* Flags of fields and params. */
#define QUIRE_FIELD_NULLABLE 0x01u /* quire_nullable_..., or a text pointer that may be NULL */
#define QUIRE_FIELD_ARRAY 0x02u    /* a one-dimensional array of `type` */
#define QUIRE_PARAM_OPTIONAL 0x10u /* quire_optional_... (or text) in the params struct */
#define QUIRE_PARAM_REQUIRED 0x20u /* in the struct too, but unset is an error that names it */
#define QUIRE_PARAM_NOT_NULL 0x40u /* SQL NULL is an error that names it */

/* One column of a result and where it goes in the row struct. */
typedef struct quire_field {
    const char *name;
    const quire_enum *labels; /* for QUIRE_TYPE_ENUM */
    uint32_t oid;             /* of the column's type (of the array type for an array); 0: a type
                                 made by users, whose OID differs from database to database */
    uint32_t offset;          /* in the row struct */
    uint16_t type;            /* quire_type, of the element for an array */
    uint16_t flags;
} quire_field;

/* A nested struct { bool has; T value; }: `has` is false when all its columns are NULL. */
typedef struct quire_nested {
    uint32_t has;   /* offset of the bool in the row struct */
    uint16_t first; /* its columns: fields[first .. first + count - 1] */
    uint16_t count;
} quire_nested;

/* In a row type: the struct has no owner_, because nothing in it points anywhere. */
#define QUIRE_NO_OWNER ((size_t)-1)

/* A row struct. Its columns come in the order of `fields`. */
typedef struct quire_row_type {
    const char *name;
    size_t size;
    size_t owner; /* offset of its `quire_memory *owner_`, or QUIRE_NO_OWNER */
    const quire_field *fields;
    size_t field_count;
    const quire_nested *nested;
    size_t nested_count;
} quire_row_type;

/* A parameter: a function argument, or a field of the params, insert or update struct. */
typedef struct quire_param {
    const char *name;
    const quire_enum *labels;
    uint32_t oid;    /* of its type; 0: the server finds out */
    uint32_t offset; /* in the struct; without OPTIONAL or REQUIRED: the index in `args` */
    uint16_t type;
    uint16_t flags;
} quire_param;

/* When a part of a statement is present. */
typedef struct quire_condition {
    const uint16_t *params; /* present when all of these are set; if only some are: an error */
    uint16_t param_count;   /* 0: it is a choice instead */
    int16_t choice_value;   /* present when the int at choice_offset has this value */
    uint32_t choice_offset;
} quire_condition;

/* In a part: no parameter, or no condition. */
#define QUIRE_NONE (-1)

/* Of a part: it is an item of a list, after the first one present a comma stands before it. */
#define QUIRE_PART_ITEM 0x01u
/* Of a part: it is present when its condition does not hold. */
#define QUIRE_PART_ELSE 0x02u

/* A piece of SQL: `text`, then $n for `param`. */
typedef struct quire_part {
    const char *text;
    int16_t param;     /* index in params, or QUIRE_NONE */
    int16_t condition; /* index in conditions, or QUIRE_NONE: always present */
    uint16_t flags;
} quire_part;

/* Flags of statements. */
#define QUIRE_STATEMENT_WRITES 0x01u  /* it may change data */
#define QUIRE_STATEMENT_CHANGES 0x02u /* no field of the struct set at all: QUIRE_INVALID */

/*
 * A statement. Its SQL is `sql` when that is not NULL; then params are $1, $2, ... in order.
 * Otherwise it is put together from the parts whose conditions hold, and its params are numbered as
 * they occur. At most QUIRE_CONDITIONS_MAX conditions.
 */
typedef struct quire_statement {
    const char *name; /* "books.search", for messages */
    const char *sql;
    const quire_part *parts;
    size_t part_count;
    const quire_condition *conditions;
    size_t condition_count;
    const quire_param *params;
    size_t param_count;
    const quire_row_type *row; /* NULL: it returns no rows */
    uint32_t flags;
} quire_statement;

#define QUIRE_CONDITIONS_MAX 1600 /* PostgreSQL's limit of columns in a table */

/*
 * The executor. `args[i]` points to argument i in its C form (for text: to the pointer); `options`
 * points to the params struct, or is NULL (all unset). Outputs are untouched on failure.
 *
 * Errors: see quire_status; QUIRE_SCHEMA when the columns that the server returns are not of the
 * types that the program was compiled for, before any of them is read.
 */

/* :many. `list` is a generated struct { T *items; size_t count; quire_memory *owner_; }. */
QUIRE_API QUIRE_MUST_USE quire_status quire_fetch_list(quire_db *db,
                                                       const quire_statement *statement,
                                                       const void *const *args, const void *options,
                                                       void *list, quire_error *err);

/* :one. QUIRE_NO_ROW, QUIRE_TOO_MANY_ROWS. `row` may be NULL: then nothing is kept. */
QUIRE_API QUIRE_MUST_USE quire_status quire_fetch_one(quire_db *db,
                                                      const quire_statement *statement,
                                                      const void *const *args, const void *options,
                                                      void *row, quire_error *err);

/* :maybe. `row` is written only when *found becomes true. QUIRE_TOO_MANY_ROWS. */
QUIRE_API QUIRE_MUST_USE quire_status quire_fetch_maybe(quire_db *db,
                                                        const quire_statement *statement,
                                                        const void *const *args,
                                                        const void *options, bool *found, void *row,
                                                        quire_error *err);

/* :exec and :rows. `affected` may be NULL. */
QUIRE_API QUIRE_MUST_USE quire_status quire_execute(quire_db *db, const quire_statement *statement,
                                                    const void *const *args, const void *options,
                                                    int64_t *affected, quire_error *err);

/* A statement that must touch exactly one row: QUIRE_NO_ROW when it touched none. */
QUIRE_API QUIRE_MUST_USE quire_status quire_execute_one(quire_db *db,
                                                        const quire_statement *statement,
                                                        const void *const *args,
                                                        const void *options, quire_error *err);

/*
 * A row and a list of its children, by the same arguments, in one round trip. The list struct lies
 * in the row struct at `list_offset`. QUIRE_NO_ROW when there is no parent.
 */
QUIRE_API QUIRE_MUST_USE quire_status quire_fetch_with_list(quire_db *db,
                                                            const quire_statement *parent,
                                                            const quire_statement *children,
                                                            const void *const *args, void *row,
                                                            size_t list_offset, quire_error *err);

/* The C value of an enum's label, 0 when there is none. */
QUIRE_API int quire_enum_parse(const quire_enum *type, const char *label);
/* The label of an enum's C value, NULL when there is none. */
QUIRE_API const char *quire_enum_label(const quire_enum *type, int value);

#ifdef __cplusplus
}
#endif

#endif
