#include "lint/rule.h"

#include "base/error.h"

#include <quire/sql.h>

#include <stdlib.h>
#include <string.h>

/* PUBLIC holds the API roles too, where there are any. */
static const char facts_query[] =
    "select c.oid, pg_relation_filenode(c.oid), exists ("
    "    select from aclexplode(c.relacl) a left join pg_roles r on r.oid = a.grantee"
    "    where r.rolname in ('anon', 'authenticated')"
    "       or a.grantee = 0 and exists (select from pg_roles where rolname = 'anon')) "
    "from pg_class c join pg_namespace n on n.oid = c.relnamespace "
    "where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' "
    "  and c.relkind in ('r', 'p', 'm', 'i', 'v') "
    "order by c.oid";

static quire_status read_facts(quire_db *db, qi_lint_state *state, quire_error *err)
{
    quire_rows rows = { 0 };
    quire_status status = quire_query(db, facts_query, NULL, 0, &rows, err);
    if (status != QUIRE_OK)
        return status;
    qi_lint_fact *facts = qi_arena_zero(&state->arena, rows.count + 1, sizeof *facts);
    for (size_t i = 0; facts && i < rows.count; i++) {
        const char *storage = quire_rows_value(&rows, i, 1);
        facts[i].oid = (uint32_t)strtoul(quire_rows_value(&rows, i, 0), NULL, 10);
        facts[i].storage = storage ? qi_arena_text(&state->arena, storage) : NULL;
        facts[i].exposed = strcmp(quire_rows_value(&rows, i, 2), "t") == 0;
    }
    state->facts = facts;
    state->fact_count = rows.count;
    quire_rows_free(&rows);
    return facts ? QUIRE_OK : qi_fail_memory(err);
}

static const char path_query[] =
    "select s.setting, p.name from pg_settings s "
    "left join lateral unnest(current_schemas(false)) with ordinality as p(name, n) on true "
    "where s.name = 'lock_timeout' order by p.n";

static quire_status read_settings(quire_db *db, qi_lint_state *state, quire_error *err)
{
    quire_rows rows = { 0 };
    quire_status status = quire_query(db, path_query, NULL, 0, &rows, err);
    if (status != QUIRE_OK)
        return status;
    state->path = qi_arena_zero(&state->arena, rows.count + 1, sizeof *state->path);
    bool whole = state->path != NULL;
    for (size_t i = 0; whole && i < rows.count; i++) {
        const char *name = quire_rows_value(&rows, i, 1);
        state->lock_timeout_ms = strtol(quire_rows_value(&rows, i, 0), NULL, 10);
        if (!name)
            continue;
        state->path[state->path_count] = qi_arena_text(&state->arena, name);
        whole = state->path[state->path_count++] != NULL;
    }
    quire_rows_free(&rows);
    return whole ? QUIRE_OK : qi_fail_memory(err);
}

quire_status qi_lint_state_open(const qi_lint *lint, qi_lint_state **out, quire_error *err)
{
    qi_lint_state *state = calloc(1, sizeof *state);
    if (!state)
        return qi_fail_memory(err);
    quire_status status =
        lint->db == lint->pool
            ? qi_catalog_read(lint->db, &state->arena, &state->catalog, err)
            : qi_catalog_read_within(lint->db, &state->arena, &state->catalog, err);
    if (status == QUIRE_OK)
        status = read_facts(lint->db, state, err);
    if (status == QUIRE_OK)
        status = read_settings(lint->db, state, err);
    if (status == QUIRE_OK)
        *out = state;
    else
        qi_lint_state_close(state);
    return status;
}

void qi_lint_state_close(qi_lint_state *state)
{
    if (state)
        qi_arena_free(&state->arena);
    free(state);
}

static int compare_fact(const void *key, const void *item)
{
    uint32_t oid = *(const uint32_t *)key;
    uint32_t other = ((const qi_lint_fact *)item)->oid;
    return oid < other ? -1 : oid > other;
}

const qi_lint_fact *qi_lint_fact_of(const qi_lint_state *state, uint32_t oid)
{
    if (!state->fact_count)
        return NULL;
    return bsearch(&oid, state->facts, state->fact_count, sizeof *state->facts, compare_fact);
}
