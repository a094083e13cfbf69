/*
 * history.h - the table quire.migrations: what is applied in a database.
 *
 * One row a migration. Of a file that is one transaction it is written in that transaction, so that
 * it is there exactly when the file's statements are. Of a file whose statements are transactions of
 * their own it is there from the first one on; each statement's transaction counts it. A statement
 * that cannot be in a transaction is counted in one after it, and announced in one before it: in
 * between the row says that it is in doubt.
 *
 * A migration that is taken back keeps its row until its down file is through.
 */
#ifndef QI_HISTORY_H
#define QI_HISTORY_H

#include "base/arena.h"
#include "migrate/migration.h"
#include "migrate/script.h"

#include <quire/db.h>
#include <quire/migrate.h>

#include <stdbool.h>
#include <stddef.h>

typedef enum qi_row_state {
    QI_ROW_APPLIED = 0,
    QI_ROW_PARTIAL,           /* `done` statements of the file are applied */
    QI_ROW_IN_DOUBT,          /* and the next one may be */
    QI_ROW_REVERTING,         /* `done` statements of its down file are applied */
    QI_ROW_REVERTING_IN_DOUBT /* and the next one may be */
} qi_row_state;

typedef struct qi_history_row {
    const char *version;
    const char *name;
    const char *checksum;
    qi_row_state state;
    size_t done;
    size_t total;
    const char *progress;   /* checksum of the statements that are done or in doubt; NULL: none */
    const char *applied_at; /* ISO 8601 in UTC; NULL: not yet */
    int64_t duration_ms;
} qi_history_row;

/* A squashed file whose migrations are applied here, but not yet recorded as one. */
typedef struct qi_fold {
    const qi_migration_file *file;
    const qi_replaced *replaced; /* its own version last */
    size_t count;
} qi_fold;

typedef struct qi_history {
    bool exists;  /* the table */
    bool current; /* it has all columns */
    const qi_history_row *rows;
    size_t count;         /* oldest version first */
    const qi_fold *folds; /* see qi_history_fold */
    size_t fold_count;
    const qi_migration_file *broken; /* a squashed file of which only some are applied; or NULL */
    const char *broken_version;      /* one that is not, or not as it was squashed */
} qi_history;

/*
 * Reads it; no table is an empty history. QUIRE_REFUSED for rows that a newer Quire wrote and this
 * one does not understand.
 */
quire_status qi_history_read(quire_db *db, qi_arena *arena, qi_history *out, quire_error *err);

const qi_history_row *qi_history_find(const qi_history *history, const char *version);

/* Makes schema and table, or adds the columns that it lacks. Only under the lock: IF NOT EXISTS races
 * with itself. */
quire_status qi_history_create(quire_db *db, quire_error *err);

/* What the file has made of the session (role, search_path) stops to matter until the transaction's end. */
quire_status qi_history_own(quire_db *transaction, quire_error *err);

/* How far a migration is, as its row is to say. */
typedef struct qi_history_step {
    const qi_migration_file *file;
    qi_row_state state;
    size_t done;
    size_t total;
    const char *progress; /* qi_script_progress; NULL: none */
    int64_t duration_ms;  /* of this run, with QI_ROW_APPLIED */
} qi_history_step;

/* Writes the row, in the transaction of what it records. */
quire_status qi_history_write(quire_db *transaction, const qi_history_step *step, quire_error *err);

/* The row as it was, of a migration that was to be taken back. */
quire_status qi_history_restore(quire_db *transaction, const qi_history_row *row, quire_error *err);

/* Takes the row away, in the transaction that took back the migration. */
quire_status qi_history_remove(quire_db *transaction, const char *version, quire_error *err);

/* The checksum of the first `count` statements. False: out of memory. */
bool qi_script_progress(const qi_script *script, size_t count, char out[QI_CHECKSUM_SIZE]);

/* The migrations of a directory, or where `path` is NULL of the handle's own project and provider. */
quire_status qi_migrations_of(quire_db *db, const char *path, qi_arena *arena,
                              qi_migration_directory *out, quire_error *err);

/*
 * Takes the rows of squashed migrations for one row of the file in their place, where all of them are
 * applied as they were squashed. The table stays as it is: qi_history_write_folds writes it.
 */
quire_status qi_history_fold(const qi_migration_directory *directory, qi_history *history,
                             qi_arena *arena, quire_error *err);

/* QUIRE_REFUSED where only some of the migrations behind a squashed file are applied. */
quire_status qi_history_check_folds(const qi_history *history, quire_error *err);

/* Writes the rows as they were taken to be, in one transaction of `session`. */
quire_status qi_history_write_folds(quire_db *session, const qi_history *history, qi_arena *arena,
                                    quire_error *err);

/*
 * Files and history side by side, oldest first, the history folded. Items point into both, and into the
 * arena. `out` gets no owner.
 */
quire_status qi_history_compare(const qi_migration_directory *directory, qi_history *history,
                                qi_arena *arena, quire_migration_list *out, quire_error *err);

/* QUIRE_REFUSED, for one that is changed, missing, being rolled back or out of order. */
quire_status qi_history_refuse(const quire_migration_list *list, const quire_migration *item,
                               quire_error *err);

/*
 * QUIRE_REFUSED, naming the first migration that is changed, missing, being rolled back, or unless that
 * is fine out of order.
 */
quire_status qi_history_check(const quire_migration_list *list, bool out_of_order,
                              quire_error *err);

#endif
