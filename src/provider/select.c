#include "provider/select.h"

#include "base/error.h"
#include "provider/endpoint.h"
#include "provider/tls.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a selection is made from. */
typedef struct selector {
    const qi_environment *env;
    qi_arena *arena;
    qi_selection *out;
    quire_error *err;
} selector;

static const char *source_name(quire_source source)
{
    return source == QUIRE_FROM_DOTENV ? ".env" : "the environment";
}

/* Points an error at the line of .env that sets a variable, where it comes from there. */
static void locate(const selector *s, const char *variable, quire_source source)
{
    if (source != QUIRE_FROM_DOTENV)
        return;
    int line = 0;
    for (size_t i = 0; i < s->env->count; i++) {
        const char *name = s->env->entries[i].name;
        if (name && strcmp(name, variable) == 0)
            line = s->env->entries[i].line;
    }
    qi_locate(s->err, s->env->dotenv, line, 0);
}

/* Whether a variable is there with nothing in it, which counts as not set but is worth saying. */
static bool is_set_empty(const qi_environment *env, const char *variable)
{
    if (getenv(variable))
        return true;
    for (size_t i = 0; i < env->count; i++) {
        if (strcmp(env->entries[i].name, variable) == 0)
            return true;
    }
    return false;
}

/* "neon, supabase, local" */
static void list_names(char *text, size_t size)
{
    size_t length = 0;
    text[0] = '\0';
    for (size_t i = 0; i < qi_profile_count && length < size; i++) {
        int more =
            snprintf(text + length, size - length, "%s%s", i ? ", " : "", qi_profiles[i]->name);
        length += more > 0 ? (size_t)more : 0;
    }
}

/* "NEON_DATABASE_URL, SUPABASE_DATABASE_URL or LOCAL_DATABASE_URL" */
static void list_variables(char *text, size_t size)
{
    size_t length = 0;
    text[0] = '\0';
    for (size_t i = 0; i < qi_profile_count && length < size; i++) {
        const char *glue = i == 0 ? "" : i + 1 < qi_profile_count ? ", " : " or ";
        int more =
            snprintf(text + length, size - length, "%s%s", glue, qi_profiles[i]->url_variable);
        length += more > 0 ? (size_t)more : 0;
    }
}

/* A value that cannot be a password or a URL pasted into the wrong variable. */
static bool is_harmless(const char *value)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-";
    size_t length = strspn(value, letters);
    return length <= 24 && value[length] == '\0';
}

static quire_status refuse_name(const selector *s, const char *value, quire_source source)
{
    char names[128];
    list_names(names, sizeof names);
    quire_status status =
        is_harmless(value)
            ? qi_fail(s->err, QUIRE_CONFIG, "DB_PROVIDER=%s is not a provider", value)
            : qi_fail(s->err, QUIRE_CONFIG, "the value of DB_PROVIDER is not a provider");
    qi_hint(s->err, "Set DB_PROVIDER to one of: %s.", names);
    locate(s, "DB_PROVIDER", source);
    return status;
}

static bool is_read(const char *name)
{
    if (strcmp(name, "QUIRE_SCRATCH_URL") == 0)
        return true;
    for (size_t i = 0; i < qi_profile_count; i++) {
        for (const quire_variable *each = qi_profiles[i]->variables; each->name; each++) {
            if (strcmp(each->name, name) == 0)
                return true;
        }
    }
    return false;
}

/* A variable that holds a URL and is not read: DATABASE_URL, or one in .env that may be misspelt. */
static const char *unread_url(const qi_environment *env)
{
    if (qi_environment_get(env, "DATABASE_URL", NULL))
        return "DATABASE_URL";
    for (size_t i = 0; i < env->count; i++) {
        const char *value = env->entries[i].value;
        if ((strncmp(value, "postgres://", 11) == 0 || strncmp(value, "postgresql://", 13) == 0) &&
            !is_read(env->entries[i].name))
            return env->entries[i].name;
    }
    return NULL;
}

/* The rules --------------------------------------------------------------------------------- */

static quire_status refuse_production(const selector *s, quire_source source)
{
    char variables[256];
    list_variables(variables, sizeof variables);
    quire_status status =
        qi_fail(s->err, QUIRE_CONFIG, "APP_ENV=production, and no database URL is set");
    qi_detail(s->err, "The private server that Quire starts by itself is for development.");
    const char *unread = unread_url(s->env);
    qi_hint(s->err, "Set %s%s%.64s%s.", variables, unread ? " (" : "", unread ? unread : "",
            unread ? " is not read)" : "");
    locate(s, "APP_ENV", source);
    return status;
}

static void take(const selector *s, const qi_profile *profile, int rule, const char *reason)
{
    s->out->profile = profile;
    s->out->choice.provider = profile->provider;
    s->out->choice.rule = rule;
    QI_COPY(s->out->choice.reason, reason);
}

/* Rules 1 to 4. */
static quire_status apply_rules(const selector *s)
{
    char reason[sizeof s->out->choice.reason];
    quire_source source;
    const char *name = qi_environment_get(s->env, "DB_PROVIDER", &source);
    if (name) {
        const qi_profile *profile = qi_profile_of(quire_provider_named(name));
        if (!profile)
            return refuse_name(s, name, source);
        snprintf(reason, sizeof reason, "DB_PROVIDER=%s in %s", name, source_name(source));
        take(s, profile, 1, reason);
        return QUIRE_OK;
    }
    const char *stage = qi_environment_get(s->env, "APP_ENV", &source);
    if (stage && (strcmp(stage, "development") == 0 || strcmp(stage, "test") == 0)) {
        snprintf(reason, sizeof reason, "APP_ENV=%s in %s", stage, source_name(source));
        take(s, qi_profile_of(QUIRE_LOCAL), 2, reason);
        return QUIRE_OK;
    }
    for (size_t i = 0; i < qi_profile_count; i++) {
        quire_source from;
        if (!qi_environment_get(s->env, qi_profiles[i]->url_variable, &from))
            continue;
        snprintf(reason, sizeof reason, "%s is set in %s", qi_profiles[i]->url_variable,
                 source_name(from));
        take(s, qi_profiles[i], 3, reason);
        return QUIRE_OK;
    }
    if (stage && strcmp(stage, "production") == 0)
        return refuse_production(s, source);
    const char *unread = unread_url(s->env);
    snprintf(reason, sizeof reason, "no URL is set%s%.64s%s", unread ? " (" : "",
             unread ? unread : "", unread ? " is not read)" : "");
    take(s, qi_profile_of(QUIRE_LOCAL), 4, reason);
    return QUIRE_OK;
}

/* The URL ----------------------------------------------------------------------------------- */

/* Whose URL it is, told by its host; NULL when that could be anyone's. */
static const qi_profile *owner(const qi_url *url)
{
    for (size_t i = 0; i < qi_profile_count; i++) {
        for (const char *const *end = qi_profiles[i]->hosts; *end; end++) {
            if (qi_url_host_ends(url, *end))
                return qi_profiles[i];
        }
    }
    return NULL;
}

static quire_status check_owner(const selector *s, const qi_url *url, const char *subject)
{
    const qi_profile *profile = s->out->profile;
    const qi_profile *theirs = owner(url);
    if (theirs && theirs != profile) {
        quire_status status = qi_fail(s->err, QUIRE_CONFIG, "%s is a URL of %s, not of %s", subject,
                                      theirs->title, profile->title);
        qi_hint(s->err, "Put it in %s, or set DB_PROVIDER=%s.", theirs->url_variable, theirs->name);
        return status;
    }
    if (!profile->has_private_server && !qi_url_get(url, "host") && !qi_url_get(url, "hostaddr")) {
        quire_status status = qi_fail(s->err, QUIRE_CONFIG, "%s names no host", subject);
        qi_hint(s->err, "Copy the whole URL from the project's page at %s.", profile->title);
        return status;
    }
    return QUIRE_OK;
}

/* Whether a list of hosts, of which a URL has a copy, names one by its address. */
static bool names_address(const qi_url *url)
{
    const char *hosts = qi_url_get(url, "host");
    if (!hosts)
        return true;
    unsigned char address[sizeof(struct in6_addr)];
    char host[256];
    for (size_t length; *hosts; hosts += length + (hosts[length] == ',')) {
        length = strcspn(hosts, ",");
        snprintf(host, sizeof host, "%.*s", (int)length, hosts);
        if (inet_pton(AF_INET, host, address) == 1 || inet_pton(AF_INET6, host, address) == 1)
            return true;
    }
    return false;
}

/* A stand-in on this very machine may have any name. */
static quire_status check_host_name(const selector *s, const qi_url *url, const char *subject)
{
    const char *options = qi_url_get(url, "options");
    if (!s->out->profile->needs_host_name || qi_url_is_here(url) || !names_address(url) ||
        (options && strstr(options, "endpoint=")))
        return QUIRE_OK;
    quire_status status =
        qi_fail(s->err, QUIRE_CONFIG, "%s names its host by an IP address", subject);
    qi_detail(s->err, "%s tells databases apart by the name of the host.", s->out->profile->title);
    qi_hint(s->err, "Copy the whole URL from the project's page at %s.", s->out->profile->title);
    return status;
}

static quire_status read_url(const selector *s, const char *text, const char *subject, qi_url *out)
{
    quire_status status = qi_url_parse(text, subject, s->arena, out, s->err);
    if (status == QUIRE_OK)
        status = check_owner(s, out, subject);
    if (status == QUIRE_OK)
        status = check_host_name(s, out, subject);
    if (status == QUIRE_OK)
        status = qi_tls_apply(s->out->profile, s->env, out, subject, s->err);
    return status;
}

static quire_status refuse_missing(const selector *s, const char *variable)
{
    const qi_profile *profile = s->out->profile;
    bool empty = is_set_empty(s->env, variable);
    quire_status status =
        qi_fail(s->err, QUIRE_CONFIG, "%s is %s", variable, empty ? "empty" : "not set");
    qi_detail(s->err, "%s is wanted (%s).", profile->title, s->out->choice.reason);
    const char *unread = unread_url(s->env);
    qi_hint(s->err,
            "Set %s in the environment or in a file .env to the URL that %s shows.%s%.64s%s",
            variable, profile->title, unread ? " " : "", unread ? unread : "",
            unread ? " is not read." : "");
    return status;
}

static quire_status refuse_pooler_word(const selector *s, const char *variable, quire_source source)
{
    quire_status status =
        qi_fail(s->err, QUIRE_CONFIG, "%s is neither transaction nor session", variable);
    qi_hint(s->err, "Say how the pooler shares its connections, or unset %s.", variable);
    locate(s, variable, source);
    return status;
}

/* Whether the URL is a transaction pooler's: as it is told, else as the URL looks. */
static quire_status find_pooler(const selector *s, bool from_options)
{
    const qi_profile *profile = s->out->profile;
    const char *variable = from_options ? NULL : profile->pooler_variable;
    quire_source source;
    const char *word = variable ? qi_environment_get(s->env, variable, &source) : NULL;
    if (word && strcmp(word, "transaction") != 0 && strcmp(word, "session") != 0)
        return refuse_pooler_word(s, variable, source);
    s->out->shared = word ? strcmp(word, "transaction") == 0
                          : profile->is_shared && profile->is_shared(&s->out->url);
    return QUIRE_OK;
}

/* Whether two URLs lead to the same place; names are compared as they are written. */
static bool same_place(const qi_url *one, const qi_url *other)
{
    const char *a = qi_url_get(one, "host"), *b = qi_url_get(other, "host");
    const char *c = qi_url_get(one, "hostaddr"), *d = qi_url_get(other, "hostaddr");
    return strcmp(a ? a : "", b ? b : "") == 0 && strcmp(c ? c : "", d ? d : "") == 0 &&
           qi_url_port(one) == qi_url_port(other);
}

static bool leads_to_pooler(const qi_selection *selection)
{
    const qi_profile *profile = selection->profile;
    return (profile->is_shared && profile->is_shared(&selection->session)) ||
           (selection->shared && same_place(&selection->url, &selection->session));
}

static quire_status refuse_shared_session(const selector *s, const char *variable)
{
    quire_status status =
        qi_fail(s->err, QUIRE_CONFIG, "%s is the URL of a transaction pooler", variable);
    qi_detail(s->err, "It is used for migrations and locks, which need a session of their own.");
    qi_hint(s->err, "Set it to the direct or session URL that %s shows, or unset it.",
            s->out->profile->title);
    return status;
}

/* The URL that its own variable gives for sessions. */
static quire_status read_session(const selector *s, const char *variable, const char *text,
                                 quire_source source)
{
    qi_selection *out = s->out;
    out->session_variable = variable;
    out->has_session = true;
    quire_status status = read_url(s, text, variable, &out->session);
    if (status == QUIRE_OK && leads_to_pooler(out))
        status = refuse_shared_session(s, variable);
    if (status != QUIRE_OK)
        locate(s, variable, source);
    return status;
}

/* The way around a transaction pooler, where the provider knows one. */
static quire_status derive_session(const selector *s)
{
    qi_selection *out = s->out;
    if (!out->profile->make_session || !out->profile->is_shared(&out->url))
        return QUIRE_OK;
    out->session = out->url;
    out->session.options = qi_arena_zero(s->arena, out->url.count, sizeof *out->url.options);
    if (!out->session.options)
        return qi_fail_memory(s->err);
    memcpy(out->session.options, out->url.options, out->url.count * sizeof *out->url.options);
    out->has_session = true;
    return out->profile->make_session(&out->session, s->arena) ? QUIRE_OK : qi_fail_memory(s->err);
}

static quire_status find_session(const selector *s, bool from_options)
{
    const char *variable = from_options ? NULL : s->out->profile->direct_variable;
    quire_source source;
    const char *text = variable ? qi_environment_get(s->env, variable, &source) : NULL;
    s->out->session_variable = s->out->choice.variable;
    quire_status status = find_pooler(s, from_options);
    if (status != QUIRE_OK)
        return status;
    if (text)
        return read_session(s, variable, text, source);
    return s->out->shared ? derive_session(s) : QUIRE_OK;
}

static quire_status fill_choice(const selector *s, const char *variable, quire_source source)
{
    qi_selection *out = s->out;
    const char *shown = qi_url_write(&out->url, s->arena, true);
    if (!shown)
        return qi_fail_memory(s->err);
    out->has_url = true;
    out->choice.source = source;
    QI_COPY(out->choice.variable, variable);
    QI_COPY(out->choice.url, shown);
    return QUIRE_OK;
}

static quire_status find_url(const selector *s)
{
    const char *variable = s->out->profile->url_variable;
    quire_source source;
    const char *text = qi_environment_get(s->env, variable, &source);
    if (!text)
        return s->out->profile->has_private_server ? QUIRE_OK : refuse_missing(s, variable);
    quire_status status = read_url(s, text, variable, &s->out->url);
    if (status != QUIRE_OK) {
        locate(s, variable, source);
        return status;
    }
    status = fill_choice(s, variable, source);
    return status == QUIRE_OK ? find_session(s, false) : status;
}

/*
 * A URL in the options is used as it is, whatever the environment says: its provider is the one
 * that was named, else the one that its host gives away, else local.
 */
static quire_status use_given_url(const selector *s, quire_provider provider, const char *text)
{
    static const char subject[] = "the option url";
    qi_url url = { 0 };
    quire_status status = qi_url_parse(text, subject, s->arena, &url, s->err);
    if (status != QUIRE_OK)
        return status;
    const qi_profile *profile = qi_profile_of(provider);
    if (!profile)
        profile = owner(&url);
    take(s, profile ? profile : qi_profile_of(QUIRE_LOCAL), 0, "a URL was given");
    status = read_url(s, text, subject, &s->out->url);
    if (status == QUIRE_OK)
        status = fill_choice(s, "", QUIRE_FROM_OPTIONS);
    return status == QUIRE_OK ? find_session(s, true) : status;
}

static quire_status choose(const selector *s, quire_provider provider, const char *url)
{
    if (provider != QUIRE_AUTO && !qi_profile_of(provider))
        return qi_fail(s->err, QUIRE_INVALID, "there is no provider with the number %d",
                       (int)provider);
    if (url && *url)
        return use_given_url(s, provider, url);
    if (provider != QUIRE_AUTO)
        take(s, qi_profile_of(provider), 0, "asked for by name");
    else {
        quire_status status = apply_rules(s);
        if (status != QUIRE_OK)
            return status;
    }
    return find_url(s);
}

quire_status qi_select(const qi_environment *env, quire_provider provider, const char *url,
                       qi_arena *arena, qi_selection *out, quire_error *err)
{
    selector s = { env, arena, out, err };
    memset(out, 0, sizeof *out);
    QI_COPY(out->choice.dotenv, env->dotenv);
    quire_status status = choose(&s, provider, url);
    return status == QUIRE_OK ? qi_endpoint_find(env, arena, out, err) : status;
}
