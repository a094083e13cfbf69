#include "provider/binaries.h"

#include "base/error.h"
#include "base/file.h"
#include "provider/process.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define VERSION_TIMEOUT_MS 10000
#define MOST_PATH 128 /* directories of PATH that are looked into */

/* Where the packages of Debian and Red Hat put each major version. */
static const struct layout {
    const char *parent;
    const char *prefix; /* of the directory's name, before the major version */
} layouts[] = { { "/usr/lib/postgresql", "" }, { "/usr", "pgsql-" } };

/* What is looked for, and the best that was found. */
typedef struct search {
    int major; /* 0: the newest */
    qi_arena *arena;
    quire_error *err;
    qi_binaries best;
    int other; /* a major version that is installed but was not wanted */
} search;

static bool is_program(const char *directory, const char *name)
{
    char path[4096];
    struct stat info;
    int length = snprintf(path, sizeof path, "%s/%s", directory, name);
    return length > 0 && (size_t)length < sizeof path && stat(path, &info) == 0 &&
           S_ISREG(info.st_mode) && access(path, X_OK) == 0;
}

static bool has_programs(const char *directory)
{
    return is_program(directory, "postgres") && is_program(directory, "initdb");
}

const char *const *qi_binaries_environment(qi_arena *arena)
{
    /* Where the programs find their libraries when they are not installed in the usual place. */
    static const char *const kept[] = { "PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TZDIR" };
    size_t most = sizeof kept / sizeof *kept;
    const char **env = qi_arena_zero(arena, most + 2, sizeof *env);
    size_t count = 0;
    if (!env)
        return NULL;
    for (size_t i = 0; i < most; i++) {
        const char *value = getenv(kept[i]);
        if (!value)
            continue;
        env[count] = qi_arena_printf(arena, "%s=%s", kept[i], value);
        if (!env[count++])
            return NULL;
    }
    env[count] = "LC_ALL=C";
    return env;
}

/* The first line that a program prints. */
static quire_status ask(search *s, const char *program, const char *option, const char **answer)
{
    const char *argv[] = { program, option, NULL };
    qi_command_line line = { .argv = argv, .envp = qi_binaries_environment(s->arena) };
    if (!line.envp)
        return qi_fail_memory(s->err);
    qi_buffer output;
    qi_buffer_init(&output, 4096);
    int code = 0;
    quire_status status = qi_process_run(&line, VERSION_TIMEOUT_MS, &output, &code, s->err);
    if (status == QUIRE_OK && code != 0) {
        status = qi_fail(s->err, QUIRE_IO, "%s %s failed", program, option);
        qi_detail(s->err, "%s", output.data);
    }
    if (status == QUIRE_OK) {
        *answer = qi_arena_text_n(s->arena, output.data, strcspn(output.data, "\r\n"));
        if (!*answer)
            status = qi_fail_memory(s->err);
    }
    qi_buffer_free(&output);
    return status;
}

/* "postgres (PostgreSQL) 15.18 (Debian ...)", "postgres (PostgreSQL) 19devel" */
static quire_status ask_major(search *s, const char *directory, int *major)
{
    const char *answer = "";
    const char *program = qi_path_join(s->arena, directory, "postgres");
    if (!program)
        return qi_fail_memory(s->err);
    quire_status status = ask(s, program, "--version", &answer);
    if (status != QUIRE_OK)
        return status;
    static const char start[] = "(PostgreSQL) ";
    const char *number = strstr(answer, start);
    *major = number ? (int)strtol(number + strlen(start), NULL, 10) : 0;
    if (*major >= 10)
        return QUIRE_OK;
    return qi_fail(s->err, QUIRE_IO, "%s does not tell its version", program);
}

static quire_status consider(search *s, const char *directory, int major)
{
    if (s->major && major != s->major) {
        s->other = major;
        return QUIRE_OK;
    }
    if (major <= s->best.major)
        return QUIRE_OK;
    s->best.directory = qi_arena_text(s->arena, directory);
    s->best.major = major;
    return s->best.directory ? QUIRE_OK : qi_fail_memory(s->err);
}

static quire_status look_in_layout(search *s, const char *root, const struct layout *layout)
{
    const char *const *names = NULL;
    size_t count = 0;
    const char *parent = qi_arena_printf(s->arena, "%s%s", root, layout->parent);
    if (!parent)
        return qi_fail_memory(s->err);
    quire_status status = qi_directory_list(parent, "", s->arena, &names, &count, s->err);
    if (status == QUIRE_MEMORY)
        return status;
    size_t prefix = strlen(layout->prefix);
    for (size_t i = 0; i < count; i++) {
        if (strncmp(names[i], layout->prefix, prefix) != 0)
            continue;
        long major = strtol(names[i] + prefix, NULL, 10);
        const char *directory = qi_arena_printf(s->arena, "%s/%s/bin", parent, names[i]);
        if (!directory)
            return qi_fail_memory(s->err);
        if (major < 10 || major > 999 || !has_programs(directory))
            continue;
        status = consider(s, directory, (int)major);
        if (status != QUIRE_OK)
            return status;
    }
    return QUIRE_OK;
}

/* A directory whose version only the program itself can tell. One that does not is passed over. */
static quire_status look_in(search *s, const char *directory)
{
    int major = 0;
    if (directory[0] != '/' || !has_programs(directory))
        return QUIRE_OK;
    quire_status status = ask_major(s, directory, &major);
    if (status != QUIRE_OK)
        return status == QUIRE_MEMORY ? status : QUIRE_OK;
    return consider(s, directory, major);
}

static quire_status look_in_path(search *s)
{
    const char *path = getenv("PATH");
    for (int i = 0; path && *path && i < MOST_PATH; i++) {
        size_t length = strcspn(path, ":");
        const char *directory = qi_arena_text_n(s->arena, path, length);
        if (!directory)
            return qi_fail_memory(s->err);
        quire_status status = look_in(s, directory);
        if (status != QUIRE_OK)
            return status;
        if (!s->best.directory && is_program(directory, "pg_config")) {
            const char *bin = "";
            const char *program = qi_path_join(s->arena, directory, "pg_config");
            status = program ? ask(s, program, "--bindir", &bin) : qi_fail_memory(s->err);
            if (status == QUIRE_OK)
                status = look_in(s, bin);
            if (status == QUIRE_MEMORY)
                return status;
        }
        path += length + (path[length] == ':');
    }
    return QUIRE_OK;
}

static quire_status fail_missing(const search *s)
{
    if (!s->major) {
        quire_status status = qi_fail(s->err, QUIRE_IO,
                                      "PostgreSQL's server programs (postgres, initdb) are "
                                      "not installed");
        qi_hint(s->err, "Install them, on Debian and Ubuntu: apt install postgresql. If they are "
                        "in a place of their own, set QUIRE_PG_BIN to their directory; or set "
                        "LOCAL_DATABASE_URL to a server that runs.");
        return status;
    }
    quire_status status =
        qi_fail(s->err, QUIRE_IO,
                "the private server's data is of PostgreSQL %d, which is not installed", s->major);
    if (s->other)
        qi_detail(s->err, "PostgreSQL %d is.", s->other);
    qi_hint(s->err,
            "Install it, on Debian and Ubuntu: apt install postgresql-%d; or begin anew "
            "without the data: quire db reset --yes.",
            s->major);
    return status;
}

static quire_status look_where_told(search *s, const char *directory)
{
    int major = 0;
    if (directory[0] != '/' || !has_programs(directory)) {
        quire_status status =
            qi_fail(s->err, QUIRE_CONFIG, "QUIRE_PG_BIN=%s holds no PostgreSQL server", directory);
        qi_hint(s->err, "Set it to the absolute path of the directory with postgres and initdb, or "
                        "take it out.");
        return status;
    }
    quire_status status = ask_major(s, directory, &major);
    return status == QUIRE_OK ? consider(s, directory, major) : status;
}

quire_status qi_binaries_find_under(const char *root, const qi_environment *env, int major,
                                    qi_arena *arena, qi_binaries *out, quire_error *err)
{
    /* Looking leaves behind the errors of places where there was nothing. */
    quire_error found = { 0 };
    search s = { .major = major, .arena = arena, .err = &found };
    const char *told = qi_environment_get(env, "QUIRE_PG_BIN", NULL);
    quire_status status = QUIRE_OK;
    if (told)
        status = look_where_told(&s, told);
    for (size_t i = 0; !told && i < sizeof layouts / sizeof *layouts && status == QUIRE_OK; i++)
        status = look_in_layout(&s, root, &layouts[i]);
    /* Asking programs takes a few milliseconds each; where the layout told, there is no need. */
    if (status == QUIRE_OK && !told && !s.best.directory)
        status = look_in_path(&s);
    if (status == QUIRE_OK && !s.best.directory)
        status = fail_missing(&s);
    if (status == QUIRE_OK)
        *out = s.best;
    else if (err)
        *err = found;
    return status;
}

quire_status qi_binaries_find(const qi_environment *env, int major, qi_arena *arena,
                              qi_binaries *out, quire_error *err)
{
    return qi_binaries_find_under("", env, major, arena, out, err);
}
