#include "transport/transport.h"
#include "base/error.h"

#include <errno.h>
#include <libpq-fe.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* Parameters of one statement that need no allocation. */
#define PARAMS_ON_STACK 32

struct qi_link {
    PGconn *conn;
    bool doomed; /* the server said while idle that it ends the session */
    bool lost;   /* broken, though libpq has not noticed: a write may fail before a read does */
};

/* A reply is libpq's result itself, so that text stays where it arrived. */
static PGresult *result_of(const qi_reply *reply)
{
    return (PGresult *)(uintptr_t)reply;
}

/* ---- errors ---------------------------------------------------------------------------------- */

/* libpq's messages end with a newline, and may have several lines. */
static void first_line(char *out, size_t size, const char *text)
{
    qi_copy_text(out, size, text);
    out[strcspn(out, "\r\n")] = '\0';
}

static void rest_of_lines(quire_error *err, const char *text)
{
    const char *newline = text ? strchr(text, '\n') : NULL;
    const char *rest = newline ? newline + 1 + strspn(newline + 1, " \t") : "";
    if (!err || !*rest)
        return;
    QI_COPY(err->detail, rest);
    size_t length = strlen(err->detail);
    while (length && err->detail[length - 1] == '\n')
        err->detail[--length] = '\0';
}

static quire_status fail_connection(qi_link *link, quire_status status, quire_error *err)
{
    char message[sizeof err->message];
    const char *text = PQerrorMessage(link->conn);
    first_line(message, sizeof message, text);
    qi_fail(err, status, "%s", message[0] ? message : "the connection is broken");
    rest_of_lines(err, text);
    if (status == QUIRE_LOST)
        qi_hint(err, "The statement may have run or not: look before trying it again.");
    return status;
}

static quire_status fail_result(qi_link *link, const PGresult *result, quire_error *err)
{
    const char *sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    if (!sqlstate) { /* libpq's own: it could not write, or not make sense of what it read */
        link->lost = true;
        return fail_connection(link, QUIRE_LOST, err);
    }
    quire_status status = qi_classify(sqlstate);
    const char *primary = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    qi_fail(err, status, "%s", primary ? primary : "the server reported an error");
    if (!err)
        return status;
    QI_COPY(err->sqlstate, sqlstate);
    QI_COPY(err->detail, PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL));
    QI_COPY(err->hint, PQresultErrorField(result, PG_DIAG_MESSAGE_HINT));
    QI_COPY(err->schema, PQresultErrorField(result, PG_DIAG_SCHEMA_NAME));
    QI_COPY(err->table, PQresultErrorField(result, PG_DIAG_TABLE_NAME));
    QI_COPY(err->column, PQresultErrorField(result, PG_DIAG_COLUMN_NAME));
    QI_COPY(err->constraint, PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME));
    const char *position = PQresultErrorField(result, PG_DIAG_STATEMENT_POSITION);
    long at = position ? strtol(position, NULL, 10) : 0;
    err->position = at > 0 && at <= INT_MAX ? (int)at : 0;
    return status;
}

/* ---- connecting ------------------------------------------------------------------------------ */

/* libpq would print notices. What comes to an idle session as an error is its end announced. */
static void take_notice(void *context, const PGresult *result)
{
    qi_link *link = context;
    const char *severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);
    const char *sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    /* An immediate shutdown is announced by a warning of the class of shutdowns. */
    if ((severity && (strcmp(severity, "FATAL") == 0 || strcmp(severity, "PANIC") == 0)) ||
        (sqlstate && strncmp(sqlstate, "57P", 3) == 0))
        link->doomed = true;
}

/*
 * libpq says why it could not connect in prose alone; with several hosts or addresses it is several
 * lines. The SQLSTATE of a refusal is not to be had, so authentication is told by its text.
 */
static quire_status fail_open(qi_link *link, quire_error *err)
{
    const char *text = PQerrorMessage(link->conn);
    bool denied = strstr(text, "password authentication failed") ||
                  strstr(text, "no password supplied") || strstr(text, "no pg_hba.conf entry") ||
                  strstr(text, "authentication failed");
    return fail_connection(link, denied ? QUIRE_DENIED : QUIRE_CONNECT, err);
}

static void close_link(qi_link *link)
{
    if (!link)
        return;
    PQfinish(link->conn);
    free(link);
}

static quire_status open_link(const qi_address *address, qi_link **out, quire_error *err)
{
    char timeout[16];
    int seconds = address->connect_timeout_ms / 1000 + (address->connect_timeout_ms % 1000 != 0);
    snprintf(timeout, sizeof timeout, "%d", seconds);
    /* What stands before `dbname` is a default that the connection string overrides; client_encoding
     * is not open to choice, since text in C structs is UTF-8. */
    const char *const keys[] = { "connect_timeout", "fallback_application_name", "dbname",
                                 "client_encoding", NULL };
    const char *const values[] = { timeout, address->application, address->conninfo, "UTF8", NULL };

    qi_link *link = calloc(1, sizeof *link);
    if (!link)
        return qi_fail_memory(err);
    link->conn = PQconnectdbParams(keys, values, 1);
    if (!link->conn) {
        free(link);
        return qi_fail_memory(err);
    }
    if (PQstatus(link->conn) != CONNECTION_OK) {
        quire_status status = fail_open(link, err);
        close_link(link);
        return status;
    }
    PQsetNoticeReceiver(link->conn, take_notice, link);
    *out = link;
    return QUIRE_OK;
}

static qi_session_state link_state(const qi_link *link)
{
    if (PQstatus(link->conn) != CONNECTION_OK || link->lost)
        return QI_SESSION_BROKEN;
    switch (PQtransactionStatus(link->conn)) {
    case PQTRANS_IDLE:
        return QI_SESSION_IDLE;
    case PQTRANS_INTRANS:
        return QI_SESSION_IN_TRANSACTION;
    case PQTRANS_INERROR:
        return QI_SESSION_FAILED;
    default:
        return QI_SESSION_BROKEN;
    }
}

/* What arrives while a session is idle is short: a notice, a notification, TLS's own records. */
#define IDLE_READS_MOST 64

static bool link_is_alive(qi_link *link)
{
    /* A server that ends says so first: only behind its last words is the end of the connection. */
    for (int i = 0; i < IDLE_READS_MOST; i++) {
        if (PQstatus(link->conn) != CONNECTION_OK || link->doomed)
            return false;
        char byte;
        ssize_t got = recv(PQsocket(link->conn), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
        if (got < 0)
            return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
        if (got == 0 || !PQconsumeInput(link->conn))
            return false;
        PQfreemem(PQnotifies(link->conn));
    }
    return false;
}

/* ---- statements ------------------------------------------------------------------------------ */

/* libpq wants the parameters as parallel arrays. */
typedef struct parallel {
    const char **values;
    int *lengths;
    int *formats;
    Oid *types;
    void *heap;
    const char *values_small[PARAMS_ON_STACK];
    int lengths_small[PARAMS_ON_STACK];
    int formats_small[PARAMS_ON_STACK];
    Oid types_small[PARAMS_ON_STACK];
} parallel;

static bool parallel_make(parallel *p, const qi_request *request)
{
    size_t n = request->param_count;
    p->heap = NULL;
    p->values = p->values_small;
    p->lengths = p->lengths_small;
    p->formats = p->formats_small;
    p->types = p->types_small;
    if (n > PARAMS_ON_STACK) {
        char *heap = malloc(n * (sizeof(char *) + 2 * sizeof(int) + sizeof(Oid)));
        if (!heap)
            return false;
        p->heap = heap;
        p->values = (const char **)(void *)heap;
        p->lengths = (int *)(void *)(heap + n * sizeof(char *));
        p->formats = p->lengths + n;
        p->types = (Oid *)(p->formats + n);
    }
    for (size_t i = 0; i < n; i++) {
        p->values[i] = request->params[i].data;
        p->lengths[i] = request->params[i].length;
        p->formats[i] = request->params[i].binary;
        p->types[i] = request->params[i].oid;
    }
    return true;
}

/* How many results libpq will hand out for a request inside a pipeline. */
static int results_of(const qi_request *request)
{
    return request->sql && request->name[0] ? 2 : 1;
}

/* Parse travels with Bind and Execute: for a named statement as a message of its own. */
static int send_request(PGconn *conn, const qi_request *request, parallel *p)
{
    int count = (int)request->param_count;
    int format = request->text ? 0 : 1;
    if (request->sql && !request->name[0])
        return PQsendQueryParams(conn, request->sql, count, p->types, p->values, p->lengths,
                                 p->formats, format);
    if (request->sql && !PQsendPrepare(conn, request->name, request->sql, count, p->types))
        return 0;
    return PQsendQueryPrepared(conn, request->name, count, p->values, p->lengths, p->formats,
                               format);
}

static quire_status send_all(qi_link *link, const qi_request *requests, size_t count,
                             quire_error *err)
{
    for (size_t i = 0; i < count; i++) {
        parallel p;
        if (requests[i].param_count > UINT16_MAX)
            return qi_fail(err, QUIRE_INVALID, "a statement takes at most 65535 parameters");
        if (!parallel_make(&p, &requests[i]))
            return qi_fail_memory(err);
        int sent = send_request(link->conn, &requests[i], &p);
        free(p.heap);
        if (!sent)
            return fail_connection(
                link, PQstatus(link->conn) == CONNECTION_BAD ? QUIRE_LOST : QUIRE_INTERNAL, err);
    }
    return QUIRE_OK;
}

static bool is_success(const PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
}

/* COPY needs a conversation of its own: end it, so that the session stays usable. */
static void refuse_copy(qi_link *link, const PGresult *result)
{
    if (PQresultStatus(result) == PGRES_COPY_IN) {
        PQputCopyEnd(link->conn, "COPY is not supported here");
        return;
    }
    char *data = NULL;
    while (PQgetCopyData(link->conn, &data, 0) > 0)
        PQfreemem(data);
}

static quire_status take_failure(qi_link *link, PGresult *result, quire_error *err)
{
    quire_status status;
    switch (PQresultStatus(result)) {
    case PGRES_COPY_IN:
    case PGRES_COPY_OUT:
    case PGRES_COPY_BOTH:
        refuse_copy(link, result);
        status = qi_fail(err, QUIRE_INVALID, "COPY cannot be run as a plain statement");
        break;
    case PGRES_PIPELINE_ABORTED:
        status = QUIRE_INTERNAL; /* the failure that caused it was reported already */
        break;
    default:
        status = fail_result(link, result, err);
        break;
    }
    PQclear(result);
    return status;
}

/* Reads what is left of the conversation, so that the session is idle again or known as broken. */
static void drain(qi_link *link)
{
    PGresult *result;
    while ((result = PQgetResult(link->conn)) != NULL) {
        ExecStatusType status = PQresultStatus(result);
        if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH)
            refuse_copy(link, result);
        PQclear(result);
        if (PQstatus(link->conn) == CONNECTION_BAD)
            break;
    }
}

/* One request outside a pipeline: libpq ends its results with a NULL. */
static quire_status receive_one(qi_link *link, qi_reply **reply, quire_error *err)
{
    PGresult *result = PQgetResult(link->conn);
    if (!result)
        return fail_connection(link, QUIRE_LOST, err);
    if (!is_success(result)) {
        quire_status status = take_failure(link, result, err);
        drain(link);
        return status;
    }
    drain(link);
    *reply = (qi_reply *)result;
    return QUIRE_OK;
}

/* The results of one request in a pipeline; the last of them is its reply. */
static quire_status receive_request(qi_link *link, qi_request *request, qi_reply **reply,
                                    quire_error *err)
{
    PGresult *last = NULL;
    int results = results_of(request);
    for (int i = 0; i < results; i++) {
        PGresult *result = PQgetResult(link->conn);
        if (!result) {
            PQclear(last);
            return fail_connection(link, QUIRE_LOST, err);
        }
        PQclear(last);
        last = result;
        if (!is_success(result)) {
            quire_status status = take_failure(link, result, err);
            PQclear(PQgetResult(link->conn)); /* the NULL behind it */
            return status;
        }
        PQclear(PQgetResult(link->conn));
        request->prepared = results == 2;
    }
    *reply = (qi_reply *)last;
    return QUIRE_OK;
}

/* Reads to the end of a pipeline that failed or succeeded, and leaves pipeline mode. */
static quire_status end_pipeline(qi_link *link, quire_error *err)
{
    /* Two NULLs in a row without a synchronisation point means that nothing more will come. */
    int nulls = 0;
    while (nulls < 2 && PQstatus(link->conn) == CONNECTION_OK) {
        PGresult *result = PQgetResult(link->conn);
        nulls = result ? 0 : nulls + 1;
        bool synced = result && PQresultStatus(result) == PGRES_PIPELINE_SYNC;
        PQclear(result);
        if (synced)
            break;
    }
    if (!PQexitPipelineMode(link->conn))
        return fail_connection(link, QUIRE_LOST, err);
    return QUIRE_OK;
}

static quire_status run_pipeline(qi_link *link, qi_request *requests, size_t count,
                                 qi_reply **replies, size_t *done, quire_error *err)
{
    if (!PQenterPipelineMode(link->conn))
        return fail_connection(link, QUIRE_CONNECT, err);
    quire_status status = send_all(link, requests, count, err);
    if (status == QUIRE_OK && !PQpipelineSync(link->conn))
        status = fail_connection(link, QUIRE_LOST, err);
    if (status != QUIRE_OK) {
        /* Half a pipeline cannot be taken back: the session is given up. */
        PQfinish(link->conn);
        link->conn = NULL;
        return status;
    }
    for (size_t i = 0; i < count && status == QUIRE_OK; i++) {
        status = receive_request(link, &requests[i], &replies[i], err);
        if (status == QUIRE_OK)
            *done = i + 1;
    }
    quire_status ended = end_pipeline(link, status == QUIRE_OK ? err : NULL);
    return status == QUIRE_OK ? ended : status;
}

static quire_status link_run(qi_link *link, qi_request *requests, size_t count, qi_reply **replies,
                             size_t *done, quire_error *err)
{
    *done = 0;
    if (PQstatus(link->conn) != CONNECTION_OK)
        return fail_connection(link, QUIRE_CONNECT, err);
    quire_status status;
    if (count == 1 && results_of(requests) == 1) {
        status = send_all(link, requests, 1, err);
        if (status == QUIRE_OK)
            status = receive_one(link, replies, err);
        if (status == QUIRE_OK)
            *done = 1;
    } else {
        status = run_pipeline(link, requests, count, replies, done, err);
    }
    if (status != QUIRE_OK) {
        for (size_t i = 0; i < *done; i++) {
            PQclear(result_of(replies[i]));
            replies[i] = NULL;
        }
    }
    return status;
}

static quire_status link_script(qi_link *link, const char *sql, quire_error *err)
{
    if (!PQsendQuery(link->conn, sql))
        return fail_connection(
            link, PQstatus(link->conn) == CONNECTION_BAD ? QUIRE_LOST : QUIRE_INVALID, err);
    quire_status status = QUIRE_OK;
    PGresult *result;
    while ((result = PQgetResult(link->conn)) != NULL) {
        if (is_success(result)) {
            PQclear(result);
            continue;
        }
        quire_status failed = take_failure(link, result, status == QUIRE_OK ? err : NULL);
        if (status == QUIRE_OK)
            status = failed;
        if (PQstatus(link->conn) == CONNECTION_BAD)
            break;
    }
    return status;
}

/* In one round trip, since behind a pooler the next one may go to another session. */
static quire_status link_describe(qi_link *link, const char *sql, qi_reply **reply,
                                  quire_error *err)
{
    if (!PQenterPipelineMode(link->conn))
        return fail_connection(link, QUIRE_CONNECT, err);
    if (!PQsendPrepare(link->conn, "", sql, 0, NULL) || !PQsendDescribePrepared(link->conn, "") ||
        !PQpipelineSync(link->conn)) {
        quire_status status = fail_connection(link, QUIRE_LOST, err);
        PQfinish(link->conn); /* as in run_pipeline */
        link->conn = NULL;
        return status;
    }
    qi_request parsed = { .name = "", .sql = sql };
    qi_reply *replies[2] = { NULL };
    quire_status status = receive_request(link, &parsed, &replies[0], err);
    if (status == QUIRE_OK)
        status = receive_request(link, &parsed, &replies[1], err);
    quire_status ended = end_pipeline(link, status == QUIRE_OK ? err : NULL);
    if (status == QUIRE_OK)
        status = ended;
    PQclear(result_of(replies[0]));
    if (status == QUIRE_OK)
        *reply = replies[1];
    else
        PQclear(result_of(replies[1]));
    return status;
}

static void link_facts(qi_link *link, qi_session_facts *out)
{
    memset(out, 0, sizeof *out);
    out->database = PQdb(link->conn);
    out->user = PQuser(link->conn);
    out->backend = PQbackendPID(link->conn);
    if (PQsslInUse(link->conn)) {
        const char *protocol = PQsslAttribute(link->conn, "protocol");
        const char *cipher = PQsslAttribute(link->conn, "cipher");
        snprintf(out->tls, sizeof out->tls, "%s %s", protocol ? protocol : "TLS",
                 cipher ? cipher : "");
    }
}

/* ---- replies --------------------------------------------------------------------------------- */

static size_t reply_rows(const qi_reply *reply)
{
    return (size_t)PQntuples(result_of(reply));
}

static size_t reply_columns(const qi_reply *reply)
{
    return (size_t)PQnfields(result_of(reply));
}

static int64_t reply_affected(const qi_reply *reply)
{
    PGresult *result = result_of(reply);
    if (strncmp(PQcmdStatus(result), "SELECT", 6) == 0)
        return 0;
    return strtoll(PQcmdTuples(result), NULL, 10);
}

static uint32_t reply_column_type(const qi_reply *reply, size_t column)
{
    return PQftype(result_of(reply), (int)column);
}

static const char *reply_column_name(const qi_reply *reply, size_t column)
{
    return PQfname(result_of(reply), (int)column);
}

static void reply_column_origin(const qi_reply *reply, size_t column, uint32_t *table,
                                int *table_column, int *modifier)
{
    PGresult *result = result_of(reply);
    *table = PQftable(result, (int)column);
    *table_column = PQftablecol(result, (int)column);
    *modifier = PQfmod(result, (int)column);
}

static size_t reply_params(const qi_reply *reply)
{
    return (size_t)PQnparams(result_of(reply));
}

static uint32_t reply_param_type(const qi_reply *reply, size_t param)
{
    return PQparamtype(result_of(reply), (int)param);
}

static inline qi_cell cell_of(const PGresult *result, size_t row, size_t column)
{
    /* A length says that there is a value; without one, it may be NULL or empty. */
    int length = PQgetlength(result, (int)row, (int)column);
    if (length == 0 && PQgetisnull(result, (int)row, (int)column))
        return (qi_cell){ NULL, 0 };
    return (qi_cell){ PQgetvalue(result, (int)row, (int)column), (size_t)length };
}

static qi_cell reply_cell(const qi_reply *reply, size_t row, size_t column)
{
    return cell_of(result_of(reply), row, column);
}

static void reply_row(const qi_reply *reply, size_t row, qi_cell *cells)
{
    const PGresult *result = result_of(reply);
    size_t columns = (size_t)PQnfields(result);
    for (size_t i = 0; i < columns; i++)
        cells[i] = cell_of(result, row, i);
}

static void reply_free(qi_reply *reply)
{
    PQclear(result_of(reply));
}

const qi_transport qi_transport_libpq = {
    .open = open_link,
    .close = close_link,
    .state = link_state,
    .is_alive = link_is_alive,
    .run = link_run,
    .script = link_script,
    .describe = link_describe,
    .facts = link_facts,
    .rows = reply_rows,
    .columns = reply_columns,
    .affected = reply_affected,
    .column_type = reply_column_type,
    .column_name = reply_column_name,
    .column_origin = reply_column_origin,
    .params = reply_params,
    .param_type = reply_param_type,
    .row = reply_row,
    .cell = reply_cell,
    .free = reply_free,
};
