#include "cli/planned.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/file.h"
#include "catalog/load.h"
#include "catalog/object.h"
#include "migrate/migration.h"
#include "plan/prove.h"

#define MOST_DOWN_BYTES (64u * 1024u * 1024u)

static quire_status read_directory_hints(const char *path, qi_arena *arena, qi_renames *out,
                                         quire_error *err)
{
    const char *const *names = NULL;
    size_t count = 0;
    quire_status status = qi_directory_list(path, ".sql", arena, &names, &count, err);
    for (size_t i = 0; i < count && status == QUIRE_OK; i++) {
        const char *file = qi_path_join(arena, path, names[i]);
        status = file ? qi_renames_read(file, arena, out, err) : qi_fail_memory(err);
    }
    return status;
}

quire_status qi_planned_hints(const qi_source *schema, qi_arena *arena, qi_renames *out,
                              quire_error *err)
{
    if (schema->kind == QI_SOURCE_DIRECTORY)
        return read_directory_hints(schema->path, arena, out, err);
    if (schema->kind != QI_SOURCE_SCHEMA)
        return QUIRE_OK;
    quire_status status = qi_renames_read(schema->path, arena, out, err);
    if (status != QUIRE_OK || schema->provider == QUIRE_AUTO)
        return status;
    const char *overlay = qi_schema_overlay(arena, schema->path, schema->provider);
    if (!overlay)
        return qi_fail_memory(err);
    return qi_file_exists(overlay) ? qi_renames_read(overlay, arena, out, err) : QUIRE_OK;
}

static quire_status check_strict(const qi_planned *planned, quire_error *err)
{
    if (planned->renamed.stale_count)
        return qi_fail(err, QUIRE_REFUSED, "%s", planned->renamed.stale[0]);
    for (size_t i = 0; i < planned->plan.step_count; i++) {
        const qi_step *step = &planned->plan.steps[i];
        for (size_t k = 0; k < step->hazard_count; k++) {
            if (step->hazards[k].kind == QI_HAZARD_UNMODELLED)
                return qi_fail(err, QUIRE_REFUSED, "%s: %s", step->hazards[k].object,
                               step->hazards[k].text);
        }
    }
    return QUIRE_OK;
}

/* The renames are taken back last, so they stand at the end of the first file's way back. */
static const char *with_undo(const qi_renamed *renamed, const char *down, qi_arena *arena)
{
    qi_buffer sql;
    qi_buffer_init(&sql, MOST_DOWN_BYTES);
    if (down) {
        qi_buffer_add(&sql, down);
        qi_buffer_add_char(&sql, '\n');
    }
    for (size_t i = renamed->count; i > 0; i--)
        qi_buffer_printf(&sql, "%s;\n", renamed->undo[i - 1]);
    const char *text = qi_buffer_failed(&sql) ? NULL : qi_arena_text_n(arena, sql.data, sql.length);
    qi_buffer_free(&sql);
    return text;
}

static quire_status join_renames(qi_planned *out, const char **downs, bool with_downs,
                                 qi_arena *arena, quire_error *err)
{
    size_t files = out->plan.file_count;
    if (!qi_rename_put_first(&out->renamed, &out->plan, arena))
        return qi_fail_memory(err);
    bool apart = out->plan.file_count > files;
    for (size_t i = files; apart && i > 0; i--)
        downs[i] = downs[i - 1];
    if (apart)
        downs[0] = NULL;
    if (with_downs && out->renamed.count && (apart || downs[0])) {
        downs[0] = with_undo(&out->renamed, downs[0], arena);
        if (!downs[0])
            return qi_fail_memory(err);
    }
    out->downs = downs;
    return QUIRE_OK;
}

bool qi_grants_anything(const qi_catalog *desired)
{
    size_t grants = 0;
    size_t defaults = 0;
    qi_objects_of(desired, "privilege", &grants);
    qi_objects_of(desired, "default privilege", &defaults);
    return grants || defaults;
}

quire_status qi_planned_make(qi_state states[2], const qi_planning_task *task, qi_arena *arena,
                             qi_planned *out, quire_error *err)
{
    const qi_catalog *desired = &states[1].catalog;
    const char **downs = NULL;
    qi_plan_options options = task->options;
    options.privileges |= task->if_granted && qi_grants_anything(desired);
    quire_status status =
        qi_rename_all(&states[0], desired, &task->renames, arena, &out->renamed, err);
    if (status == QUIRE_OK)
        status = qi_plan_make(&states[0].catalog, desired, &options, arena, &out->plan, err);
    /* What a live database has is not for a plan to correct. */
    if (status == QUIRE_OK && !states[1].live)
        status = qi_plan_check_bodies(states[1].db, arena, &out->plan, err);
    if (status == QUIRE_OK)
        status = qi_plan_check(&out->plan, err);
    if (status == QUIRE_OK && out->plan.step_count)
        status = qi_plan_prove(states[0].db, &out->plan, desired, &options, err);
    if (status == QUIRE_OK && task->strict)
        status = check_strict(out, err);
    if (status != QUIRE_OK)
        return status;
    downs = qi_arena_zero(arena, out->plan.file_count + 2, sizeof *downs);
    if (!downs)
        return qi_fail_memory(err);
    if (task->downs && out->plan.file_count)
        status = qi_downs_plan(states[0].db, &out->plan, &states[0].catalog, desired, &options,
                               arena, downs, &out->no_way_back, err);
    return status == QUIRE_OK ? join_renames(out, downs, task->downs, arena, err) : status;
}
