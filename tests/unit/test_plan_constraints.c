/* Plans of constraints and indexes: altered, made again, turned into each other; what is asked before. */
#include "support/planned.h"

#include <string.h>

#define T "create table t (a int not null, b int not null, c text); "

static void test_constraints(void **state)
{
    (void)state;
    static const pair rows[] = {
        { T,
          T "alter table t add primary key (a) include (b) with (fillfactor=70), "
            "add constraint u unique nulls not distinct (b, c) deferrable initially deferred, "
            "add constraint k check (a > b) no inherit, add constraint n check (b > 0) not valid, "
            "add constraint x exclude using btree (a with =) where (b > 0)",
          .from = 15 },
        { T "alter table t add primary key (a); alter table t add constraint u unique (b)",
          T "alter table t add primary key (b); alter table t add constraint u unique (a, b) "
            "deferrable" },
        { T "alter table t add constraint k check (a > 0) not valid",
          T "alter table t add constraint k check (a > 0)" },
        { T "alter table t add constraint u unique (a) with (fillfactor=70); "
            "comment on index u is 'I'; comment on constraint u on t is 'C'",
          T "alter table t add constraint u unique (a) with (fillfactor=50, "
            "deduplicate_items=off); comment on index u is 'J'" },
        { T "comment on table t is 'T'", T "alter table t add constraint u unique (a); "
                                           "comment on index u is 'I'" },
    };
    check_pairs(rows, sizeof rows / sizeof *rows);
}

static void test_foreign_keys(void **state)
{
    (void)state;
#define R "create table r (id int not null, other int not null, "
#define F "create table f (x int, y int, "
    static const pair rows[] = {
        { R "primary key (id)); " F "foreign key (x) references r)",
          R "primary key (id)); " F "foreign key (x) references r deferrable initially deferred)" },
        { R "primary key (id)); " F "foreign key (x) references r on delete cascade)",
          R "primary key (id)); " F "foreign key (x) references r match full on update set null)" },
        { R "primary key (id)); " F "constraint k foreign key (x) references r)",
          R "primary key (id)); create table f (x int, y int); "
            "alter table f add constraint k foreign key (x) references r not valid" },
        /* What it refers to is made again, or becomes an index, or another key. */
        { R "constraint u unique (other)); " F "foreign key (x) references r (other))", R
          "constraint u unique (other) include (id)); " F "foreign key (x) references r (other))" },
        { R "constraint u unique (other)); " F "foreign key (x) references r (other))",
          R "check (true)); create unique index u on r (other); " F
            "foreign key (x) references r (other))" },
        { R "primary key (id)); " F "foreign key (x) references r)",
          R "primary key (id, other)); " F "foreign key (x, y) references r)" },
        /* Two that refer to each other come and go. */
        { "", "create table a (id int primary key, b int); create table b (id int primary key, "
              "a int references a); alter table a add foreign key (b) references b" },
    };
#undef R
#undef F
    check_pairs(rows, sizeof rows / sizeof *rows);
}

static void test_indexes(void **state)
{
    (void)state;
    static const pair rows[] = {
        { T "create index i on t (a)",
          T "create index i on t using hash (a); create unique index \"I 2\" on t (lower(c) desc "
            "nulls last, (a + b)) include (b) with (fillfactor=60) where b > 0 and c <> ' WHERE '; "
            "alter index \"I 2\" alter column 2 set statistics 300; comment on index i is 'I'" },
        { T "create index i on t (a) with (fillfactor=70); create index j on t ((a + b)); "
            "alter index j alter column 1 set statistics 10",
          T
          "create index i on t (a) with (deduplicate_items=off) ; create index j on t ((a + b))" },
        { T "create unique index u on t (a)", T "alter table t add constraint u unique (a)" },
        { T "create unique index u on t (a); comment on index u is 'U'",
          T "create index u on t (a)" },
    };
    check_pairs(rows, sizeof rows / sizeof *rows);
}

/* Which index stands for the table's rows, and which they lie in the order of. */
static void test_marks(void **state)
{
    (void)state;
#define M                                                                                          \
    "create table t (a int not null, b int not null, primary key (a)); "                           \
    "create unique index i on t (a); create unique index j on t (b); "
    static const pair rows[] = {
        { M, M "alter table t replica identity using index i; alter table t cluster on j" },
        { M "alter table t replica identity using index i; alter table t cluster on i",
          M "alter table t replica identity using index j; alter table t cluster on t_pkey" },
        { M "alter table t replica identity full",
          M "alter table t replica identity using index j" },
        { M "alter table t replica identity using index t_pkey",
          M "alter table t replica identity nothing" },
        { M "alter table t replica identity using index i; alter table t cluster on i",
          "create table t (a int not null, b int not null, primary key (a)); "
          "create unique index i on t (a, b); create unique index j on t (b); "
          "alter table t replica identity using index i; alter table t cluster on i" },
        { M "alter table t replica identity using index i; alter table t cluster on i",
          "create table t (a int not null, b int not null, primary key (a))" },
        { "", M "alter table t replica identity using index t_pkey; alter table t cluster on j" },
    };
#undef M
    check_pairs(rows, sizeof rows / sizeof *rows);
}

/* Keys and indexes of partitioned tables are those of all partitions. */
static void test_partitions(void **state)
{
    (void)state;
#define P                                                                                          \
    "create table p (a int not null, b int not null, c text) partition by list (a); "              \
    "create table p1 partition of p for values in (1); "                                           \
    "create table p2 partition of p for values in (2); "
    static const pair rows[] = {
        { P, P "alter table p add primary key (a); alter table p add constraint k check (b > 0)" },
        { P, P "alter table p add constraint u unique (a, b); create index i on p (b); "
               "create index only_here on p2 (c)" },
        { P, P "create index i on only p (b); create index mine on p1 (b); "
               "alter index i attach partition mine" },
        { P "create index i on only p (b); create index x1 on p1 (b); create index x2 on p2 (b); "
            "alter index i attach partition x1; alter index i attach partition x2",
          P "create index i on p (c)" },
        { P, P
          "alter table p1 add constraint own primary key (a); alter table p add primary key (a)" },
        { P "create table r (id int primary key)",
          P "create table r (id int primary key); alter table p add foreign key (b) references r" },
        { P "alter table p add unique (a, b); create table f (a int, b int)",
          P "alter table p add unique (a, b); create table f (a int, b int, "
            "foreign key (a, b) references p (a, b))" },
    };
#undef P
    check_pairs(rows, sizeof rows / sizeof *rows);
}

static void test_inheritance(void **state)
{
    (void)state;
#define I "create table p (a int); create table q (b int) inherits (p); "
    static const pair rows[] = {
        { I, I "alter table p add constraint k check (a > 0)" },
        { I "alter table p add constraint k check (a > 0)",
          I "alter table p add constraint k check (a > 1)" },
        { I, I "alter table q add constraint own check (b > 0); "
               "alter table p add constraint k check (a > 0) no inherit" },
    };
#undef I
    check_pairs(rows, sizeof rows / sizeof *rows);
}

/* The queries that find rows which would stop a plan. */
static void test_checks(void **state)
{
    (void)state;
    static const change rows[] = {
        { T, T "alter table t add primary key (a)",
          "-- quire: check may_fail: public.t: rows have no value in a\n"
          "select 1 from public.t where a is null limit 1;\n"
          "\n"
          "-- quire: check may_fail: public.t: rows are alike in a\n"
          "select a from public.t where a is not null group by a having count(*) > 1 limit 1;\n"
          "\n",
          NULL },
        { T "create table r (x int, y int, unique (x, y))",
          T "create table r (x int, y int, unique (x, y)); "
            "alter table t add foreign key (a, b) references r (x, y)",
          "-- quire: check may_fail: public.t: rows refer to rows of public.r that are not there\n"
          "select 1 from public.t as here where a is not null and b is not null and not exists "
          "(select from public.r as there where there.x = here.a and there.y = here.b) limit 1;\n"
          "\n",
          NULL },
        /* What comes with the same plan cannot be asked about before it. */
        { T, T "alter table t add d int, add constraint k check (d > 0)",
          "ALTER TABLE public.t ADD COLUMN d integer;\n", NULL },
    };
    static const qi_plan_options plain = { .offline = true };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        planned p;
        plan_between(&p, rows[i].before, rows[i].after, &plain);
        prove(&p);
        if (strncmp(p.text.data, rows[i].text, strlen(rows[i].text)) != 0)
            assert_string_equal(p.text.data, rows[i].text);
        planned_free(&p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_constraints), cmocka_unit_test(test_foreign_keys),
        cmocka_unit_test(test_indexes),     cmocka_unit_test(test_marks),
        cmocka_unit_test(test_partitions),  cmocka_unit_test(test_inheritance),
        cmocka_unit_test(test_checks),
    };
    return cmocka_run_group_tests(tests, open_databases, close_databases);
}
