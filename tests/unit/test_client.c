/*
 * The client against a real server, with descriptors written by hand as `quire codegen` would: so
 * that the tests reach what generated code for one schema does not.
 */
#include "support/database.h"
#include "support/test.h"

#include "client/client.h"

#include <quire/generated.h>
#include <quire/quire.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { OID_INT4 = 23, OID_TEXT = 25, OID_NUMERIC = 1700 };

/* ---- descriptors ----------------------------------------------------------------------------- */

typedef struct item {
    int32_t id;
    const char *name;
    quire_nullable_decimal price;
    quire_memory *owner_;
} item;

typedef struct item_list {
    item *items;
    size_t count;
    quire_memory *owner_;
} item_list;

static const quire_field item_fields[] = {
    { "id", NULL, OID_INT4, offsetof(item, id), QUIRE_TYPE_INT4, 0 },
    { "name", NULL, OID_TEXT, offsetof(item, name), QUIRE_TYPE_TEXT, 0 },
    { "price", NULL, OID_NUMERIC, offsetof(item, price), QUIRE_TYPE_DECIMAL, QUIRE_FIELD_NULLABLE },
};
static const quire_row_type item_type = {
    "item", sizeof(item), offsetof(item, owner_), item_fields, COUNT(item_fields), NULL, 0,
};

static const quire_param by_id_params[] = { { "id", NULL, OID_INT4, 0, QUIRE_TYPE_INT4, 0 } };
static const quire_statement by_id = {
    .name = "items.by_id",
    .sql = "select id, name, price from items where id = $1",
    .params = by_id_params,
    .param_count = 1,
    .row = &item_type,
};

typedef struct filter {
    const char *name;
    quire_optional_int4 low;
    quire_optional_int4 high;
    int sort;
} filter;

static const quire_param search_params[] = {
    { "name", NULL, OID_TEXT, offsetof(filter, name), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL },
    { "low", NULL, OID_INT4, offsetof(filter, low), QUIRE_TYPE_INT4, QUIRE_PARAM_OPTIONAL },
    { "high", NULL, OID_INT4, offsetof(filter, high), QUIRE_TYPE_INT4, QUIRE_PARAM_OPTIONAL },
};
static const uint16_t name_param[] = { 0 };
static const uint16_t range_params[] = { 1, 2 };
static const quire_condition search_conditions[] = {
    { name_param, 1, 0, 0 },
    { range_params, 2, 0, 0 },
    { NULL, 0, 0, offsetof(filter, sort) },
    { NULL, 0, 1, offsetof(filter, sort) },
};
static const quire_part search_parts[] = {
    { "select id, name, price from items where true", QUIRE_NONE, QUIRE_NONE, 0 },
    { " and name = ", 0, 0, 0 },
    { " and id between ", 1, 1, 0 },
    { " and ", 2, 1, 0 },
    { " order by id", QUIRE_NONE, 2, 0 },
    { " order by id desc", QUIRE_NONE, 3, 0 },
};
static const quire_statement search = {
    .name = "items.search",
    .parts = search_parts,
    .part_count = COUNT(search_parts),
    .conditions = search_conditions,
    .condition_count = COUNT(search_conditions),
    .params = search_params,
    .param_count = COUNT(search_params),
    .row = &item_type,
};

typedef struct item_new {
    quire_optional_int4 id;
    const char *name;
    quire_optional_decimal price;
} item_new;

static const quire_param create_params[] = {
    { "id", NULL, OID_INT4, offsetof(item_new, id), QUIRE_TYPE_INT4,
      QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "name", NULL, OID_TEXT, offsetof(item_new, name), QUIRE_TYPE_TEXT,
      QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "price", NULL, OID_NUMERIC, offsetof(item_new, price), QUIRE_TYPE_DECIMAL,
      QUIRE_PARAM_OPTIONAL },
};
static const uint16_t price_param[] = { 2 };
static const quire_condition create_conditions[] = { { price_param, 1, 0, 0 } };
static const quire_part create_parts[] = {
    { "insert into items (", QUIRE_NONE, QUIRE_NONE, 0 },
    { "id", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "name", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "price", QUIRE_NONE, 0, QUIRE_PART_ITEM },
    { ") values (", QUIRE_NONE, QUIRE_NONE, 0 },
    { "", 0, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 1, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 2, 0, QUIRE_PART_ITEM },
    { ") returning id, name, price", QUIRE_NONE, QUIRE_NONE, 0 },
};
static const quire_statement create = {
    .name = "items.create",
    .parts = create_parts,
    .part_count = COUNT(create_parts),
    .conditions = create_conditions,
    .condition_count = COUNT(create_conditions),
    .params = create_params,
    .param_count = COUNT(create_params),
    .row = &item_type,
    .flags = QUIRE_STATEMENT_WRITES,
};

static const quire_statement all_items = {
    .name = "items.all",
    .sql = "select id, name, price from items order by id",
    .row = &item_type,
};

static const quire_statement erase = {
    .name = "items.erase",
    .sql = "delete from items where id = $1",
    .params = by_id_params,
    .param_count = 1,
    .flags = QUIRE_STATEMENT_WRITES,
};

/* ---- fixtures -------------------------------------------------------------------------------- */

static int setup(void **state)
{
    quire_db *db = test_database();
    test_sql(db, "create table items (id int primary key, name text not null, price numeric(10,2));"
                 "insert into items values (1, 'one', 1.10), (2, 'zwölf 📚', null), (3, 'one', 30)");
    *state = db;
    return 0;
}

static quire_status find(quire_db *db, int32_t id, item *out, quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_one(db, &by_id, args, NULL, out, err);
}

static quire_status add(quire_db *db, int32_t id, const char *name, quire_error *err)
{
    item_new values = { .id = QUIRE_SOME(id), .name = name };
    return quire_fetch_one(db, &create, NULL, &values, NULL, err);
}

/* ---- rows ------------------------------------------------------------------------------------ */

static void test_one_row(void **state)
{
    quire_error err = { 0 };
    item row = { 0 };
    assert_ok(find(*state, 2, &row, &err), &err);
    assert_int_equal(row.id, 2);
    assert_string_equal(row.name, "zwölf 📚");
    assert_false(row.price.has);
    quire_memory_free(row.owner_);

    memset(&row, 0, sizeof row);
    assert_ok(find(*state, 1, &row, &err), &err);
    assert_true(row.price.has);
    assert_string_equal(row.price.value.text, "1.10");
    quire_memory_free(row.owner_);
}

static void test_no_row(void **state)
{
    quire_error err = { 0 };
    item row = { .id = 77 };
    assert_status(QUIRE_NO_ROW, find(*state, 99, &row, &err), &err);
    assert_string_equal(err.query, "items.by_id");
    assert_int_equal(row.id, 77);

    bool found = true;
    int32_t id = 99;
    const void *const args[] = { &id };
    assert_ok(quire_fetch_maybe(*state, &by_id, args, NULL, &found, &row, &err), &err);
    assert_false(found);
    assert_int_equal(row.id, 77);
}

static void test_too_many_rows(void **state)
{
    quire_error err = { 0 };
    item row = { 0 };
    assert_status(QUIRE_TOO_MANY_ROWS, quire_fetch_one(*state, &all_items, NULL, NULL, &row, &err),
                  &err);
    assert_null(row.owner_);
}

static void test_many_rows(void **state)
{
    quire_error err = { 0 };
    test_sql(*state, "insert into items select i, 'name ' || i, i / 100.0 "
                     "from generate_series(1000, 10999) i");
    item_list list = { 0 };
    assert_ok(quire_fetch_list(*state, &all_items, NULL, NULL, &list, &err), &err);
    assert_int_equal(list.count, 10003);
    assert_string_equal(list.items[3].name, "name 1000");
    assert_string_equal(list.items[3].price.value.text, "10.00");
    assert_string_equal(list.items[10002].name, "name 10999");
    assert_string_equal(list.items[10002].price.value.text, "109.99");
    for (size_t i = 3; i < list.count; i++)
        assert_int_equal(list.items[i].id, 997 + (int)i);
    quire_memory_free(list.owner_);
}

static void test_empty_list(void **state)
{
    quire_error err = { 0 };
    item_list list = { .count = 5 };
    test_sql(*state, "truncate items");
    assert_ok(quire_fetch_list(*state, &all_items, NULL, NULL, &list, &err), &err);
    assert_int_equal(list.count, 0);
    assert_null(list.items);
    assert_null(list.owner_);
}

static void test_affected(void **state)
{
    quire_error err = { 0 };
    int32_t id = 1;
    const void *const args[] = { &id };
    int64_t affected = -1;
    assert_ok(quire_execute(*state, &erase, args, NULL, &affected, &err), &err);
    assert_int_equal(affected, 1);
    assert_status(QUIRE_NO_ROW, quire_execute_one(*state, &erase, args, NULL, &err), &err);
    assert_int_equal(test_int(*state, "select count(*) from items"), 2);
}

/* ---- conditional parts ----------------------------------------------------------------------- */

static size_t count_found(quire_db *db, const filter *by, int32_t *first)
{
    quire_error err = { 0 };
    item_list list = { 0 };
    assert_ok(quire_fetch_list(db, &search, NULL, by, &list, &err), &err);
    size_t count = list.count;
    *first = count ? list.items[0].id : 0;
    quire_memory_free(list.owner_);
    return count;
}

static void test_conditions(void **state)
{
    int32_t first;
    assert_int_equal(count_found(*state, NULL, &first), 3);
    assert_int_equal(first, 1);
    assert_int_equal(count_found(*state, &(filter){ .sort = 1 }, &first), 3);
    assert_int_equal(first, 3);
    assert_int_equal(count_found(*state, &(filter){ .name = "one" }, &first), 2);
    filter range = { .low = QUIRE_SOME(2), .high = QUIRE_SOME(3) };
    assert_int_equal(count_found(*state, &range, &first), 2);
    assert_int_equal(first, 2);
    range.name = "one";
    range.sort = 1;
    assert_int_equal(count_found(*state, &range, &first), 1);
    assert_int_equal(first, 3);
    /* Set to NULL is not left out: `name = NULL` finds nothing. */
    assert_int_equal(count_found(*state, &(filter){ .name = QUIRE_NULL_TEXT }, &first), 0);
}

static void test_half_a_condition(void **state)
{
    quire_error err = { 0 };
    item_list list = { 0 };
    filter half = { .low = QUIRE_SOME(2) };
    assert_status(QUIRE_INVALID, quire_fetch_list(*state, &search, NULL, &half, &list, &err), &err);
    assert_string_equal(err.column, "high");
    assert_string_equal(err.query, "items.search");
    filter wrong = { .sort = 9 };
    assert_status(QUIRE_INVALID, quire_fetch_list(*state, &search, NULL, &wrong, &list, &err),
                  &err);
}

static void test_required(void **state)
{
    quire_error err = { 0 };
    item_new nameless = { .id = QUIRE_SOME(9) };
    assert_status(QUIRE_INVALID, quire_fetch_one(*state, &create, NULL, &nameless, NULL, &err),
                  &err);
    assert_string_equal(err.column, "name");
    assert_contains(err.message, "name is required");
    item_new null_name = { .id = QUIRE_SOME(9), .name = QUIRE_NULL_TEXT };
    assert_status(QUIRE_INVALID, quire_fetch_one(*state, &create, NULL, &null_name, NULL, &err),
                  &err);
    assert_contains(err.message, "name cannot be NULL");
    /* Zero is a value: it is not taken for unset. */
    assert_ok(add(*state, 0, "zero", &err), &err);
    assert_int_equal(test_int(*state, "select count(*) from items where id = 0"), 1);
}

static void test_presence_not_made_by_macro(void **state)
{
    quire_error err = { 0 };
    item_new values = { .name = "x" };
    values.id.presence = (quire_presence)(uintptr_t)10; /* what `.id = 10` would come to */
    assert_status(QUIRE_INVALID, quire_fetch_one(*state, &create, NULL, &values, NULL, &err), &err);
    assert_contains(err.message, "QUIRE_SOME");
}

/* ---- errors ---------------------------------------------------------------------------------- */

static void test_constraint_error(void **state)
{
    quire_error err = { 0 };
    assert_status(QUIRE_UNIQUE, add(*state, 1, "again", &err), &err);
    assert_string_equal(err.sqlstate, "23505");
    assert_string_equal(err.constraint, "items_pkey");
    assert_string_equal(err.table, "items");
    assert_string_equal(err.query, "items.create");
    /* The connection is as good as before. */
    assert_ok(add(*state, 4, "four", &err), &err);
}

static void test_null_handle(void **state)
{
    (void)state;
    quire_error err = { 0 };
    item row;
    assert_status(QUIRE_INVALID, find(NULL, 1, &row, &err), &err);
    /* The first reason is kept. */
    quire_error first = { .status = QUIRE_CONNECT, .message = "no server" };
    assert_status(QUIRE_CONNECT, find(NULL, 1, &row, &first), &first);
    assert_string_equal(first.message, "no server");
    assert_int_equal(find(NULL, 1, &row, NULL), QUIRE_INVALID);
}

static void test_no_connection(void **state)
{
    (void)state;
    quire_error err = { 0 };
    quire_options options = { .provider = QUIRE_LOCAL,
                              .url = "postgresql://u:hush@/db?host=/nowhere/at/all" };
    assert_null(quire_open(&options, &err));
    assert_int_equal(err.status, QUIRE_CONNECT);
    assert_null(strstr(err.message, "hush"));
    assert_null(strstr(err.detail, "hush"));
}

/* ---- transactions ---------------------------------------------------------------------------- */

static void test_commit_and_rollback(void **state)
{
    quire_error err = { 0 };
    quire_db *tx = quire_begin(*state, NULL, &err);
    assert_ok(add(tx, 10, "kept", &err), &err);
    assert_int_equal(test_int(*state, "select count(*) from items where id = 10"), 0);
    assert_ok(quire_commit(tx, &err), &err);
    assert_int_equal(test_int(*state, "select count(*) from items where id = 10"), 1);

    tx = quire_begin(*state, NULL, &err);
    assert_ok(add(tx, 11, "undone", &err), &err);
    assert_ok(quire_rollback(tx, &err), &err);
    assert_int_equal(test_int(*state, "select count(*) from items where id = 11"), 0);

    tx = quire_begin(*state, NULL, &err);
    assert_ok(quire_commit(tx, &err), &err);
}

static void test_savepoints(void **state)
{
    quire_error err = { 0 };
    quire_db *tx = quire_begin(*state, NULL, &err);
    quire_db *inner = quire_begin(tx, NULL, &err);
    assert_ok(add(inner, 20, "kept", &err), &err);
    assert_status(QUIRE_INVALID, add(tx, 21, "outer while inner is open", &err), &err);
    assert_ok(quire_commit(inner, &err), &err);

    inner = quire_begin(tx, NULL, &err);
    assert_ok(add(inner, 22, "undone", &err), &err);
    assert_status(QUIRE_UNIQUE, add(inner, 22, "fails", &err), &err);
    assert_ok(quire_rollback(inner, &err), &err);

    assert_ok(add(tx, 23, "kept too", &err), &err);
    assert_ok(quire_commit(tx, &err), &err);
    assert_string_equal(
        test_text(*state, "select string_agg(id::text, ',' order by id) from items where id >= 20"),
        "20,23");
}

static void test_failed_transaction(void **state)
{
    quire_error err = { 0 };
    quire_db *tx = quire_begin(*state, NULL, &err);
    assert_ok(add(tx, 30, "thirty", &err), &err);
    assert_status(QUIRE_UNIQUE, add(tx, 30, "thirty", &err), &err);
    item row;
    assert_status(QUIRE_SQL, find(tx, 1, &row, &err), &err);
    assert_string_equal(err.sqlstate, "25P02");
    assert_status(QUIRE_INVALID, quire_commit(tx, &err), &err);
    assert_int_equal(test_int(*state, "select count(*) from items where id = 30"), 0);
}

static void test_commit_with_open_savepoint(void **state)
{
    quire_error err = { 0 };
    quire_db *tx = quire_begin(*state, NULL, &err);
    quire_db *inner = quire_begin(tx, NULL, &err);
    assert_ok(add(inner, 31, "x", &err), &err);
    assert_status(QUIRE_INVALID, quire_commit(tx, &err), &err);
    assert_int_equal(test_int(*state, "select count(*) from items where id = 31"), 0);
}

static void test_transaction_options(void **state)
{
    quire_error err = { 0 };
    quire_transaction_options options = { .isolation = QUIRE_SERIALIZABLE, .read_only = true };
    quire_db *tx = quire_begin(*state, &options, &err);
    assert_string_equal(test_text(tx, "select current_setting('transaction_isolation')"),
                        "serializable");
    assert_status(QUIRE_SQL, add(tx, 40, "x", &err), &err);
    assert_string_equal(err.sqlstate, "25006");
    assert_ok(quire_rollback(tx, &err), &err);
}

/* Ends one session, or with 0 all others of the database, and waits until they are gone. */
static void end_backends(quire_db *db, int64_t pid)
{
    char sql[512];
    char which[32] = "null";
    if (pid)
        snprintf(which, sizeof which, "%lld", (long long)pid);
    snprintf(sql, sizeof sql,
             "do $$ declare pids int[] := array(select pid from pg_stat_activity "
             "where datname = current_database() and pid <> pg_backend_pid() "
             "and pid = coalesce(%s, pid)); begin "
             "perform pg_terminate_backend(pid) from unnest(pids) pid; for i in 1..500 loop "
             "exit when not exists (select from pg_stat_activity where pid = any (pids)); "
             "perform pg_sleep(0.01); perform pg_stat_clear_snapshot(); end loop; end $$",
             which);
    test_sql(db, sql);
}

static void test_transaction_loses_its_connection(void **state)
{
    quire_error err = { 0 };
    quire_db *tx = quire_begin(*state, NULL, &err);
    int64_t pid = test_int(tx, "select pg_backend_pid()");
    end_backends(*state, pid);
    item row;
    assert_status(QUIRE_LOST, find(tx, 1, &row, &err), &err);
    assert_status(QUIRE_LOST, find(tx, 1, &row, &err), &err);
    assert_status(QUIRE_LOST, quire_commit(tx, &err), &err);
    assert_ok(find(*state, 1, &row, &err), &err);
    quire_memory_free(row.owner_);
}

/* ---- connections and statements -------------------------------------------------------------- */

static void test_dead_connection_is_replaced(void **state)
{
    quire_error err = { 0 };
    item row;
    quire_db *watcher = qi_session_open(*state, &err);
    assert_ok(err.status, &err);
    assert_ok(find(*state, 1, &row, &err), &err);
    quire_memory_free(row.owner_);
    end_backends(watcher, 0);
    assert_ok(find(*state, 1, &row, &err), &err);
    quire_memory_free(row.owner_);
    quire_close(watcher);
}

static void test_session_is_never_replaced(void **state)
{
    quire_error err = { 0 };
    quire_db *session = qi_session_open(*state, &err);
    int64_t pid = test_int(session, "select pg_backend_pid()");
    assert_int_equal(test_int(session, "select pg_backend_pid()"), pid);
    end_backends(*state, pid);
    assert_status(QUIRE_LOST, quire_exec(session, "select 1", &err), &err);
    assert_status(QUIRE_LOST, quire_exec(session, "select 1", &err), &err);
    quire_close(session);
}

static void test_pool_is_bounded(void **state)
{
    quire_error err = { 0 };
    quire_options options = { .url = test_database_url(*state),
                              .pool_size = 2,
                              .pool_wait_ms = 50 };
    quire_db *db = quire_open(&options, &err);
    assert_ok(err.status, &err);
    quire_db *first = quire_begin(db, NULL, &err);
    quire_db *second = quire_begin(db, NULL, &err);
    assert_null(quire_begin(db, NULL, &err));
    assert_int_equal(err.status, QUIRE_TIMEOUT);
    assert_contains(err.message, "all 2 are in use");
    quire_health health;
    assert_ok(quire_rollback(first, &err), &err);
    assert_ok(quire_health_check(db, &health, &err), &err);
    assert_int_equal(health.pool_size, 2);
    assert_int_equal(health.pool_open, 2);
    assert_int_equal(health.pool_busy, 1);
    assert_ok(quire_rollback(second, &err), &err);
    quire_close(db);
}

enum { THREADS = 6, ROUNDS = 50 };

/* Returns its argument when all went well. */
static void *hammer(void *argument)
{
    for (int i = 0; i < ROUNDS; i++) {
        item row;
        if (find(argument, 2, &row, NULL) != QUIRE_OK)
            return NULL;
        bool right = strcmp(row.name, "zwölf 📚") == 0;
        quire_memory_free(row.owner_);
        if (!right)
            return NULL;
    }
    return argument;
}

static void test_threads_share_a_pool(void **state)
{
    quire_error err = { 0 };
    quire_options options = { .url = test_database_url(*state), .pool_size = 3 };
    quire_db *db = quire_open(&options, &err);
    assert_ok(err.status, &err);
    pthread_t threads[THREADS];
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, hammer, db), 0);
    for (size_t i = 0; i < THREADS; i++) {
        void *result;
        pthread_join(threads[i], &result);
        assert_ptr_equal(result, db);
    }
    quire_close(db);
}

static void test_prepared_once(void **state)
{
    quire_error err = { 0 };
    quire_db *tx = quire_begin(*state, NULL, &err);
    item row;
    for (int i = 0; i < 5; i++) {
        assert_ok(find(tx, 1, &row, &err), &err);
        quire_memory_free(row.owner_);
    }
    assert_int_equal(test_int(tx, "select count(*) from pg_prepared_statements"), 1);
    if (test_server_version(tx) >= 14)
        assert_int_equal(
            test_int(tx, "select generic_plans + custom_plans from pg_prepared_statements"), 5);
    assert_ok(quire_rollback(tx, &err), &err);
}

static void test_prepared_statements_are_bounded(void **state)
{
    enum { MANY = 300 };
    quire_error err = { 0 };
    quire_statement *statements = calloc(MANY, sizeof *statements);
    assert_non_null(statements);
    quire_db *tx = quire_begin(*state, NULL, &err);
    item row;
    int32_t id = 1;
    const void *const args[] = { &id };
    for (int i = 0; i < MANY; i++) {
        statements[i] = by_id;
        assert_ok(quire_fetch_one(tx, &statements[i], args, NULL, &row, &err), &err);
        quire_memory_free(row.owner_);
    }
    /* The last one evicted is deallocated with the next trip. */
    assert_in_range(test_int(tx, "select count(*) from pg_prepared_statements"), 250, 257);
    assert_ok(quire_rollback(tx, &err), &err);
    free(statements);
}

/* ---- a schema that has changed --------------------------------------------------------------- */

static void test_changed_type_is_never_misread(void **state)
{
    quire_error err = { 0 };
    item row = { .id = 5 };
    test_sql(*state, "alter table items alter price type float8");
    assert_status(QUIRE_SCHEMA, find(*state, 1, &row, &err), &err);
    assert_string_equal(err.column, "price");
    assert_contains(err.message, "float8");
    assert_contains(err.hint, "quire codegen");
    assert_int_equal(row.id, 5);
}

static void test_write_with_changed_type_is_not_committed(void **state)
{
    quire_error err = { 0 };
    test_sql(*state, "alter table items alter id type bigint");
    assert_status(QUIRE_SCHEMA, add(*state, 50, "x", &err), &err);
    assert_int_equal(test_int(*state, "select count(*) from items where id = 50"), 0);
}

static const quire_statement starred = {
    .name = "pairs.all",
    .sql = "select * from pairs",
    .row = &item_type,
};

static void test_columns_that_changed_places(void **state)
{
    quire_error err = { 0 };
    item row = { .id = 5 };
    test_sql(*state, "create table pairs (id int, name text, price numeric);"
                     "insert into pairs values (1, 'a', 2)");
    assert_ok(quire_fetch_one(*state, &starred, NULL, NULL, &row, &err), &err);
    quire_memory_free(row.owner_);
    row.id = 5;
    test_sql(*state, "alter table pairs rename name to title");
    assert_status(QUIRE_SCHEMA, quire_fetch_one(*state, &starred, NULL, NULL, &row, &err), &err);
    assert_contains(err.message, "column title stands where the program was compiled for name");
    assert_int_equal(row.id, 5);
}

static void test_change_after_preparing(void **state)
{
    quire_error err = { 0 };
    item row;
    assert_ok(find(*state, 1, &row, &err), &err);
    quire_memory_free(row.owner_);
    test_sql(*state, "alter table items alter id type bigint");
    assert_status(QUIRE_SCHEMA, find(*state, 1, &row, &err), &err);
    assert_string_equal(err.column, "id");
    test_sql(*state, "alter table items alter id type int");
    assert_ok(find(*state, 1, &row, &err), &err);
    quire_memory_free(row.owner_);
}

static void test_deallocated_behind_the_back(void **state)
{
    quire_error err = { 0 };
    item row;
    assert_ok(find(*state, 1, &row, &err), &err);
    quire_memory_free(row.owner_);
    test_sql(*state, "deallocate all");
    assert_ok(find(*state, 1, &row, &err), &err);
    quire_memory_free(row.owner_);
}

static void test_missing_column(void **state)
{
    quire_error err = { 0 };
    item row;
    test_sql(*state, "alter table items drop price");
    assert_status(QUIRE_SCHEMA, find(*state, 1, &row, &err), &err);
    assert_string_equal(err.sqlstate, "42703");
    assert_contains(err.hint, "quire codegen");
}

/* ---- SQL that is not known when the program is compiled ---------------------------------------- */

static void test_query(void **state)
{
    quire_error err = { 0 };
    quire_rows rows = { 0 };
    const char *const params[] = { "1", NULL };
    assert_ok(quire_query(*state,
                          "select id, name, price, $2::text as nothing from items where id = $1",
                          params, 2, &rows, &err),
              &err);
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.columns, 4);
    assert_string_equal(quire_rows_name(&rows, 3), "nothing");
    assert_int_equal(quire_rows_type(&rows, 2), OID_NUMERIC);
    assert_string_equal(quire_rows_value(&rows, 0, 1), "one");
    assert_int_equal(quire_rows_length(&rows, 0, 1), 3);
    assert_null(quire_rows_value(&rows, 0, 3));
    assert_null(quire_rows_value(&rows, 1, 0));
    assert_null(quire_rows_value(&rows, 0, 4));
    assert_null(quire_rows_name(&rows, 4));
    quire_rows_free(&rows);
    assert_ok(quire_query(*state, "update items set price = 1", NULL, 0, &rows, &err), &err);
    assert_int_equal(rows.affected, 3);
    quire_rows_free(&rows);
    quire_rows_free(&rows);
}

static void test_query_error_has_a_position(void **state)
{
    quire_error err = { 0 };
    assert_status(QUIRE_SQL, quire_query(*state, "select é, nix from items", NULL, 0, NULL, &err),
                  &err);
    assert_string_equal(err.sqlstate, "42703");
    assert_int_equal(err.position, 8);
}

static void test_transactions_by_hand_are_refused(void **state)
{
    quire_error err = { 0 };
    assert_status(QUIRE_INVALID, quire_exec(*state, "begin", &err), &err);
    assert_contains(err.hint, "quire_begin");
    assert_status(QUIRE_INVALID, quire_query(*state, "begin", NULL, 0, NULL, &err), &err);
    assert_ok(quire_exec(*state, "begin; insert into items values (60, 'x'); commit", &err), &err);
}

static void test_copy_is_refused(void **state)
{
    quire_error err = { 0 };
    assert_status(QUIRE_INVALID, quire_exec(*state, "copy items from stdin", &err), &err);
    assert_status(QUIRE_INVALID, quire_exec(*state, "copy items to stdout", &err), &err);
    assert_status(QUIRE_INVALID, quire_query(*state, "copy items to stdout", NULL, 0, NULL, &err),
                  &err);
    assert_int_equal(test_int(*state, "select count(*) from items"), 3);
}

static void test_describe(void **state)
{
    quire_error err = { 0 };
    quire_description description = { 0 };
    assert_ok(quire_describe(*state, "select name, price * $1 as total from items where id = $2",
                             &description, &err),
              &err);
    assert_int_equal(description.param_count, 2);
    assert_int_equal(description.params[0], OID_NUMERIC);
    assert_int_equal(description.params[1], OID_INT4);
    assert_int_equal(description.column_count, 2);
    assert_string_equal(description.columns[0].name, "name");
    assert_int_equal(description.columns[0].table_column, 2);
    assert_int_not_equal(description.columns[0].table, 0);
    assert_string_equal(description.columns[1].name, "total");
    assert_int_equal(description.columns[1].table, 0);
    quire_description_free(&description);
    assert_status(QUIRE_SQL, quire_describe(*state, "select nix from items", &description, &err),
                  &err);
}

static void test_health(void **state)
{
    quire_error err = { 0 };
    quire_health health;
    assert_ok(quire_health_check(*state, &health, &err), &err);
    assert_true(health.round_trip_ms > 0);
    assert_false(health.read_only);
    assert_false(health.in_recovery);
    assert_string_equal(health.database, test_text(*state, "select current_database()"));
    assert_string_equal(health.tls, "");
    assert_string_equal(health.pooler, "none");
    assert_false(health.pooler_declared);
    assert_int_equal(health.replicas, 0);
    assert_true(health.lag_bytes == -1 && health.lag_s < 0);
    assert_int_equal(health.pool_waiting, 0);
    assert_int_equal(health.migrations_applied, -1);
    /* In a transaction it is the transaction's own connection, and the transaction goes on. */
    quire_db *tx = quire_begin(*state, &(quire_transaction_options){ .read_only = true }, &err);
    assert_ok(quire_health_check(tx, &health, &err), &err);
    assert_true(health.read_only);
    assert_string_equal(health.pooler, "none");
    assert_ok(quire_commit(tx, &err), &err);
}

#define with_items(test) cmocka_unit_test_setup_teardown(test, setup, test_database_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_items(test_one_row),
        with_items(test_no_row),
        with_items(test_too_many_rows),
        with_items(test_many_rows),
        with_items(test_empty_list),
        with_items(test_affected),
        with_items(test_conditions),
        with_items(test_half_a_condition),
        with_items(test_required),
        with_items(test_presence_not_made_by_macro),
        with_items(test_constraint_error),
        cmocka_unit_test(test_null_handle),
        cmocka_unit_test(test_no_connection),
        with_items(test_commit_and_rollback),
        with_items(test_savepoints),
        with_items(test_failed_transaction),
        with_items(test_commit_with_open_savepoint),
        with_items(test_transaction_options),
        with_items(test_transaction_loses_its_connection),
        with_items(test_dead_connection_is_replaced),
        with_items(test_session_is_never_replaced),
        with_items(test_pool_is_bounded),
        with_items(test_threads_share_a_pool),
        with_items(test_prepared_once),
        with_items(test_prepared_statements_are_bounded),
        with_items(test_changed_type_is_never_misread),
        with_items(test_write_with_changed_type_is_not_committed),
        with_items(test_columns_that_changed_places),
        with_items(test_change_after_preparing),
        with_items(test_deallocated_behind_the_back),
        with_items(test_missing_column),
        with_items(test_query),
        with_items(test_query_error_has_a_position),
        with_items(test_transactions_by_hand_are_refused),
        with_items(test_copy_is_refused),
        with_items(test_describe),
        with_items(test_health),
    };
    return cmocka_run_group_tests_name("client", tests, NULL, NULL);
}
