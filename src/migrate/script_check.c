#include "migrate/migration.h"

#include "base/error.h"
#include "syntax/sql.h"

#include <string.h>

enum { WORDS_LOOKED_AT = 4 };

/* What a statement starts with, as far as it matters here. */
typedef struct head {
    const char *text; /* of the whole file */
    qi_token words[WORDS_LOOKED_AT];
    size_t count;
    size_t words_in_all;
    bool concurrently;
    bool client_copy; /* FROM STDIN, TO STDOUT */
} head;

static bool at(const head *h, size_t index, const char *word)
{
    return index < h->count && qi_token_is(h->text, h->words[index], word);
}

static head read_head(const char *text, const qi_sql_statement *statement)
{
    head h = { .text = text };
    qi_lexer lexer;
    qi_lexer_init(&lexer, text, statement->start + statement->length);
    lexer.at = statement->start;
    qi_token before = { 0 };
    for (qi_token t = qi_lexer_next(&lexer); t.kind != QI_TOKEN_END; t = qi_lexer_next(&lexer)) {
        if (t.kind == QI_TOKEN_SPACE || t.kind == QI_TOKEN_COMMENT)
            continue;
        if (t.kind == QI_TOKEN_WORD) {
            if (h.count < WORDS_LOOKED_AT && h.count == h.words_in_all)
                h.words[h.count++] = t;
            h.concurrently = h.concurrently || qi_token_is(text, t, "concurrently");
            h.client_copy = h.client_copy ||
                            (qi_token_is(text, before, "from") && qi_token_is(text, t, "stdin")) ||
                            (qi_token_is(text, before, "to") && qi_token_is(text, t, "stdout"));
        }
        h.words_in_all++;
        before = t;
    }
    return h;
}

/* The transaction command that a statement is, for the message; NULL when it is none. */
static const char *transaction_command(const head *h)
{
    if (at(h, 0, "begin"))
        return "BEGIN";
    if (at(h, 0, "start") && at(h, 1, "transaction"))
        return "START TRANSACTION";
    if (at(h, 0, "commit"))
        return "COMMIT";
    if (at(h, 0, "end"))
        return "END";
    if (at(h, 0, "abort"))
        return "ABORT";
    if (at(h, 0, "prepare") && at(h, 1, "transaction"))
        return "PREPARE TRANSACTION";
    bool noise = at(h, 1, "work") || at(h, 1, "transaction");
    if (at(h, 0, "rollback") && !at(h, noise ? 2 : 1, "to"))
        return "ROLLBACK";
    return NULL;
}

/* https://www.postgresql.org/docs/current/: what calls PreventInTransactionBlock, always. */
static const char *alone_command(const head *h)
{
    static const struct {
        const char *words[2];
        const char *name;
    } commands[] = {
        { { "vacuum", NULL }, "VACUUM" },
        { { "create", "database" }, "CREATE DATABASE" },
        { { "drop", "database" }, "DROP DATABASE" },
        { { "create", "tablespace" }, "CREATE TABLESPACE" },
        { { "drop", "tablespace" }, "DROP TABLESPACE" },
        { { "alter", "system" }, "ALTER SYSTEM" },
        { { "reindex", "database" }, "REINDEX DATABASE" },
        { { "reindex", "schema" }, "REINDEX SCHEMA" },
        { { "reindex", "system" }, "REINDEX SYSTEM" },
        { { "discard", "all" }, "DISCARD ALL" },
    };
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (at(h, 0, commands[i].words[0]) &&
            (!commands[i].words[1] || at(h, 1, commands[i].words[1])))
            return commands[i].name;
    if (!h->concurrently)
        return NULL;
    /* REFRESH MATERIALIZED VIEW CONCURRENTLY is fine in a transaction. */
    if (at(h, 0, "create"))
        return "CREATE INDEX CONCURRENTLY";
    if (at(h, 0, "drop"))
        return "DROP INDEX CONCURRENTLY";
    if (at(h, 0, "reindex"))
        return "REINDEX CONCURRENTLY";
    if (at(h, 0, "alter"))
        return "DETACH PARTITION CONCURRENTLY";
    return NULL;
}

static quire_status check_statement(const char *file, const char *text,
                                    const qi_sql_statement *statement, quire_error *err)
{
    head h = read_head(text, statement);
    const char *name = transaction_command(&h);
    if (name) {
        qi_fail(err, QUIRE_REFUSED, "%s in a file that is one transaction as a whole", name);
        qi_hint(err,
                "Remove it: Quire begins the transaction before the file and commits it after.");
    } else if ((name = alone_command(&h)) != NULL) {
        qi_fail(err, QUIRE_REFUSED, "%s cannot run inside a transaction", name);
        qi_hint(err, h.concurrently
                         ? "A file is one transaction as a whole. Leave CONCURRENTLY out, or run "
                           "the statement by hand."
                         : "A file is one transaction as a whole. Run the statement by hand.");
    } else if (at(&h, 0, "copy") && h.client_copy) {
        qi_fail(err, QUIRE_REFUSED, "COPY between the server and its client is not supported here");
        qi_hint(err, "Use INSERT.");
    } else {
        return QUIRE_OK;
    }
    qi_locate(err, file, statement->line, statement->column);
    return QUIRE_REFUSED;
}

/* -- quire: no-transaction: a promise that this version cannot keep. */
static quire_status check_directives(const char *file, const char *text, size_t length,
                                     quire_error *err)
{
    static const char directive[] = "-- quire: no-transaction";
    qi_lexer lexer;
    qi_lexer_init(&lexer, text, length);
    for (qi_token t = qi_lexer_next(&lexer); t.kind != QI_TOKEN_END; t = qi_lexer_next(&lexer)) {
        if (t.kind != QI_TOKEN_COMMENT || t.length < sizeof directive - 1 ||
            memcmp(text + t.start, directive, sizeof directive - 1) != 0)
            continue;
        qi_fail(err, QUIRE_REFUSED,
                "files outside a transaction are not supported by this version");
        qi_hint(err, "Remove the line, or run the file's statements by hand.");
        qi_locate(err, file, t.line, t.column);
        return QUIRE_REFUSED;
    }
    return QUIRE_OK;
}

quire_status qi_script_check(const char *file, const char *text, size_t length, qi_arena *arena,
                             quire_error *err)
{
    const qi_sql_statement *list = NULL;
    size_t count = 0;
    quire_status status = qi_sql_split(text, length, arena, &list, &count, err);
    if (status == QUIRE_SQL)
        qi_locate(err, file, err ? err->line : 0, err ? err->line_column : 0);
    if (!status)
        status = check_directives(file, text, length, err);
    for (size_t i = 0; i < count && !status; i++)
        status = check_statement(file, text, &list[i], err);
    return status;
}
