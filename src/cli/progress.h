/* progress.h - what the runner tells while it works, for a person or for --json. */
#ifndef QI_PROGRESS_H
#define QI_PROGRESS_H

#include "cli/cli.h"
#include "cli/each.h"

#include <quire/db.h>
#include <quire/migrate.h>

/*
 * The values of --allow, each HAZARD or HAZARD:OBJECT. QI_EXIT_USAGE, reported, for one that is no
 * hazard.
 */
qi_exit qi_allowed(qi_context *context, const qi_args *args, const char *const **list,
                   size_t *count);

/*
 * Options of the runner from the command line, as far as the command has them: --to, --steps, --allow,
 * --out-of-order, --dry-run. QI_EXIT_USAGE, reported, for a --steps that is no number.
 */
qi_exit qi_runner_options(qi_context *context, const qi_args *args, quire_migrate_options *out);

/* Opens the provider of `each`; its directory of migrations, put into the document too. */
quire_db *qi_runner_open(qi_each *each, const char **directory, quire_error *err);

/* quire_migrate or quire_migration_rollback, and how a person is told what it did. */
typedef struct qi_runner_call {
    quire_status (*run)(quire_db *db, const quire_migrate_options *options, size_t *count,
                        quire_error *err);
    const char *key;     /* of the document: "applied" */
    const char *done;    /* "applied" */
    const char *planned; /* "would be applied" */
    const char *nothing; /* "nothing to apply" */
} qi_runner_call;

/* Opens the provider of `each` and runs it, with its progress and its end told. For qi_each_work. */
qi_exit qi_runner_run(qi_each *each, const qi_runner_call *call,
                      const quire_migrate_options *options, quire_error *err);

#endif
