/* A directory of migrations and its quire.sum; SQL that cannot run in a transaction. No database. */
#include "support/test.h"

#include "base/arena.h"
#include "base/file.h"
#include "migrate/migration.h"
#include "migrate/script.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct fixture {
    char path[64];
    qi_arena arena;
    quire_error err;
} fixture;

static int setup(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    snprintf(f->path, sizeof f->path, "/tmp/quire-test.XXXXXX");
    assert_non_null(mkdtemp(f->path));
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    fixture *f = *state;
    const char *const *names = NULL;
    size_t count = 0;
    assert_int_equal(qi_directory_list(f->path, "", &f->arena, &names, &count, NULL), QUIRE_OK);
    for (size_t i = 0; i < count; i++)
        unlink(qi_path_join(&f->arena, f->path, names[i]));
    rmdir(f->path);
    qi_arena_free(&f->arena);
    free(f);
    return 0;
}

static const char *path_of(fixture *f, const char *file)
{
    return qi_path_join(&f->arena, f->path, file);
}

static void put(fixture *f, const char *file, const char *text)
{
    assert_ok(qi_file_write(path_of(f, file), text, strlen(text), &f->err), &f->err);
}

static char *get(fixture *f, const char *file)
{
    char *text = NULL;
    assert_ok(qi_file_read(path_of(f, file), 1 << 20, &f->arena, &text, NULL, &f->err), &f->err);
    return text;
}

static qi_migration_directory read_all(fixture *f)
{
    qi_migration_directory directory = { 0 };
    assert_ok(qi_migrations_read(f->path, &f->arena, &directory, &f->err), &f->err);
    return directory;
}

static quire_status verify(fixture *f)
{
    qi_migration_directory directory = read_all(f);
    return qi_migrations_verify(&directory, &f->err);
}

static bool seal(fixture *f)
{
    qi_migration_directory directory = read_all(f);
    bool changed = false;
    assert_ok(qi_migrations_seal(&directory, &changed, &f->err), &f->err);
    return changed;
}

static quire_status try_add(fixture *f, const char *version, const char *name, const char *text,
                            const char *down, const char **file)
{
    qi_new_migration migration = { version, name, text, down };
    return qi_migrations_add(f->path, &migration, &f->arena, file, &f->err);
}

static void add(fixture *f, const char *version, const char *name, const char *text)
{
    const char *file = NULL;
    assert_ok(try_add(f, version, name, text, NULL, &file), &f->err);
    assert_true(qi_file_exists(file));
}

static void three(fixture *f)
{
    add(f, "20260101000000", "one", "create table a (id int);\n");
    add(f, "20260102000000", "two", "create table b (id int);\n");
    add(f, "20260103000000", "three", "create table c (id int);\n");
}

static void reads_in_order(void **state)
{
    fixture *f = *state;
    put(f, "20260102000000_b.c.sql", "select 2");
    put(f, "20260101000000_caf\xC3\xA9.sql", "select 1");
    put(f, "20260101000000_caf\xC3\xA9.down.sql", "select -1");
    put(f, "README.md", "not SQL");
    qi_migration_directory directory = read_all(f);
    assert_int_equal(directory.count, 2);
    assert_string_equal(directory.files[0].version, "20260101000000");
    assert_string_equal(directory.files[0].name, "caf\xC3\xA9");
    assert_string_equal(directory.files[0].text, "select 1");
    assert_string_equal(directory.files[1].name, "b.c");
    assert_string_equal(directory.files[1].file, "20260102000000_b.c.sql");
    assert_string_equal(directory.files[1].path, path_of(f, "20260102000000_b.c.sql"));
}

static void missing_directory_is_empty(void **state)
{
    fixture *f = *state;
    qi_migration_directory directory = { .count = 7 };
    assert_ok(qi_migrations_read(path_of(f, "none"), &f->arena, &directory, &f->err), &f->err);
    assert_int_equal(directory.count, 0);
    assert_ok(qi_migrations_verify(&directory, &f->err), &f->err);
}

static void refuses_names(void **state)
{
    fixture *f = *state;
    static const char *const names[] = {
        "init.sql",
        "2026010100000_a.sql",
        "202601010000000_a.sql",
        "20260101000000.sql",
        "20260101000000_.sql",
        "20260101000000-a.sql",
        "1.sql",
        "20260101000000_a b.sql",
        "2026010100000x_a.sql",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        qi_migration_directory directory = { 0 };
        put(f, names[i], "select 1");
        assert_status(QUIRE_REFUSED, qi_migrations_read(f->path, &f->arena, &directory, &f->err),
                      &f->err);
        assert_contains(f->err.message, names[i]);
        assert_contains(f->err.hint, "<14 digits>_<name>.sql");
        unlink(path_of(f, names[i]));
    }
}

static void refuses_a_version_twice(void **state)
{
    fixture *f = *state;
    qi_migration_directory directory = { 0 };
    put(f, "20260101000000_a.sql", "select 1");
    put(f, "20260101000000_b.sql", "select 1");
    assert_status(QUIRE_REFUSED, qi_migrations_read(f->path, &f->arena, &directory, &f->err),
                  &f->err);
    assert_string_equal(f->err.message, "two migrations have the version 20260101000000: "
                                        "20260101000000_a.sql and 20260101000000_b.sql");
}

/* The format is a promise to other versions: checked against `printf | sha256sum`. */
static void sum_is_as_documented(void **state)
{
    fixture *f = *state;
    add(f, "20260101000000", "one", "SELECT 1; -- x\n");
    assert_string_equal(get(f, "quire.sum"),
                        "quire.sum 1\n20260101000000_one.sql "
                        "12b18c2ee8a72d238783002066b002d457a7f992854514aa63d38e8e5778aebd\n");
    add(f, "20260102000000", "two", "select 'A';");
    assert_string_equal(get(f, "quire.sum"),
                        "quire.sum 1\n20260101000000_one.sql "
                        "12b18c2ee8a72d238783002066b002d457a7f992854514aa63d38e8e5778aebd\n"
                        "20260102000000_two.sql "
                        "9ad3e7713e40e73e15ef7e49684d9c583f9e3b18337ad202c9892b88ce7d7348\n");
    qi_migration_directory directory = read_all(f);
    assert_string_equal(directory.files[0].checksum,
                        "1:21f6040596e4730b81fa8c173244154b0517deec8e96dd3cf16071a3f6bb8027");
    assert_ok(verify(f), &f->err);
}

static void spaces_comments_and_line_ends_do_not_count(void **state)
{
    fixture *f = *state;
    three(f);
    put(f, "20260102000000_two.sql", "-- moved\r\nCREATE TABLE b\r\n(\r\n  id int\r\n)\r\n;\r\n");
    char *sum = get(f, "quire.sum");
    assert_ok(verify(f), &f->err);
    assert_false(seal(f));
    /* git may have changed those of quire.sum too. */
    char windows[1024] = "";
    size_t length = 0;
    for (; *sum; sum++) {
        if (*sum == '\n')
            windows[length++] = '\r';
        windows[length++] = *sum;
    }
    put(f, "quire.sum", windows);
    assert_ok(verify(f), &f->err);
}

static void names_the_changed_file(void **state)
{
    fixture *f = *state;
    three(f);
    put(f, "20260102000000_two.sql", "create table b (id bigint);");
    assert_status(QUIRE_REFUSED, verify(f), &f->err);
    assert_string_equal(f->err.message,
                        "migration 20260102000000_two.sql was changed after it was written");
    assert_string_equal(f->err.file, path_of(f, "20260102000000_two.sql"));
    assert_contains(f->err.hint, "--rehash");
    assert_true(seal(f));
    assert_ok(verify(f), &f->err);
}

static void names_the_added_file(void **state)
{
    fixture *f = *state;
    three(f);
    put(f, "20260101120000_between.sql", "select 1");
    assert_status(QUIRE_REFUSED, verify(f), &f->err);
    assert_string_equal(f->err.message, "migration 20260101120000_between.sql is not in quire.sum");
    unlink(path_of(f, "20260101120000_between.sql"));
    put(f, "20260104000000_last.sql", "select 1");
    assert_status(QUIRE_REFUSED, verify(f), &f->err);
    assert_string_equal(f->err.message, "migration 20260104000000_last.sql is not in quire.sum");
}

static void names_the_removed_file(void **state)
{
    fixture *f = *state;
    three(f);
    unlink(path_of(f, "20260102000000_two.sql"));
    assert_status(QUIRE_REFUSED, verify(f), &f->err);
    assert_string_equal(f->err.message,
                        "migration 20260102000000_two.sql is gone, quire.sum lists it");
    assert_int_equal(f->err.line, 3);
    put(f, "20260102000000_two.sql", "create table b (id int)\n;");
    assert_ok(verify(f), &f->err);
    unlink(path_of(f, "20260103000000_three.sql"));
    assert_status(QUIRE_REFUSED, verify(f), &f->err);
    assert_contains(f->err.message, "20260103000000_three.sql is gone");
}

static void sees_a_tampered_sum(void **state)
{
    fixture *f = *state;
    three(f);
    char *sum = get(f, "quire.sum");
    char *second = strstr(sum, "20260102000000_two.sql ");
    char *third = strstr(sum, "20260103000000_three.sql ");
    assert_non_null(second);
    assert_non_null(third);

    char *digit = second + strlen("20260102000000_two.sql ");
    char old = *digit;
    *digit = old == '0' ? '1' : '0';
    put(f, "quire.sum", sum);
    assert_status(QUIRE_REFUSED, verify(f), &f->err);
    assert_contains(f->err.message, "20260102000000_two.sql was changed");
    *digit = old;

    /* A line that was taken out. */
    char cut[1024];
    snprintf(cut, sizeof cut, "%.*s%s", (int)(second - sum), sum, third);
    put(f, "quire.sum", cut);
    assert_status(QUIRE_REFUSED, verify(f), &f->err);
    assert_contains(f->err.message, "20260102000000_two.sql is not in quire.sum");

    put(f, "quire.sum", "quire.sum 2\n");
    assert_status(QUIRE_REFUSED, verify(f), &f->err);
    assert_contains(f->err.message, "a version that this quire does not know");
    put(f, "quire.sum", "");
    assert_status(QUIRE_REFUSED, verify(f), &f->err);
    assert_contains(f->err.message, "does not start with \"quire.sum 1\"");
    unlink(path_of(f, "quire.sum"));
    assert_status(QUIRE_REFUSED, verify(f), &f->err);
    assert_string_equal(f->err.message, "quire.sum is missing");
}

static void sees_a_merge_conflict(void **state)
{
    fixture *f = *state;
    three(f);
    char text[2048];
    snprintf(text, sizeof text, "%s<<<<<<< HEAD\na b\n=======\nc d\n>>>>>>> theirs\n",
             get(f, "quire.sum"));
    put(f, "quire.sum", text);
    assert_status(QUIRE_REFUSED, verify(f), &f->err);
    assert_string_equal(f->err.message, "quire.sum has a merge conflict");
    assert_int_equal(f->err.line, 5);
    assert_contains(f->err.hint, "quire generate");
}

/* Two branches behind "one": what each has written, in one file. */
static void fork_after_one(fixture *f, char *first, char *second, size_t size)
{
    add(f, "20260101000000", "one", "create table a (id int);\n");
    char *common = get(f, "quire.sum");
    add(f, "20260102000000", "two", "create table b (id int);\n");
    snprintf(first, size, "%s", get(f, "quire.sum") + strlen(common));
    unlink(path_of(f, "20260102000000_two.sql"));
    put(f, "quire.sum", common);
    add(f, "20260103000000", "three", "create table c (id int);\n");
    add(f, "20260104000000", "four", "create table d (id int);\n");
    snprintf(second, size, "%s", get(f, "quire.sum") + strlen(common));
    put(f, "20260102000000_two.sql", "create table b (id int);\n");
    put(f, "quire.sum", common);
}

static qi_branches branches_of(fixture *f, const char *sum)
{
    qi_branches out;
    qi_migration_directory directory = read_all(f);
    put(f, "quire.sum", sum);
    assert_ok(qi_migrations_branches(&directory, &f->arena, &out, &f->err), &f->err);
    return out;
}

static void tells_branches_apart(void **state)
{
    fixture *f = *state;
    char first[512];
    char second[512];
    fork_after_one(f, first, second, sizeof first);
    const char *common = get(f, "quire.sum");
    const char *marked = qi_arena_printf(
        &f->arena, "%s<<<<<<< HEAD\n%s=======\n%s>>>>>>> 1a2b3c4 (four)\n", common, first, second);
    qi_branches b = branches_of(f, marked);
    assert_true(b.sound && b.conflict && b.on_top);
    assert_int_equal(b.count, 2);
    assert_int_equal(b.branch[0], QI_BRANCH_COMMON);
    assert_int_equal(b.branch[1], 1);
    assert_int_equal(b.branch[2], 2);
    assert_int_equal(b.branch[3], 2);
    assert_status(QUIRE_REFUSED, verify(f), &f->err);
    assert_string_equal(f->err.message, "20260102000000_two.sql and 20260103000000_three.sql were "
                                        "both written to follow 20260101000000_one.sql");
    /* A branch's name is not a commit's; what both had before counts once. */
    b = branches_of(f, qi_arena_printf(&f->arena,
                                       "%s<<<<<<< HEAD\n%s||||||| 1a2b3c4\n%s=======\n%s>>>>>>> "
                                       "deadbeef-fix\n",
                                       common, first, common, second));
    assert_true(b.sound && b.conflict && !b.on_top);
    assert_int_equal(b.count, 2);

    b = branches_of(f, qi_arena_printf(&f->arena, "%s%s", common, second));
    assert_true(b.sound && !b.conflict);
    assert_int_equal(b.count, 1);
    assert_int_equal(b.branch[3], QI_BRANCH_COMMON);
    assert_true(b.branch[1] == QI_BRANCH_UNLISTED);

    put(f, "20260104000000_four.sql", "changed");
    assert_false(branches_of(f, qi_arena_printf(&f->arena, "%s%s", common, second)).sound);
    assert_false(branches_of(f, "").sound);
}

static void knows_what_was_generated(void **state)
{
    fixture *f = *state;
    const char *text = NULL;
    assert_true(qi_migration_mark(&f->arena, "create table a (id int);\n", &text));
    assert_contains(text, "create table a (id int);\n\n-- quire: generated 1:");
    add(f, "20260101000000", "one", text);
    assert_true(qi_migration_is_as_generated(&read_all(f).files[0]));
    put(f, "20260101000000_one.sql",
        qi_arena_printf(&f->arena, "-- A table.\nCREATE table a\n%s",
                        text + strlen("create table a")));
    assert_true(qi_migration_is_as_generated(&read_all(f).files[0]));
    put(f, "20260101000000_one.sql", qi_arena_printf(&f->arena, "%sselect 1;\n", text));
    assert_false(qi_migration_is_as_generated(&read_all(f).files[0]));
    put(f, "20260101000000_one.sql", "create table a (id int);\n");
    assert_false(qi_migration_is_as_generated(&read_all(f).files[0]));
}

static void adding_is_all_or_nothing(void **state)
{
    fixture *f = *state;
    const char *file = NULL;
    three(f);
    char *sum = get(f, "quire.sum");
    assert_status(QUIRE_INVALID, try_add(f, "20260104000000", "a b", "x", NULL, &file), &f->err);
    assert_status(QUIRE_REFUSED, try_add(f, "20260103000000", "three", "x", NULL, &file), &f->err);
    /* The version is taken by another name: found after the file was written. */
    assert_status(QUIRE_REFUSED, try_add(f, "20260103000000", "other", "x", NULL, &file), &f->err);
    assert_false(qi_file_exists(path_of(f, "20260103000000_other.sql")));
    put(f, "20260102000000_two.sql", "changed");
    assert_status(QUIRE_REFUSED, try_add(f, "20260104000000", "four", "x", NULL, &file), &f->err);
    assert_false(qi_file_exists(path_of(f, "20260104000000_four.sql")));
    assert_string_equal(get(f, "quire.sum"), sum);
    assert_null(file);
}

static void down_files_have_lines_of_their_own(void **state)
{
    fixture *f = *state;
    const char *file = NULL;
    add(f, "20260101000000", "one", "create table a (id int);\n");
    assert_ok(
        try_add(f, "20260102000000", "two", "create table b (id int);\n", "drop table b;\n", &file),
        &f->err);
    add(f, "20260103000000", "three", "create table c (id int);\n");
    assert_string_equal(file, path_of(f, "20260102000000_two.sql"));
    qi_migration_directory all = read_all(f);
    assert_int_equal(all.count, 3);
    assert_null(all.files[0].down);
    assert_string_equal(all.files[1].down->file, "20260102000000_two.down.sql");
    assert_string_equal(all.files[1].down->name, "two");
    assert_string_equal(all.files[1].down->text, "drop table b;\n");
    assert_ok(verify(f), &f->err);
    const char *up_line = strstr(get(f, "quire.sum"), "_two.sql");
    assert_non_null(up_line);
    assert_non_null(strstr(up_line, "_two.down.sql"));

    put(f, "20260102000000_two.down.sql", "drop table c;");
    assert_status(QUIRE_REFUSED, verify(f), &f->err);
    assert_contains(f->err.message, "20260102000000_two.down.sql was changed");
    unlink(path_of(f, "20260102000000_two.down.sql"));
    assert_status(QUIRE_REFUSED, verify(f), &f->err);
    assert_contains(f->err.message, "20260102000000_two.down.sql is gone");
    assert_true(seal(f));
    put(f, "20260101000000_one.down.sql", "drop table a;");
    assert_status(QUIRE_REFUSED, verify(f), &f->err);
    assert_contains(f->err.message, "20260101000000_one.down.sql is not in quire.sum");
    assert_true(seal(f));
    assert_ok(verify(f), &f->err);

    put(f, "20260101000000_uno.down.sql", "drop table a;");
    assert_status(QUIRE_REFUSED, qi_migrations_read(f->path, &f->arena, &all, &f->err), &f->err);
    assert_contains(f->err.message, "uno.down.sql takes back a migration that is not there");
}

static void next_version(void **state)
{
    fixture *f = *state;
    char version[QI_VERSION_SIZE];
    qi_migration_file last = { .version = "20260101000000" };
    qi_migration_directory directory = { 0 };
    (void)f;
    assert_ok(qi_migrations_next(&directory, 0, version, &f->err), &f->err);
    assert_string_equal(version, "19700101000000");
    directory = (qi_migration_directory){ .files = &last, .count = 1 };
    assert_ok(qi_migrations_next(&directory, 1780000000, version, &f->err), &f->err);
    assert_string_equal(version, "20260528202640");
    last.version = "20260528202640";
    assert_ok(qi_migrations_next(&directory, 1780000000, version, &f->err), &f->err);
    assert_string_equal(version, "20260528202641");
    last.version = "20990101235999";
    assert_ok(qi_migrations_next(&directory, 1780000000, version, &f->err), &f->err);
    assert_string_equal(version, "20990101236000");
    last.version = "99999999999999";
    assert_status(QUIRE_REFUSED, qi_migrations_next(&directory, 1780000000, version, &f->err),
                  &f->err);
}

static void refuses_what_is_no_transaction(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *text;
        const char *message; /* NULL: it is fine */
        int line;
        int column;
    } cases[] = {
        { "select 1;\n  begin;", "BEGIN in a file", 2, 3 },
        { "START TRANSACTION;", "START TRANSACTION in a file", 1, 1 },
        { "select 1; COMMIT AND CHAIN;", "COMMIT in a file", 1, 11 },
        { "end", "END in a file", 1, 1 },
        { "rollback;", "ROLLBACK in a file", 1, 1 },
        { "rollback prepared 'x';", "ROLLBACK in a file", 1, 1 },
        { "prepare transaction 'x';", "PREPARE TRANSACTION in a file", 1, 1 },
        { "savepoint a; rollback to a; rollback work to savepoint a; release a;", NULL, 0, 0 },
        { "prepare x as select 1; create table commit (id int); select 'commit';", NULL, 0, 0 },
        { "\n\ncreate unique index /* x */ Concurrently i on t (a);",
          "CREATE INDEX CONCURRENTLY cannot run inside a transaction", 3, 1 },
        { "drop index concurrently i", "DROP INDEX CONCURRENTLY", 1, 1 },
        { "reindex (concurrently) table t", "REINDEX CONCURRENTLY", 1, 1 },
        { "alter table t detach partition p concurrently", "DETACH PARTITION CONCURRENTLY", 1, 1 },
        { "refresh materialized view concurrently v; create index \"concurrently\" on t (a);", NULL,
          0, 0 },
        { "vacuum t", "VACUUM", 1, 1 },
        { "create database x", "CREATE DATABASE", 1, 1 },
        { "alter system set a = 1", "ALTER SYSTEM", 1, 1 },
        { "copy t from stdin", "COPY between the server", 1, 1 },
        { "copy t from '/x'; select a from stdin;", NULL, 0, 0 },
        { "select 1;\n-- quire: no-transaction\n", "about the whole file", 2, 1 },
        { "discard all", "DISCARD ALL would give back the runner's lock", 1, 1 },
        { "do $$ begin commit; end $$; create function f() begin atomic select 1; end;", NULL, 0,
          0 },
        { "select 1;\n 'x", "the string that starts here has no end", 2, 2 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        quire_error err = { 0 };
        const char *text = cases[i].text;
        quire_status status = qi_script_check("a.sql", text, strlen(text), &f->arena, &err);
        if (!cases[i].message) {
            assert_ok(status, &err);
            continue;
        }
        assert_true(status == QUIRE_REFUSED || status == QUIRE_SQL);
        assert_contains(err.message, cases[i].message);
        assert_string_equal(err.file, "a.sql");
        assert_int_equal(err.line, cases[i].line);
        assert_int_equal(err.line_column, cases[i].column);
        assert_true(err.hint[0] != '\0');
    }
}

static qi_script parse(fixture *f, const char *text)
{
    qi_script script = { 0 };
    assert_ok(qi_script_parse("a.sql", text, strlen(text), &f->arena, &script, &f->err), &f->err);
    return script;
}

static void reads_checks_and_hazards(void **state)
{
    fixture *f = *state;
    qi_script script =
        parse(f, "-- Titles are wanted.\n"
                 "-- quire: no-transaction\n"
                 "-- quire: check may_fail: public.\"my: books\": rows have no title: none  \r\n"
                 "select id from books where title is null limit 1;\n"
                 "-- quire: check deletes_data: public.books.isbn: isbn holds data\n"
                 "-- (of old imports)\n"
                 "with x as (select 1) select * from x;\n"
                 "-- hazard: blocks_writes: public.books: writes wait\n"
                 "-- hazard: nonsense: public.books: no such hazard\n"
                 "-- quire: ignore index-name it is called so\n"
                 "alter table books alter title set not null; -- quire: renamed from it\n"
                 "-- hazard: builds_index: public.books: all rows are read\n"
                 "create index concurrently i on books (title);\n");
    assert_false(script.transaction);
    assert_int_equal(script.check_count, 2);
    assert_string_equal(script.checks[0].hazard, "may_fail");
    assert_string_equal(script.checks[0].object, "public.\"my: books\"");
    assert_string_equal(script.checks[0].message, "rows have no title: none");
    assert_string_equal(script.checks[0].sql, "select id from books where title is null limit 1");
    assert_int_equal(script.checks[0].line, 4);
    assert_string_equal(script.checks[1].object, "public.books.isbn");
    assert_int_equal(script.count, 2);
    assert_int_equal(script.statements[0].line, 11);
    assert_int_equal(script.hazard_count, 2);
    assert_int_equal(script.hazards[0].statement, 0);
    assert_string_equal(script.hazards[0].text, "writes wait");
    assert_int_equal(script.hazards[1].statement, 1);
    assert_string_equal(script.hazards[1].hazard, "builds_index");
    assert_true(parse(f, "-- no directive: quire\nselect 1").transaction);
    assert_int_equal(parse(f, "").count, 0);
}

static void refuses_directives_without_effect(void **state)
{
    fixture *f = *state;
    static const char *const cases[][2] = {
        { "-- quire: no-transactions\nselect 1;", "not known" },
        { "--quire:no-transactions\nselect 1;", "not known" },
        { "--\tquire:  chek may_fail: t: m\nselect 1;", "not known" },
        { "-- quire:\nselect 1;", "not known" },
        { "select 1;\n-- quire: no-transaction\nselect 2;", "about the whole file" },
        { "-- quire: check may_fail: a\nselect 1;", "a check is written as" },
        { "-- quire: check may_fail:a:b\nselect 1;", "a check is written as" },
        { "-- quire: check might_fail: a: b\nselect 1;", "a check is written as" },
        { "-- quire: check may_fail: a: b\ndelete from a;", "directly above one SELECT" },
        { "-- quire: check may_fail: a: b\n", "directly above one SELECT" },
        { "-- quire: check may_fail: a: b\n-- quire: check may_fail: a: c\nselect 1;",
          "directly above one SELECT" },
        { "drop table a;\n-- quire: check may_fail: a: b\nselect 1;", "above all other" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        quire_error err = { 0 };
        qi_script script;
        assert_status(
            QUIRE_REFUSED,
            qi_script_parse("a.sql", cases[i][0], strlen(cases[i][0]), &f->arena, &script, &err),
            &err);
        assert_contains(err.message, cases[i][1]);
        assert_string_equal(err.file, "a.sql");
        assert_true(err.line > 0 && err.hint[0]);
    }
}

/* What is to be looked up in the catalog, when a runner died before it could record a statement. */
static void knows_what_stands_alone(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *text;
        qi_alone alone;
        const char *object; /* NULL: none */
        const char *table;
        bool conditional;
    } cases[] = {
        { "create unique index concurrently if not exists \"My I\" on only s . t (a)",
          QI_CREATE_INDEX, "\"My I\"", "s . t", true },
        { "CREATE INDEX CONCURRENTLY on t (a)", QI_CREATE_INDEX, NULL, "t", false },
        { "drop index concurrently if exists s.i cascade", QI_DROP_INDEX, "s.i", NULL, true },
        { "alter table if exists only s.t detach partition \"P\" concurrently", QI_DETACH_PARTITION,
          "\"P\"", "s.t", true },
        { "create database d template template0", QI_CREATE_DATABASE, "d", NULL, false },
        { "drop database if exists d", QI_DROP_DATABASE, "d", NULL, true },
        { "create tablespace t location '/x'", QI_CREATE_TABLESPACE, "t", NULL, false },
        { "drop tablespace t", QI_DROP_TABLESPACE, "t", NULL, false },
        { "reindex (verbose) index concurrently i", QI_REPEATABLE, NULL, NULL, false },
        { "vacuum (analyze) t", QI_REPEATABLE, NULL, NULL, false },
        { "alter type e add value 'x'", QI_TOGETHER, NULL, NULL, false },
        { "alter table t validate constraint c", QI_TOGETHER, NULL, NULL, false },
        { "refresh materialized view concurrently v", QI_TOGETHER, NULL, NULL, false },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[256];
        snprintf(text, sizeof text, "-- quire: no-transaction\n%s;", cases[i].text);
        qi_script script = parse(f, text);
        const qi_script_statement *s = &script.statements[0];
        assert_int_equal(s->alone, cases[i].alone);
        assert_int_equal(s->conditional, cases[i].conditional);
        assert_string_equal(s->object ? s->object : "-", cases[i].object ? cases[i].object : "-");
        assert_string_equal(s->table ? s->table : "-", cases[i].table ? cases[i].table : "-");
    }
    assert_true(parse(f, "set search_path = a").statements[0].settings);
    assert_true(parse(f, "reset all").statements[0].settings);
    assert_true(parse(f, "select set_config('a.b', '1', false)").statements[0].settings);
    assert_true(parse(f, "select pg_catalog.set_config('a', 'b', false)").statements[0].settings);
    assert_false(parse(f, "select a.set_config('a', 'b', false)").statements[0].settings);
    assert_false(parse(f, "set local search_path = a").statements[0].settings);
    assert_true(qi_hazard_is_allowed("may_fail", "may_fail", "public.a"));
    assert_true(qi_hazard_is_allowed("may_fail:public.a", "may_fail", "public.a"));
    assert_false(qi_hazard_is_allowed("may_fail:public.a", "may_fail", "public.ab"));
    assert_false(qi_hazard_is_allowed("may", "may_fail", "public.a"));
    assert_true(qi_hazard_is_known("unmodelled"));
    assert_false(qi_hazard_is_known("may"));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(reads_in_order),
        TEST(missing_directory_is_empty),
        TEST(refuses_names),
        TEST(refuses_a_version_twice),
        TEST(sum_is_as_documented),
        TEST(spaces_comments_and_line_ends_do_not_count),
        TEST(names_the_changed_file),
        TEST(names_the_added_file),
        TEST(names_the_removed_file),
        TEST(sees_a_tampered_sum),
        TEST(sees_a_merge_conflict),
        TEST(tells_branches_apart),
        TEST(knows_what_was_generated),
        TEST(adding_is_all_or_nothing),
        TEST(next_version),
        TEST(refuses_what_is_no_transaction),
        TEST(down_files_have_lines_of_their_own),
        TEST(reads_checks_and_hazards),
        TEST(refuses_directives_without_effect),
        TEST(knows_what_stands_alone),
    };
    return cmocka_run_group_tests_name("migration files", tests, NULL, NULL);
}
