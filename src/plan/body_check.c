/* The bodies of the functions that a plan makes, checked where all that they may use is there. */
#include "base/error.h"
#include "catalog/object.h"
#include "plan/plan.h"

#include <quire/sql.h>

#include <string.h>

/* Has the language look at a function of `p`; which search_path it has set; and one that finds most. */
#define LOOK                                                                                       \
    "select format('select %s(%s)', l.lanvalidator::regproc, p.oid), "                             \
    "(select substr(c, 13) from unnest(p.proconfig) c where c like 'search_path=%' limit 1), "     \
    "(select string_agg(quote_ident(n.nspname), ', ' order by n.oid <> p.pronamespace, n.oid) "    \
    "from pg_namespace n where n.nspname !~ '^pg_' and n.nspname <> 'information_schema') "        \
    "from pg_proc p join pg_language l on l.oid = p.prolang and l.lanvalidator <> 0 "              \
    "where p.oid = $1::oid"
#define SETTINGS                                                                                   \
    "select set_config('check_function_bodies', 'on', true), "                                     \
    "set_config('search_path', coalesce($1, current_setting('search_path')), true)"
#define HINT                                                                                       \
    "correct it in the schema, where check_function_bodies was off; what is only there when the "  \
    "body runs, such as a temporary table, can be used from PL/pgSQL"

/* What is known of one function. */
typedef enum verdict {
    SOUND,         /* as it will be made */
    SOUND_IN_PATH, /* where its own search_path, or a wider one, is set */
    BROKEN
} verdict;

typedef struct checker {
    quire_db *db;
    qi_arena *arena;
    quire_error cause; /* why the last one is broken */
    quire_error *err;
} checker;

/* Whether the failure is the server's word on the body. */
static bool is_verdict(quire_status status)
{
    return status != QUIRE_CONNECT && status != QUIRE_LOST && status != QUIRE_MEMORY;
}

static quire_status try(checker *c, const char *call, const char *path)
{
    quire_db *transaction = quire_begin(c->db, NULL, &c->cause);
    if (!transaction)
        return c->cause.status;
    quire_status status = quire_query(transaction, SETTINGS, &path, 1, NULL, &c->cause);
    if (status == QUIRE_OK)
        status = quire_query(transaction, call, NULL, 0, NULL, &c->cause);
    quire_rollback(transaction, NULL);
    return status;
}

static quire_status judge(checker *c, const quire_rows *rows, verdict *out)
{
    const char *call = quire_rows_value(rows, 0, 0);
    const char *own = quire_rows_value(rows, 0, 1);
    const char *wide = quire_rows_value(rows, 0, 2);
    quire_status status = try(c, call, own);
    *out = SOUND;
    /* A name may be found by a search_path that the schema's file or the program sets. */
    if (status != QUIRE_OK && is_verdict(status) && !own) {
        *out = SOUND_IN_PATH;
        status = try(c, call, wide);
    }
    if (status == QUIRE_OK || !is_verdict(status))
        return status;
    *out = BROKEN;
    return QUIRE_OK;
}

static quire_status look(checker *c, const qi_object *function, verdict *out)
{
    quire_rows rows = { 0 };
    const char *oid = qi_arena_printf(c->arena, "%u", (unsigned)function->oid);
    if (!oid)
        return qi_fail_memory(c->err);
    *out = SOUND;
    quire_status status = quire_query(c->db, LOOK, &oid, 1, &rows, c->err);
    if (status != QUIRE_OK)
        return status;
    if (rows.count) {
        status = judge(c, &rows, out);
        if (status != QUIRE_OK && c->err)
            *c->err = c->cause;
    }
    quire_rows_free(&rows);
    return status;
}

static quire_status refuse(checker *c, const qi_object *function, qi_refusal *out)
{
    *out = (qi_refusal){
        .object = qi_arena_printf(c->arena, "%s %s", function->kind->name, function->identity),
        .text = qi_arena_printf(c->arena, "has a body that does not work: %s", c->cause.message),
        .hint = HINT,
    };
    return out->object && out->text ? QUIRE_OK : qi_fail_memory(c->err);
}

quire_status qi_plan_check_bodies(quire_db *db, qi_arena *arena, qi_plan *plan, quire_error *err)
{
    checker c = { .db = db, .arena = arena, .err = err };
    quire_status status = QUIRE_OK;
    qi_step *steps = qi_arena_zero(arena, plan->step_count + 1, sizeof *steps);
    qi_refusal *refusals =
        qi_arena_zero(arena, plan->refusal_count + plan->step_count + 1, sizeof *refusals);
    if (!steps || !refusals)
        return qi_fail_memory(err);
    if (plan->step_count)
        memcpy(steps, plan->steps, plan->step_count * sizeof *steps);
    if (plan->refusal_count)
        memcpy(refusals, plan->refusals, plan->refusal_count * sizeof *refusals);
    for (size_t i = 0; i < plan->step_count && status == QUIRE_OK; i++) {
        verdict its = SOUND;
        if (!steps[i].function)
            continue;
        status = look(&c, steps[i].function, &its);
        if (status == QUIRE_OK && its == BROKEN)
            status = refuse(&c, steps[i].function, &refusals[plan->refusal_count++]);
        steps[i].unchecked = steps[i].unchecked && (steps[i].early || its != SOUND);
    }
    plan->steps = steps;
    plan->refusals = refusals;
    return status;
}
