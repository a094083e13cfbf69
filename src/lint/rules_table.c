/* Rules about tables that are written anew or locked as a whole. */
#include "lint/rule.h"

#include <string.h>

typedef enum cause { CAUSE_NONE = 0, CAUSE_TYPE, CAUSE_COLUMN, CAUSE_OTHER } cause;

/* Why ALTER TABLE has written the table anew, by what it says; *at is the command. */
static cause cause_of(const qi_lint *lint, size_t *at, const char **column)
{
    const PgQuery__AlterTableStmt *alter = lint->node->alter_table_stmt;
    cause found = CAUSE_OTHER;
    *at = 0;
    *column = NULL;
    for (size_t i = 0; i < alter->n_cmds; i++) {
        if (alter->cmds[i]->node_case != PG_QUERY__NODE__NODE_ALTER_TABLE_CMD)
            continue;
        const PgQuery__AlterTableCmd *command = alter->cmds[i]->alter_table_cmd;
        if (command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType) {
            *at = i;
            *column = command->name;
            return CAUSE_TYPE;
        }
        if (command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn && found == CAUSE_OTHER &&
            command->def && command->def->node_case == PG_QUERY__NODE__NODE_COLUMN_DEF) {
            *at = i;
            *column = command->def->column_def->colname;
            found = CAUSE_COLUMN;
        }
    }
    return found;
}

static bool has_moved(const qi_lint *lint, uint32_t oid)
{
    const qi_lint_fact *was = qi_lint_fact_of(lint->before, oid);
    const qi_lint_fact *is = qi_lint_fact_of(lint->after, oid);
    return was && is && was->storage && is->storage && strcmp(was->storage, is->storage) != 0;
}

/* The table, or a partition or child of it that is written anew. */
static const qi_table *rewritten(const qi_lint *lint)
{
    const qi_table *table = qi_lint_altered(lint);
    if (!table)
        return NULL;
    if (qi_lint_is_old(lint, table->oid) && has_moved(lint, table->oid))
        return table;
    for (size_t i = 0; i < lint->before->catalog.table_count; i++) {
        const qi_table *other = &lint->before->catalog.tables[i];
        if (qi_lint_is_old(lint, other->oid) && has_moved(lint, other->oid))
            return other;
    }
    return NULL;
}

static void rewrite(qi_lint *lint, const qi_lint_rule *rule, cause wanted)
{
    size_t at = 0;
    const char *column = NULL;
    const qi_table *table = rewritten(lint);
    if (!table || cause_of(lint, &at, &column) != wanted)
        return;
    const qi_table *after = qi_catalog_table_by_oid(&lint->after->catalog, table->oid);
    const qi_column *now = after && column ? qi_table_column(after, column) : NULL;
    qi_lint_names names = { .table = qi_lint_table_name(lint, table),
                            .column = column ? qi_lint_name(lint, NULL, column) : NULL,
                            .type = now ? now->type_text : NULL };
    qi_lint_find(lint, rule, qi_lint_command_at(lint->sql, lint->node->alter_table_stmt, at),
                 column ? qi_lint_column_name(lint, table, column) : names.table, &names,
                 "all access to %s waits while every row of it is written anew", names.table);
}

static void change_type(qi_lint *lint, const qi_lint_rule *rule)
{
    rewrite(lint, rule, CAUSE_TYPE);
}

static void add_column(qi_lint *lint, const qi_lint_rule *rule)
{
    rewrite(lint, rule, CAUSE_COLUMN);
}

static void rewrite_table(qi_lint *lint, const qi_lint_rule *rule)
{
    rewrite(lint, rule, CAUSE_OTHER);
}

static void cluster(qi_lint *lint, const qi_lint_rule *rule)
{
    if (!lint->node || lint->node->node_case != PG_QUERY__NODE__NODE_CLUSTER_STMT)
        return;
    const PgQuery__RangeVar *name = lint->node->cluster_stmt->relation;
    const qi_table *table = qi_lint_table(lint, name);
    if (name && (!table || !qi_lint_is_old(lint, table->oid)))
        return;
    const char *object = table ? qi_lint_table_name(lint, table) : NULL;
    qi_lint_names names = { .table = object };
    qi_lint_find(lint, rule, 0, object, &names,
                 "all access to %s waits while every row of it is written anew",
                 object ? object : "each clustered table");
}

static void vacuum_full(qi_lint *lint, const qi_lint_rule *rule)
{
    if (!lint->node || lint->node->node_case != PG_QUERY__NODE__NODE_VACUUM_STMT)
        return;
    const PgQuery__VacuumStmt *vacuum = lint->node->vacuum_stmt;
    if (!vacuum->is_vacuumcmd || !qi_lint_option(vacuum->options, vacuum->n_options, "full"))
        return;
    qi_lint_find(lint, rule, 0, NULL, NULL,
                 "all access to the table waits while every row of it is written anew");
}

static const PgQuery__PartitionCmd *partition_of(const qi_lint *lint, PgQuery__AlterTableType type)
{
    const PgQuery__AlterTableCmd *command = lint->command;
    if (!command || command->subtype != type || !command->def ||
        command->def->node_case != PG_QUERY__NODE__NODE_PARTITION_CMD)
        return NULL;
    return command->def->partition_cmd;
}

static void detach_partition(qi_lint *lint, const qi_lint_rule *rule)
{
    const PgQuery__PartitionCmd *command =
        partition_of(lint, PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartition);
    const qi_table *table = command ? qi_lint_altered(lint) : NULL;
    const qi_table *partition = command ? qi_lint_table(lint, command->name) : NULL;
    if (!table || !partition || command->concurrent || !qi_lint_is_old(lint, table->oid) ||
        !qi_lint_is_old(lint, partition->oid))
        return;
    qi_lint_names names = { .table = qi_lint_table_name(lint, table),
                            .name = qi_lint_table_name(lint, partition) };
    qi_lint_find(lint, rule, lint->command_at, names.name, &names,
                 "all access to %s and its partitions waits until %s is detached", names.table,
                 names.name);
}

static bool has_check(const qi_table *table)
{
    for (size_t i = 0; i < table->constraint_count; i++)
        if (table->constraints[i].kind == QI_CHECK && table->constraints[i].validated)
            return true;
    return false;
}

static void attach_partition(qi_lint *lint, const qi_lint_rule *rule)
{
    const PgQuery__PartitionCmd *command =
        partition_of(lint, PG_QUERY__ALTER_TABLE_TYPE__AT_AttachPartition);
    const qi_table *table = command ? qi_lint_altered(lint) : NULL;
    const qi_table *partition = command ? qi_lint_table(lint, command->name) : NULL;
    if (!table || !partition || !qi_lint_is_old(lint, partition->oid) || has_check(partition))
        return;
    qi_lint_names names = { .table = qi_lint_table_name(lint, partition),
                            .name = qi_lint_table_name(lint, table) };
    qi_lint_find(lint, rule, lint->command_at, names.table, &names,
                 "all access to %s waits while all its rows are checked against the bounds",
                 names.table);
}

static bool has_unique_index(const qi_table *table)
{
    for (size_t i = 0; i < table->index_count; i++)
        if (table->indexes[i].unique && !table->indexes[i].partial)
            return true;
    return false;
}

static void refresh(qi_lint *lint, const qi_lint_rule *rule)
{
    if (!lint->node || lint->node->node_case != PG_QUERY__NODE__NODE_REFRESH_MAT_VIEW_STMT)
        return;
    const PgQuery__RefreshMatViewStmt *statement = lint->node->refresh_mat_view_stmt;
    const qi_table *view = qi_lint_table(lint, statement->relation);
    if (!view || statement->concurrent || !qi_lint_is_old(lint, view->oid))
        return;
    qi_lint_names names = { .table = qi_lint_table_name(lint, view) };
    qi_lint_find(lint, rule, 0, names.table, &names, "reads of %s wait while it is filled%s",
                 names.table,
                 has_unique_index(view) ? "" : "; CONCURRENTLY needs a unique index, it has none");
}

static void lock_table(qi_lint *lint, const qi_lint_rule *rule)
{
    enum { ROW_EXCLUSIVE = 3 };
    if (!lint->node || lint->node->node_case != PG_QUERY__NODE__NODE_LOCK_STMT ||
        lint->node->lock_stmt->mode <= ROW_EXCLUSIVE)
        return;
    const PgQuery__LockStmt *statement = lint->node->lock_stmt;
    const PgQuery__RangeVar *name = NULL;
    const qi_table *table = NULL;
    for (size_t at = 0; (table = qi_lint_next_old(lint, statement->relations,
                                                  statement->n_relations, &at, &name)) != NULL;) {
        qi_lint_names names = { .table = qi_lint_table_name(lint, table) };
        qi_lint_find(lint, rule, (size_t)name->location, names.table, &names,
                     "others wait for %s until the file is through", names.table);
    }
}

static void update_all(qi_lint *lint, const qi_lint_rule *rule)
{
    if (!lint->node || lint->node->node_case != PG_QUERY__NODE__NODE_UPDATE_STMT)
        return;
    const PgQuery__UpdateStmt *statement = lint->node->update_stmt;
    const qi_table *table = qi_lint_table(lint, statement->relation);
    if (!table || statement->where_clause || statement->n_from_clause ||
        !qi_lint_is_old(lint, table->oid))
        return;
    qi_lint_names names = { .table = qi_lint_table_name(lint, table) };
    qi_lint_find(lint, rule, 0, names.table, &names,
                 "every row of %s is locked until the file is through, and written twice",
                 names.table);
}

const qi_lint_rule qi_lint_blocking_table[] = {
    { .id = "change-type",
      .severity = QI_LINT_ERROR,
      .hazards = "rewrites_table",
      .summary = "a new type of a column that writes an existing table anew",
      .why = "Nobody can read or write the table until each row and each index of it is written\n"
             "again. Some changes need that not: varchar(10) to varchar(20), varchar to text.",
      .rewrite =
          "Put the new form beside the old one:\n"
          "    ALTER TABLE {table} ADD COLUMN new_{column} {type};\n"
          "Fill it in batches while a trigger keeps it up to date, let the program read it,\n"
          "and drop the old one at last.",
      .after = change_type },
    { .id = "add-column",
      .severity = QI_LINT_ERROR,
      .hazards = "rewrites_table",
      .summary = "a new column that writes an existing table anew: volatile default, serial, "
                 "identity, stored",
      .why = "Nobody can read or write the table until each row is written again with its own\n"
             "value. A constant default, and now(), costs nothing.",
      .rewrite =
          "Add it empty, set the default for new rows, and fill the old ones in batches:\n"
          "    ALTER TABLE {table} ADD COLUMN {column} {type};\n"
          "An identity comes last, when all rows are filled and it is NOT NULL; in place of a\n"
          "stored column, a trigger or a view may do.",
      .after = add_column },
    { .id = "rewrite-table",
      .severity = QI_LINT_ERROR,
      .hazards = "rewrites_table",
      .summary = "SET LOGGED, UNLOGGED, ACCESS METHOD or TABLESPACE of an existing table",
      .why = "Nobody can read or write the table until each row is written again.",
      .rewrite = "Do it while nobody needs {table}, or make a new table, copy the rows in batches\n"
                 "and change over.",
      .after = rewrite_table },
    { .id = "cluster",
      .severity = QI_LINT_ERROR,
      .hazards = "rewrites_table",
      .summary = "CLUSTER",
      .why = "Nobody can read or write the table until each row is written again.",
      .rewrite =
          "It is no matter of the schema: leave it out. pg_repack does it while others work.",
      .before = cluster },
    { .id = "vacuum-full",
      .severity = QI_LINT_ERROR,
      .hazards = "rewrites_table",
      .summary = "VACUUM FULL",
      .why = "Nobody can read or write the table until each row is written again.",
      .rewrite = "It is no matter of the schema: leave it out. VACUUM without FULL makes the room\n"
                 "usable again, pg_repack gives it back while others work.",
      .before = vacuum_full },
    { .id = "detach-partition",
      .severity = QI_LINT_ERROR,
      .hazards = "blocks_reads blocks_writes",
      .summary = "DETACH PARTITION without CONCURRENTLY",
      .why = "It locks the partitioned table as a whole, and everybody waits behind it as soon\n"
             "as it waits itself for a long query.",
      .rewrite = "In a migration of its own:\n"
                 "    -- quire: no-transaction\n"
                 "    ALTER TABLE {table} DETACH PARTITION {name} CONCURRENTLY;",
      .before = detach_partition },
    { .id = "attach-partition",
      .severity = QI_LINT_WARNING,
      .hazards = "blocks_reads blocks_writes",
      .summary = "ATTACH PARTITION of an existing table that no check constraint speaks for",
      .why = "Nobody can read or write the new partition until all its rows are checked against\n"
             "the bounds. A valid check constraint that implies them saves it.",
      .rewrite = "Add a check constraint with the bounds to {table} first, NOT VALID and then\n"
                 "validated, attach it to {name}, and drop the check.",
      .before = attach_partition },
    { .id = "refresh-view",
      .severity = QI_LINT_WARNING,
      .hazards = "blocks_reads",
      .summary = "REFRESH MATERIALIZED VIEW without CONCURRENTLY",
      .why = "Nobody can read the view until its query has run and its indexes are built.",
      .rewrite = "With a unique index on it:\n"
                 "    REFRESH MATERIALIZED VIEW CONCURRENTLY {table};",
      .before = refresh },
    { .id = "lock-table",
      .severity = QI_LINT_WARNING,
      .hazards = "blocks_reads blocks_writes",
      .summary = "LOCK TABLE of an existing table in a mode that keeps others out",
      .why = "The lock is held until the whole file is through.",
      .rewrite =
          "Statements take the locks that they need by themselves: leave it out, or make the\n"
          "file as short as what the lock is for.",
      .before = lock_table },
    { .id = "update-all-rows",
      .severity = QI_LINT_WARNING,
      .hazards = "blocks_writes",
      .summary = "UPDATE without WHERE on an existing table",
      .why = "Every row stays locked until the file is through, and the table grows to twice its\n"
             "size.",
      .rewrite =
          "Change {table} in batches, by ranges of its key (WHERE id BETWEEN 1 AND 10000, and\n"
          "so on), in a script of its own or with `-- quire: no-transaction`.",
      .before = update_all },
    { 0 },
};
