load helper
load database

local_setup() {
    database_new
    project_new
}

teardown() {
    database_drop
}

@test "status: pending, then applied; exit code 1 while something is pending" {
    run -0 quire status local
    [ "$output" = "local: db/migrations/local, 0 applied, 0 pending" ]
    migration 20260101000000_one 'create table a (id int);'
    migration 20260102000000_größe 'create table b (id int);'
    rehash
    run -1 quire status
    [ "${lines[0]}" = "local: db/migrations/local, 0 applied, 2 pending" ]
    [ "${lines[1]}" = "version         name   state    applied at  took" ]
    [ "${lines[2]}" = "20260101000000  one    pending" ]
    [ "${lines[3]}" = "20260102000000  größe  pending" ]
    [ "$(sql "select count(*) from pg_namespace where nspname = 'quire'")" = 0 ]
    quire migrate local
    run -0 quire status local
    [[ "${lines[2]}" =~ ^"20260101000000  one    applied  "20..-..-..T..:..:..Z"  "[0-9]+" ms"$ ]]
}

@test "status: changed, missing, out of order" {
    migration 20260101000000_one 'create table a (id int);'
    migration 20260102000000_two 'create table b (id int);'
    migration 20260103000000_three 'create table c (id int);'
    rehash
    quire migrate local
    migration 20260101000000_one 'create table a (id bigint);'
    rm db/migrations/local/20260102000000_two.sql
    migration 20260101120000_late 'select 1'
    rehash
    run -1 --separate-stderr quire status --json
    assert_json '[.providers[0].migrations[].state] | join(" ")' "changed out_of_order missing applied"
    assert_json .providers[0].pending 1
    assert_json .providers[0].unsound 3
    assert_json .providers[0].sum_ok true
    assert_json .providers[0].migrations[2].file null
    assert_json .providers[0].migrations[1].applied_at null
    assert_json .providers[0].migrations[1].duration_ms null
    assert_json .providers[0].migrations[3].file db/migrations/local/20260103000000_three.sql
    assert_json '.providers[0].migrations[3].applied_at | test("^20..-..-..T..:..:..Z$")' true
}

@test "status: quire.sum that does not match is exit code 6, beside the table" {
    migration 20260101000000_one 'create table a (id int);'
    rehash
    quire migrate local
    migration 20260102000000_two 'create table b (id int);'
    run --separate-stderr -6 quire status local
    [ "${lines[0]}" = "local: db/migrations/local, 1 applied, 1 pending" ]
    [[ "$stderr" == *"20260102000000_two.sql is not in quire.sum"* ]]
    run --separate-stderr -6 quire status local --json
    assert_json .providers[0].sum_ok false
    assert_json .providers[0].error.status refused
}

@test "status: who is migrating at this moment" {
    migration 20260101000000_one 'create table a (id int);'
    rehash
    run --separate-stderr -1 quire status --json
    assert_json .providers[0].runner null
    PGAPPNAME=elsewhere psql -XAtq -d "$LOCAL_DATABASE_URL" >holder <<'SQL' &
select pg_backend_pid()
from pg_advisory_lock(hashtextextended(current_database() || '/quire.migrations', 0));
select pg_sleep(60);
SQL
    local psql=$!
    for _ in $(seq 100); do
        [ -s holder ] && break
        sleep 0.1
    done
    run -1 quire status
    assert_holds "local: a runner is at work: process $(cat holder) of " ' "elsewhere", since 20'
    run --separate-stderr -1 quire status --json
    assert_json .providers[0].runner.pid "$(cat holder)"
    assert_json .providers[0].runner.application elsewhere
    assert_json .providers[0].runner.host null
    assert_json '.providers[0].runner.since | test("^20..-..-..T..:..:..Z$")' true
    sql "select pg_terminate_backend($(cat holder))"
    wait "$psql" || true
}

@test "status of a project from elsewhere, and of all providers" {
    migration 20260101000000_one 'create table a (id int);'
    rehash
    mkdir elsewhere
    cd elsewhere
    run -1 quire -C .. status local
    assert_holds "0 applied, 1 pending"
    run --separate-stderr -3 quire -C .. status all --json
    assert_json '.providers[1].error.message' "SUPABASE_DATABASE_URL is not set"
    assert_json '.providers[2].pending' 1
}
