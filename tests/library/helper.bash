# What the tests of the library as a file share.

bats_require_minimum_version 1.5.0

library() {
    local file
    for file in "$QUIRE_BUILD"/libquire.so.*.*.*; do
        case "$file" in
        *.so.*[0-9]) printf '%s\n' "$file"; return ;;
        esac
    done
    return 1
}
