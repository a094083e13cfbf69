#include "client/call.h"
#include "base/buffer.h"
#include "base/error.h"

#include <string.h>

#define NOT_NUMBERED 0

/* ---- which parameters are given -------------------------------------------------------------- */

static bool is_in_struct(const quire_param *param)
{
    return (param->flags & (QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_REQUIRED)) != 0;
}

static const void *struct_field(const qi_call *call, const quire_param *param)
{
    return (const char *)call->options + param->offset;
}

static qi_given given(const qi_call *call, const quire_param *param)
{
    return call->options ? qi_param_given(param, struct_field(call, param)) : QI_LEFT_OUT;
}

static quire_status blame(const qi_call *call, const quire_param *param, quire_error *err,
                          const char *what)
{
    qi_fail(err, QUIRE_INVALID, "%s %s", param->name, what);
    if (err) {
        QI_COPY(err->column, param->name);
        QI_COPY(err->query, call->statement->name);
    }
    return QUIRE_INVALID;
}

/* Every parameter by itself: required ones there, no NULL where none may be. */
static quire_status check_params(const qi_call *call, quire_error *err)
{
    const quire_statement *statement = call->statement;
    for (size_t i = 0; i < statement->param_count; i++) {
        const quire_param *param = &statement->params[i];
        if (!is_in_struct(param))
            continue;
        switch (given(call, param)) {
        case QI_LEFT_OUT:
            if (param->flags & QUIRE_PARAM_REQUIRED)
                return blame(call, param, err, "is required and was not given");
            break;
        case QI_GIVEN_NULL:
            if (param->flags & QUIRE_PARAM_NOT_NULL)
                return blame(call, param, err, "cannot be NULL");
            break;
        case QI_GIVEN_WRONG:
            return blame(call, param, err, "was set without QUIRE_SOME() or QUIRE_NULL");
        case QI_GIVEN:
            break;
        }
    }
    return QUIRE_OK;
}

static quire_status params_hold(const qi_call *call, const quire_condition *condition, bool *holds,
                                quire_error *err)
{
    const quire_param *missing = NULL;
    size_t set = 0;
    for (size_t i = 0; i < condition->param_count; i++) {
        const quire_param *param = &call->statement->params[condition->params[i]];
        if (given(call, param) == QI_LEFT_OUT)
            missing = param;
        else
            set++;
    }
    *holds = set == condition->param_count;
    if (set && missing)
        return blame(call, missing, err, "was left out, but belongs together with one that is set");
    return QUIRE_OK;
}

static bool choice_holds(const qi_call *call, const quire_condition *condition)
{
    int value = 0;
    if (call->options)
        memcpy(&value, (const char *)call->options + condition->choice_offset, sizeof value);
    return value == condition->choice_value;
}

/* A choice with a value that is none of its lines would silently leave all of them out. */
static quire_status check_choices(const qi_call *call, quire_error *err)
{
    const quire_statement *statement = call->statement;
    for (size_t i = 0; i < statement->condition_count; i++) {
        const quire_condition *first = &statement->conditions[i];
        if (first->param_count || first->choice_value != 0)
            continue;
        bool known = false;
        for (size_t j = 0; j < statement->condition_count; j++) {
            const quire_condition *other = &statement->conditions[j];
            if (!other->param_count && other->choice_offset == first->choice_offset)
                known = known || choice_holds(call, other);
        }
        if (!known) {
            qi_fail(err, QUIRE_INVALID, "a choice has a value that its enum does not have");
            if (err)
                QI_COPY(err->query, statement->name);
            return QUIRE_INVALID;
        }
    }
    return QUIRE_OK;
}

static quire_status make_mask(qi_call *call, quire_error *err)
{
    const quire_statement *statement = call->statement;
    if (statement->condition_count > QUIRE_CONDITIONS_MAX)
        return qi_fail(err, QUIRE_INTERNAL, "%s has too many conditions", statement->name);
    call->words = (statement->condition_count + 63) / 64;
    memset(call->mask, 0, call->words * sizeof *call->mask);
    bool any_choice = false;
    for (size_t i = 0; i < statement->condition_count; i++) {
        const quire_condition *condition = &statement->conditions[i];
        bool holds;
        if (condition->param_count) {
            quire_status status = params_hold(call, condition, &holds, err);
            if (status != QUIRE_OK)
                return status;
        } else {
            any_choice = true;
            holds = choice_holds(call, condition);
        }
        if (holds)
            call->mask[i / 64] |= UINT64_C(1) << (i % 64);
    }
    return any_choice ? check_choices(call, err) : QUIRE_OK;
}

/* An update with nothing to set is a mistake of the caller, not a statement. */
static quire_status check_changes(const qi_call *call, quire_error *err)
{
    if (!(call->statement->flags & QUIRE_STATEMENT_CHANGES))
        return QUIRE_OK;
    for (size_t i = 0; i < call->words; i++)
        if (call->mask[i])
            return QUIRE_OK;
    qi_fail(err, QUIRE_INVALID, "nothing to change: no field of the struct is set");
    if (err)
        QI_COPY(err->query, call->statement->name);
    return QUIRE_INVALID;
}

/* ---- numbering and encoding ------------------------------------------------------------------ */

static bool is_present(const qi_call *call, const quire_part *part)
{
    if (part->condition == QUIRE_NONE)
        return true;
    bool holds = call->mask[part->condition / 64] >> (part->condition % 64) & 1u;
    return holds != ((part->flags & QUIRE_PART_ELSE) != 0);
}

static quire_status make_room(qi_call *call, quire_error *err)
{
    size_t count = call->statement->param_count;
    call->order = call->order_here;
    call->values = call->values_here;
    if (count <= QI_CALL_PARAMS)
        return QUIRE_OK;
    call->order = qi_arena_zero(&call->arena, count, sizeof *call->order);
    call->values = qi_arena_zero(&call->arena, count, sizeof *call->values);
    return call->order && call->values ? QUIRE_OK : qi_fail_memory(err);
}

static size_t number_of(const qi_call *call, int16_t param)
{
    for (size_t i = 0; i < call->param_count; i++)
        if (call->order[i] == (uint16_t)param)
            return i + 1;
    return NOT_NUMBERED;
}

/* Parameters are numbered in the order in which present parts first name them. */
static void number_params(qi_call *call)
{
    const quire_statement *statement = call->statement;
    call->param_count = 0;
    if (statement->sql) {
        call->param_count = statement->param_count;
        for (size_t i = 0; i < statement->param_count; i++)
            call->order[i] = (uint16_t)i;
        return;
    }
    for (size_t i = 0; i < statement->part_count; i++) {
        const quire_part *part = &statement->parts[i];
        if (part->param != QUIRE_NONE && is_present(call, part) &&
            number_of(call, part->param) == NOT_NUMBERED)
            call->order[call->param_count++] = (uint16_t)part->param;
    }
}

/* The C value to encode, or NULL when SQL NULL is to be sent. */
static const void *value_of(const qi_call *call, const quire_param *param)
{
    if (is_in_struct(param)) {
        const void *field = struct_field(call, param);
        return given(call, param) == QI_GIVEN ? qi_param_c_value(param, field) : NULL;
    }
    const void *arg = call->args[param->offset];
    if (!(param->flags & QUIRE_FIELD_NULLABLE))
        return arg;
    return qi_nullable_c_value(param, arg);
}

static quire_status encode_one(qi_call *call, size_t i, const quire_param *param, const void *value,
                               bool text, quire_error *err)
{
    if (text)
        return qi_encode_text(param, value, &call->arena, &call->values[i], err);
    char *small = i < QI_CALL_PARAMS ? call->small_here[i] : qi_arena_alloc(&call->arena, 16);
    if (!small)
        return qi_fail_memory(err);
    return qi_encode(param, value, small, &call->arena, &call->values[i], err);
}

quire_status qi_call_encode(qi_call *call, bool text, quire_error *err)
{
    for (size_t i = 0; i < call->param_count; i++) {
        const quire_param *param = &call->statement->params[call->order[i]];
        const void *value = value_of(call, param);
        if (!value) {
            call->values[i] = (qi_param_value){ .oid = param->oid };
            continue;
        }
        quire_status status = encode_one(call, i, param, value, text, err);
        if (status != QUIRE_OK) {
            if (err)
                QI_COPY(err->query, call->statement->name);
            return status;
        }
    }
    return QUIRE_OK;
}

quire_status qi_call_begin(qi_call *call, const quire_statement *statement, const void *const *args,
                           const void *options, quire_error *err)
{
    call->statement = statement;
    call->args = args;
    call->options = options;
    call->arena = (qi_arena){ 0 };
    call->words = 0;
    call->param_count = 0;
    quire_status status = check_params(call, err);
    if (status == QUIRE_OK && statement->condition_count)
        status = make_mask(call, err);
    if (status == QUIRE_OK)
        status = check_changes(call, err);
    if (status == QUIRE_OK)
        status = make_room(call, err);
    if (status == QUIRE_OK)
        number_params(call);
    return status;
}

/* ---- the text -------------------------------------------------------------------------------- */

static void add_parts(const qi_call *call, qi_buffer *sql)
{
    const quire_statement *statement = call->statement;
    bool in_list = false;
    for (size_t i = 0; i < statement->part_count; i++) {
        const quire_part *part = &statement->parts[i];
        bool is_item = (part->flags & QUIRE_PART_ITEM) != 0;
        if (!is_item)
            in_list = false;
        if (!is_present(call, part))
            continue;
        if (is_item && in_list)
            qi_buffer_add(sql, ", ");
        in_list = is_item;
        qi_buffer_add(sql, part->text);
        if (part->param != QUIRE_NONE)
            qi_buffer_printf(sql, "$%zu", number_of(call, part->param));
    }
}

const char *qi_call_sql(qi_call *call)
{
    if (call->statement->sql)
        return call->statement->sql;
    qi_buffer sql;
    qi_buffer_init(&sql, QI_SQL_LIMIT);
    add_parts(call, &sql);
    const char *text = NULL;
    if (!qi_buffer_failed(&sql))
        text = qi_arena_text_n(&call->arena, sql.data, sql.length);
    qi_buffer_free(&sql);
    return text;
}

void qi_call_end(qi_call *call)
{
    qi_arena_free(&call->arena);
}
