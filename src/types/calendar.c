#include "types/calendar.h"

/*
 * Years run from March, so that the leap day is the last of its year, in eras of 400 years = 146097
 * days (Howard Hinnant, "chrono-compatible low-level date algorithms").
 */
#define DAYS_PER_ERA 146097
#define DAYS_TO_2000 730425 /* from 0000-03-01 */

int64_t qi_days_of(int64_t year, int month, int day)
{
    if (month <= 2)
        year--;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_PER_ERA + day_of_era - DAYS_TO_2000;
}

void qi_days_split(int64_t days, int64_t *year, int *month, int *day)
{
    int64_t all = days + DAYS_TO_2000;
    int64_t era = (all >= 0 ? all : all - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
    int64_t day_of_era = all - era * DAYS_PER_ERA;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int from_march = (int)((5 * day_of_year + 2) / 153);
    *day = (int)(day_of_year - (153 * from_march + 2) / 5) + 1;
    *month = from_march < 10 ? from_march + 3 : from_march - 9;
    *year = year_of_era + era * 400 + (*month <= 2);
}

bool qi_is_day(int64_t year, int month, int day)
{
    static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    if (month < 1 || month > 12 || day < 1)
        return false;
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return day <= lengths[month - 1] + (month == 2 && leap);
}

char *qi_put_number(char *at, uint64_t value, int width)
{
    char digits[20];
    int count = 0;
    do {
        digits[count++] = (char)('0' + value % 10);
        value /= 10;
    } while (value);
    for (int i = count; i < width; i++)
        *at++ = '0';
    while (count)
        *at++ = digits[--count];
    return at;
}

char *qi_put_text(char *at, const char *text)
{
    while (*text)
        *at++ = *text++;
    return at;
}

char *qi_put_fraction(char *at, uint32_t us)
{
    if (!us)
        return at;
    *at++ = '.';
    at = qi_put_number(at, us, 6);
    while (at[-1] == '0')
        at--;
    return at;
}

char *qi_put_clock(char *at, uint64_t us)
{
    at = qi_put_number(at, us / (uint64_t)QI_US_PER_HOUR, 2);
    *at++ = ':';
    at = qi_put_number(at, us / (uint64_t)QI_US_PER_MINUTE % 60, 2);
    *at++ = ':';
    at = qi_put_number(at, us / (uint64_t)QI_US_PER_SECOND % 60, 2);
    return qi_put_fraction(at, (uint32_t)(us % (uint64_t)QI_US_PER_SECOND));
}

char *qi_put_date(char *at, int64_t days, bool *is_bc)
{
    int64_t year;
    int month;
    int day;
    qi_days_split(days, &year, &month, &day);
    *is_bc = year <= 0;
    at = qi_put_number(at, (uint64_t)(year > 0 ? year : 1 - year), 4);
    *at++ = '-';
    at = qi_put_number(at, (uint64_t)month, 2);
    *at++ = '-';
    return qi_put_number(at, (uint64_t)day, 2);
}
