/*
 * A key that the database generates.
 *
 * flags: none
 * error: 'id'|named 'id'|no member
 */
#include <quire/quire.h>

#include "bookshelf.h"

quire_status use(quire_db *db, quire_error *err);

quire_status use(quire_db *db, quire_error *err)
{
    bookshelf_author_new author = {
        .name = "Ursula K. Le Guin",
#ifndef CORRECT
        .id = QUIRE_SOME(7), /* here */
#endif
    };
    return bookshelf_authors_create(bookshelf_repos_on(db).authors, &author, NULL, err);
}
