/* diff.h - the command that shows what leads from one schema to another. */
#ifndef QI_CLI_DIFF_H
#define QI_CLI_DIFF_H

#include "cli/cli.h"

extern const qi_command qi_command_diff;

#endif
