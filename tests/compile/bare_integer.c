/*
 * A number without QUIRE_SOME.
 *
 * flags: strict
 * error: integer|int-conversion
 */
#include <quire/quire.h>

#include "bookshelf.h"

quire_status use(quire_db *db, bookshelf_book_list *books, quire_error *err);

quire_status use(quire_db *db, bookshelf_book_list *books, quire_error *err)
{
    bookshelf_books_search_params params = {
#ifdef CORRECT
        .limit = QUIRE_SOME(10),
#else
        .limit = 10, /* here */
#endif
    };
    return bookshelf_books_search(bookshelf_repos_on(db).books, &params, books, err);
}
