/* Key findings: a rule, a large number with its words at the left, heading,
 * text and bar at the right. A slice is one finding, from its rule to the
 * next; the first begins with the legend, once for all. */
#include "layout/inner.h"

typedef struct finding_set {
    const rc_para *number, *words, *heading, *text;
    rc_prose number_prose;
    rc_len text_y, bar_y;     /* from the rule */
    rc_len number_y, words_y;
    rc_len depth;             /* to the next rule */
} finding_set;

typedef struct findings_own {
    const rc_block *block;
    finding_set *sets;
    rc_len legend;            /* first legend baseline to the first rule */
    rc_tag tag;
    bool left;
} findings_own;

static rc_len
left_width(const lay *l, rc_role role)
{
    const rc_text_style *s = lay_role(l, role);
    if (!l->house->has_left_column)
        return l->house->right_width;
    return s->width ? s->width : l->house->left_width;
}

static void
measure_finding(lay *l, findings_own *own, size_t i)
{
    const rc_house *h = l->house;
    const rc_finding *f = &own->block->as.findings.at[i];
    finding_set *s = &own->sets[i];
    int body = lay_style(l, RC_ROLE_BODY), head = lay_style(l, RC_ROLE_HEAD);
    s->number_prose = rc_prose_of(l->arena, f->number);
    s->number = set_prose(l, s->number_prose, lay_style(l, RC_ROLE_KEY_NUMBER),
                          h->page_width, false);
    s->words = set_prose(l, f->words, lay_style(l, RC_ROLE_KEY_WORDS),
                         left_width(l, RC_ROLE_KEY_WORDS), false);
    s->heading = set_prose(l, f->heading, head, h->right_width, false);
    s->text = set_prose(l, f->text, body, h->right_width, false);
    rc_len head_end = h->findings.heading + para_depth(l, s->heading, head);
    s->number_y = h->findings.number + (own->left ? 0 : head_end);
    s->words_y = s->number_y + h->findings.words;
    rc_len left = s->words_y
                  + para_depth(l, s->words, lay_style(l, RC_ROLE_KEY_WORDS));
    s->text_y = own->left ? head_end : left;
    if (s->text->count)
        s->text_y += own->left ? h->findings.text : h->findings.heading;
    rc_len end = s->text_y + para_depth(l, s->text, body);
    s->bar_y = end + h->findings.bar;
    if (f->bar.segment_count)
        end = s->bar_y + h->findings.bar_height;
    s->depth = lay_max(end, left) + h->findings.after;
}

static void
measure_findings(lay *l, item *it)
{
    findings_own *own = it->own;
    const rc_house *h = l->house;
    size_t n = own->block->as.findings.count;
    rc_canvas c = l->canvas;
    own->legend = rc_chart_legend(&c, RC_NO_ELEMENT,
                                  own->block->as.findings.keys,
                                  own->block->as.findings.key_count, h->axis,
                                  0)
                  + h->findings.legend_rule;
    if (!own->block->as.findings.key_count)
        own->legend = 0;
    item_slices(l, it, n);
    it->start_slices = 1;
    for (size_t i = 0; i < n; i++) {
        const rc_finding *f = &own->block->as.findings.at[i];
        measure_finding(l, own, i);
        it->slices[i].depth = own->sets[i].depth + (i ? 0 : own->legend);
        slice_notes(l, &it->slices[i], f->words);
        slice_notes(l, &it->slices[i], f->heading);
        slice_notes(l, &it->slices[i], f->text);
    }
}

static void
draw_legend(lay *l, const item *it, const findings_own *own, const placed *p)
{
    const rc_house *h = l->house;
    rc_el parent = node_element(l, it->node);
    if (own->block->as.findings.bars_note.count && own->left)
        draw_prose(l, own->block->as.findings.bars_note,
                   &(text_at){.page = p->page,
                              .element = make_element(l, RC_TAG_P, parent,
                                                      it->span),
                              .style = lay_style(l, RC_ROLE_NOTE),
                              .x = h->left_x,
                              .y = p->y,
                              .width = h->left_text_width});
    if (!own->block->as.findings.key_count)
        return;
    rc_canvas c = lay_canvas(l, p->page, parent);
    rc_chart_legend(&c, make_element(l, RC_TAG_P, parent, it->span),
                    own->block->as.findings.keys,
                    own->block->as.findings.key_count, h->axis, p->y);
}

static void
draw_bar(lay *l, const item *it, const findings_own *own, size_t i,
         uint32_t at, rc_len y)
{
    const rc_house *h = l->house;
    const rc_block *block = own->block;
    const rc_bar *bar = &block->as.findings.at[i].bar;
    if (!bar->segment_count)
        return;
    rc_el parent = node_element(l, it->node);
    rc_el figure = make_element(l, RC_TAG_FIGURE, parent, it->span);
    rc_element_more *made = rc_builder_more(l->builder, figure);
    made->alt = block->as.findings.at[i].alt;
    made->has_box = true;
    made->box_page = at;
    made->box = (rc_box){h->axis, y + own->sets[i].bar_y, h->right_width,
                         h->findings.bar_height};
    rc_canvas c = lay_canvas(l, at, parent);
    rc_chart_bar(&c, figure, block->as.findings.keys, bar->segments,
                 bar->segment_count,
                 (rc_box){h->axis, y + own->sets[i].bar_y, h->right_width,
                          h->findings.bar_height},
                 block->as.findings.counted);
}

/* A finding under its rule at y. Heading first, then number and words, then
 * the text: the number says what the heading claims. */
static void
draw_finding(lay *l, const item *it, const findings_own *own, size_t i,
             uint32_t at, rc_len y)
{
    const rc_house *h = l->house;
    const rc_finding *f = &own->block->as.findings.at[i];
    const finding_set *s = &own->sets[i];
    rc_el parent = node_element(l, it->node);
    draw_rule(l, at, h->rule_head, h->left, h->right, y);
    text_at text = {.page = at};
    if (s->heading->count) {
        text.element = make_element(l, own->tag, parent, it->span);
        text.style = lay_style(l, RC_ROLE_HEAD);
        text.x = h->axis;
        text.y = y + h->findings.heading;
        draw_para(l, f->heading, s->heading, &text);
    }
    if (s->number->count || s->words->count) {
        text.element = make_element(l, RC_TAG_P, parent, it->span);
        text.style = lay_style(l, RC_ROLE_KEY_NUMBER);
        text.x = h->left_x;
        text.y = y + s->number_y;
        draw_para(l, s->number_prose, s->number, &text);
        text.style = lay_style(l, RC_ROLE_KEY_WORDS);
        text.y = y + s->words_y;
        draw_para(l, f->words, s->words, &text);
    }
    if (s->text->count) {
        text.element = make_element(l, RC_TAG_P, parent, it->span);
        text.style = lay_style(l, RC_ROLE_BODY);
        text.x = h->axis;
        text.y = y + s->text_y;
        draw_para(l, f->text, s->text, &text);
    }
    draw_bar(l, it, own, i, at, y);
}

static void
draw_findings(lay *l, item *it, const placed *p)
{
    findings_own *own = it->own;
    const rc_house *h = l->house;
    rc_len y = p->y;
    if (p->first == 0) {
        draw_legend(l, it, own, p);
        y += own->legend;
    }
    for (size_t i = p->first; i < p->first + p->count; i++) {
        draw_finding(l, it, own, i, p->page, y);
        y += own->sets[i].depth;
    }
    draw_rule(l, p->page, h->rule_head, h->left, h->right, y);
}

static const item_ops findings_ops = {measure_findings, draw_findings};

void
build_findings(build *b, const rc_block *block)
{
    lay *l = b->l;
    size_t n = block->as.findings.count;
    if (!n)
        return;
    findings_own *own = RC_MAKE(l->arena, findings_own);
    *own = (findings_own){.block = block,
                          .sets = RC_MAKE_ARRAY(l->arena, finding_set, n),
                          .tag = heading_below(l),
                          .left = l->house->has_left_column};
    item *it = build_item(b, KIND_FINDINGS, &findings_ops, block, false);
    it->own = own;
    it->rest_top_rule = true;
    for (size_t i = 0; i < n; i++)
        it->has_page |= prose_has_page(block->as.findings.at[i].text);
    l->has_pages |= it->has_page;
}
