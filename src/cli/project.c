#include "cli/cli.h"

#include "base/error.h"
#include "base/file.h"

qi_exit qi_project(qi_context *context, qi_conf *out)
{
    quire_error err = { 0 };
    if (qi_conf_load(context->directory, &context->arena, out, &err) != QUIRE_OK)
        return qi_report(context, &err);
    return QI_EXIT_OK;
}

qi_exit qi_project_needed(qi_context *context)
{
    qi_conf conf = { 0 };
    quire_error err = { 0 };
    qi_exit code = qi_project(context, &conf);
    if (code || conf.file || qi_file_exists(conf.schema) || qi_file_exists(conf.migrations) ||
        qi_file_exists(conf.queries) || qi_file_exists(conf.seed))
        return code;
    qi_fail(&err, QUIRE_CONFIG, "there is no project here: no quire.conf in %s or above it",
            conf.root);
    qi_hint(&err, "`quire init` makes one; -C DIR looks in another directory.");
    return qi_report(context, &err);
}
