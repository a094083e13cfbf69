#include "tour.h"

#include <inttypes.h>
#include <stdio.h>

/* ---- books ----------------------------------------------------------------------------------- */

static quire_status search(quire_db *db, const bookshelf_books_search_params *params,
                           quire_error *err)
{
    bookshelf_book_list books = { 0 };
    quire_status status = bookshelf_books_search(bookshelf_repos_on(db).books, params, &books, err);
    if (status == QUIRE_OK)
        show_books(&books);
    bookshelf_book_list_free(&books);
    return status;
}

static quire_status search_fantasy(quire_db *db, quire_error *err)
{
    return search(db,
                  &(bookshelf_books_search_params){
                      .genre = "Fantasy", .min_rating = QUIRE_SOME(4.0), .limit = QUIRE_SOME(5) },
                  err);
}

static quire_status search_author(quire_db *db, quire_error *err)
{
    return search(db,
                  &(bookshelf_books_search_params){ .author = "lem",
                                                    .max_price = QUIRE_SOME(quire_decimal_of("10")),
                                                    .sort = BOOKSHELF_BOOKS_SEARCH_SORT_OLDEST },
                  err);
}

static quire_status search_page(quire_db *db, quire_error *err)
{
    return search(db,
                  &(bookshelf_books_search_params){ .title = "the",
                                                    .min_price = QUIRE_SOME(quire_decimal_of("8")),
                                                    .max_rating = QUIRE_SOME(4.5),
                                                    .available = QUIRE_SOME(true),
                                                    .sort = BOOKSHELF_BOOKS_SEARCH_SORT_NEWEST,
                                                    .limit = QUIRE_SOME(4),
                                                    .offset = QUIRE_SOME(4) },
                  err);
}

static quire_status search_nothing(quire_db *db, quire_error *err)
{
    return search(db, &(bookshelf_books_search_params){ .title = "no such title" }, err);
}

static quire_status find_book(quire_db *db, quire_error *err)
{
    bookshelf_books_repo books = bookshelf_repos_on(db).books;
    bookshelf_book found = { 0 };
    bookshelf_book again = { 0 };
    bookshelf_book_with_author both = { 0 };
    bool has = false;

    quire_status status = bookshelf_books_find_by_isbn(books, "9780156027601", &has, &found, err);
    if (status != QUIRE_OK)
        goto done;
    if (!has) {
        printf("  the catalogue is not seeded: run `quire seed`\n");
        goto done;
    }
    status = bookshelf_books_find_by_id(books, found.id, &again, err);
    if (status != QUIRE_OK)
        goto done;
    show_book(&again);
    status = bookshelf_books_find_by_id_with_author(books, found.id, &both, err);
    if (status != QUIRE_OK)
        goto done;
    printf("  %s was written by\n", both.title);
    show_author(&both.author);
    printf("  tags:");
    for (size_t i = 0; i < both.tags.count; i++)
        printf(" %s", both.tags.items[i]);
    printf("; metadata: %s\n", both.metadata);
done:
    bookshelf_book_free(&found);
    bookshelf_book_free(&again);
    bookshelf_book_with_author_free(&both);
    return status;
}

static quire_status find_no_book(quire_db *db, quire_error *err)
{
    bookshelf_book book = { 0 };
    bool found = false;
    quire_status status = bookshelf_books_find_by_isbn(bookshelf_repos_on(db).books,
                                                       "9780000000002", &found, &book, err);
    if (status == QUIRE_OK)
        printf("  found: %s\n", found ? "yes" : "no");
    bookshelf_book_free(&book);
    return status;
}

static quire_status find_tagged(quire_db *db, quire_error *err)
{
    const char *const tags[] = { "children", "dragons" };
    bookshelf_book_list books = { 0 };
    quire_status status = bookshelf_books_find_tagged(
        bookshelf_repos_on(db).books, (quire_text_array){ .items = tags, .count = 2 }, &books, err);
    if (status == QUIRE_OK)
        show_books(&books);
    bookshelf_book_list_free(&books);
    return status;
}

static quire_status book_stats(quire_db *db, quire_error *err)
{
    bookshelf_books_get_stats_row_list stats = { 0 };
    quire_status status = bookshelf_books_get_stats(bookshelf_repos_on(db).books, &stats, err);
    for (size_t i = 0; i < stats.count; i++) {
        const bookshelf_books_get_stats_row *row = &stats.items[i];
        printf("  %3" PRId64 "  %s", row->book_count, row->genre);
        if (row->average_rating.has)
            printf(", rated %.2f", row->average_rating.value);
        if (row->average_price.has)
            printf(", %s on average", row->average_price.value.text);
        printf("\n");
    }
    bookshelf_books_get_stats_row_list_free(&stats);
    return status;
}

static quire_status book_totals(quire_db *db, quire_error *err)
{
    bookshelf_books_repo books = bookshelf_repos_on(db).books;
    bookshelf_books_get_totals_row totals = { 0 };
    int64_t fantasy = 0;

    quire_status status = bookshelf_books_get_totals(books, &totals, err);
    if (status == QUIRE_OK)
        status = bookshelf_books_count_in_genre(books, "Fantasy", &fantasy, err);
    if (status == QUIRE_OK) {
        printf("  %" PRId64 " books by %" PRId64 " authors in %" PRId64 " genres, %" PRId64
               " available, %" PRId64 " of fantasy\n",
               totals.book_count, totals.author_count, totals.genre_count, totals.available_count,
               fantasy);
        printf("  %s on average, the oldest of the year %d\n", show_price(totals.average_price),
               totals.oldest_year.value);
    }
    bookshelf_books_get_totals_row_free(&totals);
    return status;
}

/* ---- authors --------------------------------------------------------------------------------- */

static quire_status search_authors(quire_db *db, quire_error *err)
{
    static const char *const names[] = { "mar", "村上", "no such name" };
    quire_status status = QUIRE_OK;

    for (size_t n = 0; n < 3 && status == QUIRE_OK; n++) {
        bookshelf_author_list authors = { 0 };
        status = bookshelf_authors_search(bookshelf_repos_on(db).authors, names[n], &authors, err);
        for (size_t i = 0; i < authors.count; i++)
            show_author(&authors.items[i]);
        if (status == QUIRE_OK)
            printf("  \"%s\": %zu found\n", names[n], authors.count);
        bookshelf_author_list_free(&authors);
    }
    return status;
}

static quire_status find_author(quire_db *db, quire_error *err)
{
    bookshelf_authors_repo authors = bookshelf_repos_on(db).authors;
    bookshelf_author named = { 0 };
    bookshelf_author author = { 0 };
    bookshelf_author_with_books with_books = { 0 };
    bool found = false;

    quire_status status =
        bookshelf_authors_find_by_name(authors, "Ursula K. Le Guin", &found, &named, err);
    if (status != QUIRE_OK || !found)
        goto done;
    status = bookshelf_authors_find_by_id(authors, named.id, &author, err);
    if (status != QUIRE_OK)
        goto done;
    show_author(&author);
    printf("  %s\n", author.biography);
    status = bookshelf_authors_find_by_id_with_books(authors, named.id, &with_books, err);
    if (status == QUIRE_OK)
        show_books(&with_books.books);
done:
    bookshelf_author_free(&named);
    bookshelf_author_free(&author);
    bookshelf_author_with_books_free(&with_books);
    return status;
}

static quire_status featured_authors(quire_db *db, quire_error *err)
{
    bookshelf_authors_get_featured_row_list authors = { 0 };
    quire_status status =
        bookshelf_authors_get_featured(bookshelf_repos_on(db).authors, 5, &authors, err);
    for (size_t i = 0; i < authors.count; i++) {
        const bookshelf_authors_get_featured_row *row = &authors.items[i];
        printf("  %.2f  %s, best book: %s\n", row->best_rating, row->name,
               row->best_title ? row->best_title : "?");
    }
    bookshelf_authors_get_featured_row_list_free(&authors);
    return status;
}

static quire_status author_stats(quire_db *db, quire_error *err)
{
    bookshelf_authors_get_stats_row_list stats = { 0 };
    quire_status status = bookshelf_authors_get_stats(bookshelf_repos_on(db).authors, &stats, err);
    for (size_t i = 0; i < stats.count && i < 6; i++) {
        const bookshelf_authors_get_stats_row *row = &stats.items[i];
        printf("  %2" PRId64 "  %s, %" PRId64 " of them alive, %" PRId64 " books\n",
               row->author_count, row->nationality ? row->nationality : "(not known)",
               row->living_count, row->book_count);
    }
    if (status == QUIRE_OK)
        printf("  %zu nationalities\n", stats.count);
    bookshelf_authors_get_stats_row_list_free(&stats);
    return status;
}

static quire_status authors_without_books(quire_db *db, quire_error *err)
{
    bookshelf_authors_find_without_books_row_list authors = { 0 };
    quire_status status =
        bookshelf_authors_find_without_books(bookshelf_repos_on(db).authors, &authors, err);
    for (size_t i = 0; i < authors.count; i++)
        printf("  %s\n", authors.items[i].name);
    bookshelf_authors_find_without_books_row_list_free(&authors);
    return status;
}

/* ---- users and their shelves ----------------------------------------------------------------- */

static quire_status find_users(quire_db *db, quire_error *err)
{
    bookshelf_users_repo users = bookshelf_repos_on(db).users;
    bookshelf_user by_email = { 0 };
    bookshelf_user by_public_id = { 0 };
    bookshelf_user by_id = { 0 };
    bookshelf_user_list polish = { 0 };
    bool found = false;

    quire_status status =
        bookshelf_users_find_by_email(users, "ZOE@example.org", &found, &by_email, err);
    if (status != QUIRE_OK || !found)
        goto done;
    status =
        bookshelf_users_find_by_public_id(users, by_email.public_id, &found, &by_public_id, err);
    if (status != QUIRE_OK || !found)
        goto done;
    status = bookshelf_users_find_by_id(users, by_public_id.id, &by_id, err);
    if (status != QUIRE_OK)
        goto done;
    char uuid[QUIRE_UUID_SIZE];
    printf("  %s\n", quire_uuid_format(by_id.public_id, uuid));
    show_user(&by_id);
    status = bookshelf_users_find_by_metadata(users, "{\"language\": \"pl\"}", &polish, err);
    for (size_t i = 0; i < polish.count; i++)
        show_user(&polish.items[i]);
done:
    bookshelf_user_free(&by_email);
    bookshelf_user_free(&by_public_id);
    bookshelf_user_free(&by_id);
    bookshelf_user_list_free(&polish);
    return status;
}

static quire_status user_activity(quire_db *db, quire_error *err)
{
    bookshelf_users_repo users = bookshelf_repos_on(db).users;
    bookshelf_users_get_activity_row_list activity = { 0 };
    quire_timestamptz since = { 0 }; /* 2000-01-01 */
    int64_t active = 0;

    quire_status status = bookshelf_users_get_activity(users, &activity, err);
    for (size_t i = 0; i < activity.count; i++) {
        const bookshelf_users_get_activity_row *row = &activity.items[i];
        char spent[QUIRE_INTERVAL_SIZE];
        char day[QUIRE_TIME_SIZE];
        printf("  %s: %" PRId64 " books, %" PRId64 " finished, the last %s, %s of reading\n",
               row->name, row->book_count, row->finished_count,
               show_date(row->last_finished_on, day),
               row->reading_time.has ? quire_interval_format(row->reading_time.value, spent)
                                     : "nothing");
    }
    if (status == QUIRE_OK)
        status = bookshelf_users_count_active(users, since, &active, err);
    if (status == QUIRE_OK)
        printf("  %" PRId64 " of them have touched their shelf\n", active);
    bookshelf_users_get_activity_row_list_free(&activity);
    return status;
}

static quire_status show_shelf(bookshelf_user_books_repo shelves, int64_t user,
                               const bookshelf_user_books_shelf_params *params, quire_error *err)
{
    bookshelf_user_books_shelf_row_list shelf = { 0 };
    quire_status status = bookshelf_user_books_shelf(shelves, user, params, &shelf, err);
    for (size_t i = 0; i < shelf.count; i++) {
        const bookshelf_user_books_shelf_row *row = &shelf.items[i];
        printf("  %s by %s: %s", row->title, row->author,
               bookshelf_reading_status_label(row->status));
        if (row->status == BOOKSHELF_READING_STATUS_READING)
            printf(", %d percent", row->progress);
        if (row->rating.has)
            printf(", %d stars", row->rating.value);
        printf("%s%s\n", row->review ? ": " : "", row->review ? row->review : "");
    }
    bookshelf_user_books_shelf_row_list_free(&shelf);
    return status;
}

static quire_status shelf_numbers(bookshelf_user_books_repo shelves, int64_t user, quire_error *err)
{
    bookshelf_user_books_count_by_status_row_list counts = { 0 };
    bookshelf_user_book_list finished = { 0 };
    quire_date first;
    quire_date last;

    quire_status status = bookshelf_user_books_count_by_status(shelves, user, &counts, err);
    for (size_t i = 0; i < counts.count; i++)
        printf("  %" PRId64 " %s\n", counts.items[i].book_count,
               bookshelf_reading_status_label(counts.items[i].status));
    if (status == QUIRE_OK)
        status = quire_date_from_ymd(2026, 1, 1, &first);
    if (status == QUIRE_OK)
        status = quire_date_from_ymd(2026, 1, 31, &last);
    if (status == QUIRE_OK)
        status = bookshelf_user_books_finished_between(shelves, user, first, last, &finished, err);
    if (status == QUIRE_OK)
        printf("  %zu finished in January 2026\n", finished.count);
    bookshelf_user_books_count_by_status_row_list_free(&counts);
    bookshelf_user_book_list_free(&finished);
    return status;
}

static quire_status shelves(quire_db *db, quire_error *err)
{
    bookshelf_repos repos = bookshelf_repos_on(db);
    bookshelf_user user = { 0 };
    bool found = false;

    quire_status status =
        bookshelf_users_find_by_email(repos.users, "ada@example.org", &found, &user, err);
    if (status == QUIRE_OK && found) {
        printf("  all of %s's books:\n", user.name);
        status = show_shelf(repos.user_books, user.id, NULL, err);
    }
    if (status == QUIRE_OK && found) {
        printf("  what is being read:\n");
        status = show_shelf(repos.user_books, user.id,
                            &(bookshelf_user_books_shelf_params){
                                .status = QUIRE_SOME(BOOKSHELF_READING_STATUS_READING) },
                            err);
    }
    if (status == QUIRE_OK && found)
        status = shelf_numbers(repos.user_books, user.id, err);
    bookshelf_user_free(&user);
    return status;
}

const tour_step reading_steps[] = {
    { "books.search: fantasy, rated 4.0 or better, the first five", search_fantasy },
    { "books.search: Lem, at most 10.00, in the order they were written", search_author },
    { "books.search: \"the\" in the title and four filters more, the second page", search_page },
    { "books.search: what there is not", search_nothing },
    { "books.find_by_isbn, find_by_id, find_by_id_with_author", find_book },
    { "books.find_by_isbn: what there is not", find_no_book },
    { "books.find_tagged: children and dragons", find_tagged },
    { "books.get_stats: per genre", book_stats },
    { "books.get_totals, count_in_genre", book_totals },
    { "authors.search", search_authors },
    { "authors.find_by_name, find_by_id, find_by_id_with_books", find_author },
    { "authors.get_featured: five", featured_authors },
    { "authors.get_stats: per nationality", author_stats },
    { "authors.find_without_books", authors_without_books },
    { "users.find_by_email, find_by_public_id, find_by_id, find_by_metadata", find_users },
    { "users.get_activity, count_active", user_activity },
    { "user_books.shelf, count_by_status, finished_between", shelves },
    { 0 },
};
