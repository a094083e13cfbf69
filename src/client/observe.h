/* observe.h - telling a program of the statements that were sent, if it asked to be told. */
#ifndef QI_OBSERVE_H
#define QI_OBSERVE_H

#include "base/clock.h"
#include "client/handle.h"

#include <quire/observe.h>

/* Whether there is someone to tell: what an event needs is to be found out only then. */
static inline bool qi_is_watched(const quire_db *db)
{
    return db->pool->on_statement != NULL;
}

/* The moment from which a round trip counts; the clock is not asked when nobody wants to know. */
static inline int64_t qi_watch_start(const quire_db *db)
{
    return qi_is_watched(db) ? qi_clock_us() : 0;
}

/* Tells of a statement whose round trip started then. `event` without provider and duration. */
void qi_tell(const quire_db *db, int64_t start, quire_statement_event event);

/* The same for a statement without name, parameters and rows. */
void qi_tell_plain(const quire_db *db, int64_t start, const char *sql, quire_status status,
                   const quire_error *err);

#endif
