/*
 * migration.h - a directory of migrations: its files, their order, and quire.sum.
 *
 * Knows files and SQL text, not databases, so that the command links it too: `quire generate` adds to
 * what `quire migrate` applies.
 *
 * quire.sum is text, a line for the algorithm's version and a line for each file:
 *
 *     quire.sum 1
 *     20261122093000_init.sql 5b6e...
 *     20261122093000_init.down.sql 90c1...
 *
 * A migration may have a file beside it that takes it back, <version>_<name>.down.sql: its line
 * stands behind that of the migration.
 *
 * The checksum of a line is the SHA-256 of the line before it (without its newline), a newline, the
 * file's name, a newline, and the file's tokens as qi_sql_normalise gives them. Being over the line
 * before, it covers all before it: two branches that each add a migration conflict in git, on
 * the last line, instead of in production. Each line can still be checked by itself, so that a
 * mismatch names the file.
 */
#ifndef QI_MIGRATION_H
#define QI_MIGRATION_H

#include "base/arena.h"
#include "base/buffer.h"
#include "migrate/digest.h"

#include <quire/db.h>
#include <quire/error.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#define QI_SUM_FILE "quire.sum"
#define QI_SUM_VERSION 1
#define QI_VERSION_SIZE 15  /* 14 digits, NUL */
#define QI_CHECKSUM_SIZE 80 /* "1:" and the digits, NUL */

enum {
    QI_MIGRATION_LARGEST = 64 << 20, /* bytes of a file */
    QI_MIGRATIONS_MOST = 100000      /* files in a directory */
};

/* One migration. Everything lies in the arena that it was read into. */
typedef struct qi_migration_file {
    const char *file;    /* "20261122093000_init.sql" */
    const char *path;    /* directory/file */
    const char *version; /* "20261122093000" */
    const char *name;    /* "init" */
    const char *text;
    size_t length;
    const struct qi_migration_file *down; /* what takes it back; NULL: there is no such file */
    char checksum[QI_CHECKSUM_SIZE];      /* of its tokens alone, as the history keeps it */
} qi_migration_file;

typedef struct qi_migration_directory {
    const char *path; /* as it was given */
    qi_migration_file *files;
    size_t count; /* oldest first */
} qi_migration_directory;

/*
 * Reads the migrations of a directory; one that does not exist is empty. Files that do not end in .sql
 * are left alone. QUIRE_REFUSED, naming the file: a name that is not <14 digits>_<name>.sql, two
 * migrations with the same version, a down file without its migration. QUIRE_IO.
 */
quire_status qi_migrations_read(const char *path, qi_arena *arena, qi_migration_directory *out,
                                quire_error *err);

/*
 * Compares a directory with its quire.sum. QUIRE_REFUSED, naming the first file that was changed,
 * added or removed since it was written (or git's conflict markers in it), and the remedy.
 */
quire_status qi_migrations_verify(const qi_migration_directory *directory, quire_error *err);

/*
 * Writes quire.sum for the files as they are, as one step. *changed (may be NULL) tells whether it
 * was different before.
 */
quire_status qi_migrations_seal(const qi_migration_directory *directory, bool *changed,
                                quire_error *err);

/*
 * How the lines of quire.sum hang together, merged or not, with git's marks of a conflict in it or not:
 * the checksum of each tells which line it was written behind.
 */
#define QI_BRANCH_COMMON 0          /* written before the branches parted; all, where none did */
#define QI_BRANCH_UNLISTED SIZE_MAX /* quire.sum does not have it */

typedef struct qi_branches {
    bool sound;      /* every line was written for a file that is there as it was then */
    size_t count;    /* branches that go on to an end of their own; 1: one line; 0: no lines */
    size_t *branch;  /* by migration: COMMON, UNLISTED, or its branch from 1 */
    bool conflict;   /* git's marks are in it: branch 1 stands first, as HEAD's */
    bool on_top;     /* they say that git was putting the second on top of the first */
    const char *sum; /* the file's text; NULL: there is none */
} qi_branches;

/* Everything lies in the arena. QUIRE_IO, QUIRE_MEMORY. */
quire_status qi_migrations_branches(const qi_migration_directory *directory, qi_arena *arena,
                                    qi_branches *out, quire_error *err);

/* QUIRE_REFUSED, naming the migrations that several branches begin with; QUIRE_OK for one line. */
quire_status qi_branches_refuse(const qi_migration_directory *directory,
                                const qi_branches *branches, quire_error *err);

/*
 * The last line of a file that Quire wrote, from which it can tell later whether its statements are
 * still those: "-- quire: generated 1:5b6e...". False: out of memory.
 */
bool qi_migration_mark(qi_arena *arena, const char *text, const char **marked);

/* Whether a file has that line and stands as it was written; comments and spaces do not count. */
bool qi_migration_is_as_generated(const qi_migration_file *file);

/*
 * A migration that was squashed, as the one in its place names it above its first statement:
 * "-- quire: replaces 20260101000000 1:5b6e...", a line each, its own version last.
 */
typedef struct qi_replaced {
    const char *version;
    const char *checksum; /* the beginning of it */
} qi_replaced;

/* Writes the line of a migration that is squashed. */
void qi_replaced_write(const qi_migration_file *file, qi_buffer *out);

/* Reads the lines; none is an empty list. */
quire_status qi_replaced_read(const qi_migration_file *file, qi_arena *arena,
                              const qi_replaced **out, size_t *count, quire_error *err);

/*
 * Adds a migration to a directory, which is made where it does not exist: verifies what is there,
 * writes <version>_<name>.sql, with `down` <version>_<name>.down.sql too, and quire.sum. On failure
 * nothing is added. `name` is made of letters, digits, _ and -; QUIRE_INVALID else. *file is the path of
 * the migration, in the arena.
 */
typedef struct qi_new_migration {
    const char *version;
    const char *name;
    const char *text;
    const char *down; /* NULL: no down file */
} qi_new_migration;

quire_status qi_migrations_add(const char *path, const qi_new_migration *migration, qi_arena *arena,
                               const char **file, quire_error *err);

/*
 * A version for a new migration: `now` in UTC, or the one after the newest of the directory when that
 * is not older. QUIRE_REFUSED when there is none.
 */
quire_status qi_migrations_next(const qi_migration_directory *directory, time_t now,
                                char version[QI_VERSION_SIZE], quire_error *err);

/*
 * The directory of a provider's migrations as quire.conf says, found upwards from `project` (NULL:
 * "."); relative to the working directory where it lies below that.
 */
quire_status qi_migrations_default(const char *project, quire_provider provider, qi_arena *arena,
                                   const char **path, quire_error *err);

/* An absolute path as a person would write it: relative, where it lies below the working directory. */
const char *qi_path_for_person(const char *path, qi_arena *arena);

#endif
