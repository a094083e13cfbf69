/* The functions of quire/types.h, and the layouts that the codec reads and writes. */
#include "support/test.h"

#include "types/codec.h"

#include <quire/quire.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- decimals -------------------------------------------------------------------------------- */

static void test_decimal_from_int8(void **state)
{
    (void)state;
    static const struct {
        int64_t units;
        int scale;
        const char *text;
    } cases[] = {
        { 1999, 2, "19.99" },
        { 5, 2, "0.05" },
        { -5, 2, "-0.05" },
        { 0, 0, "0" },
        { 0, 3, "0.000" },
        { 100, 0, "100" },
        { 100, 2, "1.00" },
        { -1, 0, "-1" },
        { 1, 18, "0.000000000000000001" },
        { INT64_MAX, 18, "9.223372036854775807" },
        { INT64_MIN, 0, "-9223372036854775808" },
        { INT64_MIN, 18, "-9.223372036854775808" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char storage[QUIRE_DECIMAL_INT8_SIZE];
        quire_decimal d = { NULL };
        assert_int_equal(quire_decimal_from_int8(cases[i].units, cases[i].scale, storage, &d),
                         QUIRE_OK);
        assert_string_equal(d.text, cases[i].text);
        int64_t back = 0;
        assert_int_equal(quire_decimal_to_int8(d, cases[i].scale, &back), QUIRE_OK);
        assert_int_equal(back, cases[i].units);
    }
    char storage[QUIRE_DECIMAL_INT8_SIZE];
    quire_decimal d = { NULL };
    assert_int_equal(quire_decimal_from_int8(1, -1, storage, &d), QUIRE_DATA);
    assert_int_equal(quire_decimal_from_int8(1, 19, storage, &d), QUIRE_DATA);
    assert_null(d.text);
}

static void test_decimal_to_int8(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int scale;
        int64_t value;
    } good[] = {
        { "19.99", 2, 1999 },
        { "19.9900", 2, 1999 },
        { "+1", 0, 1 },
        { "-0.0", 0, 0 },
        { "1e3", 0, 1000 },
        { "1500e-2", 0, 15 },
        { "1.5E1", 0, 15 },
        { ".5", 1, 5 },
        { "5.", 0, 5 },
        { "0e99999999999999999999", 0, 0 },
        { "0.000", 0, 0 },
        { "000000000000000000000000000001", 0, 1 },
        { "1200", -2, 12 },
        { "9223372036854775807", 0, INT64_MAX },
        { "-9223372036854775808", 0, INT64_MIN },
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        int64_t value = 42;
        assert_int_equal(
            quire_decimal_to_int8(quire_decimal_of(good[i].text), good[i].scale, &value), QUIRE_OK);
        assert_int_equal(value, good[i].value);
    }
    static const struct {
        const char *text;
        int scale;
    } bad[] = {
        { "19.999", 2 },
        { "9223372036854775808", 0 },
        { "-9223372036854775809", 0 },
        { "1", 19 },
        { "1e99999999999999999999", 0 },
        { "1e-99999999999999999999", 0 },
        { "NaN", 0 },
        { "Infinity", 0 },
        { "", 0 },
        { "abc", 0 },
        { "1.2.3", 0 },
        { "1 ", 0 },
        { "--1", 0 },
        { "1e", 0 },
        { ".", 0 },
        { NULL, 0 },
        { "0.5", 0 },
        { "99999999999999999999999999", 0 },
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int64_t value = 42;
        assert_int_equal(
            quire_decimal_to_int8((quire_decimal){ bad[i].text }, bad[i].scale, &value),
            QUIRE_DATA);
        assert_int_equal(value, 42);
    }
}

static double as_double(const char *text)
{
    return quire_decimal_to_double((quire_decimal){ text });
}

static void test_decimal_to_double(void **state)
{
    (void)state;
    assert_true(as_double("9.99") == 9.99);
    assert_true(as_double("-0.0001") == -0.0001);
    assert_true(as_double("1e400") == HUGE_VAL);
    assert_true(as_double("-1e400") == -HUGE_VAL);
    assert_true(as_double("1e-400") == 0.0);
    assert_true(as_double("0e999999999999999999") == 0.0);
    assert_true(as_double("Infinity") == HUGE_VAL && as_double("-inf") == -HUGE_VAL);
    assert_true(isnan(as_double("NaN")) && isnan(as_double("x")) && isnan(as_double(NULL)));
    assert_true(isnan(as_double("1,5")) && isnan(as_double("0x10")) && isnan(as_double("-NaN")));
    assert_true(signbit(as_double("-0")));

    /* Halfway between 1 and its neighbour: to even; with anything behind it, up, however far off. */
    const char *half = "1.00000000000000011102230246251565404236316680908203125";
    assert_true(as_double(half) == 1.0);
    char text[5000];
    int length = snprintf(text, sizeof text, "%s%04000d", half, 0);
    assert_true(as_double(text) == 1.0);
    text[length - 1] = '1';
    assert_true(as_double(text) > 1.0);
    /* Many digits before the point, the exponent takes them back. */
    memset(text, '9', 1000);
    snprintf(text + 1000, sizeof text - 1000, "e-1000");
    assert_true(as_double(text) == 1.0);
}

/* ---- uuid ------------------------------------------------------------------------------------ */

static void test_uuid(void **state)
{
    (void)state;
    static const char *const same[] = {
        "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",    "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11",
        "{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}",  "a0eebc999c0b4ef8bb6d6bb9bd380a11",
        "a0ee-bc99-9c0b-4ef8-bb6d-6bb9-bd38-0a11",
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        quire_uuid uuid;
        char text[QUIRE_UUID_SIZE];
        assert_int_equal(quire_uuid_parse(same[i], &uuid), QUIRE_OK);
        assert_string_equal(quire_uuid_format(uuid, text), same[0]);
        assert_int_equal(uuid.bytes[0], 0xA0);
        assert_int_equal(uuid.bytes[15], 0x11);
    }
    static const char *const bad[] = {
        "",
        "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1",
        "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a111",
        "{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
        "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}",
        "g0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
        "a0eebc999-c0b4ef8bb6d6bb9bd380a11",
        "a0eebc99--9c0b-4ef8-bb6d-6bb9bd380a11",
        "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11-",
        " a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
        NULL,
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        quire_uuid uuid = { { 7 } };
        assert_int_equal(quire_uuid_parse(bad[i], &uuid), QUIRE_DATA);
        assert_int_equal(uuid.bytes[0], 7);
    }
}

/* ---- dates and times ------------------------------------------------------------------------- */

static void test_dates(void **state)
{
    (void)state;
    static const struct {
        int year, month, day;
        int32_t days;
        const char *text;
    } cases[] = {
        { 2000, 1, 1, 0, "2000-01-01" },
        { 1999, 12, 31, -1, "1999-12-31" },
        { 1970, 1, 1, -10957, "1970-01-01" },
        { 2000, 2, 29, 59, "2000-02-29" },
        { 1974, 5, 1, -9376, "1974-05-01" },
        { 0, 12, 31, -730120, "0001-12-31 BC" },
        { -43, 3, 15, -746117, "0044-03-15 BC" },
        { -4713, 11, 24, -2451545, "4714-11-24 BC" },
        { 5874897, 12, 31, 2145031948, "5874897-12-31" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        quire_date date;
        int year = 0;
        int month = 0;
        int day = 0;
        char text[QUIRE_TIME_SIZE];
        assert_int_equal(quire_date_from_ymd(cases[i].year, cases[i].month, cases[i].day, &date),
                         QUIRE_OK);
        assert_int_equal(date.days, cases[i].days);
        assert_string_equal(quire_date_format(date, text), cases[i].text);
        assert_int_equal(quire_date_to_ymd(date, &year, &month, &day), QUIRE_OK);
        assert_int_equal(year, cases[i].year);
        assert_int_equal(month, cases[i].month);
        assert_int_equal(day, cases[i].day);
        assert_int_equal(quire_date_parse(cases[i].text, &date), QUIRE_OK);
        assert_int_equal(date.days, cases[i].days);
    }
    quire_date date = { 5 };
    static const int bad[][3] = { { 2023, 2, 29 },     { 1900, 2, 29 },    { 2000, 4, 31 },
                                  { 2000, 13, 1 },     { 2000, 0, 1 },     { 2000, 1, 0 },
                                  { 2000, 1, 32 },     { -4713, 11, 23 },  { 5874898, 1, 1 },
                                  { INT32_MAX, 1, 1 }, { INT32_MIN, 1, 1 } };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(quire_date_from_ymd(bad[i][0], bad[i][1], bad[i][2], &date), QUIRE_DATA);
    assert_int_equal(date.days, 5);
    assert_int_equal(quire_date_to_ymd((quire_date){ QUIRE_DATE_INFINITY }, NULL, NULL, NULL),
                     QUIRE_DATA);
    assert_int_equal(quire_date_to_ymd(date, NULL, NULL, NULL), QUIRE_OK);
}

/* Every day of 800 years: one after the other, as a calendar goes. */
static void test_calendar_has_no_gap(void **state)
{
    (void)state;
    quire_date date;
    assert_int_equal(quire_date_from_ymd(-399, 1, 1, &date), QUIRE_OK);
    int year = -399;
    int month = 1;
    int day = 1;
    for (; year < 401; date.days++) {
        int y, m, d;
        assert_int_equal(quire_date_to_ymd(date, &y, &m, &d), QUIRE_OK);
        if (y != year || m != month || d != day)
            fail_msg("%d-%d-%d came as %d-%d-%d", year, month, day, y, m, d);
        quire_date next;
        day++;
        if (quire_date_from_ymd(year, month, day, &next) != QUIRE_OK) {
            day = 1;
            year += month == 12;
            month = month % 12 + 1;
        }
    }
}

static void test_bad_times(void **state)
{
    (void)state;
    static const char *const dates[] = { "",
                                         "2000-01",
                                         "2000-1-1",
                                         "00-01-01",
                                         "2000-01-01 ",
                                         "2000-02-30",
                                         "0000-01-01",
                                         "-2000-01-01",
                                         "Infinity",
                                         "2000-01-01BC",
                                         "20000101",
                                         "12345678-01-01",
                                         "5874898-01-01",
                                         "4714-11-23 BC",
                                         "2000/01/01",
                                         "2000-01-01 AD",
                                         "2000-01-01 00:00" };
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        quire_date date = { 9 };
        assert_int_equal(quire_date_parse(dates[i], &date), QUIRE_DATA);
        assert_int_equal(date.days, 9);
    }
    static const char *const times[] = {
        "",         "1:00",      "12",        "12:",     "12:60", "24:00:00.000001", "25:00",
        "12:00:60", "12:00:00.", "12:00:00Z", "12:00:0", "-1:00", "12:00 "
    };
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        quire_time time = { 9 };
        assert_int_equal(quire_time_parse(times[i], &time), QUIRE_DATA);
        assert_int_equal(time.us, 9);
    }
    static const char *const moments[] = {
        "",
        "2000-01-01",
        "2000-01-01T",
        "2000-01-01t00:00",
        "2000-01-01  00:00",
        "2000-01-01 00:00+",
        "2000-01-01 00:00+1",
        "2000-01-01 00:00+16",
        "2000-01-01 00:00+01:60",
        "2000-01-01 00:00 +01",
        "2000-01-01 00:00ZZ",
        "2000-01-01 00:00 UTC",
        "294277-01-01 00:00+00",
        "294276-12-31 23:59:59.999999-01",
        "294276-12-31 24:00+00",
        "4714-11-24 00:00+01 BC",
        "5874897-12-31 00:00+00",
        "2000-01-01 BC 00:00",
    };
    for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
        quire_timestamptz moment = { 9 };
        assert_int_equal(quire_timestamptz_parse(moments[i], &moment), QUIRE_DATA);
        assert_int_equal(moment.us, 9);
    }
    quire_timestamp timestamp;
    assert_int_equal(quire_timestamp_parse("2000-01-01 00:00+00", &timestamp), QUIRE_DATA);
    assert_int_equal(quire_timestamp_parse("2000-01-01 00:00Z", &timestamp), QUIRE_DATA);
    assert_int_equal(quire_date_parse(NULL, &(quire_date){ 0 }), QUIRE_DATA);
    assert_int_equal(quire_time_parse(NULL, &(quire_time){ 0 }), QUIRE_DATA);
    assert_int_equal(quire_timestamp_parse(NULL, &timestamp), QUIRE_DATA);
}

static void test_moments(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *utc;
    } cases[] = {
        { "1974-05-01T13:45:00Z", "1974-05-01 13:45:00+00" },
        { "1974-05-01 13:45", "1974-05-01 13:45:00+00" },
        { "1974-05-01 13:45:00.250+02", "1974-05-01 11:45:00.25+00" },
        { "1974-05-01 23:45:00-0530", "1974-05-02 05:15:00+00" },
        { "2000-01-01 00:00:00+05:30", "1999-12-31 18:30:00+00" },
        { "1890-01-01 00:00:00-00:01:15", "1890-01-01 00:01:15+00" },
        { "1999-12-31 24:00", "2000-01-01 00:00:00+00" },
        { "1999-12-31T23:59:59.9999996z", "2000-01-01 00:00:00+00" },
        { "2000-01-01 00:00:00.0000005", "2000-01-01 00:00:00+00" },
        { "2000-01-01 00:00:00.0000015", "2000-01-01 00:00:00.000002+00" },
        { "2000-01-01 00:00:00.00000050001", "2000-01-01 00:00:00.000001+00" },
        { "0044-03-15 12:00:00+00 BC", "0044-03-15 12:00:00+00 BC" },
        { "0001-01-01 00:30:00+01", "0001-12-31 23:30:00+00 BC" },
        { "4714-11-23 23:00:00-01 BC", "4714-11-24 00:00:00+00 BC" },
        { "294277-01-01 00:59:59.999999+01", "294276-12-31 23:59:59.999999+00" },
        { "infinity", "infinity" },
        { "-infinity", "-infinity" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        quire_timestamptz moment;
        char text[QUIRE_TIME_SIZE];
        assert_int_equal(quire_timestamptz_parse(cases[i].text, &moment), QUIRE_OK);
        assert_string_equal(quire_timestamptz_format(moment, text), cases[i].utc);
    }
}

/* No value that a struct can hold makes a formatter write beyond its storage. */
static void test_formats_of_anything(void **state)
{
    (void)state;
    static const int64_t all[] = { INT64_MIN, INT64_MIN + 1, -1, 0, 1, INT64_MAX - 1, INT64_MAX };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        for (size_t j = 0; j < sizeof all / sizeof *all; j++) {
            int32_t part = all[j] > INT32_MAX   ? INT32_MAX
                           : all[j] < INT32_MIN ? INT32_MIN
                                                : (int32_t)all[j];
            char *text = malloc(QUIRE_INTERVAL_SIZE); /* from the heap: the sanitizer watches it */
            quire_interval interval = { all[i], part, part };
            assert_in_range(strlen(quire_interval_format(interval, text)), 4, 95);
            free(text);
        }
        char *text = malloc(QUIRE_TIME_SIZE);
        assert_in_range(strlen(quire_time_format((quire_time){ all[i] }, text)), 8, 47);
        assert_in_range(strlen(quire_timestamp_format((quire_timestamp){ all[i] }, text)), 8, 47);
        assert_in_range(strlen(quire_timestamptz_format((quire_timestamptz){ all[i] }, text)), 8,
                        47);
        quire_date date = { all[i] > 1 ? INT32_MAX - 1 : all[i] < -1 ? INT32_MIN + 1 : 0 };
        assert_in_range(strlen(quire_date_format(date, text)), 8, 47);
        free(text);
    }
}

static void test_timespec(void **state)
{
    (void)state;
    static const struct {
        struct timespec ts;
        int64_t us;
    } cases[] = {
        { { 946684800, 0 }, 0 },
        { { 946684800, 1999 }, 1 },
        { { 0, 0 }, INT64_C(-946684800000000) },
        { { -1, 999999999 }, INT64_C(-946684800000001) },
        { { 946684799, 500000000 }, -500000 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        quire_timestamptz moment;
        struct timespec back;
        assert_int_equal(quire_timestamptz_from_timespec(cases[i].ts, &moment), QUIRE_OK);
        assert_int_equal(moment.us, cases[i].us);
        assert_int_equal(quire_timestamptz_to_timespec(moment, &back), QUIRE_OK);
        assert_int_equal(back.tv_sec, cases[i].ts.tv_sec);
        assert_int_equal(back.tv_nsec, cases[i].ts.tv_nsec / 1000 * 1000);
    }
    quire_timestamptz moment = { 9 };
    struct timespec ts = { 9, 9 };
    assert_int_equal(quire_timestamptz_from_timespec((struct timespec){ 0, 1000000000 }, &moment),
                     QUIRE_DATA);
    assert_int_equal(quire_timestamptz_from_timespec((struct timespec){ 0, -1 }, &moment),
                     QUIRE_DATA);
    assert_int_equal(quire_timestamptz_from_timespec((struct timespec){ INT64_MAX, 0 }, &moment),
                     QUIRE_DATA);
    assert_int_equal(quire_timestamptz_from_timespec((struct timespec){ INT64_MIN, 0 }, &moment),
                     QUIRE_DATA);
    assert_int_equal(moment.us, 9);
    moment.us = QUIRE_TIMESTAMP_INFINITY;
    assert_int_equal(quire_timestamptz_to_timespec(moment, &ts), QUIRE_DATA);
    moment.us = QUIRE_TIMESTAMP_MINUS_INFINITY;
    assert_int_equal(quire_timestamptz_to_timespec(moment, &ts), QUIRE_DATA);
    assert_int_equal(ts.tv_sec, 9);
}

static void test_intervals(void **state)
{
    (void)state;
    static const struct {
        quire_interval interval;
        const char *text;
    } cases[] = {
        { { 0, 0, 0 }, "PT0S" },
        { { INT64_C(14706500000), 3, 14 }, "P1Y2M3DT4H5M6.5S" },
        { { -1, 0, 0 }, "PT-0.000001S" },
        { { 0, -1, -13 }, "P-1Y-1M-1D" },
        { { INT64_MAX, INT32_MAX, INT32_MAX }, "infinity" },
        { { INT64_MIN, INT32_MIN, INT32_MIN }, "-infinity" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[QUIRE_INTERVAL_SIZE];
        assert_string_equal(quire_interval_format(cases[i].interval, text), cases[i].text);
    }
}

/* ---- presence and layout --------------------------------------------------------------------- */

typedef struct params {
    quire_optional_bool flag;
    quire_optional_int2 small;
    quire_optional_interval span;
    const char *name;
    quire_optional_text_array tags;
    quire_optional_uuid id;
} params;

#define PARAM(field, kind, bits)                                                                   \
    {                                                                                              \
        .name = #field, .offset = offsetof(params, field), .type = kind,                           \
        .flags = QUIRE_PARAM_OPTIONAL | (bits)                                                     \
    }

static const quire_param all_params[] = {
    PARAM(flag, QUIRE_TYPE_BOOL, 0),
    PARAM(small, QUIRE_TYPE_INT2, 0),
    PARAM(span, QUIRE_TYPE_INTERVAL, 0),
    PARAM(name, QUIRE_TYPE_TEXT, 0),
    PARAM(tags, QUIRE_TYPE_TEXT, QUIRE_FIELD_ARRAY),
    PARAM(id, QUIRE_TYPE_UUID, 0),
};
#define PARAMS (sizeof all_params / sizeof *all_params)

static qi_given given(const params *p, size_t i)
{
    return qi_param_given(&all_params[i], (const char *)p + all_params[i].offset);
}

static void test_presence(void **state)
{
    (void)state;
    static const params unset = { 0 };
    static const params null = { QUIRE_NULL,      QUIRE_NULL, QUIRE_NULL,
                                 QUIRE_NULL_TEXT, QUIRE_NULL, QUIRE_NULL };
    const params set = { .flag = QUIRE_SOME(true),
                         .small = QUIRE_SOME(7),
                         .span = QUIRE_SOME(((quire_interval){ 1, 2, 3 })),
                         .name = "",
                         .tags = QUIRE_SOME(((quire_text_array){ NULL, NULL, 0 })),
                         .id = QUIRE_SOME(((quire_uuid){ { 5 } })) };
    for (size_t i = 0; i < PARAMS; i++) {
        assert_int_equal(given(&unset, i), QI_LEFT_OUT);
        assert_int_equal(given(&null, i), QI_GIVEN_NULL);
        assert_int_equal(given(&set, i), QI_GIVEN);
        if (all_params[i].type != QUIRE_TYPE_TEXT || i == 4) {
            params broken;
            memset(&broken, 0xA5, sizeof broken);
            assert_int_equal(given(&broken, i), QI_GIVEN_WRONG);
        }
    }
    assert_ptr_equal(qi_param_c_value(&all_params[0], &set.flag), &set.flag.value);
    assert_ptr_equal(qi_param_c_value(&all_params[1], &set.small), &set.small.value);
    assert_ptr_equal(qi_param_c_value(&all_params[2], &set.span), &set.span.value);
    assert_ptr_equal(qi_param_c_value(&all_params[3], &set.name), &set.name);
    assert_ptr_equal(qi_param_c_value(&all_params[4], &set.tags), &set.tags.value);
    assert_ptr_equal(qi_param_c_value(&all_params[5], &set.id), &set.id.value);
}

static void test_nullable_arguments(void **state)
{
    (void)state;
    quire_nullable_bool flag = { true, false };
    quire_nullable_float8 number = { true, 1.5 };
    quire_nullable_int4_array list = { true, { NULL, NULL, 0 } };
    const char *text = "x";
    assert_ptr_equal(qi_nullable_c_value(&(quire_param){ .type = QUIRE_TYPE_BOOL }, &flag),
                     &flag.value);
    assert_ptr_equal(qi_nullable_c_value(&(quire_param){ .type = QUIRE_TYPE_FLOAT8 }, &number),
                     &number.value);
    const quire_param array = { .type = QUIRE_TYPE_INT4, .flags = QUIRE_FIELD_ARRAY };
    assert_ptr_equal(qi_nullable_c_value(&array, &list), &list.value);
    const quire_param words = { .type = QUIRE_TYPE_TEXT };
    assert_ptr_equal(qi_nullable_c_value(&words, &text), &text);
    flag.has = number.has = list.has = false;
    assert_null(qi_nullable_c_value(&(quire_param){ .type = QUIRE_TYPE_BOOL }, &flag));
    assert_null(qi_nullable_c_value(&(quire_param){ .type = QUIRE_TYPE_FLOAT8 }, &number));
    assert_null(qi_nullable_c_value(&array, &list));
    text = QUIRE_NULL_TEXT;
    assert_null(qi_nullable_c_value(&words, &text));
    text = NULL;
    assert_null(qi_nullable_c_value(&words, &text));
}

typedef struct row {
    quire_nullable_bool flag;
    quire_nullable_int2 small;
    quire_nullable_int8 large;
    const char *text;
    quire_nullable_bytes bytes;
    quire_nullable_uuid uuid;
    quire_nullable_decimal price;
    quire_nullable_int4_array list;
} row;

static void test_rows(void **state)
{
    (void)state;
    static const struct {
        quire_field field;
        const char *wire;
        size_t length;
    } cells[] = {
#define CELL(member, kind, bits, bytes)                                                            \
    { { .name = #member,                                                                           \
        .offset = offsetof(row, member),                                                           \
        .type = kind,                                                                              \
        .flags = QUIRE_FIELD_NULLABLE | (bits) },                                                  \
      bytes,                                                                                       \
      sizeof(bytes) - 1 }
        CELL(flag, QUIRE_TYPE_BOOL, 0, "\1"),
        CELL(small, QUIRE_TYPE_INT2, 0, "\xFF\xFE"),
        CELL(large, QUIRE_TYPE_INT8, 0, "\x80\0\0\0\0\0\0\0"),
        CELL(text, QUIRE_TYPE_TEXT, 0, "Le Guin"),
        CELL(bytes, QUIRE_TYPE_BYTES, 0, "\0\1\2"),
        CELL(uuid, QUIRE_TYPE_UUID, 0, "0123456789abcdef"),
        CELL(price, QUIRE_TYPE_DECIMAL, 0, "\0\2\0\0\0\0\0\2\0\x09\x26\xAC"),
        CELL(list, QUIRE_TYPE_INT4, QUIRE_FIELD_ARRAY,
             "\0\0\0\1\0\0\0\0\0\0\0\x17\0\0\0\1\0\0\0\1\0\0\0\4\0\0\0\x2A"),
    };
    row r;
    memset(&r, 0xEE, sizeof r);
    qi_arena arena = { 0 };
    quire_error err = { 0 };
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        qi_cell cell = { cells[i].wire, cells[i].length };
        assert_ok(qi_decode(&cells[i].field, cell, (char *)&r, &arena, &err), &err);
    }
    assert_true(r.flag.has && r.flag.value);
    assert_true(r.small.has && r.small.value == -2);
    assert_true(r.large.has && r.large.value == INT64_MIN);
    assert_ptr_equal(r.text, cells[3].wire);
    assert_true(r.bytes.has && r.bytes.value.length == 3 && r.bytes.value.data == cells[4].wire);
    assert_true(r.uuid.has && r.uuid.value.bytes[10] == 'a');
    assert_true(r.price.has);
    assert_string_equal(r.price.value.text, "9.99");
    assert_true(r.list.has && r.list.value.count == 1 && r.list.value.items[0] == 42);

    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        qi_cell null = { NULL, 0 };
        assert_ok(qi_decode(&cells[i].field, null, (char *)&r, &arena, &err), &err);
        quire_field strict = cells[i].field;
        strict.flags &= (uint16_t)~QUIRE_FIELD_NULLABLE;
        assert_status(QUIRE_SCHEMA, qi_decode(&strict, null, (char *)&r, &arena, &err), &err);
        assert_string_equal(err.column, strict.name);
        assert_contains(err.hint, "quire codegen");
    }
    assert_false(r.flag.has || r.small.has || r.large.has || r.bytes.has || r.uuid.has);
    assert_false(r.price.has || r.list.has);
    assert_null(r.text);
    assert_null(r.list.value.items);
    qi_arena_free(&arena);
}

static void test_fields_accept(void **state)
{
    (void)state;
    static const struct {
        uint32_t oid;
        uint16_t type;
        uint16_t flags;
        uint32_t actual;
        bool accepted;
    } cases[] = {
        { 23, QUIRE_TYPE_INT4, 0, 23, true },     { 23, QUIRE_TYPE_INT4, 0, 20, false },
        { 23, QUIRE_TYPE_INT4, 0, 1007, false },  { 25, QUIRE_TYPE_TEXT, 0, 1043, true },
        { 1043, QUIRE_TYPE_TEXT, 0, 19, true },   { 25, QUIRE_TYPE_TEXT, 0, 114, false },
        { 25, QUIRE_TYPE_TEXT, 0, 1009, false },  { 25, QUIRE_TYPE_TEXT, 0, 16400, false },
        { 0, QUIRE_TYPE_TEXT, 0, 16400, true },   { 0, QUIRE_TYPE_TEXT, 0, 25, true },
        { 0, QUIRE_TYPE_ENUM, 0, 16400, true },   { 0, QUIRE_TYPE_ENUM, 0, 25, false },
        { 0, QUIRE_TYPE_ENUM, 0, 0, false },      { 1009, QUIRE_TYPE_TEXT, 2, 1015, true },
        { 1009, QUIRE_TYPE_TEXT, 2, 25, false },  { 3802, QUIRE_TYPE_JSONB, 0, 114, false },
        { 1007, QUIRE_TYPE_INT4, 2, 1007, true }, { 1114, QUIRE_TYPE_TIMESTAMP, 0, 1184, false },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const quire_field field = {
            .name = "f", .oid = cases[i].oid, .type = cases[i].type, .flags = cases[i].flags
        };
        if (qi_field_accepts(&field, cases[i].actual) != cases[i].accepted)
            fail_msg("%u read as %u", cases[i].actual, cases[i].oid);
    }
    bool is_array;
    assert_int_equal(qi_type_from_oid(0, &is_array), 0);
    assert_int_equal(qi_type_from_oid(600, &is_array), 0); /* point */
    assert_null(qi_type_of(0));
    assert_null(qi_type_of(-1));
    assert_null(qi_type_of(QUIRE_TYPE_ENUM + 1));
    assert_string_equal(qi_type_of(QUIRE_TYPE_TIMESTAMPTZ)->c_name, "timestamptz");
}

/* ---- enums and errors of parameters ---------------------------------------------------------- */

static const char *const labels[] = { "want", "reading", "read" };
static const quire_enum status_enum = { "reading_status", labels, 3 };

static void test_enums(void **state)
{
    (void)state;
    for (int i = 1; i <= 3; i++)
        assert_int_equal(quire_enum_parse(&status_enum, quire_enum_label(&status_enum, i)), i);
    assert_int_equal(quire_enum_parse(&status_enum, "rea"), 0);
    assert_int_equal(quire_enum_parse(&status_enum, "readings"), 0);
    assert_int_equal(quire_enum_parse(&status_enum, ""), 0);
    assert_int_equal(quire_enum_parse(&status_enum, NULL), 0);
    assert_null(quire_enum_label(&status_enum, 0));
    assert_null(quire_enum_label(&status_enum, 4));
    assert_null(quire_enum_label(&status_enum, -1));

    const quire_field field = { .name = "status", .labels = &status_enum, .type = QUIRE_TYPE_ENUM };
    int value = 0;
    quire_error err = { 0 };
    qi_cell cell = { "read", 4 };
    assert_ok(qi_decode(&field, cell, (char *)&value, NULL, &err), &err);
    assert_int_equal(value, 3);
    static const qi_cell unknown[] = { { "reads", 5 }, { "rea", 3 }, { "", 0 }, { "read\0x", 6 } };
    for (size_t i = 0; i < 4; i++) {
        assert_status(QUIRE_SCHEMA, qi_decode(&field, unknown[i], (char *)&value, NULL, &err),
                      &err);
        assert_contains(err.message, "reading_status");
        assert_string_equal(err.column, "status");
    }
}

static void refuse(quire_status status, const quire_param *param, const void *value,
                   const char *message)
{
    qi_arena arena = { 0 };
    qi_param_value out = { .length = 77 };
    char small[16];
    quire_error err = { 0 };
    assert_status(status, qi_encode(param, value, small, &arena, &out, &err), &err);
    assert_contains(err.message, message);
    assert_contains(err.message, param->name);
    assert_string_equal(err.column, param->name);
    assert_int_equal(out.length, 77);
    qi_arena_free(&arena);
}

static void test_parameters_that_cannot_be_sent(void **state)
{
    (void)state;
    const quire_param title = { .name = "title", .oid = 25, .type = QUIRE_TYPE_TEXT };
    const quire_param price = { .name = "price", .oid = 1700, .type = QUIRE_TYPE_DECIMAL };
    const quire_param cover = { .name = "cover", .oid = 17, .type = QUIRE_TYPE_BYTES };
    const quire_param shelf = { .name = "shelf", .labels = &status_enum, .type = QUIRE_TYPE_ENUM };
    const quire_param tags = {
        .name = "tags", .oid = 1009, .type = QUIRE_TYPE_TEXT, .flags = QUIRE_FIELD_ARRAY
    };
    const quire_param odd = { .name = "odd", .type = 99 };
    static const char *const texts[] = { NULL,       quire_null_text, "a\xFF",
                                         "\xC0\x80", "\xED\xA0\x80",  "\xF4\x90\x80\x80",
                                         "\xE2\x82", "12345678\x80" };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        refuse(i < 2 ? QUIRE_INVALID : QUIRE_DATA, &title, &texts[i],
               i < 2 ? "cannot be NULL" : "not valid UTF-8");
    static const char *const numbers[] = {
        "", "abc", "1,5", "1 ", " 1", "0x10", "1_000", "1e", "."
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        quire_decimal decimal = { numbers[i] };
        refuse(QUIRE_DATA, &price, &decimal, "no decimal number");
    }
    refuse(QUIRE_INVALID, &price, &(quire_decimal){ NULL }, "cannot be NULL");
    refuse(QUIRE_INVALID, &cover, &(quire_bytes){ NULL, 3 }, "no data");
    refuse(QUIRE_DATA, &cover, &(quire_bytes){ "", (size_t)1 << 30 }, "larger than");
    refuse(QUIRE_INVALID, &shelf, &(int){ 0 }, "no value of its enum");
    refuse(QUIRE_INVALID, &shelf, &(int){ 4 }, "no value of its enum");
    refuse(QUIRE_INVALID, &tags, &(quire_text_array){ NULL, NULL, 1 }, "no data");
    refuse(QUIRE_DATA, &tags, &(quire_text_array){ &texts[2], NULL, 1 }, "not valid UTF-8");
    refuse(QUIRE_DATA, &tags, &(quire_text_array){ texts, NULL, SIZE_MAX / 8 }, "larger than");
    refuse(QUIRE_INTERNAL, &odd, &(int){ 0 }, "not known");

    const quire_param day = { .name = "day", .oid = 1082, .type = QUIRE_TYPE_DATE };
    const quire_param hour = { .name = "hour", .oid = 1083, .type = QUIRE_TYPE_TIME };
    const quire_param at = { .name = "at", .oid = 1184, .type = QUIRE_TYPE_TIMESTAMPTZ };
    refuse(QUIRE_DATA, &day, &(quire_date){ -2451546 }, "no date or time");
    refuse(QUIRE_DATA, &day, &(quire_date){ 2145031949 }, "no date or time");
    refuse(QUIRE_DATA, &hour, &(quire_time){ -1 }, "no date or time");
    refuse(QUIRE_DATA, &hour, &(quire_time){ INT64_C(86400000001) }, "no date or time");
    refuse(QUIRE_DATA, &at, &(quire_timestamptz){ INT64_MAX - 1 }, "no date or time");
    refuse(QUIRE_DATA, &at, &(quire_timestamptz){ INT64_MIN + 1 }, "no date or time");
}

static void test_parameters_in_place(void **state)
{
    (void)state;
    const quire_param title = { .name = "title", .oid = 25, .type = QUIRE_TYPE_TEXT };
    const quire_param cover = { .name = "cover", .oid = 17, .type = QUIRE_TYPE_BYTES };
    const quire_param count = { .name = "count", .oid = 23, .type = QUIRE_TYPE_INT4 };
    qi_param_value value;
    char small[16];
    quire_error err = { 0 };
    const char *text = "Tehanu \xE2\x82\xAC";
    assert_ok(qi_encode(&title, &text, small, NULL, &value, &err), &err);
    assert_ptr_equal(value.data, text);
    assert_int_equal(value.binary, 0);
    assert_int_equal(value.oid, 25);
    assert_ok(qi_encode(&cover, &(quire_bytes){ NULL, 0 }, small, NULL, &value, &err), &err);
    assert_non_null(value.data);
    assert_int_equal(value.length, 0);
    assert_int_equal(value.binary, 1);
    assert_ok(qi_encode(&count, &(int32_t){ -2 }, small, NULL, &value, &err), &err);
    assert_ptr_equal(value.data, small);
    assert_int_equal(value.length, 4);
    assert_memory_equal(small, "\xFF\xFF\xFF\xFE", 4);
}

static void test_version(void **state)
{
    (void)state;
    char text[32];
    snprintf(text, sizeof text, "%d.%d.%d", QUIRE_VERSION_MAJOR, QUIRE_VERSION_MINOR,
             QUIRE_VERSION_PATCH);
    assert_string_equal(quire_version(), text);
    assert_string_equal(quire_version(), QUIRE_VERSION);
    assert_int_equal(quire_abi_1, QUIRE_ABI);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decimal_from_int8),
        cmocka_unit_test(test_decimal_to_int8),
        cmocka_unit_test(test_decimal_to_double),
        cmocka_unit_test(test_uuid),
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_calendar_has_no_gap),
        cmocka_unit_test(test_bad_times),
        cmocka_unit_test(test_moments),
        cmocka_unit_test(test_formats_of_anything),
        cmocka_unit_test(test_timespec),
        cmocka_unit_test(test_intervals),
        cmocka_unit_test(test_presence),
        cmocka_unit_test(test_nullable_arguments),
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_fields_accept),
        cmocka_unit_test(test_enums),
        cmocka_unit_test(test_parameters_that_cannot_be_sent),
        cmocka_unit_test(test_parameters_in_place),
        cmocka_unit_test(test_version),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
