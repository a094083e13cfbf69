/* What libpg_query makes of a statement. */
#include "lint/rule.h"

#include "codegen/parse_tree.h"

#include <string.h>

/* The parser's tree is walked by recursion, in this thread: its stack takes a few thousand levels. */
enum { MOST_TEXT = 1 << 20, MOST_NESTING = 1000 };

const PgQuery__Node *qi_lint_parse(qi_arena *arena, const char *sql)
{
    if (qi_lint_is_deep(sql))
        return NULL;
    const PgQuery__ParseResult *tree = qi_parse_tree(arena, sql, MOST_TEXT);
    return tree && tree->n_stmts == 1 ? tree->stmts[0]->stmt : NULL;
}

static qi_token next_real(qi_lexer *lexer)
{
    qi_token token;
    do
        token = qi_lexer_next(lexer);
    while (token.kind == QI_TOKEN_SPACE || token.kind == QI_TOKEN_COMMENT);
    return token;
}

static bool is_character(const char *sql, qi_token token, char c)
{
    return token.kind == QI_TOKEN_OTHER && token.length == 1 && sql[token.start] == c;
}

/* Where the lexer stands in a text that is measured. */
typedef struct nesting {
    uint16_t links[MOST_NESTING]; /* by open parenthesis: what nests since the last comma there */
    size_t depth;
    size_t total; /* of them all */
} nesting;

static void forget_links(nesting *n)
{
    n->total -= n->links[n->depth];
    n->links[n->depth] = 0;
}

/* Lists of these words are flat in the tree, as those with commas are. */
static bool is_flat(const char *sql, qi_token token)
{
    return qi_token_is(sql, token, "and") || qi_token_is(sql, token, "or") ||
           is_character(sql, token, ',') || token.kind == QI_TOKEN_SEMICOLON;
}

static bool is_link(const char *sql, qi_token token)
{
    static const char *const words[] = { "join", "union",   "except",  "intersect", "not", "case",
                                         "is",   "collate", "between", "in",        "like" };
    for (size_t i = 0; token.kind == QI_TOKEN_WORD && i < sizeof words / sizeof *words; i++)
        if (qi_token_is(sql, token, words[i]))
            return true;
    return token.kind == QI_TOKEN_OTHER && !is_character(sql, token, '.');
}

bool qi_lint_is_deep(const char *sql)
{
    nesting n = { .depth = 0 };
    qi_lexer lexer;
    qi_lexer_init(&lexer, sql, strlen(sql));
    for (qi_token t = next_real(&lexer); t.kind != QI_TOKEN_END; t = next_real(&lexer)) {
        if (is_flat(sql, t)) {
            forget_links(&n);
        } else if (n.depth > 0 && (is_character(sql, t, ')') || is_character(sql, t, ']'))) {
            forget_links(&n);
            n.depth--;
        } else if (is_link(sql, t)) {
            n.links[n.depth]++;
            if (++n.total >= MOST_NESTING)
                return true;
            if (is_character(sql, t, '(') || is_character(sql, t, '['))
                n.links[++n.depth] = 0;
        }
    }
    return false;
}

/* Passes over `schema.table *`; returns the token behind it. */
static qi_token pass_relation(qi_lexer *lexer, const char *sql)
{
    (void)next_real(lexer);
    qi_token token = next_real(lexer);
    while (is_character(sql, token, '.')) {
        (void)next_real(lexer);
        token = next_real(lexer);
    }
    return is_character(sql, token, '*') ? next_real(lexer) : token;
}

/* The commands are what lies between the commas outside parentheses. */
size_t qi_lint_command_at(const char *sql, const PgQuery__AlterTableStmt *statement, size_t index)
{
    size_t length = strlen(sql);
    int location = statement->relation ? statement->relation->location : 0;
    if (location < 0 || (size_t)location >= length)
        return 0;
    qi_lexer lexer;
    qi_lexer_init(&lexer, sql, length);
    lexer.at = (size_t)location;
    qi_token token = pass_relation(&lexer, sql);
    size_t depth = 0;
    while (index > 0 && token.kind != QI_TOKEN_END && token.kind != QI_TOKEN_BROKEN) {
        if (is_character(sql, token, '(') || is_character(sql, token, '['))
            depth++;
        else if (depth > 0 && (is_character(sql, token, ')') || is_character(sql, token, ']')))
            depth--;
        else if (depth == 0 && is_character(sql, token, ','))
            index--;
        token = next_real(&lexer);
    }
    return token.kind == QI_TOKEN_END ? 0 : token.start;
}

const char *qi_lint_string(const PgQuery__Node *node)
{
    return node && node->node_case == PG_QUERY__NODE__NODE_STRING ? node->string->sval : NULL;
}

bool qi_lint_option(PgQuery__Node *const *options, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (options[i]->node_case != PG_QUERY__NODE__NODE_DEF_ELEM ||
            strcmp(options[i]->def_elem->defname, name) != 0)
            continue;
        const PgQuery__Node *value = options[i]->def_elem->arg;
        const char *text = qi_lint_string(value);
        if (value && value->node_case == PG_QUERY__NODE__NODE_INTEGER)
            return value->integer->ival != 0;
        if (value && value->node_case == PG_QUERY__NODE__NODE_BOOLEAN)
            return value->boolean->boolval;
        return !text || (strcmp(text, "off") != 0 && strcmp(text, "false") != 0);
    }
    return false;
}

/* Walks to the first column definition or constraint of that name. */
static size_t place_in(PgQuery__Node *const *elements, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        const PgQuery__Node *node = elements[i];
        if (node->node_case == PG_QUERY__NODE__NODE_COLUMN_DEF &&
            strcmp(node->column_def->colname, name) == 0 && node->column_def->location > 0)
            return (size_t)node->column_def->location;
        if (node->node_case == PG_QUERY__NODE__NODE_CONSTRAINT && node->constraint->conname &&
            strcmp(node->constraint->conname, name) == 0 && node->constraint->location > 0)
            return (size_t)node->constraint->location;
    }
    return 0;
}

size_t qi_lint_place_of(const qi_lint *lint, const char *name)
{
    const PgQuery__Node *node = lint->node;
    if (node && node->node_case == PG_QUERY__NODE__NODE_CREATE_STMT)
        return place_in(node->create_stmt->table_elts, node->create_stmt->n_table_elts, name);
    if (!node || node->node_case != PG_QUERY__NODE__NODE_ALTER_TABLE_STMT)
        return 0;
    const PgQuery__AlterTableStmt *alter = node->alter_table_stmt;
    for (size_t i = 0; i < alter->n_cmds; i++) {
        if (alter->cmds[i]->node_case != PG_QUERY__NODE__NODE_ALTER_TABLE_CMD)
            continue;
        const PgQuery__AlterTableCmd *command = alter->cmds[i]->alter_table_cmd;
        PgQuery__Node *def = command->def;
        bool named = command->name && strcmp(command->name, name) == 0;
        if (named || (def && place_in(&def, 1, name) > 0))
            return qi_lint_command_at(lint->sql, alter, i);
    }
    return alter->n_cmds == 1 ? qi_lint_command_at(lint->sql, alter, 0) : 0;
}
