/* How chapters and sections begin: titles on a page of their own, titles in
 * mid-page, dividers. */
#include "layout/inner.h"

typedef struct opening_own {
    const rc_section *section; /* NULL: a heading in the run */
    const rc_master *master;   /* NULL: none */
    const rc_chart *foot;      /* bars at the page's foot, or NULL */
    rc_len foot_bar, foot_end; /* how high each is; where the last ends */
    rc_prose title;
    rc_str number;
    rc_tag tag;
    bool shown;                /* its title is drawn */
    bool divider;
    int style;
    const rc_para *para;
    rc_str outline; int outline_level;
    rc_prose left;             /* dividers: beside the list */
    const rc_para **entries;   /* titles of the list */
    int toc;                   /* node of the list */
} opening_own;

/* -- what flow asks -------------------------------------------------------- */
const rc_master *
section_rules(const lay *l, const item *it)
{
    (void)l;
    const opening_own *own = it->own;
    return own->master;
}

rc_len
section_facts(const lay *l, const item *it)
{
    const rc_master *m = section_rules(l, it);
    return m ? m->facts : 0;
}

rc_len
opening_top(const lay *l, const item *it)
{
    const rc_master *m = section_rules(l, it);
    if (!m)
        return l->house->first_baseline;
    if (it->kind == KIND_SECTION)
        return m->at_top ? m->at_top : l->house->first_baseline;
    return m->title ? m->title : m->text ? m->text : l->house->first_baseline;
}

bool
ends_page(const lay *l, const item *it)
{
    (void)l;
    if (it->kind != KIND_OPENING)
        return false;
    const opening_own *own = it->own;
    return own->divider;
}

/* The first baseline of the legend of what stands at the page's foot. */
static rc_len
foot_top(lay *l, const opening_own *own)
{
    rc_mark mark = rc_arena_mark(l->scratch);
    rc_canvas c = l->canvas;
    c.arena = c.lines = l->scratch;
    rc_len depth = rc_chart_bars(&c, own->foot, 0, own->foot_bar);
    rc_arena_rewind(l->scratch, mark);
    return own->foot_end - depth;
}

rc_len
opening_foot(lay *l, const item *it)
{
    const opening_own *own = it->own;
    if (!own->foot)
        return 0;
    const rc_house *h = l->house;
    rc_len clear = own->master->foot_clear ? own->master->foot_clear
                                           : h->space.after_figure;
    rc_len keep = h->bottom - foot_top(l, own) + clear;
    return keep > 0 ? keep : 0;
}

/* -- measuring ------------------------------------------------------------- */
static rc_len
title_width(const lay *l, const opening_own *own)
{
    const rc_house *h = l->house;
    return own->divider ? h->right - h->left : h->right_width;
}

static void
measure_entries(lay *l, opening_own *own)
{
    const rc_section *s = own->section;
    const rc_house *h = l->house;
    rc_len width = h->right_width - own->master->contents_title
                   - h->contents.number_width;
    own->entries =
        RC_MAKE_ARRAY(l->arena, const rc_para *, s->section_count + 1);
    for (size_t i = 0; i < s->section_count; i++)
        own->entries[i] =
            set_prose(l, s->sections[i].title,
                      lay_style(l, RC_ROLE_DIVIDER_ENTRY), width, false);
}

static void
measure_opening(lay *l, item *it)
{
    opening_own *own = it->own;
    item_slices(l, it, 1);
    it->start_slices = 1;
    if (!own->shown && !own->divider)
        return;
    own->para =
        set_prose(l, own->title, own->style, title_width(l, own), false);
    it->slices[0].depth = para_depth(l, own->para, own->style);
    slice_notes(l, &it->slices[0], own->title);
    if (own->divider)
        measure_entries(l, own);
}

/* -- drawing --------------------------------------------------------------- */
/* A large number stands on the title's last line, any other on its first. */
static void
draw_number(lay *l, const opening_own *own, const placed *p, rc_el e)
{
    const rc_house *h = l->house;
    int style = own->master ? own->master->number_style
                            : lay_style(l, RC_ROLE_SECTION_NUMBER);
    if (!own->number.len || style < 0 || own->divider)
        return;
    bool large = style == lay_style(l, RC_ROLE_OPENING_NUMBER);
    rc_len y = p->y + (large ? para_depth(l, own->para, own->style) : 0);
    if (own->master)
        y -= own->master->number_raise;
    if (!h->has_left_column) /* above the title */
        y = p->y - h->styles[own->style].leading;
    rc_el span = make_element(l, RC_TAG_SPAN, e, rc_span_none());
    rc_builder_more(l->builder, span)->actual =
        rc_str_printf(l->arena, "%.*s ", RC_STR(own->number));
    draw_text(l, own->number, &(text_at){.page = p->page, .element = span,
                                         .style = style, .x = h->left, .y = y,
                                         .width = -1});
}

/* Footnotes stand under the bars, which move up for them, as the text has. */
void
opening_draw_foot(lay *l, const item *it, const placed *p)
{
    const opening_own *own = it->own;
    rc_canvas c = lay_canvas(l, p->page, node_element(l, it->node));
    flow notes = {.note_lines = page_note_lines(l, p->page)};
    rc_chart_bars(&c, own->foot, foot_top(l, own) - note_foot(l, &notes),
                  own->foot_bar);
}

static void
draw_list_of_sections(lay *l, const opening_own *own, int node,
                      const placed *p)
{
    const rc_house *h = l->house;
    const rc_master *m = own->master;
    const rc_section *s = own->section;
    rc_len y = p->y + para_depth(l, own->para, own->style) + m->contents_first;
    if (own->left.count) {
        rc_el e = make_element(l, RC_TAG_P, node_element(l, node),
                               rc_span_none());
        rc_len last = draw_prose(
            l, own->left,
                   &(text_at){.page = p->page,
                              .element = e,
                              .style = lay_style(l, RC_ROLE_KEY_WORDS),
                              .x = h->left_x,
                              .y = y,
                              .width = h->has_left_column ? h->left_text_width
                                                          : h->right_width});
        if (!h->has_left_column)
            y = last + 2 * h->body_leading;
    }
    for (size_t i = 0; i < s->section_count; i++) {
        entry_at at = {.page = p->page,
                       .parent = node_element(l, own->toc),
                       .y = y,
                       .number_x = h->axis,
                       .number_align = 'l',
                       .title_x = h->axis + m->contents_title,
                       .number_style = lay_style(l, RC_ROLE_DIVIDER_ENTRY),
                       .title_style = lay_style(l, RC_ROLE_DIVIDER_ENTRY),
                       .number_colour = h->contents.number2_colour};
        y = draw_entry(l, &s->sections[i], own->entries[i], &at)
            + m->contents_row;
    }
}

static void
draw_divider(lay *l, const opening_own *own, int node, const placed *p)
{
    const rc_house *h = l->house;
    const rc_master *m = own->master;
    const rc_section *s = own->section;
    if (m->line && s->number.len) {
        rc_str line = rc_str_printf(l->arena, "%.*s %.*s",
                                    RC_STR(h->words.chapter),
                                    RC_STR(s->number));
        rc_el e = make_element(l, RC_TAG_P, node_element(l, node),
                               rc_span_none());
        draw_text(l, line,
                  &(text_at){.page = p->page,
                             .element = e,
                             .style = lay_style(l, RC_ROLE_COVER_LINE),
                             .x = h->left,
                             .y = m->line,
                             .width = h->right - h->left,
                             .strong = true});
    }
    if (m->rule)
        draw_rule(l, p->page, h->rule_open, h->left, h->right, m->rule);
}

static void
draw_bands(lay *l, const opening_own *own, const item *it, const placed *p)
{
    const rc_master *m = own->master;
    const rc_section *s = own->section;
    if (!own->divider || m->bands.of == RC_BANDS_NONE || !s->band_count)
        return;
    rc_canvas c = lay_canvas(l, p->page, node_element(l, it->node));
    rc_len top =
        l->house->page_height - (rc_len)s->band_count * m->bands.pitch;
    rc_chart_bands(&c, &m->bands, l->doc->keys, l->doc->key_count, s->bands,
                   s->band_count, top);
}

static void
draw_section_rule(lay *l, const item *it, const opening_own *own,
                  const placed *p)
{
    const rc_house *h = l->house;
    if (it->kind == KIND_SECTION && !p->fresh && own->master
        && own->master->rule_above)
        draw_rule(l, p->page, h->rule_open, h->left, h->right,
                  p->y - own->master->title_below_rule);
}

static void
draw_opening(lay *l, item *it, const placed *p)
{
    const rc_house *h = l->house;
    opening_own *own = it->own;
    rc_el dest = node_element(l, it->node);
    if (own->divider)
        draw_divider(l, own, it->node, p);
    if (own->shown) {
        draw_section_rule(l, it, own, p);
        rc_el e = make_element(l, own->tag, dest, it->span);
        dest = e;
        draw_number(l, own, p, e);
        draw_para(l, own->title, own->para,
                  &(text_at){.page = p->page,
                             .element = e,
                             .style = own->style,
                             .x = own->divider ? h->left : h->axis,
                             .y = p->y,
                             .width = title_width(l, own)});
    }
    if (it->target >= 0 && l->dests[it->target] >= 0)
        rc_builder_dest_element(l->builder, l->dests[it->target], dest);
    outline_add(l, own->outline, own->outline_level, it->target);
    if (own->divider) {
        draw_list_of_sections(l, own, it->node, p);
        draw_bands(l, own, it, p);
    }
}

static const item_ops opening_ops = {measure_opening, draw_opening};

/* -- building -------------------------------------------------------------- */
static rc_str
numbered(lay *l, rc_str number, rc_str title)
{
    return number.len ? rc_str_printf(l->arena, "%.*s  %.*s", RC_STR(number),
                                      RC_STR(title))
                      : title;
}

/* The first block of a divider's chapter, if it is a lead, stands beside its
 * list of sections. */
static size_t
take_lead(opening_own *own, const rc_section *s)
{
    if (!own->divider || !s->blocks.count
        || s->blocks.at[0].kind != RC_BLOCK_LEAD)
        return 0;
    own->left = s->blocks.at[0].as.lead;
    return 1;
}

/* The lead statement of the chapter, or the section's first bars. */
static void
take_foot(build *b, opening_own *own, const rc_section *s)
{
    const rc_master *m = own->master;
    rc_len bottom = b->l->house->bottom;
    if (!m || m->runs_on)
        return;
    if (s->lead_bar && m->lead_bar > 0) {
        own->foot = s->lead_bar;
        own->foot_bar = m->lead_bar;
        own->foot_end = m->lead_bar_bottom ? m->lead_bar_bottom : bottom;
        return;
    }
    for (size_t i = 0; m->bars_bottom > 0 && i < s->blocks.count; i++)
        if (s->blocks.at[i].kind == RC_BLOCK_BARS && s->blocks.at[i].as.chart) {
            b->taken = &s->blocks.at[i];
            own->foot = b->taken->as.chart;
            own->foot_end = m->bars_bottom;
            return;
        }
}

size_t
build_opening(build *b, const rc_section *s)
{
    lay *l = b->l;
    const rc_master *m = section_master(l, s);
    opening_own *own = RC_MAKE(l->arena, opening_own);
    bool runs_on = m ? m->runs_on : true;
    if (!m && !s->title.count)
        return 0;
    *own = (opening_own){.section = s,
                         .master = m,
                         .title = s->title,
                         .number = s->number,
                         .shown = s->title.count
                                  && (!m || m->title > 0 || m->runs_on),
                         .divider = m && m->contents,
                         .style = m && m->text_style >= 0
                                      ? m->text_style
                                      : lay_style(l, runs_on
                                                         ? RC_ROLE_SECTION_TITLE
                                                         : RC_ROLE_TITLE),
                         .outline_level = s->depth};
    if (own->shown)
        own->tag = heading_open(l, s->depth * 10);
    if (s->in_contents)
        own->outline = numbered(l, s->number, s->title_plain);
    item *it = build_item(b, runs_on ? KIND_SECTION : KIND_OPENING,
                          &opening_ops, NULL, false);
    it->own = own;
    it->own_page = !runs_on;
    it->keep_next = runs_on;
    it->target = s->target;
    it->span = s->span;
    if (own->divider)
        own->toc = node_make(l, RC_TAG_TOC, b->node);
    take_foot(b, own, s);
    return take_lead(own, s);
}

void
build_section_title(build *b, const rc_block *block, rc_tag tag)
{
    lay *l = b->l;
    const rc_section *s = b->section >= 0 ? &l->doc->sections[b->section]
                                          : NULL;
    flush_sides(b);
    if (b->section_node >= 0)
        b->node = node_make(l, RC_TAG_SECT, b->section_node);
    opening_own *own = RC_MAKE(l->arena, opening_own);
    const rc_master *m =
        rc_house_master(l->house, RC_LIT("opening-section"));
    *own = (opening_own){.master = m,
                         .title = block->as.heading.text,
                         .number = block->as.heading.number,
                         .tag = tag,
                         .shown = true,
                         .style = m && m->text_style >= 0
                                      ? m->text_style
                                      : lay_style(l, RC_ROLE_SECTION_TITLE),
                         .outline_level = (s ? s->depth : 0) + 1};
    if (block->as.heading.in_contents)
        own->outline = numbered(l, own->number,
                                rc_prose_plain(l->arena, own->title));
    item *it = build_item(b, KIND_SECTION, &opening_ops, block, false);
    it->own = own;
    it->keep_next = true;
}
