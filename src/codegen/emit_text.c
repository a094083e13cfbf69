#include "codegen/emit_text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void qi_emit(qi_emitter *e, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    qi_buffer_vprintf(e->out, format, args);
    va_end(args);
}

const char *qi_emit_printf(qi_emitter *e, const char *format, ...)
{
    char small[512];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(small, sizeof small, format, args);
    va_end(args);
    char *text = NULL;
    if (length >= 0 && (size_t)length < sizeof small)
        text = qi_arena_text(&e->arena, small);
    if (!text)
        e->out->failed = true;
    return text ? text : "";
}

/* ---- comments -------------------------------------------------------------------------------- */

void qi_emit_comment_text(qi_emitter *e, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        char before = i ? text[i - 1] : '\0';
        if ((before == '*' && c == '/') || (before == '/' && c == '*') ||
            (before == '?' && c == '/'))
            qi_buffer_add_char(e->out, ' ');
        qi_buffer_add_char(e->out, (unsigned char)c < 0x20 || c == 0x7f ? ' ' : c);
    }
}

/* How many bytes of `text` (one line) fit into `width` columns, cut at a space where there is one. */
static size_t fitting(const char *text, size_t length, size_t width)
{
    size_t columns = 0, cut = 0;
    for (size_t i = 0; i < length; i++) {
        columns += ((unsigned char)text[i] & 0xC0u) != 0x80u;
        if (columns > width && cut)
            return cut;
        if (text[i] == ' ')
            cut = i;
    }
    return length;
}

static size_t line_of(const char *text)
{
    return strcspn(text, "\n");
}

static bool is_one_line(const char *text, size_t width)
{
    size_t length = line_of(text);
    return !text[length] && fitting(text, length, width) == length && length <= width;
}

static void comment_line(qi_emitter *e, int indent, const char *text, size_t length)
{
    size_t width = (size_t)(QI_GEN_WIDTH - indent - 3);
    if (!length) {
        qi_emit(e, "%*s *\n", indent, "");
        return;
    }
    while (length) {
        size_t fits = fitting(text, length, width);
        qi_emit(e, "%*s * ", indent, "");
        qi_emit_comment_text(e, text, fits);
        qi_buffer_add_char(e->out, '\n');
        text += fits;
        length -= fits;
        while (length && *text == ' ') {
            text++;
            length--;
        }
    }
}

void qi_emit_comment(qi_emitter *e, int indent, const char *text)
{
    if (!text || !*text)
        return;
    if (is_one_line(text, (size_t)(QI_GEN_WIDTH - indent - 6))) {
        qi_emit(e, "%*s/* ", indent, "");
        qi_emit_comment_text(e, text, strlen(text));
        qi_buffer_add(e->out, " */\n");
        return;
    }
    qi_emit(e, "%*s/*\n", indent, "");
    for (;;) {
        size_t length = line_of(text);
        comment_line(e, indent, text, length);
        if (!text[length])
            break;
        text += length + 1;
    }
    qi_emit(e, "%*s */\n", indent, "");
}

/* ---- strings --------------------------------------------------------------------------------- */

static void string_char(qi_emitter *e, char c, char before)
{
    if (c == '"' || c == '\\')
        qi_emit(e, "\\%c", c);
    else if (c == '?' && before == '?')
        qi_buffer_add(e->out, "\\?"); /* no trigraphs */
    else if (c == '\t')
        qi_buffer_add(e->out, "\\t");
    else if ((unsigned char)c < 0x20 || c == 0x7f)
        qi_emit(e, "\\%03o", (unsigned)(unsigned char)c);
    else
        qi_buffer_add_char(e->out, c);
}

void qi_emit_string(qi_emitter *e, const char *text, int indent)
{
    size_t column = 0;
    qi_buffer_add_char(e->out, '"');
    for (size_t i = 0; text[i]; i++) {
        if (text[i] == '\n') {
            qi_buffer_add(e->out, "\\n");
            column = i ? QI_GEN_WIDTH : column; /* one that leads stays with its line */
        } else {
            string_char(e, text[i], i ? text[i - 1] : '\0');
            column++;
        }
        bool full = column >= QI_GEN_WIDTH || (column > 72 && text[i] == ' ');
        if (full && text[i + 1] && ((unsigned char)text[i + 1] & 0xC0u) != 0x80u) {
            qi_emit(e, "\"\n%*s\"", indent, "");
            column = 0;
        }
    }
    qi_buffer_add_char(e->out, '"');
}

/* ---- declarations ---------------------------------------------------------------------------- */

static const char *declarator(qi_emitter *e, const char *type, const char *name)
{
    size_t length = strlen(type);
    bool tight = length && type[length - 1] == '*';
    return qi_emit_printf(e, "%s%s%s", type, tight ? "" : " ", name);
}

void qi_emit_declarator(qi_emitter *e, const char *type, const char *name)
{
    qi_buffer_add(e->out, declarator(e, type, name));
}

static bool fits_aligned(size_t indent, const char *const *args, size_t count, size_t tail)
{
    for (size_t i = 0; i < count; i++)
        if (indent + strlen(args[i]) + (i + 1 < count ? 1 : tail) > QI_GEN_WIDTH)
            return false;
    return true;
}

void qi_emit_call(qi_emitter *e, const char *head, const char *const *args, size_t count,
                  const char *tail)
{
    const char *line = strrchr(head, '\n');
    size_t indent = strlen(line ? line + 1 : head) + 1;
    size_t column = indent;
    size_t tail_length = strcspn(tail, "\n");
    qi_emit(e, "%s(", head);
    if (!fits_aligned(indent, args, count, tail_length)) {
        indent = column = 4 + strspn(line ? line + 1 : head, " ");
        qi_emit(e, "\n%*s", (int)indent, "");
    }
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(args[i]) + (i + 1 < count ? 1 : tail_length);
        if (i && column + 1 + length > QI_GEN_WIDTH) {
            qi_emit(e, "\n%*s", (int)indent, "");
            column = indent;
        } else if (i) {
            qi_buffer_add_char(e->out, ' ');
            column++;
        }
        qi_emit(e, "%s%s", args[i], i + 1 < count ? "," : "");
        column += length;
    }
    qi_buffer_add(e->out, tail);
}

const char *qi_emit_field_type(qi_emitter *e, const qi_gen_field *field)
{
    const char *type = field->nullable ? qi_gen_c_nullable(&e->arena, &field->type)
                                       : qi_gen_c_type(&e->arena, &field->type);
    if (!type)
        e->out->failed = true;
    return type ? type : "";
}

const char *qi_emit_param_type(qi_emitter *e, const qi_gen_param *param)
{
    const char *type;
    if (param->in_struct)
        type = qi_gen_c_optional(&e->arena, &param->type);
    else if (param->nullable)
        type = qi_gen_c_nullable(&e->arena, &param->type);
    else
        type = qi_gen_c_type(&e->arena, &param->type);
    if (!type)
        e->out->failed = true;
    return type ? type : "";
}

/* The outputs of a function, behind its parameters. */
static size_t outputs(qi_emitter *e, const qi_gen_function *f, const char **args)
{
    const qi_gen_row *row = f->statement.row;
    switch (f->call) {
    case QI_CALL_ONE:
    case QI_CALL_WITH_LIST:
        args[0] = qi_emit_printf(e, "%s *out", row->c_name);
        return 1;
    case QI_CALL_MAYBE:
        args[0] = "bool *found";
        args[1] = qi_emit_printf(e, "%s *out", row->c_name);
        return 2;
    case QI_CALL_LIST:
        args[0] = qi_emit_printf(e, "%s_list *out", row->c_name);
        return 1;
    case QI_CALL_AFFECTED:
        args[0] = "int64_t *affected";
        return 1;
    case QI_CALL_VALUE:
        args[0] = row->is_hidden ? declarator(e, qi_emit_field_type(e, &row->fields[0]), "*out")
                                 : qi_emit_printf(e, "%s *out", row->c_name);
        return 1;
    case QI_CALL_EXECUTE:
    case QI_CALL_EXECUTE_ONE:
        break;
    }
    return 0;
}

void qi_emit_signature(qi_emitter *e, const qi_gen_function *function, const qi_gen_repo *repo,
                       const char *tail)
{
    const char **args = qi_arena_zero(&e->arena, function->statement.param_count + 8, sizeof *args);
    if (!args) {
        e->out->failed = true;
        return;
    }
    size_t count = 0;
    args[count++] = qi_emit_printf(e, "%s repo", repo->c_name);
    for (size_t i = 0; i < function->statement.param_count; i++) {
        const qi_gen_param *param = &function->statement.params[i];
        if (!param->in_struct)
            args[count++] = declarator(e, qi_emit_param_type(e, param), param->name);
    }
    if (function->options_type)
        args[count++] =
            qi_emit_printf(e, "const %s *%s", function->options_type, function->options_name);
    count += outputs(e, function, args + count);
    args[count++] = "quire_error *err";
    const char *head = qi_emit_printf(e, "quire_status %s", function->c_name);
    qi_emit_call(e, head, args, count, tail);
}

void qi_emit_free_signature(qi_emitter *e, const char *type, const char *name, const char *tail)
{
    const char *const args[] = { qi_emit_printf(e, "%s *%s", type, name) };
    qi_emit_call(e, qi_emit_printf(e, "void %s_free", type), args, 1, tail);
}

void qi_emit_provenance(qi_emitter *e)
{
    qi_emit(e, "/* Made from schema and queries %s. */\n/* clang-format off */\n", e->model->hash);
}
