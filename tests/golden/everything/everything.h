/* Written by `quire codegen`; do not edit. */
/* Made from schema and queries 033f2bd11bf3664e. */
/* clang-format off */
#ifndef EVERYTHING_H
#define EVERYTHING_H

/*
 * The tables and queries of the project as C.
 *
 * Functions return a quire_status. They need no locks: whatever the threads of the handle allow.
 * What every one may fail with (quire/error.h): QUIRE_CONNECT, QUIRE_LOST, QUIRE_TIMEOUT,
 * QUIRE_DENIED, QUIRE_SERIALIZATION, QUIRE_SQL, QUIRE_DATA, QUIRE_MEMORY, QUIRE_INVALID, and
 * QUIRE_SCHEMA when the database is not the one this was written for. Those that write may fail
 * with QUIRE_UNIQUE and QUIRE_CONSTRAINT too. What comes on top of these is said at the function.
 * On failure outputs are as they were. The status may be passed over where `err` is looked at
 * later: a success leaves it as it is.
 *
 * Rows own what they point to, until they are freed with their ..._free, which takes NULL and
 * zeroed structs too. A row inside a list or inside another row belongs to that one: only the
 * outermost is freed. Parameters are only read during the call.
 */

#include <quire/generated.h>

#if QUIRE_ABI != 1
#error "everything.h was written for another version of Quire: run quire codegen"
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Links only with a library that this code was written for. */
extern const int *const everything_quire_abi;

/* ---- enums ------------------------------------------------------------------------------------ */

/*
 * How it feels. * / "quoted" \ ?? / end.
 * The type mood. Zero is none of its values.
 */
typedef enum everything_mood {
    EVERYTHING_MOOD_HAPPY = 1,
    EVERYTHING_MOOD_SO_SO = 2,
    EVERYTHING_MOOD_VERY_SAD = 3,
    EVERYTHING_MOOD_EMPTY = 4,
    EVERYTHING_MOOD_U002B = 5,
    EVERYTHING_MOOD_HTTP_ERROR = 6,
    EVERYTHING_MOOD_GRU00F6U00DFE = 7
} everything_mood;

typedef struct everything_nullable_mood {
    bool has;
    everything_mood value;
} everything_nullable_mood;

typedef struct everything_optional_mood {
    quire_presence presence;
    everything_mood value;
} everything_optional_mood;

/* The label of a value; NULL for a number that is none. Static text. */
const char *everything_mood_label(everything_mood value);
/* The value of a label, 0 when there is none. */
everything_mood everything_mood_parse(const char *label);

/* The type nothing. Zero is none of its values. */
typedef enum everything_nothing {
    EVERYTHING_NOTHING_NONE = 0
} everything_nothing;

typedef struct everything_nullable_nothing {
    bool has;
    everything_nothing value;
} everything_nullable_nothing;

typedef struct everything_optional_nothing {
    quire_presence presence;
    everything_nothing value;
} everything_optional_nothing;

/* The label of a value; NULL for a number that is none. Static text. */
const char *everything_nothing_label(everything_nothing value);
/* The value of a label, 0 when there is none. */
everything_nothing everything_nothing_parse(const char *label);

/* The type state. Zero is none of its values. */
typedef enum everything_sales_state {
    EVERYTHING_SALES_STATE_OPEN = 1,
    EVERYTHING_SALES_STATE_CLOSED = 2
} everything_sales_state;

typedef struct everything_nullable_sales_state {
    bool has;
    everything_sales_state value;
} everything_nullable_sales_state;

typedef struct everything_optional_sales_state {
    quire_presence presence;
    everything_sales_state value;
} everything_optional_sales_state;

/* The label of a value; NULL for a number that is none. Static text. */
const char *everything_sales_state_label(everything_sales_state value);
/* The value of a label, 0 when there is none. */
everything_sales_state everything_sales_state_parse(const char *label);

/* ---- rows ------------------------------------------------------------------------------------- */

/* A row of class. */
typedef struct everything_class {
    int32_t new_;
    int32_t errno_;
    bool n2fa;
    quire_timestamptz created_at;
    quire_nullable_int4 http_code;
    const char *gru00f6u00dfe;
    const char *out;
    const char *err;
    quire_memory *owner_;
} everything_class;

typedef struct everything_class_list {
    everything_class *items;
    size_t count;
    quire_memory *owner_;
} everything_class_list;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void everything_class_free(everything_class *row);
void everything_class_list_free(everything_class_list *list);

/* A row of kinds. */
typedef struct everything_kind {
    int32_t id;
    bool a_bool;
    int16_t a_int2;
    int32_t a_int4;
    int64_t a_int8;
    uint32_t a_oid;
    float a_float4;
    double a_float8;
    quire_decimal a_numeric;
    const char *a_text;
    const char *a_varchar;
    const char *a_char;
    const char *a_name;
    const char *a_json;
    const char *a_jsonb;
    quire_bytes a_bytea;
    quire_uuid a_uuid;
    quire_date a_date;
    quire_time a_time;
    quire_timestamp a_timestamp;
    quire_timestamptz a_timestamptz;
    quire_interval a_interval;
    everything_mood a_mood;
    int32_t a_positive;
    const char *a_required;
    quire_memory *owner_;
} everything_kind;

typedef struct everything_kind_list {
    everything_kind *items;
    size_t count;
    quire_memory *owner_;
} everything_kind_list;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void everything_kind_free(everything_kind *row);
void everything_kind_list_free(everything_kind_list *list);

/* A row of letters. */
typedef struct everything_letter {
    int32_t id;
    int32_t sender_id;
    quire_nullable_int4 recipient_id;
    const char *people;
    const char *sender;
    quire_memory *owner_;
} everything_letter;

typedef struct everything_letter_list {
    everything_letter *items;
    size_t count;
    quire_memory *owner_;
} everything_letter_list;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void everything_letter_free(everything_letter *row);
void everything_letter_list_free(everything_letter_list *list);

/* A row of log_lines. */
typedef struct everything_log_line {
    const char *line;
    quire_memory *owner_;
} everything_log_line;

typedef struct everything_log_line_list {
    everything_log_line *items;
    size_t count;
    quire_memory *owner_;
} everything_log_line_list;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void everything_log_line_free(everything_log_line *row);
void everything_log_line_list_free(everything_log_line_list *list);

/* A row of measures. */
typedef struct everything_measure {
    quire_date taken_on;
    quire_nullable_int4 value;
    quire_memory *owner_;
} everything_measure;

typedef struct everything_measure_list {
    everything_measure *items;
    size_t count;
    quire_memory *owner_;
} everything_measure_list;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void everything_measure_free(everything_measure *row);
void everything_measure_list_free(everything_measure_list *list);

/* A row of memberships. */
typedef struct everything_membership {
    int32_t person_id;
    int32_t club_id;
    quire_memory *owner_;
} everything_membership;

typedef struct everything_membership_list {
    everything_membership *items;
    size_t count;
    quire_memory *owner_;
} everything_membership_list;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void everything_membership_free(everything_membership *row);
void everything_membership_list_free(everything_membership_list *list);

/* A row of nullable_kinds. */
typedef struct everything_nullable_kind {
    int32_t id;
    quire_nullable_bool a_bool;
    quire_nullable_int2 a_int2;
    quire_nullable_int4 a_int4;
    quire_nullable_int8 a_int8;
    quire_nullable_float8 a_float8;
    quire_nullable_decimal a_numeric;
    const char *a_text;
    const char *a_jsonb;
    quire_nullable_bytes a_bytea;
    quire_nullable_uuid a_uuid;
    quire_nullable_date a_date;
    quire_nullable_timestamptz a_timestamptz;
    quire_nullable_interval a_interval;
    everything_nullable_mood a_mood;
    quire_nullable_int4 a_positive;
    quire_nullable_int4_array ints;
    quire_nullable_text_array texts;
    quire_nullable_enum_array moods;
    quire_nullable_decimal_array numerics;
    quire_memory *owner_;
} everything_nullable_kind;

typedef struct everything_nullable_kind_list {
    everything_nullable_kind *items;
    size_t count;
    quire_memory *owner_;
} everything_nullable_kind_list;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void everything_nullable_kind_free(everything_nullable_kind *row);
void everything_nullable_kind_list_free(everything_nullable_kind_list *list);

/* A row of partly_left_out. */
typedef struct everything_partly_left_out {
    int32_t id;
    quire_memory *owner_;
} everything_partly_left_out;

typedef struct everything_partly_left_out_list {
    everything_partly_left_out *items;
    size_t count;
    quire_memory *owner_;
} everything_partly_left_out_list;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void everything_partly_left_out_free(everything_partly_left_out *row);
void everything_partly_left_out_list_free(everything_partly_left_out_list *list);

/* A row of people. */
typedef struct everything_somebody {
    int32_t id;
    const char *name;
    quire_nullable_int4 mother_id;
    quire_nullable_int4 friend_;
    quire_nullable_timestamptz deleted_at;
    quire_timestamptz updated_at;
    quire_memory *owner_;
} everything_somebody;

typedef struct everything_somebody_list {
    everything_somebody *items;
    size_t count;
    quire_memory *owner_;
} everything_somebody_list;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void everything_somebody_free(everything_somebody *row);
void everything_somebody_list_free(everything_somebody_list *list);

/* A row of tickets. */
typedef struct everything_ticket {
    int32_t id;
    quire_nullable_int4 double_;
    quire_memory *owner_;
} everything_ticket;

typedef struct everything_ticket_list {
    everything_ticket *items;
    size_t count;
    quire_memory *owner_;
} everything_ticket_list;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void everything_ticket_free(everything_ticket *row);
void everything_ticket_list_free(everything_ticket_list *list);

/*
 * A row of visits: Who came by.
 * The second line of a comment that is also so long that it has to be wrapped, because it is wider
 * than a hundred columns.
 */
typedef struct everything_visit {
    int64_t id;
    quire_timestamptz at;
    const char *note;
    quire_memory *owner_;
} everything_visit;

typedef struct everything_visit_list {
    everything_visit *items;
    size_t count;
    quire_memory *owner_;
} everything_visit_list;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void everything_visit_free(everything_visit *row);
void everything_visit_list_free(everything_visit_list *list);

/* A row of sales.order_lines. */
typedef struct everything_sales_order_line {
    int32_t order_id;
    int32_t number;
    const char *item;
    quire_memory *owner_;
} everything_sales_order_line;

typedef struct everything_sales_order_line_list {
    everything_sales_order_line *items;
    size_t count;
    quire_memory *owner_;
} everything_sales_order_line_list;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void everything_sales_order_line_free(everything_sales_order_line *row);
void everything_sales_order_line_list_free(everything_sales_order_line_list *list);

/* A row of sales.orders. */
typedef struct everything_sales_order {
    int32_t id;
    everything_sales_state state;
    const char *select;
    quire_memory *owner_;
} everything_sales_order;

typedef struct everything_sales_order_list {
    everything_sales_order *items;
    size_t count;
    quire_memory *owner_;
} everything_sales_order_list;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void everything_sales_order_free(everything_sales_order *row);
void everything_sales_order_list_free(everything_sales_order_list *list);

/* ---- class_ ----------------------------------------------------------------------------------- */

/* The repository of the table class. */
typedef struct everything_class_repo {
    quire_db *db;
} everything_class_repo;

/*
 * The row of class with this key.
 * The row in *out, to be freed with everything_class_free. QUIRE_NO_ROW when there is none.
 */
quire_status everything_class_find_by_id(everything_class_repo repo, int32_t new_,
                                         everything_class *out, quire_error *err);

/* A new row of class. What is not named is left to its default. */
typedef struct everything_class_new {
    /* Required. */
    quire_optional_int4 new_;
    quire_optional_int4 errno_;
    quire_optional_bool n2fa;
    quire_optional_timestamptz created_at;
    quire_optional_int4 http_code;
    const char *gru00f6u00dfe;
    const char *out;
    const char *err;
} everything_class_new;

/*
 * Adds a row to class. What is not set gets its default.
 * The row in *out, to be freed with everything_class_free; NULL when it is not wanted.
 */
quire_status everything_class_create(everything_class_repo repo, const everything_class_new *values,
                                     everything_class *out, quire_error *err);

/* Changes to a row of class. What is not named stays as it is. */
typedef struct everything_class_changes {
    quire_optional_int4 errno_;
    quire_optional_bool n2fa;
    quire_optional_timestamptz created_at;
    quire_optional_int4 http_code;
    const char *gru00f6u00dfe;
    const char *out;
    const char *err;
} everything_class_changes;

/*
 * Changes the row of class with this key: the fields that are set, at least one.
 * QUIRE_INVALID when none is set.
 * The row in *out, to be freed with everything_class_free; NULL when it is not wanted.
 * QUIRE_NO_ROW when there is none.
 */
quire_status everything_class_update(everything_class_repo repo, int32_t new_,
                                     const everything_class_changes *changes, everything_class *out,
                                     quire_error *err);

/*
 * Removes the row of class with this key.
 * QUIRE_NO_ROW when there is no such row.
 */
quire_status everything_class_delete(everything_class_repo repo, int32_t new_, quire_error *err);

/* ---- kinds ------------------------------------------------------------------------------------ */

/* The repository of the table kinds. */
typedef struct everything_kinds_repo {
    quire_db *db;
} everything_kinds_repo;

/*
 * The row of kinds with this key.
 * The row in *out, to be freed with everything_kind_free. QUIRE_NO_ROW when there is none.
 */
quire_status everything_kinds_find_by_id(everything_kinds_repo repo, int32_t id,
                                         everything_kind *out, quire_error *err);

/* A new row of kinds. What is not named is left to its default. */
typedef struct everything_kind_new {
    quire_optional_int4 id;
    /* Required. */
    quire_optional_bool a_bool;
    /* Required. */
    quire_optional_int2 a_int2;
    /* Required. */
    quire_optional_int4 a_int4;
    /* Required. */
    quire_optional_int8 a_int8;
    /* Required. */
    quire_optional_oid a_oid;
    /* Required. */
    quire_optional_float4 a_float4;
    /* Required. */
    quire_optional_float8 a_float8;
    /* Required. */
    quire_optional_decimal a_numeric;
    /* Required. */
    const char *a_text;
    /* Required. */
    const char *a_varchar;
    /* Required. */
    const char *a_char;
    /* Required. */
    const char *a_name;
    /* Required. */
    const char *a_json;
    /* Required. */
    const char *a_jsonb;
    /* Required. */
    quire_optional_bytes a_bytea;
    /* Required. */
    quire_optional_uuid a_uuid;
    /* Required. */
    quire_optional_date a_date;
    /* Required. */
    quire_optional_time a_time;
    /* Required. */
    quire_optional_timestamp a_timestamp;
    /* Required. */
    quire_optional_timestamptz a_timestamptz;
    /* Required. */
    quire_optional_interval a_interval;
    /* Required. */
    everything_optional_mood a_mood;
    /* Required. */
    quire_optional_int4 a_positive;
    /* Required. */
    const char *a_required;
} everything_kind_new;

/*
 * Adds a row to kinds. What is not set gets its default.
 * The row in *out, to be freed with everything_kind_free; NULL when it is not wanted.
 */
quire_status everything_kinds_create(everything_kinds_repo repo, const everything_kind_new *values,
                                     everything_kind *out, quire_error *err);

/* Changes to a row of kinds. What is not named stays as it is. */
typedef struct everything_kind_changes {
    quire_optional_bool a_bool;
    quire_optional_int2 a_int2;
    quire_optional_int4 a_int4;
    quire_optional_int8 a_int8;
    quire_optional_oid a_oid;
    quire_optional_float4 a_float4;
    quire_optional_float8 a_float8;
    quire_optional_decimal a_numeric;
    const char *a_text;
    const char *a_varchar;
    const char *a_char;
    const char *a_name;
    const char *a_json;
    const char *a_jsonb;
    quire_optional_bytes a_bytea;
    quire_optional_uuid a_uuid;
    quire_optional_date a_date;
    quire_optional_time a_time;
    quire_optional_timestamp a_timestamp;
    quire_optional_timestamptz a_timestamptz;
    quire_optional_interval a_interval;
    everything_optional_mood a_mood;
    quire_optional_int4 a_positive;
    const char *a_required;
} everything_kind_changes;

/*
 * Changes the row of kinds with this key: the fields that are set, at least one.
 * QUIRE_INVALID when none is set.
 * The row in *out, to be freed with everything_kind_free; NULL when it is not wanted. QUIRE_NO_ROW
 * when there is none.
 */
quire_status everything_kinds_update(everything_kinds_repo repo, int32_t id,
                                     const everything_kind_changes *changes, everything_kind *out,
                                     quire_error *err);

/*
 * Removes the row of kinds with this key.
 * QUIRE_NO_ROW when there is no such row.
 */
quire_status everything_kinds_delete(everything_kinds_repo repo, int32_t id, quire_error *err);

/* ---- letters ---------------------------------------------------------------------------------- */

/* The repository of the table letters. */
typedef struct everything_letters_repo {
    quire_db *db;
} everything_letters_repo;

/*
 * The row of letters with this key.
 * The row in *out, to be freed with everything_letter_free. QUIRE_NO_ROW when there is none.
 */
quire_status everything_letters_find_by_id(everything_letters_repo repo, int32_t id,
                                           everything_letter *out, quire_error *err);

/* A new row of letters. What is not named is left to its default. */
typedef struct everything_letter_new {
    /* Required. */
    quire_optional_int4 id;
    /* Required. */
    quire_optional_int4 sender_id;
    quire_optional_int4 recipient_id;
    const char *people;
    const char *sender;
} everything_letter_new;

/*
 * Adds a row to letters. What is not set gets its default.
 * The row in *out, to be freed with everything_letter_free; NULL when it is not wanted.
 */
quire_status everything_letters_create(everything_letters_repo repo,
                                       const everything_letter_new *values, everything_letter *out,
                                       quire_error *err);

/* Changes to a row of letters. What is not named stays as it is. */
typedef struct everything_letter_changes {
    quire_optional_int4 sender_id;
    quire_optional_int4 recipient_id;
    const char *people;
    const char *sender;
} everything_letter_changes;

/*
 * Changes the row of letters with this key: the fields that are set, at least one.
 * QUIRE_INVALID when none is set.
 * The row in *out, to be freed with everything_letter_free; NULL when it is not wanted.
 * QUIRE_NO_ROW when there is none.
 */
quire_status everything_letters_update(everything_letters_repo repo, int32_t id,
                                       const everything_letter_changes *changes,
                                       everything_letter *out, quire_error *err);

/*
 * Removes the row of letters with this key.
 * QUIRE_NO_ROW when there is no such row.
 */
quire_status everything_letters_delete(everything_letters_repo repo, int32_t id, quire_error *err);

/* A row of letters with recipient. */
typedef struct everything_letter_with_recipient {
    int32_t id;
    int32_t sender_id;
    quire_nullable_int4 recipient_id;
    const char *people;
    const char *sender;
    struct {
        bool has;
        everything_somebody value;
    } recipient;
    quire_memory *owner_;
} everything_letter_with_recipient;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void everything_letter_with_recipient_free(everything_letter_with_recipient *row);

/*
 * The row of letters with this key, and its recipient, deleted or not.
 * The row in *out, to be freed with everything_letter_with_recipient_free. QUIRE_NO_ROW when there
 * is none.
 */
quire_status everything_letters_find_by_id_with_recipient(everything_letters_repo repo, int32_t id,
                                                          everything_letter_with_recipient *out,
                                                          quire_error *err);

/* A row of letters with sender. */
typedef struct everything_letter_with_sender {
    int32_t id;
    int32_t sender_id;
    quire_nullable_int4 recipient_id;
    const char *people;
    const char *sender;
    everything_somebody sender_row;
    quire_memory *owner_;
} everything_letter_with_sender;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void everything_letter_with_sender_free(everything_letter_with_sender *row);

/*
 * The row of letters with this key, and its sender, deleted or not.
 * The row in *out, to be freed with everything_letter_with_sender_free. QUIRE_NO_ROW when there is
 * none.
 */
quire_status everything_letters_find_by_id_with_sender(everything_letters_repo repo, int32_t id,
                                                       everything_letter_with_sender *out,
                                                       quire_error *err);

/* ---- log_lines -------------------------------------------------------------------------------- */

/* The repository of the table log_lines. */
typedef struct everything_log_lines_repo {
    quire_db *db;
} everything_log_lines_repo;

/* A new row of log_lines. What is not named is left to its default. */
typedef struct everything_log_line_new {
    /* Required. */
    const char *line;
} everything_log_line_new;

/*
 * Adds a row to log_lines. What is not set gets its default.
 * The row in *out, to be freed with everything_log_line_free; NULL when it is not wanted.
 */
quire_status everything_log_lines_create(everything_log_lines_repo repo,
                                         const everything_log_line_new *values,
                                         everything_log_line *out, quire_error *err);

/* ---- measures --------------------------------------------------------------------------------- */

/* The repository of the table measures. */
typedef struct everything_measures_repo {
    quire_db *db;
} everything_measures_repo;

/*
 * The row of measures with this key.
 * The row in *out, to be freed with everything_measure_free. QUIRE_NO_ROW when there is none.
 */
quire_status everything_measures_find_by_id(everything_measures_repo repo, quire_date taken_on,
                                            everything_measure *out, quire_error *err);

/* A new row of measures. What is not named is left to its default. */
typedef struct everything_measure_new {
    /* Required. */
    quire_optional_date taken_on;
    quire_optional_int4 value;
} everything_measure_new;

/*
 * Adds a row to measures. What is not set gets its default.
 * The row in *out, to be freed with everything_measure_free; NULL when it is not wanted.
 */
quire_status everything_measures_create(everything_measures_repo repo,
                                        const everything_measure_new *values,
                                        everything_measure *out, quire_error *err);

/* Changes to a row of measures. What is not named stays as it is. */
typedef struct everything_measure_changes {
    quire_optional_int4 value;
} everything_measure_changes;

/*
 * Changes the row of measures with this key: the fields that are set, at least one.
 * QUIRE_INVALID when none is set.
 * The row in *out, to be freed with everything_measure_free; NULL when it is not wanted.
 * QUIRE_NO_ROW when there is none.
 */
quire_status everything_measures_update(everything_measures_repo repo, quire_date taken_on,
                                        const everything_measure_changes *changes,
                                        everything_measure *out, quire_error *err);

/*
 * Removes the row of measures with this key.
 * QUIRE_NO_ROW when there is no such row.
 */
quire_status everything_measures_delete(everything_measures_repo repo, quire_date taken_on,
                                        quire_error *err);

/* ---- memberships ------------------------------------------------------------------------------ */

/* The repository of the table memberships. */
typedef struct everything_memberships_repo {
    quire_db *db;
} everything_memberships_repo;

/*
 * The row of memberships with this key.
 * The row in *out, to be freed with everything_membership_free. QUIRE_NO_ROW when there is none.
 */
quire_status everything_memberships_find_by_id(everything_memberships_repo repo, int32_t person_id,
                                               int32_t club_id, everything_membership *out,
                                               quire_error *err);

/* A new row of memberships. What is not named is left to its default. */
typedef struct everything_membership_new {
    /* Required. */
    quire_optional_int4 person_id;
    /* Required. */
    quire_optional_int4 club_id;
} everything_membership_new;

/*
 * Adds a row to memberships. What is not set gets its default.
 * The row in *out, to be freed with everything_membership_free; NULL when it is not wanted.
 */
quire_status everything_memberships_create(everything_memberships_repo repo,
                                           const everything_membership_new *values,
                                           everything_membership *out, quire_error *err);

/*
 * Removes the row of memberships with this key.
 * QUIRE_NO_ROW when there is no such row.
 */
quire_status everything_memberships_delete(everything_memberships_repo repo, int32_t person_id,
                                           int32_t club_id, quire_error *err);

/* ---- nullable_kinds --------------------------------------------------------------------------- */

/* The repository of the table nullable_kinds. */
typedef struct everything_nullable_kinds_repo {
    quire_db *db;
} everything_nullable_kinds_repo;

/*
 * The row of nullable_kinds with this key.
 * The row in *out, to be freed with everything_nullable_kind_free. QUIRE_NO_ROW when there is none.
 */
quire_status everything_nullable_kinds_find_by_id(everything_nullable_kinds_repo repo, int32_t id,
                                                  everything_nullable_kind *out, quire_error *err);

/* A new row of nullable_kinds. What is not named is left to its default. */
typedef struct everything_nullable_kind_new {
    quire_optional_bool a_bool;
    quire_optional_int2 a_int2;
    quire_optional_int4 a_int4;
    quire_optional_int8 a_int8;
    quire_optional_float8 a_float8;
    quire_optional_decimal a_numeric;
    const char *a_text;
    const char *a_jsonb;
    quire_optional_bytes a_bytea;
    quire_optional_uuid a_uuid;
    quire_optional_date a_date;
    quire_optional_timestamptz a_timestamptz;
    quire_optional_interval a_interval;
    everything_optional_mood a_mood;
    quire_optional_int4 a_positive;
    quire_optional_int4_array ints;
    quire_optional_text_array texts;
    quire_optional_enum_array moods;
    quire_optional_decimal_array numerics;
} everything_nullable_kind_new;

/*
 * Adds a row to nullable_kinds. What is not set gets its default.
 * The row in *out, to be freed with everything_nullable_kind_free; NULL when it is not wanted.
 */
quire_status everything_nullable_kinds_create(everything_nullable_kinds_repo repo,
                                              const everything_nullable_kind_new *values,
                                              everything_nullable_kind *out, quire_error *err);

/* Changes to a row of nullable_kinds. What is not named stays as it is. */
typedef struct everything_nullable_kind_changes {
    quire_optional_bool a_bool;
    quire_optional_int2 a_int2;
    quire_optional_int4 a_int4;
    quire_optional_int8 a_int8;
    quire_optional_float8 a_float8;
    quire_optional_decimal a_numeric;
    const char *a_text;
    const char *a_jsonb;
    quire_optional_bytes a_bytea;
    quire_optional_uuid a_uuid;
    quire_optional_date a_date;
    quire_optional_timestamptz a_timestamptz;
    quire_optional_interval a_interval;
    everything_optional_mood a_mood;
    quire_optional_int4 a_positive;
    quire_optional_int4_array ints;
    quire_optional_text_array texts;
    quire_optional_enum_array moods;
    quire_optional_decimal_array numerics;
} everything_nullable_kind_changes;

/*
 * Changes the row of nullable_kinds with this key: the fields that are set, at least one.
 * QUIRE_INVALID when none is set.
 * The row in *out, to be freed with everything_nullable_kind_free; NULL when it is not wanted.
 * QUIRE_NO_ROW when there is none.
 */
quire_status everything_nullable_kinds_update(everything_nullable_kinds_repo repo, int32_t id,
                                              const everything_nullable_kind_changes *changes,
                                              everything_nullable_kind *out, quire_error *err);

/*
 * Removes the row of nullable_kinds with this key.
 * QUIRE_NO_ROW when there is no such row.
 */
quire_status everything_nullable_kinds_delete(everything_nullable_kinds_repo repo, int32_t id,
                                              quire_error *err);

/* ---- partly_left_out -------------------------------------------------------------------------- */

/* The repository of the table partly_left_out. */
typedef struct everything_partly_left_out_repo {
    quire_db *db;
} everything_partly_left_out_repo;

/*
 * The row of partly_left_out with this key.
 * The row in *out, to be freed with everything_partly_left_out_free. QUIRE_NO_ROW when there is
 * none.
 */
quire_status everything_partly_left_out_find_by_id(everything_partly_left_out_repo repo, int32_t id,
                                                   everything_partly_left_out *out,
                                                   quire_error *err);

/* A new row of partly_left_out. What is not named is left to its default. */
typedef struct everything_partly_left_out_new {
    /* Required. */
    quire_optional_int4 id;
} everything_partly_left_out_new;

/*
 * Adds a row to partly_left_out. What is not set gets its default.
 * The row in *out, to be freed with everything_partly_left_out_free; NULL when it is not wanted.
 */
quire_status everything_partly_left_out_create(everything_partly_left_out_repo repo,
                                               const everything_partly_left_out_new *values,
                                               everything_partly_left_out *out, quire_error *err);

/*
 * Removes the row of partly_left_out with this key.
 * QUIRE_NO_ROW when there is no such row.
 */
quire_status everything_partly_left_out_delete(everything_partly_left_out_repo repo, int32_t id,
                                               quire_error *err);

/* ---- people ----------------------------------------------------------------------------------- */

/* The repository of the table people. */
typedef struct everything_people_repo {
    quire_db *db;
} everything_people_repo;

/*
 * The row of people with this key, unless it is deleted.
 * The row in *out, to be freed with everything_somebody_free. QUIRE_NO_ROW when there is none.
 */
quire_status everything_people_find_by_id(everything_people_repo repo, int32_t id,
                                          everything_somebody *out, quire_error *err);

/* A new row of people. What is not named is left to its default. */
typedef struct everything_somebody_new {
    /* Required. */
    quire_optional_int4 id;
    /* Required. */
    const char *name;
    quire_optional_int4 mother_id;
    quire_optional_int4 friend_;
    quire_optional_timestamptz deleted_at;
    quire_optional_timestamptz updated_at;
} everything_somebody_new;

/*
 * Adds a row to people. What is not set gets its default.
 * The row in *out, to be freed with everything_somebody_free; NULL when it is not wanted.
 */
quire_status everything_people_create(everything_people_repo repo,
                                      const everything_somebody_new *values,
                                      everything_somebody *out, quire_error *err);

/* Changes to a row of people. What is not named stays as it is. */
typedef struct everything_somebody_changes {
    const char *name;
    quire_optional_int4 mother_id;
    quire_optional_int4 friend_;
    quire_optional_timestamptz deleted_at;
    quire_optional_timestamptz updated_at;
} everything_somebody_changes;

/*
 * Changes the row of people with this key: the fields that are set, at least one; updated_at
 * becomes now() by itself.
 * QUIRE_INVALID when none is set.
 * The row in *out, to be freed with everything_somebody_free; NULL when it is not wanted.
 * QUIRE_NO_ROW when there is none.
 */
quire_status everything_people_update(everything_people_repo repo, int32_t id,
                                      const everything_somebody_changes *changes,
                                      everything_somebody *out, quire_error *err);

/*
 * Marks the row of people with this key as deleted; restore takes it back.
 * QUIRE_NO_ROW when there is no such row.
 */
quire_status everything_people_delete(everything_people_repo repo, int32_t id, quire_error *err);

/*
 * Takes back the deletion of the row of people with this key.
 * QUIRE_NO_ROW when there is no such row.
 */
quire_status everything_people_restore(everything_people_repo repo, int32_t id, quire_error *err);

/*
 * Removes the row of people with this key for good, deleted before or not.
 * QUIRE_NO_ROW when there is no such row.
 */
quire_status everything_people_purge(everything_people_repo repo, int32_t id, quire_error *err);

/* A row of people with somebody. */
typedef struct everything_somebody_with_somebody {
    int32_t id;
    const char *name;
    quire_nullable_int4 mother_id;
    quire_nullable_int4 friend_;
    quire_nullable_timestamptz deleted_at;
    quire_timestamptz updated_at;
    struct {
        bool has;
        everything_somebody value;
    } somebody;
    quire_memory *owner_;
} everything_somebody_with_somebody;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void everything_somebody_with_somebody_free(everything_somebody_with_somebody *row);

/*
 * The row of people with this key, unless it is deleted, and its somebody, deleted or not.
 * The row in *out, to be freed with everything_somebody_with_somebody_free. QUIRE_NO_ROW when
 * there is none.
 */
quire_status everything_people_find_by_id_with_somebody(everything_people_repo repo, int32_t id,
                                                        everything_somebody_with_somebody *out,
                                                        quire_error *err);

/* A row of people with mother. */
typedef struct everything_somebody_with_mother {
    int32_t id;
    const char *name;
    quire_nullable_int4 mother_id;
    quire_nullable_int4 friend_;
    quire_nullable_timestamptz deleted_at;
    quire_timestamptz updated_at;
    struct {
        bool has;
        everything_somebody value;
    } mother;
    quire_memory *owner_;
} everything_somebody_with_mother;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void everything_somebody_with_mother_free(everything_somebody_with_mother *row);

/*
 * The row of people with this key, unless it is deleted, and its mother, deleted or not.
 * The row in *out, to be freed with everything_somebody_with_mother_free. QUIRE_NO_ROW when there
 * is none.
 */
quire_status everything_people_find_by_id_with_mother(everything_people_repo repo, int32_t id,
                                                      everything_somebody_with_mother *out,
                                                      quire_error *err);

/* A row of people with letters_by_recipient. */
typedef struct everything_somebody_with_letters_by_recipient {
    int32_t id;
    const char *name;
    quire_nullable_int4 mother_id;
    quire_nullable_int4 friend_;
    quire_nullable_timestamptz deleted_at;
    quire_timestamptz updated_at;
    everything_letter_list letters_by_recipient;
    quire_memory *owner_;
} everything_somebody_with_letters_by_recipient;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void everything_somebody_with_letters_by_recipient_free(
    everything_somebody_with_letters_by_recipient *row);

/*
 * The row of people with this key, unless it is deleted, and all its letters_by_recipient, in one
 * round trip.
 * The row in *out, to be freed with everything_somebody_with_letters_by_recipient_free.
 * QUIRE_NO_ROW when there is none.
 */
quire_status everything_people_find_by_id_with_letters_by_recipient(
    everything_people_repo repo, int32_t id, everything_somebody_with_letters_by_recipient *out,
    quire_error *err);

/* A row of people with letters_by_sender. */
typedef struct everything_somebody_with_letters_by_sender {
    int32_t id;
    const char *name;
    quire_nullable_int4 mother_id;
    quire_nullable_int4 friend_;
    quire_nullable_timestamptz deleted_at;
    quire_timestamptz updated_at;
    everything_letter_list letters_by_sender;
    quire_memory *owner_;
} everything_somebody_with_letters_by_sender;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void everything_somebody_with_letters_by_sender_free(
    everything_somebody_with_letters_by_sender *row);

/*
 * The row of people with this key, unless it is deleted, and all its letters_by_sender, in one
 * round trip.
 * The row in *out, to be freed with everything_somebody_with_letters_by_sender_free. QUIRE_NO_ROW
 * when there is none.
 */
quire_status everything_people_find_by_id_with_letters_by_sender(
    everything_people_repo repo, int32_t id, everything_somebody_with_letters_by_sender *out,
    quire_error *err);

/* A row of people with people_by_friend. */
typedef struct everything_somebody_with_people_by_friend {
    int32_t id;
    const char *name;
    quire_nullable_int4 mother_id;
    quire_nullable_int4 friend_;
    quire_nullable_timestamptz deleted_at;
    quire_timestamptz updated_at;
    everything_somebody_list people_by_friend;
    quire_memory *owner_;
} everything_somebody_with_people_by_friend;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void everything_somebody_with_people_by_friend_free(everything_somebody_with_people_by_friend *row);

/*
 * The row of people with this key, unless it is deleted, and all its people_by_friend that are not
 * deleted, in one round trip.
 * The row in *out, to be freed with everything_somebody_with_people_by_friend_free. QUIRE_NO_ROW
 * when there is none.
 */
quire_status everything_people_find_by_id_with_people_by_friend(
    everything_people_repo repo, int32_t id, everything_somebody_with_people_by_friend *out,
    quire_error *err);

/* A row of people with people_by_mother. */
typedef struct everything_somebody_with_people_by_mother {
    int32_t id;
    const char *name;
    quire_nullable_int4 mother_id;
    quire_nullable_int4 friend_;
    quire_nullable_timestamptz deleted_at;
    quire_timestamptz updated_at;
    everything_somebody_list people_by_mother;
    quire_memory *owner_;
} everything_somebody_with_people_by_mother;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void everything_somebody_with_people_by_mother_free(everything_somebody_with_people_by_mother *row);

/*
 * The row of people with this key, unless it is deleted, and all its people_by_mother that are not
 * deleted, in one round trip.
 * The row in *out, to be freed with everything_somebody_with_people_by_mother_free. QUIRE_NO_ROW
 * when there is none.
 */
quire_status everything_people_find_by_id_with_people_by_mother(
    everything_people_repo repo, int32_t id, everything_somebody_with_people_by_mother *out,
    quire_error *err);

/* ---- sales_order_lines ------------------------------------------------------------------------ */

/* The repository of the table sales.order_lines. */
typedef struct everything_sales_order_lines_repo {
    quire_db *db;
} everything_sales_order_lines_repo;

/*
 * The row of sales.order_lines with this key.
 * The row in *out, to be freed with everything_sales_order_line_free. QUIRE_NO_ROW when there is
 * none.
 */
quire_status everything_sales_order_lines_find_by_id(everything_sales_order_lines_repo repo,
                                                     int32_t order_id, int32_t number,
                                                     everything_sales_order_line *out,
                                                     quire_error *err);

/* A new row of sales.order_lines. What is not named is left to its default. */
typedef struct everything_sales_order_line_new {
    /* Required. */
    quire_optional_int4 order_id;
    /* Required. */
    quire_optional_int4 number;
    /* Required. */
    const char *item;
} everything_sales_order_line_new;

/*
 * Adds a row to sales.order_lines. What is not set gets its default.
 * The row in *out, to be freed with everything_sales_order_line_free; NULL when it is not wanted.
 */
quire_status everything_sales_order_lines_create(everything_sales_order_lines_repo repo,
                                                 const everything_sales_order_line_new *values,
                                                 everything_sales_order_line *out,
                                                 quire_error *err);

/* Changes to a row of sales.order_lines. What is not named stays as it is. */
typedef struct everything_sales_order_line_changes {
    const char *item;
} everything_sales_order_line_changes;

/*
 * Changes the row of sales.order_lines with this key: the fields that are set, at least one.
 * QUIRE_INVALID when none is set.
 * The row in *out, to be freed with everything_sales_order_line_free; NULL when it is not wanted.
 * QUIRE_NO_ROW when there is none.
 */
quire_status everything_sales_order_lines_update(everything_sales_order_lines_repo repo,
                                                 int32_t order_id, int32_t number,
                                                 const everything_sales_order_line_changes *changes,
                                                 everything_sales_order_line *out,
                                                 quire_error *err);

/*
 * Removes the row of sales.order_lines with this key.
 * QUIRE_NO_ROW when there is no such row.
 */
quire_status everything_sales_order_lines_delete(everything_sales_order_lines_repo repo,
                                                 int32_t order_id, int32_t number,
                                                 quire_error *err);

/* A row of sales.order_lines with order. */
typedef struct everything_sales_order_line_with_order {
    int32_t order_id;
    int32_t number;
    const char *item;
    everything_sales_order order;
    quire_memory *owner_;
} everything_sales_order_line_with_order;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void everything_sales_order_line_with_order_free(everything_sales_order_line_with_order *row);

/*
 * The row of sales.order_lines with this key, and its order.
 * The row in *out, to be freed with everything_sales_order_line_with_order_free. QUIRE_NO_ROW when
 * there is none.
 */
quire_status everything_sales_order_lines_find_by_id_with_order(
    everything_sales_order_lines_repo repo, int32_t order_id, int32_t number,
    everything_sales_order_line_with_order *out, quire_error *err);

/* ---- sales_orders ----------------------------------------------------------------------------- */

/* The repository of the table sales.orders. */
typedef struct everything_sales_orders_repo {
    quire_db *db;
} everything_sales_orders_repo;

/*
 * The row of sales.orders with this key.
 * The row in *out, to be freed with everything_sales_order_free. QUIRE_NO_ROW when there is none.
 */
quire_status everything_sales_orders_find_by_id(everything_sales_orders_repo repo, int32_t id,
                                                everything_sales_order *out, quire_error *err);

/* A new row of sales.orders. What is not named is left to its default. */
typedef struct everything_sales_order_new {
    /* Required. */
    quire_optional_int4 id;
    everything_optional_sales_state state;
    const char *select;
} everything_sales_order_new;

/*
 * Adds a row to sales.orders. What is not set gets its default.
 * The row in *out, to be freed with everything_sales_order_free; NULL when it is not wanted.
 */
quire_status everything_sales_orders_create(everything_sales_orders_repo repo,
                                            const everything_sales_order_new *values,
                                            everything_sales_order *out, quire_error *err);

/* Changes to a row of sales.orders. What is not named stays as it is. */
typedef struct everything_sales_order_changes {
    everything_optional_sales_state state;
    const char *select;
} everything_sales_order_changes;

/*
 * Changes the row of sales.orders with this key: the fields that are set, at least one.
 * QUIRE_INVALID when none is set.
 * The row in *out, to be freed with everything_sales_order_free; NULL when it is not wanted.
 * QUIRE_NO_ROW when there is none.
 */
quire_status everything_sales_orders_update(everything_sales_orders_repo repo, int32_t id,
                                            const everything_sales_order_changes *changes,
                                            everything_sales_order *out, quire_error *err);

/*
 * Removes the row of sales.orders with this key.
 * QUIRE_NO_ROW when there is no such row.
 */
quire_status everything_sales_orders_delete(everything_sales_orders_repo repo, int32_t id,
                                            quire_error *err);

/* A row of sales.orders with sales_order_lines. */
typedef struct everything_sales_order_with_sales_order_lines {
    int32_t id;
    everything_sales_state state;
    const char *select;
    everything_sales_order_line_list sales_order_lines;
    quire_memory *owner_;
} everything_sales_order_with_sales_order_lines;

/* Frees what the struct owns and zeroes it. NULL is fine. */
void everything_sales_order_with_sales_order_lines_free(
    everything_sales_order_with_sales_order_lines *row);

/*
 * The row of sales.orders with this key, and all its sales_order_lines, in one round trip.
 * The row in *out, to be freed with everything_sales_order_with_sales_order_lines_free.
 * QUIRE_NO_ROW when there is none.
 */
quire_status everything_sales_orders_find_by_id_with_sales_order_lines(
    everything_sales_orders_repo repo, int32_t id,
    everything_sales_order_with_sales_order_lines *out, quire_error *err);

/* ---- tickets ---------------------------------------------------------------------------------- */

/* The repository of the table tickets. */
typedef struct everything_tickets_repo {
    quire_db *db;
} everything_tickets_repo;

/*
 * The row of tickets with this key.
 * The row in *out, to be freed with everything_ticket_free. QUIRE_NO_ROW when there is none.
 */
quire_status everything_tickets_find_by_id(everything_tickets_repo repo, int32_t id,
                                           everything_ticket *out, quire_error *err);

/*
 * Adds a row to tickets. What is not set gets its default.
 * The row in *out, to be freed with everything_ticket_free; NULL when it is not wanted.
 */
quire_status everything_tickets_create(everything_tickets_repo repo, everything_ticket *out,
                                       quire_error *err);

/*
 * Removes the row of tickets with this key.
 * QUIRE_NO_ROW when there is no such row.
 */
quire_status everything_tickets_delete(everything_tickets_repo repo, int32_t id, quire_error *err);

/* ---- visits ----------------------------------------------------------------------------------- */

/*
 * The repository of the table visits: Who came by.
 * The second line of a comment that is also so long that it has to be wrapped, because it is wider
 * than a hundred columns.
 */
typedef struct everything_visits_repo {
    quire_db *db;
} everything_visits_repo;

/*
 * The row of visits with this key.
 * The row in *out, to be freed with everything_visit_free. QUIRE_NO_ROW when there is none.
 */
quire_status everything_visits_find_by_id(everything_visits_repo repo, int64_t id,
                                          everything_visit *out, quire_error *err);

/* Changes to a row of visits. What is not named stays as it is. */
typedef struct everything_visit_changes {
    quire_optional_timestamptz at;
    const char *note;
} everything_visit_changes;

/*
 * Changes the row of visits with this key: the fields that are set, at least one.
 * QUIRE_INVALID when none is set.
 * The row in *out, to be freed with everything_visit_free; NULL when it is not wanted.
 * QUIRE_NO_ROW when there is none.
 */
quire_status everything_visits_update(everything_visits_repo repo, int64_t id,
                                      const everything_visit_changes *changes,
                                      everything_visit *out, quire_error *err);

/*
 * Removes the row of visits with this key.
 * QUIRE_NO_ROW when there is no such row.
 */
quire_status everything_visits_delete(everything_visits_repo repo, int64_t id, quire_error *err);

/*
 * A query of this name replaces the generated function.
 * Exactly one row in *out, to be freed with everything_visit_free. QUIRE_NO_ROW,
 * QUIRE_TOO_MANY_ROWS.
 * (queries/visits.sql)
 */
quire_status everything_visits_create(everything_visits_repo repo, const char *note,
                                      everything_visit *out, quire_error *err);

/* ---- all repositories ------------------------------------------------------------------------- */

typedef struct everything_repos {
    everything_class_repo class_;
    everything_kinds_repo kinds;
    everything_letters_repo letters;
    everything_log_lines_repo log_lines;
    everything_measures_repo measures;
    everything_memberships_repo memberships;
    everything_nullable_kinds_repo nullable_kinds;
    everything_partly_left_out_repo partly_left_out;
    everything_people_repo people;
    everything_sales_order_lines_repo sales_order_lines;
    everything_sales_orders_repo sales_orders;
    everything_tickets_repo tickets;
    everything_visits_repo visits;
} everything_repos;

/* The repositories over a database or a transaction. Nothing to free; valid as long as `db`. */
everything_repos everything_repos_on(quire_db *db);

#ifdef __cplusplus
}
#endif

#endif
