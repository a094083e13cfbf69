#include "cli/provider.h"

#include "base/dotenv.h"
#include "cli/help.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum { COLUMNS = 2, MOST_ROWS = QI_VARIABLES_MOST };

/* A table of names and texts that grows by rows. */
typedef struct table {
    const char *cells[MOST_ROWS * COLUMNS];
    size_t rows;
} table;

static void add_row(table *t, const char *name, const char *text)
{
    if (t->rows == MOST_ROWS)
        return;
    t->cells[t->rows * COLUMNS] = name;
    t->cells[t->rows * COLUMNS + 1] = text;
    t->rows++;
}

static const char *source_word(quire_source source)
{
    switch (source) {
    case QUIRE_FROM_ENVIRONMENT:
        return "environment";
    case QUIRE_FROM_DOTENV:
        return "dotenv";
    case QUIRE_FROM_OPTIONS:
        return "options";
    case QUIRE_FROM_NOWHERE:
        break;
    }
    return NULL;
}

static const char *source_text(quire_source source)
{
    return source == QUIRE_FROM_DOTENV ? ".env" : source_word(source);
}

/* What only says how the command talks is nobody's database. */
static bool chooses(const qi_meaning *row)
{
    return strcmp(row->name, "NO_COLOR") != 0 && strcmp(row->name, "QUIRE_DEBUG") != 0;
}

/* The choice --------------------------------------------------------------------------------- */

static void print_choice(qi_context *context, const quire_choice *choice, const qi_environment *env)
{
    table t = { .rows = 0 };
    add_row(&t, "provider", choice->provider ? quire_provider_name(choice->provider) : NULL);
    add_row(&t, "because", choice->reason);
    add_row(&t, "url", choice->url[0] ? choice->url : "the private server (quire db status)");
    if (choice->variable[0])
        add_row(&t, "from",
                qi_arena_printf(&context->arena, "%s in %s", choice->variable,
                                choice->source == QUIRE_FROM_DOTENV ? ".env" : "the environment"));
    if (choice->endpoint[0])
        add_row(&t, "via",
                qi_arena_printf(&context->arena, "http, %s; tcp for sessions", choice->endpoint));
    else
        add_row(&t, "via", "tcp");
    add_row(&t, ".env", choice->dotenv[0] ? choice->dotenv : "none");
    qi_print_table(t.cells, t.rows, COLUMNS);
    putchar('\n');

    table variables = { .rows = 0 };
    qi_meaning all[QI_VARIABLES_MOST];
    qi_environment_variables(all);
    for (const qi_meaning *row = all; row->name; row++) {
        quire_source source;
        if (!chooses(row))
            continue;
        qi_environment_get(env, row->name, &source);
        add_row(&variables, row->name, source ? source_text(source) : "not set");
    }
    qi_print_table(variables.cells, variables.rows, COLUMNS);
}

static json_t *choice_json(const quire_choice *choice, const qi_environment *env)
{
    json_t *variables = json_object();
    qi_meaning all[QI_VARIABLES_MOST];
    qi_environment_variables(all);
    for (const qi_meaning *row = all; variables && row->name; row++) {
        quire_source source;
        if (!chooses(row))
            continue;
        qi_environment_get(env, row->name, &source);
        json_object_set_new(variables, row->name, json_pack("s?", source_word(source)));
    }
    return json_pack("{s:s, s:i, s:s, s:s?, s:s?, s:s?, s:b, s:s, s:s?, s:s?, s:o}", "provider",
                     quire_provider_name(choice->provider), "rule", choice->rule, "reason",
                     choice->reason, "url", choice->url[0] ? choice->url : NULL, "variable",
                     choice->variable[0] ? choice->variable : NULL, "source",
                     source_word(choice->source), "private_server", (int)!choice->url[0],
                     "transport", choice->endpoint[0] ? "http" : "tcp", "endpoint",
                     choice->endpoint[0] ? choice->endpoint : NULL, "dotenv",
                     choice->dotenv[0] ? choice->dotenv : NULL, "variables", variables);
}

static qi_exit show(qi_context *context, quire_provider provider)
{
    quire_error err = { 0 };
    quire_choice choice;
    qi_environment env = { 0 };
    if (quire_current_provider(context->directory, provider, &choice, &err) != QUIRE_OK ||
        qi_environment_load(context->directory, &context->arena, &env, &err) != QUIRE_OK)
        return qi_report(context, &err);
    if (context->json)
        return qi_print_json(context, choice_json(&choice, &env));
    print_choice(context, &choice, &env);
    return QI_EXIT_OK;
}

/* The check ---------------------------------------------------------------------------------- */

/* Which of its variables are set and where: "NEON_DATABASE_URL in .env, NEON_TRANSPORT in the environment". */
static const char *list_set(qi_context *context, quire_provider provider, const qi_environment *env)
{
    size_t count;
    const char *text = "";
    const quire_variable *list = quire_provider_variables(provider, &count);
    for (size_t i = 0; text && i < count; i++) {
        quire_source source;
        if (!qi_environment_get(env, list[i].name, &source))
            continue;
        text =
            qi_arena_printf(&context->arena, "%s%s%s in %s", text, *text ? ", " : "", list[i].name,
                            source == QUIRE_FROM_DOTENV ? ".env" : "the environment");
    }
    return text;
}

static json_t *sources_json(quire_provider provider, const qi_environment *env)
{
    size_t count;
    json_t *object = json_object();
    const quire_variable *list = quire_provider_variables(provider, &count);
    for (size_t i = 0; object && i < count; i++) {
        quire_source source;
        qi_environment_get(env, list[i].name, &source);
        json_object_set_new(object, list[i].name, json_pack("s?", source_word(source)));
    }
    return object;
}

static json_t *check_json(quire_provider provider, const qi_environment *env,
                          const quire_error *err)
{
    json_t *object = json_pack("{s:s, s:b, s:o}", "provider", quire_provider_name(provider), "ok",
                               err->status == QUIRE_OK, "variables", sources_json(provider, env));
    if (object && err->status != QUIRE_OK)
        json_object_set_new(object, "error", qi_error_json(err));
    return object;
}

static qi_exit check(qi_context *context, const quire_provider *providers, size_t count)
{
    qi_exit code = QI_EXIT_OK;
    quire_error broken = { 0 };
    qi_environment env = { 0 };
    if (qi_environment_load(context->directory, &context->arena, &env, &broken) != QUIRE_OK)
        return qi_report(context, &broken);
    json_t *list = context->json ? json_array() : NULL;
    for (size_t i = 0; i < count; i++) {
        quire_error err = { 0 };
        bool ok = quire_validate_provider(context->directory, providers[i], &err) == QUIRE_OK;
        if (context->json) {
            json_array_append_new(list, check_json(providers[i], &env, &err));
        } else {
            const char *cells[] = { quire_provider_name(providers[i]), ok ? "ok" : "not usable",
                                    list_set(context, providers[i], &env) };
            bool is_set = cells[2] && *cells[2];
            printf(is_set ? "%-10s%-12s%s\n" : "%-10s%s%s\n", cells[0], cells[1],
                   is_set ? cells[2] : "");
            fflush(stdout);
        }
        if (ok)
            continue;
        context->answered = true; /* the error is a part of the one document */
        qi_exit failed = qi_report(context, &err);
        code = code ? code : failed;
    }
    if (!context->json)
        return code;
    qi_exit printed = qi_print_json(context, json_pack("{s:o}", "providers", list));
    return printed ? printed : code;
}

static qi_exit run(qi_context *context, const qi_args *args)
{
    quire_provider providers[QI_PROVIDERS_MOST] = { QUIRE_AUTO };
    size_t count = 0;
    bool checks = qi_args_flag(args, "--check");
    if (!checks && !qi_args_at(args, 0))
        return show(context, QUIRE_AUTO);
    qi_exit code = qi_providers(context, args, 0, providers, &count);
    if (code)
        return code;
    if (checks)
        return check(context, providers, count);
    return count == 1 ? show(context, providers[0])
                      : qi_usage(context, args, "\"all\" goes with --check");
}

static const qi_option options[] = {
    { "--check", NULL, "check the configuration without connecting" },
    { 0 },
};

const qi_command qi_command_provider = {
    .name = "provider",
    .arguments = "[@|all]",
    .summary = "which provider is in force, and why",
    .description =
        "Tells which provider the environment chooses and by which rule, where each\n"
        "variable comes from, and the URL with its password masked. Connects nowhere.\n"
        "With --check, says of a provider (or all of them) whether it could be used: every\n"
        "variable of it is looked at. Exit code 3 when one is wrong.",
    .most_positional = 1,
    .has_json = true,
    .options = options,
    .run = run,
};
