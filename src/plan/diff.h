/*
 * diff.h - how two catalogs differ, object by object. Knows nothing of any kind: objects are the
 * same by kind and identity, and equal when all attributes and the comment are.
 */
#ifndef QI_DIFF_H
#define QI_DIFF_H

#include "catalog/object.h"

typedef struct qi_difference {
    const qi_object *before; /* NULL: it is new */
    const qi_object *after;  /* NULL: it is gone */
    const char *attribute;   /* of one that is in both: what differs; "comment" for its comment */
} qi_difference;

/*
 * All differences, in the order of the objects; one that is in both has one for each attribute.
 * NULL when out of memory.
 */
const qi_difference *qi_diff(const qi_catalog *before, const qi_catalog *after, qi_arena *arena,
                             size_t *count);

/* The object that is the same thing in the other catalog, or NULL. */
const qi_object *qi_diff_same(const qi_catalog *other, const qi_object *object);

#endif
