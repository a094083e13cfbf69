/*
 * provider.h - which database a program talks to, and what is particular about its provider.
 *
 * A provider is one const qi_profile in a file of its own (neon.c, supabase.c, local.c) and one row
 * of profile_rows.h. Nothing else knows a provider by name; tests/providers/fourth adds one.
 */
#ifndef QI_PROVIDER_H
#define QI_PROVIDER_H

#include "base/arena.h"

#include <quire/db.h>
#include <quire/error.h>
#include <quire/provider.h>

#include <stdbool.h>
#include <stddef.h>

struct qi_url; /* provider/url.h */

typedef struct qi_profile {
    quire_provider provider;
    const char *name;            /* as DB_PROVIDER spells it */
    const char *title;           /* as its makers spell it, for messages */
    const char *url_variable;    /* of the URL that programs use */
    const char *direct_variable; /* of a URL whose connections are sessions; NULL: there is none */
    const char *pooler_variable; /* says `transaction` or `session` where the URL cannot tell */
    const char *ca_variable;     /* of a file with certificates to verify the server by */
    const char *transport_variable; /* http or tcp, where statements can go over HTTP; else NULL */
    const char *endpoint_variable;  /* of the URL that they go to; unset: api. instead of the host's
                                       first label */
    const quire_variable *variables; /* all that it reads, for help; ends with one without a name */
    const char *const
        *hosts;              /* ends of host names that are only this provider's; NULL at the end */
    int pool_size;           /* connections at most, unless the options say otherwise */
    bool needs_tls;          /* sslmode=require at least, except on this very machine */
    bool has_private_server; /* without a URL, a private PostgreSQL is started */
    bool needs_host_name;    /* databases are told apart by it: an IP address leads nowhere */
    bool pooler_keeps_names; /* named statements work behind its transaction pooler too */

    /* Whether a URL is that of a pooler that shares connections between transactions. NULL: none is. */
    bool (*is_shared)(const struct qi_url *url);

    /*
     * Turns a URL whose connections are shared between transactions (a pooler's) into one whose
     * connections are sessions, and leaves others alone. False when out of memory. NULL: all are.
     */
    bool (*make_session)(struct qi_url *url, qi_arena *arena);

    /*
     * Whether what a refused connection said is over in a moment, beyond what any PostgreSQL says.
     * NULL: nothing is. To be asked by qi_may_retry.
     */
    bool (*may_retry)(const char *message);
} qi_profile;

/*
 * Whether it is worth connecting again after a refusal with this message; nothing had been sent, so
 * nothing is done twice. `was_there`: the server has been reached before, so one that does not
 * listen is being restarted rather than misspelt.
 */
bool qi_may_retry(const qi_profile *profile, const char *message, bool was_there);

/* The profile of a provider; NULL for QUIRE_AUTO and for numbers that are none. */
const qi_profile *qi_profile_of(quire_provider provider);

/* All profiles, in the order in which their URLs are looked for. */
extern const qi_profile *const qi_profiles[];
extern const size_t qi_profile_count;

/* Where to connect, and how. Everything lies in the arena that was given to qi_resolve. */
typedef struct qi_connection_target {
    const qi_profile *profile;
    quire_choice choice; /* the same that quire_current_provider tells; holds no password */

    /*
     * For PQconnectdbParams: pass it as `dbname` with expand_dbname, and what the URL may overrule
     * before it, what must hold after it. Holds the password: never print it. sslmode is in it where
     * the provider needs TLS.
     */
    const char *url;
    /*
     * The same for what needs a session (migrations, locks, LISTEN); `url` itself where that is one.
     * NULL: `url` is a transaction pooler's, and nothing tells the way around it.
     */
    const char *session_url;
    const char *session_variable; /* what messages call it */

    /* SQL over HTTP for statements that need no session; all NULL: there is none. */
    const char *endpoint;
    const char *endpoint_url;     /* the connection string for it, holds the password */
    const char *endpoint_ca_file; /* NULL: the system's certificates */

    bool shared;           /* `url` is a transaction pooler's, as its form or its variable tells */
    bool named_statements; /* false: behind a pooler that shares connections, unnamed only */
    bool private_server;   /* on the project's private PostgreSQL, running now */
    int pool_size;         /* from the options, else the profile's */
} qi_connection_target;

/*
 * Applies the rules of quire/provider.h to the options (NULL: all default), and starts the private
 * server when it comes to that. QUIRE_CONFIG, QUIRE_IO, QUIRE_TIMEOUT, QUIRE_MEMORY; QUIRE_INVALID for
 * options out of range.
 */
quire_status qi_resolve(const quire_options *options, qi_arena *arena, qi_connection_target *out,
                        quire_error *err);

#endif
