/*
 * error.h - setting a quire_error. Every function takes NULL for `err`, and never fails itself.
 *
 * Messages follow libpq's style: the message is one line, starts in lower case, has no full stop
 * and names the thing; detail and hint are sentences.
 */
#ifndef QI_ERROR_H
#define QI_ERROR_H

#include <quire/error.h>

#include <stddef.h>

/* Overwrites the whole error and returns `status`, so that one can `return qi_fail(...)`. */
quire_status qi_fail(quire_error *err, quire_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Adds to the error that was just set. */
void qi_detail(quire_error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));
void qi_hint(quire_error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Says where in a file; line and column may be 0. */
void qi_locate(quire_error *err, const char *file, int line, int line_column);

/* QUIRE_MEMORY. */
quire_status qi_fail_memory(quire_error *err);

/* QUIRE_IO with the text of an errno: "cannot open: No such file or directory", about `file`. */
quire_status qi_fail_errno(quire_error *err, int number, const char *verb, const char *file);

/* Copies text into a fixed field, cut at a whole UTF-8 character. NULL counts as empty. */
void qi_copy_text(char *field, size_t size, const char *text);
#define QI_COPY(field, text) qi_copy_text((field), sizeof(field), (text))

#endif
