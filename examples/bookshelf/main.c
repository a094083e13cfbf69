/*
 * The bookshelf: calls every function of its repositories and prints what it got. The provider is
 * the one that the environment chooses. The database is left as it was found.
 */
#include "tour.h"

#include <stdio.h>
#include <stdlib.h>

static quire_status run_steps(const tour_step *steps, quire_db *db, quire_error *err)
{
    for (; steps->title; steps++) {
        printf("\n%s\n", steps->title);
        quire_status status = steps->run(db, err);
        if (status != QUIRE_OK)
            return status;
    }
    return QUIRE_OK;
}

/* What is written is seen by all later steps of the same transaction, and by nobody else. */
static quire_status write_and_undo(quire_db *db, quire_error *err)
{
    quire_db *tx = quire_begin(db, NULL, err);
    quire_status status = run_steps(writing_steps, tx, err);
    quire_status undone = quire_rollback(tx, status == QUIRE_OK ? err : NULL);
    return status == QUIRE_OK ? undone : status;
}

int main(void)
{
    quire_error err = { 0 };
    quire_db *db = quire_open_default(&err);
    if (!db) {
        quire_error_print(&err, stderr);
        return EXIT_FAILURE;
    }

    printf("the bookshelf on %s\n", quire_provider_name(quire_db_provider(db)));
    quire_status status = run_steps(reading_steps, db, &err);
    if (status == QUIRE_OK)
        status = write_and_undo(db, &err);
    if (status == QUIRE_OK)
        printf("\nrolled back: the database is as it was\n");
    else
        quire_error_print(&err, stderr);

    quire_close(db);
    return status == QUIRE_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
