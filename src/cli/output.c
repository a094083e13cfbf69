#include "cli/cli.h"
#include "cli/help.h"

#include "base/error.h"

#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define RED "\033[31m"
#define PLAIN "\033[0m"

/* Which exit code tells a status. INVALID is a call that the command should not have made. */
static qi_exit exit_of(const quire_error *err)
{
    switch (err->status) {
    case QUIRE_OK:
        return QI_EXIT_OK;
    case QUIRE_CONFIG:
        return QI_EXIT_CONFIG;
    case QUIRE_CONNECT:
    case QUIRE_LOST:
    case QUIRE_TIMEOUT:
        return QI_EXIT_CONNECT;
    case QUIRE_DENIED: /* a statement was refused (42501), or else nobody was let in */
        return strcmp(err->sqlstate, "42501") == 0 ? QI_EXIT_SQL : QI_EXIT_CONNECT;
    case QUIRE_NO_ROW:
    case QUIRE_TOO_MANY_ROWS:
    case QUIRE_UNIQUE:
    case QUIRE_CONSTRAINT:
    case QUIRE_SERIALIZATION:
    case QUIRE_SCHEMA:
    case QUIRE_SQL:
    case QUIRE_DATA:
        return QI_EXIT_SQL;
    case QUIRE_REFUSED:
        return QI_EXIT_REFUSED;
    case QUIRE_IO:
    case QUIRE_MEMORY:
        return QI_EXIT_FAILED;
    case QUIRE_INVALID:
    case QUIRE_INTERNAL:
        break;
    }
    return QI_EXIT_INTERNAL;
}

static bool set_text(json_t *object, const char *key, const char *text)
{
    /* Text of a server in another encoding may be no UTF-8, which JSON cannot carry. */
    if (!text[0])
        return true;
    json_t *value = json_string(text);
    return json_object_set_new(object, key, value ? value : json_string("(not UTF-8)")) == 0;
}

static bool set_number(json_t *object, const char *key, int number)
{
    return number == 0 || json_object_set_new(object, key, json_integer(number)) == 0;
}

json_t *qi_error_json(const quire_error *err)
{
    json_t *object = json_pack("{s:s}", "status", quire_status_name(err->status));
    if (!object)
        return NULL;
    bool ok =
        set_text(object, "sqlstate", err->sqlstate) && set_text(object, "message", err->message) &&
        set_text(object, "detail", err->detail) && set_text(object, "hint", err->hint) &&
        set_text(object, "schema", err->schema) && set_text(object, "table", err->table) &&
        set_text(object, "column", err->column) &&
        set_text(object, "constraint", err->constraint) && set_text(object, "query", err->query) &&
        set_text(object, "file", err->file) && set_number(object, "line", err->line) &&
        set_number(object, "line_column", err->line_column) &&
        set_number(object, "position", err->position);
    if (!ok) {
        json_decref(object);
        return NULL;
    }
    return object;
}

static void print_error_json(const quire_error *err)
{
    json_t *document = json_pack("{s:o}", "error", qi_error_json(err));
    if (document && json_dumpf(document, stdout, JSON_INDENT(2)) == 0)
        putchar('\n');
    json_decref(document);
}

qi_exit qi_report(const qi_context *context, const quire_error *err)
{
    if (context->colour) {
        quire_error first = *err, rest = *err;
        first.detail[0] = first.hint[0] = '\0';
        fputs(RED, stderr);
        quire_error_print(&first, stderr);
        fputs(PLAIN, stderr);
        if (rest.detail[0])
            fprintf(stderr, "detail: %s\n", rest.detail);
        if (rest.hint[0])
            fprintf(stderr, "hint: %s\n", rest.hint);
    } else {
        quire_error_print(err, stderr);
    }
    if (context->json && !context->answered)
        print_error_json(err);
    return exit_of(err);
}

qi_exit qi_usage(const qi_context *context, const qi_args *args, const char *format, ...)
{
    quire_error err = { .status = QUIRE_INVALID };
    va_list list;
    va_start(list, format);
    vsnprintf(err.message, sizeof err.message, format, list);
    va_end(list);
    const qi_command *command = args->command;
    fprintf(stderr, "quire%s%s: %s\n", command->name[0] ? " " : "", command->name, err.message);
    fputs("usage: ", stderr);
    qi_help_usage(command, stderr);
    fprintf(stderr, "\"quire help%s%s\" says more\n", command->name[0] ? " " : "", command->name);
    if (context->json && !context->answered)
        print_error_json(&err);
    return QI_EXIT_USAGE;
}

qi_exit qi_print_json(qi_context *context, json_t *document)
{
    quire_error err = { 0 };
    if (!document) {
        qi_fail_memory(&err);
        return qi_report(context, &err);
    }
    bool written = json_dumpf(document, stdout, JSON_INDENT(2)) == 0 && putchar('\n') != EOF;
    context->answered = true;
    json_decref(document);
    if (!written) {
        qi_fail(&err, QUIRE_IO, "cannot write to standard output");
        return qi_report(context, &err);
    }
    return QI_EXIT_OK;
}

/* Columns on the screen, taking one for each character: good for names, paths and numbers. */
static size_t width_of(const char *text)
{
    size_t width = 0;
    for (; text && *text; text++)
        width += ((unsigned char)*text & 0xC0u) != 0x80u;
    return width;
}

void qi_print_table(const char *const *cells, size_t rows, size_t columns)
{
    for (size_t row = 0; row < rows; row++) {
        size_t owed = 0; /* spaces, printed only when something follows */
        for (size_t column = 0; column < columns; column++) {
            size_t widest = 0;
            for (size_t i = 0; i < rows; i++) {
                size_t width = width_of(cells[i * columns + column]);
                widest = width > widest ? width : widest;
            }
            const char *cell = cells[row * columns + column];
            if (cell && *cell) {
                printf("%*s%s", (int)owed, "", cell);
                owed = 0;
            }
            owed += widest - width_of(cell) + 2;
        }
        putchar('\n');
    }
}

void qi_note(const qi_context *context, const char *format, ...)
{
    if (context->json)
        return;
    va_list list;
    va_start(list, format);
    vfprintf(stderr, format, list);
    va_end(list);
    fputc('\n', stderr);
}
