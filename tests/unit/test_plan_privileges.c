/* Plans of owners, grants and default privileges: compared when asked for, kept when not. */
#include "support/planned.h"

#include <string.h>

static const qi_plan_options with_privileges = { .no_renames = true, .privileges = true };

#define ROLES                                                                                      \
    "do $$ begin create role quire_test_a; exception when duplicate_object then null; end $$; "    \
    "do $$ begin create role quire_test_b; exception when duplicate_object then null; end $$; "    \
    "do $$ begin execute 'drop owned by quire_test_a'; execute 'drop owned by quire_test_b'; end " \
    "$$; "                                                                                         \
    "alter default privileges grant execute on functions to public; "
#define A "quire_test_a"
#define B "quire_test_b"

static void check_way(const char *before, const char *after)
{
    planned p;
    quire_error err = { 0 };
    plan_between(&p, before, after, &with_privileges);
    if (p.plan.refusal_count)
        fail_msg("refused: %s %s", p.plan.refusals[0].object, p.plan.refusals[0].text);
    if (qi_plan_prove(present, &p.plan, &p.after, &with_privileges, &err) != QUIRE_OK)
        fail_msg("%s\n%s\nfrom %s\nto %s\nby\n%s", err.message, err.detail, before, after,
                 p.text.data);
    planned_free(&p);
}

static void check_both_ways(const pair *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        check_way(rows[i].one, rows[i].other);
        check_way(rows[i].other, rows[i].one);
    }
}

static void test_grants(void **state)
{
    (void)state;
#define T                                                                                          \
    ROLES "create table t (a int, b int); create view v as select a from t; "                      \
          "create sequence s; create function f(int) returns int language sql as 'select 1'; "     \
          "create type e as enum ('a'); create domain d as int; "
    static const pair rows[] = {
        { T, T "grant select, insert on t to " A "; grant select on t to " B " with grant option; "
               "grant update (a), select (b) on t to " A "; grant select on v to public; "
               "grant usage on s to " A "; revoke execute on function f(int) from public; "
               "grant execute on function f(int) to " A "; grant usage on schema public to " B "; "
               "revoke usage on type e from public; grant usage on domain d to " A },
        { T "grant select, insert on t to " A "; grant update (a) on t to " A, T
          "grant select, delete on t to " A " with grant option; grant update (a, b) on t to " A },
        { T "grant select on t to " A " with grant option; grant select (a) on t to " A,
          T "grant select (a) on t to " A "; grant insert on t to " A },
        { T "revoke insert on t from current_user", T },
        /* An explicit default is none. */
        { T "grant all on t to current_user; grant execute on function f(int) to public", T },
    };
    check_both_ways(rows, sizeof rows / sizeof *rows);
}

/* What is made again has its grants again; what is new has those of the schema only. */
static void test_made_again(void **state)
{
    (void)state;
    static const pair rows[] = {
        { ROLES "create table t (a int); create view v as select a from t; grant select on v to " A,
          ROLES "create table t (a int); create view v as select 'x'::text as a, 1 as b from t; "
                "grant select on v to " A "; grant select (b) on v to " B },
        { ROLES
          "create type e as enum ('a', 'b'); create table t (e e); grant usage on type e to " A
          "; revoke usage on type e from public",
          ROLES "create type e as enum ('b'); create table t (e e); grant usage on type e to " A
                "; revoke usage on type e from public" },
        { ROLES "alter default privileges in schema public grant select, insert on tables to " A
                "; alter default privileges in schema public grant usage on sequences to " B,
          ROLES "create table t (a int); grant select on t to " A "; create sequence s; "
                "alter default privileges in schema public grant select, insert on tables to " A
                "; alter default privileges in schema public grant usage on sequences to " B },
        { ROLES "alter default privileges revoke execute on functions from public",
          ROLES "create function f() returns int language sql as 'select 1'; "
                "alter default privileges revoke execute on functions from public" },
    };
    check_both_ways(rows, sizeof rows / sizeof *rows);
}

static void test_default_privileges(void **state)
{
    (void)state;
    static const pair rows[] = {
        { ROLES, ROLES "alter default privileges in schema public grant select on tables to " A
                       " with grant option; alter default privileges grant usage on types to " B
                       "; alter default privileges for role " A " grant all on sequences to " B
                       "; alter default privileges revoke execute on functions from public" },
        { ROLES "alter default privileges in schema public grant select, insert on tables to " A,
          ROLES "alter default privileges in schema public grant select, delete on tables to " A },
    };
    check_both_ways(rows, sizeof rows / sizeof *rows);
}

static void test_owners(void **state)
{
    (void)state;
#define OWNED                                                                                      \
    ROLES "create table t (id serial, a int); create view v as select a from t; "                  \
          "create function f() returns int language sql as 'select 1'; "                           \
          "create schema s; create type e as enum ('a'); create domain d as int; "
    static const pair rows[] = {
        { OWNED, OWNED "alter table t owner to " A "; alter view v owner to " B
                       "; alter function f() owner to " A "; alter schema s owner to " A
                       "; alter type e owner to " B "; alter domain d owner to " A },
        { OWNED "alter table t owner to " A,
          OWNED "alter table t owner to " B "; grant select on t to " A },
    };
    check_both_ways(rows, sizeof rows / sizeof *rows);
}

/* The schema that every database has belongs to nobody in particular, and so it can be again. */
static void test_owner_of_public(void **state)
{
    (void)state;
#define USUAL                                                                                      \
    ROLES "do $$ begin execute 'alter schema public owner to ' || "                                \
          "case when current_setting('server_version_num')::int >= 150000 "                        \
          "then 'pg_database_owner' else quote_ident(pg_get_userbyid(10)) end; end $$; "
    static const pair rows[] = {
        { USUAL,
          ROLES "alter schema public owner to current_user; grant create on schema public to "
                "public" },
        { USUAL, ROLES "alter schema public owner to " A },
        { ROLES "alter schema public owner to " A, ROLES "alter schema public owner to " B },
        { ROLES "drop schema public", USUAL },
    };
    check_both_ways(rows, sizeof rows / sizeof *rows);
}

static void check_text(const char *before, const char *after, const char *text)
{
    static const qi_plan_options without = { .no_renames = true };
    planned p;
    plan_between(&p, before, after, &without);
    assert_int_equal(p.plan.refusal_count, 0);
    assert_string_equal(p.text.data ? p.text.data : "", text);
    planned_free(&p);
}

/* Not compared: nothing is granted or revoked, but what is made again keeps what it had. */
static void test_not_compared(void **state)
{
    (void)state;
    check_text(ROLES "create table t (a int); grant select on t to " A,
               ROLES "create table t (a int); alter table t owner to " B, "");
    check_text(ROLES "create view v as select 1 as a; grant select on v to " A
                     "; alter view v owner to " B,
               ROLES "create view v as select 'x'::text as a",
               "DROP VIEW public.v;\n"
               "\n"
               "CREATE VIEW public.v AS\n"
               " SELECT 'x'::text AS a;\n"
               "\n"
               "ALTER VIEW public.v OWNER TO quire_test_b;\n"
               "\n"
               "GRANT SELECT ON TABLE public.v TO quire_test_a;\n");
}

/* Roles are the server's, not a database's. */
static int forget_roles(void **state)
{
    test_sql(present, ROLES);
    test_sql(desired, ROLES);
    test_sql(present, "drop role " A ", " B);
    return close_databases(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_grants),
        cmocka_unit_test(test_made_again),
        cmocka_unit_test(test_default_privileges),
        cmocka_unit_test(test_owners),
        cmocka_unit_test(test_owner_of_public),
        cmocka_unit_test(test_not_compared),
    };
    return cmocka_run_group_tests(tests, open_databases, forget_roles);
}
