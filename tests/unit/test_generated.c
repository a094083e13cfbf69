/* What `quire codegen` wrote for tests/golden/everything and tests/golden/library, running. */
#include "support/database.h"
#include "support/test.h"

#include "../golden/everything/everything.h"
#include "../golden/library/lib.h"

#include "base/arena.h"
#include "base/file.h"

#include <stdlib.h>
#include <string.h>

static void load(quire_db *db, const char *schema)
{
    qi_arena arena = { 0 };
    quire_error err = { 0 };
    char *text = NULL;
    const char *path =
        qi_arena_printf(&arena, "%s/tests/golden/%s", getenv("QUIRE_SOURCE"), schema);
    assert_ok(qi_file_read(path, 1 << 20, &arena, &text, NULL, &err), &err);
    test_sql(db, text);
    qi_arena_free(&arena);
}

static int setup_everything(void **state)
{
    *state = test_database();
    load(*state, "everything/schema.sql");
    return 0;
}

static int setup_library(void **state)
{
    *state = test_database();
    load(*state, "library/schema.sql");
    test_sql(*state, "insert into authors values (1, 'Le Guin', '1929-10-21'), (2, 'Lem', null);"
                     "insert into books (author_id, title, shelf, rating, price, tags) values"
                     " (1, 'The Dispossessed', 'fiction', 4.2, 9.99, '{utopia,moon}'),"
                     " (1, 'The Wave in the Mind', 'fact', null, null, '{}'),"
                     " (2, 'Solaris', 'fiction', 4.5, 12.50, '{ocean}')");
    return 0;
}

/* ---- inserts --------------------------------------------------------------------------------- */

static void one_of_each_kind(void **state)
{
    quire_error err = { 0 };
    const unsigned char bytes[] = { 0, 1, 255 };
    const everything_kind_new values = {
        .a_bool = QUIRE_SOME(true),
        .a_int2 = QUIRE_SOME(-2),
        .a_int4 = QUIRE_SOME(4),
        .a_int8 = QUIRE_SOME(INT64_MIN),
        .a_oid = QUIRE_SOME(4000000000u),
        .a_float4 = QUIRE_SOME(0.5f),
        .a_float8 = QUIRE_SOME(0.1),
        .a_numeric = QUIRE_SOME(quire_decimal_of("-1.250")),
        .a_text = "größe",
        .a_varchar = "varchar",
        .a_char = "abc",
        .a_name = "name",
        .a_json = "{\"a\": 1}",
        .a_jsonb = "{\"b\": 2}",
        .a_bytea = QUIRE_SOME(((quire_bytes){ bytes, sizeof bytes })),
        .a_uuid = QUIRE_SOME(((quire_uuid){ { 1, 2, 3 } })),
        .a_date = QUIRE_SOME(((quire_date){ 1 })),
        .a_time = QUIRE_SOME(((quire_time){ 2 })),
        .a_timestamp = QUIRE_SOME(((quire_timestamp){ 3 })),
        .a_timestamptz = QUIRE_SOME(((quire_timestamptz){ 4 })),
        .a_interval = QUIRE_SOME(((quire_interval){ 5, 6, 7 })),
        .a_mood = QUIRE_SOME(EVERYTHING_MOOD_VERY_SAD),
        .a_positive = QUIRE_SOME(8),
        .a_required = "required",
    };
    everything_kinds_repo kinds = everything_repos_on(*state).kinds;
    everything_kind made = { 0 }, row = { 0 };
    assert_ok(everything_kinds_create(kinds, &values, &made, &err), &err);
    assert_ok(everything_kinds_find_by_id(kinds, made.id, &row, &err), &err);
    assert_true(row.a_bool);
    assert_int_equal(row.a_int2, -2);
    assert_int_equal(row.a_int4, 4);
    assert_true(row.a_int8 == INT64_MIN);
    assert_int_equal(row.a_oid, 4000000000u);
    assert_true(row.a_float4 > 0.4f && row.a_float4 < 0.6f);
    assert_true(row.a_float8 > 0.09 && row.a_float8 < 0.11);
    assert_string_equal(row.a_numeric.text, "-1.250");
    assert_string_equal(row.a_text, "größe");
    assert_string_equal(row.a_varchar, "varchar");
    assert_string_equal(row.a_char, "abc");
    assert_string_equal(row.a_name, "name");
    assert_string_equal(row.a_json, "{\"a\": 1}");
    assert_string_equal(row.a_jsonb, "{\"b\": 2}");
    assert_int_equal(row.a_bytea.length, 3);
    assert_memory_equal(row.a_bytea.data, bytes, 3);
    assert_int_equal(row.a_uuid.bytes[2], 3);
    assert_int_equal(row.a_date.days, 1);
    assert_int_equal(row.a_time.us, 2);
    assert_int_equal(row.a_timestamp.us, 3);
    assert_int_equal(row.a_timestamptz.us, 4);
    assert_int_equal(row.a_interval.months, 7);
    assert_int_equal(row.a_mood, EVERYTHING_MOOD_VERY_SAD);
    assert_int_equal(row.a_positive, 8);
    assert_string_equal(row.a_required, "required");
    everything_kind_free(&made);
    everything_kind_free(&row);
}

static void labels(void **state)
{
    (void)state;
    assert_string_equal(everything_mood_label(EVERYTHING_MOOD_EMPTY), "");
    assert_string_equal(everything_mood_label(EVERYTHING_MOOD_HTTP_ERROR), "HTTPError");
    assert_int_equal(everything_mood_parse("so-so"), EVERYTHING_MOOD_SO_SO);
    assert_int_equal(everything_mood_parse("so so"), 0);
    assert_null(everything_mood_label((everything_mood)99));
}

static void nothing_but_defaults(void **state)
{
    quire_error err = { 0 };
    everything_repos repos = everything_repos_on(*state);
    everything_nullable_kind row = { 0 };
    assert_ok(everything_nullable_kinds_create(repos.nullable_kinds, NULL, &row, &err), &err);
    assert_int_equal(row.id, 1);
    assert_false(row.a_bool.has);
    assert_null(row.a_text);
    assert_false(row.moods.has);
    everything_nullable_kind_free(&row);

    const everything_mood moods[] = { EVERYTHING_MOOD_HAPPY, EVERYTHING_MOOD_EMPTY };
    const int items[] = { (int)moods[0], (int)moods[1] };
    const bool nulls[] = { false, true };
    const everything_nullable_kind_new values = {
        .a_bool = QUIRE_SOME(true),
        .a_mood = QUIRE_NULL,
        .moods = QUIRE_SOME(((quire_enum_array){ .items = items, .count = 2 })),
        .ints = QUIRE_SOME(((quire_int4_array){ .items = items, .nulls = nulls, .count = 2 })),
    };
    assert_ok(everything_nullable_kinds_create(repos.nullable_kinds, &values, &row, &err), &err);
    assert_true(row.a_bool.has && row.a_bool.value);
    assert_int_equal(row.moods.value.count, 2);
    assert_int_equal(row.moods.value.items[1], EVERYTHING_MOOD_EMPTY);
    assert_true(row.ints.value.nulls[1]);
    everything_nullable_kind_free(&row);

    everything_ticket ticket = { 0 };
    assert_ok(everything_tickets_create(repos.tickets, &ticket, &err), &err);
    assert_int_equal(ticket.double_.value, 2);
    everything_ticket_free(&ticket);
}

static void what_is_missing(void **state)
{
    quire_error err = { 0 };
    everything_repos repos = everything_repos_on(*state);
    const everything_somebody_new nameless = { .id = QUIRE_SOME(1) };
    assert_status(QUIRE_INVALID, everything_people_create(repos.people, &nameless, NULL, &err),
                  &err);
    assert_string_equal(err.column, "name");
    const everything_somebody_new null_name = { .id = QUIRE_SOME(1), .name = QUIRE_NULL_TEXT };
    assert_status(QUIRE_INVALID, everything_people_create(repos.people, &null_name, NULL, &err),
                  &err);
    assert_int_equal(test_int(*state, "select count(*) from people"), 0);
}

/* ---- updates and deletes --------------------------------------------------------------------- */

static void people(quire_db *db)
{
    test_sql(db, "insert into people (id, name, mother_id, friend, updated_at) values"
                 " (1, 'Ada', null, null, '2001-01-01'), (2, 'Eve', 1, 1, '2001-01-01');"
                 "insert into letters values (1, 2, null), (2, 2, 1), (3, 1, 2)");
}

static void changes(void **state)
{
    quire_error err = { 0 };
    everything_people_repo repo = everything_repos_on(*state).people;
    everything_somebody row = { 0 };
    people(*state);
    assert_status(QUIRE_INVALID, everything_people_update(repo, 1, NULL, NULL, &err), &err);
    const everything_somebody_changes none = { .name = NULL };
    assert_status(QUIRE_INVALID, everything_people_update(repo, 1, &none, NULL, &err), &err);
    const everything_somebody_changes name = { .name = "Ida" };
    assert_ok(everything_people_update(repo, 2, &name, &row, &err), &err);
    assert_string_equal(row.name, "Ida");
    assert_int_equal(row.mother_id.value, 1);
    everything_somebody_free(&row);
    assert_int_equal(test_int(*state, "select (updated_at = now()::date or updated_at > "
                                      "now() - interval '1 hour')::int from people where id = 2"),
                     1);
    const everything_somebody_changes given = { .mother_id = QUIRE_NULL,
                                                .updated_at =
                                                    QUIRE_SOME(((quire_timestamptz){ 7 })) };
    assert_ok(everything_people_update(repo, 2, &given, &row, &err), &err);
    assert_false(row.mother_id.has);
    assert_int_equal(row.updated_at.us, 7);
    everything_somebody_free(&row);
    assert_status(QUIRE_NO_ROW, everything_people_update(repo, 3, &name, NULL, &err), &err);
}

static void deletion(void **state)
{
    quire_error err = { 0 };
    everything_people_repo repo = everything_repos_on(*state).people;
    everything_somebody row = { 0 };
    const everything_somebody_changes name = { .name = "Ida" };
    test_sql(*state, "insert into people (id, name) values (1, 'Ada')");
    assert_status(QUIRE_NO_ROW, everything_people_restore(repo, 1, &err), &err);
    assert_ok(everything_people_delete(repo, 1, &err), &err);
    assert_status(QUIRE_NO_ROW, everything_people_delete(repo, 1, &err), &err);
    assert_status(QUIRE_NO_ROW, everything_people_find_by_id(repo, 1, &row, &err), &err);
    assert_status(QUIRE_NO_ROW, everything_people_update(repo, 1, &name, NULL, &err), &err);
    assert_ok(everything_people_restore(repo, 1, &err), &err);
    assert_ok(everything_people_find_by_id(repo, 1, &row, &err), &err);
    everything_somebody_free(&row);
    assert_ok(everything_people_purge(repo, 1, &err), &err);
    assert_int_equal(test_int(*state, "select count(*) from people"), 0);
    assert_status(QUIRE_NO_ROW, everything_people_purge(repo, 1, &err), &err);
}

static void composite_keys(void **state)
{
    quire_error err = { 0 };
    everything_repos repos = everything_repos_on(*state);
    const everything_membership_new values = { .person_id = QUIRE_SOME(1),
                                               .club_id = QUIRE_SOME(2) };
    everything_membership row = { 0 };
    assert_ok(everything_memberships_create(repos.memberships, &values, NULL, &err), &err);
    assert_status(QUIRE_NO_ROW,
                  everything_memberships_find_by_id(repos.memberships, 2, 1, &row, &err), &err);
    assert_ok(everything_memberships_find_by_id(repos.memberships, 1, 2, &row, &err), &err);
    everything_membership_free(&row);
    assert_ok(everything_memberships_delete(repos.memberships, 1, 2, &err), &err);

    const everything_class_new odd = { .new_ = QUIRE_SOME(7),
                                       .n2fa = QUIRE_SOME(true),
                                       .out = "x" };
    everything_class klass = { 0 };
    assert_ok(everything_class_create(repos.class_, &odd, &klass, &err), &err);
    assert_int_equal(klass.new_, 7);
    assert_true(klass.n2fa);
    assert_string_equal(klass.out, "x");
    everything_class_free(&klass);
}

/* ---- relations ------------------------------------------------------------------------------- */

static void parents(void **state)
{
    quire_error err = { 0 };
    everything_letters_repo repo = everything_repos_on(*state).letters;
    everything_letter_with_sender sent = { 0 };
    everything_letter_with_recipient received = { 0 };
    people(*state);
    test_sql(*state, "update people set deleted_at = now() where id = 1");
    assert_ok(everything_letters_find_by_id_with_sender(repo, 1, &sent, &err), &err);
    assert_string_equal(sent.sender_row.name, "Eve");
    assert_int_equal(sent.sender_row.mother_id.value, 1);
    everything_letter_with_sender_free(&sent);
    assert_ok(everything_letters_find_by_id_with_recipient(repo, 1, &received, &err), &err);
    assert_false(received.recipient.has);
    everything_letter_with_recipient_free(&received);
    assert_ok(everything_letters_find_by_id_with_recipient(repo, 2, &received, &err), &err);
    assert_true(received.recipient.has);
    assert_string_equal(received.recipient.value.name, "Ada");
    everything_letter_with_recipient_free(&received);
    assert_status(QUIRE_NO_ROW,
                  everything_letters_find_by_id_with_recipient(repo, 9, &received, &err), &err);
}

static void children(void **state)
{
    quire_error err = { 0 };
    everything_people_repo repo = everything_repos_on(*state).people;
    everything_somebody_with_letters_by_sender row = { 0 };
    people(*state);
    assert_ok(everything_people_find_by_id_with_letters_by_sender(repo, 2, &row, &err), &err);
    assert_string_equal(row.name, "Eve");
    assert_int_equal(row.letters_by_sender.count, 2);
    assert_int_equal(row.letters_by_sender.items[0].id, 1);
    assert_int_equal(row.letters_by_sender.items[1].recipient_id.value, 1);
    everything_somebody_with_letters_by_sender_free(&row);
    assert_null(row.letters_by_sender.items);
    assert_status(QUIRE_NO_ROW,
                  everything_people_find_by_id_with_letters_by_sender(repo, 5, &row, &err), &err);

    everything_sales_order_with_sales_order_lines order = { 0 };
    test_sql(*state, "insert into sales.orders (id) values (1)");
    assert_ok(everything_sales_orders_find_by_id_with_sales_order_lines(
                  everything_repos_on(*state).sales_orders, 1, &order, &err),
              &err);
    assert_int_equal(order.state, EVERYTHING_SALES_STATE_OPEN);
    assert_int_equal(order.sales_order_lines.count, 0);
    everything_sales_order_with_sales_order_lines_free(&order);
}

/* ---- queries --------------------------------------------------------------------------------- */

static void searches(void **state)
{
    quire_error err = { 0 };
    lib_books_repo repo = lib_repos_on(*state).books;
    lib_book_list list = { 0 };
    assert_ok(lib_books_search(repo, NULL, &list, &err), &err);
    assert_int_equal(list.count, 3);
    assert_string_equal(list.items[0].title, "Solaris");
    lib_book_list_free(&list);

    const char *const tag = "moon";
    const lib_books_search_params params = {
        .shelf = QUIRE_SOME(LIB_SHELF_FICTION),
        .title = "the",
        .low = QUIRE_SOME(4.0),
        .high = QUIRE_SOME(5.0),
        .tags = QUIRE_SOME(((quire_text_array){ .items = &tag, .count = 1 })),
        .limit = QUIRE_SOME(10),
        .sort = LIB_BOOKS_SEARCH_SORT_TOP_RATED,
    };
    assert_ok(lib_books_search(repo, &params, &list, &err), &err);
    assert_int_equal(list.count, 1);
    assert_string_equal(list.items[0].title, "The Dispossessed");
    lib_book_list_free(&list);

    const lib_books_search_params sorted = { .sort = LIB_BOOKS_SEARCH_SORT_TOP_RATED };
    assert_ok(lib_books_search(repo, &sorted, &list, &err), &err);
    assert_string_equal(list.items[2].title, "The Wave in the Mind");
    assert_false(list.items[2].rating.has);
    lib_book_list_free(&list);

    const lib_books_search_params half = { .low = QUIRE_SOME(4.0) };
    assert_status(QUIRE_INVALID, lib_books_search(repo, &half, &list, &err), &err);
    assert_string_equal(err.column, "high");
}

static void values(void **state)
{
    quire_error err = { 0 };
    lib_books_repo repo = lib_repos_on(*state).books;
    int64_t count = 0, affected = 0;
    assert_ok(lib_books_count(repo, LIB_SHELF_FICTION, &count, &err), &err);
    assert_int_equal(count, 2);
    lib_shelf shelf;
    assert_ok(lib_books_shelf_of(repo, 2, &shelf, &err), &err);
    assert_int_equal(shelf, LIB_SHELF_FACT);
    assert_status(QUIRE_NO_ROW, lib_books_shelf_of(repo, 9, &shelf, &err), &err);

    lib_books_price_value price = { 0 };
    assert_ok(lib_books_price(repo, 3, &price, &err), &err);
    assert_string_equal(price.value.value.text, "12.50");
    lib_books_price_value_free(&price);
    const quire_nullable_decimal none = { .has = false };
    assert_ok(lib_books_set_price(repo, none, 3, &affected, &err), &err);
    assert_int_equal(affected, 1);
    assert_ok(lib_books_price(repo, 3, &price, &err), &err);
    assert_false(price.value.has);
    lib_books_price_value_free(&price);

    lib_books_titles_value titles = { 0 };
    assert_ok(lib_books_titles(repo, &titles, &err), &err);
    assert_int_equal(titles.value.value.count, 3);
    lib_books_titles_value_free(&titles);
}

static void rows(void **state)
{
    quire_error err = { 0 };
    lib_books_repo repo = lib_repos_on(*state).books;
    lib_book book = { 0 };
    bool found = false;
    assert_ok(lib_books_by_title(repo, "Solaris", &found, &book, &err), &err);
    assert_true(found);
    lib_book_free(&book);
    assert_ok(lib_books_by_title(repo, "Ubik", &found, &book, &err), &err);
    assert_false(found);

    lib_books_joined_row_list joined = { 0 };
    assert_ok(lib_books_joined(repo, &joined, &err), &err);
    assert_int_equal(joined.count, 5);
    lib_books_joined_row_list_free(&joined);

    lib_books_echo_row echo = { 0 };
    assert_ok(lib_books_echo(repo, "yes", &echo, &err), &err);
    assert_string_equal(echo.a, ":no");
    assert_string_equal(echo.out, "yes");
    assert_int_equal(echo.d.value.items[1], 2);
    assert_string_equal(echo.e, "a\n  :no --? not a mark\n  b");
    lib_books_echo_row_free(&echo);

    lib_reports_per_author_row_list report = { 0 };
    assert_ok(lib_reports_per_author(lib_repos_on(*state).reports, &report, &err), &err);
    assert_int_equal(report.count, 2);
    lib_reports_per_author_row_list_free(&report);
    assert_ok(lib_books_ping(repo, "hello", &err), &err);
    const int shelves[] = { LIB_SHELF_FICTION };
    const quire_enum_array all = { .items = shelves, .count = 1 };
    assert_ok(lib_books_forget(repo, all, &err), &err);
    assert_int_equal(test_int(*state, "select count(*) from books"), 1);
}

#define EVERYTHING(test)                                                                           \
    cmocka_unit_test_setup_teardown(test, setup_everything, test_database_teardown)
#define LIBRARY(test) cmocka_unit_test_setup_teardown(test, setup_library, test_database_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EVERYTHING(one_of_each_kind),
        cmocka_unit_test(labels),
        EVERYTHING(nothing_but_defaults),
        EVERYTHING(what_is_missing),
        EVERYTHING(changes),
        EVERYTHING(deletion),
        EVERYTHING(composite_keys),
        EVERYTHING(parents),
        EVERYTHING(children),
        LIBRARY(searches),
        LIBRARY(values),
        LIBRARY(rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
