/* lint.h - `quire lint`. */
#ifndef QI_CLI_LINT_H
#define QI_CLI_LINT_H

#include "cli/cli.h"

extern const qi_command qi_command_lint;

/* `--rules` and `--explain RULE`, which need no project. */
qi_exit qi_lint_show_rules(qi_context *context);
qi_exit qi_lint_explain(qi_context *context, const qi_args *args, const char *id);

#endif
