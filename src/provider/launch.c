#include "provider/launch.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "provider/directory.h"
#include "provider/postmaster.h"
#include "provider/process.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CREATE_TIMEOUT_MS 120000
#define START_TIMEOUT_MS 120000 /* of a server that is alive: recovering from a crash takes time */
#define IN_USE_MS 10000
#define POLL_MS 2
#define LARGEST_LOG (1024 * 1024)
#define LOG_END 2048 /* bytes of a log that are looked at after a failure */

static qi_command_line command_line(const qi_place *place, const char *const *argv,
                                    const char *const *envp)
{
    return (qi_command_line){
        .argv = argv,
        .envp = envp,
        .log = place->log,
        .switch_user = place->switch_user,
        .uid = place->uid,
        .gid = place->gid,
    };
}

/* The last lines of a text that fit into an error's detail, without the empty ones at its end. */
static void detail_end(char *text, quire_error *err)
{
    size_t most = sizeof err->detail - 1;
    size_t length = strlen(text);
    while (length && (text[length - 1] == '\n' || text[length - 1] == ' '))
        text[--length] = '\0';
    const char *start = text;
    if (length > most) {
        start = text + length - most;
        const char *line = strchr(start, '\n');
        start = line ? line + 1 : start;
    }
    qi_detail(err, "%s", start);
}

static void hint_cause(const char *text, const char *log, quire_error *err)
{
    if (strstr(text, "No space left on device"))
        qi_hint(err, "The disk is full: make room on it.");
    else if (strstr(text, "invalid locale name"))
        qi_hint(err, "The locale C.UTF-8 is missing on this system.");
    else if (log)
        qi_hint(err, "The whole log: %s.", log);
}

/* Creating ----------------------------------------------------------------------------------- */

static quire_status run_initdb(const qi_place *place, const char *program, const char *const *envp,
                               quire_error *err)
{
    const char *argv[] = { program, "-D",   place->data_new,    "-U", QI_SERVER_USER, "-A", "trust",
                           "-E",    "UTF8", "--locale=C.UTF-8", NULL };
    qi_command_line line = command_line(place, argv, envp);
    qi_buffer output;
    qi_buffer_init(&output, 65536);
    int code = 0;
    quire_status status = qi_process_run(&line, CREATE_TIMEOUT_MS, &output, &code, err);
    if (status == QUIRE_OK && qi_buffer_failed(&output))
        status = qi_fail_memory(err);
    if (status == QUIRE_OK && code != 0) {
        status = qi_fail(err, QUIRE_IO, "initdb could not make the private server's data");
        qi_locate(err, place->data, 0, 0);
        hint_cause(output.data, NULL, err);
        detail_end(output.data, err);
    }
    qi_buffer_free(&output);
    return status;
}

quire_status qi_server_create(const qi_place *place, const qi_binaries *binaries, qi_arena *arena,
                              quire_error *err)
{
    const char *program = qi_path_join(arena, binaries->directory, "initdb");
    const char *const *envp = qi_binaries_environment(arena);
    if (!program || !envp)
        return qi_fail_memory(err);
    quire_status status = qi_directory_remove(place->data_new, err);
    if (status == QUIRE_OK)
        status = run_initdb(place, program, envp, err);
    if (status == QUIRE_OK && rename(place->data_new, place->data) != 0)
        status = qi_fail_errno(err, errno, "rename the new data directory", place->data_new);
    if (status != QUIRE_OK) {
        (void)qi_directory_remove(place->data_new, NULL);
        return status;
    }
    qi_directory_sync(place->base);
    return QUIRE_OK;
}

/* Starting ----------------------------------------------------------------------------------- */

static off_t size_of(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0 ? info.st_size : 0;
}

/* What the log got since it had `from` bytes; the end of it, when that is much. */
static void read_log(const qi_place *place, off_t from, char text[LOG_END + 1])
{
    text[0] = '\0';
    int fd = open(place->log, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return;
    off_t end = size_of(place->log);
    if (end - from > LOG_END)
        from = end - LOG_END;
    ssize_t count = pread(fd, text, LOG_END, from);
    close(fd);
    text[count > 0 ? count : 0] = '\0';
}

/* Returns once the server takes connections (1), has ended (0), or the time is over (-1). */
static int wait_ready(const qi_place *place, long pid)
{
    int64_t end = qi_clock_ms() + START_TIMEOUT_MS;
    qi_postmaster now;
    for (;;) {
        bool alive = qi_process_alive(pid);
        if (qi_postmaster_look(place, &now) && now.pid == pid && now.ready)
            return 1;
        if (!alive)
            return 0;
        if (qi_clock_ms() >= end)
            return -1;
        qi_sleep_ms(POLL_MS);
    }
}

static quire_status start_once(const qi_place *place, const char *const *argv,
                               const char *const *envp, bool *in_use, quire_error *err)
{
    qi_command_line line = command_line(place, argv, envp);
    char text[LOG_END + 1];
    long pid = 0;
    off_t from = size_of(place->log);
    *in_use = false;
    quire_status status = qi_process_start(&line, &pid, err);
    if (status != QUIRE_OK)
        return status;
    int ready = wait_ready(place, pid);
    if (ready > 0)
        return QUIRE_OK;
    read_log(place, from, text);
    *in_use = strstr(text, "is still in use") != NULL;
    status = ready == 0 ? qi_fail(err, QUIRE_IO, "the private server does not start")
                        : qi_fail(err, QUIRE_TIMEOUT, "the private server is not ready after %d s",
                                  START_TIMEOUT_MS / 1000);
    qi_locate(err, place->data, 0, 0);
    hint_cause(text, place->log, err);
    detail_end(text, err);
    return status;
}

/*
 * No TCP, and a socket for its user alone: trust is safe then. With fsync on, nothing can be
 * corrupted, even by the machine going down. A commit does not wait for the disk (0.1 ms in place of
 * 3), which follows it within some milliseconds: what a crash can take with it is no more than
 * those, which development data can do without. UTC and no JIT as on the cloud providers: the
 * same answers, and no half second of compiling.
 */
static quire_status build_arguments(const qi_place *place, const qi_binaries *binaries,
                                    qi_arena *arena, const char *const **out, quire_error *err)
{
    static const char *const settings[] = {
        "listen_addresses=",
        "port=5432",
        "unix_socket_permissions=0700",
        "synchronous_commit=off",
        "wal_writer_delay=5ms",
        "timezone=UTC",
        "jit=off",
        "log_line_prefix=%m [%p] ",
        "lc_messages=C",
        "cluster_name=quire",
        "logging_collector=off",
        "log_checkpoints=off",
        "log_destination=stderr",
    };
    size_t count = sizeof settings / sizeof *settings;
    const char **argv = qi_arena_zero(arena, 2 * count + 6, sizeof *argv);
    const char *program = qi_path_join(arena, binaries->directory, "postgres");
    const char *socket = qi_arena_printf(arena, "unix_socket_directories=\"%s\"", place->socket);
    if (!argv || !program || !socket)
        return qi_fail_memory(err);
    size_t at = 0;
    argv[at++] = program;
    argv[at++] = "-D";
    argv[at++] = place->data;
    argv[at++] = "-c";
    argv[at++] = socket;
    for (size_t i = 0; i < count; i++) {
        argv[at++] = "-c";
        argv[at++] = settings[i];
    }
    *out = argv;
    return QUIRE_OK;
}

quire_status qi_server_launch(const qi_place *place, const qi_binaries *binaries, qi_arena *arena,
                              quire_error *err)
{
    const char *const *argv = NULL;
    const char *const *envp = qi_binaries_environment(arena);
    quire_status status =
        envp ? build_arguments(place, binaries, arena, &argv, err) : qi_fail_memory(err);
    if (status != QUIRE_OK)
        return status;
    if (size_of(place->log) > LARGEST_LOG)
        (void)rename(place->log, place->log_old);

    /* A killed server's shared memory may be seen a moment longer than its processes are. */
    quire_error failure = { 0 };
    int64_t end = qi_clock_ms() + IN_USE_MS;
    for (bool again = true; again;) {
        bool in_use = false;
        status = qi_postmaster_clear(place, &failure);
        if (status == QUIRE_OK)
            status = start_once(place, argv, envp, &in_use, &failure);
        again = in_use && status != QUIRE_OK && qi_clock_ms() < end;
        if (again)
            qi_sleep_ms(50);
    }
    if (status != QUIRE_OK && err)
        *err = failure;
    return status;
}
