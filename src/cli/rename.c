#include "cli/rename.h"

#include "base/error.h"
#include "catalog/object.h"

#include <quire/sql.h>

#include <string.h>

/* How ALTER calls a kind that is renamed by itself. */
static const struct renamable {
    const char *kind; /* of the catalog */
    const char *alter;
    const char *spoken; /* of a hint */
} renamables[] = {
    { "table", "TABLE", "table" },
    { "view", "VIEW", "view" },
    { "materialized view", "MATERIALIZED VIEW", "view" },
    { "index", "INDEX", "index" },
    { "sequence", "SEQUENCE", "sequence" },
    { "enum", "TYPE", "type" },
    { "composite type", "TYPE", "type" },
    { "domain", "DOMAIN", "type" },
    { "function", "FUNCTION", "function" },
    { "procedure", "PROCEDURE", "function" },
    { "aggregate", "AGGREGATE", "function" },
};

#define PG_TYPE 1247u /* the OID of the catalog pg_type, in every version */

/* The work of one qi_rename_all. */
typedef struct renamer {
    qi_state *present;
    const qi_catalog *desired;
    qi_arena *arena;
    qi_step *steps;
    const char **undo;
    size_t count;
    const char **stale;
    size_t stale_count;
    size_t room;
    bool failed;
} renamer;

bool qi_renames_add(qi_renames *renames, qi_arena *arena, qi_rename rename)
{
    if (renames->count == renames->room) {
        size_t room = renames->room ? renames->room * 2 : 8;
        qi_rename *list = qi_arena_zero(arena, room, sizeof *list);
        if (!list)
            return false;
        if (renames->count)
            memcpy(list, renames->list, renames->count * sizeof *list);
        renames->list = list;
        renames->room = room;
    }
    renames->list[renames->count++] = rename;
    return true;
}

/* Finding ------------------------------------------------------------------------------------ */

static bool same(const char *left, const char *right)
{
    return left && right && strcmp(left, right) == 0;
}

static bool is_kind(const qi_object *object, const char *kind)
{
    return strcmp(object->kind->name, kind) == 0;
}

static const struct renamable *renamable_of(const qi_object *object, const char *spoken)
{
    for (size_t i = 0; i < sizeof renamables / sizeof *renamables; i++) {
        if (is_kind(object, renamables[i].kind) &&
            (!spoken || strcmp(spoken, renamables[i].spoken) == 0))
            return &renamables[i];
    }
    return NULL;
}

/* An object of the name; *several when there is more than one (a function with other arguments). */
static const qi_object *find(const qi_catalog *catalog, const qi_rename *rename, const char *name,
                             bool *several)
{
    const qi_object *found = NULL;
    for (size_t i = 0; i < catalog->object_count; i++) {
        const qi_object *object = &catalog->objects[i];
        bool part = is_kind(object, "column") || is_kind(object, "constraint");
        if (!same(object->name, name) || !same(object->schema, rename->schema))
            continue;
        if (rename->within ? !part || !object->parent || !same(object->parent->name, rename->within)
                           : !renamable_of(object, rename->kind))
            continue;
        if (rename->within && rename->kind && !is_kind(object, rename->kind))
            continue;
        *several = found != NULL;
        /* Of a column and a constraint, the column: it stands first. */
        if (!found || !part)
            found = object;
    }
    return found;
}

/* The enum that a value is of, when it has the value. */
static const qi_object *find_value(const qi_catalog *catalog, const qi_rename *rename,
                                   const char *label)
{
    for (size_t i = 0; i < catalog->type_count; i++) {
        const qi_catalog_type *type = &catalog->types[i];
        if (type->kind != QI_TYPE_ENUM || !same(type->schema, rename->schema) ||
            !same(type->name, rename->within))
            continue;
        for (size_t k = 0; k < type->label_count; k++) {
            if (same(type->labels[k], label))
                return qi_object_at(catalog, PG_TYPE, type->oid, 0);
        }
    }
    return NULL;
}

/* Writing ------------------------------------------------------------------------------------ */

static const char *text(renamer *r, const char *made)
{
    r->failed = r->failed || !made;
    return made ? made : "";
}

static const char *name_of(renamer *r, const char *name)
{
    return text(r, qi_quote_name(r->arena, name));
}

static void say_stale(renamer *r, const qi_rename *rename, const char *why)
{
    r->stale[r->stale_count++] =
        text(r, qi_arena_printf(r->arena, "%s:%d: the hint \"renamed from %s\" is stale: %s",
                                rename->file, rename->line, rename->old, why));
}

/* Runs it in the present state, and keeps it as a step. */
static quire_status run(renamer *r, const char *about, const char *slug, const char *sql,
                        const char *undo, bool breaks, quire_error *err)
{
    if (r->failed)
        return qi_fail_memory(err);
    quire_status status = quire_exec(r->present->db, sql, err);
    if (status != QUIRE_OK)
        return status;
    qi_hazard *hazard = breaks ? qi_arena_zero(r->arena, 1, sizeof *hazard) : NULL;
    if (hazard)
        *hazard = (qi_hazard){ QI_HAZARD_BREAKS, about, "programs that use the old name fail" };
    r->steps[r->count] = (qi_step){
        .summary = text(r, qi_arena_printf(r->arena, "rename %s", about)),
        .slug = text(r, qi_arena_printf(r->arena, "rename_%s", slug)),
        .sql = text(r, qi_arena_printf(r->arena, "%s;\n", sql)),
        .hazards = hazard,
        .hazard_count = hazard ? 1 : 0,
    };
    r->undo[r->count++] = undo;
    return r->failed ? qi_fail_memory(err) : QUIRE_OK;
}

static quire_status rename_object(renamer *r, const qi_object *object, const char *name,
                                  quire_error *err)
{
    const char *quoted = name_of(r, name);
    const char *old = name_of(r, object->name);
    const char *sql = NULL;
    const char *undo = NULL;
    if (object->parent && !is_kind(object, "index")) {
        const char *what = is_kind(object, "column") ? "COLUMN" : "CONSTRAINT";
        const char *table = object->parent->identity;
        sql = qi_arena_printf(r->arena, "ALTER TABLE %s RENAME %s %s TO %s", table, what, old,
                              quoted);
        undo = qi_arena_printf(r->arena, "ALTER TABLE %s RENAME %s %s TO %s", table, what, quoted,
                               old);
    } else {
        const struct renamable *kind = renamable_of(object, NULL);
        const char *schema = name_of(r, object->schema ? object->schema : "");
        const char *arguments = strcmp(kind->spoken, "function") == 0
                                    ? strchr(object->identity + strlen(schema) + strlen(old), '(')
                                    : "";
        sql = qi_arena_printf(r->arena, "ALTER %s %s RENAME TO %s", kind->alter, object->identity,
                              quoted);
        undo = qi_arena_printf(r->arena, "ALTER %s %s.%s%s RENAME TO %s", kind->alter, schema,
                               quoted, arguments ? arguments : "", old);
    }
    bool breaks = !is_kind(object, "constraint") && !is_kind(object, "index");
    return run(r, object->identity, object->name, text(r, sql), text(r, undo), breaks, err);
}

static quire_status rename_value(renamer *r, const qi_object *type, const qi_rename *rename,
                                 quire_error *err)
{
    const char *old = text(r, qi_quote_text(r->arena, rename->old));
    const char *new = text(r, qi_quote_text(r->arena, rename->renamed));
    const char *sql =
        qi_arena_printf(r->arena, "ALTER TYPE %s RENAME VALUE %s TO %s", type->identity, old, new);
    const char *undo =
        qi_arena_printf(r->arena, "ALTER TYPE %s RENAME VALUE %s TO %s", type->identity, new, old);
    return run(r, type->identity, rename->old, text(r, sql), text(r, undo), true, err);
}

static quire_status refuse(const qi_rename *rename, const char *why, quire_error *err)
{
    quire_status status = qi_fail(err, QUIRE_REFUSED, "cannot rename %s%s%s to %s: %s",
                                  rename->within ? rename->within : "", rename->within ? "." : "",
                                  rename->old, rename->renamed, why);
    if (rename->file)
        qi_locate(err, rename->file, rename->line, 0);
    return status;
}

static quire_status rename_one(renamer *r, const qi_rename *rename, quire_error *err)
{
    const qi_catalog *catalog = &r->present->catalog;
    bool value = same(rename->kind, "enum value");
    bool several = false;
    bool others = false;
    const qi_object *old = value ? NULL : find(catalog, rename, rename->old, &several);
    const qi_object *new = value ? NULL : find(catalog, rename, rename->renamed, &others);
    if (rename->within && !old && (value || !rename->kind)) {
        old = find_value(catalog, rename, rename->old);
        new = find_value(catalog, rename, rename->renamed);
        value = old || new;
    }
    if (several)
        return refuse(rename, "there are several of that name", err);
    if (old && new && old->kind == new->kind)
        return refuse(rename, "both are there", err);
    if (!old && rename->file) {
        say_stale(r, rename, new ? "it is renamed already" : "there is nothing of that name");
        return QUIRE_OK;
    }
    if (!old)
        return refuse(rename, "there is nothing of that name", err);
    return value ? rename_value(r, old, rename, err) : rename_object(r, old, rename->renamed, err);
}

/* What goes with it ---------------------------------------------------------------------------- */

/* An index's definition from its table on; a constraint's as it is. NULL: it has none. */
static const char *shape_of(const qi_object *object)
{
    const char *definition = qi_object_value(object, "definition");
    if (!definition || is_kind(object, "constraint"))
        return definition;
    return strstr(definition, " ON ");
}

/* The one object of `desired` that is the same but for its name, which is free in the present. */
static const qi_object *counterpart(const renamer *r, const qi_object *object)
{
    const qi_object *found = NULL;
    const char *shape = shape_of(object);
    for (size_t i = 0; shape && i < r->desired->object_count; i++) {
        const qi_object *other = &r->desired->objects[i];
        const char *its = other->kind == object->kind ? shape_of(other) : NULL;
        if (!its || strcmp(its, shape) != 0 || !other->parent ||
            !same(other->parent->identity, object->parent->identity))
            continue;
        if (same(other->name, object->name) || found)
            return NULL;
        found = other;
    }
    return found;
}

static bool has(const qi_catalog *catalog, const qi_object *object)
{
    for (size_t i = 0; i < catalog->object_count; i++) {
        if (qi_object_compare(&catalog->objects[i], object) == 0)
            return true;
    }
    return false;
}

static bool was_touched(const qi_renames *renames, const qi_object *table)
{
    for (size_t i = 0; i < renames->count; i++) {
        const qi_rename *rename = &renames->list[i];
        if (same(rename->schema, table->schema) &&
            (same(rename->within, table->name) || same(rename->renamed, table->name)))
            return true;
    }
    return false;
}

/* Constraints and indexes have their names from the table and the columns, unless they were named. */
static quire_status rename_parts(renamer *r, const qi_renames *renames, quire_error *err)
{
    const qi_catalog *catalog = &r->present->catalog;
    quire_status status = QUIRE_OK;
    for (size_t i = 0; i < catalog->object_count && status == QUIRE_OK && r->count < r->room; i++) {
        const qi_object *object = &catalog->objects[i];
        if ((!is_kind(object, "constraint") && !is_kind(object, "index")) || !object->parent ||
            !was_touched(renames, object->parent))
            continue;
        const qi_object *other = has(r->desired, object) ? NULL : counterpart(r, object);
        if (other && !has(catalog, other))
            status = rename_object(r, object, other->name, err);
    }
    return status;
}

quire_status qi_rename_all(qi_state *present, const qi_catalog *desired, const qi_renames *renames,
                           qi_arena *arena, qi_renamed *out, quire_error *err)
{
    size_t room = renames->count + present->catalog.object_count;
    renamer r = { .present = present, .desired = desired, .arena = arena, .room = room };
    r.steps = qi_arena_zero(arena, room + 1, sizeof *r.steps);
    r.undo = qi_arena_zero(arena, room + 1, sizeof *r.undo);
    r.stale = qi_arena_zero(arena, renames->count + 1, sizeof *r.stale);
    if (!r.steps || !r.undo || !r.stale)
        return qi_fail_memory(err);
    quire_status status = QUIRE_OK;
    /* What is in a table is asked for by the table's new name. */
    for (int parts = 0; parts < 2 && status == QUIRE_OK; parts++) {
        for (size_t i = 0; i < renames->count && status == QUIRE_OK; i++) {
            if ((renames->list[i].within != NULL) == (parts == 1))
                status = rename_one(&r, &renames->list[i], err);
        }
        if (status == QUIRE_OK && r.count)
            status = qi_state_read(present, err);
    }
    if (status == QUIRE_OK && r.count)
        status = rename_parts(&r, renames, err);
    if (status == QUIRE_OK && r.count)
        status = qi_state_read(present, err);
    *out = (qi_renamed){ r.steps, r.undo, r.count, r.stale, r.stale_count };
    return status;
}

bool qi_rename_put_first(const qi_renamed *renamed, qi_plan *plan, qi_arena *arena)
{
    if (!renamed->count)
        return true;
    bool apart = !plan->file_count || plan->files[0].alone;
    size_t total = renamed->count + plan->step_count;
    qi_step *steps = qi_arena_zero(arena, total, sizeof *steps);
    qi_plan_file *files = qi_arena_zero(arena, plan->file_count + 1, sizeof *files);
    if (!steps || !files)
        return false;
    for (size_t i = 0; i < total; i++) {
        steps[i] = i < renamed->count ? renamed->steps[i] : plan->steps[i - renamed->count];
        if (i >= renamed->count && apart)
            steps[i].file++;
    }
    for (size_t i = 0; i < plan->file_count; i++)
        files[i + (apart ? 1 : 0)] = plan->files[i];
    plan->steps = steps;
    plan->step_count = total;
    plan->files = files;
    plan->file_count += apart ? 1 : 0;
    return true;
}
