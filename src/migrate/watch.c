#include "migrate/run.h"

#include "base/clock.h"
#include "base/error.h"
#include "client/client.h"

#include <quire/sql.h>

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <time.h>

enum { FIRST_LOOK_MS = 500, LOOK_EVERY_MS = 1000, TELL_EVERY_MS = 10000 };

/* pg_blocking_pids knows of all that a lock waits for, also of snapshots and other waiters. */
static const char blocker_sql[] =
    "select concat('process ', b.pid,\n"
    "    ' of ' || a.usename,\n"
    "    case when a.application_name <> '' then concat(' \"', a.application_name, '\"') end,\n"
    "    case when a.client_addr is not null then concat(' at ', host(a.client_addr)) end,\n"
    "    ', in its transaction since ' ||\n"
    "        to_char(a.xact_start at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') || ' UTC',\n"
    "    ': ' || left(regexp_replace(regexp_replace(a.query,\n"
    "        '(password\\s*)(''[^'']*''?|\\S+)', '\\1***', 'gi'), '\\s+', ' ', 'g'), 120))\n"
    "from unnest(pg_catalog.pg_blocking_pids($1::integer)) as b(pid)\n"
    "left join pg_catalog.pg_stat_activity a on a.pid = b.pid\n"
    "order by a.xact_start nulls last, b.pid limit 1";

/* A statement in the hands of a thread. */
typedef struct call {
    quire_db *db;
    const char *sql;
    quire_error *err;
    quire_status status;
    pthread_mutex_t lock;
    pthread_cond_t ended;
    bool over;
} call;

static void *run_call(void *context)
{
    call *c = context;
    quire_status status = quire_exec(c->db, c->sql, c->err);
    pthread_mutex_lock(&c->lock);
    c->status = status;
    c->over = true;
    pthread_cond_signal(&c->ended);
    pthread_mutex_unlock(&c->lock);
    return NULL;
}

static bool init_call(call *c)
{
    pthread_condattr_t attributes;
    if (pthread_condattr_init(&attributes) != 0)
        return false;
    bool ok = pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) == 0 &&
              pthread_cond_init(&c->ended, &attributes) == 0;
    pthread_condattr_destroy(&attributes);
    if (ok && pthread_mutex_init(&c->lock, NULL) == 0)
        return true;
    if (ok)
        pthread_cond_destroy(&c->ended);
    return false;
}

/* The program's signals are not for this thread. */
static bool start_call(call *c, pthread_t *thread)
{
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    if (pthread_sigmask(SIG_SETMASK, &all, &before) != 0)
        return false;
    bool started = pthread_create(thread, NULL, run_call, c) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

/* Waits for the end of the statement; false when that has not come in time. */
static bool wait_call(call *c, int64_t ms)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    at.tv_sec += (time_t)(ms / 1000);
    at.tv_nsec += (long)(ms % 1000) * 1000000L;
    if (at.tv_nsec >= 1000000000L) {
        at.tv_sec++;
        at.tv_nsec -= 1000000000L;
    }
    pthread_mutex_lock(&c->lock);
    int result = 0;
    while (!c->over && result == 0)
        result = pthread_cond_timedwait(&c->ended, &c->lock, &at);
    bool over = c->over;
    pthread_mutex_unlock(&c->lock);
    return over;
}

/* Who blocks the session now; false: nobody, or that cannot be seen. */
static bool look(qi_run *r, char *text, size_t size)
{
    if (r->unwatched)
        return false;
    if (!r->watch)
        r->watch = qi_session_open(r->db, NULL);
    quire_rows rows = { 0 };
    const char *pid = r->pid;
    if (!r->watch || quire_query(r->watch, blocker_sql, &pid, 1, &rows, NULL) != QUIRE_OK) {
        r->unwatched = true;
        return false;
    }
    const char *found = quire_rows_value(&rows, 0, 0);
    if (found)
        qi_copy_text(text, size, found);
    quire_rows_free(&rows);
    return found != NULL;
}

static void watch_call(qi_run *r, call *c)
{
    char text[QI_BLOCKER_SIZE];
    int64_t pause = r->options.lock_timeout_ms / 2;
    int64_t told = 0;
    if (pause > FIRST_LOOK_MS)
        pause = FIRST_LOOK_MS;
    while (!wait_call(c, pause)) {
        pause = LOOK_EVERY_MS;
        if (!look(r, text, sizeof text))
            continue;
        int64_t now = qi_clock_ms();
        if (strcmp(text, r->blocker) == 0 && told && now - told < TELL_EVERY_MS)
            continue;
        told = now;
        qi_copy_text(r->blocker, sizeof r->blocker, text);
        qi_run_tell(r, (quire_migrate_event){ .kind = QUIRE_MIGRATE_BLOCKED, .text = r->blocker });
    }
}

quire_status qi_run_exec(qi_run *r, quire_db *db, const char *sql, quire_error *err)
{
    call c = { .db = db, .sql = sql, .err = err };
    pthread_t thread;
    r->blocker[0] = '\0';
    if (!init_call(&c))
        return quire_exec(db, sql, err);
    if (start_call(&c, &thread)) {
        watch_call(r, &c);
        pthread_join(thread, NULL);
    } else {
        run_call(&c);
    }
    pthread_cond_destroy(&c.ended);
    pthread_mutex_destroy(&c.lock);
    return c.status;
}
