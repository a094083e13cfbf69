/*
 * Text where a date belongs.
 *
 * flags: none
 * error: incompatible type|quire_text_mistake
 */
#include <quire/quire.h>

#include "bookshelf.h"

quire_status use(quire_db *db, quire_date day, quire_error *err);

quire_status use(quire_db *db, quire_date day, quire_error *err)
{
    bookshelf_book_changes changes = {
#ifdef CORRECT
        .published_on = QUIRE_SOME(day),
#else
        .published_on = QUIRE_SOME("1974-05-01"), /* here */
#endif
    };
    (void)day;
    return bookshelf_books_update(bookshelf_repos_on(db).books, 1, &changes, NULL, err);
}
