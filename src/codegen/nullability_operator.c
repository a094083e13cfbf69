/*
 * Operators. Each row below is a family of pg_operator rows that are strict, and, where `total`, whose
 * functions return no NULL for operands that are not NULL. Left out on purpose, since they can: the
 * geometric operators (path + path, lseg # lseg), jsonb @? and @@ with a path.
 */
#include "codegen/nullability_internal.h"

#include <string.h>

/* What class a result has, where it is not a fixed one. */
#define RESULT_WIDER ((qi_class)1 << 30) /* the wider of two numbers */
#define RESULT_LEFT ((qi_class)1 << 31)  /* the same as the left operand */

typedef struct operator_row {
    const char *names; /* separated by spaces, with one at both ends */
    qi_class left;     /* 0: a prefix operator */
    qi_class right;
    qi_class result;
    bool total;
} operator_row;

#define NUMBER QI_CLASSES_NUMBER
#define STAMP QI_CLASSES_STAMP
#define COMPARISONS " = <> != < <= > >= "
#define DOCUMENT (QI_CLASS_JSON | QI_CLASS_JSONB)
#define ORDERED                                                                                    \
    (QI_CLASS_BOOL | QI_CLASS_TEXT | QI_CLASS_BYTES | QI_CLASS_TIME | QI_CLASS_INTERVAL |          \
     QI_CLASS_UUID | QI_CLASS_JSONB | QI_CLASS_ENUM | QI_CLASS_NET | QI_CLASS_ARRAY |              \
     QI_CLASS_RANGE | QI_CLASS_VECTOR | QI_CLASS_SEARCH | QI_CLASS_MONEY)

/* Rows whose two sides are the same set of more than one class allow mixing; see `same` below. */
static const operator_row rows[] = {
    { COMPARISONS, NUMBER, NUMBER, QI_CLASS_BOOL, true },
    { COMPARISONS, STAMP, STAMP, QI_CLASS_BOOL, true },
    { " + - * / ", NUMBER, NUMBER, RESULT_WIDER, true },
    { " % ", QI_CLASS_INT | QI_CLASS_NUMERIC, QI_CLASS_INT | QI_CLASS_NUMERIC, RESULT_WIDER, true },
    { " ^ ", NUMBER, NUMBER, QI_CLASS_FLOAT, true },
    { " & | # << >> ", QI_CLASS_INT, QI_CLASS_INT, QI_CLASS_INT, true },
    { " + - @ ", 0, NUMBER, RESULT_WIDER, true },
    { " ~ ", 0, QI_CLASS_INT, QI_CLASS_INT, true },
    { " |/ ||/ ", 0, NUMBER, QI_CLASS_FLOAT, true },
    { " - ", 0, QI_CLASS_INTERVAL, QI_CLASS_INTERVAL, true },
    { " + - ", QI_CLASS_INTERVAL, QI_CLASS_INTERVAL, QI_CLASS_INTERVAL, true },
    { " * / ", QI_CLASS_INTERVAL, NUMBER, QI_CLASS_INTERVAL, true },
    { " * ", NUMBER, QI_CLASS_INTERVAL, QI_CLASS_INTERVAL, true },
    { " + - ", QI_CLASS_DATE, QI_CLASS_INT, QI_CLASS_DATE, true },
    { " + ", QI_CLASS_INT, QI_CLASS_DATE, QI_CLASS_DATE, true },
    { " - ", QI_CLASS_DATE, QI_CLASS_DATE, QI_CLASS_INT, true },
    { " + - ", QI_CLASS_DATE, QI_CLASS_INTERVAL, QI_CLASS_TIMESTAMP, true },
    { " + ", QI_CLASS_INTERVAL, QI_CLASS_DATE, QI_CLASS_TIMESTAMP, true },
    { " + ", QI_CLASS_DATE, QI_CLASS_TIME, QI_CLASS_TIMESTAMP, true },
    { " + - ", QI_CLASS_TIMESTAMP | QI_CLASS_TIMESTAMPTZ | QI_CLASS_TIME, QI_CLASS_INTERVAL,
      RESULT_LEFT, true },
    { " + ", QI_CLASS_INTERVAL, QI_CLASS_TIMESTAMP, QI_CLASS_TIMESTAMP, true },
    { " + ", QI_CLASS_INTERVAL, QI_CLASS_TIMESTAMPTZ, QI_CLASS_TIMESTAMPTZ, true },
    { " + ", QI_CLASS_INTERVAL, QI_CLASS_TIME, QI_CLASS_TIME, true },
    { " - ", STAMP, STAMP, QI_CLASS_INTERVAL, true },
    { " - ", QI_CLASS_TIME, QI_CLASS_TIME, QI_CLASS_INTERVAL, true },
    { " + - ", QI_CLASS_MONEY, QI_CLASS_MONEY, QI_CLASS_MONEY, true },
    { " * / ", QI_CLASS_MONEY, NUMBER, QI_CLASS_MONEY, true },
    { " || ", QI_CLASS_TEXT, QI_CLASSES_SCALAR, QI_CLASS_TEXT, true },
    { " || ", QI_CLASSES_SCALAR, QI_CLASS_TEXT, QI_CLASS_TEXT, true },
    { " || ", QI_CLASS_BYTES, QI_CLASS_BYTES, QI_CLASS_BYTES, true },
    { " || ", QI_CLASS_JSONB, QI_CLASS_JSONB, QI_CLASS_JSONB, true },
    { " || ", QI_CLASS_VECTOR, QI_CLASS_VECTOR, QI_CLASS_VECTOR, true },
    { " || && ", QI_CLASS_SEARCH, QI_CLASS_SEARCH, QI_CLASS_SEARCH, true },
    { " ~ ~* !~ !~* ~~ !~~ ~~* !~~* ^@ ", QI_CLASS_TEXT, QI_CLASS_TEXT, QI_CLASS_BOOL, true },
    { " @> <@ && ", QI_CLASS_ARRAY, QI_CLASS_ARRAY, QI_CLASS_BOOL, true },
    { " @> <@ && -|- << >> &< &> ", QI_CLASS_RANGE, QI_CLASS_RANGE, QI_CLASS_BOOL, true },
    { " @> ", QI_CLASS_RANGE, NUMBER | STAMP, QI_CLASS_BOOL, true },
    { " <@ ", NUMBER | STAMP, QI_CLASS_RANGE, QI_CLASS_BOOL, true },
    { " @> <@ ", QI_CLASS_JSONB, QI_CLASS_JSONB, QI_CLASS_BOOL, true },
    { " ? ", QI_CLASS_JSONB, QI_CLASS_TEXT, QI_CLASS_BOOL, true },
    { " ?| ?& ", QI_CLASS_JSONB, QI_CLASS_ARRAY, QI_CLASS_BOOL, true },
    { " - ", QI_CLASS_JSONB, QI_CLASS_TEXT | QI_CLASS_INT | QI_CLASS_ARRAY, QI_CLASS_JSONB, true },
    { " #- ", QI_CLASS_JSONB, QI_CLASS_ARRAY, QI_CLASS_JSONB, true },
    { " @@ ", QI_CLASS_VECTOR, QI_CLASS_SEARCH, QI_CLASS_BOOL, true },
    { " @@ ", QI_CLASS_SEARCH, QI_CLASS_VECTOR, QI_CLASS_BOOL, true },
    { " << <<= >> >>= && ", QI_CLASS_NET, QI_CLASS_NET, QI_CLASS_BOOL, true },
    /* Strict, but NULL where there is nothing at the path. */
    { " -> ", DOCUMENT, QI_CLASS_TEXT | QI_CLASS_INT, RESULT_LEFT, false },
    { " ->> ", DOCUMENT, QI_CLASS_TEXT | QI_CLASS_INT, QI_CLASS_TEXT, false },
    { " #> ", DOCUMENT, QI_CLASS_ARRAY, RESULT_LEFT, false },
    { " #>> ", DOCUMENT, QI_CLASS_ARRAY, QI_CLASS_TEXT, false },
};

/* Operators on two values of one class, which is not mixed with others. */
static const operator_row same[] = {
    { COMPARISONS, ORDERED, ORDERED, QI_CLASS_BOOL, true },
};

static bool is_named(const char *names, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = strstr(names, name); at; at = strstr(at + 1, name))
        if (at > names && at[-1] == ' ' && at[length] == ' ')
            return true;
    return false;
}

static bool fits(qi_class wanted, qi_class class)
{
    return class != QI_CLASS_UNKNOWN && (wanted & class) == class;
}

static const operator_row *find_row(const char *name, qi_class left, qi_class right, bool unary)
{
    for (size_t i = 0; !unary && i < sizeof same / sizeof *same; i++)
        if (left == right && is_named(same[i].names, name) && fits(same[i].left, left))
            return &same[i];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const operator_row *row = &rows[i];
        if ((row->left == 0) == unary && is_named(row->names, name) &&
            (unary || fits(row->left, left)) && fits(row->right, right))
            return row;
    }
    return NULL;
}

/* With a literal on one side: it is taken to be of the other's type where there is such an operator. */
static const operator_row *find_literal(const char *name, qi_class left, qi_class right)
{
    qi_class known = left == QI_CLASS_LITERAL ? right : left;
    const operator_row *row = find_row(name, known, known, false);
    for (size_t i = 0; !row && i < sizeof rows / sizeof *rows; i++) {
        bool matches =
            left == QI_CLASS_LITERAL ? fits(rows[i].right, right) : fits(rows[i].left, left);
        if (rows[i].left != 0 && matches && is_named(rows[i].names, name))
            row = &rows[i];
    }
    return row;
}

/* array || array, array || element, element || array: no NULL, whatever the elements are. */
static bool is_array_append(const char *name, qi_class left, qi_class right)
{
    const qi_class known = QI_CLASSES_KNOWN | QI_CLASS_LITERAL;
    return strcmp(name, "||") == 0 && fits(known, left) && fits(known, right) &&
           (left == QI_CLASS_ARRAY || right == QI_CLASS_ARRAY);
}

static const operator_row *find_operator(const char *name, qi_class left, qi_class right,
                                         bool unary)
{
    if (unary)
        return find_row(name, left, right, true);
    /* Two literals: which operator the server takes is not followed here. */
    if (left == QI_CLASS_LITERAL && right == QI_CLASS_LITERAL)
        return NULL;
    if (left == QI_CLASS_LITERAL || right == QI_CLASS_LITERAL)
        return left && right ? find_literal(name, left, right) : NULL;
    return find_row(name, left, right, false);
}

static qi_class wider(qi_class left, qi_class right)
{
    if (left == QI_CLASS_LITERAL || right == QI_CLASS_LITERAL)
        return left == QI_CLASS_LITERAL ? right : left;
    return left > right ? left : right; /* INT < NUMERIC < FLOAT in the order of their bits */
}

static qi_class result_class(const operator_row *row, qi_class left, qi_class right, bool unary)
{
    bool literal = !unary && (left == QI_CLASS_LITERAL || right == QI_CLASS_LITERAL);
    if (row->result == RESULT_WIDER)
        return unary ? right : wider(left, right);
    /* A literal may have been taken for another type of the row, with another result. */
    if (literal && (row->left | row->right) & (STAMP | QI_CLASS_INTERVAL | QI_CLASS_TIME) &&
        row->result != QI_CLASS_BOOL)
        return QI_CLASS_UNKNOWN;
    if (row->result == RESULT_LEFT)
        return left == QI_CLASS_LITERAL ? QI_CLASS_UNKNOWN : left;
    return row->result;
}

qi_value qi_null_apply(const char *name, qi_value left, qi_value right, bool unary)
{
    bool not_null = (unary || left.not_null) && right.not_null;
    if (!unary && is_array_append(name, left.class, right.class))
        return (qi_value){ .not_null = not_null, .class = QI_CLASS_ARRAY };
    const operator_row *row = find_operator(name, left.class, right.class, unary);
    if (!row)
        return (qi_value){ 0 };
    return (qi_value){ .not_null = not_null && row->total,
                       .class = result_class(row, left.class, right.class, unary) };
}

bool qi_null_is_strict_operator(const char *name, qi_class left, qi_class right, bool unary)
{
    return find_operator(name, left, right, unary) != NULL;
}

bool qi_null_is_comparable(qi_class left, qi_class right)
{
    return qi_null_is_strict_operator("=", left, right, false);
}
