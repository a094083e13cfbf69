#include "migrate/history.h"
#include "migrate/lock.h"
#include "migrate/migration.h"
#include "migrate/script.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "client/handle.h"

#include <quire/migrate.h>
#include <quire/sql.h>

#include <stdio.h>
#include <string.h>

enum {
    LOCK_WAIT_MS = 60000,
    LOCK_TIMEOUT_MS = 3000,
    ATTEMPTS = 5, /* at a file that meets a lock */
    LONGEST_PAUSE_MS = 10000,
    DETAIL_BEFORE = 230
};

/* One call of quire_migrate. */
typedef struct run {
    qi_arena arena;
    quire_migrate_options options; /* defaults filled in */
    qi_migration_directory directory;
    quire_migration_list list;
    quire_db *session; /* holds the lock, applies the files */
    size_t applied;
} run;

static void tell(const run *r, quire_migrate_event_kind kind, const char *text, int64_t duration_ms,
                 size_t index, size_t total)
{
    if (!r->options.on_event)
        return;
    quire_migrate_event event = {
        .kind = kind, .text = text, .index = index, .total = total, .duration_ms = duration_ms
    };
    r->options.on_event(r->options.context, &event);
}

/* The history against the files; fails where they do not fit. */
static quire_status compare(run *r, quire_db *db, qi_history *history, quire_error *err)
{
    quire_status status = qi_history_read(db, &r->arena, history, err);
    if (!status)
        status = qi_history_compare(&r->directory, history, &r->arena, &r->list, err);
    if (!status)
        status = qi_history_check(&r->list, err);
    return status;
}

static const qi_migration_file *file_of(const run *r, const quire_migration *item)
{
    for (size_t i = 0; i < r->directory.count; i++)
        if (strcmp(r->directory.files[i].version, item->version) == 0)
            return &r->directory.files[i];
    return NULL;
}

static quire_status check_pending(run *r, quire_error *err)
{
    quire_status status = qi_migrations_verify(&r->directory, err);
    for (size_t i = 0; i < r->list.count && !status; i++) {
        if (r->list.items[i].state != QUIRE_MIGRATION_PENDING)
            continue;
        const qi_migration_file *file = file_of(r, &r->list.items[i]);
        status = qi_script_check(file->path, file->text, file->length, &r->arena, err);
    }
    return status;
}

/*
 * What a file has set does not reach the next one. And a server that is running a statement for a
 * runner that was killed finds out, where it can, so that the lock is free for the next runner.
 */
static quire_status settle_session(quire_db *session, quire_error *err)
{
    static const char notice_sql[] =
        "select pg_catalog.set_config(name, '2s', false) from pg_catalog.pg_settings\n"
        "where name = 'client_connection_check_interval'";
    quire_status status = quire_exec(session, "reset all", err);
    /* Not on every platform. */
    if (!status)
        (void)!quire_exec(session, notice_sql, NULL);
    return status;
}

static quire_status run_file(run *r, quire_db *tx, const qi_migration_file *file, quire_error *err)
{
    char set[64];
    size_t done = 0;
    size_t total = 0;
    snprintf(set, sizeof set, "set local lock_timeout = '%dms'", r->options.lock_timeout_ms);
    quire_status status = quire_exec(tx, set, err);
    if (!status)
        status =
            qi_script_run(tx, file->path, file->text, file->length, &r->arena, &done, &total, err);
    if (status)
        return status;
    /* The file may have become another role, which does not see the history. */
    status = quire_exec(tx, "reset session authorization; reset role", err);
    if (!status)
        status = qi_history_record(tx, file, total, err);
    if (status)
        qi_locate(err, file->path, 0, 0);
    return status;
}

/* One transaction: all of a file and its row of the history, or nothing. */
static quire_status attempt(run *r, const qi_migration_file *file, quire_error *err)
{
    quire_db *tx = quire_begin(r->session, NULL, err);
    if (!tx)
        return err->status;
    quire_status status = run_file(r, tx, file, err);
    if (status) {
        quire_rollback(tx, NULL);
        return status;
    }
    status = quire_commit(tx, err);
    if (status) {
        qi_locate(err, file->path, 0, 0);
        if (status == QUIRE_LOST)
            qi_detail(err, "The connection broke while the file was being committed: it is applied "
                           "as a whole or not at all.");
    }
    return status;
}

/* lock_not_available and deadlock_detected: nothing of the file is done, and later it may work. */
static bool met_a_lock(const quire_error *err)
{
    return strcmp(err->sqlstate, "55P03") == 0 || strcmp(err->sqlstate, "40P01") == 0;
}

static quire_status attempts(run *r, const qi_migration_file *file, size_t index, size_t total,
                             quire_error *err)
{
    int64_t pause = r->options.lock_timeout_ms / 2 + 1;
    for (int tried = 1;; tried++) {
        quire_status status = attempt(r, file, err);
        if (!status || tried == ATTEMPTS || !met_a_lock(err))
            return status;
        tell(r, QUIRE_MIGRATE_RETRYING, file->path, 0, index, total);
        qi_sleep_ms(qi_jitter(pause));
        pause = pause * 2 < LONGEST_PAUSE_MS ? pause * 2 : LONGEST_PAUSE_MS;
    }
}

/* Adds to a file's failure what stays applied, and what to do. */
static void explain(const run *r, quire_error *err)
{
    char detail[DETAIL_BEFORE];
    char before[64] = "";
    qi_copy_text(detail, sizeof detail, err->detail);
    if (r->applied > 0)
        snprintf(before, sizeof before, "; %zu before it %s and %s", r->applied,
                 r->applied == 1 ? "is applied" : "are applied",
                 r->applied == 1 ? "stays" : "stay");
    if (err->status != QUIRE_LOST || err->line)
        qi_detail(err, "%s%sNothing of this file is applied%s.", detail, detail[0] ? " " : "",
                  before);
    if (err->hint[0])
        return;
    if (met_a_lock(err))
        qi_hint(err,
                "Another transaction holds a lock on a table that the file changes. Run `quire "
                "migrate` again when it has ended.");
    else if (err->status == QUIRE_LOST || err->status == QUIRE_CONNECT)
        qi_hint(err, "Run `quire migrate` again: it goes on where it stopped.");
    else
        qi_hint(err,
                "Correct the file, run `quire migrate --rehash` and then `quire migrate` again.");
}

static quire_status apply_all(run *r, quire_error *err)
{
    size_t total = r->list.pending;
    for (size_t i = 0; i < r->list.count; i++) {
        const quire_migration *item = &r->list.items[i];
        if (item->state != QUIRE_MIGRATION_PENDING)
            continue;
        size_t index = r->applied + 1;
        tell(r, QUIRE_MIGRATE_APPLYING, item->file, 0, index, total);
        int64_t start = qi_clock_ms();
        quire_status status = attempts(r, file_of(r, item), index, total, err);
        if (status) {
            explain(r, err);
            return status;
        }
        r->applied++;
        tell(r, QUIRE_MIGRATE_APPLIED, item->file, qi_clock_ms() - start, index, total);
        status = settle_session(r->session, err);
        if (status)
            return status;
    }
    return QUIRE_OK;
}

/* Under the lock: what is pending may be less than before, since another runner may have been here. */
static quire_status apply_locked(run *r, quire_error *err)
{
    qi_history history = { 0 };
    quire_status status = settle_session(r->session, err);
    if (!status)
        status = compare(r, r->session, &history, err);
    if (!status)
        status = check_pending(r, err);
    if (status || r->list.pending == 0)
        return status;
    if (!history.exists)
        status = qi_history_create(r->session, err);
    return status ? status : apply_all(r, err);
}

static quire_status migrate(run *r, quire_db *db, quire_error *err)
{
    qi_history history = { 0 };
    quire_status status = qi_migrations_of(db, r->options.directory, &r->arena, &r->directory, err);
    if (!status)
        status = compare(r, db, &history, err);
    if (!status)
        status = check_pending(r, err);
    /* The common case of a program that starts: no lock, no second connection. */
    if (status || r->list.pending == 0)
        return status;

    r->session = qi_session_open(db, err);
    if (!r->session)
        return err->status;
    status = qi_lock_take(r->session, r->options.lock_wait_ms, &r->options, err);
    if (!status) {
        status = apply_locked(r, err);
        qi_lock_release(r->session);
    }
    quire_close(r->session);
    return status;
}

quire_status quire_migrate(quire_db *db, const quire_migrate_options *options, size_t *applied,
                           quire_error *err)
{
    quire_error failure = { 0 };
    run r = { 0 };
    if (applied)
        *applied = 0;
    quire_status status = qi_usable(db, err);
    if (status)
        return status;
    if (qi_is_transaction(db))
        return qi_fail(err, QUIRE_INVALID, "migrations need a pool, not a transaction");
    if (options)
        r.options = *options;
    if (r.options.lock_wait_ms < 0 || r.options.lock_timeout_ms < 0)
        return qi_fail(err, QUIRE_INVALID, "a time limit of quire_migrate_options is negative");
    if (!r.options.lock_wait_ms)
        r.options.lock_wait_ms = LOCK_WAIT_MS;
    if (!r.options.lock_timeout_ms)
        r.options.lock_timeout_ms = LOCK_TIMEOUT_MS;
    status = migrate(&r, db, &failure);
    if (applied)
        *applied = r.applied;
    if (status && err)
        *err = failure;
    qi_arena_free(&r.arena);
    return status;
}
