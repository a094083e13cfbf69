#include "support/values.h"

#include "support/database.h"
#include "support/test.h"

#include "types/calendar.h"

#include <quire/quire.h>

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static uint64_t random_bits;
static bool long_intervals; /* whether the server knows them: since PostgreSQL 15 */

void test_seed(uint64_t seed)
{
    random_bits = seed;
}

static uint64_t next_random(void)
{
    random_bits ^= random_bits << 13;
    random_bits ^= random_bits >> 7;
    random_bits ^= random_bits << 17;
    return random_bits;
}

static uint64_t below(uint64_t limit)
{
    return next_random() % limit;
}

/* Integers of all magnitudes, and their neighbours. */
static int64_t any_integer(int bits)
{
    uint64_t magnitude = next_random() >> (64 - bits + (int)below((uint64_t)bits));
    int64_t value = (int64_t)magnitude;
    return below(2) ? -value : value;
}

static const char *make_bool(qi_arena *arena)
{
    (void)arena;
    return below(2) ? "true" : "false";
}

static const char *make_int2(qi_arena *arena)
{
    return qi_arena_printf(arena, "%" PRId64, any_integer(15));
}

static const char *make_int4(qi_arena *arena)
{
    return qi_arena_printf(arena, "%" PRId64, any_integer(31));
}

static const char *make_int8(qi_arena *arena)
{
    return qi_arena_printf(arena, "%" PRId64, any_integer(63));
}

static const char *make_oid(qi_arena *arena)
{
    return qi_arena_printf(arena, "%" PRIu32, (uint32_t)next_random());
}

static const char *make_float4(qi_arena *arena)
{
    uint32_t bits = (uint32_t)next_random();
    float value;
    memcpy(&value, &bits, sizeof value);
    return isnan(value) ? "NaN" : qi_arena_printf(arena, "%.9g", (double)value);
}

static const char *make_float8(qi_arena *arena)
{
    uint64_t bits = next_random();
    double value;
    memcpy(&value, &bits, sizeof value);
    return isnan(value) ? "NaN" : qi_arena_printf(arena, "%.17g", value);
}

const char *test_numeric(qi_arena *arena)
{
    char whole[64] = "";
    char fraction[64] = "";
    size_t whole_length = below(50);
    size_t fraction_length = below(40);
    for (size_t i = 0; i < whole_length; i++)
        whole[i] = below(4) ? (char)('0' + below(10)) : '0';
    for (size_t i = 0; i < fraction_length; i++)
        fraction[i] = below(3) ? '0' : (char)('0' + below(10));
    const char *exponent = below(10) ? "" : qi_arena_printf(arena, "e%d", (int)below(300) - 150);
    return qi_arena_printf(arena, "%s%s%s%s%s", below(2) ? "-" : "", *whole ? whole : "0",
                           fraction_length ? "." : "", fraction, exponent);
}

static const char *make_text(qi_arena *arena)
{
    static const char *const pieces[] = {
        "a",        "\"",   "\\",           "{",    "}",  ",",
        " ",        "NULL", "\n",           "'",    "\t", "$1",
        "\xC3\xA4", "\x7F", "\xE2\x82\xAC", "\x01", "%s", "\xF0\x9F\x93\x96",
        "--",       "/*"
    };
    const char *text = "";
    for (size_t i = below(20); i; i--)
        text = qi_arena_printf(arena, "%s%s", text, pieces[below(sizeof pieces / sizeof *pieces)]);
    return text;
}

static const char *make_json(qi_arena *arena)
{
    return qi_arena_printf(arena, "{\"k%d\" : [%" PRId64 ", \"\\u00e4\\n\", null, \"%s\"]}",
                           (int)below(9), any_integer(63), below(2) ? "\xC3\xA4" : "");
}

static const char *make_bytea(qi_arena *arena)
{
    size_t length = below(40);
    char *text = qi_arena_bytes(arena, 3 + 2 * length);
    memcpy(text, "\\x", 3);
    for (size_t i = 0; i < length; i++)
        snprintf(text + 2 + 2 * i, 3, "%02x", (unsigned)below(256));
    return text;
}

static const char *make_uuid(qi_arena *arena)
{
    return qi_arena_printf(arena, "%016" PRIx64 "%016" PRIx64, next_random(), next_random());
}

static int32_t any_day(void)
{
    if (below(2)) /* near the present */
        return (int32_t)any_integer(17);
    return (int32_t)(QI_FIRST_DAY +
                     (int64_t)below((uint64_t)(QI_LAST_DAY - (int64_t)QI_FIRST_DAY) + 1));
}

static const char *make_date(qi_arena *arena)
{
    char text[QUIRE_TIME_SIZE];
    return qi_arena_text(arena, quire_date_format((quire_date){ any_day() }, text));
}

static const char *make_time(qi_arena *arena)
{
    char text[QUIRE_TIME_SIZE];
    int64_t us = (int64_t)below((uint64_t)QI_US_PER_DAY + 1);
    return qi_arena_text(arena, quire_time_format((quire_time){ us }, text));
}

static int64_t any_moment(void)
{
    if (below(2))
        return any_integer(52);
    uint64_t range = (uint64_t)QI_LAST_TIMESTAMP - (uint64_t)QI_FIRST_TIMESTAMP + 1;
    return (int64_t)(below(range) + (uint64_t)QI_FIRST_TIMESTAMP);
}

static const char *make_timestamp(qi_arena *arena)
{
    char text[QUIRE_TIME_SIZE];
    return qi_arena_text(arena, quire_timestamp_format((quire_timestamp){ any_moment() }, text));
}

static const char *make_timestamptz(qi_arena *arena)
{
    char text[QUIRE_TIME_SIZE];
    return qi_arena_text(arena,
                         quire_timestamptz_format((quire_timestamptz){ any_moment() }, text));
}

/* What PostgreSQL reads or writes wrongly until 14. */
#define LONG_INTERVALS "9223372036854775807 us", "-9223372036854775807 us", "-2147483648 days"

static const char *make_interval(qi_arena *arena)
{
    return qi_arena_printf(arena, "%" PRId64 " months %" PRId64 " days %" PRId64 " microseconds",
                           below(3) ? any_integer(31) : 0, below(3) ? any_integer(31) : 0,
                           below(3) ? any_integer(long_intervals ? 62 : 31) : 0);
}

static const char *const moods[] = {
    "plain", "NULL", "a,b", "q\"q", "b\\s", "{x}", " sp ", "", "\xC3\xA4\xF0\x9F\x93\x96", "it's"
};
const quire_enum test_mood = { "mood", moods, sizeof moods / sizeof *moods };

static const char *make_mood(qi_arena *arena)
{
    (void)arena;
    return moods[below(test_mood.count)];
}

/* ---- the table ------------------------------------------------------------------------------- */

const test_subject test_subjects[] = {
    { "bool", QUIRE_TYPE_BOOL, false, make_bool, { "true", "false" } },
    { "int2", QUIRE_TYPE_INT2, false, make_int2, { "-32768", "32767", "0", "-1" } },
    { "int4", QUIRE_TYPE_INT4, false, make_int4, { "-2147483648", "2147483647", "0", "-1" } },
    { "int8",
      QUIRE_TYPE_INT8,
      false,
      make_int8,
      { "-9223372036854775808", "9223372036854775807", "0", "-1" } },
    { "oid", QUIRE_TYPE_OID, false, make_oid, { "0", "4294967295" } },
    { "float4",
      QUIRE_TYPE_FLOAT4,
      false,
      make_float4,
      { "NaN", "Infinity", "-Infinity", "-0", "1e-45", "3.4028235e38", "0.1" } },
    { "float8",
      QUIRE_TYPE_FLOAT8,
      false,
      make_float8,
      { "NaN", "Infinity", "-Infinity", "-0", "5e-324", "1.7976931348623157e308", "0.1" } },
    { "numeric",
      QUIRE_TYPE_DECIMAL,
      false,
      test_numeric,
      { "NaN",
        "0",
        "0.00",
        "-0.0",
        "9.99",
        "10000",
        "1e131071",
        "1e-16383",
        "-1.50",
        "0.0001",
        "0.00001",
        "100000000",
        "99999999.99990000",
        "1234567890123456789012345678901234567890.5",
        "1e-4",
        "1e-5",
        "12345e10",
        ".5",
        "-.5",
        "5.",
        "9999",
        "10000.0001" } },
    { "text", QUIRE_TYPE_TEXT, false, make_text, { "", "NULL", "null", "\"\"", "\\" } },
    { "text", QUIRE_TYPE_TEXT, true, make_text, { "", "NULL", "null", "\"\"", "\\" } },
    { "varchar", QUIRE_TYPE_TEXT, false, make_text, { "", " x " } },
    { "json", QUIRE_TYPE_JSON, false, make_json, { "null", "{}", "\"\"", " [ 1,2 ] " } },
    { "jsonb", QUIRE_TYPE_JSONB, false, make_json, { "null", "{}", "\"\"", "1.50" } },
    { "bytea", QUIRE_TYPE_BYTES, false, make_bytea, { "\\x", "\\x00", "\\x00ff00" } },
    { "uuid",
      QUIRE_TYPE_UUID,
      false,
      make_uuid,
      { "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff" } },
    { "date",
      QUIRE_TYPE_DATE,
      false,
      make_date,
      { "infinity", "-infinity", "4714-11-24 BC", "5874897-12-31", "2000-01-01", "1999-12-31",
        "0001-01-01", "0001-12-31 BC", "0001-02-29 BC", "1900-02-28", "1900-03-01", "2000-02-29",
        "1600-02-29", "9999-12-31", "10000-01-01", "1970-01-01", "0004-02-29", "0005-02-28 BC" } },
    { "time",
      QUIRE_TYPE_TIME,
      false,
      make_time,
      { "00:00", "24:00", "23:59:59.999999", "00:00:00.000001", "13:45:00.25", "12:00:00.5" } },
    { "timestamp",
      QUIRE_TYPE_TIMESTAMP,
      false,
      make_timestamp,
      { "infinity", "-infinity", "4714-11-24 00:00:00 BC", "294276-12-31 23:59:59.999999",
        "2000-01-01 00:00", "1999-12-31 23:59:59.999999", "0001-12-31 23:59:59.9 BC",
        "1970-01-01 00:00:00.000001" } },
    { "timestamptz",
      QUIRE_TYPE_TIMESTAMPTZ,
      false,
      make_timestamptz,
      { "infinity", "-infinity", "4714-11-24 00:00:00+00 BC", "294276-12-31 23:59:59.999999+00",
        "2000-01-01 00:00+00", "1999-12-31 23:59:59.999999+00", "2024-02-29 12:00:00+05:30" } },
    { "interval",
      QUIRE_TYPE_INTERVAL,
      false,
      make_interval,
      { "0", "1 year", "-1 month", "1 day -1 hour", "-00:00:00.000001", "00:00:59.5", "1.5 s",
        "14 months 3 days 04:05:06.789", "-13 months 1 day", "178956970 years 7 months",
        "-178956970 years -8 months", "2147483647 days", "-00:01:00", "1 hour 0.1 s",
        LONG_INTERVALS } },
    { "mood", QUIRE_TYPE_ENUM, true, make_mood, { "plain", "NULL", "a,b", "", "{x}", " sp " } },
};
const size_t test_subject_count = sizeof test_subjects / sizeof *test_subjects;

uint32_t test_subject_oid(const test_subject *subject, bool array)
{
    const qi_type *type = qi_type_of(subject->type);
    if (subject->user_made)
        return 0;
    if (strcmp(subject->sql, "varchar") == 0)
        return array ? 1015 : 1043;
    return array ? type->array_oid : type->oid;
}

const char *const *test_literals(const test_subject *subject, qi_arena *arena)
{
    const char **literals = qi_arena_zero(arena, TEST_VALUES, sizeof *literals);
    size_t extremes = 0;
    while (extremes < 24 && subject->extremes[extremes])
        extremes++;
    if (subject->type == QUIRE_TYPE_INTERVAL && !long_intervals)
        extremes -= 3; /* LONG_INTERVALS */
    for (size_t i = 0; i < TEST_VALUES; i++) {
        if (i < extremes)
            literals[i] = subject->extremes[i];
        else if (i % 50 != 49)
            literals[i] = subject->make(arena);
    }
    return literals;
}

/* ---- talking to the server ------------------------------------------------------------------- */

PGresult *test_run(PGconn *connection, const char *sql, const qi_param_value *param, bool as_text)
{
    const char *value = param->data;
    PGresult *result = PQexecParams(connection, sql, 1, &param->oid, &value, &param->length,
                                    &param->binary, !as_text);
    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        print_error("%s: %s", sql, PQerrorMessage(connection));
    assert_int_equal(PQresultStatus(result), PGRES_TUPLES_OK);
    return result;
}

qi_cell test_cell(const PGresult *result, int row, int column)
{
    if (PQgetisnull(result, row, column))
        return (qi_cell){ NULL, 0 };
    return (qi_cell){ PQgetvalue(result, row, column), (size_t)PQgetlength(result, row, column) };
}

PGconn *test_connect(quire_db *db)
{
    PGconn *connection = PQconnectdb(test_database_url(db));
    assert_int_equal(PQstatus(connection), CONNECTION_OK);
    long_intervals = PQserverVersion(connection) >= 150000;
    test_command(connection,
                 "set client_encoding to 'UTF8'; set datestyle to 'ISO';"
                 "set timezone to 'UTC'; set intervalstyle to 'iso_8601';"
                 "create type mood as enum ('plain', 'NULL', 'a,b', 'q\"q', 'b\\s', '{x}',"
                 " ' sp ', '', '\xC3\xA4\xF0\x9F\x93\x96', 'it''s')");
    return connection;
}

void test_command(PGconn *connection, const char *sql)
{
    PGresult *result = PQexec(connection, sql);
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        print_error("%s: %s", sql, PQerrorMessage(connection));
    assert_int_equal(PQresultStatus(result), PGRES_COMMAND_OK);
    PQclear(result);
}
