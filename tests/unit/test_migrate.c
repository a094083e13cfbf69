/* quire_migrate and quire_migration_status against a server. */
#include "support/database.h"
#include "support/migrations.h"
#include "support/test.h"

#include "base/clock.h"

#include <quire/migrate.h>
#include <quire/sql.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { RUNNERS = 20 };

static void two(migrations *f)
{
    put(f, "20260101000000_one.sql",
        "create table a (id int primary key);\n"
        "insert into a values (1);");
    add(f, "20260102000000_two.sql", "create table b (id int references a);");
}

static void applies_in_order_once(void **state)
{
    migrations *f = *state;
    two(f);
    assert_ok(migrate(f), &f->err);
    assert_int_equal(f->applied, 2);
    assert_int_equal(test_int(f->db, "select count(*) from a"), 1);
    assert_string_equal(test_text(f->db, "select to_regclass('b')::text"), "b");
    assert_string_equal(
        test_text(f->db, "select string_agg(concat_ws(' ', version, name, state, statements_done,\n"
                         "    statements_total, tool_version, applied_by = session_user,\n"
                         "    finished_at >= started_at, duration_ms >= 0, checksum like '1:%'),\n"
                         "    ', ' order by version) from quire.migrations"),
        "20260101000000 one applied 2 2 0.1.0 t t t t, "
        "20260102000000 two applied 1 1 0.1.0 t t t t");
    assert_ok(migrate(f), &f->err);
    assert_int_equal(f->applied, 0);
    assert_int_equal(history_rows(f), 2);
    /* The lock is given back, and no session of the runner is left behind. */
    assert_int_equal(
        test_int(f->db,
                 "select count(*) from pg_locks where locktype = 'advisory' and\n"
                 "database = (select oid from pg_database where datname = current_database())"),
        0);
}

static void nothing_to_do_touches_nothing(void **state)
{
    migrations *f = *state;
    assert_ok(migrate(f), &f->err);
    assert_int_equal(f->applied, 0);
    assert_null(test_text(f->db, "select to_regnamespace('quire')::text"));
    quire_migrate_options options = { .directory = path_of(f, "none") };
    assert_status(QUIRE_IO, quire_migrate(f->db, &options, &f->applied, &f->err), &f->err);
    assert_string_equal(f->err.message, "no such directory of migrations");
}

static void refuses_wrong_handles(void **state)
{
    migrations *f = *state;
    quire_migration_list list = { 0 };
    two(f);
    assert_status(QUIRE_INVALID, quire_migrate(NULL, NULL, NULL, &f->err), &f->err);
    assert_status(QUIRE_INVALID, quire_migration_status(NULL, NULL, &list, &f->err), &f->err);
    quire_error_clear(&f->err);
    quire_db *tx = quire_begin(f->db, NULL, &f->err);
    quire_migrate_options options = { .directory = f->path };
    assert_status(QUIRE_INVALID, quire_migrate(tx, &options, NULL, &f->err), &f->err);
    assert_contains(f->err.message, "not a transaction");
    assert_ok(quire_rollback(tx, &f->err), &f->err);
    options.lock_wait_ms = -1;
    assert_status(QUIRE_INVALID, quire_migrate(f->db, &options, NULL, &f->err), &f->err);
    quire_migration_list_free(NULL);
    quire_migration_list_free(&list);
}

static void names_the_place_of_a_failure(void **state)
{
    migrations *f = *state;
    two(f);
    add(f, "20260103000000_\xC3\xBC.sql",
        "create table c (id int);\r\n"
        "-- caf\xC3\xA9\r\n"
        "/* \xE2\x82\xAC */ insert into c values ('\xE2\x82\xAC', missing);\r\n");
    assert_status(QUIRE_SQL, migrate(f), &f->err);
    assert_int_equal(f->applied, 2);
    assert_string_equal(f->err.file, path_of(f, "20260103000000_\xC3\xBC.sql"));
    assert_string_equal(f->err.sqlstate, "42703");
    assert_int_equal(f->err.line, 3);
    assert_int_equal(f->err.line_column, 36);
    assert_contains(f->err.detail, "Statement 2 of 2 in this file.");
    assert_contains(f->err.detail,
                    "Nothing of this file is applied; 2 before it are applied and stay.");
    assert_contains(f->err.hint, "quire migrate");
    assert_null(test_text(f->db, "select to_regclass('c')::text"));
    assert_int_equal(history_rows(f), 2);

    /* Corrected, it goes on from there. */
    add(f, "20260103000000_\xC3\xBC.sql", "create table c (id int);");
    assert_ok(migrate(f), &f->err);
    assert_int_equal(f->applied, 1);
    assert_int_equal(history_rows(f), 3);
}

static void failures_without_a_position(void **state)
{
    migrations *f = *state;
    add(f, "20260101000000_one.sql",
        "create table a (id int unique);\n"
        "  insert into a values (1), (1);");
    assert_status(QUIRE_UNIQUE, migrate(f), &f->err);
    assert_int_equal(f->err.line, 2);
    assert_int_equal(f->err.line_column, 3);
    assert_string_equal(f->err.constraint, "a_id_key");
    assert_contains(f->err.detail, "Key (id)=(1) already exists. Statement 2 of 2");
    /* What fails only at COMMIT. */
    add(f, "20260101000000_one.sql",
        "create table a (id int primary key, b int references a deferrable initially deferred);\n"
        "insert into a values (1, 2);");
    assert_status(QUIRE_CONSTRAINT, migrate(f), &f->err);
    assert_string_equal(f->err.file, path_of(f, "20260101000000_one.sql"));
    assert_contains(f->err.detail, "Nothing of this file is applied");
    assert_null(test_text(f->db, "select to_regclass('a')::text"));
    assert_int_equal(history_rows(f), 0);
    /* A procedure that ends the transaction by itself is stopped by the server. */
    add(f, "20260101000000_one.sql",
        "create table a (id int);\n"
        "do $$ begin commit; end $$;");
    assert_int_not_equal(migrate(f), QUIRE_OK);
    assert_int_equal(f->err.line, 2);
    assert_null(test_text(f->db, "select to_regclass('a')::text"));
}

static void refuses_an_unsound_history(void **state)
{
    migrations *f = *state;
    two(f);
    assert_ok(migrate(f), &f->err);

    add(f, "20260101000000_one.sql", "create table a (id bigint);");
    put(f, "20260104000000_four.sql", "create table d (id int);");
    seal(f);
    assert_status(QUIRE_REFUSED, migrate(f), &f->err);
    assert_string_equal(f->err.message,
                        "migration 20260101000000_one was changed after it was applied");
    assert_string_equal(f->err.file, path_of(f, "20260101000000_one.sql"));

    unlink(path_of(f, "20260101000000_one.sql"));
    seal(f);
    assert_status(QUIRE_REFUSED, migrate(f), &f->err);
    assert_string_equal(f->err.message,
                        "migration 20260101000000_one is applied, but its file is missing");

    two(f);
    add(f, "20260101120000_late.sql", "create table late (id int);");
    assert_status(QUIRE_REFUSED, migrate(f), &f->err);
    assert_string_equal(
        f->err.message,
        "migration 20260101120000_late is older than 20260102000000, which is applied already");
    unlink(path_of(f, "20260101120000_late.sql"));

    /* quire.sum still lists it. */
    assert_status(QUIRE_REFUSED, migrate(f), &f->err);
    assert_contains(f->err.message, "20260101120000_late.sql is gone");
    assert_int_equal(f->applied, 0);
    assert_null(test_text(f->db, "select to_regclass('d')::text"));
    seal(f);
    assert_ok(migrate(f), &f->err);
    assert_int_equal(f->applied, 1);
}

static void refuses_before_anything_is_applied(void **state)
{
    migrations *f = *state;
    two(f);
    add(f, "20260103000000_c.sql", "select 1;\ncreate index concurrently i on a (id);");
    assert_status(QUIRE_REFUSED, migrate(f), &f->err);
    assert_int_equal(f->err.line, 2);
    assert_int_equal(f->err.line_column, 1);
    assert_int_equal(f->applied, 0);
    assert_null(test_text(f->db, "select to_regclass('a')::text"));
    assert_null(test_text(f->db, "select to_regnamespace('quire')::text"));
    add(f, "20260103000000_c.sql", "select 1;\n select 'x");
    assert_status(QUIRE_SQL, migrate(f), &f->err);
    assert_int_equal(f->err.line, 2);
    assert_int_equal(f->err.line_column, 9);
    assert_string_equal(f->err.file, path_of(f, "20260103000000_c.sql"));
    assert_null(test_text(f->db, "select to_regclass('a')::text"));
}

static void a_newer_quires_history_is_refused(void **state)
{
    migrations *f = *state;
    two(f);
    assert_ok(migrate(f), &f->err);
    test_sql(f->db, "update quire.migrations set state = 'half', tool_version = '9.0' "
                    "where version = '20260102000000'");
    assert_status(QUIRE_REFUSED, migrate(f), &f->err);
    assert_contains(f->err.detail, "written by quire 9.0");
    test_sql(f->db, "update quire.migrations set state = 'applied', checksum = '2:abc'");
    assert_status(QUIRE_REFUSED, migrate(f), &f->err);
}

static void status_tells_each_state(void **state)
{
    migrations *f = *state;
    two(f);
    add(f, "20260103000000_three.sql", "select 3;");
    quire_migration_list list = status_of(f);
    assert_int_equal(list.count, 3);
    assert_int_equal(list.pending, 3);
    assert_int_equal(list.unsound, 0);
    assert_null(list.items[0].applied_at);
    assert_int_equal(list.items[0].duration_ms, -1);
    quire_migration_list_free(&list);
    assert_int_equal(list.count, 0);

    assert_ok(migrate(f), &f->err);
    put(f, "20260101000000_one.sql", "select 'changed';");
    unlink(path_of(f, "20260102000000_two.sql"));
    put(f, "20260102120000_late.sql", "select 1;");
    put(f, "20260104000000_four.sql", "select 4;");
    list = status_of(f);
    static const quire_migration_state expected[] = {
        QUIRE_MIGRATION_CHANGED, QUIRE_MIGRATION_MISSING, QUIRE_MIGRATION_OUT_OF_ORDER,
        QUIRE_MIGRATION_APPLIED, QUIRE_MIGRATION_PENDING,
    };
    assert_int_equal(list.count, 5);
    for (size_t i = 0; i < list.count; i++)
        assert_int_equal(list.items[i].state, expected[i]);
    assert_int_equal(list.pending, 2);
    assert_int_equal(list.unsound, 3);
    assert_null(list.items[1].file);
    assert_string_equal(list.items[1].name, "two");
    assert_string_equal(list.items[3].file, path_of(f, "20260103000000_three.sql"));
    assert_int_equal(strlen(list.items[3].applied_at), strlen("2026-01-01T00:00:00Z"));
    assert_true(list.items[3].duration_ms >= 0);
    quire_migration_list_free(&list);
    assert_string_equal(quire_migration_state_name(QUIRE_MIGRATION_OUT_OF_ORDER), "out_of_order");
    assert_string_equal(quire_migration_state_name((quire_migration_state)77), "unknown");
}

static void what_a_file_sets_stays_in_it(void **state)
{
    migrations *f = *state;
    put(f, "20260101000000_one.sql",
        "create schema other;\nset search_path = other;\ncreate role quire_test_less;\n"
        "create table t (id int);\nset role quire_test_less;");
    add(f, "20260102000000_two.sql", "create table t2 (id int);");
    quire_status status = migrate(f);
    if (status == QUIRE_OK) /* roles belong to the server, not to the database */
        test_sql(f->db, "drop owned by quire_test_less; drop role quire_test_less");
    assert_ok(status, &f->err);
    assert_string_equal(test_text(f->db, "select string_agg(relnamespace::regnamespace || '.' || "
                                         "relname, ' ' order by relname) from pg_class "
                                         "where relname in ('t', 't2') and relkind = 'r'"),
                        "other.t public.t2");
}

typedef struct runner {
    pthread_t thread;
    char url[1024];
    const char *path;
    quire_status status;
    size_t applied;
    quire_error err;
} runner;

static void *run_thread(void *context)
{
    runner *r = context;
    quire_db *db = quire_open(&(quire_options){ .url = r->url }, &r->err);
    quire_migrate_options options = { .directory = r->path };
    r->status = quire_migrate(db, &options, &r->applied, &r->err);
    quire_close(db);
    return NULL;
}

static void many_runners_apply_once(void **state)
{
    migrations *f = *state;
    runner runners[RUNNERS] = { 0 };
    two(f);
    add(f, "20260103000000_slow.sql", "select pg_sleep(0.2); create table slow (id int);");
    for (size_t i = 0; i < RUNNERS; i++) {
        snprintf(runners[i].url, sizeof runners[i].url, "%s", test_database_url(f->db));
        runners[i].path = f->path;
        assert_int_equal(pthread_create(&runners[i].thread, NULL, run_thread, &runners[i]), 0);
    }
    size_t applied = 0;
    for (size_t i = 0; i < RUNNERS; i++) {
        pthread_join(runners[i].thread, NULL);
        assert_ok(runners[i].status, &runners[i].err);
        applied += runners[i].applied;
    }
    assert_int_equal(applied, 3);
    assert_int_equal(history_rows(f), 3);
    assert_int_equal(test_int(f->db, "select count(*) from a"), 1);
}

/* The key is part of what versions of Quire that run side by side agree on. */
static const char take_lock[] = "select pg_advisory_xact_lock(hashtextextended("
                                "current_database() || '/quire.migrations', 0))";

static void waits_for_the_lock_and_names_its_holder(void **state)
{
    migrations *f = *state;
    events seen = { 0 };
    two(f);
    quire_db *holder = quire_begin(f->db, NULL, &f->err);
    test_sql(holder, take_lock);
    char pid[64];
    snprintf(pid, sizeof pid, "process %s \"quire\"", test_text(holder, "select pg_backend_pid()"));
    quire_migrate_options options = {
        .directory = f->path, .lock_wait_ms = 2500, .on_event = note_event, .context = &seen
    };
    int64_t start = qi_clock_ms();
    assert_status(QUIRE_TIMEOUT, quire_migrate(f->db, &options, &f->applied, &f->err), &f->err);
    assert_in_range(qi_clock_ms() - start, 2500, 9000);
    assert_contains(f->err.message, pid);
    assert_contains(f->err.message, "connected since 20");
    assert_in_range(seen.count[QUIRE_MIGRATE_WAITING], 2, 4);
    assert_contains(seen.text[QUIRE_MIGRATE_WAITING], pid);
    assert_int_equal(seen.count[QUIRE_MIGRATE_APPLYING], 0);
    assert_null(test_text(f->db, "select to_regnamespace('quire')::text"));
    assert_ok(quire_commit(holder, &f->err), &f->err);

    assert_ok(quire_migrate(f->db, &options, &f->applied, &f->err), &f->err);
    assert_int_equal(f->applied, 2);
    assert_int_equal(seen.count[QUIRE_MIGRATE_APPLYING], 2);
    assert_int_equal(seen.count[QUIRE_MIGRATE_APPLIED], 2);
    assert_int_equal(seen.total, 2);
    assert_string_equal(seen.text[QUIRE_MIGRATE_APPLIED], path_of(f, "20260102000000_two.sql"));
}

typedef struct patience {
    events seen;
    quire_db *reader;
} patience;

/* The reader goes when it was waited for once. */
static void release_at_a_retry(void *context, const quire_migrate_event *event)
{
    patience *it = context;
    note_event(&it->seen, event);
    if (event->kind != QUIRE_MIGRATE_RETRYING || !it->reader)
        return;
    assert_int_equal(quire_commit(it->reader, NULL), QUIRE_OK);
    it->reader = NULL;
}

static void a_locked_table_is_tried_again(void **state)
{
    migrations *f = *state;
    events seen = { 0 };
    test_sql(f->db, "create table busy (id int)");
    add(f, "20260101000000_one.sql", "create table a (id int); alter table busy add b int;");
    quire_migrate_options options = {
        .directory = f->path, .lock_timeout_ms = 100, .on_event = note_event, .context = &seen
    };

    quire_db *reader = quire_begin(f->db, NULL, &f->err);
    test_sql(reader, "select * from busy");
    assert_status(QUIRE_TIMEOUT, quire_migrate(f->db, &options, &f->applied, &f->err), &f->err);
    assert_string_equal(f->err.sqlstate, "55P03");
    assert_int_equal(seen.count[QUIRE_MIGRATE_RETRYING], 9);
    assert_true(seen.count[QUIRE_MIGRATE_BLOCKED] > 0);
    assert_contains(f->err.hint, "holds a lock");
    assert_null(test_text(f->db, "select to_regclass('a')::text"));

    patience waiting = { .reader = reader };
    options.on_event = release_at_a_retry;
    options.context = &waiting;
    assert_ok(quire_migrate(f->db, &options, &f->applied, &f->err), &f->err);
    assert_int_equal(f->applied, 1);
    assert_null(waiting.reader);
    assert_in_range(waiting.seen.count[QUIRE_MIGRATE_RETRYING], 1, 9);
    assert_int_equal(test_int(f->db, "select count(*) from quire.migrations"), 1);
}

static void *kill_runner(void *context)
{
    migrations *f = context;
    for (int i = 0; i < 100; i++) {
        qi_sleep_ms(20);
        if (test_int(f->db, "select count(pg_terminate_backend(pid)) from pg_stat_activity\n"
                            "where datname = current_database() and wait_event = 'PgSleep'") > 0)
            return NULL;
    }
    return NULL;
}

static void a_broken_connection_leaves_nothing_half_done(void **state)
{
    migrations *f = *state;
    pthread_t thread;
    two(f);
    add(f, "20260103000000_three.sql", "create table c (id int); select pg_sleep(5);");
    assert_int_equal(pthread_create(&thread, NULL, kill_runner, f), 0);
    assert_int_not_equal(migrate(f), QUIRE_OK);
    pthread_join(thread, NULL);
    assert_int_equal(f->applied, 2);
    assert_string_equal(f->err.file, path_of(f, "20260103000000_three.sql"));
    assert_null(test_text(f->db, "select to_regclass('c')::text"));
    assert_int_equal(history_rows(f), 2);
    add(f, "20260103000000_three.sql", "create table c (id int);");
    assert_ok(migrate(f), &f->err);
    assert_int_equal(f->applied, 1);
}

#define TEST(function)                                                                             \
    cmocka_unit_test_setup_teardown(function, migrations_setup, migrations_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(applies_in_order_once),
        TEST(nothing_to_do_touches_nothing),
        TEST(refuses_wrong_handles),
        TEST(names_the_place_of_a_failure),
        TEST(failures_without_a_position),
        TEST(refuses_an_unsound_history),
        TEST(refuses_before_anything_is_applied),
        TEST(a_newer_quires_history_is_refused),
        TEST(status_tells_each_state),
        TEST(what_a_file_sets_stays_in_it),
        TEST(many_runners_apply_once),
        TEST(waits_for_the_lock_and_names_its_holder),
        TEST(a_locked_table_is_tried_again),
        TEST(a_broken_connection_leaves_nothing_half_done),
    };
    return cmocka_run_group_tests_name("migrate", tests, NULL, NULL);
}
