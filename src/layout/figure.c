/* Charts and diagrams: whole, measured by the road they are drawn on. */
#include "layout/inner.h"

typedef struct figure_own {
    const rc_chart *chart;
    bool bars;             /* without number and furniture */
    rc_len excess;         /* what it is too tall for a page */
} figure_own;

/* A canvas that draws nothing; what it sets is forgotten by
 * measuring_end. */
static rc_canvas
measuring_canvas(lay *l, rc_mark *mark)
{
    rc_canvas c = l->canvas;
    *mark = rc_arena_mark(l->scratch);
    c.arena = c.lines = l->scratch;
    return c;
}

static void
furniture_notes(lay *l, slice *s, const rc_furniture *f)
{
    slice_notes(l, s, f->headline);
    slice_notes(l, s, f->subtitle);
    for (size_t i = 0; i < f->note_count; i++)
        slice_notes(l, s, f->notes[i]);
}

static void
measure_chart(lay *l, item *it)
{
    figure_own *own = it->own;
    rc_mark mark;
    rc_canvas c = measuring_canvas(l, &mark);
    item_slices(l, it, 1);
    it->start_slices = 1;
    rc_len depth = own->bars ? rc_chart_bars(&c, own->chart, 0, 0)
                             : rc_chart_draw(&c, own->chart, 0);
    c.excess = depth - (l->house->bottom - l->house->top);
    if (!own->bars && c.excess > 0) {
        own->excess = c.excess;
        depth = rc_chart_draw(&c, own->chart, 0);
    }
    it->slices[0].depth = depth;
    rc_arena_rewind(l->scratch, mark);
    if (!own->bars)
        furniture_notes(l, &it->slices[0], &own->chart->fur);
}

bool
furniture_has_page(const rc_furniture *f)
{
    bool has = prose_has_page(f->headline) || prose_has_page(f->subtitle);
    for (size_t i = 0; i < f->note_count; i++)
        has |= prose_has_page(f->notes[i]);
    return has;
}

/* The container of a figure, where links to it lead. */
rc_el
figure_element(lay *l, const item *it)
{
    rc_el e = make_element(l, RC_TAG_DIV, node_element(l, it->node), it->span);
    int targets[2] = {it->target, it->second_target};
    for (size_t i = 0; i < 2; i++)
        if (targets[i] >= 0 && l->dests[targets[i]] >= 0)
            rc_builder_dest_element(l->builder, l->dests[targets[i]], e);
    return e;
}

static void
draw_chart(lay *l, item *it, const placed *p)
{
    figure_own *own = it->own;
    rc_canvas c = lay_canvas(l, p->page, figure_element(l, it));
    c.excess = own->excess;
    if (own->bars)
        rc_chart_bars(&c, own->chart, p->y, 0);
    else
        rc_chart_draw(&c, own->chart, p->y);
}

static const item_ops chart_ops = {measure_chart, draw_chart};

void
build_chart(build *b, const rc_block *block)
{
    if (!block->as.chart)
        return;
    figure_own *own = RC_MAKE(b->l->arena, figure_own);
    *own = (figure_own){.chart = block->as.chart,
                        .bars = block->kind == RC_BLOCK_BARS};
    item *it = build_item(b, own->bars ? KIND_BARS : KIND_FIGURE, &chart_ops,
                          block, false);
    it->own = own;
    it->top_rule = !own->bars;
    it->floats = !own->bars && block->as.chart->fur.floats;
    it->second_target = own->bars ? -1 : block->as.chart->fur.target;
    it->has_page = !own->bars && furniture_has_page(&block->as.chart->fur);
    b->l->has_pages |= it->has_page;
}

/* -- diagrams -------------------------------------------------------------- */
/* Columns of words in boxes, or a picture: one Figure with its alternative
 * text. */
typedef struct diagram_own {
    const rc_furniture *fur;
    rc_str alt;
    const rc_image *picture;    /* or NULL: columns */
    const rc_names_column *columns;
    size_t count;
    rc_len width;               /* of a column, or the picture */
    const rc_para **heads;
    const rc_para ***names;
    rc_len opened, boxes;       /* depths: of the head, of the boxes */
} diagram_own;

static rc_len
diagram_column_depth(lay *l, diagram_own *own, size_t i)
{
    const rc_house *h = l->house;
    const rc_names_column *col = &own->columns[i];
    int head = lay_style(l, RC_ROLE_DIAGRAM_HEAD);
    int text = lay_style(l, RC_ROLE_DIAGRAM);
    rc_len inside = own->width - 2 * h->diagram.inset;
    own->heads[i] = set_prose(l, col->head, head, inside, false);
    own->names[i] =
        RC_MAKE_ARRAY(l->arena, const rc_para *, col->name_count + 1);
    rc_len y = h->diagram.head + para_depth(l, own->heads[i], head);
    for (size_t k = 0; k < col->name_count; k++) {
        own->names[i][k] = set_prose(l, col->names[k], text, inside, false);
        y += (k ? h->diagram.next : h->diagram.item)
             + para_depth(l, own->names[i][k], text);
    }
    return y + h->diagram.bottom;
}

/* A picture stands in the right column, no larger than at 144 dots an inch and
 * no higher than two thirds of the frame. */
static void
measure_picture(lay *l, diagram_own *own)
{
    const rc_house *h = l->house;
    int64_t width = own->picture->width, height = own->picture->height;
    int64_t most = (h->bottom - h->top) / 3 * 2;
    int64_t wide = width * RC_PT / 2;
    if (wide > h->right_width)
        wide = h->right_width;
    if (wide * height > most * width)
        wide = most * width / height;
    own->width = (rc_len)(wide > RC_PT ? wide : RC_PT);
    int64_t high = own->width * height / width;
    own->boxes = (rc_len)(high < RC_PT ? RC_PT : high > most ? most : high);
}

static void
measure_columns(lay *l, diagram_own *own)
{
    const rc_house *h = l->house;
    size_t n = own->count ? own->count : 1;
    own->width = (h->right - h->left - (rc_len)(n - 1) * h->diagram.gap)
                 / (rc_len)n;
    own->boxes = 0;
    for (size_t i = 0; i < own->count; i++)
        own->boxes = lay_max(own->boxes, diagram_column_depth(l, own, i));
}

static void
measure_diagram(lay *l, item *it)
{
    diagram_own *own = it->own;
    const rc_house *h = l->house;
    rc_mark mark;
    rc_canvas c = measuring_canvas(l, &mark);
    own->opened = rc_figure_open(&c, own->fur, 0) + h->body_leading;
    if (own->picture)
        measure_picture(l, own);
    else
        measure_columns(l, own);
    item_slices(l, it, 1);
    it->start_slices = 1;
    rc_len end = own->opened + own->boxes;
    if (own->fur->note_count || own->fur->data_target >= 0)
        end = rc_figure_close(&c, own->fur, RC_NO_ELEMENT, end + h->unit);
    it->slices[0].depth = end;
    rc_arena_rewind(l->scratch, mark);
    furniture_notes(l, &it->slices[0], own->fur);
}

static void
draw_diagram_column(lay *l, const diagram_own *own, size_t i, uint32_t at,
                    rc_el e, rc_len top)
{
    const rc_house *h = l->house;
    rc_len x = h->left + (rc_len)i * (own->width + h->diagram.gap);
    rc_box box = {x, top, own->width, own->boxes};
    if (h->diagram.fill >= 0)
        rc_builder_rect(l->builder, at, e, box, h->diagram.fill, -1, 0);
    if (h->diagram.bar > 0) {
        box.height = h->diagram.bar;
        rc_builder_rect(l->builder, at, e, box, h->diagram.bar_colour, -1, 0);
    }
    text_at text = {.page = at,
                    .element = e,
                    .style = lay_style(l, RC_ROLE_DIAGRAM_HEAD),
                    .x = x + h->diagram.inset,
                    .y = top + h->diagram.head};
    rc_len y = draw_para(l, own->columns[i].head, own->heads[i], &text);
    text.style = lay_style(l, RC_ROLE_DIAGRAM);
    for (size_t k = 0; k < own->columns[i].name_count; k++) {
        text.y = y + (k ? h->diagram.next : h->diagram.item);
        y = draw_para(l, own->columns[i].names[k], own->names[i][k], &text);
    }
}

static void
draw_diagram(lay *l, item *it, const placed *p)
{
    diagram_own *own = it->own;
    const rc_house *h = l->house;
    rc_canvas c = lay_canvas(l, p->page, figure_element(l, it));
    rc_len top = p->y + own->opened;
    rc_el figure = make_element(l, RC_TAG_FIGURE, c.parent, it->span);
    rc_canvas inside = lay_canvas(l, p->page, figure);
    rc_figure_open(&inside, own->fur, p->y);
    rc_element_more *made = rc_builder_more(l->builder, figure);
    made->alt = own->alt;
    made->has_box = true;
    made->box_page = p->page;
    made->box = (rc_box){h->left, p->y, h->right - h->left,
                         own->opened + own->boxes};
    if (own->picture)
        rc_builder_image(l->builder, p->page, figure,
                         (rc_box){h->axis, top, own->width, own->boxes},
                         own->picture);
    for (size_t i = 0; i < own->count; i++)
        draw_diagram_column(l, own, i, p->page, figure, top);
    if (own->fur->note_count || own->fur->data_target >= 0)
        rc_figure_close(&c, own->fur, figure, top + own->boxes + h->unit);
}

static const item_ops diagram_ops = {measure_diagram, draw_diagram};

void
build_diagram(build *b, const rc_block *block)
{
    lay *l = b->l;
    diagram_own *own = RC_MAKE(l->arena, diagram_own);
    size_t n = block->as.diagram->count;
    *own = (diagram_own){.fur = &block->as.diagram->fur,
                         .alt = block->as.diagram->alt,
                         .picture = block->as.diagram->picture,
                         .columns = block->as.diagram->columns,
                         .count = n,
                         .heads = RC_MAKE_ARRAY(l->arena, const rc_para *,
                                                n + 1),
                         .names = RC_MAKE_ARRAY(l->arena, const rc_para **,
                                                n + 1)};
    item *it = build_item(b, KIND_FIGURE, &diagram_ops, block, false);
    it->own = own;
    it->top_rule = true;
    it->second_target = own->fur->target;
}
