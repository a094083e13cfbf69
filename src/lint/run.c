/*
 * Replays migrations with the rules looking on.
 *
 * A file is run as the runner runs it, in one transaction or each statement by itself. Where that
 * cannot work (CREATE INDEX CONCURRENTLY in a transaction, a new enum value that is used at once), a
 * rule has said so, and the replay goes on as if there were a commit before that statement.
 */
#include "lint/rule.h"

#include "base/error.h"
#include "catalog/load.h"
#include "migrate/script.h"

#include <quire/sql.h>

#include <string.h>

/* unsafe_new_enum_value_usage, active_sql_transaction, duplicate_object. */
#define UNSAFE_ENUM_VALUE "55P04"
#define IN_TRANSACTION "25001"
#define DUPLICATE_OBJECT "42710"

enum { MOST_ROLES = 256 }; /* that one statement can name */

static quire_status begin(qi_lint *lint, quire_error *err)
{
    lint->db = lint->alone ? lint->pool : quire_begin(lint->pool, NULL, err);
    return lint->db ? QUIRE_OK : err->status;
}

static quire_status commit(qi_lint *lint, quire_error *err)
{
    quire_db *transaction = lint->db == lint->pool ? NULL : lint->db;
    lint->db = lint->pool;
    return transaction ? quire_commit(transaction, err) : QUIRE_OK;
}

static void rollback(qi_lint *lint)
{
    if (lint->db != lint->pool)
        quire_rollback(lint->db, NULL);
    lint->db = lint->pool;
}

static const char *statement_text(qi_lint *lint, qi_arena *arena, size_t index)
{
    const qi_sql_statement *place = &lint->statements[index].place;
    return qi_arena_text_n(arena, lint->file->text + place->start, place->length);
}

/* BEGIN and COMMIT in a file are reported, and have no effect here. */
static bool is_transaction_control(const PgQuery__Node *node)
{
    if (!node || node->node_case != PG_QUERY__NODE__NODE_TRANSACTION_STMT)
        return false;
    switch (node->transaction_stmt->kind) {
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_SAVEPOINT:
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_RELEASE:
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK_TO:
        return false;
    default:
        return true;
    }
}

static void place_error(const qi_lint *lint, quire_error *err)
{
    const qi_sql_statement *place = &lint->statements[lint->at].place;
    int line = place->line;
    int column = place->column;
    if (err->position > 0)
        qi_sql_locate(lint->file->text, lint->file->length, place->start, err->position, &line,
                      &column);
    qi_locate(err, lint->file->path, line, column);
}

static void release(qi_lint *lint, qi_lint_state *state)
{
    if (state != lint->start)
        qi_lint_state_close(state);
}

/* What was made anew has other OIDs than before. */
static quire_status look_again(qi_lint *lint, quire_error *err)
{
    qi_lint_state *state = NULL;
    quire_status status = qi_lint_state_open(lint, &state, err);
    if (status != QUIRE_OK)
        return status;
    release(lint, lint->before);
    lint->before = state;
    return QUIRE_OK;
}

/* In a savepoint or transaction of its own: roles are of the server, and may be there already. */
static quire_status create_role(qi_lint *lint, const char *sql, quire_error *err)
{
    quire_db *part = quire_begin(lint->db, NULL, err);
    if (!part)
        return err->status;
    quire_status status = quire_exec(part, sql, err);
    if (status == QUIRE_OK)
        return quire_commit(part, err);
    quire_rollback(part, NULL);
    return strcmp(err->sqlstate, DUPLICATE_OBJECT) == 0 ? QUIRE_OK : status;
}

static quire_status run_node(qi_lint *lint, const PgQuery__Node *node, const char *sql,
                             quire_error *err)
{
    if (is_transaction_control(node))
        return QUIRE_OK;
    if (node && node->node_case == PG_QUERY__NODE__NODE_CREATE_ROLE_STMT)
        return create_role(lint, sql, err);
    return quire_exec(lint->db, sql, err);
}

/* Rolls back, and runs the statements from `first` up to this one in a new transaction. */
static quire_status run_again(qi_lint *lint, size_t first, quire_error *err)
{
    rollback(lint);
    quire_status status = begin(lint, err);
    for (size_t i = first; status == QUIRE_OK && i < lint->at; i++) {
        qi_arena arena = { 0 };
        const char *sql = statement_text(lint, &arena, i);
        status = sql ? run_node(lint, qi_lint_parse(&arena, sql), sql, err) : qi_fail_memory(err);
        qi_arena_free(&arena);
    }
    return status;
}

/*
 * Makes roles that are missing as long as that is what the statement fails for. A transaction has
 * been rolled back by then.
 */
static quire_status make_roles(qi_lint *lint, size_t first, quire_status status, quire_error *err)
{
    bool transaction = lint->db != lint->pool;
    for (int i = 0; status != QUIRE_OK && lint->roles && i < MOST_ROLES; i++) {
        quire_error cause = *err;
        if (transaction && strcmp(cause.sqlstate, "42704") != 0)
            return status;
        rollback(lint);
        if (!qi_sql_make_role(lint->pool, &cause))
            return status;
        if (transaction)
            status = run_again(lint, first, err);
        if (status == QUIRE_OK || !transaction)
            status = run_node(lint, lint->node, lint->sql, err);
        if (status == QUIRE_OK)
            return transaction ? look_again(lint, err) : QUIRE_OK;
    }
    return status;
}

/*
 * Runs the statement. *first is where the transaction began; it moves when there had to be a commit
 * before the statement.
 */
static quire_status try_statement(qi_lint *lint, size_t *first, quire_error *err)
{
    quire_status status = run_node(lint, lint->node, lint->sql, err);
    bool enum_value = status != QUIRE_OK && strcmp(err->sqlstate, UNSAFE_ENUM_VALUE) == 0;
    bool by_itself = status != QUIRE_OK && strcmp(err->sqlstate, IN_TRANSACTION) == 0;
    if (lint->db == lint->pool || (!enum_value && !by_itself))
        return make_roles(lint, *first, status, err);
    if (enum_value)
        qi_lint_find(lint, qi_lint_rule_named("enum-value-at-once", NULL), 0, NULL, NULL, "%s",
                     err->message);
    status = run_again(lint, *first, err);
    if (status == QUIRE_OK)
        status = commit(lint, err);
    if (status == QUIRE_OK)
        status = look_again(lint, err);
    *first = by_itself ? lint->at + 1 : lint->at;
    if (status == QUIRE_OK && enum_value)
        status = begin(lint, err);
    if (status == QUIRE_OK)
        status = quire_exec(lint->db, lint->sql, err);
    if (status == QUIRE_OK && by_itself)
        status = begin(lint, err);
    return status;
}

/* The same; a failure that was got over leaves `err` as it was. */
static quire_status execute(qi_lint *lint, size_t *first, quire_error *err)
{
    quire_error own = { 0 };
    quire_status status = try_statement(lint, first, &own);
    if (status == QUIRE_OK)
        return QUIRE_OK;
    place_error(lint, &own);
    *err = own;
    return status;
}

static void call(qi_lint *lint, bool after)
{
    for (const qi_lint_family *family = qi_lint_families; family->name; family++) {
        for (const qi_lint_rule *rule = family->rules; rule->id; rule++) {
            qi_lint_check *check = after ? rule->after : rule->before;
            if (check)
                check(lint, rule);
        }
    }
}

/* The rules before a statement, for each command of an ALTER TABLE. */
static void call_before(qi_lint *lint)
{
    const PgQuery__AlterTableStmt *alter = NULL;
    if (lint->node && lint->node->node_case == PG_QUERY__NODE__NODE_ALTER_TABLE_STMT)
        alter = lint->node->alter_table_stmt;
    if (!alter) {
        call(lint, false);
        return;
    }
    for (size_t i = 0; i < alter->n_cmds; i++) {
        if (alter->cmds[i]->node_case != PG_QUERY__NODE__NODE_ALTER_TABLE_CMD)
            continue;
        lint->command = alter->cmds[i]->alter_table_cmd;
        lint->command_at = qi_lint_command_at(lint->sql, alter, i);
        call(lint, false);
    }
    lint->command = NULL;
    lint->command_at = 0;
}

/* Whether the statement cannot change the catalog, so that it need not be read anew. */
static bool is_harmless(const PgQuery__Node *node)
{
    if (!node)
        return false;
    switch (node->node_case) {
    case PG_QUERY__NODE__NODE_INSERT_STMT:
    case PG_QUERY__NODE__NODE_UPDATE_STMT:
    case PG_QUERY__NODE__NODE_DELETE_STMT:
    case PG_QUERY__NODE__NODE_COMMENT_STMT:
    case PG_QUERY__NODE__NODE_TRANSACTION_STMT:
    case PG_QUERY__NODE__NODE_LOCK_STMT:
        return true;
    default:
        return false;
    }
}

static quire_status lint_statement(qi_lint *lint, size_t *first, quire_error *err)
{
    lint->sql = statement_text(lint, &lint->tree, lint->at);
    if (!lint->sql)
        return qi_fail_memory(err);
    lint->node = qi_lint_parse(&lint->tree, lint->sql);
    lint->after = NULL;
    call_before(lint);
    quire_status status = execute(lint, first, err);
    if (status != QUIRE_OK || is_harmless(lint->node))
        return status;
    status = qi_lint_state_open(lint, &lint->after, err);
    if (status != QUIRE_OK)
        return status;
    call(lint, true);
    release(lint, lint->before);
    lint->before = lint->after;
    return QUIRE_OK;
}

/* A file that is looked at. `before` at the end is the state at its end. */
static quire_status lint_file(qi_lint *lint, qi_lint_report *out, quire_error *err)
{
    quire_status status = begin(lint, err);
    if (status == QUIRE_OK)
        status = qi_lint_state_open(lint, &lint->start, err);
    lint->before = lint->start;
    size_t first = 0;
    for (lint->at = 0; status == QUIRE_OK && lint->at < lint->statement_count; lint->at++) {
        status = lint_statement(lint, &first, err);
        qi_arena_free(&lint->tree);
        if (status == QUIRE_OK && lint->failed)
            status = qi_fail_memory(err);
        lint->reached += status == QUIRE_OK;
    }
    if (status == QUIRE_OK)
        status = commit(lint, err);
    else
        rollback(lint);
    lint->after = lint->before;
    if (lint->before)
        qi_lint_silence(lint, out);
    release(lint, lint->before);
    qi_lint_state_close(lint->start);
    return status == QUIRE_OK && lint->failed ? qi_fail_memory(err) : status;
}

/* What the runner would refuse, and no rule has spoken of: a misspelt directive, COPY. */
static quire_status check_script(const qi_lint *lint, const qi_lint_report *out, quire_error *err)
{
    qi_script script = { 0 };
    const qi_lint_finding *lists[] = { out->findings, out->ignored };
    for (size_t i = 0; i < 2; i++)
        for (const qi_lint_finding *one = lists[i]; one; one = one->next)
            if (one->file == lint->file->path &&
                (strcmp(one->rule->id, "not-in-transaction") == 0 ||
                 strcmp(one->rule->id, "transaction-control") == 0))
                return QUIRE_OK;
    return qi_script_parse(lint->file->path, lint->file->text, lint->file->length, lint->arena,
                           &script, err);
}

static quire_status lint_one(qi_lint *lint, qi_lint_report *out, quire_error *err)
{
    /* What a file sets does not reach the next one; the runner's lock_timeout holds in each. */
    quire_status status = quire_exec(lint->pool,
                                     "reset session authorization; reset role; reset all; "
                                     "set lock_timeout = '3s'",
                                     err);
    if (status == QUIRE_OK)
        status = qi_lint_comments(lint, err);
    if (status == QUIRE_OK)
        status = lint_file(lint, out, err);
    return status == QUIRE_OK ? check_script(lint, out, err) : status;
}

/* A file that is only replayed; what failed was rolled back when it is one transaction. */
static quire_status replay(qi_lint *lint, quire_error *err)
{
    quire_error own = { 0 };
    quire_status status = qi_migration_replay(lint->pool, lint->file, lint->arena, &own);
    for (int i = 0; status != QUIRE_OK && lint->roles && i < MOST_ROLES; i++) {
        if (!qi_sql_make_role(lint->pool, &own))
            break;
        status = qi_migration_replay(lint->pool, lint->file, lint->arena, &own);
    }
    if (status != QUIRE_OK)
        *err = own;
    return status;
}

quire_status qi_lint_directory(quire_db *db, bool roles, quire_provider provider,
                               const qi_migration_directory *directory, const bool *wanted,
                               qi_arena *arena, qi_lint_report *out, quire_error *err)
{
    quire_error own = { 0 };
    err = err ? err : &own;
    quire_status status = QUIRE_OK;
    for (size_t i = 0; status == QUIRE_OK && i < directory->count; i++) {
        qi_lint lint = { .pool = db,
                         .db = db,
                         .roles = roles,
                         .provider = provider,
                         .arena = arena,
                         .file = &directory->files[i] };
        status = wanted[i] ? lint_one(&lint, out, err) : replay(&lint, err);
    }
    return status;
}
