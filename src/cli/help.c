#include "cli/help.h"

#include "cli/options.h"

#include <quire/version.h>

#include <string.h>

enum { HELP_INDENT = 24, MOST_COMMANDS = 64 };

const qi_meaning qi_exit_codes[] = {
    { "0", "success" },
    { "1", "a check found a difference: stale code, pending migrations" },
    { "2", "the command line is wrong" },
    { "3", "the configuration is wrong: environment, .env, quire.conf" },
    { "4", "no connection: no server, a refused login, or a time limit that passed" },
    { "5", "SQL failed: schema, query, migration, seed" },
    { "6", "refused as unsafe; the hint says how to go on" },
    { "7", "a file or process of the operating system failed" },
    { "70", "a defect in quire; please report it" },
    { 0 },
};

static const qi_meaning choosing[] = {
    { "DB_PROVIDER", "the provider to use, by its name" },
    { "APP_ENV", "development and test mean local; production never starts a private server" },
    { 0 },
};

static const qi_meaning others[] = {
    { "QUIRE_PG_BIN", "the directory of PostgreSQL's server programs, where not found" },
    { "QUIRE_SCRATCH_URL", "a server for scratch databases instead of the private one" },
    { "QUIRE_DEBUG", "1: print each statement sent to the database, on standard error" },
    { "NO_COLOR", "no colour, even on a terminal" },
    { 0 },
};

static void add_meaning(qi_meaning *rows, size_t *count, const char *name, const char *text)
{
    if (*count + 1 < QI_VARIABLES_MOST)
        rows[(*count)++] = (qi_meaning){ name, text };
}

void qi_environment_variables(qi_meaning rows[QI_VARIABLES_MOST])
{
    size_t count = 0;
    for (const qi_meaning *row = choosing; row->name; row++)
        add_meaning(rows, &count, row->name, row->text);
    for (int each = 1; each <= QI_PROVIDERS_MOST; each++) {
        size_t variables;
        const quire_variable *list = quire_provider_variables((quire_provider)each, &variables);
        for (size_t i = 0; i < variables; i++)
            add_meaning(rows, &count, list[i].name, list[i].meaning);
    }
    for (const qi_meaning *row = others; row->name; row++)
        add_meaning(rows, &count, row->name, row->text);
    rows[count] = (qi_meaning){ 0 };
}

const char *qi_arguments(const qi_command *command, char text[QI_ARGUMENTS_SIZE])
{
    const char *all = command->arguments ? command->arguments : "";
    size_t before = strcspn(all, "@");
    char names[128] = "";
    if (all[before])
        qi_provider_names(names, sizeof names, "|");
    snprintf(text, QI_ARGUMENTS_SIZE, "%.*s%s%s", (int)before, all, names,
             all[before] ? all + before + 1 : "");
    return text;
}

static qi_exit run_help(qi_context *context, const qi_args *args);

static const qi_option help_options[] = {
    { "--man", NULL, "print the man page (roff)" },
    { "--completion", "SHELL", "print the completion for a shell: bash" },
    { 0 },
};

const qi_command qi_command_help = {
    .name = "help",
    .arguments = "[COMMAND|exit-codes|environment]",
    .summary = "explain a command, the exit codes or the environment",
    .description =
        "Explains a command. exit-codes lists what the exit codes of all commands mean,\n"
        "environment the variables that they read.",
    .most_positional = 1,
    .options = help_options,
    .run = run_help,
};

static const qi_option root_options[] = {
    { "--version", NULL, "print the version" },
    { 0 },
};

const qi_command qi_command_root = {
    .name = "",
    .arguments = "COMMAND",
    .summary = "typed PostgreSQL for C",
    .options = root_options,
};

void qi_help_usage(const qi_command *command, FILE *stream)
{
    char arguments[QI_ARGUMENTS_SIZE];
    fputs("quire", stream);
    if (command == &qi_command_root)
        fputs(" [options] COMMAND [arguments]", stream);
    else
        fprintf(stream, " %s%s%s [options]", command->name,
                command->arguments && *command->arguments ? " " : "",
                qi_arguments(command, arguments));
    fputc('\n', stream);
}

static void print_row(const char *name, const char *value, const char *text, FILE *stream)
{
    int width = fprintf(stream, "  %s%s%s", name, value ? " " : "", value ? value : "");
    if (width + 2 > HELP_INDENT) {
        fputc('\n', stream);
        width = 0;
    }
    fprintf(stream, "%*s%s\n", HELP_INDENT - width, "", text);
}

static void print_options(const qi_command *command, FILE *stream)
{
    fputs("\noptions:\n", stream);
    for (const qi_option *row = command->options; row && row->name; row++)
        print_row(row->name, row->value, row->help, stream);
    for (const qi_option *row = qi_common_options; row->name; row++)
        if (qi_common_option_applies(command, row))
            print_row(row->name, row->value, row->help, stream);
}

static void print_meanings(const qi_meaning *rows)
{
    for (; rows->name; rows++)
        print_row(rows->name, NULL, rows->text, stdout);
}

void qi_help_print(const qi_command *command, FILE *stream)
{
    fputs("usage: ", stream);
    qi_help_usage(command, stream);
    if (command == &qi_command_root) {
        fputs("\ncommands:\n", stream);
        for (size_t i = 0; qi_commands[i]; i++)
            print_row(qi_commands[i]->name, NULL, qi_commands[i]->summary, stream);
    } else {
        fprintf(stream, "\n%s\n", command->description ? command->description : command->summary);
    }
    print_options(command, stream);
}

const qi_command *qi_command_find(const qi_context *context, const char *name)
{
    const char *names[MOST_COMMANDS];
    size_t count = 0;
    for (; qi_commands[count] && count < MOST_COMMANDS; count++) {
        if (strcmp(qi_commands[count]->name, name) == 0)
            return qi_commands[count];
        names[count] = qi_commands[count]->name;
    }
    qi_args args = { .command = &qi_command_root };
    int nearest = qi_nearest(name, names, count);
    if (nearest < 0)
        qi_usage(context, &args, "unknown command \"%s\"", name);
    else
        qi_usage(context, &args, "unknown command \"%s\"; did you mean \"%s\"?", name,
                 names[nearest]);
    return NULL;
}

static qi_exit run_help(qi_context *context, const qi_args *args)
{
    const char *topic = qi_args_at(args, 0);
    const char *shell = qi_args_value(args, "--completion");
    if (shell && strcmp(shell, "bash") != 0)
        return qi_usage(context, args, "no completion for shell \"%s\"; there is one for bash",
                        shell);
    const qi_command *command = &qi_command_root;
    if (shell) {
        qi_completion_print();
    } else if (qi_args_flag(args, "--man")) {
        qi_manual_print();
    } else if (topic && strcmp(topic, "exit-codes") == 0) {
        print_meanings(qi_exit_codes);
    } else if (topic && strcmp(topic, "environment") == 0) {
        qi_meaning rows[QI_VARIABLES_MOST];
        qi_environment_variables(rows);
        print_meanings(rows);
    } else {
        if (topic)
            command = qi_command_find(context, topic);
        if (!command)
            return QI_EXIT_USAGE;
        qi_help_print(command, stdout);
    }
    return QI_EXIT_OK;
}
