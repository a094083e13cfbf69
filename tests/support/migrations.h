/*
 * migrations.h - a directory of migrations and a database of its own, for tests of the runner.
 *
 * What fails in here fails the running test.
 */
#ifndef TEST_MIGRATIONS_H
#define TEST_MIGRATIONS_H

#include "base/arena.h"

#include <quire/db.h>
#include <quire/migrate.h>

#include <stdint.h>

enum { EVENT_KINDS = 16 };

/* What the runner told, counted; `text` is the last one of each kind. */
typedef struct events {
    size_t count[EVENT_KINDS];
    char text[EVENT_KINDS][512];
    size_t total;
} events;

typedef struct migrations {
    char path[64];
    qi_arena arena;
    quire_error err;
    quire_db *db;
    size_t applied;
    events seen;
} migrations;

/* Fixtures of cmocka: *state is the migrations. */
int migrations_setup(void **state);
int migrations_teardown(void **state);

/* The path of a file in the directory. */
const char *path_of(migrations *m, const char *file);

/* Writes a file; add() writes quire.sum too. */
void put(migrations *m, const char *file, const char *text);
void add(migrations *m, const char *file, const char *text);
void seal(migrations *m);

/* on_event; the context is an events. */
void note_event(void *context, const quire_migrate_event *event);

/* The directory, a lock_timeout of 50 ms, events into m->seen. */
quire_migrate_options options_of(migrations *m);

/* quire_migrate with those options. */
quire_status migrate(migrations *m);

quire_migration_list status_of(migrations *m);

/* The number of rows of the history. */
int64_t history_rows(migrations *m);

#endif
