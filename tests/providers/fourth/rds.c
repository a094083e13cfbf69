/* rds.c - a plain PostgreSQL on Amazon RDS: for a test, what a fourth provider takes. */
#include "provider/profiles.h"

static const char *const hosts[] = { ".rds.amazonaws.com", NULL };

static const quire_variable variables[] = {
    { "RDS_DATABASE_URL", "where RDS is" },
    { "RDS_CA_FILE", "the region's CA certificates, to verify the server by" },
    { 0 },
};

static bool may_retry(const char *message)
{
    static const char *const passing[] = { "the database system is in failover", NULL };
    return qi_says_any(message, passing);
}

const qi_profile qi_rds = {
    .provider = (quire_provider)4, /* the number of its row */
    .name = "rds",
    .title = "Amazon RDS",
    .url_variable = "RDS_DATABASE_URL",
    .ca_variable = "RDS_CA_FILE",
    .variables = variables,
    .hosts = hosts,
    .pool_size = 7,
    .needs_tls = true,
    .may_retry = may_retry,
};
