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

static bool touches_rows_only(const char *sql, qi_token first)
{
    static const char *const words[] = { "select", "insert", "update", "delete", "merge",
                                         "with",   "values", "table",  "explain" };
    if (first.kind != QI_TOKEN_WORD)
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (qi_token_is(sql, first, words[i]))
            return true;
    return false;
}

bool qi_stands_alone(const char *sql)
{
    qi_lexer lexer;
    qi_lexer_init(&lexer, sql, strlen(sql));
    qi_token token = next_real(&lexer);
    if (!touches_rows_only(sql, token))
        return false;
    while (token.kind != QI_TOKEN_END && token.kind != QI_TOKEN_SEMICOLON)
        token = next_real(&lexer);
    return token.kind == QI_TOKEN_END || next_real(&lexer).kind == QI_TOKEN_END;
}
