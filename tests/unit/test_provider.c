/* Which provider is in force: every rule, every way of getting it wrong, and the URLs. */
#define _XOPEN_SOURCE 700

#include "support/test.h"

#include "provider/profiles.h"
#include "provider/url.h"

#include <quire/provider.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SECRET "s3cret"
#define NEON "postgresql://ann:" SECRET "@ep-a-1.eu-west-2.aws.neon.tech/shop"
#define NEON_SHOWN "postgresql://ann:***@ep-a-1.eu-west-2.aws.neon.tech/shop?sslmode=require"
#define SUPABASE "postgres://postgres.ref:" SECRET "@aws-0-eu.pooler.supabase.com:6543/postgres"
#define LOCAL "postgresql://ann:" SECRET "@localhost/shop"

static const char *const variables[] = {
    "DB_PROVIDER",        "APP_ENV",          "NEON_DATABASE_URL",   "SUPABASE_DATABASE_URL",
    "LOCAL_DATABASE_URL", "NEON_DIRECT_URL",  "DATABASE_URL",        "SUPABASE_DIRECT_URL",
    "QUIRE_PG_BIN",       "LOCAL_DIRECT_URL", "LOCAL_POOLER",        "SUPABASE_POOLER",
    "SUPABASE_CA_FILE",   "NEON_TRANSPORT",   "NEON_FETCH_ENDPOINT",
};
#define VARIABLES (sizeof variables / sizeof *variables)

static char directory[64];

static void write_file(const char *name, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(0, fclose(file));
}

static int setup(void **state)
{
    (void)state;
    for (size_t i = 0; i < VARIABLES; i++)
        unsetenv(variables[i]);
    snprintf(directory, sizeof directory, "/tmp/quire-test-XXXXXX");
    return mkdtemp(directory) ? 0 : -1;
}

static int teardown(void **state)
{
    static const char *const names[] = { ".env", "quire.conf" };
    char path[128];
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "%s/%s", directory, names[i]);
        unlink(path);
    }
    return rmdir(directory);
}

static void assert_no_secret(const quire_error *err)
{
    const char *const texts[] = { err->message, err->detail, err->hint, err->file };
    for (size_t i = 0; i < 4; i++)
        assert_null(strstr(texts[i], SECRET));
}

/* Choosing ------------------------------------------------------------------------------------ */

typedef struct choice_case {
    const char *env[5]; /* NAME=value */
    const char *dotenv;
    quire_provider asked;
    quire_provider provider;
    int rule;
    const char *reason;
    const char *variable;
    quire_source source;
    const char *url;
} choice_case;

static const choice_case choices[] = {
    /* rule 4 */
    { .provider = QUIRE_LOCAL, .rule = 4, .reason = "no URL is set" },
    { .env = { "APP_ENV=staging" }, .provider = QUIRE_LOCAL, .rule = 4, .reason = "no URL is set" },
    /* an empty variable counts as not set */
    { .env = { "DB_PROVIDER=", "APP_ENV=", "NEON_DATABASE_URL=" },
      .provider = QUIRE_LOCAL,
      .rule = 4,
      .reason = "no URL is set" },
    { .env = { "DATABASE_URL=" LOCAL },
      .provider = QUIRE_LOCAL,
      .rule = 4,
      .reason = "no URL is set (DATABASE_URL is not read)" },
    { .dotenv = "QUIRE_SCRATCH_URL=" LOCAL "\nSHOP_URL=https://shop.example\nLOCAL_URL=" LOCAL "\n",
      .provider = QUIRE_LOCAL,
      .rule = 4,
      .reason = "no URL is set (LOCAL_URL is not read)" },
    /* rule 3, in order */
    { .env = { "NEON_DATABASE_URL=" NEON, "SUPABASE_DATABASE_URL=" SUPABASE,
               "LOCAL_DATABASE_URL=" LOCAL },
      .provider = QUIRE_NEON,
      .rule = 3,
      .reason = "NEON_DATABASE_URL is set in the environment",
      .variable = "NEON_DATABASE_URL",
      .source = QUIRE_FROM_ENVIRONMENT,
      .url = NEON_SHOWN },
    { .env = { "SUPABASE_DATABASE_URL=" SUPABASE, "LOCAL_DATABASE_URL=" LOCAL },
      .provider = QUIRE_SUPABASE,
      .rule = 3,
      .reason = "SUPABASE_DATABASE_URL is set in the environment",
      .variable = "SUPABASE_DATABASE_URL",
      .source = QUIRE_FROM_ENVIRONMENT,
      .url = "postgresql://postgres.ref:***@aws-0-eu.pooler.supabase.com:6543/"
             "postgres?sslmode=require" },
    { .dotenv = "LOCAL_DATABASE_URL=" LOCAL "\n",
      .provider = QUIRE_LOCAL,
      .rule = 3,
      .reason = "LOCAL_DATABASE_URL is set in .env",
      .variable = "LOCAL_DATABASE_URL",
      .source = QUIRE_FROM_DOTENV,
      .url = "postgresql://ann:***@localhost/shop" },
    /* in production a URL is all that is needed */
    { .env = { "APP_ENV=production", "NEON_DATABASE_URL=" NEON },
      .provider = QUIRE_NEON,
      .rule = 3,
      .reason = "NEON_DATABASE_URL is set in the environment",
      .variable = "NEON_DATABASE_URL",
      .source = QUIRE_FROM_ENVIRONMENT,
      .url = NEON_SHOWN },
    /* rule 2 goes before the URLs of others */
    { .env = { "APP_ENV=test", "NEON_DATABASE_URL=" NEON },
      .provider = QUIRE_LOCAL,
      .rule = 2,
      .reason = "APP_ENV=test in the environment" },
    { .env = { "NEON_DATABASE_URL=" NEON, "LOCAL_DATABASE_URL=" LOCAL },
      .dotenv = "APP_ENV=development\n",
      .provider = QUIRE_LOCAL,
      .rule = 2,
      .reason = "APP_ENV=development in .env",
      .variable = "LOCAL_DATABASE_URL",
      .source = QUIRE_FROM_ENVIRONMENT,
      .url = "postgresql://ann:***@localhost/shop" },
    /* rule 1 goes before all */
    { .env = { "APP_ENV=test", "NEON_DATABASE_URL=" NEON },
      .dotenv = "DB_PROVIDER=neon\n",
      .provider = QUIRE_NEON,
      .rule = 1,
      .reason = "DB_PROVIDER=neon in .env",
      .variable = "NEON_DATABASE_URL",
      .source = QUIRE_FROM_ENVIRONMENT,
      .url = NEON_SHOWN },
    { .env = { "DB_PROVIDER=local", "NEON_DATABASE_URL=" NEON },
      .provider = QUIRE_LOCAL,
      .rule = 1,
      .reason = "DB_PROVIDER=local in the environment" },
    /* the environment goes before .env */
    { .env = { "DB_PROVIDER=local" },
      .dotenv = "DB_PROVIDER=neon\nLOCAL_DATABASE_URL=" LOCAL "\n",
      .provider = QUIRE_LOCAL,
      .rule = 1,
      .reason = "DB_PROVIDER=local in the environment",
      .variable = "LOCAL_DATABASE_URL",
      .source = QUIRE_FROM_DOTENV,
      .url = "postgresql://ann:***@localhost/shop" },
    /* by name */
    { .env = { "DB_PROVIDER=local", "NEON_DATABASE_URL=" NEON },
      .asked = QUIRE_NEON,
      .provider = QUIRE_NEON,
      .rule = 0,
      .reason = "asked for by name",
      .variable = "NEON_DATABASE_URL",
      .source = QUIRE_FROM_ENVIRONMENT,
      .url = NEON_SHOWN },
};

static void set_environment(const char *const *env, const char *dotenv)
{
    for (size_t i = 0; i < VARIABLES; i++)
        unsetenv(variables[i]);
    for (; *env; env++) {
        const char *equals = strchr(*env, '=');
        char name[64];
        snprintf(name, sizeof name, "%.*s", (int)(equals - *env), *env);
        assert_int_equal(0, setenv(name, equals + 1, 1));
    }
    write_file(".env", dotenv ? dotenv : "");
}

static void test_choices(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++) {
        const choice_case *c = &choices[i];
        quire_error err = { 0 };
        quire_choice got;
        set_environment(c->env, c->dotenv);
        assert_ok(quire_current_provider(directory, c->asked, &got, &err), &err);
        assert_int_equal(c->provider, got.provider);
        assert_int_equal(c->rule, got.rule);
        assert_string_equal(c->reason, got.reason);
        assert_string_equal(c->variable ? c->variable : "", got.variable);
        assert_int_equal(c->source, got.source);
        assert_string_equal(c->url ? c->url : "", got.url);
        assert_contains(got.dotenv, "/.env");
    }
}

/* Refusing ------------------------------------------------------------------------------------ */

typedef struct refusal_case {
    const char *env[4];
    const char *dotenv;
    quire_provider asked;
    const char *message;
    const char *detail;
    const char *hint;
    int line; /* in .env */
} refusal_case;

#define BAD(url)                                                                                   \
    {                                                                                              \
        "LOCAL_DATABASE_URL=" url                                                                  \
    }

static const refusal_case refusals[] = {
    { .env = { "DB_PROVIDER=mysql" },
      .message = "DB_PROVIDER=mysql is not a provider",
      .hint = "neon, supabase, local" },
    { .env = { "DB_PROVIDER=Neon" }, .message = "DB_PROVIDER=Neon is not", .hint = "neon, " },
    { .dotenv = "A=1\n\nDB_PROVIDER=" NEON "\n",
      .message = "the value of DB_PROVIDER is not a provider",
      .hint = "neon, supabase, local",
      .line = 3 },
    { .env = { "APP_ENV=production" },
      .message = "APP_ENV=production, and no database URL is set",
      .hint = "NEON_DATABASE_URL, SUPABASE_DATABASE_URL or LOCAL_DATABASE_URL" },
    { .env = { "APP_ENV=production", "DATABASE_URL=" LOCAL },
      .message = "no database URL is set",
      .hint = "DATABASE_URL is not read" },
    { .env = { "DB_PROVIDER=neon" },
      .message = "NEON_DATABASE_URL is not set",
      .detail = "DB_PROVIDER=neon in the environment",
      .hint = "Set NEON_DATABASE_URL" },
    { .dotenv = "DB_PROVIDER=neon\nNEON_DATABSE_URL=" NEON "\n",
      .message = "NEON_DATABASE_URL is not set",
      .hint = "NEON_DATABSE_URL is not read" },
    { .env = { "APP_ENV=production" },
      .dotenv = "MY_URL=postgres://h/d\n",
      .message = "no database URL is set",
      .hint = "(MY_URL is not read)" },
    { .env = { "DB_PROVIDER=supabase", "SUPABASE_DATABASE_URL=" },
      .message = "SUPABASE_DATABASE_URL is empty",
      .hint = "Set SUPABASE_DATABASE_URL" },
    { .asked = QUIRE_NEON,
      .dotenv = "NEON_DATABASE_URL=\n",
      .message = "NEON_DATABASE_URL is empty",
      .detail = "asked for by name" },
    /* the wrong scheme */
    { .env = { "LOCAL_DATABASE_URL=mysql://ann:" SECRET "@h/d" },
      .message = "LOCAL_DATABASE_URL is not a PostgreSQL URL",
      .detail = "mysql://",
      .hint = "postgresql://" },
    { .dotenv = "\nNEON_DATABASE_URL=https://console.neon.tech/app\n",
      .message = "NEON_DATABASE_URL is not a PostgreSQL URL",
      .detail = "https://",
      .line = 2 },
    { .env = BAD(SECRET), .message = "LOCAL_DATABASE_URL is not a PostgreSQL URL" },
    { .env = BAD("host=h password=" SECRET), .message = "is not a PostgreSQL URL" },
    { .env = BAD("\"" LOCAL "\""), .message = "not a PostgreSQL URL", .detail = "quotation mark" },
    { .env = BAD(" " LOCAL), .message = "not a PostgreSQL URL", .detail = "white space" },
    /* malformed */
    { .env = BAD("postgresql://ann:" SECRET "%zz@h/d"),
      .message = "LOCAL_DATABASE_URL is not a valid connection URL",
      .detail = "A % in it is not followed by two hexadecimal digits" },
    { .env = BAD("postgresql://ann:" SECRET "%00@h/d"), .message = "valid", .detail = "A % in it" },
    { .env = BAD("postgresql://ann:" SECRET "@[::1/d"), .message = "valid", .detail = "The ]" },
    { .env = BAD("postgresql://ann:" SECRET "@@h/d"), .message = "valid", .detail = "one @" },
    { .env = BAD("postgresql://ann:a@" SECRET "@h/d"), .message = "valid", .detail = "one @" },
    { .env = BAD("postgresql://ann:1/" SECRET "@h/d"), .message = "valid", .detail = "a / in" },
    { .env = BAD("postgresql://ann:" SECRET "/x@h/d"), .message = "valid", .detail = "a / in" },
    { .env = BAD("postgresql://ann:" SECRET "@h:99999/d"), .message = "valid", .detail = "65535" },
    { .env = BAD("postgresql://ann:" SECRET "@h:five/d"), .message = "valid", .detail = "port" },
    { .env = BAD("postgresql://a:" SECRET "@h/d?port=1,2"), .message = "valid", .detail = "ports" },
    { .env = BAD("postgresql://ann:" SECRET "@h/d?pgbouncer=true"),
      .message = "valid",
      .detail = "\"pgbouncer\"",
      .hint = "Take the parameter out" },
    { .env = BAD("postgresql://a:" SECRET "@h/d?sslmode=on"),
      .message = "valid",
      .detail = "sslmode" },
    { .env = BAD("postgresql://a:b?" SECRET "=@h/d?x"), .message = "valid", .detail = "" },
    { .env = BAD("postgresql://a:" SECRET "@h/d?channel_binding=yes"),
      .message = "valid",
      .detail = "Its channel_binding is none of disable, prefer, require" },
    { .env = BAD("postgresql://a:" SECRET "@h/d?target_session_attrs=prefer"),
      .message = "valid",
      .detail = "prefer-standby" },
    { .env = BAD("postgresql://a:" SECRET "@h/d?connect_timeout=soon"),
      .message = "valid",
      .detail = "connect_timeout" },
    /* copied with something around it */
    { .env = BAD("psql '" LOCAL "'"), .message = "not a PostgreSQL URL", .detail = "psql" },
    { .env = BAD(LOCAL " "), .message = "valid", .detail = "ends with white space" },
    { .env = BAD(LOCAL "\""), .message = "valid", .detail = "ends with a quotation mark" },
    { .env = BAD(LOCAL ";"), .message = "valid", .detail = "ends with a semicolon" },
    /* as the page shows it, before the password is put in */
    { .env = { "SUPABASE_DATABASE_URL=postgresql://postgres:[YOUR-PASSWORD]@db.ref.supabase.co/d" },
      .message = "SUPABASE_DATABASE_URL has no password yet",
      .hint = "percent escapes" },
    { .env = { "NEON_DATABASE_URL=postgresql://ann:****************@ep-a-1.x.neon.tech/d" },
      .message = "NEON_DATABASE_URL has no password yet" },
    /* the wrong variable */
    { .env = { "SUPABASE_DATABASE_URL=" NEON },
      .message = "SUPABASE_DATABASE_URL is a URL of Neon, not of Supabase",
      .hint = "NEON_DATABASE_URL" },
    { .env = { "NEON_DATABASE_URL=" SUPABASE },
      .message = "NEON_DATABASE_URL is a URL of Supabase, not of Neon",
      .hint = "SUPABASE_DATABASE_URL" },
    { .env = BAD(NEON),
      .message = "LOCAL_DATABASE_URL is a URL of Neon, not of the local PostgreSQL",
      .hint = "DB_PROVIDER=neon" },
    { .env = { "NEON_DATABASE_URL=postgresql:///shop" },
      .message = "NEON_DATABASE_URL names no host" },
    { .env = { "NEON_DATABASE_URL=" NEON, "NEON_DIRECT_URL=" SUPABASE },
      .message = "NEON_DIRECT_URL is a URL of Supabase" },
    /* TLS */
    { .env = { "NEON_DATABASE_URL=" NEON "?sslmode=disable" },
      .message = "NEON_DATABASE_URL says sslmode=disable, but Neon is only used with TLS",
      .hint = "sslmode=require" },
    { .env = { "SUPABASE_DATABASE_URL=" SUPABASE "?sslmode=prefer" }, .message = "sslmode=prefer" },
    { .env = { "SUPABASE_DATABASE_URL=" SUPABASE, "SUPABASE_CA_FILE=/nowhere.crt" },
      .message = "SUPABASE_CA_FILE=/nowhere.crt: there is no such file",
      .hint = "PEM" },
    { .env = { "SUPABASE_DATABASE_URL=" SUPABASE "?sslmode=allow",
               "SUPABASE_CA_FILE=/nowhere.crt" },
      .message = "SUPABASE_DATABASE_URL says sslmode=allow, but SUPABASE_CA_FILE is set" },
    { .env = { "SUPABASE_DATABASE_URL=" SUPABASE, "SUPABASE_CA_FILE=/dev/null" },
      .message = "SUPABASE_CA_FILE=/dev/null: the file is empty or no file" },
    { .env = { "NEON_DATABASE_URL=" NEON "?sslmode=verify-full&sslrootcert=/nowhere.crt" },
      .message = "NEON_DATABASE_URL: sslrootcert=/nowhere.crt: there is no such file" },
    { .env = BAD(LOCAL "?sslrootcert=/nowhere.crt"),
      .message = "LOCAL_DATABASE_URL: sslrootcert=/nowhere.crt: there is no such file" },
    /* SQL over HTTP */
    { .env = { "NEON_DATABASE_URL=" NEON, "NEON_TRANSPORT=" SECRET },
      .message = "NEON_TRANSPORT is neither http nor tcp",
      .hint = "tcp: everything goes over TCP" },
    { .env = { "NEON_DATABASE_URL=" NEON, "NEON_FETCH_ENDPOINT=api." SECRET },
      .message = "NEON_FETCH_ENDPOINT is not a URL with https://" },
    { .env = { "NEON_DATABASE_URL=" NEON, "NEON_FETCH_ENDPOINT=http://example.com/sql" },
      .message = "NEON_FETCH_ENDPOINT must start with https://" },
    { .env = { "NEON_DATABASE_URL=" NEON, "NEON_TRANSPORT=tcp", "NEON_FETCH_ENDPOINT=" SECRET },
      .message = "NEON_FETCH_ENDPOINT is not a URL" },
    { .env = { "NEON_DATABASE_URL=" NEON,
               "NEON_FETCH_ENDPOINT=https://ann:" SECRET "@api.example.com/sql" },
      .message = "NEON_FETCH_ENDPOINT holds a user name" },
    { .env = { "NEON_DATABASE_URL=postgresql://ann@ep-a-1.x.neon.tech/d", "NEON_TRANSPORT=http" },
      .message = "NEON_DATABASE_URL must hold user, password and database for SQL over HTTP",
      .hint = "NEON_TRANSPORT=tcp" },
    { .env = { "NEON_DATABASE_URL=postgresql://ann:" SECRET "@a.neon.tech,b.neon.tech/d",
               "NEON_TRANSPORT=http" },
      .message = "NEON_DATABASE_URL must name one host" },
    /* an address instead of a name */
    { .env = { "NEON_DATABASE_URL=postgresql://ann:" SECRET "@192.0.2.7/shop" },
      .message = "NEON_DATABASE_URL names its host by an IP address",
      .detail = "Neon tells databases apart by the name of the host" },
    { .env = { "NEON_DATABASE_URL=postgresql://ann:" SECRET "@[2001:db8::7]:5432/shop" },
      .message = "NEON_DATABASE_URL names its host by an IP address" },
    /* poolers */
    { .env = { "LOCAL_DATABASE_URL=" LOCAL, "LOCAL_POOLER=" SECRET },
      .message = "LOCAL_POOLER is neither transaction nor session" },
    { .env = { "SUPABASE_DATABASE_URL=" SUPABASE, "SUPABASE_DIRECT_URL=" SUPABASE },
      .message = "SUPABASE_DIRECT_URL is the URL of a transaction pooler",
      .hint = "direct or session URL" },
    { .env = { "NEON_DATABASE_URL=" NEON,
               "NEON_DIRECT_URL=postgres://a@ep-b-pooler.x.neon.tech/d" },
      .message = "NEON_DIRECT_URL is the URL of a transaction pooler" },
    { .env = { "LOCAL_DATABASE_URL=" LOCAL, "LOCAL_POOLER=transaction", "LOCAL_DIRECT_URL=" LOCAL },
      .message = "LOCAL_DIRECT_URL is the URL of a transaction pooler" },
    { .env = { "SUPABASE_DATABASE_URL=" SUPABASE, "SUPABASE_POOLER=sessions" },
      .message = "SUPABASE_POOLER is neither transaction nor session",
      .hint = "unset SUPABASE_POOLER" },
    { .env = { "LOCAL_DATABASE_URL=" LOCAL, "LOCAL_DIRECT_URL=" NEON },
      .message = "LOCAL_DIRECT_URL is a URL of Neon, not of the local PostgreSQL" },
    { .env = { "NEON_DATABASE_URL=" NEON,
               "NEON_DIRECT_URL=postgresql://ann:" SECRET "@192.0.2.7/shop" },
      .message = "NEON_DIRECT_URL names its host by an IP address" },
    { .env = { "SUPABASE_DATABASE_URL=" SUPABASE, "SUPABASE_DIRECT_URL=mysql://a:" SECRET "@h" },
      .message = "SUPABASE_DIRECT_URL is not a PostgreSQL URL" },
    /* .env itself */
    { .dotenv = "A=1\nNEON_DATABASE_URL \"" NEON "\n", .message = "", .line = 2 },
};

static void assert_refused(const refusal_case *c, size_t i, quire_status status,
                           const quire_error *err)
{
    if (status != QUIRE_CONFIG)
        fail_msg("case %zu: %s is not refused", i, c->env[0] ? c->env[0] : c->dotenv);
    assert_contains(err->message, c->message);
    if (c->detail)
        assert_contains(err->detail, c->detail);
    if (c->hint)
        assert_contains(err->hint, c->hint);
    if (c->line)
        assert_contains(err->file, "/.env");
    assert_no_secret(err);
}

static void test_refusals(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        const refusal_case *c = &refusals[i];
        quire_error err = { 0 };
        quire_choice got;
        set_environment(c->env, c->dotenv);
        assert_refused(c, i, quire_current_provider(directory, c->asked, &got, &err), &err);
        assert_int_equal(c->line, err.line);
        assert_refused(c, i, quire_validate_provider(directory, c->asked, &err), &err);
        assert_int_equal(c->line, err.line);
    }
}

/* The same when the variables come from .env: then the error points at a line of it. */
static void test_refusals_of_dotenv(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        const refusal_case *c = &refusals[i];
        char text[2048] = "";
        bool quoted = false;
        for (size_t j = 0; c->env[j]; j++) {
            const char *value = strchr(c->env[j], '=') + 1;
            quoted = quoted || strchr(value, '\'');
            size_t length = strlen(text);
            snprintf(text + length, sizeof text - length, "%.*s'%s'\n", (int)(value - c->env[j]),
                     c->env[j], value);
        }
        if (c->dotenv || quoted || strstr(c->message, " is not set") || strstr(c->message, "empty"))
            continue;
        quire_error err = { 0 };
        set_environment((const char *const[]){ NULL }, text);
        assert_refused(c, i, quire_validate_provider(directory, c->asked, &err), &err);
        if (err.line == 0)
            fail_msg("case %zu: %s does not say where in .env", i, err.message);
        assert_contains(err.file, "/.env");
    }
}

/* What is right, and could be taken for wrong. */
static const refusal_case rights[] = {
    { .env = { "NEON_DATABASE_URL=" NEON }, .asked = QUIRE_NEON },
    { .env = { "NEON_DATABASE_URL=" NEON "?sslmode=verify-full&sslrootcert=system" },
      .asked = QUIRE_NEON },
    { .env = { "NEON_DATABASE_URL=" NEON "?channel_binding=require" }, .asked = QUIRE_NEON },
    { .env = { "NEON_DATABASE_URL=" NEON, "NEON_TRANSPORT=tcp",
               "NEON_FETCH_ENDPOINT=https://api.example.com" },
      .asked = QUIRE_NEON },
    { .env = { "NEON_DATABASE_URL=" NEON, "NEON_DIRECT_URL=" NEON, "NEON_TRANSPORT=http" },
      .asked = QUIRE_NEON },
    { .env = { "NEON_DATABASE_URL=postgresql://a@192.0.2.7/d?options=endpoint%3Dep-a-1" },
      .asked = QUIRE_NEON },
    { .env = { "NEON_DATABASE_URL=postgresql://a:" SECRET "@localhost:5433/d?sslmode=disable" },
      .asked = QUIRE_NEON },
    { .env = { "SUPABASE_DATABASE_URL=" SUPABASE, "SUPABASE_POOLER=session" },
      .asked = QUIRE_SUPABASE },
    { .env = { "SUPABASE_DATABASE_URL=" SUPABASE, "SUPABASE_CA_FILE=" }, .asked = QUIRE_SUPABASE },
    { .env = { "LOCAL_DATABASE_URL=postgres:///shop" }, .asked = QUIRE_LOCAL },
    { .env = { "LOCAL_DATABASE_URL=postgres://%2Frun%2Fpostgresql/shop" }, .asked = QUIRE_LOCAL },
    { .env = { "LOCAL_DATABASE_URL=postgres://a:%5BYOUR%20OWN%5D@h,[::1]:5433/d" },
      .asked = QUIRE_LOCAL },
    { .env = { "LOCAL_DATABASE_URL=" LOCAL, "LOCAL_POOLER=transaction",
               "LOCAL_DIRECT_URL=postgresql://ann:" SECRET "@localhost:5433/shop" },
      .asked = QUIRE_LOCAL },
    { .env = { "LOCAL_DATABASE_URL=" LOCAL, "LOCAL_POOLER=session", "LOCAL_DIRECT_URL=" LOCAL },
      .asked = QUIRE_LOCAL },
    { .env = { "DB_PROVIDER=local" }, .asked = QUIRE_AUTO },
};

static void test_rights(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rights / sizeof *rights; i++) {
        quire_error err = { 0 };
        set_environment(rights[i].env, rights[i].dotenv);
        assert_ok(quire_validate_provider(directory, rights[i].asked, &err), &err);
    }
}

/* A variable that no test knows could be wrong without a word. */
static void test_every_variable_is_known(void **state)
{
    (void)state;
    for (int each = 1; quire_provider_named(quire_provider_name((quire_provider)each)); each++) {
        size_t count = 0;
        const quire_variable *list = quire_provider_variables((quire_provider)each, &count);
        assert_true(count > 0);
        for (size_t i = 0; i < count; i++) {
            bool known = false;
            for (size_t j = 0; j < VARIABLES && !known; j++)
                known = strcmp(list[i].name, variables[j]) == 0;
            if (!known)
                fail_msg("%s is not among this file's variables", list[i].name);
            assert_true(list[i].meaning[0]);
            bool tried = false;
            for (size_t j = 0; j < sizeof refusals / sizeof *refusals && !tried; j++)
                tried = strncmp(refusals[j].message, list[i].name, strlen(list[i].name)) == 0;
            if (!tried)
                fail_msg("no case refuses a value of %s", list[i].name);
        }
    }
    size_t none = 1;
    assert_null(quire_provider_variables(QUIRE_AUTO, &none));
    assert_int_equal(none, 0);
}

static void test_refuses_broken_conf(void **state)
{
    quire_error err = { 0 };
    quire_choice got;
    (void)state;
    set_environment((const char *const[]){ NULL }, NULL);
    write_file("quire.conf", "[project]\nnmae = shop\n");
    assert_status(QUIRE_CONFIG, quire_current_provider(directory, QUIRE_AUTO, &got, &err), &err);
    assert_contains(err.file, "quire.conf");
    assert_int_equal(2, err.line);
}

static void test_names(void **state)
{
    (void)state;
    assert_string_equal("neon", quire_provider_name(QUIRE_NEON));
    assert_string_equal("supabase", quire_provider_name(QUIRE_SUPABASE));
    assert_string_equal("local", quire_provider_name(QUIRE_LOCAL));
    assert_string_equal("auto", quire_provider_name(QUIRE_AUTO));
    assert_string_equal("auto", quire_provider_name((quire_provider)99));
    for (quire_provider each = QUIRE_NEON; each <= QUIRE_LOCAL; each++)
        assert_int_equal(each, quire_provider_named(quire_provider_name(each)));
    assert_int_equal(QUIRE_AUTO, quire_provider_named("auto"));
    assert_int_equal(QUIRE_AUTO, quire_provider_named(""));
    assert_int_equal(QUIRE_AUTO, quire_provider_named(NULL));
}

/* A directory that is not the program's own; NULL is the program's own. */
static void test_validate(void **state)
{
    char before[4096];
    quire_error err = { 0 };
    (void)state;
    set_environment((const char *const[]){ NULL }, "NEON_DATABASE_URL=" NEON "\n");
    assert_ok(quire_validate_provider(directory, QUIRE_NEON, &err), &err);
    assert_ok(quire_validate_provider(directory, QUIRE_AUTO, &err), &err);
    assert_ok(quire_validate_provider(directory, QUIRE_LOCAL, &err), &err);
    assert_status(QUIRE_CONFIG, quire_validate_provider(directory, QUIRE_SUPABASE, &err), &err);
    assert_string_equal("SUPABASE_DATABASE_URL is not set", err.message);
    assert_status(QUIRE_INVALID, quire_validate_provider(directory, (quire_provider)9, &err), &err);
    assert_non_null(getcwd(before, sizeof before));
    assert_int_equal(0, chdir(directory));
    assert_ok(quire_validate_provider(NULL, QUIRE_NEON, &err), &err);
    assert_int_equal(0, chdir(before));

    write_file("quire.conf", "[project]\nnmae = shop\n");
    assert_status(QUIRE_CONFIG, quire_validate_provider(directory, QUIRE_LOCAL, &err), &err);
    assert_contains(err.file, "quire.conf");
    write_file("quire.conf", "[project]\nname = shop\n");
    setenv("QUIRE_PG_BIN", "/nowhere", 1);
    assert_status(QUIRE_CONFIG, quire_validate_provider(directory, QUIRE_LOCAL, &err), &err);
    assert_contains(err.message, "QUIRE_PG_BIN=/nowhere holds no PostgreSQL server");
}

/* Targets ------------------------------------------------------------------------------------- */

typedef struct target_case {
    const char *env[3];
    quire_options options;
    const char *url;
    const char *session_url; /* NULL: the same pointer */
    quire_provider provider;
    bool named;
    int pool_size;
} target_case;

static const target_case targets[] = {
    { .env = { "NEON_DATABASE_URL=postgres://a:" SECRET "@ep-b-pooler.aws.neon.tech/d" },
      .url = "postgresql://a:" SECRET "@ep-b-pooler.aws.neon.tech/d?sslmode=require",
      .session_url = "postgresql://a:" SECRET "@ep-b.aws.neon.tech/d?sslmode=require",
      .provider = QUIRE_NEON,
      .named = true,
      .pool_size = 10 },
    { .env = { "NEON_DATABASE_URL=postgres://a@ep-b.aws.neon.tech/d?sslmode=verify-full" },
      .url = "postgresql://a@ep-b.aws.neon.tech/d?sslmode=verify-full",
      .provider = QUIRE_NEON,
      .named = true,
      .pool_size = 10 },
    { .env = { "NEON_DATABASE_URL=postgres://a@ep-b-pooler.aws.neon.tech/d",
               "NEON_DIRECT_URL=postgres://b@ep-c.aws.neon.tech/d" },
      .options = { .pool_size = 3 },
      .url = "postgresql://a@ep-b-pooler.aws.neon.tech/d?sslmode=require",
      .session_url = "postgresql://b@ep-c.aws.neon.tech/d?sslmode=require",
      .provider = QUIRE_NEON,
      .named = true,
      .pool_size = 3 },
    { .env = { "SUPABASE_DATABASE_URL=postgres://p.r@aws-0-eu.pooler.supabase.com:6543/d" },
      .url = "postgresql://p.r@aws-0-eu.pooler.supabase.com:6543/d?sslmode=require",
      .session_url = "postgresql://p.r@aws-0-eu.pooler.supabase.com:5432/d?sslmode=require",
      .provider = QUIRE_SUPABASE,
      .named = false,
      .pool_size = 5 },
    { .env = { "SUPABASE_DATABASE_URL=postgres://p@db.ref.supabase.co/d" },
      .url = "postgresql://p@db.ref.supabase.co/d?sslmode=require",
      .provider = QUIRE_SUPABASE,
      .named = true,
      .pool_size = 5 },
    /* a stand-in on this machine may do without TLS, if it says so */
    { .env = { "SUPABASE_DATABASE_URL=postgres://p@127.0.0.1:54322/d?sslmode=disable" },
      .url = "postgresql://p@127.0.0.1:54322/d?sslmode=disable",
      .provider = QUIRE_SUPABASE,
      .named = true,
      .pool_size = 5 },
    { .env = { "LOCAL_DATABASE_URL=postgres://p@h/d" },
      .url = "postgresql://p@h/d",
      .provider = QUIRE_LOCAL,
      .named = true,
      .pool_size = 10 },
    /* a given URL is used whatever the environment says */
    { .env = { "DB_PROVIDER=neon" },
      .options = { .url = "postgres://p@h/d" },
      .url = "postgresql://p@h/d",
      .provider = QUIRE_LOCAL,
      .named = true,
      .pool_size = 10 },
    /* an address is as good as a name where it is told which endpoint is meant */
    { .env = { "NEON_DATABASE_URL=postgres://a@192.0.2.7/d?options=endpoint%3Dep-b" },
      .url = "postgresql://a@192.0.2.7/d?options=endpoint%3Dep-b&sslmode=require",
      .provider = QUIRE_NEON,
      .named = true,
      .pool_size = 10 },
    { .options = { .url = "postgres://p@ep-b.aws.neon.tech/d" },
      .url = "postgresql://p@ep-b.aws.neon.tech/d?sslmode=require",
      .provider = QUIRE_NEON,
      .named = true,
      .pool_size = 10 },
    { .options = { .url = "postgres://p@/d?host=/run/x", .provider = QUIRE_SUPABASE },
      .url = "postgresql://p@/d?host=/run/x&sslmode=require",
      .provider = QUIRE_SUPABASE,
      .named = true,
      .pool_size = 5 },
};

/* Poolers, where a word of the environment decides. */
typedef struct pooler_case {
    const char *env[3];
    bool named;
    const char *session_url; /* NULL: there is none */
} pooler_case;

static const pooler_case poolers[] = {
    { { "LOCAL_DATABASE_URL=postgres://p@h:6432/d", "LOCAL_POOLER=transaction" }, false, NULL },
    { { "LOCAL_DATABASE_URL=postgres://p@h:6432/d", "LOCAL_POOLER=transaction",
        "LOCAL_DIRECT_URL=postgres://p@h/d" },
      false,
      "postgresql://p@h/d" },
    { { "LOCAL_DATABASE_URL=postgres://p@h:6432/d", "LOCAL_POOLER=session" },
      true,
      "postgresql://p@h:6432/d" },
    { { "SUPABASE_DATABASE_URL=postgres://p@h:6432/d", "SUPABASE_POOLER=transaction" },
      false,
      NULL },
    { { "SUPABASE_DATABASE_URL=postgres://p@h:6543/d", "SUPABASE_POOLER=session" },
      true,
      "postgresql://p@h:6543/d?sslmode=require" },
    { { "SUPABASE_DATABASE_URL=postgres://p@h:6543/d", "SUPABASE_POOLER=transaction" },
      false,
      "postgresql://p@h:5432/d?sslmode=require" },
};

static void test_poolers(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof poolers / sizeof *poolers; i++) {
        const pooler_case *c = &poolers[i];
        const char *const env[4] = { c->env[0], c->env[1], c->env[2] };
        qi_connection_target got;
        quire_error err = { 0 };
        qi_arena arena = { 0 };
        set_environment(env, NULL);
        assert_ok(qi_resolve(&(quire_options){ .directory = directory }, &arena, &got, &err), &err);
        assert_int_equal(c->named, got.named_statements);
        if (c->session_url)
            assert_string_equal(c->session_url, got.session_url);
        else
            assert_null(got.session_url);
        qi_arena_free(&arena);
    }
}

typedef struct retry_case {
    const qi_profile *profile;
    const char *message;
    bool at_first; /* already before the server has ever been reached */
    bool later;
} retry_case;

static const retry_case retries[] = {
    { &qi_local, "FATAL:  the database system is starting up", true, true },
    { &qi_local, "FATAL:  sorry, too many clients already", true, true },
    { &qi_local, "connection to server failed: Connection refused", false, true },
    { &qi_local, "FATAL:  password authentication failed for user \"a\"", false, false },
    { &qi_local, "FATAL:  database \"d\" does not exist", false, false },
    { &qi_local, "ERROR:  Couldn't connect to compute node", false, false },
    { &qi_neon, "ERROR:  Couldn't connect to compute node", true, true },
    { &qi_neon, "ERROR:  Control plane request failed", true, true },
    { &qi_neon, "ERROR:  Control plane request failed: endpoint cannot be found", false, false },
    { &qi_neon, "ERROR:  Control plane request failed: endpoint is disabled", false, false },
    { &qi_neon,
      "ERROR:  Control plane request failed: endpoint is temporarily unavailable. Check your "
      "quotas "
      "and/or contact our support.",
      false, false },
    { &qi_neon, "Too many connections to this endpoint. Please try again later.", true, true },
    { &qi_neon, "This IP address 192.0.2.1 is not allowed to connect", false, false },
    { &qi_supabase, "FATAL:  (EMAXCONNSESSION) max clients reached in session mode", true, true },
    { &qi_supabase, "FATAL:  (ECHECKOUTTIMEOUT) unable to check out connection", true, true },
    { &qi_supabase, "FATAL:  (ENOTFOUND) tenant/user p.ref not found", false, false },
    { &qi_supabase, "ERROR:  Couldn't connect to compute node", false, false },
};

static void test_retries(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof retries / sizeof *retries; i++) {
        const retry_case *c = &retries[i];
        if (qi_may_retry(c->profile, c->message, false) != c->at_first ||
            qi_may_retry(c->profile, c->message, true) != c->later)
            fail_msg("%s: %s", c->profile->name, c->message);
    }
}

static void test_targets(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        const target_case *c = &targets[i];
        quire_options options = c->options;
        qi_connection_target got;
        quire_error err = { 0 };
        qi_arena arena = { 0 };
        set_environment(c->env, NULL);
        options.directory = directory;
        assert_ok(qi_resolve(&options, &arena, &got, &err), &err);
        assert_string_equal(c->url, got.url);
        if (c->session_url)
            assert_string_equal(c->session_url, got.session_url);
        else
            assert_ptr_equal(got.url, got.session_url);
        assert_int_equal(c->provider, got.profile->provider);
        assert_int_equal(c->provider, got.choice.provider);
        assert_int_equal(c->named, got.named_statements);
        assert_int_equal(c->pool_size, got.pool_size);
        assert_false(got.private_server);
        assert_null(strstr(got.choice.url, SECRET));
        qi_arena_free(&arena);
    }
}

static void test_refuses_options(void **state)
{
    qi_connection_target got;
    quire_error err = { 0 };
    qi_arena arena = { 0 };
    (void)state;
    set_environment((const char *const[]){ NULL }, NULL);
    quire_options options = { .directory = directory, .pool_size = -1 };
    assert_status(QUIRE_INVALID, qi_resolve(&options, &arena, &got, &err), &err);
    options = (quire_options){ .directory = directory, .provider = (quire_provider)7 };
    assert_status(QUIRE_INVALID, qi_resolve(&options, &arena, &got, &err), &err);
    options = (quire_options){ .directory = directory, .url = "ftp://x:" SECRET "@h/" };
    assert_status(QUIRE_CONFIG, qi_resolve(&options, &arena, &got, &err), &err);
    assert_contains(err.message, "the option url is not a PostgreSQL URL");
    assert_no_secret(&err);
    options = (quire_options){ .directory = directory, .url = NEON, .provider = QUIRE_SUPABASE };
    assert_status(QUIRE_CONFIG, qi_resolve(&options, &arena, &got, &err), &err);
    options = (quire_options){ .directory = "/nowhere/at/all" };
    assert_status(QUIRE_IO, qi_resolve(&options, &arena, &got, &err), &err);
    qi_arena_free(&arena);
}

/* URLs ---------------------------------------------------------------------------------------- */

static const struct {
    const char *text;
    const char *written;
    const char *masked; /* NULL: the same */
} urls[] = {
    { "postgres://", "postgresql:///", NULL },
    { "postgresql://h", "postgresql://h/", NULL },
    { "postgres://u:p@h:1/d", "postgresql://u:p@h:1/d", "postgresql://u:***@h:1/d" },
    { "postgres://u:%40%2F%3a%25@h/d", "postgresql://u:%40%2F%3A%25@h/d",
      "postgresql://u:***@h/d" },
    { "postgres://u%40x@h/d%20e", "postgresql://u%40x@h/d%20e", NULL },
    { "postgres://u@[::1]:5/d", "postgresql://u@[::1]:5/d", NULL },
    { "postgres://u@[2001:db8::1]/d", "postgresql://u@[2001:db8::1]/d", NULL },
    { "postgres://%2Frun%2Fpg/d", "postgresql:///d?host=/run/pg", NULL },
    { "postgres:///d?host=/run/pg&port=6", "postgresql:///d?host=/run/pg&port=6", NULL },
    { "postgres://u:p@a:1,b:2,c:3/d?target_session_attrs=read-write",
      "postgresql://u:p@a:1,b:2,c:3/d?target_session_attrs=read-write",
      "postgresql://u:***@a:1,b:2,c:3/d?target_session_attrs=read-write" },
    { "postgres://a,b/d?port=7", "postgresql://a:7,b:7/d", NULL },
    { "postgres://h/d?user=u&password=p", "postgresql://u:p@h/d", "postgresql://u:***@h/d" },
    { "postgres://h/d?password=p", "postgresql://h/d?password=p", "postgresql://h/d?password=***" },
    { "postgres://h/d?sslpassword=p", "postgresql://h/d?sslpassword=p",
      "postgresql://h/d?sslpassword=***" },
    { "postgres://h/d?ssl=true", "postgresql://h/d?sslmode=require", NULL },
    { "postgres://h/d?application_name=a%26b%3Dc%20d",
      "postgresql://h/d?application_name=a%26b%3Dc%20d", NULL },
    { "postgres://h/d?options=endpoint%3Dep-1", "postgresql://h/d?options=endpoint%3Dep-1", NULL },
    { "postgres://\xC3\xA9@h/d", "postgresql://%C3%A9@h/d", NULL },
};

/* What is written means the same: parsed again, it is written as before. */
static void test_urls(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        quire_error err = { 0 };
        qi_arena arena = { 0 };
        qi_url url;
        assert_ok(qi_url_parse(urls[i].text, "URL", &arena, &url, &err), &err);
        const char *written = qi_url_write(&url, &arena, false);
        assert_string_equal(urls[i].written, written);
        assert_string_equal(urls[i].masked ? urls[i].masked : urls[i].written,
                            qi_url_write(&url, &arena, true));
        assert_ok(qi_url_parse(written, "URL", &arena, &url, &err), &err);
        assert_string_equal(written, qi_url_write(&url, &arena, false));
        qi_arena_free(&arena);
    }
}

static void test_url_questions(void **state)
{
    quire_error err = { 0 };
    qi_arena arena = { 0 };
    qi_url url;
    (void)state;
    assert_ok(qi_url_parse("postgres://a.NEON.tech:6,b:7/d", "URL", &arena, &url, &err), &err);
    assert_int_equal(6, qi_url_port(&url));
    assert_true(qi_url_host_ends(&url, ".neon.tech"));
    assert_false(qi_url_host_ends(&url, ".neon"));
    assert_false(qi_url_is_here(&url));
    assert_null(qi_url_get(&url, "user"));
    assert_ok(qi_url_parse("postgres://localhost,[::1],127.0.0.1/", "URL", &arena, &url, &err),
              &err);
    assert_true(qi_url_is_here(&url));
    assert_int_equal(5432, qi_url_port(&url));
    assert_ok(qi_url_parse("postgres://localhost/?hostaddr=10.0.0.1", "URL", &arena, &url, &err),
              &err);
    assert_false(qi_url_is_here(&url));
    assert_ok(qi_url_parse("postgres:///d", "URL", &arena, &url, &err), &err);
    assert_false(qi_url_is_here(&url));
    qi_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_choices, setup, teardown),
        cmocka_unit_test_setup_teardown(test_refusals, setup, teardown),
        cmocka_unit_test_setup_teardown(test_refusals_of_dotenv, setup, teardown),
        cmocka_unit_test_setup_teardown(test_rights, setup, teardown),
        cmocka_unit_test(test_every_variable_is_known),
        cmocka_unit_test_setup_teardown(test_refuses_broken_conf, setup, teardown),
        cmocka_unit_test_setup_teardown(test_validate, setup, teardown),
        cmocka_unit_test_setup_teardown(test_targets, setup, teardown),
        cmocka_unit_test_setup_teardown(test_poolers, setup, teardown),
        cmocka_unit_test(test_retries),
        cmocka_unit_test_setup_teardown(test_refuses_options, setup, teardown),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_urls),
        cmocka_unit_test(test_url_questions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
