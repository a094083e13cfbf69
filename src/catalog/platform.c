#include "catalog/platform.h"

#include "base/arena.h"
#include "base/error.h"
#include "catalog/load.h"
#include "catalog/query.h"

#include <quire/sql.h>

#include <string.h>

/* What is the platform's on a live database. A name that ends in * stands for all that begin so. */
typedef struct platform {
    quire_provider provider;
    const char *const *schemas;
    const char *const *names; /* "kind name", of what is in no schema */
    const char *const *roles; /* that a schema may name */
} platform;

static const char *const supabase_schemas[] = {
    "_analytics",
    "_realtime",
    "_supavisor",
    "auth",
    "cron",
    "dbdev",
    "etl",
    "extensions",
    "graphql",
    "graphql_public",
    "net",
    "pgbouncer",
    "pgmq",
    "pgsodium",
    "pgsodium_masks",
    "pgtle",
    "realtime",
    "repack",
    "storage",
    "supabase_functions",
    "tiger",
    "supabase_migrations",
    "tiger_data",
    "timescaledb_*",
    "_timescaledb_*",
    "topology",
    "vault",
    NULL,
};
static const char *const supabase_names[] = {
    "publication supabase_realtime*",
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
    NULL,
};
static const char *const supabase_roles[] = { "anon", "authenticated", "service_role", NULL };

static const char *const neon_schemas[] = { "auth", "neon", "neon_auth", "neon_migration", NULL };
static const char *const neon_names[] = {
    "extension neon",
    "extension pg_stat_statements",
    "extension pgaudit",
    "extension pg_session_jwt",
    NULL,
};
static const char *const neon_roles[] = { "anonymous", "authenticated", "neon_superuser", NULL };

static const platform platforms[] = {
    { QUIRE_SUPABASE, supabase_schemas, supabase_names, supabase_roles },
    { QUIRE_NEON, neon_schemas, neon_names, neon_roles },
};

static const platform *platform_of(quire_provider provider)
{
    for (size_t i = 0; i < sizeof platforms / sizeof *platforms; i++) {
        if (platforms[i].provider == provider)
            return &platforms[i];
    }
    return NULL;
}

static bool matches(const char *name, const char *pattern)
{
    size_t length = strlen(pattern);
    if (length && pattern[length - 1] == '*')
        return strncmp(name, pattern, length - 1) == 0;
    return strcmp(name, pattern) == 0;
}

static bool any_matches(const char *name, const char *const *patterns)
{
    for (; *patterns; patterns++) {
        if (matches(name, *patterns))
            return true;
    }
    return false;
}

bool qi_platform_has(quire_provider provider, const char *kind, const char *schema,
                     const char *name)
{
    const platform *p = platform_of(provider);
    if (!p)
        return false;
    if (schema)
        return any_matches(schema, p->schemas);
    if (strcmp(kind, "schema") == 0)
        return any_matches(name, p->schemas);
    size_t length = strlen(kind);
    for (const char *const *known = p->names; *known; known++) {
        if (strncmp(*known, kind, length) == 0 && (*known)[length] == ' ' &&
            matches(name, *known + length + 1))
            return true;
    }
    return false;
}

static quire_status make_roles(quire_db *db, const platform *p, qi_arena *arena, quire_error *err)
{
    for (const char *const *role = p->roles; *role; role++) {
        const char *sql = qi_arena_printf(arena, "create role %s", *role);
        quire_status status =
            sql ? qi_sql_load(db, sql, "the platform", true, err) : qi_fail_memory(err);
        if (status != QUIRE_OK)
            return status;
    }
    return QUIRE_OK;
}

quire_status qi_platform_load(quire_db *db, quire_provider provider, bool roles, quire_error *err)
{
    qi_arena arena = { 0 };
    const platform *p = platform_of(provider);
    const char *name = quire_provider_name(provider);
    if (!p)
        return QUIRE_OK;
    quire_status status = roles ? make_roles(db, p, &arena, err) : QUIRE_OK;
    const char *file = qi_arena_printf(&arena, "platform/%s", name);
    const char *text = file ? qi_query_named(file) : NULL;
    if (status == QUIRE_OK && file && text)
        status = qi_sql_load(db, text, file, roles, err);
    qi_arena_free(&arena);
    return status;
}

quire_status qi_platform_leave_out(quire_db *db, quire_provider provider, quire_error *err)
{
    const char *name = platform_of(provider) ? quire_provider_name(provider) : "";
    const char *const params[] = { name };
    return quire_query(db, "select set_config('quire.platform', $1, false)", params, 1, NULL, err);
}
