/*
 * A list of another row type.
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
    bookshelf_book_list list = { 0 };
    quire_status status = bookshelf_books_search(bookshelf_repos_on(db).books, NULL, &list, err);
    bookshelf_book_list_free(&list);
#else
    bookshelf_author_list list = { 0 };
    quire_status status =
        bookshelf_books_search(bookshelf_repos_on(db).books, NULL, &list, err); /* here */
    bookshelf_author_list_free(&list);
#endif
    return status;
}
