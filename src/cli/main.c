#include "cli/cli.h"
#include "cli/codegen.h"
#include "cli/db.h"
#include "cli/diff.h"
#include "cli/generate.h"
#include "cli/health.h"
#include "cli/help.h"
#include "cli/import.h"
#include "cli/init.h"
#include "cli/lint.h"
#include "cli/migrate.h"
#include "cli/options.h"
#include "cli/provider.h"
#include "cli/pull.h"
#include "cli/squash.h"

#include "base/error.h"

#include <quire/version.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* One line each. */
/* clang-format off */
const qi_command *const qi_commands[] = {
    &qi_command_init,
    &qi_command_codegen,
    &qi_command_generate,
    &qi_command_diff,
    &qi_command_push,
    &qi_command_pull,
    &qi_command_import,
    &qi_command_squash,
    &qi_command_migrate,
    &qi_command_rollback,
    &qi_command_repair,
    &qi_command_status,
    &qi_command_validate,
    &qi_command_lint,
    &qi_command_seed,
    &qi_command_db,
    &qi_command_provider,
    &qi_command_health,
    &qi_command_help,
    NULL,
};
/* clang-format on */

static qi_exit run_command(qi_context *context, const char *const *words, size_t count)
{
    const qi_command *command = qi_command_find(context, words[0]);
    if (!command)
        return QI_EXIT_USAGE;
    qi_parsed parsed;
    qi_exit code = qi_options_parse(context, command, words + 1, count - 1, false, &parsed);
    if (code)
        return code;
    if (parsed.help) {
        qi_help_print(command, stdout);
        return QI_EXIT_OK;
    }
    if (command->in_project) {
        code = qi_project_needed(context);
        if (code)
            return code;
    }
    return command->run(context, &parsed.args);
}

static qi_exit run(qi_context *context, const char *const *words, size_t count)
{
    qi_parsed parsed;
    qi_exit code = qi_options_parse(context, &qi_command_root, words, count, true, &parsed);
    if (code)
        return code;
    if (parsed.help) {
        qi_help_print(&qi_command_root, stdout);
        return QI_EXIT_OK;
    }
    if (qi_args_flag(&parsed.args, "--version")) {
        printf("quire %s\n", quire_version());
        return QI_EXIT_OK;
    }
    if (parsed.length == count) {
        qi_help_print(&qi_command_root, stderr);
        return QI_EXIT_USAGE;
    }
    return run_command(context, words + parsed.length, count - parsed.length);
}

int main(int argc, char **argv)
{
    const char *no_colour = getenv("NO_COLOR");
    const char *debug = getenv("QUIRE_DEBUG");
    bool terminal = isatty(STDERR_FILENO) == 1;
    qi_context context = {
        .directory = ".",
        .debug = debug && *debug && strcmp(debug, "0") != 0,
        .terminal = terminal,
        .colour = terminal && !(no_colour && *no_colour),
    };
    const char *const *words = (const char *const *)argv + 1;
    qi_exit code = run(&context, words, argc > 0 ? (size_t)argc - 1 : 0);
    /* A full disk shows only now; what was asked for is then not there. */
    if ((fflush(stdout) != 0 || ferror(stdout)) && code == QI_EXIT_OK) {
        quire_error err = { 0 };
        qi_fail(&err, QUIRE_IO, "cannot write to standard output");
        context.answered = true;
        code = qi_report(&context, &err);
    }
    qi_arena_free(&context.arena);
    return (int)code;
}
