#include "migrate/history.h"
#include "migrate/lock.h"
#include "migrate/memory.h"
#include "migrate/migration.h"

#include "base/error.h"
#include "base/file.h"
#include "client/handle.h"

#include <quire/migrate.h>

#include <stdlib.h>

const char *quire_migration_state_name(quire_migration_state state)
{
    static const char *const names[] = { "pending",      "applied", "changed",  "missing",
                                         "out_of_order", "partial", "in_doubt", "rolling_back" };
    if ((size_t)state >= sizeof names / sizeof *names)
        return "unknown";
    return names[state];
}

/* A directory that was asked for must be there: a misspelt one is not "nothing to apply". */
static quire_status check_exists(const char *path, quire_error *err)
{
    if (qi_file_exists(path))
        return QUIRE_OK;
    qi_fail(err, QUIRE_IO, "no such directory of migrations");
    qi_locate(err, path, 0, 0);
    return QUIRE_IO;
}

quire_status qi_migrations_of(quire_db *db, const char *path, qi_arena *arena,
                              qi_migration_directory *out, quire_error *err)
{
    quire_status status =
        path ? check_exists(path, err)
             : qi_migrations_default(qi_db_directory(db), quire_db_provider(db), arena, &path, err);
    return status ? status : qi_migrations_read(path, arena, out, err);
}

quire_status quire_migration_status(quire_db *db, const char *directory, quire_migration_list *out,
                                    quire_error *err)
{
    qi_migration_directory files = { 0 };
    qi_history history = { 0 };
    const quire_migration_runner *runner = NULL;
    quire_status status = qi_usable(db, err);
    if (status)
        return status;
    struct quire_migration_memory *memory = calloc(1, sizeof *memory);
    if (!memory)
        return qi_fail_memory(err);
    status = qi_migrations_of(db, directory, &memory->arena, &files, err);
    if (!status)
        status = qi_history_read(db, &memory->arena, &history, err);
    if (!status)
        status = qi_lock_holder(db, &memory->arena, &runner, err);
    if (!status)
        status = qi_history_compare(&files, &history, &memory->arena, out, err);
    if (status) {
        qi_arena_free(&memory->arena);
        free(memory);
        return status;
    }
    out->runner = runner;
    out->owner_ = memory;
    return QUIRE_OK;
}

void quire_migration_list_free(quire_migration_list *list)
{
    if (!list)
        return;
    if (list->owner_) {
        qi_arena_free(&list->owner_->arena);
        free(list->owner_);
    }
    *list = (quire_migration_list){ 0 };
}
