/* run.h - one call of the runner: what migrating, rolling back and repairing share. */
#ifndef QI_RUN_H
#define QI_RUN_H

#include "base/arena.h"
#include "migrate/history.h"
#include "migrate/lock.h"
#include "migrate/migration.h"
#include "migrate/script.h"

#include <quire/migrate.h>

#define QI_BLOCKER_SIZE 320

typedef struct qi_run {
    qi_arena arena;
    quire_migrate_options options; /* defaults filled in */
    quire_db *db;                  /* the caller's */
    qi_migration_directory directory;
    qi_history history;
    quire_migration_list list;
    quire_db *session; /* holds the lock, applies the files; NULL with dry_run */
    char pid[QI_PID_SIZE];
    quire_db *watch;               /* looks who blocks the session; NULL: not needed yet */
    bool unwatched;                /* there is no second connection */
    char blocker[QI_BLOCKER_SIZE]; /* who blocked the statement last; empty: nobody */
    size_t done;                   /* files */
    size_t total;
    bool *used; /* by what is allowed: a check is about it */
} qi_run;

/* Checks the call and fills in the defaults. The arena is to be freed whatever is returned. */
quire_status qi_run_init(qi_run *r, quire_db *db, const quire_migrate_options *options,
                         quire_error *err);

/* Frees it, and hands over what failed. Returns `status`. */
quire_status qi_run_end(qi_run *r, quire_status status, const quire_error *failure,
                        quire_error *err);

/* Reads the directory, checks it against quire.sum, and reads the history. */
quire_status qi_run_read(qi_run *r, quire_error *err);

/* Reads the history again, from `db`. */
quire_status qi_run_compare(qi_run *r, quire_db *db, quire_error *err);

/* Does the work on a session of its own that holds the lock, the history's table being there. */
typedef quire_status (*qi_run_work)(qi_run *r, void *context, quire_error *err);
quire_status qi_run_locked(qi_run *r, qi_run_work work, void *context, quire_error *err);

/* What earlier files have set does not reach the next one; and whether the lock is still held. */
quire_status qi_run_settle(qi_run *r, quire_error *err);

const qi_migration_file *qi_run_file(const qi_run *r, const char *version);

/* Whether a version as a person writes it ("20260101000000", "20260101000000_init") is that one. */
bool qi_version_is(const char *written, const char *version);

/* QUIRE_REFUSED when no migration has the version of the options' `to`. */
quire_status qi_run_check_to(const qi_run *r, quire_error *err);

void qi_run_tell(const qi_run *r, quire_migrate_event event);

/*
 * Runs SQL on `db`, a handle of the session, as quire_exec does. While it waits for a lock, tells who
 * holds it, and keeps it in r->blocker.
 */
quire_status qi_run_exec(qi_run *r, quire_db *db, const char *sql, quire_error *err);

/* A file that is to be run, up or down. */
typedef struct qi_job {
    const qi_migration_file *file; /* the migration, also when its down file is run */
    bool down;
    qi_script script;
    const qi_history_row *row; /* NULL: not begun */
} qi_job;

/* Reads the file and compares what of it is applied already with what the history says. */
quire_status qi_job_read(qi_run *r, const qi_migration_file *file, bool down, qi_job *out,
                         quire_error *err);

/* Checks, statements, history, with events, retries and a complete error. */
quire_status qi_job_run(qi_run *r, qi_job *job, quire_error *err);

/* How many statements count as applied, from the row; the next one is in doubt. */
size_t qi_job_done(const qi_job *job);
bool qi_job_in_doubt(const qi_job *job);

/* QUIRE_REFUSED with the message of the first check that finds a row and is not allowed. */
quire_status qi_checks_run(qi_run *r, const qi_script *script, quire_error *err);

/* With dry_run: asks the checks of a file and tells what each of them would refuse. `first`: no file
 * is to be applied before it. */
quire_status qi_checks_tell(qi_run *r, const qi_script *script, bool first, quire_error *err);

/* Whether something that was allowed is about a check of the file. */
bool qi_checks_know(const qi_script *script, const char *allowed);

/* With dry_run: tells that the file would be run, and what its checks say. `index` is from 1. */
quire_status qi_job_plan(qi_run *r, const qi_job *job, size_t index, quire_error *err);

/* What the catalog says of a statement that cannot be in a transaction. */
typedef enum qi_finding {
    QI_NOT_EXECUTED = 0,
    QI_EXECUTED,
    QI_HALF_EXECUTED, /* an INVALID index, a partition whose detaching is pending */
    QI_CANNOT_TELL
} qi_finding;

quire_status qi_doubt_look(qi_run *r, const qi_script_statement *statement, qi_finding *out,
                           quire_error *err);

/* Takes away or finishes what a half executed one has left. *executed: nothing remains to be done. */
quire_status qi_doubt_clear(qi_run *r, const qi_script_statement *statement, bool *executed,
                            quire_error *err);

#endif
