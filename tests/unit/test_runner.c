/* Statement by statement, checks, locks, taking back, adopting, repairing: the runner on a server. */
#include "support/database.h"
#include "support/migrations.h"
#include "support/test.h"

#include "base/clock.h"

#include <quire/sql.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define ONE "20260101000000_one.sql"
#define TWO "20260102000000_two.sql"
#define THREE "20260103000000_three.sql"
#define ALONE "-- quire: no-transaction\n"

static const char history_sql[] =
    "select string_agg(concat_ws(' ', name, state, statements_done, statements_total,\n"
    "    case when objects is not null then 'listed' end), ', ' order by version)\n"
    "from quire.migrations";

static const char *history(migrations *f)
{
    return test_text(f->db, history_sql);
}

static bool is_valid(migrations *f, const char *index)
{
    char sql[256];
    snprintf(sql, sizeof sql,
             "select coalesce((select indisvalid::text from pg_index\n"
             "where indexrelid = to_regclass('%s')), 'none')",
             index);
    return strcmp(test_text(f->db, sql), "true") == 0;
}

static bool exists(migrations *f, const char *relation)
{
    char sql[128];
    snprintf(sql, sizeof sql, "select (to_regclass('%s') is not null)::integer", relation);
    return test_int(f->db, sql) == 1;
}

/* As a runner leaves it that dies while the server runs the next statement. */
static void put_in_doubt(migrations *f)
{
    test_sql(f->db,
             "update quire.migrations set state = case state when 'partial' then 'in_doubt'\n"
             "    else 'reverting_in_doubt' end where state in ('partial', 'reverting')");
}

static quire_status repair(migrations *f, const char *version, size_t statement, bool applied)
{
    quire_migrate_options options = options_of(f);
    quire_migration_repair_options wanted = { version, statement, applied };
    return quire_migration_repair(f->db, &options, &wanted, &f->err);
}

static quire_status roll_back(migrations *f, size_t steps, const char *to)
{
    quire_migrate_options options = options_of(f);
    options.steps = steps;
    options.to = to;
    return quire_migration_rollback(f->db, &options, &f->applied, &f->err);
}

/* ---- statement by statement ------------------------------------------------------------------ */

static void each_statement_is_a_transaction(void **state)
{
    migrations *f = *state;
    put(f, ONE, "create table a (id int);");
    add(f, TWO,
        ALONE "create schema other;\n"
              "set search_path = other;\n"
              "create table b (id int);\n"
              "create index concurrently b_id on b (id);\n"
              "create type mood as enum ('sad');\n"
              "alter type mood add value 'glad';\n"
              "create table c (m mood default 'glad');\n"
              "vacuum b;\n"
              "drop index concurrently if exists b_id;\n"
              "create role quire_test_each;\n"
              "grant all on schema other to quire_test_each;\n"
              "set role quire_test_each;\n"
              "create table d (id int);\n");
    add(f, THREE, "create table e (id int);");
    quire_status status = migrate(f);
    if (status == QUIRE_OK)
        assert_string_equal(test_text(f->db, "select relowner::regrole::text from pg_class\n"
                                             "where relname = 'd'"),
                            "quire_test_each");
    (void)!quire_exec(f->db, "drop owned by quire_test_each; drop role quire_test_each", NULL);
    assert_ok(status, &f->err);
    assert_int_equal(f->applied, 3);
    assert_string_equal(history(f), "one applied 1 1 listed, two applied 13 13 listed, "
                                    "three applied 1 1 listed");
    assert_true(exists(f, "other.b") && exists(f, "public.e"));
    assert_false(exists(f, "other.b_id"));
    assert_int_equal(f->seen.count[QUIRE_MIGRATE_STATEMENT], 15);
    assert_int_equal(f->seen.count[QUIRE_MIGRATE_STATEMENT_DONE], 15);
    assert_int_equal(f->seen.count[QUIRE_MIGRATE_APPLIED], 3);
}

static void goes_on_behind_what_is_applied(void **state)
{
    migrations *f = *state;
    add(f, ONE,
        ALONE "create schema s;\nset search_path = s;\ncreate table a (id int);\n"
              "alter table a add missing wrong;\ncreate table b (id int);");
    assert_status(QUIRE_SQL, migrate(f), &f->err);
    assert_int_equal(f->err.line, 5);
    assert_contains(f->err.detail, "Statement 4 of 5 in this file.");
    assert_contains(f->err.detail, "Applied are 3 of 5 statements, and stay.");
    assert_contains(f->err.hint, "quire migrate --rehash");
    assert_string_equal(history(f), "one partial 3 5");
    quire_migration_list list = status_of(f);
    assert_int_equal(list.items[0].state, QUIRE_MIGRATION_PARTIAL);
    assert_int_equal(list.items[0].statements_done, 3);
    assert_int_equal(list.items[0].statements_total, 5);
    assert_int_equal(list.pending, 1);
    assert_int_equal(list.unsound, 0);
    quire_migration_list_free(&list);

    /* What is applied must stay as it is. */
    add(f, ONE,
        ALONE "create schema s;\nset search_path = s;\ncreate table a (id bigint);\n"
              "create table b (id int);");
    assert_status(QUIRE_REFUSED, migrate(f), &f->err);
    assert_contains(f->err.message, "the first 3 statements of the file were changed");
    assert_contains(f->err.hint, "quire repair");

    /* A setting of a statement that is done holds again for those behind it. */
    add(f, ONE,
        ALONE "create schema s;\nset search_path = s; -- as before\ncreate table a (id int);\n"
              "create table b (id int);\n");
    assert_ok(migrate(f), &f->err);
    assert_true(exists(f, "s.b"));
    assert_string_equal(history(f), "one applied 4 4 listed");

    /* Also when what failed is taken out, or the rest becomes one transaction. */
    add(f, TWO, ALONE "create table x (id int);\ncreate table x (id int);");
    assert_status(QUIRE_SQL, migrate(f), &f->err);
    add(f, TWO, ALONE "create table x (id int);");
    assert_ok(migrate(f), &f->err);
    add(f, THREE, ALONE "create table y (id int);\ncreate table y (id int);");
    assert_status(QUIRE_SQL, migrate(f), &f->err);
    add(f, THREE, "create table y (id int);\ncreate table z (id int);\ninsert into z values (1);");
    assert_ok(migrate(f), &f->err);
    assert_string_equal(history(f), "one applied 4 4 listed, two applied 1 1 listed, "
                                    "three applied 3 3 listed");
}

static void a_statement_that_commits_by_itself(void **state)
{
    migrations *f = *state;
    add(f, ONE,
        ALONE
        "create table a (id int);\n"
        "do $$ begin for i in 1..3 loop insert into a values (i); commit; end loop; end $$;\n"
        "do $$ begin insert into a values (4); commit; insert into a values (1 / 0); end $$;");
    assert_status(QUIRE_SQL, migrate(f), &f->err);
    assert_int_equal(test_int(f->db, "select count(*) from a"), 4);
    assert_string_equal(history(f), "one in_doubt 2 3");
    assert_contains(f->err.detail, "in doubt is statement 3");

    assert_status(QUIRE_REFUSED, migrate(f), &f->err);
    assert_string_equal(f->err.message, "statement 3 of 3 is in doubt: it may be applied or not");
    assert_contains(f->err.detail, "insert into a values (4)");
    assert_contains(f->err.hint, "quire repair --applied 20260101000000:3");
    assert_int_equal(f->err.line, 4);
    quire_migration_list list = status_of(f);
    assert_int_equal(list.items[0].state, QUIRE_MIGRATION_IN_DOUBT);
    assert_int_equal(list.pending, 1);
    quire_migration_list_free(&list);

    /* It is run again when a person says that it is not applied. */
    assert_ok(repair(f, "20260101000000", 0, false), &f->err);
    assert_string_equal(history(f), "one partial 2 3");
    assert_status(QUIRE_SQL, migrate(f), &f->err);
    assert_int_equal(test_int(f->db, "select count(*) from a"), 5);
    assert_ok(repair(f, "20260101000000_one", 3, true), &f->err);
    assert_string_equal(history(f), "one applied 3 3 listed");
    assert_ok(migrate(f), &f->err);
    assert_int_equal(f->applied, 0);
}

/* ---- indexes, partitions, and what the catalog tells of them ---------------------------------- */

static void an_invalid_index_is_dropped_and_built_again(void **state)
{
    migrations *f = *state;
    test_sql(f->db, "create table a (id int); insert into a values (1), (1)");
    add(f, ONE,
        ALONE "select 1;\ncreate unique index concurrently if not exists \"A i\" on a (id);");
    assert_status(QUIRE_UNIQUE, migrate(f), &f->err);
    assert_string_equal(history(f), "one partial 1 2");
    /* It would go on to refuse rows, and to be written to: it does not stay until the next run. */
    assert_false(exists(f, "\"A i\""));

    /* One that was left by others is not taken for the real one, though IF NOT EXISTS would. */
    assert_int_equal(
        quire_exec(f->db, "create unique index concurrently \"A i\" on a (id)", &f->err),
        QUIRE_UNIQUE);
    assert_true(exists(f, "\"A i\"") && !is_valid(f, "\"A i\""));
    test_sql(f->db, "delete from a");
    assert_ok(migrate(f), &f->err);
    assert_true(is_valid(f, "\"A i\""));
    assert_contains(f->seen.text[QUIRE_MIGRATE_SETTLED],
                    "index public.\"A i\" was INVALID and is dropped");
    assert_string_equal(history(f), "one applied 2 2 listed");
    /* A valid one is the server's to judge. */
    add(f, TWO, ALONE "create index concurrently \"A i\" on a (id);");
    assert_status(QUIRE_SQL, migrate(f), &f->err);
    assert_string_equal(f->err.sqlstate, "42P07");
    assert_true(is_valid(f, "\"A i\""));
    assert_int_equal(history_rows(f), 1);
}

static void the_catalog_tells_what_was_in_doubt(void **state)
{
    migrations *f = *state;
    test_sql(f->db, "create table a (id int); create index gone on a (id);\n"
                    "create table p (id int) partition by range (id);\n"
                    "create table q partition of p for values from (1) to (9)");
    static const struct {
        const char *sql;
        const char *meanwhile; /* what the server did of it after the runner died; NULL: nothing */
        bool runs;             /* the next run sends it again */
        int from;              /* the first major version that knows it */
    } cases[] = {
        { "create index concurrently i on a (id)", "create index concurrently i on a (id)", false },
        { "create index concurrently j on public.a (id)", NULL, true },
        { "drop index concurrently gone", "drop index concurrently gone", false },
        { "drop index concurrently i", NULL, true },
        { "alter table p detach partition q concurrently",
          "alter table p detach partition q concurrently", false, .from = 14 },
        { "reindex index concurrently j", NULL, true },
    };
    int version = test_server_version(f->db);
    size_t known = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char file[64];
        char text[256];
        if (cases[i].from > version)
            continue;
        known++;
        snprintf(file, sizeof file, "2026010100000%zu_f%zu.sql", i, i);
        snprintf(text, sizeof text, ALONE "select 1;\nselect wrong;\n%s;", cases[i].sql);
        add(f, file, text);
        assert_status(QUIRE_SQL, migrate(f), &f->err);
        snprintf(text, sizeof text, ALONE "select 1;\n%s;", cases[i].sql);
        add(f, file, text);
        test_sql(f->db, "update quire.migrations set progress = null");
        put_in_doubt(f);
        if (cases[i].meanwhile)
            test_sql(f->db, cases[i].meanwhile);
        size_t sent = f->seen.count[QUIRE_MIGRATE_STATEMENT];
        assert_ok(migrate(f), &f->err);
        assert_int_equal(f->seen.count[QUIRE_MIGRATE_STATEMENT] - sent, cases[i].runs);
        assert_contains(f->seen.text[QUIRE_MIGRATE_SETTLED],
                        cases[i].runs ? "it is not applied and is run again" : "it is applied");
    }
    assert_int_equal(
        test_int(f->db, "select count(*) from quire.migrations where state = 'applied'"),
        (int64_t)known);
    assert_true(is_valid(f, "j") && !exists(f, "i") && !exists(f, "gone"));
    assert_int_equal(test_int(f->db, "select count(*) from pg_inherits"), version < 14);
}

/* ---- checks ---------------------------------------------------------------------------------- */

static void checks_run_before_anything(void **state)
{
    migrations *f = *state;
    test_sql(f->db, "create table books (id int, isbn text); insert into books values (7, 'x')");
    put(f, ONE, "create table a (id int);");
    add(f, TWO,
        "-- quire: check may_fail: public.books: an id is negative\n"
        "select id from books where id < 0;\n"
        "-- quire: check deletes_data: public.books.isbn: isbn holds data\n"
        "select id, isbn, null as \"no\" from books where isbn is not null;\n"
        "create table b (id int);\nalter table books drop column isbn;");
    assert_status(QUIRE_REFUSED, migrate(f), &f->err);
    assert_int_equal(f->applied, 1);
    assert_string_equal(f->err.message, "isbn holds data");
    assert_contains(f->err.detail, "public.books.isbn: id = 7, isbn = x, no = NULL.");
    assert_contains(f->err.detail, "Nothing of this file is applied; 1 before it is applied");
    assert_contains(f->err.hint, "--allow deletes_data:public.books.isbn");
    assert_int_equal(f->err.line, 4);
    assert_false(exists(f, "b"));
    assert_int_equal(history_rows(f), 1);

    static const char *const wrong[] = { "deletes_data:public.books.id", "may_fail" };
    static const char *const right[] = { "may_fail", "deletes_data:public.books.isbn" };
    static const char *const misspelt[] = { "delete_data" };
    quire_migrate_options options = options_of(f);
    options.allow_count = 2;
    options.allow = wrong;
    assert_status(QUIRE_REFUSED, quire_migrate(f->db, &options, &f->applied, &f->err), &f->err);
    options.allow = right;
    assert_ok(quire_migrate(f->db, &options, &f->applied, &f->err), &f->err);
    assert_true(exists(f, "b"));
    options.allow = misspelt;
    options.allow_count = 1;
    assert_status(QUIRE_INVALID, quire_migrate(f->db, &options, &f->applied, &f->err), &f->err);
    assert_contains(f->err.hint, "deletes_data, may_fail");

    add(f, THREE,
        "-- quire: check may_fail: public.books: x\n"
        "select id\nfrom bookz;\ncreate table c (id int);");
    assert_status(QUIRE_SQL, migrate(f), &f->err);
    assert_int_equal(f->err.line, 3);
    assert_int_equal(f->err.line_column, 6);
    add(f, THREE,
        "-- quire: check may_fail: public.books: x\n"
        "with x as (delete from books returning id) select * from x;\ncreate table c (id int);");
    assert_int_not_equal(migrate(f), QUIRE_OK);
    assert_int_equal(test_int(f->db, "select count(*) from books"), 1);
}

/* ---- locks ----------------------------------------------------------------------------------- */

typedef struct reader {
    char url[1024];
    atomic_bool stop;
    int reads;
    int64_t longest_ms;
    quire_status status;
} reader;

static void *read_again_and_again(void *context)
{
    reader *r = context;
    quire_db *db = quire_open(&(quire_options){ .url = r->url }, NULL);
    while (db && !atomic_load(&r->stop) && r->status == QUIRE_OK) {
        int64_t start = qi_clock_ms();
        r->status = quire_exec(db, "select count(*) from busy", NULL);
        int64_t took = qi_clock_ms() - start;
        if (took > r->longest_ms)
            r->longest_ms = took;
        r->reads++;
        qi_sleep_ms(5);
    }
    quire_close(db);
    return NULL;
}

typedef struct holder {
    quire_db *tx;
    int64_t ms;
} holder;

static void *hold(void *context)
{
    holder *h = context;
    qi_sleep_ms(h->ms);
    return quire_commit(h->tx, NULL) == QUIRE_OK ? NULL : context;
}

static void a_long_reader_is_shown_and_other_readers_get_through(void **state)
{
    migrations *f = *state;
    reader other = { 0 };
    pthread_t reading;
    pthread_t holding;
    test_sql(f->db, "create table busy (id int)");
    add(f, ONE, "create table a (id int); alter table busy add b int;");
    snprintf(other.url, sizeof other.url, "%s", test_database_url(f->db));
    holder h = { quire_begin(f->db, NULL, &f->err), 3000 };
    test_sql(h.tx, "select 'password ''s3cret''', *\n   from busy");
    const char *pid = test_text(h.tx, "select pg_backend_pid()");
    (void)pid;
    assert_int_equal(pthread_create(&reading, NULL, read_again_and_again, &other), 0);
    assert_int_equal(pthread_create(&holding, NULL, hold, &h), 0);
    quire_migrate_options options = options_of(f);
    options.lock_timeout_ms = 300;
    assert_ok(quire_migrate(f->db, &options, &f->applied, &f->err), &f->err);
    atomic_store(&other.stop, true);
    pthread_join(reading, NULL);
    pthread_join(holding, NULL);
    assert_int_equal(f->applied, 1);
    assert_true(f->seen.count[QUIRE_MIGRATE_RETRYING] > 0);
    assert_true(f->seen.count[QUIRE_MIGRATE_BLOCKED] > 0);
    const char *text = f->seen.text[QUIRE_MIGRATE_BLOCKED];
    assert_contains(text, "process ");
    assert_contains(text, " of ");
    assert_contains(text, "\"quire\"");
    assert_contains(text, "in its transaction since 20");
    assert_contains(text, ": select pg_backend_pid()");
    /* Those behind the migration waited as long as one try, not as long as the long reader. */
    assert_int_equal(other.status, QUIRE_OK);
    assert_true(other.reads > 20);
    assert_true(other.longest_ms < 2000);
}

static void what_is_concurrent_waits_as_long_as_it_takes(void **state)
{
    migrations *f = *state;
    pthread_t holding;
    test_sql(f->db, "create table busy (id int)");
    add(f, ONE, ALONE "create index concurrently i on busy (id); alter table busy add b int;");
    holder h = { quire_begin(f->db, NULL, &f->err), 900 };
    test_sql(h.tx, "alter role current_user password 's3cret'; insert into busy values (1)");
    test_sql(h.tx, "select 'password ''s3cret'''");
    assert_int_equal(pthread_create(&holding, NULL, hold, &h), 0);
    assert_ok(migrate(f), &f->err);
    pthread_join(holding, NULL);
    assert_true(is_valid(f, "i"));
    assert_int_equal(f->seen.count[QUIRE_MIGRATE_RETRYING], 0);
    assert_true(f->seen.count[QUIRE_MIGRATE_BLOCKED] > 0);
    assert_null(strstr(f->seen.text[QUIRE_MIGRATE_BLOCKED], "s3cret"));
    assert_contains(f->seen.text[QUIRE_MIGRATE_BLOCKED], "***");
}

static void the_lock_must_be_the_sessions_own(void **state)
{
    migrations *f = *state;
    put(f, ONE, "create table a (id int); select pg_advisory_unlock_all();");
    add(f, TWO, "create table b (id int);");
    assert_status(QUIRE_REFUSED, migrate(f), &f->err);
    assert_contains(f->err.message, "the lock that was taken is not this session's");
    assert_int_equal(f->applied, 1);
    assert_false(exists(f, "b"));
}

/* ---- how far, and what only is told ----------------------------------------------------------- */

static void three(migrations *f)
{
    put(f, ONE, "create table a (id int);");
    put(f, "20260101000000_one.down.sql", "drop table a;");
    put(f, TWO, "create table b (id int);");
    put(f, "20260102000000_two.down.sql",
        "-- quire: check deletes_data: public.b: b has rows\n"
        "select id from b limit 1;\ndrop table b;");
    put(f, THREE, "create table c (id int); create index c_id on c (id);");
    add(f, "20260103000000_three.down.sql", ALONE "drop index concurrently c_id;\ndrop table c;");
}

static void stops_where_it_is_told(void **state)
{
    migrations *f = *state;
    three(f);
    quire_migrate_options options = options_of(f);
    options.dry_run = true;
    assert_ok(quire_migrate(f->db, &options, &f->applied, &f->err), &f->err);
    assert_int_equal(f->seen.count[QUIRE_MIGRATE_PLANNED], 3);
    assert_int_equal(f->applied, 0);
    assert_null(test_text(f->db, "select to_regnamespace('quire')::text"));
    assert_int_equal(f->seen.count[QUIRE_MIGRATE_WOULD_REFUSE], 0);
    options.dry_run = false;
    options.to = "20260102000000_two";
    assert_ok(quire_migrate(f->db, &options, &f->applied, &f->err), &f->err);
    assert_int_equal(f->applied, 2);
    assert_false(exists(f, "c"));
    options.to = "20260101";
    assert_status(QUIRE_REFUSED, quire_migrate(f->db, &options, &f->applied, &f->err), &f->err);
    assert_string_equal(f->err.message, "no migration has the version 20260101");
    assert_ok(migrate(f), &f->err);
    assert_int_equal(f->applied, 1);
}

static void out_of_order_when_it_is_asked_for(void **state)
{
    migrations *f = *state;
    three(f);
    assert_ok(migrate(f), &f->err);
    add(f, "20260101120000_late.sql", "create table late (id int);");
    assert_status(QUIRE_REFUSED, migrate(f), &f->err);
    assert_contains(f->err.hint, "--out-of-order");
    quire_migrate_options options = options_of(f);
    options.out_of_order = true;
    assert_ok(quire_migrate(f->db, &options, &f->applied, &f->err), &f->err);
    assert_int_equal(f->applied, 1);
    assert_true(exists(f, "late"));
}

/* ---- taking back ----------------------------------------------------------------------------- */

static void takes_back_by_the_down_files(void **state)
{
    migrations *f = *state;
    three(f);
    assert_ok(roll_back(f, 0, NULL), &f->err);
    assert_int_equal(f->applied, 0);
    assert_ok(migrate(f), &f->err);
    assert_ok(roll_back(f, 0, NULL), &f->err);
    assert_int_equal(f->applied, 1);
    assert_string_equal(history(f), "one applied 1 1 listed, two applied 1 1 listed");
    assert_false(exists(f, "c"));
    assert_string_equal(f->seen.text[QUIRE_MIGRATE_APPLIED],
                        path_of(f, "20260103000000_three.down.sql"));
    assert_ok(migrate(f), &f->err);
    assert_true(exists(f, "c_id"));

    test_sql(f->db, "insert into b values (1)");
    assert_status(QUIRE_REFUSED, roll_back(f, 2, NULL), &f->err);
    assert_int_equal(f->applied, 1);
    assert_string_equal(f->err.message, "b has rows");
    assert_contains(f->err.detail, "1 before it is taken back and stays.");
    test_sql(f->db, "delete from b");
    assert_ok(roll_back(f, 0, "20260101000000"), &f->err);
    assert_int_equal(f->applied, 1);
    assert_string_equal(history(f), "one applied 1 1 listed");

    unlink(path_of(f, "20260101000000_one.down.sql"));
    seal(f);
    assert_ok(migrate(f), &f->err);
    assert_status(QUIRE_REFUSED, roll_back(f, 3, NULL), &f->err);
    assert_string_equal(f->err.message, "migration 20260101000000_one has no down file");
    assert_int_equal(f->applied, 0);
    assert_int_equal(history_rows(f), 3);
    quire_migrate_options options = options_of(f);
    options.dry_run = true;
    options.steps = 2;
    f->seen = (events){ 0 };
    assert_ok(quire_migration_rollback(f->db, &options, &f->applied, &f->err), &f->err);
    assert_int_equal(f->seen.count[QUIRE_MIGRATE_PLANNED], 2);
    assert_int_equal(f->seen.count[QUIRE_MIGRATE_WOULD_REFUSE], 0);
    test_sql(f->db, "insert into b values (1)");
    const char *allow[] = { "deletes_data:public.c" };
    options.allow = allow;
    options.allow_count = 1;
    assert_ok(quire_migration_rollback(f->db, &options, &f->applied, &f->err), &f->err);
    assert_int_equal(f->applied, 0);
    assert_int_equal(f->seen.count[QUIRE_MIGRATE_WOULD_REFUSE], 1);
    assert_string_equal(f->seen.text[QUIRE_MIGRATE_WOULD_REFUSE],
                        "b has rows. Found by a check of public.b: id = 1.");
    test_sql(f->db, "delete from b");
    assert_int_equal(history_rows(f), 3);
}

static void a_down_file_goes_on_too(void **state)
{
    migrations *f = *state;
    put(f, ONE, "create table a (id int); create table b (id int);");
    add(f, "20260101000000_one.down.sql", ALONE "drop table a;\ndrop table wrong;\ndrop table b;");
    assert_ok(migrate(f), &f->err);
    assert_status(QUIRE_SQL, roll_back(f, 0, NULL), &f->err);
    assert_contains(f->err.detail, "Applied are 1 of 3 statements");
    assert_contains(f->err.hint, "quire rollback");
    assert_string_equal(history(f), "one reverting 1 3 listed");
    quire_migration_list list = status_of(f);
    assert_int_equal(list.items[0].state, QUIRE_MIGRATION_ROLLING_BACK);
    assert_true(list.items[0].rolling_back);
    assert_int_equal(list.unsound, 1);
    quire_migration_list_free(&list);
    assert_status(QUIRE_REFUSED, migrate(f), &f->err);
    assert_contains(f->err.message, "is rolled back in part");
    add(f, "20260101000000_one.down.sql", ALONE "drop table a;\ndrop table b;");
    assert_ok(roll_back(f, 0, NULL), &f->err);
    assert_false(exists(f, "a") || exists(f, "b"));
    assert_int_equal(history_rows(f), 0);

    /* What failed before anything was done leaves the migration applied. */
    add(f, "20260101000000_one.down.sql", ALONE "drop index concurrently wrong;");
    assert_ok(migrate(f), &f->err);
    assert_status(QUIRE_SQL, roll_back(f, 0, NULL), &f->err);
    assert_string_equal(history(f), "one applied 2 2 listed");

    /* A migration that is applied in part is not for its down file. */
    add(f, TWO, ALONE "create table c (id int);\nselect wrong;");
    assert_status(QUIRE_SQL, migrate(f), &f->err);
    assert_status(QUIRE_REFUSED, roll_back(f, 0, NULL), &f->err);
    assert_contains(f->err.message, "is applied in part");
}

/* ---- adopting and repairing ------------------------------------------------------------------- */

static void adopts_a_database(void **state)
{
    migrations *f = *state;
    quire_migrate_options options = options_of(f);
    size_t recorded = 0;
    three(f);
    test_sql(f->db, "create table a (id int); create table b (id int)");
    assert_status(QUIRE_REFUSED,
                  quire_migration_baseline(f->db, &options, "2026", &recorded, &f->err), &f->err);
    assert_ok(quire_migration_baseline(f->db, &options, "20260102000000", &recorded, &f->err),
              &f->err);
    assert_int_equal(recorded, 2);
    assert_string_equal(history(f), "one applied 1 1, two applied 1 1 listed");
    assert_status(QUIRE_REFUSED,
                  quire_migration_baseline(f->db, &options, "20260103000000", &recorded, &f->err),
                  &f->err);
    assert_string_equal(f->err.message, "this database has a history: 2 migrations are recorded");
    assert_int_equal(recorded, 0);
    assert_ok(migrate(f), &f->err);
    assert_int_equal(f->applied, 1);
}

static void repairs_whole_files(void **state)
{
    migrations *f = *state;
    three(f);
    assert_ok(migrate(f), &f->err);
    add(f, TWO, "create table b (id int, more int);");
    assert_status(QUIRE_REFUSED, migrate(f), &f->err);
    assert_ok(repair(f, "20260102000000", 0, true), &f->err);
    assert_ok(migrate(f), &f->err);
    assert_ok(repair(f, "20260103000000", 0, false), &f->err);
    assert_int_equal(history_rows(f), 2);
    assert_status(QUIRE_REFUSED, repair(f, "20260103000000", 0, false), &f->err);
    assert_ok(repair(f, "20260103000000", 0, true), &f->err);
    assert_string_equal(history(f), "one applied 1 1 listed, two applied 1 1 listed, "
                                    "three applied 2 2 listed");
    assert_status(QUIRE_REFUSED, repair(f, "20260103000000", 1, true), &f->err);
    assert_contains(f->err.message, "is one transaction");
    assert_status(QUIRE_REFUSED, repair(f, "20270103000000", 0, true), &f->err);
    assert_status(QUIRE_REFUSED, repair(f, NULL, 0, true), &f->err);
    assert_status(QUIRE_INVALID, quire_migration_repair(f->db, NULL, NULL, &f->err), &f->err);

    /* Statements of a file without a transaction, up and down. */
    add(f, "20260104000000_four.sql", ALONE "create table d (id int);\nselect 1;");
    test_sql(f->db, "create table d (id int)");
    assert_status(QUIRE_REFUSED, repair(f, "20260104000000", 3, true), &f->err);
    assert_ok(repair(f, "20260104000000", 1, true), &f->err);
    assert_ok(migrate(f), &f->err);
    assert_int_equal(history_rows(f), 4);
    assert_ok(repair(f, "20260104000000", 0, false), &f->err);
    test_sql(f->db, "drop index c_id");
    assert_status(QUIRE_SQL, roll_back(f, 0, NULL), &f->err);
    test_sql(f->db,
             "update quire.migrations set state = 'reverting_in_doubt', statements_done = 0,\n"
             "    progress = null where version = '20260103000000'");
    assert_ok(repair(f, "20260103000000", 0, true), &f->err);
    assert_ok(roll_back(f, 0, NULL), &f->err);
    assert_false(exists(f, "c"));
}

/* ---- validating ------------------------------------------------------------------------------ */

static quire_validation validate(migrations *f)
{
    quire_validation found = { 0 };
    assert_ok(quire_validate_migrations(f->db, f->path, &found, &f->err), &f->err);
    return found;
}

static void drift_is_named(void **state)
{
    migrations *f = *state;
    three(f);
    quire_validation v = validate(f);
    assert_int_equal(v.count, 0);
    quire_validation_free(&v);
    assert_ok(migrate(f), &f->err);
    v = validate(f);
    assert_int_equal(v.count, 0);
    assert_true(v.object_count > 3);
    quire_validation_free(&v);

    test_sql(f->db, "alter table a alter id set default 1; drop index c_id; create table d ()");
    v = validate(f);
    assert_int_equal(v.unsound, 3);
    assert_string_equal(v.items[0].object, "column public.a.id");
    assert_string_equal(v.items[0].text, "changed");
    assert_string_equal(v.items[1].object, "index public.c_id");
    assert_string_equal(v.items[1].text, "missing");
    assert_string_equal(v.items[2].object, "table public.d");
    assert_string_equal(v.items[2].text, "added");
    assert_int_equal(v.items[2].kind, QUIRE_FINDING_DRIFT);
    quire_validation_free(&v);

    /* Taking back leads to what the migration before left, also one out of order. */
    test_sql(f->db,
             "alter table a alter id drop default; create index c_id on c (id); drop table d");
    assert_ok(roll_back(f, 0, NULL), &f->err);
    v = validate(f);
    assert_int_equal(v.count, 0);
    quire_validation_free(&v);
    assert_ok(migrate(f), &f->err);
    add(f, "20260101120000_late.sql", "create table late (id int);");
    quire_migrate_options options = options_of(f);
    options.out_of_order = true;
    assert_ok(quire_migrate(f->db, &options, &f->applied, &f->err), &f->err);
    assert_ok(roll_back(f, 0, NULL), &f->err);
    v = validate(f);
    assert_int_equal(v.count, 0);
    quire_validation_free(&v);

    /* In part, the schema is that of no history. */
    add(f, "20260104000000_four.sql", ALONE "create table e (id int);\nselect wrong;");
    assert_status(QUIRE_SQL, migrate(f), &f->err);
    unlink(path_of(f, ONE));
    v = validate(f);
    for (size_t i = 0; i < v.count; i++)
        assert_int_not_equal(v.items[i].kind, QUIRE_FINDING_DRIFT);
    assert_int_equal(v.items[0].kind, QUIRE_FINDING_FILES);
    quire_validation_free(&v);
    quire_validation_free(NULL);
    assert_string_equal(quire_finding_kind_name(QUIRE_FINDING_DRIFT), "drift");
    assert_string_equal(quire_finding_kind_name((quire_finding_kind)77), "unknown");
}

#define TEST(function)                                                                             \
    cmocka_unit_test_setup_teardown(function, migrations_setup, migrations_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_statement_is_a_transaction),
        TEST(goes_on_behind_what_is_applied),
        TEST(a_statement_that_commits_by_itself),
        TEST(an_invalid_index_is_dropped_and_built_again),
        TEST(the_catalog_tells_what_was_in_doubt),
        TEST(checks_run_before_anything),
        TEST(a_long_reader_is_shown_and_other_readers_get_through),
        TEST(what_is_concurrent_waits_as_long_as_it_takes),
        TEST(the_lock_must_be_the_sessions_own),
        TEST(stops_where_it_is_told),
        TEST(out_of_order_when_it_is_asked_for),
        TEST(takes_back_by_the_down_files),
        TEST(a_down_file_goes_on_too),
        TEST(adopts_a_database),
        TEST(repairs_whole_files),
        TEST(drift_is_named),
    };
    return cmocka_run_group_tests_name("runner", tests, NULL, NULL);
}
