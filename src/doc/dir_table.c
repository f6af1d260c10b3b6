/* `table`, `glance`, `facts`. */
#include "doc/internal.h"

/* -- table: a Markdown table with a number ------------------------------- */

static const rc_md_node *
find_table(const rc_md *md)
{
    for (const rc_md_node *n = md->document->first; n; n = n->next)
        if (n->kind == RC_MD_TABLE)
            return n;
    return NULL;
}

static void
mark_total(const rc_dir *d, rc_table *t)
{
    static const char *const where[] = {"first", "last", "none", NULL};
    if (!rc_dir_get(d, "total") || !t->row_count)
        return;
    int at = rc_map_choice(d->map, "total", where, d->b->log);
    if (at < 0 || at == 2)
        return;
    union {
        const rc_row *in;
        rc_row *out;
    } rows = {.in = t->rows};
    rows.out[at == 0 ? 0 : t->row_count - 1].kind = RC_ROW_TOTAL;
}

typedef struct over_head {
    rc_prose text;
    int64_t columns;
    rc_span span;
} over_head;
typedef RC_VEC(over_head) over_vec;

/* Heads over columns, as they are written. */
static void
read_over(const rc_dir *d, over_vec *out)
{
    static const char *const keys[] = {"head", "columns", NULL};
    rc_binder *b = d->b;
    const rc_node *list = rc_dir_get(d, "over");
    if (list && list->kind != RC_NODE_LIST)
        rc_node_expected(list, "a list of {head: ..., columns: ...}", b->log);
    if (list && rc_dir_get(d, "unit"))
        rc_diag_hint(rc_log_error(b->log, "table", list->span,
                                  "a table has a unit or heads over its "
                                  "columns, not both"),
                     "say the unit in the subtitle");
    for (size_t i = 0; list && i < list->item_count; i++) {
        const rc_node *n = list->items[i], *head;
        over_head *over = rc_vec_push(b->a, out);
        *over = (over_head){.columns = 1, .span = n->span};
        if (n->kind != RC_NODE_MAP) {
            rc_node_expected(n, "{head: ..., columns: ...}", b->log);
            continue;
        }
        rc_map_known(n, keys, "over", b->log);
        rc_map_int(n, "columns", &over->columns, b->log);
        head = rc_map_need(n, "head", b->log);
        if (head)
            over->text = rc_prose_node(b, head, RC_SPOT_CELL);
    }
}

/* They stand over all columns but the first, from left to right. */
static void
set_over(const rc_dir *d, const over_vec *over, rc_table *t)
{
    union {
        const rc_table_column *in;
        rc_table_column *out;
    } columns = {.in = t->columns};
    size_t at = 1, n = t->column_count;
    rc_diag *wrong = NULL;
    for (size_t i = 0; !wrong && i < over->count; i++) {
        const over_head *head = &over->at[i];
        if (head->columns < 1 || (uint64_t)head->columns > n - at) {
            wrong = rc_log_error(d->b->log, "table", head->span,
                                 "%lld columns are asked for, %zu left",
                                 (long long)head->columns, n - at);
            continue;
        }
        columns.out[at].over = head->text;
        columns.out[at].over_columns = (size_t)head->columns;
        at += (size_t)head->columns;
    }
    if (over->count && !wrong && at < n)
        wrong = rc_log_error(d->b->log, "table",
                             over->at[over->count - 1].span,
                             "heads stand over %zu of %zu columns", at - 1,
                             n - 1);
    if (!wrong)
        return;
    rc_diag_hint(wrong, "the first column is not counted; where no head is "
                        "wanted, write {head: \"\"}");
    for (size_t c = 0; c < n; c++)
        columns.out[c].over_columns = 0;
}

void
rc_dir_table(const rc_dir *d)
{
    rc_binder *b = d->b;
    const rc_node *body = rc_map_need(d->map, "body", b->log);
    if (!body)
        return;
    if (body->kind != RC_NODE_SCALAR) {
        rc_node_expected(body, "a Markdown table (body: |)", b->log);
        return;
    }
    rc_furniture fur;
    rc_furniture_begin(d, RC_NUMBER_TABLE, &fur);
    over_vec over = {0};
    read_over(d, &over); /* before the body: notes are numbered as read */
    rc_md_origin origin = rc_tree_origin(b, body->scalar, body->span);
    const rc_md *md = rc_tree_parse(b, body->scalar, &origin);
    const rc_md_node *node = find_table(md);
    if (!node) {
        rc_diag *g = rc_log_error(b->log, "table", body->span,
                                  "this is no Markdown table");
        rc_diag_hint(g, "a row of heads, a row of |---|---:|, then rows");
        return;
    }
    rc_md_scope scope;
    rc_md_enter(b, &scope, md);
    rc_table *t = rc_tree_table(b, node, RC_TABLE_DATA);
    rc_md_leave(b);
    t->fur = fur;
    t->spanning = rc_dir_text(d, "unit");
    rc_map_bool(d->map, "dense", &t->dense, b->log);
    set_over(d, &over, t);
    mark_total(d, t);
    rc_prose_vec notes = {0};
    rc_furniture_end(d, &notes, &t->fur);
    t->summary = rc_prose_plain(b->a, t->fur.headline);
    rc_dir_add(d, RC_BLOCK_TABLE)->as.table = t;
}

/* -- glance: statements by groups, with arrows --------------------------- */

typedef struct glance {
    rc_int_vec groups, items;
    const rc_node *net;
    rc_table *table;
    rc_row_vec rows;
    bool arrows;
} glance;

static int
glance_net(const rc_dir *d, const glance *g, int item)
{
    return g->net ? rc_dir_net(d, g->net, item)
                  : rc_positive_net(d->b->data, item);
}

/* The whole, then the groups; those shown as numbers come last. */
static void
glance_groups(const rc_dir *d, glance *g)
{
    rc_binder *b = d->b;
    rc_int_vec named = {0};
    if (rc_dir_get(d, "groups")) {
        rc_dir_groups(d, "groups", &named);
    } else {
        rc_dir_children(d, &named);
    }
    *rc_vec_push(b->a, &g->groups) = b->whole;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < named.count; i++) {
            bool low =
                rc_is_counted(b, rc_stats_responses(b->stats, named.at[i]));
            if (named.at[i] != b->whole && low == (pass == 1))
                *rc_vec_push(b->a, &g->groups) = named.at[i];
        }
}

static rc_cell_text
glance_cell(const rc_dir *d, glance *g, int item, int group)
{
    rc_binder *b = d->b;
    int net = glance_net(d, g, item);
    rc_figure f = rc_stats_net(b->stats, item, net, group, b->wave);
    if (f.kind == RC_FIG_NONE) {
        rc_value v = {.kind = RC_VALUE_FIGURE, .figure = f};
        rc_spot spot = {.kind = RC_SPOT_CELL};
        return rc_cell_make(b, rc_print_value(b, &v, &spot, d->span));
    }
    rc_cell_text cell = rc_cell_make(b, rc_figure_digits(b->a, f));
    cell.strong = group == b->whole;
    if (group == b->whole)
        return cell;
    bool tested = false;
    cell.direction = rc_stats_differs(b->stats, f, &tested);
    g->arrows = g->arrows || cell.direction;
    return cell;
}

rc_str
rc_dir_question_head(const rc_dir *d, int item)
{
    rc_binder *b = d->b;
    rc_str key = b->data->questions[b->data->items[item].question].key;
    const rc_node *heads = rc_dir_get(d, "heads");
    if (heads && heads->kind == RC_NODE_MAP)
        for (size_t i = 0; i < heads->pair_count; i++)
            if (rc_str_eq(heads->pairs[i].key, key))
                return rc_dir_node_text(d, heads->pairs[i].value);
    for (size_t i = 0; i < b->report->question_count; i++)
        if (rc_str_eq(b->report->questions[i].name, key))
            return b->report->questions[i].value;
    return (rc_str){0};
}

static void
glance_rows(const rc_dir *d, glance *g)
{
    rc_binder *b = d->b;
    int question = -1;
    size_t n = 1 + g->groups.count;
    rc_str last = {0};
    for (size_t i = 0; i < g->items.count; i++) {
        int item = g->items.at[i];
        if (glance_net(d, g, item) < 0)
            continue;
        if (b->data->items[item].question != question) {
            question = b->data->items[item].question;
            rc_str head = rc_dir_question_head(d, item);
            if (head.len && !rc_str_eq(head, last))
                rc_cell_set(rc_row_add(b, &g->rows, RC_ROW_GROUP, 1, d->span),
                            0, (rc_cell_text){.text = rc_prose_from(b, head)});
            last = head;
        }
        rc_row *row = rc_row_add(b, &g->rows, RC_ROW_BODY, n, d->span);
        rc_cell_set(
            row, 0,
            (rc_cell_text){.text = rc_prose_from(
                               b, rc_item_short_for(b->data, item, d->group))});
        for (size_t k = 0; k < g->groups.count; k++)
            rc_cell_set(row, 1 + k, glance_cell(d, g, item, g->groups.at[k]));
    }
}

static void
glance_heads(const rc_dir *d, glance *g, bool *caution, bool *counts)
{
    rc_binder *b = d->b;
    size_t n = 1 + g->groups.count;
    rc_table_column *cols = RC_MAKE_ARRAY(b->a, rc_table_column, n);
    int net = g->items.count ? glance_net(d, g, g->items.at[0]) : -1;
    if (g->items.count)
        cols[0].head = rc_prose_from(b, rc_share_unit(d, g->items.at[0], net));
    cols[0].sub = b->words->base_head;
    cols[0].align = 'l';
    for (size_t k = 0; k < g->groups.count; k++) {
        int group = g->groups.at[k];
        int64_t base = rc_stats_responses(b->stats, group);
        rc_str print = rc_base_print(b, base);
        bool low = rc_is_counted(b, base);
        cols[1 + k].head = rc_prose_from(b, rc_name_short(b, group));
        rc_column_sub(
            b, &cols[1 + k],
            low ? rc_word_fill(b->a, b->words->of_count, print) : print);
        cols[1 + k].align = 'r';
        *counts = *counts || low;
        *caution = *caution || rc_stats_low(b->stats, base) == RC_LOW_CAUTION;
    }
    g->table->columns = cols;
    g->table->column_count = n;
}

static void
all_closed_items(const rc_dir *d, rc_int_vec *out)
{
    rc_binder *b = d->b;
    for (size_t i = 0; i < b->data->item_count; i++) {
        rc_figure f = {.kind = RC_FIG_NONE};
        if (rc_is_closed(b->data, (int)i) && b->data->items[i].asked_of < 0)
            f = rc_stats_net(b->stats, (int)i, rc_positive_net(b->data, (int)i),
                             b->whole, b->wave);
        if (f.kind != RC_FIG_NONE)
            *rc_vec_push(b->a, out) = (int)i;
    }
}

static void
glance_notes(const rc_dir *d, glance *g, bool caution, bool counts)
{
    rc_binder *b = d->b;
    rc_prose_vec notes = {0};
    rc_str whole = rc_name_group(b, b->whole);
    g->table->arrow_key = g->arrows;
    if (g->arrows) {
        rc_prose_maker m;
        rc_prose_begin(&m, b, RC_SPOT_PROSE);
        rc_prose_plain_text(&m, b->words->higher, 0);
        rc_prose_break(&m);
        rc_prose_plain_text(&m, rc_word_fill(b->a, b->words->lower, whole), 0);
        g->table->arrow_words = rc_prose_end(&m);
    }
    rc_note_text(b, rc_low_words(b, caution, counts), &notes);
    rc_str line =
        rc_str_printf(b->a, "\1%.*s\1 %.*s%s%.*s.", RC_STR(b->words->base),
                      RC_STR(b->words->all_responses),
                      b->fieldwork.len ? "; " : "", RC_STR(b->fieldwork));
    rc_note_text(b, line, &notes);
    rc_furniture_end(d, &notes, &g->table->fur);
}

void
rc_dir_glance(const rc_dir *d)
{
    rc_binder *b = d->b;
    glance g = {.net = rc_dir_get(d, "net")};
    if (rc_dir_get(d, "items") || rc_dir_get(d, "question")) {
        if (!rc_dir_items(d, &g.items))
            return;
    } else {
        all_closed_items(d, &g.items);
    }
    if (!g.items.count)
        return;
    g.table = RC_MAKE(b->a, rc_table);
    g.table->form = RC_TABLE_DENSE;
    rc_furniture_begin(d, RC_NUMBER_TABLE, &g.table->fur);
    glance_groups(d, &g);
    bool caution = false, counts = false;
    glance_heads(d, &g, &caution, &counts);
    glance_rows(d, &g);
    g.table->rows = g.rows.at;
    g.table->row_count = g.rows.count;
    g.table->summary = rc_prose_plain(b->a, g.table->fur.headline);
    glance_notes(d, &g, caution, counts);
    rc_dir_add(d, RC_BLOCK_TABLE)->as.table = g.table;
}

/* -- facts: who answered ------------------------------------------------- */

static bool
column_number(const rc_dir *d, int group, rc_str name, int64_t *out)
{
    rc_str text = rc_group_column(&d->b->data->groups[group], name);
    return text.len && rc_num_int(text, out);
}

/* `marked` learns which marks of low bases were printed. */
static rc_str
fact_value(const rc_dir *d, const rc_fact_row *row, int group,
           bool marked[RC_LOW_COUNTS + 1])
{
    rc_binder *b = d->b;
    int64_t n, of;
    if (row->rate[0].len) {
        if (!column_number(d, group, row->rate[0], &n) ||
            !column_number(d, group, row->rate[1], &of) || of <= 0)
            return (rc_str){0};
        double rate = rc_num_round(100.0 * (double)n / (double)of, 0);
        return rc_str_printf(b->a, "%.*s%%",
                             RC_STR(rc_num_print(b->a, rate, 0)));
    }
    if (!column_number(d, group, row->column, &n))
        return rc_group_column(&b->data->groups[group], row->column);
    if (!row->base)
        return rc_print_int(b->a, n);
    marked[rc_stats_low(b->stats, n)] = true;
    return rc_base_print(b, n);
}

static void
facts_columns(const rc_dir *d, rc_table *t, const rc_int_vec *groups)
{
    rc_binder *b = d->b;
    rc_table_column *cols =
        RC_MAKE_ARRAY(b->a, rc_table_column, groups->count + 1);
    cols[0].align = 'l';
    for (size_t i = 0; i < groups->count; i++) {
        rc_str head = groups->count == 1
                          ? b->words->number
                          : b->data->groups[groups->at[i]].short_name;
        cols[1 + i].head = rc_prose_from(b, head);
        cols[1 + i].align = 'r';
    }
    t->columns = cols;
    t->column_count = groups->count + 1;
}

void
rc_dir_facts(const rc_dir *d)
{
    rc_binder *b = d->b;
    if (!b->report->fact_count) {
        rc_diag *g = rc_log_error(b->log, "missing-key", d->span,
                                  "report.yaml names no facts");
        rc_diag_hint(g, "facts: a list of {column: ..., label: ...}");
        return;
    }
    rc_int_vec groups = {0};
    *rc_vec_push(b->a, &groups) = d->group;
    rc_dir_beside(d, &groups);
    rc_table *t = RC_MAKE(b->a, rc_table);
    t->form = RC_TABLE_FACTS;
    rc_map_bool(d->map, "dense", &t->dense, b->log);
    rc_furniture_begin(d, RC_NUMBER_NONE, &t->fur);
    t->fur.scope = (rc_str){0};
    facts_columns(d, t, &groups);
    rc_row_vec rows = {0};
    bool marked[RC_LOW_COUNTS + 1] = {false};
    for (size_t i = 0; i < b->report->fact_count; i++) {
        const rc_fact_row *fact = &b->report->facts[i];
        bool any = false;
        rc_str values[8] = {0};
        for (size_t k = 0; k < groups.count && k < 8; k++) {
            values[k] = fact_value(d, fact, groups.at[k], marked);
            any = any || values[k].len;
        }
        if (!any)
            continue;
        rc_row *row =
            rc_row_add(b, &rows, RC_ROW_BODY, groups.count + 1, d->span);
        rc_cell_set(row, 0,
                    (rc_cell_text){.text = rc_prose_from(b, fact->label)});
        for (size_t k = 0; k < groups.count && k < 8; k++)
            rc_cell_set(row, 1 + k, rc_cell_make(b, values[k]));
    }
    t->rows = rows.at;
    t->row_count = rows.count;
    t->caption = t->fur.headline.count
                     ? t->fur.headline
                     : rc_prose_from(b, b->words->who_answered);
    t->fur.headline = (rc_prose){0};
    rc_str words = rc_low_words(b, marked[RC_LOW_CAUTION], marked[RC_LOW_COUNTS]);
    if (words.len)
        t->left_note = rc_prose_from(b, words);
    const rc_node *own = rc_dir_get(d, "note");
    rc_prose_vec notes = {0};
    if (own)
        *rc_vec_push(b->a, &notes) = rc_prose_node(b, own, RC_SPOT_PROSE);
    rc_note_hidden(d, &notes);
    t->fur.notes = notes.at;
    t->fur.note_count = notes.count;
    t->summary =
        rc_str_printf(b->a, "%.*s: %.*s", RC_STR(b->words->who_answered),
                      RC_STR(rc_name_group(b, d->group)));
    rc_dir_add(d, RC_BLOCK_TABLE)->as.table = t;
}
