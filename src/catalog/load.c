#include "catalog/load.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/file.h"
#include "catalog/catalog.h"
#include "syntax/sql.h"

#include <quire/sql.h>

#include <string.h>

/* A schema is written by people; with data in it, it is no schema any more. */
#define MOST_FILE_BYTES (64u * 1024u * 1024u)
#define LONGEST_ROLE 128
#define MOST_ROLES 256 /* that one statement can name */
#define DUPLICATE_OBJECT "42710"

/* The role exists; made this very moment by somebody else, it violates the catalog's own index. */
static bool role_exists(const quire_error *err)
{
    return strcmp(err->sqlstate, DUPLICATE_OBJECT) == 0 ||
           strcmp(err->constraint, "pg_authid_rolname_index") == 0;
}

/* A failure of a statement, with its place in the file. */
static void place(quire_error *err, const char *text, size_t length, const char *file,
                  const qi_sql_statement *statement)
{
    if (!err)
        return;
    int line = statement->line;
    int column = statement->column;
    if (err->position > 0)
        qi_sql_locate(text, length, statement->start, err->position, &line, &column);
    qi_locate(err, file, line, column);
}

/* How the statements of one file are run. */
typedef struct load {
    quire_db *db;
    const char *text;
    const char *file;
    bool scratch; /* a scratch database: roles may be there already */
    bool roles;   /* and may be made */
} load;

/* The name in: role "NAME" does not exist. */
static bool missing_role(const quire_error *err, char *name, size_t size)
{
    static const char before[] = "role \"";
    static const char behind[] = "\" does not exist";
    size_t length = strlen(err->message);
    size_t frame = sizeof before - 1 + sizeof behind - 1;
    if (strcmp(err->sqlstate, "42704") != 0 || length <= frame || length - frame >= size ||
        strncmp(err->message, before, sizeof before - 1) != 0 ||
        strcmp(err->message + length - (sizeof behind - 1), behind) != 0)
        return false;
    memcpy(name, err->message + sizeof before - 1, length - frame);
    name[length - frame] = '\0';
    return true;
}

bool qi_sql_make_role(quire_db *pool, const quire_error *err)
{
    char name[LONGEST_ROLE];
    if (!missing_role(err, name, sizeof name))
        return false;
    qi_arena arena = { 0 };
    quire_error own = { 0 };
    const char *quoted = qi_quote_name(&arena, name);
    const char *sql = quoted ? qi_arena_printf(&arena, "create role %s", quoted) : NULL;
    /* Another process may have been faster. */
    bool made = sql && (quire_exec(pool, sql, &own) == QUIRE_OK || role_exists(&own));
    qi_arena_free(&arena);
    return made;
}

static bool creates_role(const char *sql)
{
    qi_lexer lexer;
    qi_token words[2];
    size_t count = 0;
    qi_lexer_init(&lexer, sql, strlen(sql));
    while (count < 2) {
        qi_token token = qi_lexer_next(&lexer);
        if (token.kind == QI_TOKEN_SPACE || token.kind == QI_TOKEN_COMMENT)
            continue;
        if (token.kind != QI_TOKEN_WORD)
            return false;
        words[count++] = token;
    }
    return qi_token_is(sql, words[0], "create") &&
           (qi_token_is(sql, words[1], "role") || qi_token_is(sql, words[1], "user") ||
            qi_token_is(sql, words[1], "group"));
}

/* In a transaction of its own, or in a savepoint, so that what is around it goes on. */
static quire_status create_role(quire_db *db, const char *sql, quire_error *err)
{
    quire_error own = { 0 };
    quire_db *part = quire_begin(db, NULL, err);
    if (!part)
        return err ? err->status : QUIRE_CONNECT;
    quire_status status = quire_exec(part, sql, &own);
    if (status == QUIRE_OK)
        return quire_commit(part, err);
    quire_rollback(part, NULL);
    if (role_exists(&own))
        return QUIRE_OK;
    if (err)
        *err = own;
    return status;
}

static quire_status run_statement(const load *l, const char *sql, quire_error *err)
{
    quire_error own = { 0 };
    if (l->scratch && creates_role(sql))
        return create_role(l->db, sql, err);
    quire_status status = quire_exec(l->db, sql, &own);
    for (int i = 0; status != QUIRE_OK && l->roles && i < MOST_ROLES; i++) {
        if (!qi_sql_make_role(l->db, &own))
            break;
        status = quire_exec(l->db, sql, &own);
    }
    char name[LONGEST_ROLE];
    if (status != QUIRE_OK && l->scratch && missing_role(&own, name, sizeof name))
        qi_hint(&own, "Roles are made for a schema on the private server only: create it on the "
                      "server of QUIRE_SCRATCH_URL, or unset that.");
    if (status != QUIRE_OK && err)
        *err = own;
    return status;
}

static quire_status run_statements(const load *l, qi_arena *arena, quire_error *err)
{
    size_t length = strlen(l->text);
    const qi_sql_statement *statements = NULL;
    size_t count = 0;
    quire_status status = qi_sql_split(l->text, length, arena, &statements, &count, err);
    if (status != QUIRE_OK) {
        if (err && !err->file[0])
            QI_COPY(err->file, l->file);
        return status;
    }
    for (size_t i = 0; i < count && status == QUIRE_OK; i++) {
        char *sql = qi_arena_text_n(arena, l->text + statements[i].start, statements[i].length);
        if (!sql)
            return qi_fail_memory(err);
        status = run_statement(l, sql, err);
        if (status != QUIRE_OK)
            place(err, l->text, length, l->file, &statements[i]);
    }
    return status;
}

static quire_status run(const load *l, quire_error *err)
{
    qi_arena arena = { 0 };
    quire_status status = run_statements(l, &arena, err);
    qi_arena_free(&arena);
    return status;
}

quire_status qi_sql_run(quire_db *db, const char *text, const char *file, quire_error *err)
{
    return run(&(load){ .db = db, .text = text, .file = file }, err);
}

quire_status qi_sql_load(quire_db *db, const char *text, const char *file, bool roles,
                         quire_error *err)
{
    return run(&(load){ .db = db, .text = text, .file = file, .scratch = true, .roles = roles },
               err);
}

quire_status qi_sql_load_file(quire_db *db, const char *path, bool roles, quire_error *err)
{
    qi_arena arena = { 0 };
    char *text = NULL;
    size_t length = 0;
    quire_status status = qi_file_read(path, MOST_FILE_BYTES, &arena, &text, &length, err);
    if (status == QUIRE_OK)
        status = qi_sql_load(db, text, path, roles, err);
    qi_arena_free(&arena);
    return status;
}

/* "db/schema.neon.sql" for "db/schema.sql"; the provider goes before the last dot of the name. */
const char *qi_schema_overlay(qi_arena *arena, const char *path, quire_provider provider)
{
    const char *dot = strrchr(path, '.');
    const char *slash = strrchr(path, '/');
    if (!dot || (slash && dot < slash))
        dot = path + strlen(path);
    return qi_arena_printf(arena, "%.*s.%s%s", (int)(dot - path), path,
                           quire_provider_name(provider), dot);
}

quire_status qi_schema_load(quire_db *db, const char *path, quire_provider provider, bool roles,
                            quire_error *err)
{
    quire_status status = qi_sql_load_file(db, path, roles, err);
    if (status == QUIRE_IO && !qi_file_exists(path))
        qi_hint(err, "Write the schema there, or name another file in quire.conf: schema, section "
                     "[paths]. `quire pull` writes it from a database that is there.");
    if (status != QUIRE_OK || provider == QUIRE_AUTO)
        return status;
    qi_arena arena = { 0 };
    const char *overlay = qi_schema_overlay(&arena, path, provider);
    if (!overlay)
        status = qi_fail_memory(err);
    else if (qi_file_exists(overlay))
        status = qi_sql_load_file(db, overlay, roles, err);
    qi_arena_free(&arena);
    return status;
}
