/* The order of the steps: dependencies first, then the rank that reads well. */
#include "plan/planning.h"

#include <stdlib.h>
#include <string.h>

static int compare_rank(const void *left, const void *right)
{
    const qi_draft *a = left;
    const qi_draft *b = right;
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

typedef struct edge {
    size_t first; /* draft */
    size_t then;
} edge;

typedef struct sorter {
    qi_planning *p;
    size_t *makers; /* as p->makers, by the sorted drafts; 1 + draft */
    edge *edges;
    size_t count;
} sorter;

/* That draft `then` comes after whichever makes `object`. */
static void wait_for(sorter *s, size_t then, const qi_object *object)
{
    size_t maker = s->makers[object - s->p->desired->objects];
    if (!maker || maker - 1 == then)
        return;
    s->edges[s->count++] = (edge){ maker - 1, then };
    s->p->drafts[then].waits++;
}

static size_t most_edges(const qi_planning *p)
{
    size_t most = p->draft_count * QI_STEP_NEEDS;
    for (size_t i = 0; i < p->desired->object_count; i++)
        most += p->desired->objects[i].depend_count + 1;
    return most;
}

static void find_edges(sorter *s)
{
    qi_planning *p = s->p;
    for (size_t i = 0; i < p->desired->object_count; i++) {
        const qi_object *object = &p->desired->objects[i];
        if (!s->makers[i])
            continue;
        if (object->parent)
            wait_for(s, s->makers[i] - 1, object->parent);
        for (size_t k = 0; k < object->depend_count; k++)
            wait_for(s, s->makers[i] - 1, object->depends[k]);
    }
    for (size_t i = 0; i < p->draft_count; i++) {
        for (size_t k = 0; k < QI_STEP_NEEDS && p->drafts[i].needs[k]; k++)
            wait_for(s, i, p->drafts[i].needs[k]);
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

/* Of those that wait for nothing, the first by rank. p->draft_count: none, so there is a cycle. */
static size_t next_ready(const qi_planning *p, size_t from)
{
    for (size_t i = from; i < p->draft_count; i++) {
        if (!p->drafts[i].done && !p->drafts[i].waits)
            return i;
    }
    return p->draft_count;
}

static void finish(sorter *s, size_t draft)
{
    size_t low = 0;
    size_t high = s->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->edges[middle].first < draft)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < s->count && s->edges[low].first == draft; low++)
        s->p->drafts[s->edges[low].then].waits--;
}

/* The makers by the drafts' places after sorting. */
static void renumber(sorter *s, const size_t *places)
{
    for (size_t i = 0; i < s->p->desired->object_count; i++) {
        size_t maker = s->p->makers[i];
        s->makers[i] = maker ? places[maker - 1] + 1 : 0;
    }
}

static bool prepare(sorter *s)
{
    qi_planning *p = s->p;
    if (!p->draft_count)
        return true;
    size_t *places = qi_arena_zero(p->arena, p->draft_count + 1, sizeof *places);
    s->makers = qi_arena_zero(p->arena, p->desired->object_count + 1, sizeof *s->makers);
    s->edges = qi_arena_zero(p->arena, most_edges(p) + 1, sizeof *s->edges);
    if (!places || !s->makers || !s->edges)
        return false;
    /* step.file is free until the files are dealt out: it carries the place before sorting. */
    for (size_t i = 0; i < p->draft_count; i++)
        p->drafts[i].step.file = i;
    qsort(p->drafts, p->draft_count, sizeof *p->drafts, compare_rank);
    for (size_t i = 0; i < p->draft_count; i++) {
        places[p->drafts[i].step.file] = i;
        p->drafts[i].step.file = 0;
    }
    renumber(s, places);
    find_edges(s);
    qsort(s->edges, s->count, sizeof *s->edges, compare_edges);
    return true;
}

static void refuse_cycle(qi_planning *p)
{
    for (size_t i = 0; i < p->draft_count; i++) {
        if (!p->drafts[i].done)
            qi_refuse(p, p->drafts[i].about,
                      "depends on something that depends on it, in a circle that Quire cannot "
                      "break yet",
                      NULL);
    }
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
static bool must_split(const qi_planning *p)
{
    for (size_t i = 0; i < p->draft_count; i++) {
        for (size_t k = 0; p->drafts[i].labels && k < p->draft_count; k++) {
            if (uses_label(&p->drafts[k], &p->drafts[i]))
                return true;
        }
    }
    return false;
}

/* Steps of file 0, then those of file 1. */
static void deal(qi_planning *p, qi_step *ordered, qi_plan *out)
{
    qi_step *steps = qi_arena_zero(p->arena, p->draft_count + 1, sizeof *steps);
    if (!steps) {
        p->failed = true;
        return;
    }
    out->file_count = p->draft_count ? 1 : 0;
    for (size_t file = 0; file < 2; file++) {
        for (size_t i = 0; i < p->draft_count; i++) {
            if (ordered[i].file != file)
                continue;
            steps[out->step_count++] = ordered[i];
            out->file_count = file + 1;
        }
    }
    out->steps = steps;
}

void qi_order(qi_planning *p, qi_plan *out)
{
    sorter s = { .p = p };
    qi_step *ordered = qi_arena_zero(p->arena, p->draft_count + 1, sizeof *ordered);
    if (!ordered || !prepare(&s)) {
        p->failed = true;
        return;
    }
    bool split = must_split(p);
    for (size_t i = 0; i < p->draft_count; i++) {
        size_t next = next_ready(p, 0);
        if (next == p->draft_count) {
            refuse_cycle(p);
            return;
        }
        qi_draft *draft = &p->drafts[next];
        draft->done = true;
        draft->step.file = split && !draft->labels ? 1 : 0;
        ordered[i] = draft->step;
        finish(&s, next);
    }
    deal(p, ordered, out);
}
