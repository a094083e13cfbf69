#include "cli/provider.h"

#include "base/dotenv.h"
#include "base/error.h"
#include "cli/help.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { COLUMNS = 2, MOST_ROWS = 48 };

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

/* NO_COLOR is nobody's database. */
static bool chooses(const qi_meaning *row)
{
    return strcmp(row->name, "NO_COLOR") != 0;
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
    for (const qi_meaning *row = qi_environment_variables; row->name; row++) {
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
    for (const qi_meaning *row = qi_environment_variables; variables && row->name; row++) {
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

static qi_exit check(qi_context *context, const quire_provider *providers, size_t count)
{
    qi_exit code = QI_EXIT_OK;
    json_t *list = context->json ? json_array() : NULL;
    bool json = context->json;
    for (size_t i = 0; i < count; i++) {
        quire_error err = { 0 };
        const char *name = quire_provider_name(providers[i]);
        bool ok = quire_validate_provider(providers[i], &err) == QUIRE_OK;
        if (json) {
            json_array_append_new(list, ok ? json_pack("{s:s, s:b}", "provider", name, "ok", 1)
                                           : json_pack("{s:s, s:b, s:o}", "provider", name, "ok", 0,
                                                       "error", qi_error_json(&err)));
        } else {
            printf("%-10s%s\n", name, ok ? "ok" : "not usable");
            fflush(stdout);
        }
        if (ok)
            continue;
        context->answered = true; /* the error is a part of the one document */
        code = qi_report(context, &err);
    }
    if (json) {
        qi_exit printed = qi_print_json(context, json_pack("{s:o}", "providers", list));
        return printed ? printed : code;
    }
    return code;
}

static qi_exit run(qi_context *context, const qi_args *args)
{
    quire_error err = { 0 };
    quire_provider providers[3] = { QUIRE_AUTO };
    size_t count = 0;
    const char *word = qi_args_at(args, 0);
    if (!qi_args_flag(args, "--check")) {
        if (!word)
            return show(context, QUIRE_AUTO);
        qi_exit code = qi_providers(context, args, 0, providers, &count);
        if (code)
            return code;
        return count == 1 ? show(context, providers[0])
                          : qi_usage(context, args, "\"all\" goes with --check");
    }
    /* The library's check has no directory of its own: it looks from where the program stands. */
    if (chdir(context->directory) != 0) {
        qi_fail_errno(&err, errno, "change to the directory", context->directory);
        return qi_report(context, &err);
    }
    context->directory = ".";
    qi_exit code = qi_providers(context, args, 0, providers, &count);
    return code ? code : check(context, providers, count);
}

static const qi_option options[] = {
    { "--check", NULL, "check the configuration without connecting" },
    { 0 },
};

const qi_command qi_command_provider = {
    .name = "provider",
    .arguments = "[neon|supabase|local|all]",
    .summary = "which provider is in force, and why",
    .description = "Tells which provider the environment chooses and by which rule, where each\n"
                   "variable comes from, and the URL with its password masked. Connects nowhere.\n"
                   "With --check, says of a provider (or all of them) whether it could be used.",
    .most_positional = 1,
    .has_json = true,
    .options = options,
    .run = run,
};
