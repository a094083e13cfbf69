/*
 * values.h - values of every type for the tests of the codec, as text that PostgreSQL reads: those at the
 * ends of what a type holds, and as many others as wanted; and a connection to send them over.
 */
#ifndef TEST_VALUES_H
#define TEST_VALUES_H

#include "base/arena.h"
#include "types/codec.h"

#include <quire/db.h>
#include <quire/generated.h>

#include <libpq-fe.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TEST_VALUES = 2000 };

typedef struct test_subject {
    const char *sql; /* the type's name */
    int type;
    bool user_made; /* its OID is not known to the program */
    const char *(*make)(qi_arena *arena);
    const char *const extremes[24];
} test_subject;

extern const test_subject test_subjects[];
extern const size_t test_subject_count;

/* The enum "mood" of the database, with labels that need care. */
extern const quire_enum test_mood;

/* Starts the same sequence of values again. Not 0. */
void test_seed(uint64_t seed);

/* TEST_VALUES of them: the extremes, then what is made; a NULL now and then. */
const char *const *test_literals(const test_subject *subject, qi_arena *arena);

/* One number as numeric_in reads it. */
const char *test_numeric(qi_arena *arena);

/* What a descriptor says: 0 when the program does not know it. */
uint32_t test_subject_oid(const test_subject *subject, bool array);

/* A connection with the type mood, DateStyle ISO, IntervalStyle iso_8601 and UTC. PQfinish ends it. */
PGconn *test_connect(quire_db *db);

/* Runs statements that return nothing. */
void test_command(PGconn *connection, const char *sql);

/* Runs a query with one parameter. PQclear frees the result. */
PGresult *test_run(PGconn *connection, const char *sql, const qi_param_value *param, bool as_text);

/* A value of a result, where it lies. */
qi_cell test_cell(const PGresult *result, int row, int column);

#endif
