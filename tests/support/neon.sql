-- What every Neon branch has and Quire must leave alone: roles, schemas, default grants, a table in
-- public, extensions. The superuser is cloud_admin; `program` is the role that the console made for
-- the owner of the database.
create role neon_superuser nologin createdb createrole bypassrls replication;
grant pg_read_all_data, pg_write_all_data, pg_monitor to neon_superuser;
create role neon_service nologin;
create role zenith_admin nologin;
create role web_access nologin;
create role authenticator login noinherit;
create role authenticated nologin;
create role anonymous nologin;
grant authenticated, anonymous to authenticator;
alter role :"program" inherit createrole createdb bypassrls replication;
grant neon_superuser to :"program";

alter default privileges for role cloud_admin in schema public
    grant all on tables to neon_superuser with grant option;
alter default privileges for role cloud_admin in schema public
    grant all on sequences to neon_superuser with grant option;

create schema neon;
create schema neon_migration;
create table neon_migration.migration_id (key int primary key, id bigint not null default 0);
insert into neon_migration.migration_id values (0, 12);
create schema neon_auth;
create table neon_auth.users_sync (
    raw_json jsonb not null,
    id text primary key generated always as (raw_json ->> 'id') stored
);
create schema auth;
create function auth.session() returns jsonb language sql stable as $$
    select nullif(current_setting('request.jwt.claims', true), '')::jsonb
$$;
create function auth.user_id() returns text language sql stable as $$
    select auth.session() ->> 'sub'
$$;
grant usage on schema auth to authenticated, anonymous, :"program";

create table public.health_check (id serial primary key, updated_at timestamptz default now());
insert into public.health_check values (1);

create extension pg_stat_statements;
