#include "provider/admin.h"

#include "base/error.h"
#include "provider/url.h"

#include <string.h>

#define DUPLICATE_DATABASE "42P04"

/* A message of libpq's or the server's without its line end and severity. */
static void take_message(const char *text, char *out, size_t size)
{
    const char *fatal = strstr(text, "FATAL:  ");
    const char *start = fatal ? fatal + 8 : text;
    size_t length = strcspn(start, "\n");
    if (length >= size)
        length = size - 1;
    memcpy(out, start, length);
    out[length] = '\0';
}

/* libpq's own prints notices on standard error. */
static void ignore_notice(void *context, const char *message)
{
    (void)context;
    (void)message;
}

quire_status qi_admin_connect(const char *url, const char *application, PGconn **out,
                              quire_error *err)
{
    const char *keywords[] = { "connect_timeout", "client_encoding", "dbname", "application_name",
                               NULL };
    const char *values[] = { "15", "UTF8", url, application, NULL };
    char message[256];
    *out = NULL;
    PGconn *connection = PQconnectdbParams(keywords, values, 1);
    if (!connection)
        return qi_fail_memory(err);
    if (PQstatus(connection) == CONNECTION_OK) {
        PQsetNoticeProcessor(connection, ignore_notice, NULL);
        *out = connection;
        return QUIRE_OK;
    }
    take_message(PQerrorMessage(connection), message, sizeof message);
    PQfinish(connection);
    return qi_fail(err, QUIRE_CONNECT, "cannot connect: %s", message);
}

quire_status qi_admin_run(PGconn *connection, const char *sql, quire_error *err)
{
    PGresult *result = PQexec(connection, sql);
    ExecStatusType got = PQresultStatus(result);
    quire_status status = QUIRE_OK;
    if (got != PGRES_COMMAND_OK && got != PGRES_TUPLES_OK) {
        const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
        const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
        char text[256];
        take_message(message ? message : PQerrorMessage(connection), text, sizeof text);
        bool denied = state && strcmp(state, "42501") == 0;
        bool lost = PQstatus(connection) != CONNECTION_OK;
        status = qi_fail(err, denied ? QUIRE_DENIED : lost ? QUIRE_LOST : QUIRE_SQL, "%s", text);
        if (err)
            QI_COPY(err->sqlstate, state);
    }
    PQclear(result);
    return status;
}

char *qi_admin_quote(PGconn *connection, qi_arena *arena, const char *name)
{
    char *quoted = PQescapeIdentifier(connection, name, strlen(name));
    char *copy = quoted ? qi_arena_text(arena, quoted) : NULL;
    PQfreemem(quoted);
    return copy;
}

char *qi_admin_url(qi_arena *arena, const char *socket, const char *database)
{
    qi_url url = { 0 };
    if (qi_url_parse("postgresql://", "the private server", arena, &url, NULL) != QUIRE_OK)
        return NULL;
    /* The port is a part of the socket's name, and PGPORT would change it. */
    qi_url_set(&url, "port", "5432");
    qi_url_set(&url, "host", socket);
    qi_url_set(&url, "user", QI_SERVER_USER);
    qi_url_set(&url, "dbname", database);
    return qi_url_write(&url, arena, false);
}

static quire_status create(qi_arena *arena, PGconn *connection, const char *database,
                           quire_error *err)
{
    const char *name = qi_admin_quote(connection, arena, database);
    const char *sql =
        name ? qi_arena_printf(arena, "create database %s template template0", name) : NULL;
    quire_error failure = { 0 };
    if (!sql)
        return qi_fail_memory(err);
    quire_status status = qi_admin_run(connection, sql, &failure);
    /* Another process was faster. */
    if (status != QUIRE_OK && strcmp(failure.sqlstate, DUPLICATE_DATABASE) == 0)
        return QUIRE_OK;
    if (status != QUIRE_OK && err)
        *err = failure;
    return status;
}

quire_status qi_admin_ensure(qi_arena *arena, const char *socket, const char *database,
                             quire_error *err)
{
    const char *url = qi_admin_url(arena, socket, database);
    const char *admin_url = qi_admin_url(arena, socket, "postgres");
    PGconn *connection = NULL;
    if (!url || !admin_url)
        return qi_fail_memory(err);
    quire_status status = qi_admin_connect(url, "quire", &connection, NULL);
    PQfinish(connection);
    if (status == QUIRE_OK)
        return QUIRE_OK;
    /* libpq does not tell the SQLSTATE of a refused connection, so try whether this helps. */
    status = qi_admin_connect(admin_url, "quire", &connection, err);
    if (status == QUIRE_OK)
        status = create(arena, connection, database, err);
    PQfinish(connection);
    return status;
}
