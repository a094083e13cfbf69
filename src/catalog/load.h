/*
 * load.h - SQL files run into a scratch database, so that every failure has its place in a file.
 */
#ifndef QI_LOAD_H
#define QI_LOAD_H

#include "base/arena.h"

#include <quire/db.h>
#include <quire/error.h>
#include <quire/provider.h>

#include <stdbool.h>

/*
 * Runs the text of a SQL file statement by statement. A failure has `file`, line and column, and
 * the server's message; statements before it have run. The caller chooses the transaction: a pool
 * commits each statement by itself.
 */
quire_status qi_sql_run(quire_db *db, const char *text, const char *file, quire_error *err);

/*
 * The same in a scratch database. Roles are of the server, not of the database: CREATE ROLE of one
 * that is there is passed over, and with `roles` (the server is the private one) a role that is named
 * but not there is made. In a transaction that is for the caller, by qi_sql_make_role.
 */
quire_status qi_sql_load(quire_db *db, const char *text, const char *file, bool roles,
                         quire_error *err);

/* The same for the file at `path`. */
quire_status qi_sql_load_file(quire_db *db, const char *path, bool roles, quire_error *err);

/*
 * Makes the role whose absence `err` tells of. False when it tells of something else, or the role
 * could not be made: then the failure stands. `pool` must not be a transaction.
 */
bool qi_sql_make_role(quire_db *pool, const quire_error *err);

/* "db/schema.neon.sql" for "db/schema.sql". NULL when out of memory. */
const char *qi_schema_overlay(qi_arena *arena, const char *path, quire_provider provider);

/*
 * Loads a schema: the file at `path`, then the file beside it for one provider where it exists
 * (`schema.neon.sql` beside `schema.sql`); QUIRE_AUTO leaves that out. `db` should be a pool of one
 * connection, so that a SET in the file lasts to its end. `roles` as above. QUIRE_IO when `path` cannot
 * be read.
 */
quire_status qi_schema_load(quire_db *db, const char *path, quire_provider provider, bool roles,
                            quire_error *err);

#endif
