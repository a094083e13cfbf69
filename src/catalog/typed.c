/* The typed view: structs for generating code, filled from the objects. */
#include "catalog/object.h"

#include "base/error.h"
#include "catalog/query.h"

#include <quire/sql.h>

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

typedef struct filler {
    qi_arena *arena;
    qi_catalog *out;
    qi_table *tables; /* out->tables, writable */
    bool failed;      /* out of memory */
} filler;

static void *make(filler *f, size_t count, size_t size)
{
    void *data = qi_arena_zero(f->arena, count + 1, size);
    if (!data)
        f->failed = true;
    return data;
}

static bool is_kind(const qi_object *object, const char *kind)
{
    return strcmp(object->kind->name, kind) == 0;
}

static uint32_t number(const qi_object *object, const char *name)
{
    const char *text = qi_object_value(object, name);
    return text ? (uint32_t)strtoul(text, NULL, 10) : 0;
}

static char letter(const qi_object *object, const char *name)
{
    const char *text = qi_object_value(object, name);
    return text ? *text : '\0';
}

static bool truth(const qi_object *object, const char *name)
{
    return letter(object, name) == 't';
}

static uint32_t cell_number(const quire_rows *rows, size_t row, size_t column)
{
    const char *text = quire_rows_value(rows, row, column);
    return text ? (uint32_t)strtoul(text, NULL, 10) : 0;
}

static const char *cell_text(filler *f, const quire_rows *rows, size_t row, size_t column)
{
    const char *text = quire_rows_value(rows, row, column);
    const char *copy = text ? qi_arena_text(f->arena, text) : NULL;
    if (text && !copy)
        f->failed = true;
    return copy;
}

/* A cell of one letter, which is never NULL in these queries. */
static char cell_letter(const quire_rows *rows, size_t row, size_t column)
{
    const char *text = quire_rows_value(rows, row, column);
    return text ? *text : '\0';
}

static void take_labels(filler *f, const char *json, qi_catalog_type *type)
{
    json_t *list = json ? json_loads(json, 0, NULL) : NULL;
    if (!list)
        return;
    const char **labels = make(f, json_array_size(list), sizeof *labels);
    for (size_t i = 0; labels && i < json_array_size(list); i++) {
        labels[i] = qi_arena_text(f->arena, json_string_value(json_array_get(list, i)));
        if (!labels[i])
            f->failed = true;
        type->label_count++;
    }
    type->labels = labels;
    json_decref(list);
}

/* The columns of sql/catalog/types.sql. */
static void take_type(filler *f, const quire_rows *rows, size_t row, qi_catalog_type *type)
{
    *type = (qi_catalog_type){
        .oid = cell_number(rows, row, 0),
        .schema = cell_text(f, rows, row, 1),
        .name = cell_text(f, rows, row, 2),
        .text = cell_text(f, rows, row, 3),
        .kind = (qi_type_kind)cell_letter(rows, row, 4),
        .category = cell_letter(rows, row, 5),
        .element = cell_number(rows, row, 6),
        .array = cell_number(rows, row, 7),
        .base = cell_number(rows, row, 8),
        .not_null = cell_letter(rows, row, 9) == 't',
        .has_default = cell_letter(rows, row, 10) == 't',
        .extension = cell_text(f, rows, row, 11),
        .comment = cell_text(f, rows, row, 12),
    };
    take_labels(f, quire_rows_value(rows, row, 13), type);
}

static quire_status read_types(filler *f, const qi_asking *asking, quire_error *err)
{
    quire_rows rows = { 0 };
    quire_status status = qi_ask(asking, "types", qi_query_named("types"), &rows, err);
    if (status != QUIRE_OK)
        return status;
    qi_catalog_type *types = make(f, rows.count, sizeof *types);
    for (size_t i = 0; types && i < rows.count; i++)
        take_type(f, &rows, i, &types[i]);
    f->out->types = types;
    f->out->type_count = types ? rows.count : 0;
    quire_rows_free(&rows);
    return QUIRE_OK;
}

/* Counts the objects of `kind` that are parts of the table, or of all when `parent` is 0. */
static size_t count_of(const filler *f, const char *kind, uint32_t parent)
{
    size_t count = 0;
    for (size_t i = 0; i < f->out->object_count; i++) {
        const qi_object *object = &f->out->objects[i];
        if (is_kind(object, kind) && (!parent || object->parent_oid == parent))
            count++;
    }
    return count;
}

/* The type of a view's column is a part of the view, so it is no attribute of the column. */
static void take_column(const filler *f, const qi_object *object, bool view, qi_column *column)
{
    uint32_t oid = number(object, "_type");
    const qi_catalog_type *type = qi_catalog_type_by_oid(f->out, oid);
    const char *generated = qi_object_value(object, "generated");
    const char *expression = qi_object_value(object, "default");
    const char *identity = qi_object_value(object, "identity_kind");
    const char *modifier = qi_object_value(object, "_modifier");
    const char *unchecked = qi_object_value(object, "not_null_options");
    *column = (qi_column){
        .name = object->name,
        .number = object->sub,
        .type = oid,
        .base_type = type && type->base ? type->base : oid,
        .modifier = modifier ? (int)strtol(modifier, NULL, 10) : -1,
        .type_text = qi_object_value(object, view ? "_type_text" : "type"),
        .not_null =
            qi_object_value(object, "not_null") && !(unchecked && strstr(unchecked, "NOT VALID")),
        .has_default = generated || expression || identity || (type && type->has_default),
        .expression = generated ? generated : expression,
        .identity = (char)(!identity          ? '\0'
                           : *identity == 'A' ? 'a'
                                              : 'd'),
        .generated = (char)(!generated                              ? '\0'
                            : letter(object, "generated_as") == 'V' ? 'v'
                                                                    : 's'),
        .collation = qi_object_value(object, view ? "_collation" : "collation"),
        .comment = object->comment,
    };
}

static int compare_columns(const void *left, const void *right)
{
    int a = ((const qi_column *)left)->number;
    int b = ((const qi_column *)right)->number;
    return a < b ? -1 : a > b;
}

static void fill_columns(filler *f, qi_table *table)
{
    bool view = table->kind == QI_TABLE_VIEW || table->kind == QI_TABLE_MATERIALIZED;
    const char *kind = view ? "view column" : "column";
    qi_column *columns = make(f, count_of(f, kind, table->oid), sizeof *columns);
    if (!columns)
        return;
    for (size_t i = 0; i < f->out->object_count; i++) {
        const qi_object *object = &f->out->objects[i];
        if (object->parent_oid == table->oid && is_kind(object, kind))
            take_column(f, object, view, &columns[table->column_count++]);
    }
    qsort(columns, table->column_count, sizeof *columns, compare_columns);
    table->columns = columns;
}

/* Columns by a list of attnums, "1 3"; 0 stands for an expression and gives NULL. */
static const qi_column *const *columns_of(filler *f, const qi_table *table, const char *numbers,
                                          bool with_expressions, size_t *count)
{
    *count = 0;
    if (!numbers || !table)
        return NULL;
    const qi_column **columns = make(f, strlen(numbers), sizeof *columns);
    if (!columns)
        return NULL;
    char *end = NULL;
    for (const char *at = numbers; *at; at = end) {
        long value = strtol(at, &end, 10);
        if (end == at)
            break;
        const qi_column *column = qi_table_column_at(table, (int)value);
        if (column || with_expressions)
            columns[(*count)++] = column;
    }
    return columns;
}

static void take_constraint(filler *f, const qi_table *table, const qi_object *object,
                            qi_constraint *constraint)
{
    size_t referenced = 0;
    *constraint = (qi_constraint){
        .name = object->name,
        .kind = (qi_constraint_kind)letter(object, "_kind"),
        .definition = qi_object_value(object, "definition"),
        .referenced = qi_catalog_table_by_oid(f->out, number(object, "_referenced")),
        .on_update = letter(object, "_on_update"),
        .on_delete = letter(object, "_on_delete"),
        .deferrable = truth(object, "_deferrable"),
        .deferred = truth(object, "_deferred"),
        .validated = truth(object, "_validated"),
        .comment = object->comment,
    };
    constraint->columns =
        columns_of(f, table, qi_object_value(object, "_columns"), false, &constraint->column_count);
    constraint->referenced_columns =
        columns_of(f, constraint->referenced, qi_object_value(object, "_referenced_columns"), false,
                   &referenced);
    if (constraint->kind != QI_FOREIGN_KEY)
        constraint->on_update = constraint->on_delete = '\0';
}

static int compare_constraints(const void *left, const void *right)
{
    static const char order[] = "puxcf";
    const qi_constraint *a = left;
    const qi_constraint *b = right;
    if (a->kind != b->kind) {
        const char *first = strchr(order, (int)a->kind);
        const char *second = strchr(order, (int)b->kind);
        return first < second ? -1 : 1;
    }
    return strcmp(a->name, b->name);
}

static void fill_constraints(filler *f, qi_table *table)
{
    qi_constraint *list = make(f, count_of(f, "constraint", table->oid), sizeof *list);
    if (!list)
        return;
    for (size_t i = 0; i < f->out->object_count; i++) {
        const qi_object *object = &f->out->objects[i];
        if (object->parent_oid == table->oid && is_kind(object, "constraint"))
            take_constraint(f, table, object, &list[table->constraint_count++]);
    }
    qsort(list, table->constraint_count, sizeof *list, compare_constraints);
    table->constraints = list;
    for (size_t i = 0; i < table->constraint_count; i++) {
        if (list[i].kind == QI_PRIMARY_KEY)
            table->primary_key = &list[i];
    }
}

static const qi_constraint *constraint_named(const qi_table *table, const char *name)
{
    for (size_t i = 0; i < table->constraint_count; i++) {
        if (strcmp(table->constraints[i].name, name) == 0)
            return &table->constraints[i];
    }
    return NULL;
}

static void take_index(filler *f, const qi_table *table, const qi_object *object, qi_index *index)
{
    bool backs = is_kind(object, "key index");
    *index = (qi_index){
        .name = object->name,
        .definition = qi_object_value(object, "definition"),
        .unique = truth(object, "_unique"),
        .primary = truth(object, "_primary"),
        .partial = truth(object, "_partial"),
        .nulls_not_distinct = truth(object, "_nulls_not_distinct"),
        .deferrable = truth(object, "_deferrable"),
        /* The two always have the same name. */
        .constraint = backs ? constraint_named(table, object->name) : NULL,
        .comment = object->comment,
    };
    index->columns =
        columns_of(f, table, qi_object_value(object, "_columns"), true, &index->column_count);
}

static int compare_indexes(const void *left, const void *right)
{
    return strcmp(((const qi_index *)left)->name, ((const qi_index *)right)->name);
}

static void fill_indexes(filler *f, qi_table *table)
{
    size_t most = count_of(f, "index", table->oid) + count_of(f, "key index", table->oid);
    qi_index *list = make(f, most, sizeof *list);
    if (!list)
        return;
    for (size_t i = 0; i < f->out->object_count; i++) {
        const qi_object *object = &f->out->objects[i];
        if (object->parent_oid == table->oid &&
            (is_kind(object, "index") || is_kind(object, "key index")))
            take_index(f, table, object, &list[table->index_count++]);
    }
    qsort(list, table->index_count, sizeof *list, compare_indexes);
    table->indexes = list;
}

static int compare_tables(const void *left, const void *right)
{
    const qi_table *a = left;
    const qi_table *b = right;
    int by_schema = strcmp(a->schema, b->schema);
    return by_schema ? by_schema : strcmp(a->name, b->name);
}

/* Tables and views are the objects with a relkind. */
static void fill_tables(filler *f)
{
    f->tables = make(f, f->out->object_count, sizeof *f->tables);
    if (!f->tables)
        return;
    for (size_t i = 0; i < f->out->object_count; i++) {
        const qi_object *object = &f->out->objects[i];
        char relkind = letter(object, "_relkind");
        if (!relkind)
            continue;
        f->tables[f->out->table_count++] = (qi_table){
            .oid = object->oid,
            .schema = object->schema,
            .name = object->name,
            .kind = (qi_table_kind)relkind,
            .is_partition = truth(object, "_is_partition"),
            .comment = object->comment,
        };
    }
    qsort(f->tables, f->out->table_count, sizeof *f->tables, compare_tables);
    f->out->tables = f->tables;
    for (size_t i = 0; i < f->out->table_count; i++)
        fill_columns(f, &f->tables[i]);
    /* Foreign keys point to columns of other tables, so these come when all columns are there. */
    for (size_t i = 0; i < f->out->table_count; i++) {
        fill_constraints(f, &f->tables[i]);
        fill_indexes(f, &f->tables[i]);
    }
}

static void fill_schemas(filler *f)
{
    const char **schemas = make(f, count_of(f, "schema", 0), sizeof *schemas);
    for (size_t i = 0; schemas && i < f->out->object_count; i++) {
        if (is_kind(&f->out->objects[i], "schema"))
            schemas[f->out->schema_count++] = f->out->objects[i].name;
    }
    f->out->schemas = schemas;
}

static void fill_sequences(filler *f)
{
    qi_sequence *list = make(f, count_of(f, "sequence", 0), sizeof *list);
    for (size_t i = 0; list && i < f->out->object_count; i++) {
        const qi_object *object = &f->out->objects[i];
        if (!is_kind(object, "sequence"))
            continue;
        list[f->out->sequence_count++] = (qi_sequence){
            .oid = object->oid,
            .schema = object->schema,
            .name = object->name,
            .owner_table = number(object, "_owner_table"),
            .owner_column = (int)number(object, "_owner_column"),
            .comment = object->comment,
        };
    }
    f->out->sequences = list;
}

static quire_status read_casts(filler *f, const qi_asking *asking, quire_error *err)
{
    quire_rows rows = { 0 };
    quire_status status = qi_ask(asking, "casts", qi_query_named("casts"), &rows, err);
    if (status != QUIRE_OK)
        return status;
    qi_cast *casts = make(f, rows.count, sizeof *casts);
    for (size_t i = 0; casts && i < rows.count; i++) {
        casts[i] = (qi_cast){
            .source = cell_text(f, &rows, i, 0),
            .target = cell_text(f, &rows, i, 1),
            .context = (qi_cast_context)cell_letter(&rows, i, 2),
            .binary = cell_letter(&rows, i, 3) == 't',
        };
    }
    f->out->casts = casts;
    f->out->cast_count = casts ? rows.count : 0;
    quire_rows_free(&rows);
    return QUIRE_OK;
}

quire_status qi_catalog_fill(const qi_asking *asking, qi_arena *arena, qi_catalog *out,
                             quire_error *err)
{
    filler f = { .arena = arena, .out = out };
    quire_status status = read_types(&f, asking, err);
    if (status == QUIRE_OK)
        status = read_casts(&f, asking, err);
    if (status != QUIRE_OK)
        return status;
    fill_schemas(&f);
    fill_tables(&f);
    fill_sequences(&f);
    return f.failed ? qi_fail_memory(err) : QUIRE_OK;
}
