/*
 * fuzz.h - what a fuzz target is: a function that takes any bytes and never fails, and aborts where
 * what it checks does not hold.
 *
 * Each target is built twice: with corpus.c, which runs it over files (`meson test` does so with its
 * corpus), and with -Dfuzz=true (clang) as a libFuzzer program that looks for new ones.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* As assert, but in every build. */
#define FUZZ_CHECK(condition)                                                                      \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition);         \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

#endif
