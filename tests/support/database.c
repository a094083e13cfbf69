#include "support/database.h"

#include "support/test.h"

#include <quire/server.h>
#include <quire/sql.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_DATABASES = 8, TEXT_SIZE = 256, TEXT_BUFFERS = 4 };

typedef struct database {
    quire_db *db;
    quire_scratch *scratch;
} database;

static database databases[MOST_DATABASES];

static database *find(const quire_db *db)
{
    for (size_t i = 0; i < MOST_DATABASES; i++)
        if (databases[i].db == db)
            return &databases[i];
    return NULL;
}

/* Sets the variable to the URL, with the name of the scratch database in the place of DATABASE. */
static void point_to(const char *variable, const char *pattern, const char *scratch_url)
{
    static const char placeholder[] = "DATABASE";
    char url[1024];
    const char *hole = strstr(pattern, placeholder);
    const char *name = strstr(scratch_url, "quire_scratch_");
    if (!variable || !hole || !name)
        fail_msg("QUIRE_TEST_URL and QUIRE_TEST_VARIABLE are set by tests/support/with-server.sh");
    snprintf(url, sizeof url, "%.*s%.*s%s", (int)(hole - pattern), pattern,
             (int)strspn(name, "abcdefghijklmnopqrstuvwxyz_0123456789"), name,
             hole + strlen(placeholder));
    setenv(variable, url, 1);
}

/* Opens a scratch database the way that the environment of with-server leads to it. */
static quire_db *open_as_provider(const char *pattern, const char *scratch_url, quire_error *err)
{
    const char *direct = getenv("QUIRE_TEST_DIRECT_URL");
    point_to(getenv("QUIRE_TEST_VARIABLE"), pattern, scratch_url);
    if (direct)
        point_to(getenv("QUIRE_TEST_DIRECT_VARIABLE"), direct, scratch_url);
    return quire_open_default(err);
}

/* There is one database, so it is emptied for each test that wants one; one at a time. */
static quire_db *open_private(quire_error *err)
{
    quire_db *db = quire_open_default(err);
    if (db)
        test_sql(db, "drop schema if exists public, quire cascade; create schema public");
    return db;
}

static quire_db *open_scratch(const char *url, quire_error *err)
{
    const char *pattern = getenv("QUIRE_TEST_URL");
    return pattern ? open_as_provider(pattern, url, err)
                   : quire_open(&(quire_options){ .url = url }, err);
}

quire_db *test_database(void)
{
    const char *directory = getenv("QUIRE_TEST_DIRECTORY");
    if (!directory)
        fail_msg("QUIRE_TEST_DIRECTORY is not set: run the tests with meson test");
    database *entry = find(NULL);
    if (!entry)
        fail_msg("more than %d databases at once", MOST_DATABASES);
    quire_error err = { 0 };
    bool is_private = getenv("QUIRE_TEST_PRIVATE") != NULL;
    quire_scratch *scratch = is_private ? NULL : quire_scratch_open(directory, &err);
    assert_ok(err.status, &err);
    quire_db *db = is_private ? open_private(&err) : open_scratch(quire_scratch_url(scratch), &err);
    if (!db)
        quire_scratch_close(scratch);
    assert_ok(err.status, &err);
    *entry = (database){ db, scratch };
    return db;
}

void test_database_close(quire_db *db)
{
    if (!db)
        return;
    database *entry = find(db);
    if (!entry)
        fail_msg("not a test database");
    quire_close(db);
    quire_scratch_close(entry->scratch);
    *entry = (database){ 0 };
}

const char *test_database_url(const quire_db *db)
{
    const database *entry = find(db);
    if (!db || !entry)
        fail_msg("not a test database");
    return quire_scratch_url(entry->scratch);
}

int test_database_setup(void **state)
{
    *state = test_database();
    return 0;
}

int test_database_teardown(void **state)
{
    test_database_close(*state);
    return 0;
}

void test_sql(quire_db *db, const char *sql)
{
    quire_error err = { 0 };
    test_status(QUIRE_OK, quire_exec(db, sql, &err), &err, sql, __FILE__, __LINE__);
}

const char *test_text(quire_db *db, const char *sql)
{
    static char buffers[TEXT_BUFFERS][TEXT_SIZE];
    static unsigned next;
    quire_error err = { 0 };
    quire_rows rows = { 0 };
    test_status(QUIRE_OK, quire_query(db, sql, NULL, 0, &rows, &err), &err, sql, __FILE__,
                __LINE__);
    assert_int_equal(rows.count, 1);
    char *buffer = buffers[next++ % TEXT_BUFFERS];
    const char *value = quire_rows_value(&rows, 0, 0);
    if (value)
        snprintf(buffer, TEXT_SIZE, "%s", value);
    quire_rows_free(&rows);
    return value ? buffer : NULL;
}

int64_t test_int(quire_db *db, const char *sql)
{
    const char *text = test_text(db, sql);
    if (!text)
        fail_msg("%s: NULL", sql);
    char *end;
    long long value = strtoll(text, &end, 10);
    if (*end)
        fail_msg("%s: \"%s\" is no integer", sql, text);
    return value;
}

int test_server_version(quire_db *db)
{
    return (int)test_int(db, "select current_setting('server_version_num')::int / 10000");
}
