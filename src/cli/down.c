/* The way back from each file of a plan, planned and proven like the way there. */
#include "base/buffer.h"
#include "base/error.h"
#include "catalog/load.h"
#include "cli/planned.h"
#include "plan/prove.h"

#define MOST_FILE_BYTES (64u * 1024u * 1024u)

/* What all of them share. */
typedef struct way_back {
    quire_db *db;
    const qi_plan *plan;
    qi_plan_options options;
    qi_arena *arena;
    const char **downs;
    const char **why;
} way_back;

/* Runs a file of the plan as the runner does. */
static quire_status run_file(const way_back *w, size_t file, quire_error *err)
{
    qi_buffer sql;
    qi_buffer_init(&sql, MOST_FILE_BYTES);
    qi_plan_write(w->plan, file, &sql);
    quire_db *transaction = NULL;
    quire_status status = qi_buffer_failed(&sql) ? qi_fail_memory(err) : QUIRE_OK;
    if (status == QUIRE_OK && !w->plan->files[file].alone) {
        transaction = quire_begin(w->db, NULL, err);
        status = transaction ? QUIRE_OK : err->status;
    }
    if (status == QUIRE_OK)
        status = qi_sql_run(transaction ? transaction : w->db, sql.data, "the plan", err);
    qi_buffer_free(&sql);
    if (!transaction)
        return status;
    if (status == QUIRE_OK)
        return quire_commit(transaction, err);
    quire_rollback(transaction, NULL);
    return status;
}

/* What the way there deleted is not in the schema, so no plan brings it back. */
static void write_losses(const way_back *w, size_t file, qi_buffer *sql)
{
    for (size_t i = 0; i < w->plan->step_count; i++) {
        const qi_step *step = &w->plan->steps[i];
        for (size_t k = 0; step->file == file && k < step->hazard_count; k++) {
            if (step->hazards[k].kind == QI_HAZARD_DELETES_DATA)
                qi_buffer_printf(sql, "-- Not brought back: the data of %s.\n",
                                 step->hazards[k].object);
        }
    }
}

/* Gives the reason and leaves the file without a way back; other failures stand. */
static quire_status give_up(const way_back *w, quire_status status, quire_error *err)
{
    if (status != QUIRE_REFUSED && status != QUIRE_INTERNAL)
        return status;
    *w->why = qi_arena_text(w->arena, err->message);
    quire_error_clear(err);
    return *w->why ? QUIRE_OK : qi_fail_memory(err);
}

static quire_status plan_one(const way_back *w, size_t file, const qi_catalog *after,
                             const qi_catalog *before, quire_error *err)
{
    qi_plan plan = { 0 };
    quire_status status = qi_plan_make(after, before, &w->options, w->arena, &plan, err);
    if (status == QUIRE_OK)
        status = qi_plan_check(&plan, err);
    if (status == QUIRE_OK && plan.file_count > 1)
        status = qi_fail(err, QUIRE_REFUSED, "it would take more than one file");
    if (status == QUIRE_OK && plan.step_count)
        status = qi_plan_prove(w->db, &plan, before, &w->options, err);
    if (status != QUIRE_OK)
        return give_up(w, status, err);
    qi_buffer sql;
    qi_buffer_init(&sql, MOST_FILE_BYTES);
    write_losses(w, file, &sql);
    if (plan.file_count)
        qi_plan_write(&plan, 0, &sql);
    w->downs[file] = qi_buffer_failed(&sql) ? NULL : qi_arena_text(w->arena, sql.data);
    qi_buffer_free(&sql);
    return w->downs[file] ? QUIRE_OK : qi_fail_memory(err);
}

/* Back to the start, there again a file at a time with a look at each state, and back likewise. */
static quire_status plan_several(const way_back *w, const qi_catalog *before,
                                 const qi_catalog *after, quire_error *err)
{
    size_t count = w->plan->file_count;
    qi_catalog *states = qi_arena_zero(w->arena, count + 1, sizeof *states);
    qi_plan plan = { 0 };
    if (!states)
        return qi_fail_memory(err);
    states[0] = *before;
    quire_status status = qi_plan_make(after, before, &w->options, w->arena, &plan, err);
    if (status == QUIRE_OK)
        status = qi_plan_check(&plan, err);
    if (status == QUIRE_OK)
        status = qi_plan_prove(w->db, &plan, before, &w->options, err);
    for (size_t i = 0; i < count && status == QUIRE_OK; i++) {
        status = run_file(w, i, err);
        if (status == QUIRE_OK)
            status = qi_catalog_read(w->db, w->arena, &states[i + 1], err);
    }
    if (status != QUIRE_OK)
        return give_up(w, status, err);
    for (size_t i = count; i > 0 && status == QUIRE_OK && !*w->why; i--)
        status = plan_one(w, i - 1, &states[i], &states[i - 1], err);
    return status;
}

quire_status qi_downs_plan(quire_db *db, const qi_plan *plan, const qi_catalog *before,
                           const qi_catalog *after, const qi_plan_options *options, qi_arena *arena,
                           const char **downs, const char **no_way_back, quire_error *err)
{
    /* Going back is for when something went wrong; one plain transaction is what is wanted then. */
    way_back w = {
        .db = db,
        .plan = plan,
        .options = { .no_renames = true, .privileges = options->privileges, .offline = true },
        .arena = arena,
        .downs = downs,
        .why = no_way_back
    };
    if (plan->file_count == 1)
        return plan_one(&w, 0, after, before, err);
    return plan_several(&w, before, after, err);
}
