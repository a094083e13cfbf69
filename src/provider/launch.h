/* launch.h - making a data directory, and starting a server on it. With the lock held. */
#ifndef QI_LAUNCH_H
#define QI_LAUNCH_H

#include "base/arena.h"
#include "provider/binaries.h"
#include "provider/place.h"

#include <quire/error.h>

/*
 * Makes the data directory under another name and renames it when all of it is there and on disk: what
 * a crash leaves is never taken for a data directory. Nothing is left behind by a failure.
 */
quire_status qi_server_create(const qi_place *place, const qi_binaries *binaries, qi_arena *arena,
                              quire_error *err);

/* Starts the server and returns when it takes connections. Fails with the end of its log. */
quire_status qi_server_launch(const qi_place *place, const qi_binaries *binaries, qi_arena *arena,
                              quire_error *err);

#endif
