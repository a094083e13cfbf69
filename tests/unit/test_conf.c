#include "support/test.h"

#include "base/conf.h"
#include "base/file.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void test_defaults(void **state)
{
    (void)state;
    qi_arena arena = { 0 };
    qi_conf conf;
    quire_error err = { 0 };
    assert_ok(qi_conf_parse("", NULL, "/project", &arena, &conf, &err), &err);
    assert_null(conf.file);
    assert_string_equal(conf.root, "/project");
    assert_string_equal(conf.name, "app");
    assert_string_equal(conf.prefix, "app");
    assert_string_equal(conf.schema, "/project/db/schema.sql");
    assert_string_equal(conf.queries, "/project/db/queries");
    assert_string_equal(conf.migrations, "/project/db/migrations");
    assert_string_equal(conf.seed, "/project/db/seed.sql");
    assert_string_equal(conf.generated, "/project/src");
    assert_string_equal(conf.deleted_at, "deleted_at");
    assert_string_equal(conf.updated_at, "updated_at");
    assert_int_equal(conf.singular_count + conf.skip_count, 0);
    qi_arena_free(&arena);
}

static void test_everything(void **state)
{
    (void)state;
    const char *text = "\xEF\xBB\xBF; the project\r\n"
                       "[project]\r\n"
                       "name = book-shelf ; a comment\r\n"
                       "prefix = shelf\n"
                       "[paths] # where\n"
                       "  schema = /abs/schema.sql\n"
                       "\tgenerated: out\n"
                       "[columns]\n"
                       "deleted_at =\n"
                       "updated_at = changed_at\n"
                       "[singular]\n"
                       "user_books = shelf_entry\n"
                       "mice = mouse\n"
                       "[skip]\n"
                       "public.books.search_vector = yes\n"
                       "[paths]\n"
                       "seed = my seed.sql\n";
    qi_arena arena = { 0 };
    qi_conf conf;
    quire_error err = { 0 };
    assert_ok(qi_conf_parse(text, "quire.conf", "/p", &arena, &conf, &err), &err);
    assert_string_equal(conf.name, "book-shelf");
    assert_string_equal(conf.prefix, "shelf");
    assert_string_equal(conf.schema, "/abs/schema.sql");
    assert_string_equal(conf.generated, "/p/out");
    assert_string_equal(conf.seed, "/p/my seed.sql");
    assert_null(conf.deleted_at);
    assert_string_equal(conf.updated_at, "changed_at");
    assert_int_equal(conf.singular_count, 2);
    assert_string_equal(conf.singular[0].key, "user_books");
    assert_string_equal(conf.singular[0].value, "shelf_entry");
    assert_int_equal(conf.singular[0].line, 12);
    assert_string_equal(conf.singular[1].key, "mice");
    assert_int_equal(conf.skip_count, 1);
    assert_string_equal(conf.skip[0].key, "public.books.search_vector");
    qi_arena_free(&arena);
}

static const struct {
    const char *text;
    int line;
    const char *message;
} bad[] = {
    { "[projekt]\n", 1, "unknown section [projekt]" },
    { "\n[project]\nnaem = x\n", 3, "unknown key \"naem\"" },
    { "[project]\nschema = x\n", 2, "unknown key \"schema\"" },
    { "name = x\n", 1, "key \"name\" stands before the first section" },
    { "[project]\nname = a\nname = b\n", 3, "key \"name\" is set twice" },
    { "[project]\nname = a\n[paths]\n[project]\nname = a\n", 5, "key \"name\" is set twice" },
    { "[project]\nname\n", 2, "line is neither a [section] nor key = value" },
    { "[project]\nname\n[nope]\n", 2, "line is neither a [section] nor key = value" },
    { "[project]\nname =\n", 2, "key \"name\" has no value" },
    { "[paths]\nschema = ; later\n", 2, "key \"schema\" has no value" },
    { "[project\n", 1, "missing ] behind the section's name" },
    { "[project] name = x\n", 1, "unexpected text behind the section's name" },
    { "[project]\n= x\n", 2, "a key is missing before the =" },
    { "[project]\nname = a b\n", 2, "value of \"name\" cannot be used" },
    { "[project]\nname = 1a\n", 2, "value of \"name\" cannot be used" },
    { "[project]\nname = template1\n", 2, "value of \"name\" cannot be used" },
    { "[project]\nname = my-app\n", 2, "prefix is not set, and the name cannot stand for it" },
    { "[project]\nprefix = int\n", 2, "value of \"prefix\" cannot be used" },
    { "[project]\nprefix = nullptr\n", 2, "value of \"prefix\" cannot be used" },
    { "[project]\nprefix = _a\n", 2, "value of \"prefix\" cannot be used" },
    { "[project]\nprefix = a__b\n", 2, "value of \"prefix\" cannot be used" },
    { "[project]\nprefix = a_\n", 2, "value of \"prefix\" cannot be used" },
    { "[project]\nprefix = 9a\n", 2, "value of \"prefix\" cannot be used" },
    { "[project]\nprefix = a-b\n", 2, "value of \"prefix\" cannot be used" },
    { "[project]\nprefix = \xC3\xA4\n", 2, "value of \"prefix\" cannot be used" },
    { "[project]\nprefix = quire_x\n", 2, "value of \"prefix\" cannot be used" },
    { "[singular]\na = b\na = c\n", 3, "key \"a\" is set twice" },
    { "[singular]\na =\n", 2, "key \"a\" has no value" },
    { "[singular]\na = b c\n", 2, "setting of \"a\" cannot be used" },
    { "[skip]\nbooks = yes\n", 2, "setting of \"books\" cannot be used" },
    { "[skip]\n.books = yes\n", 2, "setting of \".books\" cannot be used" },
    { "[skip]\na.b.c.d = yes\n", 2, "setting of \"a.b.c.d\" cannot be used" },
    { "[skip]\na.b = no\n", 2, "setting of \"a.b\" cannot be used" },
};

static void test_bad(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        qi_arena arena = { 0 };
        qi_conf conf = { .name = "untouched" };
        quire_error err = { 0 };
        assert_status(QUIRE_CONFIG,
                      qi_conf_parse(bad[i].text, "quire.conf", "/p", &arena, &conf, &err), &err);
        assert_string_equal(err.message, bad[i].message);
        assert_int_equal(err.line, bad[i].line);
        assert_string_equal(err.file, "quire.conf");
        assert_string_equal(conf.name, "untouched");
        qi_arena_free(&arena);
    }
}

static void test_long_lines(void **state)
{
    (void)state;
    char text[1000] = "[project]\n; ";
    memset(text + strlen(text), 'x', 600);
    qi_arena arena = { 0 };
    qi_conf conf;
    quire_error err = { 0 };
    assert_ok(qi_conf_parse(text, "quire.conf", "/p", &arena, &conf, &err), &err);
    text[strlen("[project]\n")] = 'a';
    assert_status(QUIRE_CONFIG, qi_conf_parse(text, "quire.conf", "/p", &arena, &conf, &err), &err);
    assert_string_equal(err.message, "line is too long");
    assert_int_equal(err.line, 2);
    qi_arena_free(&arena);
}

static void test_load(void **state)
{
    (void)state;
    char top[] = "/tmp/quire-conf-XXXXXX";
    assert_non_null(mkdtemp(top));
    qi_arena arena = { 0 };
    quire_error err = { 0 };
    qi_conf conf;
    const char *below = qi_path_join(&arena, top, "below");
    const char *file = qi_path_join(&arena, top, "quire.conf");
    assert_ok(qi_directory_make(below, &err), &err);
    assert_ok(qi_file_write(file, "[project]\nname = x\n", 19, &err), &err);
    assert_ok(qi_conf_load(below, &arena, &conf, &err), &err);
    assert_string_equal(conf.file, file);
    assert_string_equal(conf.root, top);
    assert_string_equal(conf.generated, qi_path_join(&arena, top, "src"));
    assert_status(QUIRE_IO, qi_conf_load("/no/such/place", &arena, &conf, &err), &err);
    unlink(file);
    rmdir(below);
    assert_int_equal(rmdir(top), 0);
    qi_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_defaults), cmocka_unit_test(test_everything),
        cmocka_unit_test(test_bad),      cmocka_unit_test(test_long_lines),
        cmocka_unit_test(test_load),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
