/* not_null.h - how NOT NULL is written; only PostgreSQL 18 has more to say of it than that it is there. */
#ifndef QI_PLAN_NOT_NULL_H
#define QI_PLAN_NOT_NULL_H

#include "plan/planning.h"

/* In the column's own clause; with `implied` something else there says it. Nothing for NOT VALID. */
void qi_not_null_clause(qi_planning *p, const qi_object *column, bool implied);
/* Behind the statement with that clause: what it could not say. */
void qi_not_null_extra(qi_planning *p, const qi_object *column);
/* For a column that is there, with what is said of it; statements. */
void qi_not_null_add(qi_planning *p, const qi_object *column);
/* Where both have it: its name and its options; statements. */
void qi_not_null_change(qi_planning *p, const qi_object *before, const qi_object *after);
/* An alteration: what is said of it. */
void qi_not_null_comment(qi_planning *p, const qi_object *before, const qi_object *after);
/* False: rows may be there that break it. */
bool qi_not_null_is_checked(const qi_object *column);

#endif
