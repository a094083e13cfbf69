#include <quire/generated.h>
#include <quire/version.h>

/* Its name carries the number: code that was generated for another QUIRE_ABI does not link. */
const int quire_abi_1 = QUIRE_ABI;

const char *quire_version(void)
{
    return QUIRE_VERSION;
}
