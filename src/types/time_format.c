#include "types/calendar.h"

#include <quire/types.h>

const char *quire_date_format(quire_date value, char storage[QUIRE_TIME_SIZE])
{
    char *at = storage;
    bool is_bc = false;
    if (value.days == QUIRE_DATE_INFINITY)
        at = qi_put_text(at, "infinity");
    else if (value.days == QUIRE_DATE_MINUS_INFINITY)
        at = qi_put_text(at, "-infinity");
    else
        at = qi_put_date(at, value.days, &is_bc);
    if (is_bc)
        at = qi_put_text(at, " BC");
    *at = '\0';
    return storage;
}

const char *quire_time_format(quire_time value, char storage[QUIRE_TIME_SIZE])
{
    char *at = storage;
    if (value.us < 0) /* no time of day, but neither a reason to read or write beyond bounds */
        *at++ = '-';
    at = qi_put_clock(at, value.us < 0 ? 0 - (uint64_t)value.us : (uint64_t)value.us);
    *at = '\0';
    return storage;
}

static const char *format(int64_t us, const char *zone, char *storage)
{
    char *at = storage;
    if (us == QUIRE_TIMESTAMP_INFINITY || us == QUIRE_TIMESTAMP_MINUS_INFINITY) {
        at = qi_put_text(at, us > 0 ? "infinity" : "-infinity");
        *at = '\0';
        return storage;
    }
    int64_t days = us / QI_US_PER_DAY;
    int64_t clock = us % QI_US_PER_DAY;
    if (clock < 0) {
        clock += QI_US_PER_DAY;
        days--;
    }
    bool is_bc;
    at = qi_put_date(at, days, &is_bc);
    *at++ = ' ';
    at = qi_put_clock(at, (uint64_t)clock);
    at = qi_put_text(at, zone);
    if (is_bc)
        at = qi_put_text(at, " BC");
    *at = '\0';
    return storage;
}

const char *quire_timestamp_format(quire_timestamp value, char storage[QUIRE_TIME_SIZE])
{
    return format(value.us, "", storage);
}

const char *quire_timestamptz_format(quire_timestamptz value, char storage[QUIRE_TIME_SIZE])
{
    return format(value.us, "+00", storage);
}
