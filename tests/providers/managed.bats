load ../cli/helper
load ../support/servers

# What a provider's database has of its own is left alone: migrating, seeding, generating and looking
# change nothing of it, and nothing of it is taken for the project's.

# Everything in the catalogs that is neither the project's schema nor Quire's own.
managed() {
    server_psql -d postgres -f - <<'END'
select rolname, rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication,
    rolbypassrls, rolconfig from pg_roles where rolname !~ '^pg_' order by 1;
select roleid::regrole, member::regrole, admin_option from pg_auth_members order by 1, 2;
select nspname, nspowner::regrole, nspacl from pg_namespace
    where nspname !~ '^(pg_|quire$|information_schema$)' order by 1;
select c.oid::regclass, relkind, relowner::regrole, relacl from pg_class c
    join pg_namespace n on n.oid = relnamespace
    where nspname !~ '^(pg_|quire$|information_schema$)' and relname !~ '^(books|quire_)' order by 1;
select p.oid::regprocedure, proowner::regrole, prosrc from pg_proc p
    join pg_namespace n on n.oid = pronamespace
    where nspname !~ '^(pg_|quire$|information_schema$)' order by 1;
select evtname, evtevent, evtenabled, evtowner::regrole from pg_event_trigger order by 1;
select pubname, pubowner::regrole, puballtables from pg_publication order by 1;
select extname, extversion, extowner::regrole from pg_extension order by 1;
select defaclrole::regrole, defaclnamespace::regnamespace, defaclobjtype, defaclacl
    from pg_default_acl order by 1, 2, 3;
END
}

local_setup() {
    unset "${!NEON_@}" "${!SUPABASE_@}" "${!LOCAL_@}" QUIRE_SCRATCH_URL
    : >.env # so that none further up is found
    printf '[project]\nname = trial\n' >quire.conf
    mkdir -p db
    echo 'create table books (id bigint generated always as identity primary key, title text not null);' \
        >db/schema.sql
}

teardown() {
    project_end
    servers_stop
}

# leaves_alone PROVIDER: everything that the command does with a provider's database.
leaves_alone() {
    local before
    before=$(managed)
    [ "$(wc -l <<<"$before")" -gt 30 ]
    quire generate "$1" --name books
    quire migrate "$1"
    run -0 quire status "$1"
    assert_holds "1 applied, 0 pending"
    run -0 quire validate "$1"
    run -0 quire generate "$1"
    assert_holds "nothing to do"
    run -0 quire push "$1" --yes
    assert_holds "nothing to do"
    echo 'alter table books add column pages int;' >>db/schema.sql
    quire generate "$1" --name pages
    cat db/migrations/"$1"/*.sql >written
    grep -q -i 'create table public.books' written
    grep -q -i 'add column pages' written
    run -1 grep -i -e neon_ -e supabase -e pgrst -e anon -e auth -e storage -e health_check written
    quire migrate "$1"
    diff <(echo "$before") <(managed)
}

@test "managed objects of Supabase are left alone" {
    server_start "$BATS_TEST_DIRNAME/../support/supabase.sql"
    export DB_PROVIDER=supabase SUPABASE_CA_FILE=$SERVER_CA SUPABASE_DATABASE_URL
    SUPABASE_DATABASE_URL=$(server_url postgres)
    leaves_alone supabase
}

# Supabase lets the project's role do so by an extension of its own; here it is by plain grants.
@test "what a project adds to Supabase's tables is the project's" {
    server_start "$BATS_TEST_DIRNAME/../support/supabase.sql"
    server_psql -d postgres -c "grant trigger on auth.users to postgres" \
        -c "grant supabase_storage_admin to postgres" \
        -c "alter publication supabase_realtime owner to postgres"
    export DB_PROVIDER=supabase SUPABASE_CA_FILE=$SERVER_CA SUPABASE_DATABASE_URL
    SUPABASE_DATABASE_URL=$(server_url postgres)
    cat >>db/schema.sql <<'END'
create function greet() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger greet after insert on auth.users for each row execute function greet();
create policy everybody on storage.buckets for select using (id = 'open');
alter publication supabase_realtime add table books;
END
    run -0 quire push supabase --yes
    [ "$(server_psql -d postgres -c 'select polname from pg_policy')" = everybody ]
    [ "$(server_psql -d postgres -c "select tgname from pg_trigger
        where tgrelid = 'auth.users'::regclass and not tgisinternal order by 1")" = greet$'\n'stamp ]
    [ "$(server_psql -d postgres -c 'select tablename from pg_publication_tables')" = books ]
    run -0 quire push supabase --yes
    assert_holds "nothing to do"
    run -0 quire pull supabase --stdout
    assert_holds "CREATE POLICY everybody ON storage.buckets" "CREATE TRIGGER greet" \
        "ALTER PUBLICATION supabase_realtime ADD TABLE public.books"
    run -1 grep -e 'CREATE TABLE storage' -e 'CREATE PUBLICATION' -e stamp <<<"$output"
    sed -i -e '/create policy/d' -e '/alter publication/d' db/schema.sql
    run -0 quire push supabase --yes
    [ -z "$(server_psql -d postgres -c 'select tablename from pg_publication_tables')" ]
    assert_holds "drop policy everybody on storage.buckets"
    [ -z "$(server_psql -d postgres -c 'select polname from pg_policy')" ]
}

@test "managed objects of Neon are left alone" {
    # shellcheck disable=SC2034 # what server_start makes
    SERVER_USER=neondb_owner SERVER_ADMIN=cloud_admin
    server_start "$BATS_TEST_DIRNAME/../support/neon.sql"
    export DB_PROVIDER=neon NEON_TRANSPORT=tcp NEON_DATABASE_URL
    NEON_DATABASE_URL="$(server_url postgres)?sslmode=verify-full&sslrootcert=$SERVER_CA"
    leaves_alone neon
}
