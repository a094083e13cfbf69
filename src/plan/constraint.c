/* Constraints that are not part of a CREATE TABLE, and indexes. */
#include "plan/planning.h"

#include <string.h>

static void add_hazards(qi_planning *p, const qi_object *constraint, char kind)
{
    const char *table = constraint->parent->identity;
    const char *validated = qi_object_value(constraint, "_validated");
    if (qi_is_new(p, constraint->parent))
        return;
    if (validated && *validated == 't')
        qi_step_hazard(p, QI_HAZARD_MAY_FAIL, table, "fails if rows that are there break it");
    if (kind == 'p' || kind == 'u' || kind == 'x')
        qi_step_hazard(p, QI_HAZARD_BLOCKS_WRITES, table,
                       "all access waits while the index behind it is built");
    else if (validated && *validated == 't')
        qi_step_hazard(p, QI_HAZARD_BLOCKS_WRITES, table, "writes wait while all rows are checked");
}

static void create(qi_planning *p, const qi_object *constraint)
{
    const char *kind = qi_object_value(constraint, "_kind");
    if (!kind || !constraint->parent)
        return;
    qi_rank rank = qi_rank_of(p, constraint, QI_MINOR_CONSTRAINT);
    /* Foreign keys come after all tables, so that two tables can refer to each other. */
    if (*kind == 'f')
        rank.phase = QI_PHASE_FOREIGN_KEYS;
    qi_step_open(p, constraint, rank);
    qi_step_makes(p, constraint);
    add_hazards(p, constraint, *kind);
    qi_sql(p, "ALTER TABLE %s\n    ADD CONSTRAINT %s %s;\n", constraint->parent->identity,
           qi_name(p, constraint->name), qi_object_value(constraint, "definition"));
    qi_step_close(p, "add", constraint->name, NULL);
}

static void drop(qi_planning *p, const qi_object *constraint)
{
    if (!constraint->parent)
        return;
    qi_step_open(p, constraint, qi_rank_of_drop(p, constraint));
    qi_step_ends(p, constraint);
    qi_sql(p, "ALTER TABLE %s DROP CONSTRAINT %s;\n", constraint->parent->identity,
           qi_name(p, constraint->name));
    qi_step_close(p, "drop", constraint->name, NULL);
}

const qi_rules qi_rules_constraint = {
    .kind = "constraint",
    .create = create,
    .creates = (const char *const[]){ "definition", NULL },
    .drop = drop,
    .replaceable = qi_always,
};

static void create_index(qi_planning *p, const qi_object *index)
{
    if (!index->parent)
        return;
    qi_step_open(p, index, qi_rank_of(p, index, QI_MINOR_INDEX));
    qi_step_makes(p, index);
    const char *unique = qi_object_value(index, "_unique");
    if (!qi_is_new(p, index->parent)) {
        if (unique && *unique == 't')
            qi_step_hazard(p, QI_HAZARD_MAY_FAIL, index->parent->identity,
                           "fails if rows that are there are not unique");
        qi_step_hazard(p, QI_HAZARD_BLOCKS_WRITES, index->parent->identity,
                       "writes wait while the index is built");
    }
    qi_sql(p, "%s;\n", qi_object_value(index, "definition"));
    qi_step_close(p, "add", index->name, NULL);
}

const qi_rules qi_rules_index = {
    .kind = "index",
    .create = create_index,
    .creates = (const char *const[]){ "definition", NULL },
    .drop = qi_drop_plain,
    .replaceable = qi_always,
};
