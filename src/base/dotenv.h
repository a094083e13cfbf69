/*
 * dotenv.h - variables of the environment, filled in from a `.env` file.
 *
 * Lines are `NAME=value`, with an optional `export ` before them. A value may be bare (to the end of
 * the line or ` #`, trimmed), in single quotes (as it is) or in double quotes (\n \t \" \\ \$ are
 * understood; both quoted kinds may span lines). Empty lines and lines starting with # are skipped.
 * Blanks around the = are fine, so are CRLF line ends and a byte order mark. A name that occurs again
 * replaces the value before it, as in a shell. Nothing is expanded. Anything else is an error with file, line and column that never quotes the
 * line, since it may hold a secret.
 */
#ifndef QI_DOTENV_H
#define QI_DOTENV_H

#include "base/arena.h"

#include <quire/error.h>
#include <quire/provider.h>

#include <stddef.h>

typedef struct qi_dotenv_entry {
    const char *name;
    const char *value;
    int line;
} qi_dotenv_entry;

/* Where variables are looked up: the process's environment first, then the file. */
typedef struct qi_environment {
    const char *dotenv; /* path of the file that was read; NULL when there is none */
    const qi_dotenv_entry *entries;
    size_t count;
} qi_environment;

/* Finds and reads `.env` upwards from `directory` (NULL: "."). Everything lies in the arena. */
quire_status qi_environment_load(const char *directory, qi_arena *arena, qi_environment *out,
                                 quire_error *err);

/* A variable's value; NULL when it is not set or empty. `source` may be NULL. */
const char *qi_environment_get(const qi_environment *env, const char *name, quire_source *source);

/* Parses the text of a .env file; for qi_environment_load, tests and fuzzing. */
quire_status qi_dotenv_parse(const char *text, const char *path, qi_arena *arena,
                             qi_environment *out, quire_error *err);

#endif
