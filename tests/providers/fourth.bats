# The command with a provider more (tests/providers/fourth): one file and one row are all it takes.
load servers

QUIRE=$QUIRE_BUILD/tests/providers/fourth/quire-fourth

rds_setup() {
    unset DB_PROVIDER "${!RDS_@}"
    export RDS_DATABASE_URL RDS_CA_FILE=$SERVER_CA
    RDS_DATABASE_URL=$(server_url postgres)
}

@test "fourth: it is chosen by its URL and by its name" {
    rds_setup
    run --separate-stderr -0 quire provider --json
    assert_json .provider rds
    assert_json .reason "RDS_DATABASE_URL is set in the environment"
    assert_json .variables.RDS_CA_FILE environment
    assert_no_password
    DB_PROVIDER=rds run --separate-stderr -0 quire provider
    assert_holds "DB_PROVIDER=rds in the environment" "sslmode=verify-full" "RDS_CA_FILE "
    DB_PROVIDER=mysql run -3 quire provider
    assert_holds "one of: neon, supabase, local, rds."
}

@test "fourth: its configuration is checked like any other's" {
    rds_setup
    run --separate-stderr -0 quire provider --check rds
    assert_holds "rds       ok          RDS_DATABASE_URL in the environment, RDS_CA_FILE in"
    export NEON_DATABASE_URL='postgresql://a:s3cret@shop.eu-west-1.rds.amazonaws.com/d'
    run --separate-stderr -3 quire provider --check neon
    [[ "$stderr" == *"NEON_DATABASE_URL is a URL of Amazon RDS, not of Neon"* ]]
    [[ "$stderr" == *"Put it in RDS_DATABASE_URL, or set DB_PROVIDER=rds."* ]]
    assert_no_password
    unset RDS_DATABASE_URL
    DB_PROVIDER=rds run --separate-stderr -3 quire provider
    [[ "$stderr" == *"RDS_DATABASE_URL is not set"* ]]
    run --separate-stderr -3 quire provider --check all --json
    assert_json '[.providers[].provider] | join(" ")' "neon supabase local rds"
}

@test "fourth: a database is opened with it, with its own migrations" {
    rds_setup
    run --separate-stderr -0 quire health rds --json
    assert_json '.providers[0].provider' rds
    assert_json '.providers[0].pool_size' 7
    assert_json '.providers[0].tls | startswith("TLSv1.")' true
    mkdir -p db/migrations/rds
    echo 'create table shelves (id int primary key);' >db/migrations/rds/20260101000000_first.sql
    quire migrate --rehash rds
    run --separate-stderr -0 quire migrate rds
    run --separate-stderr -0 quire status rds
    assert_holds "rds: db/migrations/rds, 1 applied, 0 pending"
    assert_no_password
}

@test "fourth: help and completion know it" {
    run -0 quire help environment
    assert_holds "RDS_DATABASE_URL" "where RDS is"
    run -0 quire help migrate
    assert_holds "usage: quire migrate [neon|supabase|local|rds|all] [options]"
    run -0 quire help --completion bash
    assert_holds "neon supabase local rds all"
}
