/* What src/syntax makes of SQL: tokens, statements, places, the normal form. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "syntax/sql.h"

static const char *const kinds[] = {
    [QI_TOKEN_END] = "end",        [QI_TOKEN_SPACE] = "space",   [QI_TOKEN_COMMENT] = "comment",
    [QI_TOKEN_WORD] = "word",      [QI_TOKEN_QUOTED] = "quoted", [QI_TOKEN_STRING] = "string",
    [QI_TOKEN_NUMBER] = "number",  [QI_TOKEN_PARAM] = "param",   [QI_TOKEN_VARIABLE] = "var",
    [QI_TOKEN_SEMICOLON] = "semi", [QI_TOKEN_OTHER] = "other",   [QI_TOKEN_BROKEN] = "broken",
};

/* The tokens of a text as "kind<text> kind<text>", spaces left out. */
static void describe_tokens(const char *text, qi_buffer *out)
{
    qi_lexer lexer;
    size_t at = 0;
    qi_lexer_init(&lexer, text, strlen(text));
    for (;;) {
        qi_token token = qi_lexer_next(&lexer);
        assert_int_equal(token.start, at);
        if (token.kind == QI_TOKEN_END)
            break;
        assert_true(token.length > 0);
        at += token.length;
        if (token.kind == QI_TOKEN_SPACE)
            continue;
        if (out->length)
            qi_buffer_add_char(out, ' ');
        qi_buffer_printf(out, "%s<%.*s>", kinds[token.kind], (int)token.length, text + token.start);
    }
    assert_int_equal(at, strlen(text));
    assert_int_equal(qi_lexer_next(&lexer).kind, QI_TOKEN_END);
}

static void tokens_follow_postgresql(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *tokens;
    } cases[] = {
        { "", "" },
        { " \t\r\n\f\v", "" },
        { "select 1;", "word<select> number<1> semi<;>" },
        /* comments */
        { "a -- b\nc", "word<a> comment<-- b> word<c>" },
        { "a --b\r\nc", "word<a> comment<--b> word<c>" },
        { "--", "comment<-->" },
        { "/* a /* b */ c */d", "comment</* a /* b */ c */> word<d>" },
        { "/**/ a", "comment</**/> word<a>" },
        { "/*/*/ a */ */ b", "comment</*/*/ a */ */> word<b>" },
        { "/* a /* b */", "broken</* a /* b */>" },
        { "'--' \"/*\"", "string<'--'> quoted<\"/*\">" },
        /* strings */
        { "'a''b'c", "string<'a''b'> word<c>" },
        { "'a\\' b", "string<'a\\'> word<b>" },
        { "E'a\\'b' c", "string<E'a\\'b'> word<c>" },
        { "e'a\\\\' c", "string<e'a\\\\'> word<c>" },
        { "E'a''b\\''", "string<E'a''b\\''>" },
        { "e'\\", "broken<e'\\>" },
        { "E'a'\n'b\\'c' d", "string<E'a'\n'b\\'c'> word<d>" },
        { "E'a' -- x\n '\\'' d", "string<E'a' -- x\n '\\''> word<d>" },
        { "E'a' '\\' d", "string<E'a'> string<'\\'> word<d>" },
        { "'a'\n'b\\' d", "string<'a'> string<'b\\'> word<d>" },
        { "b'01' X'fF' n'x'", "string<b'01'> string<X'fF'> string<n'x'>" },
        { "U&'\\0041\\' u&\"a\"", "string<U&'\\0041\\'> quoted<u&\"a\">" },
        { "u & 'a'", "word<u> other<&> string<'a'>" },
        { "u&v", "word<u> other<&> word<v>" },
        { "abe'x'", "word<abe> string<'x'>" },
        { "'a", "broken<'a>" },
        { "\"a\"\"b\" \"c", "quoted<\"a\"\"b\"> broken<\"c>" },
        /* dollar quotes */
        { "$$a'b$$c", "string<$$a'b$$> word<c>" },
        { "$a$ $$ $b$ $a$", "string<$a$ $$ $b$ $a$>" },
        { "$a$$$a$", "string<$a$$$a$>" },
        { "$a$ $A$ $a", "broken<$a$ $A$ $a>" },
        { "$a1_$x$a1_$", "string<$a1_$x$a1_$>" },
        { "$\xC3\xA9$x$\xC3\xA9$", "string<$\xC3\xA9$x$\xC3\xA9$>" },
        { "$1a$ $", "param<$1> word<a$> other<$>" },
        { "$a b", "other<$> word<a> word<b>" },
        { "a$b$c", "word<a$b$c>" },
        { "$1+$23", "param<$1> other<+> param<$23>" },
        /* words */
        { "_a1$ \xC3\xA9t\xC3\xA9", "word<_a1$> word<\xC3\xA9t\xC3\xA9>" },
        { "a.b", "word<a> other<.> word<b>" },
        { "\xEF\xBB\xBFselect", "word<select>" },
        /* numbers */
        { "1 1.5 .5 5. 1e3 1E-3 1.e+3",
          "number<1> number<1.5> number<.5> number<5.> number<1e3> number<1E-3> number<1.e+3>" },
        { "1_000 0x1F 0o17 0b01 0x_f",
          "number<1_000> number<0x1F> number<0o17> number<0b01> number<0x_f>" },
        { "1..10", "number<1> other<..> number<10>" },
        { "1e 1e+ 0x", "number<1> word<e> number<1> word<e> other<+> number<0> word<x>" },
        { "1__0", "number<1> word<__0>" },
        /* operators */
        { "a-->b", "word<a> comment<-->b>" },
        { "a+--b\nc", "word<a> other<+> comment<--b> word<c>" },
        { "a*/*b*/c", "word<a> other<*> comment</*b*/> word<c>" },
        { "//*b*/", "other</> comment</*b*/>" },
        { "a=-1", "word<a> other<=> other<-> number<1>" },
        { "a<=+-1", "word<a> other<<=> other<+> other<-> number<1>" },
        { "a@-1", "word<a> other<@-> number<1>" },
        { "a->>'b'", "word<a> other<->>> string<'b'>" },
        { "a => b <> c != d", "word<a> other<=>> word<b> other<<>> word<c> other<!=> word<d>" },
        { "a ?| b", "word<a> other<?|> word<b>" },
        { "((a))", "other<(> other<(> word<a> other<)> other<)>" },
        /* colons */
        { ":name", "var<:name>" },
        { "=:a", "other<=> var<:a>" },
        { ":a1$", "var<:a1> other<$>" },
        { "a::int", "word<a> other<::> word<int>" },
        { ":a::int", "var<:a> other<::> word<int>" },
        { "a := :b", "word<a> other<:=> var<:b>" },
        { ":'a' :\"b\" :1 : a",
          "other<:> string<'a'> other<:> quoted<\"b\"> other<:> number<1> other<:> word<a>" },
        { "x[1:n]", "word<x> other<[> number<1> other<:> word<n> other<]>" },
        { "x[a:n]", "word<x> other<[> word<a> other<:> word<n> other<]>" },
        { "x[:a]", "word<x> other<[> var<:a> other<]>" },
        { "x[:a : :b]", "word<x> other<[> var<:a> other<:> var<:b> other<]>" },
        { "array[:a, :b]", "word<array> other<[> var<:a> other<,> var<:b> other<]>" },
        { "array[case when :a then :b end]",
          "word<array> other<[> word<case> word<when> var<:a> word<then> var<:b> word<end> "
          "other<]>" },
        { "x[(1):n] :c",
          "word<x> other<[> other<(> number<1> other<)> other<:> word<n> other<]> var<:c>" },
        { "[1; :a", "other<[> number<1> semi<;> var<:a>" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        qi_buffer out;
        qi_buffer_init(&out, 4096);
        describe_tokens(cases[i].text, &out);
        assert_string_equal(out.data, cases[i].tokens);
        qi_buffer_free(&out);
    }
}

static void tokens_know_their_place(void **state)
{
    (void)state;
    const char *text = "\xEF\xBB\xBF\xC3\xA9 a\r\n  b\n/*\n\n*/ c\rd";
    static const struct {
        int line;
        int column;
    } expected[] = { { 1, 1 }, { 1, 3 }, { 2, 3 }, { 5, 4 }, { 6, 1 } };
    size_t found = 0;
    qi_lexer lexer;
    qi_lexer_init(&lexer, text, strlen(text));
    for (qi_token t = qi_lexer_next(&lexer); t.kind != QI_TOKEN_END; t = qi_lexer_next(&lexer)) {
        if (t.kind != QI_TOKEN_WORD)
            continue;
        assert_int_equal(t.line, expected[found].line);
        assert_int_equal(t.column, expected[found].column);
        int line = 0;
        int column = 0;
        qi_sql_locate(text, strlen(text), t.start, 1, &line, &column);
        assert_int_equal(line, expected[found].line);
        assert_int_equal(column, expected[found].column);
        found++;
    }
    assert_int_equal(found, 5);
}

static void token_is(void **state)
{
    (void)state;
    qi_lexer lexer;
    const char *text = "Begin\"begin\"\"Begin\" begins";
    qi_lexer_init(&lexer, text, strlen(text));
    assert_true(qi_token_is(text, qi_lexer_next(&lexer), "begin"));
    assert_false(qi_token_is(text, qi_lexer_next(&lexer), "begin")); /* "begin""Begin" */
    qi_lexer_next(&lexer);
    assert_false(qi_token_is(text, qi_lexer_next(&lexer), "begin"));
    text = "\"begin\"";
    qi_lexer_init(&lexer, text, strlen(text));
    assert_true(qi_token_is(text, qi_lexer_next(&lexer), "begin"));
    text = "\"Begin\"";
    qi_lexer_init(&lexer, text, strlen(text));
    assert_false(qi_token_is(text, qi_lexer_next(&lexer), "begin"));
}

static void splits_where_psql_does(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *statements; /* joined by | */
    } cases[] = {
        { "", "" },
        { " ;; -- nothing\n ; /* ; */", "" },
        { "a", "a" },
        { "a;b;", "a|b" },
        { " a -- x;\n b ; /* ; */ c ", "a -- x;\n b|c" },
        { "select ';' ; select $$;$$", "select ';'|select $$;$$" },
        { "rule do (a; b); c", "rule do (a; b)|c" },
        { "a ); b", "a )|b" },
        { "begin; end; case; select 1", "begin|end|case|select 1" },
        { "create function f() begin atomic select 1; select 2; end; x",
          "create function f() begin atomic select 1; select 2; end|x" },
        { "CREATE OR REPLACE PROCEDURE f() BEGIN /**/ ATOMIC select case when a then 1 end; END; x",
          "CREATE OR REPLACE PROCEDURE f() BEGIN /**/ ATOMIC select case when a then 1 end; "
          "END|x" },
        { "create function f() begin atomic select (case when a then 1 end); end; x",
          "create function f() begin atomic select (case when a then 1 end); end|x" },
        { "create function f() begin atomic select 1 as end, t.end, t.case; end; x",
          "create function f() begin atomic select 1 as end, t.end, t.case; end|x" },
        { "create function begin() return case when a then 1 end; x",
          "create function begin() return case when a then 1 end|x" },
        { "create table function (begin int); atomic; x",
          "create table function (begin int)|atomic|x" },
        { "create or function f() begin atomic; x", "create or function f() begin atomic|x" },
        { "create function f() as $$ begin; end $$ language plpgsql; x",
          "create function f() as $$ begin; end $$ language plpgsql|x" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        qi_arena arena = { 0 };
        quire_error err = { 0 };
        const qi_sql_statement *list = NULL;
        size_t count = 0;
        qi_buffer out;
        qi_buffer_init(&out, 4096);
        const char *text = cases[i].text;
        assert_int_equal(qi_sql_split(text, strlen(text), &arena, &list, &count, &err), QUIRE_OK);
        for (size_t s = 0; s < count; s++)
            qi_buffer_printf(&out, "%s%.*s", s ? "|" : "", (int)list[s].length,
                             text + list[s].start);
        assert_string_equal(out.data, cases[i].statements);
        qi_buffer_free(&out);
        qi_arena_free(&arena);
    }
}

static void statements_know_their_place(void **state)
{
    (void)state;
    const char *text = "-- head\nselect 1;\n  \xC3\xA9; select\n2";
    qi_arena arena = { 0 };
    const qi_sql_statement *list = NULL;
    size_t count = 0;
    assert_int_equal(qi_sql_split(text, strlen(text), &arena, &list, &count, NULL), QUIRE_OK);
    assert_int_equal(count, 3);
    assert_int_equal(list[0].line, 2);
    assert_int_equal(list[0].column, 1);
    assert_int_equal(list[1].line, 3);
    assert_int_equal(list[1].column, 3);
    assert_int_equal(list[2].line, 3);
    assert_int_equal(list[2].column, 6);
    qi_arena_free(&arena);
}

static void names_what_has_no_end(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int line;
        int column;
        const char *message;
        const char *hint;
    } cases[] = {
        { "a;\n 'b", 2, 2, "the string that starts here has no end", "Close it with '." },
        { "E'b\\'", 1, 1, "the string that starts here has no end", "Close it with '." },
        { "\"b", 1, 1, "the quoted name that starts here has no end", "Close it with \"." },
        { "U&\"b", 1, 1, "the quoted name that starts here has no end", "Close it with \"." },
        { "\n/*/", 2, 1, "the comment that starts here has no end", "Close it with */." },
        { "a $x$ b;", 1, 3, "the string that starts here has no end", "Close it with $x$." },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        qi_arena arena = { 0 };
        quire_error err = { 0 };
        const qi_sql_statement *list = NULL;
        size_t count = 77;
        const char *text = cases[i].text;
        assert_int_equal(qi_sql_split(text, strlen(text), &arena, &list, &count, &err), QUIRE_SQL);
        assert_int_equal(count, 77);
        assert_string_equal(err.message, cases[i].message);
        assert_string_equal(err.hint, cases[i].hint);
        assert_int_equal(err.line, cases[i].line);
        assert_int_equal(err.line_column, cases[i].column);
        qi_arena_free(&arena);
    }
}

static void locates_positions(void **state)
{
    (void)state;
    /* The second statement starts at byte 4; the server counts its characters, \r too. */
    const char *text = "a;\r\n\xC3\xA9t\xC3\xA9 b\r\n  c\rd";
    static const struct {
        int position;
        int line;
        int column;
    } cases[] = { { 1, 2, 1 },  { 2, 2, 2 }, { 5, 2, 5 },  { 8, 3, 1 },
                  { 10, 3, 3 }, { 0, 2, 1 }, { 12, 4, 1 }, { 99, 4, 2 } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int line = 0;
        int column = 0;
        qi_sql_locate(text, strlen(text), 4, cases[i].position, &line, &column);
        assert_int_equal(line, cases[i].line);
        assert_int_equal(column, cases[i].column);
    }
}

static void collect(void *context, const char *bytes, size_t length)
{
    qi_buffer *out = context;
    for (size_t i = 0; i < length; i++)
        qi_buffer_add_char(out, bytes[i] ? bytes[i] : '|');
}

static void normal_form(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *normal;
    } cases[] = {
        { "", "" },
        { "SELECT\t1 -- x\r\n;", "select|1|;|" },
        { "select/* y */1;", "select|1|;|" },
        { "Select \"A\" 'B' E'\\N' $X$Y$X$", "select|\"A\"|'B'|E'\\N'|$X$Y$X$|" },
        { "$$a\r\nb\rc\n$$", "$$a\nb\nc\n$$|" },
        { "\xEF\xBB\xBF\xC3\x89T", "\xC3\x89t|" },
        { "ab", "ab|" },
        { "a b", "a|b|" },
        { "ABCDEFGHIJABCDEFGHIJABCDEFGHIJABCDEFGHIJABCDEFGHIJABCDEFGHIJABCDEFGHIJ",
          "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij|" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        qi_buffer out;
        qi_buffer_init(&out, 4096);
        qi_sql_normalise(cases[i].text, strlen(cases[i].text), collect, &out);
        assert_string_equal(out.data, cases[i].normal);
        qi_buffer_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tokens_follow_postgresql),
        cmocka_unit_test(tokens_know_their_place),
        cmocka_unit_test(token_is),
        cmocka_unit_test(splits_where_psql_does),
        cmocka_unit_test(statements_know_their_place),
        cmocka_unit_test(names_what_has_no_end),
        cmocka_unit_test(locates_positions),
        cmocka_unit_test(normal_form),
    };
    return cmocka_run_group_tests_name("sql syntax", tests, NULL, NULL);
}
