/*
 * Arrays on their way to the server: in binary form (see array_decode.c) where the OID of the elements is
 * known, else as a literal, "{one,two}": an enum's OID differs from database to database.
 */
#include "base/buffer.h"
#include "types/value.h"
#include "types/wire.h"

#include <string.h>

#define HEADER 12u
#define DIMENSION 8u

static const char *item_at(const quire_param *param, const qi_any_array *array, size_t index)
{
    return (const char *)array->items + index * qi_type_of(param->type)->size;
}

static bool is_null(const quire_param *param, const qi_any_array *array, size_t index)
{
    if (array->nulls && array->nulls[index])
        return true;
    if (!qi_is_text(param->type))
        return false;
    const char *text;
    memcpy(&text, item_at(param, array, index), sizeof text);
    return !text || text == quire_null_text;
}

static qi_flaw check(const quire_param *param, const qi_any_array *array, bool *has_null)
{
    *has_null = false;
    if (array->count && !array->items)
        return QI_FLAW_NO_ITEMS;
    if (array->count > QI_VALUE_LIMIT / 4)
        return QI_FLAW_SIZE;
    for (size_t i = 0; i < array->count; i++) {
        if (is_null(param, array, i)) {
            *has_null = true;
            continue;
        }
        qi_flaw flaw = qi_value_check(param, item_at(param, array, i));
        if (flaw != QI_FINE)
            return flaw;
    }
    return QI_FINE;
}

/* ---- binary ---------------------------------------------------------------------------------- */

/* Bytes on the wire of an element that is not NULL, and where they are: `scratch` for what is made. */
static size_t element(const quire_param *param, const char *item, char scratch[16],
                      const char **data)
{
    *data = scratch;
    size_t length = qi_fixed_encode(param->type, item, scratch);
    if (length)
        return length;
    if (param->type == QUIRE_TYPE_BYTES) {
        quire_bytes bytes;
        memcpy(&bytes, item, sizeof bytes);
        *data = bytes.data;
        return bytes.length;
    }
    memcpy(data, item, sizeof *data);
    return strlen(*data);
}

/* jsonb has the version of its format before its text. */
static size_t version_size(const quire_param *param)
{
    return param->type == QUIRE_TYPE_JSONB ? 1 : 0;
}

static size_t measure(const quire_param *param, const qi_any_array *array)
{
    size_t size = HEADER + (array->count ? DIMENSION : 0);
    for (size_t i = 0; i < array->count && size <= QI_VALUE_LIMIT; i++) {
        char scratch[16];
        const char *data;
        size += 4;
        if (!is_null(param, array, i))
            size += version_size(param) + element(param, item_at(param, array, i), scratch, &data);
    }
    return size;
}

static char *put_element(const quire_param *param, const char *item, char *at)
{
    char scratch[16];
    const char *data;
    size_t version = version_size(param);
    size_t length = element(param, item, scratch, &data);
    qi_put32(at, (uint32_t)(length + version));
    at += 4;
    if (version)
        *at++ = 1;
    if (length)
        memcpy(at, data, length);
    return at + length;
}

static qi_flaw encode_binary(const quire_param *param, const qi_any_array *array, bool has_null,
                             uint32_t element_oid, qi_arena *arena, qi_param_value *out)
{
    size_t size = measure(param, array);
    if (size > QI_VALUE_LIMIT)
        return QI_FLAW_SIZE;
    char *data = qi_arena_bytes(arena, size);
    if (!data)
        return QI_FLAW_MEMORY;
    qi_put32(data, array->count ? 1 : 0);
    qi_put32(data + 4, has_null ? 1 : 0);
    qi_put32(data + 8, element_oid);
    char *at = data + HEADER;
    if (array->count) {
        qi_put32(at, (uint32_t)array->count);
        qi_put32(at + 4, 1); /* the lower bound */
        at += DIMENSION;
    }
    for (size_t i = 0; i < array->count; i++) {
        if (is_null(param, array, i)) {
            qi_put32(at, UINT32_MAX);
            at += 4;
        } else {
            at = put_element(param, item_at(param, array, i), at);
        }
    }
    out->data = data;
    out->length = (int)size;
    out->binary = 1;
    return QI_FINE;
}

/* ---- text ------------------------------------------------------------------------------------ */

static void add_quoted(qi_buffer *buffer, const char *text)
{
    qi_buffer_add_char(buffer, '"');
    while (*text) {
        size_t plain = strcspn(text, "\"\\");
        qi_buffer_add_n(buffer, text, plain);
        text += plain;
        if (*text) {
            qi_buffer_add_char(buffer, '\\');
            qi_buffer_add_char(buffer, *text++);
        }
    }
    qi_buffer_add_char(buffer, '"');
}

static void add_bytes(qi_buffer *buffer, const char *item)
{
    quire_bytes bytes;
    memcpy(&bytes, item, sizeof bytes);
    qi_buffer_add(buffer, "\"\\\\x"); /* a backslash, quoted */
    char *room = qi_buffer_grow(buffer, 2 * bytes.length);
    if (room)
        qi_put_hex(room, &bytes);
    qi_buffer_add_char(buffer, '"');
}

static void add_item(qi_buffer *buffer, const quire_param *param, const char *item)
{
    char small[QI_SMALL_TEXT];
    if (param->type == QUIRE_TYPE_BYTES) {
        add_bytes(buffer, item);
        return;
    }
    const char *text = qi_value_text(param, item, small);
    if (param->type <= QUIRE_TYPE_DECIMAL) /* numbers need no quotes */
        qi_buffer_add(buffer, text);
    else
        add_quoted(buffer, text);
}

static qi_flaw encode_text(const quire_param *param, const qi_any_array *array, qi_arena *arena,
                           qi_param_value *out)
{
    qi_buffer buffer;
    qi_buffer_init(&buffer, QI_VALUE_LIMIT);
    qi_buffer_add_char(&buffer, '{');
    for (size_t i = 0; i < array->count; i++) {
        if (i)
            qi_buffer_add_char(&buffer, ',');
        if (is_null(param, array, i))
            qi_buffer_add(&buffer, "NULL");
        else
            add_item(&buffer, param, item_at(param, array, i));
    }
    qi_buffer_add_char(&buffer, '}');
    out->data =
        qi_buffer_failed(&buffer) ? NULL : qi_arena_text_n(arena, buffer.data, buffer.length);
    qi_buffer_free(&buffer);
    return out->data ? QI_FINE : QI_FLAW_MEMORY;
}

static qi_flaw encode(const quire_param *param, const void *value, bool as_literal, qi_arena *arena,
                      qi_param_value *out)
{
    qi_any_array array;
    memcpy(&array, value, sizeof array);
    bool has_null;
    qi_flaw flaw = check(param, &array, &has_null);
    if (flaw != QI_FINE)
        return flaw;
    uint32_t element_oid =
        param->type == QUIRE_TYPE_TEXT ? qi_element_oid(param->oid) : qi_type_of(param->type)->oid;
    if (as_literal || !element_oid || param->type == QUIRE_TYPE_DECIMAL)
        return encode_text(param, &array, arena, out);
    return encode_binary(param, &array, has_null, element_oid, arena, out);
}

qi_flaw qi_array_encode(const quire_param *param, const void *value, qi_arena *arena,
                        qi_param_value *out)
{
    return encode(param, value, false, arena, out);
}

qi_flaw qi_literal_encode(const quire_param *param, const void *value, qi_arena *arena,
                          qi_param_value *out)
{
    return encode(param, value, true, arena, out);
}
