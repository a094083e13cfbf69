#include "types/codec.h"
#include "types/value.h"

#include <string.h>

static bool is_pointer(const quire_param *param)
{
    return !(param->flags & QUIRE_FIELD_ARRAY) && qi_is_text(param->type);
}

static size_t align_of(const quire_param *param)
{
    if (param->flags & QUIRE_FIELD_ARRAY)
        return _Alignof(qi_any_array);
    const qi_type *type = qi_type_of(param->type);
    return type ? type->align : 1;
}

static size_t round_up(size_t size, size_t align)
{
    return (size + align - 1) / align * align;
}

qi_given qi_param_given(const quire_param *param, const void *at)
{
    if (is_pointer(param)) {
        const char *text;
        memcpy(&text, at, sizeof text);
        return !text ? QI_LEFT_OUT : text == quire_null_text ? QI_GIVEN_NULL : QI_GIVEN;
    }
    quire_presence presence;
    memcpy(&presence, at, sizeof presence);
    if (presence == QUIRE_UNSET)
        return QI_LEFT_OUT;
    if (presence == QUIRE_IS_SET)
        return QI_GIVEN;
    return presence == QUIRE_IS_NULL ? QI_GIVEN_NULL : QI_GIVEN_WRONG;
}

const void *qi_param_c_value(const quire_param *param, const void *at)
{
    if (is_pointer(param))
        return at;
    return (const char *)at + round_up(sizeof(quire_presence), align_of(param));
}

const void *qi_nullable_c_value(const quire_param *param, const void *at)
{
    if (is_pointer(param)) {
        const char *text;
        memcpy(&text, at, sizeof text);
        return text && text != quire_null_text ? at : NULL;
    }
    unsigned char has;
    memcpy(&has, at, sizeof has);
    return has ? (const char *)at + round_up(sizeof(bool), align_of(param)) : NULL;
}
