/* Written by `quire codegen`; do not edit. */
/* Made from schema and queries be403bc4cd07e34c. */
/* clang-format off */
#ifndef BOOKSHELF_H
#define BOOKSHELF_H

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
#error "bookshelf.h was written for another version of Quire: run quire codegen"
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Links only with a library that this code was written for. */
extern const int *const bookshelf_quire_abi;

/* ---- enums ------------------------------------------------------------------------------------ */

/*
 * How far a reader has come with a book.
 * The type reading_status. Zero is none of its values.
 */
typedef enum bookshelf_reading_status {
    BOOKSHELF_READING_STATUS_WANT_TO_READ = 1,
    BOOKSHELF_READING_STATUS_READING = 2,
    BOOKSHELF_READING_STATUS_FINISHED = 3,
    BOOKSHELF_READING_STATUS_ABANDONED = 4
} bookshelf_reading_status;

typedef struct bookshelf_nullable_reading_status {
    bool has;
    bookshelf_reading_status value;
} bookshelf_nullable_reading_status;

typedef struct bookshelf_optional_reading_status {
    quire_presence presence;
    bookshelf_reading_status value;
} bookshelf_optional_reading_status;

/* The label of a value; NULL for a number that is none. Static text. */
const char *bookshelf_reading_status_label(bookshelf_reading_status value);
/* The value of a label, 0 when there is none. */
bookshelf_reading_status bookshelf_reading_status_parse(const char *label);

/* ---- rows ------------------------------------------------------------------------------------- */

/* A row of authors: Who wrote the books. */
typedef struct bookshelf_author {
    int64_t id;
    /* As it stands on English editions. */
    const char *name;
    /* In the script of the author's own language, where that is not Latin. */
    const char *original_name;
    const char *biography;
    /* In English, as an adjective; NULL when it is not known. */
    const char *nationality;
    /* NULL when the exact day is not known. */
    quire_nullable_date birth_date;
    /* NULL when the author lives, or the exact day is not known. */
    quire_nullable_date death_date;
    quire_timestamptz created_at;
    quire_timestamptz updated_at;
    quire_nullable_timestamptz deleted_at;
    quire_memory *owner_;
} bookshelf_author;

typedef struct bookshelf_author_list {
    bookshelf_author *items;
    size_t count;
    quire_memory *owner_;
} bookshelf_author_list;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void bookshelf_author_free(bookshelf_author *row);
void bookshelf_author_list_free(bookshelf_author_list *list);

/* A row of books: The catalogue. */
typedef struct bookshelf_book {
    int64_t id;
    int64_t author_id;
    const char *title;
    /* ISBN-13 without hyphens of the edition on the shelf; NULL when it has none. */
    const char *isbn;
    const char *genre;
    /* 0 when nobody has counted them yet. */
    int32_t pages;
    /* Of the first publication, whatever the edition; negative: BC. */
    quire_nullable_int2 published_year;
    /* The day of the first publication, where it is known. */
    quire_nullable_date published_on;
    /* In euros; NULL when the book is not for sale. */
    quire_nullable_decimal price;
    /* The mean of all ratings, 0 to 5; NULL before the first one. */
    quire_nullable_float8 rating;
    int32_t ratings_count;
    /* Whether it can be had now. */
    bool available;
    quire_text_array tags;
    const char *metadata;
    quire_timestamptz created_at;
    quire_timestamptz updated_at;
    quire_nullable_timestamptz deleted_at;
    quire_memory *owner_;
} bookshelf_book;

typedef struct bookshelf_book_list {
    bookshelf_book *items;
    size_t count;
    quire_memory *owner_;
} bookshelf_book_list;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void bookshelf_book_free(bookshelf_book *row);
void bookshelf_book_list_free(bookshelf_book_list *list);

/* A row of user_books: The shelves: which user has which book, and how far the reading is. */
typedef struct bookshelf_user_book {
    int64_t user_id;
    int64_t book_id;
    bookshelf_reading_status status;
    /* In percent. */
    int16_t progress;
    /* Stars, 1 to 5; NULL: not rated. */
    quire_nullable_int2 rating;
    const char *review;
    quire_nullable_date started_on;
    quire_nullable_date finished_on;
    /* Time spent with the book so far. */
    quire_interval reading_time;
    quire_timestamptz created_at;
    quire_timestamptz updated_at;
    quire_memory *owner_;
} bookshelf_user_book;

typedef struct bookshelf_user_book_list {
    bookshelf_user_book *items;
    size_t count;
    quire_memory *owner_;
} bookshelf_user_book_list;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void bookshelf_user_book_free(bookshelf_user_book *row);
void bookshelf_user_book_list_free(bookshelf_user_book_list *list);

/* A row of users: People who keep a shelf. */
typedef struct bookshelf_user {
    int64_t id;
    /* Stands for the user in links; id never leaves the system. */
    quire_uuid public_id;
    /* As the user wrote it; unique among users that are not deleted, in any case. */
    const char *email;
    const char *name;
    /* Settings and whatever else has no column: language, theme, ... */
    const char *metadata;
    quire_timestamptz created_at;
    quire_timestamptz updated_at;
    /* When the user was deleted; NULL: still here. */
    quire_nullable_timestamptz deleted_at;
    quire_memory *owner_;
} bookshelf_user;

typedef struct bookshelf_user_list {
    bookshelf_user *items;
    size_t count;
    quire_memory *owner_;
} bookshelf_user_list;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void bookshelf_user_free(bookshelf_user *row);
void bookshelf_user_list_free(bookshelf_user_list *list);

/* ---- authors ---------------------------------------------------------------------------------- */

/* The repository of the table authors: Who wrote the books. */
typedef struct bookshelf_authors_repo {
    quire_db *db;
} bookshelf_authors_repo;

/*
 * The row of authors with this key, unless it is deleted.
 * The row in *out, to be freed with bookshelf_author_free. QUIRE_NO_ROW when there is none.
 */
quire_status bookshelf_authors_find_by_id(bookshelf_authors_repo repo, int64_t id,
                                          bookshelf_author *out, quire_error *err);

/* A new row of authors. What is not named is left to its default. */
typedef struct bookshelf_author_new {
    /*
     * As it stands on English editions.
     * Required.
     */
    const char *name;
    /* In the script of the author's own language, where that is not Latin. */
    const char *original_name;
    const char *biography;
    /* In English, as an adjective; NULL when it is not known. */
    const char *nationality;
    /* NULL when the exact day is not known. */
    quire_optional_date birth_date;
    /* NULL when the author lives, or the exact day is not known. */
    quire_optional_date death_date;
    quire_optional_timestamptz created_at;
    quire_optional_timestamptz updated_at;
    quire_optional_timestamptz deleted_at;
} bookshelf_author_new;

/*
 * Adds a row to authors. What is not set gets its default.
 * The row in *out, to be freed with bookshelf_author_free; NULL when it is not wanted.
 */
quire_status bookshelf_authors_create(bookshelf_authors_repo repo,
                                      const bookshelf_author_new *values, bookshelf_author *out,
                                      quire_error *err);

/* Changes to a row of authors. What is not named stays as it is. */
typedef struct bookshelf_author_changes {
    /* As it stands on English editions. */
    const char *name;
    /* In the script of the author's own language, where that is not Latin. */
    const char *original_name;
    const char *biography;
    /* In English, as an adjective; NULL when it is not known. */
    const char *nationality;
    /* NULL when the exact day is not known. */
    quire_optional_date birth_date;
    /* NULL when the author lives, or the exact day is not known. */
    quire_optional_date death_date;
    quire_optional_timestamptz created_at;
    quire_optional_timestamptz updated_at;
    quire_optional_timestamptz deleted_at;
} bookshelf_author_changes;

/*
 * Changes the row of authors with this key: the fields that are set, at least one; updated_at
 * becomes now() by itself.
 * QUIRE_INVALID when none is set.
 * The row in *out, to be freed with bookshelf_author_free; NULL when it is not wanted.
 * QUIRE_NO_ROW when there is none.
 */
quire_status bookshelf_authors_update(bookshelf_authors_repo repo, int64_t id,
                                      const bookshelf_author_changes *changes,
                                      bookshelf_author *out, quire_error *err);

/*
 * Marks the row of authors with this key as deleted; restore takes it back.
 * QUIRE_NO_ROW when there is no such row.
 */
quire_status bookshelf_authors_delete(bookshelf_authors_repo repo, int64_t id, quire_error *err);

/*
 * Takes back the deletion of the row of authors with this key.
 * QUIRE_NO_ROW when there is no such row.
 */
quire_status bookshelf_authors_restore(bookshelf_authors_repo repo, int64_t id, quire_error *err);

/*
 * Removes the row of authors with this key for good, deleted before or not.
 * QUIRE_NO_ROW when there is no such row.
 */
quire_status bookshelf_authors_purge(bookshelf_authors_repo repo, int64_t id, quire_error *err);

/* A row of authors with books. */
typedef struct bookshelf_author_with_books {
    int64_t id;
    /* As it stands on English editions. */
    const char *name;
    /* In the script of the author's own language, where that is not Latin. */
    const char *original_name;
    const char *biography;
    /* In English, as an adjective; NULL when it is not known. */
    const char *nationality;
    /* NULL when the exact day is not known. */
    quire_nullable_date birth_date;
    /* NULL when the author lives, or the exact day is not known. */
    quire_nullable_date death_date;
    quire_timestamptz created_at;
    quire_timestamptz updated_at;
    quire_nullable_timestamptz deleted_at;
    bookshelf_book_list books;
    quire_memory *owner_;
} bookshelf_author_with_books;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void bookshelf_author_with_books_free(bookshelf_author_with_books *row);

/*
 * The row of authors with this key, unless it is deleted, and all its books that are not deleted,
 * in one round trip.
 * The row in *out, to be freed with bookshelf_author_with_books_free. QUIRE_NO_ROW when there is
 * none.
 */
quire_status bookshelf_authors_find_by_id_with_books(bookshelf_authors_repo repo, int64_t id,
                                                     bookshelf_author_with_books *out,
                                                     quire_error *err);

/*
 * Authors with `name` anywhere in their name, in Latin script or their own.
 * All rows in *out, to be freed with bookshelf_author_list_free.
 * (db/queries/authors.sql)
 */
quire_status bookshelf_authors_search(bookshelf_authors_repo repo, const char *name,
                                      bookshelf_author_list *out, quire_error *err);

/* A row of authors.get_featured. */
typedef struct bookshelf_authors_get_featured_row {
    int64_t id;
    /* As it stands on English editions. */
    const char *name;
    /* In English, as an adjective; NULL when it is not known. */
    const char *nationality;
    int64_t book_count;
    double best_rating;
    const char *best_title;
    quire_memory *owner_;
} bookshelf_authors_get_featured_row;

typedef struct bookshelf_authors_get_featured_row_list {
    bookshelf_authors_get_featured_row *items;
    size_t count;
    quire_memory *owner_;
} bookshelf_authors_get_featured_row_list;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void bookshelf_authors_get_featured_row_free(bookshelf_authors_get_featured_row *row);
void bookshelf_authors_get_featured_row_list_free(bookshelf_authors_get_featured_row_list *list);

/*
 * The n authors with the highest rated books, and the best book of each.
 * All rows in *out, to be freed with bookshelf_authors_get_featured_row_list_free.
 * (db/queries/authors.sql)
 */
quire_status bookshelf_authors_get_featured(bookshelf_authors_repo repo, int64_t n,
                                            bookshelf_authors_get_featured_row_list *out,
                                            quire_error *err);

/* A row of authors.get_stats. */
typedef struct bookshelf_authors_get_stats_row {
    /* In English, as an adjective; NULL when it is not known. */
    const char *nationality;
    int64_t author_count;
    int64_t living_count;
    int64_t book_count;
    quire_nullable_float8 average_rating;
    quire_memory *owner_;
} bookshelf_authors_get_stats_row;

typedef struct bookshelf_authors_get_stats_row_list {
    bookshelf_authors_get_stats_row *items;
    size_t count;
    quire_memory *owner_;
} bookshelf_authors_get_stats_row_list;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void bookshelf_authors_get_stats_row_free(bookshelf_authors_get_stats_row *row);
void bookshelf_authors_get_stats_row_list_free(bookshelf_authors_get_stats_row_list *list);

/*
 * Per nationality: how many authors, how many of them are not known to have died, and their books.
 * All rows in *out, to be freed with bookshelf_authors_get_stats_row_list_free.
 * (db/queries/authors.sql)
 */
quire_status bookshelf_authors_get_stats(bookshelf_authors_repo repo,
                                         bookshelf_authors_get_stats_row_list *out,
                                         quire_error *err);

/*
 * The author of exactly this name; the one entered first when there are several.
 * *found tells whether there is a row; then it is in *out, to be freed with bookshelf_author_free.
 * QUIRE_TOO_MANY_ROWS.
 * (db/queries/authors.sql)
 */
quire_status bookshelf_authors_find_by_name(bookshelf_authors_repo repo, const char *name,
                                            bool *found, bookshelf_author *out, quire_error *err);

/* A row of authors.find_without_books. */
typedef struct bookshelf_authors_find_without_books_row {
    int64_t id;
    /* As it stands on English editions. */
    const char *name;
    const char *deleted_title;
    quire_memory *owner_;
} bookshelf_authors_find_without_books_row;

typedef struct bookshelf_authors_find_without_books_row_list {
    bookshelf_authors_find_without_books_row *items;
    size_t count;
    quire_memory *owner_;
} bookshelf_authors_find_without_books_row_list;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void bookshelf_authors_find_without_books_row_free(bookshelf_authors_find_without_books_row *row);
void bookshelf_authors_find_without_books_row_list_free(
    bookshelf_authors_find_without_books_row_list *list);

/*
 * Authors of whom the catalogue has nothing, or nothing any more.
 * All rows in *out, to be freed with bookshelf_authors_find_without_books_row_list_free.
 * (db/queries/authors.sql)
 */
quire_status bookshelf_authors_find_without_books(
    bookshelf_authors_repo repo, bookshelf_authors_find_without_books_row_list *out,
    quire_error *err);

/* ---- books ------------------------------------------------------------------------------------ */

/* The repository of the table books: The catalogue. */
typedef struct bookshelf_books_repo {
    quire_db *db;
} bookshelf_books_repo;

/*
 * The row of books with this key, unless it is deleted.
 * The row in *out, to be freed with bookshelf_book_free. QUIRE_NO_ROW when there is none.
 */
quire_status bookshelf_books_find_by_id(bookshelf_books_repo repo, int64_t id, bookshelf_book *out,
                                        quire_error *err);

/* A new row of books. What is not named is left to its default. */
typedef struct bookshelf_book_new {
    /* Required. */
    quire_optional_int8 author_id;
    /* Required. */
    const char *title;
    /* ISBN-13 without hyphens of the edition on the shelf; NULL when it has none. */
    const char *isbn;
    /* Required. */
    const char *genre;
    /* 0 when nobody has counted them yet. */
    quire_optional_int4 pages;
    /* Of the first publication, whatever the edition; negative: BC. */
    quire_optional_int2 published_year;
    /* The day of the first publication, where it is known. */
    quire_optional_date published_on;
    /* In euros; NULL when the book is not for sale. */
    quire_optional_decimal price;
    /* The mean of all ratings, 0 to 5; NULL before the first one. */
    quire_optional_float8 rating;
    quire_optional_int4 ratings_count;
    /* Whether it can be had now. */
    quire_optional_bool available;
    quire_optional_text_array tags;
    const char *metadata;
    quire_optional_timestamptz created_at;
    quire_optional_timestamptz updated_at;
    quire_optional_timestamptz deleted_at;
} bookshelf_book_new;

/*
 * Adds a row to books. What is not set gets its default.
 * The row in *out, to be freed with bookshelf_book_free; NULL when it is not wanted.
 */
quire_status bookshelf_books_create(bookshelf_books_repo repo, const bookshelf_book_new *values,
                                    bookshelf_book *out, quire_error *err);

/* Changes to a row of books. What is not named stays as it is. */
typedef struct bookshelf_book_changes {
    quire_optional_int8 author_id;
    const char *title;
    /* ISBN-13 without hyphens of the edition on the shelf; NULL when it has none. */
    const char *isbn;
    const char *genre;
    /* 0 when nobody has counted them yet. */
    quire_optional_int4 pages;
    /* Of the first publication, whatever the edition; negative: BC. */
    quire_optional_int2 published_year;
    /* The day of the first publication, where it is known. */
    quire_optional_date published_on;
    /* In euros; NULL when the book is not for sale. */
    quire_optional_decimal price;
    /* The mean of all ratings, 0 to 5; NULL before the first one. */
    quire_optional_float8 rating;
    quire_optional_int4 ratings_count;
    /* Whether it can be had now. */
    quire_optional_bool available;
    quire_optional_text_array tags;
    const char *metadata;
    quire_optional_timestamptz created_at;
    quire_optional_timestamptz updated_at;
    quire_optional_timestamptz deleted_at;
} bookshelf_book_changes;

/*
 * Changes the row of books with this key: the fields that are set, at least one; updated_at
 * becomes now() by itself.
 * QUIRE_INVALID when none is set.
 * The row in *out, to be freed with bookshelf_book_free; NULL when it is not wanted. QUIRE_NO_ROW
 * when there is none.
 */
quire_status bookshelf_books_update(bookshelf_books_repo repo, int64_t id,
                                    const bookshelf_book_changes *changes, bookshelf_book *out,
                                    quire_error *err);

/*
 * Marks the row of books with this key as deleted; restore takes it back.
 * QUIRE_NO_ROW when there is no such row.
 */
quire_status bookshelf_books_delete(bookshelf_books_repo repo, int64_t id, quire_error *err);

/*
 * Takes back the deletion of the row of books with this key.
 * QUIRE_NO_ROW when there is no such row.
 */
quire_status bookshelf_books_restore(bookshelf_books_repo repo, int64_t id, quire_error *err);

/*
 * Removes the row of books with this key for good, deleted before or not.
 * QUIRE_NO_ROW when there is no such row.
 */
quire_status bookshelf_books_purge(bookshelf_books_repo repo, int64_t id, quire_error *err);

/* A row of books with author. */
typedef struct bookshelf_book_with_author {
    int64_t id;
    int64_t author_id;
    const char *title;
    /* ISBN-13 without hyphens of the edition on the shelf; NULL when it has none. */
    const char *isbn;
    const char *genre;
    /* 0 when nobody has counted them yet. */
    int32_t pages;
    /* Of the first publication, whatever the edition; negative: BC. */
    quire_nullable_int2 published_year;
    /* The day of the first publication, where it is known. */
    quire_nullable_date published_on;
    /* In euros; NULL when the book is not for sale. */
    quire_nullable_decimal price;
    /* The mean of all ratings, 0 to 5; NULL before the first one. */
    quire_nullable_float8 rating;
    int32_t ratings_count;
    /* Whether it can be had now. */
    bool available;
    quire_text_array tags;
    const char *metadata;
    quire_timestamptz created_at;
    quire_timestamptz updated_at;
    quire_nullable_timestamptz deleted_at;
    bookshelf_author author;
    quire_memory *owner_;
} bookshelf_book_with_author;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void bookshelf_book_with_author_free(bookshelf_book_with_author *row);

/*
 * The row of books with this key, unless it is deleted, and its author, deleted or not.
 * The row in *out, to be freed with bookshelf_book_with_author_free. QUIRE_NO_ROW when there is
 * none.
 */
quire_status bookshelf_books_find_by_id_with_author(bookshelf_books_repo repo, int64_t id,
                                                    bookshelf_book_with_author *out,
                                                    quire_error *err);

/* A row of books with user_books. */
typedef struct bookshelf_book_with_user_books {
    int64_t id;
    int64_t author_id;
    const char *title;
    /* ISBN-13 without hyphens of the edition on the shelf; NULL when it has none. */
    const char *isbn;
    const char *genre;
    /* 0 when nobody has counted them yet. */
    int32_t pages;
    /* Of the first publication, whatever the edition; negative: BC. */
    quire_nullable_int2 published_year;
    /* The day of the first publication, where it is known. */
    quire_nullable_date published_on;
    /* In euros; NULL when the book is not for sale. */
    quire_nullable_decimal price;
    /* The mean of all ratings, 0 to 5; NULL before the first one. */
    quire_nullable_float8 rating;
    int32_t ratings_count;
    /* Whether it can be had now. */
    bool available;
    quire_text_array tags;
    const char *metadata;
    quire_timestamptz created_at;
    quire_timestamptz updated_at;
    quire_nullable_timestamptz deleted_at;
    bookshelf_user_book_list user_books;
    quire_memory *owner_;
} bookshelf_book_with_user_books;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void bookshelf_book_with_user_books_free(bookshelf_book_with_user_books *row);

/*
 * The row of books with this key, unless it is deleted, and all its user_books, in one round trip.
 * The row in *out, to be freed with bookshelf_book_with_user_books_free. QUIRE_NO_ROW when there
 * is none.
 */
quire_status bookshelf_books_find_by_id_with_user_books(bookshelf_books_repo repo, int64_t id,
                                                        bookshelf_book_with_user_books *out,
                                                        quire_error *err);

typedef enum bookshelf_books_search_sort {
    BOOKSHELF_BOOKS_SEARCH_SORT_TOP_RATED = 0,
    BOOKSHELF_BOOKS_SEARCH_SORT_MOST_RATED = 1,
    BOOKSHELF_BOOKS_SEARCH_SORT_TITLE = 2,
    BOOKSHELF_BOOKS_SEARCH_SORT_NEWEST = 3,
    BOOKSHELF_BOOKS_SEARCH_SORT_OLDEST = 4,
    BOOKSHELF_BOOKS_SEARCH_SORT_CHEAPEST = 5
} bookshelf_books_search_sort;

/* What books.search can be told; what is not named is left out. */
typedef struct bookshelf_books_search_params {
    const char *genre;
    quire_optional_int8 author_id;
    const char *author;
    const char *title;
    quire_optional_float8 min_rating;
    quire_optional_float8 max_rating;
    quire_optional_decimal min_price;
    quire_optional_decimal max_price;
    quire_optional_bool available;
    quire_optional_int8 limit;
    quire_optional_int8 offset;
    bookshelf_books_search_sort sort;
} bookshelf_books_search_params;

/*
 * Books by any mix of filters, in the order that `sort` chooses, best rated first.
 * All rows in *out, to be freed with bookshelf_book_list_free.
 * (db/queries/books.sql)
 */
quire_status bookshelf_books_search(bookshelf_books_repo repo,
                                    const bookshelf_books_search_params *params,
                                    bookshelf_book_list *out, quire_error *err);

/*
 * The query books.find_by_isbn.
 * *found tells whether there is a row; then it is in *out, to be freed with bookshelf_book_free.
 * QUIRE_TOO_MANY_ROWS.
 * (db/queries/books.sql)
 */
quire_status bookshelf_books_find_by_isbn(bookshelf_books_repo repo, const char *isbn, bool *found,
                                          bookshelf_book *out, quire_error *err);

/*
 * Books that carry all of the tags.
 * All rows in *out, to be freed with bookshelf_book_list_free.
 * (db/queries/books.sql)
 */
quire_status bookshelf_books_find_tagged(bookshelf_books_repo repo, quire_text_array tags,
                                         bookshelf_book_list *out, quire_error *err);

/* A row of books.get_stats. */
typedef struct bookshelf_books_get_stats_row {
    const char *genre;
    int64_t book_count;
    quire_nullable_float8 average_rating;
    quire_nullable_decimal average_price;
    quire_memory *owner_;
} bookshelf_books_get_stats_row;

typedef struct bookshelf_books_get_stats_row_list {
    bookshelf_books_get_stats_row *items;
    size_t count;
    quire_memory *owner_;
} bookshelf_books_get_stats_row_list;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void bookshelf_books_get_stats_row_free(bookshelf_books_get_stats_row *row);
void bookshelf_books_get_stats_row_list_free(bookshelf_books_get_stats_row_list *list);

/*
 * Per genre: how many books, their average rating and average price; the largest genre first.
 * All rows in *out, to be freed with bookshelf_books_get_stats_row_list_free.
 * (db/queries/books.sql)
 */
quire_status bookshelf_books_get_stats(bookshelf_books_repo repo,
                                       bookshelf_books_get_stats_row_list *out, quire_error *err);

/* A row of books.get_totals. */
typedef struct bookshelf_books_get_totals_row {
    int64_t book_count;
    int64_t genre_count;
    int64_t author_count;
    int64_t available_count;
    quire_nullable_float8 average_rating;
    quire_nullable_decimal average_price;
    quire_nullable_int2 oldest_year;
    quire_memory *owner_;
} bookshelf_books_get_totals_row;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void bookshelf_books_get_totals_row_free(bookshelf_books_get_totals_row *row);

/*
 * The same over all books.
 * Exactly one row in *out, to be freed with bookshelf_books_get_totals_row_free. QUIRE_NO_ROW,
 * QUIRE_TOO_MANY_ROWS.
 * (db/queries/books.sql)
 */
quire_status bookshelf_books_get_totals(bookshelf_books_repo repo,
                                        bookshelf_books_get_totals_row *out, quire_error *err);

/*
 * The query books.count_in_genre.
 * The value in *out. QUIRE_NO_ROW, QUIRE_TOO_MANY_ROWS.
 * (db/queries/books.sql)
 */
quire_status bookshelf_books_count_in_genre(bookshelf_books_repo repo, const char *genre,
                                            int64_t *out, quire_error *err);

/* The value of books.get_price. */
typedef struct bookshelf_books_get_price_value {
    /* In euros; NULL when the book is not for sale. */
    quire_nullable_decimal value;
    quire_memory *owner_;
} bookshelf_books_get_price_value;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void bookshelf_books_get_price_value_free(bookshelf_books_get_price_value *row);

/*
 * The price of one book; SQL NULL when it is not for sale.
 * The value in *out, to be freed with bookshelf_books_get_price_value_free. QUIRE_NO_ROW,
 * QUIRE_TOO_MANY_ROWS.
 * (db/queries/books.sql)
 */
quire_status bookshelf_books_get_price(bookshelf_books_repo repo, int64_t id,
                                       bookshelf_books_get_price_value *out, quire_error *err);

/*
 * Marks many books at once; tells how many there were.
 * *affected is the number of rows that it touched; NULL when it is not wanted.
 * (db/queries/books.sql)
 */
quire_status bookshelf_books_set_available(bookshelf_books_repo repo, bool available,
                                           quire_int8_array ids, int64_t *affected,
                                           quire_error *err);

/*
 * Adds one reader's stars to the mean.
 * *found tells whether there is a row; then it is in *out, to be freed with bookshelf_book_free.
 * QUIRE_TOO_MANY_ROWS.
 * (db/queries/books.sql)
 */
quire_status bookshelf_books_add_rating(bookshelf_books_repo repo, double stars, int64_t id,
                                        bool *found, bookshelf_book *out, quire_error *err);

/* ---- user_books ------------------------------------------------------------------------------- */

/*
 * The repository of the table user_books: The shelves: which user has which book, and how far the
 * reading is.
 */
typedef struct bookshelf_user_books_repo {
    quire_db *db;
} bookshelf_user_books_repo;

/*
 * The row of user_books with this key.
 * The row in *out, to be freed with bookshelf_user_book_free. QUIRE_NO_ROW when there is none.
 */
quire_status bookshelf_user_books_find_by_id(bookshelf_user_books_repo repo, int64_t user_id,
                                             int64_t book_id, bookshelf_user_book *out,
                                             quire_error *err);

/* A new row of user_books. What is not named is left to its default. */
typedef struct bookshelf_user_book_new {
    /* Required. */
    quire_optional_int8 user_id;
    /* Required. */
    quire_optional_int8 book_id;
    bookshelf_optional_reading_status status;
    /* In percent. */
    quire_optional_int2 progress;
    /* Stars, 1 to 5; NULL: not rated. */
    quire_optional_int2 rating;
    const char *review;
    quire_optional_date started_on;
    quire_optional_date finished_on;
    /* Time spent with the book so far. */
    quire_optional_interval reading_time;
    quire_optional_timestamptz created_at;
    quire_optional_timestamptz updated_at;
} bookshelf_user_book_new;

/*
 * Adds a row to user_books. What is not set gets its default.
 * The row in *out, to be freed with bookshelf_user_book_free; NULL when it is not wanted.
 */
quire_status bookshelf_user_books_create(bookshelf_user_books_repo repo,
                                         const bookshelf_user_book_new *values,
                                         bookshelf_user_book *out, quire_error *err);

/* Changes to a row of user_books. What is not named stays as it is. */
typedef struct bookshelf_user_book_changes {
    bookshelf_optional_reading_status status;
    /* In percent. */
    quire_optional_int2 progress;
    /* Stars, 1 to 5; NULL: not rated. */
    quire_optional_int2 rating;
    const char *review;
    quire_optional_date started_on;
    quire_optional_date finished_on;
    /* Time spent with the book so far. */
    quire_optional_interval reading_time;
    quire_optional_timestamptz created_at;
    quire_optional_timestamptz updated_at;
} bookshelf_user_book_changes;

/*
 * Changes the row of user_books with this key: the fields that are set, at least one; updated_at
 * becomes now() by itself.
 * QUIRE_INVALID when none is set.
 * The row in *out, to be freed with bookshelf_user_book_free; NULL when it is not wanted.
 * QUIRE_NO_ROW when there is none.
 */
quire_status bookshelf_user_books_update(bookshelf_user_books_repo repo, int64_t user_id,
                                         int64_t book_id,
                                         const bookshelf_user_book_changes *changes,
                                         bookshelf_user_book *out, quire_error *err);

/*
 * Removes the row of user_books with this key.
 * QUIRE_NO_ROW when there is no such row.
 */
quire_status bookshelf_user_books_delete(bookshelf_user_books_repo repo, int64_t user_id,
                                         int64_t book_id, quire_error *err);

/* A row of user_books with book. */
typedef struct bookshelf_user_book_with_book {
    int64_t user_id;
    int64_t book_id;
    bookshelf_reading_status status;
    /* In percent. */
    int16_t progress;
    /* Stars, 1 to 5; NULL: not rated. */
    quire_nullable_int2 rating;
    const char *review;
    quire_nullable_date started_on;
    quire_nullable_date finished_on;
    /* Time spent with the book so far. */
    quire_interval reading_time;
    quire_timestamptz created_at;
    quire_timestamptz updated_at;
    bookshelf_book book;
    quire_memory *owner_;
} bookshelf_user_book_with_book;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void bookshelf_user_book_with_book_free(bookshelf_user_book_with_book *row);

/*
 * The row of user_books with this key, and its book, deleted or not.
 * The row in *out, to be freed with bookshelf_user_book_with_book_free. QUIRE_NO_ROW when there is
 * none.
 */
quire_status bookshelf_user_books_find_by_id_with_book(bookshelf_user_books_repo repo,
                                                       int64_t user_id, int64_t book_id,
                                                       bookshelf_user_book_with_book *out,
                                                       quire_error *err);

/* A row of user_books with user. */
typedef struct bookshelf_user_book_with_user {
    int64_t user_id;
    int64_t book_id;
    bookshelf_reading_status status;
    /* In percent. */
    int16_t progress;
    /* Stars, 1 to 5; NULL: not rated. */
    quire_nullable_int2 rating;
    const char *review;
    quire_nullable_date started_on;
    quire_nullable_date finished_on;
    /* Time spent with the book so far. */
    quire_interval reading_time;
    quire_timestamptz created_at;
    quire_timestamptz updated_at;
    bookshelf_user user;
    quire_memory *owner_;
} bookshelf_user_book_with_user;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void bookshelf_user_book_with_user_free(bookshelf_user_book_with_user *row);

/*
 * The row of user_books with this key, and its user, deleted or not.
 * The row in *out, to be freed with bookshelf_user_book_with_user_free. QUIRE_NO_ROW when there is
 * none.
 */
quire_status bookshelf_user_books_find_by_id_with_user(bookshelf_user_books_repo repo,
                                                       int64_t user_id, int64_t book_id,
                                                       bookshelf_user_book_with_user *out,
                                                       quire_error *err);

/*
 * Puts a book on a user's shelf, or moves it: reading sets the start, finished sets the end and
 * 100 percent. Dates that are there already stay.
 * Exactly one row in *out, to be freed with bookshelf_user_book_free. QUIRE_NO_ROW,
 * QUIRE_TOO_MANY_ROWS.
 * (db/queries/user_books.sql)
 */
quire_status bookshelf_user_books_set_status(bookshelf_user_books_repo repo, int64_t user_id,
                                             int64_t book_id, bookshelf_reading_status status_,
                                             bookshelf_user_book *out, quire_error *err);

/*
 * Notes how far the reading is, in percent: 100 finishes the book.
 * *found tells whether there is a row; then it is in *out, to be freed with
 * bookshelf_user_book_free. QUIRE_TOO_MANY_ROWS.
 * (db/queries/user_books.sql)
 */
quire_status bookshelf_user_books_set_progress(bookshelf_user_books_repo repo, int16_t progress,
                                               int64_t user_id, int64_t book_id, bool *found,
                                               bookshelf_user_book *out, quire_error *err);

/*
 * The query user_books.get_status.
 * The value in *out. QUIRE_NO_ROW, QUIRE_TOO_MANY_ROWS.
 * (db/queries/user_books.sql)
 */
quire_status bookshelf_user_books_get_status(bookshelf_user_books_repo repo, int64_t user_id,
                                             int64_t book_id, bookshelf_reading_status *out,
                                             quire_error *err);

/*
 * Stars and words; SQL NULL takes them back.
 * (db/queries/user_books.sql)
 */
quire_status bookshelf_user_books_set_review(bookshelf_user_books_repo repo,
                                             quire_nullable_int2 rating, const char *review,
                                             int64_t user_id, int64_t book_id, quire_error *err);

/*
 * The query user_books.add_reading_time.
 * *affected is the number of rows that it touched; NULL when it is not wanted.
 * (db/queries/user_books.sql)
 */
quire_status bookshelf_user_books_add_reading_time(bookshelf_user_books_repo repo,
                                                   quire_interval spent, int64_t user_id,
                                                   int64_t book_id, int64_t *affected,
                                                   quire_error *err);

/* A row of user_books.shelf. */
typedef struct bookshelf_user_books_shelf_row {
    int64_t book_id;
    const char *title;
    /* As it stands on English editions. */
    const char *author;
    /* 0 when nobody has counted them yet. */
    int32_t pages;
    bookshelf_reading_status status;
    /* In percent. */
    int16_t progress;
    /* Stars, 1 to 5; NULL: not rated. */
    quire_nullable_int2 rating;
    const char *review;
    quire_nullable_date started_on;
    quire_nullable_date finished_on;
    /* Time spent with the book so far. */
    quire_interval reading_time;
    quire_memory *owner_;
} bookshelf_user_books_shelf_row;

typedef struct bookshelf_user_books_shelf_row_list {
    bookshelf_user_books_shelf_row *items;
    size_t count;
    quire_memory *owner_;
} bookshelf_user_books_shelf_row_list;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void bookshelf_user_books_shelf_row_free(bookshelf_user_books_shelf_row *row);
void bookshelf_user_books_shelf_row_list_free(bookshelf_user_books_shelf_row_list *list);

/* What user_books.shelf can be told; what is not named is left out. */
typedef struct bookshelf_user_books_shelf_params {
    bookshelf_optional_reading_status status;
    quire_optional_int8 limit;
} bookshelf_user_books_shelf_params;

/*
 * A user's shelf with its books and their authors, what was touched last first.
 * All rows in *out, to be freed with bookshelf_user_books_shelf_row_list_free.
 * (db/queries/user_books.sql)
 */
quire_status bookshelf_user_books_shelf(bookshelf_user_books_repo repo, int64_t user_id,
                                        const bookshelf_user_books_shelf_params *params,
                                        bookshelf_user_books_shelf_row_list *out, quire_error *err);

/* A row of user_books.count_by_status. */
typedef struct bookshelf_user_books_count_by_status_row {
    bookshelf_reading_status status;
    int64_t book_count;
    quire_memory *owner_;
} bookshelf_user_books_count_by_status_row;

typedef struct bookshelf_user_books_count_by_status_row_list {
    bookshelf_user_books_count_by_status_row *items;
    size_t count;
    quire_memory *owner_;
} bookshelf_user_books_count_by_status_row_list;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void bookshelf_user_books_count_by_status_row_free(bookshelf_user_books_count_by_status_row *row);
void bookshelf_user_books_count_by_status_row_list_free(
    bookshelf_user_books_count_by_status_row_list *list);

/*
 * The query user_books.count_by_status.
 * All rows in *out, to be freed with bookshelf_user_books_count_by_status_row_list_free.
 * (db/queries/user_books.sql)
 */
quire_status bookshelf_user_books_count_by_status(
    bookshelf_user_books_repo repo, int64_t user_id,
    bookshelf_user_books_count_by_status_row_list *out, quire_error *err);

/*
 * What a user finished from one day to another, both included.
 * All rows in *out, to be freed with bookshelf_user_book_list_free.
 * (db/queries/user_books.sql)
 */
quire_status bookshelf_user_books_finished_between(bookshelf_user_books_repo repo, int64_t user_id,
                                                   quire_date first_day, quire_date last_day,
                                                   bookshelf_user_book_list *out, quire_error *err);

/* ---- users ------------------------------------------------------------------------------------ */

/* The repository of the table users: People who keep a shelf. */
typedef struct bookshelf_users_repo {
    quire_db *db;
} bookshelf_users_repo;

/*
 * The row of users with this key, unless it is deleted.
 * The row in *out, to be freed with bookshelf_user_free. QUIRE_NO_ROW when there is none.
 */
quire_status bookshelf_users_find_by_id(bookshelf_users_repo repo, int64_t id, bookshelf_user *out,
                                        quire_error *err);

/* A new row of users. What is not named is left to its default. */
typedef struct bookshelf_user_new {
    /* Stands for the user in links; id never leaves the system. */
    quire_optional_uuid public_id;
    /*
     * As the user wrote it; unique among users that are not deleted, in any case.
     * Required.
     */
    const char *email;
    /* Required. */
    const char *name;
    /* Settings and whatever else has no column: language, theme, ... */
    const char *metadata;
    quire_optional_timestamptz created_at;
    quire_optional_timestamptz updated_at;
    /* When the user was deleted; NULL: still here. */
    quire_optional_timestamptz deleted_at;
} bookshelf_user_new;

/*
 * Adds a row to users. What is not set gets its default.
 * The row in *out, to be freed with bookshelf_user_free; NULL when it is not wanted.
 */
quire_status bookshelf_users_create(bookshelf_users_repo repo, const bookshelf_user_new *values,
                                    bookshelf_user *out, quire_error *err);

/* Changes to a row of users. What is not named stays as it is. */
typedef struct bookshelf_user_changes {
    /* Stands for the user in links; id never leaves the system. */
    quire_optional_uuid public_id;
    /* As the user wrote it; unique among users that are not deleted, in any case. */
    const char *email;
    const char *name;
    /* Settings and whatever else has no column: language, theme, ... */
    const char *metadata;
    quire_optional_timestamptz created_at;
    quire_optional_timestamptz updated_at;
    /* When the user was deleted; NULL: still here. */
    quire_optional_timestamptz deleted_at;
} bookshelf_user_changes;

/*
 * Changes the row of users with this key: the fields that are set, at least one; updated_at
 * becomes now() by itself.
 * QUIRE_INVALID when none is set.
 * The row in *out, to be freed with bookshelf_user_free; NULL when it is not wanted. QUIRE_NO_ROW
 * when there is none.
 */
quire_status bookshelf_users_update(bookshelf_users_repo repo, int64_t id,
                                    const bookshelf_user_changes *changes, bookshelf_user *out,
                                    quire_error *err);

/*
 * Marks the row of users with this key as deleted; restore takes it back.
 * QUIRE_NO_ROW when there is no such row.
 */
quire_status bookshelf_users_delete(bookshelf_users_repo repo, int64_t id, quire_error *err);

/*
 * Takes back the deletion of the row of users with this key.
 * QUIRE_NO_ROW when there is no such row.
 */
quire_status bookshelf_users_restore(bookshelf_users_repo repo, int64_t id, quire_error *err);

/*
 * Removes the row of users with this key for good, deleted before or not.
 * QUIRE_NO_ROW when there is no such row.
 */
quire_status bookshelf_users_purge(bookshelf_users_repo repo, int64_t id, quire_error *err);

/* A row of users with user_books. */
typedef struct bookshelf_user_with_user_books {
    int64_t id;
    /* Stands for the user in links; id never leaves the system. */
    quire_uuid public_id;
    /* As the user wrote it; unique among users that are not deleted, in any case. */
    const char *email;
    const char *name;
    /* Settings and whatever else has no column: language, theme, ... */
    const char *metadata;
    quire_timestamptz created_at;
    quire_timestamptz updated_at;
    /* When the user was deleted; NULL: still here. */
    quire_nullable_timestamptz deleted_at;
    bookshelf_user_book_list user_books;
    quire_memory *owner_;
} bookshelf_user_with_user_books;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void bookshelf_user_with_user_books_free(bookshelf_user_with_user_books *row);

/*
 * The row of users with this key, unless it is deleted, and all its user_books, in one round trip.
 * The row in *out, to be freed with bookshelf_user_with_user_books_free. QUIRE_NO_ROW when there
 * is none.
 */
quire_status bookshelf_users_find_by_id_with_user_books(bookshelf_users_repo repo, int64_t id,
                                                        bookshelf_user_with_user_books *out,
                                                        quire_error *err);

/*
 * The case of the address does not count.
 * *found tells whether there is a row; then it is in *out, to be freed with bookshelf_user_free.
 * QUIRE_TOO_MANY_ROWS.
 * (db/queries/users.sql)
 */
quire_status bookshelf_users_find_by_email(bookshelf_users_repo repo, const char *email,
                                           bool *found, bookshelf_user *out, quire_error *err);

/*
 * The query users.find_by_public_id.
 * *found tells whether there is a row; then it is in *out, to be freed with bookshelf_user_free.
 * QUIRE_TOO_MANY_ROWS.
 * (db/queries/users.sql)
 */
quire_status bookshelf_users_find_by_public_id(bookshelf_users_repo repo, quire_uuid public_id,
                                               bool *found, bookshelf_user *out, quire_error *err);

/*
 * Users whose metadata contains this object: '{"language": "pl"}'.
 * All rows in *out, to be freed with bookshelf_user_list_free.
 * (db/queries/users.sql)
 */
quire_status bookshelf_users_find_by_metadata(bookshelf_users_repo repo, const char *metadata,
                                              bookshelf_user_list *out, quire_error *err);

/*
 * Sets the members of `patch` and keeps the others.
 * Exactly one row in *out, to be freed with bookshelf_user_free. QUIRE_NO_ROW, QUIRE_TOO_MANY_ROWS.
 * (db/queries/users.sql)
 */
quire_status bookshelf_users_merge_metadata(bookshelf_users_repo repo, const char *patch,
                                            int64_t id, bookshelf_user *out, quire_error *err);

/*
 * How many users have touched their shelf since then.
 * The value in *out. QUIRE_NO_ROW, QUIRE_TOO_MANY_ROWS.
 * (db/queries/users.sql)
 */
quire_status bookshelf_users_count_active(bookshelf_users_repo repo, quire_timestamptz since,
                                          int64_t *out, quire_error *err);

/* A row of users.get_activity. */
typedef struct bookshelf_users_get_activity_row {
    int64_t id;
    const char *name;
    int64_t book_count;
    int64_t finished_count;
    quire_nullable_interval reading_time;
    quire_nullable_date last_finished_on;
    quire_memory *owner_;
} bookshelf_users_get_activity_row;

typedef struct bookshelf_users_get_activity_row_list {
    bookshelf_users_get_activity_row *items;
    size_t count;
    quire_memory *owner_;
} bookshelf_users_get_activity_row_list;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void bookshelf_users_get_activity_row_free(bookshelf_users_get_activity_row *row);
void bookshelf_users_get_activity_row_list_free(bookshelf_users_get_activity_row_list *list);

/*
 * What each user has on the shelf; users without books too.
 * All rows in *out, to be freed with bookshelf_users_get_activity_row_list_free.
 * (db/queries/users.sql)
 */
quire_status bookshelf_users_get_activity(bookshelf_users_repo repo,
                                          bookshelf_users_get_activity_row_list *out,
                                          quire_error *err);

/* ---- all repositories ------------------------------------------------------------------------- */

typedef struct bookshelf_repos {
    bookshelf_authors_repo authors;
    bookshelf_books_repo books;
    bookshelf_user_books_repo user_books;
    bookshelf_users_repo users;
} bookshelf_repos;

/* The repositories over a database or a transaction. Nothing to free; valid as long as `db`. */
bookshelf_repos bookshelf_repos_on(quire_db *db);

#ifdef __cplusplus
}
#endif

#endif
