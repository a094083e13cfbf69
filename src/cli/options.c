#include "cli/options.h"

#include <string.h>

const qi_option qi_common_options[] = {
    { "--json", NULL, "print the result as JSON" },
    { "--debug", NULL, "print each statement that is sent (also QUIRE_DEBUG=1)" },
    { "-C", "DIR", "look for the project from DIR upwards, not from here" },
    { "--help", NULL, "print this help (also -h)" },
    { 0 },
};

enum { LONGEST_GUESS = 32, MOST_GUESSES = 64 };

bool qi_common_option_applies(const qi_command *command, const qi_option *option)
{
    if (strcmp(option->name, "--json") == 0)
        return command->has_json;
    return command->has_debug || strcmp(option->name, "--debug") != 0;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* How many letters are to be changed, added, dropped or swapped with their neighbour. */
static size_t distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
    size_t rows[3][LONGEST_GUESS + 1];
    size_t *before = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b_length; j++)
        above[j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        row[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            size_t changed = above[j - 1] + (a[i - 1] != b[j - 1]);
            row[j] = smaller(changed, smaller(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = smaller(row[j], before[j - 2] + 1);
        }
        size_t *oldest = before;
        before = above;
        above = row;
        row = oldest;
    }
    return above[b_length];
}

int qi_nearest(const char *word, const char *const *candidates, size_t count)
{
    size_t length = strnlen(word, LONGEST_GUESS + 1);
    if (length == 0 || length > LONGEST_GUESS)
        return -1;
    int nearest = -1;
    size_t letters = length - strspn(word, "-");
    size_t least = letters / 4 + 2;
    for (size_t i = 0; i < count; i++) {
        size_t other = strnlen(candidates[i], LONGEST_GUESS + 1);
        if (other > LONGEST_GUESS)
            continue;
        bool is_start = length >= 3 && strncmp(word, candidates[i], length) == 0;
        size_t d = is_start ? 0 : distance(word, length, candidates[i], other);
        if (d < least) {
            least = d;
            nearest = (int)i;
        }
    }
    return nearest;
}

bool qi_args_flag(const qi_args *args, const char *name)
{
    return qi_args_value(args, name) != NULL;
}

const char *qi_args_value(const qi_args *args, const char *name)
{
    const qi_option *row = args->command->options;
    for (size_t i = 0; row && row[i].name; i++)
        if (strcmp(row[i].name, name) == 0)
            return args->values[i];
    return NULL;
}

const char *const *qi_args_values(const qi_args *args, const char *name, qi_arena *arena,
                                  size_t *count)
{
    *count = 0;
    const char **values = qi_arena_zero(arena, args->given_count + 1, sizeof *values);
    for (size_t i = 0; values && i < args->given_count; i++)
        if (strcmp(args->given[i].option->name, name) == 0)
            values[(*count)++] = args->given[i].value;
    return values;
}

const char *qi_args_at(const qi_args *args, size_t index)
{
    return index < args->positional_count ? args->positional[index] : NULL;
}

/* One word that starts with a hyphen, split. */
typedef struct word {
    const char *name;
    size_t length;     /* of the name */
    const char *value; /* behind the "=", or NULL */
} word;

static word word_split(const char *text)
{
    const char *equals = strncmp(text, "--", 2) == 0 ? strchr(text, '=') : NULL;
    if (!equals)
        return (word){ text, strlen(text), NULL };
    return (word){ text, (size_t)(equals - text), equals + 1 };
}

static bool word_is(word w, const char *name)
{
    return strlen(name) == w.length && memcmp(name, w.name, w.length) == 0;
}

static const qi_option *find_row(const qi_command *command, word w)
{
    for (const qi_option *row = command->options; row && row->name; row++)
        if (word_is(w, row->name))
            return row;
    for (const qi_option *row = qi_common_options; row->name; row++)
        if (qi_common_option_applies(command, row) &&
            (word_is(w, row->name) || (word_is(w, "-h") && strcmp(row->name, "--help") == 0)))
            return row;
    return NULL;
}

static qi_exit unknown_option(const qi_context *context, const qi_args *args, word w)
{
    const char *candidates[MOST_GUESSES];
    size_t count = 0;
    for (const qi_option *row = args->command->options; row && row->name; row++)
        if (count < MOST_GUESSES)
            candidates[count++] = row->name;
    for (const qi_option *row = qi_common_options; row->name; row++)
        if (count < MOST_GUESSES && qi_common_option_applies(args->command, row))
            candidates[count++] = row->name;
    char name[LONGEST_GUESS + 1] = "";
    if (w.length < sizeof name)
        memcpy(name, w.name, w.length);
    int nearest = qi_nearest(name, candidates, count);
    if (nearest < 0)
        return qi_usage(context, args, "unknown option %.*s", (int)w.length, w.name);
    return qi_usage(context, args, "unknown option %.*s; did you mean %s?", (int)w.length, w.name,
                    candidates[nearest]);
}

/* Where the parser stands. */
typedef struct parser {
    qi_context *context;
    const char *const *words;
    size_t count;
    size_t at;
    qi_parsed *out;
} parser;

static void keep(parser *p, const qi_option *row, const char *value)
{
    qi_args *args = &p->out->args;
    if (strcmp(row->name, "--help") == 0)
        p->out->help = true;
    else if (strcmp(row->name, "--json") == 0)
        p->context->json = true;
    else if (strcmp(row->name, "--debug") == 0)
        p->context->debug = true;
    else if (strcmp(row->name, "-C") == 0)
        p->context->directory = value;
    else {
        args->values[row - args->command->options] = value;
        args->given[args->given_count++] = (qi_given){ row, value };
    }
}

static qi_exit parse_option(parser *p)
{
    const qi_args *args = &p->out->args;
    word w = word_split(p->words[p->at++]);
    const qi_option *row = find_row(args->command, w);
    if (!row)
        return unknown_option(p->context, args, w);
    if (!row->value && w.value)
        return qi_usage(p->context, args, "option %s takes no value", row->name);
    if (row->value && !w.value && p->at < p->count)
        w.value = p->words[p->at++];
    if (row->value && (!w.value || !*w.value))
        return qi_usage(p->context, args, "option %s needs a value, %s", row->name, row->value);
    keep(p, row, row->value ? w.value : "");
    return QI_EXIT_OK;
}

static bool prepare(parser *p, const qi_command *command, const char ***positional)
{
    size_t rows = 0;
    while (command->options && command->options[rows].name)
        rows++;
    qi_args *args = &p->out->args;
    args->command = command;
    args->values = qi_arena_zero(&p->context->arena, rows + 1, sizeof *args->values);
    *positional = qi_arena_zero(&p->context->arena, p->count + 1, sizeof **positional);
    args->positional = *positional;
    args->given = qi_arena_zero(&p->context->arena, p->count + 1, sizeof *args->given);
    return args->values && *positional && args->given;
}

/* What was read last says that the rest is another program's: `db psql -c ...`. */
static bool begins_verbatim(const qi_args *args)
{
    const char *argument = args->command->verbatim;
    return argument && args->positional_count == 1 && strcmp(args->positional[0], argument) == 0;
}

static qi_exit parse_words(parser *p, bool stop_at_argument, const char **positional)
{
    qi_args *args = &p->out->args;
    bool options = true;
    while (p->at < p->count) {
        const char *text = p->words[p->at];
        bool is_option = options && text[0] == '-' && text[1];
        if (is_option && strcmp(text, "--") == 0) {
            options = false;
            p->at++;
        } else if (is_option) {
            qi_exit code = parse_option(p);
            if (code)
                return code;
        } else if (stop_at_argument) {
            break;
        } else {
            positional[args->positional_count++] = text;
            p->at++;
            if (!begins_verbatim(args))
                continue;
            p->at += options && p->at < p->count && strcmp(p->words[p->at], "--") == 0;
            options = false;
        }
    }
    return QI_EXIT_OK;
}

qi_exit qi_options_parse(qi_context *context, const qi_command *command, const char *const *words,
                         size_t count, bool stop_at_argument, qi_parsed *out)
{
    parser p = { context, words, count, 0, out };
    const char **positional;
    *out = (qi_parsed){ 0 };
    if (!prepare(&p, command, &positional))
        return qi_report(context, &(quire_error){ .status = QUIRE_MEMORY });
    qi_exit code = parse_words(&p, stop_at_argument, positional);
    if (code)
        return code;
    out->length = p.at;
    if (!out->help && out->args.positional_count > command->most_positional)
        return qi_usage(context, &out->args, "unexpected argument \"%s\"",
                        positional[command->most_positional]);
    return QI_EXIT_OK;
}
