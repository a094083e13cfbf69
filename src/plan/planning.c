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

static size_t index_of(const qi_planning *p, const qi_object *object)
{
    return (size_t)(object - p->desired->objects);
}

void qi_step_open(qi_planning *p, const qi_object *about, qi_rank rank)
{
    qi_buffer_clear(&p->sql);
    p->hazard_count = 0;
    qi_draft *drafts = grown(p, p->drafts, p->draft_count, &p->draft_room, sizeof *drafts);
    if (!drafts)
        return;
    p->drafts = drafts;
    drafts[p->draft_count++] = (qi_draft){ .about = about, .rank = rank };
}

qi_draft *qi_step_current(qi_planning *p)
{
    return &p->drafts[p->draft_count - 1];
}

void qi_step_makes(qi_planning *p, const qi_object *object)
{
    size_t at = index_of(p, object);
    if (!p->makers[at])
        p->makers[at] = p->draft_count;
}

void qi_step_needs(qi_planning *p, const qi_object *object)
{
    if (p->failed)
        return;
    qi_draft *draft = qi_step_current(p);
    for (size_t i = 0; i < QI_STEP_NEEDS; i++) {
        if (!draft->needs[i]) {
            draft->needs[i] = object;
            return;
        }
    }
}

void qi_step_hazard(qi_planning *p, qi_hazard_kind kind, const char *object, const char *text)
{
    if (p->hazard_count < sizeof p->hazards / sizeof *p->hazards)
        p->hazards[p->hazard_count++] = (qi_hazard){ kind, object, text };
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
    qi_hazard *hazards = qi_arena_zero(p->arena, p->hazard_count + 1, sizeof *hazards);
    if (!hazards) {
        p->failed = true;
        return;
    }
    memcpy(hazards, p->hazards, p->hazard_count * sizeof *hazards);
    draft->step.hazards = hazards;
    draft->step.hazard_count = p->hazard_count;
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

bool qi_is_new(const qi_planning *p, const qi_object *object)
{
    return !qi_diff_same(p->present, object);
}

qi_rank qi_rank_of(const qi_planning *p, const qi_object *object, int minor)
{
    (void)p;
    const qi_object *whole = object->parent ? object->parent : object;
    return (qi_rank){
        .phase = whole->order,
        .group = whole->identity,
        .minor = minor,
        .number = object->sub,
    };
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
