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
    cat >db/schema.sql
}

# The newest migration, and what takes it back.
newest() {
    printf '%s\n' db/migrations/local/*.sql | grep -v '\.down\.sql$' | tail -1
}

down() {
    local file
    file=$(newest)
    printf '%s\n' "${file%.sql}.down.sql"
}

first() {
    schema <<'SQL'
create type state as enum ('open', 'closed');
create table books (
    id int primary key,
    title text not null,
    state state default 'open',
    constraint long_title check (length(title) > 3)
);
create index titles on books (title);
create view shelf as select id, title from books;
create function pages() returns int language sql as 'select 1';
SQL
    quire generate local
    quire migrate local
    sql "insert into books values (1, 'Emma', 'closed')"
}

@test "hints rename, and what is renamed keeps its rows" {
    first
    schema <<'SQL'
create type state as enum (
    'open',
    'shut' -- quire: renamed from 'closed'
);
-- quire: renamed from books
create table volumes (
    id int primary key,
    name text not null, -- quire: renamed from title
    state state default 'open',
    -- quire: renamed from long_title
    constraint long_name check (length(name) > 3)
);
create index names on volumes (name); -- quire: renamed from titles
create view shelf as select id, name as title from volumes;
-- quire: renamed from pages
create function leaves() returns int language sql as 'select 1';
SQL
    run -0 --separate-stderr quire generate local
    run -0 cat "$(newest)"
    assert_holds 'ALTER TABLE public.books RENAME TO volumes;' \
        'ALTER TABLE public.volumes RENAME COLUMN title TO name;' \
        'ALTER TABLE public.volumes RENAME CONSTRAINT long_title TO long_name;' \
        'ALTER TABLE public.volumes RENAME CONSTRAINT books_pkey TO volumes_pkey;' \
        'ALTER INDEX public.titles RENAME TO names;' \
        "ALTER TYPE public.state RENAME VALUE 'closed' TO 'shut';" \
        'ALTER FUNCTION public.pages() RENAME TO leaves;' \
        '-- hazard: breaks_application: public.books: '
    [[ "$output" != *DROP* && "$output" != *CREATE* ]]
    quire migrate local
    [ "$(sql 'select * from volumes')" = '1|Emma|shut' ]
    # They did their work; now they are stale, which is said, and with --strict refused.
    run -0 quire generate local
    assert_holds 'db/schema.sql:5: the hint "renamed from books" is stale' 'nothing to do'
    run -6 quire generate local --strict
}

@test "the way back from a rename is a rename" {
    first
    schema <<'SQL'
create type state as enum ('open', 'closed');
create table books (
    id int primary key,
    name text not null, -- quire: renamed from title
    state state default 'open',
    constraint long_title check (length(name) > 3)
);
create index titles on books (name);
create view shelf as select id, name as title from books;
create function pages() returns int language sql as 'select 1';
SQL
    quire generate local
    run -0 grep -v '^$' "$(down)"
    [ "${#lines[@]}" = 2 ]
    [[ "${lines[1]}" = '-- quire: generated 1:'* ]]
    [ "${lines[0]}" = 'ALTER TABLE public.books RENAME COLUMN name TO title;' ]
}

@test "--rename says the same on the command line, several times" {
    first
    sed -i 's/\btitle text/name text/; s/length(title)/length(name)/; s/books (title)/books (name)/; s/select id, title/select id, name as title/; s/shelf/display/' \
        db/schema.sql
    run -6 quire generate local
    assert_holds 'looks like a rename'
    run -0 quire generate local --rename public.books.title=name --rename 'public."shelf"=display'
    run -0 cat "$(newest)"
    assert_holds 'RENAME COLUMN title TO name;' 'ALTER VIEW public.shelf RENAME TO display;'
    [[ "$output" != *DROP* ]]
}

@test "--no-rename drops, with what is lost said and checked" {
    first
    sed -i 's/\btitle text/name text/; s/length(title)/length(name)/; s/books (title)/books (name)/; s/select id, title/select id, name as title/' \
        db/schema.sql
    run -0 quire generate local --no-rename
    # The index comes in a file of its own, behind the transaction.
    local downs=(db/migrations/local/*.down.sql)
    [ "${#downs[@]}" -eq 3 ]
    grep -q '^-- quire: check deletes_data: public.books.title: ' db/migrations/local/*.sql
    grep -q '^-- Not brought back: the data of public.books.title' db/migrations/local/*.down.sql
}

@test "what cannot be renamed is refused with its place" {
    first
    run -6 quire generate local --rename public.books.nothing=name
    assert_holds 'cannot rename books.nothing to name: there is nothing of that name'
    run -6 quire generate local --rename public.books.title=id
    assert_holds 'both are there'
    run -3 quire generate local --rename title
    assert_holds '--rename cannot be read: title' 'schema.table.column=name'
    echo '-- quire: renamed from books' >>db/schema.sql
    run -6 quire generate local
    assert_holds 'db/schema.sql:11' 'is about nothing'
}

@test "each migration gets its way back, file by file" {
    first
    cat >>db/schema.sql <<'SQL'
alter type state add value 'lent';
alter table books add lent bool default false;
create index lent_books on books (id) where state = 'lent';
SQL
    run -0 quire generate local
    for file in db/migrations/local/*.sql; do
        [[ "$file" == *.down.sql ]] || [ -f "${file%.sql}.down.sql" ]
    done
    grep -q 'DROP COLUMN lent' db/migrations/local/*.down.sql
    run -0 quire diff local
}
