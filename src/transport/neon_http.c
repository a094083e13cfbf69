/*
 * The link of SQL over HTTP: one libcurl handle, which keeps its connection between requests.
 *
 * Redirects are never followed and cleartext is never spoken but to this machine, since each request
 * carries the connection string. A request is sent at most once: libcurl by itself sends it again when a
 * kept connection breaks before an answer comes, by when the statement may have run. It cannot do so here,
 * because it is not told how to read the body a second time.
 */
#include "transport/neon.h"
#include "base/buffer.h"
#include "base/error.h"

#include <quire/version.h>

#include <curl/curl.h>
#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

struct qi_link {
    CURL *curl;
    struct curl_slist *headers;
    PQconninfoOption *conninfo;
    char *password_escaped; /* as it stands in the URL; NULL: as it is */
    char *user;             /* of conninfo */
    char *database;
    char *password;
    const char *body; /* of the request on its way */
    size_t body_length;
    size_t body_sent;
    qi_buffer answer;
    char curl_error[CURL_ERROR_SIZE];
    int request_timeout_ms;
};

/* ---- opening --------------------------------------------------------------------------------- */

static void close_link(qi_link *link)
{
    if (!link)
        return;
    curl_easy_cleanup(link->curl);
    curl_slist_free_all(link->headers);
    PQconninfoFree(link->conninfo);
    curl_free(link->password_escaped);
    qi_buffer_free(&link->answer);
    free(link);
    curl_global_cleanup();
}

static bool append(struct curl_slist **list, const char *line)
{
    struct curl_slist *longer = curl_slist_append(*list, line);
    if (longer)
        *list = longer;
    return longer != NULL;
}

static bool add_header(qi_link *link, const char *name, const char *value)
{
    qi_buffer line;
    qi_buffer_init(&line, 64u * 1024u);
    qi_buffer_add(&line, name);
    qi_buffer_add(&line, value);
    bool ok = !qi_buffer_failed(&line) && append(&link->headers, line.data);
    qi_buffer_free(&line);
    return ok;
}

static bool add_headers(qi_link *link, const qi_address *address)
{
    return add_header(link, "Neon-Connection-String: ", address->conninfo) &&
           add_header(link, "Neon-Raw-Text-Output: ", "true") &&
           add_header(link, "Neon-Array-Mode: ", "true") &&
           add_header(link, "Content-Type: ", "application/json") &&
           add_header(link, "Accept: ", "application/json") &&
           /* Without this libcurl asks before it sends a body, and waits a second for the answer. */
           add_header(link, "Expect:", "");
}

static size_t give_body(char *to, size_t size, size_t count, void *context)
{
    qi_link *link = context;
    size_t room = size * count;
    size_t left = link->body_length - link->body_sent;
    size_t length = left < room ? left : room;
    memcpy(to, link->body + link->body_sent, length);
    link->body_sent += length;
    return length;
}

static size_t take_answer(char *from, size_t size, size_t count, void *context)
{
    qi_link *link = context;
    qi_buffer_add_n(&link->answer, from, size * count);
    return qi_buffer_failed(&link->answer) ? CURL_WRITEFUNC_ERROR : size * count;
}

static bool set_security(CURL *curl, const qi_address *address)
{
    bool https = strncmp(address->endpoint, "https://", 8) == 0;
    return curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, https ? "https" : "http") == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2) == CURLE_OK &&
           (https || curl_easy_setopt(curl, CURLOPT_NOPROXY, "*") == CURLE_OK) &&
           (!address->ca_file ||
            curl_easy_setopt(curl, CURLOPT_CAINFO, address->ca_file) == CURLE_OK);
}

static bool set_request(CURL *curl, qi_link *link)
{
    return curl_easy_setopt(curl, CURLOPT_POST, 1L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_READFUNCTION, give_body) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_READDATA, link) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_answer) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_WRITEDATA, link) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, link->curl_error) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_HTTPHEADER, link->headers) == CURLE_OK;
}

static bool set_options(qi_link *link, const qi_address *address)
{
    CURL *curl = link->curl;
    return curl_easy_setopt(curl, CURLOPT_URL, address->endpoint) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_USERAGENT, "quire/" QUIRE_VERSION) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_TCP_KEEPALIVE, 1L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)address->connect_timeout_ms) ==
               CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)address->request_timeout_ms) ==
               CURLE_OK &&
           set_security(curl, address) && set_request(curl, link);
}

/* What the connection string says, for health reports and to keep its password out of messages. */
static bool read_conninfo(qi_link *link, const qi_address *address)
{
    link->conninfo = PQconninfoParse(address->conninfo, NULL);
    for (PQconninfoOption *option = link->conninfo; option && option->keyword; option++) {
        if (strcmp(option->keyword, "user") == 0)
            link->user = option->val;
        else if (strcmp(option->keyword, "dbname") == 0)
            link->database = option->val;
        else if (strcmp(option->keyword, "password") == 0)
            link->password = option->val;
    }
    if (link->conninfo && link->password)
        link->password_escaped = curl_easy_escape(link->curl, link->password, 0);
    return link->conninfo && (!link->password || link->password_escaped);
}

/* Connects nowhere: that is done with the first request. */
static quire_status open_link(const qi_address *address, qi_link **out, quire_error *err)
{
    qi_link *link = calloc(1, sizeof *link);
    if (!link)
        return qi_fail_memory(err);
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        free(link);
        return qi_fail_memory(err);
    }
    qi_buffer_init(&link->answer, QI_NEON_RESPONSE_LIMIT);
    link->request_timeout_ms = address->request_timeout_ms;
    link->curl = curl_easy_init();
    if (!link->curl || !read_conninfo(link, address) || !add_headers(link, address) ||
        !set_options(link, address)) {
        close_link(link);
        return qi_fail_memory(err);
    }
    *out = link;
    return QUIRE_OK;
}

/* Each request stands by itself: whatever became of one, the next may be sent. */
static qi_session_state link_state(const qi_link *link)
{
    (void)link;
    return QI_SESSION_IDLE;
}

/* libcurl looks after its connection before it uses it again. */
static bool link_is_alive(qi_link *link)
{
    (void)link;
    return true;
}

/* ---- requests -------------------------------------------------------------------------------- */

/* Whether a part of the request may have reached the service. */
static bool was_sent(const qi_link *link, CURLcode code)
{
    switch (code) {
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_FAILED_INIT:
        return false;
    default:
        return link->body_sent > 0;
    }
}

static quire_status fail_too_large(quire_error *err)
{
    qi_fail(err, QUIRE_MEMORY, "the SQL endpoint's answer is larger than %u MiB",
            QI_NEON_RESPONSE_LIMIT >> 20);
    qi_detail(err, "A statement that writes may have been carried out.");
    qi_hint(err, "Ask for fewer rows at a time, or set NEON_TRANSPORT=tcp.");
    return QUIRE_MEMORY;
}

/* libcurl's texts name hosts, files and certificates, never headers. */
static quire_status fail_curl(const qi_link *link, CURLcode code, quire_error *err)
{
    if (code == CURLE_OUT_OF_MEMORY)
        return qi_fail_memory(err);
    if (code == CURLE_WRITE_ERROR && qi_buffer_failed(&link->answer))
        return fail_too_large(err);
    bool sent = was_sent(link, code);
    quire_status status = sent ? QUIRE_LOST : QUIRE_CONNECT;
    const char *why = link->curl_error[0] ? link->curl_error : curl_easy_strerror(code);
    if (code == CURLE_OPERATION_TIMEDOUT && sent)
        qi_fail(err, status, "the SQL endpoint gave no whole answer within %d ms",
                link->request_timeout_ms);
    else if (code == CURLE_SEND_FAIL_REWIND)
        qi_fail(err, status, "the connection to the SQL endpoint broke before it answered");
    else if (sent)
        qi_fail(err, status, "the SQL endpoint's answer did not arrive: %s", why);
    else
        qi_fail(err, status, "cannot reach the SQL endpoint: %s", why);
    if (sent)
        qi_hint(err, "The statement may have run or not: look before trying it again.");
    return status;
}

static quire_status fetch(qi_link *link, const char *body, size_t length, long *http_status,
                          quire_error *err)
{
    link->body = body;
    link->body_length = length;
    link->body_sent = 0;
    link->curl_error[0] = '\0';
    qi_buffer_clear(&link->answer);
    CURLcode code = curl_easy_setopt(link->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)length);
    if (code == CURLE_OK)
        code = curl_easy_perform(link->curl);
    link->body = NULL;
    if (code != CURLE_OK)
        return fail_curl(link, code, err);
    curl_easy_getinfo(link->curl, CURLINFO_RESPONSE_CODE, http_status);
    return QUIRE_OK;
}

static quire_status check_requests(const qi_request *requests, size_t count, quire_error *err)
{
    for (size_t i = 0; i < count; i++) {
        if (requests[i].param_count > UINT16_MAX)
            return qi_fail(err, QUIRE_INVALID, "a statement takes at most 65535 parameters");
        if (!requests[i].sql)
            return qi_fail(err, QUIRE_INTERNAL, "a prepared statement for a link without sessions");
    }
    return QUIRE_OK;
}

/* The whole list anew, since libcurl's lists cannot share a tail. To be freed; NULL: no memory. */
static struct curl_slist *batch_headers(const qi_link *link,
                                        const quire_transaction_options *options)
{
    static const char *const levels[] = { NULL, "Neon-Batch-Isolation-Level: ReadCommitted",
                                          "Neon-Batch-Isolation-Level: RepeatableRead",
                                          "Neon-Batch-Isolation-Level: Serializable" };
    const char *const lines[] = {
        levels[options->isolation],
        options->read_only ? "Neon-Batch-Read-Only: true" : NULL,
        options->deferrable ? "Neon-Batch-Deferrable: true" : NULL,
    };
    struct curl_slist *list = NULL;
    bool ok = true;
    for (const struct curl_slist *at = link->headers; at && ok; at = at->next)
        ok = append(&list, at->data);
    for (size_t i = 0; i < COUNT(lines) && ok; i++)
        ok = !lines[i] || append(&list, lines[i]);
    if (ok)
        return list;
    curl_slist_free_all(list);
    return NULL;
}

/* One request of the protocol, whatever may be in it. */
static quire_status ask(qi_link *link, const qi_request *requests, size_t count, bool batch,
                        qi_reply **replies, quire_error *err)
{
    char *body = NULL;
    size_t length = 0;
    long http_status = 0;
    quire_status status = qi_neon_body(requests, count, batch, &body, &length, err);
    if (status != QUIRE_OK)
        return status;
    status = fetch(link, body, length, &http_status, err);
    free(body);
    if (status == QUIRE_OK && http_status == 200)
        status = qi_neon_replies(link->answer.data, link->answer.length, replies, count, err);
    else if (status == QUIRE_OK)
        status = qi_neon_failure(
            http_status, link->answer.data, link->answer.length,
            (const char *const[]){ link->password ? link->password : "",
                                   link->password ? link->password_escaped : "", NULL },
            err);
    /* What a large answer took is not kept for the small ones. */
    qi_buffer_free(&link->answer);
    qi_buffer_init(&link->answer, QI_NEON_RESPONSE_LIMIT);
    return status;
}

/* ---- which one it was ------------------------------------------------------------------------ */

/* Fails for certain, and says that it was this. */
#define PROBE "quire looks for the statement that failed"

/* Whether a failure is a statement's own, so that it fails the same way again. */
static bool is_of_a_statement(const quire_error *err)
{
    static const char *const passing[] = { "08", "40", "53", "55", "57", "58", "XX" };
    if (!err->sqlstate[0])
        return false;
    for (size_t i = 0; i < COUNT(passing); i++)
        if (strncmp(err->sqlstate, passing[i], 2) == 0)
            return false;
    return true;
}

/* Room for the requests of a failed batch and one more. */
typedef struct search {
    qi_link *link;
    qi_request *requests;
    qi_reply **replies;
    const quire_error *failure;
} search;

/* Runs the first requests and undoes them. False: neither do they pass, nor fail as they did. */
static bool probe(const search *it, size_t count, bool *passed)
{
    quire_error err = { 0 };
    qi_request kept = it->requests[count];
    it->requests[count] = (qi_request){ .name = "", .sql = "select '" PROBE "'::pg_catalog.int4" };
    quire_status status = ask(it->link, it->requests, count + 1, true, it->replies, &err);
    it->requests[count] = kept;
    for (size_t i = 0; status == QUIRE_OK && i <= count; i++)
        qi_neon_free(it->replies[i]);
    *passed = strstr(err.message, PROBE) != NULL;
    return *passed || (strcmp(err.sqlstate, it->failure->sqlstate) == 0 &&
                       strcmp(err.message, it->failure->message) == 0);
}

/*
 * A failed batch is undone whole, and the service does not say which statement it was. So the first half is
 * run again and undone by a statement that fails for certain; its error tells in which half to go on.
 * Returns `count` where it was none of them, or where they fail otherwise now.
 */
static size_t find_failed(const search *it, size_t count)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        bool passed;
        if (!probe(it, middle + 1, &passed))
            return count;
        if (passed)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static size_t blame(qi_link *link, const qi_request *requests, size_t count,
                    const quire_error *failure)
{
    if (!is_of_a_statement(failure))
        return count;
    search it = {
        .link = link,
        .requests = calloc(count + 1, sizeof *it.requests),
        .replies = calloc(count + 1, sizeof(qi_reply *)),
        .failure = failure,
    };
    size_t failed = count;
    if (it.requests && it.replies) {
        memcpy(it.requests, requests, count * sizeof *requests);
        failed = find_failed(&it, count);
    }
    free(it.requests);
    free(it.replies);
    return failed;
}

static quire_status link_run_transaction(qi_link *link, const quire_transaction_options *options,
                                         qi_request *requests, size_t count, qi_reply **replies,
                                         size_t *done, quire_error *err)
{
    quire_error own; /* read only after a failure, which fills it whole */
    bool batch = count > 1 || options;
    struct curl_slist *headers = NULL;
    *done = 0;
    quire_status status = check_requests(requests, count, err);
    if (status != QUIRE_OK)
        return status;
    if (options) {
        headers = batch_headers(link, options);
        if (!headers || curl_easy_setopt(link->curl, CURLOPT_HTTPHEADER, headers) != CURLE_OK) {
            curl_slist_free_all(headers);
            return qi_fail_memory(err);
        }
    }
    status = ask(link, requests, count, batch, replies, &own);
    if (status == QUIRE_OK)
        *done = count;
    else if (count > 1)
        *done = blame(link, requests, count, &own);
    if (options)
        curl_easy_setopt(link->curl, CURLOPT_HTTPHEADER, link->headers);
    curl_slist_free_all(headers);
    if (status != QUIRE_OK && err)
        *err = own;
    return status;
}

static quire_status link_run(qi_link *link, qi_request *requests, size_t count, qi_reply **replies,
                             size_t *done, quire_error *err)
{
    return link_run_transaction(link, NULL, requests, count, replies, done, err);
}

static void link_facts(qi_link *link, qi_session_facts *out)
{
    memset(out, 0, sizeof *out);
    long version = 0;
    char *scheme = NULL;
    curl_easy_getinfo(link->curl, CURLINFO_HTTP_VERSION, &version);
    curl_easy_getinfo(link->curl, CURLINFO_SCHEME, &scheme);
    out->database = link->database ? link->database : "";
    out->user = link->user ? link->user : "";
    if (scheme && (strcmp(scheme, "HTTPS") == 0 || strcmp(scheme, "https") == 0))
        qi_copy_text(out->tls, sizeof out->tls,
                     version == CURL_HTTP_VERSION_2_0 ? "HTTPS, HTTP/2" : "HTTPS, HTTP/1.1");
}

const qi_transport qi_transport_neon_http = {
    .is_text = true,
    .open = open_link,
    .close = close_link,
    .state = link_state,
    .is_alive = link_is_alive,
    .run = link_run,
    .run_transaction = link_run_transaction,
    .facts = link_facts,
    .rows = qi_neon_rows,
    .columns = qi_neon_columns,
    .affected = qi_neon_affected,
    .column_type = qi_neon_column_type,
    .column_name = qi_neon_column_name,
    .column_origin = qi_neon_column_origin,
    .params = qi_neon_params,
    .param_type = qi_neon_param_type,
    .row = qi_neon_row,
    .cell = qi_neon_cell,
    .free = qi_neon_free,
};
