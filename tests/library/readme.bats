load helper

# What README.md says is built and run: the program against the installed library, with pkg-config
# and with Meson, and its output compared with the one that is printed there.

setup_file() {
    export INSTALLED=$BATS_FILE_TMPDIR/installed
    DESTDIR=$INSTALLED meson install -C "$QUIRE_BUILD" --no-rebuild --quiet
    prefix=$(meson introspect --buildoptions "$QUIRE_BUILD" |
        jq -r '.[] | select(.name == "prefix") | .value')
    libdir=$(meson introspect --buildoptions "$QUIRE_BUILD" |
        jq -r '.[] | select(.name == "libdir") | .value')
    export LIBDIR=$INSTALLED$prefix/$libdir
    export PREFIX=$INSTALLED$prefix
    export PKG_CONFIG_PATH=$LIBDIR/pkgconfig
    export PKG_CONFIG_SYSROOT_DIR=
    # A DESTDIR is not where the file says that the library is; only the prefix differs.
    sed -i "s|^prefix=.*|prefix=$PREFIX|" "$LIBDIR/pkgconfig/quire.pc"
    # The program in README.md, and what it prints.
    sed -n '/^<!-- program/,/^```$/p' "$QUIRE_SOURCE/README.md" | sed '1,2d;$d' \
        >"$BATS_FILE_TMPDIR/main.c"
    sed '1,/^<!-- output/d' "$QUIRE_SOURCE/README.md" | sed '1d;/^```$/,$d' \
        >"$BATS_FILE_TMPDIR/expected"
    cp -R "$QUIRE_SOURCE/examples/bookshelf" "$BATS_FILE_TMPDIR/bookshelf"
    rm -rf "$BATS_FILE_TMPDIR/bookshelf/.quire" "$BATS_FILE_TMPDIR/bookshelf/.env"
}

teardown_file() {
    LD_LIBRARY_PATH=$LIBDIR "$PREFIX/bin/quire" -C "$BATS_FILE_TMPDIR/bookshelf" db reset --yes || true
}

setup() {
    unset DB_PROVIDER APP_ENV NEON_DATABASE_URL SUPABASE_DATABASE_URL LOCAL_DATABASE_URL
    unset QUIRE_SCRATCH_URL "${!PG@}"
    export LD_LIBRARY_PATH=$LIBDIR
    cd "$BATS_TEST_TMPDIR" || return 1
}

# A Meson project as README.md has it, in the working directory.
meson_project() {
    mkdir src
    sed -n '/^```meson$/,/^```$/p' "$QUIRE_SOURCE/README.md" | sed '1d;$d' >meson.build
    cp "$BATS_FILE_TMPDIR/main.c" .
    cp "$BATS_FILE_TMPDIR/bookshelf/src/bookshelf.c" src/shop.c
    cp "$BATS_FILE_TMPDIR/bookshelf/src/bookshelf.h" .
    cp "$BATS_FILE_TMPDIR/bookshelf/src/bookshelf.h" src
}

@test "README's program prints what README says" {
    project=$BATS_FILE_TMPDIR/bookshelf
    # The flags are words, as in README.
    # shellcheck disable=SC2046
    cc -std=c11 -Wall -Wextra -Wconversion -Wpedantic -Werror -I"$project/src" -o program \
        "$BATS_FILE_TMPDIR/main.c" "$project/src/bookshelf.c" $(pkg-config --cflags --libs quire)
    cd "$project"
    "$PREFIX/bin/quire" migrate local
    "$PREFIX/bin/quire" seed local
    "$BATS_TEST_TMPDIR/program" >"$BATS_TEST_TMPDIR/actual"
    diff "$BATS_FILE_TMPDIR/expected" "$BATS_TEST_TMPDIR/actual"
}

@test "an application builds in Meson against the installed library" {
    meson_project
    meson setup build --wrap-mode=nofallback
    ninja -C build
    [ -x build/shop ]
}

@test "an application builds in Meson with Quire as a subproject" {
    meson_project
    mkdir -p subprojects/quire
    for item in include src sql docs examples meson.build meson_options.txt script tests fuzz; do
        [ ! -e "$QUIRE_SOURCE/$item" ] || ln -s "$QUIRE_SOURCE/$item" subprojects/quire/
    done
    PKG_CONFIG_PATH='' meson setup build --wrap-mode=default
    ninja -C build shop
    [ -x build/shop ]
}

@test "what is installed: library, headers, command, man page, completion" {
    [ -f "$PREFIX/include/quire/quire.h" ]
    [ -f "$LIBDIR/libquire.a" ]
    [ -L "$LIBDIR/libquire.so" ]
    [ "$("$PREFIX/bin/quire" --version)" = "quire $(pkg-config --modversion quire)" ]
    [ -f "$PREFIX/share/man/man1/quire.1" ]
    [ -f "$PREFIX/share/bash-completion/completions/quire" ]
}

@test "a program links with the static library too" {
    cat >main.c <<'C'
#include <quire/quire.h>
#include <string.h>
int main(void)
{
    return strcmp(quire_version(), QUIRE_VERSION);
}
C
    # shellcheck disable=SC2046
    cc -o program main.c $(pkg-config --cflags quire) "$LIBDIR/libquire.a" \
        $(pkg-config --libs libpq inih libcrypto)
    ./program
}
