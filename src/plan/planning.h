/*
 * planning.h - a plan in the making: what the rules of the kinds work with.
 *
 * Each kind has one file with one `const qi_rules`: how it is created and dropped, and which of its
 * attributes can be altered. Everything that no rule covers is refused, so a kind or an attribute
 * that is new to the catalog can never be lost silently.
 *
 * Three passes, each in a file of its own:
 *   fate.c   what becomes of each object: kept, altered, replaced, dropped; and of what depends on it
 *   plan.c   the steps, written by the rules of the kinds
 *   order.c  the steps in order, and dealt out to files
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
    int phase;         /* of the kind, by its place in qi_kinds; drops have their own */
    const char *group; /* steps about one table stay together */
    int minor;         /* within the group */
    int number;        /* columns by their place */
} qi_rank;

enum {
    QI_MINOR_DROP,
    QI_MINOR_CREATE,
    QI_MINOR_COLUMN,
    QI_MINOR_CONSTRAINT,
    QI_MINOR_INDEX,
    QI_MINOR_ALTER,
    QI_MINOR_OWNER,
    QI_MINOR_COMMENT
};

/* The attributes of a column that a column clause and qi_column_extras write. */
#define QI_COLUMN_ATTRIBUTES                                                                       \
    "type", "collation", "not_null", "not_null_constraint", "not_null_options",                    \
        "not_null_comment", "default", "generated", "generated_as", "identity_kind",               \
        "identity_options", "compression", "storage", "statistics", "options", "foreign_options",  \
        "inheritance"

/* How a step is run. Each file has steps of one mode. */
typedef enum qi_mode {
    QI_MODE_VALUES, /* new enum values: others can use them only when they are committed */
    QI_MODE_PLAIN,  /* in the one transaction of its file */
    QI_MODE_ALONE,  /* in a transaction of its own, or in none: CREATE INDEX CONCURRENTLY, or
                       VALIDATE, which must not hold the locks of what came before */
    QI_MODE_EITHER, /* with others or by itself: in the file that is being filled when its turn
                       comes */
    QI_MODE_COUNT
} qi_mode;

typedef struct qi_draft {
    qi_step step;
    qi_rank rank;
    qi_mode mode;
    const qi_object *about;
    const char *const *labels; /* new enum values, which later statements need committed */
    size_t label_count;
    bool follows;  /* comes after the one that was written before it */
    bool circular; /* waits for itself; known when ordering failed */
} qi_draft;

/* What a step has to do with an object. */
typedef enum qi_relation {
    QI_MAKES,   /* of desired: creates or alters it */
    QI_ENDS,    /* of present: it is gone afterwards */
    QI_NEEDS,   /* of desired: comes after what makes it */
    QI_BEFORE,  /* of present: comes before what ends it */
    QI_BEHIND,  /* of present: comes after what ends it */
    QI_FIRST,   /* of desired: comes before what makes or alters it */
    QI_SHAPES,  /* of desired: makes it without what it is made of, which a later step adds; what
                  depends on it waits only for this one */
    QI_EMPTIES, /* of present: takes from it what it depends on, before a later step ends it */
    QI_SETTLES, /* of desired: alters it last, when others use it already; only what must have it
                  as it is to be waits: constraints, indexes, what copies rows */
    QI_RELATION_COUNT
} qi_relation;

typedef struct qi_touch {
    qi_relation relation;
    const qi_object *object;
    size_t draft;
} qi_touch;

/* What becomes of an object of `present`. A later one outweighs an earlier one. */
typedef enum qi_fate {
    QI_KEPT,
    QI_ALTERED,   /* in place; nothing that depends on it notices */
    QI_DISTURBED, /* in place, but views and the like cannot stand on it meanwhile */
    QI_REPLACED,  /* dropped and made again */
    QI_DROPPED
} qi_fate;

typedef struct qi_planning {
    qi_arena *arena;
    const qi_catalog *present;
    const qi_catalog *desired;
    qi_plan_options options;
    const qi_difference *differences;
    size_t difference_count;
    qi_fate *fates;            /* by object of `present` */
    const qi_object **lets_go; /* by object of `present`: what it must let go of for a while */
    bool *loose_before;        /* by object of `present`: stands in a circle, see qi_is_loose */
    bool *loose_after;         /* by object of `desired` */
    bool *made;                /* by object of `desired`: a step makes or alters it */
    bool *ended;               /* by object of `present`: a step ends it */
    bool *refused;             /* by object of `desired`: new, but it could not be written */
    qi_draft *drafts;
    size_t draft_count;
    size_t draft_room;
    qi_touch *touches;
    size_t touch_count;
    size_t touch_room;
    qi_refusal *refusals;
    size_t refusal_count;
    size_t refusal_room;
    qi_hazard hazards[8]; /* of the step being written */
    size_t hazard_count;
    qi_precheck checks[8]; /* likewise */
    size_t check_count;
    qi_buffer sql; /* likewise */
    bool failed;
} qi_planning;

/* How a change of an attribute can be made. */
typedef enum qi_change {
    QI_IN_PLACE,
    QI_DISTURBS, /* in place, but what depends on it is dropped before and made again after */
    QI_REPLACE,  /* only by dropping it and making it again, with all that depends on it */
    QI_SACRIFICE /* likewise, although it holds data: its `drop` says what is lost */
} qi_change;

/* One attribute that can be altered. The rule opens and ends its step. */
typedef struct qi_alteration {
    const char *attribute;
    /* Rows with the same `write` are one change: it is called once, whichever of them differ. NULL:
       `how` never says QI_IN_PLACE or QI_DISTURBS. */
    void (*write)(qi_planning *p, const qi_object *before, const qi_object *after);
    /* NULL: always in place. */
    qi_change (*how)(qi_planning *p, const qi_object *before, const qi_object *after);
} qi_alteration;

typedef struct qi_rules {
    const char *kind;
    const char *const *creates; /* the attributes that `create` writes; ends with NULL */
    void (*create)(qi_planning *p, const qi_object *object); /* of desired */
    void (*drop)(qi_planning *p, const qi_object *object);   /* of present; NULL: it is refused */
    const qi_alteration *alterations; /* ends with a row of NULLs; may be NULL */
    /* Whether it can be dropped and made again without losing data. A difference that no
       alteration covers replaces it; where this is NULL or says no, it is refused. */
    bool (*replaceable)(const qi_object *object);
    /* Neither made nor dropped by itself, always with its parent; only its comment is its own. */
    bool implied;
    /* For what is not replaceable but depends on something that is replaced (a column with a
       default): lets go of `need` (of present), and takes hold of it again (of desired). */
    void (*release)(qi_planning *p, const qi_object *before, const qi_object *need);
    void (*restore)(qi_planning *p, const qi_object *after, const qi_object *need);
} qi_rules;

/* A `replaceable` for kinds that hold no data. */
bool qi_always(const qi_object *object);

extern const qi_rules qi_rules_schema;
extern const qi_rules qi_rules_extension;
extern const qi_rules qi_rules_enum;
extern const qi_rules qi_rules_sequence;
extern const qi_rules qi_rules_table;
extern const qi_rules qi_rules_column;
extern const qi_rules qi_rules_constraint;
extern const qi_rules qi_rules_index;
extern const qi_rules qi_rules_statistics;
extern const qi_rules qi_rules_function;
extern const qi_rules qi_rules_procedure;
extern const qi_rules qi_rules_aggregate;
extern const qi_rules qi_rules_view;
extern const qi_rules qi_rules_materialized_view;
extern const qi_rules qi_rules_view_column;
extern const qi_rules qi_rules_trigger;
extern const qi_rules qi_rules_inherited_trigger;
extern const qi_rules qi_rules_rule;
extern const qi_rules qi_rules_policy;
extern const qi_rules qi_rules_publication;
extern const qi_rules qi_rules_publication_table;
extern const qi_rules qi_rules_publication_schema;
extern const qi_rules qi_rules_event_trigger;
extern const qi_rules qi_rules_domain;
extern const qi_rules qi_rules_domain_constraint;
extern const qi_rules qi_rules_composite_type;
extern const qi_rules qi_rules_attribute;
extern const qi_rules qi_rules_range_type;
extern const qi_rules qi_rules_collation;
extern const qi_rules qi_rules_text_search_parser;
extern const qi_rules qi_rules_text_search_template;
extern const qi_rules qi_rules_text_search_dictionary;
extern const qi_rules qi_rules_text_search_configuration;
extern const qi_rules qi_rules_text_search_mapping;
extern const qi_rules qi_rules_language;
extern const qi_rules qi_rules_access_method;
extern const qi_rules qi_rules_transform;
extern const qi_rules qi_rules_foreign_data_wrapper;
extern const qi_rules qi_rules_server;
extern const qi_rules qi_rules_user_mapping;
extern const qi_rules qi_rules_foreign_table;
extern const qi_rules qi_rules_conversion;
extern const qi_rules qi_rules_cast;
extern const qi_rules qi_rules_operator;
extern const qi_rules qi_rules_operator_family;
extern const qi_rules qi_rules_operator_class;
extern const qi_rules qi_rules_ownership;
extern const qi_rules qi_rules_privilege;
extern const qi_rules qi_rules_default_privilege;

/* The rules of a kind, or NULL (rules.c). */
const qi_rules *qi_rules_of(const char *kind);

/* Opens a step about an object and empties p->sql; the rule then writes SQL there and ends it. */
void qi_step_open(qi_planning *p, const qi_object *about, qi_rank rank);
/* That the step makes or alters the object, so that what depends on it comes later. */
void qi_step_makes(qi_planning *p, const qi_object *object);
/* That the object is gone after the step, so that what depended on it goes before. */
void qi_step_ends(qi_planning *p, const qi_object *object);
void qi_step_needs(qi_planning *p, const qi_object *object);
/* That the step must come before the object (of present) is gone. */
void qi_step_before(qi_planning *p, const qi_object *object);
/* That the step must come when the object (of present) is gone. */
void qi_step_behind(qi_planning *p, const qi_object *object);
/* That the step must come before the object (of desired) is made or altered. */
void qi_step_first(qi_planning *p, const qi_object *object);
/* In a circle: that the step makes something of that name, or leaves nothing but the name. */
void qi_step_shapes(qi_planning *p, const qi_object *object);
void qi_step_empties(qi_planning *p, const qi_object *object);
/* That the step is the last that alters the object, see QI_SETTLES. */
void qi_step_settles(qi_planning *p, const qi_object *object);
/* That the step comes after the one that was closed before it. */
void qi_step_follows(qi_planning *p);
void qi_step_mode(qi_planning *p, qi_mode mode);
void qi_step_hazard(qi_planning *p, qi_hazard_kind kind, const char *object, const char *text);
void qi_step_check(qi_planning *p, qi_hazard_kind kind, const char *object, const char *text,
                   const char *sql);
/* "add", "column public.books.subtitle"; the slug's words are joined with _, NULL left out. */
void qi_step_close(qi_planning *p, const char *verb, const char *first, const char *second);

/* The draft being written; valid until the next one is opened. */
qi_draft *qi_step_current(qi_planning *p);

/* Tells of each step whether its function is made too early (body.c). `order` is that of the drafts. */
void qi_mark_bodies(qi_planning *p, const size_t *order, qi_step *steps);

/* Says no. `text` and `hint` (may be NULL) lie in the arena or are static. */
void qi_refuse(qi_planning *p, const qi_object *object, const char *text, const char *hint);
/* Text in the arena; never NULL: "" with `failed` set when out of memory. */
const char *qi_text(qi_planning *p, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A text as SQL writes it, with its quotes; as qi_text. */
const char *qi_quoted(qi_planning *p, const char *text);

/* "row_security" is for the catalog's queries; people read "row security". */
const char *qi_spoken(qi_planning *p, const char *attribute);

bool qi_is_kind(const qi_object *object, const char *kind);

/* Whether an object counts: owners and grants only when they were asked for. */
bool qi_counts(const qi_planning *p, const qi_object *object);

/* Refuses something gone that may have been renamed: true when it did. */
bool qi_refuse_rename(qi_planning *p, const qi_object *gone);

/* What becomes of everything: fills p->fates and p->lets_go from the differences (fate.c). */
void qi_fates(qi_planning *p);

/* What becomes of an object of `present`. */
qi_fate qi_fate_of(const qi_planning *p, const qi_object *before);
/* Whether the object of `desired` is to be made: it has no counterpart, or that is replaced. */
bool qi_is_new(const qi_planning *p, const qi_object *object);
/* Whether the object of `desired` was there before, in whatever shape. */
bool qi_is_there(const qi_planning *p, const qi_object *object);

/*
 * Whether an object (of either catalog) stands in a circle of dependencies, so that it must be made or
 * dropped in two steps: a table's foreign keys before it, a view first without its body. The plan
 * is made anew when a circle is found.
 */
bool qi_is_loose(const qi_planning *p, const qi_object *object);

/* The object of the other catalog that is the same thing; NULL: none. */
const qi_object *qi_after(const qi_planning *p, const qi_object *before);
const qi_object *qi_before(const qi_planning *p, const qi_object *after);

/* Appends what makes one list of options another: "ALTER VIEW v" RESET (...); SET (...). */
void qi_write_options(qi_planning *p, const char *alter, const char *before, const char *after);

/* Appends to p->sql. */
void qi_sql(qi_planning *p, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The name, quoted where it must be. */
const char *qi_name(qi_planning *p, const char *name);

/* The rank of a step about a kind, or about a table and its parts. */
qi_rank qi_rank_of(const qi_planning *p, const qi_object *object, int minor);
/* The rank of a step that drops: light kinds before everything is made, what holds data last. */
qi_rank qi_rank_of_drop(const qi_planning *p, const qi_object *object);

/* Refuses attributes that are set and not in the list; true when there is none. */
bool qi_can_create(qi_planning *p, const qi_object *object, const char *const *creates);

/* Column clauses, shared by CREATE TABLE and ADD COLUMN: "bigint GENERATED ... NOT NULL". */
void qi_column_clause(qi_planning *p, const qi_object *column, bool in_primary_key);
/* What of a column only ALTER can say; each a statement. Nothing when there is none. */
void qi_column_extras(qi_planning *p, const qi_object *column);
/* A change of a foreign table's column's options. */
void qi_alter_column_options(qi_planning *p, const qi_object *before, const qi_object *after);
/* The sequence that makes a column `serial`, or NULL when it is written in full. */
const qi_object *qi_column_serial(qi_planning *p, const qi_object *column);

/* A step `DROP KIND identity;`, or `DROP KIND name ON table;` for what is named on a table. */
void qi_drop_plain(qi_planning *p, const qi_object *object);

/*
 * Puts the drafts in order and hands them out as steps. False: some wait for each other in a
 * circle, and their objects are marked loose, for another try. True when all of them were before:
 * then they are refused.
 */
bool qi_order(qi_planning *p, qi_plan *out);
/* Refuses what stands in a circle that cannot be broken. */
void qi_refuse_circle(qi_planning *p);

#endif
