load ../support/servers
load ../support/neon

# The client over SQL over HTTP, in front of a real PostgreSQL: test_http.c has the cases.

bats_require_minimum_version 1.5.0

setup() {
    unset DB_PROVIDER APP_ENV NEON_TRANSPORT NEON_DIRECT_URL "${!PG@}"
    cd "$BATS_TEST_TMPDIR" || return 1
    : >.env # so that none further up is found
    server_start
    neon_start
    export NEON_TEST_CA=$SERVER_CA
}

teardown() {
    neon_stop
    servers_stop
}

@test "sql over http: the client's own tests" {
    "$QUIRE_BUILD/tests/test_http"
}
