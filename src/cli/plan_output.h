/* plan_output.h - a plan for people and for programs. */
#ifndef QI_PLAN_OUTPUT_H
#define QI_PLAN_OUTPUT_H

#include "cli/cli.h"
#include "plan/plan.h"

struct json_t;

/* Prints the SQL of all files on standard output. Returns QI_EXIT_OK or what went wrong, reported. */
qi_exit qi_plan_print(const qi_context *context, const qi_plan *plan);

/*
 * The files of a plan as an array of objects, each with its `sql` and whether it is one
 * `transaction`. NULL when out of memory.
 */
struct json_t *qi_plan_files_json(const qi_plan *plan);

/* Puts `steps`, `refusals` and, when `err` holds one, `error` into an object. False: out of memory. */
bool qi_plan_json(const qi_plan *plan, const quire_error *err, struct json_t *object);

/* Notes on standard error: every refusal with what to write by hand, every hazard. `provider` may be
 * NULL. */
void qi_plan_tell_refusals(const qi_context *context, const char *provider, const qi_plan *plan);
void qi_plan_tell_hazards(const qi_context *context, const char *provider, const qi_plan *plan);

#endif
