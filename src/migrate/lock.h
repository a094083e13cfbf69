/*
 * lock.h - the advisory lock that lets one runner at a time migrate a database.
 *
 * A session's lock, on the session that applies the migrations too: when that session ends, however
 * it ends, the lock is free. It is polled. Waiting inside pg_advisory_lock would hold a snapshot, and
 * a CREATE INDEX CONCURRENTLY of the holder waits for all older snapshots: a deadlock.
 */
#ifndef QI_LOCK_H
#define QI_LOCK_H

#include "base/arena.h"

#include <quire/db.h>
#include <quire/migrate.h>

/*
 * Takes the lock within wait_ms. While it waits it tells on_event who holds it, about each second.
 * QUIRE_TIMEOUT names the holder.
 */
quire_status qi_lock_take(quire_db *session, int wait_ms, const quire_migrate_options *options,
                          quire_error *err);

#define QI_PID_SIZE 24

/* That the session still holds it, and which process it is; QUIRE_REFUSED when it does not. */
quire_status qi_lock_check(quire_db *session, char pid[QI_PID_SIZE], quire_error *err);

/* Who holds it, in the arena; NULL: nobody. `db` is any handle. */
quire_status qi_lock_holder(quire_db *db, qi_arena *arena, const quire_migration_runner **out,
                            quire_error *err);

/* Gives it back. A failure means that the session has ended, and the lock with it. */
void qi_lock_release(quire_db *session);

/* `ms` and up to half more or less, so that runners do not keep in step. */
int64_t qi_jitter(int64_t ms);

#endif
