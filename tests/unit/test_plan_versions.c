/*
 * What later versions of PostgreSQL have beyond 15: planned and proven where the server knows it. Run on
 * 18 by tests/versions.
 */
#include "support/planned.h"

#include <stdio.h>
#include <string.h>

#define T "create table t (id int primary key, a int, b text); "

/* NOT NULL is a constraint since 18, with a name, and can be without its children or its check. */
static void test_not_null(void **state)
{
    (void)state;
#define N(rest) "create table n (a int " rest ")"
    static const pair rows[] = {
        { N(""), N("constraint filled not null"), .from = 18 },
        { N("not null"), N("constraint filled not null"), .from = 18 },
        { N("constraint k not null"), N("constraint filled not null"), .from = 18 },
        { N("not null"), N("not null no inherit"), .from = 18 },
        { N(""), N("not null no inherit"), .from = 18 },
        { N(""), N("constraint \"N N\" not null no inherit"), .from = 18 },
        { N("") "; alter table n add constraint filled not null a not valid", N(""), .from = 18 },
        { N("") "; alter table n add constraint filled not null a not valid",
          N("constraint filled not null"), .from = 18 },
        { N("") "; alter table n add not null a not valid", N("not null"), .from = 18 },
        { "", N("") "; alter table n add constraint filled not null a not valid", .from = 18 },
        { N("not null"), "create table n (b int)" },
        { "create table n (a int primary key)", N("not null") },
        { "create table n (a int, constraint k not null a, primary key (a))",
          "create table n (a int primary key)", .from = 18 },
        { "create table n (a int generated always as identity)", N("constraint k not null"),
          .from = 18 },
        { "create table n (a int); comment on table n is 'x'",
          N("constraint k not null") "; comment on constraint k on n is 'why'", .from = 18 },
        { N("constraint k not null") "; comment on constraint k on n is 'why'",
          N("constraint k not null") "; comment on constraint k on n is 'because'", .from = 18 },
        { N("constraint k not null") "; comment on constraint k on n is 'why'", N(""), .from = 18 },
        { N("not null") "; comment on constraint n_a_not_null on n is 'why'",
          N("constraint k not null") "; comment on constraint k on n is 'because'", .from = 18 },
        { "", N("constraint k not null") "; comment on constraint k on n is 'why'", .from = 18 },
        /* Of tables below. */
        { N("not null") "; create table c () inherits (n)",
          N("constraint k not null") "; create table c () inherits (n)", .from = 18 },
        { N("") "; create table c () inherits (n)",
          N("constraint k not null") "; create table c () inherits (n)", .from = 18 },
        { N("not null") "; create table c (a int constraint k not null) inherits (n)",
          N("") "; create table c (a int constraint k not null) inherits (n)", .from = 18 },
        { N("not null no inherit") "; create table c () inherits (n)",
          N("not null no inherit") "; create table c (a int not null) inherits (n)", .from = 18 },
        { "create table p (a int not null) partition by range (a); "
          "create table q partition of p for values from (1) to (2)",
          "create table p (a int constraint k not null) partition by range (a); "
          "create table q partition of p for values from (1) to (2)",
          .from = 18 },
        { "create table p (a int) partition by range (a); create table q partition of p default",
          "create table p (a int) partition by range (a); "
          "create table q (a int constraint k not null); alter table p attach partition q default",
          .from = 18 },
    };
    check_pairs(rows, sizeof rows / sizeof *rows);
}

/* What was renamed has kept the name that its NOT NULL got; another one may want it. */
static void test_renamed(void **state)
{
    (void)state;
    static const pair rows[] = {
        { N("not null") "; alter table n rename to m", "create table m (a int not null)" },
        { N("not null") "; alter table n rename to m",
          "create table m (a int not null); create table n (a int not null)" },
        { "create table n (b int not null); alter table n rename b to a",
          "create table n (a int not null, b int not null)" },
        { "create table n (b_c int not null); create table n_b (c int not null)",
          "create table n_b (c int not null); create table n (b_c int not null)" },
        { "create domain d as int not null; alter domain d rename to e",
          "create domain e as int not null; create domain d as int not null" },
    };
    check_pairs(rows, sizeof rows / sizeof *rows);
}

static void test_domains(void **state)
{
    (void)state;
    static const pair rows[] = {
        { "create domain d as int constraint k not null", "create domain d as int", .from = 17 },
        { "create domain d as int constraint k not null", "create domain d as int not null",
          .from = 17 },
        { "create domain d as int constraint k not null",
          "create domain d as text constraint k not null", .from = 17 },
        { "create domain d as int not null; create table t (a d)",
          "create domain d as text not null; create table t (a d)" },
    };
    check_pairs(rows, sizeof rows / sizeof *rows);
}

/* What is said of the NOT NULL of a domain is found, though not written. */
static void test_refused(void **state)
{
    (void)state;
    static const refused rows[] = {
        { "create domain d as int constraint k not null",
          "create domain d as int constraint k not null; comment on constraint k on domain d is "
          "'x'",
          "domain public.d", "not null comment", NULL, .from = 17 },
    };
    check_refusals(rows, sizeof rows / sizeof *rows);
}

static void test_generated(void **state)
{
    (void)state;
#define G(expression, how)                                                                         \
    "create table g (a int, c int generated always as (" expression ") " how ")"
    static const pair rows[] = {
        { G("a + 1", "virtual"), G("a + 2", "virtual"), .from = 18 },
        { G("a + 1", "virtual"), G("a + 1", "stored"), .from = 18 },
        { G("a + 1", "virtual"), "create table g (a int)", .from = 18 },
        { G("a + 1", "virtual"), "create table g (a int, c int)", .from = 18 },
        { "create table g (a int, c int default 5)", G("a + 1", "virtual"), .from = 18 },
        { G("a + 1", "stored"), G("a + 2", "stored") },
        { G("a + 1", "virtual"),
          "create table g (a bigint, c bigint generated always as (a + 1) virtual)", .from = 18 },
        { G("a + 1", "virtual") "; create view v as select c from g",
          G("a + 3", "virtual") "; create view v as select c from g", .from = 18 },
        { G("a + 1", "") "; alter table g alter c set not null", G("a + 1", ""), .from = 18 },
    };
    check_pairs(rows, sizeof rows / sizeof *rows);
}

/* Keys over a period, and foreign keys to them. */
static void test_temporal(void **state)
{
    (void)state;
#define P "create table p (id int4range, span daterange, a int, "
#define R "create table r (id int4range, span daterange, "
    static const pair rows[] = {
        { P "primary key (id, span without overlaps))", P "primary key (id, span))", .from = 18 },
        { P "unique (id, span without overlaps))", P "unique (id))", .from = 18 },
        { P "unique (id, span without overlaps) deferrable)", P "check (a > 0))", .from = 18 },
        { P "primary key (id, span without overlaps)); " R
            "foreign key (id, period span) references p (id, period span))",
          P "primary key (id, span without overlaps)); " R "check (id is not null))", .from = 18 },
        { P "primary key (id, span without overlaps)); " R
            "foreign key (id, period span) references p (id, period span))",
          P "primary key (id, span without overlaps)); " R
            "foreign key (id, period span) references p)",
          .from = 18 },
        { "",
          P "primary key (id, span without overlaps)); " R
            "foreign key (id, period span) references p)",
          .from = 18 },
    };
    check_pairs(rows, sizeof rows / sizeof *rows);
}

/* What the checks before such a constraint find. */
static void test_temporal_checks(void **state)
{
    (void)state;
    static const struct {
        const char *rows;
        bool found;
    } cases[] = {
        { "insert into p values ('[1,2)', '[2020-01-01,2020-01-05)'), "
          "('[1,2)', '[2020-01-05,2020-01-09)'), ('[2,3)', '[2020-01-02,2020-01-05)'); "
          "insert into r values ('[1,2)', '[2020-01-02,2020-01-08)'), (null, '(,)')",
          false },
        { "insert into p values ('[1,2)', '[2020-01-01,2020-01-05)'), "
          "('[1,2)', '[2020-01-04,2020-01-09)')",
          true },
        { "insert into p values ('[1,2)', '[2020-01-01,2020-01-05)'); "
          "insert into r values ('[1,2)', '[2020-01-02,2020-01-08)')",
          true },
        { "insert into r values ('[1,2)', '[2020-01-02,2020-01-08)')", true },
    };
    if (test_server_version(present) < 18)
        return;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        planned plan;
        bool found = false;
        plan_between(&plan, P "check (a > 0)); " R "check (id is null or not isempty(id)))",
                     P "check (a > 0), primary key (id, span without overlaps)); " R
                       "check (id is null or not isempty(id)), "
                       "foreign key (id, period span) references p)",
                     &(qi_plan_options){ .no_renames = true });
        test_sql(present, cases[i].rows);
        for (const char *at = plan.text.data; (at = strstr(at, "-- quire: check"));) {
            const char *query = strchr(at, '\n') + 1;
            size_t length = strcspn(query, ";");
            char sql[512];
            assert_true(length < sizeof sql - 32);
            snprintf(sql, sizeof sql, "select count(*) from (%.*s) rows", (int)length, query);
            found = found || test_int(present, sql) > 0;
            at = query;
        }
        assert_int_equal(found, cases[i].found);
        planned_free(&plan);
    }
}

static void test_not_enforced(void **state)
{
    (void)state;
#define U "create table u (x int references t"
    static const pair rows[] = {
        { T "alter table t add constraint k check (a > 0) not enforced", T, .from = 18 },
        { T "alter table t add constraint k check (a > 0) not enforced",
          T "alter table t add constraint k check (a > 0)", .from = 18 },
        { T "alter table t add constraint k check (a > 0) not enforced",
          T "alter table t add constraint k check (a > 0) not valid", .from = 18 },
        { T U ")", T U " not enforced)", .from = 18 },
        { T U " not enforced)", T "create table u (x int)", .from = 18 },
        { T U " deferrable)", T U " deferrable initially deferred not enforced)", .from = 18 },
        { T U " not enforced)", T U " on delete cascade not enforced)", .from = 18 },
        { "", T U " not enforced)", .from = 18 },
        { "", "create table k (a int check (a > 0) not enforced)", .from = 18 },
        { "create table k (a int check (a > 0) not enforced); create table c () inherits (k)",
          "create table k (a int check (a > 0)); create table c () inherits (k)", .from = 18 },
        { "create table k (a int) partition by range (a); create table c partition of k default; " T
          "alter table k add foreign key (a) references t not enforced",
          "create table k (a int) partition by range (a); create table c partition of k default; " T
          "alter table k add foreign key (a) references t",
          .from = 18 },
    };
    check_pairs(rows, sizeof rows / sizeof *rows);
}

static void test_others(void **state)
{
    (void)state;
    static const pair rows[] = {
        { T, T "alter table t add u uuid default uuidv7()", .from = 18 },
        { T "create publication p for table t",
          T "create publication p for table t with (publish_generated_columns = stored)",
          .from = 18 },
        /* Identities of partitions are those of the table above since 17. */
        { "create table p (id int generated by default as identity, a int) partition by list (a); "
          "create table q partition of p default",
          "create table p (id int, a int) partition by list (a); "
          "create table q partition of p default",
          .from = 17 },
        { T "create index on t (b)", T "create unique index i on t (b) nulls not distinct",
          .from = 15 },
        { T "create view v as select id from t",
          T "create view v with (security_invoker) as select id from t", .from = 15 },
        { "create collation c (provider = builtin, locale = 'C.UTF-8')", "", .from = 17 },
        { "create collation c (provider = icu, locale = 'und', rules = '&a < b')",
          "create collation c (provider = icu, locale = 'und')", .from = 16 },
        { T "alter table t alter b set compression pglz", T, .from = 14 },
        { T "alter table t alter b set storage main", T "alter table t alter b set statistics 20" },
        { T "grant maintain on t to public", T "grant select on t to public", .from = 17 },
        { T "create index on t (a)", T "create index on t (a) with (deduplicate_items = off)" },
    };
    check_pairs(rows, sizeof rows / sizeof *rows);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_not_null),        cmocka_unit_test(test_renamed),
        cmocka_unit_test(test_domains),         cmocka_unit_test(test_generated),
        cmocka_unit_test(test_refused),         cmocka_unit_test(test_temporal),
        cmocka_unit_test(test_temporal_checks), cmocka_unit_test(test_not_enforced),
        cmocka_unit_test(test_others),
    };
    return cmocka_run_group_tests_name("plan_versions", tests, open_databases, close_databases);
}
