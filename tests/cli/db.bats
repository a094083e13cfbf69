load helper

# The directories above are closed to other users, so for root all of this is under /var/lib/quire.
local_setup() {
    unset QUIRE_PG_BIN QUIRE_SCRATCH_URL
    printf '[project]\nname = shop\n' >quire.conf
}

teardown() {
    quire -C "$PROJECT" db reset --yes
}

@test "db: start, status, url, psql, stop, reset" {
    run --separate-stderr -0 quire db status
    assert_holds "not initialised" "PostgreSQL " "database  shop"

    run --separate-stderr -0 quire db start
    [[ "$output" == "postgresql://postgres@/shop?host=/"* ]]
    [[ "$stderr" == "PostgreSQL "*" started, process "* ]]
    url=$output

    run --separate-stderr -0 quire db start
    [ "$output" = "$url" ]
    [[ "$stderr" == *"runs already"* ]]

    run --separate-stderr -0 quire db url
    [ "$output" = "$url" ]
    [ -z "$stderr" ]

    run -0 quire db psql -- -XAtc 'select current_database(), 40 + 2'
    [ "$output" = "shop|42" ]
    run -0 quire db psql -XAt -v more=2 -c 'select 40' --command='select 2' --no-psqlrc
    [ "$output" = $'40\n2' ]

    run -0 quire db status
    assert_holds "running, process " "$url"

    run -0 quire db stop
    [ "$output" = "stopped" ]
    run -0 quire db stop
    [ "$output" = "it does not run" ]
    run -0 quire db status
    assert_holds "stopped"

    run -0 quire db psql -- -XAtc 'create table kept as select 1'
    run -6 quire db reset
    assert_holds "deletes every database" "quire db reset --yes"
    run -0 quire db psql -- -XAtc 'select count(*) from kept'
    [ "$output" = 1 ]

    run -0 quire db reset --yes
    assert_holds "deleted /"
    run -0 quire db status
    assert_holds "not initialised"
    run -0 quire db reset
    assert_holds "nothing to delete"
}

@test "db: list and remove, for servers of deleted projects" {
    [ "$(id -u)" = 0 ] || return 0 # others' servers lie in their projects
    mkdir here gone
    for name in here gone; do
        printf '[project]\nname = shop\n' >"$name/quire.conf"
        quire -C "$name" db start
    done
    data=$(quire -C gone db status --json | jq -r .data)
    pid=$(quire -C gone db status --json | jq -r .pid)
    run -0 quire db list
    [[ "$output" =~ "$PROJECT/here  "*process ]]
    run -6 quire db remove "$PROJECT/gone" --yes
    assert_holds "the project $PROJECT/gone is there" 'db reset --yes'
    rm -r gone
    run --separate-stderr -0 quire db list --json
    assert_json "[.servers[] | select(.project == \"$PROJECT/gone\")][0] | \"\(.running) \(.project_exists) \(.pid)\"" \
        "true false $pid"
    assert_json "[.servers[] | select(.project == \"$PROJECT/here\")][0].project_exists" true
    run -6 quire db remove "$PROJECT/gone"
    assert_holds 'deletes every database of 1 private server for good' '--yes'
    kill -0 "$pid"
    [ -d "$data" ]
    run -0 quire db remove "$PROJECT/gone" --yes
    assert_holds "removed the private server of $PROJECT/gone"
    [[ "$(ps -o stat= -p "$pid")" =~ ^(Z.*)?$ ]]
    [ ! -e "${data%/data}" ]
    run -6 quire db remove "$PROJECT/gone" --yes
    assert_holds 'there is no private server of a project'
    run -6 quire db remove "$PROJECT/gone"
    assert_holds 'there is no private server of a project'
    run -2 quire db remove
    run -2 quire db remove "$PROJECT/gone" --gone
    run -6 quire db remove / --yes
    quire -C here db reset --yes
}

@test "db: JSON" {
    run --separate-stderr -0 quire db status --json
    assert_json .initialised false
    assert_json .running false
    assert_json .pid 0
    run --separate-stderr -0 quire db start --json
    [ -z "$stderr" ]
    assert_json .started true
    assert_json .running true
    assert_json .database shop
    assert_json '.major >= 10' true
    url=$(jq -r .url <<<"$output")
    pid=$(jq -r .pid <<<"$output")
    [ "$(psql -XAtc 'select 7' -d "$url")" = 7 ]
    run --separate-stderr -0 quire db start --json
    assert_json .started false
    assert_json .pid "$pid"
    run --separate-stderr -0 quire db url --json
    assert_json .url "$url"
    run --separate-stderr -0 quire db stop --json
    assert_json .running false
    assert_json .initialised true
    run --separate-stderr -0 quire db reset --yes --json
    assert_json .initialised false
}

@test "db: a command that uses the database starts it, and two at once share it" {
    quire db url >one &
    quire db url >two &
    wait
    run -0 cmp one two
    [ "$(psql -XAtc 'select current_database()' -d "$(cat one)")" = shop ]
}

@test "db: kill -9 is recovered from" {
    quire db psql -- -Xqc 'create table kept as select 5 as n'
    kill -9 "$(quire db status --json | jq .pid)"
    run -0 quire db psql -- -XAtc 'select n from kept'
    [ "$output" = 5 ]
}

@test "db: how it is held wrong" {
    run -2 quire db
    assert_holds "say what to do" "usage: quire db start|stop"
    run -2 quire db strat
    assert_holds '"strat" is none of start, stop, status, url, psql, reset'
    run -2 quire db start now
    assert_holds 'unexpected argument "now"'
    run -2 quire db start --force
    assert_holds "unknown option --force"
}

@test "db: no server programs" {
    QUIRE_PG_BIN=/nowhere run -3 quire db start
    assert_holds "QUIRE_PG_BIN=/nowhere holds no PostgreSQL server" "hint:"
    echo 'QUIRE_PG_BIN=/nowhere' >.env
    run -3 quire db start
    assert_holds "QUIRE_PG_BIN=/nowhere"
    QUIRE_PG_BIN=/nowhere run -0 quire db status
    assert_holds "not installed"
    rm .env
}

@test "db: a broken quire.conf or .env, with file and line" {
    printf '[project]\nnmae = shop\n' >quire.conf
    run -3 quire db start
    assert_holds "quire.conf:2:" "nmae"
    printf '[project]\nname = shop\n' >quire.conf
    printf 'A=1\nB "\n' >.env
    run -3 quire db start
    assert_holds ".env:2:"
    rm .env
    [ ! -e .quire ]
}
