#include "base/conf.h"

#include "base/conf_check.h"
#include "base/error.h"
#include "base/file.h"

#include <ini.h>

#include <stdint.h>
#include <string.h>

#define LARGEST_CONF (256u * 1024u)

/* The keys of the sections whose keys are known; the others are tables of pairs. */
static const struct known_key {
    const char *section;
    const char *key;
    size_t
        offset; /* of a const char * in qi_conf; of a qi_switch where the check is that of yes and no */
    bool may_be_empty;
    qi_conf_check *check; /* NULL: any text */
} known_keys[] = {
    { "project", "name", offsetof(qi_conf, name), false, qi_conf_check_name },
    { "project", "prefix", offsetof(qi_conf, prefix), false, qi_conf_check_prefix },
    { "paths", "schema", offsetof(qi_conf, schema), false, NULL },
    { "paths", "queries", offsetof(qi_conf, queries), false, NULL },
    { "paths", "migrations", offsetof(qi_conf, migrations), false, NULL },
    { "paths", "seed", offsetof(qi_conf, seed), false, NULL },
    { "paths", "generated", offsetof(qi_conf, generated), false, NULL },
    { "schema", "privileges", offsetof(qi_conf, privileges), false, qi_conf_check_switch },
    { "columns", "deleted_at", offsetof(qi_conf, deleted_at), true, NULL },
    { "columns", "updated_at", offsetof(qi_conf, updated_at), true, NULL },
};
#define KNOWN_KEYS (sizeof known_keys / sizeof *known_keys)

static const char *const sections[] = {
    "project", "paths", "schema", "columns", "singular", "skip"
};
#define SECTIONS (sizeof sections / sizeof *sections)

/*
 * inih hands out sections, keys and values but neither line numbers nor empty sections (they are
 * options of its build), so its input goes through read_line below, which counts and checks them.
 */
typedef struct reader {
    const char *at; /* the next line of the text */
    int line;       /* the line that was handed out last, from 1 */
    qi_conf *conf;
    const char *path;
    qi_arena *arena;
    qi_conf_pair *pairs; /* [singular] from the front, [skip] from the back */
    size_t pair_room;
    int seen[KNOWN_KEYS]; /* line of the key, 0: not yet */
    quire_status status;
    quire_error *err;
} reader;

static void reader_fail(reader *r, const char *message, const char *name)
{
    if (r->status != QUIRE_OK)
        return;
    r->status = qi_fail(r->err, QUIRE_CONFIG, message, name);
    qi_locate(r->err, r->path, r->line, 0);
}

static bool is_known_section(const char *name, size_t length)
{
    for (size_t i = 0; i < SECTIONS; i++) {
        if (strlen(sections[i]) == length && memcmp(sections[i], name, length) == 0)
            return true;
    }
    return false;
}

static void check_section(reader *r, const char *line, size_t length)
{
    const char *end = memchr(line, ']', length);
    if (!end) {
        reader_fail(r, "missing ] behind the section's name%s", "");
        return;
    }
    size_t name = (size_t)(end - line) - 1;
    if (!is_known_section(line + 1, name)) {
        char text[64];
        qi_copy_text(text, name < sizeof text ? name + 1 : sizeof text, line + 1);
        reader_fail(r, "unknown section [%s]", text);
        qi_hint(r->err, "The sections are [project], [paths], [schema], [columns], [singular] and "
                        "[skip].");
        return;
    }
    size_t rest = (size_t)(end - line) + 1;
    while (rest < length && strchr(" \t\r", line[rest]))
        rest++;
    if (rest < length && line[rest] != ';' && line[rest] != '#')
        reader_fail(r, "unexpected text behind the section's name%s", "");
}

/* An ini_reader: fgets from memory. Leading blanks go, since inih would join such a line to the last. */
static char *read_line(char *out, int size, void *stream)
{
    reader *r = stream;
    if (r->status != QUIRE_OK || !*r->at)
        return NULL;
    const char *line = r->at;
    size_t length = strcspn(line, "\n");
    r->at += length + (line[length] == '\n');
    r->line++;
    while (length && strchr(" \t\r\v\f", *line)) {
        line++;
        length--;
    }
    if (*line == ';' || *line == '#')
        length = 0;
    if (length >= (size_t)size) {
        reader_fail(r, "line is too long%s", "");
        return NULL;
    }
    if (*line == '[' && length)
        check_section(r, line, length);
    memcpy(out, line, length);
    out[length] = '\0';
    return r->status == QUIRE_OK ? out : NULL;
}

static const struct known_key *find_key(const char *section, const char *key)
{
    for (size_t i = 0; i < KNOWN_KEYS; i++) {
        if (strcmp(known_keys[i].section, section) == 0 && strcmp(known_keys[i].key, key) == 0)
            return &known_keys[i];
    }
    return NULL;
}

static void set_key(reader *r, const struct known_key *known, const char *value)
{
    int *seen = &r->seen[known - known_keys];
    void *place = (char *)r->conf + known->offset;
    const char **field = place;
    if (*seen) {
        reader_fail(r, "key \"%s\" is set twice", known->key);
        qi_detail(r->err, "It is set on line %d already.", *seen);
        return;
    }
    *seen = r->line;
    const char *wrong = known->check && *value ? known->check(value) : NULL;
    if (!*value && !known->may_be_empty) {
        reader_fail(r, "key \"%s\" has no value", known->key);
    } else if (wrong) {
        reader_fail(r, "value of \"%s\" cannot be used", known->key);
        qi_detail(r->err, "%s", wrong);
    } else if (known->check == qi_conf_check_switch) {
        *(qi_switch *)place = strcmp(value, "yes") == 0 ? QI_SWITCH_YES : QI_SWITCH_NO;
    } else {
        *field = *value ? qi_arena_text(r->arena, value) : NULL;
        if (*value && !*field)
            r->status = qi_fail_memory(r->err);
    }
}

static const qi_conf_pair *find_pair(const qi_conf_pair *pairs, size_t count, const char *key)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(pairs[i].key, key) == 0)
            return &pairs[i];
    }
    return NULL;
}

static void set_pair(reader *r, bool skip, const char *key, const char *value)
{
    qi_conf *conf = r->conf;
    const qi_conf_pair *old = skip ? find_pair(conf->skip, conf->skip_count, key)
                                   : find_pair(conf->singular, conf->singular_count, key);
    const char *wrong = skip ? qi_conf_check_skip(key, value) : qi_conf_check_singular(key, value);
    if (old) {
        reader_fail(r, "key \"%s\" is set twice", key);
        qi_detail(r->err, "It is set on line %d already.", old->line);
        return;
    }
    if (wrong) {
        reader_fail(r, *value ? "setting of \"%s\" cannot be used" : "key \"%s\" has no value",
                    key);
        qi_detail(r->err, "%s", wrong);
        return;
    }
    qi_conf_pair pair = { qi_arena_text(r->arena, key), qi_arena_text(r->arena, value), r->line };
    if (!pair.key || !pair.value) {
        r->status = qi_fail_memory(r->err);
        return;
    }
    if (skip) {
        conf->skip = &r->pairs[r->pair_room - ++conf->skip_count];
        r->pairs[r->pair_room - conf->skip_count] = pair;
    } else {
        r->pairs[conf->singular_count++] = pair;
        conf->singular = r->pairs;
    }
}

/* An ini_handler: 1 means go on. */
static int take_setting(void *user, const char *section, const char *key, const char *value)
{
    reader *r = user;
    if (r->status != QUIRE_OK)
        return 0;
    if (!key || !value) /* builds of inih with other options tell sections and bare keys so */
        return key == NULL;
    const struct known_key *known = find_key(section, key);
    if (!*section)
        reader_fail(r, "key \"%s\" stands before the first section", key);
    else if (!*key)
        reader_fail(r, "a key is missing before the =%s", "");
    else if (strcmp(section, "singular") == 0)
        set_pair(r, false, key, value);
    else if (strcmp(section, "skip") == 0)
        set_pair(r, true, key, value);
    else if (known)
        set_key(r, known, value);
    else
        reader_fail(r, "unknown key \"%s\"", key);
    return r->status == QUIRE_OK;
}

/* Paths become absolute; what was not set gets its default. */
static quire_status complete(qi_conf *conf, int name_line, qi_arena *arena, quire_error *err)
{
    if (!conf->prefix) {
        const char *wrong = qi_conf_check_prefix(conf->name);
        if (wrong) {
            quire_status status =
                qi_fail(err, QUIRE_CONFIG, "prefix is not set, and the name cannot stand for it");
            qi_detail(err, "%s", wrong);
            qi_hint(err, "Set prefix = ... in [project].");
            qi_locate(err, conf->file, name_line, 0);
            return status;
        }
        conf->prefix = conf->name;
    }
    const char **paths[] = { &conf->schema, &conf->queries, &conf->migrations, &conf->seed,
                             &conf->generated };
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        *paths[i] = qi_path_join(arena, conf->root, *paths[i]);
        if (!*paths[i])
            return qi_fail_memory(err);
    }
    return QUIRE_OK;
}

quire_status qi_conf_parse(const char *text, const char *path, const char *root, qi_arena *arena,
                           qi_conf *out, quire_error *err)
{
    qi_conf conf = {
        .file = path,
        .root = root,
        .name = "app",
        .schema = "db/schema.sql",
        .queries = "db/queries",
        .migrations = "db/migrations",
        .seed = "db/seed.sql",
        .generated = "src",
        .deleted_at = "deleted_at",
        .updated_at = "updated_at",
    };
    if (strncmp(text, "\xEF\xBB\xBF", 3) == 0)
        text += 3;
    reader r = { .at = text, .conf = &conf, .path = path, .arena = arena, .err = err };
    for (const char *at = text; *at; at++)
        r.pair_room += *at == '=' || *at == ':';
    r.pairs = qi_arena_zero(arena, r.pair_room, sizeof *r.pairs);
    if (!r.pairs)
        return qi_fail_memory(err);

    int bad_line = ini_parse_stream(read_line, &r, take_setting, &r);
    if (bad_line < 0)
        return qi_fail_memory(err);
    /* inih goes on behind a line that it cannot read, so that one may be the first of two errors. */
    if (bad_line > 0 && (r.status == QUIRE_OK || bad_line < r.line)) {
        r.status = QUIRE_OK;
        r.line = bad_line;
        reader_fail(&r, "line is neither a [section] nor key = value%s", "");
    }
    if (r.status != QUIRE_OK)
        return r.status;
    quire_status status = complete(&conf, r.seen[0], arena, err);
    if (status == QUIRE_OK)
        *out = conf;
    return status;
}

quire_status qi_conf_load(const char *directory, qi_arena *arena, qi_conf *out, quire_error *err)
{
    const char *root = NULL;
    quire_status status = qi_file_find_upwards(directory, "quire.conf", arena, &root, err);
    if (status != QUIRE_OK)
        return status;
    if (!root) {
        status = qi_directory_absolute(directory, arena, &root, err);
        return status == QUIRE_OK ? qi_conf_parse("", NULL, root, arena, out, err) : status;
    }
    const char *path = qi_path_join(arena, root, "quire.conf");
    if (!path)
        return qi_fail_memory(err);
    char *text = NULL;
    status = qi_file_read(path, LARGEST_CONF, arena, &text, NULL, err);
    if (status != QUIRE_OK)
        return status;
    return qi_conf_parse(text, path, root, arena, out, err);
}
