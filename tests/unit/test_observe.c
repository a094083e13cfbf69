/* What a program is told of the statements that were sent, and how that reads. */
#include "support/database.h"
#include "support/test.h"

#include <quire/generated.h>
#include <quire/quire.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECRET "s3cret-value"
#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { OID_INT4 = 23, OID_TEXT = 25, MOST = 32 };

/* ---- descriptors, as `quire codegen` writes them --------------------------------------------- */

typedef struct item {
    int32_t id;
    const char *name;
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
};
static const quire_row_type item_type = {
    "item", sizeof(item), offsetof(item, owner_), item_fields, COUNT(item_fields), NULL, 0,
};
static const quire_param name_params[] = { { "name", NULL, OID_TEXT, 0, QUIRE_TYPE_TEXT, 0 } };
static const quire_statement by_name = {
    .name = "items.by_name",
    .sql = "select id, name from items where name <> $1 order by id",
    .params = name_params,
    .param_count = 1,
    .row = &item_type,
};
static const quire_statement broken = {
    .name = "items.broken",
    .sql = "select id, name from items where name = $1 and 1 / (id - id) = 1",
    .params = name_params,
    .param_count = 1,
    .row = &item_type,
};
static const quire_statement add = {
    .name = "items.add",
    .sql = "insert into items (name) values ($1), ($1)",
    .params = name_params,
    .param_count = 1,
    .flags = QUIRE_STATEMENT_WRITES,
};

/* ---- what was told --------------------------------------------------------------------------- */

typedef struct told {
    quire_provider provider;
    char name[64];
    char sql[256];
    size_t params;
    int64_t rows;
    int64_t duration_us;
    quire_status status;
    char sqlstate[6];
} told;

typedef struct diary {
    told events[MOST];
    size_t count;
} diary;

static void keep(void *context, const quire_statement_event *event)
{
    diary *d = context;
    assert_true(d->count < MOST);
    told *t = &d->events[d->count++];
    t->provider = event->provider;
    snprintf(t->name, sizeof t->name, "%s", event->name ? event->name : "");
    snprintf(t->sql, sizeof t->sql, "%s", event->sql);
    t->params = event->params;
    t->rows = event->rows;
    t->duration_us = event->duration_us;
    t->status = event->error ? event->error->status : QUIRE_OK;
    if (event->error)
        snprintf(t->sqlstate, sizeof t->sqlstate, "%s", event->error->sqlstate);
    assert_null(strstr(t->sql, SECRET));
}

static void assert_told(const diary *d, size_t i, const char *name, const char *sql, size_t params,
                        int64_t rows)
{
    assert_true(i < d->count);
    assert_string_equal(d->events[i].name, name);
    assert_string_equal(d->events[i].sql, sql);
    assert_int_equal(d->events[i].params, params);
    assert_int_equal(d->events[i].rows, rows);
    assert_true(d->events[i].duration_us >= 0 && d->events[i].duration_us < 60000000);
    assert_true(d->events[i].provider != QUIRE_AUTO);
}

static quire_db *open_watched(quire_db *db, diary *d)
{
    quire_error err = { 0 };
    test_sql(db, "create table items (id int generated always as identity, name text);"
                 "insert into items (name) values ('one'), ('two'), ('three')");
    quire_db *watched = quire_open(
        &(quire_options){ .url = test_database_url(db), .on_statement = keep, .context = d }, &err);
    assert_ok(err.status, &err);
    return watched;
}

static void test_statements(void **state)
{
    quire_error err = { 0 };
    diary d = { .count = 0 };
    quire_db *db = open_watched(*state, &d);
    const char *name = SECRET;
    const void *const args[] = { &name };
    assert_int_equal(d.count, 0); /* opening sends nothing of the program's */

    item_list list = { 0 };
    for (size_t i = 0; i < 2; i++) { /* prepared the first time, by its name the second */
        assert_ok(quire_fetch_list(db, &by_name, args, NULL, &list, &err), &err);
        quire_memory_free(list.owner_);
        assert_told(&d, i, "items.by_name", by_name.sql, 1, 3);
    }
    int64_t affected = 0;
    assert_ok(quire_execute(db, &add, args, NULL, &affected, &err), &err);
    assert_told(&d, 2, "items.add", add.sql, 1, 2);

    quire_rows rows = { 0 };
    assert_ok(quire_query(db, "select name from items where name = $1", &name, 1, &rows, &err),
              &err);
    quire_rows_free(&rows);
    assert_told(&d, 3, "", "select name from items where name = $1", 1, 2);
    assert_ok(quire_query(db, "delete from items where name = $1", &name, 1, NULL, &err), &err);
    assert_told(&d, 4, "", "delete from items where name = $1", 1, 2);
    assert_ok(quire_exec(db, "select 1; select 2", &err), &err);
    assert_told(&d, 5, "", "select 1; select 2", 0, -1);
    assert_int_equal(d.count, 6);
    quire_close(db);
}

static void test_failures(void **state)
{
    diary d = { .count = 0 };
    quire_error err = { 0 };
    quire_db *db = open_watched(*state, &d);
    const char *name = "one";
    const void *const args[] = { &name };
    item row;
    assert_status(QUIRE_SQL, quire_fetch_one(db, &broken, args, NULL, &row, &err), &err);
    assert_told(&d, 0, "items.broken", broken.sql, 1, -1);
    assert_string_equal(d.events[0].sqlstate, "22012");
    /* Who does not ask for the error is told of it all the same. */
    assert_int_equal(quire_query(db, "select nothing", NULL, 0, NULL, NULL), QUIRE_SQL);
    assert_string_equal(d.events[1].sqlstate, "42703");
    assert_int_equal(quire_exec(db, "selec", NULL), QUIRE_SQL);
    assert_string_equal(d.events[2].sqlstate, "42601");
    assert_status(QUIRE_SQL, quire_exec(db, "select nothing", &err), &err);
    assert_contains(err.message, "nothing");
    assert_int_equal(d.count, 4);
    quire_close(db);
}

static void test_transactions(void **state)
{
    diary d = { .count = 0 };
    quire_error err = { 0 };
    quire_db *db = open_watched(*state, &d);
    quire_db *tx = quire_begin(db, &(quire_transaction_options){ .read_only = true }, &err);
    assert_int_equal(d.count, 0); /* BEGIN travels with the first statement */
    assert_ok(quire_exec(tx, "select 1", &err), &err);
    quire_db *inner = quire_begin(tx, NULL, &err);
    assert_ok(quire_query(inner, "select 2", NULL, 0, NULL, &err), &err);
    assert_ok(quire_rollback(inner, &err), &err);
    assert_ok(quire_commit(tx, &err), &err);
    static const char *const expected[] = { "BEGIN READ ONLY",
                                            "select 1",
                                            "SAVEPOINT quire_1",
                                            "select 2",
                                            "ROLLBACK TO SAVEPOINT quire_1",
                                            "RELEASE SAVEPOINT quire_1",
                                            "COMMIT" };
    assert_int_equal(d.count, COUNT(expected));
    for (size_t i = 0; i < COUNT(expected); i++)
        assert_string_equal(d.events[i].sql, expected[i]);
    quire_close(db);
}

/* What belongs to a session is told of too. */
static void test_migrations(void **state)
{
    diary d = { .count = 0 };
    quire_error err = { 0 };
    quire_migration_list list = { 0 };
    quire_db *db = open_watched(*state, &d);
    assert_ok(quire_migration_status(db, "/", &list, &err), &err);
    quire_migration_list_free(&list);
    assert_true(d.count > 0);
    assert_contains(d.events[0].sql, "quire.migrations");
    quire_close(db);
}

/* ---- as a line ------------------------------------------------------------------------------- */

static void assert_line(quire_statement_event event, const char *expected)
{
    char text[4096] = "";
    FILE *stream = tmpfile();
    assert_non_null(stream);
    quire_statement_print(&event, stream);
    rewind(stream);
    size_t length = fread(text, 1, sizeof text - 1, stream);
    text[length] = '\0';
    fclose(stream);
    assert_string_equal(text, expected);
}

static void test_lines(void **state)
{
    (void)state;
    quire_error failed = { .status = QUIRE_SQL, .sqlstate = "42703", .message = "no " SECRET };
    quire_error lost = { .status = QUIRE_LOST };
    quire_statement_event e = { .provider = QUIRE_NEON,
                                .name = "books.search",
                                .sql = "select *\n  from books -- all\n  where id = $1",
                                .params = 1,
                                .rows = 1,
                                .duration_us = 1234 };
    assert_line(e, "[neon] books.search  1.23 ms  1 row  select * from books where id = $1\n");
    e.name = NULL;
    e.rows = 12;
    assert_line(e, "[neon] 1.23 ms  12 rows  select * from books where id = $1\n");
    e.error = &failed;
    assert_line(e, "[neon] 1.23 ms  failed: SQLSTATE 42703  select * from books where id = $1\n");
    e.error = &lost;
    e.sql = "";
    assert_line(e, "[neon] 1.23 ms  failed: lost\n");
    e = (quire_statement_event){ .provider = QUIRE_LOCAL, .rows = -1 };
    e.sql = "alter role ann password '" SECRET "' valid until '2030-01-01'";
    assert_line(e, "[local] 0.00 ms  alter role ann password *** valid until '2030-01-01'\n");
    e.sql = "create user mapping for ann server s options (user 'a', PassWord '" SECRET "')";
    assert_line(e, "[local] 0.00 ms  create user mapping for ann server s options (user 'a', "
                   "PassWord ***)\n");
    e.sql = "create subscription s connection $$host=h password=" SECRET "$$ publication p";
    assert_line(e, "[local] 0.00 ms  create subscription s connection *** publication p\n");
    e.sql = "do $a$ begin\n execute $$alter role ann password '" SECRET "'$$; end $a$";
    assert_line(e,
                "[local] 0.00 ms  do $a$ begin execute $$alter role ann password ***$$; end $a$\n");
    e.sql = "alter role ann password '" SECRET; /* without an end */
    assert_line(e, "[local] 0.00 ms  alter role ann password ***\n");
    quire_statement_print(NULL, stderr);
}

static void test_long_lines_are_cut(void **state)
{
    (void)state;
    char *sql = malloc(100001);
    assert_non_null(sql);
    for (size_t i = 0; i < 100000; i += 2)
        memcpy(sql + i, "x ", 2);
    sql[100000] = '\0';
    FILE *stream = tmpfile();
    assert_non_null(stream);
    quire_statement_print(&(quire_statement_event){ .sql = sql, .rows = -1 }, stream);
    long length = ftell(stream);
    assert_true(length > 500 && length < 1100);
    fclose(stream);
    free(sql);
}

int main(void)
{
#define with_database(test)                                                                        \
    cmocka_unit_test_setup_teardown(test, test_database_setup, test_database_teardown)
    const struct CMUnitTest tests[] = {
        with_database(test_statements),   with_database(test_failures),
        with_database(test_transactions), with_database(test_migrations),
        cmocka_unit_test(test_lines),     cmocka_unit_test(test_long_lines_are_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
