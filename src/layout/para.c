/* Paragraphs, heads in the text and side-heads.
 *
 * The left column is one primitive: a side stands on the first baseline of the
 * item it is attached to, and is drawn, and tagged, before it. Where the page
 * has no left column, or the text beside has one of its own (a figure's number,
 * a speaker), it stands above instead. */
#include "layout/inner.h"

/* -- setting --------------------------------------------------------------- */
const rc_para *
set_prose(lay *l, rc_prose p, int style, rc_len width, bool strong)
{
    return rc_prose_set(&l->canvas, p, style, width, strong);
}

rc_len
para_depth(const lay *l, const rc_para *para, int style)
{
    rc_len leading = l->house->styles[style].leading;
    return para->count ? (rc_len)(para->count - 1) * leading : 0;
}

void
item_slices(lay *l, item *it, size_t count)
{
    if (count > it->slice_count || !it->slices)
        it->slices = RC_MAKE_ARRAY(l->arena, slice, count + 1);
    it->slice_count = count;
    for (size_t i = 0; i < count; i++)
        it->slices[i] = (slice){0};
}

static void
slice_note(lay *l, slice *s, int note)
{
    if (note < 0 || (size_t)note >= l->doc->note_count)
        return;
    if (!s->note_count)
        s->note = (uint32_t)l->marks.count;
    *rc_vec_push(l->arena, &l->marks) = note;
    s->note_count++;
}

void
slice_notes(lay *l, slice *s, rc_prose p)
{
    for (size_t i = 0; i < p.count; i++)
        if (p.runs[i].kind == RC_INLINE_NOTE)
            slice_note(l, s, p.runs[i].note);
}

void
slice_line_notes(lay *l, slice *s, rc_prose p, const rc_line *line)
{
    int before = -1;
    for (size_t i = 0; i < line->count; i++) {
        int at = line->parts[i].tag;
        if (at == before || at < 0 || (size_t)at >= p.count)
            continue;
        before = at;
        if (p.runs[at].kind == RC_INLINE_NOTE)
            slice_note(l, s, p.runs[at].note);
    }
}

/* -- sides ----------------------------------------------------------------- */
void
measure_sides(lay *l, item *it)
{
    rc_len depth = 0;
    for (size_t i = 0; i < it->side_count; i++) {
        side *s = &it->sides[i];
        if (!s->para)
            s->para = set_prose(l, s->prose, s->style,
                                l->house->left_text_width, false);
        depth = lay_max(depth, para_depth(l, s->para, s->style));
    }
    it->left_depth = depth;
}

static void
heading_made(lay *l, rc_el e, int target, rc_str outline, int level)
{
    if (target >= 0 && l->dests[target] >= 0)
        rc_builder_dest_element(l->builder, l->dests[target], e);
    if (outline.len)
        outline_add(l, outline, level, target);
}

void
draw_sides(lay *l, item *it, const placed *p)
{
    for (size_t i = 0; i < it->side_count; i++) {
        const side *s = &it->sides[i];
        rc_el e = make_element(l, s->tag, node_element(l, s->node), it->span);
        heading_made(l, e, s->target, s->outline, s->outline_level);
        draw_para(l, s->prose, s->para,
                  &(text_at){.page = p->page,
                             .element = e,
                             .style = s->style,
                             .x = l->house->left_x,
                             .y = p->y,
                             .width = l->house->left_text_width});
    }
}

/* -- text ------------------------------------------------------------------ */
/* No page ends with the first line of a paragraph or begins with its last:
 * `orphans` and `widows` lines stay together. */
static void
keep_lines(const lay *l, item *it)
{
    size_t n = it->slice_count;
    size_t orphans = (size_t)l->house->space.orphans;
    size_t widows = (size_t)l->house->space.widows;
    for (size_t i = 1; i < n; i++)
        it->slices[i].no_break = i < orphans || n - i < widows;
    size_t keep = it->sided ? (size_t)l->house->space.keep_lines : orphans;
    keep = lay_count(keep, it->start_least);
    it->start_slices = keep < n && n > it->start_whole ? keep : n;
}

static void
measure_text(lay *l, item *it)
{
    text_own *own = it->own;
    rc_len leading = l->house->styles[own->style].leading;
    own->para = set_prose(l, own->prose, own->style, own->width, false);
    size_t n = own->para->count;
    item_slices(l, it, n ? n : 1);
    for (size_t i = 0; i < it->side_count; i++)
        slice_notes(l, &it->slices[0], it->sides[i].prose);
    for (size_t i = 0; i < n; i++) {
        it->slices[i].gap = leading;
        slice_line_notes(l, &it->slices[i], own->prose, &own->para->lines[i]);
    }
    keep_lines(l, it);
    if (it->kind == KIND_HEAD || it->kind == KIND_SIDE)
        for (size_t i = 1; i < n; i++)
            it->slices[i].no_break = true;
    measure_sides(l, it);
}

/* The mark of a list item, and the element its text goes to. */
static void
draw_mark(lay *l, const text_own *own, const placed *p)
{
    const rc_house *h = l->house;
    rc_len x = own->x - h->list.indent;
    if (own->mark == MARK_BAR) {
        rc_box bar = {x, p->y - h->list.raise - h->list.bar_height / 2,
                      h->list.bar_width, h->list.bar_height};
        rc_builder_rect(l->builder, p->page, RC_ARTIFACT_LAYOUT, bar,
                        h->list.colour, -1, 0);
        return;
    }
    rc_el lbl = make_element(l, RC_TAG_LBL, node_element(l, own->item_node),
                             rc_span_none());
    draw_text(l, own->number,
              &(text_at){.page = p->page,
                         .element = lbl,
                         .style = own->style,
                         .x = x + h->list.number_right,
                         .y = p->y,
                         .width = h->page_width,
                         .align = 'r',
                         .strong = true});
}

static void
draw_text_item(lay *l, item *it, const placed *p)
{
    text_own *own = it->own;
    if (p->first == 0) {
        draw_sides(l, it, p);
        if (own->mark != MARK_NONE)
            draw_mark(l, own, p);
        own->element =
            make_element(l, own->tag, node_element(l, it->node), it->span);
        if (own->lang.len)
            rc_builder_more(l->builder, own->element)->lang = own->lang;
        if (own->outline.len || it->target >= 0)
            heading_made(l, own->element, it->target, own->outline,
                         own->outline_level);
    }
    rc_len shown = own->x;
    rc_canvas c = lay_canvas(l, p->page, own->element);
    rc_prose_lines(&c, own->prose, own->para, p->first,
                   p->count < own->para->count ? p->count : own->para->count,
                   &(rc_prose_at){.element = own->element,
                                  .style = own->style,
                                  .x = shown,
                                  .y = p->y,
                                  .width = own->width,
                                  .align = 'l',
                                  .colour = -2});
}

static const item_ops text_ops = {measure_text, draw_text_item};

text_own *
build_text(build *b, kind k, rc_prose p, rc_tag tag, const rc_block *block,
           bool takes_side)
{
    text_own *own = RC_MAKE(b->l->arena, text_own);
    *own = (text_own){.prose = p,
                      .style = b->style,
                      .tag = tag,
                      .x = b->x,
                      .width = b->width,
                      .item_node = -1};
    item *it = build_item(b, k, &text_ops, block, takes_side && b->may_side);
    it->own = own;
    it->has_page = prose_has_page(p);
    b->l->has_pages |= it->has_page;
    return own;
}

/* -- headings -------------------------------------------------------------- */
static rc_str
outline_title(lay *l, rc_str number, rc_prose text)
{
    rc_str plain = rc_prose_plain(l->arena, text);
    return number.len ? rc_str_printf(l->arena, "%.*s  %.*s", RC_STR(number),
                                      RC_STR(plain))
                      : plain;
}

/* A side-head in the left column by itself: its text stands below. */
static void
measure_side(lay *l, item *it)
{
    measure_text(l, it);
    it->start_slices = it->slice_count;
}

static const item_ops side_ops = {measure_side, draw_text_item};

void
flush_sides(build *b)
{
    size_t n = b->pending_count;
    b->pending_count = 0;
    for (size_t i = 0; i < n; i++) {
        const side *s = &b->pending[i];
        const rc_house *h = b->l->house;
        build one = *b;
        one.style = s->style;
        one.node = s->node;
        if (h->has_left_column) {
            one.x = h->left_x;
            one.width = h->left_text_width;
        }
        text_own *own =
            build_text(&one, KIND_SIDE, s->prose, s->tag, NULL, false);
        own->outline = s->outline;
        own->outline_level = s->outline_level;
        item *it = &b->out->at[b->out->count - 1];
        it->ops = &side_ops;
        it->keep_next = true;
        it->target = s->target;
    }
}

static void
build_side_head(build *b, const rc_block *block, rc_tag tag)
{
    lay *l = b->l;
    flush_sides(b);
    b->pending[b->pending_count++] =
        (side){.prose = block->as.heading.text,
               .style = lay_style(l, RC_ROLE_SIDE_HEAD),
               .tag = tag,
               .node = b->node,
               .target = block->target};
    side *s = &b->pending[b->pending_count - 1];
    if (block->as.heading.in_contents) {
        s->outline = outline_title(l, block->as.heading.number, s->prose);
        s->outline_level = l->doc->sections[b->section].depth + 1;
    }
    if (!b->may_side)
        flush_sides(b);
}

void
build_heading(build *b, const rc_block *block)
{
    lay *l = b->l;
    int level = block->as.heading.level;
    int depth = b->section >= 0 ? l->doc->sections[b->section].depth : 1;
    rc_tag tag = heading_open(l, depth * 10 + level);
    if (level <= 2) {
        build_section_title(b, block, tag);
        return;
    }
    if (level == 3) {
        build_side_head(b, block, tag);
        return;
    }
    int style = b->style;
    b->style = lay_style(l, RC_ROLE_HEAD);
    text_own *own = build_text(b, KIND_HEAD, block->as.heading.text, tag,
                               block, true);
    b->style = style;
    if (block->as.heading.in_contents) {
        own->outline = outline_title(l, block->as.heading.number, own->prose);
        own->outline_level = depth + 2;
    }
    b->out->at[b->out->count - 1].keep_next = true;
}

void
build_lead(build *b, const rc_block *block)
{
    int style = b->style;
    b->style = lay_style(b->l, RC_ROLE_LEAD);
    build_text(b, KIND_LEAD, block->as.lead, RC_TAG_P, block, true);
    b->style = style;
}
