/* The parser of quire.conf: an error has a line, what was taken is complete. */
#include "fuzz.h"

#include "base/conf.h"
#include "base/conf_check.h"

#include <string.h>

static void check_conf(const qi_conf *conf)
{
    FUZZ_CHECK(!qi_conf_check_name(conf->name));
    FUZZ_CHECK(!qi_conf_check_prefix(conf->prefix));
    FUZZ_CHECK(conf->schema[0] == '/' && conf->queries[0] == '/' && conf->migrations[0] == '/');
    FUZZ_CHECK(conf->seed[0] == '/' && conf->generated[0] == '/');
    for (size_t i = 0; i < conf->singular_count; i++) {
        const qi_conf_pair *pair = &conf->singular[i];
        FUZZ_CHECK(!qi_conf_check_singular(pair->key, pair->value));
    }
    for (size_t i = 0; i < conf->skip_count; i++)
        FUZZ_CHECK(!qi_conf_check_skip(conf->skip[i].key, conf->skip[i].value));
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
    qi_conf conf = { 0 };
    quire_error err = { 0 };
    if (qi_conf_parse(text, "quire.conf", "/p", &arena, &conf, &err) == QUIRE_OK)
        check_conf(&conf);
    else
        FUZZ_CHECK(err.status == QUIRE_CONFIG && err.line > 0);
    qi_arena_free(&arena);
    free(text);
    return 0;
}
