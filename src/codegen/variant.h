/*
 * variant.h - the texts that a named query can have, each described by the server.
 *
 * A query with optional lines and choices has many texts. All combinations are tried up to
 * QI_VARIANT_ALL optional groups (and QI_VARIANT_MOST texts); beyond that: none, all, each alone,
 * each left out, and each value of each choice with the others at their first.
 */
#ifndef QI_GEN_VARIANT_H
#define QI_GEN_VARIANT_H

#include "base/arena.h"
#include "codegen/nullability.h"
#include "codegen/query_file.h"

#include <quire/db.h>
#include <quire/error.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define QI_VARIANT_ALL 8
#define QI_VARIANT_MOST 4096

/* One text, with where its bytes come from. */
typedef struct qi_variant {
    const char *sql;
    size_t length;
    const size_t *origins; /* by byte of `sql`: the byte of the file */
    const int *order;      /* order[n - 1]: the query's parameter that is $n */
    size_t param_count;
} qi_variant;

/*
 * The text for conditions that hold as `holds` says. With `apart`, every use of a parameter has a
 * number of its own. All in the arena.
 */
quire_status qi_variant_build(const qi_query_file *file, const qi_query *query, const bool *holds,
                              bool apart, qi_arena *arena, qi_variant *out, quire_error *err);

/* A column of the result, and what the server says of all texts together. */
typedef struct qi_query_column {
    const char *name;
    uint32_t type;
    uint32_t table; /* OID, 0: computed */
    int table_column;
    bool not_null; /* proven for every text */
} qi_query_column;

typedef struct qi_query_facts {
    const uint32_t *param_types; /* by the query's parameters: OIDs */
    const bool *param_nullable;  /* NULL is a sensible value */
    const qi_query_column *columns;
    size_t column_count;
    qi_cardinality cardinality;
} qi_query_facts;

/*
 * Describes every text of a query on the scratch database behind `db`. QUIRE_SQL with file, line, column
 * and the server's message for a text that does not stand, a parameter of two types, columns that
 * change from text to text.
 */
quire_status qi_query_describe(quire_db *db, const qi_catalog *catalog, const qi_query_file *file,
                               const qi_query *query, qi_arena *arena, qi_query_facts *out,
                               quire_error *err);

#endif
