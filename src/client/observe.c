#include "client/observe.h"

#include "syntax/sql.h"

#include <inttypes.h>
#include <string.h>

#define SHOWN_MOST 1000 /* bytes of a statement on a line */
#define DEPTH_MOST 4    /* of bodies inside one another */

void qi_tell(const quire_db *db, int64_t start, quire_statement_event event)
{
    event.provider = quire_db_provider(db);
    event.duration_us = qi_clock_us() - start;
    db->pool->on_statement(db->pool->context, &event);
}

void qi_tell_plain(const quire_db *db, int64_t start, const char *sql, quire_status status,
                   const quire_error *err)
{
    qi_tell(db, start,
            (quire_statement_event){
                .sql = sql, .rows = -1, .error = status == QUIRE_OK ? NULL : err });
}

/* ---- for a person ---------------------------------------------------------------------------- */

/* What may follow is a secret that was written into the statement. */
static bool announces_secret(const char *sql, qi_token token)
{
    return token.kind == QI_TOKEN_WORD &&
           (qi_token_is(sql, token, "password") || qi_token_is(sql, token, "connection"));
}

typedef struct printer {
    FILE *stream;
    size_t shown;
    bool space;
    bool full; /* there was more than a line holds */
} printer;

static void print_part(printer *p, const char *text, size_t length)
{
    if (p->full || p->shown + p->space + length > SHOWN_MOST) {
        p->full = true;
        return;
    }
    fprintf(p->stream, "%s%.*s", p->space ? " " : "", (int)length, text);
    p->shown += p->space + length;
    p->space = false;
}

static void print_tokens(printer *p, const char *sql, size_t length, int depth);

/* A body between dollars is SQL too, with secrets of its own. */
static void print_body(printer *p, const char *text, size_t length, int depth)
{
    size_t tag = strcspn(text + 1, "$") + 2;
    print_part(p, text, tag);
    print_tokens(p, text + tag, length - 2 * tag, depth + 1);
    print_part(p, text, tag);
}

static void print_tokens(printer *p, const char *sql, size_t length, int depth)
{
    qi_lexer lexer;
    qi_token token;
    bool secret = false;
    qi_lexer_init(&lexer, sql, length);
    while (!p->full && (token = qi_lexer_next(&lexer)).kind != QI_TOKEN_END) {
        const char *text = sql + token.start;
        bool is_string = token.kind == QI_TOKEN_STRING || token.kind == QI_TOKEN_BROKEN;
        if (token.kind == QI_TOKEN_SPACE || token.kind == QI_TOKEN_COMMENT)
            p->space = p->shown > 0;
        else if (secret && is_string)
            print_part(p, "***", 3);
        else if (token.kind == QI_TOKEN_STRING && *text == '$' && depth < DEPTH_MOST)
            print_body(p, text, token.length, depth);
        else
            print_part(p, text, token.length);
        if (token.kind != QI_TOKEN_SPACE && token.kind != QI_TOKEN_COMMENT)
            secret = announces_secret(sql, token) || (secret && token.kind == QI_TOKEN_OTHER);
    }
}

static void print_sql(const char *sql, FILE *stream)
{
    printer p = { .stream = stream };
    print_tokens(&p, sql, strlen(sql), 0);
    if (p.full)
        fputs(" ...", stream);
}

void quire_statement_print(const quire_statement_event *event, FILE *stream)
{
    if (!event)
        return;
    fprintf(stream, "[%s]", quire_provider_name(event->provider));
    if (event->name)
        fprintf(stream, " %s ", event->name);
    fprintf(stream, " %.2f ms", (double)event->duration_us / 1000.0);
    if (event->error && event->error->sqlstate[0])
        fprintf(stream, "  failed: SQLSTATE %s", event->error->sqlstate);
    else if (event->error)
        fprintf(stream, "  failed: %s", quire_status_name(event->error->status));
    else if (event->rows >= 0)
        fprintf(stream, "  %" PRId64 " row%s", event->rows, event->rows == 1 ? "" : "s");
    if (event->sql && *event->sql)
        fputs("  ", stream);
    print_sql(event->sql ? event->sql : "", stream);
    fputc('\n', stream);
}
