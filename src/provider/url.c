#include "provider/url.h"

#include "base/error.h"

#include <libpq-fe.h>

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define EXAMPLE "postgresql://user:password@host:5432/database"

/* One item of a comma-separated list, the way libpq splits host and port. */
typedef struct item {
    const char *start;
    size_t length;
} item;

static bool next_item(const char **list, item *out)
{
    if (!*list)
        return false;
    size_t length = strcspn(*list, ",");
    *out = (item){ *list, length };
    *list = (*list)[length] ? *list + length + 1 : NULL;
    return true;
}

static size_t count_items(const char *list)
{
    size_t count = 0;
    item each;
    while (next_item(&list, &each))
        count++;
    return count;
}

const char *qi_url_get(const qi_url *url, const char *keyword)
{
    for (size_t i = 0; i < url->count; i++) {
        const char *value = url->options[i].value;
        if (strcmp(url->options[i].keyword, keyword) == 0)
            return value && *value ? value : NULL;
    }
    return NULL;
}

void qi_url_set(qi_url *url, const char *keyword, const char *value)
{
    for (size_t i = 0; i < url->count; i++) {
        if (strcmp(url->options[i].keyword, keyword) == 0)
            url->options[i].value = value;
    }
}

int qi_url_port(const qi_url *url)
{
    const char *port = qi_url_get(url, "port");
    long number = port ? strtol(port, NULL, 10) : 0;
    return number > 0 && number <= 65535 ? (int)number : 5432;
}

bool qi_url_host_ends(const qi_url *url, const char *end)
{
    const char *hosts = qi_url_get(url, "host");
    size_t length = strlen(end);
    item host;
    while (next_item(&hosts, &host)) {
        if (host.length >= length &&
            strncasecmp(host.start + host.length - length, end, length) == 0)
            return true;
    }
    return false;
}

static bool is_loopback(item host)
{
    static const char *const names[] = { "localhost", "127.0.0.1", "::1" };
    if (host.length && (host.start[0] == '/' || host.start[0] == '@'))
        return true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (host.length == strlen(names[i]) && strncasecmp(host.start, names[i], host.length) == 0)
            return true;
    }
    return false;
}

bool qi_url_is_here(const qi_url *url)
{
    const char *hosts = qi_url_get(url, "hostaddr");
    if (!hosts)
        hosts = qi_url_get(url, "host");
    if (!hosts)
        return false;
    item host;
    while (next_item(&hosts, &host)) {
        if (!is_loopback(host))
            return false;
    }
    return true;
}

/* Reading ------------------------------------------------------------------------------------ */

static quire_status refuse(quire_error *err, const char *subject, const char *why)
{
    quire_status status = qi_fail(err, QUIRE_CONFIG, "%s is not a valid connection URL", subject);
    qi_detail(err, "%s", why);
    qi_hint(err,
            "A URL looks like " EXAMPLE ". In user names and passwords, write special characters "
            "as percent escapes: @ is %%40, : is %%3A, / is %%2F, %% is %%25.");
    return status;
}

static bool has_scheme(const char *text)
{
    return strncmp(text, "postgresql://", 13) == 0 || strncmp(text, "postgres://", 11) == 0;
}

static quire_status refuse_scheme(quire_error *err, const char *subject, const char *text)
{
    size_t length =
        strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-");
    quire_status status = qi_fail(err, QUIRE_CONFIG, "%s is not a PostgreSQL URL", subject);
    /* Only what is surely a scheme is quoted: the text could be a password in the wrong place. */
    if (length > 0 && length <= 16 && strncmp(text + length, "://", 3) == 0)
        qi_detail(err, "Its scheme is %.*s://.", (int)length, text);
    else if (text[0] == '"' || text[0] == '\'')
        qi_detail(err, "It starts with a quotation mark.");
    else if (strncmp(text, "psql ", 5) == 0)
        qi_detail(err, "It is a command: leave out psql and the quotation marks.");
    else if (isspace((unsigned char)text[0]))
        qi_detail(err, "It starts with white space.");
    qi_hint(err, "It must start with postgresql:// or postgres://, like " EXAMPLE ".");
    return status;
}

static bool has_bad_escape(const char *text)
{
    for (const char *at = strchr(text, '%'); at; at = strchr(at + 1, '%')) {
        if (!isxdigit((unsigned char)at[1]) || !isxdigit((unsigned char)at[2]))
            return true;
        if (at[1] == '0' && at[2] == '0')
            return true;
    }
    return false;
}

/* The name of the first query parameter that libpq does not know. False when there is none. */
static bool find_unknown(const char *text, item *out)
{
    PQconninfoOption *known = PQconninfoParse("", NULL);
    const char *at = strchr(text, '?');
    bool found = false;
    /* With an @ behind it, the ? may be a part of a password. */
    while (known && at && !strchr(at, '@') && !found) {
        const char *name = at + 1;
        size_t length = strcspn(name, "=&");
        found = strncmp(name, "ssl=", 4) != 0;
        for (const PQconninfoOption *option = known; found && option->keyword; option++)
            found =
                strlen(option->keyword) != length || strncmp(option->keyword, name, length) != 0;
        *out = (item){ name, length };
        at = strchr(name, '&');
    }
    PQconninfoFree(known);
    return found;
}

/*
 * Why libpq refused it. Its own message is not passed on: it quotes the URL, with the password.
 */
static quire_status refuse_parsed(quire_error *err, const char *subject, const char *text)
{
    if (has_bad_escape(text))
        return refuse(err, subject, "A % in it is not followed by two hexadecimal digits.");
    const char *open = strchr(text, '[');
    if (open && !strchr(open, ']'))
        return refuse(err, subject, "The ] after an IPv6 address is missing.");
    item name;
    if (!find_unknown(text, &name))
        return refuse(err, subject, "libpq cannot parse it.");
    quire_status status = refuse(err, subject, "");
    qi_detail(err, "libpq does not know the parameter \"%.*s\" behind its ?.",
              name.length < 64 ? (int)name.length : 64, name.start);
    qi_hint(err, "Take the parameter out; the names that are known are listed at "
                 "https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS.");
    return status;
}

static bool is_port(item port)
{
    if (port.length > 5)
        return false;
    long number = 0;
    for (size_t i = 0; i < port.length; i++) {
        if (!isdigit((unsigned char)port.start[i]))
            return false;
        number = number * 10 + (port.start[i] - '0');
    }
    return port.length == 0 || (number > 0 && number <= 65535);
}

static quire_status check_hosts(const char *text, const qi_url *url, const char *subject,
                                quire_error *err)
{
    const char *hosts = qi_url_get(url, "host");
    const char *ports = qi_url_get(url, "port");
    const char *database = qi_url_get(url, "dbname");
    size_t host_count = hosts ? count_items(hosts) : 1;
    size_t port_count = ports ? count_items(ports) : 1;
    item each;
    /* postgresql://user:pass/word@host: libpq takes "user" for the host and the rest for a path. */
    if (!qi_url_get(url, "user") && database && strchr(database, '@'))
        return refuse(err, subject, "There is a / in its user name or password.");
    while (next_item(&hosts, &each)) {
        /* A socket in the abstract namespace is written %40name, so @@ is a slip. */
        bool socket =
            !strstr(text, "@@") && each.length && (each.start[0] == '/' || each.start[0] == '@');
        if (!socket && memchr(each.start, '@', each.length))
            return refuse(err, subject, "There is more than one @ before its host.");
    }
    while (next_item(&ports, &each)) {
        if (!is_port(each))
            return refuse(err, subject, "Its port is not a number from 1 to 65535.");
    }
    if (port_count > 1 && port_count != host_count)
        return refuse(err, subject, "It names more ports than hosts.");
    return QUIRE_OK;
}

/* Whether a value is one of the words of a list, which are separated by ", ". */
static bool is_word_of(const char *words, const char *value)
{
    size_t length = strlen(value);
    for (const char *at = words; at; at = strstr(at, ", ")) {
        at += *at == ',' ? 2 : 0;
        if (strncmp(at, value, length) == 0 && (at[length] == ',' || !at[length]))
            return true;
    }
    return false;
}

/* What libpq would say too, but only when it connects. */
static quire_status check_words(const qi_url *url, const char *subject, quire_error *err)
{
    static const struct {
        const char *keyword, *words;
    } rules[] = {
        { "sslmode", "disable, allow, prefer, require, verify-ca, verify-full" },
        { "channel_binding", "disable, prefer, require" },
        { "gssencmode", "disable, prefer, require" },
        { "target_session_attrs", "any, read-write, read-only, primary, standby, prefer-standby" },
    };
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        const char *value = qi_url_get(url, rules[i].keyword);
        if (!value || is_word_of(rules[i].words, value))
            continue;
        quire_status status = refuse(err, subject, "");
        qi_detail(err, "Its %s is none of %s.", rules[i].keyword, rules[i].words);
        return status;
    }
    const char *timeout = qi_url_get(url, "connect_timeout");
    if (timeout && (strspn(timeout, "0123456789") != strlen(timeout) || strlen(timeout) > 6))
        return refuse(err, subject, "Its connect_timeout is not a number of seconds.");
    return QUIRE_OK;
}

/* What consoles show in the place of the password until a person puts it there. */
static quire_status check_password(const qi_url *url, const char *subject, quire_error *err)
{
    static const char *const placeholders[] = { "[YOUR-PASSWORD]", "[YOUR_PASSWORD]", "[PASSWORD]",
                                                "<password>", "YOUR_PASSWORD" };
    const char *password = qi_url_get(url, "password");
    if (!password)
        return QUIRE_OK;
    bool hidden = password[strspn(password, "*")] == '\0' && strlen(password) > 3;
    for (size_t i = 0; i < sizeof placeholders / sizeof *placeholders && !hidden; i++)
        hidden = strcasecmp(password, placeholders[i]) == 0;
    if (!hidden)
        return QUIRE_OK;
    quire_status status = qi_fail(err, QUIRE_CONFIG, "%s has no password yet", subject);
    qi_detail(err, "Where the password belongs it still has the placeholder of the page that it "
                   "was copied from.");
    qi_hint(err, "Write the password there, its special characters as percent escapes: @ is %%40, "
                 ": is %%3A, / is %%2F, %% is %%25.");
    return status;
}

/* A line copied with what stood behind it. */
static quire_status check_end(const char *text, const char *subject, quire_error *err)
{
    size_t length = strlen(text);
    char last = text[length - 1];
    if (isspace((unsigned char)last))
        return refuse(err, subject, "It ends with white space.");
    if (last == '"' || last == '\'' || last == ';')
        return refuse(err, subject,
                      last == ';' ? "It ends with a semicolon." : "It ends with a quotation mark.");
    return QUIRE_OK;
}

static quire_status copy_options(const PQconninfoOption *parsed, qi_arena *arena, qi_url *out,
                                 quire_error *err)
{
    size_t count = 0;
    while (parsed[count].keyword)
        count++;
    qi_url_option *options = qi_arena_zero(arena, count, sizeof *options);
    if (!options)
        return qi_fail_memory(err);
    for (size_t i = 0; i < count; i++) {
        options[i].keyword = qi_arena_text(arena, parsed[i].keyword);
        options[i].value = parsed[i].val ? qi_arena_text(arena, parsed[i].val) : NULL;
        options[i].secret = strchr(parsed[i].dispchar, '*') != NULL;
        if (!options[i].keyword || (parsed[i].val && !options[i].value))
            return qi_fail_memory(err);
    }
    *out = (qi_url){ options, count };
    return QUIRE_OK;
}

quire_status qi_url_parse(const char *text, const char *subject, qi_arena *arena, qi_url *out,
                          quire_error *err)
{
    if (!has_scheme(text))
        return refuse_scheme(err, subject, text);
    quire_status status = check_end(text, subject, err);
    if (status != QUIRE_OK)
        return status;
    char *reason = NULL;
    PQconninfoOption *parsed = PQconninfoParse(text, &reason);
    bool out_of_memory = !parsed && !reason;
    PQfreemem(reason);
    if (out_of_memory)
        return qi_fail_memory(err);
    if (!parsed)
        return refuse_parsed(err, subject, text);

    qi_url url = { 0 };
    status = copy_options(parsed, arena, &url, err);
    PQconninfoFree(parsed);
    if (status == QUIRE_OK)
        status = check_hosts(text, &url, subject, err);
    if (status == QUIRE_OK)
        status = check_words(&url, subject, err);
    if (status == QUIRE_OK)
        status = check_password(&url, subject, err);
    if (status == QUIRE_OK)
        *out = url;
    return status;
}

/* Writing ------------------------------------------------------------------------------------ */

typedef struct writer {
    char *at; /* NULL: only count */
    size_t length;
} writer;

static void put(writer *out, char c)
{
    if (out->at)
        out->at[out->length] = c;
    out->length++;
}

static void put_text(writer *out, const char *text)
{
    for (; *text; text++)
        put(out, *text);
}

/* `plain` are the characters that need no escape beside the unreserved ones of RFC 3986. */
static void put_escaped(writer *out, const char *text, size_t length, const char *plain)
{
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        bool safe = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                    strchr("-._~", c) || strchr(plain, c);
        if (safe) {
            put(out, (char)c);
            continue;
        }
        put(out, '%');
        put(out, digits[c >> 4]);
        put(out, digits[c & 15]);
    }
}

/* Sockets cannot be named before the path of a URL, and hosts of a list only with their ports. */
static bool fits_authority(const char *hosts)
{
    item host;
    while (next_item(&hosts, &host)) {
        if (!host.length || host.start[0] == '/' || host.start[0] == '@')
            return false;
    }
    return true;
}

static void put_hosts(writer *out, const char *hosts, const char *ports)
{
    item host;
    item port = { "", 0 };
    for (bool first = true; next_item(&hosts, &host); first = false) {
        if (!first)
            put(out, ',');
        bool v6 = memchr(host.start, ':', host.length) != NULL;
        if (v6)
            put(out, '[');
        put_escaped(out, host.start, host.length, ":");
        if (v6)
            put(out, ']');
        next_item(&ports, &port); /* one port alone holds for every host */
        if (port.length) {
            put(out, ':');
            put_escaped(out, port.start, port.length, "");
        }
    }
}

static void put_user(writer *out, const char *user, const char *password, bool masked)
{
    put_escaped(out, user, strlen(user), "");
    if (password) {
        put(out, ':');
        if (masked)
            put_text(out, "***");
        else
            put_escaped(out, password, strlen(password), "");
    }
    put(out, '@');
}

static void put_url(writer *out, const qi_url *url, bool masked)
{
    const char *user = qi_url_get(url, "user");
    const char *database = qi_url_get(url, "dbname");
    const char *hosts = qi_url_get(url, "host");
    bool authority = hosts && fits_authority(hosts);
    put_text(out, "postgresql://");
    if (user)
        put_user(out, user, qi_url_get(url, "password"), masked);
    if (authority)
        put_hosts(out, hosts, qi_url_get(url, "port"));
    put(out, '/');
    if (database)
        put_escaped(out, database, strlen(database), "");

    char separator = '?';
    for (size_t i = 0; i < url->count; i++) {
        const qi_url_option *option = &url->options[i];
        const char *word = option->keyword;
        bool written = (user && (!strcmp(word, "user") || !strcmp(word, "password"))) ||
                       (authority && (!strcmp(word, "host") || !strcmp(word, "port"))) ||
                       !strcmp(word, "dbname");
        if (written || !option->value || !*option->value)
            continue;
        put(out, separator);
        separator = '&';
        put_text(out, word);
        put(out, '=');
        if (option->secret && masked)
            put_text(out, "***");
        else
            put_escaped(out, option->value, strlen(option->value), "/,:@");
    }
}

char *qi_url_write(const qi_url *url, qi_arena *arena, bool masked)
{
    writer count = { NULL, 0 };
    put_url(&count, url, masked);
    char *text = qi_arena_bytes(arena, count.length + 1);
    if (!text)
        return NULL;
    writer out = { text, 0 };
    put_url(&out, url, masked);
    text[out.length] = '\0';
    return text;
}
