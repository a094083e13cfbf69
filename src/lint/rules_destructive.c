/* Rules about data that is lost. */
#include "lint/rule.h"

#include <string.h>

static const PgQuery__DropStmt *drop_of(const qi_lint *lint, PgQuery__ObjectType type)
{
    if (!lint->node || lint->node->node_case != PG_QUERY__NODE__NODE_DROP_STMT)
        return NULL;
    const PgQuery__DropStmt *drop = lint->node->drop_stmt;
    return drop->remove_type == type ? drop : NULL;
}

static void drop_table(qi_lint *lint, const qi_lint_rule *rule)
{
    const PgQuery__DropStmt *drop = drop_of(lint, PG_QUERY__OBJECT_TYPE__OBJECT_TABLE);
    for (size_t i = 0; drop && i < drop->n_objects; i++) {
        const qi_object *table = qi_lint_relation_named(lint, drop->objects[i]);
        if (!table || !qi_lint_is_old(lint, table->oid))
            continue;
        qi_lint_names names = { .table = table->identity };
        qi_lint_find(lint, rule, 0, table->identity, &names, "drops table %s with its rows",
                     table->identity);
    }
}

/* Only with CASCADE: without, PostgreSQL refuses while there is anything in it. */
static void drop_schema(qi_lint *lint, const qi_lint_rule *rule)
{
    const PgQuery__DropStmt *drop = drop_of(lint, PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA);
    if (!drop || drop->behavior != PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE)
        return;
    for (size_t i = 0; i < drop->n_objects; i++) {
        const char *name = qi_lint_string(drop->objects[i]);
        size_t tables = 0;
        const qi_catalog *before = &lint->before->catalog;
        for (size_t k = 0; name && k < before->table_count; k++)
            tables += strcmp(before->tables[k].schema, name) == 0 &&
                      qi_lint_is_old(lint, before->tables[k].oid);
        if (tables == 0)
            continue;
        const char *quoted = qi_lint_name(lint, NULL, name);
        qi_lint_names names = { .name = quoted };
        qi_lint_find(lint, rule, 0, quoted, &names,
                     "drops schema %s with all that is in it, %zu table%s or view%s among it",
                     quoted, tables, tables == 1 ? "" : "s", tables == 1 ? "" : "s");
    }
}

static void drop_column(qi_lint *lint, const qi_lint_rule *rule)
{
    const qi_table *table = qi_lint_altered(lint);
    if (!table || !lint->command || !qi_lint_is_old(lint, table->oid) ||
        lint->command->subtype != PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn ||
        !qi_table_column(table, lint->command->name))
        return;
    const qi_table *then = qi_catalog_table_by_oid(&lint->start->catalog, table->oid);
    if (!then || !qi_table_column(then, lint->command->name))
        return;
    const char *column = qi_lint_column_name(lint, table, lint->command->name);
    qi_lint_names names = { .table = qi_lint_table_name(lint, table),
                            .column = qi_lint_name(lint, NULL, lint->command->name) };
    qi_lint_find(lint, rule, lint->command_at, column, &names, "drops column %s with what is in it",
                 column);
}

static void truncate_table(qi_lint *lint, const qi_lint_rule *rule)
{
    if (!lint->node || lint->node->node_case != PG_QUERY__NODE__NODE_TRUNCATE_STMT)
        return;
    const PgQuery__TruncateStmt *truncate = lint->node->truncate_stmt;
    const PgQuery__RangeVar *name = NULL;
    const qi_table *table = NULL;
    for (size_t at = 0; (table = qi_lint_next_old(lint, truncate->relations, truncate->n_relations,
                                                  &at, &name)) != NULL;) {
        qi_lint_names names = { .table = qi_lint_table_name(lint, table) };
        qi_lint_find(lint, rule, (size_t)name->location, names.table, &names, "empties table %s%s",
                     names.table,
                     truncate->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE
                         ? " and every table that refers to it"
                         : "");
    }
}

static void delete_all(qi_lint *lint, const qi_lint_rule *rule)
{
    if (!lint->node || lint->node->node_case != PG_QUERY__NODE__NODE_DELETE_STMT)
        return;
    const PgQuery__DeleteStmt *statement = lint->node->delete_stmt;
    const qi_table *table = qi_lint_table(lint, statement->relation);
    if (!table || statement->where_clause || statement->n_using_clause ||
        !qi_lint_is_old(lint, table->oid))
        return;
    qi_lint_names names = { .table = qi_lint_table_name(lint, table) };
    qi_lint_find(lint, rule, 0, names.table, &names, "deletes every row of %s", names.table);
}

typedef enum type_family { OTHER = 0, INTEGER, FLOAT, NUMERIC, TEXT, STAMP } type_family;

/* How much a type can hold, beside others of its family. */
typedef struct size {
    type_family family;
    int room; /* 0: without end */
} size;

static size size_of(const qi_catalog *catalog, const qi_column *column)
{
    static const struct {
        const char *name;
        size size;
    } types[] = {
        { "int2", { INTEGER, 2 } }, { "int4", { INTEGER, 4 } },    { "int8", { INTEGER, 8 } },
        { "float4", { FLOAT, 4 } }, { "float8", { FLOAT, 8 } },    { "numeric", { NUMERIC, 0 } },
        { "text", { TEXT, 0 } },    { "varchar", { TEXT, 0 } },    { "bpchar", { TEXT, 0 } },
        { "date", { STAMP, 1 } },   { "timestamp", { STAMP, 2 } }, { "timestamptz", { STAMP, 2 } },
    };
    const qi_catalog_type *type = qi_catalog_type_by_oid(catalog, column->type);
    for (size_t i = 0; type && i < sizeof types / sizeof *types; i++) {
        if (strcmp(types[i].name, type->name) != 0 || strcmp(type->schema, "pg_catalog") != 0)
            continue;
        size found = types[i].size;
        /* varchar(n) as pg_attribute.atttypmod has it. */
        if (found.family == TEXT && column->modifier >= 4)
            found.room = column->modifier - 4;
        return found;
    }
    return (size){ OTHER, 0 };
}

/* numeric(p,s) as pg_attribute.atttypmod has it. */
static bool numeric_narrows(const qi_column *before, const qi_column *after)
{
    if (after->modifier < 4)
        return false;
    if (before->modifier < 4)
        return true;
    int scale = (after->modifier - 4) & 0x7ff;
    int digits = (((after->modifier - 4) >> 16) & 0xffff) - scale;
    int scale_before = (before->modifier - 4) & 0x7ff;
    int digits_before = (((before->modifier - 4) >> 16) & 0xffff) - scale_before;
    return scale < scale_before || digits < digits_before;
}

static bool narrows(const qi_lint *lint, const qi_column *before, const qi_column *after)
{
    size from = size_of(&lint->before->catalog, before);
    size to = size_of(&lint->after->catalog, after);
    switch (from.family) {
    case OTHER:
        return false;
    case TEXT: /* as anything else: what does not read as one fails */
        return to.family != TEXT || (to.room != 0 && (from.room == 0 || to.room < from.room));
    case NUMERIC:
        return to.family == NUMERIC ? numeric_narrows(before, after)
                                    : to.family == INTEGER || to.family == FLOAT;
    case FLOAT:
        return to.family == INTEGER || (to.family == FLOAT && to.room < from.room);
    case INTEGER:
        return to.family == INTEGER && to.room < from.room;
    case STAMP:
        return to.family == STAMP && to.room < from.room;
    }
    return false;
}

static void narrow_type(qi_lint *lint, const qi_lint_rule *rule)
{
    const qi_catalog *after = &lint->after->catalog;
    for (size_t i = 0; i < after->table_count; i++) {
        const qi_table *table = &after->tables[i];
        const qi_table *then = qi_catalog_table_by_oid(&lint->before->catalog, table->oid);
        if (!then || !qi_lint_is_old(lint, table->oid) || table->kind == QI_TABLE_VIEW)
            continue;
        for (size_t k = 0; k < table->column_count; k++) {
            const qi_column *column = &table->columns[k];
            const qi_column *was = qi_table_column_at(then, column->number);
            if (!was || (was->type == column->type && was->modifier == column->modifier) ||
                !narrows(lint, was, column))
                continue;
            const char *name = qi_lint_column_name(lint, table, column->name);
            qi_lint_names names = { .table = qi_lint_table_name(lint, table),
                                    .column = qi_lint_name(lint, NULL, column->name),
                                    .type = column->type_text,
                                    .text = was->type_text };
            qi_lint_find(lint, rule, qi_lint_place_of(lint, column->name), name, &names,
                         "%s becomes %s, which holds less than %s", name, column->type_text,
                         was->type_text);
        }
    }
}

const qi_lint_rule qi_lint_destructive[] = {
    { .id = "drop-schema",
      .severity = QI_LINT_ERROR,
      .hazards = "deletes_data",
      .summary = "DROP SCHEMA ... CASCADE on a schema with tables",
      .why = "Every table in it goes with its rows, and nothing brings them back. Without\n"
             "CASCADE, PostgreSQL refuses while anything is left.",
      .rewrite = "Drop or move what is in it by name, in migrations of their own, then\n"
                 "    DROP SCHEMA {name};",
      .before = drop_schema },
    { .id = "drop-table",
      .severity = QI_LINT_ERROR,
      .hazards = "deletes_data",
      .summary = "DROP TABLE on a table that was there before the file",
      .why = "Its rows are gone for good, and a program that still reads it fails.",
      .rewrite =
          "Release a program that does not use it, keep a copy (pg_dump -t), and then drop it\n"
          "in a migration of its own that says so:\n"
          "    -- quire: ignore drop-table nothing reads it since ...\n"
          "    DROP TABLE {table};",
      .before = drop_table },
    { .id = "drop-column",
      .severity = QI_LINT_ERROR,
      .hazards = "deletes_data",
      .summary = "DROP COLUMN on a column that was there before the file",
      .why = "What is in it is gone for good, and a running program that reads or writes it\n"
             "fails; generated code names every column of its table.",
      .rewrite = "First release a program that does without it: in quire.conf, [skip]\n"
                 "{table}.{column} = yes keeps generated code away from it. Then drop it in a\n"
                 "migration of its own that says so:\n"
                 "    -- quire: ignore drop-column nothing reads it since ...\n"
                 "    ALTER TABLE {table} DROP COLUMN {column};",
      .before = drop_column },
    { .id = "truncate",
      .severity = QI_LINT_ERROR,
      .hazards = "deletes_data",
      .summary = "TRUNCATE on a table that was there before the file",
      .why = "Every row is gone at once, row triggers do not fire, and all access waits.",
      .rewrite = "Delete what is to go, and only that:\n"
                 "    DELETE FROM {table} WHERE false; -- a condition",
      .before = truncate_table },
    { .id = "delete-all-rows",
      .severity = QI_LINT_ERROR,
      .hazards = "deletes_data",
      .summary = "DELETE without WHERE on a table that was there before the file",
      .why = "Every row is gone, and each stays locked until the file is through.",
      .rewrite = "Say which rows:\n"
                 "    DELETE FROM {table} WHERE false; -- a condition",
      .before = delete_all },
    { .id = "narrow-type",
      .severity = QI_LINT_ERROR,
      .hazards = "may_fail deletes_data",
      .summary = "a column's type becomes one that holds less",
      .why = "A value that does not fit makes the migration fail, or is cut or rounded without a\n"
             "word: numeric and timestamps lose digits, a cast to varchar(n) in USING cuts.",
      .rewrite = "Put the new form beside the old one and look at what does not fit:\n"
                 "    ALTER TABLE {table} ADD COLUMN new_{column} {type};\n"
                 "Fill it in batches, let the program write both, then read the new one, and drop\n"
                 "the old one at last.",
      .after = narrow_type },
    { 0 },
};
