/* Fractions in words, and whether an author's words are true.
 *
 * A fraction is said bare within two points of it; "around" within four;
 * "almost", "nearly", "just under" up to four below; "just over", "more than"
 * up to five above. A majority is more than half, a large one from 70 per cent, a
 * vast one from 85; a large minority begins at 29. What is printed decides,
 * because the reader sees the words beside the figure; only the line at half
 * is drawn by the exact share. Change the tables and docs/layout-format.md
 * together. */
#include "script/internal.h"

#include <math.h>
#include <string.h>

typedef struct fraction {
    const char *words;
    int num, den;
} fraction;

/* What fraction() may say. */
static const fraction fractions[] = {
    {"half", 1, 2},          {"one in three", 1, 3},  {"two in three", 2, 3},
    {"one in four", 1, 4},   {"three in four", 3, 4}, {"one in five", 1, 5},
    {"two in five", 2, 5},   {"three in five", 3, 5}, {"four in five", 4, 5},
    {"one in six", 1, 6},    {"one in eight", 1, 8},  {"one in ten", 1, 10},
    {"three in ten", 3, 10}, {"seven in ten", 7, 10}, {"nine in ten", 9, 10},
};

/* What claim() knows besides "N in M". */
static const fraction named[] = {
    {"half", 1, 2},           {"a half", 1, 2},      {"one half", 1, 2},
    {"a third", 1, 3},        {"one third", 1, 3},   {"two thirds", 2, 3},
    {"two-thirds", 2, 3},     {"one-third", 1, 3},   {"a quarter", 1, 4},
    {"one quarter", 1, 4},    {"three quarters", 3, 4},
    {"three-quarters", 3, 4}, {"a fifth", 1, 5},     {"one fifth", 1, 5},
    {"two fifths", 2, 5},     {"three fifths", 3, 5}, {"four fifths", 4, 5},
    {"a sixth", 1, 6},        {"an eighth", 1, 8},   {"a tenth", 1, 10},
};

typedef struct qualifier {
    const char *words;
    double below, above; /* tolerance in points */
} qualifier;

static const qualifier qualifiers[] = {
    {"around ", 4, 4},     {"about ", 4, 4},      {"roughly ", 4, 4},
    {"some ", 4, 4},       {"approximately ", 4, 4}, {"close to ", 4, 4},
    {"almost ", 4, 0},     {"nearly ", 4, 0},     {"just under ", 4, 0},
    {"approaching ", 4, 0}, {"slightly under ", 4, 0}, {"less than ", 5, 0},
    {"fewer than ", 5, 0}, {"under ", 5, 0},      {"just over ", 0, 5},
    {"slightly over ", 0, 5}, {"slightly more than ", 0, 5},
    {"more than ", 0, 5},  {"over ", 0, 5},       {"at least ", 0, 5},
};

/* Shares in words. `over`: exactly more than so much; `from`, `to`: as printed
 * (in counts of everybody: exact). */
typedef struct range {
    const char *words;
    double over, under; /* exact, exclusive */
    double from, to;    /* printed, inclusive */
} range;

static const range ranges[] = {
    {"most", 50, 101, 0, 100},
    {"a majority", 50, 101, 0, 100},
    {"the majority", 50, 101, 0, 100},
    {"a clear majority", 50, 101, 55, 100},
    {"a large majority", 50, 101, 70, 100},
    {"the large majority", 50, 101, 70, 100},
    {"a great majority", 50, 101, 85, 100},
    {"the great majority", 50, 101, 85, 100},
    {"a vast majority", 50, 101, 85, 100},
    {"the vast majority", 50, 101, 85, 100},
    {"an overwhelming majority", 50, 101, 85, 100},
    {"a small majority", 50, 101, 0, 55},
    {"a narrow majority", 50, 101, 0, 55},
    {"a bare majority", 50, 101, 0, 55},
    {"a minority", 0, 50, 0, 100},
    {"a small minority", 0, 50, 0, 20},
    {"a large minority", 0, 50, 29, 100},
    {"a significant minority", 0, 50, 29, 100},
    {"a substantial minority", 0, 50, 29, 100},
    {"a sizeable minority", 0, 50, 29, 100},
    {"more than half", 50, 101, 0, 100},
    {"over half", 50, 101, 0, 100},
    {"less than half", -1, 50, 0, 100},
    {"fewer than half", -1, 50, 0, 100},
    {"under half", -1, 50, 0, 100},
    {"few", 0, 50, 0, 15},
    {"hardly any", 0, 50, 0, 5},
    {"very few", 0, 50, 0, 5},
    {"none", -1, 1e-9, 0, 100},
    {"nobody", -1, 1e-9, 0, 100},
    {"no one", -1, 1e-9, 0, 100},
    {"all", 100 - 1e-9, 101, 0, 100},
    {"everyone", 100 - 1e-9, 101, 0, 100},
    {"everybody", 100 - 1e-9, 101, 0, 100},
};

/* Two figures or more. */
typedef enum relation {
    REL_EQUAL, REL_HIGHER, REL_LOWER, REL_ALIKE, REL_DIVIDED, REL_POSITIVE,
    REL_NEGATIVE, REL_HIGHEST, REL_LOWEST,
} relation;

static const struct {
    const char *words;
    relation relation;
} relations[] = {
    {"equal", REL_EQUAL},         {"equally", REL_EQUAL},
    {"the same", REL_EQUAL},      {"as many", REL_EQUAL},
    {"level", REL_EQUAL},         {"higher", REL_HIGHER},
    {"more likely", REL_HIGHER},  {"more", REL_HIGHER},
    {"greater", REL_HIGHER},      {"above", REL_HIGHER},
    {"lower", REL_LOWER},         {"less likely", REL_LOWER},
    {"less", REL_LOWER},          {"fewer", REL_LOWER},
    {"below", REL_LOWER},         {"in line", REL_ALIKE},
    {"similar", REL_ALIKE},       {"alike", REL_ALIKE},
    {"divided", REL_DIVIDED},     {"split", REL_DIVIDED},
    {"positive", REL_POSITIVE},   {"negative", REL_NEGATIVE},
    {"highest", REL_HIGHEST},     {"most likely", REL_HIGHEST},
    {"lowest", REL_LOWEST},       {"least likely", REL_LOWEST},
};

static const char *const known_words[] = {
    "three in four", "around one in five", "nearly half", "a third",
    "a majority", "most", "more than half", "a large minority", "all", "none",
    "equal", "higher", "lower", "in line", "divided", "highest", "lowest",
    "64 per cent", "nine of the 12", NULL,
};

/* -- fraction() ------------------------------------------------------------------ */
static double
percent_of(const fraction *f)
{
    return 100.0 * f->num / f->den;
}

/* The nearest that the tolerances allow; of two as near the simpler. For small
 * fractions four points are too much to be called near: a third of the
 * fraction at most. */
static const fraction *
nearest(double p)
{
    const fraction *best = NULL;
    double least = 100;
    for (size_t i = 0; i < sizeof fractions / sizeof *fractions; i++) {
        const fraction *f = &fractions[i];
        double d = p - percent_of(f), far = fabs(d);
        if (d < -4 - 1e-9 || d > 5 + 1e-9 || far > percent_of(f) / 3 + 1e-9)
            continue;
        bool closer = far < least - 1e-9;
        bool simpler = best && far < least + 1e-9 && f->den < best->den;
        if (closer || simpler) {
            best = f;
            least = far;
        }
    }
    return best;
}

rc_str
rc_fraction_words(rc_arena *a, double percent)
{
    const fraction *f = percent < 99.5 ? nearest(percent) : NULL;
    if (!f)
        return RC_LIT("");
    double d = percent - percent_of(f);
    const char *near = d < -3 ? "around " : d < -2 ? "nearly " : "";
    if (d > 2)
        near = d > 3.5 ? "more than " : "just over ";
    return rc_str_printf(a, "%s%s", near, f->words);
}

static rc_figure
arg_share(lua_State *L, int i)
{
    rc_figure f = rc_arg_figure(L, i);
    if (f.kind == RC_FIG_NONE)
        rc_fail_here(L, "not-asked", "there is no figure to put into words");
    if (f.kind == RC_FIG_MEAN || f.kind == RC_FIG_POINTS)
        rc_fail_here(L, "bad-argument", "only a share can be a fraction");
    return f;
}

static void
need_percent(lua_State *L, const rc_figure *f, const char *what)
{
    rc_str name = rc_group_name(rc_script_of(L), f->group);
    if (f->low != RC_LOW_COUNTS)
        return;
    rc_fail_hint(L, "below the threshold the figure prints as a count");
    rc_fail_here(L, "low-base",
                 "the figure of %.*s rests on %lld answer%s: too few for %s",
                 RC_STR(name), (long long)f->base,
                 f->base > 1 ? "s" : "", what);
}

/* fraction(v): "nearly two in three". fraction(v, "leads"): with what it is a
 * share of: "nearly two in three leads", "half of leads". Where no fraction is
 * near, the figure itself. */
static int
word_fraction(lua_State *L)
{
    rc_script *s = rc_script_of(L);
    rc_figure f = arg_share(L, 1);
    need_percent(L, &f, "a fraction");
    rc_str noun = lua_isnoneornil(L, 2) ? RC_LIT("")
                                        : rc_arg_str(L, 2, "a noun");
    rc_mark mark = rc_arena_mark(s->scratch);
    rc_str words = rc_fraction_words(s->scratch, rc_figure_whole(f));
    if (words.len == 0)
        rc_push_value(L, noun.len ? RC_VALUE_OF : RC_VALUE_FIGURE, noun)
            ->figure = f;
    else if (noun.len == 0)
        rc_push_str(L, words);
    else
        rc_push_str(L, rc_str_printf(s->scratch, "%.*s%s %.*s", RC_STR(words),
                                     rc_str_ends(words, "half") ? " of" : "",
                                     RC_STR(noun)));
    rc_arena_rewind(s->scratch, mark);
    return 1;
}

static double
exact_percent(const rc_figure *f)
{
    return f->exact && f->den > 0 ? 100.0 * (double)f->num / (double)f->den
                                  : 100.0 * f->share;
}

static int
word_majority(lua_State *L)
{
    rc_figure f = arg_share(L, 1);
    need_percent(L, &f, "a majority");
    double x = exact_percent(&f), p = rc_figure_whole(f);
    const char *words = "a small minority";
    if (x > 50)
        words = p >= 85   ? "a vast majority"
                : p >= 70 ? "a large majority"
                          : "a majority";
    else if (p >= 50)
        words = "half";
    else if (p >= 46)
        words = "nearly half";
    else if (p >= 29)
        words = "a large minority";
    else if (p > 20)
        words = "a minority";
    if (f.count == 0 || p < 0.5)
        return rc_fail_here(L, "bad-argument",
                            "there is nobody to be called a minority");
    lua_pushstring(L, words);
    return 1;
}

/* -- claim() ------------------------------------------------------------------------- */
/* Whether `text` begins with `words`, up to the end or a blank. */
static bool
begins(rc_str text, const char *words)
{
    size_t len = strlen(words);
    return rc_str_starts(text, words) &&
           (text.len == len || text.at[len] == ' ');
}

/* A number in words or digits at the head of `text`; SIZE_MAX: none. */
static size_t
read_number(rc_str text, int64_t *n)
{
    static const char *const words[] = {
        "none", "one", "two", "three", "four", "five", "six", "seven",
        "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
        "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
    };
    size_t digits = 0;
    while (digits < text.len && text.at[digits] >= '0' &&
           text.at[digits] <= '9')
        digits++;
    if (digits > 0)
        return rc_num_int(rc_str_part(text, 0, digits), n) ? digits : SIZE_MAX;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (begins(text, words[i])) {
            *n = (int64_t)i;
            return strlen(words[i]);
        }
    }
    return SIZE_MAX;
}

static bool
read_fraction(rc_str text, double *percent)
{
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        if (begins(text, named[i].words)) {
            *percent = percent_of(&named[i]);
            return true;
        }
    }
    int64_t n = 0, m = 0;
    size_t len = read_number(text, &n);
    if (len == SIZE_MAX)
        return false;
    rc_str rest = rc_str_part(text, len, text.len);
    if (!rc_str_starts(rest, " in "))
        return false;
    rest = rc_str_part(rest, 4, rest.len);
    if (read_number(rest, &m) == SIZE_MAX || m <= 0 || n > m)
        return false;
    *percent = 100.0 * (double)n / (double)m;
    return true;
}

typedef enum verdict { TRUE_WORDS, FALSE_WORDS, UNKNOWN_WORDS } verdict;

static verdict
verdict_of(bool holds)
{
    return holds ? TRUE_WORDS : FALSE_WORDS;
}

static verdict
judge_fraction(lua_State *L, rc_str text, const rc_figure *f)
{
    double percent = 0, below = 2, above = 2, p, x;
    const char *said = "";
    for (size_t i = 0; i < sizeof qualifiers / sizeof *qualifiers; i++) {
        if (!rc_str_starts(text, qualifiers[i].words))
            continue;
        said = qualifiers[i].words;
        below = qualifiers[i].below;
        above = qualifiers[i].above;
        text = rc_str_part(text, strlen(said), text.len);
        break;
    }
    if (!read_fraction(text, &percent))
        return UNKNOWN_WORDS;
    need_percent(L, f, "a fraction");
    p = rc_figure_whole(*f);
    x = exact_percent(f);
    bool at_least = strcmp(said, "at least ") == 0;
    if (below <= 0 && !(at_least ? x >= percent - 1e-9 : x > percent + 1e-9))
        return FALSE_WORDS;
    if (above <= 0 && !(x < percent - 1e-9))
        return FALSE_WORDS;
    /* one-sided words: what is printed may round to the fraction itself */
    double d = p - percent;
    return verdict_of(d >= -(below > 0 ? below : 0.5) - 1e-9 &&
                      d <= (above > 0 ? above : 0.5) + 1e-9);
}

static verdict
judge_range(rc_str text, const rc_figure *f)
{
    double x = exact_percent(f), p = rc_figure_whole(*f);
    if (begins(text, "both"))
        return verdict_of(f->count == 2 && f->base == 2);
    if (begins(text, "nearly all") || begins(text, "almost all"))
        return verdict_of(x < 100 - 1e-9 &&
                          x >= (f->low == RC_LOW_COUNTS ? 80 : 90));
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        const range *r = &ranges[i];
        if (begins(text, r->words))
            return verdict_of(x > r->over && x < r->under && p >= r->from &&
                              p <= r->to);
    }
    return UNKNOWN_WORDS;
}

/* "64 per cent", "64%", "nine of the 12", "11". */
static verdict
judge_number(lua_State *L, rc_str text, const rc_figure *f)
{
    int64_t n = 0, m = 0;
    size_t len = read_number(text, &n);
    if (len == SIZE_MAX)
        return UNKNOWN_WORDS;
    rc_str rest = rc_str_part(text, len, text.len);
    if (rc_str_starts(rest, "%") || begins(rest, " per cent") ||
        begins(rest, " percent")) {
        need_percent(L, f, "per cent");
        return verdict_of(fabs(rc_figure_whole(*f) - (double)n) < 0.5);
    }
    size_t skip = rc_str_starts(rest, " of the ") ? 8
                  : rc_str_starts(rest, " of ")   ? 4
                                                  : 0;
    if (skip > 0 &&
        read_number(rc_str_part(rest, skip, rest.len), &m) != SIZE_MAX)
        return verdict_of(f->count == n && f->base == m);
    if (rest.len > 0 && rest.at[0] != ' ')
        return UNKNOWN_WORDS;
    return verdict_of(f->count == n);
}

/* Sign of a - b; 0 where the difference passes no test. Inside one group the
 * counts decide; a group against one that contains it is tested against the
 * rest. */
static int
tested_sign(lua_State *L, const rc_figure *a, const rc_figure *b)
{
    const rc_script *s = rc_script_of(L);
    int sign = rc_figures_compare(L, a, b);
    if (a->group == b->group && a->wave == b->wave)
        return sign;
    bool tested = true;
    rc_direction d = RC_SAME;
    if (a->group >= 0 && b->group >= 0 &&
        rc_group_within(s->data, a->group, b->group))
        d = rc_stats_differs(s->env.stats, *a, &tested);
    else if (a->group >= 0 && b->group >= 0 &&
             rc_group_within(s->data, b->group, a->group))
        d = (rc_direction)-rc_stats_differs(s->env.stats, *b, &tested);
    else
        d = rc_stats_test(*a, *b, NULL);
    return tested && (int)d == sign ? sign : 0;
}

static bool
divided(lua_State *L, const rc_figure *a, const rc_figure *b)
{
    (void)rc_figures_compare(L, a, b);
    if (a->low == RC_LOW_COUNTS)
        return a->count - b->count <= 2 && b->count - a->count <= 2;
    return fabs(rc_figure_whole(*a) - rc_figure_whole(*b)) < 5.5;
}

static bool
holds(lua_State *L, relation r, const rc_figure *a, const rc_figure *b)
{
    switch (r) {
    case REL_EQUAL:
        return rc_figures_same(L, a, b);
    case REL_HIGHER:
        return tested_sign(L, a, b) > 0;
    case REL_LOWER:
        return tested_sign(L, a, b) < 0;
    case REL_ALIKE:
        return tested_sign(L, a, b) == 0;
    case REL_DIVIDED:
        return divided(L, a, b);
    case REL_POSITIVE:
        return rc_figures_compare(L, a, b) > 0;
    case REL_NEGATIVE:
        return rc_figures_compare(L, a, b) < 0;
    case REL_HIGHEST:
        return rc_figures_compare(L, a, b) > 0 && !rc_figures_same(L, a, b);
    case REL_LOWEST:
        return rc_figures_compare(L, a, b) < 0 && !rc_figures_same(L, a, b);
    }
    return false;
}

static verdict
judge_relation(lua_State *L, rc_str text, int count)
{
    for (size_t i = 0; i < sizeof relations / sizeof *relations; i++) {
        if (!begins(text, relations[i].words))
            continue;
        /* "more than half" speaks of each figure, not of two */
        rc_str rest =
            rc_str_part(text, strlen(relations[i].words), text.len);
        if (rc_str_starts(rest, " than "))
            continue;
        rc_figure first = rc_arg_figure(L, 2);
        for (int k = 3; k < count + 2; k++) {
            rc_figure other = rc_arg_figure(L, k);
            if (!holds(L, relations[i].relation, &first, &other))
                return FALSE_WORDS;
        }
        return TRUE_WORDS;
    }
    return UNKNOWN_WORDS;
}

static verdict
judge_share(lua_State *L, rc_str text, const rc_figure *f)
{
    verdict v = judge_range(text, f);
    if (v == UNKNOWN_WORDS)
        v = judge_fraction(L, text, f);
    if (v == UNKNOWN_WORDS)
        v = judge_number(L, text, f);
    return v;
}

static int
fail_claim(lua_State *L, rc_str words, int count)
{
    rc_script *s = rc_script_of(L);
    rc_str all = RC_LIT("");
    for (int i = 2; i < count + 2; i++) {
        rc_str one = rc_text_of(L, i, s->scratch);
        all = rc_str_printf(s->scratch, "%.*s%s%.*s", RC_STR(all),
                            i == 2           ? ""
                            : i + 1 == count + 2 ? " and "
                                                 : ", ",
                            RC_STR(one));
    }
    return rc_fail_at(L, "false-claim", RC_TOKEN_STRING, words,
                      "'%.*s' does not hold: the figure%s %.*s", RC_STR(words),
                      count > 1 ? "s are" : " is", RC_STR(all));
}

/* claim(words, v...): the words, where they are true of the figure, or of each
 * figure, or between the first and the others. */
static int
word_claim(lua_State *L)
{
    rc_script *s = rc_script_of(L);
    rc_str words = rc_arg_str(L, 1, "words");
    int count = lua_gettop(L) - 1;
    if (count < 1)
        return rc_fail_here(L, "bad-argument", "what is claimed of which "
                                               "figure?");
    char low[128];
    rc_str text = rc_str_trim(words);
    size_t len = 0;
    for (; len < text.len && len < sizeof low; len++) {
        char c = text.at[len];
        low[len] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    text = (rc_str){low, len};
    rc_mark mark = rc_arena_mark(s->scratch);
    verdict v = UNKNOWN_WORDS;
    for (int i = 2; i < count + 2; i++)
        (void)arg_share(L, i);
    if (count > 1)
        v = judge_relation(L, text, count);
    if (v == UNKNOWN_WORDS) {
        for (int i = 2; i < count + 2; i++) {
            rc_figure f = rc_arg_figure(L, i);
            v = judge_share(L, text, &f);
            if (v != TRUE_WORDS)
                break;
        }
    }
    if (v == FALSE_WORDS)
        return fail_claim(L, words, count);
    if (v == UNKNOWN_WORDS) {
        rc_fail_given(L, known_words, NULL);
        return rc_fail_at(L, "unknown-words", RC_TOKEN_STRING, words,
                          "cannot judge whether '%.*s' holds", RC_STR(words));
    }
    rc_arena_rewind(s->scratch, mark);
    lua_settop(L, 1);
    return 1;
}

void
rc_vocab_claims(rc_script *s)
{
    static const rc_word words[] = {
        {"fraction", word_fraction},
        {"majority", word_majority},
        {"claim", word_claim},
        {NULL, NULL},
    };
    rc_register(s, words);
}
