/*
 * object.h - what a schema consists of, at the grain of the parts that change alone.
 *
 * An object is of a kind and has an identity, which is unique within the kind and does not depend on
 * OIDs, so that two databases can be compared: same kind and identity is the same thing. What it
 * is beyond that are its values, by name, in text:
 *   - attributes ("type", "default", "definition"): two catalogs are compared by them. NULL is the
 *     default, so that an object made with nothing but defaults has none;
 *   - facts, whose names begin with an underscore ("_relkind"): not compared.
 * The names are those of the columns of the kind's query in sql/catalog/kinds. A new kind is one
 * more file there, and a row here where its order or its comments matter.
 */
#ifndef QI_OBJECT_H
#define QI_OBJECT_H

#include "catalog/ask.h"
#include "catalog/catalog.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct qi_kind {
    const char *name;       /* for people: "table", "view column" */
    const char *comment_on; /* how COMMENT ON calls it; NULL: it cannot be written */
    bool on_parent;         /* COMMENT ON ... name ON table */
    bool derived;           /* only a consequence of its parent: not compared */
} qi_kind;

/* In the order in which they are made when nothing else decides; ends with a row of NULLs. */
extern const qi_kind qi_kinds[];

/* NULL when there is no row for it. */
const qi_kind *qi_kind_named(const char *name);

typedef struct qi_object {
    const qi_kind *kind;
    size_t order;         /* of the kind */
    const char *schema;   /* as in the catalog, not quoted; NULL: it is in none */
    const char *name;     /* likewise */
    const char *identity; /* as SQL names it: public.books.title, books_pkey on public.books */
    const char *comment;  /* or NULL */
    uint32_t class_oid;   /* its place in pg_depend */
    uint32_t oid;
    int sub;
    uint32_t parent_oid;            /* of the table that it is a part of, or 0 */
    const struct qi_object *parent; /* that table; NULL: none, or it was left out */
    const char *const *names;       /* of the values */
    const char *const *values;      /* or NULL each */
    size_t value_count;
    const struct qi_object *const *depends; /* cannot be there before these; not the parent */
    size_t depend_count;
    bool given; /* the platform's, here for what the project adds: never planned itself */
} qi_object;

/* A value by name; NULL when it is NULL or there is none of that name. */
const char *qi_object_value(const qi_object *object, const char *name);

/* An object by its place in pg_depend. For a column that is not there, its table. */
const qi_object *qi_object_at(const qi_catalog *catalog, uint32_t class_oid, uint32_t oid, int sub);

/* The objects of one kind: they stand together. Returns the first and how many there are. */
const qi_object *qi_objects_of(const qi_catalog *catalog, const char *kind, size_t *count);

/* By kind, then identity: the order of qi_catalog.objects. Less than, equal or greater than 0. */
int qi_object_compare(const qi_object *left, const qi_object *right);

/* For the reader: fills everything of `out` that is typed from `out->objects`. */
quire_status qi_catalog_fill(const qi_asking *asking, qi_arena *arena, qi_catalog *out,
                             quire_error *err);

#endif
