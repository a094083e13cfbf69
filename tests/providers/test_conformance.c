/*
 * What holds on each kind of server (tests/support/with-server.sh) and by every transport, and how they
 * differ: as the table of docs/providers.md says, each row of which has a test here or in test_restart.c.
 */
#include "providers/table.h"
#include "support/database.h"
#include "support/test.h"

#include "client/client.h"
#include "client/handle.h"

#include <quire/claims.h>
#include <quire/generated.h>
#include <quire/quire.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { OID_INT4 = 23, OID_TEXT = 25, OID_VARCHAR = 1043, LARGE = 11 * 1024 * 1024 };

typedef struct item {
    int32_t id;
    const char *name;
    quire_memory *owner_;
} item;

static const quire_field item_fields[] = {
    { "id", NULL, OID_INT4, offsetof(item, id), QUIRE_TYPE_INT4, 0 },
    { "name", NULL, OID_TEXT, offsetof(item, name), QUIRE_TYPE_TEXT, 0 },
};
static const quire_row_type item_type = {
    "item", sizeof(item), offsetof(item, owner_), item_fields, COUNT(item_fields), NULL, 0,
};
static const quire_param item_params[] = {
    { "id", NULL, OID_INT4, 0, QUIRE_TYPE_INT4, 0 },
    { "name", NULL, OID_TEXT, 1, QUIRE_TYPE_TEXT, 0 },
};
static const quire_statement find_item = {
    .name = "items.find",
    .sql = "select id, name from items where id = $1",
    .params = item_params,
    .param_count = 1,
    .row = &item_type,
};
static const quire_statement rename_item = {
    .name = "items.rename",
    .sql = "update items set name = $2 where id = $1 returning id, name",
    .params = item_params,
    .param_count = 2,
    .row = &item_type,
    .flags = QUIRE_STATEMENT_WRITES,
};

static int setup(void **state)
{
    quire_db *db = test_database();
    test_sql(db, "create table items (id int primary key, name text not null);"
                 "insert into items values (1, 'one'), (2, 'two');"
                 "create table parts (item int not null references items, size int not null "
                 "constraint is_positive check (size > 0))");
    *state = db;
    return 0;
}

static void find(quire_db *db, int32_t id, const char *name)
{
    quire_error err = { 0 };
    item row = { 0 };
    assert_ok(quire_fetch_one(db, &find_item, (const void *const[]){ &id }, NULL, &row, &err),
              &err);
    assert_string_equal(row.name, name);
    quire_memory_free(row.owner_);
}

static void rename_to(quire_db *db, int32_t id, const char *name)
{
    quire_error err = { 0 };
    assert_ok(
        quire_fetch_one(db, &rename_item, (const void *const[]){ &id, &name }, NULL, NULL, &err),
        &err);
}

static quire_health health_of(quire_db *db)
{
    quire_error err = { 0 };
    quire_health health;
    assert_ok(quire_health_check(db, &health, &err), &err);
    return health;
}

/* ---- the table ------------------------------------------------------------------------------- */

static void every_row_has_a_test(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "connections at most, by default",
        "TLS",
        "a statement outside a transaction travels by",
        "prepared statements",
        "round trips of a write that returns rows",
        "what needs a session uses",
        "largest statement with its values",
        "largest answer",
        "a restart of the server between statements",
        "a restart of the server during a statement",
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_true(declared(rows[i])[0]);
    assert_int_equal(declared_rows(), COUNT(rows));
}

/* All numbers that a cell holds. */
static size_t numbers_of(const char *cell, int out[4])
{
    size_t count = 0;
    while (*cell && count < 4) {
        size_t digits = strspn(cell, "0123456789");
        if (digits)
            out[count++] = (int)strtol(cell, NULL, 10);
        cell += digits ? digits : 1;
    }
    return count;
}

static void connections_and_transport(void **state)
{
    quire_health health = health_of(*state);
    int numbers[4] = { 0 };
    numbers_of(declared("connections at most, by default"), numbers);
    assert_int_equal(health.pool_size, numbers[0] + numbers[1]);
    assert_string_equal(health.transport, declared("a statement outside a transaction travels by"));
    assert_true(health.round_trip_ms > 0);
    assert_false(health.read_only);
}

static void tls(void **state)
{
    quire_health health = health_of(*state);
    const char *cell = declared("TLS");
    if (strcmp(cell, "as the URL says") != 0) {
        assert_string_equal(health.tls[0] ? "always" : "none", cell);
        return;
    }
    char url[1024];
    static const char asked[] = "sslmode=disable";
    const char *given = getenv(getenv("QUIRE_TEST_VARIABLE"));
    const char *at = given ? strstr(given, asked) : NULL;
    assert_non_null(at);
    assert_string_equal(health.tls, "");
    snprintf(url, sizeof url, "%.*ssslmode=require%s", (int)(at - given), given,
             at + strlen(asked));
    quire_error err = { 0 };
    quire_db *db = quire_open(&(quire_options){ .url = url }, &err);
    assert_non_null(db);
    health = health_of(db);
    assert_contains(health.tls, "TLSv1.");
    quire_close(db);
}

static int64_t prepared(quire_db *db)
{
    return test_int(db, "select count(*) from pg_prepared_statements"
                        " where statement like '%from items where id%'");
}

static void prepared_statements(void **state)
{
    quire_db *db = *state;
    quire_error err = { 0 };
    for (int i = 0; i < 3; i++)
        find(db, 1, "one");
    int64_t outside = prepared(db);
    quire_db *tx = quire_begin(db, NULL, &err);
    assert_non_null(tx);
    for (int i = 0; i < 3; i++)
        find(tx, 1, "one");
    int64_t inside = prepared(tx);
    assert_ok(quire_rollback(tx, &err), &err);
    assert_string_equal(declared("prepared statements"), outside  ? "named"
                                                         : inside ? "unnamed, named in transactions"
                                                                  : "unnamed");
}

/* Several sessions at once, each of which has to know the statement. */
static void statements_on_several_sessions(void **state)
{
    quire_db *db = *state;
    quire_error err = { 0 };
    quire_db *tx[3];
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < COUNT(tx); i++) {
            tx[i] = quire_begin(db, NULL, &err);
            assert_non_null(tx[i]);
            find(tx[i], 1, "one");
        }
        find(db, 2, "two");
        for (size_t i = 0; i < COUNT(tx); i++) {
            find(tx[i], 2, "two");
            assert_ok(quire_commit(tx[i], &err), &err);
        }
    }
}

/*
 * More statements than a connection keeps, outside a transaction and within: what it has forgotten is
 * prepared anew, and letting go of a name disturbs nobody.
 */
static void more_statements_than_are_kept(void **state)
{
    enum { MANY = 300 };
    static quire_statement statements[MANY];
    static char sql[MANY][80];
    quire_db *db = *state;
    quire_error err = { 0 };
    const int32_t id = 1;
    for (int i = 0; i < MANY; i++) {
        snprintf(sql[i], sizeof sql[i], "select id, name from items where id = $1 and %d = %d", i,
                 i);
        statements[i] = find_item;
        statements[i].sql = sql[i];
    }
    for (int round = 0; round < 2; round++) {
        quire_db *tx = round ? quire_begin(db, NULL, &err) : db;
        for (int i = 0; i < MANY; i++) {
            item row = { 0 };
            assert_ok(
                quire_fetch_one(tx, &statements[i], (const void *const[]){ &id }, NULL, &row, &err),
                &err);
            assert_string_equal(row.name, "one");
            quire_memory_free(row.owner_);
        }
        if (tx != db)
            assert_ok(quire_commit(tx, &err), &err);
    }
}

/* The plan that was prepared is not one for the table as it is now; outside a transaction nobody notices. */
static void a_plan_goes_out_of_date(void **state)
{
    static const quire_field label_fields[] = {
        { "label", NULL, OID_VARCHAR, offsetof(item, name), QUIRE_TYPE_TEXT, 0 },
    };
    static const quire_row_type label_type = {
        "label", sizeof(item), offsetof(item, owner_), label_fields, COUNT(label_fields), NULL, 0,
    };
    static const quire_statement statements[] = {
        { .name = "labels.find", .sql = "select label from labels limit 1", .row = &label_type },
        { .name = "labels.add",
          .sql = "insert into labels values ('b') returning label",
          .row = &label_type,
          .flags = QUIRE_STATEMENT_WRITES },
    };
    static const char *const types[] = { "varchar(20)", "varchar(30)", "varchar(40)" };
    quire_db *db = *state;
    quire_error err = { 0 };
    test_sql(db, "create table labels (label varchar(10)); insert into labels values ('a')");
    for (size_t i = 0; i < COUNT(types); i++) {
        for (int again = 0; again < 2; again++) {
            for (size_t j = 0; j < COUNT(statements); j++) {
                item row = { 0 };
                assert_ok(quire_fetch_one(db, &statements[j], NULL, NULL, &row, &err), &err);
                assert_string_equal(row.name, j == 0 ? "a" : "b");
                quire_memory_free(row.owner_);
            }
        }
        char sql[80];
        snprintf(sql, sizeof sql, "alter table labels alter label type %s", types[i]);
        test_sql(db, sql);
    }
    assert_int_equal(test_int(db, "select count(*) from labels"), 1 + 2 * (int)COUNT(types));
}

/* ---- round trips ----------------------------------------------------------------------------- */

static int trips;

static quire_status count_run(qi_link *link, qi_request *requests, size_t count, qi_reply **replies,
                              size_t *done, quire_error *err)
{
    trips++;
    return qi_transport_libpq.run(link, requests, count, replies, done, err);
}

static quire_status count_request(qi_link *link, const quire_transaction_options *options,
                                  qi_request *requests, size_t count, qi_reply **replies,
                                  size_t *done, quire_error *err)
{
    trips++;
    return qi_transport_neon_http.run_transaction(link, options, requests, count, replies, done,
                                                  err);
}

/* From now on the trips of this pool are counted. */
static void count_trips(qi_pool *pool)
{
    static qi_transport by_tcp, by_http;
    by_tcp = qi_transport_libpq;
    by_tcp.run = count_run;
    by_http = qi_transport_neon_http;
    by_http.run_transaction = count_request;
    for (; pool; pool = pool->statements) {
        pool->transport = pool->transport->is_text ? &by_http : &by_tcp;
        for (qi_connection *it = pool->idle; it; it = it->next)
            it->transport = pool->transport;
    }
}

static void round_trips(void **state)
{
    quire_db *db = *state;
    quire_error err = { 0 };
    int expected[4] = { 0 };
    size_t count = numbers_of(declared("round trips of a write that returns rows"), expected);
    assert_true(count > 0);
    count_trips(db->pool);
    for (size_t i = 0; i < 4; i++) {
        trips = 0;
        rename_to(db, 1, "first");
        assert_int_equal(trips, i == 0 ? expected[0] : expected[count - 1]);
        trips = 0;
        find(db, 1, "first");
        assert_int_equal(trips, 1);
    }
    /* BEGIN travels with the first statement. */
    trips = 0;
    quire_db *tx = quire_begin(db, NULL, &err);
    rename_to(tx, 1, "again");
    find(tx, 1, "again");
    assert_ok(quire_commit(tx, &err), &err);
    assert_int_equal(trips, 3);
    trips = 0;
    const quire_batch_call calls[] = { { .sql = "select 1" }, { .sql = "select 2" } };
    assert_ok(quire_batch(db, NULL, calls, COUNT(calls), &err), &err);
    assert_int_equal(trips, 1);
}

/* ---- errors ---------------------------------------------------------------------------------- */

typedef struct failure {
    const char *sql;
    quire_status status;
    const char *sqlstate;
    const char *message;
    const char *detail;
    const char *table;
    const char *column;
    const char *constraint;
    int position;
} failure;

static const failure failures[] = {
    { "insert into items values (1, 'x')", QUIRE_UNIQUE, "23505", "duplicate key", "(id)=(1)",
      "items", "", "items_pkey", 0 },
    { "insert into parts values (9, 1)", QUIRE_CONSTRAINT, "23503", "foreign key", "(item)=(9)",
      "parts", "", "parts_item_fkey", 0 },
    { "insert into parts values (1, 0)", QUIRE_CONSTRAINT, "23514", "violates check", "(1, 0)",
      "parts", "", "is_positive", 0 },
    { "insert into items values (3, null)", QUIRE_CONSTRAINT, "23502", "null value", "(3, null)",
      "items", "name", "", 0 },
    { "select nonsense from items", QUIRE_SQL, "42703", "\"nonsense\" does not exist", "", "", "",
      "", 8 },
    { "select 'größe' fro items", QUIRE_SQL, "42601", "syntax error", "", "", "", "", 20 },
    { "select 1 / (id - id) from items", QUIRE_SQL, "22012", "division by zero", "", "", "", "",
      0 },
    { "select complain()", QUIRE_SQL, "QX001", "über \"alles\"", "the detail", "t", "c", "k", 0 },
    { "select * from items where id = 2 for update nowait", QUIRE_TIMEOUT, "55P03",
      "could not obtain lock", "", "", "", "", 0 },
};

static void errors_are_whole(void **state)
{
    quire_db *db = *state;
    quire_error err = { 0 };
    test_sql(db, "create function complain() returns int language plpgsql as $$ begin"
                 " raise exception 'über \"alles\"' using errcode = 'QX001', detail = 'the detail',"
                 " hint = 'the hint', table = 't', column = 'c', constraint = 'k'; end $$");
    quire_db *lock = quire_begin(db, NULL, &err);
    rename_to(lock, 2, "locked");
    for (size_t i = 0; i < COUNT(failures); i++) {
        const failure *it = &failures[i];
        quire_error got = { 0 };
        test_status(it->status, quire_query(db, it->sql, NULL, 0, NULL, &got), &got, it->sql,
                    __FILE__, __LINE__);
        assert_string_equal(got.sqlstate, it->sqlstate);
        assert_contains(got.message, it->message);
        assert_contains(got.detail, it->detail);
        assert_string_equal(got.table, it->table);
        assert_string_equal(got.column, it->column);
        assert_string_equal(got.constraint, it->constraint);
        assert_int_equal(got.position, it->position);
        assert_string_equal(got.hint, strcmp(it->sqlstate, "QX001") == 0 ? "the hint" : "");
    }
    assert_ok(quire_rollback(lock, &err), &err);
    find(db, 2, "two");
}

static void transactions_that_cannot_go_on(void **state)
{
    quire_db *db = *state;
    quire_error err = { 0 };
    quire_db *tx =
        quire_begin(db, &(quire_transaction_options){ .isolation = QUIRE_REPEATABLE_READ }, &err);
    find(tx, 1, "one");
    rename_to(db, 1, "changed");
    const int32_t id = 1;
    const char *name = "mine";
    assert_status(
        QUIRE_SERIALIZATION,
        quire_fetch_one(tx, &rename_item, (const void *const[]){ &id, &name }, NULL, NULL, &err),
        &err);
    assert_string_equal(err.sqlstate, "40001");
    assert_string_equal(err.query, "items.rename");
    assert_ok(quire_rollback(tx, &err), &err);
    find(db, 1, "changed");

    tx = quire_begin(db, NULL, &err);
    assert_ok(quire_exec(tx, "set local statement_timeout = '30ms'", &err), &err);
    assert_status(QUIRE_TIMEOUT, quire_query(tx, "select pg_sleep(5)", NULL, 0, NULL, &err), &err);
    assert_string_equal(err.sqlstate, "57014");
    assert_ok(quire_rollback(tx, &err), &err);
}

/* ---- what needs a session -------------------------------------------------------------------- */

static void copy_is_refused(void **state)
{
    quire_db *db = *state;
    static const char *const copies[] = { "copy items to stdout", "copy items from stdin" };
    for (size_t i = 0; i < COUNT(copies); i++) {
        quire_error err = { 0 };
        assert_status(QUIRE_INVALID, quire_exec(db, copies[i], &err), &err);
        assert_contains(err.message, "COPY cannot be run as a plain statement");
        assert_status(QUIRE_INVALID, quire_query(db, copies[i], NULL, 0, NULL, &err), &err);
        find(db, 1, "one");
    }
}

static void session_statements_find_a_session(void **state)
{
    quire_db *db = *state;
    quire_error err = { 0 };
    assert_ok(quire_exec(db, "listen news", &err), &err);
    assert_ok(quire_exec(db, "notify news", &err), &err);
    quire_description description = { 0 };
    assert_ok(quire_describe(db, "select name from items where id = $1", &description, &err), &err);
    assert_int_equal(description.params[0], OID_INT4);
    assert_int_equal(description.columns[0].type, OID_TEXT);
    quire_description_free(&description);
    assert_status(QUIRE_INVALID, quire_exec(db, "begin", &err), &err);

    quire_db *tx = quire_begin(db, NULL, &err);
    quire_rows rows = { 0 };
    test_sql(tx,
             "set local work_mem = '3MB'; declare c cursor for select id from items order by id");
    assert_ok(quire_query(tx, "fetch 5 from c", NULL, 0, &rows, &err), &err);
    assert_int_equal(rows.count, 2);
    quire_rows_free(&rows);
    assert_string_equal(test_text(tx, "show work_mem"), "3MB");
    test_sql(tx, "create temporary table mine (n int) on commit drop; insert into mine values (7)");
    assert_int_equal(test_int(tx, "select n from mine"), 7);
    assert_ok(quire_commit(tx, &err), &err);
}

static void sessions_last(void **state)
{
    quire_db *db = *state;
    quire_error err = { 0 };
    quire_db *session = qi_session_open(db, &err);
    if (!session)
        assert_ok(err.status, &err);
    const char *variable = session->pool->target.choice.variable;
    assert_string_equal(*variable ? variable : "the private server",
                        declared("what needs a session uses"));
    test_sql(session, "select pg_advisory_lock(1863)");
    assert_string_equal(test_text(session, "select pg_try_advisory_lock(1863)"), "t");
    quire_db *other = qi_session_open(db, &err);
    assert_non_null(other);
    assert_string_equal(test_text(other, "select pg_try_advisory_lock(1863)"), "f");
    assert_int_equal(test_int(session, "select pg_backend_pid()"),
                     test_int(session, "select pg_backend_pid()"));
    quire_close(session);
    quire_close(other);
}

static quire_status look(quire_db *tx, void *context, quire_error *err)
{
    (void)err;
    snprintf(context, 128, "%s",
             test_text(tx, "select current_user || ' ' ||"
                           " (current_setting('request.jwt.claims')::jsonb ->> 'sub')"));
    return QUIRE_OK;
}

static void claims_hold_for_their_transaction(void **state)
{
    quire_db *db = *state;
    quire_error err = { 0 };
    char seen[128];
    const char *login = test_text(db, "select current_user");
    test_sql(db, "create role quire_reader; do $$ begin execute 'grant quire_reader to ' || "
                 "quote_ident(current_user); end $$");
    assert_ok(quire_with_claims(db, "quire_reader", "{\"sub\": \"ada\"}", look, seen, &err), &err);
    assert_string_equal(seen, "quire_reader ada");
    assert_string_equal(test_text(db, "select current_user"), login);
    assert_true(test_int(db, "select length(coalesce(current_setting("
                             "'request.jwt.claims', true), ''))") == 0);
    test_sql(db, "drop role quire_reader");
}

/* ---- sizes ----------------------------------------------------------------------------------- */

static quire_status send_large(quire_db *db, quire_error *err)
{
    char *large = malloc(LARGE + 1);
    assert_non_null(large);
    memset(large, 'x', LARGE);
    large[LARGE] = '\0';
    quire_rows rows = { 0 };
    quire_status status =
        quire_query(db, "select length($1)", (const char *const[]){ large }, 1, &rows, err);
    if (status == QUIRE_OK)
        assert_int_equal(strtol(quire_rows_value(&rows, 0, 0), NULL, 10), LARGE);
    quire_rows_free(&rows);
    free(large);
    return status;
}

static quire_status receive_large(quire_db *db, quire_error *err)
{
    quire_rows rows = { 0 };
    quire_status status =
        quire_query(db, "select repeat('x', 11 * 1024 * 1024)", NULL, 0, &rows, err);
    if (status == QUIRE_OK)
        assert_int_equal(quire_rows_length(&rows, 0, 0), LARGE);
    quire_rows_free(&rows);
    return status;
}

static void sizes(void **state)
{
    static const struct {
        const char *row;
        quire_status (*run)(quire_db *db, quire_error *err);
    } cases[] = { { "largest statement with its values", send_large },
                  { "largest answer", receive_large } };
    quire_db *db = *state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        quire_error err = { 0 };
        bool limited = strncmp(declared(cases[i].row), "10 MiB", 6) == 0;
        assert_status(limited ? QUIRE_MEMORY : QUIRE_OK, cases[i].run(db, &err), &err);
        if (limited)
            assert_contains(err.hint, "NEON_TRANSPORT=tcp");
        quire_db *tx = quire_begin(db, NULL, &err);
        assert_ok(cases[i].run(tx, &err), &err);
        assert_ok(quire_rollback(tx, &err), &err);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, test_database_teardown)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_has_a_test),
        TEST(connections_and_transport),
        TEST(tls),
        TEST(prepared_statements),
        TEST(statements_on_several_sessions),
        TEST(more_statements_than_are_kept),
        TEST(a_plan_goes_out_of_date),
        TEST(round_trips),
        TEST(errors_are_whole),
        TEST(transactions_that_cannot_go_on),
        TEST(copy_is_refused),
        TEST(session_statements_find_a_session),
        TEST(sessions_last),
        TEST(claims_hold_for_their_transaction),
        TEST(sizes),
    };
    return cmocka_run_group_tests_name("conformance", tests, NULL, NULL);
}
