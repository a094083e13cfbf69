/* Plans for tables that others are using: their text, what they reach, and that nobody waits. */
#include "support/planned.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define ALONE "-- quire: no-transaction\n\n"
#define BUILDS                                                                                     \
    "-- hazard: builds_index: public.t: the server reads the whole table, while others go on\n"    \
    "-- hazard: not_transactional: public.t: a failure leaves an index that is not valid\n"
#define STAYS                                                                                      \
    "-- hazard: not_transactional: public.t: a failure leaves the constraint, which new rows must" \
    " keep to\n"
#define BREAKS "-- hazard: may_fail: public.t: fails if rows that are there break it\n"
#define U "create table u (id int primary key); "
#define T "create table t (a int, b int); "

static void test_indexes(void **state)
{
    (void)state;
    static const change rows[] = {
        { T, T "create index \"On \"\"t\" on t (a) with (fillfactor = 70) where b > 0",
          ALONE BUILDS "CREATE INDEX CONCURRENTLY \"On \"\"t\" ON public.t USING btree (a) WITH "
                       "(fillfactor=70) WHERE b > 0;\n",
          NULL },
        /* The old one goes when the new one is there. */
        { T "create index i on t (a)", T "create index i on t (a desc); comment on index i is 'x'",
          ALONE BUILDS "CREATE INDEX CONCURRENTLY i_new ON public.t USING btree (a DESC);\n"
                       "\n"
                       "-- hazard: not_transactional: public.t: a failure leaves the index, but "
                       "not valid\n"
                       "DROP INDEX CONCURRENTLY public.i;\n"
                       "\n"
                       "ALTER INDEX public.i_new RENAME TO i;\n"
                       "\n"
                       "COMMENT ON INDEX public.i IS 'x';\n",
          NULL },
        /* Where the table is locked anyway, and where others stand on it: in the transaction. */
        { T "create unique index i on t (a); create table s (a int references t (a))",
          T "create table s (a int)",
          "ALTER TABLE public.s DROP CONSTRAINT s_a_fkey;\n"
          "\n"
          "-- hazard: blocks_reads: public.t: all access waits for a moment, behind those who use "
          "it\n"
          "DROP INDEX public.i;\n",
          "drop_s_a_fkey_and_more" },
    };
    check_changes(rows, sizeof rows / sizeof *rows);
}

static void test_constraints(void **state)
{
    (void)state;
    static const change rows[] = {
        { U T, U T "alter table t add constraint k foreign key (a) references u on delete cascade",
          ALONE "-- quire: check may_fail: public.t: rows refer to rows of public.u that are not "
                "there\n"
                "select 1 from public.t as here where a is not null and not exists (select from "
                "public.u as there where there.id = here.a) limit 1;\n"
                "\n"
                "ALTER TABLE public.t\n"
                "    ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES public.u(id) ON DELETE CASCADE "
                "NOT VALID;\n"
                "\n" BREAKS STAYS "ALTER TABLE public.t VALIDATE CONSTRAINT k;\n",
          "add_k" },
        /* At no time is there none: the new one comes in the transaction that drops the old one. */
        { T "alter table t add constraint k check (a > 0)",
          T "alter table t add constraint k check (a > 1)",
          "-- quire: check may_fail: public.t: rows break k\n"
          "select 1 from public.t where not (a > 1) limit 1;\n"
          "\n"
          "ALTER TABLE public.t DROP CONSTRAINT k;\n"
          "\n"
          "ALTER TABLE public.t\n"
          "    ADD CONSTRAINT k CHECK (a > 1) NOT VALID;\n"
          "-- file 1\n" ALONE BREAKS STAYS "ALTER TABLE public.t VALIDATE CONSTRAINT k;\n",
          NULL },
        { T "alter table t add constraint k check (a > 0) not valid",
          T "alter table t add constraint k check (a > 0)",
          ALONE "-- quire: check may_fail: public.t: rows break k\n"
                "select 1 from public.t where not (a > 0) limit 1;\n"
                "\n" BREAKS "ALTER TABLE public.t VALIDATE CONSTRAINT k;\n",
          NULL },
    };
    check_changes(rows, sizeof rows / sizeof *rows);
}

static void test_not_null(void **state)
{
    (void)state;
    static const change rows[] = {
        { T, "create table t (a int, b int not null)",
          ALONE "-- quire: check may_fail: public.t.b: rows have no value\n"
                "select 1 from public.t where b is null limit 1;\n"
                "\n"
                "ALTER TABLE public.t\n"
                "    ADD CONSTRAINT b_is_not_null CHECK (b IS NOT NULL) NOT VALID;\n"
                "\n"
                "-- hazard: may_fail: public.t.b: fails if rows have no value there\n" STAYS
                "ALTER TABLE public.t VALIDATE CONSTRAINT b_is_not_null;\n"
                "\n"
                "ALTER TABLE public.t ALTER COLUMN b SET NOT NULL;\n"
                "ALTER TABLE public.t DROP CONSTRAINT b_is_not_null;\n",
          "change_t_b" },
    };
    check_changes(rows, sizeof rows / sizeof *rows);
}

static void test_keys(void **state)
{
    (void)state;
    static const change rows[] = {
        { T,
          T "alter table t add constraint k unique (a) include (b) with (fillfactor = 70) "
            "deferrable initially deferred",
          ALONE "-- quire: check may_fail: public.t: rows are alike in a\n"
                "select a from public.t where a is not null group by a having count(*) > 1 limit "
                "1;\n"
                "\n" BREAKS BUILDS
                "CREATE UNIQUE INDEX CONCURRENTLY k ON public.t (a) INCLUDE (b) WITH "
                "(fillfactor=70);\n"
                "\n"
                "ALTER TABLE public.t\n"
                "    ADD CONSTRAINT k UNIQUE USING INDEX k DEFERRABLE INITIALLY DEFERRED;\n",
          "add_k" },
        /* The old key goes in the transaction in which the new one comes. */
        { "create table t (a int not null, b int not null, primary key (a))",
          "create table t (a int not null, b int not null, primary key (b))",
          ALONE "-- quire: check may_fail: public.t: rows have no value in b\n"
                "select 1 from public.t where b is null limit 1;\n"
                "\n"
                "-- quire: check may_fail: public.t: rows are alike in b\n"
                "select b from public.t where b is not null group by b having count(*) > 1 limit "
                "1;\n"
                "\n" BREAKS BUILDS "CREATE UNIQUE INDEX CONCURRENTLY t_pkey_new ON public.t (b);\n"
                "-- file 1\n"
                "ALTER TABLE public.t DROP CONSTRAINT t_pkey;\n"
                "\n"
                "ALTER TABLE public.t\n"
                "    ADD CONSTRAINT t_pkey PRIMARY KEY USING INDEX t_pkey_new;\n",
          NULL },
    };
    check_changes(rows, sizeof rows / sizeof *rows);
}

/* The column comes empty, new rows get their value, and then those that are there. */
static void test_values_of_their_own(void **state)
{
    (void)state;
    static const change rows[] = {
        { T, "create table t (a int, b int, c uuid not null default gen_random_uuid() primary key)",
          "ALTER TABLE public.t ADD COLUMN c uuid;\n"
          "ALTER TABLE public.t ALTER COLUMN c SET DEFAULT gen_random_uuid();\n"
          "-- file 1\n" ALONE
          "-- hazard: blocks_writes: public.t: changes of rows that are there wait until all have "
          "a value\n"
          "UPDATE public.t SET c = DEFAULT WHERE c IS NULL;\n"
          "\n"
          "ALTER TABLE public.t\n"
          "    ADD CONSTRAINT c_is_not_null CHECK (c IS NOT NULL) NOT VALID;\n"
          "\n"
          "-- hazard: may_fail: public.t.c: fails if rows have no value there\n" STAYS
          "ALTER TABLE public.t VALIDATE CONSTRAINT c_is_not_null;\n"
          "\n"
          "ALTER TABLE public.t ALTER COLUMN c SET NOT NULL;\n"
          "ALTER TABLE public.t DROP CONSTRAINT c_is_not_null;\n"
          "\n" BREAKS BUILDS "CREATE UNIQUE INDEX CONCURRENTLY t_pkey ON public.t (c);\n"
          "\n"
          "ALTER TABLE public.t\n"
          "    ADD CONSTRAINT t_pkey PRIMARY KEY USING INDEX t_pkey;\n",
          "add_t_c" },
        /* What an update would set off is not for a migration to set off. */
        { T "create rule r as on update to t do also nothing",
          "create table t (a int, b int, c float default random()); "
          "create rule r as on update to t do also nothing",
          "-- hazard: rewrites_table: public.t: every row gets a value of its own, so the table is "
          "written again\n"
          "ALTER TABLE public.t ADD COLUMN c double precision DEFAULT random();\n",
          NULL },
    };
    check_changes(rows, sizeof rows / sizeof *rows);

    planned p;
    plan_between(&p, T, "create table t (a int, b int, c float not null default random())", NULL);
    test_sql(present, "insert into t select 1, 1 from generate_series(1, 100)");
    prove(&p);
    assert_int_equal(test_int(present, "select count(distinct c) from t"), 100);
    planned_free(&p);
}

/* Whatever the text: in both directions the schema is reached. */
static void test_pairs(void **state)
{
    (void)state;
#define P                                                                                          \
    "create table p (id int, x int) partition by range (id); "                                     \
    "create table p1 partition of p for values from (0) to (10); "                                 \
    "create table p2 partition of p for values from (10) to (20) partition by list (x); "          \
    "create table p3 partition of p2 for values in (1); "
    static const pair rows[] = {
        { P, P "create index p_x on p (x)" },
        { P "create index p_x on p (x)", P "create index p_x on p (x desc)" },
        { P, P "alter table p alter column x set not null, add check (x > 0), add primary key (id, "
               "x)" },
        { U P, U P "alter table p add foreign key (x) references u" },
        { U P "alter table p add primary key (id, x)",
          U P "alter table p add primary key (id, x); alter table u add i int, add j int, add "
              "foreign key (i, j) references p" },
        { U T, U "create table t (a int primary key references u, b int unique)" },
        { "create table t (a int primary key, b int unique)",
          "create table t (a int unique, b int primary key)" },
        { "create table t (a int, b int not null, constraint one primary key (b))",
          "create table t (a int not null, b int, constraint two primary key (a))" },
        { T "create index k on t (a)", T "alter table t add constraint k unique (a)" },
        { T "alter table t add constraint k unique (a)",
          T "alter table t add constraint k unique (a, b); create index k_new on t (b)" },
        { "create table t (a int not null, b int); create unique index i on t (a); "
          "alter table t replica identity using index i, cluster on i",
          "create table t (a int not null, b int); create unique index i on t (a) include (b); "
          "alter table t replica identity using index i" },
        { T "create table c () inherits (t)",
          "create table t (a int not null, b int check (b > 0)); create table c () inherits (t)" },
        { T "create materialized view m as select a from t",
          T "create materialized view m as select a from t; create unique index on m (a)" },
        { "create table t (a int, b int); create index i on t ((a + b))",
          "create table t (a bigint, b int); create unique index i on t ((a + b))" },
        { "create type e as enum ('a', 'b'); create table t (x e unique, y e); "
          "create index i on t (y)",
          "create type e as enum ('b'); create table t (x e unique, y e not null); "
          "create index i on t (y desc)" },
        { "create table t (a int primary key, b int); create view v as select a, b from t group by "
          "a",
          "create table t (a int, b int primary key); create view v as select a, b from t group by "
          "b" },
        { "create type c as (x int); create table t (a c, b int)",
          "create type c as (x int); create table t (a c not null, b int, unique (a))" },
        { "create table t (\"größe größe größe größe größe größe größe größe größ\" int)",
          "create table t (\"größe größe größe größe größe größe größe größe größ\" int not "
          "null)" },
    };
#undef P
    check_pairs(rows, sizeof rows / sizeof *rows);
}

/* Nobody else is there: everything in one transaction. */
static void test_offline(void **state)
{
    (void)state;
    static const qi_plan_options options = { .offline = true };
    planned p;
    plan_between(&p, U T,
                 U "create table t (a int references u, b int not null unique, check (a > 0)); "
                   "create index i on t (a)",
                 &options);
    prove(&p);
    assert_int_equal(p.plan.file_count, 1);
    assert_false(p.plan.files[0].alone);
    assert_null(strstr(p.text.data, "CONCURRENTLY"));
    assert_null(strstr(p.text.data, "NOT VALID"));
    planned_free(&p);
}

/* ---- others go on ----------------------------------------------------------------------------- */

static quire_db *another_session(void)
{
    quire_error err = { 0 };
    quire_options options = { .provider = QUIRE_LOCAL,
                              .url = test_database_url(present),
                              .pool_size = 1 };
    quire_db *db = quire_open(&options, &err);
    assert_non_null(db);
    return db;
}

static bool can_write(quire_db *other)
{
    quire_error err = { 0 };
    test_sql(other, "set lock_timeout = '300ms'");
    if (quire_exec(other, "insert into t values (2, 2)", &err) == QUIRE_OK)
        return true;
    assert_string_equal(err.sqlstate, "55P03");
    return false;
}

#define SCANS "select seq_scan from pg_stat_xact_user_tables where relname = 't'"

/* Runs each statement that can be in a transaction in one that stays open while another writes. */
static void check_statements(planned *p, size_t *scans)
{
    quire_db *other = another_session();
    for (size_t i = 0; i < p->plan.step_count; i++) {
        quire_error err = { 0 };
        quire_db *tx = quire_begin(present, NULL, &err);
        assert_non_null(tx);
        int64_t before = test_int(tx, SCANS);
        assert_ok(qi_sql_run(tx, p->plan.steps[i].sql, "step", &err), &err);
        /* What reads the rows must let others write; what does not is over at once. */
        if (test_int(tx, SCANS) > before) {
            ++*scans;
            if (!can_write(other))
                fail_msg("writers wait while this reads the table: %s", p->plan.steps[i].sql);
        }
        assert_ok(quire_commit(tx, &err), &err);
    }
    quire_close(other);
}

static void test_checked_while_others_write(void **state)
{
    (void)state;
    static const pair rows[] = {
        { U T, U "create table t (a int, b int, foreign key (a) references u)" },
        { U T, U "create table t (a int not null, b int)" },
        { U T, U "create table t (a int, b int check (b > 0))" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        planned p;
        size_t scans = 0;
        plan_between(&p, rows[i].one, rows[i].other, NULL);
        test_sql(present, "insert into u values (1), (2); insert into t select 1, 1 from "
                          "generate_series(1, 1000)");
        check_statements(&p, &scans);
        assert_int_equal(scans, 1);
        planned_free(&p);
    }
}

typedef struct building {
    quire_db *db;
    const char *sql;
    quire_status status;
} building;

static void *build(void *data)
{
    building *b = data;
    b->status = quire_exec(b->db, b->sql, NULL);
    return NULL;
}

/* Whether a row can be written while the index is built, which waits for an advisory lock to do it. */
static bool can_write_while_building(const qi_plan_options *options)
{
    static const char function[] =
        "create function slow(int) returns int language plpgsql immutable as 'begin "
        "perform pg_advisory_xact_lock_shared(42); return $1; end'; create table t (a int, b int);";
    planned p;
    pthread_t thread;
    char after[512];
    snprintf(after, sizeof after, "%s create index i on t (slow(a))", function);
    plan_between(&p, function, after, options);
    assert_int_equal(p.plan.step_count, 1);
    test_sql(present, "insert into t values (1, 1)");
    quire_db *other = another_session();
    building b = { .db = another_session(), .sql = p.plan.steps[0].sql };
    test_sql(other, "select pg_advisory_lock(42)");
    assert_int_equal(pthread_create(&thread, NULL, build, &b), 0);
    for (int i = 0; i < 1000; i++) {
        if (test_int(present, "select count(*) from pg_locks where locktype = 'advisory' and not "
                              "granted and database = (select oid from pg_database where datname = "
                              "current_database())"))
            break;
        nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
    }
    bool can = can_write(other);
    test_sql(other, "select pg_advisory_unlock(42)");
    pthread_join(thread, NULL);
    assert_int_equal(b.status, QUIRE_OK);
    assert_int_equal(test_int(present, "select count(*) from pg_index where indexrelid = "
                                       "'i'::regclass and indisvalid"),
                     1);
    quire_close(b.db);
    quire_close(other);
    planned_free(&p);
    return can;
}

static void test_built_while_others_write(void **state)
{
    (void)state;
    assert_true(can_write_while_building(NULL));
    /* What it is compared with. */
    assert_false(can_write_while_building(&(qi_plan_options){ .offline = true }));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_indexes),
        cmocka_unit_test(test_constraints),
        cmocka_unit_test(test_not_null),
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_values_of_their_own),
        cmocka_unit_test(test_pairs),
        cmocka_unit_test(test_offline),
        cmocka_unit_test(test_checked_while_others_write),
        cmocka_unit_test(test_built_while_others_write),
    };
    return cmocka_run_group_tests(tests, open_databases, close_databases);
}
