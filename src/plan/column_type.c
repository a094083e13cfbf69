/*
 * Another type for a column with rows: whether the server assigns the old values by itself, what else
 * turns them into new ones, and which of them would not survive.
 */
#include "plan/column.h"

#include <stdlib.h>
#include <string.h>

typedef struct types {
    const qi_catalog_type *before; /* what domains stand for */
    const qi_catalog_type *after;
    int old_modifier;
    int new_modifier;
    const char *name;     /* of the column, quoted */
    const char *old_text; /* with modifiers */
    const char *new_text;
    bool to_domain; /* one that was not there */
} types;

static uint32_t type_oid(const qi_object *column)
{
    const char *text = qi_object_value(column, "_type");
    return text ? (uint32_t)strtoul(text, NULL, 10) : 0;
}

static int modifier_of(const qi_object *column)
{
    const char *text = qi_object_value(column, "_modifier");
    return text ? (int)strtol(text, NULL, 10) : -1;
}

static const qi_catalog_type *base_of(const qi_catalog *catalog, const qi_catalog_type *type)
{
    return type && type->base ? qi_catalog_type_by_oid(catalog, type->base) : type;
}

static bool is_one_of(const char *text, const char *const *list)
{
    while (*list && strcmp(*list, text) != 0)
        list++;
    return *list != NULL;
}

static const qi_cast *cast_between(const qi_planning *p, const qi_catalog_type *from,
                                   const qi_catalog_type *to)
{
    const qi_cast *cast = qi_catalog_cast(p->desired, from->text, to->text);
    return cast ? cast : qi_catalog_cast(p->present, from->text, to->text);
}

/* The scale of numeric has a sign since PostgreSQL 15. */
static int scale_of(int modifier)
{
    return (((modifier - 4) & 0x7ff) ^ 1024) - 1024;
}

static int precision_of(int modifier)
{
    return ((modifier - 4) >> 16) & 0xffff;
}

/* Whether every value fits as it is, so that the server leaves the rows alone. */
static bool only_widens(const types *t)
{
    static const char *const by_length[] = { "character varying",
                                             "bit varying",
                                             "timestamp without time zone",
                                             "timestamp with time zone",
                                             "time without time zone",
                                             "time with time zone",
                                             NULL };
    if (t->old_modifier == t->new_modifier || t->new_modifier == -1)
        return strcmp(t->before->text, "character") != 0 || t->old_modifier == t->new_modifier;
    if (t->old_modifier == -1)
        return false;
    if (strcmp(t->before->text, "numeric") == 0)
        return scale_of(t->old_modifier) == scale_of(t->new_modifier) &&
               precision_of(t->old_modifier) <= precision_of(t->new_modifier);
    return is_one_of(t->before->text, by_length) && t->old_modifier <= t->new_modifier;
}

/* Numbers by what they can hold: each has all values of those before it. */
static int width_of(const types *t, const qi_catalog_type *type, int modifier)
{
    (void)t;
    static const char *const rows[] = { "smallint", "integer", "bigint", NULL };
    for (int i = 0; rows[i]; i++) {
        if (strcmp(rows[i], type->text) == 0)
            return i + 1;
    }
    return strcmp(type->text, "numeric") == 0 && modifier == -1 ? 4 : 0;
}

static bool keeps_numbers(const types *t)
{
    static const char *const small[] = { "smallint", "integer", "real", NULL };
    int from = width_of(t, t->before, t->old_modifier);
    int to = width_of(t, t->after, t->new_modifier);
    if (strcmp(t->after->text, "double precision") == 0)
        return is_one_of(t->before->text, small);
    return from && to && from <= to;
}

/* What a number of another type must not be, so that it fits into an integer type or numeric(p,s). */
static const char *number_limits(qi_planning *p, const types *t)
{
    static const struct {
        const char *type;
        const char *low;
        const char *high;
    } rows[] = { { "smallint", "-32768", "32767" },
                 { "integer", "-2147483648", "2147483647" },
                 { "bigint", "-9223372036854775808", "9223372036854775807" } };
    bool whole =
        width_of(t, t->before, t->old_modifier) > 0 && strcmp(t->before->text, "numeric") != 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (strcmp(rows[i].type, t->after->text) != 0)
            continue;
        const char *range =
            qi_text(p, "%s not between %s and %s", t->name, rows[i].low, rows[i].high);
        return whole ? range : qi_text(p, "%s or %s <> trunc(%s)", range, t->name, t->name);
    }
    if (strcmp(t->after->text, "numeric") == 0 && t->new_modifier != -1) {
        int scale = scale_of(t->new_modifier);
        return qi_text(p, "abs(%s::numeric) >= 1e%d or %s::numeric <> round(%s::numeric, %d)",
                       t->name, precision_of(t->new_modifier) - scale, t->name, t->name, scale);
    }
    return qi_text(p, "%s::%s::%s is distinct from %s", t->name, t->new_text, t->old_text, t->name);
}

static bool is_number(const qi_catalog_type *type)
{
    static const char *const numbers[] = { "smallint", "integer",          "bigint", "numeric",
                                           "real",     "double precision", NULL };
    return is_one_of(type->text, numbers);
}

static bool has_length(const qi_catalog_type *type)
{
    return strcmp(type->text, "character varying") == 0 || strcmp(type->text, "character") == 0;
}

static const char *label_check(qi_planning *p, const types *t)
{
    const char *list = "";
    for (size_t i = 0; i < t->after->label_count; i++)
        list = qi_text(p, "%s%s%s", list, i ? ", " : "", qi_quoted(p, t->after->labels[i]));
    return *list ? qi_text(p, "%s::text not in (%s)", t->name, list)
                 : qi_text(p, "%s is not null", t->name);
}

/* Which of the rows would not get through, where that can be asked before. */
static void find_losses(qi_planning *p, const types *t, bool same, qi_conversion *out)
{
    out->hazard = QI_HAZARD_MAY_FAIL;
    out->text = "rows have values that the new type does not take";
    if (t->to_domain)
        return;
    if (t->after->kind == QI_TYPE_ENUM) {
        out->check = label_check(p, t);
    } else if (has_length(t->after)) {
        out->hazard = t->new_modifier == -1 || (same && only_widens(t)) ? 0 : QI_HAZARD_MAY_FAIL;
        if (out->hazard) {
            out->text = "rows have values that are too long";
            out->check = qi_text(p, "char_length(%s::text) > %d", t->name, t->new_modifier - 4);
        }
    } else if (t->after->category == 'S' || (same && only_widens(t)) || keeps_numbers(t)) {
        out->hazard = 0;
    } else if (is_number(t->before) && is_number(t->after)) {
        out->text = "rows have values that do not fit, or not without being rounded";
        out->check = number_limits(p, t);
    } else if (t->before->category == 'D' && t->after->category == 'D') {
        out->hazard = QI_HAZARD_DELETES_DATA;
        out->text = "rows have values that lose a part";
        out->check = qi_text(p, "%s::%s::%s is distinct from %s", t->name, t->new_text, t->old_text,
                             t->name);
    } else if (out->expression && qi_catalog_type_named(p->present, t->after->text)) {
        out->check = qi_text(p, "%s is not null and (%s) is null", t->name, out->expression);
    }
}

/* What makes a new value of an old one where assigning does not. */
static const char *expression_for(qi_planning *p, const types *t, const qi_cast *cast)
{
    const char *name = t->name;
    const char *text = t->new_text;
    bool to_array = t->after->category == 'A';
    if (cast || t->before->category == 'S' || (to_array && t->before->category == 'A'))
        return qi_text(p, "%s::%s", name, text);
    if (to_array)
        return qi_text(p, "CASE WHEN %s IS NOT NULL THEN ARRAY[%s::text]::%s END", name, name,
                       text);
    bool numbers = is_number(t->before) || is_number(t->after);
    if (numbers && (t->before->category == 'B' || t->after->category == 'B'))
        return qi_text(p, "%s::integer::%s", name, text);
    return qi_text(p, "%s::text::%s", name, text);
}

qi_conversion qi_column_convert(qi_planning *p, const qi_object *before, const qi_object *after)
{
    const qi_catalog_type *old = qi_catalog_type_by_oid(p->present, type_oid(before));
    const qi_catalog_type *new = qi_catalog_type_by_oid(p->desired, type_oid(after));
    types t = {
        .before = base_of(p->present, old),
        .after = base_of(p->desired, new),
        .old_modifier = modifier_of(before),
        .new_modifier = modifier_of(after),
        .name = qi_name(p, after->name),
        .old_text = qi_object_value(before, "type"),
        .new_text = qi_object_value(after, "type"),
    };
    qi_conversion out = { 0 };
    if (!t.before || !t.after)
        return out;
    t.to_domain = new->base && (!old->base || strcmp(old->text, new->text) != 0);
    bool same = strcmp(t.before->text, t.after->text) == 0;
    const qi_cast *cast = same ? NULL : cast_between(p, t.before, t.after);
    bool assigned = same || t.after->category == 'S' || (cast && cast->context != QI_CAST_EXPLICIT);
    if (!assigned)
        out.expression = expression_for(p, &t, cast);
    bool relabels =
        same ? only_widens(&t) : assigned && cast && cast->binary && t.new_modifier == -1;
    out.rewrites = !relabels || t.to_domain;
    find_losses(p, &t, same, &out);
    return out;
}
