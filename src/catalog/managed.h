/*
 * managed.h - what the providers have of their own in a database. The command leaves it out of the
 * catalogs of live databases (catalog/platform.h), the library out of the list that finds drift.
 */
#ifndef QI_MANAGED_H
#define QI_MANAGED_H

#include <quire/provider.h>

/*
 * "schema auth", for all that is in it too, or "extension neon": kind and name of what is in no schema.
 * A name that ends in * stands for all that begin so. Ends with NULL; has no more for providers
 * without anything of their own.
 */
const char *const *qi_managed_by(quire_provider provider);

#endif
