/*
 * A value that may be NULL, used as if it could not.
 *
 * flags: none
 * error: incompatible (result )?type
 */
#include <quire/quire.h>

#include "bookshelf.h"

double use(const bookshelf_book *book);

double use(const bookshelf_book *book)
{
#ifdef CORRECT
    return book->rating.has ? book->rating.value : 0;
#else
    return book->rating; /* here */
#endif
}
