/*
 * Which functions are made before something that their body in quotes may use: PostgreSQL would check it
 * too early. Nothing knows what such a body uses, so a word in it that is also the name of something
 * that a later step makes or ends is enough.
 */
#include "plan/planning.h"

#include <stdlib.h>
#include <string.h>

/* A word of a name, and the last step that is about something with that name. */
typedef struct word {
    const char *text; /* in lower case */
    size_t length;
    size_t last;
} word;

typedef struct vocabulary {
    qi_planning *p;
    word *words;
    size_t count;
    size_t room;
    size_t unnamed; /* the last step about what is used without being named, plus one */
} vocabulary;

/* Without the dollar, which ends words where a body is quoted with it. */
static bool is_word_char(char c)
{
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           ((unsigned char)c & 0x80u);
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* The next word from *at on; false at the end. */
static bool next_word(const char **at, word *out)
{
    const char *start = *at;
    while (*start && !is_word_char(*start))
        start++;
    const char *end = start;
    while (*end && is_word_char(*end))
        end++;
    *out = (word){ .text = start, .length = (size_t)(end - start) };
    *at = end;
    return out->length > 0;
}

static int compare_text(const word *left, const word *right)
{
    size_t length = left->length < right->length ? left->length : right->length;
    for (size_t i = 0; i < length; i++) {
        char a = lower(left->text[i]);
        char b = lower(right->text[i]);
        if (a != b)
            return (unsigned char)a < (unsigned char)b ? -1 : 1;
    }
    return left->length < right->length ? -1 : left->length > right->length;
}

static int compare_words(const void *left, const void *right)
{
    return compare_text(left, right);
}

static void add_word(vocabulary *v, word its)
{
    if (v->count == v->room) {
        size_t room = v->room ? v->room * 2 : 256;
        word *words = qi_arena_zero(v->p->arena, room, sizeof *words);
        if (!words) {
            v->p->failed = true;
            return;
        }
        if (v->count)
            memcpy(words, v->words, v->count * sizeof *words);
        v->words = words;
        v->room = room;
    }
    v->words[v->count++] = its;
}

static void add_name(vocabulary *v, const char *name, size_t step)
{
    word its;
    while (!v->p->failed && next_word(&name, &its)) {
        its.last = step;
        add_word(v, its);
    }
}

static bool is_one_of(const qi_object *object, const char *const *kinds)
{
    for (; *kinds; kinds++) {
        if (qi_is_kind(object, *kinds))
            return true;
    }
    return false;
}

static void add_object(vocabulary *v, const qi_object *object, size_t step)
{
    static const char *const harmless[] = { "ownership", "privilege",         "default privilege",
                                            "trigger",   "inherited trigger", "policy",
                                            "rule",      "statistics object", NULL };
    static const char *const unnamed[] = {
        "extension", "cast", "operator", "operator family", "operator class", "transform", NULL
    };
    if (is_one_of(object, harmless))
        return;
    if (is_one_of(object, unnamed) && v->unnamed < step + 1)
        v->unnamed = step + 1;
    /* Whoever uses a part of a table names the table too. */
    add_name(v, object->parent ? object->parent->name : object->name, step);
}

/* Sorted, each once, with its last step. */
static void settle(vocabulary *v)
{
    size_t count = 0;
    if (v->count)
        qsort(v->words, v->count, sizeof *v->words, compare_words);
    for (size_t i = 0; i < v->count; i++) {
        if (count && compare_text(&v->words[count - 1], &v->words[i]) == 0) {
            if (v->words[count - 1].last < v->words[i].last)
                v->words[count - 1].last = v->words[i].last;
        } else {
            v->words[count++] = v->words[i];
        }
    }
    v->count = count;
}

static bool uses_later(const vocabulary *v, const char *body, size_t step)
{
    word its;
    if (v->unnamed > step + 1)
        return true;
    while (v->count && next_word(&body, &its)) {
        const word *found = bsearch(&its, v->words, v->count, sizeof its, compare_words);
        if (found && found->last > step)
            return true;
    }
    return false;
}

void qi_mark_bodies(qi_planning *p, const size_t *order, qi_step *steps)
{
    vocabulary v = { .p = p };
    bool any = false;
    for (size_t i = 0; i < p->draft_count; i++)
        any = any || steps[i].function;
    for (size_t i = 0; any && i < p->touch_count && !p->failed; i++) {
        if (p->touches[i].relation == QI_MAKES || p->touches[i].relation == QI_ENDS)
            add_object(&v, p->touches[i].object, order[p->touches[i].draft]);
    }
    if (p->failed || !any)
        return;
    settle(&v);
    for (size_t i = 0; i < p->draft_count; i++) {
        const char *body =
            steps[i].function ? qi_object_value(steps[i].function, "definition") : NULL;
        steps[i].early = body && uses_later(&v, body, i);
    }
}
