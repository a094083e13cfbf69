/*
 * What is proven of results, and THE property: no statement, run on rows with NULLs wherever they may
 * be and on empty tables, returns a NULL or a row that was ruled out.
 */
#include "support/database.h"
#include "support/test.h"

#include "base/arena.h"
#include "catalog/catalog.h"
#include "codegen/nullability.h"
#include "nullability_cases.h"
#include "nullability_schema.h"

#include <libpq-fe.h>

#include <stdlib.h>
#include <string.h>

enum { MOST_ARGS = 8, ARG_BYTES = 256 };

typedef struct fixture {
    quire_db *db;
    PGconn *server;
    qi_arena arena;
    qi_catalog catalog;
    size_t failures; /* of the running test: all are shown */
} fixture;

/* Notes a failure and goes on, so that one run shows all of them. */
#define NOTE(here, ...) ((here)->failures++, print_error(__VA_ARGS__), print_error("\n"))

static void ignore_notice(void *context, const char *message)
{
    (void)context;
    (void)message;
}

static int setup(void **state)
{
    static fixture here;
    quire_error err = { 0 };
    here.db = test_database();
    for (size_t i = 0; i < sizeof nullability_schema / sizeof *nullability_schema; i++)
        test_sql(here.db, nullability_schema[i]);
    assert_ok(qi_catalog_read(here.db, &here.arena, &here.catalog, &err), &err);
    here.server = PQconnectdb(test_database_url(here.db));
    assert_int_equal(PQstatus(here.server), CONNECTION_OK);
    PQsetNoticeProcessor(here.server, ignore_notice, NULL);
    *state = &here;
    return 0;
}

static int teardown(void **state)
{
    fixture *here = *state;
    PQfinish(here->server);
    test_database_close(here->db);
    qi_arena_free(&here->arena);
    return 0;
}

static qi_result_facts facts_of(fixture *here, const char *sql)
{
    quire_error err = { 0 };
    qi_result_facts facts = { 0 };
    assert_ok(qi_nullability(&here->catalog, sql, &here->arena, &facts, &err), &err);
    return facts;
}

static void check_case(fixture *here, const nullability_case *wanted)
{
    static const char *const names[] = { "many", "at most one", "exactly one" };
    qi_result_facts facts = facts_of(here, wanted->sql);
    char got[64] = "";
    for (size_t i = 0; i < facts.column_count && i + 1 < sizeof got; i++)
        got[i] = facts.not_null[i] ? 'x' : '-';
    const char *shown = facts.analysed ? got : "(not analysed)";
    if (strcmp(shown, wanted->columns ? wanted->columns : "(not analysed)") != 0)
        NOTE(here, "%s\n  expected %s\n  got      %s", wanted->sql, wanted->columns, shown);
    if (facts.cardinality != wanted->cardinality)
        NOTE(here, "%s\n  expected %s row\n  got      %s", wanted->sql, names[wanted->cardinality],
             names[facts.cardinality]);
}

static void test_table(void **state)
{
    ((fixture *)*state)->failures = 0;
    for (size_t i = 0; i < sizeof nullability_cases / sizeof *nullability_cases; i++)
        check_case(*state, &nullability_cases[i]);
    assert_int_equal(((fixture *)*state)->failures, 0);
}

static void run(fixture *here, const char *sql)
{
    PGresult *result = PQexec(here->server, sql);
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        fail_msg("%s: %s", sql, PQerrorMessage(here->server));
    PQclear(result);
}

/* Splits "a|b" into parameters; \N is NULL. */
static int split_args(const char *args, char text[ARG_BYTES], const char *values[MOST_ARGS])
{
    int count = 0;
    if (!args)
        return 0;
    strncpy(text, args, ARG_BYTES - 1);
    text[ARG_BYTES - 1] = '\0';
    for (char *at = text; at && count < MOST_ARGS;) {
        char *end = strchr(at, '|');
        if (end)
            *end++ = '\0';
        values[count++] = strcmp(at, "\\N") == 0 ? NULL : at;
        at = end;
    }
    return count;
}

static void check_result(fixture *here, const char *sql, const qi_result_facts *facts,
                         const PGresult *result)
{
    int rows = PQntuples(result);
    if (!facts->analysed)
        return;
    if ((size_t)PQnfields(result) != facts->column_count) {
        NOTE(here, "%s: the server has %d columns, not %zu", sql, PQnfields(result),
             facts->column_count);
        return;
    }
    for (int row = 0; row < rows; row++)
        for (int column = 0; column < PQnfields(result); column++)
            if (facts->not_null[column] && PQgetisnull(result, row, column))
                NOTE(here, "%s: column %d is NULL in row %d", sql, column, row);
    if (facts->cardinality != QI_MANY && rows > 1)
        NOTE(here, "%s: %d rows", sql, rows);
    if (facts->cardinality == QI_EXACTLY_ONE && rows != 1)
        NOTE(here, "%s: %d rows instead of one", sql, rows);
}

static void check_property(fixture *here, const nullability_case *wanted)
{
    char text[ARG_BYTES];
    const char *values[MOST_ARGS];
    int count = split_args(wanted->args, text, values);
    qi_result_facts facts = facts_of(here, wanted->sql);
    run(here, "savepoint before");
    PGresult *result = PQexecParams(here->server, wanted->sql, count, NULL, values, NULL, NULL, 0);
    ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_TUPLES_OK)
        check_result(here, wanted->sql, &facts, result);
    else if (status != PGRES_COMMAND_OK && !wanted->refused)
        NOTE(here, "%s: %s", wanted->sql, PQerrorMessage(here->server));
    PQclear(result);
    run(here, "rollback to before");
}

static void check_all(fixture *here)
{
    here->failures = 0;
    for (size_t i = 0; i < sizeof nullability_cases / sizeof *nullability_cases; i++)
        check_property(here, &nullability_cases[i]);
    run(here, "rollback");
    assert_int_equal(here->failures, 0);
}

static void test_with_rows(void **state)
{
    run(*state, "begin");
    check_all(*state);
}

static void test_with_empty_tables(void **state)
{
    run(*state, "begin");
    run(*state, nullability_empty);
    check_all(*state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_with_rows),
        cmocka_unit_test(test_with_empty_tables),
    };
    return cmocka_run_group_tests_name("nullability", tests, setup, teardown);
}
