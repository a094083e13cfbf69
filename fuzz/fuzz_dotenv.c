/* The parser of .env files: an error has a place and never quotes, entries are in order. */
#include "fuzz.h"

#include "base/dotenv.h"

#include <string.h>

static void check_entries(const qi_environment *env)
{
    int line = 1;
    for (size_t i = 0; i < env->count; i++) {
        const qi_dotenv_entry *entry = &env->entries[i];
        FUZZ_CHECK(entry->name[0] != '\0' && !strpbrk(entry->name, " =#\"'\n"));
        FUZZ_CHECK(entry->value != NULL);
        FUZZ_CHECK(entry->line >= line);
        line = entry->line;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* Files with a NUL are refused before they get here. */
    if (size > 0 && memchr(data, 0, size))
        return 0;
    char *text = malloc(size + 1);
    if (!text)
        return 0;
    if (size)
        memcpy(text, data, size);
    text[size] = '\0';
    qi_arena arena = { 0 };
    qi_environment env = { 0 };
    quire_error err = { 0 };
    if (qi_dotenv_parse(text, ".env", &arena, &env, &err) == QUIRE_OK) {
        check_entries(&env);
    } else {
        FUZZ_CHECK(err.status == QUIRE_CONFIG && err.line > 0 && err.line_column > 0);
        FUZZ_CHECK(!err.detail[0] && !err.hint[0]);
    }
    qi_arena_free(&arena);
    free(text);
    return 0;
}
