/* Named queries as functions. */
#include "codegen/build.h"
#include "codegen/star.h"
#include "codegen/variant.h"
#include "base/buffer.h"
#include "base/error.h"
#include "codegen/writes.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define PART_LIMIT (1024u * 1024u)

typedef struct draft {
    qi_gen_builder *b;
    qi_gen_repo_draft *repo;
    const qi_query_file *file;
    const qi_query *query;
    qi_query_facts facts;
    const char *words;  /* of the query's name */
    const char *origin; /* for collisions */
    qi_gen_function *f;
} draft;

static quire_status fail(const draft *d, quire_error *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static quire_status fail(const draft *d, quire_error *err, const char *format, ...)
{
    char message[512];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    qi_fail(err, QUIRE_SQL, "%s", message);
    qi_locate(err, d->file->path, d->query->at.line, d->query->at.column);
    return QUIRE_SQL;
}

/* Says where a failure is that does not know it itself. */
static quire_status at_query(const draft *d, quire_status status, quire_error *err)
{
    if (status == QUIRE_SQL && err && !err->file[0])
        qi_locate(err, d->file->path, d->query->at.line, d->query->at.column);
    return status;
}

/* ---- columns --------------------------------------------------------------------------------- */

/* "total!" and "total?" say what is known of NULL better than anybody can prove. */
static const char *plain_name(draft *d, size_t at, bool *nullable)
{
    const qi_query_column *column = &d->facts.columns[at];
    if (strcmp(column->name, "?column?") == 0) /* an expression without a name */
        return QI_TEXT(d->b, "column_%zu", at + 1);
    size_t length = strlen(column->name);
    char last = length > 1 ? column->name[length - 1] : '\0';
    if (last != '!' && last != '?')
        return column->name;
    *nullable = last == '?';
    return qi_arena_text_n(d->b->arena, column->name, length - 1);
}

static const char *comment_of(const draft *d, const qi_query_column *column)
{
    const qi_table *table = qi_catalog_table_by_oid(d->b->in.catalog, column->table);
    const qi_column *from = table ? qi_table_column_at(table, column->table_column) : NULL;
    return from ? from->comment : NULL;
}

/* "author.name" and "books[].title" are to become nested structs one day. */
static bool looks_nested(const char *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz_0123456789";
    size_t outer = strspn(name, letters);
    size_t dot = outer + (strncmp(name + outer, "[]", 2) == 0 ? 2 : 0);
    if (!outer || name[dot] != '.')
        return false;
    size_t inner = strspn(name + dot + 1, letters);
    return inner && !name[dot + 1 + inner];
}

static quire_status check_column(const draft *d, const char *name, quire_error *err)
{
    if (!looks_nested(name))
        return QUIRE_OK;
    fail(d, err, "column \"%s\": nested results are not known yet", name);
    qi_hint(err, "Name the column without a full stop.");
    return QUIRE_SQL;
}

static quire_status build_field(draft *d, size_t at, qi_gen_scope *scope, qi_gen_field *out,
                                quire_error *err)
{
    const qi_query_column *column = &d->facts.columns[at];
    bool nullable = !column->not_null;
    const char *name = plain_name(d, at, &nullable);
    if (!name)
        return qi_fail_memory(err);
    const char *origin = QI_TEXT(d->b, "column \"%s\" (number %zu)", name, at + 1);
    *out = (qi_gen_field){ .column = column->name,
                           .nullable = nullable,
                           .comment = comment_of(d, column) };
    quire_status status = d->query->kind == QI_QUERY_VALUE ? QUIRE_OK : check_column(d, name, err);
    if (status != QUIRE_OK)
        return status;
    if (!qi_gen_find_type(d->b, column->type, &out->type)) {
        const qi_catalog_type *type = qi_catalog_type_by_oid(d->b->in.catalog, column->type);
        fail(d, err, "column \"%s\" has the type %s, which has no C form", name,
             type ? type->text : "unknown");
        qi_hint(err, "Cast it in the query, for example to text: (...)::text as %s.", name);
        return QUIRE_SQL;
    }
    if (d->query->kind == QI_QUERY_VALUE) {
        out->name = "value";
        return QUIRE_OK;
    }
    status = qi_gen_take_member(d->b, scope, name, origin, &out->name, err);
    if (status == QUIRE_SQL)
        qi_hint(err, "Name one of them otherwise: ... as <name>.");
    return at_query(d, status, err);
}

/* Whether the result is a table's row: its columns in order, and NULL only where the table has it. */
static bool is_row_of(const draft *d, const qi_gen_table *table, const qi_gen_field *fields)
{
    size_t count = d->facts.column_count;
    if (table->row->field_count != count)
        return false;
    for (size_t i = 0; i < count; i++) {
        const qi_query_column *column = &d->facts.columns[i];
        const qi_gen_field *field = &table->row->fields[i];
        if (column->table != table->table->oid ||
            column->table_column != table->columns[i]->number ||
            strcmp(fields[i].column, field->column) != 0 ||
            (fields[i].nullable && !field->nullable))
            return false;
    }
    return true;
}

static const qi_gen_row *table_row(const draft *d, const qi_gen_field *fields)
{
    for (size_t i = 0; i < d->b->table_count; i++)
        if (is_row_of(d, &d->b->tables[i], fields))
            return d->b->tables[i].row;
    return NULL;
}

static quire_status own_row(draft *d, const qi_gen_field *fields, quire_error *err)
{
    qi_gen_row *row = qi_arena_zero(d->b->arena, 1, sizeof *row);
    if (!row)
        return qi_fail_memory(err);
    bool value = d->query->kind == QI_QUERY_VALUE;
    row->fields = fields;
    row->field_count = d->facts.column_count;
    row->has_list = d->query->kind == QI_QUERY_MANY;
    row->is_hidden = value && qi_gen_type_is_fixed(&fields[0].type);
    row->stem = QI_TEXT(d->b, "%s_%s", d->f->stem, value ? "value" : "row");
    row->c_name = row->stem ? qi_gen_name(d->b, row->stem) : NULL;
    row->comment = QI_TEXT(d->b, "%s of %s.", value ? "The value" : "A row", d->f->statement.name);
    if (!row->c_name || !row->comment)
        return qi_fail_memory(err);
    d->f->statement.row = row;
    d->f->row_is_its_own = true;
    return at_query(d, qi_gen_take_row(d->b, row, d->origin, err), err);
}

static quire_status build_row(draft *d, quire_error *err)
{
    size_t count = d->facts.column_count;
    qi_gen_scope scope = { 0 };
    qi_gen_field *fields = qi_arena_zero(d->b->arena, count, sizeof *fields);
    if (!fields)
        return qi_fail_memory(err);
    for (size_t i = 0; i < count; i++) {
        quire_status status = build_field(d, i, &scope, &fields[i], err);
        if (status != QUIRE_OK)
            return status;
    }
    if (d->query->kind != QI_QUERY_VALUE)
        d->f->statement.row = table_row(d, fields);
    return d->f->statement.row ? QUIRE_OK : own_row(d, fields, err);
}

/* ---- the kind -------------------------------------------------------------------------------- */

static bool is_void(const draft *d)
{
    for (size_t i = 0; i < d->facts.column_count; i++) {
        const qi_catalog_type *type =
            qi_catalog_type_by_oid(d->b->in.catalog, d->facts.columns[i].type);
        if (!type || strcmp(type->name, "void") != 0)
            return false;
    }
    return true;
}

static quire_status check_kind(const draft *d, quire_error *err)
{
    const char *kind = qi_query_kind_name(d->query->kind);
    size_t columns = d->facts.column_count;
    bool wants_rows = d->query->kind != QI_QUERY_EXEC && d->query->kind != QI_QUERY_ROWS;
    if (wants_rows && !columns) {
        fail(d, err, "is %s, but the statement returns no rows", kind);
        qi_hint(err, "Use :exec or :rows, or add a returning clause.");
        return QUIRE_SQL;
    }
    if (!wants_rows && columns && !is_void(d)) {
        fail(d, err, "is %s, but the statement returns rows", kind);
        qi_hint(err, "Use :one, :maybe, :many or :value.");
        return QUIRE_SQL;
    }
    if (d->query->kind == QI_QUERY_VALUE && columns != 1)
        return fail(d, err, "is :value, but the statement returns %zu columns", columns);
    return QUIRE_OK;
}

/* ---- parameters ------------------------------------------------------------------------------ */

static quire_status build_param(draft *d, size_t at, qi_gen_scope *members, qi_gen_scope *arguments,
                                qi_gen_param *out, quire_error *err)
{
    const qi_query_param *param = &d->query->params[at];
    const char *origin = QI_TEXT(d->b, "parameter %s", param->name);
    *out = (qi_gen_param){ .sql_name = param->name, .in_struct = param->optional };
    quire_status status;
    if (!qi_gen_find_type(d->b, d->facts.param_types[at], &out->type)) {
        const qi_catalog_type *type =
            qi_catalog_type_by_oid(d->b->in.catalog, d->facts.param_types[at]);
        status = fail(d, err, "parameter %s has the type %s, which has no C form", param->name,
                      type ? type->text : "unknown");
        qi_hint(err, "Cast it in the query: :%s::text, and from there to the type.", param->name);
    } else if (param->optional) {
        status = qi_gen_take_member(d->b, members, param->name, origin, &out->name, err);
    } else {
        out->nullable = param->nullable || d->facts.param_nullable[at];
        status = qi_gen_take_argument(d->b, arguments, param->name, origin, &out->name, err);
    }
    if (status == QUIRE_SQL)
        qi_locate(err, d->file->path, param->at.line, param->at.column);
    return status;
}

static quire_status build_choice(draft *d, const qi_query_choice *from, qi_gen_scope *members,
                                 qi_gen_choice *out, quire_error *err)
{
    const char *origin = QI_TEXT(d->b, "the choice %s of %s", from->name, d->origin);
    const char **constants = qi_arena_zero(d->b->arena, from->value_count, sizeof *constants);
    const char *words = qi_gen_words(d->b->arena, from->name);
    if (!origin || !constants || !words)
        return qi_fail_memory(err);
    quire_status status = qi_gen_take_member(d->b, members, from->name, origin, &out->name, err);
    out->c_type = QI_TEXT(d->b, "%s_%s", d->f->c_name, words);
    out->constants = constants;
    out->values = from->values;
    out->count = from->value_count;
    if (status == QUIRE_OK)
        status = qi_gen_take(d->b, out->c_type, NULL, origin, err);
    for (size_t i = 0; i < from->value_count && status == QUIRE_OK; i++) {
        const char *type = qi_gen_upper(d->b->arena, out->c_type);
        const char *value = qi_gen_upper(d->b->arena, from->values[i]);
        constants[i] = type && value ? QI_TEXT(d->b, "%s_%s", type, value) : NULL;
        status = qi_gen_take(d->b, constants[i], NULL, origin, err);
    }
    if (status == QUIRE_SQL)
        qi_locate(err, d->file->path, from->at.line, from->at.column);
    return status;
}

static quire_status build_params(draft *d, quire_error *err)
{
    const qi_query *q = d->query;
    qi_gen_scope members = { 0 }, arguments = { 0 };
    qi_gen_param *params = qi_arena_zero(d->b->arena, q->param_count, sizeof *params);
    qi_gen_choice *choices = qi_arena_zero(d->b->arena, q->choice_count, sizeof *choices);
    if (!params || !choices)
        return qi_fail_memory(err);
    bool any = q->choice_count > 0;
    quire_status status = QUIRE_OK;
    for (size_t i = 0; i < q->param_count && status == QUIRE_OK; i++) {
        status = build_param(d, i, &members, &arguments, &params[i], err);
        any = any || params[i].in_struct;
    }
    for (size_t i = 0; i < q->choice_count && status == QUIRE_OK; i++)
        status = build_choice(d, &q->choices[i], &members, &choices[i], err);
    d->f->statement.params = params;
    d->f->statement.param_count = q->param_count;
    d->f->choices = choices;
    d->f->choice_count = q->choice_count;
    if (status != QUIRE_OK || !any)
        return status;
    d->f->options_type = QI_TEXT(d->b, "%s_params", d->f->c_name);
    d->f->options_name = "params";
    d->f->options_comment =
        QI_TEXT(d->b, "What %s can be told; what is not named is left out.", d->f->statement.name);
    if (!d->f->options_comment)
        return qi_fail_memory(err);
    return at_query(d, qi_gen_take(d->b, d->f->options_type, NULL, d->origin, err), err);
}

/* ---- the text -------------------------------------------------------------------------------- */

static quire_status build_conditions(draft *d, quire_error *err)
{
    const qi_query *q = d->query;
    qi_gen_condition *conditions =
        qi_arena_zero(d->b->arena, q->condition_count, sizeof *conditions);
    if (!conditions)
        return qi_fail_memory(err);
    for (size_t i = 0; i < q->condition_count; i++)
        conditions[i] = (qi_gen_condition){
            .params = q->conditions[i].params,
            .param_count = q->conditions[i].param_count,
            .choice = q->conditions[i].param_count ? QI_GEN_NONE : q->conditions[i].choice,
            .value = q->conditions[i].value,
        };
    d->f->statement.conditions = conditions;
    d->f->statement.condition_count = q->condition_count;
    return QUIRE_OK;
}

/* Pieces that stand under the same condition become one part, up to the next parameter. */
static quire_status build_parts(draft *d, quire_error *err)
{
    const qi_query *q = d->query;
    qi_gen_part *parts = qi_arena_zero(d->b->arena, q->piece_count, sizeof *parts);
    size_t count = 0;
    qi_buffer text;
    qi_buffer_init(&text, PART_LIMIT);
    for (size_t i = 0; parts && i < q->piece_count; i++) {
        const qi_query_piece *piece = &q->pieces[i];
        if (piece->breaks)
            qi_buffer_add_char(&text, '\n');
        qi_buffer_add_n(&text, d->file->text + piece->start, piece->length);
        bool last = i + 1 == q->piece_count || q->pieces[i + 1].condition != piece->condition;
        if (!last && piece->param == QI_QUERY_NONE)
            continue;
        parts[count] = (qi_gen_part){
            .text = text.failed ? NULL : qi_arena_text_n(d->b->arena, text.data, text.length),
            .param = piece->param,
            .condition = piece->condition,
        };
        if (!parts[count++].text)
            text.failed = true;
        else
            qi_buffer_clear(&text);
    }
    bool failed = text.failed || !parts;
    qi_buffer_free(&text);
    d->f->statement.parts = parts;
    d->f->statement.part_count = count;
    return failed ? qi_fail_memory(err) : build_conditions(d, err);
}

static quire_status build_text(draft *d, quire_error *err)
{
    size_t conditions = d->query->condition_count;
    bool *holds = qi_arena_zero(d->b->arena, conditions + 1, sizeof *holds);
    if (!holds)
        return qi_fail_memory(err);
    for (size_t i = 0; i < conditions; i++)
        holds[i] = true;
    qi_variant variant;
    quire_status status =
        qi_variant_build(d->file, d->query, holds, false, d->b->arena, &variant, err);
    if (status != QUIRE_OK)
        return status;
    d->f->statement.writes = qi_gen_writes(variant.sql, variant.length);
    if (conditions || variant.length > QI_GEN_LITERAL_MOST)
        return build_parts(d, err);
    d->f->statement.sql = variant.sql;
    return QUIRE_OK;
}

static qi_gen_call call_of(qi_query_kind kind)
{
    switch (kind) {
    case QI_QUERY_ONE:
        return QI_CALL_ONE;
    case QI_QUERY_MAYBE:
        return QI_CALL_MAYBE;
    case QI_QUERY_MANY:
        return QI_CALL_LIST;
    case QI_QUERY_ROWS:
        return QI_CALL_AFFECTED;
    case QI_QUERY_VALUE:
        return QI_CALL_VALUE;
    case QI_QUERY_EXEC:
        break;
    }
    return QI_CALL_EXECUTE;
}

static bool same_columns(const qi_query_facts *a, const qi_query_facts *b)
{
    if (a->column_count != b->column_count)
        return false;
    for (size_t i = 0; i < a->column_count; i++) {
        const qi_query_column *x = &a->columns[i], *y = &b->columns[i];
        if (strcmp(x->name, y->name) != 0 || x->type != y->type || x->table != y->table ||
            x->table_column != y->table_column || x->not_null != y->not_null)
            return false;
    }
    return true;
}

/* Writes out `b.*`, unless the server says that the result is another one then. */
static quire_status write_out_star(draft *d, quire_error *err)
{
    qi_query_file *file = qi_arena_zero(d->b->arena, 1, sizeof *file);
    qi_query *query = qi_arena_zero(d->b->arena, 1, sizeof *query);
    qi_query_facts facts = { 0 };
    bool changed = false;
    if (!file || !query)
        return qi_fail_memory(err);
    quire_status status = qi_query_write_out_star(d->file, d->query, &d->facts, d->b->arena, file,
                                                  query, &changed, err);
    if (status != QUIRE_OK || !changed)
        return status;
    status =
        qi_query_describe(d->b->in.db, d->b->in.catalog, file, query, d->b->arena, &facts, NULL);
    if (status == QUIRE_OK && same_columns(&d->facts, &facts)) {
        d->file = file;
        d->query = query;
    }
    return status == QUIRE_SQL ? QUIRE_OK : status;
}

static quire_status build_query(draft *d, quire_error *err)
{
    const qi_query *q = d->query;
    d->words = qi_gen_words(d->b->arena, q->name);
    d->origin = QI_TEXT(d->b, "the query %s (%s:%d)", q->name, d->file->path, q->at.line);
    if (!d->words || !d->origin)
        return qi_fail_memory(err);
    quire_status status =
        qi_query_describe(d->b->in.db, d->b->in.catalog, d->file, q, d->b->arena, &d->facts, err);
    if (status == QUIRE_OK)
        status = check_kind(d, err);
    if (status == QUIRE_OK)
        status = write_out_star(d, err);
    if (status == QUIRE_OK)
        status =
            at_query(d, qi_gen_add_function(d->b, d->repo, d->words, d->origin, &d->f, err), err);
    if (status != QUIRE_OK)
        return status;
    d->f->call = call_of(q->kind);
    d->f->source = d->file->path;
    d->f->comment = q->comment ? q->comment : QI_TEXT(d->b, "The query %s.", d->f->statement.name);
    if (!d->f->comment)
        return qi_fail_memory(err);
    status = build_params(d, err);
    bool rows = q->kind != QI_QUERY_EXEC && q->kind != QI_QUERY_ROWS;
    if (status == QUIRE_OK && rows)
        status = build_row(d, err);
    return status == QUIRE_OK ? build_text(d, err) : status;
}

/* Every failure says in which query it was. */
static quire_status named(const draft *d, quire_status status, quire_error *err)
{
    if (status != QUIRE_OK && err)
        snprintf(err->query, sizeof err->query, "%s.%s", d->repo->words,
                 d->words ? d->words : d->query->name);
    return status;
}

quire_status qi_gen_build_queries(qi_gen_builder *b, qi_gen_repo_draft *repo, quire_error *err)
{
    quire_status status = QUIRE_OK;
    for (size_t i = 0; i < repo->file->query_count && status == QUIRE_OK; i++) {
        draft d = { .b = b, .repo = repo, .file = repo->file, .query = &repo->file->queries[i] };
        status = named(&d, build_query(&d, err), err);
    }
    return status;
}
