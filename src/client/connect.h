/* connect.h - opening connections, with patience where a refusal passes by itself. */
#ifndef QI_CONNECT_H
#define QI_CONNECT_H

#include "provider/provider.h"
#include "transport/transport.h"

/*
 * Opens a link. What the provider's classifier knows to pass (a cold start, a restart, no connection
 * free) is tried again with growing, jittered pauses, ten times and connect_timeout_ms at most; nothing
 * has been sent by then. `was_there`: the server has been reached before. Errors name the variable
 * of the URL.
 */
quire_status qi_connect(const qi_transport *transport, const qi_address *address,
                        const qi_connection_target *target, bool was_there, qi_link **link,
                        quire_error *err);

/*
 * Sends requests by a transport without sessions, which connects with each of them: with the same
 * patience, since such a refusal comes before anything has run. `options` as in run_transaction.
 */
quire_status qi_send(const qi_transport *transport, qi_link *link, const qi_address *address,
                     const qi_connection_target *target, const quire_transaction_options *options,
                     qi_request *requests, size_t count, qi_reply **replies, size_t *done,
                     quire_error *err);

#endif
