load helper

setup() {
    cd "$QUIRE_SOURCE"
    LIBRARY=$(library)
    exported() {
        nm -D --defined-only --without-symbol-versions "$LIBRARY" | awk '$2 != "A" { print $3 }' | sort
    }
    listed() {
        sed -n '/global:/,/local:/s/^ *\(quire_[a-z0-9_A-Z]*\);/\1/p' src/quire.map | sort
    }
}

@test "the export list holds what the public headers declare (script/public-names --write)" {
    diff <(LC_ALL=C script/public-names | sort) <(listed)
}

@test "the library exports its export list, nothing more, nothing less" {
    diff <(listed) <(exported)
}

@test "the library's version is in its name" {
    run -0 readelf -d "$LIBRARY"
    [[ "$output" == *"Library soname: [libquire.so.0]"* ]]
}
