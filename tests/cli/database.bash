# A database of its own for each test, as the local provider's. Load behind helper; a test file's
# own setup goes into local_setup, after database_new.

# database_new: makes it on the server of the tests and points the environment at it.
database_new() {
    local server
    server=$(quire -C "$QUIRE_TEST_DIRECTORY" db url) || return 1
    DATABASE="bats_$$_${BATS_SUITE_TEST_NUMBER:-0}_$RANDOM"
    SERVER_URL=$server
    psql -Xq -d "$SERVER_URL" -c "create database $DATABASE"
    export DB_PROVIDER=local LOCAL_DATABASE_URL="$server&dbname=$DATABASE"
    # Scratch databases too: a server for each project would cost each test a second.
    export QUIRE_SCRATCH_URL=$server
}

database_drop() {
    [ -z "${DATABASE:-}" ] ||
        psql -Xq -d "$SERVER_URL" -c "drop database if exists $DATABASE with (force)"
    project_end
}

# sql STATEMENT: its rows, columns separated by |.
sql() {
    psql -XAtq -v ON_ERROR_STOP=1 -d "$LOCAL_DATABASE_URL" -c "$1"
}

# A project with an empty directory of migrations.
project_new() {
    printf '[project]\nname = trial\n' >quire.conf
    mkdir -p db/migrations/local
}

# migration NAME [TEXT]: db/migrations/local/NAME.sql with that text, or what is on standard input.
migration() {
    if [ $# -gt 1 ]; then
        printf '%s' "$2" >"db/migrations/local/$1.sql"
    else
        cat >"db/migrations/local/$1.sql"
    fi
}

rehash() {
    quire migrate --rehash local 2>/dev/null
}
