/*
 * objects.h - the schema of a database as a list of objects, each with a hash of its definition.
 *
 * The server makes the list from the queries of sql/catalog (catalog/query.h), hashes each object's
 * attributes and keeps the list in the row of the migration that led there, so that drift can be
 * named later without a scratch database. Two lists can be compared when the same queries made them
 * on the same major version of PostgreSQL: others write the same definition differently.
 *
 * What a provider manages itself is left out.
 */
#ifndef QI_OBJECTS_H
#define QI_OBJECTS_H

#include "base/arena.h"

#include <quire/db.h>

#include <stdbool.h>
#include <stddef.h>

/*
 * Stores the objects that there are now in the row of a migration, in the transaction that wrote it.
 * Where the server cannot list them, the row has none, and the migration is applied all the same.
 */
quire_status qi_objects_record(quire_db *transaction, const char *version, quire_error *err);

/* Whether a migration is the one that was applied last, whose list is that of the schema. */
quire_status qi_objects_is_newest(quire_db *transaction, const char *version, bool *newest,
                                  quire_error *err);

/*
 * After a migration was taken back: the row that is the newest now gets the list of what there is, when
 * it has none, or has one of another schema because the one that was taken back was not the newest.
 */
quire_status qi_objects_settle(quire_db *transaction, bool was_newest, quire_error *err);

typedef struct qi_drift {
    const char *object; /* "table public.books" */
    const char *how;    /* "added", "missing", "changed" */
} qi_drift;

typedef struct qi_objects {
    const char *version;        /* of the migration whose list it was compared with; NULL: none */
    const char *not_comparable; /* why not, the rest of a sentence; NULL: it was compared */
    const qi_drift *drift;
    size_t drift_count;
    const char *const *objects; /* all that there are, sorted */
    size_t object_count;
} qi_objects;

/* Compares the schema as it is with the list of the migration that was applied last. */
quire_status qi_objects_compare(quire_db *db, qi_arena *arena, qi_objects *out, quire_error *err);

#endif
