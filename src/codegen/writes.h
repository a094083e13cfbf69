/* writes.h - whether a statement may change data, told from its words. */
#ifndef QI_GEN_WRITES_H
#define QI_GEN_WRITES_H

#include <stdbool.h>
#include <stddef.h>

/*
 * True unless the statement is sure to only read: it starts as a query, has no word that changes
 * data or locks rows, and calls no function but well-known ones that read. Unknown functions may write.
 */
bool qi_gen_writes(const char *sql, size_t length);

#endif
