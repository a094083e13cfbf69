/* What Quire writes about a migration into it: that it wrote it, and which ones it replaces. */
#include "migrate/migration.h"

#include "base/error.h"
#include "syntax/sql.h"

#include <stdio.h>
#include <string.h>

/* Long enough that no edit meets it by accident; nothing else hangs on it. */
enum { DIGITS = 16, CHECKSUM = 2 + DIGITS };

static const char mark[] = "-- quire: generated ";
static const char replaces[] = "-- quire: replaces ";

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

void qi_replaced_write(const qi_migration_file *file, qi_buffer *out)
{
    qi_buffer_printf(out, "%s%s %.*s\n", replaces, file->version, CHECKSUM, file->checksum);
}

/* "20260101000000 1:5b6e..." */
static bool read_line(const char *text, size_t length, qi_arena *arena, qi_replaced *out)
{
    enum { VERSION = QI_VERSION_SIZE - 1 };
    if (length < VERSION + 1 + CHECKSUM)
        return true;
    out->version = qi_arena_text_n(arena, text, VERSION);
    out->checksum = qi_arena_text_n(arena, text + VERSION + 1, CHECKSUM);
    return out->version && out->checksum;
}

quire_status qi_replaced_read(const qi_migration_file *file, qi_arena *arena,
                              const qi_replaced **out, size_t *count, quire_error *err)
{
    size_t room = 0;
    *out = NULL;
    *count = 0;
    for (const char *at = strstr(file->text, replaces); at; at = strstr(at + 1, replaces))
        room++;
    if (room == 0)
        return QUIRE_OK;
    qi_replaced *list = qi_arena_zero(arena, room, sizeof *list);
    qi_lexer lexer;
    qi_lexer_init(&lexer, file->text, file->length);
    qi_token t = qi_lexer_next(&lexer);
    for (; list && (t.kind == QI_TOKEN_SPACE || t.kind == QI_TOKEN_COMMENT);
         t = qi_lexer_next(&lexer)) {
        const char *comment = file->text + t.start;
        size_t prefix = strlen(replaces);
        if (*count == room || t.length < prefix || strncmp(comment, replaces, prefix) != 0)
            continue;
        if (!read_line(comment + prefix, t.length - prefix, arena, &list[*count]))
            return qi_fail_memory(err);
        *count += list[*count].version != NULL;
    }
    *out = list;
    return list ? QUIRE_OK : qi_fail_memory(err);
}
