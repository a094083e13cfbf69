#include "codegen/emit.h"
#include "codegen/emit_text.h"

#include <string.h>

static void head(qi_emitter *e)
{
    const qi_gen_model *m = e->model;
    qi_emit(e, QI_GEN_MARKER "\n");
    qi_emit_provenance(e);
    qi_emit(e, "#ifndef %s_H\n#define %s_H\n\n", m->upper, m->upper);
    qi_buffer_add(e->out, "/*\n"
                          " * The tables and queries of the project as C.\n"
                          " *\n"
                          " * Functions return a quire_status. They need no locks: whatever the "
                          "threads of the handle allow.\n"
                          " * What every one may fail with (quire/error.h): QUIRE_CONNECT, "
                          "QUIRE_LOST, QUIRE_TIMEOUT,\n"
                          " * QUIRE_DENIED, QUIRE_SERIALIZATION, QUIRE_SQL, QUIRE_DATA, "
                          "QUIRE_MEMORY, QUIRE_INVALID, and\n"
                          " * QUIRE_SCHEMA when the database is not the one this was written for. "
                          "Those that write may fail\n"
                          " * with QUIRE_UNIQUE and QUIRE_CONSTRAINT too. What comes on top of "
                          "these is said at the function.\n"
                          " * On failure outputs are as they were. The status may be passed over "
                          "where `err` is looked at\n"
                          " * later: a success leaves it as it is.\n"
                          " *\n"
                          " * Rows own what they point to, until they are freed with their "
                          "..._free, which takes NULL and\n"
                          " * zeroed structs too. A row inside a list or inside another row "
                          "belongs to that one: only the\n"
                          " * outermost is freed. Parameters are only read during the call.\n"
                          " */\n\n"
                          "#include <quire/generated.h>\n\n");
    qi_emit(e,
            "#if QUIRE_ABI != 1\n"
            "#error \"%s.h was written for another version of Quire: run quire codegen\"\n"
            "#endif\n\n",
            m->prefix);
    qi_buffer_add(e->out, "#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n");
    qi_buffer_add(e->out, "/* Links only with a library that this code was written for. */\n");
    qi_emit(e, "extern const int *const %s_quire_abi;\n", m->prefix);
}

static void section(qi_emitter *e, const char *title)
{
    int dashes = QI_GEN_WIDTH - 11 - (int)strlen(title);
    qi_emit(e, "\n/* ---- %s ", title);
    for (int i = 0; i < dashes; i++)
        qi_buffer_add_char(e->out, '-');
    qi_buffer_add(e->out, " */\n");
}

static void enumeration(qi_emitter *e, const qi_gen_enum *type)
{
    qi_buffer_add_char(e->out, '\n');
    qi_emit_comment(e, 0,
                    qi_emit_printf(e, "%s%sThe type %s. Zero is none of its values.",
                                   type->comment ? type->comment : "", type->comment ? "\n" : "",
                                   type->type_name));
    qi_emit(e, "typedef enum %s {\n", type->c_name);
    if (!type->count)
        qi_emit(e, "    %s_NONE = 0\n", type->constants[0]);
    for (size_t i = 0; i < type->count; i++)
        qi_emit(e, "    %s = %zu%s\n", type->constants[i], i + 1, i + 1 < type->count ? "," : "");
    qi_emit(e, "} %s;\n\n", type->c_name);
    qi_emit(e, "typedef struct %s {\n    bool has;\n    %s value;\n} %s;\n\n", type->nullable,
            type->c_name, type->nullable);
    qi_emit(e, "typedef struct %s {\n    quire_presence presence;\n    %s value;\n} %s;\n\n",
            type->optional, type->c_name, type->optional);
    qi_buffer_add(e->out,
                  "/* The label of a value; NULL for a number that is none. Static text. */\n");
    qi_emit(e, "const char *%s_label(%s value);\n", type->c_name, type->c_name);
    qi_buffer_add(e->out, "/* The value of a label, 0 when there is none. */\n");
    qi_emit(e, "%s %s_parse(const char *label);\n", type->c_name, type->c_name);
}

static void row_members(qi_emitter *e, const qi_gen_row *row)
{
    for (size_t i = 0; i < row->field_count; i++) {
        const qi_gen_field *field = &row->fields[i];
        qi_emit_comment(e, 4, field->comment);
        qi_buffer_add(e->out, "    ");
        qi_emit_declarator(e, qi_emit_field_type(e, field), field->name);
        qi_buffer_add(e->out, ";\n");
    }
    if (row->parent && row->parent_nullable)
        qi_emit(e, "    struct {\n        bool has;\n        %s value;\n    } %s;\n",
                row->parent->c_name, row->parent_member);
    else if (row->parent)
        qi_emit(e, "    %s %s;\n", row->parent->c_name, row->parent_member);
    if (row->children)
        qi_emit(e, "    %s_list %s;\n", row->children->c_name, row->children_member);
}

static void row(qi_emitter *e, const qi_gen_row *r)
{
    qi_buffer_add_char(e->out, '\n');
    qi_emit_comment(e, 0, r->comment);
    qi_emit(e, "typedef struct %s {\n", r->c_name);
    row_members(e, r);
    qi_emit(e, "    quire_memory *owner_;\n} %s;\n", r->c_name);
    if (r->has_list)
        qi_emit(e,
                "\ntypedef struct %s_list {\n    %s *items;\n    size_t count;\n"
                "    quire_memory *owner_;\n} %s_list;\n",
                r->c_name, r->c_name, r->c_name);
    qi_buffer_add(e->out, "\n/* Frees what the struct owns and zeroes it. NULL is fine. */\n");
    qi_emit_free_signature(e, r->c_name, "row", ");\n");
    if (r->has_list)
        qi_emit_free_signature(e, qi_emit_printf(e, "%s_list", r->c_name), "list", ");\n");
}

static void choice(qi_emitter *e, const qi_gen_choice *c)
{
    qi_emit(e, "\ntypedef enum %s {\n", c->c_type);
    for (size_t i = 0; i < c->count; i++)
        qi_emit(e, "    %s = %zu%s\n", c->constants[i], i, i + 1 < c->count ? "," : "");
    qi_emit(e, "} %s;\n", c->c_type);
}

static void options(qi_emitter *e, const qi_gen_function *f)
{
    for (size_t i = 0; i < f->choice_count; i++)
        choice(e, &f->choices[i]);
    qi_buffer_add_char(e->out, '\n');
    qi_emit_comment(e, 0, f->options_comment);
    qi_emit(e, "typedef struct %s {\n", f->options_type);
    for (size_t i = 0; i < f->statement.param_count; i++) {
        const qi_gen_param *param = &f->statement.params[i];
        if (!param->in_struct)
            continue;
        const char *text = param->comment;
        if (param->required)
            text = qi_emit_printf(e, "%s%sRequired.", text ? text : "", text ? "\n" : "");
        qi_emit_comment(e, 4, text);
        qi_buffer_add(e->out, "    ");
        qi_emit_declarator(e, qi_emit_param_type(e, param), param->name);
        qi_buffer_add(e->out, ";\n");
    }
    for (size_t i = 0; i < f->choice_count; i++)
        qi_emit(e, "    %s %s;\n", f->choices[i].c_type, f->choices[i].name);
    qi_emit(e, "} %s;\n", f->options_type);
}

/* What a function gives and which errors are its own. */
static const char *outcome(qi_emitter *e, const qi_gen_function *f)
{
    const char *type = f->statement.row ? f->statement.row->c_name : "";
    const char *nothing = f->out_optional ? "; NULL when it is not wanted" : "";
    switch (f->call) {
    case QI_CALL_ONE:
    case QI_CALL_WITH_LIST:
        return qi_emit_printf(e, "%s in *out, to be freed with %s_free%s.%s",
                              f->source ? "Exactly one row" : "The row", type, nothing,
                              f->source       ? " QUIRE_NO_ROW, QUIRE_TOO_MANY_ROWS."
                              : f->always_one ? ""
                                              : " QUIRE_NO_ROW when there is none.");
    case QI_CALL_MAYBE:
        return qi_emit_printf(
            e,
            "*found tells whether there is a row; then it is in *out, to be freed "
            "with %s_free. QUIRE_TOO_MANY_ROWS.",
            type);
    case QI_CALL_LIST:
        return qi_emit_printf(e, "All rows in *out, to be freed with %s_list_free.", type);
    case QI_CALL_AFFECTED:
        return "*affected is the number of rows that it touched; NULL when it is not wanted.";
    case QI_CALL_VALUE:
        return f->statement.row && f->statement.row->is_hidden
                   ? "The value in *out. QUIRE_NO_ROW, QUIRE_TOO_MANY_ROWS."
                   : qi_emit_printf(e,
                                    "The value in *out, to be freed with %s_free. QUIRE_NO_ROW, "
                                    "QUIRE_TOO_MANY_ROWS.",
                                    type);
    case QI_CALL_EXECUTE_ONE:
        return "QUIRE_NO_ROW when there is no such row.";
    case QI_CALL_EXECUTE:
        break;
    }
    return "";
}

static void function(qi_emitter *e, const qi_gen_repo *repo, const qi_gen_function *f)
{
    if (f->row_is_its_own && f->statement.row && !f->statement.row->is_hidden)
        row(e, f->statement.row);
    if (f->options_type)
        options(e, f);
    const char *ends = outcome(e, f);
    const char *source = f->source ? qi_emit_printf(e, "(%s)", f->source) : "";
    qi_buffer_add_char(e->out, '\n');
    qi_emit_comment(e, 0,
                    qi_emit_printf(e, "%s%s%s%s%s", f->comment, *ends ? "\n" : "", ends,
                                   *source ? "\n" : "", source));
    qi_emit_signature(e, f, repo, ");\n");
}

static void repo(qi_emitter *e, const qi_gen_repo *r)
{
    section(e, r->name);
    qi_buffer_add_char(e->out, '\n');
    qi_emit_comment(e, 0, r->comment);
    qi_emit(e, "typedef struct %s {\n    quire_db *db;\n} %s;\n", r->c_name, r->c_name);
    for (size_t i = 0; i < r->function_count; i++)
        function(e, r, &r->functions[i]);
}

static void bundle(qi_emitter *e)
{
    const qi_gen_model *m = e->model;
    section(e, "all repositories");
    qi_emit(e, "\ntypedef struct %s_repos {\n", m->prefix);
    for (size_t i = 0; i < m->repo_count; i++)
        qi_emit(e, "    %s %s;\n", m->repos[i].c_name, m->repos[i].name);
    if (!m->repo_count)
        qi_buffer_add(e->out, "    quire_db *db;\n");
    qi_emit(e, "} %s_repos;\n\n", m->prefix);
    qi_buffer_add(e->out, "/* The repositories over a database or a transaction. Nothing to free; "
                          "valid as long as `db`. */\n");
    qi_emit(e, "%s_repos %s_repos_on(quire_db *db);\n", m->prefix, m->prefix);
    qi_buffer_add(e->out, "\n#ifdef __cplusplus\n}\n#endif\n\n#endif\n");
}

void qi_gen_emit_header(const qi_gen_model *model, qi_buffer *out)
{
    qi_emitter e = { .out = out, .model = model };
    head(&e);
    if (model->enum_count)
        section(&e, "enums");
    for (size_t i = 0; i < model->enum_count; i++)
        enumeration(&e, &model->enums[i]);
    if (model->row_count)
        section(&e, "rows");
    for (size_t i = 0; i < model->row_count; i++)
        row(&e, &model->rows[i]);
    for (size_t i = 0; i < model->repo_count; i++)
        repo(&e, &model->repos[i]);
    bundle(&e);
    qi_arena_free(&e.arena);
}
