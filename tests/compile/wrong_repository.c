/*
 * The repository of another table.
 *
 * flags: none
 * error: incompatible type
 */
#include <quire/quire.h>

#include "bookshelf.h"

quire_status use(quire_db *db, quire_error *err);

quire_status use(quire_db *db, quire_error *err)
{
#ifdef CORRECT
    return bookshelf_books_delete(bookshelf_repos_on(db).books, 1, err);
#else
    return bookshelf_books_delete(bookshelf_repos_on(db).users, 1, err); /* here */
#endif
}
