/* `quire generate --rebase`: which migrations are planned anew, and how they go and come back. */
#include "base/error.h"
#include "base/file.h"
#include "cli/generate.h"

#include <quire/migrate.h>

#include <stdio.h>
#include <string.h>

/* The history of the provider's database, beside the files. */
typedef struct finding {
    qi_context *context;
    qi_generation *g;
    qi_migration_directory directory;
    qi_branches branches;
    bool *applied;      /* by migration: the database has it, at least in part */
    bool *out_of_order; /* by migration: it is older than one that is applied */
    size_t goes;        /* the branch that is planned anew; 0: none is */
} finding;

/* Which ones ---------------------------------------------------------------------------------- */

/* A database that cannot be reached has nothing to say; that is told. */
static quire_status read_history(finding *f, quire_error *err)
{
    quire_migration_list list = { 0 };
    quire_error why = { 0 };
    size_t at = 0;
    f->applied = qi_arena_zero(&f->context->arena, f->directory.count + 1, sizeof *f->applied);
    f->out_of_order =
        qi_arena_zero(&f->context->arena, f->directory.count + 1, sizeof *f->out_of_order);
    if (!f->applied || !f->out_of_order)
        return qi_fail_memory(err);
    quire_db *db = qi_open(f->context, f->g->provider, &why);
    if (!db || quire_migration_status(db, NULL, &list, &why) != QUIRE_OK)
        qi_note(f->context, "%s: what is applied could not be looked up: %s",
                quire_provider_name(f->g->provider), why.message);
    for (size_t i = 0; i < list.count; i++) {
        const quire_migration *item = &list.items[i];
        while (at < f->directory.count && strcmp(f->directory.files[at].version, item->version) < 0)
            at++;
        if (at == f->directory.count || strcmp(f->directory.files[at].version, item->version) != 0)
            continue;
        f->out_of_order[at] = item->state == QUIRE_MIGRATION_OUT_OF_ORDER;
        f->applied[at] = item->state != QUIRE_MIGRATION_PENDING && !f->out_of_order[at];
    }
    quire_migration_list_free(&list);
    quire_close(db);
    return QUIRE_OK;
}

static bool is_applied(const finding *f, size_t branch)
{
    for (size_t i = 0; i < f->directory.count; i++)
        if (f->branches.branch[i] == branch && f->applied[i])
            return true;
    return false;
}

/* The branch that is planned anew. */
static quire_status choose_branch(finding *f, quire_error *err)
{
    const qi_branches *b = &f->branches;
    if (b->count < 2)
        return QUIRE_OK;
    if (b->count > 2) {
        qi_branches_refuse(&f->directory, b, err);
        qi_hint(err, "Merge one branch at a time.");
        return QUIRE_REFUSED;
    }
    bool first = is_applied(f, 1);
    bool second = is_applied(f, 2);
    if (first && second) {
        qi_branches_refuse(&f->directory, b, err);
        qi_hint(err,
                "Both are applied in the database of %s, so none can be planned anew. Run `quire "
                "migrate --rehash`, and `quire migrate --out-of-order` where one is missing.",
                quire_provider_name(f->g->provider));
        return QUIRE_REFUSED;
    }
    for (size_t i = 0; i < f->directory.count; i++)
        if (b->branch[i] == 1 || b->branch[i] == 2)
            f->goes = b->branch[i];
    if (b->conflict)
        f->goes = b->on_top ? 2 : 1;
    if (first || second)
        f->goes = first ? 2 : 1;
    return QUIRE_OK;
}

static bool goes(const finding *f, size_t i)
{
    size_t branch = f->branches.branch[i];
    return branch == QI_BRANCH_UNLISTED || (branch != QI_BRANCH_COMMON && branch == f->goes) ||
           f->out_of_order[i];
}

static quire_status check_one(const finding *f, size_t i, quire_error *err)
{
    const qi_migration_file *file = &f->directory.files[i];
    const char *provider = quire_provider_name(f->g->provider);
    if (f->applied[i]) {
        qi_fail(err, QUIRE_REFUSED, "migration %s is applied in the database of %s", file->file,
                provider);
        qi_hint(err, "It stays as it is: take it into quire.sum with `quire migrate %s --rehash`.",
                provider);
        qi_locate(err, file->path, 0, 0);
        return QUIRE_REFUSED;
    }
    bool edited = !qi_migration_is_as_generated(file);
    if (!edited && (!file->down || qi_migration_is_as_generated(file->down)))
        return QUIRE_OK;
    qi_fail(err, QUIRE_REFUSED, "%s was written or edited by hand",
            edited ? file->file : file->down->file);
    qi_detail(err, "What stands in it would be lost if it were planned anew.");
    qi_hint(err,
            "To keep it, rename it to a version behind all others and run `quire migrate %s "
            "--rehash`; else delete it and say --rebase again.",
            provider);
    qi_locate(err, edited ? file->path : file->down->path, 0, 0);
    return QUIRE_REFUSED;
}

static quire_status divide(finding *f, qi_rebase *rebase, quire_error *err)
{
    qi_arena *arena = &f->context->arena;
    quire_status status = QUIRE_OK;
    size_t count = f->directory.count;
    rebase->stay = f->directory;
    rebase->stay.count = 0;
    rebase->stay.files = qi_arena_zero(arena, count + 1, sizeof *rebase->stay.files);
    rebase->gone = qi_arena_zero(arena, count + 1, sizeof *rebase->gone);
    if (!rebase->stay.files || !rebase->gone)
        return qi_fail_memory(err);
    for (size_t i = 0; i < count && status == QUIRE_OK; i++) {
        if (!goes(f, i)) {
            rebase->stay.files[rebase->stay.count++] = f->directory.files[i];
            continue;
        }
        status = check_one(f, i, err);
        rebase->gone[rebase->gone_count++] = &f->directory.files[i];
        rebase->name = f->directory.files[i].name;
    }
    return status;
}

static quire_status find(finding *f, quire_error *err)
{
    qi_arena *arena = &f->context->arena;
    const char *path = NULL;
    quire_status status =
        qi_migrations_default(f->context->directory, f->g->provider, arena, &path, err);
    if (status == QUIRE_OK)
        status = qi_migrations_read(path, arena, &f->directory, err);
    if (status == QUIRE_OK)
        status = qi_migrations_branches(&f->directory, arena, &f->branches, err);
    /* Lines that are of no file as it is: that is what it is told of then. */
    if (status == QUIRE_OK && !f->branches.sound)
        status = qi_migrations_verify(&f->directory, err);
    if (status == QUIRE_OK)
        status = read_history(f, err);
    return status == QUIRE_OK ? choose_branch(f, err) : status;
}

void qi_rebase_find(qi_context *context, qi_generation *g)
{
    finding *f = qi_arena_zero(&context->arena, 1, sizeof *f);
    qi_rebase *rebase = qi_arena_zero(&context->arena, 1, sizeof *rebase);
    if (!f || !rebase) {
        qi_fail_memory(&g->err);
        return;
    }
    f->context = context;
    f->g = g;
    quire_status status = find(f, &g->err);
    if (status == QUIRE_OK && f->directory.count)
        status = divide(f, rebase, &g->err);
    g->err.status = status;
    rebase->sum = f->branches.sum;
    if (status == QUIRE_OK && rebase->gone_count)
        g->rebase = rebase;
}

/* Away and back ------------------------------------------------------------------------------- */

static void remove_both(const qi_migration_file *file)
{
    (void)remove(file->path);
    if (file->down)
        (void)remove(file->down->path);
}

quire_status qi_rebase_begin(qi_generation *g, quire_error *err)
{
    qi_rebase *rebase = g->rebase;
    if (!rebase)
        return QUIRE_OK;
    quire_status status = qi_migrations_seal(&rebase->stay, NULL, err);
    if (status != QUIRE_OK)
        return status;
    rebase->done = true;
    for (size_t i = 0; i < rebase->gone_count; i++)
        remove_both(rebase->gone[i]);
    return QUIRE_OK;
}

static void write_back(const qi_migration_file *file)
{
    (void)!qi_file_write(file->path, file->text, file->length, NULL);
    if (file->down)
        (void)!qi_file_write(file->down->path, file->down->text, file->down->length, NULL);
}

void qi_rebase_undo(qi_generation *g)
{
    qi_rebase *rebase = g->rebase;
    if (!rebase || !rebase->done)
        return;
    for (size_t i = 0; i < rebase->gone_count; i++)
        write_back(rebase->gone[i]);
    const char *sum = qi_path_join(&g->states[0].arena, rebase->stay.path, QI_SUM_FILE);
    if (sum && rebase->sum)
        (void)!qi_file_write(sum, rebase->sum, strlen(rebase->sum), NULL);
    rebase->done = false;
}
