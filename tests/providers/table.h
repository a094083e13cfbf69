/*
 * table.h - the table of docs/providers.md that declares how the providers differ, so that what it says is
 * what the tests find. Its column is that of QUIRE_TEST_COLUMN (tests/support/with-server.sh).
 */
#ifndef PROVIDERS_TABLE_H
#define PROVIDERS_TABLE_H

#include <stddef.h>

/* What the table says in that row of this provider's column. Fails the test where there is none. */
const char *declared(const char *row);

/* The number of rows. */
size_t declared_rows(void);

#endif
