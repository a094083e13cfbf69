/* script_statement.h - one statement of a migration: what it is, and which object it is about. */
#ifndef QI_SCRIPT_STATEMENT_H
#define QI_SCRIPT_STATEMENT_H

#include "migrate/script.h"
#include "syntax/sql.h"

/* The tokens of one statement, with lines counted from 1 in it. */
qi_lexer qi_statement_lexer(const char *text, const qi_sql_statement *statement);

/* The next token that is no space and no comment. */
qi_token qi_next_real(qi_lexer *lexer);

/* QUIRE_REFUSED with its place for what a file of this kind cannot hold. */
quire_status qi_statement_read(const char *file, const char *text,
                               const qi_sql_statement *statement, bool transaction, qi_arena *arena,
                               qi_script_statement *out, quire_error *err);

/* Fills in which object a statement that stands alone is about. False: out of memory. */
bool qi_statement_names(const char *text, const qi_sql_statement *statement, qi_arena *arena,
                        qi_script_statement *out);

/* SELECT, WITH, VALUES, TABLE. */
bool qi_statement_is_query(const char *text, const qi_sql_statement *statement);

#endif
