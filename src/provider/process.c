/* setgroups and syscall are not POSIX. */
#define _DEFAULT_SOURCE

#include "provider/process.h"

#include "base/clock.h"
#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Where a child keeps the pipe that it reports on. */
#define REPORT_FD 3
#define MOST_SIGNALS 64

/* What a child says on its pipe. */
typedef struct report {
    enum { STARTED, ENDED, FAILED_USER, FAILED_LOG, FAILED_EXEC, FAILED_FORK } kind;
    int number; /* an errno, or how it ended */
    pid_t pid;
} report;

/* In the child: only async-signal-safe calls ------------------------------------------------- */

static void say(int kind, int number, pid_t pid)
{
    report r = { .number = number, .pid = pid };
    r.kind = (unsigned)kind;
    /* Shorter than PIPE_BUF, so it is written whole or not at all. */
    ssize_t ignored = write(REPORT_FD, &r, sizeof r);
    (void)ignored;
}

static void close_from(int first)
{
#ifdef SYS_close_range
    if (syscall(SYS_close_range, (unsigned)first, ~0u, 0u) == 0)
        return;
#endif
    struct rlimit limit;
    rlim_t most = getrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_cur : 1024;
    for (int fd = first; (rlim_t)fd < most && fd < 65536; fd++)
        close(fd);
}

static void reset_signals(void)
{
    struct sigaction action = { .sa_handler = SIG_DFL };
    for (int signal_number = 1; signal_number < MOST_SIGNALS; signal_number++)
        sigaction(signal_number, &action, NULL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Puts the files in their places: nothing, `output`, `output`, the report. */
static bool place_files(int output, int report_fd)
{
    /* Both above the places first, so that neither is overwritten. */
    int high_report = fcntl(report_fd, F_DUPFD, REPORT_FD + 1);
    int high_output = output >= 0 ? fcntl(output, F_DUPFD, REPORT_FD + 1) : -1;
    int nothing = open("/dev/null", O_RDWR);
    if (high_report < 0 || nothing < 0 || dup2(nothing, STDIN_FILENO) < 0)
        return false;
    if (high_output < 0)
        high_output = nothing;
    if (dup2(high_output, STDOUT_FILENO) < 0 || dup2(high_output, STDERR_FILENO) < 0 ||
        dup2(high_report, REPORT_FD) < 0)
        return false;
    close_from(REPORT_FD + 1);
    return fcntl(REPORT_FD, F_SETFD, FD_CLOEXEC) == 0;
}

static void enter_child(int output, int report_fd)
{
    reset_signals();
    if (!place_files(output, report_fd) || setsid() < 0)
        _exit(126);
    umask(077);
}

static void become_user(const qi_command_line *line)
{
    if (line->switch_user &&
        (setgroups(1, &line->gid) != 0 || setgid(line->gid) != 0 || setuid(line->uid) != 0)) {
        say(FAILED_USER, errno, 0);
        _exit(126);
    }
    /* The directory that the program was started in may be closed to that user, or go away. */
    if (chdir("/") != 0)
        _exit(126);
}

static _Noreturn void exec_program(const qi_command_line *line)
{
    /* exec takes pointers to char for historical reasons; it changes nothing. */
    union {
        const char *const *in;
        char *const *out;
    } argv = { line->argv }, envp = { line->envp };
    execve(line->argv[0], argv.out, envp.out);
    say(FAILED_EXEC, errno, 0);
    _exit(127);
}

/* The child of qi_process_run: starts the program, waits for it and tells how it ended. */
static _Noreturn void supervise(const qi_command_line *line, int output, int report_fd)
{
    enter_child(output, report_fd);
    pid_t program = fork();
    if (program < 0) {
        say(FAILED_FORK, errno, 0);
        _exit(126);
    }
    if (program == 0) {
        become_user(line);
        exec_program(line);
    }
    int how = 0;
    while (waitpid(program, &how, 0) < 0 && errno == EINTR) {
    }
    say(ENDED, WIFEXITED(how) ? WEXITSTATUS(how) : 128 + WTERMSIG(how), program);
    _exit(0);
}

/* The child of qi_process_start: leaves a grandchild behind, which nobody has to wait for. */
static _Noreturn void detach(const qi_command_line *line, int report_fd)
{
    pid_t program = fork();
    if (program != 0) {
        if (program < 0) {
            dup2(report_fd, REPORT_FD);
            say(FAILED_FORK, errno, 0);
        }
        _exit(0);
    }
    enter_child(-1, report_fd);
    become_user(line);
    int log = open(line->log, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, 0600);
    if (log < 0 || dup2(log, STDOUT_FILENO) < 0 || dup2(log, STDERR_FILENO) < 0) {
        say(FAILED_LOG, errno, 0);
        _exit(126);
    }
    close(log);
    say(STARTED, 0, getpid());
    exec_program(line);
}

/* In the parent ------------------------------------------------------------------------------ */

static bool make_pipe(int ends[2])
{
    if (pipe(ends) != 0)
        return false;
    /* Not pipe2, which is not POSIX yet: a fork of another thread in between only delays the end. */
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    return true;
}

static void close_pipe(int ends[2])
{
    for (int i = 0; i < 2; i++) {
        if (ends[i] >= 0)
            close(ends[i]);
        ends[i] = -1;
    }
}

/* fork, with the program's signal handlers kept out of the child until they are reset there. */
static pid_t fork_quietly(sigset_t *before)
{
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, before);
    return fork();
}

static void reap(pid_t child)
{
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {
    }
}

static quire_status fail_report(const report *r, const qi_command_line *line, quire_error *err)
{
    switch (r->kind) {
    case FAILED_USER:
        return qi_fail_errno(err, r->number, "switch to the user that runs the server",
                             line->argv[0]);
    case FAILED_LOG:
        return qi_fail_errno(err, r->number, "write the log", line->log);
    case FAILED_FORK:
        return qi_fail_errno(err, r->number, "start a process", line->argv[0]);
    default:
        return qi_fail_errno(err, r->number, "run", line->argv[0]);
    }
}

/* Reads one report. Returns 1, or 0 when there comes none any more. */
static int read_report(int fd, report *out)
{
    ssize_t count;
    do
        count = read(fd, out, sizeof *out);
    while (count < 0 && errno == EINTR);
    return count == (ssize_t)sizeof *out;
}

/* Takes in what there is to read; false at the end. What is over the limit is dropped. */
static bool read_output(int fd, qi_buffer *output)
{
    char chunk[4096];
    ssize_t count = read(fd, chunk, sizeof chunk);
    if (count < 0)
        return errno == EINTR;
    size_t room = output->limit - output->length;
    if (!qi_buffer_failed(output))
        qi_buffer_add_n(output, chunk, (size_t)count < room ? (size_t)count : room);
    return count > 0;
}

/* Follows a child until it has told how it ended. False when the time is over. */
static bool follow(int output_fd, int report_fd, int timeout_ms, qi_buffer *output, report *last,
                   bool *told)
{
    int64_t end = qi_clock_ms() + timeout_ms;
    struct pollfd fds[2] = { { output_fd, POLLIN, 0 }, { report_fd, POLLIN, 0 } };
    while (fds[1].fd >= 0) {
        int64_t left = end - qi_clock_ms();
        if (left <= 0)
            return false;
        if (poll(fds, 2, (int)left) < 0) {
            if (errno == EINTR)
                continue;
            return false;
        }
        if (fds[0].fd >= 0 && fds[0].revents && !read_output(output_fd, output))
            fds[0].fd = -1;
        else if (fds[1].revents && !(fds[0].revents & POLLIN)) {
            report r;
            if (!read_report(report_fd, &r))
                fds[1].fd = -1;
            else if (!*told || r.kind != ENDED) {
                /* A failure comes before the end that it leads to, and says more. */
                *last = r;
                *told = true;
            }
        }
    }
    return true;
}

static quire_status finish(bool in_time, bool told, const report *last, const qi_command_line *line,
                           int timeout_ms, int *code, quire_error *err)
{
    if (!in_time)
        return qi_fail(err, QUIRE_TIMEOUT, "%s did not end within %d s", line->argv[0],
                       timeout_ms / 1000);
    if (!told)
        return qi_fail(err, QUIRE_IO, "%s ended without a word", line->argv[0]);
    if (last->kind != ENDED)
        return fail_report(last, line, err);
    *code = last->number;
    return QUIRE_OK;
}

quire_status qi_process_run(const qi_command_line *line, int timeout_ms, qi_buffer *output,
                            int *code, quire_error *err)
{
    int out[2] = { -1, -1 };
    int reports[2] = { -1, -1 };
    if (!make_pipe(out) || !make_pipe(reports)) {
        int number = errno;
        close_pipe(out);
        return qi_fail_errno(err, number, "make a pipe", line->argv[0]);
    }
    sigset_t before;
    pid_t child = fork_quietly(&before);
    if (child == 0)
        supervise(line, out[1], reports[1]);
    int number = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (child < 0) {
        close_pipe(out);
        close_pipe(reports);
        return qi_fail_errno(err, number, "start a process", line->argv[0]);
    }
    close(out[1]);
    close(reports[1]);
    report last = { 0 };
    bool told = false;
    bool in_time = follow(out[0], reports[0], timeout_ms, output, &last, &told);
    if (!in_time) {
        kill(-child, SIGKILL); /* it leads its own session, so all that it started goes with it */
        kill(child, SIGKILL);
    }
    close(out[0]);
    close(reports[0]);
    reap(child);
    return finish(in_time, told, &last, line, timeout_ms, code, err);
}

quire_status qi_process_start(const qi_command_line *line, long *pid, quire_error *err)
{
    int reports[2] = { -1, -1 };
    if (!make_pipe(reports))
        return qi_fail_errno(err, errno, "make a pipe", line->argv[0]);
    sigset_t before;
    pid_t child = fork_quietly(&before);
    if (child == 0)
        detach(line, reports[1]);
    int number = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    close(reports[1]);
    if (child < 0) {
        close(reports[0]);
        return qi_fail_errno(err, number, "start a process", line->argv[0]);
    }
    reap(child);
    /* The pipe closes when the program runs: the descriptor is not inherited by it. */
    report last = { 0 };
    report r;
    bool told = false;
    *pid = 0;
    while (read_report(reports[0], &r)) {
        told = true;
        last = r;
        if (r.kind == STARTED)
            *pid = (long)r.pid;
    }
    close(reports[0]);
    if (!told)
        return qi_fail(err, QUIRE_IO, "%s could not be started", line->argv[0]);
    return last.kind == STARTED ? QUIRE_OK : fail_report(&last, line, err);
}
