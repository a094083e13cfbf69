#include "bookshelf/fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SCHEMA_LIMIT (1024L * 1024L)

/* The text of a file of the example, to be freed. */
static char *read_example(const char *path)
{
    char name[1024];
    const char *source = getenv("QUIRE_SOURCE");
    assert_non_null(source);
    snprintf(name, sizeof name, "%s/examples/bookshelf/%s", source, path);

    FILE *file = fopen(name, "rb");
    if (!file)
        fail_msg("cannot open %s", name);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    long length = ftell(file);
    assert_true(length > 0 && length < SCHEMA_LIMIT);
    rewind(file);
    char *text = calloc((size_t)length + 1, 1);
    assert_non_null(text);
    assert_int_equal(fread(text, 1, (size_t)length, file), length);
    fclose(file);
    return text;
}

quire_db *bookshelf_open(void)
{
    quire_db *db = test_database();
    char *schema = read_example("db/schema.sql");
    test_sql(db, schema);
    free(schema);
    return db;
}

int bookshelf_setup(void **state)
{
    *state = bookshelf_open();
    return 0;
}

int bookshelf_teardown(void **state)
{
    test_database_close(*state);
    return 0;
}

int bookshelf_clean(void **state)
{
    test_sql(*state, "truncate users, authors, books, user_books restart identity");
    return 0;
}

void add_rows(quire_db *db)
{
    test_sql(db, "insert into authors (name, original_name, biography, nationality, birth_date,"
                 "                     death_date)"
                 " values ('Stanisław Lem', null, 'Wrote Solaris.', 'Polish', '1921-09-12',"
                 "         '2006-03-27'),"
                 "        ('村上春樹', '村上春樹', null, null, null, null);"
                 "insert into books (author_id, title, isbn, genre, pages, published_year,"
                 "                   published_on, price, rating, ratings_count, available, tags,"
                 "                   metadata)"
                 " values (1, 'Solaris', '9780156027601', 'Science Fiction', 204, 1961, null,"
                 "         11.50, 4.25, 8, true, '{space,first-contact}',"
                 "         '{\"language\": \"pl\"}'),"
                 "        (1, 'Fiasco', null, 'Science Fiction', 0, null, null, null, null, 0,"
                 "         false, '{}', '{}'),"
                 "        (2, '海辺のカフカ 🐈', null, 'Magical Realism', 467, 2002, '2002-09-12',"
                 "         0.05, 5, 1, true, '{\"a \\\"b\\\", c\",null,\"\"}', '[1, null]');"
                 "insert into users (email, name, metadata)"
                 " values ('ada@example.org', 'Ada', '{\"theme\": \"dark\"}'),"
                 "        ('Zoe@Example.org', 'Zoë 📚', '{}')");
}

quire_date a_date(int year, int month, int day)
{
    quire_date date = { 0 };
    assert_int_equal(quire_date_from_ymd(year, month, day, &date), QUIRE_OK);
    return date;
}

/* ---- one row, column by column --------------------------------------------------------------- */

/* The columns of a row as the server writes them, taken one after the other. */
typedef struct columns {
    quire_rows rows;
    size_t next;
} columns;

static columns read_row(quire_db *db, const char *query, int64_t first, int64_t second)
{
    columns row = { 0 };
    quire_error err = { 0 };
    char a[24];
    char b[24];
    snprintf(a, sizeof a, "%lld", (long long)first);
    snprintf(b, sizeof b, "%lld", (long long)second);
    const char *const params[] = { a, b };
    assert_ok(quire_query(db, query, params, second ? 2 : 1, &row.rows, &err), &err);
    assert_int_equal(row.rows.count, 1);
    return row;
}

static void row_end(columns *row)
{
    assert_int_equal(row->next, row->rows.columns);
    quire_rows_free(&row->rows);
}

static const char *next_text(columns *row)
{
    return quire_rows_value(&row->rows, 0, row->next++);
}

static void same_text(columns *row, const char *actual)
{
    const char *wanted = next_text(row);
    if (!wanted)
        assert_null(actual);
    else if (!actual)
        fail_msg("column %zu is NULL, not %s", row->next, wanted);
    else
        assert_string_equal(actual, wanted);
}

static void same_int(columns *row, int64_t actual)
{
    const char *wanted = next_text(row);
    assert_non_null(wanted);
    assert_int_equal(actual, strtoll(wanted, NULL, 10));
}

static void same_nullable_int(columns *row, bool has, int64_t actual)
{
    const char *wanted = quire_rows_value(&row->rows, 0, row->next);
    assert_int_equal(has, wanted != NULL);
    if (wanted)
        same_int(row, actual);
    else
        row->next++;
}

static void same_nullable_double(columns *row, quire_nullable_float8 actual)
{
    const char *wanted = next_text(row);
    assert_int_equal(actual.has, wanted != NULL);
    if (wanted)
        assert_true(!(actual.value < strtod(wanted, NULL) || actual.value > strtod(wanted, NULL)));
}

static void same_array(columns *row, quire_text_array actual)
{
    same_int(row, (int64_t)actual.count);
    const char *wanted = next_text(row); /* each item in brackets, NULL as a dash */
    char text[1024] = "";
    for (size_t i = 0; i < actual.count; i++) {
        size_t used = strlen(text);
        bool null = actual.nulls && actual.nulls[i];
        assert_int_equal(null, actual.items[i] == NULL);
        snprintf(text + used, sizeof text - used, null ? "-" : "[%s]", actual.items[i]);
    }
    assert_string_equal(text, wanted);
}

/* Microseconds since 2000-01-01 UTC, of a point in time. Until PostgreSQL 13, extract gives a float8. */
#define MICROSECONDS(column)                                                                       \
    "(extract(epoch from date_trunc('minute', " column "))::bigint - 946684800) * 1000000"         \
    " + extract(microseconds from " column ")::bigint"
#define DAYS(column) column " - date '2000-01-01'"

void assert_book_is(quire_db *db, const bookshelf_book *book)
{
    columns row = read_row(
        db,
        "select id, author_id, title, isbn, genre, pages, published_year," DAYS(
            "published_on") ", price, rating, ratings_count, available::int, cardinality(tags),"
                            " coalesce((select string_agg(coalesce('[' || t || ']', '-'), '' order "
                            "by n)"
                            "           from unnest(tags) with ordinality u (t, n)), ''), "
                            "metadata," MICROSECONDS("created_at") "," MICROSECONDS(
                                "updated_at") "," MICROSECONDS("deleted_at") " from books where id "
                                                                             "= $1",
        book->id, 0);
    same_int(&row, book->id);
    same_int(&row, book->author_id);
    same_text(&row, book->title);
    same_text(&row, book->isbn);
    same_text(&row, book->genre);
    same_int(&row, book->pages);
    same_nullable_int(&row, book->published_year.has, book->published_year.value);
    same_nullable_int(&row, book->published_on.has, book->published_on.value.days);
    same_text(&row, book->price.has ? book->price.value.text : NULL);
    same_nullable_double(&row, book->rating);
    same_int(&row, book->ratings_count);
    same_int(&row, book->available);
    same_array(&row, book->tags);
    same_text(&row, book->metadata);
    same_int(&row, book->created_at.us);
    same_int(&row, book->updated_at.us);
    same_nullable_int(&row, book->deleted_at.has, book->deleted_at.value.us);
    row_end(&row);
}

void assert_author_is(quire_db *db, const bookshelf_author *author)
{
    columns row = read_row(
        db,
        "select id, name, original_name, biography, nationality," DAYS("birth_date") "," DAYS(
            "deat"
            "h_"
            "dat"
            "e") "," MICROSECONDS("created_at") "," MICROSECONDS("updated_at") "," MICROSECONDS("de"
                                                                                                "le"
                                                                                                "te"
                                                                                                "d_"
                                                                                                "a"
                                                                                                "t") " from "
                                                                                                     "authors "
                                                                                                     "where id "
                                                                                                     "= $1",
        author->id, 0);
    same_int(&row, author->id);
    same_text(&row, author->name);
    same_text(&row, author->original_name);
    same_text(&row, author->biography);
    same_text(&row, author->nationality);
    same_nullable_int(&row, author->birth_date.has, author->birth_date.value.days);
    same_nullable_int(&row, author->death_date.has, author->death_date.value.days);
    same_int(&row, author->created_at.us);
    same_int(&row, author->updated_at.us);
    same_nullable_int(&row, author->deleted_at.has, author->deleted_at.value.us);
    row_end(&row);
}

void assert_user_is(quire_db *db, const bookshelf_user *user)
{
    char uuid[QUIRE_UUID_SIZE];
    columns row = read_row(
        db,
        "select id, public_id, email, name, metadata," MICROSECONDS("created_at") "," MICROSECONDS(
            "updated_at") "," MICROSECONDS("deleted_at") " from users where id = $1",
        user->id, 0);
    same_int(&row, user->id);
    same_text(&row, quire_uuid_format(user->public_id, uuid));
    same_text(&row, user->email);
    same_text(&row, user->name);
    same_text(&row, user->metadata);
    same_int(&row, user->created_at.us);
    same_int(&row, user->updated_at.us);
    same_nullable_int(&row, user->deleted_at.has, user->deleted_at.value.us);
    row_end(&row);
}

void assert_user_book_is(quire_db *db, const bookshelf_user_book *entry)
{
    columns row = read_row(
        db,
        "select user_id, book_id, status, progress, rating, review," DAYS("started_on") "," DAYS(
            "finished_on") ", extract(year from reading_time) * 12"
                           " + extract(month from reading_time), extract(day from reading_time),"
                           " (extract(hour from reading_time) * 3600000000 + extract(minute from "
                           "reading_time)"
                           " * 60000000 + extract(microseconds from "
                           "reading_time))::bigint," MICROSECONDS("created_at") "," MICROSECONDS(
                               "updated_at") " from user_books where user_id = $1 and book_id = $2",
        entry->user_id, entry->book_id);
    same_int(&row, entry->user_id);
    same_int(&row, entry->book_id);
    same_text(&row, bookshelf_reading_status_label(entry->status));
    same_int(&row, entry->progress);
    same_nullable_int(&row, entry->rating.has, entry->rating.value);
    same_text(&row, entry->review);
    same_nullable_int(&row, entry->started_on.has, entry->started_on.value.days);
    same_nullable_int(&row, entry->finished_on.has, entry->finished_on.value.days);
    same_int(&row, entry->reading_time.months);
    same_int(&row, entry->reading_time.days);
    same_int(&row, entry->reading_time.us);
    same_int(&row, entry->created_at.us);
    same_int(&row, entry->updated_at.us);
    row_end(&row);
}

void assert_books_are(quire_db *db, const bookshelf_book_list *books, const char *query)
{
    quire_rows ids = { 0 };
    quire_error err = { 0 };
    assert_ok(quire_query(db, query, NULL, 0, &ids, &err), &err);
    if (books->count != ids.count)
        fail_msg("%zu books, not %zu: %s", books->count, ids.count, query);
    for (size_t i = 0; i < ids.count; i++) {
        int64_t id = strtoll(quire_rows_value(&ids, i, 0), NULL, 10);
        if (books->items[i].id != id)
            fail_msg("book %zu is %lld, not %lld: %s", i, (long long)books->items[i].id,
                     (long long)id, query);
        assert_null(books->items[i].owner_); /* the list owns them all */
    }
    quire_rows_free(&ids);
}
