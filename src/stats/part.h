/* What stands behind a figure before it is one: an estimate with its weight,
 * which can be pooled with others and taken from a whole. Inside stats/ only.
 *
 *   W       weighted base, or the unweighted one where there are no weights
 *   Q       W^2 / effective base (without weights W^2 / n = n)
 *   pooled  W and Q add; so do counts and bases
 *   less    W and Q are subtracted
 *   n_eff   W^2 / Q (Kish, Survey Sampling, 1965, 11.7) */
#ifndef RC_STATS_PART_H
#define RC_STATS_PART_H

#include "stats/figure.h"

/* Which figure of an item. */
typedef struct rc_pick {
    int category, net; /* -1 */
    bool mean;
} rc_pick;

typedef struct rc_part {
    bool there;
    rc_why why; /* if not */
    bool exact; /* the value is num / den */
    int64_t num, den;
    int64_t count; /* unweighted, -1 not known */
    int64_t base;  /* unweighted, -1 not known */
    bool from_percent, whole_percent;
    double value;  /* share or mean */
    double square; /* of means: mean of the squares; -1 not known */
    double w, q;   /* -1 not known */
    double population; /* 0 not known */
} rc_part;

struct rc_stats {
    const rc_data *data;
    rc_stats_options options;
    const int **joined; /* by group: the set it is reported with */
    const size_t *joined_count;
    const bool *withheld;
    const uint8_t *closes; /* by answer: the counts of this group and its
                              siblings of its kind add to the parent's */
};

/* One group's own, whatever it is reported with. */
rc_part rc_part_of(const rc_stats *s, int item, rc_pick pick, int group,
                   int wave);
/* That of the groups together; members nobody asked are left out. */
rc_part rc_part_sum(const rc_stats *s, int item, rc_pick pick,
                    const int *groups, size_t count, int wave);
rc_part rc_part_add(rc_part a, rc_part b);
rc_part rc_part_less(rc_part whole, rc_part b);
rc_figure rc_part_figure(const rc_stats *s, rc_part p, rc_pick pick);

/* N of a group, 0 not known. */
double rc_stats_population(const rc_stats *s, int group);
/* Siblings of the group's kind that are not reported together with it. */
size_t rc_stats_siblings(const rc_stats *s, int group, int *out);
bool rc_stats_is_benchmark(const rc_stats *s, int group);
/* The group's own responses, whatever it is reported with; where the data has
 * none, its largest base; -1 not known. */
int64_t rc_stats_own_responses(const rc_stats *s, int group);
/* Logs an error "disclosed" for each group under the minimum whose answers
 * follow by subtraction from those of others, all being printed that may be,
 * and a warning "answered-alike" for each group in which all gave the same
 * answer to an item, or so many that every member of a joined set did (`a` is
 * for scratch). Nothing under `show`. */
void rc_stats_prove(rc_arena *a, const rc_stats *s, rc_log *log);

#endif
