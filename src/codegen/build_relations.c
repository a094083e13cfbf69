/* Per foreign key of one column: the row with its parent, and the parent with its children. */
#include "codegen/build.h"
#include "base/error.h"

#include <string.h>

/* One foreign key between two tables that are both generated. */
typedef struct relation {
    const qi_gen_table *child;
    const qi_gen_table *parent;
    const qi_column *from; /* of the child */
    const qi_column *to;   /* of the parent */
} relation;

static bool has_column(const qi_gen_table *table, const qi_column *column)
{
    for (size_t i = 0; i < table->row->field_count; i++)
        if (table->columns[i] == column)
            return true;
    return false;
}

static bool read_relation(const qi_gen_builder *b, const qi_gen_table *child,
                          const qi_constraint *key, relation *out)
{
    if (key->kind != QI_FOREIGN_KEY || key->column_count != 1 || !key->referenced)
        return false;
    *out = (relation){ .child = child,
                       .parent = qi_gen_table_of(b, key->referenced),
                       .from = key->columns[0],
                       .to = key->referenced_columns[0] };
    return out->parent && has_column(child, out->from) && has_column(out->parent, out->to);
}

/* "author" of author_id; the parent's row name where the column has another ending. */
static const char *parent_words(qi_gen_builder *b, const relation *r)
{
    const char *words = qi_gen_words(b->arena, r->from->name);
    size_t length = words ? strlen(words) : 0;
    if (length > 3 && strcmp(words + length - 3, "_id") == 0)
        return qi_arena_text_n(b->arena, words, length - 3);
    return words ? r->parent->row->stem : NULL;
}

static bool is_taken(qi_gen_builder *b, const qi_gen_repo_draft *repo, const char *words)
{
    const char *name = QI_TEXT(b, "%s_%s_%s", b->model.prefix, repo->words, words);
    return name && qi_gen_claimed(&b->names, name);
}

/* The member of a relation steps aside for a column of the same name. */
static const char *member_name(qi_gen_builder *b, const qi_gen_row *row, const char *words)
{
    const char *name = qi_gen_member(b->arena, words, NULL);
    for (size_t i = 0; name && i < row->field_count; i++)
        if (strcmp(row->fields[i].name, name) == 0) {
            const char *other = QI_TEXT(b, "%s_row", name);
            qi_gen_warn(
                b, QI_TEXT(b, "the relation %s of %s is named %s in C, since it has a column %s",
                           words, row->stem, other ? other : "", row->fields[i].column));
            return other ? member_name(b, row, other) : NULL;
        }
    return name;
}

static quire_status row_with(qi_gen_builder *b, const qi_gen_table *table, const char *words,
                             qi_gen_row **out, quire_error *err)
{
    qi_gen_row *row = words ? qi_arena_zero(b->arena, 1, sizeof *row) : NULL;
    if (!row)
        return qi_fail_memory(err);
    *row = (qi_gen_row){ .fields = table->row->fields, .field_count = table->row->field_count };
    row->stem = QI_TEXT(b, "%s_with_%s", table->row->stem, words);
    row->c_name = row->stem ? qi_gen_name(b, row->stem) : NULL;
    row->comment = QI_TEXT(b, "A row of %s with %s.", table->sql, words);
    if (!row->c_name || !row->comment)
        return qi_fail_memory(err);
    *out = row;
    return qi_gen_take_row(b, row, QI_TEXT(b, "the row of %s with %s", table->sql, words), err);
}

static quire_status add(qi_gen_builder *b, qi_gen_repo_draft *repo, const char *words,
                        qi_gen_function **f, quire_error *err)
{
    const char *name = QI_TEXT(b, "find_by_id_with_%s", words);
    if (!name)
        return qi_fail_memory(err);
    return qi_gen_add_function(
        b, repo, name, QI_TEXT(b, "the generated %s of %s", name, repo->table->sql), f, err);
}

/* ---- the parent ------------------------------------------------------------------------------ */

static quire_status parent_sql(qi_gen_builder *b, const relation *r, qi_gen_function *f,
                               quire_error *err)
{
    const char *where;
    qi_gen_param *params;
    quire_status status = qi_gen_key(b, r->child, "t", &where, &params, err);
    if (status != QUIRE_OK)
        return status;
    f->statement.params = params;
    f->statement.param_count = r->child->table->primary_key->column_count;
    const char *own = qi_gen_select_list(b, r->child, "t", 7);
    const char *parents = qi_gen_select_list(b, r->parent, "p", 7);
    const char *from = qi_quote_name(b->arena, r->from->name);
    const char *to = qi_quote_name(b->arena, r->to->name);
    const char *alive = qi_gen_alive(b, r->child, "t");
    if (!own || !parents || !from || !to || !alive)
        return qi_fail_memory(err);
    const char *sql =
        QI_TEXT(b, "select %s,\n       %s\nfrom %s t\n%sjoin %s p on p.%s = t.%s\n%s%s", own,
                parents, r->child->sql, f->statement.row->parent_nullable ? "left " : "",
                r->parent->sql, to, from, where, alive);
    return qi_gen_set_sql(b, &f->statement, sql, err);
}

static bool column_nullable(const qi_gen_table *table, const qi_column *column)
{
    for (size_t i = 0; i < table->row->field_count; i++)
        if (table->columns[i] == column)
            return table->row->fields[i].nullable;
    return true;
}

static quire_status with_parent(qi_gen_builder *b, qi_gen_repo_draft *repo, const relation *r,
                                quire_error *err)
{
    const char *words = parent_words(b, r);
    const char *name = words ? QI_TEXT(b, "find_by_id_with_%s", words) : NULL;
    if (!name)
        return qi_fail_memory(err);
    if (qi_gen_is_query(b, repo, name))
        return QUIRE_OK;
    if (is_taken(b, repo, name))
        words = qi_gen_words(b->arena, r->from->name);
    qi_gen_function *f = NULL;
    qi_gen_row *row = NULL;
    quire_status status = row_with(b, r->child, words, &row, err);
    if (status == QUIRE_OK)
        status = add(b, repo, words, &f, err);
    if (status != QUIRE_OK || !row || !f)
        return status;
    row->parent = r->parent->row;
    row->parent_member = member_name(b, row, words);
    row->parent_nullable = column_nullable(r->child, r->from);
    f->call = QI_CALL_ONE;
    f->row_is_its_own = true;
    f->statement.row = row;
    f->comment = QI_TEXT(b, "The row of %s with this key%s, and its %s%s.", r->child->sql,
                         r->child->deleted_at ? ", unless it is deleted" : "", words,
                         r->parent->deleted_at ? ", deleted or not" : "");
    if (!row->parent_member || !f->comment)
        return qi_fail_memory(err);
    return parent_sql(b, r, f, err);
}

/* ---- the children ---------------------------------------------------------------------------- */

static size_t keys_between(const qi_gen_builder *b, const qi_gen_table *child,
                           const qi_gen_table *parent)
{
    size_t count = 0;
    relation r;
    for (size_t i = 0; i < child->table->constraint_count; i++)
        count += read_relation(b, child, &child->table->constraints[i], &r) && r.parent == parent;
    return count;
}

static const char *children_words(qi_gen_builder *b, const relation *r)
{
    if (keys_between(b, r->child, r->parent) < 2)
        return r->child->words;
    const char *words = qi_gen_words(b->arena, r->from->name);
    size_t length = words ? strlen(words) : 0;
    if (length > 3 && strcmp(words + length - 3, "_id") == 0)
        words = qi_arena_text_n(b->arena, words, length - 3);
    return words ? QI_TEXT(b, "%s_by_%s", r->child->words, words) : NULL;
}

static const char *order_by(qi_gen_builder *b, const qi_gen_table *table)
{
    const qi_constraint *key = table->table->primary_key;
    const char *text = "";
    for (size_t i = 0; key && text && i < key->column_count; i++) {
        const char *name = qi_quote_name(b->arena, key->columns[i]->name);
        text = name ? QI_TEXT(b, "%s%s%s", text, i ? ", " : "\norder by ", name) : NULL;
    }
    return text;
}

static quire_status children_sql(qi_gen_builder *b, const relation *r, qi_gen_function *f,
                                 quire_error *err)
{
    const char *where;
    qi_gen_param *params;
    quire_status status = qi_gen_key(b, r->parent, NULL, &where, &params, err);
    if (status != QUIRE_OK)
        return status;
    f->statement.params = f->children.params = params;
    f->statement.param_count = f->children.param_count = 1;
    f->children.name = f->statement.name;
    f->children.row = r->child->row;
    const char *own = qi_gen_select_list(b, r->parent, NULL, 7);
    const char *list = qi_gen_select_list(b, r->child, NULL, 7);
    const char *from = qi_quote_name(b->arena, r->from->name);
    const char *alive = qi_gen_alive(b, r->parent, NULL);
    const char *child_alive = qi_gen_alive(b, r->child, NULL);
    const char *order = order_by(b, r->child);
    if (!own || !list || !from || !alive || !child_alive || !order)
        return qi_fail_memory(err);
    status = qi_gen_set_sql(
        b, &f->statement, QI_TEXT(b, "select %s\nfrom %s\n%s%s", own, r->parent->sql, where, alive),
        err);
    if (status != QUIRE_OK)
        return status;
    return qi_gen_set_sql(b, &f->children,
                          QI_TEXT(b, "select %s\nfrom %s\nwhere %s = $1%s%s", list, r->child->sql,
                                  from, child_alive, order),
                          err);
}

static quire_status with_children(qi_gen_builder *b, qi_gen_repo_draft *repo, const relation *r,
                                  quire_error *err)
{
    const char *words = children_words(b, r);
    const char *name = words ? QI_TEXT(b, "find_by_id_with_%s", words) : NULL;
    if (!name)
        return qi_fail_memory(err);
    if (qi_gen_is_query(b, repo, name))
        return QUIRE_OK;
    if (is_taken(b, repo, name)) /* a table that is its own parent, with the same name both ways */
        words = QI_TEXT(b, "all_%s", words);
    qi_gen_function *f = NULL;
    qi_gen_row *row = NULL;
    quire_status status = row_with(b, r->parent, words, &row, err);
    if (status == QUIRE_OK)
        status = add(b, repo, words, &f, err);
    if (status != QUIRE_OK || !row || !f)
        return status;
    row->children = r->child->row;
    row->children_member = member_name(b, row, words);
    f->call = QI_CALL_WITH_LIST;
    f->row_is_its_own = true;
    f->statement.row = row;
    f->comment = QI_TEXT(b, "The row of %s with this key%s, and all its %s%s, in one round trip.",
                         r->parent->sql, r->parent->deleted_at ? ", unless it is deleted" : "",
                         words, r->child->deleted_at ? " that are not deleted" : "");
    if (!row->children_member || !f->comment)
        return qi_fail_memory(err);
    return children_sql(b, r, f, err);
}

static bool is_key(const qi_gen_table *table, const qi_column *column)
{
    const qi_constraint *key = table->table->primary_key;
    return key && key->column_count == 1 && key->columns[0] == column;
}

quire_status qi_gen_build_relations(qi_gen_builder *b, qi_gen_repo_draft *repo, quire_error *err)
{
    const qi_gen_table *table = repo->table;
    quire_status status = QUIRE_OK;
    relation r;
    for (size_t i = 0; i < table->table->constraint_count && status == QUIRE_OK; i++)
        if (table->table->primary_key && read_relation(b, table, &table->table->constraints[i], &r))
            status = with_parent(b, repo, &r, err);
    for (size_t t = 0; t < b->table_count && status == QUIRE_OK; t++) {
        const qi_gen_table *child = &b->tables[t];
        for (size_t i = 0; i < child->table->constraint_count && status == QUIRE_OK; i++)
            if (read_relation(b, child, &child->table->constraints[i], &r) && r.parent == table &&
                is_key(table, r.to))
                status = with_children(b, repo, &r, err);
    }
    return status;
}
