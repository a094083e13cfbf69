/* views.h - what the rules of views, materialized views and their columns share. */
#ifndef QI_VIEWS_H
#define QI_VIEWS_H

#include "plan/planning.h"

/* The query behind a view, without the semicolon at its end. */
const char *qi_view_query(qi_planning *p, const qi_object *view);

/* The next column of a view (of either catalog); *at is 0 at first. NULL: no more. */
const qi_object *qi_view_columns(const qi_catalog *catalog, const qi_object *view, size_t *at);

/* Appends what of a new view column only ALTER can say; each a statement. */
void qi_view_column_extras(qi_planning *p, const qi_object *column);

/* The hazards of dropping a view, for good or to make it again. */
void qi_view_drop_hazards(qi_planning *p, const qi_object *view);

#endif
