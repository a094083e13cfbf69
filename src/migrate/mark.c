/* How Quire tells a migration that it wrote from one that was written or edited by hand. */
#include "migrate/migration.h"

#include "syntax/sql.h"

#include <stdio.h>
#include <string.h>

/* Long enough that no edit meets it by accident; nothing else hangs on it. */
enum { DIGITS = 16, CHECKSUM = 2 + DIGITS };

static const char mark[] = "-- quire: generated ";

bool qi_migration_mark(qi_arena *arena, const char *text, const char **marked)
{
    qi_digest digest;
    char hex[QI_SHA256_HEX_SIZE];
    qi_digest_begin(&digest);
    qi_sql_normalise(text, strlen(text), qi_digest_add, &digest);
    *marked = qi_digest_end(&digest, hex) ? qi_arena_printf(arena, "%s\n%s%d:%.*s\n", text, mark,
                                                            QI_SUM_VERSION, DIGITS, hex)
                                          : NULL;
    return *marked != NULL;
}

bool qi_migration_is_as_generated(const qi_migration_file *file)
{
    const char *found = NULL;
    for (const char *at = strstr(file->text, mark); at; at = strstr(at + 1, mark))
        found = at;
    if (!found || (found > file->text && found[-1] != '\n'))
        return false;
    return strncmp(found + strlen(mark), file->checksum, CHECKSUM) == 0;
}
