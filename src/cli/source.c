#include "cli/source.h"

#include "base/error.h"
#include "base/file.h"
#include "migrate/migration.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* "postgresql://host:port/database": without the user, the password and the parameters. */
static const char *url_for_person(qi_arena *arena, const char *url)
{
    size_t scheme = (size_t)(strstr(url, "://") - url) + 3;
    size_t length = strcspn(url, "?#");
    const char *host = url + scheme;
    for (const char *at = host; at < url + length && *at != '/'; at++) {
        if (*at == '@')
            host = at + 1;
    }
    return qi_arena_printf(arena, "%.*s%.*s", (int)scheme, url, (int)(url + length - host), host);
}

static quire_status find_path(qi_context *context, const char *word, qi_source *out,
                              quire_error *err)
{
    struct stat info;
    if (stat(word, &info) != 0) {
        quire_status status = qi_fail(err, QUIRE_IO, "there is no file or directory \"%s\"", word);
        qi_hint(err, "A schema is a SQL file, a directory of them, a directory of migrations, the "
                     "URL of a database, or neon, supabase, local: the provider's database.");
        return status;
    }
    const char *sum = qi_path_join(&context->arena, word, QI_SUM_FILE);
    if (!sum)
        return qi_fail_memory(err);
    out->kind = !S_ISDIR(info.st_mode) ? QI_SOURCE_SCHEMA
                : qi_file_exists(sum)  ? QI_SOURCE_MIGRATIONS
                                       : QI_SOURCE_DIRECTORY;
    out->shown = word;
    out->path = word;
    return QUIRE_OK;
}

quire_status qi_source_find(qi_context *context, const char *word, qi_source *out, quire_error *err)
{
    *out = (qi_source){ .shown = word,
                        .on_statement = qi_statement_log(context),
                        .provider = quire_provider_named(word) };
    out->platform = out->provider;
    if (out->provider != QUIRE_AUTO) {
        out->kind = QI_SOURCE_DATABASE;
        return QUIRE_OK;
    }
    if (strcmp(word, "empty") == 0) {
        out->kind = QI_SOURCE_NOTHING;
        return QUIRE_OK;
    }
    if (!strstr(word, "://"))
        return find_path(context, word, out, err);
    out->kind = QI_SOURCE_DATABASE;
    out->url = word;
    out->shown = url_for_person(&context->arena, word);
    return out->shown ? QUIRE_OK : qi_fail_memory(err);
}

qi_source qi_source_of_schema(qi_context *context, const qi_conf *conf, quire_provider provider)
{
    const char *path = qi_path_for_person(conf->schema, &context->arena);
    return (qi_source){ .kind = QI_SOURCE_SCHEMA,
                        .shown = path,
                        .path = path,
                        .provider = provider,
                        .platform = provider };
}

quire_status qi_source_of_migrations(qi_context *context, quire_provider provider, qi_source *out,
                                     quire_error *err)
{
    *out = (qi_source){ .kind = QI_SOURCE_MIGRATIONS, .provider = provider, .platform = provider };
    quire_status status =
        qi_migrations_default(context->directory, provider, &context->arena, &out->path, err);
    out->shown = out->path;
    return status;
}

quire_status qi_source_ground(qi_context *context, const qi_conf *conf, const char **directory,
                              quire_error *err)
{
    qi_arena *arena = &context->arena;
    const char *cache = getenv("XDG_CACHE_HOME");
    const char *home = getenv("HOME");
    *directory = conf->root;
    if (conf->file || getenv("QUIRE_SCRATCH_URL"))
        return QUIRE_OK;
    if (cache && cache[0] == '/')
        *directory = qi_path_join(arena, cache, "quire");
    else if (home && home[0] == '/')
        *directory = qi_path_join(arena, home, ".cache/quire");
    return *directory ? qi_directory_make(*directory, err) : qi_fail_memory(err);
}
