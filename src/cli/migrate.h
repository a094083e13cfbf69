/* migrate.h - the commands over the migrations of a provider: migrate, status, seed. */
#ifndef QI_CLI_MIGRATE_H
#define QI_CLI_MIGRATE_H

#include "cli/cli.h"

extern const qi_command qi_command_migrate;
extern const qi_command qi_command_status;
extern const qi_command qi_command_seed;

#endif
