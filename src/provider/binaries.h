/* binaries.h - where PostgreSQL's server programs are installed. */
#ifndef QI_BINARIES_H
#define QI_BINARIES_H

#include "base/arena.h"
#include "base/dotenv.h"

#include <quire/error.h>

typedef struct qi_binaries {
    const char *directory; /* holds postgres and initdb; absolute */
    int major;
} qi_binaries;

/*
 * Finds postgres and initdb: in QUIRE_PG_BIN where that is set and nowhere else, else where the
 * distributions put them, in PATH, and where pg_config says. `major` 0: the newest; another one:
 * exactly that. QUIRE_IO with the package to install when there are none, QUIRE_CONFIG for a
 * QUIRE_PG_BIN that has none.
 */
quire_status qi_binaries_find(const qi_environment *env, int major, qi_arena *arena,
                              qi_binaries *out, quire_error *err);

/* The same with the distributions' places under another root than "": for tests. */
quire_status qi_binaries_find_under(const char *root, const qi_environment *env, int major,
                                    qi_arena *arena, qi_binaries *out, quire_error *err);

/*
 * The environment for PostgreSQL's programs: nothing of the caller's that could change what they do
 * (PGDATA, PGOPTIONS, locales), messages in English. NULL when out of memory.
 */
const char *const *qi_binaries_environment(qi_arena *arena);

#endif
