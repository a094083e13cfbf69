#include "cli/migrate.h"

#include "base/error.h"
#include "base/file.h"
#include "cli/each.h"
#include "cli/progress.h"
#include "migrate/migration.h"

#include <quire/migrate.h>

#include <jansson.h>
#include <stdio.h>
#include <string.h>

/* One provider as it was found, for comparing the next ones with it. */
typedef struct side {
    const char *name;
    bool plain;         /* no schema file of its own: it has what is common to all, and no more */
    bool whole;         /* reached, and nothing is pending */
    const char **names; /* of its migrations, in order */
    size_t name_count;
    const char **objects; /* sorted */
    size_t object_count;
} side;

typedef struct sides {
    side list[QI_PROVIDERS_MOST];
    size_t count;
} sides;

/* ---- findings -------------------------------------------------------------------------------- */

typedef struct report {
    qi_each *each;
    json_t *list; /* NULL without --json */
    size_t unsound;
} report;

static void tell(report *r, const char *kind, const char *object, const char *text,
                 const char *hint)
{
    r->unsound += strcmp(kind, "note") != 0;
    if (r->list) {
        json_t *row = json_pack("{s:s, s:s, s:s, s:s}", "kind", kind, "object", object, "text",
                                text, "hint", hint);
        if (json_array_append_new(r->list, row) != 0)
            r->each->failed = true;
        return;
    }
    printf("%s: %s: %s: %s\n", r->each->name, kind, object, text);
    if (hint[0])
        printf("    %s\n", hint);
}

/* ---- the providers among themselves ----------------------------------------------------------- */

/* schema.neon.sql beside schema.sql. */
static bool has_overlay(qi_context *context, const qi_conf *conf, const char *provider)
{
    size_t length = strlen(conf->schema);
    if (length > 4 && strcmp(conf->schema + length - 4, ".sql") == 0)
        length -= 4;
    const char *path =
        qi_arena_printf(&context->arena, "%.*s.%s.sql", (int)length, conf->schema, provider);
    return path && qi_file_exists(path);
}

/* Grants, owners and extensions are what providers differ in. */
static bool is_common(const char *object)
{
    static const char *const kinds[] = { "privilege ", "ownership ", "extension ",
                                         "schema public" };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strncmp(object, kinds[i], strlen(kinds[i])) == 0)
            return false;
    return true;
}

static quire_status fill_side(qi_each *each, const char *directory, const quire_validation *v,
                              side *out, quire_error *err)
{
    qi_arena *arena = &each->context->arena;
    qi_migration_directory files = { 0 };
    qi_conf conf;
    quire_status status = qi_conf_load(each->context->directory, arena, &conf, err);
    if (!status)
        status = qi_migrations_read(directory, arena, &files, err);
    if (status)
        return status;
    *out = (side){ .name = each->name, .plain = !has_overlay(each->context, &conf, each->name) };
    out->names = qi_arena_zero(arena, files.count + 1, sizeof *out->names);
    out->objects = qi_arena_zero(arena, v->object_count + 1, sizeof *out->objects);
    if (!out->names || !out->objects)
        return qi_fail_memory(err);
    for (size_t i = 0; i < files.count; i++)
        out->names[out->name_count++] = files.files[i].name;
    for (size_t i = 0; i < v->object_count; i++) {
        if (!is_common(v->objects[i]))
            continue;
        out->objects[out->object_count] = qi_arena_text(arena, v->objects[i]);
        if (!out->objects[out->object_count++])
            return qi_fail_memory(err);
    }
    return QUIRE_OK;
}

static void compare_names(report *r, const side *a, const side *b)
{
    size_t i = 0;
    while (i < a->name_count && i < b->name_count && strcmp(a->names[i], b->names[i]) == 0)
        i++;
    if (i == a->name_count && i == b->name_count)
        return;
    const char *here = i < b->name_count ? b->names[i] : "none";
    const char *there = i < a->name_count ? a->names[i] : "none";
    const char *text =
        qi_arena_printf(&r->each->context->arena, "migration %zu is %s here and %s of %s", i + 1,
                        here, there, a->name);
    tell(r, "providers", "migrations", text ? text : "differ",
         "Both have the same schema: write their migrations with `quire generate all`.");
}

/* What `all` has and `some` lacks. */
static void compare_objects(report *r, const side *all, const side *some, const char *text)
{
    size_t j = 0;
    for (size_t i = 0; i < all->object_count; i++) {
        while (j < some->object_count && strcmp(some->objects[j], all->objects[i]) < 0)
            j++;
        if (j == some->object_count || strcmp(some->objects[j], all->objects[i]) != 0)
            tell(r, "providers", all->objects[i], text, "");
    }
}

static void compare_sides(report *r, const side *before, const side *now)
{
    qi_arena *arena = &r->each->context->arena;
    const char *missing = qi_arena_printf(arena, "%s has it, %s does not", before->name, now->name);
    const char *extra = qi_arena_printf(arena, "%s has it, %s does not", now->name, before->name);
    if (!missing || !extra) {
        r->each->failed = true;
        return;
    }
    if (before->plain && now->plain)
        compare_names(r, before, now);
    if (!before->whole || !now->whole)
        return;
    if (before->plain)
        compare_objects(r, before, now, missing);
    if (now->plain)
        compare_objects(r, now, before, extra);
}

/* ---- the command ----------------------------------------------------------------------------- */

static quire_status read_all(qi_each *each, quire_validation *v, bool *pending, const char **path,
                             quire_error *err)
{
    quire_migration_list list = { 0 };
    quire_db *db = qi_runner_open(each, path, err);
    if (!db)
        return err->status;
    quire_status status = quire_validate_migrations(db, NULL, v, err);
    /* Files that cannot be read are a finding already. */
    if (!status && quire_migration_status(db, NULL, &list, NULL) == QUIRE_OK)
        *pending = list.pending > 0;
    quire_close(db);
    quire_migration_list_free(&list);
    return status;
}

static qi_exit validate_one(qi_each *each, void *state, quire_error *err)
{
    sides *all = state;
    quire_validation v = { 0 };
    bool pending = true;
    const char *directory = NULL;
    if (read_all(each, &v, &pending, &directory, err))
        return QI_EXIT_FAILED;
    report r = { .each = each, .list = each->json ? json_array() : NULL };
    for (size_t i = 0; i < v.count; i++)
        tell(&r, quire_finding_kind_name(v.items[i].kind), v.items[i].object, v.items[i].text,
             v.items[i].hint);
    side *now = &all->list[all->count];
    if (fill_side(each, directory, &v, now, NULL) == QUIRE_OK) {
        now->whole = v.unsound == 0 && !pending;
        for (size_t i = 0; i < all->count; i++)
            compare_sides(&r, &all->list[i], now);
        all->count++;
    }
    if (r.unsound == 0 && !r.list)
        printf("%s: sound, %zu objects\n", each->name, v.object_count);
    quire_validation_free(&v);
    fflush(stdout);
    qi_each_put(each, "unsound", json_integer((json_int_t)r.unsound));
    if (r.list)
        qi_each_put(each, "findings", r.list);
    return r.unsound ? QI_EXIT_DIFFERENT : QI_EXIT_OK;
}

static qi_exit run(qi_context *context, const qi_args *args)
{
    sides all = { 0 };
    return qi_each_provider(context, args, validate_one, &all);
}

static const qi_option options[] = { { 0 } };

const qi_command qi_command_validate = {
    .name = "validate",
    .arguments = "[@|all]",
    .summary = "whether files, history and database are what they should be",
    .description =
        "Checks the provider's migrations against quire.sum and each by itself, the history\n"
        "against the files, and the schema of the database against the objects that the last\n"
        "migration left there: drift is named object by object, without a scratch server.\n"
        "Changes nothing. Pending migrations are no finding.\n"
        "\n"
        "With several providers, those without a schema file of their own must have migrations\n"
        "of the same names in the same order, and what they have must be everywhere where\n"
        "nothing is pending; extensions, owners and grants aside.\n"
        "\n"
        "Exit code 0 when all is sound, 1 when not.",
    .in_project = true,
    .most_positional = 1,
    .has_json = true,
    .has_debug = true,
    .options = options,
    .run = run,
};
