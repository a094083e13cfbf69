/*
 * A column that a row does not have.
 *
 * flags: none
 * error: titel
 */
#include <quire/quire.h>

#include "bookshelf.h"

const char *use(const bookshelf_book *book);

const char *use(const bookshelf_book *book)
{
#ifdef CORRECT
    return book->title;
#else
    return book->titel; /* here */
#endif
}
