/*
 * The client over SQL over HTTP, against the stand-in for Neon's endpoint. http.bats starts both servers and sets
 * the environment that quire_open goes by; faults are asked for at $NEON_FETCH_ENDPOINT/../faults.
 */
#include "support/test.h"

#include "client/client.h"

#include <quire/generated.h>
#include <quire/quire.h>

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { OID_INT4 = 23, OID_TEXT = 25, OID_NUMERIC = 1700, OID_INT4_ARRAY = 1007 };

/* ---- the stand-in ---------------------------------------------------------------------------- */

static size_t keep(char *from, size_t size, size_t count, void *context)
{
    char *answer = context;
    size_t length = strlen(answer);
    size_t room = 4095 - length;
    size_t take = size * count < room ? size * count : room;
    memcpy(answer + length, from, take);
    answer[length + take] = '\0';
    return size * count;
}

/* One request to the stand-in's switchboard; the answer is valid until the next. */
static const char *control(const char *method, const char *body)
{
    static char answer[4096];
    char url[256];
    const char *endpoint = getenv("NEON_FETCH_ENDPOINT");
    const char *end = endpoint ? strrchr(endpoint, '/') : NULL;
    if (!end)
        fail_msg("NEON_FETCH_ENDPOINT is not set: run this by http.bats");
    snprintf(url, sizeof url, "%.*s/faults", (int)(end - endpoint), endpoint);
    CURL *curl = curl_easy_init();
    assert_non_null(curl);
    answer[0] = '\0';
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_CAINFO, getenv("NEON_TEST_CA"));
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method);
    if (body)
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, answer);
    CURLcode code = curl_easy_perform(curl);
    curl_easy_cleanup(curl);
    assert_int_equal(code, CURLE_OK);
    return answer;
}

static void fault(const char *json)
{
    assert_contains(control("POST", json), "\"waiting\":");
}

/* Requests that came to /sql since the stand-in was asked to forget. */
static long requests(void)
{
    const char *found = strstr(control("GET", NULL), "\"requests\":");
    assert_non_null(found);
    return strtol(found + strlen("\"requests\":"), NULL, 10);
}

/* ---- descriptors ----------------------------------------------------------------------------- */

typedef struct item {
    int32_t id;
    const char *name;
    quire_nullable_decimal price;
    quire_int4_array tags;
    quire_memory *owner_;
} item;

typedef struct item_list {
    item *items;
    size_t count;
    quire_memory *owner_;
} item_list;

static const quire_field item_fields[] = {
    { "id", NULL, OID_INT4, offsetof(item, id), QUIRE_TYPE_INT4, 0 },
    { "name", NULL, OID_TEXT, offsetof(item, name), QUIRE_TYPE_TEXT, 0 },
    { "price", NULL, OID_NUMERIC, offsetof(item, price), QUIRE_TYPE_DECIMAL, QUIRE_FIELD_NULLABLE },
    { "tags", NULL, OID_INT4_ARRAY, offsetof(item, tags), QUIRE_TYPE_INT4, QUIRE_FIELD_ARRAY },
};
static const quire_row_type item_type = {
    "item", sizeof(item), offsetof(item, owner_), item_fields, COUNT(item_fields), NULL, 0,
};
static const quire_param id_param[] = { { "id", NULL, OID_INT4, 0, QUIRE_TYPE_INT4, 0 } };
static const quire_statement from_id = {
    .name = "items.from_id",
    .sql = "select id, name, price, tags from items where id >= $1 order by id",
    .params = id_param,
    .param_count = 1,
    .row = &item_type,
};
static const quire_param create_params[] = {
    { "id", NULL, OID_INT4, 0, QUIRE_TYPE_INT4, 0 },
    { "name", NULL, OID_TEXT, 1, QUIRE_TYPE_TEXT, 0 },
};
static const quire_statement create = {
    .name = "items.create",
    .sql = "insert into items (id, name) values ($1, $2) returning id, name, price, tags",
    .params = create_params,
    .param_count = 2,
    .row = &item_type,
    .flags = QUIRE_STATEMENT_WRITES,
};
static const quire_statement rename_all = {
    .name = "items.rename_all",
    .sql = "update items set name = name || '!' where id >= $1",
    .params = id_param,
    .param_count = 1,
    .flags = QUIRE_STATEMENT_WRITES,
};

static quire_status create_item(quire_db *db, int32_t id, const char *name, item *out,
                                quire_error *err)
{
    return quire_fetch_one(db, &create, (const void *const[]){ &id, &name }, NULL, out, err);
}

static int64_t number(quire_db *db, const char *sql)
{
    quire_rows rows = { 0 };
    quire_error err = { 0 };
    test_status(QUIRE_OK, quire_query(db, sql, NULL, 0, &rows, &err), &err, sql, __FILE__,
                __LINE__);
    int64_t value = strtoll(quire_rows_value(&rows, 0, 0), NULL, 10);
    quire_rows_free(&rows);
    return value;
}

static int open_items(void **state)
{
    quire_error err = { 0 };
    control("DELETE", NULL);
    quire_db *db = quire_open_default(&err);
    assert_ok(err.status, &err);
    assert_ok(
        quire_exec(db,
                   "drop table if exists items; create table items (id int primary key, name "
                   "text not null, price numeric, tags int[] not null default '{}');"
                   "insert into items values (1, 'one', 1.50, '{1,2}'), (2, 'two', null, '{}')",
                   &err),
        &err);
    control("DELETE", NULL);
    *state = db;
    return 0;
}

static int close_items(void **state)
{
    quire_close(*state);
    return 0;
}

/* ---- what goes where ------------------------------------------------------------------------- */

static void test_rows(void **state)
{
    quire_error err = { 0 };
    item_list list = { 0 };
    int32_t from = 1;
    assert_ok(quire_fetch_list(*state, &from_id, (const void *const[]){ &from }, NULL, &list, &err),
              &err);
    assert_int_equal(list.count, 2);
    assert_string_equal(list.items[0].name, "one");
    assert_true(list.items[0].price.has);
    assert_string_equal(list.items[0].price.value.text, "1.50");
    assert_int_equal(list.items[0].tags.count, 2);
    assert_int_equal(list.items[0].tags.items[1], 2);
    assert_false(list.items[1].price.has);
    quire_memory_free(list.owner_);
    int64_t affected = -1;
    assert_ok(
        quire_execute(*state, &rename_all, (const void *const[]){ &from }, NULL, &affected, &err),
        &err);
    assert_int_equal(affected, 2);
    assert_int_equal(requests(), 2);
}

static void test_parent_and_children_are_one_request(void **state)
{
    typedef struct family {
        item self;
        item_list list;
    } family;
    static const quire_row_type family_type = {
        "family",    sizeof(family),     offsetof(family, self.owner_),
        item_fields, COUNT(item_fields), NULL,
        0,
    };
    static const quire_statement parent = {
        .name = "items.parent",
        .sql = "select id, name, price, tags from items where id = $1",
        .params = id_param,
        .param_count = 1,
        .row = &family_type,
    };
    quire_error err = { 0 };
    family out = { 0 };
    int32_t id = 1;
    assert_ok(quire_fetch_with_list(*state, &parent, &from_id, (const void *const[]){ &id }, &out,
                                    offsetof(family, list), &err),
              &err);
    assert_string_equal(out.self.name, "one");
    assert_int_equal(out.list.count, 2);
    assert_int_equal(requests(), 1);
    quire_memory_free(out.self.owner_);
    quire_memory_free(out.list.owner_);

    /* The service does not say which of the two it was. */
    static const quire_statement broken = {
        .name = "items.broken",
        .sql = "select id, name, price, tags from items where id / ($1 - id) = 0",
        .params = id_param,
        .param_count = 1,
        .row = &item_type,
    };
    assert_status(QUIRE_SQL,
                  quire_fetch_with_list(*state, &parent, &broken, (const void *const[]){ &id },
                                        &out, offsetof(family, list), &err),
                  &err);
    assert_string_equal(err.sqlstate, "22012");
    assert_string_equal(err.query, "items.broken");
}

static void test_sessions_go_over_tcp(void **state)
{
    quire_db *db = *state;
    quire_error err = { 0 };
    quire_db *tx = quire_begin(db, NULL, &err);
    assert_ok(err.status, &err);
    item row = { 0 };
    assert_ok(create_item(tx, 3, "three", &row, &err), &err);
    quire_memory_free(row.owner_);
    assert_int_equal(requests(), 0);
    assert_int_equal(number(db, "select count(*) from items"), 2);
    assert_int_equal(requests(), 1);
    assert_ok(quire_commit(tx, &err), &err);
    assert_int_equal(number(db, "select count(*) from items"), 3);

    quire_description description = { 0 };
    assert_ok(quire_describe(db, "select id from items where name = $1", &description, &err), &err);
    assert_int_equal(description.params[0], OID_TEXT);
    quire_description_free(&description);
    assert_ok(quire_exec(db, "select 1; delete from items", &err), &err);
    assert_ok(quire_exec(db, "create table if not exists more ()", &err), &err);
    assert_status(QUIRE_INVALID, quire_query(db, "begin", NULL, 0, NULL, &err), &err);
    assert_int_equal(requests(), 2);
    assert_ok(quire_exec(db, "delete from items", &err), &err);
    assert_int_equal(requests(), 3);

    quire_db *session = qi_session_open(db, &err);
    assert_non_null(session);
    assert_int_equal(number(session, "select count(*) from items"), 0);
    assert_int_equal(requests(), 3);
    quire_close(session);
}

/* docs/decisions/0040: a session runs a write with rows first, and compares its columns. */
static void test_first_write_is_guarded(void **state)
{
    quire_db *db = *state;
    quire_error err = { 0 };
    item row = { 0 };
    assert_ok(create_item(db, 10, "ten", &row, &err), &err);
    quire_memory_free(row.owner_);
    assert_int_equal(requests(), 0);
    assert_ok(create_item(db, 11, "eleven", &row, &err), &err);
    assert_string_equal(row.name, "eleven");
    quire_memory_free(row.owner_);
    assert_int_equal(requests(), 1);

    assert_status(QUIRE_UNIQUE, create_item(db, 11, "again", NULL, &err), &err);
    assert_string_equal(err.constraint, "items_pkey");
    assert_string_equal(err.query, "items.create");

    /* The schema changes under the program: told once too late, then never again. */
    assert_ok(quire_exec(db, "alter table items alter price type text", &err), &err);
    assert_status(QUIRE_SCHEMA, create_item(db, 12, "twelve", &row, &err), &err);
    assert_contains(err.detail, "was carried out");
    assert_int_equal(number(db, "select count(*) from items where id = 12"), 1);
    assert_status(QUIRE_SCHEMA, create_item(db, 13, "thirteen", &row, &err), &err);
    assert_int_equal(number(db, "select count(*) from items where id = 13"), 0);
}

/* ---- what goes wrong ------------------------------------------------------------------------- */

static quire_status count_items(quire_db *db, quire_error *err)
{
    return quire_query(db, "select count(*) from items", NULL, 0, NULL, err);
}

static void test_faults(void **state)
{
    static const struct {
        const char *fault;
        quire_status status;
        const char *message;
    } cases[] = {
        { "{\"fault\":\"cold_start\",\"ms\":300}", QUIRE_OK, "" },
        { "{\"fault\":\"slow\",\"ms\":300}", QUIRE_OK, "" },
        { "{\"fault\":\"restart\"}", QUIRE_OK, "" }, /* tried again */
        { "{\"fault\":\"rate_limit\"}", QUIRE_CONNECT, "Too many requests" },
        { "{\"fault\":\"not_json\"}", QUIRE_LOST, "not JSON" },
        { "{\"fault\":\"too_large\",\"bytes\":70000000}", QUIRE_MEMORY, "larger than 64 MiB" },
        { "{\"fault\":\"redirect\",\"location\":\"https://localhost:1/sql\"}", QUIRE_CONNECT,
          "redirects" },
        { "{\"fault\":\"truncated\"}", QUIRE_LOST, "did not arrive" },
        { "{\"fault\":\"drop\"}", QUIRE_LOST, "the SQL endpoint" },
        { "{\"fault\":\"status\",\"status\":502,\"body\":\"x\"}", QUIRE_LOST, "HTTP status 502" },
        { "{\"fault\":\"status\",\"status\":403,\"body\":\"{\\\"msg\\\":\\\"no\\\"}\"}",
          QUIRE_DENIED, "no" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        quire_error err = { 0 };
        fault(cases[i].fault);
        test_status(cases[i].status, count_items(*state, &err), &err, cases[i].fault, __FILE__,
                    __LINE__);
        assert_contains(err.message, cases[i].message);
        /* The next one is not touched by it. */
        assert_ok(count_items(*state, &err), &err);
    }
}

/* libcurl would send it again on a new connection; the statement has run, though. */
static void test_nothing_is_sent_twice(void **state)
{
    quire_error err = { 0 };
    assert_ok(count_items(*state, &err), &err); /* a kept connection */
    control("DELETE", NULL);
    fault("{\"fault\":\"drop\"}");
    assert_status(QUIRE_LOST, quire_exec(*state, "insert into items values (20, 'twenty')", &err),
                  &err);
    assert_contains(err.hint, "may have run");
    assert_int_equal(requests(), 1);
    assert_int_equal(number(*state, "select count(*) from items where id = 20"), 1);
}

static void test_request_too_large(void **state)
{
    enum { SIZE = 10 * 1024 * 1024 };
    char *large = malloc(SIZE + 1);
    assert_non_null(large);
    memset(large, 'x', SIZE);
    large[SIZE] = '\0';
    quire_error err = { 0 };
    assert_status(
        QUIRE_MEMORY,
        quire_query(*state, "select length($1)", (const char *const[]){ large }, 1, NULL, &err),
        &err);
    assert_int_equal(requests(), 0);
    free(large);
}

static void test_response_too_large(void **state)
{
    quire_error err = { 0 };
    assert_status(QUIRE_MEMORY,
                  quire_query(*state, "select repeat('x', 11000000)", NULL, 0, NULL, &err), &err);
    assert_contains(err.message, "response is too large");
    assert_contains(err.hint, "NEON_TRANSPORT=tcp");
}

static void test_server_errors(void **state)
{
    quire_error err = { 0 };
    assert_status(QUIRE_SQL, quire_query(*state, "select nonsense", NULL, 0, NULL, &err), &err);
    assert_string_equal(err.sqlstate, "42703");
    assert_int_equal(err.position, 8);
    int32_t from = 1;
    assert_ok(quire_exec(*state, "drop table items", &err), &err);
    item_list list = { 0 };
    assert_status(
        QUIRE_SCHEMA,
        quire_fetch_list(*state, &from_id, (const void *const[]){ &from }, NULL, &list, &err),
        &err);
    assert_string_equal(err.query, "items.from_id");
}

static void test_wrong_password(void **state)
{
    (void)state;
    char url[512];
    const char *right = getenv("NEON_DATABASE_URL");
    const char *at = right ? strrchr(right, '@') : NULL;
    if (!at)
        fail_msg("NEON_DATABASE_URL is not set");
    snprintf(url, sizeof url, "postgresql://postgres:wrong-s3cret%s", at);
    quire_error err = { 0 };
    assert_null(quire_open(&(quire_options){ .provider = QUIRE_NEON, .url = url }, &err));
    assert_status(QUIRE_DENIED, err.status, &err);
    assert_contains(err.message, "password authentication failed");
    assert_null(strstr(err.message, "wrong-s3cret"));
}

static void test_health(void **state)
{
    quire_error err = { 0 };
    quire_health health;
    assert_ok(quire_health_check(*state, &health, &err), &err);
    assert_string_equal(health.transport, "http");
    assert_string_equal(health.tls, getenv("NEON_TEST_TLS"));
    assert_string_equal(health.database, "postgres");
    assert_string_equal(health.pooler, "");
    assert_false(health.pooler_declared);
    assert_int_equal(health.replicas, 0);
    assert_true(health.server_version[0]);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_items, close_items)
    const struct CMUnitTest tests[] = {
        TEST(test_rows),
        TEST(test_parent_and_children_are_one_request),
        TEST(test_sessions_go_over_tcp),
        TEST(test_first_write_is_guarded),
        TEST(test_faults),
        TEST(test_nothing_is_sent_twice),
        TEST(test_request_too_large),
        TEST(test_response_too_large),
        TEST(test_server_errors),
        TEST(test_health),
        cmocka_unit_test(test_wrong_password),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
