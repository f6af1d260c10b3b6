/* Fractions in words, and whether an author's words are true; those between two
 * figures or more are in relation.c.
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
        if (rc_begins(text, words[i])) {
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
        if (rc_begins(text, named[i].words)) {
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

static rc_verdict
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
        return RC_UNKNOWN_WORDS;
    need_percent(L, f, "a fraction");
    p = rc_figure_whole(*f);
    x = exact_percent(f);
    bool at_least = strcmp(said, "at least ") == 0;
    if (below <= 0 && !(at_least ? x >= percent - 1e-9 : x > percent + 1e-9))
        return RC_FALSE_WORDS;
    if (above <= 0 && !(x < percent - 1e-9))
        return RC_FALSE_WORDS;
    /* one-sided words: what is printed may round to the fraction itself */
    double d = p - percent;
    return rc_verdict_of(d >= -(below > 0 ? below : 0.5) - 1e-9 &&
                      d <= (above > 0 ? above : 0.5) + 1e-9);
}

static rc_verdict
judge_range(rc_str text, const rc_figure *f)
{
    double x = exact_percent(f), p = rc_figure_whole(*f);
    if (rc_begins(text, "both"))
        return rc_verdict_of(f->count == 2 && f->base == 2);
    if (rc_begins(text, "nearly all") || rc_begins(text, "almost all"))
        return rc_verdict_of(x < 100 - 1e-9 &&
                          x >= (f->low == RC_LOW_COUNTS ? 80 : 90));
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        const range *r = &ranges[i];
        if (rc_begins(text, r->words))
            return rc_verdict_of(x > r->over && x < r->under && p >= r->from &&
                              p <= r->to);
    }
    return RC_UNKNOWN_WORDS;
}

/* "64 per cent", "64%", "nine of the 12", "11". */
static rc_verdict
judge_number(lua_State *L, rc_str text, const rc_figure *f)
{
    int64_t n = 0, m = 0;
    size_t len = read_number(text, &n);
    if (len == SIZE_MAX)
        return RC_UNKNOWN_WORDS;
    rc_str rest = rc_str_part(text, len, text.len);
    if (rc_str_starts(rest, "%") || rc_begins(rest, " per cent") ||
        rc_begins(rest, " percent")) {
        need_percent(L, f, "per cent");
        return rc_verdict_of(fabs(rc_figure_whole(*f) - (double)n) < 0.5);
    }
    size_t skip = rc_str_starts(rest, " of the ") ? 8
                  : rc_str_starts(rest, " of ")   ? 4
                                                  : 0;
    if (skip > 0 &&
        read_number(rc_str_part(rest, skip, rest.len), &m) != SIZE_MAX)
        return rc_verdict_of(f->count == n && f->base == m);
    if (rest.len > 0 && rest.at[0] != ' ')
        return RC_UNKNOWN_WORDS;
    return rc_verdict_of(f->count == n);
}

static rc_verdict
judge_share(lua_State *L, rc_str text, const rc_figure *f)
{
    rc_verdict v = judge_range(text, f);
    if (v == RC_UNKNOWN_WORDS)
        v = judge_fraction(L, text, f);
    if (v == RC_UNKNOWN_WORDS)
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
    rc_verdict v = RC_UNKNOWN_WORDS;
    for (int i = 2; i < count + 2; i++)
        (void)arg_share(L, i);
    v = rc_judge_relation(L, text, count);
    if (v == RC_UNKNOWN_WORDS) {
        for (int i = 2; i < count + 2; i++) {
            rc_figure f = rc_arg_figure(L, i);
            v = judge_share(L, text, &f);
            if (v != RC_TRUE_WORDS)
                break;
        }
    }
    if (v == RC_FALSE_WORDS)
        return fail_claim(L, words, count);
    if (v == RC_UNKNOWN_WORDS) {
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
