/*
 * rule.h - what rules see and how they report. For the files of src/lint.
 *
 * A rule never fails: what it cannot see, it does not report; out of memory is noted in the run and
 * ends it afterwards.
 */
#ifndef QI_LINT_RULE_H
#define QI_LINT_RULE_H

#include "catalog/catalog.h"
#include "catalog/object.h"
#include "lint/lint.h"
#include "syntax/sql.h"

#include <pg_query/pg_query.pb-c.h>

#include <stdint.h>

/* What the catalog does not tell of a relation. */
typedef struct qi_lint_fact {
    uint32_t oid;
    const char *storage; /* pg_relation_filenode: another one is another file; or NULL */
    bool exposed;        /* granted to the API roles anon or authenticated */
} qi_lint_fact;

/* A database between two statements. */
typedef struct qi_lint_state {
    qi_arena arena;
    qi_catalog catalog;
    const qi_lint_fact *facts; /* by OID */
    size_t fact_count;
    const char **path; /* search_path, as far as it exists */
    size_t path_count;
    long lock_timeout_ms; /* 0: without end */
} qi_lint_state;

/* A comment with a meaning, and the statement below it. */
typedef enum qi_directive_kind {
    QI_DIRECTIVE_IGNORE = 1, /* -- quire: ignore WORD REST */
    QI_DIRECTIVE_HAZARD,     /* -- hazard: WORD: REST */
    QI_DIRECTIVE_CHECK       /* -- quire: check WORD: REST */
} qi_directive_kind;

typedef struct qi_directive {
    qi_directive_kind kind;
    const char *word;
    const char *rest;
    size_t statement; /* below it; the number of statements when there is none */
    int line;
    int column;
    bool used;
} qi_directive;

typedef struct qi_lint_statement {
    qi_sql_statement place;
    size_t paragraph; /* statements without an empty line between them share one */
} qi_lint_statement;

typedef struct qi_lint {
    quire_db *pool;
    quire_db *db; /* what statements run on: a transaction, or the pool */
    bool roles;   /* that are missing may be made */
    quire_provider provider;
    qi_arena *arena; /* of the findings */
    const qi_migration_file *file;
    bool alone; /* -- quire: no-transaction */
    const qi_lint_statement *statements;
    size_t statement_count;
    qi_directive *directives;
    size_t directive_count;

    qi_lint_state *start;  /* at the start of the file */
    qi_lint_state *before; /* the statement */
    qi_lint_state *after;  /* the statement, or the end of the file; NULL: it has not run yet */

    /* The statement. */
    qi_arena tree;
    size_t at;
    const char *sql;
    const PgQuery__Node *node;             /* NULL: newer than the parser */
    const PgQuery__AlterTableCmd *command; /* of ALTER TABLE in `before`; else NULL */
    size_t command_at;                     /* where it begins, in bytes */

    qi_lint_finding *findings; /* of this file, newest first */
    size_t reached;            /* how many statements have run */
    bool failed;               /* out of memory */
} qi_lint;

/* The names that go into a rule's rewrite. */
typedef struct qi_lint_names {
    const char *table;
    const char *column;
    const char *name;
    const char *type;
    const char *text;
} qi_lint_names;

/* Parses one statement; NULL when the parser cannot read it. */
const PgQuery__Node *qi_lint_parse(qi_arena *arena, const char *sql);

/* Whether a statement is nested too deeply to be parsed: `1 + 1 + ...` nests with each sign. */
bool qi_lint_is_deep(const char *sql);
/* Where each of the commands of an ALTER TABLE begins, in bytes. */
size_t qi_lint_command_at(const char *sql, const PgQuery__AlterTableStmt *statement, size_t index);
/* Finds the comments with a meaning, and statements' paragraphs. */
quire_status qi_lint_comments(qi_lint *lint, quire_error *err);
/* Takes what is ignored or stated out of the file's findings, and reports ignores that are wrong. */
void qi_lint_silence(qi_lint *lint, qi_lint_report *out);

/* Reads the state of `lint->db`. Ends with qi_lint_state_close; NULL is fine there. */
quire_status qi_lint_state_open(const qi_lint *lint, qi_lint_state **out, quire_error *err);
void qi_lint_state_close(qi_lint_state *state);
const qi_lint_fact *qi_lint_fact_of(const qi_lint_state *state, uint32_t oid);

/*
 * Reports. `offset` is where in the statement, in bytes; `object` and `names` may be NULL. Texts are
 * copied.
 */
void qi_lint_find(qi_lint *lint, const qi_lint_rule *rule, size_t offset, const char *object,
                  const qi_lint_names *names, const char *format, ...)
    __attribute__((format(printf, 6, 7)));

/* Text in the arena of the findings; never NULL. */
const char *qi_lint_text(qi_lint *lint, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* A name as SQL needs it; schema NULL: alone. */
const char *qi_lint_name(qi_lint *lint, const char *schema, const char *name);
const char *qi_lint_table_name(qi_lint *lint, const qi_table *table);
/* "public.books.title". */
const char *qi_lint_column_name(qi_lint *lint, const qi_table *table, const char *column);
/* The statement with a word behind the first `after` of it: CREATE INDEX CONCURRENTLY. */
const char *qi_lint_insert(qi_lint *lint, const char *after, const char *word);

/* The relation that a name means in `before`; NULL: a temporary or system one, or none. */
const qi_object *qi_lint_relation(const qi_lint *lint, const char *schema, const char *name);
const qi_table *qi_lint_table(const qi_lint *lint, const PgQuery__RangeVar *name);
/* The same for a list of names, as DROP has it. */
const qi_object *qi_lint_relation_named(const qi_lint *lint, const PgQuery__Node *names);
const char *qi_lint_string(const PgQuery__Node *node);

/* The table of an ALTER TABLE, in `before`. */
const qi_table *qi_lint_altered(const qi_lint *lint);
/* Whether a relation was there before the file: it has rows, and programs know it. */
bool qi_lint_is_old(const qi_lint *lint, uint32_t oid);

/*
 * The next table of a list of names that is older than the file, from *at on, and its name in the
 * statement; NULL: there is none any more.
 */
const qi_table *qi_lint_next_old(const qi_lint *lint, PgQuery__Node *const *names, size_t count,
                                 size_t *at, const PgQuery__RangeVar **name);
/* An object of one state in another, by its place in pg_depend; NULL: it is not there. */
const qi_object *qi_lint_same(const qi_lint_state *state, const qi_object *object);
/* Whether the statement made the object. */
bool qi_lint_is_made(const qi_lint *lint, const qi_object *object);
bool qi_lint_is(const qi_object *object, const char *kind);

/* Where the statement names a column or constraint; its start when it does not. */
size_t qi_lint_place_of(const qi_lint *lint, const char *name);

/* An option of a utility command that is on: `(CONCURRENTLY)`, VACUUM FULL. */
bool qi_lint_option(PgQuery__Node *const *options, size_t count, const char *name);

extern const qi_lint_rule qi_lint_destructive[];
extern const qi_lint_rule qi_lint_blocking_index[];
extern const qi_lint_rule qi_lint_blocking_constraint[];
extern const qi_lint_rule qi_lint_blocking_table[];
extern const qi_lint_rule qi_lint_breaking[];
extern const qi_lint_rule qi_lint_transactional[];
extern const qi_lint_rule qi_lint_style[];
extern const qi_lint_rule qi_lint_directive[];

#endif
