/*
 * call.h - one call of a generated function: a statement's descriptor with the values it was called
 * with. Decides which conditional parts are present, numbers and encodes the parameters, and puts the
 * SQL together where the connection has not prepared it yet. Talks to no server.
 */
#ifndef QI_CALL_H
#define QI_CALL_H

#include "base/arena.h"
#include "types/codec.h"

#include <quire/generated.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define QI_MASK_WORDS ((QUIRE_CONDITIONS_MAX + 63) / 64)
#define QI_CALL_PARAMS 24 /* that need no allocation */
#define QI_SQL_LIMIT (1024u * 1024u)

typedef struct qi_call {
    const quire_statement *statement;
    const void *const *args;
    const void *options;
    qi_arena arena;               /* what encoding had to make */
    uint64_t mask[QI_MASK_WORDS]; /* bit c: condition c holds; only `words` of them are set */
    size_t words;
    size_t param_count; /* that are sent */
    uint16_t *order;    /* which of the statement's params is $1, $2, ... */
    qi_param_value *values;
    uint16_t order_here[QI_CALL_PARAMS];
    qi_param_value values_here[QI_CALL_PARAMS];
    char small_here[QI_CALL_PARAMS][16];
} qi_call;

/*
 * Checks, and decides which parts are present. QUIRE_INVALID names the parameter that is missing, NULL
 * or given by half. To be ended by qi_call_end, also after a failure.
 */
quire_status qi_call_begin(qi_call *call, const quire_statement *statement, const void *const *args,
                           const void *options, quire_error *err);

/*
 * Encodes the parameters, in binary form where there is one or all as text. QUIRE_DATA or QUIRE_INVALID
 * names one that cannot be represented.
 */
quire_status qi_call_encode(qi_call *call, bool text, quire_error *err);

/* The SQL of the call, valid until qi_call_end. NULL when out of memory or over QI_SQL_LIMIT. */
const char *qi_call_sql(qi_call *call);

void qi_call_end(qi_call *call);

#endif
