/*
 * database.h - real databases for tests.
 *
 * Each test_database is empty and of its own. All stand on one private server, whose project is
 * QUIRE_TEST_DIRECTORY (set by `meson test`; script/test stops the server at the end), or on the
 * server of QUIRE_SCRATCH_URL where that is set. With QUIRE_TEST_URL they are opened by that URL, as the
 * provider of the environment (tests/support/with-server.sh); with QUIRE_TEST_PRIVATE each is the private
 * server's one database, emptied. A failure fails the running test.
 */
#ifndef TEST_DATABASE_H
#define TEST_DATABASE_H

#include <quire/db.h>

#include <stdint.h>

/* A new database, opened. Ends with test_database_close. */
quire_db *test_database(void);

/* Closes and drops it. NULL is fine. Its transactions must have ended. */
void test_database_close(quire_db *db);

/* Where a test_database is, for whoever connects to it in another way. Valid until its close. */
const char *test_database_url(const quire_db *db);

/* The same as fixtures of cmocka: *state is the quire_db. */
int test_database_setup(void **state);
int test_database_teardown(void **state);

/* Runs statements that must succeed. */
void test_sql(quire_db *db, const char *sql);

/* The first value of a query that must return one row, as an integer. */
int64_t test_int(quire_db *db, const char *sql);

/* The same as text, cut at 255 bytes, in one of four buffers that take turns. NULL for SQL NULL. */
const char *test_text(quire_db *db, const char *sql);

/* The major version of its server. */
int test_server_version(quire_db *db);

#endif
