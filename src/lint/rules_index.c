/* Rules about indexes: building, dropping and rebuilding them makes others wait. */
#include "lint/rule.h"

#include <string.h>

static const PgQuery__IndexStmt *index_of(const qi_lint *lint)
{
    bool is = lint->node && lint->node->node_case == PG_QUERY__NODE__NODE_INDEX_STMT;
    return is ? lint->node->index_stmt : NULL;
}

/* The table of a CREATE INDEX without CONCURRENTLY; NULL when it is new, or nothing is built. */
static const qi_table *indexed(const qi_lint *lint, bool partitioned)
{
    const PgQuery__IndexStmt *index = index_of(lint);
    const qi_table *table = index ? qi_lint_table(lint, index->relation) : NULL;
    if (!table || index->concurrent || !qi_lint_is_old(lint, table->oid) ||
        (table->kind == QI_TABLE_PARTITIONED) != partitioned)
        return NULL;
    return partitioned && !index->relation->inh ? NULL : table;
}

static const char *index_name(qi_lint *lint, const PgQuery__IndexStmt *index)
{
    bool named = index->idxname && *index->idxname;
    return named ? qi_lint_text(lint, "index %s", qi_lint_name(lint, NULL, index->idxname))
                 : "an index";
}

static void create_index(qi_lint *lint, const qi_lint_rule *rule)
{
    const qi_table *table = indexed(lint, false);
    if (!table)
        return;
    qi_lint_names names = { .table = qi_lint_table_name(lint, table),
                            .text = qi_lint_insert(lint, "index", "CONCURRENTLY") };
    qi_lint_find(lint, rule, 0, names.table, &names, "writes to %s wait while %s is built",
                 names.table, index_name(lint, index_of(lint)));
}

static void create_partitioned_index(qi_lint *lint, const qi_lint_rule *rule)
{
    const qi_table *table = indexed(lint, true);
    if (!table)
        return;
    qi_lint_names names = { .table = qi_lint_table_name(lint, table) };
    qi_lint_find(lint, rule, 0, names.table, &names,
                 "writes to every partition of %s wait while %s is built", names.table,
                 index_name(lint, index_of(lint)));
}

static void drop_index(qi_lint *lint, const qi_lint_rule *rule)
{
    if (!lint->node || lint->node->node_case != PG_QUERY__NODE__NODE_DROP_STMT)
        return;
    const PgQuery__DropStmt *drop = lint->node->drop_stmt;
    if (drop->remove_type != PG_QUERY__OBJECT_TYPE__OBJECT_INDEX || drop->concurrent)
        return;
    for (size_t i = 0; i < drop->n_objects; i++) {
        const qi_object *index = qi_lint_relation_named(lint, drop->objects[i]);
        const qi_table *table =
            index ? qi_catalog_table_by_oid(&lint->before->catalog, index->parent_oid) : NULL;
        /* Those of a partitioned table cannot be dropped in another way. */
        if (!table || table->kind == QI_TABLE_PARTITIONED || !qi_lint_is_old(lint, index->oid))
            continue;
        qi_lint_names names = { .table = qi_lint_table_name(lint, table), .name = index->identity };
        qi_lint_find(lint, rule, 0, index->identity, &names,
                     "all access to %s waits until index %s is dropped", names.table,
                     index->identity);
    }
}

static void reindex(qi_lint *lint, const qi_lint_rule *rule)
{
    if (!lint->node || lint->node->node_case != PG_QUERY__NODE__NODE_REINDEX_STMT)
        return;
    const PgQuery__ReindexStmt *statement = lint->node->reindex_stmt;
    if (qi_lint_option(statement->params, statement->n_params, "concurrently"))
        return;
    const PgQuery__RangeVar *name = statement->relation;
    const qi_object *object = name ? qi_lint_relation(lint, name->schemaname, name->relname) : NULL;
    if (name && (!object || !qi_lint_is_old(lint, object->oid)))
        return;
    bool is_index = statement->kind == PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_INDEX;
    const char *what = !name ? qi_lint_text(lint, "SCHEMA CONCURRENTLY %s", statement->name)
                             : qi_lint_text(lint, "%s CONCURRENTLY %s",
                                            is_index ? "INDEX" : "TABLE", object->identity);
    qi_lint_names names = { .table = object ? object->identity : NULL, .name = what };
    qi_lint_find(lint, rule, 0, names.table, &names,
                 "writes wait, and reads that would use the index, while %s is rebuilt",
                 object ? object->identity : statement->name);
}

static void concurrent_if_not_exists(qi_lint *lint, const qi_lint_rule *rule)
{
    const PgQuery__IndexStmt *index = index_of(lint);
    if (!index || !index->concurrent || !index->if_not_exists)
        return;
    const qi_table *table = qi_lint_table(lint, index->relation);
    qi_lint_names names = {
        .name = qi_lint_name(lint, table ? table->schema : NULL, index->idxname),
        .table = table ? qi_lint_table_name(lint, table) : NULL,
    };
    qi_lint_find(lint, rule, 0, names.name, &names,
                 "an invalid %s that an earlier try left behind would be kept", names.name);
}

/* Indexes of an old table with new storage, while the table keeps its own: only they are rebuilt. */
static void rebuild_index(qi_lint *lint, const qi_lint_rule *rule)
{
    const qi_table *table = qi_lint_altered(lint);
    if (!table || !qi_lint_is_old(lint, table->oid))
        return;
    const qi_lint_fact *was = qi_lint_fact_of(lint->before, table->oid);
    const qi_lint_fact *is = qi_lint_fact_of(lint->after, table->oid);
    if (!was || !is || !was->storage || !is->storage || strcmp(was->storage, is->storage) != 0)
        return;
    const qi_catalog *before = &lint->before->catalog;
    for (size_t i = 0; i < before->object_count; i++) {
        const qi_object *index = &before->objects[i];
        if (index->parent_oid != table->oid ||
            (!qi_lint_is(index, "index") && !qi_lint_is(index, "key index")))
            continue;
        /* A rebuilt index may be another one of the same name. */
        const qi_object *now = NULL;
        for (size_t k = 0; k < lint->after->catalog.object_count && !now; k++) {
            const qi_object *other = &lint->after->catalog.objects[k];
            if (other->kind == index->kind && strcmp(other->identity, index->identity) == 0)
                now = other;
        }
        const qi_lint_fact *old = qi_lint_fact_of(lint->before, index->oid);
        const qi_lint_fact *new = now ? qi_lint_fact_of(lint->after, now->oid) : NULL;
        if (!old || !new || !old->storage || !new->storage ||
            strcmp(old->storage, new->storage) == 0)
            continue;
        qi_lint_names names = { .table = qi_lint_table_name(lint, table), .name = index->identity };
        qi_lint_find(lint, rule, qi_lint_command_at(lint->sql, lint->node->alter_table_stmt, 0),
                     index->identity, &names, "all access to %s waits while index %s is built anew",
                     names.table, index->identity);
    }
}

const qi_lint_rule qi_lint_blocking_index[] = {
    { .id = "create-index",
      .severity = QI_LINT_ERROR,
      .hazards = "blocks_writes",
      .summary = "CREATE INDEX without CONCURRENTLY on a table that was there before the file",
      .why = "Nobody can write to the table until the index is built, which takes as long as\n"
             "reading and sorting the whole table.",
      .rewrite = "In a migration of its own:\n"
                 "    -- quire: no-transaction\n"
                 "    {text}",
      .before = create_index },
    { .id = "create-partitioned-index",
      .severity = QI_LINT_ERROR,
      .hazards = "blocks_writes",
      .summary = "CREATE INDEX on a partitioned table, all partitions at once",
      .why = "Nobody can write to any partition until the indexes of all of them are built.\n"
             "CONCURRENTLY is not there for a partitioned table, but it is for a partition.",
      .rewrite = "Make it ON ONLY {table}, which builds nothing; then, in a migration with\n"
                 "`-- quire: no-transaction`, for each partition CREATE INDEX CONCURRENTLY and\n"
                 "ALTER INDEX ... ATTACH PARTITION.",
      .before = create_partitioned_index },
    { .id = "drop-index",
      .severity = QI_LINT_WARNING,
      .hazards = "blocks_reads blocks_writes",
      .summary = "DROP INDEX without CONCURRENTLY",
      .why = "It takes a lock that everybody waits behind as soon as it waits itself for a\n"
             "long query on the table.",
      .rewrite = "In a migration of its own:\n"
                 "    -- quire: no-transaction\n"
                 "    DROP INDEX CONCURRENTLY {name};",
      .before = drop_index },
    { .id = "rebuild-index",
      .severity = QI_LINT_ERROR,
      .hazards = "rewrites_table blocks_reads",
      .summary = "ALTER TABLE builds indexes of an existing table anew",
      .why = "All access to the table waits until the index is built: the change keeps the rows\n"
             "as they are, but sorts or compares them in another way.",
      .rewrite =
          "Put the new form beside the old one: add a column, fill it in batches, build its\n"
          "index with CREATE INDEX CONCURRENTLY, and let the program change over.\n"
          "Or drop {name} first (DROP INDEX CONCURRENTLY), change the column, and build the\n"
          "index with CONCURRENTLY, where queries can do without it for a while.",
      .after = rebuild_index },
    { .id = "reindex",
      .severity = QI_LINT_ERROR,
      .hazards = "blocks_writes blocks_reads",
      .summary = "REINDEX without CONCURRENTLY",
      .why = "Nobody can write to the table while its index is rebuilt, nor read by that index.",
      .rewrite = "In a migration of its own:\n"
                 "    -- quire: no-transaction\n"
                 "    REINDEX {name};",
      .before = reindex },
    { .id = "concurrent-if-not-exists",
      .severity = QI_LINT_WARNING,
      .summary = "CREATE INDEX CONCURRENTLY IF NOT EXISTS",
      .why = "When it fails half-way, an invalid index stays: it costs every write and serves no\n"
             "query. IF NOT EXISTS then finds it and says that all is well.",
      .rewrite =
          "Leave IF NOT EXISTS out; the runner clears an invalid index away itself. By hand:\n"
          "    DROP INDEX CONCURRENTLY IF EXISTS {name};",
      .before = concurrent_if_not_exists },
    { 0 },
};
