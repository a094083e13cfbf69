/* Whole parse trees without regard for meaning, and the small helpers that every file uses. */
#include "codegen/nullability_internal.h"

#include <string.h>

/* The message in a field that holds one; NULL when it is not set. */
static const ProtobufCMessage *single(const char *at, const ProtobufCFieldDescriptor *field)
{
    if (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) {
        uint32_t chosen;
        memcpy(&chosen, at + field->quantifier_offset, sizeof chosen);
        if (chosen != field->id)
            return NULL;
    }
    const ProtobufCMessage *message;
    memcpy(&message, at + field->offset, sizeof message);
    return message;
}

static bool walk(const ProtobufCMessage *message, qi_visit visit, void *context, size_t depth)
{
    if (!message)
        return true;
    if (depth > QI_NULL_MAX_NESTING)
        return false;
    if (!visit(context, message))
        return true;
    const char *at = (const char *)message;
    for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
        if (field->type != PROTOBUF_C_TYPE_MESSAGE)
            continue;
        if (field->label != PROTOBUF_C_LABEL_REPEATED) {
            if (!walk(single(at, field), visit, context, depth + 1))
                return false;
            continue;
        }
        size_t count;
        ProtobufCMessage *const *items;
        memcpy(&count, at + field->quantifier_offset, sizeof count);
        memcpy(&items, at + field->offset, sizeof items);
        for (size_t k = 0; k < count; k++)
            if (!walk(items[k], visit, context, depth + 1))
                return false;
    }
    return true;
}

bool qi_null_walk(const ProtobufCMessage *message, qi_visit visit, void *context)
{
    return walk(message, visit, context, 0);
}

const char *qi_null_text(const qi_node *node)
{
    if (node && node->node_case == PG_QUERY__NODE__NODE_STRING)
        return node->string->sval;
    return NULL;
}

const char *qi_null_plain_name(PgQuery__Node *const *names, size_t count)
{
    if (count == 1)
        return qi_null_text(names[0]);
    const char *schema = count == 2 ? qi_null_text(names[0]) : NULL;
    return schema && strcmp(schema, "pg_catalog") == 0 ? qi_null_text(names[1]) : NULL;
}

bool qi_null_enter(qi_analysis *analysis)
{
    analysis->depth++;
    analysis->steps++;
    return analysis->depth <= QI_NULL_MAX_DEPTH && analysis->steps <= QI_NULL_MAX_STEPS &&
           !analysis->failed;
}

void qi_null_leave(qi_analysis *analysis)
{
    analysis->depth--;
}

void *qi_null_new(qi_analysis *analysis, size_t count, size_t size)
{
    /* One at least: an empty array is no failure. */
    void *memory = qi_arena_zero(analysis->arena, count ? count : 1, size);
    if (!memory)
        analysis->failed = true;
    return memory;
}

void *qi_null_grow(qi_analysis *analysis, const void *items, size_t count, size_t *room,
                   size_t size)
{
    size_t wanted = count ? count * 2 : 8;
    char *grown = qi_null_new(analysis, wanted, size);
    if (!grown)
        return NULL;
    if (count)
        memcpy(grown, items, count * size);
    *room = wanted;
    return grown;
}

/* The parameter that an expression is, through casts; 0: it is none. */
static int param_number(const qi_node *node)
{
    return node && node->node_case == PG_QUERY__NODE__NODE_PARAM_REF ? node->param_ref->number : 0;
}

typedef struct params_pass {
    qi_analysis *analysis;
    int highest;
    bool counting;
} params_pass;

static void note_cast(qi_analysis *analysis, const PgQuery__TypeCast *cast)
{
    int number = param_number(cast->arg);
    if (number < 1)
        return;
    qi_param_fact *fact = &analysis->params[number - 1];
    qi_class class = qi_null_class_of_name(analysis, cast->type_name);
    /* Casts that do not agree leave its type to the server's rules: not known here. */
    fact->class =
        fact->class == QI_CLASS_LITERAL || fact->class == class ? class : QI_CLASS_UNKNOWN;
}

static bool visit_param(void *context, const ProtobufCMessage *message)
{
    params_pass *pass = context;
    if (message->descriptor == &pg_query__param_ref__descriptor) {
        int number = ((const PgQuery__ParamRef *)message)->number;
        if (pass->counting)
            pass->highest = number > pass->highest ? number : pass->highest;
        else if (number >= 1)
            pass->analysis->params[number - 1].uses++;
    } else if (!pass->counting && message->descriptor == &pg_query__type_cast__descriptor) {
        note_cast(pass->analysis, (const PgQuery__TypeCast *)message);
    }
    return true;
}

bool qi_null_read_params(qi_analysis *analysis, const ProtobufCMessage *tree)
{
    params_pass pass = { .analysis = analysis, .counting = true };
    if (!qi_null_walk(tree, visit_param, &pass) || pass.highest > QI_NULL_MAX_PARAMS)
        return false;
    analysis->param_count = (size_t)pass.highest;
    analysis->params = qi_null_new(analysis, analysis->param_count, sizeof *analysis->params);
    if (!analysis->params)
        return false;
    for (size_t i = 0; i < analysis->param_count; i++)
        analysis->params[i].class = QI_CLASS_LITERAL;
    pass.counting = false;
    return qi_null_walk(tree, visit_param, &pass);
}
