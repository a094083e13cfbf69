#include "codegen/emit_descriptors.h"

#include <string.h>

/* ---- rows ------------------------------------------------------------------------------------ */

static void field(qi_emitter *e, const qi_gen_row *row, const char *path, const qi_gen_field *f)
{
    qi_buffer_add(e->out, "    { ");
    qi_emit_string(e, f->column, 8);
    if (f->type.labels)
        qi_emit(e, ", &%s_enum, ", f->type.labels->stem);
    else
        qi_buffer_add(e->out, ", NULL, ");
    qi_emit(e, "%u, offsetof(%s, %s%s), %s, ", f->type.oid, row->c_name, path, f->name,
            f->type.form->constant);
    const char *flags = f->nullable && f->type.is_array ? "QUIRE_FIELD_NULLABLE | QUIRE_FIELD_ARRAY"
                        : f->nullable                   ? "QUIRE_FIELD_NULLABLE"
                        : f->type.is_array              ? "QUIRE_FIELD_ARRAY"
                                                        : "0";
    qi_emit(e, "%s },\n", flags);
}

static size_t parent_fields(qi_emitter *e, const qi_gen_row *row)
{
    if (!row->parent)
        return 0;
    const char *path =
        qi_emit_printf(e, "%s.%s", row->parent_member, row->parent_nullable ? "value." : "");
    for (size_t i = 0; i < row->parent->field_count; i++)
        field(e, row, path, &row->parent->fields[i]);
    return row->parent->field_count;
}

void qi_emit_row_type(qi_emitter *e, const qi_gen_row *row)
{
    size_t count = row->field_count + (row->parent ? row->parent->field_count : 0);
    bool nested = row->parent && row->parent_nullable && row->parent->field_count;
    qi_buffer_add_char(e->out, '\n');
    if (count) {
        qi_emit(e, "static const quire_field %s_fields[] = {\n", row->stem);
        for (size_t i = 0; i < row->field_count; i++)
            field(e, row, "", &row->fields[i]);
        parent_fields(e, row);
        qi_buffer_add(e->out, "};\n");
    }
    if (nested)
        qi_emit(e,
                "static const quire_nested %s_nested[] = {\n    { offsetof(%s, %s.has), %zu, %zu "
                "},\n};\n",
                row->stem, row->c_name, row->parent_member, row->field_count,
                row->parent->field_count);
    qi_emit(
        e,
        "static const quire_row_type %s_type = {\n    \"%s\", sizeof(%s), offsetof(%s, owner_),\n",
        row->stem, row->c_name, row->c_name, row->c_name);
    if (count)
        qi_emit(e, "    %s_fields, %zu,", row->stem, count);
    else
        qi_buffer_add(e->out, "    NULL, 0,");
    if (nested)
        qi_emit(e, " %s_nested, 1,\n};\n", row->stem);
    else
        qi_buffer_add(e->out, " NULL, 0,\n};\n");
}

/* ---- statements ------------------------------------------------------------------------------ */

static const char *param_flags(qi_emitter *e, const qi_gen_param *p)
{
    const char *flags[4];
    size_t count = 0;
    if (p->in_struct)
        flags[count++] = p->required ? "QUIRE_PARAM_REQUIRED" : "QUIRE_PARAM_OPTIONAL";
    if (p->in_struct && p->not_null)
        flags[count++] = "QUIRE_PARAM_NOT_NULL";
    if (!p->in_struct && p->nullable)
        flags[count++] = "QUIRE_FIELD_NULLABLE";
    if (p->type.is_array)
        flags[count++] = "QUIRE_FIELD_ARRAY";
    const char *text = count ? flags[0] : "0";
    for (size_t i = 1; i < count; i++)
        text = qi_emit_printf(e, "%s | %s", text, flags[i]);
    return text;
}

static void params(qi_emitter *e, const qi_gen_function *f)
{
    const qi_gen_statement *s = &f->statement;
    if (!s->param_count)
        return;
    size_t argument = 0;
    qi_emit(e, "static const quire_param %s_params[] = {\n", f->stem);
    for (size_t i = 0; i < s->param_count; i++) {
        const qi_gen_param *p = &s->params[i];
        qi_buffer_add(e->out, "    { ");
        qi_emit_string(e, p->sql_name, 8);
        if (p->type.labels)
            qi_emit(e, ", &%s_enum, %u, ", p->type.labels->stem, p->type.oid);
        else
            qi_emit(e, ", NULL, %u, ", p->type.oid);
        if (p->in_struct)
            qi_emit(e, "offsetof(%s, %s)", f->options_type, p->name);
        else
            qi_emit(e, "%zu", argument++);
        qi_emit(e, ", %s, %s },\n", p->type.form->constant, param_flags(e, p));
    }
    qi_buffer_add(e->out, "};\n");
}

static void condition_params(qi_emitter *e, const qi_gen_function *f)
{
    const qi_gen_statement *s = &f->statement;
    for (size_t i = 0; i < s->condition_count; i++) {
        const qi_gen_condition *c = &s->conditions[i];
        if (!c->param_count)
            continue;
        qi_emit(e, "static const uint16_t %s_when_%zu[] = { ", f->stem, i);
        for (size_t j = 0; j < c->param_count; j++)
            qi_emit(e, "%s%d", j ? ", " : "", c->params[j]);
        qi_buffer_add(e->out, " };\n");
    }
}

static void conditions(qi_emitter *e, const qi_gen_function *f)
{
    const qi_gen_statement *s = &f->statement;
    if (!s->condition_count)
        return;
    condition_params(e, f);
    qi_emit(e, "static const quire_condition %s_conditions[] = {\n", f->stem);
    for (size_t i = 0; i < s->condition_count; i++) {
        const qi_gen_condition *c = &s->conditions[i];
        if (c->param_count)
            qi_emit(e, "    { %s_when_%zu, %zu, 0, 0 },\n", f->stem, i, c->param_count);
        else
            qi_emit(e, "    { NULL, 0, %d, offsetof(%s, %s) },\n", c->value, f->options_type,
                    f->choices[c->choice].name);
    }
    qi_buffer_add(e->out, "};\n");
}

static void number_or_none(qi_emitter *e, int number)
{
    if (number == QI_GEN_NONE)
        qi_buffer_add(e->out, ", QUIRE_NONE");
    else
        qi_emit(e, ", %d", number);
}

static void part(qi_emitter *e, const char *text, const qi_gen_part *p, bool with_param)
{
    qi_buffer_add(e->out, "    { ");
    qi_emit_string(e, text, 6);
    number_or_none(e, with_param ? p->param : QI_GEN_NONE);
    number_or_none(e, p->condition);
    qi_emit(e, ", %s },\n",
            p->is_item && p->is_else ? "QUIRE_PART_ITEM | QUIRE_PART_ELSE"
            : p->is_item             ? "QUIRE_PART_ITEM"
            : p->is_else             ? "QUIRE_PART_ELSE"
                                     : "0");
}

/* Where to cut a text that is too long for one literal: not inside a UTF-8 character. */
static size_t literal_cut(const char *text)
{
    size_t cut = QI_GEN_LITERAL_MOST;
    while (cut > 1 && ((unsigned char)text[cut] & 0xC0u) == 0x80u)
        cut--;
    return cut;
}

/* Writes one part as one or more; the number of them. */
static size_t split_part(qi_emitter *e, const qi_gen_part *p)
{
    const char *text = p->text;
    size_t count = 1;
    while (strlen(text) > QI_GEN_LITERAL_MOST) {
        size_t cut = literal_cut(text);
        char *piece = qi_arena_text_n(&e->arena, text, cut);
        if (!piece) {
            e->out->failed = true;
            return count;
        }
        part(e, piece, p, false);
        text += cut;
        count++;
    }
    part(e, text, p, true);
    return count;
}

static size_t parts(qi_emitter *e, const char *stem, const qi_gen_statement *s)
{
    size_t count = 0;
    qi_emit(e, "static const quire_part %s_parts[] = {\n", stem);
    for (size_t i = 0; i < s->part_count; i++)
        count += split_part(e, &s->parts[i]);
    qi_buffer_add(e->out, "};\n");
    return count;
}

static void statement(qi_emitter *e, const qi_gen_function *f, const qi_gen_statement *s,
                      const char *name, const char *parts_stem)
{
    size_t count = s->sql ? 0 : parts(e, parts_stem, s);
    qi_emit(e, "static const quire_statement %s = {\n    \"%s\",\n    ", name, s->name);
    if (s->sql) {
        qi_emit_string(e, s->sql, 4);
        qi_buffer_add(e->out, ",\n    NULL, 0, ");
    } else {
        qi_emit(e, "NULL,\n    %s_parts, %zu, ", parts_stem, count);
    }
    if (s->condition_count)
        qi_emit(e, "%s_conditions, %zu,\n", f->stem, s->condition_count);
    else
        qi_buffer_add(e->out, "NULL, 0,\n");
    if (s->param_count)
        qi_emit(e, "    %s_params, %zu, ", f->stem, s->param_count);
    else
        qi_buffer_add(e->out, "    NULL, 0, ");
    if (s->row)
        qi_emit(e, "&%s_type, ", s->row->stem);
    else
        qi_buffer_add(e->out, "NULL, ");
    qi_emit(e, "%s,\n};\n",
            s->writes && s->changes ? "QUIRE_STATEMENT_WRITES | QUIRE_STATEMENT_CHANGES"
            : s->writes             ? "QUIRE_STATEMENT_WRITES"
                                    : "0");
}

/* The SQL of a statement in parts, for people. */
static void sql_comment(qi_emitter *e, const qi_gen_statement *s)
{
    qi_buffer_add(e->out, "\n/*\n * ");
    for (size_t i = 0; i < s->part_count; i++) {
        const qi_gen_part *p = &s->parts[i];
        bool again = i && s->parts[i - 1].condition == p->condition;
        const char *text = p->text;
        bool breaks = *text == '\n';
        if (breaks || (p->is_item && i && s->parts[i - 1].is_item))
            qi_buffer_add(e->out, breaks ? "\n * " : "\n *     ");
        if (breaks)
            text++;
        if (p->condition != QI_GEN_NONE && (!again || p->is_else))
            qi_emit(e, "[%s] ", p->is_else ? "else" : "if set");
        for (; *text; text++) {
            size_t length = strcspn(text, "\n");
            qi_emit_comment_text(e, text, length);
            text += length;
            if (!*text)
                break;
            qi_buffer_add(e->out, "\n * ");
        }
        if (p->param != QI_GEN_NONE)
            qi_emit(e, ":%s", s->params[p->param].name);
    }
    qi_buffer_add(e->out, "\n */\n");
}

void qi_emit_statements(qi_emitter *e, const qi_gen_function *f)
{
    if (f->statement.sql)
        qi_buffer_add_char(e->out, '\n');
    else
        sql_comment(e, &f->statement);
    params(e, f);
    conditions(e, f);
    statement(e, f, &f->statement, qi_emit_printf(e, "%s_statement", f->stem), f->stem);
    if (f->call == QI_CALL_WITH_LIST)
        statement(e, f, &f->children, qi_emit_printf(e, "%s_children", f->stem),
                  qi_emit_printf(e, "%s_child", f->stem));
}
