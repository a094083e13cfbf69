/* init.h - what `quire init` writes: a small project that works, to be replaced table by table. */
#ifndef QI_INIT_H
#define QI_INIT_H

#include "cli/cli.h"

extern const qi_command qi_command_init;

typedef struct qi_init_file {
    const char *path;
    const char *text; /* NULL: a directory; "@NAME@" in it stands for the project's name */
} qi_init_file;

/* In the order in which they are written; ends with a row without a path. */
extern const qi_init_file qi_init_files[];

/* Lines that .gitignore has to have; NULL at the end. */
extern const char *const qi_init_ignored[];

#endif
