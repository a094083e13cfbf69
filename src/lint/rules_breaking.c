/* Rules about programs that are running: what they read or write is no longer there. */
#include "lint/rule.h"

#include "base/buffer.h"

#include <string.h>

enum { MOST_LIST = 600, MOST_NAMED = 12 };

static const PgQuery__RenameStmt *rename_of(const qi_lint *lint)
{
    bool is = lint->node && lint->node->node_case == PG_QUERY__NODE__NODE_RENAME_STMT;
    return is ? lint->node->rename_stmt : NULL;
}

static void rename_table(qi_lint *lint, const qi_lint_rule *rule)
{
    const PgQuery__RenameStmt *rename = rename_of(lint);
    const PgQuery__RangeVar *name = NULL;
    const char *becomes = NULL;
    if (rename && (rename->rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_TABLE ||
                   rename->rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_VIEW ||
                   rename->rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW))
        name = rename->relation;
    if (name)
        becomes = qi_lint_name(lint, NULL, rename->newname);
    if (lint->node && lint->node->node_case == PG_QUERY__NODE__NODE_ALTER_OBJECT_SCHEMA_STMT &&
        lint->node->alter_object_schema_stmt->relation) {
        name = lint->node->alter_object_schema_stmt->relation;
        becomes =
            qi_lint_name(lint, lint->node->alter_object_schema_stmt->newschema, name->relname);
    }
    const qi_table *table = qi_lint_table(lint, name);
    if (!table || !qi_lint_is_old(lint, table->oid))
        return;
    qi_lint_names names = { .table = qi_lint_table_name(lint, table), .name = becomes };
    qi_lint_find(lint, rule, 0, names.table, &names,
                 "%s becomes %s, and a running program does not find it", names.table, becomes);
}

static void rename_column(qi_lint *lint, const qi_lint_rule *rule)
{
    const PgQuery__RenameStmt *rename = rename_of(lint);
    if (!rename || rename->rename_type != PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN)
        return;
    const qi_table *table = qi_lint_table(lint, rename->relation);
    if (!table || !qi_lint_is_old(lint, table->oid))
        return;
    const char *column = qi_lint_column_name(lint, table, rename->subname);
    const qi_column *is = qi_table_column(table, rename->subname);
    qi_lint_names names = { .table = qi_lint_table_name(lint, table),
                            .column = qi_lint_name(lint, NULL, rename->subname),
                            .type = is ? is->type_text : "text",
                            .name = qi_lint_name(lint, NULL, rename->newname) };
    qi_lint_find(lint, rule, 0, column, &names,
                 "%s becomes %s, and a running program does not find it", column, names.name);
}

static void rename_schema(qi_lint *lint, const qi_lint_rule *rule)
{
    const PgQuery__RenameStmt *rename = rename_of(lint);
    if (!rename || rename->rename_type != PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA)
        return;
    const qi_catalog *start = &lint->start->catalog;
    for (size_t i = 0; i < start->schema_count; i++) {
        if (strcmp(start->schemas[i], rename->subname) != 0)
            continue;
        const char *schema = qi_lint_name(lint, NULL, rename->subname);
        qi_lint_find(lint, rule, 0, schema, &(qi_lint_names){ .name = schema },
                     "schema %s becomes %s, and a running program finds nothing of it", schema,
                     qi_lint_name(lint, NULL, rename->newname));
        return;
    }
}

/* The enum type of the statement's names, as it was before the file. */
static const qi_object *old_enum(const qi_lint *lint, const PgQuery__AlterEnumStmt *statement)
{
    size_t count = 0;
    const qi_object *all = qi_objects_of(&lint->before->catalog, "enum", &count);
    size_t last = statement->n_type_name;
    const char *name = last ? qi_lint_string(statement->type_name[last - 1]) : NULL;
    const char *schema = last > 1 ? qi_lint_string(statement->type_name[last - 2]) : NULL;
    for (size_t i = 0; name && i < count; i++) {
        bool found = strcmp(all[i].name, name) == 0 && all[i].schema && schema &&
                     strcmp(all[i].schema, schema) == 0;
        for (size_t k = 0; !schema && !found && k < lint->before->path_count; k++)
            found = strcmp(all[i].name, name) == 0 && all[i].schema &&
                    strcmp(all[i].schema, lint->before->path[k]) == 0;
        if (found)
            return qi_lint_same(lint->start, &all[i]) ? &all[i] : NULL;
    }
    return NULL;
}

static void rename_enum_value(qi_lint *lint, const qi_lint_rule *rule)
{
    bool is = lint->node && lint->node->node_case == PG_QUERY__NODE__NODE_ALTER_ENUM_STMT;
    const PgQuery__AlterEnumStmt *statement = is ? lint->node->alter_enum_stmt : NULL;
    if (!statement || !statement->old_val || !*statement->old_val)
        return;
    const qi_object *type = old_enum(lint, statement);
    if (!type)
        return;
    qi_lint_names names = { .type = type->identity, .name = statement->new_val };
    qi_lint_find(lint, rule, 0, type->identity, &names,
                 "value '%s' of %s becomes '%s', and a running program does not know it",
                 statement->old_val, type->identity, statement->new_val);
}

static bool is_part_of(const qi_object *object, const qi_object *whole)
{
    return object->oid == whole->oid && object->class_oid == whole->class_oid;
}

/* Whether an object is of a kind that people know, and not only a part or consequence of another. */
static bool counts(const qi_object *object)
{
    static const char *const parts[] = { "view column",         "attribute",
                                         "domain constraint",   "ownership",
                                         "privilege",           "default privilege",
                                         "text search mapping", "inherited trigger" };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (qi_lint_is(object, parts[i]))
            return false;
    return !object->kind->derived;
}

static void add_to_list(qi_buffer *list, size_t count, const qi_object *object)
{
    if (count < MOST_NAMED)
        qi_buffer_printf(list, "%s%s %s", count ? ", " : "", object->kind->name, object->identity);
    else if (count == MOST_NAMED)
        qi_buffer_add(list, ", and more");
}

/* What a dropped column takes with it; returns how many. */
static size_t gone_with(const qi_lint *lint, const qi_object *column, qi_buffer *list)
{
    size_t count = 0;
    const qi_catalog *before = &lint->before->catalog;
    for (size_t i = 0; i < before->object_count; i++) {
        const qi_object *object = &before->objects[i];
        bool depends = false;
        for (size_t k = 0; k < object->depend_count && !depends; k++)
            depends = object->depends[k] == column;
        if (!depends || !counts(object) || is_part_of(object, column) ||
            qi_lint_same(lint->after, object))
            continue;
        add_to_list(list, count++, object);
    }
    return count;
}

static void drop_column_in_use(qi_lint *lint, const qi_lint_rule *rule)
{
    const qi_table *table = qi_lint_altered(lint);
    if (!table || !qi_lint_is_old(lint, table->oid))
        return;
    size_t count = 0;
    const qi_object *columns = qi_objects_of(&lint->before->catalog, "column", &count);
    for (size_t i = 0; i < count; i++) {
        const qi_object *column = &columns[i];
        if (column->oid != table->oid || qi_lint_same(lint->after, column))
            continue;
        qi_buffer list;
        qi_buffer_init(&list, MOST_LIST * MOST_NAMED);
        if (gone_with(lint, column, &list) > 0) {
            qi_lint_names names = { .table = qi_lint_table_name(lint, table),
                                    .column = qi_lint_name(lint, NULL, column->name) };
            qi_lint_find(lint, rule, qi_lint_place_of(lint, column->name), column->identity, &names,
                         "column %s takes with it: %s", column->identity, list.data);
        }
        qi_buffer_free(&list);
    }
}

/* Whether the statement names an object itself: then it does not come as a surprise. */
static bool is_named(const qi_lint *lint, const qi_object *object)
{
    const PgQuery__DropStmt *drop = lint->node->drop_stmt;
    /* DROP has no columns; one may have the name of the type that takes it with it. */
    if (object->sub)
        return false;
    for (size_t i = 0; i < drop->n_objects; i++) {
        const PgQuery__Node *node = drop->objects[i];
        const PgQuery__List *list =
            node->node_case == PG_QUERY__NODE__NODE_LIST ? node->list : NULL;
        const char *name = list && list->n_items ? qi_lint_string(list->items[list->n_items - 1])
                                                 : qi_lint_string(node);
        if (node->node_case == PG_QUERY__NODE__NODE_TYPE_NAME && node->type_name->n_names)
            name = qi_lint_string(node->type_name->names[node->type_name->n_names - 1]);
        if (node->node_case == PG_QUERY__NODE__NODE_OBJECT_WITH_ARGS &&
            node->object_with_args->n_objname)
            name = qi_lint_string(
                node->object_with_args->objname[node->object_with_args->n_objname - 1]);
        if (name && strcmp(name, object->name) == 0)
            return true;
    }
    return false;
}

/* A part of a table goes with it, if the table goes too. */
static bool goes_with_parent(const qi_lint *lint, const qi_object *object)
{
    return (object->parent && !qi_lint_same(lint->after, object->parent)) ||
           (object->sub && !qi_object_at(&lint->after->catalog, object->class_oid, object->oid, 0));
}

static void drop_cascade(qi_lint *lint, const qi_lint_rule *rule)
{
    bool is = lint->node && lint->node->node_case == PG_QUERY__NODE__NODE_DROP_STMT;
    if (!is || lint->node->drop_stmt->behavior != PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE ||
        lint->node->drop_stmt->remove_type == PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA)
        return;
    qi_buffer list;
    qi_buffer_init(&list, MOST_LIST * MOST_NAMED);
    size_t count = 0;
    const qi_catalog *before = &lint->before->catalog;
    for (size_t i = 0; i < before->object_count; i++) {
        const qi_object *object = &before->objects[i];
        if (!counts(object) || qi_lint_same(lint->after, object) || is_named(lint, object) ||
            goes_with_parent(lint, object) || !qi_lint_same(lint->start, object))
            continue;
        add_to_list(&list, count++, object);
    }
    if (count > 0)
        qi_lint_find(lint, rule, 0, NULL, NULL, "CASCADE drops also: %s", list.data);
    qi_buffer_free(&list);
}

/* Needs a value from every INSERT, which it did not before. */
static bool is_required_now(const qi_column *was, const qi_column *now)
{
    if (!now->not_null || now->has_default)
        return false;
    return !was || was->has_default;
}

static void required_column(qi_lint *lint, const qi_lint_rule *rule)
{
    const qi_catalog *after = &lint->after->catalog;
    for (size_t i = 0; i < after->table_count; i++) {
        const qi_table *table = &after->tables[i];
        const qi_table *was = qi_catalog_table_by_oid(&lint->before->catalog, table->oid);
        if (!was || !qi_lint_is_old(lint, table->oid) || table->kind == QI_TABLE_VIEW)
            continue;
        for (size_t k = 0; k < table->column_count; k++) {
            const qi_column *column = &table->columns[k];
            const qi_column *before = qi_table_column_at(was, column->number);
            if (!is_required_now(before, column))
                continue;
            qi_lint_names names = { .table = qi_lint_table_name(lint, table),
                                    .column = qi_lint_name(lint, NULL, column->name),
                                    .type = column->type_text };
            qi_lint_find(lint, rule, qi_lint_place_of(lint, column->name),
                         qi_lint_column_name(lint, table, column->name), &names,
                         before ? "a running program that leaves %s out fails: it has no default "
                                  "any more"
                                : "%s is NOT NULL without a default: it fails when there are rows, "
                                  "and a running program does not fill it",
                         qi_lint_column_name(lint, table, column->name));
        }
    }
}

/* Views and functions that were there before the file, of the kinds given. */
static void drop_of_kind(qi_lint *lint, const qi_lint_rule *rule, const char *const *kinds,
                         size_t count)
{
    if (!lint->node || lint->node->node_case != PG_QUERY__NODE__NODE_DROP_STMT)
        return;
    const qi_catalog *before = &lint->before->catalog;
    for (size_t i = 0; i < before->object_count; i++) {
        const qi_object *object = &before->objects[i];
        bool wanted = false;
        for (size_t k = 0; k < count && !wanted; k++)
            wanted = qi_lint_is(object, kinds[k]);
        if (!wanted || qi_lint_same(lint->after, object) || !qi_lint_same(lint->start, object) ||
            !is_named(lint, object))
            continue;
        qi_lint_names names = { .name = object->identity };
        qi_lint_find(lint, rule, 0, object->identity, &names,
                     "a running program does not find %s %s any more", object->kind->name,
                     object->identity);
    }
}

static void drop_view(qi_lint *lint, const qi_lint_rule *rule)
{
    static const char *const kinds[] = { "view", "materialized view" };
    drop_of_kind(lint, rule, kinds, sizeof kinds / sizeof *kinds);
}

static void drop_function(qi_lint *lint, const qi_lint_rule *rule)
{
    static const char *const kinds[] = { "function", "procedure", "aggregate" };
    drop_of_kind(lint, rule, kinds, sizeof kinds / sizeof *kinds);
}

/* What is made again in the same file is not missed. */
static bool is_still_gone(qi_lint *lint, const qi_lint_finding *finding)
{
    const qi_catalog *end = &lint->after->catalog;
    for (size_t i = 0; i < end->object_count; i++)
        if (strcmp(end->objects[i].identity, finding->object) == 0)
            return false;
    return true;
}

#define TWO_RELEASES                                                                               \
    "A program that was built before the migration runs until the new one is everywhere; in\n"     \
    "that time its statements fail."

const qi_lint_rule qi_lint_breaking[] = {
    { .id = "rename-table",
      .severity = QI_LINT_ERROR,
      .hazards = "breaks_application",
      .summary = "a table or view is renamed or moved to another schema",
      .why = TWO_RELEASES,
      .rewrite =
          "Leave a view with the old name behind, in the same file, and drop it when nothing\n"
          "reads it any more:\n"
          "    CREATE VIEW {table} AS SELECT * FROM {name};\n"
          "A view of one table takes inserts, updates and deletes as well.",
      .before = rename_table },
    { .id = "rename-column",
      .severity = QI_LINT_ERROR,
      .hazards = "breaks_application",
      .summary = "a column of an existing table is renamed",
      .why = TWO_RELEASES,
      .rewrite =
          "Put the new column beside the old one and keep both in step until no program uses\n"
          "the old one:\n"
          "    ALTER TABLE {table} ADD COLUMN {name} {type};\n"
          "or rename it while no program runs.",
      .before = rename_column },
    { .id = "rename-schema",
      .severity = QI_LINT_ERROR,
      .hazards = "breaks_application",
      .summary = "a schema is renamed",
      .why = TWO_RELEASES,
      .rewrite = "Leave {name} as it is, or rename it while no program runs.",
      .before = rename_schema },
    { .id = "rename-enum-value",
      .severity = QI_LINT_ERROR,
      .hazards = "breaks_application",
      .summary = "a value of an enum is renamed",
      .why = "A program that was built before sends the old label, which fails, and gets a new\n"
             "one, which it does not know.",
      .rewrite = "Add the new value, let programs write it, and change the rows at last:\n"
                 "    ALTER TYPE {type} ADD VALUE '{name}';",
      .before = rename_enum_value },
    { .id = "drop-column-in-use",
      .severity = QI_LINT_ERROR,
      .hazards = "deletes_data breaks_application",
      .summary = "DROP COLUMN takes indexes, constraints, views or policies with it",
      .why = "An index or constraint over several columns goes with the first of them, without a\n"
             "word: queries get slow, and rows come in that were refused before.",
      .rewrite = "Drop what is to go by name, and make what is to stay without {column}, before\n"
                 "    ALTER TABLE {table} DROP COLUMN {column};",
      .after = drop_column_in_use },
    { .id = "drop-cascade",
      .severity = QI_LINT_ERROR,
      .summary = "DROP ... CASCADE takes with it what the file does not name",
      .why = "What goes depends on the database that it runs on: a view that somebody added by\n"
             "hand goes too, without a word.",
      .rewrite = "Leave CASCADE out and drop each of these by name, before it.",
      .after = drop_cascade },
    { .id = "required-column",
      .severity = QI_LINT_ERROR,
      .hazards = "may_fail breaks_application",
      .summary = "a column of an existing table that every INSERT must fill from now on",
      .why =
          "A program that was built before does not know the column, so its inserts fail; and a\n"
          "new column without a default cannot be added to a table with rows at all.",
      .rewrite = "Add it nullable, or with a default:\n"
                 "    ALTER TABLE {table} ADD COLUMN {column} {type};\n"
                 "When every program fills it, and the old rows are filled, make it NOT NULL (see\n"
                 "set-not-null), and drop the default last.",
      .after = required_column },
    { .id = "drop-view",
      .severity = QI_LINT_WARNING,
      .hazards = "breaks_application",
      .summary = "a view is dropped and not made again in the file",
      .why = TWO_RELEASES,
      .rewrite = "Release a program that does not read {name}, then drop it.",
      .after = drop_view,
      .holds = is_still_gone },
    { .id = "drop-function",
      .severity = QI_LINT_WARNING,
      .hazards = "breaks_application",
      .summary = "a function or procedure is dropped and not made again in the file",
      .why = TWO_RELEASES,
      .rewrite = "Release a program that does not call {name}, then drop it.",
      .after = drop_function,
      .holds = is_still_gone },
    { 0 },
};
