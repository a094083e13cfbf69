/*
 * planning.h - a plan in the making: what the rules of the kinds work with.
 *
 * Each kind has one file with one `const qi_rules`: how it is created, which of its attributes can
 * be altered. Everything that no rule covers is refused, so a kind or an attribute that is new to
 * the catalog can never be lost silently.
 *
 * Running out of memory is sticky (`failed`) and checked once, at the end.
 */
#ifndef QI_PLANNING_H
#define QI_PLANNING_H

#include "base/buffer.h"
#include "plan/diff.h"
#include "plan/plan.h"

/* Where a step stands when dependencies leave it open. */
typedef struct qi_rank {
    size_t phase;      /* of the kind; its place in qi_kinds */
    const char *group; /* steps about one table stay together */
    int minor;         /* within the group */
    int number;        /* columns by their place */
} qi_rank;

enum {
    QI_MINOR_CREATE,
    QI_MINOR_COLUMN,
    QI_MINOR_CONSTRAINT,
    QI_MINOR_INDEX,
    QI_MINOR_ALTER,
    QI_MINOR_OWNER,
    QI_MINOR_COMMENT
};

/* After every table, before views and what stands on them. */
#define QI_PHASE_FOREIGN_KEYS 11

/* The attributes of a column that a column clause and qi_column_extras write. */
#define QI_COLUMN_ATTRIBUTES                                                                       \
    "type", "collation", "not_null", "not_null_constraint", "default", "generated",                \
        "generated_as", "identity_kind", "identity_options", "compression", "storage",             \
        "statistics", "options"

#define QI_STEP_NEEDS 2

typedef struct qi_draft {
    qi_step step;
    qi_rank rank;
    const qi_object *about;
    const qi_object *needs[QI_STEP_NEEDS]; /* besides what the objects that it makes depend on */
    const char *const *labels; /* new enum values, which later statements need committed */
    size_t label_count;
    size_t waits; /* for how many steps, while the order is made */
    bool done;
} qi_draft;

typedef struct qi_planning {
    qi_arena *arena;
    const qi_catalog *present;
    const qi_catalog *desired;
    qi_draft *drafts;
    size_t draft_count;
    size_t draft_room;
    qi_refusal *refusals;
    size_t refusal_count;
    size_t refusal_room;
    size_t *makers; /* by object of `desired`: 1 + the draft that makes or alters it; 0: none */
    bool *refused;  /* by object of `desired`: new, but it could not be written */
    qi_hazard hazards[8]; /* of the step being written */
    size_t hazard_count;
    qi_buffer sql; /* of the step being written */
    bool failed;
} qi_planning;

/* One attribute that can be altered. The rule opens and ends its step. */
typedef struct qi_alteration {
    const char *attribute;
    void (*write)(qi_planning *p, const qi_object *before, const qi_object *after);
} qi_alteration;

typedef struct qi_rules {
    const char *kind;
    void (*create)(qi_planning *p, const qi_object *object);
    const char *const *creates;       /* the attributes that `create` writes; ends with NULL */
    const qi_alteration *alterations; /* ends with a row of NULLs; may be NULL */
} qi_rules;

extern const qi_rules qi_rules_schema;
extern const qi_rules qi_rules_extension;
extern const qi_rules qi_rules_enum;
extern const qi_rules qi_rules_sequence;
extern const qi_rules qi_rules_table;
extern const qi_rules qi_rules_column;
extern const qi_rules qi_rules_constraint;
extern const qi_rules qi_rules_index;

/* Ends with NULL (plan.c). */
extern const qi_rules *const qi_all_rules[];

/* Opens a step about an object and empties p->sql; the rule then writes SQL there and ends it. */
void qi_step_open(qi_planning *p, const qi_object *about, qi_rank rank);
/* That the step makes or alters the object, so that what depends on it comes later. */
void qi_step_makes(qi_planning *p, const qi_object *object);
void qi_step_needs(qi_planning *p, const qi_object *object);
void qi_step_hazard(qi_planning *p, qi_hazard_kind kind, const char *object, const char *text);
/* "add", "column public.books.subtitle"; the slug's words are joined with _, NULL left out. */
void qi_step_close(qi_planning *p, const char *verb, const char *first, const char *second);

/* The draft being written; valid until the next one is opened. */
qi_draft *qi_step_current(qi_planning *p);

/* Says no. `text` and `hint` (may be NULL) lie in the arena or are static. */
void qi_refuse(qi_planning *p, const qi_object *object, const char *text, const char *hint);
/* Text in the arena; never NULL: "" with `failed` set when out of memory. */
const char *qi_text(qi_planning *p, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* "row_security" is for the catalog's queries; people read "row security". */
const char *qi_spoken(qi_planning *p, const char *attribute);

/* An object that is in `present` only: nothing is ever dropped, but a rename is recognised. */
void qi_refuse_drop(qi_planning *p, const qi_object *gone, const qi_difference *differences,
                    size_t count);

/* Whether the object of `desired` has no counterpart in `present`. */
bool qi_is_new(const qi_planning *p, const qi_object *object);

/* Appends to p->sql. */
void qi_sql(qi_planning *p, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The name, quoted where it must be. */
const char *qi_name(qi_planning *p, const char *name);

/* The rank of a step about a kind, or about a table and its parts. */
qi_rank qi_rank_of(const qi_planning *p, const qi_object *object, int minor);

/* Refuses attributes that are set and not in the list; true when there is none. */
bool qi_can_create(qi_planning *p, const qi_object *object, const char *const *creates);

/* The rules of a kind, or NULL. */
const qi_rules *qi_rules_of(const char *kind);

/* Column clauses, shared by CREATE TABLE and ADD COLUMN: "bigint GENERATED ... NOT NULL". */
void qi_column_clause(qi_planning *p, const qi_object *column, bool in_primary_key);
/* What of a column only ALTER can say; each a statement. Nothing when there is none. */
void qi_column_extras(qi_planning *p, const qi_object *column);
/* The sequence that makes a column `serial`, or NULL when it is written in full. */
const qi_object *qi_column_serial(qi_planning *p, const qi_object *column);

/* Puts the drafts in order and hands them out as steps; refuses what waits for itself. */
void qi_order(qi_planning *p, qi_plan *out);

#endif
