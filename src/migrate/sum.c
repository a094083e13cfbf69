#include "migrate/sum.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/file.h"
#include "syntax/sql.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef qi_sum_line line;
typedef qi_sum_reader reader;
typedef qi_sum_files entries;

line qi_sum_next(reader *r)
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

bool qi_sum_starts(line l, const char *text)
{
    return l.length >= strlen(text) && memcmp(l.text, text, strlen(text)) == 0;
}

/* The length of the file's name that a line starts with. */
static size_t name_length(line l)
{
    const char *space = memchr(l.text, ' ', l.length);
    return space ? (size_t)(space - l.text) : l.length;
}

bool qi_sum_names(line l, const char *file)
{
    return name_length(l) == strlen(file) && memcmp(l.text, file, strlen(file)) == 0;
}

bool qi_sum_list(const qi_migration_directory *directory, qi_arena *arena, entries *out)
{
    out->count = 0;
    out->files = qi_arena_zero(arena, 2 * directory->count + 1, sizeof *out->files);
    out->owners = qi_arena_zero(arena, 2 * directory->count + 1, sizeof *out->owners);
    for (size_t i = 0; out->files && out->owners && i < directory->count; i++) {
        out->owners[out->count] = i;
        out->files[out->count++] = &directory->files[i];
        if (!directory->files[i].down)
            continue;
        out->owners[out->count] = i;
        out->files[out->count++] = directory->files[i].down;
    }
    return out->files && out->owners;
}

bool qi_sum_make(line before, const qi_migration_file *file, qi_buffer *out)
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
    "If it was written by hand, read it and run `quire migrate --rehash`. If quire.sum came from " \
    "another branch, `quire generate --rebase` plans it anew behind the others; else remove it."
#define HINT_REMOVED                                                                               \
    "Restore the file, for instance with git. If no database has this migration, run `quire "      \
    "migrate --rehash`."
#define HINT_CONFLICT                                                                              \
    "Resolve it first in the migrations themselves. Then take the other branch's quire.sum, and "  \
    "`quire generate --rebase` plans your migrations anew behind the others."

static quire_status check_header(const char *path, line header, quire_error *err)
{
    if (header.length == strlen(QI_SUM_HEADER) && qi_sum_starts(header, QI_SUM_HEADER))
        return QUIRE_OK;
    if (qi_sum_starts(header, "quire.sum "))
        return refuse(err, path, 1, "%s has a version that this quire does not know", QI_SUM_FILE,
                      "Use the version of quire that wrote it, or a newer one.");
    return refuse(err, path, 1, "%s does not start with \"" QI_SUM_HEADER "\"", QI_SUM_FILE,
                  "Restore it, for instance with git, or run `quire migrate --rehash` after "
                  "reading the migrations.");
}

static quire_status check_conflict(const char *path, const char *text, size_t length,
                                   quire_error *err)
{
    reader r = { text, text + length, 0 };
    for (line l = qi_sum_next(&r); l.number; l = qi_sum_next(&r))
        if (qi_sum_starts(l, "<<<<<<<") || qi_sum_starts(l, "=======") ||
            qi_sum_starts(l, ">>>>>>>") || qi_sum_starts(l, "|||||||"))
            return refuse(err, path, l.number, "%s has a merge conflict", QI_SUM_FILE,
                          HINT_CONFLICT);
    return QUIRE_OK;
}

/* Whether a file of the directory is the one that a line is about. */
static bool is_there(const entries *all, line l)
{
    for (size_t i = 0; i < all->count; i++)
        if (qi_sum_names(l, all->files[i]->file))
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
    line l = qi_sum_next(r);
    for (size_t i = 0; i < all->count && !status; i++) {
        const qi_migration_file *file = all->files[i];
        if (l.number && !qi_sum_names(l, file->file) && !is_there(all, l)) {
            status = check_removed(all, path, l, err);
            break;
        }
        if (!qi_sum_names(l, file->file)) {
            status = refuse(err, file->path, 0, "migration %s is not in quire.sum", file->file,
                            HINT_ADDED);
            break;
        }
        qi_buffer_clear(&expected);
        if (!qi_sum_make(before, file, &expected))
            status = qi_fail_memory(err);
        else if (expected.length != l.length || memcmp(expected.data, l.text, l.length) != 0)
            status = refuse(err, file->path, 0, "migration %s was changed after it was written",
                            file->file, HINT_CHANGED);
        before = l;
        l = qi_sum_next(r);
    }
    if (!status && l.number)
        status = check_removed(all, path, l, err);
    qi_buffer_free(&expected);
    return status;
}

/* Where two branches are why it does not match, that is said, and not which line was met first. */
static quire_status explain(const qi_migration_directory *directory, qi_arena *arena,
                            quire_status status, quire_error *err)
{
    qi_branches branches;
    if (status != QUIRE_REFUSED ||
        qi_migrations_branches(directory, arena, &branches, NULL) != QUIRE_OK)
        return status;
    quire_error fork = { 0 };
    if (qi_branches_refuse(directory, &branches, &fork) && err)
        *err = fork;
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
    status = qi_file_read(path, QI_SUM_LARGEST, &arena, &text, &length, err);
    if (status)
        goto done;
    status = check_conflict(path, text, length, err);
    if (status)
        goto done;
    reader r = { text, text + length, 0 };
    line header = qi_sum_next(&r);
    entries all;
    status = check_header(path, header, err);
    if (!status)
        status = qi_sum_list(directory, &arena, &all) ? compare(&all, path, &r, header, err)
                                                      : qi_fail_memory(err);
done:
    status = explain(directory, &arena, status, err);
    qi_arena_free(&arena);
    return status;
}

/* The whole text of quire.sum. */
static quire_status make_sum(const qi_migration_directory *directory, qi_arena *arena,
                             qi_buffer *out, quire_error *err)
{
    size_t start = 0;
    entries all;
    if (!qi_sum_list(directory, arena, &all))
        return qi_fail_memory(err);
    qi_buffer_add(out, QI_SUM_HEADER "\n");
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
        if (!qi_sum_make(before, all.files[i], out))
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
    qi_buffer_init(&sum, QI_SUM_LARGEST);
    quire_status status = make_sum(directory, &arena, &sum, err);
    if (status)
        goto done;
    const char *path = qi_path_join(&arena, directory->path, QI_SUM_FILE);
    if (!path) {
        status = qi_fail_memory(err);
        goto done;
    }
    bool differs = !qi_file_exists(path) ||
                   qi_file_read(path, QI_SUM_LARGEST, &arena, &old, &old_length, NULL) ||
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
