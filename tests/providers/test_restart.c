/*
 * A server that is restarted between statements, inside transactions and during statements, on each kind of
 * server (tests/support/with-server.sh): what is survived, and what is reported.
 */
#include "providers/table.h"
#include "support/database.h"
#include "support/test.h"

#include <quire/generated.h>
#include <quire/quire.h>

#include <stdio.h>
#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void restart(const char *how)
{
    char command[1200];
    const char *source = getenv("QUIRE_SOURCE");
    assert_non_null(source);
    snprintf(command, sizeof command, "'%s/tests/support/restart-server.sh' %s", source, how);
    assert_int_equal(0, system(command));
}

static const quire_field count_fields[] = { { "n", NULL, 20, 0, QUIRE_TYPE_INT8, 0 } };
static const quire_row_type count_type = {
    "count", sizeof(int64_t), QUIRE_NO_OWNER, count_fields, COUNT(count_fields), NULL, 0,
};
static const quire_statement count_kept = { .name = "kept.count",
                                            .sql = "select count(*) as n from kept",
                                            .row = &count_type };

/* A statement that was prepared on a connection that is no more. */
static int64_t kept(quire_db *db)
{
    quire_error err = { 0 };
    int64_t n = -1;
    assert_ok(quire_fetch_one(db, &count_kept, NULL, NULL, &n, &err), &err);
    return n;
}

/* Each time another kind of statement is the first to meet the server again. */
static void between_statements(void **state)
{
    quire_db *db = *state;
    quire_error err = { 0 };
    const quire_batch_call calls[] = { { .sql = "insert into kept values (1)" },
                                       { .sql = "insert into kept values (2)" } };
    assert_string_equal(declared("a restart of the server between statements"), "not noticed");
    test_sql(db, "create table kept (id int)");
    assert_int_equal(0, kept(db));
    restart("fast");
    test_sql(db, "insert into kept values (1)");
    assert_int_equal(1, kept(db));
    restart("immediate");
    assert_int_equal(1, kept(db));
    restart("fast");
    assert_ok(quire_batch(db, NULL, calls, COUNT(calls), &err), &err);
    restart("immediate");
    quire_db *tx = quire_begin(db, NULL, &err);
    assert_int_equal(3, kept(tx));
    assert_ok(quire_commit(tx, &err), &err);
}

static void is_waited_for(void **state)
{
    quire_db *db = *state;
    assert_int_equal(1, test_int(db, "select 1"));
    restart("fast 1.5"); /* not listening, then starting up */
    assert_int_equal(2, test_int(db, "select 2"));
}

static void undoes_a_transaction(void **state)
{
    quire_db *db = *state;
    quire_error err = { 0 };
    test_sql(db, "create table undone (id int)");
    quire_db *tx = quire_begin(db, NULL, &err);
    assert_non_null(tx);
    test_sql(tx, "insert into undone values (1)");
    restart("immediate");
    assert_status(QUIRE_LOST, quire_exec(tx, "insert into undone values (2)", &err), &err);
    assert_status(QUIRE_LOST, quire_commit(tx, &err), &err);
    assert_int_equal(0, test_int(db, "select count(*) from undone"));
}

static void during_a_statement(void **state)
{
    quire_db *db = *state;
    static const char *const modes[] = { "later fast", "later immediate" };
    assert_string_equal(declared("a restart of the server during a statement"), "QUIRE_LOST");
    test_sql(db, "create table slow (id int)");
    for (size_t i = 0; i < COUNT(modes); i++) {
        quire_error err = { 0 };
        restart(modes[i]);
        assert_status(QUIRE_LOST,
                      quire_exec(db, "insert into slow select 1 from pg_sleep(20)", &err), &err);
        assert_int_equal(0, test_int(db, "select count(*) from slow"));
    }
}

int main(void)
{
#define TEST(name)                                                                                 \
    cmocka_unit_test_setup_teardown(name, test_database_setup, test_database_teardown)
    const struct CMUnitTest tests[] = {
        TEST(between_statements),
        TEST(is_waited_for),
        TEST(undoes_a_transaction),
        TEST(during_a_statement),
    };
    return cmocka_run_group_tests_name("restart", tests, NULL, NULL);
}
