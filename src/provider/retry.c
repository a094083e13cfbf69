/* retry.c - which refusals of a connection pass by themselves. */
#include "provider/profiles.h"

#include <string.h>

/* libpq tells a refused connection in prose alone, without its SQLSTATE; these are English texts. */
static const char *const passing[] = {
    "the database system is starting up", /* 57P03 cannot_connect_now */
    "the database system is shutting down",
    "the database system is in recovery mode",
    "the database system is not yet accepting connections",
    "sorry, too many clients already", /* 53300 too_many_connections */
    "remaining connection slots are reserved",
    "too many connections for role",
    "too many connections for database",
    "terminating connection due to administrator command", /* 57P01 admin_shutdown */
    "no more connections allowed",                         /* PgBouncer: max_client_conn */
    NULL,
};

/* A server that is not there at all. */
static const char *const absent[] = {
    "Connection refused",
    "No such file or directory", /* its socket */
    "Connection reset by peer",
    "server closed the connection unexpectedly",
    "SSL SYSCALL error: EOF detected",
    "server login has been failing", /* PgBouncer, whose server is away */
    NULL,
};

bool qi_says_any(const char *message, const char *const *texts)
{
    for (; *texts; texts++)
        if (strstr(message, *texts))
            return true;
    return false;
}

bool qi_may_retry(const qi_profile *profile, const char *message, bool was_there)
{
    return qi_says_any(message, passing) || (was_there && qi_says_any(message, absent)) ||
           (profile->may_retry && profile->may_retry(message));
}
