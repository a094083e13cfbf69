#include "types/value.h"

#include <string.h>

int qi_enum_find(const quire_enum *type, const char *label, size_t length)
{
    for (size_t i = 0; type && i < type->count; i++) {
        const char *known = type->labels[i];
        if (strlen(known) == length && memcmp(known, label, length) == 0)
            return (int)i + 1;
    }
    return 0;
}

int quire_enum_parse(const quire_enum *type, const char *label)
{
    return label ? qi_enum_find(type, label, strlen(label)) : 0;
}

const char *quire_enum_label(const quire_enum *type, int value)
{
    if (!type || value < 1 || (size_t)value > type->count)
        return NULL;
    return type->labels[value - 1];
}
