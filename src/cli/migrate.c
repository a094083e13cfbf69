#include "cli/migrate.h"

#include "base/error.h"
#include "cli/each.h"
#include "cli/progress.h"
#include "migrate/migration.h"

#include <quire/migrate.h>

#include <jansson.h>
#include <stdio.h>

static qi_exit migrate_one(qi_each *each, void *state, quire_error *err)
{
    static const qi_runner_call call = { quire_migrate, "applied", "applied", "would be applied",
                                         "nothing to apply" };
    return qi_runner_run(each, &call, state, err);
}

static qi_exit baseline_one(qi_each *each, void *state, quire_error *err)
{
    const char *version = state;
    const char *directory = NULL;
    size_t recorded = 0;
    quire_db *db = qi_runner_open(each, &directory, err);
    if (!db)
        return QI_EXIT_FAILED;
    quire_status status = quire_migration_baseline(db, NULL, version, &recorded, err);
    quire_close(db);
    if (status)
        return QI_EXIT_FAILED;
    qi_each_put(each, "recorded", json_integer((json_int_t)recorded));
    qi_note(each->context, "%s: %zu migration%s recorded as applied, none was run", each->name,
            recorded, recorded == 1 ? "" : "s");
    return QI_EXIT_OK;
}

static qi_exit rehash_one(qi_each *each, void *state, quire_error *err)
{
    (void)state;
    const char *path = NULL;
    qi_arena *arena = &each->context->arena;
    qi_migration_directory directory = { 0 };
    bool changed = false;
    if (qi_migrations_default(each->context->directory, each->provider, arena, &path, err) ||
        qi_migrations_read(path, arena, &directory, err))
        return QI_EXIT_FAILED;
    qi_each_put(each, "directory", json_string(path));
    if (directory.count > 0 && qi_migrations_seal(&directory, &changed, err))
        return QI_EXIT_FAILED;
    qi_each_put(each, "changed", json_boolean(changed));
    if (directory.count == 0)
        qi_note(each->context, "%s: no migrations in %s", each->name, path);
    else
        qi_note(each->context, "%s: %s/" QI_SUM_FILE " %s", each->name, path,
                changed ? "written anew" : "is right already");
    return QI_EXIT_OK;
}

static qi_exit run(qi_context *context, const qi_args *args)
{
    quire_migrate_options options;
    const char *baseline = qi_args_value(args, "--baseline");
    bool rehash = qi_args_flag(args, "--rehash");
    qi_exit code = qi_runner_options(context, args, &options);
    if (code)
        return code;
    if ((rehash || baseline) && args->given_count > 1)
        return qi_usage(context, args, "%s stands by itself", rehash ? "--rehash" : "--baseline");
    if (baseline)
        return qi_each_provider(context, args, baseline_one, (void *)(uintptr_t)baseline);
    return qi_each_provider(context, args, rehash ? rehash_one : migrate_one, &options);
}

static const qi_option options[] = {
    { "--dry-run", NULL, "print what would be run, ask the checks, change nothing" },
    { "--to", "VERSION", "stop behind this migration" },
    { "--allow", "HAZARD[:OBJECT]", "pass over a check; may be given several times" },
    { "--out-of-order", NULL, "apply what is older than an applied one, too" },
    { "--baseline", "VERSION", "record all up to this one as applied, and run none" },
    { "--rehash", NULL, "only write quire.sum anew, for migrations edited by hand" },
    { 0 },
};

const qi_command qi_command_migrate = {
    .name = "migrate",
    .arguments = "[@|all]",
    .summary = "apply the migrations that are pending",
    .description =
        "Applies the pending files of the provider's directory of migrations in order, each\n"
        "in a transaction of its own, or where it says `-- quire: no-transaction` each of its\n"
        "statements. Of several runners at once, one applies and the others wait. Nothing is\n"
        "touched when the history is not sound: a file changed after it was applied, missing\n"
        "or out of order, or quire.sum does not match. A file is not begun when one of its\n"
        "checks finds rows that it would fail on or delete; --allow passes over that.\n"
        "\n"
        "When a file fails, nothing of it is applied and those before it stay; without a\n"
        "transaction its statements stay as far as it came. Correct it, write quire.sum anew\n"
        "with --rehash, which connects nowhere, and run it again: it goes on from there.\n"
        "\n"
        "--dry-run asks the checks too; exit code 1 when one would refuse its file.\n"
        "--baseline adopts a database that has the schema already and no history.",
    .in_project = true,
    .most_positional = 1,
    .has_json = true,
    .has_debug = true,
    .options = options,
    .run = run,
};
