/*
 * neon.h - what the files of SQL over HTTP share: what a request's body is, what an answer means.
 *
 * The protocol is that of Neon's serverless driver: one POST with {"query", "params"}, or {"queries"} for
 * several statements in one transaction; values travel as PostgreSQL's text. Nothing here knows libcurl, so
 * all of it can be tested and fuzzed without a network.
 */
#ifndef QI_NEON_H
#define QI_NEON_H

#include "transport/transport.h"

#include <jansson.h>

/* What the service takes and gives, by its sources: 10 MiB. */
#define QI_NEON_REQUEST_LIMIT (10u * 1024u * 1024u)

/*
 * The most that is read of an answer. More than the service's own limit, which counts values before they
 * are escaped as JSON and before there are names of columns around them.
 */
#define QI_NEON_RESPONSE_LIMIT (64u * 1024u * 1024u)

/*
 * The body for some requests, to be freed by free(). One request is no transaction unless `batch`.
 * QUIRE_MEMORY when it were over the limit, QUIRE_DATA for text that is not UTF-8.
 */
quire_status qi_neon_body(const qi_request *requests, size_t count, bool batch, char **body,
                          size_t *length, quire_error *err);

/*
 * The replies in the body of an answer with status 200, `count` of them. QUIRE_LOST for anything that is not what
 * the protocol says: the statements have run by then. On failure no reply is made.
 */
quire_status qi_neon_replies(const char *body, size_t length, qi_reply **replies, size_t count,
                             quire_error *err);

/*
 * What an answer with another status means. `secrets` (ends with NULL) are texts that must not get into
 * a message, whatever the service says.
 */
quire_status qi_neon_failure(long http_status, const char *body, size_t length,
                             const char *const *secrets, quire_error *err);

/* A reply: one member of an answer. */
size_t qi_neon_rows(const qi_reply *reply);
size_t qi_neon_columns(const qi_reply *reply);
int64_t qi_neon_affected(const qi_reply *reply);
uint32_t qi_neon_column_type(const qi_reply *reply, size_t column);
const char *qi_neon_column_name(const qi_reply *reply, size_t column);
void qi_neon_column_origin(const qi_reply *reply, size_t column, uint32_t *table, int *table_column,
                           int *modifier);
size_t qi_neon_params(const qi_reply *reply);
uint32_t qi_neon_param_type(const qi_reply *reply, size_t param);
void qi_neon_row(const qi_reply *reply, size_t row, qi_cell *cells);
qi_cell qi_neon_cell(const qi_reply *reply, size_t row, size_t column);
void qi_neon_free(qi_reply *reply);

#endif
