load servers

@test "tls: required without a word" {
    export SUPABASE_DATABASE_URL
    SUPABASE_DATABASE_URL=$(server_url postgres)
    run --separate-stderr -0 quire health --json
    assert_json '.providers[0].tls | startswith("TLSv1.")' true
    assert_json '.providers[0].user' "$SERVER_USER"
    assert_json '.providers[0].database' postgres
    assert_no_password
}

@test "tls: verified with the CA file" {
    export SUPABASE_DATABASE_URL SUPABASE_CA_FILE=$SERVER_CA
    SUPABASE_DATABASE_URL=$(server_url postgres)
    run --separate-stderr -0 quire provider
    assert_holds "sslmode=verify-full" "sslrootcert=$SERVER_CA"
    assert_no_password
    run --separate-stderr -0 quire health
    assert_holds "tls         TLSv1."
    # sslmode=require in the URL does not weaken it
    SUPABASE_DATABASE_URL="$(server_url postgres)?sslmode=require"
    SUPABASE_CA_FILE=$STRANGER_CA
    refused "SUPABASE_DATABASE_URL: " "certificate verify failed"
}

@test "tls: a certificate of another host" {
    export SUPABASE_DATABASE_URL SUPABASE_CA_FILE=$SERVER_CA
    SUPABASE_DATABASE_URL=$(server_url postgres)
    server_certificate wrong-host
    refused "SUPABASE_DATABASE_URL: " 'certificate for "elsewhere.example" does not match host name' \
        "take the host name in SUPABASE_DATABASE_URL from the provider"
    server_certificate good
    # the right certificate, another name for the host
    SUPABASE_DATABASE_URL=$(server_url postgres 127.0.0.1)
    refused "SUPABASE_DATABASE_URL: " "does not match host name"
}

@test "tls: an expired certificate, and one of an unknown CA" {
    export SUPABASE_DATABASE_URL SUPABASE_CA_FILE=$SERVER_CA
    SUPABASE_DATABASE_URL=$(server_url postgres)
    local name
    for name in expired unknown; do
        server_certificate "$name"
        refused "SUPABASE_DATABASE_URL: " "certificate verify failed" "has expired, or is not from"
    done
    # who does not verify does not notice; that is what the CA file is for
    unset SUPABASE_CA_FILE
    run -0 quire health
    server_certificate good
}

@test "tls: a CA file that is none" {
    export SUPABASE_DATABASE_URL SUPABASE_CA_FILE=$SERVERS/nowhere.crt
    SUPABASE_DATABASE_URL=$(server_url postgres)
    run --separate-stderr -3 quire provider --check supabase
    [[ "$stderr" == *"SUPABASE_CA_FILE=$SERVERS/nowhere.crt: there is no such file"* ]]
    assert_no_password
    : >"$PROJECT/empty.crt"
    SUPABASE_CA_FILE=$PROJECT/empty.crt run --separate-stderr -3 quire health
    [[ "$stderr" == *"empty.crt: the file is empty"* ]]
    echo rubbish >"$PROJECT/rubbish.crt"
    export SUPABASE_CA_FILE=$PROJECT/rubbish.crt
    refused "SUPABASE_DATABASE_URL: " "could not read root certificate file" rubbish.crt
}

@test "tls: less than the CA file gives is refused" {
    export SUPABASE_DATABASE_URL SUPABASE_CA_FILE=$SERVER_CA
    SUPABASE_DATABASE_URL="$(server_url postgres)?sslmode=disable"
    run --separate-stderr -3 quire health
    [[ "$stderr" == *"SUPABASE_DATABASE_URL says sslmode=disable, but SUPABASE_CA_FILE is set"* ]]
    assert_no_password
}

@test "tls: a server without" {
    server_psql -d postgres -c "alter system set ssl = off" -c "select pg_reload_conf()" >/dev/null
    export SUPABASE_DATABASE_URL
    SUPABASE_DATABASE_URL=$(server_url postgres)
    without_tls() { [ "$(server_psql -d postgres -c 'show ssl')" = off ]; }
    within 10 without_tls
    refused "SUPABASE_DATABASE_URL: " "server does not support SSL" \
        "see to it that SUPABASE_DATABASE_URL has the host and port of the provider"
    server_psql -d postgres -c "alter system reset ssl" -c "select pg_reload_conf()" >/dev/null
    with_tls() { [ "$(server_psql -d postgres -c 'show ssl')" = on ]; }
    within 10 with_tls
}

@test "tls: a wrong password is told by its variable" {
    export SUPABASE_DATABASE_URL="postgresql://$SERVER_USER:not-s3cret@localhost:$SERVER_PORT/postgres"
    run --separate-stderr -4 quire health
    [[ "$stderr" == *"SUPABASE_DATABASE_URL: "*"password authentication failed"* ]]
    [[ "$stderr" == *"Check user and password in SUPABASE_DATABASE_URL"* ]]
    assert_no_password
}
