/* The schema and rows that test_nullability.c asks about: NULLs wherever they may be, joins that miss. */
#ifndef NULLABILITY_SCHEMA_H
#define NULLABILITY_SCHEMA_H

static const char *const nullability_schema[] = {
    "create type mood as enum ('sad', 'happy')",
    "create domain label as text not null",
    "create domain score as numeric(3, 1) check (value >= 0)",
    "create type pair as (a int, b int)",
    "create table authors (id bigint primary key generated always as identity, name text not null,"
    " born date, country text, nick varchar(20) not null default 'n')",
    "create table books (id int primary key, author_id bigint references authors (id),"
    " title text not null, isbn text unique, price numeric(10, 2), pages int not null,"
    " tags text[] not null default '{}', meta jsonb not null default '{}', mood mood not null,"
    " lbl label, rating score, published timestamptz, available boolean not null, route path,"
    " area path not null default '((0,0),(1,1))', duo pair, deleted_at timestamptz)",
    "create table reviews (book_id int not null references books (id), user_id int not null,"
    " stars int, body text, created_at timestamptz not null default now(),"
    " primary key (book_id, user_id))",
    "create table readers (id int primary key, author_id bigint, name text, weight float8 not null,"
    " upper_name text generated always as (upper(name)) stored)",
    "create table parents (id int primary key, v int not null)",
    "create table heirs () inherits (parents)",
    /* Since PostgreSQL 18 what is inherited says so and stays; it is the table above that says less. */
    "do $$ begin if current_setting('server_version_num')::int < 180000 then"
    " alter table heirs alter v drop not null; else"
    " alter table parents alter v drop not null;"
    " execute 'alter table parents add not null v no inherit'; end if; end $$",
    "create table guarded (id int primary key, v int)",
    "create function guard() returns trigger language plpgsql as"
    " 'begin if new.id = 7 then return null; end if; new.v = null; return new; end'",
    "create trigger guard before insert or update on guarded for each row"
    " execute function guard()",
    "create table soft (id int, alive boolean not null, code int not null)",
    "create unique index on soft (id) where alive",
    "create schema other",
    "create table other.authors (id int, name text)",
    "create table other.only_here (x int not null, y int)",
    "create table doubles (f float8 primary key, n numeric not null unique)",
    "create view shelf as select b.id, b.title, a.name as author, b.price from books b"
    " left join authors a on a.id = b.author_id",
    "create view stats as select a.id, count(b.id) as n, max(b.price) as top from authors a"
    " left join books b on b.author_id = a.id group by a.id",
    "create view one_row as select count(*) as n, max(price) as top from books",
    "create materialized view frozen as select id, title from books",
    "create function reverse(varchar) returns text language sql as 'select null::text'",
    "create function nothing(int) returns int language sql as 'select null::int'",
    "create function many(int) returns setof int language sql as"
    " 'select x from generate_series(1, $1) x'",
    "create function title_of(books) returns text language sql as 'select null::text'",
    "insert into authors (name, born, country, nick) values ('Le Guin', '1929-10-21', 'US', 'u'),"
    " ('Anonymous', null, null, 'a'), ('Nobody', 'infinity', '', 'x')",
    "insert into books (id, author_id, title, isbn, price, pages, tags, meta, mood, lbl, rating,"
    " published, available, route, area, duo, deleted_at) values"
    " (1, 1, 'The Dispossessed', '1', 9.99, 300, '{a,NULL}', '{\"a\": null}', 'happy', 'l', 4,"
    "  now(), true, '((0,0),(1,1))', '((0,0),(1,1))', '(1,2)', null),"
    " (2, null, 'Untitled', null, null, 0, '{}', '{}', 'sad', 'l', null, null, false, null,"
    "  '((0,0),(2,1))', null, now()),"
    " (3, 2, 'Beowulf', '3', null, 100, '{x}', '{\"n\": null}', 'sad', 'm', null, 'infinity', "
    "true, null,"
    "  '((0,0),(2,1))', '(,)', null)",
    "insert into reviews (book_id, user_id, stars, body) values (1, 1, 5, 'good'),"
    " (1, 2, null, null), (3, 1, 3, null)",
    "insert into readers (id, author_id, name, weight) values (1, 1, 'r', 1.5), (2, 9, null, 2),"
    " (3, null, null, 3)",
    "insert into parents values (1, 1)",
    "insert into heirs values (1, null), (5, 5)",
    "insert into guarded values (1, 1)",
    "insert into soft values (1, true, 1), (1, false, 1), (null, false, 2)",
    "insert into other.authors values (null, null)",
    "insert into other.only_here values (1, null)",
    "insert into doubles values (9007199254740992, 9007199254740992), (1, 9007199254740993)",
    "refresh materialized view frozen",
};

/* What empties it all, in one transaction that is rolled back. */
static const char nullability_empty[] =
    "truncate authors, books, reviews, readers, parents, heirs, guarded, soft, other.authors,"
    " other.only_here, doubles";

#endif
