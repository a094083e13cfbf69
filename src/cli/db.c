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
    { "start", run_start, false }, { "stop", run_stop, false }, { "status", run_status, false },
    { "url", run_url, false },     { "psql", run_psql, true },  { "reset", run_reset, false },
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
    return qi_usage(context, args, "\"%s\" is none of start, stop, status, url, psql, reset", word);
}

static const qi_option options[] = {
    { "--yes", NULL, "with reset: delete the data without asking" },
    { 0 },
};

const qi_command qi_command_db = {
    .name = "db",
    .arguments = "start|stop|status|url|psql|reset",
    .summary = "the project's private PostgreSQL",
    .description = "Runs the private PostgreSQL that the local provider uses when no URL is set.\n"
                   "start, url and psql start it if need be; url prints its URL, psql opens a\n"
                   "shell on it and hands over what follows: quire db psql -c 'select 1'. stop\n"
                   "leaves the data, reset deletes it.",
    .most_positional = MOST_ARGUMENTS,
    .verbatim = "psql",
    .has_json = true,
    .options = options,
    .run = run,
};
