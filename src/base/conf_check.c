#include "base/conf_check.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define LONGEST_NAME 63 /* NAMEDATALEN - 1, and what C promises to tell apart */

/* C11 and C++23, each once. */
static const char *const keywords[] = {
    "alignas",
    "alignof",
    "and",
    "and_eq",
    "asm",
    "auto",
    "bitand",
    "bitor",
    "bool",
    "break",
    "case",
    "catch",
    "char",
    "char16_t",
    "char32_t",
    "char8_t",
    "class",
    "co_await",
    "co_return",
    "co_yield",
    "compl",
    "concept",
    "const",
    "const_cast",
    "consteval",
    "constexpr",
    "constinit",
    "continue",
    "decltype",
    "default",
    "delete",
    "do",
    "double",
    "dynamic_cast",
    "else",
    "enum",
    "explicit",
    "export",
    "extern",
    "false",
    "float",
    "for",
    "friend",
    "goto",
    "if",
    "inline",
    "int",
    "long",
    "mutable",
    "namespace",
    "new",
    "noexcept",
    "not",
    "not_eq",
    "nullptr",
    "operator",
    "or",
    "or_eq",
    "private",
    "protected",
    "public",
    "register",
    "requires",
    "restrict",
    "return",
    "short",
    "signed",
    "sizeof",
    "static",
    "static_assert",
    "static_cast",
    "struct",
    "switch",
    "template",
    "this",
    "thread_local",
    "throw",
    "true",
    "try",
    "typedef",
    "typeid",
    "typename",
    "typeof",
    "union",
    "unsigned",
    "using",
    "virtual",
    "void",
    "volatile",
    "wchar_t",
    "while",
    "xor",
    "xor_eq",
    "reinterpret_cast",
    "typeof_unqual",
};

static bool is_keyword(const char *word)
{
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
        if (strcmp(keywords[i], word) == 0)
            return true;
    }
    return false;
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_identifier(const char *text)
{
    if (!is_letter(*text) && *text != '_')
        return false;
    for (; *text; text++) {
        if (!is_letter(*text) && !is_digit(*text) && *text != '_')
            return false;
    }
    return true;
}

const char *qi_conf_check_name(const char *value)
{
    if (strlen(value) > LONGEST_NAME)
        return "A database's name has at most 63 characters.";
    if (!is_letter(*value) && *value != '_')
        return "A database's name starts with a letter or _ here.";
    for (const char *c = value; *c; c++) {
        if (!is_letter(*c) && !is_digit(*c) && *c != '_' && *c != '-')
            return "A database's name is made of letters, digits, _ and - here.";
    }
    if (strcmp(value, "postgres") == 0 || strcmp(value, "template0") == 0 ||
        strcmp(value, "template1") == 0)
        return "That is a database of PostgreSQL itself.";
    return NULL;
}

const char *qi_conf_check_prefix(const char *value)
{
    size_t length = strlen(value);
    if (length > LONGEST_NAME)
        return "A prefix has at most 63 characters.";
    if (!is_identifier(value))
        return "A prefix is a C name: letters, digits and _, not starting with a digit.";
    if (is_keyword(value))
        return "A prefix cannot be a keyword of C or C++.";
    if (*value == '_')
        return "A prefix cannot start with _: such names belong to the compiler.";
    if (strstr(value, "__") || value[length - 1] == '_')
        return "A prefix cannot end with _ or hold __: such names belong to the C++ compiler.";
    if (strcmp(value, "quire") == 0 || strncmp(value, "quire_", 6) == 0)
        return "A prefix cannot be quire or start with quire_: these are the library's names.";
    return NULL;
}

const char *qi_conf_check_switch(const char *value)
{
    if (strcmp(value, "yes") == 0 || strcmp(value, "no") == 0)
        return NULL;
    return "The values are yes and no.";
}

const char *qi_conf_check_singular(const char *table, const char *row)
{
    if (strlen(table) > LONGEST_NAME || strlen(row) > LONGEST_NAME)
        return "A table's and a row's name have at most 63 characters.";
    if (!is_identifier(row))
        return "A row's name is a C name: letters, digits and _, not starting with a digit.";
    return NULL;
}

const char *qi_conf_check_skip(const char *object, const char *value)
{
    size_t parts = 1;
    size_t length = 0;
    for (const char *c = object; *c; c++) {
        if (*c == '.' && (length == 0 || ++parts > 3))
            return "What is skipped is named schema.table or schema.table.column.";
        length = *c == '.' ? 0 : length + 1;
    }
    if (parts < 2 || length == 0)
        return "What is skipped is named schema.table or schema.table.column.";
    if (strcmp(value, "yes") != 0)
        return "The only value is yes; leave the line out to generate code for it.";
    return NULL;
}
