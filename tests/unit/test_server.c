/* The private server and scratch databases: real processes in directories of their own. */
#define _XOPEN_SOURCE 700

#include "support/test.h"

#include "base/clock.h"
#include "provider/binaries.h"
#include "provider/directory.h"

#include <quire/server.h>

#include <libpq-fe.h>

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define PATH_SIZE 1024

/* One project for the tests that can begin with a server in any state; it saves making its data. */
static char shared[PATH_SIZE];

/* Support ------------------------------------------------------------------------------------- */

static void path_in(char out[PATH_SIZE], const char *directory, const char *name)
{
    int length = snprintf(out, PATH_SIZE, "%s/%s", directory, name);
    assert_true(length > 0 && length < PATH_SIZE);
}

static void write_text(const char *directory, const char *name, const char *text)
{
    char path[PATH_SIZE];
    path_in(path, directory, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(0, fclose(file));
}

static void read_text(const char *directory, const char *name, char *text, size_t size)
{
    char path[PATH_SIZE];
    path_in(path, directory, name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    text[fread(text, 1, size - 1, file)] = '\0';
    assert_int_equal(0, fclose(file));
}

static bool exists(const char *directory, const char *name)
{
    char path[PATH_SIZE];
    struct stat info;
    path_in(path, directory, name);
    return lstat(path, &info) == 0;
}

static mode_t mode_of(const char *path)
{
    struct stat info;
    assert_int_equal(0, lstat(path, &info));
    return info.st_mode & 07777;
}

/* A new directory that any user can pass through, as projects usually are. */
static void make_project(char out[PATH_SIZE])
{
    snprintf(out, PATH_SIZE, "/tmp/quire-test-XXXXXX");
    assert_non_null(mkdtemp(out));
    assert_int_equal(0, chmod(out, 0755));
}

static void remove_project(const char *directory)
{
    quire_error err = { 0 };
    unsetenv("QUIRE_PG_BIN");
    assert_ok(quire_server_reset(directory, &err), &err);
    assert_ok(qi_directory_remove(directory, &err), &err);
}

static quire_server start(const char *directory)
{
    quire_error err = { 0 };
    quire_server server;
    assert_ok(quire_server_start(directory, &server, &err), &err);
    assert_true(server.running);
    return server;
}

static quire_server look(const char *directory)
{
    quire_error err = { 0 };
    quire_server server;
    assert_ok(quire_server_status(directory, &server, &err), &err);
    return server;
}

static void stop(const char *directory)
{
    quire_error err = { 0 };
    assert_ok(quire_server_stop(directory, &err), &err);
    assert_false(look(directory).running);
}

/* The first value of a query, in a static buffer. */
static const char *ask(const char *url, const char *sql)
{
    static char text[256];
    PGconn *connection = PQconnectdb(url);
    if (PQstatus(connection) != CONNECTION_OK)
        fail_msg("%s", PQerrorMessage(connection));
    PGresult *result = PQexec(connection, sql);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
        fail_msg("%s: %s", sql, PQerrorMessage(connection));
    snprintf(text, sizeof text, "%s", PQntuples(result) ? PQgetvalue(result, 0, 0) : "");
    PQclear(result);
    PQfinish(connection);
    return text;
}

static int setup_shared(void **state)
{
    (void)state;
    unsetenv("QUIRE_SCRATCH_URL");
    unsetenv("QUIRE_PG_BIN");
    make_project(shared);
    write_text(shared, "quire.conf", "[project]\nname = shop\n");
    return 0;
}

static int teardown_shared(void **state)
{
    (void)state;
    remove_project(shared);
    return 0;
}

/* Called with a server that runs; leaves none. */
static void check_reset(const char *directory)
{
    char target[PATH_SIZE];
    char link[PATH_SIZE];
    quire_error err = { 0 };
    assert_ok(quire_server_reset(directory, &err), &err);
    assert_false(look(directory).initialised);
    assert_false(exists(directory, ".quire/data"));
    assert_false(exists(directory, ".quire/data.old"));
    assert_false(exists(directory, ".quire/log"));

    /* A link in its place is removed, what it points to is not. */
    path_in(target, directory, "precious");
    assert_int_equal(0, mkdir(target, 0755));
    write_text(target, "PG_VERSION", "15\n");
    path_in(link, directory, ".quire/data");
    assert_int_equal(0, symlink(target, link));
    assert_ok(quire_server_reset(directory, &err), &err);
    assert_false(exists(directory, ".quire/data"));
    assert_true(exists(target, "PG_VERSION"));
}

/* Starting and finding ------------------------------------------------------------------------ */

static void test_first_start_and_reset(void **state)
{
    char directory[PATH_SIZE];
    char text[16];
    (void)state;
    make_project(directory);
    quire_server before = look(directory);
    assert_false(before.initialised);
    assert_false(before.running);
    assert_false(exists(directory, ".quire")); /* looking makes nothing */

    quire_server server = start(directory);
    assert_true(server.initialised);
    assert_true(server.started);
    assert_true(server.pid > 1);
    assert_int_equal(before.major, server.major);
    assert_string_equal(before.binaries, server.binaries);
    assert_string_equal("app", server.database);
    assert_string_equal("app", ask(server.url, "select current_database()"));
    assert_string_equal("UTF8", ask(server.url, "show server_encoding"));
    assert_string_equal("UTC", ask(server.url, "show timezone"));
    assert_string_equal("on", ask(server.url, "show fsync"));
    assert_string_equal("", ask(server.url, "show listen_addresses"));
    read_text(directory, ".quire/.gitignore", text, sizeof text);
    assert_string_equal("*\n", text);
    assert_int_equal(0700, mode_of(server.socket));
    assert_int_equal(0700, mode_of(server.data));

    quire_server again = start(directory);
    assert_false(again.started);
    assert_int_equal(server.pid, again.pid);
    assert_string_equal(server.url, again.url);
    check_reset(directory);
    remove_project(directory);
}

static void test_project_database(void **state)
{
    (void)state;
    quire_server server = start(shared);
    assert_string_equal("shop", server.database);
    assert_string_equal("shop", ask(server.url, "select current_database()"));
    /* Found from below, and made again when it was dropped. */
    char below[PATH_SIZE];
    path_in(below, shared, "below");
    assert_int_equal(0, mkdir(below, 0755));
    assert_int_equal(server.pid, start(below).pid);
    char admin[PATH_SIZE];
    snprintf(admin, sizeof admin, "host=%s port=5432 user=postgres dbname=postgres", server.socket);
    ask(admin, "drop database shop with (force)");
    start(shared);
    assert_string_equal("shop", ask(server.url, "select current_database()"));
}

enum { RACERS = 5 };

static void test_processes_at_once(void **state)
{
    char directory[PATH_SIZE];
    int ends[2];
    (void)state;
    make_project(directory);
    assert_int_equal(0, pipe(ends));
    for (int i = 0; i < RACERS; i++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            quire_server server = { 0 };
            quire_error err = { 0 };
            if (quire_server_start(directory, &server, &err) != QUIRE_OK)
                quire_error_print(&err, stderr);
            long told[2] = { server.pid, server.started };
            _exit(write(ends[1], told, sizeof told) == (ssize_t)sizeof told ? 0 : 1);
        }
    }
    long pid = 0;
    long started = 0;
    for (int i = 0; i < RACERS; i++) {
        long told[2] = { 0 };
        assert_int_equal(sizeof told, read(ends[0], told, sizeof told));
        assert_true(told[0] > 1);
        assert_true(pid == 0 || pid == told[0]);
        pid = told[0];
        started += told[1];
    }
    assert_int_equal(1, started);
    while (wait(NULL) > 0) {
    }
    close(ends[0]);
    close(ends[1]);
    remove_project(directory);
}

static void *start_in_thread(void *context)
{
    long *pid = context;
    quire_server server = { 0 };
    if (quire_server_start(shared, &server, NULL) == QUIRE_OK)
        *pid = server.pid;
    return NULL;
}

static void test_threads_at_once(void **state)
{
    pthread_t threads[RACERS];
    long pids[RACERS] = { 0 };
    (void)state;
    stop(shared);
    for (int i = 0; i < RACERS; i++)
        assert_int_equal(0, pthread_create(&threads[i], NULL, start_in_thread, &pids[i]));
    for (int i = 0; i < RACERS; i++)
        assert_int_equal(0, pthread_join(threads[i], NULL));
    for (int i = 0; i < RACERS; i++) {
        assert_true(pids[i] > 1);
        assert_int_equal(pids[0], pids[i]);
    }
}

/* The program that uses the library keeps its own files, signals and children to itself. */
static void test_a_guest_in_the_process(void **state)
{
    int ends[2];
    char byte;
    struct sigaction ignore = { .sa_handler = SIG_IGN };
    struct sigaction before;
    (void)state;
    stop(shared);
    assert_int_equal(0, pipe(ends));
    assert_int_equal(0, sigaction(SIGCHLD, &ignore, &before));
    start(shared);
    struct sigaction after;
    assert_int_equal(0, sigaction(SIGCHLD, &before, &after));
    assert_true(after.sa_handler == SIG_IGN);
    /* The server must not hold the pipe open. */
    close(ends[1]);
    assert_int_equal(0, fcntl(ends[0], F_SETFL, O_NONBLOCK));
    assert_int_equal(0, read(ends[0], &byte, 1));
    close(ends[0]);
}

/* Stopping and dying -------------------------------------------------------------------------- */

static void test_stop(void **state)
{
    quire_error err = { 0 };
    (void)state;
    quire_server server = start(shared);
    stop(shared);
    assert_true(look(shared).initialised);
    assert_int_not_equal(server.pid, look(shared).pid);
    assert_true(exists(shared, ".quire/data"));
    assert_ok(quire_server_stop(shared, &err), &err);
    assert_true(start(shared).started);
    /* Where there never was one. */
    char directory[PATH_SIZE];
    make_project(directory);
    assert_ok(quire_server_stop(directory, &err), &err);
    assert_ok(quire_server_reset(directory, &err), &err);
    assert_false(exists(directory, ".quire"));
    remove_project(directory);
}

static void test_killed(void **state)
{
    (void)state;
    quire_server server = start(shared);
    ask(server.url, "create table kept as select 7 as n");
    ask(server.url, "checkpoint");
    assert_int_equal(0, kill((pid_t)server.pid, SIGKILL));
    quire_server again = start(shared);
    assert_true(again.started);
    assert_int_not_equal(server.pid, again.pid);
    assert_string_equal("7", ask(again.url, "select n from kept"));
}

/* A backend in the middle of a computation does not notice that its server was killed. */
static void test_killed_with_a_busy_backend(void **state)
{
    (void)state;
    quire_server server = start(shared);
    PGconn *busy = PQconnectdb(server.url);
    assert_int_equal(CONNECTION_OK, PQstatus(busy));
    assert_int_equal(1, PQsendQuery(busy, "select count(*) from generate_series(1, 4000000000)"));
    assert_string_equal("1", ask(server.url, "select 1"));
    assert_int_equal(0, kill((pid_t)server.pid, SIGKILL));
    quire_server again = start(shared);
    assert_true(again.started);
    assert_string_equal("1", ask(again.url, "select 1"));
    PQfinish(busy);
}

/* The number of a dead postmaster may belong to any process by now: here, to this test. */
static void test_stale_pid_file(void **state)
{
    char text[PATH_SIZE];
    char lock[PATH_SIZE];
    (void)state;
    quire_server server = start(shared);
    stop(shared);
    snprintf(text, sizeof text, "%ld\n%s\n1\n5432\n%s\n\n0 0\nready   \n", (long)getpid(),
             server.data, server.socket);
    write_text(server.data, "postmaster.pid", text);
    write_text(server.socket, ".s.PGSQL.5432.lock", text);
    path_in(lock, server.socket, ".s.PGSQL.5432.lock");
    assert_false(look(shared).running);
    quire_server again = start(shared);
    assert_true(again.started);
    assert_int_not_equal(getpid(), again.pid);
    /* And stopping never signals a process that is not the server. */
    stop(shared);
    write_text(server.data, "postmaster.pid", text);
    stop(shared);
}

/* As when the directory is shared with a container, whose process numbers mean nothing here. */
static void test_socket_of_another(void **state)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    quire_error err = { 0 };
    (void)state;
    quire_server server = start(shared);
    stop(shared);
    snprintf(address.sun_path, sizeof address.sun_path, "%.80s/.s.PGSQL.5432", server.socket);
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_true(fd >= 0);
    assert_int_equal(0, bind(fd, (const struct sockaddr *)&address, sizeof address));
    assert_int_equal(0, chmod(address.sun_path, 0777));
    assert_int_equal(0, listen(fd, 100));
    write_text(server.data, "postmaster.pid", "999999999\n");
    assert_status(QUIRE_REFUSED, quire_server_start(shared, &server, &err), &err);
    assert_contains(err.message, "another server listens");
    assert_true(exists(server.data, "postmaster.pid")); /* without it, a server ends itself */
    close(fd);
    assert_int_equal(0, unlink(address.sun_path));
    assert_true(start(shared).started);
}

static void test_log_is_rotated(void **state)
{
    char big[PATH_SIZE];
    (void)state;
    quire_server server = start(shared);
    stop(shared);
    assert_int_equal(0, truncate(server.log, 2 * 1024 * 1024));
    start(shared);
    path_in(big, shared, ".quire/log.old");
    struct stat info;
    assert_int_equal(0, stat(big, &info));
    assert_int_equal(2 * 1024 * 1024, info.st_size);
    assert_int_equal(0, stat(server.log, &info));
    assert_true(info.st_size < 65536);
}

/* Places -------------------------------------------------------------------------------------- */

static void make_long_project(char out[PATH_SIZE], char top[PATH_SIZE])
{
    make_project(top);
    path_in(out, top, "");
    for (int i = 0; i < 3; i++) {
        char part[PATH_SIZE];
        path_in(part, out, "a-directory-with-a-name-of-fifty-characters-in-all-x");
        memcpy(out, part, sizeof part);
        assert_int_equal(0, mkdir(out, 0755));
    }
}

/* Called with a project that has no server yet; stops the one that it starts. */
static void check_long_path(const char *directory)
{
    quire_server server = start(directory);
    assert_true(server.started);
    assert_true(strlen(server.socket) < 90);
    assert_contains(server.socket, "/quire-");
    assert_int_equal(0700, mode_of(server.socket));
    assert_string_equal("app", ask(server.url, "select current_database()"));
    assert_false(start(directory).started);
    stop(directory);
    assert_int_not_equal(0, access(server.socket, F_OK));
}

/* Anyone could have made something of that name in /tmp. */
static void test_socket_apart(void **state)
{
    char top[PATH_SIZE];
    char directory[PATH_SIZE];
    quire_server server;
    quire_error err = { 0 };
    (void)state;
    make_long_project(directory, top);
    char socket[PATH_SIZE];
    snprintf(socket, sizeof socket, "%s", look(directory).socket);

    assert_int_equal(0, symlink(top, socket));
    assert_status(QUIRE_IO, quire_server_start(directory, &server, &err), &err);
    assert_contains(err.message, "is a symbolic link");
    assert_string_equal(socket, err.file);
    assert_int_equal(0, unlink(socket));

    assert_int_equal(0, mkdir(socket, 0777));
    assert_int_equal(0, chmod(socket, 0777));
    assert_status(QUIRE_IO, quire_server_start(directory, &server, &err), &err);
    assert_contains(err.message, "the directory for the private server");
    assert_false(look(directory).running);
    assert_false(look(directory).initialised); /* nothing was made for nothing */
    assert_int_equal(0, rmdir(socket));

    check_long_path(directory);
    assert_ok(quire_server_reset(directory, &err), &err);
    remove_project(top);
}

/* A project that the server's user cannot enter. Only root runs the server as someone else. */
static void test_closed_project(void **state)
{
    char directory[PATH_SIZE];
    char text[PATH_SIZE];
    (void)state;
    make_project(directory);
    assert_int_equal(0, chmod(directory, 0700));
    quire_server server = start(directory);
    struct stat info;
    assert_int_equal(0, stat(server.data, &info));
    assert_int_not_equal(0, info.st_uid);
    assert_int_equal(0700, info.st_mode & 0777);
    if (geteuid() == 0) {
        assert_int_equal(0, strncmp(server.data, "/var/lib/quire/", 15));
        char *slash = strrchr(server.data, '/');
        *slash = '\0';
        assert_int_equal(0700, mode_of(server.data));
        read_text(server.data, "project", text, sizeof text);
        assert_string_equal(directory, text);
    } else {
        assert_int_equal(0, strncmp(server.data, directory, strlen(directory)));
    }
    assert_string_equal("app", ask(server.url, "select current_database()"));
    assert_int_equal(server.pid, start(directory).pid);
    quire_error err = { 0 };
    assert_ok(quire_server_reset(directory, &err), &err);
    assert_int_not_equal(0, access(server.data, F_OK)); /* for root, all of it, since it is apart */
    remove_project(directory);
}

/* Bad luck ------------------------------------------------------------------------------------ */

static void test_missing_binaries(void **state)
{
    qi_arena arena = { 0 };
    qi_environment env = { 0 };
    qi_binaries found;
    quire_error err = { 0 };
    (void)state;
    char *path = strdup(getenv("PATH"));
    assert_non_null(path);
    setenv("PATH", "/nowhere", 1);
    assert_status(QUIRE_IO, qi_binaries_find_under("/nowhere", &env, 0, &arena, &found, &err),
                  &err);
    assert_contains(err.message, "postgres, initdb");
    assert_contains(err.hint, "apt install postgresql");
    setenv("PATH", path, 1);
    free(path);

    assert_ok(qi_binaries_find(&env, 0, &arena, &found, &err), &err);
    /* The same programs by way of PATH, which does not tell their version. */
    qi_binaries by_path;
    char *before = strdup(getenv("PATH"));
    assert_non_null(before);
    setenv("PATH", found.directory, 1);
    assert_ok(qi_binaries_find_under("/nowhere", &env, 0, &arena, &by_path, &err), &err);
    assert_string_equal(found.directory, by_path.directory);
    assert_int_equal(found.major, by_path.major);
    setenv("PATH", before, 1);
    free(before);
    qi_arena_free(&arena);

    quire_server server;
    setenv("QUIRE_PG_BIN", "/nowhere", 1);
    stop(shared);
    assert_status(QUIRE_CONFIG, quire_server_start(shared, &server, &err), &err);
    assert_contains(err.message, "QUIRE_PG_BIN=/nowhere");
    unsetenv("QUIRE_PG_BIN");
}

static void test_data_of_another_version(void **state)
{
    char mine[16];
    quire_server server;
    quire_error err = { 0 };
    (void)state;
    server = start(shared);
    stop(shared);
    read_text(server.data, "PG_VERSION", mine, sizeof mine);
    write_text(server.data, "PG_VERSION", "10\n");
    assert_status(QUIRE_IO, quire_server_start(shared, &server, &err), &err);
    assert_contains(err.message, "PostgreSQL 10, which is not installed");
    assert_contains(err.hint, "apt install postgresql-10");
    assert_contains(err.hint, "quire db reset");
    assert_int_equal(10, look(shared).major);
    server = look(shared);
    write_text(server.data, "PG_VERSION", mine);
    assert_true(start(shared).started);
}

static void test_damaged_data(void **state)
{
    char control[PATH_SIZE];
    char aside[PATH_SIZE];
    quire_error err = { 0 };
    (void)state;
    quire_server server = start(shared);
    stop(shared);
    path_in(control, server.data, "global/pg_control");
    path_in(aside, server.data, "global/aside");
    assert_int_equal(0, rename(control, aside));
    assert_status(QUIRE_IO, quire_server_start(shared, &server, &err), &err);
    assert_contains(err.message, "the private server does not start");
    assert_contains(err.detail, "could not find the database system");
    assert_contains(err.hint, "/.quire/log");
    assert_int_equal(0, rename(aside, control));
    assert_true(start(shared).started);
}

static void write_script(const char *directory, const char *name, const char *text)
{
    char path[PATH_SIZE];
    write_text(directory, name, text);
    path_in(path, directory, name);
    assert_int_equal(0, chmod(path, 0755));
}

/* What initdb says when the disk is full, said by a stand-in. */
static void test_initdb_fails(void **state)
{
    char directory[PATH_SIZE];
    quire_server server;
    quire_error err = { 0 };
    (void)state;
    make_project(directory);
    write_script(directory, "postgres", "#!/bin/sh\necho 'postgres (PostgreSQL) 15.1'\n");
    write_script(directory, "initdb",
                 "#!/bin/sh\nmkdir \"$2\"\necho 'creating directory'\n"
                 "echo 'initdb: error: could not write: No space left on device' >&2\nexit 1\n");
    setenv("QUIRE_PG_BIN", directory, 1);
    assert_status(QUIRE_IO, quire_server_start(directory, &server, &err), &err);
    assert_contains(err.message, "initdb could not make the private server's data");
    assert_contains(err.detail, "No space left on device");
    assert_contains(err.hint, "The disk is full");
    assert_false(exists(directory, ".quire/data"));
    assert_false(exists(directory, ".quire/data.new"));

    /* Died half way the last time: what it left is no obstacle. */
    unsetenv("QUIRE_PG_BIN");
    char left[PATH_SIZE];
    path_in(left, directory, ".quire/data.new");
    assert_int_equal(0, mkdir(left, 0700));
    write_text(left, "PG_VERSION", "15\n");
    assert_true(start(directory).started);
    assert_false(exists(directory, ".quire/data.new"));
    remove_project(directory);
}

static void test_broken_configuration(void **state)
{
    char directory[PATH_SIZE];
    quire_server server;
    quire_error err = { 0 };
    (void)state;
    make_project(directory);
    write_text(directory, "quire.conf", "[project\n");
    assert_status(QUIRE_CONFIG, quire_server_start(directory, &server, &err), &err);
    assert_contains(err.file, "quire.conf");
    assert_int_equal(1, err.line);
    assert_false(exists(directory, ".quire"));
    assert_status(QUIRE_IO, quire_server_start("/nowhere/at/all", &server, &err), &err);
    assert_ok(qi_directory_remove(directory, &err), &err);
}

/* Scratch databases --------------------------------------------------------------------------- */

#define SCRATCHES "select count(*) from pg_database where datname like 'quire\\_scratch\\_%'"

#define SPARES "select count(*) from pg_database where datname like 'quire\\_spare\\_%'"

/* The server drops and makes databases by itself, a moment later. */
static void wait_until(const char *url, const char *query, const char *wanted)
{
    for (int i = 0; i < 1000 && strcmp(ask(url, query), wanted) != 0; i++)
        qi_sleep_ms(20);
    assert_string_equal(wanted, ask(url, query));
}

static void test_scratch(void **state)
{
    quire_error err = { 0 };
    (void)state;
    quire_server server = start(shared);
    quire_scratch *one = quire_scratch_open(shared, &err);
    assert_ok(one ? QUIRE_OK : err.status, &err);
    quire_scratch *two = quire_scratch_open(shared, &err);
    assert_ok(two ? QUIRE_OK : err.status, &err);
    assert_true(quire_scratch_is_private(one));
    assert_string_not_equal(quire_scratch_url(one), quire_scratch_url(two));
    assert_string_equal("0", ask(quire_scratch_url(one), "select count(*) from pg_class c join "
                                                         "pg_namespace n on n.oid = relnamespace "
                                                         "where nspname = 'public'"));
    ask(quire_scratch_url(one), "create table t(id int)");
    assert_string_equal("2", ask(server.url, SCRATCHES));
    PGconn *inside = PQconnectdb(quire_scratch_url(one)); /* is thrown out */
    quire_scratch_close(one);
    wait_until(server.url, SCRATCHES, "1");
    PQfinish(inside);
    quire_scratch_close(two);
    wait_until(server.url, SCRATCHES, "0");
    quire_scratch_close(NULL);
    assert_null(quire_scratch_url(NULL));
    assert_false(quire_scratch_is_private(NULL));
}

/* A scratch database is there already when it is wanted, and each is taken once. */
static void test_scratch_spares(void **state)
{
    quire_error err = { 0 };
    quire_scratch *all[3];
    char names[3][64];
    (void)state;
    quire_server server = start(shared);
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < 3; i++) {
            all[i] = quire_scratch_open(shared, &err);
            assert_ok(all[i] ? QUIRE_OK : err.status, &err);
            const char *url = quire_scratch_url(all[i]);
            snprintf(names[i], sizeof names[i], "%s", ask(url, "select current_database()"));
            assert_string_equal(
                "0", ask(url, "select count(*) from pg_class where relnamespace = 2200"));
            ask(url, "create table t(id int)");
            /* The first time there may be none. */
            if (round)
                assert_string_equal(i == 0 ? "1" : "0", ask(server.url, SPARES));
        }
        assert_string_not_equal(names[0], names[1]);
        assert_string_not_equal(names[1], names[2]);
        for (size_t i = 0; i < 3; i++)
            quire_scratch_close(all[i]);
        wait_until(server.url, SPARES, "2");
        wait_until(server.url, SCRATCHES, "0");
    }
}

static void test_scratch_leftovers(void **state)
{
    quire_error err = { 0 };
    (void)state;
    quire_server server = start(shared);
    quire_scratch *living = quire_scratch_open(shared, &err);
    assert_ok(living ? QUIRE_OK : err.status, &err);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) { /* killed, so that no leak checker takes what it leaves for a mistake */
        if (quire_scratch_open(shared, NULL))
            kill(getpid(), SIGKILL);
        _exit(1);
    }
    int how = 0;
    assert_int_equal(child, waitpid(child, &how, 0));
    assert_true(WIFSIGNALED(how) && WTERMSIG(how) == SIGKILL);
    assert_string_equal("2", ask(server.url, SCRATCHES));
    ask(server.url, "create database quire_scratch_of_a_person");

    /* Its connection may take a moment to be gone. */
    for (int i = 0; i < 100; i++) {
        quire_scratch_close(quire_scratch_open(shared, &err));
        if (strcmp(ask(server.url, SCRATCHES), "2") == 0)
            break;
        qi_sleep_ms(20);
    }
    wait_until(server.url, SCRATCHES, "2");
    assert_string_equal("1", ask(quire_scratch_url(living), "select 1"));
    quire_scratch_close(living);
    ask(server.url, "drop database quire_scratch_of_a_person");
    wait_until(server.url, SCRATCHES, "0");
}

static void test_scratch_elsewhere(void **state)
{
    char url[PATH_SIZE];
    quire_error err = { 0 };
    (void)state;
    quire_server server = start(shared);
    wait_until(server.url, SPARES, "2");
    setenv("QUIRE_SCRATCH_URL", server.url, 1);
    quire_scratch *scratch = quire_scratch_open(shared, &err);
    assert_ok(scratch ? QUIRE_OK : err.status, &err);
    assert_false(quire_scratch_is_private(scratch));
    assert_contains(ask(quire_scratch_url(scratch), "select current_database()"), "quire_scratch_");
    assert_string_equal("2", ask(server.url, SPARES));
    quire_scratch_close(scratch);
    wait_until(server.url, SCRATCHES, "0");
    assert_string_equal("2", ask(server.url, SPARES));

    ask(server.url, "create role plain login password 's3cret'");
    snprintf(url, sizeof url, "postgresql://plain:s3cret@/shop?host=%s&port=5432", server.socket);
    setenv("QUIRE_SCRATCH_URL", url, 1);
    assert_null(quire_scratch_open(shared, &err));
    assert_int_equal(QUIRE_DENIED, err.status);
    assert_contains(err.message, "QUIRE_SCRATCH_URL: permission denied to create database");
    assert_contains(err.hint, "CREATEDB");
    ask(server.url, "drop role plain");

    setenv("QUIRE_SCRATCH_URL", "postgresql://ann:s3cret@/shop?host=/nowhere", 1);
    assert_null(quire_scratch_open(shared, &err));
    assert_int_equal(QUIRE_CONNECT, err.status);
    assert_contains(err.message, "QUIRE_SCRATCH_URL: ");
    assert_null(strstr(err.message, "s3cret"));

    setenv("QUIRE_SCRATCH_URL", "http://ann:s3cret@h/", 1);
    assert_null(quire_scratch_open(shared, &err));
    assert_int_equal(QUIRE_CONFIG, err.status);
    assert_contains(err.message, "QUIRE_SCRATCH_URL is not a PostgreSQL URL");
    unsetenv("QUIRE_SCRATCH_URL");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_start_and_reset),
        cmocka_unit_test(test_project_database),
        cmocka_unit_test(test_processes_at_once),
        cmocka_unit_test(test_threads_at_once),
        cmocka_unit_test(test_a_guest_in_the_process),
        cmocka_unit_test(test_stop),
        cmocka_unit_test(test_killed),
        cmocka_unit_test(test_killed_with_a_busy_backend),
        cmocka_unit_test(test_stale_pid_file),
        cmocka_unit_test(test_socket_of_another),
        cmocka_unit_test(test_log_is_rotated),
        cmocka_unit_test(test_socket_apart),
        cmocka_unit_test(test_closed_project),
        cmocka_unit_test(test_missing_binaries),
        cmocka_unit_test(test_data_of_another_version),
        cmocka_unit_test(test_damaged_data),
        cmocka_unit_test(test_initdb_fails),
        cmocka_unit_test(test_broken_configuration),
        cmocka_unit_test(test_scratch),
        cmocka_unit_test(test_scratch_spares),
        cmocka_unit_test(test_scratch_leftovers),
        cmocka_unit_test(test_scratch_elsewhere),
    };
    return cmocka_run_group_tests(tests, setup_shared, teardown_shared);
}
