#include "client/connect.h"
#include "client/handle.h"
#include "client/observe.h"
#include "base/error.h"

#include <quire/batch.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * A batch on its way. Behind `begin` there is a place for each call, then one for COMMIT: a pipeline in a
 * transaction of its own uses all of them, otherwise only the calls travel.
 */
typedef struct batch {
    const quire_batch_call *calls;
    size_t count;
    qi_param_value *values; /* of all calls */
    qi_request *requests;   /* count + 2 */
    qi_reply **replies;     /* count + 2 */
    const qi_transport *transport;
} batch;

/* ---- before the trip ------------------------------------------------------------------------- */

static quire_status fail_call(const batch *it, size_t i, quire_error *err, const char *what)
{
    const char *name = it->calls[i].name;
    quire_status status = qi_fail(err, QUIRE_INVALID, "call %zu of the batch %s", i + 1, what);
    if (err && name)
        QI_COPY(err->query, name);
    return status;
}

static quire_status check_calls(const batch *it, quire_error *err)
{
    if (it->count > QUIRE_BATCH_MOST)
        return qi_fail(err, QUIRE_INVALID, "a batch takes at most %d calls", QUIRE_BATCH_MOST);
    for (size_t i = 0; i < it->count; i++) {
        if (!it->calls[i].sql)
            return fail_call(it, i, err, "has no statement");
        if (it->calls[i].param_count > QI_PARAMS_MOST)
            return fail_call(it, i, err, "has more parameters than a statement takes");
        if (qi_steers_transaction(it->calls[i].sql))
            return fail_call(it, i, err, "would begin or end a transaction: the batch is one");
    }
    return QUIRE_OK;
}

static quire_status make_room(batch *it, quire_error *err)
{
    size_t params = 0;
    for (size_t i = 0; i < it->count; i++)
        params += it->calls[i].param_count;
    it->values = calloc(params + 1, sizeof *it->values);
    it->requests = calloc(it->count + 2, sizeof *it->requests);
    it->replies = calloc(it->count + 2, sizeof(qi_reply *));
    return it->values && it->requests && it->replies ? QUIRE_OK : qi_fail_memory(err);
}

static void fill_requests(batch *it)
{
    qi_param_value *value = it->values;
    for (size_t i = 0; i < it->count; i++) {
        const quire_batch_call *call = &it->calls[i];
        it->requests[i + 1] = (qi_request){
            .name = "",
            .sql = call->sql,
            .params = value,
            .param_count = call->param_count,
            .text = true,
        };
        for (size_t j = 0; j < call->param_count; j++, value++)
            value->data = call->params[j];
    }
}

static bool stand_alone(const quire_db *db, const batch *it)
{
    if (!qi_has_statements(db))
        return false;
    for (size_t i = 0; i < it->count; i++)
        if (!qi_stands_alone(it->calls[i].sql))
            return false;
    return true;
}

/* ---- the trip -------------------------------------------------------------------------------- */

static quire_status run_in_transaction(quire_db *db, batch *it, size_t *done, quire_error *err)
{
    qi_connection *connection;
    quire_status status = qi_borrow(db, &connection, err);
    if (status != QUIRE_OK)
        return status;
    it->transport = connection->transport;
    status = qi_trip(db, connection, it->requests + 1, it->count, it->replies + 1, done, err);
    qi_give_back(db, connection);
    return status;
}

/* BEGIN and COMMIT travel with the calls. */
static quire_status run_pipeline(quire_db *db, const quire_transaction_options *options, batch *it,
                                 size_t *done, quire_error *err)
{
    char begin[QI_BEGIN_SIZE];
    size_t last = it->count + 1;
    qi_connection *connection;
    quire_status status = qi_borrow(db, &connection, err);
    if (status != QUIRE_OK)
        return status;
    it->transport = connection->transport;
    qi_write_begin(begin, options);
    it->requests[0] = (qi_request){ .name = "", .sql = begin };
    it->requests[last] = (qi_request){ .name = "", .sql = "COMMIT" };
    status = qi_trip(db, connection, it->requests, last + 1, it->replies, done, err);
    if (status == QUIRE_OK) {
        it->transport->free(it->replies[0]);
        it->transport->free(it->replies[last]);
    } else if (it->transport->state(connection->link) == QI_SESSION_FAILED) {
        qi_command(connection, "ROLLBACK", NULL);
    }
    *done = *done ? *done - 1 : it->count; /* without BEGIN it was none of the calls */
    qi_give_back(db, connection);
    return status;
}

static quire_status run_request(quire_db *db, const quire_transaction_options *options, batch *it,
                                size_t *done, quire_error *err)
{
    static const quire_transaction_options defaults;
    qi_connection *connection;
    quire_status status = qi_borrow_any(db, &connection, err);
    if (status != QUIRE_OK)
        return status;
    it->transport = connection->transport;
    status = qi_send(it->transport, connection->link, &connection->home->address,
                     &connection->home->target, options ? options : &defaults, it->requests + 1,
                     it->count, it->replies + 1, done, err);
    qi_give_back(db, connection);
    return status;
}

/* What was sent: up to the call that failed, or all of it. */
static void tell_calls(const quire_db *db, const batch *it, size_t failed, int64_t start,
                       const quire_error *error)
{
    for (size_t i = 0; i < it->count && i <= failed; i++) {
        const qi_reply *reply = error ? NULL : it->replies[i + 1];
        qi_tell(
            db, start,
            (quire_statement_event){ .name = it->calls[i].name,
                                     .sql = it->calls[i].sql,
                                     .params = it->calls[i].param_count,
                                     .rows = reply ? qi_rows_of(it->transport, reply) : -1,
                                     .error = failed == it->count || i == failed ? error : NULL });
    }
}

static quire_status run(quire_db *db, const quire_transaction_options *options, batch *it,
                        quire_error *err)
{
    quire_error own; /* read only after a failure, which fills it whole */
    size_t done = it->count;
    int64_t start = qi_watch_start(db);
    quire_status status;
    if (qi_is_transaction(db))
        status = run_in_transaction(db, it, &done, &own);
    else if (stand_alone(db, it))
        status = run_request(db, options, it, &done, &own);
    else
        status = run_pipeline(db, options, it, &done, &own);
    if (status != QUIRE_OK && done < it->count && own.sqlstate[0] && status != QUIRE_LOST) {
        const char *name = it->calls[done].name;
        if (name)
            QI_COPY(own.query, name);
        else
            snprintf(own.query, sizeof own.query, "call %zu", done + 1);
    }
    if (qi_is_watched(db) && it->transport)
        tell_calls(db, it, done, start, status == QUIRE_OK ? NULL : &own);
    if (status == QUIRE_OK)
        return QUIRE_OK;
    if (err)
        *err = own;
    return status;
}

/* ---- after the trip -------------------------------------------------------------------------- */

/* All or none: without memory for one, those made before it are taken back. */
static quire_status hand_out(batch *it, quire_error *err)
{
    quire_status status = QUIRE_OK;
    quire_rows *made = calloc(it->count + 1, sizeof *made);
    if (!made)
        status = qi_fail_memory(err);
    for (size_t i = 0; i < it->count; i++) {
        if (status == QUIRE_OK && it->calls[i].rows)
            status = qi_fill_rows(it->transport, it->replies[i + 1], &made[i], err);
        else
            it->transport->free(it->replies[i + 1]);
    }
    for (size_t i = 0; made && i < it->count; i++) {
        if (status != QUIRE_OK)
            quire_rows_free(&made[i]);
        else if (it->calls[i].rows)
            *it->calls[i].rows = made[i];
    }
    free(made);
    if (status != QUIRE_OK)
        qi_detail(err, "The statements themselves were carried out.");
    return status;
}

quire_status quire_batch(quire_db *db, const quire_transaction_options *options,
                         const quire_batch_call *calls, size_t count, quire_error *err)
{
    batch it = { .calls = calls, .count = count };
    quire_status status = qi_check_begin(db, options, err);
    if (status == QUIRE_OK)
        status = check_calls(&it, err);
    if (status != QUIRE_OK || count == 0)
        return status;
    status = make_room(&it, err);
    if (status == QUIRE_OK) {
        fill_requests(&it);
        status = run(db, options, &it, err);
    }
    if (status == QUIRE_OK)
        status = hand_out(&it, err);
    free(it.values);
    free(it.requests);
    free(it.replies);
    return status;
}
