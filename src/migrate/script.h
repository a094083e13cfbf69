/*
 * script.h - the text of a migration as the runner sees it: checks, statements, directives.
 *
 * A directive is a comment line `-- quire: ...`:
 *
 *     -- quire: no-transaction                    above the first statement: each statement of the
 *                                                 file is a transaction of its own
 *     -- quire: check HAZARD: OBJECT: MESSAGE     above one SELECT, above all other statements:
 *                                                 when it gives a row, the file is not begun
 *
 *     -- quire: generated CHECKSUM                says that Quire wrote the file (migration.h)
 *     -- quire: replaces VERSION CHECKSUM         names a migration that was squashed into this one
 *
 * `-- hazard: HAZARD: OBJECT: TEXT` says what is to be known of the statement under it. Other
 * tools' directives (`ignore`, `renamed from`) are left alone; one that nobody knows is refused,
 * since a misspelt one would be without effect.
 *
 * Knows SQL text, and the public API to run it with: the command links this too.
 */
#ifndef QI_SCRIPT_H
#define QI_SCRIPT_H

#include "base/arena.h"
#include "migrate/migration.h"

#include <quire/db.h>
#include <quire/error.h>

#include <stdbool.h>
#include <stddef.h>

/* Whether a statement can be in a transaction, and if not, what tells if it has been executed. */
typedef enum qi_alone {
    QI_TOGETHER = 0,      /* it can */
    QI_CREATE_INDEX,      /* CREATE INDEX CONCURRENTLY: a valid index of that name on that table */
    QI_DROP_INDEX,        /* DROP INDEX CONCURRENTLY: no such index */
    QI_DETACH_PARTITION,  /* DETACH PARTITION ... CONCURRENTLY: no row, or a pending one, in
                             pg_inherits */
    QI_CREATE_DATABASE,   /* pg_database */
    QI_DROP_DATABASE,     /* pg_database */
    QI_CREATE_TABLESPACE, /* pg_tablespace */
    QI_DROP_TABLESPACE,   /* pg_tablespace */
    QI_REPEATABLE         /* it may simply be run again: VACUUM, REINDEX, ALTER SYSTEM */
} qi_alone;

typedef struct qi_script_statement {
    const char *sql; /* without the semicolon */
    size_t start;    /* in the text */
    int line;
    int column;
    qi_alone alone;
    bool concurrently; /* with an alone one: it waits for other transactions itself */
    bool conditional;  /* IF NOT EXISTS, IF EXISTS */
    bool settings;     /* SET, RESET, select set_config(...): of the session */
    const char
        *object;       /* with an alone one: the name as it stands there, "public.\"i\""; or NULL */
    const char *table; /* of CREATE INDEX, the parent of DETACH PARTITION */
} qi_script_statement;

typedef struct qi_check {
    const char *hazard;
    const char *object;
    const char *message;
    const char *sql;
    size_t start;
    int line;
    int column;
} qi_check;

typedef struct qi_script_hazard {
    const char *hazard;
    const char *object;
    const char *text;
    size_t statement; /* the index of the one under it */
} qi_script_hazard;

typedef struct qi_script {
    const char *file; /* for messages */
    const char *text;
    size_t length;
    bool transaction; /* no `-- quire: no-transaction` */
    const qi_check *checks;
    size_t check_count;
    const qi_script_hazard *hazards;
    size_t hazard_count;
    const qi_script_statement *statements; /* the checks' SELECTs are not among them */
    size_t count;
} qi_script;

/*
 * Reads a text, which stays as it is and must live as long as `out`; the rest lies in the arena.
 * QUIRE_REFUSED with file, line and column: what a file of its kind cannot hold (its own COMMIT; in
 * one transaction CREATE INDEX CONCURRENTLY, VACUUM, ...; COPY from or to the client), a directive
 * that is misspelt or misplaced. QUIRE_SQL for text that has no end.
 */
quire_status qi_script_parse(const char *file, const char *text, size_t length, qi_arena *arena,
                             qi_script *out, quire_error *err);

/* Whether it is the name of a hazard: "deletes_data", "may_fail", ... */
bool qi_hazard_is_known(const char *name);

/* The names of all hazards for a message: "deletes_data, may_fail, ...". Static text. */
const char *qi_hazard_names(void);

/*
 * Whether HAZARD or HAZARD:OBJECT, as it was allowed, covers a hazard of an object.
 */
bool qi_hazard_is_allowed(const char *allowed, const char *hazard, const char *object);

/* Completes the error of a statement: file, line and column of the server's position, or where it
 * gives none of the statement, and its number behind the server's detail. */
void qi_script_explain(quire_error *err, const qi_script *script, size_t statement);

/*
 * Runs the statements of a text one by one in a transaction, *done counting those that succeeded of
 * *total. The checks are left out. Errors as qi_script_explain completes them.
 */
quire_status qi_script_run(quire_db *transaction, const char *file, const char *text, size_t length,
                           qi_arena *arena, size_t *done, size_t *total, quire_error *err);

/* Refuses what qi_script_parse refuses, and a text that is not to be one transaction. */
quire_status qi_script_check(const char *file, const char *text, size_t length, qi_arena *arena,
                             quire_error *err);

/*
 * Runs a migration (or its down file) in a scratch database as the runner runs it in a real one, one
 * transaction or one for each statement, but without checks, lock and history. `db` is a pool of
 * one connection; what earlier files set there is reset first. On failure the statements of a file
 * without a transaction that ran before stay.
 */
quire_status qi_migration_replay(quire_db *db, const qi_migration_file *file, qi_arena *arena,
                                 quire_error *err);

#endif
