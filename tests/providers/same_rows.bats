load ../support/servers
load ../support/neon

# One compiled program, six environments, the same rows.

bats_require_minimum_version 1.5.0

setup() {
    unset DB_PROVIDER APP_ENV "${!NEON_@}" "${!SUPABASE_@}" "${!LOCAL_@}" "${!PG@}" QUIRE_SCRATCH_URL
    export LD_LIBRARY_PATH=$QUIRE_BUILD
    server_start "$BATS_TEST_DIRNAME/../support/supabase.sql"
    pooler_start transaction
    SHELF=$BATS_TEST_TMPDIR/shelf
    cp -R "$QUIRE_SOURCE/examples/bookshelf" "$SHELF"
    cd "$SHELF" || return 1
    rm -rf .quire build
    : >.env # so that none further up is found
}

teardown() {
    "$QUIRE" -C "$SHELF" db reset --yes >/dev/null 2>&1 || true
    neon_stop
    servers_stop
}

# shelf NAME PROVIDER VARIABLE=VALUE...: migrates, seeds and runs in that environment. What the program
# prints is in NAME.rows, without its first line, which names the provider and nothing else.
shelf() {
    local name=$1 provider=$2
    shift 2
    echo "# $name" >&2
    env DB_PROVIDER="$provider" "$@" "$QUIRE" migrate >/dev/null
    env DB_PROVIDER="$provider" "$@" "$QUIRE" seed >/dev/null
    env DB_PROVIDER="$provider" "$@" "$QUIRE_BUILD/examples/bookshelf/bookshelf" >"$name.out" 2>"$name.err"
    [ ! -s "$name.err" ]
    [ "$(head -1 "$name.out")" = "the bookshelf on $provider" ]
    tail -n +2 "$name.out" >"$name.rows"
}

@test "the same program prints the same rows in six environments" {
    local name url
    for name in local supabase neon; do
        server_psql -d postgres -c "create database $name owner $SERVER_USER"
    done
    neon_start https
    url="$(server_url neon)?sslmode=verify-full&sslrootcert=$SERVER_CA"
    unset "${!NEON_DATABASE@}" NEON_FETCH_ENDPOINT

    shelf private local
    shelf url local LOCAL_DATABASE_URL="$(server_url local)"
    shelf direct supabase SUPABASE_CA_FILE="$SERVER_CA" SUPABASE_DATABASE_URL="$(server_url supabase)"
    shelf pooler supabase SUPABASE_CA_FILE="$SERVER_CA" SUPABASE_POOLER=transaction \
        SUPABASE_DATABASE_URL="$(pooler_url supabase)" SUPABASE_DIRECT_URL="$(server_url supabase)"
    shelf tcp neon NEON_DATABASE_URL="$url" NEON_TRANSPORT=tcp
    [ "$(neon_control GET | jq .requests)" -eq 0 ]
    shelf http neon NEON_DATABASE_URL="$url" NEON_FETCH_ENDPOINT="$NEON_ENDPOINT/sql"
    [ "$(neon_control GET | jq .requests)" -gt 20 ]

    grep -q '239 books by 68 authors' private.rows
    [ "$(wc -l <private.rows)" -gt 100 ]
    for name in url direct pooler tcp http; do
        cmp private.rows "$name.rows"
    done
    if cat ./*.out ./*.err | grep -F -e "$SERVER_PASSWORD" -e "$SERVER_PASSWORD_ESCAPED"; then
        return 1
    fi
}
