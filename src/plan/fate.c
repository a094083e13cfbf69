/*
 * What becomes of each object that is there: first by its own differences, then by what happens to
 * what it depends on. A view on a column that gets another type is dropped and made again; so is
 * what stands on that view, and so on.
 */
#include "plan/planning.h"

#include <string.h>

qi_fate qi_fate_of(const qi_planning *p, const qi_object *before)
{
    return p->fates[before - p->present->objects];
}

static void set_fate(qi_planning *p, const qi_object *before, qi_fate fate)
{
    qi_fate *its = &p->fates[before - p->present->objects];
    if (*its < fate)
        *its = fate;
}

/* A part of a table is called by its own name there. */
static const char *table_of(const qi_object *object)
{
    return object->parent ? object->parent->identity : "";
}

/* The last resort of a column: what to write by hand. */
static const char *column_hint(qi_planning *p, const qi_object *after, const char *attribute)
{
    const char *name = qi_name(p, after->name);
    if (strcmp(attribute, "type") == 0)
        return qi_text(p, "ALTER TABLE %s ALTER COLUMN %s TYPE %s;", table_of(after), name,
                       qi_object_value(after, "type"));
    if (strcmp(attribute, "not_null") == 0)
        return qi_text(p, "ALTER TABLE %s ALTER COLUMN %s %s NOT NULL;", table_of(after), name,
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
    const char *hint =
        qi_is_kind(d->after, "column") ? column_hint(p, d->after, d->attribute) : NULL;
    qi_refuse(p, d->after, text, hint);
}

static bool can_replace(const qi_object *object)
{
    const qi_rules *rules = qi_rules_of(object->kind->name);
    return rules && rules->replaceable && rules->create && rules->drop &&
           rules->replaceable(object);
}

static void judge_change(qi_planning *p, const qi_difference *d)
{
    const qi_rules *rules = qi_rules_of(d->after->kind->name);
    if (strcmp(d->attribute, "comment") == 0 || (rules && rules->implied))
        return;
    const qi_alteration *a = rules ? rules->alterations : NULL;
    while (a && a->attribute && strcmp(a->attribute, d->attribute) != 0)
        a++;
    qi_change change = !a || !a->attribute ? QI_REPLACE
                       : a->how            ? a->how(p, d->before, d->after)
                                           : QI_IN_PLACE;
    if (change == QI_IN_PLACE)
        set_fate(p, d->before, QI_ALTERED);
    else if (change == QI_DISTURBS)
        set_fate(p, d->before, QI_DISTURBED);
    else if (change == QI_SACRIFICE || (can_replace(d->before) && can_replace(d->after)))
        set_fate(p, d->before, QI_REPLACED);
    else
        refuse_change(p, d);
}

/* Who depends on whom, the other way round: those of object i are list[starts[i]] to starts[i + 1]. */
typedef struct dependents {
    size_t *starts;
    size_t *list;
} dependents;

static void count_or_fill(const qi_catalog *catalog, size_t *at, size_t *list)
{
    for (size_t i = 0; i < catalog->object_count; i++) {
        const qi_object *object = &catalog->objects[i];
        for (size_t k = 0; k <= object->depend_count; k++) {
            const qi_object *on = k < object->depend_count ? object->depends[k] : object->parent;
            if (!on)
                continue;
            size_t *place = &at[on - catalog->objects];
            if (list)
                list[*place] = i;
            ++*place;
        }
    }
}

static bool find_dependents(qi_planning *p, dependents *out)
{
    size_t count = p->present->object_count;
    size_t *counts = qi_arena_zero(p->arena, count + 1, sizeof *counts);
    out->starts = qi_arena_zero(p->arena, count + 1, sizeof *out->starts);
    if (!counts || !out->starts)
        return false;
    count_or_fill(p->present, counts, NULL);
    for (size_t i = 0; i < count; i++)
        out->starts[i + 1] = out->starts[i] + counts[i];
    out->list = qi_arena_zero(p->arena, out->starts[count] + 1, sizeof *out->list);
    if (!out->list)
        return false;
    memcpy(counts, out->starts, count * sizeof *counts);
    count_or_fill(p->present, counts, out->list);
    return true;
}

/* Kinds of which a column can be. */
static bool is_type(const qi_object *object)
{
    return qi_is_kind(object, "enum") || qi_is_kind(object, "domain") ||
           qi_is_kind(object, "composite type") || qi_is_kind(object, "range type");
}

/* When a column gets another type, the server itself sees to these, but for statistics targets. */
static bool follows_its_column(const qi_object *object)
{
    bool follows = qi_is_kind(object, "constraint") || qi_is_kind(object, "index") ||
                   qi_is_kind(object, "key index") || qi_is_kind(object, "statistics object");
    return follows && !qi_object_value(object, "target") && !qi_object_value(object, "statistics");
}

/* Something of another kind takes the name, so that the same text means another thing. */
static bool name_is_taken(const qi_planning *p, const qi_object *gone)
{
    for (size_t i = 0; gone->schema && i < p->desired->object_count; i++) {
        const qi_object *object = &p->desired->objects[i];
        if (!object->parent && object->schema && strcmp(object->schema, gone->schema) == 0 &&
            strcmp(object->name, gone->name) == 0)
            return true;
    }
    return false;
}

static void must_replace(qi_planning *p, const qi_object *object, const qi_object *of)
{
    const qi_rules *rules = qi_rules_of(object->kind->name);
    if (can_replace(object))
        set_fate(p, object, QI_REPLACED);
    else if (rules && rules->release && rules->restore)
        p->lets_go[object - p->present->objects] = of;
    else if (!object->kind->derived && !(rules && rules->implied))
        qi_refuse(p, object,
                  qi_text(p, "depends on %s %s, which cannot be changed while it is there",
                          of->kind->name, of->identity),
                  NULL);
}

/* What it means for `object` that `of`, on which it depends, is disturbed. */
static void disturb(qi_planning *p, const qi_object *object, const qi_object *of)
{
    if (qi_is_kind(of, "column") && follows_its_column(object))
        return;
    if (is_type(of) && (is_type(object) || qi_is_kind(object, "column"))) {
        if (!qi_object_value(object, "generated"))
            set_fate(p, object, QI_DISTURBED);
        else
            must_replace(p, object, of);
    } else if (can_replace(object)) {
        set_fate(p, object, QI_REPLACED);
    }
}

static void follow(qi_planning *p, const qi_object *object, const qi_object *of)
{
    qi_fate its = qi_fate_of(p, of);
    qi_fate own = qi_fate_of(p, object);
    if (own >= QI_REPLACED)
        return;
    if (object->parent == of) {
        /* Gone, with a part that is still called the same: it is a part of something else. */
        if (its >= QI_REPLACED)
            set_fate(p, object, QI_REPLACED);
    } else if (its == QI_DISTURBED) {
        disturb(p, object, of);
    } else if (its == QI_REPLACED || own == QI_KEPT || name_is_taken(p, of)) {
        must_replace(p, object, of);
    }
}

/* Each object is taken up again when its fate gets worse, which happens a few times at most. */
static void spread(qi_planning *p, const dependents *users)
{
    bool more = true;
    qi_fate *seen = qi_arena_zero(p->arena, p->present->object_count + 1, sizeof *seen);
    if (!seen) {
        p->failed = true;
        return;
    }
    while (more && !p->failed) {
        more = false;
        for (size_t i = 0; i < p->present->object_count; i++) {
            if (p->fates[i] < QI_DISTURBED || p->fates[i] == seen[i])
                continue;
            seen[i] = p->fates[i];
            more = true;
            for (size_t k = users->starts[i]; k < users->starts[i + 1]; k++)
                follow(p, &p->present->objects[users->list[k]], &p->present->objects[i]);
        }
    }
}

void qi_fates(qi_planning *p)
{
    dependents users = { 0 };
    if (!find_dependents(p, &users)) {
        p->failed = true;
        return;
    }
    for (size_t i = 0; i < p->difference_count; i++) {
        const qi_difference *d = &p->differences[i];
        if (!qi_counts(p, d->before ? d->before : d->after))
            continue;
        if (!d->after)
            set_fate(p, d->before, QI_DROPPED);
        else if (d->before)
            judge_change(p, d);
    }
    spread(p, &users);
}
