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

/*
 * The same from text, which ends with a NUL. Text and decimals point at it; the rest is made in the C
 * form, of bytea in the arena.
 */
qi_flaw qi_text_decode(unsigned type, const quire_enum *labels, const char *text, void *out,
                       qi_arena *arena);

/* The same from an array's literal, "{one,two}". */
qi_flaw qi_literal_decode(const quire_field *field, const char *literal, void *out,
                          qi_arena *arena);

/* An array that is being decoded; becomes a qi_any_array. */
typedef struct qi_array_room {
    const quire_field *field;
    qi_arena *arena;
    size_t size; /* of an item in C */
    char *texts; /* room for the elements' text, each with a NUL that it has not on the wire */
    char *items;
    bool *nulls;
    size_t count;
} qi_array_room;

/* Room for `count` elements, whose texts with their NULs need `text_size` bytes at most. */
qi_flaw qi_array_make_room(qi_array_room *room, size_t count, size_t text_size);

/* Says that an element is NULL. */
qi_flaw qi_array_take_null(qi_array_room *room, size_t index);

/* A finished array into the qi_any_array at `out`. */
void qi_array_finish(const qi_array_room *room, void *out);

/*
 * The nearest float of a number's text, whatever the process's locale: infinite where it is too great. false
 * when it is no number. `out` is then as it was.
 */
bool qi_float4_parse(const char *text, float *out);
bool qi_float8_parse(const char *text, double *out);

/* An interval in any IntervalStyle. false when it is none, or beyond what quire_interval holds. */
bool qi_interval_parse(const char *text, quire_interval *out);

/* A label as the value of its enum, in both forms. */
qi_flaw qi_enum_decode(const quire_enum *labels, const char *label, size_t length, void *out);

/* 0 to 15; -1 when it is no hex digit. */
int qi_hex_digit(char c);

/* The value of a label of `length` bytes; 0 when there is none. */
int qi_enum_find(const quire_enum *type, const char *label, size_t length);

/* ---- sending --------------------------------------------------------------------------------- */

/* Writes a value of a fixed-size type in binary form; `out` has 16 bytes. 0 for other types. */
size_t qi_fixed_encode(unsigned type, const void *value, char out[16]);

/* Whether the value can be sent: text there and UTF-8, a number, a label, in range. */
qi_flaw qi_value_check(const quire_param *param, const void *value);

/* The text of a value whose C form has or names one; NULL for types whose text must be made. */
const char *qi_text_in_place(const quire_param *param, const void *value);

/*
 * The text of a value that was checked, other than bytea: where it is, or made in `small`. NULL for
 * a type that Quire does not have.
 */
#define QI_SMALL_TEXT QUIRE_INTERVAL_SIZE
const char *qi_value_text(const quire_param *param, const void *value, char small[QI_SMALL_TEXT]);

/* Writes bytes as hex digits at `at`, two for each, and returns the end; no NUL. */
char *qi_put_hex(char *at, const quire_bytes *bytes);

/* Encodes the qi_any_array at `value`: in the form that is at hand, or as a literal. */
qi_flaw qi_array_encode(const quire_param *param, const void *value, qi_arena *arena,
                        qi_param_value *out);
qi_flaw qi_literal_encode(const quire_param *param, const void *value, qi_arena *arena,
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
