/* admin.h - connections that make and drop databases. */
#ifndef QI_ADMIN_H
#define QI_ADMIN_H

#include "base/arena.h"
#include "provider/place.h"

#include <quire/error.h>

#include <libpq-fe.h>
#include <stdbool.h>

/*
 * Connects to a URL (NULL in *out and an error otherwise); `application` is what the server shows.
 * Ends with PQfinish. The error holds the server's message, not the URL.
 */
quire_status qi_admin_connect(const char *url, const char *application, PGconn **out,
                              quire_error *err);

/* Runs statements whose rows nobody wants. */
quire_status qi_admin_run(PGconn *connection, const char *sql, quire_error *err);

/* "name" as an SQL identifier; NULL when out of memory. */
char *qi_admin_quote(PGconn *connection, qi_arena *arena, const char *name);

/* The URL of a database on the private server with its socket in a directory. */
char *qi_admin_url(qi_arena *arena, const char *socket, const char *database);

/*
 * Makes the private server's database of a project where it is missing. The usual case, that it is
 * there, costs one connection.
 */
quire_status qi_admin_ensure(qi_arena *arena, const char *socket, const char *database,
                             quire_error *err);

#endif
