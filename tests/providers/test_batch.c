/* Batches on each kind of server (tests/support/with-server.sh): the same results, the same errors. */
#include "support/database.h"
#include "support/test.h"

#include "client/handle.h"

#include <quire/batch.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define PARAMS(...) ((const char *const[]){ __VA_ARGS__ })

static int setup(void **state)
{
    quire_db *db = test_database();
    test_sql(db, "create table accounts (id int primary key, balance int not null check "
                 "(balance >= 0));"
                 "insert into accounts values (1, 10), (2, 0);"
                 "create table moves (account int references accounts deferrable initially "
                 "deferred, amount int)");
    *state = db;
    return 0;
}

static int64_t balance(quire_db *db, int id)
{
    char sql[64];
    snprintf(sql, sizeof sql, "select balance from accounts where id = %d", id);
    return test_int(db, sql);
}

static bool is_over_http(quire_db *db)
{
    return qi_has_statements(db);
}

/* Compound literals would end with the body of a loop. */
static const char *const one_to_two[] = { "1", "2" };
static const char *const too_much_from_two[] = { "-5000", "2" };

#define MOVE "update accounts set balance = balance + $1 where id = $2 returning balance"

static void all_of_it_happens(void **state)
{
    quire_db *db = *state;
    quire_error err = { 0 };
    quire_rows rows[3] = { { 0 } };
    const quire_batch_call calls[] = {
        { .sql = MOVE, .params = PARAMS("-4", "1"), .param_count = 2, .rows = &rows[0] },
        { .sql = MOVE, .params = PARAMS("4", "2"), .param_count = 2 },
        { .sql = "insert into moves values (1, -4), (2, 4)", .rows = &rows[1] },
        { .sql = "select sum(balance), $1::text, $2::int from accounts",
          .params = PARAMS("a\"b", NULL),
          .param_count = 2,
          .rows = &rows[2] },
    };
    assert_ok(quire_batch(db, NULL, calls, COUNT(calls), &err), &err);
    assert_int_equal(rows[0].count, 1);
    assert_int_equal(rows[0].affected, 1);
    assert_string_equal(quire_rows_value(&rows[0], 0, 0), "6");
    assert_int_equal(rows[1].affected, 2);
    assert_int_equal(rows[1].columns, 0);
    assert_string_equal(quire_rows_value(&rows[2], 0, 0), "10");
    assert_string_equal(quire_rows_value(&rows[2], 0, 1), "a\"b");
    assert_null(quire_rows_value(&rows[2], 0, 2));
    for (size_t i = 0; i < COUNT(rows); i++)
        quire_rows_free(&rows[i]);
    assert_int_equal(balance(db, 1), 6);
    assert_int_equal(balance(db, 2), 4);
    assert_ok(quire_batch(db, NULL, calls, 1, &err), &err); /* one call is a batch too */
    assert_string_equal(quire_rows_value(&rows[0], 0, 0), "2");
    quire_rows_free(&rows[0]);
    assert_ok(quire_batch(db, NULL, NULL, 0, &err), &err);
}

/* Each call in turn is the one that fails, in each way that a statement may. */
static void the_call_that_failed_is_named(void **state)
{
    static const struct {
        const char *sql;
        quire_status status;
        const char *sqlstate;
    } wrong[] = {
        { "update accounts set balance = balance - 100 where id = 1", QUIRE_CONSTRAINT, "23514" },
        { "insert into accounts values (1, 0)", QUIRE_UNIQUE, "23505" },
        { "select 1 / 0", QUIRE_SQL, "22012" },
        { "selec 1", QUIRE_SQL, "42601" },
        { "select x from nowhere", QUIRE_SQL, "42P01" },
        { "select 'one'::int", QUIRE_SQL, "22P02" },
        { "select 1; select 2", QUIRE_SQL, "42601" },
    };
    quire_db *db = *state;
    for (size_t i = 0; i < COUNT(wrong); i++) {
        for (size_t at = 0; at < 5; at += i ? 2 : 1) {
            quire_error err = { 0 };
            quire_rows rows = { .count = 77 };
            char expected[32];
            quire_batch_call calls[5];
            for (size_t j = 0; j < COUNT(calls); j++)
                calls[j] = (quire_batch_call){
                    .sql = MOVE, .params = one_to_two, .param_count = 2, .rows = &rows
                };
            calls[at] = (quire_batch_call){ .sql = wrong[i].sql };
            snprintf(expected, sizeof expected, "call %zu", at + 1);
            if (at == 4)
                calls[at].name = memcpy(expected, "the last", sizeof "the last");
            test_status(wrong[i].status, quire_batch(db, NULL, calls, COUNT(calls), &err), &err,
                        wrong[i].sql, __FILE__, __LINE__);
            assert_string_equal(err.sqlstate, wrong[i].sqlstate);
            assert_string_equal(err.query, expected);
            assert_int_equal(rows.count, 77);
            assert_int_equal(balance(db, 2), 0);
        }
    }
    quire_error err = { 0 };
    const quire_batch_call one = { .sql = "insert into accounts values (3, -1)" };
    assert_status(QUIRE_CONSTRAINT, quire_batch(db, NULL, &one, 1, &err), &err);
    assert_string_equal(err.query, "call 1");
    assert_string_equal(err.constraint, "accounts_balance_check");
    assert_string_equal(err.table, "accounts");
}

/* What only COMMIT finds is of no call. */
static void commit_may_fail(void **state)
{
    quire_db *db = *state;
    quire_error err = { 0 };
    const quire_batch_call calls[] = { { .sql = "insert into moves values (99, 1)" },
                                       { .sql = "update accounts set balance = 5" } };
    assert_status(QUIRE_CONSTRAINT, quire_batch(db, NULL, calls, COUNT(calls), &err), &err);
    assert_string_equal(err.sqlstate, "23503");
    assert_string_equal(err.query, "");
    assert_int_equal(balance(db, 1), 10);
}

static void options_hold(void **state)
{
    static const struct {
        quire_transaction_options options;
        const char *shown;
    } cases[] = {
        { { 0 }, "read committed off off" },
        { { .isolation = QUIRE_READ_COMMITTED, .read_only = true }, "read committed on off" },
        { { .isolation = QUIRE_REPEATABLE_READ }, "repeatable read off off" },
        { { QUIRE_SERIALIZABLE, true, true }, "serializable on on" },
    };
    quire_db *db = *state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        quire_error err = { 0 };
        quire_rows rows = { 0 };
        const quire_batch_call call = {
            .sql = "select concat_ws(' ', current_setting('transaction_isolation'),"
                   " current_setting('transaction_read_only'),"
                   " current_setting('transaction_deferrable'))",
            .rows = &rows,
        };
        assert_ok(quire_batch(db, &cases[i].options, &call, 1, &err), &err);
        assert_string_equal(quire_rows_value(&rows, 0, 0), cases[i].shown);
        quire_rows_free(&rows);
    }
    quire_error err = { 0 };
    const quire_transaction_options read_only = { .read_only = true };
    const quire_batch_call calls[] = { { .sql = "select 1" },
                                       { .sql = "update accounts set balance = 5" } };
    assert_status(QUIRE_SQL, quire_batch(db, &read_only, calls, COUNT(calls), &err), &err);
    assert_string_equal(err.sqlstate, "25006");
    assert_string_equal(err.query, "call 2");
    assert_ok(quire_batch(db, NULL, calls, COUNT(calls), &err), &err); /* nothing is left of it */
    const quire_transaction_options wrong = { .isolation = (quire_isolation)9 };
    assert_status(QUIRE_INVALID, quire_batch(db, &wrong, calls, 1, &err), &err);
}

static void is_a_part_of_a_transaction(void **state)
{
    quire_db *db = *state;
    quire_error err = { 0 };
    const quire_batch_call calls[] = {
        { .sql = MOVE, .params = PARAMS("-1", "1"), .param_count = 2 },
        { .sql = MOVE, .params = PARAMS("1", "2"), .param_count = 2 },
    };
    const quire_batch_call wrong[] = { calls[0], { .sql = "select 1 / 0", .name = "divide" } };
    quire_db *tx = quire_begin(db, NULL, &err);
    assert_ok(quire_batch(tx, NULL, calls, COUNT(calls), &err), &err);
    quire_db *inner = quire_begin(tx, NULL, &err);
    assert_status(QUIRE_SQL, quire_batch(inner, NULL, wrong, COUNT(wrong), &err), &err);
    assert_string_equal(err.query, "divide");
    assert_ok(quire_rollback(inner, &err), &err);
    assert_status(QUIRE_INVALID, quire_batch(tx, &(quire_transaction_options){ 0 }, calls, 1, &err),
                  &err);
    assert_int_equal(balance(tx, 2), 1);
    assert_ok(quire_commit(tx, &err), &err);
    assert_int_equal(balance(db, 2), 1);
}

static void what_ends_transactions_is_refused(void **state)
{
    static const char *const words[] = { "commit",    " /* x */ ROLLBACK",
                                         "begin",     "prepare transaction 'x'",
                                         "savepoint", "end" };
    quire_db *db = *state;
    for (size_t i = 0; i < COUNT(words); i++) {
        quire_error err = { 0 };
        const quire_batch_call calls[] = { { .sql = "update accounts set balance = 5" },
                                           { .sql = words[i], .name = "steers" } };
        assert_status(QUIRE_INVALID, quire_batch(db, NULL, calls, COUNT(calls), &err), &err);
        assert_contains(err.message, "call 2 of the batch");
        assert_string_equal(err.query, "steers");
        assert_int_equal(balance(db, 1), 10);
    }
    quire_error err = { 0 };
    const quire_batch_call none = { .sql = NULL };
    assert_status(QUIRE_INVALID, quire_batch(db, NULL, &none, 1, &err), &err);
    assert_status(QUIRE_INVALID, quire_batch(NULL, NULL, &none, 1, &err), &err);
}

/* What needs a session takes one by itself. */
static void statements_of_any_kind(void **state)
{
    quire_db *db = *state;
    quire_error err = { 0 };
    quire_rows rows = { 0 };
    const quire_batch_call calls[] = {
        { .sql = "create temporary table t (n int) on commit drop" },
        { .sql = "set local work_mem = '5MB'" },
        { .sql = "insert into t select generate_series(1, 3)" },
        { .sql = "select count(*), current_setting('work_mem') from t", .rows = &rows },
    };
    assert_ok(quire_batch(db, NULL, calls, COUNT(calls), &err), &err);
    assert_string_equal(quire_rows_value(&rows, 0, 0), "3");
    assert_string_equal(quire_rows_value(&rows, 0, 1), "5MB");
    quire_rows_free(&rows);
}

static void is_bounded(void **state)
{
    quire_db *db = *state;
    quire_error err = { 0 };
    quire_batch_call *calls = calloc(QUIRE_BATCH_MOST + 1, sizeof *calls);
    assert_non_null(calls);
    for (size_t i = 0; i <= QUIRE_BATCH_MOST; i++)
        calls[i] = (quire_batch_call){ .sql = MOVE, .params = one_to_two, .param_count = 2 };
    assert_status(QUIRE_INVALID, quire_batch(db, NULL, calls, QUIRE_BATCH_MOST + 1, &err), &err);
    assert_contains(err.message, "at most 1000");
    assert_ok(quire_batch(db, NULL, calls, QUIRE_BATCH_MOST, &err), &err);
    assert_int_equal(balance(db, 2), QUIRE_BATCH_MOST);
    calls[700].params = too_much_from_two;
    assert_status(QUIRE_CONSTRAINT, quire_batch(db, NULL, calls, QUIRE_BATCH_MOST, &err), &err);
    assert_string_equal(err.query, "call 701");
    quire_db *tx = quire_begin(db, NULL, &err); /* with BEGIN in front of so many */
    assert_status(QUIRE_CONSTRAINT, quire_batch(tx, NULL, calls, QUIRE_BATCH_MOST, &err), &err);
    assert_string_equal(err.query, "call 701");
    assert_ok(quire_rollback(tx, &err), &err);
    free(calls);
}

/* Together they must fit into one request; elsewhere the same batch runs. */
static void larger_than_a_request(void **state)
{
    enum { SIZE = 6 * 1024 * 1024 };
    quire_db *db = *state;
    quire_error err = { 0 };
    char *large = malloc(SIZE + 1);
    assert_non_null(large);
    memset(large, 'x', SIZE);
    large[SIZE] = '\0';
    const quire_batch_call calls[] = {
        { .sql = "select length($1)", .params = PARAMS(large), .param_count = 1 },
        { .sql = "select length($1)", .params = PARAMS(large), .param_count = 1 },
    };
    quire_status status = quire_batch(db, NULL, calls, COUNT(calls), &err);
    assert_status(is_over_http(db) ? QUIRE_MEMORY : QUIRE_OK, status, &err);
    if (status != QUIRE_OK)
        assert_contains(err.message, "10 MiB");
    assert_ok(quire_batch(db, NULL, calls, 1, &err), &err);
    free(large);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, test_database_teardown)
    const struct CMUnitTest tests[] = {
        TEST(all_of_it_happens),
        TEST(the_call_that_failed_is_named),
        TEST(commit_may_fail),
        TEST(options_hold),
        TEST(is_a_part_of_a_transaction),
        TEST(what_ends_transactions_is_refused),
        TEST(statements_of_any_kind),
        TEST(is_bounded),
        TEST(larger_than_a_request),
    };
    return cmocka_run_group_tests_name("batches", tests, NULL, NULL);
}
