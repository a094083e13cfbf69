#include "plan/planning.h"
#include "plan/privilege.h"

#include "base/error.h"

#include <stdio.h>
#include <string.h>

#define MOST_STEP_BYTES (16u * 1024u * 1024u)
/* How often a plan is begun again, each time with another circle of dependencies broken. */
#define MOST_ROUNDS 16

const char *qi_hazard_name(qi_hazard_kind kind)
{
    static const char *const names[] = {
        [QI_HAZARD_MAY_FAIL] = "may_fail",
        [QI_HAZARD_REWRITES] = "rewrites_table",
        [QI_HAZARD_BLOCKS_WRITES] = "blocks_writes",
        [QI_HAZARD_AUTHORIZATION] = "authorization",
        [QI_HAZARD_DELETES_DATA] = "deletes_data",
        [QI_HAZARD_BLOCKS_READS] = "blocks_reads",
        [QI_HAZARD_BUILDS_INDEX] = "builds_index",
        [QI_HAZARD_BREAKS] = "breaks_application",
        [QI_HAZARD_NO_TRANSACTION] = "not_transactional",
        [QI_HAZARD_UNMODELLED] = "unmodelled",
    };
    return names[kind];
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
    /* What is made by itself need not wait for a transaction to get its comment. */
    if (qi_is_kind(object, "index") || qi_is_kind(object, "constraint"))
        qi_step_mode(p, QI_MODE_EITHER);
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

static bool is_implied(const qi_object *object)
{
    const qi_rules *rules = qi_rules_of(object->kind->name);
    return object->kind->derived || (rules && rules->implied);
}

static void plan_create(qi_planning *p, const qi_object *object)
{
    const qi_rules *rules = qi_rules_of(object->kind->name);
    /* A part of something new was written, or refused, with it. */
    size_t at = (size_t)(object - p->desired->objects);
    bool part = p->made[at] || (object->parent && p->refused[object->parent - p->desired->objects]);
    if (part || is_implied(object))
        return;
    if (!rules || !rules->create) {
        qi_refuse(p, object, "is new, and of a kind that Quire cannot write yet", NULL);
        p->refused[at] = true;
        return;
    }
    size_t refusals = p->refusal_count;
    if (qi_can_create(p, object, rules->creates))
        rules->create(p, object);
    p->refused[at] = p->refusal_count > refusals;
}

/* The parts of what was dropped are gone with it. */
static void end_parts(qi_planning *p, const qi_object *whole)
{
    for (size_t i = 0; i < p->present->object_count; i++) {
        const qi_object *part = &p->present->objects[i];
        if (part->parent == whole && !p->ended[i])
            qi_step_ends(p, part);
    }
}

static void plan_drop(qi_planning *p, const qi_object *object)
{
    const qi_rules *rules = qi_rules_of(object->kind->name);
    bool with_whole = object->parent && qi_fate_of(p, object->parent) >= QI_REPLACED;
    if (with_whole || is_implied(object) || p->ended[object - p->present->objects] ||
        qi_refuse_rename(p, object))
        return;
    if (!rules || !rules->drop) {
        qi_refuse(p, object, "is not in the schema, and of a kind that Quire cannot drop yet",
                  NULL);
        return;
    }
    size_t drafts = p->draft_count;
    rules->drop(p, object);
    if (p->draft_count > drafts && !p->failed)
        end_parts(p, object);
}

static const qi_alteration *alteration_of(const qi_difference *d)
{
    const qi_rules *rules = qi_rules_of(d->after->kind->name);
    const qi_alteration *a = rules ? rules->alterations : NULL;
    while (a && a->attribute && strcmp(a->attribute, d->attribute) != 0)
        a++;
    return a && a->attribute ? a : NULL;
}

/* Whether an earlier difference of the same object was written by the same function. */
static bool is_written(const qi_planning *p, size_t at, const qi_alteration *a)
{
    for (size_t i = at; i-- > 0 && p->differences[i].before == p->differences[at].before;) {
        const qi_alteration *its = alteration_of(&p->differences[i]);
        if (its && its->write == a->write)
            return true;
    }
    return false;
}

static void plan_change(qi_planning *p, size_t at)
{
    const qi_difference *d = &p->differences[at];
    if (qi_fate_of(p, d->before) >= QI_REPLACED)
        return;
    if (strcmp(d->attribute, "comment") == 0) {
        plan_comment(p, d->after);
        return;
    }
    /* What has no alteration was refused when its fate was told. */
    const qi_alteration *a = alteration_of(d);
    if (a && a->write && !is_written(p, at, a))
        a->write(p, d->before, d->after);
}

static void plan_let_go(qi_planning *p, const qi_object *before)
{
    const qi_object *need = p->lets_go[before - p->present->objects];
    const qi_object *after = qi_after(p, before);
    const qi_rules *rules = qi_rules_of(before->kind->name);
    if (!need || !after || qi_fate_of(p, before) >= QI_REPLACED)
        return;
    const qi_object *again = qi_after(p, need);
    rules->release(p, before, need);
    if (again)
        rules->restore(p, after, again);
}

static void plan_all(qi_planning *p)
{
    /* What holds others comes first, so that it is known what goes with it. */
    for (size_t i = 0; i < p->present->object_count && !p->failed; i++) {
        if (p->fates[i] >= QI_REPLACED)
            plan_drop(p, &p->present->objects[i]);
    }
    for (size_t i = 0; i < p->desired->object_count && !p->failed; i++) {
        if (qi_is_new(p, &p->desired->objects[i]) && qi_counts(p, &p->desired->objects[i]))
            plan_create(p, &p->desired->objects[i]);
    }
    for (size_t i = 0; i < p->difference_count && !p->failed; i++) {
        const qi_difference *d = &p->differences[i];
        if (d->before && d->after && qi_counts(p, d->before))
            plan_change(p, i);
    }
    for (size_t i = 0; i < p->present->object_count && !p->failed; i++)
        plan_let_go(p, &p->present->objects[i]);
    if (!p->failed)
        qi_keep_grants(p);
    if (!p->failed)
        qi_undo_default_grants(p);
    /* Comments on what is new, when it is known what was written. */
    for (size_t i = 0; i < p->desired->object_count && !p->failed; i++) {
        const qi_object *object = &p->desired->objects[i];
        if (object->comment && p->made[i] && qi_is_new(p, object))
            plan_comment(p, object);
    }
}

static bool prepare(qi_planning *p)
{
    size_t present = p->present->object_count + 1;
    size_t desired = p->desired->object_count + 1;
    p->fates = qi_arena_zero(p->arena, present, sizeof *p->fates);
    p->lets_go = qi_arena_zero(p->arena, present, sizeof *p->lets_go);
    p->loose_before = qi_arena_zero(p->arena, present, sizeof *p->loose_before);
    p->ended = qi_arena_zero(p->arena, present, sizeof *p->ended);
    p->loose_after = qi_arena_zero(p->arena, desired, sizeof *p->loose_after);
    p->made = qi_arena_zero(p->arena, desired, sizeof *p->made);
    p->refused = qi_arena_zero(p->arena, desired, sizeof *p->refused);
    p->differences = qi_diff(p->present, p->desired, p->arena, &p->difference_count);
    return p->fates && p->lets_go && p->loose_before && p->ended && p->loose_after && p->made &&
           p->refused && p->differences;
}

/* Forgets the steps, not the fates. */
static void begin_again(qi_planning *p)
{
    memset(p->ended, 0, p->present->object_count * sizeof *p->ended);
    memset(p->made, 0, p->desired->object_count * sizeof *p->made);
    memset(p->refused, 0, p->desired->object_count * sizeof *p->refused);
    p->draft_count = 0;
    p->touch_count = 0;
}

static void plan_in_rounds(qi_planning *p, qi_plan *out)
{
    for (int round = 0; round < MOST_ROUNDS; round++) {
        begin_again(p);
        plan_all(p);
        if (p->failed || p->refusal_count || qi_order(p, out))
            return;
    }
    qi_refuse_circle(p);
}

quire_status qi_plan_make(const qi_catalog *present, const qi_catalog *desired,
                          const qi_plan_options *options, qi_arena *arena, qi_plan *out,
                          quire_error *err)
{
    qi_plan plan = { 0 };
    qi_planning p = { .arena = arena, .present = present, .desired = desired };
    if (options)
        p.options = *options;
    if (!prepare(&p))
        return qi_fail_memory(err);
    qi_buffer_init(&p.sql, MOST_STEP_BYTES);
    qi_fates(&p);
    plan_in_rounds(&p, &plan);
    qi_buffer_free(&p.sql);
    if (p.failed)
        return qi_fail_memory(err);
    if (p.refusal_count)
        plan = (qi_plan){ .refusals = p.refusals, .refusal_count = p.refusal_count };
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
