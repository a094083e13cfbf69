#include "lint/rule.h"

#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { MOST_REWRITE = 1 << 20 };

const char *qi_lint_severity_name(qi_lint_severity severity)
{
    return severity == QI_LINT_ERROR ? "error" : "warning";
}

const qi_lint_family qi_lint_families[] = {
    { "destructive", qi_lint_destructive },
    { "blocking", qi_lint_blocking_index },
    { "blocking", qi_lint_blocking_constraint },
    { "blocking", qi_lint_blocking_table },
    { "breaking", qi_lint_breaking },
    { "transactional", qi_lint_transactional },
    { "style", qi_lint_style },
    { "directive", qi_lint_directive },
    { 0 },
};

const qi_lint_rule *qi_lint_rule_named(const char *id, const qi_lint_family **family)
{
    for (const qi_lint_family *one = qi_lint_families; one->name; one++) {
        for (const qi_lint_rule *rule = one->rules; rule->id; rule++) {
            if (strcmp(rule->id, id) != 0)
                continue;
            if (family)
                *family = one;
            return rule;
        }
    }
    return NULL;
}

/* Line and column in characters of a place in the file's text. */
static void locate(const qi_lint *lint, size_t place, int *line, int *column)
{
    *line = 1;
    *column = 1;
    for (size_t i = 0; i < place && i < lint->file->length; i++) {
        char c = lint->file->text[i];
        if (c == '\n') {
            ++*line;
            *column = 1;
        } else if (((unsigned char)c & 0xC0u) != 0x80u) {
            ++*column;
        }
    }
}

static const char *value_of(const qi_lint_names *names, const char *word, size_t length)
{
    const struct {
        const char *word;
        const char *value;
    } values[] = {
        { "table", names->table }, { "column", names->column }, { "name", names->name },
        { "type", names->type },   { "text", names->text },
    };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        if (strlen(values[i].word) == length && strncmp(values[i].word, word, length) == 0)
            return values[i].value;
    return NULL;
}

/* The rewrite with names for {words}. What there is no name for stays as it is. */
static const char *fill(qi_lint *lint, const char *text, const qi_lint_names *names)
{
    qi_buffer out;
    qi_buffer_init(&out, MOST_REWRITE);
    while (*text) {
        const char *open = strchr(text, '{');
        const char *close = open ? strchr(open, '}') : NULL;
        const char *value = close ? value_of(names, open + 1, (size_t)(close - open - 1)) : NULL;
        if (!close) {
            qi_buffer_add(&out, text);
            break;
        }
        qi_buffer_add_n(&out, text, (size_t)(open - text));
        if (value)
            qi_buffer_add(&out, value);
        else
            qi_buffer_add_n(&out, open, (size_t)(close - open + 1));
        text = close + 1;
    }
    const char *filled = qi_buffer_failed(&out) ? NULL : qi_arena_text(lint->arena, out.data);
    qi_buffer_free(&out);
    return filled;
}

void qi_lint_find(qi_lint *lint, const qi_lint_rule *rule, size_t offset, const char *object,
                  const qi_lint_names *names, const char *format, ...)
{
    static const qi_lint_names none = { 0 };
    char message[1024];
    va_list list;
    va_start(list, format);
    vsnprintf(message, sizeof message, format, list);
    va_end(list);

    qi_lint_finding *finding = qi_arena_zero(lint->arena, 1, sizeof *finding);
    if (!finding) {
        lint->failed = true;
        return;
    }
    names = names ? names : &none;
    finding->rule = rule;
    finding->file = lint->file->path;
    finding->statement = lint->at;
    finding->object = object ? qi_arena_text(lint->arena, object) : NULL;
    finding->table = names->table ? qi_arena_text(lint->arena, names->table) : NULL;
    finding->message = qi_arena_text(lint->arena, message);
    finding->rewrite = fill(lint, rule->rewrite, names);
    size_t start = lint->at < lint->statement_count ? lint->statements[lint->at].place.start
                                                    : lint->file->length;
    locate(lint, start + offset, &finding->line, &finding->column);
    finding->next = lint->findings;
    lint->findings = finding;
    if (!finding->message || !finding->rewrite || (object && !finding->object))
        lint->failed = true;
}
