/* tls.h - how much a connection must be protected: what its provider needs, and its CA file. */
#ifndef QI_TLS_H
#define QI_TLS_H

#include "base/dotenv.h"
#include "provider/provider.h"
#include "provider/url.h"

#include <quire/error.h>

/*
 * Sets sslmode and sslrootcert in a URL. With the provider's CA file set, the server is verified
 * (verify-full); else TLS is required where the provider needs it, except that a stand-in on this very
 * machine may be asked for without. QUIRE_CONFIG when the URL asks for less, or the file cannot be
 * read. `subject` is what messages call the URL; the value of the variable is not copied.
 */
quire_status qi_tls_apply(const qi_profile *profile, const qi_environment *env, qi_url *url,
                          const char *subject, quire_error *err);

#endif
