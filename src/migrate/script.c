#include "migrate/script.h"

#include "base/error.h"
#include "syntax/sql.h"

#include <quire/sql.h>

enum { DETAIL_OF_SERVER = 220 };

void qi_script_explain(quire_error *err, const qi_script *script, size_t statement)
{
    const qi_script_statement *at = &script->statements[statement];
    int line = at->line;
    int column = at->column;
    if (!err)
        return;
    if (err->position > 0)
        qi_sql_locate(script->text, script->length, at->start, err->position, &line, &column);
    qi_locate(err, script->file, line, column);

    char detail[DETAIL_OF_SERVER];
    qi_copy_text(detail, sizeof detail, err->detail);
    qi_detail(err, "%s%sStatement %zu of %zu in this file.", detail, detail[0] ? " " : "",
              statement + 1, script->count);
}

static quire_status run_statements(quire_db *db, const qi_script *script, size_t *done,
                                   quire_error *err)
{
    for (*done = 0; *done < script->count; ++*done) {
        quire_status status = quire_exec(db, script->statements[*done].sql, err);
        if (status) {
            qi_script_explain(err, script, *done);
            return status;
        }
    }
    return QUIRE_OK;
}

quire_status qi_script_run(quire_db *transaction, const char *file, const char *text, size_t length,
                           qi_arena *arena, size_t *done, size_t *total, quire_error *err)
{
    qi_script script = { 0 };
    *done = 0;
    quire_status status = qi_script_parse(file, text, length, arena, &script, err);
    *total = script.count;
    return status ? status : run_statements(transaction, &script, done, err);
}

static quire_status replay_whole(quire_db *db, const qi_script *script, quire_error *err)
{
    size_t done = 0;
    quire_error failure = { 0 };
    quire_db *transaction = quire_begin(db, NULL, &failure);
    quire_status status = transaction ? QUIRE_OK : failure.status;
    if (!status)
        status = run_statements(transaction, script, &done, &failure);
    if (!status) {
        status = quire_commit(transaction, &failure);
        if (status)
            qi_locate(&failure, script->file, 0, 0);
    } else {
        quire_rollback(transaction, NULL);
    }
    if (status && err)
        *err = failure;
    return status;
}

quire_status qi_migration_replay(quire_db *db, const qi_migration_file *file, qi_arena *arena,
                                 quire_error *err)
{
    qi_script script = { 0 };
    size_t done = 0;
    quire_status status =
        qi_script_parse(file->path, file->text, file->length, arena, &script, err);
    if (!status)
        status = quire_exec(db, "reset session authorization; reset role; reset all", err);
    if (status)
        return status;
    return script.transaction ? replay_whole(db, &script, err)
                              : run_statements(db, &script, &done, err);
}
