/* supabase.c - Supabase: https://supabase.com/docs/guides/database/connecting-to-postgres */
#include "provider/profiles.h"
#include "provider/url.h"

/* Its transaction poolers, Supavisor and the dedicated PgBouncer, both listen on this port. */
#define TRANSACTION_POOLER 6543

static bool named_statements(const qi_url *url)
{
    return qi_url_port(url) != TRANSACTION_POOLER;
}

/* On the same host, port 5432 is the session pooler, or the database itself. */
static bool make_session(qi_url *url, qi_arena *arena)
{
    (void)arena;
    if (qi_url_port(url) == TRANSACTION_POOLER)
        qi_url_set(url, "port", "5432");
    return true;
}

static const char *const hosts[] = { ".supabase.co", ".supabase.com", NULL };

const qi_profile qi_supabase = {
    .provider = QUIRE_SUPABASE,
    .name = "supabase",
    .title = "Supabase",
    .url_variable = "SUPABASE_DATABASE_URL",
    .direct_variable = "SUPABASE_DIRECT_URL",
    .hosts = hosts,
    .pool_size = 5,
    .needs_tls = true,
    .named_statements = named_statements,
    .make_session = make_session,
};
