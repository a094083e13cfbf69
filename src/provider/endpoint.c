#include "provider/endpoint.h"

#include "base/error.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <string.h>

#define PATH "/sql"

typedef struct finder {
    const qi_environment *env;
    qi_arena *arena;
    qi_selection *selection;
    quire_error *err;
} finder;

/* Points the error at the line of .env that sets the variable. */
static quire_status refuse(const finder *f, const char *variable, const char *why)
{
    quire_status status = qi_fail(f->err, QUIRE_CONFIG, "%s %s", variable, why);
    for (size_t i = 0; i < f->env->count; i++) {
        quire_source source;
        qi_environment_get(f->env, variable, &source);
        if (source == QUIRE_FROM_DOTENV && strcmp(f->env->entries[i].name, variable) == 0)
            qi_locate(f->err, f->env->dotenv, f->env->entries[i].line, 0);
    }
    return status;
}

/* ---- the endpoint that was named --------------------------------------------------------------- */

static char *url_part(CURLU *url, CURLUPart part)
{
    char *text = NULL;
    return curl_url_get(url, part, &text, 0) == CURLUE_OK ? text : NULL;
}

static bool is_loopback(const char *host)
{
    return host && (strcmp(host, "localhost") == 0 || strcmp(host, "127.0.0.1") == 0 ||
                    strcmp(host, "[::1]") == 0);
}

/* Why an endpoint cannot be used, or NULL. The value is not quoted: it might hold a password. */
static const char *find_fault(CURLU *url)
{
    char *scheme = url_part(url, CURLUPART_SCHEME);
    char *host = url_part(url, CURLUPART_HOST);
    char *user = url_part(url, CURLUPART_USER);
    const char *fault = NULL;
    if (!scheme || !host || (strcmp(scheme, "https") != 0 && strcmp(scheme, "http") != 0))
        fault = "is not a URL with https://";
    else if (user)
        fault = "holds a user name: requests carry the one of the connection URL";
    else if (strcmp(scheme, "http") == 0 && !is_loopback(host))
        fault = "must start with https://, since each request carries the password";
    curl_free(scheme);
    curl_free(host);
    curl_free(user);
    return fault;
}

static quire_status take_named(const finder *f, const char *variable, const char *text)
{
    CURLU *url = curl_url();
    if (!url)
        return qi_fail_memory(f->err);
    quire_status status = QUIRE_OK;
    const char *fault = curl_url_set(url, CURLUPART_URL, text, 0) == CURLUE_OK
                            ? find_fault(url)
                            : "is not a URL with https://";
    if (fault) {
        status = refuse(f, variable, fault);
        qi_hint(f->err, "It looks like https://api.us-east-2.aws.neon.tech/sql; http:// will do "
                        "for this machine only.");
    } else {
        char *path = url_part(url, CURLUPART_PATH);
        if (!path || strcmp(path, "/") == 0)
            curl_url_set(url, CURLUPART_PATH, PATH, 0);
        char *whole = url_part(url, CURLUPART_URL);
        f->selection->endpoint = whole ? qi_arena_text(f->arena, whole) : NULL;
        if (!f->selection->endpoint)
            status = qi_fail_memory(f->err);
        curl_free(path);
        curl_free(whole);
    }
    curl_url_cleanup(url);
    return status;
}

/* ---- the URL ----------------------------------------------------------------------------------- */

/* ep-name-123.us-east-2.aws.neon.tech answers at api.us-east-2.aws.neon.tech. */
static quire_status derive(const finder *f)
{
    const char *host = qi_url_get(&f->selection->url, "host");
    f->selection->endpoint =
        qi_arena_printf(f->arena, "https://api%s" PATH, host + strcspn(host, "."));
    return f->selection->endpoint ? QUIRE_OK : qi_fail_memory(f->err);
}

/* What is wrong with the URL for requests over HTTP, which carry it and are told apart by its host. */
static const char *find_url_fault(const qi_url *url, bool named)
{
    const char *host = qi_url_get(url, "host");
    unsigned char address[sizeof(struct in6_addr)];
    if (!host || host[0] == '/' || host[0] == '@' || strchr(host, ','))
        return "must name one host for SQL over HTTP";
    if (inet_pton(AF_INET, host, address) == 1 || inet_pton(AF_INET6, host, address) == 1)
        return "names its host by an IP address, but SQL over HTTP tells databases apart by name";
    if (!named && !strchr(host, '.'))
        return "names a host without a domain, so that it does not tell its SQL endpoint";
    if (!qi_url_get(url, "user") || !qi_url_get(url, "password") || !qi_url_get(url, "dbname"))
        return "must hold user, password and database for SQL over HTTP";
    return NULL;
}

/* Whether the host says by itself that there is an endpoint, and nothing leads around its name. */
static bool is_at_home(const qi_selection *selection)
{
    if (qi_url_get(&selection->url, "hostaddr"))
        return false;
    for (const char *const *end = selection->profile->hosts; *end; end++)
        if (qi_url_host_ends(&selection->url, *end))
            return true;
    return false;
}

/* The connection string that requests carry: what the service reads of it, and nothing else. */
static quire_status write_url(const finder *f)
{
    static const char *const kept[] = { "user", "password", "host", "port", "dbname", "options" };
    const qi_url *from = &f->selection->url;
    qi_url url = { qi_arena_zero(f->arena, from->count, sizeof *from->options), from->count };
    if (!url.options)
        return qi_fail_memory(f->err);
    for (size_t i = 0; i < from->count; i++) {
        url.options[i] = from->options[i];
        url.options[i].value = NULL;
    }
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        qi_url_set(&url, kept[i], qi_url_get(from, kept[i]));
    f->selection->endpoint_url = qi_url_write(&url, f->arena, false);
    return f->selection->endpoint_url ? QUIRE_OK : qi_fail_memory(f->err);
}

/* ---- both -------------------------------------------------------------------------------------- */

static quire_status refuse_transport(const finder *f, const char *variable)
{
    quire_status status = refuse(f, variable, "is neither http nor tcp");
    qi_hint(f->err, "http: statements go over HTTP, what needs a session over TCP. tcp: everything "
                    "goes over TCP. Unset: http where the URL allows it.");
    return status;
}

static const char *url_subject(const qi_selection *selection)
{
    return selection->choice.variable[0] ? selection->choice.variable : "the option url";
}

static quire_status refuse_url(const finder *f, const char *variable, const char *fault)
{
    quire_status status = refuse(f, url_subject(f->selection), fault);
    qi_hint(f->err, "Copy the whole URL from the project's page at %s, or set %s=tcp.",
            f->selection->profile->title, variable);
    return status;
}

quire_status qi_endpoint_find(const qi_environment *env, qi_arena *arena, qi_selection *selection,
                              quire_error *err)
{
    const qi_profile *profile = selection->profile;
    finder f = { env, arena, selection, err };
    if (!selection->has_url || !profile->transport_variable)
        return QUIRE_OK;
    const char *transport = qi_environment_get(env, profile->transport_variable, NULL);
    const char *named = qi_environment_get(env, profile->endpoint_variable, NULL);
    bool wanted = transport && strcmp(transport, "http") == 0;
    if (transport && !wanted && strcmp(transport, "tcp") != 0)
        return refuse_transport(&f, profile->transport_variable);
    quire_status status = named ? take_named(&f, profile->endpoint_variable, named) : QUIRE_OK;
    if (status != QUIRE_OK)
        return status;
    if ((transport && !wanted) || (!wanted && !named && !is_at_home(selection))) {
        selection->endpoint = NULL;
        return QUIRE_OK;
    }
    const char *fault = find_url_fault(&selection->url, named != NULL);
    if (fault && !wanted && !named)
        return QUIRE_OK;
    if (fault)
        return refuse_url(&f, profile->transport_variable, fault);
    if (!named)
        status = derive(&f);
    if (status == QUIRE_OK)
        status = write_url(&f);
    if (status == QUIRE_OK)
        QI_COPY(selection->choice.endpoint, selection->endpoint);
    return status;
}
