#include "cli/plan_output.h"

#include "base/error.h"

#include <jansson.h>
#include <stdio.h>

#define MOST_FILE_BYTES (64u * 1024u * 1024u)

qi_exit qi_plan_print(const qi_context *context, const qi_plan *plan)
{
    quire_error err = { 0 };
    qi_buffer sql;
    qi_buffer_init(&sql, MOST_FILE_BYTES);
    for (size_t file = 0; file < plan->file_count; file++) {
        if (file)
            qi_buffer_add_char(&sql, '\n');
        qi_plan_write(plan, file, &sql);
    }
    if (qi_buffer_failed(&sql))
        (void)qi_fail_memory(&err);
    else
        fputs(sql.data, stdout);
    qi_buffer_free(&sql);
    return err.status == QUIRE_OK ? QI_EXIT_OK : qi_report(context, &err);
}

static json_t *file_json(const qi_plan *plan, size_t file)
{
    qi_buffer sql;
    qi_buffer_init(&sql, MOST_FILE_BYTES);
    qi_plan_write(plan, file, &sql);
    json_t *object = qi_buffer_failed(&sql) ? NULL
                                            : json_pack("{s:b,s:s}", "transaction",
                                                        !plan->files[file].alone, "sql", sql.data);
    qi_buffer_free(&sql);
    return object;
}

static json_t *step_json(const qi_step *step)
{
    json_t *hazards = json_array();
    for (size_t i = 0; i < step->hazard_count; i++) {
        const qi_hazard *hazard = &step->hazards[i];
        json_array_append_new(hazards,
                              json_pack("{s:s,s:s,s:s}", "kind", qi_hazard_name(hazard->kind),
                                        "object", hazard->object, "text", hazard->text));
    }
    json_t *checks = json_array();
    for (size_t i = 0; i < step->check_count; i++) {
        const qi_precheck *check = &step->checks[i];
        json_array_append_new(
            checks, json_pack("{s:s,s:s,s:s,s:s}", "kind", qi_hazard_name(check->kind), "object",
                              check->object, "text", check->text, "sql", check->sql));
    }
    return json_pack("{s:s,s:s,s:i,s:o,s:o}", "summary", step->summary, "sql", step->sql, "file",
                     (int)step->file, "hazards", hazards, "checks", checks);
}

static json_t *refusal_json(const qi_refusal *refusal)
{
    return json_pack("{s:s,s:s,s:s*}", "object", refusal->object, "text", refusal->text, "hint",
                     refusal->hint);
}

json_t *qi_plan_files_json(const qi_plan *plan)
{
    bool fine = true;
    json_t *files = json_array();
    for (size_t i = 0; i < plan->file_count; i++)
        fine = json_array_append_new(files, file_json(plan, i)) == 0 && fine;
    if (fine)
        return files;
    json_decref(files);
    return NULL;
}

bool qi_plan_json(const qi_plan *plan, const quire_error *err, json_t *object)
{
    bool fine = true;
    json_t *steps = json_array();
    json_t *refusals = json_array();
    for (size_t i = 0; i < plan->step_count; i++)
        fine = json_array_append_new(steps, step_json(&plan->steps[i])) == 0 && fine;
    for (size_t i = 0; i < plan->refusal_count; i++)
        fine = json_array_append_new(refusals, refusal_json(&plan->refusals[i])) == 0 && fine;
    fine = json_object_set_new(object, "steps", steps) == 0 && fine;
    fine = json_object_set_new(object, "refusals", refusals) == 0 && fine;
    if (err->status != QUIRE_OK)
        fine = json_object_set_new(object, "error", qi_error_json(err)) == 0 && fine;
    return fine;
}

void qi_plan_tell_refusals(const qi_context *context, const char *provider, const qi_plan *plan)
{
    for (size_t i = 0; i < plan->refusal_count; i++) {
        const qi_refusal *refusal = &plan->refusals[i];
        qi_note(context, "%s%s%s %s", provider ? provider : "", provider ? ": " : "",
                refusal->object, refusal->text);
        if (refusal->hint)
            qi_note(context, "    by hand: %s", refusal->hint);
    }
}

void qi_plan_tell_hazards(const qi_context *context, const char *provider, const qi_plan *plan)
{
    for (size_t i = 0; i < plan->step_count; i++) {
        const qi_step *step = &plan->steps[i];
        for (size_t k = 0; k < step->hazard_count; k++)
            qi_note(context, "%s%shazard: %s: %s", provider ? provider : "", provider ? ": " : "",
                    step->summary, step->hazards[k].text);
    }
}
