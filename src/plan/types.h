/* types.h - enums, domains, composite and range types, which columns can be of. */
#ifndef QI_PLAN_TYPES_H
#define QI_PLAN_TYPES_H

#include "plan/planning.h"

/* Writes the CREATE of a type (of desired) and marks its parts as made by the current step. */
void qi_write_enum(qi_planning *p, const qi_object *type);
void qi_write_domain(qi_planning *p, const qi_object *type);
void qi_write_composite(qi_planning *p, const qi_object *type);
void qi_write_range(qi_planning *p, const qi_object *type);

/* A `create` of rules: a step of its own around the above. */
void qi_create_type(qi_planning *p, const qi_object *type);

/* A `how` for what only a new type can have; its `write` is qi_swap_types. */
qi_change qi_disturbs(qi_planning *p, const qi_object *before, const qi_object *after);

/*
 * Puts new types in the place of old ones, together with the types that are made of them: one step
 * for all types that are disturbed, whichever of them this is called for first. Columns keep
 * their rows; what else depends on the types was dropped before and is made again after it.
 */
void qi_swap_types(qi_planning *p, const qi_object *before, const qi_object *after);

/* Whether the type gets a new one in its place, which is made with all its parts. */
bool qi_is_swapped(const qi_planning *p, const qi_object *before);

/*
 * Steps that turn a column into text before its type goes and into the type of the same name that comes in
 * its place, which is of another kind: an enum becomes a domain. False: it is no such case.
 */
bool qi_release_from_type(qi_planning *p, const qi_object *column, const qi_object *type);

/* Whether the column (of present) is of the type, a multirange or an array of it. */
bool qi_column_is_of(const qi_object *column, const qi_object *type);

#endif
