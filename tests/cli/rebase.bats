load helper
load database

# Two branches that each add a migration to one that both have, in git.

local_setup() {
    database_new
    project_new
    export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 GIT_EDITOR=true
    git init -q -b main .
    git config user.email tests@example.org
    git config user.name tests
    schema 'create table books (id int primary key);'
    quire generate local
    # Versions in the past, so that those of the tests come after them.
    rename_migration init 20260101000000
    commit start
}

teardown() {
    database_drop
}

schema() {
    echo "$1" >db/schema.sql
}

commit() {
    git add -A
    git commit -qm "$1"
}

# rename_migration NAME VERSION
rename_migration() {
    local file
    for file in db/migrations/local/*_"$1".sql db/migrations/local/*_"$1".down.sql; do
        [ ! -e "$file" ] || mv "$file" "db/migrations/local/$2_$1${file##*_"$1"}"
    done
    rehash
}

# branch NAME VERSION SCHEMA: a migration of that name on a branch of that name.
branch() {
    git checkout -q -b "$1" main
    schema "$3"
    quire generate local --name "$1"
    rename_migration "$1" "$2"
    commit "$1"
}

two_branches() {
    branch mine 20260102000000 'create table books (id int primary key, mine int);'
    branch theirs 20260103000000 'create table books (id int primary key, theirs int);'
}

merged='create table books (id int primary key, theirs int, mine int);'

names() {
    (cd db/migrations/local && printf '%s\n' *.sql | grep -v '\.down\.sql$' | sed 's/^[0-9]*_//')
}

@test "a merge with a conflict: mine is planned anew behind theirs" {
    two_branches
    git checkout -q mine
    run ! git merge -q theirs
    schema "$merged"
    run -6 quire generate local
    assert_holds '20260102000000_mine.sql and 20260103000000_theirs.sql were both written to follow 20260101000000_init.sql' \
        'quire generate --rebase'
    run -6 quire migrate local
    assert_holds 'were both written to follow'
    run -0 quire generate local --rebase
    assert_holds '20260102000000_mine.sql is taken away: planned anew'
    [ "$(names)" = $'init.sql\ntheirs.sql\nmine.sql' ]
    [ ! -e db/migrations/local/20260102000000_mine.down.sql ]
    run -0 cat db/migrations/local/*_mine.sql
    assert_holds 'ALTER TABLE public.books ADD COLUMN mine integer;'
    quire migrate local
    [ "$(sql "select string_agg(attname, ' ' order by attnum) from pg_attribute
              where attrelid = 'books'::regclass and attnum > 0")" = 'id theirs mine' ]
    quire rollback local --steps 2
    quire migrate local
    run -0 quire generate local
    assert_holds 'nothing to do'
}

@test "git rebase: the commit that is put on top is planned anew" {
    two_branches
    git checkout -q mine
    run ! git rebase -q theirs
    schema "$merged"
    run -0 --separate-stderr quire generate local --rebase --json
    assert_json '.providers[0].outcome' written
    assert_json '.providers[0].replaced[0]' db/migrations/local/20260102000000_mine.sql
    [ "$(names)" = $'init.sql\ntheirs.sql\nmine.sql' ]
    git add -A
    git rebase --continue
    run -0 quire validate local
}

@test "what is applied stays, whoever's it is" {
    two_branches
    git checkout -q mine
    quire migrate local
    run ! git merge -q theirs
    schema 'create table books (id int primary key, mine int, theirs int);'
    run -0 quire generate local --rebase
    assert_holds '20260103000000_theirs.sql is taken away'
    [ "$(names)" = $'init.sql\nmine.sql\ntheirs.sql' ]
    run -0 quire migrate local
    assert_holds '1 migration applied'
}

@test "lines of both branches without git's marks are told apart too" {
    two_branches
    git checkout -q mine
    run ! git merge -q theirs
    sed -i '/^[<=>]/d' db/migrations/local/quire.sum
    schema "$merged"
    run -6 quire status local
    assert_holds 'were both written to follow'
    cp -r db before
    schema 'create table books (id nosuchtype);'
    run -5 quire generate local --rebase
    diff -r before/migrations db/migrations
    schema 'create table books (id int primary key, mine int, theirs int);'
    run -0 quire generate local --rebase
    assert_holds '20260103000000_theirs.sql is taken away'
}

@test "the quire.sum of the branch that is to stay chooses" {
    two_branches
    git checkout -q mine
    run ! git merge -q theirs
    git checkout --theirs db/migrations/local/quire.sum
    schema "$merged"
    run -6 quire generate local
    assert_holds '20260102000000_mine.sql is not in quire.sum' 'quire generate --rebase'
    run -0 quire generate local --rebase
    [ "$(names)" = $'init.sql\ntheirs.sql\nmine.sql' ]
}

@test "a migration that both branches have needs no other" {
    two_branches
    git checkout -q mine
    run ! git merge -q theirs
    schema 'create table books (id int primary key, theirs int);'
    run -0 quire generate local --rebase
    assert_holds '20260102000000_mine.sql is taken away: the others make the schema as it is'
    [ "$(names)" = $'init.sql\ntheirs.sql' ]
    run -0 quire migrate local
}

@test "edited and applied migrations are refused, and nothing is changed" {
    two_branches
    git checkout -q mine
    echo "update books set mine = 1;" >>db/migrations/local/20260102000000_mine.sql
    rehash
    commit edited
    run ! git merge -q theirs
    schema "$merged"
    cp -r db before
    run -6 quire generate local --rebase
    assert_holds '20260102000000_mine.sql was written or edited by hand' '--rehash' 'delete it'
    diff -r before db

    # As the hint says.
    mv db/migrations/local/20260102000000_mine.sql db/migrations/local/20260104000000_mine.sql
    mv db/migrations/local/20260102000000_mine.down.sql db/migrations/local/20260104000000_mine.down.sql
    rehash
    run -0 quire generate local
    assert_holds 'nothing to do'

    git checkout -qf mine
    git clean -qfd
    quire migrate local
    git checkout -q theirs
    git checkout mine -- db/migrations/local/20260102000000_mine.sql \
        db/migrations/local/20260102000000_mine.down.sql
    schema "$merged"
    run -6 quire generate local --rebase
    assert_holds 'migration 20260102000000_mine.sql is applied in the database of local'
    run -2 quire generate local --rebase --empty
}

@test "one that is older than an applied one is planned anew" {
    two_branches
    git checkout -q theirs
    quire migrate local
    git checkout mine -- db/migrations/local/20260102000000_mine.sql \
        db/migrations/local/20260102000000_mine.down.sql
    rehash
    schema "$merged"
    run -6 quire migrate local
    assert_holds 'is older than 20260103000000' 'quire generate --rebase'
    run -0 quire generate local --rebase
    [ "$(names)" = $'init.sql\ntheirs.sql\nmine.sql' ]
    run -0 quire migrate local
    assert_holds '1 migration applied'
    run -0 quire generate local --rebase
    assert_holds 'nothing to do'
}
