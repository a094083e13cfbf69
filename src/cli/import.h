/* import.h - migrations that another tool wrote, on their way to be Quire's. */
#ifndef QI_CLI_IMPORT_H
#define QI_CLI_IMPORT_H

#include "cli/cli.h"

extern const qi_command qi_command_import;

/* One migration as the tool has it. */
typedef struct qi_imported {
    const char *key;     /* by which the tool's history knows it */
    const char *version; /* 14 digits where the tool has a time; else NULL: its place decides */
    const char *name;
    const char *up;
    const char *down; /* NULL: none */
    bool alone;       /* said to be outside a transaction */
} qi_imported;

typedef struct qi_import {
    const char *tool;    /* "drizzle-kit" */
    const char *table;   /* of its history, as to_regclass takes it */
    const char *applied; /* a query for the keys of what is applied */
    bool up_to;          /* the query gives the last one only; all before it are applied too */
    qi_imported *list;   /* in the order in which they are applied */
    size_t count;
    const char *skipped; /* a file that is left out, or NULL */
} qi_import;

/*
 * Reads a directory of drizzle-kit, Prisma, dbmate, Flyway, goose or golang-migrate, which is told from
 * its files. QUIRE_REFUSED when it is of none of them; QUIRE_IO.
 */
quire_status qi_import_read(const char *path, qi_arena *arena, qi_import *out, quire_error *err);

#endif
