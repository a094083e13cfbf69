#include "cli/migrate.h"

#include "cli/each.h"
#include "cli/progress.h"

#include <quire/migrate.h>

static qi_exit rollback_one(qi_each *each, void *state, quire_error *err)
{
    quire_migrate_options options = *(const quire_migrate_options *)state;
    const char *directory = NULL;
    size_t count = 0;
    quire_db *db = qi_runner_open(each, &directory, err);
    if (!db)
        return QI_EXIT_FAILED;
    qi_progress p = { .each = each };
    options.on_event = qi_progress_show;
    options.context = &p;
    quire_status status = quire_migration_rollback(db, &options, &count, err);
    quire_close(db);
    qi_progress_end(&p, options.dry_run ? "planned" : "taken_back");
    if (status)
        return QI_EXIT_FAILED;
    if (options.dry_run)
        count = p.planned;
    if (count == 0)
        qi_note(each->context, "%s: nothing to take back", each->name);
    else
        qi_note(each->context, "%s: %zu migration%s %s", each->name, count, count == 1 ? "" : "s",
                options.dry_run ? "would be taken back" : "taken back");
    return p.refused ? QI_EXIT_DIFFERENT : QI_EXIT_OK;
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
    { "--dry-run", NULL, "print what would be run, ask the checks, and change nothing" },
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
    .most_positional = 1,
    .has_json = true,
    .has_debug = true,
    .options = options,
    .run = run,
};
