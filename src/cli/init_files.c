#include "cli/init.h"

#include <stddef.h>

static const char conf[] = "; The project's configuration. Every path is relative to this file.\n"
                           "\n"
                           "[project]\n"
                           "name = @NAME@    ; database of the private server\n"
                           "prefix = @NAME@  ; what the names in the generated code start with\n"
                           "\n"
                           "[paths]\n"
                           "schema = db/schema.sql\n"
                           "queries = db/queries\n"
                           "migrations = db/migrations\n"
                           "seed = db/seed.sql\n"
                           "generated = src\n"
                           "\n"
                           "[columns]\n"
                           "deleted_at = deleted_at  ; tables that have it are deleted softly\n"
                           "updated_at = updated_at  ; update sets it to now()\n";

static const char schema[] =
    "-- The schema: plain PostgreSQL. Change it, then run\n"
    "--\n"
    "--     quire generate all --name what_changed    writes the migrations\n"
    "--     quire migrate                             applies them\n"
    "--     quire codegen                             writes the C\n"
    "--\n"
    "-- The table below is an example; put your own in its place.\n"
    "\n"
    "create table notes (\n"
    "    id         bigint generated always as identity primary key,\n"
    "    title      text not null check (title <> ''),\n"
    "    body       text,\n"
    "    created_at timestamptz not null default now(),\n"
    "    updated_at timestamptz not null default now(),\n"
    "    deleted_at timestamptz\n"
    ");\n"
    "\n"
    "create index notes_created_at_idx on notes (created_at desc) where deleted_at is null;\n";

static const char queries[] = "-- The queries of the repository `notes`; each becomes one typed C "
                              "function. A line that ends\n"
                              "-- with --? is there only when its parameter is set.\n"
                              "\n"
                              "-- name: search :many\n"
                              "-- Notes by a part of their title, newest first.\n"
                              "select n.*\n"
                              "from notes n\n"
                              "where n.deleted_at is null\n"
                              "  and n.title ilike '%' || :title || '%'   --?\n"
                              "order by n.created_at desc, n.id desc\n"
                              "limit :limit                               --?\n"
                              ";\n";

static const char seed[] =
    "-- Rows for development. `quire seed` may run more than once, so let it\n"
    "-- change nothing the second time.\n"
    "\n"
    "insert into notes (title, body)\n"
    "select 'Hello', 'A first note.'\n"
    "where not exists (select from notes);\n";

const qi_init_file qi_init_files[] = {
    { "quire.conf", conf },
    { "db", NULL },
    { "db/schema.sql", schema },
    { "db/queries", NULL },
    { "db/queries/notes.sql", queries },
    { "db/migrations", NULL },
    { "db/seed.sql", seed },
    { 0 },
};

const char *const qi_init_ignored[] = { ".quire/", ".env", NULL };
