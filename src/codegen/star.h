/*
 * star.h - `b.*` in a query, written out as the columns that it is when the code is generated.
 *
 * A statement that names its columns goes on working when its table gets another one, so a database
 * can be migrated before the programs on it are compiled again.
 */
#ifndef QI_GEN_STAR_H
#define QI_GEN_STAR_H

#include "codegen/query_file.h"
#include "codegen/variant.h"

/*
 * Writes out the only star of the result's list, where it is `*` over one table or `name.*`. `facts` are
 * those of the query as it stands. `out_file` and `out_query` are copies in the arena, with pieces that
 * lie behind the end of the file's text. *changed tells whether there is such a star; the server has to
 * say whether the result is the same. QUIRE_MEMORY.
 */
quire_status qi_query_write_out_star(const qi_query_file *file, const qi_query *query,
                                     const qi_query_facts *facts, qi_arena *arena,
                                     qi_query_file *out_file, qi_query *out_query, bool *changed,
                                     quire_error *err);

#endif
