#include "providers/table.h"

#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CELLS_MOST = 12, ROWS_MOST = 32, CELL_SIZE = 128, LINE_SIZE = 1024 };

static struct {
    char cells[ROWS_MOST][CELLS_MOST][CELL_SIZE]; /* the first row is the head */
    size_t rows;
    size_t column;
} table;

/* The cells of a line of Markdown, without the white space around them. False: it is no row. */
static bool split(const char *line, char cells[CELLS_MOST][CELL_SIZE])
{
    size_t count = 0;
    if (*line++ != '|')
        return false;
    for (; strchr(line, '|'); line = strchr(line, '|') + 1, count++) {
        size_t length = strcspn(line, "|");
        const char *start = line + strspn(line, " ");
        while (length && line[length - 1] == ' ')
            length--;
        assert_true(count < CELLS_MOST);
        size_t size = start < line + length ? (size_t)(line + length - start) : 0;
        snprintf(cells[count], CELL_SIZE, "%.*s", (int)size, start);
    }
    return true;
}

static void read_table(FILE *file, const char *column)
{
    char line[LINE_SIZE];
    while (fgets(line, sizeof line, file)) {
        if (!split(line, table.cells[table.rows])) {
            if (table.rows)
                return;
            continue;
        }
        if (strncmp(line, "| ---", 5) == 0)
            continue;
        if (!table.rows) { /* is this the head of the one with the column? */
            table.column = 0;
            for (size_t i = 1; i < CELLS_MOST; i++)
                if (strcmp(table.cells[0][i], column) == 0)
                    table.column = i;
            if (!table.column) {
                memset(table.cells[0], 0, sizeof table.cells[0]);
                continue;
            }
        }
        assert_true(++table.rows < ROWS_MOST);
    }
}

static void load(void)
{
    char path[1024];
    const char *source = getenv("QUIRE_SOURCE");
    const char *column = getenv("QUIRE_TEST_COLUMN");
    if (table.rows)
        return;
    if (!source || !column)
        fail_msg("QUIRE_SOURCE or QUIRE_TEST_COLUMN is not set: run this by with-server.sh");
    snprintf(path, sizeof path, "%s/docs/providers.md", source);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    read_table(file, column);
    fclose(file);
    if (table.rows < 2)
        fail_msg("%s has no table with a column \"%s\"", path, column);
}

size_t declared_rows(void)
{
    load();
    return table.rows - 1;
}

const char *declared(const char *row)
{
    load();
    for (size_t i = 1; i < table.rows; i++)
        if (strcmp(table.cells[i][0], row) == 0)
            return table.cells[i][table.column];
    fail_msg("docs/providers.md has no row \"%s\"", row);
    return NULL;
}
