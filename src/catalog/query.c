#include "catalog/query.h"

#include <stdlib.h>
#include <string.h>

const char *qi_query_named(const char *name)
{
    for (const qi_query *query = qi_queries; query->name; query++) {
        if (strcmp(query->name, name) == 0)
            return query->text;
    }
    return NULL;
}

void qi_query_add(qi_buffer *sql, const char *text, int server_version)
{
    static const char mark[] = "-- since ";
    for (const char *line = text; *line;) {
        const char *end = strchr(line, '\n');
        size_t length = end ? (size_t)(end - line) + 1 : strlen(line);
        size_t skipped = 0;
        if (strncmp(line, mark, sizeof mark - 1) == 0) {
            char *colon = NULL;
            long since = strtol(line + sizeof mark - 1, &colon, 10);
            if (*colon == ':' && server_version / 10000 >= since)
                skipped = (size_t)(colon - line) + 1;
        }
        qi_buffer_add_n(sql, line + skipped, length - skipped);
        line += length;
    }
}
