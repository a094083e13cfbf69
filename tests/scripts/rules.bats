bats_require_minimum_version 1.5.0

# Each rule finds what it is there to find: a small tree with one fault.
setup() {
    cd "$BATS_TEST_TMPDIR" || return 1
    mkdir -p script include/quire src/base src/types src/catalog src/client src/cli
    cp "$QUIRE_SOURCE"/script/{check-rooms,check-sizes,check-words,public-names} script
}

@test "rooms: right, wrong way, past the public headers, without its room, no header" {
    echo '#include "base/error.h"' >src/types/good.c
    run -0 script/check-rooms
    echo '#include "types/codec.h"' >src/base/bad.c
    run -1 script/check-rooms
    [[ "$output" == *"src/base/bad.c:1: types/codec.h: types is not to the right of base"* ]]
    echo '#include "client/pool.h"' >src/base/bad.c
    echo '#include "client/pool.h"' >src/catalog/bad.c
    run -1 script/check-rooms
    [[ "$output" == *"src/catalog/bad.c:1: client/pool.h: client is inside the library"* ]]
    echo '#include "error.h"' >src/base/bad.c
    run -1 script/check-rooms
    [[ "$output" == *'write "base/error.h"'* ]]
    echo '#include "base/error.c"' >src/base/bad.c
    run -1 script/check-rooms
    [[ "$output" == *"is no header"* ]]
}

@test "sizes: a long function, a long file, generated code" {
    body=$(printf '    x++;\n%.0s' {1..71})
    printf 'static void f(void)\n{\n%s\n}\n' "$body" >src/base/long.c
    run -1 script/check-sizes
    [[ "$output" == *"src/base/long.c:1: a function of 71 lines, at most 70"* ]]
    printf 'int x;\n%.0s' {1..1001} >src/base/long.c
    run -1 script/check-sizes
    [[ "$output" == *"src/base/long.c: 1001 lines, at most 1000"* ]]
    sed -i '1s|.*|/* written by `quire codegen` */|' src/base/long.c
    run -0 script/check-sizes
}

@test "words: banned functions, but not in comments and texts; the command may print" {
    printf '/* printf("x") */\nconst char *x = "exit(1)";\n' >src/base/fine.c
    printf 'printf("hello");\nexit(1);\n' >src/cli/fine.c
    run -0 script/check-words
    for word in strcpy sprintf atoi strtok strncpy printf exit assert setenv system; do
        printf 'int x;\n    %s(a);\n' "$word" >src/base/bad.c
        run -1 script/check-words
        [[ "$output" == *"src/base/bad.c:2: $word "* ]]
    done
    echo 'x = fopen; fprintf(stderr, "x");' >src/base/bad.c
    run -1 script/check-words
    echo "/* TO""DO: later */" >src/base/bad.c
    run -1 script/check-words
    [[ "$output" == *"finish it"* ]]
}

@test "public names: functions, variables, arrays, what comments say is not one" {
    cat >include/quire/x.h <<'C'
/* QUIRE_API void quire_not_me(void); */
#define QUIRE_API __attribute__((visibility("default")))
QUIRE_API QUIRE_MUST_USE quire_db *quire_open(const quire_options *options,
                                              quire_error *err);
QUIRE_API extern const char quire_null_text[];
QUIRE_API extern const int quire_abi_1;
C
    run -0 script/public-names
    [ "$output" = $'quire_abi_1\nquire_null_text\nquire_open' ]
}
