/*
 * The SQL of one query, cut into pieces. It is read line by line, a line ending where white space
 * outside of strings and comments has a line break: a -- comment is dropped with the space before it,
 * lines without SQL are dropped, everything else stays as it was written.
 */
#include "codegen/query_parse.h"
#include "base/error.h"

#include <string.h>

typedef struct body {
    const qi_tokens *tokens;
    qi_arena *arena;
    qi_query *query;
    qi_query_piece *pieces; /* the arrays have room for what the tokens can make at most */
    qi_query_param *params;
    qi_query_condition *conditions;
    qi_query_choice *choices;
    size_t room;
    bool closed; /* a semicolon was seen */
} body;

/* One line: its tokens from `first` to before `end`, its indentation, its --? mark. */
typedef struct line {
    size_t first;
    size_t end;
    size_t indent;        /* byte where it starts */
    const qi_token *mark; /* NULL: none */
    int condition;
} line;

/* ---- parameters and conditions --------------------------------------------------------------- */

static quire_status param_index(body *b, const qi_param_use *use, qi_place at, int *index,
                                quire_error *err)
{
    size_t count = b->query->param_count;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(b->params[i].name, use->name) == 0) {
            b->params[i].nullable = b->params[i].nullable || use->nullable;
            *index = (int)i;
            return QUIRE_OK;
        }
    }
    if (count >= QI_QUERY_MOST)
        return qi_query_fail(b->tokens, at, err, "query %s: more than %d parameters",
                             b->query->name, QI_QUERY_MOST);
    b->params[count] = (qi_query_param){ .name = use->name, .nullable = use->nullable, .at = at };
    *index = (int)count;
    b->query->param_count++;
    return QUIRE_OK;
}

static bool same_condition(const qi_query_condition *a, const qi_query_condition *b)
{
    if (a->choice != b->choice || a->value != b->value || a->param_count != b->param_count)
        return false;
    return !a->param_count ||
           memcmp(a->params, b->params, a->param_count * sizeof(*a->params)) == 0;
}

static quire_status add_condition(body *b, const qi_query_condition *condition, int *index,
                                  quire_error *err)
{
    size_t count = b->query->condition_count;
    for (size_t i = 0; i < count; i++) {
        if (same_condition(&b->conditions[i], condition)) {
            *index = (int)i;
            return QUIRE_OK;
        }
    }
    if (count >= QI_QUERY_MOST)
        return qi_query_fail(b->tokens, condition->at, err, "query %s: more than %d --? lines",
                             b->query->name, QI_QUERY_MOST);
    b->conditions[count] = *condition;
    *index = (int)count;
    b->query->condition_count++;
    return QUIRE_OK;
}

/* ---- choices --------------------------------------------------------------------------------- */

static size_t word_length(const char *text, size_t length)
{
    size_t n = 0;
    while (n < length) {
        char c = text[n];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        if (!letter && (n == 0 || c < '0' || c > '9'))
            break;
        n++;
    }
    return n;
}

static size_t blank_length(const char *text, size_t length)
{
    size_t n = 0;
    while (n < length && (text[n] == ' ' || text[n] == '\t' || text[n] == '\r'))
        n++;
    return n;
}

/* "sort = top_rated"; false when it is not of that form. */
static bool split_choice(const char *text, size_t length, const char **name, size_t *name_length,
                         const char **value, size_t *value_length)
{
    size_t at = 0;
    *name = text;
    *name_length = word_length(text, length);
    at = *name_length + blank_length(text + *name_length, length - *name_length);
    if (!*name_length || at >= length || text[at] != '=')
        return false;
    at++;
    at += blank_length(text + at, length - at);
    *value = text + at;
    *value_length = word_length(text + at, length - at);
    at += *value_length;
    return *value_length && at == length;
}

static bool is_word(const char *word, const char *text, size_t length)
{
    return strlen(word) == length && memcmp(word, text, length) == 0;
}

static quire_status choice_index(body *b, const char *name, size_t length, qi_place at, int *index,
                                 quire_error *err)
{
    size_t count = b->query->choice_count;
    for (size_t i = 0; i < count; i++) {
        if (is_word(b->choices[i].name, name, length)) {
            *index = (int)i;
            return QUIRE_OK;
        }
    }
    if (count >= QI_QUERY_MOST)
        return qi_query_fail(b->tokens, at, err, "query %s: more than %d choices", b->query->name,
                             QI_QUERY_MOST);
    b->choices[count] = (qi_query_choice){
        .name = qi_arena_text_n(b->arena, name, length),
        .values = qi_arena_zero(b->arena, b->room, sizeof(char *)),
        .at = at,
    };
    if (!b->choices[count].name || !b->choices[count].values)
        return qi_fail_memory(err);
    *index = (int)count;
    b->query->choice_count++;
    return QUIRE_OK;
}

static quire_status value_index(body *b, qi_query_choice *choice, const char *value, size_t length,
                                int *index, quire_error *err)
{
    for (size_t i = 0; i < choice->value_count; i++) {
        if (is_word(choice->values[i], value, length)) {
            *index = (int)i;
            return QUIRE_OK;
        }
    }
    choice->values[choice->value_count] = qi_arena_text_n(b->arena, value, length);
    if (!choice->values[choice->value_count])
        return qi_fail_memory(err);
    *index = (int)choice->value_count++;
    return QUIRE_OK;
}

static quire_status read_choice(body *b, line *l, const char *text, size_t length, quire_error *err)
{
    const char *name, *value;
    size_t name_length, value_length;
    qi_place at = qi_place_of(*l->mark);
    if (!split_choice(text, length, &name, &name_length, &value, &value_length)) {
        qi_query_fail(b->tokens, at, err, "query %s: cannot read this --? mark", b->query->name);
        qi_hint(err, "Write --? alone for an optional line, or --? <choice> = <value>.");
        return QUIRE_SQL;
    }
    qi_query_condition condition = { .at = at };
    quire_status status = choice_index(b, name, name_length, at, &condition.choice, err);
    if (status == QUIRE_OK)
        status = value_index(b, &b->choices[condition.choice], value, value_length,
                             &condition.value, err);
    return status == QUIRE_OK ? add_condition(b, &condition, &l->condition, err) : status;
}

/* ---- lines ----------------------------------------------------------------------------------- */

static void sort_ints(int *items, size_t count)
{
    for (size_t i = 1; i < count; i++)
        for (size_t j = i; j > 0 && items[j - 1] > items[j]; j--) {
            int item = items[j];
            items[j] = items[j - 1];
            items[j - 1] = item;
        }
}

/* The condition of an optional line: all the parameters on it. */
static quire_status read_optional(body *b, line *l, quire_error *err)
{
    qi_query_condition condition = { .choice = QI_QUERY_NONE, .at = qi_place_of(*l->mark) };
    condition.params = qi_arena_zero(b->arena, l->end - l->first, sizeof(int));
    if (!condition.params)
        return qi_fail_memory(err);
    for (size_t i = l->first; i < l->end;) {
        qi_param_use use;
        quire_status status = qi_query_param_at(b->tokens, i, l->end, b->arena, &use, err);
        if (status != QUIRE_OK)
            return status;
        int index = QI_QUERY_NONE;
        if (use.name)
            status = param_index(b, &use, qi_place_of(b->tokens->items[i]), &index, err);
        if (status != QUIRE_OK)
            return status;
        bool known = index == QI_QUERY_NONE;
        for (size_t j = 0; j < condition.param_count; j++)
            known = known || condition.params[j] == index;
        if (!known)
            condition.params[condition.param_count++] = index;
        i += use.name ? use.tokens : 1;
    }
    if (!condition.param_count)
        return qi_query_fail(b->tokens, condition.at, err,
                             "query %s: an optional line needs a parameter", b->query->name);
    sort_ints(condition.params, condition.param_count);
    return add_condition(b, &condition, &l->condition, err);
}

static quire_status read_mark(body *b, line *l, quire_error *err)
{
    l->condition = QI_QUERY_NONE;
    if (!l->mark)
        return QUIRE_OK;
    const char *text = b->tokens->text + l->mark->start + 3;
    size_t length = l->mark->length - 3;
    size_t blank = blank_length(text, length);
    text += blank;
    length -= blank;
    while (length && blank_length(text + length - 1, 1))
        length--;
    return length ? read_choice(b, l, text, length, err) : read_optional(b, l, err);
}

static void note_use(body *b, const line *l, int index, qi_place at)
{
    qi_query_param *param = &b->params[index];
    bool optional = l->condition != QI_QUERY_NONE && b->conditions[l->condition].param_count;
    if (optional && !param->optional) {
        param->optional = true;
        param->optional_at = at;
    }
    if (!optional && !param->required) {
        param->required = true;
        param->required_at = at;
    }
}

static void add_piece(body *b, const line *l, size_t start, size_t end, bool breaks, int param,
                      qi_place at)
{
    b->pieces[b->query->piece_count++] = (qi_query_piece){
        .start = start,
        .length = end - start,
        .breaks = breaks,
        .param = param,
        .condition = l->condition,
        .param_at = at,
    };
}

static size_t token_end(const body *b, size_t at)
{
    return b->tokens->items[at].start + b->tokens->items[at].length;
}

static quire_status read_line(body *b, line *l, quire_error *err)
{
    quire_status status = read_mark(b, l, err);
    bool breaks = b->query->piece_count > 0;
    size_t from = breaks ? l->indent : b->tokens->items[l->first].start;
    for (size_t i = l->first; i < l->end && status == QUIRE_OK;) {
        qi_param_use use;
        int index = QI_QUERY_NONE;
        qi_place at = qi_place_of(b->tokens->items[i]);
        status = qi_query_param_at(b->tokens, i, l->end, b->arena, &use, err);
        if (status == QUIRE_OK && use.name)
            status = param_index(b, &use, at, &index, err);
        if (status != QUIRE_OK)
            return status;
        if (!use.name) {
            i++;
            continue;
        }
        note_use(b, l, index, at);
        add_piece(b, l, from, at.at, breaks, index, at);
        breaks = false;
        i += use.tokens;
        from = token_end(b, i - 1);
    }
    if (status == QUIRE_OK && from < token_end(b, l->end - 1))
        add_piece(b, l, from, token_end(b, l->end - 1), breaks, QI_QUERY_NONE, (qi_place){ 0 });
    return status;
}

/* Where the line that the token at `from` is in ends: at white space with a line break. */
static size_t find_line_end(const body *b, size_t from, size_t end)
{
    size_t at = from;
    for (; at < end; at++) {
        qi_token token = b->tokens->items[at];
        if (token.kind == QI_TOKEN_SPACE &&
            memchr(b->tokens->text + token.start, '\n', token.length))
            break;
    }
    return at;
}

static bool is_line_comment(const body *b, qi_token token)
{
    return token.kind == QI_TOKEN_COMMENT && b->tokens->text[token.start] == '-';
}

/* Takes white space, comments, marks and the semicolon off a line. */
static quire_status strip_line(body *b, line *l, quire_error *err)
{
    const qi_tokens *t = b->tokens;
    while (l->end > l->first) {
        qi_token token = t->items[l->end - 1];
        if (is_line_comment(b, token) && token.length > 2 && t->text[token.start + 2] == '?')
            l->mark = &t->items[l->end - 1];
        else if (token.kind == QI_TOKEN_SEMICOLON)
            b->closed = true;
        else if (token.kind != QI_TOKEN_SPACE && !is_line_comment(b, token))
            break;
        l->end--;
    }
    while (l->first < l->end && t->items[l->first].kind == QI_TOKEN_SPACE)
        l->first++;
    bool closed = false;
    for (size_t i = l->first; i < l->end; i++) {
        qi_token_kind kind = t->items[i].kind;
        if (closed && kind != QI_TOKEN_SPACE && kind != QI_TOKEN_COMMENT)
            return qi_query_fail(t, qi_place_of(t->items[i]), err,
                                 "query %s: only one statement can be in a query", b->query->name);
        closed = closed || kind == QI_TOKEN_SEMICOLON;
    }
    if (l->mark && l->first == l->end)
        return qi_query_fail(t, qi_place_of(*l->mark), err,
                             "query %s: there is no SQL on this --? line", b->query->name);
    return QUIRE_OK;
}

/* The byte after the last line break before a token. */
static size_t indent_of(const body *b, size_t token)
{
    size_t at = b->tokens->items[token].start;
    while (at > 0 && b->tokens->text[at - 1] != '\n')
        at--;
    return at;
}

static bool is_comment_only(const body *b, const line *l)
{
    for (size_t i = l->first; i < l->end; i++)
        if (b->tokens->items[i].kind != QI_TOKEN_COMMENT &&
            b->tokens->items[i].kind != QI_TOKEN_SPACE)
            return false;
    return true;
}

static quire_status read_lines(body *b, size_t first, size_t end, quire_error *err)
{
    quire_status status = QUIRE_OK;
    for (size_t at = first; at < end && status == QUIRE_OK;) {
        bool was_closed = b->closed;
        size_t line_end = find_line_end(b, at, end);
        line l = { .first = at, .end = line_end };
        status = strip_line(b, &l, err);
        at = line_end + 1;
        if (status != QUIRE_OK || l.first == l.end)
            continue;
        if (was_closed && is_comment_only(b, &l))
            continue;
        if (was_closed)
            return qi_query_fail(b->tokens, qi_place_of(b->tokens->items[l.first]), err,
                                 "query %s: only one statement can be in a query", b->query->name);
        l.indent = indent_of(b, l.first);
        status = read_line(b, &l, err);
        if (!b->query->length)
            b->query->start = b->tokens->items[l.first].start;
        b->query->length = token_end(b, l.end - 1) - b->query->start;
    }
    return status;
}

/* What is left out with its line cannot be needed elsewhere. */
static quire_status check_params(const body *b, quire_error *err)
{
    for (size_t i = 0; i < b->query->param_count; i++) {
        const qi_query_param *param = &b->params[i];
        if (!param->optional || !param->required)
            continue;
        qi_query_fail(b->tokens, param->optional_at, err,
                      "query %s: parameter %s is on an optional line here, but line %d always "
                      "needs it",
                      b->query->name, param->name, param->required_at.line);
        qi_hint(err, "Mark line %d with --? too, or use two parameters.", param->required_at.line);
        return QUIRE_SQL;
    }
    return QUIRE_OK;
}

quire_status qi_query_body_parse(const qi_tokens *tokens, size_t first, size_t end, qi_arena *arena,
                                 qi_query *query, quire_error *err)
{
    size_t room = end - first + 1;
    body b = { .tokens = tokens, .arena = arena, .query = query, .room = room };
    b.pieces = qi_arena_zero(arena, room * 2, sizeof(*b.pieces));
    b.params = qi_arena_zero(arena, room, sizeof(*b.params));
    b.conditions = qi_arena_zero(arena, room, sizeof(*b.conditions));
    b.choices = qi_arena_zero(arena, room, sizeof(*b.choices));
    if (!b.pieces || !b.params || !b.conditions || !b.choices)
        return qi_fail_memory(err);
    query->pieces = b.pieces;
    query->params = b.params;
    query->conditions = b.conditions;
    query->choices = b.choices;
    quire_status status = read_lines(&b, first, end, err);
    if (status == QUIRE_OK && !query->piece_count)
        return qi_query_fail(tokens, query->at, err, "query %s has no SQL", query->name);
    return status == QUIRE_OK ? check_params(&b, err) : status;
}
