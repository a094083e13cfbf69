#!/bin/bash
# tap.sh PROGRAM...: runs tests that speak TAP, and *.bats, one after another, and speaks TAP for all
# of them. A program that dies, or runs fewer tests than it planned, is a test that failed.
set -uo pipefail

for program in "$@"; do
    printf '#program %s\n' "$(basename "$program")"
    case $program in
    *.bats) bats --tap "$program" ;;
    *) "$program" ;;
    esac
    printf '\n#ended %s\n' $?
done | awk '
    function report(outcome, what) {
        printf "%s %d - %s\n", outcome, ++count, what
        fflush()
    }
    /^#program / { program = $2; planned = seen = failed = 0; next }
    /^1\.\.[0-9]+$/ { planned += substr($0, 4); next }
    /^(not )?ok / {
        outcome = /^not/ ? "not ok" : "ok"
        failed += outcome != "ok"
        seen++
        sub(/^(not )?ok [0-9]+( -)? */, "")
        report(outcome, program ": " $0)
        next
    }
    /^#ended / {
        if (seen != planned || seen == 0)
            report("not ok", program ": " seen " of " planned " tests, exit code " $2)
        else if ($2 != 0 && !failed)
            report("not ok", program ": exit code " $2)
        next
    }
    { print }
    END { printf "1..%d\n", count }
'
