#include "support/test.h"

#include "base/clock.h"
#include "base/file.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char top[32];

static int setup(void **state)
{
    (void)state;
    snprintf(top, sizeof top, "/tmp/quire-file-XXXXXX");
    return mkdtemp(top) ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    char command[64];
    snprintf(command, sizeof command, "rm -r %s", top);
    return system(command);
}

static const char *in_top(qi_arena *arena, const char *name)
{
    return qi_path_join(arena, top, name);
}

static const char *content(qi_arena *arena, const char *path)
{
    char *text = NULL;
    quire_error err = { 0 };
    assert_ok(qi_file_read(path, 1000, arena, &text, NULL, &err), &err);
    return text;
}

static size_t count_files(qi_arena *arena)
{
    const char *const *names;
    size_t count;
    quire_error err = { 0 };
    assert_ok(qi_directory_list(top, "", arena, &names, &count, &err), &err);
    return count;
}

static void test_write_replaces(void **state)
{
    (void)state;
    qi_arena arena = { 0 };
    quire_error err = { 0 };
    struct stat info;
    const char *path = in_top(&arena, "a.sql");
    umask(022);
    assert_ok(qi_file_write(path, "one", 3, &err), &err);
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 07777, 0644);
    assert_int_equal(chmod(path, 0640), 0);
    assert_ok(qi_file_write(path, "two!", 4, &err), &err);
    assert_string_equal(content(&arena, path), "two!");
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 07777, 0640);

    const char *link = in_top(&arena, "link.sql");
    assert_int_equal(symlink("a.sql", link), 0);
    assert_ok(qi_file_write(link, "three", 5, &err), &err);
    assert_string_equal(content(&arena, path), "three");
    assert_int_equal(lstat(link, &info), 0);
    assert_true(S_ISLNK(info.st_mode));
    assert_int_equal(count_files(&arena), 2);
    qi_arena_free(&arena);
}

static void test_write_fails_whole(void **state)
{
    (void)state;
    qi_arena arena = { 0 };
    quire_error err = { 0 };
    assert_status(QUIRE_IO, qi_file_write(in_top(&arena, "no/x"), "x", 1, &err), &err);
    assert_string_equal(err.file, in_top(&arena, "no/x"));
    assert_status(QUIRE_IO, qi_file_write(top, "x", 1, &err), &err);
    assert_string_equal(err.message, "cannot write: not a regular file");
    assert_status(QUIRE_IO, qi_file_write("/dev/null", "x", 1, &err), &err);
    assert_int_equal(count_files(&arena), 0);
    qi_arena_free(&arena);
}

static void test_read_refuses(void **state)
{
    (void)state;
    qi_arena arena = { 0 };
    quire_error err = { 0 };
    char *text = NULL;
    size_t length = 0;
    const char *path = in_top(&arena, "a");
    assert_ok(qi_file_write(path, "12345", 5, &err), &err);
    assert_ok(qi_file_read(path, 5, &arena, &text, &length, &err), &err);
    assert_int_equal(length, 5);
    assert_status(QUIRE_IO, qi_file_read(path, 4, &arena, &text, &length, &err), &err);
    assert_string_equal(err.message, "file is larger than 4 bytes");
    assert_ok(qi_file_write(path,
                            "12\0"
                            "45",
                            5, &err),
              &err);
    assert_status(QUIRE_IO, qi_file_read(path, 5, &arena, &text, &length, &err), &err);
    assert_string_equal(err.message, "file is not text: it holds a NUL byte");
    assert_string_equal(err.file, path);
    assert_status(QUIRE_IO, qi_file_read(top, 5, &arena, &text, &length, &err), &err);
    assert_string_equal(err.message, "cannot read: Is a directory");
    assert_status(QUIRE_IO, qi_file_read(in_top(&arena, "b"), 5, &arena, &text, &length, &err),
                  &err);
    assert_string_equal(text, "12345");
    qi_arena_free(&arena);
}

static void test_directories(void **state)
{
    (void)state;
    qi_arena arena = { 0 };
    quire_error err = { 0 };
    const char *deep = in_top(&arena, "a//b/c/");
    assert_ok(qi_directory_make(deep, &err), &err);
    assert_ok(qi_directory_make(deep, &err), &err);
    const char *names[] = { "a/10.sql", "a/2.sql", "a/.#2.sql", "a/note.txt", "a/sql" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_ok(qi_file_write(in_top(&arena, names[i]), "", 0, &err), &err);
    assert_status(QUIRE_IO, qi_directory_make(in_top(&arena, "a/note.txt/x"), &err), &err);
    assert_status(QUIRE_IO, qi_directory_make(in_top(&arena, "a/note.txt"), &err), &err);

    const char *const *list;
    size_t count;
    assert_ok(qi_directory_list(in_top(&arena, "a"), ".sql", &arena, &list, &count, &err), &err);
    assert_int_equal(count, 2);
    assert_string_equal(list[0], "10.sql");
    assert_string_equal(list[1], "2.sql");
    assert_ok(qi_directory_list(in_top(&arena, "none"), ".sql", &arena, &list, &count, &err), &err);
    assert_int_equal(count, 0);

    const char *found;
    assert_ok(qi_file_find_upwards(deep, "2.sql", &arena, &found, &err), &err);
    assert_string_equal(found, in_top(&arena, "a"));
    assert_ok(qi_file_find_upwards(deep, "no such file", &arena, &found, &err), &err);
    assert_null(found);
    qi_arena_free(&arena);
}

static void test_join(void **state)
{
    (void)state;
    qi_arena arena = { 0 };
    assert_string_equal(qi_path_join(&arena, "a", "b"), "a/b");
    assert_string_equal(qi_path_join(&arena, "a/", "b"), "a/b");
    assert_string_equal(qi_path_join(&arena, "/", "b"), "/b");
    assert_string_equal(qi_path_join(&arena, "a", "/b"), "/b");
    assert_string_equal(qi_path_join(&arena, ".", "b"), "b");
    assert_string_equal(qi_path_join(&arena, NULL, "b"), "b");
    qi_arena_free(&arena);
}

static void test_clock(void **state)
{
    (void)state;
    int64_t start = qi_clock_us();
    qi_sleep_ms(-1);
    qi_sleep_ms(15);
    assert_true(qi_clock_us() - start >= 15000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_write_replaces, setup, teardown),
        cmocka_unit_test_setup_teardown(test_write_fails_whole, setup, teardown),
        cmocka_unit_test_setup_teardown(test_read_refuses, setup, teardown),
        cmocka_unit_test_setup_teardown(test_directories, setup, teardown),
        cmocka_unit_test(test_join),
        cmocka_unit_test(test_clock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
