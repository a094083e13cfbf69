/*
 * planned.h - plans between two schemas given as SQL, on two databases that all cases of a test
 * program share. Each plan is applied and read back.
 */
#ifndef QI_TEST_PLANNED_H
#define QI_TEST_PLANNED_H

#include "support/database.h"
#include "support/test.h"

#include "base/buffer.h"
#include "catalog/load.h"
#include "catalog/object.h"
#include "plan/plan.h"
#include "plan/prove.h"

#include <quire/sql.h>

/* The two databases: a group's setup and teardown. */
extern quire_db *present;
extern quire_db *desired;
int open_databases(void **state);
int close_databases(void **state);

/* Empties a database and runs SQL in it. */
void reset(quire_db *db, const char *sql);

/* The plan between two schemas and its text. */
typedef struct planned {
    qi_arena arena;
    qi_catalog after;
    qi_plan plan;
    qi_buffer text; /* the files with a line "-- file N" before each but the first */
} planned;

/* `options` may be NULL. */
void plan_between(planned *p, const char *before_sql, const char *after_sql,
                  const qi_plan_options *options);
/* The same for what the databases hold. */
void plan_loaded(planned *p, const qi_plan_options *options);
void planned_free(planned *p);

/* Applies the plan: the result must be the desired schema. */
void prove(planned *p);

/*
 * A row whose `from` is not 0 is for servers of that major version of PostgreSQL and later: it has what
 * those before do not know.
 */

/* A change that is planned: its exact text. */
typedef struct change {
    const char *before;
    const char *after;
    const char *text;
    const char *name; /* of the first file; NULL: any */
    int from;
    int text_until; /* servers of later versions print it in another way; 0: all alike */
} change;

/* Renames are not asked about. */
void check_changes(const change *rows, size_t count);

/* A change that is planned in both directions and proven, whatever its text. */
typedef struct pair {
    const char *one;
    const char *other;
    int from;
} pair;

void check_pairs(const pair *rows, size_t count);

/* A change that is refused: the object, the text and the hint hold these. */
typedef struct refused {
    const char *before;
    const char *after;
    const char *object;
    const char *text;
    const char *hint;
    int from;
} refused;

void check_refusals(const refused *rows, size_t count);

#endif
