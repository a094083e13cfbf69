load helper
load database

local_setup() {
    unset NEON_DIRECT_URL SUPABASE_DIRECT_URL QUIRE_PG_BIN
    : >.env
    project_new
    database_new
}

teardown() {
    database_drop
}

@test "health: of the provider in force" {
    run --separate-stderr -0 quire health
    assert_holds "provider    local" "round trip  " " ms" "server      PostgreSQL 1" \
        "database    $DATABASE as postgres" "tls         none" "role        primary" \
        "migrations  no history yet"
    [ -z "$stderr" ]
}

@test "health: JSON, and what has been migrated" {
    migration 20260101000000_first 'create table t (id int);'
    rehash
    quire migrate
    run --separate-stderr -0 quire health local --json
    assert_json '.providers | length' 1
    assert_json '.providers[0].provider' local
    assert_json '.providers[0].ok' true
    assert_json '.providers[0].database' "$DATABASE"
    assert_json '.providers[0].tls' null
    assert_json '.providers[0].read_only' false
    assert_json '.providers[0].in_recovery' false
    assert_json '.providers[0].pool_size' 10
    assert_json '.providers[0].pool_busy' 0
    assert_json '.providers[0].migrations_applied' 1
    assert_json '.providers[0].migrations_pending' 0
    assert_json '.providers[0].pooler' none
    assert_json '.providers[0].replicas' 0
    assert_json '.providers[0].round_trip_ms > 0 and .providers[0].round_trip_ms < 1000' true
}

@test "health: read only is seen" {
    sql "alter database $DATABASE set default_transaction_read_only = on"
    run -0 quire health
    assert_holds "role        primary, read only"
}

@test "health all: what works and what does not, each with its reason" {
    run --separate-stderr -3 quire health all
    assert_holds "provider    neon" "failed      config" "provider    local"
    [[ "$stderr" == *"NEON_DATABASE_URL is not set"*"SUPABASE_DATABASE_URL is not set"* ]]
    export NEON_DATABASE_URL="$LOCAL_DATABASE_URL"
    export SUPABASE_DATABASE_URL='postgres://ann:s3cret@/d?host=/nowhere'
    run --separate-stderr -4 quire health all --json
    assert_json '[.providers[].ok] | map(tostring) | join(" ")' "true false true"
    assert_json '.providers[0].pool_size' 10
    assert_json '.providers[1].error.status' connect
    [[ "$output$stderr" != *s3cret* ]]
}

@test "health: how it is held wrong" {
    run -2 quire health mars
    assert_holds '"mars" is not a provider'
}
