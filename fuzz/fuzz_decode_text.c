/*
 * The decoder of values as text. The first byte is the type, the second the flags, the rest what the server
 * sent. A value that was taken can be written again, and what is written is read as the same value.
 */
#include "fuzz.h"

#include "types/codec.h"
#include "types/value.h"

#include <string.h>

static const char *const labels[] = { "want", "reading", "a,\"b\\" };
static const quire_enum reading = { "reading_status", labels, 3 };

typedef union room {
    max_align_t align;
    char row[64];
} room;

/* The value as the encoder writes it; NULL where it may be read, but not sent: text that is not UTF-8. */
static const char *write_again(const quire_field *field, const void *value, qi_arena *arena)
{
    const quire_param param = { .name = "p",
                                .labels = &reading,
                                .oid = field->oid,
                                .type = field->type,
                                .flags = field->flags };
    qi_param_value out;
    quire_error err = { 0 };
    quire_status status = qi_encode_text(&param, value, arena, &out, &err);
    FUZZ_CHECK(status == QUIRE_OK || (status == QUIRE_DATA && qi_is_text(field->type)));
    FUZZ_CHECK(status != QUIRE_OK || !out.binary);
    return status == QUIRE_OK ? out.data : NULL;
}

static void check_value(const quire_field *field, const void *value, qi_arena *arena)
{
    const char *first = write_again(field, value, arena);
    if (!first)
        return;
    room out;
    quire_error err = { 0 };
    const qi_cell cell = { first, strlen(first) };
    FUZZ_CHECK(qi_decode_text(field, cell, out.row, arena, &err) == QUIRE_OK);
    const char *second = write_again(field, out.row, arena);
    FUZZ_CHECK(second && strcmp(first, second) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    quire_field field = {
        .name = "c", .labels = &reading, .type = data[0] % 24, .flags = data[1] & QUIRE_FIELD_ARRAY
    };
    const qi_type *type = qi_type_of(field.type);
    if (type)
        field.oid = field.flags & QUIRE_FIELD_ARRAY ? type->array_oid : type->oid;
    /* A copy that ends where the value ends, but for the NUL that every cell has. */
    size_t length = size - 2;
    char *copy = malloc(length + 1);
    if (!copy)
        return 0;
    memcpy(copy, data + 2, length);
    copy[length] = '\0';
    qi_arena arena = { 0 };
    quire_error err = { 0 };
    room out;
    quire_status status = qi_decode_text(&field, (qi_cell){ copy, length }, out.row, &arena, &err);
    FUZZ_CHECK(type || status == QUIRE_INTERNAL);
    FUZZ_CHECK(status == err.status);
    if (status == QUIRE_OK)
        check_value(&field, out.row, &arena);
    qi_arena_free(&arena);
    free(copy);
    return 0;
}
