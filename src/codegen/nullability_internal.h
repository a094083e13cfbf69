/*
 * nullability_internal.h - what the files of the analysis share. Only nullability*.c include it.
 *
 * Why it is sound. Every rule has the form "if this holds, no NULL can come out"; nothing is
 * concluded from what is missing. In particular:
 *
 *  1. Names resolve as the server resolves them (nullability_scope.c). Where a relation's columns are
 *     not known (`opaque`), a name that is not found elsewhere at its level is unknown, and the
 *     search does not go on outwards, since the unknown relation may have it.
 *  2. A leaf (a table, a subquery, a function in FROM) that an outer join may fill with NULLs lies
 *     under a `side`. Its columns count only when all of its sides are proven genuine, that is: no
 *     row that reaches the reader is null-extended there.
 *  3. A predicate that must be true for a row to be there, and that is strict in a column, proves
 *     the column (`proven`: not NULL wherever its leaf is genuine) and the sides that exist around the
 *     leaf at that point. Predicates are read before the sides of their own join are made, so ON of
 *     an outer join proves nothing about what it null-extends.
 *  4. A strict function still may return NULL for values that are not NULL. So operators and functions count
 *     only when listed as total for operands of known built-in classes (nullability_lists.c); a
 *     function of that name in the user's schema takes the name off the list.
 *  5. A recursive CTE starts from what its first arm proves and is analysed until assumption and
 *     conclusion agree: an induction over the rounds of the recursion.
 *  6. Work is bounded (QI_NULL_MAX_*); where a bound is reached, nothing is proven.
 */
#ifndef QI_NULLABILITY_INTERNAL_H
#define QI_NULLABILITY_INTERNAL_H

#include "base/arena.h"
#include "catalog/catalog.h"
#include "codegen/nullability.h"
#include "codegen/parse_tree.h"

#include <pg_query/pg_query.pb-c.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    QI_NULL_MAX_TEXT = 1 << 16,   /* bytes of a statement */
    QI_NULL_MAX_NESTING = 2000,   /* messages inside each other in the parse tree */
    QI_NULL_MAX_DEPTH = 250,      /* of queries and expressions inside each other, views included */
    QI_NULL_MAX_STEPS = 400000,   /* nodes looked at, repetitions included */
    QI_NULL_MAX_PARAMS = 65535,   /* the protocol's limit */
    QI_NULL_MAX_COLUMNS = 100000, /* of one relation; the server's is far below */
};

typedef PgQuery__Node qi_node;

/*
 * What kind of built-in type a value has, as bits so that the lists can name sets. Coarse: only
 * as fine as the question "which built-in operator is meant, and can it return NULL" needs.
 */
typedef uint32_t qi_class;
#define QI_CLASS_UNKNOWN                                                                           \
    ((qi_class)0) /* a type made by a user or an extension, a composite, not inferred */
#define QI_CLASS_LITERAL                                                                           \
    ((qi_class)1 << 0) /* a string or a bare parameter: takes the type of its surroundings */
#define QI_CLASS_BOOL ((qi_class)1 << 1)
#define QI_CLASS_INT ((qi_class)1 << 2)
#define QI_CLASS_NUMERIC ((qi_class)1 << 3)
#define QI_CLASS_FLOAT ((qi_class)1 << 4)
#define QI_CLASS_TEXT ((qi_class)1 << 5)
#define QI_CLASS_BYTES ((qi_class)1 << 6)
#define QI_CLASS_DATE ((qi_class)1 << 7)
#define QI_CLASS_TIME ((qi_class)1 << 8)
#define QI_CLASS_TIMESTAMP ((qi_class)1 << 9)
#define QI_CLASS_TIMESTAMPTZ ((qi_class)1 << 10)
#define QI_CLASS_INTERVAL ((qi_class)1 << 11)
#define QI_CLASS_UUID ((qi_class)1 << 12)
#define QI_CLASS_JSON ((qi_class)1 << 13)
#define QI_CLASS_JSONB ((qi_class)1 << 14)
#define QI_CLASS_ENUM ((qi_class)1 << 15)
#define QI_CLASS_NET ((qi_class)1 << 16)
#define QI_CLASS_ARRAY ((qi_class)1 << 17)
#define QI_CLASS_RANGE ((qi_class)1 << 18)
#define QI_CLASS_VECTOR ((qi_class)1 << 19) /* tsvector */
#define QI_CLASS_SEARCH ((qi_class)1 << 20) /* tsquery */
#define QI_CLASS_MONEY ((qi_class)1 << 21)
#define QI_CLASSES_NUMBER (QI_CLASS_INT | QI_CLASS_NUMERIC | QI_CLASS_FLOAT)
#define QI_CLASSES_STAMP (QI_CLASS_DATE | QI_CLASS_TIMESTAMP | QI_CLASS_TIMESTAMPTZ)
/* Scalars of one built-in type: no array, no range, no literal. */
#define QI_CLASSES_SCALAR                                                                          \
    (QI_CLASS_BOOL | QI_CLASSES_NUMBER | QI_CLASS_TEXT | QI_CLASS_BYTES | QI_CLASSES_STAMP |       \
     QI_CLASS_TIME | QI_CLASS_INTERVAL | QI_CLASS_UUID | QI_CLASS_JSON | QI_CLASS_JSONB |          \
     QI_CLASS_ENUM | QI_CLASS_NET | QI_CLASS_MONEY)
#define QI_CLASSES_KNOWN                                                                           \
    (QI_CLASSES_SCALAR | QI_CLASS_ARRAY | QI_CLASS_RANGE | QI_CLASS_VECTOR | QI_CLASS_SEARCH)

/* What is proven of an expression. */
typedef struct qi_value {
    bool not_null;
    qi_class class;
} qi_value;

struct qi_query;
struct qi_scope;
struct qi_cte;

/* One side of an outer join, the one that is filled with NULLs where there is no match. */
typedef struct qi_side {
    bool genuine; /* proven: no row is null-extended here unless an outer side is */
} qi_side;

typedef struct qi_side_list {
    qi_side *side;
    struct qi_side_list *next;
} qi_side_list;

typedef struct qi_leaf_column {
    const char *name;
    qi_class class;
    bool not_null; /* by itself, while the leaf is genuine */
    bool proven;   /* by a predicate, while the leaf is genuine */
    bool grouped;  /* a grouping set may blank it */
    bool hidden;   /* found by name, left out of stars: system columns */
} qi_leaf_column;

/* What a FROM clause is made of in the end. */
typedef struct qi_leaf {
    struct qi_query *query;
    qi_leaf_column *columns;
    size_t column_count;
    bool opaque;           /* may have columns that are not in `columns` */
    const qi_table *table; /* for unique keys; NULL when they do not hold or it is no table */
    bool keyed;            /* the unique keys of `table` hold among its rows */
    bool single;           /* at most one row, for one row of what is to its left */
    bool lateral;          /* depends on what is to its left */
    bool derived;          /* columns that USING merged: has no rows of its own */
    bool settled;          /* nullability_cardinality.c: every row of the result has the same one */
    qi_side_list *sides;   /* all that it is under */
} qi_leaf;

/* A column as a name finds it. */
typedef struct qi_visible {
    const char *name; /* NULL: not known, which makes its item opaque */
    qi_leaf *leaf;
    size_t column; /* of the leaf */
    qi_class class;
    bool hidden;
} qi_visible;

/* What a name before a dot finds: a FROM item, under its alias. */
typedef struct qi_item {
    const char *name;      /* NULL: a join without an alias */
    const qi_table *table; /* reached as schema.name too: a table without an alias */
    qi_visible *columns;
    size_t column_count;
    bool opaque;
    bool by_name;   /* `name.column` and `name.*` see it */
    bool by_column; /* `column` and `*` see it */
} qi_item;

/* The column has the same value in all rows where the leaf is genuine; for the cardinality. */
typedef struct qi_equality {
    qi_leaf *leaf;
    size_t column;
    qi_leaf *other_leaf; /* once this one is settled; NULL: in any case */
    struct qi_equality *next;
} qi_equality;

/* One query level: a SELECT without its set operations, an UPDATE, a DELETE, an INSERT. */
typedef struct qi_query {
    qi_leaf **leaves; /* from left to right */
    size_t leaf_count;
    size_t leaf_room;
    qi_equality *equalities;
    bool full_join;
    bool grouping_sets;
    bool grouping_opaque; /* grouping sets over expressions, which may be blanked as a whole */
    bool grouped;         /* a group holds at least one row */
    PgQuery__Node **windows;
    size_t window_count;
} qi_query;

/*
 * Where names are looked up, one for each level of queries. The items of a level are an array that
 * grows while its FROM clause is read, so that LATERAL sees what is to its left.
 */
typedef struct qi_scope {
    struct qi_scope *parent;
    qi_item **items;
    size_t item_count;
    size_t item_room;
    struct qi_cte *ctes; /* of a WITH that is visible here, the newest first */
    qi_query *query;     /* NULL: a scope that has only CTEs */
    bool is_level;       /* counts as a level of queries */
} qi_scope;

typedef struct qi_out_column {
    const char *name; /* NULL: not known */
    qi_value value;
} qi_out_column;

/* What a query returns. */
typedef struct qi_rows {
    qi_out_column *columns;
    size_t column_count;
    size_t column_room;
    bool opaque; /* the columns are not all known, nor their number */
    qi_cardinality cardinality;
} qi_rows;

typedef enum qi_cte_state { QI_CTE_WAITING, QI_CTE_RUNNING, QI_CTE_DONE } qi_cte_state;

typedef struct qi_cte {
    const PgQuery__CommonTableExpr *node;
    struct qi_cte *older;
    qi_scope *scope; /* in which its query is read */
    qi_cte_state state;
    bool recursive;
    qi_rows rows;  /* while running: what is assumed */
    bool referred; /* to itself, while running */
} qi_cte;

typedef struct qi_param_fact {
    bool used;
    bool target_nullable; /* stands for a nullable column at least once */
    bool target_required; /* stands for a NOT NULL column at least once */
    size_t uses;
    qi_class class; /* of the casts on it, LITERAL when there is none */
} qi_param_fact;

/* One analysis. */
typedef struct qi_analysis {
    const qi_catalog *catalog;
    qi_arena *arena;
    qi_param_fact *params; /* [0] is $1 */
    size_t param_count;
    bool in_view; /* its text has no parameters */
    size_t depth;
    size_t steps;
    bool failed; /* out of memory */
} qi_analysis;

/* How an expression is read. */
typedef struct qi_reader {
    qi_analysis *analysis;
    qi_scope *scope;
    bool in_aggregate; /* over the rows before grouping */
} qi_reader;

/* nullability_walk.c: whole trees, without regard for meaning. */
typedef bool (*qi_visit)(void *context, const ProtobufCMessage *message);
/* Calls `visit` for a message and, while it returns true, for all inside it. False: too deep. */
bool qi_null_walk(const ProtobufCMessage *message, qi_visit visit, void *context);
size_t qi_null_nesting(const ProtobufCMessage *message);
/* Counts the parameters and finds their casts. False: out of memory or too many. */
bool qi_null_read_params(qi_analysis *analysis, const ProtobufCMessage *tree);
/* The only text of a one-part list of names; NULL else. For "pg_catalog.name" the second part. */
const char *qi_null_plain_name(PgQuery__Node *const *names, size_t count);
const char *qi_null_text(const qi_node *node);
/* Enters one step of work; false: a bound is reached. Ends with qi_null_leave. */
bool qi_null_enter(qi_analysis *analysis);
void qi_null_leave(qi_analysis *analysis);
/* Memory from the arena, zeroed; NULL sets `failed`. */
void *qi_null_new(qi_analysis *analysis, size_t count, size_t size);
/* An array that is twice as long; NULL sets `failed` */
void *qi_null_grow(qi_analysis *analysis, const void *items, size_t count, size_t *room,
                   size_t size);

/* nullability_catalog.c: the catalog's part. */
const qi_table *qi_null_find_table(const qi_analysis *analysis, const char *schema,
                                   const char *name);
qi_class qi_null_class_of_oid(const qi_catalog *catalog, uint32_t oid);
qi_class qi_null_class_of_name(const qi_analysis *analysis, const PgQuery__TypeName *name);
bool qi_null_column_not_null(const qi_analysis *analysis, const qi_table *table,
                             const qi_column *column);
/* Whether the user's schemas have a function of this name. */
bool qi_null_is_user_function(const qi_analysis *analysis, const char *name);
/* Whether rows of tables that inherit from it, or of foreign partitions, are among its own. */
bool qi_null_has_children(const qi_analysis *analysis, const qi_table *table);
/* Whether the table has a part of this kind: "trigger", "rule". */
bool qi_null_has_part(const qi_analysis *analysis, const qi_table *table, const char *kind);
const char *qi_null_view_definition(const qi_analysis *analysis, const qi_table *table);

/* nullability_scope.c: names. */
qi_scope *qi_null_scope(qi_analysis *analysis, qi_scope *parent, qi_query *query);
/* What a part of a query sees that may not refer to the query's FROM items: its CTEs and outwards. */
qi_scope *qi_null_detached(qi_analysis *analysis, qi_scope *scope);
qi_item *qi_null_add_item(qi_analysis *analysis, qi_scope *scope);
/* The column that a name means; NULL: not known for certain. *outer: of an outer query. */
const qi_visible *qi_null_find_column(qi_scope *scope, const PgQuery__ColumnRef *ref,
                                      qi_scope **where);
/* Whether a reference is a star: `*`, `name.*`. */
bool qi_null_is_star(const PgQuery__ColumnRef *ref);
/* Adds the columns that a star stands for. */
void qi_null_add_star(qi_analysis *analysis, qi_scope *scope, const PgQuery__ColumnRef *ref,
                      qi_rows *rows);
/* What is proven of a column as its query's expressions see it. */
qi_value qi_null_visible_value(const qi_visible *visible, bool in_aggregate);
void qi_null_add_column(qi_analysis *analysis, qi_rows *rows, const char *name, qi_value value);

/* nullability_names.c: how the server names a column without AS. NULL: not known. */
const char *qi_null_column_name(qi_reader *reader, const PgQuery__ResTarget *target);

/* nullability_from.c, nullability_from_function.c, nullability_join.c: FROM. */
void qi_null_from(qi_analysis *analysis, qi_scope *scope, PgQuery__Node *const *items,
                  size_t count);
/* One item; its namespace items are appended to the scope's. */
void qi_null_from_item(qi_analysis *analysis, qi_scope *scope, const qi_node *node);
void qi_null_from_function(qi_analysis *analysis, qi_scope *scope,
                           const PgQuery__RangeFunction *range);
void qi_null_from_table_function(qi_analysis *analysis, qi_scope *scope,
                                 const PgQuery__RangeTableFunc *range);
void qi_null_join(qi_analysis *analysis, qi_scope *scope, const PgQuery__JoinExpr *node);
qi_leaf *qi_null_add_leaf(qi_analysis *analysis, qi_scope *scope, size_t column_count);
/* An item that shows one leaf, under an alias that may rename its columns. */
void qi_null_show_leaf(qi_analysis *analysis, qi_scope *scope, qi_leaf *leaf, const char *name,
                       const PgQuery__Alias *alias);
/* A table in FROM or as the target of a statement: the leaf that was made. */
qi_leaf *qi_null_add_table(qi_analysis *analysis, qi_scope *scope, const PgQuery__RangeVar *range);

/* nullability_view.c: what a view's columns are, by position; false: nothing is known. */
bool qi_null_view(qi_analysis *analysis, const qi_table *view, qi_rows *rows);

/* nullability_facts.c: predicates. */
typedef struct qi_leaf_range {
    size_t from; /* leaves of the query that facts may be about */
    size_t to;
} qi_leaf_range;
/* Takes `predicate` to be true in each row where leaves of the range are genuine. */
void qi_null_assume(qi_analysis *analysis, qi_scope *scope, qi_query *query, qi_leaf_range range,
                    const qi_node *predicate);
void qi_null_prove(qi_leaf *leaf, size_t column);
void qi_null_add_equality(qi_analysis *analysis, qi_query *query, qi_equality equality);

/* nullability_expression.c */
qi_value qi_null_value(qi_reader *reader, const qi_node *node);

/* nullability_operator.c: operators, and what is a strict one. */
qi_value qi_null_operator(qi_reader *reader, const PgQuery__AExpr *expr);
qi_value qi_null_apply(const char *name, qi_value left, qi_value right, bool unary);
/* Whether operator `name` on these classes is built in and strict. */
bool qi_null_is_strict_operator(const char *name, qi_class left, qi_class right, bool unary);
bool qi_null_is_comparable(qi_class left, qi_class right);

/* nullability_function.c: functions, nullability_aggregate.c: aggregates and window functions. */
qi_value qi_null_function(qi_reader *reader, const PgQuery__FuncCall *call);
/* Whether a function is built in, listed and strict, given the classes of its arguments. */
bool qi_null_is_strict_function(qi_reader *reader, const PgQuery__FuncCall *call);
/* Whether a call is known to return exactly one row for one row. */
bool qi_null_is_plain_function(qi_analysis *analysis, const PgQuery__FuncCall *call);
bool qi_null_is_aggregate_name(const char *name);
bool qi_null_is_aggregate(const qi_analysis *analysis, const PgQuery__FuncCall *call);
/* Whether it is one of this query level, and not of an outer one. */
bool qi_null_is_local_aggregate(qi_reader *reader, const PgQuery__FuncCall *call);
qi_value qi_null_aggregate(qi_reader *reader, const PgQuery__FuncCall *call);
qi_value qi_null_window(qi_reader *reader, const PgQuery__FuncCall *call);

/* nullability_group.c: GROUP BY. */
void qi_null_group(qi_analysis *analysis, qi_scope *scope, qi_query *query,
                   const PgQuery__SelectStmt *select);

/* nullability_select.c, nullability_with.c, nullability_modify.c: statements. */
void qi_null_select(qi_analysis *analysis, qi_scope *parent, const PgQuery__SelectStmt *select,
                    qi_rows *rows);
/* Any statement that may stand in a WITH; others are opaque. */
void qi_null_statement(qi_analysis *analysis, qi_scope *parent, const qi_node *node, qi_rows *rows);
void qi_null_modify(qi_analysis *analysis, qi_scope *parent, const qi_node *node, qi_rows *rows);
void qi_null_targets(qi_analysis *analysis, qi_scope *scope, PgQuery__Node *const *targets,
                     size_t count, qi_rows *rows);
/* A scope in which the CTEs of a WITH are visible; `parent` itself when there is no WITH. */
qi_scope *qi_null_with(qi_analysis *analysis, qi_scope *parent, const PgQuery__WithClause *with);
/* A CTE by its name; *levels: how many levels of queries out. NULL: there is none. */
qi_cte *qi_null_find_cte(qi_scope *scope, const char *name, size_t *levels);
void qi_null_read_cte(qi_analysis *analysis, qi_cte *cte);

/* nullability_cardinality.c */
qi_cardinality qi_null_cardinality(qi_reader *reader, const PgQuery__SelectStmt *select);
/* Whether there is a call that may return several rows where one stands. */
bool qi_null_may_multiply(qi_analysis *analysis, PgQuery__Node *const *nodes, size_t count);
/* LIMIT and OFFSET. */
qi_cardinality qi_null_limit(const PgQuery__SelectStmt *select, qi_cardinality cardinality);
/* Finds the leaves that equalities and unique keys leave at most one row of. */
void qi_null_settle(qi_analysis *analysis, qi_query *query);

/* nullability_params.c: which parameters are set to a nullable column. */
void qi_null_mark_params(qi_analysis *analysis, const ProtobufCMessage *tree);

#endif
