#include "client/result.h"
#include "base/error.h"
#include "types/codec.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define CELLS_ON_STACK 64

/* What a decimal or a small array needs on average; more is taken from further blocks. */
#define MADE_BYTES 24

quire_memory *qi_memory_new(size_t size)
{
    if (size > SIZE_MAX / 2)
        return NULL;
    qi_arena arena = { .next_size = sizeof(quire_memory) + size };
    quire_memory *memory = qi_arena_zero(&arena, 1, sizeof *memory);
    if (memory)
        memory->arena = arena;
    return memory;
}

void quire_memory_free(quire_memory *memory)
{
    if (!memory)
        return;
    if (memory->reply)
        memory->transport->free(memory->reply);
    qi_arena arena = memory->arena; /* the struct lies in it */
    qi_arena_free(&arena);
}

/* ---- columns --------------------------------------------------------------------------------- */

static void type_name(char *out, size_t size, uint32_t oid)
{
    bool is_array;
    const qi_type *type = qi_type_of(qi_type_from_oid(oid, &is_array));
    if (type)
        snprintf(out, size, "%s%s", type->name, is_array ? "[]" : "");
    else
        snprintf(out, size, "the type with OID %" PRIu32, oid);
}

static quire_status blame_column(const quire_statement *statement, const quire_field *field,
                                 uint32_t actual, quire_error *err)
{
    char now[64], then[64];
    type_name(now, sizeof now, actual);
    if (field->oid)
        type_name(then, sizeof then, field->oid);
    else
        snprintf(then, sizeof then, "%s", field->labels ? field->labels->name : "another type");
    qi_fail(err, QUIRE_SCHEMA, "column %s is %s, but the program was compiled for %s", field->name,
            now, then);
    if (err) {
        QI_COPY(err->column, field->name);
        QI_COPY(err->query, statement->name);
    }
    qi_hint(err,
            "The schema has changed: run `quire codegen` and compile again, or `quire migrate`.");
    return QUIRE_SCHEMA;
}

/* Whether a column has the name that it had at generation. What the server names by itself says
 * nothing, and "name!" and "name?" say more than the name. */
static bool same_name(const char *actual, const char *name)
{
    size_t length = strlen(name);
    if (strcmp(actual, "?column?") == 0)
        return true;
    return strncmp(actual, name, length) == 0 &&
           (!actual[length] ||
            ((actual[length] == '!' || actual[length] == '?') && !actual[length + 1]));
}

/* Two columns of one type that have changed places would be misread without a word. */
static quire_status blame_name(const quire_statement *statement, const quire_field *field,
                               const char *actual, quire_error *err)
{
    qi_fail(err, QUIRE_SCHEMA, "column %s stands where the program was compiled for %s", actual,
            field->name);
    if (err) {
        QI_COPY(err->column, field->name);
        QI_COPY(err->query, statement->name);
    }
    qi_hint(err, "Name the columns instead of writing *, then run `quire codegen`.");
    return QUIRE_SCHEMA;
}

quire_status qi_check_columns(const quire_statement *statement, const qi_transport *transport,
                              const qi_reply *reply, quire_error *err)
{
    const quire_row_type *type = statement->row;
    if (!type)
        return QUIRE_OK;
    size_t columns = transport->columns(reply);
    if (columns != type->field_count) {
        qi_fail(err, QUIRE_SCHEMA,
                "the server returns %zu columns, but the program was compiled for %zu", columns,
                type->field_count);
        if (err)
            QI_COPY(err->query, statement->name);
        qi_hint(
            err,
            "The schema has changed: run `quire codegen` and compile again, or `quire migrate`.");
        return QUIRE_SCHEMA;
    }
    for (size_t i = 0; i < columns; i++) {
        uint32_t actual = transport->column_type(reply, i);
        if (!qi_field_accepts(&type->fields[i], actual))
            return blame_column(statement, &type->fields[i], actual, err);
        const char *name = transport->column_name(reply, i);
        if (!same_name(name, type->fields[i].name))
            return blame_name(statement, &type->fields[i], name, err);
    }
    return QUIRE_OK;
}

/* ---- rows ------------------------------------------------------------------------------------ */

/* The nested struct that starts at column `first`, or NULL. */
static const quire_nested *nested_at(const quire_row_type *type, size_t first)
{
    for (size_t i = 0; i < type->nested_count; i++)
        if (type->nested[i].first == first)
            return &type->nested[i];
    return NULL;
}

static bool all_null(const qi_cell *cells, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (cells[i].data)
            return false;
    return true;
}

typedef quire_status decoder(const quire_field *fields, const qi_cell *cells, size_t count,
                             char *row, qi_arena *arena, quire_error *err);

/* Column by column, since the columns of a nested struct that is not there are passed over. */
static quire_status decode_nested(const quire_row_type *type, decoder *decode, const qi_cell *cells,
                                  char *row, qi_arena *arena, quire_error *err)
{
    for (size_t i = 0; i < type->field_count; i++) {
        const quire_nested *nested = nested_at(type, i);
        if (nested) {
            bool has = !all_null(cells + i, nested->count);
            memcpy(row + nested->has, &has, sizeof has);
            if (!has) {
                i += nested->count - 1u;
                continue;
            }
        }
        quire_status status = decode(&type->fields[i], &cells[i], 1, row, arena, err);
        if (status != QUIRE_OK)
            return status;
    }
    return QUIRE_OK;
}

/* `row` is all zero before. */
static quire_status decode_row(const quire_row_type *type, decoder *decode, const qi_cell *cells,
                               char *row, qi_arena *arena, quire_error *err)
{
    return type->nested_count ? decode_nested(type, decode, cells, row, arena, err)
                              : decode(type->fields, cells, type->field_count, row, arena, err);
}

static quire_status decode_rows(const quire_row_type *type, const qi_transport *transport,
                                const qi_reply *reply, size_t count, char *rows, qi_arena *arena,
                                quire_error *err)
{
    qi_cell here[CELLS_ON_STACK];
    qi_cell *cells = here;
    if (type->field_count > CELLS_ON_STACK) {
        cells = qi_arena_zero(arena, type->field_count, sizeof *cells);
        if (!cells)
            return qi_fail_memory(err);
    }
    decoder *decode = transport->is_text ? qi_decode_text_cells : qi_decode_cells;
    for (size_t i = 0; i < count; i++) {
        transport->row(reply, i, cells);
        quire_status status = decode_row(type, decode, cells, rows + i * type->size, arena, err);
        if (status != QUIRE_OK)
            return status;
    }
    return QUIRE_OK;
}

/* How much a row makes besides itself, as a guess for the first block. */
static size_t made_per_row(const quire_row_type *type)
{
    size_t made = 0;
    for (size_t i = 0; i < type->field_count; i++)
        if (type->fields[i].type == QUIRE_TYPE_DECIMAL ||
            (type->fields[i].flags & QUIRE_FIELD_ARRAY))
            made += MADE_BYTES;
    return made;
}

/* Memory with zeroed room for `count` rows. It owns the reply from here on. */
static quire_memory *memory_for(const quire_row_type *type, const qi_transport *transport,
                                qi_reply *reply, size_t count, char **rows)
{
    size_t each = type->size + made_per_row(type);
    quire_memory *memory = count > SIZE_MAX / 4 / each ? NULL : qi_memory_new(count * each + 64);
    *rows = memory ? qi_arena_zero(&memory->arena, count, type->size) : NULL;
    if (!*rows) {
        quire_memory_free(memory);
        transport->free(reply);
        return NULL;
    }
    memory->transport = transport;
    memory->reply = reply;
    return memory;
}

static quire_status fail_decoding(const quire_statement *statement, quire_status status,
                                  quire_error *err)
{
    if (!err)
        return status;
    QI_COPY(err->query, statement->name);
    if (status == QUIRE_SCHEMA && !err->hint[0])
        qi_hint(
            err,
            "The schema has changed: run `quire codegen` and compile again, or `quire migrate`.");
    if ((statement->flags & QUIRE_STATEMENT_WRITES) && !err->detail[0])
        qi_detail(err, "The statement itself was carried out; only its result cannot be read.");
    return status;
}

quire_status qi_take_list(const quire_statement *statement, const qi_transport *transport,
                          qi_reply *reply, void *list, quire_error *err)
{
    const quire_row_type *type = statement->row;
    size_t count = transport->rows(reply);
    void *items = NULL;
    quire_memory *memory = NULL;
    if (count) {
        char *rows;
        memory = memory_for(type, transport, reply, count, &rows);
        if (!memory)
            return qi_fail_memory(err);
        quire_status status = decode_rows(type, transport, reply, count, rows, &memory->arena, err);
        if (status != QUIRE_OK) {
            quire_memory_free(memory);
            return fail_decoding(statement, status, err);
        }
        items = rows;
    } else {
        transport->free(reply);
    }
    /* The generated list's `items` is a pointer to the row type: copied as bytes, since it is not a
     * void pointer. */
    struct {
        void *items;
        size_t count;
        quire_memory *owner;
    } out = { items, count, memory };
    memcpy(list, &out, sizeof out);
    return QUIRE_OK;
}

quire_status qi_take_row(const quire_statement *statement, const qi_transport *transport,
                         qi_reply *reply, void *row, bool *found, quire_error *err)
{
    const quire_row_type *type = statement->row;
    size_t count = transport->rows(reply);
    *found = count == 1;
    if (count > 1) {
        transport->free(reply);
        qi_fail(err, QUIRE_TOO_MANY_ROWS, "%zu rows where at most one was expected", count);
        if (err)
            QI_COPY(err->query, statement->name);
        return QUIRE_TOO_MANY_ROWS;
    }
    if (!count || !row) {
        transport->free(reply);
        return QUIRE_OK;
    }
    char *made;
    quire_memory *memory = memory_for(type, transport, reply, 1, &made);
    if (!memory)
        return qi_fail_memory(err);
    quire_status status = decode_rows(type, transport, reply, 1, made, &memory->arena, err);
    if (status != QUIRE_OK) {
        quire_memory_free(memory);
        return fail_decoding(statement, status, err);
    }
    memcpy(row, made, type->size);
    if (type->owner == QUIRE_NO_OWNER)
        quire_memory_free(memory);
    else
        memcpy((char *)row + type->owner, &memory, sizeof memory);
    return QUIRE_OK;
}
