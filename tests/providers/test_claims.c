/* Row-level security on a PostgreSQL dressed as Supabase (tests/support/with-server.sh). */
#include "support/database.h"
#include "support/test.h"

#include <quire/claims.h>
#include <quire/sql.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ADA "11111111-1111-1111-1111-111111111111"
#define ZOE "22222222-2222-2222-2222-222222222222"

/* The dress is in the server's own database; the notes are made anew for each test. */
static int setup(void **state)
{
    quire_error err = { 0 };
    const char *pattern = getenv("QUIRE_TEST_URL");
    const char *variable = getenv("QUIRE_TEST_VARIABLE");
    assert_non_null(pattern);
    assert_non_null(variable);
    const char *hole = strstr(pattern, "DATABASE");
    assert_non_null(hole);
    char url[1024];
    snprintf(url, sizeof url, "%.*spostgres%s", (int)(hole - pattern), pattern,
             hole + strlen("DATABASE"));
    setenv(variable, url, 1);
    quire_db *db = quire_open_default(&err);
    if (!db)
        assert_ok(err.status, &err);
    test_sql(db, "drop table if exists notes;"
                 "create table notes (owner uuid not null default auth.uid(), body text not null);"
                 "alter table notes enable row level security;"
                 "create policy own on notes to authenticated using (owner = (select auth.uid()))"
                 "    with check (owner = (select auth.uid()));"
                 "insert into notes values ('" ADA "', 'of Ada'), ('" ZOE "', 'of Zoe')");
    *state = db;
    return 0;
}

static int teardown(void **state)
{
    quire_close(*state);
    return 0;
}

typedef struct seen {
    const char *sql;
    char value[128];
    int calls;
} seen;

static quire_status look(quire_db *tx, void *context, quire_error *err)
{
    seen *out = context;
    quire_rows rows = { 0 };
    out->calls++;
    quire_status status = quire_query(tx, out->sql, NULL, 0, &rows, err);
    if (status != QUIRE_OK)
        return status;
    const char *value = rows.count ? quire_rows_value(&rows, 0, 0) : "no row";
    snprintf(out->value, sizeof out->value, "%s", value ? value : "null");
    quire_rows_free(&rows);
    return QUIRE_OK;
}

static void assert_sees(quire_db *db, const char *role, const char *claims, const char *sql,
                        const char *expected)
{
    quire_error err = { 0 };
    seen it = { .sql = sql };
    assert_ok(quire_with_claims(db, role, claims, look, &it, &err), &err);
    assert_string_equal(expected, it.value);
}

#define BODIES "select string_agg(body, ', ' order by body) from notes"

static void users_see_their_own_rows(void **state)
{
    quire_db *db = *state;
    assert_string_equal("of Ada, of Zoe", test_text(db, BODIES));
    for (int i = 0; i < 3; i++) { /* on the same connection, in turns */
        assert_sees(db, "authenticated", "{\"sub\": \"" ADA "\"}", BODIES, "of Ada");
        assert_sees(db, "authenticated", "{\"sub\": \"" ZOE "\"}", BODIES, "of Zoe");
        assert_sees(db, "authenticated", "{}", BODIES, "null");
        assert_sees(db, "anon", "{\"sub\": \"" ADA "\"}", BODIES, "null");
        assert_sees(db, "service_role", "{}", BODIES, "of Ada, of Zoe");
    }
    assert_string_equal("of Ada, of Zoe", test_text(db, BODIES));
}

static void nothing_is_left_behind(void **state)
{
    quire_db *db = *state;
    assert_sees(db, "authenticated", "{\"sub\": \"" ADA "\"}",
                "select current_user || ' ' || auth.uid() || ' ' || auth.role()",
                "authenticated " ADA " authenticated");
    assert_string_equal("postgres", test_text(db, "select current_user"));
    assert_null(test_text(db, "select auth.uid()"));
    assert_null(test_text(db, "select auth.role()"));
}

static void writes_are_checked_and_undone(void **state)
{
    quire_db *db = *state;
    quire_error err = { 0 };
    seen it = { .sql = "insert into notes values ('" ZOE "', 'forged') returning 1" };
    assert_status(QUIRE_DENIED,
                  quire_with_claims(db, "authenticated", "{\"sub\": \"" ADA "\"}", look, &it, &err),
                  &err);
    assert_contains(err.message, "row-level security");
    assert_sees(db, "authenticated", "{\"sub\": \"" ADA "\"}",
                "insert into notes (body) values ('second') returning owner", ADA);
    it.sql = "with n as (insert into notes (body) values ('third') returning 1)"
             " select 1 / 0 from n";
    assert_status(QUIRE_SQL,
                  quire_with_claims(db, "authenticated", "{\"sub\": \"" ADA "\"}", look, &it, &err),
                  &err);
    assert_string_equal("of Ada, of Zoe, second", test_text(db, BODIES));
}

/* What is written into the claims stays a value. */
static void hostile_claims_are_values(void **state)
{
    quire_db *db = *state;
    quire_error err = { 0 };
    assert_sees(db, "authenticated",
                "{\"sub\": \"" ADA "\", \"role\": \"service_role\","
                " \"x\": \"'; reset role; --\", \"y\": \"\\\"}'), set_config('role', 'none\"}",
                "select current_user || ' ' || auth.role() || ' ' || (auth.jwt() ->> 'x')",
                "authenticated authenticated '; reset role; --");
    static const char *const wrong[] = { "",      "null", "[]",
                                         "\"a\"", "{",    "{\"sub\": \"\\u0000\"}",
                                         "{}x",   "1" };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        seen it = { .sql = "select 1" };
        assert_status(QUIRE_INVALID, quire_with_claims(db, "anon", wrong[i], look, &it, &err),
                      &err);
        assert_string_equal("the claims are not a JSON object", err.message);
        assert_string_equal("", err.detail);
        assert_int_equal(0, it.calls);
    }
    /* a subject that is no uuid fails in the policy, not before */
    seen it = { .sql = BODIES };
    assert_status(
        QUIRE_SQL,
        quire_with_claims(db, "authenticated", "{\"sub\": \"' or 1=1\"}", look, &it, &err), &err);
    assert_string_equal("22P02", err.sqlstate);
    assert_string_equal("of Ada, of Zoe", test_text(db, BODIES));
}

static void roles_that_are_none(void **state)
{
    quire_db *db = *state;
    quire_error err = { 0 };
    seen it = { .sql = "select 1" };
    assert_status(QUIRE_INVALID, quire_with_claims(db, "none", "{}", look, &it, &err), &err);
    assert_status(QUIRE_INVALID, quire_with_claims(db, "", "{}", look, &it, &err), &err);
    assert_status(QUIRE_INVALID, quire_with_claims(db, NULL, "{}", look, &it, &err), &err);
    assert_status(QUIRE_INVALID, quire_with_claims(db, "anon", NULL, look, &it, &err), &err);
    assert_status(QUIRE_INVALID, quire_with_claims(db, "anon", "{}", NULL, NULL, &err), &err);
    assert_status(QUIRE_INVALID, quire_with_claims(db, "anon; reset role", "{}", look, &it, &err),
                  &err);
    assert_string_equal("there is no role \"anon; reset role\"", err.message);
    assert_status(QUIRE_DENIED, quire_with_claims(db, "supabase_admin", "{}", look, &it, &err),
                  &err);
    assert_contains(err.hint, "supabase_admin");
    quire_db *tx = quire_begin(db, NULL, &err);
    assert_non_null(tx);
    assert_status(QUIRE_INVALID, quire_with_claims(tx, "anon", "{}", look, &it, &err), &err);
    assert_ok(quire_rollback(tx, &err), &err);
    assert_int_equal(0, it.calls);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(users_see_their_own_rows, setup, teardown),
        cmocka_unit_test_setup_teardown(nothing_is_left_behind, setup, teardown),
        cmocka_unit_test_setup_teardown(writes_are_checked_and_undone, setup, teardown),
        cmocka_unit_test_setup_teardown(hostile_claims_are_values, setup, teardown),
        cmocka_unit_test_setup_teardown(roles_that_are_none, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
