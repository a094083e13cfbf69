/* C names from SQL names. */
#include "support/test.h"

#include "base/arena.h"
#include "codegen/names.h"

#include <string.h>

static void words(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        { "title", "title" },
        { "created_at", "created_at" },
        { "createdAt", "created_at" },
        { "Created At", "created_at" },
        { "HTTPServer", "http_server" },
        { "userID", "user_id" },
        { "ID", "id" },
        { "START", "start" },
        { "a--b__c", "a_b_c" },
        { "_x_", "x" },
        { "2fa", "2fa" },
        { "x1Y", "x1_y" },
        { "größe", "gru00f6u00dfe" },
        { "+", "u002b" },
        { "?column?", "column" },
        { "", "" },
    };
    qi_arena arena = { 0 };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(qi_gen_words(&arena, cases[i][0]), cases[i][1]);
    assert_string_equal(qi_gen_upper(&arena, "very sad"), "VERY_SAD");
    qi_arena_free(&arena);
}

static void members(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        { "class", "class_" },    { "NULL", "null" }, { "errno", "errno_" },
        { "unix", "unix_" },      { "2fa", "n2fa" },  { "auto", "auto_" },
        { "xor_eq", "xor_eq_" },  { "o", "o" },       { "auto ", "auto_" },
        { "classes", "classes" },
    };
    qi_arena arena = { 0 };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool clashed;
        const char *name = qi_gen_member(&arena, cases[i][0], &clashed);
        assert_string_equal(name, cases[i][1]);
        assert_int_equal(clashed, name[strlen(name) - 1] == '_');
    }
    qi_arena_free(&arena);
}

static void singulars(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        { "books", "book" },
        { "user_books", "user_book" },
        { "categories", "category" },
        { "boxes", "box" },
        { "addresses", "address" },
        { "statuses", "status" },
        { "people", "person" },
        { "series", "series" },
        { "status", "status" },
        { "news", "news" },
        { "classes", "class" },
        { "branches", "branch" },
        { "movies", "movie" },
        { "data", "data" },
        { "sales_people", "sales_person" },
        { "heroes", "hero" },
        { "houses", "house" },
        { "analyses", "analysis" },
        { "product_meta", "product_meta" },
        { "campus", "campus" },
        { "shelves", "shelf" },
        { "s", "s" },
        { "address", "address" },
    };
    qi_arena arena = { 0 };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(qi_gen_singular(&arena, cases[i][0]), cases[i][1]);
    qi_arena_free(&arena);
}

static void scopes(void **state)
{
    (void)state;
    qi_arena arena = { 0 };
    qi_gen_scope scope = { 0 };
    quire_error err = { 0 };
    for (int i = 0; i < 1000; i++)
        assert_ok(
            qi_gen_claim(&scope, &arena, qi_arena_printf(&arena, "name_%d", i), "a loop", &err),
            &err);
    assert_string_equal(qi_gen_claimed(&scope, "name_999"), "a loop");
    assert_null(qi_gen_claimed(&scope, "name_1000"));
    assert_status(QUIRE_SQL, qi_gen_claim(&scope, &arena, "name_7", "the test", &err), &err);
    assert_string_equal(err.message, "a loop and the test are both named name_7 in C");
    qi_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words),
        cmocka_unit_test(members),
        cmocka_unit_test(singulars),
        cmocka_unit_test(scopes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
