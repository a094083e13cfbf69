#include "catalog/ask.h"

#include "base/error.h"

#include <string.h>

#define PREFIX "quire_catalog_"

quire_status qi_ask(const qi_asking *asking, const char *name, const char *sql, quire_rows *rows,
                    quire_error *err)
{
    if (!asking->prepared)
        return quire_query(asking->db, sql, NULL, 0, rows, err);
    qi_arena *arena = asking->arena;
    const char *there = qi_arena_printf(arena, " " PREFIX "%s ", name);
    const char *run = qi_arena_printf(arena, "execute " PREFIX "%s", name);
    if (!there || !run)
        return qi_fail_memory(err);
    quire_status status = QUIRE_OK;
    if (!strstr(asking->prepared, there)) {
        const char *prepare = qi_arena_printf(arena, "prepare " PREFIX "%s as %s", name, sql);
        status = prepare ? quire_exec(asking->db, prepare, err) : qi_fail_memory(err);
    }
    return status == QUIRE_OK ? quire_query(asking->db, run, NULL, 0, rows, err) : status;
}
