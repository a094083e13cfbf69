# What --debug and QUIRE_DEBUG show of the statements that a command sends.
load helper
load database

local_setup() {
    : >.env
    project_new
    database_new
}

teardown() {
    database_drop
}

@test "debug: each statement is a line on standard error" {
    migration 20260101000000_first 'create table t (id int); insert into t select 1;'
    rehash
    run --separate-stderr -0 quire migrate --debug --json
    jq -e . <<<"$output" >/dev/null
    [[ "$stderr" == *"[local] "*" ms  create table t (id int)"*" ms  insert into t select 1"* ]]
    [[ "$stderr" == *" ms  COMMIT"* ]]
    run --separate-stderr -0 quire health
    [ -z "$stderr" ]
    QUIRE_DEBUG=1 run --separate-stderr -0 quire health
    assert_holds "migrations  1 applied, 0 pending"
    [[ "$stderr" == *"[local] "*"1 row  select count(*) from quire.migrations"* ]]
    QUIRE_DEBUG=0 run --separate-stderr -0 quire health
    [ -z "$stderr" ]
}

@test "debug: no password, neither the URL's nor one in a statement" {
    LOCAL_DATABASE_URL+='&password=s3cret'
    mkdir -p db
    echo "do \$\$ begin create role r_$$ password 's3cret'; drop role r_$$; end \$\$;
          create role q_$$ password 's3cret'; drop role q_$$;" >db/seed.sql
    run --separate-stderr -0 quire seed --debug
    [[ "$stderr" == *"create role q_$$ password ***"* ]]
    [[ "$stderr" == *"begin create role r_$$ password ***; drop role"* ]]
    [[ "$output$stderr" != *s3cret* ]]
}

@test "debug: failures are told too" {
    mkdir -p db
    echo "select nothing" >db/seed.sql
    run --separate-stderr -5 quire seed --debug
    [[ "$stderr" == *"[local] "*" failed: SQLSTATE 42703  select nothing"* ]]
}

@test "debug: what is read of a live database, and what push sends" {
    mkdir -p db
    echo 'create table books (id int primary key);' >db/schema.sql
    run --separate-stderr -0 quire push --debug
    [[ "$stderr" == *"[local] "*"CREATE TABLE public.books"* ]]
    run --separate-stderr -0 quire diff --from local --to db/schema.sql --debug
    [ -z "$output" ]
    [[ "$stderr" == *"[local] "*" ms "*"select"* ]]
    run --separate-stderr -0 quire lint local --pending --debug
    [[ "$stderr" == *"[local] "* ]]
}

@test "debug: only where statements go to a provider's database" {
    run -2 quire codegen --debug
    assert_holds 'unknown option --debug'
    run -0 quire migrate --help
    assert_holds "--debug" "QUIRE_DEBUG=1"
    run -0 quire help environment
    assert_holds "QUIRE_DEBUG"
}
