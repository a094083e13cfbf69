/*
 * online.h - forms that let others go on working with a table meanwhile. They are for tables that are
 * there: in one that the plan makes, nobody waits. Steps of such a form are told apart by their mode.
 */
#ifndef QI_PLAN_ONLINE_H
#define QI_PLAN_ONLINE_H

#include "plan/planning.h"

/* Whether others may be using the table (of desired; may be NULL) while the plan is carried out. */
bool qi_is_online_table(const qi_planning *p, const qi_object *table);

/*
 * Whether a constraint or index (of desired) of such a table can be made while others go on. One of its
 * name that is there (and is dropped) may stand free until then, or go with a column.
 */
bool qi_is_online(const qi_planning *p, const qi_object *part);

/*
 * Whether a constraint or index (of present) can stay until another one is there: what it is made of
 * stays as it is, and nothing depends on it.
 */
bool qi_stands_free(const qi_planning *p, const qi_object *part);

/* That the step comes after everything that the object (of desired) depends on, its table too. */
void qi_step_needs_all(qi_planning *p, const qi_object *object);

/* A name that nothing of the schema has on either side: "books_title_new" for the ending "_new". */
const char *qi_online_name(qi_planning *p, const char *schema, const char *name,
                           const char *ending);

/* Whether a relation or type of present has the name. */
bool qi_name_is_taken(const qi_planning *p, const char *schema, const char *name);

/* What is to be known of CREATE INDEX CONCURRENTLY. */
void qi_online_build_hazards(qi_planning *p, const char *table);

#endif
