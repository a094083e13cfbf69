#include "types/value.h"

#include <string.h>

/* Only its address counts; the text is for those who print it by mistake. */
const char quire_null_text[] = "NULL";

const quire_text_mistake quire_text_takes_no_SOME = { 0 };

/*
 * Bytes behind the lead byte, and the least and greatest value of the first of them, as in table 3-7 of
 * the Unicode standard. -1 when no character starts with `lead`.
 */
static int continuation(unsigned char lead, unsigned char *least, unsigned char *greatest)
{
    *least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    *greatest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (lead < 0x80)
        return 0;
    if (lead < 0xC2 || lead > 0xF4)
        return -1;
    return lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
}

/* Most text is ASCII, which eight bytes at a time show. */
static const unsigned char *skip_ascii(const unsigned char *at, const unsigned char *end)
{
    while (end - at >= 8) {
        uint64_t bytes;
        memcpy(&bytes, at, sizeof bytes);
        if (bytes & UINT64_C(0x8080808080808080))
            break;
        at += sizeof bytes;
    }
    return at;
}

bool qi_utf8_is_valid(const char *text, size_t length)
{
    const unsigned char *at = (const unsigned char *)text;
    const unsigned char *end = at + length;
    for (at = skip_ascii(at, end); at < end; at = skip_ascii(at, end)) {
        unsigned char least;
        unsigned char greatest;
        int more = continuation(*at++, &least, &greatest);
        if (more < 0 || more > end - at)
            return false;
        if (more && (*at < least || *at > greatest))
            return false;
        for (int i = 1; i < more; i++) {
            if ((at[i] & 0xC0u) != 0x80u)
                return false;
        }
        at += more;
    }
    return true;
}
