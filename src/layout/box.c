/* The "In brief" box and the chapter's summary. */
#include "layout/inner.h"

/* -- In brief -------------------------------------------------------------- */
typedef struct brief_own {
    rc_prose heading;
    rc_tag tag;
    const rc_para *head;
    item_list items;
    rc_len height;
} brief_own;

static rc_len
brief_first(const lay *l, const brief_own *own)
{
    const rc_house *h = l->house;
    if (!own->head->count)
        return h->box.head;
    int style = lay_style(l, RC_ROLE_BOX_HEAD);
    return h->box.head + para_depth(l, own->head, style) + h->box.text;
}

static void
measure_brief(lay *l, item *it)
{
    brief_own *own = it->own;
    const rc_house *h = l->house;
    own->head = set_prose(l, own->heading, lay_style(l, RC_ROLE_BOX_HEAD),
                          h->right_width - 2 * h->box.inset, false);
    for (size_t i = 0; i < own->items.count; i++)
        if (it->has_page)
            own->items.at[i].measured = false;
    rc_len end = stack_items(l, &own->items, brief_first(l, own), NULL);
    own->height = end + h->box.bottom;
    item_slices(l, it, 1);
    it->start_slices = 1;
    it->slices[0].depth = own->height;
    size_t first = l->marks.count;
    for (size_t i = 0; i < own->items.count; i++) {
        const item *in = &own->items.at[i];
        for (size_t k = 0; k < in->slice_count; k++)
            for (size_t n = 0; n < in->slices[k].note_count; n++) {
                int note = l->marks.at[in->slices[k].note + n];
                *rc_vec_push(l->arena, &l->marks) = note;
            }
    }
    it->slices[0].note = (uint32_t)first;
    it->slices[0].note_count = (uint16_t)(l->marks.count - first);
}

static void
draw_brief(lay *l, item *it, const placed *p)
{
    brief_own *own = it->own;
    const rc_house *h = l->house;
    rc_box box = {h->right_x, p->y, h->right_width, own->height};
    rc_builder_rect(l->builder, p->page, RC_ARTIFACT_LAYOUT, box, h->box.fill,
                    -1, 0);
    box.width = h->box.bar_width;
    rc_builder_rect(l->builder, p->page, RC_ARTIFACT_LAYOUT, box,
                    h->box.bar_colour, -1, 0);
    if (own->head->count)
        draw_para(l, own->heading, own->head,
                  &(text_at){.page = p->page,
                             .element = make_element(
                                 l, own->tag, node_element(l, it->node),
                                 it->span),
                             .style = lay_style(l, RC_ROLE_BOX_HEAD),
                             .x = h->right_x + h->box.inset,
                             .y = p->y + h->box.head});
    stack_items(l, &own->items, p->y + brief_first(l, own), &p->page);
}

static const item_ops brief_ops = {measure_brief, draw_brief};

void
build_brief(build *b, const rc_block *block)
{
    lay *l = b->l;
    const rc_house *h = l->house;
    brief_own *own = RC_MAKE(l->arena, brief_own);
    own->heading = block->as.brief.heading;
    if (!own->heading.count)
        own->heading = rc_prose_of(l->arena, h->words.in_brief);
    own->tag = heading_below(l);
    item *it = build_item(b, KIND_BOX, &brief_ops, block, false);
    it->own = own;
    it->top_rule = true;
    build in = *b;
    in.out = &own->items;
    in.may_side = false;
    in.section_node = -1;
    in.pending_count = 0;
    in.x = h->right_x + h->box.inset;
    in.width = h->right_width - 2 * h->box.inset;
    in.style = lay_style(l, RC_ROLE_BOX);
    build_blocks(&in, block->as.brief.body);
    it = &b->out->at[b->out->count - 1];
    for (size_t i = 0; i < own->items.count; i++)
        it->has_page |= own->items.at[i].has_page;
}

/* -- In this chapter ------------------------------------------------------- */
typedef struct summary_own {
    rc_prose heading;
    rc_tag tag;
    const rc_summary_row *rows;
    rc_prose *text;              /* clause and text in one */
    const rc_para **paras;
    size_t count;
    int list;                    /* its L */
} summary_own;

/* The clause in strong type, then the text: one prose. */
static rc_prose
row_prose(lay *l, const rc_summary_row *row)
{
    size_t n = row->clause.count + row->text.count + 1, k = 0;
    rc_inline *runs = RC_MAKE_ARRAY(l->arena, rc_inline, n);
    for (size_t i = 0; i < row->clause.count; i++) {
        runs[k] = row->clause.runs[i];
        runs[k++].style |= RC_STYLE_STRONG;
    }
    if (row->clause.count && row->text.count)
        runs[k++] = (rc_inline){.kind = RC_INLINE_TEXT,
                                .text = RC_LIT(" "),
                                .target = -1,
                                .note = -1,
                                .span = rc_span_none()};
    for (size_t i = 0; i < row->text.count; i++)
        runs[k++] = row->text.runs[i];
    return (rc_prose){runs, k};
}

static void
measure_summary(lay *l, item *it)
{
    summary_own *own = it->own;
    const rc_house *h = l->house;
    int style = lay_style(l, RC_ROLE_BODY);
    item_slices(l, it, own->count);
    for (size_t i = 0; i < own->count; i++) {
        slice *s = &it->slices[i];
        own->paras[i] = set_prose(l, own->text[i], style,
                                  h->summary.text_width ? h->summary.text_width
                                                        : h->right_width,
                                  false);
        /* from the rule above a row to the rule below it */
        rc_len first = i ? h->summary.row - h->summary.rule : h->summary.first;
        s->depth =
            first + para_depth(l, own->paras[i], style) + h->summary.rule;
        s->no_break = i == 1 || i + 1 == own->count;
        slice_notes(l, s, own->text[i]);
    }
    it->start_slices = own->count < 2 ? own->count : 2;
    if (!h->has_left_column && own->heading.count && own->count)
        it->slices[0].depth += h->body_leading;
}

static void
draw_summary_page(lay *l, const summary_own *own, size_t i, rc_el body,
                  const text_at *row)
{
    int target = own->rows[i].target;
    rc_str label = l->canvas.page_label(l, target);
    if (!label.len)
        return;
    const rc_house *h = l->house;
    rc_el reference = make_element(l, RC_TAG_REFERENCE, body, rc_span_none());
    rc_el e = reference;
    if (l->dests[target] >= 0) {
        e = make_element(l, RC_TAG_LINK, reference, rc_span_none());
        rc_builder_element_of(l->builder, e)->link_dest = l->dests[target];
        rc_builder_more(l->builder, e)->link_text =
            rc_str_printf(l->arena, "%.*s %.*s", RC_STR(h->words.page),
                          RC_STR(label));
    }
    const rc_text_style *s = lay_role(l, RC_ROLE_SUMMARY_PAGE);
    draw_text(l, rc_str_printf(l->arena, " %.*s", RC_STR(label)),
              &(text_at){.page = row->page,
                         .element = e,
                         .style = lay_style(l, RC_ROLE_SUMMARY_PAGE),
                         .x = h->right,
                         .y = row->y,
                         .width = h->page_width,
                         .align = 'r'});
    if (e != reference)
        rc_builder_linkbox(l->builder, row->page, e,
                           (rc_box){h->right - 3 * s->size, row->y - s->size,
                                    3 * s->size, s->size + s->size / 4});
}

static void
draw_summary_head(lay *l, const item *it, const summary_own *own,
                  const placed *p)
{
    const rc_house *h = l->house;
    if (!own->heading.count)
        return;
    draw_prose(l, own->heading,
               &(text_at){.page = p->page,
                          .element = make_element(
                              l, own->tag, node_element(l, it->node),
                              it->span),
                          .style = lay_style(l, RC_ROLE_SIDE_HEAD),
                          .x = h->left_x,
                          .y = p->y + h->summary.first,
                          .width = h->has_left_column ? h->left_text_width
                                                      : h->right_width});
}

static void
draw_summary(lay *l, item *it, const placed *p)
{
    summary_own *own = it->own;
    const rc_house *h = l->house;
    rc_len y = p->y;
    draw_rule(l, p->page, h->rule_open, h->left, h->right, y);
    if (p->first == 0)
        draw_summary_head(l, it, own, p);
    for (size_t i = p->first; i < p->first + p->count; i++) {
        if (i > p->first)
            draw_rule(l, p->page, h->rule_row, h->right_x, h->right, y);
        int li = node_make(l, RC_TAG_LI, own->list);
        rc_el body = node_element(l, node_make(l, RC_TAG_LBODY, li));
        text_at at = {.page = p->page,
                      .element = make_element(l, RC_TAG_P, body, it->span),
                      .style = lay_style(l, RC_ROLE_BODY),
                      .x = h->axis,
                      .y = y + it->slices[i].depth - h->summary.rule
                           - para_depth(l, own->paras[i],
                                        lay_style(l, RC_ROLE_BODY))};
        draw_para(l, own->text[i], own->paras[i], &at);
        draw_summary_page(l, own, i, body, &at);
        y += it->slices[i].depth;
    }
    draw_rule(l, p->page, h->rule_open, h->left, h->right, y);
}

static const item_ops summary_ops = {measure_summary, draw_summary};

void
build_summary(build *b, const rc_block *block)
{
    lay *l = b->l;
    size_t n = block->as.summary.count;
    if (!n)
        return;
    summary_own *own = RC_MAKE(l->arena, summary_own);
    *own = (summary_own){.heading = block->as.summary.heading,
                         .tag = heading_below(l),
                         .rows = block->as.summary.at,
                         .count = n,
                         .list = node_make(l, RC_TAG_L, b->node),
                         .text = RC_MAKE_ARRAY(l->arena, rc_prose, n),
                         .paras =
                             RC_MAKE_ARRAY(l->arena, const rc_para *, n)};
    if (!own->heading.count)
        own->heading = rc_prose_of(l->arena, l->house->words.in_chapter);
    item *it = build_item(b, KIND_SUMMARY, &summary_ops, block, false);
    it->own = own;
    it->top_rule = it->rest_top_rule = true;
    for (size_t i = 0; i < n; i++) {
        own->text[i] = row_prose(l, &own->rows[i]);
        it->has_page |= prose_has_page(own->text[i]);
    }
    l->has_pages |= it->has_page;
}
