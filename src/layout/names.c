/* Names in columns, and rows of fields (the inside cover). */
#include "layout/inner.h"

/* -- names --------------------------------------------------------------------
 * A slice is a row of names, one of each column; the tags are lists, one a
 * column. Columns run down by themselves: a name of two lines leaves no gap
 * beside it. A list that stays whole is as deep as its longest column; in one
 * that is split a slice is as deep as its deepest name, so that there is room
 * for every column wherever it is split. */
typedef struct names_column {
    rc_prose head;
    const rc_prose *names;
    size_t count;
    const rc_para *head_para;
    const rc_para **paras;
    rc_el list;
    rc_el *bodies;           /* made with the first row */
} names_column;

typedef struct names_own {
    names_column *columns;
    size_t count, rows;
    rc_len x, width, step;
    rc_len head;             /* first baseline to the first names' */
} names_own;

static rc_len
measure_heads(lay *l, names_own *own)
{
    int style = lay_style(l, RC_ROLE_NAMES_HEAD);
    rc_len depth = 0;
    bool any = false;
    for (size_t c = 0; c < own->count; c++) {
        names_column *col = &own->columns[c];
        col->head_para = set_prose(l, col->head, style, own->width, false);
        any |= col->head_para->count > 0;
        depth = lay_max(depth, para_depth(l, col->head_para, style));
    }
    return any ? depth + l->house->names.head : 0;
}

static rc_len
name_depth(const lay *l, const names_column *col, size_t row)
{
    return row < col->count
               ? para_depth(l, col->paras[row], lay_style(l, RC_ROLE_NAMES))
               : 0;
}

/* From the first names' baseline to the last line of a column's first rows. */
static rc_len
column_depth(const lay *l, const names_column *col, size_t rows)
{
    rc_len depth = 0;
    for (size_t r = 0; r < rows && r < col->count; r++)
        depth += (r ? l->house->names.row : 0) + name_depth(l, col, r);
    return depth;
}

static rc_len
rows_depth(const lay *l, const names_own *own, size_t rows)
{
    rc_len depth = 0;
    for (size_t c = 0; c < own->count; c++)
        depth = lay_max(depth, column_depth(l, &own->columns[c], rows));
    return depth;
}

static void
measure_row(lay *l, item *it, size_t r)
{
    names_own *own = it->own;
    slice *s = &it->slices[r];
    s->gap = l->house->names.row;
    for (size_t c = 0; c < own->count; c++) {
        names_column *col = &own->columns[c];
        if (r >= col->count)
            continue;
        col->paras[r] = set_prose(l, col->names[r],
                                  lay_style(l, RC_ROLE_NAMES),
                                  own->width - l->house->names.turn, false);
        s->depth = lay_max(s->depth, name_depth(l, col, r));
        slice_notes(l, s, col->names[r]);
    }
}

static void
measure_names(lay *l, item *it)
{
    names_own *own = it->own;
    const rc_house *h = l->house;
    own->head = measure_heads(l, own);
    item_slices(l, it, own->rows ? own->rows : 1);
    for (size_t i = 0; i < it->side_count; i++)
        slice_notes(l, &it->slices[0], it->sides[i].prose);
    for (size_t r = 0; r < own->rows; r++)
        measure_row(l, it, r);
    /* only a long list is split, as a long table */
    bool whole = rows_depth(l, own, own->rows) < (h->bottom - h->top) / 3 * 2;
    for (size_t r = 0; r < own->rows; r++) {
        slice *s = &it->slices[r];
        s->no_break = r && (whole || r == 1 || r + 1 == own->rows);
        if (whole)
            s->depth = rows_depth(l, own, r + 1)
                       - (r ? rows_depth(l, own, r) + s->gap : 0);
    }
    it->slices[0].depth += own->head;
    it->start_slices = 1;
    measure_sides(l, it);
}

/* Elements in reading order, column by column, before the rows are drawn
 * across. */
static void
make_names(lay *l, const item *it, names_own *own)
{
    rc_el parent = node_element(l, it->node);
    for (size_t c = 0; c < own->count; c++) {
        names_column *col = &own->columns[c];
        col->bodies = RC_MAKE_ARRAY(l->arena, rc_el, col->count + 1);
        if (col->head_para->count)
            col->bodies[col->count] =
                make_element(l, RC_TAG_P, parent, it->span);
        if (!col->count)
            continue;
        col->list = make_element(l, RC_TAG_L, parent, it->span);
        for (size_t r = 0; r < col->count; r++) {
            rc_el li = make_element(l, RC_TAG_LI, col->list, it->span);
            col->bodies[r] = make_element(l, RC_TAG_LBODY, li, it->span);
        }
    }
}

/* A name; its second line and those below it stand further right. */
static void
draw_name(lay *l, const names_column *col, size_t row, const text_at *at)
{
    rc_canvas c = lay_canvas(l, at->page, at->element);
    const rc_para *para = col->paras[row];
    rc_prose_at where = {.element = at->element,
                         .style = at->style,
                         .x = at->x,
                         .y = at->y,
                         .align = 'l',
                         .colour = -2};
    if (!para->count)
        return;
    where.y = rc_prose_lines(&c, col->names[row], para, 0, 1, &where)
              + l->house->styles[at->style].leading;
    where.x += l->house->names.turn;
    if (para->count > 1)
        rc_prose_lines(&c, col->names[row], para, 1, para->count - 1, &where);
}

static void
draw_names(lay *l, item *it, const placed *p)
{
    names_own *own = it->own;
    if (p->first == 0) {
        draw_sides(l, it, p);
        make_names(l, it, own);
    }
    text_at text = {.page = p->page};
    for (size_t c = 0; c < own->count; c++) {
        names_column *col = &own->columns[c];
        text.x = own->x + (rc_len)c * own->step;
        text.y = p->y;
        if (p->first == 0 && col->head_para->count) {
            text.element = col->bodies[col->count];
            text.style = lay_style(l, RC_ROLE_NAMES_HEAD);
            draw_para(l, col->head, col->head_para, &text);
        }
        rc_len y = p->y + (p->first == 0 ? own->head : 0);
        text.style = lay_style(l, RC_ROLE_NAMES);
        for (size_t r = p->first; r < p->first + p->count && r < col->count;
             r++) {
            if (r > p->first)
                y += l->house->names.row;
            text.y = y;
            text.element = col->bodies[r];
            draw_name(l, col, r, &text);
            y += name_depth(l, col, r);
        }
    }
}

static const item_ops names_ops = {measure_names, draw_names};

/* Names under no or one head flow down as many columns as the house style
 * has. */
static void
share_out(lay *l, names_own *own, const rc_names_column *all)
{
    size_t n = (size_t)(l->house->names.columns > 0 ? l->house->names.columns
                                                    : 1);
    size_t rows = (all->name_count + n - 1) / n, at = 0;
    own->columns = RC_MAKE_ARRAY(l->arena, names_column, n);
    own->count = n;
    for (size_t c = 0; c < n; c++) {
        size_t left = all->name_count - at;
        own->columns[c] = (names_column){
            .names = all->names + at, .count = left < rows ? left : rows};
        at += own->columns[c].count;
    }
    own->columns[0].head = all->head;
}

void
build_names(build *b, const rc_block *block)
{
    lay *l = b->l;
    const rc_house *h = l->house;
    size_t n = block->as.names.count;
    if (!n)
        return;
    names_own *own = RC_MAKE(l->arena, names_own);
    if (n == 1 && block->as.names.columns[0].name_count > 8) {
        share_out(l, own, block->as.names.columns);
    } else {
        own->columns = RC_MAKE_ARRAY(l->arena, names_column, n);
        own->count = n;
        for (size_t c = 0; c < n; c++)
            own->columns[c] =
                (names_column){.head = block->as.names.columns[c].head,
                               .names = block->as.names.columns[c].names,
                               .count = block->as.names.columns[c].name_count};
    }
    bool wide = own->count > 2; /* as wide as the page's measure */
    own->x = wide ? h->left : b->x;
    rc_len measure = wide ? h->right - h->left : b->width;
    own->width = (measure - (rc_len)(own->count - 1) * h->names.gap)
                 / (rc_len)own->count;
    own->step = own->width + h->names.gap;
    for (size_t c = 0; c < own->count; c++) {
        names_column *col = &own->columns[c];
        col->paras =
            RC_MAKE_ARRAY(l->arena, const rc_para *, col->count + 1);
        if (col->count > own->rows)
            own->rows = col->count;
    }
    if (block->as.names.heading.count) {
        rc_block head = {.kind = RC_BLOCK_HEADING, .span = block->span,
                         .target = -1};
        head.as.heading.level = wide ? 4 : 3;
        head.as.heading.text = block->as.names.heading;
        rc_block *kept = RC_MAKE(l->arena, rc_block);
        *kept = head;
        build_heading(b, kept);
    }
    item *it = build_item(b, KIND_NAMES, &names_ops, block,
                          !wide && b->may_side);
    it->own = own;
}

/* -- fields ---------------------------------------------------------------- */
typedef struct fields_own {
    const rc_prose (*rows)[2];
    size_t count;
    const rc_para *(*paras)[2];
    const rc_master *master;   /* of the section's opening; may be NULL */
    int list;
} fields_own;

static rc_len
fields_row(const lay *l, const fields_own *own)
{
    const rc_master *m = own->master;
    return m && m->fields_row ? m->fields_row : l->house->table.row;
}

static rc_len
fields_baseline(const lay *l, const fields_own *own)
{
    const rc_master *m = own->master;
    return m && m->fields_baseline ? m->fields_baseline
                                   : fields_row(l, own) / 2
                                         + l->house->table.middle;
}

rc_len
fields_top(const lay *l, const item *it)
{
    (void)l;
    const fields_own *own = it->own;
    return own->master ? own->master->fields_y : 0;
}

static void
measure_fields(lay *l, item *it)
{
    fields_own *own = it->own;
    const rc_house *h = l->house;
    int style = lay_style(l, RC_ROLE_FIELD);
    rc_len left = h->has_left_column ? h->left_width : h->right_width / 3;
    item_slices(l, it, own->count ? own->count : 1);
    it->start_slices = it->slice_count;
    for (size_t i = 0; i < own->count; i++) {
        own->paras[i][0] = set_prose(l, own->rows[i][0], style, left, true);
        own->paras[i][1] = set_prose(l, own->rows[i][1], style,
                                     h->has_left_column ? h->right_width
                                                        : h->right_width
                                                              - left,
                                     false);
        it->slices[i].depth =
            fields_row(l, own)
            + lay_max(para_depth(l, own->paras[i][0], style),
                      para_depth(l, own->paras[i][1], style));
        it->slices[i].no_break = i > 0;
    }
}

/* Name and value: a table of two columns without heads, its names being the
 * heads of its rows. */
static void
draw_fields(lay *l, item *it, const placed *p)
{
    fields_own *own = it->own;
    const rc_house *h = l->house;
    rc_len y = p->y;
    rc_len value_x = h->has_left_column ? h->axis
                                        : h->axis + h->right_width / 3;
    rc_el table =
        make_element(l, RC_TAG_TABLE, node_element(l, it->node), it->span);
    draw_rule(l, p->page, h->rule_close, h->left, h->right, y);
    for (size_t i = 0; i < own->count; i++) {
        rc_el row = make_element(l, RC_TAG_TR, table, it->span);
        rc_el name = make_element(l, RC_TAG_TH, row, it->span);
        rc_builder_element_of(l->builder, name)->scope = RC_SCOPE_ROW;
        text_at text = {.page = p->page,
                        .element = name,
                        .style = lay_style(l, RC_ROLE_FIELD),
                        .x = h->left,
                        .y = y + fields_baseline(l, own)};
        draw_para(l, own->rows[i][0], own->paras[i][0], &text);
        text.element = make_element(l, RC_TAG_TD, row, it->span);
        text.x = value_x;
        draw_para(l, own->rows[i][1], own->paras[i][1], &text);
        y += it->slices[i].depth;
        draw_rule(l, p->page, h->rule_row, h->left, h->right, y);
    }
}

static const item_ops fields_ops = {measure_fields, draw_fields};

void
build_fields(build *b, const rc_block *block)
{
    lay *l = b->l;
    size_t n = block->as.fields.count;
    if (!n)
        return;
    fields_own *own = RC_MAKE(l->arena, fields_own);
    own->rows = block->as.fields.rows;
    own->count = n;
    own->paras = rc_arena_array(l->arena, n, sizeof *own->paras);
    if (b->section >= 0)
        own->master = section_master(l, &l->doc->sections[b->section]);
    item *it = build_item(b, KIND_FIELDS, &fields_ops, block, false);
    it->own = own;
}
