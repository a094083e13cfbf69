#include "provider/provider.h"

#include "base/conf.h"
#include "base/dotenv.h"
#include "base/error.h"
#include "provider/binaries.h"
#include "provider/select.h"

#include <quire/server.h>

#include <string.h>

static quire_status select_in(const char *directory, quire_provider provider, const char *url,
                              qi_arena *arena, qi_selection *out, quire_error *err)
{
    qi_environment env = { 0 };
    quire_status status = qi_environment_load(directory, arena, &env, err);
    if (status != QUIRE_OK)
        return status;
    return qi_select(&env, provider, url, arena, out, err);
}

quire_status quire_current_provider(const char *directory, quire_provider provider,
                                    quire_choice *out, quire_error *err)
{
    if (!out)
        return qi_fail(err, QUIRE_INVALID, "quire_current_provider: out is NULL");
    qi_arena arena = { 0 };
    qi_selection selection = { 0 };
    quire_status status = select_in(directory, provider, NULL, &arena, &selection, err);
    if (status == QUIRE_OK && !selection.has_url) {
        qi_conf conf; /* a broken quire.conf would stop the private server: say so now */
        status = qi_conf_load(directory, &arena, &conf, err);
    }
    if (status == QUIRE_OK)
        *out = selection.choice;
    qi_arena_free(&arena);
    return status;
}

quire_status quire_validate_provider(const char *directory, quire_provider provider,
                                     quire_error *err)
{
    qi_arena arena = { 0 };
    qi_environment env = { 0 };
    qi_selection selection = { 0 };
    quire_status status = qi_environment_load(directory, &arena, &env, err);
    if (status == QUIRE_OK)
        status = qi_select(&env, provider, NULL, &arena, &selection, err);
    if (status == QUIRE_OK && !selection.has_url) {
        qi_conf conf;
        qi_binaries binaries;
        status = qi_conf_load(directory, &arena, &conf, err);
        if (status == QUIRE_OK)
            status = qi_binaries_find(&env, 0, &arena, &binaries, err);
    }
    qi_arena_free(&arena);
    return status;
}

static quire_status use_private_server(const quire_options *options, qi_arena *arena,
                                       qi_connection_target *out, quire_error *err)
{
    quire_server server;
    quire_status status = quire_server_start(options->directory, &server, err);
    if (status != QUIRE_OK)
        return status;
    out->private_server = true;
    out->named_statements = true;
    out->url = qi_arena_text(arena, server.url);
    out->session_url = out->url;
    out->session_variable = "";
    return out->url ? QUIRE_OK : qi_fail_memory(err);
}

/* libpq's word for the system's certificates is no file. */
static quire_status use_endpoint(const qi_selection *selection, qi_arena *arena,
                                 qi_connection_target *out, quire_error *err)
{
    const char *ca_file = qi_url_get(&selection->url, "sslrootcert");
    out->endpoint = selection->endpoint;
    out->endpoint_url = selection->endpoint_url;
    if (!ca_file || strcmp(ca_file, "system") == 0)
        return QUIRE_OK;
    out->endpoint_ca_file = qi_arena_text(arena, ca_file);
    return out->endpoint_ca_file ? QUIRE_OK : qi_fail_memory(err);
}

static quire_status use_url(const qi_selection *selection, qi_arena *arena,
                            qi_connection_target *out, quire_error *err)
{
    out->shared = selection->shared;
    out->named_statements = !selection->shared || selection->profile->pooler_keeps_names;
    out->url = qi_url_write(&selection->url, arena, false);
    out->session_variable = qi_arena_text(arena, selection->session_variable);
    if (!out->url || !out->session_variable)
        return qi_fail_memory(err);
    if (!selection->has_session) {
        out->session_url = selection->shared ? NULL : out->url;
        return QUIRE_OK;
    }
    out->session_url = qi_url_write(&selection->session, arena, false);
    if (!out->session_url)
        return qi_fail_memory(err);
    if (strcmp(out->url, out->session_url) == 0)
        out->session_url = out->url;
    return QUIRE_OK;
}

quire_status qi_resolve(const quire_options *options, qi_arena *arena, qi_connection_target *out,
                        quire_error *err)
{
    static const quire_options defaults = { 0 };
    if (!options)
        options = &defaults;
    if (options->pool_size < 0 || options->pool_wait_ms < 0 || options->connect_timeout_ms < 0)
        return qi_fail(err, QUIRE_INVALID,
                       "pool_size, pool_wait_ms and connect_timeout_ms must not be negative");
    qi_selection selection = { 0 };
    quire_status status =
        select_in(options->directory, options->provider, options->url, arena, &selection, err);
    if (status != QUIRE_OK)
        return status;
    qi_connection_target target = {
        .profile = selection.profile,
        .choice = selection.choice,
        .pool_size = options->pool_size ? options->pool_size : selection.profile->pool_size,
    };
    status = selection.has_url ? use_url(&selection, arena, &target, err)
                               : use_private_server(options, arena, &target, err);
    if (status == QUIRE_OK && selection.endpoint)
        status = use_endpoint(&selection, arena, &target, err);
    if (status == QUIRE_OK)
        *out = target;
    return status;
}
