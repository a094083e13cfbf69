#include "bookshelf/fixture.h"

#include <string.h>

static void creates(void **state)
{
    quire_db *db = *state;
    bookshelf_users_repo users = bookshelf_repos_on(db).users;
    quire_error err = { 0 };
    bookshelf_user user = { 0 };
    quire_uuid id = { { 0 } };
    assert_int_equal(quire_uuid_parse("00112233-4455-6677-8899-AABBCCDDEEFF", &id), QUIRE_OK);

    bookshelf_user_new values = { .public_id = QUIRE_SOME(id),
                                  .email = "zoë@example.org",
                                  .name = "Zoë 📚",
                                  .metadata = "{\"b\": 1, \"a\": {\"ключ\": [true, null]}}" };
    assert_ok(bookshelf_users_create(users, &values, &user, &err), &err);
    assert_int_equal(user.id, 1);
    assert_true(quire_uuid_equal(user.public_id, id));
    assert_string_equal(user.metadata, "{\"a\": {\"ключ\": [true, null]}, \"b\": 1}");
    assert_user_is(db, &user);
    bookshelf_user_free(&user);

    assert_ok(bookshelf_users_create(users,
                                     &(bookshelf_user_new){ .email = "b@example.org", .name = "B" },
                                     &user, &err),
              &err);
    assert_false(quire_uuid_equal(user.public_id, id)); /* the column's default */
    assert_int_equal(user.public_id.bytes[6] >> 4, 4);  /* a random one */
    assert_string_equal(user.metadata, "{}");
    assert_false(user.deleted_at.has);
    assert_user_is(db, &user);
    bookshelf_user_free(&user);
}

static void refuses(void **state)
{
    quire_db *db = *state;
    bookshelf_users_repo users = bookshelf_repos_on(db).users;
    quire_error err = { 0 };
    add_rows(db);

    assert_status(QUIRE_INVALID,
                  bookshelf_users_create(users, &(bookshelf_user_new){ .name = "X" }, NULL, &err),
                  &err);
    assert_string_equal(err.column, "email");
    assert_status(
        QUIRE_UNIQUE,
        bookshelf_users_create(
            users, &(bookshelf_user_new){ .email = "ADA@EXAMPLE.ORG", .name = "X" }, NULL, &err),
        &err);
    assert_string_equal(err.constraint, "users_email_key");
    assert_string_equal(err.table, "users");
    assert_string_equal(err.sqlstate, "23505");
    assert_contains(err.detail, "ada@example.org");
    assert_status(QUIRE_CONSTRAINT,
                  bookshelf_users_create(
                      users, &(bookshelf_user_new){ .email = "nobody", .name = "X" }, NULL, &err),
                  &err);
    assert_string_equal(err.constraint, "users_email_check");
    bookshelf_user_new broken = { .email = "x@y", .name = "X", .metadata = "{\"a\": }" };
    assert_status(QUIRE_SQL, bookshelf_users_create(users, &broken, NULL, &err), &err);
    assert_string_equal(err.sqlstate, "22P02");
    bookshelf_user_new array = { .email = "x@y", .name = "X", .metadata = "[]" };
    assert_status(QUIRE_CONSTRAINT, bookshelf_users_create(users, &array, NULL, &err), &err);
    assert_string_equal(err.constraint, "users_metadata_check");
    assert_int_equal(test_int(db, "select count(*) from users"), 2);
}

static void finds(void **state)
{
    quire_db *db = *state;
    bookshelf_users_repo users = bookshelf_repos_on(db).users;
    quire_error err = { 0 };
    bookshelf_user user = { 0 };
    bookshelf_user again = { 0 };
    bool found = false;
    add_rows(db);

    assert_ok(bookshelf_users_find_by_email(users, "zoe@example.ORG", &found, &user, &err), &err);
    assert_true(found);
    assert_int_equal(user.id, 2);
    assert_string_equal(user.email, "Zoe@Example.org");
    assert_user_is(db, &user);
    assert_ok(bookshelf_users_find_by_public_id(users, user.public_id, &found, &again, &err), &err);
    assert_true(found);
    assert_int_equal(again.id, 2);
    bookshelf_user_free(&again);
    assert_ok(bookshelf_users_find_by_id(users, 2, &again, &err), &err);
    assert_string_equal(again.name, "Zoë 📚");
    bookshelf_user_free(&again);

    user.public_id.bytes[0] ^= 1;
    assert_ok(bookshelf_users_find_by_public_id(users, user.public_id, &found, &again, &err), &err);
    assert_false(found);
    bookshelf_user_free(&user);
    assert_ok(bookshelf_users_find_by_email(users, "nobody@example.org", &found, &user, &err),
              &err);
    assert_false(found);
    assert_status(QUIRE_NO_ROW, bookshelf_users_find_by_id(users, 3, &user, &err), &err);
}

static void finds_by_metadata(void **state)
{
    quire_db *db = *state;
    bookshelf_users_repo users = bookshelf_repos_on(db).users;
    quire_error err = { 0 };
    bookshelf_user_list list = { 0 };
    add_rows(db);

    assert_ok(bookshelf_users_find_by_metadata(users, "{\"theme\": \"dark\"}", &list, &err), &err);
    assert_int_equal(list.count, 1);
    assert_int_equal(list.items[0].id, 1);
    assert_string_equal(list.items[0].metadata, "{\"theme\": \"dark\"}");
    bookshelf_user_list_free(&list);
    assert_ok(bookshelf_users_find_by_metadata(users, "{}", &list, &err), &err);
    assert_int_equal(list.count, 2);
    bookshelf_user_list_free(&list);
    assert_status(QUIRE_SQL, bookshelf_users_find_by_metadata(users, "{", &list, &err), &err);
}

static void merges_metadata(void **state)
{
    quire_db *db = *state;
    bookshelf_users_repo users = bookshelf_repos_on(db).users;
    quire_error err = { 0 };
    bookshelf_user user = { 0 };
    add_rows(db);

    assert_ok(
        bookshelf_users_merge_metadata(users, "{\"language\": \"ja\", \"n\": 1e2}", 1, &user, &err),
        &err);
    assert_string_equal(user.metadata, "{\"n\": 100, \"theme\": \"dark\", \"language\": \"ja\"}");
    assert_user_is(db, &user);
    bookshelf_user_free(&user);
    assert_status(QUIRE_NO_ROW, bookshelf_users_merge_metadata(users, "{}", 9, &user, &err), &err);
}

static void updates_deletes_restores_purges(void **state)
{
    quire_db *db = *state;
    bookshelf_users_repo users = bookshelf_repos_on(db).users;
    quire_error err = { 0 };
    bookshelf_user user = { 0 };
    add_rows(db);
    test_sql(db, "insert into user_books (user_id, book_id) values (1, 1), (1, 2), (2, 1)");

    assert_ok(bookshelf_users_update(users, 1, &(bookshelf_user_changes){ .name = "Ada L." }, &user,
                                     &err),
              &err);
    assert_string_equal(user.name, "Ada L.");
    assert_string_equal(user.email, "ada@example.org");
    assert_true(user.updated_at.us > user.created_at.us);
    assert_user_is(db, &user);
    bookshelf_user_free(&user);
    assert_status(QUIRE_UNIQUE,
                  bookshelf_users_update(users, 1,
                                         &(bookshelf_user_changes){ .email = "zoe@example.org" },
                                         NULL, &err),
                  &err);
    assert_string_equal(err.constraint, "users_email_key");

    /* A deleted user's address is free; then that user cannot come back. */
    assert_ok(bookshelf_users_delete(users, 1, &err), &err);
    assert_ok(
        bookshelf_users_create(
            users, &(bookshelf_user_new){ .email = "ada@example.org", .name = "A" }, NULL, &err),
        &err);
    assert_status(QUIRE_UNIQUE, bookshelf_users_restore(users, 1, &err), &err);
    test_sql(db, "delete from users where id > 2");
    assert_ok(bookshelf_users_restore(users, 1, &err), &err);

    assert_ok(bookshelf_users_purge(users, 1, &err), &err);
    assert_int_equal(test_int(db, "select count(*) from user_books"), 1); /* the shelf goes along */
    assert_status(QUIRE_NO_ROW, bookshelf_users_purge(users, 1, &err), &err);
}

static void counts_active(void **state)
{
    quire_db *db = *state;
    bookshelf_users_repo users = bookshelf_repos_on(db).users;
    quire_error err = { 0 };
    quire_timestamptz since = { 0 };
    int64_t count = -1;
    add_rows(db);
    test_sql(db, "insert into user_books (user_id, book_id, updated_at)"
                 " values (1, 1, '2020-01-01 00:00:00.000001+00'), (1, 2, '2020-06-01 00:00+02'),"
                 "        (2, 1, '2019-12-31 23:59:59.999999+00')");

    assert_int_equal(quire_timestamptz_parse("2020-01-01 00:00:00+00", &since), QUIRE_OK);
    assert_ok(bookshelf_users_count_active(users, since, &count, &err), &err);
    assert_int_equal(count, 1);
    since.us -= 1;
    assert_ok(bookshelf_users_count_active(users, since, &count, &err), &err);
    assert_int_equal(count, 2);
    since.us = QUIRE_TIMESTAMP_INFINITY;
    assert_ok(bookshelf_users_count_active(users, since, &count, &err), &err);
    assert_int_equal(count, 0);
    since.us = QUIRE_TIMESTAMP_MINUS_INFINITY;
    assert_ok(bookshelf_users_count_active(users, since, &count, &err), &err);
    assert_int_equal(count, 2);
}

static void tells_activity(void **state)
{
    quire_db *db = *state;
    bookshelf_users_repo users = bookshelf_repos_on(db).users;
    quire_error err = { 0 };
    bookshelf_users_get_activity_row_list list = { 0 };
    add_rows(db);
    test_sql(db, "insert into user_books (user_id, book_id, status, finished_on, reading_time)"
                 " values (1, 1, 'finished', '2026-01-11', '1 month 2 days 3 hours'),"
                 "        (1, 2, 'reading', null, '-1 day 0.5 seconds'),"
                 "        (1, 3, 'finished', '2025-01-11', '0')");

    assert_ok(bookshelf_users_get_activity(users, &list, &err), &err);
    assert_int_equal(list.count, 2);
    assert_string_equal(list.items[0].name, "Ada");
    assert_int_equal(list.items[0].book_count, 3);
    assert_int_equal(list.items[0].finished_count, 2);
    assert_true(list.items[0].reading_time.has);
    assert_int_equal(list.items[0].reading_time.value.months, 1);
    assert_int_equal(list.items[0].reading_time.value.days, 1);
    assert_int_equal(list.items[0].reading_time.value.us, INT64_C(10800500000));
    assert_int_equal(list.items[0].last_finished_on.value.days, a_date(2026, 1, 11).days);
    assert_string_equal(list.items[1].name, "Zoë 📚");
    assert_int_equal(list.items[1].book_count, 0);
    assert_false(list.items[1].reading_time.has);
    assert_false(list.items[1].last_finished_on.has);
    bookshelf_users_get_activity_row_list_free(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        bookshelf_test(creates),         bookshelf_test(refuses),
        bookshelf_test(finds),           bookshelf_test(finds_by_metadata),
        bookshelf_test(merges_metadata), bookshelf_test(updates_deletes_restores_purges),
        bookshelf_test(counts_active),   bookshelf_test(tells_activity),
    };
    return cmocka_run_group_tests_name("bookshelf: users", tests, bookshelf_setup,
                                       bookshelf_teardown);
}
