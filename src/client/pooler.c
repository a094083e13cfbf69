#include "client/pooler.h"

#include <stdlib.h>

static const char none[] = "none";
static const char shared[] = "transaction";
static const char between[] = "between";

/* The server's process that serves the session's next transaction, or the one that it is in. */
static quire_status serving(quire_db *db, qi_connection *connection, long *process,
                            quire_error *err)
{
    qi_request request = { .name = "", .sql = "select pg_catalog.pg_backend_pid()", .text = true };
    qi_reply *reply = NULL;
    size_t done;
    quire_status status = qi_trip(db, connection, &request, 1, &reply, &done, err);
    if (status != QUIRE_OK)
        return status;
    qi_cell cell = connection->transport->cell(reply, 0, 0);
    *process = cell.data ? strtol(cell.data, NULL, 10) : 0;
    connection->transport->free(reply);
    return QUIRE_OK;
}

/*
 * While one session keeps its process busy with a transaction, the other is served by another one; the
 * first one's, free again, is then the one that a pooler hands out next.
 */
static quire_status compare(quire_db *db, qi_connection *first, qi_connection *second,
                            bool *is_shared, quire_error *err)
{
    long before = 0, after = 0;
    quire_status status = qi_command(first, "BEGIN", err);
    if (status != QUIRE_OK)
        return status;
    status = serving(db, second, &before, err);
    quire_status ended = qi_command(first, "COMMIT", status == QUIRE_OK ? err : NULL);
    if (status == QUIRE_OK)
        status = ended;
    if (status == QUIRE_OK)
        status = serving(db, second, &after, err);
    *is_shared = before != after;
    return status;
}

/* Without a second session, that connections are shared can only be seen by chance. */
static quire_status ask_two(quire_db *db, qi_connection *first, const char **found,
                            quire_error *err)
{
    qi_connection *second;
    bool is_shared = false;
    if (qi_pool_lend_now(db->pool, &second, NULL) != QUIRE_OK)
        return QUIRE_OK;
    quire_status status = compare(db, first, second, &is_shared, err);
    qi_pool_return(second);
    if (is_shared)
        *found = shared;
    return status;
}

quire_status qi_find_pooler(quire_db *db, qi_connection *connection, int backend,
                            const char **found, quire_error *err)
{
    long one = 0, other = 0;
    quire_status status = serving(db, connection, &one, err);
    if (status == QUIRE_OK)
        status = serving(db, connection, &other, err);
    if (status != QUIRE_OK)
        return status;
    *found = one != other ? shared : one == backend ? none : between;
    if (*found != between || qi_is_transaction(db))
        return QUIRE_OK;
    return ask_two(db, connection, found, err);
}
