/*
 * Every type against a real server, through libpq's binary format: what PostgreSQL makes of a text, read
 * here and written as text, is what PostgreSQL writes; and what is sent from here arrives as it was.
 */
#include "support/database.h"
#include "support/test.h"
#include "support/values.h"

#include "base/arena.h"
#include "types/codec.h"

#include <quire/quire.h>

#include <inttypes.h>
#include <libpq-fe.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SINGLE = 150 };

typedef struct server {
    quire_db *db;
    PGconn *connection;
} server;

static int open_server(void **state)
{
    static server s;
    s.db = test_database();
    s.connection = test_connect(s.db);
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
        return quire_enum_label(&test_mood, *(const int *)value);
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

/* The values of a subject: C items, whether each is NULL, and the server's text of each. */
typedef struct sample {
    const test_subject *subject;
    size_t size;
    char *items;
    bool nulls[TEST_VALUES];
    const char *texts[TEST_VALUES];
} sample;

/* Texts go out as a text[]; back come, in binary, the values and what the server writes for them. */
static void receive(server *s, sample *out, qi_arena *arena)
{
    const test_subject *subject = out->subject;
    const quire_param param = {
        .name = "p", .oid = 1009, .type = QUIRE_TYPE_TEXT, .flags = QUIRE_FIELD_ARRAY
    };
    quire_text_array literals = { test_literals(subject, arena), NULL, TEST_VALUES };
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
    PGresult *result = test_run(s->connection, sql, &value, false);
    assert_int_equal(PQntuples(result), TEST_VALUES);

    const quire_field field = { .name = "x",
                                .labels = &test_mood,
                                .type = (uint16_t)subject->type,
                                .oid = test_subject_oid(subject, false) };
    assert_true(subject->user_made || qi_field_accepts(&field, PQftype(result, 0)));
    out->size = qi_type_of(subject->type)->size;
    out->items = qi_arena_zero(arena, TEST_VALUES, out->size);
    for (int i = 0; i < TEST_VALUES; i++) {
        qi_cell cell = test_cell(result, i, 0);
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
    const test_subject *subject = in->subject;
    const quire_param param = { .name = "p",
                                .labels = &test_mood,
                                .oid = test_subject_oid(subject, true),
                                .type = (uint16_t)subject->type,
                                .flags = QUIRE_FIELD_ARRAY };
    const quire_int4_array array = { (const void *)in->items, in->nulls, TEST_VALUES };
    qi_param_value value;
    char small[16];
    char sql[256];
    quire_error err = { 0 };
    assert_ok(qi_encode(&param, &array, small, arena, &value, &err), &err);
    snprintf(sql, sizeof sql,
             "select x::text from unnest($1::%s[]) with ordinality u(x, n) order by n",
             subject->sql);
    PGresult *result = test_run(s->connection, sql, &value, false);
    assert_int_equal(PQntuples(result), TEST_VALUES);
    for (int i = 0; i < TEST_VALUES; i++) {
        assert_int_equal(PQgetisnull(result, i, 0), in->nulls[i]);
        if (!in->nulls[i])
            assert_string_equal(PQgetvalue(result, i, 0), in->texts[i]);
    }
    PQclear(result);

    /* And back, as one array. */
    snprintf(sql, sizeof sql, "select $1::%s[]", subject->sql);
    result = test_run(s->connection, sql, &value, false);
    const quire_field field = { .name = "x",
                                .labels = &test_mood,
                                .oid = test_subject_oid(subject, true),
                                .type = (uint16_t)subject->type,
                                .flags = QUIRE_FIELD_ARRAY };
    assert_true(qi_field_accepts(&field, PQftype(result, 0)) ||
                (subject->user_made && subject->type == QUIRE_TYPE_TEXT));
    quire_int4_array back = { 0 };
    assert_ok(qi_decode(&field, test_cell(result, 0, 0), (char *)&back, arena, &err), &err);
    assert_int_equal(back.count, TEST_VALUES);
    for (size_t i = 0; i < TEST_VALUES; i++) {
        assert_int_equal(back.nulls[i], in->nulls[i]);
        if (!in->nulls[i])
            same_text(subject->type, (const char *)(const void *)back.items + i * in->size,
                      in->texts[i], arena);
    }
    PQclear(result);
}

static void send_single(server *s, const sample *in, qi_arena *arena)
{
    const test_subject *subject = in->subject;
    const quire_param param = { .name = "p",
                                .labels = &test_mood,
                                .oid = test_subject_oid(subject, false),
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
        PGresult *result = test_run(s->connection, sql, &value, false);
        assert_string_equal(PQgetvalue(result, 0, 0), in->texts[i]);
        PQclear(result);
    }
}

static void test_all_types(void **state)
{
    for (size_t i = 0; i < test_subject_count; i++) {
        test_seed(UINT64_C(0x9E3779B97F4A7C15) + i);
        qi_arena arena = { 0 };
        sample values = { .subject = &test_subjects[i] };
        print_message("# %s%s\n", test_subjects[i].sql,
                      test_subjects[i].user_made ? " (OID not known)" : "");
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
        PGresult *result = test_run(s->connection, cases[i].sql, &none, false);
        assert_ok(qi_decode(&field, test_cell(result, 0, 0), (char *)&out, &arena, &err), &err);
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
    PGresult *result =
        test_run(s->connection,
                 "select '{}'::int4[], '[5:6]={7,8}'::int4[], '{{1,2},{3,4}}'::int4[],"
                 " '{NULL,3}'::int4[] where $1 = '1'",
                 &none, false);
    assert_ok(qi_decode(&field, test_cell(result, 0, 0), (char *)&array, &arena, &err), &err);
    assert_int_equal(array.count, 0);
    assert_ok(qi_decode(&field, test_cell(result, 0, 1), (char *)&array, &arena, &err), &err);
    assert_int_equal(array.count, 2);
    assert_null(array.nulls);
    assert_int_equal(array.items[1], 8);
    assert_status(QUIRE_DATA,
                  qi_decode(&field, test_cell(result, 0, 2), (char *)&array, &arena, &err), &err);
    assert_string_equal(err.column, "shape");
    assert_contains(err.message, "more than one dimension");
    assert_ok(qi_decode(&field, test_cell(result, 0, 3), (char *)&array, &arena, &err), &err);
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
        { { .name = "p",
            .labels = &test_mood,
            .type = QUIRE_TYPE_ENUM,
            .flags = QUIRE_FIELD_ARRAY },
          "select cardinality($1::mood[])::text" },
    };
    for (size_t i = 0; i < 2; i++) {
        quire_int4_array empty = { 0 };
        qi_param_value value;
        char small[16];
        assert_ok(qi_encode(&empties[i].param, &empty, small, &arena, &value, &err), &err);
        result = test_run(s->connection, empties[i].sql, &value, false);
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
    PGresult *result = test_run(s->connection,
                                "select 'ab'::char(4), 'n'::name, '<a/>'::xml, 'c'::\"char\","
                                " 0::\"char\", array['a','b']::name[] where $1 = '1'",
                                &none, false);
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
        assert_ok(qi_decode(&field, test_cell(result, 0, i), (char *)&text, &arena, &err), &err);
        assert_string_equal(text, expected[i]);
    }
    const quire_field field = {
        .name = "t", .oid = 1009, .type = QUIRE_TYPE_TEXT, .flags = QUIRE_FIELD_ARRAY
    };
    quire_text_array array = { 0 };
    assert_true(qi_field_accepts(&field, PQftype(result, 5)));
    assert_ok(qi_decode(&field, test_cell(result, 0, 5), (char *)&array, &arena, &err), &err);
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
        PGresult *result =
            test_run(s->connection,
                     "select oid::text, typarray::text from pg_type where typname = $1"
                     " and typnamespace = 'pg_catalog'::regnamespace",
                     &name, false);
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
    test_seed(12345);
    qi_arena arena = { 0 };
    for (int i = 0; i < 300; i++) {
        const char *text = test_numeric(&arena);
        const qi_param_value value = { .data = text, .oid = 1700 };
        PGresult *result = test_run(s->connection, "select $1::float8", &value, false);
        const quire_field field = { .name = "x", .oid = 701, .type = QUIRE_TYPE_FLOAT8 };
        double expected;
        quire_error err = { 0 };
        assert_ok(qi_decode(&field, test_cell(result, 0, 0), (char *)&expected, &arena, &err),
                  &err);
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
