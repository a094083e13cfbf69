#include "base/buffer.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Never written to: a buffer with size 0 is grown before the first byte goes in. */
static char empty[1];

void qi_buffer_init(qi_buffer *buffer, size_t limit)
{
    *buffer = (qi_buffer){ .data = empty, .limit = limit };
}

void qi_buffer_free(qi_buffer *buffer)
{
    if (buffer->size)
        free(buffer->data);
    qi_buffer_init(buffer, buffer->limit);
}

/* Makes room for `more` bytes and the NUL behind them. */
static bool reserve(qi_buffer *buffer, size_t more)
{
    if (buffer->failed)
        return false;
    if (more > buffer->limit || buffer->length > buffer->limit - more ||
        buffer->length + more == SIZE_MAX) {
        buffer->failed = true;
        return false;
    }
    size_t need = buffer->length + more + 1;
    if (need <= buffer->size)
        return true;
    size_t size = buffer->size ? buffer->size : 64;
    while (size < need)
        size = size > SIZE_MAX / 2 ? need : size * 2;
    char *data = realloc(buffer->size ? buffer->data : NULL, size);
    if (!data) {
        buffer->failed = true;
        return false;
    }
    buffer->data = data;
    buffer->size = size;
    return true;
}

char *qi_buffer_grow(qi_buffer *buffer, size_t length)
{
    if (!reserve(buffer, length))
        return NULL;
    char *room = buffer->data + buffer->length;
    buffer->length += length;
    buffer->data[buffer->length] = '\0';
    return room;
}

void qi_buffer_add_n(qi_buffer *buffer, const char *bytes, size_t length)
{
    if (!length)
        return;
    char *room = qi_buffer_grow(buffer, length);
    if (room)
        memcpy(room, bytes, length);
}

void qi_buffer_add(qi_buffer *buffer, const char *text)
{
    qi_buffer_add_n(buffer, text, strlen(text));
}

void qi_buffer_add_char(qi_buffer *buffer, char c)
{
    qi_buffer_add_n(buffer, &c, 1);
}

void qi_buffer_vprintf(qi_buffer *buffer, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0) {
        buffer->failed = true;
        return;
    }
    char *room = qi_buffer_grow(buffer, (size_t)length);
    if (room)
        vsnprintf(room, (size_t)length + 1, format, args);
}

void qi_buffer_printf(qi_buffer *buffer, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    qi_buffer_vprintf(buffer, format, args);
    va_end(args);
}

void qi_buffer_clear(qi_buffer *buffer)
{
    buffer->failed = false;
    qi_buffer_cut(buffer, 0);
}

void qi_buffer_cut(qi_buffer *buffer, size_t length)
{
    buffer->length = length;
    if (buffer->size)
        buffer->data[length] = '\0';
}

char *qi_buffer_take(qi_buffer *buffer)
{
    if (buffer->failed || !reserve(buffer, 0)) {
        qi_buffer_free(buffer);
        return NULL;
    }
    char *data = buffer->data;
    buffer->data[buffer->length] = '\0';
    qi_buffer_init(buffer, buffer->limit);
    return data;
}
