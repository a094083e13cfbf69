load helper
load database

local_setup() {
    database_new
    project_new
}

teardown() {
    [ -z "${SECOND:-}" ] || psql -Xq -d "$SERVER_URL" -c "drop database if exists $SECOND with (force)"
    database_drop
}

two() {
    migration 20260101000000_one 'create table a (id int primary key, "Größe" text);'
    migration 20260102000000_two '-- quire: no-transaction
create index concurrently a_g on a ("Größe");'
    rehash
}

@test "validate: drift is named object by object" {
    two
    run -0 quire validate local
    [ "$output" = "local: sound, 0 objects" ]
    quire migrate local
    run -0 quire validate local
    [[ "$output" =~ ^"local: sound, "[0-9]+" objects"$ ]]
    sql 'alter table a alter "Größe" set not null; drop index a_g; create view extra as select 1 as n'
    run -1 quire validate local
    assert_holds 'local: drift: column public.a."Größe": changed' \
        'local: drift: index public.a_g: missing' 'local: drift: view public.extra: added'
    run --separate-stderr -1 quire validate local --json
    assert_json '.providers[0].findings[] | select(.object == "index public.a_g") | .kind + " " + .text' \
        'drift missing'
    # What is in no schema counts as well.
    sql 'create schema more; create extension pg_trgm'
    run -1 quire validate local
    assert_holds 'local: drift: schema more: added' 'local: drift: extension pg_trgm: added'
    # What is there may be declared right.
    run -0 quire repair local --applied 20260102000000
    run -0 quire validate local
}

@test "validate: files and history" {
    two
    quire migrate local
    migration 20260101000000_one 'create table a (id bigint);'
    migration 20260103000000_three 'begin;'
    rehash
    run -1 quire validate local
    assert_holds 'local: history: 20260101000000_one: was changed after it was applied' \
        '20260103000000_three.sql: line 1: BEGIN in a file'
    printf 'select 1' >db/migrations/local/20260104000000_four.sql
    run -1 quire validate local
    assert_holds 'local: files: db/migrations/local/20260104000000_four.sql: migration'
    mv db/migrations/local/20260104000000_four.sql db/migrations/local/four.sql
    run -1 quire validate local
    assert_holds '"four.sql" is no name for a migration'
}

@test "validate: a list that another version made is not compared" {
    two
    quire migrate local
    sql "create table drifted (); update quire.migrations set fingerprint = replace(fingerprint, '1/', '1/9')"
    run -0 quire validate local
    assert_holds 'local: note: schema: is not compared: another major version of PostgreSQL made the list'
    sql "update quire.migrations set fingerprint = '0/x', objects = null"
    run -0 quire validate local
    assert_holds 'another version of quire made the list'
}

@test "validate all: providers agree, each is told by itself" {
    two
    SECOND=${DATABASE}_b
    psql -Xq -d "$SERVER_URL" -c "create database $SECOND"
    export SUPABASE_DATABASE_URL="$SERVER_URL&dbname=$SECOND"
    cp -r db/migrations/local db/migrations/supabase
    quire migrate local
    quire migrate supabase
    run -3 quire validate all
    assert_holds 'NEON_DATABASE_URL is not set' 'supabase: sound' 'local: sound'

    migration 20260103000000_three 'create table here (id int);'
    rehash
    quire migrate local
    run -3 quire validate all
    assert_holds 'local: providers: migrations: migration 3 is three here and none of supabase' \
        'local: providers: table public.here: local has it, supabase does not'
    # A schema file of its own may add, but not take away.
    touch db/schema.local.sql
    run -3 quire validate all
    assert_holds 'local: sound'
    rm db/schema.local.sql
    touch db/schema.supabase.sql
    run -3 quire validate all
    assert_holds 'local: providers: table public.here: local has it, supabase does not'
    [[ "$output" != *"providers: migrations"* ]]
}
