/*
 * A required parameter that is left out.
 *
 * flags: none
 * error: too few arguments
 */
#include <quire/quire.h>

#include "bookshelf.h"

quire_status use(quire_db *db, bookshelf_author_list *authors, quire_error *err);

quire_status use(quire_db *db, bookshelf_author_list *authors, quire_error *err)
{
#ifdef CORRECT
    return bookshelf_authors_search(bookshelf_repos_on(db).authors, "Le Guin", authors, err);
#else
    return bookshelf_authors_search(bookshelf_repos_on(db).authors, authors, err); /* here */
#endif
}
