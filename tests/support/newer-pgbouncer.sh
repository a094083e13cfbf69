#!/bin/sh
# newer-pgbouncer.sh: prints the path of a PgBouncer that keeps prepared statements (1.21 and later), which
# Debian 12 does not have: built once in $QUIRE_TEST_DIRECTORY from the sources of Debian 13's package.
set -eu
version=1.24.1
checksum=da72a3aba13072876d055a3e58dd4aba4a5de4ed6148e73033185245598fd3e0
directory=$QUIRE_TEST_DIRECTORY/pgbouncer
program=$directory/pgbouncer-$version/pgbouncer
archive=pgbouncer_$version.orig.tar.gz

fetch() { # FROM
    curl -sSfL --retry 3 --max-time 120 -o "$directory/$archive" "$1/pool/main/p/pgbouncer/$archive" &&
        echo "$checksum  $directory/$archive" | sha256sum --check --quiet
}

if [ ! -f "$directory/built" ]; then
    mkdir -p "$directory"
    fetch https://deb.debian.org/debian ||
        fetch https://snapshot.debian.org/archive/debian/20260901T000000Z
    tar -xzf "$directory/$archive" -C "$directory"
    # What it prints is no TAP, but tells why when it fails.
    (
        cd "$directory/pgbouncer-$version"
        ./configure --quiet --without-cares --without-pam --without-systemd
        make -s -j2 pgbouncer
    ) >&2
    touch "$directory/built"
fi
printf '%s\n' "$program"
