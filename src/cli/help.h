/*
 * help.h - all the texts about the command itself: help, man page and shell completion, printed
 * from the same rows that the parser reads.
 */
#ifndef QI_HELP_H
#define QI_HELP_H

#include "cli/cli.h"

#include <stdio.h>

/* `quire help`, the command. */
extern const qi_command qi_command_help;

/* What stands before a command's name: its options are those of `quire` itself. */
extern const qi_command qi_command_root;

/* "quire migrate [neon|...] [options]" and a newline. */
void qi_help_usage(const qi_command *command, FILE *stream);

/* The help of one command, or with qi_command_root of them all. */
void qi_help_print(const qi_command *command, FILE *stream);

/* The command of that name, or NULL after a usage error that suggests one. */
const qi_command *qi_command_find(const qi_context *context, const char *name);

/* Tables behind `quire help exit-codes` and `quire help environment`. */
typedef struct qi_meaning {
    const char *name;
    const char *text;
} qi_meaning;
extern const qi_meaning qi_exit_codes[]; /* ends with a row without a name */

/* The same of the environment, the providers' own variables among it. */
#define QI_VARIABLES_MOST 96
void qi_environment_variables(qi_meaning rows[QI_VARIABLES_MOST]);

/* A command's arguments as they are shown, the providers' names in the place of @. */
#define QI_ARGUMENTS_SIZE 256
const char *qi_arguments(const qi_command *command, char text[QI_ARGUMENTS_SIZE]);

/* The man page, as roff for man(7), and the completion for bash, on standard output. */
void qi_manual_print(void);
void qi_completion_print(void);

#endif
