/* The parser of query files: what it reads, and where it says that something is wrong. */
#include "support/test.h"

#include "base/arena.h"
#include "codegen/query_file.h"
#include "codegen/writes.h"

#include <string.h>

#define PATH "books.sql"

/* A file that parses. */
static const qi_query_file *parse(qi_arena *arena, const char *text)
{
    static qi_query_file file;
    quire_error err = { 0 };
    assert_ok(qi_query_file_parse(PATH, text, strlen(text), arena, &file, &err), &err);
    return &file;
}

static void assert_piece(const qi_query_file *file, size_t query, size_t at, const char *text,
                         bool breaks, int param, int condition)
{
    assert_true(at < file->queries[query].piece_count);
    const qi_query_piece *piece = &file->queries[query].pieces[at];
    assert_int_equal(piece->length, strlen(text));
    assert_memory_equal(file->text + piece->start, text, piece->length);
    assert_int_equal(piece->breaks, breaks);
    assert_int_equal(piece->param, param);
    assert_int_equal(piece->condition, condition);
}

static void annotations(void **state)
{
    (void)state;
    qi_arena arena = { 0 };
    const qi_query_file *file = parse(&arena, "-- A file.\n"
                                              "\n"
                                              "-- name: find :many\n"
                                              "-- First line.\n"
                                              "--\n"
                                              "-- Third line.\n"
                                              "select 1 -- not this one\n"
                                              ";\n"
                                              "/* name: GetOne :one */ select 2;\n"
                                              "  --   name:  a_2   :execrows  \n"
                                              "delete from b");
    assert_int_equal(file->query_count, 3);
    assert_string_equal(file->queries[0].name, "find");
    assert_string_equal(file->queries[0].comment, "First line.\n\nThird line.");
    assert_int_equal(file->queries[0].kind, QI_QUERY_MANY);
    assert_int_equal(file->queries[0].at.line, 3);
    assert_int_equal(file->queries[0].at.column, 10);
    assert_int_equal(file->queries[0].piece_count, 1);
    assert_piece(file, 0, 0, "select 1", false, QI_QUERY_NONE, QI_QUERY_NONE);
    assert_string_equal(file->queries[1].name, "GetOne");
    assert_int_equal(file->queries[1].kind, QI_QUERY_ONE);
    assert_null(file->queries[1].comment);
    assert_int_equal(file->queries[2].kind, QI_QUERY_ROWS);
    assert_piece(file, 2, 0, "delete from b", false, QI_QUERY_NONE, QI_QUERY_NONE);
    qi_arena_free(&arena);
}

static void empty_files(void **state)
{
    (void)state;
    qi_arena arena = { 0 };
    assert_int_equal(parse(&arena, "")->query_count, 0);
    assert_int_equal(parse(&arena, "-- Nothing here.\n/* nor here */\n")->query_count, 0);
    qi_arena_free(&arena);
}

static void parameters(void **state)
{
    (void)state;
    qi_arena arena = { 0 };
    const qi_query_file *file =
        parse(&arena, "-- name: q :many\n"
                      "select ':no', a::text, $$ :no $$, \":no\", b[1:2] -- :no\n"
                      "where a = :one and b = @two and c = sqlc.arg('three')\n"
                      "\n"
                      "  and d = sqlc.narg(four) and e = $5 and f = :one");
    const qi_query *q = &file->queries[0];
    const char *const names[] = { "one", "two", "three", "four", "arg5" };
    assert_int_equal(q->param_count, 5);
    for (size_t i = 0; i < 5; i++) {
        assert_string_equal(q->params[i].name, names[i]);
        assert_int_equal(q->params[i].nullable, i == 3);
        assert_false(q->params[i].optional);
    }
    assert_int_equal(q->params[0].at.line, 3);
    assert_int_equal(q->params[0].at.column, 11);
    assert_int_equal(q->piece_count, 7);
    assert_piece(file, 0, 0, "select ':no', a::text, $$ :no $$, \":no\", b[1:2]", false,
                 QI_QUERY_NONE, QI_QUERY_NONE);
    assert_piece(file, 0, 1, "where a = ", true, 0, QI_QUERY_NONE);
    assert_piece(file, 0, 4, "  and d = ", true, 3, QI_QUERY_NONE);
    assert_piece(file, 0, 6, " and f = ", false, 0, QI_QUERY_NONE);
    qi_arena_free(&arena);
}

static void optional_lines(void **state)
{
    (void)state;
    qi_arena arena = { 0 };
    const qi_query_file *file = parse(&arena, "-- name: q :many\n"
                                              "select * from b where true\n"
                                              "  and x = :x --?\n"
                                              "  and y between :low and :high   --?   \n"
                                              "  and z = :x || 'a\n"
                                              "--? no mark' --?\n"
                                              "limit :limit; --?\n");
    const qi_query *q = &file->queries[0];
    assert_int_equal(q->param_count, 4);
    assert_int_equal(q->condition_count, 3);
    assert_int_equal(q->choice_count, 0);
    for (size_t i = 0; i < 4; i++)
        assert_true(q->params[i].optional);
    assert_int_equal(q->conditions[0].param_count, 1);
    assert_int_equal(q->conditions[1].param_count, 2);
    assert_int_equal(q->conditions[1].params[0], 1);
    assert_int_equal(q->conditions[1].params[1], 2);
    assert_piece(file, 0, 0, "select * from b where true", false, QI_QUERY_NONE, QI_QUERY_NONE);
    assert_piece(file, 0, 1, "  and x = ", true, 0, 0);
    assert_piece(file, 0, 3, " and ", false, 2, 1);
    assert_piece(file, 0, 4, "  and z = ", true, 0, 0);
    assert_piece(file, 0, 5, " || 'a\n--? no mark'", false, QI_QUERY_NONE, 0);
    assert_piece(file, 0, 6, "limit ", true, 3, 2);
    qi_arena_free(&arena);
}

static void choices(void **state)
{
    (void)state;
    qi_arena arena = { 0 };
    const qi_query_file *file = parse(&arena, "-- name: q :many\n"
                                              "select * from b order by\n"
                                              "  r desc, --? sort = top\n"
                                              "  id      --? sort=top\n"
                                              "  title   --? sort = title\n"
                                              "limit 3   --? size = small\n");
    const qi_query *q = &file->queries[0];
    assert_int_equal(q->choice_count, 2);
    assert_string_equal(q->choices[0].name, "sort");
    assert_int_equal(q->choices[0].value_count, 2);
    assert_string_equal(q->choices[0].values[0], "top");
    assert_string_equal(q->choices[0].values[1], "title");
    assert_string_equal(q->choices[1].values[0], "small");
    assert_int_equal(q->condition_count, 3);
    assert_int_equal(q->conditions[1].choice, 0);
    assert_int_equal(q->conditions[1].value, 1);
    assert_piece(file, 0, 2, "  id", true, QI_QUERY_NONE, 0);
    assert_piece(file, 0, 3, "  title", true, QI_QUERY_NONE, 1);
    qi_arena_free(&arena);
}

/* Every line that a failure names is counted from the first of `text`. */
static void failures(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int line;
        int column;
        const char *message;
    } cases[] = {
        { "select 1;", 1, 1, "SQL that belongs to no query" },
        { "-- name:", 1, 9, "expected a query's name" },
        { "-- name: 1st :one\nselect 1", 1, 10, "expected a query's name" },
        { "-- name: a\nselect 1", 1, 11, "its kind is missing" },
        { "-- name: a one\nselect 1", 1, 12, "its kind is missing" },
        { "-- name: a :ones\nselect 1", 1, 12, "there is no kind :ones" },
        { "-- name: a :each\nselect 1", 1, 12, "does not know the kind :each yet" },
        { "-- name: a :copyfrom\nselect 1", 1, 12, "does not know the kind :copyfrom yet" },
        { "-- name: a :one", 1, 10, "query a has no SQL" },
        { "-- name: a :one\n;\n", 1, 10, "query a has no SQL" },
        { "-- name: a :one\nselect 1; select 2", 2, 11, "only one statement" },
        { "-- name: a :one\nselect 1;\n\nselect 2", 4, 1, "only one statement" },
        { "-- name: a :one\nselect 'ä\n", 2, 8, "has no end" },
        { "-- name: a :one\nselect 1\n-- name: a :one\nselect 1", 3, 10, "already, in line 1" },
        { "-- name: a :one\n--? x = y\nselect 1", 2, 1, "--? stands behind SQL" },
        { "-- name: a :one\nselect 1 --?", 2, 10, "an optional line needs a parameter" },
        { "-- name: a :one\nselect 1\n  --?", 3, 3, "no SQL on this --? line" },
        { "-- name: a :one\nselect 1 --? x", 2, 10, "cannot read this --? mark" },
        { "-- name: a :one\nselect 1 --? x =", 2, 10, "cannot read this --? mark" },
        { "-- name: a :one\nselect 1 --? x = y z", 2, 10, "cannot read this --? mark" },
        { "-- name: a :one\nselect :x\n, :x --?", 3, 3, "line 2 always needs it" },
        { "-- name: a :one\nselect 'ä' -- ü\n, :x --?\n, :x", 3, 3, "line 4 always needs it" },
        { "-- name: a :one\nselect sqlc.embed(b)", 2, 8, "sqlc.embed() yet" },
        { "-- name: a :one\nselect sqlc.arg(1)", 2, 8, "expected a name" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        qi_arena arena = { 0 };
        qi_query_file file;
        quire_error err = { 0 };
        quire_status status =
            qi_query_file_parse(PATH, cases[i].text, strlen(cases[i].text), &arena, &file, &err);
        if (status != QUIRE_SQL || err.line != cases[i].line ||
            err.line_column != cases[i].column || !strstr(err.message, cases[i].message) ||
            strcmp(err.file, PATH) != 0)
            fail_msg("%s\ngave %s:%d:%d: %s", cases[i].text, err.file, err.line, err.line_column,
                     err.message);
        qi_arena_free(&arena);
    }
}

static void writing(void **state)
{
    (void)state;
    static const struct {
        const char *sql;
        bool writes;
    } cases[] = {
        { "select * from b where x in (select count(*) from c)", false },
        { "SELECT Coalesce(max(x), 0) FROM b", false },
        { "(select 1) union (values (2))", false },
        { "with a as (select 1) select * from a", false },
        { "with a as (insert into b default values returning *) select * from a", true },
        { "select * from b for update", true },
        { "select 1 into c", true },
        { "select nextval('s')", true },
        { "select mine(1)", true },
        { "select \"count\"(*) from b", true },
        { "update b set x = 1", true },
        { "notify x", true },
        { "-- select\ncall mine()", true },
        { "", true },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (qi_gen_writes(cases[i].sql, strlen(cases[i].sql)) != cases[i].writes)
            fail_msg("%s %s", cases[i].sql, cases[i].writes ? "writes" : "only reads");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(annotations), cmocka_unit_test(empty_files),
        cmocka_unit_test(parameters),  cmocka_unit_test(optional_lines),
        cmocka_unit_test(choices),     cmocka_unit_test(failures),
        cmocka_unit_test(writing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
