#include "provider/tls.h"

#include "base/error.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static bool is_weak(const char *mode)
{
    return mode && (!strcmp(mode, "disable") || !strcmp(mode, "allow") || !strcmp(mode, "prefer"));
}

static quire_status refuse_weak(const qi_profile *profile, const char *subject, const char *mode,
                                quire_error *err)
{
    quire_status status =
        qi_fail(err, QUIRE_CONFIG, "%s says sslmode=%s, but %s is only used with TLS", subject,
                mode, profile->title);
    qi_hint(err, "Take sslmode out of the URL, or write sslmode=require or verify-full.");
    return status;
}

/* libpq would say so too, but only when it connects, and without the variable. */
static quire_status check_file(const char *variable, const char *path, quire_error *err)
{
    FILE *file = fopen(path, "rb");
    if (file) {
        char first[1];
        bool readable = fread(first, 1, 1, file) == 1;
        fclose(file);
        if (readable)
            return QUIRE_OK;
    }
    quire_status status = qi_fail(err, QUIRE_CONFIG, "%s=%s: %s", variable, path,
                                  file              ? "the file is empty or no file"
                                  : errno == ENOENT ? "there is no such file"
                                                    : "the file cannot be read");
    qi_hint(err, "It must name a file with the provider's CA certificate in PEM form.");
    return status;
}

static quire_status verify(const char *variable, const char *file, qi_url *url, const char *subject,
                           quire_error *err)
{
    const char *mode = qi_url_get(url, "sslmode");
    if (is_weak(mode)) {
        quire_status status = qi_fail(err, QUIRE_CONFIG, "%s says sslmode=%s, but %s is set",
                                      subject, mode, variable);
        qi_hint(err, "Take sslmode out of the URL, or unset %s.", variable);
        return status;
    }
    if (!qi_url_get(url, "sslrootcert")) {
        quire_status status = check_file(variable, file, err);
        if (status != QUIRE_OK)
            return status;
        qi_url_set(url, "sslrootcert", file);
    }
    qi_url_set(url, "sslmode", "verify-full");
    return QUIRE_OK;
}

/* A file that is not there would make libpq verify nothing, unless sslmode tells it to. */
static quire_status check_own_file(const qi_url *url, const char *subject, quire_error *err)
{
    const char *path = qi_url_get(url, "sslrootcert");
    if (!path || strcmp(path, "system") == 0)
        return QUIRE_OK;
    char name[96];
    snprintf(name, sizeof name, "%s: sslrootcert", subject);
    return check_file(name, path, err);
}

quire_status qi_tls_apply(const qi_profile *profile, const qi_environment *env, qi_url *url,
                          const char *subject, quire_error *err)
{
    const char *mode = qi_url_get(url, "sslmode");
    quire_status status = check_own_file(url, subject, err);
    if (status != QUIRE_OK)
        return status;
    const char *file =
        profile->ca_variable ? qi_environment_get(env, profile->ca_variable, NULL) : NULL;
    if (file)
        return verify(profile->ca_variable, file, url, subject, err);
    if (!profile->needs_tls)
        return QUIRE_OK;
    if (is_weak(mode) && !qi_url_is_here(url))
        return refuse_weak(profile, subject, mode, err);
    if (!mode)
        qi_url_set(url, "sslmode", "require");
    return QUIRE_OK;
}
