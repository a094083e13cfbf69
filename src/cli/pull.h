/* pull.h - the commands that go without migrations: a schema from a database, a database by a schema. */
#ifndef QI_CLI_PULL_H
#define QI_CLI_PULL_H

#include "cli/cli.h"

extern const qi_command qi_command_pull;
extern const qi_command qi_command_push;

#endif
