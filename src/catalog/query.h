/* query.h - the files of sql/catalog, built in. */
#ifndef QI_QUERY_H
#define QI_QUERY_H

#include "base/buffer.h"

typedef struct qi_query {
    const char *name; /* its path without .sql: "kinds/table", "prelude" */
    const char *text;
} qi_query;

/* By name; ends with a row of NULLs. */
extern const qi_query qi_queries[];

/* The text of a query that is known to be there; NULL otherwise. */
const char *qi_query_named(const char *name);

/*
 * Adds a query's text. Its lines that begin with "-- since 15: " are for servers of that major version and
 * later: what stands behind the colon counts there, and is a comment elsewhere. `server_version` as
 * server_version_num has it.
 */
void qi_query_add(qi_buffer *sql, const char *text, int server_version);

#endif
