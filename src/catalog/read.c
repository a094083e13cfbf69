#include "catalog/object.h"

#include "base/buffer.h"
#include "base/error.h"
#include "catalog/ask.h"
#include "catalog/platform.h"
#include "catalog/query.h"

#include <quire/db.h>
#include <quire/sql.h>

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define OLDEST_SERVER 130000
#define MOST_QUERY_BYTES (1024u * 1024u)
#define PG_CLASS 1259u /* the OID of the catalog pg_class, in every version */

typedef struct reader {
    quire_db *db; /* a transaction */
    qi_asking asking;
    qi_arena *arena;
    qi_catalog *out;
    qi_object *objects;
    quire_provider platform; /* whose objects are left out */
    quire_error *err;
} reader;

static quire_status broken(reader *r, const char *what)
{
    return qi_fail(r->err, QUIRE_INTERNAL, "the catalog query returned %s", what);
}

/*
 * The settings that make definitions the same everywhere: with an empty search_path every name is
 * qualified. Compiling the long query would cost more than running it.
 */
static quire_status settle(reader *r)
{
    quire_rows rows = { 0 };
    const char *provider = quire_provider_name(quire_db_provider(r->db));
    quire_status status =
        quire_query(r->db,
                    "select set_config('search_path', '', true), "
                    "set_config('jit', 'off', true), "
                    "set_config('quote_all_identifiers', 'off', true), "
                    "set_config('DateStyle', 'ISO, DMY', true), "
                    "set_config('IntervalStyle', 'postgres', true), "
                    "set_config('TimeZone', 'UTC', true), "
                    "current_setting('server_version_num'), "
                    "set_config('quire.managed', coalesce("
                    "current_setting('quire.platform', true), $1), true), " QI_ASK_PREPARED,
                    &provider, 1, &rows, r->err);
    if (status != QUIRE_OK)
        return status;
    const char *version = quire_rows_value(&rows, 0, 6);
    r->out->server_version = version ? (int)strtol(version, NULL, 10) : 0;
    const char *prepared = quire_rows_value(&rows, 0, 8);
    r->platform = quire_provider_named(quire_rows_value(&rows, 0, 7));
    r->asking = (qi_asking){ r->db, r->arena, prepared ? qi_arena_text(r->arena, prepared) : NULL };
    quire_rows_free(&rows);
    if (r->out->server_version >= OLDEST_SERVER)
        return QUIRE_OK;
    return qi_fail(r->err, QUIRE_SQL, "the server is older than PostgreSQL 13");
}

/* All kinds in one statement, so that they cost one round trip: a row is an object as JSON. */
static quire_status read_objects(reader *r, quire_rows *rows)
{
    qi_buffer sql;
    qi_buffer_init(&sql, MOST_QUERY_BYTES);
    qi_query_add(&sql, qi_query_named("prelude"), r->out->server_version);
    const char *join = "";
    for (const qi_query *query = qi_queries; query->name; query++) {
        if (strncmp(query->name, "kinds/", 6) != 0)
            continue;
        qi_buffer_printf(&sql, "%sselect to_json(q)::text from (\n", join);
        qi_query_add(&sql, query->text, r->out->server_version);
        qi_buffer_add(&sql, ") as q\n");
        join = "union all\n";
    }
    quire_status status = qi_buffer_failed(&sql)
                              ? qi_fail_memory(r->err)
                              : qi_ask(&r->asking, "objects", sql.data, rows, r->err);
    qi_buffer_free(&sql);
    return status;
}

/* A JSON scalar as text; NULL for null. *failed when out of memory. */
static const char *scalar(qi_arena *arena, const json_t *value, bool *failed)
{
    const char *text = NULL;
    if (json_is_string(value))
        text = qi_arena_text(arena, json_string_value(value));
    else if (json_is_integer(value))
        text = qi_arena_printf(arena, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    else if (json_is_boolean(value))
        text = json_is_true(value) ? "true" : "false";
    else
        return NULL;
    if (!text)
        *failed = true;
    return text;
}

static uint32_t oid_of(const json_t *row, const char *name)
{
    const char *text = json_string_value(json_object_get(row, name));
    return text ? (uint32_t)strtoul(text, NULL, 10) : 0;
}

/* Kinds without a row of their own come last; they cannot be written, so they need no more. */
static const qi_kind *kind_of(qi_arena *arena, const char *name, size_t *order)
{
    *order = 0;
    for (const qi_kind *kind = qi_kinds; kind->name; kind++, ++*order) {
        if (strcmp(kind->name, name) == 0)
            return kind;
    }
    qi_kind *kind = qi_arena_zero(arena, 1, sizeof *kind);
    if (kind)
        kind->name = qi_arena_text(arena, name);
    return kind && kind->name ? kind : NULL;
}

/* How many of the columns stand in fields of qi_object: kind to comment. */
#define HEAD_COLUMNS 9

static bool is_head(const char *name)
{
    static const char *const heads[HEAD_COLUMNS] = { "kind", "class",    "oid",
                                                     "sub",  "parent",   "schema",
                                                     "name", "identity", "comment" };
    for (size_t i = 0; i < HEAD_COLUMNS; i++) {
        if (strcmp(heads[i], name) == 0)
            return true;
    }
    return false;
}

/* The values, with the list of their names shared with `before` where it is the same. */
static bool take_values(qi_arena *arena, json_t *row, const qi_object *before, qi_object *object)
{
    size_t most = json_object_size(row);
    const char **names = qi_arena_zero(arena, most + 1, sizeof *names);
    const char **values = qi_arena_zero(arena, most + 1, sizeof *values);
    if (!names || !values)
        return false;
    bool failed = false;
    size_t count = 0;
    const char *name;
    json_t *value;
    json_object_foreach(row, name, value)
    {
        if (is_head(name))
            continue;
        bool same =
            before && count < before->value_count && strcmp(before->names[count], name) == 0;
        names[count] = same ? before->names[count] : qi_arena_text(arena, name);
        values[count] = scalar(arena, value, &failed);
        if (!names[count++])
            return false;
    }
    object->names = names;
    object->values = values;
    object->value_count = count;
    return !failed;
}

static bool take_object(reader *r, json_t *row, size_t at)
{
    qi_object *object = &r->objects[at];
    const char *kind = json_string_value(json_object_get(row, "kind"));
    bool failed = false;
    object->kind = kind_of(r->arena, kind ? kind : "object", &object->order);
    object->class_oid = oid_of(row, "class");
    object->oid = oid_of(row, "oid");
    object->sub = (int)json_integer_value(json_object_get(row, "sub"));
    object->schema = scalar(r->arena, json_object_get(row, "schema"), &failed);
    object->name = scalar(r->arena, json_object_get(row, "name"), &failed);
    object->identity = scalar(r->arena, json_object_get(row, "identity"), &failed);
    object->comment = scalar(r->arena, json_object_get(row, "comment"), &failed);
    object->parent_oid = oid_of(row, "parent");
    if (!object->name)
        object->name = object->identity;
    return !failed && object->kind && object->identity &&
           take_values(r->arena, row, at ? object - 1 : NULL, object);
}

/* Whether an object is the project's, or one that the project may have added to. */
static bool belongs(const reader *r, qi_object *object)
{
    const char *kind = object->kind->name;
    if (!qi_platform_has(r->platform, kind, object->schema, object->name))
        return true;
    object->given = strcmp(kind, "table") == 0 || strcmp(kind, "publication") == 0;
    if (strcmp(kind, "trigger") == 0)
        return !qi_platform_has(r->platform, "function",
                                qi_object_value(object, "_function_schema"), object->name);
    return object->given || strcmp(kind, "policy") == 0;
}

static quire_status parse_objects(reader *r, const quire_rows *rows)
{
    size_t count = 0;
    r->objects = qi_arena_zero(r->arena, rows->count + 1, sizeof *r->objects);
    if (!r->objects)
        return qi_fail_memory(r->err);
    for (size_t i = 0; i < rows->count; i++) {
        const char *text = quire_rows_value(rows, i, 0);
        json_t *row = text ? json_loads(text, 0, NULL) : NULL;
        if (!json_is_object(row)) {
            json_decref(row);
            return broken(r, "what is not JSON");
        }
        bool fine = take_object(r, row, count);
        json_decref(row);
        if (!fine)
            return qi_fail_memory(r->err);
        if (belongs(r, &r->objects[count]))
            count++;
    }
    r->out->objects = r->objects;
    r->out->object_count = count;
    return QUIRE_OK;
}

static int compare_place(uint32_t class_oid, uint32_t oid, int sub, const qi_object *object)
{
    if (class_oid != object->class_oid)
        return class_oid < object->class_oid ? -1 : 1;
    if (oid != object->oid)
        return oid < object->oid ? -1 : 1;
    return sub < object->sub ? -1 : sub > object->sub;
}

static int compare_places(const void *left, const void *right)
{
    const qi_object *object = *(const qi_object *const *)left;
    return compare_place(object->class_oid, object->oid, object->sub,
                         *(const qi_object *const *)right);
}

static const qi_object *find_place(const qi_catalog *catalog, uint32_t class_oid, uint32_t oid,
                                   int sub)
{
    size_t low = 0;
    size_t high = catalog->object_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_place(class_oid, oid, sub, catalog->places[middle]);
        if (order == 0)
            return catalog->places[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const qi_object *qi_object_at(const qi_catalog *catalog, uint32_t class_oid, uint32_t oid, int sub)
{
    const qi_object *object = find_place(catalog, class_oid, oid, sub);
    return object || !sub ? object : find_place(catalog, class_oid, oid, 0);
}

static int compare_objects(const void *left, const void *right)
{
    return qi_object_compare(left, right);
}

/* Most are parts of tables; the others say of what. */
static const qi_object *parent_of(const qi_catalog *catalog, const qi_object *object)
{
    const char *class_oid = qi_object_value(object, "_parent_class");
    const char *sub = qi_object_value(object, "_parent_sub");
    return find_place(catalog, class_oid ? (uint32_t)strtoul(class_oid, NULL, 10) : PG_CLASS,
                      object->parent_oid, sub ? (int)strtol(sub, NULL, 10) : 0);
}

/* Sorts the objects, makes the list by place, and finds the parents. */
static quire_status link_objects(reader *r)
{
    qi_catalog *out = r->out;
    size_t count = out->object_count;
    qsort(r->objects, count, sizeof *r->objects, compare_objects);

    const qi_object **places = qi_arena_zero(r->arena, count + 1, sizeof *places);
    if (!places)
        return qi_fail_memory(r->err);
    for (size_t i = 0; i < count; i++)
        places[i] = &r->objects[i];
    qsort(places, count, sizeof *places, compare_places);
    out->places = places;

    for (size_t i = 0; i < count; i++) {
        if (r->objects[i].parent_oid)
            r->objects[i].parent = parent_of(out, &r->objects[i]);
    }
    return QUIRE_OK;
}

static quire_status read_depends(reader *r, quire_rows *rows)
{
    qi_buffer sql;
    qi_buffer_init(&sql, MOST_QUERY_BYTES);
    qi_query_add(&sql, qi_query_named("depend"), r->out->server_version);
    quire_status status = qi_buffer_failed(&sql)
                              ? qi_fail_memory(r->err)
                              : qi_ask(&r->asking, "depend", sql.data, rows, r->err);
    qi_buffer_free(&sql);
    return status;
}

static const qi_object *place_in_row(reader *r, const quire_rows *rows, size_t row, size_t column)
{
    unsigned long values[3];
    for (size_t i = 0; i < 3; i++) {
        const char *text = quire_rows_value(rows, row, column + i);
        values[i] = text ? strtoul(text, NULL, 10) : 0;
    }
    return qi_object_at(r->out, (uint32_t)values[0], (uint32_t)values[1], (int)values[2]);
}

typedef struct edge {
    qi_object *from;
    const qi_object *to;
} edge;

/* By the order of the objects, so that the lists come out the same every time. */
static int compare_edges(const void *left, const void *right)
{
    const edge *a = left;
    const edge *b = right;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    return a->to < b->to ? -1 : a->to > b->to;
}

/* Hands each object its part of the sorted edges. */
static quire_status share_edges(reader *r, const edge *edges, size_t count)
{
    const qi_object **to = qi_arena_zero(r->arena, count + 1, sizeof *to);
    if (!to)
        return qi_fail_memory(r->err);
    for (size_t i = 0; i < count; i++) {
        qi_object *from = edges[i].from;
        to[i] = edges[i].to;
        if (!from->depends)
            from->depends = &to[i];
        from->depend_count++;
    }
    return QUIRE_OK;
}

static quire_status link_depends(reader *r, const quire_rows *rows)
{
    edge *edges = qi_arena_zero(r->arena, rows->count + 1, sizeof *edges);
    if (!edges)
        return qi_fail_memory(r->err);
    size_t count = 0;
    for (size_t i = 0; i < rows->count; i++) {
        const qi_object *from = place_in_row(r, rows, i, 0);
        const qi_object *to = place_in_row(r, rows, i, 3);
        if (!from || !to || from == to || from->parent == to)
            continue;
        edges[count++] = (edge){ &r->objects[from - r->out->objects], to };
    }
    qsort(edges, count, sizeof *edges, compare_edges);
    return share_edges(r, edges, count);
}

static quire_status read_all(reader *r)
{
    quire_rows rows = { 0 };
    quire_status status = settle(r);
    if (status == QUIRE_OK)
        status = read_objects(r, &rows);
    if (status != QUIRE_OK)
        return status;
    status = parse_objects(r, &rows);
    quire_rows_free(&rows);
    if (status == QUIRE_OK)
        status = link_objects(r);
    if (status == QUIRE_OK)
        status = read_depends(r, &rows);
    if (status != QUIRE_OK)
        return status;
    status = link_depends(r, &rows);
    quire_rows_free(&rows);
    return status == QUIRE_OK ? qi_catalog_fill(&r->asking, r->arena, r->out, r->err) : status;
}

/* Reads inside `db`, which is rolled back: with it end the settings. */
static quire_status read_and_end(quire_db *db, qi_arena *arena, qi_catalog *out, quire_error *err)
{
    qi_catalog catalog = { 0 };
    reader r = { .db = db, .arena = arena, .out = &catalog, .err = err };
    if (!db)
        return err ? err->status : QUIRE_CONNECT;
    quire_status status = read_all(&r);
    quire_rollback(db, NULL);
    if (status == QUIRE_OK)
        *out = catalog;
    return status;
}

quire_status qi_catalog_read(quire_db *db, qi_arena *arena, qi_catalog *out, quire_error *err)
{
    /* One snapshot for all queries. */
    quire_transaction_options options = { .isolation = QUIRE_REPEATABLE_READ, .read_only = true };
    return read_and_end(quire_begin(db, &options, err), arena, out, err);
}

quire_status qi_catalog_read_within(quire_db *transaction, qi_arena *arena, qi_catalog *out,
                                    quire_error *err)
{
    return read_and_end(quire_begin(transaction, NULL, err), arena, out, err);
}
