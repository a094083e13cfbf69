load helper

@test "init makes a project that is as documented" {
    mkdir 'My-Shop 2'
    cd 'My-Shop 2'
    run -0 quire init
    assert_holds "created  quire.conf" "created  db/schema.sql" "created  db/queries/notes.sql" \
        "created  db/seed.sql" "created  .gitignore" "quire migrate"
    grep -q '^name = my_shop_2 ' quire.conf
    grep -q '^prefix = my_shop_2 ' quire.conf
    [ -d db/migrations ]
    [ "$(cat .gitignore)" = $'.quire/\n.env' ]
}

@test "init a second time changes nothing" {
    quire init shop
    find . -type f -exec sha256sum {} + | sort >"$BATS_TEST_TMPDIR/before"
    run -0 quire init other
    assert_holds "exists   quire.conf" "exists   db/schema.sql" "exists   .gitignore"
    find . -type f -exec sha256sum {} + | sort | diff "$BATS_TEST_TMPDIR/before" -
}

@test "init keeps what is there and adds what is missing" {
    mkdir db
    echo "-- mine" >db/schema.sql
    printf '*.o\n.env' >.gitignore
    run -0 quire init shop
    assert_holds "exists   db/schema.sql" "created  quire.conf" "updated  .gitignore"
    [ "$(cat db/schema.sql)" = "-- mine" ]
    [ "$(cat .gitignore)" = $'*.o\n.env\n.quire/' ]
}

@test "init -C works elsewhere; --json tells what was done" {
    mkdir there
    run --separate-stderr -0 quire -C there init shop --json
    assert_json .directory "$PWD/there"
    assert_json '.files[0].path' quire.conf
    assert_json '[.files[].outcome] | unique | join(" ")' created
    [ -f there/db/seed.sql ]
    [ -z "$stderr" ]
}

@test "init refuses a name that can be no database and no prefix" {
    for name in 1shop Shop 'a b' a-b int "$(printf 'a%.0s' {1..64})"; do
        run -2 quire init "$name"
        assert_holds "\"$name\" cannot be a project's name"
    done
    [ -z "$(ls -A)" ]
}

@test "init says why it cannot write" {
    echo >db
    run --separate-stderr -7 quire init shop --json
    assert_json .error.status io
    [[ "$stderr" == *"db"* ]]
    run -7 quire -C missing init
    assert_holds "missing"
}

@test "--json of a usage error is JSON on standard output" {
    run --separate-stderr -2 quire init --json one two
    assert_json .error.status invalid
    assert_json .error.message 'unexpected argument "two"'
}
