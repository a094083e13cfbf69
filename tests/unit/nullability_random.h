/*
 * Statements made at random, for the property: nested joins of every kind over tables that miss each
 * other, under random predicates, in subqueries, CTEs, set operations and grouping sets. A seed always
 * makes the same statement. Some are refused by the server (an ambiguous name); those are not counted.
 */
#ifndef NULLABILITY_RANDOM_H
#define NULLABILITY_RANDOM_H

#include "base/buffer.h"

#include <stdint.h>

static const char *const random_schema[] = {
    "create table p (id int primary key, a int, b int not null, s text)",
    "create table q (id int not null, a int, b int not null, s text, unique (id, b))",
    "create table r (id int, a int primary key, b int, s text not null)",
    "insert into p values (1, null, 1, null), (2, 2, 2, 'x'), (3, null, 1, 'y'), (7, 1, 0, null)",
    "insert into q values (2, null, 1, null), (3, 3, 3, 'y'), (4, null, 2, 'z'), (2, 5, 7, 'x')",
    "insert into r values (null, 1, null, 'x'), (3, 2, 1, 'y'), (4, 3, null, '')",
    "insert into r values (null, 9, 2, 'q')",
};

typedef struct random_text {
    qi_buffer *out;
    uint64_t bits;
    int aliases;     /* handed out so far: x1, x2, ... */
    int visible[16]; /* those that expressions may use */
    int visible_count;
    int depth;
} random_text;

static uint32_t pick(random_text *text, uint32_t below)
{
    text->bits ^= text->bits << 13;
    text->bits ^= text->bits >> 7;
    text->bits ^= text->bits << 17;
    return (uint32_t)(text->bits >> 33) % below;
}

static void random_value(random_text *text);
static void random_predicate(random_text *text);
static void random_tree(random_text *text);

static void random_column(random_text *text)
{
    static const char *const names[] = { "id", "a", "b" };
    int alias = text->visible[pick(text, (uint32_t)text->visible_count)];
    qi_buffer_printf(text->out, "x%d.%s", alias, names[pick(text, 3)]);
}

/* `format` with a value for each V and a predicate for each P. */
static void random_form(random_text *text, const char *format)
{
    text->depth++;
    for (; *format; format++)
        if (*format == 'V')
            random_value(text);
        else if (*format == 'P')
            random_predicate(text);
        else if (*format == 'C')
            random_column(text);
        else
            qi_buffer_add_n(text->out, format, 1);
    text->depth--;
}

static void random_value(random_text *text)
{
    static const char *const forms[] = {
        "C",
        "C",
        "C",
        "C",
        "C",
        "C",
        "5",
        "null::int",
        "(V + 1)",
        "(V - V)",
        "coalesce(V, V)",
        "coalesce(V, 0)",
        "case when P then V else V end",
        "case when P then V end",
        "nullif(V, V)",
        "greatest(V, V)",
        "abs(V)",
        "length(V || 'a')",
        "(select max(z.a) from q z where z.id = V)",
        "(select count(*) from q z where z.id = V)",
        "(select z.b from p z where z.id = V limit 1)",
        "(select count(C))",
        "(V)::text::int",
        "cardinality(array[V, null])",
        "(case V when 1 then V else 0 end)",
    };
    size_t count = text->depth > 3 ? 7 : sizeof forms / sizeof *forms;
    random_form(text, forms[pick(text, (uint32_t)count)]);
}

static void random_predicate(random_text *text)
{
    static const char *const forms[] = {
        "C = C",
        "C is not null",
        "C > V",
        "C = 2",
        "V is null",
        "V = V",
        "(P and P)",
        "(P and P)",
        "(P or P)",
        "not (P)",
        "C in (1, 2, V)",
        "C not in (1, V)",
        "C between 0 and V",
        "C not between V and V",
        "(P) is true",
        "(P) is not true",
        "(P) is false",
        "(P) is not unknown",
        "C = any (array[V, null])",
        "V is distinct from V",
        "C in (select z.a from q z)",
        "C not in (select z.b from p z)",
        "not (C is null)",
        "exists (select from q z where z.id = C)",
        "(C, C) = (C, V)",
        "C <> all ('{}'::int[])",
        "not (C is not null)",
        "coalesce(C, 1) = 1",
        "not (C = any (select z.b from q z))",
    };
    size_t count = text->depth > 3 ? 6 : sizeof forms / sizeof *forms;
    random_form(text, forms[pick(text, (uint32_t)count)]);
}

/* A subquery with the columns of a table; what is inside is not visible outside. */
static void random_subquery(random_text *text)
{
    random_text inside = *text;
    inside.visible_count = 0;
    inside.depth++;
    random_text from = inside;
    char space[1024];
    qi_buffer tree;
    qi_buffer_init(&tree, sizeof space * 64);
    from.out = &tree;
    random_tree(&from);
    inside = from;
    inside.out = text->out;
    qi_buffer_add(text->out, "(select ");
    random_form(&inside, "V as id, C as a, V as b, V::text as s from ");
    qi_buffer_add(text->out, tree.data);
    qi_buffer_free(&tree);
    if (pick(&inside, 2))
        random_form(&inside, " where P");
    qi_buffer_add(text->out, ")");
    text->aliases = inside.aliases;
    text->bits = inside.bits;
}

static void random_leaf(random_text *text)
{
    static const char *const tables[] = { "p", "q", "r" };
    if (text->depth < 3 && pick(text, 5) == 0)
        random_subquery(text);
    else
        qi_buffer_add(text->out, tables[pick(text, 3)]);
    int alias = ++text->aliases;
    qi_buffer_printf(text->out, " x%d", alias);
    if (text->visible_count < 16)
        text->visible[text->visible_count++] = alias;
}

static void random_tree(random_text *text)
{
    static const char *const kinds[] = { "join",      "left join", "right join",
                                         "full join", "left join", "cross join" };
    if (text->depth > 3 || pick(text, 3) == 0) {
        random_leaf(text);
        return;
    }
    text->depth++;
    int before = text->visible_count;
    uint32_t kind = pick(text, 6);
    qi_buffer_add(text->out, "(");
    random_tree(text);
    qi_buffer_printf(text->out, " %s ", kinds[kind]);
    random_tree(text);
    random_text condition = *text;
    for (int i = before; i < text->visible_count; i++)
        condition.visible[i - before] = text->visible[i];
    condition.visible_count = text->visible_count - before;
    if (kind == 3) /* FULL takes only what can be merged */
        random_form(&condition, " on C = C");
    else if (kind != 5 && pick(&condition, 4) == 0)
        qi_buffer_add(text->out, pick(&condition, 2) ? " using (id)" : " using (b, id)");
    else if (kind != 5)
        random_form(&condition, " on P");
    qi_buffer_add(text->out, ")");
    text->bits = condition.bits;
    text->depth--;
}

static void random_select(random_text *text)
{
    static const char *const lists[] = {
        "V, V, C, C, V",
        "*",
        "C, C, C, C, C, C",
        "count(*), sum(V), coalesce(max(V), 0), count(V), bool_or(P)",
        "row_number() over (), sum(V) over (), first_value(C) over (order by C), lag(C) over ()",
    };
    qi_buffer tree;
    qi_buffer_init(&tree, 1 << 16);
    random_text from = *text;
    from.out = &tree;
    from.visible_count = 0;
    random_tree(&from);
    qi_buffer *out = text->out;
    *text = from;
    text->out = out;
    qi_buffer_add(out, "select ");
    random_form(text, lists[pick(text, 5)]);
    qi_buffer_printf(out, " from %s", tree.data);
    qi_buffer_free(&tree);
    if (pick(text, 3))
        random_form(text, " where P");
    if (pick(text, 8) == 0)
        qi_buffer_add(out, " limit 1");
}

static void random_groups(random_text *text)
{
    static const char *const forms[] = {
        "group by g, h",
        "group by rollup (g, h)",
        "group by g, rollup (h)",
        "group by cube (h, g)",
        "group by grouping sets ((g), (h, g))",
        "group by g, h having count(*) > 1",
    };
    qi_buffer_add(text->out,
                  "select g, h, count(*), sum(i), max(i), coalesce(min(g), 1),"
                  " array_agg(h), sum(i) filter (where i > 1), grouping(g) from (select ");
    qi_buffer tree;
    qi_buffer_init(&tree, 1 << 16);
    random_text from = *text;
    from.out = &tree;
    random_tree(&from);
    from.out = text->out;
    random_form(&from, "V as g, C as h, C as i from ");
    qi_buffer_printf(text->out, "%s where ", tree.data);
    random_form(&from, "P) t ");
    qi_buffer_free(&tree);
    qi_buffer_add(text->out, forms[pick(&from, 6)]);
}

static void random_statement(uint64_t seed, qi_buffer *out)
{
    static const char *const operations[] = { "union all", "union", "intersect", "except" };
    random_text text = { .out = out, .bits = (seed + 1) * 0x9E3779B97F4A7C15u };
    for (int i = 0; i < 8; i++)
        pick(&text, 2);
    uint32_t form = pick(&text, 8);
    if (form < 4) {
        random_select(&text);
    } else if (form == 4) {
        random_groups(&text);
    } else if (form == 5) {
        qi_buffer_add(out, "with c as (");
        random_select(&text);
        qi_buffer_add(out, ") select c.*, p.id, p.a from c right join p on p.id = 2");
    } else if (form == 6) {
        qi_buffer_add(out, "(select y.id, y.a from (select * from p where a > 0) y) ");
        qi_buffer_printf(out, "%s (select z.id, z.b from q z left join ",
                         operations[pick(&text, 4)]);
        random_leaf(&text);
        random_form(&text, " on C = z.a where P)");
    } else {
        qi_buffer_add(out, "delete from p x90 using ");
        random_tree(&text);
        text.visible[text.visible_count < 15 ? text.visible_count++ : 15] = 90;
        random_form(&text, " where x90.id = C and P returning V, C, x90.a, C, x90.*");
    }
}

#endif
