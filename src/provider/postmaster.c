#include "provider/postmaster.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "provider/process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* Lines of postmaster.pid, from 0; see src/include/utils/pidfile.h of PostgreSQL. */
enum { LINE_PID = 0, LINE_SOCKET = 4, LINE_STATUS = 7, LINES = 8 };

#define LARGEST_FILE 16384
#define MOST_ORPHANS 256
#define ORPHANS_WAIT_MS 5000
#define STOP_WAIT_MS 60000

/* A small file of the server's, split into lines. What is missing is empty. */
static bool read_lines(const char *directory, const char *name, qi_arena *arena,
                       const char *lines[LINES])
{
    for (int i = 0; i < LINES; i++)
        lines[i] = "";
    char *at = NULL;
    const char *path = qi_path_join(arena, directory, name);
    if (!path || qi_file_read(path, LARGEST_FILE, arena, &at, NULL, NULL) != QUIRE_OK)
        return false;
    for (int i = 0; i < LINES && *at; i++) {
        lines[i] = at;
        at += strcspn(at, "\n");
        if (*at)
            *at++ = '\0';
    }
    return true;
}

static bool has_socket(const char *directory)
{
    char path[256];
    int length = snprintf(path, sizeof path, "%s/.s.PGSQL.%d", directory, QI_SERVER_PORT);
    return directory[0] && length > 0 && (size_t)length < sizeof path && qi_file_exists(path);
}

/* postmaster.opts holds the command line: the program, then its arguments in quotes. */
static void read_binaries(const qi_place *place, qi_arena *arena, qi_postmaster *out)
{
    const char *lines[LINES];
    if (!read_lines(place->data, "postmaster.opts", arena, lines))
        return;
    const char *end = strstr(lines[0], " \"");
    size_t length = end ? (size_t)(end - lines[0]) : strlen(lines[0]);
    while (length && lines[0][length - 1] != '/')
        length--;
    if (length > 1 && length <= sizeof out->binaries) {
        memcpy(out->binaries, lines[0], length - 1);
        out->binaries[length - 1] = '\0';
    }
}

bool qi_postmaster_look(const qi_place *place, qi_postmaster *out)
{
    qi_arena arena = { 0 };
    const char *lines[LINES];
    memset(out, 0, sizeof *out);
    bool running = false;
    if (read_lines(place->data, "postmaster.pid", &arena, lines)) {
        out->pid = strtol(lines[LINE_PID], NULL, 10);
        running = qi_process_serves(out->pid, place->data);
    }
    if (running) {
        /* A project that was moved while its server ran has its socket moved with it. */
        bool moved = !has_socket(lines[LINE_SOCKET]);
        QI_COPY(out->socket, moved ? place->socket : lines[LINE_SOCKET]);
        out->ready = strncmp(lines[LINE_STATUS], "ready", 5) == 0;
        read_binaries(place, &arena, out);
    }
    qi_arena_free(&arena);
    return running;
}

/* What a killed server leaves ------------------------------------------------------------------ */

/* Whether someone listens on the socket: a server in another container, whose pid means nothing here. */
static bool answers(const char *directory)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int length = snprintf(address.sun_path, sizeof address.sun_path, "%s/.s.PGSQL.%d", directory,
                          QI_SERVER_PORT);
    if (length <= 0 || (size_t)length >= sizeof address.sun_path)
        return false;
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (fd < 0)
        return false;
    union {
        const struct sockaddr_un *un;
        const struct sockaddr *any;
    } to = { .un = &address };
    /* Someone who listens but never accepts would keep a blocking connect for good. */
    bool yes = fcntl(fd, F_SETFL, O_NONBLOCK) != 0 || connect(fd, to.any, sizeof address) == 0 ||
               errno == EAGAIN;
    close(fd);
    return yes;
}

/* A killed server's socket is open a moment longer than its process can be recognised. */
static bool wait_for_silence(const char *directory)
{
    int64_t end = qi_clock_ms() + ORPHANS_WAIT_MS;
    while (answers(directory)) {
        if (qi_clock_ms() >= end)
            return false;
        qi_sleep_ms(10);
    }
    return true;
}

static bool wait_for_orphans(const qi_place *place, int64_t wait_ms, long *pids, size_t *count)
{
    int64_t end = qi_clock_ms() + wait_ms;
    while ((*count = qi_process_find(place->data, pids, MOST_ORPHANS)) > 0) {
        if (qi_clock_ms() >= end)
            return false;
        qi_sleep_ms(10);
    }
    return true;
}

/*
 * The processes of a killed postmaster end by themselves when they notice, but one in the middle of a
 * long computation notices late. PostgreSQL's own crash recovery ends such processes by SIGQUIT too.
 */
static quire_status end_orphans(const qi_place *place, quire_error *err)
{
    long pids[MOST_ORPHANS];
    size_t count = 0;
    if (wait_for_orphans(place, ORPHANS_WAIT_MS, pids, &count))
        return QUIRE_OK;
    for (size_t i = 0; i < count; i++)
        (void)kill((pid_t)pids[i], SIGQUIT);
    if (wait_for_orphans(place, ORPHANS_WAIT_MS, pids, &count))
        return QUIRE_OK;
    quire_status status =
        qi_fail(err, QUIRE_TIMEOUT, "processes of a killed private server still run on its data");
    qi_detail(err, "%zu of them, process %ld among them.", count, pids[0]);
    qi_hint(err, "End them with kill -QUIT, then try again.");
    return status;
}

/*
 * PostgreSQL takes any living process of its user for the one that a lock file names. The number may
 * have gone to another one since, or belong to a zombie that nobody reaps, as in a container.
 */
static void drop_stale(const char *directory, const char *name)
{
    qi_arena arena = { 0 };
    const char *lines[LINES];
    if (read_lines(directory, name, &arena, lines)) {
        long pid = strtol(lines[LINE_PID], NULL, 10);
        const char *path = qi_path_join(&arena, directory, name);
        if (path && pid > 0 && (kill((pid_t)pid, 0) == 0 || errno == EPERM))
            (void)unlink(path);
    }
    qi_arena_free(&arena);
}

quire_status qi_postmaster_clear(const qi_place *place, quire_error *err)
{
    char name[64];
    qi_arena arena = { 0 };
    const char *lines[LINES];
    bool left = read_lines(place->data, "postmaster.pid", &arena, lines);
    qi_arena_free(&arena);
    /* Before anything is ended or removed: it could be a server that lives in another container. */
    if (!wait_for_silence(place->socket)) {
        quire_status status =
            qi_fail(err, QUIRE_REFUSED, "another server listens on the private server's socket");
        qi_locate(err, place->socket, 0, 0);
        qi_hint(err, "The project's server may run in a container that shares the directory: stop "
                     "it there.");
        return status;
    }
    quire_status status = left ? end_orphans(place, err) : QUIRE_OK;
    if (status != QUIRE_OK)
        return status;
    drop_stale(place->data, "postmaster.pid");
    snprintf(name, sizeof name, ".s.PGSQL.%d.lock", QI_SERVER_PORT);
    drop_stale(place->socket, name);
    return QUIRE_OK;
}

quire_status qi_postmaster_stop(const qi_place *place, quire_error *err)
{
    qi_postmaster postmaster;
    if (!qi_postmaster_look(place, &postmaster))
        return QUIRE_OK;
    if (kill((pid_t)postmaster.pid, SIGINT) != 0 && errno != ESRCH) {
        quire_status status = qi_fail_errno(err, errno, "stop the private server", place->data);
        qi_detail(err, "It is process %ld of user %s.", postmaster.pid, place->user);
        return status;
    }
    int64_t end = qi_clock_ms() + STOP_WAIT_MS;
    while (qi_process_alive(postmaster.pid)) {
        if (qi_clock_ms() >= end) {
            quire_status status = qi_fail(
                err, QUIRE_TIMEOUT, "the private server (process %ld) does not stop within %d s",
                postmaster.pid, STOP_WAIT_MS / 1000);
            qi_hint(err, "Its log tells what it waits for: %s.", place->log);
            return status;
        }
        qi_sleep_ms(2);
    }
    return QUIRE_OK;
}
