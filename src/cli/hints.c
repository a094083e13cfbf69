/* Renames from the command line and from the hints of a schema file. */
#include "base/error.h"
#include "base/file.h"
#include "cli/rename.h"
#include "syntax/sql.h"

#include <string.h>

#define MOST_FILE_BYTES (64u * 1024u * 1024u)
#define MOST_PARTS 3

/* A part of a name, as the server folds it: lower case unless quoted. */
static const char *fold(qi_arena *arena, const char *start, size_t length)
{
    bool quoted = length >= 2 && (start[0] == '"' || start[0] == '\'');
    char *name = qi_arena_bytes(arena, length + 1);
    size_t at = 0;
    if (!name)
        return NULL;
    for (size_t i = quoted ? 1 : 0; i < length - (quoted ? 1 : 0); i++) {
        char c = start[i];
        if (quoted && c == start[0])
            i++; /* a doubled quote */
        else if (!quoted && c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        name[at++] = c;
    }
    name[at] = '\0';
    return name;
}

/* --rename ----------------------------------------------------------------------------------- */

static size_t part_length(const char *text)
{
    if (*text != '"')
        return strcspn(text, ".=");
    size_t length = 1;
    while (text[length] && (text[length] != '"' || text[length + 1] == '"'))
        length += text[length] == '"' ? 2 : 1;
    return text[length] ? length + 1 : length;
}

static quire_status fail_rename(const char *text, quire_error *err)
{
    quire_status status =
        qi_fail(err, QUIRE_CONFIG, "--rename cannot be read: %.*s", (int)strcspn(text, "\n"), text);
    qi_hint(err, "Write --rename schema.table=name or --rename schema.table.column=name.");
    return status;
}

/* One `a.b.c=name`. */
static quire_status parse_one(const char *text, qi_arena *arena, qi_renames *out, quire_error *err)
{
    const char *parts[MOST_PARTS + 1] = { NULL };
    const char *at = text;
    size_t count = 0;
    for (bool last = false; !last && count <= MOST_PARTS; count++) {
        size_t length = part_length(at);
        if (!length || (count == MOST_PARTS && at[-1] != '='))
            return fail_rename(text, err);
        parts[count] = fold(arena, at, length);
        if (!parts[count])
            return qi_fail_memory(err);
        last = count > 0 && at[-1] == '=';
        at += length;
        if (last ? *at != '\0' : (*at != '.' && *at != '='))
            return fail_rename(text, err);
        at += *at ? 1 : 0;
    }
    if (count < 3)
        return fail_rename(text, err);
    qi_rename rename = { .schema = parts[0],
                         .within = count == 4 ? parts[1] : NULL,
                         .old = parts[count - 2],
                         .renamed = parts[count - 1] };
    return qi_renames_add(out, arena, rename) ? QUIRE_OK : qi_fail_memory(err);
}

quire_status qi_renames_asked(qi_context *context, const qi_args *args, qi_renames *out,
                              quire_error *err)
{
    size_t count = 0;
    const char *const *values = qi_args_values(args, "--rename", &context->arena, &count);
    quire_status status = values ? QUIRE_OK : qi_fail_memory(err);
    for (size_t i = 0; values && i < count && status == QUIRE_OK; i++)
        status = parse_one(values[i], &context->arena, out, err);
    return status;
}

/* Hints -------------------------------------------------------------------------------------- */

/* Something in the file that a hint can be about: where it begins, and what it is. */
typedef struct element {
    qi_rename what; /* without the old name; `renamed` is its name in the file */
    size_t start;
    int line;
} element;

typedef struct hint {
    const char *old;
    size_t start;
    int line;
    bool behind; /* something else on its line: it is about that */
} hint;

/* Reading a file, statement by statement. */
typedef struct reader {
    const char *text;
    qi_arena *arena;
    qi_lexer lexer;
    qi_token token;  /* the present one; no space, no comment */
    int depth;       /* of parentheses */
    int last_line;   /* of the last real token */
    qi_rename whole; /* what the statement creates */
    element *elements;
    size_t element_count;
    hint *hints;
    size_t hint_count;
    size_t room; /* of both lists */
    bool failed;
} reader;

static void take_hint(reader *r, qi_token comment)
{
    static const char mark[] = "-- quire: renamed from ";
    const char *start = r->text + comment.start;
    if (comment.length < sizeof mark || strncmp(start, mark, sizeof mark - 1) != 0)
        return;
    const char *name = start + sizeof mark - 1;
    size_t length = comment.length - (sizeof mark - 1);
    while (length && strchr(" \t\r", name[length - 1]))
        length--;
    while (length && *name == ' ') {
        name++;
        length--;
    }
    const char *old = length ? fold(r->arena, name, length) : NULL;
    r->failed = r->failed || (length && !old);
    if (old && r->hint_count < r->room)
        r->hints[r->hint_count++] =
            (hint){ old, comment.start, comment.line, r->last_line == comment.line };
}

static void advance(reader *r)
{
    if (r->token.kind != QI_TOKEN_END)
        r->last_line = r->token.line;
    do {
        r->token = qi_lexer_next(&r->lexer);
        if (r->token.kind == QI_TOKEN_COMMENT)
            take_hint(r, r->token);
    } while (r->token.kind == QI_TOKEN_SPACE || r->token.kind == QI_TOKEN_COMMENT);
    char c = r->token.length == 1 ? r->text[r->token.start] : ' ';
    r->depth += c == '(' ? 1 : c == ')' ? -1 : 0;
}

static bool is_word(const reader *r, const char *word)
{
    return qi_token_is(r->text, r->token, word);
}

static bool accept(reader *r, const char *word)
{
    if (!is_word(r, word))
        return false;
    advance(r);
    return true;
}

static bool is_char(const reader *r, char c)
{
    return r->token.length == 1 && r->text[r->token.start] == c;
}

static bool ends(const reader *r)
{
    return r->token.kind == QI_TOKEN_END || r->token.kind == QI_TOKEN_BROKEN ||
           (r->token.kind == QI_TOKEN_SEMICOLON && r->depth <= 0);
}

static const char *take_name(reader *r)
{
    if (r->token.kind != QI_TOKEN_WORD && r->token.kind != QI_TOKEN_QUOTED &&
        r->token.kind != QI_TOKEN_STRING)
        return NULL;
    const char *name = fold(r->arena, r->text + r->token.start, r->token.length);
    r->failed = r->failed || !name;
    advance(r);
    return name;
}

/* name or schema.name */
static bool take_qualified(reader *r, const char **schema, const char **name)
{
    *schema = "public";
    *name = take_name(r);
    if (*name && is_char(r, '.')) {
        advance(r);
        *schema = *name;
        *name = take_name(r);
    }
    return *name != NULL;
}

static void add_element(reader *r, qi_rename what, qi_token at)
{
    if (what.renamed && r->element_count < r->room)
        r->elements[r->element_count++] = (element){ what, at.start, at.line };
}

/* One item of a list in parentheses: a column, a constraint, an enum's value. */
static void take_item(reader *r)
{
    qi_token at = r->token;
    qi_rename what = { .schema = r->whole.schema, .within = r->whole.renamed };
    if (at.kind == QI_TOKEN_STRING)
        what.kind = "enum value";
    else if (accept(r, "constraint"))
        what.kind = "constraint";
    else
        what.kind = "column";
    what.renamed = take_name(r);
    add_element(r, what, at);
}

static void take_items(reader *r)
{
    while (!ends(r) && !is_char(r, '('))
        advance(r);
    int depth = r->depth;
    if (ends(r))
        return;
    advance(r);
    while (!ends(r) && r->depth >= depth) {
        take_item(r);
        while (!ends(r) && r->depth >= depth && !(r->depth == depth && is_char(r, ',')))
            advance(r);
        if (!ends(r) && r->depth >= depth)
            advance(r);
    }
}

/* What CREATE makes; false for what no hint is about. */
static bool take_kind(reader *r)
{
    static const struct {
        const char *word;
        const char *kind;
    } kinds[] = {
        { "table", "table" },       { "view", "view" },          { "index", "index" },
        { "type", "type" },         { "domain", "type" },        { "sequence", "sequence" },
        { "function", "function" }, { "procedure", "function" }, { "aggregate", "function" },
    };
    static const char *const skipped[] = { "or",     "replace",      "unlogged", "temporary",
                                           "unique", "materialized", "recursive" };
    for (size_t i = 0; i < sizeof skipped / sizeof *skipped; i++)
        (void)accept(r, skipped[i]);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!accept(r, kinds[i].word))
            continue;
        r->whole.kind = kinds[i].kind;
        (void)accept(r, "concurrently");
        if (accept(r, "if") && accept(r, "not"))
            (void)accept(r, "exists");
        return true;
    }
    return false;
}

/* An index is where its table is. */
static void take_schema_of_table(reader *r)
{
    const char *table = NULL;
    if (accept(r, "on")) {
        (void)accept(r, "only");
        (void)take_qualified(r, &r->whole.schema, &table);
    }
}

static void take_statement(reader *r)
{
    qi_token at = r->token;
    r->whole = (qi_rename){ 0 };
    r->depth = is_char(r, '(') ? 1 : 0;
    bool creates = accept(r, "create") && take_kind(r) && !is_word(r, "on") &&
                   take_qualified(r, &r->whole.schema, &r->whole.renamed);
    if (creates && strcmp(r->whole.kind, "index") == 0)
        take_schema_of_table(r);
    if (creates) {
        add_element(r, r->whole, at);
        bool has_items = strcmp(r->whole.kind, "table") == 0 || strcmp(r->whole.kind, "type") == 0;
        if (has_items)
            take_items(r);
    }
    while (!ends(r))
        advance(r);
    if (r->token.kind == QI_TOKEN_SEMICOLON)
        advance(r);
}

/* Behind something: the last that began on the line. On a line of its own: the first that follows. */
static const element *element_of(const reader *r, const hint *h)
{
    const element *found = NULL;
    for (size_t i = 0; i < r->element_count; i++) {
        const element *e = &r->elements[i];
        if (h->behind && e->start < h->start && e->line == h->line)
            found = e;
        if (!h->behind && e->start > h->start && !found)
            found = e;
    }
    return found;
}

static quire_status join(const reader *r, const char *path, qi_renames *out, quire_error *err)
{
    for (size_t i = 0; i < r->hint_count; i++) {
        const hint *h = &r->hints[i];
        const element *e = element_of(r, h);
        if (!e) {
            qi_fail(err, QUIRE_REFUSED, "the hint \"renamed from %s\" is about nothing", h->old);
            qi_hint(err, "It stands behind the new name, or on the line above: of a table, column, "
                         "enum value, constraint, index, view, function, type or sequence.");
            qi_locate(err, path, h->line, 0);
            return QUIRE_REFUSED;
        }
        qi_rename rename = e->what;
        rename.old = h->old;
        rename.file = path;
        rename.line = h->line;
        if (!qi_renames_add(out, r->arena, rename))
            return qi_fail_memory(err);
    }
    return QUIRE_OK;
}

quire_status qi_renames_read(const char *path, qi_arena *arena, qi_renames *out, quire_error *err)
{
    char *text = NULL;
    size_t length = 0;
    quire_status status = qi_file_read(path, MOST_FILE_BYTES, arena, &text, &length, err);
    if (status != QUIRE_OK || !strstr(text, "-- quire: renamed from "))
        return status;
    reader r = { .text = text, .arena = arena };
    /* Each element and each hint has a line or a comma of its own. */
    for (const char *c = text; *c; c++)
        r.room += *c == '\n' || *c == ',' || *c == ';' || *c == '(';
    r.room += 2;
    r.elements = qi_arena_zero(arena, r.room, sizeof *r.elements);
    r.hints = qi_arena_zero(arena, r.room, sizeof *r.hints);
    if (!r.elements || !r.hints)
        return qi_fail_memory(err);
    qi_lexer_init(&r.lexer, text, length);
    r.token = (qi_token){ .kind = QI_TOKEN_END };
    advance(&r);
    while (r.token.kind != QI_TOKEN_END && r.token.kind != QI_TOKEN_BROKEN)
        take_statement(&r);
    return r.failed ? qi_fail_memory(err) : join(&r, path, out, err);
}
