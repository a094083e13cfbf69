/* parse_tree.h - SQL text to the tree that PostgreSQL's own parser makes of it. */
#ifndef QI_PARSE_TREE_H
#define QI_PARSE_TREE_H

#include "base/arena.h"

#include <pg_query/pg_query.pb-c.h>

#include <stddef.h>

/*
 * The tree lies in the arena, which frees it. NULL: the text does not parse, is longer than `most`
 * bytes, or memory is out.
 */
const PgQuery__ParseResult *qi_parse_tree(qi_arena *arena, const char *sql, size_t most);

#endif
