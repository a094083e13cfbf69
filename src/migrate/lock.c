#include "migrate/lock.h"

#include "base/clock.h"
#include "base/error.h"

#include <quire/sql.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { FIRST_PAUSE_MS = 50, LONGEST_PAUSE_MS = 500, EVENT_EVERY_MS = 1000 };

/* Advisory locks are a database's own already; its name keeps the key apart on shared poolers. */
#define KEY "pg_catalog.hashtextextended(pg_catalog.current_database() || '/quire.migrations', 0)"

static const char take_sql[] = "select pg_catalog.pg_try_advisory_lock(" KEY ")";
/* The session's process, when the lock is its own. */
static const char check_sql[] =
    "select pg_catalog.pg_backend_pid()::text from pg_catalog.pg_locks l\n"
    "where l.locktype = 'advisory' and l.granted and l.objsubid = 1\n"
    "    and l.pid = pg_catalog.pg_backend_pid()\n"
    "    and ((l.classid::bigint << 32) | l.objid::bigint) = " KEY;

static const char release_sql[] = "select pg_catalog.pg_advisory_unlock(" KEY ")";

/* Sessions of other users show only their process. */
static const char holder_sql[] =
    "select l.pid::text, a.usename, nullif(a.application_name, ''), host(a.client_addr),\n"
    "    to_char(a.backend_start at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')\n"
    "from pg_catalog.pg_locks l left join pg_catalog.pg_stat_activity a on a.pid = l.pid\n"
    "where l.locktype = 'advisory' and l.granted and l.objsubid = 1\n"
    "    and l.database = (select oid from pg_catalog.pg_database\n"
    "                      where datname = pg_catalog.current_database())\n"
    "    and ((l.classid::bigint << 32) | l.objid::bigint) = " KEY;

int64_t qi_jitter(int64_t ms)
{
    /* Spread is all that is asked of it: the clock's low digits and the process will do. */
    uint64_t x = (uint64_t)qi_clock_us() * 2654435761u ^ (uint64_t)getpid() * 40503u;
    x ^= x >> 29;
    return ms / 2 + (int64_t)(x % (uint64_t)(ms > 0 ? ms : 1));
}

static quire_status try_once(quire_db *session, bool *taken, quire_error *err)
{
    quire_rows rows = { 0 };
    quire_status status = quire_query(session, take_sql, NULL, 0, &rows, err);
    if (status)
        return status;
    const char *value = quire_rows_value(&rows, 0, 0);
    *taken = value && strcmp(value, "t") == 0;
    quire_rows_free(&rows);
    return QUIRE_OK;
}

static const char *copy(qi_arena *arena, const quire_rows *rows, size_t column, bool *failed)
{
    const char *value = quire_rows_value(rows, 0, column);
    const char *text = value ? qi_arena_text(arena, value) : NULL;
    *failed = *failed || (value && !text);
    return text;
}

quire_status qi_lock_holder(quire_db *db, qi_arena *arena, const quire_migration_runner **out,
                            quire_error *err)
{
    quire_rows rows = { 0 };
    bool failed = false;
    *out = NULL;
    quire_status status = quire_query(db, holder_sql, NULL, 0, &rows, err);
    if (status || rows.count == 0) {
        quire_rows_free(&rows);
        return status;
    }
    quire_migration_runner *runner = qi_arena_zero(arena, 1, sizeof *runner);
    if (runner)
        *runner = (quire_migration_runner){ .pid = copy(arena, &rows, 0, &failed),
                                            .user = copy(arena, &rows, 1, &failed),
                                            .application = copy(arena, &rows, 2, &failed),
                                            .host = copy(arena, &rows, 3, &failed),
                                            .since = copy(arena, &rows, 4, &failed) };
    quire_rows_free(&rows);
    *out = runner;
    return runner && runner->pid && !failed ? QUIRE_OK : qi_fail_memory(err);
}

/* Who holds the lock, for a person. It may be given back meanwhile: then nobody is named. */
static void name_holder(quire_db *session, char *text, size_t size)
{
    const quire_migration_runner *holder = NULL;
    qi_arena arena = { 0 };
    snprintf(text, size, "another process");
    if (qi_lock_holder(session, &arena, &holder, NULL) == QUIRE_OK && holder)
        snprintf(text, size, "process %s%s%s%s%s%s%s%s", holder->pid,
                 holder->application ? " \"" : "", holder->application ? holder->application : "",
                 holder->application ? "\"" : "", holder->host ? " at " : "",
                 holder->host ? holder->host : "", holder->since ? ", connected since " : "",
                 holder->since ? holder->since : "");
    qi_arena_free(&arena);
}

quire_status qi_lock_take(quire_db *session, int wait_ms, const quire_migrate_options *options,
                          quire_error *err)
{
    char holder[256];
    int64_t start = qi_clock_ms();
    int64_t told = 0;
    int64_t pause = FIRST_PAUSE_MS;
    for (;;) {
        bool taken = false;
        quire_status status = try_once(session, &taken, err);
        if (status || taken)
            return status;
        int64_t waited = qi_clock_ms() - start;
        bool over = waited >= wait_ms;
        if (over || !told || waited >= told + EVENT_EVERY_MS)
            name_holder(session, holder, sizeof holder);
        if (over)
            break;
        if (options->on_event && (!told || waited >= told + EVENT_EVERY_MS)) {
            quire_migrate_event event = { .kind = QUIRE_MIGRATE_WAITING, .text = holder };
            options->on_event(options->context, &event);
        }
        if (!told || waited >= told + EVENT_EVERY_MS)
            told = waited > 0 ? waited : 1;
        int64_t sleep = qi_jitter(pause);
        qi_sleep_ms(sleep < wait_ms - waited ? sleep : wait_ms - waited);
        pause = pause * 2 < LONGEST_PAUSE_MS ? pause * 2 : LONGEST_PAUSE_MS;
    }
    qi_fail(err, QUIRE_TIMEOUT, "another runner is migrating this database: %s", holder);
    qi_detail(err, "Waited %d ms for its lock. Nothing was changed.", wait_ms);
    qi_hint(err, "Run it again when the other one has finished.");
    return QUIRE_TIMEOUT;
}

quire_status qi_lock_check(quire_db *session, char pid[QI_PID_SIZE], quire_error *err)
{
    quire_rows rows = { 0 };
    quire_status status = quire_query(session, check_sql, NULL, 0, &rows, err);
    if (status)
        return status;
    const char *found = quire_rows_value(&rows, 0, 0);
    qi_copy_text(pid, QI_PID_SIZE, found ? found : "");
    quire_rows_free(&rows);
    if (pid[0])
        return QUIRE_OK;
    qi_fail(err, QUIRE_REFUSED, "the lock that was taken is not this session's any more");
    qi_detail(err, "So the URL leads to a pooler that shares sessions between transactions, or "
                   "the lock was given back by a statement of a migration.");
    qi_hint(err, "Migrate over a URL that leads to the server itself or to a session pooler: the "
                 "provider's *_DIRECT_URL, with *_POOLER=transaction beside the pooler's.");
    return QUIRE_REFUSED;
}

void qi_lock_release(quire_db *session)
{
    (void)!quire_query(session, release_sql, NULL, 0, NULL, NULL);
}
