#include "migrate/history.h"

#include "base/error.h"

#include <string.h>

static quire_migration_state state_of(const qi_migration_file *file, const qi_history_row *row)
{
    if (!file)
        return QUIRE_MIGRATION_MISSING;
    switch (row->state) {
    case QI_ROW_PARTIAL:
        return QUIRE_MIGRATION_PARTIAL;
    case QI_ROW_IN_DOUBT:
    case QI_ROW_REVERTING_IN_DOUBT:
        return QUIRE_MIGRATION_IN_DOUBT;
    case QI_ROW_REVERTING:
        return QUIRE_MIGRATION_ROLLING_BACK;
    case QI_ROW_APPLIED:
        break;
    }
    return strcmp(file->checksum, row->checksum) == 0 ? QUIRE_MIGRATION_APPLIED
                                                      : QUIRE_MIGRATION_CHANGED;
}

static quire_migration item_of(const qi_migration_file *file, const qi_history_row *row,
                               bool is_older)
{
    quire_migration item = { .duration_ms = -1 };
    if (row) {
        item.version = row->version;
        item.name = row->name;
        item.applied_at = row->applied_at;
        item.duration_ms = row->duration_ms;
        item.state = state_of(file, row);
        item.rolling_back =
            row->state == QI_ROW_REVERTING || row->state == QI_ROW_REVERTING_IN_DOUBT;
        item.statements_done = row->done;
        item.statements_total = row->total;
    }
    if (file) {
        item.version = file->version;
        item.name = file->name;
        item.file = file->path;
        if (!row)
            item.state = is_older ? QUIRE_MIGRATION_OUT_OF_ORDER : QUIRE_MIGRATION_PENDING;
    }
    return item;
}

static void count_item(quire_migration_list *list, const quire_migration *item)
{
    list->count++;
    switch (item->state) {
    case QUIRE_MIGRATION_APPLIED:
        break;
    case QUIRE_MIGRATION_OUT_OF_ORDER:
        list->unsound++;
        list->pending++;
        break;
    case QUIRE_MIGRATION_IN_DOUBT:
        list->unsound += item->rolling_back;
        list->pending += !item->rolling_back;
        break;
    case QUIRE_MIGRATION_PENDING:
    case QUIRE_MIGRATION_PARTIAL:
        list->pending++;
        break;
    case QUIRE_MIGRATION_CHANGED:
    case QUIRE_MIGRATION_MISSING:
    case QUIRE_MIGRATION_ROLLING_BACK:
        list->unsound++;
        break;
    }
}

/* Which comes first, -1 for the file; 0 when both are the same migration. At most one is NULL. */
static int order_of(const qi_migration_file *file, const qi_history_row *row)
{
    if (!file || !row)
        return file ? -1 : 1;
    return strcmp(file->version, row->version);
}

/* Behind the newest row that is applied: one that is only begun does not count. */
static size_t end_of_applied(const qi_history *history)
{
    size_t end = history->count;
    while (end > 0 && history->rows[end - 1].state != QI_ROW_APPLIED)
        end--;
    return end;
}

quire_status qi_history_compare(const qi_migration_directory *directory, qi_history *history,
                                qi_arena *arena, quire_migration_list *out, quire_error *err)
{
    quire_status status = qi_history_fold(directory, history, arena, err);
    if (status)
        return status;
    quire_migration *items =
        qi_arena_zero(arena, directory->count + history->count + 1, sizeof *items);
    if (!items)
        return qi_fail_memory(err);
    quire_migration_list list = { .items = items };
    size_t end = end_of_applied(history);
    size_t f = 0;
    size_t r = 0;
    while (f < directory->count || r < history->count) {
        const qi_migration_file *file = f < directory->count ? &directory->files[f] : NULL;
        const qi_history_row *row = r < history->count ? &history->rows[r] : NULL;
        int order = order_of(file, row);
        items[list.count] = item_of(order <= 0 ? file : NULL, order >= 0 ? row : NULL, r < end);
        count_item(&list, &items[list.count]);
        f += order <= 0;
        r += order >= 0;
    }
    *out = list;
    return QUIRE_OK;
}

/* The newest migration that is applied, for messages. */
static const char *newest_of(const quire_migration_list *list)
{
    const char *newest = "";
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].applied_at)
            newest = list->items[i].version;
    return newest;
}

quire_status qi_history_refuse(const quire_migration_list *list, const quire_migration *item,
                               quire_error *err)
{
    if (item->state == QUIRE_MIGRATION_CHANGED) {
        qi_fail(err, QUIRE_REFUSED, "migration %s_%s was changed after it was applied",
                item->version, item->name);
        qi_hint(err, "Restore the file, for instance with git. To change the schema further, write "
                     "a new migration with `quire generate`.");
    } else if (item->state == QUIRE_MIGRATION_MISSING) {
        qi_fail(err, QUIRE_REFUSED, "migration %s_%s is applied, but its file is missing",
                item->version, item->name);
        qi_hint(err,
                "Restore the file, for instance with git: the database may be ahead of what is "
                "checked out here.");
    } else if (item->rolling_back) {
        qi_fail(err, QUIRE_REFUSED, "migration %s_%s is rolled back in part", item->version,
                item->name);
        qi_detail(err, "Of its down file %zu of %zu statements are applied.", item->statements_done,
                  item->statements_total);
        qi_hint(err, "Run `quire rollback` to go on, or say with `quire repair` what it is.");
    } else {
        qi_fail(err, QUIRE_REFUSED, "migration %s_%s is older than %s, which is applied already",
                item->version, item->name, newest_of(list));
        qi_hint(err, "`quire generate --rebase` plans it anew behind the others. One that was "
                     "written by hand and still fits: `quire migrate --out-of-order`, or rename it "
                     "to a newer version and run `quire migrate --rehash`.");
    }
    if (item->file)
        qi_locate(err, item->file, 0, 0);
    return QUIRE_REFUSED;
}

quire_status qi_history_check(const quire_migration_list *list, bool out_of_order, quire_error *err)
{
    for (size_t i = 0; i < list->count; i++) {
        const quire_migration *item = &list->items[i];
        bool fine = item->state == QUIRE_MIGRATION_APPLIED ||
                    item->state == QUIRE_MIGRATION_PENDING ||
                    item->state == QUIRE_MIGRATION_PARTIAL ||
                    (item->state == QUIRE_MIGRATION_IN_DOUBT && !item->rolling_back) ||
                    (item->state == QUIRE_MIGRATION_OUT_OF_ORDER && out_of_order);
        if (!fine)
            return qi_history_refuse(list, item, err);
    }
    return QUIRE_OK;
}
