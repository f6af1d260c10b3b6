/* Tables as they are drawn: rules, heads, rows, tints and arrows, and the tags
 * that say which head rules which cell. On a later page the heads are drawn
 * again, as artifacts: the tags have them once. */
#include "layout/table.h"

typedef struct grid_at {
    uint32_t page;
    rc_len top;           /* where the top rule would stand */
    bool again;           /* a repeated head */
} grid_at;

/* -- over the rows --------------------------------------------------------- */
static rc_len
aligned_x(const table_column *col)
{
    return col->align == 'l'   ? col->left
           : col->align == 'c' ? (col->left + col->right) / 2
                               : col->right;
}

static void
draw_head_cell(lay *l, const table_own *own, size_t c, const grid_at *at,
               rc_el e)
{
    const rc_table_column *src = &own->t->columns[c];
    const table_column *col = &own->columns[c];
    rc_len leading = lay_role(l, RC_ROLE_COLUMN_HEAD)->leading;
    text_at text = {.page = at->page,
                    .element = e,
                    .style = lay_style(l, RC_ROLE_COLUMN_HEAD),
                    .x = aligned_x(col),
                    .align = col->align};
    /* heads stand on the last line's baseline */
    text.y = at->top + own->head_y
             + (rc_len)(own->head_lines - col->head->count) * leading;
    draw_para(l, src->head, col->head, &text);
    if (!src->sub.len)
        return;
    text.y = at->top + own->sub_y;
    text.style = lay_style(l, RC_ROLE_COLUMN_SUB);
    text.width = -1;
    if (src->sub_says.len && e >= 0) {
        text.element = make_element(l, RC_TAG_SPAN, e, own->t->fur.span);
        rc_builder_more(l->builder, text.element)->actual = src->sub_says;
    }
    draw_text(l, src->sub, &text);
}

static bool
head_is_empty(const table_own *own, size_t c)
{
    return !own->columns[c].head->count && !own->t->columns[c].sub.len;
}

static rc_el
make_head(lay *l, const table_own *own, size_t c, rc_el row)
{
    bool empty = head_is_empty(own, c);
    rc_el e = make_element(l, empty ? RC_TAG_TD : RC_TAG_TH, row,
                           own->t->fur.span);
    if (!empty)
        rc_builder_element_of(l->builder, e)->scope = RC_SCOPE_COLUMN;
    return e;
}

static void
draw_spanning(lay *l, table_own *own, const grid_at *at, rc_el e)
{
    draw_para(l, own->spanning_prose, own->spanning,
              &(text_at){.page = at->page,
                         .element = e,
                         .style = lay_style(l, RC_ROLE_COLUMN_SUB),
                         .x = own->x + own->width,
                         .y = at->top + own->spanning_y,
                         .align = 'r'});
}

/* A head over some columns, on the last line of these heads, with a hairline
 * under it as wide as they. */
static void
draw_over(lay *l, const table_own *own, size_t c, const grid_at *at, rc_el e)
{
    const rc_table_column *src = &own->t->columns[c];
    const table_column *col = &own->columns[c];
    const table_column *last = &own->columns[c + src->over_columns - 1];
    rc_len leading = lay_role(l, RC_ROLE_COLUMN_HEAD)->leading;
    rc_len foot = at->top + own->spanning_y
                  + (rc_len)(own->over_lines - 1) * leading;
    if (!col->over->count)
        return;
    table_column whole = {col->left, last->right, col->align, NULL, NULL};
    draw_para(l, src->over, col->over,
              &(text_at){.page = at->page,
                         .element = e,
                         .style = lay_style(l, RC_ROLE_COLUMN_HEAD),
                         .x = aligned_x(&whole),
                         .y = foot - (rc_len)(col->over->count - 1) * leading,
                         .align = col->align});
    draw_rule(l, at->page, l->house->rule_row, col->left, last->right,
              foot + leading / 3);
}

static void
draw_heads_again(lay *l, table_own *own, const grid_at *at)
{
    for (size_t c = 0; c < own->t->column_count; c++) {
        draw_head_cell(l, own, c, at, RC_ARTIFACT_LAYOUT);
        if (own->columns[c].over)
            draw_over(l, own, c, at, RC_ARTIFACT_LAYOUT);
    }
    if (own->spanning->count)
        draw_spanning(l, own, at, RC_ARTIFACT_LAYOUT);
}

/* A TH over `count` columns from `c` on; a TD where it says nothing. */
static rc_el
make_span(lay *l, table_own *own, rc_el row, size_t c, size_t count,
          bool empty)
{
    rc_el e = make_element(l, empty ? RC_TAG_TD : RC_TAG_TH, row,
                           own->t->fur.span);
    rc_element *span = rc_builder_element_of(l->builder, e);
    span->col_span = (uint16_t)count;
    if (empty)
        return e;
    span->scope = RC_SCOPE_COLUMN;
    for (size_t i = c; i < c + count; i++)
        own->span_els[i] = e;
    return e;
}

/* The row over the heads: one head over all figures, or over some each. The
 * first column's head fills both rows. */
static void
draw_upper_heads(lay *l, table_own *own, const grid_at *at, rc_el row)
{
    size_t n = own->t->column_count;
    own->head_els[0] = make_head(l, own, 0, row);
    rc_builder_element_of(l->builder, own->head_els[0])->row_span = 2;
    draw_head_cell(l, own, 0, at, own->head_els[0]);
    if (!own->over_lines) {
        draw_spanning(l, own, at, make_span(l, own, row, 1, n - 1, false));
        return;
    }
    for (size_t c = 1; c < n; c += own->t->columns[c].over_columns) {
        rc_el e = make_span(l, own, row, c, own->t->columns[c].over_columns,
                            !own->columns[c].over->count);
        draw_over(l, own, c, at, e);
    }
}

static void
draw_heads(lay *l, table_own *own, const grid_at *at)
{
    size_t n = own->t->column_count, from = 0;
    if (at->again) {
        draw_heads_again(l, own, at);
        return;
    }
    rc_el head = make_element(l, RC_TAG_THEAD, own->table, own->t->fur.span);
    rc_el row = make_element(l, RC_TAG_TR, head, own->t->fur.span);
    for (size_t c = 0; c < n; c++)
        own->span_els[c] = RC_NO_ELEMENT;
    if (n > 1 && (own->spanning->count || own->over_lines)) {
        draw_upper_heads(l, own, at, row);
        row = make_element(l, RC_TAG_TR, head, own->t->fur.span);
        from = 1;
    }
    for (size_t c = from; c < n; c++) {
        own->head_els[c] = make_head(l, own, c, row);
        draw_head_cell(l, own, c, at, own->head_els[c]);
    }
}

/* The number and headline of a table that goes on. */
static void
draw_continued(lay *l, const table_own *own, uint32_t at, rc_len y)
{
    const rc_house *h = l->house;
    const rc_furniture *f = &own->t->fur;
    rc_len first = y + h->chart.step.headline, head = first;
    draw_rule(l, at, h->rule_open, h->left, h->right, y);
    text_at text = {.page = at, .element = RC_ARTIFACT_LAYOUT};
    if (f->number.len) {
        text.style = lay_style(l, RC_ROLE_FIGURE_NUMBER);
        text.x = h->left_x;
        text.y = first;
        text.width = h->has_left_column ? h->left_text_width : h->right_width;
        rc_len last = draw_text(l,
                                rc_str_printf(l->arena, "%.*s%.*s",
                                              RC_STR(f->number),
                                              RC_STR(h->table.continued)),
                                &text);
        if (!h->has_left_column)
            head = last + h->chart.step.headline;
    }
    text.style = lay_style(l, RC_ROLE_HEADLINE);
    text.x = h->axis;
    text.y = head;
    text.width = h->right_width;
    draw_prose(l, f->headline, &text);
}

/* -- rows ------------------------------------------------------------------ */
/* Triangle, pointing up or down, its right edge at x, its foot on y. */
static void
draw_arrow(lay *l, uint32_t page, rc_el e, rc_point at, int direction)
{
    const rc_house *h = l->house;
    rc_len w = h->table.arrow, high = h->table.arrow_height;
    rc_len base = direction > 0 ? at.y : at.y - high;
    rc_len tip = direction > 0 ? at.y - high : at.y;
    rc_point points[3] = {{at.x - w, base}, {at.x, base}, {at.x - w / 2, tip}};
    rc_builder_path(l->builder, page, e, points, 3, h->ink);
}

static void
draw_tint(lay *l, const table_column *col, int direction, uint32_t page,
          rc_len top, rc_len height)
{
    const rc_house *h = l->house;
    int colour = direction > 0 ? h->chart.tint_higher : h->chart.tint_lower;
    rc_len right = col->right + h->table.tint_pad;
    if (right > h->right)
        right = col->right;
    if (colour < 0 || h->table.tint_width <= 0)
        return;
    rc_builder_rect(l->builder, page, RC_ARTIFACT_LAYOUT,
                    (rc_box){right - h->table.tint_width, top,
                             h->table.tint_width, height},
                    colour, -1, 0);
}

/* An arrow left of a cell's text, read as its word. */
static void
draw_direction(lay *l, const rc_para *para, const table_column *col,
               int direction, const text_at *text)
{
    const rc_house *h = l->house;
    rc_el span = make_element(l, RC_TAG_SPAN, text->element, rc_span_none());
    rc_builder_more(l->builder, span)->actual = rc_str_printf(
        l->arena, "%.*s ",
        RC_STR(direction > 0 ? h->chart.compare.higher
                             : h->chart.compare.lower));
    rc_len left = col->align == 'l' ? col->right : col->right - para->width;
    draw_arrow(l, text->page, span,
               (rc_point){left - h->table.arrow_gap, text->y - RC_PT},
               direction);
}

static void
draw_cell(lay *l, table_own *own, size_t r, size_t c, rc_el e, uint32_t page,
          rc_len top)
{
    const rc_table *t = own->t;
    const rc_row *row = &t->rows[r];
    const rc_cell_text *cell;
    rc_prose p = table_cell(t, r, c, &cell);
    const table_column *col = &own->columns[c];
    const rc_para *para = own->cells[r * t->column_count + c];
    bool group = row->kind == RC_ROW_GROUP;
    text_at text = {.page = page,
                    .element = e,
                    .style = table_cell_style(l, row),
                    .x = group ? own->x : aligned_x(col),
                    .y = top + table_first_baseline(l, own, r, para),
                    .align = group ? 'l' : col->align};
    if (cell && cell->direction)
        draw_direction(l, para, col, cell->direction, &text);
    draw_para(l, p, para, &text);
}

static bool
is_complex(const table_own *own)
{
    if (own->spanning->count || own->over_lines)
        return true;
    for (size_t r = 0; r < own->t->row_count; r++)
        if (own->t->rows[r].kind == RC_ROW_GROUP)
            return true;
    return false;
}

/* The heads that rule a cell, for tables whose scopes do not say it all. */
static void
set_headers(lay *l, const table_own *own, rc_el cell, size_t c, rc_el row_head)
{
    rc_el heads[4];
    size_t n = 0;
    if (own->span_els[c] >= 0)
        heads[n++] = own->span_els[c];
    if (!head_is_empty(own, c))
        heads[n++] = own->head_els[c];
    if (own->group_el >= 0)
        heads[n++] = own->group_el;
    if (row_head >= 0)
        heads[n++] = row_head;
    if (n)
        rc_builder_headers(l->builder, cell, heads, n);
}

static void
draw_row(lay *l, table_own *own, size_t r, uint32_t page, rc_len top)
{
    const rc_table *t = own->t;
    const rc_row *row = &t->rows[r];
    rc_el tr = make_element(l, RC_TAG_TR, own->body, row->span);
    if (row->kind == RC_ROW_GROUP) {
        rc_el e = make_element(l, RC_TAG_TH, tr, row->span);
        rc_element *made = rc_builder_element_of(l->builder, e);
        made->scope = RC_SCOPE_ROW;
        made->col_span = (uint16_t)t->column_count;
        own->group_el = e;
        draw_cell(l, own, r, 0, e, page, top);
        return;
    }
    if (row->kind == RC_ROW_TOTAL)
        own->group_el = RC_NO_ELEMENT; /* of all groups */
    bool complex = is_complex(own);
    rc_el first = RC_NO_ELEMENT;
    for (size_t c = 0; c < t->column_count; c++) {
        bool names = c == 0 && own->cells[r * t->column_count]->count > 0;
        rc_el e = make_element(l, names ? RC_TAG_TH : RC_TAG_TD, tr,
                               row->span);
        if (names) {
            rc_builder_element_of(l->builder, e)->scope = RC_SCOPE_ROW;
            first = e;
        }
        if (complex)
            set_headers(l, own, e, c, names ? RC_NO_ELEMENT : first);
        draw_cell(l, own, r, c, e, page, top);
    }
}

/* -- left and below -------------------------------------------------------- */
static rc_len
left_x(const lay *l, const table_own *own)
{
    return l->house->has_left_column ? l->house->left_x : own->x;
}

static rc_len
draw_caption(lay *l, const table_own *own, uint32_t page, rc_len y)
{
    if (!own->caption->count)
        return y;
    return draw_para(
        l, own->t->caption, own->caption,
        &(text_at){.page = page,
                   .element = make_element(l, RC_TAG_CAPTION, own->table,
                                           own->t->fur.span),
                   .style = lay_style(l, own->dense
                                             ? RC_ROLE_FACTS_CAPTION_DENSE
                                             : RC_ROLE_FACTS_CAPTION),
                   .x = left_x(l, own),
                   .y = y});
}

static void
draw_left_note(lay *l, const table_own *own, uint32_t page, rc_len y)
{
    const rc_house *h = l->house;
    if (!own->left_note->count)
        return;
    if (own->caption->count)
        y += own->dense ? h->facts.dense_caption_note : h->facts.caption_note;
    draw_para(l, own->t->left_note, own->left_note,
              &(text_at){.page = page,
                         .element = make_element(l, RC_TAG_P, own->group,
                                                 own->t->fur.span),
                         .style = lay_style(l, RC_ROLE_NOTE),
                         .x = left_x(l, own),
                         .y = y});
}

/* The words up to the first break stand by the upward arrow, the rest by the
 * other. */
static rc_prose
key_words(rc_prose words, int which)
{
    size_t cut = 0;
    while (cut < words.count && words.runs[cut].kind != RC_INLINE_BREAK)
        cut++;
    if (which == 0)
        return (rc_prose){words.runs, cut};
    if (cut >= words.count)
        return (rc_prose){NULL, 0};
    return (rc_prose){words.runs + cut + 1, words.count - cut - 1};
}

/* "▲ higher ▼ lower than the rest". */
static void
draw_arrow_key(lay *l, const table_own *own, uint32_t page, rc_len y)
{
    const rc_house *h = l->house;
    text_at text = {.page = page,
                    .element = make_element(l, RC_TAG_P, own->group,
                                            own->t->fur.span),
                    .style = lay_style(l, RC_ROLE_LEGEND),
                    .y = y,
                    .width = -1};
    rc_len x = h->axis;
    for (int i = 0; i < 2; i++) {
        rc_prose part = key_words(own->t->arrow_words, i);
        if (!part.count)
            continue;
        rc_el span =
            make_element(l, RC_TAG_SPAN, text.element, rc_span_none());
        rc_builder_more(l->builder, span)->actual =
            i == 0 ? RC_LIT("▲ ") : RC_LIT(" ▼ ");
        x += h->table.arrow;
        draw_arrow(l, page, span, (rc_point){x, y}, i == 0 ? 1 : -1);
        text.x = x + h->table.arrow / 2;
        const rc_para *para =
            set_prose(l, part, text.style, -1, false);
        draw_para(l, part, para, &text);
        x = text.x + para->width + h->table.key_gap;
    }
}

static rc_len
draw_back(lay *l, const table_own *own, uint32_t page, rc_len y)
{
    return draw_para(
        l, own->t->back, own->back,
        &(text_at){.page = page,
                   .element = make_element(l, RC_TAG_P, own->group,
                                           own->t->fur.span),
                   .style = lay_style(l, RC_ROLE_DATA_LINK),
                   .x = left_x(l, own),
                   .y = y});
}

static void
draw_tail(lay *l, const table_own *own, uint32_t page, rc_len y)
{
    const rc_house *h = l->house;
    const rc_furniture *f = &own->t->fur;
    rc_len next = y + h->chart.step.base;
    if (own->t->arrow_key) {
        draw_arrow_key(l, own, page, y + h->table.key);
        next = y + h->table.key + h->table.note;
    }
    if (own->back->count) {
        rc_len last = draw_back(l, own, page, next);
        if (!h->has_left_column)
            next = last + h->chart.step.note;
    }
    for (size_t i = 0; i < f->note_count; i++)
        if (f->notes[i].count)
            next = draw_prose(l, f->notes[i],
                              &(text_at){.page = page,
                                         .element = make_element(
                                             l, RC_TAG_P, own->group,
                                             f->span),
                                         .style = lay_style(l, RC_ROLE_NOTE),
                                         .x = h->axis,
                                         .y = next,
                                         .width = h->right_width})
                   + h->chart.step.note;
}

/* -- all of it ------------------------------------------------------------- */
static void
open_table(lay *l, const item *it, table_own *own, const placed *p,
           grid_at *at)
{
    const rc_house *h = l->house;
    own->group = figure_element(l, it);
    own->group_el = RC_NO_ELEMENT;
    if (own->open) {
        rc_canvas c = lay_canvas(l, p->page, own->group);
        rc_figure_open(&c, &own->t->fur, p->y);
    }
    own->table = make_element(l, RC_TAG_TABLE, own->group, it->span);
    rc_builder_more(l->builder, own->table)->title = own->t->summary;
    own->caption_end =
        draw_caption(l, own, p->page, p->y + h->facts.head);
    at->top = p->y + own->above;
    if (!own->open)
        draw_rule(l, p->page, h->rule_open, own->x, own->x + own->width,
                  at->top);
    draw_heads(l, own, at);
    own->body = make_element(l, RC_TAG_TBODY, own->table, it->span);
}

static void
close_table(lay *l, table_own *own, const placed *p, rc_len y)
{
    draw_tail(l, own, p->page, y);
    draw_left_note(l, own, own->first_page, own->caption_end);
}

/* Tints lie under all rules and texts. */
static void
draw_tints(lay *l, const table_own *own, const placed *p, rc_len y)
{
    const rc_table *t = own->t;
    for (size_t r = p->first; r < p->first + p->count && r < t->row_count;
         r++) {
        const rc_row *row = &t->rows[r];
        size_t n = row->cell_count < t->column_count ? row->cell_count
                                                     : t->column_count;
        for (size_t c = 0; c < n; c++)
            if (row->cells[c].direction)
                draw_tint(l, &own->columns[c], row->cells[c].direction,
                          p->page, y, own->heights[r]);
        y += own->heights[r];
    }
}

void
draw_table(lay *l, item *it, const placed *p)
{
    const rc_house *h = l->house;
    table_own *own = it->own;
    grid_at at = {.page = p->page, .top = p->y, .again = p->first > 0};
    rc_len right = own->x + own->width, y;
    if (p->first == 0) {
        own->first_page = p->page;
        open_table(l, it, own, p, &at);
        y = at.top + own->rows_y;
    } else {
        rc_len top = p->y - it->head;
        y = p->y;
        at.top = top - own->repeat_shift; /* heads as far above the rows */
        if (own->open)
            draw_continued(l, own, p->page, top);
        else
            draw_rule(l, p->page, h->rule_open, own->x, right, top);
        draw_heads(l, own, &at);
    }
    draw_tints(l, own, p, y);
    draw_rule(l, p->page, h->rule_head, own->x, right, y);
    size_t until = p->first + p->count;
    for (size_t r = p->first; r < until && r < own->t->row_count; r++) {
        draw_row(l, own, r, p->page, y);
        y += own->heights[r];
        draw_rule(l, p->page, r + 1 == until ? h->rule_close : h->rule_row,
                  own->x, right, y);
    }
    if (until >= own->t->row_count)
        close_table(l, own, p, y);
}
