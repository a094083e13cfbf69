#include "bookshelf/fixture.h"

#include <string.h>

static bookshelf_user_books_repo repo(void **state)
{
    return bookshelf_repos_on(*state).user_books;
}

static void creates_and_finds(void **state)
{
    quire_db *db = *state;
    quire_error err = { 0 };
    bookshelf_user_book entry = { 0 };
    add_rows(db);

    bookshelf_user_book_new values = {
        .user_id = QUIRE_SOME(1),
        .book_id = QUIRE_SOME(3),
        .status = QUIRE_SOME(BOOKSHELF_READING_STATUS_ABANDONED),
        .progress = QUIRE_SOME(99),
        .rating = QUIRE_SOME(1),
        .review = "猫 🐈\n\ttwo lines",
        .started_on = QUIRE_SOME(a_date(2024, 2, 29)),
        .finished_on = QUIRE_SOME(a_date(2024, 2, 29)),
        .reading_time = QUIRE_SOME(((quire_interval){ .us = 1, .days = 40, .months = 14 })),
    };
    assert_ok(bookshelf_user_books_create(repo(state), &values, &entry, &err), &err);
    assert_int_equal(entry.status, BOOKSHELF_READING_STATUS_ABANDONED);
    assert_int_equal(entry.reading_time.months, 14);
    assert_user_book_is(db, &entry);
    bookshelf_user_book_free(&entry);

    assert_ok(bookshelf_user_books_create(
                  repo(state),
                  &(bookshelf_user_book_new){ .user_id = QUIRE_SOME(1), .book_id = QUIRE_SOME(2) },
                  NULL, &err),
              &err);
    assert_ok(bookshelf_user_books_find_by_id(repo(state), 1, 2, &entry, &err), &err);
    assert_int_equal(entry.status, BOOKSHELF_READING_STATUS_WANT_TO_READ);
    assert_int_equal(entry.progress, 0);
    assert_false(entry.rating.has);
    assert_null(entry.review);
    assert_false(entry.started_on.has);
    assert_false(entry.finished_on.has);
    assert_int_equal(entry.reading_time.us, 0);
    assert_user_book_is(db, &entry);
    bookshelf_user_book_free(&entry);
    assert_status(QUIRE_NO_ROW, bookshelf_user_books_find_by_id(repo(state), 2, 1, &entry, &err),
                  &err);
}

static void refuses(void **state)
{
    quire_db *db = *state;
    quire_error err = { 0 };
    add_rows(db);
    test_sql(db, "insert into user_books (user_id, book_id) values (1, 1)");

    assert_status(
        QUIRE_INVALID,
        bookshelf_user_books_create(
            repo(state), &(bookshelf_user_book_new){ .user_id = QUIRE_SOME(1) }, NULL, &err),
        &err);
    assert_string_equal(err.column, "book_id");
    bookshelf_user_book_new values = { .user_id = QUIRE_SOME(1), .book_id = QUIRE_SOME(1) };
    assert_status(QUIRE_UNIQUE, bookshelf_user_books_create(repo(state), &values, NULL, &err),
                  &err);
    assert_string_equal(err.constraint, "user_books_pkey");
    values.user_id.value = 7;
    assert_status(QUIRE_CONSTRAINT, bookshelf_user_books_create(repo(state), &values, NULL, &err),
                  &err);
    assert_string_equal(err.constraint, "user_books_user_id_fkey");
    values = (bookshelf_user_book_new){ .user_id = QUIRE_SOME(2),
                                        .book_id = QUIRE_SOME(1),
                                        .progress = QUIRE_SOME(101) };
    assert_status(QUIRE_CONSTRAINT, bookshelf_user_books_create(repo(state), &values, NULL, &err),
                  &err);
    assert_string_equal(err.constraint, "user_books_progress_check");
    values = (bookshelf_user_book_new){ .user_id = QUIRE_SOME(2),
                                        .book_id = QUIRE_SOME(1),
                                        .status = QUIRE_SOME((bookshelf_reading_status)9) };
    assert_status(QUIRE_INVALID, bookshelf_user_books_create(repo(state), &values, NULL, &err),
                  &err);
    assert_string_equal(err.column, "status");
    assert_int_equal(test_int(db, "select count(*) from user_books"), 1);
}

static void updates_and_deletes(void **state)
{
    quire_db *db = *state;
    quire_error err = { 0 };
    bookshelf_user_book entry = { 0 };
    add_rows(db);
    test_sql(db, "insert into user_books (user_id, book_id, status, rating, review, started_on)"
                 " values (1, 1, 'reading', 3, 'so far', '2026-01-01'), (1, 2, default, null, null,"
                 " null), (2, 1, default, null, null, null)");

    bookshelf_user_book_changes changes = { .status = QUIRE_SOME(BOOKSHELF_READING_STATUS_FINISHED),
                                            .rating = QUIRE_NULL,
                                            .review = QUIRE_NULL_TEXT };
    assert_ok(bookshelf_user_books_update(repo(state), 1, 1, &changes, &entry, &err), &err);
    assert_int_equal(entry.status, BOOKSHELF_READING_STATUS_FINISHED);
    assert_false(entry.rating.has);
    assert_null(entry.review);
    assert_int_equal(entry.started_on.value.days, a_date(2026, 1, 1).days);
    assert_true(entry.updated_at.us > entry.created_at.us);
    assert_user_book_is(db, &entry);
    bookshelf_user_book_free(&entry);
    assert_int_equal(test_int(db, "select count(*) from user_books where status = 'finished'"), 1);
    assert_status(QUIRE_NO_ROW,
                  bookshelf_user_books_update(repo(state), 2, 2, &changes, NULL, &err), &err);

    assert_ok(bookshelf_user_books_delete(repo(state), 1, 1, &err), &err); /* no soft delete here */
    assert_int_equal(test_int(db, "select count(*) from user_books"), 2);
    assert_status(QUIRE_NO_ROW, bookshelf_user_books_delete(repo(state), 1, 1, &err), &err);
}

/* Every status, in and out. */
static void sets_status(void **state)
{
    static const char *const labels[] = { "want_to_read", "reading", "finished", "abandoned" };
    quire_db *db = *state;
    quire_error err = { 0 };
    bookshelf_user_book entry = { 0 };
    add_rows(db);

    for (int s = 0; s < 4; s++) {
        bookshelf_reading_status wanted = bookshelf_reading_status_parse(labels[s]);
        bookshelf_reading_status read = 0;
        assert_int_equal(wanted, s + 1);
        assert_string_equal(bookshelf_reading_status_label(wanted), labels[s]);
        assert_ok(bookshelf_user_books_set_status(repo(state), 1, 2, wanted, &entry, &err), &err);
        assert_int_equal(entry.status, wanted);
        assert_string_equal(test_text(db, "select status::text from user_books"), labels[s]);
        assert_user_book_is(db, &entry);
        assert_int_equal(entry.started_on.has, s > 0);
        assert_int_equal(entry.finished_on.has, s > 1);
        assert_int_equal(entry.progress, s > 1 ? 100 : 0);
        bookshelf_user_book_free(&entry);
        assert_ok(bookshelf_user_books_get_status(repo(state), 1, 2, &read, &err), &err);
        assert_int_equal(read, wanted);
    }
    assert_int_equal(bookshelf_reading_status_parse("Reading"), 0);
    assert_int_equal(bookshelf_reading_status_parse(""), 0);
    assert_null(bookshelf_reading_status_label((bookshelf_reading_status)0));
    assert_null(bookshelf_reading_status_label((bookshelf_reading_status)5));
    assert_int_equal(test_int(db, "select count(*) from user_books"), 1);
    assert_string_equal(test_text(db, "select (started_on = current_date)::text from user_books"),
                        "true");
}

static void refuses_status(void **state)
{
    quire_error err = { 0 };
    bookshelf_user_book entry = { 0 };
    bookshelf_reading_status read = BOOKSHELF_READING_STATUS_READING;
    add_rows(*state);

    assert_status(QUIRE_INVALID,
                  bookshelf_user_books_set_status(repo(state), 1, 1, (bookshelf_reading_status)0,
                                                  &entry, &err),
                  &err);
    assert_string_equal(err.column, "status");
    assert_status(QUIRE_CONSTRAINT,
                  bookshelf_user_books_set_status(repo(state), 1, 9,
                                                  BOOKSHELF_READING_STATUS_READING, &entry, &err),
                  &err);
    assert_string_equal(err.constraint, "user_books_book_id_fkey");
    assert_status(QUIRE_NO_ROW, bookshelf_user_books_get_status(repo(state), 1, 1, &read, &err),
                  &err);
    assert_int_equal(read, BOOKSHELF_READING_STATUS_READING); /* outputs stay as they were */
}

static void sets_progress(void **state)
{
    quire_db *db = *state;
    quire_error err = { 0 };
    bookshelf_user_book entry = { 0 };
    bool found = false;
    add_rows(db);
    test_sql(db, "insert into user_books (user_id, book_id) values (1, 1)");

    assert_ok(bookshelf_user_books_set_progress(repo(state), 42, 1, 1, &found, &entry, &err), &err);
    assert_true(found);
    assert_int_equal(entry.progress, 42);
    assert_int_equal(entry.status, BOOKSHELF_READING_STATUS_READING);
    assert_true(entry.started_on.has);
    assert_false(entry.finished_on.has);
    bookshelf_user_book_free(&entry);
    assert_ok(bookshelf_user_books_set_progress(repo(state), 100, 1, 1, &found, &entry, &err),
              &err);
    assert_int_equal(entry.status, BOOKSHELF_READING_STATUS_FINISHED);
    assert_int_equal(entry.finished_on.value.days, entry.started_on.value.days);
    assert_user_book_is(db, &entry);
    bookshelf_user_book_free(&entry);
    assert_ok(bookshelf_user_books_set_progress(repo(state), 1, 2, 2, &found, &entry, &err), &err);
    assert_false(found);
    assert_status(QUIRE_CONSTRAINT,
                  bookshelf_user_books_set_progress(repo(state), -1, 1, 1, &found, &entry, &err),
                  &err);
}

static void sets_review(void **state)
{
    quire_db *db = *state;
    quire_error err = { 0 };
    add_rows(db);
    test_sql(db, "insert into user_books (user_id, book_id) values (1, 1), (2, 1)");

    assert_ok(bookshelf_user_books_set_review(repo(state), (quire_nullable_int2){ true, 5 }, "Good",
                                              1, 1, &err),
              &err);
    assert_string_equal(test_text(db, "select rating || review from user_books where user_id = 1"),
                        "5Good");
    assert_ok(
        bookshelf_user_books_set_review(repo(state), (quire_nullable_int2){ 0 }, NULL, 1, 1, &err),
        &err);
    assert_int_equal(
        test_int(db, "select count(*) from user_books where rating is null and review is null"), 2);
    assert_ok(bookshelf_user_books_set_review(repo(state), (quire_nullable_int2){ true, 1 }, "", 9,
                                              9, &err),
              &err); /* :exec does not ask whether there was a row */
}

static void adds_reading_time(void **state)
{
    quire_db *db = *state;
    quire_error err = { 0 };
    int64_t affected = -1;
    quire_interval spent = { .us = 90000001, .days = 1, .months = 0 };
    add_rows(db);
    test_sql(db,
             "insert into user_books (user_id, book_id, reading_time) values (1, 1, '2 hours')");

    assert_ok(bookshelf_user_books_add_reading_time(repo(state), spent, 1, 1, &affected, &err),
              &err);
    assert_int_equal(affected, 1);
    assert_string_equal(test_text(db, "select reading_time::text from user_books"),
                        "1 day 02:01:30.000001");
    assert_ok(bookshelf_user_books_add_reading_time(repo(state), spent, 1, 2, &affected, &err),
              &err);
    assert_int_equal(affected, 0);
}

static void add_shelf(quire_db *db)
{
    add_rows(db);
    test_sql(db, "insert into user_books (user_id, book_id, status, progress, rating, review,"
                 "                        started_on, finished_on, reading_time, updated_at)"
                 " values (1, 1, 'finished', 100, 5, 'Zażółć 🐙', '2026-01-01', '2026-01-31', '3h',"
                 "         '2026-02-01'),"
                 "        (1, 2, 'reading', 10, null, null, '2026-03-01', null, '0', '2026-03-01'),"
                 "        (1, 3, 'reading', 20, null, null, '2026-03-01', null, '0', '2026-03-02'),"
                 "        (2, 1, 'finished', 100, null, null, null, '2026-01-01', '0',"
                 "         '2026-02-01')");
}

static void reads_shelf(void **state)
{
    quire_db *db = *state;
    quire_error err = { 0 };
    bookshelf_user_books_shelf_row_list shelf = { 0 };
    bookshelf_user_books_shelf_params reading = { .status = QUIRE_SOME(
                                                      BOOKSHELF_READING_STATUS_READING) };
    add_shelf(db);

    assert_ok(bookshelf_user_books_shelf(repo(state), 1, NULL, &shelf, &err), &err);
    assert_int_equal(shelf.count, 3);
    assert_string_equal(shelf.items[0].title, "海辺のカフカ 🐈"); /* touched last */
    assert_string_equal(shelf.items[0].author, "村上春樹");
    assert_int_equal(shelf.items[0].pages, 467);
    assert_false(shelf.items[0].rating.has);
    assert_null(shelf.items[0].review);
    assert_int_equal(shelf.items[2].book_id, 1);
    assert_int_equal(shelf.items[2].status, BOOKSHELF_READING_STATUS_FINISHED);
    assert_int_equal(shelf.items[2].progress, 100);
    assert_int_equal(shelf.items[2].rating.value, 5);
    assert_string_equal(shelf.items[2].review, "Zażółć 🐙");
    assert_int_equal(shelf.items[2].finished_on.value.days, a_date(2026, 1, 31).days);
    assert_int_equal(shelf.items[2].reading_time.us, INT64_C(10800000000));
    bookshelf_user_books_shelf_row_list_free(&shelf);

    assert_ok(bookshelf_user_books_shelf(repo(state), 1, &reading, &shelf, &err), &err);
    assert_int_equal(shelf.count, 2);
    bookshelf_user_books_shelf_row_list_free(&shelf);
    reading.limit = (quire_optional_int8)QUIRE_SOME(1);
    assert_ok(bookshelf_user_books_shelf(repo(state), 1, &reading, &shelf, &err), &err);
    assert_int_equal(shelf.count, 1);
    assert_int_equal(shelf.items[0].book_id, 3);
    bookshelf_user_books_shelf_row_list_free(&shelf);
    assert_ok(bookshelf_user_books_shelf(repo(state), 2, &reading, &shelf, &err), &err);
    assert_int_equal(shelf.count, 0);
    bookshelf_user_books_shelf_row_list_free(&shelf);

    test_sql(db, "update books set deleted_at = now() where id = 1");
    assert_ok(bookshelf_user_books_shelf(repo(state), 1, NULL, &shelf, &err), &err);
    assert_int_equal(shelf.count, 2);
    bookshelf_user_books_shelf_row_list_free(&shelf);
}

static void counts_by_status(void **state)
{
    quire_error err = { 0 };
    bookshelf_user_books_count_by_status_row_list counts = { 0 };
    add_shelf(*state);

    assert_ok(bookshelf_user_books_count_by_status(repo(state), 1, &counts, &err), &err);
    assert_int_equal(counts.count, 2);
    assert_int_equal(counts.items[0].status, BOOKSHELF_READING_STATUS_READING);
    assert_int_equal(counts.items[0].book_count, 2);
    assert_int_equal(counts.items[1].status, BOOKSHELF_READING_STATUS_FINISHED);
    assert_int_equal(counts.items[1].book_count, 1);
    bookshelf_user_books_count_by_status_row_list_free(&counts);
    assert_ok(bookshelf_user_books_count_by_status(repo(state), 9, &counts, &err), &err);
    assert_int_equal(counts.count, 0);
    bookshelf_user_books_count_by_status_row_list_free(&counts);
}

static void finds_finished_between(void **state)
{
    quire_error err = { 0 };
    bookshelf_user_book_list list = { 0 };
    add_shelf(*state);

    assert_ok(bookshelf_user_books_finished_between(repo(state), 1, a_date(2026, 1, 31),
                                                    a_date(2026, 1, 31), &list, &err),
              &err);
    assert_int_equal(list.count, 1);
    assert_user_book_is(*state, &list.items[0]);
    bookshelf_user_book_list_free(&list);
    assert_ok(bookshelf_user_books_finished_between(repo(state), 1, a_date(2026, 2, 1),
                                                    (quire_date){ QUIRE_DATE_INFINITY }, &list,
                                                    &err),
              &err);
    assert_int_equal(list.count, 0);
    bookshelf_user_book_list_free(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        bookshelf_test(creates_and_finds),
        bookshelf_test(refuses),
        bookshelf_test(updates_and_deletes),
        bookshelf_test(sets_status),
        bookshelf_test(refuses_status),
        bookshelf_test(sets_progress),
        bookshelf_test(sets_review),
        bookshelf_test(adds_reading_time),
        bookshelf_test(reads_shelf),
        bookshelf_test(counts_by_status),
        bookshelf_test(finds_finished_between),
    };
    return cmocka_run_group_tests_name("bookshelf: user_books", tests, bookshelf_setup,
                                       bookshelf_teardown);
}
