#include "types/value.h"

#include <quire/types.h>

#include <string.h>

int qi_hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* As uuid_in: a hyphen may stand behind every fourth digit. */
quire_status quire_uuid_parse(const char *text, quire_uuid *out)
{
    if (!text)
        return QUIRE_DATA;
    quire_uuid value;
    bool braces = *text == '{';
    if (braces)
        text++;
    for (size_t i = 0; i < sizeof value.bytes; i++) {
        int high = qi_hex_digit(text[0]);
        int low = high < 0 ? -1 : qi_hex_digit(text[1]);
        if (low < 0)
            return QUIRE_DATA;
        value.bytes[i] = (uint8_t)(high << 4 | low);
        text += 2;
        if (*text == '-' && i % 2 == 1 && i + 1 < sizeof value.bytes)
            text++;
    }
    if (braces && *text++ != '}')
        return QUIRE_DATA;
    if (*text)
        return QUIRE_DATA;
    *out = value;
    return QUIRE_OK;
}

const char *quire_uuid_format(quire_uuid value, char storage[QUIRE_UUID_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    char *at = storage;
    for (size_t i = 0; i < sizeof value.bytes; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *at++ = '-';
        *at++ = digits[value.bytes[i] >> 4];
        *at++ = digits[value.bytes[i] & 15];
    }
    *at = '\0';
    return storage;
}

bool quire_uuid_equal(quire_uuid a, quire_uuid b)
{
    return memcmp(a.bytes, b.bytes, sizeof a.bytes) == 0;
}
