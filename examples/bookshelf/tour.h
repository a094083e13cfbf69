/*
 * tour.h - the parts of the bookshelf's program: each step calls a few repository functions and
 * prints what it got.
 */
#ifndef TOUR_H
#define TOUR_H

#include <quire/quire.h>

#include "bookshelf.h"

typedef struct tour_step {
    const char *title;
    quire_status (*run)(quire_db *db, quire_error *err);
} tour_step;

/* Both end with a step without a title. */
extern const tour_step reading_steps[]; /* change nothing */
extern const tour_step writing_steps[]; /* to be run in a transaction that is rolled back */

/* How rows are printed: one line each, what is NULL in words. */
void show_book(const bookshelf_book *book);
void show_books(const bookshelf_book_list *books);
void show_author(const bookshelf_author *author);
void show_user(const bookshelf_user *user);
void show_user_book(const bookshelf_user_book *entry);

/* "1929-10-21", or "?" for NULL, in storage. */
const char *show_date(quire_nullable_date date, char storage[QUIRE_TIME_SIZE]);

/* A price, or "not for sale". */
const char *show_price(quire_nullable_decimal price);

#endif
