/*
 * history.h - the table quire.migrations: what is applied in a database.
 *
 * One row a migration. It is written in the transaction that applies the file, so a row with the
 * state `applied` is there exactly when the file's statements are. The other columns leave room for
 * files that do not run as one transaction: how many of their statements are done, and since when.
 */
#ifndef QI_HISTORY_H
#define QI_HISTORY_H

#include "base/arena.h"
#include "migrate/migration.h"

#include <quire/db.h>
#include <quire/migrate.h>

#include <stdbool.h>
#include <stddef.h>

typedef struct qi_history_row {
    const char *version;
    const char *name;
    const char *checksum;
    const char *applied_at; /* ISO 8601 in UTC */
    int64_t duration_ms;
} qi_history_row;

typedef struct qi_history {
    bool exists; /* the table */
    const qi_history_row *rows;
    size_t count; /* oldest version first */
} qi_history;

/*
 * Reads it; no table is an empty history. QUIRE_REFUSED for rows that a newer Quire wrote and this
 * one does not understand.
 */
quire_status qi_history_read(quire_db *db, qi_arena *arena, qi_history *out, quire_error *err);

/* Makes schema and table. Only under the lock: IF NOT EXISTS races with itself. */
quire_status qi_history_create(quire_db *db, quire_error *err);

/* Writes the row of a file, in the transaction that applied it. */
quire_status qi_history_record(quire_db *transaction, const qi_migration_file *file,
                               size_t statements, quire_error *err);

/* The migrations of a directory, or where `path` is NULL of the handle's own project and provider. */
quire_status qi_migrations_of(quire_db *db, const char *path, qi_arena *arena,
                              qi_migration_directory *out, quire_error *err);

/*
 * Files and history side by side, oldest first. Items point into both, and into the arena.
 * `out` gets no owner.
 */
quire_status qi_history_compare(const qi_migration_directory *directory, const qi_history *history,
                                qi_arena *arena, quire_migration_list *out, quire_error *err);

/* QUIRE_REFUSED, naming the first migration that is changed, missing or out of order. */
quire_status qi_history_check(const quire_migration_list *list, quire_error *err);

#endif
