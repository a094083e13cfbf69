/* local.c - a PostgreSQL of one's own: given by a URL, or else the project's private server. */
#include "provider/profiles.h"

static const char *const hosts[] = { NULL };

static const quire_variable variables[] = {
    { "LOCAL_DATABASE_URL", "where the local server is; unset: a private one is started" },
    { "LOCAL_DIRECT_URL", "the local server without a pooler; unset: the same URL" },
    { "LOCAL_POOLER", "transaction or session: the mode of a pooler in front of it" },
    { 0 },
};

const qi_profile qi_local = {
    .provider = QUIRE_LOCAL,
    .name = "local",
    .title = "the local PostgreSQL",
    .url_variable = "LOCAL_DATABASE_URL",
    .direct_variable = "LOCAL_DIRECT_URL",
    .pooler_variable = "LOCAL_POOLER",
    .variables = variables,
    .hosts = hosts,
    .pool_size = 10,
    .has_private_server = true,
};
