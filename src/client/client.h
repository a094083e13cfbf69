/*
 * client.h - what other rooms may know of the client beyond the public headers.
 */
#ifndef QI_CLIENT_H
#define QI_CLIENT_H

#include <quire/db.h>

/*
 * A second handle on the same target as `db`, with one connection of its own that is opened now and
 * never replaced: when it breaks, every later call fails with QUIRE_LOST. For what belongs to a
 * session, such as advisory locks. Ends with quire_close.
 */
quire_db *qi_session_open(quire_db *db, quire_error *err);

/* The directory that quire_options named; NULL when none. As long as the handle. */
const char *qi_db_directory(const quire_db *db);

#endif
