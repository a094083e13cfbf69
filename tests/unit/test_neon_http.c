/*
 * SQL over HTTP without a network: what is sent, and what is made of every kind of answer. The link itself
 * is tested against the stand-in (tests/neon/).
 */
#include "support/test.h"

#include "transport/neon.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- requests -------------------------------------------------------------------------------- */

static void test_one_statement(void **state)
{
    (void)state;
    const qi_param_value params[] = { { .data = "a \"b\"\n\xC3\xA9" }, { .data = NULL } };
    const qi_request request = {
        .name = "", .sql = "select $1, $2", .params = params, .param_count = COUNT(params)
    };
    char *body;
    size_t length;
    quire_error err = { 0 };
    assert_ok(qi_neon_body(&request, 1, false, &body, &length, &err), &err);
    assert_string_equal(
        body, "{\"query\":\"select $1, $2\",\"params\":[\"a \\\"b\\\"\\n\xC3\xA9\",null]}");
    assert_int_equal(length, strlen(body));
    free(body);
}

static void test_batch(void **state)
{
    (void)state;
    const qi_param_value one = { .data = "1" };
    const qi_request requests[] = {
        { .name = "", .sql = "a", .params = &one, .param_count = 1 },
        { .name = "", .sql = "b" },
    };
    char *body;
    size_t length;
    quire_error err = { 0 };
    assert_ok(qi_neon_body(requests, 2, true, &body, &length, &err), &err);
    assert_string_equal(body, "{\"queries\":[{\"query\":\"a\",\"params\":[\"1\"]},"
                              "{\"query\":\"b\",\"params\":[]}]}");
    free(body);
    assert_ok(qi_neon_body(requests, 1, true, &body, &length, &err), &err);
    assert_string_equal(body, "{\"queries\":[{\"query\":\"a\",\"params\":[\"1\"]}]}");
    free(body);
}

static void test_not_utf8(void **state)
{
    (void)state;
    const qi_param_value params[] = { { .data = "fine" }, { .data = "\xFF" } };
    qi_request request = { .name = "", .sql = "x", .params = params, .param_count = 2 };
    char *body;
    size_t length;
    quire_error err = { 0 };
    assert_status(QUIRE_DATA, qi_neon_body(&request, 1, false, &body, &length, &err), &err);
    assert_contains(err.message, "$2");
    request = (qi_request){ .name = "", .sql = "\xC0\x80" };
    assert_status(QUIRE_DATA, qi_neon_body(&request, 1, false, &body, &length, &err), &err);
}

/* Both what is too large at once and what becomes so by its escapes. */
static void test_too_large(void **state)
{
    (void)state;
    static const struct {
        size_t size;
        char c;
        quire_status status;
    } cases[] = {
        { QI_NEON_REQUEST_LIMIT - 100, 'x', QUIRE_OK },
        { QI_NEON_REQUEST_LIMIT - 10, 'x', QUIRE_MEMORY },
        { QI_NEON_REQUEST_LIMIT + 1, 'x', QUIRE_MEMORY },
        { QI_NEON_REQUEST_LIMIT / 2, '\n', QUIRE_MEMORY },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *large = malloc(cases[i].size + 1);
        assert_non_null(large);
        memset(large, cases[i].c, cases[i].size);
        large[cases[i].size] = '\0';
        const qi_param_value param = { .data = large };
        const qi_request request = { .name = "", .sql = "x", .params = &param, .param_count = 1 };
        char *body = NULL;
        size_t length;
        quire_error err = { 0 };
        assert_status(cases[i].status, qi_neon_body(&request, 1, false, &body, &length, &err),
                      &err);
        if (cases[i].status != QUIRE_OK) {
            assert_contains(err.message, "10 MiB");
            assert_contains(err.hint, "NEON_TRANSPORT=tcp");
        }
        free(body);
        free(large);
    }
}

/* ---- answers --------------------------------------------------------------------------------- */

#define FIELDS                                                                                     \
    "\"fields\":[{\"name\":\"id\",\"dataTypeID\":23,\"tableID\":16400,\"columnID\":1,"             \
    "\"dataTypeSize\":4,\"dataTypeModifier\":-1,\"format\":\"text\"},"                             \
    "{\"name\":\"t\",\"dataTypeID\":25,\"dataTypeModifier\":-1}]"
#define ROWS "\"rows\":[[\"1\",\"a\"],[\"2\",null]]"

static void test_rows(void **state)
{
    (void)state;
    static const char body[] =
        "{" FIELDS "," ROWS ",\"command\":\"SELECT\",\"rowCount\":2,\"rowAsArray\":true}";
    qi_reply *reply;
    quire_error err = { 0 };
    assert_ok(qi_neon_replies(body, sizeof body - 1, &reply, 1, &err), &err);
    assert_int_equal(qi_neon_rows(reply), 2);
    assert_int_equal(qi_neon_columns(reply), 2);
    assert_int_equal(qi_neon_affected(reply), 0);
    assert_int_equal(qi_neon_column_type(reply, 0), 23);
    assert_string_equal(qi_neon_column_name(reply, 1), "t");
    uint32_t table;
    int column, modifier;
    qi_neon_column_origin(reply, 0, &table, &column, &modifier);
    assert_int_equal(table, 16400);
    assert_int_equal(column, 1);
    assert_int_equal(modifier, -1);
    qi_cell cells[2];
    qi_neon_row(reply, 0, cells);
    assert_string_equal(cells[0].data, "1");
    assert_int_equal(cells[1].length, 1);
    assert_null(qi_neon_cell(reply, 1, 1).data);
    qi_neon_free(reply);
    qi_neon_free(NULL);
}

static void test_affected(void **state)
{
    (void)state;
    static const struct {
        const char *tail;
        int64_t affected;
    } cases[] = {
        { "\"command\":\"INSERT\",\"rowCount\":3", 3 },
        { "\"command\":\"UPDATE\",\"rowCount\":0", 0 },
        { "\"command\":\"DELETE\",\"rowCount\":7", 7 },
        { "\"command\":\"MERGE\",\"rowCount\":2", 2 },
        { "\"command\":\"SELECT\",\"rowCount\":5", 0 },
        { "\"command\":\"CREATE\",\"rowCount\":null", 0 },
        { "\"command\":null", 0 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char body[256];
        int length = snprintf(body, sizeof body, "{\"fields\":[],\"rows\":[],%s}", cases[i].tail);
        qi_reply *reply;
        quire_error err = { 0 };
        assert_ok(qi_neon_replies(body, (size_t)length, &reply, 1, &err), &err);
        assert_int_equal(qi_neon_affected(reply), cases[i].affected);
        qi_neon_free(reply);
    }
}

static void test_batch_answer(void **state)
{
    (void)state;
    static const char body[] = "{\"results\":[{" FIELDS "," ROWS "},{\"fields\":[],\"rows\":[]}]}";
    qi_reply *replies[3] = { NULL };
    quire_error err = { 0 };
    assert_ok(qi_neon_replies(body, sizeof body - 1, replies, 2, &err), &err);
    /* Each reply lives for itself. */
    qi_neon_free(replies[1]);
    assert_string_equal(qi_neon_cell(replies[0], 0, 1).data, "a");
    qi_neon_free(replies[0]);
    assert_status(QUIRE_LOST, qi_neon_replies(body, sizeof body - 1, replies, 3, &err), &err);
    assert_status(QUIRE_LOST, qi_neon_replies(body, sizeof body - 1, replies, 1, &err), &err);
}

/* By the time that such an answer comes, the statement may have run. */
static void test_malformed(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "",
        "null",
        "[]",
        "{}",
        "{\"fields\":[]}",
        "{\"rows\":[]}",
        "{\"fields\":{},\"rows\":[]}",
        "{\"fields\":[],\"rows\":{}}",
        "<html><body>502 Bad Gateway</body></html>",
        "{" FIELDS "," ROWS,
        "{" FIELDS "," ROWS "} and more",
        "{" FIELDS ",\"rows\":[[\"1\"]]}",
        "{" FIELDS ",\"rows\":[[\"1\",\"a\",\"b\"]]}",
        "{" FIELDS ",\"rows\":[[1,\"a\"]]}",
        "{" FIELDS ",\"rows\":[[\"1\",[]]]}",
        "{" FIELDS ",\"rows\":[{\"id\":\"1\",\"t\":\"a\"}]}",
        "{" FIELDS ",\"rows\":[\"ab\"]}",
        "{" FIELDS ",\"rows\":[[\"1\",\"a\\u0000b\"]]}",
        "{" FIELDS ",\"rows\":[[\"1\",\"\xFF\"]]}",
        "{\"fields\":[null],\"rows\":[]}",
        "{\"fields\":[{\"name\":\"id\"}],\"rows\":[]}",
        "{\"fields\":[{\"dataTypeID\":23}],\"rows\":[]}",
        "{\"fields\":[{\"name\":7,\"dataTypeID\":23}],\"rows\":[]}",
        "{\"fields\":[{\"name\":\"id\",\"dataTypeID\":\"23\"}],\"rows\":[]}",
        "{\"fields\":[{\"name\":\"id\",\"dataTypeID\":-1}],\"rows\":[]}",
        "{\"fields\":[{\"name\":\"id\",\"dataTypeID\":4294967296}],\"rows\":[]}",
        ("{\"fields\":[{\"name\":\"id\",\"dataTypeID\":23,\"dataTypeModifier\":99999999999}],"
         "\"rows\":[]}"),
        "{\"fields\":[],\"rows\":[],\"rowCount\":-1}",
        "{\"fields\":[],\"rows\":[],\"rowCount\":\"1\"}",
        "{\"results\":[]}",
        "{\"results\":7}",
    };
    for (size_t i = 0; i < COUNT(bodies); i++) {
        qi_reply *reply = NULL;
        quire_error err = { 0 };
        test_status(QUIRE_LOST, qi_neon_replies(bodies[i], strlen(bodies[i]), &reply, 1, &err),
                    &err, bodies[i], __FILE__, __LINE__);
        assert_null(reply);
        assert_contains(err.hint, "may have run");
    }
}

/* ---- failures -------------------------------------------------------------------------------- */

#define PROXY(text) "{\"message\":\"" text "\",\"code\":\"\",\"detail\":null,\"severity\":\"\"}"

static void test_failures(void **state)
{
    (void)state;
    static const struct {
        long http;
        const char *body;
        quire_status status;
        const char *message;
    } cases[] = {
        /* PostgreSQL's own */
        { 400, "{\"message\":\"duplicate key\",\"code\":\"23505\"}", QUIRE_UNIQUE,
          "duplicate key" },
        { 400, "{\"message\":\"syntax error\",\"code\":\"42601\"}", QUIRE_SQL, "syntax error" },
        { 400, "{\"message\":\"deadlock\",\"code\":\"40P01\"}", QUIRE_SERIALIZATION, "deadlock" },
        { 400, "{\"message\":\"the quota is used up\",\"code\":\"P0001\"}", QUIRE_SQL, "quota" },
        { 400, "{\"message\":\"Query cancelled, connection was terminated\",\"code\":\"08P01\"}",
          QUIRE_LOST, "Query cancelled" },
        /* The proxy's own */
        { 400, "{\"message\":\"password authentication failed for user 'a'\",\"code\":\"XX000\"}",
          QUIRE_DENIED, "password authentication failed" },
        { 400, PROXY("password authentication failed for user 'a'"), QUIRE_DENIED, "failed" },
        { 400, PROXY("missing hostname"), QUIRE_CONNECT, "missing hostname" },
        { 400, PROXY("connection closed"), QUIRE_LOST, "connection closed" },
        { 400, "{\"message\":\"cache lookup failed\",\"code\":\"XX000\"}", QUIRE_SQL, "cache" },
        { 400, "\"query is not supported\"", QUIRE_CONNECT, "query is not supported" },
        { 413, PROXY("request is too large (max is 10485760 bytes)"), QUIRE_MEMORY, "too large" },
        { 507, PROXY("response is too large (max is 10485760 bytes)"), QUIRE_MEMORY, "too large" },
        { 500, PROXY("Couldn't connect to compute node"), QUIRE_CONNECT, "compute node" },
        { 500, PROXY("Control plane request failed: endpoint cannot be found"), QUIRE_CONNECT,
          "endpoint cannot be found" },
        { 500, "{\"message\":\"the database system is shutting down\",\"code\":\"57P03\"}",
          QUIRE_CONNECT, "shutting down" },
        { 500, "{\"message\":\"terminating connection\",\"code\":\"57P01\"}", QUIRE_LOST, "term" },
        { 500, PROXY("could not parse postgres response"), QUIRE_LOST, "could not parse" },
        { 401, "{\"msg\":\"unauthorized\"}", QUIRE_DENIED, "unauthorized" },
        { 403, "{\"msg\":\"This IP address 10.0.0.1 is not allowed to connect\"}", QUIRE_DENIED,
          "not allowed" },
        { 404, "{\"msg\":\"not found\"}", QUIRE_CONNECT, "not found" },
        { 429, "{\"msg\":\"Too many requests\"}", QUIRE_CONNECT, "Too many requests" },
        { 503, "{\"msg\":\"busy\"}", QUIRE_CONNECT, "busy" },
        /* Somebody's on the way */
        { 503, "<html>", QUIRE_LOST, "HTTP status 503" },
        { 502, "", QUIRE_LOST, "HTTP status 502" },
        { 504, "{}", QUIRE_LOST, "HTTP status 504" },
        { 307, "", QUIRE_CONNECT, "redirects" },
        { 204, "", QUIRE_LOST, "HTTP status 204" },
        { 500, "{\"message\":7}", QUIRE_LOST, "HTTP status 500" },
        { 500, "{\"message\":\"\"}", QUIRE_LOST, "refused" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        quire_error err = { 0 };
        test_status(cases[i].status,
                    qi_neon_failure(cases[i].http, cases[i].body, strlen(cases[i].body),
                                    (const char *const[]){ NULL }, &err),
                    &err, cases[i].body, __FILE__, __LINE__);
        assert_contains(err.message, cases[i].message);
        assert_int_equal(err.status, cases[i].status);
        assert_int_equal(qi_neon_failure(cases[i].http, cases[i].body, strlen(cases[i].body),
                                         (const char *const[]){ NULL }, NULL),
                         cases[i].status);
    }
}

static void test_all_fields(void **state)
{
    (void)state;
    static const char body[] =
        "{\"message\":\"two\\nlines\",\"code\":\"23503\",\"detail\":\"d\",\"hint\":\"h\","
        "\"position\":\"12\",\"schema\":\"s\",\"table\":\"t\",\"column\":\"c\",\"constraint\":"
        "\"k\"}";
    quire_error err = { 0 };
    assert_status(QUIRE_CONSTRAINT,
                  qi_neon_failure(400, body, sizeof body - 1, (const char *const[]){ NULL }, &err),
                  &err);
    assert_string_equal(err.message, "two lines");
    assert_string_equal(err.sqlstate, "23503");
    assert_string_equal(err.detail, "d");
    assert_string_equal(err.hint, "h");
    assert_int_equal(err.position, 12);
    assert_string_equal(err.schema, "s");
    assert_string_equal(err.table, "t");
    assert_string_equal(err.column, "c");
    assert_string_equal(err.constraint, "k");
}

static void test_no_secret(void **state)
{
    (void)state;
    static const char *const secrets[] = { "s3cret/@", "s3cret%2F%40", NULL };
    static const char body[] =
        "{\"message\":\"bad URL postgres://a:s3cret%2F%40@h/d\",\"detail\":\"s3cret/@ s3cret/@\"}";
    quire_error err = { 0 };
    assert_status(QUIRE_LOST, qi_neon_failure(400, body, sizeof body - 1, secrets, &err), &err);
    assert_null(strstr(err.message, "s3cret"));
    assert_null(strstr(err.detail, "s3cret"));
    assert_contains(err.message, "bad URL postgres://a:************@h/d");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_statement), cmocka_unit_test(test_batch),
        cmocka_unit_test(test_not_utf8),      cmocka_unit_test(test_too_large),
        cmocka_unit_test(test_rows),          cmocka_unit_test(test_affected),
        cmocka_unit_test(test_batch_answer),  cmocka_unit_test(test_malformed),
        cmocka_unit_test(test_failures),      cmocka_unit_test(test_all_fields),
        cmocka_unit_test(test_no_secret),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
