/*
 * url.h - connection URLs, taken apart by libpq's own parser and put together again.
 *
 * No message made here quotes a URL or a part of one that could belong to a password.
 */
#ifndef QI_URL_H
#define QI_URL_H

#include "base/arena.h"

#include <quire/error.h>

#include <stdbool.h>
#include <stddef.h>

typedef struct qi_url_option {
    const char *keyword; /* libpq's: "host", "port", "dbname", "sslmode" */
    const char *value;   /* percent escapes resolved; NULL when the URL does not say */
    bool secret;         /* a password of some kind */
} qi_url_option;

/* Every option that libpq knows, in its order. Lies in an arena. */
typedef struct qi_url {
    qi_url_option *options;
    size_t count;
} qi_url;

/*
 * Parses a URL with the scheme postgresql:// or postgres://. `subject` is what messages call it:
 * the name of its variable. QUIRE_CONFIG when libpq could not connect with it for its form alone.
 */
quire_status qi_url_parse(const char *text, const char *subject, qi_arena *arena, qi_url *out,
                          quire_error *err);

/* An option's value; NULL when the URL does not say. */
const char *qi_url_get(const qi_url *url, const char *keyword);

/* Changes an option that libpq knows; the value is not copied. NULL takes the option out. */
void qi_url_set(qi_url *url, const char *keyword, const char *value);

/* The first port that it names; 5432 when it names none. */
int qi_url_port(const qi_url *url);

/* Whether one of its hosts is `end` or ends with it, without regard to case. */
bool qi_url_host_ends(const qi_url *url, const char *end);

/* Whether every host is a Unix socket or this machine's loopback. False when it names none. */
bool qi_url_is_here(const qi_url *url);

/* The URL as text; NULL when out of memory. `masked`: with *** for every secret. */
char *qi_url_write(const qi_url *url, qi_arena *arena, bool masked);

#endif
