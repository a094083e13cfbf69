bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR" || return 1
    count() {
        "$QUIRE_SOURCE/script/count-tests" "$@"
    }
    # log FILE FAILURES CASE...: a log as meson writes them.
    log() {
        local file=$1 failures=$2
        shift 2
        {
            printf '<?xml version="1.0"?>\n<testsuites><testsuite name="s" errors="0"'
            printf ' failures="%s">%s</testsuite></testsuites>' "$failures" "$*"
        } >"$file"
    }
}

@test "passed tests are counted over all logs" {
    log a.xml 0 '<testcase name="one"/>' '<testcase name="two"/>'
    log b.xml 0 '<testcase name="three"/>'
    run -0 count a.xml b.xml
    [ "$output" = "3 passed, 0 failed" ]
}

@test "failures are named and fail the run" {
    log a.xml 1 '<testcase name="one"/>' '<testcase name="two"><failure/></testcase>'
    run -1 count a.xml
    [ "${lines[0]}" = "failed: s: two" ]
    [ "${lines[-1]}" = "1 passed, 1 failed" ]
}

@test "a skipped test is no success" {
    log a.xml 0 '<testcase name="one"/>' '<testcase name="two"><skipped/></testcase>'
    run -1 count a.xml
    [ "${lines[0]}" = "skipped: s: two" ]
    [ "${lines[-1]}" = "1 passed, 1 failed" ]
}

@test "a test that died beside its cases is a failure" {
    log a.xml 1 '<testcase name="one"/>'
    run -1 count a.xml
    [ "${lines[-1]}" = "1 passed, 1 failed" ]
}

@test "no log, a broken log, an empty log, a broken build: failures" {
    log good.xml 0 '<testcase name="one"/>'
    log empty.xml 0 ''
    echo '<testsuites>' >broken.xml
    for log in missing.xml empty.xml broken.xml; do
        run -1 count good.xml "$log"
        [ "${lines[-1]}" = "1 passed, 1 failed" ]
    done
    run -1 count --broken 2 good.xml
    [ "${lines[-1]}" = "1 passed, 2 failed" ]
    run -1 count
    [ "${lines[-1]}" = "0 passed, 0 failed" ]
}

@test "escapes of a terminal in a log do no harm" {
    log a.xml 1 "<testcase name=\"one\"><failure>"$'\e[1mred\e[0m'"</failure></testcase>"
    run -1 count a.xml
    [ "${lines[-1]}" = "0 passed, 1 failed" ]
}
