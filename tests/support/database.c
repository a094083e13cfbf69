#include "support/database.h"

#include "support/test.h"

#include <quire/sql.h>

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_DATABASES = 8, TEXT_SIZE = 256, TEXT_BUFFERS = 4 };

typedef struct database {
    quire_db *db;
    char name[64];
    char url[1024];
} database;

static database databases[MOST_DATABASES];

static database *find(const quire_db *db)
{
    for (size_t i = 0; i < MOST_DATABASES; i++)
        if (databases[i].db == db)
            return &databases[i];
    return NULL;
}

static const char *server_url(void)
{
    const char *url = getenv("QUIRE_TEST_URL");
    if (!url || !*url)
        fail_msg("QUIRE_TEST_URL is not set");
    return url;
}

static void on_server(const char *sql)
{
    PGconn *connection = PQconnectdb(server_url());
    PGresult *result = PQexec(connection, sql);
    bool done = PQresultStatus(result) == PGRES_COMMAND_OK;
    if (!done)
        print_error("%s: %s", sql, PQerrorMessage(connection));
    PQclear(result);
    PQfinish(connection);
    if (!done)
        fail();
}

quire_db *test_database(void)
{
    static unsigned number;
    database *free_one = find(NULL);
    if (!free_one)
        fail_msg("more than %d databases at once", MOST_DATABASES);
    snprintf(free_one->name, sizeof free_one->name, "quire_test_%ld_%u", (long)getpid(), ++number);
    char sql[128];
    snprintf(sql, sizeof sql, "create database %s", free_one->name);
    on_server(sql);
    /* A later parameter of a connection string wins; URLs take theirs as a query. */
    const char *url = server_url();
    snprintf(free_one->url, sizeof free_one->url, "%s%cdbname=%s", url,
             strchr(url, '?') ? '&' : '?', free_one->name);
    quire_error err = { 0 };
    free_one->db = quire_open(&(quire_options){ .url = free_one->url }, &err);
    assert_ok(err.status, &err);
    return free_one->db;
}

void test_database_close(quire_db *db)
{
    if (!db)
        return;
    database *entry = find(db);
    quire_close(db);
    if (!entry)
        fail_msg("not a test database");
    char sql[128];
    snprintf(sql, sizeof sql, "drop database %s with (force)", entry->name);
    *entry = (database){ 0 };
    on_server(sql);
}

const char *test_database_url(const quire_db *db)
{
    const database *entry = find(db);
    if (!db || !entry)
        fail_msg("not a test database");
    return entry->url;
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
