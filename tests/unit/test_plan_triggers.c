/* What acts on tables by itself: triggers, rules, policies; publications, statistics, extensions. */
#include "support/planned.h"

#define T "create table t (id int primary key, a int, b text); "
#define G "create function g() returns trigger language plpgsql as 'begin return new; end'; "

static void test_triggers(void **state)
{
    (void)state;
    static const change rows[] = {
        { T G,
          T G "create trigger r before update of a on t for each row when (old.a is distinct "
              "from new.a) execute function g(); alter table t disable trigger r; "
              "comment on trigger r on t is 'x'",
          "CREATE TRIGGER r BEFORE UPDATE OF a ON public.t FOR EACH ROW WHEN ((old.a IS DISTINCT "
          "FROM new.a)) EXECUTE FUNCTION public.g();\n"
          "ALTER TABLE public.t DISABLE TRIGGER r;\n\n"
          "COMMENT ON TRIGGER r ON public.t IS 'x';\n",
          NULL },
        { T G "create trigger r before update on t for each row execute function g()",
          T G "create trigger r before update on t for each row execute function g(); "
              "alter table t enable always trigger r",
          "ALTER TABLE public.t ENABLE ALWAYS TRIGGER r;\n", NULL },
        { T G "create trigger r before update on t for each row execute function g()", T G,
          "DROP TRIGGER r ON public.t;\n", NULL },
    };
    check_changes(rows, sizeof rows / sizeof *rows);
    static const pair pairs[] = {
        { T G "create trigger r before update on t for each row execute function g()",
          T G "create trigger r after insert or delete on t for each row execute function g()" },
        { T G "create trigger r after insert on t for each row execute function g()",
          T G "create constraint trigger r after insert on t deferrable initially deferred "
              "for each row execute function g()" },
        { T G "create constraint trigger r after insert on t deferrable initially deferred "
              "for each row execute function g()",
          T G "create constraint trigger r after insert on t not deferrable "
              "for each row execute function g()" },
        { T G "create trigger r after insert on t referencing new table as n for each statement "
              "execute function g(); alter table t enable replica trigger r",
          T G "create trigger r after insert on t referencing new table as m for each statement "
              "execute function g()" },
        { T G "create trigger r before insert on t for each row execute function g('a', 'b''c')",
          T },
        { T G, "create function g() returns trigger language plpgsql as 'begin return null; end'; "
               "create table t (id int primary key, a int); create trigger r before update of a "
               "on t for each row execute function g()" },
    };
    check_pairs(pairs, sizeof pairs / sizeof *pairs);
}

static void test_rules(void **state)
{
    (void)state;
    static const change rows[] = {
        { T,
          T "create rule r as on insert to t where new.a > 5 do instead nothing; "
            "alter table t enable replica rule r",
          "CREATE RULE r AS\n    ON INSERT TO public.t\n   WHERE (new.a > 5) DO INSTEAD NOTHING;\n"
          "ALTER TABLE public.t ENABLE REPLICA RULE r;\n",
          NULL },
        { T "create rule r as on insert to t do instead nothing; alter table t disable rule r",
          T "create rule r as on update to t do also select 1",
          "ALTER TABLE public.t ENABLE RULE r;\n\n"
          "CREATE OR REPLACE RULE r AS\n    ON UPDATE TO public.t DO  SELECT 1 AS \"?column?\";\n",
          NULL },
    };
    check_changes(rows, sizeof rows / sizeof *rows);
    static const pair pairs[] = {
        { T "create table log (x int); create rule r as on insert to t do also "
            "insert into log values (new.a); comment on rule r on t is 'x'",
          T },
    };
    check_pairs(pairs, sizeof pairs / sizeof *pairs);
}

static void test_policies(void **state)
{
    (void)state;
    static const change rows[] = {
        { "",
          T "create policy p on t as restrictive for update to public using (a > 1) "
            "with check (a > 2); comment on policy p on t is 'x'",
          "CREATE TABLE public.t (\n"
          "    id integer,\n    a  integer,\n    b  text,\n"
          "    CONSTRAINT t_pkey PRIMARY KEY (id)\n);\n\n"
          "CREATE POLICY p ON public.t\n    AS RESTRICTIVE\n    FOR UPDATE\n"
          "    USING ((a > 1))\n    WITH CHECK ((a > 2));\n\n"
          "COMMENT ON POLICY p ON public.t IS 'x';\n",
          NULL },
        { T "create policy p on t to current_user using (a > 1)",
          T "create policy p on t using (a > 1)",
          "-- hazard: authorization: public.t: who may see or change which rows is decided in "
          "another way\n"
          "ALTER POLICY p ON public.t\n    TO PUBLIC;\n",
          NULL },
    };
    check_changes(rows, sizeof rows / sizeof *rows);
    static const pair pairs[] = {
        { T "create policy p on t using (a > 1)",
          T "create policy p on t to current_user using (a > 2) with check (b = 'x')" },
        { T "create policy p on t using (a > 1)",
          T "create policy p on t for select using (a > 1)" },
        { T "create policy p on t using (a > 1)",
          T "create policy p on t as restrictive using (a > 1)" },
        { T "create policy p on t using (a > 1)", "create table t (id int primary key, a bigint, b "
                                                  "text); create policy p on t using (a > 1)" },
        { T "create table u (x int); create policy p on t using (a in (select x from u))",
          "create table t (id int primary key, a int, b text); "
          "create table u (y int); create policy p on t using (a in (select y from u))" },
        { T "create function f(int) returns bool language sql return true; "
            "create policy p on t using (f(a))",
          T "create function f(bigint) returns bool language sql return true; "
            "create policy p on t using (f(a))",
          .from = 14 },
    };
    check_pairs(pairs, sizeof pairs / sizeof *pairs);
}

static void test_publications(void **state)
{
    (void)state;
    static const change rows[] = {
        { T,
          T "create publication p for table t (id, a) where (a > 1) with (publish = 'insert', "
            "publish_via_partition_root); comment on publication p is 'x'",
          "CREATE PUBLICATION p\n    FOR TABLE public.t (id, a) WHERE ((a > 1))\n"
          "    WITH (publish = 'insert', publish_via_partition_root = 'true');\n\n"
          "COMMENT ON PUBLICATION p IS 'x';\n",
          NULL, .from = 15 },
        { T "create schema s; create publication p for table t with (publish = '')",
          T "create schema s; create publication p for table t, tables in schema s",
          "ALTER PUBLICATION p SET (publish = 'insert, update, delete, truncate');\n"
          "ALTER PUBLICATION p ADD TABLES IN SCHEMA s;\n",
          NULL, .from = 15 },
        { T "create table u (x int); create publication p for table t, u",
          T "create publication p for table t (id)",
          "-- quire: check deletes_data: public.u: the table has rows\n"
          "select 1 from public.u limit 1;\n\n"
          "ALTER PUBLICATION p DROP TABLE public.t;\n"
          "ALTER PUBLICATION p ADD TABLE public.t (id);\n\n"
          "-- hazard: deletes_data: public.u: the table goes with its rows\n"
          "-- hazard: breaks_application: public.u: programs that use it fail\n"
          "DROP TABLE public.u;\n",
          NULL, .from = 15 },
    };
    check_changes(rows, sizeof rows / sizeof *rows);
    static const pair pairs[] = {
        { T "create publication p", T "create publication p for all tables" },
        { T "create table u (x int); create publication p for table t, u",
          T "create publication p for table t" },
        { T "create publication p for table t", T "create publication p" },
        { "",
          T "create schema s; create table s.u (x int); create publication p for table s.u, t" },
        { "", T "create schema s; create publication p for table t, tables in schema s",
          .from = 15 },
        { T "create schema s; create publication p for tables in schema s",
          T "create publication p for table t where (a > 1)", .from = 15 },
        { T "create publication p for table t where (a > 1)",
          "create table t (id int primary key, a bigint, b text); "
          "create publication p for table t where (a > 1)",
          .from = 15 },
        { T "create publication p for table t (id, a)",
          T "create publication p for all tables with (publish = 'insert')", .from = 15 },
        { T "create publication p for table t (id, a)",
          "create table t (id int primary key, b text); create publication p for table t (id, b)",
          .from = 15 },
    };
    check_pairs(pairs, sizeof pairs / sizeof *pairs);
}

static void test_event_triggers(void **state)
{
    (void)state;
#define E "create function e() returns event_trigger language plpgsql as 'begin end'; "
    static const change rows[] = {
        { E,
          E "create event trigger x on ddl_command_end when tag in ('CREATE TABLE', 'DROP TABLE')"
            " execute function e(); alter event trigger x disable; "
            "comment on event trigger x is 'y'",
          "CREATE EVENT TRIGGER x ON ddl_command_end\n"
          "    WHEN TAG IN ('CREATE TABLE', 'DROP TABLE')\n"
          "    EXECUTE FUNCTION public.e();\n"
          "ALTER EVENT TRIGGER x DISABLE;\n\n"
          "COMMENT ON EVENT TRIGGER x IS 'y';\n",
          NULL },
    };
    check_changes(rows, sizeof rows / sizeof *rows);
    static const pair pairs[] = {
        { E "create event trigger x on sql_drop execute function e()",
          E "create event trigger x on ddl_command_start execute function e(); "
            "alter event trigger x enable always" },
        { E "create event trigger x on sql_drop execute function e()", T },
    };
    check_pairs(pairs, sizeof pairs / sizeof *pairs);
}

static void test_statistics(void **state)
{
    (void)state;
    static const change rows[] = {
        { T,
          T "create statistics s (ndistinct, mcv) on a, b from t; "
            "alter statistics s set statistics 50; comment on statistics s is 'x'",
          "CREATE STATISTICS public.s (ndistinct, mcv) ON a, b FROM public.t;\n"
          "ALTER STATISTICS public.s SET STATISTICS 50;\n\n"
          "COMMENT ON STATISTICS public.s IS 'x';\n",
          NULL },
        { T "create statistics s on a, b from t; alter statistics s set statistics 50",
          T "create statistics s on a, b from t", "ALTER STATISTICS public.s SET STATISTICS -1;\n",
          NULL },
    };
    check_changes(rows, sizeof rows / sizeof *rows);
    static const pair pairs[] = {
        { T "create statistics s on a, b from t", T "create statistics s on id, (a + 1) from t",
          .from = 14 },
        { T "create statistics s on a, b from t", "" },
        { T "create statistics s on a, b from t", "create table t (id int primary key, a int)" },
    };
    check_pairs(pairs, sizeof pairs / sizeof *pairs);
}

static void test_extensions(void **state)
{
    (void)state;
    static const change rows[] = {
        { "create schema x",
          "create schema x; create extension citext schema x version '1.4'; "
          "create table t (a x.citext)",
          "CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA x VERSION '1.4';\n\n"
          "CREATE TABLE public.t (\n    a x.citext\n);\n",
          NULL },
        { "create extension citext version '1.4'", "create extension citext version '1.5'",
          "ALTER EXTENSION citext UPDATE TO '1.5';\n", NULL },
        /* A schema that names no version takes the one that is there. */
        { "create extension citext version '1.4'", "create extension citext", "", NULL },
        { "create schema x; create extension citext",
          "create schema x; create extension citext "
          "schema x",
          "ALTER EXTENSION citext SET SCHEMA x;\n", NULL },
        { "create extension citext", "",
          "-- hazard: breaks_application: citext: programs that use it fail\n"
          "DROP EXTENSION citext;\n",
          NULL },
    };
    check_changes(rows, sizeof rows / sizeof *rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_triggers),       cmocka_unit_test(test_rules),
        cmocka_unit_test(test_policies),       cmocka_unit_test(test_publications),
        cmocka_unit_test(test_event_triggers), cmocka_unit_test(test_statistics),
        cmocka_unit_test(test_extensions),
    };
    return cmocka_run_group_tests(tests, open_databases, close_databases);
}
