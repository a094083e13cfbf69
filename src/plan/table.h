/* table.h - tables, and those above and below them. */
#ifndef QI_PLAN_TABLE_H
#define QI_PLAN_TABLE_H

#include "plan/column.h"

/* Whether a table (of present) is let go by one that it is a child or partition of. */
bool qi_leaves(const qi_planning *p, const qi_object *before);
/* Whether a table (of desired) is attached as a partition by this plan. */
bool qi_joins(const qi_planning *p, const qi_object *after);
/* The alteration of both: out of the tables above it, into others. */
void qi_table_move(qi_planning *p, const qi_object *before, const qi_object *after);

/* That table (of desired) becomes a child or partition of another; statements. */
void qi_attach(qi_planning *p, const qi_object *table, const qi_object *parent);
/* A partition (of present) is taken out and put back, for what only a table by itself can drop. */
void qi_detach_for_now(qi_planning *p, const qi_object *table, bool out);
/* That the step comes after all columns of a table (of desired). */
void qi_step_needs_columns(qi_planning *p, const qi_object *table);

/* An index (of desired) by its identity; NULL: there is none. */
const qi_object *qi_index_named(const qi_planning *p, const char *identity);
/* Whether an index (of desired) is made when its table is attached. */
bool qi_index_comes_by_joining(const qi_planning *p, const qi_object *index);
/* That the step, about an index of a partitioned table, comes after all partitions are there. */
void qi_index_after_partitions(qi_planning *p, const qi_object *index);
/* "CREATE INDEX ..."; a statement. */
void qi_index_write(qi_planning *p, const qi_object *index);

/* The alterations of what a table is beyond its columns (table_change.c). */
extern const qi_alteration qi_table_alterations[];

#endif
