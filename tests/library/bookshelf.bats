load helper

# The example as its reader meets it: seed, program and walk-through, on a private server of its own
# in a copy of the directory.

setup_file() {
    export PROJECT=$BATS_FILE_TMPDIR/bookshelf
    cp -R "$QUIRE_SOURCE/examples/bookshelf" "$PROJECT"
    rm -rf "$PROJECT/.quire" "$PROJECT/.env" "$PROJECT/build"
}

teardown_file() {
    "$QUIRE" -C "$PROJECT" db reset --yes
}

setup() {
    unset DB_PROVIDER APP_ENV NEON_DATABASE_URL SUPABASE_DATABASE_URL LOCAL_DATABASE_URL
    unset QUIRE_SCRATCH_URL "${!PG@}"
    export PATH=$QUIRE_BUILD:$QUIRE_BUILD/examples/bookshelf:$PATH
    export PKG_CONFIG_PATH=$QUIRE_BUILD/meson-uninstalled LD_LIBRARY_PATH=$QUIRE_BUILD
    cd "$PROJECT" || return 1
}

sql() {
    psql -X -At "$(quire db url)" -c "$1"
}

# What is in the tables, as one line.
contents() {
    sql "select md5(string_agg(r, '|' order by r)) from (
             select b::text from books b union all select a::text from authors a
             union all select u::text from users u
             union all select ub::text from user_books ub) t (r)"
}

@test "the generated code and the migrations are those of the schema" {
    quire codegen --check
    run -0 quire generate all
    [ "$(grep -c 'nothing to do' <<<"$output")" -eq 3 ]
    git_state=$(cd "$PROJECT" && find db src -type f -exec sha256sum {} + | sort)
    [ "$git_state" = "$(cd "$QUIRE_SOURCE/examples/bookshelf" &&
        find db src -type f -exec sha256sum {} + | sort)" ]
}

@test "the seed holds what it says, and may run again" {
    quire migrate
    quire seed
    before=$(contents)
    quire seed
    [ "$(contents)" = "$before" ]
    [ "$(sql 'select count(*) from authors')" -eq 69 ]
    [ "$(sql 'select count(*) from books')" -eq 239 ]
    [ "$(sql 'select count(*) from books where isbn is not null')" -eq 201 ]
    [ "$(sql 'select name from authors where id = 7')" = "Ursula K. Le Guin" ]
    [ "$(sql "select count(*) from books where title = 'The Dispossessed'")" -eq 0 ]
    [ "$(sql 'select count(*) from user_books')" -eq 14 ]
}

@test "every ISBN of the seed has the check digit that it should" {
    wrong=$(sql "select string_agg(isbn, ' ') from books b
                 where isbn is not null
                   and (select sum(substr(isbn, n, 1)::int * case when n % 2 = 0 then 3 else 1 end)
                        from generate_series(1, 13) n) % 10 <> 0")
    [ -z "$wrong" ]
}

@test "the program calls every function, prints the same twice and leaves nothing behind" {
    before=$(contents)
    bookshelf >"$BATS_TEST_TMPDIR/first"
    bookshelf >"$BATS_TEST_TMPDIR/second"
    diff "$BATS_TEST_TMPDIR/first" "$BATS_TEST_TMPDIR/second"
    [ "$(contents)" = "$before" ]
    grep -q '239 books by 68 authors' "$BATS_TEST_TMPDIR/first"
    grep -q '村上春樹' "$BATS_TEST_TMPDIR/first"
    grep -q 'books_isbn_key' "$BATS_TEST_TMPDIR/first"
    grep -q 'the database is as it was' "$BATS_TEST_TMPDIR/first"
    # Every function that the header declares is called by the program, but for those that only
    # relate tables in ways that the program has no use for.
    functions=$(grep -o 'quire_status bookshelf_[a-z_]*' src/bookshelf.h | cut -d' ' -f2 |
        grep -v -e _with_user -e user_books_find_by_id_with_)
    [ "$(wc -l <<<"$functions")" -ge 40 ]
    while read -r function; do
        if ! grep -q "$function(" reading.c writing.c; then
            echo "never called: $function" >&2
            return 1
        fi
    done <<<"$functions"
}

@test "the smallest program commits a book, each time it runs" {
    run -0 bookshelf-first
    [[ "$output" == *"Guards! Guards! (376)"* ]]
    [[ "$output" == *"Jane Austen has 6 books here"* ]]
    [[ "$output" == *"added The Dispossessed for 9.99"* ]]
    [ "$(sql "select count(*) from books where title = 'The Dispossessed' and author_id = 7")" -eq 1 ]
    sql "delete from books where title = 'The Dispossessed'"
}

@test "without its tables the program says what is missing" {
    quire db start
    sql 'create database empty'
    url=$(quire db url)
    run -1 --separate-stderr env LOCAL_DATABASE_URL="${url/\/bookshelf?/\/empty?}" DB_PROVIDER=local bookshelf
    [[ "$stderr" == *"books"* ]]
    [[ "$stderr" == *"hint:"* ]]
    sql 'drop database empty'
}

@test "the walk-through of README.md is true" {
    sed -n '/^```sh$/,/^```$/{/^```/d;p}' README.md >"$BATS_TEST_TMPDIR/commands"
    [ -s "$BATS_TEST_TMPDIR/commands" ]
    run -0 bash -euo pipefail "$BATS_TEST_TMPDIR/commands"
    [[ "$output" == *"239 books by 68 authors"* ]]
    [[ "$output" == *'ADD COLUMN language text'* ]]
    [[ "$output" == *"3 books in Icelandic"* ]]
    [[ "$output" == *"nickname"* ]]
}
