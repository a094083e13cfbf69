/*
 * quire/server.h - the private PostgreSQL of a project, and scratch databases.
 *
 * With no URL set, the local provider runs a PostgreSQL of its own: initdb once, a Unix socket in a
 * directory that only its user can enter, no TCP port, data under the project's `.quire/`. It is
 * started when something needs it, shared by every process of the project, left running, and
 * recovered after a crash. PostgreSQL refuses to run as root; for root it is run as the user
 * `postgres` (else `nobody`), and where that user cannot enter the project's directory the data
 * lies under /var/lib/quire instead.
 *
 * The project's directory is the one with quire.conf, found upwards from `directory` (NULL: ".");
 * without a quire.conf it is `directory` itself.
 *
 * Errors: QUIRE_IO for files and processes (with the package to install when the server binaries are
 * missing, and the end of the server's log when it does not start), QUIRE_CONFIG, QUIRE_TIMEOUT.
 * Any thread; processes exclude one another by a lock file.
 */
#ifndef QUIRE_SERVER_H
#define QUIRE_SERVER_H

#include <quire/error.h>
#include <quire/export.h>

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A private server as it stands. Fixed size, nothing to free. */
typedef struct quire_server {
    bool initialised; /* its data directory exists */
    bool running;
    bool started;       /* by this very call */
    long pid;           /* of the postmaster; 0 when it does not run */
    int major;          /* PostgreSQL's major version */
    char binaries[512]; /* "/usr/lib/postgresql/15/bin" */
    char data[512];     /* the data directory */
    char socket[128];   /* the directory of its socket */
    char log[512];      /* its log file */
    char user[64];      /* the operating system user that runs it */
    char database[64];  /* the project's own database */
    char url[1024];     /* of that database; holds no password, there is none */
} quire_server;

/* Starts the server, or finds it running, and sees to it that the project's database exists. */
QUIRE_API QUIRE_MUST_USE quire_status quire_server_start(const char *directory, quire_server *out,
                                                         quire_error *err);

/* Looks without starting anything. */
QUIRE_API QUIRE_MUST_USE quire_status quire_server_status(const char *directory, quire_server *out,
                                                          quire_error *err);

/* Stops it and waits for its end (fast shutdown: open transactions are rolled back). Fine when it
 * does not run. */
QUIRE_API QUIRE_MUST_USE quire_status quire_server_stop(const char *directory, quire_error *err);

/* Stops it and deletes its data directory for good. */
QUIRE_API QUIRE_MUST_USE quire_status quire_server_reset(const char *directory, quire_error *err);

/*
 * A server that lies outside of its project, under /var/lib/quire: what root has started there stays when
 * the project is deleted. The strings live as long as the call that told of it.
 */
typedef struct quire_server_apart {
    const char *project; /* its directory */
    bool project_exists;
    bool running;
    long pid;         /* of the postmaster; 0 when it does not run */
    const char *base; /* where its things are */
} quire_server_apart;

typedef void quire_on_server(void *context, const quire_server_apart *server);

/* Tells of each that the user may look into, in no particular order. Must not use it for removing. */
QUIRE_API QUIRE_MUST_USE quire_status quire_server_each(quire_on_server *on_server, void *context,
                                                        quire_error *err);

/*
 * Stops the server of a project that is deleted, and deletes its data for good. `project` is the path as
 * quire_server_each gives it. QUIRE_REFUSED when that directory is there (quire_server_reset is for it) or
 * has no such server.
 */
QUIRE_API QUIRE_MUST_USE quire_status quire_server_remove(const char *project, quire_error *err);

/*
 * A scratch database: empty, of its own, gone when it is closed. Made on the private server, or
 * with QUIRE_SCRATCH_URL set (environment or .env) on that server, whose user must be allowed to
 * create databases. What a process leaves behind by dying is dropped by the next one that opens a
 * scratch database there. The private server keeps a few empty ones ready.
 */
typedef struct quire_scratch quire_scratch;

QUIRE_API QUIRE_MUST_USE quire_scratch *quire_scratch_open(const char *directory, quire_error *err);

/* Its URL, for quire_open. Valid until quire_scratch_close. May hold a password: do not print it. */
QUIRE_API const char *quire_scratch_url(const quire_scratch *scratch);

/* Whether it stands on the private server, where roles may be made as a schema needs them. */
QUIRE_API bool quire_scratch_is_private(const quire_scratch *scratch);

/*
 * Has the server drop the database, disconnecting whoever is in it. That is not waited for: it may be
 * seen a moment longer. NULL is fine.
 */
QUIRE_API void quire_scratch_close(quire_scratch *scratch);

#ifdef __cplusplus
}
#endif

#endif
