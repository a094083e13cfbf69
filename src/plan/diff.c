#include "plan/diff.h"

#include <string.h>

typedef struct differ {
    qi_arena *arena;
    qi_difference *list;
    size_t count;
    size_t room;
    bool failed;
} differ;

static void add(differ *d, const qi_object *before, const qi_object *after, const char *attribute)
{
    if (d->count == d->room) {
        size_t room = d->room ? d->room * 2 : 64;
        qi_difference *list = qi_arena_zero(d->arena, room, sizeof *list);
        if (!list) {
            d->failed = true;
            return;
        }
        if (d->count)
            memcpy(list, d->list, d->count * sizeof *list);
        d->list = list;
        d->room = room;
    }
    d->list[d->count++] = (qi_difference){ before, after, attribute };
}

static bool same_text(const char *left, const char *right)
{
    return left && right ? strcmp(left, right) == 0 : left == right;
}

static void compare(differ *d, const qi_object *before, const qi_object *after)
{
    for (size_t i = 0; i < after->value_count; i++) {
        const char *name = after->names[i];
        if (*name != '_' && !same_text(qi_object_value(before, name), after->values[i]))
            add(d, before, after, name);
    }
    if (!same_text(before->comment, after->comment))
        add(d, before, after, "comment");
}

const qi_difference *qi_diff(const qi_catalog *before, const qi_catalog *after, qi_arena *arena,
                             size_t *count)
{
    differ d = { .arena = arena };
    size_t i = 0;
    size_t j = 0;
    /* Both lists are sorted the same way. */
    while (i < before->object_count || j < after->object_count) {
        const qi_object *old = i < before->object_count ? &before->objects[i] : NULL;
        const qi_object *new = j < after->object_count ? &after->objects[j] : NULL;
        int order = !old ? 1 : !new ? -1 : qi_object_compare(old, new);
        if (order <= 0)
            i++;
        if (order >= 0)
            j++;
        if ((order <= 0 && old && old->given) || (order >= 0 && new &&new->given))
            continue;
        if (order == 0 && new && !new->kind->derived)
            compare(&d, old, new);
        else if (order < 0 && old && !old->kind->derived)
            add(&d, old, NULL, NULL);
        else if (order > 0 && new && !new->kind->derived)
            add(&d, NULL, new, NULL);
    }
    *count = d.count;
    if (d.failed)
        return NULL;
    return d.list ? d.list : qi_arena_zero(arena, 1, sizeof *d.list);
}

const qi_object *qi_diff_same(const qi_catalog *other, const qi_object *object)
{
    size_t low = 0;
    size_t high = other->object_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = qi_object_compare(object, &other->objects[middle]);
        if (order == 0)
            return &other->objects[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}
