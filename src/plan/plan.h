/*
 * plan.h - two catalogs in, the ordered steps from one to the other out.
 *
 * A step is SQL with what could go wrong with it (hazards). What Quire cannot write, or cannot tell,
 * is a refusal: it names the object, what differs and what to do, and a plan with refusals is
 * not to be applied at all. The plan is the same each time for the same two catalogs.
 *
 * Everything lies in the arena and is constant.
 */
#ifndef QI_PLAN_H
#define QI_PLAN_H

#include "base/arena.h"
#include "base/buffer.h"
#include "catalog/catalog.h"

#include <quire/error.h>

#include <stdbool.h>
#include <stddef.h>

typedef enum qi_hazard_kind {
    QI_HAZARD_MAY_FAIL = 1,      /* on rows that are there: a new constraint that they break */
    QI_HAZARD_REWRITES = 2,      /* every row of the table is written again, all access waits */
    QI_HAZARD_BLOCKS_WRITES = 3, /* writers wait while it runs, which takes long on a large table */
    QI_HAZARD_AUTHORIZATION = 4, /* who may see or change what */
    QI_HAZARD_DELETES_DATA = 5,
    QI_HAZARD_BLOCKS_READS = 6,   /* readers wait too */
    QI_HAZARD_BUILDS_INDEX = 7,   /* work for the server, though nobody waits for it */
    QI_HAZARD_BREAKS = 8,         /* programs that still use what is dropped or changed fail */
    QI_HAZARD_NO_TRANSACTION = 9, /* a failure half way leaves what was done before it */
    QI_HAZARD_UNMODELLED = 10     /* Quire does not see all of the object */
} qi_hazard_kind;

/*
 * "may_fail", "rewrites_table", "blocks_writes", "authorization", "deletes_data", "blocks_reads",
 * "builds_index", "breaks_application", "not_transactional", "unmodelled". Static text.
 */
const char *qi_hazard_name(qi_hazard_kind kind);

typedef struct qi_hazard {
    qi_hazard_kind kind;
    const char *object; /* "public.books" */
    const char *text;   /* a sentence without a full stop */
} qi_hazard;

/* Asked before anything of the file is run: a row that it finds stops the migration. */
typedef struct qi_precheck {
    qi_hazard_kind kind;
    const char *object; /* "public.books.title" */
    const char *text;   /* what a row means: "rows have no title" */
    const char *sql;    /* one SELECT that finds at most a few rows, without semicolon */
} qi_precheck;

typedef struct qi_step {
    const char *summary; /* "add column public.books.subtitle" */
    const char *slug;    /* for the name of a file: "add_books_subtitle" */
    const char *sql;     /* statements, each with its semicolon, ends with a newline */
    const qi_hazard *hazards;
    size_t hazard_count;
    const qi_precheck *checks;
    size_t check_count;
    const struct qi_object *function; /* of desired: makes it, with its body; or NULL */
    bool unchecked; /* PostgreSQL must not check the body of a function when it is made */
    bool early;     /* the body may use what a later step makes */
    size_t file;    /* from 0, never less than of the step before */
} qi_step;

typedef struct qi_plan_file {
    bool alone; /* each statement is its own transaction; else the file is one */
} qi_plan_file;

typedef struct qi_refusal {
    const char *object; /* "column public.books.title" */
    const char *text;   /* what differs, the rest of a sentence: "has type integer, ..." */
    const char *hint;   /* beyond writing it by hand: "looks like a rename of ..."; or NULL */
} qi_refusal;

typedef struct qi_plan {
    const qi_step *steps; /* in order */
    size_t step_count;
    const qi_plan_file *files;
    size_t file_count; /* 0 without steps */
    const qi_refusal *refusals;
    size_t refusal_count;
} qi_plan;

typedef struct qi_plan_options {
    bool no_renames; /* something gone and something new are never taken for a rename */
    bool privileges; /* owners, grants and default privileges are compared too */
    bool offline;    /* nobody else is there: plain forms instead of those that let others work */
} qi_plan_options;

/*
 * Plans how `present` becomes `desired`. QUIRE_OK also with refusals; no steps and no refusals: the
 * two are the same. `options` may be NULL: all false. QUIRE_MEMORY.
 */
quire_status qi_plan_make(const qi_catalog *present, const qi_catalog *desired,
                          const qi_plan_options *options, qi_arena *arena, qi_plan *out,
                          quire_error *err);

/* Fails with QUIRE_REFUSED, naming as many objects as fit, when there is any refusal. */
quire_status qi_plan_check(const qi_plan *plan, quire_error *err);

/*
 * Has the server check the bodies of the functions that the plan makes in `db`, where all of `desired` is:
 * one that fails there is added to the refusals. Until then the plan has no body checked when it is made; a
 * body that can be is from then on, so that the plan says so only where it must. QUIRE_CONNECT,
 * QUIRE_LOST, QUIRE_MEMORY.
 */
quire_status qi_plan_check_bodies(quire_db *db, qi_arena *arena, qi_plan *plan, quire_error *err);

/* The SQL of one of the plan's files: its checks, then the steps with their hazards as comments. */
void qi_plan_write(const qi_plan *plan, size_t file, qi_buffer *sql);

/* A name for one of the files: "add_books_subtitle", "create_books_and_more". NULL: no memory. */
const char *qi_plan_name(const qi_plan *plan, size_t file, qi_arena *arena);

#endif
