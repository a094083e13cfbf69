/*
 * each.h - commands that do the same for one provider or for all: each is reported by itself, and
 * the failure of one does not hide another.
 */
#ifndef QI_EACH_H
#define QI_EACH_H

#include "cli/cli.h"

struct json_t;

/* What a command is doing, for one provider. */
typedef struct qi_each {
    qi_context *context;
    quire_provider provider;
    const char *name;    /* of the provider */
    bool several;        /* it is one of several */
    struct json_t *json; /* its object in the document; NULL without --json */
    bool failed;         /* something could not be put into it */
} qi_each;

/*
 * The work for one provider: QI_EXIT_OK, QI_EXIT_DIFFERENT, or a failure in `err`, whose status
 * counts before what is returned.
 */
typedef qi_exit (*qi_each_work)(qi_each *each, void *state, quire_error *err);

/*
 * Runs the work for the providers of argument 0. With --json it prints
 * { "providers": [ { "provider": "local", ... }, ... ] }, an `error` in those that failed. Returns the first
 * failure's exit code, else QI_EXIT_DIFFERENT if there was one.
 */
qi_exit qi_each_provider(qi_context *context, const qi_args *args, qi_each_work work, void *state);

/* Puts a value, whose reference it takes over, into the provider's object. Without --json, nothing. */
void qi_each_put(qi_each *each, const char *key, struct json_t *value);

#endif
