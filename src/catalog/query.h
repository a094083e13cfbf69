/* query.h - the files of sql/catalog, built in. */
#ifndef QI_QUERY_H
#define QI_QUERY_H

typedef struct qi_query {
    const char *name; /* its path without .sql: "kinds/table", "prelude" */
    const char *text;
} qi_query;

/* By name; ends with a row of NULLs. */
extern const qi_query qi_queries[];

/* The text of a query that is known to be there; NULL otherwise. */
const char *qi_query_named(const char *name);

#endif
