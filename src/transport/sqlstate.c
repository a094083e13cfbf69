#include "transport/transport.h"

#include <string.h>

typedef struct rule {
    const char *prefix;
    quire_status status;
} rule;

/* https://www.postgresql.org/docs/current/errcodes-appendix.html; exact codes before their class. */
static const rule rules[] = {
    { "23505", QUIRE_UNIQUE }, /* unique_violation */
    { "23P01", QUIRE_UNIQUE }, /* exclusion_violation */
    { "23", QUIRE_CONSTRAINT },
    { "40001", QUIRE_SERIALIZATION }, /* serialization_failure */
    { "40P01", QUIRE_SERIALIZATION }, /* deadlock_detected */
    { "28", QUIRE_DENIED },           /* authentication */
    { "42501", QUIRE_DENIED },        /* insufficient_privilege */
    { "55P03", QUIRE_TIMEOUT },       /* lock_not_available */
    { "57014", QUIRE_TIMEOUT },       /* query_canceled, by statement_timeout as a rule */
    { "25P03", QUIRE_TIMEOUT },       /* idle_in_transaction_session_timeout */
    { "08", QUIRE_LOST },             /* connection exceptions */
    { "57P01", QUIRE_LOST },          /* admin_shutdown */
    { "57P02", QUIRE_LOST },          /* crash_shutdown */
    { "57P03", QUIRE_CONNECT },       /* cannot_connect_now */
    { "53300", QUIRE_CONNECT },       /* too_many_connections */
    { "3D000", QUIRE_CONNECT },       /* the database does not exist */
};

quire_status qi_classify(const char *sqlstate)
{
    if (!sqlstate)
        return QUIRE_SQL;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (strncmp(sqlstate, rules[i].prefix, strlen(rules[i].prefix)) == 0)
            return rules[i].status;
    return QUIRE_SQL;
}
