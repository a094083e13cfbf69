#include "types/calendar.h"

#include <quire/types.h>

/* "-5M", or nothing for zero. Each part has a sign of its own. */
static char *put_part(char *at, int64_t value, char unit)
{
    if (!value)
        return at;
    if (value < 0)
        *at++ = '-';
    at = qi_put_number(at, value < 0 ? 0 - (uint64_t)value : (uint64_t)value, 1);
    *at++ = unit;
    return at;
}

static char *put_clock(char *at, int64_t us)
{
    at = put_part(at, us / QI_US_PER_HOUR, 'H');
    at = put_part(at, us / QI_US_PER_MINUTE % 60, 'M');
    int64_t seconds = us % QI_US_PER_MINUTE;
    if (!seconds)
        return at;
    if (seconds < 0) {
        *at++ = '-';
        seconds = -seconds;
    }
    at = qi_put_number(at, (uint64_t)(seconds / QI_US_PER_SECOND), 1);
    at = qi_put_fraction(at, (uint32_t)(seconds % QI_US_PER_SECOND));
    *at++ = 'S';
    return at;
}

const char *quire_interval_format(quire_interval value, char storage[QUIRE_INTERVAL_SIZE])
{
    char *at = storage;
    /* The greatest and the least value of all parts are the infinities of PostgreSQL 17. */
    if (value.months == INT32_MAX && value.days == INT32_MAX && value.us == INT64_MAX) {
        at = qi_put_text(at, "infinity");
    } else if (value.months == INT32_MIN && value.days == INT32_MIN && value.us == INT64_MIN) {
        at = qi_put_text(at, "-infinity");
    } else if (!value.months && !value.days && !value.us) {
        at = qi_put_text(at, "PT0S");
    } else {
        *at++ = 'P';
        at = put_part(at, value.months / 12, 'Y');
        at = put_part(at, value.months % 12, 'M');
        at = put_part(at, value.days, 'D');
        if (value.us)
            *at++ = 'T';
        at = put_clock(at, value.us);
    }
    *at = '\0';
    return storage;
}
