#include "base/error.h"
#include "cli/plan_output.h"
#include "cli/planned.h"
#include "cli/progress.h"
#include "cli/pull.h"
#include "cli/source.h"
#include "migrate/script.h"

#include <quire/sql.h>

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_FILE_BYTES (64u * 1024u * 1024u)

static qi_exit run_push(qi_context *context, const qi_args *args);

static const qi_option options[] = {
    { "--allow", "HAZARD[:OBJECT]", "pass over a check: deletes_data; may be given several times" },
    { "--rename", "OLD=NAME", "public.books.title=name: it is renamed; may be repeated" },
    { "--no-rename", NULL, "what is gone is dropped, also where something like it is new" },
    { "--yes", NULL, "also on a provider in the cloud, or with APP_ENV=production" },
    { 0 },
};

const qi_command qi_command_push = {
    .name = "push",
    .arguments = "[@]",
    .summary = "make a development database as the schema says, without a migration",
    .description =
        "Plans what leads from the database as it is to db/schema.sql, tries it on a copy\n"
        "without rows, and applies it. Where rows would be lost, nothing is done without\n"
        "--allow deletes_data. For development: databases that matter get migrations, so\n"
        "another provider than local wants --yes, and so does APP_ENV=production.",
    .in_project = true,
    .most_positional = 1,
    .has_json = true,
    .has_debug = true,
    .options = options,
    .run = run_push,
};

/* Everything that one run is about. */
typedef struct push {
    qi_conf conf;
    quire_provider provider;
    qi_planning_task task;
    const char *const *allowed;
    size_t allowed_count;
    qi_source sources[2];
    qi_state states[2];
    qi_planned planned;
    size_t files; /* that were applied */
} push;

static quire_status check_allowed(const push *p, const char *hazard, const char *object,
                                  const char *text, quire_error *err)
{
    for (size_t i = 0; i < p->allowed_count; i++) {
        if (qi_hazard_is_allowed(p->allowed[i], hazard, object))
            return QUIRE_OK;
    }
    quire_status status = qi_fail(err, QUIRE_REFUSED, "%s: %s", object, text);
    qi_hint(err, "Nothing was changed. Go on with: --allow %s:%s", hazard, object);
    return status;
}

static quire_status run_check(const push *p, quire_db *db, const qi_precheck *check,
                              quire_error *err)
{
    quire_rows rows = { 0 };
    quire_status status = quire_query(db, check->sql, NULL, 0, &rows, err);
    if (status != QUIRE_OK)
        return status;
    bool found = rows.count > 0;
    quire_rows_free(&rows);
    return found ? check_allowed(p, qi_hazard_name(check->kind), check->object, check->text, err)
                 : QUIRE_OK;
}

/* Before anything is touched. A loss that no query can rule out is to be allowed as well. */
static quire_status check_step(const push *p, quire_db *db, const qi_step *step, quire_error *err)
{
    bool checked = false;
    quire_status status = QUIRE_OK;
    for (size_t i = 0; i < step->check_count && status == QUIRE_OK; i++) {
        checked = checked || step->checks[i].kind == QI_HAZARD_DELETES_DATA;
        status = run_check(p, db, &step->checks[i], err);
    }
    for (size_t i = 0; i < step->hazard_count && status == QUIRE_OK && !checked; i++) {
        const qi_hazard *hazard = &step->hazards[i];
        if (hazard->kind == QI_HAZARD_DELETES_DATA)
            status =
                check_allowed(p, qi_hazard_name(hazard->kind), hazard->object, hazard->text, err);
    }
    return status;
}

static quire_status apply_whole(quire_db *db, const char *sql, qi_arena *arena, quire_error *err)
{
    size_t done = 0;
    size_t total = 0;
    quire_db *transaction = quire_begin(db, NULL, err);
    if (!transaction)
        return err->status;
    quire_status status = quire_exec(transaction, "set local lock_timeout = '3s'", err);
    if (status == QUIRE_OK)
        status =
            qi_script_run(transaction, "the plan", sql, strlen(sql), arena, &done, &total, err);
    if (status == QUIRE_OK)
        return quire_commit(transaction, err);
    quire_rollback(transaction, NULL);
    return status;
}

static quire_status apply_alone(quire_db *db, const char *sql, qi_arena *arena, quire_error *err)
{
    qi_script script = { 0 };
    quire_status status = qi_script_parse("the plan", sql, strlen(sql), arena, &script, err);
    for (size_t i = 0; i < script.count && status == QUIRE_OK; i++) {
        status = quire_exec(db, script.statements[i].sql, err);
        if (status != QUIRE_OK)
            qi_script_explain(err, &script, i);
    }
    return status;
}

static quire_status apply_file(push *p, quire_db *db, size_t file, qi_arena *arena,
                               quire_error *err)
{
    qi_buffer sql;
    qi_buffer_init(&sql, MOST_FILE_BYTES);
    qi_plan_write(&p->planned.plan, file, &sql);
    quire_status status = qi_buffer_failed(&sql) ? qi_fail_memory(err)
                          : p->planned.plan.files[file].alone
                              ? apply_alone(db, sql.data, arena, err)
                              : apply_whole(db, sql.data, arena, err);
    qi_buffer_free(&sql);
    if (status == QUIRE_OK)
        p->files++;
    else if (p->files || p->planned.plan.files[file].alone)
        qi_hint(err, "%zu of %zu parts are applied. Correct it and run `quire push` again.",
                p->files, p->planned.plan.file_count);
    return status;
}

static quire_status apply(qi_context *context, push *p, quire_error *err)
{
    quire_options where = { .provider = p->provider,
                            .directory = context->directory,
                            .on_statement = qi_statement_log(context),
                            .pool_size = 1 };
    quire_db *db = quire_open(&where, err);
    if (!db)
        return err->status;
    quire_status status = QUIRE_OK;
    for (size_t i = 0; i < p->planned.plan.step_count && status == QUIRE_OK; i++)
        status = check_step(p, db, &p->planned.plan.steps[i], err);
    for (size_t i = 0; i < p->planned.plan.file_count && status == QUIRE_OK; i++)
        status = apply_file(p, db, i, &context->arena, err);
    quire_close(db);
    return status;
}

static quire_status make(qi_context *context, push *p, quire_error *err)
{
    const char *ground = NULL;
    quire_status status =
        qi_source_find(context, quire_provider_name(p->provider), &p->sources[0], err);
    p->sources[1] = qi_source_of_schema(context, &p->conf, p->provider);
    if (status == QUIRE_OK)
        status = qi_source_ground(context, &p->conf, &ground, err);
    if (status == QUIRE_OK)
        status = qi_states_open(ground, &p->task.options, p->sources, p->states, 2, err);
    if (status == QUIRE_OK)
        status = qi_planned_hints(&p->sources[1], &context->arena, &p->task.renames, err);
    if (status == QUIRE_OK)
        status = qi_planned_make(p->states, &p->task, &context->arena, &p->planned, err);
    return status == QUIRE_OK ? apply(context, p, err) : status;
}

/* A database that others live on is not to be changed by a slip of the finger. */
static quire_status check_place(const qi_args *args, const push *p, quire_error *err)
{
    const char *environment = getenv("APP_ENV");
    bool production = environment && strcmp(environment, "production") == 0;
    if (qi_args_flag(args, "--yes") || (p->provider == QUIRE_LOCAL && !production))
        return QUIRE_OK;
    quire_status status =
        qi_fail(err, QUIRE_REFUSED, "%s is no database for development",
                production ? "APP_ENV=production" : quire_provider_name(p->provider));
    qi_hint(err, "Use `quire generate` and `quire migrate`; --yes pushes to it nevertheless.");
    return status;
}

/* What the platform's default privileges give to everything cannot be told from what a person gave. */
static void tell_left_out(const qi_context *context, const push *p)
{
    if (p->conf.privileges == QI_SWITCH_UNSET && qi_grants_anything(&p->states[1].catalog))
        qi_note(context,
                "the schema's grants are left out; to push them, and to take back all others, "
                "set `privileges = yes` under [schema] in quire.conf");
}

static bool is_about(const qi_step *step, const char *allowed)
{
    for (size_t i = 0; i < step->hazard_count; i++)
        if (qi_hazard_is_allowed(allowed, qi_hazard_name(step->hazards[i].kind),
                                 step->hazards[i].object))
            return true;
    for (size_t i = 0; i < step->check_count; i++)
        if (qi_hazard_is_allowed(allowed, qi_hazard_name(step->checks[i].kind),
                                 step->checks[i].object))
            return true;
    return false;
}

/* An object may be misspelt; a hazard alone is meant for whatever comes. */
static void tell_unused(const qi_context *context, const push *p)
{
    for (size_t i = 0; i < p->allowed_count; i++) {
        bool used = !strchr(p->allowed[i], ':');
        for (size_t k = 0; k < p->planned.plan.step_count && !used; k++)
            used = is_about(&p->planned.plan.steps[k], p->allowed[i]);
        if (!used)
            qi_note(context, "%s: no hazard of the plan is about --allow %s",
                    quire_provider_name(p->provider), p->allowed[i]);
    }
}

static qi_exit print(qi_context *context, const push *p, const quire_error *err)
{
    qi_exit code = QI_EXIT_OK;
    const char *provider = quire_provider_name(p->provider);
    if (context->json) {
        json_t *document =
            json_pack("{s:s,s:I}", "provider", provider, "applied", (json_int_t)p->files);
        if (document && !qi_plan_json(&p->planned.plan, err, document)) {
            json_decref(document);
            document = NULL;
        }
        code = qi_print_json(context, document);
    }
    if (p->planned.plan.step_count)
        tell_unused(context, p);
    tell_left_out(context, p);
    if (err->status != QUIRE_OK) {
        qi_plan_tell_refusals(context, provider, &p->planned.plan);
        return qi_report(context, err);
    }
    if (!p->planned.plan.step_count)
        qi_note(context, "%s: nothing to do: the database is as the schema says", provider);
    for (size_t i = 0; i < p->planned.plan.step_count; i++)
        qi_note(context, "%s: %s", provider, p->planned.plan.steps[i].summary);
    return code;
}

static qi_exit run_push(qi_context *context, const qi_args *args)
{
    push p = { .files = 0 };
    quire_error err = { 0 };
    quire_provider providers[QI_PROVIDERS_MOST];
    size_t count = 0;
    qi_exit code = qi_project(context, &p.conf);
    if (!code)
        code = qi_providers(context, args, 0, providers, &count);
    if (code)
        return code;
    if (count != 1)
        return qi_usage(context, args, "a schema is pushed to one provider at a time");
    p.provider = providers[0];
    code = qi_allowed(context, args, &p.allowed, &p.allowed_count);
    if (code)
        return code;
    p.task.options.no_renames = qi_args_flag(args, "--no-rename");
    /* As a whole or not at all, which counts more in development than who waits meanwhile. */
    p.task.options.offline = true;
    p.task.options.privileges = p.conf.privileges == QI_SWITCH_YES;
    if (qi_renames_asked(context, args, &p.task.renames, &err))
        return qi_report(context, &err);
    err.status = check_place(args, &p, &err);
    if (err.status == QUIRE_OK)
        err.status = make(context, &p, &err);
    code = print(context, &p, &err);
    qi_states_close(p.states, 2);
    return code;
}
