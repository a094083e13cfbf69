/* Columns: their clauses, and what can be changed of one that is there. */
#include "plan/planning.h"

#include <string.h>

/* Functions that give another value for each row, so that adding a default rewrites the table. */
static bool is_volatile(const char *expression)
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

static void write_value(qi_planning *p, const qi_object *column)
{
    const char *kind = qi_object_value(column, "identity_kind");
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
    const char *compression = qi_object_value(column, "compression");
    const char *collation = qi_object_value(column, "collation");
    const char *constraint = qi_object_value(column, "not_null_constraint");
    if (compression)
        qi_sql(p, " COMPRESSION %s", *compression == 'l' ? "lz4" : "pglz");
    if (collation)
        qi_sql(p, " COLLATE %s", collation);
    /* These say it already. */
    bool implied = in_primary_key || sequence || qi_object_value(column, "identity_kind");
    if (constraint)
        qi_sql(p, " CONSTRAINT %s NOT NULL", constraint);
    else if (qi_object_value(column, "not_null") && !implied)
        qi_sql(p, " NOT NULL");
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
    if (identity || (generated && *generated == 'S') || (expression && is_volatile(expression)))
        qi_step_hazard(p, QI_HAZARD_REWRITES, table,
                       "every row gets a value of its own, so the table is written again");
}

static void create(qi_planning *p, const qi_object *column)
{
    const char *kind = column->parent ? qi_object_value(column->parent, "_relkind") : NULL;
    if (!kind || *kind != 'r') {
        qi_refuse(p, column, "is new, in a table of a kind that Quire cannot alter yet", NULL);
        return;
    }
    qi_step_open(p, column, qi_rank_of(p, column, QI_MINOR_COLUMN));
    qi_step_makes(p, column);
    add_hazards(p, column);
    qi_sql(p, "ALTER TABLE %s ADD COLUMN %s ", column->parent->identity, qi_name(p, column->name));
    qi_column_clause(p, column, false);
    qi_sql(p, ";\n");
    qi_column_extras(p, column);
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

static void drop(qi_planning *p, const qi_object *column)
{
    if (!column->parent)
        return;
    const char *table = column->parent->identity;
    const char *name = qi_name(p, column->name);
    qi_step_open(p, column, qi_rank_of_drop(p, column));
    qi_step_ends(p, column);
    end_followers(p, column);
    if (!qi_object_value(column, "generated")) {
        qi_step_hazard(p, QI_HAZARD_DELETES_DATA, column->identity,
                       "the column goes with its values");
        qi_step_check(p, QI_HAZARD_DELETES_DATA, column->identity, "rows have a value there",
                      qi_text(p, "select 1 from %s where %s is not null limit 1", table, name));
    }
    qi_sql(p, "ALTER TABLE %s DROP COLUMN %s;\n", table, name);
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

static void alter_default(qi_planning *p, const qi_object *before, const qi_object *after)
{
    (void)before;
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_ALTER));
    qi_step_makes(p, after);
    set_default(p, after, qi_object_value(after, "default"));
}

static void release(qi_planning *p, const qi_object *before, const qi_object *need)
{
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

const qi_rules qi_rules_column = {
    .kind = "column",
    .create = create,
    .creates = (const char *const[]){ QI_COLUMN_ATTRIBUTES, NULL },
    .drop = drop,
    .alterations = (const qi_alteration[]){ { "default", alter_default, NULL },
                                            { "foreign_options", qi_alter_column_options, NULL },
                                            { NULL, NULL, NULL } },
    .release = release,
    .restore = restore,
};
