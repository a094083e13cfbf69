# What only the newest PostgreSQL knows, from schema.sql to C and back.
load ../cli/helper

local_setup() {
    printf '[project]\nname = newest\n[skip]\npublic.bookings = yes\n' >quire.conf
    : >.env
    mkdir -p db/queries
    cat >db/schema.sql <<'END'
create table rooms (
    id    bigint generated always as identity primary key,
    name  text constraint named not null,
    width int not null no inherit,
    depth int,
    area  int generated always as (width * depth) virtual,
    key   uuid not null default uuidv7(),
    constraint big check (width > 1) not enforced
);
alter table rooms add constraint deep not null depth not valid;
create table bookings (
    room   int4range,
    during daterange,
    primary key (room, during without overlaps)
);
END
    cat >db/queries/rooms.sql <<'END'
-- name: widen :one
update rooms set width = $1 where id = $2 returning old.width as before, new.width as after;
END
}

@test "a schema of the newest PostgreSQL is planned, applied and written back" {
    run quire generate --name rooms
    assert_status 0
    cat db/migrations/local/*_rooms.sql >plan
    grep -q 'CONSTRAINT named NOT NULL' plan
    grep -q 'NOT NULL NO INHERIT' plan
    grep -q 'ADD CONSTRAINT deep NOT NULL depth NOT VALID' plan
    grep -q 'GENERATED ALWAYS AS (width \* depth) VIRTUAL' plan
    grep -q 'during WITHOUT OVERLAPS' plan
    grep -q 'NOT ENFORCED' plan
    run quire migrate
    assert_status 0
    run quire validate
    assert_status 0
    mv db/schema.sql wanted.sql
    run quire pull
    assert_status 0
    run quire diff --from wanted.sql --to db/schema.sql
    assert_status 0
    [ -z "$output" ]
}

@test "what the parser does not read is looked at by its effect" {
    quire generate --name rooms
    run quire lint --all
    assert_status 0
    assert_holds "not-read" "looked at by its effect only"
}

@test "a column that is not checked is nullable, as are the old and the new row" {
    quire codegen
    grep -q 'int32_t width;' src/newest.h
    grep -q 'quire_nullable_int4 depth;' src/newest.h
    grep -q 'quire_nullable_int4 before;' src/newest.h
}
