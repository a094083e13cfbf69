#include "cli/import.h"

#include "base/buffer.h"
#include "base/error.h"
#include "cli/each.h"
#include "migrate/script.h"
#include "syntax/sql.h"

#include <quire/migrate.h>
#include <quire/sql.h>

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#define MOST_FILE_BYTES (64u * 1024u * 1024u)

static qi_exit run_import(qi_context *context, const qi_args *args);

static const qi_option options[] = {
    { "--files-only", NULL, "connect nowhere: nothing is recorded as applied" },
    { 0 },
};

const qi_command qi_command_import = {
    .name = "import",
    .arguments = "DIRECTORY [@|all]",
    .summary = "take over the migrations of another tool",
    .description =
        "Reads a directory of drizzle-kit, Prisma, dbmate, Flyway, goose or golang-migrate and\n"
        "writes the same migrations to db/migrations/<provider>, which must have none yet.\n"
        "Those that the tool's history in the provider's database has as applied are recorded\n"
        "in quire.migrations and not run again. The directory stays as it is, and so does the\n"
        "tool's history.",
    .most_positional = 2,
    .has_json = true,
    .has_debug = true,
    .options = options,
    .run = run_import,
};

/* Everything that one run is about. */
typedef struct import {
    qi_import read;
    const char **texts; /* by migration: as Quire has them */
    const char **downs;
    const char **versions;
    bool files_only;
} import;

/* Converting ----------------------------------------------------------------------------------- */

static bool is_statement(const char *text, const qi_sql_statement *statement, const char *word)
{
    qi_token token = { .kind = QI_TOKEN_WORD,
                       .start = statement->start,
                       .length = statement->length };
    return qi_token_is(text, token, word);
}

/* The file is one transaction anyway; BEGIN and COMMIT around it all would be in the way. */
static quire_status without_frame(const char *text, qi_arena *arena, char **out, quire_error *err)
{
    const qi_sql_statement *list = NULL;
    size_t count = 0;
    *out = qi_arena_text(arena, text);
    if (!*out)
        return qi_fail_memory(err);
    quire_status status = qi_sql_split(text, strlen(text), arena, &list, &count, err);
    if (status != QUIRE_OK || count < 2 || !is_statement(text, &list[0], "begin") ||
        !(is_statement(text, &list[count - 1], "commit") ||
          is_statement(text, &list[count - 1], "end")))
        return status;
    const qi_sql_statement *frame[] = { &list[0], &list[count - 1] };
    for (size_t i = 0; i < 2; i++) {
        memset(*out + frame[i]->start, ' ', frame[i]->length);
        size_t end = frame[i]->start + frame[i]->length;
        if ((*out)[end] == ';')
            (*out)[end] = ' ';
    }
    return status;
}

/* As Quire has it: marked when it cannot be one transaction, whether the tool said so or not. */
static quire_status convert(const char *file, const char *text, bool alone, qi_arena *arena,
                            const char **out, quire_error *err)
{
    qi_script script = { 0 };
    char *plain = NULL;
    quire_status status = without_frame(text, arena, &plain, err);
    if (status != QUIRE_OK) {
        qi_locate(err, file, err->line, err->line_column);
        return status;
    }
    const char *start = plain + strspn(plain, " \t\r\n");
    const char *marked = qi_arena_printf(arena, "-- quire: no-transaction\n\n%s", start);
    if (!marked)
        return qi_fail_memory(err);
    *out = alone ? marked : start;
    status = qi_script_parse(file, *out, strlen(*out), arena, &script, err);
    if (status != QUIRE_REFUSED || alone)
        return status;
    *out = marked;
    return qi_script_parse(file, marked, strlen(marked), arena, &script, NULL) == QUIRE_OK
               ? QUIRE_OK
               : status;
}

/* The tool's own times where all have one and they go up; else 1, 2, 3. */
static quire_status choose_versions(import *m, qi_arena *arena)
{
    bool times = true;
    for (size_t i = 0; i < m->read.count; i++) {
        const char *version = m->read.list[i].version;
        const char *before = i ? m->read.list[i - 1].version : "";
        times = times && version && strcmp(before, version) < 0;
    }
    for (size_t i = 0; i < m->read.count; i++) {
        m->versions[i] = times ? m->read.list[i].version : qi_arena_printf(arena, "%014zu", i + 1);
        if (!m->versions[i])
            return QUIRE_MEMORY;
    }
    return QUIRE_OK;
}

static quire_status prepare(import *m, qi_arena *arena, quire_error *err)
{
    size_t count = m->read.count;
    m->texts = qi_arena_zero(arena, count + 1, sizeof *m->texts);
    m->downs = qi_arena_zero(arena, count + 1, sizeof *m->downs);
    m->versions = qi_arena_zero(arena, count + 1, sizeof *m->versions);
    if (!m->texts || !m->downs || !m->versions || choose_versions(m, arena) != QUIRE_OK)
        return qi_fail_memory(err);
    if (!count)
        return qi_fail(err, QUIRE_REFUSED, "there are no migrations of %s", m->read.tool);
    quire_status status = QUIRE_OK;
    for (size_t i = 0; i < count && status == QUIRE_OK; i++) {
        const qi_imported *one = &m->read.list[i];
        status = convert(one->name, one->up, one->alone, arena, &m->texts[i], err);
        if (status == QUIRE_OK && one->down)
            status = convert(one->name, one->down, one->alone, arena, &m->downs[i], err);
    }
    return status;
}

/* History -------------------------------------------------------------------------------------- */

/* Some keep a number: 1 for 000001. */
static const char *without_zeros(const char *key)
{
    key += strspn(key, "0");
    return *key ? key : "0";
}

static bool is_applied(const import *m, const quire_rows *rows, size_t index)
{
    const char *own = without_zeros(m->read.list[index].key);
    for (size_t i = 0; i < rows->count; i++) {
        const char *key = quire_rows_value(rows, i, 0);
        if (key && strcmp(without_zeros(key), own) == 0)
            return true;
    }
    return false;
}

/* How many are applied, from the first on. */
static quire_status count_applied(const import *m, const quire_rows *rows, size_t *applied,
                                  quire_error *err)
{
    *applied = 0;
    for (size_t i = 0; i < m->read.count; i++) {
        if (!is_applied(m, rows, i))
            continue;
        if (*applied < i && !m->read.up_to)
            return qi_fail(err, QUIRE_REFUSED,
                           "%s has applied %s, but not %s, which stands before it", m->read.tool,
                           m->read.list[i].key, m->read.list[*applied].key);
        *applied = i + 1;
    }
    return QUIRE_OK;
}

static quire_status read_history(const import *m, quire_db *db, size_t *applied, quire_error *err)
{
    const char *const params[] = { m->read.table };
    quire_rows rows = { 0 };
    *applied = 0;
    quire_status status = quire_query(db, "select to_regclass($1)::text", params, 1, &rows, err);
    if (status != QUIRE_OK)
        return status;
    bool there = quire_rows_value(&rows, 0, 0) != NULL;
    quire_rows_free(&rows);
    if (!there)
        return QUIRE_OK;
    status = quire_query(db, m->read.applied, NULL, 0, &rows, err);
    if (status != QUIRE_OK)
        return status;
    status = count_applied(m, &rows, applied, err);
    quire_rows_free(&rows);
    return status;
}

/* One provider --------------------------------------------------------------------------------- */

static quire_status check_empty(const char *path, qi_arena *arena, quire_error *err)
{
    qi_migration_directory directory = { 0 };
    quire_status status = qi_migrations_read(path, arena, &directory, err);
    if (status == QUIRE_OK && directory.count) {
        status = qi_fail(err, QUIRE_REFUSED, "there are migrations in %s already", path);
        qi_hint(err, "Only a provider without migrations can take over others.");
    }
    return status;
}

static quire_status write_files(const import *m, const char *path, qi_arena *arena,
                                quire_error *err)
{
    quire_status status = QUIRE_OK;
    for (size_t i = 0; i < m->read.count && status == QUIRE_OK; i++) {
        const char *file = NULL;
        qi_new_migration new = { .version = m->versions[i],
                                 .name = m->read.list[i].name,
                                 .text = m->texts[i],
                                 .down = m->downs[i] };
        status = qi_migrations_add(path, &new, arena, &file, err);
    }
    return status;
}

static void tell(qi_each *each, const import *m, const char *path, size_t applied)
{
    qi_each_put(each, "tool", json_string(m->read.tool));
    qi_each_put(each, "directory", json_string(path));
    qi_each_put(each, "migrations", json_integer((json_int_t)m->read.count));
    qi_each_put(each, "applied", json_integer((json_int_t)applied));
    qi_note(each->context, "%s: %zu migration%s of %s in %s, %zu of them recorded as applied",
            each->name, m->read.count, m->read.count == 1 ? "" : "s", m->read.tool, path, applied);
    if (m->read.skipped)
        qi_note(each->context,
                "%s: left out: %s is run again and again by Flyway; put what it "
                "makes into the schema",
                each->name, m->read.skipped);
}

static qi_exit import_one(qi_each *each, void *state, quire_error *err)
{
    const import *m = state;
    const char *path = NULL;
    size_t applied = 0;
    size_t recorded = 0;
    quire_db *db = NULL;
    qi_arena *arena = &each->context->arena;
    quire_status status =
        qi_migrations_default(each->context->directory, each->provider, arena, &path, err);
    if (status == QUIRE_OK)
        status = check_empty(path, arena, err);
    if (status == QUIRE_OK && !m->files_only) {
        db = qi_open(each->context, each->provider, err);
        status = db ? read_history(m, db, &applied, err) : err->status;
    }
    if (status == QUIRE_OK)
        status = write_files(m, path, arena, err);
    if (status == QUIRE_OK && applied)
        status = quire_migration_baseline(db, NULL, m->versions[applied - 1], &recorded, err);
    quire_close(db);
    if (status == QUIRE_OK)
        tell(each, m, path, recorded);
    return status == QUIRE_OK ? QI_EXIT_OK : QI_EXIT_FAILED;
}

static qi_exit run_import(qi_context *context, const qi_args *args)
{
import m = {.files_only = qi_args_flag(args, "--files-only") };
    quire_error err = { 0 };
    const char *directory = qi_args_at(args, 0);
    if (!directory)
        return qi_usage(context, args, "name the directory of the other tool's migrations");
    if (qi_import_read(directory, &context->arena, &m.read, &err) != QUIRE_OK ||
        prepare(&m, &context->arena, &err) != QUIRE_OK)
        return qi_report(context, &err);
    qi_args providers = *args;
    providers.positional++;
    providers.positional_count--;
    return qi_each_provider(context, &providers, import_one, &m);
}
