/* health.h - `quire health`, the command: a live connection, examined. */
#ifndef QI_CLI_HEALTH_H
#define QI_CLI_HEALTH_H

#include "cli/cli.h"

extern const qi_command qi_command_health;

#endif
