#include "cli/codegen.h"

#include "base/error.h"
#include "base/file.h"
#include "codegen/codegen.h"
#include "migrate/migration.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

static qi_exit run_codegen(qi_context *context, const qi_args *args);

static const qi_option options[] = {
    { "--check", NULL, "write nothing; exit with 1 when the files are not up to date" },
    { "--stdout", NULL, "write nothing; print the header and the source file" },
    { 0 },
};

const qi_command qi_command_codegen = {
    .name = "codegen",
    .arguments = "",
    .summary = "write the C of the schema and the queries",
    .description =
        "Loads db/schema.sql into a scratch database, has the server check every query of\n"
        "db/queries/*.sql in every form that it can have, and writes <prefix>.h and\n"
        "<prefix>.c to the directory `generated` of quire.conf. Files that are as they\n"
        "should be are not touched, and nothing is written when anything is wrong.",
    .has_json = true,
    .in_project = true,
    .options = options,
    .run = run_codegen,
};

static const char *state_name(qi_codegen_state state, bool written)
{
    if (state == QI_CODEGEN_SAME)
        return "unchanged";
    if (written)
        return "written";
    return state == QI_CODEGEN_MISSING ? "missing" : "stale";
}

static qi_exit print_json(qi_context *context, const qi_codegen *code, bool written)
{
    json_t *files = json_array();
    json_t *warnings = json_array();
    for (size_t i = 0; i < 2; i++)
        json_array_append_new(files, json_pack("{s:s,s:s}", "path", code->files[i].name, "outcome",
                                               state_name(code->files[i].state, written)));
    for (size_t i = 0; i < code->warning_count; i++)
        json_array_append_new(warnings, json_string(code->warnings[i]));
    return qi_print_json(context, json_pack("{s:o,s:o,s:I,s:I,s:I,s:I}", "files", files, "warnings",
                                            warnings, "tables", (json_int_t)code->tables, "enums",
                                            (json_int_t)code->enums, "repositories",
                                            (json_int_t)code->repositories, "functions",
                                            (json_int_t)code->functions));
}

static qi_exit print(qi_context *context, const qi_codegen *code, bool written)
{
    for (size_t i = 0; i < code->warning_count; i++)
        qi_note(context, "warning: %s", code->warnings[i]);
    if (context->json)
        return print_json(context, code, written);
    for (size_t i = 0; i < 2; i++)
        printf("%-9s  %s\n", state_name(code->files[i].state, written), code->files[i].name);
    return QI_EXIT_OK;
}

/* Failures name files relative to the project's directory, which need not be where we are. */
static qi_exit fail(qi_context *context, const qi_conf *conf, quire_error *err)
{
    if (err->file[0] && err->file[0] != '/') {
        const char *path = qi_path_join(&context->arena, conf->root, err->file);
        path = path ? qi_path_for_person(path, &context->arena) : NULL;
        if (path)
            QI_COPY(err->file, path);
    }
    return qi_report(context, err);
}

static bool is_stale(const qi_codegen *code)
{
    return code->files[0].state != QI_CODEGEN_SAME || code->files[1].state != QI_CODEGEN_SAME;
}

static qi_exit check(qi_context *context, const qi_codegen *code)
{
    qi_exit exit = print(context, code, false);
    if (exit != QI_EXIT_OK || !is_stale(code))
        return exit;
    qi_note(context, "The generated code is not up to date: run quire codegen.");
    return QI_EXIT_DIFFERENT;
}

static qi_exit run_codegen(qi_context *context, const qi_args *args)
{
    qi_conf conf;
    quire_error err = { 0 };
    qi_codegen code;
    qi_exit exit = qi_project(context, &conf);
    if (exit != QI_EXIT_OK)
        return exit;
    bool to_stdout = qi_args_flag(args, "--stdout");
    if (to_stdout && (context->json || qi_args_flag(args, "--check")))
        return qi_usage(context, args, "--stdout goes with neither --check nor --json");
    if (qi_codegen_make(&conf, &context->arena, &code, &err) != QUIRE_OK)
        return fail(context, &conf, &err);
    if (to_stdout) {
        fputs(code.files[0].text, stdout);
        fputs(code.files[1].text, stdout);
        return QI_EXIT_OK;
    }
    if (qi_args_flag(args, "--check"))
        return check(context, &code);
    if (qi_codegen_write(&code, &err) != QUIRE_OK)
        return fail(context, &conf, &err);
    return print(context, &code, true);
}
