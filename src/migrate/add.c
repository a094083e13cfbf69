#include "migrate/migration.h"

#include "base/error.h"
#include "base/file.h"

#include <string.h>
#include <unistd.h>

static bool is_simple_name(const char *name)
{
    for (const char *c = name; *c; c++)
        if (!((*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') ||
              *c == '_' || *c == '-'))
            return false;
    return name[0] != '\0' && strlen(name) <= 100;
}

/* Writes a file that is not there yet. */
static quire_status write_new(const char *path, const char *text, quire_error *err)
{
    if (!qi_file_exists(path))
        return qi_file_write(path, text, strlen(text), err);
    qi_fail(err, QUIRE_REFUSED, "there is such a migration already");
    qi_locate(err, path, 0, 0);
    return QUIRE_REFUSED;
}

/* Writes the files, then quire.sum; takes them away again when that fails. */
static quire_status write_all(const char *directory, const char *up, const char *down,
                              const qi_new_migration *migration, qi_arena *arena, quire_error *err)
{
    qi_migration_directory after = { 0 };
    quire_status status = write_new(up, migration->text, err);
    if (status)
        return status;
    if (migration->down)
        status = write_new(down, migration->down, err);
    if (status) {
        unlink(up);
        return status;
    }
    status = qi_migrations_read(directory, arena, &after, err);
    if (!status)
        status = qi_migrations_seal(&after, NULL, err);
    if (!status)
        return QUIRE_OK;
    unlink(up);
    if (migration->down)
        unlink(down);
    return status;
}

quire_status qi_migrations_add(const char *path, const qi_new_migration *migration, qi_arena *arena,
                               const char **file, quire_error *err)
{
    qi_migration_directory before = { 0 };
    const char *name = migration->name;
    if (!is_simple_name(name)) {
        qi_fail(err, QUIRE_INVALID, "\"%s\" is no name for a migration", name);
        qi_hint(err, "Use letters, digits, _ and -, at most 100 of them.");
        return QUIRE_INVALID;
    }
    quire_status status = qi_directory_make(path, err);
    if (!status)
        status = qi_migrations_read(path, arena, &before, err);
    if (!status)
        status = qi_migrations_verify(&before, err);
    if (status)
        return status;
    char *base = qi_arena_printf(arena, "%s_%s.sql", migration->version, name);
    char *down = qi_arena_printf(arena, "%s_%s.down.sql", migration->version, name);
    char *written = base ? qi_path_join(arena, path, base) : NULL;
    char *beside = down ? qi_path_join(arena, path, down) : NULL;
    if (!written || !beside)
        return qi_fail_memory(err);
    status = write_all(path, written, beside, migration, arena, err);
    if (!status)
        *file = written;
    return status;
}
