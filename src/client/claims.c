#include "client/handle.h"
#include "base/error.h"

#include <quire/claims.h>
#include <quire/sql.h>

#include <string.h>

/*
 * Everything by set_config with bound values, local to the transaction. The claims are looked at while
 * the login's own role is in force, and the role comes last: the subquery fixes the order.
 */
#define SET_CLAIMS                                                                                 \
    "select pg_catalog.set_config('request.jwt.claims', c.claims::text, true), "                   \
    "pg_catalog.set_config('request.jwt.claim.sub', "                                              \
    "coalesce(c.claims operator(pg_catalog.->>) 'sub', ''), true), "                               \
    "pg_catalog.set_config('request.jwt.claim.role', $2::text, true) "                             \
    "from (select $1::pg_catalog.jsonb as claims) c "                                              \
    "where pg_catalog.jsonb_typeof(c.claims) operator(pg_catalog.=) 'object'"
#define SET_ROLE "select pg_catalog.set_config('role', $1, true)"

static quire_status refuse_claims(quire_error *err)
{
    quire_status status = qi_fail(err, QUIRE_INVALID, "the claims are not a JSON object");
    qi_hint(err, "They look like {\"sub\": \"...\"}.");
    return status;
}

static quire_status set_claims(quire_db *tx, const char *role, const char *claims, quire_error *err)
{
    quire_error own = { 0 };
    quire_rows rows = { 0 };
    const char *const params[] = { claims, role };
    quire_status status = quire_query(tx, SET_CLAIMS, params, 2, &rows, &own);
    size_t count = rows.count;
    quire_rows_free(&rows);
    /* What is no JSON at all the server names by its own text, which may quote the claims. */
    if (status == QUIRE_OK ? count == 0 : strncmp(own.sqlstate, "22", 2) == 0)
        return refuse_claims(err);
    if (status != QUIRE_OK && err)
        *err = own;
    return status;
}

static quire_status become(quire_db *tx, const char *role, const char *claims, quire_error *err)
{
    quire_status status = set_claims(tx, role, claims, err);
    if (status != QUIRE_OK)
        return status;
    quire_error own = { 0 };
    status = quire_query(tx, SET_ROLE, &role, 1, NULL, &own);
    if (status == QUIRE_OK)
        return QUIRE_OK;
    if (strcmp(own.sqlstate, "22023") == 0) /* invalid_parameter_value: there is no such role */
        return qi_fail(err, QUIRE_INVALID, "there is no role \"%s\"", role);
    if (status == QUIRE_DENIED)
        qi_hint(&own, "Grant the role to the login: grant %s to the user of the URL.", role);
    if (err)
        *err = own;
    return status;
}

static quire_status check(quire_db *db, const char *role, const char *claims, quire_work work,
                          quire_error *err)
{
    quire_status status = qi_usable(db, err);
    if (status != QUIRE_OK)
        return status;
    if (!role || !*role || !claims || !work)
        return qi_fail(err, QUIRE_INVALID, "quire_with_claims: role, claims or work is missing");
    if (strcmp(role, "none") == 0)
        return qi_fail(err, QUIRE_INVALID, "quire_with_claims: none is not a role");
    if (qi_is_transaction(db))
        return qi_fail(err, QUIRE_INVALID,
                       "quire_with_claims begins a transaction and cannot run inside one");
    return QUIRE_OK;
}

quire_status quire_with_claims(quire_db *db, const char *role, const char *claims_json,
                               quire_work work, void *context, quire_error *err)
{
    quire_status status = check(db, role, claims_json, work, err);
    if (status != QUIRE_OK)
        return status;
    quire_error own = { 0 };
    quire_db *tx = quire_begin(db, NULL, &own);
    if (!tx) {
        if (err)
            *err = own;
        return own.status;
    }
    status = become(tx, role, claims_json, err);
    if (status == QUIRE_OK)
        status = work(tx, context, err);
    if (status == QUIRE_OK)
        return quire_commit(tx, err);
    quire_rollback(tx, NULL);
    return status;
}
