/*
 * conf.h - quire.conf, the project's configuration.
 *
 *     [project]
 *     name = bookshelf            ; database of the private server; default: "app"
 *     prefix = bookshelf          ; of generated names; default: the name
 *     [paths]                     ; relative to quire.conf
 *     schema = db/schema.sql
 *     queries = db/queries
 *     migrations = db/migrations
 *     seed = db/seed.sql
 *     generated = src             ; where <prefix>.h and <prefix>.c are written
 *     [schema]
 *     privileges = yes            ; owners, grants and default privileges are the schema's; no: they
 *                                 ; are not; default: where the schema grants anything
 *     [columns]                   ; columns with a meaning to generated code; empty: none
 *     deleted_at = deleted_at     ; soft delete
 *     updated_at = updated_at     ; set to now() by update
 *     [singular]                  ; where the rule for row struct names is wrong
 *     user_books = shelf_entry
 *     [skip]                      ; tables and columns that codegen leaves out
 *     public.books.search_vector = yes
 *
 * An unknown section or key is an error with file and line: a typo is never ignored.
 */
#ifndef QI_CONF_H
#define QI_CONF_H

#include "base/arena.h"

#include <quire/error.h>

#include <stdbool.h>
#include <stddef.h>

typedef struct qi_conf_pair {
    const char *key;
    const char *value;
    int line;
} qi_conf_pair;

typedef enum qi_switch { QI_SWITCH_UNSET, QI_SWITCH_NO, QI_SWITCH_YES } qi_switch;

typedef struct qi_conf {
    const char *file; /* path of quire.conf; NULL when there is none, then all is default */
    const char *root; /* absolute path of the project's directory */
    const char *name;
    const char *prefix;
    const char *schema; /* these five are absolute paths */
    const char *queries;
    const char *migrations;
    const char *seed;
    const char *generated;
    qi_switch
        privileges; /* whether owners, grants and default privileges are compared and written */
    const char *deleted_at; /* NULL: none */
    const char *updated_at;
    const qi_conf_pair *singular; /* table -> row name */
    size_t singular_count;
    const qi_conf_pair *skip; /* schema.table or schema.table.column */
    size_t skip_count;
} qi_conf;

/* Finds quire.conf upwards from `directory` (NULL: ".") and reads it. All lies in the arena. */
quire_status qi_conf_load(const char *directory, qi_arena *arena, qi_conf *out, quire_error *err);

/*
 * Parses the text of a quire.conf at `path` (NULL: there is none) in the directory `root`; for
 * qi_conf_load, tests and fuzzing. Both must live as long as `out`, which is untouched on failure.
 */
quire_status qi_conf_parse(const char *text, const char *path, const char *root, qi_arena *arena,
                           qi_conf *out, quire_error *err);

#endif
