/* The order of the steps: dependencies first, then the rank that reads well. */
#include "plan/planning.h"

#include <stdlib.h>
#include <string.h>

typedef struct edge {
    size_t first; /* a place in the order by rank, as everything below */
    size_t then;
} edge;

/* The drafts that have one relation to the objects of a catalog, object by object. */
typedef struct touched {
    size_t *starts;
    size_t *drafts;
} touched;

/* What takes or frees a name. */
typedef struct claim {
    const char *space; /* "relation", or the kind */
    const char *name;
    size_t draft;
    bool frees;
} claim;

/* Those that wait for nothing, the first by rank on top. */
typedef struct heap {
    size_t *items;
    size_t count;
} heap;

typedef struct sorter {
    qi_planning *p;
    const qi_draft **drafts; /* by rank */
    size_t *places;          /* of a draft of p->drafts in `drafts` */
    touched touched[QI_RELATION_COUNT];
    edge *edges;
    size_t edge_count;
    size_t edge_room;
    size_t *starts; /* of a draft's edges, which are sorted */
    size_t *waits;  /* for how many drafts a draft waits */
    bool *done;
    heap ready[QI_MODE_COUNT];
    qi_plan_file *files;
} sorter;

static int compare_rank(const void *left, const void *right)
{
    const qi_draft *a = *(const qi_draft *const *)left;
    const qi_draft *b = *(const qi_draft *const *)right;
    if (a->rank.phase != b->rank.phase)
        return a->rank.phase < b->rank.phase ? -1 : 1;
    int by_group = strcmp(a->rank.group, b->rank.group);
    if (by_group)
        return by_group;
    if (a->rank.minor != b->rank.minor)
        return a->rank.minor < b->rank.minor ? -1 : 1;
    if (a->rank.number != b->rank.number)
        return a->rank.number < b->rank.number ? -1 : 1;
    int by_identity = strcmp(a->about->identity, b->about->identity);
    return by_identity ? by_identity : strcmp(a->step.sql, b->step.sql);
}

static bool is_of_desired(qi_relation relation)
{
    return relation == QI_MAKES || relation == QI_NEEDS || relation == QI_SHAPES ||
           relation == QI_FIRST || relation == QI_SETTLES;
}

static const qi_catalog *catalog_of(const qi_planning *p, qi_relation relation)
{
    return is_of_desired(relation) ? p->desired : p->present;
}

static void *make(sorter *s, size_t count, size_t size)
{
    void *data = qi_arena_zero(s->p->arena, count + 1, size);
    if (!data)
        s->p->failed = true;
    return data;
}

static void sort_drafts(sorter *s)
{
    qi_planning *p = s->p;
    s->drafts = make(s, p->draft_count, sizeof *s->drafts);
    s->places = make(s, p->draft_count, sizeof *s->places);
    if (p->failed)
        return;
    for (size_t i = 0; i < p->draft_count; i++)
        s->drafts[i] = &p->drafts[i];
    if (p->draft_count)
        qsort(s->drafts, p->draft_count, sizeof *s->drafts, compare_rank);
    for (size_t i = 0; i < p->draft_count; i++)
        s->places[s->drafts[i] - p->drafts] = i;
}

static void group_touches(sorter *s, qi_relation relation)
{
    qi_planning *p = s->p;
    const qi_catalog *catalog = catalog_of(p, relation);
    touched *out = &s->touched[relation];
    size_t *at = make(s, catalog->object_count, sizeof *at);
    out->starts = make(s, catalog->object_count, sizeof *out->starts);
    out->drafts = make(s, p->touch_count, sizeof *out->drafts);
    if (p->failed)
        return;
    for (size_t i = 0; i < p->touch_count; i++) {
        if (p->touches[i].relation == relation)
            at[p->touches[i].object - catalog->objects]++;
    }
    for (size_t i = 0; i < catalog->object_count; i++)
        out->starts[i + 1] = out->starts[i] + at[i];
    memcpy(at, out->starts, catalog->object_count * sizeof *at);
    for (size_t i = 0; i < p->touch_count; i++) {
        if (p->touches[i].relation == relation)
            out->drafts[at[p->touches[i].object - catalog->objects]++] =
                s->places[p->touches[i].draft];
    }
}

static void add_edge(sorter *s, size_t first, size_t then)
{
    if (first == then || s->p->failed)
        return;
    if (s->edge_count == s->edge_room) {
        size_t room = s->edge_room ? s->edge_room * 2 : 256;
        edge *edges = make(s, room, sizeof *edges);
        if (!edges)
            return;
        if (s->edge_count)
            memcpy(edges, s->edges, s->edge_count * sizeof *edges);
        s->edges = edges;
        s->edge_room = room;
    }
    s->edges[s->edge_count++] = (edge){ first, then };
}

/* That a draft comes after all that have one relation to an object; false: there are none. */
static bool after_all(sorter *s, qi_relation relation, size_t draft, const qi_object *object)
{
    const touched *its = &s->touched[relation];
    size_t at = (size_t)(object - catalog_of(s->p, relation)->objects);
    for (size_t i = its->starts[at]; i < its->starts[at + 1]; i++)
        add_edge(s, its->drafts[i], draft);
    return its->starts[at] < its->starts[at + 1];
}

/* That a draft comes after all that make an object (of desired), or before all that end it. */
static void after_makers(sorter *s, size_t draft, const qi_object *object)
{
    if (!after_all(s, QI_SHAPES, draft, object))
        after_all(s, QI_MAKES, draft, object);
}

static void before_enders(sorter *s, size_t draft, const qi_object *object)
{
    const touched *ended = &s->touched[QI_ENDS];
    size_t at = (size_t)(object - s->p->present->objects);
    for (size_t i = ended->starts[at]; i < ended->starts[at + 1]; i++)
        add_edge(s, draft, ended->drafts[i]);
}

/* Alters it, so that what leans on its old shape must be gone. */
static void before_alterers(sorter *s, size_t draft, const qi_object *before)
{
    const qi_object *after = qi_after(s->p, before);
    if (!after || qi_fate_of(s->p, before) >= QI_REPLACED)
        return;
    const touched *made = &s->touched[QI_MAKES];
    size_t at = (size_t)(after - s->p->desired->objects);
    for (size_t i = made->starts[at]; i < made->starts[at + 1]; i++)
        add_edge(s, draft, made->drafts[i]);
}

static void before_makers(sorter *s, size_t draft, const qi_object *object)
{
    const touched *made = &s->touched[QI_MAKES];
    size_t at = (size_t)(object - s->p->desired->objects);
    for (size_t i = made->starts[at]; i < made->starts[at + 1]; i++)
        add_edge(s, draft, made->drafts[i]);
}

/* What is not right before all of what it is made of is as it is to be. */
static bool awaits_the_last(const qi_object *object)
{
    return qi_is_kind(object, "constraint") || qi_is_kind(object, "index") ||
           qi_is_kind(object, "materialized view");
}

static void order_made(sorter *s, size_t draft, const qi_object *object)
{
    const qi_planning *p = s->p;
    bool last = awaits_the_last(object);
    after_all(s, QI_SHAPES, draft, object);
    if (object->parent)
        after_makers(s, draft, object->parent);
    for (size_t i = 0; i < object->depend_count; i++) {
        after_makers(s, draft, object->depends[i]);
        if (last)
            after_all(s, QI_SETTLES, draft, object->depends[i]);
    }
    const qi_object *before = qi_before(p, object);
    if (!before || qi_fate_of(p, before) >= QI_REPLACED)
        return;
    /* It is altered, and lets go of what it does not depend on any more. */
    const qi_object *kept = p->lets_go[before - p->present->objects];
    for (size_t i = 0; i < before->depend_count; i++) {
        if (before->depends[i] != kept)
            before_enders(s, draft, before->depends[i]);
    }
}

/* What reads the rows for a constraint or an index does so when they are as they are to be. */
static void order_needed(sorter *s, size_t draft, const qi_object *object)
{
    after_makers(s, draft, object);
    if (s->drafts[draft]->mode == QI_MODE_ALONE && awaits_the_last(s->drafts[draft]->about))
        after_all(s, QI_SETTLES, draft, object);
}

static void order_emptied(sorter *s, size_t draft, const qi_object *object)
{
    for (size_t i = 0; i < object->depend_count; i++) {
        before_enders(s, draft, object->depends[i]);
        before_alterers(s, draft, object->depends[i]);
    }
}

static void order_ended(sorter *s, size_t draft, const qi_object *object)
{
    if (object->parent)
        before_enders(s, draft, object->parent);
    if (!after_all(s, QI_EMPTIES, draft, object))
        order_emptied(s, draft, object);
}

static void order_by_objects(sorter *s)
{
    for (size_t i = 1; i < s->p->draft_count; i++) {
        if (s->p->drafts[i].follows)
            add_edge(s, s->places[i - 1], s->places[i]);
    }
    for (size_t i = 0; i < s->p->touch_count; i++) {
        const qi_touch *touch = &s->p->touches[i];
        size_t draft = s->places[touch->draft];
        if (touch->relation == QI_MAKES)
            order_made(s, draft, touch->object);
        else if (touch->relation == QI_ENDS)
            order_ended(s, draft, touch->object);
        else if (touch->relation == QI_NEEDS)
            order_needed(s, draft, touch->object);
        else if (touch->relation == QI_BEFORE)
            before_enders(s, draft, touch->object);
        else if (touch->relation == QI_BEHIND)
            after_all(s, QI_ENDS, draft, touch->object);
        else if (touch->relation == QI_FIRST)
            before_makers(s, draft, touch->object);
        else if (touch->relation == QI_EMPTIES)
            order_emptied(s, draft, touch->object);
    }
}

/* Relations and types share names; a constraint has an index of its name. */
static const char *space_of(const qi_object *object)
{
    static const char *const relations[] = {
        "table", "foreign table", "view",           "sequence",  "materialized view", "index",
        "enum",  "domain",        "composite type", "base type", "range type",        NULL
    };
    for (const char *const *kind = relations; *kind; kind++) {
        if (qi_is_kind(object, *kind))
            return "relation";
    }
    const char *constraint =
        qi_is_kind(object, "constraint") ? qi_object_value(object, "_kind") : NULL;
    return constraint && strchr("pux", *constraint) ? "relation" : object->kind->name;
}

static const char *claimed_name(qi_planning *p, const qi_object *object, const char *space)
{
    if (strcmp(space, "relation") != 0 || !object->schema)
        return object->identity;
    return qi_text(p, "%s.%s", qi_name(p, object->schema), qi_name(p, object->name));
}

static int compare_claims(const void *left, const void *right)
{
    const claim *a = left;
    const claim *b = right;
    int by_space = strcmp(a->space, b->space);
    if (by_space)
        return by_space;
    int by_name = strcmp(a->name, b->name);
    if (by_name)
        return by_name;
    if (a->frees != b->frees)
        return a->frees ? -1 : 1;
    return a->draft < b->draft ? -1 : a->draft > b->draft;
}

/* One with constraints of the same name in two tables claims it for each of them. */
static size_t find_claims(sorter *s, claim *claims)
{
    qi_planning *p = s->p;
    size_t count = 0;
    for (size_t i = 0; i < p->touch_count; i++) {
        const qi_touch *touch = &p->touches[i];
        bool frees = touch->relation == QI_ENDS;
        bool takes = touch->relation == QI_MAKES || touch->relation == QI_SHAPES;
        if (!frees && !(takes && qi_is_new(p, touch->object)))
            continue;
        const char *space = space_of(touch->object);
        claims[count++] =
            (claim){ space, claimed_name(p, touch->object, space), s->places[touch->draft], frees };
    }
    return count;
}

static void order_by_names(sorter *s)
{
    claim *claims = make(s, s->p->touch_count, sizeof *claims);
    size_t count = claims ? find_claims(s, claims) : 0;
    if (s->p->failed || !count)
        return;
    qsort(claims, count, sizeof *claims, compare_claims);
    size_t first = 0;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(claims[i].space, claims[first].space) != 0 ||
            strcmp(claims[i].name, claims[first].name) != 0)
            first = i;
        for (size_t k = first; !claims[i].frees && k < i && claims[k].frees; k++)
            add_edge(s, claims[k].draft, claims[i].draft);
    }
}

static int compare_edges(const void *left, const void *right)
{
    const edge *a = left;
    const edge *b = right;
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    return a->then < b->then ? -1 : a->then > b->then;
}

static void sort_edges(sorter *s)
{
    size_t count = s->p->draft_count;
    s->starts = make(s, count + 1, sizeof *s->starts);
    s->waits = make(s, count, sizeof *s->waits);
    s->done = make(s, count, sizeof *s->done);
    if (s->p->failed)
        return;
    if (s->edge_count)
        qsort(s->edges, s->edge_count, sizeof *s->edges, compare_edges);
    for (size_t i = 0; i < s->edge_count; i++) {
        s->starts[s->edges[i].first + 1]++;
        s->waits[s->edges[i].then]++;
    }
    for (size_t i = 0; i < count; i++)
        s->starts[i + 1] += s->starts[i];
}

static void push(heap *h, size_t item)
{
    size_t at = h->count++;
    while (at && h->items[(at - 1) / 2] > item) {
        h->items[at] = h->items[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    h->items[at] = item;
}

static size_t pop(heap *h)
{
    size_t top = h->items[0];
    size_t last = h->items[--h->count];
    size_t at = 0;
    for (size_t child = 1; child < h->count; child = at * 2 + 1) {
        if (child + 1 < h->count && h->items[child + 1] < h->items[child])
            child++;
        if (h->items[child] >= last)
            break;
        h->items[at] = h->items[child];
        at = child;
    }
    h->items[at] = last;
    return top;
}

/* Whether a statement has one of the new values in it. Too careful rather than not enough. */
static bool uses_label(const qi_draft *draft, const qi_draft *adds)
{
    for (size_t i = 0; i < adds->label_count; i++) {
        if (!draft->labels && strstr(draft->step.sql, adds->labels[i]))
            return true;
    }
    return false;
}

/*
 * A new enum value cannot be used by the transaction that adds it: where another step seems to use
 * one, all values are added in a file of their own before the others.
 */
static void part_values(qi_planning *p)
{
    bool used = false;
    for (size_t i = 0; i < p->draft_count && !used; i++) {
        for (size_t k = 0; p->drafts[i].labels && k < p->draft_count && !used; k++)
            used = uses_label(&p->drafts[k], &p->drafts[i]);
    }
    for (size_t i = 0; used && i < p->draft_count; i++) {
        if (p->drafts[i].labels && p->drafts[i].mode == QI_MODE_PLAIN)
            p->drafts[i].mode = QI_MODE_VALUES;
    }
}

/* What can go on in a file of that mode; NULL: nothing. */
static heap *heap_for(sorter *s, qi_mode mode)
{
    heap *own = &s->ready[mode];
    heap *either = &s->ready[QI_MODE_EITHER];
    if (mode == QI_MODE_VALUES || !either->count)
        return own->count ? own : NULL;
    return own->count && own->items[0] < either->items[0] ? own : either;
}

static bool is_left(const sorter *s, qi_mode mode)
{
    for (size_t i = 0; i < s->p->draft_count; i++) {
        if (!s->done[i] && s->drafts[i]->mode == mode)
            return true;
    }
    return false;
}

/* The heap to go on with: one of the file that is being filled, as long as it has any. */
static heap *next_heap(sorter *s, qi_plan *out, qi_mode *mode)
{
    heap *more = out->file_count ? heap_for(s, *mode) : NULL;
    if (more)
        return more;
    qi_mode next = 0;
    while (next < QI_MODE_COUNT && !s->ready[next].count)
        next++;
    if (next == QI_MODE_COUNT)
        return NULL;
    if (next == QI_MODE_EITHER)
        next = is_left(s, QI_MODE_ALONE) ? QI_MODE_ALONE : QI_MODE_PLAIN;
    *mode = next;
    s->files[out->file_count++] = (qi_plan_file){ .alone = next == QI_MODE_ALONE };
    return heap_for(s, next);
}

/* Deals out what waits for nothing until nothing is left, or what is left waits in a circle. */
static void deal(sorter *s, qi_plan *out)
{
    qi_planning *p = s->p;
    qi_mode mode = QI_MODE_VALUES;
    qi_step *steps = make(s, p->draft_count, sizeof *steps);
    size_t *order = make(s, p->draft_count, sizeof *order);
    s->files = make(s, p->draft_count, sizeof *s->files);
    for (int i = 0; i < QI_MODE_COUNT; i++)
        s->ready[i].items = make(s, p->draft_count, sizeof *s->ready[i].items);
    if (p->failed)
        return;
    for (size_t i = 0; i < p->draft_count; i++) {
        if (!s->waits[i])
            push(&s->ready[s->drafts[i]->mode], i);
    }
    for (heap *h = next_heap(s, out, &mode); h; h = next_heap(s, out, &mode)) {
        size_t at = pop(h);
        s->done[at] = true;
        order[s->drafts[at] - p->drafts] = out->step_count;
        steps[out->step_count] = s->drafts[at]->step;
        steps[out->step_count++].file = out->file_count - 1;
        for (size_t i = s->starts[at]; i < s->starts[at + 1]; i++) {
            size_t then = s->edges[i].then;
            if (!--s->waits[then])
                push(&s->ready[s->drafts[then]->mode], then);
        }
    }
    if (out->step_count == p->draft_count)
        qi_mark_bodies(p, order, steps);
    out->steps = steps;
    out->files = s->files;
}

/* Takes off what nothing in the circle waits for, until only circles and what lies between remain. */
static void trim(sorter *s)
{
    bool more = true;
    while (more) {
        more = false;
        for (size_t i = 0; i < s->p->draft_count; i++) {
            bool waited_for = s->done[i];
            for (size_t k = s->starts[i]; k < s->starts[i + 1] && !waited_for; k++)
                waited_for = !s->done[s->edges[k].then];
            if (!waited_for) {
                s->done[i] = true;
                more = true;
            }
        }
    }
}

/* Marks what stands in circles; false: all of it had been marked before. */
static bool loosen(sorter *s)
{
    qi_planning *p = s->p;
    bool any = false;
    trim(s);
    for (size_t i = 0; i < p->touch_count; i++) {
        const qi_touch *touch = &p->touches[i];
        if (s->done[s->places[touch->draft]] || touch->relation > QI_ENDS)
            continue;
        bool made = touch->relation == QI_MAKES;
        bool *mark = made ? &p->loose_after[touch->object - p->desired->objects]
                          : &p->loose_before[touch->object - p->present->objects];
        any = any || !*mark;
        *mark = true;
    }
    for (size_t i = 0; i < p->draft_count; i++)
        p->drafts[i].circular = !s->done[s->places[i]];
    return any;
}

void qi_refuse_circle(qi_planning *p)
{
    for (size_t i = 0; i < p->draft_count; i++) {
        if (p->drafts[i].circular)
            qi_refuse(p, p->drafts[i].about,
                      "depends on something that depends on it, in a circle that Quire cannot "
                      "break yet",
                      NULL);
    }
}

bool qi_order(qi_planning *p, qi_plan *out)
{
    sorter s = { .p = p };
    part_values(p);
    sort_drafts(&s);
    for (qi_relation relation = 0; relation < QI_RELATION_COUNT && !p->failed; relation++)
        group_touches(&s, relation);
    if (!p->failed)
        order_by_objects(&s);
    if (!p->failed)
        order_by_names(&s);
    if (!p->failed)
        sort_edges(&s);
    *out = (qi_plan){ 0 };
    if (!p->failed)
        deal(&s, out);
    if (p->failed || out->step_count == p->draft_count)
        return true;
    if (loosen(&s))
        return false;
    qi_refuse_circle(p);
    return true;
}
