/*
 * list.h - attributes that are lists: "fillfactor=70, fastupdate=off", "host 'a', dbname 'b'",
 * "INSERT, SELECT". Items are parted by ", " outside of quotes and parentheses; an item's name ends
 * at the first space or "=".
 */
#ifndef QI_LIST_H
#define QI_LIST_H

#include "plan/planning.h"

typedef struct qi_item {
    const char *text; /* in the list, not ended by a NUL */
    size_t length;
    size_t name_length;
} qi_item;

/* The next item of a list, which *at moves along; NULL is an empty list. False: no more. */
bool qi_item_next(const char **at, qi_item *out);

/* Whether the list has the very same item, or one of the same name. */
bool qi_list_has(const char *list, const qi_item *item);
bool qi_list_has_name(const char *list, const qi_item *item);

/* The items of `list` that are not in `other`, parted by ", "; NULL when there is none. */
const char *qi_list_without(qi_planning *p, const char *list, const char *other);
/* The names of `list` of which `other` has no item. */
const char *qi_list_names_without(qi_planning *p, const char *list, const char *other);

/* "ADD a 'x', SET b 'y', DROP c": how the options of foreign objects change. */
const char *qi_list_options(qi_planning *p, const char *before, const char *after);

#endif
