/*
 * quire/migrate.h - apply a directory of migrations, take them back, and tell what is applied.
 *
 * A migrations directory holds plain SQL files named `<version>_<name>.sql`, where the version is a
 * UTC time stamp of 14 digits (20261122093000), beside them `<version>_<name>.down.sql`, which take
 * them back, and `quire.sum`, the integrity file that `quire generate` keeps: a chain of checksums,
 * each over the tokens of its file and over the line before it, so that spaces, comments and line
 * ends do not count but everything else does.
 *
 * The database keeps its history in the table quire.migrations. Applying takes a session-level
 * advisory lock, so several programs that start together apply each migration once.
 *
 * One file is one transaction. In a file with the line `-- quire: no-transaction` at its top each
 * statement is one, and the history keeps how many are done: a run that was stopped, by a failure, by
 * kill -9 or by the server's end, goes on from there. Only of a statement that PostgreSQL refuses in
 * a transaction (CREATE INDEX CONCURRENTLY) it can be in doubt whether it was executed; the next run
 * finds out from the catalog, or where that cannot tell stops and says which statement it is.
 *
 * A statement is sent from a thread of its own, so that who blocks it can be looked up meanwhile: a
 * handle's on_statement (quire/observe.h) may be called there. on_event is not.
 *
 * docs/migrations.md has the whole story.
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
    QUIRE_MIGRATION_CHANGED = 2,      /* applied, but its file was changed afterwards */
    QUIRE_MIGRATION_MISSING = 3,      /* applied, but its file is gone */
    QUIRE_MIGRATION_OUT_OF_ORDER = 4, /* not applied, but older than one that is */
    QUIRE_MIGRATION_PARTIAL = 5,      /* a part of its statements is applied; a run goes on there */
    QUIRE_MIGRATION_IN_DOUBT = 6,     /* the same, and the next statement may be applied or not */
    QUIRE_MIGRATION_ROLLING_BACK = 7  /* a part of its down file's statements is applied */
} quire_migration_state;

/* "pending", "applied", "changed", "missing", "out_of_order", "partial", "in_doubt", "rolling_back".
 * Static text. */
QUIRE_API const char *quire_migration_state_name(quire_migration_state state);

typedef struct quire_migration {
    const char *version; /* "20261122093000" */
    const char *name;    /* "init" */
    const char *file;    /* path; NULL when it is missing */
    quire_migration_state state;
    const char *applied_at; /* ISO 8601 in UTC; NULL when it is not applied */
    int64_t duration_ms;    /* of applying it; -1 when it is not applied */
    bool rolling_back;      /* what follows, and IN_DOUBT, are about its down file */
    size_t
        statements_done; /* that are known to be applied; with IN_DOUBT the next one is in doubt */
    size_t statements_total; /* 0 when it was never begun */
} quire_migration;

/* The session that holds the lock of the migrations. Those of other users show only `pid`. */
typedef struct quire_migration_runner {
    const char *pid;         /* of its process in the server; never NULL */
    const char *user;        /* NULL: not to be seen, the following too */
    const char *application; /* as the session calls itself; NULL: not at all */
    const char *host;        /* NULL: on the server's own machine */
    const char *since;       /* when it connected, ISO 8601 in UTC */
} quire_migration_runner;

/* The history of one database against one directory, oldest first. Start with = {0}. */
typedef struct quire_migration_list {
    const quire_migration *items;
    size_t count;
    size_t pending; /* how many are PENDING, OUT_OF_ORDER, PARTIAL or IN_DOUBT */
    size_t unsound; /* how many are CHANGED, MISSING, OUT_OF_ORDER or ROLLING_BACK */
    const quire_migration_runner *runner; /* who is migrating at this moment; NULL: nobody */
    struct quire_migration_memory *owner_;
} quire_migration_list;

QUIRE_API void quire_migration_list_free(quire_migration_list *list);

/* What happens as it happens; called in the thread of the call that does it. */
typedef enum quire_migrate_event_kind {
    QUIRE_MIGRATE_WAITING =
        1, /* another runner holds the lock; `text` names it; about each second */
    QUIRE_MIGRATE_APPLYING = 2,
    QUIRE_MIGRATE_APPLIED = 3,
    QUIRE_MIGRATE_RETRYING = 4,  /* it met a lock for longer than lock_timeout; it was rolled back
                                   and is tried again in a moment, at most nine times */
    QUIRE_MIGRATE_BLOCKED = 5,   /* a statement waits for a lock; `text` says who holds it: process,
                                   user, application, since when, and its statement, shortened */
    QUIRE_MIGRATE_STATEMENT = 6, /* a statement is about to be sent */
    QUIRE_MIGRATE_STATEMENT_DONE = 7, /* the server has executed it; what is recorded of it comes
                                         after this */
    QUIRE_MIGRATE_SETTLED = 8, /* `text` says what was found of a statement in doubt, or which
                                  INVALID index was dropped to be built again */
    QUIRE_MIGRATE_PLANNED = 9, /* with dry_run: the file would be applied, from `statement` on */
    QUIRE_MIGRATE_WOULD_REFUSE =
        10, /* with dry_run, after PLANNED: check number `statement` of the file finds a row, so the
               file would not be begun; `text` says what it found */
    QUIRE_MIGRATE_NOT_ASKED =
        11, /* the same, of a check that needs what the files before it make */
    QUIRE_MIGRATE_ALLOW_UNUSED =
        12, /* something of `allow` names an object that no check is about; `text` is it */
    QUIRE_MIGRATE_REPLACED =
        13 /* a squashed file stands for `statement` migrations that are applied:
                                   it is recorded in their place, not run; with dry_run would be */
} quire_migrate_event_kind;

typedef struct quire_migrate_event {
    quire_migrate_event_kind kind;
    const char *text;    /* the file, or what the kind says */
    size_t index;        /* of the file among those of this run, from 1 */
    size_t total;        /* files in this run */
    int64_t duration_ms; /* with APPLIED */
    size_t statement;    /* of the file, from 1; with STATEMENT, STATEMENT_DONE and PLANNED; the
                            check's number with WOULD_REFUSE and NOT_ASKED */
    size_t statements;   /* in the file */
} quire_migrate_event;

typedef struct quire_migrate_options {
    const char *directory; /* of the migrations; NULL: as quire.conf says for the provider */
    int lock_wait_ms;      /* longest wait for another runner; 0: 60,000 */
    int lock_timeout_ms; /* lock_timeout of the statements; 0: 3,000. Those that are concurrent wait
                              without an end: giving up leaves an INVALID index */
    void (*on_event)(void *context, const quire_migrate_event *event);
    void *context;

    const char *to;           /* a version: quire_migrate stops behind it, quire_migration_rollback
                                 before it; NULL: all that is pending, one to be taken back */
    size_t steps;             /* quire_migration_rollback: how many, unless `to` says; 0: 1 */
    const char *const *allow; /* checks to pass over, each HAZARD or HAZARD:OBJECT as the check has
                                 them: "deletes_data:public.books.isbn" */
    size_t allow_count;
    bool out_of_order; /* quire_migrate: apply what is older than an applied one, too */
    bool dry_run;      /* change nothing, only tell with QUIRE_MIGRATE_PLANNED; the checks of the
                          files are asked, read only */
} quire_migrate_options;

/*
 * Applies what is pending, in order. A file that `quire squash` made of migrations that are applied is
 * recorded in their place. `options` may be NULL, `applied` too (how many were applied,
 * set on failure as well). Needs a pool, not a transaction.
 *
 * Fails with QUIRE_REFUSED before anything is touched when the history is not sound (a migration
 * changed after it was applied, a file missing or out of order, quire.sum does not match), or before
 * a file is begun when one of its checks finds a row; with QUIRE_TIMEOUT when another runner or
 * a reader holds a lock too long; and with the server's error, file, line and column when a statement
 * fails. What came before that file stays applied. The file itself is rolled back whole, or where
 * each of its statements is a transaction, stays as far as it came; the detail says how far.
 */
QUIRE_API QUIRE_MUST_USE quire_status quire_migrate(quire_db *db,
                                                    const quire_migrate_options *options,
                                                    size_t *applied, quire_error *err);

/* Reads the history. `directory` as in quire_migrate_options. Changes nothing. */
QUIRE_API QUIRE_MUST_USE quire_status quire_migration_status(quire_db *db, const char *directory,
                                                             quire_migration_list *out,
                                                             quire_error *err);

/*
 * Takes migrations back by their down files, newest first; their rows leave the history. Locks, checks,
 * transactions and errors as with quire_migrate. QUIRE_REFUSED before anything is touched when a down
 * file is missing.
 */
QUIRE_API QUIRE_MUST_USE quire_status quire_migration_rollback(quire_db *db,
                                                               const quire_migrate_options *options,
                                                               size_t *taken_back,
                                                               quire_error *err);

/*
 * Adopts a database that has the schema already: records the migrations up to `version` as applied
 * without running them. QUIRE_REFUSED when there is a history.
 */
QUIRE_API QUIRE_MUST_USE quire_status quire_migration_baseline(quire_db *db,
                                                               const quire_migrate_options *options,
                                                               const char *version,
                                                               size_t *recorded, quire_error *err);

/* What a person found out about a migration. */
typedef struct quire_migration_repair_options {
    const char *version;
    size_t statement; /* from 1; 0: the one that is in doubt, or where none is the whole file */
    bool applied;     /* it is applied; false: it is not */
} quire_migration_repair_options;

/*
 * Corrects the history, and nothing else: the statement that is in doubt counts as applied or not,
 * statements of a file without a transaction are done up to one, or a whole file counts as
 * applied (as its file is now) or as never applied.
 */
QUIRE_API QUIRE_MUST_USE quire_status
quire_migration_repair(quire_db *db, const quire_migrate_options *options,
                       const quire_migration_repair_options *repair, quire_error *err);

/* What quire_validate_migrations found. */
typedef enum quire_finding_kind {
    QUIRE_FINDING_FILES = 1,   /* a file is not what quire.sum says, or cannot be run */
    QUIRE_FINDING_HISTORY = 2, /* the history does not match the files, or something is in part */
    QUIRE_FINDING_DRIFT =
        3, /* an object is not what the last migration left: `text` is added, missing
                                  or changed */
    QUIRE_FINDING_NOTE = 4 /* something could not be compared; no fault */
} quire_finding_kind;

/* "files", "history", "drift", "note". Static text. */
QUIRE_API const char *quire_finding_kind_name(quire_finding_kind kind);

typedef struct quire_finding {
    quire_finding_kind kind;
    const char *object; /* a file, a migration, "table public.books" */
    const char *text;   /* what is wrong with it, without a full stop */
    const char *hint;   /* what to do; empty: nothing to say */
} quire_finding;

/* Start with = {0}. */
typedef struct quire_validation {
    const quire_finding *items;
    size_t count;
    size_t unsound;             /* how many are not notes; 0: all is sound */
    const char *const *objects; /* all objects of the schema, "table public.books", sorted */
    size_t object_count;
    struct quire_migration_memory *owner_;
} quire_validation;

QUIRE_API void quire_validation_free(quire_validation *validation);

/*
 * Checks a database and a directory of migrations without changing anything: the files against
 * quire.sum and each by itself, the history against the files, and the schema as it is against the
 * list of objects that the migration that was applied last left in the history. Pending migrations are
 * no finding. Needs no scratch server. `directory` as in quire_migrate_options.
 */
QUIRE_API QUIRE_MUST_USE quire_status quire_validate_migrations(quire_db *db, const char *directory,
                                                                quire_validation *out,
                                                                quire_error *err);

#ifdef __cplusplus
}
#endif

#endif
