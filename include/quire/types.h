/*
 * quire/types.h - PostgreSQL values as C values.
 *
 *   boolean               bool                  text, varchar, char(n),    const char *
 *   smallint              int16_t                 name, citext, xml, json,
 *   integer               int32_t                 jsonb
 *   bigint                int64_t               bytea                      quire_bytes
 *   oid                   uint32_t              uuid                       quire_uuid
 *   real                  float                 date                       quire_date
 *   double precision      double                time                       quire_time
 *   numeric               quire_decimal         timestamp                  quire_timestamp
 *   an enum               a generated C enum    timestamptz                quire_timestamptz
 *   one-dimensional       quire_<type>_array    interval                   quire_interval
 *     arrays of these
 *
 * Three forms of a value:
 *
 *   in a row, never NULL        the C type itself
 *   in a row, may be NULL       quire_nullable_<type>: { bool has; T value; }. Text: NULL pointer.
 *   handed in, may be left out  quire_optional_<type>: made with QUIRE_SOME(x), QUIRE_NULL or not
 *                               named at all. Text: a pointer, QUIRE_NULL_TEXT or NULL (left out).
 *
 * Memory: text, bytes, decimals and arrays in a row point into memory that the row or its list owns;
 * they are valid until its ..._free. Values handed in are only read during the call.
 *
 * All functions here are pure: any thread, no allocation. A `quire_status` of QUIRE_DATA means that
 * the value cannot be represented, and then the output is as it was.
 */
#ifndef QUIRE_TYPES_H
#define QUIRE_TYPES_H

#include <quire/error.h>
#include <quire/export.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- values that C has no type for ---------------------------------------------------------- */

/* bytea: `length` bytes. Not NUL-terminated by promise. */
typedef struct quire_bytes {
    const void *data;
    size_t length;
} quire_bytes;

/*
 * numeric: exact, as PostgreSQL writes it in decimal: "9.99", "-0.0001", "NaN", "Infinity". Trailing
 * zeros are kept, since they are part of the value's scale. Never a double behind your back.
 */
typedef struct quire_decimal {
    const char *text;
} quire_decimal;

/* uuid: 16 bytes in the order in which they are written. */
typedef struct quire_uuid {
    uint8_t bytes[16];
} quire_uuid;

/* date: days since 2000-01-01, proleptic Gregorian calendar, as PostgreSQL counts. */
typedef struct quire_date {
    int32_t days;
} quire_date;
#define QUIRE_DATE_INFINITY INT32_MAX
#define QUIRE_DATE_MINUS_INFINITY INT32_MIN

/* time without time zone: microseconds since midnight, 0 to 86400000000 (24:00 is a valid time). */
typedef struct quire_time {
    int64_t us;
} quire_time;

/* timestamp without time zone: microseconds since 2000-01-01 00:00, on whatever clock you mean. */
typedef struct quire_timestamp {
    int64_t us;
} quire_timestamp;

/* timestamp with time zone: microseconds since 2000-01-01 00:00 UTC, a point in time. */
typedef struct quire_timestamptz {
    int64_t us;
} quire_timestamptz;
#define QUIRE_TIMESTAMP_INFINITY INT64_MAX
#define QUIRE_TIMESTAMP_MINUS_INFINITY INT64_MIN

/* interval: three parts that PostgreSQL keeps apart, since a month has no fixed length. */
typedef struct quire_interval {
    int64_t us;
    int32_t days;
    int32_t months;
} quire_interval;

/* ---- absence --------------------------------------------------------------------------------- */

/* Tells a value that was given from one that was not. Never looked behind; compare only. */
typedef const struct quire_presence_tag *quire_presence;
#define QUIRE_UNSET ((quire_presence)0)
#define QUIRE_IS_SET ((quire_presence)1)
#define QUIRE_IS_NULL ((quire_presence)2)

/*
 * For a field of type quire_optional_...: a value, `.limit = QUIRE_SOME(10)`, or SQL NULL,
 * `.rating = QUIRE_NULL`.
 */
#ifdef __cplusplus
#define QUIRE_SOME(x)                                                                              \
    {                                                                                              \
        QUIRE_IS_SET, (x)                                                                          \
    }
#define QUIRE_NULL                                                                                 \
    {                                                                                              \
        QUIRE_IS_NULL,                                                                             \
        {                                                                                          \
        }                                                                                          \
    }
#else
#define QUIRE_SOME(x)                                                                              \
    {                                                                                              \
        QUIRE_IS_SET, QUIRE_NOT_TEXT(x)                                                            \
    }
#define QUIRE_NULL                                                                                 \
    {                                                                                              \
        .presence = QUIRE_IS_NULL                                                                  \
    }
/* Text fields are plain pointers, so text inside QUIRE_SOME is a mistake: it does not compile. */
#define QUIRE_NOT_TEXT(x)                                                                          \
    _Generic((x), char *: quire_text_takes_no_SOME, const char *: quire_text_takes_no_SOME, default: (x))
#endif
typedef struct quire_text_mistake {
    struct quire_text_mistake *here;
} quire_text_mistake;
QUIRE_API extern const quire_text_mistake quire_text_takes_no_SOME;

/* SQL NULL for a text field of a parameter, insert or update struct (where NULL means: left out). */
#define QUIRE_NULL_TEXT (quire_null_text)
QUIRE_API extern const char quire_null_text[];

/* From a row's nullable value to an optional one: `.rating = QUIRE_FROM(book.rating)`. */
#define QUIRE_FROM(nullable)                                                                       \
    {                                                                                              \
        (nullable).has ? QUIRE_IS_SET : QUIRE_IS_NULL, (nullable).value                            \
    }

/* The same for text: `.review = QUIRE_FROM_TEXT(shelf.review)`. */
#define QUIRE_FROM_TEXT(text) ((text) ? (text) : quire_null_text)

/*
 * Declares quire_nullable_<name>, quire_optional_<name> and quire_<name>_array for a C type.
 *
 * An array's `nulls` is NULL when no element is NULL, as it always may be in an array handed in;
 * else nulls[i] says whether element i is SQL NULL (items[i] is then all zero).
 */
#define QUIRE_DECLARE_VALUE(name, c_type)                                                          \
    typedef struct quire_nullable_##name {                                                         \
        bool has;                                                                                  \
        c_type value;                                                                              \
    } quire_nullable_##name;                                                                       \
    typedef struct quire_optional_##name {                                                         \
        quire_presence presence;                                                                   \
        c_type value;                                                                              \
    } quire_optional_##name

#define QUIRE_DECLARE_ARRAY(name, c_type)                                                          \
    typedef struct quire_##name##_array {                                                          \
        const c_type *items;                                                                       \
        const bool *nulls;                                                                         \
        size_t count;                                                                              \
    } quire_##name##_array;                                                                        \
    QUIRE_DECLARE_VALUE(name##_array, quire_##name##_array)

QUIRE_DECLARE_VALUE(bool, bool);
QUIRE_DECLARE_VALUE(int2, int16_t);
QUIRE_DECLARE_VALUE(int4, int32_t);
QUIRE_DECLARE_VALUE(int8, int64_t);
QUIRE_DECLARE_VALUE(oid, uint32_t);
QUIRE_DECLARE_VALUE(float4, float);
QUIRE_DECLARE_VALUE(float8, double);
QUIRE_DECLARE_VALUE(decimal, quire_decimal);
QUIRE_DECLARE_VALUE(bytes, quire_bytes);
QUIRE_DECLARE_VALUE(uuid, quire_uuid);
QUIRE_DECLARE_VALUE(date, quire_date);
QUIRE_DECLARE_VALUE(time, quire_time);
QUIRE_DECLARE_VALUE(timestamp, quire_timestamp);
QUIRE_DECLARE_VALUE(timestamptz, quire_timestamptz);
QUIRE_DECLARE_VALUE(interval, quire_interval);

QUIRE_DECLARE_ARRAY(bool, bool);
QUIRE_DECLARE_ARRAY(int2, int16_t);
QUIRE_DECLARE_ARRAY(int4, int32_t);
QUIRE_DECLARE_ARRAY(int8, int64_t);
QUIRE_DECLARE_ARRAY(oid, uint32_t);
QUIRE_DECLARE_ARRAY(float4, float);
QUIRE_DECLARE_ARRAY(float8, double);
QUIRE_DECLARE_ARRAY(decimal, quire_decimal);
QUIRE_DECLARE_ARRAY(bytes, quire_bytes);
QUIRE_DECLARE_ARRAY(uuid, quire_uuid);
QUIRE_DECLARE_ARRAY(date, quire_date);
QUIRE_DECLARE_ARRAY(time, quire_time);
QUIRE_DECLARE_ARRAY(timestamp, quire_timestamp);
QUIRE_DECLARE_ARRAY(timestamptz, quire_timestamptz);
QUIRE_DECLARE_ARRAY(interval, quire_interval);

/* Arrays of text, json and jsonb: a NULL pointer is a NULL element; `nulls` says the same. */
typedef const char *quire_text;
QUIRE_DECLARE_ARRAY(text, quire_text);

/* An array of an enum: items are the values of the generated C enum. */
QUIRE_DECLARE_ARRAY(enum, int);

/* ---- numeric --------------------------------------------------------------------------------- */

/* A decimal from its text, which must live as long as the decimal. Checked when it is sent. */
static inline quire_decimal quire_decimal_of(const char *text)
{
    quire_decimal d = { text };
    return d;
}

/* Room for quire_decimal_from_int8, its NUL included. */
#define QUIRE_DECIMAL_INT8_SIZE 48

/*
 * The decimal units / 10^scale, written into `storage`: (1999, 2) is "19.99". scale is 0 to 18,
 * else QUIRE_DATA.
 */
QUIRE_API quire_status quire_decimal_from_int8(int64_t units, int scale,
                                               char storage[QUIRE_DECIMAL_INT8_SIZE],
                                               quire_decimal *out);

/* d * 10^scale as an integer: ("19.99", 2) is 1999. QUIRE_DATA where that is not exact or too big. */
QUIRE_API quire_status quire_decimal_to_int8(quire_decimal d, int scale, int64_t *out);

/* The nearest double; NaN and infinities as they are. NaN too for text that is no number. */
QUIRE_API double quire_decimal_to_double(quire_decimal d);

/* ---- uuid ------------------------------------------------------------------------------------ */

#define QUIRE_UUID_SIZE 37 /* of its text, NUL included */

/* Reads the 36-character form, any case; also without hyphens and in braces, as PostgreSQL does. */
QUIRE_API quire_status quire_uuid_parse(const char *text, quire_uuid *out);
/* Writes "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11". Returns storage. */
QUIRE_API const char *quire_uuid_format(quire_uuid value, char storage[QUIRE_UUID_SIZE]);
QUIRE_API bool quire_uuid_equal(quire_uuid a, quire_uuid b);

/* ---- dates and times ------------------------------------------------------------------------- */

#define QUIRE_TIME_SIZE 48 /* of the text of any date or time here, NUL included */

/* A date of the calendar. Year 0 is 1 BC. QUIRE_DATA for a day that does not exist. */
QUIRE_API quire_status quire_date_from_ymd(int year, int month, int day, quire_date *out);
/* Its year, month (1-12) and day (1-31). QUIRE_DATA for the infinities. NULL outputs are skipped. */
QUIRE_API quire_status quire_date_to_ymd(quire_date date, int *year, int *month, int *day);

/*
 * ISO 8601 as PostgreSQL writes it with DateStyle ISO and TimeZone UTC: "1974-05-01", "13:45:00.25",
 * "1974-05-01 13:45:00", "1974-05-01 13:45:00+00", "0044-03-15 BC", "infinity". The formatters return
 * storage. The parsers also take a "T" between date and time, and for timestamptz any offset
 * ("+02", "+02:00", "Z"); without an offset the time is UTC.
 */
QUIRE_API const char *quire_date_format(quire_date value, char storage[QUIRE_TIME_SIZE]);
QUIRE_API const char *quire_time_format(quire_time value, char storage[QUIRE_TIME_SIZE]);
QUIRE_API const char *quire_timestamp_format(quire_timestamp value, char storage[QUIRE_TIME_SIZE]);
QUIRE_API const char *quire_timestamptz_format(quire_timestamptz value,
                                               char storage[QUIRE_TIME_SIZE]);
QUIRE_API quire_status quire_date_parse(const char *text, quire_date *out);
QUIRE_API quire_status quire_time_parse(const char *text, quire_time *out);
QUIRE_API quire_status quire_timestamp_parse(const char *text, quire_timestamp *out);
QUIRE_API quire_status quire_timestamptz_parse(const char *text, quire_timestamptz *out);

/* Between a point in time and POSIX time (nanoseconds are cut to microseconds, downwards). */
QUIRE_API quire_status quire_timestamptz_from_timespec(struct timespec ts, quire_timestamptz *out);
QUIRE_API quire_status quire_timestamptz_to_timespec(quire_timestamptz value, struct timespec *out);

#define QUIRE_INTERVAL_SIZE 96 /* of its text, NUL included */

/* ISO 8601 durations, as PostgreSQL writes with IntervalStyle iso_8601: "P1Y2M3DT4H5M6.5S", "PT0S". */
QUIRE_API const char *quire_interval_format(quire_interval value,
                                            char storage[QUIRE_INTERVAL_SIZE]);

#ifdef __cplusplus
}
#endif

#endif
