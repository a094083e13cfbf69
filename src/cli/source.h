/*
 * source.h - where a schema comes from: files, a directory of migrations, a live database. All of
 * them become the same thing, a scratch database with its catalog, which is what plans are made on.
 *
 * A live database is only read. Since a plan is tried where it starts, what is read is written as SQL
 * into a scratch database and compared; what does not come out the same is refused by name.
 */
#ifndef QI_SOURCE_H
#define QI_SOURCE_H

#include "base/arena.h"
#include "catalog/catalog.h"
#include "cli/cli.h"
#include "migrate/migration.h"
#include "plan/plan.h"

#include <quire/db.h>
#include <quire/observe.h>
#include <quire/server.h>

typedef enum qi_source_kind {
    QI_SOURCE_NOTHING = 0, /* an empty database */
    QI_SOURCE_SCHEMA,      /* a SQL file; with a provider, what is beside it for that one too */
    QI_SOURCE_DIRECTORY,   /* of SQL files, loaded in the order of their names */
    QI_SOURCE_MIGRATIONS,  /* a directory with a quire.sum, replayed as the runner does it */
    QI_SOURCE_DATABASE     /* a live one */
} qi_source_kind;

typedef struct qi_source {
    qi_source_kind kind;
    const char *shown; /* as messages call it; holds no password */
    const char *path;  /* of files */
    const char *url;   /* of a database; NULL: the provider's. May hold a password */
    const char *upto;  /* of migrations: the last version to replay; NULL: all */
    const qi_migration_directory *files; /* of migrations: read and checked already; NULL: not */
    quire_on_statement *on_statement;    /* of a live database, see qi_statement_log */
    quire_provider provider; /* whose schema file, or whose database; QUIRE_AUTO: nobody's */
    quire_provider platform; /* whose own objects are there and are left alone */
} qi_source;

/* A scratch database in the state that a source describes. Zeroed, it is nothing. */
typedef struct qi_state {
    qi_arena arena; /* of the catalog */
    quire_scratch *scratch;
    quire_db *db; /* a pool of one connection: what is SET there stays */
    qi_catalog catalog;
    bool live;         /* a copy of a live database */
    size_t migrations; /* of a directory of them: how many were replayed */
} qi_state;

/*
 * What a word of the command line means: the name of a provider is its live database, what holds ://
 * is a URL, `empty` is an empty database; everything else is a path, `./neon` too.
 * QUIRE_IO when there is nothing there, QUIRE_INVALID for a URL that is none.
 */
quire_status qi_source_find(qi_context *context, const char *word, qi_source *out,
                            quire_error *err);

/* The same for the parts of a project. */
qi_source qi_source_of_schema(qi_context *context, const qi_conf *conf, quire_provider provider);
quire_status qi_source_of_migrations(qi_context *context, quire_provider provider, qi_source *out,
                                     quire_error *err);

/*
 * The directory whose private server has the scratch databases: the project's, or outside of one
 * a directory of the user's own, so that no server is left behind where somebody looked at a file.
 */
quire_status qi_source_ground(qi_context *context, const qi_conf *conf, const char **directory,
                              quire_error *err);

/*
 * Makes the states of `count` sources, at most two, at the same time. On failure the first one's error
 * is told and all are closed. `options` are those of the plan to come: they say what of a live database
 * counts. To be closed with qi_states_close.
 */
quire_status qi_states_open(const char *directory, const qi_plan_options *options,
                            const qi_source *sources, qi_state *states, size_t count,
                            quire_error *err);

/* Zeroed states are fine. */
void qi_states_close(qi_state *states, size_t count);

/* The first table with rows in it, in the order of names; NULL: none. Rows are in no schema. */
quire_status qi_state_rows(const qi_state *state, qi_arena *arena, const char **table,
                           quire_error *err);

/* Reads the catalog again, after something was run there. */
quire_status qi_state_read(qi_state *state, quire_error *err);

#endif
