/*
 * codec.h - values between their C form and the wire. The decoders and the encoders that all
 * descriptors go through, for the two forms that values have there.
 *
 * The binary forms are those of PostgreSQL's typsend and typreceive functions (src/backend/utils/adt):
 * big-endian integers, timestamps as microseconds since 2000-01-01, numeric as base-10000 digits, jsonb with
 * a version byte before its text.
 *
 * The text forms are those of typoutput and typinput, for transports that carry nothing else. The process's
 * locale has no part in them.
 */
#ifndef QI_CODEC_H
#define QI_CODEC_H

#include "base/arena.h"

#include <quire/generated.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A value as it came from the server: NULL when `data` is NULL. */
typedef struct qi_cell {
    const char *data; /* always a NUL behind data[length - 1] */
    size_t length;
} qi_cell;

/* What a type is, one row a type; indexed by quire_type. */
typedef struct qi_type {
    const char *name;   /* of PostgreSQL, "timestamptz" */
    const char *c_name; /* in quire/types.h: "timestamptz" of quire_nullable_timestamptz */
    uint32_t oid;
    uint32_t array_oid;
    uint16_t size; /* sizeof the C type */
    uint16_t align;
} qi_type;

/* NULL for a number that is no quire_type. */
const qi_type *qi_type_of(int type);

/*
 * The quire_type for the OID of a built-in type, and whether it is an array of it. 0 when Quire has no
 * C form for it. varchar, char(n), name, xml and "char" are QUIRE_TYPE_TEXT.
 */
int qi_type_from_oid(uint32_t oid, bool *is_array);

/*
 * Whether a column of type `actual` may be read as `field` says. Exact, except that the texts are
 * interchangeable and that field->oid 0 takes any type made by users.
 */
bool qi_field_accepts(const quire_field *field, uint32_t actual);

/*
 * Decodes the binary values of `count` columns into the row struct at `row`. `data` of text, json, bytea
 * stays where it is (the arena gets what has to be made: decimals, arrays). QUIRE_DATA when the bytes are
 * not of the type, QUIRE_SCHEMA for NULL where the field is not nullable or a label that the enum has
 * not, QUIRE_MEMORY. The error names the column.
 */
quire_status qi_decode_cells(const quire_field *fields, const qi_cell *cells, size_t count,
                             char *row, qi_arena *arena, quire_error *err);

/*
 * The same for values as text, as the type's output function writes them with DateStyle ISO. Any
 * IntervalStyle and both settings of bytea_output will do; floats are exact unless extra_float_digits
 * was lowered. text, json and numeric stay where they are; the arena gets bytea and arrays. A value is the same,
 * bit by bit, as when qi_decode_cells reads its binary form.
 */
quire_status qi_decode_text_cells(const quire_field *fields, const qi_cell *cells, size_t count,
                                  char *row, qi_arena *arena, quire_error *err);

/* Both for one column. */
static inline quire_status qi_decode(const quire_field *field, qi_cell cell, char *row,
                                     qi_arena *arena, quire_error *err)
{
    return qi_decode_cells(field, &cell, 1, row, arena, err);
}

static inline quire_status qi_decode_text(const quire_field *field, qi_cell cell, char *row,
                                          qi_arena *arena, quire_error *err)
{
    return qi_decode_text_cells(field, &cell, 1, row, arena, err);
}

/* A parameter on its way: a value, or NULL with data == NULL. */
typedef struct qi_param_value {
    const char *data;
    int length;   /* counts in binary format only */
    int binary;   /* 1: binary format; 0: text, NUL-terminated */
    uint32_t oid; /* 0: the server finds out */
} qi_param_value;

/* Is the parameter given, NULL, or left out? Text: NULL pointer, quire_null_text. */
typedef enum qi_given { QI_LEFT_OUT, QI_GIVEN, QI_GIVEN_NULL, QI_GIVEN_WRONG } qi_given;

/* `at` points to the field of the params struct (quire_optional_... or text). */
qi_given qi_param_given(const quire_param *param, const void *at);

/*
 * Encodes the C value at `value` (for an optional one: behind its presence; see qi_param_c_value).
 * What has to be made lies in `small` (16 bytes that live as long as `out`) or in the arena; text is
 * sent from where it is. QUIRE_INVALID for a NULL text or an enum value that has no label, QUIRE_DATA
 * for a decimal that is no number or a value that does not fit the protocol.
 */
quire_status qi_encode(const quire_param *param, const void *value, char small[16], qi_arena *arena,
                       qi_param_value *out, quire_error *err);

/*
 * The same as text that PostgreSQL reads back exactly, whatever its settings: out->binary is 0. What has to be
 * made lies in the arena; text, json, numeric and enum labels are sent from where they are.
 */
quire_status qi_encode_text(const quire_param *param, const void *value, qi_arena *arena,
                            qi_param_value *out, quire_error *err);

/* Where the C value of a params struct's field starts, given that it is QI_GIVEN. */
const void *qi_param_c_value(const quire_param *param, const void *at);

/*
 * The same for a function argument with QUIRE_FIELD_NULLABLE (quire_nullable_..., or a pointer to a text
 * pointer): NULL when it is SQL NULL.
 */
const void *qi_nullable_c_value(const quire_param *param, const void *at);

#endif
