/*
 * Writing into an array of a row, which the row owns.
 *
 * flags: none
 * error: read-only
 */
#include <quire/quire.h>

#include "bookshelf.h"

void use(bookshelf_book *book);

void use(bookshelf_book *book)
{
#ifdef CORRECT
    book->tags.count = 0;
#else
    book->tags.items[0] = "x"; /* here */
#endif
}
