/*
 * The binary form of arrays (array_send): the number of dimensions, a flag for NULLs, the element
 * type, for each dimension its size and lower bound, then the elements: length (-1: NULL) and bytes.
 */
#include "types/value.h"
#include "types/wire.h"

#include <string.h>

#define HEADER 12u   /* of an array without dimensions */
#define DIMENSION 8u /* size and lower bound */
#define NULL_LENGTH UINT32_MAX

typedef struct source {
    const quire_field *field;
    const char *at;
    const char *end;
    size_t size; /* of an item in C */
    qi_arena *arena;
    char *texts; /* room for the elements' text, each with a NUL that it has not on the wire */
    char *items;
    bool *nulls;
    size_t count;
} source;

static bool is_element_type(const quire_field *field, uint32_t oid)
{
    if (field->type == QUIRE_TYPE_TEXT)
        return qi_is_text_oid(oid) || oid >= QI_FIRST_USER_OID;
    if (field->type == QUIRE_TYPE_ENUM)
        return oid >= QI_FIRST_USER_OID;
    return oid == qi_type_of(field->type)->oid;
}

static qi_flaw read_header(source *s)
{
    size_t left = (size_t)(s->end - s->at);
    if (left < HEADER || !is_element_type(s->field, qi_get32(s->at + 8)))
        return QI_FLAW_BYTES;
    uint32_t dimensions = qi_get32(s->at);
    s->at += HEADER;
    left -= HEADER;
    if (dimensions == 0)
        return left ? QI_FLAW_BYTES : QI_FINE;
    if (dimensions > 1)
        return dimensions <= 6 ? QI_FLAW_DIMENSIONS : QI_FLAW_BYTES; /* MAXDIM */
    if (left < DIMENSION)
        return QI_FLAW_BYTES;
    s->count = qi_get32(s->at);
    s->at += DIMENSION;
    left -= DIMENSION;
    /* Every element brings its length at least, so the count cannot ask for memory without cover. */
    return s->count <= left / 4 ? QI_FINE : QI_FLAW_BYTES;
}

static qi_flaw make_room(source *s)
{
    if (!s->count)
        return QI_FINE;
    s->items = qi_arena_zero(s->arena, s->count, s->size);
    if (!s->items)
        return QI_FLAW_MEMORY;
    if (qi_is_text(s->field->type)) {
        /* The four bytes of each length leave more room than the NULs need. */
        s->texts = qi_arena_bytes(s->arena, (size_t)(s->end - s->at));
        if (!s->texts)
            return QI_FLAW_MEMORY;
    }
    return QI_FINE;
}

static qi_flaw take_null(source *s, size_t index)
{
    if (!s->nulls) {
        s->nulls = qi_arena_zero(s->arena, s->count, sizeof *s->nulls);
        if (!s->nulls)
            return QI_FLAW_MEMORY;
    }
    s->nulls[index] = true;
    return QI_FINE;
}

static qi_flaw take_item(source *s, size_t index, const char *data, size_t length)
{
    if (s->texts) {
        memcpy(s->texts, data, length);
        s->texts[length] = '\0';
        data = s->texts;
        s->texts += length + 1;
    }
    return qi_value_decode(s->field->type, s->field->labels, data, length,
                           s->items + index * s->size, s->arena);
}

static qi_flaw take_element(source *s, size_t index)
{
    if (s->end - s->at < 4)
        return QI_FLAW_BYTES;
    uint32_t length = qi_get32(s->at);
    s->at += 4;
    if (length == NULL_LENGTH)
        return take_null(s, index);
    if (length > (size_t)(s->end - s->at))
        return QI_FLAW_BYTES;
    const char *data = s->at;
    s->at += length;
    return take_item(s, index, data, length);
}

qi_flaw qi_array_decode(const quire_field *field, const char *data, size_t length, void *out,
                        qi_arena *arena)
{
    source s = {
        .field = field,
        .at = data,
        .end = data + length,
        .size = qi_type_of(field->type)->size,
        .arena = arena,
    };
    qi_flaw flaw = read_header(&s);
    if (flaw == QI_FINE)
        flaw = make_room(&s);
    for (size_t i = 0; i < s.count && flaw == QI_FINE; i++)
        flaw = take_element(&s, i);
    if (flaw == QI_FINE && s.at != s.end)
        flaw = QI_FLAW_BYTES;
    if (flaw != QI_FINE)
        return flaw;
    qi_any_array array = { s.items, s.nulls, s.count };
    memcpy(out, &array, sizeof array);
    return QI_FINE;
}
