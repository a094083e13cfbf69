/*
 * books.search and other queries with optional parts, against the same query written out in plain
 * SQL: each filter alone, every combination of them, every order, and many rows.
 */
#include "bookshelf/fixture.h"

#include <stdio.h>
#include <string.h>

/* Sixty books of five authors, with NULLs, ties and deleted ones among them. */
static void add_many_books(quire_db *db)
{
    test_sql(db,
             "insert into authors (name, original_name)"
             " select 'Author ' || n, case when n % 2 = 0 then '作者' || n end"
             " from generate_series(1, 5) n;"
             "insert into books (author_id, title, genre, pages, published_year, price, rating,"
             "                   ratings_count, available, deleted_at)"
             " select 1 + n % 5, (array['The Dune', 'dunes of Mars', 'Mars', '火星', '100% \\_'])"
             "               [1 + n % 5] || ' ' || n % 4,"
             "        (array['Fantasy', 'Horror', 'Éssays'])[1 + n % 3], n * 10,"
             "        case when n % 7 > 0 then 1900 + n * 13 % 40 end,"
             "        case when n % 6 > 0 then (n * 37 % 50) / 4.0 end,"
             "        case when n % 8 > 0 then (n * 29 % 50) / 10.0 end, 1 + n % 9, n % 4 > 0,"
             "        case when n % 10 = 0 then now() end"
             " from generate_series(1, 60) n");
}

/* What one filter is in the function's parameters and in SQL. */
typedef struct filter {
    void (*set)(bookshelf_books_search_params *params);
    const char *sql;
} filter;

static void genre(bookshelf_books_search_params *params)
{
    params->genre = "Fantasy";
}

static void author_id(bookshelf_books_search_params *params)
{
    params->author_id = (quire_optional_int8)QUIRE_SOME(2);
}

static void author(bookshelf_books_search_params *params)
{
    params->author = "aUTHOR";
}

static void title(bookshelf_books_search_params *params)
{
    params->title = "mars";
}

static void min_rating(bookshelf_books_search_params *params)
{
    params->min_rating = (quire_optional_float8)QUIRE_SOME(1.5);
}

static void max_rating(bookshelf_books_search_params *params)
{
    params->max_rating = (quire_optional_float8)QUIRE_SOME(4.3);
}

static void min_price(bookshelf_books_search_params *params)
{
    params->min_price = (quire_optional_decimal)QUIRE_SOME(quire_decimal_of("2.25"));
}

static void max_price(bookshelf_books_search_params *params)
{
    params->max_price = (quire_optional_decimal)QUIRE_SOME(quire_decimal_of("11"));
}

static void available(bookshelf_books_search_params *params)
{
    params->available = (quire_optional_bool)QUIRE_SOME(true);
}

static const filter filters[] = {
    { genre, "genre = 'Fantasy'" },
    { author_id, "author_id = 2" },
    { author, "author_id between 1 and 5" },
    { title, "title ilike '%mars%'" },
    { min_rating, "rating >= 1.5" },
    { max_rating, "rating <= 4.3" },
    { min_price, "price >= 2.25" },
    { max_price, "price <= 11" },
    { available, "available" },
};
#define FILTERS (sizeof filters / sizeof *filters)

static void search_is(quire_db *db, const bookshelf_books_search_params *params, const char *oracle)
{
    quire_error err = { 0 };
    bookshelf_book_list books = { 0 };
    assert_ok(bookshelf_books_search(bookshelf_repos_on(db).books, params, &books, &err), &err);
    assert_books_are(db, &books, oracle);
    bookshelf_book_list_free(&books);
}

/* Searches with the filters of a bit mask; returns nothing, fails when the rows are not the same. */
static void combine(quire_db *db, unsigned mask)
{
    bookshelf_books_search_params params = { 0 };
    char oracle[1024] = "select id from books where deleted_at is null";
    for (size_t f = 0; f < FILTERS; f++) {
        if (!(mask & (1u << f)))
            continue;
        filters[f].set(&params);
        size_t used = strlen(oracle);
        snprintf(oracle + used, sizeof oracle - used, " and %s", filters[f].sql);
    }
    size_t used = strlen(oracle);
    snprintf(oracle + used, sizeof oracle - used, " order by rating desc nulls last, id");
    search_is(db, &params, oracle);
}

static void each_filter_alone(void **state)
{
    add_many_books(*state);
    combine(*state, 0);
    for (size_t f = 0; f < FILTERS; f++)
        combine(*state, 1u << f);
    /* The data tell the filters apart: none lets all rows through, none stops all, but one. */
    assert_int_equal(test_int(*state, "select count(*) from books where deleted_at is null"), 54);
    assert_int_equal(
        test_int(*state, "select count(*) from books where deleted_at is null and rating >= 1.5"),
        33);
}

static void every_combination(void **state)
{
    add_many_books(*state);
    for (unsigned mask = 0; mask < 1u << FILTERS; mask++)
        combine(*state, mask);
}

static void every_order(void **state)
{
    static const struct {
        bookshelf_books_search_sort sort;
        const char *sql;
    } orders[] = {
        { BOOKSHELF_BOOKS_SEARCH_SORT_TOP_RATED, "rating desc nulls last, id" },
        { BOOKSHELF_BOOKS_SEARCH_SORT_MOST_RATED, "ratings_count desc, id" },
        { BOOKSHELF_BOOKS_SEARCH_SORT_TITLE, "title, id" },
        { BOOKSHELF_BOOKS_SEARCH_SORT_NEWEST, "published_year desc nulls last, id" },
        { BOOKSHELF_BOOKS_SEARCH_SORT_OLDEST, "published_year nulls last, id" },
        { BOOKSHELF_BOOKS_SEARCH_SORT_CHEAPEST, "price nulls last, id" },
    };
    add_many_books(*state);
    for (size_t o = 0; o < sizeof orders / sizeof *orders; o++) {
        char oracle[256];
        snprintf(oracle, sizeof oracle, "select id from books where deleted_at is null order by %s",
                 orders[o].sql);
        search_is(*state, &(bookshelf_books_search_params){ .sort = orders[o].sort }, oracle);
    }
}

static void limits_and_offsets(void **state)
{
    quire_db *db = *state;
    add_many_books(db);
    search_is(db, &(bookshelf_books_search_params){ .limit = QUIRE_SOME(7) },
              "select id from books where deleted_at is null"
              " order by rating desc nulls last, id limit 7");
    search_is(db, &(bookshelf_books_search_params){ .offset = QUIRE_SOME(50) },
              "select id from books where deleted_at is null"
              " order by rating desc nulls last, id offset 50");
    search_is(db,
              &(bookshelf_books_search_params){ .genre = "Horror",
                                                .sort = BOOKSHELF_BOOKS_SEARCH_SORT_TITLE,
                                                .limit = QUIRE_SOME(5),
                                                .offset = QUIRE_SOME(5) },
              "select id from books where deleted_at is null and genre = 'Horror'"
              " order by title, id limit 5 offset 5");
    search_is(db, &(bookshelf_books_search_params){ .limit = QUIRE_SOME(0) },
              "select 1 where false");
    search_is(db, &(bookshelf_books_search_params){ .offset = QUIRE_SOME(1000) },
              "select 1 where false");

    quire_error err = { 0 };
    bookshelf_book_list books = { 0 };
    assert_status(QUIRE_SQL,
                  bookshelf_books_search(
                      bookshelf_repos_on(db).books,
                      &(bookshelf_books_search_params){ .limit = QUIRE_SOME(-1) }, &books, &err),
                  &err);
    assert_string_equal(err.sqlstate, "2201W");
    assert_string_equal(err.query, "books.search");
    assert_null(books.items);
}

static void texts_are_only_values(void **state)
{
    quire_db *db = *state;
    add_many_books(db);
    /* What would be a pattern or a quote in SQL is just text here. */
    search_is(db, &(bookshelf_books_search_params){ .title = "100% \\_" },
              "select id from books where deleted_at is null and author_id = 5"
              " order by rating desc nulls last, id");
    search_is(db, &(bookshelf_books_search_params){ .title = "%" },
              "select id from books where deleted_at is null and author_id = 5"
              " order by rating desc nulls last, id");
    search_is(db, &(bookshelf_books_search_params){ .title = "_une" }, "select 1 where false");
    search_is(db, &(bookshelf_books_search_params){ .title = "' or true --" },
              "select 1 where false");
    search_is(db, &(bookshelf_books_search_params){ .title = "火星" },
              "select id from books where deleted_at is null and author_id = 4"
              " order by rating desc nulls last, id");
    search_is(db, &(bookshelf_books_search_params){ .author = "作者4", .genre = "Éssays" },
              "select id from books where deleted_at is null and author_id = 4"
              " and genre = 'Éssays' order by rating desc nulls last, id");
    search_is(db, &(bookshelf_books_search_params){ .title = "" },
              "select id from books where deleted_at is null"
              " order by rating desc nulls last, id");
}

static void exact_prices(void **state)
{
    quire_db *db = *state;
    add_rows(db);
    test_sql(db, "update books set price = 99999999.99 where id = 2");
    search_is(db,
              &(bookshelf_books_search_params){ .min_price =
                                                    QUIRE_SOME(quire_decimal_of("99999999.99")) },
              "select 2");
    search_is(db,
              &(bookshelf_books_search_params){
                  .min_price = QUIRE_SOME(quire_decimal_of("99999999.990000000000000000001")) },
              "select 1 where false");
    search_is(db,
              &(bookshelf_books_search_params){ .max_price = QUIRE_SOME(quire_decimal_of("0.05")) },
              "select 3");

    quire_error err = { 0 };
    bookshelf_book_list books = { 0 };
    assert_status(QUIRE_DATA,
                  bookshelf_books_search(bookshelf_repos_on(db).books,
                                         &(bookshelf_books_search_params){
                                             .max_price = QUIRE_SOME(quire_decimal_of("9,99")) },
                                         &books, &err),
                  &err);
    assert_string_equal(err.column, "max_price");
}

/* NULL that is given is not a filter that is left out: nothing equals NULL, as in SQL. */
static void null_equals_nothing(void **state)
{
    add_rows(*state);
    search_is(*state, &(bookshelf_books_search_params){ .genre = QUIRE_NULL_TEXT },
              "select 1 where false");
    search_is(*state, &(bookshelf_books_search_params){ .min_rating = QUIRE_NULL },
              "select 1 where false");
}

/* Ten thousand rows with text of every length, in one list with one thing to free. */
static void ten_thousand_rows(void **state)
{
    quire_db *db = *state;
    quire_error err = { 0 };
    bookshelf_book_list books = { 0 };
    test_sql(db, "insert into authors (name) values ('A');"
                 "insert into books (author_id, title, genre, pages, price, tags)"
                 " select 1, repeat('🐙é', n % 50) || n, 'G', n, n / 100.0,"
                 "        case when n % 2 = 0 then array['t' || n] else '{}' end"
                 " from generate_series(1, 10000) n");

    assert_ok(bookshelf_books_search(bookshelf_repos_on(db).books, NULL, &books, &err), &err);
    assert_int_equal(books.count, 10000);
    int64_t pages = 0;
    int64_t bytes = 0;
    int64_t tags = 0;
    int64_t cents = 0;
    for (size_t i = 0; i < books.count; i++) {
        int64_t price = 0;
        assert_int_equal(books.items[i].id, i + 1);
        assert_int_equal(quire_decimal_to_int8(books.items[i].price.value, 2, &price), QUIRE_OK);
        pages += books.items[i].pages;
        bytes += (int64_t)strlen(books.items[i].title);
        tags += (int64_t)books.items[i].tags.count;
        cents += price;
    }
    assert_int_equal(pages, 50005000);
    assert_int_equal(cents, 50005000);
    assert_int_equal(bytes, test_int(db, "select sum(octet_length(title)) from books"));
    assert_int_equal(tags, 5000);
    assert_book_is(db, &books.items[0]);
    assert_book_is(db, &books.items[4999]);
    assert_book_is(db, &books.items[9999]);
    assert_string_equal(books.items[9999].title, "10000");
    bookshelf_book_list_free(&books);
    assert_null(books.items);
    assert_int_equal(books.count, 0);
}

static void ten_thousand_children(void **state)
{
    quire_db *db = *state;
    quire_error err = { 0 };
    bookshelf_author_with_books author = { 0 };
    test_sql(db, "insert into authors (name) values ('A'), ('B');"
                 "insert into books (author_id, title, genre, deleted_at)"
                 " select 1 + n % 2, 'T' || n, 'G', case when n % 20 = 0 then now() end"
                 " from generate_series(1, 20000) n");
    assert_ok(
        bookshelf_authors_find_by_id_with_books(bookshelf_repos_on(db).authors, 2, &author, &err),
        &err);
    assert_int_equal(author.books.count, 10000);
    assert_books_are(db, &author.books,
                     "select id from books where author_id = 2 and deleted_at is null order by id");
    bookshelf_author_with_books_free(&author);
    assert_ok(
        bookshelf_authors_find_by_id_with_books(bookshelf_repos_on(db).authors, 1, &author, &err),
        &err);
    assert_int_equal(author.books.count, 9000);
    bookshelf_author_with_books_free(&author);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        bookshelf_test(each_filter_alone),     bookshelf_test(every_combination),
        bookshelf_test(every_order),           bookshelf_test(limits_and_offsets),
        bookshelf_test(texts_are_only_values), bookshelf_test(exact_prices),
        bookshelf_test(null_equals_nothing),   bookshelf_test(ten_thousand_rows),
        bookshelf_test(ten_thousand_children),
    };
    return cmocka_run_group_tests_name("bookshelf: books.search", tests, bookshelf_setup,
                                       bookshelf_teardown);
}
