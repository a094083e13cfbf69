load helper

NEON='postgresql://ann:s3cret@ep-a-1.eu-west-2.aws.neon.tech/shop'

local_setup() {
    unset NEON_DIRECT_URL SUPABASE_DIRECT_URL QUIRE_PG_BIN
    : >.env # so that none further up is found
}

@test "provider: the default is the private server" {
    run -0 quire provider
    assert_holds "provider  local" "because   no URL is set" "the private server" "$PROJECT/.env"
    [ ! -e .quire ] # nothing was started
}

@test "provider: the choice, its rule, the sources, the password masked" {
    echo "NEON_DATABASE_URL=$NEON" >.env
    export DB_PROVIDER=neon
    run -0 quire provider
    assert_holds "provider  neon" "DB_PROVIDER=neon in the environment" \
        "postgresql://ann:***@ep-a-1.eu-west-2.aws.neon.tech/shop?sslmode=require" \
        "NEON_DATABASE_URL in .env" \
        "via       http, https://api.eu-west-2.aws.neon.tech/sql; tcp for sessions" \
        "DB_PROVIDER            environment" \
        "NEON_DATABASE_URL      .env" "LOCAL_DATABASE_URL     not set"
    [[ "$output" != *s3cret* ]]

    run --separate-stderr -0 quire provider --json
    assert_json .provider neon
    assert_json .rule 1
    assert_json .reason "DB_PROVIDER=neon in the environment"
    assert_json .variable NEON_DATABASE_URL
    assert_json .source dotenv
    assert_json .private_server false
    assert_json .dotenv "$PROJECT/.env"
    assert_json .variables.DB_PROVIDER environment
    assert_json .variables.NEON_DATABASE_URL dotenv
    assert_json .variables.LOCAL_DATABASE_URL null
    [[ "$output" != *s3cret* ]]
}

@test "provider: found upwards, and with -C" {
    echo "LOCAL_DATABASE_URL=postgres:///shop" >.env
    mkdir -p below/further
    cd below/further
    run --separate-stderr -0 quire provider --json
    assert_json .rule 3
    assert_json .url postgresql:///shop
    cd /
    run --separate-stderr -0 quire -C "$PROJECT/below" provider --json
    assert_json .rule 3
    assert_json .dotenv "$PROJECT/.env"
}

@test "provider: another one by name" {
    export NEON_DATABASE_URL=$NEON DB_PROVIDER=local
    run --separate-stderr -0 quire provider neon --json
    assert_json .provider neon
    assert_json .rule 0
    run -2 quire provider all
    assert_holds "--check"
    run -2 quire provider mysql
    assert_holds '"mysql" is not a provider: neon, supabase, local or all'
}

@test "provider: production without a URL" {
    APP_ENV=production run -3 quire provider
    assert_holds "APP_ENV=production, and no database URL is set" \
        "NEON_DATABASE_URL, SUPABASE_DATABASE_URL or LOCAL_DATABASE_URL"
}

@test "provider: bad values are told by variable, never with the password" {
    DB_PROVIDER=mysql run -3 quire provider
    assert_holds "DB_PROVIDER=mysql is not a provider" "neon, supabase, local"
    NEON_DATABASE_URL='mysql://ann:s3cret@h/d' run -3 quire provider
    assert_holds "NEON_DATABASE_URL is not a PostgreSQL URL" "mysql://"
    [[ "$output" != *s3cret* ]]
    SUPABASE_DATABASE_URL=$NEON run -3 quire provider
    assert_holds "SUPABASE_DATABASE_URL is a URL of Neon"
    [[ "$output" != *s3cret* ]]
    LOCAL_DATABASE_URL='postgres://ann:s3/cret@h/d' run -3 quire provider --json
    assert_holds "LOCAL_DATABASE_URL is not a valid connection URL" '"status": "config"'
    [[ "$output" != *s3/cret* ]]
    printf 'A=1\nLOCAL_DATABASE_URL=ftp://h\n' >.env
    run -3 quire provider
    assert_holds "$PROJECT/.env:2:"
}

@test "provider --check" {
    export NEON_DATABASE_URL=$NEON
    run --separate-stderr -0 quire provider --check neon
    [ "$output" = "neon      ok          NEON_DATABASE_URL in the environment" ]
    echo "NEON_TRANSPORT=tcp" >.env
    run --separate-stderr -0 quire provider --check
    [ "$output" = "neon      ok          NEON_DATABASE_URL in the environment, NEON_TRANSPORT in .env" ]
    run --separate-stderr -3 quire provider --check all
    assert_holds "neon      ok" "supabase  not usable" "local     ok"
    [[ "$stderr" == *"SUPABASE_DATABASE_URL is not set"* ]]
    run --separate-stderr -3 quire -C "$PROJECT" provider --check all --json
    assert_json '.providers | length' 3
    assert_json '.providers[0].ok' true
    assert_json '.providers[1].ok' false
    assert_json '.providers[1].error.status' config
    assert_json '.providers[2].provider' local
    assert_json '.providers[0].variables.NEON_DATABASE_URL' environment
    assert_json '.providers[0].variables.NEON_TRANSPORT' dotenv
    assert_json '.providers[2].variables.LOCAL_DATABASE_URL' null
    assert_json '.providers[2].variables | keys | join(" ")' \
        "LOCAL_DATABASE_URL LOCAL_DIRECT_URL LOCAL_POOLER"
    QUIRE_PG_BIN=/nowhere run -3 quire provider --check local
    assert_holds "local     not usable" "QUIRE_PG_BIN=/nowhere"
    [ ! -e .quire ]
}

@test "provider --check: from another directory, and what is wrong in its .env" {
    mkdir other
    printf 'A=1\nNEON_DATABASE_URL=%s\nNEON_TRANSPORT=carrier pigeon\n' "$NEON" >other/.env
    run --separate-stderr -3 quire -C other provider --check neon
    [[ "$output" == "neon      not usable  NEON_DATABASE_URL in .env, NEON_TRANSPORT in .env" ]]
    [[ "$stderr" == *"other/.env:3: NEON_TRANSPORT is neither http nor tcp"* ]]
    [[ "$output$stderr" != *s3cret* ]]
    run -7 quire -C nowhere provider --check neon
    assert_holds "nowhere"
}

@test "provider --check: nothing is set" {
    run --separate-stderr -3 quire provider --check all
    [ "$output" = "neon      not usable
supabase  not usable
local     ok" ]
}

@test "provider --check: what pages show is not yet a URL" {
    export SUPABASE_DATABASE_URL='postgresql://postgres:[YOUR-PASSWORD]@db.ref.supabase.co:5432/postgres'
    run --separate-stderr -3 quire provider --check supabase
    [[ "$stderr" == *"SUPABASE_DATABASE_URL has no password yet"*"Write the password there"* ]]
    export NEON_DATABASE_URL="psql '$NEON'"
    run --separate-stderr -3 quire provider --check neon
    [[ "$stderr" == *"NEON_DATABASE_URL is not a PostgreSQL URL"*"leave out psql"* ]]
    [[ "$stderr" != *s3cret* ]]
}
