/*
 * New types in the place of old ones. An enum cannot lose a value, nor a domain get another base; so
 * the old type is renamed, the new one made under its name, each column is turned into it by way
 * of its text, and the old one is dropped. Types that are made of such a type (an enum in a
 * composite type, a domain over it) go with it, and so do arrays.
 */
#include "plan/column.h"
#include "plan/list.h"
#include "plan/constraint.h"
#include "plan/planning.h"
#include "plan/privilege.h"
#include "plan/types.h"

#include <string.h>

/* Longer names would lose what tells the old type from the new one. */
#define LONGEST_OLD_NAME 50

qi_change qi_disturbs(qi_planning *p, const qi_object *before, const qi_object *after)
{
    (void)p;
    (void)before;
    (void)after;
    return QI_DISTURBS;
}

static bool is_type(const qi_object *object)
{
    return qi_is_kind(object, "enum") || qi_is_kind(object, "domain") ||
           qi_is_kind(object, "composite type") || qi_is_kind(object, "range type");
}

bool qi_is_swapped(const qi_planning *p, const qi_object *before)
{
    return is_type(before) && qi_fate_of(p, before) == QI_DISTURBED;
}

/* Whether a type's text is this name, or an array of it. */
static bool is_named(const char *text, const char *name)
{
    size_t length = name ? strlen(name) : 0;
    return text && name && strncmp(text, name, length) == 0 &&
           (!text[length] || strcmp(text + length, "[]") == 0);
}

bool qi_column_is_of(const qi_object *column, const qi_object *type)
{
    const char *text = qi_object_value(column, "type");
    return is_named(text, type->identity) || is_named(text, qi_object_value(type, "_multirange"));
}

static void write_type(qi_planning *p, const qi_object *type)
{
    if (qi_is_kind(type, "enum"))
        qi_write_enum(p, type);
    else if (qi_is_kind(type, "domain"))
        qi_write_domain(p, type);
    else if (qi_is_kind(type, "composite type"))
        qi_write_composite(p, type);
    else
        qi_write_range(p, type);
}

void qi_create_type(qi_planning *p, const qi_object *type)
{
    qi_step_open(p, type, qi_rank_of(p, type, QI_MINOR_CREATE));
    qi_step_makes(p, type);
    write_type(p, type);
    qi_step_close(p, "create", type->name, NULL);
}

/* The types of the swap, each behind those that it is made of. */
typedef struct swap {
    const qi_object **types; /* of present */
    size_t count;
    bool through_text; /* columns are text for a while, see begins_with_text */
} swap;

static bool is_taken(const swap *s, const qi_object *type)
{
    for (size_t i = 0; i < s->count; i++) {
        if (s->types[i] == type)
            return true;
    }
    return false;
}

/* Whether all types that the new shape of this one is made of, and that are swapped, come before. */
static bool is_ready(const qi_planning *p, const swap *s, const qi_object *type)
{
    const qi_object *after = qi_after(p, type);
    for (size_t i = 0; after && i < after->depend_count; i++) {
        const qi_object *before = qi_before(p, after->depends[i]);
        if (before && before != type && qi_is_swapped(p, before) && !is_taken(s, before))
            return false;
    }
    return true;
}

static bool find_types(qi_planning *p, swap *s)
{
    s->types = qi_arena_zero(p->arena, p->present->object_count + 1, sizeof *s->types);
    if (!s->types) {
        p->failed = true;
        return false;
    }
    size_t before;
    do {
        before = s->count;
        for (size_t i = 0; i < p->present->object_count; i++) {
            const qi_object *type = &p->present->objects[i];
            if (!qi_is_swapped(p, type) || is_taken(s, type) || !is_ready(p, s, type))
                continue;
            s->types[s->count++] = type;
            /* The functions that make a range's values cannot be renamed away with it. */
            s->through_text = s->through_text || qi_is_kind(type, "range type");
        }
    } while (s->count > before);
    return true;
}

static const char *old_name(qi_planning *p, const qi_object *type)
{
    return qi_text(p, "%.*s_replaced", LONGEST_OLD_NAME, type->name);
}

/* The word that ALTER and DROP have for the type. */
static const char *word_of(const qi_object *type)
{
    return type->kind->comment_on;
}

/* Of the types of the swap, the one that the column is of; NULL: none, or it will be another. */
static const qi_object *type_of(qi_planning *p, const swap *s, const qi_object *column)
{
    const qi_object *after = qi_after(p, column);
    const char *old = qi_object_value(column, "type");
    const char *new = after ? qi_object_value(after, "type") : NULL;
    if (!column->parent || !new || strcmp(old, new) != 0 || qi_fate_of(p, column) >= QI_REPLACED ||
        qi_fate_of(p, column->parent) >= QI_REPLACED)
        return NULL;
    for (size_t i = 0; i < s->count; i++) {
        if (qi_column_is_of(column, s->types[i]))
            return s->types[i];
    }
    return NULL;
}

static bool is_array(const qi_object *column)
{
    const char *type = qi_object_value(column, "type");
    size_t length = strlen(type);
    return length > 2 && strcmp(type + length - 2, "[]") == 0;
}

/* The values of a composite type whose attributes come in another order, or are other ones. */
static const char *as_row(qi_planning *p, const qi_object *column, const qi_object *type)
{
    const qi_object *after = qi_after(p, type);
    const char *old = qi_object_value(type, "attributes");
    const char *new = after ? qi_object_value(after, "attributes") : NULL;
    const char *name = qi_name(p, column->name);
    const char *row = NULL;
    qi_item item;
    while (qi_item_next(&new, &item)) {
        const char *its = qi_list_has_name(old, &item)
                              ? qi_text(p, "(%s).%.*s", name, (int)item.name_length, item.text)
                              : "NULL";
        row = qi_text(p, "%s%s%s", row ? row : "", row ? ", " : "", its);
    }
    return qi_text(p, "CASE WHEN %s IS DISTINCT FROM NULL THEN ROW(%s)::text END", name,
                   row ? row : "");
}

static bool has_other_attributes(const qi_planning *p, const qi_object *type)
{
    const qi_object *after = qi_after(p, type);
    const char *old = qi_object_value(type, "attributes");
    const char *new = after ? qi_object_value(after, "attributes") : NULL;
    return old && new &&strcmp(old, new) != 0;
}

/* "status::text::public.status", "moods::text[]::public.mood[]". */
static const char *conversion(qi_planning *p, const swap *s, const qi_object *column)
{
    const qi_object *type = type_of(p, s, column);
    const char *to = qi_object_value(column, "type");
    const char *name = qi_name(p, column->name);
    if (!has_other_attributes(p, type))
        return qi_text(p, "%s::text%s::%s", name, is_array(column) ? "[]" : "", to);
    if (is_array(column))
        qi_refuse(p, column,
                  qi_text(p, "is an array of %s, whose attributes are others in the schema",
                          type->identity),
                  NULL);
    return qi_text(p, "(%s)::%s", as_row(p, column, type), to);
}

static bool is_inherited(const qi_object *column)
{
    return qi_object_value(column, "inheritance") != NULL;
}

static const char *columns_table(const qi_object *column)
{
    return column->parent->identity;
}

/* Whether a default is the same before and after; others are set where the column is altered. */
static bool keeps_default(const qi_planning *p, const qi_object *column)
{
    const qi_object *after = qi_after(p, column);
    const char *old = qi_object_value(column, "default");
    const char *new = after ? qi_object_value(after, "default") : NULL;
    return old && new &&strcmp(old, new) == 0 && !p->lets_go[column - p->present->objects];
}

typedef void column_writer(qi_planning *p, const swap *s, const qi_object *column);

/* The columns that the swap turns from the old types into the new ones. */
static void each_column(qi_planning *p, const swap *s, column_writer *write)
{
    size_t count = 0;
    const qi_object *columns = qi_objects_of(p->present, "column", &count);
    for (size_t i = 0; i < count; i++) {
        if (type_of(p, s, &columns[i]))
            write(p, s, &columns[i]);
    }
}

/* A column of a table whose rows are the values of another one keeps its type. */
static void check_row_type(qi_planning *p, const qi_object *column)
{
    size_t count = 0;
    const qi_object *columns = qi_objects_of(p->present, "column", &count);
    for (size_t i = 0; i < count; i++) {
        if (qi_column_is_of(&columns[i], column->parent))
            qi_refuse(p, column,
                      qi_text(p, "is a part of the values of column %s, so its type cannot change",
                              columns[i].identity),
                      NULL);
    }
}

/* Whether its default stays as it is, so that no other step has to do with it. */
static bool is_steady(const qi_planning *p, const qi_object *column)
{
    const qi_object *after = qi_after(p, column);
    return keeps_default(p, column) ||
           (!qi_object_value(column, "default") && !qi_object_value(after, "default"));
}

static void take(qi_planning *p, const swap *s, const qi_object *column)
{
    (void)s;
    /* Where the default changes, or calls what is made again, the step that sets it comes later. */
    if (is_steady(p, column))
        qi_step_makes(p, qi_after(p, column));
    qi_refuse_partition_key(p, column);
    check_row_type(p, column);
    if (!is_inherited(column))
        qi_step_hazard(p, QI_HAZARD_REWRITES, columns_table(column),
                       "all rows are written anew, all access waits");
}

static void drop_default(qi_planning *p, const swap *s, const qi_object *column)
{
    (void)s;
    if (qi_object_value(column, "default"))
        qi_sql(p, "ALTER TABLE %s ALTER COLUMN %s DROP DEFAULT;\n", columns_table(column),
               qi_name(p, column->name));
}

static void set_default(qi_planning *p, const swap *s, const qi_object *column)
{
    (void)s;
    if (keeps_default(p, column))
        qi_sql(p, "ALTER TABLE ONLY %s ALTER COLUMN %s SET DEFAULT %s;\n", columns_table(column),
               qi_name(p, column->name), qi_object_value(column, "default"));
}

/* Tables that inherit a column follow their parents. */
static void convert(qi_planning *p, const swap *s, const qi_object *column)
{
    if (is_inherited(column))
        return;
    qi_sql(p, "ALTER TABLE %s\n    ALTER COLUMN %s TYPE %s\n    USING %s;\n", columns_table(column),
           qi_name(p, column->name), qi_object_value(column, "type"), conversion(p, s, column));
}

static void begin_as_text(qi_planning *p, const swap *s, const qi_object *column)
{
    const qi_object *type = type_of(p, s, column);
    const char *name = qi_name(p, column->name);
    const char *array = is_array(column) ? "[]" : "";
    if (is_inherited(column))
        return;
    qi_sql(p, "ALTER TABLE %s\n    ALTER COLUMN %s TYPE text%s\n    USING ", columns_table(column),
           name, array);
    if (has_other_attributes(p, type))
        qi_sql(p, "%s;\n", as_row(p, column, type));
    else
        qi_sql(p, "%s::text%s;\n", name, array);
}

static void end_as_text(qi_planning *p, const swap *s, const qi_object *column)
{
    (void)s;
    if (!is_inherited(column))
        qi_sql(p, "ALTER TABLE %s\n    ALTER COLUMN %s TYPE %s\n    USING %s::%s;\n",
               columns_table(column), qi_name(p, column->name), qi_object_value(column, "type"),
               qi_name(p, column->name), qi_object_value(column, "type"));
}

/* Foreign keys of such columns: between the two columns' turns their types differ. */
static bool follows(qi_planning *p, const swap *s, const qi_object *constraint)
{
    const char *kind = qi_object_value(constraint, "_kind");
    const qi_object *after = qi_after(p, constraint);
    if (!kind || *kind != 'f' || !constraint->parent || !after ||
        qi_fate_of(p, constraint) >= QI_REPLACED || qi_object_value(constraint, "inheritance"))
        return false;
    for (size_t i = 0; i < constraint->depend_count; i++) {
        const qi_object *column = constraint->depends[i];
        if (qi_is_kind(column, "column") && type_of(p, s, column))
            return true;
    }
    return false;
}

static void each_key(qi_planning *p, const swap *s, bool again)
{
    size_t count = 0;
    const qi_object *keys = qi_objects_of(p->present, "constraint", &count);
    for (size_t i = 0; i < count; i++) {
        if (!follows(p, s, &keys[i]))
            continue;
        qi_sql(p, "ALTER TABLE %s %s CONSTRAINT %s", keys[i].parent->identity,
               again ? "ADD" : "DROP", qi_name(p, keys[i].name));
        if (again) {
            qi_sql(p, " ");
            qi_constraint_clause(p, &keys[i]);
        }
        qi_sql(p, ";\n");
        if (again && keys[i].comment)
            qi_sql(p, "COMMENT ON CONSTRAINT %s ON %s IS %s;\n", qi_name(p, keys[i].name),
                   keys[i].parent->identity, qi_quoted(p, keys[i].comment));
    }
}

/* The comments and grants of a type and of its parts, which a new type does not have. */
static void write_rest(qi_planning *p, const qi_object *after)
{
    for (size_t i = 0; i < p->desired->object_count; i++) {
        const qi_object *object = &p->desired->objects[i];
        if ((object == after || object->parent == after) && object->comment &&
            object->kind->comment_on)
            qi_sql(p, "COMMENT ON %s %s IS %s;\n", object->kind->comment_on, object->identity,
                   qi_quoted(p, object->comment));
    }
    qi_write_grants(p, after);
}

/* Columns that leave the type for another one must have done so. */
static void wait_for_leavers(qi_planning *p, const swap *s, const qi_object *type)
{
    size_t count = 0;
    const qi_object *columns = qi_objects_of(p->present, "column", &count);
    for (size_t i = 0; i < count; i++) {
        const qi_object *after = qi_after(p, &columns[i]);
        if (after && qi_column_is_of(&columns[i], type) && !type_of(p, s, &columns[i]))
            qi_step_needs(p, after);
    }
}

/* Rows with a value that the new enum does not have cannot be turned into it. */
static void check_values(qi_planning *p, const swap *s, const qi_object *column)
{
    const qi_object *type = type_of(p, s, column);
    const qi_object *after = qi_after(p, type);
    const char *gone =
        qi_list_without(p, qi_object_value(type, "labels"), qi_object_value(after, "labels"));
    const char *name = qi_name(p, column->name);
    if (!qi_is_kind(type, "enum") || !gone)
        return;
    qi_step_hazard(p, QI_HAZARD_MAY_FAIL, column->identity,
                   qi_text(p, "fails if rows have a value that is gone: %s", gone));
    const char *condition = is_array(column) ? qi_text(p, "%s::text[] && array[%s]", name, gone)
                                             : qi_text(p, "%s::text in (%s)", name, gone);
    qi_step_check(
        p, QI_HAZARD_MAY_FAIL, column->identity,
        qi_text(p, "rows have a value that is gone: %s", gone),
        qi_text(p, "select 1 from %s where %s limit 1", columns_table(column), condition));
}

static void write_swap(qi_planning *p, const swap *s)
{
    each_key(p, s, false);
    each_column(p, s, drop_default);
    if (s->through_text)
        each_column(p, s, begin_as_text);
    for (size_t i = s->count; i-- > 0;) {
        const qi_object *type = s->types[i];
        if (s->through_text)
            qi_sql(p, "DROP %s %s;\n", word_of(type), type->identity);
        else
            qi_sql(p, "ALTER %s %s RENAME TO %s;\n", word_of(type), type->identity,
                   qi_name(p, old_name(p, type)));
    }
    for (size_t i = 0; i < s->count; i++)
        write_type(p, qi_after(p, s->types[i]));
    each_column(p, s, s->through_text ? end_as_text : convert);
    each_column(p, s, set_default);
    for (size_t i = s->count; i-- > 0 && !s->through_text;)
        qi_sql(p, "DROP %s %s.%s;\n", word_of(s->types[i]), qi_name(p, s->types[i]->schema),
               qi_name(p, old_name(p, s->types[i])));
    each_key(p, s, true);
    for (size_t i = 0; i < s->count; i++)
        write_rest(p, qi_after(p, s->types[i]));
}

void qi_swap_types(qi_planning *p, const qi_object *before, const qi_object *after)
{
    swap s = { 0 };
    if (p->made[after - p->desired->objects] || !find_types(p, &s))
        return;
    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_ALTER));
    for (size_t i = 0; i < s.count; i++) {
        qi_step_makes(p, qi_after(p, s.types[i]));
        wait_for_leavers(p, &s, s.types[i]);
    }
    each_column(p, &s, take);
    each_column(p, &s, check_values);
    write_swap(p, &s);
    if (!is_taken(&s, before))
        qi_refuse(p, after, "is made of a type that is made of it", NULL);
    qi_step_close(p, "replace", after->name, NULL);
}

bool qi_release_from_type(qi_planning *p, const qi_object *column, const qi_object *type)
{
    const qi_object *after = qi_after(p, column);
    const char *array = is_array(column) ? "[]" : "";
    const char *name = qi_name(p, column->name);
    if (!is_type(type) || !after || !qi_column_is_of(column, type))
        return false;
    if (is_inherited(column))
        return true;
    qi_step_open(p, column, qi_rank_of_drop(p, column));
    qi_step_before(p, type);
    drop_default(p, NULL, column);
    qi_sql(p, "ALTER TABLE %s\n    ALTER COLUMN %s TYPE text%s\n    USING %s::text%s;\n",
           columns_table(column), name, array, name, array);
    qi_step_close(p, "release", column->parent->name, column->name);

    qi_step_open(p, after, qi_rank_of(p, after, QI_MINOR_ALTER));
    qi_step_makes(p, after);
    qi_step_hazard(p, QI_HAZARD_REWRITES, columns_table(after),
                   "all rows are written anew, all access waits");
    end_as_text(p, NULL, after);
    if (qi_object_value(after, "default"))
        qi_sql(p, "ALTER TABLE %s ALTER COLUMN %s SET DEFAULT %s;\n", columns_table(after), name,
               qi_object_value(after, "default"));
    qi_step_close(p, "restore", after->parent->name, after->name);
    return true;
}
