/* Written by `quire codegen`; do not edit. */
/* Made from schema and queries 9ff73d2a3d3b25c6. */
/* clang-format off */
#include "lib.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

const int *const lib_quire_abi = &quire_abi_1;

static const char *const shelf_labels[] = {
    "fiction",
    "fact",
};
static const quire_enum shelf_enum = { "shelf", shelf_labels, 2 };

static_assert(sizeof(lib_shelf) == sizeof(int), "an enum is not an int here");

const char *lib_shelf_label(lib_shelf value)
{
    return quire_enum_label(&shelf_enum, (int)value);
}

lib_shelf lib_shelf_parse(const char *label)
{
    return (lib_shelf)quire_enum_parse(&shelf_enum, label);
}

static const quire_field author_fields[] = {
    { "id", NULL, 23, offsetof(lib_author, id), QUIRE_TYPE_INT4, 0 },
    { "name", NULL, 25, offsetof(lib_author, name), QUIRE_TYPE_TEXT, 0 },
    { "born", NULL, 1082, offsetof(lib_author, born), QUIRE_TYPE_DATE, QUIRE_FIELD_NULLABLE },
};
static const quire_row_type author_type = {
    "lib_author", sizeof(lib_author), offsetof(lib_author, owner_),
    author_fields, 3, NULL, 0,
};

void lib_author_free(lib_author *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

void lib_author_list_free(lib_author_list *list)
{
    if (!list)
        return;
    quire_memory_free(list->owner_);
    memset(list, 0, sizeof *list);
}

static const quire_field book_fields[] = {
    { "id", NULL, 23, offsetof(lib_book, id), QUIRE_TYPE_INT4, 0 },
    { "author_id", NULL, 23, offsetof(lib_book, author_id), QUIRE_TYPE_INT4, 0 },
    { "title", NULL, 25, offsetof(lib_book, title), QUIRE_TYPE_TEXT, 0 },
    { "shelf", &shelf_enum, 0, offsetof(lib_book, shelf), QUIRE_TYPE_ENUM, 0 },
    { "rating", NULL, 701, offsetof(lib_book, rating), QUIRE_TYPE_FLOAT8, QUIRE_FIELD_NULLABLE },
    { "price", NULL, 1700, offsetof(lib_book, price), QUIRE_TYPE_DECIMAL, QUIRE_FIELD_NULLABLE },
    { "tags", NULL, 1009, offsetof(lib_book, tags), QUIRE_TYPE_TEXT, QUIRE_FIELD_ARRAY },
};
static const quire_row_type book_type = {
    "lib_book", sizeof(lib_book), offsetof(lib_book, owner_),
    book_fields, 7, NULL, 0,
};

void lib_book_free(lib_book *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

void lib_book_list_free(lib_book_list *list)
{
    if (!list)
        return;
    quire_memory_free(list->owner_);
    memset(list, 0, sizeof *list);
}

static const quire_param authors_find_by_id_params[] = {
    { "id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const quire_statement authors_find_by_id_statement = {
    "authors.find_by_id",
    "select id, name, born\n"
    "from authors\n"
    "where id = $1",
    NULL, 0, NULL, 0,
    authors_find_by_id_params, 1, &author_type, 0,
};

quire_status lib_authors_find_by_id(lib_authors_repo repo, int32_t id, lib_author *out,
                                    quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_one(repo.db, &authors_find_by_id_statement, args, NULL, out, err);
}

/*
 * insert into authors (id
 *     name
 *     [if set] born)
 * values (:id
 *     :name
 *     [if set] :born)
 * returning id, name, born
 */
static const quire_param authors_create_params[] = {
    { "id", NULL, 23, offsetof(lib_author_new, id), QUIRE_TYPE_INT4, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "name", NULL, 25, offsetof(lib_author_new, name), QUIRE_TYPE_TEXT, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "born", NULL, 1082, offsetof(lib_author_new, born), QUIRE_TYPE_DATE, QUIRE_PARAM_OPTIONAL },
};
static const uint16_t authors_create_when_0[] = { 2 };
static const quire_condition authors_create_conditions[] = {
    { authors_create_when_0, 1, 0, 0 },
};
static const quire_part authors_create_parts[] = {
    { "insert into authors (", QUIRE_NONE, QUIRE_NONE, 0 },
    { "id", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "name", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "born", QUIRE_NONE, 0, QUIRE_PART_ITEM },
    { ")\n"
      "values (", QUIRE_NONE, QUIRE_NONE, 0 },
    { "", 0, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 1, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 2, 0, QUIRE_PART_ITEM },
    { ")\n"
      "returning id, name, born", QUIRE_NONE, QUIRE_NONE, 0 },
};
static const quire_statement authors_create_statement = {
    "authors.create",
    NULL,
    authors_create_parts, 9, authors_create_conditions, 1,
    authors_create_params, 3, &author_type, QUIRE_STATEMENT_WRITES,
};

quire_status lib_authors_create(lib_authors_repo repo, const lib_author_new *values,
                                lib_author *out, quire_error *err)
{
    return quire_fetch_one(repo.db, &authors_create_statement, NULL, values, out, err);
}

/*
 * update authors
 * set [if set] name = :name
 *     [if set] born = :born
 * where id = :id
 * returning id, name, born
 */
static const quire_param authors_update_params[] = {
    { "name", NULL, 25, offsetof(lib_author_changes, name), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "born", NULL, 1082, offsetof(lib_author_changes, born), QUIRE_TYPE_DATE, QUIRE_PARAM_OPTIONAL },
    { "id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const uint16_t authors_update_when_0[] = { 0 };
static const uint16_t authors_update_when_1[] = { 1 };
static const quire_condition authors_update_conditions[] = {
    { authors_update_when_0, 1, 0, 0 },
    { authors_update_when_1, 1, 0, 0 },
};
static const quire_part authors_update_parts[] = {
    { "update authors\n"
      "set ", QUIRE_NONE, QUIRE_NONE, 0 },
    { "name = ", 0, 0, QUIRE_PART_ITEM },
    { "born = ", 1, 1, QUIRE_PART_ITEM },
    { "\nwhere id = ", 2, QUIRE_NONE, 0 },
    { "\nreturning id, name, born", QUIRE_NONE, QUIRE_NONE, 0 },
};
static const quire_statement authors_update_statement = {
    "authors.update",
    NULL,
    authors_update_parts, 5, authors_update_conditions, 2,
    authors_update_params, 3, &author_type, QUIRE_STATEMENT_WRITES | QUIRE_STATEMENT_CHANGES,
};

quire_status lib_authors_update(lib_authors_repo repo, int32_t id,
                                const lib_author_changes *changes, lib_author *out,
                                quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_one(repo.db, &authors_update_statement, args, changes, out, err);
}

static const quire_param authors_delete_params[] = {
    { "id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const quire_statement authors_delete_statement = {
    "authors.delete",
    "delete from authors\n"
    "where id = $1",
    NULL, 0, NULL, 0,
    authors_delete_params, 1, NULL, QUIRE_STATEMENT_WRITES,
};

quire_status lib_authors_delete(lib_authors_repo repo, int32_t id, quire_error *err)
{
    const void *const args[] = { &id };
    return quire_execute_one(repo.db, &authors_delete_statement, args, NULL, err);
}

static const quire_field author_with_books_fields[] = {
    { "id", NULL, 23, offsetof(lib_author_with_books, id), QUIRE_TYPE_INT4, 0 },
    { "name", NULL, 25, offsetof(lib_author_with_books, name), QUIRE_TYPE_TEXT, 0 },
    { "born", NULL, 1082, offsetof(lib_author_with_books, born), QUIRE_TYPE_DATE, QUIRE_FIELD_NULLABLE },
};
static const quire_row_type author_with_books_type = {
    "lib_author_with_books", sizeof(lib_author_with_books), offsetof(lib_author_with_books, owner_),
    author_with_books_fields, 3, NULL, 0,
};

void lib_author_with_books_free(lib_author_with_books *row)
{
    if (!row)
        return;
    quire_memory_free(row->books.owner_);
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

static const quire_param authors_find_by_id_with_books_params[] = {
    { "id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const quire_statement authors_find_by_id_with_books_statement = {
    "authors.find_by_id_with_books",
    "select id, name, born\n"
    "from authors\n"
    "where id = $1",
    NULL, 0, NULL, 0,
    authors_find_by_id_with_books_params, 1, &author_with_books_type, 0,
};
static const quire_statement authors_find_by_id_with_books_children = {
    "authors.find_by_id_with_books",
    "select id, author_id, title, shelf, rating, price, tags\n"
    "from books\n"
    "where author_id = $1\n"
    "order by id",
    NULL, 0, NULL, 0,
    authors_find_by_id_with_books_params, 1, &book_type, 0,
};

quire_status lib_authors_find_by_id_with_books(lib_authors_repo repo, int32_t id,
                                               lib_author_with_books *out, quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_with_list(repo.db, &authors_find_by_id_with_books_statement,
                                 &authors_find_by_id_with_books_children, args, out,
                                 offsetof(lib_author_with_books, books), err);
}

static const quire_param books_find_by_id_params[] = {
    { "id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const quire_statement books_find_by_id_statement = {
    "books.find_by_id",
    "select id, author_id, title, shelf, rating, price, tags\n"
    "from books\n"
    "where id = $1",
    NULL, 0, NULL, 0,
    books_find_by_id_params, 1, &book_type, 0,
};

quire_status lib_books_find_by_id(lib_books_repo repo, int32_t id, lib_book *out, quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_one(repo.db, &books_find_by_id_statement, args, NULL, out, err);
}

/*
 * insert into books (author_id
 *     title
 *     shelf
 *     [if set] rating
 *     [if set] price
 *     [if set] tags)
 * values (:author_id
 *     :title
 *     :shelf
 *     [if set] :rating
 *     [if set] :price
 *     [if set] :tags)
 * returning id, author_id, title, shelf, rating, price, tags
 */
static const quire_param books_create_params[] = {
    { "author_id", NULL, 23, offsetof(lib_book_new, author_id), QUIRE_TYPE_INT4, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "title", NULL, 25, offsetof(lib_book_new, title), QUIRE_TYPE_TEXT, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "shelf", &shelf_enum, 0, offsetof(lib_book_new, shelf), QUIRE_TYPE_ENUM, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "rating", NULL, 701, offsetof(lib_book_new, rating), QUIRE_TYPE_FLOAT8, QUIRE_PARAM_OPTIONAL },
    { "price", NULL, 1700, offsetof(lib_book_new, price), QUIRE_TYPE_DECIMAL, QUIRE_PARAM_OPTIONAL },
    { "tags", NULL, 1009, offsetof(lib_book_new, tags), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL | QUIRE_FIELD_ARRAY },
};
static const uint16_t books_create_when_0[] = { 3 };
static const uint16_t books_create_when_1[] = { 4 };
static const uint16_t books_create_when_2[] = { 5 };
static const quire_condition books_create_conditions[] = {
    { books_create_when_0, 1, 0, 0 },
    { books_create_when_1, 1, 0, 0 },
    { books_create_when_2, 1, 0, 0 },
};
static const quire_part books_create_parts[] = {
    { "insert into books (", QUIRE_NONE, QUIRE_NONE, 0 },
    { "author_id", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "title", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "shelf", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "rating", QUIRE_NONE, 0, QUIRE_PART_ITEM },
    { "price", QUIRE_NONE, 1, QUIRE_PART_ITEM },
    { "tags", QUIRE_NONE, 2, QUIRE_PART_ITEM },
    { ")\n"
      "values (", QUIRE_NONE, QUIRE_NONE, 0 },
    { "", 0, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 1, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 2, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 3, 0, QUIRE_PART_ITEM },
    { "", 4, 1, QUIRE_PART_ITEM },
    { "", 5, 2, QUIRE_PART_ITEM },
    { ")\n"
      "returning id, author_id, title, shelf, rating, price, tags", QUIRE_NONE, QUIRE_NONE, 0 },
};
static const quire_statement books_create_statement = {
    "books.create",
    NULL,
    books_create_parts, 15, books_create_conditions, 3,
    books_create_params, 6, &book_type, QUIRE_STATEMENT_WRITES,
};

quire_status lib_books_create(lib_books_repo repo, const lib_book_new *values, lib_book *out,
                              quire_error *err)
{
    return quire_fetch_one(repo.db, &books_create_statement, NULL, values, out, err);
}

/*
 * update books
 * set [if set] author_id = :author_id
 *     [if set] title = :title
 *     [if set] shelf = :shelf
 *     [if set] rating = :rating
 *     [if set] price = :price
 *     [if set] tags = :tags
 * where id = :id
 * returning id, author_id, title, shelf, rating, price, tags
 */
static const quire_param books_update_params[] = {
    { "author_id", NULL, 23, offsetof(lib_book_changes, author_id), QUIRE_TYPE_INT4, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "title", NULL, 25, offsetof(lib_book_changes, title), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "shelf", &shelf_enum, 0, offsetof(lib_book_changes, shelf), QUIRE_TYPE_ENUM, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "rating", NULL, 701, offsetof(lib_book_changes, rating), QUIRE_TYPE_FLOAT8, QUIRE_PARAM_OPTIONAL },
    { "price", NULL, 1700, offsetof(lib_book_changes, price), QUIRE_TYPE_DECIMAL, QUIRE_PARAM_OPTIONAL },
    { "tags", NULL, 1009, offsetof(lib_book_changes, tags), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL | QUIRE_FIELD_ARRAY },
    { "id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const uint16_t books_update_when_0[] = { 0 };
static const uint16_t books_update_when_1[] = { 1 };
static const uint16_t books_update_when_2[] = { 2 };
static const uint16_t books_update_when_3[] = { 3 };
static const uint16_t books_update_when_4[] = { 4 };
static const uint16_t books_update_when_5[] = { 5 };
static const quire_condition books_update_conditions[] = {
    { books_update_when_0, 1, 0, 0 },
    { books_update_when_1, 1, 0, 0 },
    { books_update_when_2, 1, 0, 0 },
    { books_update_when_3, 1, 0, 0 },
    { books_update_when_4, 1, 0, 0 },
    { books_update_when_5, 1, 0, 0 },
};
static const quire_part books_update_parts[] = {
    { "update books\n"
      "set ", QUIRE_NONE, QUIRE_NONE, 0 },
    { "author_id = ", 0, 0, QUIRE_PART_ITEM },
    { "title = ", 1, 1, QUIRE_PART_ITEM },
    { "shelf = ", 2, 2, QUIRE_PART_ITEM },
    { "rating = ", 3, 3, QUIRE_PART_ITEM },
    { "price = ", 4, 4, QUIRE_PART_ITEM },
    { "tags = ", 5, 5, QUIRE_PART_ITEM },
    { "\nwhere id = ", 6, QUIRE_NONE, 0 },
    { "\nreturning id, author_id, title, shelf, rating, price, tags", QUIRE_NONE, QUIRE_NONE, 0 },
};
static const quire_statement books_update_statement = {
    "books.update",
    NULL,
    books_update_parts, 9, books_update_conditions, 6,
    books_update_params, 7, &book_type, QUIRE_STATEMENT_WRITES | QUIRE_STATEMENT_CHANGES,
};

quire_status lib_books_update(lib_books_repo repo, int32_t id, const lib_book_changes *changes,
                              lib_book *out, quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_one(repo.db, &books_update_statement, args, changes, out, err);
}

static const quire_param books_delete_params[] = {
    { "id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const quire_statement books_delete_statement = {
    "books.delete",
    "delete from books\n"
    "where id = $1",
    NULL, 0, NULL, 0,
    books_delete_params, 1, NULL, QUIRE_STATEMENT_WRITES,
};

quire_status lib_books_delete(lib_books_repo repo, int32_t id, quire_error *err)
{
    const void *const args[] = { &id };
    return quire_execute_one(repo.db, &books_delete_statement, args, NULL, err);
}

static const quire_field book_with_author_fields[] = {
    { "id", NULL, 23, offsetof(lib_book_with_author, id), QUIRE_TYPE_INT4, 0 },
    { "author_id", NULL, 23, offsetof(lib_book_with_author, author_id), QUIRE_TYPE_INT4, 0 },
    { "title", NULL, 25, offsetof(lib_book_with_author, title), QUIRE_TYPE_TEXT, 0 },
    { "shelf", &shelf_enum, 0, offsetof(lib_book_with_author, shelf), QUIRE_TYPE_ENUM, 0 },
    { "rating", NULL, 701, offsetof(lib_book_with_author, rating), QUIRE_TYPE_FLOAT8, QUIRE_FIELD_NULLABLE },
    { "price", NULL, 1700, offsetof(lib_book_with_author, price), QUIRE_TYPE_DECIMAL, QUIRE_FIELD_NULLABLE },
    { "tags", NULL, 1009, offsetof(lib_book_with_author, tags), QUIRE_TYPE_TEXT, QUIRE_FIELD_ARRAY },
    { "id", NULL, 23, offsetof(lib_book_with_author, author.id), QUIRE_TYPE_INT4, 0 },
    { "name", NULL, 25, offsetof(lib_book_with_author, author.name), QUIRE_TYPE_TEXT, 0 },
    { "born", NULL, 1082, offsetof(lib_book_with_author, author.born), QUIRE_TYPE_DATE, QUIRE_FIELD_NULLABLE },
};
static const quire_row_type book_with_author_type = {
    "lib_book_with_author", sizeof(lib_book_with_author), offsetof(lib_book_with_author, owner_),
    book_with_author_fields, 10, NULL, 0,
};

void lib_book_with_author_free(lib_book_with_author *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

static const quire_param books_find_by_id_with_author_params[] = {
    { "id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const quire_statement books_find_by_id_with_author_statement = {
    "books.find_by_id_with_author",
    "select t.id, t.author_id, t.title, t.shelf, t.rating, t.price, t.tags,\n"
    "       p.id, p.name, p.born\n"
    "from books t\n"
    "join authors p on p.id = t.author_id\n"
    "where t.id = $1",
    NULL, 0, NULL, 0,
    books_find_by_id_with_author_params, 1, &book_with_author_type, 0,
};

quire_status lib_books_find_by_id_with_author(lib_books_repo repo, int32_t id,
                                              lib_book_with_author *out, quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_one(repo.db, &books_find_by_id_with_author_statement, args, NULL, out, err);
}

/*
 * select b.id, b.author_id, b.title, b.shelf, b.rating, b.price, b.tags
 * from books b
 * where true
 * [if set]   and b.shelf = :shelf
 * [if set]   and b.title ilike '%' || :title || '%'
 * [if set]   and b.rating between :low and :high
 * [if set]   and b.tags @> :tags
 * order by
 * [if set]   b.title, b.id
 * [if set]   b.rating desc nulls last, b.id
 * [if set] limit :limit
 */
static const quire_param books_search_params[] = {
    { "shelf", &shelf_enum, 0, offsetof(lib_books_search_params, shelf), QUIRE_TYPE_ENUM, QUIRE_PARAM_OPTIONAL },
    { "title", NULL, 25, offsetof(lib_books_search_params, title), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL },
    { "low", NULL, 701, offsetof(lib_books_search_params, low), QUIRE_TYPE_FLOAT8, QUIRE_PARAM_OPTIONAL },
    { "high", NULL, 701, offsetof(lib_books_search_params, high), QUIRE_TYPE_FLOAT8, QUIRE_PARAM_OPTIONAL },
    { "tags", NULL, 1009, offsetof(lib_books_search_params, tags), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL | QUIRE_FIELD_ARRAY },
    { "limit", NULL, 20, offsetof(lib_books_search_params, limit), QUIRE_TYPE_INT8, QUIRE_PARAM_OPTIONAL },
};
static const uint16_t books_search_when_0[] = { 0 };
static const uint16_t books_search_when_1[] = { 1 };
static const uint16_t books_search_when_2[] = { 2, 3 };
static const uint16_t books_search_when_3[] = { 4 };
static const uint16_t books_search_when_6[] = { 5 };
static const quire_condition books_search_conditions[] = {
    { books_search_when_0, 1, 0, 0 },
    { books_search_when_1, 1, 0, 0 },
    { books_search_when_2, 2, 0, 0 },
    { books_search_when_3, 1, 0, 0 },
    { NULL, 0, 0, offsetof(lib_books_search_params, sort) },
    { NULL, 0, 1, offsetof(lib_books_search_params, sort) },
    { books_search_when_6, 1, 0, 0 },
};
static const quire_part books_search_parts[] = {
    { "select b.id, b.author_id, b.title, b.shelf, b.rating, b.price, b.tags\n"
      "from books b\n"
      "where true", QUIRE_NONE, QUIRE_NONE, 0 },
    { "\n  and b.shelf = ", 0, 0, 0 },
    { "\n  and b.title ilike '%' || ", 1, 1, 0 },
    { " || '%'", QUIRE_NONE, 1, 0 },
    { "\n  and b.rating between ", 2, 2, 0 },
    { " and ", 3, 2, 0 },
    { "\n  and b.tags @> ", 4, 3, 0 },
    { "\norder by", QUIRE_NONE, QUIRE_NONE, 0 },
    { "\n  b.title, b.id", QUIRE_NONE, 4, 0 },
    { "\n  b.rating desc nulls last, b.id", QUIRE_NONE, 5, 0 },
    { "\nlimit ", 5, 6, 0 },
};
static const quire_statement books_search_statement = {
    "books.search",
    NULL,
    books_search_parts, 11, books_search_conditions, 7,
    books_search_params, 6, &book_type, 0,
};

quire_status lib_books_search(lib_books_repo repo, const lib_books_search_params *params,
                              lib_book_list *out, quire_error *err)
{
    return quire_fetch_list(repo.db, &books_search_statement, NULL, params, out, err);
}

static const quire_field books_page_row_fields[] = {
    { "id", NULL, 23, offsetof(lib_books_page_row, id), QUIRE_TYPE_INT4, 0 },
    { "title", NULL, 25, offsetof(lib_books_page_row, title), QUIRE_TYPE_TEXT, 0 },
};
static const quire_row_type books_page_row_type = {
    "lib_books_page_row", sizeof(lib_books_page_row), offsetof(lib_books_page_row, owner_),
    books_page_row_fields, 2, NULL, 0,
};

void lib_books_page_row_free(lib_books_page_row *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

void lib_books_page_row_list_free(lib_books_page_row_list *list)
{
    if (!list)
        return;
    quire_memory_free(list->owner_);
    memset(list, 0, sizeof *list);
}

static const quire_param books_page_params[] = {
    { "after", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
    { "size", NULL, 20, 1, QUIRE_TYPE_INT8, 0 },
};
static const quire_statement books_page_statement = {
    "books.page",
    "select b.id, b.title from books b where b.id > $1 order by b.id limit $2",
    NULL, 0, NULL, 0,
    books_page_params, 2, &books_page_row_type, 0,
};

quire_status lib_books_page(lib_books_repo repo, int32_t after, int64_t size,
                            lib_books_page_row_list *out, quire_error *err)
{
    const void *const args[] = { &after, &size };
    return quire_fetch_list(repo.db, &books_page_statement, args, NULL, out, err);
}

/*
 * select b.id, b.author_id, b.title, b.shelf, b.rating, b.price, b.tags
 * from books b
 * where b.author_id = :author_id
 * [if set]   and b.rating >= :min_rating
 */
static const quire_param books_both_params[] = {
    { "author_id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
    { "min_rating", NULL, 701, offsetof(lib_books_both_params, min_rating), QUIRE_TYPE_FLOAT8, QUIRE_PARAM_OPTIONAL },
};
static const uint16_t books_both_when_0[] = { 1 };
static const quire_condition books_both_conditions[] = {
    { books_both_when_0, 1, 0, 0 },
};
static const quire_part books_both_parts[] = {
    { "select b.id, b.author_id, b.title, b.shelf, b.rating, b.price, b.tags\n"
      "from books b\n"
      "where b.author_id = ", 0, QUIRE_NONE, 0 },
    { "\n  and b.rating >= ", 1, 0, 0 },
};
static const quire_statement books_both_statement = {
    "books.both",
    NULL,
    books_both_parts, 2, books_both_conditions, 1,
    books_both_params, 2, &book_type, 0,
};

quire_status lib_books_both(lib_books_repo repo, int32_t author_id,
                            const lib_books_both_params *params, lib_book_list *out,
                            quire_error *err)
{
    const void *const args[] = { &author_id };
    return quire_fetch_list(repo.db, &books_both_statement, args, params, out, err);
}

static const quire_field books_joined_row_fields[] = {
    { "title", NULL, 25, offsetof(lib_books_joined_row, title), QUIRE_TYPE_TEXT, 0 },
    { "author", NULL, 25, offsetof(lib_books_joined_row, author), QUIRE_TYPE_TEXT, 0 },
    { "born", NULL, 1082, offsetof(lib_books_joined_row, born), QUIRE_TYPE_DATE, QUIRE_FIELD_NULLABLE },
    { "other!", NULL, 25, offsetof(lib_books_joined_row, other), QUIRE_TYPE_TEXT, 0 },
    { "rate?", NULL, 701, offsetof(lib_books_joined_row, rate), QUIRE_TYPE_FLOAT8, QUIRE_FIELD_NULLABLE },
};
static const quire_row_type books_joined_row_type = {
    "lib_books_joined_row", sizeof(lib_books_joined_row), offsetof(lib_books_joined_row, owner_),
    books_joined_row_fields, 5, NULL, 0,
};

void lib_books_joined_row_free(lib_books_joined_row *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

void lib_books_joined_row_list_free(lib_books_joined_row_list *list)
{
    if (!list)
        return;
    quire_memory_free(list->owner_);
    memset(list, 0, sizeof *list);
}

static const quire_statement books_joined_statement = {
    "books.joined",
    "select b.title, a.name as author, a.born, p.title as \"other!\", p.rating as "
    "\"rate?\"\n"
    "from books b\n"
    "join authors a on a.id = b.author_id\n"
    "left join books p on p.author_id = a.id",
    NULL, 0, NULL, 0,
    NULL, 0, &books_joined_row_type, 0,
};

quire_status lib_books_joined(lib_books_repo repo, lib_books_joined_row_list *out, quire_error *err)
{
    return quire_fetch_list(repo.db, &books_joined_statement, NULL, NULL, out, err);
}

static const quire_param books_set_price_params[] = {
    { "price", NULL, 1700, 0, QUIRE_TYPE_DECIMAL, QUIRE_FIELD_NULLABLE },
    { "id", NULL, 23, 1, QUIRE_TYPE_INT4, 0 },
};
static const quire_statement books_set_price_statement = {
    "books.set_price",
    "update books set price = $1 where id = $2",
    NULL, 0, NULL, 0,
    books_set_price_params, 2, NULL, QUIRE_STATEMENT_WRITES,
};

quire_status lib_books_set_price(lib_books_repo repo, quire_nullable_decimal price, int32_t id,
                                 int64_t *affected, quire_error *err)
{
    const void *const args[] = { &price, &id };
    return quire_execute(repo.db, &books_set_price_statement, args, NULL, affected, err);
}

static const quire_field books_price_value_fields[] = {
    { "price", NULL, 1700, offsetof(lib_books_price_value, value), QUIRE_TYPE_DECIMAL, QUIRE_FIELD_NULLABLE },
};
static const quire_row_type books_price_value_type = {
    "lib_books_price_value", sizeof(lib_books_price_value), offsetof(lib_books_price_value, owner_),
    books_price_value_fields, 1, NULL, 0,
};

void lib_books_price_value_free(lib_books_price_value *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

static const quire_param books_price_params[] = {
    { "id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const quire_statement books_price_statement = {
    "books.price",
    "select price from books where id = $1",
    NULL, 0, NULL, 0,
    books_price_params, 1, &books_price_value_type, 0,
};

quire_status lib_books_price(lib_books_repo repo, int32_t id, lib_books_price_value *out,
                             quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_one(repo.db, &books_price_statement, args, NULL, out, err);
}

static const quire_field books_titles_value_fields[] = {
    { "array_agg", NULL, 1009, offsetof(lib_books_titles_value, value), QUIRE_TYPE_TEXT, QUIRE_FIELD_NULLABLE | QUIRE_FIELD_ARRAY },
};
static const quire_row_type books_titles_value_type = {
    "lib_books_titles_value", sizeof(lib_books_titles_value), offsetof(lib_books_titles_value, owner_),
    books_titles_value_fields, 1, NULL, 0,
};

void lib_books_titles_value_free(lib_books_titles_value *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

static const quire_statement books_titles_statement = {
    "books.titles",
    "select array_agg(title) from books",
    NULL, 0, NULL, 0,
    NULL, 0, &books_titles_value_type, 0,
};

quire_status lib_books_titles(lib_books_repo repo, lib_books_titles_value *out, quire_error *err)
{
    return quire_fetch_one(repo.db, &books_titles_statement, NULL, NULL, out, err);
}

typedef struct lib_books_count_value {
    int64_t value;
    quire_memory *owner_;
} lib_books_count_value;

static const quire_field books_count_value_fields[] = {
    { "count", NULL, 20, offsetof(lib_books_count_value, value), QUIRE_TYPE_INT8, 0 },
};
static const quire_row_type books_count_value_type = {
    "lib_books_count_value", sizeof(lib_books_count_value), offsetof(lib_books_count_value, owner_),
    books_count_value_fields, 1, NULL, 0,
};

static const quire_param books_count_params[] = {
    { "shelf", &shelf_enum, 0, 0, QUIRE_TYPE_ENUM, 0 },
};
static const quire_statement books_count_statement = {
    "books.count",
    "select count(*) from books where shelf = $1 or $1::shelf is null",
    NULL, 0, NULL, 0,
    books_count_params, 1, &books_count_value_type, 0,
};

quire_status lib_books_count(lib_books_repo repo, lib_shelf shelf, int64_t *out, quire_error *err)
{
    const void *const args[] = { &shelf };
    lib_books_count_value row;
    quire_status status =
        quire_fetch_one(repo.db, &books_count_statement, args, NULL, &row, err);
    if (status == QUIRE_OK) {
        *out = row.value;
        quire_memory_free(row.owner_);
    }
    return status;
}

typedef struct lib_books_shelf_of_value {
    lib_shelf value;
    quire_memory *owner_;
} lib_books_shelf_of_value;

static const quire_field books_shelf_of_value_fields[] = {
    { "shelf", &shelf_enum, 0, offsetof(lib_books_shelf_of_value, value), QUIRE_TYPE_ENUM, 0 },
};
static const quire_row_type books_shelf_of_value_type = {
    "lib_books_shelf_of_value", sizeof(lib_books_shelf_of_value), offsetof(lib_books_shelf_of_value, owner_),
    books_shelf_of_value_fields, 1, NULL, 0,
};

static const quire_param books_shelf_of_params[] = {
    { "id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const quire_statement books_shelf_of_statement = {
    "books.shelf_of",
    "select shelf from books where id = $1",
    NULL, 0, NULL, 0,
    books_shelf_of_params, 1, &books_shelf_of_value_type, 0,
};

quire_status lib_books_shelf_of(lib_books_repo repo, int32_t id, lib_shelf *out, quire_error *err)
{
    const void *const args[] = { &id };
    lib_books_shelf_of_value row;
    quire_status status =
        quire_fetch_one(repo.db, &books_shelf_of_statement, args, NULL, &row, err);
    if (status == QUIRE_OK) {
        *out = row.value;
        quire_memory_free(row.owner_);
    }
    return status;
}

static const quire_param books_by_title_params[] = {
    { "title", NULL, 25, 0, QUIRE_TYPE_TEXT, 0 },
};
static const quire_statement books_by_title_statement = {
    "books.by_title",
    "select id, author_id, title, shelf, rating, price, tags from books where "
    "title = $1 limit 1",
    NULL, 0, NULL, 0,
    books_by_title_params, 1, &book_type, 0,
};

quire_status lib_books_by_title(lib_books_repo repo, const char *title, bool *found, lib_book *out,
                                quire_error *err)
{
    const void *const args[] = { &title };
    return quire_fetch_maybe(repo.db, &books_by_title_statement, args, NULL, found, out, err);
}

static const quire_statement books_latest_statement = {
    "books.latest",
    "select id, author_id, title, shelf, rating, price, tags from books order "
    "by id desc limit 1",
    NULL, 0, NULL, 0,
    NULL, 0, &book_type, 0,
};

quire_status lib_books_latest(lib_books_repo repo, lib_book *out, quire_error *err)
{
    return quire_fetch_one(repo.db, &books_latest_statement, NULL, NULL, out, err);
}

static const quire_param books_forget_params[] = {
    { "shelves", &shelf_enum, 0, 0, QUIRE_TYPE_ENUM, QUIRE_FIELD_ARRAY },
};
static const quire_statement books_forget_statement = {
    "books.forget",
    "delete from books where shelf = any ($1)",
    NULL, 0, NULL, 0,
    books_forget_params, 1, NULL, QUIRE_STATEMENT_WRITES,
};

quire_status lib_books_forget(lib_books_repo repo, quire_enum_array shelves, quire_error *err)
{
    const void *const args[] = { &shelves };
    return quire_execute(repo.db, &books_forget_statement, args, NULL, NULL, err);
}

static const quire_param books_ping_params[] = {
    { "payload", NULL, 25, 0, QUIRE_TYPE_TEXT, 0 },
};
static const quire_statement books_ping_statement = {
    "books.ping",
    "select pg_notify('books', $1)",
    NULL, 0, NULL, 0,
    books_ping_params, 1, NULL, QUIRE_STATEMENT_WRITES,
};

quire_status lib_books_ping(lib_books_repo repo, const char *payload, quire_error *err)
{
    const void *const args[] = { &payload };
    return quire_execute(repo.db, &books_ping_statement, args, NULL, NULL, err);
}

static const quire_field books_echo_row_fields[] = {
    { "a", NULL, 25, offsetof(lib_books_echo_row, a), QUIRE_TYPE_TEXT, 0 },
    { "b", NULL, 25, offsetof(lib_books_echo_row, b), QUIRE_TYPE_TEXT, 0 },
    { "c", NULL, 1083, offsetof(lib_books_echo_row, c), QUIRE_TYPE_TIME, 0 },
    { "d", NULL, 1007, offsetof(lib_books_echo_row, d), QUIRE_TYPE_INT4, QUIRE_FIELD_NULLABLE | QUIRE_FIELD_ARRAY },
    { "out", NULL, 25, offsetof(lib_books_echo_row, out), QUIRE_TYPE_TEXT, 0 },
    { "e", NULL, 25, offsetof(lib_books_echo_row, e), QUIRE_TYPE_TEXT, 0 },
};
static const quire_row_type books_echo_row_type = {
    "lib_books_echo_row", sizeof(lib_books_echo_row), offsetof(lib_books_echo_row, owner_),
    books_echo_row_fields, 6, NULL, 0,
};

void lib_books_echo_row_free(lib_books_echo_row *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

static const quire_param books_echo_params[] = {
    { "yes", NULL, 25, 0, QUIRE_TYPE_TEXT, 0 },
};
static const quire_statement books_echo_statement = {
    "books.echo",
    "select ':no' as a, $$ :no $$ as b, '12:30'::time as c, (array[1, 2, 3])[1:2] "
    "as d, /* :no */ $1::text as out,\n"
    "  'a\n"
    "  :no --? not a mark\n"
    "  b' as e",
    NULL, 0, NULL, 0,
    books_echo_params, 1, &books_echo_row_type, 0,
};

quire_status lib_books_echo(lib_books_repo repo, const char *yes, lib_books_echo_row *out,
                            quire_error *err)
{
    const void *const args[] = { &yes };
    return quire_fetch_one(repo.db, &books_echo_statement, args, NULL, out, err);
}

static const quire_param books_get_old_params[] = {
    { "arg1", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
    { "title", NULL, 25, 1, QUIRE_TYPE_TEXT, 0 },
    { "shelf", &shelf_enum, 0, 2, QUIRE_TYPE_ENUM, 0 },
    { "price", NULL, 1700, 3, QUIRE_TYPE_DECIMAL, QUIRE_FIELD_NULLABLE },
};
static const quire_statement books_get_old_statement = {
    "books.get_old",
    "select id, author_id, title, shelf, rating, price, tags from books where "
    "id = $1 and title = $2 and shelf = $3\n"
    "  and price = $4",
    NULL, 0, NULL, 0,
    books_get_old_params, 4, &book_type, 0,
};

quire_status lib_books_get_old(lib_books_repo repo, int32_t arg1, const char *title,
                               lib_shelf shelf, quire_nullable_decimal price, lib_book *out,
                               quire_error *err)
{
    const void *const args[] = { &arg1, &title, &shelf, &price };
    return quire_fetch_one(repo.db, &books_get_old_statement, args, NULL, out, err);
}

static const quire_field reports_per_author_row_fields[] = {
    { "name", NULL, 25, offsetof(lib_reports_per_author_row, name), QUIRE_TYPE_TEXT, 0 },
    { "count", NULL, 20, offsetof(lib_reports_per_author_row, count), QUIRE_TYPE_INT8, 0 },
    { "average", NULL, 701, offsetof(lib_reports_per_author_row, average), QUIRE_TYPE_FLOAT8, QUIRE_FIELD_NULLABLE },
    { "dearest", NULL, 1700, offsetof(lib_reports_per_author_row, dearest), QUIRE_TYPE_DECIMAL, QUIRE_FIELD_NULLABLE },
};
static const quire_row_type reports_per_author_row_type = {
    "lib_reports_per_author_row", sizeof(lib_reports_per_author_row), offsetof(lib_reports_per_author_row, owner_),
    reports_per_author_row_fields, 4, NULL, 0,
};

void lib_reports_per_author_row_free(lib_reports_per_author_row *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

void lib_reports_per_author_row_list_free(lib_reports_per_author_row_list *list)
{
    if (!list)
        return;
    quire_memory_free(list->owner_);
    memset(list, 0, sizeof *list);
}

static const quire_statement reports_per_author_statement = {
    "reports.per_author",
    "select a.name, count(*), avg(b.rating) as average, max(b.price) as dearest\n"
    "from authors a join books b on b.author_id = a.id\n"
    "group by a.id",
    NULL, 0, NULL, 0,
    NULL, 0, &reports_per_author_row_type, 0,
};

quire_status lib_reports_per_author(lib_reports_repo repo, lib_reports_per_author_row_list *out,
                                    quire_error *err)
{
    return quire_fetch_list(repo.db, &reports_per_author_statement, NULL, NULL, out, err);
}

lib_repos lib_repos_on(quire_db *db)
{
    lib_repos repos;
    repos.authors.db = db;
    repos.books.db = db;
    repos.reports.db = db;
    return repos;
}
