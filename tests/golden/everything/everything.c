/* Written by `quire codegen`; do not edit. */
/* Made from schema and queries 033f2bd11bf3664e. */
/* clang-format off */
#include "everything.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

const int *const everything_quire_abi = &quire_abi_1;

static const char *const mood_labels[] = {
    "happy",
    "so-so",
    "very sad",
    "",
    "+",
    "HTTPError",
    "größe",
};
static const quire_enum mood_enum = { "mood", mood_labels, 7 };

static_assert(sizeof(everything_mood) == sizeof(int), "an enum is not an int here");

const char *everything_mood_label(everything_mood value)
{
    return quire_enum_label(&mood_enum, (int)value);
}

everything_mood everything_mood_parse(const char *label)
{
    return (everything_mood)quire_enum_parse(&mood_enum, label);
}

static const quire_enum nothing_enum = { "nothing", NULL, 0 };

static_assert(sizeof(everything_nothing) == sizeof(int), "an enum is not an int here");

const char *everything_nothing_label(everything_nothing value)
{
    return quire_enum_label(&nothing_enum, (int)value);
}

everything_nothing everything_nothing_parse(const char *label)
{
    return (everything_nothing)quire_enum_parse(&nothing_enum, label);
}

static const char *const sales_state_labels[] = {
    "open",
    "closed",
};
static const quire_enum sales_state_enum = { "state", sales_state_labels, 2 };

static_assert(sizeof(everything_sales_state) == sizeof(int), "an enum is not an int here");

const char *everything_sales_state_label(everything_sales_state value)
{
    return quire_enum_label(&sales_state_enum, (int)value);
}

everything_sales_state everything_sales_state_parse(const char *label)
{
    return (everything_sales_state)quire_enum_parse(&sales_state_enum, label);
}

static const quire_field class_fields[] = {
    { "new", NULL, 23, offsetof(everything_class, new_), QUIRE_TYPE_INT4, 0 },
    { "errno", NULL, 23, offsetof(everything_class, errno_), QUIRE_TYPE_INT4, 0 },
    { "2fa", NULL, 16, offsetof(everything_class, n2fa), QUIRE_TYPE_BOOL, 0 },
    { "createdAt", NULL, 1184, offsetof(everything_class, created_at), QUIRE_TYPE_TIMESTAMPTZ, 0 },
    { "HTTP-Code", NULL, 23, offsetof(everything_class, http_code), QUIRE_TYPE_INT4, QUIRE_FIELD_NULLABLE },
    { "größe", NULL, 25, offsetof(everything_class, gru00f6u00dfe), QUIRE_TYPE_TEXT, QUIRE_FIELD_NULLABLE },
    { "out", NULL, 25, offsetof(everything_class, out), QUIRE_TYPE_TEXT, QUIRE_FIELD_NULLABLE },
    { "err", NULL, 25, offsetof(everything_class, err), QUIRE_TYPE_TEXT, QUIRE_FIELD_NULLABLE },
};
static const quire_row_type class_type = {
    "everything_class", sizeof(everything_class), offsetof(everything_class, owner_),
    class_fields, 8, NULL, 0,
};

void everything_class_free(everything_class *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

void everything_class_list_free(everything_class_list *list)
{
    if (!list)
        return;
    quire_memory_free(list->owner_);
    memset(list, 0, sizeof *list);
}

static const quire_field kind_fields[] = {
    { "id", NULL, 23, offsetof(everything_kind, id), QUIRE_TYPE_INT4, 0 },
    { "a_bool", NULL, 16, offsetof(everything_kind, a_bool), QUIRE_TYPE_BOOL, 0 },
    { "a_int2", NULL, 21, offsetof(everything_kind, a_int2), QUIRE_TYPE_INT2, 0 },
    { "a_int4", NULL, 23, offsetof(everything_kind, a_int4), QUIRE_TYPE_INT4, 0 },
    { "a_int8", NULL, 20, offsetof(everything_kind, a_int8), QUIRE_TYPE_INT8, 0 },
    { "a_oid", NULL, 26, offsetof(everything_kind, a_oid), QUIRE_TYPE_OID, 0 },
    { "a_float4", NULL, 700, offsetof(everything_kind, a_float4), QUIRE_TYPE_FLOAT4, 0 },
    { "a_float8", NULL, 701, offsetof(everything_kind, a_float8), QUIRE_TYPE_FLOAT8, 0 },
    { "a_numeric", NULL, 1700, offsetof(everything_kind, a_numeric), QUIRE_TYPE_DECIMAL, 0 },
    { "a_text", NULL, 25, offsetof(everything_kind, a_text), QUIRE_TYPE_TEXT, 0 },
    { "a_varchar", NULL, 1043, offsetof(everything_kind, a_varchar), QUIRE_TYPE_TEXT, 0 },
    { "a_char", NULL, 1042, offsetof(everything_kind, a_char), QUIRE_TYPE_TEXT, 0 },
    { "a_name", NULL, 19, offsetof(everything_kind, a_name), QUIRE_TYPE_TEXT, 0 },
    { "a_json", NULL, 114, offsetof(everything_kind, a_json), QUIRE_TYPE_JSON, 0 },
    { "a_jsonb", NULL, 3802, offsetof(everything_kind, a_jsonb), QUIRE_TYPE_JSONB, 0 },
    { "a_bytea", NULL, 17, offsetof(everything_kind, a_bytea), QUIRE_TYPE_BYTES, 0 },
    { "a_uuid", NULL, 2950, offsetof(everything_kind, a_uuid), QUIRE_TYPE_UUID, 0 },
    { "a_date", NULL, 1082, offsetof(everything_kind, a_date), QUIRE_TYPE_DATE, 0 },
    { "a_time", NULL, 1083, offsetof(everything_kind, a_time), QUIRE_TYPE_TIME, 0 },
    { "a_timestamp", NULL, 1114, offsetof(everything_kind, a_timestamp), QUIRE_TYPE_TIMESTAMP, 0 },
    { "a_timestamptz", NULL, 1184, offsetof(everything_kind, a_timestamptz), QUIRE_TYPE_TIMESTAMPTZ, 0 },
    { "a_interval", NULL, 1186, offsetof(everything_kind, a_interval), QUIRE_TYPE_INTERVAL, 0 },
    { "a_mood", &mood_enum, 0, offsetof(everything_kind, a_mood), QUIRE_TYPE_ENUM, 0 },
    { "a_positive", NULL, 23, offsetof(everything_kind, a_positive), QUIRE_TYPE_INT4, 0 },
    { "a_required", NULL, 25, offsetof(everything_kind, a_required), QUIRE_TYPE_TEXT, 0 },
};
static const quire_row_type kind_type = {
    "everything_kind", sizeof(everything_kind), offsetof(everything_kind, owner_),
    kind_fields, 25, NULL, 0,
};

void everything_kind_free(everything_kind *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

void everything_kind_list_free(everything_kind_list *list)
{
    if (!list)
        return;
    quire_memory_free(list->owner_);
    memset(list, 0, sizeof *list);
}

static const quire_field letter_fields[] = {
    { "id", NULL, 23, offsetof(everything_letter, id), QUIRE_TYPE_INT4, 0 },
    { "sender_id", NULL, 23, offsetof(everything_letter, sender_id), QUIRE_TYPE_INT4, 0 },
    { "recipient_id", NULL, 23, offsetof(everything_letter, recipient_id), QUIRE_TYPE_INT4, QUIRE_FIELD_NULLABLE },
    { "people", NULL, 25, offsetof(everything_letter, people), QUIRE_TYPE_TEXT, QUIRE_FIELD_NULLABLE },
    { "sender", NULL, 25, offsetof(everything_letter, sender), QUIRE_TYPE_TEXT, QUIRE_FIELD_NULLABLE },
};
static const quire_row_type letter_type = {
    "everything_letter", sizeof(everything_letter), offsetof(everything_letter, owner_),
    letter_fields, 5, NULL, 0,
};

void everything_letter_free(everything_letter *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

void everything_letter_list_free(everything_letter_list *list)
{
    if (!list)
        return;
    quire_memory_free(list->owner_);
    memset(list, 0, sizeof *list);
}

static const quire_field log_line_fields[] = {
    { "line", NULL, 25, offsetof(everything_log_line, line), QUIRE_TYPE_TEXT, 0 },
};
static const quire_row_type log_line_type = {
    "everything_log_line", sizeof(everything_log_line), offsetof(everything_log_line, owner_),
    log_line_fields, 1, NULL, 0,
};

void everything_log_line_free(everything_log_line *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

void everything_log_line_list_free(everything_log_line_list *list)
{
    if (!list)
        return;
    quire_memory_free(list->owner_);
    memset(list, 0, sizeof *list);
}

static const quire_field measure_fields[] = {
    { "taken_on", NULL, 1082, offsetof(everything_measure, taken_on), QUIRE_TYPE_DATE, 0 },
    { "value", NULL, 23, offsetof(everything_measure, value), QUIRE_TYPE_INT4, QUIRE_FIELD_NULLABLE },
};
static const quire_row_type measure_type = {
    "everything_measure", sizeof(everything_measure), offsetof(everything_measure, owner_),
    measure_fields, 2, NULL, 0,
};

void everything_measure_free(everything_measure *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

void everything_measure_list_free(everything_measure_list *list)
{
    if (!list)
        return;
    quire_memory_free(list->owner_);
    memset(list, 0, sizeof *list);
}

static const quire_field membership_fields[] = {
    { "person_id", NULL, 23, offsetof(everything_membership, person_id), QUIRE_TYPE_INT4, 0 },
    { "club_id", NULL, 23, offsetof(everything_membership, club_id), QUIRE_TYPE_INT4, 0 },
};
static const quire_row_type membership_type = {
    "everything_membership", sizeof(everything_membership), offsetof(everything_membership, owner_),
    membership_fields, 2, NULL, 0,
};

void everything_membership_free(everything_membership *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

void everything_membership_list_free(everything_membership_list *list)
{
    if (!list)
        return;
    quire_memory_free(list->owner_);
    memset(list, 0, sizeof *list);
}

static const quire_field nullable_kind_fields[] = {
    { "id", NULL, 23, offsetof(everything_nullable_kind, id), QUIRE_TYPE_INT4, 0 },
    { "a_bool", NULL, 16, offsetof(everything_nullable_kind, a_bool), QUIRE_TYPE_BOOL, QUIRE_FIELD_NULLABLE },
    { "a_int2", NULL, 21, offsetof(everything_nullable_kind, a_int2), QUIRE_TYPE_INT2, QUIRE_FIELD_NULLABLE },
    { "a_int4", NULL, 23, offsetof(everything_nullable_kind, a_int4), QUIRE_TYPE_INT4, QUIRE_FIELD_NULLABLE },
    { "a_int8", NULL, 20, offsetof(everything_nullable_kind, a_int8), QUIRE_TYPE_INT8, QUIRE_FIELD_NULLABLE },
    { "a_float8", NULL, 701, offsetof(everything_nullable_kind, a_float8), QUIRE_TYPE_FLOAT8, QUIRE_FIELD_NULLABLE },
    { "a_numeric", NULL, 1700, offsetof(everything_nullable_kind, a_numeric), QUIRE_TYPE_DECIMAL, QUIRE_FIELD_NULLABLE },
    { "a_text", NULL, 25, offsetof(everything_nullable_kind, a_text), QUIRE_TYPE_TEXT, QUIRE_FIELD_NULLABLE },
    { "a_jsonb", NULL, 3802, offsetof(everything_nullable_kind, a_jsonb), QUIRE_TYPE_JSONB, QUIRE_FIELD_NULLABLE },
    { "a_bytea", NULL, 17, offsetof(everything_nullable_kind, a_bytea), QUIRE_TYPE_BYTES, QUIRE_FIELD_NULLABLE },
    { "a_uuid", NULL, 2950, offsetof(everything_nullable_kind, a_uuid), QUIRE_TYPE_UUID, QUIRE_FIELD_NULLABLE },
    { "a_date", NULL, 1082, offsetof(everything_nullable_kind, a_date), QUIRE_TYPE_DATE, QUIRE_FIELD_NULLABLE },
    { "a_timestamptz", NULL, 1184, offsetof(everything_nullable_kind, a_timestamptz), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_FIELD_NULLABLE },
    { "a_interval", NULL, 1186, offsetof(everything_nullable_kind, a_interval), QUIRE_TYPE_INTERVAL, QUIRE_FIELD_NULLABLE },
    { "a_mood", &mood_enum, 0, offsetof(everything_nullable_kind, a_mood), QUIRE_TYPE_ENUM, QUIRE_FIELD_NULLABLE },
    { "a_positive", NULL, 23, offsetof(everything_nullable_kind, a_positive), QUIRE_TYPE_INT4, QUIRE_FIELD_NULLABLE },
    { "ints", NULL, 1007, offsetof(everything_nullable_kind, ints), QUIRE_TYPE_INT4, QUIRE_FIELD_NULLABLE | QUIRE_FIELD_ARRAY },
    { "texts", NULL, 1009, offsetof(everything_nullable_kind, texts), QUIRE_TYPE_TEXT, QUIRE_FIELD_NULLABLE | QUIRE_FIELD_ARRAY },
    { "moods", &mood_enum, 0, offsetof(everything_nullable_kind, moods), QUIRE_TYPE_ENUM, QUIRE_FIELD_NULLABLE | QUIRE_FIELD_ARRAY },
    { "numerics", NULL, 1231, offsetof(everything_nullable_kind, numerics), QUIRE_TYPE_DECIMAL, QUIRE_FIELD_NULLABLE | QUIRE_FIELD_ARRAY },
};
static const quire_row_type nullable_kind_type = {
    "everything_nullable_kind", sizeof(everything_nullable_kind), offsetof(everything_nullable_kind, owner_),
    nullable_kind_fields, 20, NULL, 0,
};

void everything_nullable_kind_free(everything_nullable_kind *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

void everything_nullable_kind_list_free(everything_nullable_kind_list *list)
{
    if (!list)
        return;
    quire_memory_free(list->owner_);
    memset(list, 0, sizeof *list);
}

static const quire_field partly_left_out_fields[] = {
    { "id", NULL, 23, offsetof(everything_partly_left_out, id), QUIRE_TYPE_INT4, 0 },
};
static const quire_row_type partly_left_out_type = {
    "everything_partly_left_out", sizeof(everything_partly_left_out), offsetof(everything_partly_left_out, owner_),
    partly_left_out_fields, 1, NULL, 0,
};

void everything_partly_left_out_free(everything_partly_left_out *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

void everything_partly_left_out_list_free(everything_partly_left_out_list *list)
{
    if (!list)
        return;
    quire_memory_free(list->owner_);
    memset(list, 0, sizeof *list);
}

static const quire_field somebody_fields[] = {
    { "id", NULL, 23, offsetof(everything_somebody, id), QUIRE_TYPE_INT4, 0 },
    { "name", NULL, 25, offsetof(everything_somebody, name), QUIRE_TYPE_TEXT, 0 },
    { "mother_id", NULL, 23, offsetof(everything_somebody, mother_id), QUIRE_TYPE_INT4, QUIRE_FIELD_NULLABLE },
    { "friend", NULL, 23, offsetof(everything_somebody, friend_), QUIRE_TYPE_INT4, QUIRE_FIELD_NULLABLE },
    { "deleted_at", NULL, 1184, offsetof(everything_somebody, deleted_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_FIELD_NULLABLE },
    { "updated_at", NULL, 1184, offsetof(everything_somebody, updated_at), QUIRE_TYPE_TIMESTAMPTZ, 0 },
};
static const quire_row_type somebody_type = {
    "everything_somebody", sizeof(everything_somebody), offsetof(everything_somebody, owner_),
    somebody_fields, 6, NULL, 0,
};

void everything_somebody_free(everything_somebody *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

void everything_somebody_list_free(everything_somebody_list *list)
{
    if (!list)
        return;
    quire_memory_free(list->owner_);
    memset(list, 0, sizeof *list);
}

static const quire_field ticket_fields[] = {
    { "id", NULL, 23, offsetof(everything_ticket, id), QUIRE_TYPE_INT4, 0 },
    { "double", NULL, 23, offsetof(everything_ticket, double_), QUIRE_TYPE_INT4, QUIRE_FIELD_NULLABLE },
};
static const quire_row_type ticket_type = {
    "everything_ticket", sizeof(everything_ticket), offsetof(everything_ticket, owner_),
    ticket_fields, 2, NULL, 0,
};

void everything_ticket_free(everything_ticket *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

void everything_ticket_list_free(everything_ticket_list *list)
{
    if (!list)
        return;
    quire_memory_free(list->owner_);
    memset(list, 0, sizeof *list);
}

static const quire_field visit_fields[] = {
    { "id", NULL, 20, offsetof(everything_visit, id), QUIRE_TYPE_INT8, 0 },
    { "at", NULL, 1184, offsetof(everything_visit, at), QUIRE_TYPE_TIMESTAMPTZ, 0 },
    { "note", NULL, 25, offsetof(everything_visit, note), QUIRE_TYPE_TEXT, QUIRE_FIELD_NULLABLE },
};
static const quire_row_type visit_type = {
    "everything_visit", sizeof(everything_visit), offsetof(everything_visit, owner_),
    visit_fields, 3, NULL, 0,
};

void everything_visit_free(everything_visit *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

void everything_visit_list_free(everything_visit_list *list)
{
    if (!list)
        return;
    quire_memory_free(list->owner_);
    memset(list, 0, sizeof *list);
}

static const quire_field sales_order_line_fields[] = {
    { "order_id", NULL, 23, offsetof(everything_sales_order_line, order_id), QUIRE_TYPE_INT4, 0 },
    { "number", NULL, 23, offsetof(everything_sales_order_line, number), QUIRE_TYPE_INT4, 0 },
    { "item", NULL, 25, offsetof(everything_sales_order_line, item), QUIRE_TYPE_TEXT, 0 },
};
static const quire_row_type sales_order_line_type = {
    "everything_sales_order_line", sizeof(everything_sales_order_line), offsetof(everything_sales_order_line, owner_),
    sales_order_line_fields, 3, NULL, 0,
};

void everything_sales_order_line_free(everything_sales_order_line *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

void everything_sales_order_line_list_free(everything_sales_order_line_list *list)
{
    if (!list)
        return;
    quire_memory_free(list->owner_);
    memset(list, 0, sizeof *list);
}

static const quire_field sales_order_fields[] = {
    { "id", NULL, 23, offsetof(everything_sales_order, id), QUIRE_TYPE_INT4, 0 },
    { "state", &sales_state_enum, 0, offsetof(everything_sales_order, state), QUIRE_TYPE_ENUM, 0 },
    { "select", NULL, 25, offsetof(everything_sales_order, select), QUIRE_TYPE_TEXT, QUIRE_FIELD_NULLABLE },
};
static const quire_row_type sales_order_type = {
    "everything_sales_order", sizeof(everything_sales_order), offsetof(everything_sales_order, owner_),
    sales_order_fields, 3, NULL, 0,
};

void everything_sales_order_free(everything_sales_order *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

void everything_sales_order_list_free(everything_sales_order_list *list)
{
    if (!list)
        return;
    quire_memory_free(list->owner_);
    memset(list, 0, sizeof *list);
}

static const quire_param class_find_by_id_params[] = {
    { "new", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const quire_statement class_find_by_id_statement = {
    "class.find_by_id",
    "select new, errno, \"2fa\", \"createdAt\", \"HTTP-Code\", \"größe\", \"out\", err\n"
    "from class\n"
    "where new = $1",
    NULL, 0, NULL, 0,
    class_find_by_id_params, 1, &class_type, 0,
};

quire_status everything_class_find_by_id(everything_class_repo repo, int32_t new_,
                                         everything_class *out, quire_error *err)
{
    const void *const args[] = { &new_ };
    return quire_fetch_one(repo.db, &class_find_by_id_statement, args, NULL, out, err);
}

/*
 * insert into class (new
 *     [if set] errno
 *     [if set] "2fa"
 *     [if set] "createdAt"
 *     [if set] "HTTP-Code"
 *     [if set] "größe"
 *     [if set] "out"
 *     [if set] err)
 * values (:new_
 *     [if set] :errno_
 *     [if set] :n2fa
 *     [if set] :created_at
 *     [if set] :http_code
 *     [if set] :gru00f6u00dfe
 *     [if set] :out
 *     [if set] :err)
 * returning new, errno, "2fa", "createdAt", "HTTP-Code", "größe", "out", err
 */
static const quire_param class_create_params[] = {
    { "new", NULL, 23, offsetof(everything_class_new, new_), QUIRE_TYPE_INT4, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "errno", NULL, 23, offsetof(everything_class_new, errno_), QUIRE_TYPE_INT4, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "2fa", NULL, 16, offsetof(everything_class_new, n2fa), QUIRE_TYPE_BOOL, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "createdAt", NULL, 1184, offsetof(everything_class_new, created_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "HTTP-Code", NULL, 23, offsetof(everything_class_new, http_code), QUIRE_TYPE_INT4, QUIRE_PARAM_OPTIONAL },
    { "größe", NULL, 25, offsetof(everything_class_new, gru00f6u00dfe), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL },
    { "out", NULL, 25, offsetof(everything_class_new, out), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL },
    { "err", NULL, 25, offsetof(everything_class_new, err), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL },
};
static const uint16_t class_create_when_0[] = { 1 };
static const uint16_t class_create_when_1[] = { 2 };
static const uint16_t class_create_when_2[] = { 3 };
static const uint16_t class_create_when_3[] = { 4 };
static const uint16_t class_create_when_4[] = { 5 };
static const uint16_t class_create_when_5[] = { 6 };
static const uint16_t class_create_when_6[] = { 7 };
static const quire_condition class_create_conditions[] = {
    { class_create_when_0, 1, 0, 0 },
    { class_create_when_1, 1, 0, 0 },
    { class_create_when_2, 1, 0, 0 },
    { class_create_when_3, 1, 0, 0 },
    { class_create_when_4, 1, 0, 0 },
    { class_create_when_5, 1, 0, 0 },
    { class_create_when_6, 1, 0, 0 },
};
static const quire_part class_create_parts[] = {
    { "insert into class (", QUIRE_NONE, QUIRE_NONE, 0 },
    { "new", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "errno", QUIRE_NONE, 0, QUIRE_PART_ITEM },
    { "\"2fa\"", QUIRE_NONE, 1, QUIRE_PART_ITEM },
    { "\"createdAt\"", QUIRE_NONE, 2, QUIRE_PART_ITEM },
    { "\"HTTP-Code\"", QUIRE_NONE, 3, QUIRE_PART_ITEM },
    { "\"größe\"", QUIRE_NONE, 4, QUIRE_PART_ITEM },
    { "\"out\"", QUIRE_NONE, 5, QUIRE_PART_ITEM },
    { "err", QUIRE_NONE, 6, QUIRE_PART_ITEM },
    { ")\n"
      "values (", QUIRE_NONE, QUIRE_NONE, 0 },
    { "", 0, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 1, 0, QUIRE_PART_ITEM },
    { "", 2, 1, QUIRE_PART_ITEM },
    { "", 3, 2, QUIRE_PART_ITEM },
    { "", 4, 3, QUIRE_PART_ITEM },
    { "", 5, 4, QUIRE_PART_ITEM },
    { "", 6, 5, QUIRE_PART_ITEM },
    { "", 7, 6, QUIRE_PART_ITEM },
    { ")\n"
      "returning new, errno, \"2fa\", \"createdAt\", \"HTTP-Code\", \"größe\", \"out\", "
      "err", QUIRE_NONE, QUIRE_NONE, 0 },
};
static const quire_statement class_create_statement = {
    "class.create",
    NULL,
    class_create_parts, 19, class_create_conditions, 7,
    class_create_params, 8, &class_type, QUIRE_STATEMENT_WRITES,
};

quire_status everything_class_create(everything_class_repo repo, const everything_class_new *values,
                                     everything_class *out, quire_error *err)
{
    return quire_fetch_one(repo.db, &class_create_statement, NULL, values, out, err);
}

/*
 * update class
 * set [if set] errno = :errno_
 *     [if set] "2fa" = :n2fa
 *     [if set] "createdAt" = :created_at
 *     [if set] "HTTP-Code" = :http_code
 *     [if set] "größe" = :gru00f6u00dfe
 *     [if set] "out" = :out
 *     [if set] err = :err
 * where new = :new_
 * returning new, errno, "2fa", "createdAt", "HTTP-Code", "größe", "out", err
 */
static const quire_param class_update_params[] = {
    { "errno", NULL, 23, offsetof(everything_class_changes, errno_), QUIRE_TYPE_INT4, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "2fa", NULL, 16, offsetof(everything_class_changes, n2fa), QUIRE_TYPE_BOOL, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "createdAt", NULL, 1184, offsetof(everything_class_changes, created_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "HTTP-Code", NULL, 23, offsetof(everything_class_changes, http_code), QUIRE_TYPE_INT4, QUIRE_PARAM_OPTIONAL },
    { "größe", NULL, 25, offsetof(everything_class_changes, gru00f6u00dfe), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL },
    { "out", NULL, 25, offsetof(everything_class_changes, out), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL },
    { "err", NULL, 25, offsetof(everything_class_changes, err), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL },
    { "new", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const uint16_t class_update_when_0[] = { 0 };
static const uint16_t class_update_when_1[] = { 1 };
static const uint16_t class_update_when_2[] = { 2 };
static const uint16_t class_update_when_3[] = { 3 };
static const uint16_t class_update_when_4[] = { 4 };
static const uint16_t class_update_when_5[] = { 5 };
static const uint16_t class_update_when_6[] = { 6 };
static const quire_condition class_update_conditions[] = {
    { class_update_when_0, 1, 0, 0 },
    { class_update_when_1, 1, 0, 0 },
    { class_update_when_2, 1, 0, 0 },
    { class_update_when_3, 1, 0, 0 },
    { class_update_when_4, 1, 0, 0 },
    { class_update_when_5, 1, 0, 0 },
    { class_update_when_6, 1, 0, 0 },
};
static const quire_part class_update_parts[] = {
    { "update class\n"
      "set ", QUIRE_NONE, QUIRE_NONE, 0 },
    { "errno = ", 0, 0, QUIRE_PART_ITEM },
    { "\"2fa\" = ", 1, 1, QUIRE_PART_ITEM },
    { "\"createdAt\" = ", 2, 2, QUIRE_PART_ITEM },
    { "\"HTTP-Code\" = ", 3, 3, QUIRE_PART_ITEM },
    { "\"größe\" = ", 4, 4, QUIRE_PART_ITEM },
    { "\"out\" = ", 5, 5, QUIRE_PART_ITEM },
    { "err = ", 6, 6, QUIRE_PART_ITEM },
    { "\nwhere new = ", 7, QUIRE_NONE, 0 },
    { "\nreturning new, errno, \"2fa\", \"createdAt\", \"HTTP-Code\", \"größe\", \"out\", "
      "err", QUIRE_NONE, QUIRE_NONE, 0 },
};
static const quire_statement class_update_statement = {
    "class.update",
    NULL,
    class_update_parts, 10, class_update_conditions, 7,
    class_update_params, 8, &class_type, QUIRE_STATEMENT_WRITES | QUIRE_STATEMENT_CHANGES,
};

quire_status everything_class_update(everything_class_repo repo, int32_t new_,
                                     const everything_class_changes *changes, everything_class *out,
                                     quire_error *err)
{
    const void *const args[] = { &new_ };
    return quire_fetch_one(repo.db, &class_update_statement, args, changes, out, err);
}

static const quire_param class_delete_params[] = {
    { "new", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const quire_statement class_delete_statement = {
    "class.delete",
    "delete from class\n"
    "where new = $1",
    NULL, 0, NULL, 0,
    class_delete_params, 1, NULL, QUIRE_STATEMENT_WRITES,
};

quire_status everything_class_delete(everything_class_repo repo, int32_t new_, quire_error *err)
{
    const void *const args[] = { &new_ };
    return quire_execute_one(repo.db, &class_delete_statement, args, NULL, err);
}

static const quire_param kinds_find_by_id_params[] = {
    { "id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const quire_statement kinds_find_by_id_statement = {
    "kinds.find_by_id",
    "select id, a_bool, a_int2, a_int4, a_int8, a_oid, a_float4, a_float8, a_numeric, "
    "a_text,\n"
    "       a_varchar, a_char, a_name, a_json, a_jsonb, a_bytea, a_uuid, a_date, "
    "a_time,\n"
    "       a_timestamp, a_timestamptz, a_interval, a_mood, a_positive, a_required\n"
    "from kinds\n"
    "where id = $1",
    NULL, 0, NULL, 0,
    kinds_find_by_id_params, 1, &kind_type, 0,
};

quire_status everything_kinds_find_by_id(everything_kinds_repo repo, int32_t id,
                                         everything_kind *out, quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_one(repo.db, &kinds_find_by_id_statement, args, NULL, out, err);
}

/*
 * insert into kinds ([if set] id
 *     a_bool
 *     a_int2
 *     a_int4
 *     a_int8
 *     a_oid
 *     a_float4
 *     a_float8
 *     a_numeric
 *     a_text
 *     a_varchar
 *     a_char
 *     a_name
 *     a_json
 *     a_jsonb
 *     a_bytea
 *     a_uuid
 *     a_date
 *     a_time
 *     a_timestamp
 *     a_timestamptz
 *     a_interval
 *     a_mood
 *     a_positive
 *     a_required)
 * values ([if set] :id
 *     :a_bool
 *     :a_int2
 *     :a_int4
 *     :a_int8
 *     :a_oid
 *     :a_float4
 *     :a_float8
 *     :a_numeric
 *     :a_text
 *     :a_varchar
 *     :a_char
 *     :a_name
 *     :a_json
 *     :a_jsonb
 *     :a_bytea
 *     :a_uuid
 *     :a_date
 *     :a_time
 *     :a_timestamp
 *     :a_timestamptz
 *     :a_interval
 *     :a_mood
 *     :a_positive
 *     :a_required)
 * returning id, a_bool, a_int2, a_int4, a_int8, a_oid, a_float4, a_float8, a_numeric,
 *           a_text, a_varchar, a_char, a_name, a_json, a_jsonb, a_bytea, a_uuid, a_date,
 *           a_time, a_timestamp, a_timestamptz, a_interval, a_mood, a_positive, a_required
 */
static const quire_param kinds_create_params[] = {
    { "id", NULL, 23, offsetof(everything_kind_new, id), QUIRE_TYPE_INT4, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "a_bool", NULL, 16, offsetof(everything_kind_new, a_bool), QUIRE_TYPE_BOOL, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "a_int2", NULL, 21, offsetof(everything_kind_new, a_int2), QUIRE_TYPE_INT2, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "a_int4", NULL, 23, offsetof(everything_kind_new, a_int4), QUIRE_TYPE_INT4, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "a_int8", NULL, 20, offsetof(everything_kind_new, a_int8), QUIRE_TYPE_INT8, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "a_oid", NULL, 26, offsetof(everything_kind_new, a_oid), QUIRE_TYPE_OID, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "a_float4", NULL, 700, offsetof(everything_kind_new, a_float4), QUIRE_TYPE_FLOAT4, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "a_float8", NULL, 701, offsetof(everything_kind_new, a_float8), QUIRE_TYPE_FLOAT8, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "a_numeric", NULL, 1700, offsetof(everything_kind_new, a_numeric), QUIRE_TYPE_DECIMAL, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "a_text", NULL, 25, offsetof(everything_kind_new, a_text), QUIRE_TYPE_TEXT, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "a_varchar", NULL, 1043, offsetof(everything_kind_new, a_varchar), QUIRE_TYPE_TEXT, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "a_char", NULL, 1042, offsetof(everything_kind_new, a_char), QUIRE_TYPE_TEXT, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "a_name", NULL, 19, offsetof(everything_kind_new, a_name), QUIRE_TYPE_TEXT, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "a_json", NULL, 114, offsetof(everything_kind_new, a_json), QUIRE_TYPE_JSON, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "a_jsonb", NULL, 3802, offsetof(everything_kind_new, a_jsonb), QUIRE_TYPE_JSONB, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "a_bytea", NULL, 17, offsetof(everything_kind_new, a_bytea), QUIRE_TYPE_BYTES, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "a_uuid", NULL, 2950, offsetof(everything_kind_new, a_uuid), QUIRE_TYPE_UUID, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "a_date", NULL, 1082, offsetof(everything_kind_new, a_date), QUIRE_TYPE_DATE, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "a_time", NULL, 1083, offsetof(everything_kind_new, a_time), QUIRE_TYPE_TIME, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "a_timestamp", NULL, 1114, offsetof(everything_kind_new, a_timestamp), QUIRE_TYPE_TIMESTAMP, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "a_timestamptz", NULL, 1184, offsetof(everything_kind_new, a_timestamptz), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "a_interval", NULL, 1186, offsetof(everything_kind_new, a_interval), QUIRE_TYPE_INTERVAL, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "a_mood", &mood_enum, 0, offsetof(everything_kind_new, a_mood), QUIRE_TYPE_ENUM, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "a_positive", NULL, 23, offsetof(everything_kind_new, a_positive), QUIRE_TYPE_INT4, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "a_required", NULL, 25, offsetof(everything_kind_new, a_required), QUIRE_TYPE_TEXT, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
};
static const uint16_t kinds_create_when_0[] = { 0 };
static const quire_condition kinds_create_conditions[] = {
    { kinds_create_when_0, 1, 0, 0 },
};
static const quire_part kinds_create_parts[] = {
    { "insert into kinds (", QUIRE_NONE, QUIRE_NONE, 0 },
    { "id", QUIRE_NONE, 0, QUIRE_PART_ITEM },
    { "a_bool", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "a_int2", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "a_int4", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "a_int8", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "a_oid", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "a_float4", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "a_float8", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "a_numeric", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "a_text", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "a_varchar", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "a_char", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "a_name", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "a_json", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "a_jsonb", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "a_bytea", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "a_uuid", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "a_date", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "a_time", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "a_timestamp", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "a_timestamptz", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "a_interval", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "a_mood", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "a_positive", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "a_required", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { ")\n"
      "values (", QUIRE_NONE, QUIRE_NONE, 0 },
    { "", 0, 0, QUIRE_PART_ITEM },
    { "", 1, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 2, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 3, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 4, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 5, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 6, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 7, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 8, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 9, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 10, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 11, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 12, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 13, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 14, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 15, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 16, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 17, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 18, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 19, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 20, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 21, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 22, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 23, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 24, QUIRE_NONE, QUIRE_PART_ITEM },
    { ")\n"
      "returning id, a_bool, a_int2, a_int4, a_int8, a_oid, a_float4, a_float8, "
      "a_numeric,\n"
      "          a_text, a_varchar, a_char, a_name, a_json, a_jsonb, a_bytea, a_uuid, "
      "a_date,\n"
      "          a_time, a_timestamp, a_timestamptz, a_interval, a_mood, a_positive, "
      "a_required", QUIRE_NONE, QUIRE_NONE, 0 },
};
static const quire_statement kinds_create_statement = {
    "kinds.create",
    NULL,
    kinds_create_parts, 53, kinds_create_conditions, 1,
    kinds_create_params, 25, &kind_type, QUIRE_STATEMENT_WRITES,
};

quire_status everything_kinds_create(everything_kinds_repo repo, const everything_kind_new *values,
                                     everything_kind *out, quire_error *err)
{
    return quire_fetch_one(repo.db, &kinds_create_statement, NULL, values, out, err);
}

/*
 * update kinds
 * set [if set] a_bool = :a_bool
 *     [if set] a_int2 = :a_int2
 *     [if set] a_int4 = :a_int4
 *     [if set] a_int8 = :a_int8
 *     [if set] a_oid = :a_oid
 *     [if set] a_float4 = :a_float4
 *     [if set] a_float8 = :a_float8
 *     [if set] a_numeric = :a_numeric
 *     [if set] a_text = :a_text
 *     [if set] a_varchar = :a_varchar
 *     [if set] a_char = :a_char
 *     [if set] a_name = :a_name
 *     [if set] a_json = :a_json
 *     [if set] a_jsonb = :a_jsonb
 *     [if set] a_bytea = :a_bytea
 *     [if set] a_uuid = :a_uuid
 *     [if set] a_date = :a_date
 *     [if set] a_time = :a_time
 *     [if set] a_timestamp = :a_timestamp
 *     [if set] a_timestamptz = :a_timestamptz
 *     [if set] a_interval = :a_interval
 *     [if set] a_mood = :a_mood
 *     [if set] a_positive = :a_positive
 *     [if set] a_required = :a_required
 * where id = :id
 * returning id, a_bool, a_int2, a_int4, a_int8, a_oid, a_float4, a_float8, a_numeric,
 *           a_text, a_varchar, a_char, a_name, a_json, a_jsonb, a_bytea, a_uuid, a_date,
 *           a_time, a_timestamp, a_timestamptz, a_interval, a_mood, a_positive, a_required
 */
static const quire_param kinds_update_params[] = {
    { "a_bool", NULL, 16, offsetof(everything_kind_changes, a_bool), QUIRE_TYPE_BOOL, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "a_int2", NULL, 21, offsetof(everything_kind_changes, a_int2), QUIRE_TYPE_INT2, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "a_int4", NULL, 23, offsetof(everything_kind_changes, a_int4), QUIRE_TYPE_INT4, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "a_int8", NULL, 20, offsetof(everything_kind_changes, a_int8), QUIRE_TYPE_INT8, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "a_oid", NULL, 26, offsetof(everything_kind_changes, a_oid), QUIRE_TYPE_OID, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "a_float4", NULL, 700, offsetof(everything_kind_changes, a_float4), QUIRE_TYPE_FLOAT4, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "a_float8", NULL, 701, offsetof(everything_kind_changes, a_float8), QUIRE_TYPE_FLOAT8, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "a_numeric", NULL, 1700, offsetof(everything_kind_changes, a_numeric), QUIRE_TYPE_DECIMAL, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "a_text", NULL, 25, offsetof(everything_kind_changes, a_text), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "a_varchar", NULL, 1043, offsetof(everything_kind_changes, a_varchar), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "a_char", NULL, 1042, offsetof(everything_kind_changes, a_char), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "a_name", NULL, 19, offsetof(everything_kind_changes, a_name), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "a_json", NULL, 114, offsetof(everything_kind_changes, a_json), QUIRE_TYPE_JSON, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "a_jsonb", NULL, 3802, offsetof(everything_kind_changes, a_jsonb), QUIRE_TYPE_JSONB, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "a_bytea", NULL, 17, offsetof(everything_kind_changes, a_bytea), QUIRE_TYPE_BYTES, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "a_uuid", NULL, 2950, offsetof(everything_kind_changes, a_uuid), QUIRE_TYPE_UUID, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "a_date", NULL, 1082, offsetof(everything_kind_changes, a_date), QUIRE_TYPE_DATE, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "a_time", NULL, 1083, offsetof(everything_kind_changes, a_time), QUIRE_TYPE_TIME, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "a_timestamp", NULL, 1114, offsetof(everything_kind_changes, a_timestamp), QUIRE_TYPE_TIMESTAMP, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "a_timestamptz", NULL, 1184, offsetof(everything_kind_changes, a_timestamptz), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "a_interval", NULL, 1186, offsetof(everything_kind_changes, a_interval), QUIRE_TYPE_INTERVAL, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "a_mood", &mood_enum, 0, offsetof(everything_kind_changes, a_mood), QUIRE_TYPE_ENUM, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "a_positive", NULL, 23, offsetof(everything_kind_changes, a_positive), QUIRE_TYPE_INT4, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "a_required", NULL, 25, offsetof(everything_kind_changes, a_required), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const uint16_t kinds_update_when_0[] = { 0 };
static const uint16_t kinds_update_when_1[] = { 1 };
static const uint16_t kinds_update_when_2[] = { 2 };
static const uint16_t kinds_update_when_3[] = { 3 };
static const uint16_t kinds_update_when_4[] = { 4 };
static const uint16_t kinds_update_when_5[] = { 5 };
static const uint16_t kinds_update_when_6[] = { 6 };
static const uint16_t kinds_update_when_7[] = { 7 };
static const uint16_t kinds_update_when_8[] = { 8 };
static const uint16_t kinds_update_when_9[] = { 9 };
static const uint16_t kinds_update_when_10[] = { 10 };
static const uint16_t kinds_update_when_11[] = { 11 };
static const uint16_t kinds_update_when_12[] = { 12 };
static const uint16_t kinds_update_when_13[] = { 13 };
static const uint16_t kinds_update_when_14[] = { 14 };
static const uint16_t kinds_update_when_15[] = { 15 };
static const uint16_t kinds_update_when_16[] = { 16 };
static const uint16_t kinds_update_when_17[] = { 17 };
static const uint16_t kinds_update_when_18[] = { 18 };
static const uint16_t kinds_update_when_19[] = { 19 };
static const uint16_t kinds_update_when_20[] = { 20 };
static const uint16_t kinds_update_when_21[] = { 21 };
static const uint16_t kinds_update_when_22[] = { 22 };
static const uint16_t kinds_update_when_23[] = { 23 };
static const quire_condition kinds_update_conditions[] = {
    { kinds_update_when_0, 1, 0, 0 },
    { kinds_update_when_1, 1, 0, 0 },
    { kinds_update_when_2, 1, 0, 0 },
    { kinds_update_when_3, 1, 0, 0 },
    { kinds_update_when_4, 1, 0, 0 },
    { kinds_update_when_5, 1, 0, 0 },
    { kinds_update_when_6, 1, 0, 0 },
    { kinds_update_when_7, 1, 0, 0 },
    { kinds_update_when_8, 1, 0, 0 },
    { kinds_update_when_9, 1, 0, 0 },
    { kinds_update_when_10, 1, 0, 0 },
    { kinds_update_when_11, 1, 0, 0 },
    { kinds_update_when_12, 1, 0, 0 },
    { kinds_update_when_13, 1, 0, 0 },
    { kinds_update_when_14, 1, 0, 0 },
    { kinds_update_when_15, 1, 0, 0 },
    { kinds_update_when_16, 1, 0, 0 },
    { kinds_update_when_17, 1, 0, 0 },
    { kinds_update_when_18, 1, 0, 0 },
    { kinds_update_when_19, 1, 0, 0 },
    { kinds_update_when_20, 1, 0, 0 },
    { kinds_update_when_21, 1, 0, 0 },
    { kinds_update_when_22, 1, 0, 0 },
    { kinds_update_when_23, 1, 0, 0 },
};
static const quire_part kinds_update_parts[] = {
    { "update kinds\n"
      "set ", QUIRE_NONE, QUIRE_NONE, 0 },
    { "a_bool = ", 0, 0, QUIRE_PART_ITEM },
    { "a_int2 = ", 1, 1, QUIRE_PART_ITEM },
    { "a_int4 = ", 2, 2, QUIRE_PART_ITEM },
    { "a_int8 = ", 3, 3, QUIRE_PART_ITEM },
    { "a_oid = ", 4, 4, QUIRE_PART_ITEM },
    { "a_float4 = ", 5, 5, QUIRE_PART_ITEM },
    { "a_float8 = ", 6, 6, QUIRE_PART_ITEM },
    { "a_numeric = ", 7, 7, QUIRE_PART_ITEM },
    { "a_text = ", 8, 8, QUIRE_PART_ITEM },
    { "a_varchar = ", 9, 9, QUIRE_PART_ITEM },
    { "a_char = ", 10, 10, QUIRE_PART_ITEM },
    { "a_name = ", 11, 11, QUIRE_PART_ITEM },
    { "a_json = ", 12, 12, QUIRE_PART_ITEM },
    { "a_jsonb = ", 13, 13, QUIRE_PART_ITEM },
    { "a_bytea = ", 14, 14, QUIRE_PART_ITEM },
    { "a_uuid = ", 15, 15, QUIRE_PART_ITEM },
    { "a_date = ", 16, 16, QUIRE_PART_ITEM },
    { "a_time = ", 17, 17, QUIRE_PART_ITEM },
    { "a_timestamp = ", 18, 18, QUIRE_PART_ITEM },
    { "a_timestamptz = ", 19, 19, QUIRE_PART_ITEM },
    { "a_interval = ", 20, 20, QUIRE_PART_ITEM },
    { "a_mood = ", 21, 21, QUIRE_PART_ITEM },
    { "a_positive = ", 22, 22, QUIRE_PART_ITEM },
    { "a_required = ", 23, 23, QUIRE_PART_ITEM },
    { "\nwhere id = ", 24, QUIRE_NONE, 0 },
    { "\nreturning id, a_bool, a_int2, a_int4, a_int8, a_oid, a_float4, a_float8, "
      "a_numeric,\n"
      "          a_text, a_varchar, a_char, a_name, a_json, a_jsonb, a_bytea, a_uuid, "
      "a_date,\n"
      "          a_time, a_timestamp, a_timestamptz, a_interval, a_mood, a_positive, "
      "a_required", QUIRE_NONE, QUIRE_NONE, 0 },
};
static const quire_statement kinds_update_statement = {
    "kinds.update",
    NULL,
    kinds_update_parts, 27, kinds_update_conditions, 24,
    kinds_update_params, 25, &kind_type, QUIRE_STATEMENT_WRITES | QUIRE_STATEMENT_CHANGES,
};

quire_status everything_kinds_update(everything_kinds_repo repo, int32_t id,
                                     const everything_kind_changes *changes, everything_kind *out,
                                     quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_one(repo.db, &kinds_update_statement, args, changes, out, err);
}

static const quire_param kinds_delete_params[] = {
    { "id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const quire_statement kinds_delete_statement = {
    "kinds.delete",
    "delete from kinds\n"
    "where id = $1",
    NULL, 0, NULL, 0,
    kinds_delete_params, 1, NULL, QUIRE_STATEMENT_WRITES,
};

quire_status everything_kinds_delete(everything_kinds_repo repo, int32_t id, quire_error *err)
{
    const void *const args[] = { &id };
    return quire_execute_one(repo.db, &kinds_delete_statement, args, NULL, err);
}

static const quire_param letters_find_by_id_params[] = {
    { "id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const quire_statement letters_find_by_id_statement = {
    "letters.find_by_id",
    "select id, sender_id, recipient_id, people, sender\n"
    "from letters\n"
    "where id = $1",
    NULL, 0, NULL, 0,
    letters_find_by_id_params, 1, &letter_type, 0,
};

quire_status everything_letters_find_by_id(everything_letters_repo repo, int32_t id,
                                           everything_letter *out, quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_one(repo.db, &letters_find_by_id_statement, args, NULL, out, err);
}

/*
 * insert into letters (id
 *     sender_id
 *     [if set] recipient_id
 *     [if set] people
 *     [if set] sender)
 * values (:id
 *     :sender_id
 *     [if set] :recipient_id
 *     [if set] :people
 *     [if set] :sender)
 * returning id, sender_id, recipient_id, people, sender
 */
static const quire_param letters_create_params[] = {
    { "id", NULL, 23, offsetof(everything_letter_new, id), QUIRE_TYPE_INT4, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "sender_id", NULL, 23, offsetof(everything_letter_new, sender_id), QUIRE_TYPE_INT4, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "recipient_id", NULL, 23, offsetof(everything_letter_new, recipient_id), QUIRE_TYPE_INT4, QUIRE_PARAM_OPTIONAL },
    { "people", NULL, 25, offsetof(everything_letter_new, people), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL },
    { "sender", NULL, 25, offsetof(everything_letter_new, sender), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL },
};
static const uint16_t letters_create_when_0[] = { 2 };
static const uint16_t letters_create_when_1[] = { 3 };
static const uint16_t letters_create_when_2[] = { 4 };
static const quire_condition letters_create_conditions[] = {
    { letters_create_when_0, 1, 0, 0 },
    { letters_create_when_1, 1, 0, 0 },
    { letters_create_when_2, 1, 0, 0 },
};
static const quire_part letters_create_parts[] = {
    { "insert into letters (", QUIRE_NONE, QUIRE_NONE, 0 },
    { "id", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "sender_id", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "recipient_id", QUIRE_NONE, 0, QUIRE_PART_ITEM },
    { "people", QUIRE_NONE, 1, QUIRE_PART_ITEM },
    { "sender", QUIRE_NONE, 2, QUIRE_PART_ITEM },
    { ")\n"
      "values (", QUIRE_NONE, QUIRE_NONE, 0 },
    { "", 0, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 1, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 2, 0, QUIRE_PART_ITEM },
    { "", 3, 1, QUIRE_PART_ITEM },
    { "", 4, 2, QUIRE_PART_ITEM },
    { ")\n"
      "returning id, sender_id, recipient_id, people, sender", QUIRE_NONE, QUIRE_NONE, 0 },
};
static const quire_statement letters_create_statement = {
    "letters.create",
    NULL,
    letters_create_parts, 13, letters_create_conditions, 3,
    letters_create_params, 5, &letter_type, QUIRE_STATEMENT_WRITES,
};

quire_status everything_letters_create(everything_letters_repo repo,
                                       const everything_letter_new *values, everything_letter *out,
                                       quire_error *err)
{
    return quire_fetch_one(repo.db, &letters_create_statement, NULL, values, out, err);
}

/*
 * update letters
 * set [if set] sender_id = :sender_id
 *     [if set] recipient_id = :recipient_id
 *     [if set] people = :people
 *     [if set] sender = :sender
 * where id = :id
 * returning id, sender_id, recipient_id, people, sender
 */
static const quire_param letters_update_params[] = {
    { "sender_id", NULL, 23, offsetof(everything_letter_changes, sender_id), QUIRE_TYPE_INT4, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "recipient_id", NULL, 23, offsetof(everything_letter_changes, recipient_id), QUIRE_TYPE_INT4, QUIRE_PARAM_OPTIONAL },
    { "people", NULL, 25, offsetof(everything_letter_changes, people), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL },
    { "sender", NULL, 25, offsetof(everything_letter_changes, sender), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL },
    { "id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const uint16_t letters_update_when_0[] = { 0 };
static const uint16_t letters_update_when_1[] = { 1 };
static const uint16_t letters_update_when_2[] = { 2 };
static const uint16_t letters_update_when_3[] = { 3 };
static const quire_condition letters_update_conditions[] = {
    { letters_update_when_0, 1, 0, 0 },
    { letters_update_when_1, 1, 0, 0 },
    { letters_update_when_2, 1, 0, 0 },
    { letters_update_when_3, 1, 0, 0 },
};
static const quire_part letters_update_parts[] = {
    { "update letters\n"
      "set ", QUIRE_NONE, QUIRE_NONE, 0 },
    { "sender_id = ", 0, 0, QUIRE_PART_ITEM },
    { "recipient_id = ", 1, 1, QUIRE_PART_ITEM },
    { "people = ", 2, 2, QUIRE_PART_ITEM },
    { "sender = ", 3, 3, QUIRE_PART_ITEM },
    { "\nwhere id = ", 4, QUIRE_NONE, 0 },
    { "\nreturning id, sender_id, recipient_id, people, sender", QUIRE_NONE, QUIRE_NONE, 0 },
};
static const quire_statement letters_update_statement = {
    "letters.update",
    NULL,
    letters_update_parts, 7, letters_update_conditions, 4,
    letters_update_params, 5, &letter_type, QUIRE_STATEMENT_WRITES | QUIRE_STATEMENT_CHANGES,
};

quire_status everything_letters_update(everything_letters_repo repo, int32_t id,
                                       const everything_letter_changes *changes,
                                       everything_letter *out, quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_one(repo.db, &letters_update_statement, args, changes, out, err);
}

static const quire_param letters_delete_params[] = {
    { "id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const quire_statement letters_delete_statement = {
    "letters.delete",
    "delete from letters\n"
    "where id = $1",
    NULL, 0, NULL, 0,
    letters_delete_params, 1, NULL, QUIRE_STATEMENT_WRITES,
};

quire_status everything_letters_delete(everything_letters_repo repo, int32_t id, quire_error *err)
{
    const void *const args[] = { &id };
    return quire_execute_one(repo.db, &letters_delete_statement, args, NULL, err);
}

static const quire_field letter_with_recipient_fields[] = {
    { "id", NULL, 23, offsetof(everything_letter_with_recipient, id), QUIRE_TYPE_INT4, 0 },
    { "sender_id", NULL, 23, offsetof(everything_letter_with_recipient, sender_id), QUIRE_TYPE_INT4, 0 },
    { "recipient_id", NULL, 23, offsetof(everything_letter_with_recipient, recipient_id), QUIRE_TYPE_INT4, QUIRE_FIELD_NULLABLE },
    { "people", NULL, 25, offsetof(everything_letter_with_recipient, people), QUIRE_TYPE_TEXT, QUIRE_FIELD_NULLABLE },
    { "sender", NULL, 25, offsetof(everything_letter_with_recipient, sender), QUIRE_TYPE_TEXT, QUIRE_FIELD_NULLABLE },
    { "id", NULL, 23, offsetof(everything_letter_with_recipient, recipient.value.id), QUIRE_TYPE_INT4, 0 },
    { "name", NULL, 25, offsetof(everything_letter_with_recipient, recipient.value.name), QUIRE_TYPE_TEXT, 0 },
    { "mother_id", NULL, 23, offsetof(everything_letter_with_recipient, recipient.value.mother_id), QUIRE_TYPE_INT4, QUIRE_FIELD_NULLABLE },
    { "friend", NULL, 23, offsetof(everything_letter_with_recipient, recipient.value.friend_), QUIRE_TYPE_INT4, QUIRE_FIELD_NULLABLE },
    { "deleted_at", NULL, 1184, offsetof(everything_letter_with_recipient, recipient.value.deleted_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_FIELD_NULLABLE },
    { "updated_at", NULL, 1184, offsetof(everything_letter_with_recipient, recipient.value.updated_at), QUIRE_TYPE_TIMESTAMPTZ, 0 },
};
static const quire_nested letter_with_recipient_nested[] = {
    { offsetof(everything_letter_with_recipient, recipient.has), 5, 6 },
};
static const quire_row_type letter_with_recipient_type = {
    "everything_letter_with_recipient", sizeof(everything_letter_with_recipient), offsetof(everything_letter_with_recipient, owner_),
    letter_with_recipient_fields, 11, letter_with_recipient_nested, 1,
};

void everything_letter_with_recipient_free(everything_letter_with_recipient *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

static const quire_param letters_find_by_id_with_recipient_params[] = {
    { "id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const quire_statement letters_find_by_id_with_recipient_statement = {
    "letters.find_by_id_with_recipient",
    "select t.id, t.sender_id, t.recipient_id, t.people, t.sender,\n"
    "       p.id, p.name, p.mother_id, p.friend, p.deleted_at, p.updated_at\n"
    "from letters t\n"
    "left join people p on p.id = t.recipient_id\n"
    "where t.id = $1",
    NULL, 0, NULL, 0,
    letters_find_by_id_with_recipient_params, 1, &letter_with_recipient_type, 0,
};

quire_status everything_letters_find_by_id_with_recipient(everything_letters_repo repo, int32_t id,
                                                          everything_letter_with_recipient *out,
                                                          quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_one(repo.db, &letters_find_by_id_with_recipient_statement, args, NULL, out,
                           err);
}

static const quire_field letter_with_sender_fields[] = {
    { "id", NULL, 23, offsetof(everything_letter_with_sender, id), QUIRE_TYPE_INT4, 0 },
    { "sender_id", NULL, 23, offsetof(everything_letter_with_sender, sender_id), QUIRE_TYPE_INT4, 0 },
    { "recipient_id", NULL, 23, offsetof(everything_letter_with_sender, recipient_id), QUIRE_TYPE_INT4, QUIRE_FIELD_NULLABLE },
    { "people", NULL, 25, offsetof(everything_letter_with_sender, people), QUIRE_TYPE_TEXT, QUIRE_FIELD_NULLABLE },
    { "sender", NULL, 25, offsetof(everything_letter_with_sender, sender), QUIRE_TYPE_TEXT, QUIRE_FIELD_NULLABLE },
    { "id", NULL, 23, offsetof(everything_letter_with_sender, sender_row.id), QUIRE_TYPE_INT4, 0 },
    { "name", NULL, 25, offsetof(everything_letter_with_sender, sender_row.name), QUIRE_TYPE_TEXT, 0 },
    { "mother_id", NULL, 23, offsetof(everything_letter_with_sender, sender_row.mother_id), QUIRE_TYPE_INT4, QUIRE_FIELD_NULLABLE },
    { "friend", NULL, 23, offsetof(everything_letter_with_sender, sender_row.friend_), QUIRE_TYPE_INT4, QUIRE_FIELD_NULLABLE },
    { "deleted_at", NULL, 1184, offsetof(everything_letter_with_sender, sender_row.deleted_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_FIELD_NULLABLE },
    { "updated_at", NULL, 1184, offsetof(everything_letter_with_sender, sender_row.updated_at), QUIRE_TYPE_TIMESTAMPTZ, 0 },
};
static const quire_row_type letter_with_sender_type = {
    "everything_letter_with_sender", sizeof(everything_letter_with_sender), offsetof(everything_letter_with_sender, owner_),
    letter_with_sender_fields, 11, NULL, 0,
};

void everything_letter_with_sender_free(everything_letter_with_sender *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

static const quire_param letters_find_by_id_with_sender_params[] = {
    { "id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const quire_statement letters_find_by_id_with_sender_statement = {
    "letters.find_by_id_with_sender",
    "select t.id, t.sender_id, t.recipient_id, t.people, t.sender,\n"
    "       p.id, p.name, p.mother_id, p.friend, p.deleted_at, p.updated_at\n"
    "from letters t\n"
    "join people p on p.id = t.sender_id\n"
    "where t.id = $1",
    NULL, 0, NULL, 0,
    letters_find_by_id_with_sender_params, 1, &letter_with_sender_type, 0,
};

quire_status everything_letters_find_by_id_with_sender(everything_letters_repo repo, int32_t id,
                                                       everything_letter_with_sender *out,
                                                       quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_one(repo.db, &letters_find_by_id_with_sender_statement, args, NULL, out,
                           err);
}

/*
 * insert into log_lines (line)
 * values (:line)
 * returning line
 */
static const quire_param log_lines_create_params[] = {
    { "line", NULL, 25, offsetof(everything_log_line_new, line), QUIRE_TYPE_TEXT, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
};
static const quire_part log_lines_create_parts[] = {
    { "insert into log_lines (", QUIRE_NONE, QUIRE_NONE, 0 },
    { "line", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { ")\n"
      "values (", QUIRE_NONE, QUIRE_NONE, 0 },
    { "", 0, QUIRE_NONE, QUIRE_PART_ITEM },
    { ")\n"
      "returning line", QUIRE_NONE, QUIRE_NONE, 0 },
};
static const quire_statement log_lines_create_statement = {
    "log_lines.create",
    NULL,
    log_lines_create_parts, 5, NULL, 0,
    log_lines_create_params, 1, &log_line_type, QUIRE_STATEMENT_WRITES,
};

quire_status everything_log_lines_create(everything_log_lines_repo repo,
                                         const everything_log_line_new *values,
                                         everything_log_line *out, quire_error *err)
{
    return quire_fetch_one(repo.db, &log_lines_create_statement, NULL, values, out, err);
}

static const quire_param measures_find_by_id_params[] = {
    { "taken_on", NULL, 1082, 0, QUIRE_TYPE_DATE, 0 },
};
static const quire_statement measures_find_by_id_statement = {
    "measures.find_by_id",
    "select taken_on, value\n"
    "from measures\n"
    "where taken_on = $1",
    NULL, 0, NULL, 0,
    measures_find_by_id_params, 1, &measure_type, 0,
};

quire_status everything_measures_find_by_id(everything_measures_repo repo, quire_date taken_on,
                                            everything_measure *out, quire_error *err)
{
    const void *const args[] = { &taken_on };
    return quire_fetch_one(repo.db, &measures_find_by_id_statement, args, NULL, out, err);
}

/*
 * insert into measures (taken_on
 *     [if set] value)
 * values (:taken_on
 *     [if set] :value)
 * returning taken_on, value
 */
static const quire_param measures_create_params[] = {
    { "taken_on", NULL, 1082, offsetof(everything_measure_new, taken_on), QUIRE_TYPE_DATE, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "value", NULL, 23, offsetof(everything_measure_new, value), QUIRE_TYPE_INT4, QUIRE_PARAM_OPTIONAL },
};
static const uint16_t measures_create_when_0[] = { 1 };
static const quire_condition measures_create_conditions[] = {
    { measures_create_when_0, 1, 0, 0 },
};
static const quire_part measures_create_parts[] = {
    { "insert into measures (", QUIRE_NONE, QUIRE_NONE, 0 },
    { "taken_on", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "value", QUIRE_NONE, 0, QUIRE_PART_ITEM },
    { ")\n"
      "values (", QUIRE_NONE, QUIRE_NONE, 0 },
    { "", 0, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 1, 0, QUIRE_PART_ITEM },
    { ")\n"
      "returning taken_on, value", QUIRE_NONE, QUIRE_NONE, 0 },
};
static const quire_statement measures_create_statement = {
    "measures.create",
    NULL,
    measures_create_parts, 7, measures_create_conditions, 1,
    measures_create_params, 2, &measure_type, QUIRE_STATEMENT_WRITES,
};

quire_status everything_measures_create(everything_measures_repo repo,
                                        const everything_measure_new *values,
                                        everything_measure *out, quire_error *err)
{
    return quire_fetch_one(repo.db, &measures_create_statement, NULL, values, out, err);
}

/*
 * update measures
 * set [if set] value = :value
 * where taken_on = :taken_on
 * returning taken_on, value
 */
static const quire_param measures_update_params[] = {
    { "value", NULL, 23, offsetof(everything_measure_changes, value), QUIRE_TYPE_INT4, QUIRE_PARAM_OPTIONAL },
    { "taken_on", NULL, 1082, 0, QUIRE_TYPE_DATE, 0 },
};
static const uint16_t measures_update_when_0[] = { 0 };
static const quire_condition measures_update_conditions[] = {
    { measures_update_when_0, 1, 0, 0 },
};
static const quire_part measures_update_parts[] = {
    { "update measures\n"
      "set ", QUIRE_NONE, QUIRE_NONE, 0 },
    { "value = ", 0, 0, QUIRE_PART_ITEM },
    { "\nwhere taken_on = ", 1, QUIRE_NONE, 0 },
    { "\nreturning taken_on, value", QUIRE_NONE, QUIRE_NONE, 0 },
};
static const quire_statement measures_update_statement = {
    "measures.update",
    NULL,
    measures_update_parts, 4, measures_update_conditions, 1,
    measures_update_params, 2, &measure_type, QUIRE_STATEMENT_WRITES | QUIRE_STATEMENT_CHANGES,
};

quire_status everything_measures_update(everything_measures_repo repo, quire_date taken_on,
                                        const everything_measure_changes *changes,
                                        everything_measure *out, quire_error *err)
{
    const void *const args[] = { &taken_on };
    return quire_fetch_one(repo.db, &measures_update_statement, args, changes, out, err);
}

static const quire_param measures_delete_params[] = {
    { "taken_on", NULL, 1082, 0, QUIRE_TYPE_DATE, 0 },
};
static const quire_statement measures_delete_statement = {
    "measures.delete",
    "delete from measures\n"
    "where taken_on = $1",
    NULL, 0, NULL, 0,
    measures_delete_params, 1, NULL, QUIRE_STATEMENT_WRITES,
};

quire_status everything_measures_delete(everything_measures_repo repo, quire_date taken_on,
                                        quire_error *err)
{
    const void *const args[] = { &taken_on };
    return quire_execute_one(repo.db, &measures_delete_statement, args, NULL, err);
}

static const quire_param memberships_find_by_id_params[] = {
    { "person_id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
    { "club_id", NULL, 23, 1, QUIRE_TYPE_INT4, 0 },
};
static const quire_statement memberships_find_by_id_statement = {
    "memberships.find_by_id",
    "select person_id, club_id\n"
    "from memberships\n"
    "where person_id = $1\n"
    "  and club_id = $2",
    NULL, 0, NULL, 0,
    memberships_find_by_id_params, 2, &membership_type, 0,
};

quire_status everything_memberships_find_by_id(everything_memberships_repo repo, int32_t person_id,
                                               int32_t club_id, everything_membership *out,
                                               quire_error *err)
{
    const void *const args[] = { &person_id, &club_id };
    return quire_fetch_one(repo.db, &memberships_find_by_id_statement, args, NULL, out, err);
}

/*
 * insert into memberships (person_id
 *     club_id)
 * values (:person_id
 *     :club_id)
 * returning person_id, club_id
 */
static const quire_param memberships_create_params[] = {
    { "person_id", NULL, 23, offsetof(everything_membership_new, person_id), QUIRE_TYPE_INT4, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "club_id", NULL, 23, offsetof(everything_membership_new, club_id), QUIRE_TYPE_INT4, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
};
static const quire_part memberships_create_parts[] = {
    { "insert into memberships (", QUIRE_NONE, QUIRE_NONE, 0 },
    { "person_id", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "club_id", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { ")\n"
      "values (", QUIRE_NONE, QUIRE_NONE, 0 },
    { "", 0, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 1, QUIRE_NONE, QUIRE_PART_ITEM },
    { ")\n"
      "returning person_id, club_id", QUIRE_NONE, QUIRE_NONE, 0 },
};
static const quire_statement memberships_create_statement = {
    "memberships.create",
    NULL,
    memberships_create_parts, 7, NULL, 0,
    memberships_create_params, 2, &membership_type, QUIRE_STATEMENT_WRITES,
};

quire_status everything_memberships_create(everything_memberships_repo repo,
                                           const everything_membership_new *values,
                                           everything_membership *out, quire_error *err)
{
    return quire_fetch_one(repo.db, &memberships_create_statement, NULL, values, out, err);
}

static const quire_param memberships_delete_params[] = {
    { "person_id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
    { "club_id", NULL, 23, 1, QUIRE_TYPE_INT4, 0 },
};
static const quire_statement memberships_delete_statement = {
    "memberships.delete",
    "delete from memberships\n"
    "where person_id = $1\n"
    "  and club_id = $2",
    NULL, 0, NULL, 0,
    memberships_delete_params, 2, NULL, QUIRE_STATEMENT_WRITES,
};

quire_status everything_memberships_delete(everything_memberships_repo repo, int32_t person_id,
                                           int32_t club_id, quire_error *err)
{
    const void *const args[] = { &person_id, &club_id };
    return quire_execute_one(repo.db, &memberships_delete_statement, args, NULL, err);
}

static const quire_param nullable_kinds_find_by_id_params[] = {
    { "id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const quire_statement nullable_kinds_find_by_id_statement = {
    "nullable_kinds.find_by_id",
    "select id, a_bool, a_int2, a_int4, a_int8, a_float8, a_numeric, a_text, a_jsonb, "
    "a_bytea,\n"
    "       a_uuid, a_date, a_timestamptz, a_interval, a_mood, a_positive, ints, "
    "texts, moods,\n"
    "       numerics\n"
    "from nullable_kinds\n"
    "where id = $1",
    NULL, 0, NULL, 0,
    nullable_kinds_find_by_id_params, 1, &nullable_kind_type, 0,
};

quire_status everything_nullable_kinds_find_by_id(everything_nullable_kinds_repo repo, int32_t id,
                                                  everything_nullable_kind *out, quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_one(repo.db, &nullable_kinds_find_by_id_statement, args, NULL, out, err);
}

/*
 * insert into nullable_kinds (a_bool
 *     [if set] a_int2
 *     [if set] a_int4
 *     [if set] a_int8
 *     [if set] a_float8
 *     [if set] a_numeric
 *     [if set] a_text
 *     [if set] a_jsonb
 *     [if set] a_bytea
 *     [if set] a_uuid
 *     [if set] a_date
 *     [if set] a_timestamptz
 *     [if set] a_interval
 *     [if set] a_mood
 *     [if set] a_positive
 *     [if set] ints
 *     [if set] texts
 *     [if set] moods
 *     [if set] numerics)
 * values ([if set] :a_bool
 *     [else] default
 *     [if set] :a_int2
 *     [if set] :a_int4
 *     [if set] :a_int8
 *     [if set] :a_float8
 *     [if set] :a_numeric
 *     [if set] :a_text
 *     [if set] :a_jsonb
 *     [if set] :a_bytea
 *     [if set] :a_uuid
 *     [if set] :a_date
 *     [if set] :a_timestamptz
 *     [if set] :a_interval
 *     [if set] :a_mood
 *     [if set] :a_positive
 *     [if set] :ints
 *     [if set] :texts
 *     [if set] :moods
 *     [if set] :numerics)
 * returning id, a_bool, a_int2, a_int4, a_int8, a_float8, a_numeric, a_text, a_jsonb,
 *           a_bytea, a_uuid, a_date, a_timestamptz, a_interval, a_mood, a_positive, ints,
 *           texts, moods, numerics
 */
static const quire_param nullable_kinds_create_params[] = {
    { "a_bool", NULL, 16, offsetof(everything_nullable_kind_new, a_bool), QUIRE_TYPE_BOOL, QUIRE_PARAM_OPTIONAL },
    { "a_int2", NULL, 21, offsetof(everything_nullable_kind_new, a_int2), QUIRE_TYPE_INT2, QUIRE_PARAM_OPTIONAL },
    { "a_int4", NULL, 23, offsetof(everything_nullable_kind_new, a_int4), QUIRE_TYPE_INT4, QUIRE_PARAM_OPTIONAL },
    { "a_int8", NULL, 20, offsetof(everything_nullable_kind_new, a_int8), QUIRE_TYPE_INT8, QUIRE_PARAM_OPTIONAL },
    { "a_float8", NULL, 701, offsetof(everything_nullable_kind_new, a_float8), QUIRE_TYPE_FLOAT8, QUIRE_PARAM_OPTIONAL },
    { "a_numeric", NULL, 1700, offsetof(everything_nullable_kind_new, a_numeric), QUIRE_TYPE_DECIMAL, QUIRE_PARAM_OPTIONAL },
    { "a_text", NULL, 25, offsetof(everything_nullable_kind_new, a_text), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL },
    { "a_jsonb", NULL, 3802, offsetof(everything_nullable_kind_new, a_jsonb), QUIRE_TYPE_JSONB, QUIRE_PARAM_OPTIONAL },
    { "a_bytea", NULL, 17, offsetof(everything_nullable_kind_new, a_bytea), QUIRE_TYPE_BYTES, QUIRE_PARAM_OPTIONAL },
    { "a_uuid", NULL, 2950, offsetof(everything_nullable_kind_new, a_uuid), QUIRE_TYPE_UUID, QUIRE_PARAM_OPTIONAL },
    { "a_date", NULL, 1082, offsetof(everything_nullable_kind_new, a_date), QUIRE_TYPE_DATE, QUIRE_PARAM_OPTIONAL },
    { "a_timestamptz", NULL, 1184, offsetof(everything_nullable_kind_new, a_timestamptz), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_PARAM_OPTIONAL },
    { "a_interval", NULL, 1186, offsetof(everything_nullable_kind_new, a_interval), QUIRE_TYPE_INTERVAL, QUIRE_PARAM_OPTIONAL },
    { "a_mood", &mood_enum, 0, offsetof(everything_nullable_kind_new, a_mood), QUIRE_TYPE_ENUM, QUIRE_PARAM_OPTIONAL },
    { "a_positive", NULL, 23, offsetof(everything_nullable_kind_new, a_positive), QUIRE_TYPE_INT4, QUIRE_PARAM_OPTIONAL },
    { "ints", NULL, 1007, offsetof(everything_nullable_kind_new, ints), QUIRE_TYPE_INT4, QUIRE_PARAM_OPTIONAL | QUIRE_FIELD_ARRAY },
    { "texts", NULL, 1009, offsetof(everything_nullable_kind_new, texts), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL | QUIRE_FIELD_ARRAY },
    { "moods", &mood_enum, 0, offsetof(everything_nullable_kind_new, moods), QUIRE_TYPE_ENUM, QUIRE_PARAM_OPTIONAL | QUIRE_FIELD_ARRAY },
    { "numerics", NULL, 1231, offsetof(everything_nullable_kind_new, numerics), QUIRE_TYPE_DECIMAL, QUIRE_PARAM_OPTIONAL | QUIRE_FIELD_ARRAY },
};
static const uint16_t nullable_kinds_create_when_0[] = { 0 };
static const uint16_t nullable_kinds_create_when_1[] = { 1 };
static const uint16_t nullable_kinds_create_when_2[] = { 2 };
static const uint16_t nullable_kinds_create_when_3[] = { 3 };
static const uint16_t nullable_kinds_create_when_4[] = { 4 };
static const uint16_t nullable_kinds_create_when_5[] = { 5 };
static const uint16_t nullable_kinds_create_when_6[] = { 6 };
static const uint16_t nullable_kinds_create_when_7[] = { 7 };
static const uint16_t nullable_kinds_create_when_8[] = { 8 };
static const uint16_t nullable_kinds_create_when_9[] = { 9 };
static const uint16_t nullable_kinds_create_when_10[] = { 10 };
static const uint16_t nullable_kinds_create_when_11[] = { 11 };
static const uint16_t nullable_kinds_create_when_12[] = { 12 };
static const uint16_t nullable_kinds_create_when_13[] = { 13 };
static const uint16_t nullable_kinds_create_when_14[] = { 14 };
static const uint16_t nullable_kinds_create_when_15[] = { 15 };
static const uint16_t nullable_kinds_create_when_16[] = { 16 };
static const uint16_t nullable_kinds_create_when_17[] = { 17 };
static const uint16_t nullable_kinds_create_when_18[] = { 18 };
static const quire_condition nullable_kinds_create_conditions[] = {
    { nullable_kinds_create_when_0, 1, 0, 0 },
    { nullable_kinds_create_when_1, 1, 0, 0 },
    { nullable_kinds_create_when_2, 1, 0, 0 },
    { nullable_kinds_create_when_3, 1, 0, 0 },
    { nullable_kinds_create_when_4, 1, 0, 0 },
    { nullable_kinds_create_when_5, 1, 0, 0 },
    { nullable_kinds_create_when_6, 1, 0, 0 },
    { nullable_kinds_create_when_7, 1, 0, 0 },
    { nullable_kinds_create_when_8, 1, 0, 0 },
    { nullable_kinds_create_when_9, 1, 0, 0 },
    { nullable_kinds_create_when_10, 1, 0, 0 },
    { nullable_kinds_create_when_11, 1, 0, 0 },
    { nullable_kinds_create_when_12, 1, 0, 0 },
    { nullable_kinds_create_when_13, 1, 0, 0 },
    { nullable_kinds_create_when_14, 1, 0, 0 },
    { nullable_kinds_create_when_15, 1, 0, 0 },
    { nullable_kinds_create_when_16, 1, 0, 0 },
    { nullable_kinds_create_when_17, 1, 0, 0 },
    { nullable_kinds_create_when_18, 1, 0, 0 },
};
static const quire_part nullable_kinds_create_parts[] = {
    { "insert into nullable_kinds (", QUIRE_NONE, QUIRE_NONE, 0 },
    { "a_bool", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "a_int2", QUIRE_NONE, 1, QUIRE_PART_ITEM },
    { "a_int4", QUIRE_NONE, 2, QUIRE_PART_ITEM },
    { "a_int8", QUIRE_NONE, 3, QUIRE_PART_ITEM },
    { "a_float8", QUIRE_NONE, 4, QUIRE_PART_ITEM },
    { "a_numeric", QUIRE_NONE, 5, QUIRE_PART_ITEM },
    { "a_text", QUIRE_NONE, 6, QUIRE_PART_ITEM },
    { "a_jsonb", QUIRE_NONE, 7, QUIRE_PART_ITEM },
    { "a_bytea", QUIRE_NONE, 8, QUIRE_PART_ITEM },
    { "a_uuid", QUIRE_NONE, 9, QUIRE_PART_ITEM },
    { "a_date", QUIRE_NONE, 10, QUIRE_PART_ITEM },
    { "a_timestamptz", QUIRE_NONE, 11, QUIRE_PART_ITEM },
    { "a_interval", QUIRE_NONE, 12, QUIRE_PART_ITEM },
    { "a_mood", QUIRE_NONE, 13, QUIRE_PART_ITEM },
    { "a_positive", QUIRE_NONE, 14, QUIRE_PART_ITEM },
    { "ints", QUIRE_NONE, 15, QUIRE_PART_ITEM },
    { "texts", QUIRE_NONE, 16, QUIRE_PART_ITEM },
    { "moods", QUIRE_NONE, 17, QUIRE_PART_ITEM },
    { "numerics", QUIRE_NONE, 18, QUIRE_PART_ITEM },
    { ")\n"
      "values (", QUIRE_NONE, QUIRE_NONE, 0 },
    { "", 0, 0, QUIRE_PART_ITEM },
    { "default", QUIRE_NONE, 0, QUIRE_PART_ITEM | QUIRE_PART_ELSE },
    { "", 1, 1, QUIRE_PART_ITEM },
    { "", 2, 2, QUIRE_PART_ITEM },
    { "", 3, 3, QUIRE_PART_ITEM },
    { "", 4, 4, QUIRE_PART_ITEM },
    { "", 5, 5, QUIRE_PART_ITEM },
    { "", 6, 6, QUIRE_PART_ITEM },
    { "", 7, 7, QUIRE_PART_ITEM },
    { "", 8, 8, QUIRE_PART_ITEM },
    { "", 9, 9, QUIRE_PART_ITEM },
    { "", 10, 10, QUIRE_PART_ITEM },
    { "", 11, 11, QUIRE_PART_ITEM },
    { "", 12, 12, QUIRE_PART_ITEM },
    { "", 13, 13, QUIRE_PART_ITEM },
    { "", 14, 14, QUIRE_PART_ITEM },
    { "", 15, 15, QUIRE_PART_ITEM },
    { "", 16, 16, QUIRE_PART_ITEM },
    { "", 17, 17, QUIRE_PART_ITEM },
    { "", 18, 18, QUIRE_PART_ITEM },
    { ")\n"
      "returning id, a_bool, a_int2, a_int4, a_int8, a_float8, a_numeric, a_text, "
      "a_jsonb,\n"
      "          a_bytea, a_uuid, a_date, a_timestamptz, a_interval, a_mood, a_positive, "
      "ints,\n"
      "          texts, moods, numerics", QUIRE_NONE, QUIRE_NONE, 0 },
};
static const quire_statement nullable_kinds_create_statement = {
    "nullable_kinds.create",
    NULL,
    nullable_kinds_create_parts, 42, nullable_kinds_create_conditions, 19,
    nullable_kinds_create_params, 19, &nullable_kind_type, QUIRE_STATEMENT_WRITES,
};

quire_status everything_nullable_kinds_create(everything_nullable_kinds_repo repo,
                                              const everything_nullable_kind_new *values,
                                              everything_nullable_kind *out, quire_error *err)
{
    return quire_fetch_one(repo.db, &nullable_kinds_create_statement, NULL, values, out, err);
}

/*
 * update nullable_kinds
 * set [if set] a_bool = :a_bool
 *     [if set] a_int2 = :a_int2
 *     [if set] a_int4 = :a_int4
 *     [if set] a_int8 = :a_int8
 *     [if set] a_float8 = :a_float8
 *     [if set] a_numeric = :a_numeric
 *     [if set] a_text = :a_text
 *     [if set] a_jsonb = :a_jsonb
 *     [if set] a_bytea = :a_bytea
 *     [if set] a_uuid = :a_uuid
 *     [if set] a_date = :a_date
 *     [if set] a_timestamptz = :a_timestamptz
 *     [if set] a_interval = :a_interval
 *     [if set] a_mood = :a_mood
 *     [if set] a_positive = :a_positive
 *     [if set] ints = :ints
 *     [if set] texts = :texts
 *     [if set] moods = :moods
 *     [if set] numerics = :numerics
 * where id = :id
 * returning id, a_bool, a_int2, a_int4, a_int8, a_float8, a_numeric, a_text, a_jsonb,
 *           a_bytea, a_uuid, a_date, a_timestamptz, a_interval, a_mood, a_positive, ints,
 *           texts, moods, numerics
 */
static const quire_param nullable_kinds_update_params[] = {
    { "a_bool", NULL, 16, offsetof(everything_nullable_kind_changes, a_bool), QUIRE_TYPE_BOOL, QUIRE_PARAM_OPTIONAL },
    { "a_int2", NULL, 21, offsetof(everything_nullable_kind_changes, a_int2), QUIRE_TYPE_INT2, QUIRE_PARAM_OPTIONAL },
    { "a_int4", NULL, 23, offsetof(everything_nullable_kind_changes, a_int4), QUIRE_TYPE_INT4, QUIRE_PARAM_OPTIONAL },
    { "a_int8", NULL, 20, offsetof(everything_nullable_kind_changes, a_int8), QUIRE_TYPE_INT8, QUIRE_PARAM_OPTIONAL },
    { "a_float8", NULL, 701, offsetof(everything_nullable_kind_changes, a_float8), QUIRE_TYPE_FLOAT8, QUIRE_PARAM_OPTIONAL },
    { "a_numeric", NULL, 1700, offsetof(everything_nullable_kind_changes, a_numeric), QUIRE_TYPE_DECIMAL, QUIRE_PARAM_OPTIONAL },
    { "a_text", NULL, 25, offsetof(everything_nullable_kind_changes, a_text), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL },
    { "a_jsonb", NULL, 3802, offsetof(everything_nullable_kind_changes, a_jsonb), QUIRE_TYPE_JSONB, QUIRE_PARAM_OPTIONAL },
    { "a_bytea", NULL, 17, offsetof(everything_nullable_kind_changes, a_bytea), QUIRE_TYPE_BYTES, QUIRE_PARAM_OPTIONAL },
    { "a_uuid", NULL, 2950, offsetof(everything_nullable_kind_changes, a_uuid), QUIRE_TYPE_UUID, QUIRE_PARAM_OPTIONAL },
    { "a_date", NULL, 1082, offsetof(everything_nullable_kind_changes, a_date), QUIRE_TYPE_DATE, QUIRE_PARAM_OPTIONAL },
    { "a_timestamptz", NULL, 1184, offsetof(everything_nullable_kind_changes, a_timestamptz), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_PARAM_OPTIONAL },
    { "a_interval", NULL, 1186, offsetof(everything_nullable_kind_changes, a_interval), QUIRE_TYPE_INTERVAL, QUIRE_PARAM_OPTIONAL },
    { "a_mood", &mood_enum, 0, offsetof(everything_nullable_kind_changes, a_mood), QUIRE_TYPE_ENUM, QUIRE_PARAM_OPTIONAL },
    { "a_positive", NULL, 23, offsetof(everything_nullable_kind_changes, a_positive), QUIRE_TYPE_INT4, QUIRE_PARAM_OPTIONAL },
    { "ints", NULL, 1007, offsetof(everything_nullable_kind_changes, ints), QUIRE_TYPE_INT4, QUIRE_PARAM_OPTIONAL | QUIRE_FIELD_ARRAY },
    { "texts", NULL, 1009, offsetof(everything_nullable_kind_changes, texts), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL | QUIRE_FIELD_ARRAY },
    { "moods", &mood_enum, 0, offsetof(everything_nullable_kind_changes, moods), QUIRE_TYPE_ENUM, QUIRE_PARAM_OPTIONAL | QUIRE_FIELD_ARRAY },
    { "numerics", NULL, 1231, offsetof(everything_nullable_kind_changes, numerics), QUIRE_TYPE_DECIMAL, QUIRE_PARAM_OPTIONAL | QUIRE_FIELD_ARRAY },
    { "id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const uint16_t nullable_kinds_update_when_0[] = { 0 };
static const uint16_t nullable_kinds_update_when_1[] = { 1 };
static const uint16_t nullable_kinds_update_when_2[] = { 2 };
static const uint16_t nullable_kinds_update_when_3[] = { 3 };
static const uint16_t nullable_kinds_update_when_4[] = { 4 };
static const uint16_t nullable_kinds_update_when_5[] = { 5 };
static const uint16_t nullable_kinds_update_when_6[] = { 6 };
static const uint16_t nullable_kinds_update_when_7[] = { 7 };
static const uint16_t nullable_kinds_update_when_8[] = { 8 };
static const uint16_t nullable_kinds_update_when_9[] = { 9 };
static const uint16_t nullable_kinds_update_when_10[] = { 10 };
static const uint16_t nullable_kinds_update_when_11[] = { 11 };
static const uint16_t nullable_kinds_update_when_12[] = { 12 };
static const uint16_t nullable_kinds_update_when_13[] = { 13 };
static const uint16_t nullable_kinds_update_when_14[] = { 14 };
static const uint16_t nullable_kinds_update_when_15[] = { 15 };
static const uint16_t nullable_kinds_update_when_16[] = { 16 };
static const uint16_t nullable_kinds_update_when_17[] = { 17 };
static const uint16_t nullable_kinds_update_when_18[] = { 18 };
static const quire_condition nullable_kinds_update_conditions[] = {
    { nullable_kinds_update_when_0, 1, 0, 0 },
    { nullable_kinds_update_when_1, 1, 0, 0 },
    { nullable_kinds_update_when_2, 1, 0, 0 },
    { nullable_kinds_update_when_3, 1, 0, 0 },
    { nullable_kinds_update_when_4, 1, 0, 0 },
    { nullable_kinds_update_when_5, 1, 0, 0 },
    { nullable_kinds_update_when_6, 1, 0, 0 },
    { nullable_kinds_update_when_7, 1, 0, 0 },
    { nullable_kinds_update_when_8, 1, 0, 0 },
    { nullable_kinds_update_when_9, 1, 0, 0 },
    { nullable_kinds_update_when_10, 1, 0, 0 },
    { nullable_kinds_update_when_11, 1, 0, 0 },
    { nullable_kinds_update_when_12, 1, 0, 0 },
    { nullable_kinds_update_when_13, 1, 0, 0 },
    { nullable_kinds_update_when_14, 1, 0, 0 },
    { nullable_kinds_update_when_15, 1, 0, 0 },
    { nullable_kinds_update_when_16, 1, 0, 0 },
    { nullable_kinds_update_when_17, 1, 0, 0 },
    { nullable_kinds_update_when_18, 1, 0, 0 },
};
static const quire_part nullable_kinds_update_parts[] = {
    { "update nullable_kinds\n"
      "set ", QUIRE_NONE, QUIRE_NONE, 0 },
    { "a_bool = ", 0, 0, QUIRE_PART_ITEM },
    { "a_int2 = ", 1, 1, QUIRE_PART_ITEM },
    { "a_int4 = ", 2, 2, QUIRE_PART_ITEM },
    { "a_int8 = ", 3, 3, QUIRE_PART_ITEM },
    { "a_float8 = ", 4, 4, QUIRE_PART_ITEM },
    { "a_numeric = ", 5, 5, QUIRE_PART_ITEM },
    { "a_text = ", 6, 6, QUIRE_PART_ITEM },
    { "a_jsonb = ", 7, 7, QUIRE_PART_ITEM },
    { "a_bytea = ", 8, 8, QUIRE_PART_ITEM },
    { "a_uuid = ", 9, 9, QUIRE_PART_ITEM },
    { "a_date = ", 10, 10, QUIRE_PART_ITEM },
    { "a_timestamptz = ", 11, 11, QUIRE_PART_ITEM },
    { "a_interval = ", 12, 12, QUIRE_PART_ITEM },
    { "a_mood = ", 13, 13, QUIRE_PART_ITEM },
    { "a_positive = ", 14, 14, QUIRE_PART_ITEM },
    { "ints = ", 15, 15, QUIRE_PART_ITEM },
    { "texts = ", 16, 16, QUIRE_PART_ITEM },
    { "moods = ", 17, 17, QUIRE_PART_ITEM },
    { "numerics = ", 18, 18, QUIRE_PART_ITEM },
    { "\nwhere id = ", 19, QUIRE_NONE, 0 },
    { "\nreturning id, a_bool, a_int2, a_int4, a_int8, a_float8, a_numeric, a_text, "
      "a_jsonb,\n"
      "          a_bytea, a_uuid, a_date, a_timestamptz, a_interval, a_mood, a_positive, "
      "ints,\n"
      "          texts, moods, numerics", QUIRE_NONE, QUIRE_NONE, 0 },
};
static const quire_statement nullable_kinds_update_statement = {
    "nullable_kinds.update",
    NULL,
    nullable_kinds_update_parts, 22, nullable_kinds_update_conditions, 19,
    nullable_kinds_update_params, 20, &nullable_kind_type, QUIRE_STATEMENT_WRITES | QUIRE_STATEMENT_CHANGES,
};

quire_status everything_nullable_kinds_update(everything_nullable_kinds_repo repo, int32_t id,
                                              const everything_nullable_kind_changes *changes,
                                              everything_nullable_kind *out, quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_one(repo.db, &nullable_kinds_update_statement, args, changes, out, err);
}

static const quire_param nullable_kinds_delete_params[] = {
    { "id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const quire_statement nullable_kinds_delete_statement = {
    "nullable_kinds.delete",
    "delete from nullable_kinds\n"
    "where id = $1",
    NULL, 0, NULL, 0,
    nullable_kinds_delete_params, 1, NULL, QUIRE_STATEMENT_WRITES,
};

quire_status everything_nullable_kinds_delete(everything_nullable_kinds_repo repo, int32_t id,
                                              quire_error *err)
{
    const void *const args[] = { &id };
    return quire_execute_one(repo.db, &nullable_kinds_delete_statement, args, NULL, err);
}

static const quire_param partly_left_out_find_by_id_params[] = {
    { "id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const quire_statement partly_left_out_find_by_id_statement = {
    "partly_left_out.find_by_id",
    "select id\n"
    "from partly_left_out\n"
    "where id = $1",
    NULL, 0, NULL, 0,
    partly_left_out_find_by_id_params, 1, &partly_left_out_type, 0,
};

quire_status everything_partly_left_out_find_by_id(everything_partly_left_out_repo repo, int32_t id,
                                                   everything_partly_left_out *out,
                                                   quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_one(repo.db, &partly_left_out_find_by_id_statement, args, NULL, out, err);
}

/*
 * insert into partly_left_out (id)
 * values (:id)
 * returning id
 */
static const quire_param partly_left_out_create_params[] = {
    { "id", NULL, 23, offsetof(everything_partly_left_out_new, id), QUIRE_TYPE_INT4, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
};
static const quire_part partly_left_out_create_parts[] = {
    { "insert into partly_left_out (", QUIRE_NONE, QUIRE_NONE, 0 },
    { "id", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { ")\n"
      "values (", QUIRE_NONE, QUIRE_NONE, 0 },
    { "", 0, QUIRE_NONE, QUIRE_PART_ITEM },
    { ")\n"
      "returning id", QUIRE_NONE, QUIRE_NONE, 0 },
};
static const quire_statement partly_left_out_create_statement = {
    "partly_left_out.create",
    NULL,
    partly_left_out_create_parts, 5, NULL, 0,
    partly_left_out_create_params, 1, &partly_left_out_type, QUIRE_STATEMENT_WRITES,
};

quire_status everything_partly_left_out_create(everything_partly_left_out_repo repo,
                                               const everything_partly_left_out_new *values,
                                               everything_partly_left_out *out, quire_error *err)
{
    return quire_fetch_one(repo.db, &partly_left_out_create_statement, NULL, values, out, err);
}

static const quire_param partly_left_out_delete_params[] = {
    { "id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const quire_statement partly_left_out_delete_statement = {
    "partly_left_out.delete",
    "delete from partly_left_out\n"
    "where id = $1",
    NULL, 0, NULL, 0,
    partly_left_out_delete_params, 1, NULL, QUIRE_STATEMENT_WRITES,
};

quire_status everything_partly_left_out_delete(everything_partly_left_out_repo repo, int32_t id,
                                               quire_error *err)
{
    const void *const args[] = { &id };
    return quire_execute_one(repo.db, &partly_left_out_delete_statement, args, NULL, err);
}

static const quire_param people_find_by_id_params[] = {
    { "id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const quire_statement people_find_by_id_statement = {
    "people.find_by_id",
    "select id, name, mother_id, friend, deleted_at, updated_at\n"
    "from people\n"
    "where id = $1\n"
    "  and deleted_at is null",
    NULL, 0, NULL, 0,
    people_find_by_id_params, 1, &somebody_type, 0,
};

quire_status everything_people_find_by_id(everything_people_repo repo, int32_t id,
                                          everything_somebody *out, quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_one(repo.db, &people_find_by_id_statement, args, NULL, out, err);
}

/*
 * insert into people (id
 *     name
 *     [if set] mother_id
 *     [if set] friend
 *     [if set] deleted_at
 *     [if set] updated_at)
 * values (:id
 *     :name
 *     [if set] :mother_id
 *     [if set] :friend_
 *     [if set] :deleted_at
 *     [if set] :updated_at)
 * returning id, name, mother_id, friend, deleted_at, updated_at
 */
static const quire_param people_create_params[] = {
    { "id", NULL, 23, offsetof(everything_somebody_new, id), QUIRE_TYPE_INT4, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "name", NULL, 25, offsetof(everything_somebody_new, name), QUIRE_TYPE_TEXT, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "mother_id", NULL, 23, offsetof(everything_somebody_new, mother_id), QUIRE_TYPE_INT4, QUIRE_PARAM_OPTIONAL },
    { "friend", NULL, 23, offsetof(everything_somebody_new, friend_), QUIRE_TYPE_INT4, QUIRE_PARAM_OPTIONAL },
    { "deleted_at", NULL, 1184, offsetof(everything_somebody_new, deleted_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_PARAM_OPTIONAL },
    { "updated_at", NULL, 1184, offsetof(everything_somebody_new, updated_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
};
static const uint16_t people_create_when_0[] = { 2 };
static const uint16_t people_create_when_1[] = { 3 };
static const uint16_t people_create_when_2[] = { 4 };
static const uint16_t people_create_when_3[] = { 5 };
static const quire_condition people_create_conditions[] = {
    { people_create_when_0, 1, 0, 0 },
    { people_create_when_1, 1, 0, 0 },
    { people_create_when_2, 1, 0, 0 },
    { people_create_when_3, 1, 0, 0 },
};
static const quire_part people_create_parts[] = {
    { "insert into people (", QUIRE_NONE, QUIRE_NONE, 0 },
    { "id", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "name", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "mother_id", QUIRE_NONE, 0, QUIRE_PART_ITEM },
    { "friend", QUIRE_NONE, 1, QUIRE_PART_ITEM },
    { "deleted_at", QUIRE_NONE, 2, QUIRE_PART_ITEM },
    { "updated_at", QUIRE_NONE, 3, QUIRE_PART_ITEM },
    { ")\n"
      "values (", QUIRE_NONE, QUIRE_NONE, 0 },
    { "", 0, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 1, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 2, 0, QUIRE_PART_ITEM },
    { "", 3, 1, QUIRE_PART_ITEM },
    { "", 4, 2, QUIRE_PART_ITEM },
    { "", 5, 3, QUIRE_PART_ITEM },
    { ")\n"
      "returning id, name, mother_id, friend, deleted_at, updated_at", QUIRE_NONE, QUIRE_NONE, 0 },
};
static const quire_statement people_create_statement = {
    "people.create",
    NULL,
    people_create_parts, 15, people_create_conditions, 4,
    people_create_params, 6, &somebody_type, QUIRE_STATEMENT_WRITES,
};

quire_status everything_people_create(everything_people_repo repo,
                                      const everything_somebody_new *values,
                                      everything_somebody *out, quire_error *err)
{
    return quire_fetch_one(repo.db, &people_create_statement, NULL, values, out, err);
}

/*
 * update people
 * set [if set] name = :name
 *     [if set] mother_id = :mother_id
 *     [if set] friend = :friend_
 *     [if set] deleted_at = :deleted_at
 *     [if set] updated_at = :updated_at
 *     [else] updated_at = now()
 * where id = :id
 *   and deleted_at is null
 * returning id, name, mother_id, friend, deleted_at, updated_at
 */
static const quire_param people_update_params[] = {
    { "name", NULL, 25, offsetof(everything_somebody_changes, name), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "mother_id", NULL, 23, offsetof(everything_somebody_changes, mother_id), QUIRE_TYPE_INT4, QUIRE_PARAM_OPTIONAL },
    { "friend", NULL, 23, offsetof(everything_somebody_changes, friend_), QUIRE_TYPE_INT4, QUIRE_PARAM_OPTIONAL },
    { "deleted_at", NULL, 1184, offsetof(everything_somebody_changes, deleted_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_PARAM_OPTIONAL },
    { "updated_at", NULL, 1184, offsetof(everything_somebody_changes, updated_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const uint16_t people_update_when_0[] = { 0 };
static const uint16_t people_update_when_1[] = { 1 };
static const uint16_t people_update_when_2[] = { 2 };
static const uint16_t people_update_when_3[] = { 3 };
static const uint16_t people_update_when_4[] = { 4 };
static const quire_condition people_update_conditions[] = {
    { people_update_when_0, 1, 0, 0 },
    { people_update_when_1, 1, 0, 0 },
    { people_update_when_2, 1, 0, 0 },
    { people_update_when_3, 1, 0, 0 },
    { people_update_when_4, 1, 0, 0 },
};
static const quire_part people_update_parts[] = {
    { "update people\n"
      "set ", QUIRE_NONE, QUIRE_NONE, 0 },
    { "name = ", 0, 0, QUIRE_PART_ITEM },
    { "mother_id = ", 1, 1, QUIRE_PART_ITEM },
    { "friend = ", 2, 2, QUIRE_PART_ITEM },
    { "deleted_at = ", 3, 3, QUIRE_PART_ITEM },
    { "updated_at = ", 4, 4, QUIRE_PART_ITEM },
    { "updated_at = now()", QUIRE_NONE, 4, QUIRE_PART_ITEM | QUIRE_PART_ELSE },
    { "\nwhere id = ", 5, QUIRE_NONE, 0 },
    { "\n  and deleted_at is null\n"
      "returning id, name, mother_id, friend, deleted_at, updated_at", QUIRE_NONE, QUIRE_NONE, 0 },
};
static const quire_statement people_update_statement = {
    "people.update",
    NULL,
    people_update_parts, 9, people_update_conditions, 5,
    people_update_params, 6, &somebody_type, QUIRE_STATEMENT_WRITES | QUIRE_STATEMENT_CHANGES,
};

quire_status everything_people_update(everything_people_repo repo, int32_t id,
                                      const everything_somebody_changes *changes,
                                      everything_somebody *out, quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_one(repo.db, &people_update_statement, args, changes, out, err);
}

static const quire_param people_delete_params[] = {
    { "id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const quire_statement people_delete_statement = {
    "people.delete",
    "update people\n"
    "set deleted_at = now()\n"
    "where id = $1\n"
    "  and deleted_at is null",
    NULL, 0, NULL, 0,
    people_delete_params, 1, NULL, QUIRE_STATEMENT_WRITES,
};

quire_status everything_people_delete(everything_people_repo repo, int32_t id, quire_error *err)
{
    const void *const args[] = { &id };
    return quire_execute_one(repo.db, &people_delete_statement, args, NULL, err);
}

static const quire_param people_restore_params[] = {
    { "id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const quire_statement people_restore_statement = {
    "people.restore",
    "update people\n"
    "set deleted_at = null\n"
    "where id = $1\n"
    "  and deleted_at is not null",
    NULL, 0, NULL, 0,
    people_restore_params, 1, NULL, QUIRE_STATEMENT_WRITES,
};

quire_status everything_people_restore(everything_people_repo repo, int32_t id, quire_error *err)
{
    const void *const args[] = { &id };
    return quire_execute_one(repo.db, &people_restore_statement, args, NULL, err);
}

static const quire_param people_purge_params[] = {
    { "id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const quire_statement people_purge_statement = {
    "people.purge",
    "delete from people\n"
    "where id = $1",
    NULL, 0, NULL, 0,
    people_purge_params, 1, NULL, QUIRE_STATEMENT_WRITES,
};

quire_status everything_people_purge(everything_people_repo repo, int32_t id, quire_error *err)
{
    const void *const args[] = { &id };
    return quire_execute_one(repo.db, &people_purge_statement, args, NULL, err);
}

static const quire_field somebody_with_somebody_fields[] = {
    { "id", NULL, 23, offsetof(everything_somebody_with_somebody, id), QUIRE_TYPE_INT4, 0 },
    { "name", NULL, 25, offsetof(everything_somebody_with_somebody, name), QUIRE_TYPE_TEXT, 0 },
    { "mother_id", NULL, 23, offsetof(everything_somebody_with_somebody, mother_id), QUIRE_TYPE_INT4, QUIRE_FIELD_NULLABLE },
    { "friend", NULL, 23, offsetof(everything_somebody_with_somebody, friend_), QUIRE_TYPE_INT4, QUIRE_FIELD_NULLABLE },
    { "deleted_at", NULL, 1184, offsetof(everything_somebody_with_somebody, deleted_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_FIELD_NULLABLE },
    { "updated_at", NULL, 1184, offsetof(everything_somebody_with_somebody, updated_at), QUIRE_TYPE_TIMESTAMPTZ, 0 },
    { "id", NULL, 23, offsetof(everything_somebody_with_somebody, somebody.value.id), QUIRE_TYPE_INT4, 0 },
    { "name", NULL, 25, offsetof(everything_somebody_with_somebody, somebody.value.name), QUIRE_TYPE_TEXT, 0 },
    { "mother_id", NULL, 23, offsetof(everything_somebody_with_somebody, somebody.value.mother_id), QUIRE_TYPE_INT4, QUIRE_FIELD_NULLABLE },
    { "friend", NULL, 23, offsetof(everything_somebody_with_somebody, somebody.value.friend_), QUIRE_TYPE_INT4, QUIRE_FIELD_NULLABLE },
    { "deleted_at", NULL, 1184, offsetof(everything_somebody_with_somebody, somebody.value.deleted_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_FIELD_NULLABLE },
    { "updated_at", NULL, 1184, offsetof(everything_somebody_with_somebody, somebody.value.updated_at), QUIRE_TYPE_TIMESTAMPTZ, 0 },
};
static const quire_nested somebody_with_somebody_nested[] = {
    { offsetof(everything_somebody_with_somebody, somebody.has), 6, 6 },
};
static const quire_row_type somebody_with_somebody_type = {
    "everything_somebody_with_somebody", sizeof(everything_somebody_with_somebody), offsetof(everything_somebody_with_somebody, owner_),
    somebody_with_somebody_fields, 12, somebody_with_somebody_nested, 1,
};

void everything_somebody_with_somebody_free(everything_somebody_with_somebody *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

static const quire_param people_find_by_id_with_somebody_params[] = {
    { "id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const quire_statement people_find_by_id_with_somebody_statement = {
    "people.find_by_id_with_somebody",
    "select t.id, t.name, t.mother_id, t.friend, t.deleted_at, t.updated_at,\n"
    "       p.id, p.name, p.mother_id, p.friend, p.deleted_at, p.updated_at\n"
    "from people t\n"
    "left join people p on p.id = t.friend\n"
    "where t.id = $1\n"
    "  and t.deleted_at is null",
    NULL, 0, NULL, 0,
    people_find_by_id_with_somebody_params, 1, &somebody_with_somebody_type, 0,
};

quire_status everything_people_find_by_id_with_somebody(everything_people_repo repo, int32_t id,
                                                        everything_somebody_with_somebody *out,
                                                        quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_one(repo.db, &people_find_by_id_with_somebody_statement, args, NULL, out,
                           err);
}

static const quire_field somebody_with_mother_fields[] = {
    { "id", NULL, 23, offsetof(everything_somebody_with_mother, id), QUIRE_TYPE_INT4, 0 },
    { "name", NULL, 25, offsetof(everything_somebody_with_mother, name), QUIRE_TYPE_TEXT, 0 },
    { "mother_id", NULL, 23, offsetof(everything_somebody_with_mother, mother_id), QUIRE_TYPE_INT4, QUIRE_FIELD_NULLABLE },
    { "friend", NULL, 23, offsetof(everything_somebody_with_mother, friend_), QUIRE_TYPE_INT4, QUIRE_FIELD_NULLABLE },
    { "deleted_at", NULL, 1184, offsetof(everything_somebody_with_mother, deleted_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_FIELD_NULLABLE },
    { "updated_at", NULL, 1184, offsetof(everything_somebody_with_mother, updated_at), QUIRE_TYPE_TIMESTAMPTZ, 0 },
    { "id", NULL, 23, offsetof(everything_somebody_with_mother, mother.value.id), QUIRE_TYPE_INT4, 0 },
    { "name", NULL, 25, offsetof(everything_somebody_with_mother, mother.value.name), QUIRE_TYPE_TEXT, 0 },
    { "mother_id", NULL, 23, offsetof(everything_somebody_with_mother, mother.value.mother_id), QUIRE_TYPE_INT4, QUIRE_FIELD_NULLABLE },
    { "friend", NULL, 23, offsetof(everything_somebody_with_mother, mother.value.friend_), QUIRE_TYPE_INT4, QUIRE_FIELD_NULLABLE },
    { "deleted_at", NULL, 1184, offsetof(everything_somebody_with_mother, mother.value.deleted_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_FIELD_NULLABLE },
    { "updated_at", NULL, 1184, offsetof(everything_somebody_with_mother, mother.value.updated_at), QUIRE_TYPE_TIMESTAMPTZ, 0 },
};
static const quire_nested somebody_with_mother_nested[] = {
    { offsetof(everything_somebody_with_mother, mother.has), 6, 6 },
};
static const quire_row_type somebody_with_mother_type = {
    "everything_somebody_with_mother", sizeof(everything_somebody_with_mother), offsetof(everything_somebody_with_mother, owner_),
    somebody_with_mother_fields, 12, somebody_with_mother_nested, 1,
};

void everything_somebody_with_mother_free(everything_somebody_with_mother *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

static const quire_param people_find_by_id_with_mother_params[] = {
    { "id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const quire_statement people_find_by_id_with_mother_statement = {
    "people.find_by_id_with_mother",
    "select t.id, t.name, t.mother_id, t.friend, t.deleted_at, t.updated_at,\n"
    "       p.id, p.name, p.mother_id, p.friend, p.deleted_at, p.updated_at\n"
    "from people t\n"
    "left join people p on p.id = t.mother_id\n"
    "where t.id = $1\n"
    "  and t.deleted_at is null",
    NULL, 0, NULL, 0,
    people_find_by_id_with_mother_params, 1, &somebody_with_mother_type, 0,
};

quire_status everything_people_find_by_id_with_mother(everything_people_repo repo, int32_t id,
                                                      everything_somebody_with_mother *out,
                                                      quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_one(repo.db, &people_find_by_id_with_mother_statement, args, NULL, out, err);
}

static const quire_field somebody_with_letters_by_recipient_fields[] = {
    { "id", NULL, 23, offsetof(everything_somebody_with_letters_by_recipient, id), QUIRE_TYPE_INT4, 0 },
    { "name", NULL, 25, offsetof(everything_somebody_with_letters_by_recipient, name), QUIRE_TYPE_TEXT, 0 },
    { "mother_id", NULL, 23, offsetof(everything_somebody_with_letters_by_recipient, mother_id), QUIRE_TYPE_INT4, QUIRE_FIELD_NULLABLE },
    { "friend", NULL, 23, offsetof(everything_somebody_with_letters_by_recipient, friend_), QUIRE_TYPE_INT4, QUIRE_FIELD_NULLABLE },
    { "deleted_at", NULL, 1184, offsetof(everything_somebody_with_letters_by_recipient, deleted_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_FIELD_NULLABLE },
    { "updated_at", NULL, 1184, offsetof(everything_somebody_with_letters_by_recipient, updated_at), QUIRE_TYPE_TIMESTAMPTZ, 0 },
};
static const quire_row_type somebody_with_letters_by_recipient_type = {
    "everything_somebody_with_letters_by_recipient", sizeof(everything_somebody_with_letters_by_recipient), offsetof(everything_somebody_with_letters_by_recipient, owner_),
    somebody_with_letters_by_recipient_fields, 6, NULL, 0,
};

void everything_somebody_with_letters_by_recipient_free(
    everything_somebody_with_letters_by_recipient *row)
{
    if (!row)
        return;
    quire_memory_free(row->letters_by_recipient.owner_);
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

static const quire_param people_find_by_id_with_letters_by_recipient_params[] = {
    { "id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const quire_statement people_find_by_id_with_letters_by_recipient_statement = {
    "people.find_by_id_with_letters_by_recipient",
    "select id, name, mother_id, friend, deleted_at, updated_at\n"
    "from people\n"
    "where id = $1\n"
    "  and deleted_at is null",
    NULL, 0, NULL, 0,
    people_find_by_id_with_letters_by_recipient_params, 1, &somebody_with_letters_by_recipient_type, 0,
};
static const quire_statement people_find_by_id_with_letters_by_recipient_children = {
    "people.find_by_id_with_letters_by_recipient",
    "select id, sender_id, recipient_id, people, sender\n"
    "from letters\n"
    "where recipient_id = $1\n"
    "order by id",
    NULL, 0, NULL, 0,
    people_find_by_id_with_letters_by_recipient_params, 1, &letter_type, 0,
};

quire_status everything_people_find_by_id_with_letters_by_recipient(
    everything_people_repo repo, int32_t id, everything_somebody_with_letters_by_recipient *out,
    quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_with_list(
        repo.db, &people_find_by_id_with_letters_by_recipient_statement,
        &people_find_by_id_with_letters_by_recipient_children, args, out,
        offsetof(everything_somebody_with_letters_by_recipient, letters_by_recipient), err);
}

static const quire_field somebody_with_letters_by_sender_fields[] = {
    { "id", NULL, 23, offsetof(everything_somebody_with_letters_by_sender, id), QUIRE_TYPE_INT4, 0 },
    { "name", NULL, 25, offsetof(everything_somebody_with_letters_by_sender, name), QUIRE_TYPE_TEXT, 0 },
    { "mother_id", NULL, 23, offsetof(everything_somebody_with_letters_by_sender, mother_id), QUIRE_TYPE_INT4, QUIRE_FIELD_NULLABLE },
    { "friend", NULL, 23, offsetof(everything_somebody_with_letters_by_sender, friend_), QUIRE_TYPE_INT4, QUIRE_FIELD_NULLABLE },
    { "deleted_at", NULL, 1184, offsetof(everything_somebody_with_letters_by_sender, deleted_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_FIELD_NULLABLE },
    { "updated_at", NULL, 1184, offsetof(everything_somebody_with_letters_by_sender, updated_at), QUIRE_TYPE_TIMESTAMPTZ, 0 },
};
static const quire_row_type somebody_with_letters_by_sender_type = {
    "everything_somebody_with_letters_by_sender", sizeof(everything_somebody_with_letters_by_sender), offsetof(everything_somebody_with_letters_by_sender, owner_),
    somebody_with_letters_by_sender_fields, 6, NULL, 0,
};

void everything_somebody_with_letters_by_sender_free(
    everything_somebody_with_letters_by_sender *row)
{
    if (!row)
        return;
    quire_memory_free(row->letters_by_sender.owner_);
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

static const quire_param people_find_by_id_with_letters_by_sender_params[] = {
    { "id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const quire_statement people_find_by_id_with_letters_by_sender_statement = {
    "people.find_by_id_with_letters_by_sender",
    "select id, name, mother_id, friend, deleted_at, updated_at\n"
    "from people\n"
    "where id = $1\n"
    "  and deleted_at is null",
    NULL, 0, NULL, 0,
    people_find_by_id_with_letters_by_sender_params, 1, &somebody_with_letters_by_sender_type, 0,
};
static const quire_statement people_find_by_id_with_letters_by_sender_children = {
    "people.find_by_id_with_letters_by_sender",
    "select id, sender_id, recipient_id, people, sender\n"
    "from letters\n"
    "where sender_id = $1\n"
    "order by id",
    NULL, 0, NULL, 0,
    people_find_by_id_with_letters_by_sender_params, 1, &letter_type, 0,
};

quire_status everything_people_find_by_id_with_letters_by_sender(
    everything_people_repo repo, int32_t id, everything_somebody_with_letters_by_sender *out,
    quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_with_list(
        repo.db, &people_find_by_id_with_letters_by_sender_statement,
        &people_find_by_id_with_letters_by_sender_children, args, out,
        offsetof(everything_somebody_with_letters_by_sender, letters_by_sender), err);
}

static const quire_field somebody_with_people_by_friend_fields[] = {
    { "id", NULL, 23, offsetof(everything_somebody_with_people_by_friend, id), QUIRE_TYPE_INT4, 0 },
    { "name", NULL, 25, offsetof(everything_somebody_with_people_by_friend, name), QUIRE_TYPE_TEXT, 0 },
    { "mother_id", NULL, 23, offsetof(everything_somebody_with_people_by_friend, mother_id), QUIRE_TYPE_INT4, QUIRE_FIELD_NULLABLE },
    { "friend", NULL, 23, offsetof(everything_somebody_with_people_by_friend, friend_), QUIRE_TYPE_INT4, QUIRE_FIELD_NULLABLE },
    { "deleted_at", NULL, 1184, offsetof(everything_somebody_with_people_by_friend, deleted_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_FIELD_NULLABLE },
    { "updated_at", NULL, 1184, offsetof(everything_somebody_with_people_by_friend, updated_at), QUIRE_TYPE_TIMESTAMPTZ, 0 },
};
static const quire_row_type somebody_with_people_by_friend_type = {
    "everything_somebody_with_people_by_friend", sizeof(everything_somebody_with_people_by_friend), offsetof(everything_somebody_with_people_by_friend, owner_),
    somebody_with_people_by_friend_fields, 6, NULL, 0,
};

void everything_somebody_with_people_by_friend_free(everything_somebody_with_people_by_friend *row)
{
    if (!row)
        return;
    quire_memory_free(row->people_by_friend.owner_);
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

static const quire_param people_find_by_id_with_people_by_friend_params[] = {
    { "id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const quire_statement people_find_by_id_with_people_by_friend_statement = {
    "people.find_by_id_with_people_by_friend",
    "select id, name, mother_id, friend, deleted_at, updated_at\n"
    "from people\n"
    "where id = $1\n"
    "  and deleted_at is null",
    NULL, 0, NULL, 0,
    people_find_by_id_with_people_by_friend_params, 1, &somebody_with_people_by_friend_type, 0,
};
static const quire_statement people_find_by_id_with_people_by_friend_children = {
    "people.find_by_id_with_people_by_friend",
    "select id, name, mother_id, friend, deleted_at, updated_at\n"
    "from people\n"
    "where friend = $1\n"
    "  and deleted_at is null\n"
    "order by id",
    NULL, 0, NULL, 0,
    people_find_by_id_with_people_by_friend_params, 1, &somebody_type, 0,
};

quire_status everything_people_find_by_id_with_people_by_friend(
    everything_people_repo repo, int32_t id, everything_somebody_with_people_by_friend *out,
    quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_with_list(
        repo.db, &people_find_by_id_with_people_by_friend_statement,
        &people_find_by_id_with_people_by_friend_children, args, out,
        offsetof(everything_somebody_with_people_by_friend, people_by_friend), err);
}

static const quire_field somebody_with_people_by_mother_fields[] = {
    { "id", NULL, 23, offsetof(everything_somebody_with_people_by_mother, id), QUIRE_TYPE_INT4, 0 },
    { "name", NULL, 25, offsetof(everything_somebody_with_people_by_mother, name), QUIRE_TYPE_TEXT, 0 },
    { "mother_id", NULL, 23, offsetof(everything_somebody_with_people_by_mother, mother_id), QUIRE_TYPE_INT4, QUIRE_FIELD_NULLABLE },
    { "friend", NULL, 23, offsetof(everything_somebody_with_people_by_mother, friend_), QUIRE_TYPE_INT4, QUIRE_FIELD_NULLABLE },
    { "deleted_at", NULL, 1184, offsetof(everything_somebody_with_people_by_mother, deleted_at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_FIELD_NULLABLE },
    { "updated_at", NULL, 1184, offsetof(everything_somebody_with_people_by_mother, updated_at), QUIRE_TYPE_TIMESTAMPTZ, 0 },
};
static const quire_row_type somebody_with_people_by_mother_type = {
    "everything_somebody_with_people_by_mother", sizeof(everything_somebody_with_people_by_mother), offsetof(everything_somebody_with_people_by_mother, owner_),
    somebody_with_people_by_mother_fields, 6, NULL, 0,
};

void everything_somebody_with_people_by_mother_free(everything_somebody_with_people_by_mother *row)
{
    if (!row)
        return;
    quire_memory_free(row->people_by_mother.owner_);
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

static const quire_param people_find_by_id_with_people_by_mother_params[] = {
    { "id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const quire_statement people_find_by_id_with_people_by_mother_statement = {
    "people.find_by_id_with_people_by_mother",
    "select id, name, mother_id, friend, deleted_at, updated_at\n"
    "from people\n"
    "where id = $1\n"
    "  and deleted_at is null",
    NULL, 0, NULL, 0,
    people_find_by_id_with_people_by_mother_params, 1, &somebody_with_people_by_mother_type, 0,
};
static const quire_statement people_find_by_id_with_people_by_mother_children = {
    "people.find_by_id_with_people_by_mother",
    "select id, name, mother_id, friend, deleted_at, updated_at\n"
    "from people\n"
    "where mother_id = $1\n"
    "  and deleted_at is null\n"
    "order by id",
    NULL, 0, NULL, 0,
    people_find_by_id_with_people_by_mother_params, 1, &somebody_type, 0,
};

quire_status everything_people_find_by_id_with_people_by_mother(
    everything_people_repo repo, int32_t id, everything_somebody_with_people_by_mother *out,
    quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_with_list(
        repo.db, &people_find_by_id_with_people_by_mother_statement,
        &people_find_by_id_with_people_by_mother_children, args, out,
        offsetof(everything_somebody_with_people_by_mother, people_by_mother), err);
}

static const quire_param sales_order_lines_find_by_id_params[] = {
    { "order_id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
    { "number", NULL, 23, 1, QUIRE_TYPE_INT4, 0 },
};
static const quire_statement sales_order_lines_find_by_id_statement = {
    "sales_order_lines.find_by_id",
    "select order_id, number, item\n"
    "from sales.order_lines\n"
    "where order_id = $1\n"
    "  and number = $2",
    NULL, 0, NULL, 0,
    sales_order_lines_find_by_id_params, 2, &sales_order_line_type, 0,
};

quire_status everything_sales_order_lines_find_by_id(everything_sales_order_lines_repo repo,
                                                     int32_t order_id, int32_t number,
                                                     everything_sales_order_line *out,
                                                     quire_error *err)
{
    const void *const args[] = { &order_id, &number };
    return quire_fetch_one(repo.db, &sales_order_lines_find_by_id_statement, args, NULL, out, err);
}

/*
 * insert into sales.order_lines (order_id
 *     number
 *     item)
 * values (:order_id
 *     :number
 *     :item)
 * returning order_id, number, item
 */
static const quire_param sales_order_lines_create_params[] = {
    { "order_id", NULL, 23, offsetof(everything_sales_order_line_new, order_id), QUIRE_TYPE_INT4, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "number", NULL, 23, offsetof(everything_sales_order_line_new, number), QUIRE_TYPE_INT4, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "item", NULL, 25, offsetof(everything_sales_order_line_new, item), QUIRE_TYPE_TEXT, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
};
static const quire_part sales_order_lines_create_parts[] = {
    { "insert into sales.order_lines (", QUIRE_NONE, QUIRE_NONE, 0 },
    { "order_id", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "number", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "item", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { ")\n"
      "values (", QUIRE_NONE, QUIRE_NONE, 0 },
    { "", 0, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 1, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 2, QUIRE_NONE, QUIRE_PART_ITEM },
    { ")\n"
      "returning order_id, number, item", QUIRE_NONE, QUIRE_NONE, 0 },
};
static const quire_statement sales_order_lines_create_statement = {
    "sales_order_lines.create",
    NULL,
    sales_order_lines_create_parts, 9, NULL, 0,
    sales_order_lines_create_params, 3, &sales_order_line_type, QUIRE_STATEMENT_WRITES,
};

quire_status everything_sales_order_lines_create(everything_sales_order_lines_repo repo,
                                                 const everything_sales_order_line_new *values,
                                                 everything_sales_order_line *out, quire_error *err)
{
    return quire_fetch_one(repo.db, &sales_order_lines_create_statement, NULL, values, out, err);
}

/*
 * update sales.order_lines
 * set [if set] item = :item
 * where order_id = :order_id
 *   and number = :number
 * returning order_id, number, item
 */
static const quire_param sales_order_lines_update_params[] = {
    { "item", NULL, 25, offsetof(everything_sales_order_line_changes, item), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "order_id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
    { "number", NULL, 23, 1, QUIRE_TYPE_INT4, 0 },
};
static const uint16_t sales_order_lines_update_when_0[] = { 0 };
static const quire_condition sales_order_lines_update_conditions[] = {
    { sales_order_lines_update_when_0, 1, 0, 0 },
};
static const quire_part sales_order_lines_update_parts[] = {
    { "update sales.order_lines\n"
      "set ", QUIRE_NONE, QUIRE_NONE, 0 },
    { "item = ", 0, 0, QUIRE_PART_ITEM },
    { "\nwhere order_id = ", 1, QUIRE_NONE, 0 },
    { "\n  and number = ", 2, QUIRE_NONE, 0 },
    { "\nreturning order_id, number, item", QUIRE_NONE, QUIRE_NONE, 0 },
};
static const quire_statement sales_order_lines_update_statement = {
    "sales_order_lines.update",
    NULL,
    sales_order_lines_update_parts, 5, sales_order_lines_update_conditions, 1,
    sales_order_lines_update_params, 3, &sales_order_line_type, QUIRE_STATEMENT_WRITES | QUIRE_STATEMENT_CHANGES,
};

quire_status everything_sales_order_lines_update(everything_sales_order_lines_repo repo,
                                                 int32_t order_id, int32_t number,
                                                 const everything_sales_order_line_changes *changes,
                                                 everything_sales_order_line *out, quire_error *err)
{
    const void *const args[] = { &order_id, &number };
    return quire_fetch_one(repo.db, &sales_order_lines_update_statement, args, changes, out, err);
}

static const quire_param sales_order_lines_delete_params[] = {
    { "order_id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
    { "number", NULL, 23, 1, QUIRE_TYPE_INT4, 0 },
};
static const quire_statement sales_order_lines_delete_statement = {
    "sales_order_lines.delete",
    "delete from sales.order_lines\n"
    "where order_id = $1\n"
    "  and number = $2",
    NULL, 0, NULL, 0,
    sales_order_lines_delete_params, 2, NULL, QUIRE_STATEMENT_WRITES,
};

quire_status everything_sales_order_lines_delete(everything_sales_order_lines_repo repo,
                                                 int32_t order_id, int32_t number, quire_error *err)
{
    const void *const args[] = { &order_id, &number };
    return quire_execute_one(repo.db, &sales_order_lines_delete_statement, args, NULL, err);
}

static const quire_field sales_order_line_with_order_fields[] = {
    { "order_id", NULL, 23, offsetof(everything_sales_order_line_with_order, order_id), QUIRE_TYPE_INT4, 0 },
    { "number", NULL, 23, offsetof(everything_sales_order_line_with_order, number), QUIRE_TYPE_INT4, 0 },
    { "item", NULL, 25, offsetof(everything_sales_order_line_with_order, item), QUIRE_TYPE_TEXT, 0 },
    { "id", NULL, 23, offsetof(everything_sales_order_line_with_order, order.id), QUIRE_TYPE_INT4, 0 },
    { "state", &sales_state_enum, 0, offsetof(everything_sales_order_line_with_order, order.state), QUIRE_TYPE_ENUM, 0 },
    { "select", NULL, 25, offsetof(everything_sales_order_line_with_order, order.select), QUIRE_TYPE_TEXT, QUIRE_FIELD_NULLABLE },
};
static const quire_row_type sales_order_line_with_order_type = {
    "everything_sales_order_line_with_order", sizeof(everything_sales_order_line_with_order), offsetof(everything_sales_order_line_with_order, owner_),
    sales_order_line_with_order_fields, 6, NULL, 0,
};

void everything_sales_order_line_with_order_free(everything_sales_order_line_with_order *row)
{
    if (!row)
        return;
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

static const quire_param sales_order_lines_find_by_id_with_order_params[] = {
    { "order_id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
    { "number", NULL, 23, 1, QUIRE_TYPE_INT4, 0 },
};
static const quire_statement sales_order_lines_find_by_id_with_order_statement = {
    "sales_order_lines.find_by_id_with_order",
    "select t.order_id, t.number, t.item,\n"
    "       p.id, p.state, p.\"select\"\n"
    "from sales.order_lines t\n"
    "join sales.orders p on p.id = t.order_id\n"
    "where t.order_id = $1\n"
    "  and t.number = $2",
    NULL, 0, NULL, 0,
    sales_order_lines_find_by_id_with_order_params, 2, &sales_order_line_with_order_type, 0,
};

quire_status everything_sales_order_lines_find_by_id_with_order(
    everything_sales_order_lines_repo repo, int32_t order_id, int32_t number,
    everything_sales_order_line_with_order *out, quire_error *err)
{
    const void *const args[] = { &order_id, &number };
    return quire_fetch_one(repo.db, &sales_order_lines_find_by_id_with_order_statement, args, NULL,
                           out, err);
}

static const quire_param sales_orders_find_by_id_params[] = {
    { "id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const quire_statement sales_orders_find_by_id_statement = {
    "sales_orders.find_by_id",
    "select id, state, \"select\"\n"
    "from sales.orders\n"
    "where id = $1",
    NULL, 0, NULL, 0,
    sales_orders_find_by_id_params, 1, &sales_order_type, 0,
};

quire_status everything_sales_orders_find_by_id(everything_sales_orders_repo repo, int32_t id,
                                                everything_sales_order *out, quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_one(repo.db, &sales_orders_find_by_id_statement, args, NULL, out, err);
}

/*
 * insert into sales.orders (id
 *     [if set] state
 *     [if set] "select")
 * values (:id
 *     [if set] :state
 *     [if set] :select)
 * returning id, state, "select"
 */
static const quire_param sales_orders_create_params[] = {
    { "id", NULL, 23, offsetof(everything_sales_order_new, id), QUIRE_TYPE_INT4, QUIRE_PARAM_REQUIRED | QUIRE_PARAM_NOT_NULL },
    { "state", &sales_state_enum, 0, offsetof(everything_sales_order_new, state), QUIRE_TYPE_ENUM, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "select", NULL, 25, offsetof(everything_sales_order_new, select), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL },
};
static const uint16_t sales_orders_create_when_0[] = { 1 };
static const uint16_t sales_orders_create_when_1[] = { 2 };
static const quire_condition sales_orders_create_conditions[] = {
    { sales_orders_create_when_0, 1, 0, 0 },
    { sales_orders_create_when_1, 1, 0, 0 },
};
static const quire_part sales_orders_create_parts[] = {
    { "insert into sales.orders (", QUIRE_NONE, QUIRE_NONE, 0 },
    { "id", QUIRE_NONE, QUIRE_NONE, QUIRE_PART_ITEM },
    { "state", QUIRE_NONE, 0, QUIRE_PART_ITEM },
    { "\"select\"", QUIRE_NONE, 1, QUIRE_PART_ITEM },
    { ")\n"
      "values (", QUIRE_NONE, QUIRE_NONE, 0 },
    { "", 0, QUIRE_NONE, QUIRE_PART_ITEM },
    { "", 1, 0, QUIRE_PART_ITEM },
    { "", 2, 1, QUIRE_PART_ITEM },
    { ")\n"
      "returning id, state, \"select\"", QUIRE_NONE, QUIRE_NONE, 0 },
};
static const quire_statement sales_orders_create_statement = {
    "sales_orders.create",
    NULL,
    sales_orders_create_parts, 9, sales_orders_create_conditions, 2,
    sales_orders_create_params, 3, &sales_order_type, QUIRE_STATEMENT_WRITES,
};

quire_status everything_sales_orders_create(everything_sales_orders_repo repo,
                                            const everything_sales_order_new *values,
                                            everything_sales_order *out, quire_error *err)
{
    return quire_fetch_one(repo.db, &sales_orders_create_statement, NULL, values, out, err);
}

/*
 * update sales.orders
 * set [if set] state = :state
 *     [if set] "select" = :select
 * where id = :id
 * returning id, state, "select"
 */
static const quire_param sales_orders_update_params[] = {
    { "state", &sales_state_enum, 0, offsetof(everything_sales_order_changes, state), QUIRE_TYPE_ENUM, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "select", NULL, 25, offsetof(everything_sales_order_changes, select), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL },
    { "id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const uint16_t sales_orders_update_when_0[] = { 0 };
static const uint16_t sales_orders_update_when_1[] = { 1 };
static const quire_condition sales_orders_update_conditions[] = {
    { sales_orders_update_when_0, 1, 0, 0 },
    { sales_orders_update_when_1, 1, 0, 0 },
};
static const quire_part sales_orders_update_parts[] = {
    { "update sales.orders\n"
      "set ", QUIRE_NONE, QUIRE_NONE, 0 },
    { "state = ", 0, 0, QUIRE_PART_ITEM },
    { "\"select\" = ", 1, 1, QUIRE_PART_ITEM },
    { "\nwhere id = ", 2, QUIRE_NONE, 0 },
    { "\nreturning id, state, \"select\"", QUIRE_NONE, QUIRE_NONE, 0 },
};
static const quire_statement sales_orders_update_statement = {
    "sales_orders.update",
    NULL,
    sales_orders_update_parts, 5, sales_orders_update_conditions, 2,
    sales_orders_update_params, 3, &sales_order_type, QUIRE_STATEMENT_WRITES | QUIRE_STATEMENT_CHANGES,
};

quire_status everything_sales_orders_update(everything_sales_orders_repo repo, int32_t id,
                                            const everything_sales_order_changes *changes,
                                            everything_sales_order *out, quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_one(repo.db, &sales_orders_update_statement, args, changes, out, err);
}

static const quire_param sales_orders_delete_params[] = {
    { "id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const quire_statement sales_orders_delete_statement = {
    "sales_orders.delete",
    "delete from sales.orders\n"
    "where id = $1",
    NULL, 0, NULL, 0,
    sales_orders_delete_params, 1, NULL, QUIRE_STATEMENT_WRITES,
};

quire_status everything_sales_orders_delete(everything_sales_orders_repo repo, int32_t id,
                                            quire_error *err)
{
    const void *const args[] = { &id };
    return quire_execute_one(repo.db, &sales_orders_delete_statement, args, NULL, err);
}

static const quire_field sales_order_with_sales_order_lines_fields[] = {
    { "id", NULL, 23, offsetof(everything_sales_order_with_sales_order_lines, id), QUIRE_TYPE_INT4, 0 },
    { "state", &sales_state_enum, 0, offsetof(everything_sales_order_with_sales_order_lines, state), QUIRE_TYPE_ENUM, 0 },
    { "select", NULL, 25, offsetof(everything_sales_order_with_sales_order_lines, select), QUIRE_TYPE_TEXT, QUIRE_FIELD_NULLABLE },
};
static const quire_row_type sales_order_with_sales_order_lines_type = {
    "everything_sales_order_with_sales_order_lines", sizeof(everything_sales_order_with_sales_order_lines), offsetof(everything_sales_order_with_sales_order_lines, owner_),
    sales_order_with_sales_order_lines_fields, 3, NULL, 0,
};

void everything_sales_order_with_sales_order_lines_free(
    everything_sales_order_with_sales_order_lines *row)
{
    if (!row)
        return;
    quire_memory_free(row->sales_order_lines.owner_);
    quire_memory_free(row->owner_);
    memset(row, 0, sizeof *row);
}

static const quire_param sales_orders_find_by_id_with_sales_order_lines_params[] = {
    { "id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const quire_statement sales_orders_find_by_id_with_sales_order_lines_statement = {
    "sales_orders.find_by_id_with_sales_order_lines",
    "select id, state, \"select\"\n"
    "from sales.orders\n"
    "where id = $1",
    NULL, 0, NULL, 0,
    sales_orders_find_by_id_with_sales_order_lines_params, 1, &sales_order_with_sales_order_lines_type, 0,
};
static const quire_statement sales_orders_find_by_id_with_sales_order_lines_children = {
    "sales_orders.find_by_id_with_sales_order_lines",
    "select order_id, number, item\n"
    "from sales.order_lines\n"
    "where order_id = $1\n"
    "order by order_id, number",
    NULL, 0, NULL, 0,
    sales_orders_find_by_id_with_sales_order_lines_params, 1, &sales_order_line_type, 0,
};

quire_status everything_sales_orders_find_by_id_with_sales_order_lines(
    everything_sales_orders_repo repo, int32_t id,
    everything_sales_order_with_sales_order_lines *out, quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_with_list(
        repo.db, &sales_orders_find_by_id_with_sales_order_lines_statement,
        &sales_orders_find_by_id_with_sales_order_lines_children, args, out,
        offsetof(everything_sales_order_with_sales_order_lines, sales_order_lines), err);
}

static const quire_param tickets_find_by_id_params[] = {
    { "id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const quire_statement tickets_find_by_id_statement = {
    "tickets.find_by_id",
    "select id, double\n"
    "from tickets\n"
    "where id = $1",
    NULL, 0, NULL, 0,
    tickets_find_by_id_params, 1, &ticket_type, 0,
};

quire_status everything_tickets_find_by_id(everything_tickets_repo repo, int32_t id,
                                           everything_ticket *out, quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_one(repo.db, &tickets_find_by_id_statement, args, NULL, out, err);
}

static const quire_statement tickets_create_statement = {
    "tickets.create",
    "insert into tickets default values\n"
    "returning id, double",
    NULL, 0, NULL, 0,
    NULL, 0, &ticket_type, QUIRE_STATEMENT_WRITES,
};

quire_status everything_tickets_create(everything_tickets_repo repo, everything_ticket *out,
                                       quire_error *err)
{
    return quire_fetch_one(repo.db, &tickets_create_statement, NULL, NULL, out, err);
}

static const quire_param tickets_delete_params[] = {
    { "id", NULL, 23, 0, QUIRE_TYPE_INT4, 0 },
};
static const quire_statement tickets_delete_statement = {
    "tickets.delete",
    "delete from tickets\n"
    "where id = $1",
    NULL, 0, NULL, 0,
    tickets_delete_params, 1, NULL, QUIRE_STATEMENT_WRITES,
};

quire_status everything_tickets_delete(everything_tickets_repo repo, int32_t id, quire_error *err)
{
    const void *const args[] = { &id };
    return quire_execute_one(repo.db, &tickets_delete_statement, args, NULL, err);
}

static const quire_param visits_find_by_id_params[] = {
    { "id", NULL, 20, 0, QUIRE_TYPE_INT8, 0 },
};
static const quire_statement visits_find_by_id_statement = {
    "visits.find_by_id",
    "select id, at, note\n"
    "from visits\n"
    "where id = $1",
    NULL, 0, NULL, 0,
    visits_find_by_id_params, 1, &visit_type, 0,
};

quire_status everything_visits_find_by_id(everything_visits_repo repo, int64_t id,
                                          everything_visit *out, quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_one(repo.db, &visits_find_by_id_statement, args, NULL, out, err);
}

/*
 * update visits
 * set [if set] at = :at
 *     [if set] note = :note
 * where id = :id
 * returning id, at, note
 */
static const quire_param visits_update_params[] = {
    { "at", NULL, 1184, offsetof(everything_visit_changes, at), QUIRE_TYPE_TIMESTAMPTZ, QUIRE_PARAM_OPTIONAL | QUIRE_PARAM_NOT_NULL },
    { "note", NULL, 25, offsetof(everything_visit_changes, note), QUIRE_TYPE_TEXT, QUIRE_PARAM_OPTIONAL },
    { "id", NULL, 20, 0, QUIRE_TYPE_INT8, 0 },
};
static const uint16_t visits_update_when_0[] = { 0 };
static const uint16_t visits_update_when_1[] = { 1 };
static const quire_condition visits_update_conditions[] = {
    { visits_update_when_0, 1, 0, 0 },
    { visits_update_when_1, 1, 0, 0 },
};
static const quire_part visits_update_parts[] = {
    { "update visits\n"
      "set ", QUIRE_NONE, QUIRE_NONE, 0 },
    { "at = ", 0, 0, QUIRE_PART_ITEM },
    { "note = ", 1, 1, QUIRE_PART_ITEM },
    { "\nwhere id = ", 2, QUIRE_NONE, 0 },
    { "\nreturning id, at, note", QUIRE_NONE, QUIRE_NONE, 0 },
};
static const quire_statement visits_update_statement = {
    "visits.update",
    NULL,
    visits_update_parts, 5, visits_update_conditions, 2,
    visits_update_params, 3, &visit_type, QUIRE_STATEMENT_WRITES | QUIRE_STATEMENT_CHANGES,
};

quire_status everything_visits_update(everything_visits_repo repo, int64_t id,
                                      const everything_visit_changes *changes,
                                      everything_visit *out, quire_error *err)
{
    const void *const args[] = { &id };
    return quire_fetch_one(repo.db, &visits_update_statement, args, changes, out, err);
}

static const quire_param visits_delete_params[] = {
    { "id", NULL, 20, 0, QUIRE_TYPE_INT8, 0 },
};
static const quire_statement visits_delete_statement = {
    "visits.delete",
    "delete from visits\n"
    "where id = $1",
    NULL, 0, NULL, 0,
    visits_delete_params, 1, NULL, QUIRE_STATEMENT_WRITES,
};

quire_status everything_visits_delete(everything_visits_repo repo, int64_t id, quire_error *err)
{
    const void *const args[] = { &id };
    return quire_execute_one(repo.db, &visits_delete_statement, args, NULL, err);
}

static const quire_param visits_create_params[] = {
    { "note", NULL, 25, 0, QUIRE_TYPE_TEXT, QUIRE_FIELD_NULLABLE },
};
static const quire_statement visits_create_statement = {
    "visits.create",
    "insert into visits (note) values ($1) returning id, at, note",
    NULL, 0, NULL, 0,
    visits_create_params, 1, &visit_type, QUIRE_STATEMENT_WRITES,
};

quire_status everything_visits_create(everything_visits_repo repo, const char *note,
                                      everything_visit *out, quire_error *err)
{
    const void *const args[] = { &note };
    return quire_fetch_one(repo.db, &visits_create_statement, args, NULL, out, err);
}

everything_repos everything_repos_on(quire_db *db)
{
    everything_repos repos;
    repos.class_.db = db;
    repos.kinds.db = db;
    repos.letters.db = db;
    repos.log_lines.db = db;
    repos.measures.db = db;
    repos.memberships.db = db;
    repos.nullable_kinds.db = db;
    repos.partly_left_out.db = db;
    repos.people.db = db;
    repos.sales_order_lines.db = db;
    repos.sales_orders.db = db;
    repos.tickets.db = db;
    repos.visits.db = db;
    return repos;
}
