/* Constraints, as far as they are not made with their table. */
#include "plan/constraint.h"
#include "plan/online.h"
#include "plan/table.h"

#include <stdlib.h>
#include <string.h>

/* The OID of the catalog pg_constraint, in every version. */
#define PG_CONSTRAINT 2606u

static const char *value(const qi_object *object, const char *name)
{
    return qi_object_value(object, name);
}

static char kind_of(const qi_object *constraint)
{
    const char *kind = value(constraint, "_kind");
    return (char)(kind ? *kind : '\0');
}

static bool has_index(const qi_object *constraint)
{
    return strchr("pux", kind_of(constraint)) != NULL;
}

static bool is_valid(const qi_object *constraint)
{
    return !value(constraint, "validation");
}

/* One that its table has only because another table has it, which makes and drops it. */
static bool is_inherited(const qi_object *constraint)
{
    const char *how = value(constraint, "inheritance");
    return how && strcmp(how, "inherited") == 0;
}

void qi_constraint_clause(qi_planning *p, const qi_object *constraint)
{
    qi_constraint_clause_as(p, constraint, value(constraint, "validation"));
}

void qi_constraint_clause_as(qi_planning *p, const qi_object *constraint, const char *validation)
{
    const char *options = value(constraint, "index_options");
    const char *tablespace = value(constraint, "index_tablespace");
    const char *deferrable = value(constraint, "deferrable");
    qi_sql(p, "%s", value(constraint, "definition"));
    if (options)
        qi_sql(p, " WITH (%s)", options);
    if (tablespace)
        qi_sql(p, " USING INDEX TABLESPACE %s", tablespace);
    if (deferrable)
        qi_sql(p, " %s", deferrable);
    if (validation)
        qi_sql(p, " %s", validation);
}

static const char *index_of(qi_planning *p, const qi_object *constraint)
{
    return qi_text(p, "%s.%s", qi_name(p, constraint->schema), qi_name(p, constraint->name));
}

static void write_index_comment(qi_planning *p, const qi_object *constraint)
{
    const char *comment = value(constraint, "index_comment");
    qi_sql(p, "COMMENT ON INDEX %s IS %s;\n", index_of(p, constraint),
           comment ? qi_quoted(p, comment) : "NULL");
}

void qi_constraint_extras(qi_planning *p, const qi_object *constraint)
{
    if (value(constraint, "index_comment"))
        write_index_comment(p, constraint);
    qi_write_marks(p, constraint);
}

static void add_hazards(qi_planning *p, const qi_object *constraint)
{
    const char *table = constraint->parent->identity;
    if (qi_is_new(p, constraint->parent))
        return;
    if (is_valid(constraint)) {
        qi_step_hazard(p, QI_HAZARD_MAY_FAIL, table, "fails if rows that are there break it");
        qi_check_constraint(p, constraint);
    }
    if (has_index(constraint))
        qi_step_hazard(p, QI_HAZARD_BLOCKS_READS, table,
                       "all access waits while the index behind it is built");
    else if (is_valid(constraint))
        qi_step_hazard(p, QI_HAZARD_BLOCKS_WRITES, table, "writes wait while all rows are checked");
}

/* The constraint that this one was made from, on the table that its table is a part of. */
static const qi_object *whole_of(const qi_planning *p, const qi_object *constraint)
{
    const char *oid = value(constraint, "_whole");
    return oid ? qi_object_at(p->desired, PG_CONSTRAINT, (uint32_t)strtoul(oid, NULL, 10), 0)
               : NULL;
}

/* Whether the server would choose this very name for the key of a partition. */
static bool is_own_name(qi_planning *p, const qi_object *constraint)
{
    const char *table = constraint->parent->name;
    const char *name = constraint->name;
    size_t length = strlen(table);
    if (kind_of(constraint) == 'p')
        return strcmp(name, qi_text(p, "%s_pkey", table)) == 0;
    return strncmp(name, table, length) == 0 && name[length] == '_';
}

static const qi_object *root_of(const qi_planning *p, const qi_object *constraint)
{
    const qi_object *whole = whole_of(p, constraint);
    while (whole) {
        constraint = whole;
        whole = whole_of(p, constraint);
    }
    return constraint;
}

/*
 * Whether a key is made for each partition by itself and then attached: some of them have a name that
 * the server would not choose.
 */
static bool is_piecemeal(qi_planning *p, const qi_object *constraint)
{
    size_t count = 0;
    const qi_object *root = root_of(p, constraint);
    const qi_object *all = qi_objects_of(p->desired, "constraint", &count);
    for (size_t i = 0; has_index(root) && qi_is_new(p, root) && i < count; i++) {
        if (&all[i] != root && all[i].parent && whole_of(p, &all[i]) &&
            root_of(p, &all[i]) == root && !qi_is_new(p, all[i].parent) && !is_own_name(p, &all[i]))
            return true;
    }
    return false;
}

/* What the server makes with it on tables that inherit from its table, or are its partitions. */
void qi_constraint_makes_followers(qi_planning *p, const qi_object *constraint)
{
    size_t count = 0;
    const qi_object *all = qi_objects_of(p->desired, "constraint", &count);
    for (size_t i = 0; i < count; i++) {
        const qi_object *other = &all[i];
        if (other == constraint || !is_inherited(other) || !other->parent || !qi_is_new(p, other) ||
            kind_of(other) != kind_of(constraint) || p->made[other - p->desired->objects])
            continue;
        if (kind_of(other) == 'c' ? strcmp(other->name, constraint->name) == 0
                                  : whole_of(p, other) == constraint) {
            qi_step_makes(p, other);
            qi_constraint_makes_followers(p, other);
        }
    }
}

static void add(qi_planning *p, const qi_object *constraint, bool only)
{
    qi_sql(p, "ALTER TABLE %s%s\n    ADD CONSTRAINT %s ", only ? "ONLY " : "",
           constraint->parent->identity, qi_name(p, constraint->name));
    qi_constraint_clause(p, constraint);
    qi_sql(p, ";\n");
}

/* A partition that was made later has been checked, though the table above it has not. */
static void validate_followers(qi_planning *p, const qi_object *constraint)
{
    size_t count = 0;
    const qi_object *all = qi_objects_of(p->desired, "constraint", &count);
    for (size_t i = 0; !is_valid(constraint) && i < count; i++) {
        const qi_object *other = &all[i];
        bool below = other->parent && kind_of(other) == 'c' && is_inherited(other) &&
                     qi_inherits_from(other->parent, constraint->parent) &&
                     !qi_is_new(p, other->parent) && strcmp(other->name, constraint->name) == 0;
        if (below && is_valid(other))
            qi_sql(p, "ALTER TABLE %s VALIDATE CONSTRAINT %s;\n", other->parent->identity,
                   qi_name(p, other->name));
    }
}

/* As a part of an index that is no constraint's. */
static void attach(qi_planning *p, const qi_object *constraint)
{
    const char *whole = value(constraint, "attached_to");
    const qi_object *index = whole ? qi_index_named(p, whole) : NULL;
    if (!index)
        return;
    qi_step_needs(p, index);
    qi_sql(p, "ALTER INDEX %s ATTACH PARTITION %s;\n", whole, index_of(p, constraint));
}

static void alter_attached(qi_planning *p, const qi_object *before, const qi_object *after)
{
    (void)before;
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_ALTER));
    qi_step_makes(p, after);
    attach(p, after);
    qi_step_close(p, "attach", after->name, NULL);
}

/* What is attached stays so, unless its table is let go. */
static qi_change how_attached(qi_planning *p, const qi_object *before, const qi_object *after)
{
    (void)p;
    (void)after;
    return value(before, "attached_to") ? QI_REPLACE : QI_IN_PLACE;
}

static void create(qi_planning *p, const qi_object *constraint)
{
    bool piecemeal = constraint->parent && is_piecemeal(p, constraint);
    const qi_object *whole = piecemeal ? whole_of(p, constraint) : NULL;
    if (!constraint->parent || (is_inherited(constraint) && !whole))
        return;
    qi_rank rank = qi_rank_of(p, constraint, QI_MINOR_CONSTRAINT);
    /* Foreign keys come after all tables, so that two tables can refer to each other. */
    if (kind_of(constraint) == 'f')
        rank.phase = (int)constraint->order;
    if (!piecemeal && qi_constraint_create_online(p, constraint, rank))
        return;
    qi_step_open(p, constraint, rank);
    qi_step_makes(p, constraint);
    if (!piecemeal)
        qi_constraint_makes_followers(p, constraint);
    add_hazards(p, constraint);
    add(p, constraint, piecemeal);
    if (whole)
        qi_sql(p, "ALTER INDEX %s ATTACH PARTITION %s;\n", index_of(p, whole),
               index_of(p, constraint));
    attach(p, constraint);
    validate_followers(p, constraint);
    qi_constraint_extras(p, constraint);
    qi_step_close(p, "add", constraint->name, NULL);
}

/* As in make_followers, of what is there. */
static void end_followers(qi_planning *p, const qi_object *constraint)
{
    size_t count = 0;
    const qi_object *all = qi_objects_of(p->present, "constraint", &count);
    for (size_t i = 0; i < count; i++) {
        const qi_object *other = &all[i];
        const char *whole = value(other, "_whole");
        bool follows = is_inherited(other) && qi_fate_of(p, other) >= QI_REPLACED &&
                       (whole ? strtoul(whole, NULL, 10) == constraint->oid
                              : strcmp(other->name, constraint->name) == 0);
        if (other == constraint || !follows || p->ended[i + (size_t)(all - p->present->objects)])
            continue;
        qi_step_ends(p, other);
        end_followers(p, other);
    }
}

static void drop(qi_planning *p, const qi_object *constraint)
{
    bool leaves = constraint->parent && qi_leaves(p, constraint->parent);
    if (!constraint->parent || (is_inherited(constraint) && !leaves))
        return;
    qi_step_open(p, constraint, qi_rank_of_drop(p, constraint));
    qi_step_ends(p, constraint);
    if (leaves)
        qi_step_needs(p, qi_after(p, constraint->parent));
    end_followers(p, constraint);
    qi_drop_marks(p, constraint);
    bool apart = value(constraint, "attached_to") && !leaves;
    if (apart)
        qi_detach_for_now(p, constraint->parent, true);
    qi_sql(p, "ALTER TABLE %s DROP CONSTRAINT %s;\n", constraint->parent->identity,
           qi_name(p, constraint->name));
    if (apart)
        qi_detach_for_now(p, constraint->parent, false);
    qi_step_close(p, "drop", constraint->name, NULL);
}

static qi_change how_deferrable(qi_planning *p, const qi_object *before, const qi_object *after)
{
    (void)p;
    (void)before;
    return kind_of(after) == 'f' ? QI_IN_PLACE : QI_REPLACE;
}

static qi_change how_validated(qi_planning *p, const qi_object *before, const qi_object *after)
{
    const char *was = value(before, "validation");
    (void)p;
    return is_valid(after) && was && strcmp(was, "NOT VALID") == 0 ? QI_IN_PLACE : QI_REPLACE;
}

static void open_alter(qi_planning *p, const qi_object *after)
{
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_ALTER));
    qi_step_makes(p, after);
}

static void defer(qi_planning *p, const qi_object *before, const qi_object *after)
{
    const char *deferrable = value(after, "deferrable");
    (void)before;
    if (!after->parent || is_inherited(after))
        return;
    open_alter(p, after);
    qi_sql(p, "ALTER TABLE %s ALTER CONSTRAINT %s %s;\n", after->parent->identity,
           qi_name(p, after->name), deferrable ? deferrable : "NOT DEFERRABLE");
    qi_step_close(p, "change", after->name, NULL);
}

static void validate(qi_planning *p, const qi_object *before, const qi_object *after)
{
    (void)before;
    if (!after->parent)
        return;
    open_alter(p, after);
    if (qi_is_online_table(p, after->parent))
        qi_step_mode(p, QI_MODE_ALONE);
    qi_step_hazard(p, QI_HAZARD_MAY_FAIL, after->parent->identity,
                   "fails if rows that are there break it");
    qi_check_constraint(p, after);
    qi_sql(p, "ALTER TABLE %s VALIDATE CONSTRAINT %s;\n", after->parent->identity,
           qi_name(p, after->name));
    qi_step_close(p, "validate", after->name, NULL);
}

/* That a table inherits it changes with the table; one that it inherits can become its own too. */
static void inherit(qi_planning *p, const qi_object *before, const qi_object *after)
{
    const char *was = value(before, "inheritance");
    const char *is = value(after, "inheritance");
    if (!after->parent || !was || !is || strcmp(was, "inherited") != 0)
        return;
    open_alter(p, after);
    qi_sql(p, "ALTER TABLE %s\n    ADD CONSTRAINT %s ", after->parent->identity,
           qi_name(p, after->name));
    qi_constraint_clause(p, after);
    qi_sql(p, ";\n");
    qi_step_close(p, "add", after->name, NULL);
}

static void alter_options(qi_planning *p, const qi_object *before, const qi_object *after)
{
    open_alter(p, after);
    qi_write_options(p, qi_text(p, "ALTER INDEX %s", index_of(p, after)),
                     value(before, "index_options"), value(after, "index_options"));
    qi_step_close(p, "change", after->name, NULL);
}

static void move(qi_planning *p, const qi_object *before, const qi_object *after)
{
    const char *tablespace = value(after, "index_tablespace");
    (void)before;
    open_alter(p, after);
    qi_step_hazard(p, QI_HAZARD_BLOCKS_READS, after->parent->identity,
                   "all access waits while the index is copied");
    qi_sql(p, "ALTER INDEX %s SET TABLESPACE %s;\n", index_of(p, after),
           tablespace ? tablespace : "pg_default");
    qi_step_close(p, "move", after->name, NULL);
}

static void comment_index(qi_planning *p, const qi_object *before, const qi_object *after)
{
    (void)before;
    open_alter(p, after);
    write_index_comment(p, after);
    qi_step_close(p, "comment", after->name, NULL);
}

const qi_rules qi_rules_constraint = {
    .kind = "constraint",
    .create = create,
    .creates = (const char *const[]){ QI_CONSTRAINT_ATTRIBUTES, NULL },
    .drop = drop,
    .alterations = (const qi_alteration[]){ { "deferrable", defer, how_deferrable },
                                            { "validation", validate, how_validated },
                                            { "inheritance", inherit, NULL },
                                            { "index_options", alter_options, NULL },
                                            { "index_tablespace", move, NULL },
                                            { "index_comment", comment_index, NULL },
                                            { "attached_to", alter_attached, how_attached },
                                            { "replica_identity", qi_alter_replica_identity, NULL },
                                            { "clustered", qi_alter_clustered, NULL },
                                            { NULL, NULL, NULL } },
    .replaceable = qi_always,
};
