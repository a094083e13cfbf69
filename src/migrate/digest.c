#include "migrate/digest.h"

#include <openssl/evp.h>

void qi_digest_begin(qi_digest *digest)
{
    EVP_MD_CTX *state = EVP_MD_CTX_new();
    digest->state = state;
    digest->failed = !state || EVP_DigestInit_ex(state, EVP_sha256(), NULL) != 1;
}

void qi_digest_add(void *context, const char *bytes, size_t length)
{
    qi_digest *digest = context;
    if (!digest->failed && EVP_DigestUpdate(digest->state, bytes, length) != 1)
        digest->failed = true;
}

bool qi_digest_end(qi_digest *digest, char hex[QI_SHA256_HEX_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned int length = 0;
    bool ok = !digest->failed && EVP_DigestFinal_ex(digest->state, bytes, &length) == 1 &&
              length == (QI_SHA256_HEX_SIZE - 1) / 2;
    EVP_MD_CTX_free(digest->state);
    digest->state = NULL;
    digest->failed = true;
    for (unsigned int i = 0; ok && i < length; i++) {
        hex[2 * i] = digits[bytes[i] >> 4];
        hex[2 * i + 1] = digits[bytes[i] & 15];
    }
    hex[ok ? 2 * length : 0] = '\0';
    return ok;
}
