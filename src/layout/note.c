/* Footnotes: set like small paragraphs, placed by flow at the foot of the page
 * of their mark, tagged after the text that bears it. */
#include "layout/inner.h"

/* The notes' text starts right of their marks, all on one line down. */
static rc_len
note_indent(lay *l)
{
    const rc_house *h = l->house;
    const rc_text_style *s = lay_role(l, RC_ROLE_FOOTNOTE);
    if (l->note_indent)
        return l->note_indent;
    l->note_indent = h->footnote.indent;
    for (size_t i = 0; i < l->doc->note_count; i++) {
        rc_len w = rc_text_width(l->canvas.fonts, l->doc->notes[i].mark,
                                 s->strong, s->size);
        l->note_indent = lay_max(l->note_indent, w + h->unit / 2);
    }
    return l->note_indent;
}

static void
build_note(lay *l, int at)
{
    note_set *n = &l->notes[at];
    const rc_note *note = &l->doc->notes[at];
    const rc_house *h = l->house;
    int node = node_make(l, RC_TAG_NOTE, -1);
    build b = {.l = l,
               .out = &n->items,
               .section = -1,
               .section_node = -1,
               .node = node,
               .x = h->axis + note_indent(l),
               .width = h->right_width - note_indent(l),
               .style = lay_style(l, RC_ROLE_FOOTNOTE)};
    n->node = node;
    build_blocks(&b, note->body); /* paragraphs and lists */
}

void
note_measure(lay *l, int at)
{
    note_set *n = &l->notes[at];
    if (n->measured)
        return;
    if (!n->built)
        build_note(l, at);
    n->built = n->measured = true;
    n->lines = 0;
    for (size_t i = 0; i < n->items.count; i++) {
        item *it = &n->items.at[i];
        measure_item(l, it);
        n->has_page |= it->has_page;
        n->lines += it->slice_count;
    }
    if (!n->lines)
        n->lines = 1;
}

/* Lines [first, first + count) of a note, from a baseline. */
static void
draw_lines(lay *l, note_set *n, const note_place *at)
{
    rc_len leading = lay_role(l, RC_ROLE_FOOTNOTE)->leading;
    rc_len y = at->y;
    size_t before = 0, until = at->first + at->count;
    for (size_t i = 0; i < n->items.count; i++) {
        item *it = &n->items.at[i];
        size_t from = before > at->first ? before : at->first;
        size_t to = before + it->slice_count;
        before = to;
        to = to < until ? to : until;
        if (from >= to)
            continue;
        placed p = {.page = at->page,
                    .first = (uint32_t)(from - (before - it->slice_count)),
                    .count = (uint32_t)(to - from),
                    .y = y};
        it->ops->draw(l, it, &p);
        y += (rc_len)(to - from) * leading;
    }
}

/* The label of a note, which leads back to its mark. */
static void
draw_label(lay *l, const note_set *n, const rc_note *note, rc_el e)
{
    const note_place *first = &l->note_places.at[n->first_place];
    const rc_text_style *s = lay_role(l, RC_ROLE_FOOTNOTE);
    text_at text = {.page = first->page,
                    .element = make_element(l, RC_TAG_LBL, e, note->span),
                    .style = lay_style(l, RC_ROLE_FOOTNOTE),
                    .x = l->house->axis,
                    .y = first->y,
                    .width = l->house->page_width,
                    .strong = true};
    if (n->back < 0) {
        draw_text(l, note->mark, &text);
        return;
    }
    text.element = make_element(l, RC_TAG_LINK, text.element, note->span);
    rc_builder_element_of(l->builder, text.element)->link_dest = n->back;
    rc_builder_more(l->builder, text.element)->link_text =
        rc_str_printf(l->arena, "%.*s %.*s", RC_STR(l->house->words.note_back),
                      RC_STR(note->mark));
    draw_text(l, note->mark, &text);
    rc_builder_linkbox(l->builder, first->page, text.element,
                       (rc_box){text.x, first->y - s->size,
                                rc_text_width(l->canvas.fonts, note->mark,
                                              s->strong, s->size),
                                s->size + s->size / 4});
}

static void
draw_note(lay *l, int at, rc_el parent)
{
    note_set *n = &l->notes[at];
    const rc_note *note = &l->doc->notes[at];
    if (n->first_place < 0 || n->drawn)
        return;
    n->drawn = true;
    rc_el e = make_element(l, RC_TAG_NOTE, parent, note->span);
    l->nodes.at[n->node].element = e;
    rc_builder_more(l->builder, e)->id =
        rc_str_printf(l->arena, "note-%.*s", RC_STR(note->mark));
    if (n->dest >= 0)
        rc_builder_dest_element(l->builder, n->dest, e);
    draw_label(l, n, note, e);
    for (int p = n->first_place; p >= 0; p = l->note_places.at[p].next)
        draw_lines(l, n, &l->note_places.at[p]);
}

void
draw_item_notes(lay *l, const item *it, const placed *p)
{
    for (size_t i = p->first; i < p->first + p->count && i < it->slice_count;
         i++)
        for (size_t k = 0; k < it->slices[i].note_count; k++)
            draw_note(l, l->marks.at[it->slices[i].note + k],
                      node_element(l, it->node));
}

size_t
page_note_lines(const lay *l, uint32_t at)
{
    const lay_page *pg = &l->pages.at[at];
    size_t lines = 0;
    for (size_t i = 0; i < pg->note_count; i++)
        lines += l->note_places.at[pg->first_note + i].count;
    return lines;
}

void
draw_notes(lay *l, uint32_t at)
{
    const rc_house *h = l->house;
    const lay_page *pg = &l->pages.at[at];
    if (!pg->note_count)
        return;
    rc_len y = l->note_places.at[pg->first_note].y - h->footnote.rule_above;
    draw_rule(l, at,
              (rc_rule){h->footnote.rule, h->footnote.rule_colour}, h->axis,
              h->axis + h->footnote.rule_width, y);
}
