/*
 * A failure that nobody looks at.
 *
 * flags: strict
 * error: unused.result|ignoring return value
 */
#include <quire/quire.h>

#include "bookshelf.h"

void use(quire_db *db, quire_error *err);

void use(quire_db *db, quire_error *err)
{
#ifdef CORRECT
    if (bookshelf_books_delete(bookshelf_repos_on(db).books, 1, err) != QUIRE_OK)
        quire_error_print(err, stderr);
#else
    bookshelf_books_delete(bookshelf_repos_on(db).books, 1, err); /* here */
#endif
}
