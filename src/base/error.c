#include "base/error.h"

#include <stdarg.h>
#include <string.h>

/* Drops the start of a UTF-8 character that was cut off at the end of `text`. */
static void trim_partial(char *text, size_t length)
{
    size_t start = length;
    while (start > 0 && length - start < 4 && ((unsigned char)text[start - 1] & 0xC0u) == 0x80u)
        start--;
    if (start == 0)
        return;
    unsigned char lead = (unsigned char)text[start - 1];
    size_t want = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    if (length - start < want)
        text[start - 1] = '\0';
}

static void format_into(char *field, size_t size, const char *format, va_list args)
{
    int length = vsnprintf(field, size, format, args);
    if (length < 0)
        field[0] = '\0';
    else if ((size_t)length >= size)
        trim_partial(field, size - 1);
}

void qi_copy_text(char *field, size_t size, const char *text)
{
    if (!size)
        return;
    size_t length = text ? strnlen(text, size) : 0;
    bool cut = length == size;
    if (cut)
        length = size - 1;
    if (length)
        memmove(field, text, length); /* the text may be the field's own */
    field[length] = '\0';
    if (cut)
        trim_partial(field, length);
}

quire_status qi_fail(quire_error *err, quire_status status, const char *format, ...)
{
    if (!err)
        return status;
    /* The arguments may point into *err itself (a message that quotes the one before). */
    char message[sizeof err->message];
    va_list args;
    va_start(args, format);
    format_into(message, sizeof message, format, args);
    va_end(args);
    memset(err, 0, sizeof *err);
    err->status = status;
    memcpy(err->message, message, strlen(message) + 1);
    return status;
}

void qi_detail(quire_error *err, const char *format, ...)
{
    if (!err)
        return;
    va_list args;
    va_start(args, format);
    format_into(err->detail, sizeof err->detail, format, args);
    va_end(args);
}

void qi_hint(quire_error *err, const char *format, ...)
{
    if (!err)
        return;
    va_list args;
    va_start(args, format);
    format_into(err->hint, sizeof err->hint, format, args);
    va_end(args);
}

void qi_locate(quire_error *err, const char *file, int line, int line_column)
{
    if (!err)
        return;
    QI_COPY(err->file, file);
    err->line = line;
    err->line_column = line_column;
}

quire_status qi_fail_memory(quire_error *err)
{
    return qi_fail(err, QUIRE_MEMORY, "out of memory");
}

quire_status qi_fail_errno(quire_error *err, int number, const char *verb, const char *file)
{
    char reason[128];
    /* strerror_r is the POSIX one here: _POSIX_C_SOURCE without _GNU_SOURCE. */
    if (strerror_r(number, reason, sizeof reason) != 0)
        snprintf(reason, sizeof reason, "error %d", number);
    quire_status status = qi_fail(err, QUIRE_IO, "cannot %s: %s", verb, reason);
    qi_locate(err, file, 0, 0);
    return status;
}

void quire_error_clear(quire_error *err)
{
    if (err)
        memset(err, 0, sizeof *err);
}

static void print_place(const quire_error *err, FILE *stream)
{
    if (!err->file[0])
        return;
    fprintf(stream, "%s:", err->file);
    if (err->line > 0)
        fprintf(stream, "%d:", err->line);
    if (err->line > 0 && err->line_column > 0)
        fprintf(stream, "%d:", err->line_column);
    fputc(' ', stream);
}

void quire_error_print(const quire_error *err, FILE *stream)
{
    if (!err || err->status == QUIRE_OK)
        return;
    print_place(err, stream);
    if (err->query[0])
        fprintf(stream, "%s: ", err->query);
    fputs(err->message[0] ? err->message : quire_status_name(err->status), stream);
    if (err->sqlstate[0])
        fprintf(stream, " (SQLSTATE %s)", err->sqlstate);
    fputc('\n', stream);
    if (err->detail[0])
        fprintf(stream, "detail: %s\n", err->detail);
    if (err->hint[0])
        fprintf(stream, "hint: %s\n", err->hint);
}

const char *quire_status_name(quire_status status)
{
    static const char *const names[] = {
        "ok",       "no_row", "too_many_rows", "memory", "invalid",    "config",
        "connect",  "lost",   "timeout",       "unique", "constraint", "serialization",
        "denied",   "schema", "sql",           "data",   "io",         "refused",
        "internal",
    };
    if ((size_t)status >= sizeof names / sizeof *names)
        return "unknown";
    return names[status];
}
