load helper
load database

# Only scratch databases are needed: those of the private server that the tests share.
local_setup() {
    database_new
    project_new
}

teardown() {
    database_drop
}

@test "lint: findings of the newest file with place, safe form and exit code 1" {
    migration 20260101000000_init 'create table books (id bigint primary key, title text);'
    migration 20260102000000_change 'create index books_title
    on books (title);
alter table books rename title to name;'
    run --separate-stderr -1 quire lint local
    [ "$output" = 'db/migrations/local/20260102000000_change.sql:1:1: error create-index: writes to public.books wait while index books_title is built
    In a migration of its own:
        -- quire: no-transaction
        create index CONCURRENTLY books_title
        on books (title);
db/migrations/local/20260102000000_change.sql:3:1: error rename-column: public.books.title becomes name, and a running program does not find it
    Put the new column beside the old one and keep both in step until no program uses
    the old one:
        ALTER TABLE public.books ADD COLUMN name text;
    or rename it while no program runs.' ]
    [ "$stderr" = 'local: 1 file, 2 errors, 0 warnings' ]
}

@test "lint: which files: the newest, --since, --all, --pending, by name" {
    migration 20260101000000_one 'create table a (id int primary key);'
    migration 20260102000000_two 'create table b (id int primary key);'
    rehash
    quire migrate local
    migration 20260103000000_three 'create table c (id int primary key);'
    files() {
        run --separate-stderr -0 quire lint local --json "$@"
        jq -r '.providers[0].findings | map(.file | .[-9:-4]) | join(" ")' <<<"$output"
    }
    [ "$(files)" = three ]
    [ "$(files --since 20260101000000)" = "0_two three" ]
    [ "$(files --all)" = "0_one 0_two three" ]
    [ "$(files --pending)" = three ]
    [ "$(files --file db/migrations/local/20260101000000_one.sql)" = 0_one ]
    [ "$(files 20260102000000_two.sql --file 20260101000000_one.sql)" = "0_one 0_two" ]
    run -3 quire lint local four.sql
    assert_holds 'there is no four.sql in db/migrations/local'
    run -2 quire lint local --all --since 1
    assert_holds 'exclude one another'
    run -2 quire lint local four
    assert_holds '"four" is not the name of a .sql file'
}

@test "lint: --json" {
    migration 20260101000000_one 'create table a (id bigint primary key, b int);'
    migration 20260102000000_two '-- quire: ignore drop-column nothing reads it
alter table a drop column b;
create table c (id int primary key);'
    run --separate-stderr -0 quire lint local --json
    assert_json '.providers[0] | keys_unsorted | join(" ")' \
        'provider directory files errors warnings findings ignored'
    assert_json '.providers[0].files[0]' db/migrations/local/20260102000000_two.sql
    assert_json '.providers[0].warnings' 1
    assert_json '.providers[0].findings[0] | keys_unsorted | join(" ")' \
        'file line column rule family severity object message rewrite'
    assert_json '.providers[0].findings[0] | [.line, .column, .rule, .family, .severity, .object] | join(" ")' \
        '3 17 bigint-key style warning public.c.id'
    assert_json '.providers[0].ignored[0] | [.rule, .reason] | join(": ")' \
        'drop-column: nothing reads it'
    [ -z "$stderr" ]
    run -1 quire lint local --strict
    assert_holds ':3:17: warning bigint-key: key public.c.id is integer'
}

@test "lint: a statement that fails, and what the runner refuses, have their place" {
    migration 20260101000000_one 'create table a (id int primary key);
alter table a
    add column b nosuchtype;'
    run -5 quire lint local
    assert_holds 'bigint-key' '20260101000000_one.sql:3:18: type "nosuchtype" does not exist'
    migration 20260101000000_one '-- quire: no-transactoin
create table a (id bigint primary key);'
    run -6 quire lint local
    assert_holds '20260101000000_one.sql:1:1: this directive is not known'
}

@test "lint: roles that a file names are made on the private server only" {
    unset QUIRE_SCRATCH_URL
    migration 20260101000000_one 'create table a (id bigint primary key);
create role quire_lint_one;
grant select on a to quire_lint_two;
drop role quire_lint_one;'
    run -0 quire lint local
    assert_holds '0 errors, 0 warnings'
    # Now both roles are there.
    run -0 quire lint local
}

@test "lint: a commit that is missing is a finding, and the rest of the file is looked at" {
    migration 20260101000000_one "create type mood as enum ('good');
create table books (id bigint primary key, mood mood);"
    migration 20260102000000_two "alter type mood add value 'bad';
update books set mood = 'bad' where id = 1;
create index concurrently on books (mood);
drop table books;"
    run --separate-stderr -1 quire lint local --json
    [ "$(jq -r '.providers[0].findings | map("\(.line) \(.rule)") | join(", ")' <<<"$output")" = \
        '2 enum-value-at-once, 3 not-in-transaction, 4 drop-table' ]
    assert_json '.providers[0].error' null
}

@test "lint: what generate writes is sound, also where it changes what is there" {
    cat >db/schema.sql <<'SQL'
create type mood as enum ('good');
create table authors (id bigint generated always as identity primary key, name text);
create table books (id bigint generated always as identity primary key, title text, mood mood);
SQL
    quire generate local
    cat >db/schema.sql <<'SQL'
create type mood as enum ('good', 'bad');
create table authors (id bigint generated always as identity primary key, name text);
create table books (
    id bigint generated always as identity primary key,
    title text unique,
    mood mood default 'bad',
    pages int check (pages > 0),
    key uuid default gen_random_uuid(),
    author_id bigint references authors
);
create index books_author_id on books (author_id);
SQL
    quire generate local
    run -0 quire lint local --all --strict
    assert_holds '0 errors, 0 warnings'
}

@test "lint: hazards that generate has stated are not told again" {
    cat >db/schema.sql <<'SQL'
create table authors (id bigint generated always as identity primary key, name text, old text, n int);
create table books (
    id bigint generated always as identity primary key, title text, price numeric(10, 2), a int, b int,
    unique (a, b)
);
create table gone (id bigint primary key);
create view titles as select id, title from books;
SQL
    quire generate local
    cat >db/schema.sql <<'SQL'
create table authors (id bigint generated always as identity primary key, name text not null, n bigint);
create table books (
    id bigint generated always as identity primary key, title text, price numeric(10, 1), b int,
    author_id bigint not null references authors, check (title <> '')
);
create index on books (author_id);
SQL
    first=$(basename db/migrations/local/*_init.sql | cut -c1-14)
    quire generate local --no-rename
    run -0 quire lint local --since "$first"
    assert_holds ' 0 errors, '
    # Without what the planner wrote above them, they are found.
    sed -i -E '/^-- (hazard|quire: check)/d' db/migrations/local/*.sql
    run --separate-stderr -1 quire lint local --since "$first" --json
    assert_json '.providers[0].findings | map(.rule) |
        contains(["drop-column", "drop-column-in-use", "drop-table", "drop-view", "narrow-type"])' true
}

@test "lint: --rules and docs/lint.md say the same; --explain" {
    documented=$(sed -n 's/^| `\([a-z-]*\)` | \(error\|warning\) | \(.*\) |$/\1|\2|\3/p' \
        "$QUIRE_SOURCE/docs/lint.md")
    run --separate-stderr -0 quire lint --rules --json
    [ "$documented" = "$(jq -r '.rules[] | [.id, .severity, .summary] | join("|")' <<<"$output")" ]
    run -0 quire lint --rules
    assert_holds 'set-not-null '
    run -0 quire lint --explain set-not-null
    assert_holds 'set-not-null (blocking, error)' 'VALIDATE CONSTRAINT' 'blocks_reads'
    run -2 quire lint --explain set-not-nul
    assert_holds 'did you mean set-not-null?'
}

@test "lint: without migrations there is nothing to find" {
    run -0 quire lint all
    assert_holds 'neon: 0 files, 0 errors, 0 warnings' 'local: 0 files'
}
