/* Storage parameters and the options of views: "fillfactor=70, user_catalog_table=true". */
#include "plan/planning.h"

#include <string.h>

typedef struct option {
    const char *text; /* name=value */
    size_t name;      /* the length of its name */
    size_t length;
} option;

/* Takes the next option from the list; false at its end. No value has a comma in it. */
static bool next_option(const char **list, option *out)
{
    if (!*list || !**list)
        return false;
    const char *end = strstr(*list, ", ");
    out->text = *list;
    out->length = end ? (size_t)(end - *list) : strlen(*list);
    out->name = strcspn(*list, "=");
    *list = end ? end + 2 : *list + out->length;
    return true;
}

/* Whether the list has the option: by name, or by its value too. */
static bool has_option(const char *list, const option *wanted, bool same_value)
{
    option its;
    while (next_option(&list, &its)) {
        if (its.name == wanted->name && strncmp(its.text, wanted->text, its.name) == 0 &&
            (!same_value ||
             (its.length == wanted->length && strncmp(its.text, wanted->text, its.length) == 0)))
            return true;
    }
    return false;
}

/* Whether those that `after` has kept from `before` come first there, and in the same order. */
static bool keeps_order(const char *before, const char *after)
{
    const char *all = after;
    option kept;
    option its;
    while (next_option(&before, &kept)) {
        if (has_option(all, &kept, true) &&
            !(next_option(&after, &its) && its.length == kept.length &&
              strncmp(its.text, kept.text, its.length) == 0))
            return false;
    }
    return true;
}

/* Those of `list` that `other` does not have in the same way. */
static void write_missing(qi_planning *p, const char *alter, const char *verb, const char *list,
                          const char *other, bool values)
{
    option its;
    bool any = false;
    while (next_option(&list, &its)) {
        if (has_option(other, &its, values))
            continue;
        if (any)
            qi_sql(p, ", ");
        else
            qi_sql(p, "%s %s (", alter, verb);
        qi_sql(p, "%.*s", (int)(values ? its.length : its.name), its.text);
        any = true;
    }
    if (any)
        qi_sql(p, ");\n");
}

/* The server adds what is set at the end of its list, which dumps show. */
void qi_write_options(qi_planning *p, const char *alter, const char *before, const char *after)
{
    bool fits = keeps_order(before, after);
    write_missing(p, alter, "RESET", before, fits ? after : NULL, false);
    write_missing(p, alter, "SET", after, fits ? before : NULL, true);
}
