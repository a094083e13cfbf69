#include "support/test.h"

#include "base/arena.h"
#include "base/buffer.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static void test_arena_keeps_what_it_gave(void **state)
{
    (void)state;
    qi_arena arena = { 0 };
    unsigned char *blocks[300];
    for (size_t i = 0; i < 300; i++) {
        size_t size = i * 37 % 2000;
        blocks[i] = qi_arena_alloc(&arena, size);
        assert_non_null(blocks[i]);
        assert_int_equal((uintptr_t)blocks[i] % _Alignof(max_align_t), 0);
        memset(blocks[i], (int)(i & 0xFF), size);
        assert_non_null(qi_arena_bytes(&arena, 3)); /* the next one is aligned again */
    }
    for (size_t i = 0; i < 300; i++) {
        for (size_t j = 0; j < i * 37 % 2000; j++)
            assert_int_equal(blocks[i][j], i & 0xFF);
    }
    qi_arena_free(&arena);
}

static void test_arena_texts(void **state)
{
    (void)state;
    qi_arena arena = { 0 };
    assert_string_equal(qi_arena_text(&arena, ""), "");
    assert_string_equal(qi_arena_text(&arena, "Ursula"), "Ursula");
    assert_string_equal(qi_arena_text_n(&arena, "Ursula", 3), "Urs");
    assert_string_equal(qi_arena_printf(&arena, "%s-%d", "x", 5), "x-5");
    char *wide = qi_arena_printf(&arena, "%5000d", 1);
    assert_int_equal(strlen(wide), 5000);
    qi_arena_free(&arena);
    assert_string_equal(qi_arena_text(&arena, "again"), "again");
    qi_arena_free(&arena);
    qi_arena_free(&arena);
}

static void test_arena_refuses_sizes_that_overflow(void **state)
{
    (void)state;
    qi_arena arena = { 0 };
    assert_null(qi_arena_zero(&arena, SIZE_MAX / 2, 3));
    assert_null(qi_arena_alloc(&arena, SIZE_MAX));
    assert_null(qi_arena_alloc(&arena, SIZE_MAX - 8));
    assert_null(qi_arena_text_n(&arena, "", SIZE_MAX));
    const char *zero = qi_arena_zero(&arena, 10, 10);
    assert_non_null(zero);
    for (size_t i = 0; i < 100; i++)
        assert_int_equal(zero[i], 0);
    qi_arena_free(&arena);
}

static void test_buffer_grows(void **state)
{
    (void)state;
    qi_buffer buffer;
    qi_buffer_init(&buffer, 10000);
    assert_string_equal(buffer.data, "");
    for (int i = 0; i < 1000; i++)
        qi_buffer_add_char(&buffer, (char)('a' + i % 26));
    qi_buffer_add(&buffer, "");
    qi_buffer_add(&buffer, "-end");
    qi_buffer_printf(&buffer, "%03d", 7);
    assert_false(qi_buffer_failed(&buffer));
    assert_int_equal(buffer.length, 1007);
    assert_string_equal(buffer.data + 1000, "-end007");
    qi_buffer_cut(&buffer, 2);
    assert_string_equal(buffer.data, "ab");
    char *taken = qi_buffer_take(&buffer);
    assert_string_equal(taken, "ab");
    assert_string_equal(buffer.data, "");
    free(taken);
    taken = qi_buffer_take(&buffer);
    assert_string_equal(taken, "");
    free(taken);
    qi_buffer_free(&buffer);
}

/* The ceiling holds to the byte, and what went beyond it stays a failure until it is cleared. */
static void test_buffer_has_a_ceiling(void **state)
{
    (void)state;
    qi_buffer buffer;
    qi_buffer_init(&buffer, 5);
    qi_buffer_add(&buffer, "12345");
    assert_false(qi_buffer_failed(&buffer));
    qi_buffer_add(&buffer, "6");
    assert_true(qi_buffer_failed(&buffer));
    assert_string_equal(buffer.data, "12345");
    qi_buffer_cut(&buffer, 0);
    qi_buffer_add(&buffer, "x");
    assert_true(qi_buffer_failed(&buffer));
    assert_int_equal(buffer.length, 0);
    qi_buffer_clear(&buffer);
    qi_buffer_printf(&buffer, "%d", 123456);
    assert_true(qi_buffer_failed(&buffer));
    assert_null(qi_buffer_take(&buffer));
    qi_buffer_clear(&buffer);
    assert_null(qi_buffer_grow(&buffer, SIZE_MAX));
    assert_true(qi_buffer_failed(&buffer));
    qi_buffer_free(&buffer);
    qi_buffer_free(&buffer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_arena_keeps_what_it_gave),
        cmocka_unit_test(test_arena_texts),
        cmocka_unit_test(test_arena_refuses_sizes_that_overflow),
        cmocka_unit_test(test_buffer_grows),
        cmocka_unit_test(test_buffer_has_a_ceiling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
