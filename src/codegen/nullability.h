/*
 * nullability.h - what a statement's text proves about its result: which columns are never NULL, and
 * how many rows there can be. The server tells neither, so this reads the parse tree of libpg_query
 * against the catalog.
 *
 * Proven or nullable: a column is reported not null only when PostgreSQL's semantics rule a NULL out
 * for every content of the database that the schema's constraints allow. Whatever is unknown here (a
 * function, an operator on types that it cannot see, a view whose query is not at hand, a name that
 * cannot be resolved for certain) is nullable. The same holds for the cardinality: MANY unless proven.
 *
 * Parameters: generated functions refuse NULL for a required parameter, except for those that
 * `param_nullable` reports; so every other $n counts as not null, also where it stands alone in the
 * select list (`select $1::text as echo`).
 *
 * Optional lines: a line that may be left out proves nothing (`and b.author_id = :author` makes
 * author_id not null only while it is there). Analyse the text without any optional line and the text
 * with all of them, and keep what both prove: qi_result_facts_meet.
 */
#ifndef QI_NULLABILITY_H
#define QI_NULLABILITY_H

#include "base/arena.h"
#include "catalog/catalog.h"

#include <quire/error.h>

#include <stdbool.h>
#include <stddef.h>

typedef enum qi_cardinality {
    QI_MANY = 0, /* nothing is proven */
    QI_AT_MOST_ONE = 1,
    QI_EXACTLY_ONE = 2
} qi_cardinality;

/* Everything lies in the arena that was given to qi_nullability. */
typedef struct qi_result_facts {
    bool analysed;              /* false: the text could not be read; every column is nullable */
    bool *not_null;             /* by column, in the server's order; true: proven never NULL */
    size_t column_count;        /* compare with the server's; when it differs, use no not_null */
    qi_cardinality cardinality; /* rows of one execution that succeeds */
    const bool
        *param_nullable; /* by parameter, [0] is $1: NULL is a sensible value for it, since it
                                   is what a nullable column is set to in INSERT or UPDATE */
    size_t param_count;  /* the highest $n of the text */
} qi_result_facts;

/*
 * Analyses one statement. `sql` is the text as it is sent: with $n parameters, without :name.
 * A statement without a result has no columns. A text that libpg_query cannot parse (syntax newer than
 * PostgreSQL 15) or that is beyond the limits here (64 KiB, deep nesting) is no error: `analysed` says
 * so. QUIRE_INVALID for more or less than one statement, QUIRE_MEMORY.
 * Any number of threads may call at once, on catalogs that nobody changes.
 */
quire_status qi_nullability(const qi_catalog *catalog, const char *sql, qi_arena *arena,
                            qi_result_facts *out, quire_error *err);

/* Keeps in `facts` only what `other` proves too. When their columns differ: nothing is analysed. */
void qi_result_facts_meet(qi_result_facts *facts, const qi_result_facts *other);

#endif
