#include "cli/each.h"

#include "base/error.h"

#include <jansson.h>

void qi_each_put(qi_each *each, const char *key, json_t *value)
{
    if (!each->json)
        json_decref(value);
    else if (json_object_set_new(each->json, key, value) != 0)
        each->failed = true;
}

static qi_exit run_one(qi_each *each, qi_each_work work, void *state)
{
    quire_error err = { 0 };
    qi_exit code = work(each, state, &err);
    if (!err.status && each->failed)
        qi_fail_memory(&err);
    if (!err.status)
        return code;
    qi_each_put(each, "error", each->json ? qi_error_json(&err) : NULL);
    if (each->several)
        qi_note(each->context, "%s:", each->name);
    return qi_report(each->context, &err);
}

qi_exit qi_each_provider(qi_context *context, const qi_args *args, qi_each_work work, void *state)
{
    quire_provider providers[QI_PROVIDERS_MOST] = { QUIRE_AUTO };
    size_t count = 0;
    qi_exit code = qi_providers(context, args, 0, providers, &count);
    if (code)
        return code;
    json_t *list = context->json ? json_array() : NULL;
    bool whole = true;
    for (size_t i = 0; i < count; i++) {
        qi_each each = { .context = context,
                         .provider = providers[i],
                         .name = quire_provider_name(providers[i]),
                         .several = count > 1 };
        each.json = context->json ? json_pack("{s:s}", "provider", each.name) : NULL;
        /* Failures are a part of the one document. */
        context->answered = true;
        qi_exit one = run_one(&each, work, state);
        if (one && (code == QI_EXIT_OK || code == QI_EXIT_DIFFERENT))
            code = one;
        if (context->json)
            whole = json_array_append_new(list, each.json) == 0 && whole;
    }
    context->answered = false;
    if (!context->json)
        return code;
    if (!whole) {
        json_decref(list);
        list = NULL;
    }
    qi_exit printed = qi_print_json(context, list ? json_pack("{s:o}", "providers", list) : NULL);
    return printed ? printed : code;
}
