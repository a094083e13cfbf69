/* Functions, procedures and aggregates: replaced where PostgreSQL can, else made anew. */
#include "support/planned.h"

#include <string.h>

#define T "create table t (id int primary key, a int, b text); "

static void test_functions(void **state)
{
    (void)state;
    static const change rows[] = {
        { "",
          "create function f(a int, b text default 'x') returns int language plpgsql as 'begin "
          "return a; end'; comment on function f(int, text) is 'hi'",
          "CREATE FUNCTION public.f(a integer, b text DEFAULT 'x'::text)\n"
          " RETURNS integer\n LANGUAGE plpgsql\nAS $function$begin return a; end$function$;\n\n"
          "COMMENT ON FUNCTION public.f(integer, text) IS 'hi';\n",
          "create_f" },
        /* What the body of a function uses may be made later in the file. */
        { "",
          "create table t (a int); create function f() returns bigint language sql as "
          "'select count(*) from public.t'; create table s (b bigint default f())",
          "SET check_function_bodies = off;\n\n"
          "CREATE TABLE public.t (\n    a integer\n);\n\n"
          "CREATE FUNCTION public.f()\n"
          " RETURNS bigint\n LANGUAGE sql\n"
          "AS $function$select count(*) from public.t$function$;\n\n"
          "CREATE TABLE public.s (\n    b bigint DEFAULT public.f()\n);\n",
          NULL },
        { "create function f(int) returns int language sql immutable return $1",
          "create function f(a int) returns int language sql immutable security definer "
          "return a + 1",
          "-- hazard: authorization: public.f(integer): it runs with the rights of its owner\n"
          "CREATE OR REPLACE FUNCTION public.f(a integer)\n"
          " RETURNS integer\n LANGUAGE sql\n IMMUTABLE SECURITY DEFINER\nRETURN (a + 1);\n",
          "replace_f", .from = 14 },
        { "create function f(a int) returns int language sql return a",
          "create function f(b int) returns int language sql return b",
          "DROP FUNCTION public.f(integer);\n\n"
          "CREATE FUNCTION public.f(b integer)\n"
          " RETURNS integer\n LANGUAGE sql\nRETURN b;\n",
          NULL, .from = 14 },
        { "create procedure p(inout a int) language plpgsql as 'begin a := 1; end'", "",
          "-- hazard: breaks_application: public.p(integer): programs that call it fail\n"
          "DROP PROCEDURE public.p(integer);\n",
          "drop_p" },
    };
    check_changes(rows, sizeof rows / sizeof *rows);
}

#define F(arguments, returns)                                                                      \
    "create function f(" arguments ") returns " returns                                            \
    " language plpgsql as 'begin return null; end'; "

static void test_function_pairs(void **state)
{
    (void)state;
    static const pair rows[] = {
        { F("a int", "int"), F("a int", "text") },
        { F("a int", "text"), F("a int default 1", "text") },
        { F("a int", "text"), F("a bigint", "text") },
        { F("int, x int default 5", "text"), F("y int, x int default 6", "text") },
        { F("a int", "text"), F("a int, b int", "text") F("a int", "text") },
        { F("a int", "text"), F("variadic a int[]", "text") },
        { "create function f(out a int, out b text) language sql as 'select 1, null::text'",
          "create function f(out a int, out c text) language sql as 'select 1, null::text'" },
        { "create function f() returns table (a int) language sql as 'select 1'",
          "create function f() returns table (a int, b int) language sql as 'select 1, 2'" },
        { "create function f() returns setof int language sql as 'select 1'",
          "create function f() returns int language sql as 'select 1'" },
        { "create function f(a int) returns int language sql as 'select 1'",
          "create procedure f(a int) language sql as 'select 1'" },
        { "create function f(anyelement) returns anyarray language sql stable strict leakproof "
          "parallel safe cost 7 set search_path to 'a b', \"C\" set work_mem = '5MB' "
          "as 'select array[$1]'",
          "create function f(anyelement) returns anyarray language sql cost 8 "
          "as 'select array[$1]'" },
        { "create function f() returns setof int language sql rows 5 as 'select 1'",
          "create function f() returns setof int language sql rows 9 as 'select 2'" },
        { "", "create function f() returns text language sql as $$ select '$function$ \\' $$" },
        /* What stands on a function that is made anew. */
        { T F("a int",
              "int") "create view v as select f(a) as x from t; "
                     "create index i on t (length(b)); alter table t alter a set default f(1); ",
          T F("a int",
              "text") "create view v as select f(a) as x from t; "
                      "create index i on t (length(b)); alter table t alter b set default f(1); " },
        { T "create function f() returns setof t language sql begin atomic select * from t; end",
          T "create function f() returns setof t language sql begin atomic "
            "select * from t where a > 1; end",
          .from = 14 },
        /* Its rows get narrower with the table, so it cannot be there while they do. */
        { T "create function f() returns setof t language sql begin atomic select * from t; end; "
            "create view v as select * from f()",
          "create table t (id int primary key, a int); "
          "create function f() returns setof t language sql begin atomic select * from t; end; "
          "create view v as select * from f()",
          .from = 14 },
        { T "create function f() returns setof t language plpgsql as 'declare x t%rowtype; begin "
            "end'",
          T },
        { "",
          "create type e as enum ('a'); create function f(e[]) returns e language sql "
          "return $1[1]; create table t (a e default f(null)); create function g() "
          "returns setof public.t language sql as 'select * from public.t'",
          .from = 14 },
        { "",
          "create function z() returns int language sql return 1; "
          "create function a() returns int language sql return z(); "
          "create function m(int default a()) returns int language sql return a() + z()",
          .from = 14 },
        { "create schema s; create function s.f() returns int language sql return 1", "",
          .from = 14 },
        { "create function \"F g\"(\"a, b\" int, c int) returns int language sql return 1",
          "create function \"F g\"(\"a, b\" int, d int) returns int language sql return 1",
          .from = 14 },
        { "", "create function f() returns trigger language plpgsql as 'begin return new; end'; "
              "create table t (a int); create trigger g before insert on t for each row "
              "execute function f()" },
    };
    check_pairs(rows, sizeof rows / sizeof *rows);
}

static void test_function_circles(void **state)
{
    (void)state;
    static const pair rows[] = {
        /* The index calls the one, which calls the other. */
        { T,
          "create function z(int) returns int language sql immutable as 'select $1'; "
          "create function b(int) returns int language sql immutable as 'select public.z($1)'; " T
          "create index i on t (b(a))" },
        { T, "create function f(i int) returns int language plpgsql as 'begin return g(i); end'; "
             "create function g(i int) returns int language plpgsql as 'begin return f(i); end'; " T
             "alter table t alter a set default f(1)" },
        { "",
          "create function f(int) returns int language sql return 1; "
          "create function g(int) returns int language sql return f($1); "
          "create or replace function f(int) returns int language sql "
          "return case when $1 > 0 then g($1 - 1) end",
          .from = 14 },
        { "create function f(int) returns int language sql return 1",
          "create function f(int) returns int language sql return 1; "
          "create procedure h(int) language sql begin atomic select 1; end; "
          "create function g(int) returns int language sql return f($1); "
          "create or replace function f(int) returns int language sql "
          "return case when $1 > 0 then g($1 - 1) end",
          .from = 14 },
    };
    check_pairs(rows, sizeof rows / sizeof *rows);
}

static void test_aggregates(void **state)
{
    (void)state;
    static const change rows[] = {
        { "",
          "create aggregate s(int) (sfunc = int4pl, stype = int, initcond = '0'); "
          "comment on aggregate s(int) is 'sum'",
          "CREATE AGGREGATE public.s(integer) (\n"
          "    SFUNC = int4pl,\n    STYPE = integer,\n    INITCOND = '0'\n);\n\n"
          "COMMENT ON AGGREGATE public.s(integer) IS 'sum';\n",
          NULL },
        { "create aggregate s(int) (sfunc = int4pl, stype = int)",
          "create aggregate s(int) (sfunc = int4larger, stype = int)",
          "CREATE OR REPLACE AGGREGATE public.s(integer) (\n"
          "    SFUNC = int4larger,\n    STYPE = integer\n);\n",
          "replace_s" },
        { "create aggregate n(*) (sfunc = int8inc, stype = int8, initcond = '0')", "",
          "-- hazard: breaks_application: public.n(*): programs that call it fail\n"
          "DROP AGGREGATE public.n(*);\n",
          NULL },
    };
    check_changes(rows, sizeof rows / sizeof *rows);
    static const pair pairs[] = {
        { "", "create aggregate s(a int) (sfunc = int4pl, stype = int, msfunc = int4pl, "
              "minvfunc = int4mi, mstype = int, parallel = safe, combinefunc = int4pl, "
              "sspace = 8, minitcond = '1', mfinalfunc = int4up, finalfunc = int4abs, "
              "finalfunc_modify = shareable, mfinalfunc_modify = read_write)" },
        { "", "create aggregate m(int) (sfunc = int4larger, stype = int, sortop = >)" },
        { "", "create aggregate p(float8 order by anyelement) (sfunc = ordered_set_transition, "
              "stype = internal, finalfunc = percentile_disc_final, finalfunc_extra)" },
        { "",
          "create aggregate r(variadic \"any\" order by variadic \"any\") (hypothetical, "
          "sfunc = ordered_set_transition_multi, stype = internal, finalfunc = rank_final, "
          "finalfunc_extra); comment on aggregate r(variadic \"any\" order by variadic \"any\") "
          "is 'x'" },
        { "create aggregate s(a int) (sfunc = int4pl, stype = int)",
          "create aggregate s(b int) (sfunc = int4pl, stype = int)" },
        { "",
          "create function f(bigint, int) returns bigint language sql immutable return $1 + $2; "
          "create aggregate s(int) (sfunc = f, stype = bigint); "
          "create view v as select s(x) from generate_series(1, 3) x",
          .from = 14 },
        { "create aggregate s(int) (sfunc = int4pl, stype = int); "
          "create view v as select s(x) from generate_series(1, 3) x",
          "create function f(bigint, int) returns bigint language sql immutable return $1 + $2; "
          "create aggregate s(int) (sfunc = f, stype = bigint); "
          "create view v as select s(x) from generate_series(1, 3) x",
          .from = 14 },
    };
    check_pairs(pairs, sizeof pairs / sizeof *pairs);
}

/* The plan after its bodies were checked, for `present` as it is. */
static void plan_checked(planned *p, const char *before, const char *after)
{
    quire_error err = { 0 };
    plan_between(p, before, after, &(qi_plan_options){ .no_renames = true });
    assert_ok(qi_plan_check_bodies(desired, &p->arena, &p->plan, &err), &err);
}

#define UNCHECKED "set check_function_bodies = off; "
#define COUNT(name, from)                                                                          \
    "create function " name "() returns bigint language sql as 'select count(*) from " from "'; "

/* Bodies are checked when they are made, unless that is too early or not what runs them. */
static void test_checked_when_made(void **state)
{
    (void)state;
    static const struct {
        const char *after;
        bool unchecked;
    } rows[] = {
        { "create table t (a int); " COUNT("f", "t"), false },
        { "create table t (a int); " COUNT("f", "public.t") "create view v as select a from t",
          false },
        { "create table t (a int); create view v as select a from t; " COUNT("f", "v"), true },
        { "create table t (a int); create view \"V\" as select a from t; " COUNT("f", "\"V\""),
          true },
        { "create schema app; create table app.t (a int); set search_path = app, public; " COUNT(
              "public.f", "t") "reset search_path",
          true },
        { "create schema app; create table app.t (a int); create function f() returns bigint "
          "language sql set search_path = app as 'select count(*) from t'",
          false },
        { "create table t (a int); create function f() returns int language plpgsql as "
          "'declare x t.a%type; begin return x; end'",
          false },
        { "create table t (a int); create view v as select a from t; create function f() returns "
          "int language plpgsql as 'declare x v.a%type; begin return x; end'",
          true },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        planned p;
        plan_checked(&p, "", rows[i].after);
        qi_buffer_clear(&p.text);
        qi_plan_write(&p.plan, 0, &p.text);
        bool has = strstr(p.text.data, "SET check_function_bodies = off;") != NULL;
        if (has != rows[i].unchecked)
            fail_msg("%s\n%s", rows[i].after, p.text.data);
        prove(&p);
        planned_free(&p);
    }
}

static void test_broken_bodies(void **state)
{
    (void)state;
    static const struct {
        const char *after;
        const char *object;
        const char *text;
    } rows[] = {
        { UNCHECKED COUNT("f", "missing"), "function public.f()",
          "has a body that does not work: relation \"missing\" does not exist" },
        { UNCHECKED "create procedure f(a int) language plpgsql as 'begin foo bar baz; end'",
          "procedure public.f(integer)", "syntax error" },
        { UNCHECKED "create table t (a int); create function f() returns bigint language sql "
                    "set search_path = '' as 'select count(*) from t'",
          "function public.f()", "relation \"t\" does not exist" },
        { UNCHECKED "create table t (a int); create view v as select a from t; create function f() "
                    "returns int language sql as 'select b from v'",
          "function public.f()", "column \"b\" does not exist" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        planned p;
        quire_error err = { 0 };
        plan_checked(&p, "", rows[i].after);
        assert_int_equal(p.plan.refusal_count, 1);
        assert_string_equal(p.plan.refusals[0].object, rows[i].object);
        assert_contains(p.plan.refusals[0].text, rows[i].text);
        assert_contains(p.plan.refusals[0].hint, "correct it in the schema");
        assert_status(QUIRE_REFUSED, qi_plan_check(&p.plan, &err), &err);
        planned_free(&p);
    }
    /* What the plan does not touch is not its business. */
    planned p;
    plan_checked(&p, UNCHECKED COUNT("f", "missing"),
                 UNCHECKED COUNT("f", "missing") "create table t (a int)");
    assert_int_equal(p.plan.refusal_count, 0);
    prove(&p);
    planned_free(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_functions),         cmocka_unit_test(test_function_pairs),
        cmocka_unit_test(test_function_circles),  cmocka_unit_test(test_aggregates),
        cmocka_unit_test(test_checked_when_made), cmocka_unit_test(test_broken_bodies),
    };
    return cmocka_run_group_tests(tests, open_databases, close_databases);
}
