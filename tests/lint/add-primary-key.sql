--# setup
create table t (id bigint);
create table u (id bigint not null);
create unique index u_key on u (id);
--# case it fires
alter table t add primary key (id);
--# finds 1:15 add-primary-key: all access to public.t waits while the index of t_pkey is built
--# case by an index that is there, or a new table
alter table u add constraint u_pkey primary key using index u_key;
create table v (id bigint);
alter table v add primary key (id);
