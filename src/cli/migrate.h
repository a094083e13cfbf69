/* migrate.h - the commands over the migrations of a provider: migrate, rollback, repair, status, validate, seed. */
#ifndef QI_CLI_MIGRATE_H
#define QI_CLI_MIGRATE_H

#include "cli/cli.h"

extern const qi_command qi_command_migrate;
extern const qi_command qi_command_rollback;
extern const qi_command qi_command_repair;
extern const qi_command qi_command_status;
extern const qi_command qi_command_validate;
extern const qi_command qi_command_seed;

#endif
