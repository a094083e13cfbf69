--# setup
create table authors (id bigint primary key);
create table books (id bigint primary key, author_id bigint, editor_id bigint);
create index on books (author_id);
create index on books (editor_id);
--# case it fires
alter table books add foreign key (author_id) references authors,
    add constraint books_editor foreign key (editor_id) references authors (id) on delete cascade;
--# finds 1:19 add-foreign-key: writes to public.books and to the table that books_author_id_fkey refers to wait while all rows are checked
--# finds 2:5 add-foreign-key: writes to public.books and to the table that books_editor refers to wait while all rows are checked
--# case a new column with a default
alter table books add column reader_id bigint default 1 references authors;
create index concurrently on books (reader_id);
--# finds 1:19 add-foreign-key: writes to public.books and to the table that books_reader_id_fkey refers to wait while all rows are checked
--# finds 2:1 not-in-transaction: CREATE INDEX CONCURRENTLY cannot run inside a transaction
--# case a new column without
alter table books add column reader_id bigint references authors;
create index concurrently on books (reader_id);
--# finds 2:1 not-in-transaction: CREATE INDEX CONCURRENTLY cannot run inside a transaction
--# case not valid, or a new table
alter table books add foreign key (author_id) references authors not valid;
create table t (id bigint primary key references authors);
