/*
 * A transaction that nobody can end.
 *
 * flags: strict
 * error: unused.result|ignoring return value
 */
#include <quire/quire.h>

void use(quire_db *db, quire_error *err);

void use(quire_db *db, quire_error *err)
{
#ifdef CORRECT
    quire_db *tx = quire_begin(db, NULL, err);
    quire_commit(tx, err); /* the status may be passed over: err says it too */
#else
    quire_begin(db, NULL, err); /* here */
#endif
}
