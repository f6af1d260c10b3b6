/* The figures that a chart shows as CSV (RFC 4180: commas, CRLF, quotes
 * doubled), one a line, as printed and unrounded. What the chart does not
 * print is not in it: no percentage of a base under the threshold, nothing of
 * a group that is withheld. docs/layout-format.md, 7, explains the columns. */
#include "doc/internal.h"

static const char head[] =
    "item,statement,group,wave,answer,printed,unrounded,count,base\r\n";

/* Decimals of what is not rounded for print. */
enum { DECIMALS = 4 };

static void
put_count(rc_buf *out, int64_t n)
{
    if (n >= 0)
        rc_buf_printf(out, "%lld", (long long)n);
}

/* "64.0316", "64": a per cent or a mean. Machines read it: its minus sign is
 * the hyphen, and no zeros end it. */
static void
put_unrounded(rc_buf *out, rc_figure f)
{
    f.decimals = DECIMALS;
    double x = rc_figure_rounded(f);
    long long n = (long long)rc_num_round(x * 10000, 0);
    rc_buf_printf(out, "%s%lld", n < 0 ? "-" : "", (n < 0 ? -n : n) / 10000);
    int digits = DECIMALS, rest = (int)((n < 0 ? -n : n) % 10000);
    for (; digits && rest % 10 == 0; digits--)
        rest /= 10;
    if (digits)
        rc_buf_printf(out, ".%0*d", digits, rest);
}

/* What the figure is of: a category, a net, the mean. */
static rc_str
answer_of(rc_binder *b, rc_figure f)
{
    if (f.item < 0 || f.kind == RC_FIG_NONE)
        return (rc_str){0};
    const rc_item *item = &b->data->items[f.item];
    if (item->scale >= 0 && f.category >= 0)
        return b->data->scales[item->scale].categories[f.category].label;
    if (item->scale >= 0 && f.net >= 0)
        return rc_net_label(b, b->data->scales[item->scale].nets[f.net]);
    return f.kind == RC_FIG_MEAN ? b->words->mean : (rc_str){0};
}

static rc_str
printed(rc_binder *b, rc_figure f, rc_csv_as as)
{
    if (as == RC_CSV_NOTHING)
        return (rc_str){0};
    if (f.kind == RC_FIG_NONE) { /* "Not asked", "Withheld" */
        rc_value v = {.kind = RC_VALUE_FIGURE, .figure = f};
        rc_spot spot = {.kind = RC_SPOT_CELL};
        return rc_capital(b->a, rc_print_value(b, &v, &spot, rc_span_none()));
    }
    if (as == RC_CSV_PERCENT)
        return rc_figure_percent(b->a, f);
    return f.count < 0 ? (rc_str){0} : rc_print_int(b->a, f.count);
}

void
rc_csv_add(rc_binder *b, rc_str id, rc_str statement, rc_figure f,
           rc_csv_as as)
{
    if (!b->report->attach_data)
        return;
    rc_buf *out = &b->csv;
    rc_str shown = printed(b, f, as);
    bool known = f.kind != RC_FIG_NONE && shown.len;
    if (!out->len)
        rc_buf_z(out, head);
    rc_str fields[] = {
        id.len || f.item < 0 ? id : b->data->items[f.item].id,
        statement,
        f.group < 0 ? (rc_str){0} : rc_name_group(b, f.group),
        b->data->wave_count && f.wave >= 0 ? b->data->waves[f.wave].label
                                           : (rc_str){0},
        answer_of(b, f),
        shown,
    };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        rc_buf_csv(out, rc_typo_text(b->a, fields[i]), false);
        rc_buf_char(out, ',');
    }
    if (known && as == RC_CSV_PERCENT)
        put_unrounded(out, f);
    rc_buf_char(out, ',');
    if (known)
        put_count(out, f.kind == RC_FIG_MEAN ? -1 : f.count);
    rc_buf_char(out, ',');
    put_count(out, f.kind == RC_FIG_NONE ? -1 : f.base);
    rc_buf_z(out, "\r\n");
}

/* "figure-3.1.csv": of the number, without the word before it. */
static rc_str
file_name(rc_binder *b, rc_str number)
{
    size_t from = number.len;
    while (from > 0 && number.at[from - 1] != ' ')
        from--;
    return rc_str_printf(b->a, "figure-%.*s.csv",
                         RC_STR(rc_str_part(number, from, number.len)));
}

void
rc_csv_end(rc_binder *b, rc_chart *c)
{
    if (b->csv.len && c->fur.number.len) {
        c->data.name = file_name(b, c->fur.number);
        c->data.title =
            rc_str_printf(b->a, "%.*s %.*s", RC_STR(b->words->data_for),
                          RC_STR(c->fur.number));
        c->data.text = rc_str_copy(b->a, rc_buf_str(&b->csv));
    }
    rc_buf_free(&b->csv);
}
