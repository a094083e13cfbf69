#include "codegen/star.h"
#include "base/buffer.h"
#include "base/error.h"
#include "catalog/catalog.h"
#include "syntax/sql.h"

#include <string.h>

#define TEXT_LIMIT (4u * 1024u * 1024u)
#define LINE_LENGTH 70

/* The list of a statement's result, read from its tokens outside of all brackets. */
typedef struct list {
    const char *text;     /* of the query */
    size_t selects;       /* how many SELECT there are */
    bool open;            /* the tokens are in the list */
    bool returning;       /* the list is that of RETURNING */
    size_t items;         /* that are complete, and the one that is being read */
    size_t tokens;        /* of the item that is being read */
    bool on;              /* the brackets are those of DISTINCT ON */
    bool distinct_before; /* the token before was DISTINCT, so FROM is no clause */
    qi_token first;       /* of the item's tokens */
    qi_token second;
    qi_token last;
    size_t stars;
    size_t star_item; /* of the star: its item, its place, and the name before it */
    size_t star_start;
    size_t star_end;
    qi_token star_name; /* length 0: none */
} list;

static bool is_text(const list *l, qi_token token, const char *text)
{
    return token.length == strlen(text) && memcmp(l->text + token.start, text, token.length) == 0;
}

static void end_item(list *l)
{
    bool bare = l->tokens == 1 && is_text(l, l->first, "*");
    bool named = l->tokens == 3 && is_text(l, l->second, ".") && is_text(l, l->last, "*");
    if (bare || named) {
        l->stars++;
        l->star_item = l->items - 1;
        l->star_start = l->first.start;
        l->star_end = l->last.start + l->last.length;
        l->star_name = named ? l->first : (qi_token){ 0 };
    }
    l->tokens = 0;
}

static void open_list(list *l, bool returning)
{
    *l = (list){ .text = l->text, .selects = l->selects, .open = true, .returning = returning };
    l->items = 1;
}

static void close_list(list *l)
{
    if (l->open)
        end_item(l);
    l->open = false;
}

static bool ends_list(const list *l, qi_token token)
{
    static const char *const words[] = { "from",  "into",  "where",  "group",    "having",
                                         "limit", "order", "window", "fetch",    "offset",
                                         "for",   "union", "except", "intersect" };
    if (token.kind == QI_TOKEN_SEMICOLON)
        return true;
    for (size_t i = 0; i < sizeof words / sizeof *words && !l->returning; i++)
        if (!l->distinct_before && qi_token_is(l->text, token, words[i]))
            return true;
    return false;
}

static void add_token(list *l, qi_token token)
{
    if (++l->tokens == 1)
        l->first = token;
    else if (l->tokens == 2)
        l->second = token;
    l->last = token;
}

/* DISTINCT, DISTINCT ON (...) and ALL stand before the first item. */
static bool leads_list(list *l, qi_token token)
{
    if (l->items != 1 || l->tokens || l->returning)
        return false;
    if (l->on && is_text(l, token, "("))
        return true;
    if (l->on && is_text(l, token, ")")) {
        l->on = false;
        return true;
    }
    l->on = qi_token_is(l->text, token, "on");
    return l->on || qi_token_is(l->text, token, "distinct") || qi_token_is(l->text, token, "all");
}

/* A token outside of all brackets. */
static void take(list *l, qi_token token)
{
    if (qi_token_is(l->text, token, "select")) {
        l->selects++;
        open_list(l, false);
    } else if (qi_token_is(l->text, token, "returning")) {
        l->selects = 1;
        open_list(l, true);
    } else if (l->open && ends_list(l, token)) {
        close_list(l);
    } else if (l->open && is_text(l, token, ",")) {
        end_item(l);
        l->items++;
    } else if (l->open && !leads_list(l, token)) {
        add_token(l, token);
    }
    l->distinct_before = qi_token_is(l->text, token, "distinct");
}

static list read_list(const char *text, size_t length)
{
    list l = { .text = text };
    qi_lexer lexer;
    qi_lexer_init(&lexer, text, length);
    int depth = 0;
    for (qi_token t = qi_lexer_next(&lexer); t.kind != QI_TOKEN_END; t = qi_lexer_next(&lexer)) {
        if (t.kind == QI_TOKEN_SPACE || t.kind == QI_TOKEN_COMMENT)
            continue;
        bool closes = is_text(&l, t, ")") || is_text(&l, t, "]");
        depth -= closes;
        if (depth == 0)
            take(&l, t);
        depth += is_text(&l, t, "(") || is_text(&l, t, "[");
    }
    close_list(&l);
    return l;
}

/* How many columns the star is, 0 when it is not to be written out. */
static size_t width(const list *l, const qi_query_facts *facts)
{
    if (l->stars != 1 || l->selects != 1 || facts->column_count < l->items)
        return 0;
    size_t count = facts->column_count - (l->items - 1);
    const qi_query_column *columns = facts->columns + l->star_item;
    for (size_t i = 0; i < count && !l->star_name.length; i++)
        if (!columns[i].table || columns[i].table != columns[0].table)
            return 0;
    return count;
}

static const char *columns_text(const list *l, const qi_query_column *columns, size_t count,
                                qi_arena *arena)
{
    qi_buffer text;
    qi_buffer_init(&text, TEXT_LIMIT);
    size_t line = 0; /* where it starts */
    for (size_t i = 0; i < count; i++) {
        const char *name = qi_quote_name(arena, columns[i].name);
        bool wrap = text.length - line > LINE_LENGTH;
        if (wrap)
            line = text.length;
        qi_buffer_add(&text, !i ? "" : wrap ? ",\n    " : ", ");
        qi_buffer_add_n(&text, l->text + l->star_name.start, l->star_name.length);
        qi_buffer_add(&text, l->star_name.length ? "." : "");
        qi_buffer_add(&text, name ? name : "");
        text.failed = text.failed || !name;
    }
    const char *result = text.failed ? NULL : qi_arena_text_n(arena, text.data, text.length);
    qi_buffer_free(&text);
    return result;
}

/* The piece that holds the star becomes three: what is before it, the columns, what is after it. */
static bool split_piece(const qi_query *query, size_t start, size_t end, size_t columns_start,
                        size_t columns_length, qi_query_piece *out)
{
    for (size_t i = 0; i < query->piece_count; i++) {
        qi_query_piece piece = query->pieces[i];
        size_t piece_end = piece.start + piece.length;
        if (start < piece.start || end > piece_end || piece.condition != QI_QUERY_NONE)
            continue;
        memcpy(out, query->pieces, i * sizeof *out);
        out[i] = piece;
        out[i].length = start - piece.start;
        out[i].param = QI_QUERY_NONE;
        out[i + 1] = (qi_query_piece){ .start = columns_start,
                                       .length = columns_length,
                                       .param = QI_QUERY_NONE,
                                       .condition = QI_QUERY_NONE };
        out[i + 2] = piece;
        out[i + 2].breaks = false;
        out[i + 2].start = end;
        out[i + 2].length = piece_end - end;
        memcpy(out + i + 3, query->pieces + i + 1, (query->piece_count - i - 1) * sizeof *out);
        return true;
    }
    return false;
}

quire_status qi_query_write_out_star(const qi_query_file *file, const qi_query *query,
                                     const qi_query_facts *facts, qi_arena *arena,
                                     qi_query_file *out_file, qi_query *out_query, bool *changed,
                                     quire_error *err)
{
    *changed = false;
    list l = read_list(file->text + query->start, query->length);
    size_t count = width(&l, facts);
    if (!count)
        return QUIRE_OK;

    const char *columns = columns_text(&l, facts->columns + l.star_item, count, arena);
    qi_query_piece *pieces = qi_arena_zero(arena, query->piece_count + 2, sizeof *pieces);
    size_t length = columns ? strlen(columns) : 0;
    char *text = qi_arena_zero(arena, file->length + length + 1, 1);
    if (!columns || !pieces || !text)
        return qi_fail_memory(err);
    memcpy(text, file->text, file->length);
    memcpy(text + file->length, columns, length + 1);
    if (!split_piece(query, query->start + l.star_start, query->start + l.star_end, file->length,
                     length, pieces))
        return QUIRE_OK;

    *out_file = *file;
    out_file->text = text;
    out_file->length = file->length + length;
    *out_query = *query;
    out_query->pieces = pieces;
    out_query->piece_count = query->piece_count + 2;
    *changed = true;
    return QUIRE_OK;
}
