#include "codegen/names.h"

#include <string.h>

/* Words that no rule gets right. The singular of a word that is its own plural is itself. */
static const char *const irregular[][2] = {
    { "addresses", "address" },
    { "aliases", "alias" },
    { "analyses", "analysis" },
    { "atlases", "atlas" },
    { "axes", "axis" },
    { "bases", "base" },
    { "biases", "bias" },
    { "bonuses", "bonus" },
    { "buses", "bus" },
    { "caches", "cache" },
    { "calories", "calorie" },
    { "calves", "calf" },
    { "campuses", "campus" },
    { "canvases", "canvas" },
    { "censuses", "census" },
    { "children", "child" },
    { "cookies", "cookie" },
    { "crises", "crisis" },
    { "criteria", "criterion" },
    { "data", "data" },
    { "diagnoses", "diagnosis" },
    { "feet", "foot" },
    { "gases", "gas" },
    { "geese", "goose" },
    { "halves", "half" },
    { "indices", "index" },
    { "knives", "knife" },
    { "leaves", "leaf" },
    { "lenses", "lens" },
    { "lives", "life" },
    { "loaves", "loaf" },
    { "matrices", "matrix" },
    { "media", "media" },
    { "men", "man" },
    { "metadata", "metadata" },
    { "mice", "mouse" },
    { "movies", "movie" },
    { "news", "news" },
    { "niches", "niche" },
    { "people", "person" },
    { "quizzes", "quiz" },
    { "selves", "self" },
    { "series", "series" },
    { "shelves", "shelf" },
    { "shoes", "shoe" },
    { "species", "species" },
    { "statuses", "status" },
    { "teeth", "tooth" },
    { "theses", "thesis" },
    { "thieves", "thief" },
    { "ties", "tie" },
    { "toes", "toe" },
    { "vertices", "vertex" },
    { "viruses", "virus" },
    { "wives", "wife" },
    { "wolves", "wolf" },
    { "women", "woman" },
    { "zombies", "zombie" },
};

static bool ends(const char *word, size_t length, const char *ending)
{
    size_t n = strlen(ending);
    return length > n && memcmp(word + length - n, ending, n) == 0;
}

/* What stays of a regular plural, and what is put behind it. */
static size_t regular(const char *word, size_t length, const char **behind)
{
    *behind = "";
    if (ends(word, length, "ies")) {
        *behind = "y";
        return length - 3;
    }
    if (ends(word, length, "sses") || ends(word, length, "shes") || ends(word, length, "ches") ||
        ends(word, length, "xes") || ends(word, length, "oes") || ends(word, length, "zzes"))
        return length - 2;
    if (ends(word, length, "ss") || ends(word, length, "us") || ends(word, length, "is"))
        return length;
    return ends(word, length, "s") ? length - 1 : length;
}

const char *qi_gen_singular(qi_arena *arena, const char *words)
{
    const char *last = strrchr(words, '_');
    last = last ? last + 1 : words;
    size_t before = (size_t)(last - words);
    for (size_t i = 0; i < sizeof irregular / sizeof *irregular; i++)
        if (strcmp(last, irregular[i][0]) == 0)
            return qi_arena_printf(arena, "%.*s%s", (int)before, words, irregular[i][1]);
    const char *behind;
    size_t kept = regular(last, strlen(last), &behind);
    return qi_arena_printf(arena, "%.*s%s", (int)(before + kept), words, behind);
}
