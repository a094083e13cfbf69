/*
 * cli.h - what the commands of `quire` share: the table of commands, options as rows, exit codes,
 * output. One file a command, each defining one `const qi_command`.
 *
 * Data goes to standard output, everything else (progress, notes, errors) to standard error. With
 * --json, standard output is one JSON document. Colour only on a terminal and without NO_COLOR.
 */
#ifndef QI_CLI_H
#define QI_CLI_H

#include "base/arena.h"
#include "base/conf.h"

#include <quire/db.h>
#include <quire/error.h>
#include <quire/observe.h>
#include <quire/provider.h>

#include <stdbool.h>
#include <stddef.h>

/* Providers that a command can be about at once. */
#define QI_PROVIDERS_MOST 16

/* Exit codes; `quire help exit-codes` and the man page print this table. */
typedef enum qi_exit {
    QI_EXIT_OK = 0,
    QI_EXIT_DIFFERENT = 1, /* a check found something: stale code, pending migrations */
    QI_EXIT_USAGE = 2,     /* the command line is wrong */
    QI_EXIT_CONFIG = 3,    /* environment, .env, quire.conf */
    QI_EXIT_CONNECT = 4,   /* no connection: no server to be had, a refused login, a time limit */
    QI_EXIT_SQL = 5,       /* SQL failed: schema, query, migration, seed */
    QI_EXIT_REFUSED = 6,   /* refused as unsafe; the hint says how to go on */
    QI_EXIT_FAILED = 7,    /* a file or process of the operating system */
    QI_EXIT_INTERNAL = 70  /* a defect in quire */
} qi_exit;

/* One option. Help, man page and the parser all read these rows. */
typedef struct qi_option {
    const char *name;  /* "--name" */
    const char *value; /* what stands for its value in help, "NAME"; NULL: it takes none */
    const char *help;  /* one line, no full stop */
} qi_option;

/* An option as it was given. */
typedef struct qi_given {
    const qi_option *option;
    const char *value;
} qi_given;

typedef struct qi_args {
    const char *const *positional;
    size_t positional_count;
    const struct qi_command *command;
    const char **values; /* by option row: NULL when not given, "" for a flag that was */
    qi_given *given;     /* all of the command's own options, in their order */
    size_t given_count;
} qi_args;

/* What every command gets. */
typedef struct qi_context {
    qi_arena arena;        /* lives as long as the command runs */
    const char *directory; /* where to look for the project: -C DIR, else "." */
    bool json;             /* --json was given */
    bool debug;            /* --debug was given, or QUIRE_DEBUG is set */
    bool terminal;         /* standard error is a terminal */
    bool colour;           /* on standard error */
    bool answered;         /* qi_print_json has written the document */
} qi_context;

typedef struct qi_command {
    const char *name;
    const char *arguments;   /* for the usage line; @ stands for the providers: "[@|all]" */
    const char *summary;     /* one line, for the list of commands */
    const char *description; /* a few sentences, wrapped at 80 columns */
    size_t most_positional;  /* more of them is a usage error */
    bool in_project;         /* it makes no sense outside of a project, see qi_project_needed */
    const char *verbatim;    /* behind this first argument all words are another program's */
    bool has_json;           /* --json is understood */
    bool has_debug;          /* --debug is understood: it opens a provider by qi_open, or reads its
                                database by source.h */
    const qi_option
        *options; /* ends with a row without a name; --json, --debug, --help, -C are added */
    qi_exit (*run)(qi_context *context, const qi_args *args);
} qi_command;

/* All commands in the order of the help, NULL at the end (src/cli/main.c). */
extern const qi_command *const qi_commands[];

bool qi_args_flag(const qi_args *args, const char *name);
/* The value of an option, or NULL; the last one when it was given several times. */
const char *qi_args_value(const qi_args *args, const char *name);
/* All values of an option that may be given several times; NULL: out of memory. */
const char *const *qi_args_values(const qi_args *args, const char *name, qi_arena *arena,
                                  size_t *count);
/* A positional argument, or NULL. */
const char *qi_args_at(const qi_args *args, size_t index);

/*
 * Prints an error on standard error and returns the exit code that goes with its status. With
 * --json it is the document on standard output as well, { "error": { ... } }, unless the command has
 * written one already.
 */
qi_exit qi_report(const qi_context *context, const quire_error *err);

/* Prints how the command is held wrong, with its usage line. Returns QI_EXIT_USAGE. */
qi_exit qi_usage(const qi_context *context, const qi_args *args, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/*
 * Prints the one JSON document of a command on standard output. Takes over the reference; NULL
 * counts as out of memory, so that a json_pack that failed need not be checked. Returns
 * QI_EXIT_OK or what went wrong, reported.
 */
struct json_t;
qi_exit qi_print_json(qi_context *context, struct json_t *document);

/* A quire_error as a new JSON object with stable keys; what there is nothing to say of is left out.
 * NULL when out of memory. */
struct json_t *qi_error_json(const quire_error *err);

/* Prints cells (row by row, NULL is empty) as aligned columns on standard output, in UTF-8. */
void qi_print_table(const char *const *cells, size_t rows, size_t columns);

/* A note for the person at the terminal, on standard error, nothing with --json. */
void qi_note(const qi_context *context, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * The providers that a command is about: positional argument `index` is a provider's name, `all`,
 * or absent: the one that the environment chooses.
 */
qi_exit qi_providers(qi_context *context, const qi_args *args, size_t index,
                     quire_provider providers[QI_PROVIDERS_MOST], size_t *count);

/*
 * Opens a provider's database as quire_open does, from the context's directory. With --debug, each
 * statement is printed on standard error.
 */
quire_db *qi_open(const qi_context *context, quire_provider provider, quire_error *err);

/* What qi_open gives as on_statement: NULL without --debug. */
quire_on_statement *qi_statement_log(const qi_context *context);

/* The names of all providers, with something between them. */
void qi_provider_names(char *text, size_t size, const char *glue);

/*
 * Refuses, reported, a directory that has nothing of a project: neither a quire.conf, here or above, nor
 * one of the files that there would be without one. A command in the wrong directory would else find
 * nothing to do, and say that all is well.
 */
qi_exit qi_project_needed(qi_context *context);

/* Reads quire.conf into the context's arena, reporting a failure. */
qi_exit qi_project(qi_context *context, qi_conf *out);

#endif
