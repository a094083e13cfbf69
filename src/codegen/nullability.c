/* The analysis of one statement, from text to facts. nullability_internal.h has the argument. */
#include "codegen/nullability_internal.h"

#include "base/error.h"

#include <pthread.h>
#include <string.h>

/*
 * libpg_query recurses without a guard, as deep as the text nests, so everything runs on a thread
 * whose stack is enough for the longest text that is let in (QI_NULL_MAX_TEXT).
 */
enum { STACK_BYTES = 1 << 28 };

typedef struct analysis_job {
    const qi_catalog *catalog;
    const char *sql;
    qi_arena *arena;
    qi_result_facts facts;
    size_t statements; /* one, unless the text could not be parsed */
    quire_status status;
} analysis_job;

static bool copy_params(analysis_job *job, const qi_analysis *analysis)
{
    bool *nullable = qi_arena_zero(job->arena, analysis->param_count + 1, sizeof *nullable);
    if (!nullable)
        return false;
    for (size_t i = 0; i < analysis->param_count; i++)
        nullable[i] = analysis->params[i].target_nullable && !analysis->params[i].target_required;
    job->facts.param_nullable = nullable;
    job->facts.param_count = analysis->param_count;
    return true;
}

static bool copy_rows(analysis_job *job, const qi_rows *rows)
{
    bool *not_null = qi_arena_zero(job->arena, rows->column_count + 1, sizeof *not_null);
    if (!not_null)
        return false;
    for (size_t i = 0; i < rows->column_count; i++)
        not_null[i] = rows->columns[i].value.not_null;
    job->facts.analysed = true;
    job->facts.not_null = not_null;
    job->facts.column_count = rows->column_count;
    job->facts.cardinality = rows->cardinality;
    return true;
}

static bool analyse(analysis_job *job, const PgQuery__ParseResult *tree)
{
    qi_analysis analysis = { .catalog = job->catalog, .arena = job->arena };
    qi_rows rows = { 0 };
    if (!qi_null_read_params(&analysis, &tree->base))
        return !analysis.failed; /* nested too deep, or too many parameters */
    qi_null_mark_params(&analysis, &tree->base);
    if (!copy_params(job, &analysis))
        return false;
    qi_null_statement(&analysis, NULL, tree->stmts[0]->stmt, &rows);
    if (analysis.failed)
        return false;
    return rows.opaque || copy_rows(job, &rows);
}

static void *run(void *argument)
{
    analysis_job *job = argument;
    const PgQuery__ParseResult *tree = qi_parse_tree(job->arena, job->sql, QI_NULL_MAX_TEXT);
    if (!tree)
        return NULL;
    job->statements = tree->n_stmts;
    if (tree->n_stmts == 1 && !analyse(job, tree))
        job->status = QUIRE_MEMORY;
    return NULL;
}

static bool run_on_thread(analysis_job *job)
{
    pthread_attr_t attributes;
    pthread_t thread;
    if (pthread_attr_init(&attributes) != 0)
        return false;
    bool started = pthread_attr_setstacksize(&attributes, STACK_BYTES) == 0 &&
                   pthread_create(&thread, &attributes, run, job) == 0;
    pthread_attr_destroy(&attributes);
    return started && pthread_join(thread, NULL) == 0;
}

quire_status qi_nullability(const qi_catalog *catalog, const char *sql, qi_arena *arena,
                            qi_result_facts *out, quire_error *err)
{
    if (!catalog || !sql || !arena || !out)
        return qi_fail(err, QUIRE_INVALID,
                       "a catalog, a statement and a place for the facts are "
                       "needed");
    analysis_job job = { .catalog = catalog, .sql = sql, .arena = arena, .statements = 1 };
    if (!run_on_thread(&job))
        return qi_fail(err, QUIRE_MEMORY, "no thread for the analysis of a statement");
    if (job.status != QUIRE_OK)
        return qi_fail_memory(err);
    if (job.statements != 1)
        return qi_fail(err, QUIRE_INVALID, "%zu statements where one is expected", job.statements);
    *out = job.facts;
    return QUIRE_OK;
}

void qi_result_facts_meet(qi_result_facts *facts, const qi_result_facts *other)
{
    if (!facts->analysed || !other->analysed || facts->column_count != other->column_count) {
        facts->analysed = false;
        facts->not_null = NULL;
        facts->column_count = 0;
        facts->cardinality = QI_MANY;
        return;
    }
    if (other->cardinality < facts->cardinality)
        facts->cardinality = other->cardinality;
    for (size_t i = 0; i < facts->column_count; i++)
        facts->not_null[i] = facts->not_null[i] && other->not_null[i];
}
