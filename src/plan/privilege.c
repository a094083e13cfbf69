/* Grants and owners, each a part of what it is on. They are compared when that was asked for. */
#include "plan/privilege.h"

#include "plan/list.h"

#include <string.h>

static const char *value(const qi_object *object, const char *name)
{
    return qi_object_value(object, name);
}

static bool same(const char *left, const char *right)
{
    return left && right ? strcmp(left, right) == 0 : left == right;
}

/* What somebody may do, and what of it they may also let others do: lists that share nothing. */
typedef struct grants {
    const char *plain;
    const char *option;
} grants;

static grants granted(const qi_object *privilege)
{
    return (grants){ value(privilege, "privileges"), value(privilege, "grantable") };
}

/* What the grantee has when nobody granted or revoked anything. */
static grants by_default(const qi_object *privilege)
{
    return (grants){ value(privilege, "_default"), value(privilege, "_default_grantable") };
}

/* On what and to whom. */
typedef struct target {
    const char *on;      /* "TABLE public.books" */
    const char *column;  /* or NULL */
    const char *grantee; /* as the catalog has it: "OWNER" is whoever that is */
    const char *owner;   /* its name; NULL: the current user */
} target;

static target target_of(const qi_object *privilege)
{
    return (target){ value(privilege, "_on"), value(privilege, "_column"),
                     value(privilege, "_grantee"), value(privilege, "_owner") };
}

static const char *role_of(const target *to)
{
    if (strcmp(to->grantee, "OWNER") != 0)
        return to->grantee;
    return to->owner ? to->owner : "CURRENT_USER";
}

/* "SELECT, UPDATE", "SELECT (title), UPDATE (title)". */
static void write_list(qi_planning *p, const char *list, const char *column)
{
    const char *separator = "";
    qi_item item;
    while (qi_item_next(&list, &item)) {
        qi_sql(p, "%s%.*s", separator, (int)item.length, item.text);
        if (column)
            qi_sql(p, " (%s)", column);
        separator = ", ";
    }
}

static void grant(qi_planning *p, const target *to, const char *list, const char *ending)
{
    if (!list)
        return;
    qi_sql(p, "GRANT ");
    write_list(p, list, to->column);
    qi_sql(p, " ON %s TO %s%s;\n", to->on, role_of(to), ending);
}

static void revoke(qi_planning *p, const target *to, const char *list, const char *option)
{
    if (!list)
        return;
    qi_sql(p, "REVOKE %s", option);
    write_list(p, list, to->column);
    qi_sql(p, " ON %s FROM %s;\n", to->on, role_of(to));
}

/* What is granted on a table's columns is revoked with what is revoked on the table. */
static void grant_columns_again(qi_planning *p, const target *to)
{
    size_t count = 0;
    const qi_object *all = qi_objects_of(p->desired, "privilege", &count);
    for (size_t i = 0; i < count; i++) {
        target other = target_of(&all[i]);
        if (!other.column || strcmp(other.on, to->on) != 0 ||
            strcmp(other.grantee, to->grantee) != 0)
            continue;
        grant(p, &other, value(&all[i], "privileges"), "");
        grant(p, &other, value(&all[i], "grantable"), " WITH GRANT OPTION");
    }
}

static void change(qi_planning *p, target to, grants have, grants want)
{
    const char *lost = qi_list_without(p, qi_list_without(p, have.plain, want.plain), want.option);
    const char *lost_option =
        qi_list_without(p, qi_list_without(p, have.option, want.plain), want.option);
    const char *kept = qi_list_without(p, have.option, want.option);
    revoke(p, &to, lost, "");
    revoke(p, &to, lost_option, "");
    /* Those that stay, but not to be handed on. */
    revoke(p, &to, qi_list_without(p, kept, lost_option), "GRANT OPTION FOR ");
    if (lost || lost_option)
        grant_columns_again(p, &to);
    grant(p, &to, qi_list_without(p, qi_list_without(p, want.plain, have.plain), have.option), "");
    grant(p, &to, qi_list_without(p, want.option, have.option), " WITH GRANT OPTION");
}

/* The letter of ALTER DEFAULT PRIVILEGES for an object that is made; 0: there is none. */
static char letter_of(const qi_object *object)
{
    static const struct {
        const char *kind;
        char letter;
    } rows[] = { { "table", 'r' },          { "foreign table", 'r' },
                 { "view", 'r' },           { "materialized view", 'r' },
                 { "sequence", 'S' },       { "function", 'f' },
                 { "procedure", 'f' },      { "aggregate", 'f' },
                 { "enum", 'T' },           { "domain", 'T' },
                 { "composite type", 'T' }, { "range type", 'T' },
                 { "schema", 'n' } };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (qi_is_kind(object, rows[i].kind))
            return rows[i].letter;
    }
    return '\0';
}

static bool applies(const qi_object *rule, const qi_object *object)
{
    const char *letter = value(rule, "_letter");
    return !value(rule, "_owner") && letter && *letter == letter_of(object) &&
           (!rule->schema || same(rule->schema, object->schema));
}

static const char *with(qi_planning *p, const char *list, const char *more)
{
    const char *added = qi_list_without(p, more, list);
    return list && added ? qi_text(p, "%s, %s", list, added) : added ? added : list;
}

/* What a grantee has of an object of desired as soon as it is made. */
static grants on_creation(qi_planning *p, const qi_object *object, const char *grantee, grants base)
{
    size_t count = 0;
    grants have = base;
    const qi_object *rules = qi_objects_of(p->present, "default privilege", &count);
    for (size_t i = 0; object && i < count; i++) {
        if (!rules[i].schema && applies(&rules[i], object) &&
            same(value(&rules[i], "_grantee"), grantee))
            have = granted(&rules[i]);
    }
    for (size_t i = 0; object && i < count; i++) {
        if (!rules[i].schema || !applies(&rules[i], object) ||
            !same(value(&rules[i], "_grantee"), grantee))
            continue;
        have.plain = with(p, have.plain, value(&rules[i], "privileges"));
        have.option = with(p, have.option, value(&rules[i], "grantable"));
    }
    have.plain = qi_list_without(p, have.plain, have.option);
    return have;
}

static void open_step(qi_planning *p, const qi_object *about)
{
    qi_rank rank = qi_rank_of(p, about, QI_MINOR_OWNER);
    rank.phase = (int)about->order;
    qi_step_open(p, about, rank);
    qi_step_hazard(p, QI_HAZARD_AUTHORIZATION,
                   about->parent ? about->parent->identity : about->identity,
                   "who may do what with it changes");
}

/* A step without SQL says nothing: what is there already, by default, needs none. */
static void create(qi_planning *p, const qi_object *privilege)
{
    const qi_object *whole = privilege->parent;
    grants base = by_default(privilege);
    grants have = whole && qi_is_new(p, whole) && !value(privilege, "_column")
                      ? on_creation(p, whole, value(privilege, "_grantee"), base)
                      : base;
    grants want = granted(privilege);
    if (same(have.plain, want.plain) && same(have.option, want.option))
        return;
    open_step(p, privilege);
    qi_step_makes(p, privilege);
    change(p, target_of(privilege), have, want);
    qi_step_close(p, "grant", whole ? whole->name : privilege->name, NULL);
}

static void drop(qi_planning *p, const qi_object *privilege)
{
    if (value(privilege, "granted_by")) {
        qi_refuse(p, privilege, "is not in the schema, and only who granted it can revoke it",
                  NULL);
        return;
    }
    qi_rank rank = qi_rank_of(p, privilege, QI_MINOR_DROP);
    /* Before owners change: who becomes the owner has more than what was granted. */
    rank.phase = (int)privilege->order - 2;
    qi_step_open(p, privilege, rank);
    qi_step_ends(p, privilege);
    qi_step_hazard(p, QI_HAZARD_AUTHORIZATION, value(privilege, "_on"),
                   "who may do what with it changes");
    change(p, target_of(privilege), granted(privilege), by_default(privilege));
    qi_step_close(p, "revoke", privilege->parent ? privilege->parent->name : privilege->name, NULL);
}

static qi_change how(qi_planning *p, const qi_object *before, const qi_object *after)
{
    (void)p;
    (void)after;
    return value(before, "granted_by") ? QI_REPLACE : QI_IN_PLACE;
}

static void alter(qi_planning *p, const qi_object *before, const qi_object *after)
{
    open_step(p, after);
    qi_step_makes(p, after);
    change(p, target_of(after), granted(before), granted(after));
    qi_step_close(p, "grant", after->parent ? after->parent->name : after->name, NULL);
}

const qi_rules qi_rules_privilege = {
    .kind = "privilege",
    .create = create,
    .creates = (const char *const[]){ "privileges", "grantable", NULL },
    .drop = drop,
    .alterations = (const qi_alteration[]){ { "privileges", alter, how },
                                            { "grantable", alter, how },
                                            { NULL, NULL, NULL } },
};

/* Nobody in particular is whoever has it when nothing is said. */
static void write_owner(qi_planning *p, const qi_object *ownership)
{
    const qi_object *whole = ownership->parent;
    const char *owner = value(ownership, "owner");
    qi_sql(p, "ALTER %s %s OWNER TO %s;\n", whole->kind->comment_on, whole->identity,
           owner ? owner : value(ownership, "_usual"));
}

static bool can_have_owner(qi_planning *p, const qi_object *ownership)
{
    if (ownership->parent && ownership->parent->kind->comment_on)
        return true;
    qi_refuse(p, ownership, "has an owner, which Quire cannot change for its kind", NULL);
    return false;
}

static void create_owner(qi_planning *p, const qi_object *ownership)
{
    if (!can_have_owner(p, ownership))
        return;
    open_step(p, ownership);
    qi_step_makes(p, ownership);
    write_owner(p, ownership);
    qi_step_close(p, "own", ownership->parent->name, NULL);
}

static void drop_owner(qi_planning *p, const qi_object *ownership)
{
    if (!can_have_owner(p, ownership))
        return;
    open_step(p, ownership);
    qi_step_ends(p, ownership);
    qi_sql(p, "ALTER %s %s OWNER TO CURRENT_USER;\n", ownership->parent->kind->comment_on,
           ownership->parent->identity);
    qi_step_close(p, "own", ownership->parent->name, NULL);
}

static void alter_owner(qi_planning *p, const qi_object *before, const qi_object *after)
{
    (void)before;
    create_owner(p, after);
}

const qi_rules qi_rules_ownership = {
    .kind = "ownership",
    .create = create_owner,
    .creates = (const char *const[]){ "owner", NULL },
    .drop = drop_owner,
    .alterations = (const qi_alteration[]){ { "owner", alter_owner, NULL }, { NULL, NULL, NULL } },
};

/* Whether the schema says something of its own about what the grantee may do with the object. */
static bool is_told(const qi_planning *p, const qi_object *object, const char *grantee)
{
    size_t count = 0;
    const qi_object *all = qi_objects_of(p->desired, "privilege", &count);
    for (size_t i = 0; i < count; i++) {
        if (all[i].parent == object && !value(&all[i], "_column") &&
            same(value(&all[i], "_grantee"), grantee))
            return true;
    }
    return false;
}

static void undo(qi_planning *p, const qi_object *object, const char *grantee)
{
    static const char *const words[] = {
        ['r'] = "TABLE", ['S'] = "SEQUENCE", ['f'] = "FUNCTION", ['T'] = "TYPE", ['n'] = "SCHEMA"
    };
    char letter = letter_of(object);
    bool everybody = strcmp(grantee, "PUBLIC") == 0;
    grants want = { everybody && letter == 'f'   ? "EXECUTE"
                    : everybody && letter == 'T' ? "USAGE"
                                                 : NULL,
                    NULL };
    grants have = on_creation(p, object, grantee, want);
    if (same(have.plain, want.plain) && same(have.option, want.option))
        return;
    const char *word = qi_is_kind(object, "procedure") ? "PROCEDURE" : words[(size_t)letter];
    target to = { qi_text(p, "%s %s", word, object->identity), NULL, grantee, NULL };
    qi_step_open(p, object, qi_rank_of(p, object, QI_MINOR_OWNER));
    qi_step_needs(p, object);
    change(p, to, have, want);
    qi_step_close(p, "revoke", object->name, NULL);
}

void qi_undo_default_grants(qi_planning *p)
{
    size_t count = 0;
    const qi_object *rules = qi_objects_of(p->present, "default privilege", &count);
    for (size_t i = 0; i < p->desired->object_count && p->options.privileges; i++) {
        const qi_object *object = &p->desired->objects[i];
        if (!letter_of(object) || !p->made[i] || !qi_is_new(p, object))
            continue;
        for (size_t k = 0; k < count; k++) {
            const char *grantee = value(&rules[k], "_grantee");
            bool seen = false;
            for (size_t n = 0; n < k && !seen; n++)
                seen = applies(&rules[n], object) && same(value(&rules[n], "_grantee"), grantee);
            if (!seen && applies(&rules[k], object) && strcmp(grantee, "OWNER") != 0 &&
                !is_told(p, object, grantee))
                undo(p, object, grantee);
        }
    }
}

/* One of `object`'s parts, or of its parts' parts, that says who may do what; from `at` on. */
static const qi_object *next_grant(const qi_catalog *catalog, const qi_object *object, size_t *at)
{
    while (*at < catalog->object_count) {
        const qi_object *part = &catalog->objects[(*at)++];
        const qi_object *whole = part->parent;
        if ((qi_is_kind(part, "privilege") || qi_is_kind(part, "ownership")) && whole &&
            (whole == object || whole->parent == object))
            return part;
    }
    return NULL;
}

static void write_grant(qi_planning *p, const qi_object *part)
{
    if (qi_is_kind(part, "privilege"))
        change(p, target_of(part), by_default(part), granted(part));
    else if (part->parent->kind->comment_on)
        write_owner(p, part);
}

void qi_write_grants(qi_planning *p, const qi_object *object)
{
    const qi_object *before = qi_before(p, object);
    bool compared = p->options.privileges;
    const qi_catalog *catalog = compared ? p->desired : p->present;
    const qi_object *whole = compared ? object : before;
    size_t at = 0;
    for (const qi_object *part = whole ? next_grant(catalog, whole, &at) : NULL; part;
         part = next_grant(catalog, whole, &at)) {
        if (compared)
            qi_step_makes(p, part);
        write_grant(p, part);
    }
}

void qi_keep_grants(qi_planning *p)
{
    for (size_t i = 0; i < p->present->object_count && !p->options.privileges; i++) {
        const qi_object *part = &p->present->objects[i];
        if (!(qi_is_kind(part, "privilege") || qi_is_kind(part, "ownership")) || !part->parent ||
            qi_fate_of(p, part->parent) != QI_REPLACED || !qi_after(p, part->parent))
            continue;
        qi_rank rank = qi_rank_of(p, part->parent, QI_MINOR_OWNER);
        rank.phase = (int)part->order;
        qi_step_open(p, part, rank);
        qi_step_needs(p, qi_after(p, part->parent));
        write_grant(p, part);
        qi_step_close(p, "keep", part->parent->name, NULL);
    }
}
