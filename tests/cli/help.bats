load helper

@test "help lists every command and fits a screen" {
    run -0 quire --help
    assert_holds "usage: quire [options] COMMAND" "commands:" "  help "
    [ "${#lines[@]}" -le 32 ]
    run -0 quire help
    assert_holds "commands:"
}

@test "without a command: help on standard error, exit code 2" {
    run --separate-stderr -2 quire
    [ -z "$output" ]
    [[ "$stderr" == *"usage: quire"* ]]
}

@test "every command has help that fits a screen, 80 columns wide" {
    commands=$(quire help | sed -n '/^commands:/,/^$/s/^  \([a-z]*\) .*/\1/p')
    [ -n "$commands" ]
    for command in $commands; do
        run -0 quire "$command" --help
        assert_holds "usage: quire $command" "options:" "-C DIR"
        [ "${#lines[@]}" -le 40 ]
        for line in "${lines[@]}"; do
            if [ "${#line}" -gt 90 ]; then
                echo "too wide: $line" >&2
                return 1
            fi
        done
        help=$output
        run -0 quire help "$command"
        [ "$output" = "$help" ]
        run -0 quire "$command" -h
        [ "$output" = "$help" ]
    done
}

@test "a misspelt command gets a suggestion" {
    run -2 quire hlep
    assert_holds 'unknown command "hlep"; did you mean "help"?'
    run -2 quire xyzzy
    assert_holds 'unknown command "xyzzy"'
    [[ "$output" != *"did you mean"* ]]
}

@test "a misspelt option gets a suggestion" {
    run -2 quire help --mna
    assert_holds "unknown option --mna; did you mean --man?" "usage: quire help"
    run -2 quire --versoin
    assert_holds "did you mean --version?"
}

@test "options: missing value, value too much, -- ends them" {
    run -2 quire -C
    assert_holds "option -C needs a value, DIR"
    run -2 quire help --completion=
    assert_holds "option --completion needs a value, SHELL"
    run -2 quire help --man=yes
    assert_holds "option --man takes no value"
    run -2 quire help -- --man
    assert_holds 'unknown command "--man"'
    run -2 quire help one two
    assert_holds 'unexpected argument "two"'
}

@test "--version" {
    run -0 quire --version
    [ "$output" = "quire 0.1.0" ]
}

@test "exit codes and environment are explained" {
    run -0 quire help exit-codes
    assert_holds "  0 " "  6 " "  70 "
    run -0 quire help environment
    assert_holds DB_PROVIDER NEON_DATABASE_URL QUIRE_SCRATCH_URL
}

@test "the man page parses without a warning and holds every command" {
    quire help --man >quire.1
    run -0 man --warnings -E UTF-8 -l -Tutf8 -Z quire.1
    run --separate-stderr -0 groff -man -ww -Tutf8 -z quire.1
    [ -z "$stderr" ]
    for command in $(quire help | sed -n '/^commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'); do
        grep -q "^\.SS \"quire $command" quire.1
    done
}

@test "bash completion completes commands and options" {
    quire help --completion bash >completion.bash
    complete_words() {
        bash -c 'source ./completion.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _quire
                 printf "%s\n" "${COMPREPLY[@]}"' bash "$@"
    }
    run -0 complete_words quire hel
    [ "$output" = help ]
    run -0 complete_words quire help --ma
    [ "$output" = --man ]
    run -0 complete_words quire help exit
    [ "$output" = exit-codes ]
    run -2 quire help --completion fish
    assert_holds 'no completion for shell "fish"'
}

@test "no colour escapes when the output is no terminal" {
    run -2 quire hlep
    [[ "$output" != *$'\e'* ]]
}

@test "a full disk is a failure" {
    run -7 bash -c '"$QUIRE" help >/dev/full'
    assert_holds "cannot write to standard output"
}
