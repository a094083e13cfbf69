/* sum.h - the lines of quire.sum, for what checks it and for what finds out how it came apart. */
#ifndef QI_SUM_H
#define QI_SUM_H

#include "migrate/migration.h"

enum { QI_SUM_LARGEST = 32 << 20 };

#define QI_SUM_HEADER "quire.sum 1"
_Static_assert(QI_SUM_VERSION == 1, "the header says which version");

/* A line of quire.sum, without its newline. */
typedef struct qi_sum_line {
    const char *text;
    size_t length;
    int number; /* from 1; 0: there is none */
} qi_sum_line;

typedef struct qi_sum_reader {
    const char *at;
    const char *end;
    int number;
} qi_sum_reader;

/* The next line that is not empty. */
qi_sum_line qi_sum_next(qi_sum_reader *reader);

bool qi_sum_starts(qi_sum_line line, const char *text);

/* Whether a line is about a file, by its name. */
bool qi_sum_names(qi_sum_line line, const char *file);

/* Adds the line that a file ought to have after the line `before`. False: out of memory. */
bool qi_sum_make(qi_sum_line before, const qi_migration_file *file, qi_buffer *out);

/* The files in the order of their lines: each migration, then what takes it back. */
typedef struct qi_sum_files {
    const qi_migration_file **files;
    size_t *owners; /* the index of the migration that each is of */
    size_t count;
} qi_sum_files;

bool qi_sum_list(const qi_migration_directory *directory, qi_arena *arena, qi_sum_files *out);

#endif
