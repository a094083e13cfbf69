load helper
load database

local_setup() {
    database_new
    project_new
    migration 20260101000000_one 'create table a (id int primary key, name text not null);'
    rehash
}

teardown() {
    database_drop
}

@test "seed runs the file in one transaction" {
    quire migrate local
    printf "insert into a values (1, 'Ursula');\ninsert into a values (2, '村上 春樹; -- no comment');" >db/seed.sql
    run --separate-stderr -0 quire seed local
    [[ "$stderr" =~ "local: 2 statements of db/seed.sql  "[0-9]+" ms" ]]
    [ "$(sql 'select name from a where id = 2')" = '村上 春樹; -- no comment' ]
    run -5 quire seed
    assert_holds 'db/seed.sql:1:1: duplicate key value violates unique constraint "a_pkey"' \
        "ON CONFLICT DO NOTHING"
}

@test "seed --json" {
    quire migrate local
    echo "insert into a values (1, 'x') on conflict do nothing" >db/seed.sql
    run --separate-stderr -0 quire seed --json
    assert_json .providers[0].file db/seed.sql
    assert_json .providers[0].statements 1
    assert_json '.providers[0].duration_ms | type' number
}

@test "a failing seed changes nothing and says where" {
    quire migrate local
    printf "insert into a values (1, 'x');\n\n  insert into a values (2, nul);" >db/seed.sql
    run -5 quire seed local
    assert_holds 'db/seed.sql:3:28: column "nul" does not exist' "Statement 2 of 2" "Nothing was changed"
    [ "$(sql 'select count(*) from a')" = 0 ]
    echo "begin; insert into a values (1, 'x'); commit;" >db/seed.sql
    run -6 quire seed local
    assert_holds "db/seed.sql:1:1: BEGIN in a file that is one transaction"
}

@test "seed is refused while migrations are pending" {
    echo "select 1" >db/seed.sql
    run -6 quire seed local
    assert_holds "1 migration is pending on local" "quire migrate local"
}

@test "seed without a file; a seed file elsewhere" {
    quire migrate local
    run -7 quire seed local
    assert_holds "db/seed.sql: cannot open" "[paths]"
    printf '[project]\nname = trial\n[paths]\nseed = data/first.sql\n' >quire.conf
    mkdir data
    echo "insert into a values (7, 'x')" >data/first.sql
    run -0 quire seed local
    [ "$(sql 'select id from a')" = 7 ]
}
