/*
 * cache.h - which statements a connection has prepared.
 *
 * A statement's identity is its descriptor's address and which of its conditions hold (the mask):
 * each combination that is used has a plan of its own. At most QI_CACHE_MOST are kept; the one
 * that was not used for longest goes first, and its name is handed out to be deallocated on the server.
 * One thread at a time, like the connection that it belongs to.
 */
#ifndef QI_CACHE_H
#define QI_CACHE_H

#include <quire/generated.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define QI_CACHE_MOST 256
#define QI_CACHE_BUCKETS 256 /* a power of two */
#define QI_CACHE_STALE 8
#define QI_STATEMENT_NAME 24

typedef struct qi_prepared {
    const quire_statement *statement;
    struct qi_prepared *chain; /* in its bucket */
    struct qi_prepared *newer, *older;
    bool verified; /* its result columns were compared with the descriptor */
    char name[QI_STATEMENT_NAME];
    size_t words;
    uint64_t mask[];
} qi_prepared;

typedef struct qi_cache {
    qi_prepared *buckets[QI_CACHE_BUCKETS];
    qi_prepared *newest, *oldest;
    size_t count;
    uint64_t serial; /* of the next name: a name is never used twice in a session */
    char stale[QI_CACHE_STALE][QI_STATEMENT_NAME]; /* to be deallocated with the next trip */
    size_t stale_count;
} qi_cache;

/* A zeroed cache is empty. */
void qi_cache_free(qi_cache *cache);

/* The prepared statement, now the newest; NULL when there is none. */
qi_prepared *qi_cache_find(qi_cache *cache, const quire_statement *statement, const uint64_t *mask,
                           size_t words);

/* An entry with a new name, not in the cache yet. NULL when out of memory. Freed by free() or kept
 * by qi_cache_keep. */
qi_prepared *qi_cache_new(qi_cache *cache, const quire_statement *statement, const uint64_t *mask,
                          size_t words);

/* Takes an entry that the server has prepared; may make the oldest one stale. */
void qi_cache_keep(qi_cache *cache, qi_prepared *entry);

/* Forgets an entry; when the server still has it, its name becomes stale. */
void qi_cache_drop(qi_cache *cache, qi_prepared *entry, bool on_server);

/* Whether no more stale names can be kept: then the connection is better closed than returned. */
bool qi_cache_is_clogged(const qi_cache *cache);

#endif
