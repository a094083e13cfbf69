#include "cli/generate.h"

#include "base/error.h"
#include "cli/plan_output.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#define LONGEST_NAME 100

static qi_exit run_generate(qi_context *context, const qi_args *args);

static const qi_option options[] = {
    { "--name", "NAME", "the files' name after their version; default: from the steps" },
    { "--rename", "OLD=NAME", "public.books.title=name: it is renamed; may be repeated" },
    { "--no-rename", NULL, "what is gone is dropped, also where something like it is new" },
    { "--offline", NULL, "plain statements, which others wait for" },
    { "--strict", NULL, "refuse stale hints, and what Quire does not see all of" },
    { "--empty", NULL, "write a migration to be filled in by hand" },
    { "--rebase", NULL, "plan those of one branch anew behind those of the other" },
    { 0 },
};

const qi_command qi_command_generate = {
    .name = "generate",
    .arguments = "[@|all]",
    .summary = "write the next migration from the schema",
    .description =
        "Compares what the provider's migrations make of an empty database with what\n"
        "db/schema.sql and db/schema.<provider>.sql make of one, and writes the difference\n"
        "as the next migration, db/migrations/<provider>/<version>_<name>.sql. The new\n"
        "migration is tried first: one that does not lead to the schema is not written. No\n"
        "database but a scratch one is touched.\n"
        "\n"
        "A difference that cannot be planned is named, and nothing is written. Write it\n"
        "by hand, in a file that --empty makes, then run `quire migrate --rehash`.\n"
        "\n"
        "When git has merged two branches that both added migrations, --rebase plans those\n"
        "of one anew behind the others. What is applied stays; in a conflict HEAD's go (in\n"
        "git rebase the commit's), else the newest. What was edited by hand is refused. To\n"
        "choose, take the quire.sum of the branch that is to stay.",
    .in_project = true,
    .most_positional = 1,
    .has_json = true,
    .has_debug = true,
    .options = options,
    .run = run_generate,
};

static const char *outcome_of(const qi_generation *g)
{
    if (g->err.status == QUIRE_REFUSED)
        return "refused";
    if (g->err.status != QUIRE_OK)
        return "failed";
    if (g->file_count || (g->rebase && g->rebase->done))
        return "written";
    return g->planned.plan.step_count ? "not_written" : "unchanged";
}

/* The files that were planned anew, where that was done. */
static bool put_replaced(const qi_rebase *rebase, json_t *object)
{
    json_t *files = json_array();
    for (size_t i = 0; rebase->done && i < rebase->gone_count; i++)
        json_array_append_new(files, json_string(rebase->gone[i]->path));
    return json_object_set_new(object, "replaced", files) == 0;
}

/* NULL, when out of memory, is found by whoever adds it. */
static json_t *generation_json(const qi_generation *g)
{
    json_t *files = json_array();
    for (size_t i = 0; i < g->file_count; i++)
        json_array_append_new(files, json_string(g->files[i]));
    json_t *object = json_pack("{s:s,s:s,s:o}", "provider", quire_provider_name(g->provider),
                               "outcome", outcome_of(g), "files", files);
    if (object && g->rebase && !put_replaced(g->rebase, object)) {
        json_decref(object);
        return NULL;
    }
    if (object && !qi_plan_json(&g->planned.plan, &g->err, object)) {
        json_decref(object);
        object = NULL;
    }
    return object;
}

static void tell_notes(qi_context *context, const qi_generation *g)
{
    const qi_planned *planned = &g->planned;
    for (size_t i = 0; i < planned->renamed.stale_count; i++)
        qi_note(context, "%s", planned->renamed.stale[i]);
    if (g->rows_of)
        qi_note(context,
                "%s: the schema writes rows to %s, which no migration does: put them into the seed "
                "file, or a migration of your own (--empty)",
                quire_provider_name(g->provider), g->rows_of);
    if (planned->no_way_back)
        qi_note(context, "%s: no down file, because %s", quire_provider_name(g->provider),
                planned->no_way_back);
}

static void print_replaced(const qi_generation *g)
{
    const char *provider = quire_provider_name(g->provider);
    for (size_t i = 0; i < g->rebase->gone_count; i++)
        printf("%-8s  %s is taken away: %s\n", provider, g->rebase->gone[i]->path,
               g->file_count ? "planned anew" : "the others make the schema as it is");
}

static qi_exit print_one(qi_context *context, qi_generation *g)
{
    const char *provider = quire_provider_name(g->provider);
    if (g->err.status != QUIRE_OK) {
        qi_plan_tell_refusals(context, provider, &g->planned.plan);
        return qi_report(context, &g->err);
    }
    if (context->json)
        return QI_EXIT_OK;
    if (g->rebase && g->rebase->done)
        print_replaced(g);
    else if (!g->file_count && !g->planned.plan.step_count)
        printf("%-8s  nothing to do: the migrations make the schema as it is\n", provider);
    for (size_t i = 0; i < g->file_count; i++)
        printf("%-8s  %s\n", provider, g->files[i]);
    if (!g->file_count && g->planned.plan.step_count)
        printf("%-8s  not written, because of the others\n", provider);
    qi_plan_tell_hazards(context, NULL, &g->planned.plan);
    tell_notes(context, g);
    return QI_EXIT_OK;
}

static qi_exit print_all(qi_context *context, qi_generation *list, size_t count)
{
    qi_exit code = QI_EXIT_OK;
    if (context->json) {
        json_t *rows = json_array();
        for (size_t i = 0; i < count; i++)
            json_array_append_new(rows, generation_json(&list[i]));
        code = qi_print_json(context, json_pack("{s:o}", "providers", rows));
    }
    for (size_t i = 0; i < count; i++) {
        qi_exit its = print_one(context, &list[i]);
        if (!code)
            code = its;
    }
    return code;
}

/* What to do about differences that were refused, once, behind the server's or planner's words. */
static void add_hint(qi_generation *g)
{
    if (g->planned.plan.refusal_count)
        qi_hint(&g->err,
                "Write it by hand: `quire generate %s --empty --name NAME` makes the file; when it "
                "is filled in, run `quire migrate %s --rehash` and `quire generate` again.",
                quire_provider_name(g->provider), quire_provider_name(g->provider));
}

static bool has_failed(const qi_generation *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i].err.status != QUIRE_OK)
            return true;
    }
    return false;
}

/* An empty migration may be what a refusal asks for; any other failure stands. */
static void write_empty(qi_context *context, const char *name, qi_generation *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i].err.status == QUIRE_REFUSED && list[i].planned.plan.refusal_count)
            quire_error_clear(&list[i].err);
    }
    bool failed = has_failed(list, count);
    for (size_t i = 0; i < count && !failed; i++) {
        qi_generate_empty(context, name ? name : "by_hand", &list[i]);
        failed = list[i].err.status != QUIRE_OK;
    }
}

/* All or none, so that the providers' histories do not come apart by accident. */
static void write_all(qi_context *context, const char *name, qi_generation *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        qi_generate_write(context, name, &list[i]);
        if (list[i].err.status == QUIRE_OK)
            continue;
        for (size_t k = 0; k < i; k++)
            qi_generate_take_back(context, &list[k]);
        return;
    }
}

static bool name_is_good(const char *name)
{
    size_t length = strlen(name);
    return length > 0 && length <= LONGEST_NAME &&
           strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") ==
               length;
}

static qi_exit run_generate(qi_context *context, const qi_args *args)
{
    qi_conf conf = { 0 };
    quire_provider providers[QI_PROVIDERS_MOST];
    size_t count = 0;
    const char *name = qi_args_value(args, "--name");
    if (name && !name_is_good(name))
        return qi_usage(context, args, "a name has letters, digits, _ and -, at most %d of them",
                        LONGEST_NAME);
    if (qi_args_flag(args, "--rebase") && qi_args_flag(args, "--empty"))
        return qi_usage(context, args, "--rebase and --empty exclude one another");
    qi_exit code = qi_project(context, &conf);
    if (!code)
        code = qi_providers(context, args, 0, providers, &count);
    if (code)
        return code;
    qi_generation list[3] = { { 0 } };
    qi_planning_task task = { .options = { .no_renames = qi_args_flag(args, "--no-rename"),
                                           .privileges = conf.privileges == QI_SWITCH_YES,
                                           .offline = qi_args_flag(args, "--offline") },
                              .if_granted = conf.privileges == QI_SWITCH_UNSET,
                              .downs = true,
                              .strict = qi_args_flag(args, "--strict") };
    quire_error err = { 0 };
    if (qi_renames_asked(context, args, &task.renames, &err))
        return qi_report(context, &err);
    for (size_t i = 0; i < count; i++) {
        list[i].provider = providers[i];
        if (qi_args_flag(args, "--rebase"))
            qi_rebase_find(context, &list[i]);
        qi_generate_plan(context, &conf, &task, &list[i]);
        add_hint(&list[i]);
    }
    if (qi_args_flag(args, "--empty"))
        write_empty(context, name, list, count);
    else if (!has_failed(list, count))
        write_all(context, name, list, count);
    code = print_all(context, list, count);
    for (size_t i = 0; i < count; i++)
        qi_states_close(list[i].states, 2);
    return code;
}
