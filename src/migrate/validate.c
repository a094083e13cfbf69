#include "migrate/history.h"
#include "migrate/memory.h"
#include "migrate/objects.h"

#include "base/error.h"
#include "client/handle.h"

#include <quire/migrate.h>

#include <stdlib.h>

enum { FINDINGS_PER_FILE = 3, FINDINGS_BESIDE = 8 };

typedef struct validation {
    qi_arena *arena;
    quire_finding *items;
    size_t count;
    size_t unsound;
    bool failed; /* out of memory */
} validation;

const char *quire_finding_kind_name(quire_finding_kind kind)
{
    static const char *const names[] = { "unknown", "files", "history", "drift", "note" };
    return (size_t)kind < sizeof names / sizeof *names ? names[kind] : names[0];
}

/* There is room: find_all and add_drift count before. The texts are copied. */
static void add(validation *v, quire_finding_kind kind, const char *object, const char *text,
                const char *hint)
{
    quire_finding *item = &v->items[v->count];
    item->kind = kind;
    item->object = object ? qi_arena_text(v->arena, object) : NULL;
    item->text = text ? qi_arena_text(v->arena, text) : NULL;
    item->hint = qi_arena_text(v->arena, hint);
    if (!item->object || !item->text || !item->hint) {
        v->failed = true;
        return;
    }
    v->count++;
    v->unsound += kind != QUIRE_FINDING_NOTE;
}

/* A failure as a finding; what is no fault of the files is none. */
static quire_status take(validation *v, quire_status status, const char *object,
                         const quire_error *failure, quire_error *err)
{
    if (!status)
        return QUIRE_OK;
    if (status != QUIRE_REFUSED && status != QUIRE_SQL) {
        if (err)
            *err = *failure;
        return status;
    }
    const char *text =
        failure->line ? qi_arena_printf(v->arena, "line %d: %s", failure->line, failure->message)
                      : failure->message;
    add(v, QUIRE_FINDING_FILES, object, text, failure->hint);
    return QUIRE_OK;
}

static quire_status check_file(validation *v, const qi_migration_file *file, quire_error *err)
{
    qi_script script = { 0 };
    quire_error failure = { 0 };
    if (!file)
        return QUIRE_OK;
    quire_status status =
        qi_script_parse(file->path, file->text, file->length, v->arena, &script, &failure);
    return take(v, status, file->path, &failure, err);
}

static quire_status check_files(validation *v, const qi_migration_directory *directory,
                                quire_error *err)
{
    quire_error failure = { 0 };
    quire_status status = qi_migrations_verify(directory, &failure);
    status = take(v, status, failure.file[0] ? failure.file : directory->path, &failure, err);
    for (size_t i = 0; i < directory->count && !status; i++) {
        status = check_file(v, &directory->files[i], err);
        if (!status)
            status = check_file(v, directory->files[i].down, err);
    }
    return status;
}

/* What is wrong with a migration; NULL: nothing. */
static const char *fault_of(const quire_migration *m, qi_arena *arena)
{
    switch (m->state) {
    case QUIRE_MIGRATION_PENDING:
    case QUIRE_MIGRATION_APPLIED:
        return NULL;
    case QUIRE_MIGRATION_CHANGED:
        return "was changed after it was applied";
    case QUIRE_MIGRATION_MISSING:
        return "is applied, but its file is missing";
    case QUIRE_MIGRATION_OUT_OF_ORDER:
        return "is not applied, but older than one that is";
    case QUIRE_MIGRATION_PARTIAL:
    case QUIRE_MIGRATION_ROLLING_BACK:
    case QUIRE_MIGRATION_IN_DOUBT:
        break;
    }
    return qi_arena_printf(arena, "is %s in part: %zu of %zu statements are done%s",
                           m->rolling_back ? "rolled back" : "applied", m->statements_done,
                           m->statements_total,
                           m->state == QUIRE_MIGRATION_IN_DOUBT ? ", the next is in doubt" : "");
}

static const char *hint_of(const quire_migration *m)
{
    switch (m->state) {
    case QUIRE_MIGRATION_CHANGED:
    case QUIRE_MIGRATION_MISSING:
        return "Restore the file, for instance with git.";
    case QUIRE_MIGRATION_OUT_OF_ORDER:
        return "Apply it with `quire migrate --out-of-order`, or give it a newer version.";
    case QUIRE_MIGRATION_PARTIAL:
        return "Go on with `quire migrate`.";
    case QUIRE_MIGRATION_ROLLING_BACK:
        return "Go on with `quire rollback`.";
    case QUIRE_MIGRATION_IN_DOUBT:
        return m->rolling_back ? "Go on with `quire rollback`." : "Go on with `quire migrate`.";
    case QUIRE_MIGRATION_PENDING:
    case QUIRE_MIGRATION_APPLIED:
        break;
    }
    return "";
}

/* No migration is in part, so the schema is that of the history. */
static bool is_whole(const qi_history *history)
{
    for (size_t i = 0; i < history->count; i++)
        if (history->rows[i].state != QI_ROW_APPLIED)
            return false;
    return true;
}

static void check_history(validation *v, const quire_migration_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const quire_migration *m = &list->items[i];
        const char *fault = fault_of(m, v->arena);
        if (fault)
            add(v, QUIRE_FINDING_HISTORY, qi_arena_printf(v->arena, "%s_%s", m->version, m->name),
                fault, hint_of(m));
    }
}

/* Behind the others: makes the list longer by the objects that differ. */
static quire_status add_drift(validation *v, const qi_objects *objects, bool whole,
                              quire_error *err)
{
    quire_finding *items =
        qi_arena_zero(v->arena, v->count + objects->drift_count + 1, sizeof *items);
    if (!items)
        return qi_fail_memory(err);
    for (size_t i = 0; i < v->count; i++)
        items[i] = v->items[i];
    v->items = items;
    if (!objects->version)
        return QUIRE_OK;
    if (!whole)
        add(v, QUIRE_FINDING_NOTE, "schema", "is not compared: a migration is applied in part", "");
    else if (objects->not_comparable)
        add(v, QUIRE_FINDING_NOTE, "schema",
            qi_arena_printf(v->arena, "is not compared: %s", objects->not_comparable),
            "The next migration that is applied leaves a new list.");
    for (size_t i = 0; i < objects->drift_count && whole; i++)
        add(v, QUIRE_FINDING_DRIFT, objects->drift[i].object, objects->drift[i].how, "");
    return QUIRE_OK;
}

static quire_status check_schema(validation *v, quire_db *db, const qi_history *history,
                                 quire_validation *out, quire_error *err)
{
    qi_objects objects = { 0 };
    if (!history->exists || !history->current || history->count == 0)
        return QUIRE_OK;
    quire_status status = qi_objects_compare(db, v->arena, &objects, err);
    if (!status)
        status = add_drift(v, &objects, is_whole(history), err);
    out->objects = objects.objects;
    out->object_count = objects.object_count;
    return status;
}

static quire_status find_all(quire_db *db, const char *path, qi_arena *arena, quire_validation *out,
                             quire_error *err)
{
    qi_migration_directory directory = { 0 };
    qi_history history = { 0 };
    quire_migration_list list = { 0 };
    quire_error failure = { 0 };
    validation v = { .arena = arena };
    quire_status status = qi_migrations_of(db, path, arena, &directory, &failure);
    bool readable = !status;
    if (!status || status == QUIRE_REFUSED)
        status = qi_history_read(db, arena, &history, err);
    else if (err)
        *err = failure;
    if (status)
        return status;
    v.items =
        qi_arena_zero(arena, FINDINGS_PER_FILE * directory.count + history.count + FINDINGS_BESIDE,
                      sizeof *v.items);
    if (!v.items)
        return qi_fail_memory(err);
    if (!readable)
        status = take(&v, failure.status, failure.file[0] ? failure.file : "files", &failure, err);
    else
        status = check_files(&v, &directory, err);
    if (!status && readable)
        status = qi_history_compare(&directory, &history, arena, &list, err);
    if (!status)
        check_history(&v, &list);
    if (!status)
        status = check_schema(&v, db, &history, out, err);
    if (!status && v.failed)
        status = qi_fail_memory(err);
    out->items = v.items;
    out->count = v.count;
    out->unsound = v.unsound;
    return status;
}

quire_status quire_validate_migrations(quire_db *db, const char *directory, quire_validation *out,
                                       quire_error *err)
{
    quire_validation found = { 0 };
    quire_error failure = { 0 };
    quire_status status = qi_usable(db, err);
    if (status)
        return status;
    struct quire_migration_memory *memory = calloc(1, sizeof *memory);
    if (!memory)
        return qi_fail_memory(err);
    status = find_all(db, directory, &memory->arena, &found, &failure);
    if (status) {
        qi_arena_free(&memory->arena);
        free(memory);
        if (err)
            *err = failure;
        return status;
    }
    *out = found;
    out->owner_ = memory;
    return QUIRE_OK;
}

void quire_validation_free(quire_validation *v)
{
    if (!v)
        return;
    if (v->owner_) {
        qi_arena_free(&v->owner_->arena);
        free(v->owner_);
    }
    *v = (quire_validation){ 0 };
}
