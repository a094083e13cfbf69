/* Plans of enums, domains, composite and range types: altered in place, or made anew under rows. */
#include "support/planned.h"

#include <string.h>

static void test_enums(void **state)
{
    (void)state;
    static const pair rows[] = {
        /* Values removed, moved, and added in between. */
        { "create type e as enum ('a', 'b', 'c'); create table t (x e default 'a', y e[])",
          "create type e as enum ('c', 'a', 'd'); create table t (x e default 'a', y e[])" },
        /* What stands on the type: index, check, view, function, policy, trigger, generated... */
        { "create type e as enum ('a', 'b'); create table t (id int primary key, x e not null, "
          "check (x <> 'b')); create index i on t (x) where x = 'a'; create index j on t (x); "
          "create view v as select x, x = 'a' as is_a from t; "
          "create function f(x e) returns e language sql as 'select x'; "
          "create policy p on t using (x = 'a'); "
          "create materialized view m as select x from v; comment on type e is 'E'",
          "create type e as enum ('a', 'c'); create table t (id int primary key, x e not null, "
          "check (x <> 'c')); create index i on t (x) where x = 'a'; create index j on t (x); "
          "create view v as select x, x = 'a' as is_a from t; "
          "create function f(x e) returns e language sql as 'select x'; "
          "create policy p on t using (x = 'a'); "
          "create materialized view m as select x from v; comment on type e is 'E'" },
        /* Types made of it, and a foreign key between two such columns. */
        { "create type e as enum ('a', 'b'); create domain d as e default 'a' check (value <> "
          "'b'); "
          "create type c as (x e, y d); comment on column c.x is 'X'; "
          "create table t (x e primary key, d d, c c); "
          "create table u (x e references t, cs c[]); comment on constraint u_x_fkey on u is 'K'",
          "create type e as enum ('b', 'a', 'z'); "
          "create domain d as e default 'a' check (value <> 'b'); "
          "create type c as (x e, y d); comment on column c.x is 'X'; "
          "create table t (x e primary key, d d, c c); "
          "create table u (x e references t, cs c[]); comment on constraint u_x_fkey on u is 'K'" },
        /* Tables that inherit, and partitions, with defaults of their own. */
        { "create type e as enum ('a', 'b'); create table p (x e default 'a', k int) "
          "partition by list (k); create table p1 partition of p (x default 'b') for values in "
          "(1); "
          "create table q (x e); create table r (y int) inherits (q)",
          "create type e as enum ('b', 'a'); create table p (x e default 'a', k int) "
          "partition by list (k); create table p1 partition of p (x default 'b') for values in "
          "(1); "
          "create table q (x e); create table r (y int) inherits (q)" },
        /* A type of its own gets another name; another takes a column over. */
        { "create type e as enum ('a'); create table t (x text)",
          "create type f as enum ('a'); create table t (x text)" },
        /* Defaults by a function, and another function; columns that come, go, or change sides. */
        { "create type e as enum ('a', 'b'); create function f() returns e language sql "
          "as 'select ''a''::e'; create table t (x e default f(), y e default 'a', gone e, z e, "
          "g bool generated always as (z = 'a') stored)",
          "create type e as enum ('a'); create function f() returns e language sql "
          "as 'select ''a''::e'; create table t (x e default f(), y e default f(), z e, "
          "g bool generated always as (z = 'a') stored, new e)" },
        /* A type of another kind takes its name. */
        { "create type e as enum ('a'); create table t (x e default 'a', y e[])",
          "create domain e as text; create table t (x e default 'a', y e[])" },
        { "create schema \"S s\"; create type \"S s\".\"E\" as enum ('it''s', 'b'); "
          "create table t (\"X x\" \"S s\".\"E\" default 'b')",
          "create schema \"S s\"; create type \"S s\".\"E\" as enum ('it''s'); "
          "create table t (\"X x\" \"S s\".\"E\" default 'it''s')" },
    };
    check_pairs(rows, sizeof rows / sizeof *rows);
}

/* The statements of a swap, and what is asked before it. */
static void test_swap(void **state)
{
    (void)state;
    static const change rows[] = {
        { "create type e as enum ('a', 'b'); create table t (x e default 'a')",
          "create type e as enum ('a'); create table t (x e default 'a')",
          "-- quire: check may_fail: public.t.x: rows have a value that is gone: 'b'\n"
          "select 1 from public.t where x::text in ('b') limit 1;\n"
          "\n"
          "-- hazard: rewrites_table: public.t: all rows are written anew, all access waits\n"
          "-- hazard: may_fail: public.t.x: fails if rows have a value that is gone: 'b'\n"
          "ALTER TABLE public.t ALTER COLUMN x DROP DEFAULT;\n"
          "ALTER TYPE public.e RENAME TO e_replaced;\n"
          "CREATE TYPE public.e AS ENUM (\n"
          "    'a'\n"
          ");\n"
          "ALTER TABLE public.t\n"
          "    ALTER COLUMN x TYPE public.e\n"
          "    USING x::text::public.e;\n"
          "ALTER TABLE ONLY public.t ALTER COLUMN x SET DEFAULT 'a'::public.e;\n"
          "DROP TYPE public.e_replaced;\n",
          "replace_e" },
    };
    check_changes(rows, sizeof rows / sizeof *rows);
}

static void test_domains(void **state)
{
    (void)state;
    static const pair rows[] = {
        { "create domain d as int; create table t (x d)",
          "create domain d as int default 7 not null constraint positive check (value > 0) "
          "constraint small check (value < 100); create table t (x d); "
          "comment on domain d is 'D'; comment on constraint positive on domain d is 'C'" },
        { "create domain d as text constraint c check (value <> 'VALUE')",
          "create domain d as text constraint c check (length(value) < 9) not null" },
        /* Another base under rows, an index and a view. */
        { "create domain d as int check (value > 0); create table t (x d, y d[]); "
          "create index i on t (x); create view v as select x from t; create domain e as d",
          "create domain d as numeric(10,2) check (value > 0); create table t (x d, y d[]); "
          "create index i on t (x); create view v as select x from t; create domain e as d" },
        { "create domain d as text", "create domain d as text collate \"C\"" },
        { "create domain d as int; alter domain d add constraint c check (value > 0) not valid",
          "create domain d as int constraint c check (value > 0)" },
        /* A check by a function, and a default by another one. */
        { "create domain d as text",
          "create function ok(x text) returns bool language sql as 'select true'; "
          "create function def() returns text language sql as 'select ''x'''; "
          "create domain d as text default def() constraint c check (ok(value))" },
        { "create domain a as int; create domain b as a check (value > 1); create table t (x b)",
          "create table t ()" },
        { "", "create domain \"D d\" as varchar(3) constraint \"C c\" check (value <> 'a')" },
    };
    check_pairs(rows, sizeof rows / sizeof *rows);
}

/* A check about VALUE is asked about each column. */
static void test_domain_checks(void **state)
{
    (void)state;
    static const change rows[] = {
        { "create domain d as text; create table t (a d, b text)",
          "create domain d as text constraint c check (value <> 'VALUE' and value is not null); "
          "create table t (a d, b text)",
          "-- quire: check may_fail: public.t.a: rows break c\n"
          "select 1 from public.t where not (a <> 'VALUE'::text AND a IS NOT NULL) limit 1;\n"
          "\n"
          "-- hazard: may_fail: public.d: fails if a value that is there breaks it\n"
          "ALTER DOMAIN public.d ADD CONSTRAINT c CHECK (VALUE <> 'VALUE'::text AND VALUE IS NOT "
          "NULL);\n",
          "add_c" },
        { "create domain d as text; create table t (a d, b text)",
          "create domain d as text not null; create table t (a d, b text)",
          "-- quire: check may_fail: public.t.a: rows have no value there\n"
          "select 1 from public.t where a is null limit 1;\n"
          "\n"
          "-- hazard: may_fail: public.d: fails if a column of the domain has no value somewhere\n"
          "ALTER DOMAIN public.d SET NOT NULL;\n",
          "change_d" },
    };
    check_changes(rows, sizeof rows / sizeof *rows);
}

static void test_composites(void **state)
{
    (void)state;
    static const pair rows[] = {
        { "create type c as (a int, b text)",
          "create type c as (a int, b text collate \"C\", \"d d\" numeric(4,1)); "
          "comment on column c.a is 'A'; comment on type c is 'C'" },
        { "create type c as (a int, b text); create table t (c c, cs c[])",
          "create type c as (a int, d text); create table t (c c, cs c[])" },
        /* Another type of an attribute, another order: values go through a row. */
        { "create type c as (a int, b text); create table t (id int, c c); "
          "create view v as select (c).a from t",
          "create type c as (b text, a bigint); create table t (id int, c c); "
          "create view v as select (c).a from t" },
        { "create type c as (a int)", "create type c as ()" },
        { "create type c as (a int); create type d as (c c, cs c[]); "
          "create function f(d) returns c language sql as 'select $1.c'",
          "create type c as (a text); create type d as (c c, cs c[]); "
          "create function f(d) returns c language sql as 'select $1.c'" },
        { "create type c as (a int, b int); create function f() returns setof c "
          "language sql as 'select 1, 2'; create view v as select a from f()",
          "create type c as (a int); create function f() returns setof c "
          "language sql as 'select 1'; create view v as select a from f()" },
    };
    check_pairs(rows, sizeof rows / sizeof *rows);
}

static void test_ranges(void **state)
{
    (void)state;
    static const pair rows[] = {
        { "",
          "create type r as range (subtype = float8, subtype_diff = float8mi, "
          "multirange_type_name = many); create table t (r r, m many)",
          .from = 14 },
        { "create type r as range (subtype = float8); create table t (x r, y r[])",
          "create type r as range (subtype = float8, subtype_diff = float8mi); "
          "create table t (x r, y r[])" },
        { "create type r as range (subtype = text); create table t (x r)",
          "create type r as range (subtype = text, collation = \"C\"); create table t (x r)" },
        { "create type e as enum ('a', 'b'); create type r as range (subtype = e, "
          "multirange_type_name = rs); create table t (x r, y rs, z rs[])",
          "create type e as enum ('b', 'a'); create type r as range (subtype = e, "
          "multirange_type_name = rs); create table t (x r, y rs, z rs[])",
          .from = 14 },
        { "create type textrange as range (subtype = text, subtype_opclass = text_pattern_ops)",
          "create type textrange as range (subtype = text)" },
    };
    check_pairs(rows, sizeof rows / sizeof *rows);
}

static void test_refusals(void **state)
{
    (void)state;
    static const refused rows[] = {
        { "create type e as enum ('a', 'b'); create table t (x e) partition by list (x)",
          "create type e as enum ('a'); create table t (x e) partition by list (x)",
          "column public.t.x", "partitioned by", NULL },
        { "create type c as (a int); create table t (x c[])",
          "create type c as (a text); create table t (x c[])", "column public.t.x", "is an array",
          NULL },
        { "create type e as enum ('a', 'b'); create table b (x e); create table t (y b)",
          "create type e as enum ('a'); create table b (x e); create table t (y b)",
          "column public.b.x", "the values of column public.t.y", NULL },
        { "create type c as (a int); create table t of c",
          "create type c as (a int, b int); create table t of c", "composite type public.c",
          "table public.t is made of it", NULL },
    };
    check_refusals(rows, sizeof rows / sizeof *rows);
}

/* Rows stay what they were. */
static void test_rows_stay(void **state)
{
    (void)state;
    quire_error err = { 0 };
    planned p;
    plan_between(
        &p,
        "create type e as enum ('a', 'b', 'c'); create type c as (a int, b text); "
        "create table t (id int, x e default 'b', xs e[], c c); "
        "insert into t values (1, 'a', '{a,c}', row(1, 'one,\"two\"')), "
        "(2, default, null, null), (3, null, '{}', row(null, null))",
        "create type e as enum ('c', 'a', 'new', 'b'); create type c as (b text, a bigint); "
        "create table t (id int, x e default 'b', xs e[], c c)",
        NULL);
    assert_int_equal(p.plan.refusal_count, 0);
    assert_ok(qi_plan_prove(present, &p.plan, &p.after, NULL, &err), &err);
    planned_free(&p);
    assert_string_equal(test_text(present, "select string_agg(concat_ws(' ', id, x, xs, (c).a, "
                                           "(c).b, c is not distinct from null), ';' order by id) "
                                           "from t"),
                        "1 a {a,c} 1 one,\"two\" f;2 b t;3 {} f");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_enums),      cmocka_unit_test(test_swap),
        cmocka_unit_test(test_domains),    cmocka_unit_test(test_domain_checks),
        cmocka_unit_test(test_composites), cmocka_unit_test(test_ranges),
        cmocka_unit_test(test_refusals),   cmocka_unit_test(test_rows_stay),
    };
    return cmocka_run_group_tests(tests, open_databases, close_databases);
}
