/* codegen.h - the command `quire codegen`. */
#ifndef QI_CLI_CODEGEN_H
#define QI_CLI_CODEGEN_H

#include "cli/cli.h"

extern const qi_command qi_command_codegen;

#endif
