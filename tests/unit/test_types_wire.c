/*
 * What comes from the wire is not believed: bytes that are cut off, too long or changed are an error or
 * another value, never a read outside of them. Each input lies in an allocation of exactly its size, so
 * that the address sanitizer and valgrind see one byte too many.
 */
#include "support/test.h"

#include "types/codec.h"
#include "types/value.h"

#include <stdlib.h>
#include <string.h>

static const char *const labels[] = { "want", "reading" };
static const quire_enum reading = { "reading_status", labels, 2 };

/* A valid value of every type. */
static const struct vector {
    int type;
    bool array;
    const char *bytes;
    size_t length;
} vectors[] = {
#define VECTOR(type, array, bytes)                                                                 \
    {                                                                                              \
        type, array, bytes, sizeof(bytes) - 1                                                      \
    }
    VECTOR(QUIRE_TYPE_BOOL, false, "\1"),
    VECTOR(QUIRE_TYPE_INT2, false, "\0\1"),
    VECTOR(QUIRE_TYPE_INT4, false, "\0\0\0\1"),
    VECTOR(QUIRE_TYPE_INT8, false, "\0\0\0\0\0\0\0\1"),
    VECTOR(QUIRE_TYPE_OID, false, "\0\0\0\1"),
    VECTOR(QUIRE_TYPE_FLOAT4, false, "\x3F\x80\0\0"),
    VECTOR(QUIRE_TYPE_FLOAT8, false, "\x3F\xF0\0\0\0\0\0\0"),
    VECTOR(QUIRE_TYPE_DECIMAL, false, "\0\2\0\0\0\0\0\2\0\x09\x26\xAC"),
    VECTOR(QUIRE_TYPE_DECIMAL, false, "\0\0\0\0\xC0\0\0\0"),
    VECTOR(QUIRE_TYPE_TEXT, false, "Earthsea"),
    VECTOR(QUIRE_TYPE_JSON, false, "{\"a\": 1}"),
    VECTOR(QUIRE_TYPE_JSONB, false, "\1{\"a\": 1}"),
    VECTOR(QUIRE_TYPE_BYTES, false, "\0\1\2"),
    VECTOR(QUIRE_TYPE_UUID, false, "0123456789abcdef"),
    VECTOR(QUIRE_TYPE_DATE, false, "\0\0\0\1"),
    VECTOR(QUIRE_TYPE_TIME, false, "\0\0\0\0\0\0\0\1"),
    VECTOR(QUIRE_TYPE_TIMESTAMP, false, "\0\0\0\0\0\0\0\1"),
    VECTOR(QUIRE_TYPE_TIMESTAMPTZ, false, "\0\0\0\0\0\0\0\1"),
    VECTOR(QUIRE_TYPE_INTERVAL, false, "\0\0\0\0\0\0\0\1\0\0\0\2\0\0\0\3"),
    VECTOR(QUIRE_TYPE_ENUM, false, "reading"),
    VECTOR(QUIRE_TYPE_INT4, true, "\0\0\0\0\0\0\0\0\0\0\0\x17"),
    VECTOR(QUIRE_TYPE_INT4, true,
           "\0\0\0\1\0\0\0\1\0\0\0\x17\0\0\0\2\0\0\0\1\0\0\0\4\0\0\0\7\xFF\xFF\xFF\xFF"),
    VECTOR(QUIRE_TYPE_TEXT, true, "\0\0\0\1\0\0\0\0\0\0\0\x19\0\0\0\2\0\0\0\1\0\0\0\3abc\0\0\0\0"),
    VECTOR(QUIRE_TYPE_JSONB, true, "\0\0\0\1\0\0\0\0\0\0\x0E\xDA\0\0\0\1\0\0\0\1\0\0\0\3\1{}"),
    VECTOR(QUIRE_TYPE_BYTES, true, "\0\0\0\1\0\0\0\0\0\0\0\x11\0\0\0\1\0\0\0\1\0\0\0\2\0\1"),
    VECTOR(QUIRE_TYPE_DECIMAL, true,
           "\0\0\0\1\0\0\0\0\0\0\x06\xA4\0\0\0\1\0\0\0\1\0\0\0\x0A\0\1\0\0\0\0\0\0\0\7"),
    VECTOR(QUIRE_TYPE_ENUM, true, "\0\0\0\1\0\0\0\0\0\0\x40\0\0\0\0\1\0\0\0\1\0\0\0\4want"),
    VECTOR(QUIRE_TYPE_INTERVAL, true,
           "\0\0\0\1\0\0\0\0\0\0\x04\xA2\0\0\0\1\0\0\0\1\0\0\0\x10"
           "\0\0\0\0\0\0\0\1\0\0\0\2\0\0\0\3"),
};
#define VECTORS (sizeof vectors / sizeof *vectors)

/* Text in place needs the NUL that every cell has; the others get not one byte more than theirs. */
static bool has_nul(const struct vector *v)
{
    return !v->array && qi_is_text((unsigned)v->type);
}

static quire_status decode(const struct vector *v, const char *bytes, size_t length)
{
    size_t room = length + has_nul(v);
    char *copy = malloc(room ? room : 1);
    assert_non_null(copy);
    memcpy(copy, bytes, length);
    if (has_nul(v))
        copy[length] = '\0';
    const quire_field field = { .name = "c",
                                .labels = &reading,
                                .type = (uint16_t)v->type,
                                .flags = v->array ? QUIRE_FIELD_ARRAY : 0 };
    union {
        max_align_t align;
        char row[64];
    } out;
    qi_arena arena = { 0 };
    quire_error err = { 0 };
    quire_status status = qi_decode(&field, (qi_cell){ copy, length }, out.row, &arena, &err);
    if (status != QUIRE_OK)
        assert_string_equal(err.column, "c");
    qi_arena_free(&arena);
    free(copy);
    return status;
}

/* Texts and bytea have no shape of their own, so that a part of one is one; jsonb needs one byte. */
static bool may_be_cut(const struct vector *v, size_t length)
{
    if (v->array)
        return false;
    return v->type == QUIRE_TYPE_TEXT || v->type == QUIRE_TYPE_JSON ||
           v->type == QUIRE_TYPE_BYTES || (v->type == QUIRE_TYPE_JSONB && length >= 2);
}

static void test_every_truncation(void **state)
{
    (void)state;
    for (size_t i = 0; i < VECTORS; i++) {
        const struct vector *v = &vectors[i];
        assert_int_equal(decode(v, v->bytes, v->length), QUIRE_OK);
        for (size_t cut = 0; cut < v->length; cut++) {
            quire_status wanted = may_be_cut(v, cut)                        ? QUIRE_OK
                                  : v->type == QUIRE_TYPE_ENUM && !v->array ? QUIRE_SCHEMA
                                                                            : QUIRE_DATA;
            quire_status status = decode(v, v->bytes, cut);
            if (status != wanted)
                fail_msg("%s cut to %zu bytes: %s", qi_type_of(v->type)->name, cut,
                         quire_status_name(status));
        }
    }
}

static void test_one_byte_more(void **state)
{
    (void)state;
    for (size_t i = 0; i < VECTORS; i++) {
        const struct vector *v = &vectors[i];
        char longer[64];
        memcpy(longer, v->bytes, v->length);
        longer[v->length] = 'x';
        if (may_be_cut(v, v->length))
            continue;
        assert_int_not_equal(decode(v, longer, v->length + 1), QUIRE_OK);
    }
}

/* Every byte set to values that mislead: whatever comes of it stays inside. */
static void test_every_byte_changed(void **state)
{
    (void)state;
    static const unsigned char values[] = { 0, 1, 2, 3, 4, 5, 0x0F, 0x40, 0x7F, 0x80, 0xFE, 0xFF };
    size_t refused = 0;
    for (size_t i = 0; i < VECTORS; i++) {
        const struct vector *v = &vectors[i];
        for (size_t at = 0; at < v->length; at++) {
            for (size_t j = 0; j < sizeof values; j++) {
                char changed[64];
                memcpy(changed, v->bytes, v->length);
                changed[at] = (char)values[j];
                refused += decode(v, changed, v->length) != QUIRE_OK;
            }
        }
    }
    assert_in_range(refused, 1000, 100000);
}

static const struct vector broken[] = {
    VECTOR(QUIRE_TYPE_BOOL, false, "\2"),
    VECTOR(QUIRE_TYPE_TIME, false, "\0\0\0\x14\x1D\xD7\x60\1"),         /* behind 24:00 */
    VECTOR(QUIRE_TYPE_TIME, false, "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"), /* before 0:00 */
    VECTOR(QUIRE_TYPE_TEXT, false, "a\0b"),
    VECTOR(QUIRE_TYPE_JSON, false, "{\0}"),
    VECTOR(QUIRE_TYPE_JSONB, false, "\2{}"), /* another version */
    VECTOR(QUIRE_TYPE_JSONB, false, "\1"),
    VECTOR(QUIRE_TYPE_DECIMAL, false, "\0\1\0\0\0\0\0\0\x27\x10"), /* the digit 10000 */
    VECTOR(QUIRE_TYPE_DECIMAL, false, "\0\0\0\0\x12\x34\0\0"),     /* no such sign */
    VECTOR(QUIRE_TYPE_DECIMAL, false, "\0\0\0\0\0\0\x40\0"),       /* too many digits to show */
    VECTOR(QUIRE_TYPE_DECIMAL, false, "\xFF\xFF\0\0\0\0\0\0"),     /* -1 digits */
    VECTOR(QUIRE_TYPE_DECIMAL, false, "\0\2\0\0\xC0\0\0\0"),       /* NaN with digits missing */
    VECTOR(QUIRE_TYPE_INT4, true, "\0\0\0\2\0\0\0\0\0\0\0\x17"),   /* two dimensions */
    VECTOR(QUIRE_TYPE_INT4, true, "\0\0\0\7\0\0\0\0\0\0\0\x17"),   /* more than PostgreSQL has */
    VECTOR(QUIRE_TYPE_INT4, true, "\xFF\xFF\xFF\xFF\0\0\0\0\0\0\0\x17"),
    VECTOR(QUIRE_TYPE_INT4, true, "\0\0\0\0\0\0\0\0\0\0\0\x14"), /* of another type */
    VECTOR(QUIRE_TYPE_ENUM, true, "\0\0\0\0\0\0\0\0\0\0\0\x17"), /* of a built-in type */
    VECTOR(QUIRE_TYPE_INT4, true, "\0\0\0\1\0\0\0\0\0\0\0\x17\x7F\xFF\xFF\xFF\0\0\0\1"),
    VECTOR(QUIRE_TYPE_INT4, true, "\0\0\0\1\0\0\0\0\0\0\0\x17\xFF\xFF\xFF\xFF\0\0\0\1"),
    VECTOR(QUIRE_TYPE_INT4, true,
           "\0\0\0\1\0\0\0\0\0\0\0\x17\0\0\0\1\0\0\0\1\xFF\xFF\xFF\xFE"), /* length -2 */
    VECTOR(QUIRE_TYPE_TEXT, true, "\0\0\0\1\0\0\0\0\0\0\0\x19\0\0\0\1\0\0\0\1\x7F\xFF\xFF\xFFx"),
    VECTOR(QUIRE_TYPE_TEXT, true, "\0\0\0\1\0\0\0\0\0\0\0\x19\0\0\0\1\0\0\0\1\0\0\0\2a\0"),
};

static void test_broken(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        if (decode(&broken[i], broken[i].bytes, broken[i].length) != QUIRE_DATA)
            fail_msg("case %zu was taken", i);
    }
}

/* What no server sends but numeric_recv would take: written as PostgreSQL would write it. */
static void test_odd_decimals(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t length;
        const char *text;
    } cases[] = {
#define DECIMAL(bytes, text) { bytes, sizeof(bytes) - 1, text }
        DECIMAL("\0\0\0\0\0\0\0\0", "0"),
        DECIMAL("\0\0\0\0\x40\0\0\2", "0.00"),    /* minus zero */
        DECIMAL("\0\1\0\0\x40\0\0\0\0\0", "0"),   /* the same with a digit */
        DECIMAL("\0\2\0\1\0\0\0\0\0\0\0\5", "5"), /* a leading zero */
        DECIMAL("\0\1\0\1\0\0\0\0\0\1", "10000"), /* zeros that are not sent */
        DECIMAL("\0\1\xFF\xFE\0\0\0\x08\0\1", "0.00000001"),
        DECIMAL("\0\1\xFF\xFF\0\0\0\2\x04\xD2", "0.12"), /* more digits than to show */
        DECIMAL("\0\1\x80\0\0\0\0\1\0\1", "0.0"),        /* far behind the point */
        DECIMAL("\0\0\0\0\xC0\0\0\0", "NaN"),
        DECIMAL("\0\0\0\0\xD0\0\0\x20", "Infinity"),
        DECIMAL("\0\0\0\0\xF0\0\0\x20", "-Infinity"),
    };
    qi_arena arena = { 0 };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        quire_decimal d = { NULL };
        assert_int_equal(qi_decimal_decode(cases[i].bytes, cases[i].length, &d, &arena), QI_FINE);
        assert_string_equal(d.text, cases[i].text);
    }
    quire_decimal most = { NULL };
    assert_int_equal(qi_decimal_decode("\0\1\x7F\xFF\0\0\x3F\xFF\x27\x0F", 10, &most, &arena),
                     QI_FINE);
    assert_int_equal(strlen(most.text), 131072 + 1 + 16383);
    qi_arena_free(&arena);
}

/* A small message must not ask for a large memory: the count is covered by bytes. */
static void test_counts_are_covered(void **state)
{
    (void)state;
    char bytes[20 + 8] =
        "\0\0\0\1\0\0\0\1\0\0\0\x17\0\0\0\3\0\0\0\1\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF";
    const struct vector v = { QUIRE_TYPE_INT4, true, bytes, sizeof bytes };
    assert_int_equal(decode(&v, bytes, sizeof bytes), QUIRE_DATA);
    bytes[15] = 2;
    assert_int_equal(decode(&v, bytes, sizeof bytes), QUIRE_OK);
}

static void test_unknown_type(void **state)
{
    (void)state;
    const struct vector v = { 77, false, "x", 1 };
    assert_int_equal(decode(&v, "x", 1), QUIRE_INTERNAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_truncation),   cmocka_unit_test(test_one_byte_more),
        cmocka_unit_test(test_every_byte_changed), cmocka_unit_test(test_broken),
        cmocka_unit_test(test_odd_decimals),       cmocka_unit_test(test_counts_are_covered),
        cmocka_unit_test(test_unknown_type),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
