#include "provider/directory.h"

#include "base/error.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* PostgreSQL's data directory is five deep at most; a tablespace is a link. */
#define DEEPEST 32

static quire_status refuse(quire_error *err, const char *path, const char *why)
{
    quire_status status = qi_fail(err, QUIRE_IO, "the directory for the private server %s", why);
    qi_locate(err, path, 0, 0);
    qi_hint(err, "Look at what it is, and remove it or give it to the user that runs the server.");
    return status;
}

static quire_status check_private(const char *path, uid_t uid, quire_error *err)
{
    struct stat info;
    if (lstat(path, &info) != 0)
        return qi_fail_errno(err, errno, "look at the directory", path);
    if (S_ISLNK(info.st_mode))
        return refuse(err, path, "is a symbolic link");
    if (!S_ISDIR(info.st_mode))
        return refuse(err, path, "is not a directory");
    if (info.st_uid != uid)
        return refuse(err, path, "belongs to another user");
    if ((info.st_mode & 077) == 0)
        return QUIRE_OK;
    return refuse(err, path, "is open to other users");
}

/* Gives a directory that was just made to the server's user, and to no symbolic link's target. */
static quire_status give(const char *path, uid_t uid, gid_t gid, quire_error *err)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return qi_fail_errno(err, errno, "open the directory", path);
    int number = fchown(fd, uid, gid) == 0 ? 0 : errno;
    close(fd);
    if (!number)
        return QUIRE_OK;
    (void)rmdir(path);
    return qi_fail_errno(err, number, "give the directory to the server's user", path);
}

/* Root's own is what a process left that ended before it gave the directory away. */
static quire_status take_private(const char *path, uid_t uid, gid_t gid, quire_error *err)
{
    if (check_private(path, 0, NULL) == QUIRE_OK && geteuid() == 0 && uid != 0)
        return give(path, uid, gid, err);
    return check_private(path, uid, err);
}

quire_status qi_directory_private(const char *path, uid_t uid, gid_t gid, quire_error *err)
{
    if (mkdir(path, 0700) != 0) {
        if (errno == EEXIST)
            return take_private(path, uid, gid, err);
        return qi_fail_errno(err, errno, "make the directory", path);
    }
    return uid == geteuid() ? QUIRE_OK : give(path, uid, gid, err);
}

void qi_directory_sync(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    (void)fsync(fd);
    close(fd);
}

/* Returns an errno, or 0. Recursion is bounded by DEEPEST. */
static int remove_at(int parent, const char *name, int depth);

static int remove_content(DIR *directory, int depth)
{
    const struct dirent *entry;
    int number = 0;
    while (!number && (entry = readdir(directory)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        number = remove_at(dirfd(directory), entry->d_name, depth + 1);
    }
    return number;
}

static int remove_at(int parent, const char *name, int depth)
{
    if (depth > DEEPEST)
        return ELOOP;
    int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0) {
        if (errno == ENOENT)
            return 0;
        if (errno != ENOTDIR && errno != ELOOP)
            return errno;
        return unlinkat(parent, name, 0) == 0 || errno == ENOENT ? 0 : errno;
    }
    DIR *directory = fdopendir(fd);
    if (!directory) {
        int number = errno;
        close(fd);
        return number;
    }
    int number = remove_content(directory, depth);
    closedir(directory);
    if (number)
        return number;
    return unlinkat(parent, name, AT_REMOVEDIR) == 0 || errno == ENOENT ? 0 : errno;
}

quire_status qi_directory_remove(const char *path, quire_error *err)
{
    int number = remove_at(AT_FDCWD, path, 0);
    return number ? qi_fail_errno(err, number, "remove", path) : QUIRE_OK;
}
