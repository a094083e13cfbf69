#include "cli/lint.h"

#include "base/error.h"
#include "cli/options.h"
#include "lint/lint.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum { COLUMNS = 4 };

static size_t count_rules(void)
{
    size_t count = 0;
    for (const qi_lint_family *family = qi_lint_families; family->name; family++)
        for (const qi_lint_rule *rule = family->rules; rule->id; rule++)
            count++;
    return count;
}

static json_t *rule_json(const qi_lint_family *family, const qi_lint_rule *rule)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "id", rule->id, "family", family->name,
                     "severity", qi_lint_severity_name(rule->severity), "summary", rule->summary,
                     "why", rule->why, "rewrite", rule->rewrite);
}

static qi_exit show_json(qi_context *context)
{
    json_t *rows = json_array();
    bool whole = rows != NULL;
    for (const qi_lint_family *family = qi_lint_families; family->name; family++)
        for (const qi_lint_rule *rule = family->rules; rule->id; rule++)
            whole = json_array_append_new(rows, rule_json(family, rule)) == 0 && whole;
    if (!whole) {
        json_decref(rows);
        rows = NULL;
    }
    return qi_print_json(context, rows ? json_pack("{s:o}", "rules", rows) : NULL);
}

qi_exit qi_lint_show_rules(qi_context *context)
{
    quire_error err = { 0 };
    if (context->json)
        return show_json(context);
    size_t count = count_rules();
    const char **cells = qi_arena_zero(&context->arena, count * COLUMNS, sizeof *cells);
    if (!cells) {
        qi_fail_memory(&err);
        return qi_report(context, &err);
    }
    const char **row = cells;
    for (const qi_lint_family *family = qi_lint_families; family->name; family++)
        for (const qi_lint_rule *rule = family->rules; rule->id; rule++) {
            row[0] = rule->id;
            row[1] = qi_lint_severity_name(rule->severity);
            row[2] = family->name;
            row[3] = rule->summary;
            row += COLUMNS;
        }
    qi_print_table(cells, count, COLUMNS);
    return QI_EXIT_OK;
}

static qi_exit unknown_rule(qi_context *context, const qi_args *args, const char *id)
{
    size_t count = 0;
    const char **names = qi_arena_zero(&context->arena, count_rules(), sizeof *names);
    for (const qi_lint_family *family = qi_lint_families; names && family->name; family++)
        for (const qi_lint_rule *rule = family->rules; rule->id; rule++)
            names[count++] = rule->id;
    int nearest = names ? qi_nearest(id, names, count) : -1;
    if (nearest < 0)
        return qi_usage(context, args, "there is no rule \"%s\"; --rules lists them", id);
    return qi_usage(context, args, "there is no rule \"%s\"; did you mean %s?", id, names[nearest]);
}

qi_exit qi_lint_explain(qi_context *context, const qi_args *args, const char *id)
{
    const qi_lint_family *family = NULL;
    const qi_lint_rule *rule = qi_lint_rule_named(id, &family);
    if (!rule)
        return unknown_rule(context, args, id);
    if (context->json)
        return qi_print_json(context, rule_json(family, rule));
    printf("%s (%s, %s)\n\n%s.\n\n%s\n\nInstead:\n\n%s\n", rule->id, family->name,
           qi_lint_severity_name(rule->severity), rule->summary, rule->why, rule->rewrite);
    if (rule->hazards)
        printf("\nStated by a hazard comment of: %s.\n", rule->hazards);
    return QI_EXIT_OK;
}
