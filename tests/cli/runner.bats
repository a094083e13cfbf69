load helper
load database

local_setup() {
    database_new
    project_new
}

teardown() {
    database_drop
}

three() {
    migration 20260101000000_one 'create table a (id int primary key);'
    migration 20260101000000_one.down 'drop table a;'
    migration 20260102000000_two <<'SQL'
-- quire: no-transaction
-- quire: check deletes_data: public.a: a has rows
select id from a;

-- hazard: builds_index: public.a: all rows are read
create index concurrently a_i on a (id);
alter table a add b int;
SQL
    migration 20260102000000_two.down 'alter table a drop column b; drop index a_i;'
    rehash
}

@test "migrate --dry-run prints what would run and changes nothing" {
    three
    run --separate-stderr -0 quire migrate local --dry-run
    [ "${stderr_lines[-1]}" = "local: 2 migrations would be applied" ]
    [[ "$stderr" == *'local: a check cannot be asked yet: relation "public.a" does not exist'* ]] ||
        [[ "$stderr" == *'a check cannot be asked yet: relation "a" does not exist'* ]]
    assert_holds '-- local: db/migrations/local/20260101000000_one.sql' \
        'create table a (id int primary key);' '-- quire: check deletes_data: public.a: a has rows' \
        '-- hazard: builds_index: public.a: all rows are read'
    [ "$(sql "select count(*) from pg_namespace where nspname = 'quire'")" = 0 ]
    run --separate-stderr -0 quire migrate local --dry-run --json
    assert_json '[.providers[0].planned[].file] | join(" ")' \
        'db/migrations/local/20260101000000_one.sql db/migrations/local/20260102000000_two.sql'
    assert_json '.providers[0].planned[1].transaction' false
    assert_json '.providers[0].planned[1].checks[0].hazard' deletes_data
    assert_json '.providers[0].planned[1].checks[0].outcome' not_asked
    assert_json '.providers[0].planned[1].hazards[0] | "\(.statement) \(.hazard) \(.object)"' \
        '1 builds_index public.a'
    assert_json '.providers[0].planned[1].statements | length' 2
    assert_json '.providers[0].planned[1].statements[1].line' 7
}

@test "migrate --to, --allow; a part is shown by status and gone on with" {
    three
    run -0 quire migrate local --to 20260101000000
    [[ "$output" == *"local: 1 migration applied"* ]]
    run --separate-stderr -0 quire migrate local --dry-run --json
    assert_json '.providers[0].planned[0].checks[0].outcome' passed
    sql 'insert into a values (1)'
    run --separate-stderr -1 quire migrate local --dry-run
    [[ "$stderr" == *'local: a check would refuse the file: a has rows. Found by a check of public.a: id = 1.'* ]]
    run --separate-stderr -1 quire migrate local --dry-run --json --allow deletes_data:public.b
    assert_json '.providers[0].planned[0].checks[0].outcome' refused
    assert_json '.providers[0].planned[0].checks[0].found' 'a has rows. Found by a check of public.a: id = 1.'
    run -1 quire migrate local --dry-run --allow deletes_data:public.b
    assert_holds 'no check of the pending migrations is about --allow deletes_data:public.b'
    run -0 quire migrate local --dry-run --allow deletes_data:public.a
    [[ "$output" != *'would refuse'* ]]
    [[ "$output" != *'no check'* ]]
    [ "$(sql 'select count(*) from quire.migrations')" = 1 ]
    run -6 quire migrate local
    assert_holds 'a has rows' 'public.a: id = 1.' '--allow deletes_data:public.a'
    run -0 quire migrate local --allow may_fail --allow deletes_data:public.a
    migration 20260103000000_three '-- quire: no-transaction
create table c (id int);
create table c (id int);'
    rehash
    run -5 quire migrate local
    assert_holds '20260103000000_three.sql:3:1:' 'Applied are 1 of 2 statements, and stay.'
    run -1 quire status local
    assert_holds 'partial, 1 of 2 done'
    run --separate-stderr -1 quire status local --json
    assert_json '.providers[0].migrations[2] | "\(.state) \(.statements_done) \(.statements_total)"' \
        'partial 1 2'
    assert_json '.providers[0].reachable' true
    migration 20260103000000_three '-- quire: no-transaction
create table c (id int);
create table d (id int);'
    rehash
    run --separate-stderr -0 quire migrate local --dry-run
    assert_holds '-- goes on at statement 2 of 2' 'create table d (id int);'
    [[ "$output" != *"create table c"* ]]
    run -0 quire migrate local
    run -0 quire status local
}

@test "rollback takes back by the down files" {
    three
    quire migrate local
    run --separate-stderr -0 quire rollback local --dry-run
    assert_holds 'alter table a drop column b'
    [ "$stderr" = "local: 1 migration would be taken back" ]
    run -0 quire rollback local
    assert_holds "20260102000000_two.down.sql" "local: 1 migration taken back"
    [ "$(sql "select to_regclass('a_i') is null")" = t ]
    run -0 quire migrate local
    run --separate-stderr -0 quire rollback local --steps 2 --json
    assert_json '[.providers[0].taken_back[].file | sub(".*/"; "")] | join(" ")' \
        '20260102000000_two.down.sql 20260101000000_one.down.sql'
    run -0 quire rollback local
    [ "$output" = "local: nothing to take back in db/migrations/local" ]
    quire migrate local
    rm db/migrations/local/20260101000000_one.down.sql
    rehash
    run -6 quire rollback local --steps 2
    assert_holds 'migration 20260101000000_one has no down file'
    [ "$(sql 'select count(*) from quire.migrations')" = 2 ]
    run -2 quire rollback local --steps none
    run -2 quire rollback local --steps 1 --to 20260101000000
    run -6 quire rollback local --to 20260103000000
    assert_holds 'no migration has the version 20260103000000'
    run -2 quire rollback local --allow delete_data
    assert_holds '"delete_data" is no hazard: deletes_data, may_fail'
}

@test "migrate --baseline adopts a database" {
    three
    sql 'create table a (id int primary key)'
    run -0 quire migrate local --baseline 20260101000000
    [ "$output" = "local: 1 migration recorded as applied, none was run" ]
    run -0 quire migrate local
    run -6 quire migrate local --baseline 20260102000000
    assert_holds 'this database has a history'
    run -2 quire migrate local --baseline 20260102000000 --dry-run
    assert_holds '--baseline stands by itself'
}

@test "repair says what is applied" {
    migration 20260101000000_one '-- quire: no-transaction
create table a (id int);
do $$ begin insert into a values (1); commit; perform 1 / 0; end $$;'
    rehash
    run -5 quire migrate local
    run -1 quire status local
    assert_holds 'in_doubt, 1 of 2 done'
    run -6 quire migrate local
    assert_holds 'statement 2 of 2 is in doubt' 'quire repair --applied 20260101000000:2'
    run -0 quire repair --applied 20260101000000:2 local
    [ "$output" = "local: the history of migration 20260101000000 is corrected; nothing was run" ]
    run -0 quire status local
    run --separate-stderr -0 quire repair --unapplied 20260101000000 local --json
    assert_json '.providers[0].applied' false
    [ "$(sql 'select count(*) from quire.migrations')" = 0 ]
    run -2 quire repair local
    run -2 quire repair local --applied 20260101000000:zwei
}

@test "what blocks a migration is shown" {
    migration 20260101000000_one 'alter table busy add b int;'
    rehash
    sql 'create table busy (id int)'
    psql -Xq -d "$LOCAL_DATABASE_URL" -c 'begin' -c 'select * from busy' -c 'select pg_sleep(5)' &
    local reader=$! waited=0
    until [ "$(sql "select count(*) from pg_stat_activity where datname = current_database()
                    and wait_event = 'PgSleep'")" = 1 ]; do
        sleep 0.1
        waited=$((waited + 1))
        [ "$waited" -lt 100 ]
    done
    run -0 quire migrate local
    wait "$reader"
    assert_holds 'local: waits for process ' '"psql"' ': select pg_sleep(5)' \
        'met a lock, rolled back, is tried again' 'local: 1 migration applied'
}
