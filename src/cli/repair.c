#include "cli/migrate.h"

#include "cli/each.h"
#include "cli/progress.h"

#include <quire/migrate.h>

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static qi_exit repair_one(qi_each *each, void *state, quire_error *err)
{
    const quire_migration_repair_options *repair = state;
    const char *directory = NULL;
    quire_db *db = qi_runner_open(each, &directory, err);
    if (!db)
        return QI_EXIT_FAILED;
    quire_status status = quire_migration_repair(db, NULL, repair, err);
    quire_close(db);
    if (status)
        return QI_EXIT_FAILED;
    qi_each_put(each, "version", json_string(repair->version));
    qi_each_put(each, "applied", json_boolean(repair->applied));
    qi_note(each->context, "%s: the history of migration %s is corrected; nothing was run",
            each->name, repair->version);
    return QI_EXIT_OK;
}

/* VERSION[:STATEMENT] */
static qi_exit read_target(qi_context *context, const qi_args *args, const char *text,
                           quire_migration_repair_options *out)
{
    char *end = NULL;
    const char *colon = strchr(text, ':');
    size_t length = colon ? (size_t)(colon - text) : strlen(text);
    out->version = qi_arena_text_n(&context->arena, text, length);
    if (!out->version)
        return qi_report(context, &(quire_error){ .status = QUIRE_MEMORY });
    if (!colon)
        return QI_EXIT_OK;
    long number = strtol(colon + 1, &end, 10);
    if (end == colon + 1 || *end || number < 1)
        return qi_usage(context, args, "a statement is a number from 1, not \"%s\"", colon + 1);
    out->statement = (size_t)number;
    return QI_EXIT_OK;
}

static qi_exit run(qi_context *context, const qi_args *args)
{
    const char *applied = qi_args_value(args, "--applied");
    const char *unapplied = qi_args_value(args, "--unapplied");
    if (args->given_count != 1)
        return qi_usage(context, args, "say one of --applied and --unapplied");
    quire_migration_repair_options repair = { .applied = applied != NULL };
    qi_exit code = read_target(context, args, applied ? applied : unapplied, &repair);
    return code ? code : qi_each_provider(context, args, repair_one, &repair);
}

static const qi_option options[] = {
    { "--applied", "VERSION[:STATEMENT]", "it is applied, the statements before it too" },
    { "--unapplied", "VERSION[:STATEMENT]", "it is not, nor the statements behind it" },
    { 0 },
};

const qi_command qi_command_repair = {
    .name = "repair",
    .arguments = "[@|all]",
    .summary = "say what is applied where the history cannot know it",
    .description =
        "Corrects the history of a database and runs nothing. For a migration with a statement\n"
        "in doubt, VERSION means that statement; else it means the whole file: --applied\n"
        "records it as applied as the file is now, --unapplied removes it from the history.\n"
        "VERSION:STATEMENT counts the statements of a file without a transaction.",
    .in_project = true,
    .most_positional = 1,
    .has_json = true,
    .has_debug = true,
    .options = options,
    .run = run,
};
