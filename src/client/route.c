#include "client/handle.h"

#include "syntax/sql.h"

#include <string.h>

static qi_token next_real(qi_lexer *lexer)
{
    qi_token token;
    do
        token = qi_lexer_next(lexer);
    while (token.kind == QI_TOKEN_SPACE || token.kind == QI_TOKEN_COMMENT);
    return token;
}

/* `words` ends with NULL. */
static bool is_one_of(const char *sql, qi_token token, const char *const *words)
{
    if (token.kind != QI_TOKEN_WORD)
        return false;
    for (; *words; words++)
        if (qi_token_is(sql, token, *words))
            return true;
    return false;
}

bool qi_stands_alone(const char *sql)
{
    static const char *const rows_only[] = { "select", "insert", "update", "delete",  "merge",
                                             "with",   "values", "table",  "explain", NULL };
    qi_lexer lexer;
    qi_lexer_init(&lexer, sql, strlen(sql));
    qi_token token = next_real(&lexer);
    if (!is_one_of(sql, token, rows_only))
        return false;
    while (token.kind != QI_TOKEN_END && token.kind != QI_TOKEN_SEMICOLON)
        token = next_real(&lexer);
    return token.kind == QI_TOKEN_END || next_real(&lexer).kind == QI_TOKEN_END;
}

bool qi_steers_transaction(const char *sql)
{
    static const char *const words[] = { "begin", "start",     "commit",  "end", "rollback",
                                         "abort", "savepoint", "release", NULL };
    qi_lexer lexer;
    qi_lexer_init(&lexer, sql, strlen(sql));
    qi_token token = next_real(&lexer);
    if (is_one_of(sql, token, words))
        return true;
    /* PREPARE TRANSACTION ends one; PREPARE alone makes a statement. */
    return qi_token_is(sql, token, "prepare") && qi_token_is(sql, next_real(&lexer), "transaction");
}
