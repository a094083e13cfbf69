/* column.h - what the files about columns, tables and sequences share. */
#ifndef QI_PLAN_COLUMN_H
#define QI_PLAN_COLUMN_H

#include "plan/planning.h"

/* How the values of a column become those of another type. */
typedef struct qi_conversion {
    const char *expression; /* to write behind USING; NULL: assigning them does it */
    bool rewrites;          /* rows change, rather than what is said about them */
    qi_hazard_kind hazard;  /* what can go wrong with rows that are there; 0: nothing */
    const char *text;       /* what a row that the check finds means */
    const char *check;      /* a condition for such rows; NULL: it cannot be told beforehand */
} qi_conversion;

/* From the type of `before` to that of `after`, the same column in both catalogs. */
qi_conversion qi_column_convert(qi_planning *p, const qi_object *before, const qi_object *after);

/* Whether an attribute is the same in both. */
bool qi_same_value(const qi_object *left, const qi_object *right, const char *attribute);

/* Whether a table of a catalog is a child or partition of another one of it. */
bool qi_inherits_from(const qi_object *table, const qi_object *parent);
/* Whether any table of the catalog inherits from it. */
bool qi_has_children(const qi_catalog *catalog, const qi_object *table);
/* The column of that name; NULL: there is none. */
const qi_object *qi_column_of(const qi_catalog *catalog, const qi_object *table, const char *name);
/* Calls `visit` with each column below (of `catalog`) that comes from this one, itself not. */
void qi_each_heir(qi_planning *p, const qi_catalog *catalog, const qi_object *column,
                  void (*visit)(qi_planning *p, const qi_object *heir, void *data), void *data);
/* Of a column that is inherited: that of the (first) table above it; NULL: not inherited. */
const qi_object *qi_column_above(const qi_catalog *catalog, const qi_object *column);

/* What a column that comes from above has of its own; statements. */
void qi_column_own(qi_planning *p, const qi_object *heir, const qi_object *above);
/* That the step comes after children that `table` (of desired) loses have been let go. */
void qi_step_after_detached(qi_planning *p, const qi_object *table);

/* Refuses another type of a column (of present) that its table is partitioned by: true when it did. */
bool qi_refuse_partition_key(qi_planning *p, const qi_object *column);
/* Type, collation, default, identity and generation: one change, written together. */
void qi_column_change(qi_planning *p, const qi_object *before, const qi_object *after);
/* Whether a default gives another value for each row, so that adding the column rewrites the table. */
bool qi_is_volatile(const char *expression);
/* What follows a column's type: " COMPRESSION lz4 COLLATE ...". */
void qi_column_storage_clause(qi_planning *p, const qi_object *column);
/* Steps that add it (of desired) with such a default while others use the table. False: none for it. */
bool qi_column_fill_online(qi_planning *p, const qi_object *column);
/* Steps that make it NOT NULL (of desired) while others use the table. False: there are none for it. */
bool qi_column_not_null_online(qi_planning *p, const qi_object *column);
/* The alterations of NOT NULL. */
void qi_column_change_null(qi_planning *p, const qi_object *before, const qi_object *after);

/* What a sequence is beyond its name; NULL each: the default. */
typedef struct qi_sequence_shape {
    const char *type;
    const char *increment;
    const char *minimum;
    const char *maximum;
    const char *start;
    const char *cache;
    const char *cycle;
} qi_sequence_shape;

qi_sequence_shape qi_sequence_shape_of(const qi_object *sequence);
/* Of the sequence behind an identity column. */
qi_sequence_shape qi_identity_shape(qi_planning *p, const qi_object *column);
/* Where it starts, also when that is the default. */
const char *qi_sequence_start(qi_planning *p, const qi_sequence_shape *shape);
/* Statements that change one, wherever it has got to; nothing when the two are the same. */
void qi_sequence_reshape(qi_planning *p, const char *identity, const qi_sequence_shape *before,
                         const qi_sequence_shape *after);
/* "CREATE SEQUENCE ...", with its options; a statement. */
void qi_sequence_write(qi_planning *p, const qi_object *sequence);
/* The sequence (of `catalog`) that the column's default takes its values from and that it owns. */
const qi_object *qi_column_sequence(const qi_catalog *catalog, const qi_object *column);
/* That the sequences owned by a column of present that are to be dropped end with this step. */
void qi_step_ends_owned(qi_planning *p, const qi_object *column);

#endif
