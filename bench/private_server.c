/*
 * private_server.c - how long the private server takes to come: the first time (initdb and all), with
 * its data there, and when it runs already; and a scratch database. Prints milliseconds.
 */
#include <quire/server.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define REUSES 20
#define RESTARTS 3

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1000 + (double)now.tv_nsec / 1e6;
}

static void check(bool ok, const quire_error *err)
{
    if (ok)
        return;
    quire_error_print(err, stderr);
    exit(EXIT_FAILURE);
}

static double start_ms(const char *directory)
{
    quire_error err = { 0 };
    quire_server server;
    double before = now_ms();
    check(quire_server_start(directory, &server, &err) == QUIRE_OK, &err);
    return now_ms() - before;
}

static void print_scratch(const char *directory)
{
    quire_error err = { 0 };
    double before = now_ms();
    quire_scratch *scratch = quire_scratch_open(directory, &err);
    check(scratch != NULL, &err);
    double opened = now_ms();
    quire_scratch_close(scratch);
    printf("scratch database made %8.1f ms\n", opened - before);
    printf("scratch database gone %8.1f ms\n", now_ms() - opened);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s DIRECTORY (an empty one; its .quire is deleted)\n", argv[0]);
        return EXIT_FAILURE;
    }
    const char *directory = argv[1];
    quire_error err = { 0 };
    check(quire_server_reset(directory, &err) == QUIRE_OK, &err);
    printf("first start           %8.1f ms\n", start_ms(directory));
    double best = 1e9;
    for (int i = 0; i < RESTARTS; i++) {
        check(quire_server_stop(directory, &err) == QUIRE_OK, &err);
        double took = start_ms(directory);
        best = took < best ? took : best;
    }
    printf("start with data       %8.1f ms (best of %d)\n", best, RESTARTS);
    best = 1e9;
    for (int i = 0; i < REUSES; i++) {
        double took = start_ms(directory);
        best = took < best ? took : best;
    }
    printf("already running       %8.1f ms (best of %d)\n", best, REUSES);
    print_scratch(directory);
    check(quire_server_reset(directory, &err) == QUIRE_OK, &err);
    return EXIT_SUCCESS;
}
