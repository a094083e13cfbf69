/*
 * Values as text against a real server: what it writes is read as the same value, bit by bit, as its
 * binary form; what is written here it reads as the same value. Under all its settings that change a
 * text and that Quire reads.
 */
#include "support/database.h"
#include "support/test.h"
#include "support/values.h"

#include "base/arena.h"
#include "types/codec.h"

#include <quire/quire.h>

#include <stdio.h>
#include <string.h>

enum { SINGLE = 100 };

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

/* ---- one subject ----------------------------------------------------------------------------- */

typedef struct sample {
    const test_subject *subject;
    quire_field field;
    quire_field array;
    size_t size; /* of an item */
    quire_int4_array items;
    qi_arena arena;
} sample;

static sample begin(const test_subject *subject)
{
    sample s = { .subject = subject, .size = qi_type_of(subject->type)->size };
    s.field = (quire_field){ .name = "x",
                             .labels = &test_mood,
                             .oid = test_subject_oid(subject, false),
                             .type = (uint16_t)subject->type };
    s.array = s.field;
    s.array.oid = test_subject_oid(subject, true);
    s.array.flags = QUIRE_FIELD_ARRAY;
    return s;
}

static quire_param param_of(const quire_field *field)
{
    return (quire_param){ .name = "p",
                          .labels = field->labels,
                          .oid = field->oid,
                          .type = field->type,
                          .flags = field->flags };
}

static const char *item(const sample *s, const quire_int4_array *array, size_t index)
{
    return (const char *)(const void *)array->items + index * s->size;
}

/* Bit by bit where the value lies in the struct, else what the struct points to. */
static bool same_value(const sample *s, const char *a, const char *b)
{
    const char *texts[2];
    quire_bytes bytes[2];
    switch (s->subject->type) {
    case QUIRE_TYPE_TEXT:
    case QUIRE_TYPE_JSON:
    case QUIRE_TYPE_JSONB:
    case QUIRE_TYPE_DECIMAL: /* a struct of one text pointer */
        memcpy(&texts[0], a, sizeof texts[0]);
        memcpy(&texts[1], b, sizeof texts[1]);
        return strcmp(texts[0], texts[1]) == 0;
    case QUIRE_TYPE_BYTES:
        memcpy(&bytes[0], a, sizeof bytes[0]);
        memcpy(&bytes[1], b, sizeof bytes[1]);
        return bytes[0].length == bytes[1].length &&
               memcmp(bytes[0].data, bytes[1].data, bytes[0].length) == 0;
    default:
        return memcmp(a, b, s->size) == 0;
    }
}

static void same_array(const sample *s, const quire_int4_array *actual)
{
    assert_int_equal(actual->count, s->items.count);
    for (size_t i = 0; i < actual->count; i++) {
        bool is_null = s->items.nulls && s->items.nulls[i];
        assert_int_equal(actual->nulls && actual->nulls[i], is_null);
        if (!is_null && !same_value(s, item(s, actual, i), item(s, &s->items, i)))
            fail_msg("%s: value %zu is another one", s->subject->sql, i);
    }
}

/* A cell, which its result outlives not; so that text stays in place. */
static qi_cell keep(sample *s, qi_cell cell)
{
    if (cell.data) {
        char *copy = qi_arena_bytes(&s->arena, cell.length + 1);
        memcpy(copy, cell.data, cell.length + 1);
        cell.data = copy;
    }
    return cell;
}

static quire_int4_array decode_array(sample *s, const PGresult *result, bool as_text)
{
    quire_int4_array array = { 0 };
    quire_error err = { 0 };
    const qi_cell cell = keep(s, test_cell(result, 0, 0));
    assert_ok(
        (as_text ? qi_decode_text : qi_decode)(&s->array, cell, (char *)&array, &s->arena, &err),
        &err);
    return array;
}

/* ---- from the server ------------------------------------------------------------------------- */

static void literals(sample *s, qi_param_value *out)
{
    const quire_field texts = {
        .name = "p", .oid = 1009, .type = QUIRE_TYPE_TEXT, .flags = QUIRE_FIELD_ARRAY
    };
    const quire_param param = param_of(&texts);
    const quire_text_array array = { test_literals(s->subject, &s->arena), NULL, TEST_VALUES };
    quire_error err = { 0 };
    assert_ok(qi_encode_text(&param, &array, &s->arena, out, &err), &err);
}

/* All values as one array in binary form, which is what the others are compared with. */
static void receive_binary(PGconn *connection, sample *s, const qi_param_value *values)
{
    char sql[256];
    snprintf(sql, sizeof sql,
             "select array_agg(v::%s order by n) from unnest($1) with ordinality u(v, n)",
             s->subject->sql);
    PGresult *result = test_run(connection, sql, values, false);
    s->items = decode_array(s, result, false);
    assert_int_equal(s->items.count, TEST_VALUES);
    PQclear(result);
}

static void receive_literal(PGconn *connection, sample *s, const qi_param_value *values)
{
    char sql[256];
    snprintf(sql, sizeof sql,
             "select array_agg(v::%s order by n) from unnest($1) with ordinality u(v, n)",
             s->subject->sql);
    PGresult *result = test_run(connection, sql, values, true);
    quire_int4_array array = decode_array(s, result, true);
    same_array(s, &array);
    PQclear(result);
}

static void receive_bounds(PGconn *connection, sample *s, const qi_param_value *values)
{
    char sql[256];
    snprintf(sql, sizeof sql,
             "select ('[-5:%d]=' || array_agg(v::%s order by n)::text)::%s[]"
             " from unnest($1) with ordinality u(v, n)",
             TEST_VALUES - 6, s->subject->sql, s->subject->sql);
    PGresult *result = test_run(connection, sql, values, true);
    assert_memory_equal(PQgetvalue(result, 0, 0), "[-5:", 4);
    quire_int4_array array = decode_array(s, result, true);
    same_array(s, &array);
    PQclear(result);
}

static void receive_each(PGconn *connection, sample *s, const qi_param_value *values)
{
    char sql[256];
    snprintf(sql, sizeof sql, "select v::%s from unnest($1) with ordinality u(v, n) order by n",
             s->subject->sql);
    PGresult *result = test_run(connection, sql, values, true);
    char *items = qi_arena_zero(&s->arena, TEST_VALUES, s->size);
    for (int i = 0; i < TEST_VALUES; i++) {
        quire_error err = { 0 };
        const qi_cell cell = keep(s, test_cell(result, i, 0));
        if (cell.data)
            assert_ok(qi_decode_text(&s->field, cell, items + (size_t)i * s->size, &s->arena, &err),
                      &err);
    }
    const quire_int4_array array = { (const void *)items, s->items.nulls, TEST_VALUES };
    same_array(s, &array);
    PQclear(result);
}

/* ---- to the server --------------------------------------------------------------------------- */

/* Without the OID too, as where a transport cannot say it. */
static void send_array(PGconn *connection, sample *s, bool with_oid)
{
    quire_param param = param_of(&s->array);
    param.oid = with_oid ? param.oid : 0;
    char sql[256];
    qi_param_value value;
    quire_error err = { 0 };
    assert_ok(qi_encode_text(&param, &s->items, &s->arena, &value, &err), &err);
    assert_int_equal(value.binary, 0);
    snprintf(sql, sizeof sql, "select $1::%s[]", s->subject->sql);
    PGresult *result = test_run(connection, sql, &value, false);
    quire_int4_array back = decode_array(s, result, false);
    same_array(s, &back);
    PQclear(result);
}

static void send_single(PGconn *connection, sample *s)
{
    const quire_param param = param_of(&s->field);
    char sql[256];
    snprintf(sql, sizeof sql, "select $1::%s", s->subject->sql);
    for (size_t i = 0; i < SINGLE; i++) {
        qi_param_value value;
        quire_error err = { 0 };
        union {
            max_align_t align;
            char bytes[16];
        } back;
        if (s->items.nulls[i])
            continue;
        assert_ok(qi_encode_text(&param, item(s, &s->items, i), &s->arena, &value, &err), &err);
        PGresult *result = test_run(connection, sql, &value, false);
        const qi_cell cell = keep(s, test_cell(result, 0, 0));
        assert_ok(qi_decode(&s->field, cell, back.bytes, &s->arena, &err), &err);
        assert_true(same_value(s, back.bytes, item(s, &s->items, i)));
        PQclear(result);
    }
}

/* ---- tests ----------------------------------------------------------------------------------- */

static void test_all_types(void **state)
{
    server *on = *state;
    for (size_t i = 0; i < test_subject_count; i++) {
        sample s = begin(&test_subjects[i]);
        qi_param_value values;
        print_message("# %s\n", s.subject->sql);
        test_seed(UINT64_C(0x2545F4914F6CDD1D) + i);
        literals(&s, &values);
        receive_binary(on->connection, &s, &values);
        receive_literal(on->connection, &s, &values);
        receive_bounds(on->connection, &s, &values);
        receive_each(on->connection, &s, &values);
        send_array(on->connection, &s, true);
        send_array(on->connection, &s, false);
        send_single(on->connection, &s);
        qi_arena_free(&s.arena);
    }
}

/* Every setting in its turn, for the types whose text it changes. */
static void test_settings(void **state)
{
    static const struct {
        const char *setting;
        const char *reset;
        int types[4];
    } cases[] = {
        { "set bytea_output to escape", "reset bytea_output", { QUIRE_TYPE_BYTES } },
        { "set intervalstyle to postgres", "reset intervalstyle", { QUIRE_TYPE_INTERVAL } },
        { "set intervalstyle to postgres_verbose", "reset intervalstyle", { QUIRE_TYPE_INTERVAL } },
        { "set intervalstyle to sql_standard", "reset intervalstyle", { QUIRE_TYPE_INTERVAL } },
        { "set extra_float_digits to 3",
          "reset extra_float_digits",
          { QUIRE_TYPE_FLOAT4, QUIRE_TYPE_FLOAT8 } },
        { "set datestyle to 'ISO, DMY'",
          "set datestyle to 'ISO, MDY'",
          { QUIRE_TYPE_DATE, QUIRE_TYPE_TIMESTAMP, QUIRE_TYPE_TIMESTAMPTZ } },
        /* Offsets of seconds before 1937, of half hours, of more than half a day. */
        { "set timezone to 'Europe/Amsterdam'",
          "set timezone to 'UTC'",
          { QUIRE_TYPE_TIMESTAMPTZ } },
        { "set timezone to 'Asia/Kolkata'", "set timezone to 'UTC'", { QUIRE_TYPE_TIMESTAMPTZ } },
        { "set timezone to 'Pacific/Kiritimati'",
          "set timezone to 'UTC'",
          { QUIRE_TYPE_TIMESTAMPTZ } },
        { "set timezone to 'America/St_Johns'",
          "set timezone to 'UTC'",
          { QUIRE_TYPE_TIMESTAMPTZ } },
    };
    server *on = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        print_message("# %s\n", cases[i].setting);
        test_command(on->connection, cases[i].setting);
        for (size_t j = 0; j < test_subject_count; j++) {
            bool wanted = false;
            for (size_t k = 0; k < 4; k++)
                wanted = wanted || cases[i].types[k] == test_subjects[j].type;
            if (!wanted)
                continue;
            sample s = begin(&test_subjects[j]);
            qi_param_value values;
            test_seed(UINT64_C(0xDA942042E4DD58B5) + i);
            literals(&s, &values);
            receive_binary(on->connection, &s, &values);
            receive_literal(on->connection, &s, &values);
            receive_each(on->connection, &s, &values);
            send_array(on->connection, &s, true);
            qi_arena_free(&s.arena);
        }
        test_command(on->connection, cases[i].reset);
    }
}

/* What is not read is refused, with the setting to look at. */
static void test_datestyle(void **state)
{
    static const char *const styles[] = { "SQL, DMY", "German", "Postgres, MDY" };
    server *on = *state;
    const qi_param_value none = { .data = "1", .oid = 25 };
    for (size_t i = 0; i < 3; i++) {
        char sql[64];
        qi_arena arena = { 0 };
        quire_error err = { 0 };
        const quire_field field = { .name = "born", .oid = 1082, .type = QUIRE_TYPE_DATE };
        quire_date date;
        snprintf(sql, sizeof sql, "set datestyle to %s", styles[i]);
        test_command(on->connection, sql);
        PGresult *result =
            test_run(on->connection, "select date '1974-05-01' where $1 = '1'", &none, true);
        assert_status(QUIRE_DATA,
                      qi_decode_text(&field, test_cell(result, 0, 0), (char *)&date, &arena, &err),
                      &err);
        assert_string_equal(err.column, "born");
        assert_contains(err.hint, "DateStyle");
        PQclear(result);
        qi_arena_free(&arena);
    }
    test_command(on->connection, "set datestyle to 'ISO, MDY'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_types),
        cmocka_unit_test(test_settings),
        cmocka_unit_test(test_datestyle),
    };
    return cmocka_run_group_tests(tests, open_server, close_server);
}
