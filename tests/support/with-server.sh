#!/bin/bash
# with-server.sh KIND COMMAND...: runs a test with an environment that leads to a server of its own,
# which is stopped at the end:
#
#     supabase   over TLS, verified, dressed as Supabase
#     pooler     the same through PgBouncer in transaction mode, sessions go around it
#     neon       over TLS, verified, as Neon over TCP
set -euo pipefail
. "$(dirname "$0")/servers.bash"

kind=$1
shift
unset DB_PROVIDER APP_ENV "${!NEON_@}" "${!SUPABASE_@}" "${!LOCAL_@}" "${!PG@}"
trap servers_stop EXIT
server_start "$(dirname "$0")/supabase.sql"
export SERVERS SERVER_PORT SERVER_BINARIES
QUIRE_SCRATCH_URL="$(server_url postgres)?sslmode=require"
export QUIRE_SCRATCH_URL
export SUPABASE_CA_FILE=$SERVER_CA

# The tests put the name of a database of their own in the place of DATABASE.
case $kind in
supabase)
    export DB_PROVIDER=supabase QUIRE_TEST_VARIABLE=SUPABASE_DATABASE_URL
    QUIRE_TEST_URL=$(server_url DATABASE)
    ;;
pooler)
    pooler_start transaction
    export DB_PROVIDER=supabase QUIRE_TEST_VARIABLE=SUPABASE_DATABASE_URL
    export SUPABASE_POOLER=transaction
    QUIRE_TEST_URL=$(pooler_url DATABASE)
    ;;
neon)
    export DB_PROVIDER=neon NEON_TRANSPORT=tcp QUIRE_TEST_VARIABLE=NEON_DATABASE_URL
    QUIRE_TEST_URL="$(server_url DATABASE)?sslmode=verify-full&sslrootcert=$SERVER_CA"
    ;;
*)
    echo "with-server.sh: there is no kind \"$kind\"" >&2
    exit 1
    ;;
esac
export QUIRE_TEST_URL
"$@"
