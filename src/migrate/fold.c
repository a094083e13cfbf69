/*
 * A squashed file in databases that have the migrations it was made of: what it replaces stands in it, so
 * that its rows in the history become one and nothing is run.
 */
#include "migrate/history.h"

#include "base/error.h"

#include <quire/sql.h>

#include <stdio.h>
#include <string.h>

static const char fold_sql[] =
    "update quire.migrations set name = $2, checksum = $3, statements_done = $4::integer,\n"
    "    statements_total = $4::integer, progress = null where version = $1";

static bool is_same(const qi_history_row *row, const qi_replaced *replaced)
{
    return row && row->state == QI_ROW_APPLIED &&
           strncmp(row->checksum, replaced->checksum, strlen(replaced->checksum)) == 0;
}

/* Whether all that the file replaces are applied; some and not all is kept in `history`. */
static bool is_applied(qi_history *history, const qi_fold *fold)
{
    size_t there = 0;
    const char *lacking = NULL;
    for (size_t i = 0; i < fold->count; i++) {
        const qi_history_row *row = qi_history_find(history, fold->replaced[i].version);
        there += row != NULL;
        if (!lacking && !is_same(row, &fold->replaced[i]))
            lacking = fold->replaced[i].version;
    }
    if (there && lacking && !history->broken) {
        history->broken = fold->file;
        history->broken_version = lacking;
    }
    return !lacking;
}

static bool is_replaced(const qi_fold *fold, const char *version)
{
    for (size_t i = 0; i + 1 < fold->count; i++)
        if (strcmp(fold->replaced[i].version, version) == 0)
            return true;
    return false;
}

/* The rows without those that are replaced; the last of these has the file's name and checksum. */
static bool take(qi_history *history, const qi_fold *fold, qi_arena *arena)
{
    size_t count = 0;
    qi_history_row *rows = qi_arena_zero(arena, history->count + 1, sizeof *rows);
    for (size_t i = 0; rows && i < history->count; i++) {
        if (is_replaced(fold, history->rows[i].version))
            continue;
        rows[count] = history->rows[i];
        if (strcmp(rows[count].version, fold->file->version) == 0) {
            rows[count].name = fold->file->name;
            rows[count].checksum = fold->file->checksum;
        }
        count++;
    }
    history->rows = rows;
    history->count = count;
    return rows != NULL;
}

quire_status qi_history_fold(const qi_migration_directory *directory, qi_history *history,
                             qi_arena *arena, quire_error *err)
{
    qi_fold *folds = qi_arena_zero(arena, directory->count + 1, sizeof *folds);
    if (!folds)
        return qi_fail_memory(err);
    history->folds = folds;
    for (size_t i = 0; i < directory->count; i++) {
        qi_fold fold = { .file = &directory->files[i] };
        quire_status status = qi_replaced_read(fold.file, arena, &fold.replaced, &fold.count, err);
        if (status)
            return status;
        const qi_history_row *row = qi_history_find(history, fold.file->version);
        bool recorded = row && strcmp(row->checksum, fold.file->checksum) == 0;
        if (fold.count == 0 || recorded ||
            strcmp(fold.replaced[fold.count - 1].version, fold.file->version) != 0 ||
            !is_applied(history, &fold))
            continue;
        if (!take(history, &fold, arena))
            return qi_fail_memory(err);
        folds[history->fold_count++] = fold;
    }
    return QUIRE_OK;
}

quire_status qi_history_check_folds(const qi_history *history, quire_error *err)
{
    if (!history->broken)
        return QUIRE_OK;
    const qi_history_row *row = qi_history_find(history, history->broken_version);
    qi_fail(err, QUIRE_REFUSED, "%s stands for migrations of which only some are applied here",
            history->broken->file);
    qi_detail(err, "Migration %s is %s.", history->broken_version,
              !row                           ? "not applied"
              : row->state != QI_ROW_APPLIED ? "applied in part"
                                             : "applied, but not as it was when it was squashed");
    qi_hint(err,
            "Check out the last version of the project that has its migrations one by one, run "
            "`quire migrate` there, then come back and run it again.");
    qi_locate(err, history->broken->path, 0, 0);
    return QUIRE_REFUSED;
}

static quire_status write_one(quire_db *tx, const qi_fold *fold, qi_arena *arena, quire_error *err)
{
    qi_script script = { 0 };
    char statements[24];
    const qi_migration_file *file = fold->file;
    quire_status status =
        qi_script_parse(file->path, file->text, file->length, arena, &script, err);
    for (size_t i = 0; i + 1 < fold->count && !status; i++)
        status = qi_history_remove(tx, fold->replaced[i].version, err);
    snprintf(statements, sizeof statements, "%zu", script.count);
    const char *params[] = { file->version, file->name, file->checksum, statements };
    if (!status)
        status = qi_history_own(tx, err);
    return status ? status : quire_query(tx, fold_sql, params, 4, NULL, err);
}

quire_status qi_history_write_folds(quire_db *session, const qi_history *history, qi_arena *arena,
                                    quire_error *err)
{
    quire_db *tx = quire_begin(session, NULL, err);
    if (!tx)
        return err->status;
    quire_status status = QUIRE_OK;
    for (size_t i = 0; i < history->fold_count && !status; i++)
        status = write_one(tx, &history->folds[i], arena, err);
    if (!status)
        return quire_commit(tx, err);
    quire_rollback(tx, NULL);
    return status;
}
