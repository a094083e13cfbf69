load helper
load database

local_setup() {
    database_new
    project_new
    rmdir db/migrations/local db/migrations db
}

teardown() {
    database_drop
}

library() {
    sql "create type state as enum ('in', 'out');
         create table authors (id bigint generated always as identity primary key, name text not null);
         create table books (id serial primary key, author_id bigint references authors on delete cascade,
             state state default 'in', price numeric(10, 2) check (price >= 0));
         create index on books (author_id) where state = 'out';
         create view cheap as select id from books where price < 5;
         create function one() returns int language sql as 'select 1';
         comment on table books is 'what''s here'"
}

@test "pull writes the schema, from which diff then finds nothing" {
    library
    run -0 --separate-stderr quire pull
    [ "$output" = db/schema.sql ]
    grep -q 'CREATE TABLE public.books' db/schema.sql
    run -0 quire diff --from local --to db/schema.sql
    run -0 quire diff --from db/schema.sql --to local
}

@test "pull never overwrites a schema unasked" {
    library
    mkdir db
    echo '-- mine' >db/schema.sql
    run -6 quire pull
    assert_holds 'there is a schema already' '--force'
    [ "$(cat db/schema.sql)" = '-- mine' ]
    quire pull --force
    grep -q 'CREATE TABLE public.books' db/schema.sql
}

@test "pull --stdout prints it, --json too, and what the history needs is not in it" {
    library
    sql 'create schema quire; create table quire.migrations (version text)'
    run -0 --separate-stderr quire pull --stdout
    assert_holds 'CREATE VIEW public.cheap'
    [[ "$output" != *quire.migrations* ]]
    [ ! -e db ]
    run -0 --separate-stderr quire pull --stdout --json
    assert_json .from local
    [ "$(jq -r .sql <<<"$output" | grep -c 'CREATE TABLE')" = 2 ]
}
