/*
 * transport.h - how statements reach a server and rows come back, behind one table of functions.
 *
 * A link is one session with a server, or a way to send statements that need none. One call of `run` is
 * one round trip, however many requests it carries. A link is used by one thread at a time; replies
 * are independent of their link and may outlive it.
 *
 * Errors: QUIRE_CONNECT where nothing can have run, QUIRE_LOST where something may have, else what
 * qi_classify makes of the server's SQLSTATE.
 */
#ifndef QI_TRANSPORT_H
#define QI_TRANSPORT_H

#include "types/codec.h"

#include <quire/db.h>
#include <quire/error.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where to connect, everything already decided. */
typedef struct qi_address {
    const char *conninfo;    /* a libpq connection string or URL; may hold a password */
    const char *application; /* application_name, unless conninfo names one */
    int connect_timeout_ms;
    const char *endpoint;   /* for SQL over HTTP: where requests go; conninfo is then a URL */
    const char *ca_file;    /* certificates to verify the endpoint by; NULL: the system's */
    int request_timeout_ms; /* for SQL over HTTP: longest wait for an answer */
} qi_address;

typedef struct qi_request {
    const char *name; /* of the prepared statement; "" for the unnamed one */
    const char *sql;  /* to be parsed first; NULL: `name` is prepared already */
    const qi_param_value *params;
    size_t param_count;
    bool text;     /* results as text, else binary; all are where the transport speaks text */
    bool prepared; /* out: `sql` was parsed under `name`, even if running it failed */
} qi_request;

/* The session's transaction, as the server reports it. */
typedef enum qi_session_state {
    QI_SESSION_IDLE,
    QI_SESSION_IN_TRANSACTION,
    QI_SESSION_FAILED, /* in a transaction in which a statement failed */
    QI_SESSION_BROKEN
} qi_session_state;

/* What a session is, for health reports. */
typedef struct qi_session_facts {
    const char *database; /* valid as long as the link */
    const char *user;
    int backend; /* the server's process that the session began with; 0: not known */
    char tls[64];
} qi_session_facts;

typedef struct qi_link qi_link;
typedef struct qi_reply qi_reply;

typedef struct qi_transport {
    /*
     * Parameters must be text (qi_encode_text) and cells are (qi_decode_text); there are no sessions, so
     * neither transactions nor named statements. `script` and `describe` are NULL.
     */
    bool is_text;

    quire_status (*open)(const qi_address *address, qi_link **link, quire_error *err);
    void (*close)(qi_link *link);

    qi_session_state (*state)(const qi_link *link);

    /* Whether an idle link still has its server; looks without sending anything. */
    bool (*is_alive)(qi_link *link);

    /*
     * Sends requests together and collects their replies. When request i fails, the ones behind it
     * do not run: *done is i, replies[0 .. i-1] are valid. Otherwise *done is `count`; after a failure
     * that means that it was none of them, or is not known.
     */
    quire_status (*run)(qi_link *link, qi_request *requests, size_t count, qi_reply **replies,
                        size_t *done, quire_error *err);

    /*
     * The same as one transaction with these options. NULL where a BEGIN among the requests does that.
     */
    quire_status (*run_transaction)(qi_link *link, const quire_transaction_options *options,
                                    qi_request *requests, size_t count, qi_reply **replies,
                                    size_t *done, quire_error *err);

    /* Runs statements without parameters by the simple protocol; rows are thrown away. */
    quire_status (*script)(qi_link *link, const char *sql, quire_error *err);

    /* Parses and describes a statement without running it. */
    quire_status (*describe)(qi_link *link, const char *sql, qi_reply **reply, quire_error *err);

    /* What is not known is empty, never NULL. */
    void (*facts)(qi_link *link, qi_session_facts *out);

    /* Replies. */
    size_t (*rows)(const qi_reply *reply);
    size_t (*columns)(const qi_reply *reply);
    int64_t (*affected)(const qi_reply *reply); /* by insert, update, delete, merge; else 0 */
    uint32_t (*column_type)(const qi_reply *reply, size_t column);
    const char *(*column_name)(const qi_reply *reply, size_t column);
    void (*column_origin)(const qi_reply *reply, size_t column, uint32_t *table, int *table_column,
                          int *modifier);
    size_t (*params)(const qi_reply *reply); /* of a description */
    uint32_t (*param_type)(const qi_reply *reply, size_t param);
    /* The cells of a row, as many as there are columns; valid until the reply is freed. */
    void (*row)(const qi_reply *reply, size_t row, qi_cell *cells);
    qi_cell (*cell)(const qi_reply *reply, size_t row, size_t column);
    void (*free)(qi_reply *reply); /* NULL is fine */
} qi_transport;

/* TCP or a Unix socket, by libpq. */
extern const qi_transport qi_transport_libpq;

/* Neon's SQL over HTTP, by libcurl. Several requests in one `run` are one transaction. */
extern const qi_transport qi_transport_neon_http;

/* The status that a SQLSTATE comes to: exact codes first, then classes. Total: any text will do. */
quire_status qi_classify(const char *sqlstate);

#endif
