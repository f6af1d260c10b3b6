/* Quotations: the words with hanging marks, who said them in the left column,
 * hairlines between several. Read in that order: words, then speaker. */
#include "layout/inner.h"

typedef struct quote_own {
    rc_prose text;     /* with its closing mark */
    rc_prose speaker;
    rc_str lang;
    rc_len x, width;
    bool speaker_left;
    const rc_para *para, *speaker_para;
    rc_el element;
    rc_len speaker_y;  /* of the first line, where the quotation began */
    uint32_t speaker_page;
} quote_own;

static void
measure_quote(lay *l, item *it)
{
    quote_own *own = it->own;
    const rc_house *h = l->house;
    int style = lay_style(l, RC_ROLE_QUOTE);
    int speaker = lay_style(l, RC_ROLE_SPEAKER);
    own->para = set_prose(l, own->text, style, own->width, false);
    own->speaker_para = set_prose(
        l, own->speaker, speaker,
        own->speaker_left ? h->left_text_width : own->width, false);
    size_t n = own->para->count;
    item_slices(l, it, n ? n : 1);
    for (size_t i = 0; i < n; i++) {
        it->slices[i].gap = h->styles[style].leading;
        it->slices[i].no_break = i < (size_t)h->space.orphans
                                 || n - i < (size_t)h->space.widows;
        slice_line_notes(l, &it->slices[i], own->text, &own->para->lines[i]);
    }
    it->start_slices = n < (size_t)h->space.orphans
                           ? it->slice_count
                           : (size_t)h->space.orphans;
    rc_len depth = para_depth(l, own->speaker_para, speaker);
    if (own->speaker_left)
        it->left_depth = depth;
    else if (own->speaker_para->count)
        it->slices[it->slice_count - 1].depth =
            h->styles[style].leading + depth;
}

/* Where the opening mark hangs: at the side from which the words are read. */
static rc_len
quote_mark_x(const lay *l, const quote_own *own, rc_str mark)
{
    const rc_text_style *s = lay_role(l, RC_ROLE_QUOTE);
    const rc_para *para = own->para;
    bool rtl = para->count && para->lines[0].count
               && para->lines[0].parts[0].run.rtl;
    if (!rtl)
        return own->x - s->hang;
    return own->x + own->width + s->hang
           - rc_text_width(l->canvas.fonts, mark, s->face, s->size);
}

static void
draw_quote_mark(lay *l, const quote_own *own, const placed *p)
{
    rc_str mark = l->house->words.quote_open;
    if (!mark.len)
        return;
    draw_text(l, mark, &(text_at){.page = p->page,
                                  .element = own->element,
                                  .style = lay_style(l, RC_ROLE_QUOTE),
                                  .x = quote_mark_x(l, own, mark),
                                  .y = p->y,
                                  .width = l->house->page_width});
}

static void
draw_speaker(lay *l, const item *it, const quote_own *own)
{
    if (!own->speaker_para->count)
        return;
    const rc_house *h = l->house;
    rc_el e = make_element(l, RC_TAG_P, node_element(l, it->node), it->span);
    draw_para(l, own->speaker, own->speaker_para,
              &(text_at){.page = own->speaker_page,
                         .element = e,
                         .style = lay_style(l, RC_ROLE_SPEAKER),
                         .x = own->speaker_left ? h->left_x : own->x,
                         .y = own->speaker_y,
                         .width = h->left_text_width});
}

static void
draw_quote(lay *l, item *it, const placed *p)
{
    quote_own *own = it->own;
    const rc_house *h = l->house;
    const rc_text_style *s = lay_role(l, RC_ROLE_QUOTE);
    if (p->first == 0) {
        if (it->same_run && !p->fresh)
            draw_rule(l, p->page, h->rule_row, h->left, h->right,
                      p->y - h->quotes.rule_above);
        own->element =
            make_element(l, RC_TAG_P, node_element(l, it->node), it->span);
        if (own->lang.len)
            rc_builder_more(l->builder, own->element)->lang = own->lang;
        draw_quote_mark(l, own, p);
        own->speaker_page = p->page;
        own->speaker_y = p->y;
    }
    rc_canvas c = lay_canvas(l, p->page, own->element);
    rc_len end = rc_prose_lines(&c, own->text, own->para, p->first, p->count,
                                &(rc_prose_at){.element = own->element,
                                               .style = lay_style(
                                                   l, RC_ROLE_QUOTE),
                                               .x = own->x,
                                               .y = p->y,
                                               .width = own->width,
                                               .align = 'l',
                                               .colour = -2});
    if (!own->speaker_left) {
        own->speaker_page = p->page;
        own->speaker_y = end + s->leading;
    }
    if (p->first + p->count >= it->slice_count)
        draw_speaker(l, it, own);
}

static const item_ops quote_ops = {measure_quote, draw_quote};

/* The closing mark stands on the last word's line: it is text. */
static rc_prose
with_closing_mark(lay *l, rc_prose p)
{
    rc_str mark = l->house->words.quote_close;
    if (!mark.len)
        return p;
    rc_inline *runs = RC_MAKE_ARRAY(l->arena, rc_inline, p.count + 1);
    for (size_t i = 0; i < p.count; i++)
        runs[i] = p.runs[i];
    runs[p.count] = (rc_inline){.kind = RC_INLINE_TEXT,
                                .text = mark,
                                .target = -1,
                                .note = -1,
                                .span = rc_span_none()};
    return (rc_prose){runs, p.count + 1};
}

void
build_quotes(build *b, const rc_block *block)
{
    lay *l = b->l;
    const rc_text_style *s = lay_role(l, RC_ROLE_QUOTE);
    flush_sides(b);
    for (size_t i = 0; i < block->as.quotes.count; i++) {
        const rc_quote *q = &block->as.quotes.at[i];
        quote_own *own = RC_MAKE(l->arena, quote_own);
        *own = (quote_own){.text = with_closing_mark(l, q->text),
                           .speaker = rc_prose_of(l->arena, q->speaker),
                           .lang = q->lang,
                           .x = b->x,
                           .width = s->width && s->width < b->width
                                        ? s->width
                                        : b->width,
                           .speaker_left = b->may_side};
        int container = b->node;
        b->node = node_make(l, RC_TAG_BLOCK_QUOTE, b->node);
        item *it = build_item(b, KIND_QUOTE, &quote_ops, block, false);
        b->node = container;
        it->own = own;
        it->same_run = i > 0;
        it->has_page = prose_has_page(q->text);
        l->has_pages |= it->has_page;
    }
}
