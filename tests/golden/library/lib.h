/* Written by `quire codegen`; do not edit. */
/* Made from schema and queries 9ff73d2a3d3b25c6. */
/* clang-format off */
#ifndef LIB_H
#define LIB_H

/*
 * The tables and queries of the project as C.
 *
 * Functions return a quire_status. They need no locks: whatever the threads of the handle allow.
 * What every one may fail with (quire/error.h): QUIRE_CONNECT, QUIRE_LOST, QUIRE_TIMEOUT,
 * QUIRE_DENIED, QUIRE_SERIALIZATION, QUIRE_SQL, QUIRE_DATA, QUIRE_MEMORY, QUIRE_INVALID, and
 * QUIRE_SCHEMA when the database is not the one this was written for. Those that write may fail
 * with QUIRE_UNIQUE and QUIRE_CONSTRAINT too. What comes on top of these is said at the function.
 * On failure outputs are as they were. The status may be passed over where `err` is looked at
 * later: a success leaves it as it is.
 *
 * Rows own what they point to, until they are freed with their ..._free, which takes NULL and
 * zeroed structs too. A row inside a list or inside another row belongs to that one: only the
 * outermost is freed. Parameters are only read during the call.
 */

#include <quire/generated.h>

#if QUIRE_ABI != 1
#error "lib.h was written for another version of Quire: run quire codegen"
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Links only with a library that this code was written for. */
extern const int *const lib_quire_abi;

/* ---- enums ------------------------------------------------------------------------------------ */

/* The type shelf. Zero is none of its values. */
typedef enum lib_shelf {
    LIB_SHELF_FICTION = 1,
    LIB_SHELF_FACT = 2
} lib_shelf;

typedef struct lib_nullable_shelf {
    bool has;
    lib_shelf value;
} lib_nullable_shelf;

typedef struct lib_optional_shelf {
    quire_presence presence;
    lib_shelf value;
} lib_optional_shelf;

/* The label of a value; NULL for a number that is none. Static text. */
const char *lib_shelf_label(lib_shelf value);
/* The value of a label, 0 when there is none. */
lib_shelf lib_shelf_parse(const char *label);

/* ---- rows ------------------------------------------------------------------------------------- */

/* A row of authors. */
typedef struct lib_author {
    int32_t id;
    const char *name;
    quire_nullable_date born;
    quire_memory *owner_;
} lib_author;

typedef struct lib_author_list {
    lib_author *items;
    size_t count;
    quire_memory *owner_;
} lib_author_list;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void lib_author_free(lib_author *row);
void lib_author_list_free(lib_author_list *list);

/* A row of books. */
typedef struct lib_book {
    int32_t id;
    int32_t author_id;
    const char *title;
    lib_shelf shelf;
    quire_nullable_float8 rating;
    quire_nullable_decimal price;
    quire_text_array tags;
    quire_memory *owner_;
} lib_book;

typedef struct lib_book_list {
    lib_book *items;
    size_t count;
    quire_memory *owner_;
} lib_book_list;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void lib_book_free(lib_book *row);
void lib_book_list_free(lib_book_list *list);

/* ---- authors ---------------------------------------------------------------------------------- */

/* The repository of the table authors. */
typedef struct lib_authors_repo {
    quire_db *db;
} lib_authors_repo;

/*
 * The row of authors with this key.
 * The row in *out, to be freed with lib_author_free. QUIRE_NO_ROW when there is none.
 */
quire_status lib_authors_find_by_id(lib_authors_repo repo, int32_t id, lib_author *out,
                                    quire_error *err);

/* A new row of authors. What is not named is left to its default. */
typedef struct lib_author_new {
    /* Required. */
    quire_optional_int4 id;
    /* Required. */
    const char *name;
    quire_optional_date born;
} lib_author_new;

/*
 * Adds a row to authors. What is not set gets its default.
 * The row in *out, to be freed with lib_author_free; NULL when it is not wanted.
 */
quire_status lib_authors_create(lib_authors_repo repo, const lib_author_new *values,
                                lib_author *out, quire_error *err);

/* Changes to a row of authors. What is not named stays as it is. */
typedef struct lib_author_changes {
    const char *name;
    quire_optional_date born;
} lib_author_changes;

/*
 * Changes the row of authors with this key: the fields that are set, at least one.
 * QUIRE_INVALID when none is set.
 * The row in *out, to be freed with lib_author_free; NULL when it is not wanted. QUIRE_NO_ROW when
 * there is none.
 */
quire_status lib_authors_update(lib_authors_repo repo, int32_t id,
                                const lib_author_changes *changes, lib_author *out,
                                quire_error *err);

/*
 * Removes the row of authors with this key.
 * QUIRE_NO_ROW when there is no such row.
 */
quire_status lib_authors_delete(lib_authors_repo repo, int32_t id, quire_error *err);

/* A row of authors with books. */
typedef struct lib_author_with_books {
    int32_t id;
    const char *name;
    quire_nullable_date born;
    lib_book_list books;
    quire_memory *owner_;
} lib_author_with_books;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void lib_author_with_books_free(lib_author_with_books *row);

/*
 * The row of authors with this key, and all its books, in one round trip.
 * The row in *out, to be freed with lib_author_with_books_free. QUIRE_NO_ROW when there is none.
 */
quire_status lib_authors_find_by_id_with_books(lib_authors_repo repo, int32_t id,
                                               lib_author_with_books *out, quire_error *err);

/* ---- books ------------------------------------------------------------------------------------ */

/* The repository of the table books. */
typedef struct lib_books_repo {
    quire_db *db;
} lib_books_repo;

/*
 * The row of books with this key.
 * The row in *out, to be freed with lib_book_free. QUIRE_NO_ROW when there is none.
 */
quire_status lib_books_find_by_id(lib_books_repo repo, int32_t id, lib_book *out, quire_error *err);

/* A new row of books. What is not named is left to its default. */
typedef struct lib_book_new {
    /* Required. */
    quire_optional_int4 author_id;
    /* Required. */
    const char *title;
    /* Required. */
    lib_optional_shelf shelf;
    quire_optional_float8 rating;
    quire_optional_decimal price;
    quire_optional_text_array tags;
} lib_book_new;

/*
 * Adds a row to books. What is not set gets its default.
 * The row in *out, to be freed with lib_book_free; NULL when it is not wanted.
 */
quire_status lib_books_create(lib_books_repo repo, const lib_book_new *values, lib_book *out,
                              quire_error *err);

/* Changes to a row of books. What is not named stays as it is. */
typedef struct lib_book_changes {
    quire_optional_int4 author_id;
    const char *title;
    lib_optional_shelf shelf;
    quire_optional_float8 rating;
    quire_optional_decimal price;
    quire_optional_text_array tags;
} lib_book_changes;

/*
 * Changes the row of books with this key: the fields that are set, at least one.
 * QUIRE_INVALID when none is set.
 * The row in *out, to be freed with lib_book_free; NULL when it is not wanted. QUIRE_NO_ROW when
 * there is none.
 */
quire_status lib_books_update(lib_books_repo repo, int32_t id, const lib_book_changes *changes,
                              lib_book *out, quire_error *err);

/*
 * Removes the row of books with this key.
 * QUIRE_NO_ROW when there is no such row.
 */
quire_status lib_books_delete(lib_books_repo repo, int32_t id, quire_error *err);

/* A row of books with author. */
typedef struct lib_book_with_author {
    int32_t id;
    int32_t author_id;
    const char *title;
    lib_shelf shelf;
    quire_nullable_float8 rating;
    quire_nullable_decimal price;
    quire_text_array tags;
    lib_author author;
    quire_memory *owner_;
} lib_book_with_author;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void lib_book_with_author_free(lib_book_with_author *row);

/*
 * The row of books with this key, and its author.
 * The row in *out, to be freed with lib_book_with_author_free. QUIRE_NO_ROW when there is none.
 */
quire_status lib_books_find_by_id_with_author(lib_books_repo repo, int32_t id,
                                              lib_book_with_author *out, quire_error *err);

typedef enum lib_books_search_sort {
    LIB_BOOKS_SEARCH_SORT_TITLE = 0,
    LIB_BOOKS_SEARCH_SORT_TOP_RATED = 1
} lib_books_search_sort;

/* What books.search can be told; what is not named is left out. */
typedef struct lib_books_search_params {
    lib_optional_shelf shelf;
    const char *title;
    quire_optional_float8 low;
    quire_optional_float8 high;
    quire_optional_text_array tags;
    quire_optional_int8 limit;
    lib_books_search_sort sort;
} lib_books_search_params;

/*
 * Books by any mix of filters.
 *
 * The filters are independent of each other.
 * All rows in *out, to be freed with lib_book_list_free.
 * (queries/books.sql)
 */
quire_status lib_books_search(lib_books_repo repo, const lib_books_search_params *params,
                              lib_book_list *out, quire_error *err);

/* A row of books.page. */
typedef struct lib_books_page_row {
    int32_t id;
    const char *title;
    quire_memory *owner_;
} lib_books_page_row;

typedef struct lib_books_page_row_list {
    lib_books_page_row *items;
    size_t count;
    quire_memory *owner_;
} lib_books_page_row_list;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void lib_books_page_row_free(lib_books_page_row *row);
void lib_books_page_row_list_free(lib_books_page_row_list *list);

/*
 * The query books.page.
 * All rows in *out, to be freed with lib_books_page_row_list_free.
 * (queries/books.sql)
 */
quire_status lib_books_page(lib_books_repo repo, int32_t after, int64_t size,
                            lib_books_page_row_list *out, quire_error *err);

/* What books.both can be told; what is not named is left out. */
typedef struct lib_books_both_params {
    quire_optional_float8 min_rating;
} lib_books_both_params;

/*
 * Arguments and optional lines.
 * All rows in *out, to be freed with lib_book_list_free.
 * (queries/books.sql)
 */
quire_status lib_books_both(lib_books_repo repo, int32_t author_id,
                            const lib_books_both_params *params, lib_book_list *out,
                            quire_error *err);

/* A row of books.joined. */
typedef struct lib_books_joined_row {
    const char *title;
    const char *author;
    quire_nullable_date born;
    const char *other;
    quire_nullable_float8 rate;
    quire_memory *owner_;
} lib_books_joined_row;

typedef struct lib_books_joined_row_list {
    lib_books_joined_row *items;
    size_t count;
    quire_memory *owner_;
} lib_books_joined_row_list;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void lib_books_joined_row_free(lib_books_joined_row *row);
void lib_books_joined_row_list_free(lib_books_joined_row_list *list);

/*
 * The query books.joined.
 * All rows in *out, to be freed with lib_books_joined_row_list_free.
 * (queries/books.sql)
 */
quire_status lib_books_joined(lib_books_repo repo, lib_books_joined_row_list *out,
                              quire_error *err);

/*
 * The query books.set_price.
 * *affected is the number of rows that it touched; NULL when it is not wanted.
 * (queries/books.sql)
 */
quire_status lib_books_set_price(lib_books_repo repo, quire_nullable_decimal price, int32_t id,
                                 int64_t *affected, quire_error *err);

/* The value of books.price. */
typedef struct lib_books_price_value {
    quire_nullable_decimal value;
    quire_memory *owner_;
} lib_books_price_value;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void lib_books_price_value_free(lib_books_price_value *row);

/*
 * The query books.price.
 * The value in *out, to be freed with lib_books_price_value_free. QUIRE_NO_ROW,
 * QUIRE_TOO_MANY_ROWS.
 * (queries/books.sql)
 */
quire_status lib_books_price(lib_books_repo repo, int32_t id, lib_books_price_value *out,
                             quire_error *err);

/* The value of books.titles. */
typedef struct lib_books_titles_value {
    quire_nullable_text_array value;
    quire_memory *owner_;
} lib_books_titles_value;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void lib_books_titles_value_free(lib_books_titles_value *row);

/*
 * The query books.titles.
 * The value in *out, to be freed with lib_books_titles_value_free. QUIRE_NO_ROW,
 * QUIRE_TOO_MANY_ROWS.
 * (queries/books.sql)
 */
quire_status lib_books_titles(lib_books_repo repo, lib_books_titles_value *out, quire_error *err);

/*
 * The query books.count.
 * The value in *out. QUIRE_NO_ROW, QUIRE_TOO_MANY_ROWS.
 * (queries/books.sql)
 */
quire_status lib_books_count(lib_books_repo repo, lib_shelf shelf, int64_t *out, quire_error *err);

/*
 * The query books.shelf_of.
 * The value in *out. QUIRE_NO_ROW, QUIRE_TOO_MANY_ROWS.
 * (queries/books.sql)
 */
quire_status lib_books_shelf_of(lib_books_repo repo, int32_t id, lib_shelf *out, quire_error *err);

/*
 * The query books.by_title.
 * *found tells whether there is a row; then it is in *out, to be freed with lib_book_free.
 * QUIRE_TOO_MANY_ROWS.
 * (queries/books.sql)
 */
quire_status lib_books_by_title(lib_books_repo repo, const char *title, bool *found, lib_book *out,
                                quire_error *err);

/*
 * The query books.latest.
 * Exactly one row in *out, to be freed with lib_book_free. QUIRE_NO_ROW, QUIRE_TOO_MANY_ROWS.
 * (queries/books.sql)
 */
quire_status lib_books_latest(lib_books_repo repo, lib_book *out, quire_error *err);

/*
 * The query books.forget.
 * (queries/books.sql)
 */
quire_status lib_books_forget(lib_books_repo repo, quire_enum_array shelves, quire_error *err);

/*
 * The query books.ping.
 * (queries/books.sql)
 */
quire_status lib_books_ping(lib_books_repo repo, const char *payload, quire_error *err);

/* A row of books.echo. */
typedef struct lib_books_echo_row {
    const char *a;
    const char *b;
    quire_time c;
    quire_nullable_int4_array d;
    const char *out;
    const char *e;
    quire_memory *owner_;
} lib_books_echo_row;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void lib_books_echo_row_free(lib_books_echo_row *row);

/*
 * Strings and operators that look like parameters are none.
 * Exactly one row in *out, to be freed with lib_books_echo_row_free. QUIRE_NO_ROW,
 * QUIRE_TOO_MANY_ROWS.
 * (queries/books.sql)
 */
quire_status lib_books_echo(lib_books_repo repo, const char *yes, lib_books_echo_row *out,
                            quire_error *err);

/*
 * sqlc's way of writing.
 * Exactly one row in *out, to be freed with lib_book_free. QUIRE_NO_ROW, QUIRE_TOO_MANY_ROWS.
 * (queries/books.sql)
 */
quire_status lib_books_get_old(lib_books_repo repo, int32_t arg1, const char *title,
                               lib_shelf shelf, quire_nullable_decimal price, lib_book *out,
                               quire_error *err);

/* ---- reports ---------------------------------------------------------------------------------- */

/* The repository of queries/reports.sql. */
typedef struct lib_reports_repo {
    quire_db *db;
} lib_reports_repo;

/* A row of reports.per_author. */
typedef struct lib_reports_per_author_row {
    const char *name;
    int64_t count;
    quire_nullable_float8 average;
    quire_nullable_decimal dearest;
    quire_memory *owner_;
} lib_reports_per_author_row;

typedef struct lib_reports_per_author_row_list {
    lib_reports_per_author_row *items;
    size_t count;
    quire_memory *owner_;
} lib_reports_per_author_row_list;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void lib_reports_per_author_row_free(lib_reports_per_author_row *row);
void lib_reports_per_author_row_list_free(lib_reports_per_author_row_list *list);

/*
 * A repository without a table of its name.
 * All rows in *out, to be freed with lib_reports_per_author_row_list_free.
 * (queries/reports.sql)
 */
quire_status lib_reports_per_author(lib_reports_repo repo, lib_reports_per_author_row_list *out,
                                    quire_error *err);

/* ---- all repositories ------------------------------------------------------------------------- */

typedef struct lib_repos {
    lib_authors_repo authors;
    lib_books_repo books;
    lib_reports_repo reports;
} lib_repos;

/* The repositories over a database or a transaction. Nothing to free; valid as long as `db`. */
lib_repos lib_repos_on(quire_db *db);

#ifdef __cplusplus
}
#endif

#endif
