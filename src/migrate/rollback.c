#include "migrate/run.h"

#include "base/error.h"

#include <string.h>

/* A migration that the history knows. */
static bool has_row(const quire_migration *item)
{
    return item->state != QUIRE_MIGRATION_PENDING && item->state != QUIRE_MIGRATION_OUT_OF_ORDER;
}

/* Whether it is one of those to be taken back, `seen` newer ones having been met. */
static bool is_due(const qi_run *r, const quire_migration *item, size_t seen)
{
    if (!has_row(item))
        return false;
    if (r->options.to)
        return strcmp(item->version, r->options.to) > 0 &&
               !qi_version_is(r->options.to, item->version);
    return seen < (r->options.steps ? r->options.steps : 1);
}

static quire_status refuse_part(const quire_migration *item, quire_error *err)
{
    qi_fail(err, QUIRE_REFUSED, "migration %s_%s is applied in part", item->version, item->name);
    qi_detail(err, "Its down file takes back all of it. Applied are %zu of %zu statements.",
              item->statements_done, item->statements_total);
    qi_hint(err,
            "Finish it with `quire migrate`, or undo its statements by hand and run `quire "
            "repair --unapplied %s`.",
            item->version);
    qi_locate(err, item->file, 0, 0);
    return QUIRE_REFUSED;
}

static quire_status check_item(qi_run *r, const quire_migration *item, qi_job *job,
                               quire_error *err)
{
    if (item->state == QUIRE_MIGRATION_CHANGED || item->state == QUIRE_MIGRATION_MISSING)
        return qi_history_refuse(&r->list, item, err);
    if (item->state != QUIRE_MIGRATION_APPLIED && !item->rolling_back)
        return refuse_part(item, err);
    return qi_job_read(r, qi_run_file(r, item->version), true, job, err);
}

typedef quire_status (*with_job)(qi_run *r, qi_job *job, quire_error *err);

static quire_status each_due(qi_run *r, with_job work, quire_error *err)
{
    size_t seen = 0;
    quire_status status = QUIRE_OK;
    for (size_t i = r->list.count; i-- > 0 && !status;) {
        qi_job job = { 0 };
        const quire_migration *item = &r->list.items[i];
        if (!is_due(r, item, seen))
            continue;
        seen++;
        status = check_item(r, item, &job, err);
        if (!status)
            status = work(r, &job, err);
    }
    return status;
}

static quire_status count(qi_run *r, qi_job *job, quire_error *err)
{
    (void)job;
    (void)err;
    r->total++;
    return QUIRE_OK;
}

static quire_status plan(qi_run *r, qi_job *job, quire_error *err)
{
    return qi_job_plan(r, job, ++r->done, err);
}

static quire_status plan_all(qi_run *r, quire_error *err)
{
    quire_status status = each_due(r, plan, err);
    r->done = 0;
    return status;
}

static quire_status take_back(qi_run *r, qi_job *job, quire_error *err)
{
    quire_status status = r->done > 0 ? qi_run_settle(r, err) : QUIRE_OK;
    return status ? status : qi_job_run(r, job, err);
}

static quire_status check(qi_run *r, quire_error *err)
{
    r->total = 0;
    quire_status status = qi_run_check_to(r, err);
    if (!status)
        status = qi_migrations_verify(&r->directory, err);
    return status ? status : each_due(r, count, err);
}

static quire_status roll_back(qi_run *r, void *context, quire_error *err)
{
    (void)context;
    quire_status status = check(r, err);
    return status ? status : each_due(r, take_back, err);
}

quire_status quire_migration_rollback(quire_db *db, const quire_migrate_options *options,
                                      size_t *taken_back, quire_error *err)
{
    quire_error failure = { 0 };
    qi_run r;
    if (err)
        failure = *err;
    if (taken_back)
        *taken_back = 0;
    quire_status status = qi_run_init(&r, db, options, &failure);
    if (!status)
        status = qi_run_read(&r, &failure);
    if (!status)
        status = check(&r, &failure);
    if (!status && r.total > 0)
        status = r.options.dry_run ? plan_all(&r, &failure)
                                   : qi_run_locked(&r, roll_back, NULL, &failure);
    if (taken_back)
        *taken_back = r.done;
    return qi_run_end(&r, status, &failure, err);
}
