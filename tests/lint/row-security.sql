--# setup
do $$ begin
    if not exists (select from pg_roles where rolname = 'anon') then create role anon; end if;
end $$;
create table old (id bigint primary key);
--# case it fires
create table t (id bigint primary key);
grant select on t to anon;
grant select on old to public;
--# finds 2:1 row-security: the API roles reach public.t, and row-level security is off
--# finds 3:1 row-security: the API roles reach public.old, and row-level security is off
--# case switched on
create table t (id bigint primary key);
grant select on t to anon;
alter table t enable row level security;
--# case Supabase grants by itself
--# provider supabase
create table t (id bigint primary key);
create schema private;
create table private.t (id bigint primary key);
--# finds 1:1 row-security: the API roles reach public.t, and row-level security is off
--# case elsewhere nobody does
create table t (id bigint primary key);
