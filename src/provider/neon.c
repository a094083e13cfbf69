/* neon.c - Neon: https://neon.com/docs/connect/connect-from-any-app */
#include "provider/profiles.h"
#include "provider/url.h"

#include <string.h>

#define POOLER "-pooler"

/* ep-cool-name-123-pooler.region.aws.neon.tech is the pooler of the host without the suffix. */
static bool is_shared(const qi_url *url)
{
    const char *host = qi_url_get(url, "host");
    size_t label = host ? strcspn(host, ".,") : 0;
    size_t suffix = strlen(POOLER);
    return label > suffix && host[label] == '.' && !strchr(host, ',') &&
           strncmp(host + label - suffix, POOLER, suffix) == 0;
}

static bool make_session(qi_url *url, qi_arena *arena)
{
    if (!is_shared(url))
        return true;
    const char *host = qi_url_get(url, "host");
    size_t label = strcspn(host, ".");
    const char *direct =
        qi_arena_printf(arena, "%.*s%s", (int)(label - strlen(POOLER)), host, host + label);
    if (direct)
        qi_url_set(url, "host", direct);
    return direct != NULL;
}

/*
 * Its proxy reports everything with SQLSTATE XX000, so the text decides. What a person has to settle
 * (an endpoint that is gone or disabled, a used-up quota) begins like what passes by itself.
 */
static bool may_retry(const char *message)
{
    static const char *const passing[] = {
        "Couldn't connect to compute node",
        "Control plane request failed",
        "Too many connections to this endpoint",
        "Failed to acquire permit to connect to the database",
        NULL,
    };
    static const char *const lasting[] = {
        "endpoint cannot be found",
        "endpoint is disabled",
        "Check your quotas",
        NULL,
    };
    return qi_says_any(message, passing) && !qi_says_any(message, lasting);
}

static const char *const hosts[] = { ".neon.tech", ".neon.build", NULL };

static const quire_variable variables[] = {
    { "NEON_DATABASE_URL", "where Neon is" },
    { "NEON_DIRECT_URL", "Neon without its pooler; unset: derived from the URL" },
    { "NEON_TRANSPORT", "tcp: no SQL over HTTP; http: an error where it cannot be used" },
    { "NEON_FETCH_ENDPOINT", "where SQL over HTTP goes; unset: derived from the URL" },
    { 0 },
};

const qi_profile qi_neon = {
    .provider = QUIRE_NEON,
    .name = "neon",
    .title = "Neon",
    .url_variable = "NEON_DATABASE_URL",
    .direct_variable = "NEON_DIRECT_URL",
    .transport_variable = "NEON_TRANSPORT",
    .endpoint_variable = "NEON_FETCH_ENDPOINT",
    .variables = variables,
    .hosts = hosts,
    .pool_size = 10,
    .needs_tls = true,
    .needs_host_name = true,
    .pooler_keeps_names = true, /* PgBouncer with max_prepared_statements set */
    .is_shared = is_shared,
    .make_session = make_session,
    .may_retry = may_retry,
};
