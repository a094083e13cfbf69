#include "client/handle.h"
#include "client/observe.h"
#include "base/error.h"

#include <quire/sql.h>

#include <stdlib.h>
#include <string.h>

/* What quire_rows and quire_description own. */
struct quire_rows_memory {
    qi_arena arena;
    const qi_transport *transport;
    qi_reply *reply;
};

static struct quire_rows_memory *own_reply(const qi_transport *transport, qi_reply *reply)
{
    struct quire_rows_memory *owner = calloc(1, sizeof *owner);
    if (!owner) {
        transport->free(reply);
        return NULL;
    }
    owner->transport = transport;
    owner->reply = reply;
    return owner;
}

static void free_owner(struct quire_rows_memory *owner)
{
    if (!owner)
        return;
    owner->transport->free(owner->reply);
    qi_arena_free(&owner->arena);
    free(owner);
}

/* A connection for some SQL: one without a session will do for a statement that stands alone. */
static quire_status borrow_for(quire_db *db, const char *sql, qi_connection **out, quire_error *err)
{
    return qi_has_statements(db) && qi_stands_alone(sql) ? qi_borrow_any(db, out, err)
                                                         : qi_borrow(db, out, err);
}

/* ---- quire_exec ------------------------------------------------------------------------------ */

/* What must begin before a script may run; a script travels alone. */
static quire_status begin_now(quire_db *db, qi_connection *connection, quire_error *err)
{
    size_t done;
    qi_reply *none[QI_TRIP_MOST];
    if (!qi_is_transaction(db) || db->begun)
        return QUIRE_OK;
    qi_request nothing = { .name = "", .sql = "" };
    quire_status status = qi_trip(db, connection, &nothing, 1, none, &done, err);
    if (status == QUIRE_OK)
        connection->transport->free(none[0]);
    return status;
}

/* A session goes back to the pool only outside a transaction. */
static quire_status check_left_open(const quire_db *db, const qi_connection *connection,
                                    quire_error *err)
{
    if (qi_is_transaction(db) || connection->transport->state(connection->link) == QI_SESSION_IDLE)
        return QUIRE_OK;
    qi_fail(err, QUIRE_INVALID, "the statements left a transaction open: it was rolled back");
    qi_hint(err, "Begin transactions with quire_begin.");
    return QUIRE_INVALID;
}

static quire_status send_script(quire_db *db, qi_connection *connection, const char *sql,
                                quire_error *err)
{
    if (connection->transport->is_text) {
        size_t done;
        qi_reply *reply;
        qi_request request = { .name = "", .sql = sql };
        quire_status alone = qi_trip(db, connection, &request, 1, &reply, &done, err);
        if (alone == QUIRE_OK)
            connection->transport->free(reply);
        return alone;
    }
    quire_status status = begin_now(db, connection, err);
    return status == QUIRE_OK ? connection->transport->script(connection->link, sql, err) : status;
}

static quire_status run_script(quire_db *db, qi_connection *connection, const char *sql,
                               quire_error *err)
{
    if (!qi_is_watched(db))
        return send_script(db, connection, sql, err);
    quire_error own; /* read only after a failure, which fills it whole */
    int64_t start = qi_watch_start(db);
    quire_status status = send_script(db, connection, sql, &own);
    qi_tell_plain(db, start, sql, status, &own);
    if (status != QUIRE_OK && err)
        *err = own;
    return status;
}

quire_status quire_exec(quire_db *db, const char *sql, quire_error *err)
{
    qi_connection *connection;
    quire_status status = qi_usable(db, err);
    if (status == QUIRE_OK)
        status = borrow_for(db, sql, &connection, err);
    if (status != QUIRE_OK)
        return status;
    status = run_script(db, connection, sql, err);
    if (status == QUIRE_OK)
        status = check_left_open(db, connection, err);
    qi_give_back(db, connection);
    return status;
}

/* ---- quire_query ----------------------------------------------------------------------------- */

int64_t qi_rows_of(const qi_transport *transport, const qi_reply *reply)
{
    return transport->columns(reply) ? (int64_t)transport->rows(reply) : transport->affected(reply);
}

static quire_status travel(quire_db *db, qi_connection *connection, qi_request *request,
                           qi_reply **reply, quire_error *err)
{
    size_t done;
    if (!qi_is_watched(db))
        return qi_trip(db, connection, request, 1, reply, &done, err);
    quire_error own; /* read only after a failure, which fills it whole */
    int64_t start = qi_watch_start(db);
    quire_status status = qi_trip(db, connection, request, 1, reply, &done, &own);
    bool ok = status == QUIRE_OK;
    qi_tell(db, start,
            (quire_statement_event){ .sql = request->sql,
                                     .params = request->param_count,
                                     .rows = ok ? qi_rows_of(connection->transport, *reply) : -1,
                                     .error = ok ? NULL : &own });
    if (!ok && err)
        *err = own;
    return status;
}

static quire_status query(quire_db *db, const qi_request *request, qi_reply **reply,
                          const qi_transport **transport, quire_error *err)
{
    qi_connection *connection;
    quire_status status = borrow_for(db, request->sql, &connection, err);
    if (status != QUIRE_OK)
        return status;
    qi_request copy = *request;
    *transport = connection->transport;
    status = travel(db, connection, &copy, reply, err);
    if (status == QUIRE_OK) {
        status = check_left_open(db, connection, err);
        if (status != QUIRE_OK)
            connection->transport->free(*reply);
    }
    qi_give_back(db, connection);
    return status;
}

quire_status qi_fill_rows(const qi_transport *transport, qi_reply *reply, quire_rows *out,
                          quire_error *err)
{
    struct quire_rows_memory *owner = own_reply(transport, reply);
    if (!owner)
        return qi_fail_memory(err);
    out->count = transport->rows(reply);
    out->columns = transport->columns(reply);
    out->affected = transport->affected(reply);
    out->owner_ = owner;
    return QUIRE_OK;
}

quire_status quire_query(quire_db *db, const char *sql, const char *const *params,
                         size_t param_count, quire_rows *out, quire_error *err)
{
    quire_status status = qi_usable(db, err);
    if (status != QUIRE_OK)
        return status;
    if (param_count > QI_PARAMS_MOST)
        return qi_fail(err, QUIRE_INVALID, "a statement takes at most %d parameters",
                       QI_PARAMS_MOST);
    qi_param_value *values = calloc(param_count + 1, sizeof *values);
    if (!values)
        return qi_fail_memory(err);
    for (size_t i = 0; i < param_count; i++)
        values[i].data = params[i];
    qi_request request = {
        .name = "", .sql = sql, .params = values, .param_count = param_count, .text = true
    };
    const qi_transport *transport;
    qi_reply *reply = NULL;
    status = query(db, &request, &reply, &transport, err);
    free(values);
    if (status != QUIRE_OK)
        return status;
    if (out)
        return qi_fill_rows(transport, reply, out, err);
    transport->free(reply);
    return QUIRE_OK;
}

static qi_cell cell_at(const quire_rows *rows, size_t row, size_t column)
{
    if (!rows || !rows->owner_ || row >= rows->count || column >= rows->columns)
        return (qi_cell){ NULL, 0 };
    return rows->owner_->transport->cell(rows->owner_->reply, row, column);
}

const char *quire_rows_value(const quire_rows *rows, size_t row, size_t column)
{
    return cell_at(rows, row, column).data;
}

size_t quire_rows_length(const quire_rows *rows, size_t row, size_t column)
{
    return cell_at(rows, row, column).length;
}

const char *quire_rows_name(const quire_rows *rows, size_t column)
{
    if (!rows || !rows->owner_ || column >= rows->columns)
        return NULL;
    return rows->owner_->transport->column_name(rows->owner_->reply, column);
}

uint32_t quire_rows_type(const quire_rows *rows, size_t column)
{
    if (!rows || !rows->owner_ || column >= rows->columns)
        return 0;
    return rows->owner_->transport->column_type(rows->owner_->reply, column);
}

void quire_rows_free(quire_rows *rows)
{
    if (!rows)
        return;
    free_owner(rows->owner_);
    memset(rows, 0, sizeof *rows);
}

/* ---- quire_describe -------------------------------------------------------------------------- */

static quire_status fill_description(const qi_transport *transport, qi_reply *reply,
                                     quire_description *out, quire_error *err)
{
    struct quire_rows_memory *owner = own_reply(transport, reply);
    if (!owner)
        return qi_fail_memory(err);
    size_t param_count = transport->params(reply);
    size_t column_count = transport->columns(reply);
    uint32_t *params = qi_arena_zero(&owner->arena, param_count, sizeof *params);
    quire_described_column *columns = qi_arena_zero(&owner->arena, column_count, sizeof *columns);
    if (!params || !columns) {
        free_owner(owner);
        return qi_fail_memory(err);
    }
    for (size_t i = 0; i < param_count; i++)
        params[i] = transport->param_type(reply, i);
    for (size_t i = 0; i < column_count; i++) {
        columns[i].name = transport->column_name(reply, i);
        columns[i].type = transport->column_type(reply, i);
        transport->column_origin(reply, i, &columns[i].table, &columns[i].table_column,
                                 &columns[i].modifier);
    }
    *out = (quire_description){ params, param_count, columns, column_count, owner };
    return QUIRE_OK;
}

quire_status quire_describe(quire_db *db, const char *sql, quire_description *out, quire_error *err)
{
    qi_connection *connection;
    quire_status status = qi_usable(db, err);
    if (status == QUIRE_OK)
        status = qi_borrow(db, &connection, err);
    if (status != QUIRE_OK)
        return status;
    const qi_transport *transport = connection->transport;
    qi_reply *reply = NULL;
    status = begin_now(db, connection, err);
    if (status == QUIRE_OK)
        status = transport->describe(connection->link, sql, &reply, err);
    qi_give_back(db, connection);
    return status == QUIRE_OK ? fill_description(transport, reply, out, err) : status;
}

void quire_description_free(quire_description *description)
{
    if (!description)
        return;
    free_owner(description->owner_);
    memset(description, 0, sizeof *description);
}
