#include "migrate/run.h"

#include "base/error.h"
#include "client/handle.h"

#include <quire/sql.h>

#include <stdio.h>
#include <string.h>

enum { LOCK_WAIT_MS = 60000, LOCK_TIMEOUT_MS = 3000 };

void qi_run_tell(const qi_run *r, quire_migrate_event event)
{
    if (r->options.on_event)
        r->options.on_event(r->options.context, &event);
}

bool qi_version_is(const char *written, const char *version)
{
    size_t length = strlen(version);
    return strncmp(written, version, length) == 0 &&
           (written[length] == '\0' || written[length] == '_');
}

const qi_migration_file *qi_run_file(const qi_run *r, const char *version)
{
    for (size_t i = 0; i < r->directory.count; i++)
        if (strcmp(r->directory.files[i].version, version) == 0)
            return &r->directory.files[i];
    return NULL;
}

/* A misspelt one would allow nothing, which is found out too late. */
static quire_status check_allowed(const quire_migrate_options *options, quire_error *err)
{
    for (size_t i = 0; i < options->allow_count; i++) {
        char name[64] = "";
        size_t length = strcspn(options->allow[i], ":");
        if (length < sizeof name)
            memcpy(name, options->allow[i], length);
        if (qi_hazard_is_known(name))
            continue;
        qi_fail(err, QUIRE_INVALID, "\"%s\" is no hazard that could be allowed", options->allow[i]);
        qi_hint(err, "HAZARD or HAZARD:OBJECT; hazards are %s.", qi_hazard_names());
        return QUIRE_INVALID;
    }
    return QUIRE_OK;
}

quire_status qi_run_init(qi_run *r, quire_db *db, const quire_migrate_options *options,
                         quire_error *err)
{
    *r = (qi_run){ .db = db };
    quire_status status = qi_usable(db, err);
    if (status)
        return status;
    if (qi_is_transaction(db))
        return qi_fail(err, QUIRE_INVALID, "migrations need a pool, not a transaction");
    if (options)
        r->options = *options;
    if (r->options.lock_wait_ms < 0 || r->options.lock_timeout_ms < 0)
        return qi_fail(err, QUIRE_INVALID, "a time limit of quire_migrate_options is negative");
    if (!r->options.lock_wait_ms)
        r->options.lock_wait_ms = LOCK_WAIT_MS;
    if (!r->options.lock_timeout_ms)
        r->options.lock_timeout_ms = LOCK_TIMEOUT_MS;
    status = check_allowed(&r->options, err);
    r->used = status ? NULL : qi_arena_zero(&r->arena, r->options.allow_count + 1, sizeof *r->used);
    return status || r->used ? status : qi_fail_memory(err);
}

quire_status qi_run_end(qi_run *r, quire_status status, const quire_error *failure,
                        quire_error *err)
{
    quire_close(r->watch);
    qi_arena_free(&r->arena);
    if (status && err)
        *err = *failure;
    return status;
}

quire_status qi_run_compare(qi_run *r, quire_db *db, quire_error *err)
{
    quire_status status = qi_history_read(db, &r->arena, &r->history, err);
    return status ? status
                  : qi_history_compare(&r->directory, &r->history, &r->arena, &r->list, err);
}

quire_status qi_run_read(qi_run *r, quire_error *err)
{
    quire_status status =
        qi_migrations_of(r->db, r->options.directory, &r->arena, &r->directory, err);
    return status ? status : qi_run_compare(r, r->db, err);
}

/*
 * A server that is running a statement for a runner that was killed finds out, where it can, so
 * that the lock is free for the next runner.
 */
quire_status qi_run_settle(qi_run *r, quire_error *err)
{
    static const char notice_sql[] =
        "select pg_catalog.set_config(name, '2s', false) from pg_catalog.pg_settings\n"
        "where name = 'client_connection_check_interval'";
    char reset[128];
    snprintf(reset, sizeof reset,
             "reset session authorization; reset role; reset all; set lock_timeout = '%dms'",
             r->options.lock_timeout_ms);
    quire_status status = quire_exec(r->session, reset, err);
    /* Not on every platform. */
    if (!status)
        (void)!quire_exec(r->session, notice_sql, NULL);
    return status ? status : qi_lock_check(r->session, r->pid, err);
}

static quire_status work_locked(qi_run *r, qi_run_work work, void *context, quire_error *err)
{
    quire_status status = qi_run_settle(r, err);
    if (!status)
        status = qi_run_compare(r, r->session, err);
    if (!status && !(r->history.exists && r->history.current))
        status = qi_history_create(r->session, err);
    return status ? status : work(r, context, err);
}

quire_status qi_run_locked(qi_run *r, qi_run_work work, void *context, quire_error *err)
{
    r->session = qi_session_open(r->db, err);
    if (!r->session)
        return err->status;
    quire_status status = qi_lock_take(r->session, r->options.lock_wait_ms, &r->options, err);
    if (!status) {
        status = work_locked(r, work, context, err);
        qi_lock_release(r->session);
    }
    quire_close(r->session);
    return status;
}
