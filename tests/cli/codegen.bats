load helper

# A small project. Scratch databases are made on the server of the tests.
local_setup() {
    QUIRE_SCRATCH_URL=$(quire -C "$QUIRE_TEST_DIRECTORY" db url) || return 1
    export QUIRE_SCRATCH_URL
    printf '[project]\nname = trial\nprefix = trial\n[paths]\ngenerated = out\n' >quire.conf
    mkdir -p db/queries
    schema 'create type colour as enum ('"'red', 'green'"');
create table books (id integer primary key, title text not null, pages integer, colour colour);'
}

# schema TEXT, query TEXT: the files of the project.
schema() {
    printf '%s\n' "$1" >db/schema.sql
}

query() {
    printf '%s\n' "$1" >db/queries/books.sql
}

# refused CODE TEXT...: codegen fails so, says all this, and writes nothing.
refused() {
    local code=$1
    shift
    run quire codegen
    assert_status "$code" || return 1
    assert_holds "$@" || return 1
    [ ! -e out ]
}

@test "codegen writes both files, then leaves them alone" {
    query '-- name: count :value
select count(*) from books;'
    run -0 quire codegen
    assert_holds "written    out/trial.h" "written    out/trial.c"
    grep -q 'quire_status trial_books_count(trial_books_repo repo, int64_t \*out,' out/trial.h
    touch -d 2001-01-01 out/trial.h out/trial.c
    run -0 quire codegen
    assert_holds "unchanged  out/trial.h" "unchanged  out/trial.c"
    [ "$(date -r out/trial.c +%Y)" = 2001 ]
    [ "$(ls out)" = $'trial.c\ntrial.h' ]
}

@test "what is written does not depend on the day, the directory or the run" {
    query '-- name: all :many
select * from books;'
    run -0 quire codegen
    cp -R . "$BATS_TEST_TMPDIR/elsewhere"
    rm -r "$BATS_TEST_TMPDIR/elsewhere/out"
    run -0 quire -C "$BATS_TEST_TMPDIR/elsewhere" codegen
    diff -r out "$BATS_TEST_TMPDIR/elsewhere/out"
}

@test "codegen --check tells what is stale" {
    run -1 quire codegen --check
    assert_holds "missing    out/trial.h" "missing    out/trial.c" "run quire codegen"
    [ ! -e out ]
    run -0 quire codegen
    run -0 quire codegen --check
    query '-- name: count :value
select count(*) from books;'
    cp -R out before
    run -1 quire codegen --check
    assert_holds "stale      out/trial.h" "stale      out/trial.c"
    diff -r out before
}

@test "codegen --json" {
    schema 'create table books (id integer primary key, "class" text);'
    run --separate-stderr -0 quire codegen --json
    assert_json '[.files[].path] | join(" ")' "out/trial.h out/trial.c"
    assert_json '[.files[].outcome] | unique | join(" ")' written
    assert_json .tables 1
    assert_json .functions 4
    assert_json '.warnings[0]' 'column "class" of books is named class_ in C, where class has a meaning'
    [ -z "$stderr" ]
    query '-- name: find :many
select nothing from books;'
    run --separate-stderr -5 quire codegen --check --json
    assert_json .error.file db/queries/books.sql
    assert_json .error.line 2
    assert_json .error.line_column 8
    assert_json .error.sqlstate 42703
    assert_json .error.query books.find
}

@test "codegen --stdout prints and writes nothing" {
    run -0 quire codegen --stdout
    assert_holds "#ifndef TRIAL_H" '#include "trial.h"'
    [ ! -e out ]
    run -2 quire codegen --stdout --check
}

@test "the golden files are what codegen writes" {
    for case in "$QUIRE_SOURCE"/tests/golden/*/; do
        cp -R "$case" golden
        run -0 quire -C golden codegen
        for file in golden/out/*; do
            diff -u "$case/$(basename "$file")" "$file"
        done
        rm -r golden
    done
}

@test "generated files compile as strict C11 and C++, with gcc and clang" {
    run -0 "$QUIRE_SOURCE/script/check-generated" "$QUIRE_SOURCE"/tests/golden/*/*.c
}

@test "clang-format leaves generated files as they are" {
    for file in "$QUIRE_SOURCE"/tests/golden/*/*.[ch]; do
        clang-format "$file" | diff "$file" -
    done
}

@test "broken SQL in the schema" {
    schema 'create table books (
    id integer,
    title txt
);'
    refused 5 'db/schema.sql:3:11: ' 'type "txt" does not exist' 'SQLSTATE 42704'
}

@test "broken SQL in a query" {
    query '-- name: all :many
select *
form books;'
    refused 5 'db/queries/books.sql:3:1: ' 'syntax error at or near "form"' 'SQLSTATE 42601'
}

@test "a query on a missing column, behind a parameter and in UTF-8" {
    query '-- name: find :many
select * from books
where title <> '"'größe'"' and pages > :pages and titel = :title;'
    refused 5 'db/queries/books.sql:3:47: ' 'column "titel" does not exist' 'SQLSTATE 42703'
}

@test "a query on a missing table" {
    query '-- name: find :many
select * from boks;'
    refused 5 'db/queries/books.sql:2:15: ' 'relation "boks" does not exist' 'SQLSTATE 42P01'
}

@test "a column that is missing only when an optional line is there" {
    query '-- name: find :many
select * from books
where true
  and pages > :pages --?
  and titel = :title --?
order by
  id    --? sort = id
  title --? sort = title'
    refused 5 'db/queries/books.sql:5:7: ' 'column "titel" does not exist' \
        'With these optional parameters set: title; sort = id.'
}

@test "a parameter used with two types" {
    query '-- name: find :many
select * from books
where pages = :what
   or title = :what;'
    refused 5 'db/queries/books.sql:4:15: ' 'parameter what is used with two types' \
        'text here, integer in line 3'
}

@test "a parameter of two types in two optional lines" {
    query '-- name: find :many
select * from books
where true
  and pages = :what --?
  and title = :what --?
;'
    refused 5 'db/queries/books.sql:5:15: ' 'parameter what is used with two types'
}

@test "two columns of one name" {
    query '-- name: find :many
select id, title as id from books;'
    refused 5 'db/queries/books.sql:1:10: ' 'are both named id in C' 'as <name>'
}

@test "two tables whose rows have one name" {
    schema 'create table book (id integer); create table books (id integer);'
    refused 5 'the row of the table book and the row of the table books are both named trial_book in C' \
        '[singular]'
}

@test "a query that takes the name of a type" {
    schema 'create table books (id integer primary key); create table books_lists (id integer);'
    query '-- name: list :many
select id + 1 as n from books;'
    printf '[singular]\nbooks_lists = books_list\n' >>quire.conf
    refused 5 'db/queries/books.sql:1:10: ' 'are both named trial_books_list in C'
}

@test "enum labels that fall together" {
    schema "create type size as enum ('x-l', 'x l');"
    refused 5 'label "x-l" of the type size and label "x l" of the type size are both named TRIAL_SIZE_X_L'
}

@test "unknown kinds, and kinds to come" {
    query '-- name: find :some
select 1 as one;'
    refused 5 'db/queries/books.sql:1:15: ' 'there is no kind :some' ':maybe'
    query '-- name: find :each
select 1 as one;'
    refused 5 'db/queries/books.sql:1:15: ' 'does not know the kind :each yet'
    query '-- name: find
select 1 as one;'
    refused 5 'db/queries/books.sql:1:14: ' 'its kind is missing'
    query '-- name: :one
select 1 as one;'
    refused 5 'db/queries/books.sql:1:10: ' "expected a query's name"
}

@test "a kind that does not fit the statement" {
    for kind in one maybe many value; do
        query "-- name: drop_all :$kind
delete from books;"
        refused 5 'db/queries/books.sql:1:10: ' "is :$kind, but the statement returns no rows" ':exec'
    done
    for kind in exec rows; do
        query "-- name: all :$kind
select * from books;"
        refused 5 'db/queries/books.sql:1:10: ' "is :$kind, but the statement returns rows"
    done
    query '-- name: both :value
select id, title from books;'
    refused 5 'db/queries/books.sql:1:10: ' 'is :value, but the statement returns 2 columns'
}

@test "optional lines that are held wrong" {
    query '-- name: find :many
select * from books
where pages > :pages --?
  and pages < :pages * 2;'
    refused 5 'db/queries/books.sql:3:15: ' 'parameter pages is on an optional line here, but line 4'
    query '-- name: find :many
select * from books
where true --?
;'
    refused 5 'db/queries/books.sql:3:12: ' 'an optional line needs a parameter'
    query '-- name: find :many
select * from books
order by
  id --? sort by id
;'
    refused 5 'db/queries/books.sql:4:6: ' 'cannot read this --? mark'
    query '-- name: find :many
select * from books
--?
;'
    refused 5 'db/queries/books.sql:3:1: ' 'there is no SQL on this --? line'
}

@test "columns that come and go with an optional line" {
    query '-- name: find :many
select id
     , :extra::text as extra --?
from books;'
    refused 5 'db/queries/books.sql:1:10: ' 'the columns of the result change with the optional lines'
}

@test "types without a C form" {
    schema 'create table books (id integer primary key, spot point);'
    refused 5 'column spot of books has the type point, which has no C form' \
        'public.books.spot = yes'
    schema 'create table books (id integer primary key);'
    query '-- name: spot :one
select point(1, 2) as spot;'
    refused 5 'db/queries/books.sql:1:10: ' 'column "spot" has the type point, which has no C form' \
        '::text as spot'
    query '-- name: near :many
select id from books where point(1, 2) ~= :spot;'
    refused 5 'db/queries/books.sql:2:43: ' 'parameter spot has the type point, which has no C form'
}

@test "more than a query file can hold" {
    query 'select 1;'
    refused 5 'db/queries/books.sql:1:1: ' 'SQL that belongs to no query'
    query '-- name: two :many
select 1 as one; select 2 as two;'
    refused 5 'db/queries/books.sql:2:18: ' 'only one statement'
    query '-- name: none :many
-- nothing'
    refused 5 'db/queries/books.sql:1:10: ' 'query none has no SQL'
    query '-- name: find :many
select * from books where title = '"'"'open;'
    refused 5 'db/queries/books.sql:2:35: ' 'has no end'
    query '-- name: a :exec
delete from books;
-- name: a :exec
delete from books;'
    refused 5 'db/queries/books.sql:3:10: ' 'there is a query a already, in line 1'
    query '-- name: find :many
select * from books where title = :'"'title'"';'
    refused 5 'db/queries/books.sql:2:35: ' 'syntax error at or near ":"'
}

@test "a file that quire did not write is not replaced" {
    mkdir out
    echo 'int mine;' >out/trial.c
    run -6 quire codegen
    assert_holds "out/trial.c:1: the file was not written by quire codegen"
    [ "$(cat out/trial.c)" = 'int mine;' ]
    [ ! -e out/trial.h ]
}

@test "files that cannot be read or written" {
    rm db/schema.sql
    refused 7 'db/schema.sql: ' 'No such file'
    schema 'create table books (id integer);'
    rm -r db/queries
    echo >db/queries
    refused 7 'db/queries' 'Not a directory'
    rm db/queries
    echo >out
    run -7 quire codegen
    [ ! -e out/trial.h ]
}

@test "a failure leaves the files of the run before as they were" {
    run -0 quire codegen
    cp -R out before
    query '-- name: find :many
select nothing from books;'
    run -5 quire codegen
    diff -r out before
}

@test "queries win over generated functions; skipped tables and columns are left out" {
    schema 'create table books (id integer primary key, spot point, title text);
create table secrets (id integer primary key);'
    printf '[skip]\npublic.books.spot = yes\npublic.secrets = yes\n' >>quire.conf
    query '-- name: create :exec
insert into books (id, title) values (:id, :title);'
    run -0 quire codegen
    grep -q 'trial_books_create(trial_books_repo repo, int32_t id, const char \*title,' out/trial.h
    run ! grep -qE 'spot|secret|trial_book_new' out/trial.h
}

@test "more than eight optional lines are checked too" {
    {
        printf -- '-- name: find :many\nselect * from books where true\n'
        for i in {1..12}; do
            printf '  and pages <> :p%s --?\n' "$i"
        done
        printf '  and titel = :title --?\n'
    } >db/queries/books.sql
    refused 5 'db/queries/books.sql:15:7: ' 'column "titel" does not exist'
}

@test "a star is written out where it is one row of columns, else it stays" {
    schema 'create table a (id integer primary key, "Odd ""name" text, "order" integer);
create table b (id integer primary key, a_id integer not null references a);'
    query '-- name: plain :many
select * from a;
-- name: named :many
select x.*, (select count(*) from b where b.a_id = x.id) as n, array[1, 2] as l from a x
where x."order" is distinct from :order;
-- name: in_between :many
select 1 as one, "X".*, 2 as two from a "X" /* y.* */ -- z.*
;
-- name: returned :one
insert into a select * from a where id = :id returning *;
-- name: distincts :many
select distinct on (a.id) a.* from a order by a.id, a."order"
limit :limit --?
;
-- name: with_query :many
with c as (select * from b) select c.* from c;
-- name: joined :many
select * from a join b using (id);
-- name: two :many
select x.*, y.a_id from a x join b y on y.id = x.id union all select x.*, 1 from a x;'
    run -0 quire codegen
    written='id, "Odd ""name", "order"'
    text=$(sed -n 's/^ \* //p' out/trial.c; sed 's/\\"/"/g' out/trial.c)
    for wanted in "select $written from a" 'select x.id, x."Odd ""name", x."order", (select count' \
        'select 1 as one, "X".id, "X"."Odd ""name", "X"."order", 2 as two from' \
        "insert into a select \* from a where id = \$1 returning $written" \
        'select distinct on (a.id) a.id, a."Odd ""name", a."order" from' \
        'with c as (select \* from b) select c.id, c.a_id from c' \
        'select \* from a join b using (id)' 'select x.\*, y.a_id from a x join b y'; do
        if ! grep -q -- "$wanted" <<<"$text"; then
            echo "missing: $wanted" >&2
            grep -n select out/trial.c >&2
            return 1
        fi
    done
}
