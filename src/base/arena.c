#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_BLOCK 1024u
#define LARGEST_BLOCK (1024u * 1024u)

struct qi_arena_block {
    struct qi_arena_block *older;
    size_t used;
    size_t size;
    max_align_t data[];
};

static void *take(qi_arena *arena, size_t size, size_t align)
{
    struct qi_arena_block *block = arena->newest;
    if (block) {
        size_t start = (block->used + align - 1) / align * align;
        if (start <= block->size && size <= block->size - start) {
            block->used = start + size;
            return (char *)block->data + start;
        }
    }

    size_t room = arena->next_size ? arena->next_size : FIRST_BLOCK;
    if (room < size)
        room = size;
    if (room > SIZE_MAX - sizeof *block)
        return NULL;
    block = malloc(sizeof *block + room);
    if (!block)
        return NULL;
    block->older = arena->newest;
    block->used = size;
    block->size = room;
    arena->newest = block;
    arena->next_size = room < LARGEST_BLOCK / 2 ? room * 2 : LARGEST_BLOCK;
    return block->data;
}

void *qi_arena_alloc(qi_arena *arena, size_t size)
{
    return take(arena, size, _Alignof(max_align_t));
}

void *qi_arena_zero(qi_arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        return NULL;
    void *data = qi_arena_alloc(arena, count * size);
    if (data)
        memset(data, 0, count * size);
    return data;
}

char *qi_arena_bytes(qi_arena *arena, size_t size)
{
    return take(arena, size, 1);
}

char *qi_arena_text_n(qi_arena *arena, const char *text, size_t length)
{
    if (length == SIZE_MAX)
        return NULL;
    char *copy = qi_arena_bytes(arena, length + 1);
    if (!copy)
        return NULL;
    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

char *qi_arena_text(qi_arena *arena, const char *text)
{
    return qi_arena_text_n(arena, text, strlen(text));
}

char *qi_arena_printf(qi_arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length < 0)
        return NULL;
    char *text = qi_arena_bytes(arena, (size_t)length + 1);
    if (!text)
        return NULL;
    va_start(args, format);
    vsnprintf(text, (size_t)length + 1, format, args);
    va_end(args);
    return text;
}

void qi_arena_free(qi_arena *arena)
{
    struct qi_arena_block *block = arena->newest;
    while (block) {
        struct qi_arena_block *older = block->older;
        free(block);
        block = older;
    }
    arena->newest = NULL;
    arena->next_size = 0;
}
