/* progress.h - what the runner tells while it works, for a person or for --json. */
#ifndef QI_PROGRESS_H
#define QI_PROGRESS_H

#include "cli/cli.h"
#include "cli/each.h"

#include <quire/db.h>
#include <quire/migrate.h>

/* One provider's run. Start with { .each = ... }. */
typedef struct qi_progress {
    qi_each *each;
    struct json_t *files; /* those that were run, or would be; NULL without --json */
    bool open_line;       /* on a terminal: the file's time is still to come behind it */
    size_t planned;
    size_t refused; /* checks that would stop it */
} qi_progress;

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

/* on_event of quire_migrate_options; `context` is a qi_progress. */
void qi_progress_show(void *context, const quire_migrate_event *event);

/* Ends it: puts the files into the document as `key`. */
void qi_progress_end(qi_progress *progress, const char *key);

#endif
