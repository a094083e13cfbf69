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
    const char *at;
    const char *end;
    qi_array_room room;
} source;

static bool is_element_type(const quire_field *field, uint32_t oid)
{
    if (field->type == QUIRE_TYPE_TEXT)
        return qi_is_text_oid(oid) || oid >= QI_FIRST_USER_OID;
    if (field->type == QUIRE_TYPE_ENUM)
        return oid >= QI_FIRST_USER_OID;
    return oid == qi_type_of(field->type)->oid;
}

/* How many elements follow. */
static qi_flaw read_header(source *s, size_t *count)
{
    size_t left = (size_t)(s->end - s->at);
    if (left < HEADER || !is_element_type(s->room.field, qi_get32(s->at + 8)))
        return QI_FLAW_BYTES;
    uint32_t dimensions = qi_get32(s->at);
    s->at += HEADER;
    *count = 0;
    left -= HEADER;
    if (dimensions == 0)
        return left ? QI_FLAW_BYTES : QI_FINE;
    if (dimensions > 1)
        return dimensions <= 6 ? QI_FLAW_DIMENSIONS : QI_FLAW_BYTES; /* MAXDIM */
    if (left < DIMENSION)
        return QI_FLAW_BYTES;
    *count = qi_get32(s->at);
    s->at += DIMENSION;
    left -= DIMENSION;
    /* Every element brings its length at least, so the count cannot ask for memory without cover. */
    return *count <= left / 4 ? QI_FINE : QI_FLAW_BYTES;
}

qi_flaw qi_array_make_room(qi_array_room *room, size_t count, size_t text_size)
{
    room->size = qi_type_of(room->field->type)->size;
    room->count = count;
    if (!count)
        return QI_FINE;
    room->items = qi_arena_zero(room->arena, count, room->size);
    if (!room->items)
        return QI_FLAW_MEMORY;
    if (text_size) {
        room->texts = qi_arena_bytes(room->arena, text_size);
        if (!room->texts)
            return QI_FLAW_MEMORY;
    }
    return QI_FINE;
}

qi_flaw qi_array_take_null(qi_array_room *room, size_t index)
{
    if (!room->nulls) {
        room->nulls = qi_arena_zero(room->arena, room->count, sizeof *room->nulls);
        if (!room->nulls)
            return QI_FLAW_MEMORY;
    }
    room->nulls[index] = true;
    return QI_FINE;
}

void qi_array_finish(const qi_array_room *room, void *out)
{
    qi_any_array array = { room->items, room->nulls, room->count };
    memcpy(out, &array, sizeof array);
}

static qi_flaw take_item(qi_array_room *room, size_t index, const char *data, size_t length)
{
    if (room->texts) {
        memcpy(room->texts, data, length);
        room->texts[length] = '\0';
        data = room->texts;
        room->texts += length + 1;
    }
    return qi_value_decode(room->field->type, room->field->labels, data, length,
                           room->items + index * room->size, room->arena);
}

static qi_flaw take_element(source *s, size_t index)
{
    if (s->end - s->at < 4)
        return QI_FLAW_BYTES;
    uint32_t length = qi_get32(s->at);
    s->at += 4;
    if (length == NULL_LENGTH)
        return qi_array_take_null(&s->room, index);
    if (length > (size_t)(s->end - s->at))
        return QI_FLAW_BYTES;
    const char *data = s->at;
    s->at += length;
    return take_item(&s->room, index, data, length);
}

qi_flaw qi_array_decode(const quire_field *field, const char *data, size_t length, void *out,
                        qi_arena *arena)
{
    source s = { .at = data, .end = data + length, .room = { .field = field, .arena = arena } };
    size_t count = 0;
    qi_flaw flaw = read_header(&s, &count);
    if (flaw != QI_FINE)
        return flaw;
    /* The four bytes of each length leave more room than the NULs need. */
    size_t text_size = qi_is_text(field->type) ? (size_t)(s.end - s.at) : 0;
    flaw = qi_array_make_room(&s.room, count, text_size);
    for (size_t i = 0; i < count && flaw == QI_FINE; i++)
        flaw = take_element(&s, i);
    if (flaw == QI_FINE && s.at != s.end)
        flaw = QI_FLAW_BYTES;
    if (flaw == QI_FINE)
        qi_array_finish(&s.room, out);
    return flaw;
}
