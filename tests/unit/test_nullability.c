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
#include "nullability_random.h"
#include "nullability_schema.h"

#include <libpq-fe.h>

#include <stdlib.h>
#include <string.h>

enum { MOST_ARGS = 8, ARG_BYTES = 256, RANDOM_STATEMENTS = 1500 };

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
    for (size_t i = 0; i < sizeof random_schema / sizeof *random_schema; i++)
        test_sql(here.db, random_schema[i]);
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
    if (!here)
        return 0; /* the setup failed, which was said */
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
    int version = PQserverVersion(here->server) / 10000;
    for (size_t i = 0; i < sizeof nullability_cases / sizeof *nullability_cases; i++)
        if (nullability_cases[i].from <= version)
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

/* Runs a statement made at random. Returns how many columns were proven, or -1: it was refused. */
static int check_random(fixture *here, const char *sql)
{
    int proven = 0;
    run(here, "savepoint before");
    PGresult *result = PQexec(here->server, sql);
    if (PQresultStatus(result) != PGRES_TUPLES_OK) {
        proven = -1;
    } else {
        qi_result_facts facts = facts_of(here, sql);
        check_result(here, sql, &facts, result);
        for (size_t i = 0; i < facts.column_count; i++)
            proven += facts.not_null[i];
    }
    PQclear(result);
    run(here, "rollback to before");
    return proven;
}

static void test_random(void **state)
{
    fixture *here = *state;
    here->failures = 0;
    int accepted = 0, proven = 0;
    qi_buffer sql;
    qi_buffer_init(&sql, 1 << 20);
    const char *first = getenv("QUIRE_TEST_SEED");
    uint64_t seed = first ? strtoull(first, NULL, 10) : 0;
    run(here, "begin");
    for (int i = 0; i < RANDOM_STATEMENTS; i++) {
        qi_buffer_clear(&sql);
        random_statement(seed + (uint64_t)i, &sql);
        int count = check_random(here, sql.data);
        accepted += count >= 0;
        proven += count > 0 ? count : 0;
    }
    run(here, "rollback");
    qi_buffer_free(&sql);
    assert_int_equal(here->failures, 0);
    /* Or the property would hold for want of anything to test. */
    assert_true(accepted > RANDOM_STATEMENTS / 2);
    assert_true(proven > accepted);
}

static void test_params(void **state)
{
    static const struct {
        const char *sql;
        const char *nullable; /* n: NULL is sensible; r: it is not */
    } cases[] = {
        { "select $1::int", "r" },
        { "select id from books where isbn = $1 and price > $2", "rr" },
        { "insert into authors (name, country, born) values ($1, $2, $3::date)", "rnn" },
        { "insert into readers values ($1, $2, $3, $4)", "rnnr" },
        { "insert into readers (id, name, weight) values ($1, $2, 1), ($3, $2, 1)", "rnr" },
        { "insert into readers (id, name, weight) select $1, $2, pages from books where id = $3",
          "rnr" },
        { "insert into readers (id, weight) values (1, 1) on conflict (id) do update set name = $1,"
          " weight = $2",
          "nr" },
        { "insert into books (id, title, pages, mood, lbl, available) values ($1, $2, 1, 'sad', $3,"
          " true)",
          "rrr" },
        { "update books set (price, title) = ($1, $2), tags[1] = $3 where id = $4", "nrrr" },
        { "update books set price = $1, title = $1", "r" },
        { "update books set price = coalesce($1, price)", "r" },
        { "with u as (update books set price = $2) select $1::int", "rn" },
        { "merge into readers r using books b on b.id = r.id when matched then update set name = $1"
          " when not matched then insert (id, name, weight) values (b.id, $2, $3)",
          "nnr" },
        { "insert into shelf (title) values ($1)", "r" },
        { "insert into nowhere (title) values ($2)", "rr" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        qi_result_facts facts = facts_of(*state, cases[i].sql);
        char got[16] = "";
        for (size_t k = 0; k < facts.param_count && k + 1 < sizeof got; k++)
            got[k] = facts.param_nullable[k] ? 'n' : 'r';
        if (strcmp(got, cases[i].nullable) != 0)
            fail_msg("%s: %s instead of %s", cases[i].sql, got, cases[i].nullable);
    }
}

/* `head`, `part` as often as said, `tail`. */
static bool is_analysed(fixture *here, const char *head, const char *part, int count,
                        const char *tail)
{
    qi_buffer sql;
    qi_buffer_init(&sql, 1 << 20);
    qi_buffer_add(&sql, head);
    for (int i = 0; i < count; i++)
        qi_buffer_add(&sql, part);
    qi_buffer_add(&sql, tail);
    qi_result_facts facts = facts_of(here, sql.data);
    qi_buffer_free(&sql);
    return facts.analysed;
}

/* Texts that libpg_query would overflow an ordinary stack with: no crash, nothing proven. */
static void test_limits(void **state)
{
    assert_true(is_analysed(*state, "select 1", "+1", 100, ""));
    assert_false(is_analysed(*state, "select 1", "+1", 10000, ""));
    assert_true(is_analysed(*state, "select 1", " union select 1", 50, ""));
    assert_false(is_analysed(*state, "select 1", " union select 1", 3000, ""));
    assert_false(is_analysed(*state, "select ", "(", 9000, "1"));
    assert_false(is_analysed(*state, "select '", "x", 70000, "'"));
    assert_true(is_analysed(*state, "select 1", ", 1", 1600, ""));
    assert_false(is_analysed(*state, "select ", "(select ", 1000, "1"));
    is_analysed(*state, "select ", "(select (select count(*) from books where id in (", 6,
                "1)))))))))))))");
}

static void test_refusals(void **state)
{
    fixture *here = *state;
    quire_error err = { 0 };
    qi_result_facts facts = { 0 };
    assert_status(QUIRE_INVALID,
                  qi_nullability(&here->catalog, "select 1; select 2", &here->arena, &facts, &err),
                  &err);
    assert_contains(err.message, "2 statements");
    assert_status(QUIRE_INVALID, qi_nullability(&here->catalog, "", &here->arena, &facts, &err),
                  &err);
    assert_status(QUIRE_INVALID, qi_nullability(NULL, "select 1", &here->arena, &facts, &err),
                  &err);
    assert_false(facts_of(here, "select from from").analysed);
    assert_false(facts_of(here, "select * from json_table('1', '$' columns (a int))").analysed);
    assert_false(facts_of(here, "create table x (a int)").analysed);
    assert_false(facts_of(here, "select * from nowhere").analysed);
    assert_false(facts_of(here, "select (duo).* from books").analysed);
    assert_true(facts_of(here, "select 1 from nowhere").analysed);
}

static void test_meet(void **state)
{
    qi_result_facts with = facts_of(*state, "select id, isbn from books where isbn = '1'");
    qi_result_facts without = facts_of(*state, "select id, isbn from books");
    qi_result_facts other = facts_of(*state, "select id from books");
    assert_true(with.not_null[1]);
    assert_int_equal(with.cardinality, QI_AT_MOST_ONE);
    qi_result_facts_meet(&with, &without);
    assert_true(with.analysed);
    assert_true(with.not_null[0]);
    assert_false(with.not_null[1]);
    assert_int_equal(with.cardinality, QI_MANY);
    qi_result_facts_meet(&with, &other);
    assert_false(with.analysed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_with_rows),
        cmocka_unit_test(test_with_empty_tables),
        cmocka_unit_test(test_random),
        cmocka_unit_test(test_params),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_meet),
    };
    return cmocka_run_group_tests_name("nullability", tests, setup, teardown);
}
