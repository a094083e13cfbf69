load helper

# compile COMPILER LANGUAGE STANDARD HEADER
compile() {
    "$1" -x "$2" -std="$3" -Wall -Wextra -Wconversion -Wshadow -Wpedantic -Werror -fsyntax-only \
        -I"$QUIRE_SOURCE/include" - <<<"#include <$4>
         typedef int not_empty;"
}

setup() {
    cd "$QUIRE_SOURCE/include"
    headers=(quire/*.h)
    [ "${#headers[@]}" -gt 5 ]
}

@test "every public header compiles alone as C11 with gcc" {
    for header in "${headers[@]}"; do compile gcc c c11 "$header"; done
}

@test "every public header compiles alone as C11 with clang" {
    for header in "${headers[@]}"; do compile clang c c11 "$header"; done
}

@test "every public header compiles alone as C++11 and C++20 with g++" {
    for header in "${headers[@]}"; do
        compile g++ c++ c++11 "$header"
        compile g++ c++ c++20 "$header"
    done
}

@test "every public header compiles alone as C++11 and C++20 with clang++" {
    for header in "${headers[@]}"; do
        compile clang++ c++ c++11 "$header"
        compile clang++ c++ c++20 "$header"
    done
}

@test "public headers include only public headers" {
    run -1 grep -n '^#include "' "${headers[@]}"
}
