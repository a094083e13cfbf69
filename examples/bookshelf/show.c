#include "tour.h"

#include <inttypes.h>
#include <stdio.h>

const char *show_date(quire_nullable_date date, char storage[QUIRE_TIME_SIZE])
{
    return date.has ? quire_date_format(date.value, storage) : "?";
}

const char *show_price(quire_nullable_decimal price)
{
    return price.has ? price.value.text : "not for sale";
}

void show_book(const bookshelf_book *book)
{
    if (book->rating.has)
        printf("  %.2f  ", book->rating.value);
    else
        printf("     -  ");
    printf("%s", book->title);
    if (book->published_year.has)
        printf(" (%d)", book->published_year.value);
    printf(", %s, %d pages, %s%s\n", book->genre, book->pages, show_price(book->price),
           book->available ? "" : ", not available");
}

void show_books(const bookshelf_book_list *books)
{
    for (size_t i = 0; i < books->count; i++)
        show_book(&books->items[i]);
    printf("  %zu book%s\n", books->count, books->count == 1 ? "" : "s");
}

void show_author(const bookshelf_author *author)
{
    char born[QUIRE_TIME_SIZE];
    char died[QUIRE_TIME_SIZE];

    printf("  %s", author->name);
    if (author->original_name)
        printf(" (%s)", author->original_name);
    printf(", %s, %s to %s\n", author->nationality ? author->nationality : "nationality not known",
           show_date(author->birth_date, born), show_date(author->death_date, died));
}

void show_user(const bookshelf_user *user)
{
    printf("  %s <%s> %s%s\n", user->name, user->email, user->metadata,
           user->deleted_at.has ? " deleted" : "");
}

void show_user_book(const bookshelf_user_book *entry)
{
    char spent[QUIRE_INTERVAL_SIZE];

    printf("  %s, %d percent, %s%s, %s%s%s\n", bookshelf_reading_status_label(entry->status),
           entry->progress, entry->started_on.has ? "started" : "not started",
           entry->finished_on.has ? " and finished" : "",
           quire_interval_format(entry->reading_time, spent), entry->review ? ", " : "",
           entry->review ? entry->review : "");
}
