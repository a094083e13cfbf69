#include "migrate/migration.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/file.h"
#include "syntax/sql.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { SUM_LARGEST = 32 << 20 };

#define HEADER "quire.sum 1"
_Static_assert(QI_SUM_VERSION == 1, "the header says which version");

/* A line of quire.sum, without its newline. */
typedef struct line {
    const char *text;
    size_t length;
    int number; /* from 1; 0: there is none */
} line;

/* Reads line by line. */
typedef struct reader {
    const char *at;
    const char *end;
    int number;
} reader;

static line next_line(reader *r)
{
    while (r->at < r->end) {
        const char *newline = memchr(r->at, '\n', (size_t)(r->end - r->at));
        const char *stop = newline ? newline : r->end;
        line found = { r->at, (size_t)(stop - r->at), ++r->number };
        r->at = newline ? newline + 1 : r->end;
        if (found.length > 0 && found.text[found.length - 1] == '\r')
            found.length--;
        if (found.length > 0)
            return found;
    }
    return (line){ "", 0, 0 };
}

static bool starts_with(line l, const char *text)
{
    return l.length >= strlen(text) && memcmp(l.text, text, strlen(text)) == 0;
}

/* The length of the file's name that a line starts with. */
static size_t name_length(line l)
{
    const char *space = memchr(l.text, ' ', l.length);
    return space ? (size_t)(space - l.text) : l.length;
}

static bool names_file(line l, const char *file)
{
    return name_length(l) == strlen(file) && memcmp(l.text, file, strlen(file)) == 0;
}

/* The files in the order of their lines: each migration, then what takes it back. */
typedef struct entries {
    const qi_migration_file **files;
    size_t count;
} entries;

static bool list_entries(const qi_migration_directory *directory, qi_arena *arena, entries *out)
{
    out->count = 0;
    out->files = qi_arena_zero(arena, 2 * directory->count + 1, sizeof *out->files);
    for (size_t i = 0; out->files && i < directory->count; i++) {
        out->files[out->count++] = &directory->files[i];
        if (directory->files[i].down)
            out->files[out->count++] = directory->files[i].down;
    }
    return out->files != NULL;
}

/* The line that a file ought to have after the line `before`. */
static bool make_line(line before, const qi_migration_file *file, qi_buffer *out)
{
    qi_digest digest;
    char hex[QI_SHA256_HEX_SIZE];
    qi_digest_begin(&digest);
    qi_digest_add(&digest, before.text, before.length);
    qi_digest_add(&digest, "\n", 1);
    qi_digest_add(&digest, file->file, strlen(file->file));
    qi_digest_add(&digest, "\n", 1);
    qi_sql_normalise(file->text, file->length, qi_digest_add, &digest);
    if (!qi_digest_end(&digest, hex))
        return false;
    qi_buffer_printf(out, "%s %s", file->file, hex);
    return !qi_buffer_failed(out);
}

static quire_status refuse(quire_error *err, const char *path, int number, const char *message,
                           const char *file, const char *hint)
{
    qi_fail(err, QUIRE_REFUSED, message, file);
    qi_hint(err, "%s", hint);
    qi_locate(err, path, number, 0);
    return QUIRE_REFUSED;
}

#define HINT_CHANGED                                                                               \
    "Restore the file, for instance with git. If the change is meant and no database has this "    \
    "migration yet, run `quire migrate --rehash`."
#define HINT_ADDED                                                                                 \
    "If it was written by hand, read it and run `quire migrate --rehash`; else remove it."
#define HINT_REMOVED                                                                               \
    "Restore the file, for instance with git. If no database has this migration, run `quire "      \
    "migrate --rehash`."
#define HINT_CONFLICT                                                                              \
    "Both branches added a migration. Take the other branch's quire.sum and files, delete your "   \
    "migration that is not applied yet, and run `quire generate` again."

static quire_status check_header(const char *path, line header, quire_error *err)
{
    if (header.length == strlen(HEADER) && starts_with(header, HEADER))
        return QUIRE_OK;
    if (starts_with(header, "quire.sum "))
        return refuse(err, path, 1, "%s has a version that this quire does not know", QI_SUM_FILE,
                      "Use the version of quire that wrote it, or a newer one.");
    return refuse(err, path, 1, "%s does not start with \"" HEADER "\"", QI_SUM_FILE,
                  "Restore it, for instance with git, or run `quire migrate --rehash` after "
                  "reading the migrations.");
}

static quire_status check_conflict(const char *path, const char *text, size_t length,
                                   quire_error *err)
{
    reader r = { text, text + length, 0 };
    for (line l = next_line(&r); l.number; l = next_line(&r))
        if (starts_with(l, "<<<<<<<") || starts_with(l, "=======") || starts_with(l, ">>>>>>>") ||
            starts_with(l, "|||||||"))
            return refuse(err, path, l.number, "%s has a merge conflict", QI_SUM_FILE,
                          HINT_CONFLICT);
    return QUIRE_OK;
}

/* Whether a file of the directory is the one that a line is about. */
static bool is_there(const entries *all, line l)
{
    for (size_t i = 0; i < all->count; i++)
        if (names_file(l, all->files[i]->file))
            return true;
    return false;
}

static quire_status check_removed(const entries *all, const char *path, line l, quire_error *err)
{
    char name[192];
    snprintf(name, sizeof name, "%.*s", (int)name_length(l), l.text);
    if (!is_there(all, l))
        return refuse(err, path, l.number, "migration %s is gone, quire.sum lists it", name,
                      HINT_REMOVED);
    return refuse(err, path, l.number, "quire.sum lists %s out of order", name,
                  "Restore quire.sum, for instance with git, or run `quire migrate --rehash` after "
                  "reading the migrations.");
}

/* Goes through files and lines side by side; both are sorted. */
static quire_status compare(const entries *all, const char *path, reader *r, line before,
                            quire_error *err)
{
    quire_status status = QUIRE_OK;
    qi_buffer expected;
    qi_buffer_init(&expected, 4096);
    line l = next_line(r);
    for (size_t i = 0; i < all->count && !status; i++) {
        const qi_migration_file *file = all->files[i];
        if (l.number && !names_file(l, file->file) && !is_there(all, l)) {
            status = check_removed(all, path, l, err);
            break;
        }
        if (!names_file(l, file->file)) {
            status = refuse(err, file->path, 0, "migration %s is not in quire.sum", file->file,
                            HINT_ADDED);
            break;
        }
        qi_buffer_clear(&expected);
        if (!make_line(before, file, &expected))
            status = qi_fail_memory(err);
        else if (expected.length != l.length || memcmp(expected.data, l.text, l.length) != 0)
            status = refuse(err, file->path, 0, "migration %s was changed after it was written",
                            file->file, HINT_CHANGED);
        before = l;
        l = next_line(r);
    }
    if (!status && l.number)
        status = check_removed(all, path, l, err);
    qi_buffer_free(&expected);
    return status;
}

quire_status qi_migrations_verify(const qi_migration_directory *directory, quire_error *err)
{
    qi_arena arena = { 0 };
    quire_status status = QUIRE_OK;
    char *text = NULL;
    size_t length = 0;
    const char *path = qi_path_join(&arena, directory->path, QI_SUM_FILE);
    if (!path) {
        status = qi_fail_memory(err);
        goto done;
    }
    if (!qi_file_exists(path)) {
        if (directory->count > 0)
            status = refuse(err, path, 0, "%s is missing", QI_SUM_FILE,
                            "Restore it, for instance with git, or run `quire migrate --rehash` "
                            "after reading the migrations.");
        goto done;
    }
    status = qi_file_read(path, SUM_LARGEST, &arena, &text, &length, err);
    if (status)
        goto done;
    status = check_conflict(path, text, length, err);
    if (status)
        goto done;
    reader r = { text, text + length, 0 };
    line header = next_line(&r);
    entries all;
    status = check_header(path, header, err);
    if (!status)
        status = list_entries(directory, &arena, &all) ? compare(&all, path, &r, header, err)
                                                       : qi_fail_memory(err);
done:
    qi_arena_free(&arena);
    return status;
}

/* The whole text of quire.sum. */
static quire_status make_sum(const qi_migration_directory *directory, qi_arena *arena,
                             qi_buffer *out, quire_error *err)
{
    size_t start = 0;
    entries all;
    if (!list_entries(directory, arena, &all))
        return qi_fail_memory(err);
    qi_buffer_add(out, HEADER "\n");
    for (size_t i = 0; i < all.count; i++) {
        if (qi_buffer_failed(out))
            return qi_fail_memory(err);
        /* A copy, since the buffer that holds the line before may move. */
        char last[512];
        line before = { last, out->length - start - 1, 1 };
        if (before.length >= sizeof last)
            return qi_fail(err, QUIRE_INTERNAL, "the line of a migration is too long");
        memcpy(last, out->data + start, before.length);
        start = out->length;
        if (!make_line(before, all.files[i], out))
            return qi_fail_memory(err);
        qi_buffer_add_char(out, '\n');
    }
    return qi_buffer_failed(out) ? qi_fail_memory(err) : QUIRE_OK;
}

quire_status qi_migrations_seal(const qi_migration_directory *directory, bool *changed,
                                quire_error *err)
{
    qi_arena arena = { 0 };
    qi_buffer sum;
    char *old = NULL;
    size_t old_length = 0;
    qi_buffer_init(&sum, SUM_LARGEST);
    quire_status status = make_sum(directory, &arena, &sum, err);
    if (status)
        goto done;
    const char *path = qi_path_join(&arena, directory->path, QI_SUM_FILE);
    if (!path) {
        status = qi_fail_memory(err);
        goto done;
    }
    bool differs = !qi_file_exists(path) ||
                   qi_file_read(path, SUM_LARGEST, &arena, &old, &old_length, NULL) ||
                   old_length != sum.length || memcmp(old, sum.data, old_length) != 0;
    if (differs)
        status = qi_file_write(path, sum.data, sum.length, err);
    if (!status && changed)
        *changed = differs;
done:
    qi_buffer_free(&sum);
    qi_arena_free(&arena);
    return status;
}
