/* Names in columns, and rows of fields (the inside cover). */
#include "layout/inner.h"

/* -- names --------------------------------------------------------------------
 * A slice is a row of names side by side; the tags are lists, one a column. */
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

static void
measure_names(lay *l, item *it)
{
    names_own *own = it->own;
    const rc_house *h = l->house;
    int head = lay_style(l, RC_ROLE_NAMES_HEAD);
    int name = lay_style(l, RC_ROLE_NAMES);
    bool heads = false;
    rc_len head_depth = 0, all = 0;
    for (size_t c = 0; c < own->count; c++) {
        names_column *col = &own->columns[c];
        col->head_para = set_prose(l, col->head, head, own->width, false);
        heads |= col->head_para->count > 0;
        head_depth = lay_max(head_depth, para_depth(l, col->head_para, head));
    }
    own->head = heads ? head_depth + h->names.head : 0;
    item_slices(l, it, own->rows ? own->rows : 1);
    for (size_t r = 0; r < own->rows; r++) {
        slice *s = &it->slices[r];
        s->gap = h->names.row;
        for (size_t c = 0; c < own->count; c++) {
            names_column *col = &own->columns[c];
            if (r >= col->count)
                continue;
            col->paras[r] = set_prose(l, col->names[r], name,
                                      own->width - h->names.turn, false);
            s->depth = lay_max(s->depth, para_depth(l, col->paras[r], name));
            slice_notes(l, s, col->names[r]);
        }
        all += s->gap + s->depth;
    }
    /* only a long list is split, as a long table */
    bool whole = all < (h->bottom - h->top) / 3 * 2;
    for (size_t r = 1; r < own->rows; r++)
        it->slices[r].no_break = whole || r == 1 || r + 1 == own->rows;
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
        for (size_t r = p->first; r < p->first + p->count; r++) {
            if (r > p->first)
                y += it->slices[r].gap;
            if (r < col->count) {
                text.y = y;
                text.element = col->bodies[r];
                draw_para(l, col->names[r], col->paras[r], &text);
            }
            y += it->slices[r].depth - (r == 0 ? own->head : 0);
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
