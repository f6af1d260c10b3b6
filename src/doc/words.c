/* The words the program prints by itself, and `words:` of report.yaml, which
 * replaces them: `roles`, `nets`, `shares` and `questions` are maps of the
 * survey's own names. */
#include <stddef.h>

#include "doc/internal.h"

typedef struct rc_word {
    const char *key;
    size_t at;
    const char *text;
} rc_word;

#define WORD(key, field, text)                                                 \
    {                                                                          \
        key, offsetof(rc_words, field), text                                   \
    }
static const rc_word words_table[] = {
    WORD("figure", figure, "Figure"),
    WORD("table", table, "Table"),
    WORD("section", section, "section"),
    WORD("chapter", chapter, "chapter"),
    WORD("appendix", appendix, "Appendix"),
    WORD("page", page, "page"),
    WORD("base", base, "Base:"),
    WORD("source", source, "Source:"),
    WORD("data-for", data_for, "Data for"),
    WORD("data-for-several", data_several, "Data for Figures {} to {}"),
    WORD("unit", per_cent, "Per cent"),
    WORD("number-answering", number_answering, "Number answering"),
    WORD("of-commenting", of_commenting, "Per cent of those commenting"),
    WORD("in-this-chapter", in_chapter, "In this chapter"),
    WORD("in-brief", in_brief, "In brief"),
    WORD("who-answered", who_answered, "Who answered"),
    WORD("from-comments", from_comments, "From the comments"),
    WORD("number", number, "Number"),
    WORD("not-asked", not_asked, "Not asked"),
    WORD("statement", statement, "Statement"),
    WORD("caution", caution, "Base below {}: treat with caution."),
    WORD("counts", counts,
         "Base below {}: numbers, not percentages, and indicative only."),
    WORD("cells", cell_note,
         "Base below {}. One cell of a bar is one response."),
    WORD("reading", reading, "Reading it:"),
    WORD("mean", mean, "Mean score"),
    WORD("all-responses", all_responses, "All responses"),
    WORD("responses", responses, "responses"),
    WORD("respondent", respondent, "respondent"),
    WORD("respondents", respondents, "respondents"),
    WORD("compared", compared_rest,
         "Higher and lower (with arrows): different from the rest of {} at "
         "the 95% level."),
    WORD("higher", higher, "higher"),
    WORD("lower", lower, "lower than the rest of {}, at the 95% level"),
    WORD("nets-note", net_note,
         "are added before rounding, so they may differ from the sum of the "
         "figures shown."),
    WORD("themes-note", themes_note,
         "A comment may carry several themes, so figures do not add to 100."),
    WORD("no-base", no_base, "their number was not published"),
    WORD("whole-note", whole_note,
         "Figures come from whole percentages: 0 may be less than half a per "
         "cent."),
    WORD("response", response, "response"),
    WORD("small-base", small_base, "Small base: {} responses."),
    WORD("small-base-one", small_base_one, "Small base: one response."),
    WORD("small-base-text", small_base_text,
         "Numbers, not percentages; indicative only."),
    WORD("sizes", sizes_head, "Base (responses)"),
    WORD("pairs", pairs_head, "Groups compared"),
    WORD("points", points_head, "Percentage points, for figures at or near"),
    WORD("rest", rest, "the rest"),
    WORD("per-cent-who", per_cent_who, "Per cent:"),
    WORD("and", and, "and"),
    WORD("or", or, "or"),
    WORD("to", to, "to"),
    WORD("with", with, "with"),
    WORD("from", from, "{} from {}"),
    WORD("of", of, "{} of {}"),
    WORD("of-the", of_the, "{} of the {}"),
    WORD("of-noun", of_noun, "{} of {}"),
    WORD("of-count", of_count, "of {}"),
    WORD("number-of", number_of, "number of {}"),
    WORD("none", none, "none"),
    WORD("one", one, "one"),
    WORD("both", both, "both"),
    WORD("all", all, "all {}"),
    WORD("per-cent-word", cent, "{} per cent"),
    WORD("point", point, "{} percentage point"),
    WORD("point-many", point_many, "{} percentage points"),
    WORD("almost-none", almost_none, "less than half of one per cent"),
    WORD("almost-none-sign", almost_none_sign, "less than 0.5%"),
    WORD("not-shown", not_shown, "not shown"),
    WORD("too-few", too_few, "too few to show"),
    WORD("not-applicable", not_applicable, "not applicable"),
    WORD("base-missing", base_missing, "base not available"),
    WORD("base-head", base_head, "Base"),
    WORD("foot-caution", foot_caution, "{}: treat with caution"),
    WORD("foot-counts", foot_counts, "{}: numbers, indicative only"),
    WORD("all-commenting", all_commenting, "All giving a comment"),
    WORD("bars", bars, "Bars: {} ({})"),
    WORD("example", example,
         "if {} of all {} agree, asking everyone would very likely have given "
         "a figure within {} of that."),
    WORD("left-out", left_out, "{} are left out: each has a base below {}."),
    WORD("left-out-one", left_out_one, "{} is left out: a base below {}."),
    WORD("withheld", withheld, "withheld"),
    WORD("withheld-note", withheld_note,
         "Nothing is shown for {}, so that nobody's answer can be worked out."),
    WORD("stacked-chart", stacked_chart, "Stacked bar chart"),
    WORD("bar-chart", bar_chart, "Bar chart"),
    WORD("dot-chart", dot_chart, "Dot chart"),
    WORD("line-chart", line_chart, "Line chart"),
    WORD("diagram", diagram, "Diagram"),
    WORD("less-than-half", less_than_half, "less than 0.5 per cent"),
    WORD("base-below", base_below, "base below {}"),
    WORD("missing", missing, "not available"),
    WORD("not-comparable", not_comparable, "not comparable with these"),
    WORD("higher-value", higher_value, "higher"),
    WORD("lower-value", lower_value, "lower"),
};
enum { WORD_COUNT = sizeof words_table / sizeof *words_table };

static rc_str *
word_at(rc_words *w, size_t i)
{
    return (rc_str *)(void *)((char *)w + words_table[i].at);
}

rc_str
rc_word_responses(const rc_binder *b, int64_t n)
{
    return n == 1 ? b->words->response : b->words->responses;
}

void
rc_words_default(rc_words *w)
{
    for (size_t i = 0; i < WORD_COUNT; i++)
        *word_at(w, i) = rc_str_z(words_table[i].text);
}

static const rc_script_field *
read_map(rc_arena *a, const rc_node *words, const char *key, size_t *count,
         rc_log *log)
{
    const rc_node *map = rc_map_get(words, key);
    if (!map)
        return NULL;
    if (map->kind != RC_NODE_MAP) {
        rc_node_expected(map, "a map of names and words", log);
        return NULL;
    }
    rc_script_field *fields =
        RC_MAKE_ARRAY(a, rc_script_field, map->pair_count + 1);
    for (size_t i = 0; i < map->pair_count; i++) {
        fields[i].name = map->pairs[i].key;
        fields[i].value = map->pairs[i].value->scalar;
    }
    *count = map->pair_count;
    return fields;
}

static void
unknown_word(const rc_pair *pair, rc_log *log)
{
    rc_str names[WORD_COUNT + 5];
    size_t n = 0;
    for (; n < WORD_COUNT; n++)
        names[n] = rc_str_z(words_table[n].key);
    static const char *const more[] = {"per-cent", "roles", "nets", "shares",
                                       "questions"};
    for (size_t i = 0; i < 5; i++)
        names[n++] = rc_str_z(more[i]);
    rc_diag *d = rc_log_error(log, "unknown-key", pair->key_span,
                              "unknown key '%.*s' in words", RC_STR(pair->key));
    rc_diag_suggest(d, pair->key, names, n);
}

static bool
read_word(rc_words *w, const rc_pair *pair)
{
    for (size_t i = 0; i < WORD_COUNT; i++) {
        if (rc_str_is(pair->key, words_table[i].key)) {
            *word_at(w, i) = pair->value->scalar;
            return true;
        }
    }
    return false;
}

bool
rc_words_read(rc_arena *a, const rc_node *map, rc_report *r, rc_log *log)
{
    rc_words_default(&r->words);
    r->per_cent = RC_LIT("words");
    if (!map)
        return true;
    if (map->kind != RC_NODE_MAP) {
        rc_node_expected(map, "a map of words", log);
        return false;
    }
    static const char *const per_cent[] = {"words", "sign", NULL};
    if (rc_map_get(map, "per-cent")) {
        int choice = rc_map_choice(map, "per-cent", per_cent, log);
        r->words.per_cent_sign = choice == 1;
        if (choice == 1)
            r->per_cent = RC_LIT("sign");
    }
    r->roles = read_map(a, map, "roles", &r->role_count, log);
    r->nets = read_map(a, map, "nets", &r->net_count, log);
    r->shares = read_map(a, map, "shares", &r->share_count, log);
    r->questions = read_map(a, map, "questions", &r->question_count, log);
    for (size_t i = 0; i < map->pair_count; i++) {
        const rc_pair *pair = &map->pairs[i];
        if (rc_str_is(pair->key, "per-cent") || rc_str_is(pair->key, "roles") ||
            rc_str_is(pair->key, "nets") || rc_str_is(pair->key, "shares") ||
            rc_str_is(pair->key, "questions"))
            continue;
        if (!read_word(&r->words, pair))
            unknown_word(pair, log);
        else if (pair->value->kind != RC_NODE_SCALAR)
            rc_node_expected(pair->value, "words", log);
    }
    return true;
}
