/*
 * cache.h - which statements a connection has prepared.
 *
 * A statement's identity is its descriptor's address and which of its conditions hold (the mask):
 * each combination that is used has a plan of its own. At most QI_CACHE_MOST are kept; the one
 * that was not used for longest goes first, and its name is handed out to be deallocated on the server.
 * Through a pooler that keeps names nothing can be deallocated (docs/decisions/0042): the names are
 * counted, and with too many of them the connection ends.
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
#define QI_CACHE_LEFT 1024 /* names that a pooler keeps for a connection which does not use them */
#define QI_STATEMENT_NAME 24

typedef struct qi_prepared {
    const quire_statement *statement;
    struct qi_prepared *chain; /* in its bucket */
    struct qi_prepared *newer, *older;
    bool verified; /* its result columns were compared with the descriptor */
    char name
        [QI_STATEMENT_NAME]; /* "": sent unnamed each time, since a pooler holds on to an old plan */
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
    bool pooled; /* a pooler keeps the names: none is stale, they are left */
    size_t left_count;
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

/* Forgets an entry; when the server still has it, its name becomes stale, or is left to the pooler. */
void qi_cache_drop(qi_cache *cache, qi_prepared *entry, bool on_server);

/*
 * The server cannot use an entry's plan any more (0A000). It becomes stale; behind a pooler, which would
 * answer for the same text with the same plan again, it stays and is sent unnamed from now on.
 */
void qi_cache_outdate(qi_cache *cache, qi_prepared *entry);

/* Whether there are too many names to keep: then the connection is better closed than returned. */
bool qi_cache_is_clogged(const qi_cache *cache);

#endif
