/*
 * platform.h - what a provider's databases hold before a project's schema comes to them.
 *
 * A schema names such things (roles, auth.uid(), auth.users), so scratch databases get them, as far as they
 * can be named, from sql/platform/<provider>.sql. They are not the project's: of a live database they are
 * left out, by schema and name, so nothing of them can ever be planned. What a project adds to them is the
 * project's: policies on tables, triggers whose function is the project's, its tables in publications.
 */
#ifndef QI_PLATFORM_H
#define QI_PLATFORM_H

#include <quire/db.h>
#include <quire/error.h>
#include <quire/provider.h>

#include <stdbool.h>

/*
 * Makes a new scratch database one of the provider's kind. `roles` as in catalog/load.h. QUIRE_AUTO and
 * providers without anything of their own do nothing.
 */
quire_status qi_platform_load(quire_db *db, quire_provider provider, bool roles, quire_error *err);

/*
 * From now on catalogs that are read on this connection, a pool of one, are without what is the
 * platform's, as those of live databases are; until RESET ALL. Between two scratch databases that is not
 * needed: what both have is no difference.
 */
quire_status qi_platform_leave_out(quire_db *db, quire_provider provider, quire_error *err);

/* Whether an object is the platform's. `schema` may be NULL: it is in none. */
bool qi_platform_has(quire_provider provider, const char *kind, const char *schema,
                     const char *name);

#endif
