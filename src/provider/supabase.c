/* supabase.c - Supabase: https://supabase.com/docs/guides/database/connecting-to-postgres */
#include "provider/profiles.h"
#include "provider/url.h"

/* Its transaction poolers, Supavisor and the dedicated PgBouncer, both listen on this port. */
#define TRANSACTION_POOLER 6543

static bool is_shared(const qi_url *url)
{
    return qi_url_port(url) == TRANSACTION_POOLER;
}

/* On the same host, port 5432 is the session pooler, or the database itself. */
static bool make_session(qi_url *url, qi_arena *arena)
{
    (void)arena;
    if (qi_url_port(url) == TRANSACTION_POOLER)
        qi_url_set(url, "port", "5432");
    return true;
}

/* Supavisor's codes for having no connection to give just now; its SQLSTATE is XX000 for all of them. */
static bool may_retry(const char *message)
{
    static const char *const passing[] = {
        "EMAXCONN", /* and EMAXCONNSESSION */
        "Max client connections reached",
        "max clients reached",
        "ECHECKOUTTIMEOUT",
        NULL,
    };
    return qi_says_any(message, passing);
}

static const char *const hosts[] = { ".supabase.co", ".supabase.com", NULL };

static const quire_variable variables[] = {
    { "SUPABASE_DATABASE_URL", "where Supabase is" },
    { "SUPABASE_DIRECT_URL", "Supabase without the transaction pooler; unset: derived" },
    { "SUPABASE_CA_FILE", "Supabase's CA certificate, to verify the server by" },
    { "SUPABASE_POOLER", "transaction or session: the pooler, where the port does not tell" },
    { 0 },
};

const qi_profile qi_supabase = {
    .provider = QUIRE_SUPABASE,
    .name = "supabase",
    .title = "Supabase",
    .url_variable = "SUPABASE_DATABASE_URL",
    .direct_variable = "SUPABASE_DIRECT_URL",
    .pooler_variable = "SUPABASE_POOLER",
    .ca_variable = "SUPABASE_CA_FILE",
    .variables = variables,
    .hosts = hosts,
    .pool_size = 5,
    .needs_tls = true,
    .is_shared = is_shared,
    .make_session = make_session,
    .may_retry = may_retry,
};
