/*
 * Text where a key belongs.
 *
 * flags: strict
 * error: integer|int-conversion
 */
#include <quire/quire.h>

#include "bookshelf.h"

quire_status use(quire_db *db, bookshelf_book *book, quire_error *err);

quire_status use(quire_db *db, bookshelf_book *book, quire_error *err)
{
#ifdef CORRECT
    return bookshelf_books_find_by_id(bookshelf_repos_on(db).books, 7, book, err);
#else
    return bookshelf_books_find_by_id(bookshelf_repos_on(db).books, "7", book, err); /* here */
#endif
}
