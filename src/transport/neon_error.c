#include "transport/neon.h"
#include "base/error.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define SECRET_LEAST 4 /* shorter ones are in every other word */

static bool contains_any(const char *text, const char *const *parts)
{
    for (; *parts; parts++)
        if (strstr(text, *parts))
            return true;
    return false;
}

/* ---- texts ----------------------------------------------------------------------------------- */

/* Puts stars over every occurrence. */
static void mask(char *text, const char *secret)
{
    size_t length = strlen(secret);
    if (length < SECRET_LEAST)
        return;
    for (char *at = strstr(text, secret); at; at = strstr(at + length, secret))
        memset(at, '*', length);
}

static void copy_masked(char *field, size_t size, const json_t *value, const char *const *secrets)
{
    const char *text = json_string_value(value);
    /* Masked before it is cut, so that no beginning of a secret stays at the end. */
    char *copy = text ? strdup(text) : NULL;
    if (!copy)
        return;
    for (; *secrets; secrets++)
        mask(copy, *secrets);
    qi_copy_text(field, size, copy);
    free(copy);
}

/* Messages are one line. */
static void join_lines(char *text)
{
    for (; *text; text++)
        if (*text == '\n' || *text == '\r')
            *text = ' ';
}

/* ---- what it means --------------------------------------------------------------------------- */

/* What the proxy says before anything has run. Its texts are all that tells: the code is empty, or XX000. */
static const char *const denied[] = { "password authentication failed", "is not allowed to connect",
                                      "authentication failed", NULL };
static const char *const unreached[] = {
    "Couldn't connect to compute node",
    "Control plane request failed",
    "Too many connections to this endpoint",
    "Failed to acquire permit",
    "Endpoint ID is not specified",
    "Inconsistent project name",
    "endpoint cannot be found",
    "endpoint is disabled",
    "missing hostname",
    "missing database name",
    "missing username",
    "missing password",
    "invalid connection string",
    "connection string",
    "query is not supported",
    "rate limit",
    "quota",
    NULL,
};

/* By the text, where the proxy speaks for itself. QUIRE_OK: the text does not tell. */
static quire_status by_text(const char *message)
{
    if (contains_any(message, denied))
        return QUIRE_DENIED;
    return contains_any(message, unreached) ? QUIRE_CONNECT : QUIRE_OK;
}

/*
 * Statuses that come before a statement runs, when the body is the service's own. A gateway on the
 * way may answer 502 to 504 after it has passed a statement on, so these are not in the table.
 */
static quire_status by_http_status(long http_status, bool has_message)
{
    switch (http_status) {
    case 401:
    case 403:
        return QUIRE_DENIED;
    case 404:
    case 405:
    case 429:
        return QUIRE_CONNECT;
    case 408:
    case 409:
    case 412:
    case 503:
        return has_message ? QUIRE_CONNECT : QUIRE_LOST;
    case 413:
    case 507:
        return QUIRE_MEMORY;
    default:
        return QUIRE_LOST;
    }
}

static void fill_fields(const json_t *body, const char *const *secrets, quire_error *err)
{
    const struct {
        const char *key;
        char *field;
        size_t size;
    } fields[] = {
        { "detail", err->detail, sizeof err->detail },
        { "hint", err->hint, sizeof err->hint },
        { "schema", err->schema, sizeof err->schema },
        { "table", err->table, sizeof err->table },
        { "column", err->column, sizeof err->column },
        { "constraint", err->constraint, sizeof err->constraint },
    };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        copy_masked(fields[i].field, fields[i].size, json_object_get(body, fields[i].key), secrets);
    const char *position = json_string_value(json_object_get(body, "position"));
    long at = position ? strtol(position, NULL, 10) : 0;
    err->position = at > 0 && at <= INT_MAX ? (int)at : 0;
}

static bool is_sqlstate(const char *code)
{
    return code && strlen(code) == 5 && strspn(code, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 5;
}

static void add_hint(long http_status, quire_error *err)
{
    if (!err || err->hint[0])
        return;
    if (http_status == 413 || http_status == 507)
        qi_hint(err, "Run it in a transaction, which goes over TCP, or set NEON_TRANSPORT=tcp.");
    else if (http_status >= 300 && http_status < 400)
        qi_hint(err, "Redirects are not followed, since each request carries the password: set "
                     "NEON_FETCH_ENDPOINT to the address itself.");
    else if (err->status == QUIRE_LOST)
        qi_hint(err, "The statement may have run or not: look before trying it again.");
    if (http_status == 507 && !err->detail[0])
        qi_detail(err, "A statement that writes may have been carried out.");
}

/* The service's own error, or PostgreSQL's through it. */
static quire_status fail_message(long http_status, const json_t *body, const json_t *message,
                                 const char *const *secrets, quire_error *err)
{
    const char *text = json_string_value(message);
    const char *code = json_string_value(json_object_get(body, "code"));
    /* 500 where PostgreSQL refused the service its connection. */
    bool is_server = is_sqlstate(code) && (http_status == 400 || http_status == 500);
    quire_status status = QUIRE_OK;
    if (!is_server || strcmp(code, "XX000") == 0)
        status = by_text(text);
    if (status == QUIRE_OK || http_status == 413 || http_status == 507)
        status = is_server ? qi_classify(code) : by_http_status(http_status, true);
    qi_fail(err, status, "the SQL endpoint refused the request");
    if (!err)
        return status;
    if (text[0])
        copy_masked(err->message, sizeof err->message, message, secrets);
    join_lines(err->message);
    fill_fields(body, secrets, err);
    if (is_sqlstate(code))
        QI_COPY(err->sqlstate, code);
    add_hint(http_status, err);
    return status;
}

quire_status qi_neon_failure(long http_status, const char *body, size_t length,
                             const char *const *secrets, quire_error *err)
{
    json_t *json = json_loadb(body, length, JSON_DECODE_ANY, NULL);
    const json_t *message = json_object_get(json, "message");
    if (!json_is_string(message))
        message = json_object_get(json, "msg");
    if (json_is_string(json)) /* what an unknown path gets */
        message = json;
    quire_status status;
    if (http_status >= 300 && http_status < 400) {
        status = qi_fail(err, QUIRE_CONNECT, "the SQL endpoint redirects (HTTP status %ld)",
                         http_status);
        add_hint(http_status, err);
    } else if (json_is_string(message)) {
        status = fail_message(http_status, json, message, secrets, err);
    } else {
        /* The body is not shown: nobody knows what a stranger puts into it. */
        status = by_http_status(http_status, false);
        qi_fail(err, status, "the SQL endpoint answered with HTTP status %ld", http_status);
        add_hint(http_status, err);
    }
    json_decref(json);
    return status;
}
