/* A server that is restarted between statements and inside transactions. */
#include "support/database.h"
#include "support/test.h"

#include <quire/sql.h>

#include <stdio.h>
#include <stdlib.h>

static void restart(const char *how)
{
    char command[1200];
    const char *source = getenv("QUIRE_SOURCE");
    assert_non_null(source);
    snprintf(command, sizeof command, "'%s/tests/support/restart-server.sh' %s", source, how);
    assert_int_equal(0, system(command));
}

static void is_survived_between_statements(void **state)
{
    quire_db *db = *state;
    test_sql(db, "create table kept (id int)");
    static const char *const modes[] = { "fast", "immediate" };
    for (size_t i = 0; i < 2; i++) {
        restart(modes[i]);
        test_sql(db, "insert into kept values (1)");
        assert_int_equal((int)i + 1, test_int(db, "select count(*) from kept"));
    }
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(is_survived_between_statements, test_database_setup,
                                        test_database_teardown),
        cmocka_unit_test_setup_teardown(is_waited_for, test_database_setup, test_database_teardown),
        cmocka_unit_test_setup_teardown(undoes_a_transaction, test_database_setup,
                                        test_database_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
