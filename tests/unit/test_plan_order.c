/* What is dropped, what is made anew because of it, and in which order. */
#include "support/planned.h"

static void test_drops(void **state)
{
    (void)state;
    static const change rows[] = {
        { "create table t (a int)", "",
          "-- quire: check deletes_data: public.t: the table has rows\n"
          "select 1 from public.t limit 1;\n\n"
          "-- hazard: deletes_data: public.t: the table goes with its rows\n"
          "-- hazard: breaks_application: public.t: programs that use it fail\n"
          "DROP TABLE public.t;\n",
          "drop_t" },
        { "create table t (a int, b text, unique (a, b)); create index i on t (b)",
          "create table t (a int)",
          "-- quire: check deletes_data: public.t.b: rows have a value there\n"
          "select 1 from public.t where b is not null limit 1;\n\n"
          "-- hazard: deletes_data: public.t.b: the column goes with its values\n"
          "-- hazard: breaks_application: public.t.b: programs that use it fail\n"
          "ALTER TABLE public.t DROP COLUMN b;\n",
          "drop_t_b" },
        { "create table t (a int); create index i on t (a)", "create table t (a int)",
          "-- quire: no-transaction\n\n"
          "-- hazard: not_transactional: public.t: a failure leaves the index, but not valid\n"
          "DROP INDEX CONCURRENTLY public.i;\n",
          "drop_i" },
        { "create table t (a int primary key); create table s (a int references t)",
          "create table t (a int primary key); create table s (a int)",
          "ALTER TABLE public.s DROP CONSTRAINT s_a_fkey;\n", "drop_s_a_fkey" },
        { "create table t (a serial)", "create table t (a int not null)",
          "ALTER TABLE public.t ALTER COLUMN a DROP DEFAULT;\n\nDROP SEQUENCE public.t_a_seq;\n",
          NULL },
        { "create schema s; create type s.e as enum ('a')", "",
          "DROP TYPE s.e;\n\nDROP SCHEMA s;\n", NULL },
    };
    check_changes(rows, sizeof rows / sizeof *rows);
}

static void test_replaced(void **state)
{
    (void)state;
    static const pair rows[] = {
        /* A foreign key stands on the key that is made anew. */
        { "create table t (a int, b int, constraint k unique (a)); "
          "create table s (a int references t (a))",
          "create table t (a int, b int, constraint k unique (a) deferrable); "
          "create table s (a int)" },
        { "create table t (a int); create index i on t (a)",
          "create table t (a int); create index i on t (a desc)" },
        { "create table t (a int check (a > 0))", "create table t (a int check (a > 1))" },
    };
    check_pairs(rows, sizeof rows / sizeof *rows);
}

/* A name that one thing has and another one gets. */
static void test_names(void **state)
{
    (void)state;
    static const pair rows[] = {
        { "create table t (a int); create index n on t (a)",
          "create table t (a int, constraint n unique (a))" },
        { "create table t (a int); create sequence n",
          "create table t (a int); create table n ()" },
        { "create type n as enum ('a')", "create table n (a int)" },
    };
    check_pairs(rows, sizeof rows / sizeof *rows);
}

/* Tables that refer to each other, made and dropped. */
static void test_circles(void **state)
{
    (void)state;
    static const pair rows[] = {
        { "", "create table a (id int primary key, b int); "
              "create table b (id int primary key, a int references a); "
              "alter table a add foreign key (b) references b" },
        { "", "create table a (id int primary key, up int references a)" },
        { "create table z (id int primary key)",
          "create table a (id int primary key, b int); "
          "create table b (id int primary key, c int); "
          "create table c (id int primary key, a int references a, z int); "
          "alter table a add foreign key (b) references b; "
          "alter table b add foreign key (c) references c" },
    };
    check_pairs(rows, sizeof rows / sizeof *rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_drops),
        cmocka_unit_test(test_replaced),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_circles),
    };
    return cmocka_run_group_tests_name("plan_order", tests, open_databases, close_databases);
}
