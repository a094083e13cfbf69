/*
 * Arrays from their literals, as array_out writes them: "{one,"two words",NULL}", with the bounds before it where
 * the lower one is not 1: "[0:1]={one,two}". Elements that hold anything special are quoted, and in quotes a
 * backslash stands before a quote or a backslash. All types of quire_type have the comma between them.
 */
#include "types/value.h"

#include <string.h>

/* A bound, which array_out writes as an int4: at most ten digits. */
static bool take_bound(const char **at, int64_t *out)
{
    bool minus = **at == '-';
    *at += minus;
    int64_t value = 0;
    int digits = 0;
    for (; **at >= '0' && **at <= '9' && digits < 10; digits++)
        value = value * 10 + (*(*at)++ - '0');
    *out = minus ? -value : value;
    return digits > 0;
}

/* "[0:1]=", and how many elements it promises; SIZE_MAX where it is not there. */
static qi_flaw skip_bounds(const char **at, size_t *promised)
{
    int64_t lower;
    int64_t upper;
    *promised = SIZE_MAX;
    if (**at != '[')
        return QI_FINE;
    *at += 1;
    if (!take_bound(at, &lower) || *(*at)++ != ':' || !take_bound(at, &upper) || *(*at)++ != ']')
        return QI_FLAW_BYTES;
    if (**at == '[')
        return QI_FLAW_DIMENSIONS;
    if (*(*at)++ != '=' || upper < lower)
        return QI_FLAW_BYTES;
    *promised = (size_t)(upper - lower) + 1;
    return QI_FINE;
}

/* The end of a quoted element, its second quote; NULL when there is none. */
static const char *skip_quoted(const char *at)
{
    for (at++; *at != '"'; at++) {
        if (*at == '\\')
            at++;
        if (!*at)
            return NULL;
    }
    return at;
}

/* Behind the element at `at`; NULL when it is none. */
static const char *skip_element(const char *at)
{
    if (*at == '"') {
        at = skip_quoted(at);
        return at ? at + 1 : NULL;
    }
    size_t length = strcspn(at, ",{}\"\\");
    return length ? at + length : NULL;
}

/*
 * How many elements stand behind the opening brace, the length of the longest, and that nothing stands
 * behind the closing one.
 */
static qi_flaw count_elements(const char *at, size_t *count, size_t *longest)
{
    *count = 0;
    *longest = 0;
    if (*at == '}')
        return at[1] ? QI_FLAW_BYTES : QI_FINE;
    for (;;) {
        if (*at == '{')
            return QI_FLAW_DIMENSIONS;
        const char *end = skip_element(at);
        if (!end)
            return QI_FLAW_BYTES;
        size_t length = (size_t)(end - at);
        *longest = length > *longest ? length : *longest;
        *count += 1;
        if (*end == '}')
            return end[1] ? QI_FLAW_BYTES : QI_FINE;
        if (*end != ',')
            return QI_FLAW_BYTES;
        at = end + 1;
    }
}

/* Whether the C form points at the text, so that each element's must stay. */
static bool keeps_text(unsigned type)
{
    return qi_is_text(type) || type == QUIRE_TYPE_DECIMAL;
}

/* The element's text at `to`, without quotes and escapes and with a NUL. The end, behind that. */
static char *unquote(char *to, const char *at, const char *end)
{
    bool quoted = *at == '"';
    end -= quoted;
    for (at += quoted; at < end; at++) {
        if (*at == '\\')
            at++;
        *to++ = *at;
    }
    *to++ = '\0';
    return to;
}

static qi_flaw take_element(qi_array_room *room, size_t index, const char *at, const char *end)
{
    if (end - at == 4 && memcmp(at, "NULL", 4) == 0)
        return qi_array_take_null(room, index);
    const char *text = room->texts;
    char *behind = unquote(room->texts, at, end);
    if (keeps_text(room->field->type))
        room->texts = behind;
    return qi_text_decode(room->field->type, room->field->labels, text,
                          room->items + index * room->size, room->arena);
}

qi_flaw qi_literal_decode(const quire_field *field, const char *literal, void *out, qi_arena *arena)
{
    qi_array_room room = { .field = field, .arena = arena };
    const char *at = literal;
    size_t promised;
    size_t count = 0;
    size_t longest = 0;
    qi_flaw flaw = skip_bounds(&at, &promised);
    if (flaw == QI_FINE)
        flaw = *at++ == '{' ? count_elements(at, &count, &longest) : QI_FLAW_BYTES;
    if (flaw == QI_FINE && promised != SIZE_MAX && promised != count)
        flaw = QI_FLAW_BYTES;
    if (flaw == QI_FINE) /* the comma or brace behind each element leaves room for its NUL */
        flaw = qi_array_make_room(&room, count, keeps_text(field->type) ? strlen(at) : longest + 1);
    for (size_t i = 0; i < count && flaw == QI_FINE; i++) {
        const char *end = skip_element(at);
        flaw = take_element(&room, i, at, end);
        at = end + 1;
    }
    if (flaw == QI_FINE)
        qi_array_finish(&room, out);
    return flaw;
}
