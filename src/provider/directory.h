/* directory.h - directories that must be safe from other users, and removing whole ones. */
#ifndef QI_DIRECTORY_H
#define QI_DIRECTORY_H

#include <quire/error.h>

#include <sys/types.h>

/*
 * Makes a directory of mode 0700 that belongs to a user. One that is there already is taken only
 * when it is a real directory, of that user (or of root, for root's own processes), closed to all
 * others: in /tmp, anyone could have put something of that name. QUIRE_IO otherwise.
 */
quire_status qi_directory_private(const char *path, uid_t uid, gid_t gid, quire_error *err);

/*
 * Removes a directory with all that is in it. Symbolic links are removed, never followed. Fine when
 * it is not there.
 */
quire_status qi_directory_remove(const char *path, quire_error *err);

/* Makes renames in a directory durable, where the file system can. */
void qi_directory_sync(const char *path);

#endif
