/* privilege.h - who owns what and who may do what with it. */
#ifndef QI_PLAN_PRIVILEGE_H
#define QI_PLAN_PRIVILEGE_H

#include "plan/planning.h"

/*
 * Writes, in the current step, the grants and the owner of an object (of desired) that is made anew
 * within it: as the schema has them, or as they were where privileges are not compared.
 */
void qi_write_grants(qi_planning *p, const qi_object *object);

/* Steps that take back what default privileges (of present) grant on what is made. */
void qi_undo_default_grants(qi_planning *p);

/* Steps that give what is dropped and made again its grants and its owner back, where privileges are
   not compared. */
void qi_keep_grants(qi_planning *p);

#endif
