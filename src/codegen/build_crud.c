/* Per table: find_by_id, create, update, delete, and where there is a deleted_at restore and purge. */
#include "codegen/build.h"
#include "base/error.h"

#include <string.h>

/* What is being put together for one function. */
typedef struct draft {
    qi_gen_builder *b;
    qi_gen_repo_draft *repo;
    const qi_gen_table *table;
    qi_gen_function *f;
    qi_gen_part *parts;
    qi_gen_param *params;
    qi_gen_condition *conditions;
} draft;

static const char *origin_of(const draft *d, const char *words)
{
    return QI_TEXT(d->b, "the generated %s of %s", words, d->table->sql);
}

static quire_status begin(draft *d, const char *words, qi_gen_call call, const char *comment,
                          quire_error *err)
{
    quire_status status =
        qi_gen_add_function(d->b, d->repo, words, origin_of(d, words), &d->f, err);
    if (status != QUIRE_OK)
        return status;
    d->f->call = call;
    d->f->comment = comment;
    return comment ? QUIRE_OK : qi_fail_memory(err);
}

/* A statement about the row with the key, which comes as arguments. */
static quire_status by_key(draft *d, const char *words, qi_gen_call call, const char *comment,
                           const char *start, const char *end, quire_error *err)
{
    if (qi_gen_is_query(d->b, d->repo, words))
        return QUIRE_OK;
    const char *where;
    qi_gen_param *params;
    quire_status status = begin(d, words, call, comment, err);
    if (status == QUIRE_OK)
        status = qi_gen_key(d->b, d->table, NULL, &where, &params, err);
    if (status != QUIRE_OK)
        return status;
    d->f->statement.params = params;
    d->f->statement.param_count = d->table->table->primary_key->column_count;
    d->f->statement.writes = call == QI_CALL_EXECUTE_ONE;
    d->f->statement.row = call == QI_CALL_ONE ? d->table->row : NULL;
    if (!start || !end)
        return qi_fail_memory(err);
    return qi_gen_set_sql(d->b, &d->f->statement, QI_TEXT(d->b, "%s\n%s%s", start, where, end),
                          err);
}

static quire_status find_by_id(draft *d, quire_error *err)
{
    const char *list = qi_gen_select_list(d->b, d->table, NULL, 7);
    const char *alive = qi_gen_alive(d->b, d->table, NULL);
    if (!list)
        return qi_fail_memory(err);
    const char *comment = QI_TEXT(d->b, "The row of %s with this key%s.", d->table->sql,
                                  d->table->deleted_at ? ", unless it is deleted" : "");
    return by_key(d, "find_by_id", QI_CALL_ONE, comment,
                  QI_TEXT(d->b, "select %s\nfrom %s", list, d->table->sql), alive, err);
}

/* ---- create and update ----------------------------------------------------------------------- */

static bool in_key(const qi_table *table, const qi_column *column)
{
    const qi_constraint *key = table->primary_key;
    for (size_t i = 0; key && i < key->column_count; i++)
        if (key->columns[i] == column)
            return true;
    return false;
}

static quire_status make_room(draft *d, quire_error *err)
{
    size_t columns = d->table->row->field_count;
    size_t keys = d->table->table->primary_key ? d->table->table->primary_key->column_count : 0;
    d->parts = qi_arena_zero(d->b->arena, columns * 3 + keys * 2 + 8, sizeof(*d->parts));
    d->params = qi_arena_zero(d->b->arena, columns + keys, sizeof(*d->params));
    d->conditions = qi_arena_zero(d->b->arena, columns, sizeof(*d->conditions));
    if (!d->parts || !d->params || !d->conditions)
        return qi_fail_memory(err);
    d->f->statement.parts = d->parts;
    d->f->statement.params = d->params;
    d->f->statement.conditions = d->conditions;
    d->f->statement.writes = true;
    d->f->statement.row = d->table->row;
    d->f->out_optional = true;
    return QUIRE_OK;
}

static void add_part(draft *d, const char *text, int param, int condition, bool is_item,
                     bool is_else)
{
    d->parts[d->f->statement.part_count++] = (qi_gen_part){
        .text = text, .param = param, .condition = condition, .is_item = is_item, .is_else = is_else
    };
}

static void add_text(draft *d, const char *text)
{
    add_part(d, text, QI_GEN_NONE, QI_GEN_NONE, false, false);
}

/* A condition that holds when the parameter is set. */
static quire_status add_condition(draft *d, int param, int *index, quire_error *err)
{
    int *params = qi_arena_zero(d->b->arena, 1, sizeof *params);
    if (!params)
        return qi_fail_memory(err);
    params[0] = param;
    *index = (int)d->f->statement.condition_count++;
    d->conditions[*index] =
        (qi_gen_condition){ .params = params, .param_count = 1, .choice = QI_GEN_NONE };
    return QUIRE_OK;
}

/* The column as a member of the struct. */
static int add_member(draft *d, size_t at, bool required)
{
    const qi_gen_field *field = &d->table->row->fields[at];
    size_t index = d->f->statement.param_count++;
    d->params[index] = (qi_gen_param){ .name = field->name,
                                       .sql_name = field->column,
                                       .type = field->type,
                                       .in_struct = true,
                                       .required = required,
                                       .not_null = !field->nullable,
                                       .comment = field->comment };
    return (int)index;
}

static bool all_texts(const draft *d)
{
    for (size_t i = 0; i < d->f->statement.part_count; i++)
        if (!d->parts[i].text)
            return false;
    return true;
}

static quire_status take_struct(draft *d, const char *type, const char *name, const char *comment,
                                quire_error *err)
{
    d->f->options_type = type;
    d->f->options_name = name;
    d->f->options_comment = comment;
    if (!comment)
        return qi_fail_memory(err);
    return qi_gen_take(d->b, type, NULL, origin_of(d, "struct"), err);
}

static bool may_insert(const qi_column *column)
{
    return column->identity != 'a' && !column->generated;
}

/* The columns of an insert: `names` of them, then `values`. */
static quire_status insert_parts(draft *d, quire_error *err)
{
    const qi_gen_table *t = d->table;
    size_t count = t->row->field_count;
    int *param = qi_arena_zero(d->b->arena, count, sizeof *param);
    int *condition = qi_arena_zero(d->b->arena, count, sizeof *condition);
    if (!param || !condition)
        return qi_fail_memory(err);
    bool any_required = false;
    for (size_t i = 0; i < count; i++)
        any_required = any_required || (!t->row->fields[i].nullable && !t->columns[i]->has_default);
    size_t filler = count; /* a column that is always named: default when it is not set */
    add_text(d, QI_TEXT(d->b, "insert into %s (", t->sql));
    for (size_t i = 0; i < count; i++) {
        param[i] = condition[i] = QI_GEN_NONE;
        if (!may_insert(t->columns[i]))
            continue;
        bool required = !t->row->fields[i].nullable && !t->columns[i]->has_default;
        param[i] = add_member(d, i, required);
        quire_status status = required ? QUIRE_OK : add_condition(d, param[i], &condition[i], err);
        if (status != QUIRE_OK)
            return status;
        bool fills = !any_required && filler == count;
        filler = fills ? i : filler;
        add_part(d, t->names[i], QI_GEN_NONE, fills ? QI_GEN_NONE : condition[i], true, false);
    }
    add_text(d, ")\nvalues (");
    for (size_t i = 0; i < count; i++) {
        if (param[i] == QI_GEN_NONE)
            continue;
        add_part(d, "", param[i], condition[i], true, false);
        if (i == filler)
            add_part(d, "default", QI_GEN_NONE, condition[i], true, true);
    }
    return QUIRE_OK;
}

static quire_status create(draft *d, quire_error *err)
{
    const qi_gen_table *t = d->table;
    if (qi_gen_is_query(d->b, d->repo, "create"))
        return QUIRE_OK;
    bool any = false;
    for (size_t i = 0; i < t->row->field_count; i++)
        any = any || may_insert(t->columns[i]);
    const char *list = qi_gen_select_list(d->b, t, NULL, 10);
    quire_status status =
        begin(d, "create", QI_CALL_ONE,
              QI_TEXT(d->b, "Adds a row to %s. What is not set gets its default.", t->sql), err);
    if (status == QUIRE_OK)
        status = make_room(d, err);
    if (status == QUIRE_OK)
        d->f->always_one = true;
    if (status == QUIRE_OK && !list)
        status = qi_fail_memory(err);
    if (status != QUIRE_OK || !any) {
        const char *sql =
            QI_TEXT(d->b, "insert into %s default values\nreturning %s", t->sql, list ? list : "");
        return status == QUIRE_OK ? qi_gen_set_sql(d->b, &d->f->statement, sql, err) : status;
    }
    status = insert_parts(d, err);
    if (status != QUIRE_OK)
        return status;
    add_text(d, QI_TEXT(d->b, ")%s%s", t->row->field_count ? "\nreturning " : "", list));
    if (!all_texts(d))
        return qi_fail_memory(err);
    return take_struct(
        d, QI_TEXT(d->b, "%s_new", t->row->c_name), "values",
        QI_TEXT(d->b, "A new row of %s. What is not named is left to its default.", t->sql), err);
}

/* The key's columns as arguments, behind the struct's members. */
static quire_status add_key(draft *d, quire_error *err)
{
    const char *where;
    qi_gen_param *key;
    quire_status status = qi_gen_key(d->b, d->table, NULL, &where, &key, err);
    size_t count = d->table->table->primary_key->column_count;
    for (size_t i = 0; i < count && status == QUIRE_OK; i++) {
        const char *name = qi_quote_name(d->b->arena, key[i].sql_name);
        size_t index = d->f->statement.param_count++;
        d->params[index] = key[i];
        add_part(d, name ? QI_TEXT(d->b, "\n%s %s = ", i ? "  and" : "where", name) : NULL,
                 (int)index, QI_GEN_NONE, false, false);
    }
    return status;
}

static quire_status update_parts(draft *d, quire_error *err)
{
    const qi_gen_table *t = d->table;
    add_text(d, QI_TEXT(d->b, "update %s\nset ", t->sql));
    for (size_t i = 0; i < t->row->field_count; i++) {
        const qi_column *column = t->columns[i];
        int condition = -1;
        if (in_key(t->table, column) || !may_insert(column))
            continue;
        int param = add_member(d, i, false);
        quire_status status = add_condition(d, param, &condition, err);
        if (status != QUIRE_OK)
            return status;
        add_part(d, QI_TEXT(d->b, "%s = ", t->names[i]), param, condition, true, false);
        if (column == t->updated_at)
            add_part(d, QI_TEXT(d->b, "%s = now()", t->names[i]), QI_GEN_NONE, condition, true,
                     true);
    }
    return QUIRE_OK;
}

static bool can_update(const qi_gen_table *t)
{
    for (size_t i = 0; i < t->row->field_count; i++)
        if (!in_key(t->table, t->columns[i]) && may_insert(t->columns[i]))
            return true;
    return false;
}

static quire_status update(draft *d, quire_error *err)
{
    const qi_gen_table *t = d->table;
    if (qi_gen_is_query(d->b, d->repo, "update") || !can_update(t))
        return QUIRE_OK;
    const char *comment = QI_TEXT(
        d->b,
        "Changes the row of %s with this key: the fields that are set, at least one%s.\n"
        "QUIRE_INVALID when none is set.",
        t->sql,
        t->updated_at ? QI_TEXT(d->b, "; %s becomes now() by itself", t->updated_at->name) : "");
    const char *list = qi_gen_select_list(d->b, t, NULL, 10);
    const char *alive = qi_gen_alive(d->b, t, NULL);
    quire_status status = begin(d, "update", QI_CALL_ONE, comment, err);
    if (status == QUIRE_OK)
        status = make_room(d, err);
    if (status == QUIRE_OK)
        status = update_parts(d, err);
    if (status == QUIRE_OK)
        status = add_key(d, err);
    if (status != QUIRE_OK)
        return status;
    add_text(d, list && alive ? QI_TEXT(d->b, "%s\nreturning %s", alive, list) : NULL);
    if (!all_texts(d))
        return qi_fail_memory(err);
    d->f->statement.changes = true;
    return take_struct(
        d, QI_TEXT(d->b, "%s_changes", t->row->c_name), "changes",
        QI_TEXT(d->b, "Changes to a row of %s. What is not named stays as it is.", t->sql), err);
}

/* ---- delete ---------------------------------------------------------------------------------- */

static quire_status soft_delete(draft *d, quire_error *err)
{
    const char *name = qi_quote_name(d->b->arena, d->table->deleted_at->name);
    const char *sql = d->table->sql;
    if (!name)
        return qi_fail_memory(err);
    quire_status status = by_key(
        d, "delete", QI_CALL_EXECUTE_ONE,
        QI_TEXT(d->b, "Marks the row of %s with this key as deleted; restore takes it back.", sql),
        QI_TEXT(d->b, "update %s\nset %s = now()", sql, name),
        QI_TEXT(d->b, "\n  and %s is null", name), err);
    if (status == QUIRE_OK)
        status =
            by_key(d, "restore", QI_CALL_EXECUTE_ONE,
                   QI_TEXT(d->b, "Takes back the deletion of the row of %s with this key.", sql),
                   QI_TEXT(d->b, "update %s\nset %s = null", sql, name),
                   QI_TEXT(d->b, "\n  and %s is not null", name), err);
    if (status == QUIRE_OK)
        status = by_key(
            d, "purge", QI_CALL_EXECUTE_ONE,
            QI_TEXT(d->b, "Removes the row of %s with this key for good, deleted before or not.",
                    sql),
            QI_TEXT(d->b, "delete from %s", sql), "", err);
    return status;
}

static quire_status hard_delete(draft *d, quire_error *err)
{
    return by_key(d, "delete", QI_CALL_EXECUTE_ONE,
                  QI_TEXT(d->b, "Removes the row of %s with this key.", d->table->sql),
                  QI_TEXT(d->b, "delete from %s", d->table->sql), "", err);
}

quire_status qi_gen_build_crud(qi_gen_builder *b, qi_gen_repo_draft *repo, quire_error *err)
{
    draft d = { .b = b, .repo = repo, .table = repo->table };
    if (!repo->table->row->field_count)
        return QUIRE_OK;
    bool has_key = repo->table->table->primary_key != NULL;
    quire_status status = has_key ? find_by_id(&d, err) : QUIRE_OK;
    if (status == QUIRE_OK)
        status = create(&d, err);
    if (status == QUIRE_OK && has_key)
        status = update(&d, err);
    if (status == QUIRE_OK && has_key)
        status = repo->table->deleted_at ? soft_delete(&d, err) : hard_delete(&d, err);
    return status;
}
