/*
 * rename.h - renames that were asked for: `--rename public.books.title=name`, and hints in the schema
 * (`-- quire: renamed from title` behind the new name or on the line above).
 *
 * A rename is run in the scratch database of the present state before anything is planned, so that the
 * server itself writes every definition with the new names; then it is the first step of the plan.
 */
#ifndef QI_RENAME_H
#define QI_RENAME_H

#include "cli/source.h"

/* One rename as it was asked for. */
typedef struct qi_rename {
    const char *kind; /* "table", "column", "enum value", "index", "constraint", "view", "function",
                           "type", "sequence"; NULL: what is found */
    const char *schema; /* of it, or of its table */
    const char *within; /* the table or enum as it is called afterwards; NULL: it is in none */
    const char *old;
    const char *renamed; /* the new name */
    const char *file;    /* of a hint */
    int line;
} qi_rename;

typedef struct qi_renames {
    qi_rename *list;
    size_t count;
    size_t room;
} qi_renames;

/* Adds one. False when out of memory. */
bool qi_renames_add(qi_renames *renames, qi_arena *arena, qi_rename rename);

/*
 * Reads the options --rename: `schema.object=name` or `schema.table.part=name`, each part quoted where
 * need be. QUIRE_CONFIG for one that cannot be read.
 */
quire_status qi_renames_asked(qi_context *context, const qi_args *args, qi_renames *out,
                              quire_error *err);

/* Finds the hints in a SQL file that is to be named in messages as it is. */
quire_status qi_renames_read(const char *path, qi_arena *arena, qi_renames *out, quire_error *err);

/* What came of them. */
typedef struct qi_renamed {
    const qi_step *steps;    /* in order */
    const char *const *undo; /* by step: the statement that takes it back */
    size_t count;
    const char *const *stale; /* a sentence about each hint that has nothing to rename any more */
    size_t stale_count;
} qi_renamed;

/*
 * Runs the renames in the present state, which is read again, with those of constraints, indexes and
 * sequences that go with them: what is the same in `desired` under another name. QUIRE_REFUSED for
 * one that cannot be (both names are there, or, not being a hint, the old one is not).
 */
quire_status qi_rename_all(qi_state *present, const qi_catalog *desired, const qi_renames *renames,
                           qi_arena *arena, qi_renamed *out, quire_error *err);

/* The plan with the renames before it. False when out of memory. */
bool qi_rename_put_first(const qi_renamed *renamed, qi_plan *plan, qi_arena *arena);

#endif
