/* Written by `quire codegen`; do not edit. */
/* Made from schema and queries be403bc4cd07e34c. */
/* clang-format off */
#include "bookshelf.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

const int *const bookshelf_quire_abi = &quire_abi_1;

static const char *const reading_status_labels[] = {
    "want_to_read",
    "reading",
    "finished",
    "abandoned",
};
static const quire_enum reading_status_enum = { "reading_status", reading_status_labels, 4 };

static_assert(sizeof(bookshelf_reading_status) == sizeof(int), "an enum is not an int here");

const char *bookshelf_reading_status_label(bookshelf_reading_status value)
{
    return quire_enum_label(&reading_status_enum, (int)value);
}

bookshelf_reading_status bookshelf_reading_status_parse(const char *label)
{
    return (bookshelf_reading_status)quire_enum_parse(&reading_status_enum, label);
}

static const quire_field author_fields[] = {
    { "id", NULL, 20, offsetof(bookshelf_author, id), QUIRE_TYPE_INT8, 0 },
    { "name", NULL, 25, offsetof(bookshelf_author, name), QUIRE_TYPE_TEXT, 0 },
    { "original_name", NULL, 25, offsetof(bookshelf_author, original_name), QUIRE_TYPE_TEXT, QUIRE_FIELD_NULLABLE },
    { "biography", NULL, 25, offsetof(bookshelf_author, biography), QUIRE_TYPE_TEXT, QUIRE_FIELD_NULLABLE },
    { "nationality", NULL, 25, offsetof(bookshelf_author, nationality), QUIRE_TYPE_TEXT, QUIRE_FIELD_NULLABLE },
    { "birth_date", NULL, 1082, offsetof(bookshelf_author, birth_date), QUIRE_TYPE_DATE, QUIRE_FIELD_NULLABLE },
    { "death_date", NULL, 1082, offsetof(bookshelf_author, death_date), QUIRE_TYPE_DATE, QUIRE_FIELD_NULLABLE },
    { "created_at", NULL, 1184, offsetof(bookshelf_author, created_at), QUIRE_TYPE_TIMESTAMPTZ, 0 },
    { "updated_at", NULL, 1184, offsetof(bookshelf_author, updated_at), QUIRE_TYPE_TIMESTAMPTZ, 0 },
    { "deleted_at", NULL, 1184, offsetof(bookshelf_author, deleted_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_FIELD_NULLABLE },
};
static const quire_row_type author_type = {
    "bookshelf_author", sizeof(bookshelf_author), offsetof(bookshelf_author, owner_),
    author_fields, 10, NULL, 0,
};

void bookshelf_author_free(bookshelf_author *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

void bookshelf_author_list_free(bookshelf_author_list *list)
{
    if (!list)
        return;
    quire_memory_free(list->owner_);
    memset(list, 0, sizeof *list);
}

static const quire_field book_fields[] = {
    { "id", NULL, 20, offsetof(bookshelf_book, id), QUIRE_TYPE_INT8, 0 },
    { "author_id", NULL, 20, offsetof(bookshelf_book, author_id), QUIRE_TYPE_INT8, 0 },
    { "title", NULL, 25, offsetof(bookshelf_book, title), QUIRE_TYPE_TEXT, 0 },
    { "isbn", NULL, 25, offsetof(bookshelf_book, isbn), QUIRE_TYPE_TEXT, QUIRE_FIELD_NULLABLE },
    { "genre", NULL, 25, offsetof(bookshelf_book, genre), QUIRE_TYPE_TEXT, 0 },
    { "pages", NULL, 23, offsetof(bookshelf_book, pages), QUIRE_TYPE_INT4, 0 },
    { "published_year", NULL, 21, offsetof(bookshelf_book, published_year), QUIRE_TYPE_INT2, QUIRE_FIELD_NULLABLE },
    { "published_on", NULL, 1082, offsetof(bookshelf_book, published_on), QUIRE_TYPE_DATE, QUIRE_FIELD_NULLABLE },
    { "price", NULL, 1700, offsetof(bookshelf_book, price), QUIRE_TYPE_DECIMAL, QUIRE_FIELD_NULLABLE },
    { "rating", NULL, 701, offsetof(bookshelf_book, rating), QUIRE_TYPE_FLOAT8, QUIRE_FIELD_NULLABLE },
    { "ratings_count", NULL, 23, offsetof(bookshelf_book, ratings_count), QUIRE_TYPE_INT4, 0 },
    { "available", NULL, 16, offsetof(bookshelf_book, available), QUIRE_TYPE_BOOL, 0 },
    { "tags", NULL, 1009, offsetof(bookshelf_book, tags), QUIRE_TYPE_TEXT, QUIRE_FIELD_ARRAY },
    { "metadata", NULL, 3802, offsetof(bookshelf_book, metadata), QUIRE_TYPE_JSONB, 0 },
    { "created_at", NULL, 1184, offsetof(bookshelf_book, created_at), QUIRE_TYPE_TIMESTAMPTZ, 0 },
    { "updated_at", NULL, 1184, offsetof(bookshelf_book, updated_at), QUIRE_TYPE_TIMESTAMPTZ, 0 },
    { "deleted_at", NULL, 1184, offsetof(bookshelf_book, deleted_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_FIELD_NULLABLE },
};
static const quire_row_type book_type = {
    "bookshelf_book", sizeof(bookshelf_book), offsetof(bookshelf_book, owner_),
    book_fields, 17, NULL, 0,
};

void bookshelf_book_free(bookshelf_book *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

void bookshelf_book_list_free(bookshelf_book_list *list)
{
    if (!list)
        return;
    quire_memory_free(list->owner_);
    memset(list, 0, sizeof *list);
}

static const quire_field user_book_fields[] = {
    { "user_id", NULL, 20, offsetof(bookshelf_user_book, user_id), QUIRE_TYPE_INT8, 0 },
    { "book_id", NULL, 20, offsetof(bookshelf_user_book, book_id), QUIRE_TYPE_INT8, 0 },
    { "status", &reading_status_enum, 0, offsetof(bookshelf_user_book, status), QUIRE_TYPE_ENUM, 0 },
    { "progress", NULL, 21, offsetof(bookshelf_user_book, progress), QUIRE_TYPE_INT2, 0 },
    { "rating", NULL, 21, offsetof(bookshelf_user_book, rating), QUIRE_TYPE_INT2, QUIRE_FIELD_NULLABLE },
    { "review", NULL, 25, offsetof(bookshelf_user_book, review), QUIRE_TYPE_TEXT, QUIRE_FIELD_NULLABLE },
    { "started_on", NULL, 1082, offsetof(bookshelf_user_book, started_on), QUIRE_TYPE_DATE, QUIRE_FIELD_NULLABLE },
    { "finished_on", NULL, 1082, offsetof(bookshelf_user_book, finished_on), QUIRE_TYPE_DATE, QUIRE_FIELD_NULLABLE },
    { "reading_time", NULL, 1186, offsetof(bookshelf_user_book, reading_time), QUIRE_TYPE_INTERVAL, 0 },
    { "created_at", NULL, 1184, offsetof(bookshelf_user_book, created_at), QUIRE_TYPE_TIMESTAMPTZ, 0 },
    { "updated_at", NULL, 1184, offsetof(bookshelf_user_book, updated_at), QUIRE_TYPE_TIMESTAMPTZ, 0 },
};
static const quire_row_type user_book_type = {
    "bookshelf_user_book", sizeof(bookshelf_user_book), offsetof(bookshelf_user_book, owner_),
    user_book_fields, 11, NULL, 0,
};

void bookshelf_user_book_free(bookshelf_user_book *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

void bookshelf_user_book_list_free(bookshelf_user_book_list *list)
{
    if (!list)
        return;
    quire_memory_free(list->owner_);
    memset(list, 0, sizeof *list);
}

static const quire_field user_fields[] = {
    { "id", NULL, 20, offsetof(bookshelf_user, id), QUIRE_TYPE_INT8, 0 },
    { "public_id", NULL, 2950, offsetof(bookshelf_user, public_id), QUIRE_TYPE_UUID, 0 },
    { "email", NULL, 25, offsetof(bookshelf_user, email), QUIRE_TYPE_TEXT, 0 },
    { "name", NULL, 25, offsetof(bookshelf_user, name), QUIRE_TYPE_TEXT, 0 },
    { "metadata", NULL, 3802, offsetof(bookshelf_user, metadata), QUIRE_TYPE_JSONB, 0 },
    { "created_at", NULL, 1184, offsetof(bookshelf_user, created_at), QUIRE_TYPE_TIMESTAMPTZ, 0 },
    { "updated_at", NULL, 1184, offsetof(bookshelf_user, updated_at), QUIRE_TYPE_TIMESTAMPTZ, 0 },
    { "deleted_at", NULL, 1184, offsetof(bookshelf_user, deleted_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_FIELD_NULLABLE },
};
static const quire_row_type user_type = {
    "bookshelf_user", sizeof(bookshelf_user), offsetof(bookshelf_user, owner_),
    user_fields, 8, NULL, 0,
};

void bookshelf_user_free(bookshelf_user *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

void bookshelf_user_list_free(bookshelf_user_list *list)
{
    if (!list)
        return;
    quire_memory_free(list->owner_);
    memset(list, 0, sizeof *list);
}

static const quire_param authors_find_by_id_params[] = {
    { "id", NULL, 20, 0, QUIRE_TYPE_INT8, 0 },
};
static const quire_statement authors_find_by_id_statement = {
    "authors.find_by_id",
    "select id, name, original_name, biography, nationality, birth_date, death_date,\n"
    "       created_at, updated_at, deleted_at\n"
    "from authors\n"
    "where id = $1\n"
    "  and deleted_at is null",
    NULL, 0, NULL, 0,
    authors_find_by_id_params, 1, &author_type, 0,
};

quire_status bookshelf_authors_find_by_id(bookshelf_authors_repo repo, int64_t id,
                                          bookshelf_author *out, quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_one(repo.db, &authors_find_by_id_statement, args, NULL, out, err);
}

/*
 * insert into authors (name
 *     [if set] original_name
 *     [if set] biography
 *     [if set] nationality
 *     [if set] birth_date
 *     [if set] death_date
 *     [if set] created_at
 *     [if set] updated_at
 *     [if set] deleted_at)
 * values (:name
 *     [if set] :original_name
 *     [if set] :biography
 *     [if set] :nationality
 *     [if set] :birth_date
 *     [if set] :death_date
 *     [if set] :created_at
 *     [if set] :updated_at
 *     [if set] :deleted_at)
 * returning id, name, original_name, biography, nationality, birth_date, death_date,
 *           created_at, updated_at, deleted_at
 */
static const quire_param authors_create_params[] = {
    { "name", NULL, 25, offsetof(bookshelf_author_new, name), QUIRE_TYPE_TEXT, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "original_name", NULL, 25, offsetof(bookshelf_author_new, original_name), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL },
    { "biography", NULL, 25, offsetof(bookshelf_author_new, biography), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL },
    { "nationality", NULL, 25, offsetof(bookshelf_author_new, nationality), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL },
    { "birth_date", NULL, 1082, offsetof(bookshelf_author_new, birth_date), QUIRE_TYPE_DATE, QUIRE_PARAM_OPTIONAL },
    { "death_date", NULL, 1082, offsetof(bookshelf_author_new, death_date), QUIRE_TYPE_DATE, QUIRE_PARAM_OPTIONAL },
    { "created_at", NULL, 1184, offsetof(bookshelf_author_new, created_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "updated_at", NULL, 1184, offsetof(bookshelf_author_new, updated_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "deleted_at", NULL, 1184, offsetof(bookshelf_author_new, deleted_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_PARAM_OPTIONAL },
};
static const uint16_t authors_create_when_0[] = { 1 };
static const uint16_t authors_create_when_1[] = { 2 };
static const uint16_t authors_create_when_2[] = { 3 };
static const uint16_t authors_create_when_3[] = { 4 };
static const uint16_t authors_create_when_4[] = { 5 };
static const uint16_t authors_create_when_5[] = { 6 };
static const uint16_t authors_create_when_6[] = { 7 };
static const uint16_t authors_create_when_7[] = { 8 };
static const quire_condition authors_create_conditions[] = {
    { authors_create_when_0, 1, 0, 0 },
    { authors_create_when_1, 1, 0, 0 },
    { authors_create_when_2, 1, 0, 0 },
    { authors_create_when_3, 1, 0, 0 },
    { authors_create_when_4, 1, 0, 0 },
    { authors_create_when_5, 1, 0, 0 },
    { authors_create_when_6, 1, 0, 0 },
    { authors_create_when_7, 1, 0, 0 },
};
static const quire_part authors_create_parts[] = {
    { "insert into authors (", QUIRE_NONE, QUIRE_NONE, 0 },
    { "name", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "original_name", QUIRE_NONE, 0, QUIRE_PART_ITEM },
    { "biography", QUIRE_NONE, 1, QUIRE_PART_ITEM },
    { "nationality", QUIRE_NONE, 2, QUIRE_PART_ITEM },
    { "birth_date", QUIRE_NONE, 3, QUIRE_PART_ITEM },
    { "death_date", QUIRE_NONE, 4, QUIRE_PART_ITEM },
    { "created_at", QUIRE_NONE, 5, QUIRE_PART_ITEM },
    { "updated_at", QUIRE_NONE, 6, QUIRE_PART_ITEM },
    { "deleted_at", QUIRE_NONE, 7, QUIRE_PART_ITEM },
    { ")\n"
      "values (", QUIRE_NONE, QUIRE_NONE, 0 },
    { "", 0, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 1, 0, QUIRE_PART_ITEM },
    { "", 2, 1, QUIRE_PART_ITEM },
    { "", 3, 2, QUIRE_PART_ITEM },
    { "", 4, 3, QUIRE_PART_ITEM },
    { "", 5, 4, QUIRE_PART_ITEM },
    { "", 6, 5, QUIRE_PART_ITEM },
    { "", 7, 6, QUIRE_PART_ITEM },
    { "", 8, 7, QUIRE_PART_ITEM },
    { ")\n"
      "returning id, name, original_name, biography, nationality, birth_date, death_date,\n"
      "          created_at, updated_at, deleted_at", QUIRE_NONE, QUIRE_NONE, 0 },
};
static const quire_statement authors_create_statement = {
    "authors.create",
    NULL,
    authors_create_parts, 21, authors_create_conditions, 8,
    authors_create_params, 9, &author_type, QUIRE_STATEMENT_WRITES,
};

quire_status bookshelf_authors_create(bookshelf_authors_repo repo,
                                      const bookshelf_author_new *values, bookshelf_author *out,
                                      quire_error *err)
{
    return quire_fetch_one(repo.db, &authors_create_statement, NULL, values, out, err);
}

/*
 * update authors
 * set [if set] name = :name
 *     [if set] original_name = :original_name
 *     [if set] biography = :biography
 *     [if set] nationality = :nationality
 *     [if set] birth_date = :birth_date
 *     [if set] death_date = :death_date
 *     [if set] created_at = :created_at
 *     [if set] updated_at = :updated_at
 *     [else] updated_at = now()
 *     [if set] deleted_at = :deleted_at
 * where id = :id
 *   and deleted_at is null
 * returning id, name, original_name, biography, nationality, birth_date, death_date,
 *           created_at, updated_at, deleted_at
 */
static const quire_param authors_update_params[] = {
    { "name", NULL, 25, offsetof(bookshelf_author_changes, name), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "original_name", NULL, 25, offsetof(bookshelf_author_changes, original_name), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL },
    { "biography", NULL, 25, offsetof(bookshelf_author_changes, biography), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL },
    { "nationality", NULL, 25, offsetof(bookshelf_author_changes, nationality), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL },
    { "birth_date", NULL, 1082, offsetof(bookshelf_author_changes, birth_date), QUIRE_TYPE_DATE, QUIRE_PARAM_OPTIONAL },
    { "death_date", NULL, 1082, offsetof(bookshelf_author_changes, death_date), QUIRE_TYPE_DATE, QUIRE_PARAM_OPTIONAL },
    { "created_at", NULL, 1184, offsetof(bookshelf_author_changes, created_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "updated_at", NULL, 1184, offsetof(bookshelf_author_changes, updated_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "deleted_at", NULL, 1184, offsetof(bookshelf_author_changes, deleted_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_PARAM_OPTIONAL },
    { "id", NULL, 20, 0, QUIRE_TYPE_INT8, 0 },
};
static const uint16_t authors_update_when_0[] = { 0 };
static const uint16_t authors_update_when_1[] = { 1 };
static const uint16_t authors_update_when_2[] = { 2 };
static const uint16_t authors_update_when_3[] = { 3 };
static const uint16_t authors_update_when_4[] = { 4 };
static const uint16_t authors_update_when_5[] = { 5 };
static const uint16_t authors_update_when_6[] = { 6 };
static const uint16_t authors_update_when_7[] = { 7 };
static const uint16_t authors_update_when_8[] = { 8 };
static const quire_condition authors_update_conditions[] = {
    { authors_update_when_0, 1, 0, 0 },
    { authors_update_when_1, 1, 0, 0 },
    { authors_update_when_2, 1, 0, 0 },
    { authors_update_when_3, 1, 0, 0 },
    { authors_update_when_4, 1, 0, 0 },
    { authors_update_when_5, 1, 0, 0 },
    { authors_update_when_6, 1, 0, 0 },
    { authors_update_when_7, 1, 0, 0 },
    { authors_update_when_8, 1, 0, 0 },
};
static const quire_part authors_update_parts[] = {
    { "update authors\n"
      "set ", QUIRE_NONE, QUIRE_NONE, 0 },
    { "name = ", 0, 0, QUIRE_PART_ITEM },
    { "original_name = ", 1, 1, QUIRE_PART_ITEM },
    { "biography = ", 2, 2, QUIRE_PART_ITEM },
    { "nationality = ", 3, 3, QUIRE_PART_ITEM },
    { "birth_date = ", 4, 4, QUIRE_PART_ITEM },
    { "death_date = ", 5, 5, QUIRE_PART_ITEM },
    { "created_at = ", 6, 6, QUIRE_PART_ITEM },
    { "updated_at = ", 7, 7, QUIRE_PART_ITEM },
    { "updated_at = now()", QUIRE_NONE, 7, QUIRE_PART_ITEM | QUIRE_PART_ELSE },
    { "deleted_at = ", 8, 8, QUIRE_PART_ITEM },
    { "\nwhere id = ", 9, QUIRE_NONE, 0 },
    { "\n  and deleted_at is null\n"
      "returning id, name, original_name, biography, nationality, birth_date, death_date,\n"
      "          created_at, updated_at, deleted_at", QUIRE_NONE, QUIRE_NONE, 0 },
};
static const quire_statement authors_update_statement = {
    "authors.update",
    NULL,
    authors_update_parts, 13, authors_update_conditions, 9,
    authors_update_params, 10, &author_type, QUIRE_STATEMENT_WRITES | QUIRE_STATEMENT_CHANGES,
};

quire_status bookshelf_authors_update(bookshelf_authors_repo repo, int64_t id,
                                      const bookshelf_author_changes *changes,
                                      bookshelf_author *out, quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_one(repo.db, &authors_update_statement, args, changes, out, err);
}

static const quire_param authors_delete_params[] = {
    { "id", NULL, 20, 0, QUIRE_TYPE_INT8, 0 },
};
static const quire_statement authors_delete_statement = {
    "authors.delete",
    "update authors\n"
    "set deleted_at = now()\n"
    "where id = $1\n"
    "  and deleted_at is null",
    NULL, 0, NULL, 0,
    authors_delete_params, 1, NULL, QUIRE_STATEMENT_WRITES,
};

quire_status bookshelf_authors_delete(bookshelf_authors_repo repo, int64_t id, quire_error *err)
{
    const void *const args[] = { &id };
    return quire_execute_one(repo.db, &authors_delete_statement, args, NULL, err);
}

static const quire_param authors_restore_params[] = {
    { "id", NULL, 20, 0, QUIRE_TYPE_INT8, 0 },
};
static const quire_statement authors_restore_statement = {
    "authors.restore",
    "update authors\n"
    "set deleted_at = null\n"
    "where id = $1\n"
    "  and deleted_at is not null",
    NULL, 0, NULL, 0,
    authors_restore_params, 1, NULL, QUIRE_STATEMENT_WRITES,
};

quire_status bookshelf_authors_restore(bookshelf_authors_repo repo, int64_t id, quire_error *err)
{
    const void *const args[] = { &id };
    return quire_execute_one(repo.db, &authors_restore_statement, args, NULL, err);
}

static const quire_param authors_purge_params[] = {
    { "id", NULL, 20, 0, QUIRE_TYPE_INT8, 0 },
};
static const quire_statement authors_purge_statement = {
    "authors.purge",
    "delete from authors\n"
    "where id = $1",
    NULL, 0, NULL, 0,
    authors_purge_params, 1, NULL, QUIRE_STATEMENT_WRITES,
};

quire_status bookshelf_authors_purge(bookshelf_authors_repo repo, int64_t id, quire_error *err)
{
    const void *const args[] = { &id };
    return quire_execute_one(repo.db, &authors_purge_statement, args, NULL, err);
}

static const quire_field author_with_books_fields[] = {
    { "id", NULL, 20, offsetof(bookshelf_author_with_books, id), QUIRE_TYPE_INT8, 0 },
    { "name", NULL, 25, offsetof(bookshelf_author_with_books, name), QUIRE_TYPE_TEXT, 0 },
    { "original_name", NULL, 25, offsetof(bookshelf_author_with_books, original_name), QUIRE_TYPE_TEXT, QUIRE_FIELD_NULLABLE },
    { "biography", NULL, 25, offsetof(bookshelf_author_with_books, biography), QUIRE_TYPE_TEXT, QUIRE_FIELD_NULLABLE },
    { "nationality", NULL, 25, offsetof(bookshelf_author_with_books, nationality), QUIRE_TYPE_TEXT, QUIRE_FIELD_NULLABLE },
    { "birth_date", NULL, 1082, offsetof(bookshelf_author_with_books, birth_date), QUIRE_TYPE_DATE, QUIRE_FIELD_NULLABLE },
    { "death_date", NULL, 1082, offsetof(bookshelf_author_with_books, death_date), QUIRE_TYPE_DATE, QUIRE_FIELD_NULLABLE },
    { "created_at", NULL, 1184, offsetof(bookshelf_author_with_books, created_at), QUIRE_TYPE_TIMESTAMPTZ, 0 },
    { "updated_at", NULL, 1184, offsetof(bookshelf_author_with_books, updated_at), QUIRE_TYPE_TIMESTAMPTZ, 0 },
    { "deleted_at", NULL, 1184, offsetof(bookshelf_author_with_books, deleted_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_FIELD_NULLABLE },
};
static const quire_row_type author_with_books_type = {
    "bookshelf_author_with_books", sizeof(bookshelf_author_with_books), offsetof(bookshelf_author_with_books, owner_),
    author_with_books_fields, 10, NULL, 0,
};

void bookshelf_author_with_books_free(bookshelf_author_with_books *row)
{
    if (!row)
        return;
    quire_memory_free(row->books.owner_);
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

static const quire_param authors_find_by_id_with_books_params[] = {
    { "id", NULL, 20, 0, QUIRE_TYPE_INT8, 0 },
};
static const quire_statement authors_find_by_id_with_books_statement = {
    "authors.find_by_id_with_books",
    "select id, name, original_name, biography, nationality, birth_date, death_date,\n"
    "       created_at, updated_at, deleted_at\n"
    "from authors\n"
    "where id = $1\n"
    "  and deleted_at is null",
    NULL, 0, NULL, 0,
    authors_find_by_id_with_books_params, 1, &author_with_books_type, 0,
};
static const quire_statement authors_find_by_id_with_books_children = {
    "authors.find_by_id_with_books",
    "select id, author_id, title, isbn, genre, pages, published_year, published_on, "
    "price,\n"
    "       rating, ratings_count, available, tags, metadata, created_at, updated_at,\n"
    "       deleted_at\n"
    "from books\n"
    "where author_id = $1\n"
    "  and deleted_at is null\n"
    "order by id",
    NULL, 0, NULL, 0,
    authors_find_by_id_with_books_params, 1, &book_type, 0,
};

quire_status bookshelf_authors_find_by_id_with_books(bookshelf_authors_repo repo, int64_t id,
                                                     bookshelf_author_with_books *out,
                                                     quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_with_list(repo.db, &authors_find_by_id_with_books_statement,
                                 &authors_find_by_id_with_books_children, args, out,
                                 offsetof(bookshelf_author_with_books, books), err);
}

static const quire_param authors_search_params[] = {
    { "name", NULL, 25, 0, QUIRE_TYPE_TEXT, 0 },
};
static const quire_statement authors_search_statement = {
    "authors.search",
    "select a.id, a.name, a.original_name, a.biography, a.nationality, a.birth_date,\n"
    "    a.death_date, a.created_at, a.updated_at, a.deleted_at\n"
    "from authors a\n"
    "where a.deleted_at is null\n"
    "  and strpos(lower(concat_ws(' ', a.name, a.original_name)), lower($1)) > "
    "0\n"
    "order by a.name, a.id",
    NULL, 0, NULL, 0,
    authors_search_params, 1, &author_type, 0,
};

quire_status bookshelf_authors_search(bookshelf_authors_repo repo, const char *name,
                                      bookshelf_author_list *out, quire_error *err)
{
    const void *const args[] = { &name };
    return quire_fetch_list(repo.db, &authors_search_statement, args, NULL, out, err);
}

static const quire_field authors_get_featured_row_fields[] = {
    { "id", NULL, 20, offsetof(bookshelf_authors_get_featured_row, id), QUIRE_TYPE_INT8, 0 },
    { "name", NULL, 25, offsetof(bookshelf_authors_get_featured_row, name), QUIRE_TYPE_TEXT, 0 },
    { "nationality", NULL, 25, offsetof(bookshelf_authors_get_featured_row, nationality), QUIRE_TYPE_TEXT, QUIRE_FIELD_NULLABLE },
    { "book_count", NULL, 20, offsetof(bookshelf_authors_get_featured_row, book_count), QUIRE_TYPE_INT8, 0 },
    { "best_rating", NULL, 701, offsetof(bookshelf_authors_get_featured_row, best_rating), QUIRE_TYPE_FLOAT8, 0 },
    { "best_title", NULL, 25, offsetof(bookshelf_authors_get_featured_row, best_title), QUIRE_TYPE_TEXT, QUIRE_FIELD_NULLABLE },
};
static const quire_row_type authors_get_featured_row_type = {
    "bookshelf_authors_get_featured_row", sizeof(bookshelf_authors_get_featured_row), offsetof(bookshelf_authors_get_featured_row, owner_),
    authors_get_featured_row_fields, 6, NULL, 0,
};

void bookshelf_authors_get_featured_row_free(bookshelf_authors_get_featured_row *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

void bookshelf_authors_get_featured_row_list_free(bookshelf_authors_get_featured_row_list *list)
{
    if (!list)
        return;
    quire_memory_free(list->owner_);
    memset(list, 0, sizeof *list);
}

static const quire_param authors_get_featured_params[] = {
    { "n", NULL, 20, 0, QUIRE_TYPE_INT8, 0 },
};
static const quire_statement authors_get_featured_statement = {
    "authors.get_featured",
    "select a.id,\n"
    "       a.name,\n"
    "       a.nationality,\n"
    "       count(*) as book_count,\n"
    "       max(b.rating) as best_rating,\n"
    "       (array_agg(b.title order by b.rating desc, b.id))[1] as best_title\n"
    "from authors a\n"
    "join books b on b.author_id = a.id\n"
    "where a.deleted_at is null\n"
    "  and b.deleted_at is null\n"
    "  and b.rating is not null\n"
    "group by a.id\n"
    "order by best_rating desc, a.id\n"
    "limit $1",
    NULL, 0, NULL, 0,
    authors_get_featured_params, 1, &authors_get_featured_row_type, 0,
};

quire_status bookshelf_authors_get_featured(bookshelf_authors_repo repo, int64_t n,
                                            bookshelf_authors_get_featured_row_list *out,
                                            quire_error *err)
{
    const void *const args[] = { &n };
    return quire_fetch_list(repo.db, &authors_get_featured_statement, args, NULL, out, err);
}

static const quire_field authors_get_stats_row_fields[] = {
    { "nationality", NULL, 25, offsetof(bookshelf_authors_get_stats_row, nationality), QUIRE_TYPE_TEXT, QUIRE_FIELD_NULLABLE },
    { "author_count", NULL, 20, offsetof(bookshelf_authors_get_stats_row, author_count), QUIRE_TYPE_INT8, 0 },
    { "living_count", NULL, 20, offsetof(bookshelf_authors_get_stats_row, living_count), QUIRE_TYPE_INT8, 0 },
    { "book_count", NULL, 20, offsetof(bookshelf_authors_get_stats_row, book_count), QUIRE_TYPE_INT8, 0 },
    { "average_rating", NULL, 701, offsetof(bookshelf_authors_get_stats_row, average_rating), QUIRE_TYPE_FLOAT8, QUIRE_FIELD_NULLABLE },
};
static const quire_row_type authors_get_stats_row_type = {
    "bookshelf_authors_get_stats_row", sizeof(bookshelf_authors_get_stats_row), offsetof(bookshelf_authors_get_stats_row, owner_),
    authors_get_stats_row_fields, 5, NULL, 0,
};

void bookshelf_authors_get_stats_row_free(bookshelf_authors_get_stats_row *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

void bookshelf_authors_get_stats_row_list_free(bookshelf_authors_get_stats_row_list *list)
{
    if (!list)
        return;
    quire_memory_free(list->owner_);
    memset(list, 0, sizeof *list);
}

static const quire_statement authors_get_stats_statement = {
    "authors.get_stats",
    "select a.nationality,\n"
    "       count(distinct a.id) as author_count,\n"
    "       count(distinct a.id) filter (where a.death_date is null) as living_count,\n"
    "       count(b.id) as book_count,\n"
    "       avg(b.rating) as average_rating\n"
    "from authors a\n"
    "left join books b on b.author_id = a.id and b.deleted_at is null\n"
    "where a.deleted_at is null\n"
    "group by a.nationality\n"
    "order by author_count desc, a.nationality nulls last",
    NULL, 0, NULL, 0,
    NULL, 0, &authors_get_stats_row_type, 0,
};

quire_status bookshelf_authors_get_stats(bookshelf_authors_repo repo,
                                         bookshelf_authors_get_stats_row_list *out,
                                         quire_error *err)
{
    return quire_fetch_list(repo.db, &authors_get_stats_statement, NULL, NULL, out, err);
}

static const quire_param authors_find_by_name_params[] = {
    { "name", NULL, 25, 0, QUIRE_TYPE_TEXT, 0 },
};
static const quire_statement authors_find_by_name_statement = {
    "authors.find_by_name",
    "select a.id, a.name, a.original_name, a.biography, a.nationality, a.birth_date,\n"
    "    a.death_date, a.created_at, a.updated_at, a.deleted_at\n"
    "from authors a\n"
    "where a.name = $1\n"
    "  and a.deleted_at is null\n"
    "order by a.id\n"
    "limit 1",
    NULL, 0, NULL, 0,
    authors_find_by_name_params, 1, &author_type, 0,
};

quire_status bookshelf_authors_find_by_name(bookshelf_authors_repo repo, const char *name,
                                            bool *found, bookshelf_author *out, quire_error *err)
{
    const void *const args[] = { &name };
    return quire_fetch_maybe(repo.db, &authors_find_by_name_statement, args, NULL, found, out, err);
}

static const quire_field authors_find_without_books_row_fields[] = {
    { "id", NULL, 20, offsetof(bookshelf_authors_find_without_books_row, id), QUIRE_TYPE_INT8, 0 },
    { "name", NULL, 25, offsetof(bookshelf_authors_find_without_books_row, name), QUIRE_TYPE_TEXT, 0 },
    { "deleted_title", NULL, 25, offsetof(bookshelf_authors_find_without_books_row, deleted_title), QUIRE_TYPE_TEXT, QUIRE_FIELD_NULLABLE },
};
static const quire_row_type authors_find_without_books_row_type = {
    "bookshelf_authors_find_without_books_row", sizeof(bookshelf_authors_find_without_books_row), offsetof(bookshelf_authors_find_without_books_row, owner_),
    authors_find_without_books_row_fields, 3, NULL, 0,
};

void bookshelf_authors_find_without_books_row_free(bookshelf_authors_find_without_books_row *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

void bookshelf_authors_find_without_books_row_list_free(
    bookshelf_authors_find_without_books_row_list *list)
{
    if (!list)
        return;
    quire_memory_free(list->owner_);
    memset(list, 0, sizeof *list);
}

static const quire_statement authors_find_without_books_statement = {
    "authors.find_without_books",
    "select a.id, a.name, b.title as deleted_title\n"
    "from authors a\n"
    "left join books b on b.author_id = a.id\n"
    "where a.deleted_at is null\n"
    "  and not exists (select from books o where o.author_id = a.id and o.deleted_at "
    "is null)\n"
    "order by a.name, a.id, b.id",
    NULL, 0, NULL, 0,
    NULL, 0, &authors_find_without_books_row_type, 0,
};

quire_status bookshelf_authors_find_without_books(
    bookshelf_authors_repo repo, bookshelf_authors_find_without_books_row_list *out,
    quire_error *err)
{
    return quire_fetch_list(repo.db, &authors_find_without_books_statement, NULL, NULL, out, err);
}

static const quire_param books_find_by_id_params[] = {
    { "id", NULL, 20, 0, QUIRE_TYPE_INT8, 0 },
};
static const quire_statement books_find_by_id_statement = {
    "books.find_by_id",
    "select id, author_id, title, isbn, genre, pages, published_year, published_on, "
    "price,\n"
    "       rating, ratings_count, available, tags, metadata, created_at, updated_at,\n"
    "       deleted_at\n"
    "from books\n"
    "where id = $1\n"
    "  and deleted_at is null",
    NULL, 0, NULL, 0,
    books_find_by_id_params, 1, &book_type, 0,
};

quire_status bookshelf_books_find_by_id(bookshelf_books_repo repo, int64_t id, bookshelf_book *out,
                                        quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_one(repo.db, &books_find_by_id_statement, args, NULL, out, err);
}

/*
 * insert into books (author_id
 *     title
 *     [if set] isbn
 *     genre
 *     [if set] pages
 *     [if set] published_year
 *     [if set] published_on
 *     [if set] price
 *     [if set] rating
 *     [if set] ratings_count
 *     [if set] available
 *     [if set] tags
 *     [if set] metadata
 *     [if set] created_at
 *     [if set] updated_at
 *     [if set] deleted_at)
 * values (:author_id
 *     :title
 *     [if set] :isbn
 *     :genre
 *     [if set] :pages
 *     [if set] :published_year
 *     [if set] :published_on
 *     [if set] :price
 *     [if set] :rating
 *     [if set] :ratings_count
 *     [if set] :available
 *     [if set] :tags
 *     [if set] :metadata
 *     [if set] :created_at
 *     [if set] :updated_at
 *     [if set] :deleted_at)
 * returning id, author_id, title, isbn, genre, pages, published_year, published_on, price,
 *           rating, ratings_count, available, tags, metadata, created_at, updated_at,
 *           deleted_at
 */
static const quire_param books_create_params[] = {
    { "author_id", NULL, 20, offsetof(bookshelf_book_new, author_id), QUIRE_TYPE_INT8, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "title", NULL, 25, offsetof(bookshelf_book_new, title), QUIRE_TYPE_TEXT, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "isbn", NULL, 25, offsetof(bookshelf_book_new, isbn), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL },
    { "genre", NULL, 25, offsetof(bookshelf_book_new, genre), QUIRE_TYPE_TEXT, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "pages", NULL, 23, offsetof(bookshelf_book_new, pages), QUIRE_TYPE_INT4, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "published_year", NULL, 21, offsetof(bookshelf_book_new, published_year), QUIRE_TYPE_INT2, QUIRE_PARAM_OPTIONAL },
    { "published_on", NULL, 1082, offsetof(bookshelf_book_new, published_on), QUIRE_TYPE_DATE, QUIRE_PARAM_OPTIONAL },
    { "price", NULL, 1700, offsetof(bookshelf_book_new, price), QUIRE_TYPE_DECIMAL, QUIRE_PARAM_OPTIONAL },
    { "rating", NULL, 701, offsetof(bookshelf_book_new, rating), QUIRE_TYPE_FLOAT8, QUIRE_PARAM_OPTIONAL },
    { "ratings_count", NULL, 23, offsetof(bookshelf_book_new, ratings_count), QUIRE_TYPE_INT4, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "available", NULL, 16, offsetof(bookshelf_book_new, available), QUIRE_TYPE_BOOL, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "tags", NULL, 1009, offsetof(bookshelf_book_new, tags), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL | QUIRE_FIELD_ARRAY },
    { "metadata", NULL, 3802, offsetof(bookshelf_book_new, metadata), QUIRE_TYPE_JSONB, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "created_at", NULL, 1184, offsetof(bookshelf_book_new, created_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "updated_at", NULL, 1184, offsetof(bookshelf_book_new, updated_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "deleted_at", NULL, 1184, offsetof(bookshelf_book_new, deleted_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_PARAM_OPTIONAL },
};
static const uint16_t books_create_when_0[] = { 2 };
static const uint16_t books_create_when_1[] = { 4 };
static const uint16_t books_create_when_2[] = { 5 };
static const uint16_t books_create_when_3[] = { 6 };
static const uint16_t books_create_when_4[] = { 7 };
static const uint16_t books_create_when_5[] = { 8 };
static const uint16_t books_create_when_6[] = { 9 };
static const uint16_t books_create_when_7[] = { 10 };
static const uint16_t books_create_when_8[] = { 11 };
static const uint16_t books_create_when_9[] = { 12 };
static const uint16_t books_create_when_10[] = { 13 };
static const uint16_t books_create_when_11[] = { 14 };
static const uint16_t books_create_when_12[] = { 15 };
static const quire_condition books_create_conditions[] = {
    { books_create_when_0, 1, 0, 0 },
    { books_create_when_1, 1, 0, 0 },
    { books_create_when_2, 1, 0, 0 },
    { books_create_when_3, 1, 0, 0 },
    { books_create_when_4, 1, 0, 0 },
    { books_create_when_5, 1, 0, 0 },
    { books_create_when_6, 1, 0, 0 },
    { books_create_when_7, 1, 0, 0 },
    { books_create_when_8, 1, 0, 0 },
    { books_create_when_9, 1, 0, 0 },
    { books_create_when_10, 1, 0, 0 },
    { books_create_when_11, 1, 0, 0 },
    { books_create_when_12, 1, 0, 0 },
};
static const quire_part books_create_parts[] = {
    { "insert into books (", QUIRE_NONE, QUIRE_NONE, 0 },
    { "author_id", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "title", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "isbn", QUIRE_NONE, 0, QUIRE_PART_ITEM },
    { "genre", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "pages", QUIRE_NONE, 1, QUIRE_PART_ITEM },
    { "published_year", QUIRE_NONE, 2, QUIRE_PART_ITEM },
    { "published_on", QUIRE_NONE, 3, QUIRE_PART_ITEM },
    { "price", QUIRE_NONE, 4, QUIRE_PART_ITEM },
    { "rating", QUIRE_NONE, 5, QUIRE_PART_ITEM },
    { "ratings_count", QUIRE_NONE, 6, QUIRE_PART_ITEM },
    { "available", QUIRE_NONE, 7, QUIRE_PART_ITEM },
    { "tags", QUIRE_NONE, 8, QUIRE_PART_ITEM },
    { "metadata", QUIRE_NONE, 9, QUIRE_PART_ITEM },
    { "created_at", QUIRE_NONE, 10, QUIRE_PART_ITEM },
    { "updated_at", QUIRE_NONE, 11, QUIRE_PART_ITEM },
    { "deleted_at", QUIRE_NONE, 12, QUIRE_PART_ITEM },
    { ")\n"
      "values (", QUIRE_NONE, QUIRE_NONE, 0 },
    { "", 0, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 1, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 2, 0, QUIRE_PART_ITEM },
    { "", 3, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 4, 1, QUIRE_PART_ITEM },
    { "", 5, 2, QUIRE_PART_ITEM },
    { "", 6, 3, QUIRE_PART_ITEM },
    { "", 7, 4, QUIRE_PART_ITEM },
    { "", 8, 5, QUIRE_PART_ITEM },
    { "", 9, 6, QUIRE_PART_ITEM },
    { "", 10, 7, QUIRE_PART_ITEM },
    { "", 11, 8, QUIRE_PART_ITEM },
    { "", 12, 9, QUIRE_PART_ITEM },
    { "", 13, 10, QUIRE_PART_ITEM },
    { "", 14, 11, QUIRE_PART_ITEM },
    { "", 15, 12, QUIRE_PART_ITEM },
    { ")\n"
      "returning id, author_id, title, isbn, genre, pages, published_year, published_on, "
      "price,\n"
      "          rating, ratings_count, available, tags, metadata, created_at, updated_at,\n"
      "          deleted_at", QUIRE_NONE, QUIRE_NONE, 0 },
};
static const quire_statement books_create_statement = {
    "books.create",
    NULL,
    books_create_parts, 35, books_create_conditions, 13,
    books_create_params, 16, &book_type, QUIRE_STATEMENT_WRITES,
};

quire_status bookshelf_books_create(bookshelf_books_repo repo, const bookshelf_book_new *values,
                                    bookshelf_book *out, quire_error *err)
{
    return quire_fetch_one(repo.db, &books_create_statement, NULL, values, out, err);
}

/*
 * update books
 * set [if set] author_id = :author_id
 *     [if set] title = :title
 *     [if set] isbn = :isbn
 *     [if set] genre = :genre
 *     [if set] pages = :pages
 *     [if set] published_year = :published_year
 *     [if set] published_on = :published_on
 *     [if set] price = :price
 *     [if set] rating = :rating
 *     [if set] ratings_count = :ratings_count
 *     [if set] available = :available
 *     [if set] tags = :tags
 *     [if set] metadata = :metadata
 *     [if set] created_at = :created_at
 *     [if set] updated_at = :updated_at
 *     [else] updated_at = now()
 *     [if set] deleted_at = :deleted_at
 * where id = :id
 *   and deleted_at is null
 * returning id, author_id, title, isbn, genre, pages, published_year, published_on, price,
 *           rating, ratings_count, available, tags, metadata, created_at, updated_at,
 *           deleted_at
 */
static const quire_param books_update_params[] = {
    { "author_id", NULL, 20, offsetof(bookshelf_book_changes, author_id), QUIRE_TYPE_INT8, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "title", NULL, 25, offsetof(bookshelf_book_changes, title), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "isbn", NULL, 25, offsetof(bookshelf_book_changes, isbn), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL },
    { "genre", NULL, 25, offsetof(bookshelf_book_changes, genre), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "pages", NULL, 23, offsetof(bookshelf_book_changes, pages), QUIRE_TYPE_INT4, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "published_year", NULL, 21, offsetof(bookshelf_book_changes, published_year), QUIRE_TYPE_INT2, QUIRE_PARAM_OPTIONAL },
    { "published_on", NULL, 1082, offsetof(bookshelf_book_changes, published_on), QUIRE_TYPE_DATE, QUIRE_PARAM_OPTIONAL },
    { "price", NULL, 1700, offsetof(bookshelf_book_changes, price), QUIRE_TYPE_DECIMAL, QUIRE_PARAM_OPTIONAL },
    { "rating", NULL, 701, offsetof(bookshelf_book_changes, rating), QUIRE_TYPE_FLOAT8, QUIRE_PARAM_OPTIONAL },
    { "ratings_count", NULL, 23, offsetof(bookshelf_book_changes, ratings_count), QUIRE_TYPE_INT4, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "available", NULL, 16, offsetof(bookshelf_book_changes, available), QUIRE_TYPE_BOOL, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "tags", NULL, 1009, offsetof(bookshelf_book_changes, tags), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL | QUIRE_FIELD_ARRAY },
    { "metadata", NULL, 3802, offsetof(bookshelf_book_changes, metadata), QUIRE_TYPE_JSONB, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "created_at", NULL, 1184, offsetof(bookshelf_book_changes, created_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "updated_at", NULL, 1184, offsetof(bookshelf_book_changes, updated_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "deleted_at", NULL, 1184, offsetof(bookshelf_book_changes, deleted_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_PARAM_OPTIONAL },
    { "id", NULL, 20, 0, QUIRE_TYPE_INT8, 0 },
};
static const uint16_t books_update_when_0[] = { 0 };
static const uint16_t books_update_when_1[] = { 1 };
static const uint16_t books_update_when_2[] = { 2 };
static const uint16_t books_update_when_3[] = { 3 };
static const uint16_t books_update_when_4[] = { 4 };
static const uint16_t books_update_when_5[] = { 5 };
static const uint16_t books_update_when_6[] = { 6 };
static const uint16_t books_update_when_7[] = { 7 };
static const uint16_t books_update_when_8[] = { 8 };
static const uint16_t books_update_when_9[] = { 9 };
static const uint16_t books_update_when_10[] = { 10 };
static const uint16_t books_update_when_11[] = { 11 };
static const uint16_t books_update_when_12[] = { 12 };
static const uint16_t books_update_when_13[] = { 13 };
static const uint16_t books_update_when_14[] = { 14 };
static const uint16_t books_update_when_15[] = { 15 };
static const quire_condition books_update_conditions[] = {
    { books_update_when_0, 1, 0, 0 },
    { books_update_when_1, 1, 0, 0 },
    { books_update_when_2, 1, 0, 0 },
    { books_update_when_3, 1, 0, 0 },
    { books_update_when_4, 1, 0, 0 },
    { books_update_when_5, 1, 0, 0 },
    { books_update_when_6, 1, 0, 0 },
    { books_update_when_7, 1, 0, 0 },
    { books_update_when_8, 1, 0, 0 },
    { books_update_when_9, 1, 0, 0 },
    { books_update_when_10, 1, 0, 0 },
    { books_update_when_11, 1, 0, 0 },
    { books_update_when_12, 1, 0, 0 },
    { books_update_when_13, 1, 0, 0 },
    { books_update_when_14, 1, 0, 0 },
    { books_update_when_15, 1, 0, 0 },
};
static const quire_part books_update_parts[] = {
    { "update books\n"
      "set ", QUIRE_NONE, QUIRE_NONE, 0 },
    { "author_id = ", 0, 0, QUIRE_PART_ITEM },
    { "title = ", 1, 1, QUIRE_PART_ITEM },
    { "isbn = ", 2, 2, QUIRE_PART_ITEM },
    { "genre = ", 3, 3, QUIRE_PART_ITEM },
    { "pages = ", 4, 4, QUIRE_PART_ITEM },
    { "published_year = ", 5, 5, QUIRE_PART_ITEM },
    { "published_on = ", 6, 6, QUIRE_PART_ITEM },
    { "price = ", 7, 7, QUIRE_PART_ITEM },
    { "rating = ", 8, 8, QUIRE_PART_ITEM },
    { "ratings_count = ", 9, 9, QUIRE_PART_ITEM },
    { "available = ", 10, 10, QUIRE_PART_ITEM },
    { "tags = ", 11, 11, QUIRE_PART_ITEM },
    { "metadata = ", 12, 12, QUIRE_PART_ITEM },
    { "created_at = ", 13, 13, QUIRE_PART_ITEM },
    { "updated_at = ", 14, 14, QUIRE_PART_ITEM },
    { "updated_at = now()", QUIRE_NONE, 14, QUIRE_PART_ITEM | QUIRE_PART_ELSE },
    { "deleted_at = ", 15, 15, QUIRE_PART_ITEM },
    { "\nwhere id = ", 16, QUIRE_NONE, 0 },
    { "\n  and deleted_at is null\n"
      "returning id, author_id, title, isbn, genre, pages, published_year, published_on, "
      "price,\n"
      "          rating, ratings_count, available, tags, metadata, created_at, updated_at,\n"
      "          deleted_at", QUIRE_NONE, QUIRE_NONE, 0 },
};
static const quire_statement books_update_statement = {
    "books.update",
    NULL,
    books_update_parts, 20, books_update_conditions, 16,
    books_update_params, 17, &book_type, QUIRE_STATEMENT_WRITES | QUIRE_STATEMENT_CHANGES,
};

quire_status bookshelf_books_update(bookshelf_books_repo repo, int64_t id,
                                    const bookshelf_book_changes *changes, bookshelf_book *out,
                                    quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_one(repo.db, &books_update_statement, args, changes, out, err);
}

static const quire_param books_delete_params[] = {
    { "id", NULL, 20, 0, QUIRE_TYPE_INT8, 0 },
};
static const quire_statement books_delete_statement = {
    "books.delete",
    "update books\n"
    "set deleted_at = now()\n"
    "where id = $1\n"
    "  and deleted_at is null",
    NULL, 0, NULL, 0,
    books_delete_params, 1, NULL, QUIRE_STATEMENT_WRITES,
};

quire_status bookshelf_books_delete(bookshelf_books_repo repo, int64_t id, quire_error *err)
{
    const void *const args[] = { &id };
    return quire_execute_one(repo.db, &books_delete_statement, args, NULL, err);
}

static const quire_param books_restore_params[] = {
    { "id", NULL, 20, 0, QUIRE_TYPE_INT8, 0 },
};
static const quire_statement books_restore_statement = {
    "books.restore",
    "update books\n"
    "set deleted_at = null\n"
    "where id = $1\n"
    "  and deleted_at is not null",
    NULL, 0, NULL, 0,
    books_restore_params, 1, NULL, QUIRE_STATEMENT_WRITES,
};

quire_status bookshelf_books_restore(bookshelf_books_repo repo, int64_t id, quire_error *err)
{
    const void *const args[] = { &id };
    return quire_execute_one(repo.db, &books_restore_statement, args, NULL, err);
}

static const quire_param books_purge_params[] = {
    { "id", NULL, 20, 0, QUIRE_TYPE_INT8, 0 },
};
static const quire_statement books_purge_statement = {
    "books.purge",
    "delete from books\n"
    "where id = $1",
    NULL, 0, NULL, 0,
    books_purge_params, 1, NULL, QUIRE_STATEMENT_WRITES,
};

quire_status bookshelf_books_purge(bookshelf_books_repo repo, int64_t id, quire_error *err)
{
    const void *const args[] = { &id };
    return quire_execute_one(repo.db, &books_purge_statement, args, NULL, err);
}

static const quire_field book_with_author_fields[] = {
    { "id", NULL, 20, offsetof(bookshelf_book_with_author, id), QUIRE_TYPE_INT8, 0 },
    { "author_id", NULL, 20, offsetof(bookshelf_book_with_author, author_id), QUIRE_TYPE_INT8, 0 },
    { "title", NULL, 25, offsetof(bookshelf_book_with_author, title), QUIRE_TYPE_TEXT, 0 },
    { "isbn", NULL, 25, offsetof(bookshelf_book_with_author, isbn), QUIRE_TYPE_TEXT, QUIRE_FIELD_NULLABLE },
    { "genre", NULL, 25, offsetof(bookshelf_book_with_author, genre), QUIRE_TYPE_TEXT, 0 },
    { "pages", NULL, 23, offsetof(bookshelf_book_with_author, pages), QUIRE_TYPE_INT4, 0 },
    { "published_year", NULL, 21, offsetof(bookshelf_book_with_author, published_year), QUIRE_TYPE_INT2, QUIRE_FIELD_NULLABLE },
    { "published_on", NULL, 1082, offsetof(bookshelf_book_with_author, published_on), QUIRE_TYPE_DATE, QUIRE_FIELD_NULLABLE },
    { "price", NULL, 1700, offsetof(bookshelf_book_with_author, price), QUIRE_TYPE_DECIMAL, QUIRE_FIELD_NULLABLE },
    { "rating", NULL, 701, offsetof(bookshelf_book_with_author, rating), QUIRE_TYPE_FLOAT8, QUIRE_FIELD_NULLABLE },
    { "ratings_count", NULL, 23, offsetof(bookshelf_book_with_author, ratings_count), QUIRE_TYPE_INT4, 0 },
    { "available", NULL, 16, offsetof(bookshelf_book_with_author, available), QUIRE_TYPE_BOOL, 0 },
    { "tags", NULL, 1009, offsetof(bookshelf_book_with_author, tags), QUIRE_TYPE_TEXT, QUIRE_FIELD_ARRAY },
    { "metadata", NULL, 3802, offsetof(bookshelf_book_with_author, metadata), QUIRE_TYPE_JSONB, 0 },
    { "created_at", NULL, 1184, offsetof(bookshelf_book_with_author, created_at), QUIRE_TYPE_TIMESTAMPTZ, 0 },
    { "updated_at", NULL, 1184, offsetof(bookshelf_book_with_author, updated_at), QUIRE_TYPE_TIMESTAMPTZ, 0 },
    { "deleted_at", NULL, 1184, offsetof(bookshelf_book_with_author, deleted_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_FIELD_NULLABLE },
    { "id", NULL, 20, offsetof(bookshelf_book_with_author, author.id), QUIRE_TYPE_INT8, 0 },
    { "name", NULL, 25, offsetof(bookshelf_book_with_author, author.name), QUIRE_TYPE_TEXT, 0 },
    { "original_name", NULL, 25, offsetof(bookshelf_book_with_author, author.original_name), QUIRE_TYPE_TEXT, QUIRE_FIELD_NULLABLE },
    { "biography", NULL, 25, offsetof(bookshelf_book_with_author, author.biography), QUIRE_TYPE_TEXT, QUIRE_FIELD_NULLABLE },
    { "nationality", NULL, 25, offsetof(bookshelf_book_with_author, author.nationality), QUIRE_TYPE_TEXT, QUIRE_FIELD_NULLABLE },
    { "birth_date", NULL, 1082, offsetof(bookshelf_book_with_author, author.birth_date), QUIRE_TYPE_DATE, QUIRE_FIELD_NULLABLE },
    { "death_date", NULL, 1082, offsetof(bookshelf_book_with_author, author.death_date), QUIRE_TYPE_DATE, QUIRE_FIELD_NULLABLE },
    { "created_at", NULL, 1184, offsetof(bookshelf_book_with_author, author.created_at), QUIRE_TYPE_TIMESTAMPTZ, 0 },
    { "updated_at", NULL, 1184, offsetof(bookshelf_book_with_author, author.updated_at), QUIRE_TYPE_TIMESTAMPTZ, 0 },
    { "deleted_at", NULL, 1184, offsetof(bookshelf_book_with_author, author.deleted_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_FIELD_NULLABLE },
};
static const quire_row_type book_with_author_type = {
    "bookshelf_book_with_author", sizeof(bookshelf_book_with_author), offsetof(bookshelf_book_with_author, owner_),
    book_with_author_fields, 27, NULL, 0,
};

void bookshelf_book_with_author_free(bookshelf_book_with_author *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

static const quire_param books_find_by_id_with_author_params[] = {
    { "id", NULL, 20, 0, QUIRE_TYPE_INT8, 0 },
};
static const quire_statement books_find_by_id_with_author_statement = {
    "books.find_by_id_with_author",
    "select t.id, t.author_id, t.title, t.isbn, t.genre, t.pages, t.published_year,\n"
    "       t.published_on, t.price, t.rating, t.ratings_count, t.available, t.tags,\n"
    "       t.metadata, t.created_at, t.updated_at, t.deleted_at,\n"
    "       p.id, p.name, p.original_name, p.biography, p.nationality, p.birth_date,\n"
    "       p.death_date, p.created_at, p.updated_at, p.deleted_at\n"
    "from books t\n"
    "join authors p on p.id = t.author_id\n"
    "where t.id = $1\n"
    "  and t.deleted_at is null",
    NULL, 0, NULL, 0,
    books_find_by_id_with_author_params, 1, &book_with_author_type, 0,
};

quire_status bookshelf_books_find_by_id_with_author(bookshelf_books_repo repo, int64_t id,
                                                    bookshelf_book_with_author *out,
                                                    quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_one(repo.db, &books_find_by_id_with_author_statement, args, NULL, out, err);
}

static const quire_field book_with_user_books_fields[] = {
    { "id", NULL, 20, offsetof(bookshelf_book_with_user_books, id), QUIRE_TYPE_INT8, 0 },
    { "author_id", NULL, 20, offsetof(bookshelf_book_with_user_books, author_id), QUIRE_TYPE_INT8, 0 },
    { "title", NULL, 25, offsetof(bookshelf_book_with_user_books, title), QUIRE_TYPE_TEXT, 0 },
    { "isbn", NULL, 25, offsetof(bookshelf_book_with_user_books, isbn), QUIRE_TYPE_TEXT, QUIRE_FIELD_NULLABLE },
    { "genre", NULL, 25, offsetof(bookshelf_book_with_user_books, genre), QUIRE_TYPE_TEXT, 0 },
    { "pages", NULL, 23, offsetof(bookshelf_book_with_user_books, pages), QUIRE_TYPE_INT4, 0 },
    { "published_year", NULL, 21, offsetof(bookshelf_book_with_user_books, published_year), QUIRE_TYPE_INT2, QUIRE_FIELD_NULLABLE },
    { "published_on", NULL, 1082, offsetof(bookshelf_book_with_user_books, published_on), QUIRE_TYPE_DATE, QUIRE_FIELD_NULLABLE },
    { "price", NULL, 1700, offsetof(bookshelf_book_with_user_books, price), QUIRE_TYPE_DECIMAL, QUIRE_FIELD_NULLABLE },
    { "rating", NULL, 701, offsetof(bookshelf_book_with_user_books, rating), QUIRE_TYPE_FLOAT8, QUIRE_FIELD_NULLABLE },
    { "ratings_count", NULL, 23, offsetof(bookshelf_book_with_user_books, ratings_count), QUIRE_TYPE_INT4, 0 },
    { "available", NULL, 16, offsetof(bookshelf_book_with_user_books, available), QUIRE_TYPE_BOOL, 0 },
    { "tags", NULL, 1009, offsetof(bookshelf_book_with_user_books, tags), QUIRE_TYPE_TEXT, QUIRE_FIELD_ARRAY },
    { "metadata", NULL, 3802, offsetof(bookshelf_book_with_user_books, metadata), QUIRE_TYPE_JSONB, 0 },
    { "created_at", NULL, 1184, offsetof(bookshelf_book_with_user_books, created_at), QUIRE_TYPE_TIMESTAMPTZ, 0 },
    { "updated_at", NULL, 1184, offsetof(bookshelf_book_with_user_books, updated_at), QUIRE_TYPE_TIMESTAMPTZ, 0 },
    { "deleted_at", NULL, 1184, offsetof(bookshelf_book_with_user_books, deleted_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_FIELD_NULLABLE },
};
static const quire_row_type book_with_user_books_type = {
    "bookshelf_book_with_user_books", sizeof(bookshelf_book_with_user_books), offsetof(bookshelf_book_with_user_books, owner_),
    book_with_user_books_fields, 17, NULL, 0,
};

void bookshelf_book_with_user_books_free(bookshelf_book_with_user_books *row)
{
    if (!row)
        return;
    quire_memory_free(row->user_books.owner_);
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

static const quire_param books_find_by_id_with_user_books_params[] = {
    { "id", NULL, 20, 0, QUIRE_TYPE_INT8, 0 },
};
static const quire_statement books_find_by_id_with_user_books_statement = {
    "books.find_by_id_with_user_books",
    "select id, author_id, title, isbn, genre, pages, published_year, published_on, "
    "price,\n"
    "       rating, ratings_count, available, tags, metadata, created_at, updated_at,\n"
    "       deleted_at\n"
    "from books\n"
    "where id = $1\n"
    "  and deleted_at is null",
    NULL, 0, NULL, 0,
    books_find_by_id_with_user_books_params, 1, &book_with_user_books_type, 0,
};
static const quire_statement books_find_by_id_with_user_books_children = {
    "books.find_by_id_with_user_books",
    "select user_id, book_id, status, progress, rating, review, started_on, finished_on,\n"
    "       reading_time, created_at, updated_at\n"
    "from user_books\n"
    "where book_id = $1\n"
    "order by user_id, book_id",
    NULL, 0, NULL, 0,
    books_find_by_id_with_user_books_params, 1, &user_book_type, 0,
};

quire_status bookshelf_books_find_by_id_with_user_books(bookshelf_books_repo repo, int64_t id,
                                                        bookshelf_book_with_user_books *out,
                                                        quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_with_list(repo.db, &books_find_by_id_with_user_books_statement,
                                 &books_find_by_id_with_user_books_children, args, out,
                                 offsetof(bookshelf_book_with_user_books, user_books), err);
}

/*
 * select b.id, b.author_id, b.title, b.isbn, b.genre, b.pages, b.published_year, b.published_on,
 *     b.price, b.rating, b.ratings_count, b.available, b.tags, b.metadata,
 *     b.created_at, b.updated_at, b.deleted_at
 * from books b
 * join authors a on a.id = b.author_id
 * where b.deleted_at is null
 * [if set]   and b.genre = :genre
 * [if set]   and b.author_id = :author_id
 * [if set]   and strpos(lower(concat_ws(' ', a.name, a.original_name)), lower(:author)) > 0
 * [if set]   and strpos(lower(b.title), lower(:title)) > 0
 * [if set]   and b.rating >= :min_rating
 * [if set]   and b.rating <= :max_rating
 * [if set]   and b.price >= :min_price
 * [if set]   and b.price <= :max_price
 * [if set]   and b.available = :available
 * order by
 * [if set]   b.rating desc nulls last, b.id
 * [if set]   b.ratings_count desc, b.id
 * [if set]   b.title, b.id
 * [if set]   b.published_year desc nulls last, b.id
 * [if set]   b.published_year nulls last, b.id
 * [if set]   b.price nulls last, b.id
 * [if set] limit :limit
 * [if set] offset :offset
 */
static const quire_param books_search_params[] = {
    { "genre", NULL, 25, offsetof(bookshelf_books_search_params, genre), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL },
    { "author_id", NULL, 20, offsetof(bookshelf_books_search_params, author_id), QUIRE_TYPE_INT8, QUIRE_PARAM_OPTIONAL },
    { "author", NULL, 25, offsetof(bookshelf_books_search_params, author), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL },
    { "title", NULL, 25, offsetof(bookshelf_books_search_params, title), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL },
    { "min_rating", NULL, 701, offsetof(bookshelf_books_search_params, min_rating), QUIRE_TYPE_FLOAT8, QUIRE_PARAM_OPTIONAL },
    { "max_rating", NULL, 701, offsetof(bookshelf_books_search_params, max_rating), QUIRE_TYPE_FLOAT8, QUIRE_PARAM_OPTIONAL },
    { "min_price", NULL, 1700, offsetof(bookshelf_books_search_params, min_price), QUIRE_TYPE_DECIMAL, QUIRE_PARAM_OPTIONAL },
    { "max_price", NULL, 1700, offsetof(bookshelf_books_search_params, max_price), QUIRE_TYPE_DECIMAL, QUIRE_PARAM_OPTIONAL },
    { "available", NULL, 16, offsetof(bookshelf_books_search_params, available), QUIRE_TYPE_BOOL, QUIRE_PARAM_OPTIONAL },
    { "limit", NULL, 20, offsetof(bookshelf_books_search_params, limit), QUIRE_TYPE_INT8, QUIRE_PARAM_OPTIONAL },
    { "offset", NULL, 20, offsetof(bookshelf_books_search_params, offset), QUIRE_TYPE_INT8, QUIRE_PARAM_OPTIONAL },
};
static const uint16_t books_search_when_0[] = { 0 };
static const uint16_t books_search_when_1[] = { 1 };
static const uint16_t books_search_when_2[] = { 2 };
static const uint16_t books_search_when_3[] = { 3 };
static const uint16_t books_search_when_4[] = { 4 };
static const uint16_t books_search_when_5[] = { 5 };
static const uint16_t books_search_when_6[] = { 6 };
static const uint16_t books_search_when_7[] = { 7 };
static const uint16_t books_search_when_8[] = { 8 };
static const uint16_t books_search_when_15[] = { 9 };
static const uint16_t books_search_when_16[] = { 10 };
static const quire_condition books_search_conditions[] = {
    { books_search_when_0, 1, 0, 0 },
    { books_search_when_1, 1, 0, 0 },
    { books_search_when_2, 1, 0, 0 },
    { books_search_when_3, 1, 0, 0 },
    { books_search_when_4, 1, 0, 0 },
    { books_search_when_5, 1, 0, 0 },
    { books_search_when_6, 1, 0, 0 },
    { books_search_when_7, 1, 0, 0 },
    { books_search_when_8, 1, 0, 0 },
    { NULL, 0, 0, offsetof(bookshelf_books_search_params, sort) },
    { NULL, 0, 1, offsetof(bookshelf_books_search_params, sort) },
    { NULL, 0, 2, offsetof(bookshelf_books_search_params, sort) },
    { NULL, 0, 3, offsetof(bookshelf_books_search_params, sort) },
    { NULL, 0, 4, offsetof(bookshelf_books_search_params, sort) },
    { NULL, 0, 5, offsetof(bookshelf_books_search_params, sort) },
    { books_search_when_15, 1, 0, 0 },
    { books_search_when_16, 1, 0, 0 },
};
static const quire_part books_search_parts[] = {
    { "select b.id, b.author_id, b.title, b.isbn, b.genre, b.pages, b.published_year, "
      "b.published_on,\n"
      "    b.price, b.rating, b.ratings_count, b.available, b.tags, b.metadata,\n"
      "    b.created_at, b.updated_at, b.deleted_at\n"
      "from books b\n"
      "join authors a on a.id = b.author_id\n"
      "where b.deleted_at is null", QUIRE_NONE, QUIRE_NONE, 0 },
    { "\n  and b.genre = ", 0, 0, 0 },
    { "\n  and b.author_id = ", 1, 1, 0 },
    { "\n  and strpos(lower(concat_ws(' ', a.name, a.original_name)), lower(", 2, 2, 0 },
    { ")) > 0", QUIRE_NONE, 2, 0 },
    { "\n  and strpos(lower(b.title), lower(", 3, 3, 0 },
    { ")) > 0", QUIRE_NONE, 3, 0 },
    { "\n  and b.rating >= ", 4, 4, 0 },
    { "\n  and b.rating <= ", 5, 5, 0 },
    { "\n  and b.price >= ", 6, 6, 0 },
    { "\n  and b.price <= ", 7, 7, 0 },
    { "\n  and b.available = ", 8, 8, 0 },
    { "\norder by", QUIRE_NONE, QUIRE_NONE, 0 },
    { "\n  b.rating desc nulls last, b.id", QUIRE_NONE, 9, 0 },
    { "\n  b.ratings_count desc, b.id", QUIRE_NONE, 10, 0 },
    { "\n  b.title, b.id", QUIRE_NONE, 11, 0 },
    { "\n  b.published_year desc nulls last, b.id", QUIRE_NONE, 12, 0 },
    { "\n  b.published_year nulls last, b.id", QUIRE_NONE, 13, 0 },
    { "\n  b.price nulls last, b.id", QUIRE_NONE, 14, 0 },
    { "\nlimit ", 9, 15, 0 },
    { "\noffset ", 10, 16, 0 },
};
static const quire_statement books_search_statement = {
    "books.search",
    NULL,
    books_search_parts, 21, books_search_conditions, 17,
    books_search_params, 11, &book_type, 0,
};

quire_status bookshelf_books_search(bookshelf_books_repo repo,
                                    const bookshelf_books_search_params *params,
                                    bookshelf_book_list *out, quire_error *err)
{
    return quire_fetch_list(repo.db, &books_search_statement, NULL, params, out, err);
}

static const quire_param books_find_by_isbn_params[] = {
    { "isbn", NULL, 25, 0, QUIRE_TYPE_TEXT, 0 },
};
static const quire_statement books_find_by_isbn_statement = {
    "books.find_by_isbn",
    "select b.id, b.author_id, b.title, b.isbn, b.genre, b.pages, b.published_year, "
    "b.published_on,\n"
    "    b.price, b.rating, b.ratings_count, b.available, b.tags, b.metadata,\n"
    "    b.created_at, b.updated_at, b.deleted_at\n"
    "from books b\n"
    "where b.isbn = $1\n"
    "  and b.deleted_at is null",
    NULL, 0, NULL, 0,
    books_find_by_isbn_params, 1, &book_type, 0,
};

quire_status bookshelf_books_find_by_isbn(bookshelf_books_repo repo, const char *isbn, bool *found,
                                          bookshelf_book *out, quire_error *err)
{
    const void *const args[] = { &isbn };
    return quire_fetch_maybe(repo.db, &books_find_by_isbn_statement, args, NULL, found, out, err);
}

static const quire_param books_find_tagged_params[] = {
    { "tags", NULL, 1009, 0, QUIRE_TYPE_TEXT, QUIRE_FIELD_ARRAY },
};
static const quire_statement books_find_tagged_statement = {
    "books.find_tagged",
    "select b.id, b.author_id, b.title, b.isbn, b.genre, b.pages, b.published_year, "
    "b.published_on,\n"
    "    b.price, b.rating, b.ratings_count, b.available, b.tags, b.metadata,\n"
    "    b.created_at, b.updated_at, b.deleted_at\n"
    "from books b\n"
    "where b.tags @> $1\n"
    "  and b.deleted_at is null\n"
    "order by b.title, b.id",
    NULL, 0, NULL, 0,
    books_find_tagged_params, 1, &book_type, 0,
};

quire_status bookshelf_books_find_tagged(bookshelf_books_repo repo, quire_text_array tags,
                                         bookshelf_book_list *out, quire_error *err)
{
    const void *const args[] = { &tags };
    return quire_fetch_list(repo.db, &books_find_tagged_statement, args, NULL, out, err);
}

static const quire_field books_get_stats_row_fields[] = {
    { "genre", NULL, 25, offsetof(bookshelf_books_get_stats_row, genre), QUIRE_TYPE_TEXT, 0 },
    { "book_count", NULL, 20, offsetof(bookshelf_books_get_stats_row, book_count), QUIRE_TYPE_INT8, 0 },
    { "average_rating", NULL, 701, offsetof(bookshelf_books_get_stats_row, average_rating), QUIRE_TYPE_FLOAT8, QUIRE_FIELD_NULLABLE },
    { "average_price", NULL, 1700, offsetof(bookshelf_books_get_stats_row, average_price), QUIRE_TYPE_DECIMAL, QUIRE_FIELD_NULLABLE },
};
static const quire_row_type books_get_stats_row_type = {
    "bookshelf_books_get_stats_row", sizeof(bookshelf_books_get_stats_row), offsetof(bookshelf_books_get_stats_row, owner_),
    books_get_stats_row_fields, 4, NULL, 0,
};

void bookshelf_books_get_stats_row_free(bookshelf_books_get_stats_row *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

void bookshelf_books_get_stats_row_list_free(bookshelf_books_get_stats_row_list *list)
{
    if (!list)
        return;
    quire_memory_free(list->owner_);
    memset(list, 0, sizeof *list);
}

static const quire_statement books_get_stats_statement = {
    "books.get_stats",
    "select b.genre,\n"
    "       count(*) as book_count,\n"
    "       avg(b.rating) as average_rating,\n"
    "       round(avg(b.price), 2) as average_price\n"
    "from books b\n"
    "where b.deleted_at is null\n"
    "group by b.genre\n"
    "order by book_count desc, b.genre",
    NULL, 0, NULL, 0,
    NULL, 0, &books_get_stats_row_type, 0,
};

quire_status bookshelf_books_get_stats(bookshelf_books_repo repo,
                                       bookshelf_books_get_stats_row_list *out, quire_error *err)
{
    return quire_fetch_list(repo.db, &books_get_stats_statement, NULL, NULL, out, err);
}

static const quire_field books_get_totals_row_fields[] = {
    { "book_count", NULL, 20, offsetof(bookshelf_books_get_totals_row, book_count), QUIRE_TYPE_INT8, 0 },
    { "genre_count", NULL, 20, offsetof(bookshelf_books_get_totals_row, genre_count), QUIRE_TYPE_INT8, 0 },
    { "author_count", NULL, 20, offsetof(bookshelf_books_get_totals_row, author_count), QUIRE_TYPE_INT8, 0 },
    { "available_count", NULL, 20, offsetof(bookshelf_books_get_totals_row, available_count), QUIRE_TYPE_INT8, 0 },
    { "average_rating", NULL, 701, offsetof(bookshelf_books_get_totals_row, average_rating), QUIRE_TYPE_FLOAT8, QUIRE_FIELD_NULLABLE },
    { "average_price", NULL, 1700, offsetof(bookshelf_books_get_totals_row, average_price), QUIRE_TYPE_DECIMAL, QUIRE_FIELD_NULLABLE },
    { "oldest_year", NULL, 21, offsetof(bookshelf_books_get_totals_row, oldest_year), QUIRE_TYPE_INT2, QUIRE_FIELD_NULLABLE },
};
static const quire_row_type books_get_totals_row_type = {
    "bookshelf_books_get_totals_row", sizeof(bookshelf_books_get_totals_row), offsetof(bookshelf_books_get_totals_row, owner_),
    books_get_totals_row_fields, 7, NULL, 0,
};

void bookshelf_books_get_totals_row_free(bookshelf_books_get_totals_row *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

static const quire_statement books_get_totals_statement = {
    "books.get_totals",
    "select count(*) as book_count,\n"
    "       count(distinct b.genre) as genre_count,\n"
    "       count(distinct b.author_id) as author_count,\n"
    "       count(*) filter (where b.available) as available_count,\n"
    "       avg(b.rating) as average_rating,\n"
    "       round(avg(b.price), 2) as average_price,\n"
    "       min(b.published_year) as oldest_year\n"
    "from books b\n"
    "where b.deleted_at is null",
    NULL, 0, NULL, 0,
    NULL, 0, &books_get_totals_row_type, 0,
};

quire_status bookshelf_books_get_totals(bookshelf_books_repo repo,
                                        bookshelf_books_get_totals_row *out, quire_error *err)
{
    return quire_fetch_one(repo.db, &books_get_totals_statement, NULL, NULL, out, err);
}

typedef struct bookshelf_books_count_in_genre_value {
    int64_t value;
    quire_memory *owner_;
} bookshelf_books_count_in_genre_value;

static const quire_field books_count_in_genre_value_fields[] = {
    { "count", NULL, 20, offsetof(bookshelf_books_count_in_genre_value, value), QUIRE_TYPE_INT8, 0 },
};
static const quire_row_type books_count_in_genre_value_type = {
    "bookshelf_books_count_in_genre_value", sizeof(bookshelf_books_count_in_genre_value), offsetof(bookshelf_books_count_in_genre_value, owner_),
    books_count_in_genre_value_fields, 1, NULL, 0,
};

static const quire_param books_count_in_genre_params[] = {
    { "genre", NULL, 25, 0, QUIRE_TYPE_TEXT, 0 },
};
static const quire_statement books_count_in_genre_statement = {
    "books.count_in_genre",
    "select count(*)\n"
    "from books b\n"
    "where b.genre = $1\n"
    "  and b.deleted_at is null",
    NULL, 0, NULL, 0,
    books_count_in_genre_params, 1, &books_count_in_genre_value_type, 0,
};

quire_status bookshelf_books_count_in_genre(bookshelf_books_repo repo, const char *genre,
                                            int64_t *out, quire_error *err)
{
    const void *const args[] = { &genre };
    bookshelf_books_count_in_genre_value row;
    quire_status status =
        quire_fetch_one(repo.db, &books_count_in_genre_statement, args, NULL, &row, err);
    if (status == QUIRE_OK) {
        *out = row.value;
        quire_memory_free(row.owner_);
    }
    return status;
}

static const quire_field books_get_price_value_fields[] = {
    { "price", NULL, 1700, offsetof(bookshelf_books_get_price_value, value), QUIRE_TYPE_DECIMAL, QUIRE_FIELD_NULLABLE },
};
static const quire_row_type books_get_price_value_type = {
    "bookshelf_books_get_price_value", sizeof(bookshelf_books_get_price_value), offsetof(bookshelf_books_get_price_value, owner_),
    books_get_price_value_fields, 1, NULL, 0,
};

void bookshelf_books_get_price_value_free(bookshelf_books_get_price_value *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

static const quire_param books_get_price_params[] = {
    { "id", NULL, 20, 0, QUIRE_TYPE_INT8, 0 },
};
static const quire_statement books_get_price_statement = {
    "books.get_price",
    "select b.price\n"
    "from books b\n"
    "where b.id = $1\n"
    "  and b.deleted_at is null",
    NULL, 0, NULL, 0,
    books_get_price_params, 1, &books_get_price_value_type, 0,
};

quire_status bookshelf_books_get_price(bookshelf_books_repo repo, int64_t id,
                                       bookshelf_books_get_price_value *out, quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_one(repo.db, &books_get_price_statement, args, NULL, out, err);
}

static const quire_param books_set_available_params[] = {
    { "available", NULL, 16, 0, QUIRE_TYPE_BOOL, 0 },
    { "ids", NULL, 1016, 1, QUIRE_TYPE_INT8, QUIRE_FIELD_ARRAY },
};
static const quire_statement books_set_available_statement = {
    "books.set_available",
    "update books\n"
    "set available = $1,\n"
    "    updated_at = now()\n"
    "where id = any ($2)\n"
    "  and deleted_at is null",
    NULL, 0, NULL, 0,
    books_set_available_params, 2, NULL, QUIRE_STATEMENT_WRITES,
};

quire_status bookshelf_books_set_available(bookshelf_books_repo repo, bool available,
                                           quire_int8_array ids, int64_t *affected,
                                           quire_error *err)
{
    const void *const args[] = { &available, &ids };
    return quire_execute(repo.db, &books_set_available_statement, args, NULL, affected, err);
}

static const quire_param books_add_rating_params[] = {
    { "stars", NULL, 701, 0, QUIRE_TYPE_FLOAT8, 0 },
    { "id", NULL, 20, 1, QUIRE_TYPE_INT8, 0 },
};
static const quire_statement books_add_rating_statement = {
    "books.add_rating",
    "update books\n"
    "set rating = (coalesce(rating, 0) * ratings_count + $1) / (ratings_count "
    "+ 1),\n"
    "    ratings_count = ratings_count + 1,\n"
    "    updated_at = now()\n"
    "where id = $2\n"
    "  and deleted_at is null\n"
    "returning id, author_id, title, isbn, genre, pages, published_year, published_on, "
    "price,\n"
    "    rating, ratings_count, available, tags, metadata, created_at, updated_at,\n"
    "    deleted_at",
    NULL, 0, NULL, 0,
    books_add_rating_params, 2, &book_type, QUIRE_STATEMENT_WRITES,
};

quire_status bookshelf_books_add_rating(bookshelf_books_repo repo, double stars, int64_t id,
                                        bool *found, bookshelf_book *out, quire_error *err)
{
    const void *const args[] = { &stars, &id };
    return quire_fetch_maybe(repo.db, &books_add_rating_statement, args, NULL, found, out, err);
}

static const quire_param user_books_find_by_id_params[] = {
    { "user_id", NULL, 20, 0, QUIRE_TYPE_INT8, 0 },
    { "book_id", NULL, 20, 1, QUIRE_TYPE_INT8, 0 },
};
static const quire_statement user_books_find_by_id_statement = {
    "user_books.find_by_id",
    "select user_id, book_id, status, progress, rating, review, started_on, finished_on,\n"
    "       reading_time, created_at, updated_at\n"
    "from user_books\n"
    "where user_id = $1\n"
    "  and book_id = $2",
    NULL, 0, NULL, 0,
    user_books_find_by_id_params, 2, &user_book_type, 0,
};

quire_status bookshelf_user_books_find_by_id(bookshelf_user_books_repo repo, int64_t user_id,
                                             int64_t book_id, bookshelf_user_book *out,
                                             quire_error *err)
{
    const void *const args[] = { &user_id, &book_id };
    return quire_fetch_one(repo.db, &user_books_find_by_id_statement, args, NULL, out, err);
}

/*
 * insert into user_books (user_id
 *     book_id
 *     [if set] status
 *     [if set] progress
 *     [if set] rating
 *     [if set] review
 *     [if set] started_on
 *     [if set] finished_on
 *     [if set] reading_time
 *     [if set] created_at
 *     [if set] updated_at)
 * values (:user_id
 *     :book_id
 *     [if set] :status
 *     [if set] :progress
 *     [if set] :rating
 *     [if set] :review
 *     [if set] :started_on
 *     [if set] :finished_on
 *     [if set] :reading_time
 *     [if set] :created_at
 *     [if set] :updated_at)
 * returning user_id, book_id, status, progress, rating, review, started_on, finished_on,
 *           reading_time, created_at, updated_at
 */
static const quire_param user_books_create_params[] = {
    { "user_id", NULL, 20, offsetof(bookshelf_user_book_new, user_id), QUIRE_TYPE_INT8, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "book_id", NULL, 20, offsetof(bookshelf_user_book_new, book_id), QUIRE_TYPE_INT8, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "status", &reading_status_enum, 0, offsetof(bookshelf_user_book_new, status), QUIRE_TYPE_ENUM, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "progress", NULL, 21, offsetof(bookshelf_user_book_new, progress), QUIRE_TYPE_INT2, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "rating", NULL, 21, offsetof(bookshelf_user_book_new, rating), QUIRE_TYPE_INT2, QUIRE_PARAM_OPTIONAL },
    { "review", NULL, 25, offsetof(bookshelf_user_book_new, review), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL },
    { "started_on", NULL, 1082, offsetof(bookshelf_user_book_new, started_on), QUIRE_TYPE_DATE, QUIRE_PARAM_OPTIONAL },
    { "finished_on", NULL, 1082, offsetof(bookshelf_user_book_new, finished_on), QUIRE_TYPE_DATE, QUIRE_PARAM_OPTIONAL },
    { "reading_time", NULL, 1186, offsetof(bookshelf_user_book_new, reading_time), QUIRE_TYPE_INTERVAL, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "created_at", NULL, 1184, offsetof(bookshelf_user_book_new, created_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "updated_at", NULL, 1184, offsetof(bookshelf_user_book_new, updated_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
};
static const uint16_t user_books_create_when_0[] = { 2 };
static const uint16_t user_books_create_when_1[] = { 3 };
static const uint16_t user_books_create_when_2[] = { 4 };
static const uint16_t user_books_create_when_3[] = { 5 };
static const uint16_t user_books_create_when_4[] = { 6 };
static const uint16_t user_books_create_when_5[] = { 7 };
static const uint16_t user_books_create_when_6[] = { 8 };
static const uint16_t user_books_create_when_7[] = { 9 };
static const uint16_t user_books_create_when_8[] = { 10 };
static const quire_condition user_books_create_conditions[] = {
    { user_books_create_when_0, 1, 0, 0 },
    { user_books_create_when_1, 1, 0, 0 },
    { user_books_create_when_2, 1, 0, 0 },
    { user_books_create_when_3, 1, 0, 0 },
    { user_books_create_when_4, 1, 0, 0 },
    { user_books_create_when_5, 1, 0, 0 },
    { user_books_create_when_6, 1, 0, 0 },
    { user_books_create_when_7, 1, 0, 0 },
    { user_books_create_when_8, 1, 0, 0 },
};
static const quire_part user_books_create_parts[] = {
    { "insert into user_books (", QUIRE_NONE, QUIRE_NONE, 0 },
    { "user_id", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "book_id", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "status", QUIRE_NONE, 0, QUIRE_PART_ITEM },
    { "progress", QUIRE_NONE, 1, QUIRE_PART_ITEM },
    { "rating", QUIRE_NONE, 2, QUIRE_PART_ITEM },
    { "review", QUIRE_NONE, 3, QUIRE_PART_ITEM },
    { "started_on", QUIRE_NONE, 4, QUIRE_PART_ITEM },
    { "finished_on", QUIRE_NONE, 5, QUIRE_PART_ITEM },
    { "reading_time", QUIRE_NONE, 6, QUIRE_PART_ITEM },
    { "created_at", QUIRE_NONE, 7, QUIRE_PART_ITEM },
    { "updated_at", QUIRE_NONE, 8, QUIRE_PART_ITEM },
    { ")\n"
      "values (", QUIRE_NONE, QUIRE_NONE, 0 },
    { "", 0, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 1, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 2, 0, QUIRE_PART_ITEM },
    { "", 3, 1, QUIRE_PART_ITEM },
    { "", 4, 2, QUIRE_PART_ITEM },
    { "", 5, 3, QUIRE_PART_ITEM },
    { "", 6, 4, QUIRE_PART_ITEM },
    { "", 7, 5, QUIRE_PART_ITEM },
    { "", 8, 6, QUIRE_PART_ITEM },
    { "", 9, 7, QUIRE_PART_ITEM },
    { "", 10, 8, QUIRE_PART_ITEM },
    { ")\n"
      "returning user_id, book_id, status, progress, rating, review, started_on, "
      "finished_on,\n"
      "          reading_time, created_at, updated_at", QUIRE_NONE, QUIRE_NONE, 0 },
};
static const quire_statement user_books_create_statement = {
    "user_books.create",
    NULL,
    user_books_create_parts, 25, user_books_create_conditions, 9,
    user_books_create_params, 11, &user_book_type, QUIRE_STATEMENT_WRITES,
};

quire_status bookshelf_user_books_create(bookshelf_user_books_repo repo,
                                         const bookshelf_user_book_new *values,
                                         bookshelf_user_book *out, quire_error *err)
{
    return quire_fetch_one(repo.db, &user_books_create_statement, NULL, values, out, err);
}

/*
 * update user_books
 * set [if set] status = :status
 *     [if set] progress = :progress
 *     [if set] rating = :rating
 *     [if set] review = :review
 *     [if set] started_on = :started_on
 *     [if set] finished_on = :finished_on
 *     [if set] reading_time = :reading_time
 *     [if set] created_at = :created_at
 *     [if set] updated_at = :updated_at
 *     [else] updated_at = now()
 * where user_id = :user_id
 *   and book_id = :book_id
 * returning user_id, book_id, status, progress, rating, review, started_on, finished_on,
 *           reading_time, created_at, updated_at
 */
static const quire_param user_books_update_params[] = {
    { "status", &reading_status_enum, 0, offsetof(bookshelf_user_book_changes, status), QUIRE_TYPE_ENUM, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "progress", NULL, 21, offsetof(bookshelf_user_book_changes, progress), QUIRE_TYPE_INT2, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "rating", NULL, 21, offsetof(bookshelf_user_book_changes, rating), QUIRE_TYPE_INT2, QUIRE_PARAM_OPTIONAL },
    { "review", NULL, 25, offsetof(bookshelf_user_book_changes, review), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL },
    { "started_on", NULL, 1082, offsetof(bookshelf_user_book_changes, started_on), QUIRE_TYPE_DATE, QUIRE_PARAM_OPTIONAL },
    { "finished_on", NULL, 1082, offsetof(bookshelf_user_book_changes, finished_on), QUIRE_TYPE_DATE, QUIRE_PARAM_OPTIONAL },
    { "reading_time", NULL, 1186, offsetof(bookshelf_user_book_changes, reading_time), QUIRE_TYPE_INTERVAL, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "created_at", NULL, 1184, offsetof(bookshelf_user_book_changes, created_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "updated_at", NULL, 1184, offsetof(bookshelf_user_book_changes, updated_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "user_id", NULL, 20, 0, QUIRE_TYPE_INT8, 0 },
    { "book_id", NULL, 20, 1, QUIRE_TYPE_INT8, 0 },
};
static const uint16_t user_books_update_when_0[] = { 0 };
static const uint16_t user_books_update_when_1[] = { 1 };
static const uint16_t user_books_update_when_2[] = { 2 };
static const uint16_t user_books_update_when_3[] = { 3 };
static const uint16_t user_books_update_when_4[] = { 4 };
static const uint16_t user_books_update_when_5[] = { 5 };
static const uint16_t user_books_update_when_6[] = { 6 };
static const uint16_t user_books_update_when_7[] = { 7 };
static const uint16_t user_books_update_when_8[] = { 8 };
static const quire_condition user_books_update_conditions[] = {
    { user_books_update_when_0, 1, 0, 0 },
    { user_books_update_when_1, 1, 0, 0 },
    { user_books_update_when_2, 1, 0, 0 },
    { user_books_update_when_3, 1, 0, 0 },
    { user_books_update_when_4, 1, 0, 0 },
    { user_books_update_when_5, 1, 0, 0 },
    { user_books_update_when_6, 1, 0, 0 },
    { user_books_update_when_7, 1, 0, 0 },
    { user_books_update_when_8, 1, 0, 0 },
};
static const quire_part user_books_update_parts[] = {
    { "update user_books\n"
      "set ", QUIRE_NONE, QUIRE_NONE, 0 },
    { "status = ", 0, 0, QUIRE_PART_ITEM },
    { "progress = ", 1, 1, QUIRE_PART_ITEM },
    { "rating = ", 2, 2, QUIRE_PART_ITEM },
    { "review = ", 3, 3, QUIRE_PART_ITEM },
    { "started_on = ", 4, 4, QUIRE_PART_ITEM },
    { "finished_on = ", 5, 5, QUIRE_PART_ITEM },
    { "reading_time = ", 6, 6, QUIRE_PART_ITEM },
    { "created_at = ", 7, 7, QUIRE_PART_ITEM },
    { "updated_at = ", 8, 8, QUIRE_PART_ITEM },
    { "updated_at = now()", QUIRE_NONE, 8, QUIRE_PART_ITEM | QUIRE_PART_ELSE },
    { "\nwhere user_id = ", 9, QUIRE_NONE, 0 },
    { "\n  and book_id = ", 10, QUIRE_NONE, 0 },
    { "\nreturning user_id, book_id, status, progress, rating, review, started_on, "
      "finished_on,\n"
      "          reading_time, created_at, updated_at", QUIRE_NONE, QUIRE_NONE, 0 },
};
static const quire_statement user_books_update_statement = {
    "user_books.update",
    NULL,
    user_books_update_parts, 14, user_books_update_conditions, 9,
    user_books_update_params, 11, &user_book_type, QUIRE_STATEMENT_WRITES | QUIRE_STATEMENT_CHANGES,
};

quire_status bookshelf_user_books_update(bookshelf_user_books_repo repo, int64_t user_id,
                                         int64_t book_id,
                                         const bookshelf_user_book_changes *changes,
                                         bookshelf_user_book *out, quire_error *err)
{
    const void *const args[] = { &user_id, &book_id };
    return quire_fetch_one(repo.db, &user_books_update_statement, args, changes, out, err);
}

static const quire_param user_books_delete_params[] = {
    { "user_id", NULL, 20, 0, QUIRE_TYPE_INT8, 0 },
    { "book_id", NULL, 20, 1, QUIRE_TYPE_INT8, 0 },
};
static const quire_statement user_books_delete_statement = {
    "user_books.delete",
    "delete from user_books\n"
    "where user_id = $1\n"
    "  and book_id = $2",
    NULL, 0, NULL, 0,
    user_books_delete_params, 2, NULL, QUIRE_STATEMENT_WRITES,
};

quire_status bookshelf_user_books_delete(bookshelf_user_books_repo repo, int64_t user_id,
                                         int64_t book_id, quire_error *err)
{
    const void *const args[] = { &user_id, &book_id };
    return quire_execute_one(repo.db, &user_books_delete_statement, args, NULL, err);
}

static const quire_field user_book_with_book_fields[] = {
    { "user_id", NULL, 20, offsetof(bookshelf_user_book_with_book, user_id), QUIRE_TYPE_INT8, 0 },
    { "book_id", NULL, 20, offsetof(bookshelf_user_book_with_book, book_id), QUIRE_TYPE_INT8, 0 },
    { "status", &reading_status_enum, 0, offsetof(bookshelf_user_book_with_book, status), QUIRE_TYPE_ENUM, 0 },
    { "progress", NULL, 21, offsetof(bookshelf_user_book_with_book, progress), QUIRE_TYPE_INT2, 0 },
    { "rating", NULL, 21, offsetof(bookshelf_user_book_with_book, rating), QUIRE_TYPE_INT2, QUIRE_FIELD_NULLABLE },
    { "review", NULL, 25, offsetof(bookshelf_user_book_with_book, review), QUIRE_TYPE_TEXT, QUIRE_FIELD_NULLABLE },
    { "started_on", NULL, 1082, offsetof(bookshelf_user_book_with_book, started_on), QUIRE_TYPE_DATE, QUIRE_FIELD_NULLABLE },
    { "finished_on", NULL, 1082, offsetof(bookshelf_user_book_with_book, finished_on), QUIRE_TYPE_DATE, QUIRE_FIELD_NULLABLE },
    { "reading_time", NULL, 1186, offsetof(bookshelf_user_book_with_book, reading_time), QUIRE_TYPE_INTERVAL, 0 },
    { "created_at", NULL, 1184, offsetof(bookshelf_user_book_with_book, created_at), QUIRE_TYPE_TIMESTAMPTZ, 0 },
    { "updated_at", NULL, 1184, offsetof(bookshelf_user_book_with_book, updated_at), QUIRE_TYPE_TIMESTAMPTZ, 0 },
    { "id", NULL, 20, offsetof(bookshelf_user_book_with_book, book.id), QUIRE_TYPE_INT8, 0 },
    { "author_id", NULL, 20, offsetof(bookshelf_user_book_with_book, book.author_id), QUIRE_TYPE_INT8, 0 },
    { "title", NULL, 25, offsetof(bookshelf_user_book_with_book, book.title), QUIRE_TYPE_TEXT, 0 },
    { "isbn", NULL, 25, offsetof(bookshelf_user_book_with_book, book.isbn), QUIRE_TYPE_TEXT, QUIRE_FIELD_NULLABLE },
    { "genre", NULL, 25, offsetof(bookshelf_user_book_with_book, book.genre), QUIRE_TYPE_TEXT, 0 },
    { "pages", NULL, 23, offsetof(bookshelf_user_book_with_book, book.pages), QUIRE_TYPE_INT4, 0 },
    { "published_year", NULL, 21, offsetof(bookshelf_user_book_with_book, book.published_year), QUIRE_TYPE_INT2, QUIRE_FIELD_NULLABLE },
    { "published_on", NULL, 1082, offsetof(bookshelf_user_book_with_book, book.published_on), QUIRE_TYPE_DATE, QUIRE_FIELD_NULLABLE },
    { "price", NULL, 1700, offsetof(bookshelf_user_book_with_book, book.price), QUIRE_TYPE_DECIMAL, QUIRE_FIELD_NULLABLE },
    { "rating", NULL, 701, offsetof(bookshelf_user_book_with_book, book.rating), QUIRE_TYPE_FLOAT8, QUIRE_FIELD_NULLABLE },
    { "ratings_count", NULL, 23, offsetof(bookshelf_user_book_with_book, book.ratings_count), QUIRE_TYPE_INT4, 0 },
    { "available", NULL, 16, offsetof(bookshelf_user_book_with_book, book.available), QUIRE_TYPE_BOOL, 0 },
    { "tags", NULL, 1009, offsetof(bookshelf_user_book_with_book, book.tags), QUIRE_TYPE_TEXT, QUIRE_FIELD_ARRAY },
    { "metadata", NULL, 3802, offsetof(bookshelf_user_book_with_book, book.metadata), QUIRE_TYPE_JSONB, 0 },
    { "created_at", NULL, 1184, offsetof(bookshelf_user_book_with_book, book.created_at), QUIRE_TYPE_TIMESTAMPTZ, 0 },
    { "updated_at", NULL, 1184, offsetof(bookshelf_user_book_with_book, book.updated_at), QUIRE_TYPE_TIMESTAMPTZ, 0 },
    { "deleted_at", NULL, 1184, offsetof(bookshelf_user_book_with_book, book.deleted_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_FIELD_NULLABLE },
};
static const quire_row_type user_book_with_book_type = {
    "bookshelf_user_book_with_book", sizeof(bookshelf_user_book_with_book), offsetof(bookshelf_user_book_with_book, owner_),
    user_book_with_book_fields, 28, NULL, 0,
};

void bookshelf_user_book_with_book_free(bookshelf_user_book_with_book *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

static const quire_param user_books_find_by_id_with_book_params[] = {
    { "user_id", NULL, 20, 0, QUIRE_TYPE_INT8, 0 },
    { "book_id", NULL, 20, 1, QUIRE_TYPE_INT8, 0 },
};
static const quire_statement user_books_find_by_id_with_book_statement = {
    "user_books.find_by_id_with_book",
    "select t.user_id, t.book_id, t.status, t.progress, t.rating, t.review, t.started_on,\n"
    "       t.finished_on, t.reading_time, t.created_at, t.updated_at,\n"
    "       p.id, p.author_id, p.title, p.isbn, p.genre, p.pages, p.published_year,\n"
    "       p.published_on, p.price, p.rating, p.ratings_count, p.available, p.tags,\n"
    "       p.metadata, p.created_at, p.updated_at, p.deleted_at\n"
    "from user_books t\n"
    "join books p on p.id = t.book_id\n"
    "where t.user_id = $1\n"
    "  and t.book_id = $2",
    NULL, 0, NULL, 0,
    user_books_find_by_id_with_book_params, 2, &user_book_with_book_type, 0,
};

quire_status bookshelf_user_books_find_by_id_with_book(bookshelf_user_books_repo repo,
                                                       int64_t user_id, int64_t book_id,
                                                       bookshelf_user_book_with_book *out,
                                                       quire_error *err)
{
    const void *const args[] = { &user_id, &book_id };
    return quire_fetch_one(repo.db, &user_books_find_by_id_with_book_statement, args, NULL, out,
                           err);
}

static const quire_field user_book_with_user_fields[] = {
    { "user_id", NULL, 20, offsetof(bookshelf_user_book_with_user, user_id), QUIRE_TYPE_INT8, 0 },
    { "book_id", NULL, 20, offsetof(bookshelf_user_book_with_user, book_id), QUIRE_TYPE_INT8, 0 },
    { "status", &reading_status_enum, 0, offsetof(bookshelf_user_book_with_user, status), QUIRE_TYPE_ENUM, 0 },
    { "progress", NULL, 21, offsetof(bookshelf_user_book_with_user, progress), QUIRE_TYPE_INT2, 0 },
    { "rating", NULL, 21, offsetof(bookshelf_user_book_with_user, rating), QUIRE_TYPE_INT2, QUIRE_FIELD_NULLABLE },
    { "review", NULL, 25, offsetof(bookshelf_user_book_with_user, review), QUIRE_TYPE_TEXT, QUIRE_FIELD_NULLABLE },
    { "started_on", NULL, 1082, offsetof(bookshelf_user_book_with_user, started_on), QUIRE_TYPE_DATE, QUIRE_FIELD_NULLABLE },
    { "finished_on", NULL, 1082, offsetof(bookshelf_user_book_with_user, finished_on), QUIRE_TYPE_DATE, QUIRE_FIELD_NULLABLE },
    { "reading_time", NULL, 1186, offsetof(bookshelf_user_book_with_user, reading_time), QUIRE_TYPE_INTERVAL, 0 },
    { "created_at", NULL, 1184, offsetof(bookshelf_user_book_with_user, created_at), QUIRE_TYPE_TIMESTAMPTZ, 0 },
    { "updated_at", NULL, 1184, offsetof(bookshelf_user_book_with_user, updated_at), QUIRE_TYPE_TIMESTAMPTZ, 0 },
    { "id", NULL, 20, offsetof(bookshelf_user_book_with_user, user.id), QUIRE_TYPE_INT8, 0 },
    { "public_id", NULL, 2950, offsetof(bookshelf_user_book_with_user, user.public_id), QUIRE_TYPE_UUID, 0 },
    { "email", NULL, 25, offsetof(bookshelf_user_book_with_user, user.email), QUIRE_TYPE_TEXT, 0 },
    { "name", NULL, 25, offsetof(bookshelf_user_book_with_user, user.name), QUIRE_TYPE_TEXT, 0 },
    { "metadata", NULL, 3802, offsetof(bookshelf_user_book_with_user, user.metadata), QUIRE_TYPE_JSONB, 0 },
    { "created_at", NULL, 1184, offsetof(bookshelf_user_book_with_user, user.created_at), QUIRE_TYPE_TIMESTAMPTZ, 0 },
    { "updated_at", NULL, 1184, offsetof(bookshelf_user_book_with_user, user.updated_at), QUIRE_TYPE_TIMESTAMPTZ, 0 },
    { "deleted_at", NULL, 1184, offsetof(bookshelf_user_book_with_user, user.deleted_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_FIELD_NULLABLE },
};
static const quire_row_type user_book_with_user_type = {
    "bookshelf_user_book_with_user", sizeof(bookshelf_user_book_with_user), offsetof(bookshelf_user_book_with_user, owner_),
    user_book_with_user_fields, 19, NULL, 0,
};

void bookshelf_user_book_with_user_free(bookshelf_user_book_with_user *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

static const quire_param user_books_find_by_id_with_user_params[] = {
    { "user_id", NULL, 20, 0, QUIRE_TYPE_INT8, 0 },
    { "book_id", NULL, 20, 1, QUIRE_TYPE_INT8, 0 },
};
static const quire_statement user_books_find_by_id_with_user_statement = {
    "user_books.find_by_id_with_user",
    "select t.user_id, t.book_id, t.status, t.progress, t.rating, t.review, t.started_on,\n"
    "       t.finished_on, t.reading_time, t.created_at, t.updated_at,\n"
    "       p.id, p.public_id, p.email, p.name, p.metadata, p.created_at, p.updated_at,\n"
    "       p.deleted_at\n"
    "from user_books t\n"
    "join users p on p.id = t.user_id\n"
    "where t.user_id = $1\n"
    "  and t.book_id = $2",
    NULL, 0, NULL, 0,
    user_books_find_by_id_with_user_params, 2, &user_book_with_user_type, 0,
};

quire_status bookshelf_user_books_find_by_id_with_user(bookshelf_user_books_repo repo,
                                                       int64_t user_id, int64_t book_id,
                                                       bookshelf_user_book_with_user *out,
                                                       quire_error *err)
{
    const void *const args[] = { &user_id, &book_id };
    return quire_fetch_one(repo.db, &user_books_find_by_id_with_user_statement, args, NULL, out,
                           err);
}

static const quire_param user_books_set_status_params[] = {
    { "user_id", NULL, 20, 0, QUIRE_TYPE_INT8, 0 },
    { "book_id", NULL, 20, 1, QUIRE_TYPE_INT8, 0 },
    { "status", &reading_status_enum, 0, 2, QUIRE_TYPE_ENUM, 0 },
};
static const quire_statement user_books_set_status_statement = {
    "user_books.set_status",
    "insert into user_books as ub (user_id, book_id, status, progress, started_on, "
    "finished_on)\n"
    "values (\n"
    "    $1,\n"
    "    $2,\n"
    "    $3,\n"
    "    case when $3::reading_status = 'finished' then 100 else 0 end,\n"
    "    case when $3::reading_status <> 'want_to_read' then current_date end,\n"
    "    case when $3::reading_status = 'finished' then current_date end\n"
    ")\n"
    "on conflict (user_id, book_id) do update\n"
    "set status = excluded.status,\n"
    "    progress = greatest(ub.progress, excluded.progress),\n"
    "    started_on = coalesce(ub.started_on, excluded.started_on),\n"
    "    finished_on = coalesce(ub.finished_on, excluded.finished_on),\n"
    "    updated_at = now()\n"
    "returning user_id, book_id, status, progress, rating, review, started_on, "
    "finished_on,\n"
    "    reading_time, created_at, updated_at",
    NULL, 0, NULL, 0,
    user_books_set_status_params, 3, &user_book_type, QUIRE_STATEMENT_WRITES,
};

quire_status bookshelf_user_books_set_status(bookshelf_user_books_repo repo, int64_t user_id,
                                             int64_t book_id, bookshelf_reading_status status_,
                                             bookshelf_user_book *out, quire_error *err)
{
    const void *const args[] = { &user_id, &book_id, &status_ };
    return quire_fetch_one(repo.db, &user_books_set_status_statement, args, NULL, out, err);
}

static const quire_param user_books_set_progress_params[] = {
    { "progress", NULL, 21, 0, QUIRE_TYPE_INT2, 0 },
    { "user_id", NULL, 20, 1, QUIRE_TYPE_INT8, 0 },
    { "book_id", NULL, 20, 2, QUIRE_TYPE_INT8, 0 },
};
static const quire_statement user_books_set_progress_statement = {
    "user_books.set_progress",
    "update user_books\n"
    "set progress = $1,\n"
    "    status = case when $1::smallint = 100 then 'finished' else 'reading' "
    "end::reading_status,\n"
    "    started_on = coalesce(started_on, current_date),\n"
    "    finished_on = case when $1::smallint = 100 then coalesce(finished_on, "
    "current_date) end,\n"
    "    updated_at = now()\n"
    "where user_id = $2\n"
    "  and book_id = $3\n"
    "returning user_id, book_id, status, progress, rating, review, started_on, "
    "finished_on,\n"
    "    reading_time, created_at, updated_at",
    NULL, 0, NULL, 0,
    user_books_set_progress_params, 3, &user_book_type, QUIRE_STATEMENT_WRITES,
};

quire_status bookshelf_user_books_set_progress(bookshelf_user_books_repo repo, int16_t progress,
                                               int64_t user_id, int64_t book_id, bool *found,
                                               bookshelf_user_book *out, quire_error *err)
{
    const void *const args[] = { &progress, &user_id, &book_id };
    return quire_fetch_maybe(repo.db, &user_books_set_progress_statement, args, NULL, found, out,
                             err);
}

typedef struct bookshelf_user_books_get_status_value {
    bookshelf_reading_status value;
    quire_memory *owner_;
} bookshelf_user_books_get_status_value;

static const quire_field user_books_get_status_value_fields[] = {
    { "status", &reading_status_enum, 0, offsetof(bookshelf_user_books_get_status_value, value), QUIRE_TYPE_ENUM, 0 },
};
static const quire_row_type user_books_get_status_value_type = {
    "bookshelf_user_books_get_status_value", sizeof(bookshelf_user_books_get_status_value), offsetof(bookshelf_user_books_get_status_value, owner_),
    user_books_get_status_value_fields, 1, NULL, 0,
};

static const quire_param user_books_get_status_params[] = {
    { "user_id", NULL, 20, 0, QUIRE_TYPE_INT8, 0 },
    { "book_id", NULL, 20, 1, QUIRE_TYPE_INT8, 0 },
};
static const quire_statement user_books_get_status_statement = {
    "user_books.get_status",
    "select ub.status\n"
    "from user_books ub\n"
    "where ub.user_id = $1\n"
    "  and ub.book_id = $2",
    NULL, 0, NULL, 0,
    user_books_get_status_params, 2, &user_books_get_status_value_type, 0,
};

quire_status bookshelf_user_books_get_status(bookshelf_user_books_repo repo, int64_t user_id,
                                             int64_t book_id, bookshelf_reading_status *out,
                                             quire_error *err)
{
    const void *const args[] = { &user_id, &book_id };
    bookshelf_user_books_get_status_value row;
    quire_status status =
        quire_fetch_one(repo.db, &user_books_get_status_statement, args, NULL, &row, err);
    if (status == QUIRE_OK) {
        *out = row.value;
        quire_memory_free(row.owner_);
    }
    return status;
}

static const quire_param user_books_set_review_params[] = {
    { "rating", NULL, 21, 0, QUIRE_TYPE_INT2, QUIRE_FIELD_NULLABLE },
    { "review", NULL, 25, 1, QUIRE_TYPE_TEXT, QUIRE_FIELD_NULLABLE },
    { "user_id", NULL, 20, 2, QUIRE_TYPE_INT8, 0 },
    { "book_id", NULL, 20, 3, QUIRE_TYPE_INT8, 0 },
};
static const quire_statement user_books_set_review_statement = {
    "user_books.set_review",
    "update user_books\n"
    "set rating = $1,\n"
    "    review = $2,\n"
    "    updated_at = now()\n"
    "where user_id = $3\n"
    "  and book_id = $4",
    NULL, 0, NULL, 0,
    user_books_set_review_params, 4, NULL, QUIRE_STATEMENT_WRITES,
};

quire_status bookshelf_user_books_set_review(bookshelf_user_books_repo repo,
                                             quire_nullable_int2 rating, const char *review,
                                             int64_t user_id, int64_t book_id, quire_error *err)
{
    const void *const args[] = { &rating, &review, &user_id, &book_id };
    return quire_execute(repo.db, &user_books_set_review_statement, args, NULL, NULL, err);
}

static const quire_param user_books_add_reading_time_params[] = {
    { "spent", NULL, 1186, 0, QUIRE_TYPE_INTERVAL, 0 },
    { "user_id", NULL, 20, 1, QUIRE_TYPE_INT8, 0 },
    { "book_id", NULL, 20, 2, QUIRE_TYPE_INT8, 0 },
};
static const quire_statement user_books_add_reading_time_statement = {
    "user_books.add_reading_time",
    "update user_books\n"
    "set reading_time = reading_time + $1,\n"
    "    updated_at = now()\n"
    "where user_id = $2\n"
    "  and book_id = $3",
    NULL, 0, NULL, 0,
    user_books_add_reading_time_params, 3, NULL, QUIRE_STATEMENT_WRITES,
};

quire_status bookshelf_user_books_add_reading_time(bookshelf_user_books_repo repo,
                                                   quire_interval spent, int64_t user_id,
                                                   int64_t book_id, int64_t *affected,
                                                   quire_error *err)
{
    const void *const args[] = { &spent, &user_id, &book_id };
    return quire_execute(repo.db, &user_books_add_reading_time_statement, args, NULL, affected,
                         err);
}

static const quire_field user_books_shelf_row_fields[] = {
    { "book_id", NULL, 20, offsetof(bookshelf_user_books_shelf_row, book_id), QUIRE_TYPE_INT8, 0 },
    { "title", NULL, 25, offsetof(bookshelf_user_books_shelf_row, title), QUIRE_TYPE_TEXT, 0 },
    { "author", NULL, 25, offsetof(bookshelf_user_books_shelf_row, author), QUIRE_TYPE_TEXT, 0 },
    { "pages", NULL, 23, offsetof(bookshelf_user_books_shelf_row, pages), QUIRE_TYPE_INT4, 0 },
    { "status", &reading_status_enum, 0, offsetof(bookshelf_user_books_shelf_row, status), QUIRE_TYPE_ENUM, 0 },
    { "progress", NULL, 21, offsetof(bookshelf_user_books_shelf_row, progress), QUIRE_TYPE_INT2, 0 },
    { "rating", NULL, 21, offsetof(bookshelf_user_books_shelf_row, rating), QUIRE_TYPE_INT2, QUIRE_FIELD_NULLABLE },
    { "review", NULL, 25, offsetof(bookshelf_user_books_shelf_row, review), QUIRE_TYPE_TEXT, QUIRE_FIELD_NULLABLE },
    { "started_on", NULL, 1082, offsetof(bookshelf_user_books_shelf_row, started_on), QUIRE_TYPE_DATE, QUIRE_FIELD_NULLABLE },
    { "finished_on", NULL, 1082, offsetof(bookshelf_user_books_shelf_row, finished_on), QUIRE_TYPE_DATE, QUIRE_FIELD_NULLABLE },
    { "reading_time", NULL, 1186, offsetof(bookshelf_user_books_shelf_row, reading_time), QUIRE_TYPE_INTERVAL, 0 },
};
static const quire_row_type user_books_shelf_row_type = {
    "bookshelf_user_books_shelf_row", sizeof(bookshelf_user_books_shelf_row), offsetof(bookshelf_user_books_shelf_row, owner_),
    user_books_shelf_row_fields, 11, NULL, 0,
};

void bookshelf_user_books_shelf_row_free(bookshelf_user_books_shelf_row *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

void bookshelf_user_books_shelf_row_list_free(bookshelf_user_books_shelf_row_list *list)
{
    if (!list)
        return;
    quire_memory_free(list->owner_);
    memset(list, 0, sizeof *list);
}

/*
 * select ub.book_id,
 *        b.title,
 *        a.name as author,
 *        b.pages,
 *        ub.status,
 *        ub.progress,
 *        ub.rating,
 *        ub.review,
 *        ub.started_on,
 *        ub.finished_on,
 *        ub.reading_time
 * from user_books ub
 * join books b on b.id = ub.book_id
 * join authors a on a.id = b.author_id
 * where ub.user_id = :user_id
 *   and b.deleted_at is null
 * [if set]   and ub.status = :status
 * order by ub.updated_at desc, ub.book_id
 * [if set] limit :limit
 */
static const quire_param user_books_shelf_params[] = {
    { "user_id", NULL, 20, 0, QUIRE_TYPE_INT8, 0 },
    { "status", &reading_status_enum, 0, offsetof(bookshelf_user_books_shelf_params, status), QUIRE_TYPE_ENUM, QUIRE_PARAM_OPTIONAL },
    { "limit", NULL, 20, offsetof(bookshelf_user_books_shelf_params, limit), QUIRE_TYPE_INT8, QUIRE_PARAM_OPTIONAL },
};
static const uint16_t user_books_shelf_when_0[] = { 1 };
static const uint16_t user_books_shelf_when_1[] = { 2 };
static const quire_condition user_books_shelf_conditions[] = {
    { user_books_shelf_when_0, 1, 0, 0 },
    { user_books_shelf_when_1, 1, 0, 0 },
};
static const quire_part user_books_shelf_parts[] = {
    { "select ub.book_id,\n"
      "       b.title,\n"
      "       a.name as author,\n"
      "       b.pages,\n"
      "       ub.status,\n"
      "       ub.progress,\n"
      "       ub.rating,\n"
      "       ub.review,\n"
      "       ub.started_on,\n"
      "       ub.finished_on,\n"
      "       ub.reading_time\n"
      "from user_books ub\n"
      "join books b on b.id = ub.book_id\n"
      "join authors a on a.id = b.author_id\n"
      "where ub.user_id = ", 0, QUIRE_NONE, 0 },
    { "\n  and b.deleted_at is null", QUIRE_NONE, QUIRE_NONE, 0 },
    { "\n  and ub.status = ", 1, 0, 0 },
    { "\norder by ub.updated_at desc, ub.book_id", QUIRE_NONE, QUIRE_NONE, 0 },
    { "\nlimit ", 2, 1, 0 },
};
static const quire_statement user_books_shelf_statement = {
    "user_books.shelf",
    NULL,
    user_books_shelf_parts, 5, user_books_shelf_conditions, 2,
    user_books_shelf_params, 3, &user_books_shelf_row_type, 0,
};

quire_status bookshelf_user_books_shelf(bookshelf_user_books_repo repo, int64_t user_id,
                                        const bookshelf_user_books_shelf_params *params,
                                        bookshelf_user_books_shelf_row_list *out, quire_error *err)
{
    const void *const args[] = { &user_id };
    return quire_fetch_list(repo.db, &user_books_shelf_statement, args, params, out, err);
}

static const quire_field user_books_count_by_status_row_fields[] = {
    { "status", &reading_status_enum, 0, offsetof(bookshelf_user_books_count_by_status_row, status), QUIRE_TYPE_ENUM, 0 },
    { "book_count", NULL, 20, offsetof(bookshelf_user_books_count_by_status_row, book_count), QUIRE_TYPE_INT8, 0 },
};
static const quire_row_type user_books_count_by_status_row_type = {
    "bookshelf_user_books_count_by_status_row", sizeof(bookshelf_user_books_count_by_status_row), offsetof(bookshelf_user_books_count_by_status_row, owner_),
    user_books_count_by_status_row_fields, 2, NULL, 0,
};

void bookshelf_user_books_count_by_status_row_free(bookshelf_user_books_count_by_status_row *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

void bookshelf_user_books_count_by_status_row_list_free(
    bookshelf_user_books_count_by_status_row_list *list)
{
    if (!list)
        return;
    quire_memory_free(list->owner_);
    memset(list, 0, sizeof *list);
}

static const quire_param user_books_count_by_status_params[] = {
    { "user_id", NULL, 20, 0, QUIRE_TYPE_INT8, 0 },
};
static const quire_statement user_books_count_by_status_statement = {
    "user_books.count_by_status",
    "select ub.status, count(*) as book_count\n"
    "from user_books ub\n"
    "where ub.user_id = $1\n"
    "group by ub.status\n"
    "order by ub.status",
    NULL, 0, NULL, 0,
    user_books_count_by_status_params, 1, &user_books_count_by_status_row_type, 0,
};

quire_status bookshelf_user_books_count_by_status(
    bookshelf_user_books_repo repo, int64_t user_id,
    bookshelf_user_books_count_by_status_row_list *out, quire_error *err)
{
    const void *const args[] = { &user_id };
    return quire_fetch_list(repo.db, &user_books_count_by_status_statement, args, NULL, out, err);
}

static const quire_param user_books_finished_between_params[] = {
    { "user_id", NULL, 20, 0, QUIRE_TYPE_INT8, 0 },
    { "first_day", NULL, 1082, 1, QUIRE_TYPE_DATE, 0 },
    { "last_day", NULL, 1082, 2, QUIRE_TYPE_DATE, 0 },
};
static const quire_statement user_books_finished_between_statement = {
    "user_books.finished_between",
    "select ub.user_id, ub.book_id, ub.status, ub.progress, ub.rating, ub.review, "
    "ub.started_on,\n"
    "    ub.finished_on, ub.reading_time, ub.created_at, ub.updated_at\n"
    "from user_books ub\n"
    "where ub.user_id = $1\n"
    "  and ub.finished_on between $2 and $3\n"
    "order by ub.finished_on, ub.book_id",
    NULL, 0, NULL, 0,
    user_books_finished_between_params, 3, &user_book_type, 0,
};

quire_status bookshelf_user_books_finished_between(bookshelf_user_books_repo repo, int64_t user_id,
                                                   quire_date first_day, quire_date last_day,
                                                   bookshelf_user_book_list *out, quire_error *err)
{
    const void *const args[] = { &user_id, &first_day, &last_day };
    return quire_fetch_list(repo.db, &user_books_finished_between_statement, args, NULL, out, err);
}

static const quire_param users_find_by_id_params[] = {
    { "id", NULL, 20, 0, QUIRE_TYPE_INT8, 0 },
};
static const quire_statement users_find_by_id_statement = {
    "users.find_by_id",
    "select id, public_id, email, name, metadata, created_at, updated_at, deleted_at\n"
    "from users\n"
    "where id = $1\n"
    "  and deleted_at is null",
    NULL, 0, NULL, 0,
    users_find_by_id_params, 1, &user_type, 0,
};

quire_status bookshelf_users_find_by_id(bookshelf_users_repo repo, int64_t id, bookshelf_user *out,
                                        quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_one(repo.db, &users_find_by_id_statement, args, NULL, out, err);
}

/*
 * insert into users ([if set] public_id
 *     email
 *     name
 *     [if set] metadata
 *     [if set] created_at
 *     [if set] updated_at
 *     [if set] deleted_at)
 * values ([if set] :public_id
 *     :email
 *     :name
 *     [if set] :metadata
 *     [if set] :created_at
 *     [if set] :updated_at
 *     [if set] :deleted_at)
 * returning id, public_id, email, name, metadata, created_at, updated_at, deleted_at
 */
static const quire_param users_create_params[] = {
    { "public_id", NULL, 2950, offsetof(bookshelf_user_new, public_id), QUIRE_TYPE_UUID, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "email", NULL, 25, offsetof(bookshelf_user_new, email), QUIRE_TYPE_TEXT, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "name", NULL, 25, offsetof(bookshelf_user_new, name), QUIRE_TYPE_TEXT, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "metadata", NULL, 3802, offsetof(bookshelf_user_new, metadata), QUIRE_TYPE_JSONB, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "created_at", NULL, 1184, offsetof(bookshelf_user_new, created_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "updated_at", NULL, 1184, offsetof(bookshelf_user_new, updated_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "deleted_at", NULL, 1184, offsetof(bookshelf_user_new, deleted_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_PARAM_OPTIONAL },
};
static const uint16_t users_create_when_0[] = { 0 };
static const uint16_t users_create_when_1[] = { 3 };
static const uint16_t users_create_when_2[] = { 4 };
static const uint16_t users_create_when_3[] = { 5 };
static const uint16_t users_create_when_4[] = { 6 };
static const quire_condition users_create_conditions[] = {
    { users_create_when_0, 1, 0, 0 },
    { users_create_when_1, 1, 0, 0 },
    { users_create_when_2, 1, 0, 0 },
    { users_create_when_3, 1, 0, 0 },
    { users_create_when_4, 1, 0, 0 },
};
static const quire_part users_create_parts[] = {
    { "insert into users (", QUIRE_NONE, QUIRE_NONE, 0 },
    { "public_id", QUIRE_NONE, 0, QUIRE_PART_ITEM },
    { "email", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "name", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "metadata", QUIRE_NONE, 1, QUIRE_PART_ITEM },
    { "created_at", QUIRE_NONE, 2, QUIRE_PART_ITEM },
    { "updated_at", QUIRE_NONE, 3, QUIRE_PART_ITEM },
    { "deleted_at", QUIRE_NONE, 4, QUIRE_PART_ITEM },
    { ")\n"
      "values (", QUIRE_NONE, QUIRE_NONE, 0 },
    { "", 0, 0, QUIRE_PART_ITEM },
    { "", 1, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 2, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 3, 1, QUIRE_PART_ITEM },
    { "", 4, 2, QUIRE_PART_ITEM },
    { "", 5, 3, QUIRE_PART_ITEM },
    { "", 6, 4, QUIRE_PART_ITEM },
    { ")\n"
      "returning id, public_id, email, name, metadata, created_at, updated_at, deleted_at", QUIRE_NONE, QUIRE_NONE, 0 },
};
static const quire_statement users_create_statement = {
    "users.create",
    NULL,
    users_create_parts, 17, users_create_conditions, 5,
    users_create_params, 7, &user_type, QUIRE_STATEMENT_WRITES,
};

quire_status bookshelf_users_create(bookshelf_users_repo repo, const bookshelf_user_new *values,
                                    bookshelf_user *out, quire_error *err)
{
    return quire_fetch_one(repo.db, &users_create_statement, NULL, values, out, err);
}

/*
 * update users
 * set [if set] public_id = :public_id
 *     [if set] email = :email
 *     [if set] name = :name
 *     [if set] metadata = :metadata
 *     [if set] created_at = :created_at
 *     [if set] updated_at = :updated_at
 *     [else] updated_at = now()
 *     [if set] deleted_at = :deleted_at
 * where id = :id
 *   and deleted_at is null
 * returning id, public_id, email, name, metadata, created_at, updated_at, deleted_at
 */
static const quire_param users_update_params[] = {
    { "public_id", NULL, 2950, offsetof(bookshelf_user_changes, public_id), QUIRE_TYPE_UUID, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "email", NULL, 25, offsetof(bookshelf_user_changes, email), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "name", NULL, 25, offsetof(bookshelf_user_changes, name), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "metadata", NULL, 3802, offsetof(bookshelf_user_changes, metadata), QUIRE_TYPE_JSONB, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "created_at", NULL, 1184, offsetof(bookshelf_user_changes, created_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "updated_at", NULL, 1184, offsetof(bookshelf_user_changes, updated_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "deleted_at", NULL, 1184, offsetof(bookshelf_user_changes, deleted_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_PARAM_OPTIONAL },
    { "id", NULL, 20, 0, QUIRE_TYPE_INT8, 0 },
};
static const uint16_t users_update_when_0[] = { 0 };
static const uint16_t users_update_when_1[] = { 1 };
static const uint16_t users_update_when_2[] = { 2 };
static const uint16_t users_update_when_3[] = { 3 };
static const uint16_t users_update_when_4[] = { 4 };
static const uint16_t users_update_when_5[] = { 5 };
static const uint16_t users_update_when_6[] = { 6 };
static const quire_condition users_update_conditions[] = {
    { users_update_when_0, 1, 0, 0 },
    { users_update_when_1, 1, 0, 0 },
    { users_update_when_2, 1, 0, 0 },
    { users_update_when_3, 1, 0, 0 },
    { users_update_when_4, 1, 0, 0 },
    { users_update_when_5, 1, 0, 0 },
    { users_update_when_6, 1, 0, 0 },
};
static const quire_part users_update_parts[] = {
    { "update users\n"
      "set ", QUIRE_NONE, QUIRE_NONE, 0 },
    { "public_id = ", 0, 0, QUIRE_PART_ITEM },
    { "email = ", 1, 1, QUIRE_PART_ITEM },
    { "name = ", 2, 2, QUIRE_PART_ITEM },
    { "metadata = ", 3, 3, QUIRE_PART_ITEM },
    { "created_at = ", 4, 4, QUIRE_PART_ITEM },
    { "updated_at = ", 5, 5, QUIRE_PART_ITEM },
    { "updated_at = now()", QUIRE_NONE, 5, QUIRE_PART_ITEM | QUIRE_PART_ELSE },
    { "deleted_at = ", 6, 6, QUIRE_PART_ITEM },
    { "\nwhere id = ", 7, QUIRE_NONE, 0 },
    { "\n  and deleted_at is null\n"
      "returning id, public_id, email, name, metadata, created_at, updated_at, deleted_at", QUIRE_NONE, QUIRE_NONE, 0 },
};
static const quire_statement users_update_statement = {
    "users.update",
    NULL,
    users_update_parts, 11, users_update_conditions, 7,
    users_update_params, 8, &user_type, QUIRE_STATEMENT_WRITES | QUIRE_STATEMENT_CHANGES,
};

quire_status bookshelf_users_update(bookshelf_users_repo repo, int64_t id,
                                    const bookshelf_user_changes *changes, bookshelf_user *out,
                                    quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_one(repo.db, &users_update_statement, args, changes, out, err);
}

static const quire_param users_delete_params[] = {
    { "id", NULL, 20, 0, QUIRE_TYPE_INT8, 0 },
};
static const quire_statement users_delete_statement = {
    "users.delete",
    "update users\n"
    "set deleted_at = now()\n"
    "where id = $1\n"
    "  and deleted_at is null",
    NULL, 0, NULL, 0,
    users_delete_params, 1, NULL, QUIRE_STATEMENT_WRITES,
};

quire_status bookshelf_users_delete(bookshelf_users_repo repo, int64_t id, quire_error *err)
{
    const void *const args[] = { &id };
    return quire_execute_one(repo.db, &users_delete_statement, args, NULL, err);
}

static const quire_param users_restore_params[] = {
    { "id", NULL, 20, 0, QUIRE_TYPE_INT8, 0 },
};
static const quire_statement users_restore_statement = {
    "users.restore",
    "update users\n"
    "set deleted_at = null\n"
    "where id = $1\n"
    "  and deleted_at is not null",
    NULL, 0, NULL, 0,
    users_restore_params, 1, NULL, QUIRE_STATEMENT_WRITES,
};

quire_status bookshelf_users_restore(bookshelf_users_repo repo, int64_t id, quire_error *err)
{
    const void *const args[] = { &id };
    return quire_execute_one(repo.db, &users_restore_statement, args, NULL, err);
}

static const quire_param users_purge_params[] = {
    { "id", NULL, 20, 0, QUIRE_TYPE_INT8, 0 },
};
static const quire_statement users_purge_statement = {
    "users.purge",
    "delete from users\n"
    "where id = $1",
    NULL, 0, NULL, 0,
    users_purge_params, 1, NULL, QUIRE_STATEMENT_WRITES,
};

quire_status bookshelf_users_purge(bookshelf_users_repo repo, int64_t id, quire_error *err)
{
    const void *const args[] = { &id };
    return quire_execute_one(repo.db, &users_purge_statement, args, NULL, err);
}

static const quire_field user_with_user_books_fields[] = {
    { "id", NULL, 20, offsetof(bookshelf_user_with_user_books, id), QUIRE_TYPE_INT8, 0 },
    { "public_id", NULL, 2950, offsetof(bookshelf_user_with_user_books, public_id), QUIRE_TYPE_UUID, 0 },
    { "email", NULL, 25, offsetof(bookshelf_user_with_user_books, email), QUIRE_TYPE_TEXT, 0 },
    { "name", NULL, 25, offsetof(bookshelf_user_with_user_books, name), QUIRE_TYPE_TEXT, 0 },
    { "metadata", NULL, 3802, offsetof(bookshelf_user_with_user_books, metadata), QUIRE_TYPE_JSONB, 0 },
    { "created_at", NULL, 1184, offsetof(bookshelf_user_with_user_books, created_at), QUIRE_TYPE_TIMESTAMPTZ, 0 },
    { "updated_at", NULL, 1184, offsetof(bookshelf_user_with_user_books, updated_at), QUIRE_TYPE_TIMESTAMPTZ, 0 },
    { "deleted_at", NULL, 1184, offsetof(bookshelf_user_with_user_books, deleted_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_FIELD_NULLABLE },
};
static const quire_row_type user_with_user_books_type = {
    "bookshelf_user_with_user_books", sizeof(bookshelf_user_with_user_books), offsetof(bookshelf_user_with_user_books, owner_),
    user_with_user_books_fields, 8, NULL, 0,
};

void bookshelf_user_with_user_books_free(bookshelf_user_with_user_books *row)
{
    if (!row)
        return;
    quire_memory_free(row->user_books.owner_);
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

static const quire_param users_find_by_id_with_user_books_params[] = {
    { "id", NULL, 20, 0, QUIRE_TYPE_INT8, 0 },
};
static const quire_statement users_find_by_id_with_user_books_statement = {
    "users.find_by_id_with_user_books",
    "select id, public_id, email, name, metadata, created_at, updated_at, deleted_at\n"
    "from users\n"
    "where id = $1\n"
    "  and deleted_at is null",
    NULL, 0, NULL, 0,
    users_find_by_id_with_user_books_params, 1, &user_with_user_books_type, 0,
};
static const quire_statement users_find_by_id_with_user_books_children = {
    "users.find_by_id_with_user_books",
    "select user_id, book_id, status, progress, rating, review, started_on, finished_on,\n"
    "       reading_time, created_at, updated_at\n"
    "from user_books\n"
    "where user_id = $1\n"
    "order by user_id, book_id",
    NULL, 0, NULL, 0,
    users_find_by_id_with_user_books_params, 1, &user_book_type, 0,
};

quire_status bookshelf_users_find_by_id_with_user_books(bookshelf_users_repo repo, int64_t id,
                                                        bookshelf_user_with_user_books *out,
                                                        quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_with_list(repo.db, &users_find_by_id_with_user_books_statement,
                                 &users_find_by_id_with_user_books_children, args, out,
                                 offsetof(bookshelf_user_with_user_books, user_books), err);
}

static const quire_param users_find_by_email_params[] = {
    { "email", NULL, 25, 0, QUIRE_TYPE_TEXT, 0 },
};
static const quire_statement users_find_by_email_statement = {
    "users.find_by_email",
    "select u.id, u.public_id, u.email, u.name, u.metadata, u.created_at, u.updated_at,\n"
    "    u.deleted_at\n"
    "from users u\n"
    "where lower(u.email) = lower($1)\n"
    "  and u.deleted_at is null",
    NULL, 0, NULL, 0,
    users_find_by_email_params, 1, &user_type, 0,
};

quire_status bookshelf_users_find_by_email(bookshelf_users_repo repo, const char *email,
                                           bool *found, bookshelf_user *out, quire_error *err)
{
    const void *const args[] = { &email };
    return quire_fetch_maybe(repo.db, &users_find_by_email_statement, args, NULL, found, out, err);
}

static const quire_param users_find_by_public_id_params[] = {
    { "public_id", NULL, 2950, 0, QUIRE_TYPE_UUID, 0 },
};
static const quire_statement users_find_by_public_id_statement = {
    "users.find_by_public_id",
    "select u.id, u.public_id, u.email, u.name, u.metadata, u.created_at, u.updated_at,\n"
    "    u.deleted_at\n"
    "from users u\n"
    "where u.public_id = $1\n"
    "  and u.deleted_at is null",
    NULL, 0, NULL, 0,
    users_find_by_public_id_params, 1, &user_type, 0,
};

quire_status bookshelf_users_find_by_public_id(bookshelf_users_repo repo, quire_uuid public_id,
                                               bool *found, bookshelf_user *out, quire_error *err)
{
    const void *const args[] = { &public_id };
    return quire_fetch_maybe(repo.db, &users_find_by_public_id_statement, args, NULL, found, out,
                             err);
}

static const quire_param users_find_by_metadata_params[] = {
    { "metadata", NULL, 3802, 0, QUIRE_TYPE_JSONB, 0 },
};
static const quire_statement users_find_by_metadata_statement = {
    "users.find_by_metadata",
    "select u.id, u.public_id, u.email, u.name, u.metadata, u.created_at, u.updated_at,\n"
    "    u.deleted_at\n"
    "from users u\n"
    "where u.metadata @> $1\n"
    "  and u.deleted_at is null\n"
    "order by u.id",
    NULL, 0, NULL, 0,
    users_find_by_metadata_params, 1, &user_type, 0,
};

quire_status bookshelf_users_find_by_metadata(bookshelf_users_repo repo, const char *metadata,
                                              bookshelf_user_list *out, quire_error *err)
{
    const void *const args[] = { &metadata };
    return quire_fetch_list(repo.db, &users_find_by_metadata_statement, args, NULL, out, err);
}

static const quire_param users_merge_metadata_params[] = {
    { "patch", NULL, 3802, 0, QUIRE_TYPE_JSONB, 0 },
    { "id", NULL, 20, 1, QUIRE_TYPE_INT8, 0 },
};
static const quire_statement users_merge_metadata_statement = {
    "users.merge_metadata",
    "update users\n"
    "set metadata = metadata || $1,\n"
    "    updated_at = now()\n"
    "where id = $2\n"
    "  and deleted_at is null\n"
    "returning id, public_id, email, name, metadata, created_at, updated_at, deleted_at",
    NULL, 0, NULL, 0,
    users_merge_metadata_params, 2, &user_type, QUIRE_STATEMENT_WRITES,
};

quire_status bookshelf_users_merge_metadata(bookshelf_users_repo repo, const char *patch,
                                            int64_t id, bookshelf_user *out, quire_error *err)
{
    const void *const args[] = { &patch, &id };
    return quire_fetch_one(repo.db, &users_merge_metadata_statement, args, NULL, out, err);
}

typedef struct bookshelf_users_count_active_value {
    int64_t value;
    quire_memory *owner_;
} bookshelf_users_count_active_value;

static const quire_field users_count_active_value_fields[] = {
    { "count", NULL, 20, offsetof(bookshelf_users_count_active_value, value), QUIRE_TYPE_INT8, 0 },
};
static const quire_row_type users_count_active_value_type = {
    "bookshelf_users_count_active_value", sizeof(bookshelf_users_count_active_value), offsetof(bookshelf_users_count_active_value, owner_),
    users_count_active_value_fields, 1, NULL, 0,
};

static const quire_param users_count_active_params[] = {
    { "since", NULL, 1184, 0, QUIRE_TYPE_TIMESTAMPTZ, 0 },
};
static const quire_statement users_count_active_statement = {
    "users.count_active",
    "select count(distinct ub.user_id)\n"
    "from user_books ub\n"
    "join users u on u.id = ub.user_id\n"
    "where ub.updated_at >= $1\n"
    "  and u.deleted_at is null",
    NULL, 0, NULL, 0,
    users_count_active_params, 1, &users_count_active_value_type, 0,
};

quire_status bookshelf_users_count_active(bookshelf_users_repo repo, quire_timestamptz since,
                                          int64_t *out, quire_error *err)
{
    const void *const args[] = { &since };
    bookshelf_users_count_active_value row;
    quire_status status =
        quire_fetch_one(repo.db, &users_count_active_statement, args, NULL, &row, err);
    if (status == QUIRE_OK) {
        *out = row.value;
        quire_memory_free(row.owner_);
    }
    return status;
}

static const quire_field users_get_activity_row_fields[] = {
    { "id", NULL, 20, offsetof(bookshelf_users_get_activity_row, id), QUIRE_TYPE_INT8, 0 },
    { "name", NULL, 25, offsetof(bookshelf_users_get_activity_row, name), QUIRE_TYPE_TEXT, 0 },
    { "book_count", NULL, 20, offsetof(bookshelf_users_get_activity_row, book_count), QUIRE_TYPE_INT8, 0 },
    { "finished_count", NULL, 20, offsetof(bookshelf_users_get_activity_row, finished_count), QUIRE_TYPE_INT8, 0 },
    { "reading_time", NULL, 1186, offsetof(bookshelf_users_get_activity_row, reading_time), QUIRE_TYPE_INTERVAL, QUIRE_FIELD_NULLABLE },
    { "last_finished_on", NULL, 1082, offsetof(bookshelf_users_get_activity_row, last_finished_on), QUIRE_TYPE_DATE, QUIRE_FIELD_NULLABLE },
};
static const quire_row_type users_get_activity_row_type = {
    "bookshelf_users_get_activity_row", sizeof(bookshelf_users_get_activity_row), offsetof(bookshelf_users_get_activity_row, owner_),
    users_get_activity_row_fields, 6, NULL, 0,
};

void bookshelf_users_get_activity_row_free(bookshelf_users_get_activity_row *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

void bookshelf_users_get_activity_row_list_free(bookshelf_users_get_activity_row_list *list)
{
    if (!list)
        return;
    quire_memory_free(list->owner_);
    memset(list, 0, sizeof *list);
}

static const quire_statement users_get_activity_statement = {
    "users.get_activity",
    "select u.id,\n"
    "       u.name,\n"
    "       count(ub.book_id) as book_count,\n"
    "       count(*) filter (where ub.status = 'finished') as finished_count,\n"
    "       sum(ub.reading_time) as reading_time,\n"
    "       max(ub.finished_on) as last_finished_on\n"
    "from users u\n"
    "left join user_books ub on ub.user_id = u.id\n"
    "where u.deleted_at is null\n"
    "group by u.id\n"
    "order by u.name, u.id",
    NULL, 0, NULL, 0,
    NULL, 0, &users_get_activity_row_type, 0,
};

quire_status bookshelf_users_get_activity(bookshelf_users_repo repo,
                                          bookshelf_users_get_activity_row_list *out,
                                          quire_error *err)
{
    return quire_fetch_list(repo.db, &users_get_activity_statement, NULL, NULL, out, err);
}

bookshelf_repos bookshelf_repos_on(quire_db *db)
{
    bookshelf_repos repos;
    repos.authors.db = db;
    repos.books.db = db;
    repos.user_books.db = db;
    repos.users.db = db;
    return repos;
}
