--# setup
create table t (id bigint primary key);
--# case it fires
create table u (
    name text,
    id integer generated always as identity,
    primary key (id)
);
create table v (id smallint primary key);
--# finds 3:5 bigint-key: key public.u.id is integer, which has an end
--# finds 6:17 bigint-key: key public.v.id is smallint, which has an end
--# case it does not
create table u (id bigint primary key, a integer);
create table v (a integer, b integer, primary key (a, b));
create index on v (b);
