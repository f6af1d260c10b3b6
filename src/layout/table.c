/* Tables: columns, rows, heads. A slice is a row; the first one brings all
 * that stands over it, the last one what stands below the closing rule. */
#include "layout/table.h"

rc_prose
table_cell(const rc_table *t, size_t row, size_t column,
           const rc_cell_text **cell)
{
    const rc_row *r = &t->rows[row];
    *cell = column < r->cell_count ? &r->cells[column] : NULL;
    return *cell ? (*cell)->text : (rc_prose){0};
}

int
table_cell_style(const lay *l, const rc_row *row)
{
    return lay_style(l, row->kind == RC_ROW_GROUP ? RC_ROLE_TABLE_GROUP
                                                  : RC_ROLE_CELL);
}

static bool
is_strong(const rc_row *row, const rc_cell_text *cell)
{
    return row->kind == RC_ROW_TOTAL || (cell && cell->strong);
}

/* -- widths ---------------------------------------------------------------- */
/* The least width in which a head takes few enough lines: two, or three when
 * it has many words. */
enum { MOST_WORDS = 24, MANY_WORDS = 4 };

static size_t
lines_needed(const rc_len *words, size_t n, rc_len space, rc_len width)
{
    size_t lines = 1;
    rc_len at = 0;
    for (size_t i = 0; i < n; i++) {
        if (at && at + space + words[i] > width) {
            lines++;
            at = 0;
        }
        at += (at ? space : 0) + words[i];
    }
    return lines;
}

static rc_len
head_width(lay *l, rc_prose p, int style)
{
    const rc_text_style *s = &l->house->styles[style];
    rc_fonts *fonts = l->canvas.fonts;
    rc_mark mark = rc_arena_mark(l->scratch);
    rc_str text = rc_prose_plain(l->scratch, p);
    rc_len words[MOST_WORDS], widest = 0;
    rc_len space = rc_text_width(fonts, RC_LIT(" "), s->face, s->size);
    size_t n = 0;
    for (size_t from = 0; from < text.len && n < MOST_WORDS;) {
        size_t to = rc_str_find(text, " ", from);
        if (to == SIZE_MAX)
            to = text.len;
        words[n] = rc_text_width(fonts, rc_str_part(text, from, to), s->face,
                                 s->size);
        widest = lay_max(widest, words[n++]);
        from = to + 1;
    }
    rc_arena_rewind(l->scratch, mark);
    size_t most = n < MANY_WORDS ? 2 : 3;
    rc_len width = widest;
    while (n && lines_needed(words, n, space, width) > most)
        width += RC_PT;
    return width;
}

typedef struct widths {
    rc_len *natural; /* of each column's text */
} widths;

static void
set_cells(lay *l, table_own *own, widths *w)
{
    const rc_table *t = own->t;
    size_t n = t->column_count;
    int head = lay_style(l, RC_ROLE_COLUMN_HEAD);
    int sub = lay_style(l, RC_ROLE_COLUMN_SUB);
    for (size_t c = 0; c < n; c++) {
        const rc_table_column *col = &t->columns[c];
        rc_len width = head_width(l, col->head, head);
        const rc_text_style *s = &l->house->styles[sub];
        rc_len under =
            rc_text_width(l->canvas.fonts, col->sub, s->face, s->size);
        w->natural[c] = lay_max(width, under);
    }
    for (size_t r = 0; r < t->row_count; r++) {
        if (t->rows[r].kind == RC_ROW_GROUP)
            continue;
        for (size_t c = 0; c < n; c++) {
            const rc_cell_text *cell;
            rc_prose p = table_cell(t, r, c, &cell);
            bool strong = is_strong(&t->rows[r], cell);
            const rc_para *para =
                set_prose(l, p, lay_style(l, RC_ROLE_CELL), -1, strong);
            own->cells[r * n + c] = para;
            rc_len wide = para->width;
            if (cell && cell->direction)
                wide += l->house->table.arrow_gap + l->house->table.arrow;
            w->natural[c] = lay_max(w->natural[c], wide);
        }
    }
}

/* Figures stand in columns of equal pitch where they can: no wider than
 * three tenths of the text's measure, so that the eye finds its row. */
static void
place_figures(lay *l, table_own *own, const widths *w)
{
    const rc_house *h = l->house;
    size_t n = own->t->column_count, figures = n - 1;
    rc_len gap = h->table.column_gap, need = 0, most = 0;
    for (size_t c = 1; c < n; c++) {
        need += w->natural[c];
        most = lay_max(most, w->natural[c]);
    }
    /* where labels must wrap, figures move closer together */
    if (w->natural[0] + need + (rc_len)n * gap > own->width)
        gap = gap * 2 / 3;
    need += (rc_len)figures * gap;
    most += gap;
    rc_len cap = h->right_width / 10 * 3;
    rc_len label = w->natural[0] + gap;
    rc_len left = own->width - label;
    rc_len first = h->table.first_column;
    if (left < need)
        left = own->width - first > need ? need : own->width - first;
    /* no head is broken for the labels' sake, if they keep half their least */
    rc_len tight = need - (rc_len)figures * gap / 2;
    if (left < tight)
        left = own->width - first / 2 > tight ? tight : own->width - first / 2;
    rc_len pitch = left / (rc_len)figures;
    bool equal = most <= pitch;
    if (pitch > cap)
        pitch = lay_max(cap, equal ? most : 0);
    rc_len right = own->x + own->width;
    for (size_t c = n; c-- > 1;) {
        rc_len step = pitch;
        if (!equal) /* by need, what is over or wanting in equal parts */
            step = w->natural[c] + gap
                   + (left - need) / (rc_len)figures;
        own->columns[c].right = right;
        own->columns[c].left = right - lay_max(step - gap / 2, w->natural[c]);
        right -= step;
    }
    own->columns[0].left = own->x;
    own->columns[0].right = right - gap;
    if (own->columns[0].right < own->x + first / 2)
        own->columns[0].right = own->x + first / 2;
}

/* Columns of words share the measure: the narrow ones take what they need. */
static void
place_words(lay *l, table_own *own, const widths *w)
{
    const rc_house *h = l->house;
    size_t n = own->t->column_count, open = n;
    rc_len left = own->width - (rc_len)(n - 1) * h->table.column_gap;
    rc_len *width = RC_MAKE_ARRAY(l->scratch, rc_len, n);
    for (bool moved = true; moved && open;) {
        moved = false;
        for (size_t c = 0; c < n; c++)
            if (!width[c] && w->natural[c] <= left / (rc_len)open) {
                width[c] = lay_max(w->natural[c], 1);
                left -= width[c];
                open--;
                moved = true;
                if (!open)
                    break;
            }
    }
    rc_len x = own->x;
    for (size_t c = 0; c < n; c++) {
        if (!width[c])
            width[c] = left / (rc_len)open;
        else if (!open && c == 0)
            width[c] += left; /* the first column takes the rest */
        own->columns[c].left = x;
        own->columns[c].right = x + width[c];
        x += width[c] + h->table.column_gap;
    }
}

/* -- heads ----------------------------------------------------------------- */
/* The unit stands on the first line of the heads, where those under it leave
 * that line free. */
static bool
spanning_has_room(const lay *l, const table_own *own)
{
    rc_len left = own->x + own->width - own->spanning->width
                  - l->house->table.column_gap;
    if (!own->spanning->count || own->head_lines < 2)
        return false;
    for (size_t c = 0; c < own->t->column_count; c++) {
        const table_column *col = &own->columns[c];
        if (col->right > left && col->head->count >= own->head_lines)
            return false;
    }
    return true;
}

/* The lines of the heads over columns. */
static size_t
measure_over(lay *l, table_own *own)
{
    const rc_table *t = own->t;
    int style = lay_style(l, RC_ROLE_COLUMN_HEAD);
    size_t lines = 0;
    for (size_t c = 0; c < t->column_count; c++) {
        const rc_table_column *src = &t->columns[c];
        table_column *col = &own->columns[c];
        col->over = NULL;
        if (!src->over_columns)
            continue;
        rc_len right = own->columns[c + src->over_columns - 1].right;
        col->over = set_prose(l, src->over, style,
                              lay_max(right - col->left, RC_PT), false);
        lines = lay_count(col->over->count, lay_count(lines, 1));
    }
    return lines;
}

static void
measure_heads(lay *l, table_own *own, rc_len y)
{
    const rc_house *h = l->house;
    const rc_table *t = own->t;
    int head = lay_style(l, RC_ROLE_COLUMN_HEAD);
    bool subs = false;
    own->head_lines = 1;
    own->spanning_prose = rc_prose_of(l->arena, t->spanning);
    own->spanning = set_prose(l, own->spanning_prose,
                              lay_style(l, RC_ROLE_COLUMN_SUB), -1, false);
    for (size_t c = 0; c < t->column_count; c++) {
        table_column *col = &own->columns[c];
        col->head = set_prose(l, t->columns[c].head, head,
                              lay_max(col->right - col->left, RC_PT), false);
        if (col->head->count > own->head_lines)
            own->head_lines = col->head->count;
        subs |= t->columns[c].sub.len > 0;
    }
    own->over_lines = measure_over(l, own);
    if (own->over_lines) {
        own->spanning_y =
            y + (own->open ? h->table.spanning : h->facts.head);
        own->head_y = own->spanning_y + h->table.head_spanned
                      + (rc_len)(own->over_lines - 1)
                            * h->styles[head].leading;
    } else if (own->open && spanning_has_room(l, own)) {
        own->head_y = own->spanning_y = y + h->table.head;
    } else if (own->open && t->spanning.len) {
        own->spanning_y = y + h->table.spanning;
        own->head_y = own->spanning_y + h->table.head_spanned;
    } else if (t->spanning.len) {
        own->spanning_y = y + h->facts.head;
        own->head_y = own->spanning_y + h->table.head_spanned;
    } else {
        own->head_y = y + (own->open ? h->table.head : h->facts.head);
    }
    rc_len last = own->head_y
                  + (rc_len)(own->head_lines - 1) * h->styles[head].leading;
    own->sub_y = last + h->table.second_line;
    if (subs)
        own->rows_y = own->sub_y + h->table.rule_second;
    else
        own->rows_y = last + (own->open ? h->table.rule : h->facts.rule);
}

/* -- rows ------------------------------------------------------------------ */
static rc_len
row_step(const lay *l, const table_own *own)
{
    const rc_house *h = l->house;
    if (own->t->form == RC_TABLE_FACTS)
        return own->dense ? h->facts.dense_row : h->facts.row;
    if (own->t->dense)
        return h->table.tight_row;
    return own->dense ? h->table.dense_row : h->table.row;
}

static rc_len
row_padding(const lay *l, const table_own *own)
{
    bool tight = own->t->dense && own->t->form != RC_TABLE_FACTS;
    return tight ? l->house->table.tight_padding : l->house->table.row_padding;
}

rc_len
table_first_baseline(const lay *l, const table_own *own, size_t row,
                     const rc_para *para)
{
    rc_len leading = lay_role(l, RC_ROLE_CELL)->leading;
    rc_len height = own->figures ? own->heights[row] : row_step(l, own);
    rc_len lines = own->figures && para->count ? (rc_len)para->count : 1;
    return height / 2 - (lines - 1) * leading / 2 + l->house->table.middle;
}

static void
measure_row(lay *l, table_own *own, size_t r)
{
    const rc_table *t = own->t;
    size_t n = t->column_count, lines = 1;
    bool group = t->rows[r].kind == RC_ROW_GROUP;
    int style = table_cell_style(l, &t->rows[r]);
    for (size_t c = 0; c < n; c++) {
        const rc_cell_text *cell;
        rc_prose p = table_cell(t, r, c, &cell);
        table_column *col = &own->columns[c];
        rc_len width = group ? own->width : col->right - col->left;
        if (group && c > 0)
            p = (rc_prose){0};
        const rc_para *para = own->cells[r * n + c];
        if (group || para->width > width || prose_has_page(p))
            para = set_prose(l, p, style, lay_max(width, RC_PT),
                             is_strong(&t->rows[r], cell));
        own->cells[r * n + c] = para;
        if (para->count > lines)
            lines = para->count;
    }
    rc_len height = row_step(l, own);
    if (lines > 1)
        height = lay_max(height, (rc_len)lines
                                         * l->house->styles[style].leading
                                     + row_padding(l, own));
    own->heights[r] = height;
}

/* Only a long table is split: over two thirds of the frame. */
static bool
is_long(const lay *l, const table_own *own)
{
    const rc_house *h = l->house;
    rc_len all = own->rows_y + own->tail;
    for (size_t r = 0; r < own->t->row_count; r++)
        all += own->heights[r];
    return all > (h->bottom - h->top) / 3 * 2;
}

/* Group heads go with their rows, totals with theirs; no fewer than three rows
 * on a page. */
static bool
keeps_with_row_before(const rc_table *t, size_t r)
{
    return r <= 2 || r + 2 >= t->row_count
           || t->rows[r - 1].kind == RC_ROW_GROUP
           || t->rows[r].kind == RC_ROW_TOTAL;
}

/* -- below the closing rule ------------------------------------------------ */
/* The way back of a data table: at the left of the base, or over it. */
static rc_len
back_depth(lay *l, table_own *own, rc_len *next)
{
    const rc_house *h = l->house;
    int style = lay_style(l, RC_ROLE_DATA_LINK);
    own->back = set_prose(l, own->t->back, style,
                          h->has_left_column ? h->left_text_width
                                             : h->right_width,
                          false);
    if (!own->back->count)
        return 0;
    rc_len y = *next + para_depth(l, own->back, style);
    if (!h->has_left_column)
        *next = y + h->chart.step.note;
    return y;
}

static rc_len
tail_depth(lay *l, table_own *own)
{
    const rc_house *h = l->house;
    const rc_table *t = own->t;
    int style = lay_style(l, RC_ROLE_NOTE);
    rc_len y = 0, next = h->chart.step.base;
    if (t->arrow_key) {
        y = h->table.key;
        next = y + h->table.note;
    }
    rc_len back = back_depth(l, own, &next);
    for (size_t i = 0; i < t->fur.note_count; i++) {
        if (!t->fur.notes[i].count)
            continue;
        const rc_para *para =
            set_prose(l, t->fur.notes[i], style, h->right_width, false);
        y = next + para_depth(l, para, style);
        next = y + h->chart.step.note;
    }
    return lay_max(y, back);
}

static rc_len
left_depth(lay *l, table_own *own)
{
    const rc_house *h = l->house;
    const rc_table *t = own->t;
    int caption = lay_style(l, own->dense ? RC_ROLE_FACTS_CAPTION_DENSE
                                          : RC_ROLE_FACTS_CAPTION);
    int note = lay_style(l, RC_ROLE_NOTE);
    rc_len width = h->has_left_column ? h->left_text_width : h->right_width;
    own->caption = set_prose(l, t->caption, caption, width, false);
    own->left_note = set_prose(l, t->left_note, note, width, false);
    if (!own->caption->count && !own->left_note->count)
        return 0;
    rc_len y = h->facts.head + para_depth(l, own->caption, caption);
    if (own->left_note->count)
        y += (own->dense ? h->facts.dense_caption_note : h->facts.caption_note)
             + para_depth(l, own->left_note, note);
    return y;
}

/* -- the item -------------------------------------------------------------- */
static void
measure_columns(lay *l, table_own *own)
{
    size_t n = own->t->column_count;
    rc_mark mark = rc_arena_mark(l->scratch);
    widths w = {RC_MAKE_ARRAY(l->scratch, rc_len, n)};
    set_cells(l, own, &w);
    for (size_t c = 0; c < n; c++)
        own->columns[c].align = own->t->columns[c].align
                                    ? own->t->columns[c].align
                                    : (c ? 'r' : 'l');
    if (own->figures)
        place_figures(l, own, &w);
    else
        place_words(l, own, &w);
    rc_arena_rewind(l->scratch, mark);
}

/* Those marked over the rows. */
static void
head_notes(lay *l, slice *s, const rc_table *t)
{
    slice_notes(l, s, t->fur.headline);
    slice_notes(l, s, t->fur.subtitle);
    slice_notes(l, s, t->caption);
    for (size_t c = 0; c < t->column_count; c++)
        slice_notes(l, s, t->columns[c].over);
    for (size_t c = 0; c < t->column_count; c++)
        slice_notes(l, s, t->columns[c].head);
}

static void
measure_table(lay *l, item *it)
{
    table_own *own = it->own;
    const rc_table *t = own->t;
    rc_mark mark = rc_arena_mark(l->scratch);
    rc_len y = 0, plain = 0;
    measure_columns(l, own);
    if (own->open) {
        rc_canvas c = l->canvas;
        c.arena = c.lines = l->scratch;
        y = rc_figure_open(&c, &t->fur, 0);
        rc_furniture again = t->fur; /* a repeated head has no subtitle */
        again.subtitle = (rc_prose){0};
        again.scope = (rc_str){0};
        plain = rc_figure_open(&c, &again, 0);
    }
    rc_arena_rewind(l->scratch, mark);
    measure_heads(l, own, y);
    own->repeat_shift = y - plain;
    it->head = own->rows_y - own->repeat_shift;
    item_slices(l, it, t->row_count ? t->row_count : 1);
    it->start_slices = 1;
    for (size_t r = 0; r < t->row_count; r++) {
        slice *s = &it->slices[r];
        measure_row(l, own, r);
        s->depth = own->heights[r];
        if (r == 0)
            head_notes(l, s, t);
        for (size_t c = 0; c < t->rows[r].cell_count; c++)
            slice_notes(l, s, t->rows[r].cells[c].text);
        for (size_t i = 0; r + 1 == t->row_count && i < t->fur.note_count; i++)
            slice_notes(l, s, t->fur.notes[i]);
    }
    own->tail = tail_depth(l, own);
    bool whole = t->form == RC_TABLE_FACTS || !is_long(l, own);
    for (size_t r = 1; r < t->row_count; r++)
        it->slices[r].no_break = whole || keeps_with_row_before(t, r);
    it->slices[0].depth += own->rows_y;
    it->slices[it->slice_count - 1].depth += own->tail;
    it->left_depth = left_depth(l, own);
    if (!l->house->has_left_column && it->left_depth) {
        /* caption and note stand over the table */
        own->above = it->left_depth + 2 * l->house->unit;
        it->slices[0].depth += own->above;
        it->left_depth = 0;
    }
}

static const item_ops table_ops = {measure_table, draw_table};

static bool
holds_figures(const rc_table *t)
{
    for (size_t c = 1; c < t->column_count; c++)
        if (t->columns[c].align == 'l')
            return false;
    return t->column_count > 1;
}

static bool
in_dense_section(const lay *l, const build *b)
{
    if (b->section < 0)
        return false;
    const rc_master *m =
        section_master(l, &l->doc->sections[b->section]);
    return m && m->runs_on;
}

void
build_table(build *b, const rc_block *block)
{
    lay *l = b->l;
    const rc_house *h = l->house;
    const rc_table *t = block->as.table;
    if (!t || !t->column_count)
        return;
    bool wide = t->form == RC_TABLE_DATA || t->form == RC_TABLE_DENSE;
    size_t cells = t->row_count * t->column_count;
    table_own *own = RC_MAKE(l->arena, table_own);
    *own = (table_own){
        .t = t,
        .x = wide ? h->left : b->x,
        .width = wide ? h->right - h->left : b->width,
        .open = wide || t->fur.number.len || t->fur.headline.count,
        .figures = holds_figures(t),
        .dense = t->form == RC_TABLE_DENSE
                 || (t->form == RC_TABLE_FACTS
                     && (t->dense || in_dense_section(l, b))),
        .columns = RC_MAKE_ARRAY(l->arena, table_column, t->column_count),
        .cells = RC_MAKE_ARRAY(l->arena, const rc_para *, cells + 1),
        .heights = RC_MAKE_ARRAY(l->arena, rc_len, t->row_count + 1),
        .head_els = RC_MAKE_ARRAY(l->arena, rc_el, t->column_count),
        .span_els = RC_MAKE_ARRAY(l->arena, rc_el, t->column_count)};
    item *it = build_item(b,
                          wide || own->open ? KIND_FIGURE
                          : t->form == RC_TABLE_FACTS ? KIND_FACTS
                                                      : KIND_TABLE,
                          &table_ops, block, false);
    it->own = own;
    it->top_rule = it->rest_top_rule = true;
    it->second_target = t->fur.target;
    it->has_page = furniture_has_page(&t->fur) || prose_has_page(t->back);
    for (size_t r = 0; r < t->row_count; r++)
        for (size_t c = 0; c < t->rows[r].cell_count; c++)
            it->has_page |= prose_has_page(t->rows[r].cells[c].text);
    l->has_pages |= it->has_page;
}
