#include "codegen/parse_tree.h"

#include <pg_query.h>

#include <string.h>

static void *arena_alloc(void *data, size_t size)
{
    return qi_arena_alloc(data, size);
}

/* The arena frees: unpacked trees are never walked to be freed. */
static void arena_keep(void *data, void *memory)
{
    (void)data;
    (void)memory;
}

const PgQuery__ParseResult *qi_parse_tree(qi_arena *arena, const char *sql, size_t most)
{
    if (strlen(sql) > most)
        return NULL;
    const PgQuery__ParseResult *tree = NULL;
    /* The JSON form loses negative numbers in the releases at hand; protobuf does not. */
    PgQueryProtobufParseResult parsed = pg_query_parse_protobuf(sql);
    if (!parsed.error) {
        ProtobufCAllocator allocator = { .alloc = arena_alloc,
                                         .free = arena_keep,
                                         .allocator_data = arena };
        tree = pg_query__parse_result__unpack(&allocator, parsed.parse_tree.len,
                                              (const uint8_t *)parsed.parse_tree.data);
    }
    pg_query_free_protobuf_parse_result(parsed);
    return tree;
}
