/*
 * fixture.h - what the tests of the bookshelf's repositories share: a database with its schema, and
 * what a row must hold, asked of the server in another way than by the function under test.
 */
#ifndef BOOKSHELF_FIXTURE_H
#define BOOKSHELF_FIXTURE_H

#include "support/database.h"
#include "support/test.h"

#include <quire/quire.h>

#include "bookshelf.h"

/* Group fixtures: *state is a database of its own with the bookshelf's schema, without rows. */
int bookshelf_setup(void **state);
int bookshelf_teardown(void **state);

/* Before a test: no rows, and ids that start at 1 again. */
int bookshelf_clean(void **state);

#define bookshelf_test(function) cmocka_unit_test_setup((function), bookshelf_clean)

/* A database for one test alone, for tests that change its schema. */
quire_db *bookshelf_open(void);

/* Two authors (1, 2), three books (1 and 2 of author 1, 3 of author 2), two users (1, 2). */
void add_rows(quire_db *db);

/* Fails unless every field is what the table holds in the row of that id. */
void assert_book_is(quire_db *db, const bookshelf_book *book);
void assert_author_is(quire_db *db, const bookshelf_author *author);
void assert_user_is(quire_db *db, const bookshelf_user *user);
void assert_user_book_is(quire_db *db, const bookshelf_user_book *entry);

/* Fails unless the books are those whose ids the query returns, in its order. */
void assert_books_are(quire_db *db, const bookshelf_book_list *books, const char *query);

/* A date that must exist. */
quire_date a_date(int year, int month, int day);

#endif
