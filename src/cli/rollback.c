#include "cli/migrate.h"

#include "cli/each.h"
#include "cli/progress.h"

#include <quire/migrate.h>

static qi_exit rollback_one(qi_each *each, void *state, quire_error *err)
{
    static const qi_runner_call call = { quire_migration_rollback, "taken_back", "taken back",
                                         "would be taken back", "nothing to take back" };
    return qi_runner_run(each, &call, state, err);
}

static qi_exit run(qi_context *context, const qi_args *args)
{
    quire_migrate_options options;
    qi_exit code = qi_runner_options(context, args, &options);
    if (code)
        return code;
    if (options.to && options.steps)
        return qi_usage(context, args, "--to and --steps say the same twice");
    return qi_each_provider(context, args, rollback_one, &options);
}

static const qi_option options[] = {
    { "--steps", "N", "how many migrations; 1 without it" },
    { "--to", "VERSION", "all that are newer than this one" },
    { "--allow", "HAZARD[:OBJECT]", "pass over a check; may be given several times" },
    { "--dry-run", NULL, "print what would be run, ask the checks, change nothing" },
    { 0 },
};

const qi_command qi_command_rollback = {
    .name = "rollback",
    .arguments = "[@|all]",
    .summary = "take back the newest migrations by their down files",
    .description =
        "Runs <version>_<name>.down.sql of the newest applied migrations, newest first, under\n"
        "the same lock, transactions and checks as `quire migrate`. A migration that is taken\n"
        "back leaves the history, so `quire migrate` applies it again. Nothing is touched when\n"
        "a down file is missing.",
    .in_project = true,
    .most_positional = 1,
    .has_json = true,
    .has_debug = true,
    .options = options,
    .run = run,
};
