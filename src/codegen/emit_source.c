#include "codegen/emit.h"
#include "codegen/emit_descriptors.h"
#include "codegen/emit_text.h"

#include <string.h>

static void head(qi_emitter *e)
{
    const qi_gen_model *m = e->model;
    qi_emit(e, QI_GEN_MARKER "\n");
    qi_emit_provenance(e);
    qi_emit(e, "#include \"%s.h\"\n\n", m->prefix);
    if (m->enum_count)
        qi_buffer_add(e->out, "#include <assert.h>\n");
    qi_buffer_add(e->out, "#include <stddef.h>\n#include <string.h>\n\n");
    qi_emit(e, "const int *const %s_quire_abi = &quire_abi_1;\n", m->prefix);
}

static void enumeration(qi_emitter *e, const qi_gen_enum *type)
{
    qi_buffer_add_char(e->out, '\n');
    if (type->count) {
        qi_emit(e, "static const char *const %s_labels[] = {\n", type->stem);
        for (size_t i = 0; i < type->count; i++) {
            qi_buffer_add(e->out, "    ");
            qi_emit_string(e, type->labels[i], 4);
            qi_buffer_add(e->out, ",\n");
        }
        qi_buffer_add(e->out, "};\n");
    }
    qi_emit(e, "static const quire_enum %s_enum = { ", type->stem);
    qi_emit_string(e, type->type_name, 4);
    if (type->count)
        qi_emit(e, ", %s_labels, %zu };\n", type->stem, type->count);
    else
        qi_buffer_add(e->out, ", NULL, 0 };\n");
    qi_buffer_add_char(e->out, '\n');
    qi_emit(e, "static_assert(sizeof(%s) == sizeof(int), \"an enum is not an int here\");\n\n",
            type->c_name);
    qi_emit(e,
            "const char *%s_label(%s value)\n{\n    return quire_enum_label(&%s_enum, "
            "(int)value);\n}\n\n",
            type->c_name, type->c_name, type->stem);
    qi_emit(
        e,
        "%s %s_parse(const char *label)\n{\n    return (%s)quire_enum_parse(&%s_enum, label);\n}\n",
        type->c_name, type->c_name, type->c_name, type->stem);
}

static void free_function(qi_emitter *e, const char *type, const char *name, const char *children)
{
    qi_buffer_add_char(e->out, '\n');
    qi_emit_free_signature(e, type, name, ")\n{\n");
    qi_emit(e, "    if (!%s)\n        return;\n", name);
    if (children)
        qi_emit(e, "    quire_memory_free(%s->%s.owner_);\n", name, children);
    qi_emit(e, "    quire_memory_free(%s->owner_);\n    memset(%s, 0, sizeof *%s);\n}\n", name,
            name, name);
}

static void row(qi_emitter *e, const qi_gen_row *r)
{
    if (r->is_hidden) {
        qi_emit(e, "\ntypedef struct %s {\n    ", r->c_name);
        qi_emit_declarator(e, qi_emit_field_type(e, &r->fields[0]), r->fields[0].name);
        qi_emit(e, ";\n    quire_memory *owner_;\n} %s;\n", r->c_name);
    }
    qi_emit_row_type(e, r);
    if (r->is_hidden)
        return;
    free_function(e, r->c_name, "row", r->children_member);
    if (r->has_list)
        free_function(e, qi_emit_printf(e, "%s_list", r->c_name), "list", NULL);
}

/* "    const void *const args[] = { &id, &title };", and what to hand in for it. */
static const char *arguments(qi_emitter *e, const qi_gen_function *f)
{
    size_t count = 0, column = 33;
    for (size_t i = 0; i < f->statement.param_count; i++) {
        const qi_gen_param *param = &f->statement.params[i];
        if (param->in_struct)
            continue;
        size_t length = strlen(param->name) + 1;
        if (!count)
            qi_emit(e, "    const void *const args[] = { &%s", param->name);
        else if (column + length + 4 > QI_GEN_WIDTH)
            qi_emit(e, ",\n                                 &%s", param->name);
        else
            qi_emit(e, ", &%s", param->name);
        column = count && column + length + 4 > QI_GEN_WIDTH ? 33 + length : column + length + 2;
        count++;
    }
    if (!count)
        return "NULL";
    qi_buffer_add(e->out, " };\n");
    return "args";
}

static void call(qi_emitter *e, const qi_gen_function *f, const char *executor, const char *args,
                 const char *const *outputs, size_t output_count)
{
    const char *all[8];
    size_t count = 0;
    all[count++] = "repo.db";
    all[count++] = qi_emit_printf(e, "&%s_statement", f->stem);
    if (f->call == QI_CALL_WITH_LIST)
        all[count++] = qi_emit_printf(e, "&%s_children", f->stem);
    all[count++] = args;
    if (f->call != QI_CALL_WITH_LIST)
        all[count++] = f->options_type ? f->options_name : "NULL";
    for (size_t i = 0; i < output_count; i++)
        all[count++] = outputs[i];
    all[count++] = "err";
    qi_emit_call(e, executor, all, count, ");\n");
}

static void value_body(qi_emitter *e, const qi_gen_function *f, const char *args)
{
    const char *const outputs[] = { "&row" };
    qi_emit(e, "    %s row;\n", f->statement.row->c_name);
    call(e, f, "    quire_status status =\n        quire_fetch_one", args, outputs, 1);
    qi_emit(e,
            "    if (status == QUIRE_OK) {\n        *out = row.%s;\n"
            "        quire_memory_free(row.owner_);\n    }\n    return status;\n",
            f->statement.row->fields[0].name);
}

static void body(qi_emitter *e, const qi_gen_function *f)
{
    const qi_gen_row *r = f->statement.row;
    const char *args = arguments(e, f);
    const char *out[] = { "out", NULL };
    switch (f->call) {
    case QI_CALL_ONE:
        call(e, f, "    return quire_fetch_one", args, out, 1);
        break;
    case QI_CALL_MAYBE: {
        const char *const found[] = { "found", "out" };
        call(e, f, "    return quire_fetch_maybe", args, found, 2);
        break;
    }
    case QI_CALL_LIST:
        call(e, f, "    return quire_fetch_list", args, out, 1);
        break;
    case QI_CALL_EXECUTE:
        out[0] = "NULL";
        call(e, f, "    return quire_execute", args, out, 1);
        break;
    case QI_CALL_AFFECTED:
        out[0] = "affected";
        call(e, f, "    return quire_execute", args, out, 1);
        break;
    case QI_CALL_EXECUTE_ONE:
        call(e, f, "    return quire_execute_one", args, NULL, 0);
        break;
    case QI_CALL_VALUE:
        if (r->is_hidden)
            value_body(e, f, args);
        else
            call(e, f, "    return quire_fetch_one", args, out, 1);
        break;
    case QI_CALL_WITH_LIST:
        out[1] = qi_emit_printf(e, "offsetof(%s, %s)", r->c_name, r->children_member);
        call(e, f, "    return quire_fetch_with_list", args, out, 2);
        break;
    }
}

static void function(qi_emitter *e, const qi_gen_repo *repo, const qi_gen_function *f)
{
    if (f->row_is_its_own)
        row(e, f->statement.row);
    qi_emit_statements(e, f);
    qi_buffer_add_char(e->out, '\n');
    qi_emit_signature(e, f, repo, ")\n{\n");
    body(e, f);
    qi_buffer_add(e->out, "}\n");
}

static void bundle(qi_emitter *e)
{
    const qi_gen_model *m = e->model;
    qi_emit(e, "\n%s_repos %s_repos_on(quire_db *db)\n{\n    %s_repos repos;\n", m->prefix,
            m->prefix, m->prefix);
    for (size_t i = 0; i < m->repo_count; i++)
        qi_emit(e, "    repos.%s.db = db;\n", m->repos[i].name);
    if (!m->repo_count)
        qi_buffer_add(e->out, "    repos.db = db;\n");
    qi_buffer_add(e->out, "    return repos;\n}\n");
}

void qi_gen_emit_source(const qi_gen_model *model, qi_buffer *out)
{
    qi_emitter e = { .out = out, .model = model };
    head(&e);
    for (size_t i = 0; i < model->enum_count; i++)
        enumeration(&e, &model->enums[i]);
    for (size_t i = 0; i < model->row_count; i++)
        row(&e, &model->rows[i]);
    for (size_t i = 0; i < model->repo_count; i++)
        for (size_t j = 0; j < model->repos[i].function_count; j++)
            function(&e, &model->repos[i], &model->repos[i].functions[j]);
    bundle(&e);
    qi_arena_free(&e.arena);
}
