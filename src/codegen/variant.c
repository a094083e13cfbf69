#include "codegen/variant.h"
#include "base/buffer.h"
#include "base/error.h"

#define SQL_LIMIT (1024u * 1024u)

typedef struct writer {
    const qi_query_file *file;
    qi_buffer sql;
    qi_buffer origins; /* size_t items */
    int *order;
    size_t param_count;
} writer;

static void add(writer *w, const char *bytes, size_t length, size_t origin, bool moves)
{
    qi_buffer_add_n(&w->sql, bytes, length);
    for (size_t i = 0; i < length; i++) {
        size_t at = origin + (moves ? i : 0);
        qi_buffer_add_n(&w->origins, (const char *)&at, sizeof at);
    }
}

static size_t number_of(const writer *w, int param)
{
    for (size_t i = 0; i < w->param_count; i++)
        if (w->order[i] == param)
            return i + 1;
    return 0;
}

static void add_param(writer *w, const qi_query_piece *piece, bool apart)
{
    size_t number = apart ? 0 : number_of(w, piece->param);
    if (!number) {
        w->order[w->param_count++] = piece->param;
        number = w->param_count;
    }
    char text[32];
    qi_buffer digits;
    qi_buffer_init(&digits, sizeof text);
    qi_buffer_printf(&digits, "$%zu", number);
    add(w, digits.data, digits.length, piece->param_at.at, false);
    w->sql.failed = w->sql.failed || digits.failed;
    qi_buffer_free(&digits);
}

static void add_piece(writer *w, const qi_query_piece *piece, bool apart)
{
    if (piece->breaks)
        add(w, "\n", 1, piece->start, false);
    add(w, w->file->text + piece->start, piece->length, piece->start, true);
    if (piece->param != QI_QUERY_NONE)
        add_param(w, piece, apart);
}

quire_status qi_variant_build(const qi_query_file *file, const qi_query *query, const bool *holds,
                              bool apart, qi_arena *arena, qi_variant *out, quire_error *err)
{
    writer w = { .file = file };
    w.order = qi_arena_zero(arena, query->piece_count + 1, sizeof(*w.order));
    if (!w.order)
        return qi_fail_memory(err);
    qi_buffer_init(&w.sql, SQL_LIMIT);
    qi_buffer_init(&w.origins, SQL_LIMIT * sizeof(size_t));
    for (size_t i = 0; i < query->piece_count; i++) {
        int condition = query->pieces[i].condition;
        if (condition == QI_QUERY_NONE || holds[condition])
            add_piece(&w, &query->pieces[i], apart);
    }
    char *sql = NULL;
    size_t *origins = NULL;
    if (!w.sql.failed && !w.origins.failed) {
        sql = qi_arena_text_n(arena, w.sql.data, w.sql.length);
        origins = qi_arena_zero(arena, w.sql.length + 1, sizeof *origins);
    }
    if (sql && origins)
        for (size_t i = 0; i < w.sql.length; i++)
            origins[i] = ((const size_t *)(const void *)w.origins.data)[i];
    *out = (qi_variant){ .sql = sql,
                         .length = w.sql.length,
                         .origins = origins,
                         .order = w.order,
                         .param_count = w.param_count };
    qi_buffer_free(&w.sql);
    qi_buffer_free(&w.origins);
    return sql && origins ? QUIRE_OK : qi_fail_memory(err);
}
