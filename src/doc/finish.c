/* What needs the whole report: contents and lists, the data tables of all
 * charts, references. */
#include "doc/internal.h"

static void
fill_contents(rc_binder *b, rc_block *k)
{
    const rc_entry_vec *v = &b->chapters;
    switch (k->as.contents.of) {
    case RC_CONTENTS_CHAPTERS:
        break;
    case RC_CONTENTS_FIGURES:
        v = &b->figures;
        break;
    case RC_CONTENTS_TABLES:
        v = &b->tables;
        break;
    }
    k->as.contents.at = v->at;
    k->as.contents.count = v->count;
}

void
rc_finish_contents(rc_binder *b)
{
    for (size_t i = 0; i < b->plans.count; i++) {
        rc_block_vec *v = b->blocks_of[i];
        for (size_t n = 0; v && n < v->count; n++)
            if (v->at[n].kind == RC_BLOCK_CONTENTS)
                fill_contents(b, &v->at[n]);
    }
}

static bool
is_cell(const rc_binder *b, const rc_script_cell *use)
{
    for (size_t i = 0; i < b->cells.count; i++) {
        double far = b->cells.at[i].percent - use->percent;
        if (b->cells.at[i].group == use->group && far < 0.01 && far > -0.01)
            return true;
    }
    return false;
}

void
rc_finish_cells(rc_binder *b)
{
    size_t count;
    const rc_script_cell *uses = rc_script_cells(b->script, &count);
    for (size_t i = 0; i < count && !b->lost_blocks; i++) {
        if (is_cell(b, &uses[i]))
            continue;
        rc_str share = rc_num_print(b->a, uses[i].percent, 0);
        rc_diag *d = rc_log_error(
            b->log, "table", uses[i].span,
            "no table of this report has the tolerance of '%.*s' at %.*s per "
            "cent",
            RC_STR(b->data->groups[uses[i].group].key), RC_STR(share));
        rc_diag_hint(d, "name the group and the share in a 'tolerance' block");
    }
}

/* "Figure 3.1, page 12": the way back from a data table. */
static rc_prose
link_back(rc_binder *b, const rc_furniture *f)
{
    rc_inline *runs = RC_MAKE_ARRAY(b->a, rc_inline, 2);
    runs[0] = (rc_inline){.kind = RC_INLINE_TEXT,
                          .target = f->target,
                          .note = -1,
                          .text = rc_str_printf(b->a, "%.*s, %.*s\u00a0",
                                                RC_STR(f->number),
                                                RC_STR(b->words->page))};
    runs[1] = runs[0];
    runs[1].kind = RC_INLINE_PAGE;
    runs[1].text = (rc_str){0};
    return (rc_prose){runs, 2};
}

/* The table behind the chart of `f`, and perhaps behind others. */
static rc_table *
add_data_table(rc_binder *b, rc_table *t, const rc_furniture *f,
               rc_block_vec *out)
{
    rc_ref ref = {.scope = -1, .kind = RC_REF_TABLE, .span = f->span};
    t->fur.target = rc_ref_add(b, &ref);
    t->fur.notes = f->notes; /* the base, which comes first */
    t->fur.note_count = f->note_count ? 1 : 0;
    t->summary = rc_prose_plain(b->a, t->fur.headline);
    rc_block *k = rc_vec_push(b->a, out);
    k->kind = RC_BLOCK_TABLE;
    k->span = f->span;
    k->target = -1;
    k->as.table = t;
    return t;
}

static rc_table *
bind_data_table(rc_binder *b, rc_pending_data *p, rc_block_vec *out)
{
    rc_table *t = add_data_table(b, p->table, p->furniture, out);
    p->furniture->data_target = t->fur.target;
    t->back = link_back(b, p->furniture);
    return t;
}

/* -- joined data tables -------------------------------------------------- */

static bool
same_prose(rc_binder *b, rc_prose x, rc_prose y)
{
    return rc_str_eq(rc_prose_plain(b->a, x), rc_prose_plain(b->a, y));
}

static rc_prose
base_line(const rc_pending_data *p)
{
    return p->furniture->note_count ? p->furniture->notes[0] : (rc_prose){0};
}

/* Can the second table go on where the first one ends? */
static bool
is_alike(rc_binder *b, const rc_pending_data *x, const rc_pending_data *y)
{
    const rc_table *s = x->table, *t = y->table;
    if (s->column_count != t->column_count ||
        !rc_str_eq(s->spanning, t->spanning) ||
        !rc_str_eq(s->fur.scope, t->fur.scope) ||
        !same_prose(b, base_line(x), base_line(y)))
        return false;
    for (size_t i = 0; i < s->column_count; i++)
        if (!same_prose(b, s->columns[i].head, t->columns[i].head) ||
            !rc_str_eq(s->columns[i].sub, t->columns[i].sub))
            return false;
    return true;
}

/* How many tables from `first` on make one: their rows, and a head for each. */
static size_t
count_joined(rc_binder *b, size_t first)
{
    const rc_pending_data *p = b->pending.at;
    size_t n = 1, rows = p[first].table->row_count + 1;
    while (first + n < b->pending.count &&
           is_alike(b, &p[first], &p[first + n])) {
        rows += p[first + n].table->row_count + 1;
        if ((int64_t)rows > b->data_join)
            break;
        n++;
    }
    return n;
}

/* "Figure 3.1", which leads back, and what it shows: over its rows. */
static rc_prose
figure_head(rc_binder *b, const rc_furniture *f)
{
    rc_inline *runs =
        RC_MAKE_ARRAY(b->a, rc_inline, f->headline.count + 2);
    runs[0] = (rc_inline){.kind = RC_INLINE_TEXT, .text = f->number,
                          .target = f->target, .note = -1};
    runs[1] = (rc_inline){.kind = RC_INLINE_TEXT, .text = RC_LIT(". "),
                          .target = -1, .note = -1};
    for (size_t i = 0; i < f->headline.count; i++)
        runs[2 + i] = f->headline.runs[i];
    return (rc_prose){runs, f->headline.count + 2};
}

static rc_table *
bind_joined(rc_binder *b, rc_pending_data *p, size_t count, rc_block_vec *out)
{
    const rc_furniture *first = p[0].furniture;
    const rc_furniture *last = p[count - 1].furniture;
    rc_table *t = RC_MAKE(b->a, rc_table);
    rc_row_vec rows = {0};
    *t = *p[0].table;
    t->dense = true;
    size_t figure = b->words->figure.len + 1; /* "Figure 3.1" to "3.1" */
    t->fur.number = rc_word_fill(
        b->a,
        rc_word_fill(b->a, b->words->data_several,
                     rc_str_part(first->number, figure, first->number.len)),
        rc_str_part(last->number, figure, last->number.len));
    t->fur.headline = b->data_headline;
    add_data_table(b, t, first, out);
    for (size_t i = 0; i < count; i++) {
        rc_table *own = p[i].table;
        p[i].furniture->data_target = t->fur.target;
        p[i].furniture->data_number = t->fur.number;
        rc_cell_set(rc_row_add(b, &rows, RC_ROW_GROUP, 1, first->span), 0,
                    (rc_cell_text){.text = figure_head(b, p[i].furniture)});
        for (size_t r = 0; r < own->row_count; r++)
            *rc_vec_push(b->a, &rows) = own->rows[r];
    }
    t->rows = rows.at;
    t->row_count = rows.count;
    return t;
}

/* -- charts whose data other charts' tables hold ------------------------- */

static bool
same_cell(const rc_row *x, size_t i, const rc_row *y, size_t j)
{
    if (i >= x->cell_count || j >= y->cell_count)
        return false;
    rc_prose s = x->cells[i].text, t = y->cells[j].text;
    if (s.count != t.count)
        return false;
    for (size_t k = 0; k < s.count; k++)
        if (!rc_str_eq(s.runs[k].text, t.runs[k].text))
            return false;
    return true;
}

/* Has the table a row of the same name, with the same value in a column? */
static bool
holds_cell(const rc_table *t, size_t column, const rc_row *row, size_t own)
{
    for (size_t r = 0; r < t->row_count; r++)
        if (same_cell(&t->rows[r], 0, row, 0) &&
            same_cell(&t->rows[r], column, row, own))
            return true;
    return false;
}

/* Is a column of `own`, in all its rows, one and the same column of `t`? */
static bool
holds_column(const rc_table *t, const rc_table *own, size_t column)
{
    for (size_t j = 1; j < t->column_count; j++) {
        bool all = true;
        for (size_t r = 0; r < own->row_count && all; r++)
            all = own->rows[r].kind == RC_ROW_GROUP ||
                  holds_cell(t, j, &own->rows[r], column);
        if (all)
            return true;
    }
    return false;
}

static bool
holds(const rc_table *t, const rc_table *own)
{
    for (size_t i = 1; i < own->column_count; i++)
        if (!holds_column(t, own, i))
            return false;
    return true;
}

/* The table leads back to one chart more, on a line of its own. */
static void
lead_back_too(rc_binder *b, rc_table *t, const rc_furniture *f)
{
    rc_prose more = link_back(b, f);
    rc_inline *runs =
        RC_MAKE_ARRAY(b->a, rc_inline, t->back.count + 1 + more.count);
    size_t n = 0;
    for (size_t i = 0; i < t->back.count; i++)
        runs[n++] = t->back.runs[i];
    if (n)
        runs[n++] = (rc_inline){
            .kind = RC_INLINE_BREAK, .target = -1, .note = -1};
    for (size_t i = 0; i < more.count; i++)
        runs[n++] = more.runs[i];
    t->back = (rc_prose){runs, n};
}

/* Each refers to the first table that holds all its values; where none does,
 * it has one of its own after them. */
static void
bind_sharing(rc_binder *b, rc_table **bound, size_t count, rc_block_vec *out)
{
    for (size_t i = 0; i < b->sharing.count; i++) {
        rc_pending_data *p = &b->sharing.at[i];
        size_t k = 0;
        while (k < count && !holds(bound[k], p->table))
            k++;
        if (k == count) {
            (void)bind_data_table(b, p, out);
            continue;
        }
        p->furniture->data_target = bound[k]->fur.target;
        p->furniture->data_number = bound[k]->fur.number;
        lead_back_too(b, bound[k], p->furniture);
    }
}

static void
bind_data_tables(rc_binder *b, rc_block_vec *out)
{
    rc_table **bound =
        RC_MAKE_ARRAY(b->a, rc_table *, b->pending.count + 1);
    size_t count = 0;
    for (size_t i = 0, n; i < b->pending.count; i += n) {
        n = count_joined(b, i);
        bound[count++] = n > 1 ? bind_joined(b, &b->pending.at[i], n, out)
                               : bind_data_table(b, &b->pending.at[i], out);
    }
    bind_sharing(b, bound, count, out);
}

/* The place of `data-tables` is taken by the tables. */
void
rc_finish_data(rc_binder *b)
{
    if (b->data_plan < 0) {
        for (size_t i = 0; i < b->pending.count; i++)
            b->pending.at[i].furniture->data_number = (rc_str){0};
        for (size_t i = 0; i < b->sharing.count; i++)
            b->sharing.at[i].furniture->data_number = (rc_str){0};
        return;
    }
    rc_block_vec *v = b->blocks_of[b->data_plan];
    if (b->data_out != v) {
        rc_log_error(b->log, "data-tables",
                     v->count ? v->at[0].span : rc_span_none(),
                     "data-tables stands inside another block");
        return;
    }
    rc_block_vec out = {0};
    for (size_t i = 0; i < b->data_at; i++)
        *rc_vec_push(b->a, &out) = v->at[i];
    bind_data_tables(b, &out);
    for (size_t i = b->data_at + 1; i < v->count; i++)
        *rc_vec_push(b->a, &out) = v->at[i];
    *v = out;
}

void
rc_finish_alts(rc_binder *b)
{
    for (size_t i = 0; i < b->alts.count; i++) {
        rc_chart *chart = b->alts.at[i].chart;
        if (chart)
            chart->alt = rc_chart_alt(b, chart, b->alts.at[i].base);
        else
            b->alts.at[i].diagram->alt =
                rc_diagram_alt(b, b->alts.at[i].diagram);
    }
}
