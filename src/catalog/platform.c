#include "catalog/platform.h"

#include "base/arena.h"
#include "base/error.h"
#include "catalog/load.h"
#include "catalog/managed.h"
#include "catalog/query.h"

#include <quire/sql.h>

#include <string.h>

/* Roles that a schema may name; NULL: the provider is no platform. */
static const char *const *roles_of(quire_provider provider)
{
    static const char *const supabase[] = { "anon", "authenticated", "service_role", NULL };
    static const char *const neon[] = { "anonymous", "authenticated", "neon_superuser", NULL };
    return provider == QUIRE_SUPABASE ? supabase : provider == QUIRE_NEON ? neon : NULL;
}

static bool matches(const char *name, const char *pattern)
{
    size_t length = strlen(pattern);
    if (length && pattern[length - 1] == '*')
        return strncmp(name, pattern, length - 1) == 0;
    return strcmp(name, pattern) == 0;
}

bool qi_platform_has(quire_provider provider, const char *kind, const char *schema,
                     const char *name)
{
    if (schema) {
        kind = "schema";
        name = schema;
    }
    size_t length = strlen(kind);
    for (const char *const *known = qi_managed_by(provider); *known; known++) {
        if (strncmp(*known, kind, length) == 0 && (*known)[length] == ' ' &&
            matches(name, *known + length + 1))
            return true;
    }
    return false;
}

static quire_status make_roles(quire_db *db, const char *const *role, qi_arena *arena,
                               quire_error *err)
{
    for (; *role; role++) {
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
    const char *const *known = roles_of(provider);
    const char *name = quire_provider_name(provider);
    if (!known)
        return QUIRE_OK;
    quire_status status = roles ? make_roles(db, known, &arena, err) : QUIRE_OK;
    const char *file = qi_arena_printf(&arena, "platform/%s", name);
    const char *text = file ? qi_query_named(file) : NULL;
    if (status == QUIRE_OK && file && text)
        status = qi_sql_load(db, text, file, roles, err);
    qi_arena_free(&arena);
    return status;
}

quire_status qi_platform_leave_out(quire_db *db, quire_provider provider, quire_error *err)
{
    const char *name = roles_of(provider) ? quire_provider_name(provider) : "";
    const char *const params[] = { name };
    return quire_query(db, "select set_config('quire.platform', $1, false)", params, 1, NULL, err);
}
