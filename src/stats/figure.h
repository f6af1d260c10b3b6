/* Figures of survey reporting: shares, nets, means, differences, each of
 * which knows its base. Pure arithmetic on rc_data; no text but digits.
 * Rules: docs/data-format.md, "How figures are tested and printed". */
#ifndef RC_STATS_FIGURE_H
#define RC_STATS_FIGURE_H

#include "base/hash.h"
#include "data/model.h"

/* A view of the data for one report: thresholds, the whole, and the groups
 * reported together because they fall under the disclosure minimum. */
typedef enum rc_disclosure_rule {
    RC_TOGETHER,
    RC_WITHHOLD,
    RC_SHOW,
} rc_disclosure_rule;

typedef struct rc_stats_options {
    int whole;                /* group all others are part of */
    int64_t caution, counts;  /* low-base thresholds: 100, 30 */
    int64_t minimum;          /* disclosure minimum, 0: none */
    rc_disclosure_rule rule;
} rc_stats_options;

typedef struct rc_stats rc_stats;

/* Works out the joined (or withheld) groups. Under `together` a group with
 * fewer than `minimum` responses is joined with the smallest other group of
 * the same parent and kind until the minimum is reached; members then all give
 * the joined group's figures. Logs what was joined or withheld (note
 * "reported-together", "withheld"). */
const rc_stats *rc_stats_make(rc_arena *a, const rc_data *data,
                              const rc_stats_options *options, rc_log *log);

/* The set that is reported together with `group`, smallest first, itself
 * included; count 1 when it stands alone. */
const int *rc_stats_joined(const rc_stats *s, int group, size_t *count);
bool rc_stats_withheld(const rc_stats *s, int group);
/* Adds all that is worked out here: who is reported together or withheld, and
 * which sums are closed. */
void rc_stats_hash(const rc_stats *s, rc_hash *h);
const rc_data *rc_stats_data(const rc_stats *s);
const rc_stats_options *rc_stats_options_of(const rc_stats *s);

typedef enum rc_low {
    RC_LOW_NONE,    /* base at or over `caution`, or not known */
    RC_LOW_CAUTION, /* one asterisk */
    RC_LOW_COUNTS,  /* two asterisks, counts instead of percentages */
} rc_low;

typedef enum rc_figure_kind {
    RC_FIG_NONE,       /* not asked, withheld, suppressed: see `why` */
    RC_FIG_SHARE,      /* a category or net: `share`, `count` of `base` */
    RC_FIG_MEAN,       /* `share` holds the mean */
    RC_FIG_POINTS,     /* a difference in percentage points, in `share` * 100 */
    RC_FIG_THEME,      /* share of those commenting; base may be -1 */
} rc_figure_kind;

typedef enum rc_why {
    RC_WHY_NOT_ASKED,
    RC_WHY_WITHHELD,
    RC_WHY_SUPPRESSED,
    RC_WHY_UNAVAILABLE,
    RC_WHY_LOW,
    RC_WHY_NA,
} rc_why;

/* One figure. Exact shares are kept as a fraction: `num` / `den` when
 * `exact`, so rounding never sees binary noise. */
typedef struct rc_figure {
    rc_figure_kind kind;
    rc_why why;
    rc_low low;
    bool exact;       /* num/den hold it exactly (counts) */
    bool from_percent;/* handed over as percentages */
    bool whole_percent;/* ... as whole numbers: 0 prints "0" */
    int decimals;     /* to print: 0 for shares, 1 for means */
    int64_t num, den;
    double share;     /* proportion 0..1; mean; or points / 100 */
    int64_t count;    /* unweighted; -1 where only percentages are known */
    int64_t base;     /* unweighted; -1 not known */
    double effective; /* effective base for tests; 0 not known */
    double population;/* N for the correction; 0 not known */
    int item, group, wave;  /* -1 where it is none */
    int net, category;      /* which one; -1 */
    bool fixed;       /* of a benchmark: compared with as if without error */
    double correction;/* f of the parent, for both sides of a test where a
                         side's own N is not known; -1: not known either */
    double sd;        /* of a mean; -1 not known */
} rc_figure;

rc_figure rc_stats_category(const rc_stats *s, int item, int category,
                            int group, int wave);
/* Net `net` of the item's scale: sum of unrounded shares. For RC_MULTI scales
 * RC_FIG_NONE. */
rc_figure rc_stats_net(const rc_stats *s, int item, int net, int group,
                       int wave);
/* Positive net less the (first other) negative net, in points. */
rc_figure rc_stats_balance(const rc_stats *s, int item, int group, int wave);
rc_figure rc_stats_mean(const rc_stats *s, int item, int group, int wave);
rc_figure rc_stats_theme(const rc_stats *s, rc_str id, int group, int wave);
/* a - b in points, from unrounded shares. Kind NONE if either is. */
rc_figure rc_stats_minus(rc_figure a, rc_figure b);

/* The figure as whole percent (or with `decimals`), rounded half away from
 * zero once from the exact value. */
double rc_figure_rounded(rc_figure f);
/* Where charts put the figure: what is printed of it, as a part of 1 (a mean
 * as it is), and never finer. "*" is a quarter of the last digit: something. */
double rc_figure_mark(rc_figure f);
/* "64", "*", "-", "0" or "4.5": digits or sign of a share in per cent, without
 * "%"; of a mean; of points with U+2212. Counts under the threshold: the
 * count. Not asked etc.: "". */
rc_str rc_figure_digits(rc_arena *a, rc_figure f);
/* The same, but always per cent / always the count. */
rc_str rc_figure_percent(rc_arena *a, rc_figure f);

/* Bases. */
int64_t rc_stats_base(const rc_stats *s, int item, int group, int wave);
int64_t rc_stats_responses(const rc_stats *s, int group); /* joined: the sum */
rc_low rc_stats_low(const rc_stats *s, int64_t base);

/* True when nobody in the group was asked the item. */
bool rc_stats_not_asked(const rc_stats *s, int item, int group, int wave);

/* -- sampling error ------------------------------------------------------ */

/* f = (N-n)/(N-1); 1 where N is not known (<= 0) or N <= 1; 0 where n >= N. */
double rc_stats_correction(double n, double population);
/* 1.96 * sqrt(p(1-p)/n * f), as a proportion (Cochran, Sampling Techniques,
 * 3rd ed., 1977, 3.3). */
double rc_stats_tolerance(double p, double n, double population);
/* 1.96 * sqrt(p(1-p)(f1/n1 + f2/n2)). */
double rc_stats_needed(double p, double n1, double population1, double n2,
                       double population2);

/* The same for a group at hand: with its N, else its parent's. */
double rc_stats_tolerance_of(const rc_stats *s, int group, double p);
/* The difference that two groups of the survey need, or (`other` -1) a group
 * and its rest: each side's own N, or the parent's N and n for both. */
double rc_stats_needed_of(const rc_stats *s, int group, int other, double p);

typedef enum rc_direction { RC_LOWER = -1, RC_SAME = 0, RC_HIGHER = 1 }
    rc_direction;

/* Two-proportion z with pooled p, two-sided 95%, on effective bases with each
 * side's correction. `z` (may be NULL) gets the statistic. */
rc_direction rc_stats_test(rc_figure a, rc_figure b, double *z);

/* The figure of the rest that `group` is tested against: its parent's less
 * its own where counts of its kind close, else its siblings pooled; or of
 * another comparator. `like` is the group's own figure. */
rc_figure rc_stats_rest(const rc_stats *s, rc_figure like);
/* The figure that `like` is tested against when a comparator is named: the
 * comparator's; where it holds the group, what is left of it without the
 * group. NONE where that is not known, or the group holds the comparator. */
rc_figure rc_stats_against(const rc_stats *s, rc_figure like, int other);
/* Whether a figure may be compared between two waves: no change without a
 * bridge lies between them. */
bool rc_stats_comparable(const rc_stats *s, int item, int group, int earlier,
                         int later);
/* Wave against wave; *tested as below, and false where not comparable. */
rc_direction rc_stats_changed(const rc_stats *s, rc_figure now, int earlier,
                              bool *tested);
/* Group against a named comparator; *tested as below. */
rc_direction rc_stats_differs_from(const rc_stats *s, rc_figure f, int other,
                                   bool *tested);
/* Group against its rest. RC_SAME and *tested = false under the counts
 * threshold (either side), for bases not known, and where there is no rest. */
rc_direction rc_stats_differs(const rc_stats *s, rc_figure f, bool *tested);
/* Sizes of a group and its rest, with their N (the parent's where theirs is
 * not known; 0 where none is), as the appendix prints them. The difference
 * they need is rc_stats_needed_of, which knows whose N it was. */
void rc_stats_sides(const rc_stats *s, int group, double *n, double *population,
                    double *rest_n, double *rest_population);

#endif
