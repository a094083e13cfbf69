/* Plans of what a schema has beside tables and types: collations, operators, text search, foreign data. */
#include "support/planned.h"

#include <string.h>

static void test_collations(void **state)
{
    (void)state;
    static const pair rows[] = {
        { "", "create collation posix from \"POSIX\"; "
              "create collation \"N n\" (provider = icu, locale = 'en-u-kn-true', "
              "deterministic = false); comment on collation posix is 'it''s'; "
              "create conversion v for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8" },
        { "create collation c (provider = icu, locale = 'en')",
          "create collation c (provider = icu, locale = 'de')" },
    };
    check_pairs(rows, sizeof rows / sizeof *rows);
}

static void test_operators(void **state)
{
    (void)state;
#define OPERATORS                                                                                  \
    "create operator @@= (function = int4eq, leftarg = int, rightarg = int, commutator = @@=, "    \
    "negator = @@<>, hashes, merges, restrict = eqsel, join = eqjoinsel); "                        \
    "create operator @@<> (function = int4ne, leftarg = int, rightarg = int, negator = @@=); "
    static const pair rows[] = {
        { "", OPERATORS "create operator !! (function = int4um, rightarg = int); "
                        "comment on operator @@= (int, int) is 'same'" },
        { OPERATORS, "create operator @@= (function = int4eq, leftarg = int, rightarg = int, "
                     "restrict = neqsel); create operator @@<> (function = int4ne, leftarg = int, "
                     "rightarg = int)" },
        { "", "create operator class c for type int using btree as operator 1 <, operator 2 <=, "
              "operator 3 =, operator 4 >=, operator 5 >, function 1 btint4cmp(int, int); "
              "alter operator family c using btree add operator 1 <(int, bigint), "
              "function 1 btint48cmp(int, bigint); create table t (a int); "
              "create index i on t (a c); comment on operator class c using btree is 'C'; "
              "create operator family f using hash" },
        { "create operator class c for type int using hash as operator 1 =",
          "create operator class c for type int using hash as operator 1 =, "
          "function 1 hashint4(int)" },
        { "create type e as enum ('a'); create function f(e) returns int language sql "
          "as 'select 1'",
          "create type e as enum ('a'); create function f(e) returns int language sql "
          "as 'select 1'; create cast (e as int) with function f(e) as assignment; "
          "create cast (e as json) with inout; comment on cast (e as int) is 'I'" },
    };
    check_pairs(rows, sizeof rows / sizeof *rows);
}

static void test_text_search(void **state)
{
    (void)state;
#define DICTIONARY "create text search dictionary d (template = simple, stopwords = english); "
    static const pair rows[] = {
        { "", DICTIONARY "create text search configuration c (parser = default); "
                         "alter text search configuration c add mapping for asciiword, word with "
                         "d, simple; comment on text search configuration c is 'C'; "
                         "comment on text search dictionary d is 'D'" },
        { DICTIONARY, "create text search dictionary d (template = simple, accept = false)" },
        { DICTIONARY "create text search configuration c (copy = english)",
          DICTIONARY "create text search configuration c (copy = english); "
                     "alter text search configuration c alter mapping for asciiword with d; "
                     "alter text search configuration c drop mapping for url" },
        { "create text search configuration c (copy = simple); create table t (x text, "
          "y tsvector generated always as (to_tsvector('public.c', x)) stored)",
          "create text search configuration c (copy = simple); "
          "alter text search configuration c drop mapping for url; create table t (x text, "
          "y tsvector generated always as (to_tsvector('public.c', x)) stored)" },
        { "", "create text search parser p (start = prsd_start, gettoken = prsd_nexttoken, "
              "end = prsd_end, lextypes = prsd_lextype); create text search template m "
              "(init = dsimple_init, lexize = dsimple_lexize)" },
    };
    check_pairs(rows, sizeof rows / sizeof *rows);
}

/* Foreign data stands in no schema, so each case takes its own away. */
static void test_foreign_data(void **state)
{
    (void)state;
#define GONE "drop foreign data wrapper if exists w cascade; "
    static const pair rows[] = {
        { GONE, GONE "create foreign data wrapper w options (a '1', \"b b\" 'it''s, so'); "
                     "create server s type 'x' version '2' foreign data wrapper w options (c 'd'); "
                     "create user mapping for public server s options (user 'me'); "
                     "create foreign table t (a int options (column_name 'b') not null default 1, "
                     "b text check (b <> '')) server s options (table_name 't'); "
                     "comment on foreign table t is 'T'; comment on column t.a is 'A'; "
                     "comment on server s is 'S'" },
        { GONE "create foreign data wrapper w options (a '1', b '2'); create server s version '1' "
               "foreign data wrapper w options (x '1'); create user mapping for public server s "
               "options (user 'me'); create foreign table t (a int options (p '1')) server s "
               "options (q '1')",
          GONE "create foreign data wrapper w validator postgresql_fdw_validator; "
               "alter foreign data wrapper w no validator options (b '3', c '4'); "
               "create server s foreign data wrapper w options (x '2', y '3'); "
               "create user mapping for public server s options (user 'you'); "
               "create foreign table t (a int options (p '2', z '3')) server s options (r '1')" },
    };
    check_pairs(rows, sizeof rows / sizeof *rows);
    test_sql(present, GONE);
    test_sql(desired, GONE);
}

static void test_languages(void **state)
{
    (void)state;
#define GONE_TOO "drop language if exists l cascade; drop access method if exists m cascade; "
    static const pair rows[] = {
        { GONE_TOO, GONE_TOO "create trusted language l handler plpgsql_call_handler "
                             "validator plpgsql_validator; create access method m type index "
                             "handler bthandler; comment on language l is 'L'" },
    };
    check_pairs(rows, sizeof rows / sizeof *rows);
    test_sql(present, GONE_TOO);
    test_sql(desired, GONE_TOO);
}

/* A password is never read, so it is never written: what has one is refused by name. */
static void test_secrets(void **state)
{
    (void)state;
    static const refused rows[] = {
        { GONE "create foreign data wrapper w; create server s foreign data wrapper w",
          GONE "create foreign data wrapper w; create server s foreign data wrapper w; "
               "create user mapping for public server s options (user 'me', password 'x')",
          "user mapping FOR PUBLIC SERVER s", "secret options password", NULL },
    };
    check_refusals(rows, sizeof rows / sizeof *rows);
    test_sql(present, GONE);
    test_sql(desired, GONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_collations),  cmocka_unit_test(test_operators),
        cmocka_unit_test(test_text_search), cmocka_unit_test(test_foreign_data),
        cmocka_unit_test(test_languages),   cmocka_unit_test(test_secrets),
    };
    return cmocka_run_group_tests(tests, open_databases, close_databases);
}
