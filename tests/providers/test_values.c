/*
 * Values of every type on each kind of server (tests/support/with-server.sh), as generated functions read
 * and write them: what was read and written back is the same to the server. And large ones, and many.
 */
#include "support/database.h"
#include "support/test.h"
#include "support/values.h"

#include <quire/generated.h>
#include <quire/quire.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum {
    SUBJECTS_MOST = 32,
    SINGLES = 40,
    ARRAY = 200,
    OID_INT4 = 23,
    OID_TEXT = 25,
    OID_BYTEA = 17
};

typedef struct sample {
    int32_t n;
    union {
        quire_nullable_interval interval;
        quire_nullable_uuid uuid;
        quire_nullable_bytes bytes;
        quire_nullable_int8 int8;
        const char *text;
    } v;
} sample;

typedef struct sample_list {
    sample *items;
    size_t count;
    quire_memory *owner_;
} sample_list;

typedef struct samples {
    quire_int4_array items;
    quire_memory *owner_;
} samples;

/* What `quire codegen` would have written for the tables of one type; its address is its identity. */
typedef struct descriptors {
    char sql[4][128];
    quire_field fields[2];
    quire_field array_field;
    quire_row_type row;
    quire_row_type array_row;
    quire_param params[2];
    quire_param array_param;
    quire_statement read;
    quire_statement write;
    quire_statement read_array;
    quire_statement write_array;
} descriptors;

static descriptors all[SUBJECTS_MOST];

static void describe(descriptors *d, const test_subject *subject, size_t i)
{
    const quire_field value = {
        .name = "v",
        .labels = &test_mood,
        .oid = test_subject_oid(subject, false),
        .offset = offsetof(sample, v),
        .type = (uint16_t)subject->type,
        .flags = QUIRE_FIELD_NULLABLE,
    };
    d->fields[0] = (quire_field){ "n", NULL, OID_INT4, offsetof(sample, n), QUIRE_TYPE_INT4, 0 };
    d->fields[1] = value;
    d->array_field = value;
    d->array_field.oid = test_subject_oid(subject, true);
    d->array_field.offset = offsetof(samples, items);
    d->array_field.flags = QUIRE_FIELD_ARRAY;
    d->row = (quire_row_type){ "sample", sizeof(sample), QUIRE_NO_OWNER, d->fields, 2, NULL, 0 };
    d->array_row = (quire_row_type){
        "samples", sizeof(samples), offsetof(samples, owner_), &d->array_field, 1, NULL, 0
    };
    d->params[0] = (quire_param){ "n", NULL, OID_INT4, 0, QUIRE_TYPE_INT4, 0 };
    d->params[1] = (quire_param){ "v", &test_mood, value.oid, 1, value.type, value.flags };
    d->array_param =
        (quire_param){ "v", &test_mood, d->array_field.oid, 0, value.type, QUIRE_FIELD_ARRAY };
    snprintf(d->sql[0], sizeof d->sql[0], "select n, v from v%zu order by n", i);
    snprintf(d->sql[1], sizeof d->sql[1], "insert into w%zu values ($1, $2)", i);
    snprintf(d->sql[2], sizeof d->sql[2], "select v from va%zu", i);
    snprintf(d->sql[3], sizeof d->sql[3], "insert into wa%zu values ($1)", i);
    d->read = (quire_statement){ .name = "v.read", .sql = d->sql[0], .row = &d->row };
    d->write = (quire_statement){ .name = "v.write",
                                  .sql = d->sql[1],
                                  .params = d->params,
                                  .param_count = 2,
                                  .flags = QUIRE_STATEMENT_WRITES };
    d->read_array = (quire_statement){ .name = "v.array", .sql = d->sql[2], .row = &d->array_row };
    d->write_array = (quire_statement){ .name = "v.write_array",
                                        .sql = d->sql[3],
                                        .params = &d->array_param,
                                        .param_count = 1,
                                        .flags = QUIRE_STATEMENT_WRITES };
}

/* A statement on the tables of a type: # stands for its number, @ for its name. */
static void fill(char *out, size_t size, const char *pattern, const test_subject *subject, size_t i)
{
    size_t length = 0;
    for (const char *at = pattern; *at && length + 1 < size; at++) {
        if (*at == '#')
            length += (size_t)snprintf(out + length, size - length, "%zu", i);
        else if (*at == '@')
            length += (size_t)snprintf(out + length, size - length, "%s", subject->sql);
        else
            out[length++] = *at;
    }
    assert_true(length + 1 < size);
    out[length] = '\0';
}

/* Tables v and w for single values, va and wa for arrays; the values come as text in one array. */
static void make_tables(quire_db *db, const test_subject *subject, size_t i)
{
    qi_arena arena = { 0 };
    quire_error err = { 0 };
    char sql[1024];
    const quire_param texts = { "p", NULL, 1009, 0, QUIRE_TYPE_TEXT, QUIRE_FIELD_ARRAY };
    const quire_text_array array = { test_literals(subject, &arena), NULL, ARRAY };
    qi_param_value literal;
    assert_ok(qi_encode_text(&texts, &array, &arena, &literal, &err), &err);
    fill(sql, sizeof sql,
         "create table v# (n int primary key, v @);"
         "create table w# (n int primary key, v @);"
         "create table va# (v @[] not null); create table wa# (v @[] not null)",
         subject, i);
    test_sql(db, sql);
    fill(sql, sizeof sql,
         "with a as (insert into va# select array_agg(v::@ order by n)"
         " from unnest($1::text[]) with ordinality u (v, n) returning v)"
         " insert into v# select n, x from a, unnest(a.v) with ordinality u (x, n)"
         " where n <= 40 or n % 50 = 0",
         subject, i);
    assert_ok(quire_query(db, sql, &literal.data, 1, NULL, &err), &err);
    qi_arena_free(&arena);
}

static void assert_same(quire_db *db, const test_subject *subject, size_t i)
{
    char sql[512];
    fill(sql, sizeof sql,
         "select count(*) from v# v full join w# w using (n)"
         " where v.n is null or v.v::text is distinct from w.v::text",
         subject, i);
    if (test_int(db, sql) != 0)
        fail_msg("%s: single values are others", subject->sql);
    fill(sql, sizeof sql,
         "select count(*) from va# v full join wa# w on v.v::text = w.v::text"
         " where v.v is null or w.v is null",
         subject, i);
    if (test_int(db, sql) != 0)
        fail_msg("%s: the values of an array are others", subject->sql);
}

/* Each alone over HTTP; elsewhere in one transaction, since some poolers take their time for each. */
static void write_back(quire_db *db, const descriptors *d, const sample_list *list)
{
    quire_error err = { 0 };
    const char *kind = getenv("QUIRE_TEST_KIND");
    bool alone = kind && strcmp(kind, "neon-http") == 0;
    quire_db *tx = alone ? db : quire_begin(db, NULL, &err);
    for (size_t i = 0; i < list->count; i++) {
        const void *const args[] = { &list->items[i].n, &list->items[i].v };
        assert_ok(quire_execute(tx, &d->write, args, NULL, NULL, &err), &err);
    }
    if (!alone)
        assert_ok(quire_commit(tx, &err), &err);
}

static void every_type_both_ways(void **state)
{
    quire_db *db = *state;
    quire_error err = { 0 };
    test_sql(db, "create type mood as enum ('plain', 'NULL', 'a,b', 'q\"q', 'b\\s', '{x}',"
                 " ' sp ', '', '\xC3\xA4\xF0\x9F\x93\x96', 'it''s')");
    test_seed(1863);
    assert_true(test_subject_count <= SUBJECTS_MOST);
    for (size_t i = 0; i < test_subject_count; i++) {
        descriptors *d = &all[i];
        describe(d, &test_subjects[i], i);
        make_tables(db, &test_subjects[i], i);
        sample_list list = { 0 };
        assert_ok(quire_fetch_list(db, &d->read, NULL, NULL, &list, &err), &err);
        assert_true(list.count > SINGLES);
        write_back(db, d, &list);
        quire_memory_free(list.owner_);
        samples array = { 0 };
        assert_ok(quire_fetch_one(db, &d->read_array, NULL, NULL, &array, &err), &err);
        assert_int_equal(array.items.count, ARRAY);
        const void *const args[] = { &array.items };
        assert_ok(quire_execute(db, &d->write_array, args, NULL, NULL, &err), &err);
        quire_memory_free(array.owner_);
        assert_same(db, &test_subjects[i], i);
    }
}

/* ---- large, and many ------------------------------------------------------------------------- */

typedef struct large {
    const char *text;
    quire_bytes bytes;
    quire_memory *owner_;
} large;

static const quire_field large_fields[] = {
    { "text", NULL, OID_TEXT, offsetof(large, text), QUIRE_TYPE_TEXT, 0 },
    { "bytes", NULL, OID_BYTEA, offsetof(large, bytes), QUIRE_TYPE_BYTES, 0 },
};
static const quire_row_type large_type = {
    "large", sizeof(large), offsetof(large, owner_), large_fields, COUNT(large_fields), NULL, 0,
};
static const quire_param large_params[] = {
    { "text", NULL, OID_TEXT, 0, QUIRE_TYPE_TEXT, 0 },
    { "bytes", NULL, OID_BYTEA, 1, QUIRE_TYPE_BYTES, 0 },
};
static const quire_statement write_large = {
    .name = "large.write",
    .sql = "insert into large values ($1, $2) returning text, bytes",
    .params = large_params,
    .param_count = COUNT(large_params),
    .row = &large_type,
    .flags = QUIRE_STATEMENT_WRITES,
};

static void large_values(void **state)
{
    enum { SIZE = 1024 * 1024 };
    quire_db *db = *state;
    quire_error err = { 0 };
    char *text = malloc(SIZE + 1);
    unsigned char *bytes = malloc(SIZE);
    assert_non_null(text);
    assert_non_null(bytes);
    for (size_t i = 0; i < SIZE; i++) {
        text[i] = "a\"\\\n\x01z"[i % 6];
        bytes[i] = (unsigned char)(i * 7 + i / 256);
    }
    text[SIZE] = '\0';
    test_sql(db, "create table large (text text not null, bytes bytea not null)");
    const quire_bytes value = { bytes, SIZE };
    for (int i = 0; i < 2; i++) { /* the second time without a guard */
        large row = { 0 };
        assert_ok(quire_fetch_one(db, &write_large, (const void *const[]){ &text, &value }, NULL,
                                  &row, &err),
                  &err);
        assert_string_equal(row.text, text);
        assert_int_equal(row.bytes.length, SIZE);
        assert_memory_equal(row.bytes.data, bytes, SIZE);
        quire_memory_free(row.owner_);
    }
    free(text);
    free(bytes);
}

static const quire_field many_fields[] = {
    { "n", NULL, OID_INT4, offsetof(sample, n), QUIRE_TYPE_INT4, 0 },
    { "v", NULL, OID_TEXT, offsetof(sample, v), QUIRE_TYPE_TEXT, QUIRE_FIELD_NULLABLE },
};
static const quire_row_type many_type = {
    "sample", sizeof(sample), QUIRE_NO_OWNER, many_fields, COUNT(many_fields), NULL, 0,
};
static const quire_param many_params[] = { { "most", NULL, OID_INT4, 0, QUIRE_TYPE_INT4, 0 } };
static const quire_statement many = {
    .name = "samples.many",
    .sql = "select n, case when n % 10 > 0 then 'row ' || n end as v from generate_series(1, $1) n",
    .params = many_params,
    .param_count = 1,
    .row = &many_type,
};

static void many_rows(void **state)
{
    quire_error err = { 0 };
    static const int32_t counts[] = { 50000, 0 };
    for (size_t k = 0; k < COUNT(counts); k++) {
        sample_list list = { 0 };
        assert_ok(
            quire_fetch_list(*state, &many, (const void *const[]){ &counts[k] }, NULL, &list, &err),
            &err);
        assert_int_equal(list.count, counts[k]);
        for (size_t i = 0; i < list.count; i++) {
            char expected[32];
            snprintf(expected, sizeof expected, "row %zu", i + 1);
            assert_int_equal(list.items[i].n, i + 1);
            if ((i + 1) % 10)
                assert_string_equal(list.items[i].v.text, expected);
            else
                assert_null(list.items[i].v.text);
        }
        quire_memory_free(list.owner_);
    }
}

int main(void)
{
#define TEST(name)                                                                                 \
    cmocka_unit_test_setup_teardown(name, test_database_setup, test_database_teardown)
    const struct CMUnitTest tests[] = { TEST(every_type_both_ways), TEST(large_values),
                                        TEST(many_rows) };
    return cmocka_run_group_tests_name("values", tests, NULL, NULL);
}
