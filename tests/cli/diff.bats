load helper
load database

local_setup() {
    database_new
    echo 'create table books (id int primary key);' >one.sql
    echo 'create table books (id int primary key, title text);' >two.sql
}

teardown() {
    database_drop
}

@test "diff prints the SQL between two files, outside of a project, and exits with 1" {
    run -1 --separate-stderr quire diff --from one.sql --to two.sql
    [ "$output" = 'ALTER TABLE public.books ADD COLUMN title text;' ]
    run -0 quire diff --from two.sql --to two.sql
    [ -z "$output" ]
    # Nothing was left where it ran.
    [ "$(ls -A)" = $'one.sql\ntwo.sql' ]
}

@test "hints rename between two files and in a directory, aggregates too" {
    cat >one.sql <<'SQL'
create table books (id int primary key);
create aggregate total (int) (sfunc = int4pl, stype = int, initcond = '0');
create aggregate items (*) (sfunc = int8inc, stype = bigint, initcond = '0');
SQL
    cat >two.sql <<'SQL'
-- quire: renamed from books
create table volumes (id int primary key);
create aggregate sum_of (int) (sfunc = int4pl, stype = int, initcond = '0'); -- quire: renamed from total
-- quire: renamed from items
create aggregate count_of (*) (sfunc = int8inc, stype = bigint, initcond = '0');
SQL
    run -1 --separate-stderr quire diff --from one.sql --to two.sql
    renamed=$output
    assert_holds 'ALTER TABLE public.books RENAME TO volumes;' \
        'ALTER AGGREGATE public.total(integer) RENAME TO sum_of;' \
        'ALTER AGGREGATE public.items(*) RENAME TO count_of;'
    [[ "$output" != *DROP* ]]
    mkdir parts
    mv two.sql parts/
    run -1 --separate-stderr quire diff --from one.sql --to parts
    [ "$output" = "$renamed" ]
    run -0 quire diff --from parts --to parts
    assert_holds 'the hint "renamed from books" is stale'
}

@test "diff --json has files, steps and hazards" {
    run -1 --separate-stderr quire diff --json --from one.sql --to two.sql
    assert_json .from one.sql
    assert_json '.files | length' 1
    assert_json '.files[0].sql' 'ALTER TABLE public.books ADD COLUMN title text;'
    assert_json '.steps[0].summary' 'add column public.books.title'
    assert_json '.refusals | length' 0
}

@test "diff from nothing, and from a directory of SQL files in the order of their names" {
    run -1 --separate-stderr quire diff --from empty --to one.sql
    assert_holds 'CREATE TABLE public.books'
    mkdir parts
    mv one.sql parts/1.sql
    echo 'alter table books add title text;' >parts/2.sql
    run -0 quire diff --from parts --to two.sql
    rm parts/*
    run -7 quire diff --from parts --to two.sql
    assert_holds 'there is no .sql file in "parts"' 'write `empty`'
}

@test "diff in a project goes from its migrations to its schema" {
    project_new
    mv one.sql db/schema.sql
    run -1 --separate-stderr quire diff
    assert_holds 'CREATE TABLE public.books'
    quire generate local
    run -0 quire diff local
    mv two.sql db/schema.sql
    echo 'create index titles on books (title);' >db/schema.local.sql
    run -1 --separate-stderr quire diff
    assert_holds 'ADD COLUMN title' 'titles ON public.books'
    run -1 --separate-stderr quire diff --from db/migrations/local --to db/schema.sql
    assert_holds 'ADD COLUMN title'
    [[ "$output" != *titles* ]]
}

@test "diff with a live database, by its provider and by its URL, which is only read" {
    sql 'create table books (id int primary key)'
    run -1 --separate-stderr quire diff --from local --to two.sql
    [ "$output" = 'ALTER TABLE public.books ADD COLUMN title text;' ]
    run -0 quire diff --from "$LOCAL_DATABASE_URL" --to one.sql
    [ "$(sql "select count(*) from pg_namespace where nspname = 'quire'")" = 0 ]
    run -1 --separate-stderr quire diff --json --from empty --to "$LOCAL_DATABASE_URL&password=secret"
    assert_holds "\"to\": \"postgresql://"
    [[ "$output$stderr" != *secret* ]]
}

@test "diff: what is wrong is said with its place" {
    run -2 quire diff --from one.sql
    assert_holds 'outside of a project, name both --from and --to'
    run -7 quire diff --from none.sql --to two.sql
    assert_holds 'there is no file or directory "none.sql"'
    echo 'create tabel books ();' >bad.sql
    run -5 quire diff --from one.sql --to bad.sql
    assert_holds 'bad.sql:1:8: syntax error'
    project_new
    run -2 quire diff all
    assert_holds 'for one provider at a time'
}

@test "roles that a schema names are made on the private server, and CREATE ROLE may be there twice" {
    unset QUIRE_SCRATCH_URL DB_PROVIDER LOCAL_DATABASE_URL
    project_new
    cat >db/schema.sql <<'SQL'
create role "an owner";
create table books (id int primary key);
create policy readers on books for select to "a ""reader""", "an owner" using (true);
SQL
    run -0 --separate-stderr quire diff --from db/schema.sql --to db/schema.sql
}

@test "roles are never made on a server of the user's" {
    role="missing_${RANDOM}_$RANDOM"
    echo "create table t (id int); alter table t owner to $role;" >owned.sql
    run -5 quire diff --from empty --to owned.sql
    assert_holds "owned.sql:1:26: role \"$role\" does not exist"
    [ "$(sql "select count(*) from pg_roles where rolname = '$role'")" = 0 ]
}

@test "a schema for Supabase names what a project there has, and adds to it" {
    unset QUIRE_SCRATCH_URL DB_PROVIDER LOCAL_DATABASE_URL
    project_new
    echo 'create table notes (id int primary key, owner uuid not null, body text);' >db/schema.sql
    cat >db/schema.supabase.sql <<'SQL'
alter table notes add foreign key (owner) references auth.users on delete cascade;
alter table notes enable row level security;
create policy own on notes to authenticated using (owner = (select auth.uid()));
create policy covers on storage.objects for select to anon using (bucket_id = 'covers');
create function welcome() returns trigger language plpgsql security definer as 'begin return new; end';
create trigger welcome after insert on auth.users for each row execute function welcome();
SQL
    run -1 --separate-stderr quire diff supabase
    assert_holds 'REFERENCES auth.users(id)' 'auth.uid()' 'CREATE POLICY covers ON storage.objects' \
        'CREATE TRIGGER welcome AFTER INSERT ON auth.users'
    [[ "$output" != *'CREATE SCHEMA'* ]]
    quire generate supabase
    run -0 quire diff supabase
    run -5 quire diff local --from empty --to db/schema.supabase.sql
}

@test "what a live database has of its provider's is left alone" {
    sql 'create schema auth; create table auth.users (id int); create schema net;
         create publication supabase_realtime; create table books (id int primary key)'
    export SUPABASE_DATABASE_URL=$LOCAL_DATABASE_URL
    run -0 quire diff supabase --from "$LOCAL_DATABASE_URL" --to one.sql
    run -0 quire diff --from supabase --to one.sql
    run -1 --separate-stderr quire diff --from "$LOCAL_DATABASE_URL" --to one.sql
    assert_holds 'DROP SCHEMA net;' 'DROP PUBLICATION supabase_realtime;'
}
