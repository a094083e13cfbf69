#include "migrate/run.h"

#include "base/error.h"

#include <string.h>

static bool is_pending(const quire_migration *item)
{
    return item->state == QUIRE_MIGRATION_PENDING || item->state == QUIRE_MIGRATION_PARTIAL ||
           item->state == QUIRE_MIGRATION_OUT_OF_ORDER ||
           (item->state == QUIRE_MIGRATION_IN_DOUBT && !item->rolling_back);
}

/* Whether `to` says that it is not to be reached. */
static bool is_beyond(const qi_run *r, const quire_migration *item)
{
    return r->options.to && strcmp(item->version, r->options.to) > 0;
}

static bool is_due(const qi_run *r, const quire_migration *item)
{
    return is_pending(item) && !is_beyond(r, item);
}

/* All that could be refused, before anything is touched. Counts what is due. */
static quire_status check(qi_run *r, quire_error *err)
{
    quire_status status = qi_history_check_folds(&r->history, err);
    if (!status)
        status = qi_history_check(&r->list, r->options.out_of_order, err);
    if (!status)
        status = qi_migrations_verify(&r->directory, err);
    if (!status)
        status = qi_run_check_to(r, err);
    r->total = 0;
    for (size_t i = 0; i < r->list.count && !status; i++) {
        qi_job job = { 0 };
        if (!is_due(r, &r->list.items[i]))
            continue;
        r->total++;
        status = qi_job_read(r, qi_run_file(r, r->list.items[i].version), false, &job, err);
        for (size_t a = 0; a < r->options.allow_count && !status; a++)
            r->used[a] = r->used[a] || qi_checks_know(&job.script, r->options.allow[a]);
    }
    return status;
}

/* A hazard alone is meant for whatever comes; with an object, the object may be misspelt. */
static void tell_unused(const qi_run *r)
{
    for (size_t i = 0; i < r->options.allow_count; i++)
        if (!r->used[i] && strchr(r->options.allow[i], ':'))
            qi_run_tell(r, (quire_migrate_event){ .kind = QUIRE_MIGRATE_ALLOW_UNUSED,
                                                  .text = r->options.allow[i] });
}

static quire_status plan_all(qi_run *r, quire_error *err)
{
    size_t index = 0;
    quire_status status = QUIRE_OK;
    for (size_t i = 0; i < r->list.count && !status; i++) {
        qi_job job = { 0 };
        if (!is_due(r, &r->list.items[i]))
            continue;
        status = qi_job_read(r, qi_run_file(r, r->list.items[i].version), false, &job, err);
        if (!status)
            status = qi_job_plan(r, &job, ++index, err);
    }
    return status;
}

static void tell_folds(const qi_run *r)
{
    for (size_t i = 0; i < r->history.fold_count; i++)
        qi_run_tell(r, (quire_migrate_event){ .kind = QUIRE_MIGRATE_REPLACED,
                                              .text = r->history.folds[i].file->path,
                                              .statement = r->history.folds[i].count });
}

/* Under the lock: what is due may be less than before, since another runner may have been here. */
static quire_status apply_all(qi_run *r, void *context, quire_error *err)
{
    (void)context;
    quire_status status = check(r, err);
    if (!status && r->history.fold_count)
        status = qi_history_write_folds(r->session, &r->history, &r->arena, err);
    if (!status)
        tell_folds(r);
    for (size_t i = 0; i < r->list.count && !status; i++) {
        qi_job job = { 0 };
        if (!is_due(r, &r->list.items[i]))
            continue;
        status = qi_job_read(r, qi_run_file(r, r->list.items[i].version), false, &job, err);
        if (!status && r->done > 0)
            status = qi_run_settle(r, err);
        if (!status)
            status = qi_job_run(r, &job, err);
    }
    return status;
}

static quire_status migrate(qi_run *r, quire_error *err)
{
    quire_status status = qi_run_read(r, err);
    if (!status)
        status = check(r, err);
    if (!status && r->total > 0)
        tell_unused(r);
    if (!status && r->options.dry_run) {
        tell_folds(r);
        return plan_all(r, err);
    }
    /* The common case of a program that starts: no lock, no second connection. */
    if (status || (r->total == 0 && r->history.fold_count == 0))
        return status;
    return qi_run_locked(r, apply_all, NULL, err);
}

quire_status quire_migrate(quire_db *db, const quire_migrate_options *options, size_t *applied,
                           quire_error *err)
{
    quire_error failure = { 0 };
    qi_run r;
    if (err)
        failure = *err;
    if (applied)
        *applied = 0;
    quire_status status = qi_run_init(&r, db, options, &failure);
    if (!status)
        status = migrate(&r, &failure);
    if (applied)
        *applied = r.done;
    return qi_run_end(&r, status, &failure, err);
}
