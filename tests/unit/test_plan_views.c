/* Views, materialized views and their columns: made, altered where they can be, made anew. */
#include "support/planned.h"

#define T "create table t (id int primary key, a int, b text); "

static void test_views(void **state)
{
    (void)state;
    static const change rows[] = {
        { T,
          T "create view v with (security_invoker=true) as select id, a from t; "
            "alter view v alter column a set default 3; comment on column v.a is 'x'",
          "CREATE VIEW public.v\n"
          "WITH (security_invoker=true) AS\n"
          " SELECT t.id,\n    t.a\n   FROM public.t;\n"
          "ALTER VIEW public.v ALTER COLUMN a SET DEFAULT 3;\n\n"
          "COMMENT ON COLUMN public.v.a IS 'x';\n",
          "create_v", .from = 15, .text_until = 15 },
        /* CREATE OR REPLACE forgets the options that it does not name. */
        { T "create view v with (security_barrier) as select id from t",
          T "create view v with (security_barrier) as select id, b from t where a > 1",
          "CREATE OR REPLACE VIEW public.v\n"
          "WITH (security_barrier=true) AS\n"
          " SELECT t.id,\n    t.b\n   FROM public.t\n  WHERE (t.a > 1);\n",
          "alter_v", .text_until = 15 },
        { T "create view v with (security_invoker=true, check_option=local) as select id from t",
          T "create view v with (security_barrier, check_option=cascaded) as select id from t",
          "-- hazard: authorization: public.v: it reads with the rights of its owner, whoever "
          "asks\n"
          "ALTER VIEW public.v RESET (security_invoker);\n"
          "ALTER VIEW public.v SET (security_barrier=true, check_option=cascaded);\n",
          "alter_v", .from = 15 },
        /* Where the order of the options would not come out, they are all given anew. */
        { T "create view v with (security_barrier) as select id from t",
          T "create view v with (security_invoker, security_barrier) as select id from t",
          "-- hazard: authorization: public.v: it reads with the rights of whoever asks\n"
          "ALTER VIEW public.v RESET (security_barrier);\n"
          "ALTER VIEW public.v SET (security_invoker=true, security_barrier=true);\n",
          NULL, .from = 15 },
        { T "create view v with (security_invoker, security_barrier) as select id from t",
          T "create view v with (security_barrier, security_invoker) as select id from t", "", NULL,
          .from = 15 },
        { T "create view v as select id, a from t; create view w as select id from v",
          T "create view v as select id from t; create view w as select id from v",
          "DROP VIEW public.w;\n\n"
          "-- hazard: breaks_application: public.v.a: programs that read it fail\n"
          "DROP VIEW public.v;\n\n"
          "CREATE VIEW public.v AS\n SELECT t.id\n   FROM public.t;\n\n"
          "CREATE VIEW public.w AS\n SELECT v.id\n   FROM public.v;\n",
          NULL, .text_until = 15 },
        { T "create view v as select id, a from t",
          T "create view v as select id, a from t; alter view v alter column a set default 1",
          "ALTER VIEW public.v ALTER COLUMN a SET DEFAULT 1;\n", "alter_v_a" },
        { T "create view v as select id from t", T,
          "-- hazard: breaks_application: public.v: programs that read it fail\n"
          "DROP VIEW public.v;\n",
          "drop_v" },
    };
    check_changes(rows, sizeof rows / sizeof *rows);
}

static void test_view_pairs(void **state)
{
    (void)state;
    static const pair rows[] = {
        { T "create view v as select a, b from t", T "create view v as select b, a from t" },
        { T "create view v as select a from t", T "create view v as select a::bigint from t" },
        { T "create view v as select b from t",
          T "create view v as select b collate \"C\" as b from t" },
        { T "create view v as select a as \"A b\" from t; comment on view v is 'one'",
          T "create view v as select a as \"A b\", id as \"x,y\" from t; comment on view v is "
            "'two'" },
        { T "create view v as select id, a, b from t group by id",
          "create table t (id int not null, a int, b text); create view v as select id, a, b from "
          "t" },
        { T "create view v as select a from t; create view w as select * from v; "
            "create view x as select * from w; comment on view x is 'x'; "
            "comment on column x.a is 'a'",
          T "create view v as select a::text from t; create view w as select * from v; "
            "create view x as select * from w; comment on view x is 'x'; "
            "comment on column x.a is 'a'" },
        { "create table t (a int, b text); create view v as select * from t",
          "create table t (a int, b text, c int); create view v as select * from t" },
        { "create table t (a int, b text); create view v as select a from t",
          "create table t (b text); create view v as select length(b) as a from t" },
        { "create view v as with recursive n(i) as (select 1 union all select i + 1 from n "
          "where i < 5) select i from n",
          "create recursive view v (i) as select 2 union all select i + 1 from v where i < 6" },
        { T "create view v as select a from t with local check option; "
            "create view w as select a from v with cascaded check option",
          T "create view v as select a from t; create view w as select a from v" },
        { T, T "create schema s; create view s.\"V 1\" as select * from public.t; "
               "create view a as select * from s.\"V 1\"" },
        { T "create view v as select 1 as a", T "create table v (a int)" },
        { T "create view v as select 1 as a; create view w as select * from v",
          T "create materialized view v as select 1 as a; create view w as select * from v" },
        { T
          "create view v as select a from t; create function f() returns trigger language plpgsql "
          "as 'begin return new; end'; create trigger g instead of insert on v for each row "
          "execute function f(); create rule r as on delete to v do instead nothing",
          T
          "create view v as select a::text as a from t; create function f() returns trigger "
          "language plpgsql as 'begin return new; end'; create trigger g instead of insert on v "
          "for each row execute function f(); create rule r as on delete to v do instead nothing" },
    };
    check_pairs(rows, sizeof rows / sizeof *rows);
}

static void test_materialized_views(void **state)
{
    (void)state;
    static const change rows[] = {
        { T,
          T "create materialized view m with (fillfactor=70) as select id, a from t with no data; "
            "create unique index i on m (id); alter materialized view m alter a set statistics 50; "
            "alter materialized view m cluster on i",
          "CREATE MATERIALIZED VIEW public.m\n"
          "WITH (fillfactor=70) AS\n"
          " SELECT t.id,\n    t.a\n   FROM public.t\n"
          "WITH NO DATA;\n"
          "ALTER MATERIALIZED VIEW public.m ALTER COLUMN a SET STATISTICS 50;\n\n"
          "CREATE UNIQUE INDEX i ON public.m USING btree (id);\n"
          "ALTER MATERIALIZED VIEW public.m CLUSTER ON i;\n",
          NULL, .text_until = 15 },
        { T "create materialized view m with (fillfactor=70, autovacuum_enabled=off) as select 1 a",
          T "create materialized view m with (fillfactor=50) as select 1 a",
          "ALTER MATERIALIZED VIEW public.m RESET (autovacuum_enabled);\n"
          "ALTER MATERIALIZED VIEW public.m SET (fillfactor=50);\n",
          NULL },
        { T "create materialized view m as select 1 a with no data",
          T "create materialized view m as select 1 a", "REFRESH MATERIALIZED VIEW public.m;\n",
          "refresh_m" },
        /* That it was filled since is nobody's concern. */
        { T "create materialized view m as select 1 a",
          T "create materialized view m as select 1 a with no data", "", NULL },
    };
    check_changes(rows, sizeof rows / sizeof *rows);
}

static void test_materialized_view_pairs(void **state)
{
    (void)state;
    static const pair rows[] = {
        { T "create materialized view m as select id, a from t; create unique index i on m (id); "
            "create view v as select a from m; comment on materialized view m is 'x'; "
            "comment on index i is 'y'",
          T "create materialized view m as select id, a from t where a > 1; "
            "create unique index i on m (id); create view v as select a from m; "
            "comment on materialized view m is 'x'; comment on index i is 'y'" },
        { T "create materialized view m as select b from t; "
            "alter materialized view m alter b set storage external",
          T "create materialized view m as select b from t; "
            "alter materialized view m alter b set (n_distinct = 5)" },
        { T "create materialized view m as select a from t; "
            "create materialized view n as select a from m",
          T "create materialized view n as select a from t; "
            "create materialized view m as select a from n" },
        { T, T "create materialized view m as select a, count(*) from t group by a; "
               "create index on m (a); create statistics s on a, count from m" },
    };
    check_pairs(rows, sizeof rows / sizeof *rows);
}

/* Views and functions that need each other, as PostgreSQL lets them come about by replacing one. */
static void test_circles(void **state)
{
    (void)state;
    static const char circle[] =
        T "create view v as select id, b from t; "
          "create function f(v) returns text language sql begin atomic select $1.b; end; "
          "create or replace view v as select id, b, b || f(null) as c from t";
    static const pair rows[] = {
        { T, circle, .from = 14 },
        { T "create view v as select id, b from t", circle, .from = 14 },
        { T,
          T "create view v as select id from t; create view w as select id from v; "
            "create function f() returns setof w language sql begin atomic select * from w; end; "
            "create or replace view v as select id from t where id in (select id from f())",
          .from = 14 },
    };
    check_pairs(rows, sizeof rows / sizeof *rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_views),
        cmocka_unit_test(test_view_pairs),
        cmocka_unit_test(test_materialized_views),
        cmocka_unit_test(test_materialized_view_pairs),
        cmocka_unit_test(test_circles),
    };
    return cmocka_run_group_tests(tests, open_databases, close_databases);
}
