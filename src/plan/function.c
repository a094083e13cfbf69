/* Functions, procedures and aggregates. CREATE OR REPLACE keeps what stands on them. */
#include "plan/planning.h"

#include <stdlib.h>
#include <string.h>

/* The definition without what stands at its end; it begins with CREATE OR REPLACE. */
static void write_definition(qi_planning *p, const qi_object *function, bool replace)
{
    static const char start[] = "CREATE OR REPLACE ";
    const char *text = qi_object_value(function, "definition");
    if (!text)
        return;
    if (!replace && strncmp(text, start, sizeof start - 1) == 0) {
        qi_sql(p, "CREATE ");
        text += sizeof start - 1;
    }
    size_t length = strlen(text);
    while (length > 0 && text[length - 1] == '\n')
        length--;
    qi_sql(p, "%.*s;\n", (int)length, text);
}

static bool is_set(const qi_object *object, const char *name)
{
    const char *text = qi_object_value(object, name);
    return text && *text == 't';
}

static void note_body(qi_planning *p, const qi_object *function)
{
    if (p->failed || qi_is_kind(function, "aggregate"))
        return;
    qi_step *step = &qi_step_current(p)->step;
    step->function = function;
    step->unchecked = is_set(function, "_checked_body");
}

/* A function without a body, for a circle. Only those whose body is not in quotes stand in one. */
static void write_shape(qi_planning *p, const qi_object *function)
{
    qi_sql(p, "%sAS '';\n", qi_object_value(function, "_head"));
    if (!p->failed)
        qi_step_current(p)->step.unchecked = true;
}

/* Whether it is needed for the head: the type of an argument. */
static bool is_in_head(const qi_object *function, const qi_object *needed)
{
    return strstr(qi_object_value(function, "_head"), needed->identity) != NULL;
}

static void shape(qi_planning *p, const qi_object *function)
{
    qi_step_open(p, function, qi_rank_of(p, function, QI_MINOR_CREATE));
    qi_step_shapes(p, function);
    for (size_t i = 0; i < function->depend_count; i++) {
        if (is_in_head(function, function->depends[i]))
            qi_step_needs(p, function->depends[i]);
    }
    write_shape(p, function);
    qi_step_close(p, "shape", function->name, NULL);
}

/* Whether its circle is its own to break: one that goes through a view is broken there. */
static bool breaks_circle(const qi_planning *p, const qi_object *function)
{
    if (!qi_is_loose(p, function) || !qi_object_value(function, "_head"))
        return false;
    for (size_t i = 0; i < function->depend_count; i++) {
        const qi_object *needed = function->depends[i];
        const qi_object *whole = needed->parent ? needed->parent : needed;
        if (qi_is_kind(whole, "view") && qi_is_loose(p, whole))
            return false;
    }
    return true;
}

/* Whether a parsed body must give rows of a table or view that is `whole`. */
static bool returns_rows_of(const qi_object *function, const qi_object *whole)
{
    const char *result = qi_object_value(function, "_result");
    return whole && result && qi_object_value(function, "_head") && strstr(result, whole->identity);
}

/* A body fits the rows before a column is dropped or the rows after it, not both. */
static bool returned_less(const qi_planning *p, const qi_object *before)
{
    for (size_t i = 0; i < before->depend_count; i++) {
        const qi_object *column = before->depends[i];
        if (column->parent && !qi_after(p, column) && returns_rows_of(before, column->parent))
            return true;
    }
    return false;
}

static void wait_for_columns(qi_planning *p, const qi_object *function)
{
    for (size_t i = 0; i < function->depend_count; i++) {
        const qi_object *whole = qi_before(p, function->depends[i]);
        for (size_t k = 0; returns_rows_of(function, whole) && k < p->present->object_count; k++) {
            const qi_object *column = &p->present->objects[k];
            if (column->parent == whole && qi_is_kind(column, "column") && !qi_after(p, column))
                qi_step_behind(p, column);
        }
    }
}

static bool is_name_char(char c)
{
    return c == '_' || c == '$' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z') || ((unsigned char)c & 0x80u);
}

static bool mentions(const char *text, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = strstr(text, name); at; at = strstr(at + 1, name)) {
        if ((at == text || !is_name_char(at[-1])) && !is_name_char(at[length]))
            return true;
    }
    return false;
}

/*
 * What a body in quotes uses is not known, but an index that is built calls it: other functions that
 * it seems to call come first, unless that makes a circle.
 */
static void wait_for_calls(qi_planning *p, const qi_object *function)
{
    static const char *const kinds[] = { "function", "procedure" };
    const char *text = qi_object_value(function, "definition");
    if (!text || qi_object_value(function, "_head") || qi_is_loose(p, function))
        return;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        size_t count = 0;
        const qi_object *all = qi_objects_of(p->desired, kinds[k], &count);
        for (size_t i = 0; i < count; i++) {
            if (&all[i] != function && mentions(text, all[i].name))
                qi_step_needs(p, &all[i]);
        }
    }
}

static void create(qi_planning *p, const qi_object *function)
{
    bool loose = breaks_circle(p, function);
    if (loose)
        shape(p, function);
    qi_step_open(p, function, qi_rank_of(p, function, QI_MINOR_CREATE));
    qi_step_makes(p, function);
    note_body(p, function);
    wait_for_columns(p, function);
    wait_for_calls(p, function);
    write_definition(p, function, loose);
    qi_step_close(p, "create", function->name, NULL);
}

static size_t length_of_name(const char *list)
{
    const char *end = strstr(list, ", ");
    return end ? (size_t)(end - list) : strlen(list);
}

/* Whether each argument that had a name still has it. */
static bool keeps_names(const char *before, const char *after)
{
    while (before) {
        size_t length = length_of_name(before);
        size_t now = after ? length_of_name(after) : 0;
        if (length && (length != now || strncmp(before, after, length) != 0))
            return false;
        before = before[length] ? before + length + 2 : NULL;
        if (after)
            after = after[now] ? after + now + 2 : NULL;
    }
    return true;
}

static long number(const qi_object *object, const char *name)
{
    const char *text = qi_object_value(object, name);
    return text ? strtol(text, NULL, 10) : 0;
}

static qi_change how(qi_planning *p, const qi_object *before, const qi_object *after)
{
    const char *old = qi_object_value(before, "_result");
    const char *new = qi_object_value(after, "_result");
    bool fits = old && new &&strcmp(old, new) == 0 && !returned_less(p, before) &&
                keeps_names(qi_object_value(before, "_argument_names"),
                            qi_object_value(after, "_argument_names")) &&
                number(after, "_default_count") >= number(before, "_default_count");
    return fits ? QI_IN_PLACE : QI_REPLACE;
}

static void alter(qi_planning *p, const qi_object *before, const qi_object *after)
{
    bool as_owner = is_set(after, "_security_definer");
    if (breaks_circle(p, after))
        shape(p, after);
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_ALTER));
    qi_step_makes(p, after);
    note_body(p, after);
    wait_for_columns(p, after);
    wait_for_calls(p, after);
    if (is_set(before, "_security_definer") != as_owner)
        qi_step_hazard(p, QI_HAZARD_AUTHORIZATION, after->identity,
                       as_owner ? "it runs with the rights of its owner"
                                : "it runs with the rights of whoever calls it");
    write_definition(p, after, true);
    qi_step_close(p, "replace", after->name, NULL);
}

static void drop(qi_planning *p, const qi_object *function)
{
    if (breaks_circle(p, function)) {
        qi_step_open(p, function, qi_rank_of_drop(p, function));
        qi_step_empties(p, function);
        write_shape(p, function);
        qi_step_close(p, "empty", function->name, NULL);
    }
    qi_step_open(p, function, qi_rank_of_drop(p, function));
    qi_step_ends(p, function);
    if (!qi_after(p, function))
        qi_step_hazard(p, QI_HAZARD_BREAKS, function->identity, "programs that call it fail");
    qi_sql(p, "DROP %s %s;\n", function->kind->comment_on, function->identity);
    qi_step_close(p, "drop", function->name, NULL);
}

static const char *const creates[] = { "definition", NULL };
static const qi_alteration alterations[] = { { "definition", alter, how }, { NULL, NULL, NULL } };

const qi_rules qi_rules_function = {
    .kind = "function",
    .creates = creates,
    .create = create,
    .drop = drop,
    .alterations = alterations,
    .replaceable = qi_always,
};

const qi_rules qi_rules_procedure = {
    .kind = "procedure",
    .creates = creates,
    .create = create,
    .drop = drop,
    .alterations = alterations,
    .replaceable = qi_always,
};

const qi_rules qi_rules_aggregate = {
    .kind = "aggregate",
    .creates = creates,
    .create = create,
    .drop = drop,
    .alterations = alterations,
    .replaceable = qi_always,
};
