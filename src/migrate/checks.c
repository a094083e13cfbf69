#include "migrate/run.h"

#include "base/buffer.h"
#include "base/error.h"
#include "syntax/sql.h"

#include <quire/sql.h>

#include <stdio.h>
#include <string.h>

enum { VALUE_SHOWN = 60, ROW_SHOWN = 200 };

static bool is_allowed(const qi_run *r, const qi_check *check)
{
    for (size_t i = 0; i < r->options.allow_count; i++)
        if (qi_hazard_is_allowed(r->options.allow[i], check->hazard, check->object))
            return true;
    return false;
}

/* The first row, "id = 7, title = NULL". */
static void describe_row(const quire_rows *rows, char *text, size_t size)
{
    size_t length = 0;
    text[0] = '\0';
    for (size_t i = 0; i < rows->columns && length + 1 < size; i++) {
        char part[VALUE_SHOWN + 80];
        char value[VALUE_SHOWN];
        const char *found = quire_rows_value(rows, 0, i);
        qi_copy_text(value, sizeof value, found ? found : "NULL");
        snprintf(part, sizeof part, "%s%.64s = %s", i ? ", " : "", quire_rows_name(rows, i), value);
        qi_copy_text(text + length, size - length, part);
        while (text[length])
            length++;
    }
}

static quire_status refuse(const qi_script *script, const qi_check *check, const quire_rows *rows,
                           quire_error *err)
{
    char row[ROW_SHOWN];
    describe_row(rows, row, sizeof row);
    qi_fail(err, QUIRE_REFUSED, "%s", check->message);
    qi_detail(err, "Found by a check of %s: %s.", check->object, row);
    qi_hint(err, "Correct the data, or pass over the check with `--allow %s:%s`.", check->hazard,
            check->object);
    qi_locate(err, script->file, check->line, check->column);
    return QUIRE_REFUSED;
}

static void explain(const qi_script *script, const qi_check *check, size_t before, quire_error *err)
{
    int line = check->line;
    int column = check->column;
    /* The server counts from the start of DECLARE. */
    if (err->position > (int)before)
        qi_sql_locate(script->text, script->length, check->start, err->position - (int)before,
                      &line, &column);
    qi_locate(err, script->file, line, column);
}

/* The first row and no more: a query without a LIMIT would else bring them all. */
static quire_status first_row(qi_run *r, quire_db *tx, const qi_script *script,
                              const qi_check *check, quire_error *err)
{
    static const char declare[] = "declare quire_check no scroll cursor for ";
    qi_buffer sql;
    quire_rows rows = { 0 };
    qi_buffer_init(&sql, QI_MIGRATION_LARGEST);
    qi_buffer_add(&sql, declare);
    qi_buffer_add(&sql, check->sql);
    quire_status status =
        qi_buffer_failed(&sql) ? qi_fail_memory(err) : qi_run_exec(r, tx, sql.data, err);
    qi_buffer_free(&sql);
    if (!status)
        status = quire_query(tx, "fetch 1 from quire_check", NULL, 0, &rows, err);
    if (status) {
        explain(script, check, sizeof declare - 1, err);
        return status;
    }
    if (rows.count > 0)
        status = refuse(script, check, &rows, err);
    quire_rows_free(&rows);
    return status;
}

/* The same, told instead of refused. */
static quire_status tell(const qi_run *r, size_t number, bool first, quire_error *found,
                         quire_error *err)
{
    char text[sizeof found->message + sizeof found->detail + 2];
    bool refused = found->status == QUIRE_REFUSED;
    /* What a check of a later file asks for (42...: a table, column or function that is not there) may
     * be made by the files before it. */
    if (!refused && (first || strncmp(found->sqlstate, "42", 2) != 0)) {
        *err = *found;
        return found->status;
    }
    snprintf(text, sizeof text, "%s%s%s", found->message, refused ? ". " : "",
             refused ? found->detail : "");
    qi_run_tell(r, (quire_migrate_event){ .kind = refused ? QUIRE_MIGRATE_WOULD_REFUSE
                                                          : QUIRE_MIGRATE_NOT_ASKED,
                                          .text = text,
                                          .statement = number });
    return QUIRE_OK;
}

static quire_status ask(qi_run *r, const qi_script *script, const qi_check *check, quire_error *err)
{
    quire_transaction_options options = { .read_only = true };
    char timeout[64];
    quire_db *tx = quire_begin(r->session ? r->session : r->db, &options, err);
    if (!tx)
        return err->status;
    /* A session has it already; a dry run needs none, so that it gets through every pooler. */
    snprintf(timeout, sizeof timeout, "set local lock_timeout = '%dms'",
             r->options.lock_timeout_ms);
    quire_status status = r->session ? QUIRE_OK : quire_exec(tx, timeout, err);
    if (!status)
        status = first_row(r, tx, script, check, err);
    quire_rollback(tx, NULL);
    return status;
}

quire_status qi_checks_tell(qi_run *r, const qi_script *script, bool first, quire_error *err)
{
    for (size_t i = 0; i < script->check_count; i++) {
        quire_error found = { 0 };
        if (is_allowed(r, &script->checks[i]) || !ask(r, script, &script->checks[i], &found))
            continue;
        quire_status status = tell(r, i + 1, first, &found, err);
        if (status)
            return status;
    }
    return QUIRE_OK;
}

bool qi_checks_know(const qi_script *script, const char *allowed)
{
    for (size_t i = 0; i < script->check_count; i++)
        if (qi_hazard_is_allowed(allowed, script->checks[i].hazard, script->checks[i].object))
            return true;
    return false;
}

quire_status qi_checks_run(qi_run *r, const qi_script *script, quire_error *err)
{
    quire_status status = QUIRE_OK;
    for (size_t i = 0; i < script->check_count && !status; i++)
        if (!is_allowed(r, &script->checks[i]))
            status = ask(r, script, &script->checks[i], err);
    return status;
}
