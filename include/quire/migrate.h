/*
 * quire/migrate.h - apply a directory of migrations, and tell what is applied.
 *
 * A migrations directory holds plain SQL files named `<version>_<name>.sql`, where the version is a
 * UTC time stamp of 14 digits (20261122093000), and `quire.sum`, the integrity file that
 * `quire generate` keeps: a chain of checksums, each over the tokens of its file and over the line
 * before it, so that spaces, comments and line ends do not count but everything else does.
 *
 * The database keeps its history in the table quire.migrations. Applying takes a session-level
 * advisory lock, so several programs that start together apply each migration once. One file is one
 * transaction.
 */
#ifndef QUIRE_MIGRATE_H
#define QUIRE_MIGRATE_H

#include <quire/db.h>
#include <quire/error.h>
#include <quire/export.h>

#include <stdbool.h>
#include <stdint.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum quire_migration_state {
    QUIRE_MIGRATION_PENDING = 0, /* a file that is not applied yet */
    QUIRE_MIGRATION_APPLIED = 1,
    QUIRE_MIGRATION_CHANGED = 2,     /* applied, but its file was changed afterwards */
    QUIRE_MIGRATION_MISSING = 3,     /* applied, but its file is gone */
    QUIRE_MIGRATION_OUT_OF_ORDER = 4 /* not applied, but older than one that is */
} quire_migration_state;

/* "pending", "applied", "changed", "missing", "out_of_order". Static text. */
QUIRE_API const char *quire_migration_state_name(quire_migration_state state);

typedef struct quire_migration {
    const char *version; /* "20261122093000" */
    const char *name;    /* "init" */
    const char *file;    /* path; NULL when it is missing */
    quire_migration_state state;
    const char *applied_at; /* ISO 8601 in UTC; NULL when it is not applied */
    int64_t duration_ms;    /* of applying it; -1 when it is not applied */
} quire_migration;

/* The history of one database against one directory, oldest first. Start with = {0}. */
typedef struct quire_migration_list {
    const quire_migration *items;
    size_t count;
    size_t pending; /* how many are PENDING or OUT_OF_ORDER */
    size_t unsound; /* how many are CHANGED, MISSING or OUT_OF_ORDER */
    struct quire_migration_memory *owner_;
} quire_migration_list;

QUIRE_API void quire_migration_list_free(quire_migration_list *list);

/* What happens as it happens; called in the thread of quire_migrate. */
typedef enum quire_migrate_event_kind {
    QUIRE_MIGRATE_WAITING =
        1, /* another runner holds the lock; `text` names it; about each second */
    QUIRE_MIGRATE_APPLYING = 2,
    QUIRE_MIGRATE_APPLIED = 3,
    QUIRE_MIGRATE_RETRYING = 4 /* it met a lock for longer than lock_timeout; it was rolled back
                                  and is tried again in a moment, at most four times */
} quire_migrate_event_kind;

typedef struct quire_migrate_event {
    quire_migrate_event_kind kind;
    const char *text;    /* the file, or who holds the lock */
    size_t index;        /* of the file among the pending ones, from 1 */
    size_t total;        /* pending ones in this run */
    int64_t duration_ms; /* with APPLIED */
} quire_migrate_event;

typedef struct quire_migrate_options {
    const char *directory; /* of the migrations; NULL: as quire.conf says for the provider */
    int lock_wait_ms;      /* longest wait for another runner; 0: 60,000 */
    int lock_timeout_ms;   /* lock_timeout of the statements; 0: 3,000 */
    void (*on_event)(void *context, const quire_migrate_event *event);
    void *context;
} quire_migrate_options;

/*
 * Applies what is pending, in order. `options` may be NULL, `applied` too (how many were applied,
 * set on failure as well). Needs a pool, not a transaction.
 *
 * Fails with QUIRE_REFUSED before anything is touched when the history is not sound (a migration
 * changed after it was applied, a file missing or out of order, quire.sum does not match), with
 * QUIRE_TIMEOUT when another runner holds the lock too long, and with the server's error, file, line
 * and column when a statement fails; then what came before that file stays applied and that file is
 * rolled back whole.
 */
QUIRE_API QUIRE_MUST_USE quire_status quire_migrate(quire_db *db,
                                                    const quire_migrate_options *options,
                                                    size_t *applied, quire_error *err);

/* Reads the history. `directory` as in quire_migrate_options. Changes nothing. */
QUIRE_API QUIRE_MUST_USE quire_status quire_migration_status(quire_db *db, const char *directory,
                                                             quire_migration_list *out,
                                                             quire_error *err);

#ifdef __cplusplus
}
#endif

#endif
