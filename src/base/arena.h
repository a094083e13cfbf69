/*
 * arena.h - memory that is freed all at once.
 *
 * Invariants: a zeroed struct is an empty arena; what was handed out keeps its address until
 * qi_arena_free; blocks only grow in number, each at least as large as asked for.
 */
#ifndef QI_ARENA_H
#define QI_ARENA_H

#include <stddef.h>

struct qi_arena_block;

typedef struct qi_arena {
    struct qi_arena_block *newest;
    size_t next_size; /* of the next block; doubles up to a ceiling */
} qi_arena;

/* Memory of `size` bytes aligned for any type, not zeroed. NULL when there is none. */
void *qi_arena_alloc(qi_arena *arena, size_t size);

/* The same for `count` items of `size` bytes, zeroed; NULL also when count * size overflows. */
void *qi_arena_zero(qi_arena *arena, size_t count, size_t size);

/* Memory for bytes and text: no alignment. */
char *qi_arena_bytes(qi_arena *arena, size_t size);

/* Copies of text; NULL when out of memory. `text` must not be NULL. */
char *qi_arena_text(qi_arena *arena, const char *text);
char *qi_arena_text_n(qi_arena *arena, const char *text, size_t length);
char *qi_arena_printf(qi_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Frees everything; the arena is empty and can be used again. */
void qi_arena_free(qi_arena *arena);

#endif
