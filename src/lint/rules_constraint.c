/* Rules about constraints, which the server checks against all rows of the table. */
#include "lint/rule.h"

#include <pg_query.h>

#include <stdlib.h>
#include <string.h>

static bool is_true(const qi_object *object, const char *name)
{
    const char *value = qi_object_value(object, name);
    return value && strcmp(value, "true") == 0;
}

static char kind_of(const qi_object *constraint)
{
    const char *kind = qi_object_value(constraint, "_kind");
    return kind ? *kind : '\0';
}

/*
 * Whether the statement has added the constraint to a table that was there before. One that comes from
 * a parent is spoken of there; one that DETACH PARTITION leaves behind holds already.
 */
static bool is_added(const qi_lint *lint, const qi_object *constraint, const qi_table *table)
{
    const qi_table *was = qi_catalog_table_by_oid(&lint->before->catalog, table->oid);
    return was && !qi_object_value(constraint, "inheritance") &&
           qi_lint_is_made(lint, constraint) && qi_lint_is_old(lint, table->oid) &&
           was->is_partition == table->is_partition;
}

/* The next constraint from *at on that the statement has added. */
static const qi_object *next_added(const qi_lint *lint, size_t *at, const qi_table **table)
{
    size_t count = 0;
    const qi_object *all = qi_objects_of(&lint->after->catalog, "constraint", &count);
    while (*at < count) {
        const qi_object *constraint = &all[(*at)++];
        *table = qi_catalog_table_by_oid(&lint->after->catalog, constraint->parent_oid);
        if (*table && is_added(lint, constraint, *table))
            return constraint;
    }
    return NULL;
}

static PgQuery__ConstrType parsed_kind(char kind)
{
    switch (kind) {
    case QI_FOREIGN_KEY:
        return PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN;
    case QI_CHECK:
        return PG_QUERY__CONSTR_TYPE__CONSTR_CHECK;
    case QI_UNIQUE:
        return PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE;
    case QI_PRIMARY_KEY:
        return PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY;
    default:
        return PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION;
    }
}

/* Whether a part of ALTER TABLE adds a constraint of the kind without naming it. */
static bool adds_unnamed(const PgQuery__Node *def, PgQuery__ConstrType kind)
{
    if (def && def->node_case == PG_QUERY__NODE__NODE_CONSTRAINT)
        return def->constraint->contype == kind && !*def->constraint->conname;
    if (!def || def->node_case != PG_QUERY__NODE__NODE_COLUMN_DEF)
        return false;
    for (size_t i = 0; i < def->column_def->n_constraints; i++)
        if (adds_unnamed(def->column_def->constraints[i], kind))
            return true;
    return false;
}

/* Where the statement adds it, by its name, else by its kind. */
static size_t place_of(const qi_lint *lint, const qi_object *constraint)
{
    size_t place = qi_lint_place_of(lint, constraint->name);
    if (place > 0 || !lint->node || lint->node->node_case != PG_QUERY__NODE__NODE_ALTER_TABLE_STMT)
        return place;
    const PgQuery__AlterTableStmt *alter = lint->node->alter_table_stmt;
    const char *kind = qi_object_value(constraint, "_kind");
    for (size_t i = 0; kind && i < alter->n_cmds; i++)
        if (alter->cmds[i]->node_case == PG_QUERY__NODE__NODE_ALTER_TABLE_CMD &&
            adds_unnamed(alter->cmds[i]->alter_table_cmd->def, parsed_kind(*kind)))
            return qi_lint_command_at(lint->sql, alter, i);
    return 0;
}

/* The index behind a key. */
static const qi_object *index_behind(const qi_catalog *catalog, const qi_object *constraint)
{
    size_t count = 0;
    const qi_object *all = qi_objects_of(catalog, "key index", &count);
    for (size_t i = 0; i < count; i++) {
        const char *oid = qi_object_value(&all[i], "_constraint");
        if (oid && strtoul(oid, NULL, 10) == constraint->oid)
            return &all[i];
    }
    return NULL;
}

/* ADD CONSTRAINT ... USING INDEX: the index was there, under its own name. */
static bool uses_index(const qi_lint *lint, const qi_object *constraint)
{
    const qi_object *index = index_behind(&lint->after->catalog, constraint);
    return index && qi_lint_same(lint->before, index);
}

static bool has_column(const qi_object *constraint, int number)
{
    const char *at = qi_object_value(constraint, "_columns");
    while (at && *at) {
        char *end = NULL;
        if (strtol(at, &end, 10) == number)
            return true;
        at = end > at ? end : "";
    }
    return false;
}

/* A foreign key of a column that the statement adds without a default has nothing to check. */
static bool is_of_empty_column(const qi_lint *lint, const qi_object *constraint,
                               const qi_table *table)
{
    const qi_table *before = qi_catalog_table_by_oid(&lint->before->catalog, table->oid);
    for (size_t i = 0; i < table->column_count; i++) {
        const qi_column *column = &table->columns[i];
        if (has_column(constraint, column->number) && !column->has_default &&
            !qi_table_column_at(before, column->number))
            return true;
    }
    return false;
}

static qi_lint_names names_of(qi_lint *lint, const qi_object *constraint, const qi_table *table)
{
    const char *definition = qi_object_value(constraint, "definition");
    const char *deferrable = qi_object_value(constraint, "deferrable");
    if (definition && deferrable)
        definition = qi_lint_text(lint, "%s %s", definition, deferrable);
    return (qi_lint_names){ .table = qi_lint_table_name(lint, table),
                            .name = qi_lint_name(lint, NULL, constraint->name),
                            .text = definition ? definition : "" };
}

static void add_foreign_key(qi_lint *lint, const qi_lint_rule *rule)
{
    size_t at = 0;
    const qi_table *table = NULL;
    const qi_object *constraint;
    while ((constraint = next_added(lint, &at, &table)) != NULL) {
        if (kind_of(constraint) != QI_FOREIGN_KEY || !is_true(constraint, "_validated") ||
            is_of_empty_column(lint, constraint, table))
            continue;
        qi_lint_names names = names_of(lint, constraint, table);
        qi_lint_find(lint, rule, place_of(lint, constraint), names.table, &names,
                     "writes to %s and to the table that %s refers to wait while all rows are "
                     "checked",
                     names.table, names.name);
    }
}

static void add_check(qi_lint *lint, const qi_lint_rule *rule)
{
    size_t at = 0;
    const qi_table *table = NULL;
    const qi_object *constraint;
    while ((constraint = next_added(lint, &at, &table)) != NULL) {
        if (kind_of(constraint) != QI_CHECK || !is_true(constraint, "_validated") ||
            table->kind == QI_TABLE_FOREIGN)
            continue;
        qi_lint_names names = names_of(lint, constraint, table);
        qi_lint_find(lint, rule, place_of(lint, constraint), names.table, &names,
                     "all access to %s waits while %s is checked against all rows", names.table,
                     names.name);
    }
}

/* Keys of one kind that build their index themselves. */
static void add_key(qi_lint *lint, const qi_lint_rule *rule, char kind)
{
    size_t at = 0;
    const qi_table *table = NULL;
    const qi_object *constraint;
    while ((constraint = next_added(lint, &at, &table)) != NULL) {
        if (kind_of(constraint) != kind || uses_index(lint, constraint))
            continue;
        qi_lint_names names = names_of(lint, constraint, table);
        const qi_object *index = index_behind(&lint->after->catalog, constraint);
        const char *definition = index ? qi_object_value(index, "definition") : NULL;
        /* pg_get_indexdef writes CREATE UNIQUE INDEX name ... */
        static const char head[] = "CREATE UNIQUE INDEX ";
        if (definition && strncmp(definition, head, sizeof head - 1) == 0)
            names.text = qi_lint_text(lint, "CREATE UNIQUE INDEX CONCURRENTLY %s",
                                      definition + sizeof head - 1);
        qi_lint_find(lint, rule, place_of(lint, constraint), names.table, &names,
                     "all access to %s waits while the index of %s is built", names.table,
                     names.name);
    }
}

static void add_unique(qi_lint *lint, const qi_lint_rule *rule)
{
    add_key(lint, rule, QI_UNIQUE);
}

static void add_primary_key(qi_lint *lint, const qi_lint_rule *rule)
{
    add_key(lint, rule, QI_PRIMARY_KEY);
}

static void add_exclusion(qi_lint *lint, const qi_lint_rule *rule)
{
    add_key(lint, rule, QI_EXCLUSION);
}

/* Whether `expression` says, maybe among other things, that the column is not null. */
static bool says_not_null(const PgQuery__Node *expression, const char *column)
{
    if (!expression)
        return false;
    if (expression->node_case == PG_QUERY__NODE__NODE_BOOL_EXPR &&
        expression->bool_expr->boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR) {
        for (size_t i = 0; i < expression->bool_expr->n_args; i++)
            if (says_not_null(expression->bool_expr->args[i], column))
                return true;
    }
    if (expression->node_case != PG_QUERY__NODE__NODE_NULL_TEST ||
        expression->null_test->nulltesttype != PG_QUERY__NULL_TEST_TYPE__IS_NOT_NULL)
        return false;
    const PgQuery__Node *about = expression->null_test->arg;
    if (!about || about->node_case != PG_QUERY__NODE__NODE_COLUMN_REF)
        return false;
    const PgQuery__ColumnRef *reference = about->column_ref;
    const char *name = reference->n_fields == 1 ? qi_lint_string(reference->fields[0]) : NULL;
    return name && strcmp(name, column) == 0;
}

/* A valid check saves SET NOT NULL from reading the table. */
static bool is_proven(qi_lint *lint, const qi_table *table, const char *column)
{
    for (size_t i = 0; i < table->constraint_count; i++) {
        const qi_constraint *constraint = &table->constraints[i];
        if (constraint->kind != QI_CHECK || !constraint->validated)
            continue;
        const char *sql = qi_lint_text(lint, "alter table t add %s", constraint->definition);
        const PgQuery__Node *node = qi_lint_parse(&lint->tree, sql);
        if (!node || node->node_case != PG_QUERY__NODE__NODE_ALTER_TABLE_STMT)
            continue;
        const PgQuery__Node *def = node->alter_table_stmt->cmds[0]->alter_table_cmd->def;
        if (def && def->node_case == PG_QUERY__NODE__NODE_CONSTRAINT &&
            says_not_null(def->constraint->raw_expr, column))
            return true;
    }
    return false;
}

/* A key that builds its index reads the table anyway; there is a rule for it. */
static bool is_of_new_key(const qi_lint *lint, const qi_table *table, int number)
{
    size_t at = 0;
    const qi_table *its = NULL;
    const qi_object *constraint;
    while ((constraint = next_added(lint, &at, &its)) != NULL)
        if (its == table && kind_of(constraint) == QI_PRIMARY_KEY &&
            has_column(constraint, number) && !uses_index(lint, constraint))
            return true;
    return false;
}

static void set_not_null(qi_lint *lint, const qi_lint_rule *rule)
{
    const qi_catalog *after = &lint->after->catalog;
    for (size_t i = 0; i < after->table_count; i++) {
        const qi_table *table = &after->tables[i];
        const qi_table *was = qi_catalog_table_by_oid(&lint->before->catalog, table->oid);
        if (!was || !qi_lint_is_old(lint, table->oid) || table->kind == QI_TABLE_FOREIGN)
            continue;
        for (size_t k = 0; k < table->column_count; k++) {
            const qi_column *column = &table->columns[k];
            const qi_column *before = qi_table_column_at(was, column->number);
            if (!before || before->not_null || !column->not_null ||
                is_proven(lint, was, before->name) || is_of_new_key(lint, table, column->number))
                continue;
            qi_lint_names names = {
                .table = qi_lint_table_name(lint, table),
                .column = qi_lint_name(lint, NULL, column->name),
                .name = qi_lint_name(lint, NULL, qi_lint_text(lint, "%s_not_null", column->name)),
            };
            qi_lint_find(lint, rule, qi_lint_place_of(lint, column->name),
                         qi_lint_column_name(lint, table, column->name), &names,
                         "all access to %s waits while all rows are searched for nulls in %s",
                         names.table, names.column);
        }
    }
}

/* In one transaction with ADD, the lock of ADD is held while the rows are checked. */
static void validate_at_once(qi_lint *lint, const qi_lint_rule *rule)
{
    const qi_table *table = qi_lint_altered(lint);
    if (!table || lint->alone || !lint->command || !qi_lint_is_old(lint, table->oid) ||
        lint->command->subtype != PG_QUERY__ALTER_TABLE_TYPE__AT_ValidateConstraint)
        return;
    const qi_table *then = qi_catalog_table_by_oid(&lint->start->catalog, table->oid);
    for (size_t i = 0; then && i < then->constraint_count; i++)
        if (strcmp(then->constraints[i].name, lint->command->name) == 0)
            return;
    qi_lint_names names = { .table = qi_lint_table_name(lint, table),
                            .name = qi_lint_name(lint, NULL, lint->command->name) };
    qi_lint_find(lint, rule, lint->command_at, names.table, &names,
                 "%s is validated in the transaction that adds it, so the lock of ADD is held "
                 "while all rows are checked",
                 names.name);
}

const qi_lint_rule qi_lint_blocking_constraint[] = {
    { .id = "add-foreign-key",
      .severity = QI_LINT_ERROR,
      .hazards = "blocks_writes",
      .summary = "a foreign key on an existing table without NOT VALID",
      .why = "Nobody can write to either table until all rows are checked.",
      .rewrite = "    ALTER TABLE {table} ADD CONSTRAINT {name} {text} NOT VALID;\n"
                 "New rows are checked from then on. In the next migration, while others write:\n"
                 "    ALTER TABLE {table} VALIDATE CONSTRAINT {name};",
      .after = add_foreign_key },
    { .id = "add-check",
      .severity = QI_LINT_ERROR,
      .hazards = "blocks_reads blocks_writes",
      .summary = "a check constraint on an existing table without NOT VALID",
      .why = "Nobody can read or write the table until all rows are checked.",
      .rewrite = "    ALTER TABLE {table} ADD CONSTRAINT {name} {text} NOT VALID;\n"
                 "New rows are checked from then on. In the next migration, while others write:\n"
                 "    ALTER TABLE {table} VALIDATE CONSTRAINT {name};",
      .after = add_check },
    { .id = "add-unique",
      .severity = QI_LINT_ERROR,
      .hazards = "blocks_reads blocks_writes",
      .summary = "a unique constraint on an existing table that builds its index itself",
      .why = "Nobody can read or write the table until the index is built.",
      .rewrite = "In a migration with `-- quire: no-transaction`:\n"
                 "    {text};\n"
                 "    ALTER TABLE {table} ADD CONSTRAINT {name} UNIQUE USING INDEX {name};",
      .after = add_unique },
    { .id = "add-primary-key",
      .severity = QI_LINT_ERROR,
      .hazards = "blocks_reads blocks_writes",
      .summary = "a primary key on an existing table that builds its index itself",
      .why = "Nobody can read or write the table until the index is built and all rows are\n"
             "searched for nulls.",
      .rewrite = "Make its columns NOT NULL first (see set-not-null). Then, in a migration with\n"
                 "`-- quire: no-transaction`:\n"
                 "    {text};\n"
                 "    ALTER TABLE {table} ADD CONSTRAINT {name} PRIMARY KEY USING INDEX {name};",
      .after = add_primary_key },
    { .id = "add-exclusion",
      .severity = QI_LINT_ERROR,
      .hazards = "blocks_reads blocks_writes",
      .summary = "an exclusion constraint on an existing table",
      .why = "Nobody can read or write the table until the index is built. PostgreSQL has no\n"
             "online form of it.",
      .rewrite = "Do it while nobody needs {table}, or make a new table with the constraint and\n"
                 "copy the rows in batches.",
      .after = add_exclusion },
    { .id = "set-not-null",
      .severity = QI_LINT_ERROR,
      .hazards = "blocks_reads blocks_writes",
      .summary = "a column of an existing table becomes NOT NULL, and nothing proves it",
      .why = "Nobody can read or write the table until all rows are searched for nulls. A valid\n"
             "check constraint that says the same saves the search.",
      .rewrite =
          "    ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({column} IS NOT NULL) NOT VALID;\n"
          "In the next migration:\n"
          "    ALTER TABLE {table} VALIDATE CONSTRAINT {name};\n"
          "And in the one after it:\n"
          "    ALTER TABLE {table} ALTER COLUMN {column} SET NOT NULL;\n"
          "    ALTER TABLE {table} DROP CONSTRAINT {name};",
      .after = set_not_null },
    { .id = "validate-at-once",
      .severity = QI_LINT_ERROR,
      .hazards = "blocks_writes blocks_reads",
      .summary = "VALIDATE CONSTRAINT in the transaction that added the constraint",
      .why = "ADD CONSTRAINT takes a lock that others wait for, and it is held to the end of the\n"
             "transaction: NOT VALID has gained nothing.",
      .rewrite = "Validate in the next migration:\n"
                 "    ALTER TABLE {table} VALIDATE CONSTRAINT {name};\n"
                 "or put `-- quire: no-transaction` at the top of this one.",
      .before = validate_at_once },
    { 0 },
};
