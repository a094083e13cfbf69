#include "catalog/load.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/file.h"
#include "syntax/sql.h"

#include <quire/sql.h>

#include <string.h>

/* A schema is written by people; with data in it, it is no schema any more. */
#define MOST_FILE_BYTES (64u * 1024u * 1024u)

/* A failure of a statement, with its place in the file. */
static void place(quire_error *err, const char *text, size_t length, const char *file,
                  const qi_sql_statement *statement)
{
    if (!err)
        return;
    int line = statement->line;
    int column = statement->column;
    if (err->position > 0)
        qi_sql_locate(text, length, statement->start, err->position, &line, &column);
    qi_locate(err, file, line, column);
}

static quire_status run_statements(quire_db *db, qi_arena *arena, const char *text,
                                   const char *file, quire_error *err)
{
    size_t length = strlen(text);
    const qi_sql_statement *statements = NULL;
    size_t count = 0;
    quire_status status = qi_sql_split(text, length, arena, &statements, &count, err);
    if (status != QUIRE_OK) {
        if (err && !err->file[0])
            QI_COPY(err->file, file);
        return status;
    }
    for (size_t i = 0; i < count && status == QUIRE_OK; i++) {
        char *sql = qi_arena_text_n(arena, text + statements[i].start, statements[i].length);
        if (!sql)
            return qi_fail_memory(err);
        status = quire_exec(db, sql, err);
        if (status != QUIRE_OK)
            place(err, text, length, file, &statements[i]);
    }
    return status;
}

quire_status qi_sql_run(quire_db *db, const char *text, const char *file, quire_error *err)
{
    qi_arena arena = { 0 };
    quire_status status = run_statements(db, &arena, text, file, err);
    qi_arena_free(&arena);
    return status;
}

quire_status qi_sql_run_file(quire_db *db, const char *path, const char *shown, quire_error *err)
{
    qi_arena arena = { 0 };
    char *text = NULL;
    size_t length = 0;
    quire_status status = qi_file_read(path, MOST_FILE_BYTES, &arena, &text, &length, err);
    if (status == QUIRE_OK)
        status = qi_sql_run(db, text, shown ? shown : path, err);
    qi_arena_free(&arena);
    return status;
}

/* "db/schema.neon.sql" for "db/schema.sql"; the provider goes before the last dot of the name. */
static const char *overlay_path(qi_arena *arena, const char *path, quire_provider provider)
{
    const char *dot = strrchr(path, '.');
    const char *slash = strrchr(path, '/');
    if (!dot || (slash && dot < slash))
        dot = path + strlen(path);
    return qi_arena_printf(arena, "%.*s.%s%s", (int)(dot - path), path,
                           quire_provider_name(provider), dot);
}

quire_status qi_schema_load(quire_db *db, const char *path, quire_provider provider,
                            quire_error *err)
{
    quire_status status = qi_sql_run_file(db, path, NULL, err);
    if (status != QUIRE_OK || provider == QUIRE_AUTO)
        return status;
    qi_arena arena = { 0 };
    const char *overlay = overlay_path(&arena, path, provider);
    if (!overlay)
        status = qi_fail_memory(err);
    else if (qi_file_exists(overlay))
        status = qi_sql_run_file(db, overlay, NULL, err);
    qi_arena_free(&arena);
    return status;
}
