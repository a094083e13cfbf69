#include "cli/progress.h"

#include "base/error.h"
#include "base/file.h"
#include "migrate/migration.h"
#include "migrate/script.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One provider's run. */
typedef struct progress {
    qi_each *each;
    json_t *files;  /* those that were run, or would be; NULL without --json */
    bool open_line; /* on a terminal: the file's time is still to come behind it */
    size_t planned;
    size_t refused; /* checks that would stop it */
} progress;

/* ---- options --------------------------------------------------------------------------------- */

/* The name before the colon. */
static const char *hazard_of(const char *allowed, qi_arena *arena)
{
    const char *name = qi_arena_text_n(arena, allowed, strcspn(allowed, ":"));
    return name ? name : "";
}

static qi_exit read_steps(qi_context *context, const qi_args *args, size_t *out)
{
    const char *text = qi_args_value(args, "--steps");
    char *end = NULL;
    if (!text)
        return QI_EXIT_OK;
    long steps = strtol(text, &end, 10);
    if (*end || steps < 1 || steps > QI_MIGRATIONS_MOST)
        return qi_usage(context, args, "--steps needs a number from 1, not \"%s\"", text);
    *out = (size_t)steps;
    return QI_EXIT_OK;
}

qi_exit qi_allowed(qi_context *context, const qi_args *args, const char *const **list,
                   size_t *count)
{
    *list = qi_args_values(args, "--allow", &context->arena, count);
    if (!*list)
        return qi_report(context, &(quire_error){ .status = QUIRE_MEMORY });
    for (size_t i = 0; i < *count; i++) {
        const char *hazard = hazard_of((*list)[i], &context->arena);
        if (!qi_hazard_is_known(hazard))
            return qi_usage(context, args, "\"%s\" is no hazard: %s", hazard, qi_hazard_names());
        if ((*list)[i][strlen(hazard)] == ':' && !(*list)[i][strlen(hazard) + 1])
            return qi_usage(context, args, "--allow %s names no object", (*list)[i]);
    }
    return QI_EXIT_OK;
}

qi_exit qi_runner_options(qi_context *context, const qi_args *args, quire_migrate_options *out)
{
    *out = (quire_migrate_options){ .to = qi_args_value(args, "--to"),
                                    .out_of_order = qi_args_flag(args, "--out-of-order"),
                                    .dry_run = qi_args_flag(args, "--dry-run") };
    qi_exit code = qi_allowed(context, args, &out->allow, &out->allow_count);
    return code ? code : read_steps(context, args, &out->steps);
}

quire_db *qi_runner_open(qi_each *each, const char **directory, quire_error *err)
{
    if (qi_migrations_default(each->context->directory, each->provider, &each->context->arena,
                              directory, err))
        return NULL;
    qi_each_put(each, "directory", json_string(*directory));
    return qi_open(each->context, each->provider, err);
}

/* ---- what is planned ------------------------------------------------------------------------- */

static json_t *checks_json(const qi_script *script)
{
    json_t *list = json_array();
    for (size_t i = 0; i < script->check_count; i++) {
        const qi_check *c = &script->checks[i];
        json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s, s:s}", "hazard", c->hazard,
                                              "object", c->object, "message", c->message, "sql",
                                              c->sql, "outcome", "passed"));
    }
    return list;
}

static json_t *hazards_json(const qi_script *script, size_t first)
{
    json_t *list = json_array();
    for (size_t i = 0; i < script->hazard_count; i++) {
        const qi_script_hazard *h = &script->hazards[i];
        if (h->statement + 1 >= first)
            json_array_append_new(list, json_pack("{s:I, s:s, s:s, s:s}", "statement",
                                                  (json_int_t)h->statement + 1, "hazard", h->hazard,
                                                  "object", h->object, "text", h->text));
    }
    return list;
}

static json_t *statements_json(const qi_script *script, size_t first)
{
    json_t *list = json_array();
    for (size_t i = first - 1; i < script->count; i++) {
        const qi_script_statement *s = &script->statements[i];
        json_array_append_new(list, json_pack("{s:I, s:i, s:s}", "statement", (json_int_t)i + 1,
                                              "line", s->line, "sql", s->sql));
    }
    return list;
}

/* What is left of a file that was begun; a whole one is printed as it is. */
static void print_rest(const qi_script *script, size_t first)
{
    for (size_t i = first - 1; i < script->count; i++) {
        for (size_t h = 0; h < script->hazard_count; h++)
            if (script->hazards[h].statement == i)
                printf("-- hazard: %s: %s: %s\n", script->hazards[h].hazard,
                       script->hazards[h].object, script->hazards[h].text);
        printf("%s;\n", script->statements[i].sql);
    }
}

static void print_planned(const progress *p, const qi_script *script, size_t first)
{
    printf("%s-- %s: %s\n", p->planned > 1 ? "\n" : "", p->each->name, script->file);
    if (first > 1) {
        printf("-- goes on at statement %zu of %zu\n\n", first, script->count);
        print_rest(script, first);
        return;
    }
    printf("\n%s", script->text);
    if (script->length > 0 && script->text[script->length - 1] != '\n')
        putchar('\n');
}

static void show_planned(progress *p, const quire_migrate_event *event)
{
    qi_arena *arena = &p->each->context->arena;
    quire_error err = { 0 };
    qi_script script = { 0 };
    char *text = NULL;
    size_t length = 0;
    quire_status status =
        qi_file_read(event->text, QI_MIGRATION_LARGEST, arena, &text, &length, &err);
    if (!status)
        status = qi_script_parse(event->text, text, length, arena, &script, &err);
    if (status) {
        p->each->failed = true;
        return;
    }
    p->planned++;
    if (!p->files) {
        print_planned(p, &script, event->statement);
        return;
    }
    json_t *row = json_pack("{s:s, s:b, s:o, s:o, s:o}", "file", event->text, "transaction",
                            script.transaction, "checks", checks_json(&script), "hazards",
                            hazards_json(&script, event->statement), "statements",
                            statements_json(&script, event->statement));
    if (json_array_append_new(p->files, row) != 0)
        p->each->failed = true;
}

/* What a check of the file that was planned last says. */
static void show_check(progress *p, const quire_migrate_event *event)
{
    bool refused = event->kind == QUIRE_MIGRATE_WOULD_REFUSE;
    p->refused += refused;
    if (!p->files) {
        qi_note(p->each->context, "%s: %s: %s", p->each->name,
                refused ? "a check would refuse the file" : "a check cannot be asked yet",
                event->text);
        return;
    }
    json_t *file = json_array_get(p->files, json_array_size(p->files) - 1);
    json_t *check = json_array_get(json_object_get(file, "checks"), event->statement - 1);
    if (json_object_set_new(check, "outcome", json_string(refused ? "refused" : "not_asked")) ||
        json_object_set_new(check, "found", json_string(event->text)))
        p->each->failed = true;
}

/* ---- what happens ---------------------------------------------------------------------------- */

static void end_line(progress *p)
{
    if (p->open_line)
        fputc('\n', stderr);
    p->open_line = false;
}

static void show_applied(progress *p, const quire_migrate_event *event)
{
    if (p->files) {
        json_t *row = json_pack("{s:s, s:I}", "file", event->text, "duration_ms",
                                (json_int_t)event->duration_ms);
        if (json_array_append_new(p->files, row) != 0)
            p->each->failed = true;
        return;
    }
    if (!p->open_line)
        fprintf(stderr, "[%zu/%zu] %s", event->index, event->total, event->text);
    fprintf(stderr, "  %" PRId64 " ms\n", event->duration_ms);
    p->open_line = false;
}

static void show(void *context, const quire_migrate_event *event)
{
    progress *p = context;
    const qi_context *command = p->each->context;
    if (command->json && !p->files)
        p->files = json_array();
    switch (event->kind) {
    case QUIRE_MIGRATE_WAITING:
        qi_note(command, "%s: waiting for another runner: %s", p->each->name, event->text);
        break;
    case QUIRE_MIGRATE_APPLYING:
        p->open_line = command->terminal && !command->json;
        if (p->open_line)
            fprintf(stderr, "[%zu/%zu] %s", event->index, event->total, event->text);
        break;
    case QUIRE_MIGRATE_RETRYING:
        end_line(p);
        qi_note(command, "%s: met a lock, rolled back, is tried again", event->text);
        break;
    case QUIRE_MIGRATE_BLOCKED:
        end_line(p);
        qi_note(command, "%s: waits for %s", p->each->name, event->text);
        break;
    case QUIRE_MIGRATE_SETTLED:
        end_line(p);
        qi_note(command, "%s: %s", p->each->name, event->text);
        break;
    case QUIRE_MIGRATE_APPLIED:
        show_applied(p, event);
        break;
    case QUIRE_MIGRATE_PLANNED:
        show_planned(p, event);
        break;
    case QUIRE_MIGRATE_WOULD_REFUSE:
    case QUIRE_MIGRATE_NOT_ASKED:
        show_check(p, event);
        break;
    case QUIRE_MIGRATE_REPLACED:
        qi_note(command,
                "%s: %s stands for %zu migrations that are applied: it is recorded, not run",
                p->each->name, event->text, event->statement);
        break;
    case QUIRE_MIGRATE_ALLOW_UNUSED:
        qi_note(command, "%s: no check of the pending migrations is about --allow %s",
                p->each->name, event->text);
        break;
    case QUIRE_MIGRATE_STATEMENT:
    case QUIRE_MIGRATE_STATEMENT_DONE:
        break;
    }
}

static void end_progress(progress *p, const char *key)
{
    end_line(p);
    fflush(stdout);
    if (p->each->json)
        qi_each_put(p->each, key, p->files ? p->files : json_array());
    p->files = NULL;
}

qi_exit qi_runner_run(qi_each *each, const qi_runner_call *call,
                      const quire_migrate_options *options, quire_error *err)
{
    quire_migrate_options its = *options;
    const char *directory = NULL;
    size_t count = 0;
    progress p = { .each = each };
    quire_db *db = qi_runner_open(each, &directory, err);
    if (!db)
        return QI_EXIT_FAILED;
    its.on_event = show;
    its.context = &p;
    quire_status status = call->run(db, &its, &count, err);
    quire_close(db);
    end_progress(&p, its.dry_run ? "planned" : call->key);
    if (status)
        return QI_EXIT_FAILED;
    if (its.dry_run)
        count = p.planned;
    if (count == 0)
        qi_note(each->context, "%s: %s in %s", each->name, call->nothing, directory);
    else
        qi_note(each->context, "%s: %zu migration%s %s", each->name, count, count == 1 ? "" : "s",
                its.dry_run ? call->planned : call->done);
    return p.refused ? QI_EXIT_DIFFERENT : QI_EXIT_OK;
}
