#include "plan/prove.h"

#include "base/error.h"
#include "catalog/load.h"

#include <quire/sql.h>

#define MOST_FILE_BYTES (64u * 1024u * 1024u)

static quire_status run_file(quire_db *db, bool alone, const char *sql, quire_error *err)
{
    if (alone)
        return qi_sql_run(db, sql, "the plan", err);
    quire_db *transaction = quire_begin(db, NULL, err);
    if (!transaction)
        return err ? err->status : QUIRE_CONNECT;
    quire_status status = qi_sql_run(transaction, sql, "the plan", err);
    if (status != QUIRE_OK) {
        quire_rollback(transaction, NULL);
        return status;
    }
    return quire_commit(transaction, err);
}

static quire_status apply(quire_db *db, const qi_plan *plan, quire_error *err)
{
    for (size_t file = 0; file < plan->file_count; file++) {
        qi_buffer sql;
        qi_buffer_init(&sql, MOST_FILE_BYTES);
        qi_plan_write(plan, file, &sql);
        quire_status status = qi_buffer_failed(&sql)
                                  ? qi_fail_memory(err)
                                  : run_file(db, plan->files[file].alone, sql.data, err);
        qi_buffer_free(&sql);
        /* What a file sets does not reach the next one. */
        if (status == QUIRE_OK)
            status = quire_exec(db, "reset check_function_bodies", err);
        if (status != QUIRE_OK)
            return status;
    }
    return QUIRE_OK;
}

/* Anything that a second plan still finds. */
static quire_status compare(quire_db *db, const qi_catalog *desired, const qi_plan_options *options,
                            qi_arena *arena, quire_error *err)
{
    qi_catalog reached = { 0 };
    qi_plan rest = { 0 };
    quire_status status = qi_catalog_read(db, arena, &reached, err);
    if (status == QUIRE_OK)
        status = qi_plan_make(&reached, desired, options, arena, &rest, err);
    if (status != QUIRE_OK)
        return status;
    if (rest.refusal_count)
        return qi_fail(err, QUIRE_INTERNAL, "the plan does not reach the schema: %s %s",
                       rest.refusals[0].object, rest.refusals[0].text);
    if (rest.step_count)
        return qi_fail(err, QUIRE_INTERNAL, "the plan does not reach the schema: still to %s",
                       rest.steps[0].summary);
    return QUIRE_OK;
}

quire_status qi_plan_prove(quire_db *db, const qi_plan *plan, const qi_catalog *desired,
                           const qi_plan_options *options, quire_error *err)
{
    qi_arena arena = { 0 };
    quire_error cause = { 0 };
    quire_status status = apply(db, plan, &cause);
    if (status == QUIRE_OK)
        status = compare(db, desired, options, &arena, &cause);
    qi_arena_free(&arena);
    if (status == QUIRE_OK)
        return QUIRE_OK;
    if (status == QUIRE_CONNECT || status == QUIRE_LOST || status == QUIRE_MEMORY) {
        if (err)
            *err = cause;
        return status;
    }
    qi_fail(err, QUIRE_INTERNAL, "the plan was tried and does not work: %s", cause.message);
    if (cause.line)
        qi_detail(err, "At line %d of the plan. %s", cause.line, cause.detail);
    qi_hint(err, "Nothing was written. Please report this with the schema.");
    return QUIRE_INTERNAL;
}
