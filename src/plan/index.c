/* Indexes that are no constraint's. Those of a partitioned table are made one by one and attached. */
#include "plan/constraint.h"
#include "plan/list.h"
#include "plan/online.h"
#include "plan/table.h"

#include <string.h>

static const char *value(const qi_object *object, const char *name)
{
    return qi_object_value(object, name);
}

static bool is_true(const qi_object *object, const char *name)
{
    const char *text = value(object, name);
    return text && *text == 't';
}

/* The definition from " ON table" on: what stands before it is a name. */
static const char *behind_name(const char *definition)
{
    const char *c = strstr(definition, "INDEX ");
    if (!c)
        return definition;
    c += strlen("INDEX ");
    if (*c != '"')
        return c + strcspn(c, " ");
    for (c++; *c && (*c != '"' || c[1] == '"'); c++)
        c += *c == '"';
    return *c ? c + 1 : c;
}

/* The definition with the parameters, which stand before the predicate. */
static void write_index(qi_planning *p, const qi_object *index, const char *name, bool concurrently)
{
    const char *definition = behind_name(value(index, "definition"));
    const char *predicate = value(index, "_predicate");
    const char *options = value(index, "options");
    const char *tablespace = value(index, "tablespace");
    const char *ending = predicate ? qi_text(p, " WHERE %s", predicate) : "";
    size_t length = strlen(definition);
    size_t tail = strlen(ending);
    if (tail > length || strcmp(definition + length - tail, ending) != 0)
        tail = 0;
    qi_sql(p, "CREATE %sINDEX %s%s%.*s", is_true(index, "_unique") ? "UNIQUE " : "",
           concurrently ? "CONCURRENTLY " : "", qi_name(p, name), (int)(length - tail), definition);
    if (options)
        qi_sql(p, " WITH (%s)", options);
    if (tablespace)
        qi_sql(p, " TABLESPACE %s", tablespace);
    qi_sql(p, "%s;\n", definition + length - tail);
}

void qi_index_write(qi_planning *p, const qi_object *index)
{
    write_index(p, index, index->name, false);
}

static void attach(qi_planning *p, const qi_object *index)
{
    qi_sql(p, "ALTER INDEX %s ATTACH PARTITION %s;\n", value(index, "attached_to"),
           index->identity);
}

/* The index (of either catalog) is of a table or view that PostgreSQL works on concurrently. */
static bool is_of_one_table(const qi_object *index)
{
    const char *kind = index->parent ? value(index->parent, "_relkind") : NULL;
    return !value(index, "_partitioned") && kind && strchr("rm", *kind);
}

/* Logical replication must find the rows of a table at any time, by an index of its own name. */
static bool has_marks(const qi_object *index)
{
    return value(index, "replica_identity") || value(index, "clustered");
}

static bool is_built_online(const qi_planning *p, const qi_object *index)
{
    const qi_object *before = qi_before(p, index);
    return is_of_one_table(index) && qi_is_online(p, index) &&
           (!before || (!value(before, "attached_to") && !has_marks(before) && !has_marks(index)));
}

static void add_hazards(qi_planning *p, const qi_object *index)
{
    const char *table = index->parent->identity;
    if (qi_is_new(p, index->parent))
        return;
    if (is_true(index, "_unique")) {
        qi_step_hazard(p, QI_HAZARD_MAY_FAIL, table, "fails if rows that are there are not unique");
        qi_check_unique_index(p, index);
    }
    if (is_built_online(p, index))
        qi_online_build_hazards(p, table);
    else if (!value(index, "_partitioned"))
        qi_step_hazard(p, QI_HAZARD_BLOCKS_WRITES, table, "writes wait while the index is built");
}

/* What is said of an index when it is there under its name. */
static void write_rest(qi_planning *p, const qi_object *index)
{
    const char *statistics = value(index, "statistics");
    if (value(index, "attached_to"))
        attach(p, index);
    if (statistics)
        qi_sql(p, "ALTER INDEX %s %s;\n", index->identity, statistics);
    qi_write_marks(p, index);
}

/* Beside the old one, so that queries are at no time without; the old one's `drop` comes between. */
static void replace_online(qi_planning *p, const qi_object *index)
{
    const char *name = qi_online_name(p, index->schema, index->name, "_new");
    qi_step_open(p, index, qi_rank_of(p, index, QI_MINOR_INDEX));
    qi_step_mode(p, QI_MODE_ALONE);
    qi_step_needs_all(p, index);
    qi_step_before(p, qi_before(p, index));
    add_hazards(p, index);
    write_index(p, index, name, true);
    qi_step_close(p, "build", index->name, NULL);
    qi_step_open(p, index, qi_rank_of(p, index, QI_MINOR_INDEX));
    qi_step_mode(p, QI_MODE_EITHER);
    qi_step_follows(p);
    qi_step_makes(p, index);
    qi_sql(p, "ALTER INDEX %s.%s RENAME TO %s;\n", qi_name(p, index->schema), qi_name(p, name),
           qi_name(p, index->name));
    write_rest(p, index);
    qi_step_close(p, "replace", index->name, NULL);
}

static void create(qi_planning *p, const qi_object *index)
{
    bool online = is_built_online(p, index);
    if (!index->parent || qi_index_comes_by_joining(p, index))
        return;
    if (value(index, "state") && !value(index, "_partitioned")) {
        qi_refuse(p, index, "is not valid in the schema, and cannot be made so", NULL);
        return;
    }
    if (online && qi_is_there(p, index) && qi_stands_free(p, qi_before(p, index))) {
        replace_online(p, index);
        return;
    }
    qi_step_open(p, index, qi_rank_of(p, index, QI_MINOR_INDEX));
    qi_step_makes(p, index);
    if (online)
        qi_step_mode(p, QI_MODE_ALONE);
    if (value(index, "_partitioned")) {
        /* By itself it holds nothing: the work is that of its parts. */
        qi_step_mode(p, QI_MODE_EITHER);
        qi_index_after_partitions(p, index);
    }
    add_hazards(p, index);
    write_index(p, index, index->name, online);
    write_rest(p, index);
    qi_step_close(p, "add", index->name, NULL);
}

/* One that is attached goes with what it is attached to. */
static void end_attached(qi_planning *p, const qi_object *index)
{
    size_t count = 0;
    const qi_object *all = qi_objects_of(p->present, "index", &count);
    for (size_t i = 0; i < count; i++) {
        const char *to = value(&all[i], "attached_to");
        if (!to || strcmp(to, index->identity) != 0 ||
            p->ended[(size_t)(&all[i] - p->present->objects)])
            continue;
        qi_step_ends(p, &all[i]);
        end_attached(p, &all[i]);
    }
}

/* Whether the index (of present) of that name is neither dropped nor made again. */
static bool stays(const qi_planning *p, const char *identity)
{
    size_t count = 0;
    const qi_object *all = qi_objects_of(p->present, "index", &count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(all[i].identity, identity) == 0)
            return qi_fate_of(p, &all[i]) < QI_REPLACED;
    }
    return false;
}

static bool is_dropped_online(const qi_planning *p, const qi_object *index)
{
    const qi_object *after = qi_after(p, index);
    return is_of_one_table(index) && qi_is_online_table(p, qi_after(p, index->parent)) &&
           qi_stands_free(p, index) && !value(index, "attached_to") &&
           (!after || is_built_online(p, after));
}

static void add_drop_hazards(qi_planning *p, const qi_object *index, bool online)
{
    const char *table = index->parent->identity;
    if (online)
        qi_step_hazard(p, QI_HAZARD_NO_TRANSACTION, table,
                       "a failure leaves the index, but not valid");
    else
        qi_step_hazard(p, QI_HAZARD_BLOCKS_READS, table,
                       "all access waits for a moment, behind those who use it");
}

static void drop(qi_planning *p, const qi_object *index)
{
    bool online = is_dropped_online(p, index);
    if (value(index, "attached_to") && !qi_leaves(p, index->parent)) {
        if (stays(p, value(index, "attached_to")))
            qi_refuse(p, index, "is a part of an index that stays, and cannot be dropped by itself",
                      NULL);
        return;
    }
    qi_step_open(p, index, qi_rank_of_drop(p, index));
    qi_step_ends(p, index);
    if (qi_leaves(p, index->parent))
        qi_step_needs(p, qi_after(p, index->parent));
    end_attached(p, index);
    if (online)
        qi_step_mode(p, QI_MODE_ALONE);
    add_drop_hazards(p, index, online);
    qi_drop_marks(p, index);
    qi_sql(p, "DROP INDEX %s%s;\n", online ? "CONCURRENTLY " : "", index->identity);
    qi_step_close(p, "drop", index->name, NULL);
}

static void open_alter(qi_planning *p, const qi_object *after)
{
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_ALTER));
    qi_step_makes(p, after);
}

static void alter_options(qi_planning *p, const qi_object *before, const qi_object *after)
{
    open_alter(p, after);
    qi_write_options(p, qi_text(p, "ALTER INDEX %s", after->identity), value(before, "options"),
                     value(after, "options"));
    qi_step_close(p, "change", after->name, NULL);
}

static void move(qi_planning *p, const qi_object *before, const qi_object *after)
{
    const char *tablespace = value(after, "tablespace");
    (void)before;
    if (!after->parent)
        return;
    open_alter(p, after);
    qi_step_hazard(p, QI_HAZARD_BLOCKS_READS, after->parent->identity,
                   "all access waits while the index is copied");
    qi_sql(p, "ALTER INDEX %s SET TABLESPACE %s;\n", after->identity,
           tablespace ? tablespace : "pg_default");
    qi_step_close(p, "move", after->name, NULL);
}

/* "ALTER COLUMN 1 SET STATISTICS 500, ...": those that are gone are set to -1, the default. */
static void alter_statistics(qi_planning *p, const qi_object *before, const qi_object *after)
{
    const char *old = value(before, "statistics");
    const char *new = value(after, "statistics");
    const char *set = qi_list_without(p, new, old);
    const char *gone = qi_list_without(p, old, new);
    qi_item item;
    open_alter(p, after);
    while (qi_item_next(&gone, &item)) {
        const char *number = item.text + item.length;
        while (number[-1] != ' ')
            number--;
        qi_sql(p, "ALTER INDEX %s %.*s-1;\n", after->identity, (int)(number - item.text),
               item.text);
    }
    if (set)
        qi_sql(p, "ALTER INDEX %s %s;\n", after->identity, set);
    qi_step_close(p, "change", after->name, NULL);
}

/* An index that is attached stays so, as long as its table does. */
static qi_change how_attached(qi_planning *p, const qi_object *before, const qi_object *after)
{
    (void)after;
    return value(before, "attached_to") && !qi_leaves(p, before->parent) ? QI_REPLACE : QI_IN_PLACE;
}

static void alter_attached(qi_planning *p, const qi_object *before, const qi_object *after)
{
    (void)before;
    if (!value(after, "attached_to") || qi_index_comes_by_joining(p, after))
        return;
    open_alter(p, after);
    attach(p, after);
    qi_step_close(p, "attach", after->name, NULL);
}

/* That of a partitioned table becomes valid with the last of its parts. */
static qi_change how_valid(qi_planning *p, const qi_object *before, const qi_object *after)
{
    (void)p;
    (void)before;
    return value(after, "_partitioned") ? QI_IN_PLACE : QI_REPLACE;
}

static void become_valid(qi_planning *p, const qi_object *before, const qi_object *after)
{
    (void)p;
    (void)before;
    (void)after;
}

const qi_rules qi_rules_index = {
    .kind = "index",
    .create = create,
    .creates = (const char *const[]){ "definition", "options", "tablespace", "state", "attached_to",
                                      "statistics", "replica_identity", "clustered", NULL },
    .drop = drop,
    .alterations = (const qi_alteration[]){ { "options", alter_options, NULL },
                                            { "tablespace", move, NULL },
                                            { "statistics", alter_statistics, NULL },
                                            { "attached_to", alter_attached, how_attached },
                                            { "state", become_valid, how_valid },
                                            { "replica_identity", qi_alter_replica_identity, NULL },
                                            { "clustered", qi_alter_clustered, NULL },
                                            { NULL, NULL, NULL } },
    .replaceable = qi_always,
};
