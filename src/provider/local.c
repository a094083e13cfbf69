/* local.c - a PostgreSQL of one's own: given by a URL, or else the project's private server. */
#include "provider/profiles.h"

static const char *const hosts[] = { NULL };

const qi_profile qi_local = {
    .provider = QUIRE_LOCAL,
    .name = "local",
    .title = "the local PostgreSQL",
    .url_variable = "LOCAL_DATABASE_URL",
    .direct_variable = "LOCAL_DIRECT_URL",
    .pooler_variable = "LOCAL_POOLER",
    .hosts = hosts,
    .pool_size = 10,
    .has_private_server = true,
};
