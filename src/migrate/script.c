#include "migrate/migration.h"

#include "base/buffer.h"
#include "base/error.h"
#include "syntax/sql.h"

#include <quire/sql.h>

#include <stdio.h>

enum { DETAIL_OF_SERVER = 220 };

/* Says where in the file the server's position lies, and which statement it is. */
static void explain(quire_error *err, const char *file, const char *text, size_t length,
                    const qi_sql_statement *statement, size_t number, size_t total)
{
    int line = statement->line;
    int column = statement->column;
    if (!err)
        return;
    if (err->position > 0)
        qi_sql_locate(text, length, statement->start, err->position, &line, &column);
    qi_locate(err, file, line, column);

    char detail[DETAIL_OF_SERVER];
    qi_copy_text(detail, sizeof detail, err->detail);
    qi_detail(err, "%s%sStatement %zu of %zu in this file.", detail, detail[0] ? " " : "", number,
              total);
}

quire_status qi_script_run(quire_db *transaction, const char *file, const char *text, size_t length,
                           qi_arena *arena, size_t *done, size_t *total, quire_error *err)
{
    const qi_sql_statement *list = NULL;
    quire_status status = qi_sql_split(text, length, arena, &list, total, err);
    *done = 0;
    if (status == QUIRE_SQL)
        qi_locate(err, file, err ? err->line : 0, err ? err->line_column : 0);
    qi_buffer sql;
    qi_buffer_init(&sql, QI_MIGRATION_LARGEST);
    while (!status && *done < *total) {
        const qi_sql_statement *statement = &list[*done];
        qi_buffer_clear(&sql);
        qi_buffer_add_n(&sql, text + statement->start, statement->length);
        status =
            qi_buffer_failed(&sql) ? qi_fail_memory(err) : quire_exec(transaction, sql.data, err);
        if (status)
            explain(err, file, text, length, statement, *done + 1, *total);
        else
            ++*done;
    }
    qi_buffer_free(&sql);
    return status;
}
