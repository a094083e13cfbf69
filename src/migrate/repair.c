#include "migrate/run.h"

#include "migrate/objects.h"

#include "base/error.h"

#include <string.h>

/* ---- adopting -------------------------------------------------------------------------------- */

static quire_status no_such_version(const char *version, quire_error *err)
{
    qi_fail(err, QUIRE_REFUSED, "no migration has the version %s", version);
    qi_hint(err, "`quire status` lists them.");
    return QUIRE_REFUSED;
}

static const qi_migration_file *find_file(const qi_run *r, const char *written)
{
    for (size_t i = 0; written && i < r->directory.count; i++)
        if (qi_version_is(written, r->directory.files[i].version))
            return &r->directory.files[i];
    return NULL;
}

quire_status qi_run_check_to(const qi_run *r, quire_error *err)
{
    const char *to = r->options.to;
    bool found = !to;
    for (size_t i = 0; i < r->list.count && !found; i++)
        found = qi_version_is(to, r->list.items[i].version);
    return found ? QUIRE_OK : no_such_version(to, err);
}

/* A whole file counts as applied, as it is now. */
static quire_status write_applied(qi_run *r, quire_db *tx, const qi_migration_file *file,
                                  quire_error *err)
{
    qi_job job = { .file = file };
    quire_status status =
        qi_script_parse(file->path, file->text, file->length, &r->arena, &job.script, err);
    if (status)
        return status;
    qi_history_step step = {
        .file = file, .state = QI_ROW_APPLIED, .done = job.script.count, .total = job.script.count
    };
    return qi_history_write(tx, &step, err);
}

static quire_status record_all(qi_run *r, quire_db *tx, const qi_migration_file *last,
                               quire_error *err)
{
    quire_status status = QUIRE_OK;
    for (const qi_migration_file *f = r->directory.files; f <= last && !status; f++)
        status = write_applied(r, tx, f, err);
    return status ? status : qi_objects_record(tx, last->version, err);
}

static quire_status adopt(qi_run *r, void *context, quire_error *err)
{
    const qi_migration_file *last = context;
    if (r->history.count > 0) {
        qi_fail(err, QUIRE_REFUSED, "this database has a history: %zu migration%s recorded",
                r->history.count, r->history.count == 1 ? " is" : "s are");
        qi_hint(err, "A baseline is for a database without one. For a single migration there is "
                     "`quire repair --applied VERSION`.");
        return QUIRE_REFUSED;
    }
    quire_db *tx = quire_begin(r->session, NULL, err);
    if (!tx)
        return err->status;
    quire_status status = record_all(r, tx, last, err);
    if (status) {
        quire_rollback(tx, NULL);
        return status;
    }
    r->done = (size_t)(last - r->directory.files) + 1;
    return quire_commit(tx, err);
}

static quire_status baseline(qi_run *r, const char *version, quire_error *err)
{
    quire_status status = qi_run_read(r, err);
    if (!status)
        status = qi_migrations_verify(&r->directory, err);
    if (status)
        return status;
    const qi_migration_file *last = find_file(r, version);
    if (!last)
        return no_such_version(version ? version : "that was not given", err);
    return qi_run_locked(r, adopt, (void *)(uintptr_t)last, err);
}

quire_status quire_migration_baseline(quire_db *db, const quire_migrate_options *options,
                                      const char *version, size_t *recorded, quire_error *err)
{
    quire_error failure = { 0 };
    qi_run r;
    if (err)
        failure = *err;
    if (recorded)
        *recorded = 0;
    quire_status status = qi_run_init(&r, db, options, &failure);
    if (!status)
        status = baseline(&r, version, &failure);
    if (recorded && !status)
        *recorded = r.done;
    return qi_run_end(&r, status, &failure, err);
}

/* ---- repairing ------------------------------------------------------------------------------- */

typedef struct repair {
    qi_run *r;
    const char *version;           /* as it was found */
    const qi_migration_file *file; /* NULL: missing */
    const qi_history_row *row;     /* NULL: not begun */
    size_t statement;
    bool applied;
} repair;

static bool is_reverting(const repair *p)
{
    return p->row &&
           (p->row->state == QI_ROW_REVERTING || p->row->state == QI_ROW_REVERTING_IN_DOUBT);
}

static bool is_in_doubt(const repair *p)
{
    return p->row &&
           (p->row->state == QI_ROW_IN_DOUBT || p->row->state == QI_ROW_REVERTING_IN_DOUBT);
}

static quire_status forget(repair *p, quire_db *tx, quire_error *err)
{
    quire_status status = qi_history_remove(tx, p->version, err);
    return status ? status : qi_objects_settle(tx, false, err);
}

static quire_status repair_file(repair *p, quire_db *tx, quire_error *err)
{
    if (!p->applied && !p->row)
        return qi_fail(err, QUIRE_REFUSED, "migration %s counts as not applied already",
                       p->version);
    if (!p->applied)
        return forget(p, tx, err);
    if (!p->file)
        return qi_fail(err, QUIRE_REFUSED, "migration %s has no file to be recorded", p->version);
    quire_status status = write_applied(p->r, tx, p->file, err);
    return status ? status : qi_objects_record(tx, p->version, err);
}

/* The whole down file is through, or nothing of it is. */
static quire_status end_reverting(repair *p, quire_db *tx, size_t done, quire_error *err)
{
    if (done > 0)
        return forget(p, tx, err);
    qi_script up = { 0 };
    quire_status status =
        qi_script_parse(p->file->path, p->file->text, p->file->length, &p->r->arena, &up, err);
    if (status)
        return status;
    qi_history_row row = { .version = p->version, .done = up.count, .total = up.count };
    return qi_history_restore(tx, &row, err);
}

static quire_status write_part(repair *p, quire_db *tx, const qi_script *script, size_t done,
                               quire_error *err)
{
    char progress[QI_CHECKSUM_SIZE];
    if (!qi_script_progress(script, done, progress))
        return qi_fail_memory(err);
    qi_history_step step = { .file = p->file,
                             .state = is_reverting(p) ? QI_ROW_REVERTING : QI_ROW_PARTIAL,
                             .done = done,
                             .total = script->count,
                             .progress = progress };
    return qi_history_write(tx, &step, err);
}

static quire_status check_statement(const qi_script *script, size_t statement, quire_error *err)
{
    if (script->transaction)
        return qi_fail(err, QUIRE_REFUSED,
                       "%s is one transaction: its statements are applied together or not at all",
                       script->file);
    if (statement <= script->count)
        return QUIRE_OK;
    return qi_fail(err, QUIRE_REFUSED, "%s has %zu statement%s, not %zu", script->file,
                   script->count, script->count == 1 ? "" : "s", statement);
}

static quire_status repair_statement(repair *p, quire_db *tx, quire_error *err)
{
    const qi_migration_file *text = p->file && is_reverting(p) ? p->file->down : p->file;
    qi_script script = { 0 };
    if (!text)
        return qi_fail(err, QUIRE_REFUSED, "the file of migration %s is missing", p->version);
    quire_status status =
        qi_script_parse(text->path, text->text, text->length, &p->r->arena, &script, err);
    size_t statement = p->statement ? p->statement : p->row->done + 1;
    if (!status)
        status = check_statement(&script, statement, err);
    if (status)
        return status;
    size_t done = p->applied ? statement : statement - 1;
    if (done > 0 && done < script.count)
        return write_part(p, tx, &script, done, err);
    if (is_reverting(p))
        return end_reverting(p, tx, done, err);
    p->applied = done > 0;
    return repair_file(p, tx, err);
}

static quire_status correct(qi_run *r, void *context, quire_error *err)
{
    repair *p = context;
    p->row = qi_history_find(&r->history, p->version);
    bool one = p->statement > 0 || is_in_doubt(p);
    quire_db *tx = quire_begin(r->session, NULL, err);
    if (!tx)
        return err->status;
    quire_status status = one ? repair_statement(p, tx, err) : repair_file(p, tx, err);
    if (!status)
        return quire_commit(tx, err);
    quire_rollback(tx, NULL);
    return status;
}

static quire_status find_and_correct(qi_run *r, const quire_migration_repair_options *wanted,
                                     quire_error *err)
{
    repair p = { .r = r, .statement = wanted->statement, .applied = wanted->applied };
    quire_status status = qi_run_read(r, err);
    for (size_t i = 0; i < r->list.count && !status && wanted->version; i++)
        if (qi_version_is(wanted->version, r->list.items[i].version))
            p.version = r->list.items[i].version;
    if (status)
        return status;
    if (!p.version)
        return no_such_version(wanted->version ? wanted->version : "that was not given", err);
    p.file = find_file(r, p.version);
    return qi_run_locked(r, correct, &p, err);
}

quire_status quire_migration_repair(quire_db *db, const quire_migrate_options *options,
                                    const quire_migration_repair_options *repair_options,
                                    quire_error *err)
{
    quire_error failure = { 0 };
    qi_run r;
    if (err)
        failure = *err;
    quire_status status = qi_run_init(&r, db, options, &failure);
    if (!status)
        status = repair_options
                     ? find_and_correct(&r, repair_options, &failure)
                     : qi_fail(&failure, QUIRE_INVALID, "what is to be repaired was not given");
    return qi_run_end(&r, status, &failure, err);
}
