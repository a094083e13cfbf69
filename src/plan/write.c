/* The text of a plan: its files and their names. */
#include "plan/plan.h"

#include <stdbool.h>
#include <string.h>

/* Long enough to tell, short enough to read in a directory listing. */
#define LONGEST_NAME 60

/* Statements of one line that are alike stand together; everything else has a line of its own. */
static bool is_block(const qi_step *step)
{
    const char *newline = strchr(step->sql, '\n');
    return step->hazard_count || (newline && newline[1]);
}

/* All before the first statement, so that a file that they stop has done nothing. */
static void write_checks(const qi_plan *plan, size_t file, qi_buffer *sql)
{
    for (size_t i = 0; i < plan->step_count; i++) {
        const qi_step *step = &plan->steps[i];
        for (size_t k = 0; step->file == file && k < step->check_count; k++) {
            const qi_precheck *check = &step->checks[k];
            qi_buffer_printf(sql, "-- quire: check %s: %s: %s\n%s;\n\n",
                             qi_hazard_name(check->kind), check->object, check->text, check->sql);
        }
    }
}

/*
 * What the body of a function uses is not known, and so may be made only later in the file. Not SET
 * LOCAL, so that the file does what it says outside a transaction too.
 */
static void write_settings(const qi_plan *plan, size_t file, qi_buffer *sql)
{
    for (size_t i = 0; i < plan->step_count; i++) {
        if (plan->steps[i].file == file && plan->steps[i].unchecked) {
            qi_buffer_add(sql, "SET check_function_bodies = off;\n\n");
            return;
        }
    }
}

void qi_plan_write(const qi_plan *plan, size_t file, qi_buffer *sql)
{
    const qi_step *before = NULL;
    if (plan->files[file].alone)
        qi_buffer_add(sql, "-- quire: no-transaction\n\n");
    write_checks(plan, file, sql);
    write_settings(plan, file, sql);
    for (size_t i = 0; i < plan->step_count; i++) {
        const qi_step *step = &plan->steps[i];
        if (step->file != file)
            continue;
        if (before &&
            (is_block(before) || is_block(step) || strncmp(before->sql, step->sql, 7) != 0))
            qi_buffer_add_char(sql, '\n');
        for (size_t k = 0; k < step->hazard_count; k++)
            qi_buffer_printf(sql, "-- hazard: %s: %s: %s\n", qi_hazard_name(step->hazards[k].kind),
                             step->hazards[k].object, step->hazards[k].text);
        qi_buffer_add(sql, step->sql);
        before = step;
    }
}

/* A comment or an owner says less than what it is about; what is built or validated is added too. */
static bool is_minor(const char *slug)
{
    static const char *const verbs[] = { "comment_", "own_", "build_", "validate_" };
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (strncmp(slug, verbs[i], strlen(verbs[i])) == 0)
            return true;
    }
    return false;
}

const char *qi_plan_name(const qi_plan *plan, size_t file, qi_arena *arena)
{
    const char *slug = NULL;
    size_t count = 0;
    for (size_t i = 0; i < plan->step_count; i++) {
        if (plan->steps[i].file != file)
            continue;
        const char *its = plan->steps[i].slug;
        bool again = count && strcmp(slug, its) == 0;
        bool minor = is_minor(its);
        if (!slug || (!minor && count == 0))
            slug = its;
        count += minor || again ? 0 : 1;
    }
    char *name = qi_arena_printf(arena, "%.*s%s", LONGEST_NAME, slug ? slug : "change",
                                 count > 1 ? "_and_more" : "");
    for (char *c = name; c && *c; c++) {
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
        else if (!((*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9')))
            *c = '_';
    }
    return name;
}
