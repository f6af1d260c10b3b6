/* The survey's results as one checked table model: what the files of
 * docs/data-format.md say, whether they came as CSV or from SQLite. Plain data
 * made to be read; nothing changes it after loading. Indices, not pointers,
 * between tables; -1 is "none". Strings are UTF-8 from the files as they stand.
 */
#ifndef RC_DATA_MODEL_H
#define RC_DATA_MODEL_H

#include "base/diag.h"
#include "base/num.h"

/* One further column of `groups`. */
typedef struct rc_column {
    rc_str name, value;
} rc_column;

typedef struct rc_group {
    rc_str key, kind, name, short_name; /* short_name: name where none given */
    int parent;                         /* index, -1 none */
    /* Whole numbers, -1 where the data has none. `population` is the N of the
     * finite population correction (the column, else `invited`). */
    int64_t population, invited, respondents, responses;
    rc_str responses_label;
    const rc_column *columns; /* EVERY column of the row by name, in file
                                 order, those above included */
    size_t column_count;
    const int *children; /* indices in data order */
    size_t child_count;
    rc_span span;
} rc_group;

typedef enum rc_scale_kind { RC_SINGLE, RC_MULTI, RC_NUMERIC } rc_scale_kind;

typedef struct rc_category {
    rc_str key, label;
    int net;       /* index in the scale's nets; -1: outside nets */
    bool in_base;  /* default true */
    bool has_value;
    double value;
    rc_span span;
} rc_category;

typedef struct rc_scale {
    rc_str key;
    rc_scale_kind kind;
    const rc_category *categories; /* by position */
    size_t category_count;
    const rc_str *nets; /* names, in order of first mention ("agree", ...) */
    size_t net_count;
} rc_scale;

/* A wording for one group and all below it. */
typedef struct rc_variant {
    int group;
    rc_str text;
} rc_variant;

/* One item (statement) of a question. `id` is "question.item". */
typedef struct rc_item {
    rc_str id, key;
    int question, scale; /* scale -1: means only */
    rc_str text, short_text, question_text, base_text, chapter, chart, wording;
    int asked_of;        /* group of the routed subset; -1: all */
    int positive;        /* net that is good news, index in the scale's nets;
                            -1 if the scale has none */
    const rc_variant *texts, *short_texts;
    size_t text_count, short_text_count;
    rc_span span;
} rc_item;

typedef struct rc_question {
    rc_str key;
    int first_item; /* items stand by position, contiguous in rc_data.items */
    int item_count;
} rc_question;

typedef struct rc_wave {
    rc_str key, label, start, end, notes;
    int64_t respondents;
    rc_span span;
} rc_wave;

typedef struct rc_change {
    int question, group, item, wave; /* -1 where not named */
    rc_str change, from, note;
    bool bridge;
    rc_span span;
} rc_change;

/* What stands for one category of one item in one group and wave. */
typedef enum rc_cell_kind {
    RC_CELL_ABSENT,     /* no row: 0 if the item has others, else not asked */
    RC_CELL_COUNT,
    RC_CELL_PERCENT,    /* `value` as handed over, `decimals` of its text */
    RC_CELL_SUPPRESSED, /* [c] */
    RC_CELL_UNAVAILABLE,/* [x] */
    RC_CELL_LOW,        /* [low] */
    RC_CELL_NA,         /* [z] */
} rc_cell_kind;

typedef struct rc_cell {
    uint8_t kind;     /* rc_cell_kind */
    uint8_t decimals; /* of a percentage */
    bool has_weighted;
    int64_t count;
    double value;     /* percent */
    double weighted;
} rc_cell;

/* One item in one group and wave: its cells by category, and its bases. */
typedef struct rc_answer {
    const rc_cell *cells; /* by category of the item's scale; NULL: no rows */
    /* From `bases`, or from counts; -1: not known. `base_given` where the
     * `bases` table has a row; `base_withheld`: it says [x]. */
    int64_t unweighted;
    double weighted, effective, population;
    bool base_given, base_withheld;
    bool has_mean;
    double mean, sd, mean_base;
} rc_answer;

typedef struct rc_theme {
    rc_str question, theme, label;
    int group, wave;
    bool is_count;
    double value; /* percent or count */
    int decimals;
    int64_t base; /* -1 not known */
    rc_str base_note;
    bool conflict; /* never printed */
    rc_span span;
} rc_theme;

typedef enum rc_precision {
    RC_EXACT,
    RC_COUPLE,
    RC_ONE_OR_TWO,
} rc_precision;

typedef struct rc_mention {
    rc_str id, question, label;
    int group;
    int64_t count, of_commenting; /* -1 none */
    rc_precision precision;
    rc_span span;
} rc_mention;

typedef struct rc_comment {
    rc_str id, question, role, theme, text, language;
    int group;
    bool illustrative;
    rc_span span;
} rc_comment;

typedef struct rc_fact {
    rc_str key, value, unit;
    rc_span span;
} rc_fact;

/* Rows of a table by their group, in the order of the data: those of group g
 * are at[from[g]] up to at[from[g + 1]]. */
typedef struct rc_by_group {
    const size_t *from;
    const int *at;
} rc_by_group;

/* Whose results were read, by group, while somebody wants to know. The one
 * thing that reading writes. */
typedef struct rc_watch {
    uint8_t *read; /* by group; NULL: nobody asks */
} rc_watch;

typedef struct rc_data {
    rc_str path;
    const rc_group *groups;       size_t group_count;
    const rc_scale *scales;       size_t scale_count;
    const rc_question *questions; size_t question_count;
    const rc_item *items;         size_t item_count;
    const rc_wave *waves;         size_t wave_count; /* 0: one nameless wave */
    const rc_change *changes;     size_t change_count;
    const rc_theme *themes;       size_t theme_count;
    const rc_mention *mentions;   size_t mention_count;
    const rc_comment *comments;   size_t comment_count;
    const rc_fact *facts;         size_t fact_count;
    /* answers[(wave * group_count + group) * item_count + item]; there is
     * always at least one wave slot. */
    const rc_answer *answers;
    rc_by_group themes_of, mentions_of, comments_of;
    const void *index; /* keys to indices, for the look-ups below */
    bool lost_keys;    /* errors outside the results: keys may be missing */
    rc_watch *watch;   /* NULL: there is none */
} rc_data;

/* Results of a group (answers, themes, mentions, comments) are being read. The
 * look-ups below say so themselves; who walks the tables says it here. */
static inline void
rc_data_reads(const rc_data *d, int group)
{
    if (group >= 0 && d->watch && d->watch->read)
        d->watch->read[group] = 1;
}

/* For each group the digest of its results, and in *tables that of what else
 * the tables of results say: which themes there are. In `a`. */
const rc_str *rc_data_digests(rc_arena *a, const rc_data *d, rc_str *tables);

/* Index by key, or -1. Items by "question.item". Waves: the newest is last. */
int rc_data_group(const rc_data *d, rc_str key);
int rc_data_item(const rc_data *d, rc_str id);
int rc_data_question(const rc_data *d, rc_str key);
int rc_data_wave(const rc_data *d, rc_str key);
int rc_data_newest_wave(const rc_data *d); /* 0 where there are none */
const rc_fact *rc_data_fact(const rc_data *d, rc_str key);       /* or NULL */
const rc_comment *rc_data_comment(const rc_data *d, rc_str id);  /* or NULL */
/* "question.theme" in a group and wave; NULL if none or in conflict. */
const rc_theme *rc_data_theme(const rc_data *d, rc_str id, int group, int wave);
/* Whether any group has the theme "question.theme", or a theme of the question,
 * in any wave. */
bool rc_data_has_theme(const rc_data *d, rc_str id);
bool rc_data_has_themes(const rc_data *d, rc_str question);
const rc_answer *rc_data_answer(const rc_data *d, int item, int group,
                                int wave);
/* Column of a group by name; empty if none. */
rc_str rc_group_column(const rc_group *g, rc_str name);
/* An item's wording for a group: the nearest variant up the tree, else the
 * plain text (short: the text where it has no short one). */
rc_str rc_item_text_for(const rc_data *d, int item, int group);
rc_str rc_item_short_for(const rc_data *d, int item, int group);
/* All ids, for suggestions; made in the arena. */
const rc_str *rc_data_item_ids(rc_arena *a, const rc_data *d, size_t *count);
const rc_str *rc_data_group_keys(rc_arena *a, const rc_data *d, size_t *count);

#endif
