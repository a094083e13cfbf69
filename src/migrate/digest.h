/* digest.h - SHA-256, by OpenSSL (docs/decisions/0010-sha-256-from-libcrypto.md says why). */
#ifndef QI_DIGEST_H
#define QI_DIGEST_H

#include <stdbool.h>
#include <stddef.h>

#define QI_SHA256_HEX_SIZE 65 /* NUL included */

/* Failures are sticky: only qi_digest_end tells. */
typedef struct qi_digest {
    void *state;
    bool failed;
} qi_digest;

void qi_digest_begin(qi_digest *digest);

/* Adds bytes. Has the form of a qi_sql_normalise callback; `context` is the qi_digest. */
void qi_digest_add(void *context, const char *bytes, size_t length);

/* The digest in lower case hexadecimal; ends it. False: out of memory, or OpenSSL has no SHA-256. */
bool qi_digest_end(qi_digest *digest, char hex[QI_SHA256_HEX_SIZE]);

#endif
