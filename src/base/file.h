/* file.h - whole files and paths. Paths are relative to the working directory unless absolute. */
#ifndef QI_FILE_H
#define QI_FILE_H

#include "base/arena.h"
#include "base/buffer.h"

#include <quire/error.h>

#include <stdbool.h>
#include <stddef.h>

/*
 * Reads a whole file into the arena, NUL behind it. Larger than `limit`, or holding a NUL: QUIRE_IO.
 * `length` may be NULL.
 */
quire_status qi_file_read(const char *path, size_t limit, qi_arena *arena, char **text,
                          size_t *length, quire_error *err);

/*
 * Writes a whole file so that a reader sees the old or the new content, never a part: a temporary
 * file beside it, fsync, rename. The directory must exist. Keeps the mode of a file that is there, and
 * a symbolic link to it. On failure the temporary file is gone and the old content is as it was.
 */
quire_status qi_file_write(const char *path, const char *data, size_t length, quire_error *err);

/* Whether something of that name exists. */
bool qi_file_exists(const char *path);

/* Makes a directory and its parents, mode 0777 less the umask. Fine when it exists. */
quire_status qi_directory_make(const char *path, quire_error *err);

/*
 * The names in a directory that end with `suffix`, sorted by strcmp; none that starts with a dot (what
 * editors leave). A missing directory is empty.
 */
quire_status qi_directory_list(const char *path, const char *suffix, qi_arena *arena,
                               const char *const **names, size_t *count, quire_error *err);

/* The absolute path of a directory that exists, NULL counts as "."; symbolic links are resolved. */
quire_status qi_directory_absolute(const char *path, qi_arena *arena, const char **out,
                                   quire_error *err);

/*
 * Finds a file in `directory` (NULL: ".") or the nearest directory above it. *found is the path of the
 * directory where it is, absolute and without a slash at the end (but for "/" itself); NULL when there
 * is none. A directory of that name does not count.
 */
quire_status qi_file_find_upwards(const char *directory, const char *name, qi_arena *arena,
                                  const char **found, quire_error *err);

/* "directory/name", or just `name` when it is absolute or `directory` is NULL or ".". */
char *qi_path_join(qi_arena *arena, const char *directory, const char *name);

#endif
