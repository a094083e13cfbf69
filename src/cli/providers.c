#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

/* Providers are numbered from 1 without a gap. */
static bool exists(int number)
{
    return number <= QI_PROVIDERS_MOST &&
           quire_provider_named(quire_provider_name((quire_provider)number)) != QUIRE_AUTO;
}

static void print_statement(void *context, const quire_statement_event *event)
{
    (void)context;
    quire_statement_print(event, stderr);
}

quire_on_statement *qi_statement_log(const qi_context *context)
{
    return context->debug ? print_statement : NULL;
}

quire_db *qi_open(const qi_context *context, quire_provider provider, quire_error *err)
{
    return quire_open(&(quire_options){ .provider = provider,
                                        .directory = context->directory,
                                        .on_statement = qi_statement_log(context) },
                      err);
}

void qi_provider_names(char *text, size_t size, const char *glue)
{
    size_t length = 0;
    text[0] = '\0';
    for (int each = 1; exists(each) && length < size; each++) {
        int more = snprintf(text + length, size - length, "%s%s", each == 1 ? "" : glue,
                            quire_provider_name((quire_provider)each));
        length += more > 0 ? (size_t)more : 0;
    }
}

static qi_exit ask_environment(qi_context *context, quire_provider providers[QI_PROVIDERS_MOST],
                               size_t *count)
{
    quire_error err = { 0 };
    quire_choice choice;
    if (quire_current_provider(context->directory, QUIRE_AUTO, &choice, &err) != QUIRE_OK)
        return qi_report(context, &err);
    providers[0] = choice.provider;
    *count = 1;
    return QI_EXIT_OK;
}

qi_exit qi_providers(qi_context *context, const qi_args *args, size_t index,
                     quire_provider providers[QI_PROVIDERS_MOST], size_t *count)
{
    char names[128] = "";
    const char *word = qi_args_at(args, index);
    *count = 0;
    if (!word)
        return ask_environment(context, providers, count);
    if (strcmp(word, "all") == 0) {
        for (int each = 1; exists(each); each++)
            providers[(*count)++] = (quire_provider)each;
        return QI_EXIT_OK;
    }
    providers[0] = quire_provider_named(word);
    if (providers[0] == QUIRE_AUTO) {
        qi_provider_names(names, sizeof names, ", ");
        return qi_usage(context, args, "\"%s\" is not a provider: %s or all", word, names);
    }
    *count = 1;
    return QI_EXIT_OK;
}
