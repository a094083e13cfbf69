/* db.h - `quire db`, the command: the project's private server. */
#ifndef QI_CLI_DB_H
#define QI_CLI_DB_H

#include "cli/cli.h"

extern const qi_command qi_command_db;

#endif
