#include "migrate/migration.h"

#include "base/conf.h"
#include "base/error.h"
#include "base/file.h"

#include <string.h>

const char *qi_path_for_person(const char *path, qi_arena *arena)
{
    const char *here = NULL;
    if (path[0] != '/' || qi_directory_absolute(NULL, arena, &here, NULL))
        return path;
    size_t length = strlen(here);
    if (strncmp(path, here, length) != 0 || path[length] != '/')
        return path;
    return path + length + 1;
}

quire_status qi_migrations_default(const char *project, quire_provider provider, qi_arena *arena,
                                   const char **path, quire_error *err)
{
    qi_conf conf;
    quire_status status = qi_conf_load(project, arena, &conf, err);
    if (status)
        return status;
    const char *name = quire_provider_name(provider);
    const char *joined = qi_path_join(arena, conf.migrations, name);
    if (!joined)
        return qi_fail_memory(err);
    *path = qi_path_for_person(joined, arena);
    return QUIRE_OK;
}
