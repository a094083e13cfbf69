# shellcheck disable=SC2034 # what the tests use
# Real servers for tests: a PostgreSQL with TLS and passwords on a free port, dressed as a provider,
# and PgBouncer in front of it. Everything is in one new directory, $SERVERS, until servers_stop.

SERVER_USER=postgres # what the programs under test log in as; not a superuser, as on Supabase
SERVER_ADMIN=supabase_admin # the superuser
SERVER_PASSWORD='s3cret/@:'
SERVER_PASSWORD_ESCAPED='s3cret%2F%40%3A'

# The newest server binaries that are installed.
server_binaries() {
    local found
    found=$(printf '%s\n' /usr/lib/postgresql/*/bin/initdb | sort -V | tail -1)
    printf '%s\n' "${QUIRE_PG_BIN:-${found%/initdb}}"
}

# PostgreSQL and PgBouncer refuse to run as root.
unprivileged() {
    if [ "$(id -u)" -eq 0 ]; then
        setpriv --reuid=postgres --regid=postgres --clear-groups "$@"
    else
        "$@"
    fi
}

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# within SECONDS COMMAND...: until it succeeds.
within() {
    local end=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$end" ] || return 1
        sleep 0.05
    done
}

# ---- certificates --------------------------------------------------------------------------------

authority() { # NAME
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days 30 \
        -subj "/CN=$1" -keyout "$SERVERS/$1.key" -out "$SERVERS/$1.crt" 2>/dev/null
}

certificate() { # NAME AUTHORITY HOST DAYS
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -subj "/CN=$3" \
        -keyout "$SERVERS/$1.key" -out "$SERVERS/$1.csr" 2>/dev/null &&
        openssl x509 -req -in "$SERVERS/$1.csr" -CA "$SERVERS/$2.crt" -CAkey "$SERVERS/$2.key" \
            -set_serial "0x$(openssl rand -hex 8)" -days "$4" \
            -extfile <(printf 'subjectAltName = DNS:%s\n' "$3") -out "$SERVERS/$1.crt" 2>/dev/null
}

# One authority that is trusted and one that is not; what they vouch for, rightly and wrongly.
make_certificates() {
    authority trusted && authority stranger &&
        certificate good trusted localhost 30 &&
        certificate wrong-host trusted elsewhere.example 30 &&
        certificate expired trusted localhost -1 &&
        certificate unknown stranger localhost 30 || return 1
    SERVER_CA=$SERVERS/trusted.crt
    STRANGER_CA=$SERVERS/stranger.crt
}

# ---- PostgreSQL ----------------------------------------------------------------------------------

server_psql() { # ARGUMENTS...: as the superuser, through the socket
    psql -XAtq -v ON_ERROR_STOP=1 -h "$SERVERS" -p "$SERVER_PORT" -U "$SERVER_ADMIN" "$@"
}

server_up() {
    unprivileged "$SERVER_BINARIES/pg_ctl" -D "$SERVERS/data" -l "$SERVERS/server.log" -w start \
        >/dev/null
}

server_down() { # [MODE]
    unprivileged "$SERVER_BINARIES/pg_ctl" -D "$SERVERS/data" -w -m "${1:-fast}" stop >/dev/null
}

# A port may be taken between the moment it was found free and the start.
server_up_somewhere() {
    local try
    for try in 1 2 3 4 5; do
        SERVER_PORT=$(free_port)
        echo "port = $SERVER_PORT" >"$SERVERS/data/port.conf"
        ! server_up || return 0
    done
    cat "$SERVERS/server.log" >&2
    return 1
}

configure() {
    cat >>"$SERVERS/data/postgresql.conf" <<END
include 'port.conf'
listen_addresses = '127.0.0.1'
unix_socket_directories = '$SERVERS'
fsync = off
max_connections = 40
wal_level = logical
ssl = on
ssl_cert_file = '$SERVERS/server.crt'
ssl_key_file = '$SERVERS/server.key'
END
    cat >"$SERVERS/data/pg_hba.conf" <<END
local all all trust
local replication supabase_admin trust
host all all 127.0.0.1/32 scram-sha-256
END
}

# server_start [SQL FILE...]: with TLS, role $SERVER_USER, and what the files make in its database
# "postgres". Sets SERVER_PORT, SERVER_CA. SERVER_USER and SERVER_ADMIN may be set before.
server_start() {
    SERVERS=$(mktemp -d "${TMPDIR:-/tmp}/quire-servers.XXXXXX") || return 1
    SERVER_BINARIES=$(server_binaries)
    chmod 755 "$SERVERS"
    make_certificates || return 1
    cp "$SERVERS/good.crt" "$SERVERS/server.crt"
    cp "$SERVERS/good.key" "$SERVERS/server.key"
    [ "$(id -u)" -ne 0 ] || chown -R postgres:postgres "$SERVERS"
    unprivileged "$SERVER_BINARIES/initdb" -D "$SERVERS/data" -U "$SERVER_ADMIN" -A trust -N \
        -E UTF8 --locale=C.UTF-8 >"$SERVERS/initdb.log" || return 1
    configure && server_up_somewhere || return 1
    server_psql -d postgres -c "create role $SERVER_USER login createdb createrole \
        password '$SERVER_PASSWORD'" -c "alter database postgres owner to $SERVER_USER" || return 1
    local file
    for file in "$@"; do
        server_psql -d postgres -v "program=$SERVER_USER" -f "$file" || return 1
    done
}

# The fingerprint of the certificate that the server shows.
shown_certificate() {
    openssl s_client -starttls postgres -connect "127.0.0.1:$SERVER_PORT" </dev/null 2>/dev/null |
        openssl x509 -noout -fingerprint
}

shows_certificate() {
    [ "$(shown_certificate)" = "$(openssl x509 -noout -fingerprint -in "$SERVERS/$1.crt")" ]
}

# server_certificate NAME: good, wrong-host, expired or unknown, from now on.
server_certificate() {
    # In place, so that owner and mode stay those that the server wants.
    cat "$SERVERS/$1.crt" >"$SERVERS/server.crt"
    cat "$SERVERS/$1.key" >"$SERVERS/server.key"
    unprivileged "$SERVER_BINARIES/pg_ctl" -D "$SERVERS/data" reload >/dev/null &&
        within 10 shows_certificate "$1"
}

# server_url [DATABASE [HOST]]: straight to the server, without a word on TLS.
server_url() {
    printf 'postgresql://%s:%s@%s:%s/%s\n' "$SERVER_USER" "$SERVER_PASSWORD_ESCAPED" \
        "${2:-localhost}" "$SERVER_PORT" "${1:-postgres}"
}

# ---- a replica -----------------------------------------------------------------------------------

replica_control() { # ARGUMENTS...: pg_ctl
    unprivileged "$SERVER_BINARIES/pg_ctl" -D "$SERVERS/replica" -w "$@" >/dev/null
}

replica_psql() { # ARGUMENTS...: as the superuser, through the socket
    psql -XAtq -v ON_ERROR_STOP=1 -h "$SERVERS" -p "$REPLICA_PORT" -U supabase_admin "$@"
}

# replica_start: one that follows the server by streaming. Sets REPLICA_PORT.
replica_start() {
    unprivileged "$SERVER_BINARIES/pg_basebackup" -h "$SERVERS" -p "$SERVER_PORT" \
        -U supabase_admin -D "$SERVERS/replica" -R -X stream -c fast || return 1
    local try
    for try in 1 2 3 4 5; do
        REPLICA_PORT=$(free_port)
        echo "port = $REPLICA_PORT" >"$SERVERS/replica/port.conf"
        ! replica_control -l "$SERVERS/replica.log" start || return 0
    done
    cat "$SERVERS/replica.log" >&2
    return 1
}

replica_stop() {
    [ ! -d "$SERVERS/replica" ] || replica_control -m immediate stop 2>/dev/null || true
}

# ---- PgBouncer -----------------------------------------------------------------------------------

pooler_answers() {
    psql -XAtq -d "$(pooler_url postgres)?sslmode=require" -c 'select 1'
}

# pooler_start MODE [SECONDS]: transaction or session, with TLS on both sides. Sets POOLER_PORT. Each
# connection to the server is used once, or else for so long: what a program leaves in a session is gone
# in the next one. With POOLER_KEEPS, that PgBouncer is used, which keeps prepared statements.
pooler_start() {
    local try
    for try in 1 2 3 4 5; do
        POOLER_PORT=$(free_port)
        printf '"%s" "%s"\n' "$SERVER_USER" "$SERVER_PASSWORD" >"$SERVERS/users.txt"
        cat >"$SERVERS/pooler.ini" <<END
[databases]
* = host=127.0.0.1 port=$SERVER_PORT
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = $POOLER_PORT
unix_socket_dir =
pidfile = $SERVERS/pooler.pid
logfile = $SERVERS/pooler.log
auth_type = scram-sha-256
auth_file = $SERVERS/users.txt
pool_mode = $1
default_pool_size = 10
server_lifetime = ${2:-0}
server_login_retry = 1
client_tls_sslmode = require
client_tls_cert_file = $SERVERS/${POOLER_CERTIFICATE:-good}.crt
client_tls_key_file = $SERVERS/${POOLER_CERTIFICATE:-good}.key
server_tls_sslmode = require
${POOLER_KEEPS:+max_prepared_statements = 50}
END
        [ "$(id -u)" -ne 0 ] || chown postgres:postgres "$SERVERS/users.txt" "$SERVERS/pooler.ini"
        unprivileged "${POOLER_KEEPS:-/usr/sbin/pgbouncer}" -q -d "$SERVERS/pooler.ini" 2>/dev/null || continue
        ! within 5 pooler_answers || return 0
        pooler_stop
    done
    cat "$SERVERS/pooler.log" >&2
    return 1
}

pooler_is_gone() {
    [ ! -f "$SERVERS/pooler.pid" ]
}

pooler_stop() {
    pooler_is_gone || kill "$(cat "$SERVERS/pooler.pid")" 2>/dev/null || return 0
    within 5 pooler_is_gone || true
}

# pooler_url DATABASE
pooler_url() {
    printf 'postgresql://%s:%s@localhost:%s/%s\n' "$SERVER_USER" "$SERVER_PASSWORD_ESCAPED" \
        "$POOLER_PORT" "$1"
}

# ---- the end -------------------------------------------------------------------------------------

# What the servers wrote stays with the logs of the tests, for script/check-secrets.
keep_logs() {
    local log kept=${QUIRE_BUILD:-}/meson-logs/servers
    [ -d "${QUIRE_BUILD:-}/meson-logs" ] || return 0
    mkdir -p "$kept"
    for log in "$SERVERS"/*.log "$SERVERS"/data/log/*; do
        [ ! -f "$log" ] || cp "$log" "$kept/${SERVERS##*/}-${log##*/}" || true
    done
}

servers_stop() {
    [ -n "${SERVERS:-}" ] || return 0
    pooler_stop
    replica_stop
    server_down immediate 2>/dev/null || true
    keep_logs
    rm -rf "$SERVERS"
}
