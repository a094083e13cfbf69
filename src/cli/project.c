#include "cli/cli.h"

qi_exit qi_project(qi_context *context, qi_conf *out)
{
    quire_error err = { 0 };
    if (qi_conf_load(context->directory, &context->arena, out, &err) != QUIRE_OK)
        return qi_report(context, &err);
    return QI_EXIT_OK;
}
