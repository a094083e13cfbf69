/*
 * Values as text, without a server: what is read is written again as PostgreSQL would take it, and what
 * is cut off, changed or made up is an error, never a read outside of it. Each text lies in an allocation of
 * exactly its size, so that the address sanitizer and valgrind see one byte too many.
 */
#include "support/test.h"

#include "types/codec.h"
#include "types/value.h"

#include <quire/quire.h>

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const labels[] = { "want", "a,\"b\\", "NULL" };
static const quire_enum reading = { "reading_status", labels, 3 };

typedef union room {
    max_align_t align;
    char row[64];
} room;

static quire_field field_of(int type, bool array)
{
    const qi_type *known = qi_type_of(type);
    return (quire_field){ .name = "c",
                          .labels = &reading,
                          .oid = !known  ? 0
                                 : array ? known->array_oid
                                         : known->oid,
                          .type = (uint16_t)type,
                          .flags = array ? QUIRE_FIELD_ARRAY : 0 };
}

static const char *encode(const quire_field *field, const void *value, qi_arena *arena)
{
    const quire_param param = { .name = "p",
                                .labels = &reading,
                                .oid = field->oid,
                                .type = field->type,
                                .flags = field->flags };
    qi_param_value out = { 0 };
    quire_error err = { 0 };
    assert_ok(qi_encode_text(&param, value, arena, &out, &err), &err);
    assert_int_equal(out.binary, 0);
    assert_int_equal(out.oid, field->oid);
    return out.data;
}

/* Decodes a copy of `length` bytes; what it becomes when written again must be `again`, unless NULL. */
static quire_status decode(int type, bool array, const char *text, size_t length, const char *again)
{
    char *copy = malloc(length + 1);
    assert_non_null(copy);
    memcpy(copy, text, length);
    copy[length] = '\0';
    const quire_field field = field_of(type, array);
    qi_arena arena = { 0 };
    quire_error err = { 0 };
    room out;
    quire_status status = qi_decode_text(&field, (qi_cell){ copy, length }, out.row, &arena, &err);
    if (status != QUIRE_OK)
        assert_string_equal(err.column, "c");
    else if (again)
        assert_string_equal(encode(&field, out.row, &arena), again);
    qi_arena_free(&arena);
    free(copy);
    return status;
}

static const struct {
    int type;
    bool array;
    const char *text;
    const char *again; /* NULL: the same */
} good[] = {
    { QUIRE_TYPE_BOOL, false, "t", NULL },
    { QUIRE_TYPE_BOOL, false, "f", NULL },
    { QUIRE_TYPE_INT2, false, "-32768", NULL },
    { QUIRE_TYPE_INT2, false, "32767", NULL },
    { QUIRE_TYPE_INT4, false, "-2147483648", NULL },
    { QUIRE_TYPE_INT8, false, "-9223372036854775808", NULL },
    { QUIRE_TYPE_INT8, false, "9223372036854775807", NULL },
    { QUIRE_TYPE_OID, false, "4294967295", NULL },
    { QUIRE_TYPE_FLOAT4, false, "NaN", NULL },
    { QUIRE_TYPE_FLOAT4, false, "-Infinity", NULL },
    { QUIRE_TYPE_FLOAT4, false, "-0", NULL },
    { QUIRE_TYPE_FLOAT4, false, "1e-45", "1.40129846e-45" },
    { QUIRE_TYPE_FLOAT4, false, "3.4028235e+38", "3.40282347e+38" },
    { QUIRE_TYPE_FLOAT4, false, "0.1", "0.100000001" },
    { QUIRE_TYPE_FLOAT8, false, "Infinity", NULL },
    { QUIRE_TYPE_FLOAT8, false, "5e-324", "4.9406564584124654e-324" },
    { QUIRE_TYPE_FLOAT8, false, "1.7976931348623157e+308", NULL },
    { QUIRE_TYPE_FLOAT8, false, "0.1", "0.10000000000000001" },
    { QUIRE_TYPE_FLOAT8, false, "-12345.5", NULL },
    { QUIRE_TYPE_DECIMAL, false, "-1.50", NULL },
    { QUIRE_TYPE_DECIMAL, false, "NaN", NULL },
    { QUIRE_TYPE_TEXT, false, "", NULL },
    { QUIRE_TYPE_TEXT, false, "Earthsea \"\\", NULL },
    { QUIRE_TYPE_JSON, false, "{\"a\": 1}", NULL },
    { QUIRE_TYPE_JSONB, false, "{\"a\": 1}", NULL },
    { QUIRE_TYPE_BYTES, false, "\\x", NULL },
    { QUIRE_TYPE_BYTES, false, "\\x00fF5c", "\\x00ff5c" },
    { QUIRE_TYPE_BYTES, false, "", "\\x" },
    { QUIRE_TYPE_BYTES, false, "a\\\\x\\000\\377'", "\\x615c7800ff27" },
    { QUIRE_TYPE_BYTES, false, "\\\\x41", "\\x5c783431" },
    { QUIRE_TYPE_UUID, false, "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", NULL },
    { QUIRE_TYPE_DATE, false, "0044-03-15 BC", NULL },
    { QUIRE_TYPE_DATE, false, "infinity", NULL },
    { QUIRE_TYPE_TIME, false, "24:00:00", NULL },
    { QUIRE_TYPE_TIMESTAMP, false, "1974-05-01 13:45:00.25", NULL },
    { QUIRE_TYPE_TIMESTAMP, false, "-infinity", NULL },
    { QUIRE_TYPE_TIMESTAMPTZ, false, "1974-05-01 13:45:00+02", "1974-05-01 11:45:00+00" },
    { QUIRE_TYPE_TIMESTAMPTZ, false, "1890-01-01 00:00:00+00:19:32", "1889-12-31 23:40:28+00" },
    { QUIRE_TYPE_TIMESTAMPTZ, false, "0044-03-15 12:00:00-05:30 BC", "0044-03-15 17:30:00+00 BC" },
    { QUIRE_TYPE_ENUM, false, "a,\"b\\", NULL },
    { QUIRE_TYPE_BOOL, true, "{t,f,NULL}", NULL },
    { QUIRE_TYPE_INT4, true, "{}", NULL },
    { QUIRE_TYPE_INT4, true, "{1,NULL,-3}", NULL },
    { QUIRE_TYPE_INT4, true, "[0:2]={1,2,3}", "{1,2,3}" },
    { QUIRE_TYPE_INT4, true, "[-2147483648:-2147483647]={1,2}", "{1,2}" },
    { QUIRE_TYPE_FLOAT8, true, "{NaN,0.5,-Infinity}", NULL },
    { QUIRE_TYPE_DECIMAL, true, "{1.50,NaN,NULL}", NULL },
    { QUIRE_TYPE_TEXT, true, "{a,\"\",NULL,\"NULL\",\"q\\\"\\\\,{}\"}",
      "{\"a\",\"\",NULL,\"NULL\",\"q\\\"\\\\,{}\"}" },
    { QUIRE_TYPE_TEXT, true, "{\"\\a\"}", "{\"a\"}" },
    { QUIRE_TYPE_JSONB, true, "{\"{\\\"a\\\": 1}\"}", NULL },
    { QUIRE_TYPE_BYTES, true, "{\"\\\\x00ff\",\"\\\\x\"}", NULL },
    { QUIRE_TYPE_UUID, true, "{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}",
      "{\"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\"}" },
    { QUIRE_TYPE_TIMESTAMPTZ, true, "{\"1974-05-01 13:45:00+00\",infinity}",
      "{\"1974-05-01 13:45:00+00\",\"infinity\"}" },
    { QUIRE_TYPE_ENUM, true, "{want,\"a,\\\"b\\\\\",\"NULL\",NULL}",
      "{\"want\",\"a,\\\"b\\\\\",\"NULL\",NULL}" },
};
#define GOOD (sizeof good / sizeof *good)

static void test_good(void **state)
{
    (void)state;
    for (size_t i = 0; i < GOOD; i++) {
        const char *text = good[i].text;
        const char *again = good[i].again ? good[i].again : text;
        if (decode(good[i].type, good[i].array, text, strlen(text), again) != QUIRE_OK)
            fail_msg("%s was refused", text);
    }
}

/* The four styles write one interval in four ways. */
static void test_interval_styles(void **state)
{
    (void)state;
    static const struct {
        const char *iso;
        const char *others[4];
    } cases[] = {
        { "PT0S", { "00:00:00", "0", "@ 0" } },
        { "P1Y2M", { "1 year 2 mons", "1-2", "@ 1 year 2 mons" } },
        { "P-1Y-2M", { "-1 years -2 mons", "-1-2", "@ 1 year 2 mons ago" } },
        { "P3DT4H5M6.789S",
          { "3 days 04:05:06.789", "3 4:05:06.789", "@ 3 days 4 hours 5 mins 6.789 secs" } },
        { "P-3DT-4H-5M-6S",
          { "-3 days -04:05:06", "-3 4:05:06", "@ 3 days 4 hours 5 mins 6 secs ago" } },
        { "P1Y2M-3DT4H5M6S",
          { "1 year 2 mons -3 days +04:05:06", "+1-2 -3 +4:05:06",
            "@ 1 year 2 mons -3 days 4 hours 5 mins 6 secs" } },
        { "P-1M3DT-0.5S",
          { "-1 mons +3 days -00:00:00.5", "-0-1 +3 -0:00:00.5", "@ 1 mon -3 days 0.5 secs ago" } },
        { "P-1D", { "-1 days", "-1 0:00:00", "@ 1 day ago" } },
        { "PT-0.000001S", { "-00:00:00.000001", "-0:00:00.000001", "@ 0.000001 secs ago" } },
        { "PT1S", { "00:00:01", "0:00:01", "@ 1 sec" } },
        { "P178956970Y7M", { "178956970 years 7 mons", "178956970-7" } },
        { "P-178956970Y-8M", { "-178956970 years -8 mons", "-178956970-8" } },
        { "PT-2562047788H-54.775808S",
          { "-2562047788:00:54.775808", "@ 2562047788 hours 54.775808 secs ago" } },
        { "PT2562047788H54.775807S", { "2562047788:00:54.775807" } },
        { "infinity", { "infinity" } },
        { "-infinity", { "-infinity" } },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *iso = cases[i].iso;
        if (decode(QUIRE_TYPE_INTERVAL, false, iso, strlen(iso), iso) != QUIRE_OK)
            fail_msg("%s was refused", iso);
        for (size_t j = 0; j < 4 && cases[i].others[j]; j++) {
            const char *other = cases[i].others[j];
            if (decode(QUIRE_TYPE_INTERVAL, false, other, strlen(other), iso) != QUIRE_OK)
                fail_msg("%s was refused", other);
        }
    }
}

/* ---- what is not a value --------------------------------------------------------------------- */

static const struct {
    int type;
    bool array;
    const char *text;
} broken[] = {
    { QUIRE_TYPE_BOOL, false, "" },
    { QUIRE_TYPE_BOOL, false, "true" },
    { QUIRE_TYPE_BOOL, false, "1" },
    { QUIRE_TYPE_INT2, false, "32768" },
    { QUIRE_TYPE_INT2, false, "-32769" },
    { QUIRE_TYPE_INT4, false, "2147483648" },
    { QUIRE_TYPE_INT4, false, "" },
    { QUIRE_TYPE_INT4, false, "-" },
    { QUIRE_TYPE_INT4, false, "+1" },
    { QUIRE_TYPE_INT4, false, " 1" },
    { QUIRE_TYPE_INT4, false, "1 " },
    { QUIRE_TYPE_INT4, false, "0x1" },
    { QUIRE_TYPE_INT8, false, "9223372036854775808" },
    { QUIRE_TYPE_INT8, false, "-9223372036854775809" },
    { QUIRE_TYPE_INT8, false, "99999999999999999999" },
    { QUIRE_TYPE_OID, false, "-1" },
    { QUIRE_TYPE_OID, false, "4294967296" },
    { QUIRE_TYPE_FLOAT4, false, "1e39" },
    { QUIRE_TYPE_FLOAT8, false, "1e309" },
    { QUIRE_TYPE_FLOAT8, false, "" },
    { QUIRE_TYPE_FLOAT8, false, "0,5" },
    { QUIRE_TYPE_FLOAT8, false, "0x1p3" },
    { QUIRE_TYPE_FLOAT8, false, "1e" },
    { QUIRE_TYPE_FLOAT8, false, "nan(1)" },
    { QUIRE_TYPE_DECIMAL, false, "1.2.3" },
    { QUIRE_TYPE_DECIMAL, false, "" },
    { QUIRE_TYPE_BYTES, false, "\\x0" },
    { QUIRE_TYPE_BYTES, false, "\\xzz" },
    { QUIRE_TYPE_BYTES, false, "\\" },
    { QUIRE_TYPE_BYTES, false, "\\9" },
    { QUIRE_TYPE_BYTES, false, "\\400" },
    { QUIRE_TYPE_BYTES, false, "\\12" },
    { QUIRE_TYPE_UUID, false, "a0eebc99" },
    { QUIRE_TYPE_DATE, false, "01.05.1974" },
    { QUIRE_TYPE_DATE, false, "1974-02-30" },
    { QUIRE_TYPE_TIME, false, "24:00:01" },
    { QUIRE_TYPE_TIMESTAMP, false, "1974-05-01 13:45:00+00" },
    { QUIRE_TYPE_TIMESTAMPTZ, false, "1974-05-01 13:45:00 CET" },
    { QUIRE_TYPE_TIMESTAMPTZ, false, "294277-01-01 00:00:00+00" },
    { QUIRE_TYPE_INTERVAL, false, "" },
    { QUIRE_TYPE_INTERVAL, false, "P" },
    { QUIRE_TYPE_INTERVAL, false, "PT" },
    { QUIRE_TYPE_INTERVAL, false, "P1" },
    { QUIRE_TYPE_INTERVAL, false, "P1H" },
    { QUIRE_TYPE_INTERVAL, false, "PT1Y" },
    { QUIRE_TYPE_INTERVAL, false, "P1YT" },
    { QUIRE_TYPE_INTERVAL, false, "P1.5Y" },
    { QUIRE_TYPE_INTERVAL, false, "PT1.S" },
    { QUIRE_TYPE_INTERVAL, false, "PT0.1234567S" },
    { QUIRE_TYPE_INTERVAL, false, "1" },
    { QUIRE_TYPE_INTERVAL, false, "1 2" },
    { QUIRE_TYPE_INTERVAL, false, "1 2 3:00:00" },
    { QUIRE_TYPE_INTERVAL, false, "1 year ago" },
    { QUIRE_TYPE_INTERVAL, false, "1 yearly" },
    { QUIRE_TYPE_INTERVAL, false, "1 week" },
    { QUIRE_TYPE_INTERVAL, false, "1-12" },
    { QUIRE_TYPE_INTERVAL, false, "1:60:00" },
    { QUIRE_TYPE_INTERVAL, false, "1:00" },
    { QUIRE_TYPE_INTERVAL, false, "2562047788:00:54.775808" },
    { QUIRE_TYPE_INTERVAL, false, "99999999999999999999 days" },
    { QUIRE_TYPE_INTERVAL, false, "2147483648 days" },
    { QUIRE_TYPE_INTERVAL, false, "178956970 years 8 mons" },
    { QUIRE_TYPE_INTERVAL, false, "@" },
    { QUIRE_TYPE_INTERVAL, false, "@ ago" },
    { QUIRE_TYPE_INT4, true, "" },
    { QUIRE_TYPE_INT4, true, "1,2" },
    { QUIRE_TYPE_INT4, true, "{" },
    { QUIRE_TYPE_INT4, true, "{1" },
    { QUIRE_TYPE_INT4, true, "{1,}" },
    { QUIRE_TYPE_INT4, true, "{,1}" },
    { QUIRE_TYPE_INT4, true, "{1}}" },
    { QUIRE_TYPE_INT4, true, "{1} " },
    { QUIRE_TYPE_INT4, true, "{}}" },
    { QUIRE_TYPE_INT4, true, "{null}" },
    { QUIRE_TYPE_INT4, true, "{1,x}" },
    { QUIRE_TYPE_INT4, true, "{1;2}" },
    { QUIRE_TYPE_INT4, true, "[0:2]={1,2}" },
    { QUIRE_TYPE_INT4, true, "[0:2]{1,2,3}" },
    { QUIRE_TYPE_INT4, true, "[2:0]={}" },
    { QUIRE_TYPE_INT4, true, "[0:" },
    { QUIRE_TYPE_INT4, true, "[" },
    { QUIRE_TYPE_INT4, true, "[99999999999:1]={1}" },
    { QUIRE_TYPE_TEXT, true, "{\"a}" },
    { QUIRE_TYPE_TEXT, true, "{\"a\\" },
    { QUIRE_TYPE_TEXT, true, "{\"a\"b}" },
    { QUIRE_TYPE_TEXT, true, "{a\"b\"}" },
    { QUIRE_TYPE_TEXT, true, "{a\\,b}" },
    { QUIRE_TYPE_TEXT, true, "{a{b}" },
};

static void test_broken(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        const char *text = broken[i].text;
        quire_status status = decode(broken[i].type, broken[i].array, text, strlen(text), NULL);
        if (status != QUIRE_DATA)
            fail_msg("%s: %s", text, quire_status_name(status));
    }
}

static void test_more_dimensions(void **state)
{
    (void)state;
    static const char *const texts[] = { "{{1,2},{3,4}}", "[0:1][1:1]={{1},{2}}", "{{}}" };
    const quire_field field = field_of(QUIRE_TYPE_INT4, true);
    for (size_t i = 0; i < 3; i++) {
        qi_arena arena = { 0 };
        quire_error err = { 0 };
        room out;
        const qi_cell cell = { texts[i], strlen(texts[i]) };
        assert_status(QUIRE_DATA, qi_decode_text(&field, cell, out.row, &arena, &err), &err);
        assert_string_equal(err.column, "c");
        assert_contains(err.message, "more than one dimension");
        qi_arena_free(&arena);
    }
}

/* A part of a text is a value too, or an error; nothing else happens. */
static void test_every_truncation(void **state)
{
    (void)state;
    size_t refused = 0;
    for (size_t i = 0; i < GOOD; i++) {
        for (size_t cut = 0; cut < strlen(good[i].text); cut++) {
            quire_status status = decode(good[i].type, good[i].array, good[i].text, cut, NULL);
            refused += status != QUIRE_OK;
            if (good[i].array)
                assert_int_not_equal(status, QUIRE_OK);
            assert_true(status == QUIRE_OK || status == QUIRE_DATA || status == QUIRE_SCHEMA);
        }
    }
    assert_in_range(refused, 200, 2000);
}

static void test_every_byte_changed(void **state)
{
    (void)state;
    static const char bytes[] = "\1 09-+.,:;{}[]\"\\NPTx\x80\xFF"; /* and the NUL behind them */
    size_t refused = 0;
    for (size_t i = 0; i < GOOD; i++) {
        size_t length = strlen(good[i].text);
        for (size_t at = 0; at < length; at++) {
            for (size_t j = 0; j < sizeof bytes; j++) {
                char changed[64];
                memcpy(changed, good[i].text, length);
                changed[at] = bytes[j];
                quire_status status = decode(good[i].type, good[i].array, changed, length, NULL);
                refused += status != QUIRE_OK;
                if (!bytes[j])
                    assert_int_equal(status, QUIRE_DATA);
            }
        }
    }
    assert_in_range(refused, 5000, 100000);
}

static void test_messages(void **state)
{
    (void)state;
    qi_arena arena = { 0 };
    quire_error err = { 0 };
    room out;
    quire_field field = field_of(QUIRE_TYPE_DATE, false);
    field.labels = NULL;
    assert_status(QUIRE_DATA,
                  qi_decode_text(&field, (qi_cell){ "01.05.1974", 10 }, out.row, &arena, &err),
                  &err);
    assert_contains(err.message, "column \"c\": what came from the server is no date");
    assert_contains(err.hint, "DateStyle");
    field = field_of(QUIRE_TYPE_ENUM, true);
    assert_status(QUIRE_SCHEMA,
                  qi_decode_text(&field, (qi_cell){ "{lost}", 6 }, out.row, &arena, &err), &err);
    assert_contains(err.message, "has a label that reading_status did not have");
    field = field_of(QUIRE_TYPE_INT4, false);
    assert_status(QUIRE_SCHEMA, qi_decode_text(&field, (qi_cell){ NULL, 0 }, out.row, &arena, &err),
                  &err);
    field = field_of(77, false);
    assert_status(QUIRE_INTERNAL,
                  qi_decode_text(&field, (qi_cell){ "1", 1 }, out.row, &arena, &err), &err);
    qi_arena_free(&arena);
}

/* A field that may be NULL has its `has` before the value; text stays where it is. */
static void test_places(void **state)
{
    (void)state;
    struct row {
        quire_nullable_float8 number;
        quire_nullable_float8 none;
        const char *title;
        quire_decimal price;
        quire_nullable_int4_array pages;
    } row = { .none = { true, 1.0 } };
    const quire_field fields[] = {
        { "number", NULL, 701, offsetof(struct row, number), QUIRE_TYPE_FLOAT8,
          QUIRE_FIELD_NULLABLE },
        { "none", NULL, 701, offsetof(struct row, none), QUIRE_TYPE_FLOAT8, QUIRE_FIELD_NULLABLE },
        { "title", NULL, 25, offsetof(struct row, title), QUIRE_TYPE_TEXT, 0 },
        { "price", NULL, 1700, offsetof(struct row, price), QUIRE_TYPE_DECIMAL, 0 },
        { "pages", NULL, 1007, offsetof(struct row, pages), QUIRE_TYPE_INT4,
          QUIRE_FIELD_NULLABLE | QUIRE_FIELD_ARRAY },
    };
    const qi_cell cells[] = {
        { "0.5", 3 }, { NULL, 0 }, { "Tehanu", 6 }, { "9.90", 4 }, { "{7,NULL}", 8 }
    };
    qi_arena arena = { 0 };
    quire_error err = { 0 };
    for (size_t i = 0; i < 5; i++)
        assert_ok(qi_decode_text(&fields[i], cells[i], (char *)&row, &arena, &err), &err);
    assert_true(row.number.has && row.number.value == 0.5);
    assert_false(row.none.has);
    assert_ptr_equal(row.title, cells[2].data);
    assert_ptr_equal(row.price.text, cells[3].data);
    assert_true(row.pages.has);
    assert_int_equal(row.pages.value.count, 2);
    assert_int_equal(row.pages.value.items[0], 7);
    assert_true(row.pages.value.nulls[1]);
    qi_arena_free(&arena);
}

static void test_what_cannot_be_sent(void **state)
{
    (void)state;
    static const quire_date no_date = { INT32_MAX - 1 };
    static const char *const no_text = NULL;
    static const char *const latin = "\xE4";
    static const quire_decimal no_number = { "nine" };
    static const int no_label = 4;
    static const quire_bytes no_bytes = { NULL, 3 };
    static const quire_bytes huge = { "", 0x3FFFFFFF };
    static const struct {
        int type;
        const void *value;
        quire_status status;
    } cases[] = {
        { QUIRE_TYPE_DATE, &no_date, QUIRE_DATA },
        { QUIRE_TYPE_TEXT, &no_text, QUIRE_INVALID },
        { QUIRE_TYPE_TEXT, &latin, QUIRE_DATA },
        { QUIRE_TYPE_DECIMAL, &no_number, QUIRE_DATA },
        { QUIRE_TYPE_ENUM, &no_label, QUIRE_INVALID },
        { QUIRE_TYPE_BYTES, &no_bytes, QUIRE_INVALID },
        { QUIRE_TYPE_BYTES, &huge, QUIRE_DATA },
        { 77, &no_label, QUIRE_INTERNAL },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const quire_param param = { .name = "p",
                                    .labels = &reading,
                                    .type = (uint16_t)cases[i].type };
        qi_arena arena = { 0 };
        qi_param_value out;
        quire_error err = { 0 };
        assert_status(cases[i].status, qi_encode_text(&param, cases[i].value, &arena, &out, &err),
                      &err);
        assert_string_equal(err.column, "p");
        qi_arena_free(&arena);
    }
}

/* ---- locale ---------------------------------------------------------------------------------- */

/* A locale of its own, since not every system has one with a comma. */
static const char comma[] = "LC_NUMERIC\n"
                            "decimal_point \",\"\n"
                            "thousands_sep \".\"\n"
                            "grouping 3;3\n"
                            "END LC_NUMERIC\n";

static void make_locale(const char *directory)
{
    char command[512];
    snprintf(command, sizeof command,
             "cd %s && printf '%%s' '%s' >comma && localedef -c --no-archive -i comma ./xx_XX"
             " >log 2>&1; test -f xx_XX/LC_NUMERIC",
             directory, comma);
    assert_int_equal(system(command), 0);
    assert_int_equal(setenv("LOCPATH", directory, 1), 0);
    assert_non_null(setlocale(LC_NUMERIC, "xx_XX"));
}

/* With a comma as its decimal point, the C library's own functions write and read "0,5". */
static void test_locale(void **state)
{
    (void)state;
    char directory[] = "/tmp/quire-locale-XXXXXX";
    char command[64];
    assert_non_null(mkdtemp(directory));
    make_locale(directory);
    char text[16];
    snprintf(text, sizeof text, "%.1f", 0.5);
    assert_string_equal(text, "0,5");

    test_good(NULL);
    test_interval_styles(NULL);
    test_broken(NULL);
    assert_true(quire_decimal_to_double(quire_decimal_of("0.5")) == 0.5);

    assert_non_null(setlocale(LC_NUMERIC, "C"));
    assert_int_equal(unsetenv("LOCPATH"), 0);
    snprintf(command, sizeof command, "rm -rf %s", directory);
    assert_int_equal(system(command), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),
        cmocka_unit_test(test_interval_styles),
        cmocka_unit_test(test_broken),
        cmocka_unit_test(test_more_dimensions),
        cmocka_unit_test(test_every_truncation),
        cmocka_unit_test(test_every_byte_changed),
        cmocka_unit_test(test_messages),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_what_cannot_be_sent),
        cmocka_unit_test(test_locale),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
