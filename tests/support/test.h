/*
 * test.h - what every unit test includes: cmocka with what it needs before it, and assertions
 * about Quire's statuses that say what the error was.
 */
#ifndef TEST_H
#define TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <quire/error.h>

/* Fails the test unless `actual` is `expected`, showing the error that came with it. */
void test_status(quire_status expected, quire_status actual, const quire_error *err,
                 const char *expression, const char *file, int line);

/* assert_status(QUIRE_UNIQUE, quire_exec(db, "...", &err), &err) */
#define assert_status(expected, call, err)                                                         \
    test_status((expected), (call), (err), #call, __FILE__, __LINE__)
#define assert_ok(call, err) assert_status(QUIRE_OK, call, err)

/* Fails the test unless `text` holds `part`. */
void test_contains(const char *text, const char *part, const char *file, int line);
#define assert_contains(text, part) test_contains((text), (part), __FILE__, __LINE__)

#endif
