#include "catalog/managed.h"

#include <stddef.h>

static const char *const supabase[] = {
    "schema _analytics",
    "schema _realtime",
    "schema _supavisor",
    "schema _timescaledb_*",
    "schema auth",
    "schema cron",
    "schema dbdev",
    "schema etl",
    "schema extensions",
    "schema graphql",
    "schema graphql_public",
    "schema net",
    "schema pgbouncer",
    "schema pgmq",
    "schema pgsodium",
    "schema pgsodium_masks",
    "schema pgtle",
    "schema realtime",
    "schema repack",
    "schema storage",
    "schema supabase_functions",
    "schema supabase_migrations",
    "schema tiger",
    "schema tiger_data",
    "schema timescaledb_*",
    "schema topology",
    "schema vault",
    "event trigger issue_*",
    "event trigger pgrst_*",
    "extension pg_cron",
    "extension pg_graphql",
    "extension pg_net",
    "extension pg_stat_statements",
    "extension pgcrypto",
    "extension pgjwt",
    "extension pgmq",
    "extension pgsodium",
    "extension supabase_vault",
    "extension uuid-ossp",
    "publication supabase_realtime*",
    NULL,
};

static const char *const neon[] = {
    "schema auth",
    "schema neon",
    "schema neon_auth",
    "schema neon_migration",
    "extension neon",
    "extension pg_session_jwt",
    "extension pg_stat_statements",
    "extension pgaudit",
    NULL,
};

const char *const *qi_managed_by(quire_provider provider)
{
    static const char *const nothing[] = { NULL };
    switch (provider) {
    case QUIRE_SUPABASE:
        return supabase;
    case QUIRE_NEON:
        return neon;
    default:
        return nothing;
    }
}
