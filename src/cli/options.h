/*
 * options.h - the one parser of the command line, driven by option rows.
 *
 * `--name VALUE` and `--name=VALUE` are the same; `--` ends the options; options and arguments may
 * be mixed; an option given twice counts as given last.
 */
#ifndef QI_OPTIONS_H
#define QI_OPTIONS_H

#include "cli/cli.h"

#include <stdbool.h>
#include <stddef.h>

/* What every command understands beside its own rows; ends with a row without a name. */
extern const qi_option qi_common_options[];

/* Whether a command understands that common option: --json is not for all. */
bool qi_common_option_applies(const qi_command *command, const qi_option *option);

typedef struct qi_parsed {
    qi_args args;
    bool help;     /* --help or -h was given */
    size_t length; /* how many of the words were read */
} qi_parsed;

/*
 * Reads `words` as options and arguments of `command`. With `stop_at_argument` it stops before the
 * first argument (for what stands before the command's name). Sets directory and json in the
 * context. Reports what is wrong and returns QI_EXIT_USAGE.
 */
qi_exit qi_options_parse(qi_context *context, const qi_command *command, const char *const *words,
                         size_t count, bool stop_at_argument, qi_parsed *out);

/* The index of the candidate that `word` may have meant, or -1. */
int qi_nearest(const char *word, const char *const *candidates, size_t count);

#endif
