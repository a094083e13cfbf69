# `quire health` on what it has to tell apart: a pooler, a replica, TLS, a role that may see little.
load servers

more_servers() {
    replica_start || return 1
    export REPLICA_PORT
}

teardown() {
    pooler_stop
}

health() { # of the URL in SUPABASE_DATABASE_URL
    run --separate-stderr -0 quire health --json
    assert_no_password
}

direct() {
    export SUPABASE_CA_FILE=$SERVER_CA SUPABASE_DATABASE_URL
    SUPABASE_DATABASE_URL=$(server_url postgres)
}

# A replica has the same roles and the same certificate.
use_replica() {
    direct
    SUPABASE_DATABASE_URL=${SUPABASE_DATABASE_URL/:$SERVER_PORT/:$REPLICA_PORT}
}

@test "health: the server itself, over TLS" {
    direct
    health
    assert_json '.providers[0].pooler' none
    assert_json '.providers[0].pooler_declared' false
    assert_json '.providers[0].tls | test("^TLSv1\\.[23] [A-Z0-9_-]+$")' true
    assert_json '.providers[0].pool_open' 1
    assert_json '.providers[0].pool_waiting' 0
    run -0 quire health
    assert_holds "pooler      none" "tls         TLSv1."
}

@test "health: a pooler in transaction mode is found, declared or not" {
    pooler_start transaction
    export SUPABASE_DATABASE_URL SUPABASE_POOLER=transaction
    SUPABASE_DATABASE_URL=$(pooler_url postgres)
    health
    assert_json '.providers[0].pooler' transaction
    assert_json '.providers[0].pooler_declared' true
    run -0 quire health
    assert_holds "pooler      in transaction mode"
    [[ "$output" != *undeclared* ]]
    unset SUPABASE_POOLER
    health
    assert_json '.providers[0].pooler' transaction
    assert_json '.providers[0].pooler_declared' false
    run -0 quire health
    assert_holds "in transaction mode, undeclared: set SUPABASE_POOLER=transaction"
}

@test "health: a pooler that keeps its connections is found by two of them" {
    pooler_start transaction 3600
    export SUPABASE_DATABASE_URL SUPABASE_POOLER=transaction
    SUPABASE_DATABASE_URL=$(pooler_url postgres)
    local i
    for i in 1 2 3; do # once they are all there, the same one comes back each time
        health
        assert_json '.providers[0].pooler' transaction
    done
}

@test "health: a pooler in session mode is something in between" {
    pooler_start session
    export SUPABASE_DATABASE_URL SUPABASE_POOLER=session
    SUPABASE_DATABASE_URL=$(pooler_url postgres)
    health
    assert_json '.providers[0].pooler' between
    assert_json '.providers[0].pooler_declared' false
    run -0 quire health
    assert_holds "pooler      something in between, not seen sharing connections"
}

followed() {
    [ "$(server_psql -d postgres -c \
        "select count(*) from pg_stat_replication where state = 'streaming'")" = 1 ]
}

@test "health: a primary counts its replicas; their lag is for those who may see it" {
    within 20 followed
    direct
    health
    assert_json '.providers[0].in_recovery' false
    assert_json '.providers[0].receiving' null
    assert_json '.providers[0].replicas' 1
    assert_json '.providers[0].lag_bytes' null
    server_psql -d postgres -c "grant pg_monitor to $SERVER_USER"
    health
    assert_json '.providers[0].replicas' 1
    assert_json '.providers[0].lag_bytes | type' number
    run -0 quire health
    assert_holds "role        primary, 1 replica, "
    server_psql -d postgres -c "revoke pg_monitor from $SERVER_USER"
}

caught_up() {
    run --separate-stderr quire health --json
    [ "$(jq '.providers[0].lag_bytes' <<<"$output")" = 0 ]
}

@test "health: a replica tells how far it is behind what it received" {
    within 20 followed
    use_replica
    within 20 caught_up
    health
    assert_json '.providers[0].in_recovery' true
    assert_json '.providers[0].read_only' true
    assert_json '.providers[0].receiving' true
    assert_json '.providers[0].replicas' 0
    assert_json '.providers[0].lag_bytes' 0
    assert_json '.providers[0].lag_s' 0

    replica_psql -d postgres -c 'select pg_wal_replay_pause()' >/dev/null
    server_psql -d postgres -c 'create table late as select generate_series(1, 10000) i' \
        -c 'drop table late'
    behind() {
        run --separate-stderr quire health --json
        [ "$(jq '.providers[0].lag_bytes' <<<"$output")" -gt 10000 ]
    }
    within 20 behind
    health
    assert_json '.providers[0].lag_s > 0' true
    run -0 quire health
    assert_holds "role        replica, read only, " " bytes and " " s behind"
    replica_psql -d postgres -c 'select pg_wal_replay_resume()' >/dev/null
    within 20 caught_up
}

@test "health: a replica without its primary does not know how far it is behind" {
    use_replica
    server_down fast
    alone() {
        run --separate-stderr quire health --json
        [ "$(jq '.providers[0].receiving' <<<"$output")" = false ]
    }
    within 20 alone
    health
    assert_json '.providers[0].lag_bytes' null
    assert_json '.providers[0].lag_s' null
    run -0 quire health
    assert_holds "role        replica, read only, not connected to the server it follows"
    server_up
    within 30 followed
}

@test "health: a role that may not read the history is told so" {
    direct
    mkdir -p db/migrations/supabase
    echo 'create table shelves (id int);' >db/migrations/supabase/20260101000000_first.sql
    quire migrate --rehash supabase 2>/dev/null
    health
    assert_json '.providers[0].migrations_applied' null
    assert_json '.providers[0].migrations_pending' 1
    run -0 quire migrate
    echo 'create table more (id int);' >db/migrations/supabase/20260102000000_second.sql
    quire migrate --rehash supabase 2>/dev/null
    health
    assert_json '.providers[0].migrations_applied' 1
    assert_json '.providers[0].migrations_pending' 1
    assert_json '.providers[0].migrations_unsound' 0
    run -0 quire health
    assert_holds "migrations  1 applied, 1 pending"

    server_psql -d postgres -c "create role reader login password '$SERVER_PASSWORD'"
    SUPABASE_DATABASE_URL=${SUPABASE_DATABASE_URL/$SERVER_USER:/reader:}
    health
    assert_json '.providers[0].user' reader
    assert_json '.providers[0].migrations_applied' null
    assert_json '.providers[0].migrations_pending' null
    run -0 quire health
    assert_holds "migrations  not to be seen by this role"
    server_psql -d postgres -c 'drop table shelves; drop schema quire cascade; drop role reader' \
        2>/dev/null
}
