#include "codegen/names.h"
#include "base/buffer.h"
#include "base/error.h"

#include <stdint.h>
#include <string.h>

#define NAME_LIMIT 4096 /* a PostgreSQL name is 63 bytes; each becomes at most 9 */

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || is_upper(c) || (c >= '0' && c <= '9');
}

/* The code point at `text` and its length; a broken byte counts as itself. */
static uint32_t code_point(const char *text, size_t *length)
{
    const unsigned char *s = (const unsigned char *)text;
    size_t more = s[0] >= 0xF0 ? 3 : s[0] >= 0xE0 ? 2 : s[0] >= 0xC0 ? 1 : 0;
    uint32_t value = more == 3 ? s[0] & 0x07u : more == 2 ? s[0] & 0x0Fu : s[0] & 0x1Fu;
    for (size_t i = 1; i <= more; i++) {
        if ((s[i] & 0xC0u) != 0x80u) {
            *length = 1;
            return s[0];
        }
        value = value << 6 | (s[i] & 0x3Fu);
    }
    *length = more + 1;
    return more ? value : s[0];
}

/* A new word starts at an upper case letter after a lower case one, and at the last one of a run. */
static bool starts_word(const char *name, size_t at)
{
    if (at == 0 || !is_upper(name[at]))
        return false;
    char before = name[at - 1];
    if (!is_upper(before))
        return is_word_byte(before);
    char after = name[at + 1];
    return after >= 'a' && after <= 'z';
}

static void part_words(qi_buffer *out)
{
    if (out->length && out->data[out->length - 1] != '_')
        qi_buffer_add_char(out, '_');
}

static void add_words(qi_buffer *out, const char *name, bool spell_out)
{
    for (size_t at = 0; name[at];) {
        char c = name[at];
        if (is_word_byte(c)) {
            if (starts_word(name, at))
                part_words(out);
            qi_buffer_add_char(out, is_upper(c) ? (char)(c - 'A' + 'a') : c);
            at++;
        } else if ((unsigned char)c >= 0x80 || spell_out) {
            size_t length;
            uint32_t point = code_point(name + at, &length);
            qi_buffer_printf(out, "u%04x", (unsigned)point);
            at += length;
        } else {
            part_words(out);
            at++;
        }
    }
    if (!out->failed && out->length && out->data[out->length - 1] == '_')
        qi_buffer_cut(out, out->length - 1);
}

const char *qi_gen_words(qi_arena *arena, const char *name)
{
    qi_buffer out;
    qi_buffer_init(&out, NAME_LIMIT);
    add_words(&out, name, false);
    if (!out.failed && out.length == 0)
        add_words(&out, name, true);
    const char *words = out.failed ? NULL : qi_arena_text_n(arena, out.data, out.length);
    qi_buffer_free(&out);
    return words;
}

const char *qi_gen_upper(qi_arena *arena, const char *name)
{
    const char *words = qi_gen_words(arena, name);
    char *upper = words ? qi_arena_text(arena, words) : NULL;
    for (char *c = upper; c && *c; c++)
        if (*c >= 'a' && *c <= 'z')
            *c = (char)(*c - 'a' + 'A');
    return upper;
}

/* clang-format off */
/* Words that mean something else to C and C++, their headers, compilers and systems. */
static const char reserved[] =
    /* C11, C23 and what their headers define */
    " auto break case char const continue default do double else enum extern float for goto"
    " if inline int long register restrict return short signed sizeof static struct switch"
    " typedef union unsigned void volatile while alignas alignof bool constexpr false"
    " nullptr static_assert thread_local true typeof typeof_unqual asm assert complex"
    " imaginary errno noreturn offsetof stderr stdin stdout va_arg va_copy va_end va_start"
    " setjmp kill_dependency math_errhandling"
    /* C++ */
    " and and_eq bitand bitor catch char8_t char16_t char32_t class co_await co_return"
    " co_yield compl concept const_cast consteval constinit decltype delete dynamic_cast"
    " explicit export friend module import mutable namespace new noexcept not not_eq"
    " operator or or_eq private protected public reinterpret_cast requires static_cast"
    " template this throw try typeid typename using virtual wchar_t xor xor_eq"
    /* macros of compilers and systems */
    " unix linux major minor makedev i386 mips sparc sun vax arm hpux near far cdecl pascal"
    " interface small environ sigev_notify si_value st_atime st_mtime st_ctime sa_handler"
    " h_errno h_addr s_addr min max"
    " ";
/* clang-format on */

bool qi_gen_is_reserved(const char *name)
{
    size_t length = strlen(name);
    for (const char *at = strstr(reserved, name); length && at; at = strstr(at + 1, name))
        if (at[-1] == ' ' && at[length] == ' ')
            return true;
    return false;
}

const char *qi_gen_member(qi_arena *arena, const char *name, bool *clashed)
{
    const char *words = qi_gen_words(arena, name);
    if (clashed)
        *clashed = words && qi_gen_is_reserved(words);
    if (!words)
        return NULL;
    if (words[0] >= '0' && words[0] <= '9')
        return qi_arena_printf(arena, "n%s", words);
    return qi_gen_is_reserved(words) ? qi_arena_printf(arena, "%s_", words) : words;
}

/* ---- scopes ---------------------------------------------------------------------------------- */

struct qi_gen_name {
    const char *name;
    const char *origin;
    struct qi_gen_name *next;
};

static size_t hash_of(const char *name)
{
    uint32_t hash = 2166136261u;
    for (; *name; name++)
        hash = (hash ^ (unsigned char)*name) * 16777619u;
    return hash;
}

static bool grow(qi_gen_scope *scope, qi_arena *arena)
{
    size_t count = scope->bucket_count ? scope->bucket_count * 4 : 32;
    struct qi_gen_name **buckets = qi_arena_zero(arena, count, sizeof(*buckets));
    if (!buckets)
        return false;
    for (size_t i = 0; i < scope->bucket_count; i++) {
        struct qi_gen_name *entry = scope->buckets[i];
        while (entry) {
            struct qi_gen_name *next = entry->next;
            size_t at = hash_of(entry->name) % count;
            entry->next = buckets[at];
            buckets[at] = entry;
            entry = next;
        }
    }
    scope->buckets = buckets;
    scope->bucket_count = count;
    return true;
}

const char *qi_gen_claimed(const qi_gen_scope *scope, const char *name)
{
    if (!scope->bucket_count)
        return NULL;
    struct qi_gen_name *entry = scope->buckets[hash_of(name) % scope->bucket_count];
    while (entry && strcmp(entry->name, name) != 0)
        entry = entry->next;
    return entry ? entry->origin : NULL;
}

quire_status qi_gen_claim(qi_gen_scope *scope, qi_arena *arena, const char *name,
                          const char *origin, quire_error *err)
{
    const char *other = qi_gen_claimed(scope, name);
    if (other)
        return qi_fail(err, QUIRE_SQL, "%s and %s are both named %s in C", other, origin, name);
    if (scope->count >= scope->bucket_count && !grow(scope, arena))
        return qi_fail_memory(err);
    struct qi_gen_name *entry = qi_arena_zero(arena, 1, sizeof *entry);
    if (!entry)
        return qi_fail_memory(err);
    size_t at = hash_of(name) % scope->bucket_count;
    *entry = (struct qi_gen_name){ .name = name, .origin = origin, .next = scope->buckets[at] };
    scope->buckets[at] = entry;
    scope->count++;
    return QUIRE_OK;
}
