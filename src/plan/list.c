#include "plan/list.h"

#include <string.h>

bool qi_item_next(const char **at, qi_item *out)
{
    const char *text = *at;
    if (!text || !*text)
        return false;
    *out = (qi_item){ .text = text };
    char quote = '\0';
    size_t depth = 0;
    size_t i = 0;
    for (; text[i] && (quote || depth || strncmp(text + i, ", ", 2) != 0); i++) {
        char c = text[i];
        if (quote)
            quote = c == quote ? '\0' : quote;
        else if (c == '\'' || c == '"')
            quote = c;
        else if (c == '(')
            depth++;
        else if (c == ')' && depth)
            depth--;
        if (!out->name_length && !quote && !depth && (c == ' ' || c == '='))
            out->name_length = i;
    }
    out->length = i;
    if (!out->name_length)
        out->name_length = i;
    *at = text[i] ? text + i + 2 : text + i;
    return true;
}

bool qi_list_has(const char *list, const qi_item *item)
{
    qi_item other;
    while (qi_item_next(&list, &other)) {
        if (other.length == item->length && strncmp(other.text, item->text, item->length) == 0)
            return true;
    }
    return false;
}

bool qi_list_has_name(const char *list, const qi_item *item)
{
    qi_item other;
    while (qi_item_next(&list, &other)) {
        if (other.name_length == item->name_length &&
            strncmp(other.text, item->text, item->name_length) == 0)
            return true;
    }
    return false;
}

/* `text` with a word and so many characters added to it; NULL is an empty one. */
static const char *joined(qi_planning *p, const char *text, const char *word, const qi_item *item,
                          size_t length)
{
    return qi_text(p, "%s%s%s%.*s", text ? text : "", text ? ", " : "", word, (int)length,
                   item->text);
}

const char *qi_list_without(qi_planning *p, const char *list, const char *other)
{
    const char *text = NULL;
    qi_item item;
    while (qi_item_next(&list, &item)) {
        if (!qi_list_has(other, &item))
            text = joined(p, text, "", &item, item.length);
    }
    return text;
}

const char *qi_list_names_without(qi_planning *p, const char *list, const char *other)
{
    const char *text = NULL;
    qi_item item;
    while (qi_item_next(&list, &item)) {
        if (!qi_list_has_name(other, &item))
            text = joined(p, text, "", &item, item.name_length);
    }
    return text;
}

const char *qi_list_options(qi_planning *p, const char *before, const char *after)
{
    const char *text = NULL;
    const char *at = after;
    qi_item item;
    while (qi_item_next(&at, &item)) {
        if (!qi_list_has_name(before, &item))
            text = joined(p, text, "ADD ", &item, item.length);
        else if (!qi_list_has(before, &item))
            text = joined(p, text, "SET ", &item, item.length);
    }
    at = before;
    while (qi_item_next(&at, &item)) {
        if (!qi_list_has_name(after, &item))
            text = joined(p, text, "DROP ", &item, item.name_length);
    }
    return text;
}
