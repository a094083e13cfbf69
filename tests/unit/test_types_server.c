/*
 * Every type against a real server, through libpq's binary format: what PostgreSQL makes of a text, read
 * here and written as text, is what PostgreSQL writes; and what is sent from here arrives as it was.
 */
#include "support/database.h"
#include "support/test.h"

#include "base/arena.h"
#include "types/calendar.h"
#include "types/codec.h"

#include <quire/quire.h>

#include <inttypes.h>
#include <libpq-fe.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { VALUES = 2000, SINGLE = 150 };

typedef struct server {
    quire_db *db;
    PGconn *connection;
} server;

static int open_server(void **state)
{
    static server s;
    s.db = test_database();
    s.connection = PQconnectdb(test_database_url(s.db));
    assert_int_equal(PQstatus(s.connection), CONNECTION_OK);
    PGresult *result = PQexec(
        s.connection, "set client_encoding to 'UTF8'; set datestyle to 'ISO';"
                      "set timezone to 'UTC'; set intervalstyle to 'iso_8601';"
                      "create type mood as enum ('plain', 'NULL', 'a,b', 'q\"q', 'b\\s', '{x}',"
                      " ' sp ', '', '\xC3\xA4\xF0\x9F\x93\x96', 'it''s')");
    assert_int_equal(PQresultStatus(result), PGRES_COMMAND_OK);
    PQclear(result);
    *state = &s;
    return 0;
}

static int close_server(void **state)
{
    server *s = *state;
    PQfinish(s->connection);
    test_database_close(s->db);
    return 0;
}

/* ---- values ---------------------------------------------------------------------------------- */

static uint64_t random_bits;

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

static const char *make_numeric(qi_arena *arena)
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

static const char *make_interval(qi_arena *arena)
{
    return qi_arena_printf(arena, "%" PRId64 " months %" PRId64 " days %" PRId64 " microseconds",
                           below(3) ? any_integer(31) : 0, below(3) ? any_integer(31) : 0,
                           below(3) ? any_integer(62) : 0);
}

static const char *const moods[] = {
    "plain", "NULL", "a,b", "q\"q", "b\\s", "{x}", " sp ", "", "\xC3\xA4\xF0\x9F\x93\x96", "it's"
};
static const quire_enum mood = { "mood", moods, sizeof moods / sizeof *moods };

static const char *make_mood(qi_arena *arena)
{
    (void)arena;
    return moods[below(mood.count)];
}

/* ---- from C to text -------------------------------------------------------------------------- */

static const char *hex(qi_arena *arena, quire_bytes bytes)
{
    char *text = qi_arena_bytes(arena, 3 + 2 * bytes.length);
    memcpy(text, "\\x", 3);
    for (size_t i = 0; i < bytes.length; i++)
        snprintf(text + 2 + 2 * i, 3, "%02x", ((const unsigned char *)bytes.data)[i]);
    return text;
}

/* A value as text. Floats: the server's text is read instead, see same_text. */
static const char *text_of(int type, const void *value, qi_arena *arena)
{
    char room[QUIRE_INTERVAL_SIZE];
    switch ((quire_type)type) {
    case QUIRE_TYPE_BOOL:
        return *(const bool *)value ? "true" : "false";
    case QUIRE_TYPE_INT2:
        return qi_arena_printf(arena, "%" PRId16, *(const int16_t *)value);
    case QUIRE_TYPE_INT4:
        return qi_arena_printf(arena, "%" PRId32, *(const int32_t *)value);
    case QUIRE_TYPE_INT8:
        return qi_arena_printf(arena, "%" PRId64, *(const int64_t *)value);
    case QUIRE_TYPE_OID:
        return qi_arena_printf(arena, "%" PRIu32, *(const uint32_t *)value);
    case QUIRE_TYPE_DECIMAL:
        return ((const quire_decimal *)value)->text;
    case QUIRE_TYPE_TEXT:
    case QUIRE_TYPE_JSON:
    case QUIRE_TYPE_JSONB:
        return *(const char *const *)value;
    case QUIRE_TYPE_BYTES:
        return hex(arena, *(const quire_bytes *)value);
    case QUIRE_TYPE_UUID:
        return qi_arena_text(arena, quire_uuid_format(*(const quire_uuid *)value, room));
    case QUIRE_TYPE_DATE:
        return qi_arena_text(arena, quire_date_format(*(const quire_date *)value, room));
    case QUIRE_TYPE_TIME:
        return qi_arena_text(arena, quire_time_format(*(const quire_time *)value, room));
    case QUIRE_TYPE_TIMESTAMP:
        return qi_arena_text(arena, quire_timestamp_format(*(const quire_timestamp *)value, room));
    case QUIRE_TYPE_TIMESTAMPTZ:
        return qi_arena_text(arena,
                             quire_timestamptz_format(*(const quire_timestamptz *)value, room));
    case QUIRE_TYPE_INTERVAL:
        return qi_arena_text(arena, quire_interval_format(*(const quire_interval *)value, room));
    case QUIRE_TYPE_ENUM:
        return quire_enum_label(&mood, *(const int *)value);
    default:
        return NULL;
    }
}

/* Equal, and zero of the same sign. */
static bool same_bits(double a, double b)
{
    return a == b && signbit(a) == signbit(b);
}

static void same_text(int type, const void *value, const char *text, qi_arena *arena)
{
    if (type == QUIRE_TYPE_FLOAT4) {
        float expected = strtof(text, NULL);
        float actual = *(const float *)value;
        assert_true(isnan(expected) ? isnan(actual) : same_bits(expected, actual));
    } else if (type == QUIRE_TYPE_FLOAT8) {
        double expected = strtod(text, NULL);
        double actual = *(const double *)value;
        assert_true(isnan(expected) ? isnan(actual) : same_bits(expected, actual));
    } else {
        assert_string_equal(text_of(type, value, arena), text);
    }
}

/* What the server writes is what the parsers read. */
static void parses_back(int type, const void *value, const char *text)
{
    quire_uuid uuid;
    quire_date date;
    quire_time time;
    quire_timestamp timestamp;
    quire_timestamptz moment;
    switch (type) {
    case QUIRE_TYPE_UUID:
        assert_int_equal(quire_uuid_parse(text, &uuid), QUIRE_OK);
        assert_true(quire_uuid_equal(uuid, *(const quire_uuid *)value));
        break;
    case QUIRE_TYPE_DATE:
        assert_int_equal(quire_date_parse(text, &date), QUIRE_OK);
        assert_int_equal(date.days, ((const quire_date *)value)->days);
        break;
    case QUIRE_TYPE_TIME:
        assert_int_equal(quire_time_parse(text, &time), QUIRE_OK);
        assert_int_equal(time.us, ((const quire_time *)value)->us);
        break;
    case QUIRE_TYPE_TIMESTAMP:
        assert_int_equal(quire_timestamp_parse(text, &timestamp), QUIRE_OK);
        assert_int_equal(timestamp.us, ((const quire_timestamp *)value)->us);
        break;
    case QUIRE_TYPE_TIMESTAMPTZ:
        assert_int_equal(quire_timestamptz_parse(text, &moment), QUIRE_OK);
        assert_int_equal(moment.us, ((const quire_timestamptz *)value)->us);
        break;
    default:
        break;
    }
}

/* ---- the table ------------------------------------------------------------------------------- */

static const struct subject {
    const char *sql; /* the type's name */
    int type;
    bool user_made; /* its OID is not known to the program */
    const char *(*make)(qi_arena *arena);
    const char *const extremes[24];
} subjects[] = {
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
      make_numeric,
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
        "-178956970 years -8 months", "2147483647 days", "-2147483648 days", "-00:01:00",
        "9223372036854775807 us", "-9223372036854775807 us", "1 hour 0.1 s" } },
    { "mood", QUIRE_TYPE_ENUM, true, make_mood, { "plain", "NULL", "a,b", "", "{x}", " sp " } },
};
#define SUBJECTS (sizeof subjects / sizeof *subjects)

static uint32_t subject_oid(const struct subject *subject, bool array)
{
    const qi_type *type = qi_type_of(subject->type);
    if (subject->user_made)
        return 0;
    if (strcmp(subject->sql, "varchar") == 0)
        return array ? 1015 : 1043;
    return array ? type->array_oid : type->oid;
}

/* ---- talking to the server ------------------------------------------------------------------- */

static PGresult *run(PGconn *connection, const char *sql, const qi_param_value *param)
{
    const char *value = param->data;
    PGresult *result =
        PQexecParams(connection, sql, 1, &param->oid, &value, &param->length, &param->binary, 1);
    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        print_error("%s: %s", sql, PQerrorMessage(connection));
    assert_int_equal(PQresultStatus(result), PGRES_TUPLES_OK);
    return result;
}

static qi_cell cell_of(const PGresult *result, int row, int column)
{
    if (PQgetisnull(result, row, column))
        return (qi_cell){ NULL, 0 };
    return (qi_cell){ PQgetvalue(result, row, column), (size_t)PQgetlength(result, row, column) };
}

/* The values of a subject: C items, whether each is NULL, and the server's text of each. */
typedef struct sample {
    const struct subject *subject;
    size_t size;
    char *items;
    bool nulls[VALUES];
    const char *texts[VALUES];
} sample;

static const char *const *make_literals(const struct subject *subject, qi_arena *arena)
{
    const char **literals = qi_arena_zero(arena, VALUES, sizeof *literals);
    size_t extremes = 0;
    while (extremes < 24 && subject->extremes[extremes])
        extremes++;
    for (size_t i = 0; i < VALUES; i++) {
        if (i < extremes)
            literals[i] = subject->extremes[i];
        else if (i % 50 != 49)
            literals[i] = subject->make(arena);
    }
    return literals;
}

/* Texts go out as a text[]; back come, in binary, the values and what the server writes for them. */
static void receive(server *s, sample *out, qi_arena *arena)
{
    const struct subject *subject = out->subject;
    const quire_param param = {
        .name = "p", .oid = 1009, .type = QUIRE_TYPE_TEXT, .flags = QUIRE_FIELD_ARRAY
    };
    quire_text_array literals = { make_literals(subject, arena), NULL, VALUES };
    qi_param_value value;
    char small[16];
    quire_error err = { 0 };
    assert_ok(qi_encode(&param, &literals, small, arena, &value, &err), &err);
    char sql[256];
    snprintf(
        sql, sizeof sql,
        "select x, x::text from (select v::%s as x, n from unnest($1) with ordinality u(v, n)) s"
        " order by n",
        subject->sql);
    PGresult *result = run(s->connection, sql, &value);
    assert_int_equal(PQntuples(result), VALUES);

    const quire_field field = { .name = "x",
                                .labels = &mood,
                                .type = (uint16_t)subject->type,
                                .oid = subject_oid(subject, false) };
    assert_true(subject->user_made || qi_field_accepts(&field, PQftype(result, 0)));
    out->size = qi_type_of(subject->type)->size;
    out->items = qi_arena_zero(arena, VALUES, out->size);
    for (int i = 0; i < VALUES; i++) {
        qi_cell cell = cell_of(result, i, 0);
        out->nulls[i] = !cell.data;
        assert_int_equal(out->nulls[i], !literals.items[i]);
        if (out->nulls[i])
            continue;
        /* A copy, since text is not moved out of the result. */
        cell.data = qi_arena_text_n(arena, cell.data, cell.length);
        char *item = out->items + (size_t)i * out->size;
        assert_ok(qi_decode(&field, cell, item, arena, &err), &err);
        out->texts[i] = qi_arena_text(arena, PQgetvalue(result, i, 1));
        same_text(subject->type, item, out->texts[i], arena);
        parses_back(subject->type, item, out->texts[i]);
    }
    PQclear(result);
}

static void send_array(server *s, const sample *in, qi_arena *arena)
{
    const struct subject *subject = in->subject;
    const quire_param param = { .name = "p",
                                .labels = &mood,
                                .oid = subject_oid(subject, true),
                                .type = (uint16_t)subject->type,
                                .flags = QUIRE_FIELD_ARRAY };
    const quire_int4_array array = { (const void *)in->items, in->nulls, VALUES };
    qi_param_value value;
    char small[16];
    char sql[256];
    quire_error err = { 0 };
    assert_ok(qi_encode(&param, &array, small, arena, &value, &err), &err);
    snprintf(sql, sizeof sql,
             "select x::text from unnest($1::%s[]) with ordinality u(x, n) order by n",
             subject->sql);
    PGresult *result = run(s->connection, sql, &value);
    assert_int_equal(PQntuples(result), VALUES);
    for (int i = 0; i < VALUES; i++) {
        assert_int_equal(PQgetisnull(result, i, 0), in->nulls[i]);
        if (!in->nulls[i])
            assert_string_equal(PQgetvalue(result, i, 0), in->texts[i]);
    }
    PQclear(result);

    /* And back, as one array. */
    snprintf(sql, sizeof sql, "select $1::%s[]", subject->sql);
    result = run(s->connection, sql, &value);
    const quire_field field = { .name = "x",
                                .labels = &mood,
                                .oid = subject_oid(subject, true),
                                .type = (uint16_t)subject->type,
                                .flags = QUIRE_FIELD_ARRAY };
    assert_true(qi_field_accepts(&field, PQftype(result, 0)) ||
                (subject->user_made && subject->type == QUIRE_TYPE_TEXT));
    quire_int4_array back = { 0 };
    assert_ok(qi_decode(&field, cell_of(result, 0, 0), (char *)&back, arena, &err), &err);
    assert_int_equal(back.count, VALUES);
    for (size_t i = 0; i < VALUES; i++) {
        assert_int_equal(back.nulls[i], in->nulls[i]);
        if (!in->nulls[i])
            same_text(subject->type, (const char *)(const void *)back.items + i * in->size,
                      in->texts[i], arena);
    }
    PQclear(result);
}

static void send_single(server *s, const sample *in, qi_arena *arena)
{
    const struct subject *subject = in->subject;
    const quire_param param = { .name = "p",
                                .labels = &mood,
                                .oid = subject_oid(subject, false),
                                .type = (uint16_t)subject->type };
    char sql[256];
    snprintf(sql, sizeof sql, "select ($1::%s)::text", subject->sql);
    for (size_t i = 0; i < SINGLE; i++) {
        if (in->nulls[i])
            continue;
        qi_param_value value;
        char small[16];
        quire_error err = { 0 };
        assert_ok(qi_encode(&param, in->items + i * in->size, small, arena, &value, &err), &err);
        PGresult *result = run(s->connection, sql, &value);
        assert_string_equal(PQgetvalue(result, 0, 0), in->texts[i]);
        PQclear(result);
    }
}

static void test_all_types(void **state)
{
    for (size_t i = 0; i < SUBJECTS; i++) {
        random_bits = UINT64_C(0x9E3779B97F4A7C15) + i;
        qi_arena arena = { 0 };
        sample values = { .subject = &subjects[i] };
        print_message("# %s%s\n", subjects[i].sql, subjects[i].user_made ? " (OID not known)" : "");
        receive(*state, &values, &arena);
        send_array(*state, &values, &arena);
        send_single(*state, &values, &arena);
        qi_arena_free(&arena);
    }
}

/* What only some versions of the server have: the infinities of numeric and interval. */
static void test_infinities(void **state)
{
    static const struct {
        uint16_t type;
        int since;
        const char *sql;
        const char *text;
    } cases[] = {
        { QUIRE_TYPE_DECIMAL, 140000, "select 'inf'::numeric where $1 = '1'", "Infinity" },
        { QUIRE_TYPE_DECIMAL, 140000, "select '-inf'::numeric where $1 = '1'", "-Infinity" },
        { QUIRE_TYPE_INTERVAL, 170000, "select 'infinity'::interval where $1 = '1'", "infinity" },
        { QUIRE_TYPE_INTERVAL, 170000, "select '-infinity'::interval where $1 = '1'", "-infinity" },
    };
    server *s = *state;
    const qi_param_value none = { .data = "1", .oid = 25 };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (PQserverVersion(s->connection) < cases[i].since) {
            print_message("# not in this server: %s\n", cases[i].sql);
            continue;
        }
        const quire_field field = { .name = "x", .type = cases[i].type };
        union {
            quire_decimal decimal;
            quire_interval interval;
        } out;
        qi_arena arena = { 0 };
        quire_error err = { 0 };
        PGresult *result = run(s->connection, cases[i].sql, &none);
        assert_ok(qi_decode(&field, cell_of(result, 0, 0), (char *)&out, &arena, &err), &err);
        assert_string_equal(text_of(cases[i].type, &out, &arena), cases[i].text);
        PQclear(result);
        qi_arena_free(&arena);
    }
}

static void test_array_shapes(void **state)
{
    server *s = *state;
    qi_arena arena = { 0 };
    quire_error err = { 0 };
    const quire_field field = {
        .name = "shape", .oid = 1007, .type = QUIRE_TYPE_INT4, .flags = QUIRE_FIELD_ARRAY
    };
    quire_int4_array array = { 0 };
    const qi_param_value none = { .data = "1", .oid = 25 };
    PGresult *result = run(s->connection,
                           "select '{}'::int4[], '[5:6]={7,8}'::int4[], '{{1,2},{3,4}}'::int4[],"
                           " '{NULL,3}'::int4[] where $1 = '1'",
                           &none);
    assert_ok(qi_decode(&field, cell_of(result, 0, 0), (char *)&array, &arena, &err), &err);
    assert_int_equal(array.count, 0);
    assert_ok(qi_decode(&field, cell_of(result, 0, 1), (char *)&array, &arena, &err), &err);
    assert_int_equal(array.count, 2);
    assert_null(array.nulls);
    assert_int_equal(array.items[1], 8);
    assert_status(QUIRE_DATA,
                  qi_decode(&field, cell_of(result, 0, 2), (char *)&array, &arena, &err), &err);
    assert_string_equal(err.column, "shape");
    assert_contains(err.message, "more than one dimension");
    assert_ok(qi_decode(&field, cell_of(result, 0, 3), (char *)&array, &arena, &err), &err);
    assert_int_equal(array.count, 2);
    assert_true(array.nulls[0] && !array.nulls[1]);
    assert_int_equal(array.items[0], 0);
    assert_int_equal(array.items[1], 3);
    PQclear(result);

    /* Empty ones on their way out, in both forms. */
    static const struct {
        quire_param param;
        const char *sql;
    } empties[] = {
        { { .name = "p", .oid = 1007, .type = QUIRE_TYPE_INT4, .flags = QUIRE_FIELD_ARRAY },
          "select cardinality($1)::text" },
        { { .name = "p", .labels = &mood, .type = QUIRE_TYPE_ENUM, .flags = QUIRE_FIELD_ARRAY },
          "select cardinality($1::mood[])::text" },
    };
    for (size_t i = 0; i < 2; i++) {
        quire_int4_array empty = { 0 };
        qi_param_value value;
        char small[16];
        assert_ok(qi_encode(&empties[i].param, &empty, small, &arena, &value, &err), &err);
        result = run(s->connection, empties[i].sql, &value);
        assert_string_equal(PQgetvalue(result, 0, 0), "0");
        PQclear(result);
    }
    qi_arena_free(&arena);
}

/* The built-in types that are text to a program. */
static void test_text_family(void **state)
{
    server *s = *state;
    const qi_param_value none = { .data = "1", .oid = 25 };
    PGresult *result = run(s->connection,
                           "select 'ab'::char(4), 'n'::name, '<a/>'::xml, 'c'::\"char\","
                           " 0::\"char\", array['a','b']::name[] where $1 = '1'",
                           &none);
    static const char *const expected[] = { "ab  ", "n", "<a/>", "c", "" };
    qi_arena arena = { 0 };
    quire_error err = { 0 };
    for (int i = 0; i < 5; i++) {
        bool is_array;
        const quire_field field = { .name = "t", .oid = 25, .type = QUIRE_TYPE_TEXT };
        const char *text = NULL;
        assert_int_equal(qi_type_from_oid(PQftype(result, i), &is_array), QUIRE_TYPE_TEXT);
        assert_false(is_array);
        assert_true(qi_field_accepts(&field, PQftype(result, i)));
        assert_ok(qi_decode(&field, cell_of(result, 0, i), (char *)&text, &arena, &err), &err);
        assert_string_equal(text, expected[i]);
    }
    const quire_field field = {
        .name = "t", .oid = 1009, .type = QUIRE_TYPE_TEXT, .flags = QUIRE_FIELD_ARRAY
    };
    quire_text_array array = { 0 };
    assert_true(qi_field_accepts(&field, PQftype(result, 5)));
    assert_ok(qi_decode(&field, cell_of(result, 0, 5), (char *)&array, &arena, &err), &err);
    assert_int_equal(array.count, 2);
    assert_string_equal(array.items[1], "b");
    PQclear(result);
    qi_arena_free(&arena);
}

/* Every row of the table has the OIDs of this server. */
static void test_oids(void **state)
{
    server *s = *state;
    for (int type = 1; type < QUIRE_TYPE_ENUM; type++) {
        const qi_type *row = qi_type_of(type);
        assert_non_null(row);
        const qi_param_value name = { .data = row->name, .oid = 25 };
        PGresult *result = run(s->connection,
                               "select oid::text, typarray::text from pg_type where typname = $1"
                               " and typnamespace = 'pg_catalog'::regnamespace",
                               &name);
        assert_int_equal(PQntuples(result), 1);
        assert_int_equal(strtoul(PQgetvalue(result, 0, 0), NULL, 10), row->oid);
        assert_int_equal(strtoul(PQgetvalue(result, 0, 1), NULL, 10), row->array_oid);
        bool is_array;
        assert_int_equal(qi_type_from_oid(row->oid, &is_array), type);
        assert_false(is_array);
        assert_int_equal(qi_type_from_oid(row->array_oid, &is_array), type);
        assert_true(is_array);
        PQclear(result);
    }
}

/* Decimals as doubles: the server's own conversion is the reference. */
static void test_decimal_to_double(void **state)
{
    server *s = *state;
    random_bits = 12345;
    qi_arena arena = { 0 };
    for (int i = 0; i < 300; i++) {
        const char *text = make_numeric(&arena);
        const qi_param_value value = { .data = text, .oid = 1700 };
        PGresult *result = run(s->connection, "select $1::float8", &value);
        const quire_field field = { .name = "x", .oid = 701, .type = QUIRE_TYPE_FLOAT8 };
        double expected;
        quire_error err = { 0 };
        assert_ok(qi_decode(&field, cell_of(result, 0, 0), (char *)&expected, &arena, &err), &err);
        assert_true(expected == quire_decimal_to_double(quire_decimal_of(text)));
        PQclear(result);
    }
    qi_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_types),    cmocka_unit_test(test_infinities),
        cmocka_unit_test(test_array_shapes), cmocka_unit_test(test_text_family),
        cmocka_unit_test(test_oids),         cmocka_unit_test(test_decimal_to_double),
    };
    return cmocka_run_group_tests(tests, open_server, close_server);
}
