/*
 * buffer.h - text or bytes that grow, up to a ceiling.
 *
 * Invariants: a buffer that was set up with qi_buffer_init always has a NUL behind its last byte
 * (data is never NULL); a failure (out of memory, or the ceiling reached) is sticky: later appends
 * do nothing, so that a caller checks once, at the end, with qi_buffer_failed.
 */
#ifndef QI_BUFFER_H
#define QI_BUFFER_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct qi_buffer {
    char *data;
    size_t length;
    size_t size;  /* allocated; 0 while `data` points to the static empty text */
    size_t limit; /* most bytes that it may hold */
    bool failed;
} qi_buffer;

/* `limit` is mandatory: say how much the largest sensible content is. */
void qi_buffer_init(qi_buffer *buffer, size_t limit);
void qi_buffer_free(qi_buffer *buffer);

void qi_buffer_add(qi_buffer *buffer, const char *text);
void qi_buffer_add_n(qi_buffer *buffer, const char *bytes, size_t length);
void qi_buffer_add_char(qi_buffer *buffer, char c);
void qi_buffer_printf(qi_buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void qi_buffer_vprintf(qi_buffer *buffer, const char *format, va_list args);

/* Room for `length` bytes at the end, to be filled by the caller; NULL when it failed. */
char *qi_buffer_grow(qi_buffer *buffer, size_t length);

/* Empties it, keeps its memory, forgets a failure. */
void qi_buffer_clear(qi_buffer *buffer);

/* Cuts it to `length` bytes, which must not be more than it has. */
void qi_buffer_cut(qi_buffer *buffer, size_t length);

static inline bool qi_buffer_failed(const qi_buffer *buffer)
{
    return buffer->failed;
}

/* Hands its content to the caller, who frees it with free(); the buffer is empty. NULL on failure. */
char *qi_buffer_take(qi_buffer *buffer);

#endif
