/* Rules about what a schema is better off with. They speak of what the statement itself makes. */
#include "lint/rule.h"

#include <string.h>

enum { LONGEST_NAME = 63 };

/* Calls `visit` for each column that the statement has made or given another type. */
static void new_columns(qi_lint *lint, const qi_lint_rule *rule,
                        void (*visit)(qi_lint *lint, const qi_lint_rule *rule,
                                      const qi_table *table, const qi_column *column))
{
    const qi_catalog *after = &lint->after->catalog;
    for (size_t i = 0; i < after->table_count; i++) {
        const qi_table *table = &after->tables[i];
        if (table->kind != QI_TABLE_PLAIN && table->kind != QI_TABLE_PARTITIONED)
            continue;
        const qi_table *was = qi_catalog_table_by_oid(&lint->before->catalog, table->oid);
        /* A partition has the columns of its parent. */
        if (table->is_partition)
            continue;
        for (size_t k = 0; k < table->column_count; k++) {
            const qi_column *column = &table->columns[k];
            const qi_column *before = was ? qi_table_column_at(was, column->number) : NULL;
            if (!before || before->type != column->type)
                visit(lint, rule, table, column);
        }
    }
}

static void find_column(qi_lint *lint, const qi_lint_rule *rule, const qi_table *table,
                        const qi_column *column, const char *format)
{
    const char *name = qi_lint_column_name(lint, table, column->name);
    qi_lint_names names = { .table = qi_lint_table_name(lint, table),
                            .column = qi_lint_name(lint, NULL, column->name),
                            .type = column->type_text };
    qi_lint_find(lint, rule, qi_lint_place_of(lint, column->name), name, &names, format, name,
                 column->type_text);
}

static bool is_type(const qi_lint *lint, const qi_column *column, const char *name)
{
    const qi_catalog_type *type = qi_catalog_type_by_oid(&lint->after->catalog, column->type);
    if (type && type->element)
        type = qi_catalog_type_by_oid(&lint->after->catalog, type->element);
    return type && strcmp(type->name, name) == 0 && strcmp(type->schema, "pg_catalog") == 0;
}

static bool is_key(const qi_table *table, const qi_column *column)
{
    const qi_constraint *key = table->primary_key;
    return key && key->column_count == 1 && key->columns[0] == column;
}

static bool refers(const qi_table *table, const qi_column *column)
{
    for (size_t i = 0; i < table->constraint_count; i++)
        for (size_t k = 0; k < table->constraints[i].column_count; k++)
            if (table->constraints[i].kind == QI_FOREIGN_KEY &&
                table->constraints[i].columns[k] == column)
                return true;
    return false;
}

static void visit_key(qi_lint *lint, const qi_lint_rule *rule, const qi_table *table,
                      const qi_column *column)
{
    if (is_key(table, column) && !refers(table, column) &&
        (is_type(lint, column, "int4") || is_type(lint, column, "int2")))
        find_column(lint, rule, table, column, "key %s is %s, which has an end");
}

static void bigint_key(qi_lint *lint, const qi_lint_rule *rule)
{
    new_columns(lint, rule, visit_key);
}

/* serial: a sequence that belongs to the column and is its default. */
static void visit_serial(qi_lint *lint, const qi_lint_rule *rule, const qi_table *table,
                         const qi_column *column)
{
    const qi_catalog *after = &lint->after->catalog;
    for (size_t i = 0; !column->identity && i < after->sequence_count; i++)
        if (after->sequences[i].owner_table == table->oid &&
            after->sequences[i].owner_column == column->number && column->expression &&
            strncmp(column->expression, "nextval(", 8) == 0) {
            find_column(lint, rule, table, column, "%s is a serial column (%s)");
            return;
        }
}

static void identity_column(qi_lint *lint, const qi_lint_rule *rule)
{
    new_columns(lint, rule, visit_serial);
}

static void visit_stamp(qi_lint *lint, const qi_lint_rule *rule, const qi_table *table,
                        const qi_column *column)
{
    if (is_type(lint, column, "timestamp"))
        find_column(lint, rule, table, column, "%s is %s: it does not say which moment it means");
}

static void timestamp_zone(qi_lint *lint, const qi_lint_rule *rule)
{
    new_columns(lint, rule, visit_stamp);
}

static void visit_text(qi_lint *lint, const qi_lint_rule *rule, const qi_table *table,
                       const qi_column *column)
{
    if ((is_type(lint, column, "varchar") && column->modifier >= 4) ||
        is_type(lint, column, "bpchar"))
        find_column(lint, rule, table, column, "%s is %s");
}

static void text_column(qi_lint *lint, const qi_lint_rule *rule)
{
    new_columns(lint, rule, visit_text);
}

/* How long a name is as the server reads it; 0 for what is none. */
static size_t name_length(const char *sql, qi_token token)
{
    if (token.kind == QI_TOKEN_WORD)
        return token.length;
    if (token.kind != QI_TOKEN_QUOTED || sql[token.start] != '"' || token.length < 2)
        return 0;
    size_t length = 0;
    for (size_t i = token.start + 1; i + 1 < token.start + token.length; i++, length++)
        i += sql[i] == '"';
    return length;
}

static void long_name(qi_lint *lint, const qi_lint_rule *rule)
{
    if (lint->command &&
        lint->command_at != qi_lint_command_at(lint->sql, lint->node->alter_table_stmt, 0))
        return;
    qi_lexer lexer;
    qi_lexer_init(&lexer, lint->sql, strlen(lint->sql));
    for (qi_token t = qi_lexer_next(&lexer); t.kind != QI_TOKEN_END; t = qi_lexer_next(&lexer)) {
        size_t length = name_length(lint->sql, t);
        if (length <= LONGEST_NAME)
            continue;
        const char *name = qi_lint_text(lint, "%.*s", (int)t.length, lint->sql + t.start);
        qi_lint_find(lint, rule, t.start, name, &(qi_lint_names){ .name = name },
                     "%s has %zu bytes; PostgreSQL keeps the first %d", name, length, LONGEST_NAME);
    }
}

/* Whether an index begins with these columns, in any order, and covers every row that refers. */
static bool serves(const qi_index *index, const qi_constraint *key)
{
    if (index->partial) {
        /* A row with a null refers to nothing, so it need not be found. */
        const char *where = strstr(index->definition, " WHERE ");
        size_t length = strlen(key->columns[0]->name);
        where = where ? where + strlen(" WHERE ") : "";
        where += *where == '(';
        if (key->column_count != 1 || strncmp(where, key->columns[0]->name, length) != 0 ||
            strncmp(where + length, " IS NOT NULL", strlen(" IS NOT NULL")) != 0 ||
            strlen(where + length) > strlen(" IS NOT NULL)"))
            return false;
    }
    if (index->column_count < key->column_count)
        return false;
    for (size_t i = 0; i < key->column_count; i++) {
        bool found = false;
        for (size_t k = 0; k < key->column_count && !found; k++)
            found = index->columns[k] == key->columns[i];
        if (!found)
            return false;
    }
    return true;
}

static bool is_served(const qi_table *table, const qi_constraint *key)
{
    for (size_t i = 0; i < table->index_count; i++)
        if (serves(&table->indexes[i], key))
            return true;
    return false;
}

static const char *columns_of(qi_lint *lint, const qi_constraint *key)
{
    const char *list = "";
    for (size_t i = 0; i < key->column_count; i++)
        list = qi_lint_text(lint, "%s%s%s", list, i ? ", " : "",
                            qi_lint_name(lint, NULL, key->columns[i]->name));
    return list;
}

static const char *name_of_key(qi_lint *lint, const qi_table *table, const qi_constraint *key)
{
    return qi_lint_text(lint, "%s on %s", qi_lint_name(lint, NULL, key->name),
                        qi_lint_table_name(lint, table));
}

static void foreign_key_index(qi_lint *lint, const qi_lint_rule *rule)
{
    const qi_catalog *after = &lint->after->catalog;
    for (size_t i = 0; i < after->table_count; i++) {
        const qi_table *table = &after->tables[i];
        const qi_table *was = qi_catalog_table_by_oid(&lint->before->catalog, table->oid);
        for (size_t k = 0; k < table->constraint_count && !table->is_partition; k++) {
            const qi_constraint *key = &table->constraints[k];
            bool is_new = key->kind == QI_FOREIGN_KEY && key->column_count > 0;
            for (size_t m = 0; was && is_new && m < was->constraint_count; m++)
                is_new = strcmp(was->constraints[m].name, key->name) != 0;
            if (!is_new || is_served(table, key))
                continue;
            qi_lint_names names = { .table = qi_lint_table_name(lint, table),
                                    .text = columns_of(lint, key) };
            qi_lint_find(lint, rule, qi_lint_place_of(lint, key->columns[0]->name),
                         name_of_key(lint, table, key), &names,
                         "no index serves foreign key %s (%s)", name_of_key(lint, table, key),
                         names.text);
        }
    }
}

/* The index often comes further down in the file. */
static bool has_no_index(qi_lint *lint, const qi_lint_finding *finding)
{
    const qi_catalog *end = &lint->after->catalog;
    for (size_t i = 0; i < end->table_count; i++)
        for (size_t k = 0; k < end->tables[i].constraint_count; k++) {
            const qi_table *table = &end->tables[i];
            const qi_constraint *key = &table->constraints[k];
            if (key->kind == QI_FOREIGN_KEY &&
                strcmp(name_of_key(lint, table, key), finding->object) == 0)
                return !is_served(table, key);
        }
    return false;
}

/* Everybody with the public key of the project reaches it, and nothing says which rows. */
static bool is_open(const qi_lint *lint, const qi_lint_state *state, uint32_t oid)
{
    const qi_table *table = qi_catalog_table_by_oid(&state->catalog, oid);
    const qi_lint_fact *fact = qi_lint_fact_of(state, oid);
    if (!table || !fact || (table->kind != QI_TABLE_PLAIN && table->kind != QI_TABLE_PARTITIONED))
        return false;
    size_t count = 0;
    const qi_object *all = qi_objects_of(&state->catalog, "table", &count);
    for (size_t i = 0; i < count; i++)
        if (all[i].oid == oid && qi_object_value(&all[i], "row_security"))
            return false;
    /* Supabase grants what is made in public to the API roles by itself. */
    return fact->exposed ||
           (lint->provider == QUIRE_SUPABASE && strcmp(table->schema, "public") == 0);
}

static void row_security(qi_lint *lint, const qi_lint_rule *rule)
{
    const qi_catalog *after = &lint->after->catalog;
    for (size_t i = 0; i < after->table_count; i++) {
        const qi_table *table = &after->tables[i];
        if (!is_open(lint, lint->after, table->oid) || is_open(lint, lint->before, table->oid))
            continue;
        qi_lint_names names = { .table = qi_lint_table_name(lint, table) };
        qi_lint_find(lint, rule, 0, names.table, &names,
                     "the API roles reach %s, and row-level security is off", names.table);
    }
}

static bool is_open_still(qi_lint *lint, const qi_lint_finding *finding)
{
    const qi_catalog *end = &lint->after->catalog;
    for (size_t i = 0; i < end->table_count; i++)
        if (strcmp(qi_lint_table_name(lint, &end->tables[i]), finding->object) == 0)
            return is_open(lint, lint->after, end->tables[i].oid);
    return false;
}

static void no_primary_key(qi_lint *lint, const qi_lint_rule *rule)
{
    const qi_catalog *after = &lint->after->catalog;
    for (size_t i = 0; i < after->table_count; i++) {
        const qi_table *table = &after->tables[i];
        if (table->primary_key || table->is_partition ||
            (table->kind != QI_TABLE_PLAIN && table->kind != QI_TABLE_PARTITIONED) ||
            qi_catalog_table_by_oid(&lint->before->catalog, table->oid))
            continue;
        qi_lint_names names = { .table = qi_lint_table_name(lint, table) };
        qi_lint_find(lint, rule, 0, names.table, &names, "table %s has no primary key",
                     names.table);
    }
}

static bool has_no_key(qi_lint *lint, const qi_lint_finding *finding)
{
    const qi_catalog *end = &lint->after->catalog;
    for (size_t i = 0; i < end->table_count; i++)
        if (strcmp(qi_lint_table_name(lint, &end->tables[i]), finding->object) == 0)
            return !end->tables[i].primary_key;
    return false;
}

const qi_lint_rule qi_lint_style[] = {
    { .id = "bigint-key",
      .severity = QI_LINT_WARNING,
      .summary = "a key of type integer or smallint",
      .why = "It ends at 2,147,483,647, also when most rows are long gone, and then every insert\n"
             "fails. Changing the type of a key that others refer to is a long work.",
      .rewrite = "Declare it as `{column} bigint`.",
      .after = bigint_key },
    { .id = "identity-column",
      .severity = QI_LINT_WARNING,
      .summary = "serial instead of an identity column",
      .why = "The sequence of a serial column has rights of its own, which are forgotten easily,\n"
             "and an insert with a value of its own makes a later one fail.",
      .rewrite = "Declare it as `{column} bigint GENERATED ALWAYS AS IDENTITY`.",
      .after = identity_column },
    { .id = "timestamp-zone",
      .severity = QI_LINT_WARNING,
      .summary = "timestamp without time zone",
      .why = "It is a date and a time on some clock, and does not say on which: now() means\n"
             "another moment in each session's time zone. timestamptz takes the same room.",
      .rewrite = "Declare it as `{column} timestamptz`.",
      .after = timestamp_zone },
    { .id = "text-column",
      .severity = QI_LINT_WARNING,
      .summary = "char(n) or varchar(n) instead of text",
      .why =
          "Neither saves room. A shorter limit rewrites or refuses rows later; char(n) fills up\n"
          "with blanks, and loses those that were meant.",
      .rewrite =
          "Declare it as `{column} text`; where the length matters, with a check constraint on\n"
          "length({column}), which can be changed while others work.",
      .after = text_column },
    { .id = "long-name",
      .severity = QI_LINT_WARNING,
      .summary = "a name of more than 63 bytes, which is cut",
      .why =
          "PostgreSQL cuts it without an error. Two names that are the same up to there are one\n"
          "name, and who looks for the whole one does not find it.",
      .rewrite = "A shorter name for {name}.",
      .before = long_name },
    { .id = "foreign-key-index",
      .severity = QI_LINT_WARNING,
      .summary = "a foreign key whose columns no index begins with",
      .why = "Each DELETE, and each change of the key, in the table that it refers to reads the\n"
             "whole referring table; so do joins from there.",
      .rewrite = "In the file that makes the table; else with CONCURRENTLY in one of its own:\n"
                 "    CREATE INDEX ON {table} ({text});",
      .after = foreign_key_index,
      .holds = has_no_index },
    { .id = "row-security",
      .severity = QI_LINT_ERROR,
      .hazards = "authorization",
      .summary =
          "a table that the API roles anon or authenticated reach, without row-level security",
      .why = "Everybody with the project's public key reads, and often writes, every row of it.",
      .rewrite =
          "    ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;\n"
          "and a policy for each thing that a role may do. Without a policy it may do nothing.",
      .after = row_security,
      .holds = is_open_still },
    { .id = "no-primary-key",
      .severity = QI_LINT_WARNING,
      .summary = "a table without a primary key",
      .why = "A row cannot be told from another, logical replication refuses its updates, and\n"
             "generated code has no find_by_id, update or delete for it.",
      .rewrite = "    ALTER TABLE {table} ADD PRIMARY KEY (id);",
      .after = no_primary_key,
      .holds = has_no_key },
    { 0 },
};
