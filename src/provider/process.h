/*
 * process.h - running other programs from inside a library.
 *
 * The program that uses Quire may have many threads, open files, signal handlers and children of its
 * own. So between fork and exec only async-signal-safe functions are called; no file of the program
 * but the three standard ones is inherited; no signal handler or mask is; no exit status is waited
 * for that the program's own SIGCHLD handler could take away: it comes back through a pipe.
 */
#ifndef QI_PROCESS_H
#define QI_PROCESS_H

#include "base/buffer.h"

#include <quire/error.h>

#include <stdbool.h>
#include <sys/types.h>

typedef struct qi_command_line {
    const char *const *argv; /* argv[0] is an absolute path */
    const char *const *envp;
    const char *log;  /* gets both outputs of qi_process_start, appended; absolute */
    bool switch_user; /* from root to uid and gid, and to no other group */
    uid_t uid;
    gid_t gid;
} qi_command_line;

/*
 * Runs a program to its end with both of its outputs in `output`, as much of them as its limit
 * allows. *code is what it returned, or 128 + the signal that ended it. QUIRE_IO when it cannot be
 * run, QUIRE_TIMEOUT when it takes longer than `timeout_ms`: then it has been killed.
 */
quire_status qi_process_run(const qi_command_line *line, int timeout_ms, qi_buffer *output,
                            int *code, quire_error *err);

/* Starts a program in a session of its own, to outlive this one. *pid is its process. */
quire_status qi_process_start(const qi_command_line *line, long *pid, quire_error *err);

/* Whether a process is there and has not ended (one that ended may stay as a zombie). */
bool qi_process_alive(long pid);

/*
 * Whether a process is one of the PostgreSQL server with this data directory (as realpath writes
 * it), which is the working directory of all of them. Where the system does not tell, every living
 * process counts.
 */
bool qi_process_serves(long pid, const char *data);

/* Up to `most` processes that serve a data directory. Returns how many. */
size_t qi_process_find(const char *data, long *pids, size_t most);

#endif
