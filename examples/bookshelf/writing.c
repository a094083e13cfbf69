#include "tour.h"

#include <inttypes.h>
#include <stdio.h>

/* Takes a failure that was to be expected, shows it, and goes on. */
static quire_status expected(quire_status wanted, quire_status status, quire_error *err)
{
    if (status == wanted) {
        printf("  refused (%s): %s\n", quire_status_name(status), err->message);
        if (err->constraint[0])
            printf("    constraint %s of table %s\n", err->constraint, err->table);
        quire_error_clear(err);
        return QUIRE_OK;
    }
    if (status == QUIRE_OK) {
        status = err->status = QUIRE_INTERNAL;
        snprintf(err->message, sizeof err->message, "the call before this should have failed");
    }
    return status;
}

/* ---- authors --------------------------------------------------------------------------------- */

static quire_status create_author(bookshelf_authors_repo authors, bookshelf_author *author,
                                  quire_error *err)
{
    quire_date born;
    quire_status status = quire_date_from_ymd(1882, 2, 2, &born);
    if (status != QUIRE_OK)
        return status;
    return bookshelf_authors_create(authors,
                                    &(bookshelf_author_new){ .name = "James Joyce",
                                                             .nationality = "British",
                                                             .birth_date = QUIRE_SOME(born) },
                                    author, err);
}

static quire_status write_author(quire_db *db, quire_error *err)
{
    bookshelf_authors_repo authors = bookshelf_repos_on(db).authors;
    bookshelf_author created = { 0 };
    bookshelf_author updated = { 0 };
    bookshelf_author gone = { 0 };
    bookshelf_author_changes changes = { .nationality = "Irish",
                                         .biography = "Wrote one long day of Dublin." };

    quire_status status = create_author(authors, &created, err);
    if (status != QUIRE_OK)
        goto done;
    show_author(&created);
    status = bookshelf_authors_update(authors, created.id, &changes, &updated, err);
    if (status != QUIRE_OK)
        goto done;
    show_author(&updated);
    status = bookshelf_authors_delete(authors, created.id, err);
    if (status != QUIRE_OK)
        goto done;
    status = bookshelf_authors_find_by_id(authors, created.id, &gone, err);
    printf("  deleted; find_by_id says %s\n", quire_status_name(status));
    status = bookshelf_authors_restore(authors, created.id, err);
    if (status == QUIRE_OK)
        status = bookshelf_authors_purge(authors, created.id, err);
    if (status == QUIRE_OK)
        printf("  restored, and then removed for good\n");
done:
    bookshelf_author_free(&created);
    bookshelf_author_free(&updated);
    bookshelf_author_free(&gone);
    return status;
}

/* ---- books ----------------------------------------------------------------------------------- */

static quire_status find_le_guin(quire_db *db, int64_t *id, quire_error *err)
{
    bookshelf_author author = { 0 };
    bool found = false;
    quire_status status = bookshelf_authors_find_by_name(bookshelf_repos_on(db).authors,
                                                         "Ursula K. Le Guin", &found, &author, err);
    if (status == QUIRE_OK)
        *id = author.id; /* 0 when the catalogue is not seeded: then creating a book fails */
    bookshelf_author_free(&author);
    return status;
}

static quire_status create_book(quire_db *db, bookshelf_book *book, quire_error *err)
{
    int64_t author = 0;
    quire_status status = find_le_guin(db, &author, err);
    if (status != QUIRE_OK)
        return status;

    const char *const tags[] = { "hainish", "anarchism" };
    bookshelf_book_new values = {
        .author_id = QUIRE_SOME(author),
        .title = "The Dispossessed",
        .isbn = "9780060512750",
        .genre = "Science Fiction",
        .pages = QUIRE_SOME(387),
        .published_year = QUIRE_SOME(1974),
        .price = QUIRE_SOME(quire_decimal_of("9.99")),
        .tags = QUIRE_SOME(((quire_text_array){ .items = tags, .count = 2 })),
        .metadata = "{\"language\": \"en\"}",
    };
    return bookshelf_books_create(bookshelf_repos_on(db).books, &values, book, err);
}

/* Changes what is named and nothing else; QUIRE_NULL makes a field SQL NULL. */
static quire_status change_book(bookshelf_books_repo books, int64_t id, quire_error *err)
{
    bookshelf_book book = { 0 };
    bool found = false;
    bookshelf_book_changes price = { .price = QUIRE_SOME(quire_decimal_of("12.50")) };
    bookshelf_book_changes no_price = { .price = QUIRE_NULL, .available = QUIRE_SOME(false) };

    quire_status status = bookshelf_books_update(books, id, &price, NULL, err);
    if (status == QUIRE_OK)
        status = bookshelf_books_add_rating(books, 5, id, &found, &book, err);
    if (status == QUIRE_OK)
        show_book(&book);
    bookshelf_book_free(&book);
    if (status == QUIRE_OK)
        status = bookshelf_books_update(books, id, &no_price, &book, err);
    if (status == QUIRE_OK)
        show_book(&book);
    bookshelf_book_free(&book);
    return status;
}

static quire_status read_price(bookshelf_books_repo books, int64_t id, quire_error *err)
{
    bookshelf_books_get_price_value price = { 0 };
    quire_status status = bookshelf_books_get_price(books, id, &price, err);
    if (status == QUIRE_OK)
        printf("  get_price: %s\n", show_price(price.value));
    bookshelf_books_get_price_value_free(&price);
    return status;
}

static quire_status delete_and_restore(bookshelf_books_repo books, int64_t id, quire_error *err)
{
    const int64_t ids[] = { id, -1 };
    int64_t affected = 0;
    bookshelf_book book = { 0 };

    quire_status status = bookshelf_books_delete(books, id, err);
    if (status == QUIRE_OK)
        status = expected(QUIRE_NO_ROW, bookshelf_books_find_by_id(books, id, &book, err), err);
    if (status == QUIRE_OK)
        status = bookshelf_books_restore(books, id, err);
    if (status == QUIRE_OK)
        status = bookshelf_books_set_available(
            books, true, (quire_int8_array){ .items = ids, .count = 2 }, &affected, err);
    if (status == QUIRE_OK)
        status = bookshelf_books_find_by_id(books, id, &book, err);
    if (status == QUIRE_OK) {
        printf("  restored; set_available touched %" PRId64 " book\n", affected);
        show_book(&book);
    }
    bookshelf_book_free(&book);
    return status;
}

static quire_status write_book(quire_db *db, quire_error *err)
{
    bookshelf_books_repo books = bookshelf_repos_on(db).books;
    bookshelf_book book = { 0 };

    quire_status status = create_book(db, &book, err);
    if (status != QUIRE_OK)
        return status;
    show_book(&book);
    status = change_book(books, book.id, err);
    if (status == QUIRE_OK)
        status = read_price(books, book.id, err);
    if (status == QUIRE_OK)
        status = delete_and_restore(books, book.id, err);
    if (status == QUIRE_OK)
        status = bookshelf_books_purge(books, book.id, err);
    if (status == QUIRE_OK)
        printf("  removed for good\n");
    bookshelf_book_free(&book);
    return status;
}

/* ---- savepoints and errors ------------------------------------------------------------------- */

/* A transaction inside a transaction is a savepoint: undone, the outer one goes on. */
static quire_status undo_a_part(quire_db *db, quire_error *err)
{
    bookshelf_book book = { 0 };
    bookshelf_book gone = { 0 };

    quire_db *inner = quire_begin(db, NULL, err);
    quire_status status = create_book(inner, &book, err);
    quire_status undone = quire_rollback(inner, status == QUIRE_OK ? err : NULL);
    if (status == QUIRE_OK)
        status = undone;
    if (status == QUIRE_OK) {
        printf("  created %s and rolled back to the savepoint\n", book.title);
        status = expected(
            QUIRE_NO_ROW,
            bookshelf_books_find_by_id(bookshelf_repos_on(db).books, book.id, &gone, err), err);
    }
    bookshelf_book_free(&book);
    bookshelf_book_free(&gone);
    return status;
}

static quire_status keep_a_part(quire_db *db, quire_error *err)
{
    bookshelf_book book = { 0 };

    quire_db *inner = quire_begin(db, NULL, err);
    quire_status status = create_book(inner, &book, err);
    if (status != QUIRE_OK) {
        quire_rollback(inner, NULL);
        return status;
    }
    status = quire_commit(inner, err);
    if (status == QUIRE_OK)
        status = bookshelf_books_purge(bookshelf_repos_on(db).books, book.id, err);
    if (status == QUIRE_OK)
        printf("  created %s, released the savepoint, and removed it again\n", book.title);
    bookshelf_book_free(&book);
    return status;
}

static quire_status use_savepoints(quire_db *db, quire_error *err)
{
    quire_status status = undo_a_part(db, err);
    return status == QUIRE_OK ? keep_a_part(db, err) : status;
}

/* A failed statement ends its transaction, so each of these gets a savepoint. */
static quire_status refuse(quire_db *db, quire_status wanted, const bookshelf_book_new *values,
                           quire_error *err)
{
    quire_db *inner = quire_begin(db, NULL, err);
    quire_status status = expected(
        wanted, bookshelf_books_create(bookshelf_repos_on(inner).books, values, NULL, err), err);
    quire_status undone = quire_rollback(inner, status == QUIRE_OK ? err : NULL);
    return status == QUIRE_OK ? undone : status;
}

static quire_status show_errors(quire_db *db, quire_error *err)
{
    int64_t author = 0;
    quire_status status = find_le_guin(db, &author, err);
    if (status == QUIRE_OK)
        status = refuse(db, QUIRE_INVALID,
                        &(bookshelf_book_new){ .author_id = QUIRE_SOME(author), .genre = "Poetry" },
                        err);
    if (status == QUIRE_OK)
        status = refuse(db, QUIRE_UNIQUE,
                        &(bookshelf_book_new){ .author_id = QUIRE_SOME(author),
                                               .title = "Solaris, again",
                                               .genre = "Science Fiction",
                                               .isbn = "9780156027601" },
                        err);
    if (status == QUIRE_OK)
        status = refuse(db, QUIRE_CONSTRAINT,
                        &(bookshelf_book_new){ .author_id = QUIRE_SOME(-1),
                                               .title = "A book without an author",
                                               .genre = "Poetry" },
                        err);
    return status;
}

/* ---- users and their shelves ----------------------------------------------------------------- */

static quire_status change_user(bookshelf_users_repo users, int64_t id, quire_error *err)
{
    bookshelf_user user = { 0 };

    quire_status status = bookshelf_users_update(
        users, id, &(bookshelf_user_changes){ .name = "Grace B. Hopper" }, NULL, err);
    if (status == QUIRE_OK)
        status = bookshelf_users_merge_metadata(users, "{\"theme\": \"dark\"}", id, &user, err);
    if (status == QUIRE_OK)
        show_user(&user);
    if (status == QUIRE_OK)
        status = bookshelf_users_delete(users, id, err);
    if (status == QUIRE_OK)
        status = bookshelf_users_restore(users, id, err);
    if (status == QUIRE_OK)
        printf("  deleted and restored\n");
    bookshelf_user_free(&user);
    return status;
}

static quire_status read_a_book(bookshelf_user_books_repo shelves, int64_t user, int64_t book,
                                quire_error *err)
{
    bookshelf_user_book entry = { 0 };
    bool found = false;
    int64_t touched = 0;
    quire_interval spent = { .us = INT64_C(5400000000) }; /* an hour and a half */

    quire_status status = bookshelf_user_books_set_status(
        shelves, user, book, BOOKSHELF_READING_STATUS_READING, &entry, err);
    if (status == QUIRE_OK)
        show_user_book(&entry);
    if (status == QUIRE_OK)
        status = bookshelf_user_books_add_reading_time(shelves, spent, user, book, &touched, err);
    if (status == QUIRE_OK)
        status = bookshelf_user_books_set_review(shelves, (quire_nullable_int2){ true, 5 },
                                                 "Read it twice.", user, book, err);
    bookshelf_user_book_free(&entry);
    if (status == QUIRE_OK)
        status = bookshelf_user_books_set_progress(shelves, 100, user, book, &found, &entry, err);
    if (status == QUIRE_OK && found)
        show_user_book(&entry);
    bookshelf_user_book_free(&entry);
    return status;
}

/* The same row by the functions that every table has; the key of this one has two columns. */
static quire_status change_entry(bookshelf_user_books_repo shelves, int64_t user, int64_t book,
                                 quire_error *err)
{
    bookshelf_user_book entry = { 0 };
    bookshelf_reading_status reading_status = 0;
    bookshelf_user_book_changes changes = { .status =
                                                QUIRE_SOME(BOOKSHELF_READING_STATUS_ABANDONED),
                                            .finished_on = QUIRE_NULL,
                                            .review = QUIRE_NULL_TEXT };

    quire_status status = bookshelf_user_books_update(shelves, user, book, &changes, NULL, err);
    if (status == QUIRE_OK)
        status = bookshelf_user_books_get_status(shelves, user, book, &reading_status, err);
    if (status == QUIRE_OK)
        status = bookshelf_user_books_find_by_id(shelves, user, book, &entry, err);
    if (status == QUIRE_OK) {
        printf("  get_status: %s\n", bookshelf_reading_status_label(reading_status));
        show_user_book(&entry);
        status = bookshelf_user_books_delete(shelves, user, book, err);
    }
    bookshelf_user_book_free(&entry);
    if (status == QUIRE_OK)
        status = bookshelf_user_books_create(shelves,
                                             &(bookshelf_user_book_new){
                                                 .user_id = QUIRE_SOME(user),
                                                 .book_id = QUIRE_SOME(book),
                                             },
                                             &entry, err);
    if (status == QUIRE_OK)
        show_user_book(&entry);
    bookshelf_user_book_free(&entry);
    return status;
}

static quire_status write_user(quire_db *db, quire_error *err)
{
    bookshelf_repos repos = bookshelf_repos_on(db);
    bookshelf_user user = { 0 };
    bookshelf_book book = { 0 };

    quire_status status = bookshelf_users_create(
        repos.users, &(bookshelf_user_new){ .email = "grace@example.org", .name = "Grace Hopper" },
        &user, err);
    if (status == QUIRE_OK)
        show_user(&user);
    if (status == QUIRE_OK)
        status = change_user(repos.users, user.id, err);
    if (status == QUIRE_OK)
        status = create_book(db, &book, err);
    if (status == QUIRE_OK)
        status = read_a_book(repos.user_books, user.id, book.id, err);
    if (status == QUIRE_OK)
        status = change_entry(repos.user_books, user.id, book.id, err);
    if (status == QUIRE_OK)
        status = bookshelf_users_purge(repos.users, user.id, err);
    if (status == QUIRE_OK)
        printf("  removed for good, the shelf with the user\n");
    bookshelf_user_free(&user);
    bookshelf_book_free(&book);
    return status;
}

const tour_step writing_steps[] = {
    { "authors.create, update, delete, restore, purge", write_author },
    { "books.create, update, add_rating, get_price, delete, restore, set_available, purge",
      write_book },
    { "a transaction in a transaction is a savepoint", use_savepoints },
    { "what the database or Quire refuses", show_errors },
    { "users.create, update, merge_metadata, delete, restore, purge; user_books", write_user },
    { 0 },
};
