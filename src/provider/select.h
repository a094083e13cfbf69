/* select.h - which provider is in force, by the rules of quire/provider.h. */
#ifndef QI_SELECT_H
#define QI_SELECT_H

#include "base/arena.h"
#include "base/dotenv.h"
#include "provider/provider.h"
#include "provider/url.h"

#include <quire/error.h>

#include <stdbool.h>

/* A provider with the URLs that go with it, checked. Lies in an arena. */
typedef struct qi_selection {
    const qi_profile *profile;
    quire_choice choice;
    bool has_url;     /* false: the private server */
    qi_url url;       /* with sslmode where the provider needs TLS */
    bool shared;      /* `url` is a transaction pooler's */
    bool has_session; /* `session` leads to sessions; else only `url` may */
    qi_url session;
    const char *session_variable; /* what messages call it */
    const char *endpoint;         /* where statements go over HTTP; NULL: nowhere */
    const char *endpoint_url;     /* the connection string that goes with them, with its password */
} qi_selection;

/* `url` as in quire_options. Connects nowhere and starts nothing. */
quire_status qi_select(const qi_environment *env, quire_provider provider, const char *url,
                       qi_arena *arena, qi_selection *out, quire_error *err);

#endif
