/*
 * A program that was compiled against an older schema than the database has: it is told so at first
 * use, with the remedy, nothing is misread and nothing is half written.
 */
#include "bookshelf/fixture.h"

static int setup(void **state)
{
    quire_db *db = bookshelf_open();
    add_rows(db);
    test_sql(db, "insert into user_books (user_id, book_id, status) values (1, 1, 'reading')");
    *state = db;
    return 0;
}

#define stale_test(function)                                                                       \
    cmocka_unit_test_setup_teardown((function), setup, test_database_teardown)

static void assert_stale(quire_status status, const quire_error *err)
{
    assert_status(QUIRE_SCHEMA, status, err);
    assert_contains(err->hint, "quire codegen");
}

static void reads_are_stale(quire_db *db)
{
    quire_error err = { 0 };
    bookshelf_book book = { 0 };
    bookshelf_book_list list = { 0 };
    bookshelf_author_with_books author = { 0 };
    bool found = false;

    assert_stale(bookshelf_books_find_by_id(bookshelf_repos_on(db).books, 1, &book, &err), &err);
    assert_string_equal(err.query, "books.find_by_id");
    assert_stale(bookshelf_books_search(bookshelf_repos_on(db).books, NULL, &list, &err), &err);
    assert_stale(bookshelf_books_find_by_isbn(bookshelf_repos_on(db).books, "9780156027601", &found,
                                              &book, &err),
                 &err);
    assert_stale(
        bookshelf_authors_find_by_id_with_books(bookshelf_repos_on(db).authors, 1, &author, &err),
        &err);
    assert_null(book.title);
    assert_null(list.items);
    assert_null(author.name);
    assert_false(found);
}

static void column_type_changed(void **state)
{
    quire_db *db = *state;
    test_sql(db, "alter table books alter column pages type bigint");
    reads_are_stale(db);
}

static void column_dropped(void **state)
{
    quire_db *db = *state;
    test_sql(db, "alter table books drop column rating");
    reads_are_stale(db);
}

static void column_renamed(void **state)
{
    quire_db *db = *state;
    test_sql(db, "alter table books rename column pages to page_count");
    quire_error err = { 0 };
    bookshelf_book book = { 0 };
    assert_stale(bookshelf_books_find_by_id(bookshelf_repos_on(db).books, 1, &book, &err), &err);
}

static void column_may_be_null_now(void **state)
{
    quire_db *db = *state;
    quire_error err = { 0 };
    bookshelf_book book = { 0 };
    bookshelf_book_list list = { 0 };
    test_sql(db, "alter table books alter column pages drop not null;"
                 "update books set pages = null where id = 2");

    assert_ok(bookshelf_books_find_by_id(bookshelf_repos_on(db).books, 1, &book, &err), &err);
    bookshelf_book_free(&book);
    assert_stale(bookshelf_books_find_by_id(bookshelf_repos_on(db).books, 2, &book, &err), &err);
    assert_string_equal(err.column, "pages");
    assert_stale(bookshelf_books_search(bookshelf_repos_on(db).books, NULL, &list, &err), &err);
    assert_null(list.items);
}

/* A running program whose statements are prepared already. */
static void changes_under_a_running_program(void **state)
{
    quire_db *db = *state;
    quire_error err = { 0 };
    bookshelf_book book = { 0 };
    bookshelf_book_list list = { 0 };

    for (int i = 0; i < 3; i++) {
        assert_ok(bookshelf_books_find_by_id(bookshelf_repos_on(db).books, 1, &book, &err), &err);
        bookshelf_book_free(&book);
        assert_ok(bookshelf_books_search(bookshelf_repos_on(db).books, NULL, &list, &err), &err);
        bookshelf_book_list_free(&list);
    }
    test_sql(db, "alter table books alter column pages type bigint");
    reads_are_stale(db);
    test_sql(db, "alter table books alter column pages type integer");
    assert_ok(bookshelf_books_find_by_id(bookshelf_repos_on(db).books, 1, &book, &err), &err);
    assert_int_equal(book.pages, 204);
    bookshelf_book_free(&book);
}

/* More columns than the program knows are none of its business: migrate first, compile then. */
static void column_added(void **state)
{
    quire_db *db = *state;
    bookshelf_repos repos = bookshelf_repos_on(db);
    quire_error err = { 0 };
    bookshelf_book book = { 0 };
    bookshelf_book_list list = { 0 };
    bool found = false;
    test_sql(db, "alter table books add column cover bytea default 'x'");

    assert_ok(bookshelf_books_find_by_id(repos.books, 1, &book, &err), &err);
    assert_string_equal(book.title, "Solaris");
    bookshelf_book_free(&book);
    assert_ok(bookshelf_books_update(repos.books, 1, &(bookshelf_book_changes){ .title = "T" },
                                     &book, &err),
              &err);
    assert_string_equal(book.title, "T");
    bookshelf_book_free(&book);
    assert_ok(bookshelf_books_search(repos.books, NULL, &list, &err), &err);
    assert_int_equal(list.count, 3);
    bookshelf_book_list_free(&list);
    assert_ok(bookshelf_books_add_rating(repos.books, 5, 2, &found, &book, &err), &err);
    assert_true(found);
    assert_book_is(db, &book);
    bookshelf_book_free(&book);
}

static void write_changes_nothing(void **state)
{
    quire_db *db = *state;
    bookshelf_repos repos = bookshelf_repos_on(db);
    quire_error err = { 0 };
    bookshelf_book book = { 0 };
    bookshelf_user_book entry = { 0 };
    bool found = false;
    test_sql(db, "alter table books alter column pages type bigint;"
                 "alter table user_books alter column progress type integer");

    bookshelf_book_new values = { .author_id = QUIRE_SOME(1), .title = "T", .genre = "G" };
    assert_stale(bookshelf_books_create(repos.books, &values, &book, &err), &err);
    assert_stale(bookshelf_books_update(repos.books, 1, &(bookshelf_book_changes){ .title = "T" },
                                        &book, &err),
                 &err);
    assert_stale(bookshelf_books_add_rating(repos.books, 1, 1, &found, &book, &err), &err);
    assert_stale(bookshelf_user_books_set_status(repos.user_books, 1, 2,
                                                 BOOKSHELF_READING_STATUS_READING, &entry, &err),
                 &err);
    assert_null(book.title);
    assert_int_equal(test_int(db, "select count(*) from books where title = 'T'"), 0);
    assert_int_equal(test_int(db, "select ratings_count from books where id = 1"), 8);
    assert_int_equal(test_int(db, "select count(*) from user_books"), 1);
}

static void enum_label_renamed(void **state)
{
    quire_db *db = *state;
    bookshelf_user_books_repo shelves = bookshelf_repos_on(db).user_books;
    quire_error err = { 0 };
    bookshelf_user_book entry = { 0 };
    bookshelf_reading_status status = 0;
    test_sql(db, "alter type reading_status rename value 'reading' to 'in_progress'");

    assert_stale(bookshelf_user_books_find_by_id(shelves, 1, 1, &entry, &err), &err);
    assert_string_equal(err.column, "status");
    assert_stale(bookshelf_user_books_get_status(shelves, 1, 1, &status, &err), &err);
    assert_int_equal(status, 0);
    bookshelf_user_book_changes changes = { .status =
                                                QUIRE_SOME(BOOKSHELF_READING_STATUS_READING) };
    assert_stale(bookshelf_user_books_update(shelves, 1, 1, &changes, NULL, &err), &err);
    /* The other labels go on working. */
    changes.status.value = BOOKSHELF_READING_STATUS_FINISHED;
    assert_ok(bookshelf_user_books_update(shelves, 1, 1, &changes, &entry, &err), &err);
    assert_int_equal(entry.status, BOOKSHELF_READING_STATUS_FINISHED);
    bookshelf_user_book_free(&entry);
}

static void enum_label_added(void **state)
{
    quire_db *db = *state;
    bookshelf_user_books_repo shelves = bookshelf_repos_on(db).user_books;
    quire_error err = { 0 };
    bookshelf_user_book entry = { 0 };
    test_sql(db, "alter type reading_status add value 'lent' before 'reading'");

    assert_ok(bookshelf_user_books_find_by_id(shelves, 1, 1, &entry, &err), &err);
    assert_int_equal(entry.status,
                     BOOKSHELF_READING_STATUS_READING); /* by label, not by position */
    bookshelf_user_book_free(&entry);
    test_sql(db, "update user_books set status = 'lent'");
    assert_stale(bookshelf_user_books_find_by_id(shelves, 1, 1, &entry, &err), &err);
    assert_string_equal(err.column, "status");
}

static void table_gone(void **state)
{
    quire_db *db = *state;
    quire_error err = { 0 };
    bookshelf_user_book entry = { 0 };
    test_sql(db, "drop table user_books");
    assert_stale(
        bookshelf_user_books_find_by_id(bookshelf_repos_on(db).user_books, 1, 1, &entry, &err),
        &err);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        stale_test(column_type_changed),
        stale_test(column_dropped),
        stale_test(column_renamed),
        stale_test(column_may_be_null_now),
        stale_test(changes_under_a_running_program),
        stale_test(column_added),
        stale_test(write_changes_nothing),
        stale_test(enum_label_renamed),
        stale_test(enum_label_added),
        stale_test(table_gone),
    };
    return cmocka_run_group_tests_name("bookshelf: another schema", tests, NULL, NULL);
}
