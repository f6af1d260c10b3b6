/* A figure as digits. */
#include "stats/figure.h"

/* num * scale / den rounded half away from zero; false if it does not fit. */
static bool
exact_rounded(rc_figure f, int64_t scale, double *out)
{
    int64_t n = f.num < 0 ? -f.num : f.num, twice;
    if (f.den <= 0 || __builtin_mul_overflow(n, scale, &n)
        || __builtin_mul_overflow(n, INT64_C(2), &twice)
        || __builtin_add_overflow(twice, f.den, &twice)
        || f.den > INT64_MAX / 2)
        return false;
    int64_t q = twice / (2 * f.den);
    *out = (double)(f.num < 0 ? -q : q);
    return true;
}

double
rc_figure_rounded(rc_figure f)
{
    int64_t unit = 1;
    for (int i = 0; i < f.decimals; i++)
        unit *= 10;
    int64_t scale = f.kind == RC_FIG_MEAN ? unit : unit * 100;
    double r;
    if (f.kind == RC_FIG_NONE)
        return 0;
    if (f.exact && exact_rounded(f, scale, &r))
        return r / (double)unit;
    return rc_num_round(f.kind == RC_FIG_MEAN ? f.share : f.share * 100,
                        f.decimals);
}

double
rc_figure_mark(rc_figure f)
{
    if (f.kind == RC_FIG_NONE)
        return 0;
    double printed = rc_figure_rounded(f);
    if (f.kind == RC_FIG_MEAN)
        return printed;
    bool is_small = f.kind != RC_FIG_POINTS && f.share > 0 && !(printed > 0);
    if (is_small) {
        printed = 0.25;
        for (int i = 0; i < f.decimals; i++)
            printed /= 10;
    }
    return printed / 100;
}

static bool
is_zero(rc_figure f)
{
    return f.exact ? f.num == 0 : !(f.share > 0 || f.share < 0);
}

static rc_str
share_digits(rc_arena *a, rc_figure f)
{
    if (is_zero(f))
        return f.whole_percent ? RC_LIT("0") : RC_LIT("-");
    double r = rc_figure_rounded(f);
    return r > 0 ? rc_num_print(a, r, f.decimals) : RC_LIT("*");
}

rc_str
rc_figure_percent(rc_arena *a, rc_figure f)
{
    switch (f.kind) {
    case RC_FIG_NONE: break;
    case RC_FIG_SHARE: case RC_FIG_THEME: return share_digits(a, f);
    case RC_FIG_MEAN: case RC_FIG_POINTS:
        return rc_num_print(a, rc_figure_rounded(f), f.decimals);
    }
    return (rc_str){"", 0};
}

rc_str
rc_figure_digits(rc_arena *a, rc_figure f)
{
    if (f.kind == RC_FIG_NONE || f.low != RC_LOW_COUNTS)
        return rc_figure_percent(a, f);
    bool counted = f.kind == RC_FIG_SHARE || f.kind == RC_FIG_THEME;
    if (!counted || f.count < 0)
        return (rc_str){"", 0}; /* nothing but the base may be printed */
    return f.count ? rc_num_print(a, (double)f.count, 0) : RC_LIT("-");
}
