/* Names, and what they mean in the catalogs around a statement. */
#include "lint/rule.h"

#include "base/buffer.h"

#include <stdio.h>
#include <string.h>

enum { MOST_STATEMENT = 1 << 22 };

const char *qi_lint_text(qi_lint *lint, const char *format, ...)
{
    va_list list;
    qi_buffer buffer;
    qi_buffer_init(&buffer, MOST_STATEMENT);
    va_start(list, format);
    qi_buffer_vprintf(&buffer, format, list);
    va_end(list);
    const char *text = qi_buffer_failed(&buffer) ? NULL : qi_arena_text(lint->arena, buffer.data);
    qi_buffer_free(&buffer);
    if (!text)
        lint->failed = true;
    return text ? text : "";
}

const char *qi_lint_name(qi_lint *lint, const char *schema, const char *name)
{
    const char *quoted = qi_quote_name(lint->arena, name);
    const char *first = schema ? qi_quote_name(lint->arena, schema) : NULL;
    if (!quoted || (schema && !first)) {
        lint->failed = true;
        return "";
    }
    return first ? qi_lint_text(lint, "%s.%s", first, quoted) : quoted;
}

const char *qi_lint_table_name(qi_lint *lint, const qi_table *table)
{
    return qi_lint_name(lint, table->schema, table->name);
}

const char *qi_lint_column_name(qi_lint *lint, const qi_table *table, const char *column)
{
    return qi_lint_text(lint, "%s.%s", qi_lint_table_name(lint, table),
                        qi_lint_name(lint, NULL, column));
}

const char *qi_lint_insert(qi_lint *lint, const char *after, const char *word)
{
    qi_lexer lexer;
    qi_lexer_init(&lexer, lint->sql, strlen(lint->sql));
    for (qi_token t = qi_lexer_next(&lexer); t.kind != QI_TOKEN_END; t = qi_lexer_next(&lexer)) {
        size_t end = t.start + t.length;
        if (t.kind == QI_TOKEN_WORD && qi_token_is(lint->sql, t, after))
            return qi_lint_text(lint, "%.*s %s%s;", (int)end, lint->sql, word, lint->sql + end);
    }
    return qi_lint_text(lint, "%s;", lint->sql);
}

bool qi_lint_is(const qi_object *object, const char *kind)
{
    return strcmp(object->kind->name, kind) == 0;
}

/* Tables, views and indexes share their names; sequences and composite types do too. */
static bool is_relation(const qi_object *object)
{
    static const char *const kinds[] = { "table",     "foreign table",     "index",
                                         "key index", "materialized view", "view",
                                         "sequence" };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (qi_lint_is(object, kinds[i]))
            return true;
    return false;
}

static const qi_object *relation_in(const qi_catalog *catalog, const char *schema, const char *name)
{
    for (size_t i = 0; i < catalog->object_count; i++) {
        const qi_object *object = &catalog->objects[i];
        if (object->schema && strcmp(object->name, name) == 0 &&
            strcmp(object->schema, schema) == 0 && is_relation(object))
            return object;
    }
    return NULL;
}

const qi_object *qi_lint_relation(const qi_lint *lint, const char *schema, const char *name)
{
    const qi_lint_state *state = lint->before;
    if (!name)
        return NULL;
    if (schema && *schema)
        return relation_in(&state->catalog, schema, name);
    for (size_t i = 0; i < state->path_count; i++) {
        const qi_object *found = relation_in(&state->catalog, state->path[i], name);
        if (found)
            return found;
    }
    return NULL;
}

const qi_table *qi_lint_table(const qi_lint *lint, const PgQuery__RangeVar *name)
{
    const qi_object *object = name ? qi_lint_relation(lint, name->schemaname, name->relname) : NULL;
    return object ? qi_catalog_table_by_oid(&lint->before->catalog, object->oid) : NULL;
}

const qi_object *qi_lint_relation_named(const qi_lint *lint, const PgQuery__Node *names)
{
    if (!names || names->node_case != PG_QUERY__NODE__NODE_LIST || !names->list->n_items)
        return NULL;
    const PgQuery__List *list = names->list;
    const char *schema = list->n_items > 1 ? qi_lint_string(list->items[list->n_items - 2]) : NULL;
    return qi_lint_relation(lint, schema, qi_lint_string(list->items[list->n_items - 1]));
}

const qi_table *qi_lint_altered(const qi_lint *lint)
{
    const PgQuery__Node *node = lint->node;
    if (!node || node->node_case != PG_QUERY__NODE__NODE_ALTER_TABLE_STMT)
        return NULL;
    return qi_lint_table(lint, node->alter_table_stmt->relation);
}

bool qi_lint_is_old(const qi_lint *lint, uint32_t oid)
{
    return qi_lint_fact_of(lint->start, oid) != NULL;
}

const qi_object *qi_lint_same(const qi_lint_state *state, const qi_object *object)
{
    const qi_object *same =
        qi_object_at(&state->catalog, object->class_oid, object->oid, object->sub);
    return same && same->sub == object->sub ? same : NULL;
}

bool qi_lint_is_made(const qi_lint *lint, const qi_object *object)
{
    return !qi_lint_same(lint->before, object);
}

const qi_table *qi_lint_next_old(const qi_lint *lint, PgQuery__Node *const *names, size_t count,
                                 size_t *at, const PgQuery__RangeVar **name)
{
    while (*at < count) {
        const PgQuery__Node *node = names[(*at)++];
        if (node->node_case != PG_QUERY__NODE__NODE_RANGE_VAR)
            continue;
        const qi_table *table = qi_lint_table(lint, node->range_var);
        *name = node->range_var;
        if (table && qi_lint_is_old(lint, table->oid))
            return table;
    }
    return NULL;
}
