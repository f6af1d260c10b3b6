/* Values printed by their place (docs/layout-format.md, "How a value prints").
 *
 *   prose       64 per cent · seven per cent · 11 of the 28, then 11
 *   sentence's  Sixty-four per cent · Eleven of the 28
 *   head
 *   brackets    64% · 11 of the 28
 *   cells       64% · 11 of 28 */
#include "doc/internal.h"

rc_str
rc_print_int(rc_arena *a, int64_t n)
{
    bool minus = n < 0;
    uint64_t u = minus ? 0u - (uint64_t)n : (uint64_t)n;
    char digits[32];
    size_t at = sizeof digits;
    for (int i = 0; u || !i; i++, u /= 10) {
        if (i && i % 3 == 0)
            digits[--at] = ',';
        digits[--at] = (char)('0' + u % 10);
    }
    rc_str s = {digits + at, sizeof digits - at};
    return minus ? rc_str_join(a, RC_LIT("\u2212"), s, (rc_str){0})
                 : rc_str_copy(a, s);
}

rc_str
rc_capital(rc_arena *a, rc_str s)
{
    if (!s.len || s.at[0] < 'a' || s.at[0] > 'z')
        return s;
    return rc_str_printf(a, "%c%.*s", s.at[0] - 'a' + 'A',
                         RC_STR(rc_str_part(s, 1, s.len)));
}

rc_str
rc_lower_first(rc_arena *a, rc_str s)
{
    bool single = s.len < 2 || s.at[1] < 'A' || s.at[1] > 'Z';
    if (!s.len || s.at[0] < 'A' || s.at[0] > 'Z' || !single)
        return s;
    return rc_str_printf(a, "%c%.*s", s.at[0] - 'A' + 'a',
                         RC_STR(rc_str_part(s, 1, s.len)));
}

/* -- dates --------------------------------------------------------------- */

typedef struct date {
    int64_t year, month, day;
} date;

static const char *const months[] = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

/* "2013-10-09", or "2013-10" (day 0). */
static bool
read_date(rc_str s, date *d)
{
    *d = (date){0};
    if (s.len != 7 && s.len != 10)
        return false;
    if (s.at[4] != '-' || (s.len == 10 && s.at[7] != '-'))
        return false;
    if (!rc_num_int(rc_str_part(s, 0, 4), &d->year) ||
        !rc_num_int(rc_str_part(s, 5, 7), &d->month) || d->month < 1 ||
        d->month > 12)
        return false;
    return s.len == 7 ||
           (rc_num_int(rc_str_part(s, 8, 10), &d->day) && d->day > 0);
}

rc_str
rc_print_date(rc_arena *a, rc_str iso)
{
    date d;
    if (!read_date(iso, &d))
        return iso;
    if (!d.day)
        return rc_str_printf(a, "%s %lld", months[d.month - 1],
                             (long long)d.year);
    return rc_str_printf(a, "%lld %s %lld", (long long)d.day,
                         months[d.month - 1], (long long)d.year);
}

rc_str
rc_print_dates(rc_arena *a, rc_str from, rc_str to, rc_str word)
{
    date f, t;
    if (!to.len || rc_str_eq(from, to))
        return rc_print_date(a, from);
    if (!from.len)
        return rc_print_date(a, to);
    if (read_date(from, &f) && read_date(to, &t) && f.year == t.year && f.day) {
        rc_str end = rc_print_date(a, to);
        if (f.month == t.month)
            return rc_str_printf(a, "%lld %.*s %.*s", (long long)f.day,
                                 RC_STR(word), RC_STR(end));
        return rc_str_printf(a, "%lld %s %.*s %.*s", (long long)f.day,
                             months[f.month - 1], RC_STR(word),
                             RC_STR(end));
    }
    return rc_str_printf(a, "%.*s %.*s %.*s", RC_STR(rc_print_date(a, from)),
                         RC_STR(word), RC_STR(rc_print_date(a, to)));
}

/* -- figures ------------------------------------------------------------- */

static bool
prose_form(const rc_spot *spot)
{
    return spot->kind == RC_SPOT_PROSE && !spot->brackets;
}

/* One to nine in words, digits from 10; words at the head of a sentence. */
static rc_str
print_count(rc_binder *b, int64_t n, const rc_spot *spot)
{
    bool words = spot->kind != RC_SPOT_CELL && spot->kind != RC_SPOT_KEY &&
                 (spot->head || (!spot->brackets && n >= 0 && n < 10));
    return words ? rc_number_words(b->a, n) : rc_print_int(b->a, n);
}

static rc_str
print_absent(rc_binder *b, const rc_figure *f, const rc_spot *spot)
{
    if (spot->kind == RC_SPOT_CELL && f->why == RC_WHY_NOT_ASKED)
        return b->words->not_asked;
    switch (f->why) {
    case RC_WHY_NOT_ASKED:
        return rc_lower_first(b->a, b->words->not_asked);
    case RC_WHY_WITHHELD:
        return b->words->withheld;
    case RC_WHY_SUPPRESSED:
        return b->words->not_shown;
    case RC_WHY_UNAVAILABLE:
        return b->words->missing;
    case RC_WHY_LOW:
        return b->words->too_few;
    case RC_WHY_NA:
        return b->words->not_applicable;
    }
    return b->words->missing;
}

/* "11 of the 28", and "11" where the paragraph has given the 28 already. */
static rc_str
print_low(rc_binder *b, const rc_figure *f, const rc_spot *spot, rc_str noun)
{
    int64_t n = f->count, base = f->base;
    if (n < 0)
        return b->words->too_few;
    if (spot->kind == RC_SPOT_CELL)
        return rc_word_fill2(b->a, b->words->of,
                             rc_str_printf(b->a, "%lld", (long long)n),
                             rc_str_printf(b->a, "%lld", (long long)base));
    bool said = spot->said && spot->said->base == base &&
                spot->said->group == f->group && !noun.len;
    if (spot->said)
        *spot->said = (rc_said){.base = base, .group = f->group};
    const char *gap = noun.len ? " " : "";
    if (n == 0 && said)
        return b->words->none;
    if (base == 1)
        return n ? b->words->one : b->words->none;
    if (n == base && base == 2)
        return rc_str_printf(b->a, "%.*s%s%.*s", RC_STR(b->words->both), gap,
                             RC_STR(noun));
    rc_spot after = *spot;
    after.head = false;
    rc_str whole =
        base < 10 ? print_count(b, base, &after) : rc_print_int(b->a, base);
    if (n == base)
        return rc_str_printf(
            b->a, "%.*s%s%.*s",
            RC_STR(rc_word_fill(b->a, b->words->all, whole)), gap,
            RC_STR(noun));
    rc_str count = n ? print_count(b, n, spot) : b->words->none;
    if (said)
        return count;
    return rc_str_printf(
        b->a, "%.*s%s%.*s",
        RC_STR(rc_word_fill2(b->a, b->words->of_the, count, whole)), gap,
        RC_STR(noun));
}

static rc_str
print_percent(rc_binder *b, const rc_figure *f, const rc_spot *spot, bool sign)
{
    rc_str digits = rc_figure_percent(b->a, *f);
    int64_t n;
    bool signed_form = sign || b->words->per_cent_sign;
    bool in_words = prose_form(spot) && (spot->head || !signed_form);
    if (spot->kind == RC_SPOT_CELL &&
        (rc_str_is(digits, "*") || rc_str_is(digits, "-")))
        return digits;
    if (rc_str_is(digits, "*"))
        return in_words ? b->words->almost_none : b->words->almost_none_sign;
    if (rc_str_is(digits, "-"))
        return b->words->none;
    if (!rc_num_int(digits, &n)) /* decimals */
        return in_words ? rc_word_fill(b->a, b->words->cent, digits)
                        : rc_str_printf(b->a, "%.*s%%", RC_STR(digits));
    if (in_words)
        return rc_word_fill(b->a, b->words->cent, print_count(b, n, spot));
    return rc_str_printf(b->a, "%lld%%", (long long)n);
}

static rc_str
print_points(rc_binder *b, const rc_figure *f, const rc_spot *spot)
{
    double points = rc_num_round(f->share * 100, f->decimals);
    if (f->decimals > 0 || !prose_form(spot) || points < 0) {
        rc_str digits = rc_num_print(b->a, points, f->decimals);
        if (spot->kind == RC_SPOT_CELL)
            return digits;
        bool one = rc_str_is(digits, "1");
        return rc_word_fill(
            b->a, one ? b->words->point : b->words->point_many, digits);
    }
    int64_t n = (int64_t)points;
    return rc_word_fill(b->a, n == 1 ? b->words->point : b->words->point_many,
                        print_count(b, n, spot));
}

static rc_str
print_figure(rc_binder *b, const rc_value *v, const rc_spot *spot, bool sign)
{
    const rc_figure *f = &v->figure;
    rc_str noun = v->kind == RC_VALUE_OF ? v->text : (rc_str){0};
    switch (f->kind) {
    case RC_FIG_NONE:
        return print_absent(b, f, spot);
    case RC_FIG_POINTS:
        return print_points(b, f, spot);
    case RC_FIG_MEAN:
        return rc_figure_digits(b->a, *f);
    case RC_FIG_SHARE:
    case RC_FIG_THEME:
        break;
    }
    if (f->low == RC_LOW_COUNTS)
        return print_low(b, f, spot, noun);
    rc_str share = print_percent(b, f, spot, sign);
    if (noun.len)
        return rc_word_fill2(b->a, b->words->of_noun, share, noun);
    return share;
}

/* -- values -------------------------------------------------------------- */

static rc_str
print_number(rc_binder *b, const rc_value *v, const rc_spot *spot)
{
    double n = v->number;
    bool whole = n == (double)(int64_t)n && n > -1e15 && n < 1e15;
    if (!whole) {
        rc_str s = rc_num_print(b->a, n, 1);
        return s;
    }
    if (v->kind == RC_VALUE_DIGITS || spot->kind == RC_SPOT_KEY)
        return spot->kind == RC_SPOT_KEY
                   ? rc_str_printf(b->a, "%lld", (long long)n)
                   : rc_print_int(b->a, (int64_t)n);
    if (v->cap)
        return rc_number_words(b->a, (int64_t)n);
    return print_count(b, (int64_t)n, spot);
}

static rc_str
print_list(rc_binder *b, const rc_value *v, const rc_spot *spot, rc_span span)
{
    rc_buf out = {0};
    rc_spot inner = *spot;
    for (size_t i = 0; i < v->count; i++) {
        bool last = i + 1 == v->count && spot->kind != RC_SPOT_KEY;
        if (i && last)
            rc_buf_printf(&out, " %.*s ", RC_STR(b->words->and));
        else if (i)
            rc_buf_z(&out, ", ");
        rc_buf_add(&out, rc_print_value(b, &v->items[i], &inner, span));
        inner.head = false;
    }
    rc_str s = rc_str_copy(b->a, rc_buf_str(&out));
    rc_buf_free(&out);
    return s;
}

static rc_str
print_mention(rc_binder *b, const rc_value *v, const rc_spot *spot)
{
    if (v->text.len)
        return v->text;
    const rc_mention *m = &b->data->mentions[v->index];
    (void)spot;
    return m->label;
}

static rc_str
print_plain(rc_binder *b, const rc_value *v, const rc_spot *spot, rc_span span)
{
    bool key = spot->kind == RC_SPOT_KEY;
    switch (v->kind) {
    case RC_VALUE_NIL:
        break;
    case RC_VALUE_BOOL:
        return v->truth ? RC_LIT("true") : RC_LIT("false");
    case RC_VALUE_NUMBER:
    case RC_VALUE_WORDS:
    case RC_VALUE_DIGITS:
        return print_number(b, v, spot);
    case RC_VALUE_TEXT:
        return v->text;
    case RC_VALUE_FIGURE:
    case RC_VALUE_OF:
        return print_figure(b, v, spot, false);
    case RC_VALUE_SIGN:
        return print_figure(b, v, spot, true);
    case RC_VALUE_GROUP:
        return key ? b->data->groups[v->index].key : rc_name_group(b, v->index);
    case RC_VALUE_ITEM:
        return key ? b->data->items[v->index].id
                   : rc_item_text_for(b->data, v->index, b->group);
    case RC_VALUE_MENTION:
        return print_mention(b, v, spot);
    case RC_VALUE_LIST:
        if (!v->count && !key)
            break;
        return print_list(b, v, spot, span);
    }
    rc_diag *d = rc_log_error(b->log, "empty-value", span,
                              "the expression gives nothing to print");
    rc_diag_hint(d, "print it inside {%% if %%}, where it is not nil");
    return (rc_str){0};
}

rc_str
rc_print_value(rc_binder *b, const rc_value *v, const rc_spot *spot,
               rc_span span)
{
    rc_spot here = *spot;
    if (v->cap)
        here.head = true;
    rc_str s = print_plain(b, v, &here, span);
    bool capital = v->cap || (here.head && here.kind == RC_SPOT_PROSE);
    if (here.head && here.kind == RC_SPOT_HEADLINE && v->kind != RC_VALUE_TEXT)
        capital = true;
    return capital ? rc_capital(b->a, s) : s;
}
