#include "codegen/writes.h"
#include "syntax/sql.h"

#include <string.h>

static bool is_one_of(const char *text, qi_token token, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (qi_token_is(text, token, words[i]))
            return true;
    return false;
}

static bool reads(const char *text, qi_token token)
{
    static const char *const words[] = { "select", "with", "values", "table" };
    return is_one_of(text, token, words, sizeof words / sizeof *words);
}

static bool changes(const char *text, qi_token token)
{
    static const char *const words[] = { "insert", "update", "delete",  "merge",
                                         "into",   "share",  "truncate" };
    return is_one_of(text, token, words, sizeof words / sizeof *words);
}

/* What may stand before a parenthesis and is no function, or one that changes nothing. */
/* clang-format off */
static const char harmless[] =
    " abs all and any array array_agg array_length as avg bool_and bool_or between btrim by"
    " cardinality case cast ceil ceiling char_length coalesce concat concat_ws count cube"
    " current_date date_part date_trunc dense_rank distinct else every except exists extract"
    " filter first_value floor format from greatest group grouping having ilike in initcap"
    " intersect is json_agg json_build_object json_object_agg jsonb_agg jsonb_array_elements"
    " jsonb_array_elements_text jsonb_build_array jsonb_build_object jsonb_each"
    " jsonb_object_agg jsonb_set jsonb_typeof lag last_value lateral lead least left length"
    " like limit ln localtime log lower lpad ltrim make_date make_interval materialized max"
    " md5 min mod not now ntile nullif numeric offset on or over partition percent_rank"
    " percentile_cont percentile_disc position power rank regexp_match regexp_matches"
    " regexp_replace replace right rollup round row row_number row_to_json rpad rtrim select"
    " sets sign some split_part sqrt starts_with stddev string_agg string_to_array strpos"
    " substr substring sum then to_char to_date to_json to_jsonb to_number to_timestamp"
    " to_tsquery to_tsvector translate trim trunc ts_rank union unnest upper using values"
    " varchar variance when where with within"
    " ";
/* clang-format on */

static bool is_harmless(const char *text, qi_token token)
{
    char word[64];
    if (token.kind != QI_TOKEN_WORD || token.length + 3 > sizeof word)
        return false;
    word[0] = ' ';
    for (size_t i = 0; i < token.length; i++) {
        char c = text[token.start + i];
        word[i + 1] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    word[token.length + 1] = ' ';
    word[token.length + 2] = '\0';
    return strstr(harmless, word) != NULL;
}

bool qi_gen_writes(const char *sql, size_t length)
{
    qi_lexer lexer;
    qi_token before = { .kind = QI_TOKEN_SPACE };
    bool first = true;
    qi_lexer_init(&lexer, sql, length);
    for (;;) {
        qi_token token = qi_lexer_next(&lexer);
        if (token.kind == QI_TOKEN_END)
            return first;
        if (token.kind == QI_TOKEN_SPACE || token.kind == QI_TOKEN_COMMENT)
            continue;
        if (first && sql[token.start] != '(') {
            if (token.kind != QI_TOKEN_WORD || !reads(sql, token))
                return true;
            first = false;
        }
        if (token.kind == QI_TOKEN_WORD && changes(sql, token))
            return true;
        bool calls = sql[token.start] == '(' &&
                     (before.kind == QI_TOKEN_WORD || before.kind == QI_TOKEN_QUOTED);
        if (calls && !is_harmless(sql, before))
            return true;
        before = token;
    }
}
