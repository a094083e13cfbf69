/*
 * place.h - where a project's private server keeps its things, and as whom it runs.
 *
 *     <project>/.quire/            mode 0700, of the user that runs the server
 *         .gitignore  lock  log  log.old
 *         data/                    the data directory
 *         data.new/  data.old/     half made, half deleted: removed by the next start
 *         .s.PGSQL.5432            the socket, where its path is short enough
 *
 * For root with a project that the server's user cannot enter, /var/lib/quire/<hash>/ in place of
 * .quire/, with a file `project` that holds the project's path.
 */
#ifndef QI_PLACE_H
#define QI_PLACE_H

#include "base/arena.h"

#include <quire/error.h>

#include <stdbool.h>
#include <sys/types.h>

#define QI_SERVER_PORT 5432       /* of the socket's name only */
#define QI_SERVER_USER "postgres" /* the superuser inside */

typedef struct qi_place {
    const char *root;     /* the project's directory */
    const char *database; /* the project's own */
    const char *base;
    const char *data;
    const char *data_new;
    const char *data_old;
    const char *socket; /* a directory */
    const char *log;
    const char *log_old;
    const char *lock;
    bool socket_apart; /* outside of base, to be made and removed by itself */
    bool fallback;     /* base is under /var/lib/quire */
    bool switch_user;  /* root: run the server as uid */
    const char *user;
    uid_t uid;
    gid_t gid;
} qi_place;

/* Only looks. `directory` as in quire/server.h. */
quire_status qi_place_find(const char *directory, qi_arena *arena, qi_place *out, quire_error *err);

/* The names of all that is under /var/lib/quire; none where there is no such directory. */
quire_status qi_place_names(qi_arena *arena, const char *const **names, size_t *count,
                            quire_error *err);

/* The place of that name there, whether its project is still there or not. QUIRE_IO, also when this user
 * may not look into it. */
quire_status qi_place_named(const char *name, qi_arena *arena, qi_place *out, quire_error *err);

/* The name that a project's place has there. NULL: out of memory. */
const char *qi_place_name(const char *project, qi_arena *arena);

/* Makes `base`. QUIRE_IO when it is there but is not the server's user's alone. */
quire_status qi_place_make(const qi_place *place, quire_error *err);

/* Makes the directory of the socket. Fails likewise. */
quire_status qi_place_make_socket(const qi_place *place, quire_error *err);

/* Removes the directory of the socket where it stands apart. */
void qi_place_remove_socket(const qi_place *place);

/* Whether the data directory is there: finished, since it gets its name only then. */
bool qi_place_has_data(const qi_place *place);

/* PostgreSQL's major version that the data directory is of. */
quire_status qi_place_major(const qi_place *place, int *major, quire_error *err);

#endif
