/*
 * catalog.h - a PostgreSQL schema as data, read from a server's pg_catalog.
 *
 * There are two views of one reading. `objects` holds everything that a schema consists of, at the
 * grain of the parts that change alone (a column, a constraint), each with its definition as
 * attributes in text and with what it depends on: see catalog/object.h; planning works on it.
 * `tables`, `types` and `sequences` are the same data typed, for generating code.
 *
 * All expressions and definitions are PostgreSQL's own (pg_get_constraintdef, format_type, ...),
 * read with an empty search_path: every name outside pg_catalog is qualified.
 *
 * Left out: pg_*, information_schema, the schema `quire`, what an extension owns, and what is the
 * provider's (catalog/platform.h); but `types` has all types. PostgreSQL 13 and later.
 *
 * Lifetime: everything lies in the arena given to qi_catalog_read, and is constant afterwards.
 */
#ifndef QI_CATALOG_H
#define QI_CATALOG_H

#include "base/arena.h"

#include <quire/db.h>
#include <quire/error.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* pg_type.typtype. */
typedef enum qi_type_kind {
    QI_TYPE_BASE = 'b',
    QI_TYPE_COMPOSITE = 'c',
    QI_TYPE_DOMAIN = 'd',
    QI_TYPE_ENUM = 'e',
    QI_TYPE_PSEUDO = 'p',
    QI_TYPE_RANGE = 'r',
    QI_TYPE_MULTIRANGE = 'm'
} qi_type_kind;

/* A type: every one that the server has, built in ones too. */
typedef struct qi_catalog_type {
    uint32_t oid;
    const char *schema; /* "pg_catalog" for a built in one */
    const char *name;   /* as in pg_type: "int4", "_int4", "reading_status" */
    const char *text;   /* as SQL writes it: "integer", "integer[]", "public.reading_status" */
    qi_type_kind kind;
    char category;         /* pg_type.typcategory; 'A' for arrays */
    uint32_t element;      /* of an array: the type of its elements; else 0 */
    uint32_t array;        /* its array type; 0: it has none */
    uint32_t base;         /* of a domain: what it stands for in the end, never a domain; else 0 */
    bool not_null;         /* a domain that refuses NULL (itself or one that it is over) */
    bool has_default;      /* a domain with a default (likewise) */
    const char *extension; /* that owns it, or NULL */
    const char *comment;   /* or NULL */
    const char *const *labels; /* of an enum, in its order */
    size_t label_count;
} qi_catalog_type;

typedef struct qi_column {
    const char *name;
    int number;             /* pg_attribute.attnum; dropped columns leave gaps */
    uint32_t type;          /* as declared: a domain's own OID */
    uint32_t base_type;     /* where `type` is a domain: its base; else the same as `type` */
    int modifier;           /* atttypmod; -1: none */
    const char *type_text;  /* format_type: "numeric(10,2)", "public.reading_status" */
    bool not_null;          /* the column's own; for a domain see its type as well */
    bool has_default;       /* an insert may leave it out: default, identity, generated or the
                               default of its domain */
    const char *expression; /* of its default, or what it is generated from; NULL: none */
    char identity;          /* 'a' always, 'd' by default, 0: none */
    char generated;         /* 's' stored, 'v' virtual, 0: not */
    const char *collation;  /* where it is not the type's own; else NULL */
    const char *comment;    /* or NULL */
} qi_column;

typedef enum qi_constraint_kind {
    QI_PRIMARY_KEY = 'p',
    QI_UNIQUE = 'u',
    QI_FOREIGN_KEY = 'f',
    QI_CHECK = 'c',
    QI_EXCLUSION = 'x'
} qi_constraint_kind;

struct qi_table;

typedef struct qi_constraint {
    const char *name;
    qi_constraint_kind kind;
    const char *definition;          /* pg_get_constraintdef */
    const qi_column *const *columns; /* in key order; of an exclusion only the plain ones */
    size_t column_count;
    const struct qi_table *referenced; /* of a foreign key; NULL else or when it was left out */
    const qi_column *const *referenced_columns; /* as many as `columns` */
    char on_update; /* of a foreign key: 'a' no action, 'r' restrict, 'c' cascade, 'n' set null,
                       'd' set default */
    char on_delete;
    bool deferrable;
    bool deferred;  /* initially */
    bool validated; /* false: NOT VALID */
    const char *comment;
} qi_constraint;

typedef struct qi_index {
    const char *name;
    const char *definition; /* pg_get_indexdef */
    bool unique;
    bool primary;
    bool partial;                    /* has a WHERE */
    bool nulls_not_distinct;         /* of a unique one */
    bool deferrable;                 /* enforced at the end of the statement or transaction */
    const qi_constraint *constraint; /* that it backs, or NULL */
    const qi_column *const *columns; /* the key, without INCLUDE; NULL for an expression */
    size_t column_count;
    const char *comment;
} qi_index;

/* pg_class.relkind. */
typedef enum qi_table_kind {
    QI_TABLE_PLAIN = 'r',
    QI_TABLE_PARTITIONED = 'p',
    QI_TABLE_VIEW = 'v',
    QI_TABLE_MATERIALIZED = 'm',
    QI_TABLE_FOREIGN = 'f'
} qi_table_kind;

typedef struct qi_table {
    uint32_t oid;
    const char *schema;
    const char *name;
    qi_table_kind kind;
    bool is_partition; /* of another table */
    const qi_column *columns;
    size_t column_count;
    const qi_constraint *constraints; /* by kind (p, u, x, c, f), then name */
    size_t constraint_count;
    const qi_constraint *primary_key; /* one of them, or NULL */
    const qi_index *indexes;          /* by name; those behind constraints too */
    size_t index_count;
    const char *comment;
} qi_table;

/* A sequence of its own; those behind identity columns are part of the column. */
typedef struct qi_sequence {
    uint32_t oid;
    const char *schema;
    const char *name;
    uint32_t owner_table; /* it is dropped with that column; 0: nobody's */
    int owner_column;
    const char *comment;
} qi_sequence;

/* pg_cast.castcontext. */
typedef enum qi_cast_context {
    QI_CAST_EXPLICIT = 'e', /* only where it is written */
    QI_CAST_ASSIGNMENT = 'a',
    QI_CAST_IMPLICIT = 'i'
} qi_cast_context;

typedef struct qi_cast {
    const char *source; /* as in qi_catalog_type.text */
    const char *target;
    qi_cast_context context;
    bool binary; /* nothing is computed: the same bytes mean the same in both */
} qi_cast;

struct qi_object;

typedef struct qi_catalog {
    int server_version;         /* server_version_num: 150018 */
    const char *const *schemas; /* by name */
    size_t schema_count;
    const qi_table *tables; /* by schema, then name; views too */
    size_t table_count;
    const qi_catalog_type *types; /* by OID */
    size_t type_count;
    const qi_cast *casts; /* all that the server has; a type with itself is not one */
    size_t cast_count;
    const qi_sequence *sequences; /* by schema, then name */
    size_t sequence_count;
    const struct qi_object *objects; /* by kind in the order of qi_kinds, then identity */
    size_t object_count;
    const struct qi_object *const *places; /* the same by their place in pg_depend */
} qi_catalog;

/*
 * Reads the schema of the database behind `db` in one read-only transaction. All of it lies in the
 * arena. QUIRE_CONNECT, QUIRE_LOST, QUIRE_SQL (a server older than 13 says so), QUIRE_MEMORY.
 */
quire_status qi_catalog_read(quire_db *db, qi_arena *arena, qi_catalog *out, quire_error *err);

/* The same in a transaction, which sees what it has done so far and goes on as if nothing was read. */
quire_status qi_catalog_read_within(quire_db *transaction, qi_arena *arena, qi_catalog *out,
                                    quire_error *err);

/* Lookups: NULL when there is no such thing. Names are as in the catalog, not quoted. */
const qi_table *qi_catalog_table(const qi_catalog *catalog, const char *schema, const char *name);
const qi_table *qi_catalog_table_by_oid(const qi_catalog *catalog, uint32_t oid);
const qi_catalog_type *qi_catalog_type_by_oid(const qi_catalog *catalog, uint32_t oid);
/* A type by its text, such as a column's without its modifier. */
const qi_catalog_type *qi_catalog_type_named(const qi_catalog *catalog, const char *text);
/* NULL: there is no cast between the two. */
const qi_cast *qi_catalog_cast(const qi_catalog *catalog, const char *source, const char *target);
const qi_column *qi_table_column(const qi_table *table, const char *name);
const qi_column *qi_table_column_at(const qi_table *table, int number);

/*
 * A name as SQL needs it: in double quotes unless it is a lower case word that is no key word, by
 * the rules of PostgreSQL's quote_identifier. NULL when out of memory.
 */
const char *qi_quote_name(qi_arena *arena, const char *name);
/* A text as a SQL string. Backslashes are safe whatever standard_conforming_strings says. */
const char *qi_quote_text(qi_arena *arena, const char *text);

#endif
