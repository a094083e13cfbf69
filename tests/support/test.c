#include "support/test.h"

#include <string.h>

void test_status(quire_status expected, quire_status actual, const quire_error *err,
                 const char *expression, const char *file, int line)
{
    if (actual == expected)
        return;
    print_error("%s: %s, not %s\n", expression, quire_status_name(actual),
                quire_status_name(expected));
    quire_error_print(err, stderr);
    _fail(file, line);
}

void test_contains(const char *text, const char *part, const char *file, int line)
{
    if (text && strstr(text, part))
        return;
    print_error("\"%s\" does not hold \"%s\"\n", text ? text : "(null)", part);
    _fail(file, line);
}
