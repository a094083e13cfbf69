#include "codegen/variant.h"
#include "base/buffer.h"
#include "base/error.h"
#include "catalog/catalog.h"
#include "syntax/sql.h"

#include <quire/sql.h>

#include <string.h>

typedef struct describer {
    quire_db *db;
    const qi_catalog *catalog;
    const qi_query_file *file;
    const qi_query *query;
    qi_arena *arena;
    bool *holds; /* by condition */
    int *group;  /* by parameter: which are set together; QI_QUERY_NONE for required ones */
    size_t groups;
    bool *set;       /* by group */
    int *chosen;     /* by choice */
    uint32_t *types; /* by parameter; 0: not seen yet */
    bool *nullable;  /* by parameter */
    qi_query_column *columns;
    size_t column_count;
    bool described; /* one text was */
    bool proven;    /* nullability of one text was looked at */
    qi_result_facts facts;
} describer;

/* ---- places ---------------------------------------------------------------------------------- */

static void locate(const describer *d, const qi_variant *variant, quire_error *err)
{
    int line = d->query->at.line, column = d->query->at.column;
    size_t at = 0;
    if (err && err->position > 0) {
        int characters = 1;
        while (at < variant->length && characters < err->position) {
            at++;
            characters += ((unsigned char)variant->sql[at] & 0xC0u) != 0x80u;
        }
        size_t origin =
            at < variant->length ? variant->origins[at] : d->query->start + d->query->length;
        qi_sql_locate(d->file->text, d->file->length, origin, 1, &line, &column);
    }
    qi_locate(err, d->file->path, line, column);
}

static const char *type_name(const describer *d, uint32_t oid)
{
    const qi_catalog_type *type = qi_catalog_type_by_oid(d->catalog, oid);
    return type ? type->text : "unknown";
}

/* Says which of the texts it is that fails, where there are several. */
static void say_which(const describer *d, quire_error *err)
{
    if (!err || !d->query->condition_count || err->detail[0])
        return;
    qi_buffer text;
    qi_buffer_init(&text, sizeof err->detail * 2);
    qi_buffer_add(&text, "With these optional parameters set: ");
    bool any = false;
    for (size_t i = 0; i < d->query->param_count; i++) {
        if (d->group[i] == QI_QUERY_NONE || !d->set[d->group[i]])
            continue;
        qi_buffer_printf(&text, "%s%s", any ? ", " : "", d->query->params[i].name);
        any = true;
    }
    qi_buffer_add(&text, any ? "" : "none");
    for (size_t i = 0; i < d->query->choice_count; i++) {
        const qi_query_choice *choice = &d->query->choices[i];
        qi_buffer_printf(&text, "; %s = %s", choice->name, choice->values[d->chosen[i]]);
    }
    if (!text.failed)
        qi_detail(err, "%s.", text.data);
    qi_buffer_free(&text);
}

static quire_status fail_query(const describer *d, const qi_variant *variant, quire_error *err)
{
    if (err) {
        locate(d, variant, err);
        say_which(d, err);
    }
    return err ? err->status : QUIRE_SQL;
}

/* ---- parameters ------------------------------------------------------------------------------ */

static quire_status two_types(const describer *d, int param, uint32_t first, qi_place first_at,
                              uint32_t second, qi_place second_at, quire_error *err)
{
    qi_fail(err, QUIRE_SQL, "parameter %s is used with two types: %s here, %s in line %d",
            d->query->params[param].name, type_name(d, second), type_name(d, first), first_at.line);
    qi_locate(err, d->file->path, second_at.line, second_at.column);
    qi_hint(err, "Cast one of them, as in :%s::%s, or use two parameters.",
            d->query->params[param].name, type_name(d, first));
    return QUIRE_SQL;
}

/* The use of a parameter that is $number in a text whose uses are numbered apart. */
static qi_place use_at(const describer *d, size_t number)
{
    size_t seen = 0;
    for (size_t i = 0; i < d->query->piece_count; i++) {
        const qi_query_piece *piece = &d->query->pieces[i];
        if (piece->param == QI_QUERY_NONE ||
            (piece->condition != QI_QUERY_NONE && !d->holds[piece->condition]))
            continue;
        if (++seen == number)
            return piece->param_at;
    }
    return d->query->at;
}

/*
 * The server has refused a text. When that is because a parameter is used with two types, its message
 * may well blame an operator: described with every use apart, the types show.
 */
static quire_status explain_types(const describer *d, quire_error *err)
{
    qi_variant variant;
    quire_description description = { 0 };
    quire_error ignored = { 0 };
    if (qi_variant_build(d->file, d->query, d->holds, true, d->arena, &variant, &ignored) ||
        quire_describe(d->db, variant.sql, &description, &ignored))
        return err ? err->status : QUIRE_SQL;
    quire_status status = err ? err->status : QUIRE_SQL;
    for (size_t i = 0; i < variant.param_count && i < description.param_count; i++) {
        size_t first = 0;
        while (variant.order[first] != variant.order[i])
            first++;
        if (description.params[first] == description.params[i])
            continue;
        status = two_types(d, variant.order[i], description.params[first], use_at(d, first + 1),
                           description.params[i], use_at(d, i + 1), err);
        break;
    }
    quire_description_free(&description);
    return status;
}

static quire_status merge_params(describer *d, const qi_variant *variant,
                                 const quire_description *description, quire_error *err)
{
    if (description->param_count != variant->param_count)
        return qi_fail(err, QUIRE_INTERNAL, "query %s: %zu parameters described, not %zu",
                       d->query->name, description->param_count, variant->param_count);
    for (size_t i = 0; i < variant->param_count; i++) {
        int param = variant->order[i];
        uint32_t type = description->params[i];
        if (!d->types[param])
            d->types[param] = type;
        if (d->types[param] == type)
            continue;
        return two_types(d, param, d->types[param], d->query->params[param].at, type,
                         d->query->params[param].at, err);
    }
    return QUIRE_OK;
}

/* ---- columns --------------------------------------------------------------------------------- */

static quire_status take_columns(describer *d, const quire_description *description,
                                 quire_error *err)
{
    size_t count = description->column_count;
    d->columns = qi_arena_zero(d->arena, count, sizeof(*d->columns));
    d->column_count = count;
    for (size_t i = 0; d->columns && i < count; i++) {
        const quire_described_column *from = &description->columns[i];
        d->columns[i] = (qi_query_column){ .name = qi_arena_text(d->arena, from->name),
                                           .type = from->type,
                                           .table = from->table,
                                           .table_column = from->table_column };
        if (!d->columns[i].name)
            return qi_fail_memory(err);
    }
    return d->columns ? QUIRE_OK : qi_fail_memory(err);
}

static quire_status same_columns(const describer *d, const quire_description *description,
                                 quire_error *err)
{
    bool same = description->column_count == d->column_count;
    for (size_t i = 0; same && i < d->column_count; i++)
        same = d->columns[i].type == description->columns[i].type &&
               strcmp(d->columns[i].name, description->columns[i].name) == 0;
    if (same)
        return QUIRE_OK;
    return qi_fail(err, QUIRE_SQL, "the columns of the result change with the optional lines");
}

/* ---- one text -------------------------------------------------------------------------------- */

static void set_conditions(describer *d)
{
    for (size_t i = 0; i < d->query->condition_count; i++) {
        const qi_query_condition *c = &d->query->conditions[i];
        d->holds[i] =
            c->param_count ? d->set[d->group[c->params[0]]] : d->chosen[c->choice] == c->value;
    }
}

static quire_status describe_one(describer *d, qi_arena *arena, quire_error *err)
{
    qi_variant variant;
    quire_description description = { 0 };
    set_conditions(d);
    quire_status status =
        qi_variant_build(d->file, d->query, d->holds, false, arena, &variant, err);
    if (status != QUIRE_OK)
        return status;
    status = quire_describe(d->db, variant.sql, &description, err);
    if (status != QUIRE_OK) {
        status = fail_query(d, &variant, err);
        return status == QUIRE_SQL ? explain_types(d, err) : status;
    }
    status = merge_params(d, &variant, &description, err);
    if (status == QUIRE_OK) {
        status =
            d->described ? same_columns(d, &description, err) : take_columns(d, &description, err);
        if (status != QUIRE_OK)
            status = fail_query(d, &variant, err);
    }
    d->described = true;
    quire_description_free(&description);
    return status;
}

static quire_status try_one(describer *d, quire_error *err)
{
    qi_arena scratch = { 0 };
    quire_status status = describe_one(d, &scratch, err);
    qi_arena_free(&scratch);
    return status;
}

/* ---- which texts ----------------------------------------------------------------------------- */

/* Groups are first called after one of their parameters; this numbers them without gaps. */
static void number_groups(describer *d)
{
    size_t count = d->query->param_count;
    for (size_t i = 0; i < count; i++) {
        if (d->group[i] != (int)i)
            continue;
        int number = -2 - (int)d->groups++;
        for (size_t k = 0; k < count; k++)
            if (d->group[k] == (int)i)
                d->group[k] = number;
    }
    for (size_t i = 0; i < count; i++)
        if (d->group[i] <= -2)
            d->group[i] = -2 - d->group[i];
}

/* Parameters on one line are set together, so they form one group. */
static void make_groups(describer *d)
{
    const qi_query *q = d->query;
    for (size_t i = 0; i < q->param_count; i++)
        d->group[i] = q->params[i].optional ? (int)i : QI_QUERY_NONE;
    for (size_t i = 0; i < q->condition_count; i++) {
        for (size_t j = 1; j < q->conditions[i].param_count; j++) {
            int from = d->group[q->conditions[i].params[j]];
            int to = d->group[q->conditions[i].params[0]];
            for (size_t k = 0; k < q->param_count; k++)
                if (d->group[k] == from)
                    d->group[k] = to;
        }
    }
    number_groups(d);
}

static void set_all(describer *d, bool value)
{
    for (size_t i = 0; i < d->groups; i++)
        d->set[i] = value;
}

/* Every set of groups under the choices as they are, or a sample. */
static quire_status try_groups(describer *d, bool all, quire_error *err)
{
    quire_status status = QUIRE_OK;
    if (all) {
        for (unsigned mask = 0; mask < 1u << d->groups && status == QUIRE_OK; mask++) {
            for (size_t i = 0; i < d->groups; i++)
                d->set[i] = mask >> i & 1u;
            status = try_one(d, err);
        }
        return status;
    }
    for (int value = 0; value < 2 && status == QUIRE_OK; value++) {
        set_all(d, value);
        status = try_one(d, err);
        for (size_t i = 0; i < d->groups && status == QUIRE_OK; i++) {
            d->set[i] = !value;
            status = try_one(d, err);
            d->set[i] = value;
        }
    }
    return status;
}

/* The next combination of choices; false when it was the last. */
static bool next_choices(describer *d)
{
    for (size_t i = 0; i < d->query->choice_count; i++) {
        if ((size_t)++d->chosen[i] < d->query->choices[i].value_count)
            return true;
        d->chosen[i] = 0;
    }
    return false;
}

static quire_status try_texts(describer *d, quire_error *err)
{
    const qi_query *q = d->query;
    size_t texts = d->groups <= QI_VARIANT_ALL ? (size_t)1 << d->groups : d->groups * 2 + 2;
    for (size_t i = 0; i < q->choice_count && texts <= QI_VARIANT_MOST; i++)
        texts *= q->choices[i].value_count;
    bool all = d->groups <= QI_VARIANT_ALL;
    quire_status status;
    if (texts <= QI_VARIANT_MOST) {
        do
            status = try_groups(d, all, err);
        while (status == QUIRE_OK && next_choices(d));
        return status;
    }
    status = try_groups(d, false, err);
    for (size_t i = 0; i < q->choice_count; i++) {
        for (size_t value = 1; value < q->choices[i].value_count && status == QUIRE_OK; value++) {
            d->chosen[i] = (int)value;
            status = try_groups(d, false, err);
        }
        d->chosen[i] = 0;
    }
    return status;
}

/* ---- nullability ----------------------------------------------------------------------------- */

static quire_status prove_one(describer *d, quire_error *err)
{
    qi_variant variant;
    qi_result_facts facts = { 0 };
    set_conditions(d);
    quire_status status =
        qi_variant_build(d->file, d->query, d->holds, false, d->arena, &variant, err);
    if (status == QUIRE_OK)
        status = qi_nullability(d->catalog, variant.sql, d->arena, &facts, err);
    if (status != QUIRE_OK)
        return fail_query(d, &variant, err);
    for (size_t i = 0; i < variant.param_count && i < facts.param_count; i++)
        if (facts.param_nullable && facts.param_nullable[i])
            d->nullable[variant.order[i]] = true;
    if (d->proven)
        qi_result_facts_meet(&d->facts, &facts);
    else
        d->facts = facts;
    d->proven = true;
    return QUIRE_OK;
}

/* A line can add a proof or take one away: what counts is what holds without and with all of them. */
static quire_status prove(describer *d, quire_error *err)
{
    quire_status status = QUIRE_OK;
    for (int value = 0; value < 2 && status == QUIRE_OK; value++) {
        set_all(d, value);
        status = prove_one(d, err);
        for (size_t i = 0; i < d->query->choice_count; i++) {
            size_t count = d->query->choices[i].value_count;
            for (size_t v = 1; v < count && status == QUIRE_OK; v++) {
                d->chosen[i] = (int)v;
                status = prove_one(d, err);
            }
            d->chosen[i] = 0;
        }
    }
    if (status != QUIRE_OK)
        return status;
    bool usable = d->facts.analysed && d->facts.column_count == d->column_count;
    for (size_t i = 0; usable && i < d->column_count; i++)
        d->columns[i].not_null = d->facts.not_null[i];
    return QUIRE_OK;
}

static bool make_room(describer *d)
{
    const qi_query *q = d->query;
    d->holds = qi_arena_zero(d->arena, q->condition_count + 1, sizeof(*d->holds));
    d->group = qi_arena_zero(d->arena, q->param_count + 1, sizeof(*d->group));
    d->set = qi_arena_zero(d->arena, q->param_count + 1, sizeof(*d->set));
    d->chosen = qi_arena_zero(d->arena, q->choice_count + 1, sizeof(*d->chosen));
    d->types = qi_arena_zero(d->arena, q->param_count + 1, sizeof(*d->types));
    d->nullable = qi_arena_zero(d->arena, q->param_count + 1, sizeof(*d->nullable));
    return d->holds && d->group && d->set && d->chosen && d->types && d->nullable;
}

quire_status qi_query_describe(quire_db *db, const qi_catalog *catalog, const qi_query_file *file,
                               const qi_query *query, qi_arena *arena, qi_query_facts *out,
                               quire_error *err)
{
    describer d = { .db = db, .catalog = catalog, .file = file, .query = query, .arena = arena };
    if (!make_room(&d))
        return qi_fail_memory(err);
    make_groups(&d);
    quire_status status = try_texts(&d, err);
    if (status == QUIRE_OK)
        status = prove(&d, err);
    *out = (qi_query_facts){
        .param_types = d.types,
        .param_nullable = d.nullable,
        .columns = d.columns,
        .column_count = d.column_count,
        .cardinality = d.facts.analysed ? d.facts.cardinality : QI_MANY,
    };
    return status;
}
