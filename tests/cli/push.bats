load helper
load database

local_setup() {
    database_new
    project_new
}

teardown() {
    database_drop
}

schema() {
    echo "$1" >db/schema.sql
}

@test "push makes the database as the schema says, and then has nothing to do" {
    schema 'create table books (id int primary key);'
    run -0 quire push
    assert_holds 'local: create table public.books'
    schema 'create table books (id int primary key, title text); create index titles on books (title);'
    run -0 --separate-stderr quire push --json
    assert_json .provider local
    [ "$(jq -r .applied <<<"$output")" -ge 1 ]
    [ "$(sql "select count(*) from pg_indexes where indexname = 'titles'")" = 1 ]
    run -0 quire push
    assert_holds 'nothing to do'
    [ "$(sql "select count(*) from pg_namespace where nspname = 'quire'")" = 0 ]
}

@test "push loses rows only when that is allowed" {
    schema 'create table books (id int primary key, title text); create table authors (id int);'
    quire push
    schema 'create table books (id int primary key);'
    sql "insert into books values (1, 'Emma')"
    run -6 quire push
    assert_holds 'public.books.title' '--allow deletes_data:public.books.title'
    [ "$(sql 'select title from books')" = Emma ]
    [ -n "$(sql "select to_regclass('authors')")" ]
    run -2 quire push --allow delete_data
    assert_holds '"delete_data" is no hazard: deletes_data, may_fail'
    run -2 quire push --allow deletes_data:
    assert_holds 'names no object'
    run -6 quire push --allow deletes_data:public.books.titel
    assert_holds 'no hazard of the plan is about --allow deletes_data:public.books.titel' \
        '--allow deletes_data:public.books.title'
    run -0 quire push --allow deletes_data:public.books.title
    [ "$(sql 'select * from books')" = 1 ]
    [ -z "$(sql "select to_regclass('authors')")" ]
}

@test "push is for development" {
    schema 'create table books (id int primary key);'
    SUPABASE_DATABASE_URL=$LOCAL_DATABASE_URL run -6 quire push supabase
    assert_holds 'supabase is no database for development' '--yes'
    APP_ENV=production run -6 quire push local
    assert_holds 'APP_ENV=production'
    APP_ENV=production run -0 quire push local --yes
}
