/* Answers of SQL over HTTP: any bytes are rows that can be read whole, or an error. */
#include "fuzz.h"

#include "transport/neon.h"

#include <string.h>

static void read_all(const qi_reply *reply)
{
    size_t columns = qi_neon_columns(reply);
    for (size_t i = 0; i < columns; i++)
        FUZZ_CHECK(qi_neon_column_name(reply, i));
    for (size_t row = 0; row < qi_neon_rows(reply); row++) {
        for (size_t i = 0; i < columns; i++) {
            qi_cell cell = qi_neon_cell(reply, row, i);
            FUZZ_CHECK(!cell.data || strlen(cell.data) == cell.length);
        }
    }
    FUZZ_CHECK(qi_neon_affected(reply) >= 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *body = (const char *)data;
    for (size_t count = 1; count <= 2; count++) {
        qi_reply *replies[2] = { NULL, NULL };
        quire_error err = { 0 };
        quire_status status = qi_neon_replies(body, size, replies, count, &err);
        FUZZ_CHECK(status == QUIRE_OK || err.status == status);
        for (size_t i = 0; i < count; i++) {
            FUZZ_CHECK((replies[i] != NULL) == (status == QUIRE_OK));
            if (replies[i])
                read_all(replies[i]);
            qi_neon_free(replies[i]);
        }
    }
    static const long statuses[] = { 204, 307, 400, 413, 429, 500, 503 };
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
        quire_error err = { 0 };
        quire_status status =
            qi_neon_failure(statuses[i], body, size, (const char *const[]){ "secret", NULL }, &err);
        FUZZ_CHECK(status != QUIRE_OK && err.status == status && err.message[0]);
        FUZZ_CHECK(!strstr(err.message, "secret") && !strstr(err.detail, "secret"));
    }
    return 0;
}
