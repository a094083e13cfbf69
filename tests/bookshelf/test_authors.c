#include "bookshelf/fixture.h"

static void creates(void **state)
{
    quire_db *db = *state;
    bookshelf_authors_repo authors = bookshelf_repos_on(db).authors;
    quire_error err = { 0 };
    bookshelf_author author = { 0 };

    bookshelf_author_new values = { .name = "Murasaki Shikibu",
                                    .original_name = "紫式部",
                                    .biography = "",
                                    .nationality = "Japanese",
                                    .birth_date = QUIRE_SOME(a_date(-69, 10, 15)), /* 70 BC */
                                    .death_date = QUIRE_SOME(a_date(2018, 1, 22)) };
    assert_ok(bookshelf_authors_create(authors, &values, &author, &err), &err);
    assert_int_equal(author.id, 1);
    assert_string_equal(author.biography, ""); /* empty is not NULL */
    assert_author_is(db, &author);
    assert_string_equal(test_text(db, "select birth_date::text from authors"), "0070-10-15 BC");
    bookshelf_author_free(&author);

    assert_ok(
        bookshelf_authors_create(authors, &(bookshelf_author_new){ .name = "𝒳" }, &author, &err),
        &err);
    assert_int_equal(author.id, 2);
    assert_string_equal(author.name, "𝒳"); /* four bytes in UTF-8 */
    assert_null(author.original_name);
    assert_null(author.biography);
    assert_null(author.nationality);
    assert_false(author.birth_date.has);
    assert_false(author.death_date.has);
    assert_false(author.deleted_at.has);
    assert_author_is(db, &author);
    bookshelf_author_free(&author);
}

static void refuses(void **state)
{
    bookshelf_authors_repo authors = bookshelf_repos_on(*state).authors;
    quire_error err = { 0 };

    assert_status(
        QUIRE_INVALID,
        bookshelf_authors_create(authors, &(bookshelf_author_new){ .biography = "x" }, NULL, &err),
        &err);
    assert_string_equal(err.column, "name");
    assert_status(
        QUIRE_CONSTRAINT,
        bookshelf_authors_create(authors, &(bookshelf_author_new){ .name = "" }, NULL, &err), &err);
    assert_string_equal(err.constraint, "authors_name_check");
    assert_string_equal(err.table, "authors");
    assert_status(QUIRE_CONSTRAINT,
                  bookshelf_authors_create(
                      authors,
                      &(bookshelf_author_new){ .name = "X",
                                               .birth_date = QUIRE_SOME(a_date(1900, 1, 2)),
                                               .death_date = QUIRE_SOME(a_date(1900, 1, 1)) },
                      NULL, &err),
                  &err);
    assert_string_equal(err.constraint, "authors_life_check");
    assert_string_equal(err.sqlstate, "23514");
    assert_status(QUIRE_DATA,
                  bookshelf_authors_create(authors, &(bookshelf_author_new){ .name = "\xff\xfe" },
                                           NULL, &err),
                  &err);
    assert_int_equal(test_int(*state, "select count(*) from authors"), 0);
}

static void finds_and_updates(void **state)
{
    quire_db *db = *state;
    bookshelf_authors_repo authors = bookshelf_repos_on(db).authors;
    quire_error err = { 0 };
    bookshelf_author author = { 0 };
    add_rows(db);

    assert_ok(bookshelf_authors_find_by_id(authors, 1, &author, &err), &err);
    assert_string_equal(author.name, "Stanisław Lem");
    assert_null(author.original_name);
    assert_author_is(db, &author);
    int64_t created_at = author.created_at.us;
    bookshelf_author_free(&author);

    bookshelf_author_changes changes = { .original_name = "Лем", .death_date = QUIRE_NULL };
    assert_ok(bookshelf_authors_update(authors, 1, &changes, &author, &err), &err);
    assert_string_equal(author.original_name, "Лем");
    assert_string_equal(author.biography, "Wrote Solaris.");
    assert_false(author.death_date.has);
    assert_int_equal(author.birth_date.value.days, a_date(1921, 9, 12).days);
    assert_int_equal(author.created_at.us, created_at);
    assert_true(author.updated_at.us > created_at);
    assert_author_is(db, &author);
    bookshelf_author_free(&author);
    assert_status(QUIRE_NO_ROW, bookshelf_authors_update(authors, 3, &changes, NULL, &err), &err);
}

static void deletes_restores_purges(void **state)
{
    quire_db *db = *state;
    bookshelf_authors_repo authors = bookshelf_repos_on(db).authors;
    quire_error err = { 0 };
    bookshelf_author author = { 0 };
    bookshelf_author_with_books with_books = { 0 };
    add_rows(db);

    assert_ok(bookshelf_authors_delete(authors, 1, &err), &err);
    assert_status(QUIRE_NO_ROW, bookshelf_authors_find_by_id(authors, 1, &author, &err), &err);
    assert_status(QUIRE_NO_ROW,
                  bookshelf_authors_find_by_id_with_books(authors, 1, &with_books, &err), &err);
    assert_null(with_books.name);
    assert_status(QUIRE_NO_ROW, bookshelf_authors_delete(authors, 1, &err), &err);
    assert_ok(bookshelf_authors_restore(authors, 1, &err), &err);
    assert_ok(bookshelf_authors_find_by_id(authors, 1, &author, &err), &err);
    bookshelf_author_free(&author);

    assert_status(QUIRE_CONSTRAINT, bookshelf_authors_purge(authors, 1, &err), &err);
    assert_string_equal(err.constraint, "books_author_id_fkey");
    test_sql(db, "delete from books where author_id = 1");
    assert_ok(bookshelf_authors_purge(authors, 1, &err), &err);
    assert_int_equal(test_int(db, "select count(*) from authors where id = 1"), 0);
}

static void finds_with_books(void **state)
{
    quire_db *db = *state;
    bookshelf_authors_repo authors = bookshelf_repos_on(db).authors;
    quire_error err = { 0 };
    bookshelf_author_with_books author = { 0 };
    add_rows(db);
    test_sql(db, "insert into authors (name) values ('No Books');"
                 "insert into books (author_id, title, genre, deleted_at)"
                 " values (1, 'gone', 'G', now())");

    assert_ok(bookshelf_authors_find_by_id_with_books(authors, 1, &author, &err), &err);
    assert_string_equal(author.name, "Stanisław Lem");
    assert_string_equal(author.nationality, "Polish");
    assert_books_are(db, &author.books, "select n from (values (1), (2)) v (n)");
    assert_book_is(db, &author.books.items[0]);
    assert_book_is(db, &author.books.items[1]);
    bookshelf_author_with_books_free(&author);
    assert_null(author.books.items);

    assert_ok(bookshelf_authors_find_by_id_with_books(authors, 3, &author, &err), &err);
    assert_string_equal(author.name, "No Books");
    assert_int_equal(author.books.count, 0);
    bookshelf_author_with_books_free(&author);
    assert_status(QUIRE_NO_ROW, bookshelf_authors_find_by_id_with_books(authors, 4, &author, &err),
                  &err);
}

static void search_gives(bookshelf_authors_repo authors, const char *name, size_t count,
                         const char *first)
{
    quire_error err = { 0 };
    bookshelf_author_list list = { 0 };
    assert_ok(bookshelf_authors_search(authors, name, &list, &err), &err);
    assert_int_equal(list.count, count);
    if (count > 0)
        assert_string_equal(list.items[0].name, first);
    bookshelf_author_list_free(&list);
}

static void searches(void **state)
{
    quire_db *db = *state;
    bookshelf_authors_repo authors = bookshelf_repos_on(db).authors;
    test_sql(db, "insert into authors (name, original_name, deleted_at)"
                 " values ('Leo Tolstoy', 'Лев Толстой', null), ('Aleksey Tolstoy', null, null),"
                 "        ('Deleted Tolstoy', null, now()), ('Gabriel García Márquez', null, null),"
                 "        ('100% _ O''Brien', null, null)");

    search_gives(authors, "tolstoy", 2, "Aleksey Tolstoy");
    search_gives(authors, "Толстой", 1, "Leo Tolstoy");
    search_gives(authors, "garcía MÁR", 1, "Gabriel García Márquez");
    search_gives(authors, "%", 1, "100% _ O'Brien");
    search_gives(authors, "o'b", 1, "100% _ O'Brien");
    search_gives(authors, "nobody", 0, NULL);
    search_gives(authors, "", 4, "100% _ O'Brien");

    quire_error err = { 0 };
    bookshelf_author_list list = { 0 };
    assert_status(QUIRE_INVALID, bookshelf_authors_search(authors, NULL, &list, &err), &err);
    assert_string_equal(err.column, "name");
}

static void finds_by_name(void **state)
{
    quire_db *db = *state;
    bookshelf_authors_repo authors = bookshelf_repos_on(db).authors;
    quire_error err = { 0 };
    bookshelf_author author = { 0 };
    bool found = true;
    test_sql(db, "insert into authors (name) values ('Same'), ('Same'), ('Other')");

    assert_ok(bookshelf_authors_find_by_name(authors, "Same", &found, &author, &err), &err);
    assert_true(found);
    assert_int_equal(author.id, 1);
    bookshelf_author_free(&author);
    assert_ok(bookshelf_authors_find_by_name(authors, "same", &found, &author, &err), &err);
    assert_false(found);
}

static void features(void **state)
{
    quire_db *db = *state;
    bookshelf_authors_repo authors = bookshelf_repos_on(db).authors;
    quire_error err = { 0 };
    bookshelf_authors_get_featured_row_list list = { 0 };
    test_sql(db, "insert into authors (name, nationality, deleted_at) values ('A', null, null),"
                 " ('B', 'Polish', null), ('C', null, null), ('D', null, now()), ('E', null, null);"
                 "insert into books (author_id, title, genre, rating, ratings_count, deleted_at)"
                 " values (1, 'a1', 'G', 3, 1, null), (1, 'a2', 'G', 4.5, 1, null),"
                 " (1, 'a3', 'G', null, 0, null), (2, 'b1', 'G', 4.5, 1, null),"
                 " (2, 'b2', 'G', 4.5, 1, null), (2, 'b3', 'G', 5, 1, now()),"
                 " (3, 'c1', 'G', 4.75, 1, null), (4, 'd1', 'G', 5, 1, null),"
                 " (5, 'e1', 'G', null, 0, null)");

    assert_ok(bookshelf_authors_get_featured(authors, 2, &list, &err), &err);
    assert_int_equal(list.count, 2);
    assert_string_equal(list.items[0].name, "C");
    assert_string_equal(list.items[0].best_title, "c1");
    assert_string_equal(list.items[1].name, "A"); /* before B, who has the same best rating */
    assert_string_equal(list.items[1].best_title, "a2");
    assert_int_equal(list.items[1].book_count, 2);
    bookshelf_authors_get_featured_row_list_free(&list);

    assert_ok(bookshelf_authors_get_featured(authors, 10, &list, &err), &err);
    assert_int_equal(list.count, 3);
    assert_string_equal(list.items[2].name, "B");
    assert_string_equal(list.items[2].nationality, "Polish");
    assert_string_equal(list.items[2].best_title, "b1");
    bookshelf_authors_get_featured_row_list_free(&list);
    assert_ok(bookshelf_authors_get_featured(authors, 0, &list, &err), &err);
    assert_int_equal(list.count, 0);
    bookshelf_authors_get_featured_row_list_free(&list);
}

static void computes_stats(void **state)
{
    quire_db *db = *state;
    bookshelf_authors_repo authors = bookshelf_repos_on(db).authors;
    quire_error err = { 0 };
    bookshelf_authors_get_stats_row_list stats = { 0 };
    test_sql(db,
             "insert into authors (name, nationality, death_date, deleted_at)"
             " values ('A', 'Polish', '2000-01-01', null), ('B', 'Polish', null, null),"
             " ('C', null, null, null), ('D', 'Danish', null, null), ('E', 'Danish', null, now());"
             "insert into books (author_id, title, genre, rating, ratings_count, deleted_at)"
             " values (1, 'a1', 'G', 3, 1, null), (1, 'a2', 'G', 4, 1, null),"
             " (2, 'b1', 'G', 5, 1, now()), (4, 'd1', 'G', null, 0, null)");

    assert_ok(bookshelf_authors_get_stats(authors, &stats, &err), &err);
    assert_int_equal(stats.count, 3);
    assert_string_equal(stats.items[0].nationality, "Polish");
    assert_int_equal(stats.items[0].author_count, 2);
    assert_int_equal(stats.items[0].living_count, 1);
    assert_int_equal(stats.items[0].book_count, 2);
    assert_int_equal((int)(stats.items[0].average_rating.value * 10), 35);
    assert_string_equal(stats.items[1].nationality, "Danish");
    assert_int_equal(stats.items[1].author_count, 1);
    assert_int_equal(stats.items[1].book_count, 1);
    assert_false(stats.items[1].average_rating.has);
    assert_null(stats.items[2].nationality);
    assert_int_equal(stats.items[2].book_count, 0);
    bookshelf_authors_get_stats_row_list_free(&stats);
}

static void finds_without_books(void **state)
{
    quire_db *db = *state;
    quire_error err = { 0 };
    bookshelf_authors_find_without_books_row_list list = { 0 };
    add_rows(db);
    test_sql(db, "insert into authors (name) values ('Zero');"
                 "update books set deleted_at = now() where author_id = 2");

    assert_ok(bookshelf_authors_find_without_books(bookshelf_repos_on(db).authors, &list, &err),
              &err);
    assert_int_equal(list.count, 2);
    size_t zero = list.items[0].id == 3 ? 0 : 1; /* where 村 sorts is the database's affair */
    assert_string_equal(list.items[zero].name, "Zero");
    assert_null(list.items[zero].deleted_title); /* the outer join found no row */
    assert_string_equal(list.items[1 - zero].deleted_title, "海辺のカフカ 🐈");
    bookshelf_authors_find_without_books_row_list_free(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        bookshelf_test(creates),           bookshelf_test(refuses),
        bookshelf_test(finds_and_updates), bookshelf_test(deletes_restores_purges),
        bookshelf_test(finds_with_books),  bookshelf_test(searches),
        bookshelf_test(finds_by_name),     bookshelf_test(features),
        bookshelf_test(computes_stats),    bookshelf_test(finds_without_books),
    };
    return cmocka_run_group_tests_name("bookshelf: authors", tests, bookshelf_setup,
                                       bookshelf_teardown);
}
