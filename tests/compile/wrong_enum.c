/*
 * A value of another enum.
 *
 * flags: strict
 * error: enum-conversion|enumeration type
 */
#include <quire/quire.h>

#include "bookshelf.h"

quire_status use(quire_db *db, bookshelf_user_book *entry, quire_error *err);

quire_status use(quire_db *db, bookshelf_user_book *entry, quire_error *err)
{
#ifdef CORRECT
    bookshelf_reading_status status = BOOKSHELF_READING_STATUS_READING;
#else
    bookshelf_reading_status status = BOOKSHELF_BOOKS_SEARCH_SORT_TITLE; /* here */
#endif
    return bookshelf_user_books_set_status(bookshelf_repos_on(db).user_books, 1, 2, status, entry,
                                           err);
}
