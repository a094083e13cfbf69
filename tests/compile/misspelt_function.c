/*
 * A function that does not exist.
 *
 * flags: strict
 * error: bookshelf_books_serach
 */
#include <quire/quire.h>

#include "bookshelf.h"

quire_status use(quire_db *db, bookshelf_book_list *books, quire_error *err);

quire_status use(quire_db *db, bookshelf_book_list *books, quire_error *err)
{
#ifdef CORRECT
    return bookshelf_books_search(bookshelf_repos_on(db).books, NULL, books, err);
#else
    return bookshelf_books_serach(bookshelf_repos_on(db).books, NULL, books, err); /* here */
#endif
}
