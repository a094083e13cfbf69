/*
 * A number where text belongs.
 *
 * flags: strict
 * error: integer|incompatible|excess
 */
#include <quire/quire.h>

#include "bookshelf.h"

quire_status use(quire_db *db, quire_error *err);

quire_status use(quire_db *db, quire_error *err)
{
    bookshelf_book_new book = {
        .author_id = QUIRE_SOME(7),
        .genre = "Science Fiction",
#ifdef CORRECT
        .title = "1974",
#else
        .title = 1974, /* here */
#endif
    };
    return bookshelf_books_create(bookshelf_repos_on(db).books, &book, NULL, err);
}
