#include "cli/db.h"

#include "base/error.h"
#include "base/file.h"

#include <quire/server.h>

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { MOST_ARGUMENTS = 64, ROW_COLUMNS = 2, MOST_ROWS = 9 };

typedef qi_exit verb_run(qi_context *context, const qi_args *args);

/* What is known of a server ------------------------------------------------------------------ */

static json_t *server_json(const quire_server *server)
{
    return json_pack("{s:b, s:b, s:b, s:I, s:i, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "initialised",
                     (int)server->initialised, "running", (int)server->running, "started",
                     (int)server->started, "pid", (json_int_t)server->pid, "major", server->major,
                     "binaries", server->binaries, "data", server->data, "socket", server->socket,
                     "log", server->log, "user", server->user, "database", server->database, "url",
                     server->url);
}

static qi_exit print_server(qi_context *context, const quire_server *server)
{
    const char *cells[MOST_ROWS * ROW_COLUMNS] = { NULL };
    size_t at = 0;
    const char *state = server->running
                            ? qi_arena_printf(&context->arena, "running, process %ld, user %s",
                                              server->pid, server->user)
                        : server->initialised ? "stopped"
                                              : "not initialised";
    const char *version =
        qi_arena_printf(&context->arena, "PostgreSQL %d, %s", server->major,
                        server->binaries[0] ? server->binaries : "which is not installed");
    const struct {
        const char *name;
        const char *text;
    } rows[] = {
        { "state", state },       { "version", server->major ? version : "not installed" },
        { "url", server->url },   { "database", server->database },
        { "data", server->data }, { "socket", server->socket },
        { "log", server->log },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        cells[at++] = rows[i].name;
        cells[at++] = rows[i].text;
    }
    qi_print_table(cells, at / ROW_COLUMNS, ROW_COLUMNS);
    return QI_EXIT_OK;
}

static qi_exit start_server(qi_context *context, quire_server *server)
{
    quire_error err = { 0 };
    if (quire_server_start(context->directory, server, &err) != QUIRE_OK)
        return qi_report(context, &err);
    return QI_EXIT_OK;
}

/* The verbs ---------------------------------------------------------------------------------- */

static qi_exit run_start(qi_context *context, const qi_args *args)
{
    quire_server server;
    (void)args;
    qi_exit code = start_server(context, &server);
    if (code)
        return code;
    if (context->json)
        return qi_print_json(context, server_json(&server));
    qi_note(context, "PostgreSQL %d %s, process %ld", server.major,
            server.started ? "started" : "runs already", server.pid);
    puts(server.url);
    return QI_EXIT_OK;
}

static qi_exit run_status(qi_context *context, const qi_args *args)
{
    quire_error err = { 0 };
    quire_server server;
    (void)args;
    if (quire_server_status(context->directory, &server, &err) != QUIRE_OK)
        return qi_report(context, &err);
    return context->json ? qi_print_json(context, server_json(&server))
                         : print_server(context, &server);
}

static qi_exit run_stop(qi_context *context, const qi_args *args)
{
    quire_error err = { 0 };
    quire_server before;
    (void)args;
    if (quire_server_status(context->directory, &before, &err) != QUIRE_OK ||
        quire_server_stop(context->directory, &err) != QUIRE_OK)
        return qi_report(context, &err);
    qi_note(context, before.running ? "stopped" : "it does not run");
    return context->json ? run_status(context, args) : QI_EXIT_OK;
}

static qi_exit run_url(qi_context *context, const qi_args *args)
{
    quire_server server;
    (void)args;
    qi_exit code = start_server(context, &server);
    if (code)
        return code;
    if (context->json)
        return qi_print_json(context, json_pack("{s:s}", "url", server.url));
    puts(server.url);
    return QI_EXIT_OK;
}

static qi_exit run_reset(qi_context *context, const qi_args *args)
{
    quire_error err = { 0 };
    quire_server before;
    if (quire_server_status(context->directory, &before, &err) != QUIRE_OK)
        return qi_report(context, &err);
    if (before.initialised && !qi_args_flag(args, "--yes")) {
        qi_fail(&err, QUIRE_REFUSED, "this deletes every database of the private server for good");
        qi_locate(&err, before.data, 0, 0);
        qi_hint(&err, "Say so: quire db reset --yes.");
        return qi_report(context, &err);
    }
    if (quire_server_reset(context->directory, &err) != QUIRE_OK)
        return qi_report(context, &err);
    qi_note(context, before.initialised ? "deleted %s" : "there is nothing to delete in %s",
            before.data);
    return context->json ? run_status(context, args) : QI_EXIT_OK;
}

/* Servers apart from their projects ----------------------------------------------------------- */

enum { LIST_COLUMNS = 3, MOST_SERVERS = 10000 };

/* What quire_server_each tells of. */
typedef struct servers {
    qi_context *context;
    json_t *rows; /* NULL without --json */
    const char **cells;
    size_t count;
    size_t room;
    bool gone_only;
    bool failed;
} servers;

static void take_server(void *context, const quire_server_apart *server)
{
    servers *s = context;
    qi_arena *arena = &s->context->arena;
    if (s->gone_only && server->project_exists)
        return;
    if (s->rows)
        s->failed |= json_array_append_new(
                         s->rows, json_pack("{s:s, s:b, s:b, s:I, s:s}", "project", server->project,
                                            "project_exists", (int)server->project_exists,
                                            "running", (int)server->running, "pid",
                                            (json_int_t)server->pid, "base", server->base)) != 0;
    if (s->count == s->room)
        return;
    const char **row = s->cells + s->count++ * LIST_COLUMNS;
    row[0] = qi_arena_text(arena, server->project);
    row[1] = !server->running ? "stopped" : qi_arena_printf(arena, "process %ld", server->pid);
    row[2] = server->project_exists ? NULL : "the project is gone";
    s->failed |= !row[0] || !row[1];
}

static qi_exit find_servers(qi_context *context, bool gone_only, servers *out)
{
    quire_error err = { 0 };
    *out = (servers){ .context = context, .room = MOST_SERVERS, .gone_only = gone_only };
    out->cells = qi_arena_zero(&context->arena, MOST_SERVERS * LIST_COLUMNS, sizeof *out->cells);
    out->rows = context->json ? json_array() : NULL;
    if (!out->cells || quire_server_each(take_server, out, &err) != QUIRE_OK || out->failed) {
        if (!err.status)
            qi_fail_memory(&err);
        json_decref(out->rows);
        return qi_report(context, &err);
    }
    return QI_EXIT_OK;
}

static qi_exit run_list(qi_context *context, const qi_args *args)
{
    servers s;
    (void)args;
    qi_exit code = find_servers(context, false, &s);
    if (code)
        return code;
    if (context->json)
        return qi_print_json(context, json_pack("{s:o}", "servers", s.rows));
    if (!s.count)
        qi_note(context, "no private server lies outside of its project");
    qi_print_table(s.cells, s.count, LIST_COLUMNS);
    return QI_EXIT_OK;
}

static bool is_gone(qi_context *context, const char *project)
{
    servers s;
    if (find_servers(context, true, &s))
        return false;
    json_decref(s.rows);
    for (size_t i = 0; i < s.count; i++)
        if (strcmp(s.cells[i * LIST_COLUMNS], project) == 0)
            return true;
    return false;
}

static qi_exit refuse_remove(qi_context *context, size_t count)
{
    quire_error err = { 0 };
    qi_fail(&err, QUIRE_REFUSED, "this deletes every database of %zu private server%s for good",
            count, count == 1 ? "" : "s");
    qi_hint(&err, "`quire db list` shows which. Say so: --yes.");
    return qi_report(context, &err);
}

static qi_exit run_remove(qi_context *context, const qi_args *args)
{
    const char *project = qi_args_at(args, 1);
    bool gone = qi_args_flag(args, "--gone");
    servers s = { .count = 0 };
    if (gone == (project != NULL) || args->positional_count > 2)
        return qi_usage(context, args, "name the project's directory, or say --gone for all");
    qi_exit code = gone ? find_servers(context, true, &s) : QI_EXIT_OK;
    if (code)
        return code;
    json_decref(s.rows);
    const char *const *list = gone ? s.cells : &project;
    size_t count = gone ? s.count : 1;
    /* What is not to be removed is refused for its own reason. */
    bool there = gone || is_gone(context, project);
    if (count && there && !qi_args_flag(args, "--yes"))
        return refuse_remove(context, count);
    for (size_t i = 0; i < count && !code; i++) {
        quire_error err = { 0 };
        const char *one = list[i * (gone ? LIST_COLUMNS : 1)];
        if (quire_server_remove(one, &err) != QUIRE_OK)
            code = qi_report(context, &err);
        else
            qi_note(context, "removed the private server of %s", one);
    }
    if (!count)
        qi_note(context, "no project of a private server is gone");
    return code || !context->json
               ? code
               : qi_print_json(context, json_pack("{s:I}", "removed", (json_int_t)count));
}

/* Replaces this process. psql comes with the server, or as a package of its own. */
static qi_exit exec_psql(qi_context *context, const quire_server *server, const qi_args *args)
{
    quire_error err = { 0 };
    char *argv[MOST_ARGUMENTS + 4] = { NULL };
    size_t count = 0;
    argv[count++] = qi_path_join(&context->arena, server->binaries, "psql");
    argv[count++] = qi_arena_text(&context->arena, "-d");
    argv[count++] = qi_arena_text(&context->arena, server->url);
    for (size_t i = 1; i < args->positional_count; i++)
        argv[count++] = qi_arena_text(&context->arena, args->positional[i]);
    for (size_t i = 0; i < count; i++) {
        if (!argv[i]) {
            qi_fail_memory(&err);
            return qi_report(context, &err);
        }
    }
    fflush(stdout);
    execv(argv[0], argv);
    execvp("psql", argv);
    qi_fail_errno(&err, errno, "run psql", "psql");
    qi_hint(&err, "Install it, on Debian and Ubuntu: apt install postgresql-client.");
    return qi_report(context, &err);
}

static qi_exit run_psql(qi_context *context, const qi_args *args)
{
    quire_server server;
    qi_exit code = start_server(context, &server);
    return code ? code : exec_psql(context, &server, args);
}

/* The command -------------------------------------------------------------------------------- */

static const struct verb {
    const char *name;
    verb_run *run;
    bool takes_arguments;
} verbs[] = {
    { "start", run_start, false }, { "stop", run_stop, false },    { "status", run_status, false },
    { "url", run_url, false },     { "psql", run_psql, true },     { "reset", run_reset, false },
    { "list", run_list, false },   { "remove", run_remove, true },
};

static qi_exit run(qi_context *context, const qi_args *args)
{
    const char *word = qi_args_at(args, 0);
    if (!word)
        return qi_usage(context, args, "say what to do with the private server");
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (strcmp(verbs[i].name, word) != 0)
            continue;
        if (args->positional_count > 1 && !verbs[i].takes_arguments)
            return qi_usage(context, args, "unexpected argument \"%s\"", args->positional[1]);
        return verbs[i].run(context, args);
    }
    return qi_usage(context, args,
                    "\"%s\" is none of start, stop, status, url, psql, reset, list, remove", word);
}

static const qi_option options[] = {
    { "--yes", NULL, "with reset and remove: delete the data without asking" },
    { "--gone", NULL, "with remove: all whose project's directory is gone" },
    { 0 },
};

const qi_command qi_command_db = {
    .name = "db",
    .arguments = "start|stop|status|url|psql|reset|list|remove",
    .summary = "the project's private PostgreSQL",
    .description =
        "Runs the private PostgreSQL that the local provider uses when no URL is set.\n"
        "start, url and psql start it if need be; url prints its URL, psql opens a\n"
        "shell on it and hands over what follows: quire db psql -c 'select 1'. stop\n"
        "leaves the data, reset deletes it.\n"
        "\n"
        "For root, the data may lie under /var/lib/quire, apart from the project. list\n"
        "names those servers; `remove DIR` stops and deletes the one of a project whose\n"
        "directory is gone, `remove --gone` all such.",
    .most_positional = MOST_ARGUMENTS,
    .verbatim = "psql",
    .has_json = true,
    .options = options,
    .run = run,
};
