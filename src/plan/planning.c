#include "plan/planning.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *qi_text(qi_planning *p, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = length < 0 ? NULL : qi_arena_bytes(p->arena, (size_t)length + 1);
    if (!text) {
        p->failed = true;
        return "";
    }
    va_start(args, format);
    vsnprintf(text, (size_t)length + 1, format, args);
    va_end(args);
    return text;
}

void qi_sql(qi_planning *p, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    qi_buffer_vprintf(&p->sql, format, args);
    va_end(args);
}

const char *qi_quoted(qi_planning *p, const char *text)
{
    const char *quoted = qi_quote_text(p->arena, text);
    if (quoted)
        return quoted;
    p->failed = true;
    return "";
}

const char *qi_name(qi_planning *p, const char *name)
{
    const char *quoted = qi_quote_name(p->arena, name);
    if (quoted)
        return quoted;
    p->failed = true;
    return "";
}

/* A list in the arena with room for one more: the old one, or a copy of twice its size. */
static void *grown(qi_planning *p, void *list, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return list;
    size_t more = *room ? *room * 2 : 16;
    void *copy = qi_arena_zero(p->arena, more, size);
    if (!copy) {
        p->failed = true;
        return NULL;
    }
    if (count)
        memcpy(copy, list, count * size);
    *room = more;
    return copy;
}

void qi_step_open(qi_planning *p, const qi_object *about, qi_rank rank)
{
    qi_buffer_clear(&p->sql);
    p->hazard_count = 0;
    p->check_count = 0;
    qi_draft *drafts = grown(p, p->drafts, p->draft_count, &p->draft_room, sizeof *drafts);
    if (!drafts)
        return;
    p->drafts = drafts;
    drafts[p->draft_count++] = (qi_draft){ .about = about, .rank = rank, .mode = QI_MODE_PLAIN };
}

qi_draft *qi_step_current(qi_planning *p)
{
    return &p->drafts[p->draft_count - 1];
}

static void touch(qi_planning *p, qi_relation relation, const qi_object *object)
{
    qi_touch *list = grown(p, p->touches, p->touch_count, &p->touch_room, sizeof *list);
    if (!list || p->failed)
        return;
    p->touches = list;
    list[p->touch_count++] = (qi_touch){ relation, object, p->draft_count - 1 };
}

void qi_step_makes(qi_planning *p, const qi_object *object)
{
    touch(p, QI_MAKES, object);
    p->made[object - p->desired->objects] = true;
}

void qi_step_ends(qi_planning *p, const qi_object *object)
{
    touch(p, QI_ENDS, object);
    p->ended[object - p->present->objects] = true;
}

void qi_step_needs(qi_planning *p, const qi_object *object)
{
    touch(p, QI_NEEDS, object);
}

void qi_step_before(qi_planning *p, const qi_object *object)
{
    touch(p, QI_BEFORE, object);
}

void qi_step_behind(qi_planning *p, const qi_object *object)
{
    touch(p, QI_BEHIND, object);
}

void qi_step_first(qi_planning *p, const qi_object *object)
{
    touch(p, QI_FIRST, object);
}

void qi_step_shapes(qi_planning *p, const qi_object *object)
{
    touch(p, QI_SHAPES, object);
}

void qi_step_empties(qi_planning *p, const qi_object *object)
{
    touch(p, QI_EMPTIES, object);
}

void qi_step_settles(qi_planning *p, const qi_object *object)
{
    touch(p, QI_SETTLES, object);
}

void qi_step_follows(qi_planning *p)
{
    if (!p->failed)
        qi_step_current(p)->follows = true;
}

void qi_step_mode(qi_planning *p, qi_mode mode)
{
    if (!p->failed)
        qi_step_current(p)->mode = mode;
}

void qi_step_hazard(qi_planning *p, qi_hazard_kind kind, const char *object, const char *text)
{
    if (p->hazard_count < sizeof p->hazards / sizeof *p->hazards)
        p->hazards[p->hazard_count++] = (qi_hazard){ kind, object, text };
}

void qi_step_check(qi_planning *p, qi_hazard_kind kind, const char *object, const char *text,
                   const char *sql)
{
    if (p->check_count < sizeof p->checks / sizeof *p->checks)
        p->checks[p->check_count++] = (qi_precheck){ kind, object, text, sql };
}

/* A copy in the arena. */
static const void *kept(qi_planning *p, const void *list, size_t count, size_t size)
{
    void *copy = qi_arena_zero(p->arena, count + 1, size);
    if (!copy)
        p->failed = true;
    else if (count)
        memcpy(copy, list, count * size);
    return copy;
}

void qi_step_close(qi_planning *p, const char *verb, const char *first, const char *second)
{
    if (qi_buffer_failed(&p->sql))
        p->failed = true;
    if (p->failed)
        return;
    qi_draft *draft = qi_step_current(p);
    const qi_object *about = draft->about;
    draft->step.summary = qi_text(p, "%s %s %s", verb, about->kind->name, about->identity);
    draft->step.slug =
        qi_text(p, "%s_%s%s%s", verb, first, second ? "_" : "", second ? second : "");
    draft->step.sql = qi_text(p, "%s", p->sql.data);
    draft->step.hazards = kept(p, p->hazards, p->hazard_count, sizeof *p->hazards);
    draft->step.hazard_count = p->hazard_count;
    draft->step.checks = kept(p, p->checks, p->check_count, sizeof *p->checks);
    draft->step.check_count = p->check_count;
}

void qi_refuse(qi_planning *p, const qi_object *object, const char *text, const char *hint)
{
    qi_refusal *list = grown(p, p->refusals, p->refusal_count, &p->refusal_room, sizeof *list);
    if (!list)
        return;
    p->refusals = list;
    list[p->refusal_count++] = (qi_refusal){
        .object = qi_text(p, "%s %s", object->kind->name, object->identity),
        .text = text,
        .hint = hint,
    };
}

bool qi_counts(const qi_planning *p, const qi_object *object)
{
    return p->options.privileges ||
           (!qi_is_kind(object, "privilege") && !qi_is_kind(object, "ownership") &&
            !qi_is_kind(object, "default privilege"));
}

bool qi_is_kind(const qi_object *object, const char *kind)
{
    return strcmp(object->kind->name, kind) == 0;
}

const qi_object *qi_after(const qi_planning *p, const qi_object *before)
{
    return qi_diff_same(p->desired, before);
}

const qi_object *qi_before(const qi_planning *p, const qi_object *after)
{
    return qi_diff_same(p->present, after);
}

bool qi_is_there(const qi_planning *p, const qi_object *object)
{
    return qi_before(p, object) != NULL;
}

bool qi_is_new(const qi_planning *p, const qi_object *object)
{
    const qi_object *before = qi_before(p, object);
    return !before || qi_fate_of(p, before) >= QI_REPLACED;
}

bool qi_is_loose(const qi_planning *p, const qi_object *object)
{
    const qi_object *first = p->desired->objects;
    if (object >= first && object < first + p->desired->object_count)
        return p->loose_after[object - first];
    return p->loose_before[object - p->present->objects];
}

qi_rank qi_rank_of(const qi_planning *p, const qi_object *object, int minor)
{
    (void)p;
    const qi_object *whole = object->parent ? object->parent : object;
    return (qi_rank){
        .phase = (int)whole->order,
        .group = whole->identity,
        .minor = minor,
        .number = object->sub,
    };
}

/* Behind everything that is made. */
#define PHASE_LAST_DROPS 1000

qi_rank qi_rank_of_drop(const qi_planning *p, const qi_object *object)
{
    const qi_rules *rules = qi_rules_of(object->kind->name);
    qi_rank rank = qi_rank_of(p, object, QI_MINOR_DROP);
    bool light = rules && rules->replaceable && rules->replaceable(object);
    rank.phase = (light ? 0 : PHASE_LAST_DROPS) - (int)object->order - 1;
    return rank;
}

const char *qi_spoken(qi_planning *p, const char *attribute)
{
    char words[64];
    size_t length = 0;
    for (; attribute[length] && length < sizeof words - 1; length++)
        words[length] = (char)(attribute[length] == '_' ? ' ' : attribute[length]);
    words[length] = '\0';
    return qi_text(p, "%s", words);
}

bool qi_can_create(qi_planning *p, const qi_object *object, const char *const *creates)
{
    bool fine = true;
    for (size_t i = 0; i < object->value_count; i++) {
        const char *name = object->names[i];
        if (*name == '_' || !object->values[i])
            continue;
        const char *const *known = creates;
        while (*known && strcmp(*known, name) != 0)
            known++;
        if (*known)
            continue;
        qi_refuse(p, object,
                  qi_text(p, "is new with %s %.200s, which Quire cannot write yet",
                          qi_spoken(p, name), object->values[i]),
                  NULL);
        fine = false;
    }
    return fine;
}
