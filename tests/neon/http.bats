load ../support/servers
load ../support/neon

# Quire over SQL over HTTP, in front of a real PostgreSQL: test_http.c has the library's cases.

bats_require_minimum_version 1.5.0

setup() {
    unset APP_ENV NEON_TRANSPORT NEON_DIRECT_URL "${!PG@}"
    server_start
    export NEON_TEST_CA=$SERVER_CA LD_LIBRARY_PATH=$QUIRE_BUILD
    cd "$BATS_TEST_TMPDIR" || return 1
    : >.env # so that none further up is found
}

teardown() {
    neon_stop
    servers_stop
}

library_tests() { # what health reports say of TLS
    run env NEON_TEST_TLS="$1" "$QUIRE_BUILD/tests/test_http"
    echo "$output"
    [ "$status" -eq 0 ]
    [[ "$output" != *"$SERVER_PASSWORD"* && "$output" != *"$SERVER_PASSWORD_ESCAPED"* ]]
}

# requests: how many came to the stand-in
requests() {
    neon_control GET | jq .requests
}

@test "sql over http: the library, by HTTP/2 and TLS" {
    neon_start https
    library_tests "HTTPS, HTTP/2"
}

@test "sql over http: the library, by HTTP/1.1 to this machine" {
    neon_start http
    library_tests ""
}

@test "sql over http: a certificate that is not trusted, or for another host" {
    neon_start https
    NEON_DATABASE_URL="$(server_url)?sslrootcert=$STRANGER_CA"
    run -4 "$QUIRE" health
    [[ "$output" == *"certificate"* && "$output" != *s3cret* ]]
    NEON_DATABASE_URL="$(server_url)?sslrootcert=$SERVER_CA"
    NEON_FETCH_ENDPOINT=${NEON_FETCH_ENDPOINT/localhost/127.0.0.1}
    run -4 "$QUIRE" health
    [[ "$output" == *"certificate"* && "$output" != *s3cret* ]]
    [ "$(requests)" -eq 0 ]
}

@test "sql over http: an endpoint that does not exist, a wrong password, a redirect" {
    neon_start https --endpoint ep-other-1
    run -4 "$QUIRE" health
    [[ "$output" == *"NEON_DATABASE_URL: Control plane request failed: endpoint cannot be found"* ]]
    [[ "$output" != *s3cret* ]]
    neon_stop
    wait
    neon_start https
    neon_control POST '{"fault":"redirect","location":"https://localhost:1/sql"}'
    run -4 "$QUIRE" health
    [[ "$output" == *"NEON_DATABASE_URL: the SQL endpoint redirects"*"NEON_FETCH_ENDPOINT"* ]]
    NEON_DATABASE_URL=${NEON_DATABASE_URL/s3cret/wr0ng}
    run -4 "$QUIRE" health
    [[ "$output" == *"NEON_DATABASE_URL: password authentication failed"* ]]
    [[ "$output" != *s3cret* && "$output" != *wr0ng* ]]
}

@test "sql over http: an answer that is cut off, or no JSON" {
    neon_start https
    neon_control POST '{"fault":"truncated"}'
    run -4 "$QUIRE" health
    [[ "$output" == *"NEON_DATABASE_URL: "*"the SQL endpoint"* && "$output" != *s3cret* ]]
    neon_control POST '{"fault":"status","status":200,"body":"<html>"}'
    run -4 "$QUIRE" health
    [[ "$output" == *"NEON_DATABASE_URL: the SQL endpoint's answer cannot be read"* ]]
    [[ "$output" != *s3cret* ]]
}

@test "sql over http: nobody there" {
    neon_start https
    NEON_FETCH_ENDPOINT=https://localhost:$(free_port)/sql
    run -4 "$QUIRE" health
    [[ "$output" == *"cannot reach the SQL endpoint"* && "$output" != *s3cret* ]]
}

@test "sql over http: what the variables may say" {
    export DB_PROVIDER=neon NEON_DATABASE_URL='postgresql://ann:s3cret@ep-a-1.eu-west-2.aws.neon.tech/shop'
    run -0 --separate-stderr "$QUIRE" provider --json
    [ "$(jq -r .transport <<<"$output")" = http ]
    [ "$(jq -r .endpoint <<<"$output")" = https://api.eu-west-2.aws.neon.tech/sql ]

    NEON_TRANSPORT=tcp run -0 --separate-stderr "$QUIRE" provider --json
    [ "$(jq -r .transport,.endpoint <<<"$output")" = $'tcp\nnull' ]

    NEON_TRANSPORT=HTTP run -3 "$QUIRE" provider
    [[ "$output" == *"NEON_TRANSPORT is neither http nor tcp"* ]]

    local endpoint
    for endpoint in http://example.com/sql ftp://localhost/ 'https://ann:s3cret@localhost/' 'not a url'; do
        NEON_FETCH_ENDPOINT=$endpoint run -3 "$QUIRE" provider
        [[ "$output" == *"NEON_FETCH_ENDPOINT "* && "$output" != *s3cret* ]]
    done
    NEON_FETCH_ENDPOINT=http://localhost:4444 run -0 --separate-stderr "$QUIRE" provider --json
    [ "$(jq -r .endpoint <<<"$output")" = http://localhost:4444/sql ]

    # A URL that cannot go there: an error when it was asked for, else tcp.
    NEON_DATABASE_URL='postgresql://ann@ep-a-1.eu-west-2.aws.neon.tech/shop'
    NEON_TRANSPORT=http run -3 "$QUIRE" provider
    [[ "$output" == *"NEON_DATABASE_URL must hold user, password and database"* ]]
    run -0 --separate-stderr "$QUIRE" provider --json
    [ "$(jq -r .transport <<<"$output")" = tcp ]
    echo NEON_TRANSPORT=both >.env
    run -3 "$QUIRE" provider
    [[ "$output" == *".env:1:"*"NEON_TRANSPORT"* ]]
}
