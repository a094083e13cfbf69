/* squash.h - the command that makes one migration of many. */
#ifndef QI_CLI_SQUASH_H
#define QI_CLI_SQUASH_H

#include "cli/cli.h"

extern const qi_command qi_command_squash;

#endif
