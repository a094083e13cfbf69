/* endpoint.h - whether a provider's statements go over HTTP, and where to. */
#ifndef QI_ENDPOINT_H
#define QI_ENDPOINT_H

#include "base/dotenv.h"
#include "provider/select.h"

#include <quire/error.h>

/*
 * Fills in the selection's endpoint from the profile's variables and its URL. Nothing happens where the
 * provider has none, where the variable of the transport says tcp, and, unless it says http, where the URL
 * has not what it takes: a host name of the provider's and a password. QUIRE_CONFIG for a transport that is
 * neither, an endpoint that is no URL or would send the password in the clear, and for http with a URL
 * that cannot go there.
 */
quire_status qi_endpoint_find(const qi_environment *env, qi_arena *arena, qi_selection *selection,
                              quire_error *err);

#endif
