/* Changes of a column that is there: its type, what it is filled from, and NOT NULL. */
#include "plan/column.h"
#include "plan/not_null.h"

#include <string.h>

static bool retypes(const qi_object *before, const qi_object *after)
{
    return !qi_same_value(before, after, "type") || !qi_same_value(before, after, "collation");
}

/* Whether the server changes it with the column above it. */
static bool comes_from_above(const qi_object *before, const qi_object *after)
{
    return qi_object_value(before, "inheritance") && qi_object_value(after, "inheritance");
}

static void write_alter_of(qi_planning *p, const qi_object *column, bool only, const char *format,
                           const char *value)
{
    qi_sql(p, "ALTER TABLE %s%s ALTER COLUMN %s ", only ? "ONLY " : "", column->parent->identity,
           qi_name(p, column->name));
    qi_sql(p, "%s%s;\n", format, value ? value : "");
}

static void write_alter(qi_planning *p, const qi_object *column, const char *format,
                        const char *value)
{
    write_alter_of(p, column, qi_has_children(p->desired, column->parent), format, value);
}

/* Since PostgreSQL 17, partitions have the identity of the table above, and cannot be without it. */
static void write_identity(qi_planning *p, const qi_object *column, const char *format,
                           const char *value)
{
    bool whole = p->desired->server_version >= 170000 &&
                 qi_object_value(column->parent, "partition_by") != NULL;
    write_alter_of(p, column, !whole && qi_has_children(p->desired, column->parent), format, value);
}

/* The sequence of an identity, or of a column's own default, on either side of the change. */
typedef struct sources {
    const qi_object *old_sequence; /* one that goes with the change; NULL: none */
    const qi_object *new_sequence; /* one that is made for it; NULL: none */
    const char *old_identity;      /* the name of the identity's own sequence; NULL: no identity */
    const char *new_identity;
} sources;

static sources find_sources(qi_planning *p, const qi_object *before, const qi_object *after)
{
    sources s = { 0 };
    const qi_object *old = qi_column_sequence(p->present, before);
    const qi_object *new = qi_column_sequence(p->desired, after);
    if (qi_object_value(before, "identity_kind"))
        s.old_identity = qi_object_value(before, "_identity_sequence");
    if (qi_object_value(after, "identity_kind"))
        s.new_identity = qi_object_value(after, "_identity_sequence");
    if (old && qi_fate_of(p, old) == QI_DROPPED && s.new_identity)
        s.old_sequence = old;
    if (new &&qi_is_new(p, new))
        s.new_sequence = new;
    return s;
}

/* A name that is free: the sequence's own may be that of its successor. */
static const char *aside(qi_planning *p, const char *schema, const char *name)
{
    return qi_text(p, "%s.%s", qi_name(p, schema), qi_name(p, qi_text(p, "%.56s_before", name)));
}

static void set_aside(qi_planning *p, const char *identity, const char *name)
{
    qi_sql(p, "ALTER SEQUENCE %s RENAME TO %s;\n", identity,
           qi_name(p, qi_text(p, "%.56s_before", name)));
}

/* The last part of a qualified name, as in the catalog. */
static const char *last_name(qi_planning *p, const char *identity)
{
    bool quoted = false;
    const char *start = identity;
    for (const char *c = identity; *c; c++) {
        if (*c == '"')
            quoted = !quoted;
        else if (*c == '.' && !quoted)
            start = c + 1;
    }
    size_t length = strlen(start);
    if (*start != '"')
        return start;
    char *name = qi_arena_zero(p->arena, length + 1, 1);
    if (!name) {
        p->failed = true;
        return "";
    }
    size_t to = 0;
    for (size_t i = 1; i + 1 < length; i++) {
        name[to++] = start[i];
        if (start[i] == '"')
            i++;
    }
    return name;
}

/* What was given out stays given out. */
static void go_on_from_sequence(qi_planning *p, const char *sequence, const char *old)
{
    qi_sql(p, "SELECT setval(%s, last_value) FROM %s WHERE is_called;\n", qi_quoted(p, sequence),
           old);
}

/* The next value is none that a row has. */
static void go_on_from_rows(qi_planning *p, const qi_object *column, const char *sequence,
                            const qi_sequence_shape *shape)
{
    static const char *const numbers[] = { "smallint", "integer", "bigint" };
    const char *type = qi_object_value(column, "type");
    const char *name = qi_name(p, column->name);
    bool down = shape->increment && *shape->increment == '-';
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (strcmp(type, numbers[i]) == 0)
            qi_sql(p, "SELECT setval(%s, %s(%s)) FROM %s HAVING %s(%s) %s %s;\n",
                   qi_quoted(p, sequence), down ? "min" : "max", name, column->parent->identity,
                   down ? "min" : "max", name, down ? "<=" : ">=", qi_sequence_start(p, shape));
    }
}

static void drop_old_source(qi_planning *p, const qi_object *before, const qi_object *after,
                            const sources *s)
{
    if (s->old_identity && !s->new_identity && !s->new_sequence)
        write_identity(p, after, "DROP IDENTITY", NULL);
    const char *expression = qi_object_value(before, "default");
    bool changes = retypes(before, after) || !qi_same_value(before, after, "default");
    if (expression && changes && (retypes(before, after) || !qi_object_value(after, "default")))
        write_alter(p, after, "DROP DEFAULT", NULL);
    if (qi_object_value(before, "generated") && !qi_object_value(after, "generated"))
        write_alter(p, after, "DROP EXPRESSION", NULL);
}

/* An identity's own sequence becomes one that a default draws from. */
static void identity_to_default(qi_planning *p, const qi_object *after, const sources *s)
{
    const char *name = last_name(p, s->old_identity);
    set_aside(p, s->old_identity, name);
    qi_step_makes(p, s->new_sequence);
    qi_sequence_write(p, s->new_sequence);
    go_on_from_sequence(p, s->new_sequence->identity, aside(p, after->schema, name));
    write_identity(p, after, "DROP IDENTITY", NULL);
    write_alter(p, after, "SET DEFAULT ", qi_object_value(after, "default"));
    qi_sql(p, "ALTER SEQUENCE %s OWNED BY %s;\n", s->new_sequence->identity, after->identity);
}

static void write_not_null(qi_planning *p, const qi_object *column)
{
    const char *name = qi_name(p, column->name);
    qi_step_hazard(p, QI_HAZARD_MAY_FAIL, column->identity, "fails if rows have no value there");
    qi_step_hazard(p, QI_HAZARD_BLOCKS_READS, column->parent->identity,
                   "all access waits while all rows are checked");
    qi_step_check(
        p, QI_HAZARD_MAY_FAIL, column->identity, "rows have no value",
        qi_text(p, "select 1 from %s where %s is null limit 1", column->parent->identity, name));
    qi_not_null_add(p, column);
}

static void add_identity(qi_planning *p, const qi_object *before, const qi_object *after,
                         const sources *s)
{
    const char *kind = qi_object_value(after, "identity_kind");
    const char *options = qi_object_value(after, "identity_options");
    const char *list = options && *options ? qi_text(p, " (%s)", options) : "";
    const char *old = s->old_sequence ? s->old_sequence->name : NULL;
    if (old) {
        qi_step_ends(p, s->old_sequence);
        qi_sql(p, "ALTER SEQUENCE %s OWNED BY NONE;\n", s->old_sequence->identity);
        set_aside(p, s->old_sequence->identity, old);
    }
    if (!qi_object_value(before, "not_null"))
        write_not_null(p, after);
    write_identity(p, after, qi_text(p, "ADD GENERATED %s AS IDENTITY", kind), list);
    qi_sequence_shape shape = qi_identity_shape(p, after);
    if (old) {
        const char *from = aside(p, s->old_sequence->schema, old);
        go_on_from_sequence(p, s->new_identity, from);
        qi_sql(p, "DROP SEQUENCE %s;\n", from);
    } else {
        go_on_from_rows(p, after, s->new_identity, &shape);
    }
}

static void change_identity(qi_planning *p, const qi_object *before, const qi_object *after)
{
    const char *old_name = qi_object_value(before, "_identity_sequence");
    const char *new_name = qi_object_value(after, "_identity_sequence");
    qi_sequence_shape was = qi_identity_shape(p, before);
    qi_sequence_shape is = qi_identity_shape(p, after);
    was.type = is.type; /* the column's, which has changed already */
    if (!qi_same_value(before, after, "identity_kind"))
        write_identity(p, after, "SET GENERATED ", qi_object_value(after, "identity_kind"));
    if (qi_same_value(before, after, "identity_options"))
        return;
    qi_sequence_reshape(p, old_name, &was, &is);
    if (strcmp(old_name, new_name) != 0)
        qi_sql(p, "ALTER SEQUENCE %s RENAME TO %s;\n", old_name,
               qi_name(p, last_name(p, new_name)));
}

static void set_new_source(qi_planning *p, const qi_object *before, const qi_object *after,
                           const sources *s)
{
    const char *expression = qi_object_value(after, "default");
    const char *was = qi_object_value(before, "default");
    if (s->old_identity && s->new_sequence) {
        identity_to_default(p, after, s);
        return;
    }
    if (s->new_identity && !s->old_identity)
        add_identity(p, before, after, s);
    else if (s->new_identity)
        change_identity(p, before, after);
    if (expression && (retypes(before, after) || !was || strcmp(was, expression) != 0))
        write_alter(p, after, "SET DEFAULT ", expression);
    if (s->new_sequence) {
        qi_sequence_shape shape = qi_sequence_shape_of(s->new_sequence);
        go_on_from_rows(p, after, s->new_sequence->identity, &shape);
    }
    if (qi_object_value(after, "generated") && !qi_same_value(before, after, "generated"))
        write_alter(p, after, "SET EXPRESSION AS ",
                    qi_text(p, "(%s)", qi_object_value(after, "generated")));
}

/* Whether it is more than the length or precision that differs. */
static bool is_another_type(const char *before, const char *after)
{
    size_t length = strcspn(before, "(");
    return length != strcspn(after, "(") || strncmp(before, after, length) != 0;
}

static void add_type_hazards(qi_planning *p, const qi_object *before, const qi_object *after,
                             const qi_conversion *how)
{
    const char *table = after->parent->identity;
    if (how->rewrites)
        qi_step_hazard(p, QI_HAZARD_REWRITES, table,
                       "every row is written again, and all access waits meanwhile");
    if (is_another_type(qi_object_value(before, "type"), qi_object_value(after, "type")))
        qi_step_hazard(p, QI_HAZARD_BREAKS, after->identity,
                       "programs that use it meet another type");
    if (!how->hazard)
        return;
    qi_step_hazard(p, how->hazard, after->identity,
                   how->hazard == QI_HAZARD_MAY_FAIL
                       ? "fails if rows have values that the new type does not take"
                       : "values lose what the new type does not hold");
    if (how->check)
        qi_step_check(p, how->hazard, after->identity, how->text,
                      qi_text(p, "select 1 from %s where %s limit 1", table, how->check));
}

/* Another type comes with its own storage. */
static void keep_storage(qi_planning *p, const qi_object *before, const qi_object *after)
{
    const char *storage = qi_object_value(after, "storage");
    const char *compression = qi_object_value(after, "compression");
    if (storage && qi_same_value(before, after, "storage"))
        write_alter(p, after, "SET STORAGE ", storage);
    if (compression && qi_same_value(before, after, "compression"))
        write_alter(p, after, "SET COMPRESSION ", *compression == 'l' ? "lz4" : "pglz");
}

static void write_type(qi_planning *p, const qi_object *after, const qi_conversion *how)
{
    const char *collation = qi_object_value(after, "collation");
    qi_sql(p, "ALTER TABLE %s ALTER COLUMN %s TYPE %s", after->parent->identity,
           qi_name(p, after->name), qi_object_value(after, "type"));
    if (collation)
        qi_sql(p, " COLLATE %s", collation);
    if (how->expression)
        qi_sql(p, " USING %s", how->expression);
    qi_sql(p, ";\n");
}

/* Columns of children get the type of the column above; their defaults are their own. */
static void release_heir(qi_planning *p, const qi_object *heir, void *data)
{
    (void)data;
    const qi_object *before = qi_before(p, heir);
    if (!before)
        return;
    sources s = find_sources(p, before, heir);
    qi_step_makes(p, heir);
    drop_old_source(p, before, heir, &s);
}

static void restore_heir(qi_planning *p, const qi_object *heir, void *data)
{
    (void)data;
    const qi_object *before = qi_before(p, heir);
    if (!before)
        return;
    sources s = find_sources(p, before, heir);
    keep_storage(p, before, heir);
    set_new_source(p, before, heir, &s);
}

bool qi_refuse_partition_key(qi_planning *p, const qi_object *column)
{
    const char *key = qi_object_value(column->parent, "partition_by");
    const char *name = qi_name(p, column->name);
    const char *at = key ? strstr(key, name) : NULL;
    size_t length = strlen(name);
    while (at && (at == key || !strchr("(, ", at[-1]) || !strchr("), ", at[length])))
        at = strstr(at + 1, name);
    if (!at)
        return false;
    qi_refuse(p, column, "is what its table is partitioned by, so its type cannot change", NULL);
    return true;
}

void qi_column_change(qi_planning *p, const qi_object *before, const qi_object *after)
{
    bool new_type = retypes(before, after);
    if (!after->parent || (new_type && comes_from_above(before, after)) ||
        (new_type && qi_refuse_partition_key(p, before)))
        return;
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_ALTER));
    qi_step_makes(p, after);
    qi_step_after_detached(p, after->parent);
    sources s = find_sources(p, before, after);
    qi_conversion how = { 0 };
    if (new_type) {
        how = qi_column_convert(p, before, after);
        add_type_hazards(p, before, after, &how);
    }
    drop_old_source(p, before, after, &s);
    if (new_type) {
        qi_each_heir(p, p->desired, after, release_heir, NULL);
        write_type(p, after, &how);
        qi_each_heir(p, p->desired, after, restore_heir, NULL);
        keep_storage(p, before, after);
    }
    set_new_source(p, before, after, &s);
    qi_step_close(p, "change", after->parent->name, after->name);
}

static bool gets_identity(const qi_object *before, const qi_object *after)
{
    return !qi_object_value(before, "identity_kind") && qi_object_value(after, "identity_kind");
}

/* Those below that keep it, where the column above does not. */
static void keep_not_null(qi_planning *p, const qi_object *heir, void *data)
{
    (void)data;
    if (!qi_object_value(heir, "not_null"))
        qi_step_makes(p, heir);
    else if (qi_is_there(p, heir))
        qi_sql(p, "ALTER TABLE %s ALTER COLUMN %s SET NOT NULL;\n", heir->parent->identity,
               qi_name(p, heir->name));
}

static void make_heir(qi_planning *p, const qi_object *heir, void *data)
{
    (void)data;
    qi_step_makes(p, heir);
}

/* Whether the column above changes in the same way, and this one with it. */
static bool null_comes_from_above(const qi_planning *p, const qi_object *before,
                                  const qi_object *after)
{
    const qi_object *above = qi_column_above(p->desired, after);
    const qi_object *was = above ? qi_before(p, above) : NULL;
    return above && was && comes_from_above(before, after) &&
           qi_same_value(above, after, "not_null") && qi_same_value(was, before, "not_null");
}

void qi_column_change_null(qi_planning *p, const qi_object *before, const qi_object *after)
{
    bool was = qi_object_value(before, "not_null") != NULL;
    bool is = qi_object_value(after, "not_null") != NULL;
    if (!after->parent || (is && !was && gets_identity(before, after)) ||
        null_comes_from_above(p, before, after))
        return;
    if (is && !was && qi_column_not_null_online(p, after))
        return;
    /* Behind the column's other changes: an identity has to go first. */
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_OWNER));
    qi_step_makes(p, after);
    qi_step_after_detached(p, after->parent);
    if (is && was) {
        qi_not_null_change(p, before, after);
    } else if (is && !qi_not_null_is_checked(after)) {
        qi_not_null_add(p, after);
        qi_each_heir(p, p->desired, after, make_heir, NULL);
    } else if (is) {
        write_not_null(p, after);
        qi_each_heir(p, p->desired, after, make_heir, NULL);
    } else {
        qi_sql(p, "ALTER TABLE %s ALTER COLUMN %s DROP NOT NULL;\n", after->parent->identity,
               qi_name(p, after->name));
        qi_each_heir(p, p->desired, after, keep_not_null, NULL);
    }
    qi_step_close(p, "change", after->parent->name, after->name);
}
