/* neon.c - Neon: https://neon.com/docs/connect/connect-from-any-app */
#include "provider/profiles.h"
#include "provider/url.h"

#include <string.h>

#define POOLER "-pooler"

/* Its pooler is PgBouncer with max_prepared_statements set: named statements work everywhere. */
static bool named_statements(const qi_url *url)
{
    (void)url;
    return true;
}

/* ep-cool-name-123-pooler.region.aws.neon.tech is the pooler of the host without the suffix. */
static bool make_session(qi_url *url, qi_arena *arena)
{
    const char *host = qi_url_get(url, "host");
    size_t label = host ? strcspn(host, ".,") : 0;
    size_t suffix = strlen(POOLER);
    if (label <= suffix || host[label] != '.' || strchr(host, ',') ||
        strncmp(host + label - suffix, POOLER, suffix) != 0)
        return true;
    const char *direct =
        qi_arena_printf(arena, "%.*s%s", (int)(label - suffix), host, host + label);
    if (direct)
        qi_url_set(url, "host", direct);
    return direct != NULL;
}

static const char *const hosts[] = { ".neon.tech", ".neon.build", NULL };

const qi_profile qi_neon = {
    .provider = QUIRE_NEON,
    .name = "neon",
    .title = "Neon",
    .url_variable = "NEON_DATABASE_URL",
    .direct_variable = "NEON_DIRECT_URL",
    .hosts = hosts,
    .pool_size = 10,
    .needs_tls = true,
    .named_statements = named_statements,
    .make_session = make_session,
};
