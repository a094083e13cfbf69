--# setup
create table books (id bigint primary key, title text not null, pages int, note varchar(20));
--# case it fires
reindex table books;
reindex index books_pkey;
--# finds 1:1 reindex: writes wait, and reads that would use the index, while public.books is rebuilt
--# finds 2:1 reindex: writes wait, and reads that would use the index, while public.books_pkey is rebuilt
--# case concurrently
-- quire: no-transaction
reindex table concurrently books;
--# case a new table
create table t (id bigint primary key);
reindex table t;
