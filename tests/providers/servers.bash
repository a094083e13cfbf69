# One set of servers for all tests of a file. Each test starts from the good certificate.

load ../cli/helper
load ../support/servers

setup_file() {
    server_start "$BATS_TEST_DIRNAME/../support/supabase.sql" || return 1
    export SERVERS SERVER_PORT SERVER_BINARIES SERVER_CA STRANGER_CA
    if declare -F more_servers >/dev/null; then
        more_servers
    fi
}

teardown_file() {
    servers_stop
}

local_setup() {
    unset "${!NEON_@}" "${!SUPABASE_@}" "${!LOCAL_@}"
    : >.env # so that none further up is found
    printf '[project]\nname = trial\n' >quire.conf
    export DB_PROVIDER=supabase
}

# assert_no_password: in the output of the last `run --separate-stderr`, as written or escaped.
assert_no_password() {
    [[ "$output$stderr" != *"$SERVER_PASSWORD"* ]]
    [[ "$output$stderr" != *"$SERVER_PASSWORD_ESCAPED"* ]]
    [[ "$output$stderr" != *s3cret* ]]
}

# refused TEXT...: the health check cannot connect; the error holds each text and no password.
refused() {
    run --separate-stderr -4 quire health
    output=$output$stderr
    assert_holds "$@"
    assert_no_password
}
