/*
 * The smallest program that shows what Quire is for: a query with filters, a row with its children,
 * and an insert in a transaction. Each run adds "The Dispossessed" to the catalogue.
 */
#include <quire/quire.h>

#include "bookshelf.h" /* written by `quire codegen` */

#include <stdio.h>
#include <stdlib.h>

static quire_status search_fantasy(bookshelf_repos repos, quire_error *err)
{
    bookshelf_book_list fantasy = { 0 };
    quire_status status = bookshelf_books_search(
        repos.books,
        &(bookshelf_books_search_params){
            .genre = "Fantasy", .min_rating = QUIRE_SOME(4.0), .limit = QUIRE_SOME(10) },
        &fantasy, err);
    if (status != QUIRE_OK)
        return status;

    for (size_t i = 0; i < fantasy.count; i++)
        printf("%s (%d)\n", fantasy.items[i].title, fantasy.items[i].pages);
    bookshelf_book_list_free(&fantasy);
    return QUIRE_OK;
}

static quire_status show_author(bookshelf_repos repos, quire_error *err)
{
    bookshelf_author_with_books author = { 0 };
    quire_status status = bookshelf_authors_find_by_id_with_books(repos.authors, 1, &author, err);
    if (status != QUIRE_OK)
        return status;

    printf("%s has %zu books here\n", author.name, author.books.count);
    bookshelf_author_with_books_free(&author);
    return QUIRE_OK;
}

static quire_status add_book(quire_db *db, quire_error *err)
{
    quire_db *tx = quire_begin(db, NULL, err); /* a transaction is a quire_db too */
    bookshelf_book book = { 0 };
    quire_status status = bookshelf_books_create(
        bookshelf_repos_on(tx).books,
        &(bookshelf_book_new){ .title = "The Dispossessed",
                               .author_id = QUIRE_SOME(7),
                               .genre = "Science Fiction",
                               .price = QUIRE_SOME(quire_decimal_of("9.99")) },
        &book, err);
    if (status != QUIRE_OK) {
        quire_rollback(tx, NULL);
        return status;
    }
    status = quire_commit(tx, err);
    if (status == QUIRE_OK)
        printf("added %s for %s\n", book.title, book.price.value.text);
    bookshelf_book_free(&book);
    return status;
}

int main(void)
{
    quire_error err = { 0 };
    quire_db *db =
        quire_open_default(&err); /* DB_PROVIDER, the URLs, .env; else a private server */
    if (!db)
        return quire_error_print(&err, stderr), EXIT_FAILURE;

    bookshelf_repos repos = bookshelf_repos_on(db);
    quire_status status = search_fantasy(repos, &err);
    if (status == QUIRE_OK)
        status = show_author(repos, &err);
    if (status == QUIRE_OK)
        status = add_book(db, &err);
    if (status != QUIRE_OK)
        quire_error_print(&err, stderr);

    quire_close(db);
    return status == QUIRE_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
