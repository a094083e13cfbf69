/*
 * The splitter against PostgreSQL's own parser (by libpg_query), on all SQL files below QUIRE_CORPUS.
 * tests/meson.build has it run where there is a corpus beside the project.
 */
#include "support/test.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/file.h"
#include "syntax/sql.h"

#include <dirent.h>
#include <pg_query.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 5, LARGEST = 16 << 20 };

typedef struct tally {
    size_t files;
    size_t different;
} tally;

static bool same_statements(const char *text, const PgQuerySplitResult *theirs,
                            const qi_sql_statement *ours, size_t count)
{
    if ((size_t)theirs->n_stmts != count)
        return false;
    for (size_t i = 0; i < count; i++) {
        /* The parser's statements start behind the semicolon before, with what is skipped there. */
        size_t start = (size_t)theirs->stmts[i]->stmt_location;
        size_t end = start + (size_t)theirs->stmts[i]->stmt_len;
        size_t our_end = ours[i].start + ours[i].length;
        if (ours[i].start < start || our_end > end)
            return false;
        if (strchr(" \t\r\n-/", text[ours[i].start]))
            return false;
    }
    return true;
}

static void compare(const char *path, tally *seen)
{
    qi_arena arena = { 0 };
    quire_error err = { 0 };
    char *text = NULL;
    size_t length = 0;
    assert_ok(qi_file_read(path, LARGEST, &arena, &text, &length, &err), &err);
    PgQuerySplitResult theirs = pg_query_split_with_parser(text);
    if (!theirs.error) { /* some files hold what only psql or another version understands */
        const qi_sql_statement *ours = NULL;
        size_t count = 0;
        assert_ok(qi_sql_split(text, length, &arena, &ours, &count, &err), &err);
        if (!same_statements(text, &theirs, ours, count)) {
            print_error("%s is split differently\n", path);
            seen->different++;
        }
        seen->files++;
    }
    pg_query_free_split_result(theirs);
    qi_arena_free(&arena);
}

static void walk(const char *path, int depth, tally *seen)
{
    DIR *directory = opendir(path);
    if (!directory)
        return;
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        char below[4096];
        size_t length = strlen(entry->d_name);
        if (entry->d_name[0] == '.')
            continue;
        snprintf(below, sizeof below, "%s/%s", path, entry->d_name);
        if (length > 4 && strcmp(entry->d_name + length - 4, ".sql") == 0)
            compare(below, seen);
        else if (depth < DEEPEST)
            walk(below, depth + 1, seen);
    }
    closedir(directory);
}

static void splits_as_the_parser_does(void **state)
{
    (void)state;
    tally seen = { 0 };
    const char *corpus = getenv("QUIRE_CORPUS");
    assert_non_null(corpus);
    walk(corpus, 0, &seen);
    assert_true(seen.files > 100);
    assert_int_equal(seen.different, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(splits_as_the_parser_does) };
    return cmocka_run_group_tests_name("sql corpus", tests, NULL, NULL);
}
