#include "cli/lint.h"

#include "base/error.h"
#include "cli/each.h"
#include "cli/source.h"
#include "lint/lint.h"
#include "migrate/migration.h"

#include <quire/migrate.h>
#include <quire/server.h>

#include <jansson.h>
#include <stdio.h>
#include <string.h>

/* What was asked for, for all providers. */
typedef struct request {
    const qi_conf *conf;
    const char *const *files; /* as they were given */
    size_t file_count;
    const char *since; /* or NULL */
    bool all;
    bool pending;
    bool strict;
} request;

static bool is_file(const char *word)
{
    size_t length = strlen(word);
    return length > 4 && strcmp(word + length - 4, ".sql") == 0;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* Marks the files that were named; one that is not there is an error. */
static quire_status choose_named(const request *r, const qi_migration_directory *directory,
                                 bool *wanted, quire_error *err)
{
    for (size_t i = 0; i < r->file_count; i++) {
        bool found = false;
        for (size_t k = 0; k < directory->count; k++) {
            if (strcmp(base_name(r->files[i]), directory->files[k].file) != 0)
                continue;
            wanted[k] = true;
            found = true;
        }
        if (!found)
            return qi_fail(err, QUIRE_CONFIG, "there is no %s in %s", base_name(r->files[i]),
                           directory->path);
    }
    return QUIRE_OK;
}

static quire_status choose_pending(qi_each *each, const qi_migration_directory *directory,
                                   bool *wanted, quire_error *err)
{
    quire_migration_list list = { 0 };
    quire_db *db = qi_open(each->context, each->provider, err);
    quire_status status = db ? quire_migration_status(db, NULL, &list, err) : err->status;
    for (size_t i = 0; status == QUIRE_OK && i < list.count; i++) {
        const quire_migration *one = &list.items[i];
        for (size_t k = 0; k < directory->count; k++)
            if (strcmp(one->version, directory->files[k].version) == 0)
                wanted[k] = one->state == QUIRE_MIGRATION_PENDING ||
                            one->state == QUIRE_MIGRATION_OUT_OF_ORDER;
    }
    quire_migration_list_free(&list);
    quire_close(db);
    return status;
}

static quire_status choose(qi_each *each, const request *r, const qi_migration_directory *directory,
                           bool *wanted, quire_error *err)
{
    if (r->file_count)
        return choose_named(r, directory, wanted, err);
    if (r->pending)
        return choose_pending(each, directory, wanted, err);
    for (size_t i = 0; i < directory->count; i++)
        wanted[i] = r->all || (r->since && strcmp(directory->files[i].version, r->since) > 0) ||
                    (!r->since && i + 1 == directory->count);
    return QUIRE_OK;
}

static quire_status run_in_scratch(qi_each *each, const request *r,
                                   const qi_migration_directory *directory, const bool *wanted,
                                   qi_lint_report *out, quire_error *err)
{
    qi_source empty = { .kind = QI_SOURCE_NOTHING, .shown = "", .provider = each->provider };
    qi_state state = { 0 };
    quire_status status = qi_states_open(r->conf->root, NULL, &empty, &state, 1, err);
    if (status == QUIRE_OK)
        status =
            qi_lint_directory(state.db, quire_scratch_is_private(state.scratch), each->provider,
                              directory, wanted, &each->context->arena, out, err);
    qi_states_close(&state, 1);
    return status;
}

static const char *family_of(const qi_lint_rule *rule)
{
    const qi_lint_family *family = NULL;
    return qi_lint_rule_named(rule->id, &family) ? family->name : "";
}

static void put_findings(qi_each *each, const char *key, const qi_lint_finding *list)
{
    json_t *rows = each->json ? json_array() : NULL;
    for (const qi_lint_finding *one = list; rows && one; one = one->next) {
        json_t *row = json_pack(
            "{s:s, s:i, s:i, s:s, s:s, s:s, s:s*, s:s, s:s, s:s*}", "file", one->file, "line",
            one->line, "column", one->column, "rule", one->rule->id, "family", family_of(one->rule),
            "severity", qi_lint_severity_name(one->rule->severity), "object", one->object,
            "message", one->message, "rewrite", one->rewrite, "reason", one->reason);
        if (json_array_append_new(rows, row) != 0)
            each->failed = true;
    }
    qi_each_put(each, key, rows);
}

static void print_findings(const qi_lint_finding *list)
{
    for (; list; list = list->next) {
        printf("%s:%d:%d: %s %s: %s\n", list->file, list->line, list->column,
               qi_lint_severity_name(list->rule->severity), list->rule->id, list->message);
        for (const char *at = list->rewrite; *at;) {
            size_t length = strcspn(at, "\n");
            printf("    %.*s\n", (int)length, at);
            at += length + (at[length] == '\n');
        }
    }
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

static void put_files(qi_each *each, const qi_migration_directory *directory, const bool *wanted)
{
    json_t *rows = each->json ? json_array() : NULL;
    for (size_t i = 0; rows && i < directory->count; i++)
        if (wanted[i] && json_array_append_new(rows, json_string(directory->files[i].path)) != 0)
            each->failed = true;
    qi_each_put(each, "files", rows);
}

static qi_exit report(qi_each *each, const request *r, const qi_migration_directory *directory,
                      const bool *wanted, const qi_lint_report *found)
{
    size_t files = 0;
    for (size_t i = 0; i < directory->count; i++)
        files += wanted[i];
    put_files(each, directory, wanted);
    qi_each_put(each, "errors", json_integer((json_int_t)found->errors));
    qi_each_put(each, "warnings", json_integer((json_int_t)found->warnings));
    put_findings(each, "findings", found->findings);
    put_findings(each, "ignored", found->ignored);
    if (!each->json)
        print_findings(found->findings);
    qi_note(each->context, "%s: %zu file%s, %zu error%s, %zu warning%s", each->name, files,
            plural(files), found->errors, plural(found->errors), found->warnings,
            plural(found->warnings));
    bool fails = found->errors > 0 || (r->strict && found->warnings > 0);
    return fails ? QI_EXIT_DIFFERENT : QI_EXIT_OK;
}

static qi_exit lint_one(qi_each *each, void *state, quire_error *err)
{
    const request *r = state;
    qi_arena *arena = &each->context->arena;
    const char *path = NULL;
    qi_migration_directory directory = { 0 };
    qi_lint_report found = { 0 };
    quire_status status =
        qi_migrations_default(each->context->directory, each->provider, arena, &path, err);
    if (status == QUIRE_OK)
        status = qi_migrations_read(path, arena, &directory, err);
    if (status != QUIRE_OK)
        return QI_EXIT_FAILED;
    qi_each_put(each, "directory", json_string(path));
    bool *wanted = qi_arena_zero(arena, directory.count + 1, sizeof *wanted);
    if (!wanted) {
        qi_fail_memory(err);
        return QI_EXIT_FAILED;
    }
    status = choose(each, r, &directory, wanted, err);
    bool any = false;
    for (size_t i = 0; i < directory.count; i++)
        any = any || wanted[i];
    if (status == QUIRE_OK && any)
        status = run_in_scratch(each, r, &directory, wanted, &found, err);
    /* What stands before a statement that fails is told all the same. */
    if (status != QUIRE_OK && !found.errors && !found.warnings)
        return QI_EXIT_FAILED;
    qi_exit code = report(each, r, &directory, wanted, &found);
    return status == QUIRE_OK ? code : QI_EXIT_FAILED;
}

/* The arguments that are files; a provider may stand before them. */
static qi_exit read_files(qi_context *context, const qi_args *args, request *r, qi_args *rest)
{
    const char **files = qi_arena_zero(&context->arena, args->positional_count + 1, sizeof *files);
    quire_error err = { 0 };
    if (!files) {
        qi_fail_memory(&err);
        return qi_report(context, &err);
    }
    const char *first = qi_args_value(args, "--file");
    if (first)
        files[r->file_count++] = first;
    rest->positional_count = 0;
    for (size_t i = 0; i < args->positional_count; i++) {
        if (is_file(args->positional[i]))
            files[r->file_count++] = args->positional[i];
        else if (i == 0)
            rest->positional_count = 1;
        else
            return qi_usage(context, args, "\"%s\" is not the name of a .sql file",
                            args->positional[i]);
    }
    r->files = files;
    return QI_EXIT_OK;
}

static qi_exit run_lint(qi_context *context, const qi_args *args)
{
    qi_conf conf = { 0 };
    request r = { .conf = &conf,
                  .since = qi_args_value(args, "--since"),
                  .all = qi_args_flag(args, "--all"),
                  .pending = qi_args_flag(args, "--pending"),
                  .strict = qi_args_flag(args, "--strict") };
    qi_args rest = *args;
    const char *rule = qi_args_value(args, "--explain");
    if (rule)
        return qi_lint_explain(context, args, rule);
    if (qi_args_flag(args, "--rules"))
        return qi_lint_show_rules(context);
    qi_exit code = read_files(context, args, &r, &rest);
    if (!code && (r.file_count > 0) + (r.since != NULL) + r.all + r.pending > 1)
        code = qi_usage(context, args, "files, --since, --all and --pending exclude one another");
    if (!code)
        code = qi_project_needed(context);
    if (!code)
        code = qi_project(context, &conf);
    return code ? code : qi_each_provider(context, &rest, lint_one, &r);
}

static const qi_option options[] = {
    { "--file", "FILE", "look at this migration; more of them may follow" },
    { "--since", "VERSION", "look at those that are newer than a version" },
    { "--pending", NULL, "look at those that are not applied in the provider's database" },
    { "--all", NULL, "look at all of them" },
    { "--strict", NULL, "warnings count for the exit code too" },
    { "--rules", NULL, "list the rules" },
    { "--explain", "RULE", "say why a rule is there and what to do instead" },
    { 0 },
};

const qi_command qi_command_lint = {
    .name = "lint",
    .arguments = "[@|all] [FILE.sql ...]",
    .summary = "find hazards in migrations",
    .description =
        "Replays the provider's migrations in a scratch database and looks at what each\n"
        "statement of the newest file would do to tables with rows in them and to a program\n"
        "that is running: data lost, others kept waiting, names gone. Each finding comes\n"
        "with the safe form. A table that the file makes itself is not spoken of.\n"
        "\n"
        "`-- quire: ignore RULE reason` above a statement silences a rule for it, as does the\n"
        "hazard comment that `quire generate` writes. The exit code is 1 when there is an\n"
        "error. Nothing but the scratch database is touched.",
    .most_positional = 1000,
    .has_json = true,
    .has_debug = true,
    .options = options,
    .run = run_lint,
};
