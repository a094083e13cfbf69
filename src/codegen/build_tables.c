/* Enums and tables of the catalog as enums and row structs. */
#include "codegen/build.h"
#include "base/buffer.h"
#include "base/error.h"

#include <string.h>

#define LIST_LIMIT (1024u * 1024u)

/* ---- enums ----------------------------------------------------------------------------------- */

/* "reading_status", or "sales_state" where it is not in the schema public. */
static const char *scoped_words(qi_gen_builder *b, const char *schema, const char *name)
{
    const char *words = qi_gen_words(b->arena, name);
    if (!words || strcmp(schema, "public") == 0)
        return words;
    const char *before = qi_gen_words(b->arena, schema);
    return before ? QI_TEXT(b, "%s_%s", before, words) : NULL;
}

static bool is_own(const qi_catalog_type *type)
{
    return strcmp(type->schema, "pg_catalog") != 0 &&
           strcmp(type->schema, "information_schema") != 0;
}

static quire_status enum_constants(qi_gen_builder *b, const qi_catalog_type *type, qi_gen_enum *out,
                                   quire_error *err)
{
    const char *upper = qi_gen_upper(b->arena, out->c_name);
    const char **constants = qi_arena_zero(b->arena, type->label_count + 1, sizeof *constants);
    if (!upper || !constants)
        return qi_fail_memory(err);
    out->constants = constants;
    if (!type->label_count)
        constants[0] = upper;
    for (size_t i = 0; i < type->label_count; i++) {
        const char *label = *type->labels[i] ? type->labels[i] : "empty";
        const char *words = qi_gen_upper(b->arena, label);
        const char *origin = QI_TEXT(b, "label \"%s\" of the type %s", type->labels[i], type->name);
        constants[i] = words ? QI_TEXT(b, "%s_%s", upper, words) : NULL;
        quire_status status = qi_gen_take(b, constants[i], NULL, origin, err);
        if (status != QUIRE_OK)
            return status;
    }
    return QUIRE_OK;
}

static quire_status build_enum(qi_gen_builder *b, const qi_catalog_type *type, qi_gen_enum *out,
                               quire_error *err)
{
    static const char *const suffixes[] = { "_label", "_parse", NULL };
    const char *origin = QI_TEXT(b, "the type %s", type->text);
    *out = (qi_gen_enum){ .type_name = type->name,
                          .comment = type->comment,
                          .labels = type->labels,
                          .count = type->label_count,
                          .oid = type->oid };
    out->stem = scoped_words(b, type->schema, type->name);
    if (!out->stem || !origin)
        return qi_fail_memory(err);
    out->c_name = qi_gen_name(b, out->stem);
    out->nullable = QI_TEXT(b, "%s_nullable_%s", b->model.prefix, out->stem);
    out->optional = QI_TEXT(b, "%s_optional_%s", b->model.prefix, out->stem);
    quire_status status = qi_gen_take(b, out->c_name, suffixes, origin, err);
    if (status == QUIRE_OK)
        status = qi_gen_take(b, out->nullable, NULL, origin, err);
    if (status == QUIRE_OK)
        status = qi_gen_take(b, out->optional, NULL, origin, err);
    return status == QUIRE_OK ? enum_constants(b, type, out, err) : status;
}

static void sort_enums(qi_gen_enum *enums, size_t count)
{
    for (size_t i = 1; i < count; i++)
        for (size_t j = i; j > 0 && strcmp(enums[j - 1].stem, enums[j].stem) > 0; j--) {
            qi_gen_enum type = enums[j];
            enums[j] = enums[j - 1];
            enums[j - 1] = type;
        }
}

quire_status qi_gen_build_enums(qi_gen_builder *b, quire_error *err)
{
    const qi_catalog *catalog = b->in.catalog;
    size_t count = 0;
    for (size_t i = 0; i < catalog->type_count; i++)
        count += catalog->types[i].kind == QI_TYPE_ENUM && is_own(&catalog->types[i]);
    b->enums = qi_arena_zero(b->arena, count, sizeof(*b->enums));
    if (!b->enums)
        return qi_fail_memory(err);
    b->model.enums = b->enums;
    for (size_t i = 0; i < catalog->type_count; i++) {
        const qi_catalog_type *type = &catalog->types[i];
        if (type->kind != QI_TYPE_ENUM || !is_own(type))
            continue;
        quire_status status = build_enum(b, type, &b->enums[b->model.enum_count], err);
        if (status != QUIRE_OK)
            return status;
        b->model.enum_count++;
    }
    sort_enums(b->enums, b->model.enum_count);
    return QUIRE_OK;
}

/* ---- which tables and columns ---------------------------------------------------------------- */

static bool is_skipped(const qi_gen_builder *b, const qi_table *table, const char *column)
{
    const qi_conf *conf = b->in.conf;
    for (size_t i = 0; i < conf->skip_count; i++) {
        const char *key = conf->skip[i].key;
        const char *with_schema = column
                                      ? QI_TEXT(b, "%s.%s.%s", table->schema, table->name, column)
                                      : QI_TEXT(b, "%s.%s", table->schema, table->name);
        if (with_schema && strcmp(key, with_schema) == 0)
            return true;
    }
    return false;
}

static bool is_generated(const qi_gen_builder *b, const qi_table *table)
{
    bool kind = table->kind == QI_TABLE_PLAIN || table->kind == QI_TABLE_PARTITIONED;
    return kind && !table->is_partition && !is_skipped(b, table, NULL);
}

static const char *singular_of(qi_gen_builder *b, const qi_table *table, const char *words)
{
    const qi_conf *conf = b->in.conf;
    const char *full = QI_TEXT(b, "%s.%s", table->schema, table->name);
    for (size_t i = 0; full && i < conf->singular_count; i++)
        if (strcmp(conf->singular[i].key, table->name) == 0 ||
            strcmp(conf->singular[i].key, full) == 0)
            return qi_gen_words(b->arena, conf->singular[i].value);
    return qi_gen_singular(b->arena, words);
}

const qi_gen_table *qi_gen_table_of(const qi_gen_builder *b, const qi_table *table)
{
    for (size_t i = 0; i < b->table_count; i++)
        if (b->tables[i].table == table)
            return &b->tables[i];
    return NULL;
}

/* ---- a table --------------------------------------------------------------------------------- */

static quire_status no_c_form(const qi_gen_builder *b, const qi_table *table,
                              const qi_column *column, quire_error *err)
{
    qi_fail(err, QUIRE_SQL, "column %s of %s has the type %s, which has no C form", column->name,
            table->name, column->type_text);
    qi_hint(err,
            "Leave it out: in quire.conf, [skip], write %s.%s.%s = yes. A query can select it "
            "as text: %s::text.",
            table->schema, table->name, column->name, column->name);
    qi_locate(err, b->in.schema, 0, 0);
    if (err) {
        QI_COPY(err->schema, table->schema);
        QI_COPY(err->table, table->name);
        QI_COPY(err->column, column->name);
    }
    return QUIRE_SQL;
}

static bool is_nullable(const qi_gen_builder *b, const qi_column *column)
{
    const qi_catalog_type *type = qi_catalog_type_by_oid(b->in.catalog, column->type);
    return !column->not_null && !(type && type->not_null);
}

static quire_status build_field(qi_gen_builder *b, const qi_table *table, const qi_column *column,
                                qi_gen_scope *scope, qi_gen_field *out, quire_error *err)
{
    const char *origin = QI_TEXT(b, "column \"%s\" of %s", column->name, table->name);
    *out = (qi_gen_field){ .column = column->name,
                           .nullable = is_nullable(b, column),
                           .comment = column->comment };
    if (!qi_gen_find_type(b, column->base_type, &out->type))
        return no_c_form(b, table, column, err);
    return qi_gen_take_member(b, scope, column->name, origin, &out->name, err);
}

static bool is_time(const qi_gen_builder *b, const qi_column *column)
{
    const qi_catalog_type *type = qi_catalog_type_by_oid(b->in.catalog, column->base_type);
    return type && (strcmp(type->name, "timestamptz") == 0 ||
                    strcmp(type->name, "timestamp") == 0 || strcmp(type->name, "date") == 0);
}

/* A column that quire.conf gives a meaning to, when it is of a type that can have it. */
static const qi_column *special(const qi_gen_builder *b, const qi_table *table, const char *name)
{
    const qi_column *column = name ? qi_table_column(table, name) : NULL;
    return column && is_time(b, column) && !column->generated ? column : NULL;
}

static quire_status build_columns(qi_gen_builder *b, qi_gen_table *t, qi_gen_row *row,
                                  quire_error *err)
{
    const qi_table *table = t->table;
    qi_gen_scope scope = { 0 };
    qi_gen_field *fields = qi_arena_zero(b->arena, table->column_count, sizeof *fields);
    t->columns = qi_arena_zero(b->arena, table->column_count, sizeof(*t->columns));
    t->names = qi_arena_zero(b->arena, table->column_count, sizeof(*t->names));
    if (!fields || !t->columns || !t->names)
        return qi_fail_memory(err);
    size_t count = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        const qi_column *column = &table->columns[i];
        if (is_skipped(b, table, column->name))
            continue;
        quire_status status = build_field(b, table, column, &scope, &fields[count], err);
        if (status != QUIRE_OK)
            return status;
        t->columns[count] = column;
        t->names[count] = qi_quote_name(b->arena, column->name);
        if (!t->names[count++])
            return qi_fail_memory(err);
    }
    row->fields = fields;
    row->field_count = count;
    return QUIRE_OK;
}

static const char *table_sql(qi_gen_builder *b, const qi_table *table)
{
    const char *name = qi_quote_name(b->arena, table->name);
    if (!name || strcmp(table->schema, "public") == 0)
        return name;
    const char *schema = qi_quote_name(b->arena, table->schema);
    return schema ? QI_TEXT(b, "%s.%s", schema, name) : NULL;
}

static quire_status build_table(qi_gen_builder *b, const qi_table *table, qi_gen_table *t,
                                qi_gen_row *row, quire_error *err)
{
    t->table = table;
    t->row = row;
    t->sql = table_sql(b, table);
    t->words = scoped_words(b, table->schema, table->name);
    row->stem = t->words ? singular_of(b, table, t->words) : NULL;
    row->c_name = row->stem ? qi_gen_name(b, row->stem) : NULL;
    row->has_list = true;
    row->comment = table->comment ? QI_TEXT(b, "A row of %s: %s", t->sql, table->comment)
                                  : QI_TEXT(b, "A row of %s.", t->sql);
    if (!t->sql || !row->c_name || !row->comment)
        return qi_fail_memory(err);
    const char *origin = QI_TEXT(b, "the row of the table %s", t->sql);
    quire_status status = qi_gen_take_row(b, row, origin, err);
    if (status != QUIRE_OK) {
        qi_hint(err, "Give one of them another name in quire.conf, [singular]: %s = <name>.",
                table->name);
        return status;
    }
    status = build_columns(b, t, row, err);
    t->deleted_at = special(b, table, b->in.conf->deleted_at);
    if (t->deleted_at && !is_nullable(b, t->deleted_at))
        t->deleted_at = NULL;
    t->updated_at = special(b, table, b->in.conf->updated_at);
    return status;
}

quire_status qi_gen_build_tables(qi_gen_builder *b, quire_error *err)
{
    const qi_catalog *catalog = b->in.catalog;
    b->tables = qi_arena_zero(b->arena, catalog->table_count, sizeof(*b->tables));
    b->rows = qi_arena_zero(b->arena, catalog->table_count, sizeof(*b->rows));
    if (!b->tables || !b->rows)
        return qi_fail_memory(err);
    b->model.rows = b->rows;
    for (size_t i = 0; i < catalog->table_count; i++) {
        const qi_table *table = &catalog->tables[i];
        if (!is_generated(b, table))
            continue;
        size_t at = b->table_count;
        quire_status status = build_table(b, table, &b->tables[at], &b->rows[at], err);
        if (status != QUIRE_OK)
            return status;
        b->table_count = ++b->model.row_count;
    }
    return QUIRE_OK;
}

/* ---- pieces of SQL --------------------------------------------------------------------------- */

const char *qi_gen_select_list(qi_gen_builder *b, const qi_gen_table *table, const char *alias,
                               size_t column)
{
    qi_buffer list;
    size_t indent = column;
    qi_buffer_init(&list, LIST_LIMIT);
    for (size_t i = 0; i < table->row->field_count; i++) {
        size_t length = strlen(table->names[i]) + (alias ? strlen(alias) + 1 : 0) + 2;
        if (i) {
            bool full = column + length > 90;
            qi_buffer_add(&list, full ? ",\n" : ", ");
            if (full)
                qi_buffer_printf(&list, "%*s", (int)indent, "");
            column = full ? indent : column;
        }
        qi_buffer_printf(&list, "%s%s%s", alias ? alias : "", alias ? "." : "", table->names[i]);
        column += length;
    }
    const char *text = list.failed ? NULL : qi_arena_text_n(b->arena, list.data, list.length);
    qi_buffer_free(&list);
    return text;
}

const char *qi_gen_alive(qi_gen_builder *b, const qi_gen_table *table, const char *alias)
{
    if (!table->deleted_at)
        return "";
    const char *name = qi_quote_name(b->arena, table->deleted_at->name);
    return name ? QI_TEXT(b, "\n  and %s%s%s is null", alias ? alias : "", alias ? "." : "", name)
                : NULL;
}

/* The field of a column, NULL when it is skipped. */
static const qi_gen_field *field_of(const qi_gen_table *table, const qi_column *column)
{
    for (size_t i = 0; i < table->row->field_count; i++)
        if (table->columns[i] == column)
            return &table->row->fields[i];
    return NULL;
}

quire_status qi_gen_key(qi_gen_builder *b, const qi_gen_table *table, const char *alias,
                        const char **where, qi_gen_param **params, quire_error *err)
{
    const qi_constraint *key = table->table->primary_key;
    qi_gen_scope scope = { 0 };
    *params = qi_arena_zero(b->arena, key->column_count, sizeof(**params));
    *where = "";
    for (size_t i = 0; *params && i < key->column_count; i++) {
        const qi_column *column = key->columns[i];
        const qi_gen_field *field = field_of(table, column);
        if (!field)
            return qi_fail(err, QUIRE_SQL,
                           "%s.%s is in quire.conf, [skip], but it is in the primary key",
                           table->sql, column->name);
        const char *name = qi_quote_name(b->arena, column->name);
        qi_gen_param *param = &(*params)[i];
        *param = (qi_gen_param){ .sql_name = column->name, .type = field->type };
        quire_status status = qi_gen_take_argument(
            b, &scope, column->name,
            QI_TEXT(b, "column \"%s\" of %s", column->name, table->table->name), &param->name, err);
        if (status != QUIRE_OK)
            return status;
        *where = name ? QI_TEXT(b, "%s%s%s%s%s = $%zu", *where, i ? "\n  and " : "where ",
                                alias ? alias : "", alias ? "." : "", name, i + 1)
                      : NULL;
        if (!*where)
            return qi_fail_memory(err);
    }
    return *params ? QUIRE_OK : qi_fail_memory(err);
}
