/* Rules about how a file is run. */
#include "lint/rule.h"

#include <string.h>

enum { LONGEST_LOCK_TIMEOUT_MS = 10000 };

/* What PostgreSQL runs only outside a transaction: PreventInTransactionBlock. NULL: anything else. */
static const char *runs_alone(const PgQuery__Node *node)
{
    switch (node->node_case) {
    case PG_QUERY__NODE__NODE_INDEX_STMT:
        return node->index_stmt->concurrent ? "CREATE INDEX CONCURRENTLY" : NULL;
    case PG_QUERY__NODE__NODE_DROP_STMT:
        return node->drop_stmt->concurrent ? "DROP INDEX CONCURRENTLY" : NULL;
    case PG_QUERY__NODE__NODE_REINDEX_STMT:
        if (qi_lint_option(node->reindex_stmt->params, node->reindex_stmt->n_params,
                           "concurrently"))
            return "REINDEX CONCURRENTLY";
        return node->reindex_stmt->relation ? NULL : "REINDEX of a schema or database";
    case PG_QUERY__NODE__NODE_VACUUM_STMT:
        return node->vacuum_stmt->is_vacuumcmd ? "VACUUM" : NULL;
    case PG_QUERY__NODE__NODE_CLUSTER_STMT:
        return node->cluster_stmt->relation ? NULL : "CLUSTER of all tables";
    case PG_QUERY__NODE__NODE_CREATEDB_STMT:
        return "CREATE DATABASE";
    case PG_QUERY__NODE__NODE_DROPDB_STMT:
        return "DROP DATABASE";
    case PG_QUERY__NODE__NODE_CREATE_TABLE_SPACE_STMT:
        return "CREATE TABLESPACE";
    case PG_QUERY__NODE__NODE_DROP_TABLE_SPACE_STMT:
        return "DROP TABLESPACE";
    case PG_QUERY__NODE__NODE_ALTER_SYSTEM_STMT:
        return "ALTER SYSTEM";
    default:
        return NULL;
    }
}

static void not_in_transaction(qi_lint *lint, const qi_lint_rule *rule)
{
    if (lint->alone || !lint->node)
        return;
    const char *name = runs_alone(lint->node);
    if (lint->command && lint->command->def &&
        lint->command->def->node_case == PG_QUERY__NODE__NODE_PARTITION_CMD &&
        lint->command->def->partition_cmd->concurrent)
        name = "DETACH PARTITION CONCURRENTLY";
    if (name)
        qi_lint_find(lint, rule, 0, NULL, NULL, "%s cannot run inside a transaction", name);
}

static void transaction_control(qi_lint *lint, const qi_lint_rule *rule)
{
    if (!lint->node || lint->node->node_case != PG_QUERY__NODE__NODE_TRANSACTION_STMT)
        return;
    switch (lint->node->transaction_stmt->kind) {
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_SAVEPOINT:
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_RELEASE:
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK_TO:
        return;
    default:
        qi_lint_find(lint, rule, 0, NULL, NULL,
                     "the file begins or ends a transaction; the runner does that");
    }
}

static void lock_timeout(qi_lint *lint, const qi_lint_rule *rule)
{
    long before = lint->before->lock_timeout_ms;
    long now = lint->after->lock_timeout_ms;
    if (now == before || (now > 0 && now <= LONGEST_LOCK_TIMEOUT_MS))
        return;
    if (now == 0)
        qi_lint_find(lint, rule, 0, NULL, NULL,
                     "the statements below wait for locks without end, and others behind them");
    else
        qi_lint_find(lint, rule, 0, NULL, NULL,
                     "the statements below wait %ld s for a lock, and others behind them",
                     now / 1000);
}

const qi_lint_rule qi_lint_transactional[] = {
    { .id = "not-in-transaction",
      .severity = QI_LINT_ERROR,
      .summary = "CONCURRENTLY, VACUUM and the like in a file that is one transaction",
      .why = "PostgreSQL refuses it inside a transaction, so the migration fails.",
      .rewrite = "Put it into a migration of its own that begins with\n"
                 "    -- quire: no-transaction",
      .before = not_in_transaction },
    { .id = "transaction-control",
      .severity = QI_LINT_ERROR,
      .summary = "BEGIN, COMMIT, ROLLBACK in a file",
      .why = "The runner keeps a file and its row in the history in one transaction. A COMMIT in\n"
             "between leaves the file half applied when what comes after it fails.",
      .rewrite = "Leave it out. To commit after each statement, begin the file with\n"
                 "    -- quire: no-transaction",
      .before = transaction_control },
    { .id = "enum-value-at-once",
      .severity = QI_LINT_ERROR,
      .summary = "a new enum value is used in the transaction that adds it",
      .why = "PostgreSQL refuses it until the value is committed, so the migration fails.",
      .rewrite = "Leave ALTER TYPE ... ADD VALUE alone in a migration before this one." },
    { .id = "lock-timeout",
      .severity = QI_LINT_WARNING,
      .summary = "the runner's lock_timeout of 3 s is switched off, or set beyond 10 s",
      .why = "A statement that waits for a lock makes everybody else wait behind it, also those\n"
             "that only read. With lock_timeout it gives up soon, and the runner tries again.",
      .rewrite = "Leave it out: the runner sets it, and 0 where CONCURRENTLY needs that.",
      .after = lock_timeout },
    { 0 },
};
