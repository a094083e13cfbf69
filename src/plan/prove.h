/* prove.h - a plan is tried before it is written. */
#ifndef QI_PROVE_H
#define QI_PROVE_H

#include "plan/plan.h"

#include <quire/db.h>

/*
 * Applies the plan to `db`, a scratch database that stands where the plan starts, a transaction a
 * file as the runner does it, reads the result back and compares it with `desired`. Anything but
 * equal is QUIRE_INTERNAL: a plan that is not proven is a defect, never to be written. `db` is of
 * no further use.
 */
quire_status qi_plan_prove(quire_db *db, const qi_plan *plan, const qi_catalog *desired,
                           const qi_plan_options *options, quire_error *err);

#endif
