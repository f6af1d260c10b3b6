/* `tolerance` and `differences`: the tables of sampling error, computed for
 * the report's own bases. Tests, arrows and these tables use one function. */
#include "doc/internal.h"

typedef struct shares {
    double at[8];
    size_t count;
} shares;

static void
read_shares(const rc_dir *d, shares *s)
{
    *s = (shares){.at = {10, 30, 50}, .count = 3};
    const rc_node *n = rc_dir_get(d, "shares");
    if (!n)
        return;
    if (n->kind != RC_NODE_LIST || n->item_count > 8) {
        rc_node_expected(n, "a list of at most eight percentages", d->b->log);
        return;
    }
    s->count = 0;
    for (size_t i = 0; i < n->item_count; i++) {
        double x;
        rc_str text = rc_dir_node_text(d, n->items[i]);
        if (!rc_num_real(text, &x) || x <= 0 || x >= 100) {
            rc_node_expected(n->items[i], "a percentage between 0 and 100",
                             d->b->log);
            continue;
        }
        s->at[s->count++] = x;
    }
}

/* "10% or 90%", "50%" */
static rc_str
share_head(rc_binder *b, double x)
{
    rc_arena *a = b->a;
    rc_str one = rc_num_print(a, x, 0);
    if (x > 49.5 && x < 50.5)
        return rc_str_printf(a, "%.*s%%", RC_STR(one));
    rc_str two = rc_num_print(a, 100 - x, 0);
    return rc_str_printf(a, "%.*s%% %.*s %.*s%%", RC_STR(one),
                         RC_STR(b->words->or), RC_STR(two));
}

static rc_table *
begin_table(const rc_dir *d, rc_str head, const shares *s)
{
    rc_binder *b = d->b;
    rc_table *t = RC_MAKE(b->a, rc_table);
    t->form = RC_TABLE_DATA;
    rc_furniture_begin(d, RC_NUMBER_TABLE, &t->fur);
    t->fur.scope = (rc_str){0};
    rc_table_column *cols = RC_MAKE_ARRAY(b->a, rc_table_column, s->count + 1);
    cols[0].head = rc_prose_from(b, head);
    cols[0].align = 'l';
    for (size_t i = 0; i < s->count; i++) {
        cols[i + 1].head = rc_prose_from(b, share_head(b, s->at[i]));
        cols[i + 1].align = 'r';
    }
    t->columns = cols;
    t->column_count = s->count + 1;
    t->spanning = b->words->points_head;
    t->summary = rc_prose_plain(b->a, t->fur.headline);
    return t;
}

/* Round bases have the N of the whole. */
static double
size_tolerance(rc_binder *b, int64_t n, double share)
{
    int64_t population = b->data->groups[b->whole].population;
    return rc_stats_tolerance(share, (double)n,
                              population > 0 ? (double)population : 0);
}

/* `group` -1: a round base. */
static void
tolerance_row(const rc_dir *d, rc_row_vec *rows, rc_str label, int group,
              int64_t n, const shares *s)
{
    rc_binder *b = d->b;
    rc_row *row = rc_row_add(b, rows, RC_ROW_BODY, s->count + 1, d->span);
    rc_cell_set(row, 0, (rc_cell_text){.text = rc_prose_from(b, label)});
    for (size_t i = 0; i < s->count; i++) {
        double p = s->at[i] / 100;
        double t = 100 * (group < 0 ? size_tolerance(b, n, p)
                                    : rc_stats_tolerance_of(b->stats, group, p));
        if (group >= 0)
            *rc_vec_push(b->a, &b->cells) =
                (rc_script_cell){group, s->at[i], d->span};
        rc_cell_set(
            row, i + 1,
            rc_cell_make(b, rc_str_printf(b->a, "\u00b1%.*s",
                                          RC_STR(rc_num_print(b->a, t, 1)))));
    }
}

static rc_str
group_label(rc_binder *b, int group, int64_t n)
{
    rc_str name =
        group == b->whole ? b->words->all_responses : rc_name_group(b, group);
    return rc_str_printf(b->a, "%.*s (%.*s)", RC_STR(name),
                         RC_STR(rc_print_int(b->a, n)));
}

/* Groups under the counts threshold have no percentages, so no tolerance. */
static void
left_out(const rc_dir *d, const rc_int_vec *low, rc_prose_vec *notes)
{
    rc_binder *b = d->b;
    if (!low->count)
        return;
    rc_str *names = RC_MAKE_ARRAY(b->a, rc_str, low->count);
    for (size_t i = 0; i < low->count; i++)
        names[i] = group_label(b, low->at[i],
                               rc_stats_responses(b->stats, low->at[i]));
    rc_str words = low->count == 1 ? b->words->left_out_one : b->words->left_out;
    words = rc_word_fill(b->a, words, rc_name_list(b, names, low->count));
    rc_note_text(b, rc_word_fill(b->a, words,
                                 rc_print_int(b->a, b->report->counts)),
                 notes);
}

/* The worked example is a cell of the table itself. */
static void
example(const rc_dir *d, rc_prose_vec *notes, const shares *s,
        const rc_int_vec *groups)
{
    static const char *const keys[] = {"group", "share", NULL};
    rc_binder *b = d->b;
    const rc_node *n = rc_dir_get(d, "example");
    if (!n)
        return;
    if (n->kind != RC_NODE_MAP) {
        rc_node_expected(n, "a map with group and share", b->log);
        return;
    }
    rc_map_known(n, keys, "example", b->log);
    int group = b->whole;
    double share = 0;
    const rc_node *g = rc_map_get(n, "group");
    if (g && !rc_dir_group(d, g, &group))
        return;
    rc_map_real(n, "share", &share, b->log);
    bool is_cell = false, is_row = false;
    for (size_t i = 0; i < s->count; i++)
        is_cell =
            is_cell || (s->at[i] - share < 0.01 && share - s->at[i] < 0.01);
    for (size_t i = 0; i < groups->count; i++)
        is_row = is_row || groups->at[i] == group;
    if (!is_cell || !is_row) {
        rc_log_error(b->log, "table", n->span,
                     "the example is no cell of its own table");
        return;
    }
    int64_t base = rc_stats_responses(b->stats, group);
    double t = 100 * rc_stats_tolerance_of(b->stats, group, share / 100);
    rc_str share_words = rc_str_printf(
        b->a, "%.*s%%", RC_STR(rc_num_print(b->a, share, 0)));
    rc_str all = rc_str_printf(b->a, "%.*s %.*s",
                               RC_STR(rc_print_int(b->a, base)),
                               RC_STR(b->words->responses));
    if (group != b->whole)
        all = rc_word_fill2(b->a, b->words->from, all, rc_name_group(b, group));
    rc_str words = rc_word_fill2(b->a, b->words->example, share_words, all);
    rc_str reach = rc_word_fill(b->a, b->words->point_many,
                                rc_num_print(b->a, t, 1));
    rc_note_text(b,
                 rc_str_printf(b->a, "\1%.*s\1 %.*s", RC_STR(b->words->reading),
                               RC_STR(rc_word_fill(b->a, words, reach))),
                 notes);
}

static void
finish_table(const rc_dir *d, rc_table *t, rc_row_vec *rows,
             rc_prose_vec *notes)
{
    t->rows = rows->at;
    t->row_count = rows->count;
    const rc_node *own = rc_dir_get(d, "note");
    if (own)
        *rc_vec_push(d->b->a, notes) = rc_prose_node(d->b, own, RC_SPOT_PROSE);
    rc_note_hidden(d, notes);
    t->fur.notes = notes->at;
    t->fur.note_count = notes->count;
    rc_dir_add(d, RC_BLOCK_TABLE)->as.table = t;
}

static void
size_row(const rc_dir *d, rc_row_vec *rows, const rc_node *at, rc_str text,
         const shares *s)
{
    rc_binder *b = d->b;
    int64_t n;
    if (!rc_num_int(text, &n) || n < b->report->counts)
        rc_node_expected(at, "bases at or over the counts threshold", b->log);
    else
        tolerance_row(d, rows, rc_print_int(b->a, n), -1, n, s);
}

/* Round bases: a list, or "30, 75, 100" in one text. */
static void
size_rows(const rc_dir *d, rc_row_vec *rows, const shares *s)
{
    const rc_node *sizes = rc_dir_get(d, "sizes");
    if (!sizes)
        return;
    for (size_t i = 0; i < sizes->item_count; i++)
        size_row(d, rows, sizes->items[i], rc_dir_node_text(d, sizes->items[i]),
                 s);
    if (sizes->kind != RC_NODE_SCALAR)
        return;
    rc_str text = rc_dir_node_text(d, sizes);
    for (size_t from = 0; from < text.len;) {
        size_t end = rc_str_find(text, ",", from);
        if (end == SIZE_MAX)
            end = text.len;
        size_row(d, rows, sizes, rc_str_trim(rc_str_part(text, from, end)), s);
        from = end + 1;
    }
}

void
rc_dir_tolerance(const rc_dir *d)
{
    rc_binder *b = d->b;
    shares s;
    read_shares(d, &s);
    rc_int_vec groups = {0}, low = {0}, used = {0};
    rc_dir_groups(d, "groups", &groups);
    if (!rc_dir_get(d, "groups"))
        *rc_vec_push(b->a, &groups) = b->whole;
    rc_table *t = begin_table(d, b->words->sizes_head, &s);
    rc_row_vec rows = {0};
    rc_prose_vec notes = {0};
    for (size_t i = 0; i < groups.count; i++) {
        int g = groups.at[i];
        int64_t n = rc_stats_responses(b->stats, g);
        if (n <= 0)
            continue;
        if (rc_is_counted(b, n)) {
            *rc_vec_push(b->a, &low) = g;
            continue;
        }
        *rc_vec_push(b->a, &used) = g;
        tolerance_row(d, &rows, group_label(b, g, n), g, n, &s);
    }
    size_rows(d, &rows, &s);
    example(d, &notes, &s, &used);
    left_out(d, &low, &notes);
    finish_table(d, t, &rows, &notes);
}

/* -- differences --------------------------------------------------------- */

/* `other` -1: the rest. */
static void
difference_row(const rc_dir *d, rc_row_vec *rows, rc_str label, int group,
               int other, const shares *s)
{
    rc_binder *b = d->b;
    rc_row *row = rc_row_add(b, rows, RC_ROW_BODY, s->count + 1, d->span);
    rc_cell_set(row, 0, (rc_cell_text){.text = rc_prose_from(b, label)});
    for (size_t i = 0; i < s->count; i++) {
        double x =
            100 * rc_stats_needed_of(b->stats, group, other, s->at[i] / 100);
        rc_cell_set(row, i + 1, rc_cell_make(b, rc_num_print(b->a, x, 1)));
    }
}

/* Two groups of which one holds the other are not two. */
static bool
are_apart(rc_binder *b, const int g[2])
{
    for (size_t i = 0; i < 2; i++)
        for (int at = g[i]; at >= 0; at = b->data->groups[at].parent)
            if (at == g[1 - i])
                return false;
    return true;
}

static void
pair_row(const rc_dir *d, rc_row_vec *rows, const int g[2], rc_span at,
         const shares *s)
{
    rc_binder *b = d->b;
    rc_str label[2];
    if (!are_apart(b, g)) {
        rc_diag *e = rc_log_error(b->log, "table", at,
                                  "'%.*s' and '%.*s' are not two groups: one "
                                  "holds the other",
                                  RC_STR(b->data->groups[g[0]].key),
                                  RC_STR(b->data->groups[g[1]].key));
        rc_diag_hint(e, "groups: compares a group with the rest");
        return;
    }
    for (size_t i = 0; i < 2; i++)
        label[i] =
            group_label(b, g[i], rc_stats_responses(b->stats, g[i]));
    difference_row(d, rows,
                   rc_name_list(b, label, 2),
                   g[0], g[1], s);
}

/* [north, south] */
static void
named_pair(const rc_dir *d, rc_row_vec *rows, const rc_node *pair,
           const shares *s)
{
    rc_binder *b = d->b;
    int g[2];
    if (pair->item_count != 2) {
        rc_node_expected(pair, "a list of two groups", b->log);
        return;
    }
    for (size_t i = 0; i < 2; i++) {
        if (!rc_dir_group(d, pair->items[i], &g[i]) || rc_dir_hides(d, g[i]))
            return;
        if (rc_is_counted(b, rc_stats_responses(b->stats, g[i]))) {
            rc_log_error(b->log, "table", pair->items[i]->span,
                         "'%.*s' has a base below %lld: nothing is tested",
                         RC_STR(b->data->groups[g[i]].key),
                         (long long)b->report->counts);
            return;
        }
    }
    pair_row(d, rows, g, pair->span, s);
}

/* Pairs that are lists of two; or groups, of which every two are compared:
 * those under the threshold are left out and named. */
static void
add_pairs(const rc_dir *d, rc_row_vec *rows, const shares *s, rc_int_vec *low)
{
    rc_binder *b = d->b;
    const rc_node *n = rc_dir_get(d, "pairs");
    if (!n || (n->kind == RC_NODE_SCALAR && !rc_dir_node_text(d, n).len))
        return;
    if (n->kind == RC_NODE_LIST && n->item_count
        && n->items[0]->kind == RC_NODE_LIST) {
        for (size_t i = 0; i < n->item_count; i++)
            if (n->items[i]->kind == RC_NODE_LIST)
                named_pair(d, rows, n->items[i], s);
            else
                rc_node_expected(n->items[i], "a list of two groups", b->log);
        return;
    }
    rc_int_vec named = {0}, groups = {0};
    rc_dir_groups(d, "pairs", &named);
    for (size_t i = 0; i < named.count; i++) {
        int g = named.at[i];
        bool counted = rc_is_counted(b, rc_stats_responses(b->stats, g));
        rc_int_vec *to = counted ? low : &groups;
        bool there = false;
        for (size_t k = 0; k < to->count; k++)
            there = there || to->at[k] == g;
        if (!there)
            *rc_vec_push(b->a, to) = g;
    }
    for (size_t i = 0; i < groups.count; i++)
        for (size_t k = i + 1; k < groups.count; k++)
            pair_row(d, rows, (int[2]){groups.at[i], groups.at[k]}, n->span, s);
}

void
rc_dir_differences(const rc_dir *d)
{
    rc_binder *b = d->b;
    shares s;
    read_shares(d, &s);
    rc_int_vec groups = {0}, low = {0};
    rc_dir_groups(d, "groups", &groups);
    if (!rc_dir_get(d, "groups") && !rc_dir_get(d, "pairs"))
        rc_dir_children(d, &groups);
    rc_table *t = begin_table(d, b->words->pairs_head, &s);
    rc_row_vec rows = {0};
    rc_prose_vec notes = {0};
    for (size_t i = 0; i < groups.count; i++) {
        int g = groups.at[i];
        int64_t n = rc_stats_responses(b->stats, g);
        if (n <= 0 || g == b->whole)
            continue;
        if (rc_is_counted(b, n)) {
            *rc_vec_push(b->a, &low) = g;
            continue;
        }
        double own, n_own, n_rest, rest_n;
        rc_stats_sides(b->stats, g, &own, &n_own, &rest_n, &n_rest);
        rc_str rest = rc_print_int(b->a, (int64_t)rest_n);
        rc_str pair[2] = {group_label(b, g, n),
                          rc_str_printf(b->a, "%.*s (%.*s)",
                                        RC_STR(b->words->rest), RC_STR(rest))};
        difference_row(d, &rows,
                       rc_name_list(b, pair, 2), g, -1, &s);
    }
    add_pairs(d, &rows, &s, &low);
    left_out(d, &low, &notes);
    finish_table(d, t, &rows, &notes);
}
