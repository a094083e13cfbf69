/*
 * Plans between schemas made at random: whatever is planned must be reached, in any pair. With
 * QUIRE_TEST_PAIRS=n, as many pairs, from seed QUIRE_TEST_SEED on; refusals are shown then.
 */
#include "support/planned.h"

#include "plan_random.h"

#include <stdio.h>
#include <stdlib.h>

enum { MOST_SQL = 1 << 20 };

/* Runs what the server takes of a schema in `db`, and writes that down. */
static void load(quire_db *db, uint64_t seed, qi_buffer *text)
{
    random_source source = { .bits = (seed + 1) * 0x9e3779b97f4a7c15u };
    qi_buffer one;
    qi_buffer_init(&one, MOST_SQL);
    for (size_t i = 0; i < sizeof random_statements / sizeof *random_statements; i++) {
        random_statement(&source, i, &one);
        assert_false(qi_buffer_failed(&one));
        if (one.length && quire_exec(db, one.data, NULL) == QUIRE_OK)
            qi_buffer_printf(text, "%s;\n", one.data);
    }
    qi_buffer_free(&one);
}

typedef struct tally {
    int proven;
    int refused;
    int failed;
} tally;

static void plan_pair(uint64_t from, uint64_t to, bool shown, tally *sum)
{
    qi_buffer before;
    qi_buffer after;
    qi_plan_options options = { .no_renames = true };
    planned p;
    quire_error err = { 0 };
    qi_buffer_init(&before, MOST_SQL);
    qi_buffer_init(&after, MOST_SQL);
    reset(present, "");
    reset(desired, "");
    load(present, from, &before);
    load(desired, to, &after);
    plan_loaded(&p, &options);
    if (p.plan.refusal_count) {
        sum->refused++;
        for (size_t i = 0; shown && i < p.plan.refusal_count; i++)
            printf("# %d to %d: %s %s\n", (int)from, (int)to, p.plan.refusals[i].object,
                   p.plan.refusals[i].text);
    } else if (qi_plan_prove(present, &p.plan, &p.after, &options, &err) == QUIRE_OK) {
        sum->proven++;
    } else {
        sum->failed++;
        fprintf(stderr, "from seed %d to %d: %s\n%s\nFROM\n%sTO\n%sBY\n%s\n", (int)from, (int)to,
                err.message, err.detail, before.data, after.data, p.text.data);
    }
    planned_free(&p);
    qi_buffer_free(&before);
    qi_buffer_free(&after);
}

static int number(const char *name, int otherwise)
{
    const char *text = getenv(name);
    return text ? (int)strtol(text, NULL, 10) : otherwise;
}

static void test_random_pairs(void **state)
{
    (void)state;
    int seed = number("QUIRE_TEST_SEED", 1);
    int pairs = number("QUIRE_TEST_PAIRS", 12);
    tally sum = { 0 };
    for (int i = seed; i < seed + pairs; i++)
        plan_pair((uint64_t)i, (uint64_t)i + 1, getenv("QUIRE_TEST_PAIRS") != NULL, &sum);
    printf("# %d proven, %d refused, %d failed\n", sum.proven, sum.refused, sum.failed);
    assert_int_equal(sum.failed, 0);
    assert_int_not_equal(sum.proven, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_random_pairs) };
    return cmocka_run_group_tests_name("plan_random", tests, open_databases, close_databases);
}
