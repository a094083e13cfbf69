#include "bookshelf/fixture.h"

#include <string.h>

static void creates_with_every_column(void **state)
{
    quire_db *db = *state;
    bookshelf_books_repo books = bookshelf_repos_on(db).books;
    quire_error err = { 0 };
    bookshelf_book book = { 0 };
    add_rows(db);

    const char *const tags[] = { "a", NULL, "č \"x\", y", "", "NULL" };
    quire_timestamptz then = { INT64_C(123456789012345) };
    bookshelf_book_new values = {
        .author_id = QUIRE_SOME(2),
        .title = "Ünïcödé 🐙 漢字 \\ ' \" %",
        .isbn = "9780441569595",
        .genre = "Épique",
        .pages = QUIRE_SOME(2147483647),
        .published_year = QUIRE_SOME(-44),
        .published_on = QUIRE_SOME(a_date(-43, 3, 15)), /* 44 BC: there is no year 0 */
        .price = QUIRE_SOME(quire_decimal_of("12345678.90")),
        .rating = QUIRE_SOME(0.1),
        .ratings_count = QUIRE_SOME(3),
        .available = QUIRE_SOME(false),
        .tags = QUIRE_SOME(((quire_text_array){ .items = tags, .count = 5 })),
        .metadata = "{\"k\": [1, 2.50, null, \"é\"]}",
        .created_at = QUIRE_SOME(then),
        .updated_at = QUIRE_SOME(then),
        .deleted_at = QUIRE_NULL,
    };
    assert_ok(bookshelf_books_create(books, &values, &book, &err), &err);

    assert_int_equal(book.id, 4);
    assert_string_equal(book.title, "Ünïcödé 🐙 漢字 \\ ' \" %");
    assert_string_equal(book.price.value.text, "12345678.90");
    assert_int_equal(book.tags.count, 5);
    assert_null(book.tags.items[1]);
    assert_string_equal(book.tags.items[4], "NULL");
    assert_int_equal(book.created_at.us, then.us);
    assert_false(book.deleted_at.has);
    assert_book_is(db, &book);
    assert_string_equal(test_text(db, "select published_on::text from books where id = 4"),
                        "0044-03-15 BC");
    bookshelf_book_free(&book);
    assert_null(book.title);
    bookshelf_book_free(&book);
}

static void creates_with_what_is_required_only(void **state)
{
    quire_db *db = *state;
    quire_error err = { 0 };
    bookshelf_book book = { 0 };
    add_rows(db);

    assert_ok(bookshelf_books_create(bookshelf_repos_on(db).books,
                                     &(bookshelf_book_new){ .author_id = QUIRE_SOME(1),
                                                            .title = "Éden",
                                                            .genre = "Science Fiction" },
                                     &book, &err),
              &err);
    assert_null(book.isbn);
    assert_int_equal(book.pages, 0); /* the column's default */
    assert_false(book.published_year.has);
    assert_false(book.published_on.has);
    assert_false(book.price.has);
    assert_false(book.rating.has);
    assert_true(book.available);
    assert_int_equal(book.tags.count, 0);
    assert_string_equal(book.metadata, "{}");
    assert_true(book.created_at.us > 0);
    assert_book_is(db, &book);
    bookshelf_book_free(&book);
}

static void creates_without_reading_back(void **state)
{
    quire_db *db = *state;
    quire_error err = { 0 };
    add_rows(db);
    assert_ok(bookshelf_books_create(bookshelf_repos_on(db).books,
                                     &(bookshelf_book_new){ .author_id = QUIRE_SOME(1),
                                                            .title = "T",
                                                            .genre = "G",
                                                            .price = QUIRE_NULL,
                                                            .isbn = QUIRE_NULL_TEXT },
                                     NULL, &err),
              &err);
    assert_int_equal(test_int(db, "select count(*) from books where title = 'T'"
                                  " and price is null and isbn is null"),
                     1);
}

static void names_a_missing_column(void **state)
{
    quire_db *db = *state;
    bookshelf_books_repo books = bookshelf_repos_on(db).books;
    quire_error err = { 0 };
    add_rows(db);

    assert_status(
        QUIRE_INVALID,
        bookshelf_books_create(
            books, &(bookshelf_book_new){ .author_id = QUIRE_SOME(1), .genre = "G" }, NULL, &err),
        &err);
    assert_contains(err.message, "title");
    assert_string_equal(err.column, "title");
    assert_string_equal(err.query, "books.create");
    assert_status(QUIRE_INVALID,
                  bookshelf_books_create(books, &(bookshelf_book_new){ .title = "T", .genre = "G" },
                                         NULL, &err),
                  &err);
    assert_string_equal(err.column, "author_id");
    assert_status(QUIRE_INVALID,
                  bookshelf_books_create(books,
                                         &(bookshelf_book_new){ .author_id = QUIRE_SOME(1),
                                                                .title = QUIRE_NULL_TEXT,
                                                                .genre = "G" },
                                         NULL, &err),
                  &err);
    assert_string_equal(err.column, "title");
    assert_int_equal(test_int(db, "select count(*) from books"), 3);
    /* Nothing was sent: not even the sequence of ids has moved. */
    assert_int_equal(test_int(db, "select last_value from books_id_seq"), 3);
}

static void finds_by_id(void **state)
{
    quire_db *db = *state;
    bookshelf_books_repo books = bookshelf_repos_on(db).books;
    quire_error err = { 0 };
    bookshelf_book book = { 0 };
    add_rows(db);

    for (int64_t id = 1; id <= 3; id++) {
        assert_ok(bookshelf_books_find_by_id(books, id, &book, &err), &err);
        assert_int_equal(book.id, id);
        assert_book_is(db, &book);
        bookshelf_book_free(&book);
    }
    assert_status(QUIRE_NO_ROW, bookshelf_books_find_by_id(books, 4, &book, &err), &err);
    assert_null(book.title);
    assert_string_equal(err.query, "books.find_by_id");
    assert_status(QUIRE_NO_ROW, bookshelf_books_find_by_id(books, INT64_MIN, &book, &err), &err);
}

static void finds_with_author(void **state)
{
    quire_db *db = *state;
    bookshelf_books_repo books = bookshelf_repos_on(db).books;
    quire_error err = { 0 };
    bookshelf_book_with_author both = { 0 };
    add_rows(db);

    assert_ok(bookshelf_books_find_by_id_with_author(books, 3, &both, &err), &err);
    assert_string_equal(both.title, "海辺のカフカ 🐈");
    assert_int_equal(both.author_id, 2);
    assert_int_equal(both.tags.count, 3);
    assert_int_equal(both.author.id, 2);
    assert_null(both.author.nationality);
    assert_false(both.author.birth_date.has);
    assert_null(both.author.owner_);
    assert_author_is(db, &both.author);
    bookshelf_book_with_author_free(&both);

    assert_status(QUIRE_NO_ROW, bookshelf_books_find_by_id_with_author(books, 9, &both, &err),
                  &err);
    test_sql(db, "update books set deleted_at = now() where id = 3");
    assert_status(QUIRE_NO_ROW, bookshelf_books_find_by_id_with_author(books, 3, &both, &err),
                  &err);
}

static void updates_what_is_set(void **state)
{
    quire_db *db = *state;
    bookshelf_books_repo books = bookshelf_repos_on(db).books;
    quire_error err = { 0 };
    bookshelf_book before = { 0 };
    bookshelf_book after = { 0 };
    add_rows(db);

    assert_ok(bookshelf_books_find_by_id(books, 1, &before, &err), &err);
    assert_ok(bookshelf_books_update(books, 1, &(bookshelf_book_changes){ .pages = QUIRE_SOME(0) },
                                     &after, &err),
              &err);
    assert_int_equal(after.pages, 0); /* a zero that was given is a value */
    assert_string_equal(after.title, before.title);
    assert_string_equal(after.isbn, before.isbn);
    assert_string_equal(after.price.value.text, "11.50");
    assert_true(after.available);
    assert_int_equal(after.tags.count, 2);
    assert_int_equal(after.created_at.us, before.created_at.us);
    assert_true(after.updated_at.us > before.updated_at.us);
    assert_book_is(db, &after);
    bookshelf_book_free(&before);
    bookshelf_book_free(&after);
    assert_int_equal(test_int(db, "select count(*) from books where pages = 0"), 2);
}

static void updates_to_null(void **state)
{
    quire_db *db = *state;
    bookshelf_books_repo books = bookshelf_repos_on(db).books;
    quire_error err = { 0 };
    bookshelf_book book = { 0 };
    add_rows(db);

    bookshelf_book_changes changes = { .isbn = QUIRE_NULL_TEXT,
                                       .published_year = QUIRE_NULL,
                                       .price = QUIRE_NULL,
                                       .rating = QUIRE_NULL,
                                       .available = QUIRE_SOME(false),
                                       .metadata = "null" };
    assert_ok(bookshelf_books_update(books, 1, &changes, &book, &err), &err);
    assert_null(book.isbn);
    assert_false(book.published_year.has);
    assert_false(book.price.has);
    assert_false(book.rating.has);
    assert_false(book.available);
    assert_string_equal(book.metadata, "null"); /* JSON's null is not SQL's */
    assert_int_equal(book.ratings_count, 8);
    assert_book_is(db, &book);
    bookshelf_book_free(&book);

    assert_status(QUIRE_INVALID,
                  bookshelf_books_update(
                      books, 1, &(bookshelf_book_changes){ .title = QUIRE_NULL_TEXT }, NULL, &err),
                  &err);
    assert_string_equal(err.column, "title");
    assert_status(QUIRE_INVALID,
                  bookshelf_books_update(books, 1, &(bookshelf_book_changes){ .pages = QUIRE_NULL },
                                         NULL, &err),
                  &err);
    assert_string_equal(err.column, "pages");
}

static void update_needs_a_change_and_a_row(void **state)
{
    quire_db *db = *state;
    bookshelf_books_repo books = bookshelf_repos_on(db).books;
    quire_error err = { 0 };
    bookshelf_book_changes title = { .title = "X" };
    add_rows(db);

    assert_status(QUIRE_INVALID,
                  bookshelf_books_update(books, 1, &(bookshelf_book_changes){ 0 }, NULL, &err),
                  &err);
    assert_status(QUIRE_NO_ROW, bookshelf_books_update(books, 77, &title, NULL, &err), &err);
    test_sql(db, "update books set deleted_at = now() where id = 1");
    assert_status(QUIRE_NO_ROW, bookshelf_books_update(books, 1, &title, NULL, &err), &err);
    assert_int_equal(test_int(db, "select count(*) from books where title = 'X'"), 0);
}

static void deletes_softly_and_restores(void **state)
{
    quire_db *db = *state;
    bookshelf_books_repo books = bookshelf_repos_on(db).books;
    quire_error err = { 0 };
    bookshelf_book book = { 0 };
    bool found = true;
    add_rows(db);

    assert_ok(bookshelf_books_delete(books, 1, &err), &err);
    assert_int_equal(
        test_int(db, "select count(*) from books where id = 1 and deleted_at is not null"), 1);
    assert_status(QUIRE_NO_ROW, bookshelf_books_find_by_id(books, 1, &book, &err), &err);
    assert_ok(bookshelf_books_find_by_isbn(books, "9780156027601", &found, &book, &err), &err);
    assert_false(found);
    assert_status(QUIRE_NO_ROW, bookshelf_books_delete(books, 1, &err), &err);
    assert_status(QUIRE_NO_ROW, bookshelf_books_delete(books, 99, &err), &err);

    assert_ok(bookshelf_books_restore(books, 1, &err), &err);
    assert_ok(bookshelf_books_find_by_id(books, 1, &book, &err), &err);
    assert_false(book.deleted_at.has);
    assert_book_is(db, &book);
    bookshelf_book_free(&book);
    assert_status(QUIRE_NO_ROW, bookshelf_books_restore(books, 1, &err), &err);
    assert_status(QUIRE_NO_ROW, bookshelf_books_restore(books, 99, &err), &err);
}

static void purges(void **state)
{
    quire_db *db = *state;
    bookshelf_books_repo books = bookshelf_repos_on(db).books;
    quire_error err = { 0 };
    add_rows(db);
    test_sql(db, "insert into user_books (user_id, book_id) values (1, 2)");

    assert_ok(bookshelf_books_delete(books, 1, &err), &err);
    assert_ok(bookshelf_books_purge(books, 1, &err), &err);
    assert_ok(bookshelf_books_purge(books, 3, &err), &err);
    assert_status(QUIRE_NO_ROW, bookshelf_books_purge(books, 3, &err), &err);
    assert_status(QUIRE_CONSTRAINT, bookshelf_books_purge(books, 2, &err), &err);
    assert_string_equal(err.constraint, "user_books_book_id_fkey");
    /* Since PostgreSQL 18, RESTRICT has a code of its own. */
    assert_true(strcmp(err.sqlstate, "23503") == 0 || strcmp(err.sqlstate, "23001") == 0);
    assert_int_equal(test_int(db, "select count(*) from books"), 1);
}

static void finds_by_isbn(void **state)
{
    quire_db *db = *state;
    bookshelf_books_repo books = bookshelf_repos_on(db).books;
    quire_error err = { 0 };
    bookshelf_book book = { 0 };
    bool found = false;
    add_rows(db);

    assert_ok(bookshelf_books_find_by_isbn(books, "9780156027601", &found, &book, &err), &err);
    assert_true(found);
    assert_int_equal(book.id, 1);
    assert_book_is(db, &book);
    bookshelf_book_free(&book);
    assert_ok(bookshelf_books_find_by_isbn(books, "x' or 'x' = 'x", &found, &book, &err), &err);
    assert_false(found);
    assert_null(book.owner_);
    assert_status(QUIRE_INVALID, bookshelf_books_find_by_isbn(books, NULL, &found, &book, &err),
                  &err);
    assert_string_equal(err.column, "isbn");
}

static void finds_tagged(void **state)
{
    quire_db *db = *state;
    bookshelf_books_repo books = bookshelf_repos_on(db).books;
    quire_error err = { 0 };
    bookshelf_book_list list = { 0 };
    const char *const tags[] = { "first-contact", "space" };
    add_rows(db);

    assert_ok(bookshelf_books_find_tagged(books, (quire_text_array){ .items = tags, .count = 2 },
                                          &list, &err),
              &err);
    assert_books_are(db, &list, "select 1");
    bookshelf_book_list_free(&list);
    assert_ok(bookshelf_books_find_tagged(books, (quire_text_array){ 0 }, &list, &err), &err);
    assert_books_are(db, &list,
                     "select id from books order by title, id"); /* no tag is asked for */
    bookshelf_book_list_free(&list);
    const char *const odd[] = { "a \"b\", c", "" };
    assert_ok(bookshelf_books_find_tagged(books, (quire_text_array){ .items = odd, .count = 2 },
                                          &list, &err),
              &err);
    assert_books_are(db, &list, "select 3");
    bookshelf_book_list_free(&list);
}

static void counts_and_prices(void **state)
{
    quire_db *db = *state;
    bookshelf_books_repo books = bookshelf_repos_on(db).books;
    quire_error err = { 0 };
    int64_t count = -1;
    bookshelf_books_get_price_value price = { 0 };
    add_rows(db);

    assert_ok(bookshelf_books_count_in_genre(books, "Science Fiction", &count, &err), &err);
    assert_int_equal(count, 2);
    assert_ok(bookshelf_books_count_in_genre(books, "no such genre", &count, &err), &err);
    assert_int_equal(count, 0);

    assert_ok(bookshelf_books_get_price(books, 3, &price, &err), &err);
    assert_true(price.value.has);
    assert_string_equal(price.value.value.text, "0.05");
    bookshelf_books_get_price_value_free(&price);
    assert_ok(bookshelf_books_get_price(books, 2, &price, &err), &err);
    assert_false(price.value.has);
    bookshelf_books_get_price_value_free(&price);
    assert_status(QUIRE_NO_ROW, bookshelf_books_get_price(books, 9, &price, &err), &err);
}

static void sets_available(void **state)
{
    quire_db *db = *state;
    bookshelf_books_repo books = bookshelf_repos_on(db).books;
    quire_error err = { 0 };
    int64_t affected = -1;
    const int64_t ids[] = { 1, 3, 99 };
    add_rows(db);

    assert_ok(bookshelf_books_set_available(
                  books, false, (quire_int8_array){ .items = ids, .count = 3 }, &affected, &err),
              &err);
    assert_int_equal(affected, 2);
    assert_int_equal(test_int(db, "select count(*) from books where available"), 0);
    assert_ok(bookshelf_books_set_available(books, true, (quire_int8_array){ 0 }, &affected, &err),
              &err);
    assert_int_equal(affected, 0);
}

static void adds_ratings(void **state)
{
    quire_db *db = *state;
    bookshelf_books_repo books = bookshelf_repos_on(db).books;
    quire_error err = { 0 };
    bookshelf_book book = { 0 };
    bool found = false;
    add_rows(db);

    assert_ok(bookshelf_books_add_rating(books, 4, 2, &found, &book, &err), &err);
    assert_true(found);
    assert_true(book.rating.has);
    assert_int_equal(book.ratings_count, 1);
    assert_book_is(db, &book);
    bookshelf_book_free(&book);
    assert_ok(bookshelf_books_add_rating(books, 2, 1, &found, &book, &err), &err);
    assert_true(found);
    assert_int_equal((int)(book.rating.value * 9), 36); /* (4.25 * 8 + 2) / 9 */
    bookshelf_book_free(&book);
    assert_ok(bookshelf_books_add_rating(books, 2, 99, &found, &book, &err), &err);
    assert_false(found);
    assert_status(QUIRE_CONSTRAINT, bookshelf_books_add_rating(books, 50, 2, &found, &book, &err),
                  &err);
    assert_string_equal(err.constraint, "books_rating_check");
}

static void computes_stats(void **state)
{
    quire_db *db = *state;
    bookshelf_books_repo books = bookshelf_repos_on(db).books;
    quire_error err = { 0 };
    bookshelf_books_get_stats_row_list stats = { 0 };
    add_rows(db);
    test_sql(db,
             "insert into books (author_id, title, genre, price, deleted_at)"
             " values (1, 'gone', 'Gone', 1, now()), (1, 'no price', 'Zero', null, null),"
             " (1, 'x', 'Magical Realism', 0.10, null), (1, 'y', 'Magical Realism', 0.10, null)");

    assert_ok(bookshelf_books_get_stats(books, &stats, &err), &err);
    assert_int_equal(stats.count, 3);
    assert_string_equal(stats.items[0].genre, "Magical Realism");
    assert_int_equal(stats.items[0].book_count, 3);
    assert_true(stats.items[0].average_rating.has);
    assert_int_equal((int)stats.items[0].average_rating.value, 5);
    assert_string_equal(stats.items[0].average_price.value.text, "0.08"); /* 0.25 / 3, rounded */
    assert_string_equal(stats.items[1].genre, "Science Fiction");
    assert_string_equal(stats.items[1].average_price.value.text, "11.50");
    assert_string_equal(stats.items[2].genre, "Zero");
    assert_false(stats.items[2].average_rating.has);
    assert_false(stats.items[2].average_price.has);
    bookshelf_books_get_stats_row_list_free(&stats);
}

static void computes_totals(void **state)
{
    quire_db *db = *state;
    bookshelf_books_repo books = bookshelf_repos_on(db).books;
    quire_error err = { 0 };
    bookshelf_books_get_totals_row totals = { 0 };

    assert_ok(bookshelf_books_get_totals(books, &totals, &err), &err);
    assert_int_equal(totals.book_count, 0);
    assert_int_equal(totals.available_count, 0);
    assert_false(totals.average_rating.has);
    assert_false(totals.average_price.has);
    assert_false(totals.oldest_year.has);
    bookshelf_books_get_totals_row_free(&totals);

    add_rows(db);
    assert_ok(bookshelf_books_get_totals(books, &totals, &err), &err);
    assert_int_equal(totals.book_count, 3);
    assert_int_equal(totals.genre_count, 2);
    assert_int_equal(totals.author_count, 2);
    assert_int_equal(totals.available_count, 2);
    assert_true(totals.average_rating.value > 4.624 && totals.average_rating.value < 4.626);
    assert_string_equal(totals.average_price.value.text, "5.78"); /* 11.55 / 2, rounded */
    assert_int_equal(totals.oldest_year.value, 1961);
    bookshelf_books_get_totals_row_free(&totals);
}

static void answers_when_empty(void **state)
{
    bookshelf_books_repo books = bookshelf_repos_on(*state).books;
    quire_error err = { 0 };
    bookshelf_book_list list = { 0 };
    bookshelf_books_get_stats_row_list stats = { 0 };

    assert_ok(bookshelf_books_search(books, NULL, &list, &err), &err);
    assert_int_equal(list.count, 0);
    bookshelf_book_list_free(&list);
    assert_ok(bookshelf_books_get_stats(books, &stats, &err), &err);
    assert_int_equal(stats.count, 0);
    bookshelf_books_get_stats_row_list_free(&stats);
    bookshelf_book_list_free(NULL);
    bookshelf_book_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        bookshelf_test(creates_with_every_column),
        bookshelf_test(creates_with_what_is_required_only),
        bookshelf_test(creates_without_reading_back),
        bookshelf_test(names_a_missing_column),
        bookshelf_test(finds_by_id),
        bookshelf_test(finds_with_author),
        bookshelf_test(updates_what_is_set),
        bookshelf_test(updates_to_null),
        bookshelf_test(update_needs_a_change_and_a_row),
        bookshelf_test(deletes_softly_and_restores),
        bookshelf_test(purges),
        bookshelf_test(finds_by_isbn),
        bookshelf_test(finds_tagged),
        bookshelf_test(counts_and_prices),
        bookshelf_test(sets_available),
        bookshelf_test(adds_ratings),
        bookshelf_test(computes_stats),
        bookshelf_test(computes_totals),
        bookshelf_test(answers_when_empty),
    };
    return cmocka_run_group_tests_name("bookshelf: books", tests, bookshelf_setup,
                                       bookshelf_teardown);
}
