load helper
load database

local_setup() {
    database_new
    project_new
    migration 20260101000000_one 'create table books (id int primary key, old text);'
    migration 20260102000000_two 'alter table books add title text not null; alter table books drop old;'
    migration 20260103000000_three 'create index titles on books (title);'
    rehash
}

teardown() {
    for name in all none some; do
        psql -Xq -d "$SERVER_URL" -c "drop database if exists ${DATABASE}_$name with (force)" 2>/dev/null
    done
    database_drop
}

@test "squash makes one of many, and a database that has them goes on" {
    quire migrate local
    run -0 --separate-stderr quire squash local --to 20260102000000 --json
    assert_json '.providers[0].squashed' 2
    [ "$(ls db/migrations/local)" = $'20260102000000_squashed.sql\n20260103000000_three.sql\nquire.sum' ]
    run -0 quire status local
    assert_holds '2 applied, 0 pending'
    echo 'create table books (id int primary key, title text not null); create index titles on books (title);' >all.sql
    run -0 quire diff --from db/migrations/local --to all.sql
    run ! grep -q old db/migrations/local/20260102000000_squashed.sql
}

# other NAME: a second database on the server, from now on the local one.
other() {
    psql -Xq -d "$SERVER_URL" -c "create database ${DATABASE}_$1"
    LOCAL_DATABASE_URL="$SERVER_URL&dbname=${DATABASE}_$1"
}

history() {
    sql "select string_agg(version || ' ' || name || ' ' || state || ' ' || statements_done, ', '
         order by version) from quire.migrations"
}

@test "other databases: those that have all record it, those that have none run it, others are refused" {
    first=$LOCAL_DATABASE_URL
    quire migrate local
    other all
    quire migrate local --to 20260102000000
    other none
    other some
    quire migrate local --to 20260101000000
    LOCAL_DATABASE_URL=$first
    quire squash local --to 20260102000000
    [ "$(grep -c '^-- quire: replaces 2026010[12]000000 1:' db/migrations/local/20260102000000_squashed.sql)" = 2 ]
    [ "$(history)" = '20260102000000 squashed applied 1, 20260103000000 three applied 1' ]
    run -0 quire validate local

    LOCAL_DATABASE_URL="$SERVER_URL&dbname=${DATABASE}_all"
    sql "insert into books values (1, 'Emma')"
    run -1 quire status local
    assert_holds '1 applied, 1 pending' 'squashed  applied'
    run -0 quire migrate local --dry-run
    assert_holds '20260102000000_squashed.sql stands for 2 migrations that are applied' 'create index titles'
    [ "$(history)" = '20260101000000 one applied 1, 20260102000000 two applied 2' ]
    run -0 quire migrate local
    assert_holds 'it is recorded, not run' '1 migration applied'
    [ "$(history)" = '20260102000000 squashed applied 1, 20260103000000 three applied 1' ]
    [ "$(sql 'select title from books')" = Emma ]
    run -0 quire migrate local
    [ "$output" = 'local: nothing to apply in db/migrations/local' ]
    run -0 quire validate local

    LOCAL_DATABASE_URL="$SERVER_URL&dbname=${DATABASE}_none"
    run -0 quire migrate local
    assert_holds '2 migrations applied'

    LOCAL_DATABASE_URL="$SERVER_URL&dbname=${DATABASE}_some"
    run -6 quire migrate local
    assert_holds '20260102000000_squashed.sql stands for migrations of which only some are applied here' \
        'Migration 20260102000000 is not applied.' 'one by one'
    sql "insert into quire.migrations select '20260102000000', 'two', '1:00', state, 1, 1, now(), now(), 1, applied_by, tool_version from quire.migrations"
    run -6 quire migrate local
    assert_holds 'Migration 20260102000000 is applied, but not as it was when it was squashed'
    [ "$(sql 'select count(*) from quire.migrations')" = 2 ]
}

@test "squash is refused where it would lose something, and changes nothing" {
    cp -r db before
    run -6 quire squash local --to 20990101000000
    assert_holds 'there is no migration 20990101000000'
    migration 20260104000000_rows "insert into books values (1, 'Emma');"
    rehash
    run -6 quire squash local
    assert_holds 'the migrations write rows to public.books'
    rm db/migrations/local/20260104000000_rows.sql
    rehash
    diff -r before db
}
