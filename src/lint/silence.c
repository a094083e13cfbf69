/* Findings that the file itself speaks of: what is ignored, and what a plan has stated. */
#include "lint/rule.h"

#include <string.h>

static bool has_word(const char *list, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = list; at && *at;) {
        const char *end = strchr(at, ' ');
        size_t size = end ? (size_t)(end - at) : strlen(at);
        if (size == length && strncmp(at, word, length) == 0)
            return true;
        at = end ? end + 1 : NULL;
    }
    return false;
}

/* "public.books" is about "public.books.title", and the other way round. */
static bool is_about(const char *stated, size_t length, const char *found)
{
    if (!found)
        return false;
    size_t other = strlen(found);
    size_t common = length < other ? length : other;
    if (strncmp(stated, found, common) != 0)
        return false;
    return length == other || (length > common ? stated[common] : found[common]) == '.';
}

/* A hazard stands over the statements of its paragraph; a check is about one object in the whole file. */
static bool states(const qi_lint *lint, const qi_directive *directive,
                   const qi_lint_finding *finding)
{
    if (directive->kind == QI_DIRECTIVE_IGNORE ||
        !has_word(finding->rule->hazards, directive->word))
        return false;
    if (directive->kind == QI_DIRECTIVE_HAZARD &&
        (directive->statement > finding->statement ||
         lint->statements[directive->statement].paragraph !=
             lint->statements[finding->statement].paragraph))
        return false;
    size_t length = strcspn(directive->rest, ":");
    if (directive->kind == QI_DIRECTIVE_CHECK)
        return finding->object && strlen(finding->object) == length &&
               strncmp(directive->rest, finding->object, length) == 0;
    return is_about(directive->rest, length, finding->object) ||
           is_about(directive->rest, length, finding->table);
}

static bool is_ignored(qi_lint *lint, qi_lint_finding *finding)
{
    for (size_t i = 0; i < lint->directive_count; i++) {
        qi_directive *directive = &lint->directives[i];
        if (directive->kind != QI_DIRECTIVE_IGNORE || !*directive->rest ||
            directive->statement != finding->statement ||
            strcmp(directive->word, finding->rule->id) != 0)
            continue;
        directive->used = true;
        finding->reason = directive->rest;
        return true;
    }
    return false;
}

static bool is_stated(const qi_lint *lint, const qi_lint_finding *finding)
{
    if (finding->statement >= lint->statement_count)
        return false;
    for (size_t i = 0; i < lint->directive_count; i++)
        if (states(lint, &lint->directives[i], finding))
            return true;
    return false;
}

/* By place, then in the order of reporting; the lists are short. */
static void insert(qi_lint_finding **list, qi_lint_finding *finding)
{
    while (*list && ((*list)->line < finding->line ||
                     ((*list)->line == finding->line && (*list)->column <= finding->column)))
        list = &(*list)->next;
    finding->next = *list;
    *list = finding;
}

static qi_lint_finding **end_of(qi_lint_finding **list)
{
    while (*list)
        list = &(*list)->next;
    return list;
}

/* Newest first to oldest first. */
static qi_lint_finding *reversed(qi_lint_finding *list)
{
    qi_lint_finding *out = NULL;
    while (list) {
        qi_lint_finding *next = list->next;
        list->next = out;
        out = list;
        list = next;
    }
    return out;
}

/* What is wrong with the file's own words about findings. */
static void report_ignores(qi_lint *lint)
{
    const qi_lint_rule *bad = qi_lint_rule_named("bad-ignore", NULL);
    const qi_lint_rule *unused = qi_lint_rule_named("unused-ignore", NULL);
    for (size_t i = 0; i < lint->directive_count; i++) {
        const qi_directive *directive = &lint->directives[i];
        /* Of a statement that did not run, nothing is known. */
        if (directive->kind != QI_DIRECTIVE_IGNORE || directive->used ||
            (directive->statement < lint->statement_count && directive->statement >= lint->reached))
            continue;
        qi_lint_names names = { .name = directive->word };
        lint->at = lint->statement_count;
        if (!qi_lint_rule_named(directive->word, NULL))
            qi_lint_find(lint, bad, 0, NULL, &names, "there is no rule \"%s\"", directive->word);
        else if (!*directive->rest)
            qi_lint_find(lint, bad, 0, NULL, &names, "ignoring %s needs a reason", directive->word);
        else
            qi_lint_find(lint, unused, 0, NULL, &names, "the statement below does not break %s",
                         directive->word);
        if (lint->findings && !lint->failed) {
            lint->findings->line = directive->line;
            lint->findings->column = directive->column;
        }
    }
}

void qi_lint_silence(qi_lint *lint, qi_lint_report *out)
{
    qi_lint_finding *found = NULL;
    qi_lint_finding *ignored = NULL;
    qi_lint_finding *list = reversed(lint->findings);
    lint->findings = NULL;
    for (qi_lint_finding *next = NULL; list; list = next) {
        next = list->next;
        if (is_ignored(lint, list))
            insert(&ignored, list);
        else if (!is_stated(lint, list) && (!list->rule->holds || list->rule->holds(lint, list)))
            insert(&found, list);
    }
    report_ignores(lint);
    list = reversed(lint->findings);
    lint->findings = NULL;
    for (qi_lint_finding *next = NULL; list; list = next) {
        next = list->next;
        insert(&found, list);
    }
    for (const qi_lint_finding *one = found; one; one = one->next)
        *(one->rule->severity == QI_LINT_ERROR ? &out->errors : &out->warnings) += 1;
    *end_of(&out->findings) = found;
    *end_of(&out->ignored) = ignored;
}
