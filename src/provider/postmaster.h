/* postmaster.h - the server's main process, as its file postmaster.pid tells. */
#ifndef QI_POSTMASTER_H
#define QI_POSTMASTER_H

#include "provider/place.h"

#include <stdbool.h>

typedef struct qi_postmaster {
    long pid;
    char socket[128];   /* the directory of its socket */
    char binaries[512]; /* the directory that it was started from */
    bool ready;         /* takes connections; else it starts or stops */
} qi_postmaster;

/* What runs on a place's data directory; false when nothing does. Stale files are seen through. */
bool qi_postmaster_look(const qi_place *place, qi_postmaster *out);

/*
 * Sees to it that a server can be started where none runs: waits for what a killed one left behind
 * and removes files that name a process which is another one by now. To be called with the lock
 * held. QUIRE_TIMEOUT, QUIRE_REFUSED.
 */
quire_status qi_postmaster_clear(const qi_place *place, quire_error *err);

/* Ends it by a fast shutdown and waits. QUIRE_TIMEOUT. */
quire_status qi_postmaster_stop(const qi_place *place, quire_error *err);

#endif
