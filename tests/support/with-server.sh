#!/bin/bash
# with-server.sh KIND PROGRAM...: runs tests that speak TAP, with an environment that leads to servers of
# their own, which are stopped at the end:
#
#     private      a private server: no URL at all
#     local        a URL, without TLS
#     supabase     over TLS, verified, dressed as Supabase
#     session      the same through PgBouncer in session mode
#     transaction  the same through PgBouncer in transaction mode, sessions go around it
#     neon         over TLS, verified, dressed as Neon, over TCP
#     neon-pooler  the same through a PgBouncer that keeps prepared statements, sessions go around it
#     neon-http    as neon, what needs no session over HTTP
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/servers.bash"
. "$here/neon.bash"

kind=$1
shift
programs=()
for program; do
    programs+=("$(realpath "$program")")
done
unset DB_PROVIDER APP_ENV "${!NEON_@}" "${!SUPABASE_@}" "${!LOCAL_@}" "${!PG@}"

private_end() {
    "$QUIRE" -C "$PRIVATE" db reset --yes >/dev/null 2>&1 || true
    rm -rf "$PRIVATE"
}

private() {
    PRIVATE=$(mktemp -d "${TMPDIR:-/tmp}/quire-private.XXXXXX")
    trap private_end EXIT
    chmod 755 "$PRIVATE"
    printf '[project]\nname = trial\n' >"$PRIVATE/quire.conf"
    : >"$PRIVATE/.env" # so that none further up is found
    cd "$PRIVATE"
    export DB_PROVIDER=local QUIRE_TEST_PRIVATE=$PRIVATE
}

# servers SQL: the server, and QUIRE_SCRATCH_URL.
servers() {
    trap 'neon_stop; servers_stop' EXIT
    server_start "$@"
    export SERVERS SERVER_PORT SERVER_BINARIES
    QUIRE_SCRATCH_URL="$(server_url postgres)?sslmode=require"
    export QUIRE_SCRATCH_URL
}

supabase() {
    servers "$here/supabase.sql"
    export DB_PROVIDER=supabase QUIRE_TEST_VARIABLE=SUPABASE_DATABASE_URL
    export SUPABASE_CA_FILE=$SERVER_CA
}

NEON_POOLER=ep-cool-name-123-pooler.eu.example # what Neon calls such a host; it is reached by address

neon() {
    # shellcheck disable=SC2034 # what server_start makes
    SERVER_USER=neondb_owner SERVER_ADMIN=cloud_admin
    servers "$here/neon.sql"
    export DB_PROVIDER=neon QUIRE_TEST_VARIABLE=NEON_DATABASE_URL
    url="$(server_url DATABASE)?sslmode=verify-full&sslrootcert=$SERVER_CA"
}

# The tests put the name of a database of their own in the place of DATABASE. The column is that of
# "What differs" in docs/providers.md.
url=
case $kind in
private)
    private
    column="private server"
    ;;
local)
    servers
    export DB_PROVIDER=local QUIRE_TEST_VARIABLE=LOCAL_DATABASE_URL
    url="$(server_url DATABASE)?sslmode=disable"
    column="local URL"
    ;;
supabase)
    supabase
    url=$(server_url DATABASE)
    column="Supabase, direct"
    ;;
session | transaction)
    supabase
    pooler_start "$kind"
    export SUPABASE_POOLER=$kind
    url=$(pooler_url DATABASE)
    if [ "$kind" = transaction ]; then
        export QUIRE_TEST_DIRECT_VARIABLE=SUPABASE_DIRECT_URL
        QUIRE_TEST_DIRECT_URL=$(server_url DATABASE)
        export QUIRE_TEST_DIRECT_URL
    fi
    column="Supabase, $kind pooler"
    ;;
neon)
    neon
    export NEON_TRANSPORT=tcp
    column="Neon over TCP"
    ;;
neon-pooler)
    neon
    export NEON_TRANSPORT=tcp
    # shellcheck disable=SC2034 # what pooler_start reads
    POOLER_KEEPS=$("$here/newer-pgbouncer.sh")
    # shellcheck disable=SC2034 # the same
    POOLER_CERTIFICATE=pooler
    certificate pooler trusted "$NEON_POOLER" 30
    chown --reference="$SERVERS/good.key" "$SERVERS"/pooler.*
    pooler_start transaction 60
    export QUIRE_TEST_DIRECT_VARIABLE=NEON_DIRECT_URL QUIRE_TEST_DIRECT_URL=$url
    url="$(pooler_url DATABASE)?sslmode=verify-full&sslrootcert=$SERVER_CA&hostaddr=127.0.0.1"
    url=${url/@localhost:/@$NEON_POOLER:}
    column="Neon's pooler, over TCP"
    ;;
neon-http)
    neon
    neon_start https
    unset NEON_DATABASE_URL
    export NEON_TEST_CA=$SERVER_CA
    column="Neon over HTTP"
    ;;
*)
    echo "with-server.sh: there is no kind \"$kind\"" >&2
    exit 1
    ;;
esac
[ -z "$url" ] || export QUIRE_TEST_URL=$url
export QUIRE_TEST_KIND=$kind QUIRE_TEST_COLUMN=$column
"$here/tap.sh" "${programs[@]}"
