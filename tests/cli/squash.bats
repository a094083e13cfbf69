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
