#include "codegen/codegen.h"
#include "base/error.h"
#include "base/file.h"
#include "catalog/catalog.h"
#include "catalog/load.h"
#include "codegen/build.h"
#include "codegen/emit.h"
#include "codegen/output.h"
#include "syntax/sql.h"

#include <quire/server.h>

#include <inttypes.h>
#include <string.h>

#define SOURCE_LIMIT (16u * 1024u * 1024u)

/* What one run works on. */
typedef struct job {
    const qi_conf *conf;
    qi_arena *arena;
    const char *schema; /* as messages call it */
    const char *schema_text;
    size_t schema_length;
    qi_query_file *files;
    size_t file_count;
} job;

/* A path as messages and comments call it: relative to the project's directory. */
static const char *shown(const qi_conf *conf, const char *path)
{
    size_t length = strlen(conf->root);
    if (strncmp(path, conf->root, length) == 0 && path[length] == '/')
        return path + length + 1;
    return path;
}

static quire_status read_file(job *j, const char *path, const char **text, size_t *length,
                              quire_error *err)
{
    char *read;
    quire_status status = qi_file_read(path, SOURCE_LIMIT, j->arena, &read, length, err);
    if (status == QUIRE_OK)
        *text = read;
    else if (err && err->file[0])
        qi_locate(err, shown(j->conf, path), err->line, err->line_column);
    return status;
}

static quire_status read_queries(job *j, quire_error *err)
{
    const char *const *names;
    quire_status status =
        qi_directory_list(j->conf->queries, ".sql", j->arena, &names, &j->file_count, err);
    if (status != QUIRE_OK)
        return status;
    j->files = qi_arena_zero(j->arena, j->file_count, sizeof(*j->files));
    if (!j->files)
        return qi_fail_memory(err);
    for (size_t i = 0; i < j->file_count && status == QUIRE_OK; i++) {
        const char *path = qi_path_join(j->arena, j->conf->queries, names[i]);
        const char *text;
        size_t length;
        if (!path)
            return qi_fail_memory(err);
        status = read_file(j, path, &text, &length, err);
        if (status == QUIRE_OK)
            status = qi_query_file_parse(shown(j->conf, path), text, length, j->arena, &j->files[i],
                                         err);
    }
    return status;
}

/* ---- provenance ------------------------------------------------------------------------------ */

static void hash_bytes(void *context, const char *bytes, size_t length)
{
    uint64_t *hash = context;
    for (size_t i = 0; i < length; i++)
        *hash = (*hash ^ (unsigned char)bytes[i]) * UINT64_C(1099511628211);
}

static void hash_text(uint64_t *hash, const char *text)
{
    if (text)
        hash_bytes(hash, text, strlen(text));
    hash_bytes(hash, "", 1);
}

/* FNV-1a over everything that decides the output; white space and comments do not count. */
static const char *provenance(const job *j)
{
    const qi_conf *conf = j->conf;
    uint64_t hash = UINT64_C(14695981039346656037);
    hash_text(&hash, conf->prefix);
    hash_text(&hash, conf->deleted_at);
    hash_text(&hash, conf->updated_at);
    for (size_t i = 0; i < conf->singular_count; i++) {
        hash_text(&hash, conf->singular[i].key);
        hash_text(&hash, conf->singular[i].value);
    }
    for (size_t i = 0; i < conf->skip_count; i++)
        hash_text(&hash, conf->skip[i].key);
    qi_sql_normalise(j->schema_text, j->schema_length, hash_bytes, &hash);
    for (size_t i = 0; i < j->file_count; i++) {
        hash_text(&hash, j->files[i].path);
        qi_sql_normalise(j->files[i].text, j->files[i].length, hash_bytes, &hash);
    }
    return qi_arena_printf(j->arena, "%016" PRIx64, hash);
}

/* ---- the steps ------------------------------------------------------------------------------- */

static quire_status emit(job *j, const qi_gen_model *model, qi_codegen *out, quire_error *err)
{
    void (*const emitters[])(const qi_gen_model *, qi_buffer *) = { qi_gen_emit_header,
                                                                    qi_gen_emit_source };
    const char *const endings[] = { "h", "c" };
    quire_status status = QUIRE_OK;
    for (size_t i = 0; i < 2 && status == QUIRE_OK; i++) {
        qi_codegen_file *file = &out->files[i];
        qi_buffer text;
        qi_buffer_init(&text, QI_GEN_FILE_LIMIT);
        emitters[i](model, &text);
        const char *name = qi_arena_printf(j->arena, "%s.%s", model->prefix, endings[i]);
        file->path = name ? qi_path_join(j->arena, j->conf->generated, name) : NULL;
        file->text = text.failed ? NULL : qi_arena_text_n(j->arena, text.data, text.length);
        file->length = text.length;
        qi_buffer_free(&text);
        if (!file->path || !file->text)
            return qi_fail_memory(err);
        file->name = shown(j->conf, file->path);
        status = qi_codegen_compare(file, j->arena, err);
    }
    return status;
}

static quire_status take_warnings(job *j, const qi_gen_warning *first, qi_codegen *out,
                                  quire_error *err)
{
    size_t count = 0;
    for (const qi_gen_warning *w = first; w; w = w->next)
        count++;
    const char **texts = qi_arena_zero(j->arena, count, sizeof *texts);
    if (!texts)
        return qi_fail_memory(err);
    out->warnings = texts;
    for (const qi_gen_warning *w = first; w; w = w->next)
        texts[out->warning_count++] = w->text;
    return QUIRE_OK;
}

static quire_status build(job *j, quire_db *db, qi_codegen *out, quire_error *err)
{
    qi_catalog catalog = { 0 };
    qi_gen_model model = { 0 };
    const qi_gen_warning *warnings = NULL;
    quire_status status = qi_sql_run(db, j->schema_text, j->schema, err);
    if (status == QUIRE_OK)
        status = qi_catalog_read(db, j->arena, &catalog, err);
    if (status != QUIRE_OK)
        return status;
    qi_gen_input input = { .conf = j->conf,
                           .schema = j->schema,
                           .catalog = &catalog,
                           .db = db,
                           .files = j->files,
                           .file_count = j->file_count,
                           .hash = provenance(j) };
    if (!input.hash)
        return qi_fail_memory(err);
    status = qi_gen_build(&input, j->arena, &model, &warnings, err);
    if (status == QUIRE_OK)
        status = take_warnings(j, warnings, out, err);
    if (status != QUIRE_OK)
        return status;
    out->tables = model.row_count;
    out->enums = model.enum_count;
    out->repositories = model.repo_count;
    for (size_t i = 0; i < model.repo_count; i++)
        out->functions += model.repos[i].function_count;
    return emit(j, &model, out, err);
}

static quire_status in_scratch(job *j, qi_codegen *out, quire_error *err)
{
    quire_error own = { 0 };
    quire_db *db = NULL;
    quire_scratch *scratch = quire_scratch_open(j->conf->root, &own);
    if (scratch) {
        /* One connection, so that a SET in the schema lasts. */
        const quire_options options = { .provider = QUIRE_LOCAL,
                                        .url = quire_scratch_url(scratch),
                                        .directory = j->conf->root,
                                        .application = "quire codegen",
                                        .pool_size = 1 };
        db = quire_open(&options, &own);
    }
    quire_status status = db ? build(j, db, out, &own) : own.status;
    quire_close(db);
    quire_scratch_close(scratch);
    if (status != QUIRE_OK && err)
        *err = own;
    return status;
}

quire_status qi_codegen_make(const qi_conf *conf, qi_arena *arena, qi_codegen *out,
                             quire_error *err)
{
    job j = { .conf = conf, .arena = arena, .schema = shown(conf, conf->schema) };
    *out = (qi_codegen){ .tables = 0 };
    quire_status status = read_file(&j, conf->schema, &j.schema_text, &j.schema_length, err);
    if (status == QUIRE_OK)
        status = read_queries(&j, err);
    return status == QUIRE_OK ? in_scratch(&j, out, err) : status;
}
