#include "client/pool.h"
#include "client/connect.h"
#include "base/error.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define POOL_WAIT_MS 30000
#define CONNECT_TIMEOUT_MS 15000
#define POOL_MOST 1000
#define REQUEST_TIMEOUT_MS 120000 /* of SQL over HTTP; gateways on the way wait less */

static void close_connection(qi_connection *connection)
{
    connection->transport->close(connection->link);
    qi_cache_free(&connection->cache);
    free(connection);
}

static quire_status open_connection(qi_pool *pool, bool was_there, qi_connection **out,
                                    quire_error *err)
{
    qi_connection *connection = calloc(1, sizeof *connection);
    if (!connection) {
        qi_fail_memory(err);
        return QUIRE_MEMORY;
    }
    connection->transport = pool->transport;
    connection->home = pool;
    connection->cache.pooled = pool->target.shared;
    quire_status status = qi_connect(pool->transport, &pool->address, &pool->target, was_there,
                                     &connection->link, err);
    if (status != QUIRE_OK) {
        free(connection);
        return status;
    }
    *out = connection;
    return QUIRE_OK;
}

/* The waits are measured by a clock that nobody sets. */
static bool init_lock(qi_pool *pool)
{
    pthread_condattr_t attributes;
    if (pthread_condattr_init(&attributes) != 0)
        return false;
    bool ok = pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) == 0 &&
              pthread_cond_init(&pool->returned, &attributes) == 0;
    pthread_condattr_destroy(&attributes);
    if (!ok)
        return false;
    if (pthread_mutex_init(&pool->lock, NULL) == 0)
        return true;
    pthread_cond_destroy(&pool->returned);
    return false;
}

static qi_pool *new_pool(quire_error *err)
{
    qi_pool *pool = calloc(1, sizeof *pool);
    if (pool && init_lock(pool)) {
        pool->transport = &qi_transport_libpq;
        return pool;
    }
    free(pool);
    qi_fail_memory(err);
    return NULL;
}

static quire_status check_options(const quire_options *options, quire_error *err)
{
    if (options->pool_size < 0 || options->pool_size > POOL_MOST)
        return qi_fail(err, QUIRE_INVALID, "pool_size must be between 1 and %d", POOL_MOST);
    if (options->pool_wait_ms < 0 || options->connect_timeout_ms < 0)
        return qi_fail(err, QUIRE_INVALID, "a wait in quire_options is negative");
    return QUIRE_OK;
}

static quire_status fill_pool(qi_pool *pool, const quire_options *options, quire_error *err)
{
    quire_status status = check_options(options, err);
    if (status == QUIRE_OK)
        status = qi_resolve(options, &pool->arena, &pool->target, err);
    if (status != QUIRE_OK)
        return status;
    const char *application = options->application ? options->application : "quire";
    pool->address.application = qi_arena_text(&pool->arena, application);
    pool->address.conninfo = pool->target.url;
    pool->address.connect_timeout_ms =
        options->connect_timeout_ms ? options->connect_timeout_ms : CONNECT_TIMEOUT_MS;
    pool->wait_ms = options->pool_wait_ms ? options->pool_wait_ms : POOL_WAIT_MS;
    pool->size = pool->target.pool_size;
    pool->on_statement = options->on_statement;
    pool->context = options->context;
    if (options->directory)
        pool->directory = qi_arena_text(&pool->arena, options->directory);
    if (!pool->address.application || (options->directory && !pool->directory))
        return qi_fail_memory(err);
    return QUIRE_OK;
}

/* Without sessions there is nothing to connect to before there is something to ask. */
static quire_status greet(qi_connection *connection, quire_error *err)
{
    const qi_pool *pool = connection->home;
    qi_request request = { .name = "", .sql = "select 1" };
    qi_reply *reply = NULL;
    size_t done;
    quire_status status = qi_send(pool->transport, connection->link, &pool->address, &pool->target,
                                  NULL, &request, 1, &reply, &done, err);
    if (status == QUIRE_OK)
        pool->transport->free(reply);
    return status;
}

/* The first connection is made at once, so that what is wrong shows where it was configured. */
static quire_status open_first(qi_pool *pool, quire_error *err)
{
    qi_connection *connection = NULL;
    quire_status status = qi_pool_lend(pool, &connection, err);
    if (status != QUIRE_OK)
        return status;
    if (pool->transport->is_text)
        status = greet(connection, err);
    qi_pool_return(connection);
    return status;
}

/* The strings stay in the arena of `pool`, which closes its statements first. */
static quire_status add_statements(qi_pool *pool, quire_error *err)
{
    qi_pool *statements = new_pool(err);
    if (!statements)
        return QUIRE_MEMORY;
    pool->statements = statements;
    statements->transport = &qi_transport_neon_http;
    statements->target = pool->target;
    statements->address = pool->address;
    statements->address.conninfo = pool->target.endpoint_url;
    statements->address.endpoint = pool->target.endpoint;
    statements->address.ca_file = pool->target.endpoint_ca_file;
    statements->address.request_timeout_ms = REQUEST_TIMEOUT_MS;
    statements->wait_ms = pool->wait_ms;
    statements->size = pool->size;
    return QUIRE_OK;
}

quire_status qi_pool_open(const quire_options *options, qi_pool **out, quire_error *err)
{
    static const quire_options defaults;
    qi_pool *pool = new_pool(err);
    if (!pool)
        return QUIRE_MEMORY;
    quire_status status = fill_pool(pool, options ? options : &defaults, err);
    if (status == QUIRE_OK && pool->target.endpoint)
        status = add_statements(pool, err);
    if (status == QUIRE_OK)
        status = open_first(pool->statements ? pool->statements : pool, err);
    if (status != QUIRE_OK) {
        qi_pool_close(pool);
        return status;
    }
    *out = pool;
    return QUIRE_OK;
}

static quire_status refuse_shared(const qi_pool *from, quire_error *err)
{
    const qi_profile *profile = from->target.profile;
    quire_status status =
        qi_fail(err, QUIRE_CONFIG, "%s leads to a transaction pooler, and this needs a session",
                from->target.choice.variable[0] ? from->target.choice.variable : "the URL");
    if (profile->direct_variable)
        qi_hint(err, "Set %s to a URL that leads to the server itself or to a session pooler.",
                profile->direct_variable);
    return status;
}

static quire_status fill_session(qi_pool *pool, const qi_pool *from, quire_error *err)
{
    if (!from->target.session_url)
        return refuse_shared(from, err);
    pool->target = from->target;
    pool->address = from->address;
    pool->wait_ms = from->wait_ms;
    pool->size = 1;
    pool->on_statement = from->on_statement;
    pool->context = from->context;
    pool->target.shared = false;
    pool->was_there = from->target.session_url == from->target.url;
    QI_COPY(pool->target.choice.variable, from->target.session_variable);
    /* Behind a pooler nothing belongs to a session: take the way around it. */
    pool->target.named_statements = true;
    pool->target.url = qi_arena_text(&pool->arena, from->target.session_url);
    pool->address.conninfo = pool->target.url;
    pool->address.application = qi_arena_text(&pool->arena, from->address.application);
    if (from->directory)
        pool->directory = qi_arena_text(&pool->arena, from->directory);
    if (!pool->target.url || !pool->address.application || (from->directory && !pool->directory))
        return qi_fail_memory(err);
    pool->target.session_url = pool->target.url;
    return QUIRE_OK;
}

quire_status qi_pool_open_session(const qi_pool *from, qi_pool **out, quire_error *err)
{
    qi_pool *pool = new_pool(err);
    if (!pool)
        return QUIRE_MEMORY;
    quire_status status = fill_session(pool, from, err);
    if (status == QUIRE_OK)
        status = open_first(pool, err);
    if (status != QUIRE_OK) {
        qi_pool_close(pool);
        return status;
    }
    pool->dedicated = true;
    *out = pool;
    return QUIRE_OK;
}

void qi_pool_close(qi_pool *pool)
{
    if (!pool)
        return;
    qi_pool_close(pool->statements);
    qi_cache_free(&pool->verified);
    while (pool->idle) {
        qi_connection *connection = pool->idle;
        pool->idle = connection->next;
        close_connection(connection);
    }
    pthread_mutex_destroy(&pool->lock);
    pthread_cond_destroy(&pool->returned);
    qi_arena_free(&pool->arena);
    free(pool);
}

static struct timespec deadline_in(int ms)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    at.tv_sec += ms / 1000;
    at.tv_nsec += (long)(ms % 1000) * 1000000L;
    if (at.tv_nsec >= 1000000000L) {
        at.tv_sec++;
        at.tv_nsec -= 1000000000L;
    }
    return at;
}

/* Drops one from the count and lets the next one who waits try. With the lock held. */
static void count_lost(qi_pool *pool)
{
    pool->open--;
    if (pool->dedicated)
        pool->broken = true;
    pthread_cond_signal(&pool->returned);
}

/* With the lock held: an idle connection, or NULL and a place to open a new one in. */
static quire_status take_place(qi_pool *pool, int wait_ms, qi_connection **idle, quire_error *err)
{
    struct timespec deadline = { 0 }; /* the clock is asked only when it comes to waiting */
    for (;;) {
        *idle = pool->idle;
        if (pool->idle) {
            pool->idle = (*idle)->next;
            pool->busy++;
            return QUIRE_OK;
        }
        if (pool->broken)
            return qi_fail(err, QUIRE_LOST, "the session's connection broke");
        if (pool->open < pool->size) {
            pool->open++;
            pool->busy++;
            return QUIRE_OK;
        }
        if (!deadline.tv_sec)
            deadline = deadline_in(wait_ms);
        pool->waiting++;
        int waited = pthread_cond_timedwait(&pool->returned, &pool->lock, &deadline);
        pool->waiting--;
        if (waited == ETIMEDOUT && !pool->idle && pool->open >= pool->size) {
            qi_fail(err, QUIRE_TIMEOUT, "no free connection within %d ms: all %d are in use",
                    wait_ms, pool->size);
            qi_hint(err, "End transactions sooner, or raise pool_size or pool_wait_ms.");
            return QUIRE_TIMEOUT;
        }
    }
}

/* Gives back a place without a connection. */
static void give_up_place(qi_pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    pool->busy--;
    count_lost(pool);
    pthread_mutex_unlock(&pool->lock);
}

static void remember_server(qi_pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    pool->was_there = true;
    pthread_mutex_unlock(&pool->lock);
}

static quire_status lend(qi_pool *pool, int wait_ms, qi_connection **out, quire_error *err)
{
    /* Each turn that does not return closes a dead connection: there are at most `size` of them, and
     * a place that was given up may be taken by another thread meanwhile. */
    for (;;) {
        qi_connection *connection;
        pthread_mutex_lock(&pool->lock);
        quire_status status = take_place(pool, wait_ms, &connection, err);
        bool was_there = pool->was_there;
        pthread_mutex_unlock(&pool->lock);
        if (status != QUIRE_OK)
            return status;
        if (!connection) {
            status = open_connection(pool, was_there, out, err);
            if (status == QUIRE_OK)
                remember_server(pool);
            else
                give_up_place(pool);
            return status;
        }
        if (connection->transport->is_alive(connection->link)) {
            *out = connection;
            return QUIRE_OK;
        }
        close_connection(connection);
        give_up_place(pool);
    }
}

quire_status qi_pool_lend(qi_pool *pool, qi_connection **out, quire_error *err)
{
    return lend(pool, pool->wait_ms, out, err);
}

quire_status qi_pool_lend_now(qi_pool *pool, qi_connection **out, quire_error *err)
{
    return lend(pool, 0, out, err);
}

void qi_pool_return(qi_connection *connection)
{
    qi_pool *pool = connection->home;
    bool usable = connection->transport->state(connection->link) == QI_SESSION_IDLE &&
                  !qi_cache_is_clogged(&connection->cache);
    if (!usable)
        close_connection(connection);
    pthread_mutex_lock(&pool->lock);
    pool->busy--;
    if (usable) {
        connection->next = pool->idle;
        pool->idle = connection;
        pthread_cond_signal(&pool->returned);
    } else {
        count_lost(pool);
    }
    pthread_mutex_unlock(&pool->lock);
}

/* ---- what was compared ----------------------------------------------------------------------- */

bool qi_pool_is_verified(qi_pool *pool, const quire_statement *statement, const uint64_t *mask,
                         size_t words)
{
    pthread_mutex_lock(&pool->lock);
    bool found = qi_cache_find(&pool->verified, statement, mask, words) != NULL;
    pthread_mutex_unlock(&pool->lock);
    return found;
}

/* Without memory it is compared again the next time. */
void qi_pool_verify(qi_pool *pool, const quire_statement *statement, const uint64_t *mask,
                    size_t words)
{
    pthread_mutex_lock(&pool->lock);
    if (!qi_cache_find(&pool->verified, statement, mask, words)) {
        qi_prepared *entry = qi_cache_new(&pool->verified, statement, mask, words);
        if (entry)
            qi_cache_keep(&pool->verified, entry);
    }
    pthread_mutex_unlock(&pool->lock);
}

void qi_pool_doubt(qi_pool *pool, const quire_statement *statement, const uint64_t *mask,
                   size_t words)
{
    pthread_mutex_lock(&pool->lock);
    qi_prepared *entry = qi_cache_find(&pool->verified, statement, mask, words);
    if (entry)
        qi_cache_drop(&pool->verified, entry, false);
    pthread_mutex_unlock(&pool->lock);
}
