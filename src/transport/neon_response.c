#include "transport/neon.h"
#include "base/error.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/*
 * A reply keeps the parsed JSON: text stays in its strings, which jansson ends with a NUL. It was checked
 * whole when it was made, so that reading it cannot fail.
 */
typedef struct member {
    json_t *root; /* this reply's own: {"fields", "rows", ...} */
    const json_t *rows;
    size_t row_count;
    size_t column_count;
    int64_t affected;
    struct column {
        const char *name;
        uint32_t type;
        uint32_t table;
        int table_column;
        int modifier;
    } columns[];
} member;

static const member *member_of(const qi_reply *reply)
{
    return (const member *)(const void *)reply;
}

/* ---- what was received ----------------------------------------------------------------------- */

static quire_status fail_shape(quire_error *err, const char *why)
{
    qi_fail(err, QUIRE_LOST, "the SQL endpoint's answer cannot be read: %s", why);
    qi_hint(err, "The statement may have run or not: look before trying it again.");
    return QUIRE_LOST;
}

/* An integer of an object, 0 where there is none. False when it is out of range or something else. */
static bool read_integer(const json_t *object, const char *key, json_int_t low, json_int_t high,
                         json_int_t *out)
{
    const json_t *value = json_object_get(object, key);
    *out = 0;
    if (!value || json_is_null(value))
        return true;
    if (!json_is_integer(value))
        return false;
    *out = json_integer_value(value);
    return *out >= low && *out <= high;
}

static bool read_column(const json_t *field, struct column *out)
{
    json_int_t type, table, table_column, modifier;
    out->name = json_string_value(json_object_get(field, "name"));
    if (!out->name || !json_is_integer(json_object_get(field, "dataTypeID")) ||
        !read_integer(field, "dataTypeID", 0, UINT32_MAX, &type) ||
        !read_integer(field, "tableID", 0, UINT32_MAX, &table) ||
        !read_integer(field, "columnID", INT_MIN, INT_MAX, &table_column) ||
        !read_integer(field, "dataTypeModifier", INT_MIN, INT_MAX, &modifier))
        return false;
    out->type = (uint32_t)type;
    out->table = (uint32_t)table;
    out->table_column = (int)table_column;
    out->modifier = (int)modifier;
    return true;
}

static bool check_row(const json_t *row, size_t columns)
{
    if (!json_is_array(row) || json_array_size(row) != columns)
        return false;
    for (size_t i = 0; i < columns; i++) {
        const json_t *cell = json_array_get(row, i);
        if (!json_is_string(cell) && !json_is_null(cell))
            return false;
    }
    return true;
}

static bool changes_rows(const char *command)
{
    static const char *const commands[] = { "INSERT", "UPDATE", "DELETE", "MERGE" };
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(command, commands[i]) == 0)
            return true;
    return false;
}

static const char *read_reply(member *it)
{
    const json_t *fields = json_object_get(it->root, "fields");
    const json_t *command = json_object_get(it->root, "command");
    for (size_t i = 0; i < it->column_count; i++)
        if (!read_column(json_array_get(fields, i), &it->columns[i]))
            return "a column is not described";
    for (size_t i = 0; i < it->row_count; i++)
        if (!check_row(json_array_get(it->rows, i), it->column_count))
            return "a row has not the columns that were announced";
    json_int_t affected;
    if (!read_integer(it->root, "rowCount", 0, INT64_MAX, &affected))
        return "the number of rows is none";
    if (json_is_string(command) && changes_rows(json_string_value(command)))
        it->affected = affected;
    return NULL;
}

/* Takes a reference to `root` of its own. */
static quire_status make_reply(json_t *root, qi_reply **out, quire_error *err)
{
    const json_t *fields = json_object_get(root, "fields");
    const json_t *rows = json_object_get(root, "rows");
    if (!json_is_array(fields) || !json_is_array(rows))
        return fail_shape(err, "it has no fields and rows");
    size_t columns = json_array_size(fields);
    member *it = calloc(1, sizeof *it + columns * sizeof *it->columns);
    if (!it)
        return qi_fail_memory(err);
    it->root = json_incref(root);
    it->rows = rows;
    it->row_count = json_array_size(rows);
    it->column_count = columns;
    const char *fault = read_reply(it);
    if (fault) {
        qi_neon_free((qi_reply *)(void *)it);
        return fail_shape(err, fault);
    }
    *out = (qi_reply *)(void *)it;
    return QUIRE_OK;
}

static quire_status make_replies(json_t *root, qi_reply **replies, size_t count, quire_error *err)
{
    if (count == 1 && !json_object_get(root, "results"))
        return make_reply(root, replies, err);
    const json_t *results = json_object_get(root, "results");
    if (!json_is_array(results) || json_array_size(results) != count)
        return fail_shape(err, "it has not one result for each statement");
    for (size_t i = 0; i < count; i++) {
        quire_status status = make_reply(json_array_get(results, i), &replies[i], err);
        if (status == QUIRE_OK)
            continue;
        while (i-- > 0) {
            qi_neon_free(replies[i]);
            replies[i] = NULL;
        }
        return status;
    }
    return QUIRE_OK;
}

quire_status qi_neon_replies(const char *body, size_t length, qi_reply **replies, size_t count,
                             quire_error *err)
{
    json_error_t where;
    json_t *root = json_loadb(body, length, 0, &where);
    if (!root && json_error_code(&where) == json_error_out_of_memory)
        return qi_fail_memory(err);
    if (!root)
        return fail_shape(err, "it is not JSON");
    quire_status status = make_replies(root, replies, count, err);
    json_decref(root);
    return status;
}

/* ---- replies --------------------------------------------------------------------------------- */

size_t qi_neon_rows(const qi_reply *reply)
{
    return member_of(reply)->row_count;
}

size_t qi_neon_columns(const qi_reply *reply)
{
    return member_of(reply)->column_count;
}

int64_t qi_neon_affected(const qi_reply *reply)
{
    return member_of(reply)->affected;
}

uint32_t qi_neon_column_type(const qi_reply *reply, size_t column)
{
    return member_of(reply)->columns[column].type;
}

const char *qi_neon_column_name(const qi_reply *reply, size_t column)
{
    return member_of(reply)->columns[column].name;
}

void qi_neon_column_origin(const qi_reply *reply, size_t column, uint32_t *table, int *table_column,
                           int *modifier)
{
    const struct column *it = &member_of(reply)->columns[column];
    *table = it->table;
    *table_column = it->table_column;
    *modifier = it->modifier;
}

/* Descriptions are not to be had over HTTP. */
size_t qi_neon_params(const qi_reply *reply)
{
    (void)reply;
    return 0;
}

uint32_t qi_neon_param_type(const qi_reply *reply, size_t param)
{
    (void)reply;
    (void)param;
    return 0;
}

static qi_cell cell_of(const json_t *value)
{
    return json_is_string(value) ? (qi_cell){ json_string_value(value), json_string_length(value) }
                                 : (qi_cell){ NULL, 0 };
}

void qi_neon_row(const qi_reply *reply, size_t row, qi_cell *cells)
{
    const member *it = member_of(reply);
    const json_t *values = json_array_get(it->rows, row);
    for (size_t i = 0; i < it->column_count; i++)
        cells[i] = cell_of(json_array_get(values, i));
}

qi_cell qi_neon_cell(const qi_reply *reply, size_t row, size_t column)
{
    return cell_of(json_array_get(json_array_get(member_of(reply)->rows, row), column));
}

void qi_neon_free(qi_reply *reply)
{
    member *it = (member *)(void *)reply;
    if (!it)
        return;
    json_decref(it->root);
    free(it);
}
