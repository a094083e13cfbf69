#include "cli/pull.h"

#include "base/error.h"
#include "base/file.h"
#include "cli/source.h"
#include "migrate/migration.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#define MOST_SCHEMA_BYTES (64u * 1024u * 1024u)

static qi_exit run_pull(qi_context *context, const qi_args *args);

static const qi_option options[] = {
    { "--from", "SOURCE", "what to write, as in quire diff; default: the database" },
    { "--stdout", NULL, "print it, write no file" },
    { "--force", NULL, "overwrite a schema that is there" },
    { 0 },
};

const qi_command qi_command_pull = {
    .name = "pull",
    .arguments = "[@]",
    .summary = "write the schema of an existing database",
    .description =
        "Reads the provider's database and writes db/schema.sql, from which `quire diff` then\n"
        "finds no difference. What the provider has there of its own is left out. A database\n"
        "with something that Quire cannot write is refused, and what it is is named; nothing\n"
        "is ever written to it.",
    .most_positional = 1,
    .has_json = true,
    .has_debug = true,
    .options = options,
    .run = run_pull,
};

/* Everything that one run is about. */
typedef struct pull {
    qi_conf conf;
    qi_source sources[2]; /* nothing, and what is pulled */
    qi_state states[2];
    qi_plan plan;
    qi_buffer text;
    const char *file; /* that was written */
} pull;

static qi_exit find_source(qi_context *context, const qi_args *args, pull *p)
{
    quire_error err = { 0 };
    quire_provider providers[QI_PROVIDERS_MOST];
    size_t count = 0;
    const char *from = qi_args_value(args, "--from");
    qi_exit code = qi_providers(context, args, 0, providers, &count);
    if (code)
        return code;
    if (count != 1)
        return qi_usage(context, args, "a schema is pulled from one provider at a time");
    const char *word = from ? from : quire_provider_name(providers[0]);
    if (qi_source_find(context, word, &p->sources[1], &err) != QUIRE_OK)
        return qi_report(context, &err);
    if (p->sources[1].platform == QUIRE_AUTO)
        p->sources[1].platform = providers[0];
    p->sources[0].platform = p->sources[1].platform;
    return QI_EXIT_OK;
}

static void write_text(pull *p)
{
    qi_buffer_printf(&p->text, "-- The schema of %s, written by `quire pull`.\n\n",
                     p->sources[1].shown);
    for (size_t file = 0; file < p->plan.file_count; file++) {
        if (file)
            qi_buffer_add_char(&p->text, '\n');
        qi_plan_write(&p->plan, file, &p->text);
    }
}

static quire_status make(qi_context *context, pull *p, quire_error *err)
{
    const char *ground = NULL;
    qi_plan_options plain = { .no_renames = true,
                              .privileges = p->conf.privileges == QI_SWITCH_YES,
                              .offline = true };
    quire_status status = qi_source_ground(context, &p->conf, &ground, err);
    if (status == QUIRE_OK)
        status = qi_states_open(ground, &plain, p->sources, p->states, 2, err);
    if (status == QUIRE_OK)
        status = qi_plan_make(&p->states[0].catalog, &p->states[1].catalog, &plain, &context->arena,
                              &p->plan, err);
    if (status == QUIRE_OK)
        status = qi_plan_check(&p->plan, err);
    if (status == QUIRE_OK)
        write_text(p);
    if (status == QUIRE_OK && qi_buffer_failed(&p->text))
        status = qi_fail_memory(err);
    return status;
}

static quire_status check_free(const pull *p, const char *path, quire_error *err)
{
    if (!qi_file_exists(p->conf.schema))
        return QUIRE_OK;
    quire_status status = qi_fail(err, QUIRE_REFUSED, "there is a schema already");
    qi_locate(err, path, 0, 0);
    qi_hint(err, "See what differs with `quire diff`; `quire pull --force` overwrites it.");
    return status;
}

static quire_status write_file(qi_context *context, pull *p, const char *path, quire_error *err)
{
    const char *slash = strrchr(p->conf.schema, '/');
    const char *directory =
        qi_arena_text_n(&context->arena, p->conf.schema, (size_t)(slash - p->conf.schema));
    quire_status status = directory ? qi_directory_make(directory, err) : qi_fail_memory(err);
    if (status == QUIRE_OK)
        status = qi_file_write(p->conf.schema, p->text.data, p->text.length, err);
    if (status == QUIRE_OK)
        p->file = path;
    return status;
}

static qi_exit print(qi_context *context, const pull *p)
{
    if (context->json)
        return qi_print_json(context, json_pack("{s:s,s:s*,s:s,s:I}", "from", p->sources[1].shown,
                                                "file", p->file, "sql", p->text.data, "objects",
                                                (json_int_t)p->states[1].catalog.object_count));
    if (!p->file)
        fputs(p->text.data, stdout);
    else
        printf("%s\n", p->file);
    return QI_EXIT_OK;
}

static quire_status pull_all(qi_context *context, const qi_args *args, pull *p, quire_error *err)
{
    bool to_stdout = qi_args_flag(args, "--stdout");
    const char *path = qi_path_for_person(p->conf.schema, &context->arena);
    quire_status status = QUIRE_OK;
    if (!to_stdout && !qi_args_flag(args, "--force"))
        status = check_free(p, path, err);
    if (status == QUIRE_OK)
        status = make(context, p, err);
    if (status == QUIRE_OK && !to_stdout)
        status = write_file(context, p, path, err);
    return status;
}

static qi_exit run_pull(qi_context *context, const qi_args *args)
{
    pull p = { .file = NULL };
    quire_error err = { 0 };
    qi_exit code = qi_project(context, &p.conf);
    if (!code)
        code = find_source(context, args, &p);
    if (code)
        return code;
    qi_buffer_init(&p.text, MOST_SCHEMA_BYTES);
    code = pull_all(context, args, &p, &err) == QUIRE_OK ? print(context, &p)
                                                         : qi_report(context, &err);
    qi_buffer_free(&p.text);
    qi_states_close(p.states, 2);
    return code;
}
