#include "cli/diff.h"

#include "base/error.h"
#include "cli/plan_output.h"
#include "cli/planned.h"
#include "cli/source.h"

#include <jansson.h>
#include <stdio.h>

static qi_exit run_diff(qi_context *context, const qi_args *args);

static const qi_option options[] = {
    { "--from", "SOURCE", "the schema to start from; default: the provider's migrations" },
    { "--to", "SOURCE", "the schema to reach; default: the project's" },
    { "--rename", "OLD=NAME", "public.books.title=name: it is renamed; may be repeated" },
    { "--no-rename", NULL, "what is gone is dropped, also where something like it is new" },
    { "--offline", NULL, "plain statements, which others wait for" },
    { "--privileges", NULL, "compare owners, grants and default privileges too" },
    { 0 },
};

const qi_command qi_command_diff = {
    .name = "diff",
    .arguments = "[@]",
    .summary = "show what leads from one schema to another",
    .description =
        "Prints the SQL that makes the one schema of the other, and exits with 1 when there\n"
        "is any, with 0 when both are the same. The SQL is tried in a scratch database first;\n"
        "nothing else is written, and a live database is only read.\n"
        "\n"
        "A SOURCE is a SQL file, a directory of SQL files, a directory of migrations (it has\n"
        "a quire.sum), the URL of a database, neon, supabase or local for the provider's\n"
        "database, or `empty`; what is called like one of these words is written ./neon.\n"
        "Inside a project both have a default; outside of one, name both.\n"
        "\n"
        "With a provider, what its databases have of their own (roles, auth.uid()) is there on\n"
        "both sides and left alone.",
    .most_positional = 1,
    .has_json = true,
    .has_debug = true,
    .options = options,
    .run = run_diff,
};

/* Everything that one run is about. */
typedef struct diff {
    qi_conf conf;
    qi_planning_task task;
    qi_source sources[2];
    qi_state states[2];
    qi_planned planned;
} diff;

static qi_exit find_provider(qi_context *context, const qi_args *args, quire_provider *out)
{
    quire_provider providers[QI_PROVIDERS_MOST];
    size_t count = 0;
    qi_exit code = qi_providers(context, args, 0, providers, &count);
    if (!code && count != 1)
        return qi_usage(context, args, "a difference is shown for one provider at a time");
    *out = providers[0];
    return code;
}

static quire_status default_source(qi_context *context, diff *d, size_t side,
                                   quire_provider provider, quire_error *err)
{
    if (side == 0)
        return qi_source_of_migrations(context, provider, &d->sources[0], err);
    d->sources[1] = qi_source_of_schema(context, &d->conf, provider);
    return QUIRE_OK;
}

/* Both are on the same ground: that of the provider that was named, or that one of them has. */
static void share_platform(diff *d, quire_provider provider)
{
    for (size_t i = 0; i < 2 && provider == QUIRE_AUTO; i++)
        provider = d->sources[i].platform;
    for (size_t i = 0; i < 2; i++) {
        if (d->sources[i].platform == QUIRE_AUTO)
            d->sources[i].platform = provider;
    }
}

static qi_exit find_sources(qi_context *context, const qi_args *args, diff *d)
{
    const char *words[] = { qi_args_value(args, "--from"), qi_args_value(args, "--to") };
    quire_provider provider = QUIRE_AUTO;
    quire_error err = { 0 };
    if ((!words[0] || !words[1]) && !d->conf.file)
        return qi_usage(context, args, "outside of a project, name both --from and --to");
    qi_exit code = QI_EXIT_OK;
    if (qi_args_at(args, 0) || !words[0] || !words[1])
        code = find_provider(context, args, &provider);
    for (size_t i = 0; i < 2 && !code; i++) {
        quire_status status = words[i] ? qi_source_find(context, words[i], &d->sources[i], &err)
                                       : default_source(context, d, i, provider, &err);
        if (status != QUIRE_OK)
            code = qi_report(context, &err);
    }
    share_platform(d, provider);
    return code;
}

static bool is_live(const qi_source *source)
{
    return source->kind == QI_SOURCE_DATABASE;
}

static quire_status make(qi_context *context, diff *d, quire_error *err)
{
    const char *ground = NULL;
    quire_status status = qi_source_ground(context, &d->conf, &ground, err);
    if (status == QUIRE_OK)
        status = qi_states_open(ground, &d->task.options, d->sources, d->states, 2, err);
    if (status == QUIRE_OK)
        status = qi_planned_hints(&d->sources[1], &context->arena, &d->task.renames, err);
    if (status == QUIRE_OK)
        status = qi_planned_make(d->states, &d->task, &context->arena, &d->planned, err);
    return status;
}

static qi_exit print(qi_context *context, const diff *d, const quire_error *err)
{
    qi_exit code = QI_EXIT_OK;
    if (context->json) {
        json_t *document =
            json_pack("{s:s,s:s,s:o}", "from", d->sources[0].shown, "to", d->sources[1].shown,
                      "files", qi_plan_files_json(&d->planned.plan));
        if (document && !qi_plan_json(&d->planned.plan, err, document)) {
            json_decref(document);
            document = NULL;
        }
        code = qi_print_json(context, document);
    } else if (err->status == QUIRE_OK) {
        code = qi_plan_print(context, &d->planned.plan);
    }
    if (err->status != QUIRE_OK) {
        qi_plan_tell_refusals(context, NULL, &d->planned.plan);
        return qi_report(context, err);
    }
    qi_plan_tell_hazards(context, NULL, &d->planned.plan);
    for (size_t i = 0; i < d->planned.renamed.stale_count; i++)
        qi_note(context, "%s", d->planned.renamed.stale[i]);
    return code ? code : d->planned.plan.step_count ? QI_EXIT_DIFFERENT : QI_EXIT_OK;
}

static qi_exit run_diff(qi_context *context, const qi_args *args)
{
    diff d = { .conf = { 0 } };
    quire_error err = { 0 };
    qi_exit code = qi_project(context, &d.conf);
    if (!code)
        code = find_sources(context, args, &d);
    if (code)
        return code;
    d.task.options.no_renames = qi_args_flag(args, "--no-rename");
    d.task.options.offline = qi_args_flag(args, "--offline");
    d.task.options.privileges =
        d.conf.privileges == QI_SWITCH_YES || qi_args_flag(args, "--privileges");
    d.task.if_granted =
        d.conf.privileges == QI_SWITCH_UNSET && !is_live(&d.sources[0]) && !is_live(&d.sources[1]);
    if (qi_renames_asked(context, args, &d.task.renames, &err))
        return qi_report(context, &err);
    err.status = make(context, &d, &err);
    code = print(context, &d, &err);
    qi_states_close(d.states, 2);
    return code;
}
