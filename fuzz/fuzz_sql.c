/* The lexer and the splitter: tokens cover the text without a gap, statements lie inside it. */
#include "fuzz.h"

#include "base/arena.h"
#include "syntax/sql.h"

#include <string.h>

typedef struct counts {
    size_t tokens;
    size_t bytes;
} counts;

static void count_bytes(void *context, const char *bytes, size_t length)
{
    counts *c = context;
    for (size_t i = 0; i < length; i++)
        c->tokens += bytes[i] == '\0';
    c->bytes += length;
}

static bool check_tokens(const char *text, size_t size, size_t *real)
{
    qi_lexer lexer;
    size_t at = 0;
    int line = 1;
    bool broken = false;
    qi_lexer_init(&lexer, text, size);
    for (;;) {
        qi_token token = qi_lexer_next(&lexer);
        FUZZ_CHECK(token.start == at);
        FUZZ_CHECK(token.line >= line && token.column >= 1);
        if (token.kind == QI_TOKEN_END)
            break;
        FUZZ_CHECK(token.length > 0 && token.length <= size - at);
        FUZZ_CHECK(!broken);
        at += token.length;
        line = token.line;
        broken = token.kind == QI_TOKEN_BROKEN;
        FUZZ_CHECK(!broken || at == size);
        *real += token.kind != QI_TOKEN_SPACE && token.kind != QI_TOKEN_COMMENT;
    }
    FUZZ_CHECK(at == size);
    return broken;
}

static void check_statements(const char *text, size_t size, bool broken)
{
    qi_arena arena = { 0 };
    quire_error err = { 0 };
    const qi_sql_statement *list = NULL;
    size_t count = 0;
    quire_status status = qi_sql_split(text, size, &arena, &list, &count, &err);
    FUZZ_CHECK(broken ? status == QUIRE_SQL && err.line > 0 : status == QUIRE_OK);
    size_t end = 0;
    for (size_t i = 0; i < count; i++) {
        int line = 0;
        int column = 0;
        FUZZ_CHECK(list[i].start >= end && list[i].length > 0);
        end = list[i].start + list[i].length;
        FUZZ_CHECK(end <= size);
        if (i < 8) {
            qi_sql_locate(text, size, list[i].start, 1, &line, &column);
            FUZZ_CHECK(line == list[i].line && column == list[i].column);
        }
    }
    qi_arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    /* Files with a NUL are refused before they get here. */
    if (size > 0 && memchr(data, 0, size))
        return 0;
    size_t real = 0;
    counts c = { 0 };
    bool broken = check_tokens(text, size, &real);
    check_statements(text, size, broken);
    qi_sql_normalise(text, size, count_bytes, &c);
    FUZZ_CHECK(c.tokens == real && c.bytes <= size + real);
    return 0;
}
