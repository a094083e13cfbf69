#include "cli/health.h"

#include "base/file.h"
#include "cli/each.h"
#include "migrate/migration.h"

#include <quire/db.h>
#include <quire/migrate.h>

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum { COLUMNS = 2 };

/* What is told of one provider. */
typedef struct examination {
    quire_health health;
    bool has_migrations; /* there is a directory of migrations, and it could be compared */
    size_t pending, unsound;
} examination;

/* ---- text ------------------------------------------------------------------------------------ */

static const char *lag_text(qi_arena *arena, const quire_health *health)
{
    const char *text = NULL;
    if (health->lag_bytes >= 0 && health->lag_s < 0)
        text = qi_arena_printf(arena, ", %" PRId64 " bytes behind", health->lag_bytes);
    else if (health->lag_bytes >= 0)
        text = qi_arena_printf(arena, ", %" PRId64 " bytes and %.1f s behind", health->lag_bytes,
                               health->lag_s);
    return text ? text : "";
}

static const char *role_text(qi_arena *arena, const quire_health *health)
{
    if (health->in_recovery && !health->receiving)
        return "replica, read only, not connected to the server it follows";
    if (health->in_recovery)
        return qi_arena_printf(arena, "replica, read only%s", lag_text(arena, health));
    const char *role = health->read_only ? "primary, read only" : "primary";
    if (health->replicas <= 0)
        return role;
    return qi_arena_printf(arena, "%s, %d replica%s%s", role, health->replicas,
                           health->replicas == 1 ? "" : "s", lag_text(arena, health));
}

/* The variable that tells of a pooler where the URL cannot. */
static const char *pooler_variable(quire_provider provider)
{
    size_t count;
    const quire_variable *list = quire_provider_variables(provider, &count);
    for (size_t i = 0; i < count; i++)
        if (strstr(list[i].name, "_POOLER"))
            return list[i].name;
    return NULL;
}

static const char *pooler_text(qi_arena *arena, const quire_health *health)
{
    const char *variable = pooler_variable(health->provider);
    bool found = strcmp(health->pooler, "transaction") == 0;
    if (strcmp(health->pooler, "none") == 0)
        return health->pooler_declared ? "none, though the configuration tells of one" : "none";
    if (!found && !health->pooler[0])
        return "none: statements need no connection";
    if (!found && health->pooler_declared)
        return "in between, as the configuration says; not seen sharing just now";
    if (!found)
        return "something in between, not seen sharing connections";
    if (health->pooler_declared)
        return "in transaction mode";
    return variable ? qi_arena_printf(arena, "in transaction mode, undeclared: set %s=transaction",
                                      variable)
                    : "in transaction mode, undeclared by the URL";
}

static const char *migrations_text(qi_arena *arena, const examination *of)
{
    int64_t applied = of->health.migrations_applied;
    const char *text = applied == -1  ? "no history yet"
                       : applied < -1 ? "not to be seen by this role"
                                      : qi_arena_printf(arena, "%" PRId64 " applied", applied);
    if (text && of->has_migrations)
        text = qi_arena_printf(arena, "%s, %zu pending", text, of->pending);
    if (text && of->unsound)
        text = qi_arena_printf(arena, "%s, %zu unsound (quire status)", text, of->unsound);
    return text;
}

static void print_examination(qi_context *context, const examination *of)
{
    qi_arena *arena = &context->arena;
    const quire_health *health = &of->health;
    const char *waiting =
        health->pool_waiting ? qi_arena_printf(arena, ", %d waiting", health->pool_waiting) : "";
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
        "pooler",
        pooler_text(arena, health),
        "role",
        role_text(arena, health),
        "pool",
        qi_arena_printf(arena, "%d open of %d, %d busy%s", health->pool_open, health->pool_size,
                        health->pool_busy, waiting),
        "migrations",
        migrations_text(arena, of),
    };
    qi_print_table(cells, sizeof cells / sizeof *cells / COLUMNS, COLUMNS);
}

/* ---- JSON ------------------------------------------------------------------------------------ */

/* A number that cannot be told is null. */
static json_t *number_json(int64_t number)
{
    return number < 0 ? json_null() : json_integer((json_int_t)number);
}

static json_t *seconds_json(double seconds)
{
    return seconds < 0 ? json_null() : json_real(seconds);
}

static void put_examination(qi_each *each, const examination *of)
{
    const quire_health *health = &of->health;
    const char *tls = health->tls[0] ? health->tls : NULL;
    const char *pooler = health->pooler[0] ? health->pooler : NULL;
    json_t *object = json_pack(
        "{s:b, s:f, s:s, s:s, s:s, s:s, s:s?, s:s?, s:b, s:b, s:b, s:o, s:o, s:o, s:o, "
        "s:i, s:i, s:i, s:i, s:o, s:o, s:o}",
        "ok", 1, "round_trip_ms", health->round_trip_ms, "server_version", health->server_version,
        "database", health->database, "user", health->user, "transport", health->transport, "tls",
        tls, "pooler", pooler, "pooler_declared", (int)health->pooler_declared, "read_only",
        (int)health->read_only, "in_recovery", (int)health->in_recovery, "receiving",
        health->in_recovery ? json_boolean(health->receiving) : json_null(), "replicas",
        number_json(health->replicas), "lag_bytes", number_json(health->lag_bytes), "lag_s",
        seconds_json(health->lag_s), "pool_size", health->pool_size, "pool_open", health->pool_open,
        "pool_busy", health->pool_busy, "pool_waiting", health->pool_waiting, "migrations_applied",
        number_json(health->migrations_applied), "migrations_pending",
        of->has_migrations ? json_integer((json_int_t)of->pending) : json_null(),
        "migrations_unsound",
        of->has_migrations ? json_integer((json_int_t)of->unsound) : json_null());
    if (!object || json_object_update(each->json, object) != 0)
        each->failed = true;
    json_decref(object);
}

/* ---- the work -------------------------------------------------------------------------------- */

/*
 * What is pending, where the project has migrations and the role may read the history. That it cannot
 * be told is no failure of the database: `quire status` says why.
 */
static void compare_migrations(qi_each *each, quire_db *db, examination *out)
{
    const char *directory = NULL;
    quire_migration_list list = { 0 };
    if (out->health.migrations_applied < -1 ||
        qi_migrations_default(each->context->directory, each->provider, &each->context->arena,
                              &directory, NULL) ||
        !qi_file_exists(directory) || quire_migration_status(db, directory, &list, NULL))
        return;
    out->has_migrations = true;
    out->pending = list.pending;
    out->unsound = list.unsound;
    quire_migration_list_free(&list);
}

static qi_exit examine(qi_each *each, void *state, quire_error *err)
{
    size_t *done = state;
    examination found = { 0 };
    if ((*done)++ > 0 && !each->json)
        putchar('\n');
    quire_db *db = qi_open(each->context, each->provider, err);
    quire_status status = db ? quire_health_check(db, &found.health, err) : err->status;
    if (status == QUIRE_OK)
        compare_migrations(each, db, &found);
    quire_close(db);
    if (status == QUIRE_OK && each->json)
        put_examination(each, &found);
    else if (status == QUIRE_OK)
        print_examination(each->context, &found);
    else if (each->json)
        qi_each_put(each, "ok", json_false());
    else
        printf("provider    %s\nfailed      %s\n", each->name, quire_status_name(err->status));
    fflush(stdout);
    return status == QUIRE_OK ? QI_EXIT_OK : QI_EXIT_FAILED;
}

static qi_exit run(qi_context *context, const qi_args *args)
{
    size_t done = 0;
    return qi_each_provider(context, args, examine, &done);
}

static const qi_option options[] = { { 0 } };

const qi_command qi_command_health = {
    .name = "health",
    .arguments = "[@|all]",
    .summary = "connect, and tell how the database does",
    .description =
        "Connects to the provider that the environment chooses, or to the one named, and\n"
        "tells the time of a round trip, the server's version, how it is encrypted, whether\n"
        "a pooler is in between, whether it is writable, a primary or a replica and how far\n"
        "behind, the pool's connections, and which migrations are applied and pending.\n"
        "Exit code 0 when it answers, whatever it says.",
    .most_positional = 1,
    .has_json = true,
    .has_debug = true,
    .options = options,
    .run = run,
};
