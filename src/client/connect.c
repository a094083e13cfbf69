#include "client/connect.h"
#include "base/clock.h"
#include "base/error.h"

#include <stdio.h>
#include <string.h>

#define ATTEMPTS_MOST 10
#define PAUSE_FIRST_MS 100
#define PAUSE_MOST_MS 3000

/* Between half of a pause and all of it, so that programs do not come back all at once. */
static int64_t jitter(int64_t pause_ms, const void *salt)
{
    uint64_t x = (uint64_t)qi_clock_us() ^ ((uint64_t)(uintptr_t)salt << 20);
    x ^= x << 13; /* xorshift: Marsaglia 2003 */
    x ^= x >> 7;
    x ^= x << 17;
    return pause_ms / 2 + (int64_t)(x % (uint64_t)(pause_ms / 2 + 1));
}

typedef struct remedy {
    const char *text; /* in libpq's or the server's message */
    const char *hint; /* its %s is the variable of the URL */
} remedy;

static const remedy remedies[] = {
    { "certificate verify failed", "The server's certificate has expired, or is not from the CA "
                                   "that is trusted; see the file of "
                                   "the CA, and the host in %s." },
    { "does not match host name",
      "The certificate is for another host: take the host name in %s from the provider." },
    { "server does not support SSL", "The connection must be encrypted: see to it that %s has the "
                                     "host and port of the provider." },
    { "could not translate host name", "Look for a slip in the host of %s." },
    { "password authentication failed",
      "Check user and password in %s; @ : / %% in them are written %%40 %%3A %%2F %%25." },
};

static void explain(const qi_connection_target *target, quire_error *err)
{
    const char *variable = target->choice.variable;
    if (!err)
        return;
    if (!err->hint[0]) {
        for (size_t i = 0; i < sizeof remedies / sizeof *remedies; i++)
            if (strstr(err->message, remedies[i].text) || strstr(err->detail, remedies[i].text))
                qi_hint(err, remedies[i].hint, *variable ? variable : "the URL");
    }
    if (*variable) {
        char message[sizeof err->message];
        QI_COPY(message, err->message);
        snprintf(err->message, sizeof err->message, "%s: ", variable);
        size_t length = strlen(err->message);
        qi_copy_text(err->message + length, sizeof err->message - length, message);
    }
}

static bool may_retry(const qi_profile *profile, const quire_error *err, bool was_there)
{
    return err->status == QUIRE_CONNECT && (qi_may_retry(profile, err->message, was_there) ||
                                            qi_may_retry(profile, err->detail, was_there));
}

/* Pauses before another attempt. False: it is not worth one, or there is no time for it. */
static bool pause_before(int attempt, int64_t deadline, const void *salt)
{
    int64_t pause = PAUSE_FIRST_MS;
    for (int i = 1; i < attempt && pause < PAUSE_MOST_MS; i++)
        pause *= 2;
    int64_t wait = jitter(pause < PAUSE_MOST_MS ? pause : PAUSE_MOST_MS, salt);
    if (attempt == ATTEMPTS_MOST || qi_clock_ms() + wait > deadline)
        return false;
    qi_sleep_ms(wait);
    return true;
}

quire_status qi_connect(const qi_transport *transport, const qi_address *address,
                        const qi_connection_target *target, bool was_there, qi_link **link,
                        quire_error *err)
{
    int64_t deadline = qi_clock_ms() + address->connect_timeout_ms;
    for (int attempt = 1;; attempt++) {
        quire_error own = { 0 };
        quire_status status = transport->open(address, link, &own);
        if (status == QUIRE_OK)
            return QUIRE_OK;
        if (!may_retry(target->profile, &own, was_there) ||
            !pause_before(attempt, deadline, link)) {
            explain(target, &own);
            if (err)
                *err = own;
            return status;
        }
    }
}

quire_status qi_send(const qi_transport *transport, qi_link *link, const qi_address *address,
                     const qi_connection_target *target, const quire_transaction_options *options,
                     qi_request *requests, size_t count, qi_reply **replies, size_t *done,
                     quire_error *err)
{
    int64_t deadline = qi_clock_ms() + address->connect_timeout_ms;
    for (int attempt = 1;; attempt++) {
        quire_error own; /* read only after a failure, which fills it whole */
        quire_status status =
            transport->run_transaction(link, options, requests, count, replies, done, &own);
        if (status == QUIRE_OK)
            return QUIRE_OK;
        if (!may_retry(target->profile, &own, true) || !pause_before(attempt, deadline, link)) {
            bool unreached =
                status == QUIRE_CONNECT || status == QUIRE_DENIED || status == QUIRE_LOST;
            if (unreached && !own.sqlstate[0])
                explain(target, &own);
            if (err)
                *err = own;
            return status;
        }
    }
}
