/*
 * QUIRE_SOME around text, which takes none.
 *
 * flags: strict
 * error: incompatible|excess
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
        .title = "The Dispossessed",
#else
        .title = QUIRE_SOME("The Dispossessed"), /* here */
#endif
    };
    return bookshelf_books_create(bookshelf_repos_on(db).books, &book, NULL, err);
}
