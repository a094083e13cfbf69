-- What a Neon project has before its own schema, as far as a schema can name it: the functions of
-- pg_session_jwt that policies call. Loaded into scratch databases; nothing of it is ever planned.
create schema auth;
create function auth.session() returns jsonb language sql stable as $$
    select nullif(current_setting('request.jwt.claims', true), '')::jsonb
$$;
create function auth.user_id() returns text language sql stable as $$
    select auth.session() ->> 'sub'
$$;
create schema neon_auth;
create table neon_auth.users_sync (
    raw_json jsonb not null,
    id text primary key generated always as (raw_json ->> 'id') stored not null,
    name text generated always as (raw_json ->> 'display_name') stored,
    email text generated always as (raw_json ->> 'primary_email') stored,
    created_at timestamptz,
    updated_at timestamptz,
    deleted_at timestamptz
);
