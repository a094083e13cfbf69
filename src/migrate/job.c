#include "migrate/run.h"

#include "base/error.h"

#include <string.h>

static bool is_begun(const qi_job *job)
{
    if (!job->row)
        return false;
    qi_row_state state = job->row->state;
    return job->down ? state == QI_ROW_REVERTING || state == QI_ROW_REVERTING_IN_DOUBT
                     : state == QI_ROW_PARTIAL || state == QI_ROW_IN_DOUBT;
}

size_t qi_job_done(const qi_job *job)
{
    return is_begun(job) ? job->row->done : 0;
}

bool qi_job_in_doubt(const qi_job *job)
{
    return is_begun(job) &&
           (job->row->state == QI_ROW_IN_DOUBT || job->row->state == QI_ROW_REVERTING_IN_DOUBT);
}

/* What is applied of the file must stand in it as it was. */
static quire_status check_progress(const qi_job *job, quire_error *err)
{
    char progress[QI_CHECKSUM_SIZE];
    size_t known = qi_job_done(job) + qi_job_in_doubt(job);
    if (!is_begun(job))
        return QUIRE_OK;
    if (!qi_script_progress(&job->script, known, progress))
        return qi_fail_memory(err);
    if (known <= job->script.count &&
        (!job->row->progress || strcmp(progress, job->row->progress) == 0))
        return QUIRE_OK;
    qi_fail(err, QUIRE_REFUSED, "the first %zu statement%s of %s %s changed after being applied",
            known, known == 1 ? "" : "s", job->down ? "the down file" : "the file",
            known == 1 ? "was" : "were");
    qi_detail(err, "The file was applied in part; only what is behind them may be corrected.");
    qi_hint(err,
            "Restore them, for instance with git, or say with `quire repair` what is applied.");
    qi_locate(err, job->script.file, 0, 0);
    return QUIRE_REFUSED;
}

static quire_status no_down_file(const qi_migration_file *file, quire_error *err)
{
    qi_fail(err, QUIRE_REFUSED, "migration %s_%s has no down file", file->version, file->name);
    qi_hint(err,
            "Write %s_%s.down.sql beside it and run `quire migrate --rehash`, or write a new "
            "migration that undoes what it did.",
            file->version, file->name);
    qi_locate(err, file->path, 0, 0);
    return QUIRE_REFUSED;
}

quire_status qi_job_plan(qi_run *r, const qi_job *job, size_t index, quire_error *err)
{
    qi_run_tell(r, (quire_migrate_event){ .kind = QUIRE_MIGRATE_PLANNED,
                                          .text = job->script.file,
                                          .index = index,
                                          .total = r->total,
                                          .statement = qi_job_done(job) + 1,
                                          .statements = job->script.count });
    return is_begun(job) ? QUIRE_OK : qi_checks_tell(r, &job->script, index == 1, err);
}

quire_status qi_job_read(qi_run *r, const qi_migration_file *file, bool down, qi_job *out,
                         quire_error *err)
{
    if (!file)
        return qi_fail(err, QUIRE_INTERNAL, "a migration that is to be run has no file");
    const qi_migration_file *text = down ? file->down : file;
    if (!text)
        return no_down_file(file, err);
    *out =
        (qi_job){ .file = file, .down = down, .row = qi_history_find(&r->history, file->version) };
    quire_status status =
        qi_script_parse(text->path, text->text, text->length, &r->arena, &out->script, err);
    return status ? status : check_progress(out, err);
}
