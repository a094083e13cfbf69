/*
 * A row of another table.
 *
 * flags: strict
 * error: incompatible.pointer
 */
#include <quire/quire.h>

#include "bookshelf.h"

quire_status use(quire_db *db, quire_error *err);

quire_status use(quire_db *db, quire_error *err)
{
#ifdef CORRECT
    bookshelf_book row = { 0 };
    quire_status status = bookshelf_books_find_by_id(bookshelf_repos_on(db).books, 1, &row, err);
    bookshelf_book_free(&row);
#else
    bookshelf_user row = { 0 };
    quire_status status =
        bookshelf_books_find_by_id(bookshelf_repos_on(db).books, 1, &row, err); /* here */
    bookshelf_user_free(&row);
#endif
    return status;
}
