#include "support/planned.h"

#include <stdio.h>
#include <string.h>

enum { MOST_TEXT = 1 << 20 };

quire_db *present;
quire_db *desired;

int open_databases(void **state)
{
    (void)state;
    present = test_database();
    desired = test_database();
    return 0;
}

int close_databases(void **state)
{
    (void)state;
    test_database_close(present);
    test_database_close(desired);
    return 0;
}

/* Empties a database, so that all cases share two. */
void reset(quire_db *db, const char *sql)
{
    quire_error err = { 0 };
    test_sql(db, "do $$ declare s text; begin "
                 "for s in select nspname from pg_namespace where nspname !~ '^pg_' "
                 "and nspname <> 'information_schema' loop "
                 "execute format('drop schema %I cascade', s); end loop; "
                 "for s in select pubname from pg_publication loop "
                 "execute format('drop publication %I', s); end loop; end $$;"
                 "create schema public; comment on schema public is 'standard public schema'");
    assert_ok(qi_sql_run(db, sql, "test.sql", &err), &err);
}

void plan_between(planned *p, const char *before_sql, const char *after_sql,
                  const qi_plan_options *options)
{
    reset(present, before_sql);
    reset(desired, after_sql);
    plan_loaded(p, options);
}

void plan_loaded(planned *p, const qi_plan_options *options)
{
    quire_error err = { 0 };
    qi_catalog before = { 0 };
    *p = (planned){ 0 };
    assert_ok(qi_catalog_read(present, &p->arena, &before, &err), &err);
    assert_ok(qi_catalog_read(desired, &p->arena, &p->after, &err), &err);
    assert_ok(qi_plan_make(&before, &p->after, options, &p->arena, &p->plan, &err), &err);
    qi_buffer_init(&p->text, MOST_TEXT);
    for (size_t file = 0; file < p->plan.file_count; file++) {
        if (file)
            qi_buffer_printf(&p->text, "-- file %zu\n", file);
        qi_plan_write(&p->plan, file, &p->text);
    }
    assert_false(qi_buffer_failed(&p->text));
}

void planned_free(planned *p)
{
    qi_buffer_free(&p->text);
    qi_arena_free(&p->arena);
}

/* Applies the plan: the result must be the desired schema. */
void prove(planned *p)
{
    quire_error err = { 0 };
    if (p->plan.refusal_count)
        fail_msg("refused: %s %s", p->plan.refusals[0].object, p->plan.refusals[0].text);
    assert_ok(qi_plan_prove(present, &p->plan, &p->after, NULL, &err), &err);
}

static const qi_plan_options no_renames = { .no_renames = true };

void check_changes(const change *rows, size_t count)
{
    int version = test_server_version(present);
    for (size_t i = 0; i < count; i++) {
        planned p;
        if (rows[i].from > version)
            continue;
        plan_between(&p, rows[i].before, rows[i].after, &no_renames);
        prove(&p);
        if (!rows[i].text_until || version <= rows[i].text_until)
            assert_string_equal(p.text.data, rows[i].text);
        if (rows[i].name)
            assert_string_equal(qi_plan_name(&p.plan, 0, &p.arena), rows[i].name);
        planned_free(&p);
    }
}

/* Says what is wrong, so that one run shows all of it. */
static bool check_way(const char *before, const char *after)
{
    planned p;
    quire_error err = { 0 };
    plan_between(&p, before, after, &no_renames);
    bool fine = !p.plan.refusal_count &&
                qi_plan_prove(present, &p.plan, &p.after, &no_renames, &err) == QUIRE_OK;
    if (p.plan.refusal_count)
        print_error("refused: %s %s\nfrom %s\nto %s\n", p.plan.refusals[0].object,
                    p.plan.refusals[0].text, before, after);
    else if (!fine)
        print_error("%s\n%s\nfrom %s\nto %s\nby\n%s\n", err.message, err.detail, before, after,
                    p.text.data);
    planned_free(&p);
    return fine;
}

void check_pairs(const pair *rows, size_t count)
{
    int version = test_server_version(present);
    int wrong = 0;
    for (size_t i = 0; i < count; i++) {
        if (rows[i].from > version)
            continue;
        wrong += !check_way(rows[i].one, rows[i].other);
        wrong += !check_way(rows[i].other, rows[i].one);
    }
    assert_int_equal(wrong, 0);
}

void check_refusals(const refused *rows, size_t count)
{
    int version = test_server_version(present);
    for (size_t i = 0; i < count; i++) {
        const refused *row = &rows[i];
        planned p;
        quire_error err = { 0 };
        if (row->from > version)
            continue;
        plan_between(&p, row->before, row->after, NULL);
        assert_int_equal(p.plan.step_count, 0);
        if (!p.plan.refusal_count)
            fail_msg("not refused: %s", row->after);
        assert_string_equal(p.plan.refusals[0].object, row->object);
        assert_contains(p.plan.refusals[0].text, row->text);
        if (row->hint)
            assert_contains(p.plan.refusals[0].hint, row->hint);
        assert_status(QUIRE_REFUSED, qi_plan_check(&p.plan, &err), &err);
        assert_contains(err.message, row->object);
        planned_free(&p);
    }
}
