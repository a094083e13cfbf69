#include "support/migrations.h"

#include "support/database.h"
#include "support/test.h"

#include "base/file.h"
#include "migrate/migration.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int migrations_setup(void **state)
{
    migrations *m = calloc(1, sizeof *m);
    assert_non_null(m);
    snprintf(m->path, sizeof m->path, "/tmp/quire-test.XXXXXX");
    assert_non_null(mkdtemp(m->path));
    m->db = test_database();
    *state = m;
    return 0;
}

int migrations_teardown(void **state)
{
    migrations *m = *state;
    const char *const *names = NULL;
    size_t count = 0;
    test_database_close(m->db);
    assert_int_equal(qi_directory_list(m->path, "", &m->arena, &names, &count, NULL), QUIRE_OK);
    for (size_t i = 0; i < count; i++)
        unlink(qi_path_join(&m->arena, m->path, names[i]));
    rmdir(m->path);
    qi_arena_free(&m->arena);
    free(m);
    return 0;
}

const char *path_of(migrations *m, const char *file)
{
    return qi_path_join(&m->arena, m->path, file);
}

void put(migrations *m, const char *file, const char *text)
{
    assert_ok(qi_file_write(path_of(m, file), text, strlen(text), &m->err), &m->err);
}

void seal(migrations *m)
{
    qi_migration_directory directory = { 0 };
    assert_ok(qi_migrations_read(m->path, &m->arena, &directory, &m->err), &m->err);
    assert_ok(qi_migrations_seal(&directory, NULL, &m->err), &m->err);
}

void add(migrations *m, const char *file, const char *text)
{
    put(m, file, text);
    seal(m);
}

void note_event(void *context, const quire_migrate_event *event)
{
    events *e = context;
    e->count[event->kind]++;
    e->total = event->total;
    snprintf(e->text[event->kind], sizeof e->text[0], "%s", event->text);
}

quire_migrate_options options_of(migrations *m)
{
    return (quire_migrate_options){
        .directory = m->path, .lock_timeout_ms = 50, .on_event = note_event, .context = &m->seen
    };
}

quire_status migrate(migrations *m)
{
    quire_migrate_options options = options_of(m);
    return quire_migrate(m->db, &options, &m->applied, &m->err);
}

quire_migration_list status_of(migrations *m)
{
    quire_migration_list list = { 0 };
    assert_ok(quire_migration_status(m->db, m->path, &list, &m->err), &m->err);
    return list;
}

int64_t history_rows(migrations *m)
{
    return test_int(m->db, "select count(*) from quire.migrations");
}
