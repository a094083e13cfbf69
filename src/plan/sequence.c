/* Sequences of their own. One that makes a column `serial` is written with its column. */
#include "plan/column.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const qi_object *owner_of(const qi_catalog *catalog, const qi_object *sequence)
{
    const char *table = qi_object_value(sequence, "_owner_table");
    const char *column = qi_object_value(sequence, "_owner_column");
    if (!table || !column || !qi_object_value(sequence, "owned_by"))
        return NULL;
    return qi_object_at(catalog, sequence->class_oid, (uint32_t)strtoul(table, NULL, 10),
                        (int)strtol(column, NULL, 10));
}

const qi_object *qi_column_sequence(const qi_catalog *catalog, const qi_object *column)
{
    for (size_t i = 0; qi_object_value(column, "default") && i < column->depend_count; i++) {
        const qi_object *sequence = column->depends[i];
        if (qi_is_kind(sequence, "sequence") && owner_of(catalog, sequence) == column)
            return sequence;
    }
    return NULL;
}

void qi_step_ends_owned(qi_planning *p, const qi_object *column)
{
    size_t count = 0;
    const qi_object *all = qi_objects_of(p->present, "sequence", &count);
    for (size_t i = 0; i < count; i++) {
        if (qi_fate_of(p, &all[i]) == QI_DROPPED && owner_of(p->present, &all[i]) == column &&
            !p->ended[&all[i] - p->present->objects])
            qi_step_ends(p, &all[i]);
    }
}

/* It can only be owned by a column that is there; the column's default needs the sequence. */
static void set_owner(qi_planning *p, const qi_object *sequence)
{
    const qi_object *column = owner_of(p->desired, sequence);
    qi_rank rank = qi_rank_of(p, column ? column : sequence, QI_MINOR_OWNER);
    qi_step_open(p, sequence, rank);
    qi_step_needs(p, sequence);
    if (column)
        qi_step_needs(p, column);
    const char *owner = qi_object_value(sequence, "owned_by");
    qi_sql(p, "ALTER SEQUENCE %s OWNED BY %s;\n", sequence->identity, owner ? owner : "NONE");
    qi_step_close(p, "own", sequence->name, NULL);
}

void qi_sequence_write(qi_planning *p, const qi_object *sequence)
{
    static const struct {
        const char *words;
        const char *attribute;
    } rows[] = { { "AS ", "type" },
                 { "START WITH ", "start" },
                 { "INCREMENT BY ", "increment" },
                 { "MINVALUE ", "minimum" },
                 { "MAXVALUE ", "maximum" },
                 { "CACHE ", "cache" },
                 { "", "cycle" } };
    const char *persistence = qi_object_value(sequence, "persistence");
    qi_sql(p, "CREATE %sSEQUENCE %s", persistence ? "UNLOGGED " : "", sequence->identity);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *value = qi_object_value(sequence, rows[i].attribute);
        if (value)
            qi_sql(p, "\n    %s%s", rows[i].words, value);
    }
    qi_sql(p, ";\n");
}

/* Whether the change of its column makes it, from the sequence of the column's identity. */
static bool comes_with_change(const qi_planning *p, const qi_object *column)
{
    const qi_object *before = column ? qi_before(p, column) : NULL;
    return before && !qi_is_new(p, column) && qi_object_value(before, "identity_kind") &&
           !qi_object_value(column, "identity_kind");
}

static void create(qi_planning *p, const qi_object *object)
{
    const qi_object *column = owner_of(p->desired, object);
    bool feeds = column && qi_column_sequence(p->desired, column) == object;
    if (feeds && (comes_with_change(p, column) ||
                  (qi_is_new(p, column) && qi_column_serial(p, column) == object)))
        return;
    qi_step_open(p, object, qi_rank_of(p, object, QI_MINOR_CREATE));
    qi_step_makes(p, object);
    qi_sequence_write(p, object);
    qi_step_close(p, "create", object->name, NULL);
    if (column)
        set_owner(p, object);
}

/* Out of the hands of a column that goes, then into those of its new one. */
static void alter_owner(qi_planning *p, const qi_object *before, const qi_object *after)
{
    const qi_object *old = owner_of(p->present, before);
    bool goes = old && qi_fate_of(p, old) >= QI_REPLACED;
    if (goes) {
        qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_ALTER));
        qi_step_makes(p, after);
        qi_step_before(p, old);
        qi_sql(p, "ALTER SEQUENCE %s OWNED BY NONE;\n", after->identity);
        qi_step_close(p, "own", after->name, NULL);
    }
    if (!goes || owner_of(p->desired, after))
        set_owner(p, after);
}

qi_sequence_shape qi_sequence_shape_of(const qi_object *sequence)
{
    return (qi_sequence_shape){
        .type = qi_object_value(sequence, "type"),
        .increment = qi_object_value(sequence, "increment"),
        .minimum = qi_object_value(sequence, "minimum"),
        .maximum = qi_object_value(sequence, "maximum"),
        .start = qi_object_value(sequence, "start"),
        .cache = qi_object_value(sequence, "cache"),
        .cycle = qi_object_value(sequence, "cycle"),
    };
}

/* The word behind one of the options in "START WITH 5 CYCLE". */
static const char *option(qi_planning *p, const char *options, const char *words)
{
    const char *found = options ? strstr(options, words) : NULL;
    if (!found)
        return NULL;
    found += strlen(words);
    return qi_text(p, "%.*s", (int)strcspn(found, " "), found);
}

qi_sequence_shape qi_identity_shape(qi_planning *p, const qi_object *column)
{
    const char *type = qi_object_value(column, "type");
    const char *options = qi_object_value(column, "identity_options");
    return (qi_sequence_shape){
        .type = strcmp(type, "bigint") == 0 ? NULL : type,
        .increment = option(p, options, "INCREMENT BY "),
        .minimum = option(p, options, "MINVALUE "),
        .maximum = option(p, options, "MAXVALUE "),
        .start = option(p, options, "START WITH "),
        .cache = option(p, options, "CACHE "),
        .cycle = options && strstr(options, "CYCLE") ? "CYCLE" : NULL,
    };
}

typedef struct bounds {
    bool down;
    int64_t low;
    int64_t high;
    int64_t start;
} bounds;

static bounds bounds_of(const qi_sequence_shape *shape)
{
    bool small = shape->type && strcmp(shape->type, "smallint") == 0;
    int64_t most = small ? INT16_MAX : shape->type ? INT32_MAX : INT64_MAX;
    bounds b = { .down = shape->increment && *shape->increment == '-' };
    b.low = shape->minimum ? strtoll(shape->minimum, NULL, 10) : b.down ? -most - 1 : 1;
    b.high = shape->maximum ? strtoll(shape->maximum, NULL, 10) : b.down ? -1 : most;
    b.start = shape->start ? strtoll(shape->start, NULL, 10) : b.down ? b.high : b.low;
    return b;
}

const char *qi_sequence_start(qi_planning *p, const qi_sequence_shape *shape)
{
    return qi_text(p, "%" PRId64, bounds_of(shape).start);
}

/* Where it stands must lie within its new bounds: it is moved there before they close in. */
static void move_into(qi_planning *p, const char *identity, const bounds *old, const bounds *new)
{
    if (new->low > old->high)
        qi_sql(p, "ALTER SEQUENCE %s MAXVALUE %" PRId64 ";\n", identity, new->high);
    if (new->high < old->low)
        qi_sql(p, "ALTER SEQUENCE %s MINVALUE %" PRId64 ";\n", identity, new->low);
    const char *name = qi_quoted(p, identity);
    if (new->low > old->low)
        qi_sql(p, "SELECT setval(%s, %" PRId64 ", %s) FROM %s WHERE last_value < %" PRId64 ";\n",
               name, new->low, new->down ? "true" : "false", identity, new->low);
    if (new->high < old->high)
        qi_sql(p, "SELECT setval(%s, %" PRId64 ", %s) FROM %s WHERE last_value > %" PRId64 ";\n",
               name, new->high, new->down ? "false" : "true", identity, new->high);
}

static bool same(const char *left, const char *right)
{
    return left && right ? strcmp(left, right) == 0 : left == right;
}

static void add_change(qi_planning *p, bool differs, const char *words, const char *is,
                       const char *none)
{
    if (differs)
        qi_sql(p, "\n    %s%s", is ? words : none, is ? is : "");
}

static int bits_of(const qi_sequence_shape *shape)
{
    bool small = shape->type && strcmp(shape->type, "smallint") == 0;
    return small ? 16 : shape->type ? 32 : 64;
}

void qi_sequence_reshape(qi_planning *p, const char *identity, const qi_sequence_shape *before,
                         const qi_sequence_shape *after)
{
    bounds old = bounds_of(before);
    bounds new = bounds_of(after);
    bool fine = same(before->type, after->type) && same(before->increment, after->increment) &&
                same(before->cache, after->cache) && same(before->cycle, after->cycle);
    if (fine && old.low == new.low &&old.high == new.high &&old.start == new.start)
        return;
    /* A wider type comes first, a narrower one last, when its values have been moved. */
    const char *type = before->type;
    if (bits_of(after) > bits_of(before)) {
        qi_sql(p, "ALTER SEQUENCE %s AS %s;\n", identity, after->type ? after->type : "bigint");
        type = after->type;
    }
    move_into(p, identity, &old, &new);
    qi_sql(p, "ALTER SEQUENCE %s", identity);
    add_change(p, !same(type, after->type), "AS ", after->type, "AS bigint");
    add_change(p, !same(before->increment, after->increment), "INCREMENT BY ", after->increment,
               "INCREMENT BY 1");
    /* As numbers: what NO MAXVALUE means depends on what the type was. */
    if (old.low != new.low)
        qi_sql(p, "\n    MINVALUE %" PRId64, new.low);
    if (old.high != new.high)
        qi_sql(p, "\n    MAXVALUE %" PRId64, new.high);
    if (old.start != new.start)
        qi_sql(p, "\n    START WITH %" PRId64, new.start);
    add_change(p, !same(before->cache, after->cache), "CACHE ", after->cache, "CACHE 1");
    add_change(p, !same(before->cycle, after->cycle), "", after->cycle, "NO CYCLE");
    qi_sql(p, ";\n");
}

static void alter_options(qi_planning *p, const qi_object *before, const qi_object *after)
{
    qi_sequence_shape was = qi_sequence_shape_of(before);
    qi_sequence_shape is = qi_sequence_shape_of(after);
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_ALTER));
    qi_step_makes(p, after);
    qi_sequence_reshape(p, after->identity, &was, &is);
    qi_step_close(p, "change", after->name, NULL);
}

static void alter_persistence(qi_planning *p, const qi_object *before, const qi_object *after)
{
    (void)before;
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_ALTER));
    qi_step_makes(p, after);
    qi_sql(p, "ALTER SEQUENCE %s SET %s;\n", after->identity,
           qi_object_value(after, "persistence") ? "UNLOGGED" : "LOGGED");
    qi_step_close(p, "change", after->name, NULL);
}

/* Not by itself when it goes with the column that owns it, or becomes the column's identity. */
static void drop(qi_planning *p, const qi_object *object)
{
    const qi_object *column = owner_of(p->present, object);
    const qi_object *after = column ? qi_after(p, column) : NULL;
    bool goes = column && qi_fate_of(p, column) >= QI_REPLACED;
    bool feeds = column && qi_column_sequence(p->present, column) == object;
    if (goes || (feeds && after && qi_object_value(after, "identity_kind")))
        return;
    qi_drop_plain(p, object);
}

const qi_rules qi_rules_sequence = {
    .kind = "sequence",
    .create = create,
    .creates = (const char *const[]){ "type", "start", "increment", "minimum", "maximum", "cache",
                                      "cycle", "owned_by", "persistence", NULL },
    .drop = drop,
    .alterations = (const qi_alteration[]){ { "owned_by", alter_owner, NULL },
                                            { "type", alter_options, NULL },
                                            { "increment", alter_options, NULL },
                                            { "minimum", alter_options, NULL },
                                            { "maximum", alter_options, NULL },
                                            { "start", alter_options, NULL },
                                            { "cache", alter_options, NULL },
                                            { "cycle", alter_options, NULL },
                                            { "persistence", alter_persistence, NULL },
                                            { NULL, NULL, NULL } },
};
