load helper

# What a library must not do to its program: end it, print, change its signals, its locale, its
# environment or its random numbers, or keep results in static memory that threads share.
setup() {
    LIBRARY=$(library)
    references() {
        nm -D --undefined-only --without-symbol-versions "$LIBRARY" | awk '{ print $NF }' | sort -u
    }
    # refuses NAME...: none of the names, nor their fortified forms, is referenced.
    refuses() {
        local found
        found=$(references | grep -Ex "$(printf '(__)?%s(_chk)?\n' "$@" | paste -sd'|')") || return 0
        printf 'referenced: %s\n' "$found" >&2
        return 1
    }
}

@test "it never ends the program" {
    # Not _exit: it ends a forked child that could not become the server (the test below says
    # where), without running the program's own atexit functions in it.
    refuses exit abort quick_exit atexit on_exit assert_fail longjmp siglongjmp raise
}

@test "it never prints" {
    refuses printf vprintf puts putchar putc_unlocked perror psignal stdout stderr stdin \
        syslog openlog warn warnx err errx error
}

@test "it leaves signals, locale, environment and limits alone" {
    refuses signal bsd_signal sysv_signal sigset setlocale uselocale setenv putenv unsetenv \
        clearenv fchdir alarm setitimer setrlimit
}

@test "what a forked child does to itself, before it becomes the server, is in one file" {
    run -0 nm -A --undefined-only "$QUIRE_BUILD/libquire-internal.a"
    found=$(printf '%s\n' "$output" |
        grep -E ' U (fork|vfork|_exit|_Exit|execv.*|umask|chdir|sigaction|set[ug]id|setgroups|setsid)$' |
        grep -v '/src_provider_process.c.o: \|:src_provider_process.c.o: ') || true
    if [ -n "$found" ]; then
        echo "$found" >&2
        return 1
    fi
}

@test "it runs no shell" {
    refuses system popen
}

@test "it calls nothing that answers in static memory" {
    refuses strtok strerror localtime gmtime asctime ctime rand srand random srandom getpwnam \
        getpwuid getgrnam getgrgid gethostbyname readdir64_r tmpnam tempnam ttyname getlogin \
        setpwent getpwent ptsname
}

@test "it calls nothing that cannot be bounded" {
    refuses strcpy strcat stpcpy sprintf vsprintf gets atoi atol atoll atof alloca scanf sscanf \
        __isoc99_sscanf isoc99_sscanf
}

@test "the check would see a reference" {
    cat >"$BATS_TEST_TMPDIR/bad.c" <<'C'
#include <stdio.h>
#include <stdlib.h>
void bad(int x);
void bad(int x)
{
    printf("%d\n", x);
    exit(1);
}
C
    cc -shared -fPIC -O2 -o "$BATS_TEST_TMPDIR/bad.so" "$BATS_TEST_TMPDIR/bad.c"
    LIBRARY=$BATS_TEST_TMPDIR/bad.so
    run -1 refuses exit abort
    run -1 refuses printf
    run -0 refuses system
}
