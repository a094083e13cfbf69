#include "transport/neon.h"
#include "base/error.h"

#include <stdlib.h>
#include <string.h>

static quire_status fail_size(quire_error *err)
{
    qi_fail(err, QUIRE_MEMORY,
            "the statement and its parameters are larger than the %u MiB that fit into one request",
            QI_NEON_REQUEST_LIMIT >> 20);
    qi_hint(err, "Run it in a transaction, which goes over TCP, or set NEON_TRANSPORT=tcp.");
    return QUIRE_MEMORY;
}

static quire_status fail_param(size_t number, quire_error *err)
{
    return qi_fail(err, QUIRE_DATA, "parameter $%zu is not UTF-8", number);
}

/* Too much is told before a copy of it is made. Every byte takes at least one in JSON. */
static quire_status check_size(const qi_request *requests, size_t count, quire_error *err)
{
    size_t total = 0;
    for (size_t i = 0; i < count; i++) {
        total += strlen(requests[i].sql);
        for (size_t j = 0; j < requests[i].param_count && total <= QI_NEON_REQUEST_LIMIT; j++) {
            const char *value = requests[i].params[j].data;
            total += value ? strlen(value) : 0;
        }
        if (total > QI_NEON_REQUEST_LIMIT)
            return fail_size(err);
    }
    return QUIRE_OK;
}

/* jansson returns NULL for text that is not UTF-8 as well as without memory; the text is bounded. */
static quire_status add_params(json_t *list, const qi_request *request, quire_error *err)
{
    for (size_t i = 0; i < request->param_count; i++) {
        const qi_param_value *param = &request->params[i];
        if (param->data && param->binary)
            return qi_fail(err, QUIRE_INTERNAL, "a binary parameter for a transport of text");
        json_t *value = param->data ? json_string(param->data) : json_null();
        if (!value)
            return fail_param(i + 1, err);
        if (json_array_append_new(list, value) != 0)
            return qi_fail_memory(err);
    }
    return QUIRE_OK;
}

static quire_status make_query(const qi_request *request, json_t **out, quire_error *err)
{
    json_t *params = json_array();
    json_t *query = json_object();
    json_t *sql = json_string(request->sql);
    quire_status status = QUIRE_OK;
    if (!params || !query)
        status = qi_fail_memory(err);
    else if (!sql)
        status = qi_fail(err, QUIRE_DATA, "the statement is not UTF-8");
    if (status == QUIRE_OK)
        status = add_params(params, request, err);
    if (status == QUIRE_OK && (json_object_set(query, "query", sql) != 0 ||
                               json_object_set(query, "params", params) != 0))
        status = qi_fail_memory(err);
    json_decref(sql);
    json_decref(params);
    if (status != QUIRE_OK) {
        json_decref(query);
        return status;
    }
    *out = query;
    return QUIRE_OK;
}

static quire_status make_batch(const qi_request *requests, size_t count, json_t **out,
                               quire_error *err)
{
    json_t *list = json_array();
    quire_status status = list ? QUIRE_OK : qi_fail_memory(err);
    for (size_t i = 0; i < count && status == QUIRE_OK; i++) {
        json_t *query;
        status = make_query(&requests[i], &query, err);
        if (status == QUIRE_OK && json_array_append_new(list, query) != 0)
            status = qi_fail_memory(err);
    }
    json_t *batch = status == QUIRE_OK ? json_pack("{s:O}", "queries", list) : NULL;
    json_decref(list);
    if (status == QUIRE_OK && !batch)
        status = qi_fail_memory(err);
    *out = batch;
    return status;
}

quire_status qi_neon_body(const qi_request *requests, size_t count, bool batch, char **body,
                          size_t *length, quire_error *err)
{
    json_t *json = NULL;
    quire_status status = check_size(requests, count, err);
    if (status == QUIRE_OK)
        status = count == 1 && !batch ? make_query(requests, &json, err)
                                      : make_batch(requests, count, &json, err);
    if (status != QUIRE_OK)
        return status;
    char *text = json_dumps(json, JSON_COMPACT);
    json_decref(json);
    if (!text)
        return qi_fail_memory(err);
    *length = strlen(text);
    if (*length > QI_NEON_REQUEST_LIMIT) {
        free(text);
        return fail_size(err);
    }
    *body = text;
    return QUIRE_OK;
}
