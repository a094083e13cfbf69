#!/bin/sh
# Checks the stand-in with Neon's official client, which goes into the build directory
# ($QUIRE_TEST_DIRECTORY/neon) at the version and checksum of package-lock.json.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
packages=$QUIRE_TEST_DIRECTORY/neon

mkdir -p "$packages"
if ! cmp -s "$here/package-lock.json" "$packages/installed.json"; then
    cp "$here/package.json" "$here/package-lock.json" "$packages"
    # Its messages are no TAP, but tell why when it fails.
    (cd "$packages" && npm ci --ignore-scripts --no-audit --no-fund) >&2
    cp "$here/package-lock.json" "$packages/installed.json"
fi
NODE_PATH=$packages/node_modules exec node --test-reporter=tap "$here/official.test.js"
