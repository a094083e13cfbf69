/* provider.h - `quire provider`, the command: which provider is in force, and why. */
#ifndef QI_CLI_PROVIDER_H
#define QI_CLI_PROVIDER_H

#include "cli/cli.h"

extern const qi_command qi_command_provider;

#endif
