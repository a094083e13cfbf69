#include <quire/server.h>

#include "base/arena.h"
#include "base/dotenv.h"
#include "base/error.h"
#include "provider/admin.h"
#include "provider/url.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define VARIABLE "QUIRE_SCRATCH_URL"

/*
 * The connection that made the database stays open as long as the scratch lives and bears its name
 * as application_name. So the server itself knows which scratch databases have lost their owner,
 * whatever machine or container that ran in; a process id would mean nothing there.
 */
struct quire_scratch {
    qi_arena arena;
    PGconn *admin;
    const char *admin_url;
    const char *url;
    char name[64];
    bool is_private;
    bool created;
};

/*
 * Databases made ahead of time on the private server: empty, and nobody's yet. Renaming one is how it is
 * taken, which only one process can do. On a server of somebody else's nothing is left lying about.
 */
#define MOST_SPARES 2
#define SPARE_MAKER "quire_spare"
#define SPARES                                                                                     \
    "select d.datname from pg_catalog.pg_database d "                                              \
    "where d.datname ~ '^quire_spare_[0-9]+_[0-9]+$' and d.datconnlimit = -1"
/* Those that are there, and those that are being made. */
#define SPARE_COUNT                                                                                \
    "select (select count(*) from (" SPARES ") s) + (select count(*) "                             \
    "from pg_catalog.pg_stat_activity a where a.application_name = '" SPARE_MAKER "' "             \
    "and a.pid <> pg_catalog.pg_backend_pid())"

/* Of a database that nobody owns any more, and that is not being made: its maker is visible first. */
#define LEFTOVERS                                                                                  \
    "select d.datname from pg_catalog.pg_database d "                                              \
    "where d.datname ~ '^quire_scratch_[0-9]+_[0-9]+$' "                                           \
    "and d.datdba = (select r.oid from pg_catalog.pg_roles r where r.rolname = current_user) "     \
    "and not exists (select from pg_catalog.pg_stat_activity a "                                   \
    "where a.application_name = d.datname or a.datid = d.oid) limit 16"

static quire_status fail_server(quire_scratch *scratch, quire_status status, quire_error *err)
{
    if (!scratch->is_private && err) {
        quire_error cause = *err;
        status = qi_fail(err, status, VARIABLE ": %s", cause.message);
        QI_COPY(err->sqlstate, cause.sqlstate);
        qi_hint(err, "%s",
                status == QUIRE_DENIED
                    ? "Its user must be allowed to create databases (CREATEDB)."
                    : "Scratch databases are made on that server; without " VARIABLE
                      " they are made on the private one.");
    }
    return status;
}

/* Where databases are made: the server of the variable, or the private one, started if need be. */
static quire_status find_server(quire_scratch *scratch, const char *directory, qi_url *url,
                                quire_error *err)
{
    qi_environment env = { 0 };
    quire_status status = qi_environment_load(directory, &scratch->arena, &env, err);
    if (status != QUIRE_OK)
        return status;
    const char *text = qi_environment_get(&env, VARIABLE, NULL);
    if (text)
        return qi_url_parse(text, VARIABLE, &scratch->arena, url, err);
    quire_server server;
    scratch->is_private = true;
    status = quire_server_start(directory, &server, err);
    if (status == QUIRE_OK)
        status = qi_url_parse(server.url, "the private server", &scratch->arena, url, err);
    if (status == QUIRE_OK)
        qi_url_set(url, "dbname", "postgres");
    return status;
}

/* The process and the moment: nobody else makes the same one, and a person can tell whose it is. */
static void choose_name(const char *kind, char *name, size_t size)
{
    struct timespec now = { 0 };
    clock_gettime(CLOCK_REALTIME, &now);
    snprintf(name, size, "quire_%s_%ld_%lld", kind, (long)getpid(),
             (long long)now.tv_sec * 1000000000 + now.tv_nsec);
}

/* What dead processes left. A failure is no reason not to go on: the next one tries again. */
static void drop_leftovers(quire_scratch *scratch)
{
    PGresult *names = PQexec(scratch->admin, LEFTOVERS);
    int count = PQresultStatus(names) == PGRES_TUPLES_OK ? PQntuples(names) : 0;
    for (int i = 0; i < count; i++) {
        /* Without FORCE: whoever is in it after all keeps it. */
        const char *sql =
            qi_arena_printf(&scratch->arena, "drop database if exists %s", PQgetvalue(names, i, 0));
        if (sql)
            PQclear(PQexec(scratch->admin, sql));
    }
    PQclear(names);
}

static bool take_spare(quire_scratch *scratch)
{
    PGresult *names = PQexec(scratch->admin, SPARES);
    int count = PQresultStatus(names) == PGRES_TUPLES_OK ? PQntuples(names) : 0;
    bool taken = false;
    for (int i = 0; i < count && !taken; i++) {
        const char *sql = qi_arena_printf(&scratch->arena, "alter database %s rename to %s",
                                          PQgetvalue(names, i, 0), scratch->name);
        taken = sql && qi_admin_run(scratch->admin, sql, NULL) == QUIRE_OK;
    }
    PQclear(names);
    return taken;
}

static const char *creation(quire_scratch *scratch, const char *name)
{
    return qi_arena_printf(&scratch->arena, "create database %s template template0 encoding 'UTF8'",
                           name);
}

static quire_status create(quire_scratch *scratch, quire_error *err)
{
    if (scratch->is_private && take_spare(scratch))
        return QUIRE_OK;
    const char *sql = creation(scratch, scratch->name);
    if (!sql)
        return qi_fail_memory(err);
    quire_status status = qi_admin_run(scratch->admin, sql, err);
    return status == QUIRE_OK ? status : fail_server(scratch, status, err);
}

static quire_status open_scratch(quire_scratch *scratch, const char *directory, quire_error *err)
{
    qi_url url = { 0 };
    quire_status status = find_server(scratch, directory, &url, err);
    if (status != QUIRE_OK)
        return status;
    scratch->admin_url = qi_url_write(&url, &scratch->arena, false);
    if (!scratch->admin_url)
        return qi_fail_memory(err);
    choose_name("scratch", scratch->name, sizeof scratch->name);
    status = qi_admin_connect(scratch->admin_url, scratch->name, &scratch->admin, err);
    if (status != QUIRE_OK)
        return fail_server(scratch, status, err);
    drop_leftovers(scratch);
    status = create(scratch, err);
    if (status != QUIRE_OK)
        return status;
    scratch->created = true;
    qi_url_set(&url, "dbname", scratch->name);
    scratch->url = qi_url_write(&url, &scratch->arena, false);
    return scratch->url ? QUIRE_OK : qi_fail_memory(err);
}

quire_scratch *quire_scratch_open(const char *directory, quire_error *err)
{
    quire_scratch *scratch = calloc(1, sizeof *scratch);
    if (!scratch) {
        (void)qi_fail_memory(err);
        return NULL;
    }
    if (open_scratch(scratch, directory, err) == QUIRE_OK)
        return scratch;
    quire_scratch_close(scratch);
    return NULL;
}

const char *quire_scratch_url(const quire_scratch *scratch)
{
    return scratch ? scratch->url : NULL;
}

bool quire_scratch_is_private(const quire_scratch *scratch)
{
    return scratch && scratch->is_private;
}

/*
 * Has the server run a statement that nobody waits for: a backend that is at work does not look whether
 * its client is still there. What it would log of that is no news, where this role may say so. One that
 * does look (client_connection_check_interval) gives up, and leaves it to the next process.
 */
static void hand_over(PGconn *connection, const char *sql)
{
    (void)qi_admin_run(connection, "set log_min_messages = panic", NULL);
    (void)PQsendQuery(connection, sql);
}

/* For the next one to come, as long as there are not enough. */
static void make_spare(quire_scratch *scratch)
{
    char name[64];
    PGconn *connection = NULL;
    choose_name("spare", name, sizeof name);
    const char *sql = creation(scratch, name);
    if (!sql || qi_admin_connect(scratch->admin_url, SPARE_MAKER, &connection, NULL) != QUIRE_OK)
        return;
    PGresult *count = PQexec(connection, SPARE_COUNT);
    if (PQresultStatus(count) == PGRES_TUPLES_OK &&
        strtol(PQgetvalue(count, 0, 0), NULL, 10) < MOST_SPARES)
        hand_over(connection, sql);
    PQclear(count);
    PQfinish(connection);
}

void quire_scratch_close(quire_scratch *scratch)
{
    if (!scratch)
        return;
    /* Its connection may have been cut since; what cannot be dropped now, the next one drops. */
    if (scratch->created && PQstatus(scratch->admin) != CONNECTION_OK)
        PQreset(scratch->admin);
    const char *sql =
        scratch->created ? qi_arena_printf(&scratch->arena,
                                           "drop database if exists %s with (force)", scratch->name)
                         : NULL;
    if (sql)
        hand_over(scratch->admin, sql);
    PQfinish(scratch->admin);
    if (sql && scratch->is_private)
        make_spare(scratch);
    qi_arena_free(&scratch->arena);
    free(scratch);
}
