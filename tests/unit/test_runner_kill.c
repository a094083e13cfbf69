/*
 * kill -9 at every point of a history of ten files with and without transactions: the next run ends in
 * the same schema, and nothing is done twice.
 */
#include "support/database.h"
#include "support/migrations.h"
#include "support/test.h"

#include "base/clock.h"

#include <quire/sql.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define ALONE "-- quire: no-transaction\n"

static const char *const history[][2] = {
    { "20260101000000_a.sql", "create table a (id int); insert into a values (1);" },
    { "20260101000001_b.sql",
      ALONE "create index concurrently a_id on a (id);\ninsert into a values (2);" },
    { "20260101000002_c.sql", "alter table a add note text;" },
    { "20260101000003_d.sql",
      ALONE "create type mood as enum ('sad');\nalter type mood add value 'glad';\n"
            "alter table a add m mood default 'glad';\n"
            "create unique index concurrently a_m on a (id, m);" },
    { "20260101000004_e.sql",
      "create table b (id int primary key); insert into b select generate_series(1, 5);" },
    { "20260101000005_f.sql",
      ALONE "alter table a add constraint a_b foreign key (id) references b not valid;\n"
            "alter table a validate constraint a_b;\nvacuum a;" },
    { "20260101000006_g.sql", ALONE "drop index concurrently a_id;\ninsert into a values (3);" },
    { "20260101000007_h.sql",
      "create table p (id int) partition by range (id);\n"
      "create table p1 partition of p for values from (0) to (9); insert into p values (1);" },
    { "20260101000008_i.sql", ALONE "alter table p detach partition p1 concurrently;\n"
                                    "set search_path = public;\n"
                                    "insert into p1 values (2);\n"
                                    "reindex table concurrently p1;" },
    { "20260101000009_j.sql", "insert into p1 values (3); create view v as select * from p1;" },
};

enum { FILES = sizeof history / sizeof *history, POINTS_MOST = 100 };

/* What there is in the end: rows, columns, indexes, the history. */
static const char result_sql[] =
    "select concat_ws(' ', (select string_agg(concat(id, m), ',' order by id) from a),\n"
    "    (select count(*) from b), (select string_agg(id::text, ',' order by id) from v),\n"
    "    (select string_agg(concat(indexrelid::regclass, indisvalid), ',' order by\n"
    "        indexrelid::regclass::text) from pg_index where indrelid::regclass::text\n"
    "        in ('a', 'b', 'p1')), (select count(*) from pg_inherits),\n"
    "    (select string_agg(concat(state, statements_done), ',' order by version)\n"
    "     from quire.migrations),\n"
    "    (select fingerprint from quire.migrations order by version desc limit 1))";

static const char empty_sql[] =
    "drop schema public cascade; drop schema if exists quire cascade; create schema public";

typedef struct suicide {
    int at;  /* the event at which it dies; 0: it does not */
    int now; /* events so far */
} suicide;

static void die_at(void *context, const quire_migrate_event *event)
{
    suicide *s = context;
    (void)event;
    if (++s->now == s->at)
        raise(SIGKILL);
}

/* A process of its own, without anything of the test's but its memory. */
static _Noreturn void run_child(const char *url, const char *path, int at)
{
    quire_error err = { 0 };
    suicide s = { .at = at };
    quire_migrate_options options = { .directory = path, .on_event = die_at, .context = &s };
    quire_db *db = quire_open(&(quire_options){ .url = url }, &err);
    quire_status status = quire_migrate(db, &options, NULL, &err);
    if (status)
        quire_error_print(&err, stderr);
    _exit(status ? 1 : 0);
}

static pid_t start_child(migrations *f, int at)
{
    const char *url = test_database_url(f->db);
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        run_child(url, f->path, at);
    return child;
}

static int end_of(pid_t child)
{
    int how = 0;
    assert_int_equal(waitpid(child, &how, 0), child);
    return how;
}

static void write_history(migrations *f)
{
    for (size_t i = 0; i < FILES; i++)
        put(f, history[i][0], history[i][1]);
    seal(f);
}

/* The lock is free when the server has noticed that the child is gone. */
static void rerun(migrations *f)
{
    quire_migrate_options options = { .directory = f->path };
    assert_ok(quire_migrate(f->db, &options, &f->applied, &f->err), &f->err);
}

static void result_of(migrations *f, char *out, size_t size)
{
    quire_rows rows = { 0 };
    assert_ok(quire_query(f->db, result_sql, NULL, 0, &rows, &f->err), &f->err);
    snprintf(out, size, "%s", quire_rows_value(&rows, 0, 0));
    quire_rows_free(&rows);
}

static void killed_at_every_point(void **state)
{
    migrations *f = *state;
    char expected[2048];
    char found[2048];
    suicide all = { 0 };
    write_history(f);
    /* The owner of public is a part of the schema, and another one from then on. */
    test_sql(f->db, empty_sql);
    quire_migrate_options options = { .directory = f->path, .on_event = die_at, .context = &all };
    assert_ok(quire_migrate(f->db, &options, &f->applied, &f->err), &f->err);
    assert_int_equal(f->applied, FILES);
    result_of(f, expected, sizeof expected);
    assert_contains(expected, "1glad,2glad,3glad 5 1,2,3 ");
    /* Before and after each statement, before and after each file. */
    assert_in_range(all.now, 60, POINTS_MOST);
    for (int point = 1; point <= all.now; point++) {
        test_sql(f->db, empty_sql);
        int how = end_of(start_child(f, point));
        assert_true(WIFSIGNALED(how) && WTERMSIG(how) == SIGKILL);
        rerun(f);
        result_of(f, found, sizeof found);
        assert_string_equal(found, expected);
    }
    /* And one that dies at each of its first events, run after run, gets there too. */
    test_sql(f->db, empty_sql);
    for (int i = 0; i < 12; i++)
        (void)end_of(start_child(f, 4));
    rerun(f);
    result_of(f, found, sizeof found);
    assert_string_equal(found, expected);
}

static void wait_until(migrations *f, const char *sql)
{
    int64_t start = qi_clock_ms();
    while (test_int(f->db, sql) == 0) {
        assert_true(qi_clock_ms() - start < 20000);
        qi_sleep_ms(20);
    }
}

/* While the server is running the statement: it stops when it finds nobody there any more. */
static void killed_while_the_server_works(void **state)
{
    static const struct {
        const char *text;
        const char *works; /* the server is at it */
    } cases[] = {
        { ALONE "insert into t values (1);\ncreate index concurrently i on t (id);\n"
                "insert into t values (2);",
          "select count(*) from pg_index where indexrelid = to_regclass('i') and not indisvalid" },
        { ALONE "insert into t values (1);\ninsert into t select 2 from pg_sleep(600);",
          "select count(*) from pg_stat_activity where wait_event = 'PgSleep'" },
    };
    migrations *f = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        test_sql(f->db, "create table t (id int)");
        add(f, "20260101000000_a.sql", cases[i].text);
        /* What a CREATE INDEX CONCURRENTLY waits for. */
        quire_db *reader = quire_begin(f->db, NULL, &f->err);
        test_sql(reader, "insert into t values (0)");
        pid_t child = start_child(f, 0);
        wait_until(f, cases[i].works);
        kill(child, SIGKILL);
        assert_true(WIFSIGNALED(end_of(child)));
        assert_ok(quire_commit(reader, &f->err), &f->err);
        if (i == 1) /* what it waited for is over by now */
            add(f, "20260101000000_a.sql",
                ALONE "insert into t values (1);\ninsert into t values (2);");
        rerun(f);
        assert_string_equal(test_text(f->db, "select string_agg(id::text, ' ' order by id) from t"),
                            "0 1 2");
        if (i == 0)
            assert_string_equal(test_text(f->db, "select indisvalid::text from pg_index\n"
                                                 "where indexrelid = 'i'::regclass"),
                                "true");
        assert_string_equal(test_text(f->db, "select state from quire.migrations"), "applied");
        test_sql(f->db, "drop table t; delete from quire.migrations");
    }
}

#define TEST(function)                                                                             \
    cmocka_unit_test_setup_teardown(function, migrations_setup, migrations_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(killed_at_every_point),
        TEST(killed_while_the_server_works),
    };
    return cmocka_run_group_tests_name("runner, killed", tests, NULL, NULL);
}
