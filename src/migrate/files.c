#include "migrate/migration.h"

#include "base/error.h"
#include "base/file.h"
#include "syntax/sql.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { VERSION_DIGITS = QI_VERSION_SIZE - 1 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool has_suffix(const char *text, const char *suffix)
{
    size_t length = strlen(text);
    size_t end = strlen(suffix);
    return length >= end && strcmp(text + length - end, suffix) == 0;
}

/* Names stand in quire.sum, in tables on a screen and in shells: no spaces, no control characters. */
static bool is_name(const char *name, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)name[i] <= ' ' || name[i] == '\x7f' || name[i] == '/')
            return false;
    return length > 0;
}

#define UP ".sql"
#define DOWN ".down.sql"

static bool is_file_name(const char *file)
{
    for (size_t i = 0; i < VERSION_DIGITS; i++)
        if (!is_digit(file[i]))
            return false;
    size_t start = VERSION_DIGITS + 1;
    size_t end = strlen(has_suffix(file, DOWN) ? DOWN : UP);
    return file[VERSION_DIGITS] == '_' && strlen(file) > start + end &&
           is_name(file + start, strlen(file) - start - end);
}

static quire_status check_name(const char *directory, const char *file, quire_error *err)
{
    if (is_file_name(file))
        return QUIRE_OK;
    qi_fail(err, QUIRE_REFUSED, "\"%s\" is no name for a migration", file);
    qi_hint(
        err,
        "Name it <14 digits>_<name>.sql, as 20261122093000_add_genre.sql, or move it out of %s.",
        directory);
    return QUIRE_REFUSED;
}

static bool checksum(qi_migration_file *out)
{
    qi_digest digest;
    char hex[QI_SHA256_HEX_SIZE];
    qi_digest_begin(&digest);
    qi_sql_normalise(out->text, out->length, qi_digest_add, &digest);
    if (!qi_digest_end(&digest, hex))
        return false;
    snprintf(out->checksum, sizeof out->checksum, "%d:%s", QI_SUM_VERSION, hex);
    return true;
}

static quire_status read_one(const char *directory, const char *file, qi_arena *arena,
                             qi_migration_file *out, quire_error *err)
{
    size_t name = VERSION_DIGITS + 1;
    size_t end = strlen(has_suffix(file, DOWN) ? DOWN : UP);
    char *text = NULL;
    out->file = file;
    out->path = qi_path_join(arena, directory, file);
    out->version = qi_arena_text_n(arena, file, VERSION_DIGITS);
    out->name = qi_arena_text_n(arena, file + name, strlen(file) - name - end);
    if (!out->path || !out->version || !out->name)
        return qi_fail_memory(err);
    quire_status status =
        qi_file_read(out->path, QI_MIGRATION_LARGEST, arena, &text, &out->length, err);
    if (status)
        return status;
    out->text = text;
    return checksum(out) ? QUIRE_OK : qi_fail_memory(err);
}

static quire_status same_version(const qi_migration_file *a, const qi_migration_file *b,
                                 quire_error *err)
{
    qi_fail(err, QUIRE_REFUSED, "two migrations have the version %s: %s and %s", a->version,
            a->file, b->file);
    qi_hint(err, "Give the one that is not applied anywhere yet a newer version.");
    qi_locate(err, b->path, 0, 0);
    return QUIRE_REFUSED;
}

/* Hands the down files to their migrations. */
static quire_status attach_downs(qi_migration_directory *directory, qi_migration_file *downs,
                                 size_t count, quire_error *err)
{
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        while (at < directory->count && strcmp(directory->files[at].version, downs[i].version) < 0)
            at++;
        qi_migration_file *file = &directory->files[at];
        if (at == directory->count || strcmp(file->version, downs[i].version) != 0 ||
            strcmp(file->name, downs[i].name) != 0) {
            qi_fail(err, QUIRE_REFUSED, "%s takes back a migration that is not there",
                    downs[i].file);
            qi_hint(err, "Restore %s_%s" UP ", or move the down file away too.", downs[i].version,
                    downs[i].name);
            qi_locate(err, downs[i].path, 0, 0);
            return QUIRE_REFUSED;
        }
        file->down = &downs[i];
    }
    return QUIRE_OK;
}

static quire_status read_all(const char *path, const char *const *names, size_t count,
                             qi_arena *arena, qi_migration_directory *out, quire_error *err)
{
    quire_status status = QUIRE_OK;
    size_t down_count = 0;
    qi_migration_file *downs = qi_arena_zero(arena, count + 1, sizeof *downs);
    out->files = qi_arena_zero(arena, count + 1, sizeof *out->files);
    if (!downs || !out->files)
        return qi_fail_memory(err);
    for (size_t i = 0; i < count && !status; i++) {
        bool is_down = has_suffix(names[i], DOWN);
        qi_migration_file *file = is_down ? &downs[down_count++] : &out->files[out->count];
        status = check_name(path, names[i], err);
        if (!status)
            status = read_one(path, names[i], arena, file, err);
        if (status || is_down)
            continue;
        if (out->count > 0 && strcmp(file[-1].version, file->version) == 0)
            status = same_version(file - 1, file, err);
        out->count++;
    }
    return status ? status : attach_downs(out, downs, down_count, err);
}

quire_status qi_migrations_read(const char *path, qi_arena *arena, qi_migration_directory *out,
                                quire_error *err)
{
    const char *const *names = NULL;
    size_t count = 0;
    quire_status status = qi_directory_list(path, UP, arena, &names, &count, err);
    if (status)
        return status;
    if (count > QI_MIGRATIONS_MOST)
        return qi_fail(err, QUIRE_MEMORY, "more than %d files in %s", QI_MIGRATIONS_MOST, path);
    qi_migration_directory found = { .path = qi_arena_text(arena, path) };
    if (!found.path)
        return qi_fail_memory(err);
    status = read_all(path, names, count, arena, &found, err);
    if (!status)
        *out = found;
    return status;
}

quire_status qi_migrations_next(const qi_migration_directory *directory, time_t now,
                                char version[QI_VERSION_SIZE], quire_error *err)
{
    struct tm utc;
    char candidate[64];
    if (!gmtime_r(&now, &utc) ||
        strftime(candidate, sizeof candidate, "%Y%m%d%H%M%S", &utc) != VERSION_DIGITS)
        return qi_fail(err, QUIRE_REFUSED, "the system's clock has no time of four-digit years");
    const char *newest = directory->count > 0 ? directory->files[directory->count - 1].version : "";
    if (strcmp(candidate, newest) <= 0) {
        /* Only the order counts, so the number after it will do even if it is no time of day. */
        memcpy(candidate, newest, QI_VERSION_SIZE);
        size_t i = VERSION_DIGITS;
        while (i > 0 && candidate[i - 1] == '9')
            candidate[--i] = '0';
        if (i == 0)
            return qi_fail(err, QUIRE_REFUSED, "no version is left after %s", newest);
        candidate[i - 1]++;
    }
    memcpy(version, candidate, QI_VERSION_SIZE);
    return QUIRE_OK;
}
