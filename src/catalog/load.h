/*
 * load.h - SQL files run into a scratch database, so that every failure has its place in a file.
 */
#ifndef QI_LOAD_H
#define QI_LOAD_H

#include <quire/db.h>
#include <quire/error.h>
#include <quire/provider.h>

/*
 * Runs the text of a SQL file statement by statement. A failure has `file`, line and column, and
 * the server's message; statements before it have run. The caller chooses the transaction: a pool
 * commits each statement by itself.
 */
quire_status qi_sql_run(quire_db *db, const char *text, const char *file, quire_error *err);

/* The same for a file; `shown` is how messages call it (NULL: `path`). */
quire_status qi_sql_run_file(quire_db *db, const char *path, const char *shown, quire_error *err);

/*
 * Loads a schema: the file at `path`, then the file beside it for one provider where it exists
 * (`schema.neon.sql` beside `schema.sql`); QUIRE_AUTO leaves that out. `db` should be a pool of one
 * connection, so that a SET in the file lasts to its end. QUIRE_IO when `path` cannot be read.
 */
quire_status qi_schema_load(quire_db *db, const char *path, quire_provider provider,
                            quire_error *err);

#endif
