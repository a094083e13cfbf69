/*
 * codegen.h - a project's schema and queries in, a C header and source file out.
 *
 *     quire.conf ─ schema.sql ─ scratch database ─ catalog ─┐
 *                  queries/...sql ─ query files ─ described ─┴─ model ─ <prefix>.h, <prefix>.c
 *
 * Making and writing are two steps, so that nothing is written unless everything stands.
 */
#ifndef QI_CODEGEN_H
#define QI_CODEGEN_H

#include "base/arena.h"
#include "base/conf.h"

#include <quire/error.h>

#include <stdbool.h>
#include <stddef.h>

typedef enum qi_codegen_state {
    QI_CODEGEN_SAME = 0, /* the file is there with this very content */
    QI_CODEGEN_STALE = 1,
    QI_CODEGEN_MISSING = 2
} qi_codegen_state;

typedef struct qi_codegen_file {
    const char *path; /* absolute */
    const char *name; /* relative to the project's directory */
    const char *text;
    size_t length;
    const char *old; /* the content of the file that is there; NULL: none */
    size_t old_length;
    qi_codegen_state state;
} qi_codegen_file;

typedef struct qi_codegen {
    qi_codegen_file files[2]; /* the header, the source file */
    const char *const *warnings;
    size_t warning_count;
    size_t tables;
    size_t enums;
    size_t repositories;
    size_t functions;
} qi_codegen;

/*
 * Makes the code of a project and compares it with the files that are there. Writes nothing; starts the
 * scratch database's server if need be. All lies in the arena.
 *
 * QUIRE_SQL with file (relative to the project's directory), line, column and the server's message for
 * anything wrong with schema or queries; QUIRE_REFUSED when a file that would be replaced was not
 * written by Quire; QUIRE_IO; QUIRE_CONFIG; what opening a scratch database fails with.
 */
quire_status qi_codegen_make(const qi_conf *conf, qi_arena *arena, qi_codegen *out,
                             quire_error *err);

/* Writes the files that are not as they should be; all of them, or on failure none. */
quire_status qi_codegen_write(const qi_codegen *code, quire_error *err);

#endif
