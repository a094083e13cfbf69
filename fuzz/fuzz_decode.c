/*
 * The decoder of values. The first byte is the type, the second the flags, the rest what the server sent. A
 * value that was taken is one that the encoder can send again, and of fixed-size types the same bytes.
 */
#include "fuzz.h"

#include "types/codec.h"
#include "types/value.h"

#include <string.h>

static const char *const labels[] = { "want", "reading", "read" };
static const quire_enum reading = { "reading_status", labels, 3 };

typedef union room {
    max_align_t align;
    char row[64];
} room;

static void send_again(const quire_field *field, const void *value, qi_cell cell, qi_arena *arena)
{
    const quire_param param = { .name = "p",
                                .labels = &reading,
                                .oid = field->oid,
                                .type = field->type,
                                .flags = field->flags & QUIRE_FIELD_ARRAY };
    qi_param_value out;
    char small[16];
    quire_error err = { 0 };
    quire_status status = qi_encode(&param, value, small, arena, &out, &err);
    /* The wire may carry what may not be sent: dates out of range, text that is not UTF-8. */
    FUZZ_CHECK(status == QUIRE_OK || status == QUIRE_DATA);
    if (status != QUIRE_OK || (param.flags & QUIRE_FIELD_ARRAY) || !out.binary)
        return;
    FUZZ_CHECK((size_t)out.length == cell.length);
    FUZZ_CHECK(memcmp(out.data, cell.data, cell.length) == 0);
}

static void show(const quire_field *field, const void *value)
{
    char text[QUIRE_INTERVAL_SIZE];
    if (field->flags & QUIRE_FIELD_ARRAY)
        return;
    if (field->type == QUIRE_TYPE_DATE)
        quire_date_format(*(const quire_date *)value, text);
    if (field->type == QUIRE_TYPE_TIMESTAMP)
        quire_timestamp_format(*(const quire_timestamp *)value, text);
    if (field->type == QUIRE_TYPE_INTERVAL)
        quire_interval_format(*(const quire_interval *)value, text);
    if (field->type == QUIRE_TYPE_DECIMAL) {
        int64_t units;
        quire_decimal d = *(const quire_decimal *)value;
        FUZZ_CHECK(qi_decimal_is_valid(d.text));
        (void)quire_decimal_to_int8(d, 2, &units);
        (void)quire_decimal_to_double(d);
    }
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
    qi_cell cell = { copy, length };
    qi_arena arena = { 0 };
    quire_error err = { 0 };
    room out;
    quire_status status = qi_decode(&field, cell, out.row, &arena, &err);
    FUZZ_CHECK(type || status == QUIRE_INTERNAL);
    FUZZ_CHECK(status == err.status);
    if (status == QUIRE_OK) {
        show(&field, out.row);
        send_again(&field, out.row, cell, &arena);
    }
    qi_arena_free(&arena);
    free(copy);
    return 0;
}
