/* process_list.c - looking at processes, through /proc where there is one. */
#include "provider/process.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The state letter in /proc/<pid>/stat, which follows the name in parentheses; 0: not known. */
static char state_of(long pid)
{
    char path[64];
    char text[512];
    snprintf(path, sizeof path, "/proc/%ld/stat", pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return 0;
    ssize_t count = read(fd, text, sizeof text - 1);
    close(fd);
    if (count <= 0)
        return 0;
    text[count] = '\0';
    const char *name_end = strrchr(text, ')');
    return name_end && name_end[1] == ' ' ? name_end[2] : '\0';
}

bool qi_process_alive(long pid)
{
    if (pid <= 1 || (kill((pid_t)pid, 0) != 0 && errno != EPERM))
        return false;
    char state = state_of(pid);
    return state != 'Z' && state != 'X';
}

/* What a link in /proc/<pid> points to; false when it cannot be told. */
static bool read_link(long pid, const char *name, char where[PATH_MAX])
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%ld/%s", pid, name);
    ssize_t length = readlink(path, where, PATH_MAX - 1);
    if (length <= 0)
        return false;
    where[length] = '\0';
    return true;
}

bool qi_process_serves(long pid, const char *data)
{
    char where[PATH_MAX];
    if (!qi_process_alive(pid))
        return false;
    if (access("/proc/self/exe", F_OK) != 0)
        return true;
    if (!read_link(pid, "cwd", where) || strcmp(where, data) != 0 || !read_link(pid, "exe", where))
        return false;
    /* "postgres", or "postgres (deleted)" when the package was upgraded since. */
    const char *name = strrchr(where, '/');
    return name && strncmp(name, "/postgres", 9) == 0;
}

size_t qi_process_find(const char *data, long *pids, size_t most)
{
    DIR *processes = opendir("/proc");
    size_t count = 0;
    if (!processes)
        return 0;
    const struct dirent *entry;
    while (count < most && (entry = readdir(processes)) != NULL) {
        if (!isdigit((unsigned char)entry->d_name[0]))
            continue;
        long pid = strtol(entry->d_name, NULL, 10);
        if (pid != (long)getpid() && qi_process_serves(pid, data))
            pids[count++] = pid;
    }
    closedir(processes);
    return count;
}
