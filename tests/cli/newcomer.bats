# What somebody meets who has just installed quire, or stands in the wrong directory.
load helper

@test "outside of a project: nothing is made, and what to do is said" {
    for command in status validate migrate rollback seed generate push codegen squash lint; do
        run -3 quire "$command"
        assert_holds "there is no project here: no quire.conf in $PROJECT or above it" 'quire init'
    done
    run --separate-stderr -3 quire status --json
    assert_json .error.status config
    run -2 quire diff
    assert_holds 'outside of a project, name both --from and --to'
    [ -z "$(ls -A)" ]
    # Without a quire.conf, files of a project are one too.
    mkdir db
    echo 'create table t (id int primary key);' >db/schema.sql
    run -0 quire status local
    run -3 quire -C / status
}

@test "words that are none, and files that are not there" {
    : >quire.conf
    run -7 quire import nosuch
    assert_holds 'there is no directory "nosuch"'
    run -7 quire generate local
    assert_holds 'db/schema.sql: cannot open' '[paths]' 'quire pull'
    run -3 quire lint local nosuch.sql
    assert_holds 'there is no nosuch.sql in db/migrations/local'
    [[ "$output" != *'0 errors'* ]]
    run -6 quire squash local
    assert_holds 'there are not two migrations to make one of in db/migrations/local'
    run -2 quire statsu
    assert_holds 'did you mean "status"?'
    run -2 quire migrate nosuch
    assert_holds '"nosuch" is not a provider: neon, supabase, local or all'
}

@test "a database that cannot be reached is said with its variable" {
    : >quire.conf
    export LOCAL_DATABASE_URL=postgresql://nobody:s3cret@127.0.0.1:1/nothing
    for command in status migrate validate; do
        run -4 quire "$command" local
        assert_holds 'LOCAL_DATABASE_URL: connection to server at "127.0.0.1", port 1 failed'
        [[ "$output" != *s3cret* ]]
    done
    LOCAL_DATABASE_URL=mysql://host/database run -3 quire status local
    assert_holds 'LOCAL_DATABASE_URL is not a PostgreSQL URL' 'postgresql://'
}
