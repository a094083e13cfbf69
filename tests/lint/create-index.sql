--# setup
create table books (id bigint primary key, title text not null, pages int, note varchar(20));
create table events (id bigint not null, at timestamptz not null) partition by range (at);
create materialized view v as select 1 as id;
--# case it fires
create index on books (title);
CREATE UNIQUE INDEX "Title"
    ON public.books (title) WHERE pages > 0;
create index on v (id);
--# finds 1:1 create-index: writes to public.books wait while an index is built
--# finds 2:1 create-index: writes to public.books wait while index "Title" is built
--# finds 4:1 create-index: writes to public.v wait while an index is built
--# case a new table
create table t (id bigint primary key, a int);
create index on t (a);
create index on only events (id);
--# case concurrently
-- quire: no-transaction
create index concurrently on books (title);
--# case stated in the file
-- hazard: blocks_writes: public.books: writes wait
create index on books (title);
create index on books (pages);

create index on books (note);
--# finds 5:1 create-index: writes to public.books wait while an index is built
--# case another hazard of it, or that of another table, is stated
-- hazard: may_fail: public.books: it may
-- hazard: blocks_writes: public.bookshelves: writes wait
create index on books (title);
--# finds 3:1 create-index: writes to public.books wait while an index is built
