/* Tables as a whole, and those below others: children and partitions. In both directions. */
#include "support/planned.h"

static void test_tables(void **state)
{
    (void)state;
    static const pair rows[] = {
        { "create table t (a int)", "create table t (a int) with (fillfactor = 50, "
                                    "autovacuum_enabled = off, toast.autovacuum_enabled = off)" },
        { "create table t (a serial)", "create unlogged table t (a serial)" },
        { "create table t (a int); alter table t enable row level security",
          "create table t (a int); alter table t force row level security" },
        { "create table t (a int); alter table t replica identity full",
          "create table t (a int not null unique); "
          "alter table t replica identity using index t_a_key" },
        { "create type c as (a int, b text); create table t (a int, b text)",
          "create type c as (a int, b text); create table t of c" },
        { "", "create table t (a int, b text) partition by list (a)" },
    };
    check_pairs(rows, sizeof rows / sizeof *rows);
}

#define P "create table p (a int not null, b int) "
static void test_children(void **state)
{
    (void)state;
    static const pair rows[] = {
        { "", "create table p (a int primary key, b int default 1 check (b > 0)); "
              "create table c (x int) inherits (p); alter table c alter b set default 2" },
        { P, P "; create table c (b int, x int) inherits (p)" },
        { P "; create table c (a int not null, b int, x int)",
          P "; create table c (x int) inherits (p)" },
        { P "; create table c () inherits (p)",
          "create table p (a bigint not null, b int, d text default 'x' not null); "
          "create table c () inherits (p)" },
        { P "; create table c () inherits (p); create table d () inherits (c)",
          "create table p (b int not null default 5); create table c () inherits (p); "
          "create table d () inherits (c); alter table d alter b set default 7" },
        { P "; create table q (z int); create table c () inherits (p)",
          P "; create table q (z int); create table c () inherits (p, q)" },
    };
    check_pairs(rows, sizeof rows / sizeof *rows);
}

#define L P "partition by list (a); "
#define L1 "create table p1 partition of p for values in (1); "
static void test_partitions(void **state)
{
    (void)state;
    static const pair rows[] = {
        { "", L L1 "create table p2 partition of p for values in (2) partition by range (b); "
                   "create table p21 partition of p2 for values from (1) to (9); "
                   "create table p22 partition of p2 default" },
        { L, L L1 },
        { L L1, "create table p (a int not null, b int, c text not null default 'c', "
                "primary key (a)) partition by list (a); " L1 },
        { L L1, L "create table p1 partition of p for values in (1, 3)" },
        { L L1, L "create table p1 (a int not null, b int)" },
        { L L1 "create index i on p (b)",
          L "create table p1 (a int not null, b int); create index i on p (b)" },
        { L L1 "create index i on p (b)", L L1 "create index i on p (a, b)" },
        { L "create index i on p (b)", L L1 "create index i on p (b)" },
        { "create table p (a int primary key, b int) partition by list (a); " L1,
          "create table p (a int primary key, b int) partition by list (a); "
          "create table p1 (a int, b int, constraint other primary key (a)); "
          "alter table p attach partition p1 for values in (1)" },
        { "create table p (a int primary key, b int check (b > 0)) partition by list (a)",
          "create table p (a int primary key, b int check (b > 0)) partition by list (a); " L1
          "alter table p1 alter b set default 8, alter b set not null" },
        { L L1, "create table q (b int primary key); "
                "create table p (a int not null, b int references q) partition by list (a); " L1 },
        { "create table q (b int primary key); "
          "create table p (a int not null, b int references q) partition by list (a); ",
          "create table q (b int primary key); "
          "create table p (a int not null, b int references q) partition by list (a); " L1 },
        { "create table p (a int, b int) partition by list (a); " L1,
          "create table p (a int, b bigint) partition by list (a); " L1 },
        { L L1, L "alter table p add constraint k check (b > 0) not valid; " L1 },
        { L L1, L L1 "create unique index i on only p (a); alter table p1 add primary key (a); "
                     "alter index i attach partition p1_pkey" },
        { "create table p (a int primary key) partition by list (a); "
          "create table f (a int references p)",
          "create table p (a int primary key) partition by list (a); " L1
          "create table f (a int references p)" },
        { L L1, "create table r (a int not null, b int) partition by list (a); "
                "create table p1 partition of r for values in (4)" },
    };
    check_pairs(rows, sizeof rows / sizeof *rows);
}

static void test_refused(void **state)
{
    (void)state;
    static const refused rows[] = {
        { P, L, "table public.p", "is not partitioned, in the schema it is by LIST (a)",
          "move the rows" },
        { L, P, "table public.p", "is partitioned by LIST (a)", NULL },
        { "create table p (ab int, a int) partition by range (ab, a)",
          "create table p (ab int, a bigint) partition by range (ab, a)", "column public.p.a",
          "is what its table is partitioned by", NULL },
    };
    check_refusals(rows, sizeof rows / sizeof *rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tables),
        cmocka_unit_test(test_children),
        cmocka_unit_test(test_partitions),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests_name("plan_tables", tests, open_databases, close_databases);
}
