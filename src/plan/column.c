/* Columns: their clauses, and what can be changed of one that is there. */
#include "plan/not_null.h"
#include "plan/table.h"
#include "plan/types.h"

#include <string.h>

/* Functions that give another value for each row, so that adding a default rewrites the table. */
bool qi_is_volatile(const char *expression)
{
    static const char *const calls[] = {
        "nextval(",        "random(", "gen_random_uuid(", "clock_timestamp(", "timeofday(",
        "uuid_generate_v", "uuidv4(", "uuidv7(",          "txid_current(",    "pg_current_xact_id("
    };
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        if (strstr(expression, calls[i]))
            return true;
    }
    return false;
}

/* "serial" for integer, ...; NULL for a type that has none. The sequence's type must go with it. */
static const char *serial_type(const char *type, const char *sequence_type)
{
    static const struct {
        const char *type;
        const char *sequence;
        const char *serial;
    } rows[] = { { "smallint", "smallint", "smallserial" },
                 { "integer", "integer", "serial" },
                 { "bigint", NULL, "bigserial" } };
    for (size_t i = 0; type && i < sizeof rows / sizeof *rows; i++) {
        if (strcmp(rows[i].type, type) != 0)
            continue;
        bool same = sequence_type && rows[i].sequence ? strcmp(sequence_type, rows[i].sequence) == 0
                                                      : sequence_type == rows[i].sequence;
        return same ? rows[i].serial : NULL;
    }
    return NULL;
}

static bool only_has(const qi_object *sequence)
{
    static const char *const known[] = { "type", "owned_by" };
    for (size_t i = 0; i < sequence->value_count; i++) {
        const char *name = sequence->names[i];
        if (*name != '_' && sequence->values[i] && strcmp(name, known[0]) != 0 &&
            strcmp(name, known[1]) != 0)
            return false;
    }
    return true;
}

const qi_object *qi_column_serial(qi_planning *p, const qi_object *column)
{
    const char *expression = qi_object_value(column, "default");
    if (!expression || !column->parent || !qi_object_value(column, "not_null"))
        return NULL;
    for (size_t i = 0; i < column->depend_count; i++) {
        const qi_object *sequence = column->depends[i];
        if (strcmp(sequence->kind->name, "sequence") != 0 || !qi_is_new(p, sequence))
            continue;
        const char *owner = qi_object_value(sequence, "owned_by");
        const char *quoted = qi_quote_text(p->arena, sequence->identity);
        const char *wanted = qi_text(p, "nextval(%s::regclass)", quoted ? quoted : "");
        const char *name = qi_text(p, "%s_%s_seq", column->parent->name, column->name);
        if (owner && strcmp(owner, column->identity) == 0 && only_has(sequence) &&
            strcmp(expression, wanted) == 0 && strcmp(name, sequence->name) == 0 &&
            strcmp(sequence->schema, column->schema) == 0 &&
            serial_type(qi_object_value(column, "type"), qi_object_value(sequence, "type")))
            return sequence;
    }
    return NULL;
}

/* Since PostgreSQL 17, a partition takes its numbers from the table above. */
static const char *own_identity(qi_planning *p, const qi_object *column)
{
    const qi_object *above = qi_column_above(p->desired, column);
    bool comes = above && qi_object_value(column->parent, "partition_bound") &&
                 qi_object_value(above, "identity_kind");
    return comes ? NULL : qi_object_value(column, "identity_kind");
}

static void write_value(qi_planning *p, const qi_object *column)
{
    const char *kind = own_identity(p, column);
    const char *options = qi_object_value(column, "identity_options");
    const char *generated = qi_object_value(column, "generated");
    const char *expression = qi_object_value(column, "default");
    if (kind)
        qi_sql(p, " GENERATED %s AS IDENTITY", kind);
    if (kind && options && *options)
        qi_sql(p, " (%s)", options);
    if (generated)
        qi_sql(p, " GENERATED ALWAYS AS (%s) %s", generated,
               qi_object_value(column, "generated_as"));
    if (expression)
        qi_sql(p, " DEFAULT %s", expression);
}

void qi_column_storage_clause(qi_planning *p, const qi_object *column)
{
    const char *compression = qi_object_value(column, "compression");
    const char *collation = qi_object_value(column, "collation");
    if (compression)
        qi_sql(p, " COMPRESSION %s", *compression == 'l' ? "lz4" : "pglz");
    if (collation)
        qi_sql(p, " COLLATE %s", collation);
}

void qi_column_clause(qi_planning *p, const qi_object *column, bool in_primary_key)
{
    const char *type = qi_object_value(column, "type");
    const qi_object *sequence = qi_column_serial(p, column);
    if (sequence) {
        qi_step_makes(p, sequence);
        qi_sql(p, "%s", serial_type(type, qi_object_value(sequence, "type")));
    } else {
        qi_sql(p, "%s", type);
    }
    qi_column_storage_clause(p, column);
    /* These say it already. */
    bool implied = in_primary_key || sequence || own_identity(p, column);
    qi_not_null_clause(p, column, implied);
    if (!sequence)
        write_value(p, column);
}

void qi_column_extras(qi_planning *p, const qi_object *column)
{
    const char *storage = qi_object_value(column, "storage");
    const char *statistics = qi_object_value(column, "statistics");
    const char *options = qi_object_value(column, "options");
    const char *foreign = qi_object_value(column, "foreign_options");
    const char *table = column->parent ? column->parent->identity : "";
    const char *name = qi_name(p, column->name);
    qi_not_null_extra(p, column);
    if (storage)
        qi_sql(p, "ALTER TABLE %s ALTER COLUMN %s SET STORAGE %s;\n", table, name, storage);
    if (statistics)
        qi_sql(p, "ALTER TABLE %s ALTER COLUMN %s SET STATISTICS %s;\n", table, name, statistics);
    if (options)
        qi_sql(p, "ALTER TABLE %s ALTER COLUMN %s SET (%s);\n", table, name, options);
    if (foreign)
        qi_sql(p, "ALTER FOREIGN TABLE %s ALTER COLUMN %s OPTIONS (%s);\n", table, name, foreign);
}

static void add_hazards(qi_planning *p, const qi_object *column)
{
    const char *table = column->parent->identity;
    const char *expression = qi_object_value(column, "default");
    bool identity = qi_object_value(column, "identity_kind") != NULL;
    const char *generated = qi_object_value(column, "generated_as");
    if (qi_object_value(column, "not_null") && !expression && !identity && !generated)
        qi_step_hazard(p, QI_HAZARD_MAY_FAIL, table,
                       "the column is NOT NULL without a default: fails if the table has rows");
    if (identity || (generated && *generated == 'S') || (expression && qi_is_volatile(expression)))
        qi_step_hazard(p, QI_HAZARD_REWRITES, table,
                       "every row gets a value of its own, so the table is written again");
}

/* What a column that comes from above has of its own. */
static void write_own(qi_planning *p, const qi_object *heir, const qi_object *above)
{
    const char *expression = qi_object_value(heir, "default");
    const char *table = heir->parent->identity;
    const char *name = qi_name(p, heir->name);
    if (!qi_same_value(heir, above, "default")) {
        if (expression)
            qi_sql(p, "ALTER TABLE %s ALTER COLUMN %s SET DEFAULT %s;\n", table, name, expression);
        else
            qi_sql(p, "ALTER TABLE %s ALTER COLUMN %s DROP DEFAULT;\n", table, name);
    }
    if (qi_object_value(heir, "not_null") && !qi_object_value(above, "not_null"))
        qi_sql(p, "ALTER TABLE %s ALTER COLUMN %s SET NOT NULL;\n", table, name);
}

void qi_column_own(qi_planning *p, const qi_object *heir, const qi_object *above)
{
    write_own(p, heir, above);
    qi_column_extras(p, heir);
}

/* Whether its table is there, and below the other one already. */
static bool is_below(const qi_planning *p, const qi_object *column)
{
    const qi_object *above = qi_column_above(p->desired, column);
    const qi_object *table = qi_before(p, column->parent);
    const qi_object *parent = above ? qi_before(p, above->parent) : NULL;
    return table && parent && !qi_is_new(p, column->parent) && qi_inherits_from(table, parent) &&
           !qi_leaves(p, table);
}

/* The columns below come with it, unless they are there by themselves. */
static void make_heir(qi_planning *p, const qi_object *heir, void *data)
{
    (void)data;
    if (!qi_is_new(p, heir) || !is_below(p, heir))
        return;
    if (strcmp(qi_object_value(heir, "inheritance"), "merged") == 0) {
        qi_step_needs(p, heir);
        return;
    }
    qi_step_makes(p, heir);
    qi_column_own(p, heir, qi_column_above(p->desired, heir));
}

static bool is_made_above(qi_planning *p, const qi_object *column)
{
    const qi_object *above = qi_column_above(p->desired, column);
    return above && qi_is_new(p, above) && is_below(p, column) &&
           strcmp(qi_object_value(column, "inheritance"), "inherited") == 0;
}

static void create(qi_planning *p, const qi_object *column)
{
    const char *kind = column->parent ? qi_object_value(column->parent, "_relkind") : NULL;
    if (is_made_above(p, column))
        return;
    if (!kind || !strchr("rpf", *kind)) {
        qi_refuse(p, column, "is new, in a table of a kind that Quire cannot alter yet", NULL);
        return;
    }
    if (qi_column_fill_online(p, column))
        return;
    qi_step_open(p, column, qi_rank_of(p, column, QI_MINOR_COLUMN));
    qi_step_makes(p, column);
    qi_step_after_detached(p, column->parent);
    add_hazards(p, column);
    qi_sql(p, "ALTER TABLE %s ADD COLUMN %s ", column->parent->identity, qi_name(p, column->name));
    qi_column_clause(p, column, false);
    qi_sql(p, ";\n");
    qi_column_extras(p, column);
    qi_each_heir(p, p->desired, column, make_heir, NULL);
    qi_step_close(p, "add", column->parent->name, column->name);
}

/* What the server drops with the column: indexes and constraints of the table that have it. */
static void end_followers(qi_planning *p, const qi_object *column)
{
    for (size_t i = 0; i < p->present->object_count; i++) {
        const qi_object *object = &p->present->objects[i];
        bool follows = object->parent == column->parent && p->fates[i] == QI_DROPPED &&
                       (qi_is_kind(object, "constraint") || qi_is_kind(object, "index"));
        for (size_t k = 0; follows && k < object->depend_count; k++) {
            if (object->depends[k] == column && !p->ended[i])
                qi_step_ends(p, object);
        }
    }
}

static void end_heir(qi_planning *p, const qi_object *heir, void *data)
{
    bool *keeps = data;
    if (qi_leaves(p, heir->parent))
        return;
    if (qi_fate_of(p, heir) < QI_REPLACED) {
        *keeps = true;
    } else if (strcmp(qi_object_value(heir, "inheritance"), "inherited") == 0) {
        qi_step_ends(p, heir);
        end_followers(p, heir);
    }
}

/* Values that a generated column takes the place of are lost where they are others. */
static void add_drop_hazards(qi_planning *p, const qi_object *column)
{
    const char *table = column->parent->identity;
    const char *name = qi_name(p, column->name);
    const qi_object *after = qi_after(p, column);
    const char *generated = after ? qi_object_value(after, "generated") : NULL;
    if (qi_object_value(column, "generated") && after && !generated)
        qi_step_hazard(p, QI_HAZARD_DELETES_DATA, column->identity,
                       "its values were computed and never stored: the column begins without them");
    if (qi_object_value(column, "generated"))
        return;
    qi_step_hazard(p, QI_HAZARD_DELETES_DATA, column->identity, "the column goes with its values");
    if (generated)
        qi_step_check(p, QI_HAZARD_DELETES_DATA, column->identity,
                      "rows have another value there than the generated one",
                      qi_text(p, "select 1 from %s where %s is distinct from (%s) limit 1", table,
                              name, generated));
    else
        qi_step_check(p, QI_HAZARD_DELETES_DATA, column->identity, "rows have a value there",
                      qi_text(p, "select 1 from %s where %s is not null limit 1", table, name));
}

static void drop(qi_planning *p, const qi_object *column)
{
    const qi_object *above = qi_column_above(p->present, column);
    bool leaves = column->parent && qi_leaves(p, column->parent);
    bool comes_along = above && !leaves && qi_fate_of(p, above) >= QI_REPLACED &&
                       strcmp(qi_object_value(column, "inheritance"), "inherited") == 0;
    if (!column->parent || comes_along)
        return;
    bool keeps = false;
    qi_step_open(p, column, qi_rank_of_drop(p, column));
    qi_step_ends(p, column);
    qi_step_ends_owned(p, column);
    end_followers(p, column);
    qi_each_heir(p, p->present, column, end_heir, &keeps);
    const qi_object *table = qi_after(p, column->parent);
    if (table)
        qi_step_after_detached(p, table);
    if (leaves)
        qi_step_needs(p, table);
    add_drop_hazards(p, column);
    if (!qi_after(p, column))
        qi_step_hazard(p, QI_HAZARD_BREAKS, column->identity, "programs that use it fail");
    qi_sql(p, "ALTER TABLE %s%s DROP COLUMN %s;\n", keeps ? "ONLY " : "", column->parent->identity,
           qi_name(p, column->name));
    qi_step_close(p, "drop", column->parent->name, column->name);
}

static void set_default(qi_planning *p, const qi_object *column, const char *expression)
{
    const char *table = column->parent ? column->parent->identity : "";
    qi_sql(p, "ALTER TABLE %s ALTER COLUMN %s ", table, qi_name(p, column->name));
    if (expression)
        qi_sql(p, "SET DEFAULT %s;\n", expression);
    else
        qi_sql(p, "DROP DEFAULT;\n");
    qi_step_close(p, "change", column->parent ? column->parent->name : NULL, column->name);
}

static void release(qi_planning *p, const qi_object *before, const qi_object *need)
{
    if (qi_release_from_type(p, before, need))
        return;
    qi_step_open(p, before, qi_rank_of_drop(p, before));
    qi_step_before(p, need);
    set_default(p, before, NULL);
}

static void restore(qi_planning *p, const qi_object *after, const qi_object *need)
{
    const char *expression = qi_object_value(after, "default");
    if (!expression)
        return;
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_ALTER));
    qi_step_makes(p, after);
    qi_step_needs(p, need);
    set_default(p, after, expression);
}

/* The storage that a type has by itself; before PostgreSQL 16 it has to be named. */
static const char *usual_storage(const qi_object *column)
{
    static const char *const main_types[] = { "numeric", "inet", "cidr" };
    const char *type = qi_object_value(column, "type");
    for (size_t i = 0; i < sizeof main_types / sizeof *main_types; i++) {
        if (strncmp(type, main_types[i], strlen(main_types[i])) == 0 && !strchr(type, '['))
            return "MAIN";
    }
    return "EXTENDED";
}

/* How the column is stored and what is known about it: nothing of its values. */
static void alter_storage(qi_planning *p, const qi_object *before, const qi_object *after)
{
    const char *storage = qi_object_value(after, "storage");
    const char *statistics = qi_object_value(after, "statistics");
    const char *compression = qi_object_value(after, "compression");
    const char *start = qi_text(p, "ALTER TABLE ONLY %s ALTER COLUMN %s SET",
                                after->parent->identity, qi_name(p, after->name));
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_ALTER));
    qi_step_makes(p, after);
    if (!qi_same_value(before, after, "storage"))
        qi_sql(p, "%s STORAGE %s;\n", start, storage ? storage : usual_storage(after));
    if (!qi_same_value(before, after, "compression"))
        qi_sql(p, "%s COMPRESSION %s;\n", start,
               !compression          ? "default"
               : *compression == 'l' ? "lz4"
                                     : "pglz");
    if (!qi_same_value(before, after, "statistics"))
        qi_sql(p, "%s STATISTICS %s;\n", start, statistics ? statistics : "-1");
    qi_step_close(p, "change", after->parent->name, after->name);
}

static void alter_options(qi_planning *p, const qi_object *before, const qi_object *after)
{
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_ALTER));
    qi_step_makes(p, after);
    qi_write_options(p,
                     qi_text(p, "ALTER TABLE %s ALTER COLUMN %s", after->parent->identity,
                             qi_name(p, after->name)),
                     qi_object_value(before, "options"), qi_object_value(after, "options"));
    qi_step_close(p, "change", after->parent->name, after->name);
}

/* A generated column holds nothing that could be lost. */
static bool is_generated(const qi_object *column)
{
    return qi_object_value(column, "generated") != NULL;
}

static qi_change how_type(qi_planning *p, const qi_object *before, const qi_object *after)
{
    (void)p;
    return is_generated(before) && is_generated(after) ? QI_REPLACE : QI_DISTURBS;
}

static qi_change how_generated(qi_planning *p, const qi_object *before, const qi_object *after)
{
    if (!is_generated(before))
        return QI_SACRIFICE;
    bool stored = strcmp(qi_object_value(before, "generated_as"), "STORED") == 0;
    bool same_way = qi_same_value(before, after, "generated_as");
    if (!is_generated(after))
        return stored ? QI_IN_PLACE : QI_SACRIFICE;
    return same_way && p->desired->server_version >= 170000 ? QI_IN_PLACE : QI_REPLACE;
}

/*
 * It follows from the tables above. Whether what is inherited is the table's own as well says only
 * what is left when the table above lets it go, and no ALTER says so.
 */
static void inherit(qi_planning *p, const qi_object *before, const qi_object *after)
{
    (void)p;
    (void)before;
    (void)after;
}

const qi_rules qi_rules_column = {
    .kind = "column",
    .create = create,
    .creates = (const char *const[]){ QI_COLUMN_ATTRIBUTES, NULL },
    .drop = drop,
    .alterations = (const qi_alteration[]){ { "type", qi_column_change, how_type },
                                            { "collation", qi_column_change, how_type },
                                            { "default", qi_column_change, NULL },
                                            { "generated", qi_column_change, how_generated },
                                            { "generated_as", qi_column_change, how_generated },
                                            { "identity_kind", qi_column_change, NULL },
                                            { "identity_options", qi_column_change, NULL },
                                            { "not_null", qi_column_change_null, NULL },
                                            { "not_null_constraint", qi_column_change_null, NULL },
                                            { "not_null_options", qi_column_change_null, NULL },
                                            { "not_null_comment", qi_not_null_comment, NULL },
                                            { "storage", alter_storage, NULL },
                                            { "compression", alter_storage, NULL },
                                            { "statistics", alter_storage, NULL },
                                            { "options", alter_options, NULL },
                                            { "foreign_options", qi_alter_column_options, NULL },
                                            { "inheritance", inherit, NULL },
                                            { NULL, NULL, NULL } },
    .replaceable = is_generated,
    .release = release,
    .restore = restore,
};
