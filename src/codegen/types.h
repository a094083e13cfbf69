/*
 * types.h - PostgreSQL types as generated code writes them down: the C form, the descriptor's
 * constant, the OID. The types themselves are described in quire/types.h.
 */
#ifndef QI_GEN_TYPES_H
#define QI_GEN_TYPES_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct qi_catalog qi_catalog;

/* One C form. */
typedef struct qi_gen_form {
    const char *constant; /* "QUIRE_TYPE_INT4" */
    const char *c_type;   /* "int32_t" */
    const char *c_name;   /* "int4" of quire_nullable_int4; NULL for an enum */
    bool is_text;         /* a pointer that tells by itself whether there is a value */
    bool is_fixed;        /* the C value points to no memory */
} qi_gen_form;

/* An enum of the schema. */
typedef struct qi_gen_enum {
    const char *c_name;           /* "bookshelf_reading_status" */
    const char *stem;             /* "reading_status" */
    const char *type_name;        /* of PostgreSQL */
    const char *nullable;         /* "bookshelf_nullable_reading_status" */
    const char *optional;         /* "bookshelf_optional_reading_status" */
    const char *comment;          /* or NULL */
    const char *const *labels;    /* of PostgreSQL, in order */
    const char *const *constants; /* "BOOKSHELF_READING_STATUS_READING" */
    size_t count;
    uint32_t oid;
} qi_gen_enum;

typedef struct qi_gen_type {
    const qi_gen_form *form;
    const qi_gen_enum *labels; /* of an enum, else NULL */
    bool is_array;
    uint32_t oid; /* as descriptors want it: of the array for an array; 0: made by users */
} qi_gen_type;

/*
 * The C form of a type; a domain counts as its base type. False when there is none. `enums` are the
 * schema's.
 */
bool qi_gen_type_of(const qi_catalog *catalog, const qi_gen_enum *enums, size_t enum_count,
                    uint32_t oid, qi_gen_type *out);

/* Whether two types are the same in C and on the wire. */
bool qi_gen_type_equal(const qi_gen_type *a, const qi_gen_type *b);

/* The C type of a value that is there, that may be NULL, that may be left out. NULL: no memory. */
const char *qi_gen_c_type(qi_arena *arena, const qi_gen_type *type);
const char *qi_gen_c_nullable(qi_arena *arena, const qi_gen_type *type);
const char *qi_gen_c_optional(qi_arena *arena, const qi_gen_type *type);

/* Whether the value is complete in itself, without memory that it points to. */
bool qi_gen_type_is_fixed(const qi_gen_type *type);

#endif
