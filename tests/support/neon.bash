# The stand-in for Neon's SQL over HTTP in front of the server of servers.bash: load behind it.

# neon_start https|http [OPTIONS OF server.js...]: sets NEON_ENDPOINT, and the environment that a program needs to use it.
neon_start() {
    local scheme=$1 port tls=()
    shift
    [ "$scheme" = http ] || tls=(--tls "$SERVERS/good.crt" "$SERVERS/good.key")
    coproc NEON {
        exec node "$QUIRE_SOURCE/tests/neon/server.js" --port 0 "${tls[@]}" "$@" \
            --postgres "postgresql://$SERVER_ADMIN@/postgres?host=$SERVERS&port=$SERVER_PORT" \
            2>"$SERVERS/neon.log" 3>&-
    }
    read -r -t 20 port <&"${NEON[0]}" || return 1
    NEON_ENDPOINT=$scheme://localhost:$port
    export DB_PROVIDER=neon NEON_FETCH_ENDPOINT=$NEON_ENDPOINT/sql
    NEON_DATABASE_URL="$(server_url)?sslrootcert=$SERVER_CA"
    export NEON_DATABASE_URL
}

neon_control() { # METHOD [BODY]
    curl -sS --cacert "$SERVER_CA" -X "$1" ${2:+--data "$2"} "$NEON_ENDPOINT/faults"
}

# It ends with its standard input.
neon_stop() {
    [ -z "${NEON_PID:-}" ] || eval "exec ${NEON[1]}>&-"
}
