/*
 * build.h - from the catalog and the query files to the model. The files of the builder share this;
 * codegen.c calls qi_gen_build, nobody else includes it.
 */
#ifndef QI_GEN_BUILD_H
#define QI_GEN_BUILD_H

#include "base/arena.h"
#include "base/conf.h"
#include "catalog/catalog.h"
#include "codegen/model.h"
#include "codegen/names.h"
#include "codegen/query_file.h"

#include <quire/db.h>
#include <quire/error.h>

typedef struct qi_gen_input {
    const qi_conf *conf;
    const char *schema; /* the schema's file, as messages call it */
    const qi_catalog *catalog;
    quire_db *db; /* the scratch database with the schema in it */
    const qi_query_file *files;
    size_t file_count;
    const char *hash;
} qi_gen_input;

/* Something to know that is no failure. */
typedef struct qi_gen_warning {
    const char *text;
    struct qi_gen_warning *next;
} qi_gen_warning;

/* A table on its way: its row struct, its repository. */
typedef struct qi_gen_table {
    const qi_table *table;
    const char *sql;   /* as statements call it: "books", "sales.orders" */
    const char *words; /* "books": of the repository */
    const qi_gen_row *row;
    const qi_column **columns;   /* those that are not skipped, as the row has them */
    const char **names;          /* of the columns, quoted where SQL needs it */
    const char *select;          /* "id, author_id, ..." */
    const qi_column *deleted_at; /* or NULL */
    const qi_column *updated_at; /* or NULL */
} qi_gen_table;

typedef struct qi_gen_repo_draft {
    const char *words;
    const qi_gen_table *table; /* or NULL */
    const qi_query_file *file; /* or NULL */
    qi_gen_function *functions;
    size_t count;
    size_t room;
} qi_gen_repo_draft;

typedef struct qi_gen_builder {
    qi_gen_input in;
    qi_arena *arena;
    qi_gen_model model;
    qi_gen_enum *enums;
    qi_gen_row *rows; /* of tables */
    qi_gen_table *tables;
    size_t table_count;
    qi_gen_repo_draft *repos;
    size_t repo_count;
    qi_gen_scope names; /* of the header */
    qi_gen_warning *warnings;
    qi_gen_warning **last_warning;
} qi_gen_builder;

/*
 * Builds the model. All lies in the arena. QUIRE_SQL naming file, line and column where there are any,
 * else the table or type; QUIRE_MEMORY; what the server connection fails with.
 */
quire_status qi_gen_build(const qi_gen_input *input, qi_arena *arena, qi_gen_model *model,
                          const qi_gen_warning **warnings, quire_error *err);

/* ---- shared by the builder's files ----------------------------------------------------------- */

/* A text in the arena; NULL when there is no memory. */
#define QI_TEXT(b, ...) qi_arena_printf((b)->arena, __VA_ARGS__)

void qi_gen_warn(qi_gen_builder *b, const char *text);

/* "<prefix>_<words>" */
const char *qi_gen_name(qi_gen_builder *b, const char *words);

/* Takes a name of the header, and with it <name><suffix> for each suffix (NULL ends them). */
quire_status qi_gen_take(qi_gen_builder *b, const char *name, const char *const *suffixes,
                         const char *origin, quire_error *err);
quire_status qi_gen_take_row(qi_gen_builder *b, const qi_gen_row *row, const char *origin,
                             quire_error *err);

/* The name of a struct's member, claimed in its scope; warns about a key word. */
quire_status qi_gen_take_member(qi_gen_builder *b, qi_gen_scope *scope, const char *sql_name,
                                const char *origin, const char **name, quire_error *err);

/* The C form of a type, or false. */
bool qi_gen_find_type(const qi_gen_builder *b, uint32_t oid, qi_gen_type *out);

/* Enums and tables of the catalog (build_tables.c). */
quire_status qi_gen_build_enums(qi_gen_builder *b, quire_error *err);
quire_status qi_gen_build_tables(qi_gen_builder *b, quire_error *err);
const qi_gen_table *qi_gen_table_of(const qi_gen_builder *b, const qi_table *table);

/* Whether a queries file defines a function of this name, which then wins over a generated one. */
bool qi_gen_is_query(const qi_gen_builder *b, const qi_gen_repo_draft *repo, const char *words);

/* A zeroed function at the end of a repository, named and claimed. */
quire_status qi_gen_add_function(qi_gen_builder *b, qi_gen_repo_draft *repo, const char *words,
                                 const char *origin, qi_gen_function **out, quire_error *err);

/* The generated functions of a table (build_crud.c, build_relations.c). */
quire_status qi_gen_build_crud(qi_gen_builder *b, qi_gen_repo_draft *repo, quire_error *err);
quire_status qi_gen_build_relations(qi_gen_builder *b, qi_gen_repo_draft *repo, quire_error *err);

/* "where id = $1 and book_id = $2", and the parameters that go with it: the primary key as arguments. */
quire_status qi_gen_key(qi_gen_builder *b, const qi_gen_table *table, const char *alias,
                        const char **where, qi_gen_param **params, quire_error *err);

/* " and t.deleted_at is null", or nothing. */
const char *qi_gen_alive(qi_gen_builder *b, const qi_gen_table *table, const char *alias);

/* The row's columns as a select list, each behind `alias` where it is not NULL, broken into lines. */
const char *qi_gen_select_list(qi_gen_builder *b, const qi_gen_table *table, const char *alias,
                               size_t column);

/* A statement whose text stands. Long ones become parts. */
quire_status qi_gen_set_sql(qi_gen_builder *b, qi_gen_statement *statement, const char *sql,
                            quire_error *err);

/* The functions of a queries file (build_queries.c). */
quire_status qi_gen_build_queries(qi_gen_builder *b, qi_gen_repo_draft *repo, quire_error *err);

/* The name of an argument: none of those that every function has. */
quire_status qi_gen_take_argument(qi_gen_builder *b, qi_gen_scope *scope, const char *sql_name,
                                  const char *origin, const char **name, quire_error *err);

#endif
