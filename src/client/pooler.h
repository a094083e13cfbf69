/* pooler.h - whether connections lead to the server itself or to something that shares them. */
#ifndef QI_POOLER_H
#define QI_POOLER_H

#include "client/handle.h"

/*
 * What answers on a borrowed session that began with the server's process `backend`: *found is one of
 * the words of quire_health.pooler, static. Nothing is guessed: a process number that the server gives
 * its own session differs only behind something else, and a connection whose transactions meet different
 * processes is shared.
 */
quire_status qi_find_pooler(quire_db *db, qi_connection *connection, int backend,
                            const char **found, quire_error *err);

#endif
