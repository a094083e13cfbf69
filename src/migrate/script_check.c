#include "migrate/script_statement.h"

#include "base/error.h"

#include <string.h>

enum { WORDS_LOOKED_AT = 6 };

/* What a statement starts with, as far as it matters here. */
typedef struct head {
    const char *text;                /* of the whole file */
    qi_token words[WORDS_LOOKED_AT]; /* the words that it begins with */
    size_t count;
    size_t tokens;
    bool concurrently;
    bool client_copy; /* FROM STDIN, TO STDOUT */
    bool set_config;  /* SELECT [pg_catalog.]set_config */
} head;

static bool at(const head *h, size_t index, const char *word)
{
    return index < h->count && qi_token_is(h->text, h->words[index], word);
}

static head read_head(const char *text, const qi_sql_statement *statement)
{
    head h = { .text = text };
    qi_token before = { 0 };
    qi_lexer lexer = qi_statement_lexer(text, statement);
    for (qi_token t = qi_next_real(&lexer); t.kind != QI_TOKEN_END; t = qi_next_real(&lexer)) {
        if (t.kind == QI_TOKEN_WORD) {
            if (h.count < WORDS_LOOKED_AT && h.count == h.tokens)
                h.words[h.count++] = t;
            bool qualified = h.tokens == 3 && qi_token_is(text, h.words[1], "pg_catalog");
            if (h.tokens == 1 || qualified)
                h.set_config = h.set_config || qi_token_is(text, t, "set_config");
            h.concurrently = h.concurrently || qi_token_is(text, t, "concurrently");
            h.client_copy = h.client_copy ||
                            (qi_token_is(text, before, "from") && qi_token_is(text, t, "stdin")) ||
                            (qi_token_is(text, before, "to") && qi_token_is(text, t, "stdout"));
        }
        h.tokens++;
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

typedef struct alone_command {
    const char *words[2];
    const char *name;
    qi_alone alone;
} alone_command;

/* https://www.postgresql.org/docs/current/: what calls PreventInTransactionBlock, always. */
static const alone_command *find_alone(const head *h)
{
    static const alone_command commands[] = {
        { { "vacuum", NULL }, "VACUUM", QI_REPEATABLE },
        { { "create", "database" }, "CREATE DATABASE", QI_CREATE_DATABASE },
        { { "drop", "database" }, "DROP DATABASE", QI_DROP_DATABASE },
        { { "create", "tablespace" }, "CREATE TABLESPACE", QI_CREATE_TABLESPACE },
        { { "drop", "tablespace" }, "DROP TABLESPACE", QI_DROP_TABLESPACE },
        { { "alter", "system" }, "ALTER SYSTEM", QI_REPEATABLE },
        { { "reindex", "database" }, "REINDEX DATABASE", QI_REPEATABLE },
        { { "reindex", "schema" }, "REINDEX SCHEMA", QI_REPEATABLE },
        { { "reindex", "system" }, "REINDEX SYSTEM", QI_REPEATABLE },
    };
    /* REFRESH MATERIALIZED VIEW CONCURRENTLY is fine in a transaction. */
    static const alone_command concurrent[] = {
        { { "create", NULL }, "CREATE INDEX CONCURRENTLY", QI_CREATE_INDEX },
        { { "drop", NULL }, "DROP INDEX CONCURRENTLY", QI_DROP_INDEX },
        { { "reindex", NULL }, "REINDEX CONCURRENTLY", QI_REPEATABLE },
        { { "alter", "table" }, "DETACH PARTITION CONCURRENTLY", QI_DETACH_PARTITION },
    };
    const alone_command *list = h->concurrently ? concurrent : commands;
    size_t count = h->concurrently ? sizeof concurrent / sizeof *concurrent
                                   : sizeof commands / sizeof *commands;
    for (size_t i = 0; i < count; i++)
        if (at(h, 0, list[i].words[0]) && (!list[i].words[1] || at(h, 1, list[i].words[1])))
            return &list[i];
    return NULL;
}

static quire_status refuse_alone(const head *h, const char *name, quire_error *err)
{
    qi_fail(err, QUIRE_REFUSED, "%s cannot run inside a transaction", name);
    qi_hint(err,
            h->concurrently
                ? "Write `-- quire: no-transaction` at the top of the file, so that each of its "
                  "statements is a transaction of its own, or leave CONCURRENTLY out."
                : "Write `-- quire: no-transaction` at the top of the file, so that each of its "
                  "statements is a transaction of its own.");
    return QUIRE_REFUSED;
}

static quire_status check(const head *h, const alone_command *alone, bool transaction,
                          quire_error *err)
{
    const char *name = transaction_command(h);
    if (name) {
        qi_fail(err, QUIRE_REFUSED, "%s in a file %s", name,
                transaction ? "that is one transaction as a whole"
                            : "whose statements are transactions of their own");
        qi_hint(err, transaction
                         ? "Remove it: Quire begins the transaction before the file and commits "
                           "it after."
                         : "Remove it, or remove `-- quire: no-transaction`: then the file is one "
                           "transaction.");
        return QUIRE_REFUSED;
    }
    if (transaction && alone)
        return refuse_alone(h, alone->name, err);
    if (at(h, 0, "discard") && at(h, 1, "all")) {
        qi_fail(err, QUIRE_REFUSED, "DISCARD ALL would give back the runner's lock");
        qi_hint(err, "Remove it: what a file sets does not reach the next one.");
        return QUIRE_REFUSED;
    }
    if (at(h, 0, "copy") && h->client_copy) {
        qi_fail(err, QUIRE_REFUSED, "COPY between the server and its client is not supported here");
        qi_hint(err, "Use INSERT.");
        return QUIRE_REFUSED;
    }
    return QUIRE_OK;
}

/* What it sets lasts to the end of the session, unless it says otherwise. */
static bool is_setting(const head *h)
{
    if (at(h, 0, "set"))
        return !at(h, 1, "local") && !at(h, 1, "transaction") && !at(h, 1, "constraints");
    return at(h, 0, "reset") || (at(h, 0, "select") && h->set_config);
}

quire_status qi_statement_read(const char *file, const char *text,
                               const qi_sql_statement *statement, bool transaction, qi_arena *arena,
                               qi_script_statement *out, quire_error *err)
{
    head h = read_head(text, statement);
    const alone_command *alone = find_alone(&h);
    quire_status status = check(&h, alone, transaction, err);
    if (status) {
        qi_locate(err, file, statement->line, statement->column);
        return status;
    }
    *out = (qi_script_statement){
        .sql = qi_arena_text_n(arena, text + statement->start, statement->length),
        .start = statement->start,
        .line = statement->line,
        .column = statement->column,
        .alone = alone ? alone->alone : QI_TOGETHER,
        .concurrently = alone && h.concurrently,
        .settings = is_setting(&h),
    };
    if (!out->sql || !qi_statement_names(text, statement, arena, out))
        return qi_fail_memory(err);
    return QUIRE_OK;
}

bool qi_statement_is_query(const char *text, const qi_sql_statement *statement)
{
    static const char *const words[] = { "select", "with", "values", "table" };
    qi_lexer lexer = qi_statement_lexer(text, statement);
    qi_token first = qi_next_real(&lexer);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (qi_token_is(text, first, words[i]))
            return true;
    return false;
}
