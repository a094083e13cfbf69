#include "plan/planning.h"

#include "base/error.h"

#include <stdio.h>
#include <string.h>

#define MOST_STEP_BYTES (16u * 1024u * 1024u)

const qi_rules *const qi_all_rules[] = {
    &qi_rules_schema,     &qi_rules_extension, &qi_rules_enum,
    &qi_rules_sequence,   &qi_rules_table,     &qi_rules_column,
    &qi_rules_constraint, &qi_rules_index,     NULL,
};

const qi_rules *qi_rules_of(const char *kind)
{
    for (size_t i = 0; qi_all_rules[i]; i++) {
        if (strcmp(qi_all_rules[i]->kind, kind) == 0)
            return qi_all_rules[i];
    }
    return NULL;
}

const char *qi_hazard_name(qi_hazard_kind kind)
{
    switch (kind) {
    case QI_HAZARD_MAY_FAIL:
        return "may_fail";
    case QI_HAZARD_REWRITES:
        return "rewrites_table";
    case QI_HAZARD_BLOCKS_WRITES:
        return "blocks_writes";
    case QI_HAZARD_AUTHORIZATION:
        return "authorization";
    }
    return "unknown";
}

/* COMMENT ON works the same way for every kind. */
static void plan_comment(qi_planning *p, const qi_object *object)
{
    const qi_kind *kind = object->kind;
    if (!kind->comment_on) {
        qi_refuse(p, object, "has a comment, which Quire cannot write for this kind yet", NULL);
        return;
    }
    qi_step_open(p, object, qi_rank_of(p, object, QI_MINOR_COMMENT));
    qi_step_needs(p, object);
    const char *text = object->comment ? qi_quote_text(p->arena, object->comment) : "NULL";
    if (!text)
        p->failed = true;
    else if (kind->on_parent && object->parent)
        qi_sql(p, "COMMENT ON %s %s ON %s IS %s;\n", kind->comment_on, qi_name(p, object->name),
               object->parent->identity, text);
    else
        qi_sql(p, "COMMENT ON %s %s IS %s;\n", kind->comment_on, object->identity, text);
    qi_step_close(p, "comment", object->parent ? object->parent->name : object->name,
                  object->parent ? object->name : NULL);
}

static void plan_create(qi_planning *p, const qi_object *object)
{
    const qi_rules *rules = qi_rules_of(object->kind->name);
    /* A part of something new was written, or refused, with it. */
    size_t at = (size_t)(object - p->desired->objects);
    bool part =
        p->makers[at] || (object->parent && p->refused[object->parent - p->desired->objects]);
    if (!part && !rules) {
        qi_refuse(p, object, "is new, and of a kind that Quire cannot write yet", NULL);
        p->refused[at] = true;
    } else if (!part) {
        size_t refusals = p->refusal_count;
        if (qi_can_create(p, object, rules->creates))
            rules->create(p, object);
        p->refused[at] = p->refusal_count > refusals;
    }
}

/* The last resort of a column: what to write by hand. */
static const char *column_hint(qi_planning *p, const qi_object *after, const char *attribute)
{
    const char *name = qi_name(p, after->name);
    const char *table = after->parent ? after->parent->identity : "";
    if (strcmp(attribute, "type") == 0)
        return qi_text(p, "ALTER TABLE %s ALTER COLUMN %s TYPE %s;", table, name,
                       qi_object_value(after, "type"));
    if (strcmp(attribute, "not_null") == 0)
        return qi_text(p, "ALTER TABLE %s ALTER COLUMN %s %s NOT NULL;", table, name,
                       qi_object_value(after, "not_null") ? "SET" : "DROP");
    return NULL;
}

static void refuse_change(qi_planning *p, const qi_difference *d)
{
    const char *before = qi_object_value(d->before, d->attribute);
    const char *after = qi_object_value(d->after, d->attribute);
    const char *what = qi_spoken(p, d->attribute);
    const char *text =
        !before  ? qi_text(p, "has no %s, in the schema it is %.200s", what, after)
        : !after ? qi_text(p, "has %s %.200s, in the schema it has none", what, before)
                 : qi_text(p, "has %s %.200s, in the schema it is %.200s", what, before, after);
    const char *hint = NULL;
    if (strcmp(d->after->kind->name, "column") == 0)
        hint = column_hint(p, d->after, d->attribute);
    qi_refuse(p, d->after, text, hint);
}

static void plan_change(qi_planning *p, const qi_difference *d)
{
    if (strcmp(d->attribute, "comment") == 0) {
        plan_comment(p, d->after);
        return;
    }
    const qi_rules *rules = qi_rules_of(d->after->kind->name);
    for (const qi_alteration *a = rules ? rules->alterations : NULL; a && a->attribute; a++) {
        if (strcmp(a->attribute, d->attribute) == 0) {
            a->write(p, d->before, d->after);
            return;
        }
    }
    refuse_change(p, d);
}

static void plan_all(qi_planning *p, const qi_difference *differences, size_t count)
{
    for (size_t i = 0; i < count && !p->failed; i++) {
        const qi_difference *d = &differences[i];
        if (!d->before)
            plan_create(p, d->after);
        else if (!d->after)
            qi_refuse_drop(p, d->before, differences, count);
        else
            plan_change(p, d);
    }
    /* Comments on what is new, when it is known what was written. */
    for (size_t i = 0; i < count && !p->failed; i++) {
        const qi_object *object = differences[i].after;
        if (!differences[i].before && object->comment && p->makers[object - p->desired->objects])
            plan_comment(p, object);
    }
}

quire_status qi_plan_make(const qi_catalog *present, const qi_catalog *desired, qi_arena *arena,
                          qi_plan *out, quire_error *err)
{
    qi_plan plan = { 0 };
    qi_planning p = { .arena = arena, .present = present, .desired = desired };
    size_t count = 0;
    const qi_difference *differences = qi_diff(present, desired, arena, &count);
    p.makers = qi_arena_zero(arena, desired->object_count + 1, sizeof *p.makers);
    p.refused = qi_arena_zero(arena, desired->object_count + 1, sizeof *p.refused);
    if (!differences || !p.makers || !p.refused)
        return qi_fail_memory(err);
    qi_buffer_init(&p.sql, MOST_STEP_BYTES);
    plan_all(&p, differences, count);
    qi_buffer_free(&p.sql);
    if (!p.failed && !p.refusal_count)
        qi_order(&p, &plan);
    if (p.failed)
        return qi_fail_memory(err);
    plan.refusals = p.refusals;
    plan.refusal_count = p.refusal_count;
    *out = plan;
    return QUIRE_OK;
}

quire_status qi_plan_check(const qi_plan *plan, quire_error *err)
{
    if (!plan->refusal_count)
        return QUIRE_OK;
    const qi_refusal *first = &plan->refusals[0];
    if (plan->refusal_count == 1)
        return qi_fail(err, QUIRE_REFUSED, "%s %s", first->object, first->text);
    char names[256] = "";
    for (size_t i = 0; i < plan->refusal_count; i++) {
        size_t used = strlen(names);
        int length = snprintf(names + used, sizeof names - used, "%s%s", i ? ", " : "",
                              plan->refusals[i].object);
        if (length < 0 || (size_t)length >= sizeof names - used) {
            names[used] = '\0';
            snprintf(names + used, sizeof names - used, "%s",
                     used < sizeof names - 6 ? ", ..." : "");
            break;
        }
    }
    return qi_fail(err, QUIRE_REFUSED, "%zu differences are not planned by Quire: %s",
                   plan->refusal_count, names);
}
