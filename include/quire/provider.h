/*
 * quire/provider.h - Neon, Supabase or a local PostgreSQL, chosen by the environment.
 *
 * The first rule that matches decides:
 *   1. DB_PROVIDER is `neon`, `supabase` or `local` (anything else is an error);
 *   2. APP_ENV is `development` or `test`: local;
 *   3. the first URL that is set: NEON_DATABASE_URL, SUPABASE_DATABASE_URL, LOCAL_DATABASE_URL;
 *   4. local, on a private PostgreSQL that Quire starts itself (quire/server.h). With
 *      APP_ENV=production this is an error that names the variables to set.
 *
 * A file `.env`, found upwards from the working directory, fills in what the environment does not
 * set; a variable that is set but empty counts as not set. Nothing here writes to the environment.
 */
#ifndef QUIRE_PROVIDER_H
#define QUIRE_PROVIDER_H

#include <quire/error.h>
#include <quire/export.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct quire_db quire_db;

typedef enum quire_provider {
    QUIRE_AUTO = 0, /* let the environment choose */
    QUIRE_NEON = 1,
    QUIRE_SUPABASE = 2,
    QUIRE_LOCAL = 3
} quire_provider;

/* "neon", "supabase", "local"; "auto" for QUIRE_AUTO. Static text; never NULL. */
QUIRE_API const char *quire_provider_name(quire_provider provider);

/* The provider of that name, or QUIRE_AUTO when there is none. */
QUIRE_API quire_provider quire_provider_named(const char *name);

/* A variable that a provider reads. Both texts are static. */
typedef struct quire_variable {
    const char *name;    /* "NEON_DATABASE_URL" */
    const char *meaning; /* one line, for a person */
} quire_variable;

/* The variables that a provider reads, static; NULL and no count for QUIRE_AUTO. */
QUIRE_API const quire_variable *quire_provider_variables(quire_provider provider, size_t *count);

/* Where a variable's value came from. */
typedef enum quire_source {
    QUIRE_FROM_NOWHERE = 0,
    QUIRE_FROM_ENVIRONMENT = 1,
    QUIRE_FROM_DOTENV = 2,
    QUIRE_FROM_OPTIONS = 3
} quire_source;

/* Which provider is in force and why. Fixed size, nothing to free. */
typedef struct quire_choice {
    quire_provider provider;
    int rule;            /* 1 to 4 as above; 0: asked for by name */
    char reason[160];    /* for a person: "DB_PROVIDER=neon in .env" */
    char variable[64];   /* the variable of the URL in use; empty for the private server */
    quire_source source; /* of that variable */
    char url[1024];      /* the URL in use with its password masked; empty for the private server */
    char dotenv[256];    /* the .env file that was read; empty when there is none */
    char endpoint[256];  /* where statements go over HTTP; empty: nowhere */
} quire_choice;

/*
 * Tells which provider quire_open would take, without connecting and without starting anything.
 * `provider` QUIRE_AUTO applies the rules, another one is taken as asked for. `directory` as in
 * quire_options. Fails with QUIRE_CONFIG: unknown DB_PROVIDER, broken .env or quire.conf, a URL that
 * is missing or malformed (named by its variable).
 */
QUIRE_API QUIRE_MUST_USE quire_status quire_current_provider(const char *directory,
                                                             quire_provider provider,
                                                             quire_choice *out, quire_error *err);

/*
 * Checks everything that configures a provider, without connecting: .env, its URL and its direct URL,
 * TLS and the CA file, pooler, transport and endpoint, and that they do not contradict one another. For
 * local without a URL: quire.conf, and that the programs for a private server are installed. QUIRE_AUTO
 * checks the provider that the rules choose. `directory` as in quire_options.
 * QUIRE_CONFIG names the variable, and file and line when it comes from .env; QUIRE_IO.
 */
QUIRE_API QUIRE_MUST_USE quire_status quire_validate_provider(const char *directory,
                                                              quire_provider provider,
                                                              quire_error *err);

/* A live connection, examined. Fixed size, nothing to free. */
typedef struct quire_health {
    quire_provider provider;
    double round_trip_ms;    /* of an empty statement, or "select 1" over HTTP; best of three */
    char server_version[64]; /* "15.18 (Debian 15.18-0+deb12u1)" */
    char database[64];
    char user[64];
    char transport[8];    /* of statements: "tcp" (or a socket), "http" (SQL over HTTP) */
    char tls[64];         /* "TLSv1.3 TLS_AES_256_GCM_SHA384", empty without TLS */
    char pooler[16];      /* what answers in the server's place, see below */
    bool pooler_declared; /* the URL or its variable tells of a transaction pooler */
    bool read_only;       /* transactions are read only here */
    bool in_recovery;     /* a replica */
    bool receiving;       /* a replica that is connected to the server it follows */
    int replicas;         /* servers that follow this one now; -1: the role may not see them */
    int64_t lag_bytes;    /* see below; -1: cannot be told */
    double lag_s;         /* the same in seconds */
    int pool_size;        /* connections at most; with "http", both kinds together */
    int pool_open;        /* connections open now */
    int pool_busy;        /* of these, in use (the check's own not counted) */
    int pool_waiting;     /* threads that wait for one */
    int64_t migrations_applied; /* -1: no history table yet, -2: the role may not read it */
} quire_health;

/*
 * Examines a live connection of the pool or the transaction's own. Any failure of connecting; what
 * only the role may not see does not fail.
 *
 * pooler: "none": the server itself answers, the connection began with the process that serves it.
 * "transaction": transactions of one connection were served by different processes of the server, so
 * that named statements and session state do not last (docs/providers.md, Poolers). "between":
 * something else answers, a proxy, a pooler in session mode or one that was not seen sharing. Empty:
 * over HTTP, where there are no connections to share. Where something else answers, a second
 * connection of the pool may be opened for a moment to tell.
 *
 * lag: on a replica, what it has received and not replayed yet, and the age of the last transaction
 * that it has replayed while there is more; told only while it is receiving. On a primary, how much
 * its slowest replica has still to replay; told only with the rights of pg_monitor.
 */
QUIRE_API QUIRE_MUST_USE quire_status quire_health_check(quire_db *db, quire_health *out,
                                                         quire_error *err);

#ifdef __cplusplus
}
#endif

#endif
