/*
 * How quire.sum came apart. Each line's checksum is over the line before it, so every line tells which
 * one it was written behind, wherever a merge has put it: the lines are a tree.
 */
#include "migrate/sum.h"

#include "base/error.h"
#include "base/file.h"

#include <string.h>

/* A line and what it was written behind. */
typedef struct node {
    qi_sum_line line;
    size_t parent; /* the header is node 0, and its own parent */
    size_t owner;  /* the migration that it is of, by index */
    bool has_child;
} node;

typedef struct tree {
    const qi_migration_directory *directory;
    qi_sum_files all;
    node *nodes;
    size_t count;
    size_t room;
    qi_branches *out;
} tree;

/* "1a2b3c4 (add genre)": git rebase and git cherry-pick call a commit so that they put on top. */
static bool names_commit(qi_sum_line mark)
{
    static const char digits[] = "0123456789abcdef";
    size_t start = strlen(">>>>>>> ");
    size_t length = 0;
    while (start + length < mark.length && strchr(digits, mark.text[start + length]))
        length++;
    return length >= 7 && (start + length == mark.length || mark.text[start + length] == ' ');
}

/* Whether a line is one of git's marks; *skip: what follows is the state before both branches. */
static bool pass_mark(tree *t, qi_sum_line line, bool *skip)
{
    bool base = qi_sum_starts(line, "|||||||");
    bool end = qi_sum_starts(line, ">>>>>>>");
    if (!base && !end && !qi_sum_starts(line, "<<<<<<<") && !qi_sum_starts(line, "======="))
        return *skip;
    *skip = base;
    t->out->conflict = true;
    t->out->on_top = t->out->on_top || (end && names_commit(line));
    return true;
}

static bool follows(const qi_migration_file *file, const node *before, qi_sum_line line)
{
    qi_buffer expected;
    qi_buffer_init(&expected, 4096);
    bool is = qi_sum_make(before->line, file, &expected) && expected.length == line.length &&
              memcmp(expected.data, line.text, line.length) == 0;
    qi_buffer_free(&expected);
    return is;
}

/* The node that a line was written behind, most likely the one above it. False: none. */
static bool find_parent(const tree *t, const qi_migration_file *file, qi_sum_line line,
                        size_t *parent)
{
    for (size_t i = t->count; i-- > 0;) {
        if (!follows(file, &t->nodes[i], line))
            continue;
        *parent = i;
        return true;
    }
    return false;
}

static const qi_migration_file *find_file(const tree *t, qi_sum_line line, size_t *owner)
{
    for (size_t i = 0; i < t->all.count; i++) {
        if (!qi_sum_names(line, t->all.files[i]->file))
            continue;
        *owner = t->all.owners[i];
        return t->all.files[i];
    }
    return NULL;
}

/* False: the line is not one that Quire wrote for a file that is there as it is. */
static bool add_line(tree *t, qi_sum_line line)
{
    node n = { .line = line };
    const qi_migration_file *file = find_file(t, line, &n.owner);
    for (size_t i = 1; i < t->count; i++)
        if (t->nodes[i].line.length == line.length &&
            memcmp(t->nodes[i].line.text, line.text, line.length) == 0)
            return true;
    if (!file || t->count == t->room || !find_parent(t, file, line, &n.parent))
        return false;
    t->nodes[n.parent].has_child = true;
    t->nodes[t->count++] = n;
    return true;
}

/* From each end back to the header: what is met twice lies before the fork. */
static void number_branches(tree *t)
{
    qi_branches *out = t->out;
    for (size_t i = 1; i < t->count; i++) {
        if (t->nodes[i].has_child)
            continue;
        out->count++;
        for (size_t at = i; at > 0; at = t->nodes[at].parent) {
            size_t *branch = &out->branch[t->nodes[at].owner];
            *branch = *branch == QI_BRANCH_UNLISTED || *branch == out->count ? out->count
                                                                             : QI_BRANCH_COMMON;
        }
    }
    if (out->count > 1)
        return;
    for (size_t i = 0; i < t->directory->count; i++)
        if (out->branch[i] == 1)
            out->branch[i] = QI_BRANCH_COMMON;
}

static bool read_lines(tree *t, const char *text, size_t length)
{
    qi_sum_reader r = { text, text + length, 0 };
    bool skip = false;
    t->nodes[t->count++] = (node){ .line = qi_sum_next(&r) };
    if (!qi_sum_starts(t->nodes[0].line, QI_SUM_HEADER))
        return false;
    for (qi_sum_line line = qi_sum_next(&r); line.number; line = qi_sum_next(&r))
        if (!pass_mark(t, line, &skip) && !add_line(t, line))
            return false;
    return true;
}

quire_status qi_migrations_branches(const qi_migration_directory *directory, qi_arena *arena,
                                    qi_branches *out, quire_error *err)
{
    char *text = NULL;
    size_t length = 0;
    *out = (qi_branches){ .count = 0 };
    tree t = { .directory = directory, .out = out };
    const char *path = qi_path_join(arena, directory->path, QI_SUM_FILE);
    out->branch = qi_arena_zero(arena, directory->count + 1, sizeof *out->branch);
    if (!path || !out->branch || !qi_sum_list(directory, arena, &t.all))
        return qi_fail_memory(err);
    for (size_t i = 0; i < directory->count; i++)
        out->branch[i] = QI_BRANCH_UNLISTED;
    t.room = t.all.count + 1;
    t.nodes = qi_arena_zero(arena, t.room, sizeof *t.nodes);
    if (!t.nodes)
        return qi_fail_memory(err);
    if (!qi_file_exists(path))
        return QUIRE_OK;
    quire_status status = qi_file_read(path, QI_SUM_LARGEST, arena, &text, &length, err);
    if (status)
        return status;
    out->sum = text;
    out->sound = read_lines(&t, text, length);
    if (out->sound)
        number_branches(&t);
    return QUIRE_OK;
}

static const qi_migration_file *first_of(const qi_migration_directory *directory,
                                         const qi_branches *branches, size_t branch)
{
    for (size_t i = 0; i < directory->count; i++)
        if (branches->branch[i] == branch)
            return &directory->files[i];
    return NULL;
}

static const qi_migration_file *last_common(const qi_migration_directory *directory,
                                            const qi_branches *branches)
{
    const qi_migration_file *last = NULL;
    for (size_t i = 0; i < directory->count; i++)
        if (branches->branch[i] == QI_BRANCH_COMMON)
            last = &directory->files[i];
    return last;
}

quire_status qi_branches_refuse(const qi_migration_directory *directory,
                                const qi_branches *branches, quire_error *err)
{
    const qi_migration_file *one = first_of(directory, branches, 1);
    const qi_migration_file *other = first_of(directory, branches, 2);
    const qi_migration_file *before = last_common(directory, branches);
    if (branches->count < 2 || !one || !other)
        return QUIRE_OK;
    qi_fail(err, QUIRE_REFUSED, "%s and %s were both written %s%s", one->file, other->file,
            before ? "to follow " : "as the first migration", before ? before->file : "");
    qi_detail(err, "%zu branches have added to the history, each without the other.",
              branches->count);
    qi_hint(err, "`quire generate --rebase` plans the migrations of one, which must not be applied "
                 "yet, anew behind those of the other.");
    qi_locate(err, other->path, 0, 0);
    return QUIRE_REFUSED;
}
