/*
 * ask.h - the catalog's queries, planned once a connection where they are asked more than once.
 *
 * The server takes longer to plan the query of the objects than to run it. In a scratch database, whose
 * connection is the command's own, it stays prepared: a plan's proof and the linter read again and again.
 * Elsewhere (a live database, which is read once, perhaps behind a pooler) nothing is left behind.
 */
#ifndef QI_ASK_H
#define QI_ASK_H

#include "base/arena.h"

#include <quire/sql.h>

typedef struct qi_asking {
    quire_db *db;
    qi_arena *arena;
    /* The names of what is prepared already, each between spaces; NULL: nothing is to be. */
    const char *prepared;
} qi_asking;

/* What `prepared` is, as a column of a SELECT. */
#define QI_ASK_PREPARED                                                                            \
    "case when current_database() ~ '^quire_scratch_' then "                                       \
    "(select coalesce(string_agg(' ' || name || ' ', ''), '') from pg_prepared_statements) end"

/* `name` is that of a query; of one name, the text is the same on one connection. */
quire_status qi_ask(const qi_asking *asking, const char *name, const char *sql, quire_rows *rows,
                    quire_error *err);

#endif
