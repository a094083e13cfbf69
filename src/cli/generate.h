/* generate.h - the migrations of one provider on their way from schema to file. */
#ifndef QI_GENERATE_H
#define QI_GENERATE_H

#include "cli/cli.h"
#include "cli/planned.h"
#include "cli/source.h"
#include "migrate/migration.h"
#include "plan/plan.h"

#include <quire/db.h>

extern const qi_command qi_command_generate;

/* Migrations that are to be planned anew behind the others, of one provider. */
typedef struct qi_rebase {
    qi_migration_directory stay; /* what is history now */
    const qi_migration_file **gone;
    size_t gone_count;
    const char *sum;  /* the text of quire.sum before */
    const char *name; /* of the newest that goes; the new one has it too */
    bool done;        /* they are away */
} qi_rebase;

typedef struct qi_generation {
    quire_provider provider;
    const char *directory; /* of its migrations */
    quire_error err;       /* why there is no plan; status QUIRE_OK: there is one */
    qi_state states[2];    /* that the plan leads from and to, and points into; to be closed */
    qi_planned planned;
    const char **files; /* that were written */
    size_t file_count;
    const char *rows_of; /* a table that the schema writes rows to; NULL: none */
    bool first;          /* the directory was empty before */
    qi_rebase *rebase;   /* what goes before the plan is written; NULL: nothing */
} qi_generation;

/*
 * Chooses the migrations to be planned anew and sets generation->rebase: those of one of two branches, those
 * that quire.sum does not have, those that are older than an applied one. QUIRE_REFUSED, in
 * generation->err, where one of them is applied, or was written or edited by hand.
 */
void qi_rebase_find(qi_context *context, qi_generation *generation);

/* Takes the files away, quire.sum without them. On failure all is as it was. */
quire_status qi_rebase_begin(qi_generation *generation, quire_error *err);

/* Brings them back, when they are away. */
void qi_rebase_undo(qi_generation *generation);

/*
 * Plans and proves in scratch databases; writes nothing. What went wrong is in generation->err;
 * with QUIRE_REFUSED the plan may hold the reasons.
 */
void qi_generate_plan(qi_context *context, const qi_conf *conf, const qi_planning_task *task,
                      qi_generation *generation);

/* Writes the plan's files; `name` NULL: made from the steps. All of them or none. */
void qi_generate_write(qi_context *context, const char *name, qi_generation *generation);

/* Takes back the files that were written: all providers get theirs, or none. */
void qi_generate_take_back(qi_context *context, qi_generation *generation);

/* Writes a migration that is to be filled in by hand, the plan's refusals in it as comments. */
void qi_generate_empty(qi_context *context, const char *name, qi_generation *generation);

#endif
