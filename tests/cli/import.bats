load helper
load database

local_setup() {
    database_new
    project_new
    rmdir db/migrations/local db/migrations db
    mkdir theirs
}

teardown() {
    database_drop
}

file() {
    mkdir -p "$(dirname "theirs/$1")"
    cat >"theirs/$1"
}

# Two are applied, by the tool's history; the third is run by Quire.
assert_taken_over() {
    run -0 --separate-stderr quire import theirs local --json
    assert_json '.providers[0].migrations' 3
    assert_json '.providers[0].applied' 2
    run -0 quire migrate local
    [ "$(sql "select string_agg(tablename, ' ' order by tablename) from pg_tables
              where tablename in ('a', 'b', 'c')")" = 'c' ]
    run -0 quire status local
}

@test "drizzle-kit: its journal is the order, its times are the versions" {
    file meta/_journal.json <<'END'
{ "version": "7", "dialect": "postgresql", "entries": [
    { "idx": 0, "version": "7", "when": 1700000000000, "tag": "0000_brave_hulk", "breakpoints": true },
    { "idx": 1, "version": "7", "when": 1700000100000, "tag": "0001_calm_thor", "breakpoints": true },
    { "idx": 2, "version": "7", "when": 1700000200000, "tag": "0002_odd_rogue", "breakpoints": true } ] }
END
    printf 'CREATE TABLE "a" ("id" int);\n--> statement-breakpoint\nCREATE INDEX i ON a (id);' |
        file 0000_brave_hulk.sql
    file 0001_calm_thor.sql <<<'CREATE TABLE "b" ("id" int);'
    file 0002_odd_rogue.sql <<<'CREATE TABLE "c" ("id" int);'
    sql "create schema drizzle; create table drizzle.__drizzle_migrations
             (id serial primary key, hash text not null, created_at bigint);
         insert into drizzle.__drizzle_migrations (hash, created_at)
         values ('x', 1700000000000), ('y', 1700000100000)"
    assert_taken_over
    [ -f db/migrations/local/20231114221320_brave_hulk.sql ]
}

@test "Prisma: a directory for each" {
    file migration_lock.toml <<<'provider = "postgresql"'
    file 20240101000000_init/migration.sql <<<'CREATE TABLE "a" ("id" int);'
    file 20240102000000_more/migration.sql <<<'CREATE TABLE "b" ("id" int);'
    file 20240103000000_last/migration.sql <<<'CREATE TABLE "c" ("id" int);'
    sql "create table _prisma_migrations (id varchar(36) primary key, checksum varchar(64) not null,
             finished_at timestamptz, migration_name varchar(255) not null, logs text,
             rolled_back_at timestamptz, started_at timestamptz not null default now(),
             applied_steps_count integer not null default 0);
         insert into _prisma_migrations (id, checksum, finished_at, migration_name)
         values ('1', 'x', now(), '20240101000000_init'), ('2', 'y', now(), '20240102000000_more'),
                ('3', 'z', null, '20240103000000_last')"
    assert_taken_over
    [ -f db/migrations/local/20240101000000_init.sql ]
}

@test "dbmate: up and down in one file, and outside of a transaction" {
    printf -- '-- migrate:up\ncreate table a (id int);\n\n-- migrate:down\ndrop table a;\n' |
        file 20240101000000_a.sql
    printf -- '-- migrate:up transaction:false\ncreate table b (id int);\n-- migrate:down\n' |
        file 20240102000000_b.sql
    printf -- '-- migrate:up\ncreate table c (id int);\n-- migrate:down\ndrop table c;\n' |
        file 20240103000000_c.sql
    sql "create table schema_migrations (version varchar(128) primary key);
         insert into schema_migrations values ('20240101000000'), ('20240102000000')"
    assert_taken_over
    [ "$(cat db/migrations/local/20240101000000_a.down.sql)" = 'drop table a;' ]
    [ ! -e db/migrations/local/20240102000000_b.down.sql ]
    [ "$(head -1 db/migrations/local/20240102000000_b.sql)" = '-- quire: no-transaction' ]
}

@test "goose: sections, statements and numbers" {
    printf -- '-- +goose Up\n-- +goose StatementBegin\ncreate table a (id int);\n-- +goose StatementEnd\n-- +goose Down\ndrop table a;\n' |
        file 00001_a.sql
    printf -- '-- +goose Up\ncreate table b (id int);\n' | file 00002_b.sql
    printf -- '-- +goose NO TRANSACTION\n-- +goose Up\ncreate table c (id int);\n' | file 00003_c.sql
    sql "create table goose_db_version (id serial primary key, version_id bigint not null,
             is_applied boolean not null, tstamp timestamp default now());
         insert into goose_db_version (version_id, is_applied)
         values (0, true), (1, true), (2, true), (3, true), (3, false)"
    # Its history has numbers, its files zeros before them.
    assert_taken_over
    [ -f db/migrations/local/00000000000001_a.sql ]
}

@test "golang-migrate: pairs of files; all up to its one number are applied" {
    file 000001_a.up.sql <<<'BEGIN; create table a (id int); COMMIT;'
    file 000001_a.down.sql <<<'drop table a;'
    file 000002_b.up.sql <<<'create table b (id int);'
    file 000003_c.up.sql <<<'create table c (id int);'
    sql "create table schema_migrations (version bigint primary key, dirty boolean not null);
         insert into schema_migrations values (2, false)"
    assert_taken_over
    [ -f db/migrations/local/00000000000001_a.down.sql ]
}

@test "Flyway: versions are numbers with dots" {
    file V1__a.sql <<<'create table a (id int);'
    file V1.9__b.sql <<<'create table b (id int);'
    file V1.10__c.sql <<<'create table c (id int);'
    file R__view.sql <<<'create or replace view v as select 1;'
    sql "create table flyway_schema_history (installed_rank int primary key, version varchar(50),
             description varchar(200) not null, type varchar(20) not null, script varchar(1000) not null,
             checksum int, installed_by varchar(100) not null, installed_on timestamp default now(),
             execution_time int not null, success boolean not null);
         insert into flyway_schema_history values
             (1, '1', 'a', 'SQL', 'V1__a.sql', 1, 'me', now(), 1, true),
             (2, '1.9', 'b', 'SQL', 'V1.9__b.sql', 1, 'me', now(), 1, true)"
    assert_taken_over
}

@test "import: nothing is written where it cannot be right" {
    run -2 quire import
    run -6 quire import theirs local
    assert_holds 'is of no tool that is known'
    file 000001_a.up.sql <<<'create table a (id int);'
    file 000002_b.up.sql <<<'create table b (id int); commit; create table d (id int);'
    run -6 quire import theirs local --files-only
    [ ! -e db ]
    rm theirs/000002_b.up.sql
    run -0 quire import theirs local --files-only
    run -6 quire import theirs local --files-only
    assert_holds 'there are migrations in db/migrations/local already'
}
