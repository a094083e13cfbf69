/*
 * lint.h - hazards in migrations: what a file would do to a database with data in it and a program
 * that is running.
 *
 * The migrations are replayed in a scratch database, so every rule sees the statement as libpg_query
 * reads it, the server's catalog before and after it, and what is new in the same file. A table that
 * the file makes itself is empty and unknown to any program: nothing about it blocks or breaks.
 *
 * A rule is a row (qi_lint_families); `quire lint --rules`, --explain and docs/lint.md show them.
 */
#ifndef QI_LINT_H
#define QI_LINT_H

#include "base/arena.h"
#include "migrate/migration.h"

#include <quire/db.h>
#include <quire/error.h>
#include <quire/provider.h>

#include <stdbool.h>
#include <stddef.h>

typedef enum qi_lint_severity {
    QI_LINT_WARNING = 1, /* worth knowing */
    QI_LINT_ERROR = 2    /* loses data, stops the application, or does not run */
} qi_lint_severity;

/* "warning", "error". Static text. */
const char *qi_lint_severity_name(qi_lint_severity severity);

struct qi_lint;
struct qi_lint_rule;
struct qi_lint_finding;

typedef void qi_lint_check(struct qi_lint *lint, const struct qi_lint_rule *rule);

/* What can be found. The texts are static; {table}, {column}, ... in `rewrite` stand for names. */
typedef struct qi_lint_rule {
    const char *id; /* "create-index" */
    qi_lint_severity severity;
    const char *hazards; /* hazards of a plan that state the same, separated by blanks; or NULL */
    const char *summary; /* when it fires, on one line */
    const char *why;     /* what happens then; a few sentences */
    const char *rewrite; /* the safe form: prose, and SQL indented by four blanks */
    /* For src/lint. Before a statement runs (of ALTER TABLE: for each of its commands); after it;
     * and whether a finding still holds at the end of the file. Any of them may be NULL. */
    qi_lint_check *before;
    qi_lint_check *after;
    bool (*holds)(struct qi_lint *lint, const struct qi_lint_finding *finding);
} qi_lint_rule;

typedef struct qi_lint_family {
    const char *name;          /* "destructive" */
    const qi_lint_rule *rules; /* ends with a row without an id */
} qi_lint_family;

/* All rules; ends with a row without a name. */
extern const qi_lint_family qi_lint_families[];

/* By id, with its family (may be NULL); NULL when there is none of that id. */
const qi_lint_rule *qi_lint_rule_named(const char *id, const qi_lint_family **family);

typedef struct qi_lint_finding {
    const qi_lint_rule *rule;
    const char *file; /* path */
    int line;
    int column;
    const char *object;  /* as SQL names it: "public.books.title"; or NULL */
    const char *table;   /* of the object, or the object itself; or NULL */
    const char *message; /* one line without a full stop */
    const char *rewrite; /* with the real names */
    const char *reason;  /* of the `-- quire: ignore` that silences it; NULL: it counts */
    size_t statement;    /* of the file, from 0 */
    struct qi_lint_finding *next;
} qi_lint_finding;

/* Everything lies in the arena. */
typedef struct qi_lint_report {
    qi_lint_finding *findings; /* by file, then place */
    qi_lint_finding *ignored;  /* silenced by -- quire: ignore */
    size_t errors;             /* of `findings` */
    size_t warnings;
} qi_lint_report;

/*
 * Replays a directory in `db`, a pool of one connection to a database that is as empty as the first
 * migration expects, and looks at the files that are `wanted` (as many as the directory has). A
 * statement that fails in another way than a rule knows of is an error with file, line and column, and so is
 * what the runner refuses; `out` then has what was found before it. With `roles` (the server is the
 * private one), a role that is named but not there is made.
 */
quire_status qi_lint_directory(quire_db *db, bool roles, quire_provider provider,
                               const qi_migration_directory *directory, const bool *wanted,
                               qi_arena *arena, qi_lint_report *out, quire_error *err);

#endif
