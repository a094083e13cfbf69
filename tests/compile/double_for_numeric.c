/*
 * A floating-point number where an exact one belongs.
 *
 * flags: none
 * error: incompatible type
 */
#include <quire/quire.h>

#include "bookshelf.h"

quire_status use(quire_db *db, quire_error *err);

quire_status use(quire_db *db, quire_error *err)
{
    bookshelf_book_changes changes = {
#ifdef CORRECT
        .price = QUIRE_SOME(quire_decimal_of("9.99")),
#else
        .price = QUIRE_SOME(9.99), /* here */
#endif
    };
    return bookshelf_books_update(bookshelf_repos_on(db).books, 1, &changes, NULL, err);
}
