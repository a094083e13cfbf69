/* glibc counts realpath as X/Open, though POSIX.1-2008 has it too. */
#define _XOPEN_SOURCE 700

#include "base/file.h"

#include "base/error.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- reading --------------------------------------------------------------------------------- */

/* Reads to the end of a file. Returns an errno, or 0; EFBIG when there is more than the ceiling. */
static int read_all(int fd, qi_buffer *buffer)
{
    char chunk[16384];
    for (;;) {
        ssize_t count = read(fd, chunk, sizeof chunk);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return errno;
        if (count == 0)
            return 0;
        if ((size_t)count > buffer->limit - buffer->length)
            return EFBIG;
        qi_buffer_add_n(buffer, chunk, (size_t)count);
        if (qi_buffer_failed(buffer))
            return ENOMEM;
    }
}

/* Takes what was read, or says why not. `number` is the errno of reading. */
static quire_status check_content(const char *path, const qi_buffer *buffer, int number,
                                  quire_error *err)
{
    quire_status status;
    if (number == ENOMEM)
        return qi_fail_memory(err);
    if (number == EFBIG)
        status = qi_fail(err, QUIRE_IO, "file is larger than %zu bytes", buffer->limit);
    else if (number)
        status = qi_fail_errno(err, number, "read", path);
    else if (memchr(buffer->data, '\0', buffer->length))
        status = qi_fail(err, QUIRE_IO, "file is not text: it holds a NUL byte");
    else
        return QUIRE_OK;
    qi_locate(err, path, 0, 0);
    return status;
}

quire_status qi_file_read(const char *path, size_t limit, qi_arena *arena, char **text,
                          size_t *length, quire_error *err)
{
    qi_buffer buffer;
    qi_buffer_init(&buffer, limit);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return qi_fail_errno(err, errno, "open", path);
    int number = read_all(fd, &buffer);
    close(fd);
    quire_status status = check_content(path, &buffer, number, err);
    if (status != QUIRE_OK)
        goto done;

    char *copy = qi_arena_text_n(arena, buffer.data, buffer.length);
    if (!copy) {
        status = qi_fail_memory(err);
        goto done;
    }
    *text = copy;
    if (length)
        *length = buffer.length;
done:
    qi_buffer_free(&buffer);
    return status;
}

/* ---- writing --------------------------------------------------------------------------------- */

/* Returns an errno, or 0. */
static int write_all(int fd, const char *data, size_t length)
{
    while (length) {
        ssize_t count = write(fd, data, length < SSIZE_MAX ? length : SSIZE_MAX);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return errno;
        data += count;
        length -= (size_t)count;
    }
    return 0;
}

/*
 * Creates a file of a new name beside `path`. Not mkstemp: that gives mode 0600, and the umask can
 * only be asked for by changing it, which other threads would notice.
 */
static int open_temporary(qi_arena *arena, const char *path, char **name)
{
    for (int attempt = 0; attempt < 100; attempt++) {
        *name = qi_arena_printf(arena, "%s.%ld-%d.tmp", path, (long)getpid(), attempt);
        if (!*name) {
            errno = ENOMEM;
            return -1;
        }
        int fd = open(*name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0 || errno != EEXIST)
            return fd;
    }
    return -1;
}

/* Owner and group as they were, as far as this user may set them; the mode exactly. */
static int keep_mode(int fd, const struct stat *old)
{
    struct stat now;
    if (fstat(fd, &now) != 0)
        return errno;
    if ((now.st_uid != old->st_uid || now.st_gid != old->st_gid) &&
        fchown(fd, old->st_uid, old->st_gid) != 0 && errno != EPERM)
        return errno;
    return fchmod(fd, old->st_mode & 07777) == 0 ? 0 : errno;
}

/* A rename is durable when its directory is; a file system that cannot do this is no failure. */
static void sync_directory(qi_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *directory = !slash          ? "."
                            : slash == path ? "/"
                                            : qi_arena_text_n(arena, path, (size_t)(slash - path));
    int fd = directory ? open(directory, O_RDONLY | O_CLOEXEC) : -1;
    if (fd < 0)
        return;
    (void)fsync(fd);
    close(fd);
}

static quire_status replace(qi_arena *arena, const char *path, const struct stat *old,
                            const char *data, size_t length, quire_error *err)
{
    char *temporary = NULL;
    int fd = open_temporary(arena, path, &temporary);
    if (fd < 0)
        return qi_fail_errno(err, errno, "create", path);
    int number = write_all(fd, data, length);
    if (!number && old)
        number = keep_mode(fd, old);
    if (!number && fsync(fd) != 0)
        number = errno;
    if (close(fd) != 0 && !number)
        number = errno;
    if (!number && rename(temporary, path) != 0)
        number = errno;
    if (number) {
        unlink(temporary);
        return qi_fail_errno(err, number, "write", path);
    }
    sync_directory(arena, path);
    return QUIRE_OK;
}

quire_status qi_file_write(const char *path, const char *data, size_t length, quire_error *err)
{
    qi_arena arena = { 0 };
    /* Through a symbolic link, so that the link stays and its target changes. */
    char *target = realpath(path, NULL);
    struct stat old;
    bool exists = target && stat(target, &old) == 0;
    quire_status status;
    if (exists && !S_ISREG(old.st_mode))
        status = qi_fail(err, QUIRE_IO, "cannot write: not a regular file");
    else
        status = replace(&arena, target ? target : path, exists ? &old : NULL, data, length, err);
    if (status == QUIRE_IO)
        qi_locate(err, path, 0, 0);
    free(target);
    qi_arena_free(&arena);
    return status;
}

/* ---- names and directories ------------------------------------------------------------------- */

bool qi_file_exists(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0;
}

static int make_one(const char *path)
{
    struct stat info;
    if (mkdir(path, 0777) == 0)
        return 0;
    int number = errno;
    if (stat(path, &info) != 0)
        return number;
    return S_ISDIR(info.st_mode) ? 0 : ENOTDIR;
}

quire_status qi_directory_make(const char *path, quire_error *err)
{
    qi_arena arena = { 0 };
    char *part = qi_arena_text(&arena, path);
    if (!part)
        return qi_fail_memory(err);
    int number = 0;
    for (size_t i = 1; part[0] && part[i] && !number; i++) {
        if (part[i] != '/' || part[i - 1] == '/')
            continue;
        part[i] = '\0';
        number = make_one(part);
        part[i] = '/';
    }
    if (!number)
        number = make_one(part);
    qi_arena_free(&arena);
    return number ? qi_fail_errno(err, number, "make directory", path) : QUIRE_OK;
}

typedef struct name_list {
    qi_arena *arena;
    const char **names;
    size_t count;
    size_t size;
} name_list;

static bool add_name(name_list *list, const char *name)
{
    if (list->count == list->size) {
        size_t size = list->size ? list->size * 2 : 32;
        const char **names = qi_arena_zero(list->arena, size, sizeof *names);
        if (!names)
            return false;
        if (list->count)
            memcpy(names, list->names, list->count * sizeof *names);
        list->names = names;
        list->size = size;
    }
    list->names[list->count] = qi_arena_text(list->arena, name);
    return list->names[list->count++] != NULL;
}

static bool ends_with(const char *name, const char *suffix)
{
    size_t length = strlen(name);
    size_t tail = strlen(suffix);
    return length >= tail && memcmp(name + length - tail, suffix, tail) == 0;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static quire_status read_names(DIR *directory, const char *path, const char *suffix,
                               name_list *list, quire_error *err)
{
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(directory);
        if (!entry)
            return errno ? qi_fail_errno(err, errno, "read directory", path) : QUIRE_OK;
        if (entry->d_name[0] == '.' || !ends_with(entry->d_name, suffix))
            continue;
        if (!add_name(list, entry->d_name))
            return qi_fail_memory(err);
    }
}

quire_status qi_directory_list(const char *path, const char *suffix, qi_arena *arena,
                               const char *const **names, size_t *count, quire_error *err)
{
    name_list list = { .arena = arena };
    DIR *directory = opendir(path);
    if (!directory && errno != ENOENT)
        return qi_fail_errno(err, errno, "open directory", path);
    if (directory) {
        quire_status status = read_names(directory, path, suffix, &list, err);
        closedir(directory);
        if (status != QUIRE_OK)
            return status;
        if (list.count)
            qsort(list.names, list.count, sizeof *list.names, by_name);
    }
    *names = list.names;
    *count = list.count;
    return QUIRE_OK;
}

char *qi_path_join(qi_arena *arena, const char *directory, const char *name)
{
    if (name[0] == '/' || !directory || !directory[0] || strcmp(directory, ".") == 0)
        return qi_arena_text(arena, name);
    size_t length = strlen(directory);
    return qi_arena_printf(arena, "%s%s%s", directory, directory[length - 1] == '/' ? "" : "/",
                           name);
}

/* A directory of that name is not what was looked for: `.env` is a usual one in Python projects. */
static bool is_file(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && !S_ISDIR(info.st_mode);
}

quire_status qi_directory_absolute(const char *path, qi_arena *arena, const char **out,
                                   quire_error *err)
{
    const char *from = path ? path : ".";
    char *real = realpath(from, NULL);
    if (!real)
        return qi_fail_errno(err, errno, "open directory", from);
    const char *copy = qi_arena_text(arena, real);
    free(real);
    if (!copy)
        return qi_fail_memory(err);
    *out = copy;
    return QUIRE_OK;
}

quire_status qi_file_find_upwards(const char *directory, const char *name, qi_arena *arena,
                                  const char **found, quire_error *err)
{
    const char *start = NULL;
    quire_status status = qi_directory_absolute(directory, arena, &start, err);
    if (status != QUIRE_OK)
        return status;
    char *here = qi_arena_text(arena, start);
    if (!here)
        return qi_fail_memory(err);
    for (;;) {
        const char *path = qi_path_join(arena, here, name);
        if (!path)
            return qi_fail_memory(err);
        if (is_file(path)) {
            *found = here;
            return QUIRE_OK;
        }
        char *slash = strrchr(here, '/');
        if (!slash || !here[1])
            break;
        slash[slash == here ? 1 : 0] = '\0';
    }
    *found = NULL;
    return QUIRE_OK;
}
