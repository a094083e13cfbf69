# script/check-secrets finds a password wherever one was planted, and nothing else.
bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR" || return 1
    mkdir -p logs/servers
    echo 'connection of user ann failed: secret, s3 cret, czNj' >logs/testlog.txt
    WORD=s3c WORD=${WORD}ret # so that the word is not in this test's own output
}

check() {
    run "$1" "$QUIRE_SOURCE/script/check-secrets" logs
}

@test "secrets: nothing there" {
    check -0
    [ "$output" = "1 files, 0 lines with a password" ]
}

@test "secrets: in a log, and in a file further down that is no text" {
    printf 'one\ntwo\nURL=postgresql://ann:%s%%2F@h/d\n' "$WORD" >>logs/testlog.txt
    printf 'a\0b%s\0\xff' "$WORD/@:" >logs/servers/core
    check -1
    [[ "$output" == *"logs/testlog.txt:4: holds a password of the tests"* ]]
    [[ "$output" == *"logs/servers/core:1: holds a password of the tests"* ]]
    [[ "$output" != *"$WORD"* ]]
}

@test "secrets: in other letters, in hexadecimal, in base64 at any place" {
    local before form
    for form in "${WORD^^}" "$(printf '%s' "$WORD" | od -An -tx1 | tr -d ' \n')"; do
        echo "x$form" >logs/servers/found.log
        check -1
    done
    for before in '' u us use user:; do
        printf '%s' "$before$WORD/@:" | base64 >logs/servers/found.log
        check -1
    done
    rm logs/servers/found.log
    check -0
}

@test "secrets: a directory that is not there or empty is no success" {
    run -1 "$QUIRE_SOURCE/script/check-secrets" nowhere
    rm logs/testlog.txt
    check -1
    [[ "$output" == *"nothing to look at"* ]]
    run -1 "$QUIRE_SOURCE/script/check-secrets"
}
