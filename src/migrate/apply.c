#include "migrate/run.h"

#include "migrate/objects.h"

#include "base/clock.h"
#include "base/error.h"

#include <quire/sql.h>

#include <stdio.h>
#include <string.h>

enum { ATTEMPTS = 10, LONGEST_PAUSE_MS = 10000, SQL_SHOWN = 100, DETAIL_BEFORE = 200 };

/* One file on its way. */
typedef struct work {
    qi_run *r;
    qi_job *job;
    size_t done; /* statements that are applied for good */
    bool doubt;  /* the next one may be */
    bool begun;  /* the history says that the file is begun */
    int64_t start;
} work;

/* ---- telling --------------------------------------------------------------------------------- */

static void tell(const work *w, quire_migrate_event_kind kind, size_t statement)
{
    qi_run_tell(w->r, (quire_migrate_event){ .kind = kind,
                                             .text = w->job->script.file,
                                             .index = w->r->done + 1,
                                             .total = w->r->total,
                                             .duration_ms = qi_clock_ms() - w->start,
                                             .statement = statement,
                                             .statements = w->job->script.count });
}

/* lock_not_available and deadlock_detected: nothing is done, and later it may work. */
static bool met_a_lock(const quire_error *err)
{
    return strcmp(err->sqlstate, "55P03") == 0 || strcmp(err->sqlstate, "40P01") == 0;
}

/* What the server says of a statement that cannot be in a transaction, or ends one itself. */
static bool wants_to_be_alone(const quire_error *err)
{
    return strcmp(err->sqlstate, "25001") == 0 || strcmp(err->sqlstate, "2D000") == 0;
}

static bool connection_broke(const quire_error *err)
{
    return err->status == QUIRE_LOST || err->status == QUIRE_CONNECT || !err->sqlstate[0];
}

static void say_what_is_applied(const work *w, quire_error *err)
{
    char before[64] = "";
    char detail[DETAIL_BEFORE];
    char own[160];
    const qi_script *script = &w->job->script;
    bool one = w->r->done == 1;
    if (w->r->done > 0)
        snprintf(before, sizeof before, "; %zu before it %s %s and %s", w->r->done,
                 one ? "is" : "are", w->job->down ? "taken back" : "applied",
                 one ? "stays" : "stay");
    if (w->doubt)
        snprintf(own, sizeof own,
                 "Applied are %zu of %zu statements, and in doubt is statement %zu", w->done,
                 script->count, w->done + 1);
    else if (w->done > 0)
        snprintf(own, sizeof own, "Applied are %zu of %zu statements, and stay", w->done,
                 script->count);
    else
        snprintf(own, sizeof own, "Nothing of this file is applied");
    qi_copy_text(detail, sizeof detail, err->detail);
    qi_detail(err, "%s%s%s%s.", detail, detail[0] ? " " : "", own, before);
}

/* What to do now. */
static void advise(const work *w, quire_error *err)
{
    const char *command = w->job->down ? "quire rollback" : "quire migrate";
    if (err->hint[0])
        return;
    if (met_a_lock(err) && w->r->blocker[0])
        qi_hint(err,
                "Another transaction holds a lock on a table that the file changes: %s. Run "
                "`%s` again when it has ended.",
                w->r->blocker, command);
    else if (met_a_lock(err))
        qi_hint(err,
                "Another transaction holds a lock on a table that the file changes. Run "
                "`%s` again when it has ended.",
                command);
    else if (connection_broke(err))
        qi_hint(err, "Run `%s` again: it goes on where it stopped.", command);
    else
        qi_hint(err, "Correct the file, run `quire migrate --rehash` and then `%s` again.",
                command);
}

/* ---- the history ----------------------------------------------------------------------------- */

static quire_status record_end_of_down(quire_db *tx, const char *version, quire_error *err)
{
    bool newest = false;
    quire_status status = qi_history_own(tx, err);
    if (!status)
        status = qi_objects_is_newest(tx, version, &newest, err);
    if (!status)
        status = qi_history_remove(tx, version, err);
    return status ? status : qi_objects_settle(tx, newest, err);
}

/* The row for what is done now, and at the end the schema behind it. */
static quire_status record(work *w, quire_db *tx, size_t done, bool doubt, quire_error *err)
{
    static const qi_row_state up[] = { QI_ROW_PARTIAL, QI_ROW_IN_DOUBT };
    static const qi_row_state down[] = { QI_ROW_REVERTING, QI_ROW_REVERTING_IN_DOUBT };
    char progress[QI_CHECKSUM_SIZE];
    qi_job *job = w->job;
    bool last = done == job->script.count;
    if (last && job->down)
        return record_end_of_down(tx, job->file->version, err);
    if (!qi_script_progress(&job->script, done + doubt, progress))
        return qi_fail_memory(err);
    qi_history_step step = { .file = job->file,
                             .state = last ? QI_ROW_APPLIED : (job->down ? down : up)[doubt],
                             .done = done,
                             .total = job->script.count,
                             .progress = progress,
                             .duration_ms = qi_clock_ms() - w->start };
    quire_status status = qi_history_write(tx, &step, err);
    if (!status && last)
        status = qi_objects_record(tx, job->file->version, err);
    return status;
}

/* As it was before the first statement was announced. */
static quire_status unrecord(work *w, quire_db *tx, quire_error *err)
{
    if (w->begun)
        return record(w, tx, w->done, false, err);
    return w->job->down ? qi_history_restore(tx, w->job->row, err)
                        : qi_history_remove(tx, w->job->file->version, err);
}

typedef quire_status (*in_transaction)(work *w, quire_db *tx, quire_error *err);

static quire_status transact(work *w, in_transaction run, quire_error *err)
{
    quire_db *tx = quire_begin(w->r->session, NULL, err);
    if (!tx)
        return err->status;
    quire_status status = run(w, tx, err);
    if (status) {
        quire_rollback(tx, NULL);
        return status;
    }
    status = quire_commit(tx, err);
    if (status) {
        qi_locate(err, w->job->script.file, 0, 0);
        if (status == QUIRE_LOST)
            qi_detail(err,
                      "The connection broke during a COMMIT: what it was to end is applied as a "
                      "whole or not at all.");
    }
    return status;
}

static quire_status record_done(work *w, quire_db *tx, quire_error *err)
{
    return record(w, tx, w->done, false, err);
}

static quire_status record_doubt(work *w, quire_db *tx, quire_error *err)
{
    return record(w, tx, w->done, true, err);
}

/* ---- statements in a transaction ------------------------------------------------------------- */

static quire_status run_statement(work *w, quire_db *db, size_t i, quire_error *err)
{
    tell(w, QUIRE_MIGRATE_STATEMENT, i + 1);
    quire_status status = qi_run_exec(w->r, db, w->job->script.statements[i].sql, err);
    if (status)
        qi_script_explain(err, &w->job->script, i);
    else
        tell(w, QUIRE_MIGRATE_STATEMENT_DONE, i + 1);
    return status;
}

/* All that is left of the file, and its row. */
static quire_status run_whole(work *w, quire_db *tx, quire_error *err)
{
    quire_status status = QUIRE_OK;
    size_t count = w->job->script.count;
    for (size_t i = w->done; i < count && !status; i++)
        status = run_statement(w, tx, i, err);
    if (status)
        return status;
    status = record(w, tx, count, false, err);
    if (status)
        qi_locate(err, w->job->script.file, 0, 0);
    return status;
}

/* One statement, and that it is done. */
static quire_status run_one(work *w, quire_db *tx, quire_error *err)
{
    quire_status status = run_statement(w, tx, w->done, err);
    return status ? status : record(w, tx, w->done + 1, false, err);
}

static quire_status run_checks(work *w, quire_db *tx, quire_error *err)
{
    (void)tx;
    return qi_checks_run(w->r, &w->job->script, err);
}

/* Tries again what meets a lock, so that those who wait behind it get through in between. */
static quire_status persist(work *w, in_transaction run, bool transaction, quire_error *err)
{
    int64_t pause = w->r->options.lock_timeout_ms / 2 + 1;
    int64_t longest = 4 * (int64_t)w->r->options.lock_timeout_ms;
    if (longest > LONGEST_PAUSE_MS)
        longest = LONGEST_PAUSE_MS;
    for (int tried = 1;; tried++) {
        quire_status status = transaction ? transact(w, run, err) : run(w, NULL, err);
        if (!status || tried == ATTEMPTS || !met_a_lock(err))
            return status;
        tell(w, QUIRE_MIGRATE_RETRYING, 0);
        qi_sleep_ms(qi_jitter(pause));
        pause = pause * 2 < longest ? pause * 2 : longest;
    }
}

/* ---- statements that stand alone ------------------------------------------------------------- */

/* Whether the index is there already: then the server says what is to be said. */
static quire_status prepare_index(work *w, const qi_script_statement *statement, bool *exists,
                                  quire_error *err)
{
    qi_finding found = QI_NOT_EXECUTED;
    bool executed = false;
    quire_status status = qi_doubt_look(w->r, statement, &found, err);
    *exists = found == QI_EXECUTED;
    if (status || found != QI_HALF_EXECUTED)
        return status;
    return qi_doubt_clear(w->r, statement, &executed, err);
}

/* Giving up on a concurrent statement leaves an INVALID index behind, so it waits as long as it takes. */
static quire_status send_alone(work *w, const qi_script_statement *statement, quire_error *err)
{
    char back[64] = "";
    quire_rows rows = { 0 };
    quire_status status = QUIRE_OK;
    if (statement->concurrently) {
        status = quire_query(w->r->session, "select current_setting('lock_timeout')", NULL, 0,
                             &rows, err);
        if (!status) {
            snprintf(back, sizeof back, "set lock_timeout = '%s'", quire_rows_value(&rows, 0, 0));
            quire_rows_free(&rows);
            status = quire_exec(w->r->session, "set lock_timeout = 0", err);
        }
    }
    if (!status)
        status = run_statement(w, w->r->session, w->done, err);
    if (back[0])
        (void)!quire_exec(w->r->session, back, NULL);
    return status;
}

/* The server has said that it failed: so it is not executed, but for what it has committed itself. */
static void take_back_doubt(work *w, const qi_script_statement *statement, bool commits,
                            const quire_error *err)
{
    qi_finding found = QI_NOT_EXECUTED;
    bool executed = false;
    if (connection_broke(err) || commits || transact(w, unrecord, &(quire_error){ 0 }))
        return;
    w->doubt = false;
    if (statement->alone == QI_CREATE_INDEX &&
        qi_doubt_look(w->r, statement, &found, NULL) == QUIRE_OK && found == QI_HALF_EXECUTED)
        (void)!qi_doubt_clear(w->r, statement, &executed, NULL);
}

static quire_status run_alone(work *w, bool commits, quire_error *err)
{
    const qi_script_statement *statement = &w->job->script.statements[w->done];
    bool exists = false;
    quire_status status = QUIRE_OK;
    if (statement->alone == QI_CREATE_INDEX)
        status = prepare_index(w, statement, &exists, err);
    if (!status && !exists)
        status = transact(w, record_doubt, err);
    if (status)
        return status;
    w->doubt = !exists;
    status = send_alone(w, statement, err);
    if (status) {
        if (w->doubt)
            take_back_doubt(w, statement, commits, err);
        return status;
    }
    w->done++;
    status = transact(w, record_done, err);
    if (status) {
        w->done--;
        return status;
    }
    w->doubt = false;
    w->begun = true;
    return QUIRE_OK;
}

static quire_status run_alone_once(work *w, quire_db *tx, quire_error *err)
{
    (void)tx;
    return run_alone(w, false, err);
}

static quire_status run_each(work *w, quire_error *err)
{
    const qi_script *script = &w->job->script;
    while (w->done < script->count) {
        quire_status status;
        if (script->statements[w->done].alone) {
            status = persist(w, run_alone_once, false, err);
        } else {
            status = persist(w, run_one, true, err);
            if (!status) {
                w->done++;
                w->begun = true;
            } else if (wants_to_be_alone(err)) {
                status = run_alone(w, strcmp(err->sqlstate, "2D000") == 0, err);
            }
        }
        if (status)
            return status;
    }
    return QUIRE_OK;
}

/* ---- the whole file -------------------------------------------------------------------------- */

static quire_status refuse_doubt(const work *w, quire_error *err)
{
    const qi_script *script = &w->job->script;
    const qi_script_statement *statement = &script->statements[w->done];
    const char *version = w->job->file->version;
    char shown[SQL_SHOWN];
    qi_copy_text(shown, sizeof shown, statement->sql);
    for (char *c = shown; *c; c++)
        if (*c == '\n' || *c == '\r' || *c == '\t')
            *c = ' ';
    qi_fail(err, QUIRE_REFUSED, "statement %zu of %zu is in doubt: it may be applied or not",
            w->done + 1, script->count);
    qi_detail(err,
              "The runner ended while the server executed it, and the catalog does not tell: %s%s",
              shown, strlen(statement->sql) >= sizeof shown ? "..." : "");
    qi_hint(err,
            "Look what the database holds; then run `quire repair --applied %s:%zu` or `quire "
            "repair --unapplied %s:%zu`, and go on.",
            version, w->done + 1, version, w->done + 1);
    qi_locate(err, script->file, statement->line, statement->column);
    return QUIRE_REFUSED;
}

/* Finds out what became of the statement that the last runner could not record any more. */
static quire_status settle_doubt(work *w, quire_error *err)
{
    const qi_script_statement *statement = &w->job->script.statements[w->done];
    qi_finding found = QI_CANNOT_TELL;
    bool executed = false;
    quire_status status = qi_doubt_look(w->r, statement, &found, err);
    if (!status && found == QI_HALF_EXECUTED)
        status = qi_doubt_clear(w->r, statement, &executed, err);
    if (status)
        return status;
    if (found == QI_CANNOT_TELL)
        return refuse_doubt(w, err);
    executed = executed || found == QI_EXECUTED;
    char *text = qi_arena_printf(&w->r->arena, "statement %zu of %s was in doubt: it %s",
                                 w->done + 1, w->job->script.file,
                                 executed ? "is applied" : "is not applied and is run again");
    if (!text)
        return qi_fail_memory(err);
    qi_run_tell(w->r, (quire_migrate_event){ .kind = QUIRE_MIGRATE_SETTLED, .text = text });
    w->doubt = false;
    w->done += executed;
    return transact(w, record_done, err);
}

/* What the statements that are done have set in a session that is over. */
static quire_status set_again(work *w, quire_error *err)
{
    for (size_t i = 0; i < w->done; i++) {
        if (!w->job->script.statements[i].settings)
            continue;
        quire_status status = quire_exec(w->r->session, w->job->script.statements[i].sql, err);
        if (status) {
            qi_script_explain(err, &w->job->script, i);
            return status;
        }
    }
    return QUIRE_OK;
}

static quire_status run_rest(work *w, quire_error *err)
{
    const qi_script *script = &w->job->script;
    quire_status status = w->begun ? set_again(w, err) : persist(w, run_checks, false, err);
    if (!status && w->doubt)
        status = settle_doubt(w, err);
    if (status)
        return status;
    /* A file that has become shorter has nothing left but to be recorded. */
    if (script->transaction || w->done == script->count)
        return persist(w, run_whole, true, err);
    return run_each(w, err);
}

quire_status qi_job_run(qi_run *r, qi_job *job, quire_error *err)
{
    work w = { .r = r,
               .job = job,
               .done = qi_job_done(job),
               .doubt = qi_job_in_doubt(job),
               .start = qi_clock_ms() };
    w.begun = w.done > 0 || w.doubt;
    tell(&w, QUIRE_MIGRATE_APPLYING, 0);
    quire_status status = run_rest(&w, err);
    if (status) {
        say_what_is_applied(&w, err);
        advise(&w, err);
        if (!err->file[0])
            qi_locate(err, job->script.file, 0, 0);
        return status;
    }
    tell(&w, QUIRE_MIGRATE_APPLIED, 0);
    r->done++;
    return QUIRE_OK;
}
