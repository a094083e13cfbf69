# What the tests of the command share. Each test works in a new directory that is its own.

bats_require_minimum_version 1.5.0

quire() {
    "$QUIRE" "$@"
}

setup() {
    # Nothing of the tester's own environment may decide a test.
    unset DB_PROVIDER APP_ENV NEON_DATABASE_URL SUPABASE_DATABASE_URL LOCAL_DATABASE_URL
    unset "${!PG@}"
    PROJECT=$(mktemp -d "${BATS_TEST_TMPDIR}/project.XXXXXX")
    cd "$PROJECT" || return 1
    if declare -F local_setup >/dev/null; then
        local_setup
    fi
}

# Ends the private server that a test may have started. Its data goes too: for root that is not in
# the project's directory, which bats removes, but under /var/lib/quire.
project_end() {
    "$QUIRE" -C "$PROJECT" db reset --yes >/dev/null 2>&1 || true
}

teardown() {
    project_end
}

# assert_holds TEXT...: the output of the last `run` holds each text.
assert_holds() {
    local text
    for text in "$@"; do
        if [[ "$output" != *"$text"* ]]; then
            printf 'missing: %s\noutput was:\n%s\n' "$text" "$output" >&2
            return 1
        fi
    done
}

# assert_status CODE: the exit code of the last `run`.
assert_status() {
    if [[ "$status" -ne "$1" ]]; then
        printf 'exit code %s, not %s\noutput was:\n%s\n' "$status" "$1" "$output" >&2
        return 1
    fi
}

# assert_json FILTER VALUE: what jq says of the standard output of the last `run --separate-stderr`.
assert_json() {
    local value
    value=$(jq -r "$1" <<<"$output") || return 1
    if [[ "$value" != "$2" ]]; then
        printf '%s is %s, not %s\n' "$1" "$value" "$2" >&2
        return 1
    fi
}
