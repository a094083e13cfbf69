#include "migrate/objects.h"

#include "migrate/digest.h"

#include "base/buffer.h"
#include "base/error.h"
#include "catalog/managed.h"
#include "catalog/query.h"

#include <quire/sql.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_QUERY_BYTES = 1 << 20, QUERIES_SIZE = 17, MARK_SIZE = 64, MANAGED_SIZE = 2048 };

#define FORMAT 1 /* of the hashes; another one is not compared */

/* With an empty search_path every name is qualified; compiling the long query would cost more than
 * running it. */
static const char settle_sql[] =
    "select set_config('search_path', '', true), set_config('jit', 'off', true),\n"
    "    set_config('quote_all_identifiers', 'off', true),\n"
    "    set_config('DateStyle', 'ISO, DMY', true),\n"
    "    set_config('IntervalStyle', 'postgres', true), set_config('TimeZone', 'UTC', true),\n"
    "    set_config('plan_cache_mode', 'force_generic_plan', true),\n"
    "    set_config('quire.managed', $1, true),\n"
    "    current_setting('server_version_num'),\n"
    "    exists (select from pg_catalog.pg_prepared_statements\n"
    "            where name = 'quire_objects')::integer";

/*
 * Identities with hashes. An object's place in the catalog (OIDs) and what begins with an underscore
 * is no part of its definition; an index behind a constraint is a part of that.
 */
static const char hash_sql[] =
    "quire_listed as (\n"
    "    select concat(o ->> 'kind', ' ', o ->> 'identity') as object,\n"
    "        (select string_agg(concat(e.key, '=', e.value), chr(1) order by e.key)\n"
    "         from jsonb_each_text(o) e\n"
    "         where e.value is not null and e.key !~ '^_'\n"
    "             and e.key not in ('class', 'oid', 'sub', 'parent')) as definition\n"
    "    from quire_object\n"
    "    where o ->> 'kind' <> 'key index'\n"
    "        and (case when o ->> 'schema' is null then concat(o ->> 'kind', ' ', o ->> 'name')\n"
    "                  else concat('schema ', o ->> 'schema') end !~ $1\n"
    "             or o ->> 'kind' = 'policy'\n"
    "             or o ->> 'kind' = 'trigger'\n"
    "                and concat('schema ', o ->> '_function_schema') !~ $1)\n"
    "),\n"
    "quire_hashed as (\n"
    "    select object, left(encode(sha256(convert_to(\n"
    "        string_agg(definition, chr(2) order by definition), 'UTF8')), 'hex'), 16) as hash\n"
    "    from quire_listed group by object\n"
    ")\n";

static const char record_sql[] =
    "update quire.migrations m set fingerprint = $2 ||\n"
    "        (select encode(sha256(convert_to(coalesce(string_agg(concat(object, hash), chr(2)\n"
    "            order by object collate \"C\"), ''), 'UTF8')), 'hex') from quire_hashed),\n"
    "    objects = (select coalesce(jsonb_object_agg(object, hash), '{}') from quire_hashed)\n"
    "where m.version = $3";

static const char compare_sql[] =
    "select coalesce(l.object, s.key), case when s.key is null then 'added'\n"
    "        when l.object is null then 'missing'\n"
    "        when l.hash <> s.value then 'changed' end, l.object is not null\n"
    "from quire_hashed l\n"
    "full join (select e.key, e.value from quire.migrations m, jsonb_each_text(m.objects) e\n"
    "           where m.version = $2) s on s.key = l.object\n"
    "order by coalesce(l.object, s.key) collate \"C\"";

static const char newest_sql[] =
    "select m.version, m.fingerprint from quire.migrations m where m.state = 'applied'\n"
    "order by m.finished_at desc, m.version collate \"C\" desc limit 1";

/* What the provider has of its own, as a regular expression. False: it does not fit. */
static bool write_managed(quire_provider provider, char out[MANAGED_SIZE])
{
    qi_buffer text;
    qi_buffer_init(&text, MANAGED_SIZE - 1);
    const char *join = "^(";
    for (const char *const *known = qi_managed_by(provider); *known; known++, join = "|") {
        size_t length = strcspn(*known, "*");
        qi_buffer_printf(&text, "%s%.*s%s", join, (int)length, *known,
                         (*known)[length] ? ".*" : "");
    }
    qi_buffer_add(&text, *join == '|' ? ")$" : "^$");
    bool fits = !qi_buffer_failed(&text);
    if (fits)
        snprintf(out, MANAGED_SIZE, "%s", text.data);
    qi_buffer_free(&text);
    return fits;
}

/* The beginning of a fingerprint: lists with the same one can be compared. */
static bool make_mark(const char *sql, const char *managed, int version, char mark[MARK_SIZE])
{
    qi_digest digest;
    char hex[QI_SHA256_HEX_SIZE];
    qi_digest_begin(&digest);
    qi_digest_add(&digest, sql, strlen(sql));
    qi_digest_add(&digest, managed, strlen(managed));
    if (!qi_digest_end(&digest, hex))
        return false;
    snprintf(mark, MARK_SIZE, "%d/%d/%.12s/", FORMAT, version / 10000, hex);
    return true;
}

/* The list, as common table expressions; `rest` is what is done with it. */
static void write_list(qi_buffer *sql, int version)
{
    qi_query_add(sql, qi_query_named("prelude"), version);
    qi_buffer_add(sql, ",\nquire_object(o) as (\n");
    const char *join = "";
    for (const qi_query *query = qi_queries; query->name; query++) {
        if (strncmp(query->name, "kinds/", 6) != 0)
            continue;
        qi_buffer_printf(sql, "%sselect to_jsonb(q) from (\n", join);
        qi_query_add(sql, query->text, version);
        qi_buffer_add(sql, ") as q\n");
        join = "union all\n";
    }
    qi_buffer_add(sql, "),\n");
    qi_buffer_add(sql, hash_sql);
}

/* What a session is, for the queries. */
typedef struct setting {
    int version;   /* server_version_num */
    bool prepared; /* the statement that records is there already */
    char managed[MANAGED_SIZE];
} setting;

static quire_status settle(quire_db *tx, setting *out, quire_error *err)
{
    const char *provider = quire_provider_name(quire_db_provider(tx));
    quire_rows rows = { 0 };
    quire_status status = quire_query(tx, settle_sql, &provider, 1, &rows, err);
    if (status)
        return status;
    const char *version = quire_rows_value(&rows, 0, 8);
    const char *prepared = quire_rows_value(&rows, 0, 9);
    out->version = version ? (int)strtol(version, NULL, 10) : 0;
    out->prepared = prepared && strcmp(prepared, "1") == 0;
    quire_rows_free(&rows);
    return write_managed(quire_db_provider(tx), out->managed) ? QUIRE_OK : qi_fail_memory(err);
}

/* Planning costs more than running it: a session that applies many files plans it once. */
static quire_status prepare_record(quire_db *tx, const char *list, quire_error *err)
{
    qi_buffer sql;
    qi_buffer_init(&sql, MOST_QUERY_BYTES);
    qi_buffer_add(&sql, "prepare quire_objects(text, text, text) as\n");
    qi_buffer_add(&sql, list);
    qi_buffer_add(&sql, record_sql);
    quire_status status =
        qi_buffer_failed(&sql) ? qi_fail_memory(err) : quire_exec(tx, sql.data, err);
    qi_buffer_free(&sql);
    return status;
}

/* EXECUTE takes no parameters of its own. */
static void add_literal(qi_buffer *sql, const char *text)
{
    qi_buffer_add_char(sql, '\'');
    for (; *text; text++) {
        if (*text == '\'')
            qi_buffer_add_char(sql, '\'');
        qi_buffer_add_char(sql, *text);
    }
    qi_buffer_add_char(sql, '\'');
}

static quire_status execute_record(quire_db *tx, const setting *now, const char *mark,
                                   const char *version, quire_error *err)
{
    const char *params[] = { now->managed, mark, version };
    qi_buffer sql;
    qi_buffer_init(&sql, MOST_QUERY_BYTES);
    qi_buffer_add(&sql, "execute quire_objects(");
    for (size_t i = 0; i < sizeof params / sizeof *params; i++) {
        qi_buffer_add(&sql, i ? ", " : "");
        add_literal(&sql, params[i]);
    }
    qi_buffer_add(&sql, ")");
    quire_status status =
        qi_buffer_failed(&sql) ? qi_fail_memory(err) : quire_exec(tx, sql.data, err);
    qi_buffer_free(&sql);
    return status;
}

static quire_status record_in(quire_db *savepoint, const char *version, quire_error *err)
{
    qi_buffer list;
    setting now;
    char mark[MARK_SIZE];
    quire_status status = settle(savepoint, &now, err);
    if (status)
        return status;
    qi_buffer_init(&list, MOST_QUERY_BYTES);
    write_list(&list, now.version);
    if (qi_buffer_failed(&list) || !make_mark(list.data, now.managed, now.version, mark))
        status = qi_fail_memory(err);
    if (!status && !now.prepared)
        status = prepare_record(savepoint, list.data, err);
    qi_buffer_free(&list);
    return status ? status : execute_record(savepoint, &now, mark, version, err);
}

quire_status qi_objects_record(quire_db *transaction, const char *version, quire_error *err)
{
    quire_db *savepoint = quire_begin(transaction, NULL, err);
    if (!savepoint)
        return err->status;
    quire_error failure = { 0 };
    quire_status status = record_in(savepoint, version, &failure);
    return status ? quire_rollback(savepoint, err) : quire_commit(savepoint, err);
}

static quire_status read_newest(quire_db *db, qi_arena *arena, const char **version,
                                const char **fingerprint, quire_error *err)
{
    quire_rows rows = { 0 };
    quire_status status = quire_query(db, newest_sql, NULL, 0, &rows, err);
    if (status)
        return status;
    const char *first = quire_rows_value(&rows, 0, 0);
    const char *second = quire_rows_value(&rows, 0, 1);
    *version = first ? qi_arena_text(arena, first) : NULL;
    *fingerprint = second ? qi_arena_text(arena, second) : NULL;
    bool failed = (first && !*version) || (second && !*fingerprint);
    quire_rows_free(&rows);
    return failed ? qi_fail_memory(err) : QUIRE_OK;
}

quire_status qi_objects_settle(quire_db *transaction, bool was_newest, quire_error *err)
{
    qi_arena arena = { 0 };
    const char *newest = NULL;
    const char *fingerprint = NULL;
    quire_status status = read_newest(transaction, &arena, &newest, &fingerprint, err);
    if (!status && newest && (!was_newest || !fingerprint))
        status = qi_objects_record(transaction, newest, err);
    qi_arena_free(&arena);
    return status;
}

quire_status qi_objects_is_newest(quire_db *transaction, const char *version, bool *newest,
                                  quire_error *err)
{
    quire_rows rows = { 0 };
    static const char sql[] =
        "select not exists (select from quire.migrations m, quire.migrations o\n"
        "where m.version = $1 and o.version <> $1\n"
        "    and (o.finished_at, o.version collate \"C\") > (m.finished_at, m.version))";
    quire_status status = quire_query(transaction, sql, &version, 1, &rows, err);
    if (status)
        return status;
    const char *value = quire_rows_value(&rows, 0, 0);
    *newest = value && strcmp(value, "t") == 0;
    quire_rows_free(&rows);
    return QUIRE_OK;
}

/* ---- comparing ------------------------------------------------------------------------------- */

static quire_status take_rows(const quire_rows *rows, qi_arena *arena, qi_objects *out,
                              quire_error *err)
{
    qi_drift *drift = qi_arena_zero(arena, rows->count + 1, sizeof *drift);
    const char **objects = qi_arena_zero(arena, rows->count + 1, sizeof *objects);
    if (!drift || !objects)
        return qi_fail_memory(err);
    out->drift = drift;
    out->objects = objects;
    for (size_t i = 0; i < rows->count; i++) {
        const char *how = quire_rows_value(rows, i, 1);
        const char *object = qi_arena_text(arena, quire_rows_value(rows, i, 0));
        if (!object)
            return qi_fail_memory(err);
        if (quire_rows_value(rows, i, 2)[0] == 't')
            objects[out->object_count++] = object;
        if (!how)
            continue;
        drift[out->drift_count].object = object;
        drift[out->drift_count].how = qi_arena_text(arena, how);
        if (!drift[out->drift_count++].how)
            return qi_fail_memory(err);
    }
    return QUIRE_OK;
}

/* What the two marks differ in: the server's major version, else Quire's own queries. */
static const char *why_not(const char *mark, const char *fingerprint)
{
    if (!fingerprint)
        return "the history has no list of its objects";
    if (strncmp(mark, fingerprint, strlen(mark)) == 0)
        return NULL;
    size_t own = strcspn(mark + 2, "/");
    size_t other = strncmp(mark, fingerprint, 2) == 0 ? strcspn(fingerprint + 2, "/") : 0;
    if (other && (own != other || strncmp(mark + 2, fingerprint + 2, own) != 0))
        return "another major version of PostgreSQL made the list, which writes the same "
               "definition differently";
    return "another version of quire made the list";
}

static quire_status compare_in(quire_db *tx, qi_arena *arena, qi_objects *out, quire_error *err)
{
    qi_buffer sql;
    setting now;
    char mark[MARK_SIZE] = "";
    quire_rows rows = { 0 };
    const char *fingerprint = NULL;
    quire_status status = read_newest(tx, arena, &out->version, &fingerprint, err);
    if (!status)
        status = settle(tx, &now, err);
    if (status)
        return status;
    qi_buffer_init(&sql, MOST_QUERY_BYTES);
    write_list(&sql, now.version);
    bool made = !qi_buffer_failed(&sql) && make_mark(sql.data, now.managed, now.version, mark);
    qi_buffer_add(&sql, compare_sql);
    const char *params[] = { now.managed, out->version };
    status = made && !qi_buffer_failed(&sql) ? quire_query(tx, sql.data, params, 2, &rows, err)
                                             : qi_fail_memory(err);
    qi_buffer_free(&sql);
    if (status)
        return status;
    status = take_rows(&rows, arena, out, err);
    quire_rows_free(&rows);
    out->not_comparable = out->version ? why_not(mark, fingerprint) : NULL;
    if (!out->version || out->not_comparable)
        out->drift_count = 0;
    return status;
}

quire_status qi_objects_compare(quire_db *db, qi_arena *arena, qi_objects *out, quire_error *err)
{
    quire_transaction_options options = { .isolation = QUIRE_REPEATABLE_READ, .read_only = true };
    *out = (qi_objects){ 0 };
    quire_db *tx = quire_begin(db, &options, err);
    if (!tx)
        return err->status;
    quire_status status = compare_in(tx, arena, out, err);
    quire_rollback(tx, NULL);
    return status;
}
