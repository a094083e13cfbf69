/* The directories of other tools, as those tools write them. */
#include "base/buffer.h"
#include "base/error.h"
#include "base/file.h"
#include "cli/import.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MOST_FILE_BYTES (64u * 1024u * 1024u)
#define MOST_MIGRATIONS 100000
#define TIME_DIGITS 14

/* Reading one directory. */
typedef struct reader {
    const char *path;
    qi_arena *arena;
    const char *const *names; /* all files */
    size_t name_count;
    qi_import *out;
    quire_error *err;
} reader;

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text);
    size_t of_end = strlen(end);
    return length >= of_end && strcmp(text + length - of_end, end) == 0;
}

static size_t digits(const char *text)
{
    return strspn(text, "0123456789");
}

static quire_status read_text(reader *r, const char *name, const char **text)
{
    char *content = NULL;
    const char *path = qi_path_join(r->arena, r->path, name);
    if (!path)
        return qi_fail_memory(r->err);
    quire_status status = qi_file_read(path, MOST_FILE_BYTES, r->arena, &content, NULL, r->err);
    *text = content;
    return status;
}

/* What quire.sum and shells take, whatever the tool allowed. */
static const char *clean_name(reader *r, const char *start, size_t length)
{
    char *name = qi_arena_text_n(r->arena, start, length);
    for (char *c = name; c && *c; c++) {
        bool fine = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') ||
                    (*c >= '0' && *c <= '9') || *c == '_' || *c == '-';
        if (!fine)
            *c = '_';
    }
    return name && !*name ? "imported" : name;
}

/* Adds a migration whose file is called <digits>_<name><end>. */
static qi_imported *add(reader *r, const char *file, const char *end)
{
    size_t length = digits(file);
    size_t rest = strlen(file) - length - strlen(end);
    const char *name = file + length + (rest ? 1 : 0);
    qi_imported *m = &r->out->list[r->out->count++];
    m->key = qi_arena_text_n(r->arena, file, length);
    m->version = length == TIME_DIGITS ? m->key : NULL;
    m->name = clean_name(r, name, rest ? rest - 1 : 0);
    return m->key && m->name ? m : NULL;
}

/* drizzle-kit: meta/_journal.json lists <tag>.sql with the time in milliseconds. */
static const char *time_of(reader *r, json_int_t milliseconds)
{
    char text[64];
    struct tm utc;
    time_t seconds = (time_t)(milliseconds / 1000);
    if (!gmtime_r(&seconds, &utc) ||
        strftime(text, sizeof text, "%Y%m%d%H%M%S", &utc) != TIME_DIGITS)
        return NULL;
    return qi_arena_text(r->arena, text);
}

static quire_status read_entry(reader *r, json_t *entry)
{
    const char *tag = json_string_value(json_object_get(entry, "tag"));
    json_int_t when = json_integer_value(json_object_get(entry, "when"));
    if (!tag)
        return qi_fail(r->err, QUIRE_REFUSED, "meta/_journal.json has an entry without a tag");
    if (!r->out->list)
        return qi_fail_memory(r->err);
    const char *file = qi_arena_printf(r->arena, "%s.sql", tag);
    qi_imported *m = &r->out->list[r->out->count++];
    size_t number = digits(tag);
    m->key = qi_arena_printf(r->arena, "%lld", (long long)when);
    m->version = time_of(r, when);
    m->name = clean_name(r, tag + number + (tag[number] == '_' ? 1 : 0),
                         strlen(tag) - number - (tag[number] == '_' ? 1 : 0));
    if (!file || !m->key || !m->version || !m->name)
        return qi_fail_memory(r->err);
    return read_text(r, file, &m->up);
}

static quire_status read_drizzle(reader *r)
{
    const char *text = NULL;
    quire_status status = read_text(r, "meta/_journal.json", &text);
    if (status != QUIRE_OK)
        return status;
    json_t *journal = json_loads(text, 0, NULL);
    json_t *entries = json_object_get(journal, "entries");
    size_t count = json_array_size(entries);
    if (!json_is_array(entries) || count > MOST_MIGRATIONS)
        status = qi_fail(r->err, QUIRE_REFUSED, "meta/_journal.json has no list of entries");
    else if (!(r->out->list = qi_arena_zero(r->arena, count + 1, sizeof *r->out->list)))
        status = qi_fail_memory(r->err);
    for (size_t i = 0; i < count && status == QUIRE_OK; i++)
        status = read_entry(r, json_array_get(entries, i));
    json_decref(journal);
    return status;
}

/* Prisma: a directory <time>_<name> with migration.sql in it. */
static quire_status read_prisma(reader *r)
{
    quire_status status = QUIRE_OK;
    for (size_t i = 0; i < r->name_count && status == QUIRE_OK; i++) {
        const char *file = qi_arena_printf(r->arena, "%s/migration.sql", r->names[i]);
        const char *path = file ? qi_path_join(r->arena, r->path, file) : NULL;
        if (!path)
            return qi_fail_memory(r->err);
        if (!qi_file_exists(path))
            continue;
        qi_imported *m = add(r, r->names[i], "");
        if (!m)
            return qi_fail_memory(r->err);
        m->key = r->names[i];
        status = read_text(r, file, &m->up);
    }
    return status;
}

/* Sections ------------------------------------------------------------------------------------- */

/* How dbmate and goose mark what is up and what is down in one file. */
typedef struct section_marks {
    const char *up;
    const char *down;
    const char *alone; /* anywhere in a line that begins with `prefix` */
    const char *prefix;
} section_marks;

static const section_marks dbmate_marks = { "-- migrate:up", "-- migrate:down", "transaction:false",
                                            "-- migrate:up" };
static const section_marks goose_marks = { "-- +goose Up", "-- +goose Down", "NO TRANSACTION",
                                           "-- +goose" };

static bool line_has(const char *line, size_t length, const char *word)
{
    size_t of_word = strlen(word);
    for (size_t i = 0; i + of_word <= length; i++) {
        if (memcmp(line + i, word, of_word) == 0)
            return true;
    }
    return false;
}

static quire_status read_sections(reader *r, const char *file, const section_marks *marks)
{
    const char *text = NULL;
    qi_imported *m = add(r, file, ".sql");
    quire_status status = m ? read_text(r, file, &text) : qi_fail_memory(r->err);
    if (status != QUIRE_OK || !text)
        return status;
    qi_buffer parts[2];
    qi_buffer_init(&parts[0], MOST_FILE_BYTES);
    qi_buffer_init(&parts[1], MOST_FILE_BYTES);
    int part = -1;
    for (const char *line = text; *line;) {
        size_t length = strcspn(line, "\n");
        size_t whole = length + (line[length] == '\n');
        if (strncmp(line, marks->prefix, strlen(marks->prefix)) == 0)
            m->alone = m->alone || line_has(line, length, marks->alone);
        if (strncmp(line, marks->up, strlen(marks->up)) == 0)
            part = 0;
        else if (strncmp(line, marks->down, strlen(marks->down)) == 0)
            part = 1;
        else if (part >= 0 && strncmp(line, "-- +goose", 9) != 0)
            qi_buffer_add_n(&parts[part], line, whole);
        line += whole;
    }
    m->up = qi_buffer_failed(&parts[0]) ? NULL : qi_arena_text(r->arena, parts[0].data);
    m->down = parts[1].data[strspn(parts[1].data, " \t\r\n")]
                  ? qi_arena_text(r->arena, parts[1].data)
                  : NULL;
    bool failed = !m->up || qi_buffer_failed(&parts[1]);
    qi_buffer_free(&parts[0]);
    qi_buffer_free(&parts[1]);
    return failed ? qi_fail_memory(r->err) : QUIRE_OK;
}

static int compare_numbers(const void *left, const void *right)
{
    const qi_imported *a = left;
    const qi_imported *b = right;
    char *end_a = NULL;
    char *end_b = NULL;
    const char *key_a = a->key;
    const char *key_b = b->key;
    /* 1.10 comes after 1.9, and 20240101000000 after 2. */
    for (;;) {
        unsigned long long x = strtoull(key_a, &end_a, 10);
        unsigned long long y = strtoull(key_b, &end_b, 10);
        if (x != y)
            return x < y ? -1 : 1;
        if (!*end_a || !*end_b || end_a == key_a || end_b == key_b)
            return (*end_a != '\0') - (*end_b != '\0');
        key_a = end_a + 1;
        key_b = end_b + 1;
    }
}

static quire_status read_marked(reader *r, const section_marks *marks)
{
    quire_status status = QUIRE_OK;
    for (size_t i = 0; i < r->name_count && status == QUIRE_OK; i++) {
        if (digits(r->names[i]) && ends_with(r->names[i], ".sql"))
            status = read_sections(r, r->names[i], marks);
    }
    return status;
}

/* golang-migrate: <number>_<name>.up.sql and .down.sql. */
static quire_status read_pairs(reader *r)
{
    quire_status status = QUIRE_OK;
    for (size_t i = 0; i < r->name_count && status == QUIRE_OK; i++) {
        if (!digits(r->names[i]) || !ends_with(r->names[i], ".up.sql"))
            continue;
        qi_imported *m = add(r, r->names[i], ".up.sql");
        size_t stem = strlen(r->names[i]) - strlen(".up.sql");
        const char *down = qi_arena_printf(r->arena, "%.*s.down.sql", (int)stem, r->names[i]);
        const char *path = down ? qi_path_join(r->arena, r->path, down) : NULL;
        if (!m || !path)
            return qi_fail_memory(r->err);
        status = read_text(r, r->names[i], &m->up);
        if (status == QUIRE_OK && qi_file_exists(path))
            status = read_text(r, down, &m->down);
    }
    return status;
}

/* Flyway: V<version>__<name>.sql; _ in a version is a dot. */
static quire_status read_flyway(reader *r)
{
    quire_status status = QUIRE_OK;
    for (size_t i = 0; i < r->name_count && status == QUIRE_OK; i++) {
        const char *file = r->names[i];
        const char *name = strstr(file, "__");
        if (strncmp(file, "R__", 3) == 0)
            r->out->skipped = file;
        if (file[0] != 'V' || !name || !ends_with(file, ".sql"))
            continue;
        qi_imported *m = &r->out->list[r->out->count++];
        char *key = qi_arena_text_n(r->arena, file + 1, (size_t)(name - file) - 1);
        for (char *c = key; c && *c; c++)
            *c = *c == '_' ? '.' : *c;
        m->key = key;
        m->version = key && strlen(key) == TIME_DIGITS && !key[digits(key)] ? key : NULL;
        m->name = clean_name(r, name + 2, strlen(name + 2) - strlen(".sql"));
        status = key && m->name ? read_text(r, file, &m->up) : qi_fail_memory(r->err);
    }
    return status;
}

/* Telling one from another --------------------------------------------------------------------- */

static bool has_file(reader *r, const char *name)
{
    const char *path = qi_path_join(r->arena, r->path, name);
    return path && qi_file_exists(path);
}

static bool any_ends_with(const reader *r, const char *end)
{
    for (size_t i = 0; i < r->name_count; i++) {
        if (ends_with(r->names[i], end))
            return true;
    }
    return false;
}

static bool any_is_flyway(const reader *r)
{
    for (size_t i = 0; i < r->name_count; i++) {
        if (r->names[i][0] == 'V' && digits(r->names[i] + 1) && strstr(r->names[i], "__"))
            return true;
    }
    return false;
}

/* Whether the first of the SQL files has a mark. */
static bool is_marked(reader *r, const char *mark)
{
    const char *text = NULL;
    for (size_t i = 0; i < r->name_count; i++) {
        if (digits(r->names[i]) && ends_with(r->names[i], ".sql"))
            return read_text(r, r->names[i], &text) == QUIRE_OK && text && strstr(text, mark);
    }
    return false;
}

static quire_status read_known(reader *r)
{
    qi_import *out = r->out;
    if (has_file(r, "meta/_journal.json")) {
        *out = (qi_import){ .tool = "drizzle-kit",
                            .table = "drizzle.__drizzle_migrations",
                            .applied = "select created_at from drizzle.__drizzle_migrations" };
        return read_drizzle(r);
    }
    if (has_file(r, "migration_lock.toml")) {
        out->tool = "Prisma";
        out->table = "_prisma_migrations";
        out->applied = "select migration_name from _prisma_migrations "
                       "where finished_at is not null and rolled_back_at is null";
        return read_prisma(r);
    }
    if (any_ends_with(r, ".up.sql")) {
        out->tool = "golang-migrate";
        out->table = "schema_migrations";
        out->applied = "select version from schema_migrations where not dirty";
        out->up_to = true;
        return read_pairs(r);
    }
    if (any_is_flyway(r)) {
        out->tool = "Flyway";
        out->table = "flyway_schema_history";
        out->applied = "select version from flyway_schema_history "
                       "where success and version is not null and type = 'SQL'";
        return read_flyway(r);
    }
    if (is_marked(r, goose_marks.up)) {
        out->tool = "goose";
        out->table = "goose_db_version";
        out->applied = "select version_id from (select distinct on (version_id) version_id, "
                       "is_applied from goose_db_version order by version_id, id desc) v "
                       "where is_applied and version_id > 0";
        return read_marked(r, &goose_marks);
    }
    if (is_marked(r, dbmate_marks.up)) {
        out->tool = "dbmate";
        out->table = "schema_migrations";
        out->applied = "select version from schema_migrations";
        return read_marked(r, &dbmate_marks);
    }
    quire_status status =
        qi_fail(r->err, QUIRE_REFUSED, "\"%s\" is of no tool that is known", r->path);
    qi_hint(r->err, "Read are the directories of drizzle-kit, Prisma, dbmate, Flyway, goose and "
                    "golang-migrate.");
    return status;
}

quire_status qi_import_read(const char *path, qi_arena *arena, qi_import *out, quire_error *err)
{
    qi_import found = { 0 };
    if (!qi_file_exists(path)) {
        qi_fail(err, QUIRE_IO, "there is no directory \"%s\"", path);
        qi_hint(err, "Name the directory of the other tool's migrations.");
        return QUIRE_IO;
    }
    reader r = { .path = path, .arena = arena, .out = &found, .err = err };
    quire_status status = qi_directory_list(path, "", arena, &r.names, &r.name_count, err);
    if (status != QUIRE_OK)
        return status;
    found.list = qi_arena_zero(arena, r.name_count + 1, sizeof *found.list);
    if (!found.list)
        return qi_fail_memory(err);
    status = read_known(&r);
    if (status != QUIRE_OK)
        return status;
    if (strcmp(found.tool, "drizzle-kit") != 0)
        qsort(found.list, found.count, sizeof *found.list, compare_numbers);
    *out = found;
    return QUIRE_OK;
}
