/*
 * The rules of `quire lint`, each by tests/lint/<rule>.sql:
 *
 *     --# setup                  what is there before
 *     --# case                   a migration; all that is found in it, in order, follows it
 *     --# provider supabase      a word of the case's head, the first; there are also `long`: the
 *                                migration is one statement, longer than the parser takes;
 *                                `deep`: nested deeper than it takes; and
 *                                `from 14`: it is for that version of PostgreSQL and later
 *     --# finds 2:1 drop-column: drops column public.books.pages with what is in it
 *
 * Of the cases of a file, one must break the rule of its name and one must not. The SQL in what is
 * said to be the safe form must be SQL, with no name left open.
 */
#include "support/database.h"
#include "support/test.h"

#include "base/buffer.h"
#include "base/file.h"
#include "lint/lint.h"

#include <pg_query.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_TEXT = 1 << 20, MOST_RULES = 200 };

static quire_db *owner;
static quire_db *db;

static int open_database(void **state)
{
    (void)state;
    quire_error err = { 0 };
    owner = test_database();
    quire_options options = { .provider = QUIRE_LOCAL,
                              .url = test_database_url(owner),
                              .pool_size = 1 };
    db = quire_open(&options, &err);
    return db ? 0 : -1;
}

static int close_database(void **state)
{
    (void)state;
    quire_close(db);
    test_database_close(owner);
    return 0;
}

static void reset(const char *setup)
{
    test_sql(db, "reset all; do $$ declare s text; begin "
                 "for s in select nspname from pg_namespace where nspname !~ '^pg_' "
                 "and nspname <> 'information_schema' loop "
                 "execute format('drop schema %I cascade', s); end loop; end $$;"
                 "create schema public; discard temp");
    test_sql(db, setup);
}

/* One case of a file. */
typedef struct lint_case {
    const char *name; /* what stands behind the marker, with its newline */
    char *text;
    char *expected;
    quire_provider provider;
    int from;
} lint_case;

/* Cuts a text at the next marker; returns what stands behind that, or NULL. */
static char *cut(char *text, const char *marker)
{
    char *at = strstr(text, marker);
    if (!at)
        return NULL;
    *at = '\0';
    return at + strlen(marker);
}

/* What stands behind the first line; the line itself is ended. */
static char *after_line(char *text)
{
    char *end = strchr(text, '\n');
    if (!end)
        return text + strlen(text);
    *end = '\0';
    return end + 1;
}

static char *long_statement(void)
{
    size_t length = 2 * (size_t)MOST_TEXT;
    char *text = malloc(length + 1);
    assert_non_null(text);
    memset(text, 'x', length);
    memcpy(text, "select '", strlen("select '"));
    memcpy(text + length - 2, "';", strlen("';"));
    text[length] = '\0';
    return text;
}

/* Flat lists of any length are fine; each sign of a sum is a level of the tree. */
static char *deep_statement(void)
{
    enum { SIGNS = 1500 };
    qi_buffer sql;
    qi_buffer_init(&sql, MOST_TEXT);
    qi_buffer_add(&sql, "insert into t values (1)");
    for (int i = 2; i < SIGNS; i++)
        qi_buffer_printf(&sql, ", (%d)", i);
    qi_buffer_add(&sql, ";\nselect 1");
    for (int i = 0; i < SIGNS; i++)
        qi_buffer_add(&sql, " + 1");
    qi_buffer_add(&sql, ";");
    char *text = qi_buffer_take(&sql);
    assert_non_null(text);
    return text;
}

static lint_case read_case(char *text)
{
    static const char provider[] = "--# provider ";
    lint_case c = { .name = text, .provider = QUIRE_LOCAL };
    c.text = after_line(text);
    if (strncmp(c.text, provider, sizeof provider - 1) == 0) {
        char *name = c.text + sizeof provider - 1;
        c.text = after_line(name);
        c.provider = quire_provider_named(name);
    }
    static const char from[] = "--# from ";
    if (strncmp(c.text, from, sizeof from - 1) == 0) {
        char *number = c.text + sizeof from - 1;
        c.text = after_line(number);
        c.from = (int)strtol(number, NULL, 10);
    }
    char *finds = strstr(c.text, "--# finds ");
    c.expected = strdup(finds ? finds : "");
    if (finds)
        *finds = '\0';
    bool is_long = strcmp(c.text, "--# long\n") == 0;
    bool is_deep = strcmp(c.text, "--# deep\n") == 0;
    c.text = is_long ? long_statement() : is_deep ? deep_statement() : strdup(c.text);
    assert_non_null(c.text);
    return c;
}

/* The lines with SQL in a safe form. */
static void check_rewrite(const qi_lint_finding *finding)
{
    qi_buffer sql;
    qi_buffer_init(&sql, MOST_TEXT);
    for (const char *at = finding->rewrite; *at;) {
        size_t length = strcspn(at, "\n");
        if (strncmp(at, "    ", 4) == 0)
            qi_buffer_printf(&sql, "%.*s\n", (int)length, at);
        at += length + (at[length] == '\n');
    }
    if (strchr(finding->rewrite, '{'))
        fail_msg("%s: a name is left open: %s", finding->rule->id, finding->rewrite);
    PgQueryParseResult parsed = pg_query_parse(sql.data);
    if (parsed.error)
        fail_msg("%s: %s: %s", finding->rule->id, parsed.error->message, sql.data);
    pg_query_free_parse_result(parsed);
    qi_buffer_free(&sql);
}

static void write_findings(const qi_lint_finding *list, qi_buffer *out)
{
    for (; list; list = list->next) {
        qi_buffer_printf(out, "--# finds %d:%d %s: %s\n", list->line, list->column, list->rule->id,
                         list->message);
        check_rewrite(list);
    }
}

static bool has_finding(const qi_lint_report *report, const char *id)
{
    for (const qi_lint_finding *one = report->findings; one; one = one->next)
        if (strcmp(one->rule->id, id) == 0)
            return true;
    return false;
}

/* Runs one case; whether it breaks the rule. */
static bool run_case(const char *rule, const lint_case *c, const char *setup)
{
    quire_error err = { 0 };
    qi_arena arena = { 0 };
    qi_lint_report report = { 0 };
    qi_migration_file file = {
        .file = "test.sql", .path = "test.sql", .text = c->text, .length = strlen(c->text)
    };
    qi_migration_directory directory = { .path = ".", .files = &file, .count = 1 };
    bool wanted = true;
    reset(setup);
    quire_status status =
        qi_lint_directory(db, false, c->provider, &directory, &wanted, &arena, &report, &err);
    if (status != QUIRE_OK)
        fail_msg("%s: %s:%d: %s", rule, c->name, err.line, err.message);
    qi_buffer found;
    qi_buffer_init(&found, MOST_TEXT);
    write_findings(report.findings, &found);
    if (strcmp(found.data, c->expected) != 0)
        fail_msg("%s, case%s:\nfound:\n%sexpected:\n%s", rule, c->name, found.data, c->expected);
    bool fires = has_finding(&report, rule);
    qi_buffer_free(&found);
    qi_arena_free(&arena);
    return fires;
}

static char *read_file(const char *rule)
{
    const char *root = getenv("QUIRE_SOURCE");
    qi_arena arena = { 0 };
    char *text = NULL;
    quire_error err = { 0 };
    const char *path = qi_arena_printf(&arena, "%s/tests/lint/%s.sql", root ? root : ".", rule);
    assert_ok(qi_file_read(path, MOST_TEXT, &arena, &text, NULL, &err), &err);
    char *copy = strdup(text);
    qi_arena_free(&arena);
    return copy;
}

static void test_rule(void **state)
{
    const char *rule = *state;
    char *text = read_file(rule);
    char *setup = cut(text, "--# setup\n");
    if (!setup)
        fail_msg("%s: no setup", rule);
    bool fires = false;
    bool quiet = false;
    for (char *at = cut(setup, "--# case"); at;) {
        char *next = cut(at, "--# case");
        lint_case c = read_case(at);
        bool runs = c.from <= test_server_version(db);
        bool breaks = runs && run_case(rule, &c, setup);
        /* What cannot run here is taken for either. */
        fires = fires || breaks || !runs;
        quiet = quiet || !breaks;
        free(c.text);
        free(c.expected);
        at = next;
    }
    if (!fires || !quiet)
        fail_msg("%s: no case %s", rule, fires ? "is quiet" : "fires");
    free(text);
}

int main(void)
{
    struct CMUnitTest tests[MOST_RULES];
    size_t count = 0;
    for (const qi_lint_family *family = qi_lint_families; family->name; family++)
        for (const qi_lint_rule *rule = family->rules; rule->id && count < MOST_RULES; rule++) {
            /* cmocka hands the state on as it is; nobody writes to it. */
            void *id = (void *)(uintptr_t)rule->id;
            tests[count++] = (struct CMUnitTest){ rule->id, test_rule, NULL, NULL, id };
        }
    return _cmocka_run_group_tests("lint", tests, count, open_database, close_database);
}
