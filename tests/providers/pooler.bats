load servers

more_servers() {
    pooler_start transaction || return 1
    export POOLER_PORT
}

a_migration() {
    mkdir -p db/migrations/supabase
    echo 'create table shelves (id int primary key);' \
        >"db/migrations/supabase/20260101000000_$1.sql"
    quire migrate --rehash supabase 2>/dev/null
}

@test "pooler: migrations go around it" {
    export SUPABASE_DATABASE_URL SUPABASE_DIRECT_URL SUPABASE_POOLER=transaction
    export SUPABASE_CA_FILE=$SERVER_CA
    SUPABASE_DATABASE_URL=$(pooler_url postgres)
    SUPABASE_DIRECT_URL=$(server_url postgres)
    a_migration first
    run --separate-stderr -0 quire migrate
    assert_no_password
    [ "$(server_psql -d postgres -c 'select count(*) from shelves')" = 0 ]
    run --separate-stderr -0 quire health --json
    assert_json '.providers[0].migrations_applied' 1
    server_psql -d postgres -c 'drop table shelves; drop schema quire cascade' 2>/dev/null
}

@test "pooler: without a way around it, migrations are refused and nothing is done" {
    export SUPABASE_DATABASE_URL SUPABASE_POOLER=transaction
    SUPABASE_DATABASE_URL=$(pooler_url postgres)
    a_migration first
    # What only reads gets through.
    printf '%s\n' '-- quire: check deletes_data: shelves: there is something' \
        'select 1 as one;' 'create table shelves (id int);' \
        >db/migrations/supabase/20260101000000_first.sql
    quire migrate --rehash supabase 2>/dev/null
    run --separate-stderr -1 quire migrate --dry-run
    [[ "$stderr" == *'a check would refuse the file: there is something. Found by a check of shelves: one = 1.'* ]]
    run --separate-stderr -3 quire migrate
    [[ "$stderr" == *"SUPABASE_DATABASE_URL leads to a transaction pooler, and this needs a session"* ]]
    [[ "$stderr" == *"Set SUPABASE_DIRECT_URL to a URL"* ]]
    assert_no_password
    [ -z "$(server_psql -d postgres -c "select to_regclass('shelves')")" ]
}

@test "pooler: the direct URL must not be a pooler's" {
    export SUPABASE_DATABASE_URL='postgresql://p.ref:s3cret@aws-0-eu.pooler.supabase.com:6543/postgres'
    export SUPABASE_DIRECT_URL=$SUPABASE_DATABASE_URL
    run --separate-stderr -3 quire provider
    [[ "$stderr" == *"SUPABASE_DIRECT_URL is the URL of a transaction pooler"* ]]
    assert_no_password
    export DB_PROVIDER=neon NEON_DATABASE_URL='postgresql://a:s3cret@ep-b-pooler.eu.aws.neon.tech/d'
    export NEON_DIRECT_URL=$NEON_DATABASE_URL
    run --separate-stderr -3 quire provider
    [[ "$stderr" == *"NEON_DIRECT_URL is the URL of a transaction pooler"* ]]
    assert_no_password
}

@test "pooler: its mode is one of two words" {
    export SUPABASE_DATABASE_URL SUPABASE_POOLER=statement
    SUPABASE_DATABASE_URL=$(pooler_url postgres)
    run --separate-stderr -3 quire provider
    [[ "$stderr" == *"SUPABASE_POOLER is neither transaction nor session"* ]]
    assert_no_password
}
