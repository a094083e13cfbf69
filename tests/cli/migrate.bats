load helper
load database

local_setup() {
    database_new
    project_new
}

teardown() {
    database_drop
}

two() {
    migration 20260101000000_one 'create table a (id int primary key); insert into a values (1);'
    migration 20260102000000_two 'create table b (id int references a);'
    rehash
}

@test "migrate applies what is pending, each file once, and says how long it took" {
    two
    run --separate-stderr -0 quire migrate local
    [ -z "$output" ]
    [[ "$stderr" =~ "[1/2] db/migrations/local/20260101000000_one.sql  "[0-9]+" ms" ]]
    [[ "$stderr" =~ "[2/2] db/migrations/local/20260102000000_two.sql  "[0-9]+" ms" ]]
    [[ "$stderr" == *"local: 2 migrations applied"* ]]
    run -0 quire migrate
    [ "$output" = "local: nothing to apply in db/migrations/local" ]
    migration 20260103000000_three 'create table c (id int);'
    rehash
    run --separate-stderr -0 quire migrate local
    [[ "$stderr" != *_one.sql* && "$stderr" == *"[1/1] db/migrations/local/20260103000000_three.sql"* ]]
    [ "$(sql 'select count(*) from a')" = 1 ]
    [ "$(sql 'select count(*) from quire.migrations')" = 3 ]
}

@test "migrate --json" {
    two
    run --separate-stderr -0 quire migrate local --json
    assert_json '.providers | length' 1
    assert_json '.providers[0].provider' local
    assert_json '.providers[0].directory' db/migrations/local
    assert_json '[.providers[0].applied[].file] | join(" ")' \
        'db/migrations/local/20260101000000_one.sql db/migrations/local/20260102000000_two.sql'
    assert_json '.providers[0].applied[0].duration_ms | type' number
    [ -z "$stderr" ]
}

@test "no migrations: nothing to apply, and nothing is made" {
    run -0 quire migrate local
    [ "$output" = "local: nothing to apply in db/migrations/local" ]
    rm -r db
    run -0 quire migrate local
    [ "$(sql "select count(*) from pg_namespace where nspname = 'quire'")" = 0 ]
}

@test "broken SQL: file, line, column; nothing of that file is applied, those before it stay" {
    two
    migration 20260103000000_bücher <<'SQL'
create table bücher (id int);
-- “no such column”
insert into bücher values ('ü', fehlt);
create table never (id int);
SQL
    rehash
    run -5 quire migrate local
    assert_holds \
        'db/migrations/local/20260103000000_bücher.sql:3:33: column "fehlt" does not exist' \
        '(SQLSTATE 42703)' \
        'Statement 2 of 3 in this file.' \
        'Nothing of this file is applied; 2 before it are applied and stay.' \
        'quire migrate --rehash'
    [ "$(sql "select to_regclass('bücher') is null and to_regclass('never') is null")" = t ]
    [ "$(sql "select string_agg(version, ' ' order by version) from quire.migrations")" = \
        "20260101000000 20260102000000" ]
    run -5 --separate-stderr quire migrate local --json
    assert_json .providers[0].error.line 3
    assert_json .providers[0].error.line_column 33
    assert_json .providers[0].error.sqlstate 42703
    assert_json '.providers[0].applied | length' 0

    migration 20260103000000_bücher "create table bücher (name text); insert into bücher values ('日本');"
    rehash
    run -0 quire migrate local
    [ "$(sql 'select name from bücher')" = 日本 ]
}

@test "a string without an end is found before anything is applied" {
    two
    migration 20260103000000_three "select 1;
  select 'never closed"
    rehash
    run -5 quire migrate local
    assert_holds "20260103000000_three.sql:2:10: the string that starts here has no end"
    [ "$(sql "select to_regclass('a') is null")" = t ]
}

@test "what cannot run in a transaction is refused before anything is applied" {
    two
    migration 20260103000000_three "select 1;
create index concurrently i on a (id);"
    rehash
    run -6 quire migrate local
    assert_holds "20260103000000_three.sql:2:1: CREATE INDEX CONCURRENTLY cannot run inside a transaction"
    migration 20260103000000_three "begin; select 1; commit;"
    rehash
    run -6 quire migrate local
    assert_holds "20260103000000_three.sql:1:1: BEGIN in a file that is one transaction"
    [ "$(sql "select to_regclass('a') is null")" = t ]
}

@test "a migration changed after it was applied is refused" {
    two
    quire migrate local
    migration 20260101000000_one 'create table a (id bigint primary key);'
    run -6 quire migrate local
    assert_holds "20260101000000_one was changed after it was applied" "hint: Restore the file"
    rehash
    run -6 quire migrate local
    assert_holds "db/migrations/local/20260101000000_one.sql: migration 20260101000000_one was changed after"
    # White space, comments, line ends and the case of key words do not count.
    printf 'CREATE TABLE a\r\n  (id int primary key); -- of all\r\nINSERT INTO a VALUES (1) ;\r\n' \
        >db/migrations/local/20260101000000_one.sql
    rehash
    run -0 quire migrate local
}

@test "a missing file and one out of order are refused" {
    two
    quire migrate local
    mv db/migrations/local/20260101000000_one.sql kept
    run -6 quire migrate local
    assert_holds "20260101000000_one is applied, but its file is missing"
    mv kept db/migrations/local/20260101000000_one.sql
    migration 20260101120000_late 'create table late (id int);'
    rehash
    run -6 quire migrate local
    assert_holds "20260101120000_late is older than 20260102000000, which is applied already"
    [ "$(sql "select to_regclass('late') is null")" = t ]
}

@test "quire.sum: changed, added, removed, missing, conflict" {
    two
    migration 20260102000000_two 'create table b (id bigint);'
    run -6 quire migrate local
    assert_holds "20260102000000_two.sql was changed after it was written" "quire migrate --rehash"
    rehash
    migration 20260103000000_three 'select 3'
    run -6 quire migrate local
    assert_holds "20260103000000_three.sql is not in quire.sum"
    rehash
    rm db/migrations/local/20260103000000_three.sql
    run -6 quire migrate local
    assert_holds "quire.sum:4: migration 20260103000000_three.sql is gone"
    printf '<<<<<<< ours\nx y\n=======\n>>>>>>> theirs\n' >>db/migrations/local/quire.sum
    run -6 quire migrate local
    assert_holds "quire.sum:5: quire.sum has a merge conflict" "quire generate"
    rm db/migrations/local/quire.sum
    run -6 quire migrate local
    assert_holds "quire.sum is missing"
    [ "$(sql "select to_regclass('a') is null")" = t ]
    run -0 quire migrate --rehash local
    [ "$output" = "local: db/migrations/local/quire.sum written anew" ]
    run -0 quire migrate --rehash local
    [ "$output" = "local: db/migrations/local/quire.sum is right already" ]
    run -0 quire migrate local
}

@test "names that are none, and a version twice" {
    migration init 'select 1'
    run -6 quire migrate local
    assert_holds '"init.sql" is no name for a migration'
    rm db/migrations/local/init.sql
    migration 20260101000000_a 'select 1'
    migration 20260101000000_b 'select 1'
    run -6 quire migrate --rehash local
    assert_holds "two migrations have the version 20260101000000"
}

@test "two runners at once apply each file once" {
    migration 20260101000000_one "select pg_sleep(1); create table a (id int); insert into a values (1);"
    migration 20260102000000_two "insert into a values (2);"
    rehash
    quire migrate local >first 2>&1 &
    local first=$!
    quire migrate local >second 2>&1 &
    local second=$!
    wait "$first" "$second"
    wait "$first"
    cat first second
    [ "$(sql 'select count(*) from a')" = 2 ]
    [ "$(cat first second | grep -c 'ms$')" = 2 ]
    grep -q "waiting for another runner: process" first second
    grep -q "nothing to apply" first second
}

@test "kill -9 in the middle of a file, then again" {
    two
    migration 20260103000000_three "create table c (id int); select pg_sleep(600); select 3;"
    rehash
    "$QUIRE" migrate local &
    local runner=$! waited=0
    until [ "$(sql "select count(*) from pg_stat_activity where datname = current_database()
                    and wait_event = 'PgSleep'")" = 1 ]; do
        sleep 0.1
        waited=$((waited + 1))
        [ "$waited" -lt 200 ]
    done
    kill -9 "$runner"
    wait "$runner" || true
    run -1 quire status local
    assert_holds "2 applied, 1 pending"
    [ "$(sql "select to_regclass('c') is null")" = t ]
    migration 20260103000000_three "create table c (id int); select 3;"
    rehash
    # The server finds out within seconds that the first runner is gone, and gives its lock back.
    run -0 quire migrate local
    assert_holds "[1/1] db/migrations/local/20260103000000_three.sql"
    [ "$(sql 'select count(*) from quire.migrations')" = 3 ]
    [ "$(sql 'select count(*) from a')" = 1 ]
}

@test "all: one provider's failure does not hide another" {
    two
    run --separate-stderr -3 quire migrate all --json
    assert_json '[.providers[].provider] | join(" ")' "neon supabase local"
    assert_json .providers[0].error.status config
    assert_json '.providers[2].applied | length' 2
    [[ "$stderr" == *"NEON_DATABASE_URL is not set"* ]]
    run -3 quire migrate all
    assert_holds "neon:" "SUPABASE_DATABASE_URL is not set" "local: nothing to apply"
}

@test "wrong use" {
    run -2 quire migrate oracle
    assert_holds '"oracle" is not a provider: neon, supabase, local or all'
    run -2 quire migrate local neon
    LOCAL_DATABASE_URL='postgresql://nobody:s3cret@127.0.0.1:1/x' run -4 quire migrate local
    [[ "$output" != *s3cret* ]]
}
