#include "cli/health.h"

#include <quire/db.h>

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>

enum { COLUMNS = 2 };

static const char *server_role(const quire_health *health)
{
    return health->in_recovery ? "replica, read only"
           : health->read_only ? "primary, read only"
                               : "primary";
}

static void print_health(qi_context *context, const quire_health *health)
{
    qi_arena *arena = &context->arena;
    const char *applied =
        health->migrations_applied < 0
            ? "no history yet"
            : qi_arena_printf(arena, "%" PRId64 " applied", health->migrations_applied);
    const char *cells[] = {
        "provider",
        quire_provider_name(health->provider),
        "round trip",
        qi_arena_printf(arena, "%.2f ms", health->round_trip_ms),
        "server",
        qi_arena_printf(arena, "PostgreSQL %s", health->server_version),
        "database",
        qi_arena_printf(arena, "%s as %s", health->database, health->user),
        "transport",
        health->transport,
        "tls",
        health->tls[0] ? health->tls : "none",
        "role",
        server_role(health),
        "pool",
        qi_arena_printf(arena, "%d open of %d, %d busy", health->pool_open, health->pool_size,
                        health->pool_busy),
        "migrations",
        applied,
    };
    qi_print_table(cells, sizeof cells / sizeof *cells / COLUMNS, COLUMNS);
}

static json_t *health_json(const quire_health *health)
{
    json_t *applied =
        health->migrations_applied < 0 ? json_null() : json_integer(health->migrations_applied);
    return json_pack("{s:s, s:b, s:f, s:s, s:s, s:s, s:s, s:s?, s:b, s:b, s:i, s:i, s:i, s:o}",
                     "provider", quire_provider_name(health->provider), "ok", 1, "round_trip_ms",
                     health->round_trip_ms, "server_version", health->server_version, "database",
                     health->database, "user", health->user, "transport", health->transport, "tls",
                     health->tls[0] ? health->tls : NULL, "read_only", (int)health->read_only,
                     "in_recovery", (int)health->in_recovery, "pool_size", health->pool_size,
                     "pool_open", health->pool_open, "pool_busy", health->pool_busy,
                     "migrations_applied", applied);
}

static quire_status examine(qi_context *context, quire_provider provider, quire_health *health,
                            quire_error *err)
{
    quire_db *db =
        quire_open(&(quire_options){ .provider = provider, .directory = context->directory }, err);
    quire_status status = db ? quire_health_check(db, health, err) : err->status;
    quire_close(db);
    return status;
}

static qi_exit examine_all(qi_context *context, const quire_provider *providers, size_t count,
                           json_t *list)
{
    qi_exit code = QI_EXIT_OK;
    for (size_t i = 0; i < count; i++) {
        quire_error err = { 0 };
        quire_health health = { 0 };
        const char *name = quire_provider_name(providers[i]);
        bool ok = examine(context, providers[i], &health, &err) == QUIRE_OK;
        if (list)
            json_array_append_new(list, ok ? health_json(&health)
                                           : json_pack("{s:s, s:b, s:o}", "provider", name, "ok", 0,
                                                       "error", qi_error_json(&err)));
        else if (i > 0)
            putchar('\n');
        if (ok && !list)
            print_health(context, &health);
        if (ok)
            continue;
        if (!list)
            printf("provider    %s\nfailed      %s\n", name, quire_status_name(err.status));
        fflush(stdout);
        context->answered = true; /* the error is a part of the one document */
        code = qi_report(context, &err);
    }
    return code;
}

static qi_exit run(qi_context *context, const qi_args *args)
{
    quire_provider providers[QI_PROVIDERS_MOST] = { QUIRE_AUTO };
    size_t count = 0;
    qi_exit code = qi_providers(context, args, 0, providers, &count);
    if (code || !context->json)
        return code ? code : examine_all(context, providers, count, NULL);
    json_t *list = json_array();
    if (!list)
        return qi_print_json(context, NULL);
    code = examine_all(context, providers, count, list);
    qi_exit printed = qi_print_json(context, json_pack("{s:o}", "providers", list));
    return printed ? printed : code;
}

static const qi_option options[] = { { 0 } };

const qi_command qi_command_health = {
    .name = "health",
    .arguments = "[@|all]",
    .summary = "connect, and tell how the database does",
    .description =
        "Connects to the provider that the environment chooses, or to the one named, and\n"
        "tells the time of a round trip, the server's version, whether it is encrypted\n"
        "and writable, and how many migrations it has.",
    .most_positional = 1,
    .has_json = true,
    .options = options,
    .run = run,
};
