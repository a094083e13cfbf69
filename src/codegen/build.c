#include "codegen/build.h"
#include "base/error.h"

#include <string.h>

void qi_gen_warn(qi_gen_builder *b, const char *text)
{
    for (const qi_gen_warning *w = b->warnings; text && w; w = w->next)
        if (strcmp(w->text, text) == 0)
            return;
    qi_gen_warning *warning = text ? qi_arena_zero(b->arena, 1, sizeof *warning) : NULL;
    if (!warning)
        return; /* no memory: the next step fails with it */
    warning->text = text;
    *b->last_warning = warning;
    b->last_warning = &warning->next;
}

const char *qi_gen_name(qi_gen_builder *b, const char *words)
{
    return QI_TEXT(b, "%s_%s", b->model.prefix, words);
}

quire_status qi_gen_take(qi_gen_builder *b, const char *name, const char *const *suffixes,
                         const char *origin, quire_error *err)
{
    if (!name || !origin)
        return qi_fail_memory(err);
    quire_status status = qi_gen_claim(&b->names, b->arena, name, origin, err);
    for (; suffixes && *suffixes && status == QUIRE_OK; suffixes++) {
        const char *whole = QI_TEXT(b, "%s%s", name, *suffixes);
        status =
            whole ? qi_gen_claim(&b->names, b->arena, whole, origin, err) : qi_fail_memory(err);
    }
    return status;
}

quire_status qi_gen_take_row(qi_gen_builder *b, const qi_gen_row *row, const char *origin,
                             quire_error *err)
{
    static const char *const plain[] = { "_free", NULL };
    static const char *const list[] = { "_free", "_list", "_list_free", NULL };
    return qi_gen_take(b, row->c_name, row->has_list ? list : plain, origin, err);
}

static quire_status take_scoped(qi_gen_builder *b, qi_gen_scope *scope, const char *sql_name,
                                const char *origin, bool *clashed, const char **name,
                                quire_error *err)
{
    *name = qi_gen_member(b->arena, sql_name, clashed);
    if (!*name || !origin)
        return qi_fail_memory(err);
    if (!**name)
        return qi_fail(err, QUIRE_SQL, "%s has no letter to make a C name of", origin);
    return qi_gen_claim(scope, b->arena, *name, origin, err);
}

quire_status qi_gen_take_member(qi_gen_builder *b, qi_gen_scope *scope, const char *sql_name,
                                const char *origin, const char **name, quire_error *err)
{
    bool clashed = false;
    quire_status status = take_scoped(b, scope, sql_name, origin, &clashed, name, err);
    if (status == QUIRE_OK && clashed)
        qi_gen_warn(
            b, QI_TEXT(b, "%s is named %s in C, where %s has a meaning", origin, *name, sql_name));
    return status;
}

quire_status qi_gen_take_argument(qi_gen_builder *b, qi_gen_scope *scope, const char *sql_name,
                                  const char *origin, const char **name, quire_error *err)
{
    static const char *const fixed[] = {
        "repo",  "params", "values", "changes", "out",  "err",
        "found", "args",   "row",    "status",  "list", "affected"
    };
    const char *words = qi_gen_words(b->arena, sql_name);
    for (size_t i = 0; words && i < sizeof fixed / sizeof *fixed; i++) {
        if (strcmp(words, fixed[i]) == 0) {
            *name = QI_TEXT(b, "%s_", words);
            return *name && origin ? qi_gen_claim(scope, b->arena, *name, origin, err)
                                   : qi_fail_memory(err);
        }
    }
    return qi_gen_take_member(b, scope, sql_name, origin, name, err);
}

bool qi_gen_find_type(const qi_gen_builder *b, uint32_t oid, qi_gen_type *out)
{
    return qi_gen_type_of(b->in.catalog, b->enums, b->model.enum_count, oid, out);
}

quire_status qi_gen_set_sql(qi_gen_builder *b, qi_gen_statement *statement, const char *sql,
                            quire_error *err)
{
    if (!sql)
        return qi_fail_memory(err);
    if (strlen(sql) <= QI_GEN_LITERAL_MOST) {
        statement->sql = sql;
        return QUIRE_OK;
    }
    /* $n stands only for itself in these texts: they have no strings. */
    qi_gen_part *parts = qi_arena_zero(b->arena, statement->param_count + 1, sizeof *parts);
    const char *from = sql;
    size_t count = 0;
    while (parts && count < statement->param_count) {
        const char *mark = QI_TEXT(b, "$%zu", count + 1);
        const char *at = mark ? strstr(from, mark) : NULL;
        if (!at)
            return qi_fail_memory(err);
        parts[count] = (qi_gen_part){ .text = qi_arena_text_n(b->arena, from, (size_t)(at - from)),
                                      .param = (int)count,
                                      .condition = QI_GEN_NONE };
        if (!parts[count++].text)
            return qi_fail_memory(err);
        from = at + strlen(mark);
    }
    if (!parts)
        return qi_fail_memory(err);
    parts[count] = (qi_gen_part){ .text = from, .param = QI_GEN_NONE, .condition = QI_GEN_NONE };
    statement->parts = parts;
    statement->part_count = count + 1;
    return QUIRE_OK;
}

/* ---- repositories ---------------------------------------------------------------------------- */

bool qi_gen_is_query(const qi_gen_builder *b, const qi_gen_repo_draft *repo, const char *words)
{
    for (size_t i = 0; repo->file && i < repo->file->query_count; i++) {
        const char *name = qi_gen_words(b->arena, repo->file->queries[i].name);
        if (name && strcmp(name, words) == 0)
            return true;
    }
    return false;
}

quire_status qi_gen_add_function(qi_gen_builder *b, qi_gen_repo_draft *repo, const char *words,
                                 const char *origin, qi_gen_function **out, quire_error *err)
{
    if (repo->count == repo->room) {
        size_t room = repo->room ? repo->room * 2 : 16;
        qi_gen_function *more = qi_arena_zero(b->arena, room, sizeof *more);
        if (!more)
            return qi_fail_memory(err);
        if (repo->count)
            memcpy(more, repo->functions, repo->count * sizeof *more);
        repo->functions = more;
        repo->room = room;
    }
    qi_gen_function *f = &repo->functions[repo->count];
    *f = (qi_gen_function){ 0 };
    f->stem = QI_TEXT(b, "%s_%s", repo->words, words);
    f->c_name = f->stem ? qi_gen_name(b, f->stem) : NULL;
    f->statement.name = QI_TEXT(b, "%s.%s", repo->words, words);
    if (!f->c_name || !f->statement.name)
        return qi_fail_memory(err);
    *out = f;
    repo->count++;
    return qi_gen_take(b, f->c_name, NULL, origin, err);
}

static const char *file_words(qi_gen_builder *b, const qi_query_file *file)
{
    const char *base = strrchr(file->path, '/');
    base = base ? base + 1 : file->path;
    size_t length = strlen(base);
    if (length > 4 && strcmp(base + length - 4, ".sql") == 0)
        length -= 4;
    const char *stem = qi_arena_text_n(b->arena, base, length);
    return stem ? qi_gen_words(b->arena, stem) : NULL;
}

static qi_gen_repo_draft *repo_named(qi_gen_builder *b, const char *words)
{
    for (size_t i = 0; i < b->repo_count; i++)
        if (strcmp(b->repos[i].words, words) == 0)
            return &b->repos[i];
    return NULL;
}

static quire_status draft_repos(qi_gen_builder *b, quire_error *err)
{
    b->repos = qi_arena_zero(b->arena, b->table_count + b->in.file_count, sizeof(*b->repos));
    if (!b->repos)
        return qi_fail_memory(err);
    for (size_t i = 0; i < b->table_count; i++)
        b->repos[b->repo_count++] =
            (qi_gen_repo_draft){ .words = b->tables[i].words, .table = &b->tables[i] };
    for (size_t i = 0; i < b->in.file_count; i++) {
        const qi_query_file *file = &b->in.files[i];
        const char *words = file_words(b, file);
        if (!words)
            return qi_fail_memory(err);
        qi_gen_repo_draft *repo = repo_named(b, words);
        if (!repo)
            repo = &b->repos[b->repo_count++];
        if (repo->file)
            return qi_fail(err, QUIRE_SQL, "%s and %s are both the repository %s", repo->file->path,
                           file->path, words);
        repo->words = words;
        repo->file = file;
    }
    return QUIRE_OK;
}

static void sort_repos(qi_gen_builder *b)
{
    for (size_t i = 1; i < b->repo_count; i++)
        for (size_t j = i; j > 0 && strcmp(b->repos[j - 1].words, b->repos[j].words) > 0; j--) {
            qi_gen_repo_draft repo = b->repos[j];
            b->repos[j] = b->repos[j - 1];
            b->repos[j - 1] = repo;
        }
}

static const char *repo_comment(qi_gen_builder *b, const qi_gen_repo_draft *draft)
{
    const char *comment = draft->table ? draft->table->table->comment : NULL;
    if (draft->table && comment)
        return QI_TEXT(b, "The repository of the table %s: %s", draft->table->sql, comment);
    if (draft->table)
        return QI_TEXT(b, "The repository of the table %s.", draft->table->sql);
    return QI_TEXT(b, "The repository of %s.", draft->file->path);
}

static quire_status finish_repos(qi_gen_builder *b, quire_error *err)
{
    qi_gen_repo *repos = qi_arena_zero(b->arena, b->repo_count, sizeof *repos);
    qi_gen_scope members = { 0 };
    if (!repos)
        return qi_fail_memory(err);
    for (size_t i = 0; i < b->repo_count; i++) {
        const qi_gen_repo_draft *draft = &b->repos[i];
        const char *origin = QI_TEXT(b, "the repository %s", draft->words);
        repos[i].c_name = QI_TEXT(b, "%s_%s_repo", b->model.prefix, draft->words);
        repos[i].comment = repo_comment(b, draft);
        repos[i].functions = draft->functions;
        repos[i].function_count = draft->count;
        quire_status status = qi_gen_take(b, repos[i].c_name, NULL, origin, err);
        if (status == QUIRE_OK)
            status = qi_gen_take_member(b, &members, draft->words, origin, &repos[i].name, err);
        if (status != QUIRE_OK)
            return status;
        if (!repos[i].comment)
            return qi_fail_memory(err);
    }
    b->model.repos = repos;
    b->model.repo_count = b->repo_count;
    return QUIRE_OK;
}

static quire_status build_functions(qi_gen_builder *b, quire_error *err)
{
    quire_status status = QUIRE_OK;
    for (size_t i = 0; i < b->repo_count && status == QUIRE_OK; i++) {
        qi_gen_repo_draft *repo = &b->repos[i];
        if (repo->table)
            status = qi_gen_build_crud(b, repo, err);
        if (status == QUIRE_OK && repo->table)
            status = qi_gen_build_relations(b, repo, err);
        if (status == QUIRE_OK && repo->file)
            status = qi_gen_build_queries(b, repo, err);
    }
    return status;
}

static quire_status take_own_names(qi_gen_builder *b, quire_error *err)
{
    static const char *const own[] = { "repos", "repos_on", "quire_abi" };
    quire_status status = QUIRE_OK;
    for (size_t i = 0; i < sizeof own / sizeof *own && status == QUIRE_OK; i++)
        status = qi_gen_take(b, qi_gen_name(b, own[i]), NULL, "the bundle of repositories", err);
    return status;
}

quire_status qi_gen_build(const qi_gen_input *input, qi_arena *arena, qi_gen_model *model,
                          const qi_gen_warning **warnings, quire_error *err)
{
    qi_gen_builder b = { .in = *input, .arena = arena };
    b.last_warning = &b.warnings;
    b.model.prefix = qi_gen_words(arena, input->conf->prefix);
    b.model.upper = qi_gen_upper(arena, input->conf->prefix);
    b.model.hash = input->hash;
    if (!b.model.prefix || !b.model.upper)
        return qi_fail_memory(err);
    quire_status status = take_own_names(&b, err);
    if (status == QUIRE_OK)
        status = qi_gen_build_enums(&b, err);
    if (status == QUIRE_OK)
        status = qi_gen_build_tables(&b, err);
    if (status == QUIRE_OK)
        status = draft_repos(&b, err);
    if (status == QUIRE_OK) {
        sort_repos(&b);
        status = build_functions(&b, err);
    }
    if (status == QUIRE_OK)
        status = finish_repos(&b, err);
    *model = b.model;
    *warnings = b.warnings;
    return status;
}
