/*
 * The executor of generated statements: borrow a connection, make one round trip, check what came
 * back against the descriptors, hand it to the caller.
 *
 * A statement that returns rows is checked against its descriptor when a connection sees it first. A
 * write outside a transaction must not be committed before that check, so its first run is wrapped
 * in BEGIN and COMMIT: two round trips once, one ever after.
 *
 * Where statements can travel without a session, they do: all but those first runs, which nothing
 * could undo there (docs/decisions/0040).
 */
#include "client/call.h"
#include "client/handle.h"
#include "client/observe.h"
#include "client/result.h"
#include "base/error.h"

#include <stdlib.h>
#include <string.h>

#define CALLS_MOST 2

/* One call on its way through a connection. */
typedef struct flight {
    qi_call call;
    qi_prepared *entry; /* in the cache; or new, when `fresh` */
    bool fresh;
    qi_reply *reply;
} flight;

/* ---- before the trip ------------------------------------------------------------------------- */

static quire_status find_entry(qi_connection *connection, bool named, flight *it, quire_error *err)
{
    it->entry = NULL;
    it->fresh = false;
    if (!named)
        return QUIRE_OK;
    qi_call *call = &it->call;
    it->entry = qi_cache_find(&connection->cache, call->statement, call->mask, call->words);
    if (it->entry)
        return QUIRE_OK;
    it->entry = qi_cache_new(&connection->cache, call->statement, call->mask, call->words);
    it->fresh = true;
    return it->entry ? QUIRE_OK : qi_fail_memory(err);
}

static quire_status make_request(flight *it, qi_request *request, quire_error *err)
{
    qi_call *call = &it->call;
    *request = (qi_request){
        .name = it->entry ? it->entry->name : "",
        .params = call->values,
        .param_count = call->param_count,
    };
    if (it->entry && !it->fresh && it->entry->name[0])
        return QUIRE_OK;
    request->sql = qi_call_sql(call);
    return request->sql ? QUIRE_OK : qi_fail_memory(err);
}

static bool writes_and_returns(const quire_statement *statement)
{
    return (statement->flags & QUIRE_STATEMENT_WRITES) && statement->row;
}

static bool needs_guard(const quire_db *db, const qi_connection *connection, const flight *flights,
                        size_t count)
{
    if (qi_is_transaction(db) || connection->transport->is_text)
        return false;
    for (size_t i = 0; i < count; i++) {
        bool verified = flights[i].entry && flights[i].entry->verified;
        if (writes_and_returns(flights[i].call.statement) && !verified)
            return true;
    }
    return false;
}

/* Whether the calls need no session: there is a way without one, and nothing has to be guarded. */
static bool stand_alone(const quire_db *db, const flight *flights, size_t count)
{
    if (!qi_has_statements(db))
        return false;
    for (size_t i = 0; i < count; i++) {
        const qi_call *call = &flights[i].call;
        if (writes_and_returns(call->statement) &&
            !qi_pool_is_verified(db->pool->statements, call->statement, call->mask, call->words))
            return false;
    }
    return true;
}

/* ---- after the trip -------------------------------------------------------------------------- */

/* What the server says of a generated statement when its schema is not the one it was made for. */
static bool speaks_of_schema(const char *sqlstate)
{
    static const char *const states[] = {
        "42P01", /* undefined_table */
        "42703", /* undefined_column */
        "42704", /* undefined_object */
        "42883", /* undefined_function */
        "42804", /* datatype_mismatch */
        "3F000", /* invalid_schema_name */
    };
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (strcmp(sqlstate, states[i]) == 0)
            return true;
    return false;
}

/* The labels that are sent are those of the enum as it was, so one that the server refuses is gone. */
static bool speaks_of_enum(const quire_statement *statement, const quire_error *err)
{
    if (strcmp(err->sqlstate, "22P02") != 0) /* invalid_text_representation: json and others too */
        return false;
    for (size_t i = 0; i < statement->param_count; i++) {
        const quire_enum *type = statement->params[i].labels;
        if (type && strstr(err->message, type->name))
            return true;
    }
    return false;
}

static quire_status explain(const quire_statement *statement, quire_status status, quire_error *err)
{
    if (!err)
        return status;
    QI_COPY(err->query, statement->name);
    if (status != QUIRE_SQL || !(speaks_of_schema(err->sqlstate) || speaks_of_enum(statement, err)))
        return status;
    err->status = QUIRE_SCHEMA;
    qi_hint(err,
            "The schema has changed: run `quire codegen` and compile again, or `quire migrate`.");
    return QUIRE_SCHEMA;
}

/* Keeps what the server has prepared; throws away what it has not. */
static void keep_entries(qi_connection *connection, flight *flights, const qi_request *requests,
                         size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!flights[i].fresh)
            continue;
        if (requests[i].prepared) {
            qi_cache_keep(&connection->cache, flights[i].entry);
        } else {
            free(flights[i].entry);
            flights[i].entry = NULL;
        }
        flights[i].fresh = false;
    }
}

/* A write that ran where nothing can be undone is not run there again before a session has looked. */
static quire_status doubt(quire_db *db, const qi_call *call, quire_status status, quire_error *err)
{
    if (!writes_and_returns(call->statement))
        return status;
    qi_pool_doubt(db->pool->statements, call->statement, call->mask, call->words);
    qi_detail(err, "The statement itself was carried out; only its result cannot be read.");
    return status;
}

/* What a session has compared, statements without one may rely on. */
static void share_verified(quire_db *db, const flight *flights, size_t count)
{
    if (!qi_has_statements(db))
        return;
    for (size_t i = 0; i < count; i++) {
        const qi_call *call = &flights[i].call;
        if (writes_and_returns(call->statement))
            qi_pool_verify(db->pool->statements, call->statement, call->mask, call->words);
    }
}

static quire_status check_replies(quire_db *db, const qi_connection *connection, flight *flights,
                                  size_t count, quire_error *err)
{
    for (size_t i = 0; i < count; i++) {
        qi_prepared *entry = flights[i].entry;
        if (entry && entry->verified)
            continue;
        quire_status status = qi_check_columns(flights[i].call.statement, connection->transport,
                                               flights[i].reply, err);
        if (status != QUIRE_OK && connection->transport->is_text)
            return doubt(db, &flights[i].call, status, err);
        if (status != QUIRE_OK)
            return status;
        if (entry)
            entry->verified = true;
    }
    return QUIRE_OK;
}

/*
 * The server found a prepared statement unusable before running it: its result type has changed with
 * the schema (0A000), or somebody deallocated it (26000). Forgets what is so; outside a transaction
 * it is then prepared anew.
 */
static bool forget_outdated(qi_connection *connection, flight *flights, size_t count,
                            const quire_error *err)
{
    bool gone = strcmp(err->sqlstate, "26000") == 0;
    if (!gone && !(strcmp(err->sqlstate, "0A000") == 0 && strstr(err->message, "cached plan")))
        return false;
    bool any = gone && connection->cache.stale_count > 0;
    if (gone)
        connection->cache.stale_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (!flights[i].entry)
            continue;
        if (gone)
            qi_cache_drop(&connection->cache, flights[i].entry, false);
        else
            qi_cache_outdate(&connection->cache, flights[i].entry);
        any = true;
    }
    return any;
}

static void free_replies(const qi_connection *connection, flight *flights, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        connection->transport->free(flights[i].reply);
        flights[i].reply = NULL;
    }
}

/* ---- the trip -------------------------------------------------------------------------------- */

static quire_status fly(quire_db *db, qi_connection *connection, flight *flights, size_t count,
                        size_t *done, quire_error *err)
{
    qi_request requests[CALLS_MOST + 1];
    qi_reply *replies[CALLS_MOST + 1] = { NULL };
    bool named = db->pool->target.named_statements && !connection->transport->is_text;
    *done = 0;
    for (size_t i = 0; i < count; i++) {
        quire_status status = find_entry(connection, named, &flights[i], err);
        if (status == QUIRE_OK)
            status = make_request(&flights[i], &requests[i + 1], err);
        if (status != QUIRE_OK) {
            for (size_t j = 0; j <= i; j++) {
                if (flights[j].fresh)
                    free(flights[j].entry);
                flights[j].entry = NULL;
            }
            return status;
        }
    }
    bool guard = needs_guard(db, connection, flights, count);
    size_t extra = guard ? 1 : 0;
    requests[0] = (qi_request){ .name = "", .sql = "BEGIN" };

    quire_status status = qi_trip(db, connection, requests + 1 - extra, count + extra,
                                  replies + 1 - extra, done, err);
    *done = *done > extra ? *done - extra : 0;
    keep_entries(connection, flights, requests + 1, count);
    if (status == QUIRE_OK) {
        connection->transport->free(replies[0]);
        for (size_t i = 0; i < count; i++)
            flights[i].reply = replies[i + 1];
        status = check_replies(db, connection, flights, count, err);
        if (status == QUIRE_OK && guard)
            status = qi_command(connection, "COMMIT", err);
        if (status != QUIRE_OK)
            free_replies(connection, flights, count);
    }
    if (status != QUIRE_OK && guard &&
        connection->transport->state(connection->link) != QI_SESSION_BROKEN &&
        connection->transport->state(connection->link) != QI_SESSION_IDLE)
        qi_command(connection, "ROLLBACK", NULL);
    return status;
}

/* What was sent: up to the statement that failed. */
static void tell_flights(const quire_db *db, const qi_connection *connection, flight *flights,
                         size_t count, size_t failed, int64_t start, const quire_error *error)
{
    const qi_transport *transport = connection->transport;
    for (size_t i = 0; i < count && i <= failed; i++) {
        qi_call *call = &flights[i].call;
        const qi_reply *reply = flights[i].reply;
        int64_t rows = -1;
        if (reply)
            rows =
                call->statement->row ? (int64_t)transport->rows(reply) : transport->affected(reply);
        qi_tell(db, start,
                (quire_statement_event){ .name = call->statement->name,
                                         .sql = qi_call_sql(call),
                                         .params = call->param_count,
                                         .rows = rows,
                                         .error = i == failed ? error : NULL });
    }
}

static quire_status run_flights(quire_db *db, qi_connection *connection, flight *flights,
                                size_t count, quire_error *err)
{
    quire_error own; /* read only after a failure, which fills it whole */
    size_t done;
    int64_t start = qi_watch_start(db);
    quire_status status = fly(db, connection, flights, count, &done, &own);
    if (status != QUIRE_OK && forget_outdated(connection, flights, count, &own) &&
        !qi_is_transaction(db))
        status = fly(db, connection, flights, count, &done, &own);
    if (status == QUIRE_OK) {
        if (!connection->transport->is_text)
            share_verified(db, flights, count);
        if (qi_is_watched(db))
            tell_flights(db, connection, flights, count, count, start, NULL);
        return QUIRE_OK;
    }
    size_t failed = done < count ? done : 0;
    status = explain(flights[failed].call.statement, status, &own);
    if (qi_is_watched(db))
        tell_flights(db, connection, flights, count, failed, start, &own);
    if (err)
        *err = own;
    return status;
}

/* Runs one or two calls in one trip; on success the replies are the caller's. */
static quire_status run(quire_db *db, flight *flights, size_t count, const qi_transport **transport,
                        quire_error *err)
{
    qi_connection *connection;
    bool alone = stand_alone(db, flights, count);
    quire_status status = QUIRE_OK;
    for (size_t i = 0; i < count && status == QUIRE_OK; i++)
        status = qi_call_encode(&flights[i].call, alone, err);
    if (status == QUIRE_OK)
        status = alone ? qi_borrow_any(db, &connection, err) : qi_borrow(db, &connection, err);
    if (status != QUIRE_OK)
        return status;
    *transport = connection->transport;
    status = run_flights(db, connection, flights, count, err);
    qi_give_back(db, connection);
    return status;
}

static quire_status run_one(quire_db *db, const quire_statement *statement, const void *const *args,
                            const void *options, const qi_transport **transport, qi_reply **reply,
                            quire_error *err)
{
    quire_status status = qi_usable(db, err);
    if (status != QUIRE_OK)
        return status;
    flight it;
    it.reply = NULL;
    status = qi_call_begin(&it.call, statement, args, options, err);
    if (status == QUIRE_OK)
        status = run(db, &it, 1, transport, err);
    qi_call_end(&it.call);
    *reply = it.reply;
    return status;
}

/* ---- what generated code calls --------------------------------------------------------------- */

static quire_status fail_no_row(const quire_statement *statement, quire_error *err)
{
    qi_fail(err, QUIRE_NO_ROW, "no such row");
    if (err)
        QI_COPY(err->query, statement->name);
    return QUIRE_NO_ROW;
}

quire_status quire_fetch_list(quire_db *db, const quire_statement *statement,
                              const void *const *args, const void *options, void *list,
                              quire_error *err)
{
    const qi_transport *transport;
    qi_reply *reply;
    quire_status status = run_one(db, statement, args, options, &transport, &reply, err);
    return status == QUIRE_OK ? qi_take_list(statement, transport, reply, list, err) : status;
}

quire_status quire_fetch_maybe(quire_db *db, const quire_statement *statement,
                               const void *const *args, const void *options, bool *found, void *row,
                               quire_error *err)
{
    const qi_transport *transport;
    qi_reply *reply;
    quire_status status = run_one(db, statement, args, options, &transport, &reply, err);
    bool any;
    if (status == QUIRE_OK)
        status = qi_take_row(statement, transport, reply, row, &any, err);
    if (status == QUIRE_OK)
        *found = any;
    return status;
}

quire_status quire_fetch_one(quire_db *db, const quire_statement *statement,
                             const void *const *args, const void *options, void *row,
                             quire_error *err)
{
    bool found;
    quire_status status = quire_fetch_maybe(db, statement, args, options, &found, row, err);
    return status == QUIRE_OK && !found ? fail_no_row(statement, err) : status;
}

quire_status quire_execute(quire_db *db, const quire_statement *statement, const void *const *args,
                           const void *options, int64_t *affected, quire_error *err)
{
    const qi_transport *transport;
    qi_reply *reply;
    quire_status status = run_one(db, statement, args, options, &transport, &reply, err);
    if (status != QUIRE_OK)
        return status;
    if (affected)
        *affected = transport->affected(reply);
    transport->free(reply);
    return QUIRE_OK;
}

quire_status quire_execute_one(quire_db *db, const quire_statement *statement,
                               const void *const *args, const void *options, quire_error *err)
{
    int64_t affected = 0;
    quire_status status = quire_execute(db, statement, args, options, &affected, err);
    return status == QUIRE_OK && affected == 0 ? fail_no_row(statement, err) : status;
}

/* Parent and children have arrived; hand out both or neither. */
static quire_status take_family(flight flights[2], const qi_transport *transport, void *row,
                                size_t list_offset, quire_error *err)
{
    struct {
        void *items;
        size_t count;
        quire_memory *owner;
    } list;
    const quire_statement *parent = flights[0].call.statement;
    quire_status status =
        qi_take_list(flights[1].call.statement, transport, flights[1].reply, &list, err);
    if (status != QUIRE_OK) {
        transport->free(flights[0].reply);
        return status;
    }
    bool found;
    status = qi_take_row(parent, transport, flights[0].reply, row, &found, err);
    if (status == QUIRE_OK && !found)
        status = fail_no_row(parent, err);
    if (status != QUIRE_OK) {
        quire_memory_free(list.owner);
        return status;
    }
    memcpy((char *)row + list_offset, &list, sizeof list);
    return QUIRE_OK;
}

quire_status quire_fetch_with_list(quire_db *db, const quire_statement *parent,
                                   const quire_statement *children, const void *const *args,
                                   void *row, size_t list_offset, quire_error *err)
{
    quire_status status = qi_usable(db, err);
    if (status != QUIRE_OK)
        return status;
    flight flights[2];
    flights[0].reply = flights[1].reply = NULL;
    const qi_transport *transport;
    status = qi_call_begin(&flights[0].call, parent, args, NULL, err);
    quire_status second =
        qi_call_begin(&flights[1].call, children, args, NULL, status == QUIRE_OK ? err : NULL);
    if (status == QUIRE_OK)
        status = second;
    if (status == QUIRE_OK)
        status = run(db, flights, 2, &transport, err);
    if (status == QUIRE_OK)
        status = take_family(flights, transport, row, list_offset, err);
    qi_call_end(&flights[0].call);
    qi_call_end(&flights[1].call);
    return status;
}
