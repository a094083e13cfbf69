/*
 * names.h - C names from SQL names: words in lower case with single underscores, key words and macros
 * stepped around, table names made singular, and nothing named twice.
 */
#ifndef QI_GEN_NAMES_H
#define QI_GEN_NAMES_H

#include "base/arena.h"

#include <quire/error.h>

#include <stdbool.h>
#include <stddef.h>

/*
 * The words of a name: "createdAt", "Created At" and "created_at" are all created_at. What is no
 * letter, digit or underscore parts words; letters beyond ASCII become u and their code point in
 * hexadecimal, and so does everything in a name that has no letter at all ("+"). Never empty for a name that is not.
 * NULL when out of memory.
 */
const char *qi_gen_words(qi_arena *arena, const char *name);

/* The same in upper case. */
const char *qi_gen_upper(qi_arena *arena, const char *name);

/* Whether C, C++ or a header of the platform has another use for this name. */
bool qi_gen_is_reserved(const char *name);

/*
 * A name that stands alone, of a struct member or an argument: its words, n before a digit, and an
 * underscore behind where the name is reserved (*clashed, may be NULL, says so).
 */
const char *qi_gen_member(qi_arena *arena, const char *name, bool *clashed);

/* "user_books" is user_book, "categories" is category. A guess: quire.conf has [singular]. */
const char *qi_gen_singular(qi_arena *arena, const char *words);

/* Names that share one scope. A zeroed scope is empty; all of it lies in the arena. */
typedef struct qi_gen_scope {
    struct qi_gen_name **buckets;
    size_t bucket_count;
    size_t count;
} qi_gen_scope;

/*
 * Takes a name for `origin` ("column \"a b\" of books"), which must outlive the scope. QUIRE_SQL
 * naming both origins when it is taken already.
 */
quire_status qi_gen_claim(qi_gen_scope *scope, qi_arena *arena, const char *name,
                          const char *origin, quire_error *err);

/* Whose name it is; NULL when it is free. */
const char *qi_gen_claimed(const qi_gen_scope *scope, const char *name);

#endif
