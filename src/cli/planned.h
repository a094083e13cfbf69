/* planned.h - from two states to a proven plan, with the renames that were asked for and the way back. */
#ifndef QI_PLANNED_H
#define QI_PLANNED_H

#include "cli/rename.h"
#include "cli/source.h"
#include "plan/plan.h"

typedef struct qi_planned {
    qi_plan plan; /* renames first */
    qi_renamed renamed;
    const char *const *downs; /* by file: what takes it back; NULL: nothing can, or was not asked */
    const char *no_way_back;  /* why a down is missing; NULL: none is */
} qi_planned;

typedef struct qi_planning_task {
    qi_plan_options options;
    qi_renames renames; /* of the command line; those of the schema are added */
    bool downs;         /* plan the way back too */
    bool strict;        /* stale hints and hazards `unmodelled` are refused */
    bool if_granted;    /* options.privileges holds also where the desired schema grants anything */
} qi_planning_task;

/*
 * Whether a schema has grants or default privileges of its own. Not asked of a live database, where the
 * platform's default privileges grant on everything that is made.
 */
bool qi_grants_anything(const qi_catalog *desired);

/* Adds the hints of a schema in files, and of what is beside it for its provider. Other sources have none. */
quire_status qi_planned_hints(const qi_source *schema, qi_arena *arena, qi_renames *out,
                              quire_error *err);

/*
 * Plans and proves what leads from states[0] to states[1]. states[0] is of no further use. Stale
 * hints are in out->renamed. With QUIRE_REFUSED the plan may hold the reasons.
 */
quire_status qi_planned_make(qi_state states[2], const qi_planning_task *task, qi_arena *arena,
                             qi_planned *out, quire_error *err);

/*
 * For qi_planned_make: the ways back, by file of `plan`, which has been proven on `db` and is without
 * renames. What cannot be planned is NULL and told in out->no_way_back. `db` is where `before` was when all
 * went well.
 */
quire_status qi_downs_plan(quire_db *db, const qi_plan *plan, const qi_catalog *before,
                           const qi_catalog *after, const qi_plan_options *options, qi_arena *arena,
                           const char **downs, const char **no_way_back, quire_error *err);

#endif
