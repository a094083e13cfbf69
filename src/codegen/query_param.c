#include "codegen/query_parse.h"
#include "base/error.h"

#include <string.h>

static bool is_text(const qi_tokens *tokens, size_t at, const char *text)
{
    qi_token token = tokens->items[at];
    return token.length == strlen(text) &&
           memcmp(tokens->text + token.start, text, token.length) == 0;
}

static quire_status take(const qi_tokens *tokens, size_t at, size_t skip, qi_arena *arena,
                         qi_param_use *out, quire_error *err)
{
    qi_token token = tokens->items[at];
    out->name = qi_arena_text_n(arena, tokens->text + token.start + skip, token.length - skip);
    return out->name ? QUIRE_OK : qi_fail_memory(err);
}

/* sqlc.arg(name), sqlc.narg('name') */
static quire_status sqlc_call(const qi_tokens *tokens, size_t at, size_t end, qi_arena *arena,
                              qi_param_use *out, quire_error *err)
{
    if (at + 3 >= end || !is_text(tokens, at + 1, ".") || !is_text(tokens, at + 3, "("))
        return QUIRE_OK;
    bool narg = qi_token_is(tokens->text, tokens->items[at + 2], "narg");
    if (!narg && !qi_token_is(tokens->text, tokens->items[at + 2], "arg")) {
        qi_query_fail(tokens, qi_place_of(tokens->items[at]), err,
                      "Quire does not know sqlc.%.*s() yet",
                      (int)(tokens->items[at + 2].length < 40 ? tokens->items[at + 2].length : 40),
                      tokens->text + tokens->items[at + 2].start);
        qi_hint(err, "Parameters are written :name; sqlc.arg and sqlc.narg are read too.");
        return QUIRE_SQL;
    }
    qi_token name = at + 5 < end ? tokens->items[at + 4] : (qi_token){ 0 };
    bool quoted =
        name.kind == QI_TOKEN_STRING && name.length > 2 && tokens->text[name.start] == '\'';
    if ((name.kind != QI_TOKEN_WORD && !quoted) || !is_text(tokens, at + 5, ")"))
        return qi_query_fail(tokens, qi_place_of(tokens->items[at]), err,
                             "expected a name, as in sqlc.arg(name)");
    out->tokens = 6;
    out->nullable = narg;
    out->name = qi_arena_text_n(arena, tokens->text + name.start + (quoted ? 1 : 0),
                                name.length - (quoted ? 2 : 0));
    return out->name ? QUIRE_OK : qi_fail_memory(err);
}

quire_status qi_query_param_at(const qi_tokens *tokens, size_t at, size_t end, qi_arena *arena,
                               qi_param_use *out, quire_error *err)
{
    qi_token token = tokens->items[at];
    *out = (qi_param_use){ .name = NULL };
    if (token.kind == QI_TOKEN_VARIABLE) {
        out->tokens = 1;
        return take(tokens, at, 1, arena, out, err);
    }
    if (token.kind == QI_TOKEN_PARAM) {
        out->tokens = 1;
        out->name = qi_arena_printf(arena, "arg%.*s", (int)token.length - 1,
                                    tokens->text + token.start + 1);
        return out->name ? QUIRE_OK : qi_fail_memory(err);
    }
    if (token.kind == QI_TOKEN_OTHER && is_text(tokens, at, "@") && at + 1 < end &&
        tokens->items[at + 1].kind == QI_TOKEN_WORD) {
        out->tokens = 2;
        return take(tokens, at + 1, 0, arena, out, err);
    }
    if (token.kind == QI_TOKEN_WORD && qi_token_is(tokens->text, token, "sqlc"))
        return sqlc_call(tokens, at, end, arena, out, err);
    return QUIRE_OK;
}
