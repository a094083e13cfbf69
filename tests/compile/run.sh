#!/bin/bash
# Wrong programs that must not compile, each with its right twin that must.
#
#     run.sh COMPILER...        in TAP, one test a case and compiler
#
# A case says in its first comment which flags it takes for the compiler to refuse it (none: the
# compiler's own defaults; strict: those below) and what the error must say. The message must name
# the line that is marked /* here */. With -DCORRECT the same file is the right program, and compiles
# with the strict flags.
set -euo pipefail
cd "$(dirname "$0")"
export LC_ALL=C
root=$(cd ../.. && pwd)
include=(-I "$root/include" -I "$root/examples/bookshelf/src")
strict=(-Wall -Wextra -Wconversion -Wpedantic -Werror -Wno-missing-field-initializers)

fault() {
    printf 'not ok %s - %s\n' "$number" "$name"
    printf '# %s\n' "$@" | sed '2,$s/^\([^#]\)/# \1/'
    failed=$((failed + 1))
}

# check COMPILER FILE: one test.
check() {
    local compiler=$1 file=$2
    local flags=() wanted pattern line output
    pattern=$(sed -n 's/^ \* error: //p' "$file")
    wanted=$(sed -n 's/^ \* flags: //p' "$file")
    line=$(grep -n '/\* here \*/' "$file" | cut -d: -f1)
    [ "$wanted" = none ] || flags=("${strict[@]}")

    if ! output=$("$compiler" -std=c11 -c -o /dev/null -DCORRECT "${strict[@]}" "${include[@]}" \
        "$file" 2>&1); then
        fault "the right program does not compile:" "$output"
    elif output=$("$compiler" -std=c11 -c -o /dev/null "${flags[@]}" "${include[@]}" "$file" 2>&1); then
        fault "the wrong program compiles"
    elif ! grep -q "^$file:$line:" <<<"$output"; then
        fault "the message does not name line $line:" "$output"
    elif ! grep -Eq "$pattern" <<<"$output"; then
        fault "the error does not say \"$pattern\":" "$output"
    else
        printf 'ok %s - %s\n' "$number" "$name"
    fi
}

cases=(*.c)
[ $# -gt 0 ] || set -- cc
printf '1..%s\n' $((${#cases[@]} * $#))
number=0
failed=0
for compiler; do
    for file in "${cases[@]}"; do
        number=$((number + 1))
        name="$compiler ${file%.c}"
        check "$compiler" "$file"
    done
done
[ "$failed" -eq 0 ]
