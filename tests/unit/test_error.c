#include "support/test.h"

#include "base/error.h"

#include <stdlib.h>
#include <string.h>

static void test_fail_overwrites_the_whole_error(void **state)
{
    (void)state;
    quire_error err = { 0 };
    assert_int_equal(qi_fail(&err, QUIRE_SQL, "first %d", 1), QUIRE_SQL);
    qi_detail(&err, "a detail");
    qi_hint(&err, "a hint");
    qi_locate(&err, "a.sql", 3, 4);
    assert_int_equal(qi_fail(&err, QUIRE_IO, "second"), QUIRE_IO);
    assert_int_equal(err.status, QUIRE_IO);
    assert_string_equal(err.message, "second");
    assert_string_equal(err.detail, "");
    assert_string_equal(err.hint, "");
    assert_string_equal(err.file, "");
    assert_int_equal(err.line, 0);
}

static void test_fail_may_quote_the_error_itself(void **state)
{
    (void)state;
    quire_error err = { 0 };
    qi_fail(&err, QUIRE_SQL, "inner");
    qi_fail(&err, QUIRE_CONFIG, "outer: %s", err.message);
    assert_string_equal(err.message, "outer: inner");
}

static void test_null_error_tells_the_status(void **state)
{
    (void)state;
    assert_int_equal(qi_fail(NULL, QUIRE_DATA, "nobody listens"), QUIRE_DATA);
    assert_int_equal(qi_fail_memory(NULL), QUIRE_MEMORY);
    qi_detail(NULL, "x");
    qi_hint(NULL, "x");
    qi_locate(NULL, "x", 1, 1);
    quire_error_clear(NULL);
    quire_error_print(NULL, stderr);
}

/* A text that is cut ends with a whole character, wherever the cut falls in a four-byte one. */
static void test_cut_at_a_whole_character(void **state)
{
    (void)state;
    for (int lead = 0; lead < 4; lead++) {
        char text[1024] = "aaaa";
        for (size_t at = (size_t)lead; at < 600; at += 4)
            memcpy(text + at, "\xF0\x9F\x93\x96", 5);
        quire_error err = { 0 };
        qi_fail(&err, QUIRE_SQL, "%s", text);
        size_t length = strlen(err.message);
        assert_in_range(length, sizeof err.message - 4, sizeof err.message - 1);
        assert_int_equal((length - (size_t)lead) % 4, 0);
        char field[64];
        qi_copy_text(field, sizeof field, text);
        assert_int_equal((strlen(field) - (size_t)lead) % 4, 0);
    }
}

static char *printed(const quire_error *err)
{
    char *text = NULL;
    size_t length;
    FILE *stream = open_memstream(&text, &length);
    assert_non_null(stream);
    quire_error_print(err, stream);
    fclose(stream);
    return text;
}

static void test_print(void **state)
{
    (void)state;
    quire_error err = { 0 };
    qi_fail(&err, QUIRE_SQL, "syntax error at or near \"tabel\"");
    qi_locate(&err, "db/schema.sql", 12, 8);
    QI_COPY(err.sqlstate, "42601");
    qi_detail(&err, "More.");
    qi_hint(&err, "Do this.");
    char *text = printed(&err);
    assert_string_equal(text,
                        "db/schema.sql:12:8: syntax error at or near \"tabel\" (SQLSTATE 42601)\n"
                        "detail: More.\n"
                        "hint: Do this.\n");
    free(text);

    quire_error none = { 0 };
    text = printed(&none);
    assert_string_equal(text, "");
    free(text);
}

static void test_errno_names_the_file(void **state)
{
    (void)state;
    quire_error err = { 0 };
    assert_int_equal(qi_fail_errno(&err, 2, "open", "no/such"), QUIRE_IO);
    assert_string_equal(err.message, "cannot open: No such file or directory");
    assert_string_equal(err.file, "no/such");
}

static void test_status_names(void **state)
{
    (void)state;
    for (int i = 0; i <= QUIRE_INTERNAL; i++)
        for (int j = 0; j < i; j++)
            assert_string_not_equal(quire_status_name((quire_status)i),
                                    quire_status_name((quire_status)j));
    assert_string_equal(quire_status_name(QUIRE_NO_ROW), "no_row");
    assert_string_equal(quire_status_name(QUIRE_INTERNAL), "internal");
    assert_string_equal(quire_status_name((quire_status)99), "unknown");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fail_overwrites_the_whole_error),
        cmocka_unit_test(test_fail_may_quote_the_error_itself),
        cmocka_unit_test(test_null_error_tells_the_status),
        cmocka_unit_test(test_cut_at_a_whole_character),
        cmocka_unit_test(test_print),
        cmocka_unit_test(test_errno_names_the_file),
        cmocka_unit_test(test_status_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
