/*
 * quire/claims.h - work done as a role, with the claims of a token, so that row-level security holds.
 *
 * A server program connects as one role, which as a rule may see everything. Policies that ask
 * auth.uid(), auth.role() or auth.jwt() (Supabase), or current_setting('request.jwt.claims'), want to know
 * on whose behalf a statement runs:
 *
 *     static quire_status list_shelf(quire_db *tx, void *context, quire_error *err)
 *     {
 *         return bookshelf_user_books_list(bookshelf_repos_on(tx).user_books, context, err);
 *     }
 *     ...
 *     quire_with_claims(db, "authenticated", "{\"sub\": \"6f9619ff-...\"}", list_shelf, &shelf, &err);
 *
 * The claims are taken as they are: whoever calls has verified the token that they come from.
 */
#ifndef QUIRE_CLAIMS_H
#define QUIRE_CLAIMS_H

#include <quire/db.h>
#include <quire/error.h>
#include <quire/export.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * What is done in the transaction. It must use `tx` alone, neither end it nor change its role, and say
 * in `err` what failed; `tx` ends when it returns.
 */
typedef quire_status (*quire_work)(quire_db *tx, void *context, quire_error *err);

/*
 * Runs `work` in a transaction of its own, as `role` and with `claims_json`, a JSON object. Commits when
 * it returns QUIRE_OK, else rolls back and returns its status. Role and claims end with the
 * transaction, so they hold behind a transaction pooler too and never reach another caller.
 *
 * Set are, for the transaction: role; request.jwt.claims; request.jwt.claim.sub and
 * request.jwt.claim.role, which older policies read. The last is the role that statements run as, whatever
 * the claims say.
 *
 * `db` is a pool: in a transaction, the role would outlive a savepoint (QUIRE_INVALID). QUIRE_INVALID
 * too for a role that is empty or `none` (which would drop the restriction) and for claims that are no
 * JSON object; QUIRE_DENIED for a role that the login may not become; else as quire_begin and
 * quire_commit. `work` is not called then.
 */
QUIRE_API QUIRE_MUST_USE quire_status quire_with_claims(quire_db *db, const char *role,
                                                        const char *claims_json, quire_work work,
                                                        void *context, quire_error *err);

#ifdef __cplusplus
}
#endif

#endif
