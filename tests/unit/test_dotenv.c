#include "support/test.h"

#include "base/dotenv.h"
#include "base/file.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What a text comes to: "A=1;B=2;", or "line:column message". */
static const char *read_env(const char *text, qi_arena *arena)
{
    qi_environment env;
    quire_error err = { 0 };
    if (qi_dotenv_parse(text, "d/.env", arena, &env, &err) != QUIRE_OK) {
        assert_int_equal(err.status, QUIRE_CONFIG);
        assert_string_equal(err.file, "d/.env");
        return qi_arena_printf(arena, "%d:%d", err.line, err.line_column);
    }
    const char *all = "";
    for (size_t i = 0; i < env.count; i++)
        all = qi_arena_printf(arena, "%s%s=%s;", all, env.entries[i].name, env.entries[i].value);
    return all;
}

static const struct {
    const char *text;
    const char *expected;
} good[] = {
    { "", "" },
    { "\n\r\n  \n# only a comment", "" },
    { "A=1", "A=1;" },
    { "A=1\nB=2\n", "A=1;B=2;" },
    { "A=1\r\nB=2\r\n", "A=1;B=2;" },
    { "\xEF\xBB\xBF"
      "A=1",
      "A=1;" },
    { "  export  A = 1  \n", "A=1;" },
    { "export=1", "export=1;" },
    { "exported=1", "exported=1;" },
    { "A=", "A=;" },
    { "A= # none", "A=;" },
    { "A=x # comment", "A=x;" },
    { "A=x\t# comment", "A=x;" },
    { "URL=postgres://u:p#w%23@h/db?a=b", "URL=postgres://u:p#w%23@h/db?a=b;" },
    { "A=#not a comment", "A=#not a comment;" },
    { "A=it's", "A=it's;" },
    { "A='a # b' # c", "A=a # b;" },
    { "A='a\\n$b'", "A=a\\n$b;" },
    { "A=\"a\\n\\t\\\"\\\\\\$b\"", "A=a\n\t\"\\$b;" },
    { "A=\"one\r\ntwo\"\nB=1", "A=one\ntwo;B=1;" },
    { "A='one\ntwo'\nB=1", "A=one\ntwo;B=1;" },
    { "A=\"\"", "A=;" },
    { "A=$B ${C} `d`", "A=$B ${C} `d`;" },
    { "A=\xC3\xA4", "A=\xC3\xA4;" },
    { "_a1=x", "_a1=x;" },
    { "A=a\rb", "A=a\rb;" },
};

static void test_good(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        qi_arena arena = { 0 };
        assert_string_equal(read_env(good[i].text, &arena), good[i].expected);
        qi_arena_free(&arena);
    }
}

static const struct {
    const char *text;
    const char *place;
} bad[] = {
    { "A", "1:2" },
    { "\n  A b=c", "2:5" },
    { "=x", "1:1" },
    { "1A=x", "1:1" },
    { "A-B=x", "1:2" },
    { "export", "1:7" },
    { "export =x", "1:8" },
    { "A=1\n\xC3\xA4=1", "2:1" },
    { "A=\"\xC3\xA4\" x", "1:7" },
    { "A=1\nB=\"never\nclosed", "2:3" },
    { "A='never closed\n\n", "1:3" },
    { "A=\"a\nb\\q\"", "2:2" },
    { "A=\"\\", "1:3" },
    { "A=\"a\"b", "1:6" },
    { "A=\"a\"#b", "1:6" },
    { "postgres://u:secret@h/db", "1:9" },
};

/* The place is told, the line is not: it may be a password that lost its name. */
static void test_bad(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        qi_arena arena = { 0 };
        assert_string_equal(read_env(bad[i].text, &arena), bad[i].place);
        qi_environment env = { .count = 77 };
        quire_error err = { 0 };
        assert_status(QUIRE_CONFIG,
                      qi_dotenv_parse("A=1\nhunter2 hunter2", ".env", &arena, &env, &err), &err);
        assert_null(strstr(err.message, "hunter2"));
        assert_string_equal(err.detail, "");
        assert_int_equal(env.count, 77);
        qi_arena_free(&arena);
    }
}

static void test_lookup(void **state)
{
    (void)state;
    qi_arena arena = { 0 };
    qi_environment env;
    quire_source source;
    assert_int_equal(qi_dotenv_parse("QT_A=1\nQT_B=2\nQT_A=3\nQT_C=\n", ".env", &arena, &env, NULL),
                     QUIRE_OK);
    unsetenv("QT_A");
    assert_string_equal(qi_environment_get(&env, "QT_A", &source), "3");
    assert_int_equal(source, QUIRE_FROM_DOTENV);
    setenv("QT_A", "from outside", 1);
    assert_string_equal(qi_environment_get(&env, "QT_A", &source), "from outside");
    assert_int_equal(source, QUIRE_FROM_ENVIRONMENT);
    setenv("QT_A", "", 1); /* empty counts as not set */
    assert_string_equal(qi_environment_get(&env, "QT_A", &source), "3");
    assert_null(qi_environment_get(&env, "QT_C", &source));
    assert_int_equal(source, QUIRE_FROM_NOWHERE);
    assert_null(qi_environment_get(&env, "QT_NONE", NULL));
    unsetenv("QT_A");
    qi_arena_free(&arena);
}

/* A directory named .env (Python's virtual environments) is passed over on the way up. */
static void test_found_upwards(void **state)
{
    (void)state;
    char top[] = "/tmp/quire-dotenv-XXXXXX";
    assert_non_null(mkdtemp(top));
    qi_arena arena = { 0 };
    quire_error err = { 0 };
    const char *below = qi_path_join(&arena, top, "a/b");
    const char *odd = qi_path_join(&arena, below, ".env");
    const char *file = qi_path_join(&arena, top, ".env");
    assert_ok(qi_directory_make(odd, &err), &err);
    assert_ok(qi_file_write(file, "QT_X=1\n", 7, &err), &err);
    qi_environment env;
    assert_ok(qi_environment_load(below, &arena, &env, &err), &err);
    assert_string_equal(env.dotenv, file);
    assert_string_equal(qi_environment_get(&env, "QT_X", NULL), "1");
    assert_ok(qi_file_write(file, "QT_X", 4, &err), &err);
    assert_status(QUIRE_CONFIG, qi_environment_load(below, &arena, &env, &err), &err);
    assert_string_equal(err.file, file);
    unlink(file);
    rmdir(odd);
    rmdir(below);
    rmdir(qi_path_join(&arena, top, "a"));
    assert_int_equal(rmdir(top), 0);
    qi_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),
        cmocka_unit_test(test_bad),
        cmocka_unit_test(test_lookup),
        cmocka_unit_test(test_found_upwards),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
