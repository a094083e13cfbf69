/*
 * value.h - what the files of this room share: one value or one array, in both directions, without
 * the column or parameter that it belongs to. codec.h adds where it lies and how errors name it.
 */
#ifndef QI_VALUE_H
#define QI_VALUE_H

#include "base/arena.h"
#include "types/codec.h"

#include <quire/generated.h>
#include <quire/types.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is wrong with a value. The message is made once, where its column or parameter is known. */
typedef enum qi_flaw {
    QI_FINE = 0,
    QI_FLAW_MEMORY,
    /* of a value that was received */
    QI_FLAW_BYTES,      /* not of this type: too short, too long, out of range */
    QI_FLAW_NULL,       /* NULL where none may be */
    QI_FLAW_LABEL,      /* a label that the enum does not have */
    QI_FLAW_DIMENSIONS, /* an array of more than one dimension */
    QI_FLAW_TYPE,       /* a type that Quire does not have: a broken descriptor */
    /* of a value that was handed in */
    QI_FLAW_NO_TEXT,  /* a NULL pointer where text must be */
    QI_FLAW_NO_ITEMS, /* an array with a count, but no items */
    QI_FLAW_NO_LABEL, /* a number that is no value of the enum */
    QI_FLAW_NUMBER,   /* a decimal whose text is no number */
    QI_FLAW_RANGE,    /* a date or time that PostgreSQL does not have */
    QI_FLAW_UTF8,
    QI_FLAW_SIZE, /* more than a message can carry */
} qi_flaw;

/* Every quire_<type>_array has this layout. */
typedef struct qi_any_array {
    const void *items;
    const bool *nulls;
    size_t count;
} qi_any_array;

/* One row a type, by quire_type; row 0 is empty. Looked at for every cell, so without a call. */
#define QI_TYPES ((size_t)QUIRE_TYPE_ENUM + 1)
extern const qi_type qi_types[QI_TYPES];

/* The largest value that PostgreSQL takes (MaxAllocSize, 1 GB less one byte). */
#define QI_VALUE_LIMIT 0x3FFFFFFFu

/* Whether the C form of a type is a pointer to text, which tells NULL by itself. */
static inline bool qi_is_text(unsigned type)
{
    return type == QUIRE_TYPE_TEXT || type == QUIRE_TYPE_JSON || type == QUIRE_TYPE_JSONB;
}

/* ---- receiving ------------------------------------------------------------------------------- */

/*
 * Decodes `length` bytes into the C form of `type` at `out`. Text stays where it is, so a NUL must
 * stand behind it.
 */
qi_flaw qi_value_decode(unsigned type, const quire_enum *labels, const char *data, size_t length,
                        void *out, qi_arena *arena);

/* Decodes an array into a qi_any_array at `out`. */
qi_flaw qi_array_decode(const quire_field *field, const char *data, size_t length, void *out,
                        qi_arena *arena);

/* The text of a numeric, made in the arena. */
qi_flaw qi_decimal_decode(const char *data, size_t length, quire_decimal *out, qi_arena *arena);

/* The value of a label of `length` bytes; 0 when there is none. */
int qi_enum_find(const quire_enum *type, const char *label, size_t length);

/* ---- sending --------------------------------------------------------------------------------- */

/* Writes a value of a fixed-size type in binary form; `out` has 16 bytes. 0 for other types. */
size_t qi_fixed_encode(unsigned type, const void *value, char out[16]);

/* Whether the value can be sent: text there and UTF-8, a number, a label, in range. */
qi_flaw qi_value_check(const quire_param *param, const void *value);

/* Encodes the qi_any_array at `value`. */
qi_flaw qi_array_encode(const quire_param *param, const void *value, qi_arena *arena,
                        qi_param_value *out);

/* Whether text is a number as numeric_in reads it: "1.50", "-.5", "1e-3", "NaN", "-Infinity". */
bool qi_decimal_is_valid(const char *text);

/* Whether text is UTF-8 as PostgreSQL checks it: no overlong forms, no surrogates. */
bool qi_utf8_is_valid(const char *text, size_t length);

/* The OID of the elements of a built-in array type; 0 for others. */
uint32_t qi_element_oid(uint32_t array_oid);

/* Whether an OID is one of the built-in types that are QUIRE_TYPE_TEXT. */
bool qi_is_text_oid(uint32_t oid);

/* The first OID that PostgreSQL gives to objects made by users (FirstNormalObjectId). */
#define QI_FIRST_USER_OID 16384u

#endif
