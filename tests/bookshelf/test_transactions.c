#include "bookshelf/fixture.h"

static const bookshelf_book_new a_book = { .author_id = QUIRE_SOME(1), .title = "T", .genre = "G" };

static int64_t count_books(quire_db *db)
{
    return test_int(db, "select count(*) from books where title = 'T'");
}

static void commits_and_rolls_back(void **state)
{
    quire_db *db = *state;
    quire_error err = { 0 };
    bookshelf_book book = { 0 };
    add_rows(db);

    quire_db *tx = quire_begin(db, NULL, &err);
    assert_non_null(tx);
    assert_ok(bookshelf_books_create(bookshelf_repos_on(tx).books, &a_book, &book, &err), &err);
    assert_int_equal(count_books(tx), 1);
    assert_int_equal(count_books(db), 0); /* another connection */
    assert_ok(quire_rollback(tx, &err), &err);
    assert_string_equal(book.title, "T"); /* what was read stays valid */
    bookshelf_book_free(&book);
    assert_int_equal(count_books(db), 0);

    tx = quire_begin(db, NULL, &err);
    assert_ok(bookshelf_books_create(bookshelf_repos_on(tx).books, &a_book, NULL, &err), &err);
    assert_ok(quire_commit(tx, &err), &err);
    assert_int_equal(count_books(db), 1);
}

static void savepoints_undo_a_part(void **state)
{
    quire_db *db = *state;
    quire_error err = { 0 };
    add_rows(db);

    quire_db *tx = quire_begin(db, NULL, &err);
    assert_ok(bookshelf_books_delete(bookshelf_repos_on(tx).books, 1, &err), &err);
    quire_db *inner = quire_begin(tx, NULL, &err);
    assert_non_null(inner);
    assert_ok(bookshelf_books_delete(bookshelf_repos_on(inner).books, 2, &err), &err);
    quire_db *innermost = quire_begin(inner, NULL, &err);
    assert_ok(bookshelf_books_delete(bookshelf_repos_on(innermost).books, 3, &err), &err);
    assert_ok(quire_commit(innermost, &err), &err);
    assert_int_equal(test_int(inner, "select count(*) from books where deleted_at is null"), 0);
    assert_ok(quire_rollback(inner, &err), &err);
    assert_int_equal(test_int(tx, "select count(*) from books where deleted_at is null"), 2);
    assert_ok(quire_commit(tx, &err), &err);
    assert_int_equal(test_int(db, "select count(*) from books where deleted_at is null"), 2);
}

static void failure_in_a_savepoint_is_undone(void **state)
{
    quire_db *db = *state;
    quire_error err = { 0 };
    bookshelf_book_new taken = a_book;
    taken.isbn = "9780156027601";
    add_rows(db);

    quire_db *tx = quire_begin(db, NULL, &err);
    assert_ok(bookshelf_books_create(bookshelf_repos_on(tx).books, &a_book, NULL, &err), &err);
    quire_db *inner = quire_begin(tx, NULL, &err);
    assert_status(QUIRE_UNIQUE,
                  bookshelf_books_create(bookshelf_repos_on(inner).books, &taken, NULL, &err),
                  &err);
    assert_string_equal(err.constraint, "books_isbn_key");
    assert_string_equal(err.query, "books.create");
    assert_contains(err.detail, "9780156027601");
    assert_ok(quire_rollback(inner, &err), &err);
    assert_ok(bookshelf_books_create(bookshelf_repos_on(tx).books, &a_book, NULL, &err), &err);
    assert_ok(quire_commit(tx, &err), &err);
    assert_int_equal(count_books(db), 2);
}

static void failed_transaction_commits_nothing(void **state)
{
    quire_db *db = *state;
    quire_error err = { 0 };
    bookshelf_book_new orphan = a_book;
    orphan.author_id.value = 99;
    add_rows(db);

    quire_db *tx = quire_begin(db, NULL, &err);
    assert_ok(bookshelf_books_create(bookshelf_repos_on(tx).books, &a_book, NULL, &err), &err);
    assert_status(QUIRE_CONSTRAINT,
                  bookshelf_books_create(bookshelf_repos_on(tx).books, &orphan, NULL, &err), &err);
    assert_string_equal(err.constraint, "books_author_id_fkey");
    assert_status(QUIRE_INVALID, quire_commit(tx, &err), &err);
    assert_int_equal(count_books(db), 0);

    /* A value that is missing never reaches the server, so the transaction goes on. */
    tx = quire_begin(db, NULL, &err);
    assert_ok(bookshelf_books_create(bookshelf_repos_on(tx).books, &a_book, NULL, &err), &err);
    assert_status(QUIRE_INVALID,
                  bookshelf_books_create(bookshelf_repos_on(tx).books,
                                         &(bookshelf_book_new){ .title = "T" }, NULL, &err),
                  &err);
    assert_ok(quire_commit(tx, &err), &err);
    assert_int_equal(count_books(db), 1);
}

static void read_only_is_kept(void **state)
{
    quire_db *db = *state;
    quire_error err = { 0 };
    add_rows(db);

    quire_db *tx = quire_begin(
        db, &(quire_transaction_options){ .isolation = QUIRE_REPEATABLE_READ, .read_only = true },
        &err);
    bookshelf_author author = { 0 };
    assert_ok(bookshelf_authors_find_by_id(bookshelf_repos_on(tx).authors, 1, &author, &err), &err);
    bookshelf_author_free(&author);
    test_sql(db, "update authors set name = 'changed' where id = 1");
    assert_ok(bookshelf_authors_find_by_id(bookshelf_repos_on(tx).authors, 1, &author, &err), &err);
    assert_string_equal(author.name, "Stanisław Lem"); /* one snapshot */
    bookshelf_author_free(&author);
    assert_status(QUIRE_SQL, bookshelf_authors_delete(bookshelf_repos_on(tx).authors, 1, &err),
                  &err);
    assert_string_equal(err.sqlstate, "25006");
    assert_ok(quire_rollback(tx, &err), &err);
}

static void null_handle_keeps_its_reason(void **state)
{
    (void)state;
    quire_error err = { 0 };
    quire_db *tx = quire_begin(NULL, NULL, &err);
    assert_null(tx);
    assert_status(QUIRE_INVALID,
                  bookshelf_books_create(bookshelf_repos_on(tx).books, &a_book, NULL, &err), &err);
    bookshelf_book_list list = { 0 };
    assert_status(QUIRE_INVALID,
                  bookshelf_books_search(bookshelf_repos_on(NULL).books, NULL, &list, NULL), &err);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        bookshelf_test(commits_and_rolls_back),
        bookshelf_test(savepoints_undo_a_part),
        bookshelf_test(failure_in_a_savepoint_is_undone),
        bookshelf_test(failed_transaction_commits_nothing),
        bookshelf_test(read_only_is_kept),
        bookshelf_test(null_handle_keeps_its_reason),
    };
    return cmocka_run_group_tests_name("bookshelf: transactions", tests, bookshelf_setup,
                                       bookshelf_teardown);
}
