#include "client/cache.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void qi_cache_free(qi_cache *cache)
{
    for (qi_prepared *entry = cache->newest; entry;) {
        qi_prepared *older = entry->older;
        free(entry);
        entry = older;
    }
    memset(cache, 0, sizeof *cache);
}

static size_t bucket_of(const quire_statement *statement, const uint64_t *mask, size_t words)
{
    /* Descriptors are aligned, so the low bits of their addresses say nothing. */
    uint64_t hash = (uint64_t)(uintptr_t)statement >> 4;
    for (size_t i = 0; i < words; i++)
        hash = (hash ^ mask[i]) * 0x9E3779B97F4A7C15u;
    hash ^= hash >> 32;
    return (size_t)(hash & (QI_CACHE_BUCKETS - 1));
}

static void unlink_age(qi_cache *cache, qi_prepared *entry)
{
    if (entry->newer)
        entry->newer->older = entry->older;
    else
        cache->newest = entry->older;
    if (entry->older)
        entry->older->newer = entry->newer;
    else
        cache->oldest = entry->newer;
    entry->newer = entry->older = NULL;
}

static void link_newest(qi_cache *cache, qi_prepared *entry)
{
    entry->newer = NULL;
    entry->older = cache->newest;
    if (cache->newest)
        cache->newest->newer = entry;
    else
        cache->oldest = entry;
    cache->newest = entry;
}

qi_prepared *qi_cache_find(qi_cache *cache, const quire_statement *statement, const uint64_t *mask,
                           size_t words)
{
    qi_prepared *entry = cache->buckets[bucket_of(statement, mask, words)];
    while (entry && (entry->statement != statement ||
                     (words && memcmp(entry->mask, mask, words * sizeof *mask) != 0)))
        entry = entry->chain;
    if (entry && entry != cache->newest) {
        unlink_age(cache, entry);
        link_newest(cache, entry);
    }
    return entry;
}

qi_prepared *qi_cache_new(qi_cache *cache, const quire_statement *statement, const uint64_t *mask,
                          size_t words)
{
    qi_prepared *entry = calloc(1, sizeof *entry + words * sizeof *mask);
    if (!entry)
        return NULL;
    entry->statement = statement;
    entry->words = words;
    if (words)
        memcpy(entry->mask, mask, words * sizeof *mask);
    snprintf(entry->name, sizeof entry->name, "q%" PRIu64, ++cache->serial);
    return entry;
}

void qi_cache_drop(qi_cache *cache, qi_prepared *entry, bool on_server)
{
    qi_prepared **at = &cache->buckets[bucket_of(entry->statement, entry->mask, entry->words)];
    while (*at != entry)
        at = &(*at)->chain;
    *at = entry->chain;
    unlink_age(cache, entry);
    cache->count--;
    if (on_server && cache->pooled) {
        cache->left_count++;
    } else if (on_server) {
        if (cache->stale_count < QI_CACHE_STALE)
            memcpy(cache->stale[cache->stale_count], entry->name, sizeof entry->name);
        cache->stale_count++;
    }
    free(entry);
}

void qi_cache_outdate(qi_cache *cache, qi_prepared *entry)
{
    if (!cache->pooled) {
        qi_cache_drop(cache, entry, true);
        return;
    }
    if (entry->name[0])
        cache->left_count++;
    entry->name[0] = '\0';
    entry->verified = false;
}

void qi_cache_keep(qi_cache *cache, qi_prepared *entry)
{
    if (cache->count == QI_CACHE_MOST)
        qi_cache_drop(cache, cache->oldest, cache->oldest->name[0] != '\0');
    qi_prepared **bucket = &cache->buckets[bucket_of(entry->statement, entry->mask, entry->words)];
    entry->chain = *bucket;
    *bucket = entry;
    link_newest(cache, entry);
    cache->count++;
}

bool qi_cache_is_clogged(const qi_cache *cache)
{
    return cache->stale_count > QI_CACHE_STALE || cache->left_count > QI_CACHE_LEFT;
}
