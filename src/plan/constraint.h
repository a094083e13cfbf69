/* constraint.h - constraints and indexes. */
#ifndef QI_PLAN_CONSTRAINT_H
#define QI_PLAN_CONSTRAINT_H

#include "plan/planning.h"

/* The attributes that qi_constraint_clause and qi_constraint_extras write. */
#define QI_CONSTRAINT_ATTRIBUTES                                                                   \
    "definition", "deferrable", "validation", "inheritance", "index_options", "index_tablespace",  \
        "index_comment", "attached_to", "replica_identity", "clustered"

/* "CHECK (a > 0) NOT VALID", "UNIQUE (a) WITH (fillfactor=70) DEFERRABLE". */
void qi_constraint_clause(qi_planning *p, const qi_object *constraint);
/* The same with "NOT VALID", or NULL for one that is. */
void qi_constraint_clause_as(qi_planning *p, const qi_object *constraint, const char *validation);
/* That the step makes what comes with it on tables that inherit from its table, or are its partitions. */
void qi_constraint_makes_followers(qi_planning *p, const qi_object *constraint);
/* Steps that make one (of desired) while others use its table. False: there are none for it. */
bool qi_constraint_create_online(qi_planning *p, const qi_object *constraint, qi_rank rank);
/* What is said of a constraint (of desired) that was made, each a statement: of its index. */
void qi_constraint_extras(qi_planning *p, const qi_object *constraint);

/* That the index, or the one behind the constraint, identifies rows, or that they lie in its order. */
void qi_write_marks(qi_planning *p, const qi_object *index);
/* Alterations and what must be said before such an index is dropped. */
void qi_alter_replica_identity(qi_planning *p, const qi_object *before, const qi_object *after);
void qi_alter_clustered(qi_planning *p, const qi_object *before, const qi_object *after);
void qi_drop_marks(qi_planning *p, const qi_object *index);
/* A table's own: NOTHING, FULL, or by default. */
void qi_alter_table_replica_identity(qi_planning *p, const qi_object *before,
                                     const qi_object *after);

/*
 * Whether a check can be asked before the migration: everything that the object (of desired) speaks
 * of is there already.
 */
bool qi_can_check(const qi_planning *p, const qi_object *object);

/* Adds the checks that find rows which a constraint or a unique index refuses. */
void qi_check_constraint(qi_planning *p, const qi_object *constraint);
void qi_check_unique_index(qi_planning *p, const qi_object *index);

#endif
