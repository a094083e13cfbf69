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
    { "4", "no connection to a server, no server to be had, or a time limit passed" },
    { "5", "SQL failed: schema, query, migration, seed" },
    { "6", "refused as unsafe; the hint says how to go on" },
    { "7", "a file or process of the operating system failed" },
    { "70", "a defect in quire; please report it" },
    { 0 },
};

const qi_meaning qi_environment_variables[] = {
    { "DB_PROVIDER", "neon, supabase or local: the provider to use" },
    { "APP_ENV", "development and test mean local; production never starts a private server" },
    { "NEON_DATABASE_URL", "where Neon is" },
    { "SUPABASE_DATABASE_URL", "where Supabase is" },
    { "LOCAL_DATABASE_URL", "where the local server is; unset: a private one is started" },
    { "NEON_DIRECT_URL", "Neon without its pooler; unset: derived from the URL" },
    { "NEON_TRANSPORT", "tcp: no SQL over HTTP; http: an error where it cannot be used" },
    { "NEON_FETCH_ENDPOINT", "where SQL over HTTP goes; unset: derived from the URL" },
    { "SUPABASE_DIRECT_URL", "Supabase without the transaction pooler; unset: derived" },
    { "LOCAL_DIRECT_URL", "the local server without a pooler; unset: the same URL" },
    { "SUPABASE_CA_FILE", "Supabase's CA certificate, to verify the server by" },
    { "SUPABASE_POOLER", "transaction or session: the pooler, where the port does not tell" },
    { "LOCAL_POOLER", "the same for a pooler in front of the local server" },
    { "QUIRE_PG_BIN", "the directory of PostgreSQL's server programs, where not found" },
    { "QUIRE_SCRATCH_URL", "a server for scratch databases instead of the private one" },
    { "NO_COLOR", "no colour, even on a terminal" },
    { 0 },
};

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
    fputs("quire", stream);
    if (command == &qi_command_root)
        fputs(" [options] COMMAND [arguments]", stream);
    else
        fprintf(stream, " %s%s%s [options]", command->name, command->arguments ? " " : "",
                command->arguments ? command->arguments : "");
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
        print_meanings(qi_environment_variables);
    } else {
        if (topic)
            command = qi_command_find(context, topic);
        if (!command)
            return QI_EXIT_USAGE;
        qi_help_print(command, stdout);
    }
    return QI_EXIT_OK;
}
